package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/radar"
)

// held notes that somebody had a post.
func held(e *apitest.Env, f *apitest.Fixture, post, party, kind, from, to string) {
	e.T.Helper()
	person := e.Person(f, post+" "+kind+" "+from, party)
	e.Exec(`insert into holding (id, person_id, post_id, kind, valid_from, valid_to, version) values ($1, $2, $3, $4, $5, nullif($6, '')::date, 1)`,
		domain.UUIDv7(), person, f.Post[post], kind, from, to)
}

// onRadar lists a reason as an actor sees it, each item in a few words: party,
// post or thing, since when.
func onRadar(e *apitest.Env, f *apitest.Fixture, name string, reason radar.Reason, query string) []string {
	e.T.Helper()
	out := []string{}
	for _, i := range apitest.As[api.List[api.RadarItem]](e.As(name).Get("/radar?reason=" + string(reason) + query).Want(200)).Items {
		party := "-"
		for key, id := range f.Party {
			if i.PartyID != nil && *i.PartyID == id {
				party = key
			}
		}
		words := []string{party}
		if i.Post != nil {
			words = append(words, i.Post.Title.FI)
		}
		if i.Thing != nil {
			words = append(words, string(i.Thing.Kind)+" "+i.Thing.Title.FI)
		}
		out = append(out, strings.Join(append(words, i.Since.String()), ", "))
	}
	return out
}

// Topology on 1 February 2027, when everything is 70 days old. All posts have a
// holder, but: esp_youth_head never had one; that of hus_liaison left in
// September and it owns nothing; that of luvn_older_head left in October, it
// leads an internal action and has a deputy. Staff of either party see all of
// the radar, the public what is about public things only.
func TestRadar(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for _, post := range []string{"esp_education_head", "esp_coordinator", "esp_secretary"} {
		held(e, f, post, "espoo", "holder", "2025-01-01", "")
	}
	for _, post := range []string{"luvn_family_head", "luvn_coordinator", "luvn_secretary"} {
		held(e, f, post, "luvn", "holder", "2025-01-01", "")
	}
	held(e, f, "hus_liaison", "hus", "holder", "2025-01-01", "2026-09-30")
	held(e, f, "luvn_older_head", "luvn", "holder", "2025-01-01", "2025-12-31")
	held(e, f, "luvn_older_head", "luvn", "holder", "2026-01-01", "2026-10-31")
	held(e, f, "luvn_older_head", "luvn", "holder", "2026-11-01", "2026-10-31") // never was in force
	held(e, f, "luvn_older_head", "luvn", "deputy", "2026-11-01", "")

	chain := apitest.As[api.Chain](newChain(e, "espoo coordinator", chainInput(f, "ketju", "public")))
	answerAll(e, "luvn coordinator", "accepted")
	secret := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput("salainen", "Salainen", "internal")).Want(201))
	with := func(in apitest.JSON, more apitest.JSON) apitest.JSON {
		for k, v := range more {
			in[k] = v
		}
		return in
	}
	createAction(e, "espoo coordinator", actionInput(f, "Vaiti", "esp_education_head", ""))
	spoken := createAction(e, "espoo coordinator", actionInput(f, "Puhunut", "esp_education_head", ""))
	report(e, "espoo manager", spoken, apitest.JSON{"status": "in_progress"}).Want(200)
	createAction(e, "luvn coordinator", with(actionInput(f, "Sisäinen", "luvn_older_head", ""), apitest.JSON{"visibility": "internal", "visibilityGround": "kesken"}))
	createAction(e, "espoo coordinator", actionInput(f, "Ei kenenkään", "", ""))
	createAction(e, "espoo coordinator", with(actionInput(f, "Vaiheen", "", ""), apitest.JSON{"stageId": chain.Stages[1].ID}))
	createAction(e, "espoo coordinator", with(actionInput(f, "Foorumin", "", ""), apitest.JSON{"forumId": secret.ID}))
	fresh := createAction(e, "espoo coordinator", actionInput(f, "Tuore", "esp_education_head", ""))
	over := createAction(e, "espoo coordinator", actionInput(f, "Ohi", "esp_education_head", ""))
	report(e, "espoo manager", over, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "x"}}).Want(200)
	sharedGoal(e, f)
	half := goalInput(f, "Puolikas", "public")
	half["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"}}
	e.As("espoo coordinator").Post("/goals", half).Want(201)
	e.Advance(70 * 24 * time.Hour)
	e.As("espoo manager").Post("/actions/"+fresh.ID.String()+"/confirmation", nil, "If-Match", etagOf(fresh)).Want(200)

	want := map[radar.Reason][]string{
		radar.Left:         {"luvn, luvn_older_head, 2026-11-01"},
		radar.Vacant:       {"espoo, esp_youth_head, 2025-01-01", "hus, hus_liaison, 2026-10-01"},
		radar.NeverUpdated: {"espoo, esp_education_head, action Vaiti, 2026-11-23", "luvn, luvn_older_head, action Sisäinen, 2026-11-23"},
		radar.NotUpdated:   {"espoo, esp_education_head, action Puhunut, 2026-11-23"},
		radar.NoLead:       {"-, action Ei kenenkään, 2026-11-23", "luvn, goal Puolikas, 2026-11-23", "hus, stage Lopuksi, 2026-11-23"},
		radar.UnitOnly:     {"luvn, action Vaiheen, 2026-11-23", "-, action Foorumin, 2026-11-23"},
		radar.Unaccepted:   {"espoo, esp_education_head, goal Yhteinen, 2026-11-23", "luvn, luvn_family_head, goal Yhteinen, 2026-11-23"},
	}
	public := map[radar.Reason][]string{
		radar.Left: {}, radar.Vacant: want[radar.Vacant],
		radar.NeverUpdated: want[radar.NeverUpdated][:1], radar.NotUpdated: want[radar.NotUpdated],
		radar.NoLead:   append([]string{"-, action Foorumin, 2026-11-23"}, want[radar.NoLead]...), // its forum is hidden
		radar.UnitOnly: want[radar.UnitOnly][:1], radar.Unaccepted: want[radar.Unaccepted],
	}
	for name, set := range map[string]map[radar.Reason][]string{"": public, "espoo reader": want, "luvn manager": want, "auditor": want} {
		counts := map[radar.Reason]int{}
		for _, c := range apitest.As[api.List[api.RadarCount]](e.As(name).Get("/radar/counts").Want(200)).Items {
			counts[c.Reason] += c.Count
		}
		for _, reason := range radar.Reasons {
			got, want := onRadar(e, f, name, reason, ""), slices.Clone(set[reason])
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q sees for %s %q, want %q", name, reason, got, want)
			}
			if counts[reason] != len(want) {
				t.Errorf("%q counts %d for %s, want %d", name, counts[reason], reason, len(want))
			}
			if body := string(e.As(name).Get("/radar?reason=" + string(reason)).Want(200).Bytes); strings.Contains(body, "Person of") {
				t.Errorf("%q is told a person for %s: %s", name, reason, body)
			}
		}
	}

	// A post says whether the parties have agreed that it answers for the thing.
	for reason, standing := range map[radar.Reason]domain.Standing{radar.Vacant: "", radar.NeverUpdated: domain.InForce, radar.NotUpdated: domain.InForce, radar.Unaccepted: domain.Proposed} {
		for _, i := range apitest.As[api.List[api.RadarItem]](e.As("").Get("/radar?reason=" + string(reason)).Want(200)).Items {
			if i.Standing != standing {
				t.Errorf("%s: %s has the standing %q, want %q", reason, i.Post.Title.FI, i.Standing, standing)
			}
		}
	}

	left := apitest.As[api.List[api.RadarItem]](e.As("auditor").Get("/radar?reason=left&count=exact").Want(200))
	if i := left.Items[0]; *left.Total != 1 || i.Days != 92 || i.Deputies != 1 || i.NeverHeld || *i.Owns != (api.RadarOwns{Actions: 1}) {
		t.Errorf("left: %+v owns %+v", i, i.Owns)
	}
	vacant := apitest.As[api.List[api.RadarItem]](e.As("").Get("/radar?reason=vacant").Want(200)).Items
	if !vacant[0].NeverHeld || vacant[1].NeverHeld {
		t.Errorf("vacant: %+v", vacant)
	}

	// The filter by party, the pages, and bad input.
	if got := onRadar(e, f, "auditor", radar.NoLead, "&partyId=none"); len(got) != 1 || !strings.HasPrefix(got[0], "-") {
		t.Errorf("of no party: %q", got)
	}
	if got := onRadar(e, f, "auditor", radar.Unaccepted, "&partyId="+f.Party["luvn"].String()); len(got) != 1 || !strings.HasPrefix(got[0], "luvn") {
		t.Errorf("of LUVN: %q", got)
	}
	for reason, all := range want {
		var paged []string
		cursor := ""
		for range 5 {
			query := "&limit=1&cursor=" + cursor
			paged = append(paged, onRadar(e, f, "auditor", reason, query)...)
			if cursor = apitest.As[api.List[api.RadarItem]](e.As("auditor").Get("/radar?reason=" + string(reason) + query).Want(200)).NextCursor; cursor == "" {
				break
			}
		}
		if !slices.Equal(paged, onRadar(e, f, "auditor", reason, "")) || len(paged) != len(all) {
			t.Errorf("pages of %s: %q", reason, paged)
		}
	}
	e.As("").Get("/radar").WantProblem(422, "validation_failed")
	e.As("").Get("/radar?reason=lazy").WantProblem(422, "validation_failed")
	e.As("").Get("/radar?reason=left&partyId=x").WantProblem(422, "validation_failed")

	// In December nothing was stale yet; the post was left already.
	if got := onRadar(e, f, "auditor", radar.NeverUpdated, "&asOf=2026-12-01"); len(got) != 0 {
		t.Errorf("in December never updated: %q", got)
	}
	if got := onRadar(e, f, "auditor", radar.Left, "&asOf=2026-12-01"); !slices.Equal(got, want[radar.Left]) {
		t.Errorf("in December left: %q", got)
	}
	if got := apitest.As[api.List[api.RadarItem]](e.As("auditor").Get("/radar?reason=left&asOf=2026-12-01").Want(200)).Items[0].Days; got != 30 {
		t.Errorf("in December left for %d days", got)
	}
}

// A stale status is one confirmed more than 60 days ago: the day decides.
func TestRadarBeginsTheDayAfterTheLimit(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	createAction(e, "espoo coordinator", actionInput(f, "Vaiti", "esp_education_head", ""))
	e.Advance(60 * 24 * time.Hour)
	if got := onRadar(e, f, "", radar.NeverUpdated, ""); len(got) != 0 {
		t.Errorf("after 60 days: %q", got)
	}
	e.Advance(24 * time.Hour)
	if got := onRadar(e, f, "", radar.NeverUpdated, ""); len(got) != 1 {
		t.Errorf("after 61 days: %q", got)
	}
}

// wantSilent asserts what the radar has of silent parties, what the balance counts, and what the
// list of actions finds, as an actor sees them.
func wantSilent(t *testing.T, e *apitest.Env, f *apitest.Fixture, name, asOf string, want map[string][]string) {
	t.Helper()
	var got []string
	counts := map[string]int{}
	for _, reason := range []radar.Reason{radar.NeverUpdated, radar.NotUpdated} {
		for _, line := range onRadar(e, f, name, reason, asOf) {
			got = append(got, string(reason)+": "+line)
		}
		for _, c := range apitest.As[api.List[api.RadarCount]](e.As(name).Get("/radar/counts?" + asOf).Want(200)).Items {
			if c.Reason == reason {
				counts[c.PartyID.String()] += c.Count
			}
		}
	}
	var all []string
	for _, lines := range want {
		all = append(all, lines...)
	}
	slices.Sort(got)
	slices.Sort(all)
	if !slices.Equal(got, all) {
		t.Errorf("%q%s: on the radar\n%s\nwant\n%s", name, asOf, strings.Join(got, "\n"), strings.Join(all, "\n"))
	}
	balance := balanceOf(e, name, "?"+asOf)
	for key, id := range f.Party {
		n := 0
		for _, r := range balance.Rows {
			if r.PartyID == id {
				n = r.Figures[12].Stale
			}
		}
		listed := counted(e, name, "/actions?silentPartyId="+id.String()+asOf)
		if counts[id.String()] != len(want[key]) || n != len(want[key]) || listed != len(want[key]) {
			t.Errorf("%q%s: of %s the radar counts %d, the balance %d, the list %d, want %d", name, asOf, key, counts[id.String()], n, listed, len(want[key]))
		}
	}
}

// Topology: three public actions and an internal one from 23 November that Espoo
// leads and LUVN shares, another that LUVN leads and Espoo shares, and one that
// HUS, no principal party, leads alone. Of "Espoo puhuu" the lead reports each
// month and LUVN never has; of "LUVN puhuu" the sharing post does, and Espoo
// reported once; of "Molemmat" both once, of "Valmis" LUVN is through with its
// part and Espoo is not, of "Toisin päin" LUVN leads and has been silent. Whoever is silent is
// counted, with the post of theirs that answers.
func TestWhoIsSilentIsCounted(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	shared := func(title, lead, other, visibility string) string {
		in := actionInput(f, title, "", "")
		in["responsibilities"] = []apitest.JSON{{"postId": f.Post[lead], "part": "lead"}, {"postId": f.Post[other], "part": "shared"}}
		if in["visibility"] = visibility; visibility == "internal" {
			in["visibilityGround"] = "kesken"
		}
		return createAction(e, "espoo coordinator", in).ID.String()
	}
	say := func(name, id string, body apitest.JSON) {
		t.Helper()
		report(e, name, apitest.As[api.Action](e.As(name).Get("/actions/"+id).Want(200)), body).Want(200)
	}
	running := func() apitest.JSON { return apitest.JSON{"status": "in_progress"} }
	const esp, luvn = "esp_education_head", "luvn_family_head"
	espooSpeaks := shared("Espoo puhuu", esp, luvn, "public")
	luvnSpeaks := shared("LUVN puhuu", esp, luvn, "public")
	both := shared("Molemmat", esp, luvn, "public")
	through := shared("Valmis", esp, luvn, "internal")
	otherWay := shared("Toisin päin", luvn, esp, "public")
	hus := createAction(e, "espoo coordinator", actionInput(f, "Kumppanin", "", ""))
	e.Exec(`insert into responsibility (id, subject_kind, subject_id, post_id, part, wording_fi, valid_from, version, standing, updated_at) values ($1, 'action', $2, $3, 'lead', '', '2026-11-23', 1, 'in_force', $4)`,
		domain.UUIDv7(), hus.ID, f.Post["hus_liaison"], e.Now())
	answerAll(e, "luvn coordinator", "accepted")
	say("espoo manager", luvnSpeaks, running())
	say("espoo manager", both, running())
	say("luvn manager", both, running())
	say("espoo manager", through, running())
	say("luvn manager", through, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Oma osa on tehty"}})
	start := e.Now()
	to := func(day int) { e.Advance(start.Add(time.Duration(day) * 24 * time.Hour).Sub(e.Now())) }
	for _, day := range []int{30, 58} {
		to(day)
		say("espoo manager", espooSpeaks, running())
		say("luvn manager", luvnSpeaks, running())
		say("espoo manager", otherWay, running())
	}
	to(60)
	wantSilent(t, e, f, "auditor", "", nil)
	to(61) // 23 January
	public := map[string][]string{
		"espoo": {"not_updated: espoo, esp_education_head, action LUVN puhuu, 2026-11-23", "not_updated: espoo, esp_education_head, action Molemmat, 2026-11-23"},
		"luvn": {"never_updated: luvn, luvn_family_head, action Espoo puhuu, 2026-11-23", "not_updated: luvn, luvn_family_head, action Molemmat, 2026-11-23",
			"never_updated: luvn, luvn_family_head, action Toisin päin, 2026-11-23"},
		"hus": {"never_updated: hus, hus_liaison, action Kumppanin, 2026-11-23"},
	}
	staff := map[string][]string{"luvn": public["luvn"], "hus": public["hus"],
		"espoo": append(slices.Clone(public["espoo"]), "not_updated: espoo, esp_education_head, action Valmis, 2026-11-23")}
	for name, want := range map[string]map[string][]string{"": public, "espoo reader": staff, "luvn manager": staff, "auditor": staff} {
		wantSilent(t, e, f, name, "", want)
	}

	// Whoever speaks is silent no more; the other one still is.
	to(70)
	say("luvn manager", espooSpeaks, running())
	say("espoo manager", luvnSpeaks, running())
	to(75)
	wantSilent(t, e, f, "", "", map[string][]string{"espoo": public["espoo"][1:], "luvn": public["luvn"][1:], "hus": public["hus"]})

	// The past is what it was, also in the balance of today.
	wantSilent(t, e, f, "", "&asOf=2027-01-24", public)
	wantSilent(t, e, f, "luvn reader", "&asOf=2027-01-24", staff)
	wantSilent(t, e, f, "auditor", "&asOf=2027-01-20", nil)
	for _, r := range balanceOf(e, "auditor", "").Rows {
		if r.PartyID == f.Party["luvn"] && (r.Figures[11].Stale != 3 || r.Figures[10].Stale != 0 || r.Figures[12].Stale != 2) {
			t.Errorf("LUVN at the ends of December and January and now: %+v", r.Figures[10:])
		}
	}
	for _, by := range []string{"theme", "chain"} {
		balanceOf(e, "", "?by="+by)
	}
	if got := counted(e, "auditor", "/actions?silentPartyId=none"); got != 2 {
		t.Errorf("%d actions of which nobody is silent", got)
	}
	e.As("").Get("/actions?silentPartyId=x").WantProblem(422, "validation_failed")

	// Who took the work up yesterday has not been silent for months, and a party
	// that is asked answers in the place of the partner.
	fresh := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/" + hus.ID.String()).Want(200))
	e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "action", "subjectId": fresh.ID, "postId": f.Post[luvn], "part": "shared"}).Want(201)
	wantSilent(t, e, f, "", "", map[string][]string{"espoo": public["espoo"][1:], "luvn": public["luvn"][1:]})
}

// Where a chain begins no hand-over tells that nobody leads the stage: the radar
// does. Of a stage to which one leads, the list of gaps tells.
func TestFirstStageWithoutALead(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := chainInput(f, "ketju", "public")
	for _, stage := range in["stages"].([]apitest.JSON) {
		delete(stage, "responsibilities")
	}
	in["handovers"] = []apitest.JSON{handoverInput(), handoverInput(apitest.JSON{"from": 2, "to": 3, "what": apitest.JSON{"fi": "Lähete"}})}
	chain := apitest.As[api.Chain](newChain(e, "espoo coordinator", in))
	hidden := chainInput(f, "piilo", "internal")
	delete(hidden["stages"].([]apitest.JSON)[0], "responsibilities")
	hidden["stages"] = hidden["stages"].([]apitest.JSON)[:1]
	newChain(e, "espoo coordinator", hidden)
	for name, want := range map[string][]string{
		"":             {"espoo, stage Ensin, 2026-11-23"},
		"espoo reader": {"espoo, stage Ensin, 2026-11-23", "espoo, stage Ensin, 2026-11-23"},
		"auditor":      {"espoo, stage Ensin, 2026-11-23", "espoo, stage Ensin, 2026-11-23"},
	} {
		if got := onRadar(e, f, name, radar.NoLead, ""); !slices.Equal(got, want) {
			t.Errorf("%q sees %q, want %q", name, got, want)
		}
	}
	items := apitest.As[api.List[api.RadarItem]](e.As("").Get("/radar?reason=no_lead").Want(200)).Items
	if th := items[0].Thing; th == nil || th.ID != anyID(chain.Stages[0].ID) || th.ChainID == nil || *th.ChainID != chain.ID {
		t.Errorf("the stage: %+v", items[0].Thing)
	}
	if got := counted(e, "", "/gaps?reason=no_receiver"); got != 2 {
		t.Errorf("%d hand-overs without a receiver", got)
	}
	e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{"subjectKind": "stage", "subjectId": chain.Stages[0].ID, "postId": f.Post["esp_education_head"], "part": "lead"}).Want(201)
	if got := onRadar(e, f, "", radar.NoLead, ""); len(got) != 0 {
		t.Errorf("with a lead: %q", got)
	}
}

// A holder who leaves: everything that the post owns is shown first, nothing
// moves, and the post is on the radar from the day after the last day on, until
// somebody holds it.
func TestHolderLeaves(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("espoo administrator")
	post := f.Post["esp_education_head"].String()
	holding := apitest.As[api.Holding](admin.Post("/holdings", apitest.JSON{"personId": f.Person["espoo manager"], "postId": post, "kind": "holder", "validFrom": "2025-01-01"}).Want(201))
	a := createAction(e, "espoo coordinator", actionInput(f, "Toimenpide", "esp_education_head", "2026-11-20"))
	createAction(e, "espoo coordinator", actionInput(f, "Toinen", "esp_education_head", "2026-11-10"))
	done := createAction(e, "espoo coordinator", actionInput(f, "Ohi", "esp_education_head", ""))
	report(e, "espoo manager", done, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "x"}}).Want(200)
	sharedGoal(e, f)
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201)
	newChain(e, "espoo coordinator", chainInput(f, "ketju", "public"))
	forum := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput("ryhma", "Ryhmä", "public")).Want(201))
	e.As("espoo coordinator").Post("/forums/"+forum.ID.String()+"/members", apitest.JSON{"postId": post, "role": "chair"}).Want(200)

	duties := func(name, query string) (out []string) {
		for _, g := range apitest.As[api.PostDuties](e.As(name).Get("/posts/" + post + "/duties" + query).Want(200)).Groups {
			if g.Total != len(g.Items) {
				t.Errorf("%q: %d of %d %s", name, len(g.Items), g.Total, g.Kind)
			}
			for _, d := range g.Items {
				out = append(out, fmt.Sprintf("%s %s %s %s %s", d.Kind, d.Title.FI, d.Part, d.Standing, d.Condition))
			}
		}
		return out
	}
	all := []string{"goal Yhteinen lead proposed ", "goal Sisäinen lead proposed ", "action Toinen lead in_force late", "action Toimenpide lead in_force late",
		"stage Ensin lead in_force ", "forum Ryhmä chair  "}
	for _, name := range []string{"espoo administrator", "luvn reader", "auditor"} {
		if got := duties(name, ""); !slices.Equal(got, all) {
			t.Errorf("%q sees duties %q, want %q", name, got, all)
		}
	}
	if got, want := duties("", ""), append(slices.Clone(all[:1]), all[2:]...); !slices.Equal(got, want) {
		t.Errorf("the public sees duties %q, want %q", got, want)
	}
	groups := apitest.As[api.PostDuties](admin.Get("/posts/" + post + "/duties").Want(200)).Groups
	if groups[0].Waiting != 2 || groups[1].Waiting != 0 {
		t.Errorf("waiting: %+v", groups)
	}
	admin.Get("/posts/"+f.Plan.String()+"/duties").WantProblem(404, "post_not_found")

	// Who follows must fit; else nothing has changed.
	end := "/holdings/" + holding.ID.String() + "/end"
	next := func(person, kind, from string) apitest.JSON {
		return apitest.JSON{"lastDay": "2026-11-30", "next": apitest.JSON{"personId": f.Person[person], "kind": kind, "validFrom": from}}
	}
	if p := admin.Post(end, next("luvn reader", "holder", "2026-12-01")).WantProblem(422, "validation_failed"); p.Errors[0] != (domain.FieldError{Pointer: "/next/personId", Code: "other_party"}) {
		t.Errorf("somebody of the other party: %v", p.Errors)
	}
	admin.Post(end, next("espoo reader", "holder", "2026-11-30")).WantProblem(409, "post_has_holder")
	e.As("luvn administrator").Post(end, next("espoo reader", "holder", "2026-12-01")).WantProblem(403, "forbidden")
	mine := apitest.As[api.List[api.Holding]](admin.Get("/holdings?validOn=any&postId=" + post).Want(200)).Items
	if len(mine) != 1 || mine[0].ValidTo != nil {
		t.Fatalf("after what was refused: %+v", mine)
	}

	// A deputy stands in: the holder has left, the post is not vacant.
	ended := apitest.As[api.EndedHolding](admin.Post(end, next("espoo reader", "deputy", "2026-12-01")).Want(200))
	if ended.ValidTo.String() != "2026-11-30" || ended.Next == nil || ended.Next.Kind != "deputy" || ended.Next.NamePublic {
		t.Errorf("ended %+v, next %+v", ended.Holding, ended.Next)
	}
	entries := lastEntries(e, 2)
	if entries[0].Permission != "holding.edit" || entries[1].Permission != "holding.edit" || entries[1].Subject != holding.ID.String() || entries[0].Subject != ended.Next.ID.String() {
		t.Errorf("entries %+v", entries)
	}
	if got := onRadar(e, f, "", radar.Left, ""); len(got) != 0 {
		t.Errorf("before the last day: %q", got)
	}
	e.Advance(8 * 24 * time.Hour) // 1 December
	if got := onRadar(e, f, "", radar.Left, ""); !slices.Equal(got, []string{"espoo, esp_education_head, 2026-12-01"}) {
		t.Errorf("after the last day: %q", got)
	}
	if got := onRadar(e, f, "", radar.Vacant, ""); slices.Contains(got, "espoo, esp_education_head, 2026-12-01") {
		t.Errorf("a post with a deputy is vacant: %q", got)
	}
	if got := onRadar(e, f, "", radar.Left, "&asOf=2026-11-30"); len(got) != 0 {
		t.Errorf("as of the last day: %q", got)
	}
	if now := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)); now.Lead == nil || now.Lead.ID != a.Responsibilities[0].Post.ID {
		t.Errorf("the action's lead moved: %+v", now.Lead)
	}

	// A holder from a day on: told until then, gone from the radar on that day.
	newcomer := e.Person(f, "newcomer", "espoo")
	admin.Post("/holdings", apitest.JSON{"personId": newcomer, "postId": post, "kind": "holder", "validFrom": "2026-12-10"}).Want(201)
	items := apitest.As[api.List[api.RadarItem]](e.As("").Get("/radar?reason=left").Want(200)).Items
	if len(items) != 1 || items[0].NextOn == nil || items[0].NextOn.String() != "2026-12-10" || items[0].Owns.Actions != 2 || items[0].Owns.Goals != 1 || items[0].Owns.Stages != 1 || items[0].Owns.Forums != 1 {
		t.Errorf("with somebody coming: %+v %+v", items, items[0].Owns)
	}
	e.Advance(9 * 24 * time.Hour)
	if got := onRadar(e, f, "", radar.Left, ""); len(got) != 0 {
		t.Errorf("with a new holder: %q", got)
	}
}

// The next holder is given the post in the same press as the one before ends.
func TestNextHolderInTheSamePress(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin := e.As("luvn administrator")
	post := f.Post["luvn_older_head"]
	holding := apitest.As[api.Holding](admin.Post("/holdings", apitest.JSON{"personId": f.Person["luvn reader"], "postId": post, "kind": "holder", "validFrom": "2025-01-01"}).Want(201))
	ended := apitest.As[api.EndedHolding](admin.Post("/holdings/"+holding.ID.String()+"/end", apitest.JSON{"lastDay": "2026-11-30",
		"next": apitest.JSON{"personId": f.Person["luvn manager"], "kind": "holder", "validFrom": "2026-12-01"}}).Want(200))
	if ended.Next == nil || ended.Next.Person.Name != "Person of luvn manager" || ended.Next.ValidFrom.String() != "2026-12-01" || ended.Version != 2 {
		t.Errorf("ended %+v next %+v", ended.Holding, ended.Next)
	}
	e.Advance(8 * 24 * time.Hour)
	for _, reason := range []radar.Reason{radar.Left, radar.Vacant} {
		for _, item := range onRadar(e, f, "", reason, "") {
			if strings.Contains(item, "luvn_older_head") {
				t.Errorf("on the radar: %s", item)
			}
		}
	}
}
