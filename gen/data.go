package main

import (
	"fmt"
	"strconv"
	"strings"
)

// dataset is everything the data files say, decoded and in file order.
type dataset struct {
	Meta         meta         `toml:"dataset"`
	Classes      []class      `toml:"class"`
	Subjects     []subject    `toml:"subject"`
	Replies      []reply      `toml:"reply"`
	Details      []detail     `toml:"detail"`
	Pairs        []pair       `toml:"pair"`
	Categories   []term       `toml:"category"`
	Reasons      []reason     `toml:"reason"`
	Actions      []term       `toml:"action"`
	Faults       []term       `toml:"fault"`
	Bases        []term       `toml:"basis"`
	Bounces      []term       `toml:"bounce"`
	Vocabularies []vocabulary `toml:"vocabulary"`
	Rules        []rule       `toml:"rule"`
	Thresholds   []threshold  `toml:"threshold"`
	Steps        []step       `toml:"step"`
	Contexts     []context    `toml:"context"`
	Phrases      []message    `toml:"phrase"`

	Providers []provider  `toml:"-"` // of providers.toml
	LeftOut   []leftOut   `toml:"-"` // of leftout.toml
	Corrected []corrected `toml:"-"` // of leftout.toml
	Retired   []retired   `toml:"-"` // of providers.toml
}

type meta struct {
	Version string `toml:"version" json:"version"`
	Date    string `toml:"date" json:"date"`
	License string `toml:"license" json:"license"`
	Home    string `toml:"home" json:"home"`
}

// pos is where an entry's table header stands, for messages to contributors.
type pos struct {
	file string
	line int
}

func (p pos) String() string { return p.file + ":" + strconv.Itoa(p.line) }

type class struct {
	pos     pos
	Digit   int      `toml:"digit" json:"digit"`
	ID      string   `toml:"id" json:"id"`
	Name    string   `toml:"name" json:"name"`
	Bounce  string   `toml:"bounce" json:"bounce"`
	Meaning string   `toml:"meaning" json:"meaning"`
	Advice  string   `toml:"advice" json:"advice"`
	RFC     []string `toml:"rfc" json:"rfc"`
}

type subject struct {
	pos     pos
	Number  int      `toml:"number" json:"number"`
	ID      string   `toml:"id" json:"id"`
	Name    string   `toml:"name" json:"name"`
	Reason  string   `toml:"reason" json:"reason"`
	Meaning string   `toml:"meaning" json:"meaning"`
	RFC     []string `toml:"rfc" json:"rfc"`
}

type reply struct {
	pos      pos
	Code     int      `toml:"code" json:"code"`
	ID       string   `toml:"id" json:"id"`
	Name     string   `toml:"name" json:"name"`
	Standard bool     `toml:"standard" json:"standard"`
	Commands []string `toml:"commands" json:"commands,omitempty"`
	Enhanced []string `toml:"enhanced" json:"enhanced,omitempty"`
	Also     []string `toml:"also" json:"also,omitempty"`
	Reason   string   `toml:"reason" json:"reason,omitempty"`
	Vague    bool     `toml:"vague" json:"vague,omitempty"`
	Meaning  string   `toml:"meaning" json:"meaning"`
	Practice string   `toml:"practice" json:"practice,omitempty"`
	Advice   string   `toml:"advice" json:"advice"`
	Users    []string `toml:"users" json:"users,omitempty"`
	Note     string   `toml:"note" json:"note,omitempty"`
	RFC      []string `toml:"rfc" json:"rfc,omitempty"`
	Source   []string `toml:"source" json:"source"`
}

type detail struct {
	pos      pos
	Code     string   `toml:"code" json:"code"`
	ID       string   `toml:"id" json:"id"`
	Name     string   `toml:"name" json:"name"`
	Classes  []int    `toml:"classes" json:"classes"`
	Reply    []int    `toml:"reply" json:"reply,omitempty"`
	Reason   string   `toml:"reason" json:"reason"`
	Reason4  string   `toml:"reason4" json:"reason4,omitempty"`
	Vague    bool     `toml:"vague" json:"vague,omitempty"`
	Meaning  string   `toml:"meaning" json:"meaning"`
	Meaning4 string   `toml:"meaning4" json:"meaning4,omitempty"`
	Meaning2 string   `toml:"meaning2" json:"meaning2,omitempty"`
	Advice   string   `toml:"advice" json:"advice"`
	Note     string   `toml:"note" json:"note,omitempty"`
	RFC      []string `toml:"rfc" json:"rfc"`
	Source   []string `toml:"source" json:"source"`
}

// number is the detail as codes.Detail counts it: subject*1000 + detail.
func (d detail) number() int { return mustDetail(d.Code) }

// enhanced is the detail's code for a class: "5.2.2".
func (d detail) enhanced(class int) string { return strconv.Itoa(class) + "." + d.Code }

// meaningFor is the meaning for a class digit.
func (d detail) meaningFor(class int) string {
	switch {
	case class == 4 && d.Meaning4 != "":
		return d.Meaning4
	case class == 2 && d.Meaning2 != "":
		return d.Meaning2
	}
	return d.Meaning
}

// reasonFor is the reason for a class digit.
func (d detail) reasonFor(class int) string {
	switch {
	case class == 2:
		return "accepted"
	case class == 4 && d.Reason4 != "":
		return d.Reason4
	}
	return d.Reason
}

type pair struct {
	pos      pos
	Reply    int      `toml:"reply" json:"reply"`
	Enhanced string   `toml:"enhanced" json:"enhanced"`
	Reason   string   `toml:"reason" json:"reason"`
	Vague    bool     `toml:"vague" json:"vague,omitempty"`
	Meaning  string   `toml:"meaning" json:"meaning"`
	Advice   string   `toml:"advice" json:"advice"`
	Note     string   `toml:"note" json:"note,omitempty"`
	Source   []string `toml:"source" json:"source"`
}

func (p pair) String() string { return strconv.Itoa(p.Reply) + " " + p.Enhanced }

// term is an id of a small closed set.
type term struct {
	pos     pos
	ID      string `toml:"id" json:"id"`
	Name    string `toml:"name" json:"name"`
	Meaning string `toml:"meaning" json:"meaning"`
	Advice  string `toml:"advice" json:"advice,omitempty"` // categories only
}

type reason struct {
	pos             pos
	ID              string   `toml:"id" json:"id"`
	Name            string   `toml:"name" json:"name"`
	Category        string   `toml:"category" json:"category,omitempty"`
	Fault           string   `toml:"fault" json:"fault,omitempty"`
	Action          string   `toml:"action" json:"action"`
	ActionTemporary string   `toml:"action_temporary" json:"action_temporary"`
	Retry           string   `toml:"retry" json:"retry"`
	Suppress        string   `toml:"suppress" json:"suppress"`
	Clears          bool     `toml:"clears" json:"clears,omitempty"`
	Meaning         string   `toml:"meaning" json:"meaning"`
	Advice          string   `toml:"advice" json:"advice"`
	Steps           []string `toml:"steps" json:"steps"`
}

type vocabulary struct {
	pos    pos
	ID     string   `toml:"id" json:"id"`
	Name   string   `toml:"name" json:"name"`
	Source []string `toml:"source" json:"source"`
	Date   string   `toml:"date" json:"date"`
	Note   string   `toml:"note" json:"note,omitempty"`
	Labels []label  `toml:"label" json:"labels"`
}

type label struct {
	Reason      string `toml:"reason" json:"reason"`
	Label       string `toml:"label" json:"label"`
	Approximate bool   `toml:"approximate" json:"approximate,omitempty"`
}

// context is words that tell whom a reply speaks of.
type context struct {
	pos    pos
	Reason string   `toml:"reason" json:"reason"`
	Always bool     `toml:"always" json:"always,omitempty"`
	Text   []string `toml:"text" json:"text"`
}

type rule struct {
	pos   pos
	ID    string `toml:"id" json:"id"`
	Title string `toml:"title" json:"title"`
	Text  string `toml:"text" json:"text"`
}

type threshold struct {
	pos   pos
	ID    string  `toml:"id" json:"id"`
	Name  string  `toml:"name" json:"name"`
	Unit  string  `toml:"unit" json:"unit"`
	Good  float64 `toml:"good" json:"good,omitempty"`
	Alarm float64 `toml:"alarm" json:"alarm,omitempty"`
	Text  string  `toml:"text" json:"text"`
}

type step struct {
	pos   pos
	Title string `toml:"title" json:"title"`
	Text  string `toml:"text" json:"text"`
}

type provider struct {
	pos         pos
	ID          string    `toml:"id" json:"id"`
	Name        string    `toml:"name" json:"name"`
	Kind        string    `toml:"kind" json:"kind"`
	Domains     []string  `toml:"domains" json:"domains,omitempty"`
	MX          []string  `toml:"mx" json:"mx,omitempty"`
	Zones       []string  `toml:"zones" json:"zones,omitempty"`
	DomainZones []string  `toml:"domain_zones" json:"domain_zones,omitempty"`
	Marks       []string  `toml:"marks" json:"marks,omitempty"`
	Includes    []string  `toml:"includes" json:"includes,omitempty"`
	Postmaster  string    `toml:"postmaster" json:"postmaster,omitempty"`
	Delist      string    `toml:"delist" json:"delist,omitempty"`
	Help        string    `toml:"help" json:"help,omitempty"`
	Note        string    `toml:"note" json:"note,omitempty"`
	Messages    []message `toml:"message" json:"messages"`
}

// message is a wording of a server: of one provider, or of nobody in
// particular (then it is a phrase, and Provider is empty).
type message struct {
	pos      pos
	Provider string   `toml:"-" json:"-"`
	ID       string   `toml:"id" json:"id"`
	Codes    []string `toml:"codes" json:"codes,omitempty"`
	Text     []string `toml:"text" json:"text,omitempty"`
	Token    string   `toml:"token" json:"token,omitempty"`
	Needs    []string `toml:"needs" json:"needs,omitempty"`
	Alone    []string `toml:"alone" json:"alone,omitempty"`
	Weak     bool     `toml:"weak" json:"weak,omitempty"`
	Guess    bool     `toml:"guess" json:"guess,omitempty"`
	Reason   string   `toml:"reason" json:"reason"`
	Meaning  string   `toml:"meaning" json:"meaning,omitempty"`
	Advice   string   `toml:"advice" json:"advice,omitempty"`
	Example  []string `toml:"example" json:"example"`
	Note     string   `toml:"note" json:"note,omitempty"`
	Evidence string   `toml:"evidence" json:"evidence"`
	Date     string   `toml:"date" json:"date,omitempty"`
	Source   []string `toml:"source" json:"source"`
}

func (m message) needs(what string) bool {
	for _, n := range m.Needs {
		if n == what {
			return true
		}
	}
	return false
}

type leftOut struct {
	pos      pos
	Provider string `toml:"provider" json:"provider"`
	Text     string `toml:"text" json:"text"`
	Why      string `toml:"why" json:"why"`
}

// corrected is a collected text whose first judgement was wrong.
type corrected struct {
	pos      pos
	Provider string `toml:"provider" json:"provider"`
	Text     string `toml:"text" json:"text"`
	Was      string `toml:"was" json:"was"`
	Now      string `toml:"now" json:"now"`
	Why      string `toml:"why" json:"why"`
}

// retired is an id that was given away once: it names the id that took over.
type retired struct {
	pos pos
	ID  string `toml:"id" json:"id"`
	Now string `toml:"now" json:"now"`
}

// codeSpan is one entry of a message's codes: a basic code, an enhanced code,
// both, or an enhanced code with a range of details ("550 5.7.606-649").
// An absent part is 0.
type codeSpan struct {
	reply  int
	lo, hi int // class*1_000_000 + subject*1000 + detail
}

func parseCodes(s string) (codeSpan, error) {
	var c codeSpan
	bad := fmt.Errorf("%q is not a code: write \"550\", \"5.7.1\", \"550 5.7.1\" or \"550 5.7.606-649\"", s)
	fields := strings.Fields(s)
	if len(fields) > 0 && len(fields[0]) == 3 {
		n, err := strconv.Atoi(fields[0])
		if err != nil || n < 200 || n > 599 {
			return c, bad
		}
		c.reply, fields = n, fields[1:]
	}
	switch {
	case len(fields) == 0 && c.reply != 0:
		return c, nil
	case len(fields) != 1:
		return c, bad
	}
	code, last, ranged := strings.Cut(fields[0], "-")
	n, ok := parseEnhanced(code)
	if !ok {
		return c, bad
	}
	c.lo, c.hi = n, n
	if ranged {
		d, err := strconv.Atoi(last)
		if err != nil || d > 999 || d <= n%1000 {
			return c, bad
		}
		c.hi = n - n%1000 + d
	}
	return c, nil
}

// parseEnhanced gives "5.7.26" as 5_007_026.
func parseEnhanced(s string) (int, bool) {
	class, rest, ok := strings.Cut(s, ".")
	if !ok || (class != "2" && class != "4" && class != "5") {
		return 0, false
	}
	d, ok := parseDetail(rest)
	return int(class[0]-'0')*1_000_000 + d, ok
}

// parseDetail gives "7.26" as 7_026.
func parseDetail(s string) (int, bool) {
	sub, det, ok := strings.Cut(s, ".")
	a, err1 := strconv.Atoi(sub)
	b, err2 := strconv.Atoi(det)
	return a*1000 + b, ok && err1 == nil && err2 == nil && a >= 0 && b >= 0 && a <= 999 && b <= 999
}

func mustDetail(s string) int {
	n, ok := parseDetail(s)
	if !ok {
		panic("detail " + s + " passed the checks")
	}
	return n
}
