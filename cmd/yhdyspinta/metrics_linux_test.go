package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The product as a process tells its metrics on an address of their own, in the
// format of Prometheus, and the public address does not have them. No label grows with
// what people ask for, and nothing names a person or a secret.
func TestMetrics(t *testing.T) {
	t.Parallel()
	dataDir, address, private := enterableFolder(t), freeAddress(t), freeAddress(t)
	var traces logged
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(&traces, r.Body) }))
	defer collector.Close()
	startProductIn(t, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL, "OTEL_BSP_SCHEDULE_DELAY=100"},
		"demo", "--listen", address, "--metrics-listen", private, "--data-dir", dataDir, "--data", "demodata/testdata/small.yaml")
	get := func(url string) (int, string) {
		t.Helper()
		res, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	for _, path := range []string{"/api/v1/parties", "/api/v1/goals?q=Salainen", "/api/v1/goals/00000000-0000-0000-0000-000000000000", "/api/v1/me/work", "/fi/goals/31", "/fi/anything", "/api/v1/anything", "/auth/nobody/login"} {
		get("http://" + address + path)
	}
	foreign, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+address+"/api/v1/goals", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	if res, err := http.DefaultClient.Do(foreign); err != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a request of another site: %v %v", res, err)
	} else {
		res.Body.Close()
	}
	if _, page := get("http://" + address + "/metrics"); strings.Contains(page, "yhdyspinta_") {
		t.Error("the public address tells the metrics")
	}
	if status, _ := get("http://" + private + "/api/v1/parties"); status != http.StatusNotFound {
		t.Errorf("the metrics' address answers other things: %d", status)
	}
	var text string
	within(t, 30*time.Second, "every job on a schedule has run", func() bool {
		_, text = get("http://" + private + "/metrics")
		return strings.Count(text, "\nyhdyspinta_job_last_success_timestamp_seconds{") >= 4
	})
	for _, line := range []string{
		`yhdyspinta_http_requests_total{operation="listParties",status="2xx"} 1`,
		`yhdyspinta_http_requests_total{operation="getGoal",status="4xx"} 1`,
		`yhdyspinta_http_requests_total{operation="getMyWork",status="4xx"} 1`,
		`yhdyspinta_http_requests_total{operation="site",status=`, `yhdyspinta_http_refusals_total{code="401",operation="getMyWork"} 1`,
		`yhdyspinta_http_requests_total{operation="other",status="4xx"} 1`,
		`yhdyspinta_cross_site_refusals_total{reason="cross_site"} 1`, `yhdyspinta_cross_site_refusals_total{reason="same_site"} 0`, `yhdyspinta_cross_site_refusals_total{reason="origin"} 0`,
		`yhdyspinta_http_requests_total{operation="sign_in",status="4xx"} 1`,
		`yhdyspinta_http_request_duration_seconds_bucket{operation="listParties",le="0.005"}`,
		`yhdyspinta_db_connections{state="used"}`, `yhdyspinta_db_connections_max`, `yhdyspinta_db_up 1`,
		`yhdyspinta_sign_ins_total{issuer="espoo",result="ok"} 0`, `yhdyspinta_sign_ins_total{issuer="luvn",result="ok"} 0`,
		`yhdyspinta_job_runs_total{kind="outbox_drain",outcome="done"}`, `yhdyspinta_job_runs_total{kind="mail_deliver",outcome="failed"} 0`,
		`yhdyspinta_job_last_success_timestamp_seconds{kind="mail_sweep"}`, `yhdyspinta_job_unhealthy{kind="outbox_drain",reason="failing"} 0`,
		`yhdyspinta_outbox_waiting{stage="notice"} 0`, `yhdyspinta_outbox_waiting{stage="mail"} 0`, `yhdyspinta_outbox_oldest_age_seconds{stage="mail"} 0`,
		`yhdyspinta_mails_total{state="sent"} 0`, `yhdyspinta_mails_total{state="failed"} 0`, `go_goroutines`, `process_start_time_seconds`,
	} {
		if !strings.Contains(text, "\n"+line) {
			t.Errorf("the metrics do not have %s", line)
		}
	}
	// The same requests and the work are traces where a collector is named.
	for _, span := range []string{"GET /api/v1/parties", "GET /api/v1/goals/:id", "select party", "job outbox_drain"} {
		within(t, 20*time.Second, "the collector has "+span, func() bool { return strings.Contains(traces.String(), span) })
	}
	for _, told := range []string{"Salainen", "/fi/anything", "00000000-0000-0000"} {
		if strings.Contains(traces.String(), told) {
			t.Errorf("a trace tells %s", told)
		}
	}
	for _, line := range regexp.MustCompile(`(?m)^yhdyspinta_.*$`).FindAllString(text, -1) {
		for _, told := range []string{"Salainen", "anything", "31", "@", "://", "/", "00000000"} {
			labels, _, _ := strings.Cut(line, "} ")
			if strings.Contains(labels, told) && strings.Contains(labels, "{") {
				t.Errorf("a label tells what somebody asked for: %s", line)
			}
		}
	}
}
