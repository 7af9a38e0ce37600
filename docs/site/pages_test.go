package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func generatedData(t testing.TB) *dataset {
	t.Helper()
	d, err := readDataset(filepath.Join(generated, "smtpcode.json"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestPractices counts by hand what the page of the comparison shows.
func TestPractices(t *testing.T) {
	msg := func(id, reason string, codes ...string) entry[message] {
		return entry[message]{id, message{ID: id, Reason: reason, Codes: codes}}
	}
	d := &dataset{
		Replies: object[reply]{{"421", reply{Code: 421}}, {"550", reply{Code: 550}}},
		Providers: object[provider]{{"a", provider{ID: "a", Messages: object[message]{
			msg("a.1", "policy", "550", "550 5.7.1"), // one message, though with two codes
			msg("a.2", "policy", "550"),
			msg("a.3", "user_unknown", "550 5.1.1", "421"),
			msg("a.4", "user_unknown", "5.1.1"), // no basic code
		}}}},
	}
	got := practices(d)
	if len(got) != 2 || got[0].Messages != 1 || got[1].Messages != 3 || got[1].Reasons[0] != (share{"policy", 2}) {
		t.Errorf("%+v", got)
	}
}

// TestSearchable: every place is named, and all kinds and all pages that are no
// entry of the data are there.
func TestSearchable(t *testing.T) {
	kinds, urls := map[string]int{}, map[string]bool{}
	for _, f := range searchable(generatedData(t)) {
		kinds[f.Kind]++
		urls["/"+f.URL] = true
		if f.URL == "" || f.Title == "" || f.About == "" && f.Kind != "phrase" {
			t.Errorf("incomplete: %+v", f)
		}
	}
	for _, k := range []string{"reply", "enhanced", "pair", "subject", "reason", "category", "provider", "page", "guide", "message", "phrase"} {
		if kinds[k] == 0 {
			t.Errorf("no %s to be found", k)
		}
	}
	for _, dir := range []string{generated, "content"} {
		pages, err := filepath.Glob(filepath.Join(dir, "*.md"))
		if err != nil || len(pages) == 0 {
			t.Fatalf("no pages in %s: %v", dir, err)
		}
		for _, page := range pages {
			b, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			_, url, _ := strings.Cut(string(b), "\nurl: ")
			url, _, _ = strings.Cut(url, "\n")
			if url != "" && url != "/" && url != "/search/" && !urls[url] {
				t.Errorf("%s (%s) is not to be found: add it to handmade", url, page)
			}
		}
	}
}

// TestTables: every table has rows, each as wide as its head, and no cell that
// a spreadsheet would take for a formula with a function call.
func TestTables(t *testing.T) {
	d := generatedData(t)
	for _, tab := range []table{codesTable(d), reasonsTable(d), messagesTable(d), crosswalkTable(d)} {
		if len(tab.rows) < 40 {
			t.Errorf("%s has %d rows", tab.name, len(tab.rows))
		}
		if _, err := tab.csv(); err != nil {
			t.Error(err)
		}
	}
	bad := table{name: "bad", fields: []field{text("a", ""), text("b", "")}, rows: [][]string{{"1"}}}
	if _, err := bad.csv(); err == nil {
		t.Error("a row that is too short is written")
	}
}

// TestCheck finds what is dead, and only that.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	write := func(name, body string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("index.html", `<a href="/x/550/">a</a> <a href="550/#there">b</a> <a href="https://elsewhere.example/no">c</a> <link href="/x/style.css">`)
	write("550/index.html", `<p id="there"><a href="../">up</a> <a href="#there">here</a></p>`)
	write("style.css", "")
	if err := check(dir, "https://site.example/x/"); err != nil {
		t.Errorf("nothing is dead, but: %v", err)
	}
	write("bad/index.html", `<a href="/x/551/">1</a> <a href="../550/#nowhere">2</a> <a href="/550/">3</a> <meta http-equiv="refresh" content="0; url=../gone/">`)
	err := check(dir, "https://site.example/x/")
	if err == nil || !strings.Contains(err.Error(), "4 links lead nowhere") {
		t.Errorf("four links are dead, but: %v", err)
	}
	write("twice/index.html", `<p id="a"></p><p id="a"></p>`)
	if err := check(dir, "https://site.example/x/"); err == nil || !strings.Contains(err.Error(), `the id "a"`) {
		t.Errorf("an id is there twice, but: %v", err)
	}
}

// TestRedirects: other classes and retired ids lead on, pages stay as they are.
func TestRedirects(t *testing.T) {
	dir := t.TempDir()
	for _, p := range []string{"5.1.1", "reason/new", "newer"} {
		if err := os.MkdirAll(filepath.Join(dir, p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, p, "index.html"), []byte("page"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d := &dataset{
		Details:   object[detail]{{"1.1", detail{Code: "1.1", Classes: []int{4, 5}}}},
		Reasons:   object[reason]{{"new", reason{ID: "new"}}},
		Providers: object[provider]{{"newer", provider{ID: "newer"}}},
		Retired:   object[retired]{{"old", retired{"new"}}, {"older", retired{"newer"}}, {"newer.message", retired{"newer.other"}}, {"gone", retired{}}},
	}
	if err := writeRedirects(dir, d); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{
		"4.1.1": "../5.1.1/", "x.1.1": "../5.1.1/", "reason/old": "../../reason/new/", "older": "../newer/", "5.1.1": "page",
	} {
		b, err := os.ReadFile(filepath.Join(dir, page, "index.html"))
		if err != nil || !strings.Contains(string(b), want) {
			t.Errorf("%s: %s, %v; want %s", page, b, err, want)
		}
	}
	for _, page := range []string{"newer.message", "gone"} {
		if _, err := os.Stat(filepath.Join(dir, page)); err == nil {
			t.Errorf("%s has a page", page)
		}
	}
	d.Details[0] = entry[detail]{"1.2", detail{Code: "1.2", Classes: []int{5}}}
	if err := writeRedirects(dir, d); err == nil {
		t.Error("a page that leads to none is written")
	}
}

// TestFiles: what a static host does, and nothing from outside the folder.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"site/index.html": "front", "site/550/index.html": "550", "site/404.html": "none", "site/a.js": "script", "site/a.js.gz": "packed", "secret.txt": "secret"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	h := files(filepath.Join(dir, "site"))
	for _, c := range []struct {
		method, path, encoding string
		status                 int
		body, kind             string
	}{
		{"GET", "/", "", 200, "front", "text/html; charset=utf-8"},
		{"GET", "/550/", "", 200, "550", "text/html; charset=utf-8"},
		{"GET", "/550", "", 301, "", ""}, // relative links need the slash
		{"GET", "/551/", "", 404, "none", "text/html; charset=utf-8"},
		{"GET", "/a.js", "", 200, "script", "text/javascript; charset=utf-8"},
		{"GET", "/a.js", "gzip, br", 200, "packed", "text/javascript; charset=utf-8"},
		{"HEAD", "/", "", 200, "", "text/html; charset=utf-8"},
		{"GET", "/../secret.txt", "", 404, "none", ""},
		{"GET", "/%2e%2e/secret.txt", "", 404, "none", ""},
		{"POST", "/", "", 405, "only GET and HEAD\n", ""},
	} {
		r := httptest.NewRequest(c.method, "http://localhost"+c.path, nil)
		r.Header.Set("Accept-Encoding", c.encoding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || c.status != http.StatusMovedPermanently && w.Body.String() != c.body || c.kind != "" && w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%s %s (%s): %d %q %s, want %d %q %s", c.method, c.path, c.encoding, w.Code, w.Body, w.Header().Get("Content-Type"), c.status, c.body, c.kind)
		}
	}
}
