package codes

import (
	"iter"
	"strconv"
)

// String gives the number.
func (s Subject) String() string { return strconv.Itoa(int(s)) }

// Known tells whether RFC 3463 §2 defines the subject.
func (s Subject) Known() bool { return int(s) < len(subjectTable) }

// ID gives the stable id in snake case ("mail_system"), or "".
func (s Subject) ID() string {
	if !s.Known() {
		return ""
	}
	return subjectTable[s].id
}

// Name gives the registry's name of the subject, or "".
func (s Subject) Name() string {
	if !s.Known() {
		return ""
	}
	return subjectTable[s].name
}

// Meaning gives what codes of the subject are about, or "".
func (s Subject) Meaning() string {
	if !s.Known() {
		return ""
	}
	return subjectTable[s].meaning
}

// Reason gives the subject's weak default, for details that the registry does
// not have; ReasonUnknown for an unknown subject.
func (s Subject) Reason() Reason {
	if !s.Known() {
		return ReasonUnknown
	}
	return subjectTable[s].reason
}

// RFCs gives the documents that define the subject, in a new slice.
func (s Subject) RFCs() []string { return lines(s.rfcs()) }

func (s Subject) rfcs() string {
	if !s.Known() {
		return ""
	}
	return subjectTable[s].rfcs
}

// Subjects gives the subjects of RFC 3463, 0 to 7.
func Subjects() iter.Seq[Subject] {
	return func(yield func(Subject) bool) {
		for s := range Subject(len(subjectTable)) {
			if !yield(s) {
				return
			}
		}
	}
}

// Details gives all registered details in order.
func Details() iter.Seq[Detail] {
	return func(yield func(Detail) bool) {
		for i := 1; i < len(detailTable) && yield(detailTable[i].detail); i++ {
		}
	}
}

// Pairs gives all pairs, by basic and then by enhanced code.
func Pairs() iter.Seq[Pair] {
	return func(yield func(Pair) bool) {
		for i := 1; i < len(pairTable) && yield(pairTable[i].pair()); i++ {
		}
	}
}
