package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

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
		e := codes.Explain(q.text, o.hint)
		x.Diagnosis, x.hits = e.Diagnosis, e.Hits
	} else {
		x.Diagnosis = o.hint.Classify(q.text)
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
	p.Row("Do now", x.action(), page.Bold, x.Advice())
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
	case x.Message() != codes.MessageNone:
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
	return strings.Join(nonEmpty(x.Provider.Name(), class, reason), " · ")
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

func (x *answer) contradiction() string {
	return fmt.Sprintf("%s is %s, %s is %s. RFC 2034 §4 forbids that; do not trust the codes to say whether it is for now or for good.",
		x.Reply, strings.ToLower(x.Reply.Class().Name()), x.Enhanced, strings.ToLower(x.Enhanced.Class().Name()))
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

// action names what to do, unless the advice begins with the same words.
func (x *answer) action() string {
	name := x.Action.Name()
	if x.Action == codes.ActionNone || strings.HasPrefix(x.Advice(), name) {
		return ""
	}
	return name + "."
}

// retry tells whether the message may be tried again, and why not.
func (x *answer) retry() (lead string, style page.Style, why string) {
	switch {
	case x.Retry && x.RetryAfter > 0:
		return "Yes,", page.Green, "but not before " + duration(x.RetryAfter) + ": the server asks for that."
	case x.Retry && x.Class == codes.ClassPermanent:
		return "Yes,", page.Green, "although the code says permanent: " + lowerFirst(x.Reason.Name()) + " is temporary by nature."
	case x.Retry:
		return "Yes,", page.Green, "with growing pauses, for 24 to 72 hours."
	case x.Class == codes.ClassUnknown:
		return "Unclear:", page.Yellow, "no code tells whether this is for now or for good."
	case x.Class == codes.ClassTemporary:
		return "No:", page.Red, "the code is temporary, but the cause will not pass by itself."
	case x.Fault == codes.FaultSender:
		return "No:", page.Red, "the same message would be refused again. Fix the cause first."
	}
	return "No:", page.Red, "the refusal is final for this message."
}

// suppress tells whether to give the address up, and why not.
func (x *answer) suppress() (lead string, style page.Style, why string) {
	switch {
	case x.Suppress:
		return "Yes:", page.Red, "the address itself is the cause."
	case x.Contradiction && x.Reason.Suppress():
		return "No:", page.Green, "the codes contradict each other, so this is no proof that the address is dead."
	case x.Class == codes.ClassTemporary && x.Reason.Suppress():
		return "Not yet:", page.Green, "only if it turns permanent, or goes on after all retries."
	case x.Reason.SuppressRepeated():
		return "Not yet:", page.Green, "only if it goes on for days, over several messages."
	case x.Class == codes.ClassUnknown && x.Reason.Suppress():
		return "Not yet:", page.Green, "the words name the address as the cause, but no code says that it is final."
	case x.Reason.Suppress():
		return "No:", page.Green, "the code alone is too vague to give an address up."
	}
	switch x.Fault {
	case codes.FaultSender:
		return "No:", page.Green, "the address is not the cause."
	case codes.FaultReceiver:
		return "No:", page.Green, "the receiving system is the cause, not the address."
	case codes.FaultRecipient:
		return "No:", page.Green, "the address exists."
	}
	return "No:", page.Green, "nothing here says that the address is dead."
}

// evidence tells what decided, a line each.
func (x *answer) evidence() []string {
	switch x.Basis {
	case codes.BasisMessage, codes.BasisPhrase:
		return x.wordEvidence()
	case codes.BasisPair:
		if x.codes {
			return []string{"the pair: the two codes together mean this"}
		}
	case codes.BasisEnhanced:
		if x.codes {
			return []string{"the enhanced code" + x.howKnown()}
		}
	case codes.BasisReply:
		if x.codes {
			return []string{"the reply code alone" + plural(x.Reply.Vague() && x.failed(), ", which says little: the rest of the reply decides", "")}
		}
	}
	return []string{lowerFirst(x.Basis.Name()) + ": " + lowerFirst(x.Basis.Meaning())}
}

// howKnown tells how much of the enhanced code is known.
func (x *answer) howKnown() string {
	switch {
	case !x.Enhanced.Subject().Known():
		return ", of which only the first number is known"
	case !x.Enhanced.Known():
		return ", of which only the first two numbers are known"
	case !x.Enhanced.Registered():
		return "; the registry has it for other classes than " + x.Enhanced.String()[:1]
	case x.Reply != 0:
		return "; the two are not known as a pair"
	}
	return ""
}

// wordEvidence quotes the words that decided, and tells whose they are and how
// well they are known.
func (x *answer) wordEvidence() []string {
	w := x.wording()
	by := "common wording"
	if x.Basis == codes.BasisMessage {
		by = w.Provider.Name()
	}
	quote := x.quote()
	if quote == "" {
		quote = "the code " + x.Enhanced.String() + " alone names it"
	}
	id := "phrase " + w.ID
	if x.Basis == codes.BasisMessage {
		id = "message " + w.ID
	}
	if w.ID == "" { // a blocklist's name, in words that nobody has noted
		return []string{"the reply names " + x.Blocklist.Name()}
	}
	return []string{by + ": " + quote, strings.Join(nonEmpty(id, w.Evidence.String(), w.Date), " · ")}
}

// wording gives the message or phrase that decided.
func (x *answer) wording() codes.Wording {
	if m := x.Message(); m != codes.MessageNone {
		return m.Wording()
	}
	return x.Phrase().Wording()
}

// quote gives the words of the reply that decided.
func (x *answer) quote() string {
	for _, h := range x.hits {
		if h.Won {
			return quote(x.text, h.Spans)
		}
	}
	return ""
}

// quote gives parts of a text in quotation marks.
func quote(text string, spans []codes.Span) string {
	var parts []string
	for _, s := range spans {
		if 0 <= s.Start && s.Start < s.End && s.End <= len(text) {
			parts = append(parts, page.OneLine(text[s.Start:s.End]))
		}
	}
	if parts == nil {
		return ""
	}
	return "“" + page.Shorten(strings.Join(parts, " … "), 240) + "”"
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
		p.Row("Seen at", "", page.Plain, usersOf(x.Enhanced, 6))
	}
	if !x.known {
		p.Row("Nearby", "", page.Plain, x.nearby())
	}
}

// usersOf names the providers whose messages come with an enhanced code, at most
// n of them.
func usersOf(e codes.Enhanced, n int) string {
	var names []string
	for _, w := range allMessages() {
		if name := w.Provider.Name(); comesWith(w, 0, e) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return someOf(names, n)
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

// vocabularyName tells what another system calls a reason.
func vocabularyName(v codes.Vocabulary, r codes.Reason) string {
	if name := labelOf(v, r); name != "" {
		return name
	}
	return "has no name for it"
}

// duration writes seconds as people say them.
func duration(seconds int) string {
	switch {
	case seconds%3600 == 0:
		return counted(seconds/3600, "hour")
	case seconds%60 == 0:
		return counted(seconds/60, "minute")
	}
	return counted(seconds, "second")
}

func counted(n int, unit string) string {
	return fmt.Sprintf("%d %s%s", n, unit, plural(n == 1, "", "s"))
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s // an abbreviation
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// writeGlob writes the codes that a pattern stands for, a line each: those of
// the standards, then those that only servers know.
func writeGlob(p *page.Page, list []answer) {
	var registered, others [][]string
	for _, x := range list {
		row := []string{x.head(), cmp.Or(x.Reason.String(), "-"), x.title()}
		switch {
		case x.Enhanced == 0 && x.Reply.Standard(), x.Enhanced.Known():
			registered = append(registered, row)
		case x.Enhanced == 0:
			others = append(others, row)
		default:
			row[2] = usersOf(x.Enhanced, 1)
			if x.Message() != codes.MessageNone {
				row[2] += ": " + x.Meaning()
			}
			others = append(others, row)
		}
	}
	p.Table(registered, page.Bold, page.Dim)
	if len(others) == 0 {
		return
	}
	if len(registered) > 0 {
		p.Line("")
	}
	p.Text(page.Strong, "In no standard, but in use")
	p.Table(others, page.Bold, page.Dim)
}
