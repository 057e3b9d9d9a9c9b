package api

import (
	"fmt"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/comparison"
)

// comparisonFile is a comparison in the words of one language.
type comparisonFile struct {
	comparison.Comparison
	lang    domain.Lang
	authors []string                   // the principal parties
	names   map[string]comparison.Name // by id
}

func newComparisonFile(c comparison.Comparison, lang domain.Lang) comparisonFile {
	f := comparisonFile{Comparison: c, lang: lang, names: make(map[string]comparison.Name, len(c.Names))}
	for id, n := range c.Names {
		f.names[id.String()] = n
	}
	return f
}

type comparisonWords struct {
	kind, ends, nothing                                 string
	subject, number, title, difference, field, old, new string
	goals, actions                                      string
	added, removed, changed, unchanged                  string
	subjects, sections                                  map[domain.SubjectKind]string
	kinds                                               map[comparison.Kind]string
	fields                                              map[string]string // by the names of the log
	languages                                           map[domain.Lang]string
	parts                                               map[domain.Part]string
	precisions                                          map[domain.Precision]string
	more                                                string // with the number of what is not told
	missing                                             string // with a day on which there was no plan
	why                                                 string
}

var comparisonTexts = map[domain.Lang]comparisonWords{
	domain.Finnish: {
		kind: "Suunnitelman vertailu", ends: "Tilanteet päivien lopussa", nothing: "Päivien välillä ei ole eroja.",
		subject: "Kohde", number: "Numero", title: "Nimi", difference: "Ero", field: "Tieto", old: "Ennen", new: "Jälkeen",
		goals: "Tavoitteet", actions: "Toimenpiteet", added: "lisätty", removed: "poistettu", changed: "muuttunut", unchanged: "ennallaan",
		subjects: map[domain.SubjectKind]string{domain.SubjectPlan: "Suunnitelma", domain.SubjectGoal: "Tavoite", domain.SubjectAction: "Toimenpide"},
		sections: map[domain.SubjectKind]string{domain.SubjectPlan: "Suunnitelma", domain.SubjectGoal: "Tavoitteet", domain.SubjectAction: "Toimenpiteet"},
		kinds:    map[comparison.Kind]string{comparison.Added: "Lisätty", comparison.Removed: "Poistettu", comparison.Changed: "Muuttunut"},
		fields: map[string]string{"title": "Nimi", "description": "Kuvaus", "councilTerm": "Valtuustokausi", "startsOn": "Alkaa", "startsPrecision": "Alun tarkkuus",
			"endsOn": "Päättyy", "dueOn": "Määräaika", "duePrecision": "Määräajan tarkkuus", "themeId": "Teema", "sharedGoalId": "Yhteinen tavoite", "partyId": "Osapuolen tavoite", "targetGroupIds": "Kohderyhmät", "districtIds": "Suuralueet",
			"goalIds": "Tavoitteet", "responsibilities": "Vastuut", "rhythm": "Vahvistusväli: tavoite ja raja, pv", "status": "Tila", "ending": "Päättyminen", "visibility": "Julkisuus"},
		languages:  map[domain.Lang]string{domain.Finnish: "suomeksi", domain.Swedish: "ruotsiksi", domain.English: "englanniksi"},
		parts:      map[domain.Part]string{domain.Lead: "päävastuu", domain.Shared: "yhteisvastuu", domain.Support: "tuki", domain.Informed: "tiedoksi"},
		precisions: map[domain.Precision]string{domain.Day: "päivä", domain.Month: "kuukausi", domain.Quarter: "neljännes", domain.Year: "vuosi"},
		missing:    "Suunnitelmaa ei ollut järjestelmässä tai se ei ollut julkinen %s, joten eroja ei luetella.",
		why:        "Miksi päättyi",
		more:       "Lisäksi %d kohdetta, joita tässä ei luetella.",
	},
	domain.Swedish: {
		kind: "Jämförelse av planen", ends: "Läget i slutet av dagarna", nothing: "Det finns inga skillnader mellan dagarna.",
		subject: "Objekt", number: "Nummer", title: "Namn", difference: "Skillnad", field: "Uppgift", old: "Före", new: "Efter",
		goals: "Mål", actions: "Åtgärder", added: "tillagda", removed: "borttagna", changed: "ändrade", unchanged: "oförändrade",
		subjects: map[domain.SubjectKind]string{domain.SubjectPlan: "Plan", domain.SubjectGoal: "Mål", domain.SubjectAction: "Åtgärd"},
		sections: map[domain.SubjectKind]string{domain.SubjectPlan: "Planen", domain.SubjectGoal: "Mål", domain.SubjectAction: "Åtgärder"},
		kinds:    map[comparison.Kind]string{comparison.Added: "Tillägg", comparison.Removed: "Bortfall", comparison.Changed: "Ändring"},
		fields: map[string]string{"title": "Namn", "description": "Beskrivning", "councilTerm": "Fullmäktigeperiod", "startsOn": "Börjar", "startsPrecision": "Startens noggrannhet",
			"endsOn": "Slutar", "dueOn": "Tidsfrist", "duePrecision": "Tidsfristens noggrannhet", "themeId": "Tema", "sharedGoalId": "Gemensamt mål", "partyId": "En parts mål", "targetGroupIds": "Målgrupper", "districtIds": "Storområden",
			"goalIds": "Mål", "responsibilities": "Ansvar", "rhythm": "Bekräftelseintervall: mål och gräns, d", "status": "Läge", "ending": "Avslutande", "visibility": "Offentlighet"},
		languages:  map[domain.Lang]string{domain.Finnish: "på finska", domain.Swedish: "på svenska", domain.English: "på engelska"},
		parts:      map[domain.Part]string{domain.Lead: "huvudansvar", domain.Shared: "delat ansvar", domain.Support: "stöd", domain.Informed: "för kännedom"},
		precisions: map[domain.Precision]string{domain.Day: "dag", domain.Month: "månad", domain.Quarter: "kvartal", domain.Year: "år"},
		missing:    "Planen fanns inte i systemet eller var inte offentlig %s, och därför räknas inga skillnader upp.",
		why:        "Varför det avslutades",
		more:       "Dessutom %d objekt som inte räknas upp här.",
	},
	domain.English: {
		kind: "Comparison of the plan", ends: "As at the end of the days", nothing: "Nothing differs between the days.",
		subject: "Thing", number: "Number", title: "Name", difference: "Difference", field: "Field", old: "Before", new: "After",
		goals: "Goals", actions: "Actions", added: "added", removed: "removed", changed: "changed", unchanged: "unchanged",
		subjects: map[domain.SubjectKind]string{domain.SubjectPlan: "Plan", domain.SubjectGoal: "Goal", domain.SubjectAction: "Action"},
		sections: map[domain.SubjectKind]string{domain.SubjectPlan: "The plan", domain.SubjectGoal: "Goals", domain.SubjectAction: "Actions"},
		kinds:    map[comparison.Kind]string{comparison.Added: "Added", comparison.Removed: "Removed", comparison.Changed: "Changed"},
		fields: map[string]string{"title": "Name", "description": "Description", "councilTerm": "Council term", "startsOn": "Starts", "startsPrecision": "Precision of the start",
			"endsOn": "Ends", "dueOn": "Due", "duePrecision": "Precision of the due date", "themeId": "Theme", "sharedGoalId": "Shared goal", "partyId": "Goal of a party", "targetGroupIds": "Target groups", "districtIds": "Main districts",
			"goalIds": "Goals", "responsibilities": "Responsibilities", "rhythm": "Confirmation interval: target and limit, days", "status": "Status", "ending": "Ending", "visibility": "Visibility"},
		languages:  map[domain.Lang]string{domain.Finnish: "in Finnish", domain.Swedish: "in Swedish", domain.English: "in English"},
		parts:      map[domain.Part]string{domain.Lead: "lead", domain.Shared: "shared", domain.Support: "support", domain.Informed: "informed"},
		precisions: map[domain.Precision]string{domain.Day: "day", domain.Month: "month", domain.Quarter: "quarter", domain.Year: "year"},
		missing:    "The plan was not in the system or was not public on %s, so no differences are listed.",
		why:        "Why it ended",
		more:       "And %d more that are not listed here.",
	},
}

// missing says of each day on which there was no plan that there was none.
func (f comparisonFile) missing() (out []string) {
	for _, side := range f.Missing {
		day := f.From
		if side == comparison.SideTo {
			day = f.To
		}
		out = append(out, fmt.Sprintf(comparisonTexts[f.lang].missing, f.date(day)))
	}
	return out
}

func (w comparisonWords) left(n int) string { return fmt.Sprintf(w.more, n) }

func (w comparisonWords) counts(c comparison.Counts) string {
	return fmt.Sprintf("%d %s, %d %s, %d %s, %d %s", c.Added, w.added, c.Removed, w.removed, c.Changed, w.changed, c.Unchanged, w.unchanged)
}

// why is the line that tells how and why a goal ended that was not carried over.
func (f comparisonFile) why(item comparison.Item) []comparisonLine {
	if item.Why == nil {
		return nil
	}
	said := statusWords[f.lang][action.Status(item.Why.Ending)]
	if item.Why.Into != nil {
		said += ": " + strconv.Itoa(item.Why.Into.No) + " " + f.in(item.Why.Into.Title)
	}
	return []comparisonLine{{comparisonTexts[f.lang].why, "", said + ". " + f.in(item.Why.Reason)}}
}

// plans are the titles of what is compared.
func (f comparisonFile) plans() string {
	if f.Before.ID == f.Plan.ID {
		return f.in(f.Plan.Title)
	}
	return f.in(f.Before.Title) + " – " + f.in(f.Plan.Title)
}

// fileKey names the plans in the name of a file.
func (f comparisonFile) fileKey() string {
	if f.Before.ID == f.Plan.ID {
		return f.Plan.Key
	}
	return f.Before.Key + "-" + f.Plan.Key
}

// comparisonLine is one field of a thing that differs.
type comparisonLine struct{ field, old, new string }

// lines are the fields of an item, a text with a line for each language that differs.
func (f comparisonFile) lines(item comparison.Item) []comparisonLine {
	w := comparisonTexts[f.lang]
	var out []comparisonLine
	for _, c := range item.Changes {
		name := w.fields[c.Field]
		old, oldText := c.Old.(domain.Text)
		now, newText := c.New.(domain.Text)
		if !oldText && !newText {
			out = append(out, comparisonLine{name, f.value(c.Old), f.value(c.New)})
			continue
		}
		for _, l := range []struct {
			lang     domain.Lang
			old, new string
		}{{domain.Finnish, old.FI, now.FI}, {domain.Swedish, old.SV, now.SV}, {domain.English, old.EN, now.EN}} {
			if l.old != l.new {
				out = append(out, comparisonLine{name + " " + w.languages[l.lang], l.old, l.new})
			}
		}
	}
	return out
}

// value is a value of a change in words; what an id names that the reader may not
// know is left out.
func (f comparisonFile) value(v any) string {
	w := comparisonTexts[f.lang]
	switch v := v.(type) {
	case nil:
		return ""
	case domain.Date:
		return f.date(v)
	case domain.Rhythm:
		return fmt.Sprintf("%d, %d", v.Target, v.Limit)
	case domain.Visibility:
		return visibilityWords[f.lang][v]
	case domain.Precision:
		return w.precisions[v]
	case comparison.Responsibility:
		return f.named(v.PostID.String()) + " (" + w.parts[v.Part] + ")"
	case []any:
		var parts []string
		for _, x := range v {
			if s := f.value(x); s != "" {
				parts = append(parts, s)
			}
		}
		return list(parts)
	case fmt.Stringer:
		return f.named(v.String())
	case string:
		if s, ok := statusWords[f.lang][action.Status(v)]; ok {
			return s
		}
		return v
	}
	return fmt.Sprint(v)
}

// named is what a thing with this id is called, with its number if it has one.
func (f comparisonFile) named(id string) string {
	n := f.names[id]
	if n.No > 0 {
		return strconv.Itoa(n.No) + " " + f.in(n.Title)
	}
	return f.in(n.Title)
}

// name is what an item is called, with its number.
func (f comparisonFile) name(item comparison.Item) string {
	return strings.TrimSpace(strings.TrimPrefix(strconv.Itoa(item.No)+" ", "0 ") + f.in(item.Title))
}

func (f comparisonFile) in(t domain.Text) string {
	s, _ := t.In(f.lang)
	return s
}

func (f comparisonFile) date(d domain.Date) string {
	if f.lang == domain.English {
		return d.StartOfDay().In(domain.Helsinki).Format("2 January 2006")
	}
	return d.StartOfDay().In(domain.Helsinki).Format("2.1.2006")
}
