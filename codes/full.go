//go:build !smtpcode_small

package codes

// rest gives a text of a row of wordTable that a diagnosis does without.
func rest(row uint16, n int) string { return packed(restText[restAt[row]:], n) }
