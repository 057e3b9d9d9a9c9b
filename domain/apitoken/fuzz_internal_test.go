package apitoken

import (
	"strings"
	"testing"
)

// What is looked up among the tokens has the form of one, with its check sum.
func FuzzSecret(f *testing.F) {
	good := newSecret()
	for _, text := range []string{good, good[:len(good)-1] + "!", strings.ToUpper(good), good + " ", Prefix, "", "\xff", strings.Repeat("0", secretLength)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if wellFormed(text) && (len(text) != secretLength || !strings.HasPrefix(text, Prefix)) {
			t.Errorf("%q passes", text)
		}
	})
}
