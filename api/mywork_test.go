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
)

// Topology: Espoo's education head leads actions that are late (1), on time (2),
// paused (3), due soon (4) and not started although the start has passed (5),
// shares one that LUVN leads (6, confirmed long ago), supports another (7), and
// is inspector of a closed meeting and a member of its forum.
func TestMyWork(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	add := func(title, lead, due string, more apitest.JSON) api.Action {
		in := actionInput(f, title, lead, due)
		for k, v := range more {
			in[k] = v
		}
		return createAction(e, "espoo coordinator", in)
	}
	old := add("Jaettu", "luvn_family_head", "", apitest.JSON{"responsibilities": []apitest.JSON{
		{"postId": f.Post["luvn_family_head"], "part": "lead"}, {"postId": f.Post["esp_education_head"], "part": "shared"}}}) // 1
	add("Tuettu", "luvn_family_head", "2026-11-01", apitest.JSON{"responsibilities": []apitest.JSON{
		{"postId": f.Post["luvn_family_head"], "part": "lead"}, {"postId": f.Post["esp_education_head"], "part": "support"}}}) // 2
	e.Advance(40 * 24 * time.Hour)                                                               // 2 January 2027
	add("Alku meni", "esp_education_head", "2027-12-31", apitest.JSON{"startsOn": "2026-12-15"}) // 3
	add("Pian", "esp_education_head", "2027-01-20", nil)                                         // 4
	add("Myöhässä", "esp_education_head", "2026-12-31", nil)                                     // 5
	add("Enemmän myöhässä", "esp_education_head", "2026-12-01", nil)                             // 6
	paused := add("Tauolla", "esp_education_head", "2026-12-01", nil)                            // 7
	report(e, "espoo manager", paused, apitest.JSON{"status": "paused", "reason": "x"}).Want(200)
	done := add("Valmis", "esp_education_head", "2026-12-01", nil) // 8
	report(e, "espoo manager", done, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "x"}}).Want(200)
	_ = old
	add("Vieras", "luvn_older_head", "2026-12-01", nil) // 9

	var forum domain.ForumID
	var meeting domain.MeetingID
	forum.SetNew(domain.UUIDv7)
	meeting.SetNew(domain.UUIDv7)
	e.Exec(`insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, version, created_at, updated_at)
values ($1, 'forum', 'Ryhmä', 'Grupp', 'Group', 'x', 'x', 'x', 'thematic', 'bilateral', 'memo', 4, '2025-01-01', 'public', 1, $2, $2)`, forum, e.Now())
	e.Exec(`insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, called_at, closed_at, visibility, version, created_at, updated_at)
values ($1, $2, 2026, 4, '2026-12-20T07:00:00Z', '2026-12-20T09:00:00Z', 'closed', '2026-12-10T07:00:00Z', '2026-12-20T09:00:00Z', 'public', 1, $3, $3),
       ($4, $2, 2027, 1, '2027-01-10T07:00:00Z', '2027-01-10T09:00:00Z', 'called', '2027-01-01T07:00:00Z', null, 'public', 1, $3, $3)`,
		meeting, forum, e.Now(), domain.UUIDv7())
	e.Exec(`insert into participant (id, meeting_id, party_id, post_id, role, inspector, attendance, position, version) values ($1, $2, $3, $4, 'member', true, 'present', 1, 1)`,
		domain.UUIDv7(), meeting, f.Party["espoo"], f.Post["esp_education_head"])
	e.Exec(`insert into membership (id, forum_id, post_id, role, valid_from, version) values ($1, $2, $3, 'chair', '2025-01-01', 1)`, domain.UUIDv7(), forum, f.Post["esp_education_head"])
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201)

	waiting := func(as string) (out []string) {
		for _, i := range apitest.As[api.MyWork](e.As(as).Get("/me/work").Want(200)).Waiting {
			switch {
			case i.Action != nil:
				out = append(out, fmt.Sprint(i.Reason, " ", i.Action.No, " ", i.Days))
			default:
				out = append(out, fmt.Sprint(i.Reason, " ", i.Meeting.Number, "/", i.Meeting.Year, " ", i.Role, " ", i.Days))
			}
		}
		return out
	}
	if got, want := waiting("espoo manager"), []string{"late 6 32", "late 5 2", "approval 4/2026 inspector 13", "start_passed 3 18", "confirm 1 40", "due_soon 4 18"}; !slices.Equal(got, want) {
		t.Errorf("waiting %q\nwant %q", got, want)
	}
	if got, want := waiting("luvn reader"), []string{"late 9 32"}; !slices.Equal(got, want) {
		t.Errorf("waiting for another %q", got)
	}
	w := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work"))
	var own []int
	for _, a := range w.Actions {
		own = append(own, a.No)
	}
	if !slices.Equal(own, []int{6, 7, 5, 4, 3, 1}) {
		t.Errorf("own actions %v", own)
	}
	var duties []string
	for _, d := range w.Duties {
		duties = append(duties, fmt.Sprint(d.Kind, " ", d.Part, " ", d.Unaccepted))
	}
	if !slices.Equal(duties, []string{"goal lead 1", "forum chair 0"}) || len(w.Meetings) != 1 || w.Meetings[0].Year != 2027 {
		t.Errorf("duties %v, meetings %+v", duties, w.Meetings)
	}

	// What another post reports on it shows; one's own reports do not.
	first := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
	report(e, "luvn manager", first, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Alkoi"}, "public": false}).Want(200)
	w = apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work"))
	if len(w.Reports) != 1 || w.Reports[0].No != 1 || w.Reports[0].Text.FI != "Alkoi" || w.Reports[0].Post.Title.FI != "luvn_family_head" {
		t.Errorf("reports %+v", w.Reports)
	}
	e.Exec(`insert into approval values ($1, $2, $3, 'inspector', $4, 1)`, domain.UUIDv7(), meeting, f.Post["esp_education_head"], e.Now())
	if got := waiting("espoo manager"); slices.ContainsFunc(got, func(s string) bool { return s[:8] == "approval" }) {
		t.Errorf("approved, and still waiting %q", got)
	}

	e.As("").Get("/me/work").WantProblem(401, "sign_in_required")
	if w := apitest.As[api.MyWork](e.As("auditor").Get("/me/work").Want(200)); len(w.Waiting)+len(w.Actions)+len(w.Duties)+len(w.Meetings)+len(w.Reports) != 0 {
		t.Errorf("the auditor has work: %+v", w)
	}
}

// Topology: Espoo's education head leads one late action and shares nothing; LUVN
// leads 2, in which the head has a milestone that is late and a task to come, and 3,
// in which the head has a task due soon, and 4, hidden. Own tasks wait with their
// action, once; what others do does not.
func TestMyWorkOwnTasks(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	led := func(title, lead, as string, more apitest.JSON) api.Action {
		in := actionInput(f, title, lead, "")
		for k, v := range more {
			in[k] = v
		}
		a := createAction(e, as, in)
		return apitest.As[api.Action](report(e, as, a, apitest.JSON{"status": "in_progress"}).Want(200))
	}
	own := led("Oma", "esp_education_head", "espoo manager", nil)
	two := led("LUVN:n", "luvn_family_head", "luvn manager", nil)
	three := led("Toinen", "luvn_family_head", "luvn manager", nil)
	post := func(key string) apitest.JSON { return apitest.JSON{"postId": f.Post[key]} }
	mine := addTask(e, "espoo manager", own, taskInput("Omassa", "2026-11-24", post("esp_education_head")))
	addTask(e, "espoo manager", own, taskInput("Muun", "2027-05-01", post("esp_youth_head")))
	// Only Espoo names its own posts; the task of another party's action needs its coordinator's part in it.
	for _, in := range []struct{ of api.Action }{{two}, {three}} {
		e.Exec(`insert into action_task (id, action_id, kind, title_fi, title_sv, title_en, due_on, due_precision, due_last_on, post_id, version, created_at, updated_at)
values ($1, $2, 'milestone', $5, '', '', $3, 'day', $3, $4, 1, $6, $6)`, domain.UUIDv7(), in.of.ID, map[int]string{two.No: "2026-11-25", three.No: "2026-12-20"}[in.of.No],
			f.Post["esp_education_head"], "Kokeilu "+fmt.Sprint(in.of.No), e.Now())
	}
	e.Exec(`insert into action_task (id, action_id, kind, title_fi, title_sv, title_en, due_on, due_precision, due_last_on, post_id, version, created_at, updated_at)
values ($1, $2, 'task', 'Myöhemmin', '', '', '2027-06-01', 'day', '2027-06-01', $3, 1, $4, $4)`, domain.UUIDv7(), two.ID, f.Post["esp_education_head"], e.Now())
	e.Advance(5 * 24 * time.Hour) // 28 November

	shape := func(as string) (out []string) {
		w := apitest.As[api.MyWork](e.As(as).Get("/me/work").Want(200))
		for _, i := range w.Waiting {
			s := fmt.Sprint(i.Reason, " ", i.Action.No, " ", i.Days)
			for _, task := range i.Tasks {
				s += fmt.Sprint(", ", task.Title.FI, " ", task.Condition, " ", len(task.Permissions) > 0)
			}
			out = append(out, s)
		}
		if w.WaitingTotal != len(w.Waiting) {
			e.T.Errorf("%d wait, told as %d", len(w.Waiting), w.WaitingTotal)
		}
		return out
	}
	if got, want := shape("espoo manager"), []string{"late 1 4, Omassa late true", "late 2 3, Kokeilu 2 late true", "due_soon 3 22, Kokeilu 3 due_soon true"}; !slices.Equal(got, want) {
		t.Errorf("waiting %q\nwant %q", got, want)
	}
	e.As("espoo manager").Post("/tasks/"+mine.ID.String()+"/completion", apitest.JSON{}, "If-Match", taskTag(mine)).Want(200)
	if got, want := shape("espoo manager"), []string{"late 2 3, Kokeilu 2 late true", "due_soon 3 22, Kokeilu 3 due_soon true"}; !slices.Equal(got, want) {
		t.Errorf("after it is done %q", got)
	}
	w := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work"))
	if len(w.Deadlines) != 1 || w.Deadlines[0].No != 3 || w.Deadlines[0].Kind != "milestone" || w.Deadlines[0].On.String() != "2026-12-20" {
		t.Errorf("deadlines %+v", w.Deadlines)
	}
}

// inWork counts what waits for the caller of c and is what is asked for.
func inWork(c apitest.Client, is func(api.WorkItem) bool) (n int) {
	for _, i := range apitest.As[api.MyWork](c.Get("/me/work?limit=200").Want(200)).Waiting {
		if is(i) {
			n++
		}
	}
	return n
}

// More than a page of open actions without a due date hides nothing: the one whose
// word is oldest waits although 210 others come before it by due date.
func TestMyWorkMissesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	stale := createAction(e, "espoo manager", actionInput(f, "Vanhentunut", "esp_education_head", ""))
	e.Advance(70 * 24 * time.Hour)
	e.Exec(`with new as (
  insert into action (id, no, title_fi, title_sv, title_en, due_on, due_last_on, status, progress, confirmed_on, lead_post_id, lead_party_id, lead_from, visibility, version, created_at, updated_at)
  select gen_random_uuid(), 1000 + n, 'Tuore', '', '', '2028-01-01', '2028-01-01', 'in_progress', 0, $3::date, $1, $2, $3::date, 'public', 1, $4, $4 from generate_series(1, 210) n
  returning id)
insert into responsibility (id, subject_kind, subject_id, post_id, part, standing, valid_from, version)
select gen_random_uuid(), 'action', id, $1, 'lead', 'in_force', $3::date, 1 from new`, f.Post["esp_education_head"], f.Party["espoo"], domain.DateOf(e.Now()).String(), e.Now())
	w := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work").Want(200))
	if len(w.Waiting) != 1 || w.Waiting[0].Action.No != stale.No || w.Waiting[0].Reason != "stale" || w.WaitingTotal != 1 || w.ActionsTotal != 211 {
		t.Errorf("%d wait of %d, %d actions: %+v", len(w.Waiting), w.WaitingTotal, w.ActionsTotal, w.Waiting)
	}
	e.Advance(35 * 24 * time.Hour)
	w = apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work?limit=20").Want(200))
	if len(w.Waiting) != 20 || w.WaitingTotal != 211 || w.Waiting[0].Reason != "stale" || w.Waiting[1].Reason != "confirm" {
		t.Errorf("%d wait of %d", len(w.Waiting), w.WaitingTotal)
	}
	// An action that was confirmed lately does not wait, though it was made long ago.
	e.As("espoo manager").Post("/actions/"+stale.ID.String()+"/confirmation", nil, "If-Match", etagOf(stale)).Want(200)
	if w = apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work?limit=200").Want(200)); w.WaitingTotal != 210 || len(w.Waiting) != 200 {
		t.Errorf("once confirmed %d wait", w.WaitingTotal)
	}
	e.As("espoo manager").Get("/me/work?limit=201").WantProblem(422, "validation_failed")
}

// The one list has what others wait for, whatever it is, the longest waiting first
// after what is late: proposals, drafts, referrals and the secretary's own meetings.
func TestMyWorkHasWhatOthersWaitFor(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	other := apitest.As[api.Forum](e.As("espoo coordinator").Get("/forums/other").Want(200)).ID
	shape := func(as string) (out []string) {
		w := apitest.As[api.MyWork](e.As(as).Get("/me/work").Want(200))
		for _, i := range w.Waiting {
			of := ""
			switch {
			case i.Responsibility != nil:
				of = "responsibility"
			case i.Handover != nil:
				of = "handover"
			case i.Mandate != nil:
				of = "mandate " + i.Mandate.Key
			case i.Draft != nil:
				of = "draft"
			case i.Referral != nil:
				of = "referral"
			case i.Meeting != nil:
				of = fmt.Sprint("meeting ", i.Pending)
			case i.Action != nil:
				of = fmt.Sprint("action ", i.Action.No)
			}
			out = append(out, fmt.Sprint(i.Reason, " ", of, " ", i.Days))
		}
		if w.WaitingTotal != len(w.Waiting) {
			e.T.Errorf("%s: %d wait, told as %d", as, len(w.Waiting), w.WaitingTotal)
		}
		return out
	}
	only := func(as string, reasons ...string) []string {
		return slices.DeleteFunc(shape(as), func(s string) bool {
			return !slices.ContainsFunc(reasons, func(r string) bool { return strings.HasPrefix(s, r+" ") })
		})
	}
	expect := func(what, as string, want []string, reasons ...string) {
		t.Helper()
		if got := only(as, reasons...); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}

	// A responsibility that LUVN's coordinator gives to Espoo's post waits for Espoo's manager.
	in := actionInput(f, "Jaettu", "luvn_family_head", "")
	in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["esp_education_head"], "part": "shared"})
	createAction(e, "luvn coordinator", in)
	minutes := []string{"unclosed", "unapproved", "unpublished", "reply", "reply_late", "returned", "unanswered"}
	m, r := referred(e, forum, other)
	expect("the receiving secretary", "other secretary", []string{"reply referral 0"}, minutes...)
	expect("a paper just closed", "lape secretary", nil, minutes...)
	late := newMeeting(e, forum, "2026-12-15", "public")
	step(e, "lape secretary", late.ID, "call")
	e.Advance(30 * 24 * time.Hour)
	expect("the receiving secretary, late", "other secretary", []string{fmt.Sprint("reply_late referral ", r.DueOn.DaysUntil(domain.DateOf(e.Now())))}, minutes...)
	w := only("lape secretary", minutes...)
	if len(w) != 3 || !slices.ContainsFunc(w, func(s string) bool { return strings.HasPrefix(s, "unapproved meeting 3 ") }) ||
		!slices.ContainsFunc(w, func(s string) bool { return strings.HasPrefix(s, "unclosed meeting 0 ") }) ||
		!slices.ContainsFunc(w, func(s string) bool { return strings.HasPrefix(s, "unanswered referral ") }) {
		t.Errorf("the secretary's own %q", w)
	}
	for _, who := range []string{"chair", "espoo inspector", "luvn inspector"} {
		e.As(who).Post("/meetings/"+m.ID.String()+"/approvals", approval(paperHash(e, m.ID))).Want(200)
	}
	if w := only("lape secretary", "unapproved", "unpublished"); len(w) != 1 || !strings.HasPrefix(w[0], "unpublished meeting 0 0") {
		t.Errorf("once approved %q", w)
	}
	if got := referrals(e, "other secretary", "?awaiting=me"); len(got) != 1 || got[0].ID != r.ID {
		t.Errorf("awaiting %+v", got)
	}
	for who, want := range map[string]int{"lape secretary": 1, "chair": 0, "espoo coordinator": 0, "": 0} {
		if got := referrals(e, who, "?awaiting=me"); len(got) != want {
			t.Errorf("%q awaits %d", who, len(got))
		}
	}
	e.As("other secretary").Post("/referrals/"+r.ID.String()+"/refusal", reasonInput("Kuuluu muualle")).Want(200)
	expect("refused", "lape secretary", []string{"returned referral 0"}, "returned", "unanswered", "reply", "reply_late")
	expect("refused", "other secretary", nil, minutes...)

	// The mandate that Espoo's coordinator wrote waits for LUVN's.
	if got := only("luvn coordinator", "acceptance"); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "acceptance mandate lape ") }) {
		t.Errorf("mandates %q", got)
	}
	// Proposals: each party sees what waits for its own answer.
	if got := only("espoo manager", "acceptance"); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "acceptance responsibility ") }) {
		t.Errorf("acceptance %q", shape("espoo manager"))
	}
}
