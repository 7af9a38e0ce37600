package main

import (
	"cmp"
	"slices"
	"strings"
)

// companion is a code that comes with the one a page is about.
type companion struct {
	codes   string // "550 5.1.1"
	meaning string
	reason  string
	known   string // how it is known
}

// companions lists the enhanced codes that come with a reply.
func (b *book) companions(p *page, r reply) {
	known := map[string]string{}
	for _, e := range r.Also {
		known[e] = "practice"
	}
	for _, e := range r.Enhanced {
		known[e] = "registry"
	}
	var list []companion
	for _, e := range b.Pairs {
		if e.Reply == r.Code {
			list = append(list, b.pairCompanion(p, e))
			delete(known, e.Enhanced)
		}
	}
	for code, how := range known {
		list = append(list, b.plainCompanion(r.Code, code, how))
	}
	b.companionsPart(p, "Enhanced codes that come with "+itoa(r.Code), list)
}

// companionsPart writes the table of codes that come with another.
func (b *book) companionsPart(p *page, title string, list []companion) {
	key := func(c companion) int {
		span, _ := parseCodes(c.codes)
		return span.reply*10_000_000 + span.lo
	}
	slices.SortFunc(list, func(x, y companion) int { return cmp.Compare(key(x), key(y)) })
	p.anchor("codes")
	p.section(title)
	var rows [][]string
	for _, c := range list {
		rows = append(rows, []string{b.codes(p, c.codes), prose(c.meaning), b.reason(p, c.reason), c.known})
	}
	if len(rows) == 0 {
		p.para("None is registered or known from practice.")
	}
	p.table([]string{"Together", "Meaning", "Reason", "Known from"}, rows)
}

func (b *book) pairCompanion(p *page, e pair) companion {
	return companion{e.String(), e.Meaning, e.Reason, p.link("pair", "pairs.md#"+pairAnchor(e))}
}

// plainCompanion is for two codes that mean no more together than apart.
func (b *book) plainCompanion(code int, enhanced, how string) companion {
	c := companion{codes: itoa(code) + " " + enhanced, known: how}
	if d, ok := b.detailByCode[enhanced[2:]]; ok {
		class := int(enhanced[0] - '0')
		c.meaning, c.reason = d.meaningFor(class), d.reasonFor(class)
	}
	return c
}

func pairAnchor(e pair) string { return itoa(e.Reply) + "-" + e.Enhanced }

// replyCompanions lists the basic codes that a detail comes with.
func (b *book) replyCompanions(p *page, e detail) {
	known := map[string]string{} // "550 5.1.1": how it is known
	for _, r := range b.Replies {
		for _, code := range r.Also {
			if code[2:] == e.Code {
				known[itoa(r.Code)+" "+code] = "practice"
			}
		}
	}
	for _, r := range b.Replies {
		for _, code := range r.Enhanced {
			if code[2:] == e.Code {
				known[itoa(r.Code)+" "+code] = "registry"
			}
		}
	}
	for _, code := range e.Reply {
		known[itoa(code)+" "+e.enhanced(code/100)] = "registry"
	}
	var list []companion
	for _, x := range b.Pairs {
		if x.Enhanced[2:] == e.Code {
			list = append(list, b.pairCompanion(p, x))
			delete(known, x.String())
		}
	}
	for codes, how := range known {
		span, _ := parseCodes(codes)
		_, enhanced, _ := strings.Cut(codes, " ")
		list = append(list, b.plainCompanion(span.reply, enhanced, how))
	}
	b.companionsPart(p, "Reply codes it comes with", list)
}

func (b *book) pairs() {
	p := b.page("pairs.md", "/pairs/", "Pairs of SMTP reply codes and enhanced codes", "What a basic SMTP code and an enhanced code mean together: 550 5.1.1, 550 5.7.1, 452 4.2.2, 421 4.7.0 and the others.")
	p.para("A reply such as `550 5.1.1` carries two codes. The pairs here mean more together than apart, or something else than either standard says. Vague ones do not suffice to suppress an address: the words of the reply decide.")
	var rows [][]string
	for _, e := range b.Pairs {
		policy := b.policy(e.Reason, e.Reply/100, e.Vague)
		rows = append(rows, []string{p.link(e.String(), "pairs.md#"+pairAnchor(e)), prose(e.Meaning), b.reason(p, e.Reason), policy.Retry, policy.Suppress})
	}
	p.table([]string{"Pair", "Meaning", "Reason", "Retry", "Suppress the address"}, rows)
	for _, e := range b.Pairs {
		policy := b.policy(e.Reason, e.Reply/100, e.Vague)
		p.anchor(pairAnchor(e))
		p.section(e.String())
		p.para(prose(e.Meaning), policy.whose(e.Vague), prose(e.Advice), policy.verdict())
		p.para(prose(e.Note))
		p.list([]string{
			"Codes: " + b.codes(p, e.String()) + "; reason: " + b.reason(p, e.Reason),
			"Sources: " + sourceLinks(e.Source),
		})
	}
	p.footer()
}
