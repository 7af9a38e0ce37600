package main

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

var _ = register("schema", renderSchemas)

func renderSchemas(d *dataset) (map[string][]byte, error) {
	whole, err := datasetSchema(d)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, s := range map[string]*schema{"smtpcode": whole, "diagnosis": diagnosisSchema(d), "mail": mailSchema(d)} {
		path := "docs/generated/" + name + ".schema.json"
		s.Dialect = "https://json-schema.org/draft/2020-12/schema"
		s.ID = d.Meta.Home + "/raw/HEAD/" + path
		if files[path], err = encodeJSON(s); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// schema is the part of JSON Schema 2020-12 that the schemas use.
type schema struct {
	Dialect           string              `json:"$schema,omitempty"`
	ID                string              `json:"$id,omitempty"`
	Title             string              `json:"title,omitempty"`
	Description       string              `json:"description,omitempty"`
	Ref               string              `json:"$ref,omitempty"`
	Type              string              `json:"type,omitempty"`
	Const             any                 `json:"const,omitempty"`
	Enum              []string            `json:"enum,omitempty"`
	Pattern           string              `json:"pattern,omitempty"`
	Minimum           int                 `json:"minimum,omitempty"`
	Maximum           int                 `json:"maximum,omitempty"`
	Items             *schema             `json:"items,omitempty"`
	Properties        object[*schema]     `json:"properties,omitempty"`
	Required          []string            `json:"required,omitempty"`
	DependentRequired map[string][]string `json:"dependentRequired,omitempty"`
	PropertyNames     *schema             `json:"propertyNames,omitempty"`
	Additional        any                 `json:"additionalProperties,omitempty"` // false, or a schema
	Defs              object[*schema]     `json:"$defs,omitempty"`
}

func ref(def string) *schema             { return &schema{Ref: "#/$defs/" + def} }
func pattern(expr string) *schema        { return &schema{Type: "string", Pattern: expr} }
func oneOf(values ...string) *schema     { return &schema{Type: "string", Enum: values} }
func between(least, most int) *schema    { return &schema{Type: "integer", Minimum: least, Maximum: most} }
func (s *schema) about(t string) *schema { s.Description = t; return s }

// idSets gives the closed sets of ids, by the name of their definition.
func idSets(d *dataset) object[*schema] {
	ids := func(list []term) []string {
		var out []string
		for _, t := range list {
			out = append(out, t.ID)
		}
		return out
	}
	var reasons, classes []string
	for _, r := range d.Reasons {
		reasons = append(reasons, r.ID)
	}
	for _, c := range d.Classes {
		classes = append(classes, c.ID)
	}
	closed := func(name, about string, values []string) entry[*schema] {
		return entry[*schema]{name, oneOf(values...).about(about)}
	}
	return object[*schema]{
		closed("class_id", "A class of codes.", classes),
		closed("bounce_id", "What a refusal means for the message.", ids(d.Bounces)),
		closed("category_id", "A coarse bucket of refusals.", ids(d.Categories)),
		closed("reason_id", "Why a server refused.", reasons),
		closed("fault_id", "Who must act.", ids(d.Faults)),
		closed("action_id", "What the sender does.", ids(d.Actions)),
	}
}

// datasetSchema describes smtpcode.json. Fields, types and what is required come
// from the Go types that are written; fieldDocs says what they mean, and the two
// must agree.
func datasetSchema(d *dataset) (*schema, error) {
	m := &schemaMaker{rules: fieldRules(), unused: maps.Clone(fieldDocs)}
	root := m.fields("document", reflect.TypeFor[document]())
	root.Title = "smtpcode"
	root.Description = "What SMTP replies mean: codes, categories, reasons, and the messages of providers. Keys are the stable ids; the order is that of the data."
	root.Defs = append(idSets(d), m.defs...)
	for _, name := range slices.Sorted(maps.Keys(m.unused)) {
		m.errs = append(m.errs, name+" is described but not written")
	}
	for _, name := range slices.Sorted(maps.Keys(m.rules)) {
		m.errs = append(m.errs, name+" has a rule but is not written")
	}
	if len(m.errs) > 0 {
		return nil, fmt.Errorf("%s: mend fieldDocs and fieldRules", strings.Join(m.errs, "; "))
	}
	return root, nil
}

type schemaMaker struct {
	rules  map[string]*schema
	unused map[string]string
	defs   object[*schema]
	errs   []string
}

// defNames names the types that have a definition of their own.
var defNames = map[reflect.Type]string{
	reflect.TypeFor[class](): "class", reflect.TypeFor[subject](): "subject", reflect.TypeFor[reply](): "reply",
	reflect.TypeFor[detail](): "detail", reflect.TypeFor[pairDoc](): "pair", reflect.TypeFor[policy](): "policy", reflect.TypeFor[term](): "term",
	reflect.TypeFor[reason](): "reason", reflect.TypeFor[vocabularyDoc](): "vocabulary", reflect.TypeFor[label](): "label",
	reflect.TypeFor[rule](): "rule", reflect.TypeFor[threshold](): "threshold", reflect.TypeFor[step](): "step", reflect.TypeFor[context](): "context",
	reflect.TypeFor[providerDoc](): "provider", reflect.TypeFor[message](): "message", reflect.TypeFor[retired](): "retired",
	reflect.TypeFor[leftOut](): "left_out", reflect.TypeFor[corrected](): "corrected",
}

// fields describes a struct.
func (m *schemaMaker) fields(name string, t reflect.Type) *schema {
	s := &schema{Type: "object", Additional: false}
	written := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == "" || tag == "-" || len(f.Index) > 1 && overridden(t, tag) || written[tag] {
			continue
		}
		written[tag] = true
		key := name + "." + tag
		about, ok := fieldDocs[key]
		if !ok {
			m.errs = append(m.errs, key+" is written but not described")
		}
		delete(m.unused, key)
		s.Properties = append(s.Properties, entry[*schema]{tag, m.value(key, f.Type).about(about)})
		if options != "omitempty" && options != "omitzero" {
			s.Required = append(s.Required, tag)
		}
	}
	return s
}

// overridden tells whether a field of t itself has the name, so that the one of
// an embedded struct is not written.
func overridden(t reflect.Type, tag string) bool {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name == tag {
			return true
		}
	}
	return false
}

// value describes a field's type, with the rule for it.
func (m *schemaMaker) value(key string, t reflect.Type) *schema {
	rule := m.rules[key]
	delete(m.rules, key)
	if o, ok := reflect.Zero(t).Interface().(interface{ element() reflect.Type }); ok {
		return &schema{Type: "object", PropertyNames: rule, Additional: m.def(o.element())}
	}
	if t.Kind() == reflect.Slice {
		items := rule
		if items == nil {
			items = m.value(key, t.Elem())
		}
		return &schema{Type: "array", Items: items}
	}
	if rule != nil {
		s := *rule // the description goes to the copy
		return &s
	}
	switch t.Kind() {
	case reflect.Struct:
		return m.def(t)
	case reflect.Int:
		return &schema{Type: "integer"}
	case reflect.Float64:
		return &schema{Type: "number"}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	}
	return &schema{Type: "string"}
}

// def gives a reference to a struct's definition, and makes it the first time.
func (m *schemaMaker) def(t reflect.Type) *schema {
	name := defNames[t]
	if !slices.ContainsFunc(m.defs, func(e entry[*schema]) bool { return e.key == name }) {
		s := m.fields(name, t)
		m.defs = append(m.defs, entry[*schema]{name, s})
	}
	return ref(name)
}

// diagnosisSchema describes what every door of the project answers with. The
// tests of package codes hold its JSON against this.
func diagnosisSchema(d *dataset) *schema {
	sets := map[string][]string{}
	for _, e := range idSets(d) {
		sets[e.key] = e.value.Enum
	}
	// "" stands where a reply is no refusal: no category for 2xx, no reason either for 3xx.
	orNone := func(set string) *schema { return oneOf(append([]string{""}, sets[set]...)...) }
	var bases []string
	for _, t := range d.Bases {
		bases = append(bases, t.ID)
	}
	text := func() *schema { return &schema{Type: "string"} }
	flag := func() *schema { return &schema{Type: "boolean"} }
	s := &schema{
		Title:       "Diagnosis",
		Description: "What an SMTP reply means: the answer of the command, the stream, the HTTP service and the library alike.",
		Type:        "object",
		Additional:  false,
		DependentRequired: map[string][]string{
			"message":        {"provider"},
			"blocklist_page": {"blocklist"},
		},
	}
	add := func(name string, required bool, value *schema, about string) {
		s.Properties = append(s.Properties, entry[*schema]{name, value.about(about)})
		if required {
			s.Required = append(s.Required, name)
		}
	}
	add("reply", false, between(100, 599), "Basic code. Absent if the text has none.")
	add("enhanced", false, pattern(shapeEnhanced), "Enhanced code. Absent if the text has none.")
	add("class", true, oneOf(append(sets["class_id"], "unknown")...), "What the first digit of the codes says. The basic code decides where the two contradict each other.")
	add("bounce", true, oneOf(sets["bounce_id"]...), "What the reply means for the message: soft for now, hard for good.")
	add("category", true, orNone("category_id"), "Coarse bucket of the refusal. Empty if the reply is no refusal.")
	add("reason", true, orNone("reason_id"), "Why the server answered so. accepted for 2xx, empty for 1xx and 3xx.")
	add("fault", false, oneOf(sets["fault_id"]...), "Who must act. Absent if nobody must, or if it is not known.")
	add("action", true, oneOf(sets["action_id"]...), "What the sender does.")
	add("retry", true, flag(), "The same message may be tried again later.")
	add("suppress", true, flag(), "This address should be mailed no more.")
	add("retry_after", false, &schema{Type: "integer", Minimum: 1}, "How many seconds the reply asks to wait. Absent if it names no time.")
	add("contradiction", false, &schema{Type: "boolean", Const: true}, "The two codes name different classes, which RFC 2034 forbids; then no address is suppressed. Absent if they agree.")
	add("provider", false, pattern(providerPattern.String()), "Who answered: an id of providers in smtpcode.json, or of own rules. Absent if that is not known.")
	add("message", false, pattern(messagePattern.String()), "Which of the provider's messages the reply is, or which of own rules. Present if and only if basis is message.")
	add("phrase", false, pattern(idPattern.String()), "Which wording of no provider in particular decided: an id of phrases in smtpcode.json, or of own rules.")
	add("blocklist", false, pattern(providerPattern.String()), "The blocklist that the reply names: an id of providers.")
	add("blocklist_page", false, pattern(shapePage), "Where that blocklist takes requests for removal. <ip> in it stands for the sending IP address.")
	add("basis", true, oneOf(bases...), "The evidence that decided, strongest first: the words of a provider, a common phrase, the two codes together, one code, or none.")
	add("meaning", true, text(), "What happened, for people.")
	add("advice", true, text(), "What the sender does now, for people.")
	add("source", true, text(), "Where the deciding fact was read: an address, a file of a public repository, an RFC with its section. Empty if nothing is known of the reply.")
	return s
}
