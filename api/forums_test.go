package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func forumInput(key, title, visibility string) apitest.JSON {
	in := apitest.JSON{"key": key, "title": apitest.JSON{"fi": title, "sv": title + " sv"},
		"purpose": apitest.JSON{"fi": "Sovittaa yhteen palvelut.", "sv": "Samordnar tjänsterna."},
		"level":   "thematic", "reach": "bilateral", "paper": "minutes", "meetingsPerYear": 4, "visibility": visibility}
	if visibility == "internal" {
		in["visibilityGround"] = "keskeneräinen"
	}
	return in
}

// newForum creates a forum as the Espoo coordinator and names the actor
// "KEY secretary", who holds the post esp_secretary, its secretary.
func newForum(e *apitest.Env, f *apitest.Fixture, key, title, visibility string) api.Forum {
	e.T.Helper()
	forum := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput(key, title, visibility)).Want(201))
	secretary(e, f, key, "espoo", "esp_secretary", forum.ID)
	return forum
}

func secretary(e *apitest.Env, f *apitest.Fixture, key, party, post string, forum domain.ForumID) {
	var person domain.PersonID
	person.SetNew(domain.UUIDv7)
	e.Name(key+" secretary", domain.Actor{PersonID: person, PostID: f.Post[post], PartyID: f.Party[party],
		Grants: []domain.ActiveGrant{{Role: domain.RoleSecretary, PartyID: f.Party[party], ForumID: forum}}})
}

func join(e *apitest.Env, f *apitest.Fixture, forum domain.ForumID, post, role string) api.Forum {
	e.T.Helper()
	return apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums/"+forum.String()+"/members",
		apitest.JSON{"postId": f.Post[post], "role": role, "from": "2026-01-01"}).Want(200))
}

// Topology: one public forum with a secretary of Espoo, one internal. The
// public sees the public one; staff of either party see both; coordinators of
// either party and the forum's own secretary edit, nobody else.
func TestForumsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	open := newForum(e, f, "open", "Avoin", "public")
	closed := newForum(e, f, "closed", "Suljettu", "internal")
	for name, want := range map[string]string{
		"": "open", "espoo coordinator": "open closed", "luvn coordinator": "open closed", "espoo manager": "open closed", "luvn manager": "open closed",
		"espoo reader": "open closed", "luvn reader": "open closed", "auditor": "open closed", "luvn administrator": "open closed",
		"open secretary": "open closed", "closed secretary": "open closed",
	} {
		if got := forumKeys(e, name, "/forums"); got != want {
			t.Errorf("%q sees %q, want %q", name, got, want)
		}
	}
	e.As("").Get("/forums/closed").WantProblem(404, "forum_not_found")
	e.As("").Get("/forums/"+closed.ID.String()).WantProblem(404, "forum_not_found")
	e.As("").Get("/forums/nothing").WantProblem(404, "forum_not_found")

	in := forumInput("open", "Avoin 2", "public")
	for _, name := range []string{"closed secretary", "espoo manager", "luvn reader", "auditor", "espoo administrator"} {
		e.As(name).Post("/forums", forumInput("other", "Muu", "public")).WantProblem(403, "forbidden")
		e.As(name).Put("/forums/"+open.ID.String(), `"1"`, in).WantProblem(403, "forbidden")
		e.As(name).Post("/forums/"+open.ID.String()+"/members", apitest.JSON{"postId": f.Post["esp_secretary"], "role": "member"}).WantProblem(403, "forbidden")
	}
	e.As("").Put("/forums/"+open.ID.String(), `"1"`, in).WantProblem(401, "sign_in_required")
	e.As("").Put("/forums/"+closed.ID.String(), `"1"`, in).WantProblem(401, "sign_in_required")
	e.As("open secretary").Put("/forums/"+open.ID.String(), `"1"`, in).Want(200)
	e.As("luvn coordinator").Put("/forums/"+open.ID.String(), `"2"`, in).Want(200)
	p := e.As("open secretary").Put("/forums/"+open.ID.String(), `"1"`, in).WantProblem(412, "stale_version")
	if p.Current == nil {
		t.Error("no current forum in the stale problem")
	}
	for name, want := range map[string][]domain.Permission{"": {}, "auditor": {}, "closed secretary": {}, "espoo coordinator": {domain.ForumEdit, domain.TopicPropose, domain.AgreementAccept},
		"open secretary": {domain.ForumEdit, domain.MeetingCreate, domain.WatchListEdit, domain.TopicPropose, domain.MeetingImport}} {
		if got := apitest.As[api.Forum](e.As(name).Get("/forums/open").Want(200)).Permissions; !slices.Equal(got, want) {
			t.Errorf("%q may %v, want %v", name, got, want)
		}
	}
}

func forumKeys(e *apitest.Env, name, path string) string {
	e.T.Helper()
	var keys []string
	for _, f := range apitest.As[api.List[api.Forum]](e.As(name).Get(path).Want(200)).Items {
		keys = append(keys, f.Key)
	}
	return strings.Join(keys, " ")
}

// Members come from each party, in equal standing: principal parties first,
// the chair before the others. They end and are not deleted; yesterday's are
// still there when yesterday is shown.
func TestForumMembers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	id := newForum(e, f, "lape", "LAPE", "public").ID
	join(e, f, id, "hus_liaison", "member")
	join(e, f, id, "esp_education_head", "member")
	join(e, f, id, "esp_secretary", "secretary")
	forum := join(e, f, id, "luvn_family_head", "chair")
	if got := memberTitles(forum); got != "esp_secretary:secretary esp_education_head:member luvn_family_head:chair hus_liaison:member" {
		t.Errorf("members %s", got)
	}
	c := e.As("lape secretary")
	path := "/forums/" + id.String() + "/members"
	if p := c.Post(path, apitest.JSON{"postId": f.Post["esp_youth_head"], "role": "chair"}).WantProblem(409, "role_taken"); p.State != "chair" {
		t.Errorf("state %q", p.State)
	}
	c.Post(path, apitest.JSON{"postId": f.Post["hus_liaison"], "role": "member"}).WantProblem(409, "already_member")
	c.Post(path, apitest.JSON{"postId": id, "role": "member"}).WantProblem(422, "validation_failed")
	hus := forum.Members[3].ID.String()
	e.Advance(24 * time.Hour)
	c.Post(path+"/"+hus+"/end", apitest.JSON{"on": "2025-12-31"}).WantProblem(422, "validation_failed")
	c.Post(path+"/"+hus+"/end", apitest.JSON{"on": "2026-11-23", "reason": "Edustus siirtyi."}).Want(200)
	c.Post(path+"/"+hus+"/end", apitest.JSON{}).WantProblem(409, "membership_ended")
	c.Post(path+"/"+id.String()+"/end", apitest.JSON{}).WantProblem(404, "membership_not_found")
	if got := memberTitles(apitest.As[api.Forum](e.As("").Get("/forums/lape").Want(200))); strings.Contains(got, "hus") {
		t.Errorf("today's members %s", got)
	}
	if got := memberTitles(apitest.As[api.Forum](e.As("").Get("/forums/lape?asOf=2026-11-23").Want(200))); !strings.Contains(got, "hus") {
		t.Errorf("yesterday's members %s", got)
	}
	if got := forumKeys(e, "", "/forums?partyId="+f.Party["hus"].String()); got != "" {
		t.Errorf("HUS is still in %q", got)
	}
	if got := forumKeys(e, "", "/forums?partyId="+f.Party["luvn"].String()); got != "lape" {
		t.Errorf("LUVN is in %q", got)
	}
	entry := lastEntry(e, "membership")
	if entry.permission != "forum.edit" || entry.reason != "Edustus siirtyi." || entry.parent != "forum" || !strings.Contains(entry.changes, `"validTo"`) {
		t.Errorf("entry %+v", entry)
	}
}

func memberTitles(f api.Forum) string {
	var out []string
	for _, m := range f.Members {
		out = append(out, m.Post.Title.FI+":"+string(m.Role))
	}
	return strings.Join(out, " ")
}

type auditEntry struct{ permission, reason, parent, changes string }

// lastEntry reads the newest entry about a kind of subject.
func lastEntry(e *apitest.Env, kind string) (a auditEntry) {
	e.T.Helper()
	e.QueryRow(`select a.permission, a.reason, a.parent_kind, v.changes::text from audit_entry a join audit_value v on v.entry_id = a.id
where a.subject_kind = $1 order by a.id desc limit 1`, []any{kind}, &a.permission, &a.reason, &a.parent, &a.changes)
	return a
}

func TestForumListAndPast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Julkinen", "public")).Want(201)
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201)
	goals := apitest.As[api.List[api.Goal]](e.As("espoo coordinator").Get("/goals")).Items
	parent := newForum(e, f, "steering", "Äänekäs ohjausryhmä", "internal")
	in := forumInput("lape", "Zetaryhmä", "public")
	in["parentId"], in["goalIds"], in["level"] = parent.ID, []domain.GoalID{goals[0].ID, goals[1].ID}, "statutory"
	in["cases"] = []apitest.JSON{{"partyId": f.Party["luvn"], "registryNo": "DEMO 2/2026", "urlFi": "", "urlSv": ""}}
	lape := e.As("luvn coordinator").Post("/forums", in).Want(201)
	if loc := lape.Header.Get("Location"); loc != "/api/v1/forums/"+apitest.As[api.Forum](lape).ID.String() {
		t.Errorf("Location %q", loc)
	}
	newForum(e, f, "anna", "Ålandryhmä", "public")

	staff, public := apitest.As[api.Forum](e.As("auditor").Get("/forums/lape")), apitest.As[api.Forum](e.As("").Get("/forums/lape"))
	if len(staff.Goals) != 2 || staff.Parent == nil || len(public.Goals) != 1 || public.Parent != nil || len(public.Cases) != 1 {
		t.Errorf("staff see goals %v and parent %v, the public %v and %v", staff.Goals, staff.Parent, public.Goals, public.Parent)
	}
	for path, want := range map[string]string{
		"/forums": "lape anna steering", "/forums?sort=-title": "steering anna lape", "/forums?sort=level,title": "lape anna steering",
		"/forums?level=statutory": "lape", "/forums?level=thematic&level=statutory&reach=bilateral": "lape anna steering", "/forums?reach=regional": "",
		"/forums?chainId=none": "lape anna steering", "/forums?goalId=none": "anna steering", "/forums?partyId=none": "lape anna steering",
		"/forums?goalId=" + goals[0].ID.String(): "lape", "/forums?goalId=none&goalId=" + goals[0].ID.String(): "lape anna steering",
	} {
		if got := forumKeys(e, "auditor", path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	first := apitest.As[api.List[api.Forum]](e.As("").Get("/forums?limit=1&count=exact"))
	if *first.Total != 2 || forumKeys(e, "", "/forums?limit=1&cursor="+first.NextCursor) != "anna" {
		t.Errorf("pages %+v", first)
	}
	e.Advance(48 * time.Hour)
	in["visibility"], in["visibilityGround"], in["parentId"] = "internal", "keskeneräinen", nil
	delete(in, "parentId")
	e.As("luvn coordinator").Put("/forums/"+staff.ID.String(), lape.ETag(), in).Want(200)
	if got := apitest.As[api.Forum](e.As("auditor").Get("/forums/lape?asOf=2026-11-23").Want(200)); got.Visibility != "public" || got.Parent == nil {
		t.Errorf("then %+v", got)
	}
	e.As("").Get("/forums/lape?asOf=2026-11-23").WantProblem(404, "forum_not_found") // internal today
	if got := forumKeys(e, "", "/forums?asOf=2026-11-23"); got != "anna" {
		t.Errorf("the public sees of then %q", got)
	}
	if entry := lastEntry(e, "forum"); entry.permission != "forum.edit" || !strings.Contains(entry.changes, `"visibility"`) || strings.Contains(entry.changes, `"goalIds"`) {
		t.Errorf("entry %+v", entry)
	}
}

func TestForumBadInput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	lape := newForum(e, f, "lape", "LAPE", "public")
	for name, tt := range map[string]struct {
		field, pointer, code string
		value                any
	}{
		"no title":        {"title", "/title/fi", "required", apitest.JSON{"fi": ""}},
		"bad key":         {"key", "/key", "key_malformed", "Työryhmä 1"},
		"taken key":       {"key", "/key", "taken", "lape"},
		"unknown level":   {"level", "/level", "not_allowed", "high"},
		"rhythm":          {"meetingsPerYear", "/meetingsPerYear", "too_large", 61},
		"unknown parent":  {"parentId", "/parentId", "unknown", f.Plan},
		"unknown chain":   {"chainId", "/chainId", "unknown", f.Plan},
		"unknown goal":    {"goalIds", "/goalIds", "unknown", []any{f.Plan}},
		"no ground":       {"visibility", "/visibilityGround", "required", "internal"},
		"long purpose":    {"purpose", "/purpose/fi", "too_long", apitest.JSON{"fi": strings.Repeat("ä", 1001)}},
		"unknown field":   {"owner", "/owner", "unknown_field", 1},
		"text as a title": {"title", "/title", "wrong_type", "LAPE"},
	} {
		t.Run(name, func(t *testing.T) {
			in := forumInput("new", "Uusi", "public")
			in[tt.field] = tt.value
			p := c.Post("/forums", in).WantProblem(422, "validation_failed")
			if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("errors %v", p.Errors)
			}
		})
	}
	in := forumInput("lape", "LAPE", "public")
	in["parentId"] = lape.ID
	c.Put("/forums/"+lape.ID.String(), `"1"`, in).WantProblem(422, "validation_failed")
	c.Do("PUT", "/api/v1/forums/"+lape.ID.String(), in).WantProblem(428, "if_match_required")
	for query, code := range map[string]string{"sort=x": "unknown_sort_key", "level=high": "not_allowed", "partyId=1": "id_malformed", "cursor=x": "cursor_invalid"} {
		if p := c.Get("/forums?"+query).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%s: %v", query, p.Errors)
		}
	}
}
