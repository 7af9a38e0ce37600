package main

import (
	"slices"
	"strings"
)

// datasetPage documents the JSON by the schemas themselves.
func (b *book) datasetPage() error {
	whole, err := datasetSchema(b.dataset)
	if err != nil {
		return err
	}
	p := b.page("dataset.md", "/dataset/", "The dataset as JSON", "smtpcode.json holds every code, reason, provider and message; two JSON Schemas describe it and the diagnosis of a reply.")
	p.para("Everything on these pages is in " + p.link("smtpcode.json", "smtpcode.json") + ", version " + b.Meta.Version + " of " + b.Meta.Date + ", licence " + b.Meta.License + ". " + p.link("smtpcode.schema.json", "smtpcode.schema.json") +
		" describes it, and " + p.link("diagnosis.schema.json", "diagnosis.schema.json") + " describes the answer that the command and the library give. Both are JSON Schema 2020-12.")
	p.para("Ids are stable: they are never renamed and never given away again. Tables are objects with the id or code as key, so that a look-up is one step:")
	p.f("%s\n", block("jq '.replies[\"550\"].meaning' smtpcode.json\njq '.details[\"7.26\"].advice' smtpcode.json\njq '.pairs[\"550 5.7.1\"]' smtpcode.json\njq '.providers.gmail.messages | keys' smtpcode.json\njq '.vocabularies.ses.labels.mailbox_full.label' smtpcode.json"))
	b.fieldTable(p, "diagnosis", "A diagnosis", diagnosisSchema(b.dataset))
	b.fieldTable(p, "file", "The file", whole)
	for _, e := range whole.Defs {
		if e.value.Type == "object" {
			b.fieldTable(p, e.key, "Object "+tick(e.key), e.value)
		}
	}
	p.footer()
	return nil
}

func (b *book) fieldTable(p *page, id, title string, s *schema) {
	p.anchor(id)
	p.section(title)
	b.schemaTable(p, s)
}

// schemaTable lists the fields of an object.
func (b *book) schemaTable(p *page, s *schema) {
	var rows [][]string
	for _, e := range s.Properties {
		required := "no"
		if slices.Contains(s.Required, e.key) {
			required = "yes"
		}
		rows = append(rows, []string{tick(e.key), typeName(p, e.value), required, prose(e.value.Description)})
	}
	p.table([]string{"Field", "Type", "Always there", "Meaning"}, rows)
}

// typeName writes a schema's type for people.
func typeName(p *page, s *schema) string {
	switch def := strings.TrimPrefix(s.Ref, "#/$defs/"); {
	case strings.HasSuffix(def, "_id"):
		return "id of " + strings.TrimSuffix(def, "_id")
	case def != "":
		return p.link(def, "dataset.md#"+def)
	case s.Items != nil:
		return "list of " + typeName(p, s.Items)
	}
	switch values, ok := s.Additional.(*schema); {
	case ok:
		return "object of " + typeName(p, values)
	case len(s.Enum) > 0:
		ids := slices.DeleteFunc(slices.Clone(s.Enum), func(v string) bool { return v == "" })
		if len(ids) > 6 {
			return "one of " + itoa(len(ids)) + " ids"
		}
		return strings.Join(ticks(ids), ", ")
	}
	return s.Type
}
