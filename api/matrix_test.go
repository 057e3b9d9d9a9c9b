package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// part gives a post a part in something, in force since the summer of 2025.
func (s seed) part(kind string, subject domain.AnyID, post, part, standing string) (id domain.ResponsibilityID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into responsibility (id, subject_kind, subject_id, post_id, part, wording_fi, valid_from, version, standing, updated_at)
values ($1, $2, $3, $4, $5, 'Sanamuoto', '2025-06-01', 1, $6, $7)`, id, kind, subject, s.f.Post[post], part, standing, s.Now())
	return id
}

func (s seed) chain(key, visibility string, stages int) (id domain.ChainID, stage []domain.StageID) {
	id.SetNew(domain.UUIDv7)
	s.Exec(`insert into chain (id, key, position, title_fi, title_sv, title_en, visibility, version, created_at, updated_at) values ($1, $2, 1, $2, '', '', $3, 1, $4, $4)`, id, key, visibility, s.Now())
	for n := range stages {
		var st domain.StageID
		st.SetNew(domain.UUIDv7)
		s.Exec(`insert into stage (id, chain_id, position, party_id, title_fi, title_sv, title_en, prevention_level, valid_from, version) values ($1, $2, $3, $4, $5, '', '', 'universal', '2025-06-01', 1)`,
			st, id, n+1, s.f.Party["espoo"], fmt.Sprint("Vaihe ", n+1))
		stage = append(stage, st)
	}
	return id, stage
}

func anyID[K any](id domain.ID[K]) domain.AnyID { return domain.AnyID{UUID: id.UUID} }

func matrixOf(e *apitest.Env, as, query string) api.Matrix {
	e.T.Helper()
	return apitest.As[api.Matrix](e.As(as).Get("/matrix" + query).Want(200))
}

// drawn is a matrix as text: a line for each row with its cells in the order of
// the columns.
func drawn(m api.Matrix) string {
	var b strings.Builder
	for _, r := range m.Rows {
		fmt.Fprintf(&b, "%s %d:", r.Kind, r.No)
		for _, col := range m.Columns {
			for _, c := range m.Cells {
				if c.SubjectID == r.ID && c.PostID == col.Post.ID {
					fmt.Fprintf(&b, " %s=%s", col.Post.Title.FI, c.Part)
					if c.Standing != domain.InForce {
						b.WriteString("(" + string(c.Standing) + ")")
					}
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func wantMatrix(t *testing.T, what string, m api.Matrix, want ...string) {
	t.Helper()
	if got := drawn(m); got != strings.Join(want, "\n")+"\n" && (got != "" || len(want) > 0) {
		t.Errorf("%s:\n%swant\n%s", what, got, strings.Join(want, "\n"))
	}
}

type matrixData struct {
	seed
	open, internal, other       domain.GoalID
	chain, hidden               domain.ChainID
	proposed                    domain.ResponsibilityID
	first, second, third, forth domain.ActionID
}

// Topology: a public goal of the youngest theme with three actions, one of them
// internal, one of them in a public chain with a hand-over; an internal goal of
// the older theme with an action in an internal chain; a goal of an older plan.
// Posts of three parties; one part is proposed.
func newMatrixData(e *apitest.Env) matrixData {
	d := matrixData{seed: seed{e, e.Organisation()}}
	old := d.plan("old", "2021-06-01", "2025-05-31")
	d.open = d.goal(3, d.f.Plan, "children_youth", "public", "esp_education_head", "luvn_family_head")
	d.internal = d.goal(2, d.f.Plan, "older", "internal", "luvn_older_head")
	d.other = d.goal(1, old, "children_youth", "public", "esp_youth_head")
	d.proposed = d.part("goal", anyID(d.open), "esp_youth_head", "shared", "proposed")
	d.part("goal", anyID(d.open), "hus_liaison", "informed", "in_force")
	d.first = d.action(7, "in_progress", "-1", "1", "public", d.open)
	d.second = d.action(8, "in_progress", "40", "1", "public", d.open)
	d.third = d.action(9, "in_progress", "40", "1", "internal", d.open)
	d.forth = d.action(10, "in_progress", "-1", "1", "public", d.internal)
	d.part("action", anyID(d.first), "esp_coordinator", "lead", "in_force")
	d.part("action", anyID(d.second), "luvn_family_head", "lead", "in_force")
	d.part("action", anyID(d.third), "luvn_secretary", "lead", "in_force")
	d.part("action", anyID(d.forth), "hus_liaison", "lead", "in_force")
	var stage, hidden []domain.StageID
	d.chain, stage = d.seed.chain("ketju", "public", 2)
	d.hidden, hidden = d.seed.chain("piilo", "internal", 1)
	d.part("stage", anyID(stage[0]), "esp_education_head", "lead", "in_force")
	var handover domain.AnyID
	handover.SetNew(domain.UUIDv7)
	e.Exec(`insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, gap, standing, revision, valid_from, version, updated_at)
values ($1, $2, $3, $4, 1, 'Tieto', 'Uppgift', '', 'none', 'in_force', 1, '2025-06-01', 1, $5)`, handover, d.chain, stage[0], stage[1], e.Now())
	d.part("handover", handover, "luvn_family_head", "shared", "in_force")
	e.Exec(`update action set stage_id = $2 where id = $1`, d.first, stage[0])
	e.Exec(`update action set handover_id = $2 where id = $1`, d.second, handover)
	e.Exec(`update action set stage_id = $2 where id = $1`, d.forth, hidden[0])
	return d
}

func countsOf(e *apitest.Env, as, query string) api.ResponsibilityCounts {
	return apitest.As[api.ResponsibilityCounts](e.As(as).Get("/responsibilities/counts" + query).Want(200))
}

func TestMatrixShowsWhatTheCallerMaySee(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	public := matrixOf(e, "", "")
	wantMatrix(t, "the public", public,
		"goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed",
		"action 7: esp_coordinator=lead",
		"action 8: luvn_family_head=lead")
	if countsOf(e, "", "") != (api.ResponsibilityCounts{All: 10, InForce: 9, Waiting: 1}) {
		t.Errorf("the public counts %+v", countsOf(e, "", ""))
	}
	for _, who := range []string{"espoo reader", "luvn reader", "auditor"} {
		staff := matrixOf(e, who, "")
		wantMatrix(t, who, staff,
			"goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed",
			"action 7: esp_coordinator=lead",
			"action 8: luvn_family_head=lead",
			"action 9: luvn_secretary=lead",
			"goal 2: luvn_older_head=lead",
			"action 10: hus_liaison=lead")
		if c := countsOf(e, who, ""); c.All != 12 {
			t.Errorf("%s counts %+v", who, c)
		}
	}
	for _, as := range []string{"", "luvn reader"} {
		m := countsOf(e, as, "")
		if all := counted(e, as, "/responsibilities?sort=part"); all != m.All {
			t.Errorf("%q: %d in the list, %d counted", as, all, m.All)
		}
		if waiting := counted(e, as, "/responsibilities?standing=proposed&standing=declined&standing=reopened&standing=change_declined"); waiting != m.Waiting {
			t.Errorf("%q: %d wait in the list, %d counted", as, waiting, m.Waiting)
		}
	}
	if c := public.Columns; c[0].Unit.FI != "esp_schools" || c[0].Lead != 1 || c[2].Shared != 1 || c[1].Lead != 0 {
		t.Errorf("columns %+v", c)
	}
	if r := public.Rows[1]; r.Condition != "late" || r.GoalID == nil || *r.GoalID != anyID(d.open) || public.Rows[0].Actions != 2 || public.Rows[0].MoreThan {
		t.Errorf("rows %+v", public.Rows)
	}
}

// Every count of the heading leads to the list of responsibilities, which has as
// many rows for the same reader: also of parts in chains and forums, which stand
// in no arrangement of the matrix, of what begins later, and not of what is over.
func TestCountsLeadToTheirRows(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	var forum, hidden domain.AnyID
	for id, visibility := range map[*domain.AnyID]string{&forum: "public", &hidden: "internal"} {
		in := forumInput("f"+visibility, "Foorumi "+visibility, visibility)
		*id = anyID(apitest.As[api.Forum](e.As("espoo coordinator").Post("/forums", in).Want(201)).ID)
	}
	d.part("chain", anyID(d.chain), "esp_education_head", "lead", "proposed")
	d.part("chain", anyID(d.hidden), "luvn_family_head", "lead", "declined")
	d.part("forum", forum, "luvn_secretary", "support", "reopened")
	d.part("forum", hidden, "esp_secretary", "support", "change_declined")
	later := d.part("goal", anyID(d.open), "esp_secretary", "support", "in_force")
	e.Exec(`update responsibility set valid_from = '2027-01-01' where id = $1`, later)
	over := d.part("goal", anyID(d.open), "luvn_secretary", "support", "in_force")
	e.Exec(`update responsibility set valid_to = '2026-11-22' where id = $1`, over)
	for name, want := range map[string]api.ResponsibilityCounts{"": {All: 13, InForce: 11, Waiting: 3}, "espoo reader": {All: 17, InForce: 14, Waiting: 5}, "luvn manager": {All: 17, InForce: 14, Waiting: 5},
		"espoo coordinator": {All: 17, InForce: 14, Waiting: 5}, "auditor": {All: 17, InForce: 14, Waiting: 5}} {
		if got := countsOf(e, name, ""); got != want {
			t.Errorf("%q: %+v, want %+v", name, got, want)
		}
		rows := func(query string) (n int) {
			for cursor := ""; ; {
				page := apitest.As[api.List[api.ResponsibilityItem]](e.As(name).Get("/responsibilities?limit=4" + query + "&cursor=" + cursor).Want(200))
				if n += len(page.Items); page.NextCursor == "" {
					return n
				}
				cursor = page.NextCursor
			}
		}
		got := api.ResponsibilityCounts{All: rows("&sort=part,post"), InForce: rows("&sort=part,post&standing=in_force&standing=reopened&standing=change_declined"),
			Waiting: rows("&sort=waitingSince&standing=proposed&standing=declined&standing=reopened&standing=change_declined")}
		if got != want {
			t.Errorf("%q: the lists have %+v rows, want %+v", name, got, want)
		}
	}
}

func TestMatrixFilters(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	const goal = "goal 3:"
	for query, want := range map[string][]string{
		"themeId=" + d.f.Theme["older"].String():         {},
		"partyId=" + d.f.Party["luvn"].String():          {"goal 3: luvn_family_head=lead", "action 8: luvn_family_head=lead"},
		"postId=" + d.f.Post["esp_coordinator"].String(): {goal, "action 7: esp_coordinator=lead"},
		"part=shared":                            {"goal 3: esp_youth_head=shared(proposed)"},
		"standing=proposed":                      {"goal 3: esp_youth_head=shared(proposed)"},
		"standing=declined":                      {},
		"condition=late&part=lead":               {"goal 3: esp_education_head=lead luvn_family_head=lead", "action 7: esp_coordinator=lead"},
		"condition=stale":                        {},
		"part=lead&chainId=" + d.hidden.String(): {},
		"goalId=" + d.other.String():             {"goal 1: esp_youth_head=lead"},
		"goalId=" + d.internal.String():          {},
		"part=support":                           {},
		"rows=chain&part=shared":                 {"handover 1: luvn_family_head=shared", "goal 3: esp_youth_head=shared(proposed)"},
		"rows=chain&condition=on_time":           {"goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed", "action 8: luvn_family_head=lead"},
		"chainId=" + d.chain.String() + "&postId=" + d.f.Post["esp_coordinator"].String(): {goal, "action 7: esp_coordinator=lead"},
		"rows=chain&chainId=" + d.chain.String(): {"stage 1: esp_education_head=lead", "stage 2:", "handover 1: luvn_family_head=shared",
			"goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed", "action 7: esp_coordinator=lead", "action 8: luvn_family_head=lead"},
	} {
		wantMatrix(t, query, matrixOf(e, "", "?"+query), want...)
	}
	wantMatrix(t, "staff, the hidden chain", matrixOf(e, "luvn reader", "?rows=chain&part=lead&chainId="+d.hidden.String()),
		"goal 2: luvn_older_head=lead", "action 10: hus_liaison=lead")
	if h := matrixOf(e, "", "?rows=chain").Rows[2]; h.Kind != "handover" || h.Title.FI != "Tieto" || h.From.FI != "Vaihe 1" || h.To.FI != "Vaihe 2" {
		t.Errorf("hand-over %+v", h)
	}
	e.As("").Get("/matrix?goalId=4").WantProblem(422, "validation_failed")
	e.As("").Get("/matrix?rows=forum").WantProblem(422, "validation_failed")
}

// A row's acceptance is the worst of what each party says of its
// responsibilities.
func TestMatrixTellsAcceptance(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	accepted := func() (out []domain.AcceptanceState) {
		for _, a := range matrixOf(e, "", "?goalId="+goal.ID.String()).Rows[0].Acceptance {
			out = append(out, a.Answer)
		}
		return out
	}
	if got := accepted(); !slices.Equal(got, []domain.AcceptanceState{"accepted", "open"}) {
		t.Errorf("proposed: %v", got)
	}
	r := ofGoal(e, "luvn coordinator", goal.ID, "")[0]
	path := "/responsibilities/" + r.ID.String()
	e.As("luvn coordinator").Post(path+"/acceptances", apitest.JSON{"answer": "declined", "reason": apitest.JSON{"fi": "Ei näin."}}, "If-Match", etag(r.Version)).Want(200)
	if got := accepted(); !slices.Equal(got, []domain.AcceptanceState{"accepted", "declined"}) {
		t.Errorf("declined: %v", got)
	}
	r = ofGoal(e, "luvn coordinator", goal.ID, "")[0]
	e.As("luvn coordinator").Post(path+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", etag(r.Version)).Want(200)
	answerAll(e, "luvn coordinator", "accepted")
	if got := accepted(); !slices.Equal(got, []domain.AcceptanceState{"accepted", "accepted"}) {
		t.Errorf("accepted: %v", got)
	}
	e.Advance(24 * time.Hour)
	r = ofGoal(e, "espoo coordinator", goal.ID, "")[0]
	e.As("espoo coordinator").Put(path, etag(r.Version), apitest.JSON{"postId": r.Post.ID, "part": "lead", "wording": apitest.JSON{"fi": "Espoo kutsuu koolle kahdesti."}}).Want(200)
	if got := accepted(); !slices.Equal(got, []domain.AcceptanceState{"accepted", "reopened"}) {
		t.Errorf("reopened: %v", got)
	}
	then := matrixOf(e, "", "?asOf=2026-11-23&goalId="+goal.ID.String())
	if then.Day.String() != "2026-11-23" || countsOf(e, "", "?asOf=2026-11-23").Waiting != 0 || then.Rows[0].Acceptance[1].Answer != "accepted" {
		t.Errorf("the day before: %+v", then)
	}
}

// Of the past the public sees what was public then and is public today.
func TestMatrixOfThePast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	e.Advance(48 * time.Hour)
	e.Exec(`update goal set visibility = 'public' where id = $1`, d.internal)
	e.Exec(`update action set visibility = 'internal', visibility_ground = 'x' where id = $1`, d.second)
	e.Exec(`update responsibility set valid_to = '2026-11-24' where id = $1`, d.proposed)
	wantMatrix(t, "today", matrixOf(e, "", ""),
		"goal 3: esp_education_head=lead luvn_family_head=lead hus_liaison=informed", "action 7: esp_coordinator=lead", "goal 2: luvn_older_head=lead", "action 10: hus_liaison=lead")
	wantMatrix(t, "then", matrixOf(e, "", "?asOf=2026-11-23"),
		"goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed", "action 7: esp_coordinator=lead")
	if then := matrixOf(e, "luvn reader", "?asOf=2026-11-23"); len(then.Rows) != 6 || countsOf(e, "luvn reader", "?asOf=2026-11-23").All != 12 {
		t.Errorf("staff then: %d rows, %+v", len(then.Rows), countsOf(e, "luvn reader", "?asOf=2026-11-23"))
	}
}

// The exports have all that the matrix has, in the asked language, and nothing
// in them is a formula.
func TestMatrixExports(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	e.Exec(`update responsibility set wording_fi = '=HYPERLINK("x")', wording_sv = '' where id = $1`, d.proposed)
	get := func(as, path string) (string, http.Header) {
		r := e.As(as).Get(path).Want(200)
		return string(r.Bytes), r.Header
	}
	body, header := get("", "/matrix.csv?lang=sv")
	if got := header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Errorf("media type %s", got)
	}
	if got := header.Get("Content-Disposition"); got != `attachment; filename="responsibilities-2026-11-23.csv"` {
		t.Errorf("file name %s", got)
	}
	text, marked := strings.CutPrefix(body, "\ufeff")
	lines := strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
	if !marked || len(lines) != 7 || !strings.HasPrefix(lines[0], "Grupp;Slag;Målets nummer;") {
		t.Fatalf("%d lines, marked %v: %s", len(lines), marked, text)
	}
	for i, want := range []string{
		"children_youth;Mål;3;;Mål;;ESPOO;esp_schools;esp_education_head;Huvudansvar;I kraft;;2025-06-01;;Offentlig",
		"children_youth;Mål;3;;Mål;;LUVN;luvn_families;luvn_family_head;Huvudansvar;I kraft;;2025-06-01;;Offentlig",
		`children_youth;Mål;3;;Mål;;ESPOO;esp_youth;esp_youth_head;Delat ansvar;Föreslagen;"'=HYPERLINK(""x"")";2025-06-01;;Offentlig`,
		"children_youth;Mål;3;;Mål;;HUS;hus_top;hus_liaison;För kännedom;I kraft;Sanamuoto;2025-06-01;;Offentlig",
		"children_youth;Åtgärd;3;7;Åtgärd;Försenad;ESPOO;esp_top;esp_coordinator;Huvudansvar;I kraft;Sanamuoto;2025-06-01;;Offentlig",
		"children_youth;Åtgärd;3;8;Åtgärd;I tid;LUVN;luvn_families;luvn_family_head;Huvudansvar;I kraft;Sanamuoto;2025-06-01;;Offentlig",
	} {
		if lines[i+1] != want {
			t.Errorf("line %d is\n%s\nwant\n%s", i+1, lines[i+1], want)
		}
	}
	if all, _ := get("luvn reader", "/matrix.csv"); strings.Count(all, "\r\n") != 10 {
		t.Errorf("staff: %s", all)
	}
	if chosen, _ := get("", "/matrix.csv?standing=proposed&rows=chain"); strings.Count(chosen, "\r\n") != 2 {
		t.Errorf("proposed: %s", chosen)
	}
	if past, _ := get("", "/matrix.csv?asOf=2026-11-22"); strings.Count(past, "\r\n") != 1 {
		t.Errorf("the day before there was anything: %s", past)
	}
	book, header := get("", "/matrix.xlsx?lang=en")
	if got := header.Get("Content-Type"); !strings.Contains(got, "spreadsheetml") {
		t.Errorf("media type %s", got)
	}
	f, err := excelize.OpenReader(strings.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Responsibilities")
	if err != nil || len(rows) != 7 || rows[3][9] != "Shared" || rows[3][11] != `=HYPERLINK("x")` {
		t.Errorf("%v: %v", err, rows)
	}
	if kind, _ := f.GetCellType("Responsibilities", "M2"); kind != excelize.CellTypeUnset || rows[1][12] != "2025-06-01" {
		t.Errorf("the date is of type %v and shows %q", kind, rows[1][12])
	}
	if about, err := f.GetRows("About the file"); err != nil || !strings.Contains(fmt.Sprint(about), "No rows that are marked internal") {
		t.Errorf("the second sheet %v, %v", about, err)
	}
	if formula, err := f.GetCellFormula("Responsibilities", "L4"); formula != "" || err != nil {
		t.Errorf("formula %q, %v", formula, err)
	}
	e.As("").Get("/matrix.csv?lang=de").WantProblem(422, "validation_failed")
	e.As("").Get("/matrix.xlsx?asOf=2031-01-01").WantProblem(422, "validation_failed")
}
