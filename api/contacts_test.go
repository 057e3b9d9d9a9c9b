package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
)

// contactsOf are the contacts of a post as an actor sees them.
func contactsOf(e *apitest.Env, name, post, query string) []api.Contact {
	e.T.Helper()
	return apitest.As[api.Post](e.As(name).Get("/posts/" + post + query).Want(200)).Contacts
}

// Topology: the Fixture; esp_youth_head is held by "espoo reader" with "espoo
// manager" as deputy, luvn_older_head by "luvn reader". Until somebody chooses
// otherwise nobody is told a name with a post; staff of either party see all of
// them under /holdings. After a choice everybody sees that name, and no other,
// in the post and nowhere else.
func TestContactsVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	youth, older := f.Post["esp_youth_head"].String(), f.Post["luvn_older_head"].String()
	hold := func(admin, person, post, kind string) api.Holding {
		return apitest.As[api.Holding](e.As(admin).Post("/holdings", apitest.JSON{"personId": f.Person[person], "postId": post,
			"kind": kind, "validFrom": "2026-01-01"}).Want(201))
	}
	holder := hold("espoo administrator", "espoo reader", youth, "holder")
	hold("espoo administrator", "espoo manager", youth, "deputy")
	hold("luvn administrator", "luvn reader", older, "holder")
	everybody := []string{"", "espoo coordinator", "luvn coordinator", "espoo manager", "luvn manager", "espoo reader", "luvn reader", "auditor", "espoo administrator", "luvn administrator"}
	for _, name := range everybody {
		for _, post := range []string{youth, older} {
			if got := contactsOf(e, name, post, ""); len(got) != 0 {
				t.Errorf("before any choice %q sees %v", name, got)
			}
		}
	}
	path := "/holdings/" + holder.ID.String() + "/name"
	e.As("espoo reader").Put(path, `"1"`, apitest.JSON{"namePublic": true}).Want(200)
	want := []api.Contact{{Name: "Person of espoo reader", Kind: organisation.Holder}}
	for _, name := range everybody {
		if got := contactsOf(e, name, youth, ""); !slices.Equal(got, want) {
			t.Errorf("%q sees contacts %v, want %v", name, got, want)
		}
		if got := contactsOf(e, name, older, ""); len(got) != 0 {
			t.Errorf("%q sees contacts %v of a post whose holder chose nothing", name, got)
		}
		listed := apitest.As[api.List[api.Post]](e.As(name).Get("/posts?id=" + youth + "&id=" + older).Want(200)).Items
		if len(listed) != 2 || !slices.Equal(listed[0].Contacts, want) && !slices.Equal(listed[1].Contacts, want) {
			t.Errorf("%q lists %+v", name, listed)
		}
		staff := strings.Contains(string(e.As(name).Get("/holdings").Want(200).Bytes), "Person of espoo manager")
		if staff != (name != "") {
			t.Errorf("%q sees the deputy: %v", name, staff)
		}
	}
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201)
	for _, path := range []string{"/parties", "/units", "/goals", "/goals/1", "/holdings", "/overview", "/responsibilities"} {
		if body := string(e.As("").Get(path).Want(200).Bytes); strings.Contains(body, "Person of") {
			t.Errorf("%s tells the public a name: %s", path, body)
		}
	}

	// The day after the holding's last there is nobody to name.
	e.As("espoo administrator").Post("/holdings/"+holder.ID.String()+"/end", apitest.JSON{"lastDay": "2026-11-23"}).Want(200)
	e.Advance(24 * time.Hour)
	if got := contactsOf(e, "", youth, ""); len(got) != 0 {
		t.Errorf("a former holder is a contact: %v", got)
	}
	if got := contactsOf(e, "", youth, "?asOf=2026-11-23"); !slices.Equal(got, want) {
		t.Errorf("on the last day there was %v", got)
	}
}

// Only the person decides, in whatever post; not the party's administrators,
// not the deputy of the same post, not the other party.
func TestOnlyTheHolderChoosesTheirName(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	post := f.Post["esp_youth_head"].String()
	var ids []string
	for person, kind := range map[string]string{"espoo reader": "holder", "espoo manager": "deputy"} {
		h := apitest.As[api.Holding](e.As("espoo administrator").Post("/holdings", apitest.JSON{"personId": f.Person[person], "postId": post,
			"kind": kind, "validFrom": "2026-01-01"}).Want(201))
		if kind == "holder" {
			ids = append([]string{h.ID.String()}, ids...)
		} else {
			ids = append(ids, h.ID.String())
		}
	}
	path, choice := "/holdings/"+ids[0]+"/name", apitest.JSON{"namePublic": true}
	for _, name := range []string{"espoo administrator", "luvn administrator", "espoo coordinator", "espoo manager", "luvn manager", "luvn reader", "auditor"} {
		e.As(name).Put(path, `"1"`, choice).WantProblem(403, "forbidden")
	}
	e.As("").Put(path, `"1"`, choice).WantProblem(401, "sign_in_required")
	e.As("").Get("/me/holdings").WantProblem(401, "sign_in_required")
	e.As("espoo reader").Put("/holdings/"+f.Plan.String()+"/name", `"1"`, choice).WantProblem(404, "holding_not_found")
	e.As("espoo reader").Do("PUT", "/api/v1"+path, choice).WantProblem(428, "if_match_required")

	mine := apitest.As[api.List[api.Holding]](e.As("espoo reader").Get("/me/holdings").Want(200)).Items
	if len(mine) != 1 || mine[0].ID.String() != ids[0] || mine[0].NamePublic || !slices.Equal(mine[0].Permissions, []domain.Permission{domain.HoldingPublish}) {
		t.Errorf("my holdings %+v", mine)
	}
	changed := e.As("espoo reader").Put(path, `"1"`, choice).Want(200)
	if h := apitest.As[api.Holding](changed); !h.NamePublic || changed.ETag() != `"2"` {
		t.Errorf("after the choice %+v, %s", h, changed.ETag())
	}
	if p := e.As("espoo reader").Put(path, `"1"`, choice).WantProblem(412, "stale_version"); p.Current == nil {
		t.Error("no current version in the stale problem")
	}
	entry := lastEntries(e, 1)[0]
	if entry.Permission != "holding.publish" || entry.Kind != "holding" || entry.Version != 2 || *entry.Person != f.Person["espoo reader"].String() ||
		!strings.Contains(entry.Changes, `"field":"namePublic","old":null,"new":true`) || strings.Contains(entry.Changes, "Person of") {
		t.Errorf("entry %+v", entry)
	}

	// Who has no post any more still takes the name back.
	e.Name("former", domain.Actor{PersonID: f.Person["espoo reader"], PartyID: f.Party["espoo"]})
	e.As("former").Put("/holdings/"+ids[1]+"/name", `"1"`, choice).WantProblem(404, "holding_not_found")
	if mine := apitest.As[api.List[api.Holding]](e.As("former").Get("/me/holdings").Want(200)).Items; len(mine) != 1 {
		t.Errorf("the former holder has %+v", mine)
	}
	e.As("former").Put(path, `"2"`, apitest.JSON{"namePublic": false}).Want(200)
	if got := contactsOf(e, "", post, ""); len(got) != 0 {
		t.Errorf("after it was taken back: %v", got)
	}
}

// Internal, public, internal, public again: of a past day the name shows only if
// it was public then and is public today.
func TestNamesThatAreTakenBackAreHiddenInThePast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	post := f.Post["esp_youth_head"].String()
	h := apitest.As[api.Holding](e.As("espoo administrator").Post("/holdings", apitest.JSON{"personId": f.Person["espoo reader"], "postId": post,
		"kind": "holder", "validFrom": "2026-01-01"}).Want(201))
	path := "/holdings/" + h.ID.String() + "/name"
	choose := func(version string, public bool) {
		e.Advance(24 * time.Hour)
		e.As("espoo reader").Put(path, version, apitest.JSON{"namePublic": public}).Want(200)
	}
	days := []string{"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"} // internal, public, internal, public
	seen := func(who string) (out []bool) {
		for _, day := range days {
			if day > domain.DateOf(e.Now()).String() {
				break
			}
			out = append(out, len(contactsOf(e, who, post, "?asOf="+day)) == 1)
		}
		return out
	}
	choose(`"1"`, true)
	if got := seen(""); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("when public: %v", got)
	}
	choose(`"2"`, false)
	for _, who := range []string{"", "luvn reader", "espoo administrator"} {
		if got := seen(who); !slices.Equal(got, []bool{false, false, false}) {
			t.Errorf("taken back, as %q: %v", who, got)
		}
	}
	choose(`"3"`, true)
	if got := seen(""); !slices.Equal(got, []bool{false, true, false, true}) {
		t.Errorf("public again: %v", got)
	}
}
