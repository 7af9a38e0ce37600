package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// Bounds of what a card shows of a mail: a card is short.
const (
	maxSaid = 300
	maxName = 120 // of a subject, a host, an address
)

// mailCards writes a card a recipient, and at the end what they come to.
type mailCards struct {
	page       *page.Page
	own        *codes.Classifier
	rows       int
	mails      int
	broken     int
	kinds      map[string]int // mails
	reasons    map[string]int // recipients that did not get it
	suppressed addressSet
}

func newMailCards(p *page.Page, own *codes.Classifier) *mailCards {
	return &mailCards{page: p, own: own, kinds: map[string]int{}, reasons: map[string]int{}}
}

func (w *mailCards) add(row *bounce.Row) {
	if row.Error != "" { // told on standard error
		w.broken++
		return
	}
	if w.rows > 0 {
		w.page.Line("")
	}
	w.rows++
	if row.Index == 1 {
		w.mails++
		w.kinds[row.Kind.String()]++
	}
	c := newMailCard(row, w.own)
	if c.outcome == bounce.KindBounce || c.outcome == bounce.KindDelayed {
		w.reasons[c.Reason.String()]++
	}
	if row.Suppress {
		w.suppressed.add(row.Address())
	}
	c.write(w.page)
}

// end sums several mails up.
func (w *mailCards) end() {
	if w.mails+w.broken < 2 {
		return
	}
	p := w.page
	if w.rows > 0 {
		p.Line("")
	}
	p.Title(counted(w.mails, "mail"), "", page.Cyan)
	p.Row("Kinds", "", page.Plain, byCount(w.kinds))
	p.Row("Reasons", "", page.Plain, byCount(w.reasons))
	if n := len(w.suppressed); n > 0 {
		p.Row("Suppress", fmt.Sprintf("%d %s:", n, plural(n == 1, "address", "addresses")), page.Red, "smtpcode mail --suppress prints just these.")
	}
	if w.broken > 0 {
		p.Row("Errors", fmt.Sprintf("%d not read,", w.broken), page.Yellow, "as told on standard error.")
	}
}

// byCount lists what was counted, the most first.
func byCount(counts map[string]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(counts[y]-counts[x], strings.Compare(x, y))
	})
	var list []string
	for _, name := range names {
		list = append(list, fmt.Sprintf("%d %s", counts[name], name))
	}
	return strings.Join(list, ", ")
}

// mailCard is what is told of a recipient: the answer to what the other server
// said, in the words for somebody who has the mail and not the session.
type mailCard struct {
	row *bounce.Row
	own *codes.Classifier
	answer
	outcome bounce.Kind // what became of the message for this recipient
}

func newMailCard(row *bounce.Row, own *codes.Classifier) *mailCard {
	c := &mailCard{row: row, own: own, outcome: row.Kind}
	if row.Diagnosis != nil {
		c.Diagnosis = *row.Diagnosis
		c.known = c.Reason != codes.ReasonUnknown
	}
	switch row.Action { // a report may tell several things of several recipients
	case "failed":
		c.outcome = bounce.KindBounce
	case "delayed", "delivered", "relayed", "expanded":
		c.outcome.UnmarshalText([]byte(row.Action))
	}
	return c
}

func (c *mailCard) write(p *page.Page) {
	failed := c.outcome == bounce.KindBounce || c.outcome == bounce.KindDelayed
	p.Title(c.who(), c.what(), c.style())
	if c.outcome != bounce.KindNone {
		p.Text(page.Dim, c.subtitle())
	}
	if c.row.OriginalRecipient != "" {
		p.Row("Went to", short(c.row.Recipient, maxName)+",", page.Plain, "where the address leads.")
	}
	p.Row("Said", "", page.Plain, short(c.row.DiagnosticCode, maxSaid))
	p.Row("Server", "", page.Plain, c.server())
	if failed {
		p.Row("Means", "", page.Plain, c.Meaning())
		p.Row("Fault", faultLead(c.Fault), page.Bold, firstClause(c.Fault.Meaning()))
	} else {
		p.Row("Means", "", page.Plain, mailKinds[c.outcome].means)
	}
	lead, advice := c.doNow()
	p.Row("Do now", lead, page.Bold, advice)
	if failed {
		lead, style, why := c.again()
		p.Row("Retry", lead, style, why)
		lead, style, why = c.giveUp()
		p.Row("Suppress", lead, style, why)
		p.Row("Evidence", "", page.Plain, c.evidence())
	}
	p.Row("Message", "", page.Plain, c.message())
	p.Row("Mail", "", page.Plain, c.place())
}

// who names the recipient.
func (c *mailCard) who() string {
	return cmp.Or(short(c.row.Address(), maxName), plural(c.row.Kind == bounce.KindNone, "No report", "Recipient unknown"))
}

// what tells what became of the message.
func (c *mailCard) what() string {
	name := mailKinds[c.outcome].name
	switch c.outcome {
	case bounce.KindBounce:
		if c.known {
			return c.Reason.Name()
		}
	case bounce.KindDelayed:
		if c.known {
			return name + ": " + lowerFirst(c.Reason.Name())
		}
	case bounce.KindFeedback:
		if c.row.FeedbackType != "" {
			return name + ": " + short(c.row.FeedbackType, maxName)
		}
	}
	return name
}

func (c *mailCard) style() page.Style {
	switch c.outcome {
	case bounce.KindBounce:
		if c.Class == codes.ClassTemporary {
			return page.Yellow
		}
		return page.Red
	case bounce.KindDelayed:
		return page.Yellow
	case bounce.KindFeedback:
		if c.row.Suppress {
			return page.Red
		}
		return page.Yellow
	case bounce.KindDelivered, bounce.KindRelayed, bounce.KindExpanded:
		return page.Green
	}
	return page.Cyan
}

// subtitle tells the kind of the mail, and of a delivery the codes and the
// reason.
func (c *mailCard) subtitle() string {
	parts := []string{c.row.Kind.String()}
	if c.outcome != c.row.Kind {
		parts = append(parts, "here "+c.outcome.String())
	}
	parts = append(parts, strings.TrimSpace(c.Reply.String()+" "+c.Enhanced.String()))
	switch {
	case c.Category == codes.CategoryNone:
	case c.Reason == codes.ReasonUnknown:
		parts = append(parts, "reason unknown")
	default:
		parts = append(parts, plural(c.Category.String() == c.Reason.String(), "", c.Category.String()+" / ")+c.Reason.String())
	}
	return strings.Join(nonEmpty(append(parts, c.Provider.Name())...), " · ")
}

// server tells who answered, at which command, and who reports it.
func (c *mailCard) server() string {
	var parts []string
	if c.row.RemoteMTA != "" {
		parts = append(parts, short(c.row.RemoteMTA, maxName))
	}
	if c.row.Command != "" {
		parts = append(parts, "at "+short(c.row.Command, maxName))
	}
	if c.row.ReportingMTA != "" {
		parts = append(parts, "reported by "+short(c.row.ReportingMTA, maxName))
	}
	if c.row.FeedbackSource != "" {
		parts = append(parts, "sent from "+short(c.row.FeedbackSource, maxName))
	}
	return strings.Join(parts, " · ")
}

// again is retry for somebody whose mail system has tried already.
func (c *mailCard) again() (lead string, style page.Style, why string) {
	switch {
	case c.outcome == bounce.KindDelayed && c.row.RetryUntil != "":
		return "By itself:", page.Green, "the mail system goes on trying until " + short(c.row.RetryUntil, maxName) + "."
	case c.outcome == bounce.KindDelayed:
		return "By itself:", page.Green, "the mail system goes on trying; do not send it again."
	case c.Suppress && c.Class == codes.ClassUnknown:
		return "No:", page.Red, "the mail system has given up, and the cause will stay."
	case c.Retry && c.RetryAfter == 0:
		return "Yes,", page.Green, "send it again later: the mail system has given up on this message."
	}
	return c.retry()
}

// giveUp is suppress for somebody whose mail system has tried already.
func (c *mailCard) giveUp() (lead string, style page.Style, why string) {
	if c.outcome == bounce.KindDelayed {
		return "Not yet:", page.Green, "the message is still being tried."
	}
	return c.suppress()
}

// evidence tells what decided, and whether it stands in what the server said.
func (c *mailCard) evidence() string {
	w := c.wording()
	if w.ID == "" {
		return lowerFirst(c.Basis.Name()) + ": " + lowerFirst(c.Basis.Meaning())
	}
	hint := codes.Hint{MX: cmp.Or(c.row.RemoteMTA, c.row.ReportingMTA), Domain: c.row.Recipient[strings.LastIndexByte(c.row.Recipient, '@')+1:]}
	said := c.own.Classify(c.row.DiagnosticCode, hint)
	where := "words of the report: "
	if said.Wording().ID == w.ID {
		where = "what the server said: "
	}
	id := plural(c.Basis == codes.BasisMessage, "message ", "phrase ") + w.ID
	return where + strings.Join(nonEmpty(id, w.Evidence.String(), w.Date), " · ")
}

// message tells which message the mail is about.
func (c *mailCard) message() string {
	var parts []string
	if c.row.Subject != "" {
		parts = append(parts, "“"+short(c.row.Subject, maxName)+"”")
	}
	for _, s := range [...]string{c.row.Date, c.row.MessageID} {
		if s != "" {
			parts = append(parts, short(s, maxName))
		}
	}
	return strings.Join(parts, " · ")
}

// place tells where the mail is, and which of its recipients this one is.
func (c *mailCard) place() string {
	s := page.OneLine(mailPlace(c.row.File, c.row.Mail))
	if c.row.Index > 1 {
		s += fmt.Sprintf(", recipient %d", c.row.Index)
	}
	return s
}

// doNow is advice for somebody whose mail system has tried already, and for what
// did not fail.
func (c *mailCard) doNow() (lead, text string) {
	switch {
	case c.outcome == bounce.KindBounce:
		return c.advice()
	case c.outcome == bounce.KindDelayed && c.Action == codes.ActionRetry:
		return "Wait.", "Another report follows if it fails for good."
	case c.outcome == bounce.KindDelayed:
		return c.advice()
	case c.outcome == bounce.KindFeedback && c.row.Suppress:
		return "Suppress the address.", "Who complains must not be mailed again: each complaint costs reputation."
	}
	return "", mailKinds[c.outcome].advice
}

// mailKinds tells of each kind of mail what it is, for people. What failed or is
// late has its own words, by its reason.
var mailKinds = [...]struct{ name, means, advice string }{
	bounce.KindNone:      {"", "The mail is neither a report nor an automatic answer.", ""},
	bounce.KindBounce:    {"Not delivered", "", ""},
	bounce.KindDelayed:   {"Delayed", "", ""},
	bounce.KindDelivered: {"Delivered", "The message was delivered.", "Nothing."},
	bounce.KindRelayed:   {"Relayed", "The message went to a system that sends no reports: whether it arrives will not be told.", "Nothing."},
	bounce.KindExpanded:  {"Expanded", "The message reached a list or an alias and went on to its members, each of whom may still bounce.", "Nothing."},
	bounce.KindVacation:  {"Automatic answer", "The message arrived, and a program answered in the recipient's name.", "Nothing: it is no bounce. Some say that the person has left; only reading them tells."},
	bounce.KindFeedback:  {"Complaint", "The recipient reported the message, or a system did.", "Read the report: it is not one that gives the address up."},
	bounce.KindChallenge: {"Asks for confirmation", "A filter holds the message until its sender confirms it.", "Confirm it by hand if a person wrote the message. The address is not dead."},
}

// short gives a field of a mail on one line, without what a terminal would obey.
func short(s string, columns int) string { return page.Shorten(page.OneLine(s), columns) }
