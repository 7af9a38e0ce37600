package codes

import (
	"errors"
	"strconv"
)

// Enhanced is an enhanced mail system status code (RFC 3463 §2), written as a
// number: 5.7.26 is 5_007_026. 0 means that there is none.
type Enhanced uint32

// Detail is the subject and detail of an enhanced code, without its class:
// X.7.26 is 7_026. The registered ones are constants.
type Detail uint32

// Subject is the second number of an enhanced code (RFC 3463 §2).
type Subject uint16

// detailData is what the data says of a detail.
type detailData struct {
	detail                                   Detail
	id, name, advice                         string
	meaning, meaning4, meaning2              string
	rfcs                                     string // a line each
	reason, reason4                          Reason
	success, temporary, permanent, vagueCode bool
}

// detailMore is the rest, in a table of its own as [replyMore] is.
type detailMore struct {
	note, replies string // several replies stand a line each
}

// NewEnhanced makes an enhanced code of its three numbers. class is 2, 4 or 5;
// subject and detail are 0 to 999 (RFC 3463 §2). Other values give 0.
func NewEnhanced(class Class, subject Subject, detail int) Enhanced {
	if class != ClassSuccess && class != ClassTemporary && class != ClassPermanent || subject > 999 || detail < 0 || detail > 999 {
		return 0
	}
	return Enhanced(class)*1_000_000 + Enhanced(subject)*1000 + Enhanced(detail)
}

// ParseEnhanced reads an enhanced code as RFC 3463 §2 has it: class 2, 4 or 5,
// subject and detail of one to three digits, no zeros in front.
func ParseEnhanced(s string) (Enhanced, error) {
	if e, n := enhancedAt(s, 0); n == len(s) && n > 0 {
		return e, nil
	}
	return 0, errors.New(strconv.Quote(s) + " is not an enhanced status code: class 2, 4 or 5, then subject and detail, as in 5.7.26")
}

// String gives "5.7.26", or "" for 0.
func (e Enhanced) String() string {
	if e == 0 {
		return ""
	}
	return string(e.append(make([]byte, 0, 9)))
}

func (e Enhanced) append(b []byte) []byte {
	b = append(b, '0'+byte(e.Class()), '.')
	b = strconv.AppendUint(b, uint64(e.Subject()), 10)
	b = append(b, '.')
	return strconv.AppendUint(b, uint64(e%1000), 10)
}

// Class gives the first number: success, temporary or permanent.
func (e Enhanced) Class() Class { return Class(e / 1_000_000) }

// Subject gives the second number.
func (e Enhanced) Subject() Subject { return Subject(e / 1000 % 1000) }

// Detail gives the second and third number.
func (e Enhanced) Detail() Detail { return Detail(e % 1_000_000) }

// Known tells whether the IANA registry has the code's subject and detail.
func (e Enhanced) Known() bool { return e != 0 && e.Detail().Known() }

// Registered tells whether the registry, or the RFC behind it, has the detail
// for the code's class: X.1.1 is meant for class 5 only.
func (e Enhanced) Registered() bool {
	d := e.Detail().data()
	switch e.Class() {
	case ClassSuccess:
		return d.success
	case ClassTemporary:
		return d.temporary
	case ClassPermanent:
		return d.permanent
	}
	return false
}

// Name gives the registry's text for the code, or "" if it has none.
func (e Enhanced) Name() string { return e.Detail().Name() }

// Meaning gives what the code says in its class. Of an unregistered code it
// tells what its subject says and no more; "" if that is unknown too.
func (e Enhanced) Meaning() string {
	d := e.Detail().data()
	switch {
	case e == 0:
		return ""
	case !e.Known():
		return e.Subject().Meaning()
	case e.Class() == ClassTemporary && d.meaning4 != "":
		return d.meaning4
	case e.Class() == ClassSuccess && d.meaning2 != "":
		return d.meaning2
	}
	return d.meaning
}

// Advice gives what the sender does about the code alone, or "".
func (e Enhanced) Advice() string { return e.Detail().data().advice }

// Reason gives the reason where nothing but this code is known: the detail's,
// or the subject's weak default if the registry does not have the detail.
func (e Enhanced) Reason() Reason {
	r, _ := e.reason()
	return r
}

// Vague tells whether the code decides little by itself, so that any words
// outrank it and it never suppresses an address. Unregistered codes are vague.
func (e Enhanced) Vague() bool {
	_, vague := e.reason()
	return vague
}

func (e Enhanced) reason() (r Reason, vague bool) {
	if e == 0 {
		return ReasonNone, true
	}
	i := e.Detail().index()
	d := &detailTable[i]
	switch {
	case e.Class() == ClassSuccess:
		return ReasonAccepted, i == 0 || d.vagueCode
	case i == 0:
		return e.Subject().Reason(), true
	case e.Class() == ClassTemporary && d.reason4 != ReasonNone:
		return d.reason4, d.vagueCode
	}
	return d.reason, d.vagueCode
}

// MarshalText gives "5.7.26".
func (e Enhanced) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads "5.7.26"; no text at all gives 0.
func (e *Enhanced) UnmarshalText(b []byte) (err error) {
	*e = 0
	if len(b) > 0 {
		*e, err = ParseEnhanced(string(b))
	}
	return err
}

// data gives the table row of d; row 0 is empty and stands for unknown ones.
func (d Detail) data() *detailData { return &detailTable[d.index()] }

func (d Detail) more() *detailMore { return &detailMoreTable[d.index()] }

// Known tells whether the IANA registry has the detail.
func (d Detail) Known() bool { return d.index() != 0 }

// Permanent gives the detail with class 5.
func (d Detail) Permanent() Enhanced { return 5_000_000 + Enhanced(d) }

// Temporary gives the detail with class 4.
func (d Detail) Temporary() Enhanced { return 4_000_000 + Enhanced(d) }

// Success gives the detail with class 2.
func (d Detail) Success() Enhanced { return 2_000_000 + Enhanced(d) }

// Subject gives the detail's subject.
func (d Detail) Subject() Subject { return Subject(d / 1000) }

// ID gives the stable id in snake case ("mailbox_full"), or "".
func (d Detail) ID() string { return d.data().id }

// Name gives the registry's text, or "".
func (d Detail) Name() string { return d.data().name }

// Note gives where registry, RFC and practice disagree, or "".
func (d Detail) Note() string { return d.more().note }

// Replies gives the basic codes that the registry pairs with the detail, in a new slice.
func (d Detail) Replies() []string { return lines(d.more().replies) }

// RFCs gives the documents that define the detail, in a new slice.
func (d Detail) RFCs() []string { return lines(d.data().rfcs) }

// Source gives the first document that defines the detail, or "".
func (d Detail) Source() string { return firstLine(d.data().rfcs) }

// String gives "X.7.26", as the registry writes it.
func (d Detail) String() string {
	return "X." + strconv.Itoa(int(d/1000)) + "." + strconv.Itoa(int(d%1000))
}

// pairData is what the data says of a basic and an enhanced code together.
type pairData struct {
	reply                         Reply
	enhanced                      Enhanced
	reason                        Reason
	vague                         bool
	meaning, advice, note, source string
}

// Pair is a basic and an enhanced code that mean more together than apart.
type Pair struct {
	Reply    Reply
	Enhanced Enhanced
	Reason   Reason
	Vague    bool   // words outrank it, and it never suppresses an address
	Meaning  string // what the two say together
	Advice   string // what the sender does
	Note     string // disagreements, or ""
	Source   string // where it was read
}

// LookupPair tells what r and e mean together, and whether the data has them as
// a pair at all.
func LookupPair(r Reply, e Enhanced) (Pair, bool) {
	i := pairIndex(r, e)
	return pairTable[i].pair(), i != 0
}

func (p *pairData) pair() Pair {
	return Pair{p.reply, p.enhanced, p.reason, p.vague, p.meaning, p.advice, p.note, p.source}
}
