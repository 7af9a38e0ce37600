package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// maxShown is how much of a reply is printed: as much as is read for words.
const maxShown = 4096

// maxHits is how many of the wordings that lost are told one by one.
const maxHits = 5

type hitValue struct {
	ID       string         `json:"id"`
	Provider codes.Provider `json:"provider,omitzero"`
	Reason   codes.Reason   `json:"reason"`
	Score    int            `json:"score"`
	Won      bool           `json:"won"`
	Why      string         `json:"why"`
	Spans    [][2]int       `json:"spans"` // byte offsets
}

func hitValues(hits []codes.Hit) []hitValue {
	list := []hitValue{}
	for _, h := range hits {
		v := hitValue{h.Wording.ID, h.Wording.Provider, h.Wording.Reason, h.Score, h.Won, h.Why, [][2]int{}}
		for _, s := range h.Spans {
			v.Spans = append(v.Spans, [2]int{s.Start, s.End})
		}
		list = append(list, v)
	}
	return list
}

// writeExplanation shows how the diagnosis came about: the reply with marks
// under what was found, what was considered, and why it won.
func writeExplanation(p *page.Page, x *answer, o *askOptions) {
	e := codes.Explain(x.text, o.hint)
	p.Title(x.head(), x.title(), classStyle(x.Class))
	p.Text(page.Dim, x.subtitle())
	p.Line("")
	writeMarked(p, x.text, append(hitMarks(e.Hits), codeMarks(x.text, e.Parsed)...))
	p.Line("")
	p.Row("Codes", "", page.Plain, explainCodes(e.Parsed))
	p.Row("Server", "", page.Plain, explainServer(e, o))
	if e.Parsed.Inner != "" {
		p.Row("Inside", "", page.Plain, "the reply behind “->” is another server's; where it says why, it decides")
	}
	for _, h := range e.Hits {
		if h.Won {
			writeHit(p, "Decided", h, x.text)
		}
	}
	if !slices.ContainsFunc(e.Hits, func(h codes.Hit) bool { return h.Won }) {
		p.Row("Decided", lowerFirst(x.Basis.Name())+".", page.Bold, x.Basis.Meaning())
	}
	label, left := "Also", 0
	var aside []string
	for _, h := range e.Hits {
		switch {
		case h.Won:
		case h.Score == 0:
			aside = append(aside, h.Wording.ID)
		case left >= maxHits:
			left++
		default:
			left++
			writeHit(p, label, h, x.text)
			label = ""
		}
	}
	if left > maxHits {
		p.Row(label, "", page.Plain, fmt.Sprintf("and %d more", left-maxHits))
	}
	if len(aside) > 0 {
		p.Row("Aside", "", page.Plain, "matched, but do not count without their provider or code: "+someOf(aside, maxHits))
	}
	p.Row("Result", x.Reason.String(), page.Bold, "("+x.Category.String()+"): "+x.Meaning())
	p.Row("Order", "", page.Dim, "words of a provider, common words, a pair of codes, the enhanced code, the reply code; vague codes behind all words")
}

func writeHit(p *page.Page, label string, h codes.Hit, text string) {
	whose := cmp.Or(h.Wording.Provider.Name(), "common wording")
	style := page.Plain
	if h.Won {
		style = page.Bold
	}
	p.Row(label, h.Wording.ID, style, fmt.Sprintf("(%s) says %s, score %d: %s", whose, h.Wording.Reason, h.Score, h.Why))
	if q := quote(text, h.Spans); q != "" && !h.Won {
		p.Row(" ", "", page.Plain, "found "+q)
	}
}

// explainCodes tells what the codes say by themselves.
func explainCodes(c codes.Parsed) string {
	var parts []string
	if c.Reply != 0 {
		parts = append(parts, c.Reply.String()+" "+says(c.Reply.Reason(), c.Reply.Vague()))
	}
	if c.Enhanced != 0 {
		parts = append(parts, c.Enhanced.String()+" "+says(c.Enhanced.Reason(), c.Enhanced.Vague()))
	}
	if pair, ok := codes.LookupPair(c.Reply, c.Enhanced); ok {
		parts = append(parts, "the pair "+says(pair.Reason, pair.Vague))
	}
	if parts == nil {
		return "none were found"
	}
	return strings.Join(parts, "; ")
}

func says(r codes.Reason, vague bool) string {
	switch {
	case vague && (r == codes.ReasonUnknown || r == codes.ReasonNone):
		return "is vague"
	case vague:
		return "is vague (" + r.String() + ")"
	case r == codes.ReasonNone:
		return "says nothing of a cause"
	}
	return "says " + r.String()
}

// explainServer tells who was taken to answer, and why.
func explainServer(e codes.Explanation, o *askOptions) string {
	by := ""
	switch {
	case o.hint.Provider != codes.ProviderNone:
		by = "by --provider"
	case codes.ProviderByMX(o.hint.MX) != codes.ProviderNone:
		by = "by --mx"
	case codes.ProviderByDomain(o.hint.Domain) != codes.ProviderNone:
		by = "by --domain"
	case e.Parsed.Host != "" && codes.ProviderByMX(e.Parsed.Host) != codes.ProviderNone:
		by = "by the host " + page.OneLine(e.Parsed.Host) + " in the wrapper"
	case e.Diagnosis.Provider != codes.ProviderNone:
		by = "by the words"
	default:
		return "not known; --provider, --mx or --domain would tell"
	}
	return e.Diagnosis.Provider.Name() + ", " + by
}

// mark is a part of a text, with the sign to put under it.
type mark struct {
	codes.Span
	sign byte
	code string
}

// Signs under the text.
const (
	signWon  = '^'
	signAlso = '~'
	signCode = '='
)

// codeMarks finds the codes in the text: where they stand first, and at the
// beginning of further lines, where they belong to no words.
func codeMarks(text string, c codes.Parsed) []mark {
	var marks []mark
	for _, code := range [...]string{c.Reply.String(), c.Enhanced.String()} {
		if code == "" {
			continue
		}
		for from := 0; ; {
			i := strings.Index(text[from:], code)
			if i < 0 {
				break
			}
			i += from
			from = i + len(code)
			line := text[strings.LastIndexByte(text[:i], '\n')+1 : i]
			if len(marks) == 0 || marks[len(marks)-1].code != code || strings.Trim(line, "0123456789 -") == "" {
				marks = append(marks, mark{codes.Span{Start: i, End: from}, signCode, code})
			}
		}
	}
	return marks
}

func hitMarks(hits []codes.Hit) []mark {
	var marks []mark
	for _, h := range slices.Backward(hits) { // the winner's last, over the others'
		sign := byte(signAlso)
		if h.Won {
			sign = signWon
		}
		for _, s := range h.Spans {
			marks = append(marks, mark{Span: s, sign: sign})
		}
	}
	return marks
}

// writeMarked writes a text with signs under the marked parts.
func writeMarked(p *page.Page, text string, marks []mark) {
	more := len(text) > maxShown
	if more {
		text = text[:maxShown]
	}
	signs := make([]byte, len(text))
	for _, m := range marks {
		for i := max(0, m.Start); i < min(m.End, len(text)); i++ {
			signs[i] = m.sign
		}
	}
	for _, line := range markedLines(text, signs, p.Width()-2) {
		p.Line("  " + line.text)
		if s := strings.TrimRight(line.signs, " "); s != "" {
			p.Line("  " + p.Paint(page.Green, s))
		}
	}
	if more {
		p.Text(page.Dim, "  … what follows is not read")
	}
	var legend []string
	for _, l := range [...]struct {
		sign byte
		what string
	}{{signCode, "codes"}, {signWon, "what decided"}, {signAlso, "what else was known"}} {
		if slices.Contains(signs, l.sign) {
			legend = append(legend, string(l.sign)+" "+l.what)
		}
	}
	if legend != nil {
		p.Indented(page.Dim, strings.Join(legend, ", "), 2)
	}
}

type markedLine struct{ text, signs string }

// markedLines breaks a text into lines of at most width columns, at its own line
// ends and at spaces, each with its signs. What cannot be printed is written
// out, with the sign under all of it.
func markedLines(text string, signs []byte, width int) []markedLine {
	var lines []markedLine
	var line, under strings.Builder
	used, cut, cutUnder := 0, -1, -1 // cut: behind the last space of the line
	flush := func() {
		lines = append(lines, markedLine{strings.TrimRight(line.String(), " "), under.String()})
		line.Reset()
		under.Reset()
		used, cut = 0, -1
	}
	for i, n := 0, 0; i < len(text); i += n {
		_, n = utf8.DecodeRuneInString(text[i:])
		piece := page.Visible(text[i : i+n])
		switch text[i] {
		case '\n':
			flush()
			continue
		case '\r':
			continue
		case '\t':
			piece = " "
		}
		sign := signs[i]
		if sign == 0 {
			sign = ' '
		}
		columns := page.Columns(piece)
		if used+columns > width && used > 0 {
			rest, restUnder := "", ""
			if cut > 0 {
				rest, restUnder = line.String()[cut:], under.String()[cutUnder:]
				head, headUnder := line.String()[:cut], under.String()[:cutUnder]
				line.Reset()
				under.Reset()
				line.WriteString(head)
				under.WriteString(headUnder)
			}
			flush()
			line.WriteString(rest)
			under.WriteString(restUnder)
			used = page.Columns(rest)
		}
		line.WriteString(piece)
		under.WriteString(strings.Repeat(string(sign), columns))
		used += columns
		if piece == " " {
			cut, cutUnder = line.Len(), under.Len()
		}
	}
	flush()
	return lines
}
