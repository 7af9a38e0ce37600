package bounce

import "fmt"

// Kind is what a mail is, as far as delivery goes.
type Kind uint8

const (
	// KindNone is "none": the mail is no report and no automatic answer.
	KindNone Kind = iota
	// KindBounce is "bounce": delivery failed for at least one recipient.
	KindBounce
	// KindDelayed is "delayed": not delivered yet, and still being tried.
	KindDelayed
	// KindDelivered is "delivered": the report confirms the delivery.
	KindDelivered
	// KindRelayed is "relayed": handed to a system that sends no reports (RFC 3464 §2.3.3).
	KindRelayed
	// KindExpanded is "expanded": delivered to a list and sent on from there (RFC 3464 §2.3.3).
	KindExpanded
	// KindVacation is "vacation": an automatic answer in the recipient's name (RFC 3834).
	KindVacation
	// KindFeedback is "feedback": a complaint or an authentication report (RFC 5965, RFC 6591).
	KindFeedback
	// KindChallenge is "challenge": a filter asks the sender to confirm the mail.
	KindChallenge
)

var kindNames = [...]string{"none", "bounce", "delayed", "delivered", "relayed", "expanded", "vacation", "feedback", "challenge"}

// String gives the stable id.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText gives the stable id.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a stable id.
func (k *Kind) UnmarshalText(b []byte) error {
	for i, name := range kindNames {
		if name == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("%q is not a kind of mail: use one of %q", b, kindNames)
}

// Delivery tells whether a mail of the kind says what became of a message, so
// that its recipients have a diagnosis.
func (k Kind) Delivery() bool { return k >= KindBounce && k <= KindExpanded }
