// Smtpcode-wasm is the classifier as a WebAssembly module, for the box of the
// docs site and for any other host. It is a reactor of WASI preview 1, so it
// runs wherever that is known: in a browser with the small shim of the site, in
// Node, in wasmtime. Build it with
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -o smtpcode.wasm ./cmd/smtpcode-wasm
//
// Text goes through linear memory. A host calls _initialize once and then, for
// each reply:
//
//	at = room(n)           make room for n bytes and get their address
//	                       write n bytes there: the reply, and then, without
//	                       anything between, who answered (or nothing)
//	m = classify(n, k)     n bytes of reply, k bytes of who answered
//	m = explain(n, k)      the same, with how the answer came about
//	answer()               the address of the m bytes of JSON
//
// Who answered is the id of a provider ("gmail"), a mail host or the domain of
// the recipient. What classify gives is docs/generated/diagnosis.schema.json, to
// the byte what the command prints; [explanation] is what explain adds. The
// answer stands until the next call. Nothing leaves the module: it opens no
// file and no connection.
package main
