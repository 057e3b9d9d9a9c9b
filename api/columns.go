package api

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/plan"
	"yhdyspinta/domain/responsibility"
)

// column is one column of a list as a file. The tables of columns below are all
// that is known of such a file: its headings, their order and what stands in a
// cell.
type column[R any] struct {
	key   string      // names the column whatever the language
	head  domain.Text // its heading
	width float64     // in characters, in a workbook
	// value is what stands in the cell of a row: a string, an int or a date.
	value func(fileWords, R) any
}

// fileWords are the language of a file and the names of what its rows name by id.
type fileWords struct {
	lang    domain.Lang
	parties map[domain.PartyID]domain.Text // short names
	plans   map[domain.PlanID]domain.Text
	terms   map[domain.AnyID]domain.Text // of all vocabularies
	onPage  bool                         // dates and times within a text are as a page shows them
	names   map[domain.AnyID]domain.Text // of other things, where ids are compared by them
}

// fileWords loads those names as they were on the day shown, with a fixed number
// of statements for each 200 of them.
func (s *Server) fileWords(ctx context.Context, a domain.Actor, lang domain.Lang) (fileWords, error) {
	w := fileWords{lang: lang, parties: map[domain.PartyID]domain.Text{}, plans: map[domain.PlanID]domain.Text{}, terms: map[domain.AnyID]domain.Text{}}
	parties, err := s.Services.Organisation.Parties(ctx)
	if err != nil {
		return w, err
	}
	for _, p := range parties {
		w.parties[p.ID] = p.ShortName
	}
	err = domain.EachPage("", func(req domain.PageRequest) (domain.Page[plan.Plan], error) {
		return s.Services.Plans.List(ctx, a, req)
	},
		func(plans []plan.Plan) error {
			for _, p := range plans {
				w.plans[p.ID] = p.Title
			}
			return nil
		})
	if err != nil {
		return w, err
	}
	for _, vocabulary := range plan.Vocabularies {
		err := domain.EachPage("", func(req domain.PageRequest) (domain.Page[plan.Term], error) {
			return s.Services.Plans.Terms(ctx, vocabulary, req)
		},
			func(terms []plan.Term) error {
				for _, t := range terms {
					w.terms[t.ID] = t.Title
					if vocabulary == domain.SubjectLegalBasis {
						w.terms[t.ID] = before(t.Act+" "+t.Section+" ", t.Title)
					}
				}
				return nil
			})
		if err != nil {
			return w, err
		}
	}
	return w, nil
}

// before puts the same words before a text in each language that has it.
func before(words string, t domain.Text) domain.Text {
	for _, s := range []*string{&t.FI, &t.SV, &t.EN} {
		if *s != "" {
			*s = words + *s
		}
	}
	return t
}

// in is a text in the language of the file, or in the first that has it.
func (w fileWords) in(t domain.Text) string {
	s, _ := t.In(w.lang)
	return s
}

// list is how several things stand in one cell.
func list(names []string) string { return strings.Join(names, "; ") }

// post names a post with its party, since both parties have posts of the same
// title.
func (w fileWords) post(party domain.PartyID, title domain.Text) string {
	return w.in(w.parties[party]) + ": " + w.in(title)
}

// posts are those that have a part.
func (w fileWords) posts(all []domain.Responsible, part domain.Part) string {
	var names []string
	for _, r := range all {
		if r.Part == part {
			names = append(names, w.post(r.PartyID, r.Title))
		}
	}
	return list(names)
}

// notAccepted are the posts whose responsibility is not in force.
func (w fileWords) notAccepted(all []domain.Responsible) string {
	var names []string
	for _, r := range all {
		if name := w.post(r.PartyID, r.Title); !r.Standing.IsInForce() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return list(names)
}

func termNames[K any](w fileWords, ids []domain.ID[K]) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = w.in(w.terms[domain.AnyID{UUID: id.UUID}])
	}
	return list(names)
}

// cases are the registry numbers, or the addresses of cases without one.
func (w fileWords) cases(all []domain.CaseReference) string {
	names := make([]string, len(all))
	for i, c := range all {
		name := c.RegistryNo
		if name == "" {
			name = w.in(domain.Text{FI: c.URLFI, SV: c.URLSV})
		}
		names[i] = w.in(w.parties[c.PartyID]) + ": " + name
	}
	return list(names)
}

// period is a date as exactly as it is known: a day as a date, a year as a
// number, a month as 11/2026, a quarter as Q4/2026.
func period(d domain.Date, p domain.Precision) any {
	year := strconv.Itoa(d.Year())
	switch {
	case d.IsZero():
		return ""
	case p == domain.Month:
		return strconv.Itoa(int(d.Month())) + "/" + year
	case p == domain.Quarter:
		return "Q" + strconv.Itoa((int(d.Month())+2)/3) + "/" + year
	case p == domain.Year:
		return d.Year()
	}
	return d
}

// word is a value in the words of the file's language.
func word[K ~string](w fileWords, words map[domain.Lang]map[K]string, value K) string {
	return words[w.lang][value]
}

var visibilityWords = map[domain.Lang]map[domain.Visibility]string{
	domain.Finnish: {domain.Public: "Julkinen", domain.Internal: "Sisäinen"},
	domain.Swedish: {domain.Public: "Offentlig", domain.Internal: "Intern"},
	domain.English: {domain.Public: "Public", domain.Internal: "Internal"},
}

var statusWords = map[domain.Lang]map[action.Status]string{
	domain.Finnish: {action.NotStarted: "Ei alkanut", action.InProgress: "Käynnissä", action.Done: "Valmis", action.Paused: "Tauolla",
		action.Cancelled: "Peruttu", action.Merged: "Yhdistetty toiseen", action.Superseded: "Korvattu toisella"},
	domain.Swedish: {action.NotStarted: "Inte påbörjad", action.InProgress: "Pågår", action.Done: "Färdig", action.Paused: "Pausad",
		action.Cancelled: "Inställd", action.Merged: "Sammanslagen med en annan", action.Superseded: "Ersatt av en annan"},
	domain.English: {action.NotStarted: "Not started", action.InProgress: "In progress", action.Done: "Done", action.Paused: "Paused",
		action.Cancelled: "Cancelled", action.Merged: "Merged into another", action.Superseded: "Superseded by another"},
}

// textColumns are a text's three columns, one for each language.
func textColumns[R any](key string, name domain.Text, width float64, text func(R) domain.Text) []column[R] {
	return []column[R]{
		{key + ".fi", domain.Text{FI: name.FI + " suomeksi", SV: name.SV + " på finska", EN: name.EN + " in Finnish"}, width, func(_ fileWords, r R) any { return text(r).FI }},
		{key + ".sv", domain.Text{FI: name.FI + " ruotsiksi", SV: name.SV + " på svenska", EN: name.EN + " in Swedish"}, width, func(_ fileWords, r R) any { return text(r).SV }},
		{key + ".en", domain.Text{FI: name.FI + " englanniksi", SV: name.SV + " på engelska", EN: name.EN + " in English"}, width, func(_ fileWords, r R) any { return text(r).EN }},
	}
}

// partColumns are the responsible posts, a column for each part, and which of
// them nobody has agreed to yet.
func partColumns[R any](posts func(R) []domain.Responsible) []column[R] {
	of := func(part domain.Part) func(fileWords, R) any {
		return func(w fileWords, r R) any { return w.posts(posts(r), part) }
	}
	return []column[R]{
		{"lead", domain.Text{FI: "Päävastuu", SV: "Huvudansvar", EN: "Lead"}, 40, of(domain.Lead)},
		{"shared", domain.Text{FI: "Yhteisvastuu", SV: "Delat ansvar", EN: "Shared"}, 40, of(domain.Shared)},
		{"support", domain.Text{FI: "Tuki", SV: "Stöd", EN: "Support"}, 40, of(domain.Support)},
		{"informed", domain.Text{FI: "Tiedoksi", SV: "För kännedom", EN: "Informed"}, 40, of(domain.Informed)},
		{"notAccepted", domain.Text{FI: "Ei vielä hyväksytty", SV: "Ännu inte godkänt", EN: "Not yet accepted"}, 40, func(w fileWords, r R) any { return w.notAccepted(posts(r)) }},
	}
}

// Headings that several files have.
var (
	numberHead   = domain.Text{FI: "Numero", SV: "Nummer", EN: "Number"}
	partyHead    = domain.Text{FI: "Osapuoli", SV: "Part", EN: "Party"}
	postHead     = domain.Text{FI: "Tehtävä", SV: "Befattning", EN: "Post"}
	tagsHead     = domain.Text{FI: "Asiasanat", SV: "Ämnesord", EN: "Tags"}
	groupsHead   = domain.Text{FI: "Kohderyhmät", SV: "Målgrupper", EN: "Target groups"}
	basesHead    = domain.Text{FI: "Lakiperusteet", SV: "Rättsliga grunder", EN: "Legal bases"}
	casesHead    = domain.Text{FI: "Asiat asianhallinnassa", SV: "Ärenden i ärendehanteringen", EN: "Cases"}
	fromHead     = domain.Text{FI: "Voimassa alkaen", SV: "I kraft från", EN: "Valid from"}
	toHead       = domain.Text{FI: "Voimassa asti", SV: "I kraft till", EN: "Valid until"}
	seenHead     = domain.Text{FI: "Julkisuus", SV: "Offentlighet", EN: "Visibility"}
	groundHead   = domain.Text{FI: "Salassapidon peruste", SV: "Sekretessgrund", EN: "Ground for secrecy"}
	changedHead  = domain.Text{FI: "Muutettu", SV: "Ändrad", EN: "Changed"}
	idHead       = domain.Text{FI: "Tunniste", SV: "Id", EN: "Id"}
	versionHead  = domain.Text{FI: "Versio", SV: "Version", EN: "Version"}
	describeHead = domain.Text{FI: "Kuvaus", SV: "Beskrivning", EN: "Description"}
)

// actionRow is an action with its condition on the day shown.
type actionRow struct {
	action.View
	condition action.ConditionValue
}

func goalNames(w fileWords, a actionRow) any {
	var titles []string
	for _, g := range a.Goals {
		titles = append(titles, w.in(g.Title))
	}
	return list(titles)
}

var actionColumns = slices.Concat(
	[]column[actionRow]{{"no", numberHead, 9, func(_ fileWords, a actionRow) any { return a.No }}},
	textColumns("title", domain.Text{FI: "Toimenpide", SV: "Åtgärd", EN: "Action"}, 48, func(a actionRow) domain.Text { return a.Title }),
	textColumns("description", describeHead, 48, func(a actionRow) domain.Text { return a.Description }),
	[]column[actionRow]{
		{"goalNos", domain.Text{FI: "Tavoitteiden numerot", SV: "Målens nummer", EN: "Numbers of the goals"}, 12, func(_ fileWords, a actionRow) any {
			if len(a.Goals) == 1 {
				return a.Goals[0].No
			}
			var nos []string
			for _, g := range a.Goals {
				nos = append(nos, strconv.Itoa(g.No))
			}
			return list(nos)
		}},
		{"goals", domain.Text{FI: "Tavoitteet", SV: "Mål", EN: "Goals"}, 40, goalNames},
	},
	partColumns(func(a actionRow) []domain.Responsible { return a.Responsibilities }),
	[]column[actionRow]{
		{"starts", domain.Text{FI: "Alkaa", SV: "Börjar", EN: "Starts"}, 12, func(_ fileWords, a actionRow) any { return period(a.StartsOn, a.StartsPrecision) }},
		{"due", domain.Text{FI: "Määräaika", SV: "Tidsfrist", EN: "Due"}, 12, func(_ fileWords, a actionRow) any { return period(a.DueOn, a.DuePrecision) }},
		{"postponed", domain.Text{FI: "Määräaikaa siirretty, kertaa", SV: "Tidsfristen flyttad, gånger", EN: "Times postponed"}, 10, func(_ fileWords, a actionRow) any {
			if a.Postponed == 0 {
				return ""
			}
			return a.Postponed
		}},
		{"status", domain.Text{FI: "Tila", SV: "Status", EN: "Status"}, 16, func(w fileWords, a actionRow) any { return word(w, statusWords, a.Status) }},
		{"phase", domain.Text{FI: "Toteutusvaihe", SV: "Genomförandefas", EN: "Phase"}, 18, func(w fileWords, a actionRow) any {
			if a.PhaseID.IsZero() {
				return ""
			}
			return termNames(w, []domain.PhaseID{a.PhaseID})
		}},
		{"progress", domain.Text{FI: "Edistyminen, %", SV: "Framskridande, %", EN: "Progress, %"}, 10, func(_ fileWords, a actionRow) any { return a.Progress }},
		{"forwardedTo", domain.Text{FI: "Jatkuu toimenpiteessä", SV: "Fortsätter i åtgärden", EN: "Goes on in"}, 40, func(w fileWords, a actionRow) any {
			var names []string
			for _, r := range a.ForwardedTo {
				names = append(names, strconv.Itoa(r.No)+" "+w.in(r.Title))
			}
			return list(names)
		}},
		{"condition", domain.Text{FI: "Kunto", SV: "Läge", EN: "Condition"}, 18, func(w fileWords, a actionRow) any { return matrixTexts[w.lang].conditions[string(a.condition)] }},
		{"nextTask", domain.Text{FI: "Seuraava osatehtävä tai virstanpylväs", SV: "Nästa deluppgift eller milstolpe", EN: "Next task or milestone"}, 40, func(w fileWords, a actionRow) any { return w.in(a.Tasks.Next.Title) }},
		{"nextTaskDue", domain.Text{FI: "Osatehtävän tai virstanpylvään määräaika", SV: "Deluppgiftens eller milstolpens tidsfrist", EN: "Due date of the task or milestone"}, 14, func(_ fileWords, a actionRow) any { return period(a.Tasks.Next.DueOn, a.Tasks.Next.DuePrecision) }},
		{"confirmedOn", domain.Text{FI: "Vahvistettu", SV: "Bekräftad", EN: "Confirmed"}, 12, func(_ fileWords, a actionRow) any { return a.ConfirmedOn }},
	},
	textColumns("result", domain.Text{FI: "Tulos", SV: "Resultat", EN: "Result"}, 48, func(a actionRow) domain.Text { return a.Result }),
	[]column[actionRow]{
		{"forum", domain.Text{FI: "Toteutumista seuraa", SV: "Genomförandet följs upp av", EN: "Followed by"}, 36, func(w fileWords, a actionRow) any {
			if a.Forum == nil {
				return ""
			}
			return w.in(a.Forum.Title)
		}},
		{"stage", domain.Text{FI: "Vaihe ketjussa", SV: "Steg i kedjan", EN: "Stage of a chain"}, 40, func(w fileWords, a actionRow) any {
			if a.Stage == nil {
				return ""
			}
			return w.in(a.Stage.Chain) + ": " + w.in(a.Stage.Title)
		}},
		{"handover", domain.Text{FI: "Korjaa siirtymää", SV: "Åtgärdar övergången", EN: "Treats the hand-over"}, 40, func(w fileWords, a actionRow) any {
			if a.Handover == nil {
				return ""
			}
			return w.in(a.Handover.Chain) + ": " + w.in(a.Handover.What)
		}},
		{"targetGroups", groupsHead, 32, func(w fileWords, a actionRow) any { return termNames(w, a.TargetGroupIDs) }},
		{"districts", domain.Text{FI: "Alueet", SV: "Områden", EN: "Districts"}, 24, func(w fileWords, a actionRow) any { return termNames(w, a.DistrictIDs) }},
		{"tags", tagsHead, 24, func(w fileWords, a actionRow) any { return termNames(w, a.TagIDs) }},
		{"legalBases", basesHead, 40, func(w fileWords, a actionRow) any { return termNames(w, a.References.LegalBases) }},
		{"cases", casesHead, 32, func(w fileWords, a actionRow) any { return w.cases(a.References.Cases) }},
		{"visibility", seenHead, 12, func(w fileWords, a actionRow) any { return word(w, visibilityWords, a.Visibility) }},
		{"visibilityGround", groundHead, 32, func(_ fileWords, a actionRow) any { return a.VisibilityGround }},
		{"changedOn", changedHead, 12, func(_ fileWords, a actionRow) any { return domain.DateOf(a.UpdatedAt) }},
		{"version", versionHead, 9, func(_ fileWords, a actionRow) any { return a.Version }},
	},
)

var goalColumns = slices.Concat(
	[]column[goal.View]{
		{"no", numberHead, 9, func(_ fileWords, g goal.View) any { return g.No }},
		{"plan", domain.Text{FI: "Suunnitelma", SV: "Plan", EN: "Plan"}, 36, func(w fileWords, g goal.View) any { return w.in(w.plans[g.PlanID]) }},
		{"theme", domain.Text{FI: "Teema", SV: "Tema", EN: "Theme"}, 32, func(w fileWords, g goal.View) any { return termNames(w, []domain.ThemeID{g.ThemeID}) }},
		{"sharedGoalNo", domain.Text{FI: "Yhteisen tavoitteen numero", SV: "Det gemensamma målets nummer", EN: "Number of the shared goal"}, 12, func(_ fileWords, g goal.View) any {
			if g.SharedGoal == nil {
				return ""
			}
			return g.SharedGoal.No
		}},
		{"party", partyHead, 16, func(w fileWords, g goal.View) any { return w.in(w.parties[g.PartyID]) }},
	},
	textColumns("title", domain.Text{FI: "Tavoite", SV: "Mål", EN: "Goal"}, 48, func(g goal.View) domain.Text { return g.Title }),
	textColumns("description", describeHead, 48, func(g goal.View) domain.Text { return g.Description }),
	partColumns(func(g goal.View) []domain.Responsible { return g.Responsibilities }),
	[]column[goal.View]{
		{"ending", domain.Text{FI: "Päättyminen", SV: "Avslutande", EN: "Ending"}, 20, func(w fileWords, g goal.View) any { return word(w, statusWords, action.Status(g.Ending)) }},
		{"endedOn", domain.Text{FI: "Päättynyt", SV: "Avslutat", EN: "Ended"}, 12, func(_ fileWords, g goal.View) any { return g.EndedOn }},
		{"forwardedTo", domain.Text{FI: "Jatkuu tavoitteessa", SV: "Fortsätter i målet", EN: "Goes on in"}, 40, func(w fileWords, g goal.View) any {
			if g.Into == nil {
				return ""
			}
			return strconv.Itoa(g.Into.No) + " " + w.in(g.Into.Title)
		}},
		{"actions", domain.Text{FI: "Toimenpiteitä", SV: "Antal åtgärder", EN: "Actions"}, 12, func(_ fileWords, g goal.View) any { return g.Work.Total }},
		{"nextDueOn", domain.Text{FI: "Seuraava määräaika", SV: "Nästa tidsfrist", EN: "Next due date"}, 14, func(_ fileWords, g goal.View) any { return g.Work.NextDueOn }},
		{"stages", domain.Text{FI: "Vaiheet ketjuissa", SV: "Steg i kedjor", EN: "Stages of chains"}, 40, func(w fileWords, g goal.View) any {
			var names []string
			for _, s := range g.Pins.Stages {
				names = append(names, w.in(s.ChainTitle)+": "+w.in(s.Title))
			}
			return list(names)
		}},
		{"handovers", domain.Text{FI: "Siirtymät", SV: "Övergångar", EN: "Hand-overs"}, 40, func(w fileWords, g goal.View) any {
			var names []string
			for _, h := range g.Pins.Handovers {
				names = append(names, w.in(h.ChainTitle)+": "+w.in(h.What))
			}
			return list(names)
		}},
		{"targetGroups", groupsHead, 32, func(w fileWords, g goal.View) any { return termNames(w, g.TargetGroupIDs) }},
		{"tags", tagsHead, 24, func(w fileWords, g goal.View) any { return termNames(w, g.TagIDs) }},
		{"legalBases", basesHead, 40, func(w fileWords, g goal.View) any { return termNames(w, g.References.LegalBases) }},
		{"cases", casesHead, 32, func(w fileWords, g goal.View) any { return w.cases(g.References.Cases) }},
		{"visibility", seenHead, 12, func(w fileWords, g goal.View) any { return word(w, visibilityWords, g.Visibility) }},
		{"visibilityGround", groundHead, 32, func(_ fileWords, g goal.View) any { return g.VisibilityGround }},
		{"changedOn", changedHead, 12, func(_ fileWords, g goal.View) any { return domain.DateOf(g.UpdatedAt) }},
		{"version", versionHead, 9, func(_ fileWords, g goal.View) any { return g.Version }},
	},
)

var postColumns = slices.Concat(
	[]column[organisation.Post]{
		{"party", partyHead, 16, func(w fileWords, p organisation.Post) any { return w.in(w.parties[p.PartyID]) }},
		{"unit", domain.Text{FI: "Yksikkö", SV: "Enhet", EN: "Unit"}, 32, func(w fileWords, p organisation.Post) any {
			if len(p.UnitPath) == 0 {
				return ""
			}
			return w.in(p.UnitPath[len(p.UnitPath)-1].Name)
		}},
		{"unitPath", domain.Text{FI: "Yksikön paikka organisaatiossa", SV: "Enhetens plats i organisationen", EN: "Place in the organisation"}, 56, func(w fileWords, p organisation.Post) any {
			names := make([]string, len(p.UnitPath))
			for i, u := range p.UnitPath {
				names[i] = w.in(u.Name)
			}
			return strings.Join(names, " > ")
		}},
	},
	textColumns("title", postHead, 40, func(p organisation.Post) domain.Text { return p.Title }),
	[]column[organisation.Post]{
		{"holders", domain.Text{FI: "Hoitaa", SV: "Innehas av", EN: "Held by"}, 32, func(_ fileWords, p organisation.Post) any {
			names := make([]string, len(p.Contacts))
			for i, c := range p.Contacts {
				names[i] = c.Name
			}
			return list(names)
		}},
		{"serviceAddress", domain.Text{FI: "Palvelun osoite", SV: "Tjänstens adress", EN: "Address of the service"}, 32, func(_ fileWords, p organisation.Post) any { return p.ServiceAddress }},
		{"validFrom", fromHead, 14, func(_ fileWords, p organisation.Post) any { return p.ValidFrom }},
		{"validTo", toHead, 14, func(_ fileWords, p organisation.Post) any { return p.ValidTo }},
		{"version", versionHead, 9, func(_ fileWords, p organisation.Post) any { return p.Version }},
		{"id", idHead, 38, func(_ fileWords, p organisation.Post) any { return p.ID.String() }},
	},
)

var responsibilityColumns = slices.Concat(
	[]column[responsibility.View]{
		{"kind", domain.Text{FI: "Laji", SV: "Slag", EN: "Kind"}, 14, func(w fileWords, r responsibility.View) any { return matrixTexts[w.lang].kinds[r.Of.Kind] }},
		{"no", numberHead, 9, func(_ fileWords, r responsibility.View) any {
			if r.Of.No == 0 {
				return ""
			}
			return r.Of.No
		}},
		{"thing", domain.Text{FI: "Mistä vastaa", SV: "Vad ansvaret gäller", EN: "Responsible for"}, 48, func(w fileWords, r responsibility.View) any { return w.in(r.Of.Title) }},
		{"party", partyHead, 16, func(w fileWords, r responsibility.View) any { return w.in(w.parties[r.PartyID]) }},
		{"post", postHead, 40, func(w fileWords, r responsibility.View) any { return w.in(r.Title) }},
		{"part", domain.Text{FI: "Osuus", SV: "Del", EN: "Part"}, 16, func(w fileWords, r responsibility.View) any { return matrixTexts[w.lang].parts[r.Part] }},
	},
	textColumns("wording", domain.Text{FI: "Sanamuoto", SV: "Ordalydelse", EN: "Wording"}, 56, func(r responsibility.View) domain.Text { return r.Wording }),
	[]column[responsibility.View]{
		{"validFrom", fromHead, 14, func(_ fileWords, r responsibility.View) any { return r.ValidFrom }},
		{"validTo", toHead, 14, func(_ fileWords, r responsibility.View) any { return r.ValidTo }},
		{"standing", domain.Text{FI: "Hyväksyntä", SV: "Godkännande", EN: "Acceptance"}, 28, func(w fileWords, r responsibility.View) any { return matrixTexts[w.lang].standings[r.Standing] }},
		{"waitingSince", domain.Text{FI: "Ehdotettu", SV: "Föreslagen den", EN: "Proposed on"}, 12, func(_ fileWords, r responsibility.View) any {
			if r.Waiting == nil {
				return ""
			}
			return domain.DateOf(r.Waiting.ProposedAt)
		}},
		{"waitingFor", domain.Text{FI: "Odottaa hyväksyntää osapuolelta", SV: "Väntar på godkännande av", EN: "Waits for"}, 20, func(w fileWords, r responsibility.View) any {
			if r.Waiting == nil {
				return ""
			}
			var names []string
			for _, c := range r.Waiting.Acceptances {
				if c.State == domain.AcceptanceOpen {
					names = append(names, w.in(w.parties[c.PartyID]))
				}
			}
			return list(names)
		}},
	},
	textColumns("change", domain.Text{FI: "Ehdotettu sanamuoto", SV: "Föreslagen ordalydelse", EN: "Proposed wording"}, 56, func(r responsibility.View) domain.Text {
		if r.Change == nil {
			return domain.Text{}
		}
		return r.Change.Wording
	}),
	[]column[responsibility.View]{
		{"changedOn", changedHead, 12, func(_ fileWords, r responsibility.View) any { return domain.DateOf(r.UpdatedAt) }},
		{"version", versionHead, 9, func(_ fileWords, r responsibility.View) any { return r.Version }},
		{"id", idHead, 38, func(_ fileWords, r responsibility.View) any { return r.ID.String() }},
	},
)
