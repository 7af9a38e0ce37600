package main

import (
	"slices"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
	"github.com/spf13/cobra"
)

// filters are the flags that narrow a list.
type filters struct {
	class, category, reason, provider, kind, evidence, code string
	standard, vague                                         bool

	used     []string    // names of the flags on the command line
	reply    codes.Reply // what code says
	enhanced codes.Enhanced
}

// filterNames gives the flags, in the order of the help.
var filterNames = [...]string{"class", "category", "reason", "provider", "kind", "evidence", "code", "standard", "vague"}

// filterValues gives the values that a flag takes, if they are a closed set.
func filterValues(name string) completions {
	switch name {
	case "class":
		return classCompletions
	case "category":
		return categoryCompletions
	case "reason":
		return reasonCompletions
	case "provider":
		return providerCompletions
	case "kind":
		return providerKindCompletions
	case "evidence":
		return evidenceCompletions
	}
	return nil
}

func (f *filters) register(c *cobra.Command) {
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.class, "class", "", "`class` of the code: temporary, permanent, success …")
	fs.StringVar(&f.category, "category", "", "`id` of the category")
	fs.StringVar(&f.reason, "reason", "", "`id` of the reason")
	fs.StringVar(&f.provider, "provider", "", "`id` of the provider")
	fs.StringVar(&f.kind, "kind", "", "`kind` of provider: mailbox, gateway, blocklist, esp, mta")
	fs.StringVar(&f.evidence, "evidence", "", "`how` a message is known: documented, observed, reported")
	fs.StringVar(&f.code, "code", "", "`code` or pair that messages come with")
	fs.BoolVar(&f.standard, "standard", false, "defined by an RFC (=false: seen in practice only)")
	fs.BoolVar(&f.vague, "vague", false, "decides little by itself (=false: says something specific)")
	for _, name := range filterNames {
		if values := filterValues(name); values != nil {
			complete(c, name, values)
		}
	}
	complete(c, "code", codeCompletions)
}

// read notes which of the flags are on the command line.
func (f *filters) read(c *cobra.Command) {
	for _, name := range filterNames {
		if c.Flags().Changed(name) {
			f.used = append(f.used, name)
		}
	}
}

// check refuses filters that the kind does not have, and values that do not
// exist.
func (f *filters) check(k kind) error {
	values := map[string]string{
		"class": f.class, "category": f.category, "reason": f.reason, "provider": f.provider, "kind": f.kind, "evidence": f.evidence,
	}
	for _, name := range f.used {
		switch {
		case len(k.filters) == 0:
			return misused("%s have no filters", k.name)
		case !slices.Contains(k.filters, name):
			return misused("%s have no filter --%s, only --%s", k.name, name, strings.Join(k.filters, ", --"))
		}
		if all := filterValues(name); all != nil {
			if err := all.check("--"+name, values[name]); err != nil {
				return err
			}
		}
	}
	if !slices.Contains(f.used, "code") {
		return nil
	}
	queries, err := parseQueries([]string{f.code})
	if err != nil {
		return err
	}
	if len(queries) != 1 || !queries[0].codes {
		return misused("--code %s: give one code, or a pair in quotes, as in '550 5.7.26'", f.code)
	}
	p := codes.Parse(queries[0].text)
	f.reply, f.enhanced = p.Reply, p.Enhanced
	return nil
}

// take tells whether an entry fits all filters.
func (f *filters) take(e entry) bool {
	for _, name := range f.used {
		ok := true
		switch name {
		case "class":
			ok = slices.ContainsFunc(e.classes, func(c codes.Class) bool { return c.String() == f.class })
		case "category":
			ok = e.category.String() == f.category
		case "reason":
			ok = e.reason.String() == f.reason
		case "provider":
			ok = e.provider.String() == f.provider
		case "kind":
			ok = e.provider.Kind() == f.kind
		case "evidence":
			ok = e.evidence.String() == f.evidence
		case "code":
			ok = e.comesWith(f.reply, f.enhanced)
		case "standard":
			ok = e.standard == f.standard
		case "vague":
			ok = e.vague == f.vague
		}
		if !ok {
			return false
		}
	}
	return true
}
