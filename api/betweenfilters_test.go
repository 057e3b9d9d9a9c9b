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

// Topology: both parties' units and posts, an action that is public, and a forum. What is
// compared names its filters as the list does, and the thing that it is or belongs to.
func TestAComparisonNamesItsFilters(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	first := createAction(e, "espoo coordinator", actionInput(f, "Toimenpide 1", "esp_education_head", "2027-01-31"))
	hidden := actionInput(f, "Salainen", "esp_education_head", "2027-01-31")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	createAction(e, "espoo coordinator", hidden)
	createGoal := func(title string) string {
		return apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, title, "public")).Want(201)).ID.String()
	}
	goal, secret := createGoal("Avoin tavoite"), createGoal("Sisäinen tavoite")
	e.Exec(`update goal set visibility = 'internal', visibility_ground = 'x' where id = $1`, secret)
	from := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	ask := func(who, of, lang string) api.Between {
		t.Helper()
		return apitest.As[api.Between](e.As(who).Get("/between?of=" + url.QueryEscape(of) + "&from=" + from.String() + "&lang=" + lang).Want(200))
	}
	said := func(b api.Between) string {
		var all []string
		for _, f := range b.Filters {
			name, _ := f.Name.In(domain.Finnish)
			all = append(all, name+": "+strings.Join(f.Values, ", "))
		}
		return strings.Join(all, " | ")
	}
	post := f.Post["esp_education_head"].String()
	for _, tt := range []struct{ who, of, want string }{
		{"", "/actions?sort=no", ""},
		{"", "/actions?partyId=" + f.Party["espoo"].String() + "&partyId=none&status=in_progress&status=done&dueTo=2027-02-28&sort=no", "Osapuoli: ESPOO, Ei päävastuuta | Tila: Käynnissä, Valmis | Määräaika viimeistään: 28.2.2027"},
		{"", "/actions?goalId=" + goal + "&atRisk=false&unowned=true&leadPostId=" + post, "Tavoite: 1 Avoin tavoite | Vaarassa: Ei | Ilman vastuutahoa:  | Päävastuussa: esp_education_head"},
		{"", "/actions?goalId=" + secret, "Tavoite: "},
		{"luvn reader", "/actions?goalId=" + secret, "Tavoite: 2 Sisäinen tavoite"},
		{"", "/posts?q=joh&validOn=any", "Haku: joh | Voimassa päivänä: Milloin tahansa"},
		{"", "/freshness?by=post", "Näytä: Tehtävittäin"},
	} {
		if got := said(ask(tt.who, tt.of, "fi")); got != tt.want {
			t.Errorf("%q %s:\ngot  %s\nwant %s", tt.who, tt.of, got, tt.want)
		}
	}
	if b := ask("", "/actions?status=done", "sv"); b.Filters[0].Values[0] != "Färdig" || b.Filters[0].Name.SV != "Status" || b.About != nil {
		t.Errorf("in Swedish %+v", b)
	}
	// One thing is named, with its page, although nothing changed; so is whose list it is.
	for _, tt := range []struct{ who, of, title, path string }{
		{"", "/actions/1", "1 Toimenpide 1", "/actions/1"},
		{"", "/actions/" + first.ID.String() + "/status-reports", "1 Toimenpide 1", "/actions/1"},
		{"", "/posts/" + post, "ESPOO: esp_education_head", "/organisation/posts/" + post},
		{"", "/goals/" + goal, "1 Avoin tavoite", "/goals/1"},
		{"espoo coordinator", "/actions/2", "2 Salainen", "/actions/2"},
	} {
		b := ask(tt.who, tt.of, "fi")
		if b.About == nil || b.About.Title != tt.title || b.About.Path != tt.path || len(b.Items) != 0 || b.About.On != domain.DateOf(e.Now()) {
			t.Errorf("%s: %+v", tt.of, b.About)
		}
	}
	// What has gone is named as on the day that it was there.
	e.Exec(`delete from action where no = 1`)
	if b := ask("", "/actions/1", "fi"); b.About == nil || b.About.Title != "1 Toimenpide 1" || b.About.On != from || b.Went != 1 {
		t.Errorf("gone: %+v", b.About)
	}
}

// What is known by its id alone is compared by its name, in the language asked for: the unit
// above, who proposed and who answered.
func TestIdsAreToldByTheirNames(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	party := f.Party["espoo"]
	ids := map[string]string{}
	for _, name := range []string{"Ylin", "Toinen", "Alin"} {
		ids[name] = domain.UUIDv7().String()
		e.Exec(`insert into unit (id, party_id, parent_id, name_fi, name_sv, name_en, valid_from, valid_to, version)
values ($1, $2, null, $3, $4, '', '2025-01-01', null, 1)`, ids[name], party, name, name+" sv")
	}
	e.Exec(`update unit set parent_id = $1 where id = $2`, ids["Ylin"], ids["Alin"])
	from := domain.DateOf(e.Now())
	e.Advance(24 * time.Hour)
	to := domain.DateOf(e.Now())
	e.Exec(`update unit set parent_id = $1, version = version + 1 where id = $2`, ids["Toinen"], ids["Alin"])
	got := apitest.As[api.Between](between(e, "", "/units", from, to, "").Want(200))
	if want := []string{"changed ESPOO: Alin, Ylempi yksikkö: Ylin > Toinen"}; !slices.Equal(toldBetween(got), want) {
		t.Errorf("got %q, want %q", toldBetween(got), want)
	}
	got = apitest.As[api.Between](between(e, "", "/units/"+ids["Alin"], from, to, "&lang=sv").Want(200))
	if len(got.Items) != 1 || got.Items[0].Changes[0].Old != "Ylin sv" || got.Items[0].Changes[0].New != "Toinen sv" {
		t.Errorf("in Swedish %+v", got.Items)
	}
	file := string(e.As("").Get(fmt.Sprintf("/between.csv?of=/units&from=%s&to=%s", from, to)).Want(200).Bytes)
	if !strings.Contains(file, ";Ylempi yksikkö;;Ylin;Toinen;") || strings.Contains(file, ids["Toinen"]) {
		t.Errorf("the file: %s", file)
	}
}

// Topology: as above. The sheet on which a workbook says what it is names filters and order in
// the reader's language; what its reader may not be told stands by its id.
func TestAWorkbookNamesItsFilters(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Sisäinen tavoite", "public")).Want(201))
	e.Exec(`update goal set visibility = 'internal', visibility_ground = 'x' where id = $1`, goal.ID)
	id, post := goal.ID.String(), f.Post["esp_education_head"].String()
	for _, tt := range []struct{ who, path, sheet, want string }{
		{"luvn reader", "/actions.xlsx?goalId=" + id + "&leadPostId=" + post + "&leadPostId=none&status=done&atRisk=true&sort=-dueOn,no", "Tiedoston tiedot",
			"Järjestys: Määräaika (laskeva), Numero | Rajaukset: Vaarassa: Kyllä | Rajaukset: Tavoite: 1 Sisäinen tavoite | Rajaukset: Päävastuussa: esp_education_head; Ei päävastuuta | Rajaukset: Tila: Valmis"},
		{"", "/actions.xlsx?goalId=" + id + "&lang=sv&dueTo=2027-02-28", "Om filen",
			"Ordning: Förteckningens egen ordning | Avgränsningar: Tidsfrist senast: 28.2.2027 | Avgränsningar: Mål: " + id},
		{"", "/reservations.xlsx?lang=en&partyId=" + f.Party["espoo"].String(), "About the file", "Order: The list's own order | Filters: Party: ESPOO"},
	} {
		book, _ := xlsxFile(e, tt.who, tt.path)
		lines, err := book.GetRows(tt.sheet)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range lines {
			if len(l) > 1 && (strings.HasPrefix(l[0], "Rajaukset") || strings.HasPrefix(l[0], "Avgränsningar") || strings.HasPrefix(l[0], "Filters") || slices.Contains([]string{"Järjestys", "Ordning", "Order"}, l[0])) {
				got = append(got, l[0]+": "+l[1])
			}
		}
		if s := strings.Join(got, " | "); s != tt.want {
			t.Errorf("%q %s:\ngot  %s\nwant %s", tt.who, tt.path, s, tt.want)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}
