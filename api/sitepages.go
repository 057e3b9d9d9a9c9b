package api

import (
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// sitePages are the pages of the site below their language, as the router of the front end
// has them (frontend/src/app/router.tsx): a part that begins with $ stands for any, $ alone
// for all that follow. A test holds both to be the same.
var sitePages = func() (pages [][]string) {
	for page := range strings.FieldsSeq(`
		actions
		actions/$no
		actions/$no/edit
		actions/import
		actions/new
		admin/access
		admin/decision-feeds
		admin/jobs
		admin/mail-texts
		admin/mails
		admin/people/$id
		agenda-items/$id/case
		api-tokens
		between
		cases/$party/$
		chains
		chains/$id
		chains/$id/guide
		chains/new
		changes
		components
		drafts/$id
		forums
		forums/$id
		forums/$id/import
		forums/$id/year
		forums/new
		freshness
		gaps
		goals
		goals/$no
		goals/import
		goals/new
		handovers
		help/condition
		meetings/$id
		meetings/$id/show
		my-details
		my-work
		open-loops
		organisation
		organisation/import
		organisation/posts/$id
		plan
		plan/$key
		plan/$key/carry-over
		plan/$key/compare
		radar
		responsibilities
		responsibilities/import
		responsibilities/list
		responsibilities/on
		rounds
		rounds/$key
		rounds/compare
		search
		sign-in
		transparency/log
		unsubscribe/$token
		views
		views/$id
	`) {
		pages = append(pages, strings.Split(page, "/"))
	}
	return pages
}()

// isPage tells whether the parts of an address below its language are those of a page; the
// front page has none.
func isPage(parts []string) bool {
	return len(parts) == 0 || slices.ContainsFunc(sitePages, func(page []string) bool {
		for i, part := range page {
			switch {
			case part == "$":
				return len(parts) > i
			case i >= len(parts) || !strings.HasPrefix(part, "$") && part != parts[i]:
				return false
			}
		}
		return len(parts) == len(page)
	})
}

const siteName = "Yhdyspinta"

var (
	siteDescription = domain.Text{
		FI: "Espoon ja Länsi-Uudenmaan hyvinvointialueen yhteinen hyvinvointityö: kuka vastaa, mistä ja missä kunnossa.",
		SV: "Esbos och Västra Nylands välfärdsområdes gemensamma välfärdsarbete: vem ansvarar, för vad och i vilket skick.",
		EN: "The joint wellbeing work of Espoo and the Western Uusimaa Wellbeing Services County: who is responsible, for what, and how it stands.",
	}
	noPage = domain.Text{FI: "Sivua ei löytynyt", SV: "Sidan hittades inte", EN: "Page not found"}
)

// pageTitle is the title of a page before its script runs: what search engines, link previews
// and a browser's history show.
func pageTitle(parts []string) domain.Text {
	if len(parts) > 1 {
		if title, ok := pageTitles[parts[0]+"/"+parts[1]]; ok {
			return title
		}
	}
	return pageTitles[parts[0]]
}

// pageTitles are the titles of pages by the first part of their address, or the first two.
var pageTitles = map[string]domain.Text{
	"goals":                {FI: "Tavoitteet", SV: "Mål", EN: "Goals"},
	"actions":              {FI: "Toimenpiteet", SV: "Åtgärder", EN: "Actions"},
	"chains":               {FI: "Palveluketjut", SV: "Servicekedjor", EN: "Service chains"},
	"forums":               {FI: "Foorumit", SV: "Forum", EN: "Forums"},
	"meetings":             {FI: "Kokous", SV: "Möte", EN: "Meeting"},
	"agenda-items":         {FI: "Asian käsittelyt", SV: "Ärendets behandlingar", EN: "Handlings of the case"},
	"cases":                {FI: "Asian käsittelyt", SV: "Ärendets behandlingar", EN: "Handlings of the case"},
	"open-loops":           {FI: "Foorumien avoimet asiat", SV: "Forumens öppna ärenden", EN: "Open loops of the forums"},
	"my-work":              {FI: "Oma työ", SV: "Mitt arbete", EN: "My work"},
	"my-details":           {FI: "Omat tietoni", SV: "Mina uppgifter", EN: "My details"},
	"radar":                {FI: "Vastuuaukot", SV: "Ansvarsluckor", EN: "Gaps in responsibility"},
	"freshness":            {FI: "Tuoreus", SV: "Aktualitet", EN: "Freshness"},
	"transparency":         {FI: "Läpinäkyvyys", SV: "Öppenhet", EN: "Transparency"},
	"organisation":         {FI: "Organisaatio", SV: "Organisation", EN: "Organisation"},
	"responsibilities":     {FI: "Vastuut", SV: "Ansvar", EN: "Who owns what"},
	"plan":                 {FI: "Suunnitelma", SV: "Plan", EN: "Plan"},
	"rounds":               {FI: "Raportointikierrokset", SV: "Rapporteringsomgångar", EN: "Reporting rounds"},
	"changes":              {FI: "Muutokset", SV: "Ändringar", EN: "Changes"},
	"between":              {FI: "Mitä muuttui kahden päivän välillä", SV: "Vad som ändrades mellan två dagar", EN: "What changed between two days"},
	"handovers":            {FI: "Siirtymät", SV: "Övergångar", EN: "Hand-overs"},
	"gaps":                 {FI: "Missä ketju katkeaa?", SV: "Var brister kedjan?", EN: "Where does it break?"},
	"drafts":               {FI: "Luonnos", SV: "Utkast", EN: "Draft"},
	"views":                {FI: "Tallennetut näkymät", SV: "Sparade vyer", EN: "Saved views"},
	"search":               {FI: "Haku", SV: "Sökning", EN: "Search"},
	"components":           {FI: "Muotokieli", SV: "Formspråk", EN: "Visual language"},
	"admin":                {FI: "Käyttöoikeudet", SV: "Behörigheter", EN: "Access rights"},
	"admin/mails":          {FI: "Lähetetyt viestit", SV: "Skickade meddelanden", EN: "Sent messages"},
	"admin/jobs":           {FI: "Ajastetut työt", SV: "Schemalagda uppgifter", EN: "Scheduled work"},
	"admin/mail-texts":     {FI: "Viestien tekstit", SV: "Meddelandenas texter", EN: "Texts of messages"},
	"admin/decision-feeds": {FI: "Päätöspalvelut", SV: "Beslutstjänster", EN: "Decision services"},
	"help":                 {FI: "Ohje", SV: "Hjälp", EN: "Help"},
	"sign-in":              {FI: "Kirjautuminen", SV: "Inloggning", EN: "Sign in"},
	"unsubscribe":          {FI: "Postin lopettaminen", SV: "Sluta få post", EN: "Stop mail"},
	"api-tokens":           {FI: "Rajapintatunnukset", SV: "API-nycklar", EN: "API tokens"},
}
