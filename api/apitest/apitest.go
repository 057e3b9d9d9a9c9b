// Package apitest runs the whole server on a database of its own for black-box
// tests over HTTP, with actors that a test names.
package apitest

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// Start is the instant at which a test's clock begins: 8.05 in Helsinki on the
// reference day of the demo data.
var Start = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

// Env is one test's server. It limits no rates unless the test says so in Rates
// before Restart, and has four connections to the database unless it says otherwise in
// Connections.
type Env struct {
	Rates       api.Rates
	Connections int
	T           testing.TB
	DB          *storage.DB
	Raw         *pgtest.DB
	URL         string
	mu          sync.Mutex
	now         time.Time
	roles       map[string]domain.Actor

	folder string // of attachments; empty: the database
	traced counter

	sql  sync.Mutex
	conn *pgx.Conn // for Exec and QueryRow, which hold sql
}

// New starts a server on an empty migrated database.
func New(t testing.TB) *Env {
	t.Helper()
	e := &Env{T: t, Raw: pgtest.New(t), now: Start, roles: map[string]domain.Actor{}}
	e.DB, e.URL = e.start(t)
	return e
}

// WithFolder starts a server like New's that keeps attachments in a folder.
func WithFolder(t testing.TB, folder string) *Env {
	t.Helper()
	e := &Env{T: t, Raw: pgtest.New(t), now: Start, roles: map[string]domain.Actor{}, folder: folder}
	e.DB, e.URL = e.start(t)
	return e
}

// Restart stops using the server and starts another on what it kept.
func (e *Env) Restart() {
	e.T.Helper()
	e.DB, e.URL = e.start(e.T)
}

// Another starts a second instance of the server on the same database, with the
// same actors and clock, and returns its address.
func (e *Env) Another(t testing.TB) (url string) {
	t.Helper()
	_, url = e.start(t)
	return url
}

func (e *Env) start(t testing.TB) (*storage.DB, string) {
	t.Helper()
	db, err := storage.Open(context.Background(), e.Raw.AppDSN, storage.Options{MaxConnections: cmp.Or(e.Connections, 4), Clock: e.Now, Tracer: &e.traced})
	if err != nil {
		t.Fatal(err)
	}
	services := wiring.Services(db, e.Now, domain.UUIDv7)
	services.Meetings.Files = storage.NewFiles(db, e.folder, storage.DefaultFileLimit)
	s := api.New(api.Options{
		Services: services, Clock: e.Now, NewID: domain.UUIDv7,
		Log:     slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
		BaseURL: "https://yhdyspinta.example",
		Rates:   e.Rates,
		Actor:   e.actorOf, Ready: db.Ping, ContentNumber: db.ContentNumber, Snapshot: db.Snapshot, Mount: func(e *echo.Echo) { e.Use(note) },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(func() { s.Close(); srv.Close(); db.Close() })
	return db, srv.URL
}

var answered struct {
	sync.Mutex
	statuses map[string][]int
}

// note remembers with which status an operation answered.
func note(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if !c.Response().Committed {
			return err
		}
		answered.Lock()
		defer answered.Unlock()
		if answered.statuses == nil {
			answered.statuses = map[string][]int{}
		}
		route := c.Request().Method + " " + pathParameter.ReplaceAllString(c.Path(), "{$1}")
		if !slices.Contains(answered.statuses[route], c.Response().Status) {
			answered.statuses[route] = append(answered.statuses[route], c.Response().Status)
		}
		return err
	}
}

var pathParameter = regexp.MustCompile(`:(\w+)`)

// Answered tells with which statuses the operations ("GET /api/v1/goals/{id}")
// have answered so far, in all tests of this process.
func Answered() map[string][]int {
	answered.Lock()
	defer answered.Unlock()
	return maps.Clone(answered.statuses)
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(string(bytes.TrimSpace(b)))
	return len(b), nil
}

// counter counts the statements that the server sends to PostgreSQL.
type counter struct {
	n   atomic.Int64
	mu  sync.Mutex
	sql []string // of the statements while they are kept
	on  bool
}

// TraceQueryStart implements pgx.QueryTracer.
func (c *counter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	c.n.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.on {
		c.sql = append(c.sql, data.SQL)
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (c *counter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// Statements counts what the server sends to PostgreSQL while do runs, with what
// begins and ends transactions. The test's own SQL does not count.
func (e *Env) Statements(do func()) int {
	before := e.traced.n.Load()
	do()
	return int(e.traced.n.Load() - before)
}

// SQL is the text of what the server sends to PostgreSQL while do runs.
func (e *Env) SQL(do func()) []string {
	c := &e.traced
	set := func(on bool) (sql []string) {
		c.mu.Lock()
		defer c.mu.Unlock()
		sql, c.sql, c.on = c.sql, nil, on
		return sql
	}
	set(true)
	do()
	return set(false)
}

// ActIn names the actor that a person is who acts in a post, by what the
// database says today of their holdings and of the post's roles.
func (e *Env) ActIn(name string, person domain.PersonID, post domain.PostID) {
	e.T.Helper()
	who, err := wiring.Access(e.DB, domain.UUIDv7).Standing(context.Background(), person, domain.DateOf(e.Now()))
	if err != nil {
		e.T.Fatal(err)
	}
	e.Name(name, who.Actor(post))
}

// Now is the test's clock.
func (e *Env) Now() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now
}

// Advance moves the clock on.
func (e *Env) Advance(d time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.now = e.now.Add(d)
}

// Name gives an actor a name that Client.As knows.
func (e *Env) Name(name string, a domain.Actor) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.roles[name] = a
}

const actorHeader = "X-Test-Actor"

func (e *Env) actorOf(r *http.Request) (domain.Actor, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	name := r.Header.Get(actorHeader)
	a, ok := e.roles[name]
	if name != "" && !ok {
		e.T.Errorf("no actor named %q", name)
	}
	return a, nil
}

// Client makes requests as one actor.
type Client struct {
	env  *Env
	name string
	url  string // of another instance; "" is the first
}

// As makes requests as a named actor; "" is the public.
func (e *Env) As(name string) Client { return Client{env: e, name: name} }

// At makes the client's requests to another instance.
func (c Client) At(url string) Client {
	c.url = url
	return c
}

func (c Client) base() string {
	if c.url != "" {
		return c.url
	}
	return c.env.URL
}

// Response is an answer with its body read.
type Response struct {
	t testing.TB
	*http.Response
	Bytes []byte
}

// Do sends a request with body as JSON (nil for none); headers come in pairs.
func (c Client) Do(method, path string, body any, headers ...string) Response {
	c.env.T.Helper()
	res, err := http.DefaultClient.Do(c.request(method, path, body, headers...))
	if err != nil {
		c.env.T.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.env.T.Fatal(err)
	}
	return Response{c.env.T, res, b}
}

// GiveUp posts below /api/v1 and goes away when until returns, as a program does whose
// patience is over; the test fails if it has been answered by then.
func (c Client) GiveUp(until func(), path string, body any, headers ...string) {
	c.env.T.Helper()
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	gone := make(chan error, 1)
	req := c.request("POST", "/api/v1"+path, body, headers...).WithContext(ctx)
	go func() {
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			res.Body.Close()
		}
		gone <- err
	}()
	until()
	leave()
	if err := <-gone; err == nil {
		c.env.T.Fatal("it was answered")
	}
}

func (c Client) request(method, path string, body any, headers ...string) *http.Request {
	c.env.T.Helper()
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		r = bytes.NewBufferString(b)
	default:
		j, err := json.Marshal(b)
		if err != nil {
			c.env.T.Fatal(err)
		}
		r = bytes.NewReader(j)
	}
	req, err := http.NewRequest(method, c.base()+path, r)
	if err != nil {
		c.env.T.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.name != "" {
		req.Header.Set(actorHeader, c.name)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return req
}

// Stream is an open stream of server-sent events.
type Stream struct {
	t      testing.TB
	Status int
	lines  *bufio.Scanner
	stop   context.CancelFunc
}

// Watch opens a stream below /api/v1; it ends with the test.
func (c Client) Watch(path string) *Stream {
	c.env.T.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	c.env.T.Cleanup(stop)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base()+"/api/v1"+path, nil)
	if err != nil {
		c.env.T.Fatal(err)
	}
	if c.name != "" {
		req.Header.Set(actorHeader, c.name)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.env.T.Fatal(err)
	}
	c.env.T.Cleanup(func() { res.Body.Close() })
	return &Stream{c.env.T, res.StatusCode, bufio.NewScanner(res.Body), stop}
}

// Next is the next event that want accepts; the test fails if the stream ends
// first.
func (s *Stream) Next(want func(api.MeetingEvent) bool) api.MeetingEvent {
	s.t.Helper()
	for s.lines.Scan() {
		data, ok := strings.CutPrefix(s.lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e api.MeetingEvent
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			s.t.Fatalf("event %s: %v", data, err)
		}
		if want(e) {
			return e
		}
	}
	s.t.Fatalf("the stream ended: %v", s.lines.Err())
	return api.MeetingEvent{}
}

// Ended reads to the end, and returns the events on the way; the test fails if
// it is cut off by the test's own patience.
func (s *Stream) Ended() (events []string) {
	s.t.Helper()
	for s.lines.Scan() {
		if data, ok := strings.CutPrefix(s.lines.Text(), "data: "); ok {
			events = append(events, data)
		}
	}
	if err := s.lines.Err(); err != nil {
		s.t.Errorf("the stream did not end: %v", err)
	}
	return events
}

// Stop goes away, as a browser does that is closed.
func (s *Stream) Stop() { s.stop() }

// Get reads a path below /api/v1.
func (c Client) Get(path string) Response { c.env.T.Helper(); return c.Do("GET", "/api/v1"+path, nil) }

// Post creates or decides below /api/v1.
func (c Client) Post(path string, body any, headers ...string) Response {
	c.env.T.Helper()
	return c.Do("POST", "/api/v1"+path, body, headers...)
}

// Put replaces below /api/v1 under If-Match.
func (c Client) Put(path, etag string, body any) Response {
	c.env.T.Helper()
	return c.Do("PUT", "/api/v1"+path, body, "If-Match", etag)
}

// Change changes a public goal or chain ("/goals/ID", "/chains/ID") from the
// version of etag on: by a draft that is published at once. It answers with the
// thing as it is then, or with the first refusal; a draft that was refused is
// discarded.
func (c Client) Change(path, etag string, body any) Response {
	c.env.T.Helper()
	kind, id, _ := strings.Cut(strings.TrimPrefix(path, "/"), "s/")
	text, _, _ := strings.Cut(strings.Trim(etag, `"`), "-")
	version, err := strconv.Atoi(text)
	if err != nil {
		c.env.T.Fatal(err)
	}
	saved := c.Post("/drafts", JSON{"subjectKind": kind, "subjectId": id, "baseVersion": version, "content": body})
	if saved.StatusCode != http.StatusCreated {
		return saved
	}
	draft := "/drafts/" + As[struct{ ID string }](saved).ID
	published := c.Post(draft+"/publication", nil, "If-Match", saved.ETag())
	if published.StatusCode != http.StatusOK {
		c.Post(draft+"/discard", JSON{"reason": "ei julkaistu"}, "If-Match", saved.ETag())
		return published
	}
	return c.Get(path)
}

// Want fails the test unless the answer has the status, and returns it.
func (r Response) Want(status int) Response {
	r.t.Helper()
	if r.StatusCode != status {
		r.t.Fatalf("%s %s: status %d, want %d\n%s", r.Request.Method, r.Request.URL.Path, r.StatusCode, status, r.Bytes)
	}
	return r
}

// WantProblem fails the test unless the answer is a problem with the status and code.
func (r Response) WantProblem(status int, code string) api.Problem {
	r.t.Helper()
	r.Want(status)
	if ct := r.Header.Get("Content-Type"); ct != "application/problem+json" {
		r.t.Fatalf("content type %q of a problem", ct)
	}
	p := As[api.Problem](r)
	if p.Code != code {
		r.t.Fatalf("code %q, want %q\n%s", p.Code, code, r.Bytes)
	}
	return p
}

// ETag is the answer's version.
func (r Response) ETag() string { return r.Header.Get("ETag") }

// As decodes the body.
func As[T any](r Response) T {
	r.t.Helper()
	var v T
	if err := json.Unmarshal(r.Bytes, &v); err != nil {
		r.t.Fatalf("decode: %v\n%s", err, r.Bytes)
	}
	return v
}

// JSON is any JSON object, for bodies that a test writes.
type JSON = map[string]any
