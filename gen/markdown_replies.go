package main

import "slices"

func (b *book) replies() {
	for _, r := range b.Replies {
		b.replyPage(r)
	}
}

func (b *book) replyPage(r reply) {
	code, class := itoa(r.Code), r.Code/100
	p := b.page("reply/"+code+".md", "/"+code+"/", code+" — "+r.Name, "SMTP reply "+code+": "+r.Meaning+" "+r.Advice)
	policy := b.policy(r.Reason, class, r.Vague)
	refused := class >= 4
	if refused {
		p.para(prose(r.Meaning), policy.whose(r.Vague), prose(r.Advice), policy.verdict())
		p.table(append(slices.Clone(policyHead), "Reason"), [][]string{append(b.cells(p, policy), b.reason(p, r.Reason))})
	} else {
		p.para(prose(r.Meaning), prose(r.Advice))
	}
	if !r.Standard {
		p.para("No standard defines " + code + ". Used by: " + enumerate(proseAll(r.Users)) + ".")
	}
	var facts []string
	for _, c := range b.Classes {
		if c.Digit == class {
			facts = append(facts, "Class: "+p.link(code[:1]+"yz, "+unlinked(c.Name), "guide.md#class-"+code[:1]))
		}
	}
	if len(r.Commands) > 0 {
		facts = append(facts, "Comes in answer to: "+enumerate(commandNames(r.Commands)))
	}
	if len(r.RFC) > 0 {
		facts = append(facts, "In the standards: "+rfcLinks(r.RFC))
	}
	p.list(facts)
	b.prosePart(p, "In practice", r.Practice)
	if refused {
		b.steps(p, r.Reason, r.Vague)
	}
	b.companions(p, r)
	b.messagesPart(p, code, b.byReply[r.Code])
	b.prosePart(p, "Notes and disagreements", r.Note)
	p.sources(r.Source)
	p.footer()
}

// prosePart writes a section of one paragraph, if there is one.
func (b *book) prosePart(p *page, title, text string) {
	if text != "" {
		p.section(title)
		p.para(prose(text))
	}
}

// steps writes what the sender does: about the reason where the code gives one,
// and else how to find it.
func (b *book) steps(p *page, reasonID string, vague bool) {
	p.section("What to do")
	r, ok := b.reasonByID[reasonID]
	if !ok || vague || reasonID == "unknown" {
		p.steps([]string{
			"Take the whole reply, with all its lines: the code alone does not say why.",
			"If two codes stand in it, look at what they mean together: " + p.link("below", p.path+"#codes") + " and under " + p.link("pairs", "pairs.md") + ".",
			"Look for its words on the page of the " + p.link("provider", "providers.md") + " that answered, and among the " + p.link("common phrases", "phrases.md") + ".",
			"If that finds nothing, keep the address and go through the " + p.link("steps of a diagnosis", "guide.md#steps") + ".",
		})
		return
	}
	p.steps(proseAll(r.Steps))
	p.para("More on this reason, with examples: " + b.reason(p, reasonID) + ".")
}

// commandNames spells out the marks for what is no command.
func commandNames(commands []string) []string {
	names := map[string]string{"CONNECT": "the connection (as greeting)", "DATA-END": "the end of the message data", "any": "any command"}
	var out []string
	for _, c := range commands {
		if name, ok := names[c]; ok {
			out = append(out, name)
		} else {
			out = append(out, tick(c))
		}
	}
	return out
}
