package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// maxHits is how many of the wordings that lost are told one by one.
const maxHits = 5

type hitValue struct {
	ID       string         `json:"id"`
	Provider codes.Provider `json:"provider,omitzero"`
	Reason   codes.Reason   `json:"reason"`
	Score    int            `json:"score"`
	Won      bool           `json:"won"`
	Why      string         `json:"why"`
	Spans    [][2]int       `json:"spans"` // byte offsets
}

func hitValues(hits []codes.Hit) []hitValue {
	list := []hitValue{}
	for _, h := range hits {
		v := hitValue{h.Wording.ID, h.Wording.Provider, h.Wording.Reason, h.Score, h.Won, h.Why, [][2]int{}}
		for _, s := range h.Spans {
			v.Spans = append(v.Spans, [2]int{s.Start, s.End})
		}
		list = append(list, v)
	}
	return list
}

// writeExplanation shows how the diagnosis came about: the reply with marks
// under what was found, what was considered, and why it won.
func writeExplanation(p *page.Page, x *answer, o *askOptions) {
	e := o.own.Explain(x.text, o.hint)
	p.Title(x.head(), x.title(), classStyle(x.Class))
	p.Text(page.Dim, x.subtitle())
	p.Line("")
	writeMarked(p, x.text, slices.Concat(hitMarks(e.Hits), repeatedCodes(x.text, e.Parsed), codeMarks(x.text, e.Parsed)))
	p.Line("")
	p.Row("Codes", "", page.Plain, explainCodes(e.Parsed))
	p.Row("Server", "", page.Plain, explainServer(e, o))
	if e.Parsed.Inner != "" {
		p.Row("Inside", "", page.Plain, "the reply behind “->” is another server's; where it says why, it decides")
	}
	for _, h := range e.Hits {
		if h.Won {
			writeHit(p, "Decided", h, x.text)
		}
	}
	if !slices.ContainsFunc(e.Hits, func(h codes.Hit) bool { return h.Won }) {
		p.Row("Decided", lowerFirst(x.Basis.Name())+".", page.Bold, x.Basis.Meaning())
	}
	label, left := "Also", 0
	var aside []string
	for _, h := range e.Hits {
		switch {
		case h.Won:
		case h.Score == 0:
			aside = append(aside, h.Wording.ID)
		case left >= maxHits:
			left++
		default:
			left++
			writeHit(p, label, h, x.text)
			label = ""
		}
	}
	if left > maxHits {
		p.Row(label, "", page.Plain, fmt.Sprintf("and %d more", left-maxHits))
	}
	if len(aside) > 0 {
		p.Row("Aside", "", page.Plain, "matched, but do not count without their provider or code: "+someOf(aside, maxHits))
	}
	p.Row("Result", x.Reason.String(), page.Bold, "("+x.Category.String()+"): "+x.Meaning())
	p.Row("Order", "", page.Dim, "own rules, words of a provider, common words, a pair of codes, the enhanced code, the reply code; vague codes behind all words")
}

func writeHit(p *page.Page, label string, h codes.Hit, text string) {
	whose := cmp.Or(h.Wording.Provider.Name(), "common wording")
	if h.Own {
		whose = "own rules"
	}
	style := page.Plain
	if h.Won {
		style = page.Bold
	}
	p.Row(label, h.Wording.ID, style, fmt.Sprintf("(%s) says %s, score %d: %s", whose, h.Wording.Reason, h.Score, h.Why))
	if q := quote(text, h.Spans); q != "" && !h.Won {
		p.Row(" ", "", page.Plain, "found "+q)
	}
}

// explainCodes tells what the codes say by themselves.
func explainCodes(c codes.Parsed) string {
	var parts []string
	if c.Reply != 0 {
		parts = append(parts, c.Reply.String()+" "+says(c.Reply.Reason(), c.Reply.Vague()))
	}
	if c.Enhanced != 0 {
		parts = append(parts, c.Enhanced.String()+" "+says(c.Enhanced.Reason(), c.Enhanced.Vague()))
	}
	if pair, ok := codes.LookupPair(c.Reply, c.Enhanced); ok {
		parts = append(parts, "the pair "+says(pair.Reason, pair.Vague))
	}
	if parts == nil {
		return "none were found"
	}
	return strings.Join(parts, "; ")
}

func says(r codes.Reason, vague bool) string {
	switch {
	case vague && (r == codes.ReasonUnknown || r == codes.ReasonNone):
		return "is vague"
	case vague:
		return "is vague (" + r.String() + ")"
	case r == codes.ReasonNone:
		return "says nothing of a cause"
	}
	return "says " + r.String()
}

// explainServer tells who was taken to answer, and why.
func explainServer(e codes.Explanation, o *askOptions) string {
	by := ""
	switch {
	case o.hint.Provider != codes.ProviderNone:
		by = "by --provider"
	case codes.ProviderByMX(o.hint.MX) != codes.ProviderNone:
		by = "by --mx"
	case codes.ProviderByDomain(o.hint.Domain) != codes.ProviderNone:
		by = "by --domain"
	case e.Parsed.Host != "" && codes.ProviderByMX(e.Parsed.Host) != codes.ProviderNone:
		by = "by the host " + page.OneLine(e.Parsed.Host) + " in the wrapper"
	case e.Diagnosis.Provider != codes.ProviderNone:
		by = "by the words"
	default:
		if id, _, _ := e.Diagnosis.IDs(); id != "" {
			return id + ", by own rules"
		}
		return "not known; --provider, --mx or --domain would tell"
	}
	return e.Diagnosis.Provider.Name() + ", " + by
}
