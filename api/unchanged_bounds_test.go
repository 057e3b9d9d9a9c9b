package api

import (
	"strings"
	"testing"
)

// What is kept is bounded with the addresses under which it is kept, which whoever asks
// writes, and with the room that its bytes take.
func TestUnchangedAnswersAreBounded(t *testing.T) {
	t.Parallel()
	u := newUnchanged()
	room := make([]byte, 3, 4096)
	k := unchangedKey{address: "/short", number: 1}
	u.add(k, conditionalAnswer{body: room})
	if a, ok := u.get(k); !ok || cap(a.body) >= 4096 || u.bytes != len(k.address)+3 {
		t.Errorf("kept %v with room for %d, %d bytes in all", ok, cap(a.body), u.bytes)
	}
	u.add(k, conditionalAnswer{body: room})
	if u.bytes != len(k.address)+3 {
		t.Errorf("kept twice under one address: %d bytes", u.bytes)
	}
	long := unchangedKey{address: "/" + strings.Repeat("a", maxKeptAddress), number: 1}
	u.add(long, conditionalAnswer{body: room})
	if _, ok := u.get(long); ok {
		t.Error("an answer is kept under an address of any length")
	}
	large := unchangedKey{address: "/large", number: 1}
	u.add(large, conditionalAnswer{body: make([]byte, maxUnchangedOne+1)})
	if _, ok := u.get(large); ok {
		t.Error("an answer of any length is kept")
	}
	for n := range uint64(maxUnchangedBytes/maxUnchangedOne + 1) {
		u.add(unchangedKey{address: "/", number: n}, conditionalAnswer{body: make([]byte, maxUnchangedOne)})
	}
	if _, ok := u.get(k); ok || u.bytes > maxUnchangedBytes {
		t.Errorf("%d bytes are kept; the oldest still: %v", u.bytes, ok)
	}
}
