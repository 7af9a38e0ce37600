package main

import "strings"

// mailCard is how the command shows a recipient. A test of the command holds its
// output against this.
const mailCard = `$ smtpcode mail returned.eml
kim.lee@example.edu  User unknown
bounce · 550 5.1.1 · invalid_address / user_unknown
Went to   kim@example.net, where the address leads.
Said      550 5.1.1 <kim@example.net>: User unknown
Server    mx1.example.net · reported by mail.example.com
Means     The server knows the domain but has no mailbox with this name: the
          address never existed, is misspelled or was deleted.
Fault     Recipient. The cause is the recipient's address, mailbox or wish.
Do now    Suppress the address after a permanent refusal, and correct it only if
          you can see the typing error.
Retry     No: the refusal is final for this message.
Suppress  Yes: the address itself is the cause.
Evidence  what the server said: phrase user_unknown · documented · 2026
Message   “November” · Sun, 22 Nov 2026 06:55:00 +0000 · nov-2026.17@example.com
Mail      returned.eml
…`

const mailLoop = `package main

import (
	"fmt"
	"os"

	"github.com/smtpcode/smtpcode/bounce"
)

func main() {
	for item := range bounce.Scan(os.Args[1:], bounce.Options{}) {
		if item.Err != nil {
			fmt.Fprintln(os.Stderr, item.File, item.Err) // the others are unharmed
			continue
		}
		for row := range item.Rows() {
			if row.Suppress {
				fmt.Println(row.Address(), row.Kind)
			}
		}
	}
}`

const mailOne = `r, err := bounce.Read(mail) // an io.Reader
if err != nil {
	return err
}
for i, c := range r.Recipients {
	fmt.Println(c.Address, c.Diagnosis.Reason, c.Diagnosis.Action, r.Suppress(i))
}`

// mail tells how to read bounces that come as mails.
func (b *book) mail() {
	p := b.page("mail.md", "/mail/", "How to read a mailbox of bounces", "Read non-delivery reports, delay warnings, complaints and automatic answers from an mbox, a Maildir or a directory: one verdict a recipient.")
	p.para("Half of all bounces come as mail: a report for programs (" + cite("RFC 3464") + "), or a few lines of prose from an old one, in any language, for one recipient or thirty. `smtpcode mail` and the Go package `bounce` read either, and give a verdict a recipient.")
	p.anchor("command")
	p.section("The command")
	p.f("%s\n", block(mailCard))
	p.para("It takes mails, mboxes, Maildirs and directories with any of these below them, compressed with gzip or zstd or not; `-` is standard input.")
	p.table([]string{"To", "Say"}, [][]string{
		{"get the addresses to mail no more, each once", tick("smtpcode mail --suppress ~/Maildir/.Bounces >> suppressed.txt")},
		{"get everything, an object a recipient", tick("smtpcode mail --jsonl bounces.mbox.zst > bounces.jsonl")},
		{"count the reasons", tick("smtpcode mail --jsonl inbox/ | jq -r '.diagnosis.reason // .kind' | sort | uniq -c")},
		{"open it in a spreadsheet", tick("smtpcode mail --csv inbox/ > bounces.csv")},
	})
	p.para("The address that `--suppress` prints is the one that you mailed: the original recipient where a report tells it. Only an address that is dead, or whose owner complained, is printed: never one whose message is still being tried, nor one that was refused for what the sender did. The " + p.link("reasons", "README.md#reasons") + " say which those are.")
	p.para("The exit status is 0 if all is known; 1 if a report does not tell of whom or why, or nothing is a report; 2 if something could not be read. What cannot be read is told on standard error, and the others are read all the same.")
	p.anchor("kinds")
	p.section("Kinds of mail")
	p.para("A mailbox for bounces gets more than bounces. A mail that only talks about bounces is none.")
	var rows [][]string
	for _, k := range mailKinds {
		rows = append(rows, []string{tick(k.id), prose(k.meaning)})
	}
	p.table([]string{"Kind", "Meaning"}, rows)
	p.anchor("evidence")
	p.section("What decides")
	p.para("The whole evidence of a recipient makes the diagnosis, the strongest first:")
	p.steps([]string{
		"What the other server said: the Diagnostic-Code, or the reply that the prose quotes. If it is telling, it decides.",
		"The words for people that stand beside the recipient's address, where the code says too little (`5.0.0`, `Unknown error`), then further ones.",
		"The Status field.",
	})
	p.para("Who answered, and the recipient's domain, say whose words to look for: the same words mean different things at different " + p.link("providers", "providers.md") + ". How a reply is read tells the " + p.link("guide", "guide.md") + ".")
	p.anchor("go")
	p.section("In Go")
	p.para("One mail, as an SMTP server or a webhook gets it:")
	p.f("%s\n", goBlock(mailOne))
	p.para("A mailbox of any size, in order, on all cores:")
	p.f("%s\n", goBlock(mailLoop))
	p.anchor("fields")
	p.section("Fields")
	p.para("A line of `--jsonl`, by " + p.link("mail.schema.json", "mail.schema.json") + " (JSON Schema 2020-12). What is not told is left out. A mail that names no recipient has one line without it; a file that cannot be read has one with `error`.")
	b.schemaTable(p, mailSchema(b.dataset))
	p.para("`--csv` has the main ones, named in its first line; line ends and control characters within a cell are written out (`\\n`). A cell holds what a stranger wrote: import the columns as text, so that a spreadsheet does not take one for a formula.")
	p.anchor("limits")
	p.section("Limits")
	p.para("A mail of any size, shape or brokenness is read in bounded time and memory. What lies beyond these limits is not looked at, and is no error:")
	p.list([]string{
		"16 MiB of a mail: reports stand in front of the message that they return",
		"1,000 MIME parts; 16 multiparts in one another; 16 attached mails in one another",
		"1,000 fields of a header, 32 KiB of a field",
		"256 KiB of a text part, 1 MiB of a delivery status, 64 KiB of all text for people",
		"10,000 recipients of a mail, 4,000 lines of a text",
	})
	p.para("An empty file, and one that does not begin with a header field, are errors. A charset that does not exist is guessed from the bytes. Where a report hides the recipient, as many complaints do, there is none to tell.")
	p.footer()
}

// goBlock sets Go as a code block, whose tabs every browser takes for another
// width.
func goBlock(s string) string { return block(strings.ReplaceAll(s, "\t", "    ")) }
