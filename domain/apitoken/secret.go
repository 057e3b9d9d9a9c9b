package apitoken

import (
	"crypto/rand"
	"crypto/sha256"
	"hash/crc32"
	"math/big"
	"strings"
)

// A secret is Prefix, 43 characters for 256 random bits and 6 for their CRC-32, all
// in base 62: scanners of source code know one by its form, and a mistyped one needs
// no look into the database.
const (
	// Prefix begins each secret.
	Prefix       = "yhp_"
	randomLength = 43
	checksLength = 6
	secretLength = len(Prefix) + randomLength + checksLength
)

// newSecret makes a secret.
func newSecret() string {
	random := make([]byte, 32)
	rand.Read(random)
	text := Prefix + base62(random, randomLength)
	return text + checksum(text)
}

// wellFormed reports whether a text is in the form of a secret.
func wellFormed(s string) bool {
	return len(s) == secretLength && strings.HasPrefix(s, Prefix) && checksum(s[:secretLength-checksLength]) == s[secretLength-checksLength:]
}

func checksum(text string) string {
	sum := crc32.ChecksumIEEE([]byte(text))
	return base62([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}, checksLength)
}

// base62 writes a number with that many characters.
func base62(number []byte, length int) string {
	text := new(big.Int).SetBytes(number).Text(62)
	return strings.Repeat("0", length-len(text)) + text
}

// hashOf needs no salt: a secret has 256 random bits.
func hashOf(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}
