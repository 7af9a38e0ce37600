package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// realData is the project's own data.
var realData = sync.OnceValues(func() (*dataset, error) { return load("..") })

// documents renders what lies under docs/generated.
var documents = sync.OnceValues(func() (map[string][]byte, error) {
	d, err := realData()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, o := range []output{renderMarkdown, renderJSON, renderSchemas} {
		some, err := o(d)
		if err != nil {
			return nil, err
		}
		maps.Copy(files, some)
	}
	return files, nil
})

func mustDocuments(t *testing.T) (*dataset, map[string][]byte) {
	t.Helper()
	files, err := documents()
	if err != nil {
		t.Fatal(err)
	}
	d, _ := realData()
	return d, files
}

var (
	codeBlock  = regexp.MustCompile("(?s)\n```+text\n.*?\n```+\n")
	inlineCode = regexp.MustCompile("(?:``+[^\n]*?``+|`[^`\n]*`)")
	linkTarget = regexp.MustCompile(`\]\(([^()\s]*)\)`)
	linkInLink = regexp.MustCompile(`\[[^][]*\[[^][]*\]\([^()]*\)[^][]*\]\(`)
	anchorID   = regexp.MustCompile(`<a id="([^"]+)"></a>`)
)

// plain takes the code out of a page: what looks like a link there is none.
func plain(page []byte) string {
	return inlineCode.ReplaceAllString(codeBlock.ReplaceAllString(string(page), "\ncode\n"), "code")
}

func TestLinks(t *testing.T) {
	_, files := mustDocuments(t)
	anchors := map[string]map[string]bool{}
	for name, page := range files {
		anchors[name] = map[string]bool{}
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		for _, m := range anchorID.FindAllStringSubmatch(plain(page), -1) {
			if anchors[name][m[1]] {
				t.Errorf("%s: two anchors #%s", name, m[1])
			}
			anchors[name][m[1]] = true
		}
	}
	links := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		text := plain(files[name])
		found := linkTarget.FindAllStringSubmatch(text, -1)
		for _, nested := range linkInLink.FindAllString(strings.NewReplacer(`\[`, "", `\]`, "").Replace(text), -1) {
			t.Errorf("%s: a link in a link: %s", name, nested)
		}
		if n := strings.Count(text, "]("); n != len(found) {
			t.Errorf("%s: %d links, but only %d are well formed", name, n, len(found))
		}
		for _, m := range found {
			links++
			to := m[1]
			if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			target, anchor, _ := strings.Cut(to, "#")
			full := name
			if target != "" {
				full = path.Join(path.Dir(name), target)
			}
			switch {
			case to == "":
				t.Errorf("%s: a link to nowhere", name)
			case files[full] == nil:
				t.Errorf("%s: link to %s, which does not exist", name, to)
			case anchor != "" && !anchors[full][anchor]:
				t.Errorf("%s: link to %s, where nothing has this anchor", name, to)
			}
		}
	}
	if links < 10_000 {
		t.Errorf("only %d links were found: the test looks in the wrong place", links)
	}
}

func TestEveryEntryHasItsPlace(t *testing.T) {
	d, files := mustDocuments(t)
	page := func(name, anchor string) {
		t.Helper()
		text, ok := files[pagesDir+name]
		if !ok {
			t.Errorf("no page %s", name)
		}
		if anchor != "" && !bytes.Contains(text, []byte(`<a id="`+anchor+`"></a>`)) {
			t.Errorf("%s has no anchor %s", name, anchor)
		}
	}
	for _, r := range d.Replies {
		page("reply/"+itoa(r.Code)+".md", "")
	}
	for _, e := range d.Details {
		page("enhanced/"+e.Code+".md", "")
	}
	for _, s := range d.Subjects {
		page("subject/"+itoa(s.Number)+".md", "")
	}
	for _, c := range d.Categories {
		page("category/"+c.ID+".md", "")
	}
	for _, r := range d.Reasons {
		page("reason/"+r.ID+".md", "")
	}
	for _, e := range d.Pairs {
		page("pairs.md", pairAnchor(e))
	}
	for _, v := range d.Vocabularies {
		page("vocabularies.md", v.ID)
	}
	for _, m := range d.Phrases {
		page("phrases.md", m.ID)
	}
	for _, v := range d.Providers {
		for _, m := range v.Messages {
			page("provider/"+v.ID+".md", m.ID)
		}
		page("provider/"+v.ID+".md", "")
	}
	for _, r := range d.Rules {
		page("guide.md", "rule-"+r.ID)
	}
	for _, name := range []string{"README.md", "guide.md", "providers.md", "dataset.md", "smtpcode.json", "smtpcode.schema.json", "diagnosis.schema.json"} {
		page(name, "")
	}
}

func TestFrontMatter(t *testing.T) {
	_, files := mustDocuments(t)
	shape := regexp.MustCompile(`(?s)^---\ntitle: (".+?")\ndescription: (".+?")\nurl: (/[a-z0-9._/-]*)\n---\n\n<!-- [^\n]* -->\n\n# ([^\n]+)\n\n[^\n]`)
	urls := map[string]string{}
	for name, page := range files {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		m := shape.FindSubmatch(page)
		if m == nil {
			t.Errorf("%s begins with\n%.300s", name, page)
			continue
		}
		var title, description string
		if json.Unmarshal(m[1], &title) != nil || json.Unmarshal(m[2], &description) != nil {
			t.Errorf("%s: title %s or description %s is badly quoted", name, m[1], m[2])
		}
		if n := len([]rune(description)); n < 20 || n > 160 {
			t.Errorf("%s: the description has %d characters: %s", name, n, description)
		}
		if other := urls[string(m[3])]; other != "" {
			t.Errorf("%s and %s have the address %s both", name, other, m[3])
		}
		urls[string(m[3])] = name
	}
	for url, want := range map[string]string{
		"/": "README.md", "/550/": "reply/550.md", "/5.7.26/": "enhanced/7.26.md", "/4.4.1/": "enhanced/4.1.md", "/2.1.5/": "enhanced/1.5.md",
		"/gmail/": "provider/gmail.md", "/reason/user_unknown/": "reason/user_unknown.md", "/category/blocked/": "category/blocked.md", "/subject/7/": "subject/7.md",
	} {
		if got := urls[url]; got != pagesDir+want {
			t.Errorf("%s is %s, want %s", url, got, want)
		}
	}
}

// TestTables counts the cells of every row as GitHub does: a pipe divides
// unless a backslash stands in front of it, in code too.
func TestTables(t *testing.T) {
	_, files := mustDocuments(t)
	escaped := regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]`)
	rows := 0
	for name, page := range files {
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		want := 0
		for line := range strings.SplitSeq(codeBlock.ReplaceAllString(string(page), "\ncode\n"), "\n") {
			if !strings.HasPrefix(line, "|") {
				want = 0
				continue
			}
			rows++
			got := strings.Count(escaped.ReplaceAllString(line, ""), "|")
			if want == 0 {
				want = got
			}
			if got != want {
				t.Errorf("%s: a row of %d cells where %d belong: %s", name, got-1, want-1, line)
			}
		}
	}
	if rows < 5_000 {
		t.Errorf("only %d rows were found: the test looks in the wrong place", rows)
	}
}

func TestPagesAreSound(t *testing.T) {
	d, files := mustDocuments(t)
	size := 0
	for name, page := range files {
		size += len(page)
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		text := plain(page)
		for _, bad := range []string{"%!", " \n", "\n\n\n", "<nil>", ".. ", " . ", " ,", "::"} {
			if at := strings.Index(text, bad); at >= 0 {
				t.Errorf("%s: %q in …%.80s", name, bad, text[max(0, at-40):])
			}
		}
		if !utf8Clean(page) {
			t.Errorf("%s holds a control character or broken UTF-8", name)
		}
	}
	if most := 12 << 20; size > most {
		t.Errorf("the documents have %d bytes, more than %d", size, most)
	}
	again, err := renderMarkdown(d)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range again {
		if !bytes.Equal(page, files[name]) {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
}

func utf8Clean(b []byte) bool {
	return bytes.Equal(b, []byte(visible(string(b)))) && bytes.Equal(b, bytes.ToValidUTF8(b, nil))
}

// TestAnswers holds the first paragraph of pages against what a reader must
// learn from it at once.
func TestAnswers(t *testing.T) {
	_, files := mustDocuments(t)
	for _, test := range []struct {
		page string
		want []string
	}{
		{"reply/550.md", []string{"may lie on either side", "Retry: no.", "not for the code alone"}},
		{"reply/421.md", []string{"Retry: yes, later.", "Suppress the address: no."}},
		{"enhanced/1.1.md", []string{"**5.1.1**", "about the recipient", "Retry: no.", "Suppress the address: yes."}},
		{"enhanced/2.2.md", []string{"**5.2.2**", "only after repeats over days"}},
		{"enhanced/7.1.md", []string{"**5.7.1**", "not for the code alone"}},
		{"enhanced/7.26.md", []string{"**5.7.26**", "The sender must act", "only after a change", "Suppress the address: no."}},
		{"reason/greylisted.md", []string{"Retry: yes, later.", "Suppress the address: no."}},
		{"reason/user_unknown.md", []string{"Suppress the address: yes."}},
	} {
		paragraphs := strings.Split(string(files[pagesDir+test.page]), "\n\n")
		if len(paragraphs) < 4 {
			t.Errorf("%s is missing or empty", test.page)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(paragraphs[3], want) {
				t.Errorf("%s: %q is not in the first paragraph:\n%s", test.page, want, paragraphs[3])
			}
		}
	}
}

func TestPolicy(t *testing.T) {
	d, _ := mustDocuments(t)
	b := newBook(d)
	for _, test := range []struct {
		id    string
		class int
		vague bool
		want  policy
		why   string
	}{
		{"user_unknown", 5, false, policy{"hard", "recipient", "suppress", "no", "yes"}, "a dead address"},
		{"user_unknown", 5, true, policy{"hard", "", "investigate", "no", "not for the code alone"}, "a vague code never suppresses"},
		{"user_unknown", 4, false, policy{"soft", "recipient", "retry", "yes, later", "no"}, "a temporary refusal never suppresses"},
		{"mailbox_full", 5, false, policy{"hard", "recipient", "contact_recipient", "no", "only after repeats over days"}, "full is not dead"},
		{"ip_blocklisted", 5, false, policy{"hard", "sender", "request_delisting", "only after a change", "no"}, "the sender's fault"},
		{"greylisted", 5, false, policy{"hard", "receiver", "retry", "yes, later", "no"}, "temporary whatever the code"},
		{"accepted", 2, false, policy{"none", "", "none", "no", "no"}, "no refusal"},
	} {
		if got := b.policy(test.id, test.class, test.vague); got != test.want {
			t.Errorf("%s after %dyz, vague %v: %+v, want %+v (%s)", test.id, test.class, test.vague, got, test.want, test.why)
		}
	}
}

func TestProse(t *testing.T) {
	for _, test := range []struct{ in, want, why string }{
		{"plain words, 5.7.1 too", "plain words, 5.7.1 too", ""},
		{"user_unknown and x-y", "user_unknown and x-y", "inside a word _ is plain"},
		{"_dmarc and *all*", `\_dmarc and \*all\*`, "emphasis"},
		{"a `tick`", "a \\`tick\\`", "code"},
		{"<script>", `\<script>`, "a tag"},
		{"[a](b)", `\[a\](b)`, "a link"},
		{"a | b", "a | b", "table escapes pipes"},
		{"~~gone~~ $1 and $2", `\~\~gone\~\~ \$1 and \$2`, "strike-through, formulas"},
		{"AT&T &lt;", "AT&amp;T &amp;lt;", "entities"},
		{`C:\dir`, `C:\\dir`, ""},
		{"# no heading #", `\# no heading \#`, ""},
		{"> no quote", `\> no quote`, ""},
		{"- no list", `\- no list`, ""},
		{"1. no list", `1\. no list`, ""},
		{"5.1.1 no list", "5.1.1 no list", ""},
		{"two\nlines\tand\x1b[31m", "two lines and�\\[31m", "one line, no control character"},
		{"see RFC 5321 §4.2.1, §4.5", "see [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321) [§4.2.1](https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1), [§4.5](https://www.rfc-editor.org/rfc/rfc5321#section-4.5)", ""},
		{"RFC 5321 appendix E", "[RFC 5321](https://www.rfc-editor.org/rfc/rfc5321) appendix E", "appendices have no anchor of that kind"},
		{"§3 of nothing", "§3 of nothing", "whose section is not said"},
		{"ask at https://example.com/a_(b)?c=_d_.", `ask at [example.com/a\_(b)?c=\_d\_](https://example.com/a_%28b%29?c=_d_).`, "the full stop ends the sentence"},
	} {
		if got := prose(test.in); got != test.want {
			t.Errorf("prose(%q) = %s, want %s (%s)", test.in, got, test.want, test.why)
		}
	}
}

func TestTick(t *testing.T) {
	for _, test := range []struct{ in, want, why string }{
		{"User unknown", "`User unknown`", ""},
		{"a `b` c", "``a `b` c``", "a longer fence"},
		{"`b`", "`` `b` ``", "a tick at the edge"},
		{"a | b", "`a | b`", "table escapes pipes"},
		{`a \| b`, `<code>a \\&#124; b</code>`, "a table would take the backslash for its own"},
		{"two\nlines", "`two lines`", ""},
		{"a\x00b", "`a�b`", ""},
		{"", "", ""},
	} {
		if got := tick(test.in); got != test.want {
			t.Errorf("tick(%q) = %s, want %s (%s)", test.in, got, test.want, test.why)
		}
	}
}

func TestSourceLink(t *testing.T) {
	for _, test := range []struct{ in, want, why string }{
		{"vdukhovni/postfix:postfix/src/smtpd/smtpd.c", "[vdukhovni/postfix: smtpd.c](https://github.com/vdukhovni/postfix/blob/HEAD/postfix/src/smtpd/smtpd.c)", ""},
		{"a/b:c.csv (2020-09)", "[a/b: c.csv](https://github.com/a/b/blob/HEAD/c.csv) (2020-09)", ""},
		{"sisimai/go-sisimai:reason/why-*.go (ed142de)", `sisimai/go-sisimai:reason/why-\*.go (ed142de)`, "a pattern of files"},
		{"https://support.google.com/a/answer/1 (edition 2026-02-15; a/b:c/d.txt)", "[support.google.com/a/answer/1](https://support.google.com/a/answer/1) (edition 2026-02-15; [a/b: d.txt](https://github.com/a/b/blob/HEAD/c/d.txt))", ""},
		{"https://help.example.com/…/page.html", "https://help.example.com/…/page.html", "shortened, so there is no page"},
		{"seen in public bounces (2026)", "seen in public bounces (2026)", ""},
		{"https://x.example/y(v=1)", "[x.example/y(v=1)](https://x.example/y%28v=1%29)", "parentheses"},
	} {
		if got := sourceLink(test.in); got != test.want {
			t.Errorf("sourceLink(%q) = %s, want %s (%s)", test.in, got, test.want, test.why)
		}
	}
}

func TestClip(t *testing.T) {
	for _, test := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"A first sentence. A second one that is cut.", 30, "A first sentence."},
		{"one two three four", 10, "one two…"},
		{"äöüäöüäöü", 5, "äöüä…"},
	} {
		if got := clip(test.in, test.n); got != test.want {
			t.Errorf("clip(%q, %d) = %q, want %q", test.in, test.n, got, test.want)
		}
	}
}

// TestNastyTexts renders a provider whose every text tries to break out.
func TestNastyTexts(t *testing.T) {
	d := &dataset{
		Reasons: []reason{{ID: "policy", Name: "Policy", Category: "policy_related", Fault: "sender", Action: "investigate", ActionTemporary: "retry", Retry: "temporary", Suppress: "never", Advice: "Read *it*."}},
		Faults:  []term{{ID: "sender", Name: "Sender"}},
		Providers: []provider{{
			ID: "nasty", Name: "Nasty | <b>Mail</b>", Kind: "mailbox", Domains: []string{"a|b.example"}, Delist: "https://x.example/?ip=<ip>",
			Messages: []message{{
				Provider: "nasty", ID: "nasty.breaks_out", Codes: []string{"550 5.7.1"}, Text: []string{"a|b `c` _d_ *e*", "```"}, Reason: "policy",
				Meaning: "It says <i>no</i> | [x](javascript:y) _and_ `z`.", Example: []string{"550 5.7.1 a|b\r\n```\n# out\x1b[0m"},
				Evidence: "observed", Date: "2026", Source: []string{"a | b_c <d>"},
			}},
		}},
	}
	files, err := renderMarkdown(d)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`---
title: "Nasty | <b>Mail</b> — SMTP errors and bounce messages"
description: "What an SMTP error of Nasty | <b>Mail</b> means: whose fault, what to do, retry or suppress."
url: /nasty/
---

<!-- Made from the files in data by go generate. Do not edit. -->

# Nasty | \<b>Mail\</b> — SMTP errors and bounce messages

Nasty | \<b>Mail\</b> is a mailbox provider. One message of it is known here, about [policy](../reason/policy.md). It is no reason to suppress an address at once.

- Addresses at: ~a|b.example~
- To get off its list: ~https://x.example/?ip=<ip>~
- Id: ~nasty~

## Messages

<a id="nasty.breaks_out"></a>
### 550 5.7.1 ~~a|b ~c~ _d_ *e*~~

It says \<i>no\</i> | \[x\](javascript:y) \_and\_ \~z\~. Read \*it\*.

~~~~text
550 5.7.1 a|b
~~~
# out�[0m
~~~~

- Reason: [policy](../reason/policy.md) — up to the sender; keep the address
- Codes: 550 5.7.1
- Known by: ~~a|b ~c~ _d_ *e*~~ or ~~~~ ~~~ ~~~~
- Evidence: observed, 2026
- Source: a | b_c \<d>
- Id: ~nasty.breaks_out~

---

[All codes](../README.md) · [How to read a bounce](../guide.md) · [Providers](../providers.md)
`, "~", "`")
	if diff := cmp.Diff(want, string(files[pagesDir+"provider/nasty.md"])); diff != "" {
		t.Errorf("the page differs (-want +got):\n%s", diff)
	}
	// In a table the pipe needs its backslash.
	row := "| [Nasty \\| \\<b>Mail\\</b>](provider/nasty.md) | 1 | `a\\|b.example` |"
	if page := string(files[pagesDir+"providers.md"]); !strings.Contains(page, row) {
		t.Errorf("providers.md does not have the row %s:\n%s", row, page)
	}
}

// TestSameAddress: two pages at one place would overwrite each other on a site.
func TestSameAddress(t *testing.T) {
	_, err := renderMarkdown(&dataset{Providers: []provider{{ID: "guide", Name: "Guide", Kind: "mailbox"}}})
	if err == nil || !strings.Contains(err.Error(), "/guide/") {
		t.Errorf("a provider in the place of the guide gave %v", err)
	}
}
