// Package page lays text out for a terminal: a title, an aligned column of
// labels, paragraphs wrapped to the width, colour where it is wanted, and
// nothing of the input that the terminal would obey.
//
// It imports the standard library and golang.org/x/term; it knows nothing of
// mail.
package page
