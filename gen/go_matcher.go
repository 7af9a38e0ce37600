package main

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/internal/layout"
)

var _ = register("matcher", renderMatcher)

// What counts on top of literal bytes; codes/match.go says what for.
const (
	bonusProvider = 2000
	bonusToken    = 20
	bonusMessage  = 8
	bonusReply    = 2
	bonusEnhanced = 6
)

// matcher is the patterns of the data and the tables made of them.
type matcher struct {
	patterns    []layout.Pattern
	text, facts string // the same packed
	*layout.Tables
}

// The kinds of pattern and what one must beat, as codes/match.go has them; a
// test of codes would see if they were not the same.
const (
	kindStrong = iota
	kindWeak
	kindZone
	kindDomainZone
	kindContext
	kindContextAlways
	kindMark
)

const (
	barNone = iota
	barClears
	barStrong
	barWeak
)

var (
	patternKinds = [...]string{"kindStrong", "kindWeak", "kindZone", "kindDomainZone", "kindContext", "kindContextAlways", "kindMark"}
	barNames     = [...]string{"barNone", "barClears", "barStrong", "barWeak"}
)

// compile builds the tables: a pure function of the data.
func compile(d *dataset) (*matcher, error) {
	m := &matcher{}
	clears := d.clears()
	for i, msg := range d.all() {
		p := layout.Pattern{Rule: uint16(i + 1), Kind: kindStrong, Bar: barStrong, Needs: msg.needs("provider"), Bonus: uint8(msg.bonus())}
		switch {
		case msg.Weak:
			p.Kind, p.Bar = kindWeak, barWeak
		case clears[msg.Reason]:
			p.Bar = barClears
		}
		if err := m.add(p, msg.pos, msg.Text); err != nil {
			return nil, err
		}
	}
	numbers := map[string]uint16{} // of the reasons, as their constants have them
	for i, r := range d.Reasons {
		numbers[r.ID] = uint16(i + 1)
	}
	for _, x := range d.Contexts {
		p := layout.Pattern{Rule: numbers[x.Reason], Kind: kindContext}
		if x.Always {
			p.Kind = kindContextAlways
		}
		if err := m.add(p, x.pos, x.Text); err != nil {
			return nil, err
		}
	}
	for i, p := range d.Providers {
		for _, list := range []struct {
			kind uint8
			text []string
		}{{kindZone, p.Zones}, {kindDomainZone, p.DomainZones}, {kindMark, p.Marks}} {
			if err := m.add(layout.Pattern{Rule: uint16(i + 1), Kind: list.kind}, p.pos, list.text); err != nil {
				return nil, err
			}
		}
	}
	if err := m.anchors(frequencies(d)); err != nil {
		return nil, err
	}
	m.text, m.facts = layout.Pack(m.patterns)
	var err error
	m.Tables, err = layout.Lay(m.text, m.facts)
	return m, err
}

// bonus gives the most that the message or phrase can be worth beyond its
// literal bytes, where no provider is known.
func (msg message) bonus() int {
	n := 0
	if msg.Provider != "" {
		n = bonusMessage
	}
	best := 0
	for _, c := range msg.Codes {
		span, _ := parseCodes(c) // checked
		fits := 0
		if span.lo != 0 {
			fits = bonusEnhanced
		}
		if span.reply != 0 {
			fits += bonusReply
		}
		best = max(best, fits)
	}
	return n + best
}

// add enters p with each of the patterns that texts spell.
func (m *matcher) add(p layout.Pattern, at pos, texts []string) error {
	for _, text := range texts {
		frags, err := parsePattern(text)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		p.Pieces = nil
		for _, f := range frags {
			piece := layout.Piece{Text: f.text}
			if f.first {
				piece.Edges |= 1
			}
			if f.last {
				piece.Edges |= 2
			}
			p.Pieces = append(p.Pieces, piece)
		}
		m.patterns = append(m.patterns, p)
	}
	return nil
}

// frequencies counts the windows of all examples and patterns: how often the
// scan will meet them in replies.
func frequencies(d *dataset) map[string]int {
	freq := map[string]int{}
	count := func(s string) {
		s = foldText(s)
		for i := 0; i+layout.Window <= len(s); i++ {
			freq[s[i:i+layout.Window]]++
		}
	}
	for _, m := range d.all() {
		for _, s := range slices.Concat(m.Example, m.Text) {
			count(s)
		}
	}
	return freq
}

// What the scan pays, in nanoseconds or so, where it meets a window: to look it
// up, and to compare a candidate. unseen stands for all the replies that the data
// has no example of: without it, what no example holds would be free.
const (
	windowCost    = 20
	candidateCost = 2
	unseen        = 3
	anchorPasses  = 12
)

// anchors chooses an anchor for every pattern, so that the scan has to stop as
// seldom as can be. A window that other patterns have already costs little more
// for another one, so the choices depend on one another: they are made anew
// until they settle.
func (m *matcher) anchors(freq map[string]int) error {
	users := map[string]int{}
	use := func(p *layout.Pattern, by int) {
		for _, at := range p.At {
			users[p.Pieces[p.Anchor].Text[at:][:layout.Window]] += by
		}
	}
	for pass := range anchorPasses {
		for i := range m.patterns {
			p := &m.patterns[i]
			if pass > 0 {
				use(p, -1)
			}
			best := -1.0
			for j, piece := range p.Pieces {
				if len(piece.Text) < minFragment {
					continue
				}
				if len(piece.Text) > 255 {
					return fmt.Errorf("fragment %q has over 255 bytes", piece.Text)
				}
				var windows [layout.Stride]uint8
				total := 0.0
				for k := range layout.Stride {
					least := -1.0
					for at := k; at+layout.Window <= len(piece.Text); at += layout.Stride {
						w := piece.Text[at:][:layout.Window]
						// At first the patterns share a window's cost, so that they come together;
						// at last only the first one pays.
						share := float64(windowCost)
						if pass < anchorPasses/2 {
							share /= float64(users[w] + 1)
						} else if users[w] > 0 {
							share = 0
						}
						if cost := float64(freq[w]+unseen) * (share + candidateCost); least < 0 || cost < least {
							least, windows[k] = cost, uint8(at)
						}
					}
					total += least
				}
				if best < 0 || total < best {
					best, p.Anchor, p.At = total, uint8(j), windows
				}
			}
			use(p, 1)
		}
	}
	return nil
}

func renderMatcher(d *dataset) (map[string][]byte, error) {
	m, err := compile(d)
	if err != nil {
		return nil, err
	}
	s := goFile(codesFile+" and "+providersFile, fmt.Sprintf("%d patterns of %d fragments with %d bytes of text.", len(m.Patterns), len(m.Fragments), len(m.text)))
	s.f("const (\n\twindow = %d // bytes that the scan looks at\n\tstride = %d // from one window to the next\n\thashMul = %#X\n\tfilterBits = %d // of words\n\tslotBits = %d\n\tmaxLiteral = %d // bytes of a pattern that count: beyond them more words say no more\n)\n\n", layout.Window, layout.Stride, uint64(layout.HashMul), layout.FilterBits, layout.SlotBits, layout.MaxLiteral)
	s.f("// Bonuses on top of a pattern's literal bytes. They order what matches the same text: a message of the\n// provider that answered beats everything, a token or the right code beats the same words without.\nconst (\n\tbonusProvider = %d\n\tbonusToken = %d\n\tbonusMessage = %d\n\tbonusReply = %d\n\tbonusEnhanced = %d\n)\n\n", bonusProvider, bonusToken, bonusMessage, bonusReply, bonusEnhanced)
	s.f("// fragmentText is the literal text, folded. A byte below 8 ends a fragment.\n")
	s.longConst("fragmentText", chunks(m.text, 100))
	s.f("// packedFacts is what the tables are made of beside it: see internal/layout.\n")
	s.longConst("packedFacts", chunks(m.facts, 40))
	rules(s, d)
	full := fullFile(codesFile+" and "+providersFile, fmt.Sprintf("%d windows in %d slots (at most three quarters may be used), %d bits of %d set in the filter.",
		m.Windows, 1<<layout.SlotBits, m.bits(), 64<<layout.FilterBits))
	m.tables(full)
	err = tokens(s, full, d.tokens())
	return map[string][]byte{"codes/matcher_gen.go": s.Bytes(), "codes/matcher_full_gen.go": full.Bytes()}, err
}

// tables writes what a small build computes.
func (m *matcher) tables(s *source) {
	s.f("// filter has a bit set for the hash of every window, and lets 2 of 100 others through.\nvar filter = [1 << filterBits]uint64{\n")
	row := 0
	for i, w := range m.Filter {
		if w == 0 {
			continue
		}
		s.f("%d: %#x,", i, w)
		if row++; row%8 == 0 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n// slots is the hash table of windows, open addressing.\nvar slots = [1 << slotBits]slot{\n")
	row = 0
	for i, w := range m.Slots {
		if w.Count == 0 {
			continue
		}
		s.f("%d: {%#x, %d, %d, %d, %d, %s},", i, w.Tag, w.First, w.Count, w.Free, w.Most, barNames[w.Bar])
		if row++; row%8 == 0 {
			s.f("\n")
		}
	}
	s.f("\n}\n\nvar candidates = [...]candidate{\n")
	for i, c := range m.Candidates {
		s.f("{%#x, %d, %d, %d},", c.Check, c.Pattern, c.Offset, c.At)
		if i%10 == 9 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n// patterns are in the order of the rules they speak for.\nvar patterns = [...]pattern{\n")
	for i, p := range m.Patterns {
		s.f("{%d, %d, %d, %d, %d, %s, %d, %s},", p.Rule, p.First, p.Score, p.Most, p.Count, patternKinds[p.Kind], p.Anchor, barNames[p.Bar])
		if i%6 == 5 {
			s.f("\n")
		}
	}
	s.f("\n}\n\nvar fragments = [...]fragment{\n")
	for i, f := range m.Fragments {
		s.f("{%d, %d, %d},", f.At, f.Len, f.Edges)
		if i%10 == 9 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n")
}

// clears gives the reasons that say that the recipient's address is not the cause.
func (d *dataset) clears() map[string]bool {
	m := map[string]bool{}
	for _, r := range d.Reasons {
		m[r.ID] = r.Clears
	}
	return m
}

func (m *matcher) bits() int {
	n := 0
	for _, w := range m.Filter {
		n += bits.OnesCount64(w)
	}
	return n
}

// rules writes what the matcher needs to know of every message and phrase, and
// the index of those that a code alone names.
func rules(s *source, d *dataset) {
	var spans []string
	type vendor struct{ code, rule int }
	clears := d.clears()
	var vendors []vendor
	name := func(span codeSpan, rule int) {
		for code := span.lo; span.lo != 0 && code <= span.hi; code++ {
			vendors = append(vendors, vendor{code, rule})
		}
	}
	s.f("// ruleTable has a row for every row of wordTable.\nvar ruleTable = [...]rule{\n\t{},\n")
	for i, m := range d.all() {
		var flags []string
		for _, f := range []struct {
			name string
			on   bool
		}{{"needsProvider", m.needs("provider")}, {"needsCode", m.needs("code")}, {"isWeak", m.Weak}, {"isMessage", m.Provider != ""}, {"isSilent", m.Reason == "unknown"}, {"clearsAddress", clears[m.Reason]}, {"isGuess", m.Guess}} {
			if f.on {
				flags = append(flags, f.name)
			}
		}
		first := len(spans)
		for _, c := range m.Codes {
			span, _ := parseCodes(c) // checked
			spans = append(spans, fmt.Sprintf("{%d, %s, %s}", span.reply, enhancedConst(span.lo), enhancedConst(span.hi)))
			if len(m.Text) == 0 && m.Token == "" {
				name(span, i+1)
			}
		}
		for _, c := range m.Alone {
			span, _ := parseCodes(c) // checked
			name(span, i+1)
		}
		s.f("\t{%s, %d, %d, %s},\n", constant("Provider", m.Provider), first, len(m.Codes), cmp.Or(strings.Join(flags, "|"), "0"))
	}
	s.f("}\n\nvar codeSpans = [...]codeSpan{\n")
	for _, c := range spans {
		s.f("\t%s,\n", c)
	}
	s.f("}\n\n// vendorRules are the messages that their enhanced code alone names, by code.\nvar vendorRules = [...]vendorRule{\n")
	slices.SortFunc(vendors, func(a, b vendor) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.rule, b.rule)) })
	for _, v := range slices.Compact(vendors) {
		s.f("\t{%s, %d},\n", enhancedConst(v.code), v.rule)
	}
	s.f("}\n\n")
}

// tokens are the providers' own codes, by token: the numbers of their rules.
func (d *dataset) tokens() map[string][]int {
	rules := map[string][]int{}
	for i, m := range d.all() {
		if m.Token != "" {
			rules[m.Token] = append(rules[m.Token], i+1)
		}
	}
	return rules
}

// tokens writes what is known of providers' own codes, in s; and the switch that
// finds them, in full.
func tokens(s, full *source, rules map[string][]int) error {
	var list, packed []string
	var lengths [64]uint64
	full.f("// tokenRules gives the part of tokenRuleList that a provider's own code names.\nfunc tokenRules(s string) (first, count int) {\n\tswitch s {\n")
	for _, t := range slices.Sorted(maps.Keys(rules)) {
		lengths[t[0]&63] |= 1 << len(t)
		full.f("\tcase %q:\n\t\treturn %d, %d\n", t, len(list), len(rules[t]))
		if len(rules[t]) >= layout.EndToken {
			return fmt.Errorf("the token %q stands with %d messages: there is room for %d", t, len(rules[t]), layout.EndToken-1)
		}
		packed = append(packed, t+string(rune(len(rules[t]))))
		for _, r := range rules[t] {
			list = append(list, fmt.Sprint(r))
		}
	}
	full.f("\t}\n\treturn 0, 0\n}\n")
	s.f("// tokenLengths has a bit for every length of a token, by the low six bits of its first letter.\nvar tokenLengths = [64]uint64{%#x", lengths[0])
	for _, l := range lengths[1:] {
		s.f(", %#x", l)
	}
	s.f("}\n\nvar tokenRuleList = [...]uint16{%s}\n\n", strings.Join(list, ", "))
	s.f("// packedTokens is what a small build has in place of the switch.\n")
	s.longConst("packedTokens", packed)
	return nil
}
