package api

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// aboutWords are the words of the sheet on which a workbook says what it is.
type aboutWords struct {
	sheet, list, service, made, day, rows, filters, all, sort, down, own, internal, maybe, none, rights, public, staff, times, address string
}

var aboutTexts = map[domain.Lang]aboutWords{
	domain.Finnish: {sheet: "Tiedoston tiedot", list: "Luettelo", service: "Palvelu", made: "Tiedosto tehty", day: "Tilanne päivän lopussa", rows: "Rivejä", filters: "Rajaukset",
		all: "Ei rajauksia", sort: "Järjestys", down: "laskeva", own: "Luettelon oma järjestys", internal: "Sisäisiä tietoja", maybe: "Kyllä: tiedosto on tarkoitettu vain osapuolten käyttöön", none: "Ei rivejä, jotka on merkitty sisäisiksi",
		rights: "Kenen oikeuksilla", public: "Julkisuus: vain julkiset tiedot", staff: "Kirjautunut käyttäjä", times: "Kellonajat ovat Suomen aikaa.", address: "Osoite"},
	domain.Swedish: {sheet: "Om filen", list: "Förteckning", service: "Tjänst", made: "Filen gjordes", day: "Läget i slutet av dagen", rows: "Rader", filters: "Avgränsningar",
		all: "Inga avgränsningar", sort: "Ordning", down: "fallande", own: "Förteckningens egen ordning", internal: "Interna uppgifter", maybe: "Ja: filen är endast avsedd för parterna", none: "Inga rader som är märkta som interna",
		rights: "Med vems rättigheter", public: "Offentligheten: endast offentliga uppgifter", staff: "Inloggad användare", times: "Klockslagen är i finsk tid.", address: "Adress"},
	domain.English: {sheet: "About the file", list: "List", service: "Service", made: "File made", day: "State at the end of", rows: "Rows", filters: "Filters",
		all: "No filters", sort: "Order", down: "descending", own: "The list's own order", internal: "Internal information", maybe: "Yes: the file is for the parties only", none: "No rows that are marked internal",
		rights: "With whose rights", public: "The public: public information only", staff: "A signed-in user", times: "Times are those of Finland.", address: "Address"},
}

// about tells what the file holds: by which filters, of which day, and for whom.
func (f *fileOf[R]) about(a domain.Actor) about {
	t := aboutTexts[f.lang]
	name, _ := f.sheetName.In(f.lang)
	u := f.to.URL()
	lines := [][2]any{
		{t.list, name}, {t.service, service}, {t.made, f.server.Clock.Now()}, {t.day, f.day}, {t.rows, f.rows},
		{t.sort, t.own}, {t.rights, t.public}, {t.internal, t.none},
	}
	if sort := u.Query().Get("sort"); sort != "" {
		lines[5][1] = f.sorted(sort)
	}
	if a.SignedIn() {
		lines[6][1] = t.staff
	}
	if f.internal {
		lines[7][1] = t.maybe
	}
	lines = append(lines, f.filters...)
	if len(f.filters) == 0 {
		lines = append(lines, [2]any{t.filters, t.all})
	}
	lines = append(lines, [2]any{t.address, f.server.BaseURL + u.RequestURI()}, [2]any{t.times, nil})
	return about{sheet: t.sheet, title: fmt.Sprintf("%s: %s", service, name), made: f.server.Clock.Now(), lines: lines}
}

// learnFilters puts the filters of a list into words, by the names that the caller may be
// told on the day shown. An id that names nothing to them stands as they gave it.
func (f *fileOf[R]) learnFilters(ctx context.Context, w fileWords, a domain.Actor) error {
	u := f.to.URL()
	query := u.Query()
	for _, param := range []string{"sort", "lang", "headings", "asOf"} {
		query.Del(param)
	}
	names := f.server.betweenNames(a)
	if err := names.learn(ctx, idsAsked(query)); err != nil {
		return err
	}
	w.names = names.known
	for _, param := range slices.Sorted(maps.Keys(query)) {
		said := make([]string, 0, len(query[param]))
		for _, v := range query[param] {
			words, err := f.server.filterSaid(ctx, f.op, f.row, w, param, v)
			if err != nil {
				return err
			}
			switch {
			case words != "":
				said = append(said, words)
			case v == "true":
				said = append(said, w.in(yesNo[true]))
			default:
				said = append(said, v)
			}
		}
		f.filters = append(f.filters, [2]any{aboutTexts[f.lang].filters + ": " + w.in(filterName(f.op, param)), list(said)})
	}
	return nil
}

// sorted says an order by the columns that it is of.
func (f *fileOf[R]) sorted(by string) string {
	var all []string
	for key := range strings.SplitSeq(by, ",") {
		key, down := strings.CutPrefix(key, "-")
		name, _ := filterName(f.op, key).In(f.lang)
		if down {
			name += " (" + aboutTexts[f.lang].down + ")"
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}
