// Package codes tells what an SMTP reply means: the basic reply codes of RFC
// 5321, the enhanced status codes of RFC 3463 and the IANA registry (RFC 5248),
// and the words of real mail servers.
//
// Start with [Classify], which takes a reply as it was received and answers
// with a [Diagnosis]: why, whose fault, what to do, whether to retry and whether
// to suppress the address.
//
//	d := codes.Classify("550 5.1.1 <a@example.com>: User unknown")
//	d.Reason   // codes.ReasonUserUnknown
//	d.Suppress // true
//
// The codes themselves are typed constants with a doc comment each
// ([ReplyMailboxUnavailable], [DetailMailboxFull], [ReasonIPBlocklisted]), and
// their methods look up what is known of them. [Parse] finds the codes in a
// reply and [LookupPair] tells what a basic and an enhanced code mean together.
//
// Nothing here allocates on the way to a diagnosis, nothing is built when the
// program starts, and no caller can change the tables. The package imports the
// standard library only; it knows nothing of mails, logs or terminals. A small
// build, for the WebAssembly, builds its tables at the start, with a package of
// the project: see small.go.
//
// The files that end in _gen.go are made from the project's data files by
// go generate; their heads say how many entries they hold.
package codes
