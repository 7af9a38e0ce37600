package main

import (
	"strings"
	"testing"

	ownrules "github.com/smtpcode/smtpcode/cmd/smtpcode/internal/rules"
	"github.com/smtpcode/smtpcode/codes"
)

// TestRulesTopic: the file that the help shows can be used as it stands there.
func TestRulesTopic(t *testing.T) {
	_, text, _ := strings.Cut(rulesTopic().Long, "codes.toml:\n")
	text, _, ok := strings.Cut(text, "\nA pattern matches")
	if !ok {
		t.Fatal("the help shows no file")
	}
	c, err := ownrules.Read("help", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, reply := range []string{"550 5.7.1 Rejected by the mail gate of Acme", "550 Jane is with us no more"} {
		if !c.Classify(reply, codes.Hint{}).Own() {
			t.Errorf("%q is none of its messages", reply)
		}
	}
}
