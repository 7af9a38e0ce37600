package main

import (
	"io"
	"slices"

	ownrules "github.com/smtpcode/smtpcode/cmd/smtpcode/internal/rules"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/stream"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// rulesFlag names a file of own rules, if there is one.
type rulesFlag struct{ rules string }

func (r *rulesFlag) register(c *cobra.Command) {
	c.Flags().StringVar(&r.rules, "rules", "", "own messages in front of the data's: a TOML `file` (smtpcode help rules)")
	if err := c.MarkFlagFilename("rules", "toml"); err != nil {
		panic(err) // there is no such flag
	}
}

// own makes a classifier of the rules that --rules names; nil, which has none,
// without it. inputs are what else will be read.
func (r *rulesFlag) own(in io.Reader, inputs []string) (*codes.Classifier, error) {
	switch {
	case r.rules == "":
		return nil, nil
	case r.rules == "-" && slices.Contains(inputs, "-"):
		return nil, misused("--rules - and what is asked would both be read from standard input: give one of them as a file")
	}
	f, err := stream.Open(r.rules, in)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ownrules.Read(r.rules, f)
}

// rulesTopic is a topic: a command that cannot be run.
func rulesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "How to write own messages for --rules",
		Long: `--rules FILE puts own messages in front of those that smtpcode knows. The file is
TOML, in the form of the project's data/providers.toml and codes.toml:

  [[provider]]
  id = "acme"                      # one of ours (smtpcode list providers) or any other

  [[provider.message]]
  id = "acme.mail_gate"            # the provider's id, a dot, words
  text = ["mail gate of Acme"]     # patterns, one is enough; * is what varies
  reason = "policy"                # smtpcode list reasons

  [[phrase]]                       # words of no provider in particular
  id = "left_the_company"
  text = ["has left the company", "is with * no more"]
  reason = "user_unknown"
  meaning = "The person does not work there any more."
  example = ["550 5.7.1 Jane Doe has left the company"]

A pattern matches anywhere in a reply and in any case. Its words match whole,
unless the star touches them: suspend* is suspended too.

An id and a reason are required, text only where neither token nor codes tell.
The other keys:
  token    the server's own code ("AC17"): the first word behind the reply's codes,
           or one in brackets
  codes    what it comes with: "550", "5.7.1", "550 5.7.1", "550 5.7.606-649"
  needs    ["code"]: it counts only with one of the codes, which then are enough
           without text. ["provider"]: only where one of our providers is known to
           answer, by --provider, --mx, --domain or the reply
  weak     true: it counts only where neither our words nor the codes say anything
           specific, and never gives an address up
  meaning, advice   what people are told; without them, what the reason says
  example  whole replies: each must come out as this message
  evidence, date, source, note   where it comes from

If several match, the one with the most literal text decides, never their order;
if none does, the answer is what it is without --rules. With - the rules are read
from standard input. A mistake in the file is told with its line, status 2.`,
		Example: `  smtpcode --rules own.toml '550 5.7.1 Rejected by the mail gate of Acme'
  smtpcode --rules own.toml --explain - < bounce.txt
  smtpcode classify --rules own.toml replies.txt
  smtpcode mail --rules own.toml bounces.mbox`,
	}
}
