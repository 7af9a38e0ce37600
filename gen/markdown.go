package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
)

var _ = register("markdown", renderMarkdown)

// pagesDir holds all pages; a page's path is relative to it.
const pagesDir = "docs/generated/"

// renderMarkdown makes a page for every code, subject, category, reason and
// provider, and those that bring them together. Links between pages are
// relative, so that they work on a code host as well as on a site.
func renderMarkdown(d *dataset) (map[string][]byte, error) {
	b := newBook(d)
	b.index()
	b.guide()
	b.mail()
	b.replies()
	b.details()
	b.subjects()
	b.pairs()
	b.reasons()
	b.categories()
	b.vocabularies()
	b.providers()
	b.phrases()
	if err := b.datasetPage(); err != nil {
		return nil, err
	}
	return b.files()
}

// page is a Markdown page in the making.
type page struct {
	path        string // below pagesDir
	url         string // where a site puts it
	title       string
	description string
	bytes.Buffer
}

// page begins a page: front matter for the site, and the title.
func (b *book) page(path, url, title, description string) *page {
	p := &page{path: path, url: url, title: title, description: clip(description, 160)}
	b.pages = append(b.pages, p)
	p.f("---\ntitle: %s\ndescription: %s\nurl: %s\n---\n\n", quoted(p.title), quoted(p.description), p.url)
	p.f("<!-- Made from the files in data by go generate. Do not edit. -->\n\n# %s\n\n", unlinked(p.title))
	return p
}

// quoted writes a YAML string. JSON's strings are YAML's too.
func quoted(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(clean(s)); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSpace(b.String())
}

// files gives the finished pages, and refuses two at one place.
func (b *book) files() (map[string][]byte, error) {
	files := map[string][]byte{}
	urls := map[string]string{}
	for _, p := range b.pages {
		if other, ok := urls[p.url]; ok {
			return nil, fmt.Errorf("%s and %s have the address %s both: rename one of their ids", other, p.path, p.url)
		}
		urls[p.url] = p.path
		files[pagesDir+p.path] = append(bytes.TrimRight(p.Bytes(), "\n"), '\n')
	}
	return files, nil
}

func (p *page) f(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// para writes a paragraph of sentences; empty ones are left out.
func (p *page) para(sentences ...string) {
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	if len(kept) > 0 {
		p.f("%s\n\n", strings.Join(kept, " "))
	}
}

func (p *page) section(title string) { p.f("## %s\n\n", title) }

// anchor marks the place that a link with #id leads to. The ids of headings
// differ from one renderer to the next, these do not.
func (p *page) anchor(id string) { p.f("<a id=\"%s\"></a>\n", id) }

// list writes a list of facts.
func (p *page) list(items []string) {
	for _, item := range items {
		p.f("- %s\n", item)
	}
	if len(items) > 0 {
		p.f("\n")
	}
}

// steps writes a numbered list.
func (p *page) steps(items []string) {
	for i, item := range items {
		p.f("%d. %s\n", i+1, item)
	}
	if len(items) > 0 {
		p.f("\n")
	}
}

// table writes a table; without rows it writes nothing. Columns that are empty
// in every row are left out.
func (p *page) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	used := make([]bool, len(head))
	for _, row := range rows {
		for i, cell := range row {
			used[i] = used[i] || cell != ""
		}
	}
	line := func(cells []string) {
		for i, cell := range cells {
			if used[i] {
				p.f("| %s ", strings.ReplaceAll(cell, "|", `\|`))
			}
		}
		p.f("|\n")
	}
	line(head)
	for i := range head {
		if used[i] {
			p.f("|---")
		}
	}
	p.f("|\n")
	for _, row := range rows {
		line(row)
	}
	p.f("\n")
}

// link makes a link to a page or to an anchor on it. text is Markdown.
func (p *page) link(text, to string) string {
	target, anchor, _ := strings.Cut(to, "#")
	switch {
	case target == p.path && anchor == "":
		return text // the page itself
	case target == p.path:
		target = ""
	case path.Dir(target) == path.Dir(p.path):
		target = path.Base(target)
	default:
		target = strings.Repeat("../", strings.Count(p.path, "/")) + target
	}
	if anchor != "" {
		target += "#" + anchor
	}
	return "[" + text + "](" + target + ")"
}

// sources lists where the facts of the page were read.
func (p *page) sources(list []string) {
	var items []string
	for _, s := range list {
		items = append(items, sourceLink(s))
	}
	if len(items) > 0 {
		p.section("Sources")
		p.list(items)
	}
}

// footer ends a page with the way on.
func (p *page) footer() {
	p.f("---\n\n%s · %s · %s\n", p.link("All codes", "README.md"), p.link("How to read a bounce", "guide.md"), p.link("Providers", "providers.md"))
}

func itoa(n int) string { return strconv.Itoa(n) }
