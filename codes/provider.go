package codes

import "strings"

// providerData is what the data says of a provider.
type providerData struct {
	id, name, kind, help string
	includes             [3]Provider
	first, last          Message // its messages
}

// providerMore is the rest, in a table of its own as [replyMore] is.
type providerMore struct {
	domains, mx        string // a line each
	postmaster, delist string
}

func (p Provider) data() *providerData {
	if int(p) >= len(providerTable) {
		p = ProviderNone
	}
	return &providerTable[p]
}

func (p Provider) more() *providerMore {
	if int(p) >= len(providerMoreTable) {
		p = ProviderNone
	}
	return &providerMoreTable[p]
}

// String gives the stable id ("gmail"), or "".
func (p Provider) String() string { return p.data().id }

// Name gives the display name.
func (p Provider) Name() string { return p.data().name }

// Kind gives mailbox, gateway, blocklist, esp or mta.
func (p Provider) Kind() string { return p.data().kind }

// Domains gives domains of its recipients, in a new slice.
func (p Provider) Domains() []string { return lines(p.more().domains) }

// MX gives the suffixes of its mail hosts' names, in a new slice.
func (p Provider) MX() []string { return lines(p.more().mx) }

// Postmaster gives the address of its page for senders, or "".
func (p Provider) Postmaster() string { return p.more().postmaster }

// Delist gives the address of the page that takes a sender off its list, or "".
func (p Provider) Delist() string { return p.more().delist }

// Help gives the address of its page about these messages, or "".
func (p Provider) Help() string { return p.data().help }

// Messages gives the range of its messages, first and last; first is
// MessageNone if it has none.
func (p Provider) Messages() (first, last Message) { return p.data().first, p.data().last }

// Includes tells whether a reply of p may be a message of other: its own, or
// one of the software or service that it runs on.
func (p Provider) Includes(other Provider) bool {
	if p == other {
		return true
	}
	for _, q := range p.data().includes {
		if q != ProviderNone && q == other {
			return true
		}
	}
	return false
}

// ProviderByMX gives the provider of a mail host by its name
// ("gmail-smtp-in.l.google.com."), or ProviderNone.
func ProviderByMX(host string) Provider {
	var buf [maxDomain]byte
	name := lowerDomain(host, &buf)
	for name != "" {
		if p := providerOfHost(name); p != ProviderNone {
			return p
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return ProviderNone
}

// ProviderByDomain gives the provider of a recipient's domain ("gmail.com"), or
// ProviderNone. It knows the providers' own domains, not those they host.
func ProviderByDomain(domain string) Provider {
	var buf [maxDomain]byte
	return providerOfDomain(lowerDomain(domain, &buf))
}

// maxDomain is the longest domain name (RFC 5321 §4.5.3.1.2).
const maxDomain = 255

// lowerDomain gives s in small letters, without the dot of the root, in buf; ""
// if it is too long for a name.
func lowerDomain(s string, buf *[maxDomain]byte) string {
	s = strings.TrimSuffix(s, ".")
	if len(s) > maxDomain {
		return ""
	}
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return unsafeString(buf[:len(s)])
}
