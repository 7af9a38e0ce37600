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
	var words, rest packed
	meanings, advice, sources := packed{}, packed{unique: true}, packed{unique: true}
	var table strings.Builder
	enter := func(m message) {
		// In the order of the constants in codes/words.go.
		words.add(m.ID, cell(m.Codes))
		meanings.add(m.Meaning)
		first, further := "", ""
		if len(m.Source) > 0 {
			first, further = m.Source[0], cell(m.Source[1:])
		}
		rest.add(cell(m.Text), m.Token, m.Date, cell(m.Example), further)
		fmt.Fprintf(&table, "\t{%d, %d, %s, %s},\n", advice.add(m.Advice), sources.add(first), evidenceNames[m.Evidence], constant("Reason", m.Reason))
	}
	enter(message{}) // row 0 is empty
	for _, m := range all {
		enter(m)
	}
	s := goFile(providersFile+" and "+codesFile, fmt.Sprintf("%d messages and %d phrases, numbered in a uint16: room for %d more. %d bytes of text, %d kinds of advice, %d sources.",
		messages, len(d.Phrases), 1<<16-1-len(all), len(words.text)+len(meanings.text)+len(advice.text)+len(sources.text), len(advice.at), len(sources.at)))
	s.f("const (\n\tnumMessages = %d\n\tnumPhrases = %d\n)\n\n", messages, len(d.Phrases))
	s.f("// wordTable holds what is known of a message or phrase.\nvar wordTable = [...]wordData{\n%s}\n\n", table.String())
	full := fullFile(providersFile+" and "+codesFile, fmt.Sprintf("%d bytes of text, and where all texts begin.", len(rest.text)))
	words.write(s, full, "word")
	meanings.write(s, full, "meaning")
	advice.write(s, full, "advice")
	sources.write(s, full, "source")
	rest.write(full, full, "rest")
	return map[string][]byte{"codes/words_gen.go": s.Bytes(), "codes/words_full_gen.go": full.Bytes()}, nil
}

// packed is texts behind one another, each ended by a zero byte.
type packed struct {
	text   []byte
	at     []int // where rows begin
	unique bool  // a row that is there already is not added
	seen   map[string]int
}

// add adds a row and gives its number.
func (p *packed) add(fields ...string) int {
	row := strings.Join(fields, "\x00") + "\x00"
	if i, ok := p.seen[row]; ok {
		return i
	}
	n := len(p.at)
	p.at = append(p.at, len(p.text))
	p.text = append(p.text, row...)
	if p.unique {
		if p.seen == nil {
			p.seen = map[string]int{}
		}
		p.seen[row] = n
	}
	return n
}

// write writes the text into one file, and where its rows begin into another.
func (p *packed) write(text, at *source, name string) {
	text.longConst(name+"Text", slices.Collect(strings.SplitAfterSeq(string(p.text), "\x00")))
	at.f("var %sAt = [...]uint32{", name)
	for i, n := range p.at {
		if i%20 == 0 {
			at.f("\n")
		}
		at.f("%d, ", n)
	}
	at.f("\n}\n\n")
}

var evidenceNames = map[string]string{"": "0", "documented": "EvidenceDocumented", "observed": "EvidenceObserved", "reported": "EvidenceReported"}
