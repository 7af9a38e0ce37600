package page

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, want, reason string }{
		{"550 5.1.1 User unknown", "550 5.1.1 User unknown", ""},
		{"\x1b[31m", `\x1b[31m`, "colour"},
		{"\x1b]0;x\x07", `\x1b]0;x\x07`, "a window's title"},
		{"\u009b31m", `\u009b31m`, "the one-letter form of ESC ["},
		{"a\x00b\x7f", `a\x00b\x7f`, ""},
		{"a\r\n\tb", `a\r\n\tb`, ""},
		{"\xff\xc3(", `\xff\xc3(`, "no UTF-8"},
		{"\u202eabc\u2066", `\u202eabc\u2066`, "writing from right to left"},
		{"\u200b\ufeff", `\u200b\ufeff`, "letters that nobody sees"},
		{"\U000e0041", `\U000e0041`, "the same, far out"},
		{"a\u00a0b\u3000c", "a b c", "odd spaces"},
		{"Postfach überfüllt 邮箱已满", "Postfach überfüllt 邮箱已满", "languages"},
		{"\ufffd", "\ufffd", "what is left of bad decoding"},
	} {
		if got := Visible(c.in); got != c.want {
			t.Errorf("%q: %q, want %q (%s)", c.in, got, c.want, c.reason)
		}
	}
}

func FuzzVisible(f *testing.F) {
	for _, s := range []string{"550 ok", "\x1b[31m", "\xff", "\u202e", "\u009b", "a\r\nb", "\U000e0041", "\ufffd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Visible(s)
		for _, r := range got {
			if !unicode.IsPrint(r) {
				t.Fatalf("%q: %U is left in %q", s, r, got)
			}
		}
		if !utf8.ValidString(got) || Visible(got) != got {
			t.Errorf("%q becomes %q", s, got)
		}
		line, err := json.Marshal(map[string]string{"text": s})
		if err != nil {
			t.Fatal(err)
		}
		raw := []byte(`{"text":"` + strings.ReplaceAll(strings.Map(func(r rune) rune {
			if r < ' ' || r == '"' || r == '\\' {
				return -1
			}
			return r
		}, s), "\x7f", "\x7f") + "\"}\n")
		for _, in := range [][]byte{append(line, '\n'), raw} {
			var before, after map[string]string
			if err := json.Unmarshal(in, &before); err != nil {
				continue
			}
			out := VisibleJSON(in)
			if err := json.Unmarshal(out, &after); err != nil || before["text"] != after["text"] {
				t.Errorf("%q becomes %q: %v", in, out, err)
			}
			for _, r := range strings.TrimSuffix(string(out), "\n") {
				if !unicode.IsPrint(r) {
					t.Errorf("%U is left in %q", r, out)
				}
			}
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in     string
		width  int
		want   string
		reason string
	}{
		{"one two three", 9, "one two|three", ""},
		{"one two three", 7, "one two|three", "exactly full"},
		{"  one \n two ", 20, "one two", "white space is one space"},
		{"", 10, "", ""},
		{"abcdefghij", 4, "abcd|efgh|ij", "a word longer than the line"},
		{"a abcdefghij", 4, "a|abcd|efgh|ij", ""},
		{"see https://example.com/long/path now", 10, "see|https://example.com/long/path|now", "addresses are for copying"},
		{"邮箱已满 邮箱", 8, "邮箱已满|邮箱", "two columns a letter"},
		{"邮箱已满", 3, "邮|箱|已|满", ""},
		{"e\u0301e\u0301 e\u0301", 2, "e\u0301e\u0301|e\u0301", "accents take no column"},
		{"ab", 0, "a|b", "no room is room for a letter"},
	} {
		if got := strings.Join(Wrap(c.in, c.width), "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q (%s)", c.in, c.width, got, c.want, c.reason)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ab cd", 4, "ab…"}, {"邮箱已满", 5, "邮箱…"}, {"abc", 1, "…"}, {"abc", 0, "…"}} {
		if got := Shorten(c.in, c.width); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

// TestPage shows how a page looks, plain and in colour.
func TestPage(t *testing.T) {
	write := func(term Terminal) string {
		var b strings.Builder
		p := New(&b, term)
		p.Title("550", "Mailbox unavailable", Red)
		p.Row("Retry", "No:", Red, "the refusal is final for this message.")
		p.Row("Empty", "", Plain, "")
		p.Table([][]string{{"a", "1", "words that are longer than the line"}, {"bcd", "22", "x"}}, Bold)
		return b.String()
	}
	for _, c := range []struct {
		name, want string
		term       Terminal
	}{
		{"a pipe", `550  Mailbox unavailable
Retry     No: the refusal
          is final for
          this message.
a    1   words that are longer than the line
bcd  22  x
`, Terminal{Width: 26, Full: 26}},
		{"a wide terminal", `550  Mailbox unavailable
Retry     No: the refusal is final for
          this message.
a    1   words that are longer than the…
bcd  22  x
`, Terminal{TTY: true, Width: 40, Full: 40}},
		{"a narrow terminal", `550  Mailbox unavailable
Retry     No: the refusal
          is final for
          this message.
a    1
    words that are longer
    than the line
bcd  22
    x
`, Terminal{TTY: true, Width: 26, Full: 26}},
		{"colour", "\x1b[31;1m550\x1b[0m  \x1b[1mMailbox unavailable\x1b[0m\n" +
			"\x1b[2mRetry     \x1b[0m\x1b[31mNo:\x1b[0m the refusal is final for\n\x1b[2m          \x1b[0mthis message.\n" +
			"\x1b[1ma\x1b[0m    1   words that are longer than the line\n\x1b[1mbcd\x1b[0m  22  x\n", Terminal{Color: true, Width: 40, Full: 40}},
	} {
		if got := write(c.term); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

func TestWantsColor(t *testing.T) {
	for _, c := range []struct {
		tty  bool
		env  map[string]string
		want bool
	}{
		{true, nil, true},
		{false, nil, false},
		{true, map[string]string{"NO_COLOR": "1"}, false},
		{true, map[string]string{"TERM": "dumb"}, false},
		{true, map[string]string{"CLICOLOR": "0"}, false},
		{false, map[string]string{"CLICOLOR_FORCE": "1"}, true},
		{false, map[string]string{"CLICOLOR_FORCE": "0"}, false},
		{false, map[string]string{"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, false},
	} {
		if got := wantsColor(c.tty, func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("terminal %v, %v: %v", c.tty, c.env, got)
		}
	}
}
