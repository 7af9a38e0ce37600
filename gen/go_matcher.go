package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

var _ = register("matcher", renderMatcher)

// The shape of the scan; codes/match.go has it from the generated constants.
const (
	window     = 6
	stride     = 3
	filterBits = 13
	slotBits   = 15
	tagBits    = 16
	hashMul    = 0x9E3779B97F4A7C15
	// maxLiteral caps how much literal text counts: beyond it more words say no more.
	maxLiteral = 239
)

// What counts on top of literal bytes; codes/match.go says what for.
const (
	bonusProvider = 2000
	bonusToken    = 20
	bonusMessage  = 8
	bonusReply    = 2
	bonusEnhanced = 6
)

// matcher is the generated tables of the classifier.
type matcher struct {
	text       string // of all fragments, folded
	fragments  []placed
	patterns   []compiled
	candidates []candidate
	slots      []slot
	filter     []uint64
	windows    int
}

type placed struct {
	at, len int
	edges   int
}

type compiled struct {
	kind   string
	rule   int
	ruleGo string // the rule as Go, where it is a provider or a reason
	first  int
	frags  []fragment
	score  int
	most   int  // the score with all that the codes can add
	needs  bool // a provider that is known to have answered
	bar    int  // what it must beat: an index of barNames
	anchor int  // the fragment that holds the anchor
}

// What a pattern must beat, as codes/match.go has it.
const (
	barNone = iota
	barClears
	barStrong
	barWeak
)

var barNames = [...]string{"barNone", "barClears", "barStrong", "barWeak"}

func (p *compiled) anchorText() string { return p.frags[p.anchor].text }

type candidate struct {
	pattern, offset int
	at              int // of the four bytes that tell it from the others
}

type slot struct {
	used       bool
	tag        uint16
	first, num int
	free       int // of num: those that need no provider, in front
	most, bar  int // the highest and the lowest of theirs
}

// compile builds the tables: a pure function of the data.
func compile(d *dataset) (*matcher, error) {
	m := &matcher{}
	clears := d.clears()
	for i, msg := range d.all() {
		p := compiled{kind: "kindStrong", rule: i + 1, needs: msg.needs("provider"), bar: barStrong}
		switch {
		case msg.Weak:
			p.kind, p.bar = "kindWeak", barWeak
		case clears[msg.Reason]:
			p.bar = barClears
		}
		p.most = msg.bonus()
		for _, t := range msg.Text {
			if err := m.add(p, t); err != nil {
				return nil, fmt.Errorf("%s: %w", msg.pos, err)
			}
		}
	}
	for _, x := range d.Contexts {
		p := compiled{kind: "kindContext", ruleGo: constant("Reason", x.Reason)}
		if x.Always {
			p.kind = "kindContextAlways"
		}
		for _, t := range x.Text {
			if err := m.add(p, t); err != nil {
				return nil, fmt.Errorf("%s: %w", x.pos, err)
			}
		}
	}
	for _, p := range d.Providers {
		for _, list := range []struct {
			kind string
			text []string
		}{{"kindZone", p.Zones}, {"kindDomainZone", p.DomainZones}, {"kindMark", p.Marks}} {
			for _, text := range list.text {
				if err := m.add(compiled{kind: list.kind, ruleGo: constant("Provider", p.ID)}, text); err != nil {
					return nil, fmt.Errorf("%s: %w", p.pos, err)
				}
			}
		}
	}
	m.layFragments()
	return m, m.index(frequencies(d))
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

// add enters p with the pattern that text spells.
func (m *matcher) add(p compiled, text string) error {
	frags, err := parsePattern(text)
	if err != nil {
		return err
	}
	p.frags = frags
	for _, f := range frags {
		p.score += len(f.text)
	}
	p.score = min(p.score, maxLiteral)
	p.most += p.score
	m.patterns = append(m.patterns, p)
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
	m.filter = make([]uint64, 1<<filterBits)
	byHash := map[uint64][]candidate{} // by the upper bits, which are all that a slot knows of a window
	anchors, err := m.anchors(freq)
	if err != nil {
		return err
	}
	for pi, a := range anchors {
		m.patterns[pi].anchor = a.fragment
		for _, at := range a.at {
			h := windowHash(m.patterns[pi].anchorText()[at:][:window])
			m.filter[h>>(64-filterBits)] |= 1 << (h >> (64 - filterBits - 6) & 63)
			key := h >> (64 - slotBits - tagBits)
			byHash[key] = append(byHash[key], candidate{pattern: pi, offset: at})
		}
	}
	m.windows = len(byHash)
	if m.windows*4 > 3<<slotBits {
		return fmt.Errorf("%d windows fill more than three quarters of %d slots: raise slotBits in gen/go_matcher.go", m.windows, 1<<slotBits)
	}
	lists := map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(byHash)) {
		list := byHash[key]
		slices.SortStableFunc(list, func(a, b candidate) int { // the most specific first: the rest is then often skipped
			p, q := &m.patterns[a.pattern], &m.patterns[b.pattern]
			return cmp.Or(btoi(p.needs)-btoi(q.needs), cmp.Compare(q.score, p.score))
		})
		free := 0
		for free < len(list) && !m.patterns[list[free].pattern].needs {
			free++
		}
		if len(list) > 255 {
			return fmt.Errorf("%d patterns share a window: 255 can; make some of them longer", len(list))
		}
		m.tellApart(list)
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
		s := slot{used: true, tag: uint16(key), first: first, num: len(list), free: free, bar: barWeak}
		for _, c := range list {
			p := &m.patterns[c.pattern]
			s.most, s.bar = max(s.most, p.most), min(s.bar, p.bar)
		}
		m.slots[at] = s
	}
	if len(m.candidates) >= 1<<16 || len(m.fragments) >= 1<<16 || len(m.patterns) >= 1<<16 {
		return fmt.Errorf("%d candidates, %d fragments, %d patterns: each fits a uint16", len(m.candidates), len(m.fragments), len(m.patterns))
	}
	return nil
}

// anchor is what a pattern is found by: windows of one of its fragments, one for
// each way that the scan's steps can fall on it.
type anchor struct {
	fragment int
	at       [stride]int // where in the fragment; the remainder by stride is the index
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
func (m *matcher) anchors(freq map[string]int) ([]anchor, error) {
	chosen := make([]anchor, len(m.patterns))
	users := map[string]int{}
	for pass := range anchorPasses {
		for pi, p := range m.patterns {
			if pass > 0 {
				for _, at := range chosen[pi].at {
					users[p.frags[chosen[pi].fragment].text[at:][:window]]--
				}
			}
			best := -1.0
			for fi, f := range p.frags {
				if len(f.text) < minFragment {
					continue
				}
				a, total := anchor{fragment: fi}, 0.0
				for k := range stride {
					least := -1.0
					for at := k; at+window <= len(f.text); at += stride {
						w := f.text[at:][:window]
						// At first the patterns share a window's cost, so that they come together;
						// at last only the first one pays.
						share := float64(windowCost)
						if pass < anchorPasses/2 {
							share /= float64(users[w] + 1)
						} else if users[w] > 0 {
							share = 0
						}
						if cost := float64(freq[w]+unseen) * (share + candidateCost); least < 0 || cost < least {
							least, a.at[k] = cost, at
						}
					}
					total += least
				}
				if best < 0 || total < best {
					best, chosen[pi] = total, a
				}
			}
			for _, at := range chosen[pi].at {
				users[p.frags[chosen[pi].fragment].text[at:][:window]]++
			}
		}
	}
	for pi, a := range chosen {
		if text := m.patterns[pi].frags[a.fragment].text; len(text) > 255 {
			return nil, fmt.Errorf("fragment %q has over 255 bytes", text)
		}
	}
	return chosen, nil
}

// tellApart chooses for each candidate of a window the four bytes of its fragment
// that the fewest of the others share at the same distance from the window; of
// equals, those that are farthest from it.
func (m *matcher) tellApart(list []candidate) {
	text := func(c candidate) string { return m.patterns[c.pattern].anchorText() }
	for i := range list {
		c := &list[i]
		t := text(*c)
		best, bestDistance := len(list)+1, 0
		for at := 0; at+4 <= len(t); at++ {
			shared := 0
			for j, o := range list {
				from := at - c.offset + o.offset
				if u := text(o); j != i && from >= 0 && from+4 <= len(u) && u[from:from+4] == t[at:at+4] {
					shared++
				}
			}
			distance := max(c.offset-at, at+4-c.offset-window)
			if shared < best || shared == best && distance > bestDistance {
				best, bestDistance, c.at = shared, distance, at
			}
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func windowHash(w string) uint64 {
	var v uint64
	for i := range window {
		v |= uint64(w[i]) << (8 * i)
	}
	return v << (64 - 8*window) * hashMul
}

func renderMatcher(d *dataset) (map[string][]byte, error) {
	m, err := compile(d)
	if err != nil {
		return nil, err
	}
	s := goFile(codesFile+" and "+providersFile, fmt.Sprintf("%d patterns of %d fragments with %d bytes of text; %d windows in %d slots (at most three quarters may be used), %d bits of %d set in the filter.",
		len(m.patterns), len(m.fragments), len(m.text), m.windows, 1<<slotBits, m.bits(), 64<<filterBits))
	s.f("const (\n\twindow = %d // bytes that the scan looks at\n\tstride = %d // from one window to the next\n\thashMul = %#X\n\tfilterBits = %d // of words\n\tslotBits = %d\n)\n\n", window, stride, uint64(hashMul), filterBits, slotBits)
	s.f("// Bonuses on top of a pattern's literal bytes. They order what matches the same text: a message of the\n// provider that answered beats everything, a token or the right code beats the same words without.\nconst (\n\tbonusProvider = %d\n\tbonusToken = %d\n\tbonusMessage = %d\n\tbonusReply = %d\n\tbonusEnhanced = %d\n)\n\n", bonusProvider, bonusToken, bonusMessage, bonusReply, bonusEnhanced)
	s.f("// filter has a bit set for the hash of every window, and lets 2 of 100 others through.\nvar filter = [1 << filterBits]uint64{\n")
	row := 0
	for i, w := range m.filter {
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
		s.f("%d: {%#x, %d, %d, %d, %d, %s},", i, w.tag, w.first, w.num, w.free, w.most, barNames[w.bar])
		if row++; row%8 == 0 {
			s.f("\n")
		}
	}
	s.f("\n}\n\nvar candidates = [...]candidate{\n")
	for i, c := range m.candidates {
		p := &m.patterns[c.pattern]
		t := p.anchorText()[c.at:]
		check := uint32(t[0]) | uint32(t[1])<<8 | uint32(t[2])<<16 | uint32(t[3])<<24
		s.f("{%#x, %d, %d, %d},", check, c.pattern, c.offset, c.at)
		if i%10 == 9 {
			s.f("\n")
		}
	}
	s.f("\n}\n\n// patterns are in the order of the rules they speak for.\nvar patterns = [...]pattern{\n")
	for i, p := range m.patterns {
		rule := fmt.Sprint(p.rule)
		if p.ruleGo != "" {
			rule = "uint16(" + p.ruleGo + ")"
		}
		s.f("{%s, %d, %d, %d, %d, %s, %d, %s},", rule, p.first, p.score, p.most, len(p.frags), p.kind, p.anchor, barNames[p.bar])
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
	s.f("\n}\n\n// fragmentText is the literal text, folded.\n")
	var lines []string
	for i := 0; i < len(m.text); i += 100 {
		lines = append(lines, m.text[i:min(i+100, len(m.text))])
	}
	s.longConst("fragmentText", lines)
	rules(s, d)
	tokens(s, d)
	return map[string][]byte{"codes/matcher_gen.go": s.Bytes()}, nil
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
	for _, w := range m.filter {
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

// tokens writes the switch on providers' own codes.
func tokens(s *source, d *dataset) {
	byToken := map[string][]int{}
	for i, m := range d.all() {
		if m.Token != "" {
			byToken[m.Token] = append(byToken[m.Token], i+1)
		}
	}
	var list []string
	var lengths [64]uint64
	for t := range byToken {
		lengths[t[0]&63] |= 1 << len(t)
	}
	s.f("// tokenLengths has a bit for every length of a token, by the low six bits of its first letter.\nvar tokenLengths = [64]uint64{%#x", lengths[0])
	for _, l := range lengths[1:] {
		s.f(", %#x", l)
	}
	s.f("}\n\n// tokenRules gives the part of tokenRuleList that a provider's own code names.\nfunc tokenRules(s string) (first, count int) {\n\tswitch s {\n")
	for _, t := range slices.Sorted(maps.Keys(byToken)) {
		s.f("\tcase %q:\n\t\treturn %d, %d\n", t, len(list), len(byToken[t]))
		for _, r := range byToken[t] {
			list = append(list, fmt.Sprint(r))
		}
	}
	s.f("\t}\n\treturn 0, 0\n}\n\nvar tokenRuleList = [...]uint16{%s}\n", strings.Join(list, ", "))
}
