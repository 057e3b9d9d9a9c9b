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

// Topology: goal 1 public, shared by Espoo's education head and LUVN's family
// head; goal 2 internal; action 1 public, led by the education head. LUVN's
// coordinator has a public reservation on goal 1 ("julkinen"), its family manager
// an internal one on its responsibility in goal 1 ("sisäinen"), Espoo's
// coordinator one on goal 2 ("piilossa"), LUVN's on action 1 ("tilanne").
func TestReservationsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := goalInput(f, "Tavoite", "public")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "shared"}, {"postId": f.Post["luvn_family_head"], "part": "shared"}}
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
	hidden := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Piilo", "internal")).Want(201))
	a := createAction(e, "espoo coordinator", actionInput(f, "Toimenpide", "esp_education_head", ""))
	var duty domain.ResponsibilityID
	for _, r := range ofGoal(e, "luvn coordinator", goal.ID, "") {
		if r.Post.PartyID == f.Party["luvn"] {
			duty = r.ID
		}
	}
	input := func(kind string, id any, text, visibility string) apitest.JSON {
		in := apitest.JSON{"subjectKind": kind, "subjectId": id, "text": apitest.JSON{"fi": text}, "visibility": visibility}
		if visibility == "internal" {
			in["visibilityGround"] = "keskeneräinen"
		}
		return in
	}
	put := func(as string, in apitest.JSON) api.Reservation {
		t.Helper()
		e.Advance(time.Minute)
		return apitest.As[api.Reservation](e.As(as).Post("/reservations", in).Want(201))
	}
	open := put("luvn coordinator", input("goal", goal.ID, "julkinen", "public"))
	inner := put("luvn manager", input("responsibility", duty, "sisäinen", "internal"))
	secret := put("espoo coordinator", input("goal", hidden.ID, "piilossa", "public"))
	put("luvn coordinator", input("action", a.ID, "tilanne", "public"))

	listed := func(as, query string) string {
		t.Helper()
		var texts []string
		for _, r := range apitest.As[api.List[api.Reservation]](e.As(as).Get("/reservations?sort=madeAt" + query).Want(200)).Items {
			texts = append(texts, r.Text.FI)
		}
		return strings.Join(texts, " ")
	}
	for _, name := range []string{"espoo coordinator", "luvn coordinator", "espoo manager", "luvn manager", "espoo reader", "luvn reader", "auditor", "espoo administrator"} {
		if got := listed(name, ""); got != "julkinen sisäinen piilossa tilanne" {
			t.Errorf("%q sees %s", name, got)
		}
	}
	for query, want := range map[string]string{
		"": "julkinen tilanne", "&subjectKind=goal": "julkinen", "&subjectKind=goal&subjectId=" + goal.ID.String(): "julkinen",
		"&partyId=" + f.Party["espoo"].String(): "", "&withdrawn=true": "", "&withdrawn=false": "julkinen tilanne", "&subjectKind=responsibility": "",
	} {
		if got := listed("", query); got != want {
			t.Errorf("the public sees %q with %s", got, query)
		}
	}
	if got := listed("espoo reader", "&subjectKind=goal&subjectId="+goal.ID.String()); got != "julkinen sisäinen" {
		t.Errorf("on the goal and its responsibilities: %s", got)
	}
	if got := listed("espoo reader", "&subjectId="+duty.String()); got != "sisäinen" {
		t.Errorf("on the responsibility: %s", got)
	}
	e.As("").Get("/reservations/" + open.ID.String()).Want(200)
	e.As("").Get("/reservations/"+inner.ID.String()).WantProblem(404, "reservation_not_found")
	e.As("").Get("/reservations/"+secret.ID.String()).WantProblem(404, "reservation_not_found")
	e.As("").Get("/reservations/of/goal/"+hidden.ID.String()).WantProblem(404, "goal_not_found")
	if r := apitest.As[api.Reservation](e.As("espoo reader").Get("/reservations/" + inner.ID.String()).Want(200)); r.Of.No != 1 || r.Of.Kind != "goal" || r.ResponsiblePost.FI != "luvn_family_head" || r.Post.Title.FI != "luvn_family_head" || r.VisibilityGround != "keskeneräinen" {
		t.Errorf("%+v", r)
	}

	// Who may make one, and withdraw which.
	for as, want := range map[string]bool{"": false, "espoo reader": false, "auditor": false, "espoo administrator": false,
		"espoo coordinator": true, "luvn coordinator": true, "espoo manager": true, "luvn manager": true} {
		of := apitest.As[api.SubjectReservations](e.As(as).Get("/reservations/of/goal/" + goal.ID.String()).Want(200))
		if slices.Contains(of.Permissions, domain.ReservationMake) != want {
			t.Errorf("%q may make one: %v", as, of.Permissions)
		}
		for _, r := range of.Items {
			if (len(r.Permissions) == 1) != strings.HasPrefix(as, "luvn ") {
				t.Errorf("%q may %v with %s", as, r.Permissions, r.Text.FI)
			}
		}
	}
	onGoal := input("goal", goal.ID, "x", "public")
	e.As("").Post("/reservations", onGoal).WantProblem(401, "sign_in_required")
	e.As("auditor").Post("/reservations", onGoal).WantProblem(403, "forbidden")
	e.As("luvn manager").Post("/reservations", input("action", a.ID, "x", "public")).WantProblem(403, "forbidden") // does not share it
	e.As("luvn manager").Post("/reservations", input("goal", f.Plan, "x", "public")).WantProblem(404, "goal_not_found")
	if p := e.As("luvn manager").Post("/reservations", input("goal", goal.ID, " ", "public")).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/text/fi" {
		t.Errorf("%+v", p.Errors)
	}
	withdraw := func(as string, r api.Reservation, reason string) apitest.Response {
		return e.As(as).Post("/reservations/"+r.ID.String()+"/withdrawal", apitest.JSON{"reason": apitest.JSON{"fi": reason}})
	}
	withdraw("", open, "x").WantProblem(401, "sign_in_required")
	withdraw("", inner, "x").WantProblem(401, "sign_in_required")
	withdraw("espoo coordinator", open, "x").WantProblem(403, "forbidden")
	withdraw("luvn reader", open, "x").WantProblem(403, "forbidden")
	withdraw("luvn coordinator", open, "").WantProblem(422, "validation_failed")
	e.Advance(24 * time.Hour)
	if r := apitest.As[api.Reservation](withdraw("luvn manager", open, "Asia sovittiin").Want(200)); r.Withdrawal.Reason.FI != "Asia sovittiin" || r.Text.FI != "julkinen" || r.Version != 2 || len(r.Permissions) != 0 {
		t.Errorf("%+v", r)
	}
	withdraw("luvn coordinator", open, "x").WantProblem(409, "already_withdrawn")

	// It stays readable; the past knows that it held; the log tells it under the goal.
	if got := listed("", "&withdrawn=true"); got != "julkinen" {
		t.Errorf("withdrawn: %s", got)
	}
	if got := listed("", "&withdrawn=false&asOf=2026-11-23"); got != "julkinen tilanne" {
		t.Errorf("held then: %s", got)
	}
	var kind, reason string
	var parent, post domain.AnyID
	e.Row(`select subject_kind, parent_id, post_id, reason from audit_entry where permission = 'reservation.make' order by id desc limit 1`, &kind, &parent, &post, &reason)
	if kind != "reservation" || parent.UUID != goal.ID.UUID || post.UUID != f.Post["luvn_family_head"].UUID || reason != "Asia sovittiin" {
		t.Errorf("entry: %s under %s in %s because %q", kind, parent, post, reason)
	}

	// What was public with its goal hides with it, also in the past.
	in["visibility"], in["visibilityGround"] = "internal", "x"
	e.As("espoo coordinator").Change("/goals/"+goal.ID.String(), etag(goal.Version), in).Want(200)
	for _, query := range []string{"", "&asOf=2026-11-23"} {
		if got := listed("", query); got != "tilanne" {
			t.Errorf("the public sees %q of an internal goal%s", got, query)
		}
	}
}

// Topology: a public chain with stages and a hand-over, and a public forum; Espoo's
// youth head shares each of them. On each of these parts Espoo's coordinator has a
// public reservation ("KIND avoin"), and LUVN's an internal one ("KIND sisäinen").
func TestReservationsOnChainsStagesHandoversAndForums(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	chain := handoverChain(e, f, "ketju", "public", handoverInput())
	forum := apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", forumInput("forum", "Foorumi", "public")).Want(201))
	subjects := map[string]string{"chain": chain.ID.String(), "stage": chain.Stages[0].ID.String(), "handover": chain.Handovers[0].ID.String(), "forum": forum.ID.String()}
	for kind, id := range subjects {
		duty := apitest.As[api.ResponsibilityItem](e.As("espoo coordinator").Post("/responsibilities", apitest.JSON{
			"subjectKind": kind, "subjectId": id, "postId": f.Post["esp_youth_head"], "part": "shared", "wording": apitest.JSON{"fi": "Sovittaa yhteen."}}).Want(201))
		for as, in := range map[string]apitest.JSON{
			"espoo coordinator": {"visibility": "public", "text": apitest.JSON{"fi": kind + " avoin"}},
			"luvn coordinator":  {"visibility": "internal", "visibilityGround": "keskeneräinen", "text": apitest.JSON{"fi": kind + " sisäinen"}},
		} {
			in["subjectKind"], in["subjectId"] = "responsibility", duty.ID
			e.As(as).Post("/reservations", in).Want(201)
		}
	}
	for kind, id := range subjects {
		// Not on the thing itself: a reservation is on what somebody answers for.
		e.As("espoo coordinator").Post("/reservations", apitest.JSON{"subjectKind": kind, "subjectId": id, "visibility": "public", "text": apitest.JSON{"fi": "x"}}).WantProblem(422, "validation_failed")
		// For Espoo its coordinator acts, and the manager of a unit that leads or shares
		// the thing: the education head's unit leads the stage.
		acts := map[string][]string{"avoin": {"espoo coordinator"}, "sisäinen": {"luvn coordinator"}}
		if kind == "stage" {
			acts["avoin"] = append(acts["avoin"], "espoo manager")
		}
		for _, as := range []string{"", "espoo reader", "luvn reader", "auditor", "espoo administrator", "espoo manager", "luvn manager", "espoo coordinator", "luvn coordinator"} {
			of := apitest.As[api.SubjectReservations](e.As(as).Get("/reservations/of/" + kind + "/" + id).Want(200))
			var texts []string
			for _, r := range of.Items {
				text := strings.TrimPrefix(r.Text.FI, kind+" ")
				texts = append(texts, text)
				if may, want := len(r.Permissions) == 1, slices.Contains(acts[text], as); may != want {
					t.Errorf("%s: %q may withdraw %q: %v", kind, as, text, may)
				}
			}
			want := "avoin sisäinen"
			if as == "" {
				want = "avoin"
			}
			slices.Sort(texts)
			if got := strings.Join(texts, " "); got != want {
				t.Errorf("%s: %q sees %s, want %s", kind, as, got, want)
			}
			may, acting := slices.Contains(of.Permissions, domain.ReservationMake), slices.Contains(slices.Concat(acts["avoin"], acts["sisäinen"]), as)
			if may != acting {
				t.Errorf("%s: %q may make one: %v", kind, as, may)
			}
		}
	}
}
