package main

import (
	"bufio"
	"encoding/csv"
	"strings"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
)

// mailJSON writes an object a recipient. docs/generated/mail.schema.json
// describes it.
type mailJSON struct {
	out *bufio.Writer
	buf []byte
}

func (w *mailJSON) add(row *bounce.Row) {
	w.buf = append(row.AppendJSON(w.buf[:0]), '\n')
	w.out.Write(page.VisibleJSON(w.buf))
}

func (w *mailJSON) end() {}

// mailCSV writes a line a recipient, with what a terminal would obey written
// out: so each is one line.
type mailCSV struct{ w *csv.Writer }

func newMailCSV(out *bufio.Writer) *mailCSV {
	w := csv.NewWriter(out)
	w.Write(bounce.Columns())
	return &mailCSV{w}
}

func (w *mailCSV) add(row *bounce.Row) {
	cells := row.Record()
	for i, cell := range cells {
		cells[i] = page.Visible(cell)
	}
	w.w.Write(cells)
}

func (w *mailCSV) end() { w.w.Flush() }

// mailSuppress writes the addresses to mail no more.
type mailSuppress struct {
	out  *bufio.Writer
	seen addressSet
}

func (w *mailSuppress) add(row *bounce.Row) {
	if row.Suppress && w.seen.add(row.Address()) {
		w.out.WriteString(page.Visible(row.Address()) + "\n")
	}
}

func (w *mailSuppress) end() {}

// addressSet holds addresses. Capitals make no other address: no provider of
// today takes them for one, and a list should not either.
type addressSet map[string]struct{}

// add tells whether the address is a new one; "" is none.
func (s *addressSet) add(address string) bool {
	key := strings.ToLower(address)
	if _, ok := (*s)[key]; ok || address == "" {
		return false
	}
	if *s == nil {
		*s = addressSet{}
	}
	(*s)[key] = struct{}{}
	return true
}
