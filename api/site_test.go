package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"
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
