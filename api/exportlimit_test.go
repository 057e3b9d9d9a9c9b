package api

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// While as many files are made as the server makes at once, others are asked to
// come again, and the public loses no connection of the database.
func TestFilesAtOnceAreFew(t *testing.T) {
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	for range maxExports {
		s.exports <- struct{}{}
	}
	for _, path := range []string{"/actions.csv", "/posts.xlsx"} {
		w := httptest.NewRecorder()
		s.echo.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1"+path, nil))
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), `"exports_busy"`) {
			t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
	}
}
