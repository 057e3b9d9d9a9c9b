package api

import (
	"net/http"
	"strings"
)

// headAsGet answers HEAD in the API as GET: the headers are those of the answer, and
// net/http sends no body with them.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && strings.HasPrefix(r.URL.Path, "/api/") {
			get := *r // net/http goes by its own
			get.Method = http.MethodGet
			r = &get
		}
		next.ServeHTTP(w, r)
	})
}
