package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// book is the set of pages, with what they look up in the data again and again.
type book struct {
	*dataset
	pages []*page

	reasonByID   map[string]reason
	providerByID map[string]provider
	replyByCode  map[int]reply
	detailByCode map[string]detail
	names        map[string]string // of terms: "action.retry"

	byReply    map[int][]message    // providers' messages that come with a basic code
	byEnhanced map[string][]message // and with a registered enhanced code
	byReason   map[string][]message
}

func newBook(d *dataset) *book {
	b := &book{
		dataset:      d,
		reasonByID:   map[string]reason{},
		providerByID: map[string]provider{},
		replyByCode:  map[int]reply{},
		detailByCode: map[string]detail{},
		names:        map[string]string{},
		byReply:      map[int][]message{},
		byEnhanced:   map[string][]message{},
		byReason:     map[string][]message{},
	}
	for _, r := range d.Reasons {
		b.reasonByID[r.ID] = r
	}
	for _, r := range d.Replies {
		b.replyByCode[r.Code] = r
	}
	for _, e := range d.Details {
		b.detailByCode[e.Code] = e
	}
	for set, list := range map[string][]term{"action": d.Actions, "fault": d.Faults, "bounce": d.Bounces, "category": d.Categories} {
		for _, t := range list {
			b.names[set+"."+t.ID] = t.Name
		}
	}
	for _, p := range d.Providers {
		b.providerByID[p.ID] = p
		for _, m := range p.Messages {
			b.byReason[m.Reason] = append(b.byReason[m.Reason], m)
			b.spread(m)
		}
	}
	for _, list := range b.byReply {
		b.byProminence(list)
	}
	for _, list := range b.byEnhanced {
		b.byProminence(list)
	}
	for _, list := range b.byReason {
		b.byProminence(list)
	}
	return b
}

// spread files a message under each code that it comes with, once.
func (b *book) spread(m message) {
	replies, codes := map[int]bool{}, map[string]bool{}
	for _, s := range slices.Concat(m.Codes, m.Alone) {
		span, err := parseCodes(s)
		if err != nil {
			continue // the checks have told
		}
		if span.reply != 0 && !replies[span.reply] {
			replies[span.reply] = true
			b.byReply[span.reply] = append(b.byReply[span.reply], m)
		}
		for n := span.lo; n <= span.hi && n > 0; n++ {
			code := enhancedText(n)
			if _, ok := b.detailByCode[code[2:]]; ok && !codes[code] {
				codes[code] = true
				b.byEnhanced[code] = append(b.byEnhanced[code], m)
			}
		}
	}
}

// enhancedText writes 5_007_026 as "5.7.26".
func enhancedText(n int) string {
	return itoa(n/1_000_000) + "." + itoa(n/1000%1000) + "." + itoa(n%1000)
}

// kindOrder is in which order kinds of providers interest a sender.
var kindOrder = []string{"mailbox", "gateway", "blocklist", "esp", "mta"}

// byProminence sorts messages so that the first ones make good examples: words
// before bare tokens, then those whom most senders meet: mailbox providers
// first, those with many messages before those with few; of one provider
// telling words before vague ones, new ones before old ones.
func (b *book) byProminence(list []message) {
	slices.SortStableFunc(list, func(x, y message) int {
		p, q := b.providerByID[x.Provider], b.providerByID[y.Provider]
		return cmp.Or(
			boolCompare(!x.readable(), !y.readable()),
			cmp.Compare(slices.Index(kindOrder, p.Kind), slices.Index(kindOrder, q.Kind)),
			-cmp.Compare(len(p.Messages), len(q.Messages)),
			cmp.Compare(x.Provider, y.Provider),
			boolCompare(x.Weak, y.Weak),
			-cmp.Compare(x.Date, y.Date),
			cmp.Compare(x.ID, y.ID),
		)
	})
}

func boolCompare(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// onePerProvider gives the first message of each provider, at most n.
func onePerProvider(list []message, n int) []message {
	var out []message
	seen := map[string]bool{}
	for _, m := range list {
		if !seen[m.Provider] && len(out) < n {
			seen[m.Provider] = true
			out = append(out, m)
		}
	}
	return out
}

// providersOf counts the providers of messages.
func providersOf(list []message) int { return len(onePerProvider(list, len(list))) }

// name gives a term's name for people in the middle of a sentence.
func (b *book) name(set, id string) string { return b.names[set+"."+id] }

// policy is what follows from a reason after a refusal of a class: the rules of
// codes.Classify, in words.
type policy struct {
	Bounce   string `json:"bounce"`
	Fault    string `json:"fault,omitempty"`
	Action   string `json:"action"`
	Retry    string `json:"retry"`
	Suppress string `json:"suppress"`
}

func (b *book) policy(reasonID string, class int, vague bool) policy {
	r, ok := b.reasonByID[reasonID]
	if !ok {
		r = b.reasonByID["unknown"]
	}
	p := policy{Bounce: "none", Fault: r.Fault, Action: "none", Retry: "no", Suppress: "no"}
	switch class {
	case 4:
		p.Bounce, p.Action = "soft", r.ActionTemporary
		if r.Retry != "never" {
			p.Retry = "yes, later"
		}
	case 5:
		p.Bounce, p.Action = "hard", r.Action
		switch {
		case r.Retry == "always":
			p.Retry = "yes, later"
		case r.Fault == "sender" && !vague:
			p.Retry = "only after a change"
		}
		switch {
		case vague:
			p.Suppress = "not for the code alone"
			if p.Action == "suppress" {
				p.Action = "investigate"
			}
		case r.Suppress == "permanent":
			p.Suppress = "yes"
		}
	}
	if (class == 4 || class == 5) && r.Suppress == "repeated" && !vague {
		p.Suppress = "only after repeats over days"
	}
	if vague {
		p.Fault = ""
	}
	return p
}

// whose tells who must act, as a sentence.
func (p policy) whose(vague bool) string {
	switch {
	case vague && p.Fault == "":
		return "The fault may lie on either side."
	case p.Fault == "sender":
		return "The sender must act."
	case p.Fault == "recipient":
		return "It is about the recipient: the address, the mailbox or what its owner wants."
	case p.Fault == "receiver":
		return "The receiving system must act, or the trouble passes by itself."
	}
	return ""
}

// verdict is the last sentence of an answer.
func (p policy) verdict() string {
	if p.Bounce == "none" {
		return ""
	}
	return "**Retry: " + p.Retry + ". Suppress the address: " + p.Suppress + ".**"
}

// cells are the policy in a table, under policyHead.
func (b *book) cells(pg *page, p policy) []string {
	fault := "not told"
	switch {
	case p.Bounce == "none":
		fault = "nobody"
	case p.Fault != "":
		fault = pg.link(b.name("fault", p.Fault), "guide.md#fault-"+p.Fault)
	}
	return []string{
		pg.link(b.name("bounce", p.Bounce), "guide.md#bounce-"+p.Bounce), fault,
		pg.link(b.name("action", p.Action), "guide.md#action-"+p.Action), p.Retry, p.Suppress,
	}
}

var policyHead = []string{"Bounce", "Who must act", "What to do", "Retry", "Suppress the address"}

// The links to pages of the data's things. What has no page is plain text.

func (b *book) reply(p *page, code int) string {
	if _, ok := b.replyByCode[code]; !ok {
		return itoa(code)
	}
	return p.link(itoa(code), "reply/"+itoa(code)+".md")
}

func (b *book) enhanced(p *page, code string) string {
	if len(code) < 3 {
		return verbatim(code)
	}
	if _, ok := b.detailByCode[code[2:]]; !ok {
		return code
	}
	return p.link(code, "enhanced/"+code[2:]+".md")
}

// codes makes links of "550 5.7.1" or "550 5.7.606-649".
func (b *book) codes(p *page, s string) string {
	var out []string
	for _, word := range strings.Fields(s) {
		if code, err := strconv.Atoi(word); err == nil {
			out = append(out, b.reply(p, code))
		} else {
			out = append(out, b.enhanced(p, word))
		}
	}
	return strings.Join(out, " ")
}

func (b *book) reason(p *page, id string) string {
	if _, ok := b.reasonByID[id]; !ok {
		return ""
	}
	return p.link(id, "reason/"+id+".md")
}

func (b *book) category(p *page, id string) string {
	if id == "" {
		return ""
	}
	return p.link(id, "category/"+id+".md")
}

func (b *book) subject(p *page, number int) string {
	for _, s := range b.Subjects {
		if s.Number == number {
			return p.link("X."+itoa(number)+", "+unlinked(s.Name), "subject/"+itoa(number)+".md")
		}
	}
	return "X." + itoa(number)
}

func (b *book) provider(p *page, id string) string {
	v, ok := b.providerByID[id]
	if !ok {
		return verbatim(id)
	}
	return p.link(unlinked(v.Name), "provider/"+id+".md")
}

// message links to a message by the words it is known by.
func (b *book) message(p *page, m message) string {
	return p.link(tick(clip(m.says(), 70)), "provider/"+m.Provider+".md#"+m.ID)
}

// readable tells whether a message is known by words, not only by a token.
func (m message) readable() bool { return strings.Contains(m.says(), " ") }

// says gives the shortest way to name a message: its first words, its token, or
// the code that it is known by.
func (m message) says() string {
	switch {
	case m.Token != "" && len(m.Text) == 0:
		return m.Token
	case len(m.Text) > 0:
		return m.Text[0]
	case len(m.Codes) > 0:
		return m.Codes[0]
	}
	return m.ID
}
