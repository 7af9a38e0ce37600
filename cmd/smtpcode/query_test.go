package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/smtpcode/smtpcode/codes"
)

func TestParseQueries(t *testing.T) {
	code := func(list ...string) (out []query) {
		for _, s := range list {
			out = append(out, query{text: s, codes: true})
		}
		return out
	}
	text := func(s string) []query { return []query{{text: s}} }
	for _, c := range []struct {
		args   []string
		want   []query
		reason string
	}{
		{[]string{"550"}, code("550"), ""},
		{[]string{"550", "5.7.26"}, code("550 5.7.26"), "a pair"},
		{[]string{"550", "421"}, code("550", "421"), "two codes"},
		{[]string{"5.1.1", "4.2.2"}, code("5.1.1", "4.2.2"), "two codes"},
		{[]string{"5.1.1", "550"}, code("5.1.1", "550"), "a pair begins with the basic code"},
		{[]string{"550", "5.1.1", "5.2.2"}, code("550 5.1.1", "5.2.2"), "a pair is two"},
		{[]string{"550 5.7.26"}, code("550 5.7.26"), "codes in quotes are codes"},
		{[]string{"550 421\n452"}, code("550", "421", "452"), ""},
		{[]string{"550-5.7.26"}, code("550 5.7.26"), "as a reply of several lines has it"},
		{[]string{"550-"}, code("550"), ""},
		{[]string{"(#5.1.1)"}, code("5.1.1"), "as qmail has it"},
		{[]string{"'550", "5.1.1'"}, code("550 5.1.1"), "quotes that the shell has left"},
		{[]string{"550,", "421."}, code("550", "421"), "out of a sentence"},
		{[]string{"55x", "5.7.*"}, []query{{glob: "55x"}, {glob: "5.7.*"}}, ""},
		{[]string{"X.7.26"}, []query{{glob: "X.7.26"}}, "as the registry has it"},
		{[]string{"550", "5.1.1", "User", "unknown"}, text("550 5.1.1 User unknown"), "a paste without quotes"},
		{[]string{"550", "User", "421"}, text("550 User 421"), "behind words, a number is a word"},
		{[]string{"host", "x", "said:", "550 5.1.1 User unknown"}, text("host x said: 550 5.1.1 User unknown"), "quotes inside the paste"},
		{[]string{"550", "5.1.1 User unknown"}, text("550 5.1.1 User unknown"), "half of it in quotes"},
		{[]string{"550 5.1.1 User unknown", "421 Try later"}, []query{{text: "550 5.1.1 User unknown"}, {text: "421 Try later"}}, "two replies"},
		{[]string{"550 5.1.1 User unknown", "421"}, []query{{text: "550 5.1.1 User unknown"}, {text: "421", codes: true}}, "a reply and a code"},
		{[]string{"550 a\r\nb"}, text("550 a\r\nb"), "lines are for the parser"},
	} {
		got, err := parseQueries(c.args)
		if err != nil {
			t.Errorf("%q: %v (%s)", c.args, err, c.reason)
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(query{})); diff != "" {
			t.Errorf("%q (%s):\n%s", c.args, c.reason, diff)
		}
	}
}

func TestWhyNoCode(t *testing.T) {
	for _, c := range []struct{ arg, want string }{
		{"999", "from 100 to 599"},
		{"5500", "three digits"},
		{"55", "smtpcode 55x lists"},
		{"5", "smtpcode 5xx lists"},
		{"5.7", "smtpcode '5.7.*' lists"},
		{"5.9", "three numbers"},
		{"5.7.9999", "at most three digits"},
		{"3.7.1", "2, 4 or 5"},
		{"5.07.1", "no zeros in front"},
		{"5..1", "a number is missing"},
		{"1.2.3.4", "three numbers"},
		{"5,7,26", "type 5.7.26"},
		{"２５０", "type 250"},
		{"５．７．１", "type 5.7.1"},
		{"٥٥٠", "type 550"},
		{"𝟝𝟝𝟘", "type 550"},
		{"９９９", "not written in ASCII"},
		{"２５０ OK", "type 250"},
	} {
		_, err := parseQueries([]string{c.arg})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", c.arg, err, c.want)
		}
	}
}

func TestMatchGlob(t *testing.T) {
	for _, c := range []struct{ glob, has, hasNot string }{
		{"55x", "550", "540"}, {"55*", "550", "540"}, {"5?0", "550", "551"}, {"*50", "250", "251"},
		{"5.7.*", "5.7.26", "4.7.26"}, {"x.7.26", "5.7.26", "5.7.25"}, {"*.7.26", "5.7.26", "5.7.25"}, {"5.*", "5.1.1", "4.2.2"},
		{"5.7.2x", "5.7.26", "5.7.2"}, {"5.7.2*", "5.7.2", "5.7.3"}, {"5.x.1", "5.1.1", "5.1.2"}, {"X.1.10", "5.1.10", "4.1.10"},
	} {
		if !isGlobPattern(c.glob) {
			t.Errorf("%s is no pattern", c.glob)
		}
		list := matchGlob(c.glob)
		if !slices.Contains(list, c.has) || slices.Contains(list, c.hasNot) {
			t.Errorf("%s gives %v: want %s in it, and not %s", c.glob, list, c.has, c.hasNot)
		}
	}
	for _, s := range []string{"x", "*", "550", "5.7.26", "xyz", "5.7.2.*", "55x5x", "5..*", "***"} {
		if isGlobPattern(s) {
			t.Errorf("%s is taken for a pattern", s)
		}
	}
}

// FuzzParseQueries wants queries or an error, never both, and codes that are
// codes; and an error's line that is safe to print.
func FuzzParseQueries(f *testing.F) {
	for _, args := range [][2]string{
		{"550", "5.7.26"}, {"550-5.7.26", "User unknown"}, {"5.7.*", "55x"}, {"２５０", "\x1b[31m"}, {"", " "}, {"5..1", "999"}, {"\xff\x00", "'550"}, {"X.7.26", "-"},
	} {
		f.Add(args[0], args[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		queries, err := parseQueries([]string{a, b})
		if (err == nil) == (len(queries) == 0) {
			t.Fatalf("%d queries and %v", len(queries), err)
		}
		var line strings.Builder
		if got := (&app{err: &line}).status(err); err != nil && got != statusError {
			t.Errorf("status %d for %v", got, err)
		}
		if r, ok := strangeRune(line.String()); ok || strings.Count(line.String(), "\n") > 1 || !utf8.ValidString(line.String()) {
			t.Errorf("%U, or several lines: %q", r, line.String())
		}
		for _, q := range queries {
			p := codes.Parse(q.text)
			switch written := strings.TrimSpace(p.Reply.String() + " " + p.Enhanced.String()); {
			case q.glob != "" && (q.text != "" || !isGlobPattern(q.glob)):
				t.Errorf("%+v is no pattern", q)
			case q.codes && written != q.text:
				t.Errorf("%+v is read as %q", q, written)
			}
		}
	})
}

func TestNearest(t *testing.T) {
	list := []string{"user_unknown", "user_moved", "mailbox_full", "search", "list", "5.7.26", "5.7.2", "5.7.22"}
	for _, c := range []struct {
		typed  string
		want   []string
		reason string
	}{
		{"user_unknwon", []string{"user_unknown"}, "two letters swapped"},
		{"serach", []string{"search"}, ""},
		{"LIST", []string{"list"}, "case does not matter"},
		{"lst", []string{"list"}, ""},
		{"full", []string{"mailbox_full"}, "a part of the name"},
		{"5.7.62", []string{"5.7.26", "5.7.22", "5.7.2"}, "the same digits first"},
		{"xyzzy", nil, "nothing is near"},
		{strings.Repeat("a", 1000), nil, "too long to be a slip"},
	} {
		if got := nearest(c.typed, slices.Values(list)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v (%s)", c.typed, got, c.want, c.reason)
		}
	}
}

// TestEveryFilterExists holds what the kinds say of their filters against the
// flags that there are.
func TestEveryFilterExists(t *testing.T) {
	c := (&app{}).listCommand()
	for _, k := range kinds() {
		for _, name := range k.filters {
			if c.Flags().Lookup(name) == nil || !slices.Contains(filterNames[:], name) {
				t.Errorf("%s name the filter %s, which does not exist", k.name, name)
			}
		}
		n := 0
		for e := range k.entries() {
			n++
			if e.id == "" || len(e.cells) == 0 || e.value() == nil {
				t.Errorf("%s: entry %d is not whole: %+v", k.name, n, e)
			}
		}
		if n == 0 {
			t.Errorf("there are no %s", k.name)
		}
	}
}

// TestEveryCommandIsNamed holds the list that misspelled commands are compared
// with against the tree.
func TestEveryCommandIsNamed(t *testing.T) {
	root := (&app{}).rootCommand([]string{"help"}, nil)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if !c.Hidden && c.Runnable() && !slices.Contains(commandNames[:], c.Name()) {
			t.Errorf("%s is not among commandNames", c.Name())
		}
		if c.Name() != "completion" && c.Example == "" {
			t.Errorf("%s has no example", c.Name())
		}
	}
}
