package api_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// Topology: the forum LAPE with a secretary (Sanna, Espoo), a chair (Lauri,
// LUVN), two inspectors (Eeva, Espoo; Liisa, LUVN), a plain member (Mikko, Espoo)
// whose deputy is Diana, and a member of HUS (Heikki). Eeva deputises for Mikko
// too. Mikko reads Swedish, Heikki English.
func mailTopology(t *testing.T) (*apitest.Env, *apitest.Fixture, domain.ForumID) {
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	e.Hold(f, "Sanna", "espoo", "esp_secretary", "holder", "sanna@espoo.example")
	e.Hold(f, "Lauri", "luvn", "luvn_family_head", "holder", "lauri@luvn.example")
	e.Hold(f, "Eeva", "espoo", "esp_education_head", "holder", "eeva@espoo.example")
	e.Hold(f, "Eeva", "espoo", "esp_youth_head", "deputy", "eeva@espoo.example")
	e.Hold(f, "Liisa", "luvn", "luvn_older_head", "holder", "liisa@luvn.example")
	e.Hold(f, "Mikko", "espoo", "esp_youth_head", "holder", "mikko@espoo.example")
	e.Hold(f, "Diana", "espoo", "esp_youth_head", "deputy", "diana@espoo.example")
	e.Hold(f, "Heikki", "hus", "hus_liaison", "holder", "heikki@hus.example")
	e.Exec("update person set language = 'sv' where id = $1", f.Person["Mikko"])
	e.Exec("update person set language = 'en' where id = $1", f.Person["Heikki"])
	return e, f, forum
}

func sender(t *testing.T, s *apitest.MailServer) *mailer.Sender {
	t.Helper()
	out, err := mailer.New(mailer.Config{Host: s.Host, Port: s.Port, TLS: mailer.None, From: "yhdyspinta@example.fi", Timeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func addressees(got []apitest.Received) string {
	var out []string
	for _, r := range got {
		name, _, _ := strings.Cut(r.To, "@")
		out = append(out, name)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func to(t *testing.T, got []apitest.Received, name string) (subject, text, calendar string) {
	t.Helper()
	i := slices.IndexFunc(got, func(r apitest.Received) bool { return strings.HasPrefix(r.To, name+"@") })
	if i < 0 {
		t.Fatalf("no mail to %s", name)
	}
	m := got[i].Message(t)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if kind == "text/plain" {
		b, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if err != nil {
			t.Fatal(err)
		}
		return subject, string(b), ""
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return subject, text, calendar
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		switch kind := p.Header.Get("Content-Type"); {
		case strings.HasPrefix(kind, "text/calendar"):
			calendar = string(b)
		case strings.HasPrefix(kind, "text/plain"):
			text = string(b)
		}
	}
}

func mails(e *apitest.Env, who, query string) []api.SentMail {
	e.T.Helper()
	return apitest.As[api.List[api.SentMail]](e.As(who).Get("/mails" + query).Want(200)).Items
}

func states(list []api.SentMail) string {
	var out []string
	for _, m := range list {
		out = append(out, strings.TrimPrefix(m.Person.Name, "Person of ")+":"+string(m.State))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// A meeting is called, moved and cancelled: each participant's holder and
// deputies get one mail each time, in their language, with the agenda and a
// calendar entry whose UID stays and whose sequence rises.
func TestMeetingMails(t *testing.T) {
	t.Parallel()
	e, _, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "public")
	newItem(e, m.ID, "Tiedonsiirron\nohje", "public")
	newItem(e, m.ID, "Rajattu asia", "internal")
	e.As("lape secretary").Put("/meetings/"+m.ID.String(), `"1"`, meetingInput("2026-12-09", "public")).Want(200)
	e.DeliverMail(service)
	if got := server.Got(); len(got) != 0 {
		t.Fatalf("a draft sent %s", addressees(got))
	}

	called := step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	e.DeliverMail(service)
	got := server.Got()
	if a := addressees(got); a != "diana eeva heikki lauri liisa mikko sanna" {
		t.Fatalf("called: %s", a)
	}
	subject, text, calendar := to(t, got, "liisa")
	if subject != "Kokouskutsu: LAPE 1/2026, 9.12.2026 klo 13.00" {
		t.Errorf("subject %q", subject)
	}
	for _, line := range []string{"Sinut on kutsuttu foorumin LAPE kokoukseen.", "Aika: ke 9.12.2026 klo 13.00–15.00", "Paikka: Kaupungintalo", "1. Tiedonsiirron ohje",
		"2. Rajattu asia", "https://yhdyspinta.example/fi/meetings/" + m.ID.String(), "koska hoidat tehtävää luvn_older_head"} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
	first := fmt.Sprintf("SEQUENCE:%d\r\n", called.Version)
	for _, part := range []string{"METHOD:REQUEST\r\n", "UID:" + m.ID.String() + "@yhdyspinta.example\r\n", first, "STATUS:CONFIRMED\r\n",
		"DTSTART;TZID=Europe/Helsinki:20261209T130000\r\n"} {
		if !strings.Contains(calendar, part) {
			t.Errorf("no %q in\n%s", part, calendar)
		}
	}
	if strings.Contains(calendar, "Rajattu") || strings.Contains(calendar, "ohje") {
		t.Errorf("the calendar entry tells the agenda:\n%s", calendar)
	}
	if subject, text, _ := to(t, got, "mikko"); subject != "Möteskallelse: LAPE sv 1/2026, 9.12.2026 kl. 13.00" || !strings.Contains(text, "Plats: Stadshuset") || !strings.Contains(text, "1. Tiedonsiirron ohje sv") {
		t.Errorf("in Swedish: %q\n%s", subject, text)
	}
	if subject, text, _ := to(t, got, "heikki"); subject != "Meeting called: LAPE 1/2026, 9 December 2026 13:00" || !strings.Contains(text, "Time: Wed 9 December 2026, 13:00–15:00 (Helsinki time)") {
		t.Errorf("in English: %q\n%s", subject, text)
	}
	if _, text, _ := to(t, got, "diana"); !strings.Contains(text, "tehtävän esp_youth_head sijaisena") {
		t.Errorf("to a deputy:\n%s", text)
	}
	if _, text, _ := to(t, got, "eeva"); !strings.Contains(text, "koska hoidat tehtävää esp_education_head") {
		t.Errorf("to one who holds one post and deputises in another:\n%s", text)
	}

	// What a change of something else is nobody's mail; one of the time is.
	same := meetingInput("2026-12-09", "public")
	same["cases"] = []apitest.JSON{}
	etag := e.As("lape secretary").Get("/meetings/" + m.ID.String()).ETag()
	etag = e.As("lape secretary").Put("/meetings/"+m.ID.String(), etag, same).Want(200).ETag()
	e.DeliverMail(service)
	if len(server.Got()) != 7 {
		t.Errorf("a change of nothing sent %d mails", len(server.Got())-7)
	}
	moved := apitest.As[api.Meeting](e.As("lape secretary").Put("/meetings/"+m.ID.String(), etag, meetingInput("2026-12-10", "public")).Want(200))
	e.DeliverMail(service)
	got = server.Got()[7:]
	if a := addressees(got); a != "diana eeva heikki lauri liisa mikko sanna" {
		t.Fatalf("moved: %s", a)
	}
	subject, _, calendar = to(t, got, "liisa")
	if subject != "Kokouksen tiedot muuttuivat: LAPE 1/2026, 10.12.2026 klo 13.00" || !strings.Contains(calendar, "METHOD:REQUEST\r\n") ||
		!strings.Contains(calendar, fmt.Sprintf("SEQUENCE:%d\r\n", moved.Version)) || moved.Version <= called.Version || !strings.Contains(calendar, "20261210T130000") {
		t.Errorf("moved: %q\n%s", subject, calendar)
	}

	e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/cancellation", apitest.JSON{"reason": apitest.JSON{"fi": "Ei päätösvaltainen", "sv": "Inte beslutför"}}).Want(200)
	e.DeliverMail(service)
	got = server.Got()[14:]
	if a := addressees(got); a != "diana eeva heikki lauri liisa mikko sanna" {
		t.Fatalf("cancelled: %s", a)
	}
	subject, text, calendar = to(t, got, "mikko")
	if !strings.HasPrefix(subject, "Mötet är inställt: LAPE sv 1/2026") || !strings.Contains(text, "Orsak: Inte beslutför") || !strings.Contains(calendar, "METHOD:CANCEL\r\n") ||
		!strings.Contains(calendar, "STATUS:CANCELLED\r\n") || !strings.Contains(calendar, "UID:"+m.ID.String()+"@yhdyspinta.example\r\n") {
		t.Errorf("cancelled: %q\n%s\n%s", subject, text, calendar)
	}
}

// Topology: that of the mails, and the posts esp_coordinator (Sara, deputised by
// Diana, whom Mikko's post has called already), luvn_coordinator (Rolf) and
// luvn_secretary (Tiina), none of which is of the forum. Who is named a substitute
// before the meeting begins is called, once, and told when they are taken off.
func TestSubstitutesAreCalled(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "public")
	newItem(e, m.ID, "Tiedonsiirto", "public")
	step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	got := func() []apitest.Received {
		t.Helper()
		before := len(server.Got())
		e.DeliverMail(service)
		return server.Got()[before:]
	}
	e.Hold(f, "Sara", "espoo", "esp_coordinator", "holder", "sara@espoo.example")
	e.Hold(f, "Diana", "espoo", "esp_coordinator", "deputy", "diana@espoo.example")
	e.Hold(f, "Rolf", "luvn", "luvn_coordinator", "holder", "rolf@luvn.example")

	path := "/meetings/" + m.ID.String() + "/participants/"
	attend := func(member string, in apitest.JSON) apitest.Response {
		t.Helper()
		p := participantOf(t, apitest.As[api.Meeting](e.As("lape secretary").Get("/meetings/"+m.ID.String())), f.Post[member])
		in["inspector"], in["attendance"] = p.Inspector, "absent"
		return e.As("lape secretary").Put(path+p.ID.String(), fmt.Sprintf("%q", fmt.Sprint(p.Version)), in)
	}
	by := func(post string) apitest.JSON {
		return apitest.JSON{"substitute": apitest.JSON{"postId": f.Post[post]}}
	}

	// Neither marking somebody away nor a substitute in words is anybody's mail.
	attend("esp_youth_head", apitest.JSON{}).Want(200)
	attend("esp_youth_head", apitest.JSON{"substitute": apitest.JSON{"name": "varajäsen"}}).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("nobody was named: %s", a)
	}

	attend("esp_youth_head", by("esp_coordinator")).Want(200)
	attend("luvn_older_head", by("luvn_coordinator")).Want(200)
	called := got()
	if a := addressees(called); a != "rolf sara" {
		t.Fatalf("called as substitutes: %s", a)
	}
	subject, text, calendar := to(t, called, "sara")
	if subject != "Kokouskutsu: LAPE 1/2026, 8.12.2026 klo 13.00" {
		t.Errorf("subject %q", subject)
	}
	for _, line := range []string{"Sinut on kutsuttu foorumin LAPE kokoukseen.", "1. Tiedonsiirto",
		"koska hoidat tehtävää esp_coordinator. Tehtävä on nimetty tähän kokoukseen varsinaisen osallistujan tilalle."} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
	for _, part := range []string{"METHOD:REQUEST\r\n", "UID:" + m.ID.String() + "@yhdyspinta.example\r\n", "DTSTART;TZID=Europe/Helsinki:20261208T130000\r\n"} {
		if !strings.Contains(calendar, part) {
			t.Errorf("no %q in\n%s", part, calendar)
		}
	}
	first := sequence(t, calendar)

	// Named again, for the same member or another: told once.
	attend("esp_youth_head", apitest.JSON{}).Want(200)
	attend("esp_youth_head", by("esp_coordinator")).Want(200)
	attend("esp_youth_head", apitest.JSON{}).Want(200)
	attend("esp_education_head", by("esp_coordinator")).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("called again: %s", a)
	}

	// From then on a substitute is told what the participants are told.
	etag := e.As("lape secretary").Get("/meetings/" + m.ID.String()).ETag()
	e.As("lape secretary").Put("/meetings/"+m.ID.String(), etag, meetingInput("2026-12-09", "public")).Want(200)
	told := got()
	if a := addressees(told); a != "diana eeva heikki lauri liisa mikko rolf sanna sara" {
		t.Errorf("told of the new day: %s", a)
	}
	_, _, calendar = to(t, told, "sara")
	second := sequence(t, calendar)

	// Taken off: the date is taken out of their calendar. Diana comes for Mikko.
	attend("esp_education_head", apitest.JSON{}).Want(200)
	released := got()
	if a := addressees(released); a != "sara" {
		t.Fatalf("released: %s", a)
	}
	subject, text, calendar = to(t, released, "sara")
	if subject != "Kutsusi sijaiseksi on peruttu: LAPE 1/2026, 9.12.2026 klo 13.00" || !strings.Contains(text, "Kutsusi sijaiseksi foorumin LAPE kokoukseen on peruttu.") ||
		strings.Contains(text, "Tiedonsiirto") {
		t.Errorf("released: %q\n%s", subject, text)
	}
	for _, part := range []string{"METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "UID:" + m.ID.String() + "@yhdyspinta.example\r\n", "DTSTART;TZID=Europe/Helsinki:20261209T130000\r\n"} {
		if !strings.Contains(calendar, part) {
			t.Errorf("no %q in\n%s", part, calendar)
		}
	}
	third := sequence(t, calendar)

	// Called again, with a later date entry than the one that took it back.
	attend("esp_education_head", by("esp_coordinator")).Want(200)
	called = got()
	if a := addressees(called); a != "sara" {
		t.Fatalf("called after all: %s", a)
	}
	_, _, calendar = to(t, called, "sara")
	if fourth := sequence(t, calendar); !strings.Contains(calendar, "METHOD:REQUEST\r\n") || !(first < second && second < third && third < fourth) {
		t.Errorf("sequences %d, %d, %d, %d\n%s", first, second, third, fourth, calendar)
	}

	// Another post takes over; one that was never told is not told the contrary.
	e.Hold(f, "Tiina", "luvn", "luvn_secretary", "holder", "tiina@luvn.example")
	attend("luvn_older_head", by("luvn_secretary")).Want(200)
	if a := addressees(got()); a != "rolf tiina" {
		t.Errorf("taken over: %s", a)
	}
	attend("luvn_older_head", by("luvn_coordinator")).Want(200)
	attend("luvn_older_head", by("luvn_secretary")).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("nothing has changed: %s", a)
	}

	// Taken off while the call is on its way: neither is sent. Named again while
	// the release is: the first call stands.
	attend("luvn_older_head", by("luvn_coordinator")).Want(200)
	if _, err := service.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	attend("luvn_older_head", by("luvn_secretary")).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("back and forth between two drains: %s", a)
	}

	// Who has lost the post is not told.
	attend("luvn_older_head", apitest.JSON{}).Want(200)
	if _, err := service.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Exec("update holding set valid_to = '2026-11-22' where person_id = $1", f.Person["Tiina"])
	if a := addressees(got()); a != "" {
		t.Errorf("released without the post: %s", a)
	}

	// Named or taken off once the time has come.
	e.Advance(time.Date(2026, 12, 9, 11, 0, 0, 0, time.UTC).Sub(e.Now()))
	attend("luvn_older_head", by("luvn_coordinator")).Want(200)
	attend("esp_education_head", apitest.JSON{}).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("when it was time to begin: %s", a)
	}
}

// Topology: that of the mails. Mikko's post (esp_youth_head, deputised by Diana and Eeva) and
// HUS's (Heikki) leave the forum after the call and are taken off. Who was called
// for them is told, once, with the date taken out of their calendar; Eeva, who
// takes part for another post, is not, nor is who was never called.
func TestMembersTakenOffAreTold(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "public")
	newItem(e, m.ID, "Tiedonsiirto", "public")
	step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	before := len(server.Got())
	_, _, calendar := to(t, server.Got(), "mikko")
	first := sequence(t, calendar)
	got := func() []apitest.Received {
		t.Helper()
		from := len(server.Got())
		e.DeliverMail(service)
		return server.Got()[from:]
	}
	path := "/meetings/" + m.ID.String()
	leaves := func(post string) {
		t.Helper()
		e.Exec("update membership set valid_to = '2026-12-01' where post_id = $1", f.Post[post])
	}
	takeOff := func(post string) {
		t.Helper()
		p := participantOf(t, apitest.As[api.Meeting](e.As("lape secretary").Get(path)), f.Post[post])
		e.As("lape secretary").Post(path+"/participants/"+p.ID.String()+"/removal", nil, "If-Match", fmt.Sprintf("%q", fmt.Sprint(p.Version))).Want(200)
	}

	// Nobody is told before they are taken off: until then they take part.
	leaves("esp_youth_head")
	if a := addressees(got()); a != "" || before == 0 {
		t.Errorf("still taking part: %s", a)
	}
	takeOff("esp_youth_head")
	released := got()
	if a := addressees(released); a != "diana mikko" {
		t.Fatalf("taken off: %s", a)
	}
	subject, text, calendar := to(t, released, "mikko")
	if subject != "Din möteskallelse har återtagits: LAPE sv 1/2026, 8.12.2026 kl. 13.00" || !strings.Contains(text, "Din kallelse till ett möte i forumet LAPE sv har återtagits. Mötet hålls") ||
		strings.Contains(text, "Tiedonsiirto") {
		t.Errorf("taken off: %q\n%s", subject, text)
	}
	if subject, text, _ := to(t, released, "diana"); subject != "Kokouskutsusi on peruttu: LAPE 1/2026, 8.12.2026 klo 13.00" ||
		!strings.Contains(text, "Kutsusi foorumin LAPE kokoukseen on peruttu. Kokous pidetään, mutta sinun ei tarvitse tulla siihen.") || !strings.Contains(text, "tehtävän esp_youth_head sijaisena") {
		t.Errorf("taken off: %q\n%s", subject, text)
	}
	for _, part := range []string{"METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "UID:" + m.ID.String() + "@yhdyspinta.example\r\n", "DTSTART;TZID=Europe/Helsinki:20261208T130000\r\n"} {
		if !strings.Contains(calendar, part) {
			t.Errorf("no %q in\n%s", part, calendar)
		}
	}
	second := sequence(t, calendar)
	if got := states(mails(e, "auditor", "?kind=member_released")); got != "Diana:sent Mikko:sent" {
		t.Errorf("log: %s", got)
	}

	// What comes after concerns the others.
	etag := e.As("lape secretary").Get(path).ETag()
	e.As("lape secretary").Put(path, etag, meetingInput("2026-12-09", "public")).Want(200)
	if a := addressees(got()); a != "eeva heikki lauri liisa sanna" {
		t.Errorf("told of the new day: %s", a)
	}

	// A member again: called again, with a later entry than the one that took it back.
	e.Exec("update membership set valid_to = null where post_id = $1", f.Post["esp_youth_head"])
	e.As("lape secretary").Post(path+"/members", nil).Want(200)
	called := got()
	if a := addressees(called); a != "diana mikko" {
		t.Fatalf("called again: %s", a)
	}
	if _, _, calendar = to(t, called, "mikko"); !strings.Contains(calendar, "METHOD:REQUEST\r\n") || !(first < second && second < sequence(t, calendar)) {
		t.Errorf("sequences %d, %d\n%s", first, second, calendar)
	}

	// Taken off and in again between two drains: the first call stands.
	leaves("esp_youth_head")
	takeOff("esp_youth_head")
	if _, err := service.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Exec("update membership set valid_to = null where post_id = $1", f.Post["esp_youth_head"])
	e.As("lape secretary").Post(path+"/members", nil).Want(200)
	if a := addressees(got()); a != "" {
		t.Errorf("back and forth between two drains: %s", a)
	}

	// Once the time has come there is nothing to take back.
	leaves("hus_liaison")
	e.Advance(time.Date(2026, 12, 9, 11, 0, 0, 0, time.UTC).Sub(e.Now()))
	takeOff("hus_liaison")
	if a := addressees(got()); a != "" {
		t.Errorf("when it was time to begin: %s", a)
	}
}

// sequence is that of a calendar entry.
func sequence(t *testing.T, calendar string) int {
	t.Helper()
	_, after, _ := strings.Cut(calendar, "SEQUENCE:")
	digits, _, _ := strings.Cut(after, "\r\n")
	n, err := strconv.Atoi(digits)
	if err != nil {
		t.Fatalf("sequence in\n%s", calendar)
	}
	return n
}

// The paper awaits approval, and is published.
func TestPaperMails(t *testing.T) {
	t.Parallel()
	e, _, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "public")
	step(e, "lape secretary", m.ID, "call", "start")
	e.DeliverMail(service)
	calls := len(server.Got())
	step(e, "lape secretary", m.ID, "closure")
	step(e, "luvn inspector", m.ID, "approvals") // before her mail is on its way
	e.DeliverMail(service)
	asked := server.Got()[calls:]
	if a := addressees(asked); a != "eeva lauri" {
		t.Errorf("asked for approval: %s", a)
	}
	if subject, _, calendar := to(t, asked, "lauri"); subject != "Pöytäkirja odottaa hyväksyntääsi: LAPE 1/2026" || calendar != "" {
		t.Errorf("asked: %q %s", subject, calendar)
	}
	if got := states(mails(e, "auditor", "?kind=approval_asked")); got != "Eeva:sent Lauri:sent Liisa:superseded" {
		t.Errorf("log of those asked: %s", got)
	}
	step(e, "chair", m.ID, "approvals")
	step(e, "espoo inspector", m.ID, "approvals")
	step(e, "lape secretary", m.ID, "publication")
	e.DeliverMail(service)
	published := server.Got()[calls+2:]
	if a := addressees(published); a != "diana eeva heikki lauri liisa mikko sanna" {
		t.Errorf("told of publication: %s", a)
	}
	if subject, _, _ := to(t, published, "heikki"); subject != "Minutes published: LAPE 1/2026" {
		t.Errorf("published: %q", subject)
	}
}

// Access is that of the moment of sending: who lost the post, whose post left
// the forum, and who has no address gets nothing.
func TestNoMailToWhoLostAccess(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	m := newMeeting(e, forum, "2026-12-08", "internal")
	step(e, "lape secretary", m.ID, "call")
	if _, err := service.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Advance(48 * time.Hour)
	e.Exec("update holding set valid_to = '2026-11-23' where person_id = $1", f.Person["Mikko"])
	e.Exec("update holding set valid_to = '2026-11-23' where person_id = $1 and post_id = $2", f.Person["Eeva"], f.Post["esp_education_head"])
	e.Exec("update membership set valid_to = '2026-11-23' where post_id = $1", f.Post["hus_liaison"])
	e.Exec("update person set email = '' where id = $1", f.Person["Liisa"])
	e.DeliverMail(service)
	if a := addressees(server.Got()); a != "diana eeva lauri sanna" {
		t.Errorf("sent to %s", a)
	}
	if got := states(mails(e, "auditor", "")); got != "Diana:sent Eeva:sent Heikki:withheld Lauri:sent Liisa:no_address Mikko:withheld Sanna:sent" {
		t.Errorf("log: %s", got)
	}
	if _, text, _ := to(t, server.Got(), "eeva"); !strings.Contains(text, "tehtävän esp_youth_head sijaisena") {
		t.Errorf("Eeva is written to for the post that she still has:\n%s", text)
	}
}

// The server defers, refuses, cuts the connection, and the process dies between
// the server's yes and our note of it.
func TestMailIsTriedAgain(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	e.Exec("delete from holding where person_id <> $1", f.Person["Lauri"])
	server := apitest.NewMailServer(t)
	smtpSender := sender(t, server)
	service := e.Mails(smtpSender)
	m := newMeeting(e, forum, "2026-12-08", "public")
	step(e, "lape secretary", m.ID, "call")

	server.Then(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted, lauri@luvn.example"})
	e.DeliverMail(service)
	one := func() api.SentMail { t.Helper(); return mails(e, "auditor", "")[0] }
	if got := one(); got.State != mail.Queued || got.Failure != "deferred" || got.SMTPCode != "451 4.7.1" || !got.NextTryAt.Equal(e.Now().Add(time.Minute)) || got.Attempts != 1 {
		t.Errorf("deferred: %+v", got)
	}
	e.DeliverMail(service)
	if got := one(); got.Attempts != 1 {
		t.Errorf("tried before its time: %+v", got)
	}
	e.Advance(time.Minute)
	server.ThenCut(false)
	e.DeliverMail(service)
	if got := one(); got.State != mail.Queued || got.Failure != "unreachable" || got.InDoubt || got.Attempts != 2 {
		t.Errorf("cut before: %+v", got)
	}

	// Dies after DATA, before it commits.
	e.Advance(5 * time.Minute)
	dying := e.Mails(dies{smtpSender})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("did not die")
			}
		}()
		e.DeliverMail(dying)
	}()
	if got := one(); got.State != mail.Sending || len(server.Got()) != 1 {
		t.Errorf("dead: %+v, %d taken", got, len(server.Got()))
	}
	e.DeliverMail(service)
	e.DeliverMail(service)
	got := one()
	if got.State != mail.Sent || !got.InDoubt || got.Attempts != 4 || got.Failure != "" || got.SettledAt == nil {
		t.Errorf("sent again: %+v", got)
	}
	taken := server.Got()
	if len(taken) != 2 {
		t.Fatalf("%d mails were taken, want the one in doubt and its repetition", len(taken))
	}
	for _, r := range taken {
		if id := r.Message(t).Header.Get("Message-Id"); id != "<"+got.MessageID+">" {
			t.Errorf("Message-ID %s, want %s", id, got.MessageID)
		}
	}

	// For good.
	server.Then(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	step(e, "lape secretary", m.ID, "start", "closure")
	e.DeliverMail(service)
	if got := mails(e, "auditor", "?state=failed"); len(got) != 1 || got[0].Failure != "refused" || got[0].SMTPCode != "550 5.1.1" || got[0].NextTryAt != nil {
		t.Errorf("refused: %+v", got)
	}
	var addresses int
	e.Row(`select count(*) from mail where mail::text like '%luvn.example%'`, &addresses)
	if addresses != 0 {
		t.Error("the log keeps addresses")
	}
}

// dies is a process that is killed once the server has taken the mail.
type dies struct{ mail.Sender }

func (d dies) Send(ctx context.Context, l mail.Letter) error {
	if err := d.Sender.Send(ctx, l); err != nil {
		return err
	}
	panic("killed")
}

// The sent log: administrators see what went to people of their own party,
// auditors all, others nothing. Without a mail server the mails stand there
// unsent. The text is for who may read the papers, for a month.
func TestSentLog(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	service := e.Mails(nil)
	m := newMeeting(e, forum, "2026-12-08", "internal")
	newItem(e, m.ID, "Rajattu asia", "internal")
	step(e, "lape secretary", m.ID, "call")
	e.DeliverMail(service)
	for who, want := range map[string]string{
		"espoo administrator": "Diana:not_configured Eeva:not_configured Mikko:not_configured Sanna:not_configured",
		"luvn administrator":  "Lauri:not_configured Liisa:not_configured",
		"auditor":             "Diana:not_configured Eeva:not_configured Heikki:not_configured Lauri:not_configured Liisa:not_configured Mikko:not_configured Sanna:not_configured",
	} {
		if got := states(mails(e, who, "")); got != want {
			t.Errorf("%s sees %s", who, got)
		}
	}
	if got := mails(e, "espoo administrator", "?partyId="+f.Party["luvn"].String()); len(got) != 0 {
		t.Errorf("the other party's: %+v", got)
	}
	e.As("").Get("/mails").WantProblem(401, "sign_in_required")
	for _, who := range []string{"espoo coordinator", "luvn manager", "espoo reader", "lape secretary"} {
		e.As(who).Get("/mails").WantProblem(403, "forbidden")
	}

	luvn := mails(e, "luvn administrator", "?sort=queuedAt&state=not_configured&meetingId="+m.ID.String())[0]
	path := "/mails/" + luvn.ID.String()
	if luvn.Subject == "" || luvn.Post.Title.FI == "" || luvn.Meeting != "1/2026" || luvn.MessageID != luvn.ID.String()+"@yhdyspinta.example" || luvn.SettledAt == nil {
		t.Errorf("line %+v", luvn)
	}
	e.As("espoo administrator").Get(path).WantProblem(404, "mail_not_found")
	e.As("").Get(path).WantProblem(401, "sign_in_required")
	e.As("luvn manager").Get(path).WantProblem(403, "forbidden")
	e.As("auditor").Get("/mails/nothing").WantProblem(422, "validation_failed")
	if got := apitest.As[api.SentMailText](e.As("luvn administrator").Get(path).Want(200)); got.Body != "" || !got.Withheld || !got.Calendar {
		t.Errorf("an administrator without the papers reads %+v", got)
	}
	if got := apitest.As[api.SentMailText](e.As("auditor").Get(path).Want(200)); !strings.Contains(got.Body, "Rajattu asia") || got.Withheld {
		t.Errorf("the auditor reads %+v", got)
	}

	e.Advance(31 * 24 * time.Hour)
	if err := service.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := apitest.As[api.SentMailText](e.As("auditor").Get(path).Want(200)); got.Body != "" || got.Subject != "" || got.Withheld || got.State != mail.NotConfigured {
		t.Errorf("after a month: %+v", got)
	}
}

// The language in which a person is written to is theirs to choose, and logged.
func TestMailLanguage(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	c := e.As("espoo reader")
	c.Do(http.MethodPost, "/api/v1/me/language", apitest.JSON{"language": "sv"}).Want(204)
	c.Do(http.MethodPost, "/api/v1/me/language", apitest.JSON{"language": "de"}).WantProblem(422, "validation_failed")
	e.As("").Do(http.MethodPost, "/api/v1/me/language", apitest.JSON{"language": "sv"}).WantProblem(401, "sign_in_required")
	got := entries(e.As("auditor").Get("/audit/entries?permission=profile.edit"))
	if len(got) != 1 {
		t.Fatalf("entries %+v", got)
	}
	if c, ok := change(got[0], "language"); !ok || c.New != "sv" {
		t.Errorf("the entry %+v", got[0])
	}
}
