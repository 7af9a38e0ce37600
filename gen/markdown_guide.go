package main

import (
	"cmp"
	"strconv"
	"strings"
)

func (b *book) guide() {
	p := b.page("guide.md", "/guide/", "How to read an SMTP bounce", "How SMTP reply codes and enhanced codes work, how to diagnose a bounce in five steps, when to retry and when to suppress an address, and which bounce rates are too high.")
	p.para("A mail server answers every command with a code and some words. Read the first digit to know whether to retry, the words and the enhanced code to know why, and suppress an address only if the address itself is the cause.")
	b.anatomy(p)
	b.firstDigit(p)
	var rows [][]string
	p.section("The enhanced code")
	p.para(cite("RFC 3463 §2 adds three numbers to the reply: the class, the same as the first digit; the subject; and the detail. The subjects:"))
	for _, s := range b.Subjects {
		rows = append(rows, []string{b.subject(p, s.Number), prose(s.Meaning)})
	}
	p.table([]string{"Subject", "Meaning"}, rows)
	p.para(count(len(b.Details), "detail") + " are registered; the " + p.link("index", "README.md") + " lists them. Servers also send codes that nobody registered: of those the class and the subject are all that is known, unless the provider says more.")
	p.section("What counts more")
	p.para("The parts of a reply may disagree. The strongest evidence decides, in this order:")
	var order []string
	for _, t := range b.Bases {
		order = append(order, "**"+prose(t.Name)+"** (`"+t.ID+"`). "+prose(t.Meaning))
	}
	p.steps(order)
	p.anchor("steps")
	p.section("Diagnosis in " + numberWord(len(b.Steps)) + " steps")
	var steps []string
	for _, s := range b.Steps {
		steps = append(steps, "**"+prose(s.Title)+".** "+prose(s.Text))
	}
	p.steps(steps)
	p.anchor("rules")
	p.section("Handling rules")
	for _, r := range b.Rules {
		p.anchor("rule-" + r.ID)
		p.f("### %s\n\n", prose(r.Title))
		p.para(prose(r.Text))
	}
	b.thresholds(p)
	b.closedSets(p)
	p.footer()
}

// anatomy takes a reply apart.
func (b *book) anatomy(p *page) {
	p.section("A reply, taken apart")
	p.f("%s\n", block("550 5.1.1 <someone@example.com>: User unknown"))
	p.table([]string{"Part", "What it is"}, [][]string{
		{b.reply(p, 550), cite("the basic code (RFC 5321 §4.2): three digits, of which the first is the class")},
		{b.enhanced(p, "5.1.1"), cite("the enhanced code (RFC 3463 §2): class 5, subject 1 (addressing), detail 1")},
		{tick("User unknown"), "the server's own words, which say most; here " + b.reason(p, "user_unknown")},
	})
	p.para("Long replies come on several lines, each with the code: `550-5.7.26 …` goes on, `550 5.7.26 …` is the last line. Bounce mails often show one line of them only. Programs that pass a reply on put words of their own around it: `host mx.example.com said: 550 …`.")
}

func (b *book) firstDigit(p *page) {
	p.section("The first digit")
	var rows [][]string
	for _, c := range b.Classes {
		d := itoa(c.Digit)
		rows = append(rows, []string{`<a id="class-` + d + `"></a>` + d + "yz", prose(c.Name), p.link(strings.ToLower(b.name("bounce", c.Bounce)), "guide.md#bounce-"+c.Bounce), prose(c.Meaning), prose(c.Advice)})
	}
	p.table([]string{"Code", "Class", "Bounce", "Meaning", "What the sender does"}, rows)
}

func (b *book) thresholds(p *page) {
	p.anchor("thresholds")
	p.section("Thresholds")
	var rows [][]string
	for _, t := range b.Thresholds {
		figure := func(f float64) string {
			if f == 0 {
				return ""
			}
			unit := map[string]string{"percent": " %"}[t.Unit]
			return strconv.FormatFloat(f, 'g', -1, 64) + cmp.Or(unit, " "+t.Unit)
		}
		rows = append(rows, []string{`<a id="threshold-` + t.ID + `"></a>` + prose(t.Name), figure(t.Good), figure(t.Alarm), prose(t.Text)})
	}
	p.table([]string{"What", "Good practice", "Alarm or limit", "Meaning"}, rows)
}

// closedSets explains the words that the tables of all pages use.
func (b *book) closedSets(p *page) {
	for _, set := range []struct {
		title, id string
		list      []term
	}{{"Actions", "action", b.Actions}, {"Who must act", "fault", b.Faults}, {"Bounces", "bounce", b.Bounces}} {
		p.section(set.title)
		var rows [][]string
		for _, t := range set.list {
			rows = append(rows, []string{`<a id="` + set.id + "-" + t.ID + `"></a>` + prose(t.Name), tick(t.ID), prose(t.Meaning)})
		}
		p.table([]string{"Name", "Id", "Meaning"}, rows)
	}
	p.section("Categories")
	var rows [][]string
	for _, c := range b.Categories {
		rows = append(rows, []string{b.category(p, c.ID), prose(c.Meaning), prose(c.Advice)})
	}
	p.table([]string{"Category", "Meaning", "What the sender does"}, rows)
}

func numberWord(n int) string {
	if words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}; n < len(words) {
		return words[n]
	}
	return itoa(n)
}
