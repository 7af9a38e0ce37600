package bounce

import (
	"encoding/json"
	"strings"
)

// notification is what Amazon SES says through SNS, as far as it is read here.
type notification struct {
	NotificationType, EventType string
	Mail                        struct {
		MessageID     string
		Source        string
		Timestamp     string
		CommonHeaders struct{ MessageID, Subject, Date string }
	}
	Bounce struct {
		ReportingMTA      string
		BouncedRecipients []notified
	}
	Delivery struct {
		Recipients             []string
		SMTPResponse           string
		ReportingMTA           string
		RemoteMtaIP, Timestamp string
	}
	DeliveryDelay struct {
		DelayedRecipients []notified
		ExpirationTime    string
	}
	Complaint struct {
		ComplainedRecipients  []notified
		ComplaintFeedbackType string
		UserAgent             string
	}
}

type notified struct{ EmailAddress, Action, Status, DiagnosticCode string }

// fromNotification reads the JSON line; the kind stays none where it is none.
func (r *reading) fromNotification(text string) {
	i := strings.IndexByte(text, '{')
	if i < 0 {
		return
	}
	var n notification
	if json.NewDecoder(strings.NewReader(text[i:])).Decode(&n) != nil {
		// sendmail breaks lines that are too long by "!", a newline and a space.
		n = notification{}
		text = strings.ReplaceAll(strings.ReplaceAll(text[i:], "!\n ", ""), "\n", "")
		if json.NewDecoder(strings.NewReader(text)).Decode(&n) != nil {
			return
		}
	}
	switch kind := n.NotificationType + n.EventType; kind {
	case "Bounce":
		r.Kind = KindBounce
		r.notified(n.Bounce.BouncedRecipients, typedHost(n.Bounce.ReportingMTA))
	case "DeliveryDelay":
		r.Kind = KindDelayed
		r.notified(n.DeliveryDelay.DelayedRecipients, "")
	case "Complaint":
		r.Kind = KindFeedback
		r.Feedback = Feedback{Type: n.Complaint.ComplaintFeedbackType, Agent: n.Complaint.UserAgent}
		if r.Feedback.Type == "" {
			r.Feedback.Type = "abuse"
		}
		r.notified(n.Complaint.ComplainedRecipients, "")
	case "Delivery":
		r.Kind = KindDelivered
		for _, a := range n.Delivery.Recipients[:min(len(n.Delivery.Recipients), maxRecipients)] {
			c := Recipient{Address: a, Action: "delivered", Diagnostic: n.Delivery.SMTPResponse, ReportingMTA: typedHost(n.Delivery.ReportingMTA), RemoteMTA: n.Delivery.RemoteMtaIP, LastAttempt: n.Delivery.Timestamp}
			c.diagnose(r.rules)
			r.Recipients = append(r.Recipients, c)
		}
	}
	if r.Kind != KindNone && len(r.Recipients) == 0 { // it names nobody
		r.Recipients = []Recipient{{}}
		if r.Kind.Delivery() {
			r.Recipients[0].Action = actionOf(r.Kind)
			r.Recipients[0].diagnose(r.rules)
		}
	}
	r.Original = Original{MessageID: n.Mail.CommonHeaders.MessageID, Subject: n.Mail.CommonHeaders.Subject, From: n.Mail.Source, Date: n.Mail.Timestamp}
	if r.Original.MessageID == "" {
		r.Original.MessageID = n.Mail.MessageID
	}
	r.Original.MessageID = strings.Trim(r.Original.MessageID, "<>")
}

func (r *reading) notified(list []notified, reporting string) {
	for _, n := range list[:min(len(list), maxRecipients)] {
		c := Recipient{Address: n.EmailAddress, Action: n.Action, Status: n.Status, Diagnostic: untyped(n.DiagnosticCode), ReportingMTA: reporting}
		if r.Kind.Delivery() {
			if c.Action == "" {
				c.Action = actionOf(r.Kind)
			}
			c.diagnose(r.rules)
		}
		r.Recipients = append(r.Recipients, c)
	}
}
