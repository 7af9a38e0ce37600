package stream

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestOpen(t *testing.T) {
	const text = "550 5.1.1 User unknown\n"
	var gz, zst bytes.Buffer
	g := gzip.NewWriter(&gz)
	io.WriteString(g, text)
	g.Close()
	z, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(z, text)
	z.Close()
	two := append(bytes.Clone(gz.Bytes()), gz.Bytes()...)
	for _, c := range []struct {
		name, data, want string
		broken           bool
	}{
		{"plain", text, text, false},
		{"x.gz", gz.String(), text, false},
		{"x.zst", zst.String(), text, false},
		{"named otherwise", zst.String(), text, false},
		{"two parts", string(two), text + text, false},
		{"plain.gz", text, text, false}, // the bytes tell, not the name
		{"empty", "", "", false},
		{"short", "5", "5", false},
		{"cut.gz", gz.String()[:20], "", true},
		{"cut.zst", zst.String()[:10], "", true},
		{"only the magic", "\x1f\x8b", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(path, []byte(c.data), 0o666); err != nil {
				t.Fatal(err)
			}
			for _, way := range []string{path, "-"} {
				f, err := Open(way, strings.NewReader(c.data))
				var got []byte
				if err == nil {
					got, err = io.ReadAll(f)
					f.Close()
				}
				if (err != nil) != c.broken || !c.broken && string(got) != c.want {
					t.Errorf("%s: %q, %v", way, got, err)
				}
			}
		})
	}
	if _, err := Open(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "directory") {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Open("no/such/file", nil); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 200_000) // longer than the reader's buffer
	for _, c := range []struct {
		in     string
		limit  int
		want   string // lines by |, ! for one that is too long
		reason string
	}{
		{"a\nb\n", 10, "a|b", ""},
		{"a\nb", 10, "a|b", "the last line lacks its end"},
		{"a\r\nb\r\n", 10, "a|b", "Windows' line ends"},
		{"\n\na\n", 10, "||a", "empty lines are lines"},
		{"", 10, "", ""},
		{"\ufeffa\n\ufeffb\n", 10, "a|\ufeffb", "the mark stands at the beginning only"},
		{"abc\nabcd\nab\n", 3, "abc|!|ab", "the limit is the longest there is"},
		{"abc\r\n", 3, "abc", "the line's end does not count"},
		{long + "\nb\n", 200_000, long + "|b", "exactly the limit"},
		{long + "x\nb\n", 200_000, "!|b", "one more"},
		{"a\n" + long, 100_000, "a|!", "without an end"},
		{long + "\n" + long + "\nc\n", 100_000, "!|!|c", ""},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.DataErrReader(strings.NewReader(c.in))} {
			l := NewLines(r, c.limit)
			var got []string
			for {
				line, tooLong, err := l.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if tooLong {
					line = []byte("!")
				}
				got = append(got, string(line))
				if l.Number() != len(got) {
					t.Fatalf("line %d says that it is %d", len(got), l.Number())
				}
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("%.40q at %d: %.40q, want %.40q (%s)", c.in, c.limit, s, c.want, c.reason)
			}
		}
	}
	broken := NewLines(iotest.TimeoutReader(strings.NewReader(strings.Repeat("a\n", 100_000))), 10)
	for {
		if _, _, err := broken.Next(); err != nil {
			if err != iotest.ErrTimeout {
				t.Errorf("a broken file ends with %v", err)
			}
			break
		}
	}
}

func TestObject(t *testing.T) {
	value := func(b []byte) []byte { return append(b, `NEW`...) }
	for _, c := range []struct{ in, text, want, reason string }{
		{`{"text":"a"}`, "a", `{"text":"a","set":NEW}`, ""},
		{` { "id" : 1 , "text" : "a" } `, "a", ` { "id" : 1 , "text" : "a" ,"set":NEW} `, "space stays"},
		{`{"set":1,"text":"a","z":[{"set":2}]}`, "a", `{"set":NEW,"text":"a","z":[{"set":2}]}`, "replaced where it stands, and only there"},
		{`{"text":"a","set":{"x":"}"}}`, "a", `{"text":"a","set":NEW}`, "brackets inside strings"},
		{`{"set":1,"text":"a","set":2,"b":3}`, "a", `{"set":NEW,"text":"a","b":3}`, "a name twice"},
		{`{"text":"a\n\"\u00e9\\"}`, "a\n\"é\\", `{"text":"a\n\"\u00e9\\","set":NEW}`, "escapes are read, and stay"},
		{`{"te\u0078t":"a","s\u0065t":1}`, "a", `{"te\u0078t":"a","s\u0065t":NEW}`, "escapes in names"},
		{`{"text":"a","text":"b"}`, "a", `{"text":"a","text":"b","set":NEW}`, "the first counts"},
		{`{"n":-1.50e+3,"t":true,"z":null,"text":"a"}`, "a", `{"n":-1.50e+3,"t":true,"z":null,"text":"a","set":NEW}`, "numbers stay as they are written"},
		{`{"deep":[[["]"]],{"a":[]}],"text":""}`, "", `{"deep":[[["]"]],{"a":[]}],"text":"","set":NEW}`, ""},
	} {
		o, text, err := ParseObject([]byte(c.in), "text", "set")
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := string(o.With(nil, "set", value)); string(text) != c.text || got != c.want {
			t.Errorf("%s: text %q\n got %s\nwant %s (%s)", c.in, text, got, c.want, c.reason)
		}
	}
	for in, want := range map[string]string{
		``: "no JSON", `{`: "no JSON", `{"text":"a"} x`: "column 14", `{"text":"a",}`: "no JSON", `[]`: "no JSON object", `"text"`: "no JSON object",
		`{}`: `no field "text"`, `{"x":{"text":"a"}}`: `no field "text"`, `{"text":1}`: "is no string", `{"text":null}`: "is no string", `{"text":"a"`: "no JSON",
		"{\"text\":\"\x01\"}": "no JSON",
	} {
		if _, _, err := ParseObject([]byte(in), "text", "set"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q in it", in, err, want)
		}
	}
}

// FuzzObject wants what comes out to be JSON that says the same, but for the one
// member.
func FuzzObject(f *testing.F) {
	for _, s := range []string{`{"text":"a"}`, `{"set":1,"text":"\u00e9","x":[1,{"set":2}]}`, `{"text":"a","set":1,"set":2}`, "{\"text\":\"\xff\"}", `{}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		o, _, err := ParseObject([]byte(line), "text", "set")
		if err != nil {
			return
		}
		var before, after map[string]any
		out := o.With(nil, "set", func(b []byte) []byte { return append(b, `"new"`...) })
		if err := json.Unmarshal([]byte(line), &before); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q becomes %q: %v", line, out, err)
		}
		if after["set"] != "new" {
			t.Errorf("%q becomes %q", line, out)
		}
		delete(before, "set")
		delete(after, "set")
		if a, b := fmt.Sprint(before), fmt.Sprint(after); a != b {
			t.Errorf("%q becomes %q: %s, %s", line, out, a, b)
		}
	})
}
