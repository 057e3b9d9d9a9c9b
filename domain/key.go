package domain

import (
	"regexp"
	"strconv"
)

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,59}$`)

// CheckKey adds what is wrong with a permanent name: 1 to 60 small letters,
// digits, hyphens and underscores, a letter first.
func CheckKey(v *Violations, pointer, key string) {
	switch {
	case key == "":
		v.Add(pointer, "required")
	case !keyForm.MatchString(key):
		v.Add(pointer, "key_malformed")
	}
}

// Pointer is the JSON pointer to an element of a list.
func Pointer(list string, i int) string { return list + "/" + strconv.Itoa(i) }
