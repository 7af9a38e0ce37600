// Package smtpcode is the root of the smtpcode project: the reference that says
// what a mail server meant. It holds no code of its own.
//
//   - data is the source of truth: codes, reasons, providers and their messages.
//   - gen turns it into Go, Markdown and JSON.
//   - codes is the library: lookup, parsing, classification.
//   - cmd/smtpcode is the command.
//   - docs/generated holds the pages and the dataset.
package smtpcode

//go:generate go run ./gen
