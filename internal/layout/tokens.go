package layout

// EndToken is more than how many rules a token can have: in the packed tokens
// each is followed by a byte that says how many it has.
const EndToken = 0x20

// Token finds a token among packed ones, and gives the part of the list of rules
// that it names: 0, 0 if there is none. It compares one after the other.
func Token(tokens, s string) (first, count int) {
	for at := 0; at < len(tokens); {
		end := at
		for tokens[end] >= EndToken {
			end++
		}
		count := int(tokens[end])
		if tokens[at:end] == s {
			return first, count
		}
		first += count
		at = end + 1
	}
	return 0, 0
}
