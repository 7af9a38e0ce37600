package page

import (
	"strings"
	"unicode"
)

// Columns gives how many columns s takes on a terminal.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

// columns gives 2 for the wide letters of East Asia and for emoji, 0 for marks
// that combine with the letter in front (Unicode Standard Annex 11).
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6,
		r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

// Wrap breaks s at spaces into lines of at most width columns. A longer word is
// broken in two, but for addresses of pages, which a reader wants to copy.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		n := Columns(word)
		if used > 0 && used+1+n > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		for n > width-used && !strings.Contains(word, "://") {
			head := Cut(word, width-used)
			lines = append(lines, line+head)
			word, line, used = word[len(head):], "", 0
			n = Columns(word)
		}
		line, used = line+word, used+n
	}
	if used > 0 || lines == nil {
		lines = append(lines, line)
	}
	return lines
}

// Cut gives the beginning of s that fits into width columns, at least a letter.
func Cut(s string, width int) string {
	n := 0
	for i, r := range s {
		if n += columns(r); n > width && i > 0 {
			return s[:i]
		}
	}
	return s
}

// Shorten gives s in at most width columns, with … for what is left out.
func Shorten(s string, width int) string {
	if Columns(s) <= width {
		return s
	}
	if width <= 1 {
		return "…"
	}
	return strings.TrimRight(Cut(s, width-1), " ") + "…"
}

// Pad fills s with spaces to width columns.
func Pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-Columns(s)))
}
