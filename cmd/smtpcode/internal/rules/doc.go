// Package rules reads own messages and phrases from a TOML file, in the form of
// the project's data files, and makes a classifier of them. Every mistake is an
// error that says where it is and what to do about it.
//
// It imports BurntSushi/toml and package codes; it knows nothing of commands.
package rules
