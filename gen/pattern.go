package main

import (
	"fmt"
	"strings"

	"github.com/smtpcode/smtpcode/internal/layout"
)

// minFragment is how many bytes the longest fragment of a pattern must have: so
// many hold a whole window of the scan wherever its steps fall.
const minFragment = layout.Window + layout.Stride - 1

// maxToken is how long a token may be: what a bracketed word is cut to.
const maxToken = 40

// fragment is a piece of literal text between two stars of a pattern.
type fragment struct {
	text        string // folded
	first, last bool   // must stand at a word's edge on this side
}

// typography makes quotes, hyphens and spaces of typography plain, as the classifier
// does with replies.
var typography = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2018", "'", "\u2019", "'",
	"\u201C", "\"", "\u201D", "\"", "\u202F", " ", "\u00A0", " ", "\u3000", " ")

// foldText is the classifier's folding: bit 5 of every ASCII byte is set, which
// makes letters small and leaves digits and most marks as they are, and runs of
// white space are one space. Bytes of UTF-8 get the bit too; it folds À to à.
func foldText(s string) string {
	b := []byte(strings.Join(strings.Fields(typography.Replace(s)), " "))
	for i := range b {
		b[i] |= 0x20
	}
	return string(b)
}

// parsePattern takes a pattern apart: "Client host [*] blocked using" has two
// fragments. A star that touches a word leaves its edge open.
func parsePattern(s string) ([]fragment, error) {
	s = strings.Join(strings.Fields(typography.Replace(s)), " ")
	body, openFirst := strings.CutPrefix(s, "*") // a star that touches the first or last word only opens its edge
	body, openLast := strings.CutSuffix(body, "*")
	parts := strings.Split(body, "*")
	longest := 0
	var list []fragment
	for i, p := range parts {
		text := strings.TrimSpace(p)
		if text == "" || i == 0 && openFirst && p[0] == ' ' || i == len(parts)-1 && openLast && p[len(p)-1] == ' ' {
			return nil, fmt.Errorf("pattern %q: a star stands alone at its end or beside another; remove it, patterns match anywhere", s)
		}
		longest = max(longest, len(text))
		list = append(list, fragment{
			text:  foldText(text),
			first: i == 0 && !openFirst || p[0] == ' ',
			last:  i == len(parts)-1 && !openLast || p[len(p)-1] == ' ',
		})
	}
	if longest < minFragment {
		return nil, fmt.Errorf("pattern %q: its longest literal piece has %d bytes, it needs %d; take more of the message, or use `token`", s, longest, minFragment)
	}
	if len(list) > 8 {
		return nil, fmt.Errorf("pattern %q has %d pieces: 8 are enough to tell a message, use fewer stars", s, len(list))
	}
	return list, nil
}

// tokenShape tells whether s can be found as a token: the first word after the
// codes, or a word in brackets. Small letters alone are a word like others,
// unless it counts only where the provider is known.
func tokenShape(s string, known bool) bool {
	other := known
	for _, b := range []byte(s) {
		switch {
		case b >= 'A' && b <= 'Z', b >= 'a' && b <= 'z':
		case b >= '0' && b <= '9', strings.IndexByte(".:#_-", b) >= 0:
			other = true
		default:
			return false
		}
	}
	return len(s) >= 2 && len(s) <= maxToken && (other || s == strings.ToUpper(s))
}
