package bounce_test

import (
	"fmt"
	"strings"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/codes"
)

// handler is the end of an SMTP server that takes mail for the address that
// bounces go to.
type handler struct{ list map[string]string }

// data is called with the mail of a session.
func (h handler) data(mail string) error {
	r, err := bounce.Read(strings.NewReader(mail))
	if err != nil {
		return fmt.Errorf("554 5.6.0 %w", err)
	}
	for i, c := range r.Recipients {
		switch {
		case r.Suppress(i):
			h.list[c.Address] = "suppressed: " + c.Diagnosis.Reason.String()
		case c.Diagnosis.Category == codes.CategoryMailboxFull:
			h.list[c.Address] = "counted: full"
		}
	}
	return nil
}

// An SMTP server gets a bounce and decides what becomes of the address.
func Example_handler() {
	h := handler{map[string]string{"kim@example.net": "active"}}
	err := h.data(`Return-Path: <>
From: MAILER-DAEMON@mail.example.com
To: news@example.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; kim@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <kim@example.net>: User unknown

--b--
`)
	fmt.Println(h.list["kim@example.net"], err)
	// Output: suppressed: user_unknown <nil>
}

// A loop over a mailbox, of which only the verdicts are wanted.
func ExampleScan() {
	for item := range bounce.Scan([]string{"testdata/mails/exim-two.eml", "testdata/mails/newsletter.eml", "testdata/mails/delayed.eml"}, bounce.Options{}) {
		if item.Err != nil {
			fmt.Println(item.File, item.Err)
			continue
		}
		fmt.Println(item.Report.Kind)
		for _, c := range item.Report.Recipients {
			fmt.Println(" ", c.Address, c.Diagnosis.Reason, c.Diagnosis.Action)
		}
	}
	// Output:
	// bounce
	//   kim@example.net user_unknown suppress
	//   bo@example.org expired investigate
	// none
	// delayed
	//   kim@example.net network_error retry
}

// A row is what programs in other languages get.
func ExampleRow_AppendJSON() {
	r, err := bounce.Read(strings.NewReader("From: MAILER-DAEMON@example.com\nSubject: failure notice\n\n<kim@example.net>:\n550 5.2.2 mailbox full\n"))
	if err != nil {
		fmt.Println(err)
	}
	for row := range r.Rows() {
		row.Diagnosis = nil // it is long
		fmt.Println(string(row.AppendJSON(nil)))
	}
	// Output: {"index":1,"kind":"bounce","recipient":"kim@example.net","reply":550,"enhanced":"5.2.2","action":"failed","reporting_mta":"example.com","diagnostic_code":"550 5.2.2 mailbox full","format":"unknown","suppress":false}
}
