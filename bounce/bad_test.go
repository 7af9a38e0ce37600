package bounce_test

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smtpcode/smtpcode/bounce"
)

// TestBadInput gives the reader what nobody should send. Each must be answered
// within a time that only a loop gone wrong would need.
func TestBadInput(t *testing.T) {
	typical := string(read(t, "postfix-typical"))
	status := "Final-Recipient: rfc822; kim@example.net\nAction: failed\nStatus: 5.1.1\n"
	report := func(body string) string {
		return "From: MAILER-DAEMON\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" + body
	}
	nested := func(n int) string {
		var b strings.Builder
		b.WriteString("From: MAILER-DAEMON\n")
		for range n {
			b.WriteString("Content-Type: multipart/mixed; boundary=b\n\n--b\n")
		}
		return b.String() + "\n" + status
	}
	attached := "From: a@example.com\n" + strings.Repeat("Content-Type: message/rfc822\n\nFrom: a@example.com\n", 1000) + "\nhello"
	for _, c := range []struct {
		name, mail string
		kind       bounce.Kind
		recipients int
		err        error
	}{
		{"empty", "", 0, 0, bounce.ErrEmpty},
		{"blank", "\r\n \r\n", 0, 0, bounce.ErrEmpty},
		{"a JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb", 0, 0, bounce.ErrNotMail},
		{"text", "Hello world\nhow are you\n", 0, 0, bounce.ErrNotMail},
		{"NULs", strings.Repeat("\x00", 1000), 0, 0, bounce.ErrNotMail},
		{"NULs within", strings.ReplaceAll(typical, "weather", "wea\x00ther"), bounce.KindBounce, 1, nil},
		{"a space in front of the colon", "From : MAILER-DAEMON\nSubject : failure notice\n\n<kim@example.net>:\n550 5.1.1 unknown\n", bounce.KindBounce, 1, nil},
		{"header only", "From: a@example.com\nSubject: hello", bounce.KindNone, 0, nil},
		{"100,000 parts", report(strings.Repeat("--b\nContent-Type: text/plain\n\nx\n", 100_000) + "--b--\n"), bounce.KindBounce, 1, nil},
		{"100,000 statuses", report(strings.Repeat("--b\nContent-Type: message/delivery-status\n\n"+status, 100_000) + "--b--\n"), bounce.KindBounce, 1, nil},
		{"nested 1,000 deep", nested(1000), bounce.KindNone, 0, nil},
		{"attached 1,000 deep", attached, bounce.KindNone, 0, nil},
		{"boundaries that nearly match", report(strings.Repeat("--b1\n--\n-b\n", 200_000)), bounce.KindBounce, 1, nil},
		{"a header line of 50 MB", "Subject: " + strings.Repeat("a", 50<<20) + "\nFrom: a@example.com\n\nhello\n", bounce.KindNone, 0, nil},
		{"a folded header of 10 MB", "Subject: a\n" + strings.Repeat(" b\n", 3<<20) + "From: a@example.com\n\nhello\n", bounce.KindNone, 0, nil},
		{"a million header fields", strings.Repeat("X-A: b\n", 1_000_000), bounce.KindNone, 0, nil},
		{"encoded words without end", "Subject: " + strings.Repeat("=?utf-8?q?a", 100_000) + "\n\n", bounce.KindNone, 0, nil},
		{"a 200 MB mail", typical + strings.Repeat("0123456789abcde\n", 200<<16), bounce.KindBounce, 1, nil},
		{"one line of at signs", "From: MAILER-DAEMON\nSubject: failure notice\n\n" + strings.Repeat("@", 1<<20), bounce.KindNone, 0, nil},
		{"one line of letters and at signs", "From: MAILER-DAEMON\nSubject: failure notice\n\n" + strings.Repeat("aaaaaaaa@", 1<<17), bounce.KindNone, 0, nil},
		{"a tag without end", "From: MAILER-DAEMON\nSubject: failure notice\nContent-Type: text/html\n\n" + strings.Repeat("<style", 1<<17), bounce.KindNone, 0, nil},
		{"styles without end", "From: MAILER-DAEMON\nSubject: failure notice\nContent-Type: text/html\n\n" + strings.Repeat("<style>", 1<<17), bounce.KindNone, 0, nil},
		{"20,000 recipients", report("--b\nContent-Type: message/delivery-status\n\n" + numbered(20_000)), bounce.KindBounce, 10_000, nil},
		{"a report with no recipient", report("--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.com\n\nAction: failed\nStatus: 5.1.1\n"), bounce.KindBounce, 1, nil},
		{"an empty report", report("--b\nContent-Type: message/delivery-status\n\n--b--\n"), bounce.KindBounce, 1, nil},
		{"invalid UTF-8", "From: MAILER-DAEMON\nSubject: failure notice\n\nCould not be delivered to <k\xffim@example.net>: 550 5.1.1 \xc3\x28", bounce.KindBounce, 1, nil},
		{"an escape sequence", "From: MAILER-DAEMON\nSubject: failure notice\n\nCould not be delivered to <kim@example.net>: 550 \x1b[31m5.1.1\x1b]0;x\x07", bounce.KindBounce, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			r, err := bounce.Read(strings.NewReader(c.mail))
			if !errors.Is(err, c.err) || r.Kind != c.kind || len(r.Recipients) != c.recipients {
				t.Errorf("%s, %d recipients, %v; want %s, %d, %v", r.Kind, len(r.Recipients), err, c.kind, c.recipients, c.err)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			for row := range r.Rows() {
				out := row.AppendJSON(nil)
				if bytes.ContainsAny(out, "\x1b\x00\x07\n") {
					t.Errorf("a control character in %q", out)
				}
			}
		})
	}
}

// numbered gives a delivery status of so many recipients.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("\nFinal-Recipient: rfc822; kim" + strings.Repeat("x", i%7) + strconv.Itoa(i) + "@example.net\nAction: failed\nStatus: 5.1.1\n")
	}
	return b.String()
}

// FuzzParse holds the reader to its promises for any mail: no panic, and the
// same answer every time.
func FuzzParse(f *testing.F) {
	for _, c := range mailCases {
		f.Add(read(f, c.name))
	}
	f.Fuzz(func(t *testing.T, mail []byte) {
		a, err := bounce.Parse(mail)
		b, again := bounce.Parse(mail)
		if (err == nil) != (again == nil) {
			t.Fatal(err, again)
		}
		one, two := rows(&a), rows(&b)
		if !bytes.Equal(one, two) {
			t.Fatalf("%s\n%s", one, two)
		}
		if a.Kind.Delivery() && len(a.Recipients) == 0 {
			t.Fatal("a report without a recipient")
		}
	})
}

// FuzzNotice looks for trouble in the free-form rules: the words stand in a mail
// that a mail system sent.
func FuzzNotice(f *testing.F) {
	for _, c := range mailCases {
		if _, body, ok := bytes.Cut(read(f, c.name), []byte("\n\n")); ok {
			f.Add(string(body))
		}
	}
	f.Fuzz(func(t *testing.T, words string) {
		r, err := bounce.Parse([]byte("From: MAILER-DAEMON@example.com\nTo: news@example.com\nSubject: failure notice\n\n" + words))
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Recipients {
			if strings.ContainsAny(r.Recipients[i].Address, "\n \t<>") && strings.Contains(r.Recipients[i].Address, "@") && !strings.Contains(r.Recipients[i].Address, "\"") {
				t.Fatalf("address %q", r.Recipients[i].Address)
			}
		}
	})
}

func rows(r *bounce.Report) []byte {
	var b []byte
	for row := range r.Rows() {
		b = append(row.AppendJSON(b), '\n')
	}
	return b
}
