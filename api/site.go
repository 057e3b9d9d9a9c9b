package api

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// Site serves the built front end: files as they are, each of sitePages as
// index.html with a title, description, language and canonical link, and a
// fresh nonce for the styles that components make. Any other address is answered 404 by
// the page that says so.
type Site struct {
	files fs.FS
	index string
	base  string // public address without a slash at the end
}

// NewSite reads index.html. A checkout whose front end was never built has none.
func NewSite(files fs.FS, baseURL string) (*Site, error) {
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("the front end is not built (make build does it): %w", err)
	}
	return &Site{files: files, index: string(index), base: strings.TrimSuffix(baseURL, "/")}, nil
}

// Mount adds the site to every path that nothing else serves.
func (s *Site) Mount(e *echo.Echo) {
	e.GET("/", s.chooseLanguage)
	e.HEAD("/", s.chooseLanguage)
	e.GET("/assets/*", s.asset)
	e.GET("/*", s.page)
	e.HEAD("/*", s.page)
}

// chooseLanguage sends a visitor to the site in the first language of theirs
// that it has; Finnish if it has none.
func (s *Site) chooseLanguage(c echo.Context) error {
	c.Response().Header().Set("Vary", "Accept-Language")
	return c.Redirect(http.StatusFound, "/"+string(preferredLang(c.Request())))
}

// asset serves a file whose name carries a hash of its content.
func (s *Site) asset(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	if !strings.HasPrefix(name, "assets/") {
		return echo.ErrNotFound
	}
	return s.file(c, name, "public, max-age=31536000, immutable")
}

func (s *Site) file(c echo.Context, name, cache string) error {
	b, err := fs.ReadFile(s.files, name)
	if err != nil || strings.HasPrefix(name, ".") || strings.Contains(name, "/.") { // hidden files are nobody's
		return echo.ErrNotFound
	}
	kind := mime.TypeByExtension(path.Ext(name))
	switch {
	case kind == "":
		kind = http.DetectContentType(b)
	case strings.HasSuffix(kind, "xml"):
		kind += "; charset=utf-8"
	}
	h := c.Response().Header()
	h.Set("Cache-Control", cache)
	for _, coding := range precompressed {
		if packed, err := fs.ReadFile(s.files, name+coding.suffix); err == nil {
			h.Set("Vary", "Accept-Encoding")
			if accepts(c.Request().Header.Get("Accept-Encoding"), coding.name) {
				h.Set("Content-Encoding", coding.name)
				b = packed
				break
			}
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(b)))
	return c.Stream(http.StatusOK, kind, bytes.NewReader(b))
}

// precompressed are the codings in which the build has each text file too, the
// smallest first.
var precompressed = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// accepts tells whether the header Accept-Encoding names a content coding (RFC 9110, 12.5.3)
// and does not refuse it.
func accepts(header, coding string) bool {
	for one := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, given := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !given || err == nil && value > 0
		}
	}
	return false
}

func (s *Site) page(c echo.Context) error {
	p := path.Clean(c.Request().URL.Path)
	if strings.HasPrefix(p, "/api/") || strings.HasPrefix(p, "/auth/") {
		return echo.ErrNotFound
	}
	segments := strings.Split(strings.Trim(p, "/"), "/")
	lang := domain.Lang(segments[0])
	known := slices.Contains(domain.Langs, lang)
	if ext := path.Ext(p); !known && ext != "" && ext != ".html" {
		return s.file(c, strings.TrimPrefix(p, "/"), "public, max-age=3600")
	}
	if !known {
		c.Response().Header().Set("Vary", "Accept-Language")
		lang = preferredLang(c.Request())
	}
	ok := known && isPage(segments[1:])
	title, status := siteName, http.StatusOK
	switch {
	case !ok: // the page that says so
		title, status = noPage.Of(lang)+" – "+title, http.StatusNotFound
	case len(segments) > 1:
		title = pageTitle(segments[1:]).Of(lang) + " – " + title
	}
	nonce := make([]byte, 18)
	rand.Read(nonce)
	n := base64.StdEncoding.EncodeToString(nonce)
	var alternates strings.Builder
	if ok {
		for _, l := range domain.Langs {
			fmt.Fprintf(&alternates, `<link rel="alternate" hreflang="%s" href="%s" />`, l,
				html.EscapeString(s.address(append([]string{string(l)}, segments[1:]...))))
		}
	}
	if ok && len(segments) == 3 && slices.Contains(fed, segments[1]) {
		fmt.Fprintf(&alternates, `<link rel="alternate" type="application/atom+xml" href="%s" />`,
			html.EscapeString("/api/v1/"+segments[1]+"/"+url.PathEscape(segments[2])+"/feed.atom?lang="+string(lang)))
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"+n+"'; img-src 'self' data:; "+
		"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-cache")
	return c.HTML(status, strings.NewReplacer(
		"{{NONCE}}", n,
		"{{LANG}}", string(lang),
		"{{TITLE}}", html.EscapeString(title),
		"{{DESCRIPTION}}", html.EscapeString(siteDescription.Of(lang)),
		"{{CANONICAL}}", html.EscapeString(s.address(segments)),
		"{{HEAD}}", alternates.String(),
	).Replace(s.index))
}

// address is the public address of a page.
func (s *Site) address(segments []string) string {
	return s.base + (&url.URL{Path: "/" + strings.Join(segments, "/")}).EscapedPath()
}

// fed are the pages that have a feed of their own.
var fed = []string{"goals", "actions", "chains", "forums"}
