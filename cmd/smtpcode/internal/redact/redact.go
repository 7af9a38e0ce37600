// Package redact masks what tells of people and machines in a server's reply,
// so that it can go into a bug report.
//
// Masks are names and addresses that the standards set aside for examples (RFC
// 2606, RFC 5737, RFC 3849), numbered: the same name gets the same mask all
// over a text. Names that the data knows stay, since they tell who answered: a
// provider's hosts, without their first labels, and the pages and lists that
// replies name. It cannot know a name that stands there like any other word.
package redact

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"sync"

	"github.com/smtpcode/smtpcode/codes"
)

// Text gives s with mail addresses, IP addresses and host names masked.
func Text(s string) string {
	m := masks{seen: map[string]string{}, count: map[string]int{}}
	return pattern().ReplaceAllStringFunc(s, m.mask)
}

// pattern finds what may have to be masked: a mail address (also with %40), an
// IPv6 or IPv4 address, a host name.
var pattern = sync.OnceValue(func() *regexp.Regexp {
	const (
		label = `[\pL\pM\pN_](?:[\pL\pM\pN_-]*[\pL\pM\pN_])?`
		host  = label + `(?:\.` + label + `)+`
		local = `(?:"[^"\n]+"|[^\s<>"'(),;:\[\]\\@/?&]+)`
	)
	return regexp.MustCompile(
		local + `(?:@|%40)(?:\[[^\]\s]+\]|` + label + `(?:\.` + label + `)*)` +
			`|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*(?:\d+\.\d+\.\d+\.\d+)?` +
			`|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}` +
			`|` + host)
})

type masks struct {
	seen  map[string]string // by what is masked, in small letters
	count map[string]int    // by kind
}

func (m *masks) mask(s string) string {
	if local, domain, ok := cutAddress(s); ok {
		return m.once(local+"@"+domain, func() string { return m.next("user", "user%d") }) + "@" + m.host(domain)
	}
	if ip, err := netip.ParseAddr(s); err == nil {
		return m.ip(ip)
	}
	if head, ok := strings.CutSuffix(s, ":"); ok { // "2001:db8::1: refused"
		if ip, err := netip.ParseAddr(head); err == nil {
			return m.ip(ip) + ":"
		}
	}
	if isHost(s) {
		return m.host(s)
	}
	return s
}

// once gives the mask of s, made by mask the first time.
func (m *masks) once(s string, mask func() string) string {
	key := strings.ToLower(s)
	if _, ok := m.seen[key]; !ok {
		m.seen[key] = mask()
	}
	return m.seen[key]
}

func (m *masks) next(kind, format string) string {
	m.count[kind]++
	return fmt.Sprintf(format, m.count[kind])
}

func (m *masks) ip(ip netip.Addr) string {
	return m.once(ip.String(), func() string {
		if ip.Is4() {
			m.count["ip"]++
			n := m.count["ip"] - 1
			return fmt.Sprintf("%s.%d", [...]string{"192.0.2", "198.51.100", "203.0.113"}[n/254%3], n%254+1)
		}
		return m.next("ipv6", "2001:db8::%x")
	})
}

// host masks a domain name but for the end of it that the data knows.
func (m *masks) host(name string) string {
	known := knownEnd(strings.ToLower(name))
	if len(known) == len(name) {
		return name
	}
	return m.once(name, func() string {
		if known != "" {
			return m.next("host", "host%d.") + known
		}
		return m.next("host", "host%d.example.net")
	})
}

func cutAddress(s string) (local, domain string, ok bool) {
	if i := strings.LastIndexByte(s, '@'); i > 0 {
		return s[:i], s[i+1:], true
	}
	return strings.Cut(s, "%40")
}

// isHost tells whether a name with dots is a host's rather than a code, a file
// or two sentences that lack the space between them: its last label must be one
// that top-level domains have.
func isHost(s string) bool {
	top := s[strings.LastIndexByte(s, '.')+1:]
	if top != strings.ToLower(top) && top != strings.ToUpper(top) {
		return false
	}
	top = strings.ToLower(top)
	for i := range len(top) {
		if '0' <= top[i] && top[i] <= '9' && !strings.HasPrefix(top, "xn--") {
			return false
		}
	}
	switch top {
	case "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "mobi", "coop", "arpa", "local", "lan", "internal", "localdomain",
		"test", "example", "invalid", "app", "dev", "cloud", "online", "email", "mail", "site", "tech", "shop", "store", "xyz", "club", "live", "news",
		"agency", "digital", "group", "world", "today", "solutions", "services", "network", "systems", "company", "media", "top", "icu", "pro", "vip":
		return true
	case "html", "htm", "php", "asp", "aspx", "txt", "pdf", "exe", "zip", "eml":
		return false
	}
	return len(top) == 2 || len(top) > 2 && strings.Count(s, ".") > 1 || strings.HasPrefix(top, "xn--") || top[0] >= 0x80
}

// knownEnd gives the end of a host name, in small letters, that the data knows,
// or "".
func knownEnd(name string) string {
	if standsIn(knownText(), name) {
		return name
	}
	if p := codes.ProviderByMX(name); p != codes.ProviderNone {
		for _, known := range append(p.MX(), p.Domains()...) {
			if name == known || strings.HasSuffix(name, "."+known) {
				return known
			}
		}
	}
	for strings.Contains(name, ".") && !isRegistry(name) {
		if standsIn(knownText(), name) {
			return name
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return ""
}

// isRegistry tells whether a name is one that others are registered under, as
// co.uk and com.br are.
func isRegistry(name string) bool {
	first, top, _ := strings.Cut(name, ".")
	return len(first) <= 3 && len(top) == 2
}

// standsIn tells whether a name stands in text, alone or behind a dot.
func standsIn(text, name string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(name)
		rest := strings.TrimPrefix(text[end:], ".") // a dot that ends a sentence ends the name too
		if (i == 0 || !inName(text[i-1])) && (rest == "" || !inName(rest[0])) {
			return true
		}
		from = end
	}
}

func inName(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

// knownText is what names of public pages and lists stand in: the pages of
// providers and the words of their messages.
var knownText = sync.OnceValue(func() string {
	var b strings.Builder
	for p := range codes.Providers() {
		b.WriteString(strings.Join([]string{p.Postmaster(), p.Delist(), p.Help(), ""}, "\n"))
	}
	for m := range codes.Messages() {
		b.WriteString(strings.Join(m.Wording().Text, "\n") + "\n")
	}
	for p := range codes.Phrases() {
		b.WriteString(strings.Join(p.Wording().Text, "\n") + "\n")
	}
	return strings.ToLower(b.String())
})
