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
	var text, rest, table strings.Builder
	var at, restAt []int
	var advice, sources interned
	enter := func(m message) {
		at, restAt = append(at, text.Len()), append(restAt, rest.Len())
		// In the order of the field constants in codes/words.go.
		text.WriteString(m.Meaning + "\x00" + m.ID + "\x00" + cell(m.Codes) + "\x00")
		rest.WriteString(cell(m.Text) + "\x00" + m.Token + "\x00" + m.Date + "\x00" + cell(m.Example) + "\x00")
		fmt.Fprintf(&table, "\t{%d, %d, %s, %s},\n", advice.index(m.Advice), sources.index(cell(m.Source)), evidenceNames[m.Evidence], constant("Reason", m.Reason))
	}
	enter(message{}) // row 0 is empty
	for _, m := range all {
		enter(m)
	}
	s := goFile(providersFile+" and "+codesFile, fmt.Sprintf("%d messages and %d phrases, numbered in a uint16: room for %d more. %d bytes of text, %d kinds of advice, %d sources.",
		messages, len(d.Phrases), 1<<16-1-len(all), text.Len(), len(advice.list), len(sources.list)))
	s.f("const (\n\tnumMessages = %d\n\tnumPhrases = %d\n)\n\n", messages, len(d.Phrases))
	s.f("// wordTable holds what is known of a message or phrase.\nvar wordTable = [...]wordData{\n%s}\n\n", table.String())
	s.f("var adviceTable = [...]string{\n%s}\n\nvar sourceTable = [...]string{\n%s}\n\n", advice.lines(), sources.lines())
	s.f("// wordText is the packed text.\n")
	s.longConst("wordText", slices.Collect(strings.SplitAfterSeq(text.String(), "\x00")))

	full := fullFile(providersFile+" and "+codesFile, fmt.Sprintf("%d bytes of text.", rest.Len()))
	full.f("// wordAt is where the rows begin in wordText, restAt where they do in restText.\nvar (\n\twordAt = [...]uint32{%s}\n\trestAt = [...]uint32{%s}\n)\n\n", numbers(at), numbers(restAt))
	full.f("// restText is packed text too.\n")
	full.longConst("restText", slices.Collect(strings.SplitAfterSeq(rest.String(), "\x00")))
	return map[string][]byte{"codes/words_gen.go": s.Bytes(), "codes/words_full_gen.go": full.Bytes()}, nil
}

var evidenceNames = map[string]string{"": "0", "documented": "EvidenceDocumented", "observed": "EvidenceObserved", "reported": "EvidenceReported"}

// numbers lists numbers, 20 a line.
func numbers(list []int) string {
	var b strings.Builder
	for i, n := range list {
		if i%20 == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%d, ", n)
	}
	return b.String() + "\n"
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
