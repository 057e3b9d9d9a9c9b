package api_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// keptPaths are addresses of the operations whose answers to the public are kept, by
// operation.
func keptPaths(t *testing.T, e *apitest.Env, f *apitest.Fixture) map[string]string {
	t.Helper()
	goal := sharedGoal(e, f)
	action := createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2027-06-04"))
	chain := handoverChain(e, f, "chain", "public", handoverInput())
	forum := lape(e, f)
	meeting, item, _ := closedMeeting(e, f, forum)
	e.Exec("update meeting set published_at = closed_at where id = $1", meeting.ID.String())
	openRound(e, "espoo coordinator", roundInput(f, "vuosi", "2027-02-26"))
	ids := map[string]string{"/goals/{id}": goal.ID.String(), "/actions/{id}": action.ID.String(), "/actions/{id}/status-reports": action.ID.String(), "/posts/{id}": f.Post["esp_education_head"].String(),
		"/chains/{id}": chain.ID.String(), "/handovers/{id}": chain.Handovers[0].ID.String(), "/forums/{id}": forum.String(), "/forums/{id}/meetings": forum.String(),
		"/meetings/{id}": meeting.ID.String(), "/meetings/{id}/agenda-items": meeting.ID.String(), "/agenda-items/{id}": item.ID.String(), "/plans/{id}": f.Plan.String(), "/reporting-rounds/{id}": "vuosi"}
	server := api.New(api.Options{NewID: domain.UUIDv7})
	paths := map[string]string{}
	for _, op := range declared() {
		if !server.IsKept(op.OperationID) {
			continue
		}
		if op.Method != http.MethodGet {
			t.Errorf("%s is kept, but is no GET", op.OperationID)
		}
		path := op.Path
		if id, ok := ids[path]; ok {
			path = strings.Replace(path, "{id}", id, 1)
		}
		switch op.OperationID {
		case "listSubjectResponsibilities":
			path = "/responsibilities/of/goal/" + goal.ID.String()
		case "getChangeSummary", "listChanges":
			path += "?since=2026-11-01"
		case "getOverviewGroups", "listActionGroups":
			path += "?by=party"
		case "listFreshness":
			path += "?by=unit"
		case "listRadar":
			path += "?reason=vacant"
		}
		if strings.Contains(path, "{") {
			t.Errorf("%s is kept: give it an id here", op.OperationID)
			continue
		}
		paths[op.OperationID] = path
	}
	if len(paths) < 35 {
		t.Errorf("only %d operations are kept", len(paths))
	}
	return paths
}

var readTable = regexp.MustCompile(`(?i)(?:from|join|,)\s+(?:"?public"?\.)?"?([a-z_]+)`)

// What is kept while no content changes reads nothing but content: the trigger of each
// table that it reads leaves a mark of every change.
func TestWhatIsKeptReadsContentAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	paths := keptPaths(t, e, f)
	var marked, all string
	e.Row(`select string_agg(distinct c.relname, ' ') from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_proc p on p.oid = g.tgfoid where p.prosrc like '%content_change%'`, &marked)
	e.Row(`select string_agg(relname, ' ') from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`, &all)
	content, tables := strings.Fields(marked), strings.Fields(all)
	if len(content) < 20 {
		t.Fatalf("only %d tables leave marks", len(content))
	}
	for id, path := range paths {
		read := 0
		e.Exec("update theme set position = position") // nothing is kept any more
		for _, sql := range e.SQL(func() { e.As("").Get(path).Want(200) }) {
			for _, m := range readTable.FindAllStringSubmatch(sql, -1) {
				table := strings.TrimSuffix(m[1], "_history")
				if !slices.Contains(tables, m[1]) || m[1] == "content_change" {
					continue
				}
				read++
				// An entry of the log is written in the transaction of the version that it tells of.
				if table != "audit_entry" && !slices.Contains(content, table) {
					t.Errorf("%s is kept, but reads %s, which is no content: %s", id, m[1], sql)
				}
			}
		}
		if read == 0 {
			t.Errorf("%s read nothing", id)
		}
	}
}

// What is kept is the same at any time of a day.
func TestWhatIsKeptIsOfTheDay(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	paths := keptPaths(t, e, f)
	morning := e.Now()
	evening := domain.DateOf(morning).EndOfDay().Add(-time.Minute)
	for _, path := range paths {
		e.As("").Get(path).Want(200)
	}
	tags := map[string]string{}
	for id, path := range paths {
		tags[id] = e.As("").Get(path).ETag()
	}
	e.Restart() // with nothing kept
	e.Advance(evening.Sub(morning))
	for id, path := range paths {
		if got := e.As("").Get(path).Want(200).ETag(); got != tags[id] {
			t.Errorf("%s is kept, but says something else in the evening", id)
		}
	}
}

// The public is answered from memory for as long as nothing changes, never with what was
// before a change, and nobody else is, nor is the public with what others see.
func TestUnchangedAnswersAreNeitherStaleNorAnothers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const path = "/actions?sort=no"
	names := func(as, url string) (out []string) {
		res := e.As(as)
		if url != "" {
			res = res.At(url)
		}
		for _, a := range apitest.As[api.List[api.ActionSummary]](res.Get(path).Want(200)).Items {
			out = append(out, a.Title.FI)
		}
		return out
	}
	same := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	createAction(e, "espoo coordinator", actionInput(f, "Julkinen", "esp_education_head", "2027-06-04"))
	same("the public", names("", ""), "Julkinen")
	if n := e.Statements(func() { names("", "") }); n > 1 {
		t.Errorf("again, unchanged, the public cost %d statements", n)
	}
	hidden := actionInput(f, "Sisäinen", "esp_education_head", "2027-06-04")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen valmistelu"
	created := createAction(e, "espoo coordinator", hidden)
	same("a coordinator after the public", names("espoo coordinator", ""), "Julkinen", "Sisäinen")
	same("the public after a coordinator", names("", ""), "Julkinen")

	// Another instance changes; this one tells it at once.
	url := e.Another(t)
	same("the public of another instance", names("", url), "Julkinen")
	shown := actionInput(f, "Sisäinen", "esp_education_head", "2027-06-04")
	e.As("espoo coordinator").At(url).Put("/actions/"+created.ID.String(), e.As("espoo coordinator").Get("/actions/"+created.ID.String()).ETag(), shown).Want(200)
	same("the public after a change elsewhere", names("", ""), "Julkinen", "Sisäinen")

	// A change that was rolled back is none, and a day is a change.
	e.As("espoo coordinator").Put("/actions/"+created.ID.String(), `"99"`, shown)
	if n := e.Statements(func() { names("", "") }); n > 1 {
		t.Errorf("after a change that was refused the public cost %d statements", n)
	}
	e.Advance(24 * time.Hour)
	if n := e.Statements(func() { names("", "") }); n < 2 {
		t.Error("the next day is answered with yesterday's")
	}
}
