package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/internal/schematest"
)

func TestDatasetFitsItsSchema(t *testing.T) {
	_, files := mustDocuments(t)
	schema := schematest.Parse(t, files["docs/generated/smtpcode.schema.json"])
	for _, problem := range first(schema.Problems(decodeJSON(t, files["docs/generated/smtpcode.json"])), 10) {
		t.Error(problem)
	}
}

// TestSchemaRefuses changes one thing of the dataset at a time: a schema that
// takes everything would pass the test above too.
func TestSchemaRefuses(t *testing.T) {
	_, files := mustDocuments(t)
	schema := schematest.Parse(t, files["docs/generated/smtpcode.schema.json"])
	for _, test := range []struct {
		change func(doc map[string]any)
		want   string
	}{
		{func(doc map[string]any) { delete(doc, "version") }, "version is missing"},
		{func(doc map[string]any) { doc["extra"] = true }, "extra is not allowed"},
		{func(doc map[string]any) { at(doc, "replies", "550")["code"] = "550" }, "/replies/550/code is no integer"},
		{func(doc map[string]any) { at(doc, "replies", "550")["code"] = 650.0 }, "/replies/550/code is above"},
		{func(doc map[string]any) { at(doc, "replies")["55"] = at(doc, "replies", "550") }, `/replies/55 as a key does not match`},
		{func(doc map[string]any) { at(doc, "replies", "550")["reason"] = "bad_luck" }, "/replies/550/reason is none of"},
		{func(doc map[string]any) { at(doc, "replies", "550")["enhanced"] = []any{"3.1.1"} }, "/replies/550/enhanced/0 does not match"},
		{func(doc map[string]any) { at(doc, "reasons", "policy")["suppress"] = "sometimes" }, "/reasons/policy/suppress is none of"},
		{func(doc map[string]any) { delete(at(doc, "details", "7.26"), "meaning") }, "/details/7.26/meaning is missing"},
		{func(doc map[string]any) { at(doc, "providers", "gmail")["kind"] = "bank" }, "/providers/gmail/kind is none of"},
		{func(doc map[string]any) { at(doc, "providers", "gmail", "messages")["GMAIL"] = map[string]any{} }, "/providers/gmail/messages/GMAIL as a key does not match"},
		{func(doc map[string]any) { doc["steps"] = nil }, "/steps is no array"},
	} {
		doc := decodeJSON(t, files["docs/generated/smtpcode.json"]).(map[string]any)
		test.change(doc)
		if problems := schema.Problems(doc); !slices.ContainsFunc(problems, func(s string) bool { return strings.Contains(s, test.want) }) {
			t.Errorf("want a complaint that %s, got %q", test.want, first(problems, 3))
		}
	}
}

func TestDatasetHasEverything(t *testing.T) {
	d, files := mustDocuments(t)
	raw := files["docs/generated/smtpcode.json"]
	doc := decodeJSON(t, raw).(map[string]any)
	messages := 0
	for _, p := range at(doc, "providers") {
		messages += len(p.(map[string]any)["messages"].(map[string]any))
	}
	for _, test := range []struct {
		what      string
		got, want int
	}{
		{"replies", len(at(doc, "replies")), len(d.Replies)},
		{"details", len(at(doc, "details")), len(d.Details)},
		{"pairs", len(at(doc, "pairs")), len(d.Pairs)},
		{"reasons", len(at(doc, "reasons")), len(d.Reasons)},
		{"phrases", len(at(doc, "phrases")), len(d.Phrases)},
		{"providers", len(at(doc, "providers")), len(d.Providers)},
		{"messages", messages, len(d.all()) - len(d.Phrases)},
		{"vocabularies", len(at(doc, "vocabularies")), len(d.Vocabularies)},
	} {
		if test.got != test.want {
			t.Errorf("%d %s, the data have %d", test.got, test.what, test.want)
		}
	}
	for _, path := range [][]string{
		{"version", d.Meta.Version}, {"date", d.Meta.Date}, {"license", d.Meta.License},
		{"replies", "551", "name", "User not local; please try <forward-path>"},
		{"details", "7.26", "reason", "auth_required"},
		{"pairs", "550 5.1.1", "reason", "user_unknown"},
		{"pairs", "550 5.1.1", "follows", "suppress", "yes"},
		{"pairs", "452 4.2.2", "follows", "bounce", "soft"},
		{"reasons", "mailbox_full", "suppress", "repeated"},
		{"providers", "gmail", "name", "Gmail / Google Workspace"},
		{"vocabularies", "sisimai", "labels", "user_unknown", "label", "userunknown"},
	} {
		n := len(path)
		if got := at(doc, path[:n-2]...)[path[n-2]]; got != path[n-1] {
			t.Errorf("%s is %v, want %s", strings.Join(path[:n-1], "."), got, path[n-1])
		}
	}
	if !bytes.Contains(raw, []byte("<forward-path>")) {
		t.Error("< is escaped: the file is for people too")
	}
	if a, b := bytes.Index(raw, []byte(`"1.2": {`)), bytes.Index(raw, []byte(`"1.10": {`)); a < 0 || b < a {
		t.Error("the details are not in the order of the data")
	}
}

// TestSchemaNeedsDescriptions: a field that nobody described must not slip in.
func TestSchemaNeedsDescriptions(t *testing.T) {
	d, _ := mustDocuments(t)
	about := fieldDocs["reply.vague"]
	t.Cleanup(func() { delete(fieldDocs, "reply.old"); fieldDocs["reply.vague"] = about })
	delete(fieldDocs, "reply.vague")
	fieldDocs["reply.old"] = "Gone."
	_, err := datasetSchema(d)
	for _, want := range []string{"reply.vague is written but not described", "reply.old is described but not written"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func decodeJSON(t *testing.T, b []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// at walks down objects.
func at(v any, path ...string) map[string]any {
	for _, key := range path {
		v = v.(map[string]any)[key]
	}
	return v.(map[string]any)
}

func first(list []string, n int) []string { return list[:min(n, len(list))] }
