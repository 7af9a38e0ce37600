package bounce_test

import (
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/codes"
)

// TestReaderRules: own words decide in a mail as they do in a reply, and only
// where they are given.
func TestReaderRules(t *testing.T) {
	own, err := codes.NewClassifier([]codes.Wording{{ID: "acme.table", Text: []string{"virtual mailbox table"}, Reason: codes.ReasonPolicy}})
	if err != nil {
		t.Fatal(err)
	}
	mail := read(t, "postfix-two")
	for _, c := range []struct {
		reader bounce.Reader
		want   string
	}{{bounce.Reader{}, ""}, {bounce.Reader{Rules: own}, "acme.table"}} {
		r, err := c.reader.Parse(mail)
		if err != nil {
			t.Fatal(err)
		}
		d := r.Recipients[0].Diagnosis
		id := ""
		if d.Own() {
			id = d.Wording().ID
		}
		if id != c.want {
			t.Errorf("%q: decided by own %q, want %q (%s)", r.Recipients[0].Diagnostic, id, c.want, d.Reason)
		}
	}
}
