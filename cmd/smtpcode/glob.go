package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// isGlobPattern tells whether s is a pattern of codes: "55x", "55*", "5.7.*",
// "x.7.26". x and ? stand for a digit, * for any; x alone between dots stands
// for any number.
func isGlobPattern(s string) bool {
	digit, wild := false, false
	for _, c := range s {
		switch {
		case '0' <= c && c <= '9':
			digit = true
		case c == '*' || c == 'x' || c == 'X' || c == '?':
			wild = true
		case c != '.':
			return false
		}
	}
	dots := strings.Count(s, ".")
	return digit && wild && (dots == 0 && len(s) <= 4 || dots == 1 || dots == 2) && !strings.Contains(s, "..") && !strings.HasSuffix(s, ".")
}

// matchGlob gives the codes of the data that fit a pattern, in order.
func matchGlob(pattern string) []string {
	if !strings.Contains(pattern, ".") {
		var list []string
		for r := range codes.Replies() {
			if fits(pattern, r.String()) {
				list = append(list, r.String())
			}
		}
		return list
	}
	want := strings.Split(pattern, ".")
	var found []codes.Enhanced
	for _, e := range knownEnhanced() {
		have := strings.Split(e.String(), ".")
		ok := len(want) == 3 || want[len(want)-1] == "*" // "5.*" is any code of class 5
		for i := 0; ok && i < len(want); i++ {
			ok = strings.EqualFold(want[i], "x") || fits(want[i], have[i])
		}
		if ok {
			found = append(found, e)
		}
	}
	var list []string
	for _, e := range found {
		list = append(list, e.String())
	}
	return list
}

// fits tells whether digits fit a pattern.
func fits(pattern, digits string) bool {
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '*':
			for n := range len(digits) - i + 1 {
				if fits(pattern[i+1:], digits[i+n:]) {
					return true
				}
			}
			return false
		case i >= len(digits):
			return false
		case c != digits[i] && c != 'x' && c != 'X' && c != '?':
			return false
		}
	}
	return len(pattern) == len(digits)
}

// knownEnhanced gives the enhanced codes that the registry or the data has, in
// order: the registered ones with the classes that they are meant for, those of
// pairs, and those that messages come with, ranges aside.
func knownEnhanced() []codes.Enhanced {
	var list []codes.Enhanced
	for d := range codes.Details() {
		for _, e := range [...]codes.Enhanced{d.Success(), d.Temporary(), d.Permanent()} {
			if e.Registered() {
				list = append(list, e)
			}
		}
	}
	for p := range codes.Pairs() {
		list = append(list, p.Enhanced)
	}
	for w := range wordings() {
		for _, c := range w.Codes {
			if span := parseSpan(c); span.lo != 0 && span.lo == span.hi {
				list = append(list, span.lo)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// writeGlob writes the codes that a pattern stands for, a line each: those of
// the standards, then those that only servers know.
func writeGlob(p *page.Page, list []answer) {
	var registered, others [][]string
	for _, x := range list {
		row := []string{x.head(), cmp.Or(x.Reason.String(), "-"), x.title()}
		switch {
		case x.Enhanced == 0 && x.Reply.Standard(), x.Enhanced.Known():
			registered = append(registered, row)
		case x.Enhanced == 0:
			others = append(others, row)
		default:
			row[2] = someOf(usersOf(x.Enhanced, codes.Provider.String), 2)
			if x.Message() != codes.MessageNone {
				row[2] += ": " + x.Meaning()
			}
			others = append(others, row)
		}
	}
	p.Table(registered, page.Bold, page.Dim)
	if len(others) == 0 {
		return
	}
	if len(registered) > 0 {
		p.Line("")
	}
	p.Text(page.Strong, "In no standard, but in use")
	p.Table(others, page.Bold, page.Dim)
}
