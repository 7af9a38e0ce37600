package main

import (
	"strings"

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
	if r, err := codes.ParseReply(strings.TrimRight(code, "-.")); err == nil {
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
