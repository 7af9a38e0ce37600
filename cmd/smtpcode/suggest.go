package main

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// nearest gives the candidates that somebody who typed s may have meant, the
// likeliest first: at most three that differ by a slip or two, or contain s.
func nearest(s string, candidates iter.Seq[string]) []string {
	type guess struct {
		id         string
		slip, away int
	}
	var list []guess
	s = strings.ToLower(s)
	bound := max(1, min(2, (len(s)+1)/4)) // short words are near to everything
	for id := range candidates {
		n := slips(s, id, bound)
		if n > bound && len(s) >= 3 && strings.Contains(id, s) {
			n = bound + 1 // a part of the name comes behind every slip
		} else if n > bound {
			continue
		}
		list = append(list, guess{id, n, away(s, id)})
	}
	slices.SortStableFunc(list, func(a, b guess) int { return cmp.Or(a.slip-b.slip, a.away-b.away) })
	var ids []string
	for _, g := range list[:min(3, len(list))] {
		ids = append(ids, g.id)
	}
	return ids
}

// away orders what is equally many slips away: the same letters in another order
// first (5.7.62 for 5.7.26), then neighbours on the keyboard's row of digits.
func away(a, b string) int {
	if len(a) != len(b) {
		return 1000
	}
	n := 0
	for i := range len(a) {
		n += max(int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	if string(x) == string(y) {
		return -1
	}
	return n
}

// slips counts the letters to add, drop, change or swap with the next one that
// make a of b (the restricted Damerau-Levenshtein distance). Beyond the bound it
// gives any greater number.
func slips(a, b string, bound int) int {
	if len(a)-len(b) > bound || len(b)-len(a) > bound || len(a) > 64 {
		return bound + 1
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

// didYouMean makes the end of an error message of suggestions, or nothing.
func didYouMean(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(ids, " or ") + "?"
}
