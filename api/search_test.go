package api_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// searched are the hits as "kind Finnish title", in order, the near ones behind "~".
func searched(e *apitest.Env, as, q, query string) []string {
	e.T.Helper()
	return hitsOf(apitest.As[api.SearchResult](e.As(as).Get("/search?q=" + url.QueryEscape(q) + query).Want(200)))
}

func hitsOf(r api.SearchResult) []string {
	var out []string
	for _, g := range r.Groups {
		for _, h := range g.Items {
			near := ""
			if r.Near {
				near = "~"
			}
			out = append(out, near+string(h.Kind)+" "+plainText(h.Title))
		}
	}
	return out
}

func plainText(t api.SearchText) string {
	var b strings.Builder
	for _, s := range t.Segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

// markedText has the marked pieces in brackets.
func markedText(t api.SearchText) string {
	var b strings.Builder
	for _, s := range t.Segments {
		if s.Hit {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func inThree(fi, sv, en string) apitest.JSON { return apitest.JSON{"fi": fi, "sv": sv, "en": en} }

// searchData are a few things with the words of the trade, all public.
func searchData(e *apitest.Env) *apitest.Fixture {
	f := e.Organisation()
	goal := func(title, text apitest.JSON) {
		in := goalInput(f, "", "public")
		in["title"], in["description"] = title, text
		e.As("espoo coordinator").Post("/goals", in).Want(201)
	}
	goal(inThree("Nuoret voivat hyvin", "De unga mår bra", "Young people are well"), inThree("Mielenterveyden tuki löytyy läheltä.", "Stödet för psykisk hälsa finns nära.", ""))
	goal(inThree("Kunnan ja hyvinvointialueen työnjako on selvä", "Arbetsfördelningen mellan kommunen och välfärdsområdet är klar", ""), inThree("", "", ""))
	goal(inThree("Lähisuhdeväkivalta vähenee", "Våldet i nära relationer minskar", ""), inThree("", "", ""))
	action := func(title, text apitest.JSON) {
		in := actionInput(f, "", "esp_coordinator", "")
		in["title"], in["description"] = title, text
		createAction(e, "espoo coordinator", in)
	}
	action(inThree("Tiedonsiirto neuvolasta kouluterveydenhuoltoon", "Informationsöverföring från rådgivningen till skolhälsovården", ""), inThree("", "", ""))
	action(inThree("Liikuntaneuvonta ikääntyneille", "Motionsrådgivning för äldre", "Exercise counselling"), inThree("Kaatumisten ehkäisy kuuluu neuvontaan.", "", ""))
	action(inThree("Omaishoitajien vapaapäivät", "Närståendevårdarnas lediga dagar", ""), inThree("Hoito jatkuu kotona.", "Vården fortsätter hemma.", ""))
	in := forumInput("lapset", "Lasten ja nuorten foorumi", "public")
	in["title"] = inThree("Lasten ja nuorten foorumi", "Forum för barn och unga", "")
	e.As("espoo coordinator").Post("/forums", in).Want(201)
	e.Exec(`update post set title_fi = 'Nuorisopalvelujen päällikkö', title_sv = 'Chef för ungdomstjänster' where id = $1`, f.Post["esp_youth_head"])
	return f
}

// The list of decision 29: thirty words that find the right thing first, in forms and
// languages that it is not written in, by their beginning, inside compounds and with
// typing errors (~), and ten that find nothing.
func TestSearchFindsWords(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	searchData(e)
	const (
		young    = "goal Nuoret voivat hyvin"
		division = "goal Kunnan ja hyvinvointialueen työnjako on selvä"
		violence = "goal Lähisuhdeväkivalta vähenee"
		transfer = "action Tiedonsiirto neuvolasta kouluterveydenhuoltoon"
		exercise = "action Liikuntaneuvonta ikääntyneille"
		carers   = "action Omaishoitajien vapaapäivät"
		forum    = "forum Lasten ja nuorten foorumi"
		post     = "post Nuorisopalvelujen päällikkö"
	)
	for _, tt := range [][2]string{
		// Finnish forms, with the change of consonants that stemming leaves.
		{"nuori", young}, {"kunta", division}, {"kunnille", division}, {"hyvinvointialue", division}, {"työnjaosta", division},
		{"tiedonsiirron", transfer}, {"neuvolan", transfer}, {"omaishoitaja", carers}, {"hoidon", carers}, {"kaatuminen", exercise}, {"mielenterveys", young}, {"foorumeissa", forum},
		// Swedish forms.
		{"kommunernas", division}, {"välfärdsområde", division}, {"informationsöverföringen", transfer}, {"vårdarna", carers}, {"forumet", forum}, {"relation", violence},
		// Parts of compounds.
		{"siirto", transfer}, {"väkivalta", violence}, {"överföring", transfer}, {"terveydenhuolto", transfer},
		// Beginnings, and without accents.
		{"liik", exercise}, {"motionsråd", exercise}, {"lahisuhde", violence}, {"couns", exercise},
		// Typing errors.
		{"liikuntanevuonta", "~" + exercise}, {"tiedonsirto", "~" + transfer}, {"nuorisoplavelujen", "~" + post}, {"motionsrodgivning", "~" + exercise},
		{"liikuntanevuonta kaatumisten", "~" + exercise}, {"tiedonsirto kouluterveydenhulto", "~" + transfer}, {"omaishoitajen vapaapäivt", "~" + carers}, {"foorumi nourten", "~" + forum},
	} {
		got := searched(e, "", tt[0], "")
		if len(got) == 0 || got[0] != tt[1] {
			t.Errorf("%q finds %q, want %q first", tt[0], got, tt[1])
		}
	}
	for _, nothing := range []string{"kissa", "jääkiekko", "fotboll", "avaruus", "sammakko", "hockey", "xyzzy", "nuoret jääkiekko", "zzzz", "bibliotek", "liikuntanevuonta jääkiekko"} {
		if got := searched(e, "", nothing, ""); len(got) > 0 {
			t.Errorf("%q finds %q", nothing, got)
		}
	}
	// Several words, whatever text and language each stands in; little words do not count.
	for q, want := range map[string]string{"nuorten mielenterveys": young, "unga ja hyvin": young, "liikunta kaatumiset": exercise, "omaishoitaja hemma": carers} {
		if got := searched(e, "", q, ""); len(got) != 1 || got[0] != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	// A title ranks before a text, a number before all.
	if got := searched(e, "", "nuoret", ""); got[0] != young || !slices.Contains(got, forum) {
		t.Errorf("nuoret: %q", got)
	}
	if got := searched(e, "", "2", ""); !slices.Contains(got, division) || !slices.Contains(got, exercise) {
		t.Errorf("number 2: %q", got)
	}
}

// Where more have the words than are ranked, those that are called so are among them,
// and a rare word beside a common one finds what it finds alone.
func TestSearchRanksTitlesFirstOfMany(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := searchData(e)
	for n := range 400 {
		in := actionInput(f, "", "esp_coordinator", "")
		title, text := "Muu toimi", "Kaatumisten ehkäisyä"
		if n%10 == 3 {
			title = "Kotikäynti"
		}
		if n == 7 {
			text += " kauppakeskuksessa"
		}
		in["title"], in["description"] = inThree(title, "", ""), inThree(text, "", "")
		createAction(e, "espoo coordinator", in)
	}
	e.Exec(`update action set title_fi = 'Ikäihmisten kaatumiset vähenevät', version = version + 1 where no = (select max(no) from action)`)
	day := "&asOf=" + e.Now().Format("2006-01-02")
	e.Advance(48 * time.Hour)
	e.Exec(`update action set title_fi = 'Nyt aivan muuta', version = version + 1 where no = (select max(no) from action)`)
	e.Exec(`update action set title_fi = 'Kaatumiset vähenevät', version = version + 1 where no = (select max(no) - 1 from action)`)
	asOwner(e, "analyze")
	for _, tt := range []struct {
		q, query, first string
		count           int
		more            bool
	}{
		{"kaatumiset", "", "Kaatumiset vähenevät", 300, true},
		{"kaatumiset vähenevät", "", "Kaatumiset vähenevät", 1, false},
		{"kaatumiset", day, "Ikäihmisten kaatumiset vähenevät", 300, true},
		{"kotikäynti", "", "Kotikäynti", 40, false},
		{"kotikäynnin kaatumiset", "", "Kotikäynti", 40, false},
		{"kaatuminen kauppakeskus", "", "Muu toimi", 1, false},
		{"kauppakeskuksissa kaatuminen", day, "Muu toimi", 1, false},
	} {
		g := apitest.As[api.SearchResult](e.As("auditor").Get("/search?kind=action&q=" + url.QueryEscape(tt.q) + tt.query).Want(200)).Groups[0]
		if len(g.Items) == 0 || plainText(g.Items[0].Title) != tt.first || g.Count != tt.count || g.More != tt.more {
			t.Errorf("%q%s: %+v", tt.q, tt.query, g)
		}
	}
}

// What is called as it was asked comes first, also where more titles than are ranked have
// the words, and where a word is too short to be a part of others; today and of a past day.
func TestSearchFindsWhatIsCalledSoAmongManyTitles(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := searchData(e)
	for n := range 330 {
		in := actionInput(f, "", "esp_coordinator", "")
		title := "Kaatumisten ehkäisy ja apu kotona"
		switch n {
		case 311:
			title = "Apu"
		case 322:
			title = "Kaatumisten ehkäisy"
		case 325:
			title = "Apu ja ehkäisy, ja kaatumisten K-ehkäisy ja apu"
		}
		in["title"], in["description"] = inThree(title, "", ""), inThree("Kaatumisten ehkäisyä ja apua", "", "")
		createAction(e, "espoo coordinator", in)
	}
	day := "&asOf=" + e.Now().Format("2006-01-02")
	e.Advance(48 * time.Hour)
	asOwner(e, "analyze")
	check := func(q, query, first string) {
		t.Helper()
		g := apitest.As[api.SearchResult](e.As("auditor").Get("/search?kind=action&q=" + url.QueryEscape(q) + query).Want(200)).Groups[0]
		if len(g.Items) < 3 || plainText(g.Items[0].Title) != first || plainText(g.Items[1].Title) == first || g.Count != 300 || !g.More {
			t.Errorf("%q%s: %d, more %v, %v", q, query, g.Count, g.More, g.Items[:min(2, len(g.Items))])
		}
	}
	for _, tt := range []struct{ q, first string }{{"kaatumisten ehkäisy", "Kaatumisten ehkäisy"}, {"KAATUMISTEN  EHKÄISY", "Kaatumisten ehkäisy"}, {"apu", "Apu"}, {"Apu ja ehkäisy, ja kaatumisten K-ehkäisy ja apu", "Apu ja ehkäisy, ja kaatumisten K-ehkäisy ja apu"}} {
		check(tt.q, "", tt.first)
		check(tt.q, "&limit=3", tt.first)
		check(tt.q, day, tt.first)
	}
	e.Exec(`update action set title_fi = 'Kaatumisten ehkäisy ja apu kotona', version = version + 1 where title_fi in ('Apu', 'Kaatumisten ehkäisy')`)
	check("apu", day, "Apu")
	check("kaatumisten ehkäisy", day, "Kaatumisten ehkäisy")
}

func TestSearchMarksWhatItFound(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	searchData(e)
	for _, tt := range []struct{ q, lang, title, part, snippet string }{
		{"nuorten", "fi", "[Nuoret] voivat hyvin", "", ""},
		{"nuorten", "sv", "De unga mår bra", "title", "[Nuoret] voivat hyvin"},
		{"siirto", "fi", "[Tiedonsiirto] neuvolasta kouluterveydenhuoltoon", "", ""},
		{"liikuntaneuvonta kaatuminen", "fi", "[Liikuntaneuvonta] ikääntyneille", "description", "[Kaatumisten] ehkäisy kuuluu neuvontaan."},
		{"liikuntaneuvonta", "en", "Exercise counselling", "title", "[Liikuntaneuvonta] ikääntyneille"},
		{"våld", "fi", "Lähisuhdeväkivalta vähenee", "title", "[Våldet] i nära relationer minskar"},
		{"<b>nuoret</b>", "fi", "[Nuoret] voivat hyvin", "", ""},
	} {
		r := apitest.As[api.SearchResult](e.As("").Get("/search?lang=" + tt.lang + "&kind=goal&kind=action&q=" + url.QueryEscape(tt.q)).Want(200))
		var hits []api.SearchHit
		for _, g := range r.Groups {
			hits = append(hits, g.Items...)
		}
		if len(hits) == 0 {
			t.Errorf("%q finds nothing", tt.q)
			continue
		}
		h := hits[0]
		part, snippet := "", ""
		if h.Snippet != nil {
			part, snippet = string(h.Snippet.Part), markedText(h.Snippet.SearchText)
		}
		if got := markedText(h.Title); got != tt.title || part != tt.part || snippet != tt.snippet {
			t.Errorf("%q in %s: %q, %s %q", tt.q, tt.lang, got, part, snippet)
		}
	}
	r := apitest.As[api.SearchResult](e.As("").Get("/search?q=tiedonsirto+neuvolasta").Want(200))
	if !r.Near || r.Suggestion != "tiedonsiirto neuvolasta" || markedText(r.Groups[1].Items[0].Title) != "[Tiedonsiirto] [neuvolasta] kouluterveydenhuoltoon" {
		t.Errorf("near: %+v", r)
	}
}

// Topology: a word stands in a public and an internal goal, action and forum, in a
// withdrawn action, and in items and outcomes, public and internal, of a draft, a called
// and a published meeting of lape. Everybody finds, and counts, what they may read, by
// the word, by a beginning, and by a word that is nearly it.
func TestSearchVisibleSet(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	for _, visibility := range []string{"public", "internal"} {
		e.As("espoo coordinator").Post("/goals", goalInput(f, "Pajukukka G "+visibility, visibility)).Want(201)
		in := actionInput(f, "Pajukukka A "+visibility, "esp_coordinator", "")
		in["visibility"] = visibility
		if visibility == "internal" {
			in["visibilityGround"] = "keskeneräinen"
		}
		createAction(e, "espoo coordinator", in)
		newForum(e, f, "f_"+visibility, "Pajukukka F "+visibility, visibility)
	}
	gone := createAction(e, "espoo coordinator", actionInput(f, "Pajukukka A gone", "esp_coordinator", ""))
	e.As("espoo coordinator").Post("/actions/"+gone.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kirjattiin vahingossa"}, "If-Match", etagOf(gone)).Want(200)
	for i, state := range []string{"draft", "called", "published"} {
		m := newMeeting(e, forum, fmt.Sprintf("2026-10-%02d", i+1), "public")
		var items []api.AgendaItem
		for _, visibility := range []string{"public", "internal"} {
			items = append(items, newItem(e, m.ID, "Pajukukka I "+state+" "+visibility, visibility))
		}
		if state == "draft" {
			continue
		}
		e.Exec(`update meeting set status = 'called', called_at = now() where id = $1`, m.ID)
		if state == "called" {
			continue
		}
		for j, item := range items {
			var id domain.AnyID
			id.SetNew(domain.UUIDv7)
			e.Exec(`insert into outcome (id, agenda_item_id, no, type, text_fi, text_sv, text_en, recorded_at, version) values ($1, $2, 1, 'noted', $3, '', '', now(), 1)`,
				id, item.ID, "Pajukukka O "+[]string{"public", "internal"}[j])
		}
		e.Exec(`update meeting set status = 'published', started_at = now(), closed_at = now(), approved_at = now(), published_at = now() where id = $1`, m.ID)
	}
	const (
		open   = "G public|A public|F public|I published public|O public"
		staff  = "G public|G internal|A public|A internal|F public|F internal"
		member = staff + "|I called public|I called internal|I published public|I published internal|O public|O internal"
		all    = member + "|I draft public|I draft internal"
		others = staff + "|I published public|I published internal|O public|O internal" // published papers of both visibilities
	)
	sorted := func(s []string) string { slices.Sort(s); return strings.Join(s, "|") }
	for as, want := range map[string]string{"": open, "espoo coordinator": all, "luvn coordinator": all, "auditor": all, "lape secretary": all, "chair": member, "hus member": member,
		"espoo inspector": member, "espoo administrator": others, "other secretary": "-", "luvn administrator": others} {
		if want == "-" {
			continue
		}
		for _, q := range []string{"pajukukka", "pajuk", "kukka", "Pajukukalla", "pajukuka"} {
			r := apitest.As[api.SearchResult](e.As(as).Get("/search?limit=50&q=" + q).Want(200))
			var got []string
			for _, g := range r.Groups {
				if g.Count != len(g.Items) || g.More {
					t.Errorf("%q counts %d %s of %d", as, g.Count, g.Kind, len(g.Items))
				}
				for _, h := range g.Items {
					got = append(got, strings.TrimPrefix(plainText(h.Title), "Pajukukka "))
				}
			}
			if got, want := sorted(got), sorted(strings.Split(want, "|")); got != want {
				t.Errorf("%q finds by %s\n%s, want\n%s", as, q, got, want)
			}
		}
	}
	// A suggestion comes from what may be seen.
	e.As("espoo coordinator").Post("/goals", goalInput(f, "Salaperäisyys", "internal")).Want(201)
	if r := apitest.As[api.SearchResult](e.As("").Get("/search?q=salaperaisyyt").Want(200)); r.Near || r.Suggestion != "" {
		t.Errorf("the public is told %+v", r)
	}
	if r := apitest.As[api.SearchResult](e.As("auditor").Get("/search?q=salapreaisyys").Want(200)); !r.Near || r.Suggestion != "salaperäisyys" {
		t.Errorf("the auditor is told %+v", r)
	}
	// Where a hit stands, and no forum or goal that the reader may not see.
	r := apitest.As[api.SearchResult](e.As("").Get("/search?kind=outcome&kind=agenda_item&q=pajukukka").Want(200))
	if len(r.Groups) != 2 || r.Groups[0].Kind != domain.SubjectAgendaItem {
		t.Fatalf("%+v", r)
	}
	for _, g := range r.Groups {
		if h := g.Items[0]; h.Forum == nil || h.Forum.ID != forum || h.Meeting == nil || h.Meeting.Year != 2026 || h.Item == nil || h.Item.Title.FI != "Pajukukka I published public" {
			t.Errorf("%+v", h)
		}
	}
}

// What is edited, made internal or withdrawn is found as it is at once; as of a day it is
// found as it was then, if it may be seen today.
func TestSearchFollowsChangesAndReadsThePast(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := goalInput(f, "Perhosniitty kukkii", "public")
	g := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", in).Want(201))
	before := e.Now().Format("2006-01-02")
	e.Advance(48 * 3600 * 1e9)
	e.Exec(`update goal set title_fi = 'Kevätsato kasvaa', title_sv = 'Vårskörden växer', version = 2 where id = $1`, g.ID)
	finds := func(q, query string, want ...string) {
		t.Helper()
		if got := searched(e, "", q, query); !slices.Equal(got, want) {
			t.Errorf("%s%s finds %q, want %q", q, query, got, want)
		}
	}
	finds("perhosniitty", "")
	finds("kevätsato", "", "goal Kevätsato kasvaa")
	finds("perhosniityn", "&asOf="+before, "goal Perhosniitty kukkii")
	finds("perhosniitty", "&asOf="+before, "goal Perhosniitty kukkii")
	finds("perhoxniitty", "&asOf="+before, "~goal Perhosniitty kukkii")
	finds("kevätsato", "&asOf="+before)
	finds("kevätsatu", "&asOf="+before)
	finds("1", "&asOf="+before, "goal Perhosniitty kukkii")
	finds("perhoxniitty", "")
	// The day before there was anything, each text between others, and one that came back.
	finds("perhosniitty", "&asOf=2026-01-01")
	e.Advance(48 * 3600 * 1e9)
	e.Exec(`update goal set title_fi = 'Perhosniitty kukkii', description_fi = 'Alppiruusut puhkeavat', version = version + 1 where id = $1`, g.ID)
	e.Advance(48 * 3600 * 1e9)
	e.Exec(`update goal set description_fi = '', version = version + 1 where id = $1`, g.ID)
	for days, want := range [][2]string{{"kukkii"}, {"kukkii"}, {"kasvaa"}, {"kasvaa"}, {"kukkii", "alppiruusu"}, {"kukkii", "alppiruusu"}} {
		day := "&asOf=" + e.Now().AddDate(0, 0, days-6).Format("2006-01-02")
		for _, q := range []string{"kukkii", "kasvaa", "alppiruusu"} {
			if got := searched(e, "", q, day); slices.Contains(want[:], q) != (len(got) == 1) {
				t.Errorf("%s%s finds %q", q, day, got)
			}
		}
	}
	finds("alppiruusu", "")
	finds("perhosniitty", "", "goal Perhosniitty kukkii")
	e.Exec(`update goal set title_fi = 'Kevätsato kasvaa', version = version + 1 where id = $1`, g.ID)
	e.Exec(`update goal set visibility = 'internal', visibility_ground = 'keskeneräinen', version = 3 where id = $1`, g.ID)
	finds("kevätsato", "")
	finds("perhosniitty", "&asOf="+before)
	if got := searched(e, "auditor", "kevätsato", ""); len(got) != 1 {
		t.Errorf("the auditor finds %q", got)
	}
}

// What triggers wrote of the past is what the versions say, so that it can be made anew;
// what is deleted is found as of a day when it was there.
func TestSearchOfThePastIsThatOfTheVersions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	searchData(e)
	const past = `select coalesce(string_agg(concat_ws('|', kind, id, sys_from, sys_to, titles, words), e'\n' order by kind, id, sys_from), '') || '#' ||
	                     (select string_agg(distinct word, ' ' order by word) from search_word) from search_past`
	day := e.Now().Format("2006-01-02")
	for i, change := range []string{
		`update goal set title_fi = 'Ensin näin', version = version + 1 where no < 3`,
		`update goal set title_fi = 'Sitten näin', version = version + 1 where no = 1`,
		`update goal set visibility = 'internal', visibility_ground = 'syy', version = version + 1 where no = 2`,
		`update action set result_fi = 'Tulokset saatiin', version = version + 1`,
		`update forum set title_fi = title_fi, version = version + 1`,
		`update forum set mandate_fi = 'Toimeksianto', version = version + 1`,
		`delete from forum where key = 'lapset'`,
	} {
		if i != 1 { // two changes of one moment
			e.Advance(24 * 3600 * 1e9)
		}
		e.Exec(change)
	}
	var wrote, anew string
	e.QueryRow(past, nil, &wrote)
	owner, err := pgx.Connect(t.Context(), e.Raw.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if _, err := owner.Exec(t.Context(), `select refill_search_text()`); err != nil {
		t.Fatal(err)
	}
	e.QueryRow(past, nil, &anew)
	if wrote != anew || strings.Count(wrote, "\n") < 6 {
		t.Errorf("the triggers wrote\n%s\nthe versions say\n%s", wrote, anew)
	}
	if got := searched(e, "auditor", "foorumeissa", "&asOf="+day); !slices.Equal(got, []string{"forum Lasten ja nuorten foorumi"}) {
		t.Errorf("what is deleted is found as %q", got)
	}
	if got := searched(e, "auditor", "foorumeissa", ""); len(got) != 0 {
		t.Errorf("what is deleted is found now as %q", got)
	}
}

// Nothing that is typed is more than words.
func TestSearchTakesAnyText(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	searchData(e)
	for q, want := range map[string]int{
		"nuoret & !voivat": 1, "nuoret:* | (": 1, `"nuoret voivat"`: 1, "nuoret' or 1=1 --": 0, `\nuoret\`: 3, "nuoret%": 3, "n_oret": 1, "%%%": 0, "'": 0, "&|!()<->:*": 0, "😀": 0, "nuoret\u00ad": 3,
		"NUORET": 3, "a": 0, "-": 0, "  ": 0, strings.Repeat("x", 200): 0, strings.Repeat("nuoret ", 28): 3, "\u0301": 0, "1e9": 0, "99999999999999999999": 0, "ja": 2,
	} {
		if got := searched(e, "", q, ""); want == 0 && len(got) > 0 || want > 0 && len(got) < 1 {
			t.Errorf("%q finds %q", q, got)
		}
	}
	for q, short := range map[string]bool{"a": true, "%": true, "nuoret": false, "7": false, "ab": false} {
		if r := apitest.As[api.SearchResult](e.As("").Get("/search?q=" + url.QueryEscape(q)).Want(200)); r.TooShort != short || len(r.Groups) != 6 {
			t.Errorf("%q: %+v", q, r)
		}
	}
	for _, query := range []string{"", "?q=", "?q=" + strings.Repeat("x", 201), "?q=x&kind=meeting", "?q=x&limit=51", "?q=x&limit=0", "?q=x&lang=de", "?q=x&asOf=2030-01-01", "?q=x&sort=title"} {
		e.As("").Get("/search"+query).WantProblem(422, "validation_failed")
	}
	e.As("").Get("/search?q=%00nuoret").WantProblem(422, "validation_failed")
}

// A text without blanks is saved however long it is, is made anew with the rest, and is not
// among the words that others are compared with.
func TestSearchBearsLongWords(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	_, items := running(e, e.Organisation())
	letters, x := make([]byte, 19000), uint32(7)
	for i := range letters { // that cannot be made shorter
		x = x*1664525 + 1013904223
		letters[i] = 'a' + byte((x>>16)%26)
	}
	e.As("lape secretary").Post("/agenda-items/"+items[0].ID.String()+"/outcomes", outcomeInput("noted", "Pajukukka "+string(letters))).Want(201)
	for range 2 {
		if got := searched(e, "lape secretary", "pajukukkia", ""); len(got) != 1 {
			t.Errorf("found %d", len(got))
		}
		var longest int
		e.QueryRow(`select max(length(word)) from search_word`, nil, &longest)
		if longest < 9 || longest > 200 {
			t.Errorf("the longest word has %d letters", longest)
		}
		asOwner(e, `select refill_search_text()`)
	}
}

// More different words than PostgreSQL takes of one thing are refused in words.
func TestSearchBearsNotEveryText(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	_, items := running(e, e.Organisation())
	x := uint32(7)
	text := func() string {
		letters := make([]rune, 19990)
		for i := range letters {
			x = x*1664525 + 1013904223
			if letters[i] = 0x20000 + rune(x>>16)%40000; i%8 == 7 {
				letters[i] = ' '
			}
		}
		return string(letters)
	}
	body := itemInput("Uusi", "public")
	for _, part := range []string{"proposal", "proceedings", "decision", "explanation"} {
		body[part] = inThree(text(), text(), text())
	}
	e.As("lape secretary").Put("/agenda-items/"+items[0].ID.String(), fmt.Sprintf("%q", fmt.Sprint(items[0].Version)), body).WantProblem(422, "validation_failed")
}

// asOwner connects as the owner of the tables and executes the statement.
func asOwner(e *apitest.Env, statement string) *pgx.Conn {
	e.T.Helper()
	owner, err := pgx.Connect(e.T.Context(), e.Raw.OwnerDSN)
	if err != nil {
		e.T.Fatal(err)
	}
	e.T.Cleanup(func() { _ = owner.Close(context.Background()) })
	if _, err := owner.Exec(e.T.Context(), statement); err != nil {
		e.T.Fatal(err)
	}
	return owner
}

// Who changes a text waits at search_text and holds nothing else of search: the upgrade
// that locks all of it, and what is written meanwhile, stop nobody.
func TestSearchIsLockedInOneOrder(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	searchData(e)
	owner := asOwner(e, `begin; lock table search_text in exclusive mode`)
	written := make(chan struct{})
	go func() {
		defer close(written)
		e.Exec(`update goal set title_fi = 'Muutettu', version = version + 1 where no = 1`)
	}()
	for waits := false; !waits; time.Sleep(10 * time.Millisecond) {
		if err := owner.QueryRow(t.Context(), `select exists (select from pg_locks where not granted and relation = 'search_text'::regclass)`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := owner.Exec(t.Context(), `lock table search_past, search_word in exclusive mode nowait; commit`); err != nil {
		t.Errorf("who waits holds a lock: %v", err)
		_, _ = owner.Exec(t.Context(), `rollback`)
	}
	<-written
	if got := searched(e, "", "muutettu", ""); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}
