package codes

import (
	"errors"
	"strconv"
	"strings"
)

// Reply is a basic SMTP reply code (RFC 5321 §4.2): three digits, the first of
// which is the class. 0 means that there is none.
type Reply uint16

// replyData is what the data says of a reply.
type replyData struct {
	code                      Reply
	id, name, meaning, advice string
	rfcs, citation            string // several values stand a line each
	reason                    Reason
	standard, vague           bool
}

// replyMore is the rest. It stands in a table of its own: a program that does not
// ask for it is linked without.
type replyMore struct {
	practice, note                  string
	commands, enhanced, also, users string // several values stand a line each
}

// data gives the table row of r; row 0 is empty and stands for unknown codes.
func (r Reply) data() *replyData { return &replyTable[r.index()] }

func (r Reply) more() *replyMore { return &replyMoreTable[r.index()] }

// ParseReply reads a basic code: three ASCII digits from 100 to 599.
func ParseReply(s string) (Reply, error) {
	if len(s) == 3 && s[0] >= '1' && s[0] <= '5' && isDigit(s[1]) && isDigit(s[2]) {
		return Reply(s[0]-'0')*100 + Reply(s[1]-'0')*10 + Reply(s[2]-'0'), nil
	}
	return 0, errors.New(strconv.Quote(s) + " is not a basic reply code: three digits, 100 to 599")
}

// String gives the three digits, or "" for 0.
func (r Reply) String() string {
	if r == 0 {
		return ""
	}
	return strconv.Itoa(int(r))
}

// Class gives the class by the first digit (RFC 5321 §4.2.1).
func (r Reply) Class() Class {
	switch d := Class(r / 100); d {
	case ClassPreliminary, ClassSuccess, ClassIntermediate, ClassTemporary, ClassPermanent:
		return d
	}
	return ClassUnknown
}

// Known tells whether the data describes the code.
func (r Reply) Known() bool { return r.index() != 0 }

// Standard tells whether an RFC defines the code; false also for unknown ones.
func (r Reply) Standard() bool { return r.data().standard }

// ID gives the stable id in snake case ("service_not_available"), or "".
func (r Reply) ID() string { return r.data().id }

// Name gives the standard's title of the code, or "" if it is unknown.
func (r Reply) Name() string { return r.data().name }

// Meaning gives what the code says, or "" if it is unknown.
func (r Reply) Meaning() string { return r.data().meaning }

// Practice gives how servers use the code beyond the standard, or "".
func (r Reply) Practice() string { return r.more().practice }

// Advice gives what the sender does about the code alone, or "".
func (r Reply) Advice() string { return r.data().advice }

// Note gives where standards, registry and practice disagree, or "".
func (r Reply) Note() string { return r.more().note }

// Reason gives the reason where nothing but this code is known.
func (r Reply) Reason() Reason { return r.data().reason }

// Vague tells whether the code alone decides little, so that any words and any
// enhanced code outrank it. Unknown codes are vague.
func (r Reply) Vague() bool {
	i := r.index()
	return i == 0 || replyTable[i].vague
}

// Commands gives the SMTP commands that may draw the reply, in a new slice.
func (r Reply) Commands() []string { return lines(r.more().commands) }

// Users gives who sends the code where no standard has it, in a new slice.
func (r Reply) Users() []string { return lines(r.more().users) }

// Enhanced gives the enhanced codes that the IANA registry pairs with the reply
// and those seen with it beyond that, in new slices.
func (r Reply) Enhanced() (registered, seen []string) {
	d := r.more()
	return lines(d.enhanced), lines(d.also)
}

// RFCs gives the documents that define the code ("RFC 5321 §4.2.2"), in a new slice.
func (r Reply) RFCs() []string { return lines(r.data().rfcs) }

// Source gives where the code is defined or, for codes of no standard, seen.
func (r Reply) Source() string {
	d := r.data()
	if d.rfcs != "" {
		return firstLine(d.rfcs)
	}
	return firstLine(d.citation)
}

// MarshalText gives the three digits.
func (r Reply) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads three digits; no text at all gives 0.
func (r *Reply) UnmarshalText(b []byte) (err error) {
	*r = 0
	if len(b) > 0 {
		*r, err = ParseReply(string(b))
	}
	return err
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// lines takes a table cell of several values apart.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
