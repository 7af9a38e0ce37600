package bounce

import (
	"strings"

	"github.com/smtpcode/smtpcode/codes"
)

// notice is what a program wrote for people, cut off where the message that it
// is about begins.
type notice struct {
	text     string // whole, without what is cut off
	small    string // the same in small letters
	original string // what was cut off: header of the original, and more
	blocks   []block
}

// block is what a notice says of one recipient.
type block struct {
	address string
	near    string // the words up to the first blank line
	wide    string // the words up to the next recipient
	small   string // the same in small letters
	said    string // what the other server said, where a transcript has it apart
}

// maxLines is how many lines of a notice are read.
const maxLines = 4000

// rank is how surely a line begins what is said of a recipient.
type rank uint8

const (
	rankNone       rank = iota
	rankQuoted          // the To field of a quoted header
	rankSentence        // an address somewhere in the line
	rankStart           // an address and then words
	rankTranscript      // "550 <address>... User unknown"
	rankOwnLine         // an address by itself, or with a colon
)

// readNotice cuts the text and finds the recipients. small is the text in small
// letters; own are addresses that are no recipients: the sender's, the reporting
// system's.
func readNotice(text, small string, own ...string) notice {
	var n notice
	n.text, n.original = cutOriginal(clip(text, maxNote))
	n.small = small[:len(n.text)]
	type hit struct {
		at, behind int // where the line begins, and the words behind the address
		rank       rank
		address    string
	}
	var hits []hit
	best := rankNone
	for at, lines := 0, 0; at < len(n.text) && lines < maxLines; lines++ {
		l, _ := line(n.text[at:])
		if k, addr, behind := recipientLine(l); k != rankNone && (k == rankOwnLine || !isOwn(addr, own)) {
			hits = append(hits, hit{at, at + behind, k, addr})
			if !isOwn(addr, own) {
				best = max(best, k)
			}
		}
		at = min(at+len(l)+1, len(n.text))
	}
	above := 0 // where the lines behind the last recipient of a transcript begin
	for i, h := range hits {
		if h.rank != best || isOwn(h.address, own) {
			continue
		}
		end := len(n.text)
		for _, next := range hits[i+1:] {
			if next.rank == best {
				end = next.at
				break
			}
		}
		from := h.behind
		if best <= rankStart {
			from = h.at
		}
		b := block{address: h.address}
		if best == rankTranscript {
			l, _ := line(n.text[h.at:])
			if b.said = transcriptReply(n.text[above:h.at]); b.said == "" {
				b.said = strings.TrimLeft(n.text[h.behind:h.at+len(l)], ". ")
				if !beginsWithCode(b.said) {
					b.said = clip(strings.TrimSpace(l), 4) + b.said
				}
			}
			from, end = above, min(h.at+len(l)+1, len(n.text))
			above = end
		}
		b.wide, b.small = n.text[from:end], n.small[from:end]
		b.near = paragraph(b.wide)
		n.add(b)
	}
	return n
}

// add joins what is said of the same address in two places.
func (n *notice) add(b block) {
	for i := range n.blocks {
		old := &n.blocks[i]
		if strings.EqualFold(old.address, b.address) {
			old.near += "\n" + b.near
			old.wide += "\n" + b.wide
			old.small += "\n" + b.small
			if b.said != "" {
				old.said = b.said
			}
			return
		}
	}
	if len(n.blocks) < maxRecipients {
		n.blocks = append(n.blocks, b)
	}
}

func isOwn(addr string, own []string) bool {
	for _, o := range own {
		if o != "" && strings.EqualFold(o, addr) {
			return true
		}
	}
	return false
}

// paragraph gives the words of s up to the first blank line behind any.
func paragraph(s string) string {
	at, any := 0, false
	for at < len(s) {
		l, _ := line(s[at:])
		if strings.TrimSpace(l) == "" {
			if any {
				return s[:at]
			}
		} else {
			any = true
		}
		at = min(at+len(l)+1, len(s))
	}
	return s
}

// recipientLine tells whether the line names a recipient, which, and where the
// words about it begin.
func recipientLine(l string) (rank, string, int) {
	if strings.IndexByte(l, '@') < 0 || len(l) > 4000 {
		return rankNone, "", 0
	}
	s := strings.TrimLeft(l, " \t*>")
	lead := len(l) - len(s)
	if s == "" {
		return rankNone, "", 0
	}
	if s[0] == '-' && len(s) > 1 && (s[1] == ' ' || s[1] == '<') { // a list
		s = strings.TrimLeft(s[1:], " ")
		lead = len(l) - len(s)
	}
	begin, end := nextAddress(l, lead)
	if begin < 0 {
		return rankNone, "", 0
	}
	addr := l[begin:end]
	opening := l[lead:begin]
	behind := strings.TrimLeft(l[end:], ">\"' \t")
	at := len(l) - len(behind)
	switch {
	case opening == "" || opening == "<" || opening == "\"" || opening == "'" || opening == "\"<" || opening == "[":
		behind = strings.TrimRight(behind, " \t.,;")
		switch {
		case behind == "" || behind[0] == ':' || behind[0] == '(' || behind[0] == '[' || hasPrefixFold(behind, "<mailto:"),
			strings.HasPrefix(behind, "on ") && len(behind) > 3 && isDigit(behind[3]):
			if behind != "" && behind[0] == ':' {
				at++
			}
			return rankOwnLine, addr, min(at, len(l))
		}
		return rankStart, addr, at
	case len(opening) >= 4 && isDigit(opening[0]) && isDigit(opening[1]) && isDigit(opening[2]) && (opening[3] == ' ' || opening[3] == '-') &&
		strings.HasPrefix(behind, "..."):
		if t := strings.TrimSpace(opening[4:]); t == "" || t == "<" {
			return rankTranscript, addr, at
		}
	}
	if n := fieldName(l[lead:]); n > 0 && lead+n < begin {
		switch lower(strings.TrimRight(l[lead:lead+n], " ")) {
		case "to":
			return rankQuoted, addr, at
		case "message-id", "from", "cc", "date", "subject", "sender", "reply-to", "return-path", "original sender":
			return rankNone, "", 0
		}
	}
	return rankSentence, addr, at
}

// transcriptReply gives the first refusal of the last conversation in a
// transcript as sendmail prints it, or "". What comes after it ("503 Need RCPT")
// only follows from it.
func transcriptReply(s string) string {
	reply := ""
	for at := 0; at < len(s); {
		l, _ := line(s[at:])
		if strings.HasPrefix(l, "<<< ") && reply == "" && (strings.HasPrefix(l[4:], "4") || strings.HasPrefix(l[4:], "5")) && beginsWithCode(l[4:]) {
			reply = squeezeReply(s[at+4:])
		}
		if hasPrefixFold(l, "While talking to") || hasPrefixFold(l, "... while talking to") {
			reply = ""
		}
		at = min(at+len(l)+1, len(s))
	}
	return reply
}

// cutOriginal parts what was written for people from the message that is quoted
// below it: at a line that says so, or where three header fields in a row begin.
func cutOriginal(s string) (text, rest string) {
	fields, start, sure := 0, 0, false
	for at := 0; at < len(s); {
		l, _ := line(s[at:])
		next := min(at+len(l)+1, len(s))
		if announcesOriginal(l) {
			return s[:at], strings.TrimLeft(s[next:], "\n \t-=")
		}
		if n := fieldName(l); n > 0 && l[0] > ' ' {
			if fields == 0 {
				start = at
			}
			switch lower(strings.TrimRight(l[:n], " ")) {
			case "message-id", "received", "mime-version", "return-path":
				fields++
				sure = true
			case "from", "to", "date", "subject", "content-type", "sender", "reply-to", "cc":
				fields++
			}
			if fields >= 3 && sure {
				return s[:start], s[start:]
			}
		} else if l == "" || l[0] != ' ' && l[0] != '\t' {
			fields, sure = 0, false
		}
		at = next
	}
	return s, ""
}

// originalWords stand in the lines that announce the original message.
var originalWords = []string{
	"original message", "original mail", "copy of the message", "copy of your message", "copy of the original", "returned message",
	"message header", "unsent message", "header of the original", "headers of the original", "returned mail follows", "text of message", "message text follows",
}

// announcesOriginal tells whether the line says that the original message
// begins below it: a short line of such words, set off by dashes or ended by a
// colon or full stop.
func announcesOriginal(l string) bool {
	if len(l) < 10 || len(l) > 100 {
		return false
	}
	t := strings.TrimSpace(l)
	if t == "" {
		return false
	}
	last := t[len(t)-1]
	if t[0] != '-' && t[0] != '=' && t[0] != '*' && last != ':' && last != '.' && last != '-' {
		return false
	}
	small := lower(t)
	if strings.Contains(small, " was ") || strings.Contains(small, " has ") || strings.Contains(small, " could ") || strings.Contains(small, "delete your") {
		return false
	}
	for _, w := range originalWords {
		if strings.Contains(small, w) {
			dashes := t[0] == '-' || t[0] == '=' || t[0] == '*'
			return dashes || strings.Contains(small, "follow") || strings.Contains(small, "below") || strings.HasSuffix(small, "headers:") || strings.HasPrefix(small, "original message") || strings.Contains(small, "included is")
		}
	}
	return false
}

// serverWords stand in front of what the other server said.
var serverWords = []string{
	"remote host said:", "said[response message]:", "other server returned was:", "returned was:", "remote server returned '", "remote server returned", "received >>>", "<<<", "server message",
	"responded with failure:", "failed with:", "responsecode ", "error_code :", "generated response:", "(reason:", "reason:", "said:",
}

// serverReply finds in the words about a recipient what the other server said:
// from the words that announce it, or from the first line that begins with a
// reply code, to the end of the paragraph. It gives "" if there is no such thing.
// small is s in small letters.
func serverReply(s, small string) string {
	s, small = clip(s, maxWords), clip(small, maxWords)
	if r := transcriptReply(s); r != "" {
		return r
	}
	if i := strings.Index(small, "the response was:"); i >= 0 { // Gmail, where it quotes no reply too
		return squeezeReply(s[i+len("the response was:"):])
	}
	if i := strings.Index(s, "]: "); i >= 0 && beginsWithCode(s[i+3:]) { // "host mx.example.net [192.0.2.1]: 550 …"
		return squeezeReply(s[i+3:])
	}
	for _, w := range serverWords {
		if i := strings.Index(small, w); i >= 0 {
			if t := strings.TrimLeft(s[i+len(w):], " \t\n'\""); beginsWithCode(t) {
				return squeezeReply(t)
			}
		}
	}
	for at := 0; at < len(s); {
		l, _ := line(s[at:])
		if t := strings.TrimLeft(l, " \t"); beginsWithCode(t) {
			return squeezeReply(s[at:])
		}
		at = min(at+len(l)+1, len(s))
	}
	if p := codes.Parse(paragraph(s)); p.Reply != 0 || p.Enhanced != 0 {
		return strings.TrimSpace(strings.TrimLeft(paragraph(s), ": \n"))
	}
	return ""
}

// squeezeReply gives the reply that s begins with: lines up to an empty one,
// the next turn of a dialogue, or another code. The ends of its lines stay, for
// a reply may repeat its codes behind each.
func squeezeReply(s string) string {
	lines := strings.Split(strings.TrimSpace(paragraph(s)), "\n")
	for i := range lines {
		l := strings.TrimSpace(lines[i])
		l = strings.TrimPrefix(l, "<<< ")
		if i > 0 && (strings.HasPrefix(l, ">>>") || strings.HasPrefix(l, "... ") || beginsWithCode(l) && isDigit(l[1]) && clip(l, 3) != clip(lines[0], 3)) {
			lines = lines[:i]
			break
		}
		lines[i] = l
	}
	return strings.Join(lines, "\n")
}

// beginsWithCode tells whether s begins with a reply code of a refusal.
func beginsWithCode(s string) bool {
	if len(s) < 3 || s[0] != '4' && s[0] != '5' && s[0] != '2' || !isDigit(s[1]) || !isDigit(s[2]) {
		if e, err := codes.ParseEnhanced(strings.TrimRight(firstWord(s), ":;,")); err == nil {
			return e != 0
		}
		return false
	}
	return len(s) == 3 || s[3] == ' ' || s[3] == '-' || s[3] == '\n' || s[3] == ':' || s[3] == ','
}
