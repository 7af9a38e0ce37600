package main

import (
	"fmt"
	"strconv"
	"strings"
)

var (
	_ = register("replies", renderReplies)
	_ = register("enhanced", renderEnhanced)
)

func renderReplies(d *dataset) (map[string][]byte, error) {
	standard := 0
	for _, r := range d.Replies {
		if r.Standard {
			standard++
		}
	}
	s := goFile(codesFile, fmt.Sprintf("%d basic reply codes, %d of them of a standard. Rows are numbered in an int: no limit.", len(d.Replies), standard), "iter")
	s.f("// The basic reply codes: those of the standards and those seen in practice.\nconst (\n")
	for _, r := range d.Replies {
		where := cell(r.RFC)
		if !r.Standard {
			where = "No standard; used by " + strings.Join(r.Users, ", ") + "."
		}
		s.comment("\t", fmt.Sprintf("Reply%s is %d, %q. %s %s", goName(r.ID), r.Code, r.Name, r.Meaning, strings.ReplaceAll(where, "\n", "; ")))
		s.f("\tReply%s Reply = %d\n\n", goName(r.ID), r.Code)
	}
	s.f(")\n\n")
	s.f("// index gives the row of replyTable, 0 for an unknown code. The compiler makes a\n")
	s.f("// binary search of the switch: about 2 ns, and no table that a caller could change.\n")
	s.f("func (r Reply) index() int {\n\tswitch r {\n")
	for i, r := range d.Replies {
		s.f("\tcase Reply%s:\n\t\treturn %d\n", goName(r.ID), i+1)
	}
	s.f("\t}\n\treturn 0\n}\n\n")
	s.f("var replyTable = [...]replyData{\n\t{},\n")
	for _, r := range d.Replies {
		s.f("\t{\n\t\tcode: Reply%s, id: %q, reason: %s, standard: %v, vague: %v,\n", goName(r.ID), r.ID, constant("Reason", r.Reason), r.Standard, r.Vague)
		s.fields([][2]string{{"name", r.Name}, {"meaning", r.Meaning}, {"advice", r.Advice}, {"rfcs", cell(r.RFC)}, {"citation", cell(r.Source)}})
		s.f("\t},\n")
	}
	s.f("}\n\nvar replyMoreTable = [...]replyMore{\n\t{},\n")
	for _, r := range d.Replies {
		s.f("\t{\n")
		s.fields([][2]string{{"practice", r.Practice}, {"note", r.Note}, {"commands", cell(r.Commands)}, {"enhanced", cell(r.Enhanced)}, {"also", cell(r.Also)}, {"users", cell(r.Users)}})
		s.f("\t},\n")
	}
	s.f("}\n\n")
	s.f("// Replies gives all known basic codes in order.\nfunc Replies() iter.Seq[Reply] {\n\treturn func(yield func(Reply) bool) {\n")
	s.f("\t\tfor i := 1; i < len(replyTable) && yield(replyTable[i].code); i++ {\n\t\t}\n\t}\n}\n")
	return map[string][]byte{"codes/replies_gen.go": s.Bytes()}, nil
}

func renderEnhanced(d *dataset) (map[string][]byte, error) {
	s := goFile(codesFile, fmt.Sprintf("%d subjects, %d details of the IANA registry, %d pairs. Details are numbered by their code: room for 999 a subject.",
		len(d.Subjects), len(d.Details), len(d.Pairs)))
	s.f("// The subjects of enhanced codes (RFC 3463 §2).\nconst (\n")
	for _, e := range d.Subjects {
		s.comment("\t", fmt.Sprintf("Subject%s is X.%d.YYY, %q: %s %s", goName(e.ID), e.Number, e.Name, e.Meaning, strings.Join(e.RFC, "; ")))
		s.f("\tSubject%s Subject = %d\n", goName(e.ID), e.Number)
	}
	s.f(")\n\nvar subjectTable = [...]struct {\n\tid, name, meaning, rfcs string\n\treason Reason\n}{\n")
	for _, e := range d.Subjects {
		s.f("Subject%s: {%q, %q, %q, %q, %s},\n", goName(e.ID), e.ID, e.Name, e.Meaning, cell(e.RFC), constant("Reason", e.Reason))
	}
	s.f("}\n\n")

	s.f("// The details of the IANA registry of enhanced status codes (RFC 5248).\nconst (\n")
	for _, e := range d.Details {
		s.comment("\t", fmt.Sprintf("Detail%s is X.%s, %q. %s %s", goName(e.ID), e.Code, e.Name, e.Meaning, strings.Join(e.RFC, "; ")))
		s.f("\tDetail%s Detail = %s\n\n", goName(e.ID), detailConst(e.number()))
	}
	s.f(")\n\n// index gives the row of detailTable, 0 for an unregistered detail.\nfunc (d Detail) index() int {\n\tswitch d {\n")
	for i, e := range d.Details {
		s.f("\tcase Detail%s:\n\t\treturn %d\n", goName(e.ID), i+1)
	}
	s.f("\t}\n\treturn 0\n}\n\nvar detailTable = [...]detailData{\n\t{},\n")
	for _, e := range d.Details {
		s.f("\t{\n\t\tdetail: Detail%s, id: %q, reason: %s,\n", goName(e.ID), e.ID, constant("Reason", e.Reason))
		if e.Reason4 != "" {
			s.f("\t\treason4: %s,\n", constant("Reason", e.Reason4))
		}
		for _, c := range e.Classes {
			s.f("\t\t%s: true,\n", map[int]string{2: "success", 4: "temporary", 5: "permanent"}[c])
		}
		if e.Vague {
			s.f("\t\tvagueCode: true,\n")
		}
		s.fields([][2]string{{"name", e.Name}, {"meaning", e.Meaning}, {"meaning4", e.Meaning4}, {"meaning2", e.Meaning2}, {"advice", e.Advice}, {"rfcs", cell(e.RFC)}})
		s.f("\t},\n")
	}
	s.f("}\n\nvar detailMoreTable = [...]detailMore{\n\t{},\n")
	for _, e := range d.Details {
		s.f("\t{%q, %q},\n", e.Note, joinInts(e.Reply))
	}
	s.f("}\n\n")

	s.f("// pairIndex gives the row of pairTable, 0 for two codes that are no pair. Both\n// switches are binary searches.\n")
	s.f("func pairIndex(r Reply, e Enhanced) int {\n\tswitch r {\n")
	for i := 0; i < len(d.Pairs); {
		r := d.Pairs[i].Reply
		s.f("\tcase %d:\n\t\tswitch e {\n", r)
		for ; i < len(d.Pairs) && d.Pairs[i].Reply == r; i++ {
			n, _ := parseEnhanced(d.Pairs[i].Enhanced)
			s.f("\t\tcase %s:\n\t\t\treturn %d\n", enhancedConst(n), i+1)
		}
		s.f("\t\t}\n")
	}
	s.f("\t}\n\treturn 0\n}\n\nvar pairTable = [...]pairData{\n\t{},\n")
	for _, e := range d.Pairs {
		n, _ := parseEnhanced(e.Enhanced)
		s.f("\t{%d, %s, %s, %v, %q, %q, %q, %q},\n", e.Reply, enhancedConst(n), constant("Reason", e.Reason), e.Vague, e.Meaning, e.Advice, e.Note, cell(e.Source))
	}
	s.f("}\n")
	return map[string][]byte{"codes/enhanced_gen.go": s.Bytes()}, nil
}

// detailConst writes a detail as a Go number: 7_026. A detail of subject 0 is
// written without the thousands, or Go would read it as octal.
func detailConst(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d_%03d", n/1000, n%1000)
}

func joinInts(list []int) string {
	var out []string
	for _, n := range list {
		out = append(out, strconv.Itoa(n))
	}
	return cell(out)
}
