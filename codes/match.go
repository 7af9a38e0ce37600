package codes

import (
	"math"
	"math/bits"
	"strings"
)

// The words of a reply are found in one pass. Every pattern of the data has an
// anchor: three windows of 6 bytes out of one piece of its literal text, rare
// ones, whose distances from each other leave the remainders 0, 1 and 2 by 3.
// The scan takes the window at every 3rd position, folds its case with one OR,
// and asks a table of 64 KB whether any anchor holds it: wherever the piece
// stands, the scan meets one of the three. What the table lets through is looked
// up in a hash table of windows, which names the patterns to compare in full.
//
// The positions do not depend on one another, so the processor works on several
// at once; an automaton would wait for each state before it could take the next
// byte. docs/BENCHMARKS.md has the measurements.
//
// [Explain] finds the same matches the slow way, one pattern after the other,
// and the tests hold the two together.

// foldMask makes letters small: the bit that tells them apart, in 8 bytes.
const foldMask = 0x2020202020202020

// shift moves a window to the upper end of a word, which drops what is behind it.
const shift = 64 - 8*window

// pattern is one wording: fragments in order, anything between them.
type pattern struct {
	rule   uint16 // what it speaks for, by kind
	first  uint16 // index of its first fragment
	score  uint8  // how specific it is: its literal bytes, at most 239
	most   uint8  // its score with all that the codes can add, where no provider is known
	count  uint8  // number of fragments
	kind   uint8
	anchor uint8 // which fragment holds the anchor
	bar    uint8 // what it is of no use without beating
}

// Kinds of pattern.
const (
	kindStrong        uint8 = iota // rule is an index of ruleTable: a message or phrase
	kindWeak                       // the same, of vague words
	kindZone                       // rule is a Provider: a blocklist's zone of IPs
	kindDomainZone                 // rule is a Provider: a blocklist's zone of domains or URLs
	kindContext                    // rule is a Reason: what a reply about an address is where these words stand
	kindContextAlways              // the same, whatever the codes or a provider's words say
	kindMark                       // rule is a Provider: words only its servers write
)

// What a pattern must beat to count: an index of found.bars, which never fall
// from one to the next.
const (
	barNone   uint8 = iota
	barClears       // the best strong one that clears the address: such a one may lose otherwise
	barStrong       // the best strong one
	barWeak         // that there is no strong one at all
	numBars
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

	bars [numBars]uint16 // below these scores a match changes nothing; 0 while nothing is sure
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
	return (v<<shift | foldMask>>shift<<shift) * hashMul
}

// mayBegin tells whether a window of hash h may belong to an anchor.
func mayBegin(h uint64) bool {
	return filter[h>>(64-filterBits)]>>(h>>(64-filterBits-6)&63)&1 != 0
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
		if uint16(t.most) < f.bars[t.bar] {
			return // whatever stands here, it loses
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
			if uint16(p.most) < f.bars[p.bar] {
				continue // whatever it is worth, it loses
			}
			if p.stands(s, begin) {
				p.found(q, f)
			}
		}
		return
	}
}

// raise sets the bars for what comes. A provider that is known makes any of its
// messages win, so that literal text alone then decides nothing.
func (f *found) raise(q *question) {
	if f.strong.rule == 0 {
		return
	}
	f.bars[barWeak] = math.MaxUint16
	if q.provider == ProviderNone {
		f.bars[barStrong], f.bars[barClears] = f.strong.score, f.clears.score
	}
}

// slot is an entry of the hash table of windows.
type slot struct {
	tag   uint16
	first uint16
	count uint8 // of candidates
	free  uint8 // of those among them that need no provider to be known; they come first
	most  uint8 // the highest of theirs
	bar   uint8 // the lowest of theirs
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
		if better(p.rule, uint16(p.score), f.zone) {
			f.zone, f.domains = finding{p.rule, uint16(p.score)}, p.kind == kindDomainZone
		}
	case kindContext, kindContextAlways:
		if always := p.kind == kindContextAlways; always && !f.always || always == f.always && better(p.rule, uint16(p.score), f.context) {
			f.context, f.always = finding{p.rule, uint16(p.score)}, always
		}
	case kindMark:
		if better(p.rule, uint16(p.score), f.mark) {
			f.mark = finding{p.rule, uint16(p.score)}
		}
	default:
		if score, ok := ruleWorth(p.rule, uint16(p.score), q); ok {
			f.take(p.rule, score)
			f.raise(q)
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
	return find(s, fragmentText[fr.at:fr.at+uint32(fr.len)], fr.edges, from)
}

// find gives the first position of the folded text t in s at or behind from
// where it stands with its edges, or -1. It compares the first and the last
// byte of t at eight positions at once.
func find(s, t string, edges uint8, from int) int {
	i, last := from, len(t)-1
	first8, last8 := uint64(t[0])*ones, uint64(t[last])*ones
	for ; i+last+8 <= len(s); i += 8 {
		v := (load64(s, i) | foldMask) ^ first8 | (load64(s, i+last) | foldMask) ^ last8
		for m := zeros(v); m != 0; m &= m - 1 {
			if at := i + bits.TrailingZeros64(m)/8; stands(s, at, t, edges) {
				return at
			}
		}
	}
	for ; i+last < len(s); i++ {
		if s[i]|0x20 == t[0] && stands(s, i, t, edges) {
			return i
		}
	}
	return -1
}

const ones, tops = 0x0101010101010101, 0x8080808080808080

// zeros sets the top bit of every byte of v that is 0, and perhaps of a 1
// above such a one.
func zeros(v uint64) uint64 { return (v - ones) &^ v & tops }

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

// token looks at the word that s begins with. Most words are told from a token
// by their first letter and their length.
func token(s string, q *question, f *found) {
	word := tokenWord(s)
	n := len(word)
	if n < 2 || n > maxToken || tokenLengths[word[0]&63]>>n&1 == 0 {
		return
	}
	first, count := tokenRules(word)
	for i := first; i < first+count; i++ {
		if score, ok := ruleWorth(tokenRuleList[i], uint16(n)+bonusToken, q); ok {
			f.take(tokenRuleList[i], score)
		}
	}
}

// tokenWord gives the word that s begins with, where a provider's own code may
// stand.
func tokenWord(s string) string {
	n := 0
	for n < len(s) && n <= maxToken && isTokenByte(s[n]) {
		n++
	}
	for n > 0 && (s[n-1] == '.' || s[n-1] == ':' || s[n-1] == '-') {
		n--
	}
	return s[:n]
}

// isTokenByte tells whether c may stand in a token: a letter, a digit, or one
// of ".:#_-".
func isTokenByte(c byte) bool {
	const (
		low  = (1<<10-1)<<'0' | 1<<'.' | 1<<':' | 1<<'#' | 1<<'-'
		high = (1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64) | 1<<('_'-64)
	)
	if c < 64 {
		return uint64(low)>>c&1 != 0
	}
	return c < 128 && uint64(high)>>(c-64)&1 != 0
}

// maxText is how much of a reply is read for words. RFC 5321 §4.5.3.1.5 allows
// 512 bytes a line; the longest real replies have some 2,000 in all.
const maxText = 4096

// folded tells whether s is not in the form that patterns are written for: one
// line, single spaces, plain quotes, the reply's codes in front only. It may say
// so of a text that is, and does of all that are not ASCII.
func folded(s string, p *Parsed) bool {
	if p.dashed || len(s) < 9 {
		return true // "550-" goes on with another line, though it may be joined to this one
	}
	good := uint64(tops)
	for rest := s; len(rest) > 9; rest = rest[8:] {
		good &= unfolded(load64(rest, 0), load64(rest, 1))
	}
	rest := s[len(s)-9:] // overlaps the last ones
	good &= unfolded(load64(rest, 0), load64(rest, 1))
	return good != tops || strings.IndexByte(s, '\\') >= 0
}

// unfolded sets the top bit of every byte of v that is printable ASCII and is
// not a space with another one behind it; next is v one byte further on. The
// sums set a top bit where some of the bits asked for are set, and never carry.
func unfolded(v, next uint64) uint64 {
	const some = ones * 0x7F
	return (v&(ones*0x60) + some) & ((v|next)&(ones*0x5F) + some) &^ v
}

// unfold gives s in the form that patterns are written for, in buf: lines are
// joined, the codes that repeat at their beginnings are taken out, runs of white
// space are one space, and what programs and pages make of quotes and hyphens is
// made plain again.
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
		if c >= 0x80 {
			skip := 0
			c, skip = plain(s[i:])
			i += skip - 1
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

// plain gives the ASCII character that stands for the one that s begins with,
// and the length of that: quotes, hyphens and spaces of typography, in UTF-8. Of
// all else it gives the first byte.
func plain(s string) (c byte, n int) {
	switch {
	case len(s) >= 3 && s[0] == 0xE2 && s[1] == 0x80:
		switch s[2] {
		case 0x90, 0x91, 0x92, 0x93, 0x94: // U+2010 to U+2014
			return '-', 3
		case 0x98, 0x99:
			return '\'', 3
		case 0x9C, 0x9D:
			return '"', 3
		case 0xAF:
			return ' ', 3
		}
	case len(s) >= 2 && s[0] == 0xC2 && s[1] == 0xA0: // U+00A0
		return ' ', 2
	case len(s) >= 3 && s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80: // U+3000
		return ' ', 3
	}
	return s[0], 1
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
