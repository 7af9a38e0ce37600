package main

import (
	"iter"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// completions gives the values that somebody may type, with what they mean.
type completions func() iter.Seq2[string, string]

// check refuses a value that is not among them.
func (all completions) check(flag, value string) error {
	for id := range all() {
		if id == value {
			return nil
		}
	}
	return misused("%s %s is not known%s", flag, value, didYouMean(nearest(value, all.ids())))
}

func (all completions) ids() iter.Seq[string] {
	return func(yield func(string) bool) {
		for id := range all() {
			if !yield(id) {
				return
			}
		}
	}
}

// offer is all as cobra takes it, for the first argument or for a flag.
func (all completions) offer(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return all.beginningWith(typed), cobra.ShellCompDirectiveNoFileComp
}

func (all completions) beginningWith(typed string) []string {
	var list []string
	for id, name := range all() {
		if strings.HasPrefix(id, typed) {
			list = append(list, cobra.CompletionWithDesc(id, name))
		}
	}
	return list
}

// complete offers values for a flag.
func complete(c *cobra.Command, flag string, all completions) {
	err := c.RegisterFlagCompletionFunc(flag, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return all.beginningWith(typed), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // there is no such flag: a mistake in this package
	}
}

// fixed offers words that need no explanation.
func fixed(words ...string) completions {
	return func() iter.Seq2[string, string] {
		return func(yield func(string, string) bool) {
			for _, w := range words {
				if !yield(w, "") {
					return
				}
			}
		}
	}
}

// named offers values that have an id and a name.
func named[T interface{ String() string }](all func() iter.Seq[T], name func(T) string) completions {
	return func() iter.Seq2[string, string] {
		return func(yield func(string, string) bool) {
			for v := range all() {
				if !yield(v.String(), name(v)) {
					return
				}
			}
		}
	}
}

func classCompletions() iter.Seq2[string, string] {
	return named(codes.Classes, codes.Class.Name)()
}

func categoryCompletions() iter.Seq2[string, string] {
	return named(codes.Categories, codes.Category.Name)()
}

func reasonCompletions() iter.Seq2[string, string] {
	return named(codes.Reasons, codes.Reason.Name)()
}

func providerCompletions() iter.Seq2[string, string] {
	return named(codes.Providers, codes.Provider.Name)()
}

func vocabularyCompletions() iter.Seq2[string, string] {
	return named(codes.Vocabularies, codes.Vocabulary.Name)()
}

func messageCompletions() iter.Seq2[string, string] {
	return named(codes.Messages, func(m codes.Message) string { return m.Wording().Reason.Name() })()
}

func phraseCompletions() iter.Seq2[string, string] {
	return named(codes.Phrases, func(p codes.Phrase) string { return p.Wording().Reason.Name() })()
}

func providerKindCompletions() iter.Seq2[string, string] {
	return fixed("mailbox", "gateway", "blocklist", "esp", "mta")()
}

func evidenceCompletions() iter.Seq2[string, string] {
	return fixed("documented", "observed", "reported")()
}

func kindCompletions() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, k := range kinds() {
			if !yield(k.name, k.about) {
				return
			}
		}
	}
}

func codeCompletions() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for r := range codes.Replies() {
			if !yield(r.String(), r.Name()) {
				return
			}
		}
		for _, e := range knownEnhanced() {
			if !yield(e.String(), e.Name()) {
				return
			}
		}
	}
}

// completeQuery offers codes, and behind a basic code the enhanced codes of its
// class.
func completeQuery(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	list := completions(codeCompletions).beginningWith(typed)
	if len(args) > 0 {
		list = list[:0]
		r, err := codes.ParseReply(args[len(args)-1])
		for _, e := range knownEnhanced() {
			if (err != nil || e.Class() == r.Class()) && strings.HasPrefix(e.String(), typed) {
				list = append(list, cobra.CompletionWithDesc(e.String(), e.Name()))
			}
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
