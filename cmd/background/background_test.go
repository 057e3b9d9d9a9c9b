package background_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/cmd/background"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
	"yhdyspinta/domain/mail"
)

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// dieOnce dies the first time, after the server has taken the mail.
type dieOnce struct {
	mail.Sender
	died *atomic.Bool
}

func (d dieOnce) Send(ctx context.Context, l mail.Letter) error {
	if err := d.Sender.Send(ctx, l); err != nil {
		return err
	}
	if d.died.CompareAndSwap(false, true) {
		panic("killed after the server's yes")
	}
	return nil
}

// Two instances work on one database: each mail is sent once, but for the one
// whose job died between the server's yes and the commit. That is sent again
// with its Message-ID, and marked. Both stop when they are told to.
func TestInstancesShareTheWork(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	var forum domain.ForumID
	forum.SetNew(domain.UUIDv7)
	e.Exec(`insert into forum (id, key, title_fi, title_sv, title_en, purpose_fi, purpose_sv, purpose_en, level, reach, paper, meetings_per_year, valid_from, visibility, version, created_at, updated_at)
values ($1, 'lape', 'LAPE', 'LAPE', 'LAPE', 'p', 'p', 'p', 'strategic', 'bilateral', 'memo', 4, '2026-01-01', 'public', 1, $2, $2)`, forum, e.Now())
	for i, post := range []string{"esp_secretary", "esp_education_head", "luvn_family_head", "luvn_older_head"} {
		e.Exec(`insert into membership (id, forum_id, post_id, role, valid_from, version) values (gen_random_uuid(), $1, $2, $3, '2026-01-01', 1)`,
			forum, f.Post[post], []string{"secretary", "member", "chair", "member"}[i])
		e.Hold(f, "holder of "+post, map[bool]string{true: "espoo", false: "luvn"}[strings.HasPrefix(post, "esp_")], post, "holder", post+"@example.fi")
	}
	e.Name("secretary", domain.Actor{PersonID: f.Person["holder of esp_secretary"], PostID: f.Post["esp_secretary"], PartyID: f.Party["espoo"],
		Grants: []domain.ActiveGrant{{Role: domain.RoleSecretary, PartyID: f.Party["espoo"], ForumID: forum}}, Forums: []domain.ForumID{forum}})
	m := apitest.As[api.Meeting](e.As("secretary").Post("/forums/"+forum.String()+"/meetings", apitest.JSON{
		"startsAt": "2026-12-08T11:00:00Z", "endsAt": "2026-12-08T13:00:00Z", "visibility": "public"}).Want(201))
	e.As("secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)

	server := apitest.NewMailServer(t)
	smtp, err := mailer.New(mailer.Config{Host: server.Host, Port: server.Port, TLS: mailer.None, From: "yhdyspinta@example.fi"})
	if err != nil {
		t.Fatal(err)
	}
	died := new(atomic.Bool)
	log := slog.New(slog.NewTextHandler(testLog{t}, nil))
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var instances []*background.Runner
	for range 2 {
		r, err := background.Start(ctx, e.DB, background.Services{Mail: e.Mails(dieOnce{smtp, died}), Jobs: e.Jobs(), Keys: e.Keys(), DecisionFeeds: e.DecisionFeeds(nil)}, log)
		if err != nil {
			t.Fatal(err)
		}
		instances = append(instances, r)
	}
	server.Wait(t, ctx, 5)
	for _, r := range instances { // waits for what is being noted
		if err := r.Stop(ctx); err != nil {
			t.Error(err)
		}
	}
	ids := map[string]int{}
	for _, r := range server.Got() {
		ids[r.Message(t).Header.Get("Message-Id")]++
	}
	lines := apitest.As[api.List[api.SentMail]](e.As("auditor").Get("/mails").Want(200)).Items
	doubts := 0
	for _, l := range lines {
		sent := ids["<"+l.MessageID+">"]
		if l.State != mail.Sent || (sent == 2) != l.InDoubt || sent < 1 {
			t.Errorf("sent %d times: %+v", sent, l)
		}
		if l.InDoubt {
			doubts++
		}
	}
	if len(lines) != 4 || len(ids) != 4 || doubts != 1 {
		t.Errorf("%d mails, %d of them in doubt, %d message ids", len(lines), doubts, len(ids))
	}
	var left int
	e.Row("select (select count(*) from outbox) + (select count(*) from river.river_job where state not in ('completed', 'available', 'scheduled', 'retryable'))", &left)
	if left != 0 {
		t.Errorf("%d rows of work are left undone", left)
	}
}

// Two instances make and send the daily mails of one database; one dies while it makes
// one, and one while it sends one. Everybody gets their mail, and only the one that was
// being sent comes twice, with its Message-ID.
func TestInstancesShareTheDigests(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for i, post := range []string{"esp_education_head", "luvn_family_head"} {
		party := []string{"espoo", "luvn"}[i]
		e.Hold(f, "holder of "+post, party, post, "holder", post+"@example.fi")
		e.As(party+" coordinator").Post("/actions", apitest.JSON{"title": apitest.JSON{"fi": post, "sv": post}, "visibility": "public", "dueOn": "2026-11-20",
			"responsibilities": []apitest.JSON{{"postId": f.Post[post], "part": "lead"}}}).Want(201)
	}
	server := apitest.NewMailServer(t)
	smtp, err := mailer.New(mailer.Config{Host: server.Host, Port: server.Port, TLS: mailer.None, From: "yhdyspinta@example.fi"})
	if err != nil {
		t.Fatal(err)
	}
	sent, ids := new(atomic.Bool), new(atomic.Int32)
	log := slog.New(slog.NewTextHandler(testLog{t}, nil))
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var instances []*background.Runner
	for range 2 {
		service := e.Mails(dieOnce{smtp, sent})
		service.NewID = func() uuid.UUID {
			if ids.Add(1) == 2 {
				panic("killed while the digest was made")
			}
			return domain.UUIDv7()
		}
		r, err := background.Start(ctx, e.DB, background.Services{Mail: service, Jobs: e.Jobs(), Keys: e.Keys(), DecisionFeeds: e.DecisionFeeds(nil)}, log)
		if err != nil {
			t.Fatal(err)
		}
		instances = append(instances, r)
	}
	server.Wait(t, ctx, 3)
	for _, r := range instances {
		if err := r.Stop(ctx); err != nil {
			t.Error(err)
		}
	}
	came := map[string]int{}
	for _, r := range server.Got() {
		came[r.To+r.Message(t).Header.Get("Message-Id")]++
	}
	lines := apitest.As[api.List[api.SentMail]](e.As("auditor").Get("/mails").Want(200)).Items
	doubts := 0
	for _, l := range lines {
		if l.State != mail.Sent || l.Kind != mail.Digest {
			t.Errorf("%+v", l)
		}
		if l.InDoubt {
			doubts++
		}
	}
	if len(lines) != 2 || len(came) != 2 || doubts != 1 {
		t.Errorf("%d lines, mails %v, %d in doubt", len(lines), came, doubts)
	}
}

// twoFeeds tells one thing at each address.
type twoFeeds struct{ asked chan string }

func (f twoFeeds) Read(_ context.Context, r decisionfeed.Request) (decisionfeed.Answer, error) {
	f.asked <- r.URL
	return decisionfeed.Answer{Items: []decisionfeed.Item{{Title: "Asia", Link: r.URL}}}, nil
}

// The background work reads each feed that is due, once, without anybody asking.
func TestFeedsAreRead(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for _, party := range []string{"espoo", "luvn"} {
		e.As(party+" administrator").Post("/decision-feeds", apitest.JSON{"partyId": f.Party[party], "url": "https://" + party + ".example/rss", "language": "fi", "active": true}).Want(201)
	}
	source := twoFeeds{make(chan string, 10)}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	r, err := background.Start(ctx, e.DB, background.Services{Mail: e.Mails(nil), Jobs: e.Jobs(), Keys: e.Keys(), DecisionFeeds: e.DecisionFeeds(source)}, slog.New(slog.NewTextHandler(testLog{t}, nil)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for range 2 {
		select {
		case address := <-source.asked:
			got[address]++
		case <-ctx.Done():
			t.Fatalf("only %v were read", got)
		}
	}
	if err := r.Stop(ctx); err != nil { // waits for what is being noted
		t.Error(err)
	}
	if got["https://espoo.example/rss"] != 1 || got["https://luvn.example/rss"] != 1 || len(source.asked) != 0 {
		t.Errorf("read: %v", got)
	}
	for _, feed := range apitest.As[api.List[api.DecisionFeed]](e.As("auditor").Get("/decision-feeds").Want(200)).Items {
		if feed.Reading == nil || feed.Reading.Failure != "" || feed.Entries != 1 {
			t.Errorf("%+v", feed)
		}
	}
}
