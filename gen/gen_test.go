package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = ".."

// TestFresh is the drift test: what is derived must agree with the data.
func TestFresh(t *testing.T) {
	if err := run(root, true); err != nil {
		t.Error(err)
	}
}

// TestDeterministic renders twice: map order must not show.
func TestDeterministic(t *testing.T) {
	d := loaded(t)
	a, err := render(d)
	if err != nil {
		t.Fatal(err)
	}
	b, err := render(d)
	if err != nil {
		t.Fatal(err)
	}
	if err := compare(a, b); err != nil {
		t.Error(err)
	}
}

func loaded(t *testing.T) *dataset {
	t.Helper()
	d, err := load(root)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// dataFiles reads the real data files, for tests that change a line of them.
func dataFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{codesFile, providersFile, leftOutFile} {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = b
	}
	return files
}

// goodEntry is a message that is right in every way.
const goodEntry = `
[[provider]]
id = "zz-test"
name = "Test"
kind = "mailbox"

[[provider.message]]
id = "zz-test.frobnicated"
text = ["the frobnicator is zorbed"]
reason = "policy"
meaning = "The frobnicator is zorbed."
example = ["550 The frobnicator is zorbed."]
evidence = "observed"
date = "2026"
source = ["https://example.com/"]
`

// TestErrors changes the data and wants an error that names file and line, shows
// the text and tells the remedy.
func TestErrors(t *testing.T) {
	files := dataFiles(t)
	lines := bytes.Count(files[providersFile], []byte("\n"))
	for _, c := range []struct {
		reason   string // why the case is here
		file     string
		old, new string // in goodEntry, which is appended to providers.toml; or in file
		want     []string
	}{
		{"a misspelt key", "", `evidence =`, `evidense =`, []string{fmt.Sprintf("data/providers.toml:%d:", lines+13), `unknown key "provider.message.evidense"`, "remove the line"}},
		{"a key that is left out", "", "reason = \"policy\"\n", "", []string{fmt.Sprintf("data/providers.toml:%d:", lines+7), "reason", "does not exist"}},
		{"a reason that does not exist", "", `"policy"`, `"polici"`, []string{fmt.Sprintf("data/providers.toml:%d:", lines+10), `"polici" does not exist`, "use one of", "policy"}},
		{"an id that is not the provider's", "", `"zz-test.frob`, `"gmail.frob`, []string{`message id "gmail.frobnicated"`, "write it as zz-test."}},
		{"an id that stands twice", "", `id = "zz-test"`, `id = "yahoo"`, []string{`provider id "yahoo" stands twice`}},
		{"an goodEntry out of order", "", `id = "zz-test"`, `id = "aa-test"`, []string{"stands after", "keep them sorted"}},
		{"a pattern that is too short to be found", "", `"the frobnicator is zorbed"`, `"a * zorb"`, []string{"longest literal piece has 4 bytes", "it needs 8"}},
		{"a pattern with a star alone at its end", "", `zorbed"]`, `zorbed *"]`, []string{"a star stands alone at its end"}},
		{"a pattern that another one hides", "", `"the frobnicator is zorbed"`, `"gsmtp zorbed frob", "gsmtp zorbed frob"`, []string{"stands at data/providers.toml", "can never win"}},
		{"no example", "", `example = ["550 The frobnicator is zorbed."]`, `example = []`, []string{"has no example", "as it was seen"}},
		{"no source", "", `source = ["https://example.com/"]`, `source = []`, []string{"source is missing"}},
		{"evidence outside the set", "", `"observed"`, `"hearsay"`, []string{`"hearsay" does not exist`, "documented, observed, reported"}},
		{"a date that is none", "", `"2026"`, `"last year"`, []string{`date "last year"`, "write 2026, 2026-11"}},
		{"a code that is none", "", "reason =", "codes = [\"550 9.9.9\"]\nreason =", []string{`"550 9.9.9" is not a code`}},
		{"a need without codes", "", "reason =", "needs = [\"code\"]\nreason =", []string{"needs a code, but `codes` is empty"}},
		{"a control character in a text", "", "is zorbed.\"\nexample", "is\\u001b zorbed.\"\nexample", []string{"holds a control character"}},
		{"broken TOML", "", `name = "Test"`, `name = Test`, []string{fmt.Sprintf("data/providers.toml:%d:", lines+4), "TOML"}},
		{"a wrong type", "", `name = "Test"`, `name = 7`, []string{"data/providers.toml", "see the manual at the top"}},
		{"a registered code claimed by one provider", "", "reason =", "alone = [\"5.1.1\"]\nreason =", []string{"is in the IANA registry"}},
		{"a dangling include", "", `kind = "mailbox"`, "kind = \"mailbox\"\nincludes = [\"nobody\"]", []string{`includes "nobody" does not exist`}},
		{"a wildcard for a domain", "", `kind = "mailbox"`, "kind = \"mailbox\"\ndomains = [\"*.example.com\"]", []string{`"*.example.com" is not a domain`}},
		{"a domain of somebody else", "", `kind = "mailbox"`, "kind = \"mailbox\"\ndomains = [\"gmail.com\"]", []string{"belongs to gmail already"}},
		{"a retired id in use", "", "[[provider]]", "[[retired]]\nid = \"gmail.over_quota\"\nnow = \"\"\n\n[[provider]]", []string{`retired id "gmail.over_quota" is in use`}},
		{"an entry among others", codesFile, "[[phrase]]\nid = \"access_denied\"\n", "[[context]]\nreason = \"policy\"\ntext = [\"some words\"]\n\n[[phrase]]\nid = \"access_denied\"\n", []string{"a [[context]] stands behind a [[phrase]]", "a [[phrase]] stands behind a [[context]]", "move it to the others"}},
		{"a reply without its RFC", codesFile, "rfc = [\"RFC 5321 §4.2.2, §4.2.3\"]", "rfc = []", []string{"data/codes.toml", "rfc is missing"}},
		{"an enhanced code of another class", codesFile, "enhanced = [\"2.7.0\"]", "enhanced = [\"5.7.0\"]", []string{"first digits must agree"}},
		{"an action that suppresses where the policy does not", codesFile, "action = \"suppress\"", "action = \"retry\"", []string{"goes against action"}},
		{"a question mark in a label", codesFile, "label = \"userunknown\"", "label = \"userunknown ?\"", []string{"uncertain ones get `approximate = true`"}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			changed := maps.Clone(files)
			name, text := providersFile, goodEntry
			if c.file != "" {
				name, text = c.file, string(files[c.file])
			}
			if !strings.Contains(text, c.old) {
				t.Fatalf("the data no longer has %q", c.old)
			}
			text = strings.Replace(text, c.old, c.new, 1)
			if c.file == "" {
				text = string(files[providersFile]) + text
			}
			changed[name] = []byte(text)
			_, err := decode(changed)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error lacks %q:\n%.600s", want, err)
				}
			}
		})
	}
}

// TestGolden shows what a closed set becomes.
func TestGolden(t *testing.T) {
	s := &source{}
	renderEnum(s, enum{"Fault", "Fault is who must act.", []term{none, {ID: "sender", Name: "Sender", Meaning: "You must act."}}})
	got := strings.Join(strings.SplitAfter(s.String(), "\n")[:15], "")
	want := `// Fault is who must act.
type Fault uint8

const (
	// FaultNone says that there is none.
	FaultNone Fault = iota
	// FaultSender is "sender": You must act.
	FaultSender
)

var termFault = [...]termData{
FaultNone: {},
FaultSender: {"sender", "Sender", "You must act.", ""},
}

`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestCompile tells what patterns become: their pieces in the packed text, and
// how specific they are.
func TestCompile(t *testing.T) {
	d := &dataset{Phrases: []message{{ID: "full", Text: []string{"mailbox is full", "Mailbox * is very full"}}}}
	m, err := compile(d)
	if err != nil {
		t.Fatal(err)
	}
	if want := "mailbox is full\x07mailbox\x03is very full\x07"; m.text != want {
		t.Errorf("text is %q, want %q", m.text, want)
	}
	if len(m.Patterns) != 2 {
		t.Fatalf("%d patterns, want 2", len(m.Patterns))
	}
	if p := m.Patterns[0]; int(p.Score) != len("mailbox is full") || p.Count != 1 {
		t.Errorf("the first pattern is %+v", p)
	}
	if p := m.Patterns[1]; int(p.Score) != len("mailbox")+len("is very full") || p.Count != 2 || p.Anchor != 1 {
		t.Errorf("the second pattern is %+v", p)
	}
}

func TestParsePattern(t *testing.T) {
	for _, c := range []struct {
		pattern string
		want    []fragment
	}{
		{"User Unknown", []fragment{{"user unknown", true, true}}},
		{"suspend* by the owner", []fragment{{"suspend", true, false}, {"by the owner", true, true}}},
		{"Client host [*] blocked", []fragment{{"client host {", true, false}, {"} blocked", false, true}}},
		{"suspended*", []fragment{{"suspended", true, false}}},
		{"BOÎTE  pleine", []fragment{{foldText("boîte pleine"), true, true}}},
	} {
		got, err := parsePattern(c.pattern)
		if err != nil {
			t.Errorf("%q: %v", c.pattern, err)
			continue
		}
		if d := cmp.Diff(c.want, got, cmp.AllowUnexported(fragment{})); d != "" {
			t.Errorf("%q: %s", c.pattern, d)
		}
	}
}

// TestCompareSays holds the message of the drift test: a diff and the command.
func TestCompareSays(t *testing.T) {
	err := compare(map[string][]byte{"a": []byte("one\ntwo\n"), "c": nil}, map[string][]byte{"a": []byte("one\n2\n"), "b": []byte("x")})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"a is stale", "two", "2", "b is missing", "c is not made any more", mend} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message lacks %q:\n%s", want, err)
		}
	}
}

// TestGenerateCompileRun adds a message to the data, generates the package into
// a module of its own, and asks it.
func TestGenerateCompileRun(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the whole package again")
	}
	files := dataFiles(t)
	files[providersFile] = append(bytes.Clone(files[providersFile]), goodEntry...)
	d, err := decode(files)
	if err != nil {
		t.Fatal(err)
	}
	made, err := render(d)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name string, b []byte) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	hand, err := filepath.Glob(filepath.Join(root, "codes", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range hand {
		if strings.HasSuffix(path, "_gen.go") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		put("codes/"+filepath.Base(path), b)
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		if strings.HasPrefix(name, "codes/") {
			put(name, made[name])
		}
	}
	put("go.mod", []byte("module example.com/made\n\ngo 1.26\n"))
	put("main.go", []byte(`package main

import (
	"fmt"

	"example.com/made/codes"
)

func main() {
	d := codes.Classify("550-5.0.0 The\r\n550 5.0.0 FROBNICATOR is zorbed!")
	fmt.Println(d.Message(), d.Provider, d.Reason, d.Basis)
}
`))
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got, want := strings.TrimSpace(string(out)), "zz-test.frobnicated zz-test policy message"; got != want {
		t.Errorf("the generated package says %q, want %q", got, want)
	}
}
