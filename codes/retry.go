package codes

import "math/bits"

// retryAfter finds how many seconds a reply asks to wait: "in 5 minutes",
// "greylisted for 300 seconds", "try again in 1 hour", "retry after 00:04:59".
// It gives 0 if the reply names no time.
func retryAfter(s string) int {
	if len(s) > maxText {
		s = s[:maxText]
	}
	for i := nextNumber(s, 0); i < len(s); i = nextNumber(s, i+1) {
		end := i
		n := 0
		for end < len(s) && isDigit(s[end]) && end < i+7 {
			n = n*10 + int(s[end]-'0')
			end++
		}
		if end < len(s) && isDigit(s[end]) {
			continue // no time: too long
		}
		wait := 0
		if end == i+2 && end < len(s) && s[end] == ':' {
			wait = clock(s[i:])
		} else {
			wait = n * timeUnit(s[end:])
		}
		if wait > 0 && asksToWait(s[:i]) {
			return wait
		}
	}
	return 0
}

// nextNumber gives the first position at or behind i, which is not 0, of a digit
// behind a space, a bracket or an equals sign, or one behind the end.
func nextNumber(s string, i int) int {
	if i = max(i, 1); i >= len(s) {
		return len(s)
	}
	rest := s[i-1:]
	for ; len(rest) >= 9; rest = rest[8:] {
		// Zero where the byte is 0x30 to 0x3F and the one in front is 0x20 or 0x28, or 0x3D.
		v, before := (load64(rest, 1)^ones*'0')&(ones*0xF0), load64(rest, 0)
		for m := zeros(v|(before^ones*' ')&^(ones*0x08)) | zeros(v|(before^ones*'=')); m != 0; m &= m - 1 {
			if at := len(s) - len(rest) + 1 + bits.TrailingZeros64(m)/8; isNumber(s, at) {
				return at
			}
		}
	}
	for i = len(s) - len(rest) + 1; i < len(s) && !isNumber(s, i); i++ {
	}
	return i
}

// isNumber tells whether a number begins at s[i:] where a time may stand.
func isNumber(s string, i int) bool {
	return isDigit(s[i]) && (s[i-1] == ' ' || s[i-1] == '(' || s[i-1] == '=')
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
	for s != "" && (s[0] == ' ' || s[0] == '-') {
		s = s[1:]
	}
	n := 0
	for n < len(s) && n <= len("seconds") && isLetter(s[n]) {
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
	for i := len(before) - 1; i >= max(0, len(before)-60); i-- { // they mostly stand close by
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
