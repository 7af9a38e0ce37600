// Package bounce reads the mails that tell what became of a message:
// non-delivery reports, delay warnings, receipts, complaints, automatic answers.
// It gives one verdict a recipient.
//
// [Read] and [Parse] take one mail and give a [Report]; [Scan] takes files,
// mailboxes, Maildirs and directories and gives the reports of all their mails
// in order, read on all cores. [Report.Rows] makes them flat for JSON and CSV.
//
//	r, err := bounce.Read(mail)
//	for i, c := range r.Recipients {
//		fmt.Println(c.Address, c.Diagnosis.Reason, r.Suppress(i))
//	}
//
// # How a mail is read
//
// A machine-readable part decides where there is one: a delivery status
// (RFC 3464, RFC 6533) or a feedback report (RFC 5965), also where it lost its
// MIME structure and stands in the text. Otherwise one table of recognisers
// tells by a few words what wrote the mail, and general rules that are the same
// for all programs find the recipients, what the other server said, and the
// words about each recipient. A mail that is no report itself is searched for
// attached ones. A mail that only talks about bounces is none: weak signs count
// only in a mail that a mail system sent.
//
// The diagnosis of a recipient is made by package codes from the whole
// evidence: the Diagnostic-Code first, then the words for people where they say
// more than the code, the status last; the provider is hinted by the answering
// system and the recipient's domain. A recipient whose message is still being
// tried is never to be suppressed.
//
// # MIME
//
// The package cuts mails up itself, in one pass over the bytes, because reports
// are often broken and libraries that are right about MIME refuse them: wrong
// or missing boundaries, cut ends, CR as line end, header lines that are no
// fields, base64 around a message/rfc822. (emersion/go-message v0.18.2 ended 61
// of 350 real mails with an error, and took as long for walking their parts as
// this package takes for a verdict.) What it cannot decode it leaves as it
// stands. Charsets are those of golang.org/x/text, by the names that mail
// programs use; a charset that does not exist, or that the bytes do not bear
// out, is guessed from the bytes.
//
// # Limits
//
// A mail of any size, shape or brokenness is read in bounded time and memory.
// What lies beyond these limits is not looked at, and is no error:
//
//   - 16 MiB of a mail ([MaxMail]),
//   - 1,000 MIME parts; 16 multiparts in one another; 16 attached mails in one another,
//   - 1,000 fields of a header, 32 KiB of a field,
//   - 256 KiB of a text part, 1 MiB of a delivery status, 64 KiB of all text for people,
//   - 10,000 recipients of a mail, 4,000 lines of a text.
//
// The package imports codes, golang.org/x/text and klauspost/compress; it knows
// nothing of terminals and of how its results are shown.
package bounce
