package codes_test

import (
	"fmt"

	"github.com/smtpcode/smtpcode/codes"
)

// What the servers of one's own company say, in front of what the data knows.
func ExampleClassifier() {
	own, err := codes.NewClassifier([]codes.Wording{{
		ID:      "acme.left_the_company",
		Text:    []string{"is with * no more"},
		Reason:  codes.ReasonUserUnknown,
		Meaning: "The person has left Acme.",
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, reply := range []string{
		"550 5.7.1 jane@acme.example is with Acme no more",
		"452 4.2.2 Mailbox full",
	} {
		d := own.Classify(reply, codes.Hint{})
		_, message, _ := d.IDs()
		fmt.Printf("%s %q suppress: %v\n", d.Reason, message, d.Suppress)
	}
	// Output:
	// user_unknown "acme.left_the_company" suppress: true
	// mailbox_full "" suppress: false
}

// The error says which wording is wrong, where, and what to do.
func ExampleNewClassifier() {
	_, err := codes.NewClassifier([]codes.Wording{{ID: "acme.full", Text: []string{"quota of"}, Reason: codes.ReasonMailboxFull, NeedsCode: true}})
	fmt.Println(err)
	// Output:
	// wording 0 ("acme.full"), needs: it needs a code, but there are no codes: list them
}
