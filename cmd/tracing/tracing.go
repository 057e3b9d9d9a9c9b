// Package tracing tells an operator's collector of OpenTelemetry how long requests,
// statements, background work and mails take, and which belong together. It is off
// unless the standard variables name a collector. No span holds what somebody typed, a
// value of a statement, an address that was asked, or an id of a person or a thing: names
// are routes, operations, kinds and tables.
package tracing

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"yhdyspinta/api"
	"yhdyspinta/cmd/background"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
)

// Tracing makes spans. nil makes none and costs nothing.
type Tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Configured reports whether the environment names a collector for traces.
func Configured(env func(string) string) bool {
	return cmp.Or(env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), env("OTEL_EXPORTER_OTLP_ENDPOINT")) != "" &&
		!strings.EqualFold(env("OTEL_SDK_DISABLED"), "true") && env("OTEL_TRACES_EXPORTER") != "none"
}

// Start begins to trace if the environment says so, else it returns nil. Only OTLP over
// HTTP is spoken. Where the collector is, by which headers and certificates it is reached
// and how many traces are kept (OTEL_EXPORTER_OTLP_…, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME,
// OTEL_RESOURCE_ATTRIBUTES, OTEL_BSP_…) is read by the library. A collector that is away
// keeps nothing from working: what it does not take is dropped.
func Start(ctx context.Context, env func(string) string, log *slog.Logger) (*Tracing, error) {
	if env == nil || !Configured(env) {
		return nil, nil
	}
	if p := cmp.Or(env("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"), env("OTEL_EXPORTER_OTLP_PROTOCOL"), "http/protobuf"); p != "http/protobuf" {
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL is %q: traces are sent as http/protobuf only", p)
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	from, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "yhdyspinta")), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("trace: read OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces could not be sent", "error", err) }))
	log.InfoContext(ctx, "requests are traced")
	return With(sdk.WithBatcher(exporter), sdk.WithResource(from)), nil
}

// With makes spans for other exporters than the environment's.
func With(options ...sdk.TracerProviderOption) *Tracing {
	p := sdk.NewTracerProvider(options...)
	return &Tracing{p, p.Tracer("yhdyspinta")}
}

// End sends what has not been sent yet: at most until ctx ends.
func (t *Tracing) End(ctx context.Context) error {
	if t == nil {
		return nil
	}
	if err := t.provider.Shutdown(ctx); err != nil {
		return fmt.Errorf("send the last traces: %w", err)
	}
	return nil
}

// Request is for api.Options.Trace; nil where nothing is traced. What a request says of a
// trace that it belongs to is not believed: anybody could say it.
func (t *Tracing) Request() func(context.Context, string) (context.Context, func(api.Answered)) {
	if t == nil {
		return nil
	}
	return func(ctx context.Context, method string) (context.Context, func(api.Answered)) {
		ctx, span := t.tracer.Start(ctx, method, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer))
		return ctx, func(a api.Answered) {
			if span.IsRecording() {
				span.SetName(strings.TrimSpace(method + " " + a.Route))
				span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", a.Route), attribute.Int("http.response.status_code", a.Status),
					attribute.String("yhdyspinta.operation", a.Operation), attribute.String("yhdyspinta.request", a.RequestID))
				if a.Status >= 500 {
					span.SetStatus(codes.Error, "")
				}
			}
			span.End()
		}
	}
}

// Job is for background.Services.Trace; nil where nothing is traced.
func (t *Tracing) Job() background.Trace {
	if t == nil {
		return nil
	}
	return func(ctx context.Context, k job.Kind, attempt int) (context.Context, func(job.Cause)) {
		ctx, span := t.tracer.Start(ctx, "job "+string(k), trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindConsumer),
			trace.WithAttributes(attribute.String("yhdyspinta.job", string(k)), attribute.Int("yhdyspinta.attempt", attempt)))
		return ctx, func(c job.Cause) {
			if c != "" {
				span.SetAttributes(attribute.String("yhdyspinta.cause", string(c)))
				span.SetStatus(codes.Error, "")
			}
			span.End()
		}
	}
}

// Sender makes a span of each mail that another sender hands over. It tells neither to
// whom nor what.
func (t *Tracing) Sender(s mail.Sender) mail.Sender {
	if t == nil || s == nil {
		return s
	}
	return sender{t, s}
}

type sender struct {
	t  *Tracing
	by mail.Sender
}

func (s sender) Send(ctx context.Context, l mail.Letter) error {
	ctx, span := s.t.tracer.Start(ctx, "send mail", trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	err := s.by.Send(ctx, l)
	if err != nil {
		span.SetStatus(codes.Error, "")
	}
	return err
}

// Statements is for storage.Options.Tracer; nil where nothing is traced. Statements that
// belong to no request or job, such as the queue's own, have no span.
func (t *Tracing) Statements() pgx.QueryTracer {
	if t == nil {
		return nil
	}
	return statements{t}
}

type statements struct{ t *Tracing }

type statementKey struct{}

// TraceQueryStart implements pgx.QueryTracer.
func (s statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx
	}
	name := NameOf(data.SQL)
	ctx, span := s.t.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("db.system.name", "postgresql"), attribute.String("db.query.summary", name)))
	return context.WithValue(ctx, statementKey{}, span)
}

// TraceQueryEnd implements pgx.QueryTracer.
func (s statements) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	span, ok := ctx.Value(statementKey{}).(trace.Span)
	if !ok {
		return
	}
	if data.Err != nil {
		span.SetStatus(codes.Error, "") // its text may repeat a value
	}
	span.End()
}

// NameOf says what a statement does and to which table, by words of the statement that
// are the program's own: "select goal", "begin", "with action". Of what is written in
// quotes nothing is told.
func NameOf(sql string) string {
	verb, table := "", ""
	next := false
	for word := range strings.FieldsFuncSeq(sql, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\t' || r == '(' || r == ')' || r == ',' || r == ';'
	}) {
		if strings.HasPrefix(word, "'") || strings.HasPrefix(word, "$") && verb == "" {
			break
		}
		lower := strings.ToLower(strings.Trim(word, `"`))
		switch {
		case verb == "":
			verb = lower
			next = verb == "update"
		case next && isName(lower) && lower != "only" && lower != "lateral" && lower != "select":
			table = lower
		case lower == "from" || lower == "into":
			next = true
			continue
		default:
			next = next && (lower == "only" || lower == "lateral")
		}
		if table != "" {
			return verb + " " + table
		}
	}
	if !isName(verb) {
		return "statement"
	}
	return verb
}

// isName reports whether a word is a name as the schema has them.
func isName(word string) bool {
	for _, r := range word {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '.' {
			return false
		}
	}
	return word != "" && len(word) <= 63
}

// EndWithin ends tracing when the program ends, and says in the log what was lost.
func (t *Tracing) EndWithin(d time.Duration, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	if err := t.End(ctx); err != nil {
		log.Warn("the last traces are lost", "error", err)
	}
}
