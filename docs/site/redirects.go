package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
)

// writeRedirects writes a page for each address that has another one: the
// other classes of an enhanced code, which share its page, and retired ids of
// providers and reasons. (A message is a place on a page; the page keeps its
// old name as an anchor.) A page that is there already stays.
func writeRedirects(out string, d *dataset) error {
	to := map[string]string{}
	for _, e := range d.Details {
		for _, class := range []string{"2", "4", "5", "x"} {
			to[class+"."+e.key] = detailURL(e.value)
		}
	}
	for _, e := range d.Retired {
		old, now := e.key, e.value.Now
		switch {
		case now == "" || strings.Contains(old, "."): // gone for good, or an anchor
		case d.Reasons.get(now).ID != "":
			to["reason/"+old] = "reason/" + now
		case d.Providers.get(now).ID != "":
			to[old] = now
		}
	}
	for old, now := range to {
		dir := filepath.Join(out, filepath.FromSlash(old))
		page := filepath.Join(dir, "index.html")
		if _, err := os.Stat(page); err == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(now), "index.html")); err != nil {
			return fmt.Errorf("%s would lead to %s, which is no page", old, now)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(page, []byte(redirect(old, now)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// redirect is a page that leads on. Its link is relative, so that it works
// under any base.
func redirect(old, now string) string {
	up := html.EscapeString(strings.Repeat("../", strings.Count(old, "/")+1) + now + "/")
	return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(old) + " is now " + html.EscapeString(now) +
		"</title><meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"refresh\" content=\"0; url=" + up +
		"\"></head><body><p><a href=\"" + up + "\">" + html.EscapeString(now) + "</a></p></body></html>\n"
}
