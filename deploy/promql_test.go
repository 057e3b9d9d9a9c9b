package deploy_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// metric is one that the program or Prometheus makes.
type metric struct {
	kind   string              // counter, gauge or histogram
	labels map[string][]string // the values that each may have; nil: any
}

// scrapeJob is the name by which Prometheus knows the product.
const scrapeJob = "yhdyspinta"

// queryReader reads a query of Prometheus as far as is needed to hold it to the metrics
// that there are: which it takes by which labels, by what it groups, whether two sides can
// meet, and that what only rises is asked for its rate. What it does not know it refuses.
type queryReader struct {
	metrics map[string]metric
	tokens  []string
	used    map[string]bool // metrics, by the names that the program registers
}

// vector is what a part of a query comes to.
type vector struct {
	labels map[string]bool // nil: a number
	ranged bool            // of a time and not of a moment
	rises  bool            // a counter
}

var lexer = regexp.MustCompile(`^(?:[A-Za-z_:][A-Za-z0-9_:]*|\$__[a-z_]+|[0-9][0-9.]*[a-z]*|"[^"\\]*"|=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}\[\],])`)

// readQuery returns the labels of what a query comes to, and the metrics that it takes.
func readQuery(metrics map[string]metric, query string) (labels, used map[string]bool, err error) {
	r := &queryReader{metrics: metrics, used: map[string]bool{}}
	for rest := strings.TrimSpace(query); rest != ""; rest = strings.TrimSpace(rest) {
		token := lexer.FindString(rest)
		if token == "" {
			return nil, nil, fmt.Errorf("cannot read %.30q", rest)
		}
		r.tokens, rest = append(r.tokens, token), rest[len(token):]
	}
	v, err := r.binary(1)
	switch {
	case err != nil:
		return nil, nil, err
	case len(r.tokens) > 0:
		return nil, nil, fmt.Errorf("%q stands after the end", r.tokens[0])
	case len(r.used) == 0:
		return nil, nil, errors.New("it asks for no metric")
	}
	return v.labels, r.used, v.plain()
}

// plain refuses what is no value of a moment.
func (v vector) plain() error {
	if v.ranged {
		return errors.New("a range stands where a value must")
	}
	if v.rises {
		return errors.New("a counter is taken as it is: use rate or increase")
	}
	return nil
}

func (r *queryReader) peek() string {
	if len(r.tokens) == 0 {
		return ""
	}
	return r.tokens[0]
}

func (r *queryReader) next() string {
	token := r.peek()
	if token != "" {
		r.tokens = r.tokens[1:]
	}
	return token
}

func (r *queryReader) expect(token string) error {
	if got := r.next(); got != token {
		return fmt.Errorf("%q stands where %q must", got, token)
	}
	return nil
}

var strength = map[string]int{"or": 1, "and": 2, "unless": 2, "==": 3, "!=": 3, ">": 3, "<": 3, ">=": 3, "<=": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": 5}

// binary reads operands with operators that bind at least as strongly as least.
func (r *queryReader) binary(least int) (vector, error) {
	left, err := r.operand()
	if err != nil {
		return left, err
	}
	for {
		op := r.peek()
		if n := strength[op]; n == 0 || n < least {
			return left, nil
		}
		r.next()
		var on []string
		if r.peek() == "on" {
			r.next()
			if on, err = r.names(); err != nil {
				return left, err
			}
		}
		right, err := r.binary(strength[op] + 1)
		if err != nil {
			return left, err
		}
		if left, err = meet(left, op, on, right); err != nil {
			return left, err
		}
	}
}

// meet puts two sides of an operator together.
func meet(left vector, op string, on []string, right vector) (vector, error) {
	if err := errors.Join(left.plain(), right.plain()); err != nil {
		return left, err
	}
	if left.labels == nil || right.labels == nil {
		if strength[op] < 3 || on != nil {
			return left, fmt.Errorf("%s needs series on both sides", op)
		}
		if left.labels == nil {
			return right, nil
		}
		return left, nil
	}
	for _, l := range on {
		if !left.labels[l] || !right.labels[l] {
			return left, fmt.Errorf("%s on %s, which one side does not have", op, l)
		}
	}
	if on == nil && op != "or" && !maps.Equal(left.labels, right.labels) {
		return left, fmt.Errorf("the sides of %s never meet: %v and %v", op, slices.Sorted(maps.Keys(left.labels)), slices.Sorted(maps.Keys(right.labels)))
	}
	if on != nil && strength[op] > 2 {
		return vector{labels: set(on)}, nil
	}
	if op == "or" { // only what both have is sure
		both := map[string]bool{}
		for l := range left.labels {
			if right.labels[l] {
				both[l] = true
			}
		}
		return vector{labels: both}, nil
	}
	return left, nil
}

func set(names []string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}

// names reads a list of labels in parentheses.
func (r *queryReader) names() ([]string, error) {
	if err := r.expect("("); err != nil {
		return nil, err
	}
	out := []string{}
	for r.peek() != ")" {
		name := r.next()
		if !isWord.MatchString(name) {
			return nil, fmt.Errorf("%q is no label", name)
		}
		out = append(out, name)
		if r.peek() == "," {
			r.next()
		}
	}
	return out, r.expect(")")
}

var (
	isWord   = regexp.MustCompile(`^[A-Za-z_:][A-Za-z0-9_:]*$`)
	isNumber = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)
	isRange  = regexp.MustCompile(`^(?:[1-9][0-9]*[smhd]|\$__rate_interval)$`)
)

func (r *queryReader) operand() (vector, error) {
	token := r.next()
	switch {
	case token == "(":
		v, err := r.binary(1)
		if err != nil {
			return v, err
		}
		return v, r.expect(")")
	case isNumber.MatchString(token):
		return vector{}, nil
	case !isWord.MatchString(token):
		return vector{}, fmt.Errorf("%q stands where a value must", token)
	case r.peek() == "(" || r.peek() == "by":
		return r.call(token)
	}
	return r.selector(token)
}

// call reads what a function or an aggregation is given.
func (r *queryReader) call(name string) (vector, error) {
	var by []string
	if r.peek() == "by" {
		if r.next(); !slices.Contains([]string{"sum", "min", "max", "avg", "count"}, name) {
			return vector{}, fmt.Errorf("%s does not group", name)
		}
		var err error
		if by, err = r.names(); err != nil {
			return vector{}, err
		}
	}
	if err := r.expect("("); err != nil {
		return vector{}, err
	}
	var args []vector
	for r.peek() != ")" {
		v, err := r.binary(1)
		if err != nil {
			return v, err
		}
		args = append(args, v)
		if r.peek() != "," {
			break
		}
		r.next()
	}
	if err := r.expect(")"); err != nil {
		return vector{}, err
	}
	return result(name, by, args)
}

// result is what a function or an aggregation comes to.
func result(name string, by []string, args []vector) (vector, error) {
	number := func(i int) bool { return args[i].labels == nil }
	switch name {
	case "time":
		if len(args) == 0 {
			return vector{}, nil
		}
	case "sum", "min", "max", "avg", "count":
		if len(args) != 1 || number(0) {
			break
		}
		for _, l := range by {
			if !args[0].labels[l] {
				return vector{}, fmt.Errorf("%s by %s, which is not there", name, l)
			}
		}
		return vector{labels: set(by)}, args[0].plain()
	case "rate", "increase", "changes":
		if len(args) != 1 || !args[0].ranged {
			return vector{}, fmt.Errorf("%s needs a range", name)
		}
		if args[0].rises != (name != "changes") {
			return vector{}, fmt.Errorf("%s is not for this kind of metric", name)
		}
		return vector{labels: args[0].labels}, nil
	case "absent":
		if len(args) == 1 && !number(0) && !args[0].ranged {
			return vector{labels: map[string]bool{"job": true}}, nil
		}
	case "topk":
		if len(args) == 2 && number(0) && !number(1) {
			return args[1], args[1].plain()
		}
	case "histogram_quantile":
		if len(args) != 2 || !number(0) || !args[1].labels["le"] {
			return vector{}, errors.New("histogram_quantile needs a number and buckets by le")
		}
		labels := maps.Clone(args[1].labels)
		delete(labels, "le")
		return vector{labels: labels}, args[1].plain()
	default:
		return vector{}, fmt.Errorf("there is no function %s", name)
	}
	return vector{}, fmt.Errorf("%s is given other things than it takes", name)
}

// find is the metric of a name in a query; those of a histogram end in what they tell.
func (r *queryReader) find(name string) (base string, labels map[string][]string, rises bool, err error) {
	if m, ok := r.metrics[name]; ok && m.kind != "histogram" {
		return name, m.labels, m.kind == "counter", nil
	}
	for _, part := range []string{"_bucket", "_count", "_sum"} {
		base, ok := strings.CutSuffix(name, part)
		if m := r.metrics[base]; ok && m.kind == "histogram" {
			labels = maps.Clone(m.labels)
			if part == "_bucket" {
				labels["le"] = nil
			}
			return base, labels, true, nil
		}
	}
	return "", nil, false, fmt.Errorf("there is no metric %s", name)
}

// selector reads a metric with its matchers and its range.
func (r *queryReader) selector(name string) (vector, error) {
	base, labels, rises, err := r.find(name)
	if err != nil {
		return vector{}, err
	}
	r.used[base] = true
	v := vector{labels: map[string]bool{"job": true, "instance": true}, rises: rises}
	for l := range labels {
		v.labels[l] = true
	}
	has := func(label string) (values []string, ok bool) {
		if label == "job" {
			return []string{scrapeJob}, true
		}
		return labels[label], v.labels[label]
	}
	ofJob := strings.HasPrefix(name, "yhdyspinta_")
	if r.peek() == "{" {
		r.next()
		for r.peek() != "}" {
			label, op, quoted := r.next(), r.next(), r.next()
			value, err := strconv.Unquote(quoted)
			if err != nil {
				return v, fmt.Errorf("%s: %s is not compared with a text", name, label)
			}
			values, ok := has(label)
			if !ok {
				return v, fmt.Errorf("%s has no label %s", name, label)
			}
			if err := matches(op, value, values); err != nil {
				return v, fmt.Errorf("%s: %s: %w", name, label, err)
			}
			ofJob = ofJob || label == "job" && op == "="
			if r.peek() == "," {
				r.next()
			}
		}
		r.next()
	}
	if !ofJob {
		return v, fmt.Errorf("%s is also of other programs: say whose", name)
	}
	if r.peek() == "[" {
		r.next()
		if d := r.next(); !isRange.MatchString(d) {
			return v, fmt.Errorf("%q is no time", d)
		}
		v.ranged = true
		return v, r.expect("]")
	}
	return v, nil
}

// matches refuses a matcher with a value, or a part of a pattern, that there never is.
// Variables of the dashboard are what is chosen there.
func matches(op, value string, values []string) error {
	var parts []string
	switch op {
	case "=", "!=":
		parts = []string{regexp.QuoteMeta(value)}
	case "=~", "!~":
		parts = strings.Split(value, "|")
	default:
		return fmt.Errorf("%q compares nothing", op)
	}
	if values == nil || op == "=~" && value == "$instance" {
		return nil
	}
	for _, part := range parts {
		p, err := regexp.Compile("^(?:" + part + ")$")
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(values, p.MatchString) {
			return fmt.Errorf("nothing is ever %s", part)
		}
	}
	return nil
}

func TestTheReaderOfQueriesRefuses(t *testing.T) {
	t.Parallel()
	metrics := map[string]metric{
		"up":                  {kind: "gauge"},
		"yhdyspinta_told":     {kind: "counter", labels: map[string][]string{"state": {"sent", "failed"}, "issuer": nil}},
		"yhdyspinta_full":     {kind: "gauge", labels: map[string][]string{"state": {"used", "idle"}}},
		"yhdyspinta_most":     {kind: "gauge"},
		"yhdyspinta_took":     {kind: "histogram", labels: map[string][]string{"operation": {"listGoals", "getGoal"}}},
		"process_begun_again": {kind: "gauge"},
	}
	for query, want := range map[string]string{
		`up{job="yhdyspinta"} == 0`: "",
		`absent(up{job="yhdyspinta"}) or (up{job="yhdyspinta"} unless on (instance) yhdyspinta_most)`:                                 "",
		`sum by (issuer) (increase(yhdyspinta_told{state=~"sent|failed",issuer="any"}[15m])) > 2`:                                     "",
		`max by (instance) (yhdyspinta_full{state="used"}) / max by (instance) (yhdyspinta_most)`:                                     "",
		`histogram_quantile(0.99, sum by (operation, le) (rate(yhdyspinta_took_bucket{operation!~"get.+"}[$__rate_interval]))) > 2.5`: "",
		`topk(10, sum by (operation) (rate(yhdyspinta_took_count{instance=~"$instance"}[5m])))`:                                       "",
		`changes(process_begun_again{job="yhdyspinta"}[30m]) > 3`:                                                                     "",
		`time() - yhdyspinta_most`: "",

		`yhdyspinta_untold > 0`:                                              "no metric yhdyspinta_untold",
		`rate(yhdyspinta_took[5m]) > 0`:                                      "no metric yhdyspinta_took",
		`yhdyspinta_full{kind="used"}`:                                       "no label kind",
		`yhdyspinta_full{state="usd"}`:                                       "nothing is ever usd",
		`yhdyspinta_full{state=~"used|gone"}`:                                "nothing is ever gone",
		`yhdyspinta_full{state="$instance"}`:                                 "nothing is ever",
		`up == 0`:                                                            "other programs",
		`up{job="other"} == 0`:                                               "nothing is ever other",
		`yhdyspinta_told > 5`:                                                "use rate or increase",
		`sum by (state) (yhdyspinta_told)`:                                   "use rate or increase",
		`rate(yhdyspinta_told) > 5`:                                          "needs a range",
		`rate(yhdyspinta_full[5m])`:                                          "not for this kind",
		`changes(yhdyspinta_told[5m])`:                                       "not for this kind",
		`yhdyspinta_full[5m]`:                                                "a range stands",
		`rate(yhdyspinta_told[5 m])`:                                         "is no time",
		`sum by (kind) (yhdyspinta_full)`:                                    "by kind, which is not there",
		`yhdyspinta_full{state="used"} / yhdyspinta_most`:                    "never meet",
		`sum by (state) (yhdyspinta_full) and on (instance) yhdyspinta_most`: "one side does not have",
		`yhdyspinta_most > 1 and 2`:                                          "series on both sides",
		`histogram_quantile(0.5, sum by (operation) (rate(yhdyspinta_took_bucket[5m])))`: "buckets by le",
		`sum(yhdyspinta_most`:   `where ")" must`,
		`yhdyspinta_most)`:      "after the end",
		`summ(yhdyspinta_most)`: "no function summ",
		`1 > 0`:                 "no metric",
		`yhdyspinta_most ? 1`:   "cannot read",
		``:                      "where a value must",
	} {
		_, _, err := readQuery(metrics, query)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", query, err, want)
		}
	}
	// The stronger operator goes first, and what comes out has the labels of the left side.
	labels, used, err := readQuery(metrics, `sum by (state) (yhdyspinta_full) / 2 > 1 and on (state) sum by (state, instance) (rate(yhdyspinta_told[5m]))`)
	if err != nil || !maps.Equal(labels, set([]string{"state"})) || !maps.Equal(used, set([]string{"yhdyspinta_full", "yhdyspinta_told"})) {
		t.Error(labels, used, err)
	}
}
