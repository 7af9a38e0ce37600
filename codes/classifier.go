package codes

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Classifier answers with own messages and phrases, which stand in front of the
// data's: the replies of a server of one's own, or another reason for what the
// data knows too. A nil Classifier has none. It is safe for concurrent use.
type Classifier struct{ words []ownWord } // by id

// ownWord is an own message or phrase, made ready to compare.
type ownWord struct {
	wording  Wording
	owner    string // id of the provider, be it one of ours or not; "" for a phrase
	codes    []codeSpan
	patterns []ownPattern // the most literal first
}

// ownPattern is one wording: pieces in order, anything between them.
type ownPattern struct {
	pieces []ownPiece
	score  uint16 // its literal bytes
}

type ownPiece struct {
	text  string // folded
	edges uint8  // edgeFirst, edgeLast
}

// NewClassifier makes a Classifier of own wordings. One with a provider is a
// message, and its id is the provider's, a dot and words ("gmail.our_relay").
// The provider may also be one that the data does not have: then only the id
// names it ("acme.mailbox_full"), and [Diagnosis.IDs]. An id without a dot is a phrase.
//
// The patterns of Text are the data's: literal words that match anywhere in a
// reply, in any case, with * for what varies. Words match whole unless a star
// touches them. A pattern may be short. A wording without Text and Token is
// known by its Codes alone. Without a Meaning or Advice it has its reason's.
//
// The order of the wordings means nothing. The error is a [*WordingError].
func NewClassifier(own []Wording) (*Classifier, error) {
	c := &Classifier{words: make([]ownWord, 0, len(own))}
	seen := map[string]bool{}
	for i, w := range own {
		o, err := compileOwn(w)
		if err == nil && seen[w.ID] {
			err = problem("id", strconv.Quote(w.ID)+" stands twice: an id is for one wording, choose another")
		}
		if err != nil {
			err.Index, err.ID = i, w.ID
			return nil, err
		}
		seen[w.ID] = true
		c.words = append(c.words, o)
	}
	slices.SortFunc(c.words, func(a, b ownWord) int { return strings.Compare(a.wording.ID, b.wording.ID) })
	return c, nil
}

// Classify tells what a reply of the server that the hint names means. An own
// message or phrase that matches decides: the one with the most literal text, as
// the data's do among themselves. A weak one decides only where neither the
// data's words nor the codes say anything specific, and never gives an address
// up. Where none matches, the answer is that of [Hint.Classify]. The patterns
// are compared one by one; nothing is allocated.
func (c *Classifier) Classify(text string, hint Hint) Diagnosis { return hint.classify(text, c) }

// ClassifyBytes is Classify for text in a byte slice, which it does not keep.
func (c *Classifier) ClassifyBytes(text []byte, hint Hint) Diagnosis {
	return hint.classify(unsafeString(text), c)
}

// overrule lets the best own wording of a reply decide, and gives it, or nil.
// The reply of another server that is quoted comes first here too.
func (c *Classifier) overrule(text string, p *Parsed, q *question, r *ruling) *ownWord {
	var best *ownWord
	if p.Inner != "" {
		inner := Parse(p.Inner)
		best = c.find(p.Inner, &inner, &question{reply: inner.Reply, enhanced: inner.Enhanced, provider: q.provider, marked: r.provider})
	}
	if best == nil || best.wording.Weak {
		o := c.find(text, p, &question{reply: q.reply, enhanced: q.enhanced, provider: q.provider, marked: r.provider})
		if best == nil || o != nil && !o.wording.Weak {
			best = o
		}
	}
	if best == nil || best.wording.Weak && r.telling() {
		return nil
	}
	w := &best.wording
	*r = ruling{basis: BasisPhrase, reason: w.Reason, vague: w.Weak, provider: r.provider, zone: r.zone}
	if best.owner != "" {
		r.basis, r.provider = BasisMessage, cmp.Or(q.provider, w.Provider)
	}
	return best
}

// telling tells whether the ruling outranks vague words.
func (r *ruling) telling() bool {
	if r.basis.words() {
		return ruleTable[r.rule].flags&(isWeak|isSilent) == 0
	}
	return r.specific()
}

// find gives the own wording of a text that counts most, or nil.
func (c *Classifier) find(text string, p *Parsed, q *question) *ownWord {
	if len(text) > maxText {
		text = text[:maxText]
	}
	if folded(text, p) {
		return c.findFolded(text, p, q)
	}
	return c.best(text, p.Text, q)
}

// findFolded is apart from find so that its buffer costs nothing elsewhere.
//
//go:noinline
func (c *Classifier) findFolded(text string, p *Parsed, q *question) *ownWord {
	var buf [maxText]byte
	return c.best(unfold(text, p, &buf), p.Text, q)
}

// best compares one wording after the other: any that is not weak comes before
// all weak ones.
func (c *Classifier) best(s, behind string, q *question) *ownWord {
	var best *ownWord
	most := uint16(0)
	for i := range c.words {
		o := &c.words[i]
		if best != nil && o.wording.Weak && !best.wording.Weak {
			continue
		}
		literal, ok := o.literal(s, behind)
		if !ok {
			continue
		}
		score, counts := o.worth(literal, q)
		if counts && (best == nil || score > most || best.wording.Weak && !o.wording.Weak) {
			best, most = o, score
		}
	}
	return best
}

// literal tells whether the wording is in s, and how much literal text that is.
// behind is what follows the reply's codes.
func (o *ownWord) literal(s, behind string) (n uint16, ok bool) {
	for i := range o.patterns {
		if o.patterns[i].standsIn(s) {
			n, ok = o.patterns[i].score, true
			break
		}
	}
	if t := o.wording.Token; t != "" {
		if _, found := tokenIn(s, behind, t); found {
			n, ok = max(n, uint16(len(t))+bonusToken), true
		}
	}
	return n, ok || o.byCode()
}

// byCode tells whether the codes alone name the wording.
func (o *ownWord) byCode() bool { return len(o.patterns) == 0 && o.wording.Token == "" }

// worth gives how much a match counts, and whether it does, as ruleWorth does
// for the data's.
func (o *ownWord) worth(literal uint16, q *question) (score uint16, counts bool) {
	score = literal
	if p := o.wording.Provider; o.owner != "" {
		score += bonusMessage
		switch {
		case p == ProviderNone:
		case q.provider == p:
			score += bonusProvider
		case q.provider != ProviderNone && q.provider.Includes(p):
			score += bonusProvider / 2
		case o.wording.NeedsProvider && (q.marked == ProviderNone || !q.marked.Includes(p)):
			return 0, false
		}
	}
	best := uint16(0)
	for i := range o.codes {
		best = max(best, o.codes[i].fits(q))
	}
	return score + best, best > 0 || !o.wording.NeedsCode
}

// standsIn tells whether the pieces stand in s, in their order.
func (p *ownPattern) standsIn(s string) bool {
	from := 0
	for i := range p.pieces {
		at := p.pieces[i].find(s, from)
		if at < 0 {
			return false
		}
		from = at + len(p.pieces[i].text)
	}
	return true
}

// find gives the first position of the piece in s at or behind from, or -1.
func (f *ownPiece) find(s string, from int) int {
	for i := from; i+len(f.text) <= len(s); i++ {
		if s[i]|0x20 == f.text[0] && stands(s, i, f.text, f.edges) {
			return i
		}
	}
	return -1
}

// tokenIn finds a token: as the first word behind the codes, which gives no
// position, or in brackets.
func tokenIn(s, behind, token string) (at int, found bool) {
	for i := range len(s) {
		if (s[i] == '[' || s[i] == '(') && tokenWord(s[i+1:]) == token {
			return i + 1, true
		}
	}
	i := 0
	for i < len(behind) && (isGlue(behind[i]) || behind[i] == ',') {
		i++
	}
	return -1, tokenWord(behind[i:]) == token
}

// Explain is [Explain] with the own messages and phrases among the hits. A nil
// Classifier has none to tell of.
func (c *Classifier) Explain(text string, hint Hint) Explanation {
	e := Explain(text, hint)
	if c == nil {
		return e
	}
	said := e.Diagnosis
	e.Diagnosis = c.Classify(text, hint)
	if e.Diagnosis.Own() {
		for i := range e.Hits {
			if e.Hits[i].Won {
				e.Hits[i].Won, e.Hits[i].Why = false, "own words come first"
			}
		}
	}
	e.Hits = append(c.hits(text, &e, hint.provider(), said.Provider), e.Hits...)
	slices.SortStableFunc(e.Hits, func(a, b Hit) int { return btoi(b.Won) - btoi(a.Won) })
	return e
}

// hits lists the own wordings that stand in a text, the best first. who is the
// provider that the caller names, marked the one that the words tell of.
func (c *Classifier) hits(text string, e *Explanation, who, marked Provider) []Hit {
	p := &e.Parsed
	if who == ProviderNone && p.Host != "" {
		who = ProviderByMX(p.Host)
	}
	readings := []Parsed{*p}
	if p.Inner != "" {
		readings = append(readings, Parse(p.Inner))
	}
	s, origin := unfoldSlowly(text[:min(len(text), maxText)], p)
	var list []Hit
	for i := range c.words {
		o := &c.words[i]
		h := Hit{Wording: o.wording.clone(), Own: true, Won: e.Diagnosis.Own() && e.Diagnosis.own == o}
		found, counts := false, false
		for _, p := range readings {
			literal, ok := o.literal(s, p.Text)
			score, fits := o.worth(literal, &question{reply: p.Reply, enhanced: p.Enhanced, provider: who, marked: marked})
			if !ok || o.byCode() && !fits {
				continue
			}
			found = true
			if fits {
				counts, h.Score = true, max(h.Score, int(score))
			}
			if h.Spans == nil {
				h.Spans = o.spans(s, p.Text)
			}
		}
		if !found {
			continue
		}
		for j, sp := range h.Spans {
			h.Spans[j] = sp.origin(origin)
		}
		switch {
		case h.Won:
			h.Why = "own words come first"
		case !counts:
			h.Why = "counts only with its code or provider"
		case o.wording.Weak:
			h.Why = "vague words"
		default:
			h.Why = "less specific than other own words"
		}
		list = append(list, h)
	}
	slices.SortStableFunc(list, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return list
}

// spans tells where the wording stands in s.
func (o *ownWord) spans(s, behind string) []Span {
	for i := range o.patterns {
		p := &o.patterns[i]
		if !p.standsIn(s) {
			continue
		}
		var list []Span
		from := 0
		for j := range p.pieces {
			at := p.pieces[j].find(s, from)
			from = at + len(p.pieces[j].text)
			list = append(list, Span{at, from})
		}
		return list
	}
	t := o.wording.Token
	if at, found := tokenIn(s, behind, t); found && t != "" {
		if at < 0 {
			at = strings.Index(s, t)
		}
		if at >= 0 {
			return []Span{{at, at + len(t)}}
		}
	}
	return nil
}
