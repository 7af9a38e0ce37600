package rules

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/smtpcode/smtpcode/codes"
)

const good = `# What our own servers say.
[[provider]]
id = "acme"
name = "Acme Mail"
kind = "mailbox"

[[provider.message]]
id = "acme.gone"
codes = ["550 5.7.1"]
text = ["is with * no more"]
reason = "user_unknown"
meaning = "She left."
example = ["550 5.7.1 jo is with us no more"]
evidence = "observed"
date = "2026-11"
source = ["our wiki"]

[[provider.message]]
id = "acme.by_code"
codes = ["5.9.1"]
needs = ["code"]
reason = "policy"
example = ["550 5.9.1"]

[[provider]]
id = "gmail"

[[provider.message]]
id = "gmail.our_relay"
text = ["common words"]
needs = ["provider"]
reason = "relay_denied"
note = "ask Jo"
example = ["550 common words"]

[[phrase]]
id = "eels"
text = ["full of eels"]
token = "EEL-1"
weak = true
reason = "mailbox_full"
`

func TestRead(t *testing.T) {
	c, err := Read("own.toml", strings.NewReader("\ufeff"+good))
	if err != nil {
		t.Fatal(err)
	}
	gmail := codes.Hint{Provider: codes.ProviderGmail}
	for _, test := range []struct {
		text string
		hint codes.Hint
		id   string
	}{
		{"550 jo is with us no more", codes.Hint{}, "acme.gone"},
		{"554 5.9.1 x", codes.Hint{}, "acme.by_code"},
		{"550 common words", gmail, "gmail.our_relay"},
		{"550 common words", codes.Hint{}, ""},
		{"550 full of eels", codes.Hint{}, "eels"},
		{"550 5.1.1 full of eels", codes.Hint{}, ""},
		{"550 [EEL-1]", codes.Hint{}, "eels"},
	} {
		d := c.Classify(test.text, test.hint)
		_, message, phrase := d.IDs()
		if id := message + phrase; d.Own() != (test.id != "") || d.Own() && id != test.id {
			t.Errorf("%q: %s decides, want %q", test.text, id, test.id)
		}
	}
	w := c.Classify("550 jo is with us no more", codes.Hint{}).Wording()
	if w.Meaning != "She left." || w.Evidence != codes.EvidenceObserved || w.Date != "2026-11" || len(w.Sources) != 1 || len(w.Examples) != 1 {
		t.Errorf("%+v", w)
	}
	for _, text := range []string{"", "# nothing\n", "provider = []\n"} {
		if _, err := Read("empty.toml", strings.NewReader(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestReadRefuses breaks the good file in one place each: old becomes new.
func TestReadRefuses(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{`"She left."`, `"She left.`, "own.toml:12: \"meaning = \\\"She left.\": "},
		{`date = "2026-11"`, `date = 2026-11-01`, `own.toml:15: date: "2026-11-01 00:00:00`},
		{`date = "2026-11"`, `date = 2026`, `own.toml:15: date: "2026" is a number, not a text: write date = "…"`},
		{`text = ["is with * no more"]`, `text = "is with"`, `own.toml:10: text: "is with" is a text, not a list: write text = ["…"]`},
		{`text = ["is with * no more"]`, `text = ["a", 5]`, `own.toml:10: text: "5" is a number, not a text`},
		{`weak = true`, `weak = "yes"`, `own.toml:40: weak: "yes" is a text: write weak = true, or remove it`},
		{`weak = true`, `  Weak = true`, `own.toml:40: Weak: a phrase has no such key: mend its spelling or remove it; there are codes,`},
		{`token = "EEL-1"`, `token = "eel"`, `own.toml:39: token: "eel": 2 to 40 letters`},
		{`reason = "user_unknown"`, `reason = "gone"`, `own.toml:11: reason: "gone" does not exist: smtpcode list reasons shows`},
		{"reason = \"policy\"\n", ``, `own.toml:18: reason: it is missing`},
		{`id = "acme.gone"`, ``, `own.toml:7: id: it is missing`},
		{`id = "acme.gone"`, `id = "acme.by_code"`, `own.toml:19: id: "acme.by_code" stands twice`},
		{`id = "acme.gone"`, `id = "emca.gone"`, `own.toml:8: id: "emca.gone" belongs to another provider: begin it with "acme."`},
		{`id = "acme.gone"`, `id = "gone"`, `own.toml:8: id: "gone" belongs to another provider`},
		{"id = \"acme\"\n", "\n", `own.toml:2: id: it is missing: say whose messages`},
		{`id = "gmail.our_relay"`, `id = "gmail.dmarc_rejection"`, `own.toml:29: id: "gmail.dmarc_rejection" is taken`},
		{`id = "eels"`, `id = "eels.full"`, `own.toml:37: id: "eels.full" is a message's id: put it under`},
		{`id = "eels"`, `id = "mailbox_full"`, `own.toml:37: id: "mailbox_full" is taken`},
		{`codes = ["5.9.1"]`, `codes = ["5.9"]`, `own.toml:20: codes: "5.9" is not a code`},
		{`codes = ["5.9.1"]`, ``, `own.toml:21: needs: it needs a code, but there are no codes`},
		{`needs = ["provider"]`, `needs = ["luck"]`, `own.toml:31: needs: "luck": write "provider" or "code"`},
		{`evidence = "observed"`, `evidence = "seen"`, `own.toml:14: evidence: "seen": write documented, observed or reported`},
		{`text = ["full of eels"]`, `text = ["*"]`, `own.toml:38: text: pattern "*": a star stands alone`},
		{`text = ["full of eels"]`, `text = [""]`, `own.toml:38: text: a pattern is empty`},
		{`"She left."`, `"She \u001b[31mleft."`, `own.toml:12: meaning: "She \x1b[31mleft." holds`},
		{`"our wiki"`, `"our\nwiki"`, `own.toml:16: source: "our wiki" holds a line's end`},
		{`kind = "mailbox"`, `kind = 1`, `own.toml:5: kind: "1" is a number`},
		{`kind = "mailbox"`, `mx = ["mx.acme.example"]`, `own.toml:5: mx: it does nothing in own rules: remove it; --mx and --provider tell`},
		{`kind = "mailbox"`, `colour = "red"`, `own.toml:5: colour: a provider has no such key`},
		{`note = "ask Jo"`, `alone = ["5.9.2"]`, `own.toml:33: alone: it does nothing in own rules: remove it; add a message without text`},
		{`weak = true`, `guess = true`, `own.toml:40: guess: it does nothing in own rules: remove it; weak words`},
		{`[[phrase]]`, `[[sentence]]`, `own.toml:36: sentence: the file has no such key`},
		{`[[phrase]]`, `[phrase]`, `own.toml:36: phrase: this is a table: write each in a table of its own below [[phrase]]`},
		{"# What", "provider = 5\n# What", `own.toml:3: "[[provider]]": `},
		{`"550 5.7.1 jo is with us no more"`, `"550 jo is not with us"`, `own.toml:13: "550 jo is not with us" is no example of acme.gone, but comes out as`},
	} {
		if strings.Count(good, test.old) < 1 {
			t.Fatalf("%q is not in the file", test.old)
		}
		_, err := Read("own.toml", strings.NewReader(strings.Replace(good, test.old, test.new, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q for %q: %v\nwant %s", test.new, test.old, err, test.want)
		}
	}
}

// TestReadInline: tables are taken below headers only, so that lines are told right.
func TestReadInline(t *testing.T) {
	for text, want := range map[string]string{
		`phrase = [{id = "x"}]`:                                "x:1: phrase: this is a list: write each in a table of its own below [[phrase]]",
		"[[provider]]\nid = \"a\"\nmessage = [{id = \"a.x\"}]": "x:3: message: this is a list: write each in a table of its own below [[provider.message]]",
	} {
		if _, err := Read("x", strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTooDeep(t *testing.T) {
	deep := strings.Repeat("[", 100) + strings.Repeat(".", 100)
	for text, want := range map[string]int{
		"":                               0,
		"a = \"" + deep + "\" # " + deep: 0,
		"a = '" + deep + "'\nb." + deep:  2,
		"a = \"\"\"x\n" + deep + "\"\"\"\n" + deep:   3,
		"a = ```\n" + deep + "'" + deep + "\n```":    0,
		"a = \"\\\"" + deep + "\"":                   0,
		"a = \"open\n" + deep:                        2,
		"a = 'b\\'\n\n" + deep:                       3,
		strings.Repeat("a = [1.5, 2.5]\n", 99):       0,
		strings.Repeat("[[provider.message]]\n", 99): 0,
		"\"": 0, "```": 0, "\"\"\"\\": 0,
	} {
		text = strings.ReplaceAll(text, "```", "\x27\x27\x27")
		if got := tooDeep(text); got != want {
			t.Errorf("%.40q: line %d, want %d", text, got, want)
		}
	}
}

func TestReadHostile(t *testing.T) {
	for name, text := range map[string]string{
		"too long":     strings.Repeat("# long\n", maxSize/4),
		"deep":         "phrase = " + strings.Repeat("[", maxSize-10),
		"many":         strings.Repeat("[[phrase]]\n", maxSize/11),
		"deep, closed": "x = " + strings.Repeat("[", maxSize/2-10) + strings.Repeat("]", maxSize/2-10),
		"deep tables":  "x = " + strings.Repeat("{a=", maxSize/4),
		"long name":    strings.Repeat("a.", maxSize/2-10) + "b = 1",
		"binary":       "\x1f\x8b\x00\xff\xfe",
		"a NUL":        "phrase = \"\x00\"",
	} {
		if _, err := Read("x", strings.NewReader(text)); err == nil || len(err.Error()) > 1000 {
			t.Errorf("%s: %.200v", name, err)
		}
	}
	if _, err := Read("x", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(good)))); err == nil {
		t.Error("a file that breaks off is read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[[provider]]\nid='acme'\nmessage=[{id='acme.x',text=['zap'],reason='policy'}]\n[provider.message.x]\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := Read("x", bytes.NewReader(b)); err == nil {
			c.Classify("550 5.7.1 x", codes.Hint{})
		} else if !strings.HasPrefix(err.Error(), "x:") {
			t.Errorf("%v: it does not say where", err)
		}
	})
}

// TestDataIsOfTheForm: what is taken from the data's file is read here too, but
// for its ids and the keys that do nothing.
func TestDataIsOfTheForm(t *testing.T) {
	b, err := os.ReadFile("../../../../data/providers.toml")
	if err != nil {
		t.Fatal(err)
	}
	manual, _, _ := strings.Cut(string(b), "\n[[provider]]")
	for _, key := range append(append([]string{}, phraseKeys...), providerKeys...) {
		if key != "message" && !strings.Contains(manual, key) {
			t.Errorf("the manual of the data does not have the key %s", key)
		}
	}
}
