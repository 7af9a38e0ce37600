package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/smtpcode/smtpcode/codes"
)

var replies = []string{
	"",
	"550",
	"5.7.26",
	"550 5.7.606",
	"550 5.1.1 <someone@private.example>: User unknown",
	"550-5.7.26 Unauthenticated email from private.example is not accepted due to domain's\r\n550-5.7.26 DMARC policy. Please contact the administrator of private.example domain",
	"host mx.private.example[192.0.2.77] said: 421 4.7.0 [TSS04] Messages from 192.0.2.77 temporarily deferred due to unexpected volume or user complaints",
	"554 5.7.1 Service unavailable; Client host [192.0.2.77] blocked using zen.spamhaus.org",
	"250 5.1.1 what",
	"\x00\x1b[31m550 5.1.1\xff\xfe user unknown",
	strings.Repeat("550 user unknown ", 1000),
}

type decoded struct {
	Diagnosis json.RawMessage
	Names     map[string]struct{ Name, Meaning string }
	Pages     []struct{ About, URL, Title string }
	Marks     []struct {
		Start, End int
		Kind       string
	}
	Found []struct {
		Won     bool
		Wording struct{ ID, Reason, Why string }
	}
	Share struct{ Text, Who string }
	Cut   bool
}

func decode(t testing.TB, text string, h codes.Hint) decoded {
	t.Helper()
	b := appendExplanation(nil, text, h)
	var x decoded
	if err := json.Unmarshal(b, &x); err != nil {
		t.Fatalf("%.80q: %v in %s", text, err, b)
	}
	return x
}

// TestExplanation holds what explain gives to what classify gives, and its
// marks to the text.
func TestExplanation(t *testing.T) {
	for _, text := range replies {
		x := decode(t, text, codes.Hint{})
		if want := string(codes.Classify(text).AppendJSON(nil)); string(x.Diagnosis) != want {
			t.Errorf("%.80q: diagnosis %s, want %s", text, x.Diagnosis, want)
		}
		end := 0
		for _, m := range x.Marks {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Errorf("%.80q: mark %v, text of %d bytes, mark before ends at %d", text, m, len(text), end)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Errorf("%.80q: mark %v cuts a character", text, m)
			}
			end = m.End
		}
		if x.Cut != (len(text) > maxRead) {
			t.Errorf("%.80q: cut is %v for %d bytes", text, x.Cut, len(text))
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"550 5.1.1 <a@b.example>: User unknown", "code:550 code:5.1.1 won:User unknown"},
		{"550-5.1.1 User\n550 5.1.1 unknown", "code:550 code:5.1.1 won:User\n550 5.1.1 unknown"},
		{"5550 then 550 nobody", "code:550"}, // a code inside a number is none
		{"hello", ""},
	} {
		var got []string
		for _, m := range decode(t, c.text, codes.Hint{}).Marks {
			if m.Kind != "also" {
				got = append(got, m.Kind+":"+c.text[m.Start:m.End])
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: marks %q, want %q", c.text, s, c.want)
		}
	}
}

func TestHint(t *testing.T) {
	for _, c := range []struct {
		who  string
		want codes.Hint
	}{
		{"gmail", codes.Hint{Provider: codes.ProviderGmail}},
		{" gmail ", codes.Hint{Provider: codes.ProviderGmail}},
		{"gmail.com", codes.Hint{MX: "gmail.com", Domain: "gmail.com"}},
		{"someone@gmail.com", codes.Hint{MX: "gmail.com", Domain: "gmail.com"}},
		{"", codes.Hint{}},
	} {
		if got := hint(c.who); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.who, got, c.want)
		}
	}
}

// TestShare: the text to share answers the same and holds nothing that was not
// in the dataset.
func TestShare(t *testing.T) {
	for _, text := range replies {
		checkShare(t, text)
	}
	for text, want := range map[string]string{
		replies[4]: "550 5.1.1 User unknown",
		replies[5]: "550 5.7.26 Unauthenticated email ... not accepted due to domain's DMARC policy ... administrator",
	} {
		if got := decode(t, text, codes.Hint{}).Share.Text; got != want {
			t.Errorf("%q: to share %q, want %q", text, got, want)
		}
	}
}

func checkShare(t testing.TB, text string) (shared bool) {
	t.Helper()
	x := decode(t, text, codes.Hint{})
	if x.Share.Text == "" {
		return false
	}
	y := decode(t, x.Share.Text, hint(x.Share.Who))
	var a, b codes.Diagnosis
	a, b = codes.Classify(text), hint(x.Share.Who).Classify(x.Share.Text)
	if !sameAnswer(a, b) {
		t.Errorf("%q, shared as %q of %q, answers %s, not %s", text, x.Share.Text, x.Share.Who, y.Diagnosis, x.Diagnosis)
	}
	for _, word := range strings.Fields(x.Share.Text) {
		if word != "..." && !known()[strings.ToLower(word)] && !isCode(word) && !inKnown(word) {
			t.Errorf("%q, shared as %q: %q does not stand in the dataset", text, x.Share.Text, word)
		}
	}
	return true
}

func isCode(s string) bool { return strings.Trim(s, "0123456789.") == "" }

var knownWords map[string]bool
var knownText string

// known are the words of the dataset's patterns.
func known() map[string]bool {
	if knownWords == nil {
		knownWords = map[string]bool{}
		add := func(w codes.Wording) {
			for _, s := range append(w.Text, w.Token) {
				s = strings.ToLower(s)
				knownText += s + "\n"
				for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '*' }) {
					knownWords[word] = true
				}
			}
		}
		for m := range codes.Messages() {
			add(m.Wording())
		}
		for p := range codes.Phrases() {
			add(p.Wording())
		}
	}
	return knownWords
}

// inKnown finds a word that is part of one of the dataset's, where a pattern
// begins or ends inside it.
func inKnown(s string) bool {
	known()
	return strings.Contains(knownText, strings.ToLower(s))
}

// TestShareCorpus holds the same to collected replies, and counts how many can
// be shared.
func TestShareCorpus(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "corpus", "replies-dev.jsonl"))
	if err != nil {
		t.Skipf("the material in ../shared is not here: %v", err)
	}
	defer f.Close()
	all, shared := 0, 0
	for s := bufio.NewScanner(f); s.Scan(); {
		var row struct{ Text string }
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all++
		if checkShare(t, row.Text) {
			shared++
		} else {
			t.Logf("not shared: %.200q", row.Text)
		}
	}
	t.Logf("%d of %d replies can be shared", shared, all)
	if shared*10 < all*9 {
		t.Errorf("%d of %d replies can be shared, want nine of ten", shared, all)
	}
}
