package bounce

import "strings"

// fromFeedback reads a feedback report (RFC 5965, RFC 6591).
func (r *reading) fromFeedback(p *parts) {
	r.Kind, r.Format = KindFeedback, "feedback"
	h, _ := parseHeader(nil, strings.TrimLeft(p.feedback[0], "\n"), true)
	r.Feedback = Feedback{
		Type:   lower(firstWord(h.get("Feedback-Type"))),
		Source: host(h.get("Source-IP")),
		Agent:  clip(h.get("User-Agent"), 200),
		Domain: clip(h.get("Reported-Domain"), 255),
	}
	for _, f := range h {
		if strings.EqualFold(f.name, "Original-Rcpt-To") || strings.EqualFold(f.name, "Removal-Recipient") {
			if a := typedAddress(squeeze(clip(f.value, maxField))); a != "" && len(r.Recipients) < maxRecipients {
				r.Recipients = append(r.Recipients, Recipient{Address: a})
			}
		}
	}
	r.Recipients = unique(r.Recipients)
	r.original(p, "")
	r.complaint(p)
	for i := range r.Recipients {
		r.Recipients[i].ReportingMTA = typedHost(h.get("Reporting-MTA"))
	}
}

// complaint finds who complained where the report does not say, in the header
// of the message, and the address that it came from.
func (r *Report) complaint(p *parts) {
	var h header
	if len(p.mails) > 0 {
		h, _ = parseHeader(nil, strings.TrimLeft(clip(p.mails[0], maxText), "\n"), false)
	}
	if len(r.Recipients) == 0 {
		addr := ""
		for _, name := range [...]string{"X-HmXmrOriginalRecipient", "To", "X-Original-To", "Delivered-To"} {
			if addr = firstAddress(h.get(name)); addr != "" {
				break
			}
		}
		r.Recipients = append(r.Recipients, Recipient{Address: addr})
	}
	if r.Feedback.Source == "" {
		r.Feedback.Source = strings.Trim(firstWord(h.get("X-Originating-IP")), "[]")
	}
}
