package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
)

var discard = slog.New(slog.DiscardHandler)

// lines is a log that a test reads.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

// with are the lines that have all fields.
func (l *lines) with(t *testing.T, fields map[string]any) (out []map[string]any) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for text := range strings.Lines(l.b.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		fits := true
		for k, v := range fields {
			fits = fits && line[k] == v
		}
		if fits {
			out = append(out, line)
		}
	}
	return out
}

// A body that says to be something else than JSON, or does not say what it is, is refused
// in words by every operation that takes JSON, before it is read.
func TestBodiesOfAnotherTypeAreRefused(t *testing.T) {
	t.Parallel()
	var anybody domain.PersonID
	anybody.SetNew(domain.UUIDv7)
	server := api.New(api.Options{NewID: domain.UUIDv7, Clock: apitest.Start.Local, Actor: func(*http.Request) (domain.Actor, error) {
		return domain.Actor{PersonID: anybody, Grants: nil}, nil
	}})
	parameter := regexp.MustCompile(`\{[^}]+\}`)
	tried := 0
	for _, op := range declared() {
		if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
			continue
		}
		tried++
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/xml", "application/jsonp", "nonsense", ""} {
			r := httptest.NewRequest(op.Method, "/api/v1"+parameter.ReplaceAllString(op.Path, domain.UUIDv7().String()), strings.NewReader(`{"a":1}`))
			r.Header.Set("If-Match", `"1"`)
			if kind != "" {
				r.Header.Set("Content-Type", kind)
			}
			w := httptest.NewRecorder()
			server.Handler().ServeHTTP(w, r)
			var p api.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusUnsupportedMediaType || p.Code != "unsupported_media_type" || p.Instance == "" {
				t.Errorf("%s answers %q with %d %s", op.OperationID, kind, w.Code, w.Body)
			}
		}
		// None at all, where one is needed.
		if op.RequestBody.Required {
			w := httptest.NewRecorder()
			server.Handler().ServeHTTP(w, httptest.NewRequest(op.Method, "/api/v1"+parameter.ReplaceAllString(op.Path, domain.UUIDv7().String()), nil))
			if w.Code < 400 || w.Code >= 500 || !strings.Contains(w.Body.String(), `"code":`) {
				t.Errorf("%s answers no body with %d %s", op.OperationID, w.Code, w.Body)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d operations take JSON", tried)
	}
}

// A panic is an answer with a request id, a line of the log with the same, and no end of
// the process, in a route and in an operation.
func TestAPanicIsAProblem(t *testing.T) {
	t.Parallel()
	var log lines
	s := api.New(api.Options{NewID: domain.UUIDv7, Clock: apitest.Start.Local, Log: slog.New(slog.NewJSONHandler(&log, nil)),
		Actor: func(r *http.Request) (domain.Actor, error) {
			if r.URL.Path == "/api/v1/goals" {
				panic("secret of the operation")
			}
			return domain.Actor{}, nil
		},
		Mount: func(e *echo.Echo) { e.GET("/break", func(echo.Context) error { panic("secret of the route") }) }})
	for _, path := range []string{"/break", "/api/v1/goals", "/break"} {
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 500 || p.Code != "internal" || strings.Contains(w.Body.String(), "secret") {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		said := log.with(t, map[string]any{"level": "ERROR", "request": p.Instance})
		if len(said) != 1 || !strings.Contains(said[0]["error"].(string), "panic: secret") || !strings.Contains(said[0]["error"].(string), "goroutine") {
			t.Errorf("%s: the log has %v", path, said)
		}
		if done := log.with(t, map[string]any{"msg": "request", "request": p.Instance, "status": 500.0}); len(done) != 1 {
			t.Errorf("%s: %v", path, done)
		}
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	if w.Code != 200 {
		t.Errorf("the process answers %d", w.Code)
	}
}

// Who cannot be known for certain is refused: that what somebody holds cannot be read
// makes nobody the public, and nobody more than they are.
func TestWhatCannotBeReadGrantsNothing(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("espoo", "a", "/fi")
	if !b.me().SignedIn {
		t.Fatal("not signed in")
	}
	ask := func(when string, want int) {
		t.Helper()
		for _, path := range []string{"/api/v1/me", "/api/v1/goals", "/api/v1/me/sessions"} {
			if a := b.do("GET", path, nil); a.StatusCode != want || want != 200 && !strings.Contains(a.body, `"code":`) {
				t.Errorf("%s, %s answers %d %.200s", when, path, a.StatusCode, a.body)
			}
		}
		a := b.asJSON("POST", "/me/language", apitest.JSON{"language": "sv"})
		if want == 200 {
			want = 204
		}
		if a.StatusCode != want {
			t.Errorf("%s, a change answers %d %s", when, a.StatusCode, a.body)
		}
	}
	ask("in order", 200)
	conn, err := pgx.Connect(t.Context(), s.Raw.SuperDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	super := func(sql string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	super("alter table role_grant rename to role_grant_gone")
	super("update access_version set version = version + 1")
	ask("without grants", 500)
	super("alter table role_grant_gone rename to role_grant")
	ask("in order again", 200)
	super("alter table access_version rename to access_version_gone")
	ask("without a version", 500)
	super("alter table access_version_gone rename to access_version")
	ask("in order at last", 200)
	super("alter table session rename to session_gone")
	for _, path := range []string{"/api/v1/me", "/api/v1/goals"} {
		if a := b.do("GET", path, nil); a.StatusCode != 503 {
			t.Errorf("without sessions, %s answers %d", path, a.StatusCode)
		}
	}
	super("alter table session_gone rename to session")
	ask("in the end", 200)
}

// The log tells of each refusal by operation and status, and to whom by id: nobody's
// name, and no id of a guest's.
func TestRefusalsAndFailedSignInsAreLogged(t *testing.T) {
	t.Parallel()
	var log lines
	e := apitest.New(t)
	org := e.Organisation()
	reader := domain.Actor{PartyID: org.Party["espoo"]}
	reader.PersonID.SetNew(domain.UUIDv7)
	s := api.New(api.Options{Services: wiring.Services(e.DB, e.Now, domain.UUIDv7), NewID: domain.UUIDv7, Clock: e.Now, Log: slog.New(slog.NewJSONHandler(&log, nil)),
		Rates: api.Rates{Costly: 2}, Actor: func(r *http.Request) (domain.Actor, error) {
			if r.Header.Get("X-Test") == "" {
				return domain.Actor{}, nil
			}
			return reader, nil
		}})
	ask := func(path, as string, status int) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, path, nil)
		if as != "" {
			r.Header.Set("X-Test", as)
		}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%s answers %d %s", path, w.Code, w.Body)
		}
	}
	ask("/api/v1/mails", "", 401)
	ask("/api/v1/mails", "a", 403)
	for range 10 {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=koulu", nil)
		r.Header.Set("X-Test", "a")
		s.Handler().ServeHTTP(httptest.NewRecorder(), r)
	}
	for status, want := range map[int]struct {
		operation string
		person    any
	}{401: {"listMails", nil}, 403: {"listMails", reader.PersonID.String()}, 429: {"search", reader.PersonID.String()}} {
		got := log.with(t, map[string]any{"msg": "request", "status": float64(status)})
		if len(got) == 0 || got[0]["operation"] != want.operation || got[0]["person"] != want.person || got[0]["request"] == "" {
			t.Errorf("%d: %v", status, got)
		}
	}
	if got := log.with(t, map[string]any{"status": 200.0}); len(got) == 0 || got[0]["person"] != nil {
		t.Errorf("who is not refused is named: %v", got)
	}

	var failed lines
	sessions, err := api.NewSessions(api.SessionOptions{BaseURL: "https://yhdyspinta.example", Store: e.DB.Sessions(api.SessionIdle), Access: wiring.Access(e.DB, domain.UUIDv7), Clock: e.Now,
		Issuers: []api.Issuer{{Key: "espoo", PartyKey: "espoo", IssuerURL: "https://127.0.0.1:1", ClientID: "yhdyspinta", ClientSecret: "x", Title: domain.Text{FI: "Espoo"}}},
		Log:     slog.New(slog.NewJSONHandler(&failed, nil))})
	if err != nil {
		t.Fatal(err)
	}
	in := api.New(api.Options{NewID: domain.UUIDv7, Clock: e.Now, Sessions: sessions, Rates: api.Rates{Costly: 1}})
	limited := false
	for _, path := range []string{"/auth/espoo/callback?state=guessed&code=stolen", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login", "/auth/espoo/login"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "yhdyspinta.example"
		w := httptest.NewRecorder()
		in.Handler().ServeHTTP(w, r)
		limited = limited || w.Code == http.StatusTooManyRequests
	}
	if !limited {
		t.Error("sign-ins are not counted")
	}
	for _, code := range []string{"sign_in_unknown", "provider_unavailable"} {
		got := failed.with(t, map[string]any{"msg": "sign-in failed", "issuer": "espoo", "code": code})
		if len(got) == 0 || got[0]["request"] == "" || got[0]["level"] != "WARN" {
			t.Errorf("%s: %v", code, got)
		}
	}
	// What a page of another site asked for reaches no route, and is in the log all the same;
	// a method that is none is not repeated.
	foreign := httptest.NewRequest(http.MethodPost, "/api/v1/goals/stolen", nil)
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	in.Handler().ServeHTTP(w, foreign)
	got := failed.with(t, map[string]any{"msg": "request", "status": 403.0})
	if len(got) != 1 || got[0]["request"] != w.Header().Get("X-Request-Id") || got[0]["method"] != "POST" || w.Code != http.StatusForbidden {
		t.Errorf("%d: %v", w.Code, got)
	}
	s.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("STOLEN", "/api/v1/goals", nil))
	if text := log.b.String(); strings.Contains(text, "STOLEN") || !strings.Contains(text, "_OTHER") {
		t.Errorf("the log repeats a method that is none, or has no line of it: %s", text)
	}
	if text := failed.b.String(); strings.Contains(text, "stolen") || strings.Contains(text, "guessed") {
		t.Errorf("the log repeats what was sent: %s", text)
	}
}

// Whoever posts to addresses that stop mails is slowed down, by network.
func TestStoppingMailsIsCounted(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := api.New(api.Options{Services: wiring.Services(e.DB, e.Now, domain.UUIDv7), NewID: domain.UUIDv7, Clock: e.Now, Rates: api.Rates{Writes: 1}})
	limited := 0
	for range 40 {
		r := httptest.NewRequest(http.MethodPost, "/unsubscribe/guess", strings.NewReader("List-Unsubscribe=One-Click"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if w.Code == http.StatusTooManyRequests {
			limited++
		} else if w.Code != http.StatusNotFound {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if limited == 0 {
		t.Error("40 guesses in a moment")
	}
}
