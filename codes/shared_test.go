package codes_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/smtpcode/smtpcode/codes"
)

// shared opens a file of the material that lies beside the repository; the test
// is skipped where it does not.
func shared(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("the material in ../shared is not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// jsonLines decodes a file of one JSON object a line.
func jsonLines[T any](t testing.TB, name string) []T {
	t.Helper()
	var list []T
	r := json.NewDecoder(bufio.NewReader(shared(t, name)))
	for r.More() {
		var v T
		if err := r.Decode(&v); err != nil {
			t.Fatalf("%s, object %d: %v", name, len(list)+1, err)
		}
		list = append(list, v)
	}
	return list
}

// oneOf tells whether got is among the alternatives "a|b"; an empty cell is not
// checked.
func oneOf(got, want string) bool {
	if want == "" {
		return true
	}
	for w := range strings.SplitSeq(want, "|") {
		if got == w {
			return true
		}
	}
	return false
}

// TestLookups holds the classifier to the facts that the project must know at
// the least.
func TestLookups(t *testing.T) {
	s := bufio.NewScanner(shared(t, "spec/lookups.tsv"))
	rows := 0
	for s.Scan() {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		c := append(strings.Split(s.Text(), "\t"), make([]string, 7)...)
		rows++
		d := codes.Classify(c[0])
		for i, got := range []string{d.Reply.String(), d.Enhanced.String(), d.Bounce.String(), d.Category.String(), d.Reason.String(), d.Provider.String()} {
			if !oneOf(got, c[i+1]) {
				t.Errorf("%s: %s is %q, want %q", c[0], []string{"reply", "enhanced", "bounce", "category", "reason", "provider"}[i], got, c[i+1])
			}
		}
	}
	if rows < 40 {
		t.Errorf("only %d rows read", rows)
	}
}

type fact struct {
	Provider string `json:"provider"`
	Kind     string `json:"kind"`
	Reply    int    `json:"reply"`
	Enhanced string `json:"enhanced"`
	Text     string `json:"text"`
	Reason   string `json:"reason"`
}

var placeholder = regexp.MustCompile(`<([a-z][a-z0-9 _-]*)>`)

// filled gives the fact as a server would send it: codes in front, something
// plausible where the text varies.
func (f fact) filled() string {
	text := placeholder.ReplaceAllStringFunc(f.Text, func(s string) string {
		switch name, _, _ := strings.Cut(strings.NewReplacer("_", " ", "-", " ").Replace(s[1:len(s)-1]), " "); name {
		case "ip":
			return "192.0.2.25"
		case "domain":
			return "example.com"
		case "address":
			return "someone@example.com"
		case "host":
			return "mx1.example.net"
		case "number":
			return "42"
		case "url":
			return "https://example.com/help"
		case "id":
			return "a1b2c3d4-e5f6"
		}
		return "example"
	})
	var parts []string
	if f.Reply != 0 {
		parts = append(parts, strconv.Itoa(f.Reply))
	}
	code, _, _ := strings.Cut(f.Enhanced, "-")
	if _, err := codes.ParseEnhanced(code); err == nil {
		parts = append(parts, code)
	}
	return strings.Join(append(parts, text), " ")
}

// words gives the letters and digits of the text, in small letters.
func (f fact) words() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(f.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// TestFacts measures the classifier on the collected texts: it must give the
// reason that the text has in the data, or the corrected one.
func TestFacts(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "shared", "facts", "*.jsonl"))
	if len(files) == 0 {
		t.Skip("the facts in ../shared are not here")
	}
	corrected := corrections(t)
	facts, sayers := map[string][]fact{}, map[string][]string{}
	for _, path := range files {
		name := filepath.Base(path)
		if name == "replies.jsonl" || name == "enhanced.jsonl" || strings.HasPrefix(name, "providers-") {
			continue
		}
		facts[name] = jsonLines[fact](t, "facts/"+name)
		for _, f := range facts[name] {
			sayers[f.words()] = append(sayers[f.words()], f.Provider)
		}
	}
	total, right, told, provider, same := 0, 0, 0, 0, 0
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		for i, f := range facts[name] {
			if len(strings.Fields(f.Text)) < 3 || f.Reason == "accepted" {
				continue
			}
			total++
			d := codes.Classify(f.filled())
			got := d.Reason.String()
			if got == f.Reason || got == corrected[f.Provider+"\x00"+strings.Join(strings.Fields(f.Text), " ")] {
				right++
			} else {
				t.Logf("%s:%d want %s, got %s by %s %s%s: %s", name, i+1, f.Reason, got, d.Basis, d.Message(), d.Phrase(), f.filled())
			}
			if d.Provider != codes.ProviderNone {
				told++
				if d.Provider.String() == f.Provider {
					same++
				}
				if slices.Contains(sayers[f.words()], d.Provider.String()) {
					provider++ // where several say the same words, the text can't tell which of them
				}
			}
		}
	}
	t.Logf("%d texts: reason right for %.2f %%; provider told for %d, right for %.2f %% of them", total, percent(right, total), told, percent(provider, told))
	if percent(right, total) < 98 {
		t.Errorf("reason right for %.2f %% of %d texts, want 98 %%", percent(right, total), total)
	}
	// A server that quotes a blocklist or its software's words is told as that.
	if percent(same, told) < 97 {
		t.Errorf("provider the very one for %.2f %% of the %d texts where one is told, want 97 %%", percent(same, told), told)
	}
	if percent(provider, told) < 98 {
		t.Errorf("provider right for %.2f %% of the %d texts where one is told, want 98 %%", percent(provider, told), told)
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// corrections reads which facts had a wrong reason.
func corrections(t *testing.T) map[string]string {
	b, err := os.ReadFile("../data/leftout.toml")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, block := range strings.Split(string(b), "\n[[corrected]]\n")[1:] {
		field := map[string]string{}
		for line := range strings.Lines(block) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
				field[key], _ = strconv.Unquote(value)
			}
		}
		m[field["provider"]+"\x00"+field["text"]] = field["now"]
	}
	return m
}

// TestCorpus measures the classifier on real replies. The bounds are those that
// the project set itself; the other half of the collection measures releases.
func TestCorpus(t *testing.T) {
	type row struct {
		ID, Text string
		Reasons  []string
		Suppress *bool
	}
	rows := jsonLines[row](t, "corpus/replies-dev.jsonl")
	reason, category, want, did, right := 0, 0, 0, 0, 0
	for _, r := range rows {
		d := codes.Classify(r.Text)
		fine, coarse := false, false
		for _, id := range r.Reasons {
			ok, err := codes.ParseReason(id)
			if err != nil {
				t.Fatal(err)
			}
			fine = fine || ok == d.Reason
			coarse = coarse || ok.Category() == d.Category
		}
		if fine {
			reason++
		} else {
			t.Logf("%s want %s, got %s by %s %s%s: %.160s", r.ID, r.Reasons[0], d.Reason, d.Basis, d.Message(), d.Phrase(), r.Text)
		}
		if coarse {
			category++
		}
		if r.Suppress == nil {
			continue
		}
		if *r.Suppress {
			want++
		}
		if d.Suppress {
			did++
			if *r.Suppress {
				right++
			} else {
				t.Logf("%s suppressed wrongly, by %s %s%s: %.160s", r.ID, d.Basis, d.Message(), d.Phrase(), r.Text)
			}
		} else if *r.Suppress {
			t.Logf("%s not suppressed, by %s %s%s: %.160s", r.ID, d.Basis, d.Message(), d.Phrase(), r.Text)
		}
	}
	for _, c := range []struct {
		what   string
		n, of  int
		atmost float64
	}{
		{"reason acceptable", reason, len(rows), 97},
		{"category right", category, len(rows), 98},
		{"suppressed rightly, of those suppressed", right, did, 99},
		{"suppressed, of those to suppress", right, want, 96},
	} {
		t.Logf("%s: %.1f %% of %d", c.what, percent(c.n, c.of), c.of)
		if percent(c.n, c.of) < c.atmost {
			t.Errorf("%s: %.1f %% of %d, want %.0f %%", c.what, percent(c.n, c.of), c.of, c.atmost)
		}
	}
}
