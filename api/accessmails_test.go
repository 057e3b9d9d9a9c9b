package api_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// Topology: the youth head's post of Espoo is held by Mikko, who reads Swedish, with Diana
// as deputy; the administrators of both parties have addresses too. Heikki of HUS has no
// address.
//
// A person is told of what others give them or take from them, by whom and until when, and
// of nothing that they do themselves; the sent log says why. None of it can be stopped.
func TestPeopleAreToldOfWhatTheyAreGiven(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.Hold(f, "Mikko", "espoo", "esp_youth_head", "holder", "mikko@espoo.example")
	e.Hold(f, "Diana", "espoo", "esp_youth_head", "deputy", "diana@espoo.example")
	e.Exec("update person set language = 'sv' where id = $1", f.Person["Mikko"])
	e.Exec("update person set email = 'admin@espoo.example' where id = $1", f.Person["espoo administrator"])
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.DeliverMail(service)
	if got := server.Got(); len(got) != 0 {
		t.Fatalf("told of nothing: %s", addressees(got))
	}
	seen := 0
	next := func(want string) []apitest.Received {
		t.Helper()
		e.DeliverMail(service)
		got := server.Got()[seen:]
		seen += len(got)
		if a := addressees(got); a != want {
			t.Fatalf("mails to %q, want %q", a, want)
		}
		for _, m := range got {
			if h := m.Message(t).Header; h.Get("List-Unsubscribe") != "" {
				t.Errorf("%s could stop it: %v", m.To, h)
			}
		}
		return got
	}
	admin := e.As("espoo administrator")

	// A role of a post: whoever holds or deputises it.
	g := apitest.As[api.Grant](admin.Post("/grants", apitest.JSON{"role": "coordinator", "postId": f.Post["esp_youth_head"], "validFrom": "2026-11-23", "validTo": "2027-06-30"}).Want(201))
	got := next("diana mikko")
	subject, text, _ := to(t, got, "diana")
	for _, want := range []string{"Rooli: koordinaattori", "Viimeinen päivä: 30.6.2027", "Tekijä: ", "eikä niitä voi lopettaa", "https://yhdyspinta.example/fi/my-details"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	if subject != "Sinulle on annettu: koordinaattori" {
		t.Error(subject)
	}
	if subject, text, _ = to(t, got, "mikko"); subject != "Du har fått: koordinator" || !strings.Contains(text, "https://yhdyspinta.example/sv/my-details") {
		t.Errorf("%s\n%s", subject, text)
	}
	// It is taken, with a reason that is not told by mail.
	admin.Post("/grants/"+g.ID.String()+"/end", apitest.JSON{"reason": "Salainen syy"}, "If-Match", etag(g.Version)).Want(200)
	got = next("diana mikko")
	for _, m := range got {
		if strings.Contains(string(m.Raw), "Salainen") {
			t.Error("it tells the reason")
		}
	}
	if subject, _, _ = to(t, got, "diana"); subject != "Roolisi tai tehtäväsi päättyminen: koordinaattori, päättynyt 23.11.2026" {
		t.Error(subject)
	}

	// A post: the person alone.
	e.Person(f, "Pia", "espoo")
	e.Exec("update person set email = 'pia@espoo.example', language = 'en' where id = $1", f.Person["Pia"])
	h := apitest.As[api.Holding](admin.Post("/holdings", apitest.JSON{"personId": f.Person["Pia"], "postId": f.Post["esp_youth_head"], "kind": "deputy", "validFrom": "2026-11-23"}).Want(201))
	if subject, text, _ = to(t, next("pia"), "pia"); !strings.HasPrefix(subject, "You have been given: ") || !strings.Contains(text, ", as a deputy") {
		t.Errorf("%s\n%s", subject, text)
	}
	admin.Post("/holdings/"+h.ID.String()+"/end", apitest.JSON{"lastDay": "2026-12-31"}, "If-Match", etag(h.Version)).Want(200)
	if subject, text, _ = to(t, next("pia"), "pia"); !strings.HasPrefix(subject, "The end of your role or post: ") || !strings.HasSuffix(subject, ", last day 31 December 2026") || !strings.Contains(text, "Last day: 31 December 2026") {
		t.Errorf("%s\n%s", subject, text)
	}

	// What somebody does to themselves they know; of what others have nobody else is told.
	admin.Post("/grants", apitest.JSON{"role": "auditor", "personId": f.Person["espoo administrator"], "validFrom": "2026-11-23"}).Want(201)
	next("")

	log := mails(e, "auditor", "?kind=access_given&kind=access_taken")
	reasons := map[string]string{}
	for _, m := range log {
		if m.State != "sent" || m.MeetingID != nil || len(m.Reasons) != 1 {
			t.Errorf("the log has %+v", m)
			continue
		}
		reasons[strings.TrimPrefix(m.Person.Name, "Person of ")] = string(m.Reasons[0])
	}
	if len(log) != 6 || reasons["Mikko"] != "holder" || reasons["Diana"] != "deputy" || reasons["Pia"] != "own" {
		t.Errorf("%d mails, for the reasons %v", len(log), reasons)
	}
	if n := len(mails(e, "luvn administrator", "?kind=access_given")); n != 0 {
		t.Errorf("the other party's administrator sees %d", n)
	}
	every := ""
	for _, k := range mail.Kinds {
		every += "&kind=" + string(k)
	}
	if n := len(mails(e, "auditor", "?limit=100"+every)); n != 6 {
		t.Errorf("of all kinds together there are %d", n)
	}
	mine := apitest.As[api.SentMailText](admin.Get("/mails/" + log[0].ID.String()).Want(200))
	if mine.Withheld || mine.Body == "" {
		t.Errorf("the administrator reads %+v", mine)
	}
}

// A token is told of to its owner whoever made it, without what opens it; what is revoked
// before the mail leaves was made all the same.
func TestPeopleAreToldOfATokenInTheirName(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	aino := s.browser()
	aino.signIn("espoo", "a", "/fi")
	s.Exec("update person set email = 'aino@espoo.example' where name = 'Aino Esimerkki'")
	made := of[api.NewAPIToken](t, aino.asJSON("POST", "/api-tokens", tokenInput("Raportti\nhttps://evil.example", domain.TokenRead)), 201)
	server := apitest.NewMailServer(t)
	service := s.Mails(sender(t, server))
	s.DeliverMail(service)
	got := server.Got()
	if addressees(got) != "aino" {
		t.Fatalf("mails to %q", addressees(got))
	}
	subject, text, _ := to(t, got, "aino")
	if subject != "Nimissäsi on luotu rajapintatunnus: Raportti https://evil.example" {
		t.Error(subject)
	}
	for _, want := range []string{"Ohjelma saa:", "- lukea sen, minkä tunnuksen omistaja näkee", "Viimeinen päivä: ", "/fi/api-tokens", "eikä niitä voi lopettaa"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(string(got[0].Raw), made.Secret) || strings.Contains(text, "yhp_") || strings.Contains(string(got[0].Raw), `href="https://evil`) {
		t.Errorf("it holds what it must not:\n%s", text)
	}
	// Nobody is asked twice, and no mail is made of a token that was refused.
	aino.asJSON("POST", "/api-tokens", tokenInput("", domain.TokenRead))
	s.Advance(time.Hour)
	s.DeliverMail(service)
	if n := len(server.Got()); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// What a newer version of the product has to tell while it is being put in the place of this
// one: this one neither throws such a notice away nor settles such a mail, and goes on with
// its own. The newer one then sends both.
func TestMailsOfANewerVersionAreLeftToIt(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	e.Hold(f, "Mikko", "espoo", "esp_youth_head", "holder", "mikko@espoo.example")
	e.Hold(f, "Diana", "espoo", "esp_education_head", "holder", "diana@espoo.example")
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	give := func(role, post string) {
		e.As("espoo administrator").Post("/grants", apitest.JSON{"role": role, "postId": f.Post[post], "validFrom": "2026-11-23"}).Want(201)
	}
	owner, err := pgx.Connect(t.Context(), e.Raw.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.WithoutCancel(t.Context()))
	if _, err := owner.Exec(t.Context(), `alter table outbox drop constraint chk_outbox_kind, drop constraint chk_outbox_about;
alter table mail drop constraint chk_mail_kind, drop constraint chk_mail_subject, drop constraint chk_mail_post, drop constraint chk_mail_entry`); err != nil {
		t.Fatal(err)
	}

	// A notice.
	give("coordinator", "esp_youth_head")
	e.Exec("update outbox set kind = 'of_tomorrow'")
	give("coordinator", "esp_education_head")
	e.DeliverMail(service)
	if got := addressees(server.Got()); got != "diana" {
		t.Errorf("mails to %q, want those of this version", got)
	}
	e.Exec("update outbox set kind = 'access_given'")
	e.DeliverMail(service)
	if got := addressees(server.Got()); got != "diana mikko" {
		t.Errorf("mails to %q, want also that of the newer version", got)
	}

	// A mail, also one that it was told to deliver.
	give("auditor", "esp_youth_head")
	if _, err := service.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	due, err := service.Due(t.Context())
	if err != nil || len(due) != 1 {
		t.Fatalf("due %v: %v", due, err)
	}
	e.Exec("update mail set kind = 'of_tomorrow' where id = $1", due[0])
	if err := service.Deliver(t.Context(), due[0]); err != nil {
		t.Error(err)
	}
	if others, err := service.Due(t.Context()); err != nil || len(others) != 0 {
		t.Errorf("due %v: %v", others, err)
	}
	if n := len(server.Got()); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}
	e.Exec("update mail set kind = 'access_given' where id = $1", due[0])
	e.DeliverMail(service)
	if got := addressees(server.Got()); got != "diana mikko mikko" {
		t.Errorf("mails to %q, want the second of Mikko's", got)
	}
}
