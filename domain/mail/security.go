package mail

import (
	"strings"
	"time"

	"yhdyspinta/domain"
)

// The kinds of mail that tell what somebody can do in a person's name, or may do now.
// Each belongs to an entry of the log, and nobody can stop them: who took over a session,
// or gives a role in error, must not be able to keep it from the person.
const (
	TokenMade   Kind = "token_made"   // an API token was made in the person's name, whoever made it
	AccessGiven Kind = "access_given" // somebody else gave the person a role or a post
	AccessTaken Kind = "access_taken" // somebody else ended one of theirs, or set its last day
)

// Security reports whether mails of the kind guard the person's access.
func (k Kind) Security() bool { return k == TokenMade || k == AccessGiven || k == AccessTaken }

// Access is what a mail of these kinds tells of.
type Access struct {
	At        time.Time
	ByParty   domain.Text // in whose name it was done; zero if by the operator of the service
	ByPost    domain.Text // the post that did it; zero if in none
	Token     string      // name of a token; else ""
	Role      domain.Role // of a grant; else ""
	Post      domain.Text // that was given or taken, whose role it is, or in which the token acts; zero if none
	Unit      domain.Text // scope of a manager
	Forum     domain.Text // scope of a secretary
	Deputy    bool        // the post is held as its deputy
	Scopes    []domain.TokenScope
	ValidFrom domain.Date // zero of a token
	ValidTo   domain.Date // last day; zero for no end; the day before ValidFrom: it never is in force
	Ended     bool        // a grant was ended: nobody has the role by it since, whatever the day
}

// over reports whether nothing of it is left when it is told.
func (a Access) over() bool {
	return a.Ended || !a.ValidTo.IsZero() && a.ValidTo.Before(domain.DateOf(a.At))
}

// never reports whether it was ended before it began.
func (a Access) never() bool { return !a.ValidTo.IsZero() && a.ValidTo.Before(a.ValidFrom) && !a.Ended }

// addressAccess is address for these kinds: they go to whom they were made for, whatever
// the person holds by now.
func (s *Service) addressAccess(st Stores, m *Mail) (to string, settled State, err error) {
	p, err := st.Mails.Person(*m)
	if err != nil {
		return "", "", err
	}
	if m.Body == "" {
		about, found, err := st.Mails.Access(*m)
		if err != nil {
			return "", "", err
		}
		if !found {
			return "", Superseded, nil
		}
		t, err := st.Templates.Template(m.PartyID, m.Kind)
		if err != nil {
			return "", "", err
		}
		m.writeAccess(about, p.Language, s.Site, t.Texts())
	}
	switch {
	case p.Email == "":
		return "", NoAddress, nil
	case s.Sender == nil:
		return "", NotConfigured, nil
	}
	return p.Email, "", nil
}

// accessWords are these mails in one language.
type accessWords struct {
	subject, lead, because, page, wrong            map[Kind]string
	token, role, post, deputy, unit, forum, actsIn string
	scopes, until, from, endless, lastDay, at, by  string
	operator                                       string
	ended                                          string // before the day since which it is over
	never, notAtAll                                string // of what was ended before it began: in the subject, and after "in force"
	roles                                          map[domain.Role]string
	always                                         string
}

var accessIn = map[domain.Lang]accessWords{
	domain.Finnish: {
		subject: map[Kind]string{TokenMade: "Nimissäsi on luotu rajapintatunnus: {thing}", AccessGiven: "Sinulle on annettu: {thing}", AccessTaken: "Roolisi tai tehtäväsi päättyminen: {thing}"},
		lead: map[Kind]string{
			TokenMade:   "Nimissäsi on luotu rajapintatunnus. Sillä ohjelma voi lukea tai muuttaa palvelun tietoja sinun nimissäsi.",
			AccessGiven: "Sinulle on annettu rooli tai tehtävä palvelussa.",
			AccessTaken: "Roolisi tai tehtäväsi palvelussa on päätetty, tai sille on asetettu viimeinen päivä.",
		},
		page: map[Kind]string{TokenMade: "Omat rajapintatunnukset: ", AccessGiven: "Omat tietosi: ", AccessTaken: "Omat tietosi: "},
		wrong: map[Kind]string{
			TokenMade:   "Jos et luonut tunnusta itse, poista se käytöstä, päätä muut kirjautumisesi sivulla Omat tietoni ja kerro asiasta organisaatiosi pääkäyttäjälle.",
			AccessGiven: "Jos tieto ei pidä paikkaansa, kerro siitä organisaatiosi pääkäyttäjälle.",
			AccessTaken: "Jos tieto ei pidä paikkaansa, kerro siitä organisaatiosi pääkäyttäjälle.",
		},
		token: "Tunnus", role: "Rooli", post: "Tehtävä", deputy: "sijaisena", unit: "Yksikkö", forum: "Foorumi", actsIn: "Toimii tehtävässä",
		scopes: "Ohjelma saa", from: "Alkaa", until: "Voimassa", endless: "toistaiseksi", lastDay: "Viimeinen päivä", at: "Tehty", by: "Tekijä", operator: "palvelun ylläpito",
		ended: "päättynyt", never: "ei tule voimaan", notAtAll: "ei lainkaan",
		roles: map[domain.Role]string{domain.RoleReader: "lukija", domain.RoleSecretary: "foorumin sihteeri", domain.RoleManager: "esihenkilö", domain.RoleCoordinator: "koordinaattori", domain.RoleAuditor: "auditoija", domain.RoleAdministrator: "pääkäyttäjä"},
		because: map[Kind]string{
			TokenMade:   "Sait tämän viestin, koska tunnus on sinun nimissäsi.",
			AccessGiven: "Sait tämän viestin, koska muutos koskee sinun oikeuksiasi.",
			AccessTaken: "Sait tämän viestin, koska muutos koskee sinun oikeuksiasi.",
		},
		always: "Turvallisuutta koskevat viestit lähetetään aina, eikä niitä voi lopettaa.",
	},
	domain.Swedish: {
		subject: map[Kind]string{TokenMade: "En API-nyckel har skapats i ditt namn: {thing}", AccessGiven: "Du har fått: {thing}", AccessTaken: "Din roll eller befattning avslutas: {thing}"},
		lead: map[Kind]string{
			TokenMade:   "En API-nyckel har skapats i ditt namn. Med den kan ett program läsa eller ändra uppgifter i tjänsten i ditt namn.",
			AccessGiven: "Du har fått en roll eller befattning i tjänsten.",
			AccessTaken: "Din roll eller befattning i tjänsten har avslutats, eller så har en sista dag angetts för den.",
		},
		page: map[Kind]string{TokenMade: "Dina API-nycklar: ", AccessGiven: "Dina uppgifter: ", AccessTaken: "Dina uppgifter: "},
		wrong: map[Kind]string{
			TokenMade:   "Om du inte själv skapade nyckeln, återkalla den, avsluta dina övriga inloggningar på sidan Mina uppgifter och meddela din organisations huvudanvändare.",
			AccessGiven: "Om uppgiften inte stämmer, meddela din organisations huvudanvändare.",
			AccessTaken: "Om uppgiften inte stämmer, meddela din organisations huvudanvändare.",
		},
		token: "Nyckel", role: "Roll", post: "Befattning", deputy: "som ställföreträdare", unit: "Enhet", forum: "Forum", actsIn: "Används i befattningen",
		scopes: "Programmet får", from: "Börjar", until: "I kraft", endless: "tills vidare", lastDay: "Sista dag", at: "Gjort", by: "Av", operator: "tjänstens drift",
		ended: "avslutad", never: "träder inte i kraft", notAtAll: "inte alls",
		roles: map[domain.Role]string{domain.RoleReader: "läsare", domain.RoleSecretary: "forumets sekreterare", domain.RoleManager: "chef", domain.RoleCoordinator: "koordinator", domain.RoleAuditor: "granskare", domain.RoleAdministrator: "huvudanvändare"},
		because: map[Kind]string{
			TokenMade:   "Du får detta meddelande eftersom nyckeln är i ditt namn.",
			AccessGiven: "Du får detta meddelande eftersom ändringen gäller dina rättigheter.",
			AccessTaken: "Du får detta meddelande eftersom ändringen gäller dina rättigheter.",
		},
		always: "Meddelanden om säkerhet skickas alltid och kan inte avslutas.",
	},
	domain.English: {
		subject: map[Kind]string{TokenMade: "An API token was made in your name: {thing}", AccessGiven: "You have been given: {thing}", AccessTaken: "The end of your role or post: {thing}"},
		lead: map[Kind]string{
			TokenMade:   "An API token was made in your name. A program can use it to read or change what is in the service in your name.",
			AccessGiven: "You have been given a role or a post in the service.",
			AccessTaken: "Your role or post in the service has been ended, or a last day has been set for it.",
		},
		page: map[Kind]string{TokenMade: "Your API tokens: ", AccessGiven: "Your details: ", AccessTaken: "Your details: "},
		wrong: map[Kind]string{
			TokenMade:   "If you did not make the token yourself, revoke it, sign out everywhere else on the page My details, and tell the administrator of your organisation.",
			AccessGiven: "If this is not right, tell the administrator of your organisation.",
			AccessTaken: "If this is not right, tell the administrator of your organisation.",
		},
		token: "Token", role: "Role", post: "Post", deputy: "as a deputy", unit: "Unit", forum: "Forum", actsIn: "Acts in the post",
		scopes: "The program may", from: "Begins", until: "In force", endless: "until further notice", lastDay: "Last day", at: "Done", by: "By", operator: "those who run the service",
		ended: "ended", never: "never in force", notAtAll: "not at all",
		roles: map[domain.Role]string{domain.RoleReader: "reader", domain.RoleSecretary: "forum secretary", domain.RoleManager: "manager", domain.RoleCoordinator: "coordinator", domain.RoleAuditor: "auditor", domain.RoleAdministrator: "administrator"},
		because: map[Kind]string{
			TokenMade:   "You get this message because the token is in your name.",
			AccessGiven: "You get this message because the change is about what you may do.",
			AccessTaken: "You get this message because the change is about what you may do.",
		},
		always: "Messages about security are always sent and cannot be stopped.",
	},
}

// writeAccess fills in what the mail says. It holds no secret: of a token its name.
func (m *Mail) writeAccess(about Access, lang domain.Lang, site string, texts Texts) {
	w := accessIn[lang]
	in := func(t domain.Text) string {
		s, _ := t.In(lang)
		return oneLine(s)
	}
	post := in(about.Post)
	if post != "" && about.Deputy {
		post += ", " + w.deputy
	}
	thing, page := post, site+"/"+string(lang)+"/my-details"
	switch {
	case m.Kind == TokenMade:
		thing, page = oneLine(about.Token), site+"/"+string(lang)+"/api-tokens"
	case about.Role != "":
		thing = w.roles[about.Role]
	}
	last := dayIn(about.ValidTo, lang)
	if m.Kind == AccessTaken {
		thing = strings.Join(notEmpty(thing, w.ending(about, last)), ", ")
	}
	values := map[Placeholder]string{AThing: thing, ALink: page, ABecause: w.because[m.Kind] + " " + w.always}
	m.Language, m.Subject = lang, oneLine(fill(texts.Subject.Of(lang), values))

	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	b.WriteString(fill(texts.Intro.Of(lang), values) + "\n\n")
	if m.Kind == TokenMade {
		line(w.token, oneLine(about.Token))
		line(w.actsIn, post)
		b.WriteString(w.scopes + ":\n")
		for _, s := range about.Scopes {
			b.WriteString("- " + in(s.Words()) + "\n")
		}
	} else {
		line(w.role, w.roles[about.Role])
		line(w.post, post)
		line(w.unit, in(about.Unit))
		line(w.forum, in(about.Forum))
		if m.Kind == AccessGiven {
			line(w.from, dayIn(about.ValidFrom, lang))
		}
	}
	switch {
	case about.never():
		line(w.until, w.notAtAll)
	case last == "" && m.Kind != AccessTaken:
		line(w.until, w.endless)
	default:
		line(w.lastDay, last)
	}
	line(w.at, inLanguage[lang].at(about.At.In(domain.Helsinki)))
	by := strings.Join(notEmpty(in(about.ByPost), in(about.ByParty)), ", ")
	if by == "" {
		by = w.operator
	}
	line(w.by, by)
	b.WriteString("\n" + fill(texts.Closing.Of(lang), values) + "\n")
	m.Body = b.String()
}

// ending says how far what was taken is over, with its last day as the language writes it:
// what goes on for a while is not told as gone.
func (w accessWords) ending(about Access, last string) string {
	switch {
	case about.never():
		return w.never
	case last == "":
		return ""
	case about.over():
		return w.ended + " " + last
	}
	return strings.ToLower(w.lastDay) + " " + last
}

func notEmpty(texts ...string) (out []string) {
	for _, s := range texts {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// dayIn is a day as the language writes it; "" for none.
func dayIn(d domain.Date, lang domain.Lang) string {
	if d.IsZero() {
		return ""
	}
	at := d.StartOfDay().In(domain.Helsinki)
	if lang == domain.English {
		return at.Format("2 January 2006")
	}
	return at.Format("2.1.2006")
}

// originalAccess are the texts that the product comes with.
func originalAccess(k Kind, of func(func(domain.Lang) string) domain.Text) Texts {
	return Texts{
		Subject: of(func(l domain.Lang) string { return accessIn[l].subject[k] }),
		Intro:   of(func(l domain.Lang) string { return accessIn[l].lead[k] }),
		Closing: of(func(l domain.Lang) string {
			w := accessIn[l]
			return w.page[k] + "{link}\n\n" + w.wrong[k] + "\n\n{because}\n" + inLanguage[l].automatic
		}),
	}
}

// exampleAccess is an example of what these mails tell.
func exampleAccess(k Kind, post domain.Text, now time.Time) Access {
	a := Access{At: now, ByParty: domain.Text{FI: "Esimerkkiorganisaatio", SV: "Exempelorganisation", EN: "Example organisation"}, Post: post, ByPost: post,
		ValidFrom: domain.DateOf(now), ValidTo: domain.DateOf(now).AddDays(90)}
	if k == TokenMade {
		a.Token, a.Scopes = "Esimerkki", []domain.TokenScope{domain.TokenRead, domain.TokenWriteActions}
		return a
	}
	a.Role = domain.RoleCoordinator
	return a
}
