package api

import "testing"

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
