// Package stream reads lines of any length with bounded memory, from plain and
// compressed files, and adds a member to a JSON object without touching the
// rest of it.
//
// It imports the standard library and klauspost/compress; it knows nothing of
// mail.
package stream
