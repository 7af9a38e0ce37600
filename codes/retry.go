package codes

import "strings"

// retryAfter finds how many seconds a reply asks to wait: "in 5 minutes",
// "greylisted for 300 seconds", "try again in 1 hour", "retry after 00:04:59".
// It gives 0 if the reply names no time.
func retryAfter(s string) int {
	if len(s) > maxText {
		s = s[:maxText]
	}
	for i := 0; i < len(s); i++ {
		for i+8 <= len(s) && !mayHoldDigit(load64(s, i)) {
			i += 8
		}
		if i >= len(s) || !isDigit(s[i]) {
			continue
		}
		end := i
		n := 0
		for end < len(s) && isDigit(s[end]) && end < i+7 {
			n = n*10 + int(s[end]-'0')
			end++
		}
		if i == 0 || s[i-1] != ' ' && s[i-1] != '=' && s[i-1] != '(' || end < len(s) && isDigit(s[end]) {
			i = skipDigits(s, i)
			continue
		}
		if sec := clock(s[i:]); sec > 0 && asksToWait(s[:i]) {
			return sec
		}
		if unit := timeUnit(s[end:]); unit > 0 && n > 0 && asksToWait(s[:i]) {
			return n * unit
		}
		i = end - 1
	}
	return 0
}

// mayHoldDigit tells whether one of 8 bytes is 0x30 to 0x3F: a digit, or one of
// the six marks behind them.
func mayHoldDigit(v uint64) bool {
	const ones = 0x0101010101010101
	v = v&(ones*0xF0) ^ ones*0x30
	return (v-ones)&^v&(ones*0x80) != 0
}

// clock reads "00:04:59" as seconds, or gives 0.
func clock(s string) int {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || len(s) > 8 && isDigit(s[8]) {
		return 0
	}
	n := 0
	for _, i := range [...]int{0, 3, 6} {
		if !isDigit(s[i]) || !isDigit(s[i+1]) {
			return 0
		}
		n = n*60 + int(s[i]-'0')*10 + int(s[i+1]-'0')
	}
	return n
}

// timeUnit gives the seconds of the unit that s begins with, or 0.
func timeUnit(s string) int {
	s = strings.TrimLeft(s, " -")
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	switch word := s[:n]; {
	case n == 0 || n > len("seconds"):
		return 0
	case word == "s" || hasPrefixFold(word, "sec"):
		return 1
	case word == "m" || hasPrefixFold(word, "min"):
		return 60
	case word == "h" || hasPrefixFold(word, "hour") || hasPrefixFold(word, "hr"):
		return 3600
	}
	return 0
}

// asksToWait tells whether one of the last words in front of a time asks for
// it. "in" alone does not: a limit may be so many "in 60 seconds".
func asksToWait(before string) bool {
	for i := max(0, len(before)-60); i < len(before); i++ {
		if !isLetter(before[i]) || i > 0 && isLetter(before[i-1]) {
			continue
		}
		var words []string
		switch before[i] | 0x20 {
		case 'a':
			words = waitA[:]
		case 'b':
			words = waitB[:]
		case 'c':
			words = waitC[:]
		case 'd':
			words = waitD[:]
		case 'e':
			words = waitE[:]
		case 'g':
			words = waitG[:]
		case 'l':
			words = waitL[:]
		case 'r':
			words = waitR[:]
		case 't':
			words = waitT[:]
		case 'w':
			words = waitW[:]
		}
		for _, w := range words {
			if hasPrefixFold(before[i:], w) {
				return true
			}
		}
	}
	return false
}

// The words that ask to wait, by their first letter.
var (
	waitA = [...]string{"again", "attempt"}
	waitB = [...]string{"blocked for"}
	waitC = [...]string{"come back"}
	waitD = [...]string{"delay", "defer"}
	waitE = [...]string{"expire"}
	waitG = [...]string{"greylist", "graylist", "grey-list"}
	waitL = [...]string{"later"}
	waitR = [...]string{"retry", "resend", "resume", "reconnect"}
	waitT = [...]string{"try in"}
	waitW = [...]string{"wait"}
)
