package codes

import (
	"math"
	"slices"
	"strings"
)

// Explanation is how a diagnosis came about.
type Explanation struct {
	Diagnosis Diagnosis
	Parsed    Parsed
	Hits      []Hit // all messages and phrases whose words stand in the reply, best first
}

// Hit is a message or phrase whose words stand in a reply.
type Hit struct {
	Wording Wording
	Own     bool   // whether it is one of a Classifier's
	Score   int    // how specific the match is; 0 if it does not count
	Won     bool   // whether it decided
	Spans   []Span // where its words stand
	Why     string // why it won or lost, in a few words
}

// Span is a part of a text: byte offsets, the end exclusive.
type Span struct{ Start, End int }

// Explain classifies a reply as [Hint.Classify] does and tells how: which words
// matched where, and what else was considered. It compares every pattern, one
// after the other, which takes some milliseconds.
func Explain(text string, hint Hint) Explanation {
	p := Parse(text)
	e := Explanation{Diagnosis: hint.Classify(text), Parsed: p}
	q := question{reply: p.Reply, enhanced: p.Enhanced, provider: hint.provider()}
	if q.provider == ProviderNone && p.Host != "" {
		q.provider = ProviderByMX(p.Host)
	}
	won := e.Diagnosis.rule
	if p.Inner != "" {
		inner := Parse(p.Inner)
		iq := question{reply: inner.Reply, enhanced: inner.Enhanced, provider: q.provider}
		m := matchAll(p.Inner, &inner, &iq)
		var r ruling
		if m.found.rule(&iq, &r); r.specific() {
			e.Hits = m.hits(&iq, won, strings.Index(text, p.Inner))
			won = 0 // what the reply around it says is only told
		}
	}
	outer := matchAll(text, &p, &q).hits(&q, won, 0)
	for _, h := range outer {
		if !slices.ContainsFunc(e.Hits, func(inner Hit) bool { return inner.Wording.ID == h.Wording.ID }) {
			e.Hits = append(e.Hits, h)
		}
	}
	return e
}

// matches is what the slow way finds in a text.
type matches struct {
	found found
	spans map[uint16][]Span // of the best match of each rule, in the text as given
	score map[uint16]uint16 // literal bytes of that match
}

// matchAll is the slow, obviously right twin of read.
func matchAll(text string, p *Parsed, q *question) *matches {
	if len(text) > maxText {
		text = text[:maxText]
	}
	s, origin := unfoldSlowly(text, p)
	m := &matches{spans: map[uint16][]Span{}, score: map[uint16]uint16{}}
	m.words(s, origin, q)
	m.tokens(text, p, q)
	if m.found.again(q) {
		m.words(s, origin, q)
	}
	if m.found.strong.rule == 0 {
		for _, v := range vendorRules {
			if v.code == q.enhanced {
				m.take(v.rule, 0, nil, q)
			}
		}
	}
	return m
}

func (m *matches) words(s string, origin []int, q *question) {
	for i := range patterns {
		p := &patterns[i]
		spans := p.spans(s)
		if spans == nil {
			continue
		}
		for j, sp := range spans {
			spans[j] = sp.origin(origin)
		}
		switch p.kind {
		case kindZone, kindDomainZone:
			if better(p.rule, uint16(p.score), m.found.zone) {
				m.found.zone, m.found.domains = finding{p.rule, uint16(p.score)}, p.kind == kindDomainZone
			}
		case kindContext, kindContextAlways:
			p.found(q, &m.found)
		case kindMark:
			if better(p.rule, uint16(p.score), m.found.mark) {
				m.found.mark = finding{p.rule, uint16(p.score)}
			}
		default:
			m.take(p.rule, uint16(p.score), spans, q)
		}
	}
}

// tokens looks at the first word behind the codes and at every bracket.
func (m *matches) tokens(text string, p *Parsed, q *question) {
	at := len(text)
	if n := strings.Index(text, p.Text); n >= 0 && p.Text != "" {
		at = n
	}
	for at < len(text) && (isGlue(text[at]) || text[at] == ',') {
		at++
	}
	for i := range text {
		if i != at && (i == 0 || text[i-1] != '[' && text[i-1] != '(') {
			continue
		}
		end := i
		for end < len(text) && (isAlnum(text[end]) || strings.IndexByte(".:#_-", text[end]) >= 0) {
			end++
		}
		word := strings.TrimRight(text[i:end], ".:-")
		if word == "" {
			continue
		}
		first, count := tokenRules(word)
		for _, rule := range tokenRuleList[first : first+count] {
			m.take(rule, uint16(len(word))+bonusToken, []Span{{i, i + len(word)}}, q)
		}
	}
}

// take notes a match, and whether it counts for the question.
func (m *matches) take(rule, literal uint16, spans []Span, q *question) {
	if old, ok := m.score[rule]; !ok || literal > old {
		m.score[rule], m.spans[rule] = literal, spans
	}
	if score, ok := ruleWorth(rule, literal, q); ok {
		m.found.take(rule, score)
	}
}

// spans gives where p's fragments stand in s, at their leftmost, or nil.
func (p *pattern) spans(s string) []Span {
	var list []Span
	from := 0
	for i := range int(p.count) {
		fr := &fragments[int(p.first)+i]
		at := -1
		for j := from; j+int(fr.len) <= len(s); j++ {
			if fr.standsAt(s, j) {
				at = j
				break
			}
		}
		if at < 0 {
			return nil
		}
		from = at + int(fr.len)
		list = append(list, Span{at, from})
	}
	return list
}

// origin gives the span of the text as given, where origin tells from which byte
// of it each byte comes, and at last its length.
func (sp Span) origin(origin []int) Span { return Span{origin[sp.Start], origin[sp.End]} }

// standsAt compares byte by byte.
func (fr *fragment) standsAt(s string, at int) bool {
	text := fragmentText[fr.at:][:fr.len]
	for i := range len(text) {
		if s[at+i]|0x20 != text[i] {
			return false
		}
	}
	end := at + len(text)
	return (fr.edges&edgeFirst == 0 || at == 0 || !sameWord(s[at-1], text[0])) &&
		(fr.edges&edgeLast == 0 || end == len(s) || !sameWord(text[len(text)-1], s[end]))
}

// unfoldSlowly is the twin of unfold: it also tells which byte of the text each
// byte of the result comes from, and at last the text's length.
func unfoldSlowly(text string, p *Parsed) (string, []int) {
	var out []byte
	var origin []int
	if !folded(text, p) {
		for i := range len(text) + 1 {
			origin = append(origin, i)
		}
		return text, origin
	}
	for i := 0; i < len(text); {
		word, n := text[i:], 0
		for n < len(word) && !isBreak(word[n:]) {
			n++
		}
		switch skip := 0; {
		case n == 0:
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out, origin = append(out, ' '), append(origin, i)
			}
			_, length := plain(word)
			i += length
			if word[0] == '\\' {
				i++
			}
			continue
		default:
			if i > 0 && p.Reply != 0 {
				skip = repeatedCodes(word, p)
			}
			for skip > 0 { // what is glued to the codes is kept
				i += skip
				word = text[i:]
				n = 0
				for n < len(word) && !isBreak(word[n:]) {
					n++
				}
				skip = 0
			}
			for j := 0; j < n; {
				c, length := plain(word[j:n])
				out, origin = append(out, c), append(origin, i+j)
				j += length
			}
			i += n
		}
	}
	return string(out), append(origin, len(text))
}

// isBreak tells whether s begins with white space, or with the two letters that
// stand for a line's end in a quoted text.
func isBreak(s string) bool {
	c, _ := plain(s)
	return c == ' ' || s[0] == '\t' || s[0] == '\r' || s[0] == '\n' || len(s) > 1 && s[0] == '\\' && (s[1] == 'n' || s[1] == 'r')
}

// hits lists what matched, the best first: what won, then by score, then in the
// order of the data. All that is a number, so that no other sort has to be
// compiled.
func (m *matches) hits(q *question, won uint16, shift int) []Hit {
	var order []uint64
	for rule, literal := range m.score {
		score, counts := ruleWorth(rule, literal, q)
		if !counts {
			score = 0
		}
		lost := btoi(rule != won || won == 0)
		order = append(order, uint64(lost)<<32|uint64(math.MaxUint16-score)<<16|uint64(rule))
	}
	slices.Sort(order)
	var list []Hit
	for _, o := range order {
		rule := uint16(o)
		_, counts := ruleWorth(rule, m.score[rule], q)
		h := Hit{Wording: wording(rule), Won: o>>32 == 0, Score: math.MaxUint16 - int(uint16(o>>16))}
		for _, sp := range m.spans[rule] {
			h.Spans = append(h.Spans, Span{sp.Start + shift, sp.End + shift})
		}
		h.Why = m.why(rule, counts, h.Won)
		list = append(list, h)
	}
	return list
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (m *matches) why(rule uint16, counts, won bool) string {
	flags := ruleTable[rule].flags
	switch {
	case won && flags&isWeak != 0:
		return "vague words, but no code says more"
	case won:
		return "the most specific words"
	case !counts && flags&needsProvider != 0 && flags&needsCode == 0:
		return "common words: they count only where " + ruleTable[rule].provider.Name() + " is known to answer"
	case !counts:
		return "counts only with " + strings.Join(lines(field(rule, fieldCodes)), " or ")
	case wordTable[rule].reason == ReasonUnknown:
		return "says nothing of the cause"
	case flags&isWeak != 0:
		return "vague words"
	}
	return "less specific words"
}
