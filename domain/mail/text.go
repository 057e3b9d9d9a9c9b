package mail

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// words are the mails in one language.
type words struct {
	subject   map[Kind]string // see template.go for what may stand in braces
	lead      map[Kind]string
	minutes   [2]string // what a memo and what minutes are called, as a subject begins
	meeting   string
	when      string
	where     string
	reason    string // why it was cancelled
	agenda    string
	hidden    string
	reserved  string // minutes of an item
	page      string
	because   string // of a post
	deputy    string // of a post
	standIn   string // after either, where the post takes a participant's place
	automatic string
	weekdays  [7]string
	period    func(start, end time.Time, weekday string) string
	at        func(start time.Time) string
}

func dotted(at string) (func(time.Time, time.Time, string) string, func(time.Time) string) {
	return func(start, end time.Time, weekday string) string {
			if domain.DateOf(start) != domain.DateOf(end) {
				return weekday + start.Format(" 2.1.2006 "+at+" ") + hour(start) + "–" + end.Format("2.1.2006 "+at+" ") + hour(end)
			}
			return weekday + start.Format(" 2.1.2006 "+at+" ") + hour(start) + "–" + hour(end)
		}, func(start time.Time) string {
			return start.Format("2.1.2006 "+at+" ") + hour(start)
		}
}

// hour is a time of day without a zero before it, as on the pages: 8.05.
func hour(t time.Time) string { return strconv.Itoa(t.Hour()) + t.Format(".04") }

var inLanguage = map[domain.Lang]words{
	domain.Finnish: {
		subject: map[Kind]string{
			MeetingCalled:    "Kokouskutsu: {forum} {number}, {time}",
			MeetingChanged:   "Kokouksen tiedot muuttuivat: {forum} {number}, {time}",
			MeetingCancelled: "Kokous on peruttu: {forum} {number}, {time}",
			ApprovalAsked:    "{paper} odottaa hyväksyntääsi: {forum} {number}",
			MeetingPublished: "{paper} on julkaistu: {forum} {number}",

			SubstituteReleased: "Kutsusi sijaiseksi on peruttu: {forum} {number}, {time}",
			MemberReleased:     "Kokouskutsusi on peruttu: {forum} {number}, {time}",
		},
		lead: map[Kind]string{
			MeetingCalled:    "Sinut on kutsuttu foorumin {forum} kokoukseen.",
			MeetingChanged:   "Foorumin {forum} kokouksen aika, paikka tai nimi on muuttunut. Voimassa ovat nämä tiedot:",
			MeetingCancelled: "Foorumin {forum} kokous on peruttu.",
			ApprovalAsked:    "Foorumin {forum} kokous on päättynyt. Lue sen asiakirja ja hyväksy se, tai pyydä sihteeriä korjaamaan.",
			MeetingPublished: "Foorumin {forum} kokouksen asiakirja on hyväksytty ja julkaistu.",

			SubstituteReleased: "Kutsusi sijaiseksi foorumin {forum} kokoukseen on peruttu. Sinun ei tarvitse tulla kokoukseen.",
			MemberReleased:     "Kutsusi foorumin {forum} kokoukseen on peruttu. Kokous pidetään, mutta sinun ei tarvitse tulla siihen.",
		},
		minutes: [2]string{"Muistio", "Pöytäkirja"},
		meeting: "Kokous", when: "Aika", where: "Paikka", reason: "Syy", agenda: "Esityslista", hidden: "(asia, jonka tietoja et voi nähdä)", reserved: "%d min",
		page:    "Kokouksen sivu: ",
		because: "Sait tämän viestin, koska hoidat tehtävää %s.", deputy: "Sait tämän viestin tehtävän %s sijaisena.",
		standIn:   "Tehtävä on nimetty tähän kokoukseen varsinaisen osallistujan tilalle.",
		automatic: "Viesti on lähetetty automaattisesti. Siihen ei voi vastata.",
		weekdays:  [7]string{"su", "ma", "ti", "ke", "to", "pe", "la"},
	},
	domain.Swedish: {
		subject: map[Kind]string{
			MeetingCalled:    "Möteskallelse: {forum} {number}, {time}",
			MeetingChanged:   "Mötets uppgifter har ändrats: {forum} {number}, {time}",
			MeetingCancelled: "Mötet är inställt: {forum} {number}, {time}",
			ApprovalAsked:    "{paper} väntar på ditt godkännande: {forum} {number}",
			MeetingPublished: "{paper} är publicerat: {forum} {number}",

			SubstituteReleased: "Din kallelse som ersättare har återtagits: {forum} {number}, {time}",
			MemberReleased:     "Din möteskallelse har återtagits: {forum} {number}, {time}",
		},
		lead: map[Kind]string{
			MeetingCalled:    "Du är kallad till ett möte i forumet {forum}.",
			MeetingChanged:   "Tiden, platsen eller namnet på ett möte i forumet {forum} har ändrats. Följande gäller:",
			MeetingCancelled: "Mötet i forumet {forum} är inställt.",
			ApprovalAsked:    "Mötet i forumet {forum} har avslutats. Läs handlingen och godkänn den, eller be sekreteraren rätta den.",
			MeetingPublished: "Handlingen från mötet i forumet {forum} har godkänts och publicerats.",

			SubstituteReleased: "Din kallelse som ersättare till ett möte i forumet {forum} har återtagits. Du behöver inte delta i mötet.",
			MemberReleased:     "Din kallelse till ett möte i forumet {forum} har återtagits. Mötet hålls, men du behöver inte delta i det.",
		},
		minutes: [2]string{"PM", "Protokollet"},
		meeting: "Möte", when: "Tid", where: "Plats", reason: "Orsak", agenda: "Föredragningslista", hidden: "(ett ärende vars uppgifter du inte kan se)", reserved: "%d min",
		page:    "Mötets sida: ",
		because: "Du får detta meddelande eftersom du sköter befattningen %s.", deputy: "Du får detta meddelande som ställföreträdare för befattningen %s.",
		standIn:   "Befattningen har utsetts att delta i mötet i stället för en ordinarie deltagare.",
		automatic: "Meddelandet har skickats automatiskt. Det går inte att svara på det.",
		weekdays:  [7]string{"sö", "må", "ti", "on", "to", "fr", "lö"},
	},
	domain.English: {
		subject: map[Kind]string{
			MeetingCalled:    "Meeting called: {forum} {number}, {time}",
			MeetingChanged:   "Meeting changed: {forum} {number}, {time}",
			MeetingCancelled: "Meeting cancelled: {forum} {number}, {time}",
			ApprovalAsked:    "{paper} awaiting your approval: {forum} {number}",
			MeetingPublished: "{paper} published: {forum} {number}",

			SubstituteReleased: "Your call as a substitute has been withdrawn: {forum} {number}, {time}",
			MemberReleased:     "Your call to a meeting has been withdrawn: {forum} {number}, {time}",
		},
		lead: map[Kind]string{
			MeetingCalled:    "You are called to a meeting of the forum {forum}.",
			MeetingChanged:   "The time, place or name of a meeting of the forum {forum} has changed. It is now:",
			MeetingCancelled: "The meeting of the forum {forum} has been cancelled.",
			ApprovalAsked:    "The meeting of the forum {forum} has been closed. Read its paper and approve it, or ask the secretary to correct it.",
			MeetingPublished: "The paper of the meeting of the forum {forum} has been approved and published.",

			SubstituteReleased: "Your call as a substitute to a meeting of the forum {forum} has been withdrawn. You need not attend it.",
			MemberReleased:     "Your call to a meeting of the forum {forum} has been withdrawn. The meeting is held, but you need not attend it.",
		},
		minutes: [2]string{"Memo", "Minutes"},
		meeting: "Meeting", when: "Time", where: "Place", reason: "Reason", agenda: "Agenda", hidden: "(an item whose details you may not see)", reserved: "%d min",
		page:    "Page of the meeting: ",
		because: "You get this message because you hold the post %s.", deputy: "You get this message as a deputy in the post %s.",
		standIn:   "The post has been named to take a participant’s place at this meeting.",
		automatic: "This message was sent automatically and cannot be replied to.",
		weekdays:  [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	},
}

func init() {
	for lang, at := range map[domain.Lang]string{domain.Finnish: "klo", domain.Swedish: "kl."} {
		w := inLanguage[lang]
		w.period, w.at = dotted(at)
		inLanguage[lang] = w
	}
	w := inLanguage[domain.English]
	w.period = func(start, end time.Time, weekday string) string {
		if domain.DateOf(start) != domain.DateOf(end) {
			return weekday + start.Format(" 2 January 2006 15:04–") + end.Format("2 January 2006 15:04") + " (Helsinki time)"
		}
		return weekday + start.Format(" 2 January 2006, 15:04–") + end.Format("15:04") + " (Helsinki time)"
	}
	w.at = func(start time.Time) string { return start.Format("2 January 2006 15:04") }
	inLanguage[domain.English] = w
}

// write fills in what the mail says of a meeting to a person in a post. What the
// person may not see is not in it. The calendar entry says nothing of the
// agenda: calendars are shared with people who may not see it.
func (m *Mail) write(about Meeting, to Standing, person Person, site, host string, texts Texts) {
	lang := person.Language
	w := inLanguage[lang]
	in := func(t domain.Text) string {
		s, _ := t.In(lang)
		return oneLine(s)
	}
	forum, number := in(about.Forum), fmt.Sprintf("%d/%d", about.Number, about.Year)
	start, end := about.StartsAt.In(domain.Helsinki), about.EndsAt.In(domain.Helsinki)
	paper := w.minutes[0]
	if about.Minutes {
		paper = w.minutes[1]
	}
	page := site + "/" + string(lang) + "/meetings/" + about.ID.String()

	m.PostID, m.Language, m.Sequence = to.Actor.PostID, lang, max(about.Version, person.Told.Sequence+1)
	because := w.because
	if to.Deputy {
		because = w.deputy
	}
	if to.Substitute {
		because += " " + w.standIn
	}
	values := map[Placeholder]string{AForum: forum, ANumber: number, ATime: w.at(start), APaper: paper, ALink: page, ABecause: fmt.Sprintf(because, in(to.Title))}
	m.Subject = oneLine(fill(texts.Subject.Of(lang), values))

	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s", fill(texts.Intro.Of(lang), values))
	line("")
	name := number
	if t := in(about.Title); t != "" {
		name += " " + t
	}
	line("%s: %s", w.meeting, name)
	line("%s: %s", w.when, w.period(start, end, w.weekdays[start.Weekday()]))
	if p := in(about.Place); p != "" {
		line("%s: %s", w.where, p)
	}
	if m.Kind == MeetingCancelled {
		if r := in(about.Reason); r != "" {
			line("%s: %s", w.reason, r)
		}
	}
	if m.Kind.calls() && len(about.Items) > 0 {
		line("")
		line("%s", w.agenda)
		for _, i := range about.Items {
			switch {
			case i.Hidden && i.No == 0: // a heading says nothing but its title
			case i.Hidden:
				line("%s%s", i.number(), w.hidden)
			case i.Minutes > 0:
				line("%s%s ("+w.reserved+")", i.number(), in(i.Title), i.Minutes)
			default:
				line("%s%s", i.number(), in(i.Title))
			}
		}
	}
	line("")
	line("%s", fill(texts.Closing.Of(lang), values))
	m.Body = b.String()

	if !m.Kind.dated() {
		return
	}
	summary := forum + " " + number
	if t := in(about.Title); t != "" {
		summary += ": " + t
	}
	m.Event = &Event{UID: about.ID.String() + "@" + host, Sequence: m.Sequence, Cancelled: !m.Kind.calls(), Summary: summary,
		Description: w.page + page, Location: in(about.Place), URL: page, Organizer: forum,
		StartsAt: about.StartsAt, EndsAt: about.EndsAt, ChangedAt: about.UpdatedAt}
}

// number is what stands before the title: nothing before a heading's.
func (i AgendaLine) number() string {
	switch {
	case i.No == 0:
		return ""
	case i.Sub > 0:
		return fmt.Sprintf("%d.%d ", i.No, i.Sub)
	}
	return fmt.Sprintf("%d. ", i.No)
}

// dated reports whether mails of the kind carry a calendar entry.
func (k Kind) dated() bool {
	return k.calls() || k == MeetingCancelled || k.Releases()
}

// calls reports whether mails of the kind ask the person to come.
func (k Kind) calls() bool { return k == MeetingCalled || k == MeetingChanged }

// oneLine keeps what somebody typed from breaking the line that it stands in.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
