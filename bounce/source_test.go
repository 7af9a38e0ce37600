package bounce_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/smtpcode/smtpcode/bounce"
)

const simple = `From: MAILER-DAEMON@example.com
To: news@example.com
Subject: failure notice

Could not be delivered to <%s@example.net>: 550 5.1.1 user unknown
`

// scan gives a line for each row: file, number, recipient or error.
func scan(paths []string, opt bounce.Options) []string {
	var got []string
	for item := range bounce.Scan(paths, opt) {
		for row := range item.Rows() {
			got = append(got, fmt.Sprintf("%s %d %s%s", filepath.ToSlash(filepath.Base(row.File)), row.Mail, row.Recipient, row.Error))
		}
	}
	return got
}

func stdin(s string) bounce.Options { return bounce.Options{Stdin: strings.NewReader(s)} }

func TestMbox(t *testing.T) {
	const from = "From MAILER-DAEMON Sun Nov 22 06:55:04 2026\n"
	one, two := fmt.Sprintf(simple, "one"), fmt.Sprintf(simple, "two")
	for _, c := range []struct {
		name, box string
		want      []string
	}{
		{"two mails", from + one + "\n" + from + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"CRLF", strings.ReplaceAll(from+one+"\n"+from+two, "\n", "\r\n"), []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"one mail, no number", from + one, []string{"- 0 one@example.net"}},
		{"no mailbox at all", one, []string{"- 0 one@example.net"}},
		{"mboxo and mboxrd quote", from + one + "\n>From here on\n>>From there\n\n" + from + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"From without an empty line above", from + one + from + two, []string{"- 0 one@example.net", "- 0 two@example.net"}},
		{"From in a sentence", from + one + "\nFrom what I know, it was 2026 at 06:55:04 in Nov\n\n" + from + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"a quoted From line without a header below", from + one + "\n" + from + "is how a mailbox begins.\n\n" + from + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"numeric zone", "From kim@example.com Sun Nov 22 06:55:04 +0000 2026\n" + one + "\n" + from + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"Thunderbird", "From - Sun Nov 22 06:55:04 2026\n" + one + "\nFrom - Sun Nov 22 06:55:05 2026\n" + two, []string{"- 1 one@example.net", "- 2 two@example.net"}},
		{"nothing", "", []string{"- 0 empty: give a mail with its header"}},
		{"a mail that is none between others", from + one + "\n" + from + "Subject: x\n\nhi\n\n" + from + two, []string{"- 1 one@example.net", "- 2 ", "- 3 two@example.net"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := scan([]string{"-"}, stdin(c.box)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestScan(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, b []byte) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mail := func(name string) []byte { return fmt.Appendf(nil, simple, name) }
	put("tree/b/two.eml", mail("two"))
	put("tree/a.eml", mail("one"))
	put("tree/picture.jpg", []byte("\xff\xd8\xff\xe0"))
	put("tree/.hidden", mail("never"))
	put("md/new/1", mail("new"))
	put("md/cur/1:2,S", mail("cur"))
	put("md/tmp/1", mail("never"))
	put("md/.Sent/cur/1", mail("sent"))
	put("md/.Sent/new/.keep", nil)
	put("md/.Sent/tmp/.keep", nil)
	put("md/dovecot.index", []byte("index"))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(mail("gz"))
	z.Close()
	put("m.gz", packed.Bytes())
	put("cut.gz", packed.Bytes()[:packed.Len()-20])
	packed.Reset()
	w, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(mail("zst"))
	w.Close()
	put("m.zst", packed.Bytes())
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		name  string
		paths []string
		want  []string
	}{
		{"a tree, in the order of names", []string{at("tree")}, []string{"a.eml 0 one@example.net", "two.eml 0 two@example.net", "picture.jpg 0 not a mail: it does not begin with a header field such as \"From: \""}},
		{"a Maildir", []string{at("md")}, []string{"1 0 sent@example.net", "1:2,S 0 cur@example.net", "1 0 new@example.net"}},
		{"compressed", []string{at("m.zst"), at("m.gz")}, []string{"m.zst 0 zst@example.net", "m.gz 0 gz@example.net"}},
		{"what is broken does the others no harm", []string{at("cut.gz"), at("none"), at("m.gz")}, []string{"cut.gz 0 cannot be read to its end: unexpected EOF", "none 0 no such file or directory", "m.gz 0 gz@example.net"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := scan(c.paths, bounce.Options{}); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestScanOrder reads many mails with many workers: the order is that of the
// mailbox, every time, and stopping early leaves nobody waiting.
func TestScanOrder(t *testing.T) {
	var box strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&box, "From x Sun Nov 22 06:55:04 2026\n"+simple+"\n", fmt.Sprintf("kim%d", i))
	}
	n := 0
	for item := range bounce.Scan([]string{"-"}, bounce.Options{Stdin: strings.NewReader(box.String()), Workers: 8}) {
		if want := fmt.Sprintf("kim%d@example.net", n); item.Report.Recipients[0].Address != want || item.Mail != n+1 {
			t.Fatalf("mail %d is %s, want %s", item.Mail, item.Report.Recipients[0].Address, want)
		}
		n++
	}
	if n != 3000 {
		t.Errorf("%d mails, want 3000", n)
	}
	for range bounce.Scan([]string{"-"}, stdin(box.String())) {
		break
	}
}

// TestScanLargeMail reads a mailbox with a mail over the limit in its middle.
func TestScanLargeMail(t *testing.T) {
	const from = "From x Sun Nov 22 06:55:04 2026\n"
	big := io.LimitReader(endless{}, 40<<20)
	in := io.MultiReader(strings.NewReader(from+fmt.Sprintf(simple, "one")), big, strings.NewReader("\n\n"+from+fmt.Sprintf(simple, "two")))
	var last bounce.Progress
	got := scan([]string{"-"}, bounce.Options{Stdin: in, Progress: func(p bounce.Progress) { last = p }})
	if want := []string{"- 1 one@example.net", "- 2 two@example.net"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if last.Bytes < 40<<20 || last.Mails != 2 || last.File != "-" {
		t.Errorf("progress %+v", last)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("line is down") }

func TestScanReadError(t *testing.T) {
	in := io.MultiReader(strings.NewReader("From x Sun Nov 22 06:55:04 2026\n"+fmt.Sprintf(simple, "one")), failing{})
	got := scan([]string{"-"}, bounce.Options{Stdin: in})
	if want := []string{"- 1 one@example.net", "- 2 cannot be read to its end: line is down"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestRow holds the two ways of writing a row together, and CSV to its columns.
func TestRow(t *testing.T) {
	for _, c := range mailCases {
		r, err := bounce.Parse(read(t, c.name))
		if err != nil {
			t.Fatal(err)
		}
		for row := range r.Rows() {
			row.File, row.Mail = "a \"b\"", 3
			want, err := json.Marshal(row)
			if err != nil {
				t.Fatal(err)
			}
			var a, b any
			if err := json.Unmarshal(row.AppendJSON(nil), &a); err != nil {
				t.Fatalf("%v: %s", err, row.AppendJSON(nil))
			}
			if err := json.Unmarshal(want, &b); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(a, b) {
				t.Errorf("%s\n%s", row.AppendJSON(nil), want)
			}
			var out bytes.Buffer
			w := csv.NewWriter(&out)
			w.Write(row.Record())
			w.Flush()
			if len(row.Record()) != len(bounce.Columns()) || w.Error() != nil {
				t.Errorf("%d fields, %d columns, %v", len(row.Record()), len(bounce.Columns()), w.Error())
			}
		}
	}
}

// TestFields reads what else a report tells.
func TestFields(t *testing.T) {
	r, err := bounce.Parse(read(t, "postfix-typical"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (bounce.Original{MessageID: "nov-2026.17@example.com", Subject: "Новости for November", From: "news@example.com", Date: "Sun, 22 Nov 2026 06:55:00 +0000"}); r.Original != want {
		t.Errorf("original %+v, want %+v", r.Original, want)
	}
	c := r.Recipients[0]
	if c.Original != "kim.lee@example.org" || c.RemoteMTA != "mx1.example.net" || c.ReportingMTA != "mail.example.com" || c.LastAttempt != "Sun, 22 Nov 2026 06:55:04 +0000 (UTC)" || !r.Suppress(0) {
		t.Errorf("%+v", c)
	}
	if !strings.HasPrefix(c.Diagnostic, "550 5.1.1 <kim@example.net>: Recipient address rejected: User unknown") {
		t.Errorf("diagnostic %q", c.Diagnostic)
	}
	for row := range r.Rows() {
		if row.Address() != "kim.lee@example.org" {
			t.Errorf("address %q", row.Address())
		}
	}
	r, _ = bounce.Parse(read(t, "arf"))
	if want := (bounce.Feedback{Type: "abuse", Source: "198.51.100.7", Agent: "Example-Feedback/1.0", Domain: "example.com"}); r.Feedback != want || !r.Suppress(0) {
		t.Errorf("feedback %+v, want %+v", r.Feedback, want)
	}
	r, _ = bounce.Parse(read(t, "delayed"))
	if c := r.Recipients[0]; c.RetryUntil != "Mon, 23 Nov 2026 06:55:04 +0000" || c.Diagnosis.Suppress || !c.Diagnosis.Retry {
		t.Errorf("%+v", c)
	}
	for name, want := range map[string][2]string{ // command and answering host
		"exim-two": {"RCPT", "mx1.example.net"}, "dma": {"RCPT", "mx1.example.net"}, "qmail": {"RCPT", "192.0.2.25"},
		"sendmail8": {"DATA", "mx1.example.net"}, "postfix-no-dsn": {"DATA", "mx1.example.net"}, "gmx": {"RCPT", "mx1.example.net"},
	} {
		r, _ := bounce.Parse(read(t, name))
		if c := r.Recipients[0]; c.Command != want[0] || c.RemoteMTA != want[1] {
			t.Errorf("%s: command %q, host %q; want %q", name, c.Command, c.RemoteMTA, want)
		}
	}
}

// TestNoAliasing changes the mail after it was read: the report is its own.
func TestNoAliasing(t *testing.T) {
	mail := bytes.ReplaceAll(read(t, "postfix-typical"), []byte("\r"), nil)
	r, err := bounce.Parse(mail)
	if err != nil {
		t.Fatal(err)
	}
	before := string(rows(&r))
	for i := range mail {
		mail[i] = 'x'
	}
	if after := string(rows(&r)); after != before {
		t.Errorf("%s\n%s", before, after)
	}
}
