package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// between asks what changed in a list or item, in the words of a language.
func between(e *apitest.Env, who, of string, from, to domain.Date, more string) apitest.Response {
	return e.As(who).Get("/between?of=" + url.QueryEscape(of) + "&from=" + from.String() + "&to=" + to.String() + more)
}

// toldBetween is a comparison as short lines: what became of what, and the fields of what
// changed with their old and new values.
func toldBetween(b api.Between) (out []string) {
	for _, i := range b.Items {
		line := fmt.Sprintf("%s %s", i.Kind, i.Title)
		if i.Kind == "changed" {
			for _, c := range i.Changes {
				line += fmt.Sprintf(", %s: %s > %s", c.Heading.FI, c.Old, c.New)
			}
		}
		out = append(out, line)
	}
	return out
}

// Topology: on Monday the public actions 1, 2, 3 and the internal 4. On Tuesday action 1
// is due later and has another Swedish name, action 2 is deleted, action 4 becomes public
// and action 5 is made. On Wednesday action 4 is internal again.
func TestWhatChangedBetweenTwoDays(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	before := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	for i := range 4 {
		in := actionInput(f, fmt.Sprintf("Toimenpide %d", i+1), "esp_education_head", "2027-01-31")
		if i == 3 {
			in["visibility"], in["visibilityGround"] = "internal", "keskeneräinen"
		}
		createAction(e, "espoo coordinator", in)
	}
	monday := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	tuesday := domain.DateOf(e.Now())
	e.Exec(`update action set due_on = '2027-03-31', due_last_on = '2027-03-31', title_sv = 'Annat namn', version = version + 1 where no = 1`)
	e.Exec(`delete from action where no = 2`)
	e.Exec(`update action set visibility = 'public', visibility_ground = '' where no = 4`)
	createAction(e, "espoo coordinator", actionInput(f, "Toimenpide 5", "esp_education_head", "2027-01-31"))
	expect := func(who, of string, from, to domain.Date, counts [4]int, want ...string) {
		t.Helper()
		got := apitest.As[api.Between](between(e, who, of, from, to, "").Want(200))
		if !slices.Equal(toldBetween(got), want) || [4]int{got.Came, got.Changed, got.Went, got.Unchanged} != counts || got.Left != 0 {
			t.Errorf("%q %s from %s to %s:\ngot  %q %d %d %d %d\nwant %q %v", who, of, from, to, toldBetween(got), got.Came, got.Changed, got.Went, got.Unchanged, want, counts)
		}
	}
	one := "changed 1 Toimenpide 1, Nimi: Toimenpide 1 sv > Annat namn, Määräaika: 31.1.2027 > 31.3.2027, Määräaikaa siirretty, kertaa: 0 > 1"
	expect("luvn reader", "/actions?sort=no", monday, tuesday, [4]int{1, 2, 1, 1}, "came 5 Toimenpide 5", one, "changed 4 Toimenpide 4, Julkisuus: Sisäinen > Julkinen", "went 2 Toimenpide 2")
	expect("", "/actions?sort=no", monday, tuesday, [4]int{2, 1, 1, 1}, "came 4 Toimenpide 4", "came 5 Toimenpide 5", one, "went 2 Toimenpide 2")
	// The filters are those of the list: what no longer matches has gone from it.
	expect("", "/actions?sort=no&dueTo=2027-02-28", monday, tuesday, [4]int{2, 0, 2, 1}, "came 4 Toimenpide 4", "came 5 Toimenpide 5", "went 1 Toimenpide 1", "went 2 Toimenpide 2")
	// One thing, by its number: changed, come, gone, alike.
	expect("", "/actions/1", monday, tuesday, [4]int{0, 1, 0, 0}, one)
	expect("", "/actions/4", monday, tuesday, [4]int{1, 0, 0, 0}, "came 4 Toimenpide 4")
	expect("", "/actions/2", monday, tuesday, [4]int{0, 0, 1, 0}, "went 2 Toimenpide 2")
	expect("", "/actions/3", monday, tuesday, [4]int{0, 0, 0, 1})
	expect("", "/actions?sort=no", before, monday, [4]int{3, 0, 0, 0}, "came 1 Toimenpide 1", "came 2 Toimenpide 2", "came 3 Toimenpide 3")

	got := apitest.As[api.Between](between(e, "luvn reader", "/actions?sort=no", monday, tuesday, "&lang=sv&limit=2").Want(200))
	if got.Left != 2 || got.Changed != 2 || !got.List || got.Name.SV != "Åtgärder" || got.Items[0].Path != "/actions/5" || got.Items[0].Visibility != "public" ||
		got.Items[1].Title != "1 Annat namn" || got.Items[1].Changes[0].Language != "sv" {
		t.Errorf("a part of it %+v", got)
	}
	if all := apitest.As[api.Between](between(e, "luvn reader", "/actions", monday, tuesday, "").Want(200)); !slices.ContainsFunc(all.Items, func(i api.BetweenItem) bool { return i.Title == "4 Toimenpide 4" && i.Visibility == "internal" }) {
		t.Errorf("what was internal on one of the days is not marked: %+v", all.Items)
	}

	e.Advance(24 * time.Hour)
	wednesday := domain.DateOf(e.Now())
	e.Exec(`update action set visibility = 'internal', visibility_ground = 'x' where no = 4`)
	// What is hidden today is told of no day, though it was public between.
	expect("", "/actions?sort=no", tuesday, wednesday, [4]int{0, 0, 0, 3})
	expect("", "/actions?sort=no", monday, tuesday, [4]int{1, 1, 1, 1}, "came 5 Toimenpide 5", one, "went 2 Toimenpide 2")
	for _, suffix := range []string{"", ".csv", ".xlsx"} {
		for _, days := range [][2]domain.Date{{monday, tuesday}, {tuesday, wednesday}, {monday, wednesday}} {
			ask := "?of=/actions/4&from=" + days[0].String() + "&to=" + days[1].String()
			e.As("").Get("/between"+suffix+ask).WantProblem(404, "action_not_found")
		}
	}
	expect("espoo manager", "/actions?sort=no", monday, wednesday, [4]int{1, 1, 1, 2}, "came 5 Toimenpide 5", one, "went 2 Toimenpide 2")
	expect("espoo manager", "/actions/4", tuesday, wednesday, [4]int{0, 1, 0, 0}, "changed 4 Toimenpide 4, Julkisuus: Julkinen > Sisäinen, Salassapidon peruste:  > x")

	// The file is all of it, a line for each field.
	file := "/between.csv?of=" + url.QueryEscape("/actions?sort=no") + "&from=" + monday.String() + "&to=" + tuesday.String()
	rows, _ := csvTable(e, "", file)
	if !slices.Equal(rows[0], []string{"Laji", "Nimi", "Julkisuus", "Tieto", "Kieli", "Ennen", "Jälkeen", "Tunniste"}) {
		t.Errorf("headings %q", rows[0])
	}
	for _, want := range []string{"Muuttui;1 Toimenpide 1;Julkinen;Nimi;Ruotsi;Toimenpide 1 sv;Annat namn;", "Muuttui;1 Toimenpide 1;Julkinen;Määräaika;;31.1.2027;31.3.2027;", "Lähti luettelosta;2 Toimenpide 2;Julkinen;"} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return strings.HasPrefix(strings.Join(r, ";"), want) }) {
			t.Errorf("the file lacks %q: %q", want, rows)
		}
	}
	english := string(e.As("").Get(file + "&lang=en").Want(200).Bytes)
	if !strings.HasPrefix(english, "\ufeffKind;") || !strings.Contains(english, "31 January 2027;31 March 2027") || strings.Contains(english, "Toimenpide 4") {
		t.Errorf("in English: %s", english)
	}
}

// What cannot be compared, and what the operation itself refuses, is told; who may not
// read a list may not compare it.
func TestWhatIsNotCompared(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	today := domain.DateOf(e.Now())
	from := today.AddDays(-7)
	for _, tt := range []struct{ of, field, code string }{
		{"/nothing", "of", "not_comparable"}, {"actions", "of", "not_comparable"}, {"/matrix", "of", "not_comparable"}, {"/audit/entries", "of", "not_comparable"}, {"/me", "of", "not_comparable"},
		{"/actions?asOf=2026-11-01", "of", "not_comparable"}, {"/actions?limit=5", "of", "not_comparable"}, {"/actions?cursor=x", "of", "not_comparable"}, {"/actions?q=%zz", "of", "not_comparable"},
		{"/actions?late=true", "late", "unknown_parameter"}, {"/actions?themeId=1", "themeId", "id_malformed"}, {"/actions?status=x", "status", "not_allowed"}, {"/actions?sort=colour", "sort", "unknown_sort_key"},
	} {
		if p := between(e, "", tt.of, from, today, "").WantProblem(422, "validation_failed"); p.Errors[0].Pointer != tt.field || p.Errors[0].Code != tt.code || p.Instance == "" {
			t.Errorf("%s: %+v, want %s %s", tt.of, p, tt.field, tt.code)
		}
	}
	for query, code := range map[string]string{"&to=" + today.String(): "required", "&from=" + today.String(): "not_before_to", "&from=x": "date_malformed", "&from=" + from.String() + "&to=" + today.AddDays(1).String(): "in_future"} {
		if p := e.As("").Get("/between?of=/goals"+query).WantProblem(422, "validation_failed"); p.Errors[0].Code != code {
			t.Errorf("%s: %+v, want %s", query, p.Errors, code)
		}
	}
	between(e, "", "/goals/999", from, today, "").WantProblem(404, "goal_not_found")
	between(e, "", "/grants", from, today, "").WantProblem(401, "sign_in_required")
	between(e, "luvn reader", "/people", from, today, "").WantProblem(403, "forbidden")
	between(e, "espoo administrator", "/people", from, today, "").Want(200)
	e.As("").Get("/between.csv?of=/grants&from="+from.String()).WantProblem(401, "sign_in_required")

	e.Exec(`insert into unit (id, party_id, parent_id, name_fi, name_sv, name_en, valid_from, valid_to, version)
select gen_random_uuid(), $1, null, 'Yksikkö ' || n, '', '', '2025-01-01', null, 1 from generate_series(1, 5000) n`, f.Party["luvn"])
	if p := between(e, "", "/units", from, today, "").WantProblem(422, "validation_failed"); p.Errors[0].Code != "too_many_compared" {
		t.Errorf("more rows than are compared: %+v", p.Errors)
	}
}

// Every list and item that can be compared answers, for the public and for staff alike,
// as the list itself does; nothing of it comes and goes within a day on which nothing
// happened.
func TestEveryListIsComparedAsItAnswers(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	today := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	asked := map[string]string{"listRadar": "reason=vacant", "getCase": "party=espoo&registryNo=DEMO"}
	answered := 0
	for _, op := range declared() {
		if op.Extensions["x-between"] != true {
			continue
		}
		path := inPath.ReplaceAllStringFunc(op.Path, func(param string) string {
			switch {
			case param == "{kind}":
				return "goal"
			case strings.HasPrefix(op.Path, "/goals/"), strings.Contains(op.Path, "/of/{kind}/"):
				return d.open.String()
			case strings.HasPrefix(op.Path, "/actions/"):
				return "1"
			case strings.HasPrefix(op.Path, "/plans/"):
				return d.f.Plan.String()
			case strings.HasPrefix(op.Path, "/posts/"):
				return d.f.Post["esp_youth_head"].String()
			case strings.HasPrefix(op.Path, "/parties/"):
				return d.f.Party["espoo"].String()
			}
			return domain.UUIDv7().String()
		})
		if query := asked[op.OperationID]; query != "" {
			path += "?" + query
		}
		for _, who := range []string{"", "auditor"} {
			own := e.As(who).Get(path)
			got := between(e, who, path, today, today.AddDays(1), "")
			if got.StatusCode != own.StatusCode {
				t.Errorf("%s is compared for %q with %d, and answers with %d: %s", path, who, got.StatusCode, own.StatusCode, got.Bytes)
				continue
			}
			if got.StatusCode != 200 {
				continue
			}
			answered++
			if b := apitest.As[api.Between](got); b.Came+b.Went > 0 {
				t.Errorf("%s for %q: %q", path, who, toldBetween(b))
			}
		}
	}
	if answered < 70 {
		t.Errorf("only %d were compared", answered)
	}
}

// Topology: a chain of the parties with three stages of one title, of which two are LUVN's,
// and a goal that moves from one of these to the other. The comparison tells them apart by
// party and place, and so sees that it moved.
func TestStagesOfOneTitleAreToldApart(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	who := e.As("espoo coordinator")
	in := chainInput(f, "twins", "internal")
	stage := func(party string) apitest.JSON {
		return apitest.JSON{"partyId": f.Party[party], "title": apitest.JSON{"fi": "Neuvonta", "sv": "Rådgivning"}, "level": "universal"}
	}
	in["stages"] = []apitest.JSON{stage("espoo"), stage("luvn"), stage("luvn")}
	chain := apitest.As[api.Chain](who.Post("/chains", in).Want(201))
	input := goalInput(f, "Tavoite", "internal")
	input["visibilityGround"], input["stageIds"] = "keskeneräinen", []domain.StageID{chain.Stages[1].ID}
	goal := apitest.As[api.Goal](who.Post("/goals", input).Want(201))
	from := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	input["stageIds"] = []domain.StageID{chain.Stages[0].ID, chain.Stages[2].ID}
	who.Put("/goals/"+goal.ID.String(), etag(goal.Version), input).Want(200)

	b := apitest.As[api.Between](who.Get("/between?of=" + url.QueryEscape("/chains/"+chain.ID.String()) + "&from=" + from.String()).Want(200))
	var got []string
	for _, i := range b.Items {
		for _, c := range i.Changes {
			got = append(got, c.Field+": "+c.Old+" > "+c.New)
		}
	}
	want := "goals: 1 Tavoite (LUVN: 2 Neuvonta) > 1 Tavoite (ESPOO: Neuvonta; LUVN: 3 Neuvonta)"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if rows, _ := csvTable(e, "luvn reader", "/chains.csv"); !slices.Contains(columnOf(rows, "Vaiheet"), "ESPOO: Neuvonta; LUVN: 2 Neuvonta; LUVN: 3 Neuvonta") {
		t.Errorf("the file has %q", columnOf(rows, "Vaiheet"))
	}
}
