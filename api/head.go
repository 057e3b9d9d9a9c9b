package api

import (
	"context"
	"net/http"
	"strings"
)

// headAsGet answers HEAD in the API as GET: the headers are those of the answer, and
// net/http sends no body with them.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && strings.HasPrefix(r.URL.Path, "/api/") {
			r = r.WithContext(context.WithValue(r.Context(), headKey{}, true)) // a copy: net/http goes by its own
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// headKey is of the context of a request for headers alone.
type headKey struct{}

// headersAlone reports whether the request is one for headers alone: what would go on
// answering ends with them.
func headersAlone(ctx context.Context) bool {
	alone, _ := ctx.Value(headKey{}).(bool)
	return alone
}
