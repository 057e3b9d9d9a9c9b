package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// allTopics stands in a token for the whole daily mail.
const allTopics = "all"

// separator of the parts: a dot would make the address look like that of a file.
const separator = "~"

// token is what stands in a link that switches off one topic, or the whole daily
// mail with "", for one person. It can do nothing else, and does not expire: an old
// mail must not become one that cannot be stopped.
func token(secret []byte, person domain.PersonID, t Topic) string {
	name := string(t)
	if t == "" {
		name = allTopics
	}
	encode := base64.RawURLEncoding.EncodeToString
	return name + separator + encode(person.UUID[:]) + separator + encode(sign(secret, name, person))
}

func sign(secret []byte, name string, person domain.PersonID) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte("mail-unsubscription\x00" + name + "\x00"))
	h.Write(person.UUID[:])
	return h.Sum(nil)[:18]
}

// readToken tells whom and what a token switches off; false if it is not one of
// ours.
func readToken(secret []byte, text string) (person domain.PersonID, t Topic, ok bool) {
	parts := strings.Split(text, separator)
	if len(parts) != 3 {
		return person, "", false
	}
	id, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return person, "", false
	}
	if person.UUID, err = uuid.FromBytes(id); err != nil {
		return person, "", false
	}
	mac, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(mac, sign(secret, parts[0], person)) {
		return person, "", false
	}
	if parts[0] == allTopics {
		return person, "", true
	}
	t = Topic(parts[0])
	return person, t, slices.Contains(Topics, t)
}
