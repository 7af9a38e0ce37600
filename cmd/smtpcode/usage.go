package main

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
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

// isKnown tells whether the registry, the data or own rules have the codes of a
// diagnosis.
func isKnown(d codes.Diagnosis) bool {
	if d.Own() {
		return d.Reason != codes.ReasonUnknown
	}
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

// writeUsage tells what else there is to know of bare codes. Who uses a code
// takes a walk over all messages, so it is told only where nothing else is known
// of the code.
func (x *answer) writeUsage(p *page.Page) {
	switch {
	case x.Enhanced == 0:
		p.Row("Pairs", "", page.Plain, pairsOf(x.Reply))
	case x.Enhanced.Known():
		p.Row("Messages", "", page.Plain, "smtpcode list messages --code "+x.Enhanced.String())
	default:
		p.Row("Seen at", "", page.Plain, someOf(usersOf(x.Enhanced, codes.Provider.Name), 6))
	}
	if !x.known {
		p.Row("Nearby", "", page.Plain, x.nearby())
	}
}

// usersOf gives the providers whose messages come with an enhanced code, by the
// name that name gives them.
func usersOf(e codes.Enhanced, name func(codes.Provider) string) []string {
	var names []string
	for _, w := range allMessages() {
		if n := name(w.Provider); comesWith(w, 0, e) && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// allMessages is for those who go through all messages several times.
var allMessages = sync.OnceValue(func() (list []codes.Wording) {
	for m := range codes.Messages() {
		list = append(list, m.Wording())
	}
	return list
})

// pairsOf gives the enhanced codes that a basic code makes pairs with.
func pairsOf(r codes.Reply) string {
	var list []string
	for p := range codes.Pairs() {
		if p.Reply == r {
			list = append(list, p.Enhanced.String())
		}
	}
	return strings.Join(list, " ")
}

// nearby gives known codes that somebody may have meant.
func (x *answer) nearby() string {
	all := func(yield func(string) bool) {
		for r := range codes.Replies() {
			if x.Enhanced == 0 && !yield(r.String()) {
				return
			}
		}
		for _, e := range knownEnhanced() {
			if x.Enhanced != 0 && e.Known() && !yield(e.String()) {
				return
			}
		}
	}
	typed := cmp.Or(x.Enhanced.String(), x.Reply.String())
	var list []string
	for _, code := range nearest(typed, all) {
		near := answer{query: query{codes: true}, Diagnosis: codes.Classify(code)}
		list = append(list, code+" "+near.title())
	}
	return strings.Join(list, "; ")
}
