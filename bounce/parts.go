package bounce

import "strings"

// Limits of what is read of a mail. What lies beyond is not looked at.
const (
	maxParts = 1000      // MIME parts
	maxDepth = 16        // multiparts in one another, and mails in one another
	maxText  = 256 << 10 // bytes of a text part, before it is decoded
	maxNote  = 64 << 10  // bytes of all text that people read
)

// parts are the parts of a mail that can tell something, in their order.
type parts struct {
	header   header
	text     []string // what people read, decoded
	html     []string // the same as HTML, decoded
	status   []string // bodies of delivery status parts (RFC 3464, RFC 6533)
	feedback []string // bodies of feedback reports (RFC 5965)
	mails    []string // attached mails, or only their headers
	report   string   // report-type of multipart/report (RFC 6522), in small letters

	count int
	spare header // reused for the parts' headers
}

// split reads the mail s.
func (p *parts) split(s string) {
	h, body := parseHeader(p.header[:0], s, false)
	*p = parts{header: h, text: p.text[:0], html: p.html[:0], status: p.status[:0], feedback: p.feedback[:0], mails: p.mails[:0], spare: p.spare[:0]}
	p.entity(h, body, 0)
}

// entity sorts a part, or the mail itself, into the lists.
func (p *parts) entity(h header, body string, depth int) {
	if p.count++; p.count > maxParts {
		return
	}
	contentType, _ := h.raw("Content-Type")
	media, _, _ := strings.Cut(contentType, ";")
	media = lower(strings.TrimSpace(media))
	kind, sub, _ := strings.Cut(media, "/")
	if kind == "multipart" && depth < maxDepth {
		if t := param(contentType, "report-type"); t != "" && p.report == "" {
			p.report = lower(t)
		}
		if boundary := delimiter(param(contentType, "boundary"), body); boundary != "" {
			p.multipart(body, boundary, depth)
			return
		}
		kind, sub = "text", "plain" // no boundary to be found: read it as text
	}
	enc := h.get("Content-Transfer-Encoding")
	switch {
	case strings.HasSuffix(sub, "delivery-status"): // also global-, x-, and as text
		p.status = append(p.status, transfer(clip(body, 4*maxText), enc))
	case strings.HasSuffix(sub, "feedback-report"):
		p.feedback = append(p.feedback, transfer(clip(body, maxText), enc))
	case sub == "rfc822-headers" || sub == "global-headers" || kind == "message" && (sub == "rfc822" || sub == "global" || sub == "news"):
		if enc := lower(enc); enc == "base64" || enc == "quoted-printable" { // forbidden, and yet it is done
			body = transfer(clip(body, 4*maxText), enc)
		}
		p.mails = append(p.mails, body)
	case depth > 0 && h.has("From") && (h.has("Message-ID") || h.has("Received")):
		p.mails = append(p.mails, original(h, body)) // a mail that took the part's header for its own
	case sub == "html":
		p.html = append(p.html, toUTF8(transfer(clip(body, maxText), enc), param(contentType, "charset")))
	case kind == "text" || kind == "message" || media == "" || !strings.Contains(media, "/"):
		p.text = append(p.text, toUTF8(transfer(clip(body, maxText), enc), param(contentType, "charset")))
	}
}

// original puts a header and a body together again.
func original(h header, body string) string {
	var b strings.Builder
	for _, f := range h {
		b.WriteString(f.name + ":" + f.value + "\n")
	}
	return b.String() + "\n" + clip(body, maxText)
}

// delimiter gives the line that body is divided by, "--" and the boundary: the
// one that is told or, where that does not occur, the first line of such looks
// above a Content field; "" if there is none.
func delimiter(told, body string) string {
	if told = strings.TrimRight(told, " \t"); told != "" {
		if _, _, found := nextBoundary(body, "--"+told, 0); found {
			return "--" + told
		}
	}
	head := clip(body, maxText)
	for at := 0; ; {
		i := strings.Index(head[at:], "\nContent-")
		if i < 0 {
			return ""
		}
		at += i
		above := strings.TrimRight(head[strings.LastIndexByte(head[:at], '\n')+1:at], " \t")
		if len(above) > 4 && strings.HasPrefix(above, "--") {
			return above
		}
		at++
	}
}

// nextBoundary finds the next line that is the boundary, with "--" behind it or
// not, from position from: where it begins, and where the line behind it does.
func nextBoundary(s, boundary string, from int) (begin, end int, found bool) {
	for at := from; at < len(s); {
		i := strings.Index(s[at:], boundary)
		if i < 0 {
			break
		}
		begin = at + i
		end = begin + len(boundary)
		at = end
		if begin > 0 && s[begin-1] != '\n' {
			at = begin + 1
			continue
		}
		tail, _ := line(s[end:])
		if t := strings.TrimRight(tail, " \t"); t != "" && t != "--" {
			continue
		}
		return begin, min(end+len(tail)+1, len(s)), true
	}
	return 0, 0, false
}

// multipart reads the parts between the boundaries. The closing one need not be
// there, and parts behind it are read as well.
func (p *parts) multipart(body, boundary string, depth int) {
	_, at, found := nextBoundary(body, boundary, 0)
	for found && p.count <= maxParts {
		begin, next, more := nextBoundary(body, boundary, at)
		part := body[at:]
		if more {
			part = body[at:max(at, begin-1)]
		}
		if strings.TrimSpace(clip(part, 1024)) != "" {
			h, rest := parseHeader(p.spare[:0], part, false)
			p.spare = h[:0]
			if len(h) > 0 && !contentHeader(h) {
				h, rest = partHeader(h, part, rest)
			}
			p.entity(h, rest, depth+1)
		}
		at, found = next, more
	}
}

// contentHeader tells whether the fields are such as a part has.
func contentHeader(h header) bool {
	for _, f := range h {
		if hasPrefixFold(f.name, "content-") {
			return true
		}
	}
	return false
}

// partHeader decides what the fields of a part without any Content field are:
// the header of a mail, or text of a part that has no header.
func partHeader(h header, part, rest string) (header, string) {
	if h.has("From") || h.has("Received") || h.has("MIME-Version") {
		return h, rest
	}
	return nil, part
}
