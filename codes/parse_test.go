package codes_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/smtpcode/smtpcode/codes"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in              string
		reply, enhanced string
		rest            string // what Text must begin with
		reason          string
	}{
		{"550", "550", "", "", ""},
		{"5.7.26", "", "5.7.26", "", ""},
		{"550 5.7.26", "550", "5.7.26", "", ""},
		{"550-5.7.26 text", "550", "5.7.26", " text", ""},
		{"550-5.7.26 a\r\n550-5.7.26 b\r\n550 5.7.26 c", "550", "5.7.26", " a", "several lines"},
		{"550-Blocked\r\n550 5.7.1 by policy", "550", "5.7.1", "", "the enhanced code comes late"},
		{"554 #5.1.0 Address rejected", "554", "5.1.0", " Address", "Cisco's hash"},
		{"Sorry, no mailbox here by that name. (#5.1.1)", "", "5.1.1", "Sorry", "qmail's code at the end"},
		{"552 sorry, that message size exceeds my databytes limit (#5.3.4)", "552", "5.3.4", " sorry", ""},
		{"smtp; 550 5.1.1 <a@example.com>: User unknown", "550", "5.1.1", " <a@", "a Diagnostic-Code"},
		{"SMTP;554 5.4.6 too many hops", "554", "5.4.6", " too", ""},
		{"host mx.example.net[192.0.2.1] said: 550 5.1.1 no such user (in reply to RCPT TO command)", "550", "5.1.1", " no such", "Postfix"},
		{"SMTP error from remote mail server after RCPT TO:<a@example.com>: host mx.example.net [192.0.2.1]: 452 4.2.2 full", "452", "4.2.2", " full", "Exim"},
		{"SMTP error: 535 Authentication failed", "535", "", " Authentication", "a client"},
		{"Remote host said: 550 5.1.1 unknown", "550", "5.1.1", " unknown", "qmail"},
		{"mx.example.net [192.0.2.1] did not like our RCPT TO:550 5.2.1 disabled", "550", "5.2.1", " disabled", "dma"},
		{"5.3.0 - Other mail system problem 550-'Unknown user'", "550", "5.3.0", " - Other", "the enhanced code comes first"},
		{"550 5.1.1User unknown", "550", "5.1.1", "User", "glued to a word"},
		{"550User unknown", "550", "", "User", "glued to a word"},
		{"'550 5.7.1 quoted'", "550", "5.7.1", " quoted", ""},
		{"<421 4.4.2 timed out>", "421", "4.4.2", " timed", ""},
		{"192.0.2.1", "", "", "192", "an address is no code"},
		{"250.1.2.3 is blocked", "", "", "250", "an address is no code"},
		{"10.4.5.6 4.2.2.1 refused", "", "", "10.", "four numbers are an address"},
		{"deferred for 300 seconds", "", "", "deferred", "a time is no code"},
		{"limit of 500 recipients reached", "", "", "limit", "a count is no code"},
		{"Message expired after 421 minutes", "", "", "Message", "a time is no code"},
		{"connect to mx.example.net[192.0.2.1]:25: Connection refused", "", "", "connect", ""},
		{"2.3.4", "", "2.3.4", "", "a success without a reply"},
		{"5.01.1 x", "", "", "5.01", "no zeros in front (RFC 3463 §2)"},
		{"6.1.1", "", "", "6.1.1", "there is no class 6"},
		{"3.0.0", "", "", "3.0.0", "there is no class 3 (RFC 3463 §2)"},
		{"5.1.1.1", "", "", "5.1.1.1", "four numbers"},
		{"5501 5.1.1 x", "", "5.1.1", "5501", "four digits are no reply"},
		{"650 x", "", "", "650", "no class 6"},
		{"", "", "", "", ""},
		{"\x00\xff550", "", "", "\x00", "rubbish in front"},
		{"２５０ ok", "", "", "２", "full-width digits are no digits"},
	} {
		p := codes.Parse(c.in)
		if p.Reply.String() != c.reply || p.Enhanced.String() != c.enhanced || !strings.HasPrefix(p.Text, c.rest) {
			t.Errorf("%q (%s): %s %s %q, want %s %s %q", c.in, c.reason, p.Reply, p.Enhanced, p.Text, c.reply, c.enhanced, c.rest)
		}
	}
}

func TestParseHost(t *testing.T) {
	for in, want := range map[string]string{
		"host gmail-smtp-in.l.google.com[192.0.2.1] said: 550 5.1.1 no": "gmail-smtp-in.l.google.com",
		"mx.example.net [192.0.2.1] did not like our RCPT TO:550 no":    "mx.example.net",
		"550 5.1.1 a@mx.example.net[192.0.2.1]":                         "",
		"said [192.0.2.1]: 550 no":                                      "",
	} {
		if got := codes.Parse(in).Host; got != want {
			t.Errorf("%q: host %q, want %q", in, got, want)
		}
	}
}

func TestParseInner(t *testing.T) {
	for in, want := range map[string]string{
		"550 5.1.351 Remote server returned unknown recipient -> 550 5.1.1 no such user": "550 5.1.1 no such user",
		"550 5.7.350 Remote server returned spam -> text without a code":                 "",
		"550 5.1.1 a -> 550 5.2.2 b": "", // not one of the codes that wrap
	} {
		if got := codes.Parse(in).Inner; got != want {
			t.Errorf("%q: inner %q, want %q", in, got, want)
		}
	}
}

func TestParseStrict(t *testing.T) {
	for _, s := range []string{"", "55", "5500", "600", "099", "5a0", " 550", "５５０"} {
		if r, err := codes.ParseReply(s); err == nil {
			t.Errorf("ParseReply(%q) = %v", s, r)
		}
	}
	for _, s := range []string{"", "5", "5.7", "5.7.", "5.7.1.", "5.7.1000", "3.1.1", "5.07.1", "5.7.1 ", "x5.7.1", "5,7,1", "5.9", "5.7.9999"} {
		if e, err := codes.ParseEnhanced(s); err == nil {
			t.Errorf("ParseEnhanced(%q) = %v", s, e)
		}
	}
	if e, err := codes.ParseEnhanced("5.7.999"); err != nil || e.Registered() || e.Name() != "" || e.Meaning() != codes.SubjectSecurity.Meaning() || e.Reason() != codes.ReasonPolicy || !e.Vague() {
		t.Errorf("5.7.999: %v %v: it should be known by its subject only", e, err)
	}
}

// FuzzParse wants codes that can be read back and strings that are parts of the input.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"550-5.7.26 text", "host a.b[1.2.3.4] said: 550 x", "(#5.1.1)", "5.1.351 -> 550 y", "４２１", "smtp;", "\x00\r\n", "550 5.1.1User"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := codes.Parse(s)
		if p.Reply != 0 {
			if r, err := codes.ParseReply(p.Reply.String()); err != nil || r != p.Reply {
				t.Fatalf("%q: reply %v: %v", s, p.Reply, err)
			}
		}
		if p.Enhanced != 0 {
			if e, err := codes.ParseEnhanced(p.Enhanced.String()); err != nil || e != p.Enhanced {
				t.Fatalf("%q: enhanced %v: %v", s, p.Enhanced, err)
			}
		}
		if !strings.Contains(s, p.Text) || !strings.Contains(s, p.Host) || !strings.Contains(s, p.Inner) {
			t.Fatalf("%q: %+v is not of it", s, p)
		}
	})
}

// FuzzClassify wants an honest diagnosis of anything.
func FuzzClassify(f *testing.F) {
	for _, s := range append(replies150, "", "250 5.1.1", "550 4.2.2", "\x00\xff", "451 try again in 99999999999 hours", strings.Repeat("550 ", 2000)) {
		f.Add(s, "", "")
	}
	f.Add("550 5.4.1 Recipient address rejected: Access denied", "x.mail.protection.outlook.com", "example.com")
	f.Fuzz(func(t *testing.T, s, mx, domain string) {
		d := codes.Hint{MX: mx, Domain: domain}.Classify(s)
		if d.Suppress && (d.Class == codes.ClassTemporary || d.Class == codes.ClassSuccess || !d.Reason.Suppress() || d.Contradiction) {
			t.Fatalf("%q: suppressed as %s, %s", s, d.Class, d.Reason)
		}
		if d.Reason.Category() != d.Category || d.Reason.Fault() != d.Fault {
			t.Fatalf("%q: %s is not %s, %s", s, d.Reason, d.Category, d.Fault)
		}
		if d.RetryAfter < 0 || d.RetryAfter > 0 && !d.Retry && d.Class == codes.ClassTemporary {
			t.Fatalf("%q: retry after %d, retry %v", s, d.RetryAfter, d.Retry)
		}
		j := d.AppendJSON(nil)
		if !utf8.Valid(j) || strings.ContainsFunc(string(j), func(r rune) bool { return r < ' ' }) {
			t.Fatalf("%q: JSON %q", s, j)
		}
		if e := codes.Explain(s, codes.Hint{MX: mx, Domain: domain}); e.Diagnosis != d {
			t.Fatalf("%q: explained as %s, said %s", s, e.Diagnosis.AppendJSON(nil), j)
		} else {
			for _, h := range e.Hits {
				for _, sp := range h.Spans {
					if sp.Start < 0 || sp.Start > sp.End || sp.End > len(s) {
						t.Fatalf("%q: %s stands at %v", s, h.Wording.ID, sp)
					}
				}
			}
		}
	})
}

// TestTypography: what a page or a program made of quotes, hyphens and spaces
// does not hide the words.
func TestTypography(t *testing.T) {
	for _, s := range []string{
		"550 This user doesn\u2019t have a example.com account",
		"550 This user doesn\u2018t have\u00A0a example.com account",
		"550 This user doesn\u2019t\u3000have a\u202Fexample.com account",
	} {
		if d := codes.Classify(s); d.Reason != codes.ReasonUserUnknown || !d.Suppress {
			t.Errorf("%q: %s, suppress %v", s, d.Reason, d.Suppress)
		}
	}
	e := codes.Explain("550 This user doesn\u2019t have a example.com account \u2013 sorry", codes.Hint{})
	if len(e.Hits) == 0 || len(e.Hits[0].Spans) == 0 || e.Hits[0].Spans[0] != (codes.Span{Start: 4, End: 30}) {
		t.Errorf("%+v", e.Hits)
	}
}

// TestExpectedCode: the code that a client wanted is not the one it got.
func TestExpectedCode(t *testing.T) {
	for _, c := range []struct {
		text  string
		reply codes.Reply
	}{
		{"Expected response code 250 but got an empty response", 0},
		{`Expected response code 250/251/252 but got code "554"`, 554},
		{`Expected response code "250" but got code "421", with message "421 Too many connections"`, 421},
		{"250 Ok, as expected", 250},
	} {
		if got := codes.Parse(c.text).Reply; got != c.reply {
			t.Errorf("%q: %d, want %d", c.text, got, c.reply)
		}
	}
}

// TestIPv6: a group of an address is no code.
func TestIPv6(t *testing.T) {
	for _, c := range []struct {
		text  string
		reply codes.Reply
	}{
		{"connect to mx.example.net[2001:db8:0:d:151::151:246]:25: Cannot assign requested address", 0},
		{"connect to mx.example.net[2001:db8::250]:25: Connection refused", 0},
		{"host mx.example.net[2001:db8:550:550::1] said: 452 4.2.2 Mailbox full", 452},
		{"SMTP error from remote mail server:550 5.1.1 User unknown", 550},
		{"error:550: User unknown", 550},
	} {
		if got := codes.Parse(c.text).Reply; got != c.reply {
			t.Errorf("%q: %d, want %d", c.text, got, c.reply)
		}
	}
}

// TestNotTheRecipient: words that sound like a dead address speak of somebody or
// something else, so that no address may be given up.
func TestNotTheRecipient(t *testing.T) {
	for _, s := range []string{
		"550 Your account has been suspended, contact support",
		"554 5.7.1 Your account is suspended",
		"550 5.7.1 Sender account disabled due to abuse",
		"550 This account has been suspended for spamming, outgoing mail is blocked",
		"554 Account user@example.com has been disabled for sending",
		"550 5.7.1 Authenticated account is locked",
		"550 Your hosting account has been suspended",
		"535 5.7.8 account locked",
		"550 sending account disabled",
		"550 5.7.1 DKIM: no such user key",
		"550 Sender <a@b.c>: user unknown",
		"550 The sender's mailbox does not exist",
		"550 5.1.8 user unknown",
		"553 your domain does not exist",
		"550 unknown user in From header",
		"550 5.7.1 HELO host unknown",
		"554 SPF: domain does not exist",
		"550 reverse DNS host not found",
		"550 Return-Path address does not exist",
		"550 The From address user@example.com does not exist",
		"550 5.7.1 No such user in our whitelist",
		"550 Mail from unknown user rejected",
		"550 Reply-To address does not exist",
		"550 no such user for SMTP AUTH",
		"550 verification of sender failed: user unknown",
		"550 Could not verify sender address: mailbox not found",
		"550 envelope from address does not exist",
		"554 link in message: domain not found",
		"550 MAIL FROM user does not exist",
		"550 you are an unknown user",
		"550 Unknown user. Please authenticate first.",
		"530 Authentication required: user unknown",
		"550 sender does not exist",
		"550 DMARC: user does not exist",
	} {
		if d := codes.Classify(s); d.Suppress {
			t.Errorf("%q: suppressed as %s by %s", s, d.Reason, d.Phrase())
		}
	}
	for _, s := range []string{"550 The account has been suspended", "550 No such user", "550 5.1.1 Sender <a@example.com>: recipient unknown"} {
		if d := codes.Classify(s); !d.Suppress {
			t.Errorf("%q: not suppressed, %s by %s", s, d.Reason, d.Phrase())
		}
	}
}

// TestRetryAfterEquals: a time may stand behind an equals sign.
func TestRetryAfterEquals(t *testing.T) {
	for s, want := range map[string]int{
		"451 4.7.1 Greylisted, delay=300s":                300,
		"450 4.7.1 Greylisted (retry=10 minutes) for you": 600,
		"451 4.7.1 Greylisted, id=300":                    0,
	} {
		if got := codes.Classify(s).RetryAfter; got != want {
			t.Errorf("%q: %d seconds, want %d", s, got, want)
		}
	}
}
