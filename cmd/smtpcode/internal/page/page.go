package page

import (
	"io"
	"strings"
)

// Style is how a piece of text looks where colour is wanted.
type Style string

// Styles, as the parameters of SGR (ECMA-48 §8.3.117).
const (
	Plain  Style = ""
	Bold   Style = "1"
	Dim    Style = "2"
	Red    Style = "31"
	Green  Style = "32"
	Yellow Style = "33"
	Cyan   Style = "36"
	Strong Style = "1;4"
)

// labelWidth is the width of the column of labels, with the space behind it.
const labelWidth = 10

// Page writes a page. The text it is given must be printable: what comes from
// the input goes through [Visible] first. Errors of the writer are the writer's
// to keep, as bufio.Writer does.
type Page struct {
	w    io.Writer
	term Terminal
}

// New makes a page for a terminal.
func New(w io.Writer, t Terminal) *Page { return &Page{w: w, term: t} }

// Width gives the columns of the page.
func (p *Page) Width() int { return p.term.Width }

// Terminal gives what the page is written to.
func (p *Page) Terminal() Terminal { return p.term }

// Paint gives s in a style.
func (p *Page) Paint(style Style, s string) string {
	if !p.term.Color || style == Plain || s == "" {
		return s
	}
	return "\x1b[" + string(style) + "m" + s + "\x1b[0m"
}

// Line writes a line as it is.
func (p *Page) Line(s string) { io.WriteString(p.w, s+"\n") }

// Title writes what the page is about: a head, then its name.
func (p *Page) Title(head, name string, style Style) {
	for i, line := range Wrap(strings.TrimSpace(head+"  "+name), p.term.Width) {
		if rest, ok := strings.CutPrefix(line, head); ok && i == 0 {
			name := strings.TrimLeft(rest, " ")
			gap := ""
			if name != "" {
				gap = "  "
			}
			p.Line(p.Paint(style+";1", head) + gap + p.Paint(Bold, name))
			continue
		}
		p.Line(p.Paint(Bold, line))
	}
}

// Text writes a paragraph in a style.
func (p *Page) Text(style Style, s string) { p.indented(style, s, 0) }

// Indented writes a paragraph that begins at a column.
func (p *Page) Indented(style Style, s string, at int) { p.indented(style, s, at) }

func (p *Page) indented(style Style, s string, at int) {
	for _, line := range Wrap(s, p.term.Width-at) {
		p.Line(strings.Repeat(" ", at) + p.Paint(style, line))
	}
}

// Row writes a paragraph beside a label. The lead is its beginning, in a style
// of its own. Without any text there is no row.
func (p *Page) Row(label, lead string, style Style, text string) {
	whole := strings.TrimSpace(lead + " " + text)
	if whole == "" {
		return
	}
	for i, line := range Wrap(whole, p.term.Width-labelWidth) {
		if rest, ok := strings.CutPrefix(line, lead); ok && i == 0 {
			line = p.Paint(style, lead) + rest
		}
		if i > 0 {
			label = ""
		}
		p.Line(p.Paint(Dim, Pad(label, labelWidth)) + line)
	}
}

// Table writes rows in aligned columns. On a terminal the last column is
// shortened to what is left of the width or, where that is too little to read,
// goes below its row; a pipe gets it whole.
func (p *Page) Table(rows [][]string, styles ...Style) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Columns(cell))
		}
	}
	left := p.term.Full
	for _, w := range widths {
		left -= w + 2
	}
	for _, row := range rows {
		var b strings.Builder
		last := len(row) - 1
		for i, cell := range row[:last] {
			style := Plain
			if i < len(styles) {
				style = styles[i]
			}
			b.WriteString(p.Paint(style, cell) + strings.Repeat(" ", widths[i]-Columns(cell)+2))
		}
		switch {
		case !p.term.TTY:
			p.Line(strings.TrimRight(b.String()+row[last], " "))
		case left >= minLastColumn:
			p.Line(b.String() + Shorten(row[last], left))
		default:
			p.Line(strings.TrimRight(b.String(), " "))
			p.Indented(Plain, row[last], 4)
		}
	}
}

// minLastColumn is how narrow the last column of a table may be.
const minLastColumn = 24
