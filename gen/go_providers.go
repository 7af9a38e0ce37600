package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

var _ = register("providers", renderProviders)

func renderProviders(d *dataset) (map[string][]byte, error) {
	s := goFile(providersFile, fmt.Sprintf("%d providers. They are numbered in a uint16: room for 65,535.", len(d.Providers)), "iter")
	s.comment("", "Provider is who answers: a mailbox provider, a gateway, a blocklist, a sending service or mail software. Its number is not stable, its id is.")
	s.f("type Provider uint16\n\nconst (\n\t// ProviderNone says that there is none, or that it is not known.\n\tProviderNone Provider = iota\n")
	names := map[string]string{}
	for _, p := range d.Providers {
		name := constant("Provider", p.ID)
		if other, ok := names[name]; ok {
			return nil, fmt.Errorf("%s: providers %s and %s would both be %s: rename one before it is published", p.pos, other, p.ID, name)
		}
		names[name] = p.ID
		s.comment("\t", fmt.Sprintf("%s is %q, %s (%s).%s", name, p.ID, p.Name, p.Kind, ifSet(" ", p.Postmaster)))
		s.f("\t%s\n", name)
	}
	s.f(")\n\nvar providerTable = [...]providerData{\n\t{},\n")
	next := 1
	for _, p := range d.Providers {
		s.f("\t{\n\t\tid: %q, name: %q, kind: %q,\n", p.ID, p.Name, p.Kind)
		s.fields([][2]string{{"help", p.Help}})
		if len(p.Includes) > 3 {
			return nil, fmt.Errorf("%s: provider %s includes %d others: there is room for 3", p.pos, p.ID, len(p.Includes))
		}
		if len(p.Includes) > 0 {
			var list []string
			for _, i := range p.Includes {
				list = append(list, constant("Provider", i))
			}
			s.f("\t\tincludes: [3]Provider{%s},\n", strings.Join(list, ", "))
		}
		if n := len(p.Messages); n > 0 {
			s.f("\t\tfirst: %d, last: %d,\n", next, next+n-1)
			next += n
		}
		s.f("\t},\n")
	}
	s.f("}\n\nvar providerMoreTable = [...]providerMore{\n\t{},\n")
	for _, p := range d.Providers {
		s.f("\t{\n")
		s.fields([][2]string{{"domains", cell(p.Domains)}, {"mx", cell(p.MX)}, {"postmaster", p.Postmaster}, {"delist", p.Delist}})
		s.f("\t},\n")
	}
	s.f("}\n\n// Providers gives all providers, sorted by id.\nfunc Providers() iter.Seq[Provider] {\n\treturn func(yield func(Provider) bool) {\n")
	s.f("\t\tfor p := Provider(1); int(p) < len(providerTable) && yield(p); p++ {\n\t\t}\n\t}\n}\n\n")

	s.f("// ParseProvider finds a provider by its stable id, also by one that was retired.\nfunc ParseProvider(id string) (Provider, error) {\n")
	s.f("\tif now := retiredID(id); now != \"\" {\n\t\tid = now\n\t}\n")
	s.f("\tfor p := Provider(1); int(p) < len(providerTable); p++ {\n\t\tif providerTable[p].id == id {\n\t\t\treturn p, nil\n\t\t}\n\t}\n")
	s.f("\treturn ProviderNone, noID(\"provider\", id)\n}\n\n")
	s.f(`// MarshalText gives the stable id.
func (p Provider) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a stable id; no text at all gives ProviderNone.
func (p *Provider) UnmarshalText(b []byte) (err error) {
	*p = ProviderNone
	if len(b) > 0 {
		*p, err = ParseProvider(string(b))
	}
	return err
}

`)
	domains, hosts := map[string]string{}, map[string]string{}
	for _, p := range d.Providers {
		for _, name := range p.Domains {
			domains[name] = p.ID
		}
	}
	for _, p := range d.Providers {
		for _, name := range p.MX {
			if domains[name] != p.ID {
				hosts[name] = p.ID
			}
		}
	}
	domainSwitch(s, "providerOfDomain gives the provider that owns a recipient domain.", "providerOfDomain", "ProviderNone", domains)
	domainSwitch(s, "providerOfHost gives the provider whose mail hosts' names end in the name. They commonly stand below its own domain.", "providerOfHost", "providerOfDomain(s)", hosts)

	s.f("// retiredID gives the id that took over from a retired one, or \"\".\nfunc retiredID(id string) string {\n\tswitch id {\n")
	for _, r := range d.Retired {
		if r.Now != "" {
			s.f("\tcase %q:\n\t\treturn %q\n", r.ID, r.Now)
		}
	}
	s.f("\t}\n\treturn \"\"\n}\n")
	return map[string][]byte{"codes/providers_gen.go": s.Bytes()}, nil
}

// domainSwitch writes a function from names to their owners; others goes for the
// names that are not among them.
func domainSwitch(s *source, doc, name, others string, owners map[string]string) {
	s.comment("", fmt.Sprintf("%s %d names; the compiler makes a binary search of the switch.", doc, len(owners)))
	s.f("func %s(s string) Provider {\n\tswitch s {\n", name)
	byOwner := map[string][]string{}
	for domain, owner := range owners {
		byOwner[owner] = append(byOwner[owner], fmt.Sprintf("%q", domain))
	}
	for _, owner := range slices.Sorted(maps.Keys(byOwner)) {
		list := byOwner[owner]
		slices.Sort(list)
		s.f("\tcase %s:\n\t\treturn %s\n", strings.Join(list, ", "), constant("Provider", owner))
	}
	s.f("\t}\n\treturn %s\n}\n\n", others)
}

func ifSet(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}
