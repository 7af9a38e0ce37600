package stream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Object is a JSON object on a line.
type Object struct {
	line    []byte
	end     int // where its closing brace stands
	empty   bool
	members []member // those with the name that With sets
}

// member is where a member stands in the line: from its name to the end of its
// value, and where the value begins.
type member struct{ start, value, end int }

// ParseObject reads line as a JSON object. It gives the string that stands in
// the member called field, the first if there are several, and makes ready for
// [Object.With], which sets the member called set. What it gives is valid as
// long as line is.
func ParseObject(line []byte, field, set string) (o Object, text []byte, err error) {
	if !json.Valid(line) {
		return o, nil, syntaxError(line)
	}
	at := space(line, 0)
	if line[at] != '{' {
		return o, nil, errors.New("this is no JSON object")
	}
	o.line, o.empty = line, true
	found := false
	for at = space(line, at+1); line[at] != '}'; {
		m := member{start: at}
		name := line[at:stringEnd(line, at)]
		at = space(line, at+len(name))
		m.value = space(line, at+1) // behind the colon
		m.end = valueEnd(line, m.value)
		o.empty = false
		switch {
		case isString(name, set):
			o.members = append(o.members, m)
		case !found && isString(name, field):
			found = true
			if line[m.value] != '"' {
				return o, nil, fmt.Errorf("the field %q is no string", field)
			}
			text = decode(line[m.value:m.end])
		}
		if at = space(line, m.end); line[at] == ',' {
			at = space(line, at+1)
		}
	}
	o.end = at
	if !found {
		return o, nil, fmt.Errorf("there is no field %q", field)
	}
	return o, text, nil
}

// With appends the object to b, with value in the member called set: in place
// of the old value if there is one, else as the last member. Everything else
// stays as it is, byte for byte.
func (o *Object) With(b []byte, set string, value func([]byte) []byte) []byte {
	if len(o.members) == 0 {
		b = append(b, o.line[:o.end]...)
		if !o.empty {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, set...)
		b = append(b, `":`...)
		return append(value(b), o.line[o.end:]...)
	}
	first := o.members[0]
	b = value(append(b, o.line[:first.value]...))
	from := first.end
	for _, m := range o.members[1:] { // repeated names: RFC 8259 §4 advises against them
		b = append(b, trimComma(o.line[from:m.start])...)
		from = m.end
	}
	return append(b, o.line[from:]...)
}

// trimComma takes away the comma at the end of what stands between two members.
func trimComma(s []byte) []byte {
	n := len(s)
	for n > 0 && s[n-1] != ',' {
		n--
	}
	return s[:max(0, n-1)]
}

// isString tells whether the JSON string raw is s.
func isString(raw []byte, s string) bool {
	return string(decode(raw)) == s
}

// decode gives what a JSON string says.
func decode(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	_ = json.Unmarshal(raw, &s) // it is valid: ParseObject has seen to that
	return []byte(s)
}

// The functions below walk through text that is known to be valid JSON.

func space(s []byte, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n') {
		at++
	}
	return at
}

// stringEnd gives the end of the string that begins at s[at:].
func stringEnd(s []byte, at int) int {
	for at++; s[at] != '"'; at++ {
		if s[at] == '\\' {
			at++
		}
	}
	return at + 1
}

// valueEnd gives the end of the value that begins at s[at:].
func valueEnd(s []byte, at int) int {
	depth := 0
	for ; at < len(s); at++ {
		switch s[at] {
		case '"':
			at = stringEnd(s, at) - 1
			if depth == 0 {
				return at + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at // the end of a number, true, false or null
			}
			if depth--; depth == 0 {
				return at + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return at
			}
		}
	}
	return at
}

// syntaxError tells what is wrong with line.
func syntaxError(line []byte) error {
	var v json.RawMessage
	err := json.Unmarshal(line, &v)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("this is no JSON: %s (column %d)", syntax, syntax.Offset)
	}
	return fmt.Errorf("this is no JSON: %w", err)
}
