package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
)

// unasked are operations that the test does not call, with the reason.
var unasked = map[string]string{
	"watchMeeting":            "a stream without an end: api/desk_test.go",
	"compareRounds":           "compares what was frozen of rounds that have ended, as it was published: api/rounds_test.go",
	"exportCompareRoundsCSV":  "the same as a file",
	"exportCompareRoundsXLSX": "the same as a file",
	"getPrivateCalendar":      "its address is a secret of its own: api/calendars_test.go",
	"getPaperPDF":             "needs Chromium, and is the document that getPaperContent answers: api/papers_test.go",
}

// tableOfPath is the table of the things that a path begins with.
var tableOfPath = map[string]string{
	"actions": "action", "agenda-items": "agenda_item", "api-tokens": "api_token", "attachments": "attachment", "chains": "chain", "decision-feeds": "decision_feed", "districts": "district",
	"drafts": "draft", "forums": "forum", "goals": "goal", "grants": "role_grant", "handovers": "handover", "legal-bases": "legal_basis", "mails": "mail",
	"meetings": "meeting", "parties": "party", "phases": "phase", "plans": "plan", "posts": "post", "referrals": "referral", "reporting-rounds": "reporting_round",
	"reservations": "reservation", "responsibilities": "responsibility", "saved-views": "saved_view", "tags": "tag", "target-groups": "target_group", "tasks": "action_task",
	"themes": "theme", "topics": "forum_topic", "units": "unit",
}

// tableOfParameter is the table of what a filter names.
var tableOfParameter = map[string]string{
	"goalId": "goal", "sharedGoalId": "goal", "chainId": "chain", "stageId": "stage", "handoverId": "handover", "planId": "plan", "forumId": "forum",
	"fromForumId": "forum", "toForumId": "forum", "outcomeId": "outcome", "meetingId": "meeting", "personId": "person",
}

// frozen are operations that answer with the bytes that were published then: what
// they name stays named in them when it becomes internal later, as this test makes
// it (docs/adr/0035 and 0043).
var frozen = map[string]bool{"getRoundSnapshot": true, "getRoundSnapshotJSON": true, "getRoundSnapshotCSV": true, "getPaper": true, "getPaperContent": true, "getPaperDocument": true}

// crawl asks everything that can be read of a server.
type crawl struct {
	e      *apitest.Env
	ops    []*huma.Operation
	schema huma.Registry
	ids    map[string][]string // by table
	hidden hidden
	costly chan struct{} // the server makes four files, and four comparisons, at once
}

// question is one address, and whether its list has to be empty for whoever may
// not see what its filter names.
type question struct {
	op      *huma.Operation
	path    string
	named   string // the id that the filter names
	partial bool   // one page or part of what the first question of the operation tells
	more    bool   // of a thing that nothing hides, after the first few, or of a second file
}

// fewFiles is of how many things of a kind a file is asked where its list is asked of
// all: both are made of the same answers (api/rowfiles.go).
const fewFiles = 5

func isListFile(op *huma.Operation) bool {
	return strings.HasSuffix(op.Path, ".csv") || strings.HasSuffix(op.Path, ".xlsx")
}

func (c *crawl) questions() (out []question) {
	for _, op := range c.ops {
		if op.Method != "GET" || unasked[op.OperationID] != "" {
			continue
		}
		workbook, file := strings.HasSuffix(op.Path, ".xlsx"), isListFile(op)
		for i, path := range c.paths(op) {
			if workbook && i >= fewFiles {
				break // the file in CSV, which has the same rows, is asked of each
			}
			of := c.variants(op, path)
			for j := range of {
				of[j].partial = of[j].partial || file && i >= fewFiles
				of[j].more = file && i > 0 || i >= fewFiles && c.hidden.ids[uuids.FindString(path)] == ""
			}
			out = append(out, of...)
		}
	}
	return out
}

// paths are the addresses of an operation: of every thing that there is, public
// or not.
func (c *crawl) paths(op *huma.Operation) []string {
	if !strings.Contains(op.Path, "{") {
		return []string{op.Path}
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(op.Path, "/"), "/")
	var out []string
	if strings.Contains(op.Path, "{kind}") {
		for _, kind := range []string{"goal", "action", "stage", "handover", "chain", "forum"} {
			for _, id := range c.ids[kind] {
				out = append(out, strings.NewReplacer("{kind}", kind, "{id}", id).Replace(op.Path))
			}
		}
		return out
	}
	for _, id := range c.ids[tableOfPath[first]] {
		out = append(out, strings.Replace(op.Path, "{id}", id, 1))
	}
	return out
}

// valuesOf are the values of a parameter that has few.
func valuesOf(p *huma.Param) (list []string) {
	s := p.Schema
	if s.Items != nil {
		s = s.Items
	}
	for _, v := range s.Enum {
		list = append(list, fmt.Sprint(v))
	}
	return list
}

// variants are a path with each value of each parameter that has few, and with
// each filter naming what is hidden.
func (c *crawl) variants(op *huma.Operation, path string) (out []question) {
	ask := url.Values{}
	param := map[string]*huma.Param{}
	for _, p := range op.Parameters {
		if p.In != "query" {
			continue
		}
		param[p.Name] = p
		if !p.Required {
			continue
		}
		list := valuesOf(p)
		if len(list) == 0 {
			list = c.given(p.Name)
		}
		ask.Set(p.Name, list[0])
	}
	with := func(q url.Values) string {
		if len(q) == 0 {
			return path
		}
		return path + "?" + q.Encode()
	}
	add := func(named string, partial bool, pairs ...string) {
		q := maps.Clone(ask)
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
		if param["limit"] != nil && !q.Has("limit") {
			limit := 200.0
			if most := param["limit"].Schema.Maximum; most != nil {
				limit = min(limit, *most)
			}
			q.Set("limit", strconv.Itoa(int(limit)))
			if param["count"] != nil {
				q.Set("count", "exact")
			}
		}
		out = append(out, question{op, with(q), named, partial, false})
	}
	add("", false)
	whole := !strings.Contains(op.Path, "{")
	if param["asOf"] != nil {
		add("", true, "asOf", "2026-11-23")
		add("", true, "asOf", "2026-10-01")
	}
	file := isListFile(op)
	for name, p := range param {
		if file && (!p.Required || name == "of") {
			continue // has the rows of a list, which is asked with each filter
		}
		list := valuesOf(p)
		if slices.Contains([]string{"count", "lang"}, name) {
			continue
		}
		if p.Required {
			for _, v := range c.givenOr(name, list)[1:] {
				add("", true, name, v)
			}
			continue
		}
		if whole || name == "version" || name == "audience" {
			for _, v := range list {
				add("", true, name, v)
			}
		}
		if table := tableOfParameter[name]; table != "" && whole && op.Responses["200"].Content["application/json"] != nil {
			for _, id := range c.hidden.all[table] {
				if c.hidden.ids[id] != "" {
					add(id, true, name, id)
				}
			}
		}
	}
	return out
}

func (c *crawl) givenOr(name string, list []string) []string {
	if len(list) == 0 {
		return c.given(name)
	}
	return list
}

// given are values of parameters that an operation needs.
func (c *crawl) given(name string) []string {
	switch name {
	case "q":
		return []string{"HIDDENstaff", "HIDDENclosed", "nuoret", "hyvinvointi", "vastuu"}
	case "since", "from", "before":
		return []string{"2026-06-01"}
	case "date":
		return []string{"2026-11-23"}
	case "party":
		return []string{"espoo"}
	case "registryNo":
		return []string{caseOfAll}
	case "planId":
		return c.ids["plan"]
	case "dueOn":
		return []string{"2027-03-01"}
	case "goalDays", "actionDays":
		return []string{"5"}
	case "year":
		return []string{"2026"}
	case "subjectId":
		return c.ids["goal"]
	case "of":
		return c.compared()
	}
	panic("what does " + name + " need?")
}

// compared are the lists that can be compared between two days, and of each kind of item
// one, if there is one that is hidden.
func (c *crawl) compared() (out []string) {
	for _, op := range c.ops {
		if op.Extensions["x-between"] != true {
			continue
		}
		ask := url.Values{}
		for _, p := range op.Parameters {
			if p.In == "query" && p.Required {
				ask.Set(p.Name, c.givenOr(p.Name, valuesOf(p))[0])
			}
		}
		paths := c.paths(op)
		hidden := slices.IndexFunc(paths, func(path string) bool {
			return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool { return c.hidden.ids[part] != "" })
		})
		if len(paths) > 0 {
			path := paths[max(hidden, 0)]
			if len(ask) > 0 {
				path += "?" + ask.Encode()
			}
			out = append(out, path)
		}
	}
	return out
}

// seen is what somebody was told.
type seen struct {
	sync.Mutex
	words  map[string]string          // "table.column" of hidden words -> where first
	levels map[string]map[string]bool // "table.column" -> staff, closed
	ids    map[string]string          // id of what is hidden -> where first
	fields map[string]bool            // "Schema.field" that held something
	ok     map[string]bool            // operations that answered
	filter map[string]string          // filters that told of what is hidden
	counts map[string]string          // counts of more than is listed
}

// as asks every question as one reader.
func (c *crawl) as(name string, questions []question) *seen {
	s := &seen{words: map[string]string{}, levels: map[string]map[string]bool{}, ids: map[string]string{}, fields: map[string]bool{}, ok: map[string]bool{}, filter: map[string]string{}, counts: map[string]string{}}
	client := c.e.As(name)
	for _, q := range questions {
		costly := q.op.Responses["200"].Content["application/json"] == nil || q.op.OperationID == "getBetween"
		if costly {
			c.costly <- struct{}{}
		}
		r := client.Get(q.path)
		if costly {
			<-c.costly
		}
		if r.StatusCode != 200 {
			if r.StatusCode >= 500 || r.StatusCode == 422 && !strings.Contains(q.path, "mine=true") { // of whom there is nothing
				c.e.T.Errorf("%q asks %s: %d %s", name, q.path, r.StatusCode, r.Bytes)
			}
			continue
		}
		s.ok[q.op.OperationID] = true
		text := plain(c.e.T, r.Bytes)
		where := "GET " + q.path
		for _, m := range told.FindAllStringSubmatch(text, -1) {
			if s.words[m[2]] == "" {
				s.words[m[2]] = where
			}
			if s.levels[m[2]] == nil {
				s.levels[m[2]] = map[string]bool{}
			}
			s.levels[m[2]][m[1]] = true
		}
		for _, id := range uuids.FindAllString(text, -1) {
			if frozen[q.op.OperationID] && (c.hidden.ids[id] == "goal" || c.hidden.ids[id] == "action" || c.hidden.ids[id] == "outcome") {
				continue
			}
			if c.hidden.ids[id] != "" && s.ids[id] == "" {
				s.ids[id] = where
			}
		}
		path, _, _ := strings.Cut(q.path, "?")
		if id := uuids.FindString(path); c.hidden.ids[id] != "" && s.ids[id] == "" && !bytes.HasPrefix(r.Bytes, []byte(`{"items":[]`)) {
			s.ids[id] = where
		}
		var body any
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") || json.Unmarshal(r.Bytes, &body) != nil {
			continue
		}
		list, _ := body.(map[string]any)
		items, isList := list["items"].([]any)
		if q.named != "" && len(items) > 0 {
			s.filter[q.op.OperationID] = where
		}
		if total, ok := list["total"].(float64); ok && isList && list["nextCursor"] == nil && int(total) != len(items) {
			s.counts[q.op.OperationID] = fmt.Sprintf("%s counts %v and lists %d", where, total, len(items))
		}
		if res := q.op.Responses["200"]; res != nil && res.Content["application/json"] != nil {
			s.walk(c.schema, res.Content["application/json"].Schema, body)
		}
	}
	return s
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// walk notes which fields of which schemas hold something.
func (s *seen) walk(registry huma.Registry, schema *huma.Schema, value any) {
	name := ""
	for schema != nil && schema.Ref != "" {
		name = schema.Ref[strings.LastIndex(schema.Ref, "/")+1:]
		schema = registry.SchemaFromRef(schema.Ref)
	}
	if schema == nil {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			s.walk(registry, schema.Items, item)
		}
	case map[string]any:
		for key, inner := range v {
			property := schema.Properties[key]
			if property == nil {
				continue
			}
			if name != "" && !empty(inner) {
				s.fields[name+"."+key] = true
			}
			s.walk(registry, property, inner)
		}
	}
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case float64:
		return v == 0
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !empty(inner) {
				return false
			}
		}
		return true
	}
	return false
}

// plain is the text of an answer: of a workbook or document what is packed in
// it, of a calendar its lines unfolded.
func plain(t testing.TB, b []byte) string {
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return strings.ReplaceAll(string(b), "\r\n ", "")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Error(err)
		return ""
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&out, r)
		}
		if err != nil {
			t.Error(err)
		}
	}
	return out.String()
}

// What is not public is told to nobody who may not read it: by no answer of any
// GET of the contract, be it a list, a figure, a feed, a calendar or a file, of
// today or of the past, and by no filter. The data are those of the demo, in
// which things of every kind have been made internal; each text of theirs says
// where it comes from. Three read everything that can be asked for: the public,
// and a reader of each party, who has no duty. That there was something to tell
// is shown by those who read it.
func TestNothingInternalIsToldToTheOthers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	if err := importDataset(t.Context(), d, nil, e.DB, e.Now, io.Discard); err != nil {
		t.Fatal(err)
	}
	c := &crawl{e: e, hidden: hide(t, e), ids: map[string][]string{}, costly: make(chan struct{}, 4)}
	contract := api.New(api.Options{NewID: domain.UUIDv7})
	c.ops, c.schema = contract.Operations(), contract.Schemas()
	slices.SortFunc(c.ops, func(a, b *huma.Operation) int { return strings.Compare(a.OperationID, b.OperationID) })
	tables := slices.Collect(maps.Values(tableOfPath))
	for _, table := range append(tables, "stage") {
		for id := range query[int](t, e.Raw.SuperDSN, "select id::text, 1 from "+table) {
			c.ids[table] = append(c.ids[table], id)
		}
		slices.Sort(c.ids[table])
	}
	questions := c.questions()
	insiders := nameEverybody(t, e)
	var group sync.WaitGroup
	told := map[string]*seen{}
	var lock sync.Mutex
	ask := func(name string, qs []question) {
		group.Go(func() {
			s := c.as(name, qs)
			lock.Lock()
			defer lock.Unlock()
			told[name] = s
		})
	}
	firsts := slices.DeleteFunc(slices.Clone(questions), func(q question) bool { return q.partial })
	ask("", questions)
	ask("espoo reader", firsts)
	ask("luvn reader", firsts)
	few := slices.DeleteFunc(slices.Clone(firsts), func(q question) bool { return q.more })
	for _, name := range insiders { // they show that there is something to tell
		ask(name, few)
	}
	group.Wait()
	if len(told) != len(insiders)+3 {
		t.Fatal("not everybody was answered")
	}
	// Nobody who holds a connection waits for another: one is enough for each question.
	e.Connections = 1
	e.Restart()
	c.as(insiders[slices.IndexFunc(insiders, func(name string) bool { return strings.Contains(name, "coordinator") })], few)
	for _, name := range []string{"", "espoo reader", "luvn reader"} {
		s, who := told[name], strconv.Quote(name)
		for _, word := range slices.Sorted(maps.Keys(s.words)) {
			if name == "" || s.levels[word]["closed"] {
				t.Errorf("%s is told %s by %s", who, word, s.words[word])
			}
		}
		leaked := map[string][]string{}
		for id, where := range s.ids {
			if name == "" || c.hidden.closed[id] {
				leaked[c.hidden.ids[id]] = append(leaked[c.hidden.ids[id]], where+" "+id)
			}
		}
		for table, list := range leaked {
			t.Errorf("%s is told of %d hidden rows of %s, such as by %s", who, len(list), table, slices.Min(list))
		}
		if name == "" {
			for _, where := range s.filter {
				t.Errorf("%s is told by a filter: %s", who, where)
			}
		}
		for _, what := range s.counts {
			t.Errorf("%s: %s", who, what)
		}
	}
	for _, op := range c.ops {
		if op.Method == "GET" && unasked[op.OperationID] == "" && !slices.ContainsFunc(slices.Collect(maps.Values(told)), func(s *seen) bool { return s.ok[op.OperationID] }) {
			t.Errorf("nobody was answered by %s", op.OperationID)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(c.hidden.columns)) {
		table, _, _ := strings.Cut(column, ".")
		if !c.hidden.unread[table] && !slices.ContainsFunc(slices.Collect(maps.Values(told)), func(s *seen) bool { return s.words[column] != "" }) {
			t.Errorf("nobody was told %s: that the public is not told it shows nothing", column)
		}
	}
	fields(t, c, told)
	guide, err := os.ReadFile("../../docs/guide/authorisation.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if !strings.Contains(string(guide), "\n| "+s.row+" |") {
			t.Errorf("the table of docs/guide/authorisation.md has no row %q", s.row)
		}
	}
}

// nameEverybody names a reader of each party, and returns the names of those who
// have duties: coordinators (one is a secretary too), auditors and administrators.
func nameEverybody(t *testing.T, e *apitest.Env) (named []string) {
	t.Helper()
	for who, role := range query[string](t, e.Raw.SuperDSN, `
select concat_ws(' ', coalesce(g.person_id, h.person_id), h.post_id, pa.key), string_agg(g.role, ' ' order by g.role)
from role_grant g left join holding h on h.post_id = g.post_id and h.kind = 'holder' and coalesce(h.valid_to, 'infinity') >= '2026-11-23'
join party pa on pa.id = g.party_id where coalesce(g.valid_to, 'infinity') >= '2026-11-23' and coalesce(g.person_id, h.person_id) is not null group by 1`) {
		part := strings.Fields(who)
		var person domain.PersonID
		var post domain.PostID
		if err := person.UnmarshalText([]byte(part[0])); err != nil {
			t.Fatal(err)
		}
		if len(part) == 3 {
			if err := post.UnmarshalText([]byte(part[1])); err != nil {
				t.Fatal(err)
			}
		}
		switch name := part[len(part)-1] + " " + role; {
		case role == "reader":
			e.ActIn(name, person, post)
		case strings.Contains(role, "coordinator") || len(part) == 2: // auditors and administrators have no post
			name += " " + part[len(part)-2]
			e.ActIn(name, person, post)
			named = append(named, name)
		}
	}
	return named
}

// marksOf reads testdata/insiders.golden: what only staff are told, "Schema.field" or
// "Schema.*", and where the site marks it or why it does not.
func marksOf(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/insiders.golden")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if name, where, _ := strings.Cut(strings.TrimSpace(line), " "); name != "" && name != "#" {
			out[name] = strings.TrimSpace(where)
		}
	}
	return out
}

// mark is how a file of the site marks what only insiders see.
var mark = regexp.MustCompile(`<(Insiders|InternalMark|Internal|GroundMark|Grounded|AdminPage)\b|className="vis\b`)

// fields compares what held something for staff alone with the list of it.
func fields(t *testing.T, c *crawl, told map[string]*seen) {
	t.Helper()
	public, listed := map[string]bool{}, marksOf(t) // schemas of which the public is told something
	for field := range told[""].fields {
		schema, _, _ := strings.Cut(field, ".")
		public[schema] = true
	}
	missing := map[string]bool{}
	for _, s := range told {
		for field := range s.fields {
			schema, name, _ := strings.Cut(field, ".")
			if told[""].fields[field] || name == "permissions" || strings.HasPrefix(schema, "List") {
				continue // a list is what its items are
			}
			if !public[schema] {
				field = schema + ".*"
			}
			if listed[field] == "" && listed[schema+".*"] == "" {
				missing[field] = true
			}
		}
	}
	for _, field := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("only staff are told %s: say in testdata/insiders.golden which file of the site marks it, or why it needs no mark", field)
	}
	schemas := c.schema.Map()
	for field, where := range listed {
		schema, name, _ := strings.Cut(field, ".")
		if schemas[schema] == nil || name != "*" && schemas[schema].Properties[name] == nil {
			t.Errorf("%s of testdata/insiders.golden is not in the contract", field)
		}
		if strings.HasPrefix(where, "- ") {
			continue
		}
		text, err := os.ReadFile("../../frontend/src/" + where)
		if err != nil {
			t.Errorf("%s of testdata/insiders.golden: %v", field, err)
		} else if !mark.Match(text) {
			t.Errorf("%s of testdata/insiders.golden: %s marks nothing", field, where)
		}
	}
}
