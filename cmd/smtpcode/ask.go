package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/redact"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/stream"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// maxInput is how much of standard input is taken for one reply. Far less of it
// is read for words.
const maxInput = 1 << 20

// askOptions are the flags of the command without a subcommand.
type askOptions struct {
	hintFlags
	json, explain, redact bool
	as                    string

	hint       codes.Hint
	own        *codes.Classifier
	vocabulary codes.Vocabulary
}

// hintFlags tell who answered, and what own rules there are.
type hintFlags struct {
	provider, mx, domain string
	rulesFlag
}

func (h *hintFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&h.provider, "provider", "", "who answered: `id` of a provider")
	c.Flags().StringVar(&h.mx, "mx", "", "the `host` that answered, as in gmail-smtp-in.l.google.com")
	c.Flags().StringVar(&h.domain, "domain", "", "the `domain` of the recipient's address")
	h.rulesFlag.register(c)
	complete(c, "provider", providerCompletions)
}

func (h *hintFlags) hint() (codes.Hint, error) {
	hint := codes.Hint{MX: h.mx, Domain: h.domain}
	if h.provider == "" {
		return hint, nil
	}
	if err := completions(providerCompletions).check("--provider", h.provider); err != nil {
		return hint, err
	}
	var err error
	hint.Provider, err = codes.ParseProvider(h.provider)
	return hint, err
}

// ask answers what the arguments ask.
func (a *app) ask(o *askOptions, args []string) (err error) {
	if o.hint, err = o.hintFlags.hint(); err != nil {
		return err
	}
	if o.own, err = o.hintFlags.own(a.in, args); err != nil {
		return err
	}
	if o.as != "" {
		if err := completions(vocabularyCompletions).check("--as", o.as); err != nil {
			return err
		}
		if o.vocabulary, err = codes.ParseVocabulary(o.as); err != nil {
			return err
		}
	}
	queries, err := a.queries(o, args)
	if err != nil {
		return err
	}
	if o.redact {
		a.redact(o, queries)
	}
	return a.reply(o, queries)
}

// redact masks the texts of queries. If that takes away what decided, it says so.
func (a *app) redact(o *askOptions, queries []query) {
	for i := range queries {
		q := &queries[i]
		before := o.own.Classify(q.text, o.hint)
		q.text = redact.Text(q.text)
		after := o.own.Classify(q.text, o.hint)
		_, was, _ := before.IDs()
		if _, is, _ := after.IDs(); after.Reason != before.Reason || is != was {
			a.note("with the masks this is %s by %s; without, %s by %s", after.Reason, after.Basis, before.Reason, before.Basis)
		}
	}
}

// queries reads the arguments, or standard input for "-" or for nothing.
func (a *app) queries(o *askOptions, args []string) ([]query, error) {
	for _, arg := range args {
		if arg == "-" && len(args) == 1 {
			args = nil
		}
	}
	if len(args) > 0 {
		queries, err := parseQueries(args)
		if err == nil {
			err = a.strayWord(o, args, queries)
		}
		return queries, err
	}
	text, err := a.readInput()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, misused("standard input is empty: give a code or a reply")
	}
	if looksLikeSeveral(text) {
		a.note("the input looks like several replies, and they are read as one; smtpcode classify takes a reply a line")
	}
	return parseQueries([]string{text})
}

// looksLikeSeveral tells whether lines of a text begin with different codes, as
// the lines of one reply do not. A text of nothing but codes is a list of them.
func looksLikeSeveral(text string) bool {
	var first codes.Reply
	words := false
	other := false
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		words = words || len(fields) > 2
		code, _, _ := strings.Cut(fields[0], "-")
		r, err := codes.ParseReply(code)
		switch {
		case err != nil:
		case first == 0:
			first = r
		case r != first:
			other = true
		}
	}
	return words && other
}

func (a *app) readInput() (string, error) {
	f, err := stream.Open("-", a.in)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxInput))
	return string(bytes.TrimPrefix(b, []byte("\ufeff"))), err
}

// strayWord refuses words that are no reply but a slip: a command misspelled, an
// id without its command.
func (a *app) strayWord(o *askOptions, args []string, queries []query) error {
	if len(queries) != 1 || queries[0].codes || queries[0].glob != "" || len(strings.Fields(args[0])) != 1 {
		return nil
	}
	if d := o.own.Classify(queries[0].text, codes.Hint{}); d.Basis != codes.BasisNone {
		return nil
	}
	word := strings.ToLower(args[0])
	for _, name := range [...]string{"provider", "reason", "category", "message", "phrase"} {
		k, err := kindNamed(name)
		if err != nil {
			return err
		}
		if _, err := k.find(word); err == nil && len(args) == 1 {
			return misused("%s is no code, but the id of a %s: try smtpcode %s %s", word, name, name, word)
		}
	}
	if near := nearest(word, fixed(commandNames[:]...).ids()); len(near) > 0 && slips(word, near[0], 2) <= min(2, len(near[0])/3) {
		return misused("%s is neither a code nor a command; did you mean smtpcode %s?", args[0], near[0])
	}
	if len(args) > 1 {
		return nil // words: let the page say that nothing is known of them
	}
	return misused("%s is neither a code, a reply nor a command%s; smtpcode search %s looks for the word",
		args[0], didYouMean(nearest(word, completions(codeCompletions).ids())), word)
}

// reply prints the answers. The status says whether all was known.
func (a *app) reply(o *askOptions, queries []query) error {
	several := len(queries) > 1
	var all [][]answer // a glob has several answers
	known := true
	for _, q := range queries {
		var list []answer
		if q.glob == "" {
			list = append(list, o.answer(q, !o.json))
		} else {
			several = true
			for _, code := range matchGlob(q.glob) {
				x := o.answer(query{text: code, codes: true}, false)
				x.known = true
				list = append(list, x)
			}
			if len(list) == 0 {
				a.note("no known code fits %s", q.glob)
				known = false
			}
		}
		all = append(all, list)
		for _, x := range list {
			known = known && x.known
		}
	}
	var err error
	if o.json {
		err = a.replyJSON(o, all, several)
	} else {
		a.replyPages(o, queries, all)
	}
	if err == nil && !known {
		err = outcome(statusUnknown)
	}
	return err
}

func (a *app) replyPages(o *askOptions, queries []query, all [][]answer) {
	p := a.page()
	for i, list := range all {
		if i > 0 {
			p.Line("")
		}
		switch {
		case queries[i].glob != "":
			writeGlob(p, list)
		case o.explain:
			writeExplanation(p, &list[0], o)
		case o.redact:
			for line := range strings.Lines(queries[i].text) {
				p.Line(page.Visible(strings.TrimRight(line, "\r\n")))
			}
		default:
			list[0].write(p, o)
		}
	}
}

// replyJSON prints diagnoses as they are; with --as, --explain or --redact each
// is a member of an object beside what these ask for.
func (a *app) replyJSON(o *askOptions, all [][]answer, several bool) error {
	var flat []answer
	for _, list := range all {
		flat = append(flat, list...)
	}
	value := func(x answer) any {
		if o.vocabulary == codes.VocabularyNone && !o.explain && !o.redact {
			return x.Diagnosis
		}
		return newEnvelope(&x, o)
	}
	if several {
		return writeArray(a.out, flat, value)
	}
	return writeJSON(a.out, value(flat[0]))
}

// envelope is a diagnosis with what else was asked for.
type envelope struct {
	Text      string          `json:"text,omitempty"`
	Diagnosis codes.Diagnosis `json:"diagnosis"`
	As        *asValue        `json:"as,omitempty"`
	Hits      []hitValue      `json:"hits,omitzero"`
}

type asValue struct {
	Vocabulary string `json:"vocabulary"`
	nameValue
}

func newEnvelope(x *answer, o *askOptions) envelope {
	e := envelope{Diagnosis: x.Diagnosis}
	if o.redact {
		e.Text = x.text
	}
	if v := o.vocabulary; v != codes.VocabularyNone {
		name, approximate := v.Label(x.Reason)
		e.As = &asValue{v.String(), nameValue{name, approximate}}
	}
	if o.explain {
		e.Hits = hitValues(o.own.Explain(x.text, o.hint).Hits)
	}
	return e
}
