package codes_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/smtpcode/smtpcode/codes"
)

func classifier(t *testing.T, own ...codes.Wording) *codes.Classifier {
	t.Helper()
	c, err := codes.NewClassifier(own)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ownWords are rules as somebody may have them.
var ownWords = []codes.Wording{
	{ID: "acme.gone", Text: []string{"is with * no more"}, Reason: codes.ReasonUserUnknown, Meaning: "She left.", Advice: "Take her off.", Sources: []string{"wiki", "other"}},
	{ID: "acme.gone_abroad", Text: []string{"is with * no more, but abroad"}, Reason: codes.ReasonUserMoved},
	{ID: "acme.token", Token: "AC-17", Reason: codes.ReasonRateLimited},
	{ID: "acme.by_code", Codes: []string{"5.9.1-9", "571"}, NeedsCode: true, Reason: codes.ReasonGeoBlocked},
	{ID: "acme.with_code", Codes: []string{"5.7.1"}, Text: []string{"zap"}, NeedsCode: true, Reason: codes.ReasonPolicy},
	{ID: "gmail.our_relay", Provider: codes.ProviderGmail, Text: []string{"common words"}, NeedsProvider: true, Reason: codes.ReasonRelayDenied},
	{ID: "gmail.our_mailbox", Provider: codes.ProviderGmail, Text: []string{"gmail-our-box"}, Reason: codes.ReasonMailboxFull},
	{ID: "our_words", Text: []string{"user unknown"}, Reason: codes.ReasonServerError},
	{ID: "vague", Text: []string{"qux"}, Weak: true, Reason: codes.ReasonMailboxDisabled},
	{ID: "short", Text: []string{"x!", "*bar", "baz*"}, Reason: codes.ReasonVirusDetected},
	{ID: "unexplained", Text: []string{"mailbox full of eels"}, Reason: codes.ReasonUnknown},
	{ID: "vague_beaten", Text: []string{"is with"}, Weak: true, Reason: codes.ReasonPolicy},
}

func TestClassifier(t *testing.T) {
	c := classifier(t, ownWords...)
	gmail := codes.Hint{Provider: codes.ProviderGmail}
	for _, test := range []struct {
		text     string
		hint     codes.Hint
		id       string // of the own wording that decides; "" if none does
		reason   codes.Reason
		provider string
		suppress bool
		why      string
	}{
		{"550 5.1.1 jo IS  WITH us\r\n550 5.1.1 no more", codes.Hint{}, "acme.gone", codes.ReasonUserUnknown, "acme", true, "folded, over two lines"},
		{"450 4.1.1 jo is with us no more", codes.Hint{}, "acme.gone", codes.ReasonUserUnknown, "acme", false, "the class is the code's"},
		{"550 4.1.1 jo is with us no more", codes.Hint{}, "acme.gone", codes.ReasonUserUnknown, "acme", false, "the codes contradict each other"},
		{"550 jo is with us no moreover", codes.Hint{}, "vague_beaten", codes.ReasonPolicy, "", false, "words match whole"},
		{"550 jo is with us no more, but abroad", codes.Hint{}, "acme.gone_abroad", codes.ReasonUserMoved, "acme", true, "the most literal text"},
		{"550 jo is with us no more", gmail, "acme.gone", codes.ReasonUserUnknown, "gmail", true, "who is known to answer stays so"},
		{"421 4.7.0 [AC-17] slow down", codes.Hint{}, "acme.token", codes.ReasonRateLimited, "acme", false, "a token in brackets"},
		{"421 4.7.0 AC-17: slow down", codes.Hint{}, "acme.token", codes.ReasonRateLimited, "acme", false, "a token behind the codes"},
		{"421 4.7.0 ac-17 slow down", codes.Hint{}, "", codes.ReasonRateLimited, "", false, "another token"},
		{"421 4.7.0 Error AC-17", codes.Hint{}, "", codes.ReasonRateLimited, "", false, "not where tokens stand"},
		{"550 5.9.4 oh", codes.Hint{}, "acme.by_code", codes.ReasonGeoBlocked, "acme", false, "known by the code, in a range"},
		{"571", codes.Hint{}, "acme.by_code", codes.ReasonGeoBlocked, "acme", false, "known by the basic code"},
		{"550 5.9.10 oh", codes.Hint{}, "", codes.ReasonUnknown, "", false, "behind the range"},
		{"550 5.7.1 zap", codes.Hint{}, "acme.with_code", codes.ReasonPolicy, "acme", false, "with its code"},
		{"550 5.1.1 zap", codes.Hint{}, "", codes.ReasonUserUnknown, "", true, "without its code"},
		{"550 common words", gmail, "gmail.our_relay", codes.ReasonRelayDenied, "gmail", false, "the caller names the provider"},
		{"host gmail-smtp-in.l.google.com[192.0.2.1] said: 550 common words", codes.Hint{}, "gmail.our_relay", codes.ReasonRelayDenied, "gmail", false, "the wrapper names it"},
		{"550 common words. The email account that you tried to reach does not exist. gsmtp", codes.Hint{}, "gmail.our_relay", codes.ReasonRelayDenied, "gmail", false, "the words name it"},
		{"550 common words", codes.Hint{}, "", codes.ReasonUnknown, "", false, "nobody names it"},
		{"550 common words", codes.Hint{Provider: codes.ProviderYahoo}, "", codes.ReasonUnknown, "yahoo", false, "another provider"},
		{"452 gmail-our-box", codes.Hint{}, "gmail.our_mailbox", codes.ReasonMailboxFull, "gmail", false, "a provider of ours gets one more message"},
		{"550 5.1.1 User unknown", codes.Hint{}, "our_words", codes.ReasonServerError, "", false, "in front of our words and of a specific code"},
		{"550 mailbox full of eels", codes.Hint{}, "unexplained", codes.ReasonUnknown, "", false, "own words may say that the reason is unknown"},
		{"550 qux", codes.Hint{}, "vague", codes.ReasonMailboxDisabled, "", false, "vague words win over a vague code, and give no address up"},
		{"qux", codes.Hint{}, "vague", codes.ReasonMailboxDisabled, "", false, "vague words alone"},
		{"550 5.2.2 qux", codes.Hint{}, "", codes.ReasonMailboxFull, "", false, "vague words lose to a specific code"},
		{"552 qux mailbox is full", codes.Hint{}, "", codes.ReasonMailboxFull, "", false, "vague words lose to telling ones"},
		{"554 qux blocked using zen.spamhaus.org", codes.Hint{}, "", codes.ReasonIPBlocklisted, "spamhaus", false, "vague words lose to a blocklist's name"},
		{"550 qux zap x!", codes.Hint{}, "short", codes.ReasonVirusDetected, "", false, "two bytes, but not vague"},
		{"550 foobar", codes.Hint{}, "short", codes.ReasonVirusDetected, "", false, "a star opens the edge in front"},
		{"550 barfoo", codes.Hint{}, "", codes.ReasonUnknown, "", false, "but not the one behind"},
		{"550 bazaar", codes.Hint{}, "short", codes.ReasonVirusDetected, "", false, "a star opens the edge behind"},
		{"550 5.0.350 Remote server returned an error -> 550 5.7.1 zap", codes.Hint{}, "acme.with_code", codes.ReasonPolicy, "acme", false, "the codes of the reply inside"},
		{"550 5.0.350 x! Remote server returned an error -> 550 qux", codes.Hint{}, "short", codes.ReasonVirusDetected, "microsoft365", false, "vague words inside lose to own words around it"},
		{"250 2.0.0 jo is with us no more", codes.Hint{}, "", codes.ReasonAccepted, "acme", false, "what was accepted was not refused"},
		{"", codes.Hint{}, "", codes.ReasonUnknown, "", false, "nothing at all"},
		{"550 " + strings.Repeat("y ", 4000) + "x!", codes.Hint{}, "", codes.ReasonUnknown, "", false, "beyond what is read"},
	} {
		d := c.Classify(test.text, test.hint)
		provider, message, phrase := d.IDs()
		id := ""
		if d.Own() {
			id = message + phrase
		}
		if id != test.id || d.Reason != test.reason || provider != test.provider || d.Suppress != test.suppress {
			t.Errorf("%.80q: %q says %s, provider %q, suppress %v; want %q, %s, %q, %v (%s)", test.text, id, d.Reason, provider, d.Suppress, test.id, test.reason, test.provider, test.suppress, test.why)
		}
		if d != c.ClassifyBytes([]byte(test.text), test.hint) {
			t.Errorf("%.80q: bytes say something else", test.text)
		}
		if plain := test.hint.Classify(test.text); test.id == "" && d.Reason != codes.ReasonAccepted && d != plain {
			t.Errorf("%.80q: %+v, without own words %+v", test.text, d, plain)
		}
		e := c.Explain(test.text, test.hint)
		won := slices.IndexFunc(e.Hits, func(h codes.Hit) bool { return h.Won && h.Own })
		if e.Diagnosis != d || (won == 0) != (test.id != "") || won == 0 && e.Hits[0].Wording.ID != test.id {
			t.Errorf("%.80q: the explanation is another: %+v", test.text, e.Hits)
		}
		for _, h := range e.Hits {
			for _, s := range h.Spans {
				if s.Start < 0 || s.Start >= s.End || s.End > len(test.text) {
					t.Errorf("%.80q: %s stands at %v", test.text, h.Wording.ID, s)
				}
			}
		}
	}
}

// TestClassifierTexts: what an own wording says comes out of every accessor.
func TestClassifierTexts(t *testing.T) {
	c := classifier(t, ownWords...)
	schema := readDiagnosisSchema(t)
	for text, want := range map[string]map[string]any{
		"550 jo is with us no more":              {"provider": "acme", "message": "acme.gone", "basis": "message", "meaning": "She left.", "advice": "Take her off.", "source": "wiki"},
		"550 jo is with us no more, but abroad":  {"message": "acme.gone_abroad", "meaning": codes.ReasonUserMoved.Meaning(), "advice": codes.ReasonUserMoved.Advice(), "source": ""},
		"550 5.1.1 User unknown":                 {"provider": nil, "message": nil, "phrase": "our_words", "basis": "phrase", "category": "server_error"},
		"452 gmail-our-box, try again in 1 hour": {"provider": "gmail", "message": "gmail.our_mailbox", "retry_after": 3600.0},
		"452 4.2.2 Mailbox full":                 {"phrase": "mailbox_full"},
	} {
		raw := c.Classify(text, codes.Hint{}).AppendJSON(nil)
		var got map[string]any
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%q: %s is %v, want %v", text, name, got[name], value)
			}
		}
		for _, p := range schema.Problems(got) {
			t.Errorf("%q: %s\n%s", text, p, raw)
		}
	}
	d := c.Classify("550 jo is with us no more", codes.Hint{})
	d.Wording().Text[0] = "changed"
	if w := d.Wording(); w.ID != "acme.gone" || w.Text[0] != "is with * no more" || d.Message() != codes.MessageNone || d.Phrase() != codes.PhraseNone {
		t.Errorf("%+v", w)
	}
	if w := codes.Classify("552 5.2.2 Mailbox full").Wording(); w.ID != "mailbox_full" {
		t.Errorf("the data's own: %+v", w)
	}
	if w := codes.Classify("552 5.2.2").Wording(); w.ID != "" {
		t.Errorf("codes are no wording: %+v", w)
	}
}

// TestClassifierMatchesAsTheData gives all patterns of the data as own ones: on
// a sample of the examples, the same wordings must be found.
func TestClassifierMatchesAsTheData(t *testing.T) {
	var own []codes.Wording
	var examples []string
	ids := map[string]string{}
	add := func(w codes.Wording) {
		if len(own)%7 == 0 {
			examples = append(examples, w.Examples...)
		}
		id := "own_" + strconv.Itoa(len(own))
		ids[w.ID] = id
		if len(w.Text) > 0 && w.Token == "" {
			own = append(own, codes.Wording{ID: id, Text: w.Text, Reason: codes.ReasonPolicy})
		} else {
			own = append(own, codes.Wording{ID: id, Text: []string{"never in any reply \x00"}, Reason: codes.ReasonPolicy})
		}
	}
	for m := range codes.Messages() {
		add(m.Wording())
	}
	for p := range codes.Phrases() {
		add(p.Wording())
	}
	c := classifier(t, own...)
	for _, text := range examples {
		var want, got []string
		for _, h := range c.Explain(text, codes.Hint{}).Hits {
			switch {
			case h.Own:
				got = append(got, h.Wording.ID)
			case h.Wording.Token == "" && len(h.Wording.Text) > 0 && len(h.Spans) > 0:
				want = append(want, ids[h.Wording.ID])
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q: own patterns find %q, the data's %q", text, got, want)
		}
	}
	if len(examples) < 200 {
		t.Errorf("only %d examples were compared", len(examples))
	}
}

// TestClassifierOrder: the order of the wordings means nothing.
func TestClassifierOrder(t *testing.T) {
	a := codes.Wording{ID: "one", Text: []string{"same length"}, Reason: codes.ReasonPolicy}
	b := codes.Wording{ID: "two", Text: []string{"other words"}, Reason: codes.ReasonVirusDetected}
	for _, own := range [][]codes.Wording{{a, b}, {b, a}} {
		if _, _, id := classifier(t, own...).Classify("550 other words, same length", codes.Hint{}).IDs(); id != "one" {
			t.Errorf("%s decides", id)
		}
	}
}

// TestNoClassifier: nil and empty ones are of no consequence.
func TestNoClassifier(t *testing.T) {
	for _, c := range []*codes.Classifier{nil, {}, classifier(t)} {
		for _, text := range append(slices.Clone(replies150), nothing150...) {
			if d := c.Classify(text, codes.Hint{}); d != codes.Classify(text) || c.Explain(text, codes.Hint{}).Diagnosis != d {
				t.Errorf("%q: %+v", text, d)
			}
		}
	}
}

// TestClassifierKeepsItsOwn: the caller's slices may change afterwards.
func TestClassifierKeepsItsOwn(t *testing.T) {
	text := []string{"zap"}
	c := classifier(t, codes.Wording{ID: "own", Text: text, Reason: codes.ReasonPolicy})
	text[0] = "changed"
	if w := c.Classify("550 zap", codes.Hint{}).Wording(); len(w.Text) != 1 || w.Text[0] != "zap" {
		t.Errorf("%+v", w)
	}
}

// TestClassifierAllocs: own words cost time, no memory, from many at once.
func TestClassifierAllocs(t *testing.T) {
	c := classifier(t, ownWords...)
	texts := []string{"550 5.1.1 jo is with us no more", "550-5.1.1 jo is\r\n550 5.1.1 with us no more", "421 [AC-17]", "550 5.0.350 error -> 550 5.7.1 zap", replies150[0]}
	hint := codes.Hint{MX: "gmail-smtp-in.l.google.com"}
	buf := make([]byte, 0, 4<<10)
	for _, text := range texts {
		if n := testing.AllocsPerRun(20, func() { buf = c.Classify(text, hint).AppendJSON(buf[:0]) }); n != 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, text := range texts {
				if once, again := c.Classify(text, hint), c.Classify(text, hint); once != again {
					t.Errorf("%q: two answers", text)
				}
			}
		})
	}
	all.Wait()
}

func TestNewClassifierRefuses(t *testing.T) {
	good := codes.Wording{ID: "acme.good", Text: []string{"good words"}, Reason: codes.ReasonPolicy}
	for _, test := range []struct {
		why    string
		change func(w *codes.Wording)
		field  string
		want   string
	}{
		{"no id", func(w *codes.Wording) { w.ID = "" }, "id", "it is missing"},
		{"capitals", func(w *codes.Wording) { w.ID = "Acme.Good" }, "id", "in small letters"},
		{"two dots", func(w *codes.Wording) { w.ID = "acme.a.b" }, "id", "is none"},
		{"nothing behind the dot", func(w *codes.Wording) { w.ID = "acme." }, "id", "is none"},
		{"a joint at the end", func(w *codes.Wording) { w.ID = "acme.good_" }, "id", "is none"},
		{"a digit first", func(w *codes.Wording) { w.ID = "9lives" }, "id", "is none"},
		{"a control character", func(w *codes.Wording) { w.ID = "acme.\x1b" }, "id", `"acme.\x1b" is none`},
		{"twice", func(w *codes.Wording) { w.ID = "acme.first" }, "id", "stands twice"},
		{"a message of the data", func(w *codes.Wording) { w.ID, w.Provider = "gmail.dmarc_rejection", codes.ProviderGmail }, "id", "taken by the data"},
		{"a phrase of the data", func(w *codes.Wording) { w.ID = "mailbox_full" }, "id", "taken by the data"},
		{"the provider is not set", func(w *codes.Wording) { w.ID = "gmail.own" }, "id", `does not go with the provider ""`},
		{"another provider", func(w *codes.Wording) { w.Provider = codes.ProviderGmail }, "id", `does not go with the provider "gmail"`},
		{"a phrase with a provider", func(w *codes.Wording) { w.ID, w.Provider = "own", codes.ProviderGmail }, "id", `does not go with`},
		{"no reason", func(w *codes.Wording) { w.Reason = codes.ReasonNone }, "reason", "it is missing"},
		{"no such reason", func(w *codes.Wording) { w.Reason = 255 }, "reason", "it is missing"},
		{"an empty pattern", func(w *codes.Wording) { w.Text = []string{"good", " "} }, "text", "a pattern is empty"},
		{"a lone star", func(w *codes.Wording) { w.Text = []string{"*"} }, "text", "a star stands alone"},
		{"a star at the end", func(w *codes.Wording) { w.Text = []string{"good *"} }, "text", "a star stands alone"},
		{"a star in front", func(w *codes.Wording) { w.Text = []string{"* good"} }, "text", "a star stands alone"},
		{"two stars", func(w *codes.Wording) { w.Text = []string{"good ** words"} }, "text", "a star stands alone"},
		{"words as a token", func(w *codes.Wording) { w.Token = "AC 17" }, "token", "put words into text"},
		{"a small word as a token", func(w *codes.Wording) { w.Token = "blocked" }, "token", "put words into text"},
		{"one letter as a token", func(w *codes.Wording) { w.Token = "A" }, "token", "2 to 40"},
		{"a dot at a token's end", func(w *codes.Wording) { w.Token = "AC17." }, "token", "put words into text"},
		{"no code", func(w *codes.Wording) { w.Codes = []string{"55x"} }, "codes", `"55x" is not a code`},
		{"two enhanced codes", func(w *codes.Wording) { w.Codes = []string{"5.1.1 5.1.2"} }, "codes", "is not a code"},
		{"an empty range", func(w *codes.Wording) { w.Codes = []string{"5.7.9-3"} }, "codes", "is not a code"},
		{"needs a code that is not there", func(w *codes.Wording) { w.NeedsCode = true }, "needs", "list them"},
		{"needs a provider that nobody knows", func(w *codes.Wording) { w.NeedsProvider = true }, "needs", "take needs out"},
		{"a phrase that needs a provider", func(w *codes.Wording) { w.ID, w.NeedsProvider = "own", true }, "needs", "make it a message"},
		{"nothing to know it by", func(w *codes.Wording) { w.Text = nil }, "text", "give it text or a token"},
		{"codes that it does not need", func(w *codes.Wording) { w.Text, w.Codes = nil, []string{"5.7.1"} }, "text", "codes that it needs"},
	} {
		first := good
		first.ID = "acme.first"
		bad := good
		test.change(&bad)
		_, err := codes.NewClassifier([]codes.Wording{first, bad})
		var e *codes.WordingError
		if !errors.As(err, &e) || e.Index != 1 || e.ID != bad.ID || e.Field != test.field || !strings.Contains(e.Problem, test.want) {
			t.Errorf("%s: %v, want %q about %s", test.why, err, test.want, test.field)
		}
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
			t.Errorf("%s: a control character in %q", test.why, err)
		}
	}
}

func BenchmarkClassifier(b *testing.B) {
	c, err := codes.NewClassifier(ownWords)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range replies150 {
			sinkDiagnosis = c.Classify(s, codes.Hint{})
		}
	}
	perReply(b, replies150)
}

// FuzzClassifier: no pattern and no text makes it fail, and Explain agrees.
func FuzzClassifier(f *testing.F) {
	f.Add("is with * no more", "AC-17", "550 5.1.1 jo is with us no more")
	f.Add("*a*", "", "550-a\r\n550 b")
	f.Add("x", "A1", "550 5.0.350 -> 550 5.7.1 [A1] \\n x")
	f.Fuzz(func(t *testing.T, pattern, token, text string) {
		c, err := codes.NewClassifier([]codes.Wording{{ID: "own", Text: []string{pattern}, Token: token, Reason: codes.ReasonPolicy}})
		if err != nil {
			return
		}
		d := c.Classify(text, codes.Hint{})
		e := c.Explain(text, codes.Hint{})
		if e.Diagnosis != d || !d.Own() && d != codes.Classify(text) && d.Class != codes.ClassSuccess && d.Class != codes.ClassIntermediate {
			t.Errorf("%+v, explained as %+v", d, e.Diagnosis)
		}
		for _, h := range e.Hits {
			for _, s := range h.Spans {
				if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
					t.Errorf("%s stands at %v of %d", h.Wording.ID, s, len(text))
				}
			}
		}
	})
}
