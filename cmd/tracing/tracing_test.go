package tracing_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"yhdyspinta/api"
	"yhdyspinta/cmd/tracing"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

var discard = slog.New(slog.DiscardHandler)

// Without a collector nothing is made, and what is not made can be used.
func TestOffUnlessConfigured(t *testing.T) {
	t.Parallel()
	for _, env := range []map[string]string{
		{},
		{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "TRUE"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"},
		{"OTEL_SERVICE_NAME": "yhdyspinta"},
	} {
		none, err := tracing.Start(t.Context(), func(name string) string { return env[name] }, discard)
		if err != nil || none != nil || none.Request() != nil || none.Job() != nil || none.Statements() != nil || none.Sender(nil) != nil || none.End(t.Context()) != nil {
			t.Errorf("%v: %v %v", env, none, err)
		}
	}
	if _, err := tracing.Start(t.Context(), func(name string) string {
		return map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}[name]
	}, discard); err == nil || !strings.Contains(err.Error(), "http/protobuf") {
		t.Errorf("another protocol: %v", err)
	}
}

func TestNameOf(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"select id, name from person where id = $1":                                  "select person",
		"SELECT count(*) FROM \"goal\" WHERE title = 'salaista'":                     "select goal",
		"insert into audit_entry (id) values ($1)":                                   "insert audit_entry",
		"update session set data = $1":                                               "update session",
		"delete from session where token in (select 1)":                              "delete session",
		"\nwith recursive below(top, id) as (select id, id from unit) select from x": "with unit",
		"begin isolation level repeatable read read only":                            "begin",
		"commit": "commit",
		"select pg_advisory_xact_lock(hashtextextended($1, 0))": "select",
		"select x from (select y from only action) a":           "select action",
		"select extract(epoch from $1)":                         "select",
		"":                                                      "statement",
		"'salaista' from person":                                "statement",
		"select 'from salaista'":                                "select",
	} {
		if got := tracing.NameOf(sql); got != want {
			t.Errorf("%q is %q, not %q", sql, got, want)
		}
	}
}

// A request is a span with its statements under it; neither tells what was typed, asked
// or found, nor who asked.
func TestARequestAndItsStatements(t *testing.T) {
	t.Parallel()
	kept := tracetest.NewInMemoryExporter()
	traced := tracing.With(sdk.WithSyncer(kept))
	db, err := storage.Open(t.Context(), pgtest.New(t).AppDSN, storage.Options{Clock: time.Now, Tracer: traced.Statements(), MaxConnections: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	server := api.New(api.Options{Services: wiring.Services(db, time.Now, domain.UUIDv7), Clock: time.Now, NewID: domain.UUIDv7, Snapshot: db.Snapshot, Trace: traced.Request(),
		Ready: db.CheckSchema, Actor: func(*http.Request) (domain.Actor, error) { return domain.Actor{PersonID: person}, nil }})
	kept.Reset()
	ask := func(method, target string) string {
		r := httptest.NewRequest(method, target, nil)
		r.Header.Set("Traceparent", "00-11111111111111111111111111111111-2222222222222222-01")
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		return w.Header().Get("X-Request-Id")
	}
	id := ask("GET", "/api/v1/search?q=salaista")
	goal := domain.UUIDv7().String()
	ask("GET", "/api/v1/goals/"+goal)
	ask("BREW", "/salaista")
	spans := kept.GetSpans()
	named := func(name string) (out []tracetest.SpanStub) {
		for _, s := range spans {
			if s.Name == name {
				out = append(out, s)
			}
		}
		return out
	}
	request := named("GET /api/v1/search")
	if len(request) != 1 || request[0].Parent.IsValid() {
		t.Fatalf("spans %v", spans)
	}
	attributes := map[string]string{}
	for _, a := range request[0].Attributes {
		attributes[string(a.Key)] = a.Value.String()
	}
	for key, want := range map[string]string{"http.route": "/api/v1/search", "http.request.method": "GET", "http.response.status_code": "200", "yhdyspinta.operation": "search", "yhdyspinta.request": id} {
		if attributes[key] != want {
			t.Errorf("%s is %q, not %q", key, attributes[key], want)
		}
	}
	under := 0
	for _, s := range spans {
		if s.Parent.SpanID() == request[0].SpanContext.SpanID() {
			under++
		}
		told := s.Name
		for _, a := range s.Attributes {
			told += " " + a.Value.String()
		}
		for _, e := range s.Events {
			told += " " + e.Name
		}
		for _, secret := range []string{"salaista", goal, person.String(), "1111111111", "where", "127.0.0.1"} {
			if strings.Contains(told+" "+s.Status.Description+s.SpanContext.TraceID().String(), secret) {
				t.Errorf("%s tells %s", told, secret)
			}
		}
	}
	if under == 0 {
		t.Errorf("no statements under the request: %v", spans)
	}
	if len(named("GET /api/v1/goals/:id")) != 1 || !slices.ContainsFunc(spans, func(s tracetest.SpanStub) bool { return strings.HasPrefix(s.Name, "_OTHER") }) {
		t.Error("the other requests are missing")
	}
	// What belongs to nothing has no span.
	kept.Reset()
	if err := db.Ping(t.Context()); err != nil || len(kept.GetSpans()) > 0 {
		t.Errorf("%v %v", err, kept.GetSpans())
	}
}

type post struct{ err error }

func (p post) Send(context.Context, mail.Letter) error { return p.err }

func TestJobsAndMails(t *testing.T) {
	t.Parallel()
	kept := tracetest.NewInMemoryExporter()
	traced := tracing.With(sdk.WithSyncer(kept))
	ctx, end := traced.Job()(t.Context(), job.MailDeliver, 2)
	refusal := errors.New("no box for seija@example.fi")
	if err := traced.Sender(post{refusal}).Send(ctx, mail.Letter{Subject: "Kutsu"}); !errors.Is(err, refusal) {
		t.Error(err)
	}
	end(job.CauseOther)
	_, end = traced.Job()(t.Context(), job.OutboxDrain, 1)
	end("")
	var told []string
	for _, s := range kept.GetSpans() {
		line := s.Name + " " + s.Status.Code.String()
		for _, a := range s.Attributes {
			line += " " + a.Value.String()
		}
		if told = append(told, line); strings.Contains(line+s.Status.Description, "@") || strings.Contains(line, "Kutsu") {
			t.Errorf("tells %s", line)
		}
	}
	if want := []string{"send mail Error", "job mail_deliver Error mail_deliver 2 other", "job outbox_drain Unset outbox_drain 1"}; !slices.Equal(told, want) {
		t.Errorf("%q, not %q", told, want)
	}
	if spans := kept.GetSpans(); spans[0].Parent.SpanID() != spans[1].SpanContext.SpanID() {
		t.Error("the mail does not belong to its job")
	}
}

// What the standard variables name gets the spans, the last of them when the program
// ends.
func TestTheCollectorGetsThem(t *testing.T) {
	var mu sync.Mutex
	var got []string
	var service string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		var in collector.ExportTraceServiceRequest
		if err != nil || proto.Unmarshal(b, &in) != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Api-Key") != "k" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		for _, rs := range in.GetResourceSpans() {
			for _, a := range rs.GetResource().GetAttributes() {
				if a.GetKey() == "service.name" {
					service = a.GetValue().GetStringValue()
				}
			}
			for _, ss := range rs.GetScopeSpans() {
				for _, s := range ss.GetSpans() {
					got = append(got, s.GetName())
				}
			}
		}
	}))
	defer server.Close()
	env := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": server.URL, "OTEL_EXPORTER_OTLP_HEADERS": "api-key=k", "OTEL_SERVICE_NAME": "yhdyspinta-testi"}
	for k, v := range env {
		t.Setenv(k, v)
	}
	traced, err := tracing.Start(t.Context(), func(name string) string { return env[name] }, discard)
	if err != nil || traced == nil {
		t.Fatal(err)
	}
	_, end := traced.Request()(t.Context(), "GET")
	end(api.Answered{Operation: "getMe", Route: "/api/v1/me", Status: 200})
	if err := traced.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(got, []string{"GET /api/v1/me"}) || service != "yhdyspinta-testi" {
		t.Errorf("%q of %q", got, service)
	}
}

// A collector that takes what is sent and never answers keeps nothing waiting: neither what
// is traced, of which more comes than is kept, nor the end of the program. The log says
// what was lost.
func TestACollectorThatIsSilent(t *testing.T) {
	var asked atomic.Int64
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		<-ended
	}))
	defer server.Close()
	defer close(ended)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	traced, err := tracing.Start(t.Context(), func(name string) string {
		return map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": server.URL}[name]
	}, discard)
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	begun := time.Now()
	for range 5000 {
		_, end := traced.Job()(t.Context(), job.OutboxDrain, 1)
		end("")
	}
	traced.EndWithin(time.Second, slog.New(slog.NewTextHandler(&told, nil)))
	if took := time.Since(begun); took > 8*time.Second { // the exporter itself waits for ten for each batch
		t.Errorf("took %s", took)
	}
	if asked.Load() == 0 {
		t.Error("nothing was sent: the test shows nothing")
	}
	if !strings.Contains(told.String(), "the last traces are lost") {
		t.Errorf("the log says %q", told.String())
	}
}
