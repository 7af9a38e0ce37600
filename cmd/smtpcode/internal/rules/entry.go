package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// entry is a table of the file.
type entry struct {
	file  *file
	table map[string]any
	line  int // of its header; 0 for the file itself
}

// fail notes what is wrong with the value of a key, if nothing was wrong before.
func (e entry) fail(key, format string, args ...any) {
	if e.file.err == nil {
		e.file.err = e.file.at(e.lineOf(key), key+": "+fmt.Sprintf(format, args...))
	}
}

// only refuses keys that the form does not have.
func (e entry) only(what string, keys []string) {
	for _, key := range sortedKeys(e.table) {
		instead, known := useless[key]
		switch {
		case slices.Contains(keys, key):
		case known:
			e.fail(key, "it does nothing in own rules: remove it; %s", instead)
		default:
			e.fail(key, "%s has no such key: mend its spelling or remove it; there are %s", what, strings.Join(keys, ", "))
		}
	}
}

// text gives the string of a key, or "".
func (e entry) text(key string) string {
	v, ok := e.table[key]
	s, isText := v.(string)
	if ok && !isText {
		e.fail(key, "%s is %s, not a text: write %s = \"…\"", show(v), kindOf(v), key)
	}
	return s
}

// prose is text that people read.
func (e entry) prose(key string) string {
	s := e.text(key)
	e.plain(key, s)
	return s
}

func (e entry) plain(key, s string) {
	if !isPlain(s) {
		e.fail(key, "%s holds a line's end or a control character: write it on one line, plain", excerpt(s))
	}
}

// list gives the strings of a key, or none.
func (e entry) list(key string) []string {
	v, ok := e.table[key]
	if !ok {
		return nil
	}
	values, isList := v.([]any)
	if !isList {
		e.fail(key, "%s is %s, not a list: write %s = [\"…\"]", show(v), kindOf(v), key)
	}
	var list []string
	for _, v := range values {
		s, isText := v.(string)
		if !isText {
			e.fail(key, "%s is %s, not a text: write %s = [\"…\"]", show(v), kindOf(v), key)
		}
		list = append(list, s)
	}
	return list
}

// flag gives the boolean of a key, or false.
func (e entry) flag(key string) bool {
	v, ok := e.table[key]
	b, isFlag := v.(bool)
	if ok && !isFlag {
		e.fail(key, "%s is %s: write %s = true, or remove it", show(v), kindOf(v), key)
	}
	return b
}

// tables gives the tables of a key. name is what their headers say.
func (e entry) tables(key, name string) []entry {
	v, ok := e.table[key]
	list, isTables := v.([]map[string]any)
	if values, isList := v.([]any); isList && len(values) == 0 {
		isTables = true
	}
	if ok && !isTables {
		e.fail(key, "this is %s: write each in a table of its own below [[%s]]", kindOf(v), name)
	}
	var entries []entry
	for _, table := range list {
		entries = append(entries, entry{file: e.file, table: table, line: e.file.nextHeader(name)})
	}
	return entries
}

// show quotes a value that has the wrong type.
func show(v any) string { return excerpt(fmt.Sprint(v)) }

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case time.Time:
		return "a date"
	case []any:
		return "a list"
	}
	return "a table"
}

// BurntSushi/toml tells lines for mistakes of syntax only. But tables are taken
// below headers alone, not inline, so the n-th of a name stands at its n-th header.

// headerOf gives the name in a header, or "".
func headerOf(line string) string {
	line = strings.TrimSpace(line)
	name, _, closed := strings.Cut(strings.TrimLeft(line, "["), "]")
	if !strings.HasPrefix(line, "[") || !closed || strings.ContainsAny(name, "\"',=") {
		return ""
	}
	return strings.TrimSpace(name)
}

// nextHeader gives the line of the next header of a name, from 1 on.
func (f *file) nextHeader(name string) int {
	if f.headers == nil {
		f.headers = map[string]int{}
	}
	for i := f.headers[name]; i < len(f.lines); i++ {
		if headerOf(f.lines[i]) == name {
			f.headers[name] = i + 1
			return i + 1
		}
	}
	return max(1, f.headers[name])
}

// lineOf gives the line that sets a key of the entry, or the entry's own.
func (e entry) lineOf(key string) int {
	below := false // behind the first header, if e is the file itself
	for i := e.line; i < len(e.file.lines); i++ {
		line := e.file.lines[i]
		switch name := headerOf(line); {
		case name != "" && e.line > 0:
			return e.line
		case name != "" && (name == key || strings.HasPrefix(name, key+".")):
			return i + 1
		case name != "":
			below = true
			continue
		}
		if name, _, ok := strings.Cut(line, "="); ok && !below && strings.Trim(name, " \t\"'") == key {
			return i + 1
		}
	}
	return max(1, e.line)
}
