package layout

import "strings"

// Starts gives where the rows of packed text begin, which have so many fields,
// each ended by a zero byte.
func Starts(text string, fields int) []uint32 {
	var list []uint32
	for at := 0; at < len(text); {
		list = append(list, uint32(at))
		for range fields {
			at += strings.IndexByte(text[at:], 0) + 1
		}
	}
	return list
}
