package bounce

import "github.com/smtpcode/smtpcode/codes"

// Report is what a mail says.
type Report struct {
	Kind       Kind
	Format     string      // what the kind was read from: "dsn", "feedback", or the name of a recogniser
	Recipients []Recipient // in the order of the mail
	Original   Original    // the message that the report is about
	Feedback   Feedback    // for KindFeedback
}

// Recipient is what a mail says of one recipient.
type Recipient struct {
	Address  string // final recipient: the address that the reporting system tried
	Original string // the address that the sender gave, where it is told and another one
	Action   string // failed, delayed, delivered, relayed or expanded (RFC 3464 §2.3.3)
	Status   string // the Status field as it stands, or ""

	// Diagnostic is what the other server said: the Diagnostic-Code without its
	// type, or the reply that a free-form report quotes.
	Diagnostic   string
	RemoteMTA    string // host that answered
	ReportingMTA string // host that wrote the report
	Command      string // SMTP command that was refused: CONN, EHLO, MAIL, RCPT, DATA …
	LastAttempt  string // as in the report
	RetryUntil   string // as in the report

	// Diagnosis is made from all of the above and the words of the report. It is
	// the zero Diagnosis where the kind of the mail is no delivery.
	Diagnosis codes.Diagnosis
}

// Original is what is known of the message that a report is about.
type Original struct {
	MessageID string // without angle brackets
	Subject   string // decoded
	From      string // address
	Date      string // as in the message
}

// Feedback is what a feedback report adds (RFC 5965 §3).
type Feedback struct {
	Type   string // abuse, fraud, virus, not-spam, auth-failure …
	Source string // IP address that the message came from
	Agent  string // program that made the report
	Domain string // reported domain
}

// Suppress tells whether recipient i of the report should be mailed no more:
// its diagnosis says so, or it complained of abuse.
func (r *Report) Suppress(i int) bool {
	if r.Kind == KindFeedback {
		return r.Recipients[i].Address != "" && (r.Feedback.Type == "abuse" || r.Feedback.Type == "opt-out" || r.Feedback.Type == "fraud")
	}
	return r.Recipients[i].Diagnosis.Suppress
}
