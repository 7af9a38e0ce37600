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
		if !isDigit(s[i]) {
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
	if len(before) > 60 {
		before = before[len(before)-60:]
	}
	for _, word := range [...]string{"again", "retry", "wait", "greylist", "graylist", "delay", "defer", "blocked for", "try in", "later", "expire", "come back", "resend", "resume", "attempt"} {
		if containsFold(before, word) {
			return true
		}
	}
	return false
}

// containsFold tells whether s holds the small-letter word in any case.
func containsFold(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if hasPrefixFold(s[i:], word) {
			return true
		}
	}
	return false
}
