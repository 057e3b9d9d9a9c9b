package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/comparison"
)

// differs is a comparison as short lines: what became of what, and of which fields.
func differs(c api.PlanComparison) (out []string) {
	for _, item := range c.Items {
		line := fmt.Sprintf("%s %s %d", item.Kind, item.Subject, item.No)
		if item.Kind == "changed" {
			for _, x := range item.Changes {
				line += " " + x.Field
			}
		}
		out = append(out, line)
	}
	return out
}

// Topology: in the plan of the fixture on Monday the public goals 1 and 2 and the
// internal goal 3, with the actions 1 (goal 1), 2 (goal 2), 3 (goal 3), 4 (goal 1,
// internal), 5 (goals 1 and 2). On Tuesday goal 1 gets another title by a draft,
// goal 2 moves to another plan, goal 3 becomes public; action 1 is due later and
// action 5 loses goal 2, action 4 becomes public, action 6 is made for goal 1, and
// action 3 is only confirmed. On Wednesday action 1 is hidden.
func TestComparisonOfAPlan(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	other := apitest.As[api.Plan](c.Post("/plans", planInput("other", "public")).Want(201))
	e.Advance(24 * time.Hour)
	goals := make([]api.Goal, 3)
	for i, visibility := range []string{"public", "public", "internal"} {
		goals[i] = apitest.As[api.Goal](c.Post("/goals", goalInput(f, fmt.Sprintf("Tavoite %d", i+1), visibility)).Want(201))
	}
	for i, of := range [][]int{{0}, {1}, {2}, {0}, {0, 1}} {
		in := with(actionInput(f, fmt.Sprintf("Toimenpide %d", i+1), "esp_education_head", "2027-01-31"), "goalIds", idsOf(goals, of))
		if i == 3 {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		createAction(e, "espoo coordinator", in)
	}
	monday := domain.DateOf(e.Now())
	compare := func(who string, from, to domain.Date) api.PlanComparison {
		t.Helper()
		return apitest.As[api.PlanComparison](e.As(who).Get(fmt.Sprintf("/plans/plan/comparison?from=%s&to=%s", from, to)).Want(200))
	}
	expect := func(who string, from, to domain.Date, goals, actions api.ComparisonCounts, want ...string) {
		t.Helper()
		got := compare(who, from, to)
		if !slices.Equal(differs(got), want) || got.Goals != goals || got.Actions != actions || got.Left != 0 {
			t.Errorf("%q from %s to %s:\ngot  %q, goals %+v, actions %+v\nwant %q, goals %+v, actions %+v", who, from, to, differs(got), got.Goals, got.Actions, want, goals, actions)
		}
	}
	expect("", monday.AddDays(-1), monday, api.ComparisonCounts{Added: 2}, api.ComparisonCounts{Added: 3}, "added goal 1", "added goal 2", "added action 1", "added action 2", "added action 5")

	e.Advance(24 * time.Hour)
	tuesday := domain.DateOf(e.Now())
	draftGoal := func(g api.Goal, in apitest.JSON) {
		t.Helper()
		d := apitest.As[api.Draft](c.Post("/drafts", goalDraft(g, in)).Want(201))
		about(c, d, "publication", nil).Want(200)
	}
	draftGoal(goals[0], goalInput(f, "Uusi nimi", "public"))
	draftGoal(goals[1], with(goalInput(f, "Tavoite 2", "public"), "planId", other.ID))
	c.Put("/goals/"+goals[2].ID.String(), etag(goals[2].Version), goalInput(f, "Tavoite 3", "public")).Want(200)
	e.Exec(`update action set due_on = '2027-03-31', due_last_on = '2027-03-31', version = version + 1 where no = 1`)
	e.Exec(`delete from action_goal where goal_id = $1 and action_id = (select id from action where no = 5)`, goals[1].ID)
	e.Exec(`update action set confirmed_on = $1 where no = 3`, tuesday.String())
	e.Exec(`update action set visibility = 'public', visibility_ground = '' where no = 4`)
	createAction(e, "espoo coordinator", with(actionInput(f, "Toimenpide 6", "esp_education_head", "2027-01-31"), "goalIds", idsOf(goals, []int{0})))
	expect("luvn reader", monday, tuesday, api.ComparisonCounts{Removed: 1, Changed: 2}, api.ComparisonCounts{Added: 1, Removed: 1, Changed: 3, Unchanged: 1},
		"changed goal 1 title", "removed goal 2", "changed goal 3 visibility",
		"changed action 1 dueOn", "removed action 2", "changed action 4 visibility", "changed action 5 goalIds", "added action 6")
	expect("", monday, tuesday, api.ComparisonCounts{Added: 1, Removed: 1, Changed: 1}, api.ComparisonCounts{Added: 3, Removed: 1, Changed: 2},
		"changed goal 1 title", "removed goal 2", "added goal 3",
		"changed action 1 dueOn", "removed action 2", "added action 3", "added action 4", "changed action 5 goalIds", "added action 6")
	got := compare("", monday, tuesday)
	for _, item := range got.Items {
		text := fmt.Sprint(item.Changes)
		if item.Kind == "added" && slices.ContainsFunc(item.Changes, func(x api.AuditChange) bool { return x.Old != nil }) || strings.Contains(text, "internal") {
			t.Errorf("the public reads %s of %s %d", text, item.Subject, item.No)
		}
	}
	if l := got.Labels[goals[0].ID.String()]; l.No != 1 || l.Path != "/goals/1" || got.Labels[f.Post["esp_education_head"].String()].Title.FI != "esp_education_head" {
		t.Errorf("labels %+v", got.Labels)
	}

	e.Advance(24 * time.Hour)
	wednesday := domain.DateOf(e.Now())
	e.Exec(`update action set visibility = 'internal', visibility_ground = 'x' where no = 1`)
	// What is hidden today is not told of any day; what a goal was called then is.
	expect("", tuesday, wednesday, api.ComparisonCounts{Unchanged: 2}, api.ComparisonCounts{Unchanged: 4})
	expect("espoo manager", tuesday, wednesday, api.ComparisonCounts{Unchanged: 2}, api.ComparisonCounts{Changed: 1, Unchanged: 4}, "changed action 1 visibility")
	if text := fmt.Sprint(compare("", monday, wednesday)); strings.Contains(text, "Toimenpide 1 ") || !strings.Contains(text, "Uusi nimi") {
		t.Error("the public reads of action 1, or nothing of goal 1")
	}

	path := "/plans/plan/comparison"
	days := fmt.Sprintf("?from=%s&to=%s", monday, tuesday)
	sheet := string(e.As("luvn reader").Get(path + "/csv" + days + "&lang=fi").Want(200).Bytes)
	for _, line := range []string{"Kohde;Numero;Nimi;Ero;Tieto;Ennen;Jälkeen\r\n", "Tavoite;1;Uusi nimi;Muuttunut;Nimi suomeksi;Tavoite 1;Uusi nimi\r\n",
		"Toimenpide;1;Toimenpide 1;Muuttunut;Määräaika;31.1.2027;31.3.2027\r\n", "Toimenpide;4;Toimenpide 4;Muuttunut;Julkisuus;Sisäinen;Julkinen\r\n",
		"Toimenpide;5;Toimenpide 5;Muuttunut;Tavoitteet;1 Uusi nimi; 2 Tavoite 2;1 Uusi nimi\r\n"} {
		if line == "" || !strings.Contains(strings.ReplaceAll(sheet, `"`, ""), line) {
			t.Errorf("the table lacks %q:\n%s", line, sheet)
		}
	}
	if public := string(e.As("").Get(path + "/csv" + days + "&lang=sv").Want(200).Bytes); !strings.Contains(public, "Åtgärd;4;Toimenpide 4 sv;Tillägg;") || strings.Contains(public, "Intern") {
		t.Errorf("the public's table:\n%s", public)
	}
	book, err := excelize.OpenReader(bytes.NewReader(e.As("luvn reader").Get(path + "/xlsx" + days + "&lang=fi").Want(200).Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("Suunnitelman vertailu")
	if line := strings.Join([]string{"Toimenpide", "1", "Toimenpide 1", "Muuttunut", "Määräaika", "31.1.2027", "31.3.2027"}, ";"); err != nil ||
		len(rows) != strings.Count(sheet, "\r\n") || !slices.ContainsFunc(rows, func(r []string) bool { return strings.Join(r, ";") == line }) {
		t.Errorf("the workbook lacks %q: %v, %v", line, rows, err)
	}
	paper := docxText(t, e.As("luvn reader").Get(path+"/docx"+days+"&lang=en").Want(200).Bytes)
	for _, text := range []string{"Comparison of the plan", "0 added, 1 removed, 2 changed, 0 unchanged", "Changed: 1 Uusi nimi", "Removed: 2 Tavoite 2", "31 March 2027"} {
		if !strings.Contains(paper, text) {
			t.Errorf("the paper lacks %q", text)
		}
	}

	for query, code := range map[string]string{"?to=" + tuesday.String(): "required", "?from=" + tuesday.String() + "&to=" + monday.String(): "not_before_to",
		"?from=" + wednesday.String(): "not_before_to", "?from=x": "date_malformed", "?from=" + monday.String() + "&to=" + wednesday.AddDays(1).String(): "in_future"} {
		p := e.As("").Get(path+query).WantProblem(422, "validation_failed")
		if p.Errors[0].Code != code {
			t.Errorf("%s: %v, want %s", query, p.Errors, code)
		}
	}
	c.Post("/plans", planInput("hidden", "internal")).Want(201)
	for _, suffix := range []string{"", "/csv", "/xlsx", "/docx"} {
		e.As("").Get("/plans/hidden/comparison"+suffix+days).WantProblem(404, "plan_not_found")
	}
	if got := compare("", monday.AddDays(-400), monday.AddDays(-399)); len(got.Items) != 0 || !slices.Equal(got.Missing, []comparison.Side{"from", "to"}) {
		t.Errorf("before there was anything: %v, missing %v", differs(got), got.Missing)
	}
	// A plan that was adopted before it was in the system: nothing was added since.
	got = compare("", monday.AddDays(-400), tuesday)
	if len(got.Items) != 0 || got.Goals != (api.ComparisonCounts{}) || !slices.Equal(got.Missing, []comparison.Side{"from"}) {
		t.Errorf("from before the plan: %v, %+v, missing %v", differs(got), got.Goals, got.Missing)
	}
	days = fmt.Sprintf("?from=%s&to=%s", monday.AddDays(-400), tuesday)
	if sheet := string(e.As("").Get(path + "/csv" + days + "&lang=fi").Want(200).Bytes); !strings.Contains(sheet, "Suunnitelmaa ei ollut järjestelmässä") || strings.Contains(sheet, "Lisätty") {
		t.Errorf("the table from before the plan:\n%s", sheet)
	}
	if paper := docxText(t, e.As("").Get(path+"/docx"+days+"&lang=en").Want(200).Bytes); !strings.Contains(paper, "The plan was not in the system") || strings.Contains(paper, "added") {
		t.Error("the paper from before the plan does not say so")
	}
}

func idsOf(goals []api.Goal, places []int) (ids []domain.GoalID) {
	for _, i := range places {
		ids = append(ids, goals[i].ID)
	}
	return ids
}

// docxText is the text of a document's body.
func docxText(t *testing.T, content []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// More differences than are told are counted.
func TestComparisonTellsTheFirstAndCountsTheRest(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	before := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	g := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201))
	e.Exec(`with made as (
  insert into action (id, no, title_fi, title_sv, title_en, status, progress, visibility, version, created_at, updated_at)
  select gen_random_uuid(), 5000 + n, 'Toimenpide', '', '', 'not_started', 0, 'public', 1, $2, $2 from generate_series(1, 1010) n returning id)
insert into action_goal (id, action_id, goal_id) select gen_random_uuid(), id, $1 from made`, g.ID, e.Now())
	c := apitest.As[api.PlanComparison](e.As("").Get("/plans/plan/comparison?from=" + before.String()).Want(200))
	if len(c.Items) != 1000 || c.Left != 11 || c.Actions.Added != 1010 || c.Goals.Added != 1 || c.Items[1].No != 5001 || c.Items[999].No != 5999 {
		t.Errorf("%d items, %d left, %+v, %+v", len(c.Items), c.Left, c.Goals, c.Actions)
	}
	if sheet := string(e.As("").Get("/plans/plan/comparison/csv?lang=sv&from=" + before.String()).Want(200).Bytes); !strings.Contains(sheet, "Dessutom 11 objekt") {
		t.Error("the table does not say that there is more")
	}
}
