package api

import (
	"net"
	"net/http/httptest"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// A guest is a network: an IPv4 address, or a /64 of IPv6, of which one household or
// machine has all addresses.
func TestNetworkOfAGuest(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]string{
		"192.0.2.7":             "network 192.0.2.7",
		"::ffff:192.0.2.7":      "network 192.0.2.7",
		"2001:db8:1:2:3:4:5:6":  "network 2001:db8:1:2::/64",
		"2001:db8:1:2::1":       "network 2001:db8:1:2::/64",
		"2001:db8:1:3::1":       "network 2001:db8:1:3::/64",
		"fe80::1%eth0":          "network fe80::/64",
		"":                      "network unknown",
		"not an address at all": "network unknown",
	} {
		if got := networkOf(ip); got.key != want || !got.guest {
			t.Errorf("%q is %+v, want %s", ip, got, want)
		}
	}
}

// X-Forwarded-For counts as far as configured proxies have written it: what a client
// puts before that makes nobody else of it, and a stranger's header counts for nothing.
func TestGuestsBehindProxies(t *testing.T) {
	t.Parallel()
	_, proxies, err := net.ParseCIDR("10.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	server := New(Options{NewID: domain.UUIDv7, Clock: func() time.Time { return time.Unix(1_800_000_000, 0) },
		TrustedProxies: []*net.IPNet{proxies}, Rates: Rates{Reads: 1}}) // two at once for a network
	ask := func(from, forwarded string) int {
		r := httptest.NewRequest("GET", "/api/v1/openapi.json", nil)
		r.RemoteAddr = from
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		return w.Code
	}
	for _, step := range []struct {
		from, forwarded string
		want            int
	}{
		{"10.0.0.1:1", "203.0.113.5", 200},
		{"10.0.0.2:1", "198.51.100.1, 203.0.113.5", 200}, // the same guest, who says something of their own
		{"10.0.0.1:1", "198.51.100.2, 203.0.113.5, 10.0.0.9", 429},
		{"10.0.0.1:1", "203.0.113.6", 200}, // another behind the same proxy
		{"192.0.2.1:1", "203.0.113.7", 200},
		{"192.0.2.1:2", "203.0.113.8", 200},
		{"192.0.2.1:3", "203.0.113.9", 429}, // no proxy of ours: one guest
		{"[2001:db8::1]:1", "", 200},
		{"[2001:db8::2]:1", "", 200},
		{"[2001:db8::3]:1", "", 429},
	} {
		if got := ask(step.from, step.forwarded); got != step.want {
			t.Errorf("%s, forwarded for %q: %d, want %d", step.from, step.forwarded, got, step.want)
		}
	}
}
