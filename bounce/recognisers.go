package bounce

import "strings"

// recogniser tells what program, or what sort of program, wrote a mail that has
// no machine-readable part. All signs that are given must be there, each in one
// of its alternatives, which are in small letters.
type recogniser struct {
	name      string
	kind      Kind
	looks     string                        // what it looks for, in words
	from      alternatives                  // in the From field
	subject   alternatives                  // in the decoded Subject
	field     alternatives                  // a field that is there: its name, or "name: words in it"
	text      alternatives                  // in the words for people
	sender    sender                        // who must have sent it
	recipient alternatives                  // words in front of the only recipient, where the general rules would take another address
	read      func(r *reading, text string) // how the text is read, if not as a notice
	vague     bool                          // the signs are weak: there must be a recipient, and a code or known words
}

// sender is what the sender of a mail must be.
type sender uint8

const (
	anybody sender = iota
	machine        // a mail system, or a subject that only mail systems give
	daemon         // a mail system, by its address or the empty envelope sender
	person         // no mail system by its address
)

// recognisers are tried in this order; the first whose signs are all there
// decides. Reading the recipients is the same for all of them (readNotice).
var recognisers = []recogniser{
	// Complaints and automatic answers that say so themselves.
	{name: "hotmail-complaint", kind: KindFeedback, looks: "Outlook.com's junk mail report: the complaint in the subject, the mail attached",
		from: alternatives{"staff@hotmail.com"}, subject: alternatives{"complaint about message from"}},
	{name: "ses-notification", kind: KindBounce, looks: "Amazon SNS sends what SES says as a line of JSON",
		text: alternatives{`"notificationtype":"`, `"eventtype":"`}, field: alternatives{"x-amz-sns-message-id"}, read: (*reading).fromNotification},

	// Reports of programs, by the sentence that each begins with.
	{name: "exim-delay", kind: KindDelayed, looks: "Exim's warning and its children's",
		text: alternatives{"has not yet been delivered to one or more of its\nrecipients", "has not yet been delivered"}, sender: machine},
	{name: "exim", kind: KindBounce, looks: "Exim, 1&1, GMX, mail.ru, MXLogic, Zoho: Exim's first sentence", text: alternatives{"this message was created automatically by mail delivery s"}, sender: machine},
	{name: "qmail", kind: KindBounce, looks: "qmail-send, its children and Apache James: their first sentence", text: alternatives{"this is the qmail-send program", "i'm afraid i wasn't able to deliver your message", "there's a problem with the e-mail address"}, sender: machine},
	{name: "postfix", kind: KindBounce, looks: "Postfix without its machine-readable part", text: alternatives{"this is the mail system at host", "this is the postfix program", "i'm sorry to have to inform you that the message returned"}, sender: machine},
	{name: "sendmail", kind: KindBounce, looks: "sendmail, old and new: its headings between dashes",
		text: alternatives{"----- the following addresses had", "----- transcript of session follows", "----- the following address had", "---the following addresses had delivery errors"}, sender: machine},
	{name: "dma", kind: KindBounce, looks: "DragonFly Mail Agent: its first sentence", text: alternatives{"this is the dragonfly mail agent"}, sender: machine},
	{name: "opensmtpd", kind: KindBounce, looks: "OpenSMTPD: its first sentence", text: alternatives{"this is the mailer-daemon, please do not reply"}, sender: machine},
	{name: "courier", kind: KindBounce, looks: "Courier: its first sentence", text: alternatives{"this is a delivery status notification from"}, sender: machine},
	{name: "gmail", kind: KindBounce, looks: "Gmail and Google Workspace: their first sentence", text: alternatives{"delivery to the following recipient"}, sender: machine},
	{name: "google-groups", kind: KindBounce, looks: "Google Groups, in any language: the link to its help", from: alternatives{"mailer-daemon@googlemail.com"}, text: alternatives{"groups.google.com/support"}},
	{name: "yahoo", kind: KindBounce, looks: "Yahoo: its first sentence", text: alternatives{"sorry, we were unable to deliver your message to the following address"}, sender: machine},
	{name: "exchange", kind: KindBounce, looks: "Exchange and Microsoft 365: their first sentence",
		text: alternatives{"your message did not reach some or all of the intended recipients", "delivery has failed to these recipients", "couldn't be delivered to the following recipients", "the following recipient(s) could not be reached", "your message to the following recipients cannot be delivered"}, sender: machine},
	{name: "domino", kind: KindBounce, looks: "Lotus Domino: its headings between dashes", text: alternatives{"------- failure reasons"}, sender: machine},
	{name: "m-filter", kind: KindBounce, looks: "m-FILTER: its headings between dashes", text: alternatives{"-------server message"}, sender: machine},
	{name: "interscan", kind: KindBounce, looks: "Trend Micro InterScan: its dialogue or sentence", text: alternatives{"sent <<<", "interscan messaging security suite"}, sender: machine},
	{name: "imail", kind: KindBounce, looks: "IMail: its mail program and subject", subject: alternatives{"undeliverable mail"}, field: alternatives{"x-mailer: <smtp32"}},
	{name: "kddi", kind: KindBounce, looks: "au one net: its sentence, and a sender that takes no answers", field: alternatives{"reply-to: no-reply@app.auone-net.jp", "from: no-reply@"}, text: alternatives{"could not be delivered to: <"}},
	{name: "fml", kind: KindBounce, looks: "the fml list server refuses a mail", field: alternatives{"x-mlserver: fml"}, text: alternatives{"not a member of this mailing list", "you are not member", "loop alert", "duplicated message-id", "not member", "rejected", "not allowed"},
		recipient: alternatives{"mailing list", "duplicated message-id in"}},
	{name: "workmail", kind: KindBounce, looks: "Amazon WorkMail: its sentence", text: alternatives{"an error occurred while trying to deliver the mail to the following recipients"}, sender: machine},
	{name: "failed-recipients", kind: KindBounce, looks: "the field that Exim began and others took over", field: alternatives{"x-failed-recipients"}, sender: machine},

	// A mail that asks the sender to prove to be one.
	{name: "challenge-field", kind: KindChallenge, looks: "TMDA and qconfirm name themselves in a field", field: alternatives{"x-tmda-fingerprint", "x-qconfirm", "x-challenge"}},
	{name: "challenge", kind: KindChallenge, looks: "the sentences of challenge-response filters",
		text:    alternatives{"spamarrest.com", "boxbe.com", "has not been delivered because you are not on my list", "confirm that you are a real", "this message was held for verification", "please confirm your message", "to complete this verification", "reply to this message to confirm you sent", "verify that you are not a spammer"},
		subject: alternatives{"confirm", "verif", "challenge", "approval", "action required", "held"}},

	// An answer in the recipient's name.
	{name: "auto-submitted", kind: KindVacation, looks: "RFC 3834 §5: the mail says that it is an automatic answer", field: alternatives{"auto-submitted: auto-replied", "x-autoreply", "x-autorespond", "x-auto-reply", "x-vacation", "x-mail-autoreply", "precedence: auto_reply", "x-auto-response-suppress: oof"}, sender: person},
	{name: "out-of-office", kind: KindVacation, looks: "the subjects that vacation programs give",
		subject: alternatives{"^out of office", "^out of the office", "^automated reply", "^automatic response", "^re: auto", "^automatic reply", "^auto reply", "^autoreply", "^auto-reply", "^auto response", "^autoresponse", "^abwesenheit", "^automatische antwort", "^réponse automatique", "^absence du bureau", "^respuesta automática", "^fuera de la oficina", "^risposta automatica", "^fuori sede", "^resposta automática", "^automatisch antwoord", "^afwezig", "^автоответ", "^自動返信", "^自动回复", "^자동 회신", "^vacation reply", "^i am out of", "^autosvar", "^poissa"}},

	// What programs that nobody has seen have in common.
	{name: "gateway", kind: KindBounce, looks: "MailFoundry, MailMarshal, SurfControl, Symantec and other gateways: their words for a failed delivery",
		text: alternatives{"unable to deliver message to", "your message could not be delivered", "could not be delivered to", "failed permanently", "message could not be delivered", "unable to deliver", "was not delivered", "delivery failed", "undeliverable to", "did not receive this message", "could not deliver", "following addresses had delivery problems", "cannot be delivered", "undeliverable recipient", "no valid recipients", "could not be sent", "non-deliverable", "had trouble delivering", "did not reach the following", "had permanent fatal delivery errors", "could not send your message", "konnte nicht zugestellt", "nicht zugestellt werden", "n'a pas pu être", "no se pudo entregar", "no se ha podido entregar", "impossibile recapitare", "não pôde ser entregue", "送信できません", "配信できません", "无法送达", "被退回", "не может быть доставлен", "not able to deliver", "delivery failure"}, sender: daemon, vague: true},
	{name: "report", kind: KindBounce, looks: "a mail that says to be a delivery report (RFC 6522)", field: alternatives{"content-type: delivery-status"}},
	{name: "unknown", kind: KindBounce, looks: "a machine's mail with a subject of a failed delivery",
		subject: bounceSubjects, sender: daemon, vague: true},
}

// bounceSubjects begin, or stand in, the subject of a report.
var bounceSubjects = alternatives{
	"^undeliver", "^returned mail", "^mail delivery fail", "^delivery status notification", "^delivery failure", "^failure notice",
	"^mail delivery system", "^delivery report", "^message delivery", "^nondeliver", "^non-deliver", "^mail failure", "^mail failed", "^message status",
	"^permanent fail", "^failed delivery", "^there was an error sending", "^[bounce]", "^returned to sender", "^delivery has been", "^failed mail",
	"^delivery notification", "^mail system error", "^permanent delivery", "^delayed mail", "^warning: message", "^warning: could not send",
	"^mail could not be delivered", "^delivery problem", "^failure delivery", "^could not deliver", "^message undeliver", "^message could not",
	"^your message could not", "^undelivered", "^e-mail delivery", "^email delivery", "^bounce", "^delivery has failed", "^delivery error",
	"^mail error", "^error sending", "^ndn:", "^dsn:", "^delivery delay", "^unzustellbar", "^zustellung", "^nicht zustellbar", "^message non remis",
	"^échec", "^non remis", "^non recapitabile", "^mancato recapito", "^no se puede entregar", "^no se ha podido", "^devolución", "^não entregue",
	"^falha na entrega", "^onbestelbaar", "^niet bezorgd", "не доставлено", "недоставленн", "не может быть доставлен", "^niedoręcz", "^nie dostarczono",
	"送信できません", "配信不能", "配信できません", "配信エラー", "未配信", "退信", "无法送达", "系统退信", "投递失败", "無法傳遞", "반송", "mail failure",
}

// delaySubjects tell the same as delayWords.
var delaySubjects = alternatives{"(delay)", "delayed", "^warning: could not send"}

// delayWords tell that a report is about a message that is still being tried.
var delayWords = alternatives{
	"this is a warning message only", "this is a warning only", "has been delayed", "not yet been delivered", "still being retried", "will be retried", "will keep trying",
	"attempts will continue", "only a temporary failure report", "you do not need to resend", "do not need to re-send", "is delayed for more than", "will continue to try", "we'll keep trying", "still trying", "zustellung verzögert",
}

// matches tells whether all signs are there.
func (g *recogniser) matches(e *envelope) bool {
	return e.sentBy(g.sender) &&
		(g.from == nil || g.from.in(e.from)) &&
		(g.subject == nil || g.subject.in(e.subject)) &&
		(g.field == nil || e.field(g.field)) &&
		(g.text == nil || g.text.in(e.head))
}

// alternatives are words of which one has to be there; "^" binds them to the
// beginning.
type alternatives []string

// in tells whether one of the alternatives occurs in s.
func (list alternatives) in(s string) bool {
	for _, a := range list {
		if a[0] == '^' {
			if strings.HasPrefix(s, a[1:]) {
				return true
			}
		} else if strings.Contains(s, a) {
			return true
		}
	}
	return false
}

// envelope is what recognisers look at.
type envelope struct {
	header  header
	from    string // in small letters
	subject string // decoded, in small letters
	head    string // beginning of the words for people, in small letters
	report  string // report-type of the mail
}

// field tells whether one of the fields is there and holds its words.
func (e *envelope) field(list alternatives) bool {
	for _, a := range list {
		name, words, _ := strings.Cut(a, ": ")
		if v, ok := e.header.raw(name); ok && (words == "" || strings.Contains(lower(v), words)) {
			return true
		}
	}
	return false
}

// daemons are the senders of reports.
var daemons = alternatives{"mailer-daemon", "postmaster@", "mailerdaemon", "mail-daemon", "mail delivery", "mail deliver system", "mail.delivery", "system administrator", "mail administrator", "delivery subsystem", "\"postmaster\"", "^postmaster", "<>", "mailer daemon", "mdaemon", "maildaemon", "post_master@", "mail system"}

// sentBy tells whether such a one sent the mail. Nobody but a person answers a
// report, whatever the address.
func (e *envelope) sentBy(who sender) bool {
	switch who {
	case machine:
		return e.null() || !answers.in(e.subject) && (e.daemon() || bounceSubjects.in(e.subject))
	case daemon:
		return e.null() || !answers.in(e.subject) && e.daemon()
	case person:
		return !e.daemon()
	}
	return true
}

// answers begin the subject of a mail that answers another.
var answers = alternatives{"^re:", "^aw:", "^sv:", "^antw:"}

// daemon tells whether a mail system sent the mail, by its name, by the field
// that names the recipients, or because the mail says to be a report.
func (e *envelope) daemon() bool {
	return e.from == "" || e.report == "delivery-status" || daemons.in(e.from) || e.header.has("X-Failed-Recipients")
}

// null tells whether the envelope's sender is empty (RFC 5321 §4.5.5), or the
// From field is, as some gateways have it.
func (e *envelope) null() bool {
	if e.from == "" || e.from == "<>" {
		return true
	}
	path, ok := e.header.raw("Return-Path")
	path = strings.Trim(path, " \t\n<>")
	return ok && (path == "" || hasPrefixFold(path, "mailer-daemon"))
}
