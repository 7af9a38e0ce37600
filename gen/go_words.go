package main

import (
	"fmt"
	"slices"
	"strings"
)

var _ = register("words", renderWords)

func renderWords(d *dataset) (map[string][]byte, error) {
	all := d.all()
	messages := len(all) - len(d.Phrases)
	if len(all) >= 1<<16 {
		return nil, fmt.Errorf("%d messages and phrases: a uint16 numbers 65,535; widen Message, Phrase and rule first", len(all))
	}
	var text, table strings.Builder
	var advice, sources interned
	advice.index("") // row 0, and messages without advice of their own
	sources.index("")
	text.WriteString(strings.Repeat("\x00", 7)) // row 0 is empty
	for _, m := range all {
		fmt.Fprintf(&table, "\t{%d, %d, %d, Evidence%s, %s},\n", text.Len(), advice.index(m.Advice), sources.index(cell(m.Source)), goName(m.Evidence), constant("Reason", m.Reason))
		// In the order of the field constants in codes/words.go.
		for _, f := range []string{m.Meaning, m.ID, cell(m.Text), m.Token, cell(m.Codes), m.Date, cell(m.Example)} {
			text.WriteString(f + "\x00")
		}
	}
	s := goFile(providersFile+" and "+codesFile, fmt.Sprintf("%d messages and %d phrases, numbered in a uint16: room for %d more. %d bytes of text, %d kinds of advice, %d sources.",
		messages, len(d.Phrases), 1<<16-1-len(all), text.Len(), len(advice.list), len(sources.list)))
	s.f("const (\n\tnumMessages = %d\n\tnumPhrases = %d\n)\n\n", messages, len(d.Phrases))
	s.f("// wordTable holds what is known of a message or phrase.\nvar wordTable = [...]wordData{\n\t{},\n%s}\n\n", table.String())
	s.f("var adviceTable = [...]string{\n%s}\n\nvar sourceTable = [...]string{\n%s}\n\n", advice.lines(), sources.lines())
	s.f("// wordText is the packed text: what begins with a meaning is a row.\n")
	s.longConst("wordText", slices.Collect(strings.SplitAfterSeq(text.String(), "\x00")))
	return map[string][]byte{"codes/words_gen.go": s.Bytes()}, nil
}

// interned is a list of texts in which each stands once.
type interned struct {
	list []string
	at   map[string]int
}

func (t *interned) index(s string) int {
	if t.at == nil {
		t.at = map[string]int{}
	}
	i, ok := t.at[s]
	if !ok {
		i = len(t.list)
		t.at[s], t.list = i, append(t.list, s)
	}
	return i
}

func (t *interned) lines() string {
	var b strings.Builder
	for _, s := range t.list {
		fmt.Fprintf(&b, "\t%q,\n", s)
	}
	return b.String()
}
