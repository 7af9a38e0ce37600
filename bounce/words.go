package bounce

import (
	"html"
	"strings"
)

// maxHead is how many bytes of the words for people the recognisers look at:
// programs say what they are in their first sentences.
const maxHead = 3000

// fromWords reads a mail that has no machine-readable part.
func (r *reading) fromWords(p *parts) {
	if p.report == "disposition-notification" || p.report == "tlsrpt" {
		return // a receipt (RFC 8098), a TLS report (RFC 8460)
	}
	text := noteText(p)
	e := envelope{
		report:  p.report,
		header:  p.header,
		from:    strings.ToLower(p.header.text("From")),
		subject: strings.ToLower(p.header.text("Subject")),
	}
	if inner, ok := forwarded(e.subject, text); ok {
		text = inner
		e.from = strings.ToLower(firstHeader(inner, "From:"))
		e.subject = strings.ToLower(firstHeader(inner, "Subject:"))
	}
	text = strings.TrimSpace(text)
	small := lower(text)
	e.head = clip(small, maxHead)
	if strings.Contains(text, "inal-") && e.sentBy(machine) && r.statusInText(p, text, small) {
		return
	}
	for i := range recognisers {
		g := &recognisers[i]
		if !g.matches(&e) {
			continue
		}
		switch g.kind {
		case KindBounce, KindDelayed:
			if g.read != nil {
				g.read(r, text)
			} else {
				r.fromNotice(p, &e, g, text, small)
			}
		case KindFeedback:
			r.Kind, r.Feedback.Type = KindFeedback, "abuse"
			r.original(p, "")
			r.Feedback.Source = host(between(e.subject+" ", "message from ", " "))
			r.complaint(p)
		default:
			r.Kind = g.kind
			r.Recipients = []Recipient{{Address: firstAddress(p.header.get("From"))}}
			r.original(p, "")
		}
		if r.Kind != KindNone {
			r.Format = g.name
			return
		}
	}
}

// statusInText reads delivery status fields that stand in the text, as in a
// report that lost its MIME structure or never had one.
func (r *reading) statusInText(p *parts, text, small string) bool {
	at := strings.Index(small, "final-recipient:")
	if at < 0 || !strings.Contains(small[at:], "\naction:") && !strings.Contains(small[at:], "\nstatus:") {
		return false
	}
	// The fields about the message may stand in front, and a recipient's own.
	for _, name := range [...]string{"reporting-mta:", "original-recipient:", "action:"} {
		if i := strings.Index(small[:at], name); i >= 0 && at-i < 2000 {
			at = i
		}
	}
	if at > 0 && text[at-1] != '\n' && text[at-1] != ' ' {
		return false
	}
	words, quoted := cutOriginal(text[at:])
	r.status(words)
	ok := r.settleStatus(p, text[:at])
	if ok && len(p.mails) == 0 {
		r.original(p, quoted)
	}
	return ok
}

// fromNotice reads the words of a program. The kind stays none where a vague
// recogniser finds nothing that bears it out.
func (r *reading) fromNotice(p *parts, e *envelope, g *recogniser, text, small string) {
	n := readNotice(text, small, firstAddress(p.header.get("To")), firstAddress(p.header.get("From")))
	n.named(g.recipient)
	if len(n.blocks) == 0 {
		n.fallback(p)
	}
	delayed := g.kind == KindDelayed || delaySubjects.in(e.subject) || delayWords.in(e.head)
	reporting := reportingHost(p, n.text)
	r.Kind = KindBounce
	if delayed {
		r.Kind = KindDelayed
	}
	for i := range n.blocks {
		b := &n.blocks[i]
		c := Recipient{Address: b.address, Action: actionOf(r.Kind), ReportingMTA: reporting, Diagnostic: b.said}
		if c.Diagnostic == "" {
			c.Diagnostic = serverReply(b.wide, b.small)
		}
		if c.Diagnostic == "" && len(n.blocks) == 1 {
			c.Diagnostic = serverReply(n.text, n.small)
		}
		c.RemoteMTA = remoteHost(b.wide, b.small)
		c.Command = command(b.small)
		c.diagnose(r.rules, b.near, b.wide, n.text)
		r.Recipients = append(r.Recipients, c)
	}
	if g.vague && !r.borneOut() && (r.Recipients[0].Address == "" || !bounceSubjects.in(e.subject)) {
		r.Kind, r.Recipients = KindNone, nil
		return
	}
	r.original(p, n.original)
}

// borneOut tells whether there is a recipient and something said of it.
func (r *reading) borneOut() bool {
	for i := range r.Recipients {
		d := &r.Recipients[i].Diagnosis
		if r.Recipients[i].Address != "" && (d.Reply != 0 || d.Enhanced != 0 || telling(d)) {
			return true
		}
	}
	return false
}

// named takes the address behind one of the words for the only recipient.
func (n *notice) named(words alternatives) {
	if words == nil {
		return
	}
	for _, w := range words {
		if i := strings.Index(n.small, w); i >= 0 {
			if a := firstAddress(clip(n.text[i+len(w):], maxAddress)); a != "" {
				n.blocks = []block{{address: a, near: n.text, wide: n.text, small: n.small}}
				return
			}
		}
	}
}

// fallback names the recipients where the notice does not: by the field that
// Exim began, or the address that the original message went to. A report that
// names nobody at all still has one recipient, without an address.
func (n *notice) fallback(p *parts) {
	n.blocks = nil
	failed, _ := p.header.raw("X-Failed-Recipients")
	failed = words(squeeze(failed))
	for at := 0; ; {
		i, j := nextAddress(failed, at)
		if i < 0 {
			break
		}
		n.add(block{address: failed[i:j], near: n.text, wide: n.text, small: n.small})
		at = j
	}
	if len(n.blocks) > 0 {
		return
	}
	quoted := n.original
	if len(p.mails) > 0 {
		quoted = p.mails[0]
	}
	h, _ := parseHeader(nil, strings.TrimLeft(clip(quoted, maxText), "\n"), false)
	n.add(block{address: firstAddress(h.get("To")), near: n.text, wide: n.text, small: n.small})
}

// reportingHost finds the system that wrote the notice.
func reportingHost(p *parts, text string) string {
	for _, lead := range [...]string{"program at host ", "system at host ", "program at ", "Mail Agent ", "Generating server: ", "from host "} {
		if i := strings.Index(text, lead); i >= 0 {
			words := strings.TrimPrefix(text[i+len(lead):], "v")
			if _, at, ok := strings.Cut(clip(words, 100), " at "); ok && lead == "Mail Agent " {
				words = at
			}
			if h := host(words); strings.Contains(h, ".") {
				return h
			}
		}
	}
	return domainOf(firstAddress(p.header.get("From")))
}

// forwards begin the subject of a mail that is sent on.
var forwards = alternatives{"^fwd:", "^fw:", "^wg:", "^tr:", "^rv:", "^转发"}

// forwarded takes the marks of quoting off a report that somebody forwarded in
// the text of a mail.
func forwarded(subject, text string) (string, bool) {
	if !forwards.in(subject) && !strings.Contains(text, "Begin forwarded message") {
		return "", false
	}
	var b strings.Builder
	quoted := 0
	for rest := text; rest != ""; {
		var l string
		l, rest = line(rest)
		if strings.HasPrefix(l, ">") {
			quoted++
			b.WriteString(strings.TrimPrefix(l[1:], " "))
			b.WriteByte('\n')
		}
	}
	if quoted < 3 {
		return "", false
	}
	return b.String(), true
}

// firstHeader gives what stands behind the name in the first line that begins
// with it.
func firstHeader(text, name string) string {
	for rest := text; rest != ""; {
		var l string
		l, rest = line(rest)
		if hasPrefixFold(l, name) {
			return strings.TrimSpace(l[len(name):])
		}
	}
	return "-" // an empty sender would be taken for a machine
}

// untag gives the text of HTML: blocks become lines, tags go.
func untag(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		b.WriteString(strings.ReplaceAll(s[:i], "\n", " "))
		s = s[i:]
		j := strings.IndexByte(s, '>')
		if j < 0 {
			break
		}
		tag := lower(strings.TrimLeft(clip(s[1:j], 20), "/"))
		name := tag
		if k := strings.IndexAny(tag, " \t\n/"); k >= 0 {
			name = tag[:k]
		}
		closing := len(s) > 1 && s[1] == '/'
		s = s[j+1:]
		switch name {
		case "style", "script", "title":
			if closing {
				break
			}
			k := indexFold(s, "</"+name)
			if k < 0 { // it never ends
				k = len(s)
			}
			s = s[k:]
		case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "td", "pre", "hr", "ul":
			b.WriteByte('\n')
		}
	}
	b.WriteString(s)
	return html.UnescapeString(b.String())
}

// indexFold finds the small-letter word in any case.
func indexFold(s, word string) int {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], word[0])
		if i < 0 {
			return -1
		}
		if at += i; hasPrefixFold(s[at:], word) {
			return at
		}
	}
}
