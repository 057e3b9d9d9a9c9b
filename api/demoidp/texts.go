package demoidp

// texts of the sign-in page in one language.
type texts struct {
	Heading, Choose, About, Cancel, Languages  string
	NoAccounts                                 string
	UnknownAccount, Expired, ExpiredHelp, Home string
	Failed, FailedHelp                         string
}

var textsByLanguage = map[string]texts{
	"fi": {
		Heading:        "Esittelykirjautuminen",
		Choose:         "Valitse, missä tehtävässä kirjaudut.",
		About:          "Tämä kirjautuminen on tehty esittelyä varten. Salasanaa ei kysytä, ja henkilöt ovat keksittyjä. Todellisessa käytössä tämän sivun tilalla on organisaation oma tunnistautuminen.",
		Cancel:         "Peruuta ja palaa palveluun",
		Languages:      "Kieli",
		NoAccounts:     "Esittelyaineistossa ei ole tehtäviä, joissa voisi kirjautua.",
		UnknownAccount: "Valittua tehtävää ei enää ole. Valitse toinen tehtävä.",
		Expired:        "Kirjautuminen on vanhentunut",
		ExpiredHelp:    "Kirjautumista ei tehty kymmenessä minuutissa tai se on jo tehty. Palaa palveluun ja aloita kirjautuminen uudelleen.",
		Home:           "Palaa palveluun",
		Failed:         "Kirjautuminen ei onnistu juuri nyt",
		FailedHelp:     "Tehtäviä ei saatu haettua. Yritä hetken kuluttua uudelleen.",
	},
	"sv": {
		Heading:        "Demoinloggning",
		Choose:         "Välj den befattning som du loggar in i.",
		About:          "Den här inloggningen är gjord för demonstration. Inget lösenord behövs och personerna är påhittade. I verklig användning finns organisationens egen identifiering i stället för den här sidan.",
		Cancel:         "Avbryt och återgå till tjänsten",
		Languages:      "Språk",
		NoAccounts:     "I demonstrationsmaterialet finns inga befattningar att logga in i.",
		UnknownAccount: "Den valda befattningen finns inte längre. Välj en annan befattning.",
		Expired:        "Inloggningen har gått ut",
		ExpiredHelp:    "Inloggningen gjordes inte inom tio minuter eller så är den redan gjord. Gå tillbaka till tjänsten och börja om inloggningen.",
		Home:           "Återgå till tjänsten",
		Failed:         "Det går inte att logga in just nu",
		FailedHelp:     "Befattningarna kunde inte hämtas. Försök igen om en stund.",
	},
	"en": {
		Heading:        "Demo sign-in",
		Choose:         "Choose the post in which you sign in.",
		About:          "This sign-in was made for demonstration. No password is asked and the people are invented. In real use the organisation’s own sign-in takes the place of this page.",
		Cancel:         "Cancel and return to the service",
		Languages:      "Language",
		NoAccounts:     "The demonstration data have no posts in which to sign in.",
		UnknownAccount: "The chosen post no longer exists. Choose another one.",
		Expired:        "The sign-in has expired",
		ExpiredHelp:    "It was not completed within ten minutes, or it has been completed already. Return to the service and start again.",
		Home:           "Return to the service",
		Failed:         "Signing in does not work at the moment",
		FailedHelp:     "The posts could not be read. Try again in a moment.",
	},
}
