//go:build smtpcode_small

package codes

import "github.com/smtpcode/smtpcode/internal/layout"

// A small build, with the tag smtpcode_small, is for the WebAssembly of the
// site, which every visitor loads: compressed it has two thirds of the size. It
// answers the same. The matcher's tables, and where the texts begin, are computed
// when the program starts, which takes some 10 ms; the patterns, token, date,
// examples and further sources of a [Wording] are absent. TestSmall holds what is
// computed here to what other builds have as constants.

var (
	filter     [1 << filterBits]uint64
	slots      [1 << slotBits]slot
	candidates []candidate
	patterns   []pattern
	fragments  []fragment

	wordAt, meaningAt, adviceAt, sourceAt []uint32
)

func init() {
	t, _ := layout.Lay(fragmentText, packedFacts) // the generator has done the same: it fits
	filter = t.Filter
	for i, s := range t.Slots {
		slots[i] = slot{s.Tag, s.First, s.Count, s.Free, s.Most, s.Bar}
	}
	candidates = make([]candidate, len(t.Candidates))
	for i, c := range t.Candidates {
		candidates[i] = candidate{c.Check, c.Pattern, c.Offset, c.At}
	}
	patterns = make([]pattern, len(t.Patterns))
	for i, p := range t.Patterns {
		patterns[i] = pattern{p.Rule, p.First, p.Score, p.Most, p.Count, p.Kind, p.Anchor, p.Bar}
	}
	fragments = make([]fragment, len(t.Fragments))
	for i, f := range t.Fragments {
		fragments[i] = fragment{f.At, f.Len, f.Edges}
	}
	wordAt = layout.Starts(wordText, fields)
	meaningAt, adviceAt, sourceAt = layout.Starts(meaningText, 1), layout.Starts(adviceText, 1), layout.Starts(sourceText, 1)
}

func tokenRules(s string) (first, count int) { return layout.Token(packedTokens, s) }

// rest gives nothing: a small build has no such texts.
func rest(uint16, int) string { return "" }
