package main

import (
	"strconv"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
	"github.com/smtpcode/smtpcode/codes"
)

// tsvHead names the columns of --to tsv.
const tsvHead = "reply\tenhanced\tclass\tbounce\tcategory\treason\tfault\taction\tretry\tsuppress\tretry_after\tprovider\tmessage\tphrase\tblocklist\tbasis\ttext\n"

// appendTSV appends a diagnosis as a line of columns, with the text behind it.
func appendTSV(b []byte, d *codes.Diagnosis, text []byte) []byte {
	if d.Reply != 0 {
		b = strconv.AppendUint(b, uint64(d.Reply), 10)
	}
	b = append(b, '\t')
	if e := d.Enhanced; e != 0 {
		b = strconv.AppendUint(b, uint64(e.Class()), 10)
		b = strconv.AppendUint(append(b, '.'), uint64(e.Subject()), 10)
		b = strconv.AppendUint(append(b, '.'), uint64(e%1000), 10)
	}
	for _, cell := range [...]string{
		d.Class.String(), d.Bounce.String(), d.Category.String(), d.Reason.String(), d.Fault.String(), d.Action.String(),
		strconv.FormatBool(d.Retry), strconv.FormatBool(d.Suppress),
	} {
		b = append(append(b, '\t'), cell...)
	}
	b = append(b, '\t')
	if d.RetryAfter != 0 {
		b = strconv.AppendInt(b, int64(d.RetryAfter), 10)
	}
	provider, message, phrase := d.IDs()
	for _, cell := range [...]string{provider, message, phrase, d.Blocklist.String(), d.Basis.String()} {
		b = append(append(b, '\t'), cell...)
	}
	b = append(b, '\t')
	return append(appendVisible(b, text), '\n')
}

// appendVisible appends text with its tabs and control characters written out.
func appendVisible(b, text []byte) []byte {
	for _, c := range text {
		if c < ' ' || c > '~' {
			return append(b, page.Visible(string(text))...)
		}
	}
	return append(b, text...)
}
