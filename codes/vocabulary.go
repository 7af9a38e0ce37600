package codes

import "iter"

// vocabularyData is what the data says of a vocabulary.
type vocabularyData struct {
	id, name, note, date, source string
	labels                       [len(termReason)]label
}

// label is another system's name for a reason.
type label struct {
	text        string
	approximate bool
}

func (v Vocabulary) data() *vocabularyData {
	if int(v) >= len(vocabularyTable) {
		v = VocabularyNone
	}
	return &vocabularyTable[v]
}

// ParseVocabulary finds a vocabulary by its stable id.
func ParseVocabulary(id string) (Vocabulary, error) {
	for i := range vocabularyTable {
		if i > 0 && vocabularyTable[i].id == id {
			return Vocabulary(i), nil
		}
	}
	return VocabularyNone, noID("vocabulary", id)
}

// String gives the stable id, or "".
func (v Vocabulary) String() string { return v.data().id }

// Name gives the name of the system.
func (v Vocabulary) Name() string { return v.data().name }

// Note gives what to keep in mind about the labels, or "".
func (v Vocabulary) Note() string { return v.data().note }

// Date gives when the system's names were read.
func (v Vocabulary) Date() string { return v.data().date }

// Sources gives where the names were read, in a new slice.
func (v Vocabulary) Sources() []string { return lines(v.data().source) }

// Label gives the system's name for a reason, or "" if it has none. The name is
// approximate where the system defines it but does not say that it gives it to
// such a reply.
func (v Vocabulary) Label(r Reason) (name string, approximate bool) {
	if int(r) >= len(v.data().labels) {
		return "", false
	}
	l := &v.data().labels[r]
	return l.text, l.approximate
}

// Vocabularies gives all vocabularies in their order.
func Vocabularies() iter.Seq[Vocabulary] {
	return func(yield func(Vocabulary) bool) {
		for v := Vocabulary(1); int(v) < len(vocabularyTable) && yield(v); v++ {
		}
	}
}
