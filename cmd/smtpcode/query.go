package main

import (
	"strings"
	"unicode"

	"github.com/smtpcode/smtpcode/codes"
)

// query is one thing that was asked.
type query struct {
	text  string // what to classify: a code, a pair, a whole reply
	codes bool   // text is nothing but codes
	glob  string // in place of text: a pattern of codes
}

// parseQueries reads the arguments:
//
//   - codes stand for themselves: "550", "5.7.26", "55x", "5.7.*"; a basic code
//     and an enhanced one behind it are a pair;
//   - an argument with spaces in it is a whole reply, or codes that somebody has
//     put into quotes together;
//   - where there are other words, somebody has pasted a reply without quotes:
//     all arguments together are that reply.
//
// Numbers and dots that are no code are an error that says why.
func parseQueries(args []string) ([]query, error) {
	if strings.TrimSpace(strings.Join(args, "")) == "" {
		return nil, misused("there is nothing to look up: give a code such as 550 or 5.7.26, or a whole reply")
	}
	var fields []field
	for _, arg := range args {
		more := fieldsOf(arg)
		if len(more) == 1 && more[0].kind == isWord {
			return wholeReply(strings.Join(args, " "))
		}
		fields = append(fields, more...)
	}
	return group(fields)
}

// field is an argument, or a part of one that holds codes only.
type field struct {
	kind     fieldKind
	text     string
	reply    codes.Reply
	enhanced codes.Enhanced
}

type fieldKind uint8

const (
	isWord   fieldKind = iota // anything else, without a space
	isText                    // the same, with spaces
	isCode                    // a basic code, an enhanced one, or both ("550-5.7.26")
	isGlob                    // a pattern of codes
	isNumber                  // numbers and dots that are no code
)

// fieldsOf takes an argument apart if it holds nothing but codes.
func fieldsOf(arg string) []field {
	parts := strings.Fields(arg)
	var fields []field
	for _, part := range parts {
		f := fieldOf(part)
		if f.kind == isWord {
			if len(parts) == 1 {
				return []field{f}
			}
			return []field{{kind: isText, text: arg}}
		}
		fields = append(fields, f)
	}
	return fields
}

func fieldOf(s string) field {
	// What clings to a code that was copied out of a sentence.
	code := strings.Trim(s, "\"'`()[]<>,;:#")
	if r, err := codes.ParseReply(strings.TrimSuffix(code, "-")); err == nil {
		return field{kind: isCode, text: code, reply: r}
	}
	if e, err := codes.ParseEnhanced(strings.TrimSuffix(code, ".")); err == nil {
		return field{kind: isCode, text: code, enhanced: e}
	}
	if len(code) > 4 && strings.IndexByte("-:#", code[3]) >= 0 {
		r, err := codes.ParseReply(code[:3])
		e, err2 := codes.ParseEnhanced(strings.TrimLeft(code[4:], "#"))
		if err == nil && err2 == nil {
			return field{kind: isCode, text: code, reply: r, enhanced: e}
		}
	}
	switch {
	case isGlobPattern(code):
		return field{kind: isGlob, text: code}
	case isNumeric(code):
		return field{kind: isNumber, text: code}
	}
	return field{kind: isWord, text: s}
}

// group makes queries of the fields, where no word stands among them.
func group(fields []field) ([]query, error) {
	var list []query
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		switch f.kind {
		case isNumber:
			return nil, whyNoCode(f.text)
		case isGlob:
			list = append(list, query{glob: f.text})
		case isText:
			if err := mistyped(f.text); err != nil {
				return nil, err
			}
			list = append(list, query{text: f.text})
		case isCode:
			q := query{codes: true, text: codeText(f)}
			if f.enhanced == 0 && i+1 < len(fields) {
				switch next := fields[i+1]; {
				case next.kind == isCode && next.reply == 0:
					q.text += " " + next.enhanced.String()
					i++
				case next.kind == isText && !startsWithReply(next.text):
					q = query{text: q.text + " " + next.text}
					i++
				}
			}
			list = append(list, q)
		}
	}
	return list, nil
}

// codeText writes the codes of a field as they are written.
func codeText(f field) string { return strings.TrimSpace(f.reply.String() + " " + f.enhanced.String()) }

// startsWithReply tells whether a text is a reply with a basic code of its own.
func startsWithReply(text string) bool {
	f := fieldOf(strings.Fields(text)[0])
	return f.kind == isCode && f.reply != 0
}

// wholeReply makes one query of a reply's text.
func wholeReply(text string) ([]query, error) {
	if err := mistyped(text); err != nil {
		return nil, err
	}
	return []query{{text: text}}, nil
}

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
		return misused("%s is no reply code: it has three digits; smtpcode %sx lists those that begin so", s, strings.Repeat("x", 2-len(s))+s)
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
