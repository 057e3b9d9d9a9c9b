package api_test

import (
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func overviewGroups(e *apitest.Env, as, query string) []api.OverviewGroup {
	e.T.Helper()
	return apitest.As[api.OverviewGroups](e.As(as).Get("/overview-groups?" + query).Want(200)).Groups
}

// Topology: of the plan in force a goal that LUVN has not answered, one that Espoo
// leads alone, one for which nobody is responsible and an internal one that both
// have accepted; a goal of another plan, not answered either.
func TestOverviewTellsTheAcceptanceOfGoals(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	f := s.f
	hidden := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201))
	answerAll(e, "luvn coordinator", "accepted")
	open := sharedGoal(e, f)
	e.Advance(5 * 24 * time.Hour)
	alone := ownGoal(e, f, "Espoon oma")
	s.goal(50, f.Plan, "older", "public")
	other := without(goalInput(f, "Muu suunnitelma", "public"), "planId")
	other["planId"] = s.plan("other", "2029-06-01", "2033-05-31")
	e.As("espoo coordinator").Post("/goals", other).Want(201)

	told := func(as, query string) map[int]api.OverviewGoal {
		out := map[int]api.OverviewGoal{}
		o := overviewOf(e, as, query)
		for _, g := range o.Goals {
			out[g.No] = g
		}
		for acceptance, n := range map[string]int{"accepted": o.Counts.Acceptance.Accepted, "open": o.Counts.Acceptance.Open, "none": o.Counts.Acceptance.None} {
			if got := counted(e, as, "/goals?planId="+f.Plan.String()+"&acceptance="+acceptance); got != n && query == "" {
				t.Errorf("%q: %d goals are %s, the list has %d", as, n, acceptance, got)
			}
		}
		return out
	}
	answers := func(as string, g api.OverviewGoal, want ...api.OverviewAnswer) {
		t.Helper()
		if !slices.Equal(g.Answers, want) {
			t.Errorf("%q: the answers to goal %d are %+v, want %+v", as, g.No, g.Answers, want)
		}
	}
	proposed, _ := domain.ParseDate("2026-11-23")
	espoo, luvn := f.Party["espoo"], f.Party["luvn"]
	yes := func(p domain.PartyID) api.OverviewAnswer {
		return api.OverviewAnswer{PartyID: p, Answer: domain.AcceptanceAccepted}
	}
	public, staff := told("", ""), told("luvn reader", "")
	if len(public) != 3 || len(staff) != 4 {
		t.Fatalf("%d and %d goals", len(public), len(staff))
	}
	if got := overviewOf(e, "", "").Counts.Acceptance; got != (api.OverviewAcceptance{Accepted: 1, Open: 1, None: 1}) {
		t.Errorf("the public counts %+v", got)
	}
	if got := overviewOf(e, "luvn reader", "").Counts.Acceptance; got != (api.OverviewAcceptance{Accepted: 2, Open: 1, None: 1}) {
		t.Errorf("staff count %+v", got)
	}
	answers("", public[open.No], yes(espoo), api.OverviewAnswer{PartyID: luvn, Answer: domain.AcceptanceOpen, Since: proposed})
	answers("", public[alone.No])
	answers("", public[50])
	answers("luvn reader", staff[hidden.No], yes(espoo), yes(luvn))
	if a := []string{public[open.No].Acceptance, public[alone.No].Acceptance, public[50].Acceptance}; !slices.Equal(a, []string{"open", "accepted", "none"}) {
		t.Errorf("acceptances %q", a)
	}

	for _, r := range apitest.As[api.List[api.ResponsibilityItem]](e.As("luvn coordinator").Get("/responsibilities?awaiting=me&limit=200").Want(200)).Items {
		if r.Subject.No == open.No {
			e.As("luvn coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances",
				apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Sanamuoto on epäselvä."}}, "If-Match", etag(r.Version)).Want(200)
		}
	}
	answers("", told("", "")[open.No], yes(espoo), api.OverviewAnswer{PartyID: luvn, Answer: domain.AcceptanceDeclined})
	answers("", told("", "?asOf=2026-11-27")[open.No], yes(espoo), api.OverviewAnswer{PartyID: luvn, Answer: domain.AcceptanceOpen, Since: proposed})

	rows, header := csvTable(e, "", "/overview.csv?asOf=2026-11-27&lang=en")
	if got := header.Get("Content-Disposition"); got != `attachment; filename="overview-2026-11-27.csv"` {
		t.Errorf("file %s", got)
	}
	line := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "Yhteinen") })
	if got := byHeading(rows, line); got["Acceptance"] != "Waits for acceptance" || got["Waits for (since)"] != "LUVN 2026-11-23" || got["Lead"] != "ESPOO: esp_education_head; LUVN: luvn_family_head" {
		t.Errorf("the line of the open goal: %q", got)
	}
	rows, _ = csvTable(e, "", "/overview.csv")
	if got := byHeading(rows, line); got["Hyväksyntä"] != "Odottaa hyväksyntää" || got["Palauttanut"] != "LUVN" || len(rows) != 4 {
		t.Errorf("%d lines, that of the declined goal: %q", len(rows), got)
	}
	e.As("").Get("/overview.csv?sort=no").WantProblem(422, "validation_failed")
}

// Topology: two public chains and an internal one; actions at their stages and
// against a hand-over, led by Espoo, LUVN and nobody, public and internal; a goal
// that belongs to the first chain by an action, one pinned to the second, one that
// belongs to none; hand-overs with gaps, one of them not accepted.
func TestOverviewGroupsCountWhatTheListsHave(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	f := s.f
	first, stages := s.chain("ensimmainen", "public", 2)
	second, more := s.chain("toinen", "public", 2)
	_, inner := s.chain("sisainen", "internal", 2)
	e.Exec(`update chain set position = 2 where id = $1`, second)
	e.Exec(`update chain set theme_id = $2 where id = $1`, first, f.Theme["older"])
	e.Exec(`update stage set party_id = $2 where id = $1`, stages[1], f.Party["luvn"])
	handover := func(chain domain.ChainID, from, to domain.StageID, gap, standing string) (id domain.HandoverID) {
		id.SetNew(domain.UUIDv7)
		s.Exec(`insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, gap, gap_reason_fi, standing, revision, valid_from, version, updated_at)
values ($1, $2, $3, $4, 1, 'Tieto', '', '', $5, 'syy', $6, 1, '2025-06-01', 1, $7)`, id, chain, from, to, gap, standing, s.Now())
		return id
	}
	between := handover(first, stages[0], stages[1], "major", "in_force")
	handover(first, stages[0], stages[1], "minor", "proposed")
	handover(second, more[0], more[1], "major", "in_force")
	handover(second, more[0], more[1], "none", "in_force")

	byAction := s.goal(1, f.Plan, "older", "public", "esp_education_head", "luvn_family_head")
	pinned := s.goal(2, f.Plan, "children_youth", "public", "luvn_family_head")
	s.goal(3, f.Plan, "older", "internal", "esp_youth_head")
	s.Exec(`insert into goal_stage values ($1, $2, $3)`, domain.UUIDv7(), pinned, more[0])
	e.Exec(`update responsibility set standing = 'proposed' where subject_id = $1`, pinned)
	at := func(action domain.ActionID, column string, place any, party string) {
		e.Exec(`update action set `+column+` = $2 where id = $1`, action, place)
		if party != "" {
			post := map[string]string{"espoo": "esp_education_head", "luvn": "luvn_family_head"}[party]
			e.Exec(`update action set lead_party_id = $2, lead_post_id = $3 where id = $1`, action, f.Party[party], f.Post[post])
		}
	}
	at(s.action(1, "in_progress", "-1", "1", "public", byAction), "stage_id", stages[0], "espoo")
	at(s.action(2, "in_progress", "40", "1", "public"), "stage_id", stages[1], "luvn")
	at(s.action(3, "done", "-5", "1", "public", pinned), "handover_id", between, "luvn")
	at(s.action(4, "paused", "", "1", "internal"), "stage_id", more[1], "luvn")
	at(s.action(5, "not_started", "", "1", "public"), "stage_id", inner[0], "espoo")
	s.action(6, "in_progress", "5", "1", "public", byAction)
	at(s.action(7, "in_progress", "5", "1", "public"), "stage_id", stages[0], "espoo")
	e.Exec(`update action set lead_to = '2026-11-01' where no = 7`) // leads no more

	names := func(groups []api.OverviewGroup) (out []string) {
		for _, g := range groups {
			name := g.Title.FI
			if g.ID == nil {
				name = "-"
			}
			out = append(out, name)
		}
		return out
	}
	chains := overviewGroups(e, "", "by=chain")
	if got := names(chains); !slices.Equal(got, []string{"ensimmainen", "toinen", "-"}) {
		t.Fatalf("the public reads of %q", got)
	}
	if g := chains[0]; g.Actions != 4 || g.ByCondition != (api.OverviewByCondition{Late: 1, DueSoon: 1, OnTime: 1, Done: 1}) || g.Goals != 2 || g.GoalsOpen != 1 ||
		g.Gaps != (api.OverviewGroupGaps{Major: 1, Minor: 1, Open: 1}) {
		t.Errorf("the first chain %+v", g)
	}
	if g := chains[1]; g.Actions != 0 || g.Goals != 1 || g.GoalsOpen != 1 || g.Gaps.Major != 1 {
		t.Errorf("the second chain %+v", g)
	}
	if got := names(overviewGroups(e, "auditor", "by=chain")); !slices.Equal(got, []string{"ensimmainen", "sisainen", "toinen", "-"}) {
		t.Errorf("staff read of %q", got)
	}
	parties := overviewGroups(e, "", "by=party")
	if got := names(parties); !slices.Equal(got, []string{"ESPOO", "LUVN", "-"}) {
		t.Fatalf("parties %q", got)
	}
	if g := parties[0]; g.Actions != 2 || g.Goals != 1 || g.GoalsOpen != 0 || g.Gaps != (api.OverviewGroupGaps{Major: 2, Minor: 1, Open: 1}) {
		t.Errorf("Espoo %+v", g)
	}
	if g := parties[2]; g.Actions != 2 || g.Goals != 0 {
		t.Errorf("led by nobody %+v", g)
	}

	equal := func(as, by, key, filter string) {
		for _, g := range overviewGroups(e, as, "by="+by+"&"+filter) {
			id := "none"
			if g.ID != nil {
				id = g.ID.String()
			}
			of := key + "=" + id + "&" + filter
			c := g.ByCondition
			lists := map[string]int{
				"/actions?" + of: g.Actions, "/actions?condition=late&" + of: c.Late, "/actions?condition=stale&" + of: c.Stale, "/actions?condition=due_soon&" + of: c.DueSoon,
				"/actions?condition=on_time&" + of: c.OnTime, "/actions?condition=not_started&" + of: c.NotStarted, "/actions?condition=paused&" + of: c.Paused,
				"/actions?condition=done&" + of: c.Done, "/actions?condition=cancelled&" + of: c.Cancelled,
			}
			if g.ID != nil || by == "chain" {
				goals := "/goals?planId=" + f.Plan.String() + "&" + of
				lists[goals], lists[goals+"&acceptance=open"] = g.Goals, g.GoalsOpen
			}
			if g.ID != nil {
				lists["/handovers?gap=major&"+of], lists["/gaps?gap=minor&"+of] = g.Gaps.Major, g.Gaps.Minor
				lists["/handovers?standing=proposed&standing=declined&standing=reopened&standing=change_declined&"+of] = g.Gaps.Open
			}
			for list, n := range lists {
				if got := counted(e, as, list); got != n {
					t.Errorf("%q: %s has %d, the group %q says %d", as, list, got, g.Title.FI, n)
				}
			}
		}
	}
	for _, as := range []string{"", "espoo reader", "luvn coordinator", "auditor"} {
		equal(as, "chain", "chainId", "")
		equal(as, "party", "partyId", "")
		equal(as, "chain", "chainId", "themeId="+f.Theme["older"].String())
		equal(as, "chain", "chainId", "partyId="+f.Party["luvn"].String())
		equal(as, "party", "partyId", "chainId="+first.String())
		equal(as, "party", "partyId", "asOf=2026-11-23")
	}
	e.Advance(24 * time.Hour)
	e.Exec(`update action set status = 'done' where no = 2`)
	equal("", "chain", "chainId", "")
	equal("", "chain", "chainId", "asOf=2026-11-23")

	// The filters of the overview itself.
	for _, query := range []string{"partyId=" + f.Party["luvn"].String(), "chainId=" + first.String(), "chainId=none", "partyId=none"} {
		o := overviewOf(e, "espoo reader", "?"+query)
		if got := counted(e, "espoo reader", "/actions?"+query); got != o.Counts.Actions {
			t.Errorf("%s: %d actions, %d in the list", query, o.Counts.Actions, got)
		}
		sum := 0
		for _, n := range []int{o.Counts.ByStatus.NotStarted, o.Counts.ByStatus.InProgress, o.Counts.ByStatus.Paused, o.Counts.ByStatus.Done, o.Counts.ByStatus.Cancelled,
			o.Counts.ByStatus.Merged, o.Counts.ByStatus.Superseded} {
			sum += n
		}
		if sum != o.Counts.Actions || o.Counts.ByStatus.Done != counted(e, "espoo reader", "/actions?status=done&"+query) {
			t.Errorf("%s: by status %+v of %d", query, o.Counts.ByStatus, o.Counts.Actions)
		}
	}
	if o := overviewOf(e, "", "?chainId="+second.String()); len(o.Goals) != 1 || o.Goals[0].No != 2 || len(o.Gaps) != 1 {
		t.Errorf("of the second chain: goals %+v, gaps %+v", o.Goals, o.Gaps)
	}
	if o := overviewOf(e, "", "?partyId="+f.Party["espoo"].String()); len(o.Goals) != 1 || o.Goals[0].No != 1 {
		t.Errorf("of Espoo: %+v", o.Goals)
	}
	e.As("").Get("/overview-groups?by=theme").WantProblem(422, "validation_failed")
	e.As("").Get("/overview-groups?by=chain&chainId=x").WantProblem(422, "validation_failed")

	rows, _ := csvTable(e, "", "/overview-groups.csv?by=chain&asOf=2026-11-23")
	if got := byHeading(rows, 1); got["Ketju tai osapuoli"] != "ensimmainen" || got["Toimenpiteitä"] != "4" || got["Myöhässä"] != "1" || got["Siirtymiä, joissa suuri aukko"] != "1" || len(rows) != 4 {
		t.Errorf("%d lines, the first %q", len(rows), got)
	}
	book, _ := xlsxFile(e, "", "/overview-groups.xlsx?by=party&lang=sv")
	defer func() { _ = book.Close() }()
	if lines, err := book.GetRows("Helhetsbild"); err != nil || len(lines) != 4 || lines[3][0] != "Utan huvudansvar" {
		t.Errorf("%v: %q", err, lines)
	}
	whole, _ := xlsxFile(e, "", "/overview.xlsx")
	defer func() { _ = whole.Close() }()
	if lines, err := whole.GetRows("Kokonaiskuva"); err != nil || len(lines) != 3 {
		t.Errorf("%v: %q", err, lines)
	}
}
