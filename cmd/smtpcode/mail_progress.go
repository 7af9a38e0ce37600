package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/smtpcode/smtpcode/bounce"
	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
)

// How long a run goes without a progress line, and how long one stands.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// mailProgress is a line on a terminal that tells how far a run has come.
type mailProgress struct {
	w      io.Writer // nil where there is no terminal
	width  int
	latest atomic.Pointer[bounce.Progress] // set by the scan's goroutine
	next   time.Time
	shown  bool
}

func newProgress(w io.Writer) *mailProgress {
	p := &mailProgress{next: time.Now().Add(progressAfter)}
	if f, ok := w.(*os.File); ok && page.IsTerminal(f) {
		if t, err := page.Look(f, "never", os.Getenv); err == nil {
			p.w, p.width = f, t.Full-1 // the last column would wrap
		}
	}
	return p
}

// note takes what the scan tells.
func (p *mailProgress) note(latest bounce.Progress) { p.latest.Store(&latest) }

// show writes the line, where it is time for it.
func (p *mailProgress) show() {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	if latest := p.latest.Load(); latest != nil {
		p.next = time.Now().Add(progressEvery)
		p.shown = true
		text := fmt.Sprintf("%d mails, %d MB, %s", latest.Mails, latest.Bytes/1e6, mailPlace(latest.File, 0))
		fmt.Fprint(p.w, "\r"+page.Shorten(page.OneLine(text), p.width)+"\x1b[K")
	}
}

// clear takes the line away.
func (p *mailProgress) clear() {
	if p.shown {
		p.shown = false
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
