package bounce_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/internal/schematest"
)

// TestRowsFitTheirSchema holds the JSON of rows against the schema that is
// published for it, and the schema against what rows can say.
func TestRowsFitTheirSchema(t *testing.T) {
	s := schematest.Read(t, "..", "mail.schema.json")
	seen := map[string]bool{}
	paths := []string{"testdata", filepath.Join("testdata", "missing.eml"), filepath.Join("..", "go.mod"), "-"}
	const mbox = "From a@example.com Sun Nov 22 06:55:04 2026\nSubject: one\n\nx\n\nFrom b@example.com Sun Nov 22 06:55:04 2026\nSubject: two\n\nx\n"
	for item := range bounce.Scan(paths, bounce.Options{Stdin: strings.NewReader(mbox)}) {
		for row := range item.Rows() {
			var v map[string]any
			b := row.AppendJSON(nil)
			if err := json.Unmarshal(b, &v); err != nil {
				t.Fatalf("%v\n%s", err, b)
			}
			for _, problem := range s.Problems(v) {
				t.Errorf("%s: %s", item.File, problem)
			}
			for name := range v {
				seen[name] = true
			}
			seen["kind "+row.Kind.String()] = true
		}
	}
	for _, name := range s.Properties() {
		if !seen[name] {
			t.Errorf("no row has %s, which the schema has: it goes untested", name)
		}
	}
	kinds := s.Enum("kind")
	for _, kind := range kinds {
		if !seen["kind "+kind] {
			t.Errorf("no mail is of the kind %s: it goes untested", kind)
		}
	}
	for k := bounce.KindNone; k.String() != ""; k++ {
		if !slices.Contains(kinds, k.String()) {
			t.Errorf("the schema lacks the kind %s", k)
		}
	}
}

// TestSchemaRefuses changes one thing of a row at a time: a schema that takes
// everything would pass the test above too.
func TestSchemaRefuses(t *testing.T) {
	s := schematest.Read(t, "..", "mail.schema.json")
	r, err := bounce.Parse(read(t, "postfix-two"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field string
		value any // nil takes it away
		want  string
	}{
		{"kind", "dead", "is none of the values"},
		{"kind", nil, "/kind is missing"},
		{"index", 0.0, "is below"},
		{"index", "1", "is no integer"},
		{"reply", 650.0, "is above"},
		{"enhanced", "5.1", "does not match"},
		{"recipient", "", "does not match"},
		{"recipient", nil, "without recipient"},
		{"suppress", "yes", "is no boolean"},
		{"extra", true, "/extra is not allowed"},
		{"diagnosis", nil, "without diagnosis"},
		{"diagnosis", map[string]any{}, "/diagnosis/reason is missing"},
	} {
		for row := range r.Rows() {
			var v map[string]any
			if err := json.Unmarshal(row.AppendJSON(nil), &v); err != nil {
				t.Fatal(err)
			}
			if v[c.field] = c.value; c.value == nil {
				delete(v, c.field)
			}
			if problems := strings.Join(s.Problems(v), "; "); !strings.Contains(problems, c.want) {
				t.Errorf("%s as %v: want %q, got %q", c.field, c.value, c.want, problems)
			}
			break
		}
	}
}
