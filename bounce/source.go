package bounce

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Options are the settings of [Scan]. The zero value is fine.
type Options struct {
	Reader   Reader         // how mails are read
	Stdin    io.Reader      // what "-" reads; os.Stdin if nil
	Workers  int            // how many mails are read at a time; as many as there are cores if 0
	Progress func(Progress) // called from time to time, by one goroutine, if not nil
}

// Progress is how far a scan has come.
type Progress struct {
	File  string // that is being read
	Bytes int64  // read so far, decompressed
	Mails int    // found so far
}

// Item is a mail that a scan found, or a file that it could not read.
type Item struct {
	File   string // as it was given, or below the directory that was given
	Mail   int    // number of the mail in the file, from 1; 0 where the file is one mail
	Report Report
	Err    error
}

// Rows gives the rows of the mail, or one with the error.
func (it *Item) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		if it.Err != nil {
			yield(Row{File: it.File, Mail: it.Mail, Index: 1, Error: it.Err.Error()})
			return
		}
		for row := range it.Report.Rows() {
			row.File, row.Mail = it.File, it.Mail
			if !yield(row) {
				return
			}
		}
	}
}

// Scan reads all mails at the paths, in their order, several at a time. A path
// is a file of one mail, an mbox file, either of them compressed by gzip or
// zstd, a Maildir, a directory of any of these, or "-" for standard input.
// What cannot be read gives an item with an error and does the others no harm.
//
// Memory holds three batches for each worker, of 128 KiB or one mail, and no
// more of a mail than [MaxMail].
func Scan(paths []string, opt Options) iter.Seq[*Item] {
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	if opt.Stdin == nil {
		opt.Stdin = os.Stdin
	}
	return func(yield func(*Item) bool) {
		s := scanner{
			opt:   opt,
			work:  make(chan *batch, opt.Workers),
			order: make(chan *batch, 2*opt.Workers),
			stop:  make(chan struct{}),
		}
		for range opt.Workers {
			go s.worker()
		}
		go s.paths(paths)
		defer close(s.stop)
		for b := range s.order {
			<-b.done
			for i := range b.items {
				if !yield(&b.items[i]) {
					return
				}
			}
		}
	}
}

// batch is some mails in a row: handing over one by one costs more than reading
// a short one.
type batch struct {
	items []Item
	ends  []int // where each mail ends in data
	data  []byte
	done  chan struct{}
}

// batchSize is how many bytes of mails make a batch full.
const batchSize = 128 << 10

// maxBatch is how many mails make a batch full.
const maxBatch = 64

// scanner finds mails and hands them to the workers.
type scanner struct {
	opt      Options
	work     chan *batch
	order    chan *batch // the same batches in their order
	stop     chan struct{}
	batch    *batch
	progress Progress
}

var errStopped = errors.New("stopped")

// worker reads the mails of batches.
func (s *scanner) worker() {
	for b := range s.work {
		from := 0
		for i := range b.items {
			it := &b.items[i]
			if it.Err == nil {
				it.Report, it.Err = s.opt.Reader.Parse(b.data[from:b.ends[i]])
			}
			from = b.ends[i]
		}
		b.data = nil
		close(b.done)
	}
}

// paths walks all paths and then ends the scan.
func (s *scanner) paths(paths []string) {
	defer close(s.order)
	defer close(s.work)
	for _, p := range paths {
		if s.path(p) != nil {
			return
		}
	}
	s.flush()
}

// add puts what is known of a mail, and the mail, into the batch.
func (s *scanner) add(file string, mail int, data []byte, err error) error {
	if s.batch == nil {
		s.batch = &batch{done: make(chan struct{}), data: make([]byte, 0, batchSize+16<<10)}
	}
	b := s.batch
	b.data = append(b.data, data...)
	b.items = append(b.items, Item{File: file, Mail: mail, Err: err})
	b.ends = append(b.ends, len(b.data))
	s.progress.Mails++
	if len(b.data) >= batchSize || len(b.items) >= maxBatch {
		return s.flush()
	}
	return nil
}

// flush hands the batch over; it tells where nobody wants more.
func (s *scanner) flush() error {
	b := s.batch
	s.batch = nil
	if s.opt.Progress != nil {
		s.opt.Progress(s.progress)
	}
	if b == nil {
		return nil
	}
	select {
	case s.order <- b:
	case <-s.stop:
		return errStopped
	}
	select {
	case s.work <- b:
	case <-s.stop:
		return errStopped
	}
	return nil
}

// path reads what is at the path. The only error it gives is errStopped.
func (s *scanner) path(path string) error {
	if path == "-" {
		return s.stream("-", s.opt.Stdin)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return s.add(path, 0, nil, plain(err))
	case info.IsDir():
		return s.dir(path)
	case !info.Mode().IsRegular() && info.Mode()&fs.ModeNamedPipe == 0:
		return s.add(path, 0, nil, errors.New("not a file: give a file or a directory"))
	}
	f, err := os.Open(path)
	if err != nil {
		return s.add(path, 0, nil, plain(err))
	}
	defer f.Close()
	return s.stream(path, f)
}

// plain takes the path off an error, for the item names the file already.
func plain(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// dir reads a directory and what is below it, in the order of names. Of a
// Maildir it reads the delivered mails: what lies in tmp is not there yet.
func (s *scanner) dir(path string) error {
	list, err := os.ReadDir(path)
	if err != nil {
		return s.add(path, 0, nil, plain(err))
	}
	isMaildir := 0
	for _, e := range list {
		if e.IsDir() && (e.Name() == "cur" || e.Name() == "new" || e.Name() == "tmp") {
			isMaildir++
		}
	}
	for _, e := range list {
		name := filepath.Join(path, e.Name())
		switch {
		case e.IsDir() && isMaildir == 3 && e.Name() == "tmp":
		case e.IsDir():
			if err := s.dir(name); err != nil {
				return err
			}
		case e.Type().IsRegular():
			if isMaildir == 3 && strings.HasPrefix(e.Name(), "dovecot") || strings.HasPrefix(e.Name(), ".") {
				continue // an index, no mail
			}
			if err := s.path(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// stream reads an open file: one mail or many, compressed or not.
func (s *scanner) stream(name string, r io.Reader) error {
	s.progress.File = name
	in := bufio.NewReaderSize(r, 256<<10)
	open, err := decompress(in)
	if err != nil {
		return s.add(name, 0, nil, err)
	}
	if open != nil {
		defer open.Close()
		in = bufio.NewReaderSize(open, 256<<10)
	}
	head, err := in.Peek(5)
	if err != nil && err != io.EOF {
		return s.add(name, 0, nil, readError(err))
	}
	if string(head) == "From " {
		return s.mbox(name, in)
	}
	mail, err := io.ReadAll(io.LimitReader(in, MaxMail))
	s.progress.Bytes += int64(len(mail))
	if err != nil {
		return s.add(name, 0, nil, readError(err))
	}
	return s.add(name, 0, mail, nil)
}

// decompress gives a reader of what is packed, or nil where nothing is.
func decompress(in *bufio.Reader) (io.ReadCloser, error) {
	magic, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, readError(err)
		}
		return z, nil
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return nil, readError(err)
		}
		return z.IOReadCloser(), nil
	}
	return nil, nil
}

func readError(err error) error {
	return fmt.Errorf("cannot be read to its end: %w", plain(err))
}

// mbox cuts a mailbox into its mails. A line "From " begins one where it stands
// behind an empty line or at the top, ends in a date, and a header field stands
// below it: the mboxo way of quoting such lines with ">" is not needed, and
// neither is the mboxrd way. Quoted lines stay as they are, for no rule reads
// them.
func (s *scanner) mbox(name string, in *bufio.Reader) error {
	var mail []byte // the one that is being read
	var from []byte // a line that may begin the next one
	n := 0
	blank, start, pending := true, true, false
	finish := func(more bool) error {
		if len(bytes.TrimSpace(mail)) == 0 {
			mail = mail[:0]
			return nil
		}
		n++
		number := n
		if n == 1 && !more {
			number = 0 // a mail that only begins like a mailbox
		}
		err := s.add(name, number, mail, nil)
		mail = mail[:0]
		if cap(mail) > 1<<20 {
			mail = nil
		}
		return err
	}
	keep := func(l []byte) {
		if room := MaxMail - len(mail); room > 0 {
			mail = append(mail, l[:min(len(l), room)]...)
		}
	}
	for {
		l, err := in.ReadSlice('\n')
		s.progress.Bytes += int64(len(l))
		if pending {
			// The line above may begin a mail: it does if this one is a field.
			if fieldName(string(l[:min(len(l), 100)])) > 0 || len(mail) == 0 {
				if err := finish(true); err != nil {
					return err
				}
			} else {
				keep(from)
			}
			pending = false
		}
		if start && blank && isFromLine(l) {
			from = append(from[:0], l...)
			pending = true
		} else {
			keep(l)
		}
		if start {
			blank = len(l) == 0 || l[0] == '\n' || len(l) == 2 && l[0] == '\r'
		} else {
			blank = false
		}
		start = err == nil // else the line goes on
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF {
			if pending {
				keep(from)
			}
			if err := finish(false); err != nil || n > 0 {
				return err
			}
			return s.add(name, 0, nil, ErrEmpty)
		}
		if err != nil {
			if err := finish(true); err != nil {
				return err
			}
			return s.add(name, n+1, nil, readError(err))
		}
	}
}

// isFromLine tells whether the line is one that parts mails: "From ", a sender
// that may be missing, and a date with a time in it and a year at its end.
func isFromLine(l []byte) bool {
	if !bytes.HasPrefix(l, []byte("From ")) || len(l) > 400 {
		return false
	}
	l = bytes.TrimRight(l, " \r\n")
	words := bytes.Fields(l)
	if len(words) < 5 {
		return false
	}
	clock, year := false, false
	for _, w := range words[max(2, len(words)-6):] {
		if i := bytes.IndexByte(w, ':'); i > 0 && i < len(w)-1 && isDigit(w[0]) && isDigit(w[i+1]) {
			clock = true
		}
		if len(w) == 4 && isDigit(w[0]) && isDigit(w[1]) && isDigit(w[2]) && isDigit(w[3]) {
			year = true
		}
	}
	return clock && year && slices.ContainsFunc(words[1:], isMonth)
}

// isMonth tells whether the word is the name of a month in a date.
func isMonth(w []byte) bool {
	return len(w) == 3 && strings.Contains("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", string(w))
}
