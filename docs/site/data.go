package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// dataset is what of smtpcode.json the site needs beside the pages.
type dataset struct {
	Version      string             `json:"version"`
	Date         string             `json:"date"`
	License      string             `json:"license"`
	Home         string             `json:"home"`
	Replies      object[reply]      `json:"replies"`
	Details      object[detail]     `json:"details"`
	Pairs        object[pair]       `json:"pairs"`
	Subjects     object[term]       `json:"subjects"`
	Categories   object[term]       `json:"categories"`
	Reasons      object[reason]     `json:"reasons"`
	Vocabularies object[vocabulary] `json:"vocabularies"`
	Rules        object[rule]       `json:"rules"`
	Thresholds   object[term]       `json:"thresholds"`
	Phrases      object[message]    `json:"phrases"`
	Providers    object[provider]   `json:"providers"`
	Retired      object[retired]    `json:"retired"`
	Steps        []rule             `json:"steps"`
}

type reply struct {
	Code     int      `json:"code"`
	Name     string   `json:"name"`
	Standard bool     `json:"standard"`
	Reason   string   `json:"reason"`
	Meaning  string   `json:"meaning"`
	Practice string   `json:"practice"`
	Advice   string   `json:"advice"`
	Note     string   `json:"note"`
	RFC      []string `json:"rfc"`
}

type detail struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Classes  []int    `json:"classes"`
	Reason   string   `json:"reason"`
	Reason4  string   `json:"reason4"`
	Meaning  string   `json:"meaning"`
	Meaning4 string   `json:"meaning4"`
	Meaning2 string   `json:"meaning2"`
	Advice   string   `json:"advice"`
	Note     string   `json:"note"`
	RFC      []string `json:"rfc"`
}

type pair struct {
	Reply    int    `json:"reply"`
	Enhanced string `json:"enhanced"`
	Reason   string `json:"reason"`
	Meaning  string `json:"meaning"`
	Advice   string `json:"advice"`
}

type term struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Text    string `json:"text"`
}

type rule struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

type reason struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	Category        string `json:"category"`
	Fault           string `json:"fault"`
	Action          string `json:"action"`
	ActionTemporary string `json:"action_temporary"`
	Retry           string `json:"retry"`
	Suppress        string `json:"suppress"`
	Meaning         string `json:"meaning"`
	Advice          string `json:"advice"`
}

type vocabulary struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Labels object[label] `json:"labels"`
}

type label struct {
	Label       string `json:"label"`
	Approximate bool   `json:"approximate"`
}

type provider struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Kind     string          `json:"kind"`
	Domains  []string        `json:"domains"`
	Messages object[message] `json:"messages"`
}

type message struct {
	ID       string   `json:"id"`
	Codes    []string `json:"codes"`
	Text     []string `json:"text"`
	Token    string   `json:"token"`
	Reason   string   `json:"reason"`
	Meaning  string   `json:"meaning"`
	Advice   string   `json:"advice"`
	Example  []string `json:"example"`
	Evidence string   `json:"evidence"`
	Date     string   `json:"date"`
	Source   []string `json:"source"`
}

// says gives the words to show for a message: the first pattern, or the token,
// or the code.
func (m *message) says() string {
	for _, list := range [][]string{m.Text, {m.Token}, m.Codes} {
		if len(list) > 0 && list[0] != "" {
			return list[0]
		}
	}
	return m.ID
}

type retired struct {
	Now string `json:"now"`
}

// object is a JSON object whose entries keep their order.
type object[V any] []entry[V]

type entry[V any] struct {
	key   string
	value V
}

// get finds an entry; the lists are short enough to walk.
func (o object[V]) get(key string) (v V) {
	for i := range o {
		if o[i].key == key {
			return o[i].value
		}
	}
	return v
}

// UnmarshalJSON reads a JSON object.
func (o *object[V]) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil { // the brace
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		e := entry[V]{key: key.(string)} // the only token there can be
		if err := d.Decode(&e.value); err != nil {
			return fmt.Errorf("%s: %w", e.key, err)
		}
		*o = append(*o, e)
	}
	return nil
}

func readDataset(path string) (*dataset, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := &dataset{}
	if err := json.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return d, nil
}

// reasonName gives a reason's name for people.
func (d *dataset) reasonName(id string) string { return d.Reasons.get(id).Name }

// repliesOf gives the basic codes that a message comes with, each once.
func repliesOf(codes []string) []string {
	var list []string
	for _, c := range codes {
		first, _, _ := strings.Cut(c, " ")
		if len(first) == 3 && !contains(list, first) {
			list = append(list, first)
		}
	}
	return list
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}
