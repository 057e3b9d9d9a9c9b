package mail

import (
	"testing"

	"yhdyspinta/domain"
)

// A link that stops mail counts only as it was made: whatever else is sent opens nothing.
func FuzzUnsubscribeToken(f *testing.F) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	f.Add(token(secret, person, ""))
	f.Add(token(secret, person, Topics[0]))
	f.Add(token([]byte("another"), person, ""))
	f.Add("all.AAAA.AAAA")
	f.Add("..")
	f.Add("\xff.\x00.")
	f.Fuzz(func(t *testing.T, text string) {
		who, topic, ok := readToken(secret, text)
		if ok && token(secret, who, topic) != text {
			t.Errorf("%q is taken for %s", text, token(secret, who, topic))
		}
	})
}
