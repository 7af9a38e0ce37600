package codes

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// agree holds the fast pass and its slow twin together on a text.
func agree(t *testing.T, text string, hint Provider) {
	t.Helper()
	if len(text) > maxText {
		text = text[:maxText]
	}
	p := Parse(text)
	fast := question{reply: p.Reply, enhanced: p.Enhanced, provider: hint}
	slow := fast

	s := text
	var buf [maxText]byte
	if folded(text, &p) {
		s = unfold(text, &p, &buf)
	}
	if twin, _ := unfoldSlowly(text, &p); twin != s {
		t.Fatalf("unfold(%q) = %q, its twin says %q", text, s, twin)
	}
	var f found
	scan(s, &fast, &f)
	tokens(s, p.Text, &fast, &f)
	if f.again(&fast) {
		scan(s, &fast, &f)
	}
	if f.strong.rule == 0 {
		vendorCode(&fast, &f)
	}
	m := matchAll(text, &p, &slow)
	if f.strong.rule != 0 && f.strong == m.found.strong { // then weak words are not looked for any further
		f.weak, f.silent = m.found.weak, m.found.silent
	}
	f.bars = m.found.bars
	if f != m.found {
		t.Fatalf("%q, hint %q:\nfast %s\nslow %s", text, hint, f.describe(), m.found.describe())
	}
}

func (f *found) describe() string {
	name := func(x finding) string { return field(x.rule, fieldID) }
	return strings.Join([]string{"strong " + name(f.strong), "weak " + name(f.weak), "silent " + name(f.silent),
		"zone " + Provider(f.zone.rule).String(), "mark " + Provider(f.mark.rule).String()}, ", ")
}

var twinAll = flag.Bool("twin.all", false, "compare fast and slow on every example, not on a sample")

// TestTwin compares fast and slow on every example, as it is and in shapes that
// shift, wrap and damage it.
func TestTwin(t *testing.T) {
	step := 13 // the slow twin is slow; FuzzTwin and -twin.all see the rest
	if *twinAll {
		step = 1
	}
	for i := 1; i < len(wordTable); i += step {
		for _, example := range lines(rest(uint16(i), restExample)) {
			provider := ruleTable[i].provider
			for _, s := range []string{
				example,
				strings.ToUpper(example),
				"host mx.example.net[192.0.2.1] said: " + example,
			} {
				agree(t, s, ProviderNone)
				agree(t, s, provider)
			}
			agree(t, wrapReply(example), provider)
			agree(t, strings.ReplaceAll(example, " ", "  "), provider)
			agree(t, typography.Replace(example), provider)
			agree(t, example[len(example)/3:], provider)
		}
	}
}

// typography is what programs and pages make of plain characters.
var typography = strings.NewReplacer("'", "\u2019", "\"", "\u201D", "-", "\u2013", ", ", ",\u00A0")

// wrapReply breaks a reply into lines of some 40 bytes, each with the codes.
func wrapReply(s string) string {
	p := Parse(s)
	if p.Reply == 0 || !strings.HasPrefix(s, p.Reply.String()) {
		return strings.ReplaceAll(s, " ", "\r\n")
	}
	var b strings.Builder
	line := p.Reply.String() + "-" + p.Enhanced.String()
	prefix := len(line)
	for _, w := range strings.Fields(p.Text) {
		if len(line) > prefix+40 {
			b.WriteString(line + "\r\n")
			line = line[:prefix]
		}
		line += " " + w
	}
	b.WriteString(line)
	return b.String()
}

// TestTwinCorpus compares fast and slow on real replies.
func TestTwinCorpus(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "corpus", "replies-dev.jsonl"))
	if err != nil {
		t.Skipf("the material in ../shared is not here: %v", err)
	}
	defer f.Close()
	for r := json.NewDecoder(bufio.NewReader(f)); r.More(); {
		var row struct{ Text string }
		if err := r.Decode(&row); err != nil {
			t.Fatal(err)
		}
		agree(t, row.Text, ProviderNone)
		agree(t, row.Text, ProviderGmail)
	}
}

// FuzzTwin compares fast and slow on anything.
func FuzzTwin(f *testing.F) {
	for i := 1; i < len(wordTable); i += 97 {
		f.Add(firstLine(rest(uint16(i), restExample)), uint16(ruleTable[i].provider))
	}
	f.Add("550-5.7.1 a\r\n550 5.7.1 user  unknown\t\\n x", uint16(0))
	f.Fuzz(func(t *testing.T, s string, provider uint16) {
		agree(t, s, Provider(int(provider)%len(providerTable)))
	})
}
