package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/domain"
)

const (
	firefoxOnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
	safariOnIPhone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"
)

// as makes a browser call itself something.
type as struct{ name string }

func (a as) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", a.name)
	return http.DefaultTransport.RoundTrip(r)
}

func (s *site) browserNamed(userAgent string) *browser {
	b := s.browser()
	b.client.Transport = as{userAgent}
	return b
}

func (b *browser) sessions() (items []api.MySession) {
	b.T.Helper()
	a := b.do("GET", "/api/v1/me/sessions", nil)
	var body struct{ Items []api.MySession }
	if err := json.Unmarshal([]byte(a.body), &body); err != nil || a.StatusCode != http.StatusOK {
		b.T.Fatalf("%d %s", a.StatusCode, a.body)
	}
	return body.Items
}

// Aino is signed in at the office and on a phone, Anders elsewhere: each sees their own
// sessions and ends them, and nobody ends another's.
func TestPeopleSeeAndEndTheirOwnSessions(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	office, phone, anders := s.browserNamed(firefoxOnWindows), s.browserNamed(safariOnIPhone), s.browser()
	office.signIn("espoo", "a", "/fi")
	s.Advance(10 * time.Minute)
	phone.signIn("espoo", "a", "/fi")
	anders.signIn("luvn", "a", "/fi")

	list := phone.sessions()
	if len(list) != 2 || !list[0].Current || list[1].Current || list[0].Browser != "safari" || list[0].System != "ios" || list[1].Browser != "firefox" || list[1].System != "windows" {
		t.Fatalf("the phone sees %+v", list)
	}
	if began := list[1].BeganAt; !began.Equal(s.Now().Add(-10*time.Minute)) || !list[1].EndsAt.Equal(began.Add(api.SessionLifetime)) || list[1].UsedAt.Before(began) {
		t.Errorf("the one at the office began %v, was used %v, ends %v", began, list[1].UsedAt, list[1].EndsAt)
	}
	s.Advance(2 * time.Minute)
	if used := office.sessions()[1].UsedAt; !used.Equal(s.Now()) {
		t.Errorf("used %v at %v", used, s.Now())
	}
	if others := anders.sessions(); len(others) != 1 || others[0].ID == list[0].ID {
		t.Errorf("Anders sees %+v", others)
	}

	end := func(b *browser, id domain.SessionID, want int) {
		t.Helper()
		if a := b.do("POST", "/api/v1/me/sessions/"+id.String()+"/end", nil); a.StatusCode != want {
			t.Errorf("ending answers %d %s, not %d", a.StatusCode, a.body, want)
		}
	}
	end(anders, list[1].ID, http.StatusNotFound) // another's
	end(s.browser(), list[1].ID, http.StatusUnauthorized)
	if !office.me().SignedIn {
		t.Fatal("Aino was signed out by somebody else")
	}
	before := s.value("select count(*) from audit_entry where permission = 'person.sign_out'")
	end(phone, list[1].ID, http.StatusOK)
	if office.me().SignedIn || !phone.me().SignedIn {
		t.Error("the session at the office goes on, or that on the phone has ended")
	}
	end(phone, list[1].ID, http.StatusNotFound) // has ended
	if got := phone.sessions(); len(got) != 1 {
		t.Errorf("left are %+v", got)
	}
	if n := s.value("select count(*) from audit_entry where permission = 'person.sign_out' and person_id = $1 and subject_id = $1 and request_id <> ''", s.person["aino"]) - before; n != 1 {
		t.Errorf("%d entries of the log tell of it", n)
	}
	if n := s.value("select count(*) from session where id = $1 and octet_length(data) > 0", list[1].ID); n != 0 {
		t.Error("what the ended session held is kept")
	}

	// All others at once, from the phone: it goes on alone.
	office.signIn("espoo", "a", "/fi")
	s.browser().signIn("espoo", "a", "/fi")
	for _, want := range []string{`{"ended":2}`, `{"ended":0}`} {
		if a := phone.do("POST", "/api/v1/me/other-sessions/end", nil); a.StatusCode != http.StatusOK || a.body != want+"\n" {
			t.Errorf("ending the others answers %d %s, not %s", a.StatusCode, a.body, want)
		}
	}
	if office.me().SignedIn || !phone.me().SignedIn || !anders.me().SignedIn {
		t.Error("another than Aino's other sessions has ended, or one goes on")
	}
	if n := s.value("select count(*) from audit_entry where permission = 'person.sign_out'") - before; n != 2 {
		t.Errorf("%d entries of the log", n)
	}
	// One's own at last.
	end(phone, phone.sessions()[0].ID, http.StatusOK)
	if phone.me().SignedIn {
		t.Error("the session that ended itself goes on")
	}
	if a := phone.do("GET", "/api/v1/me/sessions", nil); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("the public reads sessions: %d", a.StatusCode)
	}
}

// More sessions than are listed, as a program that signs in again and again makes them: all
// others end, also those that the list does not show.
func TestAllOtherSessionsEndHoweverMany(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	here, first := s.browser(), s.browser()
	first.signIn("espoo", "a", "/fi")
	s.Exec(`insert into session (token, data, expires_at, ends_at, id, person_id, began_at, used_at, browser, system)
		select 'many ' || n, '', expires_at, ends_at, gen_random_uuid(), person_id, began_at + n * interval '1 second', used_at, browser, system from session, generate_series(1, 700) n
		where person_id is not null`)
	s.Advance(15 * time.Minute)
	here.signIn("espoo", "a", "/fi")
	ended := of[api.EndedSessions](t, here.asJSON("POST", "/me/other-sessions/end", nil), 200)
	if ended.Ended != 701 {
		t.Errorf("%d were ended, want 701", ended.Ended)
	}
	if left := here.sessions(); len(left) != 1 || !left[0].Current {
		t.Errorf("%d are left", len(left))
	}
	if a := first.do("GET", "/api/v1/me/sessions", nil); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("the oldest is still open: %d", a.StatusCode)
	}
	if n := s.value("select count(*) from session where person_id is not null and ended_at is null"); n != 1 {
		t.Errorf("%d sessions are open", n)
	}
}

// A request that was under way when its session was ended, or its person signed out, does
// not bring it back.
func TestAnEndedSessionStaysEnded(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*browser){
		"ended":      func(b *browser) { b.do("POST", "/api/v1/me/sessions/"+b.sessions()[0].ID.String()+"/end", nil) },
		"signed out": func(b *browser) { b.do("POST", "/auth/logout", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setupSite(t)
			b := s.browser()
			b.signIn("espoo", "a", "/fi")
			cookie := b.cookie()
			store := s.DB.Sessions(api.SessionIdle)
			if n := s.value("select count(*) from session where ended_at is null"); n != 1 {
				t.Fatalf("%d sessions", n)
			}
			var token string
			var data []byte
			s.QueryRow("select token, data from session", nil, &token, &data)
			end(b)
			if err := store.CommitCtx(t.Context(), token, data, s.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			thief := s.browser()
			thief.client.Jar = nil
			a := thief.do("GET", "/api/v1/me", nil, "Cookie", "session="+cookie)
			if living, err := store.Living(t.Context(), token); err != nil || living || b.me().SignedIn || strings.Contains(a.body, `"signedIn":true`) {
				t.Errorf("the session lives again: %v %v %s", living, err, a.body)
			}
			if n := s.value("select count(*) from session where octet_length(data) > 0"); n != 0 {
				t.Error("what the ended session held is kept")
			}
			// It goes with the next sweep after its time.
			s.Advance(api.SessionIdle + time.Minute)
			s.browser().signIn("luvn", "a", "/fi")
			if n := s.value("select count(*) from session where token = $1", token); n != 0 {
				t.Error("the row stays")
			}
		})
	}
}

// Whose sign-in could not be noted is not signed in: they could neither see nor end it.
func TestASignInThatIsNotNotedIsNone(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	conn, err := pgx.Connect(t.Context(), s.Raw.OwnerDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "alter table session add constraint chk_nobody check (person_id is null)"); err != nil {
		t.Fatal(err)
	}
	b := s.browser()
	if to := b.signIn("espoo", "a", "/fi/goals"); !strings.Contains(to, "error=sign_in_failed") || b.me().SignedIn {
		t.Errorf("signed in %v at %q", b.me().SignedIn, to)
	}
}
