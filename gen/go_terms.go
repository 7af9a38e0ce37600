package main

import "fmt"

var _ = register("terms", renderTerms)

// enum is a closed set that becomes a Go type with a constant for each value.
type enum struct {
	Type, Doc string
	Values    []term // the first one is the zero value
}

// none is the zero value of a set that has none of its own.
var none = term{ID: "", Name: "", Meaning: "says that there is none"}

func (d *dataset) enums() []enum {
	classes := []term{{ID: "unknown", Name: "Unknown", Meaning: "No code tells the class.", Advice: "Read the text of the reply."}}
	for _, c := range d.Classes {
		classes = append(classes, term{ID: c.ID, Name: c.Name, Meaning: c.Meaning, Advice: c.Advice})
	}
	reasons := []term{none}
	for _, r := range d.Reasons {
		reasons = append(reasons, term{ID: r.ID, Name: r.Name, Meaning: r.Meaning, Advice: r.Advice})
	}
	return []enum{
		{"Class", "Class is what the first digit of a code says (RFC 5321 §4.2.1, RFC 3463 §2).", classes},
		{"Bounce", "Bounce is what a refusal means for the message: soft for now, hard for good.", zeroFirst(d.Bounces, "unknown")},
		{"Category", "Category is the coarse bucket of a refusal, for dashboards and webhooks.", append([]term{none}, d.Categories...)},
		{"Reason", "Reason is why a server answered as it did, precise enough to act on.", reasons},
		{"Fault", "Fault is who must act so that mail gets through.", append([]term{none}, d.Faults...)},
		{"Action", "Action is what the sender does about a reply.", zeroFirst(d.Actions, "none")},
		{"Basis", "Basis is the kind of evidence that a diagnosis rests on, strongest first.", zeroFirst(d.Bases, "none")},
	}
}

// zeroFirst puts the term with the id in front.
func zeroFirst(list []term, id string) []term {
	var out []term
	for _, t := range list {
		if t.ID == id {
			out = append([]term{t}, out...)
		} else {
			out = append(out, t)
		}
	}
	return out
}

func renderTerms(d *dataset) (map[string][]byte, error) {
	s := goFile(codesFile, fmt.Sprintf("%d classes, %d categories, %d reasons, %d actions. Each set is numbered in a byte: room for 255.",
		len(d.Classes), len(d.Categories), len(d.Reasons), len(d.Actions)), "iter")
	for _, e := range d.enums() {
		if len(e.Values) > 256 {
			return nil, fmt.Errorf("%s has %d values, a byte holds 256", e.Type, len(e.Values))
		}
		renderEnum(s, e)
	}
	s.f("// classTable holds what a class says beyond its name.\nvar classTable = [...]struct {\n\tbounce Bounce\n\trfcs string\n}{\n")
	for _, c := range d.Classes {
		s.f("%s: {%s, %q},\n", constant("Class", c.ID), constant("Bounce", c.Bounce), cell(c.RFC))
	}
	s.f("}\n\n")
	s.f("// reasonTable holds what follows from a reason.\nvar reasonTable = [...]reasonData{\n")
	for _, r := range d.Reasons {
		s.f("%s: {%s, %s, %s, %s, retry%s, %v, %v, %v},\n", constant("Reason", r.ID), constant("Category", r.Category), constant("Fault", r.Fault),
			constant("Action", r.Action), constant("Action", r.ActionTemporary), goName(r.Retry), r.Suppress == "permanent", r.Suppress == "repeated", r.Clears)
	}
	s.f("}\n\n")
	s.f("// reasonSteps is apart from reasonTable, as few programs ask: the linker drops it.\nvar reasonSteps = [...]string{\n")
	for _, r := range d.Reasons {
		s.f("%s: %q,\n", constant("Reason", r.ID), cell(r.Steps))
	}
	s.f("}\n")
	return map[string][]byte{"codes/terms_gen.go": s.Bytes()}, nil
}

func renderEnum(s *source, e enum) {
	s.comment("", e.Doc)
	s.f("type %s uint8\n\nconst (\n", e.Type)
	for i, v := range e.Values {
		name := constant(e.Type, v.ID)
		if v.ID == "" {
			s.comment("\t", name+" "+v.Meaning+".")
		} else {
			s.comment("\t", fmt.Sprintf("%s is %q: %s", name, v.ID, v.Meaning))
		}
		if i == 0 {
			s.f("\t%s %s = iota\n", name, e.Type)
		} else {
			s.f("\t%s\n", name)
		}
	}
	s.f(")\n\n")
	table := "term" + e.Type
	s.f("var %s = [...]termData{\n", table)
	for _, v := range e.Values {
		if v.ID == "" {
			s.f("%s: {},\n", constant(e.Type, v.ID))
			continue
		}
		s.f("%s: {%q, %q, %q, %q},\n", constant(e.Type, v.ID), v.ID, v.Name, v.Meaning, v.Advice)
	}
	s.f("}\n\n")
	small := map[string]string{"Class": "class", "Bounce": "bounce", "Category": "category", "Reason": "reason", "Fault": "fault", "Action": "action", "Basis": "basis"}[e.Type]
	s.f(`func (x %[1]s) data() *termData { return termAt(%[2]s[:], int(x)) }

// String gives the stable id, or "".
func (x %[1]s) String() string { return x.data().id }

// Name gives the name for people, or "".
func (x %[1]s) Name() string { return x.data().name }

// Meaning gives what it means, or "".
func (x %[1]s) Meaning() string { return x.data().meaning }

// MarshalText gives the stable id.
func (x %[1]s) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads a stable id.
func (x *%[1]s) UnmarshalText(b []byte) (err error) {
	*x, err = Parse%[1]s(string(b))
	return err
}

// %[3]s gives all values that have an id, in their order.
func %[3]s() iter.Seq[%[1]s] { return termSeq[%[1]s](%[2]s[:]) }

// Parse%[1]s finds a %[4]s by its stable id.
func Parse%[1]s(id string) (%[1]s, error) {
	switch id {
`, e.Type, table, plural(e.Type), small)
	for _, v := range e.Values {
		s.f("case %q:\nreturn %s, nil\n", v.ID, constant(e.Type, v.ID))
	}
	s.f("}\nreturn 0, noID(%q, id)\n}\n\n", small)
}

func plural(name string) string {
	switch name {
	case "Basis":
		return "Bases"
	case "Category":
		return "Categories"
	case "Class":
		return "Classes"
	}
	return name + "s"
}
