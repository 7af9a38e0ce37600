package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand writes the manual. It is for those who make packages, so the help
// does not show it.
func manCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "man [DIR]",
		Short:   "Write the man pages into a directory, or the main one to standard output",
		Example: "  smtpcode man | man -l -\n  smtpcode man /usr/local/share/man/man1",
		Hidden:  true,
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				writeMan(a.out, c.Root())
				return nil
			}
			return writeManFiles(args[0], c.Root())
		},
	}
}

func writeManFiles(dir string, c *cobra.Command) error {
	if c.Hidden {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, manName(c)+".1"))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	writeMan(w, c)
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, sub := range c.Commands() {
		if err := writeManFiles(dir, sub); err != nil {
			return err
		}
	}
	return nil
}

// manName names the page of a command: smtpcode-list.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// writeMan writes the page of a command in the man macros of roff (man(7)).
func writeMan(w io.Writer, c *cobra.Command) {
	c.InitDefaultHelpFlag()
	fmt.Fprintf(w, ".TH %s 1 %s \"smtpcode %s\" \"smtpcode manual\"\n", strings.ToUpper(roff(manName(c))), codes.DataDate, codes.DataVersion)
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", roff(manName(c)), roff(c.Short))
	if c.Runnable() {
		fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	}
	writeVerbatim(w, "DESCRIPTION", c.Long)
	writeManFlags(w, "OPTIONS", c.NonInheritedFlags())
	writeManFlags(w, "OPTIONS OF ALL COMMANDS", c.InheritedFlags())
	writeVerbatim(w, "EXAMPLES", c.Example)
	var see []string
	if c.HasParent() {
		see = append(see, manName(c.Parent()))
	}
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			see = append(see, manName(sub))
		}
	}
	if see != nil {
		fmt.Fprintf(w, ".SH SEE ALSO\n")
		for i, name := range see {
			fmt.Fprintf(w, ".BR %s (1)%s\n", roff(name), plural(i < len(see)-1, ",", ""))
		}
	}
}

// writeVerbatim writes a section with its lines as they are.
func writeVerbatim(w io.Writer, head, text string) {
	if text != "" {
		fmt.Fprintf(w, ".SH %s\n.nf\n%s\n.fi\n", head, roff(text))
	}
}

func writeManFlags(w io.Writer, head string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(w, ".SH %s\n", head)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(w, ".TP\n.B %s\n%s\n", roff(strings.TrimRight("--"+f.Name+" "+name, " ")), roff(usage))
	})
}

// roff writes text so that roff prints it as it is.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", "\\(ga", "^", `\(ha`, "~", `\(ti`, "…", "...").Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
