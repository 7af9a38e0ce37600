package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
)

var _ = register("json", renderJSON)

// document is the whole dataset as smtpcode.json has it. What has an id is an
// object with the id as key, in the order of the data files.
type document struct {
	Schema string `json:"$schema"`
	meta
	Classes      object[class]         `json:"classes"`
	Subjects     object[subject]       `json:"subjects"`
	Replies      object[reply]         `json:"replies"`
	Details      object[detail]        `json:"details"`
	Pairs        object[pairDoc]       `json:"pairs"`
	Categories   object[term]          `json:"categories"`
	Reasons      object[reason]        `json:"reasons"`
	Actions      object[term]          `json:"actions"`
	Faults       object[term]          `json:"faults"`
	Bases        object[term]          `json:"bases"`
	Bounces      object[term]          `json:"bounces"`
	Vocabularies object[vocabularyDoc] `json:"vocabularies"`
	Rules        object[rule]          `json:"rules"`
	Thresholds   object[threshold]     `json:"thresholds"`
	Steps        []step                `json:"steps"`
	Contexts     []context             `json:"contexts"`
	Phrases      object[message]       `json:"phrases"`
	Providers    object[providerDoc]   `json:"providers"`
	Retired      object[retired]       `json:"retired"`
	LeftOut      []leftOut             `json:"left_out"`
	Corrected    []corrected           `json:"corrected"`
}

type pairDoc struct {
	pair
	Follows policy `json:"follows,omitzero"` // zero where nothing is refused
}

type vocabularyDoc struct {
	vocabulary
	Labels object[label] `json:"labels"`
}

type providerDoc struct {
	provider
	Messages object[message] `json:"messages"`
}

func renderJSON(d *dataset) (map[string][]byte, error) {
	b, err := encodeJSON(newDocument(d))
	return map[string][]byte{"docs/generated/smtpcode.json": b}, err
}

func newDocument(d *dataset) document {
	doc := document{
		Schema:     "smtpcode.schema.json",
		meta:       d.Meta,
		Classes:    keyed(d.Classes, func(e class) string { return strconv.Itoa(e.Digit) }),
		Subjects:   keyed(d.Subjects, func(e subject) string { return strconv.Itoa(e.Number) }),
		Replies:    keyed(d.Replies, func(e reply) string { return strconv.Itoa(e.Code) }),
		Details:    keyed(d.Details, func(e detail) string { return e.Code }),
		Categories: keyed(d.Categories, termID),
		Reasons:    keyed(d.Reasons, func(e reason) string { return e.ID }),
		Actions:    keyed(d.Actions, termID),
		Faults:     keyed(d.Faults, termID),
		Bases:      keyed(d.Bases, termID),
		Bounces:    keyed(d.Bounces, termID),
		Rules:      keyed(d.Rules, func(e rule) string { return e.ID }),
		Thresholds: keyed(d.Thresholds, func(e threshold) string { return e.ID }),
		Steps:      append([]step{}, d.Steps...), // [] where there are none, not null
		Contexts:   append([]context{}, d.Contexts...),
		Phrases:    keyed(d.Phrases, messageID),
		Retired:    keyed(d.Retired, func(e retired) string { return e.ID }),
		LeftOut:    append([]leftOut{}, d.LeftOut...),
		Corrected:  append([]corrected{}, d.Corrected...),
	}
	b := newBook(d)
	for _, e := range d.Pairs {
		p := pairDoc{pair: e}
		if policy := b.policy(e.Reason, e.Reply/100, e.Vague); policy.Bounce != "none" {
			p.Follows = policy
		}
		doc.Pairs = append(doc.Pairs, entry[pairDoc]{e.String(), p})
	}
	for _, v := range d.Vocabularies {
		labels := keyed(v.Labels, func(e label) string { return e.Reason })
		doc.Vocabularies = append(doc.Vocabularies, entry[vocabularyDoc]{v.ID, vocabularyDoc{v, labels}})
	}
	for _, p := range d.Providers {
		doc.Providers = append(doc.Providers, entry[providerDoc]{p.ID, providerDoc{p, keyed(p.Messages, messageID)}})
	}
	return doc
}

func termID(t term) string       { return t.ID }
func messageID(m message) string { return m.ID }

// object is a JSON object that keeps the order of its entries.
type object[V any] []entry[V]

type entry[V any] struct {
	key   string
	value V
}

func keyed[V any](list []V, key func(V) string) object[V] {
	o := make(object[V], len(list))
	for i, v := range list {
		o[i] = entry[V]{key(v), v}
	}
	return o
}

// element gives the type of the values, for the schema.
func (object[V]) element() reflect.Type { return reflect.TypeFor[V]() }

// MarshalJSON gives the entries as one JSON object.
func (o object[V]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := encodeJSON(e.key)
		if err != nil {
			return nil, err
		}
		value, err := encodeJSON(e.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encodeJSON is json.Marshal for files that people read: indented, with < and
// & as they are, and a line's end at the end.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}
