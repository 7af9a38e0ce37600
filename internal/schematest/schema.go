package schematest

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
)

// Schema is a JSON Schema (2020-12), decoded.
type Schema map[string]any

// Read reads a schema of docs/generated, below the root of the repository.
func Read(t testing.TB, root, name string) Schema {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "docs", "generated", name))
	if err != nil {
		t.Fatalf("%v: run `go generate ./...`", err)
	}
	return Parse(t, b)
}

// Parse decodes a schema.
func Parse(t testing.TB, b []byte) Schema {
	t.Helper()
	var s Schema
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Properties gives the names of the properties of an object.
func (s Schema) Properties() []string {
	properties, _ := s["properties"].(map[string]any)
	return slices.Sorted(maps.Keys(properties))
}

// Enum gives the values that a property may have, sorted.
func (s Schema) Enum(property string) []string {
	properties, _ := s["properties"].(map[string]any)
	rule, _ := properties[property].(map[string]any)
	values, _ := rule["enum"].([]any)
	var list []string
	for _, v := range values {
		list = append(list, v.(string))
	}
	slices.Sort(list)
	return list
}

// Problems tells what is wrong with a decoded JSON document by the schema: a line
// each, with the path in front; none if it fits.
func (s Schema) Problems(document any) []string { return fits(s, s, document, "") }

func fits(root, s map[string]any, v any, where string) (problems []string) {
	bad := func(format string, args ...any) {
		problems = append(problems, where+" "+fmt.Sprintf(format, args...))
	}
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		rule := s[keyword]
		switch keyword {
		case "$schema", "$id", "$defs", "title", "description", "propertyNames":
		case "$ref":
			def, ok := definition(root, rule.(string))
			if !ok {
				bad("refers to %s, which does not exist", rule)
				continue
			}
			problems = append(problems, fits(root, def, v, where)...)
		case "type":
			if !hasType(v, rule.(string)) {
				bad("is no %s: %v", rule, v)
			}
		case "enum":
			if !slices.Contains(rule.([]any), v) {
				bad("is none of the values: %v", v)
			}
		case "pattern":
			if text, ok := v.(string); ok && !regexp.MustCompile(rule.(string)).MatchString(text) {
				bad("does not match %s: %q", rule, text)
			}
		case "const":
			if v != rule {
				bad("is not %v: %v", rule, v)
			}
		case "dependentRequired":
			object, _ := v.(map[string]any)
			for key, others := range rule.(map[string]any) {
				for _, other := range others.([]any) {
					if _, ok := object[other.(string)]; object[key] != nil && !ok {
						bad("has %s without %s", key, other)
					}
				}
			}
		case "minimum":
			if n, ok := v.(float64); ok && n < rule.(float64) {
				bad("is below %v: %v", rule, n)
			}
		case "maximum":
			if n, ok := v.(float64); ok && n > rule.(float64) {
				bad("is above %v: %v", rule, n)
			}
		case "items":
			list, _ := v.([]any)
			for i, item := range list {
				problems = append(problems, fits(root, rule.(map[string]any), item, fmt.Sprintf("%s/%d", where, i))...)
			}
		case "required":
			object, _ := v.(map[string]any)
			for _, key := range rule.([]any) {
				if _, ok := object[key.(string)]; !ok {
					problems = append(problems, where+"/"+key.(string)+" is missing")
				}
			}
		case "properties", "additionalProperties":
			// both below, for each property of v
		default:
			bad("uses the keyword %s, which this check does not know", keyword)
		}
	}
	object, _ := v.(map[string]any)
	properties, _ := s["properties"].(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if names, ok := s["propertyNames"].(map[string]any); ok {
			problems = append(problems, fits(root, names, key, where+"/"+key+" as a key")...)
		}
		if rule, ok := properties[key].(map[string]any); ok {
			problems = append(problems, fits(root, rule, object[key], where+"/"+key)...)
			continue
		}
		switch rule := s["additionalProperties"].(type) {
		case bool:
			if !rule {
				problems = append(problems, where+"/"+key+" is not allowed")
			}
		case map[string]any:
			problems = append(problems, fits(root, rule, object[key], where+"/"+key)...)
		}
	}
	return problems
}

// definition gives what a $ref names.
func definition(root map[string]any, ref string) (map[string]any, bool) {
	defs, _ := root["$defs"].(map[string]any)
	s, ok := defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	return s, ok
}

func hasType(v any, name string) bool {
	switch v := v.(type) {
	case map[string]any:
		return name == "object"
	case []any:
		return name == "array"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "number" || name == "integer" && v == float64(int(v))
	}
	return false
}
