package bounce_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/bounce"
)

// schema is the part of JSON Schema 2020-12 that mail.schema.json uses. A
// keyword that is not here fails the test, so that none goes unchecked.
type schema struct {
	Schema               string              `json:"$schema"`
	ID                   string              `json:"$id"`
	Ref                  string              `json:"$ref"`
	Title                string              `json:"title"`
	Description          string              `json:"description"`
	Type                 string              `json:"type"`
	Enum                 []string            `json:"enum"`
	Const                any                 `json:"const"`
	Pattern              string              `json:"pattern"`
	Minimum              *float64            `json:"minimum"`
	Maximum              *float64            `json:"maximum"`
	Properties           map[string]*schema  `json:"properties"`
	Required             []string            `json:"required"`
	DependentRequired    map[string][]string `json:"dependentRequired"`
	AdditionalProperties *bool               `json:"additionalProperties"`
	Defs                 map[string]*schema  `json:"$defs"`
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "docs", "generated", "mail.schema.json"))
	if err != nil {
		t.Fatalf("%v: run `go generate ./...`", err)
	}
	defer f.Close()
	var s schema
	r := json.NewDecoder(f)
	r.DisallowUnknownFields()
	if err := r.Decode(&s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// fits tells what is wrong with v by s, a part of root.
func (root *schema) fits(s *schema, v any, at string) (problems []string) {
	if def, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		s = root.Defs[def]
	}
	bad := func(format string, args ...any) { problems = append(problems, at+" "+fmt.Sprintf(format, args...)) }
	text, isText := v.(string)
	number, isNumber := v.(float64)
	flag, isFlag := v.(bool)
	object, isObject := v.(map[string]any)
	switch {
	case s.Type == "string" && !isText, s.Type == "boolean" && !isFlag, s.Type == "object" && !isObject, s.Type == "integer" && (!isNumber || number != float64(int(number))):
		bad("is no %s: %v", s.Type, v)
		return problems
	case s.Enum != nil && !slices.Contains(s.Enum, text):
		bad("is none of the values: %v", v)
	case s.Const != nil && s.Const != any(flag):
		bad("is not %v", s.Const)
	case s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text):
		bad("does not match %s: %q", s.Pattern, text)
	case s.Minimum != nil && number < *s.Minimum, s.Maximum != nil && number > *s.Maximum:
		bad("is out of range: %v", v)
	}
	for _, name := range s.Required {
		if _, ok := object[name]; !ok {
			bad("lacks %s", name)
		}
	}
	for name, others := range s.DependentRequired {
		for _, other := range others {
			if _, ok := object[other]; object[name] != nil && !ok {
				bad("has %s without %s", name, other)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if p, ok := s.Properties[name]; ok {
			problems = append(problems, root.fits(p, object[name], at+"/"+name)...)
		} else if s.AdditionalProperties != nil && !*s.AdditionalProperties {
			bad("has %s, which is not in the schema", name)
		}
	}
	return problems
}

// TestRowsFitTheirSchema holds the JSON of rows against the schema that is
// published for it, and the schema against what rows can say.
func TestRowsFitTheirSchema(t *testing.T) {
	s := readSchema(t)
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
			for _, problem := range s.fits(s, v, "") {
				t.Errorf("%s: %s", item.File, problem)
			}
			for name := range v {
				seen[name] = true
			}
			seen["kind "+row.Kind.String()] = true
		}
	}
	for name := range s.Properties {
		if !seen[name] {
			t.Errorf("no row has %s, which the schema has: it goes untested", name)
		}
	}
	kinds := s.Properties["kind"].Enum
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
	s := readSchema(t)
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
		{"kind", nil, "lacks kind"},
		{"index", 0.0, "is out of range"},
		{"index", "1", "is no integer"},
		{"reply", 650.0, "is out of range"},
		{"enhanced", "5.1", "does not match"},
		{"recipient", "", "does not match"},
		{"recipient", nil, "without recipient"},
		{"suppress", "yes", "is no boolean"},
		{"extra", true, "which is not in the schema"},
		{"diagnosis", nil, "without diagnosis"},
		{"diagnosis", map[string]any{}, "/diagnosis lacks reason"},
	} {
		for row := range r.Rows() {
			var v map[string]any
			if err := json.Unmarshal(row.AppendJSON(nil), &v); err != nil {
				t.Fatal(err)
			}
			if v[c.field] = c.value; c.value == nil {
				delete(v, c.field)
			}
			if problems := strings.Join(s.fits(s, v, ""), "; "); !strings.Contains(problems, c.want) {
				t.Errorf("%s as %v: want %q, got %q", c.field, c.value, c.want, problems)
			}
			break
		}
	}
}
