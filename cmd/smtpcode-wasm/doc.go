// Smtpcode-wasm is the classifier as a WebAssembly module, for the box of the
// docs site and for any other host. It is a reactor of WASI preview 1, so it
// runs wherever that is known: in a browser with the small shim of the site, in
// Node, in wasmtime. Build it with
//
//	GOOS=wasip1 GOARCH=wasm go build -tags=smtpcode_small -buildmode=c-shared -trimpath \
//	    -ldflags='-s -w' -gcflags=runtime=-l -o smtpcode.wasm ./cmd/smtpcode-wasm
//
// The tag leaves out what no diagnosis shows and has tables computed at the start
// (codes/small.go), the other flags leave out names for debuggers and inlining in
// Go's runtime. That makes 0.97 MB with gzip, 0.76 MB with brotli; without them it
// would be 1.54 and 1.16 MB. Go's runtime alone has 0.55 and 0.42 MB. To keep it
// so, nothing here or in codes imports fmt, and what is sorted is numbers.
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
