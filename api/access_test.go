package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// accessFixture is the Fixture in which each party has one administrator and
// one auditor in person, and one coordinator by a post that somebody holds.
func accessFixture(t *testing.T) (*apitest.Env, *apitest.Fixture) {
	e := apitest.New(t)
	f := e.Organisation()
	for _, party := range []string{"espoo", "luvn"} {
		e.Exec(`insert into role_grant (id, role, person_id, party_id, valid_from, version, created_at) values
		        (gen_random_uuid(), 'administrator', $1, $2, '2026-01-01', 1, '2026-01-01')`, f.Person[party+" administrator"], f.Party[party])
		admin := e.As(party + " administrator")
		short := map[string]string{"espoo": "esp", "luvn": "luvn"}[party]
		admin.Post("/holdings", apitest.JSON{"personId": f.Person[party+" coordinator"], "postId": f.Post[short+"_coordinator"], "kind": "holder", "validFrom": "2026-01-01"}).Want(201)
		admin.Post("/grants", apitest.JSON{"role": "coordinator", "postId": f.Post[short+"_coordinator"], "validFrom": "2026-11-23"}).Want(201)
	}
	e.As("luvn administrator").Post("/grants", apitest.JSON{"role": "auditor", "personId": f.Person["auditor"], "validFrom": "2026-11-23"}).Want(201)
	return e, f
}

// whoHas prints a list of grants as "role: people".
func whoHas(r apitest.Response) []string {
	out := []string{}
	for _, g := range apitest.As[api.List[api.Grant]](r.Want(200)).Items {
		var names []string
		for _, p := range g.People {
			name := strings.TrimPrefix(p.Name, "Person of ")
			if p.Deputy {
				name += " (deputy)"
			}
			names = append(names, name)
		}
		out = append(out, string(g.Role)+": "+strings.Join(names, ", "))
	}
	return out
}

// Topology: accessFixture. Administrators see and change the access of their
// own party, auditors see all and change nothing, nobody else sees any.
func TestAccessVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	espoo := []string{"administrator: espoo administrator", "coordinator: espoo coordinator"}
	luvn := []string{"administrator: luvn administrator", "auditor: auditor", "coordinator: luvn coordinator"}
	for name, want := range map[string][]string{
		"espoo administrator": espoo, "luvn administrator": luvn, "auditor": slices.Concat(espoo, luvn),
	} {
		if got := whoHas(e.As(name).Get("/grants")); !slices.Equal(got, want) {
			t.Errorf("%q sees grants %v, want %v", name, got, want)
		}
	}
	for name, want := range map[string][]string{
		"espoo administrator": {"espoo administrator", "espoo coordinator", "espoo manager", "espoo reader"},
		"luvn administrator":  {"auditor", "luvn administrator", "luvn coordinator", "luvn manager", "luvn reader"},
		"auditor": {"auditor", "espoo administrator", "espoo coordinator", "espoo manager", "espoo reader",
			"luvn administrator", "luvn coordinator", "luvn manager", "luvn reader"},
	} {
		var got []string
		for _, p := range apitest.As[api.List[api.Person]](e.As(name).Get("/people?count=exact").Want(200)).Items {
			got = append(got, strings.TrimPrefix(p.Name, "Person of "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q sees people %v, want %v", name, got, want)
		}
	}

	id := func(client, role string) string {
		return apitest.As[api.List[api.Grant]](e.As(client).Get("/grants?role=" + role).Want(200)).Items[0].ID.String()
	}
	espoosGrant, luvnsGrant := id("espoo administrator", "coordinator"), id("luvn administrator", "coordinator")
	in := apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "validFrom": "2026-11-23"}
	end := apitest.JSON{"reason": "Tehtävä päättyi"}
	for _, name := range []string{"espoo coordinator", "espoo manager", "espoo reader", "luvn coordinator", "luvn reader"} {
		c := e.As(name)
		c.Get("/grants").WantProblem(403, "forbidden")
		c.Get("/people").WantProblem(403, "forbidden")
		c.Get("/grants/"+espoosGrant).WantProblem(403, "forbidden")
		c.Post("/grants", in).WantProblem(403, "forbidden")
		c.Post("/grants/"+espoosGrant+"/end", end).WantProblem(403, "forbidden")
	}
	for _, r := range []apitest.Response{e.As("").Get("/grants"), e.As("").Get("/people"), e.As("").Get("/grants/" + espoosGrant),
		e.As("").Post("/grants", in), e.As("").Post("/grants/"+espoosGrant+"/end", end)} {
		r.WantProblem(401, "sign_in_required")
	}
	auditor := e.As("auditor")
	auditor.Get("/grants/" + espoosGrant).Want(200)
	auditor.Post("/grants", in).WantProblem(403, "forbidden")
	auditor.Post("/grants/"+espoosGrant+"/end", end).WantProblem(403, "forbidden")
	luvnAdmin := e.As("luvn administrator")
	luvnAdmin.Get("/grants/"+espoosGrant).WantProblem(404, "grant_not_found")
	luvnAdmin.Post("/grants", in).WantProblem(403, "forbidden")
	luvnAdmin.Post("/grants/"+espoosGrant+"/end", end).WantProblem(404, "grant_not_found")
	p := luvnAdmin.Post("/grants", apitest.JSON{"role": "auditor", "personId": f.Person["espoo reader"], "validFrom": "2026-11-23"}).WantProblem(422, "validation_failed")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/personId", Code: "unknown"}}) {
		t.Errorf("a person of the other party: %v", p.Errors)
	}
	for name, want := range map[string]int{"luvn administrator": 1, "auditor": 0} {
		if got := apitest.As[api.Grant](e.As(name).Get("/grants/" + luvnsGrant).Want(200)).Permissions; len(got) != want {
			t.Errorf("%q has permissions %v on a grant of luvn", name, got)
		}
	}
}

// Who had which role can be told of any day, also right after it ended, and as
// it was known then.
func TestGrantsOverTime(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	admin := e.As("espoo administrator")
	grant := apitest.As[api.Grant](admin.Post("/grants", apitest.JSON{"role": "manager", "postId": f.Post["esp_coordinator"], "unitId": f.Unit["esp_youth"],
		"validFrom": "2026-11-23", "validTo": "2027-06-30"}).Want(201))
	entry := lastEntries(e, 1)[0]
	if entry.Permission != "grant.create" || entry.Kind != "grant" || entry.Subject != grant.ID.String() || *entry.Party != f.Party["espoo"].String() ||
		*entry.Person != f.Person["espoo administrator"].String() || !strings.Contains(entry.Changes, `"new":"manager"`) || strings.Contains(entry.Changes, "Person of") {
		t.Errorf("entry %+v", entry)
	}
	path := "/grants/" + grant.ID.String()

	e.Advance(2 * 24 * time.Hour) // 25 November
	admin.Post("/holdings", apitest.JSON{"personId": f.Person["espoo reader"], "postId": f.Post["esp_coordinator"], "kind": "deputy", "validFrom": "2026-11-25"}).Want(201)
	e.Advance(24 * time.Hour) // 26 November
	ended := apitest.As[api.Grant](admin.Post(path+"/end", apitest.JSON{"reason": " Siirtyi toiseen tehtävään "}).Want(200))
	if ended.EndedAt == nil || !ended.EndedAt.Equal(e.Now()) || ended.EndReason != "Siirtyi toiseen tehtävään" || ended.Version != 2 || len(ended.Permissions) != 0 {
		t.Errorf("ended grant %+v", ended)
	}
	entry = lastEntries(e, 1)[0]
	if entry.Permission != "grant.end" || entry.Reason != "Siirtyi toiseen tehtävään" || entry.Version != 2 || !strings.Contains(entry.Changes, `[{"field":"endedAt","old":null,`) {
		t.Errorf("entry %+v", entry)
	}
	admin.Post(path+"/end", apitest.JSON{"reason": "Taas"}).WantProblem(409, "grant_already_ended")

	const role, both = "role=manager", "manager: espoo coordinator, espoo reader (deputy)"
	for query, want := range map[string][]string{
		"":                                    {},
		"&validOn=2026-11-25":                 {both},
		"&validOn=2026-11-24":                 {"manager: espoo coordinator"},
		"&validOn=2026-11-22":                 {},
		"&validOn=2026-11-26":                 {}, // it did not last until the end of the day
		"&validOn=2027-01-01":                 {},
		"&asOf=2026-11-25":                    {both},
		"&asOf=2026-11-25&validOn=2027-01-01": {both}, // nobody knew then that it would end
		"&asOf=2026-11-23":                    {"manager: espoo coordinator"},
		"&asOf=2026-11-22":                    {},
		"&validOn=any":                        {both},
		"&validOn=any&asOf=2026-11-22":        {},
		"&validOn=2026-11-25&postId=none":     {},
		"&validOn=2026-11-25&postId=" + f.Post["esp_coordinator"].String():  {both},
		"&validOn=2026-11-25&personId=" + f.Person["espoo reader"].String(): {both},
		"&validOn=2026-11-24&personId=" + f.Person["espoo reader"].String(): {},
		"&validOn=any&personId=" + f.Person["espoo manager"].String():       {},
		"&validOn=2026-11-25&partyId=" + f.Party["luvn"].String():           {},
		"&validOn=2026-11-25&role=administrator&sort=-role&postId=none":     {"administrator: espoo administrator"},
	} {
		if got := whoHas(admin.Get("/grants?" + role + query)); !slices.Equal(got, want) {
			t.Errorf("grants%s: %v, want %v", query, got, want)
		}
	}
	// The same may be granted anew, but not twice at once.
	again := apitest.JSON{"role": "manager", "postId": f.Post["esp_coordinator"], "unitId": f.Unit["esp_youth"], "validFrom": "2026-12-01"}
	admin.Post("/grants", again).Want(201)
	admin.Post("/grants", again).WantProblem(409, "grant_exists")
	// A post that is no more gives no role.
	admin.Put("/posts/"+f.Post["esp_coordinator"].String(), `"1"`, apitest.JSON{"unitId": f.Unit["esp_top"], "title": text("Koordinaattori"), "validFrom": "2025-01-01", "validTo": "2026-12-31"}).Want(200)
	for day, want := range map[string]int{"2026-12-31": 1, "2027-01-01": 0} {
		if got := whoHas(admin.Get("/grants?role=manager&validOn=" + day)); len(got) != want {
			t.Errorf("on %s: %v", day, got)
		}
	}
}

func TestGrantBadInput(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	admin := e.As("espoo administrator")
	for name, tt := range map[string]struct {
		in            apitest.JSON
		pointer, code string
	}{
		"no holder":               {apitest.JSON{"role": "reader"}, "/postId", "required"},
		"two holders":             {apitest.JSON{"role": "auditor", "postId": f.Post["esp_youth_head"], "personId": f.Person["espoo reader"]}, "/personId", "post_or_person"},
		"person as coordinator":   {apitest.JSON{"role": "coordinator", "personId": f.Person["espoo reader"]}, "/personId", "only_posts"},
		"manager without unit":    {apitest.JSON{"role": "manager", "postId": f.Post["esp_youth_head"]}, "/unitId", "required"},
		"manager of the others":   {apitest.JSON{"role": "manager", "postId": f.Post["esp_youth_head"], "unitId": f.Unit["luvn_top"]}, "/unitId", "other_party"},
		"unknown unit":            {apitest.JSON{"role": "manager", "postId": f.Post["esp_youth_head"], "unitId": f.Plan}, "/unitId", "unknown"},
		"secretary without forum": {apitest.JSON{"role": "secretary", "postId": f.Post["esp_youth_head"]}, "/forumId", "required"},
		"unknown forum":           {apitest.JSON{"role": "secretary", "postId": f.Post["esp_youth_head"], "forumId": f.Plan}, "/forumId", "unknown"},
		"reader of a unit":        {apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "unitId": f.Unit["esp_top"]}, "/unitId", "not_for_role"},
		"unknown post":            {apitest.JSON{"role": "reader", "postId": f.Plan}, "/postId", "unknown"},
		"unknown person":          {apitest.JSON{"role": "auditor", "personId": f.Plan}, "/personId", "unknown"},
		"unknown role":            {apitest.JSON{"role": "king", "postId": f.Post["esp_youth_head"]}, "/role", "not_allowed"},
		"begins in the past":      {apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "validFrom": "2026-11-22"}, "/validFrom", "in_past"},
		"ends before it begins":   {apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "validTo": "2026-11-22"}, "/validTo", "before_start"},
		"no such day":             {apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "validTo": "2026-11-31"}, "/validTo", "date_malformed"},
		"party chosen":            {apitest.JSON{"role": "reader", "postId": f.Post["esp_youth_head"], "partyId": f.Party["luvn"]}, "/partyId", "unknown_field"},
	} {
		if tt.in["validFrom"] == nil {
			tt.in["validFrom"] = "2026-11-23"
		}
		p := admin.Post("/grants", tt.in).WantProblem(422, "validation_failed")
		if !slices.Contains(p.Errors, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: errors %v, want %s %s", name, p.Errors, tt.pointer, tt.code)
		}
	}
	id := apitest.As[api.List[api.Grant]](admin.Get("/grants?role=coordinator").Want(200)).Items[0].ID.String()
	for reason, code := range map[string]string{" ": "required", strings.Repeat("x", 501): "too_long"} {
		p := admin.Post("/grants/"+id+"/end", apitest.JSON{"reason": reason}).WantProblem(422, "validation_failed")
		if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/reason", Code: code}}) {
			t.Errorf("reason of %d characters: %v", len(reason), p.Errors)
		}
	}
	admin.Post("/grants/"+f.Plan.String()+"/end", apitest.JSON{"reason": "x"}).WantProblem(404, "grant_not_found")
	admin.Do("PUT", "/api/v1/grants/"+id, apitest.JSON{"role": "reader"}).WantProblem(405, "method_not_allowed")
	admin.Do("DELETE", "/api/v1/grants/"+id, nil).WantProblem(405, "method_not_allowed")
	for query, code := range map[string]string{"role=king": "not_allowed", "personId=x": "id_malformed", "validOn=never": "date_malformed", "sort=name": "unknown_sort_key", "cursor=x": "cursor_invalid"} {
		if p := admin.Get("/grants?"+query).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%s: %v, want %s", query, p.Errors, code)
		}
	}
}

// Somebody must be left who can grant: neither the only administrator nor one
// whose only colleague sits in a vacant post ends their own grant.
func TestLastAdministratorStays(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	admin := e.As("espoo administrator")
	own := apitest.As[api.List[api.Grant]](admin.Get("/grants?role=administrator").Want(200)).Items[0].ID.String()
	end := apitest.JSON{"reason": "Eläkkeelle"}
	admin.Post("/grants/"+own+"/end", end).WantProblem(409, "last_administrator")
	admin.Post("/grants", apitest.JSON{"role": "administrator", "postId": f.Post["esp_secretary"], "validFrom": "2026-11-23"}).Want(201)
	admin.Post("/grants/"+own+"/end", end).WantProblem(409, "last_administrator")
	admin.Post("/holdings", apitest.JSON{"personId": f.Person["espoo reader"], "postId": f.Post["esp_secretary"], "kind": "holder", "validFrom": "2026-12-01"}).Want(201)
	admin.Post("/grants/"+own+"/end", end).WantProblem(409, "last_administrator")
	e.Advance(8 * 24 * time.Hour) // the post is held by now
	admin.Post("/grants/"+own+"/end", end).Want(200)
	if got := whoHas(e.As("auditor").Get("/grants?role=administrator&partyId=" + f.Party["espoo"].String())); !slices.Equal(got, []string{"administrator: espoo reader"}) {
		t.Errorf("left: %v", got)
	}
}

func TestPeopleSearch(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	admin := e.As("espoo administrator")
	people := apitest.As[api.List[api.Person]](admin.Get("/people?q=PERSON+coord").Want(200)).Items
	if len(people) != 1 || people[0].ID != f.Person["espoo coordinator"] || len(people[0].Posts) != 1 || people[0].Posts[0].Title.FI != "esp_coordinator" {
		t.Errorf("found %+v", people)
	}
	if n := len(apitest.As[api.List[api.Person]](admin.Get("/people?partyId=" + f.Party["luvn"].String()).Want(200)).Items); n != 0 {
		t.Errorf("%d people of the other party", n)
	}
	if n := len(apitest.As[api.List[api.Person]](admin.Get("/people?q=%25").Want(200)).Items); n != 0 {
		t.Errorf("%d people are called %%", n)
	}
}

// No name, address or subject of a person is in the log or in anything that the
// public reads.
func TestLogAndPublicNameNobody(t *testing.T) {
	t.Parallel()
	e, f := accessFixture(t)
	in := access.Identity{Issuer: "https://espoo.example", Subject: "salainen-tunnus", PartyKey: "espoo", Name: "Sala Nimi", Email: "sala@espoo.example"}
	service := wiring.Access(e.DB, domain.UUIDv7)
	if _, err := service.SignIn(t.Context(), in, "r"); err != nil {
		t.Fatal(err)
	}
	if _, err := service.EnsureAdministrator(t.Context(), domain.Operator(domain.OriginOperator), in); err != nil {
		t.Fatal(err)
	}
	for _, entry := range lastEntries(e, 100) {
		line, err := json.Marshal(entry)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"Person of", "Sala Nimi", "sala@", "salainen-tunnus"} {
			if strings.Contains(string(line), secret) {
				t.Errorf("the log says %q: %s", secret, line)
			}
		}
	}
	for _, path := range []string{"/parties", "/units", "/posts", "/holdings", "/holdings?personId=" + f.Person["espoo coordinator"].String(), "/me"} {
		if body := string(e.As("").Get(path).Want(200).Bytes); strings.Contains(body, "Person of") || strings.Contains(body, "Sala Nimi") {
			t.Errorf("%s: %s", path, body)
		}
	}
}

func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	service, operator := wiring.Access(e.DB, domain.UUIDv7), domain.Operator(domain.OriginOperator)
	in := access.Identity{Issuer: "https://espoo.example", Subject: "first", PartyKey: "espoo", Name: "Ensimmäinen"}
	for _, want := range []bool{true, false} { // again is no second grant
		granted, err := service.EnsureAdministrator(t.Context(), operator, in)
		if err != nil || granted != want {
			t.Fatalf("granted %v, %v, want %v", granted, err, want)
		}
	}
	entries := lastEntries(e, 2)
	if entries[0].Origin != "operator" || entries[0].Permission != "grant.create" || entries[0].Kind != "grant" || entries[0].Person != nil || entries[1].Kind != "person" {
		t.Errorf("entries %+v", entries)
	}
	p, err := service.SignIn(t.Context(), in, "r")
	if err != nil {
		t.Fatal(err)
	}
	who, err := service.Standing(t.Context(), p.ID, domain.DateOf(e.Now()))
	if err != nil {
		t.Fatal(err)
	}
	if a := who.Actor(domain.PostID{}); !a.Can(domain.GrantCreate, domain.Resource{Parties: []domain.PartyID{f.Party["espoo"]}}) ||
		a.Can(domain.GrantCreate, domain.Resource{Parties: []domain.PartyID{f.Party["luvn"]}}) {
		t.Errorf("the first administrator is %+v", a)
	}

	another := access.Identity{Issuer: in.Issuer, Subject: "second", PartyKey: "espoo"}
	if granted, err := service.EnsureAdministrator(t.Context(), operator, another); err != nil || granted {
		t.Errorf("a party that has an administrator got another: %v, %v", granted, err)
	}

	in.PartyKey = "luvn"
	if _, err := service.EnsureAdministrator(t.Context(), operator, in); !errors.Is(err, domain.Conflict("person_of_other_party", "", "")) {
		t.Errorf("of another party: %v", err)
	}
	in.PartyKey = "nowhere"
	if _, err := service.EnsureAdministrator(t.Context(), operator, in); !errors.Is(err, domain.NotFound("party")) {
		t.Errorf("of no party: %v", err)
	}
	if _, err := service.EnsureAdministrator(t.Context(), domain.Actor{}, in); !errors.Is(err, domain.Unauthenticated()) {
		t.Errorf("by the public: %v", err)
	}
}

// A role that is ended stops at the next request of an open session, and so
// does one whose post the person no longer holds.
func TestEndedGrantStopsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	service := wiring.Access(s.DB, domain.UUIDv7)
	operator := domain.Operator(domain.OriginOperator)
	today := domain.DateOf(s.Now())
	grant, err := service.CreateGrant(t.Context(), operator, access.GrantInput{Role: domain.RoleAuditor, PostID: s.org.Post["esp_coordinator"], ValidFrom: today})
	if err != nil {
		t.Fatal(err)
	}
	b := s.browser()
	b.signIn("espoo", "a", "/fi")
	status := func() int { return b.do(http.MethodGet, "/api/v1/grants", nil).StatusCode }
	if got := status(); got != 200 {
		t.Fatalf("as an auditor: %d", got)
	}
	if _, err := service.EndGrant(t.Context(), operator, grant.ID, "Päättyi"); err != nil {
		t.Fatal(err)
	}
	if got := status(); got != 403 {
		t.Errorf("after the end of the grant: %d", got)
	}
	if _, err := service.CreateGrant(t.Context(), operator, access.GrantInput{Role: domain.RoleAuditor, PostID: s.org.Post["esp_coordinator"], ValidFrom: today}); err != nil {
		t.Fatal(err)
	}
	if got := status(); got != 200 {
		t.Errorf("granted anew: %d", got)
	}
	s.Exec(fmt.Sprintf(`update holding set valid_to = '%s' where post_id = $1`, today.AddDays(-1)), s.org.Post["esp_coordinator"])
	if got := status(); got != 403 {
		t.Errorf("after the end of the holding: %d", got)
	}
}
