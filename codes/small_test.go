//go:build !smtpcode_small

package codes

import (
	"slices"
	"testing"

	"github.com/smtpcode/smtpcode/internal/layout"
)

// TestSmall holds what a small build computes when it starts to the constants of
// this one.
func TestSmall(t *testing.T) {
	s, err := layout.Lay(fragmentText, packedFacts)
	if err != nil {
		t.Fatal(err)
	}
	if s.Filter != filter {
		t.Error("the filter differs")
	}
	for i, x := range s.Slots {
		if got := (slot{x.Tag, x.First, x.Count, x.Free, x.Most, x.Bar}); got != slots[i] {
			t.Fatalf("slot %d is %+v, want %+v", i, got, slots[i])
		}
	}
	if len(s.Candidates) != len(candidates) || len(s.Patterns) != len(patterns) || len(s.Fragments) != len(fragments) {
		t.Fatalf("%d candidates, %d patterns, %d fragments, want %d, %d, %d",
			len(s.Candidates), len(s.Patterns), len(s.Fragments), len(candidates), len(patterns), len(fragments))
	}
	for i, x := range s.Candidates {
		if got := (candidate{x.Check, x.Pattern, x.Offset, x.At}); got != candidates[i] {
			t.Fatalf("candidate %d is %+v, want %+v", i, got, candidates[i])
		}
	}
	for i, x := range s.Patterns {
		if got := (pattern{x.Rule, x.First, x.Score, x.Most, x.Count, x.Kind, x.Anchor, x.Bar}); got != patterns[i] {
			t.Fatalf("pattern %d is %+v, want %+v", i, got, patterns[i])
		}
	}
	for i, x := range s.Fragments {
		if got := (fragment{x.At, x.Len, x.Edges}); got != fragments[i] {
			t.Fatalf("fragment %d is %+v, want %+v", i, got, fragments[i])
		}
	}
	for name, c := range map[string]struct {
		text   string
		fields int
		want   []uint32
	}{
		"words": {wordText, fields, wordAt[:]}, "meanings": {meaningText, 1, meaningAt[:]}, "advice": {adviceText, 1, adviceAt[:]}, "sources": {sourceText, 1, sourceAt[:]},
	} {
		if !slices.Equal(layout.Starts(c.text, c.fields), c.want) {
			t.Errorf("the %s begin elsewhere", name)
		}
	}
}

// TestSmallTokens does the same for the tokens, and for words near to one.
func TestSmallTokens(t *testing.T) {
	found := 0
	for row := range wordTable {
		token := rest(uint16(row), restToken)
		for _, s := range []string{token, token + "x", token[:len(token)/2], "x" + token} {
			first, count := tokenRules(s)
			if f, n := layout.Token(packedTokens, s); f != first || n != count {
				t.Errorf("token %q names %d from %d on, want %d from %d on", s, n, f, count, first)
			}
			if count > 0 && s == token {
				found++
			}
		}
	}
	if found < 100 {
		t.Errorf("%d tokens: the data has hundreds", found)
	}
}
