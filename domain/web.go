package domain

import "net/url"

// webAddress reports whether s is an absolute http or https address of at most
// 2,000 characters: the only links that the service shows.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(s) <= 2000
}

// CheckWebAddress adds url_malformed if there is an address and it is none that
// the service shows.
func CheckWebAddress(v *Violations, pointer, address string) {
	if address != "" && !webAddress(address) {
		v.Add(pointer, "url_malformed")
	}
}
