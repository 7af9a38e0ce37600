package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// commandNames are the words that a misspelled command is compared with.
var commandNames = [...]string{"classify", "mail", "list", "search", "reason", "category", "provider", "message", "phrase", "completion", "help"}

// wantsCommands tells whether any command besides the root may be needed. A
// question about codes is answered sooner where they are not made.
func wantsCommands(args []string) bool {
	return slices.ContainsFunc(args, func(arg string) bool {
		return arg == "-h" || arg == "--help" || arg == "man" || arg == "exit-codes" || arg == "rules" || slices.Contains(commandNames[:], arg) ||
			strings.HasPrefix(arg, "__complete") || strings.HasPrefix(arg, "--help=")
	})
}

// rootCommand makes the tree of commands that args need. It writes to out.
func (a *app) rootCommand(args []string, out *os.File) *cobra.Command {
	var o askOptions
	var showVersion bool
	root := &cobra.Command{
		Use:   "smtpcode CODE… | REPLY | -",
		Short: "What did the mail server mean?",
		Long: `smtpcode tells what an SMTP reply means: why the server refused, whose fault it
is, what to do, whether to retry and whether to suppress the address.

Ask for a code, for a pair, for several; or paste a whole reply, with or without
quotes. Patterns list codes: x stands for a digit, * for any. Without arguments,
or with -, the reply is read from standard input.`,
		Example: `  smtpcode 550 5.7.26
  smtpcode 421 452 5.2.2
  smtpcode '5.7.*'
  smtpcode '550-5.7.26 Unauthenticated email from example.com is not accepted'
  smtpcode 550 5.1.1 User unknown
  smtpcode --json --mx mx1.example.net - < bounce.txt
  smtpcode --as ses 552 5.2.2
  smtpcode --explain '421 4.7.0 [TS01] Messages temporarily deferred'
  smtpcode --rules own.toml '550 5.7.1 Rejected by the mail gate of Acme'`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: completeQuery,
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRunE: func(*cobra.Command, []string) (err error) {
			a.term, err = page.Look(out, a.color, os.Getenv)
			return err
		},
		RunE: func(c *cobra.Command, args []string) error {
			if showVersion {
				fmt.Fprintln(a.out, version())
				return nil
			}
			if len(args) == 0 && page.IsTerminal(a.stdin) {
				a.out.WriteString(shortHelp)
				return nil
			}
			return a.ask(&o, args)
		},
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().StringVar(&a.color, "color", "auto", "`when` to use colour: auto, always, never")
	complete(root, "color", fixed(page.Modes()...))

	fs := root.Flags()
	fs.SortFlags = false
	jsonFlag(root, &o.json)
	fs.StringVar(&o.as, "as", "", "name the reason as another system does: `id` of a vocabulary")
	fs.BoolVar(&o.explain, "explain", false, "show which words decided, and what else was considered")
	fs.BoolVar(&o.redact, "redact", false, "mask addresses, IPs and host names, for a bug report")
	o.hintFlags.register(root)
	complete(root, "as", vocabularyCompletions)
	fs.BoolVar(&showVersion, "version", false, "print the versions of the command and of the data")
	if !wantsCommands(args) {
		return root
	}
	cobra.EnableCommandSorting = false // they are added in the order of use
	root.AddGroup(&cobra.Group{ID: "work", Title: "Work:"}, &cobra.Group{ID: "data", Title: "Look things up:"})
	a.add(root, "work", a.classifyCommand(), a.mailCommand())
	a.add(root, "data", append([]*cobra.Command{a.listCommand(), a.searchCommand()}, a.showCommands()...)...)
	a.add(root, "", manCommand(a), exitCodes(), rulesTopic())
	root.SetHelpCommand(helpCommand())
	return root
}

func (a *app) add(root *cobra.Command, group string, list ...*cobra.Command) {
	for _, c := range list {
		c.GroupID = group
		c.Flags().SortFlags = false
		root.AddCommand(c)
	}
}

// flagError tells how to pass what looks like a flag but is a part of a reply.
func flagError(c *cobra.Command, err error) error {
	if !c.HasParent() && strings.HasPrefix(err.Error(), "unknown") {
		return misused("%v; if it is part of a reply, put the reply in quotes, or -- in front of it", err)
	}
	return misused("%v", err)
}

// version names the command's version and the data's.
func version() string {
	v := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		v = info.Main.Version
	}
	return fmt.Sprintf("smtpcode %s, data %s of %s, %s", v, codes.DataVersion, codes.DataDate, runtime.Version())
}
