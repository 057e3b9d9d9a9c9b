package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// checkFile tells what an import of a file of a kind would do.
func checkFile(e *apitest.Env, as, kind string, file []byte, more ...apitest.JSON) api.ImportReport {
	e.T.Helper()
	return apitest.As[api.ImportReport](e.As(as).Post("/"+kind+"-import-checks", importBody(file, more...)).Want(200))
}

// takeFile checks a file and imports what the check showed.
func takeFile(e *apitest.Env, as, kind string, file []byte, more ...apitest.JSON) api.ImportReport {
	e.T.Helper()
	r := checkFile(e, as, kind, file, more...)
	if r.Fingerprint == "" {
		e.T.Fatalf("%s: %q, %+v", rowCounts(r), wrongCells(r), r.Names)
	}
	return apitest.As[api.ImportReport](e.As(as).Post("/"+kind+"-imports", importBody(file, append(more, apitest.JSON{"fingerprint": r.Fingerprint})...)).Want(201))
}

// comesBack fails unless a list's files, as they are, say nothing in every language
// and kind of file, and returns the Finnish CSV.
func comesBack(e *apitest.Env, as, kind, list string, rows int) string {
	e.T.Helper()
	var finnish string
	for _, lang := range domain.Langs {
		for _, suffix := range []string{"xlsx", "csv"} {
			file := e.As(as).Get(list + "." + suffix + "?lang=" + string(lang)).Want(200).Bytes
			r := checkFile(e, as, kind, file)
			if rowCounts(r) != fmt.Sprintf("0 new, 0 changed, %d same, 0 wrong", rows) || len(r.Rows)+len(r.Names)+len(r.Unknown)+len(r.Untaken) != 0 {
				e.T.Errorf("%s of %s in %s: %s, %+v", suffix, list, lang, rowCounts(r), r)
			}
			e.As(as).Post("/"+kind+"-imports", importBody(file, apitest.JSON{"fingerprint": r.Fingerprint})).WantProblem(422, "import_has_no_changes")
			if suffix == "csv" && lang == domain.Finnish {
				finnish = string(file)
			}
		}
	}
	return finnish
}

// saidAnew is what the rows of a report change, with both values.
func saidAnew(r api.ImportReport) []string {
	said := []string{}
	for _, row := range r.Rows {
		for _, c := range row.Fields {
			said = append(said, fmt.Sprintf("%d %s: %s -> %s", row.Line, c.Heading, c.Old, c.New))
		}
	}
	return said
}

// importedEntries counts the entries of the log that an import made about a kind of
// subject.
func importedEntries(e *apitest.Env, kind string) (n int) {
	e.T.Helper()
	e.QueryRow(`select count(*) from audit_entry where subject_kind = $1 and origin = 'import'`, []any{kind}, &n)
	return n
}

// oddTexts are those that spreadsheets are known to spoil.
var oddTexts = []string{"=1+1", "007", "Ensin; sitten\n\"näin\"", "-alku", "1.2.2027"}

// Topology: five internal goals and a public one of both parties; a coordinator
// imports, a manager may not.
func TestGoalsFromAFile(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const who = "espoo coordinator"
	group := newTerm(e, "/target-groups", "nuoret").ID
	for i, title := range oddTexts {
		in := goalInput(f, title, "internal")
		in["title"] = apitest.JSON{"fi": title, "sv": title + " sv", "en": title + " en"}
		in["description"] = apitest.JSON{"fi": "Rivi\ntoinen; \"kolmas\""}
		if i > 0 {
			in["targetGroupIds"] = []any{group}
		}
		e.As(who).Post("/goals", in).Want(201)
	}
	sharedGoal(e, f)
	csv := comesBack(e, who, "goal", "/goals", 6)

	changed := strings.ReplaceAll(strings.Replace(csv, "'-alku;", "Uusi alku;", 1), "Yhteinen;", "Yhteisempi;")
	r := checkFile(e, who, "goal", []byte(changed))
	if got := saidAnew(r); !slices.Equal(got, []string{"5 Tavoite suomeksi: -alku -> Uusi alku", "7 Tavoite suomeksi: Yhteinen -> Yhteisempi"}) {
		t.Errorf("changed: %q", got)
	}
	if got := wrongCells(r); !slices.Equal(got, []string{`7 : draft_required ""`}) {
		t.Errorf("what is public: %q", got)
	}
	changed = strings.Replace(changed, "Yhteisempi;", "Yhteinen;", 1)
	if r := takeFile(e, who, "goal", []byte(changed)); rowCounts(r) != "0 new, 1 changed, 5 same, 0 wrong" || importedEntries(e, "goal") != 1 || importedEntries(e, "data_import") != 1 {
		t.Errorf("%s, %d entries", rowCounts(r), importedEntries(e, "goal"))
	}
	if g := apitest.As[api.Goal](e.As(who).Get("/goals/4").Want(200)); g.Title.FI != "Uusi alku" || g.Title.SV != "-alku sv" || len(g.Cases) != 1 || len(g.Responsibilities) != 2 {
		t.Errorf("goal 4 is %+v", g)
	}
	if got := wrongCells(checkFile(e, who, "goal", []byte(changed))); len(got) != 0 {
		t.Errorf("the same again: %q", got)
	}

	heads := []string{"Nro", "Suunnitelma", "Painopiste", "Tavoite", "Vastuutaho", "Kohderyhmä", "Julkisuus"}
	r = checkFile(e, who, "goal", csvFile(heads,
		[]string{"", "suunnitelma", "children_youth", "Ensimmäinen", "esp_education_head; luvn_family_head", "nuoret", ""},
		[]string{"", "Suunnitelma", "nuoriso", "Toinen", "", "", ""},
		[]string{"", "Suunnitelma", "older", "YHTEINEN", "", "", ""},
		[]string{"", "", "older", "", "rehtori", "", "salainen"},
		[]string{"99", "Suunnitelma", "older", "Kolmas", "", "", ""}))
	want := []string{`3 Painopiste: unknown_name "nuoriso"`, `4 Tavoite: same_title "YHTEINEN"`, `5 Vastuutaho: unknown_name "rehtori"`, `5 Julkisuus: not_allowed "salainen"`, `6 Nro: unknown "99"`}
	if got := wrongCells(r); !slices.Equal(got, want) {
		t.Errorf("wrong is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	good := csvFile(heads, []string{"", "2025–2029", "Children_youth", "Ensimmäinen", "esp_education_head; luvn_family_head", "nuoret", "Sisäinen"})
	if got := wrongCells(checkFile(e, who, "goal", good)); len(got) != 1 || !strings.Contains(got[0], "required") {
		t.Errorf("internal without a ground: %q", got)
	}
	good = csvFile(heads[:6], []string{"", "2025–2029", "Children_youth", "Ensimmäinen", "esp_education_head; luvn_family_head", "nuoret"})
	if r := takeFile(e, who, "goal", good); rowCounts(r) != "1 new, 0 changed, 0 same, 0 wrong" || r.Rows[0].No != 7 {
		t.Errorf("%+v", r)
	}
	made := apitest.As[api.Goal](e.As("").Get("/goals/7").Want(200))
	if made.PlanID != f.Plan || made.ThemeID != f.Theme["children_youth"] || len(made.TargetGroupIDs) != 1 || made.Visibility != domain.Public {
		t.Errorf("the new goal is %+v", made)
	}
	for _, r := range ofGoal(e, "", made.ID, "") {
		if espoo, luvn := answers(f, r); r.Standing != domain.Proposed || espoo != "accepted" || luvn != "open" {
			t.Errorf("of the new goal: %s, Espoo %s, LUVN %s", r.Standing, espoo, luvn)
		}
	}
	for _, path := range []string{"/goal-import-checks", "/goal-imports"} {
		body := importBody(good, apitest.JSON{"fingerprint": "x"})
		e.As("").Post(path, body).WantProblem(401, "sign_in_required")
		for _, who := range []string{"espoo manager", "luvn reader", "auditor", "espoo administrator"} {
			e.As(who).Post(path, body).WantProblem(403, "forbidden")
		}
	}
	e.As(who).Post("/goal-imports", importBody(good, apitest.JSON{"fingerprint": "x"})).WantProblem(409, "import_outdated")

	// What has ended is in files too: it comes back, and what is for it can be for others.
	in := actionInput(f, "Jatkuva", "esp_education_head", "2027-06-04")
	in["goalIds"] = []any{goalOf(e, who, "1").ID}
	createAction(e, who, in)
	e.Exec("update goal set ending = 'cancelled', ended_on = '2026-11-20', ending_reason_fi = 'x', version = version + 1 where no = 1")
	if r := checkFile(e, who, "goal", e.As(who).Get("/goals.csv?ended=all").Want(200).Bytes); rowCounts(r) != "0 new, 0 changed, 7 same, 0 wrong" {
		t.Errorf("with one that ended: %s, %q", rowCounts(r), wrongCells(r))
	}
	renamed := csvFile([]string{"Nro", "Tavoite"}, []string{"1", "Päättynyt"})
	takeFile(e, who, "goal", renamed)
	if g := goalOf(e, who, "1"); g.Title.FI != "Päättynyt" || g.Ending == nil || g.Ending.Reason.FI != "x" {
		t.Errorf("goal 1 is %+v", g)
	}
	if r := checkFile(e, who, "action", csvFile([]string{"Nro", "Toimenpide", "Tavoitteiden numerot"}, []string{"1", "Jatkuva", "1; 2"})); rowCounts(r) != "0 new, 1 changed, 0 same, 0 wrong" {
		t.Errorf("for one more: %s, %q", rowCounts(r), wrongCells(r))
	}
}

// Topology: the posts of three parties; Espoo's administrator imports those of
// Espoo, nobody else's.
func TestPostsFromAFile(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const who = "espoo administrator"
	e.Exec(`update post set title_fi = '=1+1', title_sv = '007', title_en = E'a;\n"b"' where id = $1`, f.Post["esp_secretary"])
	csv := comesBack(e, who, "post", "/posts", 9)

	changed := strings.Replace(csv, "esp_youth_head;esp_youth_head", "Nuorisopäällikkö;esp_youth_head", 1)
	r := checkFile(e, who, "post", []byte(changed))
	if got := saidAnew(r); len(got) != 1 || !strings.HasSuffix(got[0], "Tehtävä suomeksi: esp_youth_head -> Nuorisopäällikkö") {
		t.Errorf("changed: %q", got)
	}
	takeFile(e, who, "post", []byte(changed))
	p := apitest.As[api.Post](e.As("").Get("/posts/" + f.Post["esp_youth_head"].String()).Want(200))
	if p.Title != (domain.Text{FI: "Nuorisopäällikkö", SV: "esp_youth_head", EN: "esp_youth_head"}) || p.Version != 2 || importedEntries(e, "post") != 1 {
		t.Errorf("the post is %+v, with %d entries", p, importedEntries(e, "post"))
	}
	if got := wrongCells(checkFile(e, who, "post", []byte(strings.Replace(changed, "Nuorisopäällikkö", "Toinen nimi", 1)))); len(got) != 1 || !strings.Contains(got[0], "row_outdated") {
		t.Errorf("a file of before: %q", got)
	}
	others := strings.Replace(string(e.As(who).Get("/posts.csv").Want(200).Bytes), "luvn_family_head;", "Perhepäällikkö;", 1)
	if got := wrongCells(checkFile(e, who, "post", []byte(others))); len(got) != 1 || !strings.HasSuffix(got[0], `forbidden ""`) {
		t.Errorf("LUVN's post: %q", got)
	}

	heads := []string{"Osapuoli", "Yksikkö", "Tehtävä", "Voimassa alkaen", "Voimassa asti"}
	r = checkFile(e, who, "post", csvFile(heads,
		[]string{"ESPOO", "esp_schools", "Rehtori", "", ""},
		[]string{"", "ESPOO: esp_top > esp_youth", "Ohjaaja", "1.1.2027", "31.12.2028"},
		[]string{"", "esp_scools", "Opettaja", "", ""},
		[]string{"", "luvn_top", "Johtaja", "", ""},
		[]string{"HUSA", "esp_top", "Sihteeri", "2027", ""},
		[]string{"", "", "Ilman yksikköä", "", ""},
		[]string{"ESPOO", "esp_schools", "rehtori", "", ""},
		[]string{"ESPOO", "esp_youth", "Nuorisopäällikkö", "", "31.12.2027"}))
	want := []string{`4 Yksikkö: unknown_name "esp_scools"`, `5 : forbidden ""`, `6 Osapuoli: unknown_party "HUSA"`, `6 Voimassa alkaen: date_unclear "2027"`, `7 Yksikkö: required ""`, `8 Tehtävä: same_title "rehtori"`}
	if got := wrongCells(r); !slices.Equal(got, want) || r.New != 2 || r.Changed != 1 {
		t.Errorf("%s, wrong is\n%s\nwant\n%s", rowCounts(r), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Names) != 1 || r.Names[0].Kind != "unit" || len(r.Names[0].Near) == 0 || r.Names[0].Near[0].Label != "ESPOO: esp_top > esp_schools" {
		t.Errorf("names: %+v", r.Names)
	}
	r = takeFile(e, who, "post", csvFile(heads, []string{"ESPOO", "esp_schools", "Rehtori", "", ""}, []string{"", "esp_youth", "Ohjaaja", "1.1.2027", "31.12.2028"}))
	if rowCounts(r) != "2 new, 0 changed, 0 same, 0 wrong" {
		t.Errorf("%+v", r)
	}
	var unit domain.UnitID
	var from string
	e.Row(`select unit_id, valid_from::text from post where title_fi = 'Rehtori'`, &unit, &from)
	if unit != f.Unit["esp_schools"] || from != "2026-11-23" {
		t.Errorf("the new post is in %s from %s", unit, from)
	}
	again := csvFile(heads[:3], []string{"ESPOO", "esp_schools", "Rehtori"})
	if r := checkFile(e, who, "post", again); rowCounts(r) != "0 new, 0 changed, 1 same, 0 wrong" {
		t.Errorf("by its title: %+v", r)
	}
	for _, path := range []string{"/post-import-checks", "/post-imports"} {
		body := importBody(again, apitest.JSON{"fingerprint": "x"})
		e.As("").Post(path, body).WantProblem(401, "sign_in_required")
		for _, who := range []string{"espoo coordinator", "espoo manager", "luvn reader", "auditor"} {
			e.As(who).Post(path, body).WantProblem(403, "forbidden")
		}
	}
}

// Topology: internal goal 1 has ended and goes on in 2, which has its title; action 1
// serves it. Files that name 1 by its number come back; its title means 2.
func TestGoalsThatHaveEndedInFiles(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const who = "espoo coordinator"
	in := goalInput(f, "Sama", "internal")
	var goals [2]api.Goal
	for i := range goals {
		goals[i] = apitest.As[api.Goal](e.As(who).Post("/goals", in).Want(201))
	}
	served := actionInput(f, "Toimi", "esp_education_head", "")
	served["goalIds"] = []any{goals[0].ID}
	createAction(e, who, served)
	in["ending"] = apitest.JSON{"kind": "superseded", "reason": apitest.JSON{"fi": "Uusi", "sv": "Ny"}, "goalId": goals[1].ID}
	e.As(who).Put("/goals/"+goals[0].ID.String(), etag(goals[0].Version), in).Want(200)

	comesBack(e, who, "responsibility", "/responsibilities", 5)
	comesBack(e, who, "action", "/actions", 1)
	ended := string(e.As(who).Get("/goals.csv?ended=true").Want(200).Bytes)
	if r := checkFile(e, who, "goal", []byte(ended)); rowCounts(r) != "0 new, 0 changed, 1 same, 0 wrong" {
		t.Errorf("the file of ended goals: %s, %q", rowCounts(r), wrongCells(r))
	}
	if r := takeFile(e, who, "goal", []byte(strings.Replace(ended, "Sama;", "Samat;", 1))); rowCounts(r) != "0 new, 1 changed, 0 same, 0 wrong" {
		t.Errorf("its title: %s", rowCounts(r))
	}
	if g := apitest.As[api.Goal](e.As(who).Get("/goals/1").Want(200)); g.Title.FI != "Samat" || g.Ending == nil || g.Ending.Goal.No != 2 {
		t.Errorf("goal 1 is %q, ended %+v", g.Title.FI, g.Ending)
	}
	takeFile(e, who, "action", csvFile([]string{"Nro", "Toimenpide", "Tavoite"}, []string{"1", "Toimi", "1; 2"}))
	if got := actionOf(e, who, 1).Goals; len(got) != 2 {
		t.Errorf("the action serves %+v", got)
	}
	// Nobody new takes part in what has ended: its number is refused, its title means 2.
	heading, here := []string{"Laji", "Numero", "Mistä vastaa", "Tehtävä", "Osuus"}, []string{"Tavoite", "", "Sama", "esp_youth_head", "Tuki"}
	if r := checkFile(e, who, "responsibility", csvFile(heading, []string{"Tavoite", "1", "", "esp_secretary", "Tuki"}, here)); rowCounts(r) != "1 new, 0 changed, 0 same, 1 wrong" || !strings.Contains(fmt.Sprint(wrongCells(r)), "goal_ended") {
		t.Errorf("one of them for an ended goal: %s, %q", rowCounts(r), wrongCells(r))
	}
	takeFile(e, who, "responsibility", csvFile(heading, here))
	if one, two := ofGoal(e, who, goals[0].ID, ""), ofGoal(e, who, goals[1].ID, ""); len(one) != 2 || len(two) != 3 {
		t.Errorf("%d take part in 1, %d in 2", len(one), len(two))
	}
}

// Topology: a goal of both parties whose two leads LUVN has accepted, and an action
// of Espoo alone; Espoo's coordinator and one of its managers import.
func TestResponsibilitiesFromAFile(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	const who = "espoo coordinator"
	goal := sharedGoal(e, f)
	for _, r := range ofGoal(e, "", goal.ID, "") {
		e.As("luvn coordinator").Post("/responsibilities/"+r.ID.String()+"/acceptances", apitest.JSON{"answer": "accepted"}, "If-Match", fmt.Sprintf("%q", fmt.Sprint(r.Version))).Want(200)
	}
	in := actionInput(f, "=1+1", "esp_education_head", "")
	in["responsibilities"] = []apitest.JSON{{"postId": f.Post["esp_education_head"], "part": "lead", "wording": apitest.JSON{"fi": "=2+2; \"näin\"\nja 007", "sv": "-sv", "en": "1.2.2027"}}}
	created := createAction(e, who, in)
	csv := comesBack(e, who, "responsibility", "/responsibilities", 3)

	changed := strings.Replace(csv, "LUVN tuo tiedot.", "LUVN tuo tiedot vuosittain.", 1)
	r := checkFile(e, who, "responsibility", []byte(changed))
	if got := saidAnew(r); len(got) != 1 || !strings.HasSuffix(got[0], "Sanamuoto suomeksi: LUVN tuo tiedot. -> LUVN tuo tiedot vuosittain.") {
		t.Errorf("changed: %q", got)
	}
	if got := ofGoal(e, "", goal.ID, ""); got[0].Standing != domain.InForce || got[1].Standing != domain.InForce {
		t.Fatalf("the check has changed %+v", got)
	}
	takeFile(e, who, "responsibility", []byte(changed))
	for _, r := range ofGoal(e, "luvn reader", goal.ID, "") {
		if r.Post.ID != f.Post["luvn_family_head"] {
			continue
		}
		if r.Standing != domain.Reopened || r.Wording.FI != "LUVN tuo tiedot." || r.Change == nil || r.Change.Wording.FI != "LUVN tuo tiedot vuosittain." {
			t.Errorf("the changed one: %s %q, %+v", r.Standing, r.Wording.FI, r.Change)
		}
	}
	if n := importedEntries(e, "responsibility"); n != 1 {
		t.Errorf("%d entries", n)
	}
	waits := e.As(who).Get("/responsibilities.csv").Want(200).Bytes
	if got := wrongCells(checkFile(e, who, "responsibility", []byte(strings.Replace(string(waits), "LUVN tuo tiedot.", "Muuta", 1)))); len(got) != 1 || !strings.HasSuffix(got[0], `: change_waits ""`) {
		t.Errorf("while a change waits: %q", got)
	}

	heads := []string{"Laji", "Numero", "Mistä vastaa", "Osapuoli", "Tehtävä", "Osuus", "Sanamuoto", "Voimassa asti"}
	no := fmt.Sprint(created.No)
	r = checkFile(e, who, "responsibility", csvFile(heads,
		[]string{"Toimenpide", no, "", "ESPOO", "esp_youth_head", "Yhteisvastuu", "Nuorten osuus", "31.12.2027"},
		[]string{"Tavoite", "", "Yhteinen", "HUS", "hus_liaison", "tiedoksi", "", ""},
		[]string{"Toimenpide", "99", "", "", "esp_youth_head", "Tuki", "", ""},
		[]string{"Toimenpide", no, "", "", "esp_yuoth_head", "Tuki", "", ""},
		[]string{"Toimenpide", no, "", "", "esp_secretary", "Ohjaus", "", ""},
		[]string{"Toimenpide", no, "", "", "esp_coordinator", "Päävastuu", "", ""},
		[]string{"Toimenpide", no, "", "", "esp_education_head", "Päävastuu", "Uusi sanamuoto", ""},
		[]string{"", "", "", "", "esp_secretary", "Tuki", "", "2027"}))
	want := []string{`4 Numero: unknown_name "Toimenpide 99"`, `5 Tehtävä: unknown_name "esp_yuoth_head"`, `6 Osuus: not_allowed "Ohjaus"`, `7 Osuus: one_lead "Päävastuu"`,
		`9 Voimassa asti: date_unclear "2027"`, `9 Mistä vastaa: required ""`}
	if got := wrongCells(r); !slices.Equal(got, want) || r.New != 2 || r.Changed != 1 {
		t.Errorf("%s, wrong is\n%s\nwant\n%s", rowCounts(r), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	takeFile(e, who, "responsibility", csvFile(heads,
		[]string{"Toimenpide", no, "", "ESPOO", "esp_youth_head", "Yhteisvastuu", "Nuorten osuus", "31.12.2027"},
		[]string{"Toimenpide", no, "", "LUVN", "luvn_older_head", "Yhteisvastuu", "", ""},
		[]string{"Tavoite", "", "Yhteinen", "HUS", "hus_liaison", "tiedoksi", "", ""}))
	parts := []string{}
	for _, p := range apitest.As[api.Action](e.As("luvn reader").Get("/actions/" + no).Want(200)).Responsibilities {
		parts = append(parts, fmt.Sprintf("%s %s %s", p.Part, p.Post.Title.FI, p.Standing))
	}
	// LUVN leads or shares it only now: it is asked for everything.
	if want := []string{"lead esp_education_head reopened", "shared esp_youth_head reopened", "shared luvn_older_head proposed"}; !slices.Equal(parts, want) {
		t.Errorf("parts of the action: %q", parts)
	}
	// A manager proposes for what the own unit leads, and for nothing else.
	mine := csvFile(heads[:6], []string{"Toimenpide", no, "", "", "esp_secretary", "Tuki"}, []string{"Tavoite", fmt.Sprint(goal.No), "", "", "esp_secretary", "Tuki"})
	if got := wrongCells(checkFile(e, "luvn manager", "responsibility", mine)); !slices.Equal(got, []string{`2 : forbidden ""`}) {
		t.Errorf("LUVN's manager: %q", got)
	}
	for _, path := range []string{"/responsibility-import-checks", "/responsibility-imports"} {
		body := importBody(mine, apitest.JSON{"fingerprint": "x"})
		e.As("").Post(path, body).WantProblem(401, "sign_in_required")
		for _, who := range []string{"luvn reader", "auditor", "espoo administrator"} {
			e.As(who).Post(path, body).WantProblem(403, "forbidden")
		}
	}
	for _, name := range []string{"goal", "post", "responsibility"} {
		for _, lang := range []string{"fi", "sv", "en"} {
			if e.As("").Get("/"+name+"-import.xlsx?lang="+lang).Want(200).Bytes == nil {
				t.Errorf("no empty workbook of %s in %s", name, lang)
			}
		}
	}
}
