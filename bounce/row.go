package bounce

import (
	"iter"
	"strconv"

	"github.com/smtpcode/smtpcode/codes"
)

// Row is one recipient of one mail, flat, for programs in any language: an
// object of JSON, a line of CSV. A mail that names no recipient has one row
// without one; a file that cannot be read has one with an error.
type Row struct {
	File  string `json:"file,omitempty"` // where the mail was read
	Mail  int    `json:"mail,omitempty"` // number of the mail in its file, from 1, where the file holds several
	Index int    `json:"index"`          // number of the recipient in the mail, from 1
	Kind  Kind   `json:"kind"`

	Recipient         string `json:"recipient,omitempty"`          // final recipient
	OriginalRecipient string `json:"original_recipient,omitempty"` // as the sender gave it, where that is told and differs
	Reply             int    `json:"reply,omitempty"`
	Enhanced          string `json:"enhanced,omitempty"`
	Action            string `json:"action,omitempty"`
	Status            string `json:"status,omitempty"` // Status field of the report
	RemoteMTA         string `json:"remote_mta,omitempty"`
	ReportingMTA      string `json:"reporting_mta,omitempty"`
	DiagnosticCode    string `json:"diagnostic_code,omitempty"` // what the other server said
	Command           string `json:"command,omitempty"`
	LastAttempt       string `json:"last_attempt,omitempty"`
	RetryUntil        string `json:"retry_until,omitempty"`

	MessageID string `json:"message_id,omitempty"` // of the original message, as the next three
	Subject   string `json:"subject,omitempty"`
	From      string `json:"from,omitempty"`
	Date      string `json:"date,omitempty"`

	FeedbackType   string `json:"feedback_type,omitempty"`
	FeedbackSource string `json:"feedback_source,omitempty"` // IP address

	Format    string           `json:"format,omitempty"` // what the report was read by
	Suppress  bool             `json:"suppress"`         // mail the address no more
	Diagnosis *codes.Diagnosis `json:"diagnosis,omitempty"`
	Error     string           `json:"error,omitempty"`
}

// Rows gives a row a recipient, and one for a mail that names none.
func (r *Report) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		row := Row{
			Index: 1, Kind: r.Kind, Format: r.Format,
			MessageID: r.Original.MessageID, Subject: r.Original.Subject, From: r.Original.From, Date: r.Original.Date,
			FeedbackType: r.Feedback.Type, FeedbackSource: r.Feedback.Source,
		}
		if len(r.Recipients) == 0 {
			yield(row)
			return
		}
		for i := range r.Recipients {
			c := &r.Recipients[i]
			row.Index = i + 1
			row.Recipient, row.OriginalRecipient = c.Address, c.Original
			row.Action, row.Status, row.DiagnosticCode, row.Command = c.Action, c.Status, c.Diagnostic, c.Command
			row.RemoteMTA, row.ReportingMTA = c.RemoteMTA, c.ReportingMTA
			row.LastAttempt, row.RetryUntil = c.LastAttempt, c.RetryUntil
			row.Suppress = r.Suppress(i)
			row.Reply, row.Enhanced, row.Diagnosis = 0, "", nil
			if r.Kind.Delivery() {
				row.Reply, row.Enhanced, row.Diagnosis = int(c.Diagnosis.Reply), c.Diagnosis.Enhanced.String(), &c.Diagnosis
			}
			if !yield(row) {
				return
			}
		}
	}
}

// Address gives the address that the sender used, which is the one to find in a
// list: the original recipient where the report tells it, else the final one.
func (row *Row) Address() string {
	if row.OriginalRecipient != "" {
		return row.OriginalRecipient
	}
	return row.Recipient
}

// AppendJSON appends the row to b as one JSON object on one line. It is what
// encoding/json makes of the struct, at a tenth of the time.
func (row *Row) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	b = appendString(b, "file", row.File)
	b = appendInt(b, "mail", row.Mail)
	b = append(b, `"index":`...)
	b = strconv.AppendInt(b, int64(row.Index), 10)
	b = append(b, `,"kind":"`...)
	b = append(b, row.Kind.String()...)
	b = append(b, `",`...)
	b = appendString(b, "recipient", row.Recipient)
	b = appendString(b, "original_recipient", row.OriginalRecipient)
	b = appendInt(b, "reply", row.Reply)
	b = appendString(b, "enhanced", row.Enhanced)
	b = appendString(b, "action", row.Action)
	b = appendString(b, "status", row.Status)
	b = appendString(b, "remote_mta", row.RemoteMTA)
	b = appendString(b, "reporting_mta", row.ReportingMTA)
	b = appendString(b, "diagnostic_code", row.DiagnosticCode)
	b = appendString(b, "command", row.Command)
	b = appendString(b, "last_attempt", row.LastAttempt)
	b = appendString(b, "retry_until", row.RetryUntil)
	b = appendString(b, "message_id", row.MessageID)
	b = appendString(b, "subject", row.Subject)
	b = appendString(b, "from", row.From)
	b = appendString(b, "date", row.Date)
	b = appendString(b, "feedback_type", row.FeedbackType)
	b = appendString(b, "feedback_source", row.FeedbackSource)
	b = appendString(b, "format", row.Format)
	b = append(b, `"suppress":`...)
	b = strconv.AppendBool(b, row.Suppress)
	if row.Diagnosis != nil {
		b = append(b, `,"diagnosis":`...)
		b = row.Diagnosis.AppendJSON(b)
	}
	if row.Error != "" {
		b = append(b, `,"error":`...)
		b = codes.AppendString(b, row.Error)
	}
	return append(b, '}')
}

func appendString(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":`...)
	b = codes.AppendString(b, value)
	return append(b, ',')
}

func appendInt(b []byte, name string, value int) []byte {
	if value == 0 {
		return b
	}
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":`...)
	b = strconv.AppendInt(b, int64(value), 10)
	return append(b, ',')
}

// csvColumns are the columns of [Row.Record].
var csvColumns = [...]string{
	"file", "mail", "index", "kind", "recipient", "reply", "enhanced", "action", "category", "reason", "retry", "suppress",
	"remote_mta", "reporting_mta", "diagnostic_code", "message_id", "feedback_type", "error",
}

// Columns gives the names of the columns of [Row.Record], in a new slice.
func Columns() []string { return append([]string(nil), csvColumns[:]...) }

// Record gives the row for encoding/csv: the columns of [Columns].
func (row *Row) Record() []string {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	category, reason, retry := "", "", ""
	if d := row.Diagnosis; d != nil {
		category, reason, retry = d.Category.String(), d.Reason.String(), strconv.FormatBool(d.Retry)
	}
	return []string{
		row.File, number(row.Mail), number(row.Index), row.Kind.String(), row.Recipient, number(row.Reply), row.Enhanced, row.Action, category, reason, retry, strconv.FormatBool(row.Suppress),
		row.RemoteMTA, row.ReportingMTA, row.DiagnosticCode, row.MessageID, row.FeedbackType, row.Error,
	}
}
