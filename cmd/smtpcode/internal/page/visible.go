package page

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible gives s with everything in it that a terminal would obey, hide or
// reorder written out: ESC as \x1b, a bidirectional override as \u202e, a byte
// that is no UTF-8 as \xff. Odd spaces become plain ones.
func Visible(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
	}
	return b.String()
}

// OneLine is Visible with every run of white space as one space.
func OneLine(s string) string { return Visible(strings.Join(strings.Fields(s), " ")) }

// isPlain tells whether s is printable ASCII throughout.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// VisibleJSON gives a line of JSON with everything in its strings that a
// terminal would obey, hide or reorder as an escape: it says the same.
func VisibleJSON(line []byte) []byte {
	body, end := bytes.CutSuffix(line, []byte("\n"))
	if isPlain(string(body)) {
		return line
	}
	var b []byte
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		switch {
		case unicode.IsPrint(r):
			b = append(b, body[:n]...)
			if r == utf8.RuneError && n == 1 {
				b = append(b[:len(b)-1], `\ufffd`...)
			}
		case r == '\t' || r == '\r': // between the tokens: strings cannot hold them
			b = append(b, ' ')
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
		default:
			b = fmt.Appendf(b, `\u%04x`, r)
		}
		body = body[n:]
	}
	if end {
		b = append(b, '\n')
	}
	return b
}
