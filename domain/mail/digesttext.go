package mail

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
)

// digestWords are the daily mail in one language.
type digestWords struct {
	subject  string
	counted  map[Topic][2]string // one, and many with %d
	headings map[Topic]string    // of the parts
	lead     string
	post     map[Because]string // of a post; that of a manager also of a unit
	confirm  string             // what one press does, before the address
	rest     string             // with how many
	next     [2]string          // changes that the next mail tells: one, and many with %d
	more     string             // before the address of my work
	choose   string             // before the address of the choices
	stop     string             // before the topics
	why      string             // no mail is a key
	day      func(domain.Date) string
}

var digestIn = map[domain.Lang]digestWords{
	domain.Finnish: {
		subject: "Yhdyspinta: {counts}",
		counted: map[Topic][2]string{
			TopicLate: {"1 myöhässä", "%d myöhässä"}, TopicAcceptance: {"1 odottaa kantaasi", "%d odottaa kantaasi"},
			TopicPapers: {"1 kokousasia", "%d kokousasiaa"}, TopicStale: {"1 vahvistettava", "%d vahvistettavaa"},
			TopicDueSoon: {"1 määräaika lähellä", "%d määräaikaa lähellä"}, TopicRoundClosing: {"raportointi päättyy", "raportointi päättyy"},
			TopicRoundOpened: {"raportointi alkoi", "raportointi alkoi"}, TopicFollowing: {"1 muutos", "%d muutosta"},
		},
		headings: map[Topic]string{
			TopicLate: "Myöhässä", TopicAcceptance: "Odottaa kantaasi", TopicPapers: "Kokoukset ja asiakirjat", TopicStale: "Vahvistettava",
			TopicDueSoon: "Määräaika lähellä", TopicRoundClosing: "Raportointi päättyy", TopicRoundOpened: "Raportointi alkoi", TopicFollowing: "Seuraamasi",
		},
		lead: "Uutta ja muistutettavaa {day}.",
		post: map[Because]string{
			BecauseHolder: "Tehtävä, jota hoidat: %s", BecauseDeputy: "Tehtävä, jota hoidat sijaisena: %s",
			BecauseUnitManager: "Tehtävä, jolla ei ole hoitajaa, jolle voisi kirjoittaa: %s. Sait tämän, koska johdat yksikköä %s.",
			BecauseCoordinator: "Tehtävä, jolla ei ole hoitajaa, jolle voisi kirjoittaa: %s. Sait tämän, koska olet organisaatiosi koordinaattori.",
			BecauseFollower:    "Mitä on muuttunut siinä, mitä seuraat",
		},
		confirm: "Jos tieto pitää yhä paikkansa, avaa sivu ja paina ”Pitää yhä paikkansa”: ",
		rest:    "Lisäksi %d muuta, ks. Oma työ.",
		next:    [2]string{"Lisäksi 1 muutos kerrotaan seuraavassa koosteessa.", "Lisäksi %d muutosta kerrotaan seuraavassa koosteessa."},
		more:    "Oma työ, kaikki mikä odottaa sinua: ",
		choose:  "Valitse, mistä ja mihin aikaan sinulle kirjoitetaan: ",
		stop:    "Lopeta yksi aihe. Kirjautumista ei tarvita:",
		why:     "Viesti on lähetetty automaattisesti. Siihen ei voi vastata. Linkit eivät kirjaa sinua sisään eivätkä muuta mitään avaamalla.",
		day:     dotDay,
	},
	domain.Swedish: {
		subject: "Yhdyspinta: {counts}",
		counted: map[Topic][2]string{
			TopicLate: {"1 försenad", "%d försenade"}, TopicAcceptance: {"1 väntar på ditt svar", "%d väntar på ditt svar"},
			TopicPapers: {"1 mötesärende", "%d mötesärenden"}, TopicStale: {"1 att bekräfta", "%d att bekräfta"},
			TopicDueSoon: {"1 tidsfrist nära", "%d tidsfrister nära"}, TopicRoundClosing: {"rapporteringen avslutas", "rapporteringen avslutas"},
			TopicRoundOpened: {"rapporteringen har börjat", "rapporteringen har börjat"}, TopicFollowing: {"1 ändring", "%d ändringar"},
		},
		headings: map[Topic]string{
			TopicLate: "Försenat", TopicAcceptance: "Väntar på ditt svar", TopicPapers: "Möten och handlingar", TopicStale: "Att bekräfta",
			TopicDueSoon: "Tidsfristen nära", TopicRoundClosing: "Rapporteringen avslutas", TopicRoundOpened: "Rapporteringen har börjat", TopicFollowing: "Det du följer",
		},
		lead: "Nyheter och påminnelser {day}.",
		post: map[Because]string{
			BecauseHolder: "Befattning som du sköter: %s", BecauseDeputy: "Befattning som du sköter som ställföreträdare: %s",
			BecauseUnitManager: "Befattning utan innehavare som man kan skriva till: %s. Du får detta eftersom du leder enheten %s.",
			BecauseCoordinator: "Befattning utan innehavare som man kan skriva till: %s. Du får detta eftersom du är din organisations koordinator.",
			BecauseFollower:    "Vad som har ändrats i det du följer",
		},
		confirm: "Om uppgiften fortfarande stämmer, öppna sidan och tryck på ”Stämmer fortfarande”: ",
		rest:    "Dessutom %d till, se Mitt arbete.",
		next:    [2]string{"Dessutom 1 ändring berättas i nästa sammandrag.", "Dessutom %d ändringar berättas i nästa sammandrag."},
		more:    "Mitt arbete, allt som väntar på dig: ",
		choose:  "Välj vad och när du får post om: ",
		stop:    "Sluta få post om ett ämne. Du behöver inte logga in:",
		why:     "Meddelandet har skickats automatiskt. Det går inte att svara på det. Länkarna loggar inte in dig och ändrar ingenting genom att öppnas.",
		day:     dotDay,
	},
	domain.English: {
		subject: "Yhdyspinta: {counts}",
		counted: map[Topic][2]string{
			TopicLate: {"1 late", "%d late"}, TopicAcceptance: {"1 awaiting your answer", "%d awaiting your answer"},
			TopicPapers: {"1 meeting matter", "%d meeting matters"}, TopicStale: {"1 to confirm", "%d to confirm"},
			TopicDueSoon: {"1 due soon", "%d due soon"}, TopicRoundClosing: {"reporting closes", "reporting closes"},
			TopicRoundOpened: {"reporting has opened", "reporting has opened"}, TopicFollowing: {"1 change", "%d changes"},
		},
		headings: map[Topic]string{
			TopicLate: "Late", TopicAcceptance: "Awaiting your answer", TopicPapers: "Meetings and papers", TopicStale: "To confirm",
			TopicDueSoon: "Due soon", TopicRoundClosing: "Reporting closes", TopicRoundOpened: "Reporting has opened", TopicFollowing: "What you follow",
		},
		lead: "News and reminders of {day}.",
		post: map[Because]string{
			BecauseHolder: "A post that you hold: %s", BecauseDeputy: "A post that you deputise: %s",
			BecauseUnitManager: "A post without a holder who can be written to: %s. You get this because you manage the unit %s.",
			BecauseCoordinator: "A post without a holder who can be written to: %s. You get this because you are your organisation’s coordinator.",
			BecauseFollower:    "What has changed in what you follow",
		},
		confirm: "If it is still correct, open the page and press “Still correct”: ",
		rest:    "And %d more, see My work.",
		next:    [2]string{"1 more change follows in the next mail.", "%d more changes follow in the next mail."},
		more:    "My work, all that waits for you: ",
		choose:  "Choose what you are written about, and when: ",
		stop:    "Stop one topic. You need not sign in:",
		why:     "This message was sent automatically and cannot be replied to. Its links do not sign you in, and opening them changes nothing.",
		day:     func(d domain.Date) string { return d.StartOfDay().In(domain.Helsinki).Format("2 January 2006") },
	},
}

func dotDay(d domain.Date) string { return d.StartOfDay().In(domain.Helsinki).Format("2.1.2006") }

// shownItems is how many things of a topic one post's part of the mail shows. What
// changed in what the person follows is told once and stands on no page of theirs: all
// of it is shown.
const shownItems = 15

// writeDigest fills in what the daily mail says. stop makes the token that switches
// off a topic.
func (m *Mail) writeDigest(sections []Section, lang domain.Lang, site string, stop func(Topic) string, day domain.Date, texts Texts) {
	w := digestIn[lang]
	in := func(t domain.Text) string {
		s, _ := t.In(lang)
		return oneLine(s)
	}
	page := func(path string) string { return site + "/" + string(lang) + path }
	m.Language = lang
	var stops strings.Builder
	stops.WriteString(w.stop)
	for _, t := range topicsOf(sections) {
		fmt.Fprintf(&stops, "\n%s: %s", w.headings[t], page("/unsubscribe/"+stop(t)))
	}
	values := map[Placeholder]string{ACounts: w.count(sections), ADay: w.day(day), AMyWork: page("/my-work"), AChoices: page("/my-details#mail"), AUnsubscribe: stops.String()}
	m.Subject = oneLine(fill(texts.Subject.Of(lang), values))

	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s", fill(texts.Intro.Of(lang), values))
	for _, s := range sections {
		line("")
		title := w.post[s.Post.Because]
		switch s.Post.Because {
		case BecauseUnitManager:
			line(title, in(s.Post.Title), in(s.Post.Unit))
		case BecauseFollower:
			line("%s", title)
		default:
			line(title, in(s.Post.Title))
		}
		for _, topic := range Topics {
			n := 0
			for _, i := range s.Items {
				if i.Topic != topic {
					continue
				}
				if n == 0 {
					line("")
					line("%s", strings.ToUpper(w.headings[topic]))
				}
				if n++; n > shownItems && topic != TopicFollowing {
					continue
				}
				line("")
				line("%s: %s", in(i.Kind), in(i.Title))
				line("%s", in(i.Why))
				if i.Confirm {
					line("%s%s", w.confirm, page(i.Path))
				} else {
					line("%s", page(i.Path))
				}
			}
			if n > shownItems && topic != TopicFollowing {
				line("")
				line(w.rest, n-shownItems)
			}
		}
		if s.More > 0 {
			line("")
			line("%s", w.left(s.More))
		}
	}
	line("")
	line("%s", fill(texts.Closing.Of(lang), values))
	m.Body = b.String()
}

// left says how many changes the next mail tells.
func (w digestWords) left(n int) string {
	if n == 1 {
		return w.next[0]
	}
	return fmt.Sprintf(w.next[1], n)
}

// count is what the mail is about in few words: the first three topics, with how
// many things.
func (w digestWords) count(sections []Section) string {
	var parts []string
	for _, t := range topicsOf(sections) {
		n := 0
		for _, s := range sections {
			for _, i := range s.Items {
				if i.Topic == t {
					n++
				}
			}
		}
		words := w.counted[t][0]
		if n > 1 && strings.Contains(w.counted[t][1], "%d") {
			words = fmt.Sprintf(w.counted[t][1], n)
		}
		if parts = append(parts, words); len(parts) == 3 {
			break
		}
	}
	return strings.Join(parts, ", ")
}
