package bounce_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/codes"
)

// label is what a reader must find for a recipient of a mail of the corpus.
type label struct {
	File      string
	Index     int
	Kind      string
	Reply     string
	Enhanced  []string
	Recipient []string
	Reason    *string
	Reasons   []string
	Suppress  *bool
}

// corpus gives the mails that lie beside the repository and their labels; the
// test is skipped where they do not.
func corpus(t testing.TB) (map[string][]byte, []label) {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "corpus")
	f, err := os.Open(filepath.Join(dir, "mails-dev.jsonl"))
	if err != nil {
		t.Skipf("the corpus in ../shared is not here: %v", err)
	}
	defer f.Close()
	mails := map[string][]byte{}
	var labels []label
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var l label
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		labels = append(labels, l)
		if mails[l.File] == nil {
			if mails[l.File], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(l.File))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return mails, labels
}

// sameKind tells whether the kind is the one that is asked for. The labels know
// no delayed mails: they call every report of a delivery that is not done a
// bounce.
func sameKind(got bounce.Kind, want string) bool {
	return got.String() == want || want == "bounce" && got == bounce.KindDelayed
}

// TestCorpus measures the reader on real mails. The bounds are those that the
// project set itself; the other half of the collection measures releases.
func TestCorpus(t *testing.T) {
	mails, labels := corpus(t)
	reports := map[string]bounce.Report{}
	for name, mail := range mails {
		r, err := bounce.Parse(mail)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		reports[name] = r
	}
	var kind, recipient, named, reply, enhanced, reason, category, reasoned, refused, suppressed, wrongly, suppress int
	for _, l := range labels {
		r := reports[l.File]
		if sameKind(r.Kind, l.Kind) {
			kind++
		} else {
			t.Logf("%s: kind %s, want %s (%s)", l.File, r.Kind, l.Kind, r.Format)
		}
		var got bounce.Recipient
		if l.Index <= len(r.Recipients) {
			got = r.Recipients[l.Index-1]
		}
		for _, c := range r.Recipients { // the order may be another one
			if slices.ContainsFunc(l.Recipient, func(s string) bool { return strings.EqualFold(s, c.Address) }) {
				got = c
			}
		}
		// A placeholder of the collection stands for an address that the mail hides.
		if !strings.HasSuffix(l.Recipient[0], ".invalid") {
			named++
			if slices.ContainsFunc(l.Recipient, func(s string) bool { return strings.EqualFold(s, got.Address) }) {
				recipient++
			} else {
				t.Logf("%s %d: recipient %q, want %q (%s, %d recipients)", l.File, l.Index, got.Address, l.Recipient, r.Format, len(r.Recipients))
			}
		}
		if l.Kind == "feedback" || l.Kind == "vacation" {
			continue
		}
		d := got.Diagnosis
		refused++
		if d.Reply.String() == l.Reply {
			reply++
		} else {
			t.Logf("%s %d: reply %q, want %q (%s): %.200q", l.File, l.Index, d.Reply, l.Reply, r.Format, got.Diagnostic)
		}
		if slices.Contains(l.Enhanced, d.Enhanced.String()) || len(l.Enhanced) == 0 && d.Enhanced == 0 {
			enhanced++
		} else {
			t.Logf("%s %d: enhanced %q, want %q (%s): status %s: %.200q", l.File, l.Index, d.Enhanced, l.Enhanced, r.Format, got.Status, got.Diagnostic)
		}
		if l.Suppress != nil && *l.Suppress {
			suppress++
			if d.Suppress {
				suppressed++
			} else {
				t.Logf("%s %d: not suppressed: %s by %s %s%s: %.120q", l.File, l.Index, d.Reason, d.Basis, d.Message(), d.Phrase(), got.Diagnostic)
			}
		} else if d.Suppress && l.Suppress != nil {
			wrongly++
			t.Logf("%s %d: suppressed wrongly (%s)", l.File, l.Index, r.Format)
		}
		if len(l.Reasons) == 0 {
			continue
		}
		reasoned++
		fine, coarse := false, false
		for _, id := range l.Reasons {
			want, err := codes.ParseReason(id)
			if err != nil {
				t.Fatal(err)
			}
			fine = fine || want == d.Reason
			coarse = coarse || want.Category() == d.Category
		}
		if fine {
			reason++
		} else {
			t.Logf("%s %d: reason %s by %s %s%s, want %s (%s): %.300q", l.File, l.Index, d.Reason, d.Basis, d.Message(), d.Phrase(), l.Reasons, r.Format, got.Diagnostic)
		}
		if coarse {
			category++
		}
	}
	for _, c := range []struct {
		what  string
		n, of int
		least float64
	}{
		{"kind right", kind, len(labels), 100},
		{"recipient found", recipient, named, 99.5},
		{"reply right", reply, refused, 97},
		{"enhanced right", enhanced, refused, 97},
		{"reason acceptable", reason, reasoned, 96},
		{"category right", category, reasoned, 98},
		{"suppressed rightly, of those suppressed", suppressed, suppressed + wrongly, 99},
		{"suppressed, of those to suppress", suppressed, suppress, 90},
	} {
		got := 100 * float64(c.n) / float64(max(c.of, 1))
		t.Logf("%s: %.1f %% of %d", c.what, got, c.of)
		if got < c.least {
			t.Errorf("%s: %.1f %% of %d, want %.1f %%", c.what, got, c.of, c.least)
		}
	}
}
