package codes

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// WordingError tells what is wrong with a wording.
type WordingError struct {
	Index   int    // of the wording
	ID      string // its id
	Field   string // the key it has in the data's form: "text", "needs", "source"
	Problem string // and what to do about it
}

func (e *WordingError) Error() string {
	return "wording " + strconv.Itoa(e.Index) + " (" + strconv.Quote(e.ID) + "), " + e.Field + ": " + e.Problem
}

// problem begins an error; NewClassifier adds whose it is.
func problem(field, what string) *WordingError { return &WordingError{Field: field, Problem: what} }

// compileOwn checks a wording and makes it ready, in slices of its own.
func compileOwn(w Wording) (ownWord, *WordingError) {
	o := ownWord{}
	owner, words, _ := strings.Cut(w.ID, ".")
	switch {
	case w.ID == "":
		return o, problem("id", "it is missing: give the wording one, as in acme.mailbox_full")
	case isID(owner, '-') && isID(words, '_'):
		o.owner = owner
	case !isID(w.ID, '_') || isDigit(w.ID[0]):
		return o, problem("id", strconv.Quote(w.ID)+" is none: write a provider's id, a dot and words (acme.mailbox_full), or words for a phrase (mailbox_is_full), in small letters, digits and _")
	}
	if p, _ := ParseProvider(o.owner); p != w.Provider {
		return o, problem("id", strconv.Quote(w.ID)+" does not go with the provider "+strconv.Quote(w.Provider.String())+": a message's id begins with its provider's id and a dot")
	}
	if taken(w.ID) {
		return o, problem("id", strconv.Quote(w.ID)+" is taken by the data: choose another")
	}
	if w.Reason == ReasonNone || w.Reason.String() == "" {
		return o, problem("reason", "it is missing: give the wording one of the reasons, or unknown")
	}
	for _, s := range w.Codes {
		span, err := parseSpan(s)
		if err != nil {
			return o, problem("codes", err.Error())
		}
		o.codes = append(o.codes, span)
	}
	for _, s := range w.Text {
		p, err := parseOwnPattern(s)
		if err != nil {
			return o, problem("text", err.Error())
		}
		o.patterns = append(o.patterns, p)
	}
	slices.SortStableFunc(o.patterns, func(a, b ownPattern) int { return cmp.Compare(b.score, a.score) })
	switch {
	case w.Token != "" && !tokenShape(w.Token, w.NeedsProvider):
		return o, problem("token", strconv.Quote(w.Token)+": 2 to "+strconv.Itoa(maxToken)+" letters, digits and .:#_- only, and no small letters unless one of them is no letter; put words into text")
	case w.NeedsCode && len(w.Codes) == 0:
		return o, problem("needs", "it needs a code, but there are no codes: list them")
	case w.NeedsProvider && o.owner == "":
		return o, problem("needs", "a phrase is of no provider in particular: take needs out, or make it a message")
	case w.NeedsProvider && w.Provider == ProviderNone:
		return o, problem("needs", o.owner+" is no provider of the data, so nobody can say that it answers: take needs out and take more of its words")
	case len(w.Text) == 0 && w.Token == "" && !w.NeedsCode:
		return o, problem("text", "there is nothing to know it by: give it text or a token, or codes that it needs")
	}
	w = w.clone()
	w.Meaning, w.Advice = cmp.Or(w.Meaning, w.Reason.Meaning()), cmp.Or(w.Advice, w.Reason.Advice())
	o.wording = w
	return o, nil
}

// clone gives a copy with slices of its own.
func (w Wording) clone() Wording {
	w.Codes, w.Text, w.Examples, w.Sources = slices.Clone(w.Codes), slices.Clone(w.Text), slices.Clone(w.Examples), slices.Clone(w.Sources)
	return w
}

// isID tells whether s is words of small letters and digits with a joint between.
func isID(s string, joint byte) bool {
	for i := range len(s) {
		last := i == 0 || i == len(s)-1
		if c := s[i]; !('a' <= c && c <= 'z' || isDigit(c) || c == joint && !last && s[i-1] != joint) {
			return false
		}
	}
	return s != ""
}

// taken tells whether the data has the id, or had it once.
func taken(id string) bool {
	if _, err := ParseMessage(id); err == nil || retiredID(id) != "" {
		return true
	}
	for p := range Phrases() {
		if p.String() == id {
			return true
		}
	}
	return false
}

// parseSpan reads the codes that a wording comes with: "550", "5.7.1", "550
// 5.7.1" or "550 5.7.606-649".
func parseSpan(s string) (codeSpan, error) {
	var c codeSpan
	bad := errors.New(strconv.Quote(s) + ` is not a code: write "550", "5.7.1", "550 5.7.1" or "550 5.7.606-649"`)
	fields := strings.Fields(s)
	if len(fields) > 0 {
		if r, err := ParseReply(fields[0]); err == nil {
			c.reply, fields = r, fields[1:]
		}
	}
	if len(fields) == 0 && c.reply != 0 {
		return c, nil
	}
	if len(fields) != 1 {
		return c, bad
	}
	first, last, ranged := strings.Cut(fields[0], "-")
	e, err := ParseEnhanced(first)
	if err != nil {
		return c, bad
	}
	c.lo, c.hi = e, e
	if ranged {
		n, err := strconv.ParseUint(last, 10, 16)
		if err != nil || n > 999 || Enhanced(n) <= e%1000 {
			return c, bad
		}
		c.hi = e - e%1000 + Enhanced(n)
	}
	return c, nil
}

// parseOwnPattern takes a pattern apart as the generator does with the data's.
func parseOwnPattern(s string) (ownPattern, error) {
	s = strings.Join(strings.Fields(plainText(s)), " ")
	if s == "" {
		return ownPattern{}, errors.New("a pattern is empty: it would match every reply; write the words that tell this one, or remove it")
	}
	body, openFirst := strings.CutPrefix(s, "*") // a star that touches the first or last word only opens its edge
	body, openLast := strings.CutSuffix(body, "*")
	parts := strings.Split(body, "*")
	var p ownPattern
	literal := 0
	for i, part := range parts {
		text := strings.TrimSpace(part)
		if text == "" || i == 0 && openFirst && part[0] == ' ' || i == len(parts)-1 && openLast && part[len(part)-1] == ' ' {
			return p, errors.New("pattern " + strconv.Quote(s) + ": a star stands alone at its end or beside another; remove it, patterns match anywhere")
		}
		piece := ownPiece{text: foldText(text)}
		if i == 0 && !openFirst || part[0] == ' ' {
			piece.edges |= edgeFirst
		}
		if i == len(parts)-1 && !openLast || part[len(part)-1] == ' ' {
			piece.edges |= edgeLast
		}
		p.pieces = append(p.pieces, piece)
		literal += len(text)
	}
	p.score = uint16(min(literal, maxLiteral))
	return p, nil
}

// plainText makes quotes, hyphens and spaces plain, as unfold does with a reply.
func plainText(s string) string {
	var b strings.Builder
	for s != "" {
		c, n := plain(s)
		b.WriteByte(c)
		s = s[n:]
	}
	return b.String()
}

// foldText sets bit 5 of every byte, as the scan of a reply does.
func foldText(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}

// tokenShape tells whether s can be found as a token; known, whether only where
// its provider is known.
func tokenShape(s string, known bool) bool {
	other := known
	for i := range len(s) {
		other = other || !isLetter(s[i])
	}
	return tokenWord(s) == s && len(s) >= 2 && len(s) <= maxToken && (other || s == strings.ToUpper(s))
}
