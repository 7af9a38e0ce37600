package main

import (
	"cmp"
	"slices"
	"strings"
)

var kindNames = map[string]string{
	"mailbox": "mailbox provider", "gateway": "gateway or filter in front of mailboxes", "blocklist": "blocklist",
	"esp": "sending service", "mta": "mail server software",
}

func (b *book) providers() {
	for _, v := range b.Providers {
		b.providerPage(v)
	}
	b.providerList()
}

func (b *book) providerPage(v provider) {
	n := len(v.Messages)
	title, about := v.Name+" — SMTP errors and bounce messages", "What "+count(n, "SMTP error")+" and bounce messages of "+v.Name+" mean: whose fault, what to do, retry or suppress."
	switch {
	case v.Kind == "blocklist":
		title, about = v.Name+" — blocklist", v.Name+" is a blocklist: how to see whether you are listed, how to get off the list, and what servers say that use it."
	case n == 0:
		title, about = v.Name+" — mail servers", "The mail servers of "+v.Name+": host names, pages for senders, and where to ask."
	case n == 1:
		about = "What an SMTP error of " + v.Name + " means: whose fault, what to do, retry or suppress."
	}
	p := b.page("provider/"+v.ID+".md", "/"+v.ID+"/", title, about)
	p.para(b.summary(p, v))
	p.list(b.providerFacts(p, v))
	list := slices.Clone(v.Messages)
	slices.SortStableFunc(list, func(x, y message) int {
		return cmp.Or(cmp.Compare(codeOrder(x), codeOrder(y)), cmp.Compare(x.ID, y.ID))
	})
	if n > 5 {
		p.section("Find your message")
		p.para("Look for words of the reply, or for its code.")
		var rows [][]string
		for _, m := range list {
			rows = append(rows, []string{strings.Join(m.Codes, ", "), b.message(p, m), b.reason(p, m.Reason)})
		}
		p.table([]string{"Codes", "Says", "Reason"}, rows)
	}
	if n > 0 {
		p.section("Messages")
	}
	for _, m := range list {
		b.messagePart(p, m)
	}
	p.footer()
}

// summary says what a provider is and what its refusals are mostly about.
func (b *book) summary(p *page, v provider) string {
	s := prose(v.Name) + " is a " + kindNames[v.Kind] + "."
	if v.Kind == "blocklist" {
		s += " A refusal that names it or one of its zones is a block: the address is good. Keep it, find out why you are listed, stop the cause, and then ask for removal."
	}
	switch {
	case v.Kind == "blocklist" && len(v.Messages) == 0:
		return s + " See " + b.reason(p, "ip_blocklisted") + " and " + b.reason(p, "domain_blocklisted") + "."
	case len(v.Messages) == 0:
		return s + " No message of its own is known so far; its replies are read by their codes and by " + p.link("common phrases", "phrases.md") + "."
	case len(v.Messages) == 1:
		r := b.reasonByID[v.Messages[0].Reason]
		return s + " One message of it is known here, about " + b.reason(p, r.ID) + ". " + suppressSentence(r)
	}
	of := map[string]int{}
	suppress := 0
	for _, m := range v.Messages {
		of[m.Reason]++
		if b.reasonByID[m.Reason].Suppress == "permanent" {
			suppress++
		}
	}
	reasons := slices.Clone(b.Reasons)
	slices.SortStableFunc(reasons, func(x, y reason) int { return -cmp.Compare(of[x.ID], of[y.ID]) })
	var most []string
	for _, r := range reasons[:min(5, len(reasons))] {
		if of[r.ID] > 0 {
			most = append(most, b.reason(p, r.ID)+" ("+itoa(of[r.ID])+")")
		}
	}
	return s + " " + itoa(len(v.Messages)) + " of its messages are known here, most about " + enumerate(most) + ". " +
		suppressCount(suppress, len(v.Messages))
}

// suppressCount tells how many messages speak of a dead address.
func suppressCount(suppress, all int) string {
	switch suppress {
	case 0:
		return "None of them is a reason to suppress an address at once."
	case 1:
		return "Only one of them is a reason to suppress an address at once."
	case all:
		return "After a permanent refusal each of them is a reason to suppress the address."
	}
	return "Only " + itoa(suppress) + " of them are a reason to suppress an address at once."
}

func suppressSentence(r reason) string {
	if r.Suppress == "permanent" {
		return "After a permanent refusal it is a reason to suppress the address."
	}
	return "It is no reason to suppress an address at once."
}

func (b *book) providerFacts(p *page, v provider) []string {
	var facts []string
	add := func(name string, values []string) {
		if len(values) > 0 {
			facts = append(facts, name+": "+strings.Join(values, ", "))
		}
	}
	add("Addresses at", ticks(v.Domains))
	add("Mail hosts end in", ticks(v.MX))
	add("Zones that list IP addresses", ticks(v.Zones))
	add("Zones that list domains or links", ticks(v.DomainZones))
	for _, f := range [][2]string{{"Page for senders", v.Postmaster}, {"To get off its list", v.Delist}, {"About its messages", v.Help}} {
		if f[1] != "" {
			facts = append(facts, f[0]+": "+contact(f[1]))
		}
	}
	var also []string
	for _, id := range v.Includes {
		also = append(also, b.provider(p, id))
	}
	add("Its servers also say what these say", also)
	add("Id", []string{tick(v.ID)})
	return facts
}

// contact makes a link of a page or a mail address. One with <ip> in it is
// shown as it is: the reader puts the address in.
func contact(url string) string {
	switch mail, ok := strings.CutPrefix(url, "mailto:"); {
	case strings.Contains(url, "<"):
		return tick(url)
	case ok:
		return "[" + verbatim(mail) + "](" + destination(url) + ")"
	}
	return "[" + verbatim(strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")) + "](" + destination(url) + ")"
}

// codeOrder sorts messages by their first code, those without one last.
func codeOrder(m message) int {
	if len(m.Codes) == 0 {
		return 1 << 40
	}
	span, err := parseCodes(m.Codes[0])
	switch {
	case err != nil:
		return 1 << 40
	case span.reply == 0: // after the basic codes of its class
		return (span.lo/1_000_000*100+99)*10_000_000 + span.lo
	}
	return span.reply*10_000_000 + span.lo
}

func (b *book) messagePart(p *page, m message) {
	p.anchor(m.ID)
	for _, r := range b.Retired {
		if r.Now == m.ID {
			p.anchor(r.ID)
		}
	}
	heading := tick(m.says())
	if len(m.Codes) > 0 && m.says() != m.Codes[0] {
		heading = m.Codes[0] + " " + heading
	}
	p.f("### %s\n\n", heading)
	r := b.reasonByID[m.Reason]
	p.para(prose(m.Meaning), prose(cmp.Or(m.Advice, r.Advice)))
	for _, e := range m.Example {
		p.f("%s\n", block(e))
	}
	facts := []string{"Reason: " + b.reason(p, m.Reason) + whatFollows(b, r)}
	if len(m.Codes) > 0 {
		var codes []string
		for _, s := range m.Codes {
			codes = append(codes, b.codes(p, s))
		}
		facts = append(facts, "Codes: "+strings.Join(codes, ", "))
	}
	facts = append(facts, "Known by: "+knownBy(m))
	evidence := "Evidence: " + m.Evidence
	if m.Date != "" {
		evidence += ", " + m.Date
	}
	facts = append(facts, evidence, "Source: "+sourceLinks(m.Source), "Id: "+tick(m.ID))
	p.list(facts)
}

// whatFollows tells of a reason who must act and what becomes of the address.
func whatFollows(b *book, r reason) string {
	if r.ID == "accepted" || r.ID == "" {
		return ""
	}
	s := " — "
	if r.Fault != "" {
		s += "up to the " + strings.ToLower(b.name("fault", r.Fault)) + "; "
	}
	return s + map[string]string{
		"never":     "keep the address",
		"permanent": "suppress the address after 5yz",
		"repeated":  "suppress the address only after repeats over days",
	}[r.Suppress]
}

// patterns writes the first patterns of a message; the dataset has them all.
func patterns(list []string, most int) string {
	shown := ticks(list[:min(most, len(list))])
	if more := len(list) - most; more > 0 {
		shown = append(shown, itoa(more)+" more")
	}
	return enumerateOr(shown)
}

// knownBy tells what the classifier looks for.
func knownBy(m message) string {
	s := patterns(m.Text, 6)
	if m.Token != "" {
		if s != "" {
			s += ", or "
		}
		s += "the token " + tick(m.Token)
	}
	if s == "" {
		s = "its code"
	}
	switch {
	case m.needs("provider") && m.needs("code"):
		s += ", with that code and where it is known who answers"
	case m.needs("provider"):
		s += ", where it is known who answers"
	case m.needs("code"):
		s += ", with one of the codes"
	}
	if len(m.Alone) > 0 {
		s += "; or by " + strings.Join(m.Alone, ", ") + " alone"
	}
	return s
}

func (b *book) providerList() {
	all := 0
	for _, v := range b.Providers {
		all += len(v.Messages)
	}
	p := b.page("providers.md", "/providers/", "Mail providers, gateways and blocklists and what their servers say",
		count(len(b.Providers), "provider")+" with "+count(all, "message")+": mailbox providers, filters, blocklists, sending services and mail software.")
	p.para("Who answers, and how many of its messages are known here. Gateways and software answer for many domains; look at the words and the host name of the reply.")
	for _, kind := range kindOrder {
		var rows [][]string
		for _, v := range b.Providers {
			if v.Kind == kind {
				rows = append(rows, []string{b.provider(p, v.ID), digits(len(v.Messages)), strings.Join(ticks(v.Domains[:min(4, len(v.Domains))]), ", ")})
			}
		}
		if len(rows) > 0 {
			p.anchor(kind)
			p.section(kindTitle[kind])
			p.table([]string{"Name", "Messages", "Addresses at"}, rows)
		}
	}
	p.footer()
}

var kindTitle = map[string]string{
	"mailbox": "Mailbox providers", "gateway": "Gateways and filters", "blocklist": "Blocklists", "esp": "Sending services", "mta": "Mail server software",
}

func (b *book) phrases() {
	p := b.page("phrases.md", "/phrases/", "Common phrases of SMTP replies and what they mean", count(len(b.Phrases), "phrase")+" that mail servers of all kinds write into refusals, by what they mean.")
	p.para("Words that mean the same wherever they occur. The star stands for what varies. What only one provider says is on the " + p.link("page of that provider", "providers.md") + "; it outranks the words here.")
	of := map[string][]message{}
	for _, m := range b.Phrases {
		of[m.Reason] = append(of[m.Reason], m)
	}
	var contents []string
	for _, r := range b.Reasons {
		if n := len(of[r.ID]); n > 0 {
			contents = append(contents, p.link(r.ID, "phrases.md#reason-"+r.ID)+" ("+itoa(n)+")")
		}
	}
	p.para(strings.Join(contents, " · "))
	for _, r := range b.Reasons {
		if len(of[r.ID]) == 0 {
			continue
		}
		p.anchor("reason-" + r.ID)
		p.section(prose(r.Name))
		p.para(prose(r.Meaning), "More: "+b.reason(p, r.ID)+".")
		var rows [][]string
		for _, m := range of[r.ID] {
			words := patterns(m.Text, 10)
			if len(m.Text) == 0 {
				words = tick(m.Token)
			}
			evidence := m.Evidence
			if m.Date != "" {
				evidence += ", " + m.Date
			}
			if m.Weak {
				evidence += "; vague"
			}
			rows = append(rows, []string{`<a id="` + m.ID + `"></a>` + words, strings.Join(m.Codes, ", "), prose(m.Meaning), evidence, sourceLinks(m.Source)})
		}
		p.table([]string{"Words", "Codes", "Meaning", "Evidence", "Source"}, rows)
	}
	p.footer()
}
