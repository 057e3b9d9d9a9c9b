package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
)

// The long pass is asked for by make fuzz: another seed, and for so long.
var (
	hostileSeed = flag.Uint64("hostile.seed", 1, "seed of the hostile requests")
	hostileTime = flag.Duration("hostile.for", 0, "how long hostile requests are sent; 0 is one short round")
)

// In one round each operation gets so many attacks from each kind of caller.
const (
	attacksOfTheShortPass = 3
	attacksOfTheLongPass  = 12
)

// What an answer may take and hold at most. One that took longer is asked for again:
// other tests run on the same machine.
const (
	answerWithin = 2 * time.Second
	answerAtMost = 8 << 20
)

// Every operation of the contract is sent what nobody of good will would send, as the
// public, by people and by a program: other types and sizes, forged ids, cursors,
// versions and keys, text that is none, bodies that would fill memory. None fails
// inside, tells what is inside, repeats what was sent, or takes long; a request that is
// refused changes nothing. What is new in the contract is attacked without asking.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	if err := importDataset(t.Context(), d, nil, e.DB, e.Now, io.Discard); err != nil {
		t.Fatal(err)
	}
	hide(t, e)
	for _, table := range []string{"paper_comment", "amendment", "paper_return"} { // of what hide makes, rows that the rules do not let come about
		query[int](t, e.Raw.SuperDSN, "delete from "+table+" x using (select set_config('app.now', '2026-11-23 06:05:00Z', true) as at) now where now.at <> '' and x.meeting_id in (select id from meeting where closed_at is null) returning x.id::text, 1")
	}
	ids := map[string][]string{}
	for _, table := range append(slices.Collect(maps.Values(tableOfPath)), "stage", "outcome", "person", "holding", "audit_entry") {
		for id := range query[int](t, e.Raw.SuperDSN, "select id::text, 1 from "+table) {
			ids[table] = append(ids[table], id)
		}
		slices.Sort(ids[table])
	}
	contract := api.New(api.Options{NewID: domain.UUIDv7})
	ops := contract.Operations()
	slices.SortFunc(ops, func(a, b *huma.Operation) int { return strings.Compare(a.OperationID, b.OperationID) })
	h := &hostility{t: t, e: e, answered: map[string]bool{}, statuses: map[int]int{}}
	people := nameEverybody(t, e)
	slices.Sort(people)
	people = append(people, "espoo reader", "luvn reader")
	h.token = programOf(t, e, people)

	until := time.Now().Add(*hostileTime)
	n := attacksOfTheShortPass
	if *hostileTime > 0 {
		n = attacksOfTheLongPass
	}
	for round := uint64(0); round == 0 || time.Now().Before(until); round++ {
		a := newAttacker(*hostileSeed+round, contract.Schemas(), ids)
		for _, op := range ops {
			if *hostileTime > 0 && round > 0 && !time.Now().Before(until) {
				break
			}
			for i, k := range a.variants(op, 3*n) {
				switch i % 3 {
				case 0:
					h.send(caller{}, k)
				case 1:
					h.send(caller{name: pick(a, people)}, k)
				default:
					h.send(caller{token: true}, k)
				}
			}
		}
	}
	for _, op := range ops {
		if !h.answered[op.OperationID] {
			t.Errorf("%s was not reached", op.OperationID)
		}
	}
	t.Logf("%d requests, by status: %v", h.sent, h.statuses)
}

// programOf makes a token of a coordinator and returns what opens it.
func programOf(t *testing.T, e *apitest.Env, people []string) string {
	t.Helper()
	i := slices.IndexFunc(people, func(name string) bool { return strings.Contains(name, "coordinator") })
	r := e.As(people[i]).Post("/api-tokens", apitest.JSON{"name": "Koe", "purpose": "Koe", "scopes": domain.TokenScopes}).Want(http.StatusCreated)
	return apitest.As[struct{ Secret string }](r).Secret
}

// caller is who sends a request: a named actor, a program, or the public.
type caller struct {
	name  string
	token bool
}

func (c caller) String() string {
	switch {
	case c.token:
		return "a program"
	case c.name != "":
		return c.name
	}
	return "the public"
}

// hostility sends attacks and looks at what comes back.
type hostility struct {
	t        *testing.T
	e        *apitest.Env
	token    string
	answered map[string]bool
	statuses map[int]int
	sent     int
}

var (
	codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	// insides are what an answer has that tells of what is inside.
	insides = regexp.MustCompile(`SQLSTATE|ERROR: |pgx|goroutine \d|\.go:\d|/home/|/tmp/|runtime error|nil pointer|syntax error at|violates|gorm`)
)

func (h *hostility) send(who caller, k attack) {
	h.t.Helper()
	h.sent++
	reads := k.op.Method == http.MethodGet
	var before uint64
	if !reads {
		before = h.content()
	}
	var status int
	var header http.Header
	var body []byte
	for try := 1; ; try++ {
		began := time.Now()
		var ok bool
		if status, header, body, ok = h.ask(who, k); !ok {
			return
		}
		took := time.Since(began)
		if took < answerWithin {
			break
		}
		h.t.Logf("%s by %s, with %s: %s", k.op.OperationID, who, k.what, took)
		if try == 3 {
			h.t.Errorf("%s takes long, with %s", k.op.OperationID, k.what)
			break
		}
	}
	h.statuses[status]++
	if status != http.StatusNotFound || strings.Contains(k.op.Path, "{") {
		h.answered[k.op.OperationID] = true
	}
	complain := func(format string, args ...any) {
		h.t.Helper()
		h.t.Errorf("%s\n\t%s %s%s by %s, with %s\n\tbody %s\n\tanswer %d %.400s", fmt.Sprintf(format, args...), k.op.Method, k.path[:min(len(k.path), 200)], "?"+k.query[:min(len(k.query), 200)], who, k.what, short(string(k.body)), status, body)
	}
	if status >= 500 && !(status == http.StatusServiceUnavailable && bytes.Contains(body, []byte(`"pdf_unavailable"`))) { // the test has no Chromium
		complain("it failed")
	}
	if len(body) > answerAtMost {
		complain("the answer has %d bytes", len(body))
	}
	if m := told.FindSubmatch(body); m != nil && (who.name == "" && !who.token || strings.HasSuffix(who.name, "reader") && string(m[1]) == "closed") {
		complain("the answer tells %s", m[0])
	}
	if status < 400 {
		return
	}
	if !reads && h.content() != before {
		complain("it was refused and changed something")
	}
	if header.Get("Content-Type") != "application/problem+json" {
		if header.Get("X-Request-Id") == "" { // net/http itself: no request yet
			return
		}
		complain("the refusal is %s", header.Get("Content-Type"))
		return
	}
	var p api.Problem
	if err := json.Unmarshal(body, &p); err != nil {
		complain("the problem is none: %v", err)
		return
	}
	if p.Status != status || !codeForm.MatchString(p.Code) || p.Instance == "" || p.Instance != header.Get("X-Request-Id") {
		complain("the problem is not of the form of problems")
	}
	p.Current = nil // the thing as it is
	for i := range p.Errors {
		p.Errors[i].Pointer = "" // names the field that was sent
	}
	again, err := json.Marshal(p)
	if err != nil {
		h.t.Fatal(err)
	}
	if bytes.Contains(again, []byte(canary)) {
		complain("the problem repeats what was sent")
	}
	if m := insides.Find(again); m != nil {
		complain("the problem tells of the inside: %s", m)
	}
}

// content changes when anything in the database's content does.
func (h *hostility) content() uint64 {
	h.t.Helper()
	n, err := h.e.DB.ContentNumber(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

var hostileClient = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4, DisableCompression: true}}

// ask sends an attack as it is; false if there was no answer, which only what is too
// large may get, and an address that is none: net/http answers that itself, without reading
// on, so the answer may be lost.
func (h *hostility) ask(who caller, k attack) (status int, header http.Header, body []byte, ok bool) {
	h.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	u, err := url.Parse(h.e.URL)
	if err != nil {
		h.t.Fatal(err)
	}
	u.Opaque, u.RawQuery = "/api/v1"+k.path, k.query
	_, noAddress := url.ParseRequestURI(u.RequestURI())
	givesUp := k.large || noAddress != nil
	r := (&http.Request{Method: k.op.Method, URL: u, Header: k.header.Clone(), Host: u.Host}).WithContext(ctx)
	if k.body != nil {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(k.body)), int64(len(k.body))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(k.body)), nil }
	}
	if who.name != "" {
		r.Header.Set("X-Test-Actor", who.name)
	}
	if who.token {
		r.Header.Set("Authorization", "Bearer "+h.token)
		if k.op.Method == http.MethodPost && r.Header.Get("Idempotency-Key") == "" {
			r.Header.Set("Idempotency-Key", strconv.Itoa(h.sent))
		}
	}
	res, err := hostileClient.Do(r)
	if err != nil {
		hostileClient.CloseIdleConnections()
		if !givesUp {
			h.t.Errorf("%s %s by %s, with %s: %v", k.op.Method, k.path[:min(len(k.path), 200)], who, k.what, err)
		}
		return 0, nil, nil, false
	}
	defer res.Body.Close()
	if k.large { // the server gives the connection up, in a while
		defer hostileClient.CloseIdleConnections()
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") { // without an end
		return res.StatusCode, res.Header, nil, true
	}
	body, err = io.ReadAll(io.LimitReader(res.Body, answerAtMost+1))
	if err != nil && !errors.Is(err, context.DeadlineExceeded) && !givesUp {
		h.t.Errorf("%s %s by %s, with %s: %v", k.op.Method, k.path[:min(len(k.path), 200)], who, k.what, err)
	}
	return res.StatusCode, res.Header, body, true
}
