package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts in testdata expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"smtpcode": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// status is a command of the scripts: "status N command…" runs the command,
// which must end with status N, and keeps its output for stdout and stderr.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	path, err := lookIn(ts.Getenv("PATH"), args[1])
	ts.Check(err)
	c := exec.Command(path, args[2:]...)
	c.Dir = ts.Getenv("WORK")
	c.Env = append(os.Environ(), "PATH="+ts.Getenv("PATH"), "COLUMNS="+ts.Getenv("COLUMNS"))
	c.Stdout, c.Stderr = ts.Stdout(), ts.Stderr()
	got := 0
	if err := c.Run(); err != nil {
		exit := (*exec.ExitError)(nil)
		if !errors.As(err, &exit) {
			ts.Check(err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s: status %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

func lookIn(path, name string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		if full, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return full, nil
		}
	}
	return "", exec.ErrNotFound
}

// smtpcode runs the command within the test.
func smtpcode(t *testing.T, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var files [3]*os.File
	for i := range files {
		f, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files[i] = f
	}
	if _, err := io.WriteString(files[0], stdin); err != nil {
		t.Fatal(err)
	}
	files[0].Seek(0, io.SeekStart)
	status = run(args, files[0], files[1], files[2])
	read := func(f *os.File) string {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return read(files[1]), read(files[2]), status
}

// TestLookups asks the command what the guides say, in every way that it can be
// asked. The first line of the file tells its columns.
func TestLookups(t *testing.T) {
	b, err := os.ReadFile("../../../shared/spec/lookups.tsv")
	if err != nil {
		t.Skip("the table of lookups is not here:", err)
	}
	rows := strings.Split(strings.TrimSpace(string(b)), "\n")[1:]
	if len(rows) == 0 {
		t.Fatal("the table is empty")
	}
	columns := []string{"reply", "enhanced", "bounce", "category", "reason", "provider"}
	for _, row := range rows {
		cells := strings.Split(row, "\t")
		input := cells[0]
		for way, ask := range map[string]func() (string, string, int){
			"quoted": func() (string, string, int) { return smtpcode(t, "", "--json", input) },
			"unquoted": func() (string, string, int) {
				return smtpcode(t, "", append([]string{"--json"}, strings.Fields(input)...)...)
			},
			"stdin":  func() (string, string, int) { return smtpcode(t, input+"\n", "--json", "-") },
			"stream": func() (string, string, int) { return smtpcode(t, input+"\n", "classify") },
		} {
			stdout, stderr, status := ask()
			var got map[string]any
			if err := json.Unmarshal([]byte(stdout), &got); err != nil {
				t.Errorf("%s, %s: %v\n%s%s", input, way, err, stdout, stderr)
				continue
			}
			if status == statusError || stderr != "" {
				t.Errorf("%s, %s: status %d, %s", input, way, status, stderr)
			}
			for i, name := range columns {
				want := cells[i+1]
				if want == "" {
					continue
				}
				have := got[name]
				if n, ok := have.(float64); ok {
					have = strconv.Itoa(int(n))
				}
				ok := false
				for w := range strings.SplitSeq(want, "|") {
					ok = ok || have == w
				}
				if !ok {
					t.Errorf("%s, %s: %s is %v, want %s", input, way, name, have, want)
				}
			}
		}
	}
}

// TestHostileInput feeds what nobody should, and looks at every byte that comes
// out.
func TestHostileInput(t *testing.T) {
	hostile := map[string]string{
		"escape sequences":   "550 5.1.1 \x1b[31mUser\x1b]0;title\x07 unknown \x1bc",
		"NUL":                "550 5.7.1 \x00 blocked \x00",
		"no UTF-8":           "550 5.1.1 \xff\xfe\x9b31m user \xc3\x28 unknown",
		"C1 controls":        "550 5.1.1 \u009b31m user unknown \u0085",
		"bidi override":      "550 5.1.1 \u202euser unknown\u2066",
		"one word":           "\x1b[31mserach",
		"one long line":      strings.Repeat("a", 10<<20),
		"one long reply":     "550 5.1.1 " + strings.Repeat("user unknown ", 1<<20),
		"NULs":               strings.Repeat("\x00", 1<<20),
		"many lines":         strings.Repeat("550-5.1.1 x\r\n", 1<<16) + "550 5.1.1 y",
		"nothing but spaces": strings.Repeat(" \t\r\n", 100),
	}
	for name, text := range hostile {
		for _, flags := range [][]string{nil, {"--explain"}, {"--redact"}, {"--json"}, {"--json", "--redact", "--explain"}} {
			stdout, stderr, status := smtpcode(t, text, append(flags, "-")...)
			if status < 0 || status > 2 {
				t.Errorf("%s %v: status %d", name, flags, status)
			}
			for _, out := range []string{stdout, stderr} {
				if r, ok := strangeRune(out); ok {
					t.Errorf("%s %v: %U reaches the terminal", name, flags, r)
				}
			}
			if status != statusError && len(flags) > 0 && flags[0] == "--json" && !json.Valid([]byte(stdout)) {
				t.Errorf("%s %v: no JSON", name, flags)
			}
		}
		if len(text) < 1<<10 {
			_, stderr, _ := smtpcode(t, "", "--as", text, "--provider", text, text)
			if r, ok := strangeRune(stderr); ok || strings.Count(stderr, "\n") > 1 {
				t.Errorf("%s: the error holds %U, or several lines: %q", name, r, stderr)
			}
		}
	}
}

// strangeRune finds what has no place on a terminal.
func strangeRune(s string) (rune, bool) {
	for i, r := range s {
		if r == '\n' {
			continue
		}
		if r < ' ' || 0x7f <= r && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
			r == '\ufffd' && !strings.HasPrefix(s[i:], "\ufffd") {
			return r, true
		}
	}
	return 0, false
}

// TestOnlyErrorsOnOneLine holds every way to be wrong to one line on standard
// error, nothing on standard output and status 2.
func TestOnlyErrorsOnOneLine(t *testing.T) {
	for _, args := range [][]string{
		{"999"}, {"000"}, {"099"}, {"600"}, {"5500"}, {"55"}, {"5.9"}, {"5.7"}, {"5.7.9999"}, {"3.7.1"}, {"5.07.1"}, {"5..1"}, {"1.2.3.4"}, {"5,7,26"}, {""}, {" "},
		{"２５０"}, {"５.７.１"}, {"٥٥٠"}, {"５５０ 5.1.1 User unknown"},
		{"--nonsense"}, {"550", "-x"}, {"--as", "nobody", "550"}, {"--provider", "nobody", "550"}, {"--color", "red", "550"}, {"--json=maybe", "550"},
		{"serach", "full"}, {"gmail"}, {"list", "nothing"}, {"list", "reasons", "--provider", "gmail"}, {"list", "messages", "--class", "warm"}, {"list", "--class", "temporary"},
		{"list", "messages", "--code", "5.9"}, {"reason"}, {"search"}, {"search", "--limit", "-1", "x"}, {"classify", "--from", "xml"}, {"classify", "--to", "xml"},
		{"classify", "no/such/file"}, {"classify", "."}, {"help", "nothing"},
	} {
		stdout, stderr, status := smtpcode(t, "", args...)
		if status != statusError || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "smtpcode: ") {
			t.Errorf("%q: status %d\n%s%s", args, status, stdout, stderr)
		}
	}
}

// TestClassifyDoesNotAllocate holds the stream to its promise: text mode costs
// no memory by the line.
func TestClassifyDoesNotAllocate(t *testing.T) {
	for _, to := range []string{"jsonl", "tsv"} {
		s := classifier{from: "text", to: to}
		line := []byte("550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in virtual mailbox table")
		s.buf, _ = s.line(nil, line)
		n := testing.AllocsPerRun(100, func() { s.buf, _ = s.line(s.buf[:0], line) })
		if n != 0 {
			t.Errorf("to %s: %v allocations a line", to, n)
		}
	}
}

// BenchmarkClassify measures the stream without reading and writing.
func BenchmarkClassify(b *testing.B) {
	const reply = `550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in virtual mailbox table`
	for name, c := range map[string]struct {
		from, line string
	}{"text": {"text", reply}, "jsonl": {"jsonl", `{"id":1,"text":"` + reply + `","n":[1,2,3]}`}} {
		b.Run(name, func(b *testing.B) {
			s := classifier{from: c.from, field: "text", to: "jsonl"}
			line := []byte(c.line)
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				s.buf, _ = s.line(s.buf[:0], line)
			}
		})
	}
}

// TestBigStream runs a line of 100 MB through the stream: little memory is
// used, a marker stands for the line, and the next one is unharmed.
func TestBigStream(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		chunk := bytes.Repeat([]byte("x"), 1<<20)
		io.WriteString(w, "550 5.1.1 User unknown\n")
		for range 100 {
			w.Write(chunk)
		}
		io.WriteString(w, "\n452 4.2.2 Mailbox full\n")
		w.Close()
	}()
	out, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	errOut, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer errOut.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if status := run([]string{"classify"}, r, out, errOut); status != statusError {
		t.Errorf("status %d", status)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 32<<20 { // the test's own megabyte, and buffers that grow to the limit
		t.Errorf("%d MB were allocated", n>>20)
	}
	b, _ := os.ReadFile(out.Name())
	var got []map[string]any
	for line := range strings.Lines(string(b)) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		got = append(got, v)
	}
	if len(got) != 3 || got[0]["reason"] != "user_unknown" || got[1]["error"] == nil || got[1]["reason"] != "unknown" || got[2]["reason"] != "mailbox_full" {
		t.Errorf("%v", got)
	}
}
