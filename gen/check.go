package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// checker collects what is wrong with the data.
type checker struct {
	src  *sources
	errs []error
}

func (c *checker) errorf(at pos, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// check tells all that is wrong with the data, or nil.
func check(d *dataset, src *sources) error {
	c := &checker{src: src}
	c.closedSets(d)
	c.codes(d)
	c.reasons(d)
	c.vocabularies(d)
	c.guide(d)
	c.providers(d)
	c.messages(d)
	c.together()
	return errors.Join(c.errs...)
}

// together refuses an entry of codes.toml that stands behind another table than
// the entries of its own, where nobody would look for it.
func (c *checker) together() {
	type header struct {
		table string
		at    pos
	}
	var list []header
	for table, at := range c.src.headers {
		for _, p := range at {
			if p.file == codesFile && !strings.Contains(table, ".") {
				list = append(list, header{table, p})
			}
		}
	}
	slices.SortFunc(list, func(a, b header) int { return cmp.Compare(a.at.line, b.at.line) })
	seen := map[string]bool{}
	for i, h := range list {
		if seen[h.table] && list[i-1].table != h.table {
			c.errorf(h.at, "a [[%s]] stands behind a [[%s]]: move it to the others of its kind", h.table, list[i-1].table)
		}
		seen[h.table] = true
	}
}

var (
	idPattern       = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	providerPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	messagePattern  = regexp.MustCompile(`^[a-z0-9-]+\.[a-z0-9_]+$`)
	datePattern     = regexp.MustCompile(`^(19|20)\d\d(-[01]\d(-[0-3]\d)?)?$`)
	domainPattern   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// required refuses an entry that leaves a key out: name, value, name, value …
func (c *checker) required(at pos, kv ...any) {
	for i := 0; i < len(kv); i += 2 {
		empty := false
		switch v := kv[i+1].(type) {
		case string:
			empty = v == ""
			c.prose(at, kv[i].(string), v)
		case []string:
			empty = len(v) == 0
			for _, s := range v {
				c.prose(at, kv[i].(string), s)
			}
		case int:
			empty = v == 0
		}
		if empty {
			c.errorf(at, "%s is missing: add `%s = …` below this header", kv[i], kv[i])
		}
	}
}

// prose refuses text that would not survive a terminal, a table or a diff.
func (c *checker) prose(at pos, key, s string) {
	if strings.TrimSpace(s) != s {
		c.errorf(c.src.key(at, key), "%s %q begins or ends with white space: remove it", key, s)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }) {
		c.errorf(c.src.key(at, key), "%s %q holds a control character: write it on one line, plain", key, s)
	}
}

// sorted refuses entries out of order and entries that stand twice.
func sorted[E any, K cmp.Ordered](c *checker, what string, list []E, key func(E) K, at func(E) pos) {
	for i := 1; i < len(list); i++ {
		switch a, b := key(list[i-1]), key(list[i]); {
		case a == b:
			c.errorf(at(list[i]), "%s %v stands twice, first at %s: merge the two", what, b, at(list[i-1]))
		case a > b:
			c.errorf(at(list[i]), "%s %v stands after %v: keep them sorted", what, b, a)
		}
	}
}

// unique refuses ids that stand twice or are misspelt.
func unique[E any](c *checker, what string, pattern *regexp.Regexp, list []E, id func(E) (string, pos)) map[string]bool {
	seen := map[string]bool{}
	for _, e := range list {
		s, at := id(e)
		if !pattern.MatchString(s) {
			c.errorf(at, "%s id %q: write it as %s", what, s, pattern)
		}
		if seen[s] {
			c.errorf(at, "%s id %q stands twice: ids are unique for ever, choose another", what, s)
		}
		seen[s] = true
	}
	return seen
}

func terms(list []term) map[string]bool {
	m := map[string]bool{}
	for _, t := range list {
		m[t.ID] = true
	}
	return m
}

// oneOf refuses a value outside a closed set.
func (c *checker) oneOf(at pos, key, value string, set map[string]bool) {
	if set[value] {
		return
	}
	known := make([]string, 0, len(set))
	for k := range set {
		known = append(known, k)
	}
	slices.Sort(known)
	c.errorf(c.src.key(at, key), "%s %q does not exist: use one of %s", key, value, strings.Join(known, ", "))
}

func set(values ...string) map[string]bool {
	m := map[string]bool{}
	for _, v := range values {
		m[v] = true
	}
	return m
}

func (c *checker) closedSets(d *dataset) {
	c.required(pos{codesFile, 1}, "dataset.version", d.Meta.Version, "dataset.date", d.Meta.Date, "dataset.license", d.Meta.License, "dataset.home", d.Meta.Home)
	for _, s := range []struct {
		what string
		list []term
	}{{"category", d.Categories}, {"action", d.Actions}, {"fault", d.Faults}, {"basis", d.Bases}, {"bounce", d.Bounces}} {
		unique(c, s.what, idPattern, s.list, func(t term) (string, pos) { return t.ID, t.pos })
		for _, t := range s.list {
			c.required(t.pos, "id", t.ID, "name", t.Name, "meaning", t.Meaning)
		}
	}
}

func (c *checker) codes(d *dataset) {
	reasons := set()
	for _, r := range d.Reasons {
		reasons[r.ID] = true
	}
	bounces := terms(d.Bounces)
	sorted(c, "class", d.Classes, func(e class) int { return e.Digit }, func(e class) pos { return e.pos })
	for _, e := range d.Classes {
		c.required(e.pos, "digit", e.Digit, "id", e.ID, "name", e.Name, "meaning", e.Meaning, "advice", e.Advice, "rfc", e.RFC)
		c.oneOf(e.pos, "bounce", e.Bounce, bounces)
	}
	sorted(c, "subject", d.Subjects, func(e subject) int { return e.Number }, func(e subject) pos { return e.pos })
	for i, e := range d.Subjects {
		c.required(e.pos, "id", e.ID, "name", e.Name, "meaning", e.Meaning, "rfc", e.RFC)
		c.oneOf(e.pos, "reason", e.Reason, reasons)
		if e.Number != i {
			c.errorf(e.pos, "subject %d stands where %d belongs: list 0 to 7", e.Number, i)
		}
	}
	sorted(c, "reply", d.Replies, func(e reply) int { return e.Code }, func(e reply) pos { return e.pos })
	unique(c, "reply", idPattern, d.Replies, func(e reply) (string, pos) { return e.ID, e.pos })
	known := map[int]bool{}
	for _, e := range d.Replies {
		known[e.Code] = true
		c.required(e.pos, "code", e.Code, "id", e.ID, "name", e.Name, "meaning", e.Meaning, "advice", e.Advice, "source", e.Source)
		c.prose(e.pos, "practice", e.Practice)
		c.prose(e.pos, "note", e.Note)
		if e.Code < 100 || e.Code > 599 {
			c.errorf(e.pos, "reply %d is not a basic code: three digits, 100 to 599", e.Code)
		}
		if e.Standard {
			c.required(e.pos, "rfc", e.RFC, "commands", e.Commands)
		} else if len(e.Users) == 0 {
			c.errorf(e.pos, "reply %d is no standard code: say who uses it in `users`", e.Code)
		}
		if e.Reason != "" {
			c.oneOf(e.pos, "reason", e.Reason, reasons)
		}
		for _, s := range slices.Concat(e.Enhanced, e.Also) {
			if n, ok := parseEnhanced(s); !ok || n/1_000_000 != e.Code/100 {
				c.errorf(e.pos, "enhanced code %q does not go with reply %d: the first digits must agree (RFC 2034 §4)", s, e.Code)
			}
		}
	}
	unique(c, "detail", idPattern, d.Details, func(e detail) (string, pos) { return e.ID, e.pos })
	for _, e := range d.Details {
		if _, ok := parseDetail(e.Code); !ok {
			c.errorf(e.pos, "detail %q: write subject and detail, \"2.2\"", e.Code)
			return
		}
		c.required(e.pos, "id", e.ID, "name", e.Name, "meaning", e.Meaning, "advice", e.Advice, "rfc", e.RFC, "source", e.Source)
		c.prose(e.pos, "note", e.Note)
		c.oneOf(e.pos, "reason", e.Reason, reasons)
		if e.Reason4 != "" {
			c.oneOf(e.pos, "reason4", e.Reason4, reasons)
		}
		if len(e.Classes) == 0 || !slices.IsSorted(e.Classes) || slices.ContainsFunc(e.Classes, func(n int) bool { return n != 2 && n != 4 && n != 5 }) {
			c.errorf(e.pos, "classes %v: list those of 2, 4 and 5 that occur, in order", e.Classes)
		}
		for _, r := range e.Reply {
			if !known[r] {
				c.errorf(c.src.key(e.pos, "reply"), "reply %d does not exist: add a [[reply]] for it", r)
			}
		}
	}
	sorted(c, "detail", d.Details, detail.number, func(e detail) pos { return e.pos })
	for _, e := range d.Pairs {
		c.required(e.pos, "reply", e.Reply, "enhanced", e.Enhanced, "meaning", e.Meaning, "advice", e.Advice, "source", e.Source)
		c.prose(e.pos, "note", e.Note)
		c.oneOf(e.pos, "reason", e.Reason, reasons)
		if n, ok := parseEnhanced(e.Enhanced); !ok || n/1_000_000 != e.Reply/100 {
			c.errorf(e.pos, "pair %s: the first digits must agree (RFC 2034 §4)", e)
		}
		if !known[e.Reply] {
			c.errorf(e.pos, "reply %d does not exist: add a [[reply]] for it", e.Reply)
		}
	}
	sorted(c, "pair", d.Pairs, func(e pair) int { n, _ := parseEnhanced(e.Enhanced); return e.Reply*10_000_000 + n }, func(e pair) pos { return e.pos })
}

func (c *checker) reasons(d *dataset) {
	categories, faults, actions := terms(d.Categories), terms(d.Faults), terms(d.Actions)
	unique(c, "reason", idPattern, d.Reasons, func(e reason) (string, pos) { return e.ID, e.pos })
	used := set()
	for _, e := range d.Reasons {
		c.required(e.pos, "id", e.ID, "name", e.Name, "meaning", e.Meaning, "advice", e.Advice, "steps", e.Steps)
		if e.ID != "accepted" {
			c.oneOf(e.pos, "category", e.Category, categories)
			used[e.Category] = true
		}
		if e.ID != "accepted" && e.ID != "unknown" {
			c.oneOf(e.pos, "fault", e.Fault, faults)
		}
		c.oneOf(e.pos, "action", e.Action, actions)
		c.oneOf(e.pos, "action_temporary", e.ActionTemporary, actions)
		c.oneOf(e.pos, "retry", e.Retry, set("temporary", "never", "always"))
		c.oneOf(e.pos, "suppress", e.Suppress, set("never", "permanent", "repeated"))
		if e.Clears && e.Suppress == "permanent" {
			c.errorf(c.src.key(e.pos, "clears"), "reason %s suppresses an address and clears it: it can't do both", e.ID)
		}
		if (e.Suppress == "permanent") != (e.Action == "suppress") {
			c.errorf(e.pos, "suppress %q goes against action %q: an address is suppressed by both or by neither", e.Suppress, e.Action)
		}
	}
	for _, t := range d.Categories {
		if !used[t.ID] {
			c.errorf(t.pos, "category %q holds no reason: remove it or give it one", t.ID)
		}
		c.required(t.pos, "advice", t.Advice)
	}
}

func (c *checker) vocabularies(d *dataset) {
	order := map[string]int{}
	for i, r := range d.Reasons {
		order[r.ID] = i + 1
	}
	unique(c, "vocabulary", idPattern, d.Vocabularies, func(e vocabulary) (string, pos) { return e.ID, e.pos })
	for _, v := range d.Vocabularies {
		c.required(v.pos, "id", v.ID, "name", v.Name, "source", v.Source, "date", v.Date)
		last := 0
		for _, l := range v.Labels {
			n := order[l.Reason]
			switch {
			case n == 0:
				c.errorf(v.pos, "%s: label for reason %q, which does not exist", v.ID, l.Reason)
			case n <= last:
				c.errorf(v.pos, "%s: label for reason %q is out of order or stands twice: keep the order of the reasons", v.ID, l.Reason)
			case l.Label == "" || strings.ContainsAny(l.Label, "?\n"):
				c.errorf(v.pos, "%s: label %q for %s: write the plain label; uncertain ones get `approximate = true`", v.ID, l.Label, l.Reason)
			}
			last = n
		}
	}
}

func (c *checker) guide(d *dataset) {
	unique(c, "rule", idPattern, d.Rules, func(e rule) (string, pos) { return e.ID, e.pos })
	for _, e := range d.Rules {
		c.required(e.pos, "title", e.Title, "text", e.Text)
	}
	unique(c, "threshold", idPattern, d.Thresholds, func(e threshold) (string, pos) { return e.ID, e.pos })
	for _, e := range d.Thresholds {
		c.required(e.pos, "name", e.Name, "text", e.Text)
		c.oneOf(e.pos, "unit", e.Unit, set("percent", "hours", "attempts", "days"))
	}
	for _, e := range d.Steps {
		c.required(e.pos, "title", e.Title, "text", e.Text)
	}
}

func (c *checker) providers(d *dataset) {
	ids := unique(c, "provider", providerPattern, d.Providers, func(e provider) (string, pos) { return e.ID, e.pos })
	sorted(c, "provider", d.Providers, func(e provider) string { return e.ID }, func(e provider) pos { return e.pos })
	owner := map[string]string{}
	for _, p := range d.Providers {
		c.required(p.pos, "id", p.ID, "name", p.Name, "kind", p.Kind)
		c.oneOf(p.pos, "kind", p.Kind, set("mailbox", "gateway", "blocklist", "esp", "mta"))
		for _, inc := range p.Includes {
			c.oneOf(p.pos, "includes", inc, ids)
		}
		for _, list := range [][]string{p.Domains, p.MX, p.Zones, p.DomainZones} {
			for _, s := range list {
				if !domainPattern.MatchString(s) {
					c.errorf(p.pos, "%q is not a domain: write it in lower case, no wildcard, no dot in front", s)
				}
			}
		}
		for _, s := range slices.Concat(p.Domains, p.MX) {
			if other, ok := owner[s]; ok && other != p.ID {
				c.errorf(p.pos, "domain %q belongs to %s already: one domain names one provider", s, other)
			}
			owner[s] = p.ID
		}
		for _, mark := range p.Marks {
			if len(mark) < minFragment {
				c.errorf(p.pos, "mark %q is shorter than %d bytes", mark, minFragment)
			}
		}
		for _, url := range []string{p.Postmaster, p.Delist, p.Help} {
			if url != "" && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "mailto:") {
				c.errorf(p.pos, "%q is no address of a page: begin it with https://", url)
			}
		}
		sorted(c, "message", p.Messages, func(e message) string { return e.ID }, func(e message) pos { return e.pos })
	}
	messages := set()
	for _, p := range d.Providers {
		for _, m := range p.Messages {
			messages[m.ID] = true
		}
	}
	for _, r := range d.Retired {
		if messages[r.ID] || ids[r.ID] {
			c.errorf(r.pos, "retired id %q is in use: a retired id is never given away again", r.ID)
		}
		if r.Now != "" && !messages[r.Now] && !ids[r.Now] {
			c.errorf(r.pos, "retired id %q points at %q, which does not exist", r.ID, r.Now)
		}
	}
	for _, l := range d.LeftOut {
		c.required(l.pos, "provider", l.Provider, "text", l.Text, "why", l.Why)
	}
	for _, l := range d.Corrected {
		c.required(l.pos, "provider", l.Provider, "text", l.Text, "was", l.Was, "now", l.Now, "why", l.Why)
	}
}

func (c *checker) messages(d *dataset) {
	reasons := set()
	for _, r := range d.Reasons {
		reasons[r.ID] = true
	}
	registered := map[int]bool{}
	for _, e := range d.Details {
		if n, ok := parseDetail(e.Code); ok {
			registered[n] = true
		}
	}
	unique(c, "phrase", idPattern, d.Phrases, func(m message) (string, pos) { return m.ID, m.pos })
	sorted(c, "phrase", d.Phrases, func(m message) string { return m.ID }, func(m message) pos { return m.pos })
	for _, x := range d.Contexts {
		c.required(x.pos, "reason", x.Reason, "text", x.Text)
		c.oneOf(x.pos, "reason", x.Reason, reasons)
		for _, t := range x.Text {
			if _, err := parsePattern(t); err != nil {
				c.errorf(c.src.key(x.pos, "text"), "%v", err)
			}
		}
	}
	for _, m := range d.Phrases {
		c.message(m, reasons, registered)
	}
	for _, p := range d.Providers {
		for _, m := range p.Messages {
			if !messagePattern.MatchString(m.ID) || !strings.HasPrefix(m.ID, p.ID+".") {
				c.errorf(m.pos, "message id %q: write it as %s.what_it_says", m.ID, p.ID)
			}
			c.required(m.pos, "meaning", m.Meaning)
			c.message(m, reasons, registered)
		}
	}
	c.hidden(d)
}

func (c *checker) message(m message, reasons map[string]bool, registered map[int]bool) {
	c.required(m.pos, "id", m.ID, "reason", m.Reason, "source", m.Source, "evidence", m.Evidence)
	c.prose(m.pos, "meaning", m.Meaning)
	c.prose(m.pos, "advice", m.Advice)
	c.prose(m.pos, "note", m.Note)
	c.oneOf(m.pos, "reason", m.Reason, reasons)
	c.oneOf(m.pos, "evidence", m.Evidence, set("documented", "observed", "reported"))
	for _, n := range m.Needs {
		c.oneOf(m.pos, "needs", n, set("provider", "code"))
	}
	if m.Date != "" && !datePattern.MatchString(m.Date) {
		c.errorf(c.src.key(m.pos, "date"), "date %q: write 2026, 2026-11 or 2026-11-22", m.Date)
	}
	for _, s := range m.Codes {
		if _, err := parseCodes(s); err != nil {
			c.errorf(c.src.key(m.pos, "codes"), "%v", err)
		}
	}
	for _, s := range m.Alone {
		span, err := parseCodes(s)
		switch {
		case err != nil || span.lo == 0:
			c.errorf(c.src.key(m.pos, "alone"), "%q is no enhanced code or range of them", s)
		case m.Provider == "":
			c.errorf(c.src.key(m.pos, "alone"), "%s is a phrase: a code alone can only name a provider's message", m.ID)
		case !m.needs("provider") && registered[span.lo%1_000_000]:
			c.errorf(c.src.key(m.pos, "alone"), "%s is in the IANA registry, where it means the same for everybody: remove it, or add needs = [\"provider\"]", s)
		}
	}
	for _, t := range m.Text {
		c.prose(m.pos, "text", t)
		if _, err := parsePattern(t); err != nil {
			c.errorf(c.src.key(m.pos, "text"), "%v", err)
		}
	}
	if m.Token != "" && !tokenShape(m.Token, m.needs("provider")) {
		c.errorf(c.src.key(m.pos, "token"), "token %q: 2 to %d letters, digits and .:#_- only, and no small letters unless one of them is no letter; put words into `text`", m.Token, maxToken)
	}
	switch {
	case m.needs("code") && len(m.Codes) == 0:
		c.errorf(m.pos, "%s needs a code, but `codes` is empty: list them", m.ID)
	case m.needs("provider") && m.Provider == "":
		c.errorf(m.pos, "%s is a phrase and can't need a provider", m.ID)
	case len(m.Text) == 0 && m.Token == "" && !m.needs("code"):
		c.errorf(m.pos, "%s has nothing to be known by: give it `text`, a `token`, or `needs = [\"code\"]`", m.ID)
	}
	if len(m.Example) == 0 {
		c.errorf(m.pos, "%s has no example: add a whole reply as it was seen", m.ID)
	}
}

// hidden refuses a pattern that stands twice under the same conditions: the
// longer text wins over the shorter, so only equal ones can hide each other.
func (c *checker) hidden(d *dataset) {
	seen := map[string]message{}
	for _, m := range d.all() {
		conditions := fmt.Sprint(m.Provider != "" && m.needs("provider"), m.needs("code"), m.Codes)
		if m.needs("provider") {
			conditions += m.Provider
		}
		for _, t := range m.Text {
			key := foldText(t) + "\x00" + conditions
			if other, ok := seen[key]; ok {
				c.errorf(c.src.key(m.pos, "text"), "pattern %q of %s stands at %s (%s) too, under the same conditions: one of them can never win; merge them, lengthen one, or give one `needs`",
					t, m.ID, other.pos, other.ID)
			}
			seen[key] = m
		}
	}
}

// all gives the messages of all providers, then the phrases: the order of the
// generated tables.
func (d *dataset) all() []message {
	var list []message
	for _, p := range d.Providers {
		list = append(list, p.Messages...)
	}
	return append(list, d.Phrases...)
}
