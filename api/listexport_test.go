package api_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// csvTable reads a file as what it is: marked as UTF-8, with semicolons.
func csvTable(e *apitest.Env, as, path string) (rows [][]string, header http.Header) {
	e.T.Helper()
	answer := e.As(as).Get(path).Want(200)
	text, marked := strings.CutPrefix(string(answer.Bytes), "\ufeff")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || !marked || len(rows) == 0 {
		e.T.Fatalf("%s: marked %v, %v: %s", path, marked, err, text)
	}
	return rows, answer.Header
}

// byHeading are the cells of one line that are not empty, by their headings.
func byHeading(rows [][]string, line int) map[string]string {
	out := map[string]string{}
	for i, head := range rows[0] {
		if rows[line][i] != "" {
			out[head] = rows[line][i]
		}
	}
	return out
}

func columnOf(rows [][]string, head string) []string {
	i := slices.Index(rows[0], head)
	out := []string{}
	for _, row := range rows[1:] {
		out = append(out, row[i])
	}
	return out
}

func wantLine(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is\n%v\nwant\n%v", what, got, want)
	}
}

// Topology: goal 1 of both parties; action 1 for it with everything that can be
// said, action 2 internal with dates that are known by year and day.
func TestActionFiles(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	group := newTerm(e, "/target-groups", "nuoret").ID
	tag := newTerm(e, "/tags", "tieto").ID
	whole := actionInput(f, "=1+1", "esp_education_head", "2026-10-20")
	whole["description"] = apitest.JSON{"fi": "Rivi yksi;\nrivi kaksi", "sv": "På svenska"}
	whole["goalIds"] = []any{goal.ID}
	whole["startsOn"], whole["startsPrecision"], whole["duePrecision"] = "2026-09-01", "month", "quarter"
	whole["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead"},
		{"postId": f.Post["esp_youth_head"], "part": "shared"}, {"postId": f.Post["esp_secretary"], "part": "shared"}, {"postId": f.Post["hus_liaison"], "part": "informed"}}
	whole["targetGroupIds"], whole["tagIds"] = []any{group}, []any{tag}
	whole["cases"] = []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 1/00.01.02/2026", "urlFi": "", "urlSv": ""}}
	first := createAction(e, "espoo coordinator", whole)
	report(e, "espoo coordinator", first, apitest.JSON{"status": "in_progress", "progress": 35}).Want(200)
	hidden := actionInput(f, "Salassa", "esp_education_head", "2027-01-01")
	hidden["duePrecision"], hidden["startsOn"] = "year", "2026-11-30"
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	createAction(e, "espoo coordinator", hidden)

	rows, header := csvTable(e, "", "/actions.csv")
	if got := header.Get("Content-Type") + " " + header.Get("Content-Disposition") + " " + header.Get("Content-Language"); got != `text/csv; charset=utf-8 attachment; filename="actions-2026-11-23.csv" fi` {
		t.Errorf("headers %s", got)
	}
	if len(rows) != 2 {
		t.Fatalf("the public reads %q", rows[1:])
	}
	wantLine(t, "action 1 in Finnish", byHeading(rows, 1), map[string]string{
		"Numero": "1", "Toimenpide suomeksi": "'=1+1", "Toimenpide ruotsiksi": "'=1+1 sv", "Kuvaus suomeksi": "Rivi yksi;\nrivi kaksi", "Kuvaus ruotsiksi": "På svenska",
		"Tavoitteiden numerot": fmt.Sprint(goal.No), "Tavoitteet": "Yhteinen", "Päävastuu": "ESPOO: esp_education_head", "Yhteisvastuu": "ESPOO: esp_secretary; ESPOO: esp_youth_head", "Tiedoksi": "HUS: hus_liaison",
		"Alkaa": "9/2026", "Määräaika": "Q4/2026", "Tila": "Käynnissä", "Edistyminen, %": "35", "Kunto": "Ajallaan", "Vahvistettu": "2026-11-23",
		"Kohderyhmät": "nuoret", "Asiasanat": "tieto", "Asiat asianhallinnassa": "ESPOO: DEMO 1/00.01.02/2026",
		"Julkisuus": "Julkinen", "Muutettu": "2026-11-23", "Versio": "2"})

	rows, _ = csvTable(e, "luvn reader", "/actions.csv?lang=sv&sort=no")
	if len(rows) != 3 {
		t.Fatalf("staff read %q", rows[1:])
	}
	wantLine(t, "action 2 in Swedish", byHeading(rows, 2), map[string]string{
		"Nummer": "2", "Åtgärd på finska": "Salassa", "Åtgärd på svenska": "Salassa sv", "Huvudansvar": "ESPOO: esp_education_head", "Börjar": "2026-11-30", "Tidsfrist": "2027",
		"Status": "Inte påbörjad", "Framskridande, %": "0", "Läge": "Inte påbörjad", "Bekräftad": "2026-11-23",
		"Offentlighet": "Intern", "Sekretessgrund": "keskeneräinen", "Ändrad": "2026-11-23", "Version": "1"})

	book, header := xlsxFile(e, "luvn reader", "/actions.xlsx?lang=en&sort=no")
	if got := header.Get("Content-Disposition"); got != `attachment; filename="actions-2026-11-23.xlsx"` {
		t.Errorf("file name %s", got)
	}
	defer func() { _ = book.Close() }()
	sheet, err := book.GetRows("Actions")
	if err != nil || len(sheet) != 3 {
		t.Fatalf("%v: %q", err, sheet)
	}
	if got := slices.DeleteFunc(slices.Clone(sheet[0][:6]), func(h string) bool { return h == "" }); !slices.Equal(got, []string{"Number", "Action in Finnish", "Action in Swedish", "Action in English", "Description in Finnish", "Description in Swedish"}) {
		t.Errorf("headings %q", got)
	}
	at := func(head string, line int) string {
		name, _ := excelize.CoordinatesToCellName(slices.Index(sheet[0], head)+1, line+1)
		return name
	}
	for _, c := range []struct {
		head  string
		line  int
		kind  excelize.CellType
		raw   string // as it is kept
		shown string
	}{
		{"Number", 1, excelize.CellTypeUnset, "1", "1"},
		{"Action in Finnish", 1, excelize.CellTypeInlineString, "=1+1", "=1+1"},
		{"Description in Finnish", 1, excelize.CellTypeInlineString, "Rivi yksi;\nrivi kaksi", "Rivi yksi;\nrivi kaksi"},
		{"Starts", 1, excelize.CellTypeInlineString, "9/2026", "9/2026"},
		{"Due", 1, excelize.CellTypeInlineString, "Q4/2026", "Q4/2026"},
		{"Progress, %", 1, excelize.CellTypeUnset, "35", "35"},
		{"Starts", 2, excelize.CellTypeUnset, "46356", "2026-11-30"},
		{"Due", 2, excelize.CellTypeUnset, "2027", "2027"},
	} {
		cell := at(c.head, c.line)
		kind, err := book.GetCellType("Actions", cell)
		raw, rawErr := book.GetCellValue("Actions", cell, excelize.Options{RawCellValue: true})
		shown, shownErr := book.GetCellValue("Actions", cell)
		formula, formulaErr := book.GetCellFormula("Actions", cell)
		if kind != c.kind || raw != c.raw || shown != c.shown || formula != "" || err != nil || rawErr != nil || shownErr != nil || formulaErr != nil {
			t.Errorf("%s of line %d: type %v, kept %q, shown %q, formula %q", c.head, c.line, kind, raw, shown, formula)
		}
	}
	if panes, err := book.GetPanes("Actions"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func xlsxFile(e *apitest.Env, as, path string) (*excelize.File, http.Header) {
	e.T.Helper()
	answer := e.As(as).Get(path).Want(200)
	book, err := excelize.OpenReader(strings.NewReader(string(answer.Bytes)))
	if err != nil {
		e.T.Fatalf("%s: %v", path, err)
	}
	return book, answer.Header
}

// The files of goals, posts and responsibilities, each with all that its list
// knows, in the words of the asked language.
func TestFilesOfGoalsPostsAndResponsibilities(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	sharedGoal(e, f)
	other := actionInput(f, "Työ", "esp_education_head", "2026-12-18")
	other["goalIds"] = []any{apitest.As[api.List[api.Goal]](e.As("").Get("/goals").Want(200)).Items[0].ID}
	createAction(e, "espoo coordinator", other)
	e.Exec(`update post set service_address = 'Kirkkojärventie 6', valid_to = '2027-12-31' where id = $1`, f.Post["esp_youth_head"])

	goals, _ := csvTable(e, "", "/goals.csv")
	wantLine(t, "the goal", byHeading(goals, 1), map[string]string{
		"Numero": "1", "Suunnitelma": "Suunnitelma", "Teema": "children_youth", "Tavoite suomeksi": "Yhteinen", "Tavoite ruotsiksi": "Yhteinen sv",
		"Päävastuu": "ESPOO: esp_education_head; LUVN: luvn_family_head", "Ei vielä hyväksytty": "ESPOO: esp_education_head; LUVN: luvn_family_head", "Toimenpiteitä": "1", "Seuraava määräaika": "2026-12-18",
		"Asiat asianhallinnassa": "ESPOO: DEMO 1/00.01.02/2026", "Julkisuus": "Julkinen", "Muutettu": "2026-11-23", "Versio": "1"})

	posts, _ := csvTable(e, "", "/posts.csv?lang=en&unitId="+f.Unit["esp_youth"].String())
	if len(posts) != 2 {
		t.Fatalf("posts %q", posts)
	}
	wantLine(t, "the post", byHeading(posts, 1), map[string]string{
		"Party": "ESPOO", "Unit": "esp_youth", "Place in the organisation": "esp_top > esp_youth", "Post in Finnish": "esp_youth_head", "Post in Swedish": "esp_youth_head", "Post in English": "esp_youth_head",
		"Address of the service": "Kirkkojärventie 6", "Valid from": "2025-01-01", "Valid until": "2027-12-31", "Version": "1", "Id": f.Post["esp_youth_head"].String()})

	parts, _ := csvTable(e, "", "/responsibilities.csv?lang=sv&sort=part,post&subjectKind=goal")
	if len(parts) != 3 {
		t.Fatalf("responsibilities %q", parts)
	}
	ofPost := map[string]string{}
	for _, r := range ofGoal(e, "", apitest.As[api.Goal](e.As("").Get("/goals/1").Want(200)).ID, "") {
		ofPost[r.Post.Title.FI] = r.ID.String()
	}
	wantLine(t, "the responsibility", byHeading(parts, 2), map[string]string{
		"Slag": "Mål", "Nummer": "1", "Vad ansvaret gäller": "Yhteinen sv", "Part": "LUVN", "Befattning": "luvn_family_head", "Del": "Huvudansvar",
		"Ordalydelse på finska": "LUVN tuo tiedot.", "I kraft från": "2026-11-23", "Godkännande": "Föreslagen", "Föreslagen den": "2026-11-23", "Väntar på godkännande av": "LUVN",
		"Ändrad": "2026-11-23", "Version": "1", "Id": ofPost["luvn_family_head"]})

	for path, sheet := range map[string]string{"/goals.xlsx?lang=sv": "Mål", "/posts.xlsx": "Tehtävät", "/responsibilities.xlsx?lang=en": "Responsibilities"} {
		book, _ := xlsxFile(e, "", path)
		name, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), ".")
		want, _ := csvTable(e, "", strings.Replace(path, ".xlsx", ".csv", 1))
		if got, err := book.GetRows(sheet); err != nil || len(got) != len(want) || !slices.Equal(got[0], want[0]) {
			t.Errorf("%s: %d lines of %d, %v", name, len(got), len(want), err)
		}
		_ = book.Close()
	}
	// Who answers for no party has nothing to answer.
	if rows, _ := csvTable(e, "", "/responsibilities.csv?awaiting=me"); len(rows) != 1 {
		t.Errorf("the public is asked %q", rows[1:])
	}
	for _, path := range []string{"/actions", "/goals", "/posts", "/responsibilities"} {
		e.As("").Get(path+".csv?sort=colour").WantProblem(422, "validation_failed")
		e.As("").Get(path+".xlsx?sort=colour").WantProblem(422, "validation_failed")
		e.As("").Get(path+".csv?lang=de").WantProblem(422, "validation_failed")
		e.As("").Get(path+".csv?limit=1").WantProblem(422, "validation_failed")
		e.As("").Get(path+".xlsx?asOf=2031-01-01").WantProblem(422, "validation_failed")
	}
	e.As("").Get("/actions.csv?goalId=x").WantProblem(422, "validation_failed")
}

// Topology: actions 1 public and late, 2 internal, 3 public and of LUVN, which a
// day later is internal, and 4 public, of that later day. A file has for each
// caller, filter, order and day exactly the rows that the list has.
func TestFilesHaveTheRowsOfTheirLists(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	late := actionInput(f, "Myöhässä", "esp_education_head", "2026-11-01")
	late["goalIds"] = []any{goal.ID}
	createAction(e, "espoo coordinator", late)
	hidden := actionInput(f, "Salassa", "luvn_family_head", "")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	createAction(e, "luvn coordinator", hidden)
	third := createAction(e, "luvn coordinator", actionInput(f, "Kolmas", "luvn_family_head", "2026-12-31"))
	e.Advance(24 * time.Hour)
	e.Exec(`update action set visibility = 'internal', visibility_ground = 'x', version = 2 where id = $1`, third.ID)
	createAction(e, "espoo coordinator", actionInput(f, "Neljäs", "", ""))
	for _, as := range []string{"", "espoo reader", "luvn coordinator", "auditor"} {
		for _, query := range []string{"", "sort=-no", "condition=late", "partyId=" + f.Party["luvn"].String(), "partyId=none", "goalId=" + goal.ID.String(), "q=salassa", "asOf=2026-11-23", "asOf=2026-11-23&sort=title", "asOf=2026-11-22"} {
			want := []string{}
			for _, no := range listed(e, as, query) {
				want = append(want, fmt.Sprint(no))
			}
			rows, _ := csvTable(e, as, "/actions.csv?"+query)
			if got := columnOf(rows, "Numero"); !slices.Equal(got, want) {
				t.Errorf("%q reads %q by %s in the file and %q in the list", as, got, query, want)
			}
		}
	}
	if rows, _ := csvTable(e, "", "/actions.csv?asOf=2026-11-23"); !slices.Equal(columnOf(rows, "Numero"), []string{"1"}) {
		t.Errorf("what is hidden today is in the file of yesterday: %q", rows)
	}
	rows, header := csvTable(e, "auditor", "/actions.csv?asOf=2026-11-23&sort=no")
	if got := columnOf(rows, "Versio"); !slices.Equal(got, []string{"1", "1", "1"}) || header.Get("Content-Disposition") != `attachment; filename="actions-2026-11-23.csv"` {
		t.Errorf("yesterday's versions %q in %s", got, header.Get("Content-Disposition"))
	}
}

// A thousand rows are whole, each once and in order, and cost a fixed number of
// statements for each page of 200.
func TestAFileOfAThousandRows(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	total := 0
	grow := func(to int) {
		e.Exec(`insert into action (id, no, title_fi, title_sv, title_en, confirmed_on, status, progress, visibility, version, created_at, updated_at, lead_post_id, lead_party_id, lead_from)
select gen_random_uuid(), n, 'Toimenpide ' || n, '', '', '2026-11-20', 'in_progress', 0, 'public', 1, $1, $1, $2, $3, '2026-01-01' from generate_series($4::int, $5::int) n`,
			e.Now(), f.Post["esp_education_head"], f.Party["espoo"], total+1, to)
		total = to
	}
	statements := map[int]int{}
	for _, n := range []int{399, 599, 1250} { // two, three and seven pages
		grow(n)
		for _, suffix := range []string{"csv", "xlsx"} {
			count := e.Statements(func() { e.As("").Get("/actions." + suffix + "?sort=-no").Want(200) })
			if before, ok := statements[n]; ok && before != count {
				t.Errorf("%d rows: %d statements for CSV and %d for XLSX", n, before, count)
			}
			statements[n] = count
		}
	}
	page := statements[599] - statements[399]
	if page < 1 || statements[1250]-statements[599] != 4*page {
		t.Errorf("statements for 2, 3 and 7 pages: %v", statements)
	}
	rows, _ := csvTable(e, "", "/actions.csv?sort=-no")
	nos := columnOf(rows, "Numero")
	if len(nos) != total {
		t.Fatalf("%d rows of %d", len(nos), total)
	}
	for i, no := range nos {
		if no != fmt.Sprint(total-i) {
			t.Fatalf("row %d is number %s", i, no)
		}
	}
}

// An action that is late for a task says so beside its own due date, which is not
// past.
func TestAFileNamesTheNextTask(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Työ", "esp_education_head", "2027-06-01"))
	addTask(e, "espoo coordinator", a, taskInput("Selvitys", "2026-11-24"))
	e.Advance(72 * time.Hour)
	rows, _ := csvTable(e, "", "/actions.csv")
	line := byHeading(rows, 1)
	if line["Kunto"] != "Myöhässä" || line["Seuraava osatehtävä tai virstanpylväs"] != "Selvitys" || line["Osatehtävän tai virstanpylvään määräaika"] != "2026-11-24" {
		t.Errorf("%q", line)
	}
}
