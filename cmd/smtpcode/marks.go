package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// maxShown is how much of a reply is printed: as much as is read for words.
const maxShown = 4096

// Signs under the text.
const (
	signWon  = '^'
	signAlso = '~'
	signCode = '='
)

// mark is a part of a text, with the sign to put under it.
type mark struct {
	codes.Span
	sign byte
}

// codeMarks finds where the codes stand first in the text.
func codeMarks(text string, c codes.Parsed) []mark {
	var marks []mark
	for _, code := range [...]string{c.Reply.String(), c.Enhanced.String()} {
		if i := strings.Index(text, code); code != "" && i >= 0 {
			marks = append(marks, mark{codes.Span{Start: i, End: i + len(code)}, signCode})
		}
	}
	return marks
}

// repeatedCodes marks the codes that further lines of a reply begin with as
// nothing: words are found across them.
func repeatedCodes(text string, c codes.Parsed) []mark {
	var marks []mark
	at := 0
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, c.Reply.String()); ok && at > 0 && c.Reply != 0 {
			rest = strings.TrimPrefix(strings.TrimLeft(rest, "- "), c.Enhanced.String())
			marks = append(marks, mark{codes.Span{Start: at, End: at + len(line) - len(strings.TrimLeft(rest, " "))}, ' '})
		}
		at += len(line)
	}
	return marks
}

func hitMarks(hits []codes.Hit) []mark {
	var marks []mark
	for _, h := range slices.Backward(hits) { // the winner's last, over the others'
		sign := byte(signAlso)
		if h.Won {
			sign = signWon
		}
		for _, s := range h.Spans {
			marks = append(marks, mark{s, sign})
		}
	}
	return marks
}

// writeMarked writes a text with signs under the marked parts.
func writeMarked(p *page.Page, text string, marks []mark) {
	more := len(text) > maxShown
	if more {
		text = text[:maxShown]
	}
	signs := make([]byte, len(text))
	for _, m := range marks {
		for i := max(0, m.Start); i < min(m.End, len(text)); i++ {
			signs[i] = m.sign
		}
	}
	text = strings.TrimRight(text, "\r\n ")
	for _, line := range markedLines(text, signs, p.Width()-2) {
		p.Line("  " + line.text)
		if s := strings.TrimRight(line.signs, " "); s != "" {
			p.Line("  " + p.Paint(page.Green, s))
		}
	}
	if more {
		p.Text(page.Dim, "  … what follows is not read")
	}
	var legend []string
	for _, l := range [...]struct {
		sign byte
		what string
	}{{signCode, "codes"}, {signWon, "what decided"}, {signAlso, "what else was known"}} {
		if slices.Contains(signs, l.sign) {
			legend = append(legend, string(l.sign)+" "+l.what)
		}
	}
	if legend != nil {
		p.Indented(page.Dim, strings.Join(legend, ", "), 2)
	}
}

type markedLine struct{ text, signs string }

// markedLines breaks a text into lines of at most width columns, at its own line
// ends and at spaces, each with its signs. What cannot be printed is written
// out, with the sign under all of it.
func markedLines(text string, signs []byte, width int) []markedLine {
	var lines []markedLine
	var line, under strings.Builder
	used, cut, cutUnder := 0, -1, -1 // cut: behind the last space of the line
	flush := func() {
		lines = append(lines, markedLine{strings.TrimRight(line.String(), " "), under.String()})
		line.Reset()
		under.Reset()
		used, cut = 0, -1
	}
	for i, n := 0, 0; i < len(text); i += n {
		_, n = utf8.DecodeRuneInString(text[i:])
		piece := page.Visible(text[i : i+n])
		switch text[i] {
		case '\n':
			flush()
			continue
		case '\r':
			continue
		case '\t':
			piece = " "
		}
		sign := signs[i]
		if sign == 0 {
			sign = ' '
		}
		columns := page.Columns(piece)
		if used+columns > width && used > 0 {
			rest, restUnder := "", ""
			if cut > 0 {
				rest, restUnder = line.String()[cut:], under.String()[cutUnder:]
				head, headUnder := line.String()[:cut], under.String()[:cutUnder]
				line.Reset()
				under.Reset()
				line.WriteString(head)
				under.WriteString(headUnder)
			}
			flush()
			line.WriteString(rest)
			under.WriteString(restUnder)
			used = page.Columns(rest)
		}
		line.WriteString(piece)
		under.WriteString(strings.Repeat(string(sign), columns))
		used += columns
		if piece == " " {
			cut, cutUnder = line.Len(), under.Len()
		}
	}
	flush()
	return lines
}
