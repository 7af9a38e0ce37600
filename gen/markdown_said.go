package main

import (
	"cmp"
	"slices"
	"strings"
)

// messagesPart tells what the messages with a code mean: all of them where they
// are few, or by reason with some examples.
func (b *book) messagesPart(p *page, code string, list []message) {
	const few = 12
	if len(list) == 0 {
		return
	}
	p.section("What servers mean by " + code)
	p.para(count(len(list), "known message") + " of " + count(providersOf(list), "provider") + comesWith(len(list)) + code + ":")
	if len(list) <= few {
		var rows [][]string
		for _, m := range list {
			rows = append(rows, []string{b.provider(p, m.Provider), b.message(p, m), prose(m.Meaning), b.reason(p, m.Reason)})
		}
		p.table([]string{"Provider", "Says", "Meaning", "Reason"}, rows)
		return
	}
	groups := map[string][]message{}
	for _, m := range list {
		groups[m.Reason] = append(groups[m.Reason], m)
	}
	reasons := slices.Clone(b.Reasons)
	slices.SortStableFunc(reasons, func(x, y reason) int { return -cmp.Compare(len(groups[x.ID]), len(groups[y.ID])) })
	var rows [][]string
	for _, r := range reasons {
		group := groups[r.ID]
		if len(group) == 0 {
			break
		}
		var examples []string
		for _, m := range onePerProvider(group, 3) {
			examples = append(examples, b.provider(p, m.Provider)+": "+b.message(p, m))
		}
		rows = append(rows, []string{b.reason(p, r.ID), digits(len(group)), suppressWord(r), strings.Join(examples, "<br>")})
	}
	p.table([]string{"Reason", "Messages", "Suppress", "For example"}, rows)
}

// suppressWord tells in a table whether a reason ends in suppression.
func suppressWord(r reason) string {
	return map[string]string{"never": "no", "permanent": "yes, after 5yz", "repeated": "after repeats"}[r.Suppress]
}

func comesWith(n int) string {
	if n == 1 {
		return " comes with "
	}
	return " come with "
}
