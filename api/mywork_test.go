package api_test

import (
	"fmt"
	"slices"
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
