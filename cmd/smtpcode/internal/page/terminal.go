package page

import (
	"fmt"
	"os"
	"strconv"

	"golang.org/x/term"
)

// Bounds of the width that pages are set to: longer lines are hard to read.
const (
	defaultWidth = 80
	minWidth     = 20
	maxWidth     = 100
)

// Terminal is what is known of where the output goes.
type Terminal struct {
	TTY   bool // it is a terminal
	Width int  // columns of a page
	Full  int  // columns there are
	Color bool
}

// modes are the values of --color.
var modes = [...]string{"auto", "always", "never"}

// Modes gives the values that [Look] takes as mode.
func Modes() []string { return modes[:] }

// Look finds out about f. The mode wins over NO_COLOR (no-color.org), that over
// CLICOLOR_FORCE, that over what f is. COLUMNS, where it is exported, wins over
// the terminal's own width.
func Look(f *os.File, mode string, env func(string) string) (Terminal, error) {
	t := Terminal{TTY: term.IsTerminal(int(f.Fd())), Full: defaultWidth}
	if t.TTY {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			t.Full = w
		}
	}
	if w, err := strconv.Atoi(env("COLUMNS")); err == nil && w > 0 {
		t.Full = w
	}
	t.Full = max(t.Full, minWidth)
	t.Width = min(t.Full, maxWidth)
	switch mode {
	case "always":
		t.Color = true
	case "never":
	case "auto":
		t.Color = wantsColor(t.TTY, env)
	default:
		return t, fmt.Errorf("--color %s: choose one of auto, always, never", Visible(mode))
	}
	return t, nil
}

func wantsColor(tty bool, env func(string) string) bool {
	switch force := env("CLICOLOR_FORCE"); {
	case env("NO_COLOR") != "":
		return false
	case force != "" && force != "0":
		return true
	}
	return tty && env("TERM") != "dumb" && env("CLICOLOR") != "0"
}

// IsTerminal tells whether f is a terminal.
func IsTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
