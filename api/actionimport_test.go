package api_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// importBody is a file with what else is said of it.
func importBody(file []byte, more ...apitest.JSON) apitest.JSON {
	body := apitest.JSON{"fileName": "toimet.csv", "file": file}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	return body
}

func checkImport(e *apitest.Env, as string, file []byte, more ...apitest.JSON) api.ImportReport {
	e.T.Helper()
	return apitest.As[api.ImportReport](e.As(as).Post("/action-import-checks", importBody(file, more...)).Want(200))
}

// importAs checks a file and imports what the check showed.
func importAs(e *apitest.Env, as string, file []byte, more ...apitest.JSON) api.ImportReport {
	e.T.Helper()
	seen := apitest.JSON{"fingerprint": checkImport(e, as, file, more...).Fingerprint}
	return apitest.As[api.ImportReport](e.As(as).Post("/action-imports", importBody(file, append(more, seen)...)).Want(201))
}

func rowCounts(r api.ImportReport) string {
	return fmt.Sprintf("%d new, %d changed, %d same, %d wrong", r.New, r.Changed, r.Same, r.Wrong)
}

// wrongCells are what is wrong, each by line, column and value.
func wrongCells(r api.ImportReport) []string {
	out := []string{}
	for _, row := range r.Rows {
		for _, e := range row.Errors {
			out = append(out, fmt.Sprintf("%d %s%s: %s %q", row.Line, e.Cell, e.Heading, e.Code, e.Value))
		}
	}
	return out
}

// csvFile writes what a person's spreadsheet saves.
func csvFile(rows ...[]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	_ = w.WriteAll(rows) // to memory
	return b.Bytes()
}

// variedActions makes actions with everything that a file can say of them.
func variedActions(e *apitest.Env, f *apitest.Fixture) {
	goal := sharedGoal(e, f)
	group, tag := newTerm(e, "/target-groups", "nuoret").ID, newTerm(e, "/tags", "tieto").ID
	for i, tt := range []struct{ title, start, startPrecision, due, duePrecision string }{
		{"=1+1", "2026-09-01", "month", "2026-10-20", "quarter"}, {"-alku; loppu", "2026-11-30", "day", "2027-01-01", "year"},
		{"Rivi\nja toinen", "", "day", "2027-02-28", "day"}, {"\"Lainattu\"", "", "day", "", "day"},
	} {
		in := actionInput(f, tt.title, "esp_education_head", tt.due)
		in["duePrecision"], in["startsPrecision"] = tt.duePrecision, tt.startPrecision
		if tt.start != "" {
			in["startsOn"] = tt.start
		}
		in["description"] = apitest.JSON{"fi": "Ensin;\n\nsitten \"näin\"", "sv": "007", "en": "=SUM(A1)"}
		if i != 3 {
			in["goalIds"], in["targetGroupIds"], in["tagIds"] = []any{goal.ID}, []any{group}, []any{tag}
			in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "Sovittu"}},
				{"postId": f.Post["esp_youth_head"], "part": "shared"}, {"postId": f.Post["esp_secretary"], "part": "shared"}, {"postId": f.Post["hus_liaison"], "part": "informed"}}
			in["cases"] = []apitest.JSON{{"partyId": f.Party["espoo"], "registryNo": "DEMO 1", "urlFi": "", "urlSv": ""}}
		} else {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		a := createAction(e, "espoo coordinator", in)
		if i == 0 {
			report(e, "espoo coordinator", a, apitest.JSON{"status": "in_progress", "progress": 35}).Want(200)
		}
	}
}

// A file that was downloaded and comes back as it was changes nothing, in every
// language and kind of file, though two posts have one name.
func TestAnExportThatComesBackChangesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.Exec(`update post set title_fi = 'esp_secretary' where id = $1`, f.Post["esp_youth_head"])
	variedActions(e, f)
	files := map[string][]byte{}
	for _, lang := range domain.Langs {
		for _, kind := range []string{"csv", "xlsx"} {
			files[kind+string(lang)] = e.As("espoo coordinator").Get("/actions." + kind + "?sort=title&lang=" + string(lang)).Want(200).Bytes
		}
	}
	e.Advance(100 * 24 * time.Hour) // what is computed of a day is another thing by then
	for _, lang := range domain.Langs {
		for _, kind := range []string{"csv", "xlsx"} {
			file := files[kind+string(lang)]
			r := checkImport(e, "espoo coordinator", file)
			if rowCounts(r) != "0 new, 0 changed, 4 same, 0 wrong" || len(r.Rows)+len(r.Names)+len(r.Unknown)+len(r.Untaken) != 0 || r.NeedsReason || r.Imported {
				t.Errorf("%s in %s: %+v", kind, lang, r)
			}
			e.As("espoo coordinator").Post("/action-imports", importBody(file, apitest.JSON{"fingerprint": r.Fingerprint})).WantProblem(422, "import_has_no_changes")
		}
	}
	var imports int
	if e.Row(`select count(*) from audit_entry where subject_kind = 'data_import'`, &imports); imports != 0 {
		t.Errorf("nothing was imported, and the log tells of %d imports", imports)
	}
}

// A downloaded workbook is changed in the spreadsheet: the preview has what
// changed with both values, the import saves that alone, with one entry for each
// action under that of the import.
func TestAChangedExportIsAnUpdate(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	variedActions(e, f)
	book, err := excelize.OpenReader(bytes.NewReader(e.As("espoo coordinator").Get("/actions.xlsx?sort=no").Want(200).Bytes))
	if err != nil {
		t.Fatal(err)
	}
	heads, err := book.GetRows("Toimenpiteet")
	if err != nil {
		t.Fatal(err)
	}
	set := func(head string, line int, value any) {
		cell, err := excelize.CoordinatesToCellName(slices.Index(heads[0], head)+1, line)
		if err == nil {
			err = book.SetCellValue("Toimenpiteet", cell, value)
		}
		if err != nil {
			t.Fatal(head, err)
		}
	}
	set("Toimenpide suomeksi", 2, "Uusi nimi")
	set("Määräaika", 2, "12/2026")
	set("Yhteisvastuu", 2, "ESPOO: esp_secretary")
	set("Tiedoksi", 2, "hus_liaison; luvn_older_head")
	set("Määräaika", 4, domain.NewDate(2027, 3, 31).StartOfDay().In(domain.Helsinki))
	set("Asiasanat", 3, "")
	set("Tila", 3, "Valmis")
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	r := checkImport(e, "espoo coordinator", file)
	if rowCounts(r) != "0 new, 3 changed, 1 same, 0 wrong" || !r.NeedsReason || r.Sheet != "Toimenpiteet" || !slices.Equal(r.Untaken, []string{"Tila"}) {
		t.Fatalf("%+v", r)
	}
	said := []string{}
	for _, row := range r.Rows {
		for _, c := range row.Fields {
			said = append(said, fmt.Sprintf("%d %s: %s -> %s", row.No, c.Heading, c.Old, c.New))
		}
	}
	want := []string{"1 Toimenpide suomeksi: =1+1 -> Uusi nimi", "1 Yhteisvastuu: ESPOO: esp_secretary; ESPOO: esp_youth_head -> ESPOO: esp_secretary", "1 Tiedoksi: HUS: hus_liaison -> hus_liaison; luvn_older_head",
		"1 Määräaika: Q4/2026 -> 12/2026", "2 Asiasanat: tieto -> ", "3 Määräaika: 2027-02-28 -> " + r.Rows[2].Fields[0].New}
	if !slices.Equal(said, want) {
		t.Errorf("the preview tells\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	before := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200))
	if before.Title.FI != "=1+1" {
		t.Fatalf("the preview has changed %+v", before.Title)
	}
	seen := apitest.JSON{"fingerprint": r.Fingerprint}
	if p := e.As("espoo coordinator").Post("/action-imports", importBody(file, seen)).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/reason" || p.Errors[0].Code != "due_date_needs_reason" {
		t.Errorf("without a reason: %+v", p.Errors)
	}
	done := apitest.As[api.ImportReport](e.As("espoo coordinator").Post("/action-imports", importBody(file, seen, apitest.JSON{"reason": "Kevään suunnittelu."})).Want(201))
	if rowCounts(done) != "0 new, 3 changed, 1 same, 0 wrong" || !done.Imported {
		t.Errorf("imported %+v", done)
	}
	first := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200))
	parts := []string{}
	for _, p := range first.Responsibilities {
		parts = append(parts, string(p.Part)+" "+p.Post.Title.FI+" "+p.Wording.FI)
	}
	if first.Title.FI != "Uusi nimi" || first.Title.SV != "=1+1 sv" || first.DuePrecision != domain.Month || first.DueOn.String() != "2026-12-01" || first.Description.FI != "Ensin;\n\nsitten \"näin\"" ||
		len(first.Cases) != 1 || first.Status != "in_progress" || !slices.Equal(parts, []string{"lead esp_education_head Sovittu", "shared esp_secretary ", "informed luvn_older_head ", "informed hus_liaison "}) {
		t.Errorf("action 1 is %+v with %q", first, parts)
	}
	second, third := apitest.As[api.Action](e.As("").Get("/actions/2").Want(200)), apitest.As[api.Action](e.As("").Get("/actions/3").Want(200))
	if len(second.TagIDs) != 0 || second.Status != "not_started" || len(second.TargetGroupIDs) != 1 || third.DueOn.String() != "2027-03-31" || third.DuePrecision != domain.Day {
		t.Errorf("action 2 %+v\naction 3 %+v", second, third)
	}
	var imports, under, reasoned int
	e.Row(`select count(*) from audit_entry where subject_kind = 'data_import' and origin = 'import'`, &imports)
	e.Row(`select count(*) from audit_entry e where subject_kind = 'action' and origin = 'import' and permission = 'action.edit' and parent_kind = 'data_import'
and parent_id = (select subject_id from audit_entry where subject_kind = 'data_import')`, &under)
	e.Row(`select count(*) from audit_entry where subject_kind = 'action' and origin = 'import' and reason = 'Kevään suunnittelu.'`, &reasoned)
	if imports != 1 || under != 3 || reasoned != 2 {
		t.Errorf("%d imports, %d entries under it, %d with the reason", imports, under, reasoned)
	}
	log := apitest.As[api.List[api.AuditEntry]](e.As("luvn reader").Get("/audit/entries?subjectKind=data_import").Want(200))
	if len(log.Items) != 1 {
		t.Errorf("staff read %d entries of imports", len(log.Items))
	}
	if rowCounts(checkImport(e, "espoo coordinator", file)) == "0 new, 0 changed, 4 same, 0 wrong" {
		t.Error("the versions in the file are those of before the import: they must be told")
	}
}

// The shape that people have: a name above the table, their own headings, saved
// by Finnish Excel as Windows-1252 with commas or semicolons.
func TestImportOfAListThatPeopleHave(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	forms := []struct{ text, on, precision string }{
		{"30.11.2026", "2026-11-30", "day"}, {"2026-12-01", "2026-12-01", "day"}, {"1.2.2027", "2027-02-01", "day"}, {"11/2026", "2026-11-01", "month"}, {"marras.26", "2026-11-01", "month"}, {"maaliskuu 2027", "2027-03-01", "month"},
		{"mars 2027", "2027-03-01", "month"}, {"December 2026", "2026-12-01", "month"}, {"Q4/2026", "2026-10-01", "quarter"}, {"Q1 2027", "2027-01-01", "quarter"}, {"2. neljännes 2027", "2027-04-01", "quarter"},
		{"kvartal 3/2027", "2027-07-01", "quarter"}, {"2027", "2027-01-01", "year"}, {"", "", "day"},
	}
	rows := [][]string{{"HYTE-toimenpiteet 2026"}, {}, {"Tavoite", "Toimenpide", "Vastuutaho", "Aikataulu", "Huomautuksia"}}
	for i, form := range forms {
		rows = append(rows, []string{[]string{"1", "Tavoite 1", "yhteinen", ""}[i%4], fmt.Sprintf("Työ %02d", i), []string{"ESPOO: esp_education_head", "Luvn_family_head", ""}[i%3], form.text, "x"})
	}
	utf8 := csvFile(rows...)
	latin := make([]byte, 0, len(utf8))
	for _, r := range string(utf8) {
		latin = append(latin, byte(r)) // all of it is in Latin 1
	}
	for name, file := range map[string][]byte{"UTF-8": utf8, "a mark": append([]byte("\ufeff"), utf8...), "tabs": bytes.ReplaceAll(utf8, []byte(";"), []byte("\t")), "Windows-1252": latin} {
		r := checkImport(e, "espoo coordinator", file)
		if rowCounts(r) != fmt.Sprintf("%d new, 0 changed, 0 same, 0 wrong", len(forms)) || !slices.Equal(r.Unknown, []string{"Huomautuksia"}) || r.Rows[0].Line != 4 {
			t.Fatalf("%s: %+v", name, r)
		}
	}
	if n := len(listed(e, "espoo coordinator", "limit=200")); n != 0 {
		t.Fatalf("the checks have made %d actions", n)
	}
	importAs(e, "espoo coordinator", latin)
	items := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions?sort=title&limit=200").Want(200)).Items
	if len(items) != len(forms) {
		t.Fatalf("%d actions of %d", len(items), len(forms))
	}
	for i, a := range items {
		lead := ""
		if a.Lead != nil {
			lead = a.Lead.Title.FI
		}
		if a.Title.FI != fmt.Sprintf("Työ %02d", i) || a.No != i+1 || a.DueOn.String() != forms[i].on || string(a.DuePrecision) != forms[i].precision ||
			lead != []string{"esp_education_head", "luvn_family_head", ""}[i%3] || (len(a.Goals) == 1 && a.Goals[0].ID == goal.ID) != (i%4 != 3) {
			t.Errorf("%q: %+v", forms[i].text, a)
		}
	}
}

// 500 rows, 20 of them wrong in every way: each is told by row and column, and
// nothing is saved; without them all is.
func TestImportOf500RowsWith20Faulty(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	sharedGoal(e, f)
	kept := createAction(e, "espoo coordinator", actionInput(f, "Ennestään", "esp_education_head", "2026-12-31"))
	ofLUVN := createAction(e, "luvn coordinator", actionInput(f, "Toisen", "luvn_family_head", ""))
	old := newTerm(e, "/tags", "vanha")
	decide(e, "/tags", old.ID, "retirement", apitest.JSON{"on": "2026-11-01"}).Want(200)
	e.Exec(`update post set title_fi = 'Päällikkö', title_sv = 'Päällikkö', title_en = 'Päällikkö' where id in ($1, $2)`, f.Post["esp_youth_head"], f.Post["luvn_older_head"])
	heads := []string{"Nro", "Toimenpide", "Toimenpide ruotsiksi", "Tavoite", "Päävastuu", "Tuki", "Alkaa", "Määräaika", "Kohderyhmät", "Asiasanat", "Julkisuus", "Salassapidon peruste", "Versio"}
	faults := []struct {
		cells map[string]string
		want  string // column, code and value
	}{
		{map[string]string{"Toimenpide": "", "Toimenpide ruotsiksi": ""}, `Toimenpide: required ""`},
		{map[string]string{"Toimenpide": strings.Repeat("x", 301)}, `Toimenpide: too_long "` + strings.Repeat("x", 301) + `"`},
		{map[string]string{"Nro": "99"}, `Nro: unknown "99"`},
		{map[string]string{"Nro": "kaksi"}, `Nro: unknown "kaksi"`},
		{map[string]string{"Tavoite": "17"}, `Tavoite: unknown_name "17"`},
		{map[string]string{"Tavoite": "Yhteisen"}, `Tavoite: unknown_name "Yhteisen"`},
		{map[string]string{"Päävastuu": "esp_educatoin_head"}, `Päävastuu: unknown_name "esp_educatoin_head"`},
		{map[string]string{"Päävastuu": "Päällikkö"}, `Päävastuu: several_names "Päällikkö"`},
		{map[string]string{"Päävastuu": "esp_secretary; esp_coordinator"}, `Päävastuu: one_lead "esp_secretary; esp_coordinator"`},
		{map[string]string{"Tuki": "esp_education_head"}, `Päävastuu: duplicate "esp_education_head"`},
		{map[string]string{"Alkaa": "syksy 2026"}, `Alkaa: period_unclear "syksy 2026"`},
		{map[string]string{"Määräaika": "31.11.2026"}, `Määräaika: period_unclear "31.11.2026"`},
		{map[string]string{"Määräaika": "Q5/2026"}, `Määräaika: period_unclear "Q5/2026"`},
		{map[string]string{"Alkaa": "2027", "Määräaika": "2026"}, `Määräaika: due_before_start "2026"`},
		{map[string]string{"Kohderyhmät": "Kaikki"}, `Kohderyhmät: unknown_name "Kaikki"`},
		{map[string]string{"Asiasanat": "vanha"}, `Asiasanat: unknown_name "vanha"`},
		{map[string]string{"Julkisuus": "salainen"}, `Julkisuus: not_allowed "salainen"`},
		{map[string]string{"Julkisuus": "Sisäinen"}, `Salassapidon peruste: required ""`},
		{map[string]string{"Nro": fmt.Sprint(kept.No), "Versio": "7"}, `Versio: row_outdated "7"`},
		{map[string]string{"Nro": fmt.Sprint(ofLUVN.No), "Päävastuu": "luvn_family_head"}, `: forbidden ""`},
	}
	line := func(n int, cells map[string]string) []string {
		row := make([]string, len(heads))
		for i, h := range heads {
			value, said := cells[h]
			if !said {
				value = map[string]string{"Toimenpide": fmt.Sprintf("Toimenpide %03d", n), "Tavoite": "1", "Päävastuu": "esp_education_head", "Määräaika": "2027", "Julkisuus": "Julkinen"}[h]
			}
			row[i] = value
		}
		return row
	}
	good, all, want := [][]string{heads}, [][]string{heads}, []string{}
	for n := range 500 {
		if n%25 != 24 {
			good, all = append(good, line(n, nil)), append(all, line(n, nil))
			continue
		}
		fault := faults[n/25]
		all = append(all, line(n, fault.cells))
		want = append(want, fmt.Sprintf("%d %s", len(all), fault.want))
	}
	file := csvFile(all...)
	r := checkImport(e, "espoo coordinator", file)
	if rowCounts(r) != "480 new, 0 changed, 0 same, 20 wrong" {
		t.Errorf("%s", rowCounts(r))
	}
	if got := wrongCells(r); !slices.Equal(got, want) {
		t.Errorf("wrong is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	near := map[string]string{}
	for _, n := range r.Names {
		labels := []string{}
		for _, p := range n.Near {
			labels = append(labels, p.Label)
		}
		near[string(n.Kind)+" "+n.Name] = strings.Join(labels, ", ")
	}
	for name, first := range map[string]string{"post esp_educatoin_head": "ESPOO: esp_education_head", "goal Yhteisen": "1 Yhteinen", "post Päällikkö": "ESPOO: Päällikkö, LUVN: Päällikkö", "goal 17": ""} {
		if got, ok := near[name]; !ok || !strings.HasPrefix(got, first) {
			t.Errorf("near %s: %q", name, got)
		}
	}
	if r.Fingerprint != "" {
		t.Error("what is wrong can be imported")
	}
	if got := listed(e, "espoo coordinator", "sort=no"); !slices.Equal(got, []int{kept.No, ofLUVN.No}) {
		t.Fatalf("something was saved: %v", got)
	}

	importAs(e, "espoo coordinator", csvFile(good...))
	var made, entries, highest int
	e.Row(`select count(*), max(no) from action`, &made, &highest)
	e.Row(`select count(*) from audit_entry where subject_kind = 'action' and permission = 'action.create' and origin = 'import' and parent_kind = 'data_import'`, &entries)
	if made != 482 || entries != 480 || highest != 482 {
		t.Errorf("%d actions up to number %d, %d entries", made, highest, entries)
	}
}

// A name that is not known is chosen once; with another choice, or after a change
// of what is stored, what was seen is not what would be done.
func TestAnImportIsWhatItsPreviewShowed(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Vanha", "esp_education_head", ""))
	file := csvFile([]string{"Nro", "Toimenpide", "Vastuutaho"}, []string{fmt.Sprint(a.No), "Vanha, tarkempi", "esp_education_head"}, []string{"", "Uusi", "Rehtorit"}, []string{"", "Toinen", "rehtorit "})
	r := checkImport(e, "espoo coordinator", file)
	if rowCounts(r) != "0 new, 1 changed, 0 same, 2 wrong" || len(r.Names) != 1 || !slices.Equal(r.Names[0].Lines, []int{3, 4}) {
		t.Fatalf("%+v", r)
	}
	choice := func(post string) apitest.JSON {
		return apitest.JSON{"choices": []apitest.JSON{{"kind": "post", "name": "Rehtorit", "id": f.Post[post]}}}
	}
	r = checkImport(e, "espoo coordinator", file, choice("esp_youth_head"))
	seen := apitest.JSON{"fingerprint": r.Fingerprint}
	c := e.As("espoo coordinator")
	if rowCounts(r) != "2 new, 1 changed, 0 same, 0 wrong" {
		t.Fatalf("%+v", r)
	}
	c.Post("/action-imports", importBody(file, seen)).WantProblem(409, "import_outdated")
	c.Post("/action-imports", importBody(file, seen, choice("esp_secretary"))).WantProblem(409, "import_outdated")
	report(e, "espoo coordinator", a, apitest.JSON{"status": "in_progress"}).Want(200)
	c.Post("/action-imports", importBody(file, seen, choice("esp_youth_head"))).WantProblem(409, "import_outdated")
	if n := len(listed(e, "espoo coordinator", "")); n != 1 {
		t.Fatalf("%d actions", n)
	}
	done := importAs(e, "espoo coordinator", file, choice("esp_youth_head"))
	if rowCounts(done) != "2 new, 1 changed, 0 same, 0 wrong" || done.Rows[1].No != 2 || done.Rows[2].No != 3 {
		t.Errorf("%+v", done)
	}
	for _, no := range []string{"2", "3"} {
		if lead := apitest.As[api.Action](e.As("").Get("/actions/" + no).Want(200)).Lead; lead == nil || lead.ID != f.Post["esp_youth_head"] {
			t.Errorf("action %s is led by %+v", no, lead)
		}
	}
	// Another party's form would refuse the same.
	mine := csvFile([]string{"Toimenpide", "Päävastuu"}, []string{"Oma", "esp_education_head"}, []string{"Toisen", "luvn_family_head"})
	if got := wrongCells(checkImport(e, "espoo manager", mine)); !slices.Equal(got, []string{`3 : forbidden ""`}) {
		t.Errorf("a manager: %q", got)
	}
}

func TestFilesThatCannotBeImported(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	c := e.As("espoo coordinator")
	good := csvFile([]string{"Toimenpide"}, []string{"Yksi"})
	many := [][]string{{"Toimenpide"}}
	for n := range 5001 {
		many = append(many, []string{fmt.Sprint("Työ ", n)})
	}
	for name, tt := range map[string]struct {
		file []byte
		code string
	}{
		"nothing": {[]byte("\n"), "no_headings"}, "no headings": {csvFile([]string{"Nimi"}, []string{"Yksi"}), "no_headings"}, "a picture": {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "not_readable"},
		"half a workbook": {[]byte("PK\x03\x04 and no more"), "not_readable"}, "too many": {csvFile(many...), "too_many_rows"},
	} {
		if p := c.Post("/action-import-checks", importBody(tt.file)).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Pointer != "/file" || p.Errors[0].Code != tt.code {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
	if p := c.Post("/action-imports", importBody(good)).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != "/fingerprint" {
		t.Errorf("without a preview: %+v", p.Errors)
	}
	for _, path := range []string{"/action-import-checks", "/action-imports"} {
		body := importBody(good, apitest.JSON{"fingerprint": "x"})
		e.As("").Post(path, body).WantProblem(401, "sign_in_required")
		for _, who := range []string{"luvn reader", "auditor", "espoo administrator"} {
			e.As(who).Post(path, body).WantProblem(403, "forbidden")
			e.As(who).Post(path, importBody([]byte("PK\x03\x04 is not even read"), apitest.JSON{"fingerprint": "x"})).WantProblem(403, "forbidden")
		}
	}
	for lang, want := range map[string]string{"fi": "Toimenpide suomeksi", "sv": "Åtgärd på finska", "en": "Action in Finnish"} {
		book, err := excelize.OpenReader(bytes.NewReader(e.As("").Get("/action-import.xlsx?lang=" + lang).Want(200).Bytes))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil || len(rows) != 1 || len(rows[0]) != 20 || rows[0][1] != want {
			t.Errorf("template in %s: %v, %q", lang, err, rows)
		}
	}
}

// workbook has the given rows by sheet and line.
func workbook(t testing.TB, sheets ...map[int][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for n, rows := range sheets {
		name := fmt.Sprint("Sheet", n+1)
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for line, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprint("A", line), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// All rows of a workbook are read, however many empty ones stand between them,
// and what is too much is told: nothing is left out unsaid.
func TestNoRowOfAWorkbookIsLost(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	sparse, crowded, far := map[int][]any{1: {"Toimenpide"}}, map[int][]any{1: {"Toimenpide"}}, map[int][]any{1: {"Toimenpide"}, 2: {"Yksi"}, 20_001: {"Kaukana"}}
	for n := range 800 {
		sparse[2+n+n/4] = []any{fmt.Sprintf("Työ %03d", n)}
	}
	for n := range 5001 {
		crowded[2+2*n] = []any{fmt.Sprintf("Työ %04d", n)}
	}
	if r := checkImport(e, "espoo coordinator", workbook(t, sparse)); rowCounts(r) != "800 new, 0 changed, 0 same, 0 wrong" || r.Rows[799].Line != 1000 {
		t.Errorf("with blank rows: %s, the last at %d", rowCounts(r), r.Rows[len(r.Rows)-1].Line)
	}
	wide := make([]any, 16_384)
	wide[0], wide[99], wide[100], wide[16_383] = "Toimenpide", "Sadas", "Määräaika", "Viimeinen"
	if r := checkImport(e, "espoo coordinator", workbook(t, map[int][]any{1: {"Muuta"}}, map[int][]any{1: wide, 2: {"Yksi"}})); rowCounts(r) != "1 new, 0 changed, 0 same, 0 wrong" || r.Sheet != "Sheet2" || !slices.Equal(r.Unknown, []string{"Sadas"}) {
		t.Errorf("a wide one: %+v", r)
	}
	sheets := make([]map[int][]any, 21)
	sheets[20] = map[int][]any{1: {"Toimenpide"}, 2: {"Yksi"}}
	for name, tt := range map[string]struct {
		file []byte
		code string
	}{
		"rows": {workbook(t, crowded), "too_many_rows"}, "lines": {workbook(t, far), "too_many_rows"}, "sheets": {workbook(t, sheets...), "no_headings"},
		"headings on line 11": {workbook(t, map[int][]any{11: {"Toimenpide"}, 12: {"Yksi"}}), "no_headings"},
	} {
		if p := e.As("espoo coordinator").Post("/action-import-checks", importBody(tt.file)).WantProblem(422, "validation_failed"); len(p.Errors) != 1 || p.Errors[0].Code != tt.code {
			t.Errorf("%s: %+v", name, p.Errors)
		}
	}
}

// A file without numbers does not make the same actions twice: not if it is
// checked again, nor if the import is confirmed again.
func TestAFileIsNotImportedTwice(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	c := e.As("espoo coordinator")
	file := csvFile([]string{"Toimenpide"}, []string{"Yksi"}, []string{"Kaksi"})
	seen := apitest.JSON{"fingerprint": checkImport(e, "espoo coordinator", file).Fingerprint}
	c.Post("/action-imports", importBody(file, seen)).Want(201)
	c.Post("/action-imports", importBody(file, seen)).WantProblem(409, "import_outdated")
	again := csvFile([]string{"Toimenpide"}, []string{"YKSI "}, []string{"Kolme"}, []string{" kolme"})
	if got := wrongCells(checkImport(e, "espoo coordinator", again)); !slices.Equal(got, []string{`2 Toimenpide: same_title "YKSI"`, `4 Toimenpide: same_title "kolme"`}) {
		t.Errorf("%q", got)
	}
	e.Exec(`update action set status = 'cancelled'`)
	if r := checkImport(e, "espoo coordinator", file); rowCounts(r) != "2 new, 0 changed, 0 same, 0 wrong" {
		t.Errorf("of actions that are closed: %+v", r)
	}
}

// Headings of people's own: names of goals alone are the goals, and English texts
// go to English.
func TestOwnHeadings(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	for _, heading := range []string{"Mål", "Tavoitteet", "Goals"} {
		title := "Åtgärd " + heading
		importAs(e, "espoo coordinator", csvFile([]string{heading, "Åtgärd", "Action", "Description"}, []string{"yhteinen", title, title + " en", "In English"}))
		var no int
		e.QueryRow(`select no from action where title_sv = $1`, []any{title}, &no)
		a := apitest.As[api.Action](e.As("").Get(fmt.Sprint("/actions/", no)).Want(200))
		if len(a.Goals) != 1 || a.Goals[0].ID != goal.ID || a.Title != (domain.Text{SV: title, EN: title + " en"}) || a.Description != (domain.Text{EN: "In English"}) {
			t.Errorf("%s: %+v", heading, a)
		}
		same := csvFile([]string{"Nro", "Åtgärd", heading}, []string{fmt.Sprint(no), title, "Yhteinen"})
		if r := checkImport(e, "espoo coordinator", same); rowCounts(r) != "0 new, 0 changed, 1 same, 0 wrong" {
			t.Errorf("%s as it is: %+v", heading, r)
		}
	}
	if got := wrongCells(checkImport(e, "espoo coordinator", csvFile([]string{"Action"}, []string{"Only in English"}))); !slices.Equal(got, []string{`2 Action: required "Only in English"`}) {
		t.Errorf("in English alone: %q", got)
	}
}

// What is wrong by the time of the import is told by its row, too.
func TestAnImportTellsTheRowThatFails(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	tag := newTerm(e, "/tags", "tieto")
	file := csvFile([]string{"Toimenpide", "Asiasanat"}, []string{"Yksi", ""}, []string{"Kaksi", "tieto"})
	seen := apitest.JSON{"fingerprint": checkImport(e, "espoo coordinator", file).Fingerprint}
	decide(e, "/tags", tag.ID, "retirement", apitest.JSON{"on": "2026-11-01"}).Want(200)
	p := e.As("espoo coordinator").Post("/action-imports", importBody(file, seen)).WantProblem(422, "import_has_errors")
	if !slices.Equal(p.Errors, []domain.FieldError{{Pointer: "/lines/3/tags", Code: "unknown_name"}}) {
		t.Errorf("%+v", p.Errors)
	}
	if n := len(listed(e, "espoo coordinator", "")); n != 0 {
		t.Errorf("%d actions were saved", n)
	}
}

// A check of a file writes nothing, not even to take it back.
func TestACheckWritesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := createAction(e, "espoo coordinator", actionInput(f, "Vanha", "esp_education_head", ""))
	file := csvFile([]string{"Nro", "Toimenpide"}, []string{fmt.Sprint(a.No), "Uusi nimi"})
	var before, after string
	e.Row(`select xmax::text from action`, &before) // of what last locked or changed the row, though it took that back
	if r := checkImport(e, "espoo coordinator", file); rowCounts(r) != "0 new, 1 changed, 0 same, 0 wrong" {
		t.Errorf("%+v", r)
	}
	if e.Row(`select xmax::text from action`, &after); after != before {
		t.Error("the check has locked or changed the action")
	}
}

// Names that nobody has are offered near ones once, and only as many and as long
// as can be chosen.
func TestNamesOfAFileAreBounded(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	rows := [][]string{{"Toimenpide", "Päävastuu"}, {"Pitkä", "esp_educatoin_head" + strings.Repeat(" esp_educatoin_head", 20)}}
	for n := range 250 {
		rows = append(rows, []string{fmt.Sprint("Työ ", n), fmt.Sprint("esp_educatoin_head ", n)})
	}
	r := checkImport(e, "espoo coordinator", csvFile(rows...))
	if rowCounts(r) != "0 new, 0 changed, 0 same, 251 wrong" || len(r.Names) != 200 || len(r.Names[0].Near) != 0 || len(r.Names[1].Near) == 0 {
		t.Errorf("%s, %d names, %+v", rowCounts(r), len(r.Names), r.Names[:min(2, len(r.Names))])
	}
}

// The file of withdrawn actions that comes back says of each that it was withdrawn:
// it is restored first. A number that never was stays unknown, and whoever may not
// see a withdrawn action is told no more than that.
func TestAWithdrawnActionOfAFileIsToldAsSuch(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	sharedGoal(e, f)
	one := createAction(e, "espoo coordinator", actionInput(f, "Yksi", "esp_education_head", "2027-01-31"))
	e.As("espoo coordinator").Post("/actions/"+one.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kaksoiskappale."}, "If-Match", etagOf(one)).Want(200)
	file := e.As("espoo coordinator").Get("/actions.csv?withdrawn=true").Want(200).Bytes
	r := checkImport(e, "espoo coordinator", file)
	if rowCounts(r) != "0 new, 0 changed, 0 same, 1 wrong" || len(r.Rows[0].Errors) != 1 || r.Rows[0].Errors[0].Code != "withdrawn" {
		t.Errorf("%s %v", rowCounts(r), wrongCells(r))
	}
	heads := []string{"Nro", "Toimenpide", "Tavoite", "Päävastuu", "Määräaika"}
	r = checkImport(e, "espoo coordinator", csvFile(heads, []string{"99", "Muu", "1", "esp_education_head", "2027"}))
	if got := wrongCells(r); len(got) != 1 || r.Rows[0].Errors[0].Code != "unknown" {
		t.Errorf("%v", got)
	}
}
