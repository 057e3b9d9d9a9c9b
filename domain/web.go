package domain

import "net/url"

// webAddress reports whether s is an absolute http or https address of at most
// 2,000 characters: the only links that the service shows.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && len(s) <= 2000
}
