package bounce_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
)

// TestMails reads the mails of testdata, each in the form of another program.
// A recipient is written "address action reply enhanced reason".
func TestMails(t *testing.T) {
	formats := map[string]bool{}
	for _, c := range mailCases {
		t.Run(c.name, func(t *testing.T) {
			r, err := bounce.Parse(read(t, c.name))
			if err != nil {
				t.Fatal(err)
			}
			formats[r.Format] = true
			var got []string
			for _, p := range r.Recipients {
				d := p.Diagnosis
				got = append(got, fmt.Sprintf("%s %s %s %s %s", p.Address, or(p.Action), or(d.Reply.String()), or(d.Enhanced.String()), or(d.Reason.String())))
			}
			if r.Kind != c.kind || !slices.Equal(got, c.want) {
				t.Errorf("%s by %s\n\t%s\nwant %s\n\t%s", r.Kind, r.Format, strings.Join(got, "\n\t"), c.kind, strings.Join(c.want, "\n\t"))
			}
		})
	}
	for _, name := range bounce.RecogniserNames() {
		if !formats[name] {
			t.Errorf("no mail of testdata is read by the recogniser %q", name)
		}
	}
	files, _ := filepath.Glob(filepath.Join("testdata", "mails", "*.eml"))
	if len(files) != len(mailCases) {
		t.Errorf("%d files in testdata/mails, %d cases", len(files), len(mailCases))
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "mails", name+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func or(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

var mailCases = []struct {
	name string
	kind bounce.Kind
	want []string
}{
	{"postfix-typical", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"postfix-two", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown", "bo@example.org failed 452 4.2.2 mailbox_full"}},
	{"postfix-no-dsn", bounce.KindBounce, []string{"kim@example.net failed 552 5.2.2 mailbox_full", "bo@example.org failed - - domain_not_found"}},
	{"exim-two", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown", "bo@example.org failed - - expired"}},
	{"exim-delayed", bounce.KindDelayed, []string{"kim@example.net delayed 451 4.7.1 greylisted"}},
	{"exim-pipe", bounce.KindBounce, []string{"kim@example.net failed - - mailbox_full"}},
	{"qmail", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown", "bo@example.org failed - 5.1.2 domain_not_found"}},
	{"qmail-cr", bounce.KindBounce, []string{"kim@example.net failed 552 5.2.2 mailbox_full"}},
	{"sendmail8", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"sendmail5", bounce.KindBounce, []string{"kim@example.net failed 550 - user_unknown", "bo@example.org failed 550 - domain_not_found"}},
	{"dma", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"opensmtpd", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"courier", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"exchange55", bounce.KindBounce, []string{"kim@example.net failed - - user_unknown"}},
	{"exchange2013-text", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.10 user_unknown"}},
	{"domino", bounce.KindBounce, []string{"kim@example.net failed - - user_unknown"}},
	{"groupwise", bounce.KindBounce, []string{"kim@example.net failed 550 - user_unknown"}},
	{"gmail", bounce.KindBounce, []string{"kim@example.net failed 550 5.2.2 mailbox_full"}},
	{"gmail-delay", bounce.KindDelayed, []string{"kim@example.net delayed - - network_error"}},
	{"yahoo", bounce.KindBounce, []string{"kim@example.net failed 554 - user_unknown"}},
	{"gmx", bounce.KindBounce, []string{"kim@example.net failed - 5.1.1 user_unknown"}},
	{"mailru", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"zoho", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"ses-bounce", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"ses-complaint", bounce.KindFeedback, []string{"kim@example.net - - - -"}},
	{"workmail", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"google-groups", bounce.KindBounce, []string{"garden@googlegroups.com failed - - recipient_refused"}},
	{"kddi", bounce.KindBounce, []string{"kim@example.net failed - - mailbox_disabled"}},
	{"james", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"mailmarshal", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"symantec", bounce.KindBounce, []string{"kim@example.net failed 550 - user_unknown"}},
	{"imail", bounce.KindBounce, []string{"kim@example.net failed - - user_unknown"}},
	{"x400", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"activehunter", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"mdaemon", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"x6", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"smail", bounce.KindBounce, []string{"kim@example.net failed - - user_unknown"}},
	{"german", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"html-only", bounce.KindBounce, []string{"kim@example.net failed 552 5.2.2 mailbox_full"}},
	{"delivered", bounce.KindDelivered, []string{"kim@example.net delivered 250 2.0.0 accepted"}},
	{"relayed", bounce.KindRelayed, []string{"kim@example.net relayed 250 2.1.5 accepted"}},
	{"expanded", bounce.KindExpanded, []string{"kim@example.net expanded 250 2.1.5 accepted"}},
	{"delayed", bounce.KindDelayed, []string{"kim@example.net delayed - 4.4.1 network_error"}},
	{"utf8", bounce.KindBounce, []string{"kím@example.net failed 553 5.6.7 feature_unsupported"}},
	{"arf", bounce.KindFeedback, []string{"kim@example.net - - - -"}},
	{"vacation", bounce.KindVacation, []string{"kim@example.net - - - -"}},
	{"vacation-quoting-bounce", bounce.KindVacation, []string{"kim@example.net - - - -"}},
	{"challenge", bounce.KindChallenge, []string{"kim@example.net - - - -"}},
	{"newsletter", bounce.KindNone, nil},
	{"parcel", bounce.KindNone, nil},
	{"discussion", bounce.KindNone, nil},
	{"forwarded", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"two-attached", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown", "bo@example.org failed - 5.1.2 domain_not_found", "lou@example.net failed 550 - user_unknown"}},
	{"broken-boundary", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"truncated", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"status-only", bounce.KindBounce, []string{"kim@example.net failed 554 5.0.0 mailbox_full"}},
	{"no-recipient", bounce.KindBounce, []string{" failed - - mailbox_full"}},
	{"gb18030", bounce.KindBounce, []string{"kim@example.net failed 550 - user_unknown"}},
	{"unknown-charset", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"hotmail-complaint", bounce.KindFeedback, []string{"kim@example.net - - - -"}},
	{"workmail-prose", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"interscan", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"au-one-net", bounce.KindBounce, []string{"kim@example.net failed - - mailbox_full"}},
	{"fml", bounce.KindBounce, []string{"garden@example.org failed - - recipient_refused"}},
	{"m-filter", bounce.KindBounce, []string{"kim@example.net failed 550 - user_unknown"}},
	{"challenge-words", bounce.KindChallenge, []string{"kim@example.net - - - -"}},
	{"out-of-office", bounce.KindVacation, []string{"kim@example.net - - - -"}},
	{"report-without-status", bounce.KindBounce, []string{"kim@example.net failed - - spam_content"}},
	{"failed-recipients", bounce.KindBounce, []string{"kim@example.net failed - - domain_not_found"}},
	{"read-receipt", bounce.KindNone, nil},
	{"postmaster-answers", bounce.KindNone, nil},
	{"pasted-status", bounce.KindNone, nil},
	{"cron", bounce.KindNone, nil},
	{"domino-failure", bounce.KindBounce, []string{"kim@example.net failed - - user_unknown"}},
	{"sendmail8-many-turns", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
	{"bounce-of-bounce", bounce.KindBounce, []string{"kim@example.net failed 550 5.1.1 user_unknown"}},
}
