package api_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
)

func roundInput(f *apitest.Fixture, key, due string, more ...apitest.JSON) apitest.JSON {
	in := apitest.JSON{"key": key, "planId": f.Plan, "kind": "annual", "title": apitest.JSON{"fi": "Vuosi 2026", "sv": "År 2026"},
		"periodFrom": "2026-01-01", "periodTo": "2026-12-31", "dueOn": due, "goalDays": 5, "actionDays": 10}
	for _, m := range more {
		for k, v := range m {
			in[k] = v
		}
	}
	return in
}

func openRound(e *apitest.Env, as string, in apitest.JSON) api.Round {
	e.T.Helper()
	return apitest.As[api.Round](e.As(as).Post("/reporting-rounds", in).Want(201))
}

func getRound(e *apitest.Env, as, key string) api.Round {
	e.T.Helper()
	return apitest.As[api.Round](e.As(as).Get("/reporting-rounds/" + key).Want(200))
}

// onRound posts a decision about the round's version of now.
func onRound(e *apitest.Env, as, key, decision string, body apitest.JSON) apitest.Response {
	e.T.Helper()
	r := getRound(e, "espoo coordinator", key)
	return e.As(as).Post("/reporting-rounds/"+r.ID.String()+"/"+decision, body, "If-Match", fmt.Sprintf("%q", fmt.Sprint(r.Version)))
}

func sayInRound(e *apitest.Env, as string, r api.Round, level, subject string, more ...apitest.JSON) apitest.Response {
	e.T.Helper()
	body := apitest.JSON{"level": level, "subjectId": subject, "assessment": "on_course", "text": apitest.JSON{"fi": as + " sanoo", "sv": ""}, "public": true}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	return e.As(as).Post("/reporting-rounds/"+r.ID.String()+"/reports", body)
}

// askedOf is what a round asks for as somebody sees it, one word for each row:
// level/number/party/state.
func askedOf(e *apitest.Env, f *apitest.Fixture, as string, r api.Round, query string) []string {
	e.T.Helper()
	out := []string{}
	for _, x := range expectations(e, as, r, query) {
		out = append(out, fmt.Sprintf("%s/%d/%s/%s", x.Level, x.No, partyKey(f, x.PartyID), x.State))
	}
	return out
}

func expectations(e *apitest.Env, as string, r api.Round, query string) []api.RoundExpectation {
	e.T.Helper()
	return apitest.As[api.List[api.RoundExpectation]](e.As(as).Get("/reporting-rounds/" + r.ID.String() + "/expectations?limit=200&" + query).Want(200)).Items
}

func partyKey(f *apitest.Fixture, id domain.PartyID) string {
	for key, party := range f.Party {
		if party == id {
			return key
		}
	}
	return ""
}

// at moves the clock on to an instant in Helsinki.
func at(e *apitest.Env, when string) {
	e.T.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", when, domain.Helsinki)
	if err != nil {
		e.T.Fatal(err)
	}
	e.Advance(t.Sub(e.Now()))
}

// roundWorld is a plan with a public goal 1 and an internal goal 2, each led by a
// post of both parties, and these actions:
//
//	1 public, of goal 1, led by Espoo and shared by LUVN
//	2 internal, of goal 1, led by LUVN
//	3 public, of goal 1, led by a partner: asked of nobody
//	4 public, of no goal
//	5 public, of goal 1, led by Espoo, done before any round
//	6 public, of goal 2 only, led by Espoo
func roundWorld(t *testing.T) (*apitest.Env, *apitest.Fixture, map[int]api.Action, map[int]string) {
	t.Helper()
	e := apitest.New(t)
	f := e.Organisation()
	goals := map[int]string{}
	for i, visibility := range []string{"public", "internal"} {
		goals[i+1] = apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, fmt.Sprintf("Tavoite %d", i+1), visibility)).Want(201)).ID.String()
	}
	actions := map[int]api.Action{}
	make := func(no int, lead, goal string, more ...apitest.JSON) {
		in := actionInput(f, fmt.Sprintf("Toimi %d", no), lead, "")
		if goal != "" {
			in["goalIds"] = []string{goal}
		}
		for _, m := range more {
			for k, v := range m {
				in[k] = v
			}
		}
		actions[no] = createAction(e, "espoo coordinator", in)
	}
	make(1, "esp_education_head", goals[1], apitest.JSON{"responsibilities": []apitest.JSON{
		{"postId": f.Post["esp_education_head"], "part": "lead"}, {"postId": f.Post["luvn_family_head"], "part": "shared"}}})
	make(2, "luvn_family_head", goals[1], apitest.JSON{"visibility": "internal", "visibilityGround": "keskeneräinen"})
	make(3, "hus_liaison", goals[1])
	make(4, "esp_education_head", "")
	make(5, "esp_education_head", goals[1])
	make(6, "esp_education_head", goals[2])
	report(e, "espoo manager", actions[5], apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Valmis", "sv": ""}}).Want(200)
	e.Advance(24 * time.Hour)
	return e, f, actions, goals
}

func reload(e *apitest.Env, a api.Action) api.Action {
	e.T.Helper()
	return apitest.As[api.Action](e.As("auditor").Get("/actions/" + a.ID.String()).Want(200))
}

func sums(figures []api.RoundFigure) string {
	var n [4]int
	for _, f := range figures {
		n[0], n[1], n[2], n[3] = n[0]+f.Reported, n[1]+f.Late, n[2]+f.Missing, n[3]+f.Waiting
	}
	return fmt.Sprint(n)
}

// Topology: roundWorld. Both parties' staff see everything that is asked, the public
// what is public and reached by a public goal; each party reports and completes its
// own side, and only coordinators open and end rounds.
func TestRoundsVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e, f, _, goals := roundWorld(t)
	input := roundInput(f, "vuosi-2026", "2027-01-15")
	for _, as := range []string{"espoo manager", "luvn reader", "auditor", "espoo administrator"} {
		e.As(as).Post("/reporting-rounds", input).WantProblem(403, "forbidden")
		e.As(as).Get("/reporting-rounds/preview?dueOn=2027-01-15&goalDays=5&actionDays=10&planId="+f.Plan.String()).WantProblem(403, "forbidden")
	}
	e.As("").Post("/reporting-rounds", input).WantProblem(401, "sign_in_required")

	preview := apitest.As[api.RoundPreview](e.As("luvn coordinator").Get("/reporting-rounds/preview?dueOn=2027-01-16&goalDays=5&actionDays=10&planId=" + f.Plan.String()).Want(200))
	if days := preview.Levels; len(days) != 3 || days[0].DueOn.String() != "2026-12-22" || days[1].DueOn.String() != "2027-01-11" || days[2].DueOn.String() != "2027-01-18" {
		t.Errorf("previewed %+v", days)
	}
	if c := preview.Skipped; len(c) == 0 || c[0].Holiday == nil || c[0].Holiday.SV != "julaftonen" || preview.WorkingDays != 20 || sums(preview.Figures) != "[0 0 0 10]" {
		t.Errorf("skips %+v, %d days, asks for %+v", c, preview.WorkingDays, preview.Figures)
	}
	e.As("luvn coordinator").Get("/reporting-rounds/preview?dueOn=2026-12-01&goalDays=5&actionDays=10&planId="+f.Plan.String()).WantProblem(422, "validation_failed")
	e.As("luvn coordinator").Get("/reporting-rounds/preview?dueOn=2027-01-16&goalDays=5&actionDays=10&planId="+domain.PlanID{}.String()).WantProblem(404, "plan_not_found")

	r := openRound(e, "luvn coordinator", input)
	if r.State != round.Open || r.OpensOn.String() != "2026-11-24" || r.OpenedBy == nil || r.OpenedBy.Title.FI != "luvn_coordinator" || len(r.Parties) != 2 || len(r.Figures) != 6 || r.Snapshot != nil {
		t.Errorf("opened %+v", r)
	}
	e.As("espoo coordinator").Post("/reporting-rounds", roundInput(f, "toinen", "2027-01-15")).WantProblem(409, "round_open")
	e.As("espoo coordinator").Post("/reporting-rounds", roundInput(f, "toinen", "2027-01-15", apitest.JSON{"planId": domain.PlanID{UUID: domain.UUIDv7()}})).WantProblem(422, "validation_failed")
	if p := e.As("espoo coordinator").Post("/reporting-rounds", roundInput(f, "x", "2026-12-01")).WantProblem(422, "validation_failed"); p.Errors[0].Code != "too_soon" {
		t.Errorf("%+v", p.Errors)
	}

	public := []string{"action/1/espoo/waiting", "action/1/luvn/waiting", "goal/1/espoo/waiting", "goal/1/luvn/waiting", "plan/0/espoo/waiting", "plan/0/luvn/waiting"}
	staff := slices.Concat(public[:2], []string{"action/2/luvn/waiting", "action/6/espoo/waiting"}, public[2:4], []string{"goal/2/espoo/waiting", "goal/2/luvn/waiting"}, public[4:])
	for _, tt := range []struct {
		as   string
		want []string
		may  []string // action.report and round.report, by the same order
		on   string   // permissions on the round
	}{
		{"", public, nil, ""},
		{"auditor", staff, nil, ""},
		{"espoo administrator", staff, nil, ""},
		{"espoo coordinator", staff, []string{"action/1/espoo", "action/6/espoo", "goal/1/espoo", "goal/2/espoo", "plan/0/espoo"}, "round.edit round.cancel round.complete"},
		{"luvn coordinator", staff, []string{"action/1/luvn", "action/2/luvn", "goal/1/luvn", "goal/2/luvn", "plan/0/luvn"}, "round.edit round.cancel round.complete"},
		{"espoo manager", staff, []string{"action/1/espoo", "action/6/espoo", "goal/1/espoo", "goal/2/espoo"}, ""},
		{"luvn manager", staff, []string{"action/1/luvn", "action/2/luvn", "goal/1/luvn", "goal/2/luvn"}, ""},
		{"espoo reader", staff, nil, ""},
	} {
		if got := askedOf(e, f, tt.as, r, ""); !slices.Equal(got, tt.want) {
			t.Errorf("%q is shown %v, want %v", tt.as, got, tt.want)
		}
		var may []string
		for _, x := range expectations(e, tt.as, r, "") {
			if len(x.Permissions) > 0 {
				may = append(may, fmt.Sprintf("%s/%d/%s", x.Level, x.No, partyKey(f, x.PartyID)))
			}
		}
		if !slices.Equal(may, tt.may) {
			t.Errorf("%q may report %v, want %v", tt.as, may, tt.may)
		}
		item := getRound(e, tt.as, "vuosi-2026")
		if got := fmt.Sprint(item.Permissions); got != "["+tt.on+"]" {
			t.Errorf("%q may %s on the round, want %s", tt.as, got, tt.on)
		}
		if got, want := sums(item.Figures), fmt.Sprintf("[0 0 0 %d]", len(tt.want)); got != want {
			t.Errorf("%q counts %s, want %s", tt.as, got, want)
		}
		if list := apitest.As[api.List[api.RoundSummary]](e.As(tt.as).Get("/reporting-rounds?planId=" + f.Plan.String()).Want(200)).Items; len(list) != 1 || list[0].Key != "vuosi-2026" {
			t.Errorf("%q lists %+v", tt.as, list)
		}
	}

	plan := f.Plan.String()
	sayInRound(e, "", r, "goal", goals[1]).WantProblem(401, "sign_in_required")
	sayInRound(e, "espoo reader", r, "goal", goals[1]).WantProblem(403, "forbidden")
	sayInRound(e, "espoo manager", r, "plan", plan).WantProblem(403, "forbidden")
	sayInRound(e, "auditor", r, "plan", plan).WantProblem(403, "forbidden")
	sayInRound(e, "espoo manager", r, "goal", domain.GoalID{}.String()).WantProblem(404, "goal_not_found")
	sayInRound(e, "espoo manager", r, "plan", goals[1]).WantProblem(404, "plan_not_found")
	e.As("espoo manager").Post("/reporting-rounds/"+domain.RoundID{}.String()+"/reports", apitest.JSON{"level": "plan", "subjectId": plan, "assessment": "partly", "text": apitest.JSON{"fi": "x"}, "public": true}).WantProblem(404, "round_not_found")
	sayInRound(e, "espoo manager", r, "goal", goals[1], apitest.JSON{"text": apitest.JSON{"fi": " "}}).WantProblem(422, "validation_failed")
	for _, decision := range []string{"completion", "reopening", "cancellation"} {
		body := map[string]apitest.JSON{"completion": {}, "reopening": {"reason": "x"}, "cancellation": {"reason": apitest.JSON{"fi": "x"}}}[decision]
		onRound(e, "", "vuosi-2026", decision, body).WantProblem(401, "sign_in_required")
		onRound(e, "espoo manager", "vuosi-2026", decision, body).WantProblem(403, "forbidden")
		e.As("espoo coordinator").Post("/reporting-rounds/"+r.ID.String()+"/"+decision, body).WantProblem(428, "if_match_required")
		e.As("espoo coordinator").Post("/reporting-rounds/"+r.ID.String()+"/"+decision, body, "If-Match", `"7"`).WantProblem(412, "stale_version")
		e.As("espoo coordinator").Post("/reporting-rounds/"+domain.RoundID{}.String()+"/"+decision, body, "If-Match", `"1"`).WantProblem(404, "round_not_found")
	}
	e.As("").Get("/reporting-rounds/"+r.ID.String()+"/snapshot").WantProblem(404, "snapshot_not_found")

	// What only staff read of the plan, only staff read of its rounds.
	e.Exec("update plan set visibility = 'internal' where id = $1", f.Plan)
	e.As("").Get("/reporting-rounds/vuosi-2026").WantProblem(404, "round_not_found")
	e.As("").Get("/reporting-rounds/"+r.ID.String()+"/expectations").WantProblem(404, "round_not_found")
	if list := apitest.As[api.List[api.RoundSummary]](e.As("").Get("/reporting-rounds").Want(200)).Items; len(list) != 0 {
		t.Errorf("the public lists %+v", list)
	}
	getRound(e, "luvn reader", "vuosi-2026")
}

// A round from its opening to the snapshot: what was said in time, at the last minute
// and a minute late, what is missing, each party's own side, and bytes that stay as
// they were whatever happens afterwards.
func TestRoundIsCompletedByBothPartiesAndFrozen(t *testing.T) {
	t.Parallel()
	e, f, actions, goals := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	plan := f.Plan.String()

	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress", "progress": 40, "text": apitest.JSON{"fi": "Etenee", "sv": ""}, "public": false}).Want(200)
	at(e, "2026-12-21 23:59")
	e.As("luvn manager").Post("/actions/"+actions[1].ID.String()+"/confirmation", nil, "If-Match", etagOf(reload(e, actions[1]))).Want(200)
	if got := askedOf(e, f, "auditor", r, "level=action"); !slices.Equal(got, []string{"action/1/espoo/reported", "action/1/luvn/reported", "action/2/luvn/waiting", "action/6/espoo/waiting"}) {
		t.Errorf("at 23.59: %v", got)
	}
	at(e, "2026-12-22 00:01")
	if got := askedOf(e, f, "auditor", r, "level=action"); !slices.Equal(got, []string{"action/1/espoo/reported", "action/1/luvn/reported", "action/2/luvn/missing", "action/6/espoo/missing"}) {
		t.Errorf("at 0.01: %v", got)
	}
	report(e, "luvn manager", reload(e, actions[2]), apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Valmis", "sv": ""}}).Want(200)
	// A second word does not make the first one late.
	e.As("luvn manager").Post("/actions/"+actions[1].ID.String()+"/confirmation", nil, "If-Match", etagOf(reload(e, actions[1]))).Want(200)
	// What is made after the last day waits for the next round.
	late := actionInput(f, "Toimi 7", "luvn_family_head", "")
	late["goalIds"] = []string{goals[1]}
	createAction(e, "luvn coordinator", late)
	if got := askedOf(e, f, "auditor", r, "level=action"); !slices.Equal(got, []string{"action/1/espoo/reported", "action/1/luvn/reported", "action/2/luvn/late", "action/6/espoo/missing"}) {
		t.Errorf("late: %v", got)
	}

	first := apitest.As[api.RoundReport](sayInRound(e, "espoo manager", r, "goal", goals[1]).Want(201))
	if first.Late || first.Post == nil || first.Post.Title.FI != "esp_education_head" || !first.Public {
		t.Errorf("%+v", first)
	}
	sayInRound(e, "espoo coordinator", r, "goal", goals[1], apitest.JSON{"assessment": "partly", "public": false}).Want(201)
	hidden := apitest.As[api.RoundReport](sayInRound(e, "espoo manager", r, "goal", goals[2]).Want(201))
	if hidden.Public {
		t.Error("a report on an internal goal is public")
	}
	onRound(e, "espoo coordinator", "vuosi-2026", "completion", apitest.JSON{}).WantProblem(409, "side_waits") // the plan can still be reported on
	sayInRound(e, "espoo coordinator", r, "plan", plan).Want(201)
	sayInRound(e, "luvn manager", r, "goal", goals[1], apitest.JSON{"assessment": "reached"}).Want(201)

	reports := func(as, query string) (out []string) {
		for _, x := range apitest.As[api.List[api.RoundReport]](e.As(as).Get("/reporting-rounds/" + r.ID.String() + "/reports?" + query).Want(200)).Items {
			line := string(x.Level) + " " + partyKey(f, x.PartyID) + " " + string(x.Assessment)
			if x.Text != nil {
				line += " " + x.Text.FI
			}
			out = append(out, line)
		}
		return out
	}
	if got := reports("", ""); !slices.Equal(got, []string{"goal luvn reached luvn manager sanoo", "plan espoo on_course espoo coordinator sanoo", "goal espoo partly", "goal espoo on_course espoo manager sanoo"}) {
		t.Errorf("the public reads %v", got)
	}
	if got := reports("luvn reader", "level=goal&partyId="+f.Party["espoo"].String()+"&subjectId="+goals[1]); !slices.Equal(got, []string{"goal espoo partly espoo coordinator sanoo", "goal espoo on_course espoo manager sanoo"}) {
		t.Errorf("staff read %v", got)
	}
	if len(reports("auditor", "")) != 5 {
		t.Errorf("%v", reports("auditor", ""))
	}

	// Espoo's side: one action is missing, which needs a note; then nothing more is said
	// for it until it is taken back.
	if p := onRound(e, "espoo coordinator", "vuosi-2026", "completion", apitest.JSON{}).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/note/fi" {
		t.Errorf("%+v", p.Errors)
	}
	note := apitest.JSON{"note": apitest.JSON{"fi": "Toimi 6 alkaa keväällä", "sv": ""}}
	done := apitest.As[api.Round](onRound(e, "espoo coordinator", "vuosi-2026", "completion", note).Want(200))
	if done.State != round.Open || len(done.Completions) != 1 || done.Completions[0].Note.FI != "Toimi 6 alkaa keväällä" || done.Snapshot != nil {
		t.Errorf("%+v", done)
	}
	onRound(e, "espoo coordinator", "vuosi-2026", "completion", note).WantProblem(409, "side_completed")
	sayInRound(e, "espoo manager", r, "goal", goals[1]).WantProblem(409, "side_completed")
	onRound(e, "luvn coordinator", "vuosi-2026", "reopening", apitest.JSON{"reason": "x"}).WantProblem(409, "side_open")
	if open := apitest.As[api.Round](onRound(e, "espoo coordinator", "vuosi-2026", "reopening", apitest.JSON{"reason": "Toimi 6 ehtii sittenkin"}).Want(200)); len(open.Completions) != 0 {
		t.Errorf("%+v", open.Completions)
	}
	onRound(e, "espoo coordinator", "vuosi-2026", "completion", note).Want(200)

	// LUVN's side waits until its last day has passed, also for a late report.
	onRound(e, "luvn coordinator", "vuosi-2026", "completion", note).WantProblem(409, "side_waits")
	at(e, "2027-01-18 09:00")
	if x := apitest.As[api.RoundReport](sayInRound(e, "luvn coordinator", r, "goal", goals[2]).Want(201)); !x.Late {
		t.Error("in time on 18 January")
	}
	before := getRound(e, "auditor", "vuosi-2026")
	if sums(before.Figures) != "[6 2 2 0]" {
		t.Errorf("before the end %+v", before.Figures)
	}
	e.Advance(time.Hour)
	over := apitest.As[api.Round](onRound(e, "luvn coordinator", "vuosi-2026", "completion", apitest.JSON{"note": apitest.JSON{"fi": "", "sv": "Planen rapporteras senare"}}).Want(200))
	if over.State != round.Completed || over.EndedAt == nil || over.Snapshot == nil || !over.Snapshot.Intact || over.Snapshot.Audience != "staff" || len(over.Permissions) != 0 {
		t.Fatalf("%+v", over)
	}

	// Every figure is the number of its rows.
	for _, as := range []string{"", "auditor"} {
		for _, x := range getRound(e, as, "vuosi-2026").Figures {
			for state, n := range map[string]int{"reported": x.Reported, "late": x.Late, "missing": x.Missing, "waiting": x.Waiting} {
				query := fmt.Sprintf("level=%s&partyId=%s&state=%s&count=exact", x.Level, x.PartyID, state)
				list := apitest.As[api.List[api.RoundExpectation]](e.As(as).Get("/reporting-rounds/" + r.ID.String() + "/expectations?" + query).Want(200))
				if len(list.Items) != n || *list.Total != n {
					t.Errorf("%q: %s has %d rows of %d, the figure is %d", as, query, len(list.Items), *list.Total, n)
				}
			}
		}
	}

	// The file is the exact bytes; the public one withholds.
	fetch := func(as, query string) (string, round.Snapshot) {
		res := e.As(as).Get("/reporting-rounds/" + r.ID.String() + "/snapshot.json" + query).Want(200)
		sum := sha256.Sum256(res.Bytes)
		mark := apitest.As[api.RoundSnapshot](e.As(as).Get("/reporting-rounds/" + r.ID.String() + "/snapshot" + query).Want(200))
		if hex.EncodeToString(sum[:]) != mark.SHA256 || !mark.Intact || mark.Bytes != len(res.Bytes) {
			t.Errorf("%q%s: bytes hash to %x, noted is %s", as, query, sum, mark.SHA256)
		}
		var s round.Snapshot
		if err := json.Unmarshal(res.Bytes, &s); err != nil {
			t.Fatal(err)
		}
		return string(res.Bytes), s
	}
	content, kept := fetch("luvn reader", "")
	open, shown := fetch("", "")
	if again, _ := fetch("espoo coordinator", "?audience=public"); again != open {
		t.Error("staff get another public version than the public")
	}
	if len(kept.Rows) != 10 || len(shown.Rows) != 6 || !shown.Withheld || kept.Withheld || !strings.Contains(content, "Toimi 2") || strings.Contains(open, "Toimi 2") ||
		strings.Contains(open, "Toimi 6\"") || !strings.Contains(content, "Etenee") || strings.Contains(open, "Etenee") || len(shown.Completions) != 2 || shown.Completions[0].PartyID != f.Party["espoo"] {
		t.Errorf("%d rows of %d\n%s\n%s", len(shown.Rows), len(kept.Rows), open, content)
	}
	e.As("").Get("/reporting-rounds/"+r.ID.String()+"/snapshot.json?audience=staff").WantProblem(404, "snapshot_not_found")
	table := e.As("auditor").Get("/reporting-rounds/" + r.ID.String() + "/snapshot.csv?lang=sv").Want(200)
	lines := strings.Split(strings.TrimSpace(string(table.Bytes)), "\r\n")
	if len(lines) != 11 || !strings.HasPrefix(lines[0], "\ufeffNivå;Nummer;Namn") || !strings.Contains(lines[1], "Åtgärd;1;Toimi 1 sv;ESPOO;esp_education_head;Rapporterat;2026-12-21;2026-11-24;Pågår;40;") {
		t.Errorf("%s", table.Bytes)
	}

	// Nothing that happens later is part of it.
	e.Advance(48 * time.Hour)
	report(e, "espoo manager", reload(e, actions[6]), apitest.JSON{"status": "in_progress"}).Want(200)
	if now, _ := fetch("luvn reader", ""); now != content {
		t.Error("the snapshot changed")
	}
	if got := sums(getRound(e, "auditor", "vuosi-2026").Figures); got != sums(over.Figures) {
		t.Errorf("the figures changed to %s", got)
	}
	sayInRound(e, "luvn coordinator", r, "plan", plan).WantProblem(409, "round_over")
	onRound(e, "luvn coordinator", "vuosi-2026", "completion", apitest.JSON{}).WantProblem(409, "round_over")
	onRound(e, "luvn coordinator", "vuosi-2026", "cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "x"}}).WantProblem(409, "round_over")
	var updates, deletes bool
	e.Row("select has_table_privilege('round_snapshot', 'update'), has_table_privilege('round_snapshot', 'delete')", &updates, &deletes)
	if updates || deletes {
		t.Error("the application may change a snapshot")
	}

	// The past shows how it stood.
	past := apitest.As[api.Round](e.As("auditor").Get("/reporting-rounds/vuosi-2026?asOf=2026-12-21").Want(200))
	if past.State != round.Open || sums(past.Figures) != "[2 0 0 8]" || len(past.Completions) != 0 {
		t.Errorf("on 21 December %s %+v", past.State, past.Figures)
	}
	if got := askedOf(e, f, "", r, "asOf=2026-12-22&level=action"); !slices.Equal(got, []string{"action/1/espoo/reported", "action/1/luvn/reported"}) {
		t.Errorf("the public reads of 22 December %v", got)
	}

	// The log tells who did what, and the snapshot's hash.
	var log, hash string
	e.Row("select string_agg(permission, ' ' order by e.id) from audit_entry e where subject_kind = 'reporting_round'", &log)
	if log != "round.open round.complete round.complete round.complete round.complete" {
		t.Errorf("logged %s", log)
	}
	e.Row("select v.changes::text from audit_entry e join audit_value v on v.entry_id = e.id where subject_kind = 'reporting_round' order by e.id desc limit 1", &hash)
	if !strings.Contains(hash, over.Snapshot.SHA256) || !strings.Contains(hash, round.HashOf([]byte(open))) || !strings.Contains(hash, "sideCompleted") {
		t.Errorf("logged %s", hash)
	}
	e.Row("select count(*)::text from audit_entry where permission = 'round.report' and parent_kind = 'reporting_round'", &log)
	if log != "6" {
		t.Errorf("%s reports logged", log)
	}
}

// A word that was taken back makes no later one come in time; on a day before that it
// still stood.
func TestWordTakenBackIsNotInTime(t *testing.T) {
	t.Parallel()
	e, f, actions, _ := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	confirm := func() api.Action {
		return apitest.As[api.Action](e.As("luvn manager").Post("/actions/"+actions[1].ID.String()+"/confirmation", nil, "If-Match", etagOf(reload(e, actions[1]))).Want(200))
	}
	asked := "level=action&partyId=" + f.Party["luvn"].String()
	at(e, "2026-12-10 09:00")
	said := confirm()
	at(e, "2026-12-12 09:00")
	e.As("luvn manager").Post(withdrawal(said, said.Undoable), nil).Want(200)
	if got := askedOf(e, f, "auditor", r, asked); got[0] != "action/1/luvn/waiting" {
		t.Errorf("taken back: %v", got)
	}
	at(e, "2026-12-28 09:00")
	confirm()
	if got := askedOf(e, f, "auditor", r, asked); got[0] != "action/1/luvn/late" {
		t.Errorf("said anew: %v", got)
	}
	for day, want := range map[string]string{"2026-12-09": "waiting", "2026-12-11": "reported", "2026-12-13": "waiting", "2026-12-23": "missing"} {
		if got := askedOf(e, f, "auditor", r, asked+"&asOf="+day); got[0] != "action/1/luvn/"+want {
			t.Errorf("on %s %v, want %s", day, got, want)
		}
	}
}

// Both parties complete at the same moment: one of them has the other's word before
// it, and there is one snapshot.
func TestBothPartiesCompleteAtOnce(t *testing.T) {
	t.Parallel()
	e, f, _, _ := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	at(e, "2027-01-18 09:00")
	statuses := make(chan int, 2)
	var both sync.WaitGroup
	for _, as := range []string{"espoo coordinator", "luvn coordinator"} {
		both.Go(func() {
			statuses <- e.As(as).Post("/reporting-rounds/"+r.ID.String()+"/completion", apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}}, "If-Match", `"1"`).StatusCode
		})
	}
	both.Wait()
	if got := []int{<-statuses, <-statuses}; !slices.Contains(got, 200) || !slices.Contains(got, 412) {
		t.Errorf("answered %v", got)
	}
	for _, as := range []string{"espoo coordinator", "luvn coordinator"} {
		onRound(e, as, "vuosi-2026", "completion", apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}})
	}
	if got := getRound(e, "", "vuosi-2026"); got.State != round.Completed || got.Snapshot == nil || got.Snapshot.Audience != "public" {
		t.Errorf("%+v", got)
	}
}

// Last days move later for a reason, by either party; a round that is cancelled says
// why, makes room for another and stays as it stood.
func TestRoundIsMovedAndCancelled(t *testing.T) {
	t.Parallel()
	e, f, actions, _ := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026", "2027-01-15"))
	path := "/reporting-rounds/" + r.ID.String()
	change := func(due, reason string) apitest.JSON {
		return apitest.JSON{"title": apitest.JSON{"fi": "Vuosi 2026", "sv": "År 2026"}, "dueOn": due, "goalDays": 5, "actionDays": 10, "reason": reason}
	}
	if p := e.As("luvn coordinator").Put(path, `"1"`, change("2027-01-14", "x")).WantProblem(422, "validation_failed"); p.Errors[0].Code != "only_later" {
		t.Errorf("%+v", p.Errors)
	}
	e.As("luvn coordinator").Put(path, `"1"`, change("2027-01-29", "")).WantProblem(422, "validation_failed")
	e.As("luvn manager").Put(path, `"1"`, change("2027-01-29", "x")).WantProblem(403, "forbidden")
	e.As("").Put(path, `"1"`, change("2027-01-29", "x")).WantProblem(401, "sign_in_required")
	e.As("luvn coordinator").Put(path, "", change("2027-01-29", "x")).WantProblem(428, "if_match_required")
	moved := apitest.As[api.Round](e.As("luvn coordinator").Put(path, `"1"`, change("2027-01-29", "Loma-aika")).Want(200))
	if moved.Version != 2 || moved.Levels[2].DueOn.String() != "2027-01-29" || moved.Levels[0].DueOn.String() != "2027-01-08" {
		t.Errorf("%+v", moved)
	}
	if p := e.As("espoo coordinator").Put(path, `"1"`, change("2027-01-29", "x")).WantProblem(412, "stale_version"); p.Changed == nil || !slices.Equal(p.Changed.Fields, []string{"levels"}) {
		t.Errorf("%+v", p)
	}
	e.As("espoo coordinator").Put("/reporting-rounds/"+domain.RoundID{}.String(), `"1"`, change("2027-01-29", "x")).WantProblem(404, "round_not_found")

	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress"}).Want(200)
	onRound(e, "luvn coordinator", "vuosi-2026", "cancellation", apitest.JSON{"reason": apitest.JSON{"en": "x"}}).WantProblem(422, "validation_failed")
	e.Advance(time.Hour)
	over := apitest.As[api.Round](onRound(e, "luvn coordinator", "vuosi-2026", "cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Suunnitelma vaihtuu", "sv": "Planen byts ut"}}).Want(200))
	if over.State != round.Cancelled || over.CancelReason.SV != "Planen byts ut" || sums(over.Figures) != "[1 0 0 9]" {
		t.Errorf("%+v", over)
	}
	e.As("").Get(path+"/snapshot").WantProblem(404, "snapshot_not_found")
	e.As("espoo coordinator").Put(path, `"3"`, change("2027-02-26", "x")).WantProblem(409, "round_over")
	e.Advance(90 * 24 * time.Hour)
	if got := sums(getRound(e, "auditor", "vuosi-2026").Figures); got != "[1 0 0 9]" {
		t.Errorf("months later it stands %s", got)
	}
	e.As("espoo coordinator").Post("/reporting-rounds", roundInput(f, "vuosi-2026", "2027-04-30")).WantProblem(422, "validation_failed")
	openRound(e, "espoo coordinator", roundInput(f, "vuosi-2026b", "2027-04-30"))
	e.As("").Get("/reporting-rounds/comparison?round=vuosi-2026&round=vuosi-2026b").WantProblem(422, "validation_failed")
}

// A completed round stands beside an open one by the numbers of goals and actions:
// the first as it was frozen, the second as it stands, page by page.
func TestRoundsSideBySide(t *testing.T) {
	t.Parallel()
	e, f, actions, goals := roundWorld(t)
	r := openRound(e, "espoo coordinator", roundInput(f, "vuosi-2025", "2027-01-15", apitest.JSON{"periodFrom": "2025-01-01", "periodTo": "2025-12-31"}))
	sayInRound(e, "espoo manager", r, "goal", goals[1]).Want(201)
	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress", "progress": 20}).Want(200)
	at(e, "2027-01-18 09:00")
	note := apitest.JSON{"note": apitest.JSON{"fi": "Kesken"}}
	onRound(e, "espoo coordinator", "vuosi-2025", "completion", note).Want(200)
	onRound(e, "luvn coordinator", "vuosi-2025", "completion", note).Want(200)
	e.Advance(24 * time.Hour)
	second := openRound(e, "luvn coordinator", roundInput(f, "vuosi-2026", "2027-03-12"))
	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress", "progress": 60}).Want(200)
	sayInRound(e, "espoo manager", second, "goal", goals[1], apitest.JSON{"assessment": "reached"}).Want(201)

	compared := func(as, query string) (api.RoundComparison, []string) {
		c := apitest.As[api.RoundComparison](e.As(as).Get("/reporting-rounds/comparison?round=vuosi-2026&round=vuosi-2025&" + query).Want(200))
		var out []string
		for _, row := range c.Items {
			line := fmt.Sprintf("%s/%d", row.Level, row.No)
			for _, cells := range row.Cells {
				line += " |"
				for _, cell := range cells {
					line += " " + partyKey(f, cell.PartyID) + " " + string(cell.State) + string(cell.Assessment)
					if cell.Progress != nil {
						line += fmt.Sprint(*cell.Progress)
					}
				}
			}
			out = append(out, line)
		}
		return c, out
	}
	c, rows := compared("", "")
	if len(c.Rounds) != 2 || c.Rounds[0].Key != "vuosi-2025" || c.Rounds[0].State != round.Completed || c.Rounds[1].State != round.Open {
		t.Fatalf("%+v", c.Rounds)
	}
	if want := []string{
		"plan/0 | espoo missing luvn missing | espoo waiting luvn waiting",
		"goal/1 | espoo reportedon_course luvn missing | espoo reportedreached luvn waiting",
		"action/1 | espoo reported20 luvn missing | espoo reported60 luvn waiting",
	}; !slices.Equal(rows, want) {
		t.Errorf("%s\nwant %s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	if all, _ := compared("auditor", ""); all.Total != 6 || all.NextCursor != "" {
		t.Errorf("staff compare %d", all.Total)
	}
	page, one := compared("auditor", "limit=2")
	next, two := compared("auditor", "limit=2&cursor="+page.NextCursor)
	last, three := compared("auditor", "limit=2&cursor="+next.NextCursor)
	if _, all := compared("auditor", ""); last.NextCursor != "" || !slices.Equal(slices.Concat(one, two, three), all) {
		t.Errorf("pages %v %v %v", one, two, three)
	}
	if _, some := compared("", "level=goal"); len(some) != 1 {
		t.Errorf("goals: %v", some)
	}
	// On a day that is past the second had said nothing yet of its action and goal.
	at(e, "2027-01-20 09:00")
	report(e, "espoo manager", reload(e, actions[1]), apitest.JSON{"status": "in_progress", "progress": 80}).Want(200)
	if _, past := compared("", "level=action&asOf=2027-01-19"); !slices.Equal(past, rows[2:]) {
		t.Errorf("on 19 January %v", past)
	}
	for query, status := range map[string]int{"round=vuosi-2025": 422, "round=vuosi-2025&round=vuosi-2025": 422, "round=vuosi-2025&round=none": 404, "round=vuosi-2025&round=vuosi-2026&cursor=x": 422} {
		e.As("").Get("/reporting-rounds/comparison?" + query).Want(status)
	}

	// The list of what is asked goes page by page without losing a row.
	var paged []string
	query := "limit=3"
	for query != "" {
		list := apitest.As[api.List[api.RoundExpectation]](e.As("auditor").Get("/reporting-rounds/" + second.ID.String() + "/expectations?" + query).Want(200))
		for _, x := range list.Items {
			paged = append(paged, fmt.Sprintf("%s/%d/%s/%s", x.Level, x.No, partyKey(f, x.PartyID), x.State))
		}
		query = ""
		if list.NextCursor != "" {
			query = "limit=3&cursor=" + list.NextCursor
		}
	}
	if whole := askedOf(e, f, "auditor", second, ""); !slices.Equal(paged, whole) || len(whole) < 7 {
		t.Errorf("paged %v\nwhole %v", paged, whole)
	}
	if got := askedOf(e, f, "auditor", second, "postId="+f.Post["luvn_family_head"].String()); len(got) == 0 || slices.ContainsFunc(got, func(s string) bool { return !strings.Contains(s, "luvn") }) {
		t.Errorf("of one post %v", got)
	}
	// No statement for each row.
	few := e.Statements(func() { askedOf(e, f, "auditor", second, "") })
	for i := range 12 {
		in := actionInput(f, fmt.Sprintf("Uusi %d", i), "esp_education_head", "")
		in["goalIds"] = []string{goals[1]}
		createAction(e, "espoo coordinator", in)
	}
	if many := e.Statements(func() { askedOf(e, f, "auditor", second, "") }); many != few {
		t.Errorf("%d statements for 12 rows more, %d before", many, few)
	}
}
