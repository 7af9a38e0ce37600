package bounce_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
)

// BenchmarkCorpus reads every mail of the corpus once a round.
func BenchmarkCorpus(b *testing.B) {
	mails, _ := corpus(b)
	var names []string
	size := 0
	for name, mail := range mails {
		names = append(names, name)
		size += len(mail)
	}
	slices.Sort(names)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, name := range names {
			if _, err := bounce.Parse(mails[name]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(names)), "ns/mail")
}

// BenchmarkReport reads a typical report of 5 KB.
func BenchmarkReport(b *testing.B) {
	mail, err := os.ReadFile(filepath.Join("testdata", "mails", "postfix-typical.eml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(mail)))
	b.ReportAllocs()
	for b.Loop() {
		if r, err := bounce.Parse(mail); err != nil || r.Kind != bounce.KindBounce {
			b.Fatal(r.Kind, err)
		}
	}
}

// BenchmarkMbox reads a mailbox of 64 MB of the mails in testdata with as many
// workers as there are cores, and writes the JSON.
func BenchmarkMbox(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join("testdata", "mails", "*.eml"))
	var box bytes.Buffer
	for n := 0; box.Len() < 64<<20; n++ {
		mail, err := os.ReadFile(files[n%len(files)])
		if err != nil {
			b.Fatal(err)
		}
		fmt.Fprintf(&box, "From MAILER-DAEMON Sun Nov 22 06:55:04 2026\n")
		box.Write(mail)
		box.WriteString("\n\n")
	}
	b.SetBytes(int64(box.Len()))
	b.ReportAllocs()
	for b.Loop() {
		rows, out := 0, []byte(nil)
		for item := range bounce.Scan([]string{"-"}, bounce.Options{Stdin: bytes.NewReader(box.Bytes())}) {
			for row := range item.Rows() {
				out = row.AppendJSON(out[:0])
				rows++
			}
		}
		if rows == 0 {
			b.Fatal("nothing read")
		}
	}
}
