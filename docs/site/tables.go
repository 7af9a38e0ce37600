package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// download is a file that the page of downloads offers.
type download struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	About string `json:"about"`
}

// downloads are in the order of the page.
var downloads = []download{
	{"smtpcode.json", "application/json", "everything: codes, pairs, reasons, providers, messages, phrases, vocabularies"},
	{"smtpcode.schema.json", "application/schema+json", "JSON Schema of smtpcode.json"},
	{"diagnosis.schema.json", "application/schema+json", "JSON Schema of the answer that the command, the library and the box give"},
	{"codes.csv", "text/csv", "reply codes, enhanced codes and pairs, a row each"},
	{"reasons.csv", "text/csv", "reasons with category, policy and what to do"},
	{"messages.csv", "text/csv", "messages of providers, and phrases of none"},
	{"crosswalk.csv", "text/csv", "what other systems call each reason"},
	{"datapackage.json", "application/json", "the fields of the CSV files, as a Frictionless data package"},
	{"smtpcode.wasm", "application/wasm", "the classifier, for any WASI runtime"},
}

// field is a column of a CSV file.
type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
}

// table is a CSV file in the making.
type table struct {
	name   string
	about  string
	fields []field
	rows   [][]string
}

// text is a column of text; the others are written out where they occur.
func text(name, about string) field { return field{name, "string", about} }

// writeTables writes the CSV files and the package that describes them.
func writeTables(out string, d *dataset) error {
	var resources []map[string]any
	for _, t := range []table{codesTable(d), reasonsTable(d), messagesTable(d), crosswalkTable(d)} {
		b, err := t.csv()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, t.name+".csv"), b, 0o644); err != nil {
			return err
		}
		resources = append(resources, map[string]any{
			"name": t.name, "path": t.name + ".csv", "title": t.about, "mediatype": "text/csv", "encoding": "utf-8",
			"schema": map[string]any{"fields": t.fields},
		})
	}
	b, err := json.MarshalIndent(map[string]any{
		"profile": "tabular-data-package", "name": "smtpcode", "title": "What SMTP replies mean",
		"version": d.Version, "created": d.Date, "homepage": d.Home,
		"licenses":  []map[string]string{{"name": d.License, "path": "LICENSE.txt"}},
		"resources": resources,
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "datapackage.json"), append(b, '\n'), 0o644)
}

// csv writes the table as RFC 4180 has it, but for the ends of its lines.
func (t *table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var head []string
	for _, f := range t.fields {
		head = append(head, f.Name)
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, row := range t.rows {
		if len(row) != len(head) {
			return nil, fmt.Errorf("%s.csv: a row has %d cells, the head %d: %q", t.name, len(row), len(head), row)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// several joins the values of one cell.
func several(list []string) string { return strings.Join(list, " | ") }

func codesTable(d *dataset) table {
	t := table{name: "codes", about: "SMTP reply codes, enhanced status codes and pairs", fields: []field{
		text("code", "550, 5.7.26 or 550 5.7.26"),
		text("kind", "reply, enhanced or pair"),
		text("name", "name by the standard or the registry; empty for a pair"),
		{"standard", "boolean", "whether a standard or the registry has it with this class; pairs have none"},
		text("category", "category of the reason; empty where nothing was refused"),
		text("reason", "what it means by itself; unknown where it does not tell"),
		text("meaning", "what happened"),
		text("advice", "what the sender does"),
	}}
	row := func(code, kind, name, standard, reason, meaning, advice string) {
		t.rows = append(t.rows, []string{code, kind, name, standard, d.Reasons.get(reason).Category, reason, meaning, advice})
	}
	for _, e := range d.Replies {
		r := e.value
		row(e.key, "reply", r.Name, strconv.FormatBool(r.Standard), r.Reason, r.Meaning, r.Advice)
	}
	for _, e := range d.Details {
		v := e.value
		for _, class := range v.Classes {
			meaning, reason := v.Meaning, v.Reason
			switch {
			case class == 2:
				reason = "accepted"
				if v.Meaning2 != "" {
					meaning = v.Meaning2
				}
			case class == 4:
				if v.Meaning4 != "" {
					meaning = v.Meaning4
				}
				if v.Reason4 != "" {
					reason = v.Reason4
				}
			}
			row(strconv.Itoa(class)+"."+v.Code, "enhanced", v.Name, "true", reason, meaning, v.Advice)
		}
	}
	for _, e := range d.Pairs {
		row(e.key, "pair", "", "", e.value.Reason, e.value.Meaning, e.value.Advice)
	}
	return t
}

func reasonsTable(d *dataset) table {
	t := table{name: "reasons", about: "Reasons for bounces", fields: []field{
		text("reason", "stable id"), text("name", "name for people"), text("category", "id of the category"),
		text("fault", "who must act: sender, recipient or receiver"), text("action", "what to do after a permanent refusal"),
		text("retry", "when the same message may be tried again: always, temporary or never"),
		text("suppress", "when to mail the address no more: permanent, repeated or never"),
		text("meaning", "what happened"), text("advice", "what the sender does"),
	}}
	for _, e := range d.Reasons {
		r := e.value
		t.rows = append(t.rows, []string{r.ID, r.Name, r.Category, r.Fault, r.Action, r.Retry, r.Suppress, r.Meaning, r.Advice})
	}
	return t
}

func messagesTable(d *dataset) table {
	t := table{name: "messages", about: "Messages of mail providers, gateways, blocklists and mail software", fields: []field{
		text("id", "stable id"), text("provider", "id of the provider; empty for a phrase of none in particular"),
		text("provider_name", "name of the provider"),
		text("codes", "codes it comes with, with | between them"),
		text("text", "literal words, * for what varies; several wordings with | between them"),
		text("token", "the provider's own code in the text"),
		text("category", "category of the reason"), text("reason", "id of the reason"),
		text("meaning", "what happened"), text("advice", "what the sender does"),
		text("example", "a whole reply"), text("evidence", "documented, observed or reported"),
		text("date", "when it was last seen or documented"), text("source", "where it was read, with | between several"),
	}}
	row := func(provider, name string, m message) {
		r := d.Reasons.get(m.Reason)
		example := ""
		if len(m.Example) > 0 {
			example = m.Example[0]
		}
		t.rows = append(t.rows, []string{m.ID, provider, name, several(m.Codes), several(m.Text), m.Token, r.Category, m.Reason,
			or(m.Meaning, r.Meaning), or(m.Advice, r.Advice), example, m.Evidence, m.Date, several(m.Source)})
	}
	for _, p := range d.Providers {
		for _, m := range p.value.Messages {
			row(p.key, p.value.Name, m.value)
		}
	}
	for _, m := range d.Phrases {
		row("", "", m.value)
	}
	return t
}

func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

func crosswalkTable(d *dataset) table {
	t := table{name: "crosswalk", about: "Names of the reasons in other systems", fields: []field{
		text("reason", "id of the reason"), text("vocabulary", "id of the system"), text("system", "name of the system"),
		text("label", "what the system calls it"),
		{"approximate", "boolean", "whether the system has the name but does not say that it gives it to such a reply"},
	}}
	for _, v := range d.Vocabularies {
		for _, l := range v.value.Labels {
			t.rows = append(t.rows, []string{l.key, v.key, v.value.Name, l.value.Label, strconv.FormatBool(l.value.Approximate)})
		}
	}
	return t
}
