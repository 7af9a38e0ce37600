package codes_test

import (
	"slices"
	"testing"

	"github.com/smtpcode/smtpcode/codes"
)

// TestExamples classifies every example of the data: it must come out as its
// own message, told by its words alone unless they need the provider.
func TestExamples(t *testing.T) {
	for m := range codes.Messages() {
		w := m.Wording()
		for _, example := range w.Examples {
			plain, hinted := codes.Classify(example), codes.Hint{Provider: w.Provider}.Classify(example)
			if w.Weak || w.Reason == codes.ReasonUnknown {
				continue // a specific code or other words may say more
			}
			if hinted.Message() != m && (hinted.Provider != w.Provider || hinted.Reason != w.Reason) {
				t.Errorf("%s: with the provider named, its example comes out as %s%s (%s), not %s:\n\t%s", m, hinted.Message(), hinted.Phrase(), hinted.Reason, w.Reason, example)
			}
			if plain.Message() != codes.MessageNone && plain.Message() != m && plain.Reason != w.Reason && plain.Provider != w.Provider {
				t.Errorf("%s: its example comes out as %s (%s), not %s:\n\t%s", m, plain.Message(), plain.Reason, w.Reason, example)
			}
		}
	}
	for p := range codes.Phrases() {
		w := p.Wording()
		for _, example := range w.Examples {
			if w.Weak {
				continue
			}
			if d := codes.Classify(example); d.Reason != w.Reason {
				t.Errorf("phrase %s: its example comes out as %s by %s %s%s, not %s:\n\t%s", p, d.Reason, d.Basis, d.Message(), d.Phrase(), w.Reason, example)
			}
		}
	}
}

// TestReachable looks for messages that no example of their own reaches, and for
// reasons that nothing leads to. Of vague words it is enough that they are found.
func TestReachable(t *testing.T) {
	reasons := map[codes.Reason]bool{}
	for m := range codes.Messages() {
		w := m.Wording()
		reasons[w.Reason] = true
		hint := codes.Hint{Provider: w.Provider}
		if !slices.ContainsFunc(w.Examples, func(s string) bool {
			if !w.Weak && w.Reason != codes.ReasonUnknown {
				return hint.Classify(s).Message() == m
			}
			return slices.ContainsFunc(codes.Explain(s, hint).Hits, func(h codes.Hit) bool { return h.Wording.ID == w.ID })
		}) {
			t.Errorf("%s: none of its examples comes out as it; another message hides it", m)
		}
	}
	for p := range codes.Phrases() {
		reasons[p.Wording().Reason] = true
	}
	for d := range codes.Details() {
		reasons[d.Permanent().Reason()], reasons[d.Success().Reason()] = true, true
	}
	for r := range codes.Reasons() {
		if !reasons[r] {
			t.Errorf("no message, phrase or detail leads to reason %s", r)
		}
	}
}

// TestMessageIDs reads every id back.
func TestMessageIDs(t *testing.T) {
	for m := range codes.Messages() {
		if got, err := codes.ParseMessage(m.String()); err != nil || got != m {
			t.Errorf("ParseMessage(%q) = %v, %v", m, got, err)
		}
	}
	if _, err := codes.ParseMessage("gmail.no_such_message"); err == nil {
		t.Error("an unknown id is found")
	}
}
