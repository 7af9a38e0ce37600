package main

import (
	"iter"
	"strconv"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
)

// wordings gives all messages, then all phrases.
func wordings() iter.Seq[codes.Wording] {
	return func(yield func(codes.Wording) bool) {
		for m := range codes.Messages() {
			if !yield(m.Wording()) {
				return
			}
		}
		for p := range codes.Phrases() {
			if !yield(p.Wording()) {
				return
			}
		}
	}
}

// span is what a wording's code says: "550", "5.7.1", "550 5.7.606-649".
type span struct {
	reply  codes.Reply
	lo, hi codes.Enhanced
}

func parseSpan(s string) span {
	var p span
	for part := range strings.FieldsSeq(s) {
		if len(part) == 3 {
			p.reply, _ = codes.ParseReply(part)
			continue
		}
		low, high, isRange := strings.Cut(part, "-")
		p.lo, _ = codes.ParseEnhanced(low)
		p.hi = p.lo
		if n, err := strconv.Atoi(high); isRange && err == nil {
			p.hi = codes.NewEnhanced(p.lo.Class(), p.lo.Subject(), n)
		}
	}
	return p
}

// comesWith tells whether a wording comes with the codes; one of them may be 0.
func comesWith(w codes.Wording, r codes.Reply, e codes.Enhanced) bool {
	for _, c := range w.Codes {
		s := parseSpan(c)
		if (r == 0 || r == s.reply) && (e == 0 || s.lo <= e && e <= s.hi) {
			return true
		}
	}
	return false
}

// isKnown tells whether the registry or the data has the codes of a diagnosis.
func isKnown(d codes.Diagnosis) bool {
	if d.Reply != 0 && !d.Reply.Known() {
		return false
	}
	if d.Enhanced == 0 || d.Enhanced.Known() || d.Message() != codes.MessageNone {
		return true
	}
	if _, ok := codes.LookupPair(d.Reply, d.Enhanced); ok {
		return true
	}
	for w := range wordings() {
		if comesWith(w, 0, d.Enhanced) {
			return true
		}
	}
	return false
}
