package main

import "unsafe"

// The module has no threads: its host calls one function after another, and
// these buffers are all that stays between two calls.
var (
	in  []byte
	out []byte
)

// maxRoom bounds what one call can make the memory grow by. The classifier
// reads 4 KiB of a text; the rest is there for a host that does not cut it.
const maxRoom = 1 << 20

// room makes room for n bytes of input and gives their address, or nil if n is
// more than maxRoom.
//
//go:wasmexport room
func room(n uint32) unsafe.Pointer {
	if n > maxRoom {
		return nil
	}
	if int(n) >= len(in) { // one byte more, so that there is an address for n = 0 too
		in = make([]byte, max(int(n)+1, 4096))
	}
	return unsafe.Pointer(unsafe.SliceData(in))
}

// answer gives the address of the last answer.
//
//go:wasmexport answer
func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(out)) }

// classify diagnoses the first n bytes of the input, a reply of the server that
// the k bytes behind them name, and gives the length of the answer. It is 0
// where there is no such input.
//
//go:wasmexport classify
func classify(n, k uint32) uint32 {
	text, who, ok := question(n, k)
	if !ok {
		return 0
	}
	out = hint(who).Classify(text).AppendJSON(out[:0])
	return uint32(len(out))
}

// explain is classify with how the answer came about.
//
//go:wasmexport explain
func explain(n, k uint32) uint32 {
	text, who, ok := question(n, k)
	if !ok {
		return 0
	}
	out = appendExplanation(out[:0], text, hint(who))
	return uint32(len(out))
}

// question reads the input without a copy; nothing keeps it beyond the call.
func question(n, k uint32) (text, who string, ok bool) {
	if uint64(n)+uint64(k) >= uint64(len(in)) {
		return "", "", false
	}
	all := unsafe.String(unsafe.SliceData(in), int(n)+int(k))
	return all[:n], all[n:], true
}

// main is never called: a reactor's host calls the functions above.
func main() {}
