package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// showCommands are the commands that show one entry: reason ID, category ID …
func (a *app) showCommands() []*cobra.Command {
	return []*cobra.Command{
		a.showCommand("reason", "Show a reason: what it means, what to do step by step", "user_unknown", reasonCompletions, func(p *page.Page, id string) {
			r, _ := codes.ParseReason(id)
			showReason(p, r)
		}),
		a.showCommand("category", "Show a category and its reasons", "blocked", categoryCompletions, func(p *page.Page, id string) {
			c, _ := codes.ParseCategory(id)
			showCategory(p, c)
		}),
		a.showCommand("provider", "Show a provider and all its messages", "gmail", providerCompletions, func(p *page.Page, id string) {
			v, _ := codes.ParseProvider(id)
			showProvider(p, v)
		}),
		a.showCommand("message", "Show a provider's message: words, examples, sources", "gmail.dmarc_rejection", messageCompletions, func(p *page.Page, id string) {
			m, _ := codes.ParseMessage(id)
			showWording(p, m.Wording())
		}),
		a.showCommand("phrase", "Show a wording of no provider in particular", "mailbox_is_full", phraseCompletions, func(p *page.Page, id string) {
			for w := range codes.Phrases() {
				if w.String() == id {
					showWording(p, w.Wording())
				}
			}
		}),
	}
}

// showCommand makes a command that shows entries by their ids.
func (a *app) showCommand(one, short, example string, all completions, show func(*page.Page, string)) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     one + " ID…",
		Short:   short,
		Example: fmt.Sprintf("  smtpcode %s %s\n  smtpcode %s %s --json", one, example, one, example),
		Args:    cobra.MinimumNArgs(1),
		ValidArgsFunction: func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return all.beginningWith(typed), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, ids []string) error {
			k, err := kindNamed(one)
			if err != nil {
				return err
			}
			var found []entry
			for _, id := range ids {
				e, err := k.find(id)
				if err != nil && len(ids) > 1 {
					return fmt.Errorf("%w (a reply that begins with the word %s must stand in quotes)", err, one)
				}
				if err != nil {
					return err
				}
				found = append(found, e)
			}
			if asJSON {
				if len(found) == 1 {
					return writeJSON(a.out, found[0].value())
				}
				return writeArray(a.out, found, func(e entry) any { return e.value() })
			}
			p := a.page()
			for i, e := range found {
				if i > 0 {
					p.Line("")
				}
				show(p, e.id)
			}
			return nil
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

func showReason(p *page.Page, r codes.Reason) {
	p.Title(r.String(), r.Name(), page.Cyan)
	p.Line("")
	p.Row("Means", "", page.Plain, r.Meaning())
	p.Row("Category", r.Category().String(), page.Plain, "")
	p.Row("Fault", faultLead(r.Fault()), page.Plain, r.Fault().Meaning())
	p.Row("If 4yz", r.ActionTemporary().Name()+".", page.Yellow, "")
	p.Row("If 5yz", r.Action().Name()+".", page.Red, suppressPolicy(r))
	p.Row("Do now", "", page.Plain, r.Advice())
	if steps := r.Steps(); len(steps) > 0 {
		p.Line("")
		for i, step := range steps {
			p.Row(fmt.Sprintf("Step %d", i+1), "", page.Plain, step)
		}
	}
	p.Line("")
	for v := range codes.Vocabularies() {
		if name := labelOf(v, r); name != "" {
			p.Row(v.String(), "", page.Plain, name)
		}
	}
	p.Line("")
	p.Text(page.Dim, fmt.Sprintf("smtpcode list messages --reason %s", r))
}

// suppressPolicy tells in words when an address is suppressed for a reason.
func suppressPolicy(r codes.Reason) string {
	switch {
	case r.Suppress():
		return "The address is to be suppressed at once."
	case r.SuppressRepeated():
		return "The address is to be suppressed only after refusals over several days."
	}
	return "The address is kept."
}

// labelOf names a reason in another system's words, or gives "".
func labelOf(v codes.Vocabulary, r codes.Reason) string {
	name, approximate := v.Label(r)
	if name != "" && approximate {
		name = "approximately " + name
	}
	return name
}

func showCategory(p *page.Page, c codes.Category) {
	p.Title(c.String(), c.Name(), page.Cyan)
	p.Line("")
	p.Row("Means", "", page.Plain, c.Meaning())
	p.Row("Do now", "", page.Plain, c.Advice())
	p.Line("")
	var rows [][]string
	for r := range reasonsOf(c) {
		rows = append(rows, []string{r.String(), r.Name() + ": " + r.Meaning()})
	}
	p.Table(rows, page.Bold)
	p.Line("")
	p.Text(page.Dim, "smtpcode reason ID tells more of one")
}

func showProvider(p *page.Page, v codes.Provider) {
	p.Title(v.String(), v.Name(), page.Cyan)
	p.Line("")
	p.Row("Kind", "", page.Plain, kindOfProvider(v.Kind()))
	p.Row("Domains", "", page.Plain, someOf(v.Domains(), 12))
	p.Row("MX hosts", "", page.Plain, someOf(v.MX(), 12))
	p.Row("Senders", "", page.Plain, v.Postmaster())
	p.Row("Delisting", "", page.Plain, v.Delist())
	p.Row("Help", "", page.Plain, v.Help())
	n := countMessages(v)
	p.Line("")
	if n == 0 {
		p.Text(page.Dim, "No message of its own is known.")
		return
	}
	var last codes.Category
	for _, w := range byCategory(slices.Collect(messagesOf(v))) {
		if c := w.Reason.Category(); c != last {
			p.Text(page.Strong, c.Name())
			last = c
		}
		line := strings.Join(nonEmpty(p.Paint(page.Bold, w.ID), p.Paint(page.Dim, strings.Join(nonEmpty(someOf(w.Codes, 3), w.Reason.String()), " · "))), "  ")
		if p.Width() < page.Columns(w.ID)+40 {
			p.Text(page.Bold, w.ID)
		} else {
			p.Line(line)
		}
		p.Indented(page.Plain, page.Shorten(page.OneLine(wordingText(w)), 2*(p.Width()-4)), 4)
	}
	p.Line("")
	p.Text(page.Dim, fmt.Sprintf("%d messages; smtpcode message ID tells more of one", n))
}

// byCategory puts messages of a category together, in the order of the data.
func byCategory(list []codes.Wording) []codes.Wording {
	slices.SortStableFunc(list, func(a, b codes.Wording) int { return int(a.Reason.Category()) - int(b.Reason.Category()) })
	return list
}

func kindOfProvider(kind string) string {
	switch kind {
	case "mailbox":
		return "mailbox provider"
	case "gateway":
		return "gateway in front of mailbox providers"
	case "esp":
		return "sending service"
	case "mta":
		return "mail software"
	}
	return kind
}

// someOf joins the first n of a list and tells how many there are besides.
func someOf(list []string, n int) string {
	if len(list) <= n {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:n], ", "), len(list)-n)
}

func showWording(p *page.Page, w codes.Wording) {
	p.Title(w.ID, w.Provider.Name(), page.Cyan)
	p.Line("")
	p.Row("Means", "", page.Plain, w.Meaning)
	p.Row("Do now", "", page.Plain, w.Advice)
	p.Row("Reason", w.Reason.String(), page.Bold, "("+w.Reason.Category().String()+")")
	p.Row("Codes", "", page.Plain, strings.Join(w.Codes, ", "))
	for i, t := range w.Text {
		p.Row(plural(i == 0, "Words", ""), "", page.Plain, page.OneLine(t))
	}
	p.Row("Token", "", page.Plain, w.Token)
	if w.Weak {
		p.Row("Weight", "", page.Plain, "vague words: a specific enhanced code outranks them")
	}
	for i, x := range w.Examples {
		p.Row(plural(i == 0, "Example", ""), "", page.Plain, page.OneLine(x))
	}
	p.Row("Evidence", "", page.Plain, strings.Join(nonEmpty(w.Evidence.String(), w.Date), ", "))
	for i, s := range w.Sources {
		p.Row(plural(i == 0, "Source", ""), "", page.Plain, page.OneLine(s))
	}
}
