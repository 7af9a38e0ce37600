package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/spf13/cobra"
)

func (a *app) searchCommand() *cobra.Command {
	var asJSON bool
	var limit int
	c := &cobra.Command{
		Use:   "search WORDS…",
		Short: "Search everything: codes, names, meanings, messages",
		Long: "Search codes, names, meanings and the words of messages, best match first.\n" +
			"All words must be found; a word also finds longer ones that begin with it.",
		Example: `  smtpcode search greylist
  smtpcode search mailbox full --limit 0
  smtpcode search gmail rate --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.search(args, limit, asJSON) },
	}
	c.Flags().IntVar(&limit, "limit", 20, "show at most `n` results; 0 shows all")
	jsonFlag(c, &asJSON)
	c.ValidArgsFunction = cobra.NoFileCompletions
	return c
}

// result is an entry that a search has found.
type result struct {
	kind  kind
	entry entry
	score int
}

func (a *app) search(args []string, limit int, asJSON bool) error {
	words := strings.Fields(strings.ToLower(strings.Join(args, " ")))
	if len(words) == 0 {
		return misused("give the words to search for")
	}
	if limit < 0 {
		return misused("--limit %d: give 0 for all, or how many", limit)
	}
	found := find(words)
	if len(found) == 0 {
		return notFound("nothing holds %s%s", strings.Join(words, " and "), plural(len(words) > 1, "; try fewer words", ""))
	}
	shown := found
	if limit > 0 {
		shown = found[:min(limit, len(found))]
	}
	if asJSON {
		return writeArray(a.out, shown, func(r result) any { return resultValue{r.kind.one, r.score, r.entry.value()} })
	}
	p := a.page()
	var rows [][]string
	for _, r := range shown {
		rows = append(rows, []string{r.kind.one, r.entry.id, strings.Join(nonEmpty(r.entry.name, r.entry.text), ": ")})
	}
	p.Table(rows, page.Dim, page.Bold)
	if len(shown) < len(found) {
		p.Line("")
		p.Text(page.Dim, fmt.Sprintf("%d of %d; --limit 0 shows all", len(shown), len(found)))
	}
	return nil
}

// find gives the entries that hold all words, best first; of equals, those of
// the kinds that say more, in the order of the data.
func find(words []string) []result {
	var found []result
	for _, k := range kinds() {
		for e := range k.entries() {
			score := e.score(words)
			if score == 0 {
				continue
			}
			if k.broad {
				score += 40 // one of these tells more than one server's wording
			}
			found = append(found, result{k, e, score})
		}
	}
	slices.SortStableFunc(found, func(a, b result) int { return cmp.Compare(b.score, a.score) })
	return found
}

// score tells how well an entry fits: 0 if a word is missing. A word counts the
// most in the id, then in the name, then in what else the entry says.
func (e *entry) score(words []string) int {
	id, name, text := strings.ToLower(e.id), strings.ToLower(e.name), strings.ToLower(e.text)
	more := strings.ToLower(strings.Join(e.words, "\n"))
	total := 0
	for _, w := range words {
		n := 0
		switch {
		case id == w:
			n = 100
		case hasWord(id, w) || id == "x"+strings.TrimLeft(w, "245") && strings.Contains(w, "."):
			n = 40
		case hasWord(name, w):
			n = 20
		case hasWord(more, w):
			n = 10
		case hasWord(text, w):
			n = 8
		case strings.Contains(id, w):
			n = 4
		default:
			return 0
		}
		if strings.Contains(id, w) || strings.Contains(name, w) {
			n += 10 * len(w) / max(len(id), len(w)) // short ids are more to the point
		}
		total += n
	}
	if fields := strings.Fields(name); len(fields) == len(words) && total >= 20*len(words) {
		total += 60 // these words and no others are its name
	}
	return total
}

// hasWord tells whether a word of s begins with w.
func hasWord(s, w string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return false
		}
		if i += from; i == 0 || !isWordByte(s[i-1]) || !isWordByte(w[0]) {
			return true
		}
		from = i + 1
	}
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func plural(many bool, yes, no string) string {
	if many {
		return yes
	}
	return no
}
