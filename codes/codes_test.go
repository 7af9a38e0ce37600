package codes_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smtpcode/smtpcode/codes"
)

// TestClassify has the cases that a mistake here would cost somebody's mail.
func TestClassify(t *testing.T) {
	for _, c := range []struct {
		text     string
		hint     codes.Hint
		reason   codes.Reason
		basis    codes.Basis
		suppress bool
		why      string
	}{
		{"550", codes.Hint{}, codes.ReasonUnknown, codes.BasisReply, false, "a bare 550 says nothing"},
		{"554", codes.Hint{}, codes.ReasonUnknown, codes.BasisReply, false, "a bare 554 says nothing"},
		{"550 5.0.0", codes.Hint{}, codes.ReasonUnknown, codes.BasisReply, false, "no more than the class"},
		{"5.1.0", codes.Hint{}, codes.ReasonUnknown, codes.BasisEnhanced, false, "whose address is not said"},
		{"550 5.7.1", codes.Hint{}, codes.ReasonPolicy, codes.BasisPair, false, "the text would decide"},
		{"5.1.999", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisEnhanced, false, "a subject's default never suppresses"},
		{"550 5.1.1", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPair, true, ""},
		{"450 4.1.1 User unknown", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPhrase, false, "temporary: not final"},
		{"250 5.1.1", codes.Hint{}, codes.ReasonUnknown, codes.BasisEnhanced, false, "accepted and refused at once"},
		{"550 4.1.1 User unknown", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPhrase, false, "the codes contradict each other"},
		{"550 5.7.1 User unknown", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPhrase, true, "words over a vague code"},
		{"550 5.1.1 Blocked, your IP is listed at zen.spamhaus.org", codes.Hint{}, codes.ReasonIPBlocklisted, codes.BasisMessage, false, "words over the code: the sender's fault"},
		{"550 5.4.1 Recipient address rejected: Access denied", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisMessage, true, "Microsoft's unknown user"},
		{"554 5.7.1 Recipient address rejected: Access denied", codes.Hint{}, codes.ReasonPolicy, codes.BasisPhrase, false, "the same words elsewhere"},
		{"550 5.1.10 Recipient address has null MX", codes.Hint{}, codes.ReasonDomainNoMail, codes.BasisPhrase, true, "by the registry"},
		{"550 5.1.10", codes.Hint{Provider: codes.ProviderMicrosoft365}, codes.ReasonUserUnknown, codes.BasisMessage, true, "means another thing there"},
		{"550 5.7.350 Remote server returned message detected as spam -> 550 5.1.1 <a@example.com>: user unknown", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPhrase, true, "the inner reply decides"},
		{"host mx.example.net[192.0.2.1] said: 550 5.1.8 domain does not exist (in reply to MAIL FROM command)", codes.Hint{}, codes.ReasonSenderRejected, codes.BasisEnhanced, false, "MAIL draws replies about the sender"},
		{"User unknown", codes.Hint{}, codes.ReasonUserUnknown, codes.BasisPhrase, true, "no code at all, but words that leave no doubt"},
		{"552 5.2.2 Mailbox full", codes.Hint{}, codes.ReasonMailboxFull, codes.BasisPair, false, "after repeats only"},
		{"250 2.0.0 Ok: queued as 1234", codes.Hint{}, codes.ReasonAccepted, codes.BasisPair, false, ""},
		{"354 go ahead", codes.Hint{}, codes.ReasonNone, codes.BasisReply, false, "nothing was refused or accepted"},
		{"", codes.Hint{}, codes.ReasonUnknown, codes.BasisNone, false, ""},
	} {
		d := c.hint.Classify(c.text)
		if d.Reason != c.reason || d.Suppress != c.suppress {
			t.Errorf("%q (%s): %s, suppress %v; want %s, %v", c.text, c.why, d.Reason, d.Suppress, c.reason, c.suppress)
		}
		if d.Basis != c.basis && !(c.basis == codes.BasisPhrase && d.Basis == codes.BasisMessage) && !(c.basis == codes.BasisPair && (d.Basis == codes.BasisPhrase || d.Basis == codes.BasisMessage)) {
			t.Errorf("%q (%s): by %s, want %s", c.text, c.why, d.Basis, c.basis)
		}
	}
}

// TestShapes gives one reply in all the shapes in which it is met.
func TestShapes(t *testing.T) {
	want := codes.ReasonMailboxFull
	for _, s := range []string{
		"552 5.2.2 The recipient's mailbox is full",
		"552-5.2.2 The recipient's\r\n552 5.2.2 mailbox is full",
		"552-5.2.2 The recipient's 552 5.2.2 mailbox is full",
		"552 5.2.2 The recipient's mailbox  is\tfull",
		`552 5.2.2 The recipient's mailbox\nis full`,
		"552 5.2.2 THE RECIPIENT'S MAILBOX IS FULL",
		"552 5.2.2The recipient's mailbox is full",
		"552 The recipient's mailbox is full (#5.2.2)",
		"smtp; 552 5.2.2 The recipient's mailbox is full",
		"host mx.example.net[192.0.2.1] said: 552 5.2.2 The recipient's mailbox is full (in reply to RCPT TO command)",
		"550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 552 5.2.2 The recipient's mailbox is full",
		"The recipient's mailbox is full",
	} {
		if d := codes.Classify(s); d.Reason != want {
			t.Errorf("%q: %s by %s %s%s, want %s", s, d.Reason, d.Basis, d.Message(), d.Phrase(), want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for s, want := range map[string]int{
		"451 4.7.1 Greylisted, please try again in 5 minutes":          300,
		"450 4.2.0 Greylisted for 300 seconds":                         300,
		"451 Try again in 1 hour":                                      3600,
		"451 greylisted, try again in 00:04:59":                        299,
		"421 4.7.28 please retry after 90s":                            90,
		"421 4.7.0 Too many messages, limit is 100 in 60 seconds":      0,
		"451 4.7.1 Greylisting in action, please come back later":      0,
		"450 4.7.1 try again in 999999999999 seconds":                  0,
		"550 5.7.1 rejected, wait 5 minutes and the rest of your life": 0, // not temporary
	} {
		if d := codes.Classify(s); d.RetryAfter != want {
			t.Errorf("%q: %d seconds, want %d", s, d.RetryAfter, want)
		}
	}
}

func TestBlocklist(t *testing.T) {
	d := codes.Classify("554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.25")
	if d.Blocklist != codes.ProviderSpamhaus || d.Blocklist.Delist() == "" || d.Reason != codes.ReasonIPBlocklisted || d.Suppress {
		t.Errorf("%s", d.AppendJSON(nil))
	}
	d = codes.Classify("554 5.0.0 frobnicated, see bl.0spam.org")
	if d.Blocklist != codes.Provider0spam || d.Basis != codes.BasisPhrase || d.Phrase() != codes.PhraseNone || d.Meaning() != d.Reason.Meaning() || d.Source() != d.Blocklist.Help() {
		t.Errorf("the zone alone: %s", d.AppendJSON(nil))
	}
	d = codes.Classify("554 5.7.1 http://www.example.com/ is listed, multi.surbl.org")
	if d.Blocklist != codes.ProviderSurbl || d.Reason != codes.ReasonDomainBlocklisted {
		t.Errorf("%s", d.AppendJSON(nil))
	}
}

func TestProviderHints(t *testing.T) {
	for host, want := range map[string]codes.Provider{
		"gmail-smtp-in.l.google.com":              codes.ProviderGmail,
		"GMAIL-SMTP-IN.L.GOOGLE.COM.":             codes.ProviderGmail,
		"example-com.mail.protection.outlook.com": codes.ProviderMicrosoft365,
		"mta5.am0.yahoodns.net":                   codes.ProviderYahoo,
		"notgoogle.com":                           codes.ProviderNone,
		"":                                        codes.ProviderNone,
		strings.Repeat("a.", 300) + "google.com":  codes.ProviderNone, // no host has such a name
		"mx.example.org":                          codes.ProviderNone,
		"us-smtp-inbound-1.mimecast.com":          codes.ProviderMimecast,
	} {
		if got := codes.ProviderByMX(host); got != want {
			t.Errorf("ProviderByMX(%.60q) = %s, want %s", host, got, want)
		}
	}
	if got := codes.ProviderByDomain("Gmail.com"); got != codes.ProviderGmail {
		t.Errorf("gmail.com is %s", got)
	}
	d := codes.Classify("host gmail-smtp-in.l.google.com[192.0.2.1] said: 550 no thanks")
	if d.Provider != codes.ProviderGmail {
		t.Errorf("the wrapper names Gmail, said %q", d.Provider)
	}
}

// TestAllocs is the budget: nothing on the way to a diagnosis allocates.
func TestAllocs(t *testing.T) {
	var b []byte
	long := strings.Repeat("550-5.7.1 word ", 400)
	for name, f := range map[string]func(){
		"Classify":       func() { sinkDiagnosis = codes.Classify(replies150[0]) },
		"Classify lines": func() { sinkDiagnosis = codes.Classify("550-5.1.1 user\r\n550 5.1.1 unknown") },
		"Classify long":  func() { sinkDiagnosis = codes.Classify(long) },
		"Classify inner": func() { sinkDiagnosis = codes.Classify("550 5.1.351 Remote server returned -> 550 5.1.1 user unknown") },
		"Hint":           func() { sinkDiagnosis = codes.Hint{MX: "mx.GOOGLE.com", Domain: "gmail.com"}.Classify(replies150[1]) },
		"ClassifyBytes":  func() { sinkDiagnosis = codes.ClassifyBytes([]byte(nil)) },
		"Parse":          func() { sinkParsed = codes.Parse(replies150[2]) },
		"Reply":          func() { sinkString = codes.Reply(550).Meaning() },
		"Enhanced":       func() { sinkString = codes.Enhanced(5_007_026).Meaning() },
		"Pair":           func() { _, sinkBool = codes.LookupPair(550, 5_001_001) },
		"Meaning":        func() { sinkString = sinkDiagnosis.Meaning() + "" },
		"AppendJSON":     func() { b = codes.Classify(replies150[0]).AppendJSON(b[:0]) },
	} {
		f()
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

// TestDeps holds the promise of doc.go: the standard library only, and nothing
// of it that would make the WebAssembly larger by a twentieth.
func TestDeps(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if .Standard}}std {{end}}{{.ImportPath}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		path, std := strings.CutPrefix(strings.TrimSpace(line), "std ")
		if !std && path != "github.com/smtpcode/smtpcode/codes" {
			t.Errorf("imports %s", path)
		}
		if std && slices.Contains([]string{"fmt", "os", "reflect", "time"}, path) {
			t.Errorf("imports %s: say it with package strconv, the WebAssembly of the site has to load it all", path)
		}
	}
}

// TestTextRoundTrip reads back the stable id of every value.
func TestTextRoundTrip(t *testing.T) {
	type text interface {
		MarshalText() ([]byte, error)
	}
	check := func(v text, back interface{ UnmarshalText([]byte) error }, same func() bool) {
		b, err := v.MarshalText()
		if err != nil || len(b) == 0 {
			t.Errorf("%v: %q, %v", v, b, err)
		}
		if err := back.UnmarshalText(b); err != nil || !same() {
			t.Errorf("%q is not read back: %v", b, err)
		}
	}
	for v := range codes.Reasons() {
		var w codes.Reason
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Categories() {
		var w codes.Category
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Actions() {
		var w codes.Action
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Faults() {
		var w codes.Fault
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Classes() {
		var w codes.Class
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Bounces() {
		var w codes.Bounce
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Bases() {
		var w codes.Basis
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Providers() {
		var w codes.Provider
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Replies() {
		var w codes.Reply
		check(v, &w, func() bool { return v == w })
	}
	for v := range codes.Details() {
		e := v.Permanent()
		var w codes.Enhanced
		check(e, &w, func() bool { return e == w })
	}
	for _, bad := range []interface{ UnmarshalText([]byte) error }{new(codes.Reason), new(codes.Category), new(codes.Action), new(codes.Class), new(codes.Provider), new(codes.Message), new(codes.Reply), new(codes.Enhanced)} {
		if bad.UnmarshalText([]byte("no such id")) == nil {
			t.Errorf("%T reads an id that does not exist", bad)
		}
	}
}

// TestOutOfRange gives numbers that no value has.
func TestOutOfRange(t *testing.T) {
	_ = codes.Reason(255).String() + codes.Category(255).Name() + codes.Reason(255).Advice() + codes.Class(255).Advice() + codes.Provider(65535).Name() +
		codes.Message(65535).String() + codes.Phrase(65535).String() + codes.Subject(999).Name() + codes.Reply(999).Name() + codes.Enhanced(9_999_999).Meaning() +
		codes.Detail(999_999).Name() + codes.Message(65535).Wording().ID + codes.Phrase(65535).Wording().ID
	if codes.Class(200).Bounce() != codes.BounceUnknown || codes.Reason(255).Suppress() || codes.NewEnhanced(codes.ClassIntermediate, 1, 1) != 0 {
		t.Error("a value that does not exist says something")
	}
	if got := codes.NewEnhanced(codes.ClassPermanent, codes.SubjectSecurity, 26); got.String() != "5.7.26" {
		t.Errorf("NewEnhanced gives %s", got)
	}
}

// TestJSON reads a diagnosis back with encoding/json.
func TestJSON(t *testing.T) {
	d := codes.Classify("550 5.1.1 <\"a\\b\"@example.com>: User unknown")
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Reply    int
		Enhanced string
		Reason   codes.Reason
		Suppress bool
	}
	if err := json.Unmarshal(b, &v); err != nil || v.Reply != 550 || v.Enhanced != "5.1.1" || v.Reason != codes.ReasonUserUnknown || !v.Suppress {
		t.Errorf("%s: %+v, %v", b, v, err)
	}
	for _, s := range []string{"", "plain", "\"\\\n\x00\x7f\u2028é\xff"} {
		var back string
		if err := json.Unmarshal(codes.AppendString(nil, s), &back); err != nil || back != strings.ToValidUTF8(s, "\uFFFD") {
			t.Errorf("AppendString(%q) reads back as %q, %v", s, back, err)
		}
	}
}

// TestRegistry holds the data to the IANA registry and the standards.
func TestRegistry(t *testing.T) {
	type row struct {
		Kind, Code, Name string
		Basic            json.RawMessage
	}
	details := 0
	for _, r := range jsonLines[row](t, "facts/enhanced.jsonl") {
		if r.Kind != "detail" {
			continue
		}
		details++
		e, err := codes.ParseEnhanced("5" + strings.TrimPrefix(r.Code, "X"))
		if err != nil || !e.Known() || e.Name() == "" || e.Meaning() == "" || e.Detail().Source() == "" {
			t.Errorf("%s is not described: %v", r.Code, err)
		}
		if r.Name != "" && !strings.EqualFold(e.Name(), r.Name) {
			t.Errorf("%s is called %q, the registry has %q", r.Code, e.Name(), r.Name)
		}
		var basic []int
		if json.Unmarshal(r.Basic, &basic) == nil {
			for _, n := range basic {
				if !slices.Contains(e.Detail().Replies(), strconv.Itoa(n)) {
					t.Errorf("%s is paired with %d in the registry", r.Code, n)
				}
			}
		}
	}
	if details != 81 || len(slices.Collect(codes.Details())) != 81 {
		t.Errorf("%d details in the registry, %d described", details, len(slices.Collect(codes.Details())))
	}
	type reply struct {
		Code     json.RawMessage
		Standard bool
		Commands []string
	}
	replies := 0
	for _, r := range jsonLines[reply](t, "facts/replies.jsonl") {
		n, err := strconv.Atoi(string(r.Code))
		if err != nil {
			continue // "1yz" and the like
		}
		replies++
		c := codes.Reply(n)
		if !c.Known() || c.Standard() != r.Standard || c.Meaning() == "" || c.Source() == "" || r.Standard && len(c.Commands()) == 0 {
			t.Errorf("%d: known %v, standard %v, want standard %v", n, c.Known(), c.Standard(), r.Standard)
		}
		if r.Standard && len(c.RFCs()) == 0 || !r.Standard && len(c.Users()) == 0 {
			t.Errorf("%d: neither an RFC nor who uses it", n)
		}
	}
	if replies < 70 {
		t.Errorf("only %d replies read", replies)
	}
}

// TestVocabularies looks a reason up in other systems' words.
func TestVocabularies(t *testing.T) {
	for _, c := range []struct {
		vocabulary  codes.Vocabulary
		reason      codes.Reason
		label       string
		approximate bool
	}{
		{codes.VocabularySisimai, codes.ReasonUserUnknown, "userunknown", false},
		{codes.VocabularySparkpost, codes.ReasonMailboxFull, "22 Mailbox Full (Soft)", false},
		{codes.VocabularySes, codes.ReasonReverseDNS, "", false}, // the crosswalk does not know
	} {
		got, approximate := c.vocabulary.Label(c.reason)
		if got != c.label || approximate != c.approximate {
			t.Errorf("%s calls %s %q (approximate %v), want %q", c.vocabulary, c.reason, got, approximate, c.label)
		}
	}
	if n := len(slices.Collect(codes.Vocabularies())); n != 11 {
		t.Errorf("%d vocabularies", n)
	}
}
