package main

import "fmt"

var _ = register("vocabularies", renderVocabularies)

func renderVocabularies(d *dataset) (map[string][]byte, error) {
	s := goFile(codesFile, fmt.Sprintf("%d vocabularies of other systems, numbered in a byte: room for 255.", len(d.Vocabularies)))
	s.comment("", "Vocabulary is another system's names for reasons.")
	s.f("type Vocabulary uint8\n\nconst (\n\t// VocabularyNone is no vocabulary.\n\tVocabularyNone Vocabulary = iota\n")
	for _, v := range d.Vocabularies {
		s.comment("\t", fmt.Sprintf("%s is %q: %s.", constant("Vocabulary", v.ID), v.ID, v.Name))
		s.f("\t%s\n", constant("Vocabulary", v.ID))
	}
	s.f(")\n\nvar vocabularyTable = [...]vocabularyData{\n\t{},\n")
	for _, v := range d.Vocabularies {
		s.f("\t{\n\t\tid: %q, name: %q, note: %q, date: %q, source: %q,\n\t\tlabels: [len(termReason)]label{\n", v.ID, v.Name, v.Note, v.Date, cell(v.Source))
		for _, l := range v.Labels {
			s.f("\t\t\t%s: {%q, %v},\n", constant("Reason", l.Reason), l.Label, l.Approximate)
		}
		s.f("\t\t},\n\t},\n")
	}
	s.f("}\n")
	return map[string][]byte{"codes/vocabularies_gen.go": s.Bytes()}, nil
}
