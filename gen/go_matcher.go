package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

var _ = register("matcher", renderMatcher)

// The shape of the scan, as codes/match.go reads it.
const (
	window    = 6
	stride    = 3
	anchorLen = window + stride - 1
	bloomBits = 17
	slotBits  = 15
	tagBits   = 16
	hashMul   = 0x9E3779B97F4A7C15
	// maxLiteral caps how much literal text counts: beyond it more words say no more.
	maxLiteral = 240
)

// matcher is the generated tables of the classifier.
type matcher struct {
	text       string // of all fragments, folded
	fragments  []placed
	patterns   []compiled
	candidates []candidate
	slots      []slot
	bloom      []uint64
	windows    int
}

type placed struct {
	at, len int
	edges   int
}

type compiled struct {
	kind   string
	rule   int
	ruleGo string // the rule as Go, where it is a provider
	first  int
	frags  []fragment
	score  int
}

type candidate struct{ pattern, fragment, offset int }

type slot struct {
	used       bool
	tag        uint16
	first, num int
}

// compile builds the tables: a pure function of the data.
func compile(d *dataset) (*matcher, error) {
	m := &matcher{}
	for i, msg := range d.all() {
		for _, t := range msg.Text {
			if err := m.add("kindRule", i+1, "", t); err != nil {
				return nil, fmt.Errorf("%s: %w", msg.pos, err)
			}
		}
	}
	for _, p := range d.Providers {
		for _, z := range p.Zones {
			if err := m.add("kindZone", 0, constant("Provider", p.ID), z); err != nil {
				return nil, fmt.Errorf("%s: %w", p.pos, err)
			}
		}
		for _, w := range p.Marks {
			if err := m.add("kindMark", 0, constant("Provider", p.ID), w); err != nil {
				return nil, fmt.Errorf("%s: %w", p.pos, err)
			}
		}
	}
	m.layFragments()
	return m, m.index(frequencies(d))
}

func (m *matcher) add(kind string, rule int, ruleGo, text string) error {
	frags, err := parsePattern(text)
	if err != nil {
		return err
	}
	score := 0
	for _, f := range frags {
		score += len(f.text)
	}
	m.patterns = append(m.patterns, compiled{kind: kind, rule: rule, ruleGo: ruleGo, frags: frags, score: min(score, maxLiteral)})
	return nil
}

// layFragments packs the literal text; equal fragments, and those that are part
// of a longer one, share it.
func (m *matcher) layFragments() {
	seen := map[string]bool{}
	var list []string
	for _, p := range m.patterns {
		for _, f := range p.frags {
			if !seen[f.text] {
				seen[f.text] = true
				list = append(list, f.text)
			}
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	var text strings.Builder
	at := map[string]int{}
	for _, f := range list {
		if i := strings.Index(text.String(), f); i >= 0 {
			at[f] = i
			continue
		}
		at[f] = text.Len()
		text.WriteString(f)
	}
	m.text = text.String()
	index := map[placed]int{}
	for i := range m.patterns {
		p := &m.patterns[i]
		p.first = len(m.fragments)
		for _, f := range p.frags {
			edges := 0
			if f.first {
				edges |= 1
			}
			if f.last {
				edges |= 2
			}
			m.fragments = append(m.fragments, placed{at[f.text], len(f.text), edges})
		}
		if len(p.frags) == 1 { // one fragment alone may stand anywhere in the list
			f := m.fragments[p.first]
			if j, ok := index[f]; ok {
				p.first, m.fragments = j, m.fragments[:len(m.fragments)-1]
			} else {
				index[f] = p.first
			}
		}
	}
}

// frequencies counts the windows of all examples and patterns: how often the
// scan will meet them in replies.
func frequencies(d *dataset) map[string]int {
	freq := map[string]int{}
	count := func(s string) {
		s = foldText(s)
		for i := 0; i+window <= len(s); i++ {
			freq[s[i:i+window]]++
		}
	}
	for _, m := range d.all() {
		for _, s := range slices.Concat(m.Example, m.Text) {
			count(s)
		}
	}
	return freq
}

// index chooses an anchor for every pattern and enters its windows.
func (m *matcher) index(freq map[string]int) error {
	m.slots = make([]slot, 1<<slotBits)
	m.bloom = make([]uint64, 1<<bloomBits/64)
	byHash := map[uint64][]candidate{} // by the upper bits, which are all that a slot knows of a window
	for pi, p := range m.patterns {
		best, bestFragment, bestAt := -1, 0, 0
		for fi, f := range p.frags {
			for at := 0; at+anchorLen <= len(f.text); at++ {
				cost := 0
				for k := range stride {
					cost += freq[f.text[at+k:at+k+window]]
				}
				if best < 0 || cost < best {
					best, bestFragment, bestAt = cost, fi, at
				}
			}
		}
		if best < 0 {
			return fmt.Errorf("a pattern of %v has no fragment of %d bytes", p.frags, anchorLen)
		}
		if len(p.frags[bestFragment].text) > 255 {
			return fmt.Errorf("fragment %q has over 255 bytes", p.frags[bestFragment].text)
		}
		for k := range stride {
			w := p.frags[bestFragment].text[bestAt+k:][:window]
			h := windowHash(w)
			bit := h >> (64 - bloomBits)
			m.bloom[bit>>6] |= 1 << (bit & 63)
			key := h >> (64 - slotBits - tagBits)
			byHash[key] = append(byHash[key], candidate{pi, bestFragment, bestAt + k})
		}
	}
	m.windows = len(byHash)
	if m.windows*2 > 1<<slotBits {
		return fmt.Errorf("%d windows fill more than half of %d slots: raise slotBits in gen/go_matcher.go", m.windows, 1<<slotBits)
	}
	lists := map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(byHash)) {
		list := byHash[key]
		slices.SortStableFunc(list, func(a, b candidate) int { // the most specific first: the rest is then often skipped
			return cmp.Compare(m.patterns[b.pattern].score, m.patterns[a.pattern].score)
		})
		if len(list) > 255 {
			return fmt.Errorf("%d patterns share a window: 255 can; make some of them longer", len(list))
		}
		text := fmt.Sprint(list)
		first, ok := lists[text]
		if !ok {
			first = len(m.candidates)
			lists[text] = first
			m.candidates = append(m.candidates, list...)
		}
		at := key >> tagBits
		for m.slots[at].used {
			at = (at + 1) & (1<<slotBits - 1)
		}
		m.slots[at] = slot{true, uint16(key), first, len(list)}
	}
	if len(m.candidates) >= 1<<16 || len(m.fragments) >= 1<<16 || len(m.patterns) >= 1<<16 {
		return fmt.Errorf("%d candidates, %d fragments, %d patterns: each fits a uint16", len(m.candidates), len(m.fragments), len(m.patterns))
	}
	return nil
}

func windowHash(w string) uint64 {
	var v uint64
	for i := range window {
		v |= uint64(w[i]) << (8 * i)
	}
	return v * hashMul
}

func renderMatcher(d *dataset) (map[string][]byte, error) {
	m, err := compile(d)
	if err != nil {
		return nil, err
	}
	s := goFile(codesFile+" and "+providersFile, fmt.Sprintf("%d patterns of %d fragments with %d bytes of text; %d windows in %d slots (at most half may be used), %d bits of %d set in the filter.",
		len(m.patterns), len(m.fragments), len(m.text), m.windows, 1<<slotBits, m.bits(), 1<<bloomBits))
	s.f("const (\n\tbloomBits = %d\n\tslotBits = %d\n)\n\n", bloomBits, slotBits)
	s.f("// bloom has the bit of every window's hash set: 16 KB, which stay in the first cache.\nvar bloom = [1 << bloomBits / 64]uint64{\n")
	row := 0
	for i, w := range m.bloom {
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
	for i, w := range m.slots {
		if !w.used {
			continue
		}
		s.f("%d: {%#x, %d, %d},", i, w.tag, w.first, w.num)
		if row++; row%8 == 0 {
			s.f("\n")
		}
	}
	s.f("\n}\n\nvar candidates = [...]candidate{\n")
	for i, c := range m.candidates {
		s.f("{%d, %d, %d},", c.pattern, c.fragment, c.offset)
		if i%12 == 11 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n// patterns are in the order of the rules they speak for.\nvar patterns = [...]pattern{\n")
	for i, p := range m.patterns {
		rule := fmt.Sprint(p.rule)
		if p.ruleGo != "" {
			rule = "uint16(" + p.ruleGo + ")"
		}
		s.f("{%s, %d, %d, %s, %d},", rule, p.first, len(p.frags), p.kind, p.score)
		if i%6 == 5 {
			s.f("\n")
		}
	}
	s.f("\n}\n\nvar fragments = [...]fragment{\n")
	for i, f := range m.fragments {
		s.f("{%d, %d, %d},", f.at, f.len, f.edges)
		if i%10 == 9 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n// fragmentText is the literal text, folded.\nconst fragmentText = \"\" +\n")
	for i := 0; i < len(m.text); i += 100 {
		s.f("\t%q +\n", m.text[i:min(i+100, len(m.text))])
	}
	s.f("\t\"\"\n\n")
	rules(s, d)
	tokens(s, d)
	return map[string][]byte{"codes/matcher_gen.go": s.Bytes()}, nil
}

func (m *matcher) bits() int {
	n := 0
	for _, w := range m.bloom {
		for ; w != 0; w &= w - 1 {
			n++
		}
	}
	return n
}

// rules writes what the matcher needs to know of every message and phrase, and
// the index of those that a code alone names.
func rules(s *source, d *dataset) {
	var spans []string
	type vendor struct{ code, rule int }
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
		}{{"needsProvider", m.needs("provider")}, {"needsCode", m.needs("code")}, {"isWeak", m.Weak}, {"isMessage", m.Provider != ""}} {
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

// tokens writes the switch on providers' own codes.
func tokens(s *source, d *dataset) {
	byToken := map[string][]int{}
	for i, m := range d.all() {
		if m.Token != "" {
			byToken[m.Token] = append(byToken[m.Token], i+1)
		}
	}
	var list []string
	s.f("// tokenRules gives the part of tokenRuleList that a provider's own code names.\nfunc tokenRules(s string) (first, count int) {\n\tswitch s {\n")
	for _, t := range slices.Sorted(maps.Keys(byToken)) {
		s.f("\tcase %q:\n\t\treturn %d, %d\n", t, len(list), len(byToken[t]))
		for _, r := range byToken[t] {
			list = append(list, fmt.Sprint(r))
		}
	}
	s.f("\t}\n\treturn 0, 0\n}\n\nvar tokenRuleList = [...]uint16{%s}\n", strings.Join(list, ", "))
}
