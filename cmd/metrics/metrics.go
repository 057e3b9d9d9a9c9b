// Package metrics tells an operator's Prometheus how the product is doing. Labels
// are of closed lists: operations, kinds of work, identity providers. Nothing names
// a person, a thing or an address.
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yhdyspinta/api"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
	"yhdyspinta/storage"
)

// Metrics counts what this instance does, and reads of the database, when it is asked,
// what is common to all instances.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	refusals  *prometheus.CounterVec
	foreign   *prometheus.CounterVec
	signIns   *prometheus.CounterVec
	runs      *prometheus.CounterVec
	failures  *prometheus.CounterVec
	runTimes  *prometheus.HistogramVec
	mails     *prometheus.CounterVec
	log       *slog.Logger
}

const namespace = "yhdyspinta"

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// New makes the metrics of an instance on a database. issuers are the keys of the
// identity providers.
func New(db *storage.DB, jobs *job.Service, issuers []string, log *slog.Logger) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(), log: log,
		requests: counter("http_requests_total", "Requests that were answered, by operation and class of the status.", "operation", "status"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: "http_request_duration_seconds",
			Help: "How long requests took to answer, by operation.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"operation"}),
		refusals: counter("http_refusals_total", "Requests that were refused to whoever asked: 401 without a sign-in, 403 without the right, 429 too many, by operation.", "operation", "code"),
		foreign:  counter("cross_site_refusals_total", "Requests that were refused because a page of another site made them, by what showed that.", "reason"),
		signIns:  counter("sign_ins_total", "Sign-ins by identity provider and result: ok, or the code of what went wrong.", "issuer", "result"),
		runs:     counter("job_runs_total", "Runs of background work that ended in this instance.", "kind", "outcome"),
		failures: counter("job_failures_total", "Runs of background work that came to nothing in this instance, by cause.", "kind", "cause"),
		runTimes: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: namespace, Name: "job_duration_seconds",
			Help: "How long runs of background work took.", Buckets: []float64{.01, .05, .25, 1, 5, 15, 45}}, []string{"kind"}),
		mails: counter("mails_total", "Mails that were settled by this instance, by how.", "state"),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.durations, m.refusals, m.foreign, m.signIns, m.runs, m.failures, m.runTimes, m.mails, pool{db}, work{jobs, log})
	// What has not happened is 0 and not missing: otherwise the first failure is no rise.
	for _, w := range job.Works {
		for _, o := range []job.Outcome{job.Done, job.Failed} {
			m.runs.WithLabelValues(string(w.Kind), string(o))
		}
	}
	for _, s := range []mail.State{mail.Sent, mail.Failed} {
		m.mails.WithLabelValues(string(s))
	}
	for _, by := range api.ForeignBy {
		m.foreign.WithLabelValues(by)
	}
	for _, i := range issuers {
		m.signIns.WithLabelValues(i, "ok")
	}
	return m
}

// Request counts a request that was answered: see api.Options.Observe.
func (m *Metrics) Request(operation string, status int, d time.Duration) {
	m.requests.WithLabelValues(operation, strconv.Itoa(status/100)+"xx").Inc()
	m.durations.WithLabelValues(operation).Observe(d.Seconds())
	if status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests {
		m.refusals.WithLabelValues(operation, strconv.Itoa(status)).Inc()
	}
}

// Foreign counts a request that a page of another site made, which was refused before it
// reached any operation: see api.SessionOptions.ObserveForeign.
func (m *Metrics) Foreign(by string) { m.foreign.WithLabelValues(by).Inc() }

// SignIn counts a sign-in by its result: see api.SessionOptions.Observe.
func (m *Metrics) SignIn(issuer, result string) { m.signIns.WithLabelValues(issuer, result).Inc() }

// JobRun counts a run of background work: see background.Services.Observe.
func (m *Metrics) JobRun(k job.Kind, o job.Outcome, c job.Cause, d time.Duration) {
	m.runs.WithLabelValues(string(k), string(o)).Inc()
	m.runTimes.WithLabelValues(string(k)).Observe(d.Seconds())
	if c != "" {
		m.failures.WithLabelValues(string(k), string(c)).Inc()
	}
}

// Mail counts a mail that was settled: see mail.Service.Observe.
func (m *Metrics) Mail(s mail.State) { m.mails.WithLabelValues(string(s)).Inc() }

// Handler answers /metrics, and nothing else.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling:       promhttp.ContinueOnError, // without a database the rest is told all the more
		ErrorLog:            slog.NewLogLogger(m.log.Handler(), slog.LevelWarn),
		MaxRequestsInFlight: 2, Timeout: 10 * time.Second,
	}))
	return mux
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

// pool tells of the connections to the database.
type pool struct{ db *storage.DB }

var (
	poolConnections = describe("db_connections", "Connections to the database that this instance has.", "state")
	poolMax         = describe("db_connections_max", "Connections that it may have.")
	poolWaits       = describe("db_connection_waits_total", "How often a connection had to be waited for.")
	poolWaited      = describe("db_connection_wait_seconds_total", "How long connections were waited for and made.")
)

// Describe implements prometheus.Collector.
func (p pool) Describe(out chan<- *prometheus.Desc) { prometheus.DescribeByCollect(p, out) }

// Collect implements prometheus.Collector.
func (p pool) Collect(out chan<- prometheus.Metric) {
	s := p.db.Pool().Stat()
	out <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, float64(s.AcquiredConns()), "used")
	out <- prometheus.MustNewConstMetric(poolConnections, prometheus.GaugeValue, float64(s.IdleConns()), "idle")
	out <- prometheus.MustNewConstMetric(poolMax, prometheus.GaugeValue, float64(s.MaxConns()))
	out <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(s.EmptyAcquireCount()))
	out <- prometheus.MustNewConstMetric(poolWaited, prometheus.CounterValue, s.AcquireDuration().Seconds())
}

// work tells of the background work of all instances, which stands in the database.
type work struct {
	jobs *job.Service
	log  *slog.Logger
}

var (
	reached       = describe("db_up", "1 if the database answered this scrape.")
	jobLastDone   = describe("job_last_success_timestamp_seconds", "When a run of this kind last came to something, in any instance.", "kind")
	jobHealth     = describe("job_unhealthy", "1 if the last run of this kind came to nothing, or it should have run and has not, or what it works on fails or waits long.", "kind", "reason")
	outboxWaiting = describe("outbox_waiting", "Notices of which no mail has been made, and mails that have not been settled.", "stage")
	outboxOldest  = describe("outbox_oldest_age_seconds", "How long the first of them has waited.", "stage")
)

// Describe implements prometheus.Collector.
func (w work) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{reached, jobLastDone, jobHealth, outboxWaiting, outboxOldest} {
		out <- d
	}
}

// stages are what waits, by the kind of work that it waits for.
var stages = map[job.Kind]string{job.OutboxDrain: "notice", job.MailDeliver: "mail"}

// Collect implements prometheus.Collector.
func (w work) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	list, at, err := w.jobs.Figures(ctx)
	if err != nil {
		w.log.Warn("could not read the background work for the metrics", "error", err)
		gauge(reached, 0)
		return
	}
	gauge(reached, 1)
	for _, s := range list {
		kind := string(s.Kind)
		if !s.DoneAt.IsZero() {
			gauge(jobLastDone, float64(s.DoneAt.UnixMilli())/1000, kind)
		}
		for _, h := range []job.Health{job.Failing, job.Overdue, job.Troubled, job.NoServer} {
			v := 0.0
			if s.Health == h {
				v = 1
			}
			gauge(jobHealth, v, kind, string(h))
		}
		if stage := stages[s.Kind]; stage != "" {
			age := 0.0
			if !s.Things.Oldest.IsZero() {
				age = at.Sub(s.Things.Oldest).Seconds()
			}
			gauge(outboxWaiting, float64(s.Things.Waiting), stage)
			gauge(outboxOldest, age, stage)
		}
	}
}
