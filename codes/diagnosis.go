package codes

import (
	"cmp"
	"strconv"
	"unicode/utf8"
)

// Diagnosis is what a reply means. It is the same object behind every door of
// the project; docs/generated/diagnosis.schema.json describes its JSON.
type Diagnosis struct {
	Reply    Reply    // basic code, or 0
	Enhanced Enhanced // enhanced code, or 0
	Class    Class    // by the codes
	Bounce   Bounce   // none, soft, hard or unknown
	Category Category // coarse bucket; CategoryNone for 2xx and 3xx
	Reason   Reason   // why; ReasonAccepted for 2xx, ReasonNone for 3xx
	Fault    Fault    // who must act
	Action   Action   // what to do
	Retry    bool     // the same message may be tried again later
	Suppress bool     // this address should be mailed no more

	Provider  Provider // who answered, or ProviderNone
	Blocklist Provider // the blocklist that the reply names, or ProviderNone
	Basis     Basis    // what the reason was decided by

	// RetryAfter is how many seconds the reply asks the sender to wait, or 0.
	RetryAfter int
	// Contradiction is set where the two codes name different classes, which
	// RFC 2034 §4 forbids: then the basic code gives the class, and no address
	// is suppressed.
	Contradiction bool

	rule uint16   // the message or phrase, an index of wordTable
	own  *ownWord // the own one of a Classifier that came in its place, or nil
}

// Own tells whether a message or phrase of a [Classifier] decided.
func (d Diagnosis) Own() bool { return d.own != nil && d.Basis.words() }

// IDs gives the stable ids of who answered and of the message or the phrase that
// decided, be it the data's or an own one; "" for what there is none of.
func (d Diagnosis) IDs() (provider, message, phrase string) {
	provider = d.Provider.String()
	if d.own != nil {
		provider = cmp.Or(provider, d.own.owner)
	}
	switch {
	case !d.Own():
		return provider, d.Message().String(), d.Phrase().String()
	case d.Basis == BasisMessage:
		return provider, d.own.wording.ID, ""
	}
	return provider, "", d.own.wording.ID
}

// Wording gives all that is known of the message or phrase that decided, be it
// the data's or an own one, in new slices; the zero Wording if there is none.
func (d Diagnosis) Wording() Wording {
	switch {
	case d.Own():
		return d.own.wording.clone()
	case d.Basis.words():
		return wording(d.rule)
	}
	return Wording{}
}

// Message gives the provider's message that the reply is, or MessageNone, also
// for an own one.
func (d Diagnosis) Message() Message {
	if d.Basis != BasisMessage {
		return MessageNone
	}
	return Message(d.rule)
}

// Phrase gives the wording of no provider in particular that decided, or
// PhraseNone, also for an own one.
func (d Diagnosis) Phrase() Phrase {
	if d.Basis != BasisPhrase || d.rule == 0 {
		return PhraseNone
	}
	return Phrase(d.rule - numMessages)
}

// Meaning tells what happened, in a sentence or two.
func (d Diagnosis) Meaning() string {
	if d.Own() {
		return d.own.wording.Meaning
	}
	switch d.Basis {
	case BasisMessage, BasisPhrase:
		if m := meaning(d.rule); m != "" {
			return m
		}
	case BasisPair:
		return pairTable[pairIndex(d.Reply, d.Enhanced)].meaning
	case BasisEnhanced:
		if m := d.Enhanced.Meaning(); m != "" {
			return m
		}
	case BasisReply:
		if m := d.Reply.Meaning(); m != "" {
			return m
		}
		return d.Class.Meaning()
	}
	return d.Reason.Meaning()
}

// Advice tells what the sender does now, in a sentence or two.
func (d Diagnosis) Advice() string {
	if d.Reason.Suppress() && !d.Suppress {
		return d.Action.Meaning() // the advice below is about giving the address up
	}
	if d.Own() {
		return d.own.wording.Advice
	}
	switch d.Basis {
	case BasisMessage, BasisPhrase:
		if a := wordTable[d.rule].adviceText(); a != "" {
			return a
		}
	case BasisPair:
		return pairTable[pairIndex(d.Reply, d.Enhanced)].advice
	case BasisEnhanced:
		if a := d.Enhanced.Advice(); a != "" {
			return a
		}
	case BasisReply:
		if a := d.Reply.Advice(); a != "" {
			return a
		}
		return d.Class.Advice()
	}
	return d.Reason.Advice()
}

// Source gives where the deciding fact was read: an address, a repository's
// file, an RFC with its section; "" if nothing is known of the reply.
func (d Diagnosis) Source() string {
	if d.Own() {
		return cmp.Or(d.own.wording.Sources...)
	}
	switch d.Basis {
	case BasisMessage, BasisPhrase:
		if d.rule == 0 { // nothing but the name of a blocklist
			return d.Blocklist.Help()
		}
		return wordTable[d.rule].sourceText()
	case BasisPair:
		if s := d.Enhanced.Detail().Source(); s != "" {
			return s
		}
		return firstLine(pairTable[pairIndex(d.Reply, d.Enhanced)].source)
	case BasisEnhanced:
		if s := d.Enhanced.Detail().Source(); s != "" {
			return s
		}
		return firstLine(d.Enhanced.Subject().rfcs())
	case BasisReply:
		if s := d.Reply.Source(); s != "" {
			return s
		}
		return firstLine(d.Class.rfcs())
	}
	return ""
}

// MarshalJSON gives the diagnosis as one JSON object.
func (d Diagnosis) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

// AppendJSON appends the diagnosis to b as one JSON object on one line. Fields
// that are absent are left out; reply is a number, the rest are strings and
// booleans. It allocates only what b has to grow.
func (d Diagnosis) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	if d.Reply != 0 {
		b = append(b, `"reply":`...)
		b = strconv.AppendUint(b, uint64(d.Reply), 10)
		b = append(b, ',')
	}
	if d.Enhanced != 0 {
		b = append(b, `"enhanced":"`...)
		b = d.Enhanced.append(b)
		b = append(b, `",`...)
	}
	b = appendField(b, "class", d.Class.String())
	b = appendField(b, "bounce", d.Bounce.String())
	b = appendField(b, "category", d.Category.String())
	b = appendField(b, "reason", d.Reason.String())
	if d.Fault != FaultNone {
		b = appendField(b, "fault", d.Fault.String())
	}
	b = appendField(b, "action", d.Action.String())
	b = append(b, `"retry":`...)
	b = strconv.AppendBool(b, d.Retry)
	b = append(b, `,"suppress":`...)
	b = strconv.AppendBool(b, d.Suppress)
	b = append(b, ',')
	if d.RetryAfter != 0 {
		b = append(b, `"retry_after":`...)
		b = strconv.AppendInt(b, int64(d.RetryAfter), 10)
		b = append(b, ',')
	}
	if d.Contradiction {
		b = append(b, `"contradiction":true,`...)
	}
	provider, message, phrase := d.IDs()
	if provider != "" {
		b = appendField(b, "provider", provider)
	}
	if message != "" {
		b = appendField(b, "message", message)
	}
	if phrase != "" {
		b = appendField(b, "phrase", phrase)
	}
	if d.Blocklist != ProviderNone {
		b = appendField(b, "blocklist", d.Blocklist.String())
		if page := d.Blocklist.Delist(); page != "" {
			b = appendField(b, "blocklist_page", page)
		}
	}
	b = appendField(b, "basis", d.Basis.String())
	b = appendField(b, "meaning", d.Meaning())
	b = appendField(b, "advice", d.Advice())
	b = appendField(b, "source", d.Source())
	b[len(b)-1] = '}'
	return b
}

func appendField(b []byte, name, value string) []byte {
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":`...)
	b = AppendString(b, value)
	return append(b, ',')
}

// AppendString appends s to b as a JSON string (RFC 8259 §7). Bytes that are no
// UTF-8 become U+FFFD.
func AppendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
			i++
		case c < 0x20 || c == 0x7f:
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&15])
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += n
		}
	}
	return append(b, '"')
}
