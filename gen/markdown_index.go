package main

import (
	"cmp"
	"slices"
	"strings"
)

func (b *book) index() {
	messages := len(b.all()) - len(b.Phrases)
	p := b.page("README.md", "/", "SMTP codes and bounce messages, explained",
		"What every SMTP code and "+count(messages, "message")+" of mail providers mean: whose fault it is, what to do, whether to retry or to suppress the address.")
	p.para("What a mail server meant: " + count(len(b.Replies), "reply code") + ", " + count(len(b.Details), "enhanced code") + " and " + count(messages, "message") + " of " +
		count(len(b.Providers), "provider") + ", each with its meaning, whose fault it is, what to do now, and whether to retry or to suppress the address. Every fact names its source.")
	p.list([]string{
		"You have a bounce: look up its three-digit code below, then its enhanced code (`5.7.26`), or its words at the " + p.link("provider", "providers.md") + " that refused it.",
		"You decide what to do with bounces: read the " + p.link("guide", "guide.md") + " and the " + p.link("reasons", "README.md#reasons") + ".",
		"You want the data: " + p.link("smtpcode.json", "smtpcode.json") + " and " + p.link("how it is built", "dataset.md") + ".",
	})
	for _, c := range b.Classes {
		var rows [][]string
		for _, r := range b.Replies {
			if r.Code/100 != c.Digit {
				continue
			}
			standard := "standard"
			if !r.Standard {
				standard = "practice"
			}
			reason := b.reason(p, r.Reason)
			if r.Reason == "accepted" {
				reason = ""
			}
			rows = append(rows, []string{b.reply(p, r.Code), prose(r.Name), reason, standard})
		}
		if len(rows) > 0 {
			p.section(itoa(c.Digit) + "yz: " + prose(c.Name))
			p.para(prose(c.Meaning), prose(c.Advice))
			p.table([]string{"Code", "Name", "Reason by default", "Known from"}, rows)
		}
	}
	p.section("Enhanced codes")
	p.para("The three numbers of an enhanced code are class, subject and detail. X stands for the class: 2 success, 4 temporary, 5 permanent. What a basic and an enhanced code mean together stands under " + p.link("pairs", "pairs.md") + ".")
	for _, s := range b.Subjects {
		var rows [][]string
		for _, e := range b.Details {
			if e.number()/1000 == s.Number {
				rows = append(rows, b.detailRow(p, e))
			}
		}
		p.f("### %s\n\n", b.subject(p, s.Number))
		p.table(detailHead, rows)
	}
	p.anchor("reasons")
	p.section("Reasons")
	var rows [][]string
	for _, r := range b.Reasons {
		rows = append(rows, []string{b.category(p, r.Category), b.reason(p, r.ID), prose(r.Meaning), strings.ToLower(b.name("fault", r.Fault)), suppressWord(r)})
	}
	p.table([]string{"Category", "Reason", "Meaning", "Who must act", "Suppress the address"}, rows)
	p.section("Providers")
	most := slices.Clone(b.Providers)
	slices.SortStableFunc(most, func(x, y provider) int { return -cmp.Compare(len(x.Messages), len(y.Messages)) })
	var known []string
	for _, v := range most[:min(30, len(most))] {
		known = append(known, b.provider(p, v.ID)+" ("+itoa(len(v.Messages))+")")
	}
	p.para(strings.Join(known, " · ") + " · " + p.link("all", "providers.md"))
	p.section("More")
	p.list([]string{
		p.link("How to read a bounce", "guide.md") + ": codes, diagnosis in five steps, handling rules, thresholds",
		p.link("How to read a mailbox of bounces", "mail.md") + ": the command, the library, kinds of mail, fields, limits",
		p.link("Pairs", "pairs.md") + ": what two codes mean together",
		p.link("Phrases", "phrases.md") + ": words of no provider in particular",
		p.link("Vocabularies", "vocabularies.md") + ": what other systems call it",
		p.link("Dataset", "dataset.md") + ": " + p.link("smtpcode.json", "smtpcode.json") + ", its " + p.link("schema", "smtpcode.schema.json") + ", and the " + p.link("schema of a diagnosis", "diagnosis.schema.json"),
	})
	p.para("Version " + b.Meta.Version + " of " + b.Meta.Date + ", licence " + b.Meta.License + ". Something is wrong or missing? The data are plain text files: " + contact(b.Meta.Home) + ".")
}
