package codes

import (
	"cmp"
	"iter"
	"sort"
	"strings"
)

// Message is a wording that one provider's servers use. Its number is not
// stable, its id ("gmail.dmarc_rejection") is.
type Message uint16

// MessageNone is no message.
const MessageNone Message = 0

// Phrase is a wording of no provider in particular. Its number is not stable,
// its id ("mailbox_is_full") is.
type Phrase uint16

// PhraseNone is no phrase.
const PhraseNone Phrase = 0

// wordData is what the data says of a message or phrase. Row 0 of wordTable is
// empty, then come numMessages messages, by provider and id, then numPhrases
// phrases, by id.
//
// The texts are packed, each ended by a zero byte, a row's one after the other;
// like stands with like, which compresses better. Advice and sources repeat, and
// are numbered. That takes a third of what strings in the row would. Small builds
// do without restText: see small.go.
type wordData struct {
	advice, source uint16 // numbers of texts in adviceText and sourceText
	evidence       Evidence
	reason         Reason
}

// The fields of a row in wordText. Several values stand a line each.
const (
	fieldID = iota
	fieldCodes
	fields
)

// The fields of a row in restText.
const (
	restPattern = iota
	restToken
	restDate
	restExample
	restSources // but the first
)

// field gives a text of a row of wordTable.
func field(row uint16, n int) string { return packed(wordText[wordAt[row]:], n) }

// meaning gives what the row means, or "" if no more than its reason.
func meaning(row uint16) string { return packed(meaningText[meaningAt[row]:], 0) }

// adviceText gives what to do about it, or "" if no more than its reason says.
func (w *wordData) adviceText() string { return packed(adviceText[adviceAt[w.advice]:], 0) }

// sourceText gives where it was read first.
func (w *wordData) sourceText() string { return packed(sourceText[sourceAt[w.source]:], 0) }

// packed gives the n-th text that s begins with.
func packed(s string, n int) string {
	for ; n > 0; n-- {
		s = s[strings.IndexByte(s, 0)+1:]
	}
	return s[:strings.IndexByte(s, 0)]
}

// Evidence tells how well a message is known.
type Evidence uint8

const (
	EvidenceDocumented Evidence = iota + 1 // by the provider itself: its pages or its source code
	EvidenceObserved                       // seen in real bounces
	EvidenceReported                       // told by a third party
)

// String gives "documented", "observed" or "reported".
func (e Evidence) String() string {
	switch e {
	case EvidenceDocumented:
		return "documented"
	case EvidenceObserved:
		return "observed"
	case EvidenceReported:
		return "reported"
	}
	return ""
}

// Wording is all that is known of a message or a phrase.
type Wording struct {
	ID       string
	Provider Provider // ProviderNone for a phrase
	Codes    []string // the codes that it comes with: "550 5.7.1", "5.7.606-649"
	Text     []string // patterns: literal words, * for what varies
	Token    string   // the provider's own code in the text, or ""
	Weak     bool     // vague words, which a specific code outranks
	// NeedsProvider and NeedsCode: it counts only where its provider is known to
	// answer, only with one of its codes.
	NeedsProvider, NeedsCode bool

	Reason   Reason
	Meaning  string
	Advice   string
	Examples []string // whole replies
	Evidence Evidence
	Date     string   // when it was last seen or documented: a year, a month or a day
	Sources  []string // where it was read
}

func wording(row uint16) Wording {
	w, r := &wordTable[row], &ruleTable[row]
	return Wording{
		ID: field(row, fieldID), Provider: r.provider, Codes: lines(field(row, fieldCodes)), Text: lines(rest(row, restPattern)), Token: rest(row, restToken),
		Weak: r.flags&isWeak != 0, NeedsProvider: r.flags&needsProvider != 0, NeedsCode: r.flags&needsCode != 0, Reason: w.reason,
		Meaning: cmp.Or(meaning(row), w.reason.Meaning()), Advice: cmp.Or(w.adviceText(), w.reason.Advice()),
		Examples: lines(rest(row, restExample)), Evidence: w.evidence, Date: rest(row, restDate), Sources: append(lines(w.sourceText()), lines(rest(row, restSources))...),
	}
}

// Wording gives all that is known of m, in new slices.
func (m Message) Wording() Wording {
	if m > numMessages {
		m = MessageNone
	}
	return wording(uint16(m))
}

// String gives the stable id, or "".
func (m Message) String() string {
	if m > numMessages {
		return ""
	}
	return field(uint16(m), fieldID)
}

// MarshalText gives the stable id.
func (m Message) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a stable id; no text at all gives MessageNone.
func (m *Message) UnmarshalText(b []byte) (err error) {
	*m = MessageNone
	if len(b) > 0 {
		*m, err = ParseMessage(string(b))
	}
	return err
}

// ParseMessage finds a message by its id, also by one that was retired.
func ParseMessage(id string) (Message, error) {
	if now := retiredID(id); now != "" {
		id = now
	}
	owner, _, _ := strings.Cut(id, ".")
	if p, err := ParseProvider(owner); err == nil && p.data().first != MessageNone {
		first := p.data().first
		i, ok := sort.Find(int(p.data().last-first)+1, func(i int) int { return strings.Compare(id, field(uint16(first)+uint16(i), fieldID)) })
		if ok {
			return first + Message(i), nil
		}
	}
	return MessageNone, noID("message", id)
}

// Messages gives all messages, sorted by provider and id.
func Messages() iter.Seq[Message] {
	return func(yield func(Message) bool) {
		for m := Message(1); m <= numMessages && yield(m); m++ {
		}
	}
}

// Wording gives all that is known of p, in new slices.
func (p Phrase) Wording() Wording {
	if p == PhraseNone || p > numPhrases {
		return Wording{}
	}
	return wording(uint16(p) + numMessages)
}

// String gives the stable id, or "".
func (p Phrase) String() string {
	if p == PhraseNone || p > numPhrases {
		return ""
	}
	return field(uint16(p)+numMessages, fieldID)
}

// Phrases gives all phrases, sorted by id.
func Phrases() iter.Seq[Phrase] {
	return func(yield func(Phrase) bool) {
		for p := Phrase(1); p <= numPhrases && yield(p); p++ {
		}
	}
}
