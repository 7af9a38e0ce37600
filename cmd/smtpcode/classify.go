package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/stream"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// maxLine is the longest line of a stream.
const maxLine = 1 << 20

func (a *app) classifyCommand() *cobra.Command {
	var s classifier
	c := &cobra.Command{
		Use:   "classify [FILE…]",
		Short: "Classify a stream: a reply a line in, a JSON object a line out",
		Long: `Classify replies, a line each, in the order of the input. Files may be compressed
with gzip or zstd; - or no file is standard input.

  --from text    a line is a reply; an object is its diagnosis
  --from jsonl   a line is a JSON object with the reply in --field; it comes back
                 as it was, with the diagnosis in "diagnosis"

A line of more than 1 MiB is not read; an object with "error" stands for it.
A line that is no JSON, or has no such field, is told on standard error with its
number and left out. Either makes the exit status 2 at the end; an unknown reason
makes it 1.`,
		Example: `  smtpcode classify replies.txt
  smtpcode classify --from jsonl --field response events.jsonl.zst | jq .diagnosis.reason
  grep -h 'status=bounced' mail.log | smtpcode classify --to tsv
  smtpcode classify --provider gmail gmail.txt.gz
  smtpcode classify --rules own.toml replies.txt`,
		RunE: func(_ *cobra.Command, files []string) error { return s.run(a, files) },
	}
	c.Flags().StringVar(&s.from, "from", "text", "`format` of the input: text or jsonl")
	c.Flags().StringVar(&s.field, "field", "text", "`name` of the field that holds the reply, for jsonl")
	c.Flags().StringVar(&s.to, "to", "jsonl", "`format` of the output: jsonl or tsv")
	s.hintFlags.register(c)
	complete(c, "from", fixed("text", "jsonl"))
	complete(c, "to", fixed("jsonl", "tsv"))
	return c
}

// classifier is a run over a stream.
type classifier struct {
	hintFlags
	from, field, to string

	app     *app
	hint    codes.Hint
	own     *codes.Classifier
	buf     []byte // a line of output
	unknown bool
	broken  int // lines and files that could not be read
}

func (s *classifier) run(a *app, files []string) (err error) {
	s.app = a
	if err := fixed("text", "jsonl").check("--from", s.from); err != nil {
		return err
	}
	if err := fixed("jsonl", "tsv").check("--to", s.to); err != nil {
		return err
	}
	if s.hint, err = s.hintFlags.hint(); err != nil {
		return err
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	if s.own, err = s.hintFlags.own(a.in, files); err != nil {
		return err
	}
	if s.to == "tsv" {
		s.app.out.WriteString(tsvHead)
	}
	for _, name := range files {
		if err := s.file(name); err != nil {
			if failed := s.app.out.Flush(); failed != nil {
				return failed // nobody to write for: the other files are of no use
			}
			if !errors.As(err, new(*fs.PathError)) { // that has the name
				err = fmt.Errorf("%s: %w", name, err)
			}
			s.complain(err)
		}
	}
	switch {
	case s.broken > 0:
		return outcome(statusError)
	case s.unknown:
		return outcome(statusUnknown)
	}
	return nil
}

// file classifies the lines of a file.
func (s *classifier) file(name string) error {
	f, err := stream.Open(name, s.app.in)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := stream.NewLines(f, maxLine)
	for {
		if lines.Waiting() { // let a reader at the other end see what is done so far
			if err := s.app.out.Flush(); err != nil {
				return err
			}
		}
		line, tooLong, err := lines.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if tooLong {
			err = fmt.Errorf("the line is longer than %d MiB", maxLine>>20)
			s.buf = s.appendError(s.buf[:0], err)
		} else {
			s.buf, err = s.line(s.buf[:0], line)
		}
		if err != nil {
			s.complain(fmt.Errorf("%s:%d: %w", name, lines.Number(), err))
		}
		if s.app.term.TTY {
			s.buf = page.VisibleJSON(s.buf)
		}
		if _, err := s.app.out.Write(s.buf); err != nil {
			return err
		}
	}
}

// complain tells of something that could not be read.
func (s *classifier) complain(err error) {
	s.broken++
	fmt.Fprintln(s.app.err, page.OneLine("smtpcode: "+err.Error()))
}

// line appends what is to be said of a line of input.
func (s *classifier) line(b, line []byte) ([]byte, error) {
	if s.from == "text" {
		d := s.diagnose(line)
		if s.to == "tsv" {
			return appendTSV(b, &d, line), nil
		}
		return append(d.AppendJSON(b), '\n'), nil
	}
	if isBlank(line) {
		return b, nil
	}
	o, text, err := stream.ParseObject(line, s.field, "diagnosis")
	if err != nil {
		return b, err
	}
	d := s.diagnose(text)
	if s.to == "tsv" {
		return appendTSV(b, &d, text), nil
	}
	return append(o.With(b, "diagnosis", d.AppendJSON), '\n'), nil
}

func (s *classifier) diagnose(text []byte) codes.Diagnosis {
	d := s.own.ClassifyBytes(text, s.hint)
	s.unknown = s.unknown || d.Reason == codes.ReasonUnknown
	return d
}

// appendError appends what stands for a line that was not read.
func (s *classifier) appendError(b []byte, err error) []byte {
	d := codes.Classify("")
	if s.to == "tsv" {
		return appendTSV(b, &d, []byte("error: "+err.Error()))
	}
	b = append(b, `{"error":`...)
	b = codes.AppendString(b, err.Error())
	if s.from == "jsonl" {
		b = append(b, `,"diagnosis":`...)
		return append(d.AppendJSON(b), "}\n"...)
	}
	open := len(b) // here the object is the diagnosis itself
	b = d.AppendJSON(b)
	b[open] = ','
	return append(b, '\n')
}

func isBlank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}
