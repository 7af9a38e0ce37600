package main

import (
	"fmt"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/spf13/cobra"
)

func (a *app) listCommand() *cobra.Command {
	var f filters
	var asJSON bool
	c := &cobra.Command{
		Use:   "list [KIND]",
		Short: "List what the data holds: codes, reasons, providers, messages …",
		Long: "List the entries of a kind, a line each; without a kind, the kinds there are.\n" +
			"Filters that make no sense for a kind are an error.",
		Example: `  smtpcode list replies --class temporary
  smtpcode list enhanced --category policy_related
  smtpcode list messages --provider gmail --reason rate_limited
  smtpcode list messages --code 5.7.26
  smtpcode list providers --kind blocklist --json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completions(kindCompletions).offer,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				if f.read(c); len(f.used) > 0 {
					return misused("--%s filters the entries of a kind: name one, as in smtpcode list messages", f.used[0])
				}
				return a.listKinds(asJSON)
			}
			k, err := kindNamed(args[0])
			if err != nil {
				return err
			}
			f.read(c)
			if err := f.check(k); err != nil {
				return err
			}
			return a.list(k, &f, asJSON)
		},
	}
	f.register(c)
	jsonFlag(c, &asJSON)
	return c
}

func jsonFlag(c *cobra.Command, asJSON *bool) {
	c.Flags().BoolVar(asJSON, "json", false, "answer with JSON, for programs")
}

// listKinds shows what can be listed.
func (a *app) listKinds(asJSON bool) error {
	if asJSON {
		return writeArray(a.out, kinds(), func(k kind) any {
			return kindValue{k.name, k.about, append([]string{}, k.filters...)}
		})
	}
	var rows [][]string
	for _, k := range kinds() {
		n := 0
		for range k.entries() {
			n++
		}
		rows = append(rows, []string{k.name, fmt.Sprint(n), k.about})
	}
	a.page().Table(rows, page.Bold, page.Dim)
	return nil
}

func (a *app) list(k kind, f *filters, asJSON bool) error {
	var found []entry
	for e := range k.entries() {
		if f.take(e) {
			found = append(found, e)
		}
	}
	if asJSON {
		if err := writeArray(a.out, found, func(e entry) any { return e.value() }); err != nil {
			return err
		}
	} else {
		var rows [][]string
		for _, e := range found {
			rows = append(rows, e.cells)
		}
		a.page().Table(rows, page.Bold)
	}
	if len(found) == 0 {
		return notFound("no %s fit these filters", k.name)
	}
	return nil
}
