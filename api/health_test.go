package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/domain"
)

// Alive is whether the process answers, ready whether it should be sent requests.
func TestHealthAndReadiness(t *testing.T) {
	t.Parallel()
	var broken error
	s := api.New(api.Options{Clock: time.Now, NewID: domain.UUIDv7, Ready: func(context.Context) error { return broken }})
	get := func(path string) (int, string, string) {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		b, err := io.ReadAll(w.Result().Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.Code, w.Header().Get("Retry-After"), string(b)
	}
	want := func(when, path string, status int) {
		t.Helper()
		code, retry, body := get(path)
		if code != status || (retry != "") != (status == http.StatusServiceUnavailable) {
			t.Errorf("%s, %s: %d, retry after %q: %s", when, path, code, retry, body)
		}
	}
	want("in order", "/healthz", http.StatusOK)
	want("in order", "/readyz", http.StatusOK)
	broken = errors.New("the password of the database is hunter2")
	want("without database", "/healthz", http.StatusOK)
	want("without database", "/readyz", http.StatusServiceUnavailable)
	if _, _, body := get("/readyz"); strings.Contains(body, "hunter2") {
		t.Errorf("tells %s", body)
	}
	broken = nil
	s.Leave()
	want("told to end", "/healthz", http.StatusOK)
	want("told to end", "/readyz", http.StatusServiceUnavailable)
	want("told to end", "/api/v1/me", http.StatusOK)
}

// Each request has an end, however its answer gets on; streams and uploads, which last,
// have none. (How soon one ends that does not get on: TestProgress…)
func TestRequestsEnd(t *testing.T) {
	t.Parallel()
	s := api.New(api.Options{Clock: time.Now, NewID: domain.UUIDv7, Mount: func(e *echo.Echo) {
		e.Any("/*", func(c echo.Context) error {
			end, bounded := c.Request().Context().Deadline()
			if bounded && time.Until(end) <= 15*time.Minute {
				return c.NoContent(http.StatusOK)
			}
			return c.NoContent(http.StatusTeapot)
		})
	}})
	for request, status := range map[[2]string]int{
		{"GET", "/fi"}: http.StatusOK, {"GET", "/x/events"}: http.StatusTeapot,
		{"POST", "/api/v1/agenda-items/1/2/attachments"}: http.StatusTeapot, {"POST", "/other"}: http.StatusOK,
	} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(request[0], request[1], nil))
		if w.Code != status {
			t.Errorf("%v: %d", request, w.Code)
		}
	}
}
