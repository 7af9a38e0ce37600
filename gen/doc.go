// Command gen turns the data (data/codes.toml, data/providers.toml and
// data/leftout.toml) into everything that is derived from it: the Go tables of
// package codes, the Markdown pages and the JSON dataset under docs/generated.
//
//	go run ./gen           write what changed, remove what is no longer made
//	go run ./gen -check    compare only; print a diff and exit 1 if stale
//
// It runs in three steps, each a function of the one before:
//
//	load    strict decoding: an unknown key, a missing field or a wrong order ends it
//	check   what one table says of another: ids exist, patterns are reachable
//	render  data in, map of path to bytes out; nothing is read or written
//
// To add an output, write one file with a function from *dataset to files and
// register it there; see go_guide.go for a short example.
//
// The package imports nothing that it generates, so it still runs when the
// generated code is broken or missing.
package main
