package codes

import (
	"regexp"
	"strings"
	"testing"
)

// What the generated tables are compared with: the same patterns, searched one
// after the other, and as a list of regular expressions, as most tools have it.

func BenchmarkNaive(b *testing.B) {
	replies := []string{
		"550 5.7.1 Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked.",
		"550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in virtual mailbox table; see https://mail.example.com/postmaster/errors.html",
	}
	b.Run("tables", func(b *testing.B) {
		for b.Loop() {
			for _, s := range replies {
				_ = Classify(s)
			}
		}
	})
	b.Run("one-by-one", func(b *testing.B) {
		for b.Loop() {
			for _, s := range replies {
				s = strings.ToLower(s)
				for i := range patterns {
					p, from := &patterns[i], 0
					for j := range int(p.count) {
						fr := &fragments[int(p.first)+j]
						at := strings.Index(s[from:], fragmentText[fr.at:][:fr.len])
						if at < 0 {
							break
						}
						from += at + int(fr.len)
					}
				}
			}
		}
	})
	b.Run("regexp-list", func(b *testing.B) {
		var list []*regexp.Regexp
		for i := 1; i < len(wordTable); i++ {
			for _, t := range lines(rest(uint16(i), restPattern)) {
				list = append(list, regexp.MustCompile("(?i)"+strings.ReplaceAll(regexp.QuoteMeta(t), `\*`, ".*")))
			}
		}
		for b.Loop() {
			for _, s := range replies {
				for _, r := range list {
					_ = r.MatchString(s)
				}
			}
		}
	})
}
