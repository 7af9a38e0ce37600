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
// decides; the codes are those of the first that has any. rules are own messages
// in front of the data's, or nil.
func (r *Recipient) diagnose(rules *codes.Classifier, words ...string) {
	hint := codes.Hint{MX: r.RemoteMTA, Domain: domainOf(r.Address)}
	if hint.MX == "" {
		hint.MX = r.ReportingMTA
	}
	status, _ := codes.ParseEnhanced(strings.TrimRight(firstWord(r.Status), ";,()"))
	said := clip(r.Diagnostic, maxWords)
	if exitCode(said) {
		said = ""
	}
	if r.Command == "MAIL" && beginsWithCode(said) {
		said = "after MAIL FROM: " + said // so that it is read as what the sender did
	}
	d := rules.Classify(withStatus(said, status), hint)
	if d.Contradiction {
		// "554 4.4.7 Message expired <421 4.4.2 Connection timed out>": the reply
		// that is quoted is the other server's.
		if inner := between(said, "<", ">"); beginsWithCode(inner) {
			d = rules.Classify(inner, hint)
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
		p := codes.Parse(text)
		if d.Reply != 0 || d.Enhanced != 0 && p.Reply == 0 {
			// The words decide, the codes stay.
			if p.Reply != 0 || p.Enhanced != 0 {
				text = p.Text
			}
			text = strings.TrimSpace(d.Reply.String()+" "+d.Enhanced.String()) + " " + text
		} else {
			text = withStatus(text, status)
		}
		if more := rules.Classify(text, hint); telling(&more) || better(&more, &d) {
			d = more
		}
	}
	if r.Action == "delayed" {
		delay(&d)
	}
	r.Diagnosis = d
}

// exitCode tells whether a Diagnostic-Code is the exit code of a local mailer
// ("X-Unix; 255"), which is no reply.
func exitCode(said string) bool {
	n, err := strconv.Atoi(said)
	return err == nil && n < 256 && n != 220 && n != 221 && (n < 250 || n > 252)
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

// withStatus gives the text with the status put in where it has no enhanced code.
func withStatus(text string, status codes.Enhanced) string {
	if status == 0 {
		return text
	}
	p := codes.Parse(text)
	switch {
	case p.Reply == 0 && p.Enhanced == 0:
		return status.String() + " " + text
	case p.Enhanced == 0 && status.Class() == p.Reply.Class():
		at := len(text) - len(p.Text)
		return text[:at] + " " + status.String() + text[at:]
	}
	return text
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

// commandLeads stand in front of the SMTP command that was refused, in small
// letters; the first of them that a command follows decides.
var commandLeads = [...]string{"in reply to ", "after ", ">>> ", "<<< ", "our ", "smtp:", "step: ", "smtp command\n", "[", "following ", "final "}

// commandWords are the commands by the words that name them.
var commandWords = [...]struct{ words, command string }{
	{"rcpt", "RCPT"}, {"mail from", "MAIL"}, {"mail_from", "MAIL"}, {"mail command", "MAIL"}, {"mail host", "MAIL"}, {"mail\n", "MAIL"}, {"data", "DATA"}, {"end of ", "DATA"},
	{"ehlo", "EHLO"}, {"helo", "HELO"}, {"starttls", "STARTTLS"}, {"auth ", "AUTH"}, {"initial connection", "CONN"}, {"final data", "DATA"}, {"i sent the message", "DATA"},
}

// commandPhrases name the command in a way of their own.
var commandPhrases = [...]struct{ words, command string }{
	{"does not like recipient", "RCPT"}, {"sender was rejected", "MAIL"}, {"connect to ", "CONN"}, {"wasn't able to establish", "CONN"}, {"could not connect", "CONN"},
}

// command finds the SMTP command that the text, which is in small letters, says
// was refused, or gives "".
func command(text string) string {
	text = clip(text, maxWords)
	for _, lead := range commandLeads {
		for at := 0; ; {
			i := strings.Index(text[at:], lead)
			if i < 0 {
				break
			}
			at += i + len(lead)
			rest := strings.TrimPrefix(text[at:], "pipelined ")
			for j := range commandWords {
				if strings.HasPrefix(rest, commandWords[j].words) {
					return commandWords[j].command
				}
			}
		}
	}
	for j := range commandPhrases {
		if strings.Contains(text, commandPhrases[j].words) {
			return commandPhrases[j].command
		}
	}
	return ""
}

// hostLeads are the words in front of the host that answered.
var hostLeads = []string{
	"while talking to ", "host: ", "host ", "connected to ", "server at ", "server ", "by ", "connect to ", "remote system: ", "remote mta ",
}

// remoteHost finds the host that answered, or gives "". small is the text in
// small letters.
func remoteHost(text, small string) string {
	text, small = clip(text, maxWords), clip(small, maxWords)
	if p := codes.Parse(text); p.Host != "" {
		return p.Host
	}
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
