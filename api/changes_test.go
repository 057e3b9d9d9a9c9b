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

// changesOf are the changes that somebody reads, each as "kind what"; what is the
// number of an action or goal, the party of a responsibility's post, or the text.
func changesOf(e *apitest.Env, as, query string) (out []string) {
	e.T.Helper()
	for _, c := range apitest.As[api.List[api.Change]](e.As(as).Get("/changes?limit=200&" + query).Want(200)).Items {
		var what string
		switch {
		case c.Decision != nil:
			what = c.Decision.Text.FI
		case c.Gap != nil:
			what = c.Gap.Was + "-" + c.Gap.Now
		case c.Post != nil:
			what = fmt.Sprintf("%s %d %s", c.Subject.Kind, c.Subject.No, c.Post.Title.FI)
		default:
			what = fmt.Sprint(c.Subject.No)
		}
		out = append(out, string(c.Kind)+" "+what)
	}
	slices.Sort(out)
	return out
}

// Topology: on 23 November actions 1 to 12, of which 11 is internal, two hand-overs
// of a public chain and one of an internal one, a goal that LUVN has not answered
// and a meeting of the steering group on that day. Since then the actions have
// changed in every way that is told, one by the days that passed alone; 13 to 15
// are new, 15 internal. Action 12 changed and changed back, and 10 is public since.
func TestChangesSinceADay(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	f := s.f
	goal := sharedGoal(e, f)
	refused := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Kieltäytyvä", "public")).Want(201))
	for no, a := range []struct{ status, due, confirmed, visibility string }{
		{"in_progress", "30", "1", "public"},   // 1 becomes done
		{"in_progress", "2", "1", "public"},    // 2 becomes late by itself
		{"in_progress", "-3", "1", "public"},   // 3 was late and stays
		{"in_progress", "90", "70", "public"},  // 4 is confirmed again
		{"in_progress", "40", "1", "public"},   // 5 gets another due date
		{"paused", "-9", "1", "public"},        // 6 is cancelled
		{"paused", "-9", "1", "public"},        // 7 goes on, and is late
		{"done", "-9", "1", "public"},          // 8 was done
		{"cancelled", "-9", "1", "public"},     // 9 was cancelled
		{"in_progress", "50", "1", "internal"}, // 10 is published, and late
		{"in_progress", "30", "1", "internal"}, // 11 becomes done
		{"in_progress", "60", "1", "public"},   // 12 changes and changes back
	} {
		s.action(no+1, a.status, a.due, a.confirmed, a.visibility)
	}
	chain, stages := s.chain("julkinen", "public", 2)
	inner, innerStages := s.chain("sisainen", "internal", 2)
	handover := func(no int, chain domain.ChainID, from, to domain.StageID, gap string) {
		s.Exec(`insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, gap, gap_reason_fi, standing, revision, valid_from, version, updated_at)
values ($1, $2, $3, $4, $5, 'Tieto', '', '', $6, 'syy', 'in_force', 1, '2025-06-01', 1, $7)`, domain.UUIDv7(), chain, from, to, no, gap, s.Now())
	}
	handover(1, chain, stages[0], stages[1], "minor")
	handover(2, chain, stages[0], stages[1], "major")
	handover(3, inner, innerStages[0], innerStages[1], "none")
	steering := s.forum("ohjaus")
	e.Exec(`update forum set level = 'strategic' where id = $1`, steering)
	other := s.forum("muu")
	first := s.meeting(steering, 1, "2026-11-23", "published", "public")
	s.outcome(first, 1, "decision", "ennen", "public", "")

	if sum := apitest.As[api.ChangeSummary](e.As("").Get("/change-summary").Want(200)); sum.Meeting != nil || sum.Since.String() != "2026-10-24" {
		t.Errorf("before any meeting is over changes are told since %s, %+v", sum.Since, sum.Meeting)
	}
	e.Advance(3 * 24 * time.Hour) // the 26th
	set := func(no int, change string) {
		e.Exec(`update action set `+change+`, updated_at = $2 where no = $1`, no, e.Now())
	}
	set(1, "status = 'done'")
	set(4, "confirmed_on = '2026-11-26'")
	set(5, "due_on = '2027-03-01', due_last_on = '2027-03-31', due_precision = 'month'")
	set(6, "status = 'cancelled'")
	set(7, "status = 'in_progress'")
	set(8, "progress = 100")
	set(10, "visibility = 'public', due_on = '2026-11-25', due_last_on = '2026-11-25'")
	set(11, "status = 'done'")
	set(12, "due_on = '2027-01-01'")
	s.action(13, "in_progress", "-1", "0", "public")
	s.action(14, "done", "10", "0", "public")
	s.action(15, "cancelled", "10", "0", "internal")
	e.Exec(`update handover set gap = 'major' where position = 1`)
	e.Exec(`update handover set gap = 'none' where position = 2`)
	e.Exec(`update handover set gap = 'minor' where position = 3`)
	for _, r := range apitest.As[api.List[api.ResponsibilityItem]](e.As("luvn coordinator").Get("/responsibilities?awaiting=me").Want(200)).Items {
		answer := apitest.JSON{"answer": "accepted"}
		if r.Subject.No == refused.No {
			answer = apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Ei näin."}}
		}
		e.As("luvn coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances", answer, "If-Match", etag(r.Version)).Want(200)
	}
	ownGoal(e, f, "Espoon oma") // in force by its own word alone
	second := s.meeting(other, 1, "2026-11-26", "published", "public")
	s.outcome(second, 1, "decision", "päätetty", "public", "")
	s.outcome(second, 2, "noted", "merkitty", "public", "")
	s.outcome(second, 3, "assignment", "sisäinen tehtävä", "internal", "")
	closed := s.meeting(other, 2, "2026-11-26", "closed", "public")
	s.outcome(closed, 1, "decision", "ei julkaistu", "public", "")
	e.Advance(24 * time.Hour)
	set(12, "due_on = due_last_on")

	no := func(g api.Goal) string { return fmt.Sprintf("goal %d", g.No) }
	public := []string{
		"action_added 10", "action_added 13", "action_added 14", "action_confirmed 4", "action_done 1", "action_done 14", "action_dropped 6", "action_due_moved 5",
		"action_late 13", "action_late 2", "action_late 7",
		"accepted " + no(goal) + " esp_education_head", "accepted " + no(goal) + " luvn_family_head",
		"declined " + no(refused) + " esp_education_head", "declined " + no(refused) + " luvn_family_head",
		"decided päätetty", "gap_narrowed major-none", "gap_widened minor-major",
	}
	staff := append(slices.Clone(public), "action_added 15", "action_done 11", "action_dropped 15", "action_due_moved 10", "action_late 10", "decided sisäinen tehtävä", "gap_widened none-minor")
	staff = slices.DeleteFunc(staff, func(c string) bool { return c == "action_added 10" })
	all := append(slices.Clone(staff), "decided ei julkaistu")
	const since = "since=2026-11-23"
	for as, want := range map[string][]string{"": public, "luvn reader": staff, "espoo coordinator": all, "auditor": all} {
		slices.Sort(want)
		if got := changesOf(e, as, since); !slices.Equal(got, want) {
			t.Errorf("%q reads\n%s\nwant\n%s", as, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		sum := apitest.As[api.ChangeSummary](e.As(as).Get("/change-summary?" + since).Want(200))
		total := 0
		for _, c := range sum.Counts {
			total += c.Count
			if got := counted(e, as, "/changes?"+since+"&kind="+string(c.Kind)); got != c.Count {
				t.Errorf("%q: %d of %s, the list has %d", as, c.Count, c.Kind, got)
			}
		}
		if total != len(want) || len(sum.Counts) != 17 || sum.Meeting != nil {
			t.Errorf("%q: %d changes in all: %+v", as, total, sum)
		}
	}
	if sum := apitest.As[api.ChangeSummary](e.As("").Get("/change-summary").Want(200)); sum.Meeting == nil || sum.Meeting.ID != first || sum.Since.String() != "2026-11-23" || sum.Meeting.Forum.Key != "ohjaus" {
		t.Errorf("changes are told since %s, %+v", sum.Since, sum.Meeting)
	}

	one := func(kind string) api.Change {
		return apitest.As[api.List[api.Change]](e.As("").Get("/changes?" + since + "&kind=" + kind).Want(200)).Items[0]
	}
	if c := one("action_due_moved"); c.Due == nil || c.Due.WasOn.String() != "2027-01-02" || c.Due.WasPrecision != "day" || c.Due.NowOn.String() != "2027-03-01" || c.Due.NowPrecision != "month" || c.On.String() != "2026-11-26" {
		t.Errorf("the due date moved: %+v", c.Due)
	}
	if c := one("action_dropped"); *c.Status != (api.ChangeStatus{Was: "paused", Now: "cancelled"}) {
		t.Errorf("dropped: %+v", c.Status)
	}
	if c := one("decided"); c.Decision.Item.Section != 1 || c.Decision.Meeting.ID != second || c.Decision.Type != "decision" {
		t.Errorf("decided: %+v", c.Decision)
	}
	if c := one("gap_widened"); c.Subject.Kind != domain.SubjectHandover || c.Subject.From.FI != "Vaihe 1" || c.Subject.Key != "julkinen" {
		t.Errorf("the gap widened of %+v", c.Subject)
	}
	for _, c := range apitest.As[api.List[api.Change]](e.As("").Get("/changes?" + since + "&kind=action_late").Want(200)).Items {
		want := map[int]string{2: "2026-11-26", 7: "2026-11-26", 13: "2026-11-26"}[c.Subject.No]
		if c.On.String() != want {
			t.Errorf("action %d became late on %s, want %s", c.Subject.No, c.On, want)
		}
	}

	// Page by page it is the same.
	var paged []string
	for cursor := ""; ; {
		page := apitest.As[api.List[api.Change]](e.As("auditor").Get("/changes?" + since + "&limit=5&cursor=" + cursor).Want(200))
		for _, c := range page.Items {
			paged = append(paged, string(c.Kind)+c.ID.String())
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	slices.Sort(paged)
	if len(paged) != len(all) || len(slices.Compact(paged)) != len(all) {
		t.Errorf("%d changes page by page, want %d", len(paged), len(all))
	}

	// As of the 25th only what the days did, and nothing since then but that day's.
	if got := changesOf(e, "auditor", since+"&asOf=2026-11-25"); len(got) != 0 {
		t.Errorf("on the 25th %q", got)
	}
	if got := changesOf(e, "", since+"&asOf=2026-11-26"); !slices.Equal(got, func() []string {
		want := append(slices.Clone(public), "action_due_moved 12")
		slices.Sort(want)
		return want
	}()) {
		t.Errorf("on the 26th %q", got)
	}
	if got := changesOf(e, "", "since=2026-11-26"); !slices.Equal(got, []string{"action_due_moved 12"}) {
		t.Errorf("since the 26th %q", got)
	}
	if got := changesOf(e, "", "since=2026-11-27"); len(got) != 0 {
		t.Errorf("since today %q", got)
	}

	// What has become internal again is told to the public no more.
	set(1, "visibility = 'internal'")
	e.Exec(`update chain set visibility = 'internal' where id = $1`, chain)
	now := slices.DeleteFunc(slices.Clone(public), func(c string) bool { return c == "action_done 1" || strings.HasPrefix(c, "gap") })
	if got := changesOf(e, "", since); !slices.Equal(got, now) {
		t.Errorf("after that the public reads %q, want %q", got, now)
	}
	if got := changesOf(e, "", since+"&asOf=2026-11-26"); slices.Contains(got, "action_done 1") || slices.Contains(got, "gap_widened minor-major") {
		t.Errorf("as of the past the public reads %q", got)
	}

	for query, code := range map[string]string{"since=2026-11-28": "in_future", "since=2026-11-26&asOf=2026-11-25": "in_future"} {
		p := e.As("").Get("/changes?"+query).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Code != code || p.Errors[0].Pointer != "since" {
			t.Errorf("%s: %+v", query, p.Errors)
		}
		e.As("").Get("/change-summary?"+query).WantProblem(422, "validation_failed")
	}
	e.As("").Get("/changes").WantProblem(422, "validation_failed")
	e.As("").Get("/changes?since=2026-13-01").WantProblem(422, "validation_failed")
	e.As("").Get("/changes?"+since+"&kind=other").WantProblem(422, "validation_failed")
}
