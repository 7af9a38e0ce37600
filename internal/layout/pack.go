package layout

import "strings"

// The shape of the scan; codes/match.go says what it is for.
const (
	Window     = 6  // bytes that the scan looks at
	Stride     = 3  // from one window to the next
	FilterBits = 13 // of words
	SlotBits   = 15
	HashMul    = 0x9E3779B97F4A7C15
	// MaxLiteral caps how much literal text counts: beyond it more words say no more.
	MaxLiteral = 239
)

// Pattern is a wording as the data has it, with the anchor that was chosen.
type Pattern struct {
	Rule   uint16 // what it speaks for, by kind
	Kind   uint8
	Bar    uint8 // what it is of no use without beating
	Needs  bool  // a provider that is known to have answered
	Bonus  uint8 // the most that its codes can add, where no provider is known
	Pieces []Piece
	Anchor uint8         // which piece holds the windows
	At     [Stride]uint8 // where they begin in it; the remainder by Stride is the index
}

// Piece is literal text between two stars, folded: no byte is below 0x20.
type Piece struct {
	Text  string
	Edges uint8 // a bit for each end that must stand at a word's edge
}

// A piece is followed by a byte that says how it ends.
const (
	edges     = 3 // the bits of Piece.Edges
	lastPiece = 4 // of its pattern
	endPiece  = 8 // no byte of text is below this
)

// The columns of the packed facts. What belongs together stands together, which
// compresses to half of what rows do.
const (
	columnStep    = iota // the rule less that of the pattern before
	columnStepTop        // its upper byte
	columnTraits         // kind, bar and needs
	columnBonus
	columnAnchor
	columnAt // how many strides in; as many columns as windows
	columns  = columnAt + Stride
)

const (
	kindBits   = 3
	barBits    = 2
	traitNeeds = 1 << (kindBits + barBits)
)

// Pack writes patterns as two strings: their pieces, and all else.
func Pack(patterns []Pattern) (text, facts string) {
	var pieces strings.Builder
	table := make([]byte, columns*len(patterns))
	set := func(column, i int, b uint8) { table[column*len(patterns)+i] = b }
	rule := uint16(0)
	for i, p := range patterns {
		for j, piece := range p.Pieces {
			end := piece.Edges
			if j == len(p.Pieces)-1 {
				end |= lastPiece
			}
			pieces.WriteString(piece.Text)
			pieces.WriteByte(end)
		}
		step := p.Rule - rule
		rule = p.Rule
		traits := p.Kind | p.Bar<<kindBits
		if p.Needs {
			traits |= traitNeeds
		}
		set(columnStep, i, uint8(step))
		set(columnStepTop, i, uint8(step>>8))
		set(columnTraits, i, traits)
		set(columnBonus, i, p.Bonus)
		set(columnAnchor, i, p.Anchor)
		for k, at := range p.At {
			set(columnAt+k, i, at/Stride)
		}
	}
	return pieces.String(), string(table)
}
