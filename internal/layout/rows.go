package layout

import "strings"

// Starts gives where the rows of packed text begin, which have so many fields,
// each ended by a zero byte.
func Starts(text string, fields, rows int) []uint32 {
	list := make([]uint32, rows)
	at := 0
	for i := range list {
		list[i] = uint32(at)
		for range fields {
			at += strings.IndexByte(text[at:], 0) + 1
		}
	}
	return list
}
