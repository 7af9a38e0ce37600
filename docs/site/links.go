package main

import (
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The pages are our own, so that their attributes are all in quotes.
var (
	reference = regexp.MustCompile(`\s(?:href|src|action)="([^"]*)"`)
	anchor    = regexp.MustCompile(`\sid="([^"]*)"`)
	refresh   = regexp.MustCompile(`http-equiv="refresh" content="0; url=([^"]*)"`)
)

// linked is a page as far as links go.
type linked struct {
	anchors map[string]bool
	links   []string
}

// check tells of every link in dir that leads to no file or to no place on it.
// base is where the site will stand.
func check(dir, base string) error {
	root, err := url.Parse(or(base, "/"))
	if err != nil {
		return err
	}
	pages, err := readPages(dir, root.Path)
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return fmt.Errorf("%s has no pages", dir)
	}
	var dead []string
	links := 0
	for at, p := range pages {
		from := &url.URL{Scheme: root.Scheme, Host: root.Host, Path: at}
		for _, l := range p.links {
			to, err := from.Parse(l)
			if err != nil {
				dead = append(dead, at+": "+l+": "+err.Error())
				continue
			}
			if to.Scheme != root.Scheme || to.Host != root.Host {
				continue
			}
			links++
			if why := leads(dir, root.Path, pages, to); why != "" {
				dead = append(dead, at+": "+l+": "+why)
			}
		}
	}
	if len(dead) > 0 {
		slices.Sort(dead)
		return errors.New(strings.Join(dead[:min(len(dead), 40)], "\n") + fmt.Sprintf("\n%d links lead nowhere", len(dead)))
	}
	fmt.Printf("%d internal links on %d pages, all lead somewhere\n", links, len(pages))
	return nil
}

// readPages reads every page of dir, by the path of its address.
func readPages(dir, root string) (map[string]*linked, error) {
	pages := map[string]*linked{}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(file) != ".html" {
			return err
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		p := &linked{anchors: map[string]bool{}}
		for _, re := range []*regexp.Regexp{reference, refresh} {
			for _, m := range re.FindAllSubmatch(b, -1) {
				p.links = append(p.links, html.UnescapeString(string(m[1])))
			}
		}
		for _, m := range anchor.FindAllSubmatch(b, -1) {
			id := html.UnescapeString(string(m[1]))
			if p.anchors[id] {
				return fmt.Errorf("%s: two places have the id %q", rel, id)
			}
			p.anchors[id] = true
		}
		pages[root+strings.TrimSuffix(filepath.ToSlash(rel), "index.html")] = p
		return nil
	})
	return pages, err
}

// leads tells why an address leads nowhere, or "".
func leads(dir, root string, pages map[string]*linked, to *url.URL) string {
	p, ok := pages[to.Path]
	if !ok {
		rel := strings.TrimPrefix(to.Path, root)
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(rel))); err != nil || info.IsDir() || !strings.HasPrefix(to.Path, root) {
			return "no such file"
		}
		return ""
	}
	if to.Fragment != "" && !p.anchors[to.Fragment] {
		return "no such place on the page"
	}
	return ""
}
