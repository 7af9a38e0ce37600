package bounce

import (
	"encoding/base64"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
)

// toUTF8 gives the text in UTF-8. The charset is believed only as far as the
// bytes bear it out: many programs name one and write another.
func toUTF8(s, charset string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == 0x1b || s[i] == 0x0e {
			plain = false
			break
		}
	}
	if plain && !stateful(charset) {
		return s
	}
	if !plain && utf8.ValidString(s) && strings.IndexByte(s, 0x1b) < 0 {
		return s
	}
	enc := lookupCharset(charset)
	switch {
	case strings.Contains(s, "\x1b$") && !strings.Contains(s, "\x1b$)"):
		enc = japanese.ISO2022JP
	case enc == nil && plain:
		return s
	case enc == nil:
		enc = charmap.Windows1252
	}
	t, err := enc.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return t
}

// stateful tells whether ASCII bytes may mean something else in the charset.
func stateful(charset string) bool {
	return hasPrefixFold(charset, "hz-gb") || hasPrefixFold(charset, "utf-16")
}

// lookupCharset gives the encoding of that name, or nil. The index is that of
// the WHATWG, which knows the names that mail programs use.
func lookupCharset(name string) encoding.Encoding {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 40 {
		return nil
	}
	switch lower(name) {
	case "ks_c_5601", "ksc5601", "cp949":
		return korean.EUCKR
	case "cp932", "ms932", "windows-932":
		return japanese.ShiftJIS
	case "iso-2022-jp-ms", "iso-2022-jp-1", "iso-2022-jp-2", "cp50220", "cp50221":
		return japanese.ISO2022JP
	}
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return nil
	}
	return e
}

// charsetReader is for [mime.WordDecoder], which knows three charsets.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxField))
	return strings.NewReader(toUTF8(string(b), charset)), err
}

// transfer undoes a Content-Transfer-Encoding. It takes what it can of a broken
// or cut body.
func transfer(s, enc string) string {
	switch {
	case strings.EqualFold(enc, "quoted-printable"):
		return quotedPrintable(s)
	case strings.EqualFold(enc, "base64"):
		return base64Text(s)
	}
	return s
}

// quotedPrintable is RFC 2045 §6.7, but what is no escape stands for itself.
func quotedPrintable(s string) string {
	if strings.IndexByte(s, '=') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '=')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		trimmed := strings.TrimLeft(s, " \t")
		switch {
		case trimmed == "":
			s = ""
		case trimmed[0] == '\n':
			s = trimmed[1:]
		case len(s) > 1 && unhex(s[0]) >= 0 && unhex(s[1]) >= 0:
			b.WriteByte(byte(unhex(s[0])<<4 | unhex(s[1])))
			s = s[2:]
		default:
			b.WriteByte('=')
		}
	}
	b.WriteString(s)
	return newlines(b.String())
}

func unhex(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// base64Text is RFC 2045 §6.8. It stops at the first group that is broken; text
// that is none at all is given as it stands, for some programs only say base64.
func base64Text(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; isAlnum(c) || c == '+' || c == '/' {
			b = append(b, c)
		} else if c == '=' || c > ' ' {
			if c != '=' && len(b) < 20 {
				return s
			}
			if c != '=' {
				break
			}
		}
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(b)))
	n, _ := base64.RawStdEncoding.Decode(out, b[:len(b)/4*4])
	if rest := b[len(b)/4*4:]; len(rest) > 1 {
		m, _ := base64.RawStdEncoding.Decode(out[n:], rest)
		n += m
	}
	return newlines(string(out[:n]))
}
