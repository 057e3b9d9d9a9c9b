package api

import (
	"strings"

	"yhdyspinta/domain"
)

// rowsWithout are columns that the file of a list leaves out, because another one says
// the same.
var rowsWithout = map[string][]string{
	"listMailTemplates": {"slots"},
}

// spreadToo are views with a name that are spread over columns nevertheless, by list
// and field.
var spreadToo = []string{"listGaps:handover"}

// rowHead is the heading of a column of a list: its own, that of the field, or those
// of the view and of the field within it.
func rowHead(list, key string) domain.Text {
	for _, k := range []string{list + ":" + key, key} {
		if t, ok := headOf(k); ok {
			return t
		}
	}
	outer, inner, ok := strings.Cut(key, ".")
	if !ok {
		return domain.Text{FI: key, SV: key, EN: key}
	}
	a, b := rowHead(list, outer), rowHead(list, inner)
	return domain.Text{FI: a.FI + ": " + lowerFirst(b.FI), SV: a.SV + ": " + lowerFirst(b.SV), EN: a.EN + ": " + lowerFirst(b.EN)}
}

// headOf is the heading of a field, of files or of what is compared alone.
func headOf(key string) (domain.Text, bool) {
	if t, ok := rowHeads[key]; ok {
		return t, true
	}
	t, ok := itemHeads[key]
	return t, ok
}

// rowWord is the word of a value of a field of a view.
func rowWord(view, field, value string) (domain.Text, bool) {
	if view == "WorkReason" { // of a thing that waits for several
		view = "WorkItem"
	}
	if view == "Condition" && field == "value" {
		field = "condition"
	}
	for _, k := range []string{view + "." + field + ":" + value, field + ":" + value, value} {
		if t, ok := rowValues[k]; ok {
			return t, true
		}
		if t, ok := itemValues[k]; ok {
			return t, true
		}
	}
	return domain.Text{}, false
}

var yesNo = map[bool]domain.Text{true: {FI: "Kyllä", SV: "Ja", EN: "Yes"}, false: {FI: "Ei", SV: "Nej", EN: "No"}}

// rowSheets are the names of the sheets, by the id of the list's operation.
var rowSheets = map[string]domain.Text{
	"compareRounds":               {FI: "Raportointikierrosten vertailu", SV: "Jämförelse av omgångar", EN: "Rounds compared"},
	"getBetween":                  {FI: "Muutokset päivien välillä", SV: "Ändringar mellan dagarna", EN: "Changes between two days"},
	"getAwaited":                  {FI: "Odotetut", SV: "Väntas av andra", EN: "Awaited"},
	"getBalance":                  {FI: "Vastuiden jakautuminen", SV: "Ansvarens fördelning", EN: "Balance"},
	"getCarryOver":                {FI: "Tavoitteiden siirto", SV: "Överföring av mål", EN: "Carry-over of goals"},
	"getCase":                     {FI: "Asian käsittely", SV: "Ärendets behandling", EN: "Handling of the case"},
	"getMyWork":                   {FI: "Oma työ", SV: "Eget arbete", EN: "My work"},
	"getPostDuties":               {FI: "Tehtävän vastuut", SV: "Befattningens ansvar", EN: "Duties of the post"},
	"getResponsibleOn":            {FI: "Kuka vastasi", SV: "Vem ansvarade", EN: "Who was responsible"},
	"listActionGroups":            {FI: "Toimenpiteet ryhmittäin", SV: "Åtgärder i grupper", EN: "Actions in groups"},
	"listAgendaItems":             {FI: "Asialista", SV: "Föredragningslista", EN: "Agenda"},
	"listAgreements":              {FI: "Sopimukset", SV: "Avtal", EN: "Agreements"},
	"listAPITokens":               {FI: "Ohjelmien tunnukset", SV: "Programmens nycklar", EN: "API tokens"},
	"listAuditEntries":            {FI: "Muutosloki", SV: "Ändringslogg", EN: "Audit log"},
	"listChains":                  {FI: "Palveluketjut", SV: "Servicekedjor", EN: "Service chains"},
	"listChanges":                 {FI: "Muutokset", SV: "Ändringar", EN: "Changes"},
	"listChangesSinceCall":        {FI: "Muutokset kutsun jälkeen", SV: "Ändringar efter kallelsen", EN: "Changes since the call"},
	"listCycleEvents":             {FI: "Vuosikello", SV: "Årsklocka", EN: "Annual cycle"},
	"listDecisionFeeds":           {FI: "Päätöspalvelut", SV: "Beslutstjänster", EN: "Decision services"},
	"listDecisionOffers":          {FI: "Päätösehdotukset", SV: "Föreslagna beslut", EN: "Offered decisions"},
	"listDistricts":               {FI: "Suuralueet", SV: "Storområden", EN: "Districts"},
	"listDraftComments":           {FI: "Luonnoksen kommentit", SV: "Kommentarer till utkastet", EN: "Comments on the draft"},
	"listDrafts":                  {FI: "Luonnokset", SV: "Utkast", EN: "Drafts"},
	"listForumMeetings":           {FI: "Foorumin kokoukset", SV: "Forumets möten", EN: "Meetings of the forum"},
	"listFreshness":               {FI: "Tietojen ajantasaisuus", SV: "Uppgifternas aktualitet", EN: "Freshness"},
	"listGaps":                    {FI: "Siirtymien aukot", SV: "Luckor i övergångar", EN: "Gaps"},
	"listGrants":                  {FI: "Käyttöoikeudet", SV: "Behörigheter", EN: "Access rights"},
	"listHandoverAgreements":      {FI: "Siirtymän sopimukset", SV: "Övergångens avtal", EN: "Agreements of the hand-over"},
	"listHandovers":               {FI: "Siirtymät", SV: "Övergångar", EN: "Hand-overs"},
	"listHoldings":                {FI: "Tehtävien hoitajat", SV: "Befattningarnas innehavare", EN: "Holders of posts"},
	"listJobs":                    {FI: "Taustatyöt", SV: "Bakgrundsarbeten", EN: "Background work"},
	"listLegalBases":              {FI: "Lakiperusteet", SV: "Rättsliga grunder", EN: "Legal bases"},
	"listMailTemplates":           {FI: "Viestien tekstit", SV: "Meddelandenas texter", EN: "Texts of mails"},
	"listMails":                   {FI: "Lähetetyt viestit", SV: "Skickade meddelanden", EN: "Sent messages"},
	"listMeetings":                {FI: "Kokoukset", SV: "Möten", EN: "Meetings"},
	"listMissingTranslations":     {FI: "Puuttuvat käännökset", SV: "Översättningar som saknas", EN: "Missing translations"},
	"listMyFollowing":             {FI: "Seuratut", SV: "Följda", EN: "Followed"},
	"listMyHoldings":              {FI: "Omat tehtävät", SV: "Egna befattningar", EN: "My posts"},
	"listOffers":                  {FI: "Ehdotukset asialistalle", SV: "Förslag till listan", EN: "Offers to the agenda"},
	"listOpenLoops":               {FI: "Avoimet asiat", SV: "Öppna ärenden", EN: "Open loops"},
	"listOutcomes":                {FI: "Päätökset", SV: "Beslut", EN: "Outcomes"},
	"listPaperComments":           {FI: "Asiakirjan kommentit", SV: "Kommentarer till handlingen", EN: "Comments on the paper"},
	"listParties":                 {FI: "Osapuolet", SV: "Parter", EN: "Parties"},
	"listPeople":                  {FI: "Henkilöt", SV: "Personer", EN: "People"},
	"listPhases":                  {FI: "Toteutusvaiheet", SV: "Genomförandefaser", EN: "Phases"},
	"listPlans":                   {FI: "Suunnitelmat", SV: "Planer", EN: "Plans"},
	"listRadar":                   {FI: "Vastuuaukot", SV: "Ansvarsluckor", EN: "Gaps of responsibility"},
	"listReferrals":               {FI: "Lähetteet", SV: "Hänskjutningar", EN: "Referrals"},
	"listReservations":            {FI: "Eriävät kannat", SV: "Avvikande ståndpunkter", EN: "Reservations"},
	"listResponsibilityComments":  {FI: "Vastuun kommentit", SV: "Kommentarer till ansvaret", EN: "Comments"},
	"listRoundExpectations":       {FI: "Odotetut raportit", SV: "Väntade rapporter", EN: "Expected reports"},
	"listRoundReports":            {FI: "Kierroksen raportit", SV: "Omgångens rapporter", EN: "Reports of the round"},
	"listRounds":                  {FI: "Raportointikierrokset", SV: "Rapporteringsomgångar", EN: "Reporting rounds"},
	"listSavedViews":              {FI: "Tallennetut näkymät", SV: "Sparade vyer", EN: "Saved views"},
	"listSecrecyGrounds":          {FI: "Salassapidon perusteet", SV: "Sekretessgrunder", EN: "Grounds for secrecy"},
	"listStatusReports":           {FI: "Tilannetiedot", SV: "Lägesrapporter", EN: "Status reports"},
	"listSubjectReservations":     {FI: "Eriävät kannat", SV: "Avvikande ståndpunkter", EN: "Reservations"},
	"listSubjectResponsibilities": {FI: "Vastuut", SV: "Ansvar", EN: "Responsibilities"},
	"listTags":                    {FI: "Asiasanat", SV: "Ämnesord", EN: "Tags"},
	"listTargetGroups":            {FI: "Kohderyhmät", SV: "Målgrupper", EN: "Target groups"},
	"listTermUses":                {FI: "Sanastojen käyttö", SV: "Användning av vokabulärer", EN: "Uses of terms"},
	"listThemes":                  {FI: "Teemat", SV: "Teman", EN: "Themes"},
	"listTopics":                  {FI: "Ehdotetut aiheet", SV: "Föreslagna ämnen", EN: "Proposed topics"},
	"listUnits":                   {FI: "Yksiköt", SV: "Enheter", EN: "Units"},
	"search":                      {FI: "Hakutulokset", SV: "Sökresultat", EN: "Search results"},
}
