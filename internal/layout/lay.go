package layout

import (
	"errors"
	"slices"
	"strconv"
)

// Tables are what package codes finds words with; codes/match.go says how. The
// fields of their rows are those of its types, in the same order.
type Tables struct {
	Patterns   []Row
	Fragments  []Fragment
	Candidates []Candidate
	Slots      [1 << SlotBits]Slot
	Filter     [1 << FilterBits]uint64
	Windows    int // of all anchors, each once
}

type Row struct {
	Rule, First                           uint16
	Score, Most, Count, Kind, Anchor, Bar uint8
}

type Fragment struct {
	At    uint32 // in the packed text
	Len   uint16
	Edges uint8
}

type Candidate struct {
	Check      uint32
	Pattern    uint16
	Offset, At uint8
}

type Slot struct {
	Tag, First             uint16
	Count, Free, Most, Bar uint8
}

// Lay makes the tables of packed patterns. The error says what is full; what
// the generator has laid once is laid again without.
func Lay(text, facts string) (*Tables, error) {
	t := &Tables{}
	windows, err := t.rows(text, facts)
	if err != nil {
		return nil, err
	}
	return t, t.index(text, windows)
}

// A window of an anchor is a number, so that sorting brings those of one hash
// together, and among them those that are compared first to the front: what
// needs no provider, then the most specific, as the rest is then often skipped.
//
//	31 bits  of the hash: all that a slot knows of a window
//	 1 bit   the pattern needs a provider
//	 8 bits  255 less its score
//	16 bits  the pattern
//	 8 bits  where in the anchor's piece the window begins
const (
	tagBits     = 16
	shiftHash   = 64 - SlotBits - tagBits
	shiftNeeds  = shiftHash - 1
	shiftScore  = shiftNeeds - 8
	shiftNumber = shiftScore - 16
)

// rows unpacks the patterns and gives the windows of their anchors.
func (t *Tables) rows(text, facts string) ([]uint64, error) {
	n := len(facts) / columns
	column := func(c, i int) uint8 { return facts[c*n+i] }
	t.Patterns = make([]Row, 0, n)
	t.Fragments = make([]Fragment, 0, n+n/4)
	windows := make([]uint64, 0, Stride*n)
	rule, at := uint16(0), 0
	for i := range n {
		rule += uint16(column(columnStep, i)) | uint16(column(columnStepTop, i))<<8
		traits := column(columnTraits, i)
		p := Row{Rule: rule, First: uint16(len(t.Fragments)), Kind: traits & (1<<kindBits - 1), Anchor: column(columnAnchor, i), Bar: traits >> kindBits & (1<<barBits - 1)}
		score := 0
		for last := false; !last; p.Count++ {
			end := at
			for text[end] >= endPiece {
				end++
			}
			t.Fragments = append(t.Fragments, Fragment{uint32(at), uint16(end - at), text[end] & edges})
			last = text[end]&lastPiece != 0
			score += end - at
			at = end + 1
		}
		p.Score = uint8(min(score, MaxLiteral))
		p.Most = p.Score + column(columnBonus, i)
		t.Patterns = append(t.Patterns, p)
		piece := t.anchor(&p)
		for k := range Stride {
			offset := k + Stride*int(column(columnAt+k, i))
			h := hash(text[int(piece.At)+offset:])
			t.Filter[h>>(64-FilterBits)] |= 1 << (h >> (64 - FilterBits - 6) & 63)
			w := h>>shiftHash<<shiftHash | uint64(255-p.Score)<<shiftScore | uint64(i)<<shiftNumber | uint64(offset)
			if traits&traitNeeds != 0 {
				w |= 1 << shiftNeeds
			}
			windows = append(windows, w)
		}
	}
	if n >= 1<<16 || len(t.Fragments) >= 1<<16 || len(windows) >= 1<<16 {
		return nil, errors.New(strconv.Itoa(n) + " patterns, " + strconv.Itoa(len(t.Fragments)) + " fragments, " + strconv.Itoa(len(windows)) + " candidates: each fits a uint16")
	}
	return windows, nil
}

func (t *Tables) anchor(p *Row) *Fragment { return &t.Fragments[int(p.First)+int(p.Anchor)] }

// index makes the hash table of the windows.
func (t *Tables) index(text string, windows []uint64) error {
	slices.Sort(windows)
	t.Candidates = make([]Candidate, 0, len(windows))
	for len(windows) > 0 {
		n := 1
		for n < len(windows) && windows[n]>>shiftHash == windows[0]>>shiftHash {
			n++
		}
		if n > 255 {
			return errors.New(strconv.Itoa(n) + " patterns share a window: 255 can; make some of them longer")
		}
		t.enter(text, windows[:n])
		windows = windows[n:]
	}
	if t.Windows*4 > 3<<SlotBits {
		return errors.New(strconv.Itoa(t.Windows) + " windows fill more than three quarters of " + strconv.Itoa(1<<SlotBits) + " slots: raise SlotBits in internal/layout")
	}
	return nil
}

// enter gives windows of one hash their slot.
func (t *Tables) enter(text string, windows []uint64) {
	key := windows[0] >> shiftHash
	s := Slot{Tag: uint16(key), First: uint16(len(t.Candidates)), Count: uint8(len(windows)), Bar: 255}
	for _, w := range windows {
		c := Candidate{Pattern: uint16(w >> shiftNumber), Offset: uint8(w)}
		p := &t.Patterns[c.Pattern]
		if w>>shiftNeeds&1 == 0 {
			s.Free++
		}
		s.Most, s.Bar = max(s.Most, p.Most), min(s.Bar, p.Bar)
		t.Candidates = append(t.Candidates, c)
	}
	t.tellApart(text, t.Candidates[s.First:])
	at := key >> tagBits
	for t.Slots[at].Count > 0 {
		at = (at + 1) & (1<<SlotBits - 1)
	}
	t.Slots[at] = s
	t.Windows++
}

// tellApart chooses for each candidate of a window the four bytes of its piece
// that the fewest of the others share at the same distance from the window; of
// equals, those that are farthest from it.
func (t *Tables) tellApart(text string, list []Candidate) {
	pieces := make([]string, len(list))
	for i, c := range list {
		f := t.anchor(&t.Patterns[c.Pattern])
		pieces[i] = text[f.At:][:f.Len]
	}
	for i, own := range pieces {
		c := &list[i]
		distance := func(at int) int { return max(int(c.Offset)-at, at+4-int(c.Offset)-Window) }
		best := len(list)
		for left, right := 0, len(own)-4; left <= right && best > 0; {
			at := left // the farthest that is left
			if distance(left) >= distance(right) {
				left++
			} else {
				at = right
				right--
			}
			check := load32(own[at:])
			shared := -1 // with itself
			for j, other := range pieces {
				from := at - int(c.Offset) + int(list[j].Offset)
				if from >= 0 && from+4 <= len(other) && load32(other[from:]) == check {
					if shared++; shared >= best {
						break
					}
				}
			}
			if shared < best {
				best, c.At, c.Check = shared, uint8(at), check
			}
		}
	}
}

func load32(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// hash is that of the window that s begins with.
func hash(s string) uint64 {
	var v uint64
	for i := range Window {
		v |= uint64(s[i]) << (8 * i)
	}
	return v << (64 - 8*Window) * HashMul
}
