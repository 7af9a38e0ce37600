package main

import (
	"strings"
	"unicode"
)

// mistyped tells of a text that begins with a code in other digits than ASCII's.
func mistyped(text string) error {
	first := strings.Fields(text)[0]
	if f := fieldOf(first); f.kind == isNumber && ascii(f.text) != f.text {
		return whyNoCode(f.text)
	}
	return nil
}

// isNumeric tells whether s is made of digits and dots, in any script.
func isNumeric(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits = true
		case !isDot(r) && r != ',':
			return false
		}
	}
	return digits
}

func isDot(r rune) bool { return r == '.' || r == '．' || r == '。' || r == '｡' || r == '·' }

// ascii writes digits and dots of any script as ASCII has them, and a comma as
// the dot that was meant.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isDot(r) || r == ',':
			return '.'
		case r > '9' && unicode.IsDigit(r):
			return '0' + digitValue(r)
		}
		return r
	}, s)
}

// digitValue gives the value of a decimal digit: Unicode has them in runs of
// ten that begin with zero (The Unicode Standard §4.6).
func digitValue(r rune) rune {
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return (r - zero) % 10
}

// whyNoCode tells what is wrong with numbers and dots that are no code.
func whyNoCode(s string) error {
	if plain := ascii(s); plain != s {
		if f := fieldOf(plain); f.kind == isCode {
			return misused("%s is not written in ASCII digits and dots: type %s", s, plain)
		}
		return misused("%s is no code, and not written in ASCII digits and dots: type it as in 550 or 5.7.26", s)
	}
	numbers := strings.Split(strings.Trim(s, "."), ".")
	switch len(numbers) {
	case 1:
		return whyNoReply(s)
	case 2:
		if subject := strings.Join(numbers, ".") + ".*"; len(matchGlob(subject)) > 0 {
			return misused("%s is not a whole enhanced code: it has three numbers, as in 5.7.1; smtpcode '%s' lists the codes that begin so", s, subject)
		}
		return misused("%s is not a whole enhanced code: it has three numbers, as in 5.7.1", s)
	case 3:
		return whyNoEnhanced(s, numbers)
	}
	return misused("%s is no code: an enhanced code has three numbers, as in 5.7.1", s)
}

func whyNoReply(s string) error {
	switch {
	case len(s) == 3:
		return misused("%s is no reply code: they run from 100 to 599", s)
	case len(s) < 3 && len(matchGlob(s+"*")) > 0:
		return misused("%s is no reply code: it has three digits; smtpcode %s lists those that begin so", s, s+strings.Repeat("x", 3-len(s)))
	}
	return misused("%s is no code: a reply code has three digits, as in 550; an enhanced code three numbers, as in 5.7.26", s)
}

func whyNoEnhanced(s string, numbers []string) error {
	for i, n := range numbers {
		switch {
		case n == "":
			return misused("%s is no enhanced code: a number is missing between the dots", s)
		case i == 0 && n != "2" && n != "4" && n != "5":
			return misused("%s is no enhanced code: its first number is 2, 4 or 5", s)
		case len(n) > 3:
			return misused("%s is no enhanced code: its second and third number have at most three digits", s)
		case len(n) > 1 && n[0] == '0':
			return misused("%s is no enhanced code: its numbers have no zeros in front", s)
		}
	}
	return misused("%s is no enhanced code: give it as in 5.7.26", s)
}
