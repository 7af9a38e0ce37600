package layout

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLay follows two patterns into the tables and finds them by their windows.
func TestLay(t *testing.T) {
	text, facts := Pack([]Pattern{
		{Rule: 7, Kind: 1, Bar: 3, Bonus: 6, Pieces: []Piece{{"mailbox is full", edges}}, At: [Stride]uint8{0, 1, 2}},
		{Rule: 3, Kind: 2, Needs: true, Pieces: []Piece{{"the", 1}, {"mailbox is closed", 2}}, Anchor: 1, At: [Stride]uint8{0, 10, 2}},
	})
	if want := "mailbox is full\x07the\x01mailbox is closed\x06"; text != want {
		t.Fatalf("packed text is %q, want %q", text, want)
	}
	tables, err := Lay(text, facts)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Row{{Rule: 7, Score: 15, Most: 21, Count: 1, Kind: 1, Bar: 3}, {Rule: 3, First: 1, Score: 20, Most: 20, Count: 2, Kind: 2, Anchor: 1}}; !slices.Equal(tables.Patterns, want) {
		t.Errorf("patterns are %+v, want %+v", tables.Patterns, want)
	}
	if want := []Fragment{{0, 15, 3}, {16, 3, 1}, {20, 17, 2}}; !slices.Equal(tables.Fragments, want) {
		t.Errorf("fragments are %v, want %v", tables.Fragments, want)
	}
	if tables.Windows != 4 { // both begin with the same words
		t.Errorf("%d windows, want 4", tables.Windows)
	}
	for window, want := range map[string][]uint16{"mailbo": {0, 1}, "ailbox": {0}, "ilbox ": {0, 1}, " close": {1}, "absent": nil} {
		h := hash(window)
		var got []uint16
		for at := h >> (64 - SlotBits); tables.Slots[at].Count > 0; at++ {
			if s := tables.Slots[at]; s.Tag == uint16(h>>shiftHash) {
				for _, c := range tables.Candidates[s.First:][:s.Count] {
					got = append(got, c.Pattern)
				}
				if free := min(1, int(s.Count)); window != " close" && int(s.Free) != free {
					t.Errorf("%q: %d need no provider, want %d", window, s.Free, free)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q leads to the patterns %v, want %v", window, got, want)
		}
		if let := tables.Filter[h>>(64-FilterBits)]>>(h>>(64-FilterBits-6)&63)&1 != 0; let != (want != nil) {
			t.Errorf("%q: the filter says %v", window, let)
		}
	}
	for _, c := range tables.Candidates {
		f := tables.anchor(&tables.Patterns[c.Pattern])
		if own := text[f.At:][:f.Len]; load32(own[c.At:]) != c.Check {
			t.Errorf("%q is told by %#x, which does not stand at %d", own, c.Check, c.At)
		}
	}
	first := tables.Candidates[tables.Slots[hash("mailbo")>>(64-SlotBits)].First]
	if first.Check != load32("full") {
		t.Errorf("%q is told from the other by %#x, want its last bytes", "mailbox is full", first.Check)
	}
}

// TestFull: what does not fit is refused, and the error says what to do.
func TestFull(t *testing.T) {
	many := func(n int, say func(i int) string) []Pattern {
		var list []Pattern
		for i := range n {
			list = append(list, Pattern{Pieces: []Piece{{Text: say(i)}}, At: [Stride]uint8{0, 1, 2}})
		}
		return list
	}
	for _, c := range []struct {
		patterns []Pattern
		want     string
	}{
		{many(256, func(i int) string { return "user unknown " + strconv.Itoa(i) }), "make some of them longer"},
		{many(9000, func(i int) string { return strconv.Itoa(1e8+i*7919) + "user" }), "raise SlotBits"},
		{many(1<<16/Stride+1, func(i int) string { return strconv.Itoa(1e8+i*7919) + "user" }), "fits a uint16"},
	} {
		if _, err := Lay(Pack(c.patterns)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d patterns: %v, want %q", len(c.patterns), err, c.want)
		}
	}
}

func TestToken(t *testing.T) {
	const packed = "CS01\x01S3140\x02TSS04\x01"
	for s, want := range map[string][2]int{"CS01": {0, 1}, "S3140": {1, 2}, "TSS04": {3, 1}, "TSS": {}, "TSS045": {}, "": {}} {
		if first, count := Token(packed, s); first != want[0] || count != want[1] {
			t.Errorf("Token(%q) = %d, %d, want %v", s, first, count, want)
		}
	}
}

func TestStarts(t *testing.T) {
	if got := Starts("\x00\x00a\x00bc\x00d\x00\x00", 2); !slices.Equal(got, []uint32{0, 2, 7}) {
		t.Errorf("rows begin at %v", got)
	}
}
