package main

import (
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Where things are, seen from this module's folder.
const (
	generated  = "../generated"
	repository = "../.."
	derivedDir = ".derived"
)

// build makes the whole site in out. base is where it will stand; without one
// Hugo's configuration says it.
func build(out, base string) error {
	began := time.Now()
	d, err := readDataset(filepath.Join(generated, "smtpcode.json"))
	if err != nil {
		return fmt.Errorf("%w (run this in docs/site, after go generate in the root)", err)
	}
	if out, err = filepath.Abs(out); err != nil {
		return err
	}
	if err := writeDerived(derivedDir, d); err != nil {
		return err
	}
	if err := runHugo(out, base); err != nil {
		return err
	}
	if err := buildWasm(filepath.Join(out, "smtpcode.wasm")); err != nil {
		return err
	}
	for _, step := range []func(string, *dataset) error{writeSearch, writeTables, writeRedirects, compress} {
		if err := step(out, d); err != nil {
			return err
		}
	}
	fmt.Printf("built %s in %.1f s\n", out, time.Since(began).Seconds())
	return nil
}

// runHugo makes the pages. The folder is emptied of what an earlier build left.
func runHugo(out, base string) error {
	args := []string{"tool", "hugo", "build", "--destination", out, "--cleanDestinationDir", "--noBuildLock", "--panicOnWarning", "--quiet"}
	if base != "" {
		args = append(args, "--baseURL", base)
	}
	return command(".", []string{"CGO_ENABLED=0"}, "go", args...)
}

// buildWasm compiles the classifier for the browser: a small build, and without
// inlining in the runtime, which makes it a fortieth smaller and answers no slower.
func buildWasm(path string) error {
	return command(repository, []string{"GOOS=wasip1", "GOARCH=wasm"},
		"go", "build", "-tags=smtpcode_small", "-buildmode=c-shared", "-trimpath", "-ldflags=-s -w", "-gcflags=runtime=-l", "-o", path, "./cmd/smtpcode-wasm")
}

func command(dir string, env []string, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), env...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}

// compressible are the files worth a .gz beside them.
var compressible = map[string]bool{".html": true, ".css": true, ".js": true, ".json": true, ".csv": true, ".svg": true, ".txt": true, ".wasm": true, ".xml": true}

// compress writes file.gz beside each file that gains by it, for hosts that can
// send it in its place.
func compress(out string, _ *dataset) error {
	return filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !compressible[filepath.Ext(path)] {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil || len(b) < 1000 {
			return err
		}
		f, err := os.Create(path + ".gz")
		if err != nil {
			return err
		}
		w, _ := gzip.NewWriterLevel(f, gzip.BestCompression) // the level is one there is
		if _, err := w.Write(b); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		return f.Close()
	})
}
