package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
)

// each makes entries of the values of a sequence.
func each[T any](all iter.Seq[T], make func(T) entry) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for v := range all {
			if !yield(make(v)) {
				return
			}
		}
	}
}

func replies() iter.Seq[entry] {
	return each(codes.Replies(), func(r codes.Reply) entry {
		from := "standard"
		if !r.Standard() {
			from = "practice"
		}
		return entry{
			id: r.String(), name: r.Name(), text: r.Meaning(), words: append(r.Users(), r.ID(), r.Practice()),
			cells:   []string{r.String(), from, r.Reason().String(), r.Name()},
			classes: []codes.Class{r.Class()}, reason: r.Reason(),
			facets: facets{category: r.Reason().Category(), standard: r.Standard(), vague: r.Vague()},
			value:  func() any { return newReplyValue(r) },
		}
	})
}

func details() iter.Seq[entry] {
	return each(codes.Details(), func(d codes.Detail) entry {
		e := d.Permanent()
		var list []codes.Class
		var digits []string
		for _, e := range [...]codes.Enhanced{d.Success(), d.Temporary(), d.Permanent()} {
			if e.Registered() {
				list = append(list, e.Class())
				digits = append(digits, e.String()[:1])
			}
		}
		return entry{
			id: d.String(), name: d.Name(), text: e.Meaning(), words: []string{d.ID(), d.Permanent().String(), d.Temporary().String()},
			cells:   []string{d.String(), strings.Join(digits, " "), e.Reason().String(), d.Name()},
			classes: list, reason: e.Reason(),
			facets: facets{category: e.Reason().Category(), standard: true, vague: e.Vague()},
			value:  func() any { return newDetailValue(d, list) },
		}
	})
}

func subjects() iter.Seq[entry] {
	return each(codes.Subjects(), func(s codes.Subject) entry {
		return entry{
			id: s.String(), name: s.Name(), text: s.Meaning(), words: []string{s.ID()},
			cells: []string{"X." + s.String() + ".*", s.ID(), s.Name()}, reason: s.Reason(),
			facets: facets{category: s.Reason().Category()},
			value:  func() any { return subjectValue{s, s.ID(), s.Name(), s.Meaning(), s.Reason(), s.RFCs()} },
		}
	})
}

func classes() iter.Seq[entry] {
	return each(codes.Classes(), func(c codes.Class) entry {
		digit := "-"
		if c != codes.ClassUnknown {
			digit = fmt.Sprintf("%dyz", c)
		}
		return entry{
			id: c.String(), name: c.Name(), text: c.Meaning(),
			cells: []string{c.String(), digit, c.Bounce().String(), c.Meaning()},
			value: func() any { return classValue{c, c.Name(), c.Bounce(), c.Meaning(), c.Advice(), c.RFCs()} },
		}
	})
}

func pairs() iter.Seq[entry] {
	return each(codes.Pairs(), func(p codes.Pair) entry {
		id := p.Reply.String() + " " + p.Enhanced.String()
		return entry{
			id: id, name: p.Enhanced.Name(), text: p.Meaning, cells: []string{id, p.Reason.String(), p.Meaning},
			classes: []codes.Class{p.Reply.Class()}, reason: p.Reason,
			facets: facets{category: p.Reason.Category(), vague: p.Vague},
			value: func() any {
				return pairValue{int(p.Reply), p.Enhanced, p.Reason, p.Vague, p.Meaning, p.Advice, p.Note, p.Source}
			},
		}
	})
}

func categories() iter.Seq[entry] {
	return each(codes.Categories(), func(c codes.Category) entry {
		return entry{
			id: c.String(), name: c.Name(), text: c.Meaning(), cells: []string{c.String(), c.Meaning()},
			facets: facets{category: c},
			value:  func() any { return categoryValue{c, c.Name(), c.Meaning(), c.Advice(), slices.Collect(reasonsOf(c))} },
		}
	})
}

// reasonsOf gives the reasons that belong to a category.
func reasonsOf(c codes.Category) iter.Seq[codes.Reason] {
	return func(yield func(codes.Reason) bool) {
		for r := range codes.Reasons() {
			if r.Category() == c && !yield(r) {
				return
			}
		}
	}
}

func reasons() iter.Seq[entry] {
	return each(codes.Reasons(), func(r codes.Reason) entry {
		return entry{
			id: r.String(), name: r.Name(), text: r.Meaning(), words: r.Steps(),
			cells:  []string{r.String(), r.Category().String(), r.Fault().String(), r.Name()},
			reason: r, facets: facets{category: r.Category()}, value: func() any { return newReasonValue(r) },
		}
	})
}

func providers() iter.Seq[entry] {
	return each(codes.Providers(), func(p codes.Provider) entry {
		return entry{
			id: p.String(), name: p.Name(), words: append(p.Domains(), p.MX()...),
			cells:  []string{p.String(), p.Kind(), fmt.Sprint(countMessages(p)), p.Name()},
			facets: facets{provider: p}, value: func() any { return newProviderValue(p) },
		}
	})
}

// countMessages tells how many messages of a provider there are.
func countMessages(p codes.Provider) int {
	first, last := p.Messages()
	if first == codes.MessageNone {
		return 0
	}
	return int(last-first) + 1
}

// messagesOf gives the messages of a provider.
func messagesOf(p codes.Provider) iter.Seq[codes.Wording] {
	return func(yield func(codes.Wording) bool) {
		first, _ := p.Messages()
		for i := range countMessages(p) {
			if !yield((first + codes.Message(i)).Wording()) {
				return
			}
		}
	}
}

func messages() iter.Seq[entry] {
	return each(codes.Messages(), func(m codes.Message) entry { return wordingEntry(m.Wording()) })
}

func phrases() iter.Seq[entry] {
	return each(codes.Phrases(), func(p codes.Phrase) entry { return wordingEntry(p.Wording()) })
}

func wordingEntry(w codes.Wording) entry {
	var list []codes.Class
	for _, c := range w.Codes {
		s := parseSpan(c)
		class := s.reply.Class()
		if s.reply == 0 {
			class = s.lo.Class()
		}
		if !slices.Contains(list, class) {
			list = append(list, class)
		}
	}
	return entry{
		id: w.ID, name: cmp.Or(w.Provider.Name(), wordingText(w)), text: w.Meaning, words: slices.Concat(w.Text, w.Codes, []string{w.Token}),
		cells: []string{w.ID, firstOf(w.Codes), w.Reason.String(), wordingText(w)}, classes: list, reason: w.Reason,
		facets: facets{category: w.Reason.Category(), provider: w.Provider, evidence: w.Evidence, vague: w.Weak, wording: &w},
		value:  func() any { return newWordingValue(w) },
	}
}

// wordingText gives what is matched, on one line.
func wordingText(w codes.Wording) string {
	switch {
	case len(w.Text) > 0:
		return w.Text[0]
	case w.Token != "":
		return "[" + w.Token + "]"
	}
	return "(the code alone)"
}

// firstOf gives the first of a list and how many there are besides.
func firstOf(list []string) string {
	switch len(list) {
	case 0:
		return "-"
	case 1:
		return list[0]
	}
	return fmt.Sprintf("%s +%d", list[0], len(list)-1)
}

func vocabularies() iter.Seq[entry] {
	return each(codes.Vocabularies(), func(v codes.Vocabulary) entry {
		return entry{id: v.String(), name: v.Name(), text: v.Note(), cells: []string{v.String(), v.Date(), v.Name()}, value: func() any { return newVocabularyValue(v) }}
	})
}

func rules() iter.Seq[entry] {
	return each(codes.Rules(), func(r codes.Rule) entry {
		return entry{id: r.ID, name: r.Title, text: r.Text, cells: []string{r.ID, r.Title + ". " + r.Text}, value: func() any { return ruleValue(r) }}
	})
}

func thresholds() iter.Seq[entry] {
	return each(codes.Thresholds(), func(t codes.Threshold) entry {
		return entry{
			id: t.ID, name: t.Name, text: t.Text,
			cells: []string{t.ID, fmt.Sprintf("good %g, alarm %g %s", t.Good, t.Alarm, t.Unit), t.Text}, value: func() any { return thresholdValue(t) },
		}
	})
}
