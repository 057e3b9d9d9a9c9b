package deploy_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"yhdyspinta/api"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
)

// registered are the metrics that the program registers, taken from its source, those of
// Go and of the process, which the library makes, and what Prometheus says of a scrape.
func registered(t *testing.T) map[string]metric {
	t.Helper()
	out := map[string]metric{"up": {kind: "gauge"}}
	library := prometheus.NewRegistry()
	library.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	families, err := library.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		out[f.GetName()] = metric{kind: strings.ToLower(f.GetType().String())}
	}
	files, err := filepath.Glob("../cmd/metrics/*.go")
	if err != nil {
		t.Fatal(err)
	}
	own := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, m := range metricsOf(t, parsed) {
			labels := map[string][]string{}
			for label := range m.labels {
				labels[label] = valuesOf(t, name, label)
			}
			out["yhdyspinta_"+name] = metric{kind: m.kind, labels: labels}
			own++
		}
	}
	if own < 16 || out["go_goroutines"].kind != "gauge" || out["yhdyspinta_http_request_duration_seconds"].kind != "histogram" ||
		out["yhdyspinta_db_connection_waits_total"].kind != "counter" || out["yhdyspinta_outbox_waiting"].labels["stage"] == nil {
		t.Fatalf("only %v", out)
	}
	return out
}

// metricsOf are the metrics that a file of the program makes, without the namespace. It
// knows the ways in which they are made there, and fails the test where it meets another.
func metricsOf(t *testing.T, file *ast.File) map[string]metric {
	t.Helper()
	out, names := map[string]metric{}, map[string]string{} // by variable
	add := func(name, kind string, labels []ast.Expr) {
		m := metric{kind: kind, labels: map[string][]string{}}
		for _, l := range labels {
			m.labels[literal(l)] = nil
		}
		if _, unread := m.labels[""]; unread || name == "" || out[name].kind != "" {
			t.Fatalf("a metric that cannot be read, or is there twice: %q", name)
		}
		out[name] = m
	}
	kinds := map[string]string{} // by variable
	ast.Inspect(file, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncDecl); ok && (f.Name.Name == "counter" || f.Name.Name == "describe") {
			return false // what they make is seen where they are called
		}
		if v, ok := n.(*ast.ValueSpec); ok {
			for i, value := range v.Values {
				if call, ok := value.(*ast.CallExpr); ok && called(call) == "describe" {
					names[v.Names[i].Name] = literal(call.Args[0])
				}
			}
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := called(call); f {
		case "counter":
			add(literal(call.Args[0]), "counter", call.Args[2:])
		case "describe":
			add(literal(call.Args[0]), "described", call.Args[2:])
		case "prometheus.NewHistogramVec":
			add(field(call.Args[0], "Name"), "histogram", call.Args[1].(*ast.CompositeLit).Elts)
		case "gauge":
			kinds[call.Args[0].(*ast.Ident).Name] = "gauge"
		case "prometheus.MustNewConstMetric":
			kinds[call.Args[0].(*ast.Ident).Name] = map[string]string{"GaugeValue": "gauge", "CounterValue": "counter"}[call.Args[1].(*ast.SelectorExpr).Sel.Name]
		case "prometheus.NewRegistry":
		default:
			if strings.HasPrefix(f, "prometheus.New") || strings.HasPrefix(f, "promauto.") {
				t.Fatalf("the test does not know %s", f)
			}
		}
		return true
	})
	for variable, name := range names {
		if kinds[variable] == "" {
			t.Fatalf("nothing is ever told as %s", name)
		}
		out[name] = metric{kind: kinds[variable], labels: out[name].labels}
	}
	for name, m := range out {
		if m.kind == "described" {
			t.Fatalf("%s has no variable", name)
		}
	}
	return out
}

// called names what is called: a function, or one of a package.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if pkg, ok := f.X.(*ast.Ident); ok {
			return pkg.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// literal is a text as it stands; "" if it does not.
func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, err := strconv.Unquote(l.Value)
		if err == nil {
			return s
		}
	}
	return ""
}

func field(e ast.Expr, name string) string {
	c, ok := e.(*ast.CompositeLit)
	if !ok {
		return ""
	}
	for _, elt := range c.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == name {
				return literal(kv.Value)
			}
		}
	}
	return ""
}

func texts[T ~string](list ...T) (out []string) {
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// valuesOf are the values that a label may have; nil: any.
func valuesOf(t *testing.T, name, label string) (out []string) {
	t.Helper()
	switch label {
	case "operation":
		for _, m := range regexp.MustCompile(`(?m)^ +operationId: (\w+)$`).FindAllStringSubmatch(read(t, "../api/openapi.yaml"), -1) {
			out = append(out, m[1])
		}
		return append(out, written(t, "../api/observe.go", "site", "sign_in", "other")...)
	case "status":
		return []string{"1xx", "2xx", "3xx", "4xx", "5xx"}
	case "code":
		return []string{"401", "403", "429"}
	case "issuer":
		return nil // as the operator configures them
	case "result":
		for _, m := range regexp.MustCompile(`(?m)^\tcode(?:SignIn|Provider)\w+ += "(\w+)"`).FindAllStringSubmatch(read(t, "../api/signin.go"), -1) {
			out = append(out, m[1])
		}
		if len(out) < 5 {
			t.Fatalf("only %v", out)
		}
		return append(out, written(t, "../api/signin.go", "ok")...)
	case "kind":
		for _, w := range job.Works {
			out = append(out, string(w.Kind))
		}
		return out
	case "outcome":
		return texts(job.Done, job.Failed)
	case "cause":
		return texts(job.CauseTimeout, job.CauseStopped, job.CauseDatabase, job.CausePanic, job.CauseOther)
	case "reason":
		if name == "cross_site_refusals_total" {
			return api.ForeignBy
		}
		return texts(job.Failing, job.Overdue, job.Troubled, job.NoServer)
	case "stage":
		return written(t, "../cmd/metrics/metrics.go", "notice", "mail")
	case "state":
		if name == "mails_total" {
			return texts(mail.States[2:]...) // the final ones
		}
		return written(t, "../cmd/metrics/metrics.go", "used", "idle")
	}
	t.Fatalf("the test does not know the values of %s of %s", label, name)
	return nil
}

// written are texts that a file of the program has; the test fails for one that it has not.
func written(t *testing.T, file string, values ...string) []string {
	t.Helper()
	source := read(t, file)
	for _, v := range values {
		if !strings.Contains(source, strconv.Quote(v)) {
			t.Errorf("%s does not have %q", file, v)
		}
	}
	return values
}

// anchors are the headings of the README as links name them.
func anchors(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(read(t, "README.md"), -1) {
		out[strings.ReplaceAll(regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return out
}

// aboutLabels are the labels that a text of an alert or a legend names.
func aboutLabels(t *testing.T, where, text string, pattern *regexp.Regexp, labels map[string]bool) {
	t.Helper()
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		if !labels[m[1]] {
			t.Errorf("%s names the label %s; it has %v", where, m[1], slices.Sorted(maps.Keys(labels)))
		}
	}
}

var (
	alertLabel  = regexp.MustCompile(`\$labels\.(\w+)`)
	legendLabel = regexp.MustCompile(`\{\{ *(\w+) *\}\}`)
)

// alerts are the rules by name.
func alerts(t *testing.T) map[string]object {
	t.Helper()
	out := map[string]object{}
	groups, _ := documents(t, "prometheus/alerts.yml")[0]["groups"].([]any)
	for _, g := range groups {
		rules, _ := at(g, "rules").([]any)
		if at(g, "name") == nil || len(rules) == 0 {
			t.Errorf("a group without a name or rules: %v", at(g, "name"))
		}
		for _, rule := range rules {
			r, _ := rule.(object)
			name, _ := r["alert"].(string)
			if !regexp.MustCompile(`^Yhdyspinta[A-Z][A-Za-z]+$`).MatchString(name) || out[name] != nil {
				t.Errorf("an alert has the name %q, or two have", name)
			}
			out[name] = r
		}
	}
	if len(out) < 15 {
		t.Fatalf("only %v", slices.Sorted(maps.Keys(out)))
	}
	return out
}

// Each alert asks only for what there is, waits before it calls, and tells who is called
// what it is and what to do, with a place to read on.
func TestAlerts(t *testing.T) {
	t.Parallel()
	metrics, places := registered(t), anchors(t)
	for name, r := range alerts(t) {
		if got, want := slices.Sorted(maps.Keys(r)), []string{"alert", "annotations", "expr", "for", "labels"}; !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", name, got, want)
		}
		expr, _ := r["expr"].(string)
		labels, _, err := readQuery(metrics, expr)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d, err := time.ParseDuration(fmt.Sprint(r["for"])); err != nil || d < time.Minute {
			t.Errorf("%s waits for %v", name, r["for"])
		}
		if s := fmt.Sprint(at(r, "labels.severity")); !slices.Contains([]string{"critical", "warning", "info"}, s) {
			t.Errorf("%s has the severity %s", name, s)
		}
		notes, _ := r["annotations"].(object)
		if got, want := slices.Sorted(maps.Keys(notes)), []string{"description", "runbook", "summary"}; !slices.Equal(got, want) {
			t.Errorf("%s is annotated with %v, want %v", name, got, want)
		}
		for key, note := range notes {
			text, _ := note.(string)
			where := name + " " + key
			aboutLabels(t, where, text, alertLabel, labels)
			same := func(v any) any { return v }
			_, err := template.New("").Funcs(template.FuncMap{"humanize": same, "humanizePercentage": same, "humanizeDuration": same}).
				Parse("{{ $labels := . }}{{ $value := . }}" + text)
			if err != nil {
				t.Errorf("%s: %v", where, err)
			}
			switch {
			case key == "summary" && (len(text) < 20 || len(text) > 120 || strings.HasSuffix(text, ".")),
				key == "description" && (len(text) < 120 || !strings.HasSuffix(text, ".")),
				strings.ContainsAny(text, "!\n"):
				t.Errorf("%s: %q", where, text)
			}
			if place, ok := strings.CutPrefix(text, "deploy/README.md#"); key == "runbook" && (!ok || !places[place]) {
				t.Errorf("%s leads to %s, which is not there", name, text)
			}
		}
	}
	// What is on a schedule must have succeeded once; the rest need not have run.
	var scheduled []string
	for _, w := range job.Works {
		if w.Every > 0 {
			scheduled = append(scheduled, string(w.Kind))
		}
	}
	if expr := fmt.Sprint(alerts(t)["YhdyspintaWorkNeverSucceeded"]["expr"]); !strings.Contains(expr, `kind=~"`+strings.Join(scheduled, "|")+`"`) {
		t.Errorf("on a schedule are %v, the alert has %s", scheduled, expr)
	}
	// What the README counts up is what there is.
	told := map[string]bool{}
	for _, name := range regexp.MustCompile("`(Yhdyspinta[A-Z][A-Za-z]+)`").FindAllStringSubmatch(read(t, "README.md"), -1) {
		told[name[1]] = true
	}
	if got, want := slices.Sorted(maps.Keys(told)), slices.Sorted(maps.Keys(alerts(t))); !slices.Equal(got, want) {
		t.Errorf("the README tells of the alerts %v, there are %v", got, want)
	}
}

// Prometheus reads the address that the configuration for systemd and Kubernetes sets,
// under the name that alerts and dashboard ask for.
func TestScrape(t *testing.T) {
	t.Parallel()
	d := documents(t, "prometheus/prometheus.yml")[0]
	scrape := at(d, "scrape_configs.0")
	listen := regexp.MustCompile(`(?m)^YHDYSPINTA_METRICS_LISTEN=(.+)$`).FindStringSubmatch(read(t, "yhdyspinta.env"))
	if at(scrape, "job_name") != scrapeJob || at(scrape, "metrics_path") != "/metrics" || listen == nil || at(scrape, "static_configs.0.targets.0") != listen[1] {
		t.Errorf("%v, the instance listens on %v", scrape, listen)
	}
	rules, _ := d["rule_files"].([]any)
	if len(rules) == 0 {
		t.Error("nothing is judged")
	}
	for _, file := range rules {
		read(t, filepath.Join("prometheus", fmt.Sprint(file)))
	}
	every, err := time.ParseDuration(fmt.Sprint(at(d, "global.scrape_interval")))
	if err != nil || every > time.Minute {
		t.Errorf("read every %v: rates of five minutes need more", at(d, "global.scrape_interval"))
	}
	if limit, err := time.ParseDuration(fmt.Sprint(at(scrape, "scrape_timeout"))); err != nil || limit > every || limit <= 10*time.Second {
		t.Errorf("given up after %v: the product answers within ten seconds", at(scrape, "scrape_timeout"))
	}
	// What the comment says for Kubernetes fits the manifests.
	pods := ""
	for _, d := range documents(t, "kubernetes/deployment.yaml") {
		if d["kind"] == "Deployment" {
			pods = fmt.Sprint(at(d, "spec.template.metadata.labels"), at(d, "spec.template.spec.containers.0.ports"))
		}
	}
	if !strings.Contains(pods, "app.kubernetes.io/name:yhdyspinta") || !strings.Contains(pods, "name:metrics") || !strings.Contains(read(t, "prometheus/prometheus.yml"), "regex: yhdyspinta;metrics") {
		t.Errorf("Prometheus would not find %s", pods)
	}
}

// units are those of Grafana that the dashboard uses.
var units = []string{"none", "reqps", "cps", "cpm", "s", "bytes", "percentunit", "dateTimeFromNow"}

// The dashboard asks only for what there is and shows all that the program tells; its
// panels lie side by side without gaps.
func TestDashboard(t *testing.T) {
	t.Parallel()
	metrics := registered(t)
	var d object
	if err := json.Unmarshal([]byte(read(t, "grafana/yhdyspinta.json")), &d); err != nil {
		t.Fatal(err)
	}
	const source = "${datasource}"
	if at(d, "uid") != "yhdyspinta" || at(d, "title") != "Yhdyspinta" || d["id"] != nil ||
		at(d, "templating.list.0.name") != "datasource" || at(d, "templating.list.0.type") != "datasource" || at(d, "templating.list.0.query") != "prometheus" ||
		at(d, "templating.list.1.name") != "instance" || at(d, "templating.list.1.multi") != true || at(d, "templating.list.1.includeAll") != true || at(d, "templating.list.1.datasource.uid") != source {
		t.Errorf("%v %v", d["title"], d["templating"])
	}
	instances := regexp.MustCompile(`^label_values\((.+), instance\)$`).FindStringSubmatch(fmt.Sprint(at(d, "templating.list.1.query.query")))
	if instances == nil {
		t.Fatal("no instances to choose from")
	}
	if labels, _, err := readQuery(metrics, instances[1]); err != nil || !labels["instance"] {
		t.Errorf("instances: %v", err)
	}
	panels, _ := d["panels"].([]any)
	ids, titles, shown, cells := map[any]bool{}, map[any]bool{}, map[string]bool{}, map[[2]int]any{}
	rows := 0
	for _, p := range panels {
		title := at(p, "title")
		if id, ok := at(p, "id").(float64); !ok || id < 1 || ids[id] || title == nil || titles[title] {
			t.Errorf("%v: id or title is missing, or there twice", title)
		}
		ids[at(p, "id")], titles[title] = true, true
		place := map[string]int{}
		for _, side := range []string{"x", "y", "w", "h"} {
			n, ok := at(p, "gridPos."+side).(float64)
			if place[side] = int(n); !ok || n != float64(place[side]) || n < 0 {
				t.Fatalf("%v: %s is %v", title, side, n)
			}
		}
		rows = max(rows, place["y"]+place["h"])
		for x := place["x"]; x < place["x"]+place["w"]; x++ {
			for y := place["y"]; y < place["y"]+place["h"]; y++ {
				if other := cells[[2]int{x, y}]; other != nil || x >= 24 {
					t.Fatalf("%v lies on %v, or beside the grid", title, other)
				}
				cells[[2]int{x, y}] = title
			}
		}
		if at(p, "type") != "row" {
			asks(t, metrics, p, source, shown)
		}
	}
	if len(panels) < 20 || len(cells) != rows*24 {
		t.Errorf("%d panels leave gaps: %d of %d cells", len(panels), len(cells), rows*24)
	}
	for name := range metrics {
		if strings.HasPrefix(name, "yhdyspinta_") && !shown[name] {
			t.Errorf("no panel shows %s", name)
		}
	}
}

// asks looks at what a panel asks for and how it shows it, and notes the metrics.
func asks(t *testing.T, metrics map[string]metric, panel any, source string, shown map[string]bool) {
	t.Helper()
	title := fmt.Sprint(at(panel, "title"))
	if !slices.Contains([]string{"stat", "timeseries", "state-timeline"}, fmt.Sprint(at(panel, "type"))) || at(panel, "datasource.uid") != source {
		t.Errorf("%s is a %v of %v", title, at(panel, "type"), at(panel, "datasource"))
	}
	if text, _ := at(panel, "description").(string); len(text) < 20 || !strings.HasSuffix(text, ".") || strings.Contains(text, "!") {
		t.Errorf("%s is described as %q", title, text)
	}
	if unit := fmt.Sprint(at(panel, "fieldConfig.defaults.unit")); !slices.Contains(units, unit) {
		t.Errorf("%s has the unit %s", title, unit)
	}
	targets, _ := at(panel, "targets").([]any)
	if len(targets) == 0 {
		t.Errorf("%s asks for nothing", title)
	}
	refs := map[any]bool{}
	for _, target := range targets {
		ref := at(target, "refId")
		if ref == nil || refs[ref] || at(target, "datasource.uid") != source {
			t.Errorf("%s: %v of %v is there twice or asks elsewhere", title, ref, at(target, "datasource"))
		}
		refs[ref] = true
		expr, _ := at(target, "expr").(string)
		labels, used, err := readQuery(metrics, expr)
		if err != nil {
			t.Errorf("%s: %v in %s", title, err, expr)
			continue
		}
		maps.Copy(shown, used)
		if n := strings.Count(expr, "yhdyspinta_") + strings.Count(expr, `job="yhdyspinta"`); strings.Count(expr, `instance=~"$instance"`) != n {
			t.Errorf("%s is not of the chosen instances: %s", title, expr)
		}
		aboutLabels(t, title, fmt.Sprint(at(target, "legendFormat")), legendLabel, labels)
	}
}
