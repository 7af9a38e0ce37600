package main

import (
	"fmt"
	"strconv"
)

var _ = register("guide", renderGuide)

func renderGuide(d *dataset) (map[string][]byte, error) {
	s := goFile(codesFile, fmt.Sprintf("%d handling rules, %d thresholds, %d steps, and the version of the data.", len(d.Rules), len(d.Thresholds), len(d.Steps)))
	s.f("const (\n\t// DataVersion is the version of the data files.\n\tDataVersion = %q\n\t// DataDate is the day of that version.\n\tDataDate = %q\n)\n\n", d.Meta.Version, d.Meta.Date)
	s.f("var ruleBook = [...]Rule{\n")
	for _, r := range d.Rules {
		s.f("\t{%q, %q, %q},\n", r.ID, r.Title, r.Text)
	}
	s.f("}\n\nvar thresholdTable = [...]Threshold{\n")
	num := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	for _, t := range d.Thresholds {
		s.f("\t{%q, %q, %q, %s, %s, %q},\n", t.ID, t.Name, t.Unit, num(t.Good), num(t.Alarm), t.Text)
	}
	s.f("}\n\nvar stepTable = [...]Step{\n")
	for _, t := range d.Steps {
		s.f("\t{%q, %q},\n", t.Title, t.Text)
	}
	s.f("}\n")
	return map[string][]byte{"codes/guide_gen.go": s.Bytes()}, nil
}
