package api

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// aboutWords are the words of the sheet on which a workbook says what it is.
type aboutWords struct {
	sheet, list, service, made, day, rows, filters, all, sort, own, internal, maybe, none, rights, public, staff, times, address string
}

var aboutTexts = map[domain.Lang]aboutWords{
	domain.Finnish: {sheet: "Tiedoston tiedot", list: "Luettelo", service: "Palvelu", made: "Tiedosto tehty", day: "Tilanne päivän lopussa", rows: "Rivejä", filters: "Rajaukset",
		all: "Ei rajauksia", sort: "Järjestys", own: "Luettelon oma järjestys", internal: "Sisäisiä tietoja", maybe: "Kyllä: tiedosto on tarkoitettu vain osapuolten käyttöön", none: "Ei rivejä, jotka on merkitty sisäisiksi",
		rights: "Kenen oikeuksilla", public: "Julkisuus: vain julkiset tiedot", staff: "Kirjautunut käyttäjä", times: "Kellonajat ovat Suomen aikaa.", address: "Osoite"},
	domain.Swedish: {sheet: "Om filen", list: "Förteckning", service: "Tjänst", made: "Filen gjordes", day: "Läget i slutet av dagen", rows: "Rader", filters: "Avgränsningar",
		all: "Inga avgränsningar", sort: "Ordning", own: "Förteckningens egen ordning", internal: "Interna uppgifter", maybe: "Ja: filen är endast avsedd för parterna", none: "Inga rader som är märkta som interna",
		rights: "Med vems rättigheter", public: "Offentligheten: endast offentliga uppgifter", staff: "Inloggad användare", times: "Klockslagen är i finsk tid.", address: "Adress"},
	domain.English: {sheet: "About the file", list: "List", service: "Service", made: "File made", day: "State at the end of", rows: "Rows", filters: "Filters",
		all: "No filters", sort: "Order", own: "The list's own order", internal: "Internal information", maybe: "Yes: the file is for the parties only", none: "No rows that are marked internal",
		rights: "With whose rights", public: "The public: public information only", staff: "A signed-in user", times: "Times are those of Finland.", address: "Address"},
}

// about tells what the file holds: by which filters, of which day, and for whom.
func (f *fileOf[R]) about(w fileWords, a domain.Actor) about {
	t := aboutTexts[f.lang]
	name, _ := f.sheetName.In(f.lang)
	u := f.to.URL()
	query := u.Query()
	lines := [][2]any{
		{t.list, name}, {t.service, service}, {t.made, f.server.Clock.Now()}, {t.day, f.day}, {t.rows, f.rows},
		{t.sort, t.own}, {t.rights, t.public}, {t.internal, t.none},
	}
	if sort := query.Get("sort"); sort != "" {
		lines[5][1] = sort
	}
	if a.SignedIn() {
		lines[6][1] = t.staff
	}
	if f.internal {
		lines[7][1] = t.maybe
	}
	filtered := false
	for _, param := range slices.Sorted(maps.Keys(query)) {
		if slices.Contains([]string{"sort", "lang", "headings", "asOf"}, param) {
			continue
		}
		values := make([]string, len(query[param]))
		for i, v := range query[param] {
			values[i] = w.filterValue(param, v)
		}
		lines = append(lines, [2]any{t.filters + ": " + w.filterName(param), list(values)})
		filtered = true
	}
	if !filtered {
		lines = append(lines, [2]any{t.filters, t.all})
	}
	lines = append(lines, [2]any{t.address, f.server.BaseURL + u.RequestURI()}, [2]any{t.times, nil})
	return about{sheet: t.sheet, title: fmt.Sprintf("%s: %s", service, name), made: f.server.Clock.Now(), lines: lines}
}

// filterName is the name of a filter in the words of the file: that of the column that
// it is about.
func (w fileWords) filterName(param string) string {
	if head, ok := rowHeads[param]; ok {
		return w.in(head)
	}
	if head, ok := rowHeads[strings.TrimSuffix(param, "Id")]; ok {
		return w.in(head)
	}
	return param
}

// filterValue is a value of a filter in the words of the file: what an id of a party,
// plan or term names, or the word of a condition.
func (w fileWords) filterValue(param, value string) string {
	if id, err := domain.ParseID[any](value); err == nil {
		for _, names := range []domain.Text{w.parties[domain.PartyID{UUID: id.UUID}], w.plans[domain.PlanID{UUID: id.UUID}], w.terms[domain.AnyID{UUID: id.UUID}]} {
			if !names.IsZero() {
				return w.in(names)
			}
		}
		return value
	}
	if s, ok := rowWord("", param, value); ok {
		return w.in(s)
	}
	return value
}
