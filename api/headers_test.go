package api_test

import (
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
)

// whole is the site with everything that it answers, as the public asks it: the API, its
// reference, sign-in, pages and files of the front end. base is its public address.
func whole(t *testing.T, base string) http.Handler {
	t.Helper()
	e := apitest.New(t)
	e.Organisation()
	sessions, err := api.NewSessions(api.SessionOptions{BaseURL: base, Store: e.DB.Sessions(api.SessionIdle), Access: wiring.Access(e.DB, domain.UUIDv7), Clock: e.Now,
		Issuers: []api.Issuer{{Key: "espoo", PartyKey: "espoo", IssuerURL: "https://127.0.0.1:1", ClientID: "yhdyspinta", ClientSecret: "x", Title: domain.Text{FI: "Espoo"}}},
		Log:     discard})
	if err != nil {
		t.Fatal(err)
	}
	site, err := api.NewSite(fstest.MapFS{
		"index.html":           {Data: []byte("<!doctype html><title>{{TITLE}}</title><style nonce=\"{{NONCE}}\"></style>")},
		"assets/a-1.js":        {Data: []byte("let a")},
		"assets/a-1.css":       {Data: []byte("a{}")},
		"assets/a-1.woff2":     {Data: []byte("wOF2")},
		"assets/.map":          {Data: []byte("hidden")},
		"favicon.svg":          {Data: []byte("<svg/>")},
		"site.webmanifest":     {Data: []byte("{}")},
		"robots.txt":           {Data: []byte("User-agent: *")},
		".env":                 {Data: []byte("hidden")},
		".git/config":          {Data: []byte("hidden")},
		"assets/.hidden/a.txt": {Data: []byte("hidden")},
	}, base)
	if err != nil {
		t.Fatal(err)
	}
	return api.New(api.Options{Services: wiring.Services(e.DB, e.Now, domain.UUIDv7), Sessions: sessions, Clock: e.Now, NewID: domain.UUIDv7, Snapshot: e.DB.Snapshot,
		ContentNumber: e.DB.ContentNumber, BaseURL: base, Log: discard, Mount: func(on *echo.Echo) {
			site.Mount(on)
			on.GET("/break", func(echo.Context) error { panic("on purpose") })
		}}).Handler()
}

// tells asks the site and looks at what every answer must say of itself.
func tells(t *testing.T, site http.Handler, method, target string, body io.Reader, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, body)
	r.Host = "yhdyspinta.example"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	a := w.Result()
	h := a.Header
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000"} {
		if got := h.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s %s answers %d with %s %q, not %q", method, target, a.StatusCode, name, got, want)
		}
	}
	for _, feature := range []string{"camera=()", "microphone=()", "geolocation=()"} {
		if !strings.Contains(h.Get("Permissions-Policy"), feature) {
			t.Errorf("%s %s: Permissions-Policy %q", method, target, h.Get("Permissions-Policy"))
		}
	}
	policies := h.Values("Content-Security-Policy")
	if len(policies) != 1 {
		t.Fatalf("%s %s has the policies %q", method, target, policies)
	}
	for _, want := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action "} {
		if !strings.Contains(policies[0], want) {
			t.Errorf("%s %s: the policy %q lacks %s", method, target, policies[0], want)
		}
	}
	for _, loose := range []string{"unsafe", "*", "http:", "https:", "strict-dynamic"} {
		if strings.Contains(policies[0], loose) {
			t.Errorf("%s %s: the policy %q has %s", method, target, policies[0], loose)
		}
	}
	for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server", "X-Powered-By", "X-AspNet-Version", "Via"} {
		if got := h.Get(name); got != "" {
			t.Errorf("%s %s answers with %s %q", method, target, name, got)
		}
	}
	if kind := h.Get("Content-Type"); kind != "" {
		media, params, err := mime.ParseMediaType(kind)
		if text := strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "xml") && !strings.Contains(media, "openxml"); err != nil || text && !strings.EqualFold(params["charset"], "utf-8") {
			t.Errorf("%s %s is %q: %v", method, target, kind, err)
		}
	} else if w.Body.Len() > 0 {
		t.Errorf("%s %s says not what it is: %.80s", method, target, w.Body)
	}
	return a
}

// Every answer tells browsers what they need: each operation of the contract, whatever
// it answers, and each kind of answer beside it.
func TestEveryAnswerHasItsHeaders(t *testing.T) {
	t.Parallel()
	site := whole(t, "https://yhdyspinta.example")
	parameter := regexp.MustCompile(`\{[^}]+\}`)
	statuses := map[int]bool{}
	for _, op := range declared() {
		path := "/api/v1" + parameter.ReplaceAllString(op.Path, domain.UUIDv7().String())
		for _, body := range []string{"", "{", "{}"} {
			if op.Method == http.MethodGet && body != "" {
				continue
			}
			a := tells(t, site, op.Method, path, strings.NewReader(body), "Content-Type", "application/json")
			statuses[a.StatusCode] = true
			if got := a.Header.Get("X-Request-Id"); got == "" {
				t.Errorf("%s has no request id", op.OperationID)
			}
			if a.StatusCode >= 500 {
				t.Errorf("%s answers the public %d", op.OperationID, a.StatusCode)
			}
		}
	}
	for _, want := range []int{200, 400, 401, 404, 422} {
		if !statuses[want] {
			t.Errorf("no operation answered %d: %v", want, statuses)
		}
	}
	for _, c := range []struct {
		method, target string
		status         int
		headers        []string
	}{
		{"GET", "/", 302, nil},
		{"GET", "/fi", 200, nil},
		{"GET", "/sv/goals", 200, nil},
		{"HEAD", "/en/actions/none", 200, nil},
		{"GET", "/nowhere", 404, nil},
		{"GET", "/assets/a-1.js", 200, nil},
		{"GET", "/assets/a-1.css", 200, nil},
		{"GET", "/assets/a-1.woff2", 200, nil},
		{"GET", "/assets/none.js", 404, nil},
		{"GET", "/favicon.svg", 200, nil},
		{"GET", "/site.webmanifest", 200, nil},
		{"GET", "/robots.txt", 200, nil},
		{"GET", "/healthz", 200, nil},
		{"GET", "/readyz", 200, nil},
		{"GET", "/api/docs", 200, nil},
		{"GET", "/api/docs/style.css", 200, nil},
		{"GET", "/api/v1/openapi.json", 200, nil},
		{"GET", "/api/v1/openapi.yaml", 200, nil},
		{"GET", "/api/v1/nothing", 404, nil},
		{"DELETE", "/api/v1/goals", 405, nil},
		{"POST", "/fi", 405, nil},
		{"OPTIONS", "/api/v1/goals", 204, []string{"Origin", "https://elsewhere.example", "Access-Control-Request-Method", "POST"}},
		{"GET", "/api/v1/goals", 200, []string{"Origin", "https://elsewhere.example"}},
		{"POST", "/api/v1/goals", 403, []string{"Origin", "https://elsewhere.example"}},
		{"GET", "/api/v1/goals", 401, []string{"Authorization", "Bearer yhp_none"}},
		{"GET", "/auth/espoo/login", 303, nil}, // the provider does not answer
		{"GET", "/auth/espoo/callback?state=x", 303, nil},
		{"GET", "/auth/nobody/login", 404, nil},
		{"POST", "/auth/logout", 303, nil},
		{"GET", "/unsubscribe/x", 302, nil},
		{"POST", "/unsubscribe/x", 422, nil},
		{"GET", "/fi/meetings/" + domain.UUIDv7().String() + "/paper", 302, nil},
		{"GET", "/break", 500, nil},
		{"GET", "/api/v1/goals.csv", 200, nil},
		{"GET", "/api/v1/goals.xlsx", 200, nil},
	} {
		a := tells(t, site, c.method, c.target, nil, c.headers...)
		if a.StatusCode != c.status {
			t.Errorf("%s %s answers %d, not %d", c.method, c.target, a.StatusCode, c.status)
		}
		page := strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") && a.StatusCode != 405
		if scripts := strings.Contains(a.Header.Get("Content-Security-Policy"), "script-src 'self'"); scripts && !page {
			t.Errorf("%s %s lets scripts run, though it is no page", c.method, c.target)
		}
	}
	// A page runs scripts of this site only, and no style without the nonce of this answer.
	first, second := tells(t, site, "GET", "/fi", nil), tells(t, site, "GET", "/fi", nil)
	nonce := regexp.MustCompile(`script-src 'self'; style-src 'self' 'nonce-([A-Za-z0-9+/]{24})'`)
	one, other := nonce.FindStringSubmatch(first.Header.Get("Content-Security-Policy")), nonce.FindStringSubmatch(second.Header.Get("Content-Security-Policy"))
	if one == nil || other == nil || one[1] == other[1] {
		t.Errorf("nonces %v and %v", one, other)
	}
	if b, err := io.ReadAll(first.Body); err != nil || !strings.Contains(string(b), `nonce="`+one[1]+`"`) {
		t.Errorf("%s: %v", b, err)
	}
}

// A site whose public address is not https promises none.
func TestNoPromiseOfHTTPSWithoutIt(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	whole(t, "http://localhost:8080").ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/fi", nil))
	if got := w.Header().Get("Strict-Transport-Security"); got != "" || w.Code != 200 {
		t.Errorf("%d with %q", w.Code, got)
	}
}

// Nothing hidden is served, nothing of a debugger or a metric, and nothing beside what
// was built.
func TestNothingHiddenIsServed(t *testing.T) {
	t.Parallel()
	site := whole(t, "https://yhdyspinta.example")
	for _, path := range []string{"/.env", "/.git/config", "/.git/", "/assets/.map", "/assets/.hidden/a.txt", "/assets/", "/assets", "/assets/../.env", "/assets/../index.html", "/..%2f.env", "/%2e%65nv",
		"/debug/pprof/", "/debug/pprof/heap", "/debug/vars", "/metrics", "/server-status", "/go.mod", "/api/v1/../../.env", "/assets/..%2f.env", "/index.html.br", "/phpinfo.php"} {
		a := tells(t, site, "GET", path, nil)
		b, err := io.ReadAll(a.Body)
		if err != nil || a.StatusCode != http.StatusNotFound && a.StatusCode != http.StatusBadRequest || strings.Contains(string(b), "hidden") || strings.Contains(string(b), "goroutine") {
			t.Errorf("%s answers %d: %.100s", path, a.StatusCode, b)
		}
	}
}
