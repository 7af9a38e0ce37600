package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

const usage = `usage: go run . build [-out DIR] [-base URL]   build the site into a folder
       go run . serve [-addr HOST:PORT]       build the site and serve it
       go run . check [-base URL] DIR         check that every internal link leads somewhere
`

func main() {
	if err := run(os.Args[1:]); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "site:", err)
		}
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("say what to do: build, serve or check (-h tells more)")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	out := flags.String("out", "public", "")
	base := flags.String("base", "", "")
	addr := flags.String("addr", "localhost:8025", "")
	if err := flags.Parse(args[1:]); err != nil {
		return flag.ErrHelp // flag has told what is wrong
	}
	if *base != "" && !strings.HasSuffix(*base, "/") {
		*base += "/"
	}
	switch args[0] {
	case "build":
		return build(*out, *base)
	case "serve":
		if err := build(*out, "http://"+*addr+"/"); err != nil {
			return err
		}
		return serve(*out, *addr)
	case "check":
		if flags.NArg() != 1 {
			return errors.New("check takes one folder: the one that build made")
		}
		return check(flags.Arg(0), *base)
	}
	return fmt.Errorf("%q is not something to do: build, serve and check are", args[0])
}
