package codes_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/codes"
	"github.com/smtpcode/smtpcode/internal/schematest"
)

func readDiagnosisSchema(t *testing.T) schematest.Schema {
	t.Helper()
	s := schematest.Read(t, "..", "diagnosis.schema.json")
	if s["type"] != "object" || s["additionalProperties"] != false {
		t.Fatalf("the schema allows more than an object with the known fields")
	}
	return s
}

// TestDiagnosisFitsItsSchema holds the JSON that every door gives against the
// schema that is published for it.
func TestDiagnosisFitsItsSchema(t *testing.T) {
	schema := readDiagnosisSchema(t)
	texts := []string{
		"", "nonsense", "250", "250 2.1.5 Ok", "220 mx.example.com ESMTP", "354 go ahead", "334 ", "101", "199 hm", "200 ok",
		"421", "421 4.7.0", "450 4.2.0", "452 4.2.2 Mailbox full", "450 4.7.1 Greylisted, please try again in 300 seconds",
		"451 4.7.1 Greylisting in action, please come back in 00:04:59", "550", "550 5.1.1", "550 5.7.26", "554", "599", "599 5.999.999",
		"5.7.1", "4.4.7", "5.7.999", "2.0.0", "5.0.0 \x00\x1b[31m\xff", "250 5.1.1 User unknown", "550 4.2.2 over quota", "2.1.5 550",
		"550 5.1.1 <a@example.com>: Recipient address rejected: User unknown", "550-5.1.1 The email account that you tried to reach does not exist\r\n550 5.1.1 gsmtp",
		"host mx.example.com[192.0.2.1] said: 554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org (in reply to RCPT TO command)",
		"550 5.7.1 listed at http://psbl.org/listing?ip=192.0.2.25", "553 5.3.0 DNSBL:ATTRBL 521< 192.0.2.25 >_is_blocked", "[TSS04] Messages from 192.0.2.25 temporarily deferred",
		"smtp; 550 5.7.606 Access denied, banned sending IP [192.0.2.25]", "connection timed out", "mailbox full", "blocked using bl.spamcop.net",
		"５５０ ５.１.１", "550 \"quoted\" \\ and <tags> & more", strings.Repeat("550 5.7.1 ", 1000),
	}
	for m := range codes.Messages() {
		texts = append(texts, m.Wording().Examples...)
	}
	for p := range codes.Phrases() {
		texts = append(texts, p.Wording().Examples...)
	}
	for r := range codes.Replies() {
		texts = append(texts, r.String())
	}
	for d := range codes.Details() {
		texts = append(texts, d.Permanent().String(), d.Temporary().String(), d.Success().String())
	}
	for p := range codes.Pairs() {
		texts = append(texts, p.Reply.String()+" "+p.Enhanced.String())
	}
	seen := map[string]bool{}  // fields
	bases := map[string]bool{} // kinds of evidence
	for _, text := range texts {
		for _, hint := range []codes.Hint{{}, {Provider: codes.ProviderGmail}} {
			raw := hint.Classify(text).AppendJSON(nil)
			var object map[string]any
			if err := json.Unmarshal(raw, &object); err != nil {
				t.Fatalf("%.60q: %v in %s", text, err, raw)
			}
			for _, problem := range schema.Problems(object) {
				t.Errorf("%.60q: %s\n%s", text, problem, raw)
			}
			if (object["message"] != nil) != (object["basis"] == "message") {
				t.Errorf("%.60q: a message without its basis, or the other way round: %s", text, raw)
			}
			for name := range object {
				seen[name] = true
			}
			bases[object["basis"].(string)] = true
		}
	}
	for _, name := range schema.Properties() {
		if !seen[name] {
			t.Errorf("no text here gives the field %s: it goes unchecked", name)
		}
	}
	for _, basis := range schema.Enum("basis") {
		if !bases[basis] {
			t.Errorf("no text here is decided by %s", basis)
		}
	}
}

// TestSchemaIDs: the closed sets of the schema are those of the library.
func TestSchemaIDs(t *testing.T) {
	schema := readDiagnosisSchema(t)
	want := map[string][]string{"category": {""}, "reason": {""}, "class": {"unknown"}}
	for v := range codes.Categories() {
		want["category"] = append(want["category"], v.String())
	}
	for v := range codes.Reasons() {
		want["reason"] = append(want["reason"], v.String())
	}
	for v := range codes.Actions() {
		want["action"] = append(want["action"], v.String())
	}
	for v := range codes.Faults() {
		want["fault"] = append(want["fault"], v.String())
	}
	for v := range codes.Bases() {
		want["basis"] = append(want["basis"], v.String())
	}
	for v := range codes.Bounces() {
		want["bounce"] = append(want["bounce"], v.String())
	}
	for v := range codes.Classes() {
		if v != codes.ClassUnknown {
			want["class"] = append(want["class"], v.String())
		}
	}
	for name, ids := range want {
		slices.Sort(ids)
		if got := schema.Enum(name); !slices.Equal(got, ids) {
			t.Errorf("%s: the schema has %q, the library %q", name, got, ids)
		}
	}
}

// TestSchemaRefuses: a schema that takes everything would pass the tests above.
func TestSchemaRefuses(t *testing.T) {
	schema := readDiagnosisSchema(t)
	for _, test := range []struct {
		field string
		value any // nil removes the field
		want  string
	}{
		{"reason", nil, "reason is missing"},
		{"reason", "bad_luck", "is none of the values"},
		{"retry", "yes", "is no boolean"},
		{"reply", 650.0, "is above"},
		{"reply", "550", "is no integer"},
		{"enhanced", "3.1.1", "does not match"},
		{"enhanced", "5.01.1", "does not match"},
		{"contradiction", false, "is not true"},
		{"retry_after", 0.0, "is below"},
		{"blocklist_page", "ftp://example.com/", "does not match"},
		{"provider", nil, "has message without provider"},
		{"extra", 1.0, "extra is not allowed"},
	} {
		var object map[string]any
		raw := codes.Hint{Provider: codes.ProviderGmail}.Classify("550 5.1.1 The email account that you tried to reach does not exist").AppendJSON(nil)
		if err := json.Unmarshal(raw, &object); err != nil {
			t.Fatal(err)
		}
		if problems := schema.Problems(object); len(problems) > 0 {
			t.Fatalf("%s: %q", raw, problems)
		}
		if object[test.field] = test.value; test.value == nil {
			delete(object, test.field)
		}
		if problems := schema.Problems(object); !slices.ContainsFunc(problems, func(s string) bool { return strings.Contains(s, test.want) }) {
			t.Errorf("%s = %v: want a complaint %q, got %q", test.field, test.value, test.want, problems)
		}
	}
}

// TestPagesAgree: the pages state the same verdict on a bare code as the
// library. The rules stand in gen once more, since it can't import what it makes.
func TestPagesAgree(t *testing.T) {
	verdict := regexp.MustCompile(`(?m)^(?:\*\*([245][.\d]+)\*\*)?.*\*\*Retry: (.+?)\. Suppress the address: (.+?)\.\*\*$`)
	checked := 0
	check := func(page, code string) {
		b, err := os.ReadFile(filepath.Join("..", "docs", "generated", filepath.FromSlash(page)))
		if err != nil {
			t.Errorf("%v: run `go generate ./...`", err)
			return
		}
		for _, m := range verdict.FindAllStringSubmatch(string(b), -1) {
			if m[1] != "" {
				code = m[1]
			}
			checked++
			d := codes.Classify(code)
			if retry, suppress := m[2] == "yes, later", m[3] == "yes"; d.Retry != retry || d.Suppress != suppress {
				t.Errorf("%s: %s: the page says retry %q, suppress %q; the library %v, %v", page, code, m[2], m[3], d.Retry, d.Suppress)
			}
		}
	}
	for r := range codes.Replies() {
		check("reply/"+r.String()+".md", r.String())
	}
	for d := range codes.Details() {
		check("enhanced/"+strings.TrimPrefix(d.String(), "X.")+".md", "")
	}
	if checked < 150 {
		t.Errorf("only %d verdicts were found: the test looks in the wrong place", checked)
	}
}
