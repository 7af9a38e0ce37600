package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
)

// explanation is what explain answers. Its JSON is written by hand, as that of
// the diagnosis is: encoding/json would be a tenth of the module.
type explanation struct {
	diagnosis codes.Diagnosis
	names     []name
	pages     []pageRef
	marks     []mark
	found     []codes.Hit

	// share is the reply without anything that could tell of a person or a
	// machine: its codes and the words of it that stand in the dataset. shareAs
	// is who answered, if that has to be told along. share is absent where so
	// little would be answered differently.
	share, shareAs string

	// cut tells that the text is longer than what is read of it.
	cut bool
}

// name is an id of the diagnosis for people.
type name struct{ of, name, meaning string }

// pageRef is a page of the site that tells more: its address relative to the
// root, and what of the diagnosis it is about (reply, enhanced, pair, …).
type pageRef struct{ about, url, title string }

// mark is a part of the text that was evidence, in bytes, the end exclusive.
// Marks come in order and do not overlap.
type mark struct {
	start, end int
	kind       string // won, code or also
}

// maxRead is how much of a text the classifier reads.
const maxRead = 4096

// hint finds out who is meant: the id of a provider, a mail host or a domain.
func hint(who string) codes.Hint {
	who = strings.TrimSpace(who)
	for p := range codes.Providers() {
		if p.String() == who {
			return codes.Hint{Provider: p}
		}
	}
	_, domain, ok := strings.Cut(who, "@")
	if ok {
		who = domain
	}
	return codes.Hint{MX: who, Domain: who}
}

func appendExplanation(b []byte, text string, h codes.Hint) []byte {
	e := codes.Explain(text, h)
	x := explanation{
		diagnosis: e.Diagnosis,
		names:     names(e.Diagnosis),
		pages:     pages(e.Diagnosis),
		marks:     marks(text, e),
		found:     e.Hits,
		cut:       len(text) > maxRead,
	}
	x.share, x.shareAs = share(text, e)
	return x.append(b)
}

// append appends the explanation to b as one JSON object.
func (x *explanation) append(b []byte) []byte {
	b = append(b, `{"diagnosis":`...)
	b = x.diagnosis.AppendJSON(b)
	b = append(b, `,"names":{`...)
	for i, n := range x.names {
		b = separate(b, i)
		b = codes.AppendString(b, n.of)
		b = appendStrings(append(b, ':'), "name", n.name, "meaning", n.meaning)
	}
	b = append(b, `},"pages":[`...)
	for i, p := range x.pages {
		b = appendStrings(separate(b, i), "about", p.about, "url", p.url, "title", p.title)
	}
	b = append(b, `],"marks":[`...)
	for i, m := range x.marks {
		b = append(separate(b, i), `{"start":`...)
		b = strconv.AppendInt(b, int64(m.start), 10)
		b = append(b, `,"end":`...)
		b = strconv.AppendInt(b, int64(m.end), 10)
		b = append(b, `,"kind":"`+m.kind+`"}`...)
	}
	b = append(b, `],"found":[`...)
	for i, h := range x.found {
		b = append(separate(b, i), `{"won":`...)
		b = strconv.AppendBool(b, h.Won)
		b = append(b, `,"wording":`...)
		b = appendStrings(b, "id", h.Wording.ID, "reason", h.Wording.Reason.String(), "why", h.Why)
		b = append(b, '}')
	}
	b = append(b, `],"share":`...)
	b = appendStrings(b, "text", x.share, "who", x.shareAs)
	b = append(b, `,"cut":`...)
	b = strconv.AppendBool(b, x.cut)
	return append(b, '}')
}

// separate writes the comma between the elements of a list.
func separate(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// appendStrings appends an object of strings, given as key, value, key, value.
func appendStrings(b []byte, pairs ...string) []byte {
	b = append(b, '{')
	for i := 0; i < len(pairs); i += 2 {
		b = codes.AppendString(separate(b, i), pairs[i])
		b = codes.AppendString(append(b, ':'), pairs[i+1])
	}
	return append(b, '}')
}

// names says the ids of a diagnosis in words.
func names(d codes.Diagnosis) []name {
	list := []name{
		{"class", d.Class.Name(), d.Class.Meaning()},
		{"bounce", d.Bounce.Name(), d.Bounce.Meaning()},
		{"category", d.Category.Name(), d.Category.Meaning()},
		{"reason", d.Reason.Name(), d.Reason.Meaning()},
		{"fault", d.Fault.Name(), d.Fault.Meaning()},
		{"action", d.Action.Name(), d.Action.Meaning()},
		{"basis", d.Basis.Name(), d.Basis.Meaning()},
		{"provider", d.Provider.Name(), ""},
	}
	return slices.DeleteFunc(list, func(n name) bool { return n.name == "" })
}

// pages lists the pages that a diagnosis leads to, the most telling first.
func pages(d codes.Diagnosis) []pageRef {
	var list []pageRef
	add := func(about, url, title string) { list = append(list, pageRef{about, url, title}) }
	if m := d.Message(); m != codes.MessageNone {
		w := m.Wording()
		add("message", w.Provider.String()+"/#"+w.ID, w.Provider.Name()+": this message")
	}
	if p := d.Phrase(); p != codes.PhraseNone {
		add("phrase", "phrases/#"+p.String(), "Common words: this phrase")
	}
	pair, together := codes.LookupPair(d.Reply, d.Enhanced)
	if together {
		add("pair", pair.Reply.String()+"/"+pair.Enhanced.String()+"/", pair.Reply.String()+" "+pair.Enhanced.String()+" together")
	}
	switch s := d.Enhanced.Subject(); {
	case d.Enhanced == 0:
	case d.Enhanced.Known():
		add("enhanced", d.Enhanced.String()+"/", d.Enhanced.String()+", "+d.Enhanced.Name())
	case s.Known():
		add("enhanced", "subject/"+s.String()+"/", "X."+s.String()+", "+s.Name())
	}
	if d.Reply.Known() {
		add("reply", d.Reply.String()+"/", d.Reply.String()+", "+d.Reply.Name())
	}
	if d.Reason != codes.ReasonNone {
		add("reason", "reason/"+d.Reason.String()+"/", "Reason: "+d.Reason.Name())
	}
	if d.Category != codes.CategoryNone {
		add("category", "category/"+d.Category.String()+"/", "Category: "+d.Category.Name())
	}
	if d.Provider != codes.ProviderNone {
		add("provider", d.Provider.String()+"/", d.Provider.Name())
	}
	if d.Blocklist != codes.ProviderNone && d.Blocklist != d.Provider {
		add("blocklist", d.Blocklist.String()+"/", d.Blocklist.Name())
	}
	return list
}

// marks tells which parts of the text were evidence. Where two claim a byte,
// the words that decided have it, then the codes, then what else was found.
func marks(text string, e codes.Explanation) []mark {
	const kinds = " acw" // also, code, won: a later one paints over an earlier one
	paint := []byte(strings.Repeat(" ", len(text)))
	put := func(s codes.Span, kind byte) {
		for i := max(s.Start, 0); i < min(s.End, len(paint)); i++ {
			if strings.IndexByte(kinds, kind) > strings.IndexByte(kinds, paint[i]) {
				paint[i] = kind
			}
		}
	}
	for _, s := range codeSpans(text, e.Parsed) {
		put(s, 'c')
	}
	for _, h := range e.Hits {
		for _, s := range h.Spans {
			switch {
			case h.Won:
				put(s, 'w')
			case h.Score > 0:
				put(s, 'a')
			}
		}
	}
	var list []mark
	for i := 0; i < len(paint); {
		j := i + 1
		for j < len(paint) && paint[j] == paint[i] {
			j++
		}
		if paint[i] != ' ' {
			list = append(list, mark{i, j, map[byte]string{'a': "also", 'c': "code", 'w': "won"}[paint[i]]})
		}
		i = j
	}
	return list
}

// codeSpans finds where the codes that count stand: their first place, and at
// the beginning of further lines.
func codeSpans(text string, p codes.Parsed) []codes.Span {
	var spans []codes.Span
	for _, code := range [...]string{p.Reply.String(), p.Enhanced.String()} {
		if code == "" {
			continue
		}
		first := true
		for from := 0; ; {
			i := strings.Index(text[from:], code)
			if i < 0 {
				break
			}
			i += from
			from = i + len(code)
			line := text[strings.LastIndexByte(text[:i], '\n')+1 : i]
			if digitAt(text, i-1) || digitAt(text, from) {
				continue // part of a longer number
			}
			if first || strings.Trim(line, "0123456789.- ") == "" {
				spans = append(spans, codes.Span{Start: i, End: from})
				first = false
			}
		}
	}
	return spans
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && '0' <= s[i] && s[i] <= '9' }

// share keeps of a reply its codes and the words that stand in the dataset, and
// of who answered the provider's id. Names, addresses and hosts are not masked
// but never taken over, so none can be missed.
func share(text string, e codes.Explanation) (reply, who string) {
	var spans []codes.Span
	for _, h := range e.Hits {
		if h.Score > 0 {
			spans = append(spans, h.Spans...)
		}
	}
	words := excerpt(text, spans, e.Parsed)
	own := strings.TrimSpace(e.Parsed.Reply.String() + " " + e.Parsed.Enhanced.String())
	heads := []string{own}
	if e.Parsed.Inner != "" { // the codes of the reply that is quoted, if they are needed
		inner := codes.Parse(e.Parsed.Inner)
		heads = append(heads, strings.TrimSpace(inner.Reply.String()+" "+inner.Enhanced.String()))
	}
	tails := []string{words}
	if list := e.Diagnosis.Blocklist; list != codes.ProviderNone {
		tails = append(tails, words+" ... "+list.Name())
	}
	for _, provider := range []codes.Provider{codes.ProviderNone, e.Diagnosis.Provider} {
		for _, head := range heads {
			for _, tail := range tails {
				s := strings.TrimSpace(head + " " + tail)
				if s != "" && sameAnswer(codes.Hint{Provider: provider}.Classify(s), e.Diagnosis) {
					return s, provider.String()
				}
			}
		}
	}
	return "", ""
}

// excerpt joins parts of a text in their order; dots stand for what is left out.
// The codes that every line of a reply repeats are not taken along.
func excerpt(text string, spans []codes.Span, p codes.Parsed) string {
	order := make([]uint64, len(spans)) // numbers, as the tables sort them: no other sort has to be compiled
	for i, s := range spans {
		order[i] = uint64(s.Start)<<32 | uint64(s.End)
	}
	slices.Sort(order)
	var b strings.Builder
	end := -1
	for _, o := range order {
		s := codes.Span{Start: int(o >> 32), End: int(uint32(o))}
		start := max(s.Start, end)
		if start >= s.End || s.End > len(text) {
			continue
		}
		switch {
		case end < 0, start == end:
		case strings.TrimSpace(text[end:start]) != "":
			b.WriteString("... ")
		}
		b.WriteString(text[start:s.End] + " ")
		end = s.End
	}
	repeated := []string{p.Reply.String() + "-" + p.Enhanced.String(), p.Reply.String() + "-", p.Reply.String() + " " + p.Enhanced.String()}
	out := strings.Join(strings.Fields(b.String()), " ")
	for _, codes := range repeated {
		if p.Reply != 0 {
			out = strings.ReplaceAll(out, " "+codes+" ", " ")
		}
	}
	return out
}

// sameAnswer tells whether two diagnoses come to the same for the sender. The
// time that a reply asks to wait may be lost.
func sameAnswer(x, y codes.Diagnosis) bool {
	x.RetryAfter, y.RetryAfter = 0, 0
	return x == y
}
