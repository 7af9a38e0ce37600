package main

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// prose makes Markdown of a text from the data: every character shows as
// itself, and RFCs and addresses of pages become links.
func prose(s string) string { return linkify(clean(s), verbatim) }

// unlinked makes Markdown of a text that stands inside a link: no link in a link.
func unlinked(s string) string { return verbatim(clean(s)) }

// cite makes links of the RFCs in a text that is Markdown already.
func cite(s string) string { return linkify(s, func(s string) string { return s }) }

var mention = regexp.MustCompile(`https?://[^\s<>"]+|\bRFC [0-9]{3,5}\b|§[0-9]+(\.[0-9]+)*`)

// linkify turns what mention finds in s into links; other makes Markdown of the
// text between. A section belongs to the RFC last named before it.
func linkify(s string, other func(string) string) string {
	var b strings.Builder
	rfc, end := "", 0
	for _, m := range mention.FindAllStringIndex(s, -1) {
		from, to := m[0], m[1]
		word := s[from:to]
		var link string
		switch {
		case strings.HasPrefix(word, "RFC "):
			rfc = "https://www.rfc-editor.org/rfc/rfc" + word[len("RFC "):]
			link = "[" + word + "](" + rfc + ")"
		case strings.HasPrefix(word, "§"):
			if rfc == "" {
				continue
			}
			link = "[" + word + "](" + rfc + "#section-" + word[len("§"):] + ")"
		default:
			word = trimURL(word)
			to = from + len(word)
			if strings.Contains(word, "…") {
				continue // shortened by whoever wrote it down
			}
			_, shown, _ := strings.Cut(word, "://")
			link = "[" + verbatim(shown) + "](" + destination(word) + ")"
		}
		b.WriteString(other(s[end:from]))
		b.WriteString(link)
		end = to
	}
	b.WriteString(other(s[end:]))
	return b.String()
}

// trimURL takes off what ends the sentence and not the address.
func trimURL(s string) string {
	for {
		t := strings.TrimRight(s, ".,;:!?'")
		if strings.HasSuffix(t, ")") && strings.Count(t, ")") > strings.Count(t, "(") {
			t = t[:len(t)-1]
		}
		if t == s {
			return s
		}
		s = t
	}
}

// destination makes an address safe between the parentheses of a link.
func destination(url string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "|", "%7C", `\`, "%5C", "`", "%60", `"`, "%22").Replace(url)
}

// verbatim escapes s so that Markdown shows it as it is. A pipe is left alone:
// table escapes it, and it means nothing elsewhere.
func verbatim(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '\\', '`', '*', '[', ']', '<', '~', '$':
			b.WriteByte('\\')
		case '_': // inside a word it is plain
			if i == 0 || i == len(s)-1 || !wordByte(s[i-1]) || !wordByte(s[i+1]) {
				b.WriteByte('\\')
			}
		case '&':
			b.WriteString("&amp;")
			continue
		case '#', '>', '-', '+', '=': // a heading, a quote, a list, an underline
			if i == 0 || c == '#' && s[i-1] == ' ' {
				b.WriteByte('\\')
			}
		case '.', ')': // a numbered list
			if i > 0 && strings.Trim(s[:i], "0123456789") == "" && (i == len(s)-1 || s[i+1] == ' ') {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

func wordByte(c byte) bool {
	return c >= utf8.RuneSelf || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// clean makes one line of s and leaves no control character in it.
func clean(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }

// visible replaces control characters other than the line's end.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || !unicode.IsControl(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ReplacementChar
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// tick sets s as code in a line.
func tick(s string) string {
	s = visible(strings.ReplaceAll(s, "\n", " "))
	if s == "" {
		return ""
	}
	if strings.Contains(s, `\|`) { // a table could not tell this from an escaped pipe
		return "<code>" + strings.ReplaceAll(verbatim(s), "|", "&#124;") + "</code>"
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// block sets s as a code block.
func block(s string) string {
	fence := strings.Repeat("`", max(3, longestRun(s, '`')+1))
	return fence + "text\n" + visible(s) + "\n" + fence + "\n"
}

func longestRun(s string, of byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != of {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// rfcLinks makes links of "RFC 5321 §4.2.1, §4.2.5" or of a draft's name.
func rfcLinks(documents []string) string {
	var out []string
	for _, s := range documents {
		if strings.HasPrefix(s, "draft-") {
			s = "[" + verbatim(s) + "](https://datatracker.ietf.org/doc/html/" + destination(s) + ")"
		} else {
			s = prose(s)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

var repoFile = regexp.MustCompile(`([A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+):([A-Za-z0-9._/-]*[A-Za-z0-9_/-])`)

// sourceLink makes Markdown of where something was read: an address, a file of
// a repository as owner/name:path, or plain words.
func sourceLink(s string) string {
	return linkify(clean(s), func(s string) string {
		var b strings.Builder
		end := 0
		for _, m := range repoFile.FindAllStringSubmatchIndex(s, -1) {
			if m[1] < len(s) && strings.ContainsRune("*(", rune(s[m[1]])) {
				continue // a pattern of files
			}
			b.WriteString(verbatim(s[end:m[0]]))
			b.WriteString("[" + verbatim(s[m[2]:m[3]]+": "+path.Base(s[m[4]:m[5]])) + "](https://github.com/" + s[m[2]:m[3]] + "/blob/HEAD/" + s[m[4]:m[5]] + ")")
			end = m[1]
		}
		b.WriteString(verbatim(s[end:]))
		return b.String()
	})
}

// clip shortens a text to at most n characters: at the end of a sentence if
// that leaves enough, or at a word.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	s = string([]rune(s)[:n-1])
	if i := strings.LastIndexAny(s, ".;"); i > n/2 && i+1 < len(s) && s[i+1] == ' ' {
		return s[:i] + "."
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ",;:. ") + "…"
}

// count writes a number of things: "1 message", "12 messages".
func count(n int, one string) string {
	switch {
	case n == 1:
		return "1 " + one
	case strings.HasSuffix(one, "y"):
		return digits(n) + " " + one[:len(one)-1] + "ies"
	}
	return digits(n) + " " + one + "s"
}

// digits writes n with commas: 1,850.
func digits(n int) string {
	s := ""
	for n >= 1000 {
		s = "," + string([]byte{'0' + byte(n/100%10), '0' + byte(n/10%10), '0' + byte(n%10)}) + s
		n /= 1000
	}
	return itoa(n) + s
}

// enumerate writes a list as a sentence does: "a, b and c".
func enumerate(list []string) string { return join(list, " and ") }

// enumerateOr is enumerate for alternatives.
func enumerateOr(list []string) string { return join(list, " or ") }

func join(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + last + list[len(list)-1]
}

func proseAll(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, prose(s))
	}
	return out
}

func ticks(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, tick(s))
	}
	return out
}

func sourceLinks(list []string) string {
	var out []string
	for _, s := range list {
		out = append(out, sourceLink(s))
	}
	return strings.Join(out, "; ")
}
