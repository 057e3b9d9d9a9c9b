package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
	"yhdyspinta/domain/mywork"
)

// Topology: Espoo's education head is Eeva, with the deputy Diana, who reads Swedish;
// nobody holds the post of the youth head; Kaisa is Espoo's coordinator, Sanna its
// secretary, Liisa holds a post of LUVN. Eeva's post leads an action that is late (1)
// and one due soon (2), the vacant one a late one (3), Liisa's nothing.
func digestTopology(t *testing.T) (*apitest.Env, *apitest.Fixture) {
	e := apitest.New(t)
	f := e.Organisation()
	e.Hold(f, "Eeva", "espoo", "esp_education_head", "holder", "eeva@espoo.example")
	e.Hold(f, "Diana", "espoo", "esp_education_head", "deputy", "diana@espoo.example")
	e.Hold(f, "Kaisa", "espoo", "esp_coordinator", "holder", "kaisa@espoo.example")
	e.Hold(f, "Sanna", "espoo", "esp_secretary", "holder", "sanna@espoo.example")
	e.Hold(f, "Liisa", "luvn", "luvn_older_head", "holder", "liisa@luvn.example")
	e.Exec("update person set language = 'sv' where id = $1", f.Person["Diana"])
	e.Grant(f, domain.RoleCoordinator, "espoo", "esp_coordinator", "")
	createAction(e, "espoo coordinator", actionInput(f, "Myöhästynyt", "esp_education_head", "2026-11-20"))
	createAction(e, "espoo coordinator", actionInput(f, "Lähestyvä", "esp_education_head", "2026-12-01"))
	createAction(e, "espoo coordinator", actionInput(f, "Ilman hoitajaa", "esp_youth_head", "2026-11-19"))
	return e, f
}

// morning makes and delivers the mails of a day and returns those that came since the
// last.
func morning(e *apitest.Env, service *mail.Service, server *apitest.MailServer) []apitest.Received {
	e.T.Helper()
	before := len(server.Got())
	e.MakeDigests(service)
	e.DeliverMail(service)
	return server.Got()[before:]
}

// sleep moves the clock to five past eight in Helsinki of a day of winter time.
func sleep(e *apitest.Env, day string) {
	e.T.Helper()
	at, err := time.Parse(time.RFC3339, day+"T06:05:00Z")
	if err != nil {
		e.T.Fatal(err)
	}
	e.Advance(at.Sub(e.Now()))
}

// Whom something waits for gets one mail in the morning, in their language, with why,
// by what they are told, and addresses; whom nothing waits for gets none. What was told
// is no news the next day, on a weekend or a holiday nobody is written to, and on
// Monday all is recalled. What waits for a vacant post is told to the coordinator, or
// to whoever manages the unit above as soon as somebody does.
func TestDigest(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))

	got := morning(e, service, server) // Monday 23 November
	if who := addressees(got); who != "diana eeva kaisa" {
		t.Fatalf("mail to %s", who)
	}
	subject, text, calendar := to(t, got, "eeva")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if subject != "Yhdyspinta: 1 myöhässä, 1 määräaika lähellä" || calendar != "" {
		t.Errorf("subject %q", subject)
	}
	for _, part := range []string{"Tehtävä, jota hoidat: esp_education_head\n", "MYÖHÄSSÄ\n\nToimenpide 1: Myöhästynyt\nMyöhässä 3 päivää. Määräaika oli 20.11.2026.\nhttps://yhdyspinta.example/fi/actions/1\n",
		"MÄÄRÄAIKA LÄHELLÄ\n\nToimenpide 2: Lähestyvä\nMääräaikaan on 8 päivää. Määräaika on 1.12.2026.\n", "https://yhdyspinta.example/fi/my-work\n",
		"https://yhdyspinta.example/fi/my-details#mail\n", "https://yhdyspinta.example/fi/unsubscribe/late~", "/unsubscribe/due_soon~"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
	if strings.Contains(text, "Ilman hoitajaa") || strings.Contains(text, "unsubscribe/stale~") {
		t.Errorf("too much in\n%s", text)
	}
	if subject, text, _ = to(t, got, "diana"); subject != "Yhdyspinta: 1 försenad, 1 tidsfrist nära" || !strings.Contains(text, "som du sköter som ställföreträdare: esp_education_head") || !strings.Contains(text, "Försenad 3 dagar.") {
		t.Errorf("%q\n%s", subject, text)
	}
	if _, text, _ = to(t, got, "kaisa"); !strings.Contains(text, "koska olet organisaatiosi koordinaattori") || !strings.Contains(text, "Toimenpide 3: Ilman hoitajaa") || strings.Contains(text, "Toimenpide 1") {
		t.Errorf("the coordinator reads\n%s", text)
	}
	lines := mails(e, "auditor", "?kind=digest")
	if got := states(lines); got != "Diana:sent Eeva:sent Kaisa:sent" {
		t.Errorf("the log: %s", got)
	}
	for _, l := range lines {
		want := map[string]string{"Person of Diana": "[late due_soon] [deputy]", "Person of Eeva": "[late due_soon] [holder]", "Person of Kaisa": "[late] [coordinator]"}[l.Person.Name]
		if got := fmt.Sprint(l.Topics, " ", l.Reasons); got != want || l.MeetingID != nil || l.Post == nil || l.Forum != nil {
			t.Errorf("%s: %s, %+v", l.Person.Name, got, l)
		}
	}

	if n := e.MakeDigests(service); n != 0 {
		t.Errorf("%d are looked at again the same day", n)
	}
	sleep(e, "2026-11-24")
	if got := morning(e, service, server); len(got) != 0 {
		t.Errorf("on Tuesday %s", addressees(got))
	}
	createAction(e, "espoo coordinator", actionInput(f, "Uusi", "esp_education_head", "2026-11-24")) // late on Wednesday
	sleep(e, "2026-11-25")
	got = morning(e, service, server)
	if _, text, _ := to(t, got, "eeva"); addressees(got) != "diana eeva" || !strings.Contains(text, "Toimenpide 4") || strings.Contains(text, "Toimenpide 1") {
		t.Errorf("on Wednesday to %s:\n%s", addressees(got), text)
	}
	for _, day := range []string{"2026-11-28", "2026-11-29", "2026-12-06"} {
		sleep(e, day)
		if n := e.MakeDigests(service); n != 0 {
			t.Errorf("%d are looked at on %s", n, day)
		}
	}
	e.Grant(f, domain.RoleManager, "espoo", "esp_secretary", "esp_top")
	sleep(e, "2026-12-07") // Monday
	got = morning(e, service, server)
	if who := addressees(got); who != "diana eeva sanna" {
		t.Fatalf("on Monday to %s", who)
	}
	if _, text, _ = to(t, got, "eeva"); !strings.Contains(text, "Toimenpide 1") || !strings.Contains(text, "Toimenpide 2") || !strings.Contains(text, "Toimenpide 4") {
		t.Errorf("on Monday\n%s", text)
	}
	if _, text, _ = to(t, got, "sanna"); !strings.Contains(text, "koska johdat yksikköä esp_top") || !strings.Contains(text, "Toimenpide 3") {
		t.Errorf("the manager reads\n%s", text)
	}
}

// Access, and what waits, are those of the moment of sending: what was done since the
// mail was queued is not told, nor is anything to who has lost the post. What was not
// told is news the next time.
func TestDigestIsWrittenWhenItIsSent(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	if n := e.MakeDigests(service); n != 5 {
		t.Errorf("%d people were looked at", n)
	}
	one := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200))
	report(e, "espoo coordinator", one, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}}).Want(200)
	three := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/3").Want(200))
	report(e, "espoo coordinator", three, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}}).Want(200)
	e.Exec("update holding set valid_to = '2026-11-22' where person_id = $1", f.Person["Diana"])
	e.DeliverMail(service)
	if got := states(mails(e, "auditor", "")); got != "Diana:withheld Eeva:sent Kaisa:superseded" {
		t.Fatalf("the log: %s", got)
	}
	if _, text, _ := to(t, server.Got(), "eeva"); strings.Contains(text, "Myöhästynyt") || !strings.Contains(text, "Lähestyvä") {
		t.Errorf("Eeva reads\n%s", text)
	}
	undo := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/3").Want(200)).Undoable
	e.As("espoo coordinator").Post(withdrawal(three, undo), nil).Want(200)
	sleep(e, "2026-11-24")
	if got := morning(e, service, server); addressees(got) != "kaisa" {
		t.Errorf("on Tuesday to %s", addressees(got))
	}
}

// A mail that the server puts off is written anew; one that may have arrived is not.
func TestDigestThatIsTriedAgain(t *testing.T) {
	t.Parallel()
	for name, doubt := range map[string]bool{"put off": false, "in doubt": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, f := digestTopology(t)
			for _, who := range []string{"Diana", "Kaisa"} {
				e.Exec("update person set email = '' where id = $1", f.Person[who])
			}
			server := apitest.NewMailServer(t)
			service := e.Mails(sender(t, server))
			e.MakeDigests(service)
			server.ThenCut(doubt)
			e.DeliverMail(service)
			one := apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/1").Want(200))
			report(e, "espoo coordinator", one, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Ohje"}}).Want(200)
			e.Advance(2 * time.Minute)
			e.DeliverMail(service)
			got := server.Got()
			_, text, _ := to(t, got[len(got)-1:], "eeva")
			if strings.Contains(text, "Myöhästynyt") != doubt || (len(got) == 2) != doubt {
				t.Errorf("%d times\n%s", len(got), text)
			}
		})
	}
}

// However many make it at once, and wherever one of them dies, a person's mail of a
// day is queued once.
func TestDigestIsMadeOnce(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	ctx := context.Background()
	eeva := f.Person["Eeva"]
	day := domain.DateOf(e.Now())

	for dies := 1; dies <= 2; dies++ { // after the day was noted, and before the mail was queued
		service := e.Mails(nil)
		calls := 0
		service.NewID = func() uuid.UUID {
			if calls++; calls == dies {
				panic("killed")
			}
			return domain.UUIDv7()
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("nobody died at %d", dies)
				}
			}()
			_ = service.MakeDigest(ctx, eeva, day)
		}()
		var rows int
		e.Row("select (select count(*) from digest) + (select count(*) from digest_item) + (select count(*) from mail)", &rows)
		if rows != 0 {
			t.Fatalf("%d rows are left of one that died at %d", rows, dies)
		}
	}

	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if err := e.Mails(nil).MakeDigest(ctx, eeva, day); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := e.Mails(nil).MakeDigest(ctx, eeva, day.AddDays(-1)); err != nil { // a job of yesterday
		t.Error(err)
	}
	if got := states(mails(e, "auditor", "")); got != "Eeva:queued" {
		t.Errorf("the log: %s", got)
	}
}

// A person says when and of what they want the mail; the link of a mail switches off
// one topic or all for one person without signing in, by a page or by the mail program
// (RFC 8058), and nothing by being opened.
func TestMailPreferences(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.ActIn("Eeva", f.Person["Eeva"], f.Post["esp_education_head"])
	e.ActIn("Kaisa", f.Person["Kaisa"], f.Post["esp_coordinator"])

	e.As("").Get("/me/mail").WantProblem(401, "sign_in_required")
	first := e.As("Eeva").Get("/me/mail").Want(200)
	if p := apitest.As[api.MailPreference](first); !p.Digest || p.Hour != 8 || len(p.Off) != 0 || p.Version != 1 || !strings.HasPrefix(first.ETag(), `"1-`) {
		t.Errorf("%+v %s", p, first.ETag())
	}
	choice := apitest.JSON{"digest": true, "hour": 9, "off": []string{"due_soon"}}
	e.As("Eeva").Do("PUT", "/api/v1/me/mail", choice).WantProblem(428, "if_match_required")
	e.As("Eeva").Put("/me/mail", `"1"`, apitest.JSON{"digest": true, "hour": 24, "off": []string{}}).Want(422)
	saved := e.As("Eeva").Put("/me/mail", `"1"`, choice).Want(200)
	if p := apitest.As[api.MailPreference](saved); p.Hour != 9 || p.Version != 2 || !slices.Equal(p.Off, []mail.Topic{"due_soon"}) {
		t.Errorf("%+v", p)
	}
	if entry := lastEntry(e, "mail_preference"); entry.permission != "profile.edit" || !strings.Contains(entry.changes, `"hour"`) || !strings.Contains(entry.changes, `"off"`) {
		t.Errorf("entry %+v", entry)
	}
	e.As("Eeva").Put("/me/mail", `"1"`, choice).WantProblem(412, "stale_version")

	if got := morning(e, service, server); addressees(got) != "diana kaisa" {
		t.Errorf("at eight to %s", addressees(got))
	}
	e.Advance(time.Hour)
	got := morning(e, service, server)
	if subject, _, _ := to(t, got, "eeva"); addressees(got) != "eeva" || subject != "Yhdyspinta: 1 myöhässä" {
		t.Errorf("at nine to %s: %s", addressees(got), subject)
	}

	// The link in the text: one topic.
	_, text, _ := to(t, server.Got(), "eeva")
	_, late, _ := strings.Cut(text, "/fi/unsubscribe/")
	late, _, _ = strings.Cut(strings.ReplaceAll(late, "\r", ""), "\n")
	e.As("").Post("/mail-unsubscriptions", apitest.JSON{"token": "all" + strings.TrimPrefix(late, "late")}).WantProblem(404, "mail_unsubscription_not_found")
	if got := apitest.As[api.MailUnsubscription](e.As("").Post("/mail-unsubscriptions", apitest.JSON{"token": late}).Want(200)); got.Topic != "late" {
		t.Errorf("stopped %+v", got)
	}
	if entry := lastEntry(e, "mail_preference"); entry.permission != "mail.unsubscribe" || !strings.Contains(entry.changes, "late") {
		t.Errorf("entry %+v", entry)
	}
	e.As("").Post("/mail-unsubscriptions", apitest.JSON{"token": late}).Want(200) // changes nothing any more
	if p := apitest.As[api.MailPreference](e.As("Eeva").Get("/me/mail").Want(200)); !p.Digest || p.Version != 3 || !slices.Equal(p.Off, []mail.Topic{"late", "due_soon"}) {
		t.Errorf("%+v", p)
	}

	// The header of the mail: all of it, by a program.
	i := slices.IndexFunc(server.Got(), func(r apitest.Received) bool { return strings.HasPrefix(r.To, "kaisa@") })
	header := server.Got()[i].Message(t).Header
	address := strings.Trim(header.Get("List-Unsubscribe"), "<>")
	if header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(address, "https://yhdyspinta.example/unsubscribe/all~") {
		t.Fatalf("header %q %q", header.Get("List-Unsubscribe"), header.Get("List-Unsubscribe-Post"))
	}
	address = e.URL + strings.TrimPrefix(address, "https://yhdyspinta.example")
	once := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	do := func(method, body string) *http.Response {
		t.Helper()
		req, err := http.NewRequest(method, address, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Accept-Language", "sv-FI")
		res, err := once.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		return res
	}
	if res := do("GET", ""); res.StatusCode != 302 || !strings.HasPrefix(res.Header.Get("Location"), "/sv/unsubscribe/all~") {
		t.Errorf("opened: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if res := do("POST", "other=form"); res.StatusCode != 422 {
		t.Errorf("another form: %d", res.StatusCode)
	}
	wanted := func() bool {
		return apitest.As[api.MailPreference](e.As("Kaisa").Get("/me/mail").Want(200)).Digest
	}
	if !wanted() {
		t.Error("it was stopped by being opened")
	}
	if res := do("POST", "List-Unsubscribe=One-Click"); res.StatusCode != 200 {
		t.Errorf("one click: %d", res.StatusCode)
	}
	if wanted() {
		t.Error("one click did not stop it")
	}
	sleep(e, "2026-11-30") // Monday
	if got := morning(e, service, server); addressees(got) != "diana" {
		t.Errorf("after all that to %s", addressees(got))
	}
}

// Mails of meetings have no such header: they are calls.
func TestMeetingMailsCannotBeStopped(t *testing.T) {
	t.Parallel()
	e, _, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	m := newMeeting(e, forum, "2026-12-08", "public")
	e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)
	e.DeliverMail(e.Mails(sender(t, server)))
	for _, r := range server.Got() {
		if h := r.Message(t).Header.Get("List-Unsubscribe"); h != "" {
			t.Errorf("to %s: %s", r.To, h)
		}
	}
	if len(server.Got()) == 0 {
		t.Error("nothing was sent")
	}
}

// Of a reporting round people are told once that it is open and asks something of
// them, five working days before a last day what is missing, and after it too; the
// coordinator of the plan's own report. What was reported is not asked for.
func TestDigestTellsOfRounds(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	goal := apitest.As[api.Goal](e.As("espoo coordinator").Post("/goals", goalInput(f, "Tavoite", "public")).Want(201))
	in := actionInput(f, "Raportoitava", "esp_education_head", "2027-12-31")
	in["goalIds"] = []any{goal.ID}
	a := createAction(e, "espoo coordinator", in)
	openRound(e, "espoo coordinator", roundInput(f, "annual_2026", "2027-01-29"))
	got := morning(e, service, server)
	_, text, _ := to(t, got, "eeva")
	for _, part := range []string{"RAPORTOINTI ALKOI", "Raportointikierros: Vuosi 2026", "Toimenpiteet: 1, viimeistään", "/fi/rounds/annual_2026"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
	if _, text, _ = to(t, got, "kaisa"); !strings.Contains(text, "Suunnitelma: 1, viimeistään 29.1.2027.") || strings.Contains(text, "Toimenpiteet:") {
		t.Errorf("the coordinator reads\n%s", text)
	}
	r := getRound(e, "", "annual_2026")
	due := r.Levels[0].DueOn
	before, _ := domain.AddWorkingDays(due, -5)
	for _, tt := range []struct {
		day  domain.Date
		want string
	}{{before, "Viimeinen päivä on "}, {due.AddDays(3), "Viimeinen päivä oli "}} {
		sleep(e, tt.day.String())
		_, text, _ = to(t, morning(e, service, server), "eeva")
		if !strings.Contains(text, "RAPORTOINTI PÄÄTTYY") || !strings.Contains(text, "Toimenpiteet: 1 raportoimatta. "+tt.want) || strings.Contains(text, "RAPORTOINTI ALKOI") {
			t.Errorf("on %s\n%s", tt.day, text)
		}
	}
	a = apitest.As[api.Action](e.As("espoo coordinator").Get("/actions/" + a.ID.String()).Want(200))
	report(e, "espoo coordinator", a, apitest.JSON{"status": "in_progress"}).Want(200)
	sleep(e, due.AddDays(14).String())
	for _, r := range morning(e, service, server) {
		if strings.HasPrefix(r.To, "eeva@") {
			if _, text, _ := to(t, []apitest.Received{r}, "eeva"); strings.Contains(text, "Toimenpiteet: 1 raportoimatta") {
				t.Errorf("after the report\n%s", text)
			}
		}
	}
}

// Whatever can wait has its place in the mail.
func TestEveryReasonHasItsTopic(t *testing.T) {
	t.Parallel()
	reasons := mywork.Reasons()
	if len(reasons) < 15 {
		t.Fatalf("only %v", reasons)
	}
	for _, r := range reasons {
		topic, ok := api.TopicOf(r)
		if !ok || !slices.Contains(mail.Topics, topic) {
			t.Errorf("%s has the topic %q", r, topic)
		}
	}
	// Titles of referrals are for few, as papers are: whoever may not read them does not
	// read such mails in the log.
	for _, r := range []mywork.Reason{mywork.ReasonReply, mywork.ReasonReplyLate, mywork.ReasonReturned, mywork.ReasonUnanswered} {
		if topic, _ := api.TopicOf(r); topic != mail.TopicPapers {
			t.Errorf("%s has the topic %q", r, topic)
		}
	}
}

// What a mail could not tell, since there was no mail server or no address, was not
// told: it is told as soon as it can be, also what is told once only, and not again after
// that.
func TestDigestTellsWhatCouldNotBeSent(t *testing.T) {
	t.Parallel()
	e, f := digestTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	if got := morning(e, e.Mails(nil), server); len(got) != 0 {
		t.Fatalf("without a mail server %s", addressees(got))
	}
	if got := states(mails(e, "auditor", "?kind=digest")); got != "Diana:not_configured Eeva:not_configured Kaisa:not_configured" {
		t.Fatalf("the log: %s", got)
	}
	// On Tuesday there is one; Eeva's address was taken away after her mail was queued.
	sleep(e, "2026-11-24")
	e.MakeDigests(service)
	e.Exec("update person set email = '' where id = $1", f.Person["Eeva"])
	e.DeliverMail(service)
	if got := addressees(server.Got()); got != "diana kaisa" {
		t.Fatalf("on Tuesday to %s", got)
	}
	e.Exec("update person set email = 'eeva@espoo.example' where id = $1", f.Person["Eeva"])
	sleep(e, "2026-11-25")
	got := morning(e, service, server)
	if addressees(got) != "eeva" {
		t.Fatalf("on Wednesday to %s", addressees(got))
	}
	if _, text, _ := to(t, got, "eeva"); !strings.Contains(text, "Myöhästynyt") {
		t.Errorf("Eeva reads\n%s", text)
	}
	sleep(e, "2026-11-26")
	if got := morning(e, service, server); len(got) != 0 {
		t.Errorf("on Thursday to %s", addressees(got))
	}
}
