package demodata

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"yhdyspinta/domain"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	Line    int    // in the file, from 1; 0 if it concerns the file as a whole
	Path    string // for example actions.act_x.responsibilities[0].post
	Message string
}

func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return p.Message
	case p.Path == "":
		return fmt.Sprintf("line %d: %s", p.Line, p.Message)
	}
	return fmt.Sprintf("line %d: %s: %s", p.Line, p.Path, p.Message)
}

// Problems is the error of Parse: everything that is wrong, in the order of
// the file.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Limits of what a file may hold.
const (
	maxFile = 10 << 20 // bytes
	maxLine = 300      // characters of a title, name or other single line
	maxText = 5000     // characters of a longer text
)

// reader walks a file and collects what is wrong with it.
type reader struct {
	problems Problems
	lines    map[string]int            // line of each path that was read
	names    map[string]map[string]int // kind -> key -> line
	refs     []reference
}

// reference is a mention of a thing by its key, checked when all is read.
type reference struct {
	kind, key string
	at        at
}

// load reads the document; ok is false if there is nothing to walk.
func (r *reader) load(in io.Reader) (at, bool) {
	whole := at{reader: r}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		r.problems = append(r.problems, Problem{Message: "cannot be read: " + err.Error()})
		return whole, false
	}
	if len(data) > maxFile {
		r.problems = append(r.problems, Problem{Message: "the file is larger than 10 MiB"})
		return whole, false
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		message := strings.TrimPrefix(err.Error(), "yaml: ")
		if errors.Is(err, io.EOF) {
			message = "the file is empty"
		}
		r.problems = append(r.problems, syntaxProblem(message))
		return whole, false
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		r.problems = append(r.problems, Problem{Message: "a file holds one document only"})
		return whole, false
	}
	whole.node = doc.Content[0]
	return whole, true
}

var syntaxLine = regexp.MustCompile(`^line (\d+): `)

// syntaxProblem takes the line out of a message of the YAML module.
func syntaxProblem(message string) Problem {
	if m := syntaxLine.FindStringSubmatch(message); m != nil {
		line, _ := strconv.Atoi(m[1]) // digits, by the expression
		return Problem{Line: line, Message: message[len(m[0]):]}
	}
	return Problem{Message: message}
}

// failAt reports a problem at a path that was read, or at the nearest one
// above it.
func (r *reader) failAt(path, format string, args ...any) {
	line, p := 0, path
	for line == 0 && p != "" {
		line = r.lines[p]
		p = p[:max(strings.LastIndexAny(p, ".["), 0)]
	}
	r.problems = append(r.problems, Problem{Line: max(line, 1), Path: path, Message: fmt.Sprintf(format, args...)})
}

// define registers the key of a thing; keys are unique among things of a kind
// wherever in the file they stand.
func (r *reader) define(kind, key string, a at) {
	if first, dup := r.names[kind][key]; dup {
		a.fail("there is another %s named %q on line %d", kind, key, first)
		return
	}
	if r.names[kind] == nil {
		r.names[kind] = map[string]int{}
	}
	r.names[kind][key] = a.line
}

// resolve checks all references.
func (r *reader) resolve() {
	for _, ref := range r.refs {
		if _, ok := r.names[ref.kind][ref.key]; !ok {
			ref.at.fail("no %s named %q", ref.kind, ref.key)
		}
	}
}

// result is nil, or all problems in the order of the file.
func (r *reader) result() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Path, b.Path))
	})
	return r.problems
}

// at is a value at a place of the file. A value that is missing has no node;
// reading it gives the zero value and no further problem.
type at struct {
	*reader
	node *yaml.Node
	path string
	line int // of the key, where the value has one
}

func (a at) present() bool { return a.node != nil }

func (a at) fail(format string, args ...any) {
	a.problems = append(a.problems, Problem{Line: a.line, Path: a.path, Message: fmt.Sprintf(format, args...)})
}

// child is the value n under a, and is remembered for failAt.
func (a at) child(n *yaml.Node, path string, line int) at {
	a.lines[path] = line
	return at{a.reader, n, path, line}
}

// is reports whether the node is of a kind, and a problem if it is another.
func (a at) is(kind yaml.Kind, what string) bool {
	if a.node == nil {
		return false
	}
	if a.node.Kind == yaml.AliasNode {
		a.fail("anchors and aliases are not used here")
		return false
	}
	if a.node.Kind != kind {
		a.fail("must be %s", what)
		return false
	}
	return true
}

// scalar returns the value if it is one of the tag, for example !!str.
func (a at) scalar(tag, what string) (string, bool) {
	if !a.is(yaml.ScalarNode, what) {
		return "", false
	}
	if a.node.ShortTag() != tag {
		a.fail("must be %s", what)
		return "", false
	}
	return a.node.Value, true
}

// words is a text of at most limit characters that is not empty.
func (a at) words(limit int) string {
	s, ok := a.scalar("!!str", "a text")
	if !ok {
		return ""
	}
	s = strings.TrimSpace(s)
	if s == "" {
		a.fail("must not be empty")
	}
	if n := utf8.RuneCountInString(s); n > limit {
		a.fail("is %d characters long, the limit is %d", n, limit)
	}
	return s
}

// str is a short text that is not empty.
func (a at) str() string { return a.words(maxLine) }

// address is a link to a document.
func (a at) address() string {
	s := a.words(2000)
	if u, err := url.Parse(s); s != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil) {
		a.fail("must be an address that begins with https://")
	}
	return s
}

// enum is one of the given words.
func (a at) enum(allowed ...string) string {
	s, ok := a.scalar("!!str", "a text")
	if ok && !slices.Contains(allowed, s) {
		a.fail("%q is not one of %s", s, strings.Join(allowed, ", "))
		return ""
	}
	return s
}

// number is a whole number from low to high.
func (a at) number(low, high int) int {
	s, ok := a.scalar("!!int", "a whole number")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		a.fail("must be a whole number from %d to %d", low, high)
		return 0
	}
	return n
}

func (a at) boolean() bool {
	s, _ := a.scalar("!!bool", "true or false")
	return s == "true"
}

func (a at) date() domain.Date {
	if !a.is(yaml.ScalarNode, "a date such as 2026-11-23") {
		return domain.Date{}
	}
	d, err := domain.ParseDate(a.node.Value)
	if err != nil {
		a.fail("%q is not a date such as 2026-11-23", a.node.Value)
	}
	return d
}

const (
	momentLayout = "2006-01-02T15:04"
	timeLayout   = "15:04"
)

// moment is a wall-clock time in Helsinki.
func (a at) moment() time.Time {
	if !a.is(yaml.ScalarNode, "a time such as 2026-12-08T13:00") {
		return time.Time{}
	}
	t, err := time.ParseInLocation(momentLayout, a.node.Value, domain.Helsinki)
	// An hour that the change to summer time skips comes out as another one.
	if err != nil || t.Format(momentLayout) != a.node.Value {
		a.fail("%q is not a time such as 2026-12-08T13:00", a.node.Value)
		return time.Time{}
	}
	return t
}

// timeOn is the time of day a on a date, or the given one if a is missing.
func (a at) timeOn(d domain.Date, otherwise string) time.Time {
	clock := otherwise
	if a.present() {
		clock, _ = a.scalar("!!str", `a time such as "14:20"`)
	}
	t, err := time.ParseInLocation(momentLayout, d.String()+"T"+clock, domain.Helsinki)
	if err != nil || t.Format(timeLayout) != clock {
		if !d.IsZero() && clock != "" {
			a.fail("%q is not a time such as \"14:20\"", clock)
		}
		return time.Time{}
	}
	return t
}

// text is a text in Finnish and perhaps the other languages; with all it must
// have every language.
func (a at) text(all bool, limit int) domain.Text {
	o := a.object()
	var t domain.Text
	others := o.opt
	if all {
		others = o.need
	}
	t.FI = o.need(string(domain.Finnish)).words(limit)
	t.SV = others(string(domain.Swedish)).words(limit)
	t.EN = others(string(domain.English)).words(limit)
	o.close()
	return t
}

// title is a short text in every language.
func (a at) title() domain.Text { return a.text(true, maxLine) }

// prose is a longer text that may lack translations.
func (a at) prose() domain.Text { return a.text(false, maxText) }

// reason is a short text that may lack translations; a mere line is Finnish.
func (a at) reason() domain.Text {
	if a.node != nil && a.node.Kind == yaml.ScalarNode {
		return domain.Text{FI: a.str()}
	}
	return a.text(false, maxLine)
}

// ref is the key of a thing of a kind that must be in the file.
func (a at) ref(kind string) string {
	s, ok := a.scalar("!!str", "the key of a "+kind)
	if ok {
		a.refs = append(a.refs, reference{kind, s, a})
	}
	return s
}

// list is the values of a sequence.
func (a at) list() []at {
	if !a.is(yaml.SequenceNode, "a list") {
		return nil
	}
	out := make([]at, len(a.node.Content))
	for i, n := range a.node.Content {
		out[i] = a.child(n, fmt.Sprintf("%s[%d]", a.path, i), n.Line)
	}
	return out
}

// refList is a list of keys, each once.
func (a at) refList(kind string) []string {
	var out []string
	for _, e := range a.list() {
		key := e.ref(kind)
		if key != "" && slices.Contains(out, key) {
			e.fail("%q stands here twice", key)
			continue
		}
		out = append(out, key)
	}
	return out
}

// entry is a value under its key.
type entry struct {
	key string
	at
}

// entries is the content of a mapping, in order.
func (a at) entries() []entry {
	if !a.is(yaml.MappingNode, "a mapping") {
		return nil
	}
	var out []entry
	first := map[string]int{}
	for i := 0; i+1 < len(a.node.Content); i += 2 {
		k, v := a.node.Content[i], a.node.Content[i+1]
		path := k.Value
		if a.path != "" {
			path = a.path + "." + k.Value
		}
		c := a.child(v, path, k.Line)
		if line, dup := first[k.Value]; dup {
			c.fail("stands here twice, first on line %d", line)
			continue
		}
		first[k.Value] = k.Line
		out = append(out, entry{k.Value, c})
	}
	return out
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,99}$`)

// things is the content of a mapping from stable keys to things of a kind.
func (a at) things(kind string) []entry {
	es := a.entries()
	for _, e := range es {
		if !keyForm.MatchString(e.key) {
			e.fail("a key is small letters, digits and underscores")
		}
		a.define(kind, e.key, e.at)
	}
	return es
}

// object is a mapping with known keys.
type object struct {
	at
	fields map[string]at
	asked  map[string]bool
}

func (a at) object() *object {
	o := &object{a, map[string]at{}, map[string]bool{}}
	for _, e := range a.entries() {
		o.fields[e.key] = e.at
	}
	return o
}

// opt is the value under a key, which may be missing.
func (o *object) opt(key string) at {
	o.asked[key] = true
	if v, ok := o.fields[key]; ok {
		return v
	}
	return at{reader: o.reader, path: o.path + "." + key, line: o.line}
}

// need is the value under a key that must be there.
func (o *object) need(key string) at {
	v := o.opt(key)
	if !v.present() && o.present() && o.node.Kind == yaml.MappingNode {
		o.fail("%s is missing", key)
	}
	return v
}

// close reports the keys that nobody asked for.
func (o *object) close() {
	for key, v := range o.fields {
		if !o.asked[key] {
			v.fail("unknown key")
		}
	}
}
