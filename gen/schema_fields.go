package main

// The shapes of codes and ids, in the JSON Schema's dialect of expressions.
const (
	shapeReply    = `^[1-5][0-9]{2}$`
	shapeNumber   = `(0|[1-9][0-9]{0,2})`
	shapeDetail   = `^` + shapeNumber + `\.` + shapeNumber + `$`
	shapeEnhanced = `^[245]\.` + shapeNumber + `\.` + shapeNumber + `$`
	shapePair     = `^[1-5][0-9]{2} [245]\.` + shapeNumber + `\.` + shapeNumber + `$`
	shapePage     = `^(https?://|mailto:)`
)

// fieldRules gives what a field's type does not say: sets of values, and the
// shapes of codes, ids and keys. A list's rule is about its items, an object's
// about its keys.
func fieldRules() map[string]*schema {
	var (
		term     = pattern(idPattern.String())
		provider = pattern(providerPattern.String())
		message  = pattern(messagePattern.String())
		enhanced = pattern(shapeEnhanced)
		reply    = between(100, 599)
		class    = between(1, 5)
		page     = pattern(shapePage)
		date     = pattern(datePattern.String())
		reason   = ref("reason_id")
		action   = ref("action_id")
	)
	return map[string]*schema{
		"document.classes": pattern(`^[1-5]$`), "document.subjects": pattern(`^[0-9]$`), "document.replies": pattern(shapeReply),
		"document.details": pattern(shapeDetail), "document.pairs": pattern(shapePair), "document.categories": ref("category_id"),
		"document.reasons": reason, "document.actions": action, "document.faults": ref("fault_id"), "document.bases": term,
		"document.bounces": ref("bounce_id"), "document.vocabularies": term, "document.rules": term, "document.thresholds": term,
		"document.phrases": term, "document.providers": provider,
		"class.digit": class, "class.id": ref("class_id"), "class.bounce": ref("bounce_id"),
		"subject.id": term, "subject.reason": reason,
		"reply.code": reply, "reply.id": term, "reply.enhanced": enhanced, "reply.also": enhanced, "reply.reason": reason,
		"detail.code": pattern(shapeDetail), "detail.id": term, "detail.classes": between(2, 5), "detail.reply": reply, "detail.reason": reason, "detail.reason4": reason,
		"pair.reply": reply, "pair.enhanced": enhanced, "pair.reason": reason,
		"policy.bounce": ref("bounce_id"), "policy.fault": ref("fault_id"), "policy.action": action,
		"policy.retry":    oneOf("yes, later", "only after a change", "no"),
		"policy.suppress": oneOf("yes", "only after repeats over days", "not for the code alone", "no"),
		"term.id":         term,
		"reason.id":       reason, "reason.category": ref("category_id"), "reason.fault": ref("fault_id"), "reason.action": action, "reason.action_temporary": action,
		"reason.retry": oneOf("never", "temporary", "always"), "reason.suppress": oneOf("never", "permanent", "repeated"),
		"vocabulary.id": term, "vocabulary.date": date, "vocabulary.labels": reason,
		"label.reason":   reason,
		"context.reason": reason,
		"rule.id":        term,
		"threshold.id":   term, "threshold.unit": oneOf("percent", "hours", "attempts", "days"),
		"provider.id": provider, "provider.kind": oneOf("mailbox", "gateway", "blocklist", "esp", "mta"), "provider.includes": provider,
		"provider.postmaster": page, "provider.delist": page, "provider.help": page, "provider.messages": message,
		"message.needs": oneOf("provider", "code"), "message.reason": reason, "message.date": date,
		"message.evidence": oneOf("documented", "observed", "reported"),
	}
}

// fieldDocs says what each field of smtpcode.json means.
var fieldDocs = map[string]string{
	"document.$schema":      "The schema of this file.",
	"document.version":      "Version of the data.",
	"document.date":         "Day of the version.",
	"document.license":      "Licence of the data, by its SPDX name.",
	"document.home":         "Home of the project.",
	"document.classes":      "Classes of codes, by first digit.",
	"document.subjects":     "Subjects of enhanced codes, by number.",
	"document.replies":      "Basic reply codes.",
	"document.details":      "The IANA registry of enhanced codes, by subject and detail without the class: 7.26 is X.7.26.",
	"document.pairs":        "A basic and an enhanced code that mean more together than apart, by both: 550 5.1.1.",
	"document.categories":   "Coarse buckets of refusals.",
	"document.reasons":      "Why servers refuse, with what follows from it.",
	"document.actions":      "What a sender does about a reply.",
	"document.faults":       "Who must act.",
	"document.bases":        "Kinds of evidence that a diagnosis rests on, strongest first.",
	"document.bounces":      "What a refusal means for the message.",
	"document.vocabularies": "Other systems' names for reasons.",
	"document.rules":        "Rules for handling bounces.",
	"document.thresholds":   "Figures by which a sender's bounces are judged.",
	"document.steps":        "Steps of diagnosing a bounce, in order.",
	"document.contexts":     "Words that tell whom a reply speaks of, where its reason would be that an address does not exist.",
	"document.phrases":      "Wording of no provider in particular.",
	"document.providers":    "Who answers: mailbox providers, gateways, blocklists, sending services, mail software; with their messages.",
	"document.retired":      "Ids that were given away once, and which took over.",
	"document.left_out":     "Texts that were read and became neither a message nor a phrase.",
	"document.corrected":    "Texts whose first judgement was wrong.",

	"class.digit":   "First digit of the codes.",
	"class.id":      "Stable id.",
	"class.name":    "Name for people.",
	"class.bounce":  "What a reply of the class means for the message.",
	"class.meaning": "What it means.",
	"class.advice":  "What the sender does.",
	"class.rfc":     "Documents that define it, with sections.",

	"subject.number":  "Second number of the codes.",
	"subject.id":      "Stable id.",
	"subject.name":    "The standard's name.",
	"subject.reason":  "Weak default for codes of the subject that the registry does not have.",
	"subject.meaning": "What it means.",
	"subject.rfc":     "Documents that define it, with sections.",

	"reply.code":     "The code.",
	"reply.id":       "Stable id.",
	"reply.name":     "The standard's title.",
	"reply.standard": "An RFC defines the code; if not, it was seen in practice.",
	"reply.commands": "Commands that may draw the reply. CONNECT is the greeting, DATA-END the end of the message.",
	"reply.enhanced": "Enhanced codes that the registry pairs with it.",
	"reply.also":     "Enhanced codes seen with it beyond that.",
	"reply.reason":   "The reason where nothing but this code is known.",
	"reply.vague":    "The code alone decides little: words outrank it, and it never suppresses an address.",
	"reply.meaning":  "What it means.",
	"reply.practice": "How servers use it beyond the standard.",
	"reply.advice":   "What the sender does about the code alone.",
	"reply.users":    "Who sends it, if no standard has it.",
	"reply.note":     "Where standards, registry and practice disagree.",
	"reply.rfc":      "Documents that define it, with sections.",
	"reply.source":   "Where the facts were read.",

	"detail.code":     "Subject and detail, without the class.",
	"detail.id":       "Stable id.",
	"detail.name":     "The registry's text.",
	"detail.classes":  "Classes that the standard has it for.",
	"detail.reply":    "Basic codes that the registry pairs with it.",
	"detail.reason":   "The reason where nothing but this code is known.",
	"detail.reason4":  "The reason with class 4, where it differs.",
	"detail.vague":    "The code alone decides little: words outrank it, and it never suppresses an address.",
	"detail.meaning":  "What it means, with class 5 unless the standard has another one only.",
	"detail.meaning4": "What it means with class 4, where it differs.",
	"detail.meaning2": "What it means with class 2, where it differs.",
	"detail.advice":   "What the sender does about the code alone.",
	"detail.note":     "Where registry, RFC and practice disagree.",
	"detail.rfc":      "Documents that define it, with sections.",
	"detail.source":   "Where the facts were read.",

	"pair.reply":    "Basic code.",
	"pair.enhanced": "Enhanced code.",
	"pair.reason":   "The reason where nothing but these codes is known.",
	"pair.vague":    "The codes alone decide little: words outrank them, and they never suppress an address.",
	"pair.meaning":  "What the two mean together.",
	"pair.advice":   "What the sender does.",
	"pair.note":     "Where servers use them otherwise.",
	"pair.source":   "Where the facts were read.",
	"pair.follows":  "What follows where nothing but these codes is known. Absent where nothing is refused.",

	"policy.bounce":   "What it means for the message.",
	"policy.fault":    "Who must act. Absent where the codes do not tell.",
	"policy.action":   "What the sender does.",
	"policy.retry":    "Whether the same message may be tried again.",
	"policy.suppress": "Whether the address should be mailed no more.",

	"term.id":      "Stable id.",
	"term.name":    "Name for people.",
	"term.meaning": "What it means.",
	"term.advice":  "What the sender does. Categories only.",

	"reason.id":               "Stable id.",
	"reason.name":             "Name for people.",
	"reason.category":         "The one category it belongs to. Absent for accepted.",
	"reason.fault":            "Who must act. Absent for accepted and unknown.",
	"reason.action":           "What the sender does after a permanent refusal.",
	"reason.action_temporary": "What the sender does after a temporary refusal.",
	"reason.retry":            "When the same message may be tried again: never, after a temporary refusal, or always.",
	"reason.suppress":         "When the address should be mailed no more: never, after a permanent refusal, or after repeated refusals over days.",
	"reason.meaning":          "What it means.",
	"reason.advice":           "What the sender does, in a sentence.",
	"reason.clears":           "Where this is said, the recipient's address is not the cause, whatever else the reply says.",
	"reason.steps":            "What the sender does, step by step.",

	"vocabulary.id":     "Stable id.",
	"vocabulary.name":   "The system's name.",
	"vocabulary.source": "Where its names were read.",
	"vocabulary.date":   "When they were read.",
	"vocabulary.note":   "What to keep in mind about them.",
	"vocabulary.labels": "Its names, by our reason.",

	"label.reason":      "Our reason.",
	"label.label":       "The system's name for it; several are divided by semicolons.",
	"label.approximate": "The system has the name, but does not say that it gives it to such a reply.",

	"rule.id":    "Stable id.",
	"rule.title": "The rule in a few words.",
	"rule.text":  "The rule.",

	"threshold.id":    "Stable id.",
	"threshold.name":  "What is measured.",
	"threshold.unit":  "Unit of the figures.",
	"threshold.good":  "Good practice.",
	"threshold.alarm": "Act now.",
	"threshold.text":  "What the figures mean.",

	"context.reason": "The reason that the reply has then.",
	"context.always": "It has it even where the enhanced code is about the recipient's address.",
	"context.text":   "Patterns, as a message's.",
	"step.title":     "The step in a few words.",
	"step.text":      "The step.",

	"provider.id":           "Stable id.",
	"provider.name":         "As people call it.",
	"provider.kind":         "mailbox provider, gateway in front of one, blocklist, esp (sending service) or mta (mail software).",
	"provider.domains":      "Domains of its recipients.",
	"provider.mx":           "Suffixes of its mail hosts' names.",
	"provider.zones":        "DNS zones of a list of IP addresses, as replies name them.",
	"provider.domain_zones": "DNS zones of a list of domains or links, as replies name them.",
	"provider.marks":        "Words that only its servers write: they tell who answers, not what is said.",
	"provider.includes":     "Providers whose messages its servers use too.",
	"provider.postmaster":   "Page for senders.",
	"provider.delist":       "Page or address to get off its list. <ip> stands for the sending IP address.",
	"provider.help":         "Page about its messages.",
	"provider.note":         "For maintainers.",
	"provider.messages":     "What its servers say.",

	"message.id":       "Stable id. A provider's message has the provider's id in front.",
	"message.codes":    "Codes it comes with: 550, 5.7.1, 550 5.7.1, or a range such as 550 5.7.606-649. They break ties between equal words.",
	"message.text":     "Patterns, one is enough. Literal words in any case, * for what varies; each matches anywhere in the reply, white space as one space, whole words unless the star touches them.",
	"message.token":    "The provider's own code, found as the first word or in brackets.",
	"message.needs":    "provider: counts only where the provider is known. code: counts only with one of the codes.",
	"message.alone":    "Codes or ranges that name the message without any words.",
	"message.guess":    "It is not sure that the address is dead, or of whom the words speak: they give the reason, but never suppress an address.",
	"message.weak":     "Vague words: a specific enhanced code outranks them.",
	"message.reason":   "What it comes to.",
	"message.meaning":  "What the server says happened. Without it, the reason's own.",
	"message.advice":   "What the sender does now. Without it, the reason's own.",
	"message.example":  "Whole replies, each of which is this message.",
	"message.note":     "For maintainers.",
	"message.evidence": "How well it is known: documented by the provider, observed in real bounces, or reported by a third party.",
	"message.date":     "When it was last seen or documented: a year, a month or a day.",
	"message.source":   "Where it was read.",

	"retired.id":  "The id that is not given away again.",
	"retired.now": "The id that took over, or nothing.",

	"left_out.provider": "Who was said to answer.",
	"left_out.text":     "The text as it was collected.",
	"left_out.why":      "Why it was left out.",

	"corrected.provider": "Who was said to answer.",
	"corrected.text":     "The text as it was collected.",
	"corrected.was":      "The first judgement.",
	"corrected.now":      "The reason that the text has here.",
	"corrected.why":      "Why.",
}
