package stream

import (
	"bufio"
	"bytes"
	"io"
)

// Lines reads lines. It keeps no more than one of them, and of one that is
// longer than its limit nothing.
type Lines struct {
	r     *bufio.Reader
	buf   []byte // a line that is longer than r's buffer
	limit int
	n     int
}

// NewLines makes a reader of lines of at most limit bytes.
func NewLines(r io.Reader, limit int) *Lines {
	return &Lines{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// Number gives the number of the line that was read last, from 1 on.
func (l *Lines) Number() int { return l.n }

// Waiting tells whether reading the next line may have to wait for input.
func (l *Lines) Waiting() bool { return l.r.Buffered() == 0 }

// Next gives the next line without its end, LF or CRLF, until the next call.
// Of a line beyond the limit it gives none, and tooLong. The error is io.EOF
// behind the last line.
func (l *Lines) Next() (line []byte, tooLong bool, err error) {
	line, err = l.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, tooLong, err = l.long(line)
	}
	if err == io.EOF && (len(line) > 0 || tooLong) {
		err = nil // a last line without its end
	}
	if err != nil {
		return nil, false, err
	}
	l.n++
	if l.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff")) // the mark that Windows programs begin UTF-8 with
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if tooLong || len(line) > l.limit {
		return nil, true, nil
	}
	return line, false, nil
}

// long reads on where a line does not fit into the reader's buffer. Beyond the
// limit it only looks for the line's end.
func (l *Lines) long(part []byte) (line []byte, tooLong bool, err error) {
	l.buf = append(l.buf[:0], part...)
	for {
		part, err = l.r.ReadSlice('\n')
		if tooLong = tooLong || len(l.buf)+len(part) > l.limit+2; !tooLong { // 2: the line's end
			l.buf = append(l.buf, part...)
		}
		if err != bufio.ErrBufferFull {
			return l.buf, tooLong, err
		}
	}
}
