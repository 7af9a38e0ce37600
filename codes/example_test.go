package codes_test

import (
	"fmt"

	"github.com/smtpcode/smtpcode/codes"
)

// A reply as it was received, and what to do about it.
func ExampleClassify() {
	d := codes.Classify("550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550 5.1.1 double-checking the recipient's email address")
	fmt.Println(d.Provider.Name(), "says:", d.Reason.Name())
	fmt.Println("retry:", d.Retry, "suppress:", d.Suppress, "decided by:", d.Basis)
	// Output:
	// Gmail / Google Workspace says: User unknown
	// retry: false suppress: true decided by: message
}

// The same 550, but the address is fine: the sender is on a blocklist.
func ExampleClassify_blocklist() {
	d := codes.Classify("550 5.7.1 Service unavailable; client [192.0.2.25] blocked using zen.spamhaus.org")
	fmt.Println(d.Category, d.Reason, d.Fault, d.Action)
	fmt.Println("suppress:", d.Suppress, "list:", d.Blocklist.Name())
	// Output:
	// blocked ip_blocklisted sender request_delisting
	// suppress: false list: Spamhaus
}

// A decision a million times an hour.
func ExampleDiagnosis() {
	for _, reply := range []string{
		"250 2.0.0 Ok",
		"421 4.7.0 Too many connections, try again in 10 minutes",
		"550 5.1.1 User unknown",
		"550 5.7.26 This mail is unauthenticated",
	} {
		switch d := codes.Classify(reply); {
		case d.Bounce == codes.BounceNone:
			fmt.Println("delivered")
		case d.Suppress:
			fmt.Println("suppress the address")
		case d.Retry:
			fmt.Println("retry after", d.RetryAfter, "seconds")
		default:
			fmt.Println("give up this message:", d.Action)
		}
	}
	// Output:
	// delivered
	// retry after 600 seconds
	// suppress the address
	// give up this message: fix_authentication
}

// The same words mean different things at different servers; a hint decides.
func ExampleHint() {
	const reply = "550 5.1.10 Recipient not found"
	fmt.Println(codes.Hint{MX: "example-com.mail.protection.outlook.com"}.Classify(reply).Provider)
	// Output:
	// microsoft365
}

func ExampleParse() {
	p := codes.Parse("host mx.example.net[192.0.2.1] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)")
	fmt.Println(p.Reply, p.Enhanced, p.Host)
	// Output:
	// 452 4.2.2 mx.example.net
}

func ExampleLookupPair() {
	p, ok := codes.LookupPair(452, codes.DetailMailboxFull.Temporary())
	fmt.Println(ok, p.Reason, p.Reason.Category())
	// Output:
	// true mailbox_full mailbox_full
}

// What is known of a code that the registry does not have.
func ExampleEnhanced() {
	e, err := codes.ParseEnhanced("5.7.999")
	fmt.Println(e, err, e.Registered(), e.Class(), e.Subject().Name())
	// Output:
	// 5.7.999 <nil> false permanent Security or Policy Status
}

func ExampleVocabulary_Label() {
	label, approximate := codes.VocabularySisimai.Label(codes.ReasonMailboxFull)
	fmt.Println(label, approximate)
	// Output:
	// mailboxfull false
}
