package main

import (
	"fmt"
	"strings"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// maxWorkers bounds --workers: more of them only take memory.
const maxWorkers = 256

func (a *app) mailCommand() *cobra.Command {
	var m mailReader
	c := &cobra.Command{
		Use:   "mail [FILE | MBOX | MAILDIR | DIR]…",
		Short: "Read bounce mails: who did not get it, why, what to do",
		Long: `Read the mails that tell what became of a message: non-delivery reports of any
mail system, delay warnings, receipts, complaints, automatic answers. Each
recipient gets a card: what happened and why, whose fault it is, what to do now,
whether to retry and whether to suppress the address.

A path is a mail, an mbox, a Maildir, or a directory with any of these below it;
files may be compressed with gzip or zstd. - or no path is standard input.

  --jsonl      a JSON object a recipient, on a line each
  --csv        the main fields in columns, for a spreadsheet
  --suppress   just the addresses to mail no more: one a line, each once

What cannot be read is told on standard error (and has an object or line with
"error"), and the others are read. It makes the exit status 2 at the end; a
report whose recipient or reason cannot be told makes it 1, and so does input
without any report. The status is the same for all forms of output.`,
		Example: `  smtpcode mail returned.eml
  smtpcode mail --suppress ~/Maildir/.Bounces >> suppressed.txt
  smtpcode mail --jsonl bounces.mbox.zst | jq -r 'select(.kind == "bounce") | .diagnosis.reason'
  smtpcode mail --csv inbox/ archive.mbox > bounces.csv
  ssh mx.example.com cat /var/mail/bounces | smtpcode mail -`,
		RunE: func(_ *cobra.Command, paths []string) error { return m.run(a, paths) },
	}
	c.Flags().BoolVar(&m.jsonl, "jsonl", false, "answer with a JSON object a recipient, a line each")
	c.Flags().BoolVar(&m.jsonl, "json", false, "the same as --jsonl")
	c.Flags().BoolVar(&m.csv, "csv", false, "answer with columns separated by commas, the first line naming them")
	c.Flags().BoolVar(&m.suppress, "suppress", false, "print just the addresses to suppress")
	m.rulesFlag.register(c)
	c.Flags().IntVar(&m.workers, "workers", 0, "read this `number` of mails at a time (0: as many as there are cores)")
	complete(c, "workers", fixed())
	return c
}

// mailReader is a run over mails.
type mailReader struct {
	jsonl, csv, suppress bool
	workers              int
	rulesFlag

	found   bool // there is a mail that tells what became of a message
	unknown bool // one of them does not tell of whom, or why
	broken  bool // something could not be read
}

// mailOutput is a form of output. Errors of writing are the app's to keep, as
// bufio.Writer does.
type mailOutput interface {
	add(row *bounce.Row)
	end()
}

func (m *mailReader) run(a *app, paths []string) error {
	if err := m.check(); err != nil {
		return err
	}
	if len(paths) == 0 {
		if page.IsTerminal(a.stdin) {
			return misused("there is nothing to read: give a mail, a mailbox or a directory, or - for standard input")
		}
		paths = []string{"-"}
	}
	own, err := m.own(a.in, paths)
	if err != nil {
		return err
	}
	out := m.output(a, own)
	progress := newProgress(a.err)
	nothing := true
	for item := range bounce.Scan(paths, bounce.Options{Reader: bounce.Reader{Rules: own}, Stdin: a.in, Workers: m.workers, Progress: progress.note}) {
		nothing = false
		if item.Err != nil {
			m.broken = true
			progress.clear()
			fmt.Fprintln(a.err, page.OneLine(fmt.Sprintf("smtpcode: %s: %v", mailPlace(item.File, item.Mail), item.Err)))
		}
		for row := range item.Rows() {
			m.judge(&row)
			out.add(&row)
		}
		if a.term.TTY && a.out.Buffered() > 0 {
			progress.clear()
			a.out.Flush()
		}
		if _, err := a.out.Write(nil); err != nil {
			return err // nobody to write for: the rest is of no use
		}
		progress.show()
	}
	progress.clear()
	out.end()
	switch {
	case nothing:
		return notFound("there is no mail in %s", strings.Join(paths, ", "))
	case m.broken:
		return outcome(statusError)
	case m.unknown || !m.found:
		return outcome(statusUnknown)
	}
	return nil
}

func (m *mailReader) check() error {
	forms := 0
	for _, wanted := range [...]bool{m.jsonl, m.csv, m.suppress} {
		if wanted {
			forms++
		}
	}
	if forms > 1 {
		return misused("--jsonl, --csv and --suppress exclude each other: choose one")
	}
	if m.workers < 0 || m.workers > maxWorkers {
		return misused("--workers %d: choose a number from 1 to %d, or 0 for one a core", m.workers, maxWorkers)
	}
	return nil
}

func (m *mailReader) output(a *app, own *codes.Classifier) mailOutput {
	switch {
	case m.jsonl:
		return &mailJSON{out: a.out}
	case m.csv:
		return newMailCSV(a.out)
	case m.suppress:
		return &mailSuppress{out: a.out}
	}
	return newMailCards(a.page(), own)
}

// judge takes a row into account for the exit status.
func (m *mailReader) judge(row *bounce.Row) {
	if row.Error != "" || row.Kind == bounce.KindNone {
		return
	}
	m.found = true
	if row.Kind.Delivery() && (row.Recipient == "" || row.Diagnosis == nil || row.Diagnosis.Reason == codes.ReasonUnknown) {
		m.unknown = true
	}
}

// mailPlace tells where a mail was read.
func mailPlace(file string, mail int) string {
	if file == "-" {
		file = "standard input"
	}
	if mail > 0 {
		file += fmt.Sprintf(", mail %d", mail)
	}
	return file
}
