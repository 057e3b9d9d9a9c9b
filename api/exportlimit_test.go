package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// noListFiles are tables that are not read from the database row by row, with the reason.
var noListFiles = map[string]string{
	"/plans/{id}/comparison/csv": "made of an answer that is in memory, of 1,000 rows at most", "/plans/{id}/comparison/xlsx": "as the CSV",
	"/reporting-rounds/{id}/snapshot.csv": "written from frozen bytes",
	"/meeting-record.xlsx":                "an empty form", "/action-import.xlsx": "an empty form", "/goal-import.xlsx": "an empty form", "/post-import.xlsx": "an empty form",
	"/responsibility-import.xlsx": "an empty form",
}

// While as many files are made as the server makes at once, others are asked to come
// again, and the public loses no connection of the database: every list's file, so that
// all are made in the one way that reads first and sends afterwards. A new one that is made
// otherwise fails here.
func TestFilesAtOnceAreFew(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7, Actor: func(*http.Request) (domain.Actor, error) {
		var a domain.Actor
		a.PersonID.SetNew(domain.UUIDv7)
		return a, nil
	}})
	for range maxExports {
		s.exports <- struct{}{}
	}
	listed := regexp.MustCompile(`[./](csv|xlsx)$`)
	files := 0
	for path, item := range s.api.OpenAPI().Paths {
		if !listed.MatchString(path) || noListFiles[path] != "" {
			continue
		}
		files++
		query, address := url.Values{}, "/api/v1"+path
		for _, p := range item.Get.Parameters {
			if p.In == "query" && p.Required {
				query.Set(p.Name, example(p))
			} else if p.In == "path" {
				address = strings.ReplaceAll(address, "{"+p.Name+"}", example(p))
			}
		}
		if len(query) > 0 {
			address += "?" + query.Encode()
		}
		w := httptest.NewRecorder()
		s.echo.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), `"exports_busy"`) {
			t.Errorf("%s: %d %v %s", address, w.Code, w.Header(), w.Body)
		}
	}
	if files < 120 {
		t.Errorf("only %d files were found", files)
	}
}

// example is a value that a parameter takes.
func example(p *huma.Param) string {
	switch {
	case len(p.Schema.Enum) > 0:
		return fmt.Sprint(p.Schema.Enum[0])
	case p.Schema.Format == "date", slices.Contains([]string{"date", "from", "since"}, p.Name):
		return "2026-11-16"
	}
	return domain.UUIDv7().String()
}
