package api_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// loggedEntry is what a test looks at of a line of the log.
type loggedEntry struct {
	Permission string
	Kind       string
	Subject    string
	Version    int
	Person     *string
	Party      *string
	Origin     string
	Reason     string
	Changes    string
}

// lastEntries returns the newest entries of the log, the newest first.
func lastEntries(e *apitest.Env, n int) []loggedEntry {
	e.T.Helper()
	conn, err := pgx.Connect(context.Background(), e.Raw.AppDSN)
	if err != nil {
		e.T.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(context.Background(), `
select permission, subject_kind, subject_id::text, subject_version, person_id::text, party_id::text, origin, reason, changes::text
from audit_entry join audit_value on entry_id = id order by id desc limit $1`, n)
	if err != nil {
		e.T.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[loggedEntry])
	if err != nil {
		e.T.Fatal(err)
	}
	return out
}

func text(s string) apitest.JSON {
	return apitest.JSON{"fi": s, "sv": s + " sv", "en": s + " en"}
}

func titles(page api.List[api.Post]) []string {
	out := []string{}
	for _, p := range page.Items {
		out = append(out, p.Title.FI)
	}
	return out
}

// Topology: the Fixture, with a holder of esp_youth_head and a deputy of
// luvn_older_head. Everybody sees parties, units and posts; only staff, of
// either party, see who holds them.
func TestOrganisationVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.As("espoo administrator").Post("/holdings", apitest.JSON{"personId": f.Person["espoo reader"], "postId": f.Post["esp_youth_head"],
		"kind": "holder", "validFrom": "2026-01-01"}).Want(201)
	e.As("luvn administrator").Post("/holdings", apitest.JSON{"personId": f.Person["luvn reader"], "postId": f.Post["luvn_older_head"],
		"kind": "deputy", "validFrom": "2026-01-01"}).Want(201)
	nobody := domain.Actor{PersonID: f.Person["espoo reader"], PartyID: f.Party["espoo"]} // signed in, without post or role
	e.Name("nobody", nobody)

	staff := []string{"espoo coordinator", "luvn coordinator", "espoo manager", "luvn manager", "espoo reader", "luvn reader", "auditor", "espoo administrator", "luvn administrator"}
	for _, name := range append([]string{"", "nobody"}, staff...) {
		c := e.As(name)
		var keys []string
		for _, p := range apitest.As[api.List[api.Party]](c.Get("/parties").Want(200)).Items {
			keys = append(keys, p.Key)
		}
		if !slices.Equal(keys, []string{"espoo", "luvn", "hus"}) {
			t.Errorf("%q sees parties %v", name, keys)
		}
		if n := len(apitest.As[api.List[api.Unit]](c.Get("/units").Want(200)).Items); n != 7 {
			t.Errorf("%q sees %d units", name, n)
		}
		if n := len(apitest.As[api.List[api.Post]](c.Get("/posts").Want(200)).Items); n != 9 {
			t.Errorf("%q sees %d posts", name, n)
		}
		answer := c.Get("/holdings?count=exact").Want(200)
		holdings := apitest.As[api.List[api.Holding]](answer)
		if slices.Contains(staff, name) {
			if len(holdings.Items) != 2 || *holdings.Total != 2 || holdings.Items[0].Person.Name != "Person of espoo reader" {
				t.Errorf("%q sees holdings %+v", name, holdings.Items)
			}
		} else if len(holdings.Items) != 0 || *holdings.Total != 0 || strings.Contains(string(answer.Bytes), "Person of") {
			t.Errorf("%q sees holdings %s", name, answer.Bytes)
		}
	}
	for _, path := range []string{"/parties", "/units", "/posts", "/parties/" + f.Party["espoo"].String(), "/posts/" + f.Post["esp_youth_head"].String()} {
		if body := string(e.As("").Get(path).Want(200).Bytes); strings.Contains(body, "Person of") {
			t.Errorf("%s tells the public a name: %s", path, body)
		}
	}
}

// Only a party's own administrators change it.
func TestOrganisationIsChangedByItsAdministratorsOnly(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	espoo, unit, post := f.Party["espoo"].String(), f.Unit["esp_youth"].String(), f.Post["esp_youth_head"].String()
	holding := apitest.As[api.Holding](e.As("espoo administrator").Post("/holdings", apitest.JSON{"personId": f.Person["espoo reader"],
		"postId": post, "kind": "holder", "validFrom": "2026-01-01"}).Want(201)).ID.String()
	names := apitest.JSON{"name": text("Espoo"), "shortName": text("E")}
	newUnit := apitest.JSON{"partyId": espoo, "name": text("Uusi"), "validFrom": "2026-12-01"}
	changedUnit := apitest.JSON{"parentId": f.Unit["esp_top"], "name": text("Nuoriso"), "validFrom": "2025-01-01"}
	newPost := apitest.JSON{"unitId": unit, "title": text("Uusi virka"), "validFrom": "2026-12-01"}
	newHolding := apitest.JSON{"personId": f.Person["espoo manager"], "postId": post, "kind": "deputy", "validFrom": "2026-12-01"}
	attempt := func(c apitest.Client) []apitest.Response {
		return []apitest.Response{
			c.Put("/parties/"+espoo, `"1"`, names),
			c.Post("/units", newUnit), c.Put("/units/"+unit, `"1"`, changedUnit),
			c.Post("/posts", newPost), c.Put("/posts/"+post, `"1"`, newPost),
			c.Post("/holdings", newHolding),
		}
	}
	for _, name := range []string{"luvn administrator", "espoo coordinator", "espoo manager", "espoo reader", "auditor"} {
		for _, r := range attempt(e.As(name)) {
			r.WantProblem(403, "forbidden")
		}
		e.As(name).Post("/holdings/"+holding+"/end", apitest.JSON{"lastDay": "2026-11-23"}).WantProblem(403, "forbidden")
	}
	for _, r := range attempt(e.As("")) {
		r.WantProblem(401, "sign_in_required")
	}
	e.As("").Post("/holdings/"+holding+"/end", apitest.JSON{"lastDay": "2026-11-23"}).WantProblem(401, "sign_in_required")
	for _, r := range attempt(e.As("espoo administrator")) {
		if r.StatusCode != 200 && r.StatusCode != 201 {
			t.Errorf("the administrator: %d %s", r.StatusCode, r.Bytes)
		}
	}
	for name, want := range map[string][]domain.Permission{
		"espoo administrator": {domain.PostEdit, domain.HoldingEdit}, "luvn administrator": {}, "auditor": {}, "": {},
	} {
		if got := apitest.As[api.Post](e.As(name).Get("/posts/" + post).Want(200)).Permissions; !slices.Equal(got, want) {
			t.Errorf("%q has permissions %v on a post, want %v", name, got, want)
		}
	}
}

func TestPartyNames(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	path := "/parties/" + f.Party["espoo"].String()
	before := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	in := apitest.JSON{"name": text("Espoon kaupunki"), "shortName": text("Espoo")}
	admin.Put(path, `"1"`, in).Want(200)
	if p := admin.Put(path, `"1"`, in).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current version in the stale problem")
	}
	admin.Do("PUT", "/api/v1"+path, in).WantProblem(428, "if_match_required")
	in["shortName"] = apitest.JSON{"fi": strings.Repeat("x", 31)}
	if p := admin.Put(path, `"2"`, in).WantProblem(422, "validation_failed"); p.Errors[0] != (domain.FieldError{Pointer: "/shortName/fi", Code: "too_long"}) {
		t.Errorf("errors %v", p.Errors)
	}
	now := apitest.As[api.Party](e.As("").Get(path).Want(200))
	then := apitest.As[api.Party](e.As("").Get(path + "?asOf=" + before.String()).Want(200))
	if now.Name.FI != "Espoon kaupunki" || then.Name.FI != "ESPOO" {
		t.Errorf("now %q, then %q", now.Name.FI, then.Name.FI)
	}
	entry := lastEntries(e, 1)[0]
	if entry.Permission != "party.edit" || entry.Kind != "party" || entry.Version != 2 || *entry.Person != f.Person["espoo administrator"].String() ||
		!strings.Contains(entry.Changes, `"old":{"fi":"ESPOO"`) || !strings.Contains(entry.Changes, `"new":{"fi":"Espoon kaupunki"`) {
		t.Errorf("entry %+v", entry)
	}
	e.As("").Get("/parties/"+f.Plan.String()).WantProblem(404, "party_not_found")
}

func TestUnitTree(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	unit := func(name string) string { return "/units/" + f.Unit[name].String() }
	in := func(parent any, to any) apitest.JSON {
		body := apitest.JSON{"name": text("Yksikkö"), "validFrom": "2025-01-01"}
		if parent != nil {
			body["parentId"] = parent
		}
		if to != nil {
			body["validTo"] = to
		}
		return body
	}

	for name, tt := range map[string]struct {
		body          apitest.JSON
		pointer, code string
	}{
		"itself":       {in(f.Unit["esp_top"], nil), "/parentId", "own_ancestor"},
		"a unit of it": {in(f.Unit["esp_youth"], nil), "/parentId", "own_ancestor"},
		"other party":  {in(f.Unit["luvn_top"], nil), "/parentId", "other_party"},
		"unknown":      {in(f.Plan, nil), "/parentId", "unknown"},
		"before start": {in(nil, "2024-12-31"), "/validTo", "before_start"},
		"no such day":  {in(nil, "2026-02-30"), "/validTo", "date_malformed"},
	} {
		p := admin.Put(unit("esp_top"), `"1"`, tt.body).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v, want %s %s", name, p.Errors, tt.pointer, tt.code)
		}
	}
	admin.Post("/units", apitest.JSON{"partyId": f.Plan, "name": text("Yksikkö"), "validFrom": "2026-01-01"}).WantProblem(422, "validation_failed")

	// What has open posts or units does not end; once they end, it does.
	admin.Put(unit("esp_youth"), `"1"`, in(f.Unit["esp_top"], "2026-12-31")).WantProblem(409, "unit_has_posts")
	admin.Put("/posts/"+f.Post["esp_youth_head"].String(), `"1"`,
		apitest.JSON{"unitId": f.Unit["esp_youth"], "title": text("Päällikkö"), "validFrom": "2025-01-01", "validTo": "2026-12-31"}).Want(200)
	admin.Put(unit("esp_youth"), `"1"`, in(f.Unit["esp_top"], "2026-12-31")).Want(200)
	child := apitest.As[api.Unit](admin.Post("/units", apitest.JSON{"partyId": f.Party["espoo"], "parentId": f.Unit["esp_schools"], "name": text("Alayksikkö"), "validFrom": "2026-01-01"}).Want(201))
	admin.Put("/posts/"+f.Post["esp_education_head"].String(), `"1"`,
		apitest.JSON{"unitId": f.Unit["esp_top"], "title": text("Päällikkö"), "validFrom": "2025-01-01"}).Want(200)
	admin.Put(unit("esp_schools"), `"1"`, in(f.Unit["esp_top"], "2026-12-31")).WantProblem(409, "unit_has_units")

	// Nothing is put under what has ended earlier.
	p := admin.Put("/units/"+child.ID.String(), `"1"`, apitest.JSON{"parentId": f.Unit["esp_youth"], "name": text("Alayksikkö"), "validFrom": "2026-01-01"}).WantProblem(422, "validation_failed")
	if p.Errors[0] != (domain.FieldError{Pointer: "/parentId", Code: "ends_earlier"}) {
		t.Errorf("errors %v", p.Errors)
	}
	p = admin.Post("/posts", apitest.JSON{"unitId": f.Unit["esp_youth"], "title": text("Myöhässä"), "validFrom": "2026-01-01"}).WantProblem(422, "validation_failed")
	if p.Errors[0] != (domain.FieldError{Pointer: "/unitId", Code: "ends_earlier"}) {
		t.Errorf("errors %v", p.Errors)
	}

	ids := func(query string) []string {
		var out []string
		for _, u := range apitest.As[api.List[api.Unit]](e.As("").Get("/units" + query).Want(200)).Items {
			out = append(out, u.Name.FI)
		}
		slices.Sort(out)
		return out
	}
	espoo := f.Party["espoo"].String()
	for query, want := range map[string][]string{
		"?partyId=" + espoo:                                     {"Alayksikkö", "Yksikkö", "esp_schools", "esp_top"},
		"?validOn=2027-01-01&partyId=" + espoo:                  {"Alayksikkö", "esp_schools", "esp_top"},
		"?validOn=2025-06-01&partyId=" + espoo:                  {"Yksikkö", "esp_schools", "esp_top"},
		"?validOn=2024-06-01&partyId=" + espoo:                  nil,
		"?validOn=any&partyId=" + espoo:                         {"Alayksikkö", "Yksikkö", "esp_schools", "esp_top"},
		"?parentId=none":                                        {"esp_top", "hus_top", "luvn_top"},
		"?parentId=none&parentId=" + f.Unit["esp_top"].String(): {"Yksikkö", "esp_schools", "esp_top", "hus_top", "luvn_top"},
	} {
		if got := ids(query); !slices.Equal(got, want) {
			t.Errorf("units%s: %v, want %v", query, got, want)
		}
	}
	e.As("").Get("/units?validOn=yesterday").WantProblem(422, "validation_failed")
}

// The post that a form asks for is found by typing a part of its title or of a
// unit above it, in any language.
func TestPostSearch(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	admin.Put("/units/"+f.Unit["esp_top"].String(), `"1"`, apitest.JSON{"name": apitest.JSON{"fi": "Kasvun toimiala", "sv": "Sektorn för fostran", "en": "Growth sector"}, "validFrom": "2025-01-01"}).Want(200)
	admin.Put("/posts/"+f.Post["esp_youth_head"].String(), `"1"`, apitest.JSON{"unitId": f.Unit["esp_youth"],
		"title": apitest.JSON{"fi": "Äidinkielen päällikkö 100 %", "sv": "Ungdomschef", "en": "Head of youth"}, "validFrom": "2025-01-01"}).Want(200)
	for q, want := range map[string][]string{
		"äidin":           {"Äidinkielen päällikkö 100 %"},
		"ÄIDIN":           {"Äidinkielen päällikkö 100 %"},
		"KIELEN pääl":     {"Äidinkielen päällikkö 100 %"},
		"ungdom":          {"Äidinkielen päällikkö 100 %"},
		"fostran":         {"esp_coordinator", "esp_education_head", "esp_secretary", "Äidinkielen päällikkö 100 %"},
		"growth educ":     {"esp_education_head"},
		"esp_schools":     {"esp_education_head"},
		"100 %":           {"Äidinkielen päällikkö 100 %"},
		"100%":            {},
		"e_p":             {},
		`\`:               {},
		"head":            {"esp_education_head", "luvn_family_head", "luvn_older_head", "Äidinkielen päällikkö 100 %"},
		"head kasvun":     {"esp_education_head", "Äidinkielen päällikkö 100 %"},
		"nothing of that": {},
		"  ":              {"esp_coordinator", "esp_education_head", "esp_secretary", "hus_liaison", "luvn_coordinator", "luvn_family_head", "luvn_older_head", "luvn_secretary", "Äidinkielen päällikkö 100 %"},
	} {
		if got := titles(apitest.As[api.List[api.Post]](e.As("").Get("/posts?q=" + url.QueryEscape(q)).Want(200))); !slices.Equal(got, want) {
			t.Errorf("q=%q: %v, want %v", q, got, want)
		}
	}
	path := apitest.As[api.Post](e.As("").Get("/posts/" + f.Post["esp_youth_head"].String()).Want(200)).UnitPath
	if len(path) != 2 || path[0].Name.SV != "Sektorn för fostran" || path[1].Name.FI != "esp_youth" {
		t.Errorf("unit path %+v", path)
	}
	got := titles(apitest.As[api.List[api.Post]](e.As("").Get("/posts?sort=-party,title&unitId=" + f.Unit["esp_top"].String() + "&unitId=" + f.Unit["luvn_top"].String()).Want(200)))
	if want := []string{"luvn_coordinator", "luvn_secretary", "esp_coordinator", "esp_secretary"}; !slices.Equal(got, want) {
		t.Errorf("by party: %v, want %v", got, want)
	}
	for query, code := range map[string]string{"sort=name": "unknown_sort_key", "validOn=2026-13-01": "date_malformed", "unitId=x": "id_malformed", "q=" + strings.Repeat("x", 101): "too_long"} {
		if p := e.As("").Get("/posts?"+query).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%s: %v, want %s", query, p.Errors, code)
		}
	}
}

func TestPostVersionsAndPast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	in := apitest.JSON{"unitId": f.Unit["esp_youth"], "title": text("Nuorisopäällikkö"), "serviceAddress": "nuoriso@espoo.example", "validFrom": "2026-11-23"}
	first := admin.Post("/posts", in).Want(201)
	path := "/posts/" + apitest.As[api.Post](first).ID.String()
	entry := lastEntries(e, 1)[0]
	if entry.Permission != "post.edit" || entry.Version != 1 || *entry.Party != f.Party["espoo"].String() || !strings.Contains(entry.Changes, "nuoriso@espoo.example") {
		t.Errorf("entry %+v", entry)
	}
	before := e.Now()
	e.Advance(time.Hour)
	in["title"], in["unitId"], in["validTo"] = text("Nuorisojohtaja"), f.Unit["esp_top"], "2026-12-31"
	admin.Put(path, first.ETag(), in).Want(200)
	if p := admin.Put(path, first.ETag(), in).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current version in the stale problem")
	}
	admin.Do("PUT", "/api/v1"+path, in).WantProblem(428, "if_match_required")
	then := apitest.As[api.Post](e.As("").Get(path + "?asOf=" + url.QueryEscape(before.Format(time.RFC3339Nano))).Want(200))
	if then.Title.FI != "Nuorisopäällikkö" || len(then.UnitPath) != 2 || then.ValidTo != nil {
		t.Errorf("then %+v", then)
	}
	now := apitest.As[api.Post](e.As("").Get(path).Want(200))
	if now.Title.FI != "Nuorisojohtaja" || len(now.UnitPath) != 1 || now.ValidTo == nil || now.ValidTo.String() != "2026-12-31" {
		t.Errorf("now %+v", now)
	}
	e.As("").Get(path+"?asOf=2026-11-22").WantProblem(404, "post_not_found")
	for name, tt := range map[string]struct {
		key, pointer, code string
		value              any
	}{
		"no title":      {"title", "/title/fi", "required", apitest.JSON{"fi": ""}},
		"other party":   {"unitId", "/unitId", "other_party", f.Unit["luvn_top"]},
		"unknown unit":  {"unitId", "/unitId", "unknown", f.Plan},
		"before start":  {"validTo", "/validTo", "before_start", "2026-11-01"},
		"malformed day": {"validFrom", "/validFrom", "date_malformed", "1.11.2026"},
		"unknown field": {"holder", "/holder", "unknown_field", "x"},
	} {
		bad := apitest.JSON{"unitId": f.Unit["esp_top"], "title": text("Virka"), "validFrom": "2026-11-23", tt.key: tt.value}
		p := admin.Put(path, `"2"`, bad).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v, want %s %s", name, p.Errors, tt.pointer, tt.code)
		}
	}
	admin.Put("/posts/"+f.Plan.String(), `"1"`, in).WantProblem(404, "post_not_found")
	admin.Post("/posts", apitest.JSON{"unitId": f.Unit["luvn_top"], "title": text("Virka"), "validFrom": "2026-11-23"}).WantProblem(403, "forbidden")
}

// Topology: two people of Espoo take turns at one post.
func TestHoldings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	post, other := f.Post["esp_youth_head"].String(), f.Post["esp_secretary"].String()
	in := func(person, kind, from, to string) apitest.JSON {
		body := apitest.JSON{"personId": f.Person[person], "postId": post, "kind": kind, "validFrom": from}
		if to != "" {
			body["validTo"] = to
		}
		return body
	}
	first := apitest.As[api.Holding](admin.Post("/holdings", in("espoo reader", "holder", "2025-01-01", "")).Want(201))
	entry := lastEntries(e, 1)[0]
	if entry.Permission != "holding.edit" || strings.Contains(entry.Changes, "Person of") || !strings.Contains(entry.Changes, f.Person["espoo reader"].String()) {
		t.Errorf("entry %+v", entry)
	}
	admin.Post("/holdings", in("espoo manager", "holder", "2026-12-01", "")).WantProblem(409, "post_has_holder")
	admin.Post("/holdings", in("espoo reader", "deputy", "2026-12-01", "")).WantProblem(409, "holding_exists")
	deputy := apitest.As[api.Holding](admin.Post("/holdings", in("espoo coordinator", "deputy", "2026-11-23", "2026-11-27")).Want(201))

	end := func(id domain.HoldingID, day string) apitest.Response {
		return admin.Post(fmt.Sprintf("/holdings/%s/end", id), apitest.JSON{"lastDay": day})
	}
	end(first.ID, "2024-12-30").WantProblem(422, "validation_failed")
	e.Advance(24 * time.Hour)
	end(first.ID, "2026-11-30").Want(200)
	if entry := lastEntries(e, 1)[0]; entry.Version != 2 || !strings.Contains(entry.Changes, `[{"field":"validTo","old":null,"new":"2026-11-30"}]`) {
		t.Errorf("entry %+v", entry)
	}
	end(first.ID, "2026-12-31").WantProblem(409, "holding_already_ended")
	second := apitest.As[api.Holding](admin.Post("/holdings", in("espoo manager", "holder", "2026-12-01", "")).Want(201))
	// A mistake: entered for the wrong person and taken back at once.
	end(deputy.ID, "2026-11-22").Want(200)
	if mistaken := apitest.As[api.List[api.Holding]](admin.Get("/holdings?personId=" + f.Person["espoo coordinator"].String()).Want(200)); len(mistaken.Items) != 0 {
		t.Errorf("a holding that never was in force holds: %+v", mistaken.Items)
	}

	who := func(query string) []string {
		out := []string{}
		for _, h := range apitest.As[api.List[api.Holding]](e.As("luvn reader").Get("/holdings?sort=validFrom&" + query).Want(200)).Items {
			out = append(out, string(h.Kind)+" "+strings.TrimPrefix(h.Person.Name, "Person of "))
		}
		return out
	}
	for query, want := range map[string][]string{
		"postId=" + post:                                                    {"holder espoo reader"},
		"postId=" + post + "&validOn=2026-12-01":                            {"holder espoo manager"},
		"postId=" + post + "&validOn=2026-11-30":                            {"holder espoo reader"},
		"postId=" + post + "&validOn=any":                                   {"holder espoo reader", "deputy espoo coordinator", "holder espoo manager"},
		"postId=" + post + "&asOf=2026-11-23":                               {"holder espoo reader", "deputy espoo coordinator"}, // as it was known then
		"validOn=2026-12-01&personId=" + f.Person["espoo manager"].String(): {"holder espoo manager"},
		"partyId=" + f.Party["luvn"].String():                               {},
	} {
		if got := who(query); !slices.Equal(got, want) {
			t.Errorf("holdings?%s: %v, want %v", query, got, want)
		}
	}

	// When the post is no more, nobody holds it.
	admin.Put("/posts/"+post, `"1"`, apitest.JSON{"unitId": f.Unit["esp_youth"], "title": text("Virka"), "validFrom": "2025-01-01", "validTo": "2026-12-31"}).Want(200)
	if got := who("postId=" + post + "&validOn=2027-01-01"); len(got) != 0 {
		t.Errorf("holders of an ended post: %v", got)
	}

	for name, tt := range map[string]struct {
		change        func(apitest.JSON)
		pointer, code string
	}{
		"person of the other party": {func(in apitest.JSON) { in["personId"] = f.Person["luvn reader"] }, "/personId", "other_party"},
		"unknown person":            {func(in apitest.JSON) { in["personId"] = f.Plan }, "/personId", "unknown"},
		"unknown post":              {func(in apitest.JSON) { in["postId"] = f.Plan }, "/postId", "unknown"},
		"unknown kind":              {func(in apitest.JSON) { in["kind"] = "owner" }, "/kind", "not_allowed"},
		"ends before it begins":     {func(in apitest.JSON) { in["validTo"] = "2025-12-31" }, "/validTo", "before_start"},
		"no such day":               {func(in apitest.JSON) { in["validFrom"] = "2026-02-29" }, "/validFrom", "date_malformed"},
	} {
		bad := apitest.JSON{"personId": f.Person["espoo reader"], "postId": other, "kind": "holder", "validFrom": "2026-01-01"}
		tt.change(bad)
		p := admin.Post("/holdings", bad).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v, want %s %s", name, p.Errors, tt.pointer, tt.code)
		}
	}
	end(second.ID, "soon").WantProblem(422, "validation_failed")
	admin.Post("/holdings/"+f.Plan.String()+"/end", apitest.JSON{"lastDay": "2026-11-23"}).WantProblem(404, "holding_not_found")
}

// Everybody reads a unit by its id.
func TestGetUnit(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	u := apitest.As[api.Unit](e.As("").Get("/units/" + f.Unit["esp_schools"].String()).Want(200))
	if u.ID != f.Unit["esp_schools"] || u.PartyID != f.Party["espoo"] || *u.ParentID != f.Unit["esp_top"] || len(u.Permissions) != 0 {
		t.Errorf("the unit: %+v", u)
	}
	e.As("").Get("/units/"+f.Party["espoo"].String()).WantProblem(404, "unit_not_found")
}
