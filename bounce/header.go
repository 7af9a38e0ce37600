package bounce

import (
	"mime"
	"strings"
)

// maxField is how many bytes of a header field are looked at.
const maxField = 32 << 10

// maxFields is how many fields of a header are looked at.
const maxFields = 1000

// field is a header field; its value is as it stands, folds and all.
type field struct{ name, value string }

// header is the fields at the top of a mail or a part.
type header []field

// parseHeader takes the header off s. It forgives what real mails have: a
// "From " line of a mailbox in front, a line that is no field (taken as part of
// the field above it), and a missing blank line behind the header. Where loose
// is set, any number of such lines may follow a field.
func parseHeader(h header, s string, loose bool) (_ header, body string) {
	for isEnvelopeLine(s) {
		_, s = line(s)
	}
	value, junk, junkAt := 0, 0, 0
	for at, next := 0, 0; at < len(s); at = next {
		end := len(s)
		next = end
		if i := strings.IndexByte(s[at:], '\n'); i >= 0 {
			end, next = at+i, at+i+1
		}
		l := s[at:end]
		if l == "" || strings.TrimSpace(l) == "" && fieldName(s[next:]) == 0 {
			return h, s[next:]
		}
		if n := fieldName(l); n > 0 {
			junk, value = 0, at+n+1
			if len(h) < maxFields {
				h = append(h, field{strings.TrimRight(l[:n], " \t"), s[value:end]})
			}
			continue
		}
		if l[0] != ' ' && l[0] != '\t' && !loose {
			if junk++; junk == 1 {
				junkAt = at
			}
			if junk > 1 || len(h) == 0 {
				return h, s[junkAt:] // no header any more
			}
		}
		if len(h) > 0 && len(h) < maxFields {
			h[len(h)-1].value = s[value:end]
		}
	}
	return h, ""
}

// isEnvelopeLine tells whether s begins with the line that parts the mails of a
// mailbox, which "From :" does not.
func isEnvelopeLine(s string) bool {
	return (strings.HasPrefix(s, "From ") || strings.HasPrefix(s, ">From ")) && fieldName(s) == 0
}

// fieldName gives the length of the field name that s begins with, or 0. Old
// programs put spaces in front of the colon. "http://" is no field.
func fieldName(s string) int {
	n := 0
	for n < len(s) && n < 77 && s[n] > ' ' && s[n] < 0x7f && s[n] != ':' {
		n++
	}
	if n == 0 {
		return 0
	}
	for n < len(s) && n < 77 && s[n] == ' ' {
		n++
	}
	if n >= len(s) || s[n] != ':' || n+2 < len(s) && s[n+1] == '/' && s[n+2] == '/' {
		return 0
	}
	return n
}

// raw gives the value of the first field of that name, folded as it stands.
func (h header) raw(name string) (string, bool) {
	for i := range h {
		if len(h[i].name) == len(name) && strings.EqualFold(h[i].name, name) {
			return clip(h[i].value, maxField), true
		}
	}
	return "", false
}

// get gives the unfolded value of the first field of that name, or "".
func (h header) get(name string) string {
	v, _ := h.raw(name)
	return squeeze(v)
}

// has tells whether there is a field of that name.
func (h header) has(name string) bool {
	_, ok := h.raw(name)
	return ok
}

// text gives the value of a field with its encoded words (RFC 2047) decoded.
func (h header) text(name string) string { return words(h.get(name)) }

// words decodes encoded words; raw 8-bit text becomes UTF-8.
func words(s string) string {
	if strings.Contains(s, "=?") {
		d := mime.WordDecoder{CharsetReader: charsetReader}
		if t, err := d.DecodeHeader(s); err == nil {
			s = t
		}
	}
	return toUTF8(s, "")
}

// param gives a parameter of a field such as Content-Type, without quotes.
func param(value, name string) string {
	for at := 0; ; {
		i := strings.IndexByte(value[at:], ';')
		if i < 0 {
			return ""
		}
		at += i + 1
		rest := strings.TrimLeft(value[at:], " \t\n;")
		if !hasPrefixFold(rest, name) {
			continue
		}
		rest = strings.TrimLeft(rest[len(name):], " \t\n*0") // RFC 2231 names have a star behind
		if rest == "" || rest[0] != '=' {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\n")
		if rest != "" && rest[0] == '"' {
			if end := strings.IndexByte(rest[1:], '"'); end >= 0 {
				return rest[1 : 1+end]
			}
			rest = rest[1:]
		}
		if end := strings.IndexAny(rest, "; \t\n"); end >= 0 {
			rest = rest[:end]
		}
		return rest
	}
}
