package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// mend is the one command that makes stale files fresh.
const mend = "go generate ./..."

func main() {
	check := flag.Bool("check", false, "compare only: print a diff and exit 1 if a file is stale")
	root := flag.String("root", "", "the repository's root (default: the next folder upwards with a go.mod)")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "usage: go run ./gen [-check]\n\nMakes Go, Markdown and JSON of the data files.\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	if root == "" {
		var err error
		if root, err = findRoot(); err != nil {
			return err
		}
	}
	d, err := load(root)
	if err != nil {
		return err
	}
	want, err := render(d)
	if err != nil {
		return err
	}
	have, err := derived(root)
	if err != nil {
		return err
	}
	if check {
		return compare(have, want)
	}
	return write(root, have, want)
}

// findRoot gives the next folder upwards that holds a go.mod.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod here or above: run this from inside the repository")
		}
		dir = up
	}
	return "", err
}

// derived reads the derived files that are there, stale ones included.
func derived(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	add := func(path string) error {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = b
		return err
	}
	generated, err := filepath.Glob(filepath.Join(root, "codes", "*_gen.go"))
	if err != nil {
		return nil, err
	}
	for _, path := range generated {
		if err := add(path); err != nil {
			return nil, err
		}
	}
	err = filepath.WalkDir(filepath.Join(root, "docs", "generated"), func(path string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || e.IsDir():
			return err
		}
		return add(path)
	})
	return files, err
}

// compare tells which files differ, with a diff.
func compare(have, want map[string][]byte) error {
	var stale []string
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if bytes.Equal(have[path], want[path]) {
			continue
		}
		if have[path] == nil {
			stale = append(stale, path+" is missing")
			continue
		}
		stale = append(stale, path+" is stale:\n"+diff(have[path], want[path]))
	}
	for _, path := range slices.Sorted(maps.Keys(have)) {
		if want[path] == nil {
			stale = append(stale, path+" is not made any more")
		}
	}
	if len(stale) == 0 {
		return nil
	}
	const most = 12
	if more := len(stale) - most; more > 0 {
		stale = append(stale[:most], fmt.Sprintf("… and %d files more", more))
	}
	return fmt.Errorf("%s\n\nthe derived files do not agree with the data: run `%s` and commit what it changes", strings.Join(stale, "\n"), mend)
}

// diff shows the first lines that differ, - as it is, + as it should be.
func diff(have, want []byte) string {
	a, b := strings.Split(string(have), "\n"), strings.Split(string(want), "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	const most = 20 // cmp is quadratic, and nobody reads more
	return cmp.Diff(a[:min(most, len(a))], b[:min(most, len(b))])
}

// write puts the files in place. All of them are known to be good by now; what
// is no longer made goes last.
func write(root string, have, want map[string][]byte) error {
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if bytes.Equal(have[path], want[path]) {
			continue
		}
		full := filepath.Join(root, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(full, want[path], 0o666); err != nil {
			return err
		}
	}
	for path := range have {
		if want[path] == nil {
			if err := os.Remove(filepath.Join(root, filepath.FromSlash(path))); err != nil {
				return err
			}
		}
	}
	return nil
}
