package main

import (
	"iter"

	"github.com/smtpcode/smtpcode/codes"
)

// entry is one thing that the data knows, of whatever kind.
type entry struct {
	id      string   // what it is called: "550", "X.7.26", "gmail.dmarc_rejection"
	name    string   // its name for people
	text    string   // what it means
	words   []string // what else a search finds it by
	cells   []string // its line in a table, id first
	classes []codes.Class
	reason  codes.Reason
	facets
	value func() any // its JSON
}

// facets are what entries are filtered by, beside class and reason.
type facets struct {
	category codes.Category
	provider codes.Provider
	evidence codes.Evidence
	standard bool
	vague    bool
	wording  *codes.Wording // of a message or a phrase
}

// comesWith tells whether an entry is a message or phrase with these codes.
func (e *entry) comesWith(r codes.Reply, c codes.Enhanced) bool {
	return e.wording != nil && comesWith(*e.wording, r, c)
}

// kind is a kind of entry.
type kind struct {
	name    string // plural, as "list" takes it
	one     string
	about   string
	broad   bool     // said by all servers, not by some
	filters []string // those that make sense
	entries func() iter.Seq[entry]
}

// kinds gives all kinds, in the order of the help.
func kinds() []kind {
	return []kind{
		{"replies", "reply", "basic codes: 550", true, []string{"class", "category", "reason", "standard", "vague"}, replies},
		{"enhanced", "enhanced", "the IANA registry of enhanced codes: 5.7.26", true, []string{"class", "category", "reason", "vague"}, details},
		{"subjects", "subject", "what the second number says", false, []string{"category", "reason"}, subjects},
		{"classes", "class", "what the first digit says", false, nil, classes},
		{"pairs", "pair", "two codes that mean more together", true, []string{"class", "category", "reason", "vague"}, pairs},
		{"categories", "category", "the coarse buckets", true, nil, categories},
		{"reasons", "reason", "why servers refuse", true, []string{"category"}, reasons},
		{"providers", "provider", "who answers: mailbox providers, gateways, blocklists, software", false, []string{"kind"}, providers},
		{"messages", "message", "what providers say", false, []string{"class", "category", "reason", "provider", "kind", "evidence", "vague", "code"}, messages},
		{"phrases", "phrase", "wording of no provider in particular", false, []string{"class", "category", "reason", "evidence", "vague", "code"}, phrases},
		{"vocabularies", "vocabulary", "other systems' names for reasons, for --as", false, nil, vocabularies},
		{"rules", "rule", "how to handle bounces", false, nil, rules},
		{"thresholds", "threshold", "figures to judge bounces by", false, nil, thresholds},
	}
}

// kindNamed finds a kind by its plural or its singular.
func kindNamed(name string) (kind, error) {
	for _, k := range kinds() {
		if k.name == name || k.one == name {
			return k, nil
		}
	}
	return kind{}, misused("there is no list of %s%s", name, didYouMean(nearest(name, kindNames())))
}

func kindNames() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, k := range kinds() {
			if !yield(k.name) {
				return
			}
		}
	}
}

// ids gives the ids of all entries of a kind.
func (k kind) ids() iter.Seq[string] {
	return func(yield func(string) bool) {
		for e := range k.entries() {
			if !yield(e.id) {
				return
			}
		}
	}
}

// find gives the entry with an id, also with one that was retired.
func (k kind) find(id string) (entry, error) {
	if m, err := codes.ParseMessage(id); err == nil && k.one == "message" {
		id = m.String()
	}
	for e := range k.entries() {
		if e.id == id {
			return e, nil
		}
	}
	return entry{}, notFound("there is no %s %s%s", k.one, id, didYouMean(nearest(id, k.ids())))
}
