// Command smtpcode tells what a mail server meant.
//
//	smtpcode 550 5.7.26             a code, a pair of codes, or several
//	smtpcode '550-5.7.26 This …'    a whole reply, as pasted
//	smtpcode classify FILE          a reply a line in, a JSON object a line out
//	smtpcode mail FILE              bounce mails: what happened to whom, and why
//	smtpcode list | search | reason | category | provider | message | phrase
//
// It is thin: what it knows comes from package codes. Run smtpcode --help for
// all of it.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/smtpcode/smtpcode/cmd/smtpcode/internal/page"
)

// Exit statuses; help exit-codes explains them.
const (
	statusKnown   = 0
	statusUnknown = 1
	statusError   = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// app is what every command works with.
type app struct {
	in    io.Reader
	out   *bufio.Writer
	term  page.Terminal
	err   io.Writer
	stdin *os.File // to tell whether it is a terminal
	color string
}

// run is the command without the process around it. It gives the exit status.
func run(args []string, in, out, errOut *os.File) int {
	a := &app{in: in, stdin: in, out: bufio.NewWriterSize(out, 64<<10), err: errOut}
	root := a.rootCommand(args, out)
	root.SetArgs(args)
	err := root.Execute()
	if flushed := a.out.Flush(); flushed != nil && !errors.As(err, new(failure)) {
		err = fmt.Errorf("the output cannot be written: %w", flushed)
	}
	return a.status(err)
}

// outcome is an error that needs no words: the answer has been printed, and the
// status says how complete it was.
type outcome int

func (o outcome) Error() string { return fmt.Sprintf("status %d", int(o)) }

// failure is an error with a status of its own.
type failure struct {
	status int
	text   string
}

func (f failure) Error() string { return f.text }

// notFound says that what was asked for is not in the data.
func notFound(format string, args ...any) error {
	return failure{statusUnknown, fmt.Sprintf(format, args...)}
}

// misused says that the command line or the input makes no sense.
func misused(format string, args ...any) error {
	return failure{statusError, fmt.Sprintf(format, args...)}
}

// status prints an error, on one line and with nothing in it that a terminal
// would obey, and gives the exit status for it. Errors of the flags' parser and
// of files have no status of their own: they are misuse.
func (a *app) status(err error) int {
	if err == nil {
		return statusKnown
	}
	if o := outcome(0); errors.As(err, &o) {
		return int(o)
	}
	fmt.Fprintln(a.err, page.OneLine("smtpcode: "+err.Error()))
	if f := (failure{}); errors.As(err, &f) {
		return f.status
	}
	return statusError
}

// note says something beside the answer, on standard error.
func (a *app) note(format string, args ...any) {
	fmt.Fprintln(a.err, page.OneLine("smtpcode: note: "+fmt.Sprintf(format, args...)))
}

// page makes a page on the output.
func (a *app) page() *page.Page { return page.New(a.out, a.term) }
