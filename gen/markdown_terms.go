package main

import (
	"cmp"
	"slices"
	"strings"
)

func (b *book) reasons() {
	for _, r := range b.Reasons {
		b.reasonPage(r)
	}
}

func (b *book) reasonPage(r reason) {
	p := b.page("reason/"+r.ID+".md", "/reason/"+r.ID+"/", r.Name+" — reason "+r.ID, "Bounce reason "+r.ID+": "+r.Meaning+" "+r.Advice)
	policy := b.policy(r.ID, 5, false)
	messages := b.byReason[r.ID]
	whose, verdict := policy.whose(false), policy.verdict()
	if r.ID == "accepted" {
		whose, verdict = "", ""
	}
	p.para(prose(r.Meaning), whose, prose(r.Advice), verdict)
	if r.ID != "accepted" {
		p.table(append([]string{"After"}, policyHead...), [][]string{
			append([]string{"5yz, permanent"}, b.cells(p, policy)...),
			append([]string{"4yz, temporary"}, b.cells(p, b.policy(r.ID, 4, false))...),
		})
	}
	if r.Category != "" {
		p.para("Category: " + b.category(p, r.Category) + ".")
	}
	p.section("What to do")
	p.steps(proseAll(r.Steps))
	b.examples(p, messages)
	b.carriers(p, r.ID)
	b.wordings(p, r.ID, messages)
	b.otherNames(p, r.ID)
	p.footer()
}

// examples shows real replies, one for each of the ten best known providers.
func (b *book) examples(p *page, messages []message) {
	list := slices.Clone(messages)
	slices.SortStableFunc(list, func(x, y message) int {
		return boolCompare(!startsWithCode(x.shortest()), !startsWithCode(y.shortest()))
	})
	list = onePerProvider(list, 10)
	if len(list) == 0 {
		return
	}
	p.section("What it looks like")
	for _, m := range list {
		p.para(b.provider(p, m.Provider) + ": " + p.link(unlinked(m.Meaning), "provider/"+m.Provider+".md#"+m.ID))
		p.f("%s\n", block(m.shortest()))
	}
}

// shortest gives the example that takes the least room, with a code if any has one.
func (m message) shortest() string {
	if len(m.Example) == 0 {
		return ""
	}
	return slices.MinFunc(m.Example, func(x, y string) int {
		return cmp.Or(boolCompare(!startsWithCode(x), !startsWithCode(y)), cmp.Compare(len(x), len(y)))
	})
}

func startsWithCode(s string) bool { return len(s) > 3 && (s[0] == '4' || s[0] == '5' || s[0] == '2') }

// carriers lists the codes that stand for a reason, by definition and in
// messages.
func (b *book) carriers(p *page, id string) {
	var rows [][]string
	for _, r := range b.Replies {
		if r.Reason == id {
			rows = append(rows, []string{b.reply(p, r.Code), prose(r.Name), vagueWord(r.Vague)})
		}
	}
	for _, e := range b.Pairs {
		if e.Reason == id {
			rows = append(rows, []string{p.link(e.String(), "pairs.md#"+pairAnchor(e)), prose(e.Meaning), vagueWord(e.Vague)})
		}
	}
	for _, e := range b.Details {
		for _, v := range e.variants() {
			if e.reasonFor(v.class) == id {
				code := e.enhanced(v.class)
				rows = append(rows, []string{b.enhanced(p, code), prose(e.Name), vagueWord(e.Vague)})
			}
		}
	}
	often := map[string]int{}
	for _, m := range b.byReason[id] {
		for _, s := range m.Codes {
			often[s]++
		}
	}
	var codes []string
	for s := range often {
		codes = append(codes, s)
	}
	slices.SortFunc(codes, func(x, y string) int { return cmp.Or(-cmp.Compare(often[x], often[y]), cmp.Compare(x, y)) })
	var most []string
	for _, s := range codes[:min(8, len(codes))] {
		most = append(most, b.codes(p, s)+" ("+itoa(often[s])+")")
	}
	if len(rows)+len(most) == 0 {
		return
	}
	p.section("Codes that carry it")
	p.table([]string{"Code", "Name or meaning", "By itself"}, rows)
	if len(most) > 0 {
		p.para("In the known messages for this reason these codes occur most: " + enumerate(most) + ".")
	}
}

func vagueWord(vague bool) string {
	if vague {
		return "vague: only a guess"
	}
	return "enough"
}

// wordings points to all messages and phrases for a reason.
func (b *book) wordings(p *page, id string, messages []message) {
	var phrases []string
	for _, m := range b.Phrases {
		if m.Reason == id {
			phrases = append(phrases, p.link(tick(clip(m.says(), 70)), "phrases.md#"+m.ID))
		}
	}
	of := map[string]int{}
	for _, m := range messages {
		of[m.Provider]++
	}
	var providers []string
	for _, m := range onePerProvider(messages, len(messages)) {
		providers = append(providers, b.provider(p, m.Provider)+" ("+itoa(of[m.Provider])+")")
	}
	if len(phrases)+len(providers) == 0 {
		return
	}
	p.section("Who says it, and how")
	if len(providers) > 0 {
		p.para(count(len(messages), "message") + " of " + count(len(providers), "provider") + ": " + strings.Join(providers, ", ") + ".")
	}
	if len(phrases) > 0 {
		p.para(count(len(phrases), "phrase") + " of no provider in particular: " + strings.Join(phrases, ", ") + ".")
	}
}

// otherNames gives the names that other systems have for a reason.
func (b *book) otherNames(p *page, id string) {
	var rows [][]string
	for _, v := range b.Vocabularies {
		for _, l := range v.Labels {
			if l.Reason == id {
				rows = append(rows, []string{p.link(unlinked(v.Name), "vocabularies.md#"+v.ID), approximately(l)})
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	p.section("Names elsewhere")
	p.table([]string{"System", "Calls it"}, rows)
	p.para(aboutApproximate)
}

const aboutApproximate = "≈ is approximate: the system has the name, but does not say that it gives it to such a reply."

func approximately(l label) string {
	if l.Approximate {
		return "≈ " + prose(l.Label)
	}
	return prose(l.Label)
}

func (b *book) categories() {
	for _, c := range b.Categories {
		p := b.page("category/"+c.ID+".md", "/category/"+c.ID+"/", c.Name+" — category "+c.ID, "Bounce category "+c.ID+": "+c.Meaning+" "+c.Advice)
		p.para(prose(c.Meaning), prose(c.Advice))
		var rows [][]string
		for _, r := range b.Reasons {
			if r.Category != c.ID {
				continue
			}
			policy := b.policy(r.ID, 5, false)
			rows = append(rows, append([]string{b.reason(p, r.ID), prose(r.Meaning), digits(len(b.byReason[r.ID]))}, b.cells(p, policy)[1:]...))
		}
		p.section("Its reasons, after a permanent refusal")
		p.table(append([]string{"Reason", "Meaning", "Known messages"}, policyHead[1:]...), rows)
		p.footer()
	}
}

func (b *book) vocabularies() {
	var names []string
	for _, v := range b.Vocabularies {
		names = append(names, v.Name)
	}
	p := b.page("vocabularies.md", "/vocabularies/", "Bounce classifications of "+count(len(names), "system")+", compared", "What "+enumerate(names)+" call each reason for a bounce.")
	p.para("What other systems call it. Find the name that your system gave you, and read what it stands for here.", aboutApproximate)
	var contents []string
	for _, v := range b.Vocabularies {
		contents = append(contents, p.link(unlinked(v.Name), "vocabularies.md#"+v.ID))
	}
	p.list(contents)
	for _, v := range b.Vocabularies {
		p.anchor(v.ID)
		p.section(prose(v.Name))
		p.para(prose(v.Note))
		p.table([]string{"Name there", "Reasons here"}, b.labelRows(p, v))
		p.para("Read " + v.Date + " in: " + sourceLinks(v.Source) + ".")
	}
	p.footer()
}

// labelRows gives the names of a vocabulary, each with the reasons it stands for.
func (b *book) labelRows(p *page, v vocabulary) [][]string {
	var rows [][]string
	at := map[string]int{}
	for _, l := range v.Labels {
		reason := b.reason(p, l.Reason)
		if l.Approximate {
			reason = "≈ " + reason
		}
		if i, ok := at[l.Label]; ok {
			rows[i][1] += ", " + reason
			continue
		}
		at[l.Label] = len(rows)
		rows = append(rows, []string{prose(l.Label), reason})
	}
	return rows
}
