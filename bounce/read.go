package bounce

import (
	"errors"
	"io"
	"strings"
	"sync"
	"unsafe"

	"github.com/smtpcode/smtpcode/codes"
)

// MaxMail is how many bytes of a mail are read; what lies beyond is not looked
// at. Reports stand in front of the message that they return, and systems that
// return it whole refuse messages of such a size.
const MaxMail = 16 << 20

// Errors of Read and Parse.
var (
	ErrEmpty   = errors.New("empty: give a mail with its header")
	ErrNotMail = errors.New("not a mail: it does not begin with a header field such as \"From: \"")
)

// Read reads one mail and tells what it says. It reads at most [MaxMail] bytes.
func Read(r io.Reader) (Report, error) { return Reader{}.Read(r) }

// Parse is [Read] for a mail in memory, which it does not keep.
func Parse(mail []byte) (Report, error) { return Reader{}.Parse(mail) }

// Reader reads mails with settings. The zero value reads as [Read] and [Parse] do.
type Reader struct {
	Rules *codes.Classifier // own messages in front of the data's, or nil
}

// Read is [Read] with the settings.
func (rd Reader) Read(r io.Reader) (Report, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxMail))
	if err != nil {
		return Report{}, err
	}
	return rd.Parse(b)
}

// Parse is [Parse] with the settings.
func (rd Reader) Parse(mail []byte) (Report, error) {
	if len(mail) > MaxMail {
		mail = mail[:MaxMail]
	}
	s := newlines(unsafe.String(unsafe.SliceData(mail), len(mail)))
	s = strings.TrimLeft(strings.TrimPrefix(s, "\uFEFF"), "\n")
	if strings.TrimSpace(clip(s, 4096)) == "" {
		return Report{}, ErrEmpty
	}
	top := s
	for isEnvelopeLine(top) {
		_, top = line(top)
	}
	if fieldName(top) == 0 {
		return Report{}, ErrNotMail
	}
	r := reading{rules: rd.Rules}
	r.read(s, 0)
	r.own()
	return r.Report, nil
}

// reading is a report that is being made.
type reading struct {
	Report
	rules *codes.Classifier
}

var readers = sync.Pool{New: func() any { return new(parts) }}

// read fills the report from the mail s, which may itself lie so many mails deep.
func (r *reading) read(s string, depth int) {
	p := readers.Get().(*parts)
	defer func() {
		for _, list := range [...][]string{p.text, p.html, p.status, p.feedback, p.mails} {
			clear(list) // the pool must not hold on to a mail
		}
		clear(p.header[:cap(p.header)])
		clear(p.spare[:cap(p.spare)])
		*p = parts{header: p.header[:0], text: p.text[:0], html: p.html[:0], status: p.status[:0], feedback: p.feedback[:0], mails: p.mails[:0], spare: p.spare[:0]}
		readers.Put(p)
	}()
	p.split(s)
	switch {
	case len(p.status) > 0 && r.fromStatus(p):
	case len(p.feedback) > 0:
		r.fromFeedback(p)
	default:
		r.fromWords(p)
	}
	if r.Kind == KindNone && depth < maxDepth {
		for _, m := range p.mails {
			r.attached(m, depth)
		}
	}
}

// attached adds what an attached mail reports: somebody sent reports on.
func (r *reading) attached(m string, depth int) {
	in := reading{rules: r.rules}
	in.read(m, depth+1)
	if !in.Kind.Delivery() && in.Kind != KindFeedback {
		return
	}
	if r.Kind == KindNone {
		*r = in
		return
	}
	if len(r.Recipients)+len(in.Recipients) <= maxRecipients {
		r.Recipients = append(r.Recipients, in.Recipients...)
	}
	r.Kind = min(r.Kind, in.Kind)
}

// fromStatus reads a mail with a delivery status. It tells whether there was
// anything in it.
func (r *reading) fromStatus(p *parts) bool {
	for _, s := range p.status {
		r.status(s)
	}
	return r.settleStatus(p, noteText(p))
}

// settleStatus completes the recipients that a delivery status named.
func (r *reading) settleStatus(p *parts, text string) bool {
	for i := range r.Recipients {
		r.Recipients[i].settleAddresses()
	}
	r.Recipients = unique(r.Recipients)
	if r.Kind = kindOf(r.Recipients); r.Kind == KindNone {
		r.Recipients = nil
		return false
	}
	r.Format = "dsn"
	r.original(p, "")
	var n *notice // read only where the fields do not say enough
	for i := range r.Recipients {
		c := &r.Recipients[i]
		if c.Action == "" {
			c.Action = actionOf(r.Kind)
		}
		c.diagnose(r.rules)
		if c.Command == "" {
			c.Command = command(lower(c.Diagnostic))
		}
		if telling(&c.Diagnosis) && c.Diagnosis.Reply != 0 && strings.Contains(c.Address, "@") || c.Diagnosis.Class == codes.ClassSuccess {
			continue
		}
		if n == nil {
			read := readNotice(text, lower(text), firstAddress(p.header.get("To")))
			n = &read
		}
		if !strings.Contains(c.Address, "@") && len(r.Recipients) == 1 {
			// A file, a pipe, or nothing: who it was for may stand elsewhere.
			if failed := firstAddress(p.header.get("X-Failed-Recipients")); failed != "" {
				c.Address = failed
			} else if len(n.blocks) == 1 && c.Address == "" {
				c.Address = n.blocks[0].address
			}
		}
		c.complete(n, len(r.Recipients) == 1, r.rules)
	}
	return true
}

// complete adds what the words for people say more than the fields.
func (c *Recipient) complete(n *notice, only bool, rules *codes.Classifier) {
	for i := range n.blocks {
		b := &n.blocks[i]
		if strings.EqualFold(b.address, c.Address) || strings.EqualFold(b.address, c.Original) || only && len(n.blocks) == 1 {
			said := b.said
			if said == "" {
				said = serverReply(b.wide, b.small)
			}
			if c.RemoteMTA == "" {
				c.RemoteMTA = remoteHost(b.wide, b.small)
			}
			if c.Command == "" {
				c.Command = command(b.small)
			}
			if c.Diagnostic == "" || exitCode(c.Diagnostic) && said != "" || !telling(&c.Diagnosis) && codes.Parse(c.Diagnostic).Reply == 0 && codes.Parse(said).Reply != 0 {
				c.Diagnostic = said
			}
			c.diagnose(rules, b.near, b.wide, n.text)
			return
		}
	}
	c.diagnose(rules, n.text)
}

// unique drops what says the same of the same recipient again.
func unique(list []Recipient) []Recipient {
	if len(list) < 2 {
		return list
	}
	seen := make(map[[3]string]bool, len(list))
	kept := list[:0]
	for _, c := range list {
		key := [3]string{lower(c.Address), c.Status, c.Diagnostic}
		if !seen[key] {
			seen[key] = true
			kept = append(kept, c)
		}
	}
	return kept
}

func actionOf(k Kind) string {
	if k == KindBounce {
		return "failed"
	}
	return k.String()
}

// noteText gives the text for people: the plain text or, where there is none
// that says anything, the HTML without its tags.
func noteText(p *parts) string {
	text := ""
	switch len(p.text) {
	case 0:
	case 1:
		text = p.text[0]
	default:
		text = strings.Join(p.text, "\n")
	}
	if len(p.html) > 0 && strings.IndexByte(text, '@') < 0 {
		text += "\n" + untag(strings.Join(p.html, "\n"))
	}
	return clip(text, maxNote)
}

// original notes what is known of the message that the report is about. quoted
// is what the notice has below the words for people.
func (r *reading) original(p *parts, quoted string) {
	if len(p.mails) > 0 {
		quoted = p.mails[0]
	}
	h, _ := parseHeader(nil, strings.TrimLeft(clip(quoted, maxText), "\n"), false)
	r.Original = Original{
		MessageID: strings.Trim(firstWord(h.get("Message-ID")), "<>"),
		Subject:   clip(h.text("Subject"), maxField),
		From:      firstAddress(h.get("From")),
		Date:      clip(h.get("Date"), 80),
	}
	if r.Original.MessageID == "" {
		r.Original.MessageID = strings.Trim(firstWord(p.header.get("In-Reply-To")), "<>")
	}
}

// own makes the strings of the report its own, so that it does not hold on to
// the mail.
func (r *Report) own() {
	for i := range r.Recipients {
		c := &r.Recipients[i]
		for _, s := range [...]*string{&c.Address, &c.Original, &c.Action, &c.Status, &c.Diagnostic, &c.RemoteMTA, &c.ReportingMTA, &c.Command, &c.LastAttempt, &c.RetryUntil} {
			*s = strings.Clone(*s)
		}
	}
	for _, s := range [...]*string{&r.Original.MessageID, &r.Original.Subject, &r.Original.From, &r.Original.Date, &r.Feedback.Type, &r.Feedback.Source, &r.Feedback.Agent, &r.Feedback.Domain} {
		*s = strings.Clone(*s)
	}
}
