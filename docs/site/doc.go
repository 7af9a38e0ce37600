// Site builds the published pages of smtpcode, and serves them.
//
//	go run . build [-out public] [-base https://example.org/]
//	go run . serve [-addr localhost:8025]
//	go run . check [-base …] public
//
// A build takes the pages and the dataset of docs/generated as they are; the
// folder that comes out needs nothing but a host for files. What is made:
//
//   - .derived: what Hugo's templates need and the dataset does not have as such
//   - the pages, by Hugo, which is a tool of this module and pure Go
//   - smtpcode.wasm, the classifier for the box of the front page
//   - search.json, what the search looks through
//   - the CSV files and datapackage.json, which describes them
//   - pages that lead on from addresses that have another one: 4.7.26 from
//     5.7.26, and ids that were retired
//   - a .gz beside every file that is worth it, for hosts that send it
//
// This is a module of its own, so that the library's go.mod stays small.
package main
