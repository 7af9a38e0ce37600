package main

// mailKinds are the kinds of mails, with what the pages say of them. They are
// those of package bounce, whose tests hold them against the schema.
var mailKinds = []struct{ id, meaning string }{
	{"bounce", "delivery failed for at least one recipient"},
	{"delayed", "not delivered yet, and still being tried"},
	{"delivered", "the report confirms the delivery"},
	{"relayed", "handed to a system that sends no reports (RFC 3464 §2.3.3)"},
	{"expanded", "delivered to a list and sent on from there (RFC 3464 §2.3.3)"},
	{"vacation", "an automatic answer in the recipient's name (RFC 3834)"},
	{"feedback", "a complaint or an authentication report (RFC 5965, RFC 6591)"},
	{"challenge", "a filter asks the sender to confirm the mail"},
	{"none", "no report and no automatic answer; also beside an error"},
}

// mailSchema describes what a bounce mail says of a recipient: a line of
// smtpcode mail --jsonl, the row of package bounce. The tests of that package
// hold its JSON against this.
func mailSchema(d *dataset) *schema {
	s := &schema{
		Title:       "Recipient of a bounce mail",
		Description: "What a mail says of one recipient: a line of smtpcode mail --jsonl. A mail that names no recipient has one line without it, what cannot be read one with an error.",
		Type:        "object",
		Additional:  false,
		DependentRequired: map[string][]string{
			"original_recipient": {"recipient"},
			"reply":              {"diagnosis"},
			"enhanced":           {"diagnosis"},
		},
		Defs: object[*schema]{{"diagnosis", diagnosisSchema(d)}},
	}
	add := func(name string, value *schema, about string) {
		s.Properties = append(s.Properties, entry[*schema]{name, value.about(about)})
	}
	text := func() *schema { return pattern(`.`) } // what is not told is left out, never empty
	var kinds []string
	for _, k := range mailKinds {
		kinds = append(kinds, k.id)
	}
	add("file", text(), "File that the mail is in; - is standard input.")
	add("mail", &schema{Type: "integer", Minimum: 1}, "Number of the mail in a file of several.")
	add("index", &schema{Type: "integer", Minimum: 1}, "Number of the recipient in the mail.")
	add("kind", oneOf(kinds...), "What the mail is.")
	add("recipient", text(), "Final recipient: the address that the reporting system tried (RFC 3464 §2.3.2).")
	add("original_recipient", text(), "Address that the sender gave, where it is told and differs. It is the one to find in a list.")
	add("reply", between(100, 599), "Basic code of the answer.")
	add("enhanced", pattern(shapeEnhanced), "Enhanced code of the answer, or the status of the report.")
	add("action", text(), "failed, delayed, delivered, relayed or expanded (RFC 3464 §2.3.3); another word where a report has one.")
	add("status", text(), "Status field of the report, as it stands.")
	add("remote_mta", text(), "Host that answered.")
	add("reporting_mta", text(), "Host that wrote the report.")
	add("diagnostic_code", text(), "What the other server said; lines are parted by a line feed.")
	add("command", text(), "SMTP command that was refused: RCPT, DATA, MAIL; CONN for the connection.")
	add("last_attempt", text(), "When it was tried last, as the report writes it.")
	add("retry_until", text(), "How long it will be tried, as the report writes it.")
	add("message_id", text(), "Message-ID of the original message, without angle brackets.")
	add("subject", text(), "Subject of the original message, decoded.")
	add("from", text(), "Sender's address of the original message.")
	add("date", text(), "Date of the original message, as it stands there.")
	add("feedback_type", text(), "What a feedback report says of the message: abuse, fraud, virus, not-spam, auth-failure (RFC 5965 §3.1).")
	add("feedback_source", text(), "IP address that the reported message came from.")
	add("format", text(), "What the mail was read by: dsn, feedback, or the recogniser of a program. For looking into errors; the names may change.")
	add("suppress", &schema{Type: "boolean"}, "This address should be mailed no more: it is dead, or its owner complained.")
	add("diagnosis", ref("diagnosis"), "What it means, for the kinds bounce, delayed, delivered, relayed and expanded.")
	add("error", text(), "Why the file or mail could not be read.")
	s.Required = []string{"index", "kind", "suppress"}
	return s
}
