package main

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// The types here are the JSON of list, search and the commands that show one
// entry. Their names are those of the published dataset.

type replyValue struct {
	Code     int            `json:"code"`
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Class    codes.Class    `json:"class"`
	Standard bool           `json:"standard"`
	Commands []string       `json:"commands,omitempty"`
	Enhanced []string       `json:"enhanced,omitempty"`
	Also     []string       `json:"also,omitempty"`
	Category codes.Category `json:"category"`
	Reason   codes.Reason   `json:"reason"`
	Vague    bool           `json:"vague"`
	Meaning  string         `json:"meaning"`
	Practice string         `json:"practice,omitempty"`
	Advice   string         `json:"advice"`
	Users    []string       `json:"users,omitempty"`
	Note     string         `json:"note,omitempty"`
	RFCs     []string       `json:"rfc,omitempty"`
	Source   string         `json:"source"`
}

func newReplyValue(r codes.Reply) replyValue {
	registered, seen := r.Enhanced()
	return replyValue{int(r), r.ID(), r.Name(), r.Class(), r.Standard(), r.Commands(), registered, seen, r.Reason().Category(), r.Reason(),
		r.Vague(), r.Meaning(), r.Practice(), r.Advice(), r.Users(), r.Note(), r.RFCs(), r.Source()}
}

type detailValue struct {
	Code     string         `json:"code"`
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Classes  []codes.Class  `json:"classes"`
	Replies  []string       `json:"reply,omitempty"`
	Category codes.Category `json:"category"`
	Reason   codes.Reason   `json:"reason"`
	Reason4  codes.Reason   `json:"reason4,omitzero"`
	Vague    bool           `json:"vague"`
	Meaning  string         `json:"meaning"`
	Meaning4 string         `json:"meaning4,omitempty"`
	Advice   string         `json:"advice"`
	Note     string         `json:"note,omitempty"`
	RFCs     []string       `json:"rfc,omitempty"`
}

func newDetailValue(d codes.Detail, classes []codes.Class) detailValue {
	e, e4 := d.Permanent(), d.Temporary()
	v := detailValue{Code: d.String(), ID: d.ID(), Name: d.Name(), Classes: classes, Replies: d.Replies(), Category: e.Reason().Category(), Reason: e.Reason(),
		Vague: e.Vague(), Meaning: e.Meaning(), Advice: e.Advice(), Note: d.Note(), RFCs: d.RFCs()}
	if e4.Reason() != e.Reason() {
		v.Reason4 = e4.Reason()
	}
	if e4.Meaning() != e.Meaning() {
		v.Meaning4 = e4.Meaning()
	}
	return v
}

type subjectValue struct {
	Number  codes.Subject `json:"number"`
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Meaning string        `json:"meaning"`
	Reason  codes.Reason  `json:"reason"`
	RFCs    []string      `json:"rfc,omitempty"`
}

type classValue struct {
	ID      codes.Class  `json:"id"`
	Name    string       `json:"name"`
	Bounce  codes.Bounce `json:"bounce"`
	Meaning string       `json:"meaning"`
	Advice  string       `json:"advice"`
	RFCs    []string     `json:"rfc,omitempty"`
}

type pairValue struct {
	Reply    int            `json:"reply"`
	Enhanced codes.Enhanced `json:"enhanced"`
	Reason   codes.Reason   `json:"reason"`
	Vague    bool           `json:"vague"`
	Meaning  string         `json:"meaning"`
	Advice   string         `json:"advice"`
	Note     string         `json:"note,omitempty"`
	Source   string         `json:"source"`
}

type categoryValue struct {
	ID      codes.Category `json:"id"`
	Name    string         `json:"name"`
	Meaning string         `json:"meaning"`
	Advice  string         `json:"advice"`
	Reasons []codes.Reason `json:"reasons"`
}

type reasonValue struct {
	ID               codes.Reason         `json:"id"`
	Name             string               `json:"name"`
	Category         codes.Category       `json:"category"`
	Fault            codes.Fault          `json:"fault,omitzero"`
	Action           codes.Action         `json:"action"`
	ActionTemporary  codes.Action         `json:"action_temporary"`
	Suppress         bool                 `json:"suppress"`
	SuppressRepeated bool                 `json:"suppress_repeated"`
	Meaning          string               `json:"meaning"`
	Advice           string               `json:"advice"`
	Steps            []string             `json:"steps,omitempty"`
	As               map[string]nameValue `json:"as,omitempty"`
}

// nameValue is another system's name for a reason.
type nameValue struct {
	Name        string `json:"name"`
	Approximate bool   `json:"approximate"`
}

func newReasonValue(r codes.Reason) reasonValue {
	v := reasonValue{r, r.Name(), r.Category(), r.Fault(), r.Action(), r.ActionTemporary(), r.Suppress(), r.SuppressRepeated(),
		r.Meaning(), r.Advice(), r.Steps(), map[string]nameValue{}}
	for w := range codes.Vocabularies() {
		if name, approximate := w.Label(r); name != "" {
			v.As[w.String()] = nameValue{name, approximate}
		}
	}
	return v
}

type providerValue struct {
	ID         codes.Provider `json:"id"`
	Name       string         `json:"name"`
	Kind       string         `json:"kind"`
	Domains    []string       `json:"domains,omitempty"`
	MX         []string       `json:"mx,omitempty"`
	Postmaster string         `json:"postmaster,omitempty"`
	Delist     string         `json:"delist,omitempty"`
	Help       string         `json:"help,omitempty"`
	Messages   []string       `json:"messages"`
}

func newProviderValue(p codes.Provider) providerValue {
	v := providerValue{p, p.Name(), p.Kind(), p.Domains(), p.MX(), p.Postmaster(), p.Delist(), p.Help(), []string{}}
	first, _ := p.Messages()
	for i := range countMessages(p) {
		v.Messages = append(v.Messages, (first + codes.Message(i)).String())
	}
	return v
}

type wordingValue struct {
	ID       string         `json:"id"`
	Provider codes.Provider `json:"provider,omitzero"`
	Codes    []string       `json:"codes,omitempty"`
	Text     []string       `json:"text,omitempty"`
	Token    string         `json:"token,omitempty"`
	Weak     bool           `json:"weak"`
	Category codes.Category `json:"category"`
	Reason   codes.Reason   `json:"reason"`
	Meaning  string         `json:"meaning"`
	Advice   string         `json:"advice"`
	Examples []string       `json:"example"`
	Evidence string         `json:"evidence"`
	Date     string         `json:"date,omitempty"`
	Sources  []string       `json:"source"`
}

func newWordingValue(w codes.Wording) wordingValue {
	return wordingValue{w.ID, w.Provider, w.Codes, w.Text, w.Token, w.Weak, w.Reason.Category(), w.Reason, w.Meaning, w.Advice,
		w.Examples, w.Evidence.String(), w.Date, w.Sources}
}

type vocabularyValue struct {
	ID      string               `json:"id"`
	Name    string               `json:"name"`
	Note    string               `json:"note,omitempty"`
	Date    string               `json:"date"`
	Sources []string             `json:"source"`
	Labels  map[string]nameValue `json:"labels"`
}

func newVocabularyValue(v codes.Vocabulary) vocabularyValue {
	labels := map[string]nameValue{}
	for r := range codes.Reasons() {
		if name, approximate := v.Label(r); name != "" {
			labels[r.String()] = nameValue{name, approximate}
		}
	}
	return vocabularyValue{v.String(), v.Name(), v.Note(), v.Date(), v.Sources(), labels}
}

type ruleValue struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

type thresholdValue struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Good  float64 `json:"good"`
	Alarm float64 `json:"alarm"`
	Text  string  `json:"text"`
}

type kindValue struct {
	Kind    string   `json:"kind"`
	About   string   `json:"about"`
	Filters []string `json:"filters"`
}

type resultValue struct {
	Kind  string `json:"kind"`
	Score int    `json:"score"`
	Entry any    `json:"entry"`
}

// writeJSON writes a value on one line, with < and & as they are.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(page.VisibleJSON(b.Bytes()))
	return err
}

// writeArray writes values as a JSON array, a line each.
func writeArray[T any](w io.Writer, list []T, value func(T) any) error {
	if len(list) == 0 {
		return writeJSON(w, []any{})
	}
	var b bytes.Buffer
	b.WriteByte('[')
	for _, v := range list {
		b.WriteByte('\n')
		if err := writeJSON(&b, value(v)); err != nil {
			return err
		}
		b.Bytes()[b.Len()-1] = ','
	}
	b.Truncate(b.Len() - 1)
	b.WriteString("\n]\n")
	_, err := b.WriteTo(w)
	return err
}
