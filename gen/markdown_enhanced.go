package main

import (
	"cmp"
	"slices"
	"strings"
)

func (b *book) details() {
	for _, e := range b.Details {
		b.detailPage(e)
	}
}

// variant is a detail with a class.
type variant struct {
	class    int
	standard bool // the standard has the detail for the class
}

// variants gives the classes of a detail that something is known of: those of
// the standard first, final refusals before temporary ones.
func (e detail) variants() []variant {
	spoken := map[int]bool{4: e.Meaning4 != "", 2: e.Meaning2 != "", 5: e.Meaning4 != "" && !slices.Contains(e.Classes, 5)}
	var standard, practice []variant
	for _, class := range []int{5, 4, 2} {
		switch {
		case slices.Contains(e.Classes, class):
			standard = append(standard, variant{class, true})
		case spoken[class]:
			practice = append(practice, variant{class, false})
		}
	}
	return append(standard, practice...)
}

func (b *book) detailPage(e detail) {
	variants := e.variants()
	var all []string
	for _, v := range variants {
		all = append(all, e.enhanced(v.class))
	}
	first := variants[0].class
	p := b.page("enhanced/"+e.Code+".md", "/"+all[0]+"/", enumerate(all)+" — "+e.Name, "Enhanced SMTP status code "+enumerate(all)+": "+e.meaningFor(first)+" "+e.Advice)
	var rows [][]string
	for _, v := range variants {
		rows = append(rows, b.variantPart(p, e, v))
	}
	p.table(append([]string{"Code"}, append(slices.Clone(policyHead), "Reason")...), rows)
	p.list([]string{
		"Defined as: X." + e.Code + ", for " + enumerate(classNames(e.Classes)),
		"Subject: " + b.subject(p, e.number()/1000),
		"In the standards: " + rfcLinks(e.RFC),
	})
	b.steps(p, e.reasonFor(first), e.Vague)
	b.replyCompanions(p, e)
	var said []message
	seen := map[string]bool{}
	for _, v := range variants {
		for _, m := range b.byEnhanced[e.enhanced(v.class)] {
			if !seen[m.ID] {
				seen[m.ID] = true
				said = append(said, m)
			}
		}
	}
	b.byProminence(said)
	b.messagesPart(p, enumerateOr(all), said)
	b.prosePart(p, "Notes and disagreements", e.Note)
	p.sources(e.Source)
	p.footer()
}

// variantPart writes what a detail means with a class, and gives its row in the
// table below.
func (b *book) variantPart(p *page, e detail, v variant) []string {
	code := e.enhanced(v.class)
	policy := b.policy(e.reasonFor(v.class), v.class, e.Vague)
	begin := "**" + code + "**:"
	if !v.standard {
		begin = "**" + code + "**, as some servers send it:"
	}
	advice := e.Advice
	if v != e.variants()[0] {
		advice = "" // told once
	}
	switch {
	case v.class == 2:
		p.para(begin, prose(e.meaningFor(2)), "Nothing has to be done.")
		return append(append([]string{code}, b.cells(p, b.policy("accepted", 2, false))...), b.reason(p, "accepted"))
	case v.class == 4 && policy.Action == "retry":
		advice = b.meaningOf(b.Actions, "retry") // the advice is about the final refusal
	}
	p.para(begin, prose(e.meaningFor(v.class)), policy.whose(e.Vague), prose(advice), policy.verdict())
	return append(append([]string{code}, b.cells(p, policy)...), b.reason(p, e.reasonFor(v.class)))
}

func (b *book) meaningOf(list []term, id string) string {
	for _, t := range list {
		if t.ID == id {
			return t.Meaning
		}
	}
	return ""
}

func classNames(classes []int) []string {
	names := map[int]string{2: "success (2)", 4: "temporary failures (4)", 5: "permanent failures (5)"}
	var out []string
	for _, c := range classes {
		out = append(out, names[c])
	}
	return out
}

func (b *book) subjects() {
	for _, s := range b.Subjects {
		n := itoa(s.Number)
		p := b.page("subject/"+n+".md", "/subject/"+n+"/", "X."+n+" — "+s.Name, "Enhanced SMTP status codes X."+n+".*: "+s.Meaning)
		p.para(prose(s.Meaning))
		var rows [][]string
		for _, e := range b.Details {
			if e.number()/1000 == s.Number {
				rows = append(rows, b.detailRow(p, e))
			}
		}
		p.section("Registered codes")
		p.table(detailHead, rows)
		p.section("Codes that nobody registered")
		p.para("Of a code such as " + unregistered(s.Number, b.detailByCode) + " only the class and this subject are known. Words outrank it, it never suppresses an address, and without words the reason is taken to be " + b.reason(p, s.Reason) + ".")
		b.vendorCodes(p, s.Number)
		p.para("In the standards: " + rfcLinks(s.RFC) + ".")
		p.footer()
	}
}

// vendorCodes lists what providers mean by codes of the subject that the
// registry does not have.
func (b *book) vendorCodes(p *page, subject int) {
	type use struct {
		at    int // the first of its codes
		cells []string
	}
	var uses []use
	for _, v := range b.Providers {
		for _, m := range v.Messages {
			at, codes := 0, []string{}
			for _, s := range slices.Concat(m.Codes, m.Alone) {
				span, err := parseCodes(s)
				if err != nil || span.lo == 0 || span.lo/1000%1000 != subject || b.detailByCode[enhancedText(span.lo)[2:]].Code != "" {
					continue
				}
				fields := strings.Fields(s)
				if code := fields[len(fields)-1]; !slices.Contains(codes, code) {
					at, codes = cmp.Or(at, span.lo%1_000_000), append(codes, code)
				}
			}
			if len(codes) > 0 {
				uses = append(uses, use{at, []string{strings.Join(codes, ", "), b.provider(p, v.ID), p.link(unlinked(m.Meaning), "provider/"+v.ID+".md#"+m.ID), b.reason(p, m.Reason)}})
			}
		}
	}
	if len(uses) == 0 {
		return
	}
	slices.SortStableFunc(uses, func(x, y use) int { return cmp.Compare(x.at, y.at) })
	var rows [][]string
	for _, u := range uses {
		rows = append(rows, u.cells)
	}
	p.para("Some providers give such codes a meaning of their own:")
	p.table([]string{"Codes", "Provider", "Means there", "Reason"}, rows)
}

// unregistered gives a code of the subject that the registry does not have.
func unregistered(subject int, registered map[string]detail) string {
	for n := 999; ; n-- {
		if code := itoa(subject) + "." + itoa(n); registered[code].Code == "" {
			return "5." + code
		}
	}
}

var detailHead = []string{"Code", "Name", "With class 5", "With class 4", "Standard for"}

// detailRow is a detail in a table under detailHead.
func (b *book) detailRow(p *page, e detail) []string {
	row := []string{p.link("X."+e.Code, "enhanced/"+e.Code+".md"), prose(e.Name), "", "", strings.Join(strings.Fields(joinInts(e.Classes)), ", ")}
	for _, v := range e.variants() {
		switch v.class {
		case 5:
			row[2] = b.reason(p, e.reasonFor(5))
		case 4:
			row[3] = b.reason(p, e.reasonFor(4))
		}
	}
	return row
}
