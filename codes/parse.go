package codes

import "strings"

// Parsed is what the codes and the wrapper of a reply tell, before any word of
// it is read.
type Parsed struct {
	Reply    Reply    // the first basic code that stands where one can stand, or 0
	Enhanced Enhanced // the enhanced code that goes with it, or 0
	Text     string   // what follows the codes; all of the input if there are none
	Host     string   // the server whose reply the wrapper quotes ("host mx.example.net[192.0.2.1] said:"), or ""

	// Inner is the reply of another server that this one quotes behind "->",
	// as Exchange does, or "". It decides over the reply around it.
	Inner string

	dashed bool // the basic code is followed by a hyphen: more lines come (RFC 5321 §4.2.1)
}

// Class gives the class by the basic code or, without one, by the enhanced
// code. It is unknown where one of the two says success and the other does not.
func (p Parsed) Class() Class {
	a, b := p.Reply.Class(), p.Enhanced.Class()
	switch {
	case p.Reply == 0:
		return b
	case p.Enhanced != 0 && a != b && (a == ClassSuccess || b == ClassSuccess):
		return ClassUnknown
	case a == ClassPreliminary:
		return ClassUnknown // SMTP has no such class (RFC 5321 §4.2.1)
	}
	return a
}

// Contradict tells whether the two codes name different classes, which RFC 2034
// §4 forbids.
func (p Parsed) Contradict() bool {
	return p.Reply != 0 && p.Enhanced != 0 && p.Reply.Class() != p.Enhanced.Class()
}

// Parse finds the codes of a reply as it was received, logged or quoted:
// "550", "5.7.26", "550 5.7.26", "550-5.7.26 text", replies of several lines, a
// code behind words ("host mx.example.net[192.0.2.1] said: 550 5.1.1 …"), at
// the end ("(#5.1.1)") or glued to a word. It never fails: where it finds no
// code, the fields are 0. It allocates nothing; the strings are parts of s.
func Parse(s string) Parsed {
	var p Parsed
	p.parse(s)
	return p
}

// parse is Parse into p, which is empty.
func (p *Parsed) parse(s string) {
	at := start(s)
	r, n := replyAt(s, at)
	switch {
	case n > 0:
		p.Reply = r
		at += n
	default:
		if e, n := enhancedAt(s, at); n > 0 {
			p.Enhanced, p.Text = e, s[at+n:]
			p.Reply = innerReply(s, at+n)
			p.Inner = quoted(p.Text)
			return
		}
		p.Host = wrapperHost(s)
		if at, p.Reply = findReply(s); p.Reply == 0 {
			p.Enhanced = findEnhanced(s, 0)
			p.Text = s
			p.Inner = quoted(s)
			return
		}
		at += 3
	}
	p.dashed = at < len(s) && s[at] == '-'
	next := at
	for next < len(s) && next < at+4 && isGlue(s[next]) {
		next++
	}
	if e, n := enhancedAt(s, next); n > 0 {
		p.Enhanced, at = e, next+n
	} else {
		p.Enhanced = findEnhanced(s[at:], p.Reply.Class())
	}
	p.Text = s[at:]
	if d := p.Enhanced % 1000; p.Enhanced == 0 || d >= 300 { // the codes of Exchange's wrappers: 5.0.350, 5.1.351, 5.4.300 …
		p.Inner = quoted(p.Text)
	}
}

// start skips what people paste in front of a reply: white space, quotes and
// the "smtp;" of a Diagnostic-Code (RFC 3464 §2.3.6).
func start(s string) int {
	at := 0
	for at < len(s) && !isDigit(s[at]) {
		switch c := s[at]; {
		case c == ' ', c == '\t', c == '\r', c == '\n', c == '"', c == '\'', c == '<', c == '(', c == '#', c == '>':
			at++
		case (c == 's' || c == 'S' || c == 'x' || c == 'X') && hasPrefixFold(s[at:], "smtp;"):
			at += len("smtp;")
		case (c == 'x' || c == 'X') && hasPrefixFold(s[at:], "x-postfix;"):
			at += len("x-postfix;")
		default:
			return at
		}
	}
	return at
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// replyAt reads a basic code at s[at:]. It wants three digits that are no part
// of a longer number, an address or a date.
func replyAt(s string, at int) (Reply, int) {
	if len(s) < at+3 || s[at] < '1' || s[at] > '5' || !isDigit(s[at+1]) || !isDigit(s[at+2]) {
		return 0, 0
	}
	if len(s) > at+3 {
		switch c := s[at+3]; {
		case isDigit(c), c == '/', c == '%', c == '@', c == '_', 'a' <= c && c <= 'z':
			return 0, 0
		case (c == '.' || c == ':') && len(s) > at+4 && isDigit(s[at+4]):
			return 0, 0 // an IP address, a time
		}
	}
	return Reply(s[at]-'0')*100 + Reply(s[at+1]-'0')*10 + Reply(s[at+2]-'0'), 3
}

// enhancedAt reads an enhanced code at s[at:] and gives its length. Words may be
// glued to its end, further numbers may not.
func enhancedAt(s string, at int) (Enhanced, int) {
	if len(s) < at+5 || s[at] != '2' && s[at] != '4' && s[at] != '5' || s[at+1] != '.' {
		return 0, 0
	}
	subject, i := number(s, at+2)
	if i == at+2 || i >= len(s) || s[i] != '.' {
		return 0, 0
	}
	detail, j := number(s, i+1)
	if j == i+1 || j < len(s) && (isDigit(s[j]) || s[j] == '.' && j+1 < len(s) && isDigit(s[j+1])) {
		return 0, 0
	}
	return Enhanced(s[at]-'0')*1_000_000 + Enhanced(subject)*1000 + Enhanced(detail), j - at
}

// number reads up to three digits without a zero in front and gives the end.
func number(s string, at int) (n, end int) {
	for end = at; end < len(s) && end < at+3 && isDigit(s[end]); end++ {
		n = n*10 + int(s[end]-'0')
	}
	if end > at+1 && s[at] == '0' {
		return 0, at
	}
	return n, end
}

// isGlue tells what may stand between a basic and an enhanced code.
func isGlue(c byte) bool {
	return c == ' ' || c == '-' || c == '#' || c == '\'' || c == '(' || c == '[' || c == ':' || c == '<'
}

// findEnhanced looks for an enhanced code anywhere in s, as qmail's "(#5.1.1)".
// class is what it must say, or ClassUnknown for any failure.
func findEnhanced(s string, class Class) Enhanced {
	for i := 0; ; {
		dot := strings.IndexByte(s[i:], '.')
		if dot < 0 {
			return 0
		}
		i += dot + 1
		at := i - 2
		if at < 0 || at > 0 && (isAlnum(s[at-1]) || s[at-1] == '.' || s[at-1] == '-' && at > 1 && isAlnum(s[at-2]) && !isDigit(s[at-2])) {
			continue
		}
		e, n := enhancedAt(s, at)
		if n > 0 && (e.Class() == class || class == ClassUnknown && e.Class() != ClassSuccess) && e.Subject() <= SubjectSecurity {
			return e
		}
	}
}

func isAlnum(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

// innerReply finds the basic code in a text that begins with an enhanced one.
func innerReply(s string, from int) Reply {
	if _, r := findReply(s[from:]); r != 0 {
		return r
	}
	return 0
}

// findReply looks for a basic code behind words. The first one counts that
// stands where wrappers put it: behind a colon, a quote, a bracket, or in front
// of an enhanced code. Failing that, a code that the data knows behind a space.
func findReply(s string) (at int, r Reply) {
	loose, looseReply := 0, Reply(0)
	strong, strongReply := 0, Reply(0)
	for i := 0; i+3 <= len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		if i > 0 && (isAlnum(s[i-1]) || s[i-1] == '.' || s[i-1] == '-' || s[i-1] == '/') || s[i] != '4' && s[i] != '5' && s[i] != '2' || s[i+1] > '7' {
			i = skipDigits(s, i)
			continue
		}
		r, n := replyAt(s, i)
		if n == 0 || inIPv6(s, i) || r.Class() == ClassSuccess && find(s[max(0, i-24):i], "xpected", 0, 0) >= 0 {
			i = skipDigits(s, i) // "Expected response code 250 but got an empty response"
			continue
		}
		if i == 0 || strongPlace(s, i) {
			if r.Class() == ClassTemporary || r.Class() == ClassPermanent {
				return i, r
			}
			if strong == 0 { // a client may say which code it expected before it says which one came
				strong, strongReply = i, r
			}
			i += 2
			continue
		}
		if looseReply == 0 && r.Known() && s[i-1] == ' ' && !countsThings(s[i+3:]) {
			loose, looseReply = i, r
		}
		i += 2
	}
	if strongReply != 0 {
		return strong, strongReply
	}
	return loose, looseReply
}

// inIPv6 tells whether the three digits at s[i:] are a group of an IPv6 address:
// behind a colon, and with another or the closing bracket behind them.
func inIPv6(s string, i int) bool {
	if i == 0 || s[i-1] != ':' || i+4 > len(s) {
		return false
	}
	return s[i+3] == ']' || s[i+3] == ':' && i+4 < len(s) && (s[i+4] == ':' || isAlnum(s[i+4]))
}

// skipDigits gives the last position of the number (or address) at s[i:].
func skipDigits(s string, i int) int {
	for i+1 < len(s) && (isDigit(s[i+1]) || s[i+1] == '.') {
		i++
	}
	return i
}

// strongPlace tells whether a code at s[i:] stands where only codes stand.
func strongPlace(s string, i int) bool {
	j := i + 3
	for j < len(s) && j < i+6 && isGlue(s[j]) {
		j++
	}
	if _, n := enhancedAt(s, j); n > 0 && j > i+3 {
		return true
	}
	if i+3 < len(s) && s[i+3] != ' ' && s[i+3] != '-' && s[i+3] != '\r' && s[i+3] != '\n' && s[i+3] != ';' && s[i+3] != ':' && s[i+3] != '\'' && s[i+3] != '"' && s[i+3] != '>' && s[i+3] != ')' && s[i+3] != ',' && s[i+3] != ']' {
		return false
	}
	k := i - 1
	for k >= 0 && s[k] == ' ' {
		k--
	}
	if k < 0 {
		return true
	}
	switch s[k] {
	case ':', ';', '\'', '"', '(', '<', '>', '\n', '|', ']', '=', '[':
		return !countsThings(s[i+3:])
	}
	return false
}

// countsThings tells whether the number in front of s counts something, as in
// "for 300 seconds" or "500 recipients".
func countsThings(s string) bool {
	if len(s) < 2 || s[0] != ' ' {
		return false
	}
	for _, unit := range [...]string{"seconds", "sec", "minutes", "min", "hours", "days", "messages", "recipients", "bytes", "kb", "mb", "megabytes", "kilobytes", "connections", "emails", "mails", "times", "characters", "lines", "ms", "per ", "of "} {
		if strings.HasPrefix(s[1:], unit) && (len(s) == 1+len(unit) || !isAlnum(s[1+len(unit)])) {
			return true // in small letters: "552 Message size exceeded" is a reply
		}
	}
	return false
}

// quoted gives the reply of another server that s quotes behind "->", or in the
// quotes of a log.
func quoted(s string) string {
	i := strings.Index(s, "-> ")
	if i < 0 {
		// Cisco's log: "5.1.0 - Unknown address error 550-'5.1.1 no such user'"
		if i = strings.Index(s, "-'"); i >= 4 && s[i-4] == ' ' {
			if _, n := replyAt(s, i-3); n > 0 {
				return s[i-3:]
			}
		}
		return ""
	}
	inner := s[i+3:]
	if at := start(inner); at < len(inner) {
		if _, n := replyAt(inner, at); n > 0 {
			return inner
		}
		if _, n := enhancedAt(inner, at); n > 0 {
			return inner
		}
	}
	return ""
}

// wrapperHost gives the host name whose reply a wrapper quotes: the first name
// with a dot in it that an address in brackets follows.
func wrapperHost(s string) string {
	for from := 0; ; {
		i := strings.IndexAny(s[from:], "[(")
		if i < 0 {
			return ""
		}
		i += from
		from = i + 1
		if from >= len(s) || !isDigit(s[from]) && s[from] != ':' {
			continue
		}
		end := i
		if end > 0 && s[end-1] == ' ' {
			end--
		}
		begin := end
		for begin > 0 && (isAlnum(s[begin-1]) || s[begin-1] == '.' || s[begin-1] == '-') {
			begin--
		}
		if host := s[begin:end]; strings.IndexByte(host, '.') > 0 && (begin == 0 || s[begin-1] != '@') {
			return host
		}
	}
}
