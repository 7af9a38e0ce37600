package rules

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
	"github.com/smtpcode/smtpcode/codes"
)

// maxSize is the largest file that is read: room for thousands of messages.
const maxSize = 1 << 20

// Read reads the rules in r, a file of that name. All examples in it are tried.
func Read(name string, r io.Reader) (*codes.Classifier, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxSize {
		return nil, fmt.Errorf("%s: the rules are longer than %d MiB: leave out what is not needed", name, maxSize>>20)
	}
	f := &file{name: name, lines: strings.Split(string(b), "\n")}
	top, err := f.parse(string(b))
	if err != nil {
		return nil, err
	}
	f.read(entry{file: f, table: top})
	if f.err != nil {
		return nil, f.err
	}
	c, err := codes.NewClassifier(f.own)
	if bad := (*codes.WordingError)(nil); errors.As(err, &bad) {
		return nil, f.at(f.from[bad.Index].lineOf(bad.Field), bad.Field+": "+bad.Problem)
	}
	if err != nil {
		return nil, err
	}
	return c, f.try(c)
}

// file is a file of rules on the way to a classifier.
type file struct {
	name  string
	lines []string
	own   []codes.Wording
	from  []entry // where each of them stands
	err   error   // the first that was found

	headers map[string]int // by name: the last line where one was found
}

// at makes an error about a line.
func (f *file) at(line int, problem string) error {
	return fmt.Errorf("%s:%d: %s", f.name, line, problem)
}

// parse reads the TOML.
func (f *file) parse(text string) (map[string]any, error) {
	if line := tooDeep(text); line > 0 {
		return nil, f.at(line, excerpt(f.lines[line-1])+": this nests too deep: write tables below their headers, lists in one pair of brackets")
	}
	var top map[string]any
	_, err := toml.Decode(text, &top)
	if syntax := (toml.ParseError{}); errors.As(err, &syntax) {
		problem := strings.TrimSuffix(syntax.Message, ".") + ": write it as TOML 1.0 has it, each text in quotes"
		if n := syntax.Position.Line; 0 < n && n <= len(f.lines) {
			problem = excerpt(f.lines[n-1]) + ": " + problem
		}
		return nil, f.at(syntax.Position.Line, problem)
	}
	return top, err
}

// The keys of the form. A message may have those of a phrase and some more.
var (
	topKeys      = []string{"phrase", "provider"}
	phraseKeys   = []string{"codes", "date", "evidence", "example", "id", "meaning", "advice", "needs", "note", "reason", "source", "text", "token", "weak"}
	providerKeys = []string{"delist", "help", "id", "kind", "message", "name", "postmaster"}
)

// Keys of the form that would do nothing here, and what to do instead.
var useless = map[string]string{
	"alone":        "add a message without text, with codes and needs = [\"code\"]",
	"guess":        "weak words give no address up either",
	"domains":      "--domain and --provider tell who answers",
	"mx":           "--mx and --provider tell who answers",
	"marks":        "--provider tells who answers",
	"includes":     "add the messages under the provider that answers",
	"zones":        "add a phrase with the zone as its text",
	"domain_zones": "add a phrase with the zone as its text",
}

// read takes the tables of the file apart.
func (f *file) read(top entry) {
	top.only("the file", topKeys)
	for _, p := range top.tables("provider", "provider") {
		p.only("a provider", providerKeys)
		id := p.text("id")
		for _, key := range []string{"name", "kind", "postmaster", "delist", "help"} {
			p.text(key) // told to whoever reads the file
		}
		if id == "" {
			p.fail("id", "it is missing: say whose messages these are, id = \"gmail\" or a name of your own")
		}
		provider, _ := codes.ParseProvider(id) // one that the data does not have is named by its id alone
		for _, m := range p.tables("message", "provider.message") {
			if owner, _, ok := strings.Cut(m.text("id"), "."); m.text("id") != "" && (!ok || owner != id) {
				m.fail("id", "%q belongs to another provider: begin it with %q", m.text("id"), id+".")
			}
			f.add(m, "a message", provider)
		}
	}
	for _, e := range top.tables("phrase", "phrase") {
		if strings.Contains(e.text("id"), ".") {
			e.fail("id", "%q is a message's id: put it under a [[provider]] as [[provider.message]], or take the dot out", e.text("id"))
		}
		f.add(e, "a phrase", codes.ProviderNone)
	}
}

// add reads a message or phrase.
func (f *file) add(e entry, what string, p codes.Provider) {
	e.only(what, phraseKeys)
	w := codes.Wording{
		ID: e.text("id"), Provider: p, Codes: e.list("codes"), Text: e.list("text"), Token: e.text("token"), Weak: e.flag("weak"),
		Meaning: e.prose("meaning"), Advice: e.prose("advice"), Examples: e.list("example"), Date: e.prose("date"), Sources: e.list("source"),
	}
	e.text("note")
	for _, s := range w.Sources {
		e.plain("source", s)
	}
	for _, n := range e.list("needs") {
		switch n {
		case "provider":
			w.NeedsProvider = true
		case "code":
			w.NeedsCode = true
		default:
			e.fail("needs", "%q: write \"provider\" or \"code\"", n)
		}
	}
	if s := e.text("reason"); s != "" {
		var err error
		if w.Reason, err = codes.ParseReason(s); err != nil {
			e.fail("reason", "%q does not exist: smtpcode list reasons shows those that do", s)
		}
	}
	if s := e.text("evidence"); s != "" {
		for _, v := range []codes.Evidence{codes.EvidenceDocumented, codes.EvidenceObserved, codes.EvidenceReported} {
			if v.String() == s {
				w.Evidence = v
			}
		}
		if w.Evidence == 0 {
			e.fail("evidence", "%q: write documented, observed or reported", s)
		}
	}
	f.own, f.from = append(f.own, w), append(f.from, e)
}

// try classifies the examples: each must come out as the wording it belongs to.
func (f *file) try(c *codes.Classifier) error {
	for i, w := range f.own {
		for _, text := range w.Examples {
			d := c.Classify(text, codes.Hint{Provider: w.Provider})
			if _, message, phrase := d.IDs(); message+phrase != w.ID {
				return f.at(f.from[i].lineOf("example"), fmt.Sprintf("%s is no example of %s, but comes out as %s by %s %s: mend the text, the codes or the example",
					excerpt(text), w.ID, d.Reason, d.Basis, message+phrase))
			}
		}
	}
	return nil
}

// excerpt quotes the beginning of a text.
func excerpt(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// sortedKeys gives the keys of a table, so that the same mistake comes first
// every time.
func sortedKeys(table map[string]any) []string { return slices.Sorted(maps.Keys(table)) }

// isPlain tells whether s may be shown on a terminal: printable, on one line.
func isPlain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) || r == unicode.ReplacementChar })
}
