package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Who asks for the headers alone is told those of the answer, without it.
func TestHeadersAlone(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	sharedGoal(e, e.Organisation())
	for path, status := range map[string]int{"/goals": 200, "/goals.csv": 200, "/goals/none": 404, "/goals?limit=0": 422, "/me/calendar": 401} {
		whole, alone := e.As("").Do("GET", "/api/v1"+path, nil).Want(status), e.As("").Do("HEAD", "/api/v1"+path, nil)
		if alone.StatusCode != status || len(alone.Bytes) != 0 || alone.ETag() != whole.ETag() || alone.Header.Get("Content-Type") != whole.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d %q %v", path, alone.StatusCode, alone.Bytes, alone.Header)
		}
	}
	e.As("").Do("HEAD", "/api/v1/nothing", nil).Want(404)
}

// A stream whose headers are asked for ends with them, and nobody watches by it.
func TestHeadersOfAStream(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	m, _ := running(e, e.Organisation())
	for range 2 { // the second on the connection of the first
		res := e.As("lape secretary").Do("HEAD", "/api/v1/meetings/"+m.ID.String()+"/events", nil).Want(200)
		if got := res.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
			t.Errorf("Content-Type %q", got)
		}
	}
	if d := deskOf(e, "lape secretary", m.ID); len(d.Watchers) != 0 {
		t.Errorf("watchers %+v", d.Watchers)
	}
}

// Whatever is read as JSON has a strong ETag of its bytes, is answered 304 to who has
// it, says by what it differs, and is kept by no cache that would give it to others.
func TestEveryReadIsConditional(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2027-06-04"))
	paths := map[string]string{"/goals/{id}": "/goals/" + goal.ID.String(), "/actions/{id}": "/actions/1", "/posts/{id}": "/posts/" + f.Post["esp_education_head"].String()}
	tried, answers := 0, 0
	for _, op := range declared() {
		if op.Method != http.MethodGet {
			continue
		}
		ok := op.Responses["200"]
		if ok == nil || ok.Content["application/json"] == nil {
			continue
		}
		if ok.Content["application/json"].Schema.Format == "binary" {
			continue
		}
		if op.Responses["304"] == nil || !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "If-None-Match" }) {
			t.Errorf("%s does not tell of If-None-Match", op.OperationID)
		}
		path := op.Path
		if strings.Contains(path, "{") {
			if path = paths[op.Path]; path == "" {
				continue
			}
		}
		tried++
		for _, as := range []string{"", "espoo coordinator"} {
			res := e.As(as).Get(path)
			if res.StatusCode != http.StatusOK {
				continue
			}
			answers++
			tag := res.ETag()
			if len(tag) < 20 || strings.HasPrefix(tag, "W/") {
				t.Errorf("%s has the ETag %q", op.OperationID, tag)
			}
			want := map[string]string{"": "no-cache", "espoo coordinator": "no-store"}[as]
			if got := res.Header.Get("Cache-Control"); got != want {
				t.Errorf("%s as %q: Cache-Control %q", op.OperationID, as, got)
			}
			if vary := strings.Join(res.Header.Values("Vary"), ", "); !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "Authorization") {
				t.Errorf("%s: Vary %q", op.OperationID, vary)
			}
			for _, had := range []string{tag, "W/" + tag, `"other", ` + tag} {
				again := e.As(as).Do("GET", "/api/v1"+path, nil, "If-None-Match", had)
				if again.StatusCode != http.StatusNotModified || len(again.Bytes) != 0 || again.ETag() != tag {
					t.Errorf("%s again as %q with %s: %d %s", op.OperationID, as, had, again.StatusCode, again.ETag())
				}
			}
		}
	}
	if tried < 30 || answers < 50 {
		t.Errorf("only %d operations, %d answers", tried, answers)
	}
}

// The tag of one reader is not that of another who sees more, and changes with what is
// derived although nothing was saved. It is what a change takes.
func TestTagsAreOfWhatIsShown(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2026-11-24"))
	public, staff := e.As("").Get("/actions/1"), e.As("espoo coordinator").Get("/actions/1")
	if public.ETag() == staff.ETag() {
		t.Error("the public and a coordinator, who may change it, have the same tag")
	}
	e.As("espoo coordinator").Do("GET", "/api/v1/actions/1", nil, "If-None-Match", public.ETag()).Want(200)
	if !strings.HasPrefix(staff.ETag(), `"1-`) {
		t.Errorf("no version in %s", staff.ETag())
	}
	in := actionInput(f, "Kaksi", "esp_education_head", "2026-11-24")
	path := "/actions/" + apitest.As[api.Action](staff).ID.String()
	changed := e.As("espoo coordinator").Put(path, staff.ETag(), in)
	if changed.StatusCode != 200 {
		t.Fatalf("a change under the tag that was read: %d %s", changed.StatusCode, changed.Bytes)
	}
	e.As("espoo coordinator").Put(path, staff.ETag(), in).WantProblem(412, "stale_version")
	before := e.As("").Get("/actions/1").ETag()
	e.Advance(72 * 60 * 60 * 1e9)
	if late := e.As("").Do("GET", "/api/v1/actions/1", nil, "If-None-Match", before); late.StatusCode != 200 || !strings.HasPrefix(late.ETag(), `"2-`) {
		t.Errorf("it is late by now: %d %s", late.StatusCode, late.ETag())
	}
}
