package codes

import "unsafe"

// unsafeString looks at b as a string without copying it. The buffers it is
// used on live on the stack of the caller, are not written to while the string
// is in use, and no result keeps a part of it.
func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
