package codes

import (
	"errors"
	"iter"
	"strconv"
)

// termData is what the data says of a value of a closed set.
type termData struct{ id, name, meaning, advice string }

func termAt(table []termData, i int) *termData {
	if i >= len(table) {
		return &termData{}
	}
	return &table[i]
}

// termSeq gives the values of a closed set that have an id.
func termSeq[T ~uint8](table []termData) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range table {
			if table[i].id != "" && !yield(T(i)) {
				return
			}
		}
	}
}

// noID is the error for an id that the data does not have.
func noID(kind, id string) error {
	return errors.New("no " + kind + " has the id " + strconv.Quote(id))
}

// Bounce gives what a reply of the class means for the message.
func (x Class) Bounce() Bounce {
	if int(x) >= len(classTable) {
		return BounceUnknown
	}
	return classTable[x].bounce
}

// Advice gives what the sender does about a reply of the class.
func (x Class) Advice() string { return x.data().advice }

func (x Class) rfcs() string {
	if int(x) >= len(classTable) {
		return ""
	}
	return classTable[x].rfcs
}

// RFCs gives the documents that define the class, in a new slice.
func (x Class) RFCs() []string { return lines(x.rfcs()) }

// Advice gives what the sender does about refusals of the category.
func (x Category) Advice() string { return x.data().advice }

// reasonData is what follows from a reason.
type reasonData struct {
	category                Category
	fault                   Fault
	action, actionTemporary Action
	retry                   retryPolicy
	suppress, repeated      bool
	clears                  bool // where this is said, the recipient's address is not the cause
}

// retryPolicy tells when the same message may be tried again.
type retryPolicy uint8

const (
	retryNever     retryPolicy = iota
	retryTemporary             // after 4yz
	retryAlways                // even after 5yz
)

func (x Reason) follows() *reasonData {
	if int(x) >= len(reasonTable) {
		x = ReasonNone
	}
	return &reasonTable[x]
}

// Category gives the one category that the reason belongs to.
func (x Reason) Category() Category { return x.follows().category }

// Fault gives who must act.
func (x Reason) Fault() Fault { return x.follows().fault }

// Action gives what the sender does after a permanent refusal.
func (x Reason) Action() Action { return x.follows().action }

// ActionTemporary gives what the sender does after a temporary refusal.
func (x Reason) ActionTemporary() Action { return x.follows().actionTemporary }

// Suppress tells whether a permanent refusal for this reason means that the
// address should be mailed no more.
func (x Reason) Suppress() bool { return x.follows().suppress }

// SuppressRepeated tells whether the address should be mailed no more once the
// reason has been given again and again over days.
func (x Reason) SuppressRepeated() bool { return x.follows().repeated }

// Advice gives what the sender does now, in a sentence.
func (x Reason) Advice() string { return x.data().advice }

// Steps gives what the sender does, step by step, in a new slice.
func (x Reason) Steps() []string {
	if int(x) >= len(reasonSteps) {
		x = ReasonNone
	}
	return lines(reasonSteps[x])
}
