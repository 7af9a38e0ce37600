package codes

import "cmp"

// Hint is what the caller knows of who answered. The zero value knows nothing.
// Provider outranks MX, MX outranks Domain.
type Hint struct {
	Provider Provider // who answered, if that is known
	MX       string   // the host that answered: "gmail-smtp-in.l.google.com"
	Domain   string   // the recipient's domain: "gmail.com"
}

// provider gives the provider that the hint names, or ProviderNone.
func (h Hint) provider() Provider {
	if h.Provider != ProviderNone {
		return h.Provider
	}
	if h.MX != "" {
		if p := ProviderByMX(h.MX); p != ProviderNone {
			return p
		}
	}
	if h.Domain != "" {
		return ProviderByDomain(h.Domain)
	}
	return ProviderNone
}

// Classify tells what a reply means, with nothing known but its text. The text
// may be a code, a pair of codes, a whole reply of several lines, or a reply as
// a log or a report quotes it. It allocates nothing and reads at most 4 KiB.
func Classify(text string) Diagnosis { return Hint{}.Classify(text) }

// ClassifyBytes is [Classify] for text in a byte slice, which it does not keep.
func ClassifyBytes(text []byte) Diagnosis { return Hint{}.Classify(unsafeString(text)) }

// ClassifyBytes is Classify for text in a byte slice, which it does not keep.
func (h Hint) ClassifyBytes(text []byte) Diagnosis { return h.Classify(unsafeString(text)) }

// Classify tells what a reply of the server that the hint names means.
func (h Hint) Classify(text string) Diagnosis { return h.classify(text, nil) }

// classify is Classify with own wordings in front of the data's, or nil.
func (h Hint) classify(text string, own *Classifier) Diagnosis {
	var p Parsed
	p.parse(text)
	q := question{reply: p.Reply, enhanced: p.Enhanced, provider: h.provider()}
	if q.provider == ProviderNone && p.Host != "" {
		q.provider = ProviderByMX(p.Host)
	}
	var r ruling
	if p.Inner == "" || !decideInner(p.Inner, q.provider, &r) {
		decide(text, &p, &q, &r)
	}
	d := Diagnosis{Reply: p.Reply, Enhanced: p.Enhanced, Class: p.Class(), Contradiction: p.Contradict()}
	if own != nil {
		d.own = own.overrule(text, &p, &q, &r)
	}
	d.settle(&r, &q)
	if d.Class == ClassTemporary || d.Reason == ReasonGreylisted || d.Reason == ReasonRateLimited {
		d.RetryAfter = retryAfter(text)
	}
	return d
}

// ruling is what the evidence comes to.
type ruling struct {
	basis    Basis
	rule     uint16 // for BasisMessage and BasisPhrase
	reason   Reason
	vague    bool
	provider Provider // who answered
	zone     Provider // the blocklist that is named
}

// decideInner decides by the reply of another server that is quoted, and tells
// whether that says why.
func decideInner(text string, provider Provider, r *ruling) bool {
	p := Parse(text)
	decide(text, &p, &question{reply: p.Reply, enhanced: p.Enhanced, provider: provider}, r)
	return r.specific()
}

// specific tells whether the ruling says why.
func (r *ruling) specific() bool {
	return r.basis.words() || r.reason != ReasonNone && r.reason != ReasonUnknown && !r.vague
}

// clear tells whether words alone, without any code, are enough to give an
// address up: telling words about the address itself, or its domain.
func (r *ruling) clear() bool {
	if !r.basis.words() || ruleTable[r.rule].flags&isWeak != 0 {
		return false
	}
	if r.reason == ReasonSuppressed { // a sending service says so of its own list
		return r.basis == BasisMessage
	}
	return r.reason == ReasonDomainNotFound || r.reason.Category() == CategoryInvalidAddress
}

// decide weighs words and codes. In this order the first that is there counts:
// telling words; a named blocklist; a pair, an enhanced code, a basic code that
// says something specific; vague words; and the same codes where they are vague.
func decide(text string, p *Parsed, q *question, r *ruling) {
	if len(text) > maxText {
		text = text[:maxText]
	}
	if folded(text, p) {
		decideFolded(text, p, q, r)
	} else {
		read(text, p, q, r)
	}
}

// decideFolded is apart from decide so that its buffer costs nothing elsewhere.
//
//go:noinline
func decideFolded(text string, p *Parsed, q *question, r *ruling) {
	var buf [maxText]byte
	read(unfold(text, p, &buf), p, q, r)
}

// read finds the words of s and gives the ruling.
func read(s string, p *Parsed, q *question, r *ruling) {
	var f found
	scan(s, q, &f)
	tokens(s, p.Text, q, &f)
	if f.again(q) {
		scan(s, q, &f)
	}
	if f.strong.rule == 0 && (q.provider != ProviderNone || q.marked != ProviderNone || !q.enhanced.Known()) {
		vendorCode(q, &f) // what is registered means something else only at a provider that is known
	}
	f.rule(q, r)
}

// again tells whether to read once more, now that some words have told who
// answers, so that the common wording of that provider counts too. It need not
// be where one of its own messages has been found already.
func (f *found) again(q *question) bool {
	if f.mark.rule == 0 || q.provider != ProviderNone {
		return false
	}
	q.marked = Provider(f.mark.rule)
	r := &ruleTable[f.strong.rule]
	return f.strong.rule == 0 || r.flags&isMessage == 0 || !q.marked.Includes(r.provider)
}

// vendorCode finds a message that its code alone names: one that only this
// provider uses, or one that means another thing there.
func vendorCode(q *question, f *found) {
	if q.enhanced == 0 {
		return
	}
	lo, hi := 0, len(vendorRules)
	for lo < hi { // the first whose code is not below ours
		mid := int(uint(lo+hi) >> 1)
		if vendorRules[mid].code < q.enhanced {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for ; lo < len(vendorRules) && vendorRules[lo].code == q.enhanced; lo++ {
		if score, ok := ruleWorth(vendorRules[lo].rule, 0, q); ok {
			f.take(vendorRules[lo].rule, score)
		}
	}
}

// vendorRule names the rule for an enhanced code.
type vendorRule struct {
	code Enhanced
	rule uint16
}

// rule picks the strongest evidence.
func (f *found) rule(q *question, r *ruling) {
	*r = ruling{provider: cmp.Or(q.provider, q.marked), zone: Provider(f.zone.rule)}
	if f.strong.rule != 0 && ruleTable[f.strong.rule].flags&isSilent == 0 {
		r.words(f.strong.rule, q.provider)
	} else {
		f.codes(q, r)
	}
	f.doubt(r, q)
}

// codes picks the strongest evidence where no telling words were found.
func (f *found) codes(q *question, r *ruling) {
	pair := &pairTable[pairIndex(q.reply, q.enhanced)]
	enhanced, vague := ReasonNone, true
	if pair.reply == 0 { // what both say together comes first
		enhanced, vague = q.enhanced.reason()
	}
	switch {
	case f.zone.rule != 0:
		r.basis, r.reason, r.provider = BasisPhrase, ReasonIPBlocklisted, r.zone
		if f.domains {
			r.reason = ReasonDomainBlocklisted
		}
	case pair.reply != 0 && !pair.vague:
		r.basis, r.reason = BasisPair, pair.reason
	case pair.reply == 0 && q.enhanced != 0 && !vague: // a vague pair says that here the code is vague too
		r.basis, r.reason = BasisEnhanced, enhanced
	case pair.reply == 0 && q.reply != 0 && !q.reply.Vague():
		r.basis, r.reason = BasisReply, q.reply.Reason()
	case f.weak.rule != 0 && f.strong.rule == 0:
		r.words(f.weak.rule, q.provider)
	case pair.reply != 0:
		r.basis, r.reason, r.vague = BasisPair, pair.reason, true
	case q.enhanced != 0 && enhanced != ReasonUnknown:
		r.basis, r.reason, r.vague = BasisEnhanced, enhanced, true
	case q.reply != 0 && q.reply.Reason() != ReasonUnknown && q.reply.Reason() != ReasonNone:
		r.basis, r.reason, r.vague = BasisReply, q.reply.Reason(), true
	case f.strong.rule != 0: // known words of which nobody knows what they mean
		r.words(f.strong.rule, q.provider)
		r.vague = true
	case f.silent.rule != 0:
		r.words(f.silent.rule, q.provider)
		r.vague = true
	case q.reply != 0:
		r.basis, r.reason, r.vague = BasisReply, ReasonUnknown, true
	case q.enhanced != 0:
		r.basis, r.reason, r.vague = BasisEnhanced, ReasonUnknown, true
	default:
		r.basis, r.reason, r.vague = BasisNone, ReasonUnknown, true
	}
}

// doubt takes back that an address is dead where something else in the reply
// speaks against it: suppressing a good address costs more than a bounce.
func (f *found) doubt(r *ruling, q *question) {
	if !r.reason.Suppress() {
		return
	}
	confirmed := false // by a code that is about the recipient's address
	switch q.enhanced.Detail() {
	case DetailBadDestinationMailbox, DetailBadDestinationSystem, DetailBadDestinationSyntax, DetailDestinationMoved, DetailRecipientNullMX, DetailMailboxDisabled:
		confirmed = q.enhanced != 0
	}
	code, vague := q.enhanced.reason()
	clears := wordTable[f.clears.rule].reason
	switch {
	case f.context.rule != 0 && (f.always || r.basis == BasisPhrase && !confirmed):
		// "Sender address rejected: User unknown" speaks of the sender.
		r.reason = Reason(f.context.rule)
	case r.basis == BasisMessage:
		r.vague = r.vague || ruleTable[r.rule].flags&isGuess != 0 && !confirmed
	case r.basis != BasisPhrase:
	case !vague && code.follows().clears:
		// 535 5.7.8 is about a login, whatever does not exist there.
		r.reason = code
	case q.reply != 0 && !q.reply.Vague() && q.reply.Reason().follows().clears:
		r.reason = q.reply.Reason()
	case clears == ReasonMailboxFull && r.reason == ReasonMailboxDisabled:
		r.reason = clears // "mailbox disabled: over quota"
	case ruleTable[r.rule].flags&isGuess != 0 && !confirmed:
		r.vague = true
	case confirmed || f.clears.rule == 0 && ruleTable[r.rule].flags&isWeak == 0:
	case f.clears.rule == 0: // vague words, and a code of another subject
		switch q.enhanced.Subject() {
		case SubjectMailSystem, SubjectContent, SubjectSecurity:
			r.vague = true
		}
	case r.reason == ReasonUserUnknown && clears != ReasonSenderRejected:
		r.vague = true
	default:
		r.reason = clears
	}
}

// words takes over what a message or phrase says. Who is known to have answered
// stays so: a server may speak for its software, or quote a blocklist.
func (r *ruling) words(rule uint16, known Provider) {
	r.rule = rule
	r.reason = wordTable[rule].reason
	r.basis = BasisPhrase
	if ruleTable[rule].flags&isMessage != 0 {
		r.basis, r.provider = BasisMessage, cmp.Or(known, ruleTable[rule].provider)
	}
}

// settle turns a ruling into the diagnosis.
func (d *Diagnosis) settle(r *ruling, q *question) {
	d.Basis, d.Provider, d.rule = r.basis, r.provider, r.rule
	switch d.Class {
	case ClassSuccess, ClassIntermediate:
		// Words may tell who accepted, but not that something was refused.
		if !r.basis.words() || r.reason != ReasonAccepted {
			d.codesAlone(q)
		}
		if d.Class == ClassSuccess {
			d.Reason = ReasonAccepted
		}
	default:
		d.Reason = r.reason
		if d.Reason == ReasonNone || d.Reason == ReasonAccepted || d.Class == ClassUnknown && d.Contradiction {
			d.Reason = ReasonUnknown // accepted and refused at once
		}
	}
	if r.zone != ProviderNone && (d.Reason == ReasonIPBlocklisted || d.Reason == ReasonDomainBlocklisted) {
		d.Blocklist = r.zone
	}
	t := &reasonTable[d.Reason]
	d.Category, d.Fault = t.category, t.fault
	switch d.Class {
	case ClassSuccess, ClassIntermediate:
		d.Bounce, d.Action = BounceNone, ActionNone
	case ClassTemporary:
		d.Bounce, d.Action = BounceSoft, t.actionTemporary
		d.Retry = t.retry != retryNever
	case ClassPermanent:
		d.Bounce, d.Action = BounceHard, t.action
		d.Retry = t.retry == retryAlways
		d.Suppress = t.suppress && !r.vague && !d.Contradiction
	default:
		d.Bounce, d.Action = BounceUnknown, t.action
		d.Retry = t.retry == retryAlways
		d.Suppress = d.Reply == 0 && d.Enhanced == 0 && t.suppress && !r.vague && r.clear()
	}
	if d.Action == ActionSuppress && !d.Suppress {
		d.Action = ActionInvestigate
	}
}

// codesAlone names the basis of a reply that is no refusal.
func (d *Diagnosis) codesAlone(q *question) {
	switch {
	case pairIndex(q.reply, q.enhanced) != 0:
		d.Basis = BasisPair
	case q.enhanced != 0:
		d.Basis = BasisEnhanced
	default:
		d.Basis = BasisReply
	}
}

// words tells whether the basis is something that was said.
func (x Basis) words() bool { return x == BasisMessage || x == BasisPhrase }
