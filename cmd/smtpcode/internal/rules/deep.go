package rules

// maxDepth is how deep brackets may nest, and how many dots a key may have. The
// form needs two of each, and the TOML decoder takes memory by their square.
const maxDepth = 16

// tooDeep gives the line where text nests deeper than that, or 0. It reads what
// stands outside of strings and comments.
func tooDeep(text string) int {
	line, depth, dots := 1, 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\n':
			line++
			dots = 0
		case '=', ',':
			dots = 0
		case '.':
			dots++
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '#':
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		case '"', '\'':
			var lines int
			i, lines = stringEnd(text, i)
			line += lines
		}
		if depth > maxDepth || dots > maxDepth {
			return line
		}
	}
	return 0
}

// stringEnd gives the last byte of the string that begins at s[at:], and how
// many lines end in it. One that is not closed ends with its line.
func stringEnd(s string, at int) (end, lines int) {
	quote := s[at]
	long := at+2 < len(s) && s[at+1] == quote && s[at+2] == quote
	if long {
		at += 2
	}
	for i := at + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"' && i+1 < len(s) && s[i+1] != '\n':
			i++
		case s[i] == '\n' && !long:
			return i - 1, lines
		case s[i] == '\n':
			lines++
		case s[i] == quote && !long:
			return i, lines
		case s[i] == quote && i+2 < len(s) && s[i+1] == quote && s[i+2] == quote:
			return i + 2, lines
		}
	}
	return len(s), lines
}
