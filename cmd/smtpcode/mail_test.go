package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMailPage holds the card that the documentation shows against the command.
func TestMailPage(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "generated", "mail.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(b), "\n$ smtpcode mail returned.eml\n")
	shown, _, ok := strings.Cut(shown, "\n…\n")
	if !ok {
		t.Fatal("mail.md shows no card that ends in a line …")
	}
	t.Chdir(filepath.Join("testdata", "mail"))
	got, stderr, status := smtpcode(t, "", "mail", "returned.eml")
	if !strings.HasPrefix(got, shown+"\n\n") || stderr != "" || status != statusKnown {
		t.Errorf("status %d %s\n%s\nmail.md shows\n%s\nput what the command prints into mailCard in gen/markdown_mail.go", status, stderr, got, shown)
	}
}

// TestHostileMail puts what a terminal would obey into every field of a mail and
// into the name of its file, and looks at every byte that comes out.
func TestHostileMail(t *testing.T) {
	const nasty = "\x1b[31mred\x1b]0;title\x07\u009b31m\u202e\u2066\x7f\x08\x00\xff\xfe"
	mails := map[string]string{
		"report": `From: MAILER-DAEMON@x
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; a%[1]s.example

Final-Recipient: rfc822; "k%[1]s"@example.net
Original-Recipient: rfc822; o%[1]s@example.org
Action: failed%[1]s
Status: 5.1.1%[1]s
Remote-MTA: dns; b%[1]s.example
Last-Attempt-Date: %[1]s
Will-Retry-Until: %[1]s
Diagnostic-Code: smtp; 550 5.1.1 %[1]s User unknown

Final-Recipient: rfc822; late%[1]s@example.net
Action: delayed
Will-Retry-Until: never%[1]s

--b
Content-Type: message/rfc822

From: s%[1]s@example.com
Subject: about%[1]s
Date: some%[1]s day
Message-ID: <id%[1]s@example.com>

--b--
`,
		"encoded words": "From: MAILER-DAEMON@x\nSubject: Undelivered Mail Returned to Sender\nX-Failed-Recipients: kim@example.net\n\nfailed: 550 5.1.1 no such user\n\n--- original ---\nSubject: =?utf-8?q?=1B[31m=C2=9B=0A=0Dred?=\nMessage-ID: <a\x1b[31mb@example.com>\n",
		"prose":         "From: MAILER-DAEMON@x\nSubject: failure notice\n\n<kim%[1]s@example.net>:\n550 5.1.1 %[1]s User unknown\n",
		"complaint":     "From: fbl@example.net\nSubject: x\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse%[1]s\nSource-IP: 1%[1]s\nOriginal-Rcpt-To: <kim%[1]s@example.net>\n\n--b--\n",
		"two lines":     "From: fbl@example.net\nSubject: x\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <\"kim\rboss@example.com\n \"@example.net>\n\n--b--\n",
		"nothing":       "\x1b[31m",
	}
	dir := t.TempDir()
	for name, mail := range mails {
		if strings.Contains(mail, "%") {
			mail = fmt.Sprintf(mail, nasty)
		}
		file := filepath.Join(dir, "\x1b[31m"+name+"\u202e.eml")
		if err := os.WriteFile(file, []byte(mail), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, flag := range []string{"--color=never", "--jsonl", "--csv", "--suppress"} {
			stdout, stderr, status := smtpcode(t, "", "mail", flag, file)
			if status < 0 || status > 2 || stdout == "" && flag != "--suppress" && name != "nothing" {
				t.Errorf("%s %s: status %d, %q, %s", name, flag, status, stdout, stderr)
			}
			for _, out := range []string{stdout, stderr} {
				if r, ok := strangeRune(out); ok {
					t.Errorf("%s %s: %U reaches the terminal: %q", name, flag, r, out)
				}
			}
			switch flag {
			case "--jsonl":
				for line := range strings.Lines(stdout) {
					if !json.Valid([]byte(line)) {
						t.Errorf("%s: no JSON: %s", name, line)
					}
				}
			case "--csv":
				rows, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
				if err != nil || len(rows) != strings.Count(stdout, "\n") {
					t.Errorf("%s: %d rows on %d lines, %v", name, len(rows), strings.Count(stdout, "\n"), err)
				}
			case "--suppress":
				if n := strings.Count(stdout, "\n"); n > 1 {
					t.Errorf("%s: a mail about one dead address names %d: %q", name, n, stdout)
				}
			}
		}
	}
}
