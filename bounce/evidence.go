package bounce

import (
	"strconv"
	"strings"

	"github.com/smtpcode/smtpcode/codes"
)

// maxWords is how many bytes of a piece of evidence are classified.
const maxWords = 3500

// diagnose makes the diagnosis of a recipient from the whole evidence: what the
// other server said, the words about the recipient that stand near the address,
// further ones, and the status. The first that says more than a vague code
// decides; the codes are those of the first that has any.
func (r *Recipient) diagnose(words ...string) {
	hint := codes.Hint{MX: r.RemoteMTA, Domain: domainOf(r.Address)}
	if hint.MX == "" {
		hint.MX = r.ReportingMTA
	}
	status, _ := codes.ParseEnhanced(strings.TrimRight(firstWord(r.Status), ";,()"))
	said := clip(r.Diagnostic, maxWords)
	if _, err := strconv.Atoi(said); err == nil && len(said) != 3 || said == "255" {
		said = "" // the exit code of a mailer
	}
	if r.Command == "MAIL" && beginsWithCode(said) {
		said = "after MAIL FROM: " + said // so that it is read as what the sender did
	}
	d := hint.Classify(withCodes(said, 0, status))
	if d.Contradiction {
		// "554 4.4.7 Message expired <421 4.4.2 Connection timed out>": the reply
		// that is quoted is the other server's.
		if inner := between(said, "<", ">"); beginsWithCode(inner) {
			d = hint.Classify(inner)
		}
	}
	for _, text := range words {
		if telling(&d) {
			break
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		text = clip(text, maxWords)
		more := hint.Classify(withCodes(text, d.Reply, orStatus(d.Enhanced, status)))
		if d.Reply != 0 || d.Enhanced != 0 {
			// The words decide, the codes stay.
			text = strings.TrimSpace(d.Reply.String() + " " + d.Enhanced.String() + " " + withoutCodes(text))
			more = hint.Classify(text)
		}
		if telling(&more) || better(&more, &d) {
			d = more
		}
	}
	if r.Action == "delayed" {
		delay(&d)
	}
	r.Diagnosis = d
}

func orStatus(e, status codes.Enhanced) codes.Enhanced {
	if e != 0 {
		return e
	}
	return status
}

// telling tells whether a diagnosis says why.
func telling(d *codes.Diagnosis) bool {
	switch {
	case d.Reason == codes.ReasonUnknown || d.Reason == codes.ReasonNone:
		return false
	case d.Basis == codes.BasisMessage || d.Basis == codes.BasisPhrase:
		return true
	case d.Enhanced != 0 && !d.Enhanced.Vague():
		return true
	}
	return d.Reply != 0 && !d.Reply.Vague()
}

// better tells whether a says anything where b says nothing.
func better(a, b *codes.Diagnosis) bool {
	none := func(d *codes.Diagnosis) bool { return d.Reason == codes.ReasonUnknown || d.Reason == codes.ReasonNone }
	return none(b) && !none(a) || b.Basis == codes.BasisNone && a.Basis != codes.BasisNone
}

// withCodes gives the text with codes that it does not have itself.
func withCodes(text string, reply codes.Reply, status codes.Enhanced) string {
	p := codes.Parse(text)
	switch {
	case p.Reply == 0 && p.Enhanced == 0:
		return strings.TrimSpace(strings.TrimSpace(reply.String()+" "+status.String()) + " " + text)
	case p.Enhanced == 0 && status != 0 && status.Class() == p.Reply.Class():
		at := len(text) - len(p.Text)
		return text[:at] + " " + status.String() + text[at:]
	}
	return text
}

// withoutCodes takes the codes off, so that others can take their place.
func withoutCodes(text string) string {
	p := codes.Parse(text)
	if p.Reply == 0 && p.Enhanced == 0 {
		return text
	}
	return p.Text
}

// delay makes the diagnosis one of a message that is still being tried.
func delay(d *codes.Diagnosis) {
	d.Suppress, d.Retry, d.Bounce = false, true, codes.BounceSoft
	if d.Action == codes.ActionSuppress || d.Action == codes.ActionInvestigate {
		d.Action = codes.ActionRetry
	}
}

func firstWord(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " \t("); i >= 0 {
		return s[:i]
	}
	return s
}

// commands are how programs name the SMTP command that was refused, in small
// letters; the first that occurs decides.
var commands = []struct{ words, command string }{
	{"in reply to end of data", "DATA"},
	{"in reply to rcpt to", "RCPT"},
	{"in reply to mail from", "MAIL"},
	{"in reply to data", "DATA"},
	{"in reply to ehlo", "EHLO"},
	{"in reply to helo", "HELO"},
	{"in reply to starttls", "STARTTLS"},
	{"in reply to auth", "AUTH"},
	{"after end of data", "DATA"},
	{"after pipelined end of data", "DATA"},
	{"end of message", "DATA"},
	{"after rcpt to", "RCPT"},
	{"after pipelined rcpt to", "RCPT"},
	{"after mail from", "MAIL"},
	{"after pipelined mail from", "MAIL"},
	{"after ehlo", "EHLO"},
	{"after helo", "HELO"},
	{"after starttls", "STARTTLS"},
	{"after data", "DATA"},
	{"after initial connection", "CONN"},
	{"failed after i sent the message", "DATA"},
	{"does not like recipient", "RCPT"},
	{"sender was rejected", "MAIL"},
	{"final data", "DATA"},
	{">>> rcpt to", "RCPT"},
	{">>> mail from", "MAIL"},
	{">>> data", "DATA"},
	{">>> ehlo", "EHLO"},
	{">>> helo", "HELO"},
	{"<<< rcpt to", "RCPT"},
	{"our rcpt to", "RCPT"},
	{"our mail from", "MAIL"},
	{"our ehlo", "EHLO"},
	{"our helo", "HELO"},
	{"rcpt command", "RCPT"},
	{"mail command", "MAIL"},
	{"data command", "DATA"},
	{"smtp:rcpt", "RCPT"},
	{"smtp:mail", "MAIL"},
	{"smtp:data", "DATA"},
	{"[mail_from]", "MAIL"},
	{"[rcpt_to]", "RCPT"},
	{"step: data", "DATA"},
	{"step: rcpt", "RCPT"},
	{"smtp command\ndata", "DATA"},
	{"smtp command\nrcpt", "RCPT"},
	{"smtp command\nmail", "MAIL"},
	{"could not connect", "CONN"},
	{"connect to ", "CONN"},
	{"wasn't able to establish an smtp connection", "CONN"},
}

// command finds the SMTP command that the text says was refused, or gives "".
func command(text string) string {
	text = lower(clip(text, maxWords))
	for i := range commands {
		if strings.Contains(text, commands[i].words) {
			return commands[i].command
		}
	}
	return ""
}

// hostLeads are the words in front of the host that answered.
var hostLeads = []string{
	"while talking to ", "host: ", "host ", "connected to ", "server at ", "server ", "by ", "connect to ", "remote system: ", "remote mta ",
}

// remoteHost finds the host that answered, or gives "".
func remoteHost(text string) string {
	text = clip(text, maxWords)
	if p := codes.Parse(text); p.Host != "" {
		return p.Host
	}
	small := lower(text)
	for _, lead := range hostLeads {
		for at := 0; ; {
			i := strings.Index(small[at:], lead)
			if i < 0 {
				break
			}
			at += i + len(lead)
			if i > 0 && at-len(lead) > 0 && isAlnum(small[at-len(lead)-1]) {
				continue
			}
			if h := host(text[at:]); strings.Contains(h, ".") && !strings.Contains(clip(text[at+len(h):], 1), "@") {
				return h
			}
		}
	}
	if i := strings.Index(small, " failed after i sent"); i > 0 { // qmail: an address and what it did
		return host(text[strings.LastIndexAny(text[:i], " \n")+1 : i])
	}
	if i := strings.Index(small, " does not like recipient"); i > 0 {
		return host(text[strings.LastIndexAny(text[:i], " \n")+1 : i])
	}
	return ""
}
