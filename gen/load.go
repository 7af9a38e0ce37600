package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// The data files, relative to the module's root.
const (
	codesFile     = "data/codes.toml"
	providersFile = "data/providers.toml"
	leftOutFile   = "data/leftout.toml"
)

// load reads the data files below root and checks them. The error holds every
// problem found, a line each: file, line, the offending text and the remedy.
func load(root string) (*dataset, error) {
	files := map[string][]byte{}
	for _, name := range []string{codesFile, providersFile, leftOutFile} {
		b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("%w; run this from inside the repository", err)
		}
		files[name] = b
	}
	return decode(files)
}

// decode is load for files in memory.
func decode(files map[string][]byte) (*dataset, error) {
	d := &dataset{}
	var second struct {
		Providers []provider `toml:"provider"`
		Retired   []retired  `toml:"retired"`
	}
	var third struct {
		LeftOut   []leftOut   `toml:"left_out"`
		Corrected []corrected `toml:"corrected"`
	}
	src := &sources{}
	err := errors.Join(
		src.decode(codesFile, files[codesFile], d),
		src.decode(providersFile, files[providersFile], &second),
		src.decode(leftOutFile, files[leftOutFile], &third),
	)
	if err != nil {
		return nil, err
	}
	d.Providers, d.Retired, d.LeftOut, d.Corrected = second.Providers, second.Retired, third.LeftOut, third.Corrected
	src.place(d)
	return d, check(d, src)
}

// sources remembers the lines of the data files, so that an error can say
// where. BurntSushi/toml knows lines for syntax errors only.
type sources struct {
	lines   map[string][]string
	headers map[string][]pos // table name: where each of its [[headers]] stands
}

var header = regexp.MustCompile(`^\s*\[\[([a-z_.]+)\]\]`)

func (s *sources) decode(file string, b []byte, into any) error {
	if s.lines == nil {
		s.lines, s.headers = map[string][]string{}, map[string][]pos{}
	}
	s.lines[file] = strings.Split(string(b), "\n")
	for i, line := range s.lines[file] {
		if m := header.FindStringSubmatch(line); m != nil {
			s.headers[m[1]] = append(s.headers[m[1]], pos{file, i + 1})
		}
	}
	md, err := toml.Decode(string(b), into)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s:%d: %s: write it as TOML 1.0 has it, a string on one line in double quotes", file, syntax.Position.Line, syntax.Message)
	case err != nil:
		return fmt.Errorf("%s: %w: see the manual at the top of the file for the key's type", file, err)
	}
	var errs []error
	for _, key := range md.Undecoded() {
		errs = append(errs, fmt.Errorf("%s: unknown key %q: the manual at the top of the file lists the keys; mend the spelling or remove the line",
			s.find(file, key), key.String()))
	}
	return errors.Join(errs...)
}

// find gives the first line of file that sets key in a table of its name.
func (s *sources) find(file string, key toml.Key) pos {
	table := strings.Join(key[:len(key)-1], ".")
	last := key[len(key)-1]
	in := ""
	for i, line := range s.lines[file] {
		if m := header.FindStringSubmatch(line); m != nil {
			in = m[1]
			if in == key.String() {
				return pos{file, i + 1}
			}
		}
		if name, _, ok := strings.Cut(line, "="); ok && in == table && strings.TrimSpace(name) == last {
			return pos{file, i + 1}
		}
	}
	return pos{file, 1}
}

// key gives the line of an entry that sets the key, or the entry's own.
func (s *sources) key(at pos, key string) pos {
	lines := s.lines[at.file]
	for i := at.line; i < len(lines) && header.FindStringSubmatch(lines[i]) == nil; i++ {
		if name, _, ok := strings.Cut(lines[i], "="); ok && strings.TrimSpace(name) == key {
			return pos{at.file, i + 1}
		}
	}
	return at
}

// place tells every entry where it stands: the n-th entry of a table stands at
// the n-th header of its name.
func (s *sources) place(d *dataset) {
	next := map[string]int{}
	at := func(table string) pos {
		n := next[table]
		next[table]++
		if n < len(s.headers[table]) {
			return s.headers[table][n]
		}
		return pos{path.Base(codesFile), 0} // written as an inline table; the checks refuse what that would hide
	}
	put := func(table string, n int, set func(i int, p pos)) {
		for i := range n {
			set(i, at(table))
		}
	}
	put("class", len(d.Classes), func(i int, p pos) { d.Classes[i].pos = p })
	put("subject", len(d.Subjects), func(i int, p pos) { d.Subjects[i].pos = p })
	put("reply", len(d.Replies), func(i int, p pos) { d.Replies[i].pos = p })
	put("detail", len(d.Details), func(i int, p pos) { d.Details[i].pos = p })
	put("pair", len(d.Pairs), func(i int, p pos) { d.Pairs[i].pos = p })
	put("category", len(d.Categories), func(i int, p pos) { d.Categories[i].pos = p })
	put("reason", len(d.Reasons), func(i int, p pos) { d.Reasons[i].pos = p })
	put("action", len(d.Actions), func(i int, p pos) { d.Actions[i].pos = p })
	put("fault", len(d.Faults), func(i int, p pos) { d.Faults[i].pos = p })
	put("basis", len(d.Bases), func(i int, p pos) { d.Bases[i].pos = p })
	put("bounce", len(d.Bounces), func(i int, p pos) { d.Bounces[i].pos = p })
	put("vocabulary", len(d.Vocabularies), func(i int, p pos) { d.Vocabularies[i].pos = p })
	put("rule", len(d.Rules), func(i int, p pos) { d.Rules[i].pos = p })
	put("threshold", len(d.Thresholds), func(i int, p pos) { d.Thresholds[i].pos = p })
	put("step", len(d.Steps), func(i int, p pos) { d.Steps[i].pos = p })
	put("context", len(d.Contexts), func(i int, p pos) { d.Contexts[i].pos = p })
	put("phrase", len(d.Phrases), func(i int, p pos) { d.Phrases[i].pos = p })
	put("retired", len(d.Retired), func(i int, p pos) { d.Retired[i].pos = p })
	put("left_out", len(d.LeftOut), func(i int, p pos) { d.LeftOut[i].pos = p })
	put("corrected", len(d.Corrected), func(i int, p pos) { d.Corrected[i].pos = p })
	put("provider", len(d.Providers), func(i int, p pos) { d.Providers[i].pos = p })
	for i := range d.Providers {
		v := &d.Providers[i]
		put("provider.message", len(v.Messages), func(j int, p pos) {
			v.Messages[j].pos, v.Messages[j].Provider = p, v.ID
		})
	}
}
