package stream

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds what a .zst file may make its reader keep: enough for
// zstd --long=27, the most that zstd itself reads without being told to.
const maxWindow = 128 << 20

// Open opens a file for reading, or stdin where name is "-". What is compressed
// with gzip or zstd is known by its first bytes and comes out plain.
func Open(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return plain(stdin, func() error { return nil })
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is a directory, not a file")}
	}
	return plain(f, f.Close)
}

// plain takes the compression off r, if it has one.
func plain(r io.Reader, closeFile func() error) (io.ReadCloser, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	magic, _ := b.Peek(4) // a shorter input is not compressed; an error comes again with Read
	switch {
	case len(magic) >= 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		z, err := gzip.NewReader(b)
		if err != nil {
			closeFile()
			return nil, err
		}
		return &file{z, closeFile}, nil
	case string(magic) == "\x28\xb5\x2f\xfd":
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			closeFile()
			return nil, err
		}
		return &file{z, func() error { z.Close(); return closeFile() }}, nil
	}
	return &file{b, closeFile}, nil
}

type file struct {
	io.Reader
	close func() error
}

func (f *file) Close() error { return f.close() }
