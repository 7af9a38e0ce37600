package bounce

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxAddress is how many bytes an address may have: RFC 5321 §4.5.3.1 says 254
// and a little more for quoted and utf-8 forms.
const maxAddress = 512

// localByte tells whether c may stand in the part before the @ (RFC 5322 §3.2.3
// and RFC 6532).
func localByte(c byte) bool {
	return isAlnum(c) || c >= utf8.RuneSelf || strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) >= 0
}

// domainByte tells whether c may stand in a domain.
func domainByte(c byte) bool {
	return isAlnum(c) || c == '.' || c == '-' || c == '_' || c >= utf8.RuneSelf
}

// nextAddress finds the first address in s from position from: where it begins
// and where it ends. A domain needs a dot in it, or the address angle brackets.
func nextAddress(s string, from int) (begin, end int) {
	for at := from; ; at++ {
		i := strings.IndexByte(s[at:], '@')
		if i < 0 {
			return -1, -1
		}
		at += i
		begin, end = at, at+1
		if at > from && s[at-1] == '"' { // a quoted local part
			begin = max(strings.LastIndexByte(s[max(from, at-maxAddress):at-1], '"')+max(from, at-maxAddress), from)
			if s[begin] != '"' {
				begin = at
			}
		} else {
			begin = localStart(s, from, at)
		}
		if end < len(s) && s[end] == '[' { // an address literal
			for end++; end < len(s) && end-at < 50 && (isAlnum(s[end]) || s[end] == '.' || s[end] == ':'); end++ {
			}
			if end == len(s) || s[end] != ']' {
				continue
			}
			end++
		} else {
			end = domainEnd(s, end)
			for end > at+1 && strings.IndexByte(".-_", s[end-1]) >= 0 {
				end--
			}
		}
		for begin < at && (s[begin] == '\'' || s[begin] == '*' || s[begin] == '.') {
			begin++
		}
		if begin == at || end == at+1 {
			continue
		}
		bracketed := begin > 0 && s[begin-1] == '<' && end < len(s) && s[end] == '>'
		if !bracketed && strings.IndexByte(s[at:end], '.') < 0 && s[at+1] != '[' {
			continue
		}
		return begin, end
	}
}

// localStart gives where the local part in front of the @ at position at begins.
// Chinese and Japanese stand next to an address without a space; a character of
// such a width belongs to it only where all behind it are such.
func localStart(s string, from, at int) int {
	begin, wide := at, true
	for begin > from && at-begin < maxAddress {
		c := s[begin-1]
		if c < utf8.RuneSelf {
			if !localByte(c) {
				break
			}
			wide = false
			begin--
			continue
		}
		r, n := utf8.DecodeLastRuneInString(s[from:begin])
		if isWide(r) && !wide || r == utf8.RuneError || isWidePunct(r) {
			break
		}
		begin -= n
	}
	return begin
}

// domainEnd gives where the domain that begins at position at ends, by the same
// rule, label by label.
func domainEnd(s string, at int) int {
	end, wide := at, true
	for end < len(s) && end-at < maxAddress {
		c := s[end]
		if c < utf8.RuneSelf {
			if !domainByte(c) {
				break
			}
			wide = c == '.'
			end++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[end:])
		if isWide(r) && !wide || r == utf8.RuneError || isWidePunct(r) {
			break
		}
		end += n
	}
	return end
}

// isWide tells whether the character is of a script that is written without
// spaces.
func isWide(r rune) bool { return r >= 0x2E80 && r < 0x1F000 }

// isWidePunct tells whether the character is punctuation such as （ or 、, or one
// that controls how others are shown.
func isWidePunct(r rune) bool {
	return r < 0xA0 || r >= 0x2000 && r <= 0x206F || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF0F || r >= 0xFF1A && r <= 0xFF20 || r >= 0xFF3B && r <= 0xFF65 || r == 0xAB || r == 0xBB
}

// firstAddress gives the first address in s, or "".
func firstAddress(s string) string {
	if i, j := nextAddress(s, 0); i >= 0 {
		return s[i:j]
	}
	return ""
}

// typedAddress reads the value of an address field (RFC 3464 §2.3.1): the type,
// a semicolon and the address, which may stand in angle brackets, be followed by
// a comment, or escape its utf-8 (RFC 6533 §3).
func typedAddress(value string) string {
	kind, addr, ok := strings.Cut(value, ";")
	if !ok {
		kind, addr = "", value
	}
	addr = strings.TrimSpace(addr)
	if strings.EqualFold(strings.TrimSpace(kind), "utf-8") {
		addr = unescape(addr)
	}
	if strings.Contains(addr, "@") {
		if a := firstAddress(addr); a != "" {
			return a
		}
		if i := strings.IndexFunc(addr, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || r >= 0x7f && r < 0xa0 }); i >= 0 {
			addr = addr[:i] // an address that is none, such as one of a host without a dot
		}
	}
	addr = strings.TrimSuffix(strings.TrimPrefix(addr, "<"), ">")
	return clip(squeeze(addr), maxAddress)
}

// unescape resolves \x{HEX} (RFC 6533 §3).
func unescape(s string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, `\x{`)
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			break
		}
		n, err := strconv.ParseUint(s[i+3:i+j], 16, 32)
		b.WriteString(s[:i])
		if err == nil && n <= utf8.MaxRune {
			b.WriteRune(rune(n))
		} else {
			b.WriteString(s[i : i+j+1])
		}
		s = s[i+j+1:]
	}
	return b.String() + s
}

// domainOf gives what stands behind the @, in small letters.
func domainOf(addr string) string {
	return lower(addr[strings.LastIndexByte(addr, '@')+1:])
}

// typedHost reads the value of an MTA field (RFC 3464 §2.2.2): the type, a
// semicolon and a name, which may be followed by an address or a remark.
func typedHost(value string) string {
	if _, host, ok := strings.Cut(value, ";"); ok {
		value = host
	}
	return host(value)
}

// host gives the host name or IP address that s begins with.
func host(s string) string {
	s = strings.TrimLeft(s, " \t<[(\"'")
	n := 0
	for n < len(s) && (domainByte(s[n]) || s[n] == ':' && n+1 < len(s) && isAlnum(s[n+1])) {
		n++
	}
	return strings.TrimRight(clip(s[:n], 255), ".-:")
}
