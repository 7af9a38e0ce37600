package main

import (
	"fmt"
	"strings"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// contradiction tells what each of the two codes says.
func (x *answer) contradiction() string {
	return fmt.Sprintf("%s is %s, %s is %s. RFC 2034 §4 forbids that; do not trust the codes to say whether it is for now or for good.",
		x.Reply, strings.ToLower(x.Reply.Class().Name()), x.Enhanced, strings.ToLower(x.Enhanced.Class().Name()))
}

// retry tells whether the message may be tried again, and why not.
func (x *answer) retry() (lead string, style page.Style, why string) {
	switch {
	case x.Retry && x.RetryAfter > 0:
		return "Yes,", page.Green, "but not before " + duration(x.RetryAfter) + ": the server asks for that."
	case x.Retry && x.Class == codes.ClassPermanent:
		return "Yes,", page.Green, "although the code says permanent: " + lowerFirst(x.Reason.Name()) + " is temporary by nature."
	case x.Retry:
		return "Yes,", page.Green, "with growing pauses, for 24 to 72 hours."
	case x.Class == codes.ClassUnknown:
		return "Unclear:", page.Yellow, "no code tells whether this is for now or for good."
	case x.Class == codes.ClassTemporary:
		return "No:", page.Red, "the code is temporary, but the cause will not pass by itself."
	case x.Fault == codes.FaultSender:
		return "No:", page.Red, "the same message would be refused again. Fix the cause first."
	}
	return "No:", page.Red, "the refusal is final for this message."
}

// suppress tells whether to give the address up, and why not.
func (x *answer) suppress() (lead string, style page.Style, why string) {
	switch {
	case x.Suppress:
		return "Yes:", page.Red, "the address itself is the cause."
	case x.Contradiction && x.Reason.Suppress():
		return "No:", page.Green, "the codes contradict each other, so this is no proof that the address is dead."
	case x.Class == codes.ClassTemporary && x.Reason.Suppress():
		return "Not yet:", page.Green, "only if it turns permanent, or goes on after all retries."
	case x.Reason.SuppressRepeated():
		return "Not yet:", page.Green, "only if it goes on for days, over several messages."
	case x.Class == codes.ClassUnknown && x.Reason.Suppress():
		return "Not yet:", page.Green, "the words name the address as the cause, but no code says that it is final."
	case x.Reason.Suppress():
		return "No:", page.Green, "the code alone is too vague to give an address up."
	}
	switch x.Fault {
	case codes.FaultSender:
		return "No:", page.Green, "the address is not the cause."
	case codes.FaultReceiver:
		return "No:", page.Green, "the receiving system is the cause, not the address."
	case codes.FaultRecipient:
		return "No:", page.Green, "the address exists."
	}
	return "No:", page.Green, "nothing here says that the address is dead."
}

// evidence tells what decided, a line each.
func (x *answer) evidence() []string {
	switch x.Basis {
	case codes.BasisMessage, codes.BasisPhrase:
		return x.wordEvidence()
	case codes.BasisPair:
		if x.codes {
			return []string{"the pair: the two codes together mean this"}
		}
	case codes.BasisEnhanced:
		if x.codes {
			return []string{"the enhanced code" + x.howKnown()}
		}
	case codes.BasisReply:
		if x.codes {
			return []string{"the reply code alone" + plural(x.Reply.Vague() && x.failed(), ", which says little: the rest of the reply decides", "")}
		}
	}
	return []string{lowerFirst(x.Basis.Name()) + ": " + lowerFirst(x.Basis.Meaning())}
}

// howKnown tells how much of the enhanced code is known.
func (x *answer) howKnown() string {
	switch {
	case !x.Enhanced.Subject().Known():
		return ", of which only the first number is known"
	case !x.Enhanced.Known():
		return ", of which only the first two numbers are known"
	case !x.Enhanced.Registered():
		return "; the registry has it for other classes than " + x.Enhanced.String()[:1]
	case x.Reply != 0:
		return "; the two are not known as a pair"
	}
	return ""
}

// wordEvidence quotes the words that decided, and tells whose they are and how
// well they are known.
func (x *answer) wordEvidence() []string {
	w := x.wording()
	by := "common wording"
	if x.Basis == codes.BasisMessage {
		by = x.providerName()
	}
	quote := x.quote()
	if quote == "" {
		quote = "the code " + x.Enhanced.String() + " alone names it"
	}
	id := "phrase " + w.ID
	if x.Basis == codes.BasisMessage {
		id = "message " + w.ID
	}
	if w.ID == "" { // a blocklist's name, in words that nobody has noted
		return []string{"the reply names " + x.Blocklist.Name()}
	}
	if x.Own() {
		id = "own " + id
	}
	return []string{by + ": " + quote, strings.Join(nonEmpty(id, w.Evidence.String(), w.Date), " · ")}
}

// wording gives the message or phrase that decided.
func (x *answer) wording() codes.Wording { return x.Wording() }

// quote gives the words of the reply that decided.
func (x *answer) quote() string {
	for _, h := range x.hits {
		if h.Won {
			return quote(x.text, h.Spans)
		}
	}
	return ""
}

// quote gives parts of a text in quotation marks.
func quote(text string, spans []codes.Span) string {
	var parts []string
	for _, s := range spans {
		if 0 <= s.Start && s.Start < s.End && s.End <= len(text) {
			parts = append(parts, page.OneLine(text[s.Start:s.End]))
		}
	}
	if parts == nil {
		return ""
	}
	return "“" + page.Shorten(strings.Join(parts, " … "), 240) + "”"
}

// duration writes seconds as people say them.
func duration(seconds int) string {
	switch {
	case seconds%3600 == 0:
		return counted(seconds/3600, "hour")
	case seconds%60 == 0:
		return counted(seconds/60, "minute")
	}
	return counted(seconds, "second")
}

func counted(n int, unit string) string {
	return fmt.Sprintf("%d %s%s", n, unit, plural(n == 1, "", "s"))
}
