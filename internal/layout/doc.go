// Package layout lays out the tables that the words of a reply are found with.
//
// The generator writes them into package codes as constants. A small build of
// codes, for the WebAssembly, computes the same ones when it starts, from the
// packed patterns, which are smaller to load. So that both
// can use it, it imports nothing of what is generated; and since a small build is
// about size, nothing of the standard library that is large.
package layout
