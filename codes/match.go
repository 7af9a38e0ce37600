package codes

import "strings"

// The words of a reply are found in one pass. Every pattern of the data has one
// anchor: 8 bytes of its literal text that are rare in replies. The scan takes
// the 6 bytes at every 3rd position, folds their case with one OR, and asks a
// table of 32 KB whether any anchor holds them. Since an anchor is 2 bytes
// longer than a window, one window always lies inside it, wherever the anchor
// stands. What the table lets through is looked up in a hash table of windows,
// which names the patterns to compare in full.
//
// The positions do not depend on one another, so the processor works on several
// at once; an automaton would wait for each state before it could take the next
// byte. docs/BENCHMARKS.md has the measurements.
//
// [Explain] finds the same matches the slow way, one pattern after the other,
// and the tests hold the two together.

// foldMask makes letters small: the bit that tells them apart, in 8 bytes.
const foldMask = 0x2020202020202020

// pattern is one wording: fragments in order, anything between them.
type pattern struct {
	rule    uint16 // what it speaks for, by kind
	first   uint16 // index of its first fragment
	score   uint16 // how specific it is: its literal bytes, at most 240
	count   uint8  // number of fragments
	kind    uint8
	anchor  uint8 // which fragment holds the anchor
	mustWin bool  // a message or phrase that is of no use unless it wins
}

// Kinds of pattern.
const (
	kindStrong        uint8 = iota // rule is an index of ruleTable: a message or phrase
	kindWeak                       // the same, of vague words
	kindZone                       // rule is a Provider: a blocklist's zone of IPs
	kindDomainZone                 // rule is a Provider: a blocklist's zone of domains or URLs
	kindContext                    // rule is a Reason: what a reply about an address is where these words stand
	kindContextAlways              // the same, whatever the codes say
	kindMark                       // rule is a Provider: words only its servers write
)

// fragment is a piece of literal text: a part of fragmentText.
type fragment struct {
	at    uint32
	len   uint16
	edges uint8 // edgeFirst, edgeLast: must stand at a word's edge there
}

const (
	edgeFirst = 1
	edgeLast  = 2
)

// candidate is a pattern to compare where a window was found. Most are refused
// by four bytes of the fragment, those that tell it best from the other
// candidates for the window, so that nothing else has to be loaded.
type candidate struct {
	check   uint32 // the four bytes
	pattern uint16
	offset  uint8 // where in the fragment the window begins
	at      uint8 // where in the fragment the four bytes stand
}

// rule is what the matcher needs to know of a message or phrase.
type rule struct {
	provider Provider
	codes    uint16 // index of its first code span
	ncodes   uint8
	flags    uint8
}

const (
	needsProvider = 1 << iota
	needsCode
	isWeak
	isMessage
	isSilent      // its reason is unknown
	clearsAddress // its reason says that the recipient's address is not the cause
	isGuess       // it does not say of whom it speaks, so it never suppresses
)

// codeSpan is a code that a message comes with; an absent part is 0.
type codeSpan struct {
	reply  Reply
	lo, hi Enhanced
}

// Bonuses on top of a pattern's literal bytes. They order what matches the same
// text: a message of the provider that answered beats everything, a token or
// the right code beats the same words without.
const (
	bonusProvider = 2000
	bonusToken    = 20
	bonusMessage  = 8
	bonusReply    = 2
	bonusEnhanced = 6
)

// question is what is known before the words are read.
type question struct {
	reply    Reply
	enhanced Enhanced
	provider Provider // who answers, if the caller or the wrapper says so
	marked   Provider // who answers, if words of the text itself tell
}

// finding is a rule that matched: its index in ruleTable, 0 for none (row 0 is
// empty), and how well it did.
type finding struct {
	rule  uint16
	score uint16
}

// found is what a pass over the text has found.
type found struct {
	strong, weak finding // messages and phrases
	silent       finding // weak ones that do not know the reason, such as wrappers
	clears       finding // the strong one that clears the address best, even if it lost
	context      finding // the rule is a Reason
	always       bool    // the context counts whatever the codes say
	zone, mark   finding // the rule is a Provider
	domains      bool    // the zone lists domains
}

// scan finds the most specific rules whose patterns stand in s.
func scan(s string, q *question, f *found) {
	rest := s
	for ; len(rest) >= 8; rest = rest[stride:] {
		if h := hash(load64(rest, 0)); mayBegin(h) {
			lookup(s, len(s)-len(rest), h, q, f)
		}
	}
	// The last positions have less than 8 bytes to load: shift what is too much.
	for n := len(s) - 8; n >= 0 && len(rest) >= window; rest = rest[stride:] {
		at := len(s) - len(rest)
		if h := hash(load64(s, n) >> (8 * uint(at-n))); mayBegin(h) {
			lookup(s, at, h, q, f)
		}
	}
}

// hash mixes the window that begins in the lowest byte of v, its case folded.
func hash(v uint64) uint64 {
	return (v | foldMask) & (1<<(8*window) - 1) * hashMul
}

// mayBegin tells whether a window of hash h may belong to an anchor.
func mayBegin(h uint64) bool {
	w := bloom[h>>(64-bloomBits)]
	return w>>(h>>bloomFirst&63)&(w>>(h>>bloomSecond&63))&1 != 0
}

// load64 gives the 8 bytes at s[i:], the first in the lowest byte.
func load64(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// load32 gives the 4 bytes at s[i:], the first in the lowest byte.
func load32(s string, i int) uint32 {
	b := s[i : i+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// lookup compares the patterns whose anchor has a window of hash h.
func lookup(s string, at int, h uint64, q *question, f *found) {
	tag := uint16(h >> (64 - slotBits - 16))
	for slot := h >> (64 - slotBits); ; slot++ {
		t := &slots[slot&(1<<slotBits-1)]
		if t.count == 0 {
			return
		}
		if t.tag != tag {
			continue
		}
		n := uint16(t.count)
		if q.provider == ProviderNone && q.marked == ProviderNone {
			n = uint16(t.free)
		}
		list := candidates[t.first : t.first+n]
		for i := range list {
			c := &list[i]
			begin := at - int(c.offset)
			check := begin + int(c.at)
			if begin < 0 || check+4 > len(s) || load32(s, check)|foldMask&(1<<32-1) != c.check {
				continue
			}
			p := &patterns[c.pattern]
			if p.mustWin && p.score+mostBonus < f.strong.score && q.provider == ProviderNone {
				continue // whatever it is worth, it loses; a weak one loses to any strong one
			}
			if p.stands(s, begin) {
				p.found(q, f)
			}
		}
		return
	}
}

// mostBonus is the most that a rule can be worth beyond its literal bytes, where
// no provider is known.
const mostBonus = bonusMessage + bonusEnhanced + bonusReply

// slot is an entry of the hash table of windows.
type slot struct {
	tag   uint16
	first uint16
	count uint8 // of candidates
	free  uint8 // of those among them that need no provider to be known; they come first
}

// slot gives the place for a message or phrase of its strength.
func (f *found) slot(rule uint16) *finding {
	switch flags := ruleTable[rule].flags; {
	case flags&isWeak == 0:
		return &f.strong
	case flags&isSilent != 0:
		return &f.silent
	}
	return &f.weak
}

func better(rule, score uint16, than finding) bool {
	return score > than.score || score == than.score && rule < than.rule
}

// ruleWorth gives how much a match with so much literal text counts for this
// question, and whether it counts at all.
func ruleWorth(index, score uint16, q *question) (uint16, bool) {
	r := &ruleTable[index]
	if r.flags&isMessage != 0 {
		score += bonusMessage
		switch {
		case q.provider == r.provider:
			score += bonusProvider
		case q.provider != ProviderNone && q.provider.Includes(r.provider):
			score += bonusProvider / 2
		case r.flags&needsProvider != 0 && (q.marked == ProviderNone || !q.marked.Includes(r.provider)):
			return 0, false
		}
	}
	best := uint16(0)
	for i := r.codes; i < r.codes+uint16(r.ncodes); i++ {
		best = max(best, codeSpans[i].fits(q))
	}
	return score + best, best > 0 || r.flags&needsCode == 0
}

// fits tells how well a code span goes with the codes of the reply: 0 if not.
// A part that the reply does not have decides nothing.
func (c *codeSpan) fits(q *question) uint16 {
	bonus := uint16(0)
	if c.lo != 0 {
		if q.enhanced < c.lo || q.enhanced > c.hi {
			return 0
		}
		bonus += bonusEnhanced
	}
	if c.reply != 0 {
		if q.reply == c.reply {
			bonus += bonusReply
		} else if q.reply != 0 || c.lo == 0 {
			return bonus / 2 // another basic code: the enhanced code alone is the weaker sign
		}
	}
	return bonus
}

// found takes note of a match.
func (p *pattern) found(q *question, f *found) {
	switch p.kind {
	case kindZone, kindDomainZone:
		if better(p.rule, p.score, f.zone) {
			f.zone, f.domains = finding{p.rule, p.score}, p.kind == kindDomainZone
		}
	case kindContext, kindContextAlways:
		if always := p.kind == kindContextAlways; always && !f.always || always == f.always && better(p.rule, p.score, f.context) {
			f.context, f.always = finding{p.rule, p.score}, always
		}
	case kindMark:
		if better(p.rule, p.score, f.mark) {
			f.mark = finding{p.rule, p.score}
		}
	default:
		if score, ok := ruleWorth(p.rule, p.score, q); ok {
			f.take(p.rule, score)
		}
	}
}

func (f *found) take(rule, score uint16) {
	if flags := ruleTable[rule].flags; flags&clearsAddress != 0 && flags&isWeak == 0 && better(rule, score, f.clears) {
		f.clears = finding{rule, score}
	}
	if to := f.slot(rule); better(rule, score, *to) {
		*to = finding{rule, score}
	}
}

// stands tells whether p stands in s with its anchor's fragment at begin.
func (p *pattern) stands(s string, begin int) bool {
	k := int(p.anchor)
	fr := &fragments[int(p.first)+k]
	if !stands(s, begin, fragmentText[fr.at:fr.at+uint32(fr.len)], fr.edges) {
		return false
	}
	from := 0
	for i := range k {
		fr := &fragments[int(p.first)+i]
		at := fr.find(s[:begin], from)
		if at < 0 {
			return false
		}
		from = at + int(fr.len)
	}
	end := begin + int(fr.len)
	for i := k + 1; i < int(p.count); i++ {
		fr := &fragments[int(p.first)+i]
		at := fr.find(s, end)
		if at < 0 {
			return false
		}
		end = at + int(fr.len)
	}
	return true
}

// stands tells whether the folded text t stands at s[begin:], with its edges.
func stands(s string, begin int, t string, edges uint8) bool {
	end := begin + len(t)
	if end > len(s) {
		return false
	}
	if len(t) >= 8 {
		for i := 0; i+8 < len(t); i += 8 {
			if load64(s, begin+i)|foldMask != load64(t, i) {
				return false
			}
		}
		if load64(s, end-8)|foldMask != load64(t, len(t)-8) { // overlaps the last one
			return false
		}
	} else {
		for i := range len(t) {
			if s[begin+i]|0x20 != t[i] {
				return false
			}
		}
	}
	if edges&edgeFirst != 0 && begin > 0 && sameWord(s[begin-1], t[0]) {
		return false
	}
	return edges&edgeLast == 0 || end == len(s) || !sameWord(t[len(t)-1], s[end])
}

// sameWord tells whether two neighbours belong to one word or one number. A
// digit beside a letter does not: codes are often glued to words.
func sameWord(a, b byte) bool {
	return isLetter(a) && isLetter(b) || isDigit(a) && isDigit(b)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// find gives the first position of the fragment in s at or behind from, or -1.
func (fr *fragment) find(s string, from int) int {
	t := fragmentText[fr.at : fr.at+uint32(fr.len)]
	for i := from; i+len(t) <= len(s); i++ {
		if s[i]|0x20 == t[0] && stands(s, i, t, fr.edges) {
			return i
		}
	}
	return -1
}

// tokens finds the messages that a provider's own code names: as the first word
// behind the reply's codes, or in brackets.
func tokens(s, text string, q *question, f *found) {
	i := 0
	for i < len(text) && (isGlue(text[i]) || text[i] == ',') {
		i++
	}
	token(text[i:], q, f)
	for _, bracket := range [...]byte{'[', '('} {
		for rest := s; ; {
			i := strings.IndexByte(rest, bracket)
			if i < 0 {
				break
			}
			rest = rest[i+1:]
			token(rest, q, f)
		}
	}
}

const maxToken = 40

// token looks at the word that s begins with.
func token(s string, q *question, f *found) {
	small, other := false, false
	n := 0
loop:
	for ; n < len(s) && n <= maxToken; n++ {
		switch c := s[n]; {
		case 'a' <= c && c <= 'z':
			small = true
		case 'A' <= c && c <= 'Z':
		case isDigit(c), c == '.', c == ':', c == '#', c == '_', c == '-':
			other = true
		default:
			break loop
		}
	}
	for n > 0 && (s[n-1] == '.' || s[n-1] == ':' || s[n-1] == '-') {
		n--
	}
	if small && !other || n < 2 || n > maxToken {
		return
	}
	first, count := tokenRules(s[:n])
	for i := first; i < first+count; i++ {
		if score, ok := ruleWorth(tokenRuleList[i], uint16(n)+bonusToken, q); ok {
			f.take(tokenRuleList[i], score)
		}
	}
}

// maxText is how much of a reply is read for words. RFC 5321 §4.5.3.1.5 allows
// 512 bytes a line; the longest real replies have some 2,000 in all.
const maxText = 4096

// folded tells whether s is not in the form that patterns are written for: one
// line, single spaces, the reply's codes in front only. It may say so of a text
// that is.
func folded(s string, p *Parsed) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	if p.dashed {
		return true // "550-" goes on with another line, though it may be joined to this one
	}
	var bad, before uint64 // before: the last byte was a space
	rest := s
	for ; len(rest) >= 8; rest = rest[8:] {
		v := load64(rest, 0)
		spaces := v ^ ones*' '
		spaces = (spaces - ones) &^ spaces & tops
		bad |= (v-ones*' ')&^v&tops | spaces&(spaces<<8|before) // below the space, or two of them
		before = spaces >> 56
	}
	for i := len(s) - len(rest); i < len(s); i++ {
		if c := s[i]; c < ' ' || c == ' ' && i > 0 && s[i-1] == ' ' {
			return true
		}
	}
	if bad != 0 {
		return true
	}
	return strings.IndexByte(s, '\\') >= 0
}

// unfold gives s in the form that patterns are written for, in buf: lines are
// joined, the codes that repeat at their beginnings are taken out, and runs of
// white space are one space.
func unfold(s string, p *Parsed, buf *[maxText]byte) string {
	n := 0
	space := true
	fresh := true // nothing but a line's codes so far
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\\' && i+1 < len(s) && (s[i+1] == 'n' || s[i+1] == 'r') {
			i++
			c = '\n'
		}
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			if !space {
				buf[n] = ' '
				n++
			}
			space, fresh = true, true
			continue
		}
		if fresh && i > 0 && p.Reply != 0 && isDigit(c) {
			if skip := repeatedCodes(s[i:], p); skip > 0 {
				i += skip - 1
				continue
			}
		}
		buf[n] = c
		n++
		space, fresh = false, false
	}
	return unsafeString(buf[:n])
}

// repeatedCodes gives the length of the reply's codes at the beginning of s, as
// they stand in front of every line of a reply ("550-5.7.26 "), or 0.
func repeatedCodes(s string, p *Parsed) int {
	r, n := replyAt(s, 0)
	if r != p.Reply || n == 0 || len(s) > n && s[n] != '-' && s[n] != ' ' {
		return 0
	}
	dashed := len(s) > n && s[n] == '-'
	if len(s) > n {
		n++
	}
	if e, m := enhancedAt(s, n); m > 0 && e == p.Enhanced {
		return n + m
	}
	if dashed || len(s) <= n {
		return n
	}
	return 0
}
