package main

import (
	"cmp"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// answer is what is told of one query.
type answer struct {
	query
	codes.Diagnosis
	known bool
	hits  []codes.Hit // for a whole reply: the words that were found
}

// answer classifies a query. hits asks for the words that decided, which the
// page shows and JSON does not.
func (o *askOptions) answer(q query, hits bool) answer {
	x := answer{query: q}
	if hits && !q.codes {
		e := o.own.Explain(q.text, o.hint)
		x.Diagnosis, x.hits = e.Diagnosis, e.Hits
	} else {
		x.Diagnosis = o.own.Classify(q.text, o.hint)
	}
	if q.codes {
		x.known = isKnown(x.Diagnosis)
	} else {
		x.known = x.Reason != codes.ReasonUnknown
	}
	return x
}

// write writes the page for people.
func (x *answer) write(p *page.Page, o *askOptions) {
	p.Title(x.head(), x.title(), classStyle(x.Class))
	if line := x.subtitle(); line != "" {
		p.Text(page.Dim, line)
	}
	p.Line("")
	if x.Contradiction {
		p.Row("Careful", "The two codes contradict each other:", page.Yellow, x.contradiction())
	}
	p.Row("Means", "", page.Plain, x.Meaning())
	if x.codes {
		p.Row("In use", "", page.Plain, x.practice())
	}
	if x.failed() {
		p.Row("Fault", faultLead(x.Fault), page.Bold, firstClause(x.Fault.Meaning()))
	}
	lead, advice := x.advice()
	p.Row("Do now", lead, page.Bold, advice)
	if x.failed() {
		lead, style, why := x.retry()
		p.Row("Retry", lead, style, why)
		lead, style, why = x.suppress()
		p.Row("Suppress", lead, style, why)
	}
	if x.Blocklist != codes.ProviderNone {
		p.Row("Listed by", x.Blocklist.Name(), page.Bold, x.Blocklist.Delist())
	}
	if v := o.vocabulary; v != codes.VocabularyNone {
		p.Row("As", v.Name()+":", page.Dim, vocabularyName(v, x.Reason))
	}
	for i, line := range x.evidence() {
		p.Row(plural(i == 0, "Evidence", ""), "", page.Plain, line)
	}
	p.Row("Source", "", page.Plain, shortSource(x.Source()))
	if x.codes {
		x.writeUsage(p)
	}
}

// failed tells whether the reply is a refusal, so far as one can tell.
func (x *answer) failed() bool {
	return x.Class != codes.ClassSuccess && x.Class != codes.ClassIntermediate
}

// head gives the codes, or a word in their place.
func (x *answer) head() string {
	if s := strings.TrimSpace(x.Reply.String() + " " + x.Enhanced.String()); s != "" {
		return s
	}
	return "No code"
}

// title names what was asked: a code by the standard's name, a whole reply by
// what it comes to.
func (x *answer) title() string {
	switch {
	case !x.codes && x.Reason != codes.ReasonNone:
		return x.Reason.Name()
	case x.Enhanced != 0 && x.Enhanced.Known():
		return x.Enhanced.Name()
	case x.Basis == codes.BasisMessage || x.Own():
		return x.Reason.Name() + ", by a code that no registry has"
	case x.Enhanced != 0:
		return "Not in the registry: " + plural(x.Enhanced.Subject().Known(), x.Enhanced.Subject().Name(), "its subject is unknown")
	case x.Reply.Known():
		return x.Reply.Name()
	}
	return "Not a code of any standard"
}

// subtitle tells who answered and what kind of reply it is.
func (x *answer) subtitle() string {
	class := x.Class.Name()
	if x.Class == codes.ClassUnknown {
		class = "Unknown whether temporary or permanent"
	}
	switch x.Bounce {
	case codes.BounceSoft, codes.BounceHard:
		class += " (" + x.Bounce.String() + " bounce)"
	}
	reason := x.Reason.String()
	switch {
	case x.Reason == codes.ReasonUnknown:
		reason = "reason unknown"
	case x.Category != codes.CategoryNone && x.Category.String() != reason:
		reason = x.Category.String() + " / " + reason
	}
	return strings.Join(nonEmpty(x.providerName(), class, reason), " · ")
}

// providerName names who answered; a provider of own rules has its id alone.
func (x *answer) providerName() string {
	id, _, _ := x.IDs()
	return cmp.Or(x.Provider.Name(), id)
}

// firstClause gives a sentence up to its colon.
func firstClause(s string) string {
	if head, _, ok := strings.Cut(s, ":"); ok {
		return head + "."
	}
	return s
}

// shortSource gives a source without what is told of it in brackets.
func shortSource(s string) string {
	if head, _, ok := strings.Cut(s, " ("); ok && strings.Contains(head, "://") {
		return head
	}
	return s
}

func classStyle(c codes.Class) page.Style {
	switch c {
	case codes.ClassSuccess:
		return page.Green
	case codes.ClassIntermediate:
		return page.Cyan
	case codes.ClassTemporary:
		return page.Yellow
	case codes.ClassPermanent:
		return page.Red
	}
	return page.Bold
}

// practice tells how a code is used beyond its meaning.
func (x *answer) practice() string {
	if x.Enhanced == 0 {
		return x.Reply.Practice()
	}
	var pair string
	if p, ok := codes.LookupPair(x.Reply, x.Enhanced); ok {
		pair = p.Note
	}
	if pair != "" {
		return pair
	}
	return x.Enhanced.Detail().Note()
}

func faultLead(f codes.Fault) string {
	if f == codes.FaultNone {
		return ""
	}
	return f.Name() + "."
}

// advice tells what to do: the action's name, unless the advice begins with the
// same words. Where the codes contradict each other, the advice for one of them
// may be wrong; then the action alone counts.
func (x *answer) advice() (lead, text string) {
	lead, text = x.Action.Name(), x.Advice()
	if x.Contradiction {
		text = x.Action.Meaning()
	}
	if x.Action == codes.ActionNone || strings.HasPrefix(text, lead) {
		return "", text
	}
	return lead + ".", text
}

// vocabularyName tells what another system calls a reason.
func vocabularyName(v codes.Vocabulary, r codes.Reason) string {
	if name := labelOf(v, r); name != "" {
		return name
	}
	return "has no name for it"
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s // an abbreviation
	}
	return strings.ToLower(s[:1]) + s[1:]
}
