package main

import (
	"github.com/spf13/cobra"
)

// shortHelp is what stands on a terminal where nothing was asked.
const shortHelp = `smtpcode tells what a mail server meant.

  smtpcode 550 5.7.26                a code, a pair, or several
  smtpcode '550-5.7.26 This mail …'  a whole reply, as pasted
  smtpcode '5.7.*'                   all codes that begin so
  smtpcode search greylist           look for words
  smtpcode provider gmail            what a provider says
  smtpcode classify replies.txt      a stream: a reply a line
  smtpcode mail bounces.mbox         bounce mails: who, why, what to do

smtpcode --help tells the rest.
`

// helpCommand is "help", which knows the topics too and does not take an
// unknown one for a question about all of it.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND | TOPIC]",
		Short:   "Help about a command, or a topic: exit-codes, rules",
		Example: "  smtpcode help classify\n  smtpcode help exit-codes\n  smtpcode help rules",
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var list []string
			for _, sub := range c.Root().Commands() {
				if !sub.Hidden {
					list = append(list, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return list, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			about := c.Root()
			for _, name := range args {
				var names []string
				next := (*cobra.Command)(nil)
				for _, sub := range about.Commands() {
					names = append(names, sub.Name())
					if sub.Name() == name {
						next = sub
					}
				}
				if next == nil {
					return misused("there is no help about %s%s", name, didYouMean(nearest(name, fixed(names...).ids())))
				}
				about = next
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// exitCodes is a topic: a command that cannot be run.
func exitCodes() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit status says",
		Long: `The exit status of smtpcode says how complete the answer is:

  0   all that was asked is known
  1   something is unknown, or nothing was found: a code that neither a registry
      nor the data has, a reply whose reason cannot be told, an id that does not
      exist, a list or search without results, mails without any report
  2   the command line or the input makes no sense: an unknown flag, a number
      that cannot be a code, a file that cannot be read, a line that is no JSON,
      a mistake in a file of rules

A code that is known but says little, such as a bare 550, is known: 0.
classify and mail read to the end first; 2 then outranks 1.`,
		Example: `  smtpcode 550 5.1.1 >/dev/null && echo known
  smtpcode --json - < bounce.txt > diagnosis.json || echo "look at it yourself"`,
	}
}
