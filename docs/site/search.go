package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// found is a place that the search can lead to. It is written as an array, in
// this order.
type found struct {
	URL   string // relative to the root
	Kind  string
	Title string
	About string // what it means, shown below the title
	Words string // further words to find it by
}

func (f found) MarshalJSON() ([]byte, error) {
	return json.Marshal([]string{f.URL, f.Kind, f.Title, f.About, f.Words})
}

// writeSearch writes the list that the search looks through: made from the data
// and not from the pages, so that every message is a place of its own.
func writeSearch(out string, d *dataset) error {
	b, err := json.Marshal(searchable(d))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "search.json"), b, 0o644)
}

func searchable(d *dataset) []found {
	var list []found
	add := func(f found) { list = append(list, f) }
	for _, e := range d.Replies {
		r := e.value
		add(found{e.key + "/", "reply", e.key + " " + r.Name, r.Meaning, strings.Join([]string{r.Practice, r.Note, r.Reason}, " ")})
	}
	for _, e := range d.Details {
		v := e.value
		url := detailURL(v)
		var names []string
		for _, class := range []string{"5", "4", "2"} {
			names = append(names, class+"."+v.Code)
		}
		add(found{url + "/", "enhanced", url + " " + v.Name, v.Meaning, strings.Join(append(names, "X."+v.Code, v.Meaning4, v.Note, v.Reason), " ")})
	}
	for _, e := range d.Pairs {
		p := e.value
		add(found{strconv.Itoa(p.Reply) + "/" + p.Enhanced + "/", "pair", e.key, p.Meaning, p.Reason})
	}
	for _, e := range d.Subjects {
		add(found{"subject/" + e.key + "/", "subject", "X." + e.key + " " + e.value.Name, e.value.Meaning, ""})
	}
	for _, e := range d.Reasons {
		var names []string
		for _, v := range d.Vocabularies {
			if l := v.value.Labels.get(e.key).Label; l != "" {
				names = append(names, l)
			}
		}
		add(found{"reason/" + e.key + "/", "reason", e.value.Name, e.value.Meaning, e.key + " " + strings.Join(names, " ")})
	}
	for _, e := range d.Categories {
		add(found{"category/" + e.key + "/", "category", e.value.Name, e.value.Meaning, e.key})
	}
	for _, e := range d.Providers {
		p := e.value
		about := strconv.Itoa(len(p.Messages)) + " known messages"
		if len(p.Messages) == 0 {
			about = p.Kind
		}
		add(found{p.ID + "/", "provider", p.Name, about, p.ID + " " + strings.Join(p.Domains, " ")})
	}
	for _, f := range handmade {
		add(f)
	}
	for _, e := range d.Rules {
		add(found{"guide/", "guide", e.value.Title, e.value.Text, ""})
	}
	for _, e := range d.Thresholds {
		add(found{"guide/", "guide", e.value.Name, e.value.Text, ""})
	}
	for _, s := range d.Steps {
		add(found{"guide/", "guide", s.Title, s.Text, ""})
	}
	for _, p := range d.Providers {
		for _, e := range p.value.Messages {
			m := e.value
			add(found{p.key + "/#" + m.ID, "message", m.says(), p.value.Name + ": " + m.Meaning,
				strings.TrimSpace(m.ID + " " + strings.Join(m.Codes, " ") + " " + m.Token + " " + m.Reason + " " + strings.Join(rest(m.Text), " "))})
		}
	}
	for _, e := range d.Phrases {
		m := e.value
		add(found{"phrases/#" + m.ID, "phrase", m.says(), d.reasonName(m.Reason), m.ID + " " + m.Reason + " " + strings.Join(rest(m.Text), " ")})
	}
	return list
}

// handmade are the pages that are no entry of the data.
var handmade = []found{
	{"guide/", "page", "How to read an SMTP bounce", "Codes, diagnosis in five steps, when to retry and when to suppress, thresholds.", "guide soft hard bounce rate"},
	{"codes/", "page", "All SMTP codes", "A table to filter.", "list"},
	{"messages/", "page", "All provider messages", "A table to filter.", "list"},
	{"crosswalk/", "page", "Crosswalk of bounce vocabularies", "What other systems call each reason.", "mapping classification"},
	{"compare/", "page", "Each reply code by the standard and in practice", "Reply by reply.", "rfc"},
	{"pairs/", "page", "Pairs", "What two codes mean together.", ""},
	{"phrases/", "page", "Common phrases", "Words of no provider in particular.", ""},
	{"vocabularies/", "page", "Vocabularies", "The names of each system, and where they were read.", ""},
	{"downloads/", "page", "Downloads", "The dataset as JSON and CSV, with schemas and licence.", "data csv json schema licence license"},
	{"dataset/", "page", "The dataset as JSON", "Every field described.", "schema"},
	{"webassembly/", "page", "The classifier as WebAssembly", "For a browser, Node or any WASI runtime.", "wasm wasi javascript node"},
	{"mail/", "page", "How to read a mailbox of bounces", "Reports, delay warnings, complaints and automatic answers: one verdict a recipient.", "mbox maildir dsn rfc 3464 arf json schema"},
	{"providers/", "page", "Providers", "Everyone whose messages are known.", "list"},
}

func rest(list []string) []string {
	if len(list) < 2 {
		return nil
	}
	return list[1:]
}

// detailURL is the address that the generated page of an enhanced code has:
// its permanent form where there is one.
func detailURL(d detail) string {
	class := 0
	for _, c := range d.Classes {
		class = max(class, c)
	}
	return strconv.Itoa(class) + "." + d.Code
}
