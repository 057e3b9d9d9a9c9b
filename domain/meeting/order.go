package meeting

import "strings"

// The order of agenda items is a key that sorts as bytes: a fraction in base 62
// without trailing zeros, so that between any two keys there is another and a
// move changes one row. The usual library for it cannot be fetched under the
// module path that it states.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// KeyBetween returns a key after a and before b; "" as a is the beginning, as b
// the end. a sorts before b.
func KeyBetween(a, b string) string {
	if b == "" && a != "" { // at the end: count up, so that keys of an agenda written in order stay short
		last := strings.IndexByte(digits, a[len(a)-1])
		if last < len(digits)-1 {
			return a[:len(a)-1] + digits[last+1:last+2]
		}
		return a + digits[len(digits)/2:len(digits)/2+1]
	}
	var key strings.Builder
	for i := 0; ; i++ {
		low, high := 0, len(digits)
		if i < len(a) {
			low = strings.IndexByte(digits, a[i])
		}
		if i < len(b) {
			high = strings.IndexByte(digits, b[i])
		}
		if high-low > 1 {
			key.WriteByte(digits[(low+high)/2])
			return key.String()
		}
		key.WriteByte(digits[low])
		if high > low { // from here on everything after a is before b
			b = ""
		}
	}
}
