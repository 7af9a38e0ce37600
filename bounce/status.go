package bounce

import "strings"

// maxRecipients is how many recipients of a report are read.
const maxRecipients = 10_000

// status reads a delivery status (RFC 3464 §2): groups of fields, the first of
// them about the message, the others about a recipient each. Real ones lack
// blank lines, or have too many: a group that names a recipient begins a new
// one, and so does a field that the recipient has already.
func (r *reading) status(s string) {
	var h header
	var cur *Recipient
	var seen uint8
	reporting := ""
	for s != "" {
		n := len(s)
		h, s = parseHeader(h[:0], s, true)
		if len(s) == n { // not a field to be seen
			_, s = line(s)
		}
		if h.has("Final-Recipient") || h.has("Original-Recipient") {
			cur = nil
		}
		for _, f := range h {
			bit, ok := statusFields[lower(f.name)]
			if !ok {
				continue
			}
			value := squeeze(clip(f.value, maxField))
			if bit == reportingMTA {
				reporting = typedHost(value)
				continue
			}
			if cur == nil || seen&bit != 0 && bit <= lastBeginner {
				if len(r.Recipients) >= maxRecipients {
					return
				}
				r.Recipients = append(r.Recipients, Recipient{ReportingMTA: reporting})
				cur, seen = &r.Recipients[len(r.Recipients)-1], 0
			}
			if seen&bit != 0 {
				continue
			}
			seen |= bit
			cur.take(bit, value)
		}
	}
}

// The fields of a delivery status; the first four begin a new recipient where
// the recipient has them already.
const (
	finalRecipient uint8 = 1 << iota
	originalRecipient
	action
	status
	remoteMTA
	diagnosticCode
	lastAttempt
	retryUntil

	lastBeginner       = status
	reportingMTA uint8 = 0
)

// statusFields are the fields by name (RFC 3464 §2.2, §2.3).
var statusFields = map[string]uint8{
	"reporting-mta":      reportingMTA,
	"final-recipient":    finalRecipient,
	"original-recipient": originalRecipient,
	"action":             action,
	"status":             status,
	"remote-mta":         remoteMTA,
	"diagnostic-code":    diagnosticCode,
	"last-attempt-date":  lastAttempt,
	"will-retry-until":   retryUntil,
}

// take notes a field.
func (r *Recipient) take(bit uint8, value string) {
	switch bit {
	case finalRecipient:
		r.Address = typedAddress(value)
	case originalRecipient:
		r.Original = typedAddress(value)
	case action:
		word, _, _ := strings.Cut(lower(value), " ")
		r.Action = strings.TrimRight(word, ";,(")
	case status:
		r.Status = clip(value, 80)
	case remoteMTA:
		r.RemoteMTA = typedHost(value)
	case diagnosticCode:
		r.Diagnostic = untyped(value)
	case lastAttempt:
		r.LastAttempt = clip(value, 80)
	case retryUntil:
		r.RetryUntil = clip(value, 80)
	}
}

// untyped takes the type off a Diagnostic-Code: "smtp; 550 …", "X-Postfix; …".
func untyped(value string) string {
	kind, text, ok := strings.Cut(value, ";")
	if ok && len(kind) < 40 && !strings.ContainsAny(strings.TrimSpace(kind), " :<") {
		value = strings.TrimSpace(text)
	}
	return clip(value, maxField)
}

// settleAddresses puts the address right where the final one is none: a pipe, a
// file, a local name. Then what the sender gave tells more.
func (r *Recipient) settleAddresses() {
	if !strings.Contains(r.Address, "@") && strings.Contains(r.Original, "@") {
		r.Address, r.Original = r.Original, ""
	}
	if strings.EqualFold(r.Original, r.Address) {
		r.Original = ""
	}
}

// kind gives the kind of a mail that consists of such results.
func kindOf(list []Recipient) Kind {
	kind := KindNone
	for i := range list {
		k := KindBounce
		switch list[i].Action {
		case "delayed":
			k = KindDelayed
		case "delivered":
			k = KindDelivered
		case "relayed":
			k = KindRelayed
		case "expanded":
			k = KindExpanded
		case "":
			switch {
			case strings.HasPrefix(list[i].Status, "2."):
				k = KindDelivered
			case list[i].Status == "" && list[i].Diagnostic == "":
				continue
			}
		}
		if kind == KindNone || k < kind {
			kind = k
		}
	}
	return kind
}
