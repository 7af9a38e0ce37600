package main

import (
	"fmt"
)

var _ = register("words", renderWords)

func renderWords(d *dataset) (map[string][]byte, error) {
	all := d.all()
	messages := len(all) - len(d.Phrases)
	if len(all) >= 1<<16 {
		return nil, fmt.Errorf("%d messages and phrases: a uint16 numbers 65,535; widen Message, Phrase and rule first", len(all))
	}
	s := goFile(providersFile+" and "+codesFile, fmt.Sprintf("%d messages and %d phrases, numbered in a uint16: room for %d more.", messages, len(d.Phrases), 1<<16-1-len(all)))
	s.f("const (\n\tnumMessages = %d\n\tnumPhrases = %d\n)\n\n", messages, len(d.Phrases))
	s.f("// wordTable holds what people read of a message or phrase.\nvar wordTable = [...]wordData{\n\t{},\n")
	for _, m := range all {
		s.f("\t{\n\t\tid: %q, reason: %s, evidence: Evidence%s,\n", m.ID, constant("Reason", m.Reason), goName(m.Evidence))
		for _, f := range [][2]string{{"text", cell(m.Text)}, {"token", m.Token}, {"codes", cell(m.Codes)}, {"meaning", m.Meaning}, {"advice", m.Advice},
			{"example", cell(m.Example)}, {"date", m.Date}, {"source", cell(m.Source)}} {
			if f[1] != "" {
				s.f("\t\t%s: %q,\n", f[0], f[1])
			}
		}
		s.f("\t},\n")
	}
	s.f("}\n")
	return map[string][]byte{"codes/words_gen.go": s.Bytes()}, nil
}
