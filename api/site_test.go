package api

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

func TestSiteServesWhatTheBuildHasPacked(t *testing.T) {
	site, err := NewSite(fstest.MapFS{
		"index.html":       {Data: []byte("<html>")},
		"assets/a-1.js":    {Data: []byte("plain")},
		"assets/a-1.js.br": {Data: []byte("packed by br")},
		"assets/a-1.js.gz": {Data: []byte("packed by gzip")},
		"assets/b-1.woff2": {Data: []byte("a font")},
	}, "https://yhdyspinta.example")
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	site.Mount(e)
	for _, c := range []struct{ path, accept, body, coding, vary string }{
		{"/assets/a-1.js", "gzip, deflate, br, zstd", "packed by br", "br", "Accept-Encoding"},
		{"/assets/a-1.js", "gzip", "packed by gzip", "gzip", "Accept-Encoding"},
		{"/assets/a-1.js", "br;q=0, GZIP;q=0.5", "packed by gzip", "gzip", "Accept-Encoding"},
		{"/assets/a-1.js", "", "plain", "", "Accept-Encoding"},
		{"/assets/a-1.js", "identity, bread", "plain", "", "Accept-Encoding"},
		{"/assets/b-1.woff2", "br", "a font", "", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		h := w.Header()
		if w.Code != http.StatusOK || w.Body.String() != c.body || h.Get("Content-Encoding") != c.coding || h.Get("Vary") != c.vary {
			t.Errorf("%s with %q: %d %q %v", c.path, c.accept, w.Code, w.Body, h)
		}
		if h.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", c.path, h.Get("Cache-Control"))
		}
	}
}

// Each page of the router is answered as such, with a title of its own in each language,
// and what is no page 404 by the page that says so.
func TestSiteKnowsItsPages(t *testing.T) {
	router, err := os.ReadFile("../frontend/src/app/router.tsx")
	if err != nil {
		t.Fatal(err)
	}
	var routed []string
	for _, m := range regexp.MustCompile(`path: '([^']+)'`).FindAllStringSubmatch(string(router), -1) {
		if m[1] != "/" && m[1] != "$lang" {
			routed = append(routed, m[1])
		}
	}
	var known []string
	for _, page := range sitePages {
		known = append(known, strings.Join(page, "/"))
	}
	slices.Sort(routed)
	slices.Sort(known)
	if len(routed) < 50 || !slices.Equal(routed, known) {
		t.Errorf("the router has %q\nsitePages has %q", routed, known)
	}
	site, err := NewSite(fstest.MapFS{
		"index.html": {Data: []byte(`<html lang="{{LANG}}"><title>{{TITLE}}</title>{{HEAD}}{{CANONICAL}}`)},
		"robots.txt": {Data: []byte("User-agent: *")},
	}, "https://yhdyspinta.example")
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	site.Mount(e)
	get := func(path string) (int, string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Language", "sv-FI")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for _, page := range routed {
		for _, lang := range domain.Langs {
			title := pageTitle(strings.Split(page, "/")).Of(lang)
			code, body := get("/" + string(lang) + "/" + strings.ReplaceAll(page, "$", "1.2"))
			if title == "" || code != http.StatusOK || !strings.Contains(body, `lang="`+string(lang)+`"><title>`+title+" – Yhdyspinta</title>") {
				t.Errorf("%s in %s: %d %s", page, lang, code, body)
			}
		}
	}
	for _, c := range []struct {
		path string
		code int
		says string
	}{
		{"/fi", 200, "<title>Yhdyspinta</title>"},
		{"/fi/", 200, "<title>Yhdyspinta</title>"},
		{"/fi/goals/", 200, "<title>Tavoitteet – Yhdyspinta</title>"},
		{"/fi/cases/espoo/123/00.01.02/2026", 200, "<title>Asian käsittelyt – Yhdyspinta</title>"},
		{"/sv/cases/luvn/2026/00.01.02.03", 200, "<title>Ärendets behandlingar – Yhdyspinta</title>"},
		{"/fi/cases/espoo/12%3F3%25", 200, "https://yhdyspinta.example/fi/cases/espoo/12%3F3%25"},
		{"/fi/admin/jobs", 200, "<title>Ajastetut työt – Yhdyspinta</title>"},
		{"/fi/Goals", 404, "<title>Sivua ei löytynyt – Yhdyspinta</title>"},
		{"/fi/cases/espoo", 404, "<title>Sivua ei löytynyt – Yhdyspinta</title>"},
		{"/fi/goal", 404, "<title>Sivua ei löytynyt – Yhdyspinta</title>"},
		{"/en/goals/1/2", 404, "<title>Page not found – Yhdyspinta</title>"},
		{"/en/goals.pdf", 404, "<title>Page not found – Yhdyspinta</title>"},
		{"/xx/goals", 404, `lang="sv"><title>Sidan hittades inte – Yhdyspinta</title>`},
		{"/index.html", 404, `lang="sv"><title>Sidan hittades inte – Yhdyspinta</title>`},
		{"/robots.txt", 200, "User-agent"},
		{"/humans.txt", 404, "Not Found"},
	} {
		code, body := get(c.path)
		if code != c.code || !strings.Contains(body, c.says) || code == 404 && strings.Contains(body, "alternate") {
			t.Errorf("%s: %d %s", c.path, code, body)
		}
	}
}
