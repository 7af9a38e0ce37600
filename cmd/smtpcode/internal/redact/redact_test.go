package redact

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"<a.b@corp.example> and A.B@corp.example", "<user1@host1.example.net> and user1@host1.example.net", "the same address, the same mask"},
		{"a@x.test b@x.test", "user1@host1.example.net user2@host1.example.net", "two people of one domain"},
		{`<"john doe"@x.test>`, `<user1@host1.example.net>`, "a name in quotes"},
		{"rcpt=a%40x.test&x", "user1@host1.example.net&x", "as in an address of a page"},
		{"<bounce+a=x.test@list.test>", "<user1@host1.example.net>", "an address inside an address"},
		{"пользователь@почта.рф", "user1@host1.example.net", "names in other scripts"},
		{"joe@gmail.com", "user1@gmail.com", "the provider tells who answered"},
		{"[203.0.113.7] 203.0.113.7 203.0.113.8", "[192.0.2.1] 192.0.2.1 192.0.2.2", ""},
		{"7.113.0.203.zen.spamhaus.org", "192.0.2.1.zen.spamhaus.org", "a query to a list names the IP backwards"},
		{"2001:db8:1::2 and ::1: refused", "2001:db8::1 and 2001:db8::2: refused", ""},
		{"at 12:34:56 on 2026-11-22", "at 12:34:56 on 2026-11-22", "a time is no address"},
		{"550 5.7.1 and 4.99.2", "550 5.7.1 and 4.99.2", "codes are no addresses"},
		{"Blocked.See our page. Rejected.Please", "Blocked.See our page. Rejected.Please", "two sentences that lack the space"},
		{"RFC5321.MailFrom, main.html, a.b", "RFC5321.MailFrom, main.html, a.b", "words with dots that are no hosts"},
		{"host mail.corp.example said", "host host1.example.net said", ""},
		{"corp-com.mail.protection.outlook.com", "host1.mail.protection.outlook.com", "a provider's host may name its customer"},
		{"https://support.google.com/mail/?p=x", "https://support.google.com/mail/?p=x", "a page of the provider"},
		{"https://mail.corp.example/help?ip=203.0.113.9", "https://host1.example.net/help?ip=192.0.2.1", "a page of somebody else"},
		{"shop.corp.co.uk", "host1.example.net", "co.uk is nobody's name"},
		{"", "", ""},
	} {
		if got := Text(c.in); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s (%s)", c.in, got, c.want, c.reason)
		}
	}
}

// FuzzText plants an address, an IP and a host in any text: they must be gone.
func FuzzText(f *testing.F) {
	for _, s := range []string{"550 5.1.1 ", "<", "host ", "@", "\xff", "a.b:", "[", "\x1b[1m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Text(s + " joe.bloggs@corp.example 203.0.113.77 2001:db8:5::77 mx7.corp.example " + s)
		for _, secret := range []string{"joe.bloggs@", "203.0.113.77", "2001:db8:5::77", "mx7.corp"} {
			if strings.Contains(got, secret) && !strings.Contains(s, secret) {
				t.Errorf("%q leaves %s: %q", s, secret, got)
			}
		}
	})
}
