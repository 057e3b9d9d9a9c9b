package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/api/demoidp"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
)

// site is the whole server with real sign-in through two identity providers in
// the same process, and the organisation of apitest.
//
//	aino    espoo's provider, subject "a": coordinator of espoo in post esp_coordinator
//	anders  luvn's provider, subject "a": holds luvn_family_head (manager of luvn_families),
//	        deputises luvn_older_head (reader)
//	audit   luvn's provider, subject "audit": auditor in person, no post
//	nobody  either provider, subject "new": unknown before signing in
type site struct {
	*apitest.Env
	org    *apitest.Fixture
	base   string
	server *httptest.Server
	idps   http.Handler
	log    lines
	down   atomic.Bool // the identity providers answer nothing but 503
	person map[string]domain.PersonID
}

func setupSite(t *testing.T, more ...api.Issuer) *site {
	t.Helper()
	s := &site{Env: apitest.New(t), person: map[string]domain.PersonID{}}
	s.org = s.Organisation()
	s.server = httptest.NewUnstartedServer(nil)
	_, port, _ := strings.Cut(s.server.Listener.Addr().String(), ":")
	s.base = "http://localhost:" + port

	accounts := map[string][]demoidp.Account{}
	for _, a := range [][3]string{{"espoo", "a", "Aino Esimerkki"}, {"luvn", "a", "Anders Exempel"}, {"luvn", "audit", "Outi Esimerkki"},
		{"espoo", "new", "Uusi Henkilö"}, {"luvn", "new", "Ny Person"}} {
		accounts[a[0]] = append(accounts[a[0]], demoidp.Account{Subject: a[1], Name: a[2], Post: demoidp.Text{"fi": a[1]}, Unit: demoidp.Text{"fi": "Yksikkö"}})
	}
	options := api.SessionOptions{
		BaseURL: s.base,
		Store:   s.DB.Sessions(api.SessionIdle),
		Access:  wiring.Access(s.DB, domain.UUIDv7),
		Clock:   s.Now,
		Log:     slog.New(slog.NewJSONHandler(&s.log, nil)),
	}
	config := demoidp.Config{
		BaseURL:  s.base,
		Accounts: func(_ context.Context, issuer string) ([]demoidp.Account, error) { return accounts[issuer], nil },
		Now:      s.Now,
		Log:      slog.New(slog.DiscardHandler),
	}
	for _, key := range []string{"espoo", "luvn"} {
		issuer := demoidp.Issuer{
			Key: key, Path: "/demo-idp/" + key, Title: demoidp.Text{"fi": key},
			Clients: []demoidp.Client{{ID: "yhdyspinta", Secret: "secret-" + key, RedirectURIs: []string{s.base + "/auth/" + key + "/callback"}}},
		}
		config.Issuers = append(config.Issuers, issuer)
		options.Issuers = append(options.Issuers, api.Issuer{
			Key: key, PartyKey: key, IssuerURL: issuer.URL(s.base), ClientID: "yhdyspinta", ClientSecret: "secret-" + key,
			Title: domain.Text{FI: key},
		})
	}
	options.Issuers = append(options.Issuers, more...)
	var err error
	if s.idps, err = demoidp.New(config); err != nil {
		t.Fatal(err)
	}
	sessions, err := api.NewSessions(options)
	if err != nil {
		t.Fatal(err)
	}
	handler := api.New(api.Options{
		Services: wiring.Services(s.DB, s.Now, domain.UUIDv7), Clock: s.Now, NewID: domain.UUIDv7, Sessions: sessions,
		Log: slog.New(slog.DiscardHandler),
	}).Handler()
	s.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !strings.HasPrefix(r.URL.Path, "/demo-idp/"):
			handler.ServeHTTP(w, r)
		case s.down.Load():
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			s.idps.ServeHTTP(w, r)
		}
	})
	s.server.Start()
	t.Cleanup(s.server.Close)

	s.known("aino", "espoo", "a")
	s.known("anders", "luvn", "a")
	s.known("audit", "luvn", "audit")
	s.hold("aino", "esp_coordinator", "holder")
	s.hold("anders", "luvn_family_head", "holder")
	s.hold("anders", "luvn_older_head", "deputy")
	grant := `insert into role_grant (id, role, post_id, person_id, party_id, unit_id, valid_from, version, created_at)
	          values (gen_random_uuid(), $1, $2, $3, $4, $5, '2026-01-01', 1, '2026-01-01')`
	s.Exec(grant, "coordinator", s.org.Post["esp_coordinator"], nil, s.org.Party["espoo"], nil)
	s.Exec(grant, "manager", s.org.Post["luvn_family_head"], nil, s.org.Party["luvn"], s.org.Unit["luvn_families"])
	s.Exec(grant, "reader", s.org.Post["luvn_older_head"], nil, s.org.Party["luvn"], nil)
	s.Exec(grant, "auditor", nil, s.person["audit"], s.org.Party["luvn"], nil)
	return s
}

func (s *site) known(name, party, subject string) {
	var id domain.PersonID
	id.SetNew(domain.UUIDv7)
	s.person[name] = id
	s.Exec(`insert into person (id, issuer, subject, party_id, name, version) values ($1, $2, $3, $4, $5, 1)`,
		id, s.base+"/demo-idp/"+party, subject, s.org.Party[party], name)
}

func (s *site) hold(person, post, kind string) {
	s.Exec(`insert into holding (id, person_id, post_id, kind, valid_from, version) values (gen_random_uuid(), $1, $2, $3, '2026-01-01', 1)`,
		s.person[person], s.org.Post[post], kind)
}

func (s *site) value(sql string, args ...any) (n int) {
	s.T.Helper()
	conn, err := pgx.Connect(s.T.Context(), s.Raw.SuperDSN)
	if err != nil {
		s.T.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if err := conn.QueryRow(s.T.Context(), sql, args...).Scan(&n); err != nil {
		s.T.Fatal(err)
	}
	return n
}

// browser keeps cookies and follows redirects to identity providers and
// callbacks, not to pages: it stops there, as at any answer that is no redirect.
type browser struct {
	*site
	jar    http.CookieJar
	client *http.Client
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.T.Fatal(err)
	}
	return &browser{s, jar, &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/auth/") || strings.Contains(r.URL.Path, "-idp/") {
			return nil
		}
		return http.ErrUseLastResponse
	}}}
}

type answer struct {
	*http.Response
	body string
}

// location is the local address that the answer redirects to, or "".
func (a answer) location() string {
	u, err := a.Location()
	if err != nil {
		return ""
	}
	return u.RequestURI()
}

func (b *browser) do(method, path string, form url.Values, headers ...string) answer {
	b.T.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	address := path
	if strings.HasPrefix(path, "/") {
		address = b.base + path
	}
	r, err := http.NewRequestWithContext(b.T.Context(), method, address, body)
	if err != nil {
		b.T.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.send(r, headers...)
}

func (b *browser) send(r *http.Request, headers ...string) answer {
	b.T.Helper()
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(r)
	if err != nil {
		b.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.T.Fatal(err)
	}
	return answer{response, string(text)}
}

var requestField = regexp.MustCompile(`name="id" value="([A-Z2-7]+)"`)

// begin goes to the sign-in page of a demo provider and returns its form.
func (b *browser) begin(issuer, returnTo string) url.Values {
	b.T.Helper()
	page := b.do("GET", "/auth/"+issuer+"/login?returnTo="+url.QueryEscape(returnTo), nil)
	match := requestField.FindStringSubmatch(page.body)
	if match == nil {
		b.T.Fatalf("no sign-in form: status %d, to %q\n%s", page.StatusCode, page.location(), page.body)
	}
	return url.Values{"id": {match[1]}}
}

// signIn goes all the way and returns where the browser ends up.
func (b *browser) signIn(issuer, subject, returnTo string) string {
	b.T.Helper()
	form := b.begin(issuer, returnTo)
	form.Set("account", subject)
	return b.do("POST", "/demo-idp/"+issuer+"/login", form).location()
}

// callbackAddress begins a sign-in and stops before the callback.
func (b *browser) callbackAddress(issuer, subject, returnTo string) string {
	b.T.Helper()
	form := b.begin(issuer, returnTo)
	form.Set("account", subject)
	follow := b.client.CheckRedirect
	defer func() { b.client.CheckRedirect = follow }()
	b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/auth/") {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return b.do("POST", "/demo-idp/"+issuer+"/login", form).location()
}

func (b *browser) me() api.Me {
	b.T.Helper()
	a := b.do("GET", "/api/v1/me", nil)
	if a.StatusCode != http.StatusOK {
		b.T.Fatalf("me: status %d\n%s", a.StatusCode, a.body)
	}
	var me api.Me
	if err := json.Unmarshal([]byte(a.body), &me); err != nil {
		b.T.Fatal(err)
	}
	return me
}

func (b *browser) choose(post domain.PostID) answer {
	b.T.Helper()
	r, err := http.NewRequestWithContext(b.T.Context(), "POST", b.base+"/api/v1/me/post", strings.NewReader(`{"postId":"`+post.String()+`"}`))
	if err != nil {
		b.T.Fatal(err)
	}
	return b.send(r, "Content-Type", "application/json")
}

func (b *browser) cookie() string {
	b.T.Helper()
	u, err := url.Parse(b.base)
	if err != nil {
		b.T.Fatal(err)
	}
	for _, c := range b.jar.Cookies(u) {
		if c.Name == "session" {
			return c.Value
		}
	}
	return ""
}

func wantProblem(t *testing.T, a answer, status int, code string) {
	t.Helper()
	var p api.Problem
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.StatusCode != status || p.Code != code ||
		p.Instance == "" || p.Instance != a.Header.Get("X-Request-Id") {
		t.Errorf("status %d, want %d %s and the request id\n%s", a.StatusCode, status, code, a.body)
	}
}

func TestPublicCallerIsToldHowToSignIn(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	me := b.me()
	if me.SignedIn || me.Post != nil || len(me.Posts) > 0 || me.PartyID != nil {
		t.Errorf("the public is %+v", me)
	}
	var urls []string
	for _, i := range me.Issuers {
		urls = append(urls, i.PartyKey+" "+i.SignInURL)
	}
	if want := []string{"espoo /auth/espoo/login", "luvn /auth/luvn/login"}; !slices.Equal(urls, want) {
		t.Errorf("issuers %v, want %v", urls, want)
	}
	if b.cookie() != "" || s.value("select count(*) from session") != 0 {
		t.Error("reading made a session")
	}
}

// The page of a paper asks who reads it, though it is none of the API: it is sent
// to the meeting's page here, as of one that is not there.
func TestThePageOfAPaperKnowsItsReader(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/fi/meetings/"+domain.UUIDv7().String()+"/paper", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusFound {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestSignInThroughBothProviders(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	aino, anders := s.browser(), s.browser()

	if to := aino.signIn("espoo", "a", "/sv/actions?status=late"); to != "/sv/actions?status=late" {
		t.Errorf("signing in ends at %q", to)
	}
	if to := anders.signIn("luvn", "a", ""); to != "/" {
		t.Errorf("signing in without a wish ends at %q", to)
	}

	me := aino.me()
	if !me.SignedIn || !me.HasRole || me.Name != "Aino Esimerkki" || me.PartyID == nil || *me.PartyID != s.org.Party["espoo"] {
		t.Errorf("espoo's person is %+v", me)
	}
	if me.Post == nil || me.Post.ID != s.org.Post["esp_coordinator"] || me.Post.Deputy || me.Post.Unit.FI != "esp_top" {
		t.Errorf("acts in %+v", me.Post)
	}
	if !slices.Contains(me.Permissions, domain.GoalEdit) {
		t.Errorf("permissions %v lack the coordinator's", me.Permissions)
	}

	// The same subject at the other provider is another person.
	me = anders.me()
	if me.Name != "Anders Exempel" || me.PartyID == nil || *me.PartyID != s.org.Party["luvn"] {
		t.Errorf("luvn's person is %+v", me)
	}
	var posts []domain.PostID
	for _, p := range me.Posts {
		posts = append(posts, p.ID)
	}
	if want := []domain.PostID{s.org.Post["luvn_family_head"], s.org.Post["luvn_older_head"]}; !slices.Equal(posts, want) || !me.Posts[1].Deputy {
		t.Errorf("holds %+v", me.Posts)
	}
	if slices.Contains(me.Permissions, domain.GoalEdit) || !slices.Contains(me.Permissions, domain.ActionEdit) {
		t.Errorf("permissions %v of a manager", me.Permissions)
	}

	if n := s.value(`select count(*) from audit_entry where permission = 'person.sign_in' and person_id = $1 and subject_id = $1 and party_id = $2`,
		s.person["anders"], s.org.Party["luvn"]); n != 1 {
		t.Errorf("%d entries of signing in", n)
	}
	if n := s.value(`select count(*) from audit_value where changes::text like '%Exempel%'`); n != 0 {
		t.Error("the log holds a name")
	}
}

func TestCookie(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	a := b.do("GET", "/auth/espoo/login", nil)
	if got := a.Header.Get("Set-Cookie"); !regexp.MustCompile(`^session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax$`).MatchString(got) {
		t.Errorf("cookie on http: %q", got)
	}
	hashed := sha256.Sum256([]byte(b.cookie()))
	if n := s.value("select count(*) from session where token = $1", base64.RawURLEncoding.EncodeToString(hashed[:])); n != 1 {
		t.Errorf("%d sessions under the hash of the token", n)
	}
	if n := s.value("select count(*) from session where token = $1 or position(convert_to($1, 'UTF8') in data) > 0", b.cookie()); n != 0 {
		t.Error("the token is stored as it is")
	}
	seen := map[string]bool{b.cookie(): true}
	for range 20 {
		other := s.browser()
		other.client.CheckRedirect = b.client.CheckRedirect
		other.do("GET", "/auth/espoo/login", nil)
		if seen[other.cookie()] {
			t.Fatal("a token comes again")
		}
		seen[other.cookie()] = true
	}

	sessions, err := api.NewSessions(api.SessionOptions{
		BaseURL: "https://yhdyspinta.example", Store: s.DB.Sessions(api.SessionIdle), Access: wiring.Access(s.DB, domain.UUIDv7),
		Clock: s.Now, Log: slog.New(slog.DiscardHandler),
		Issuers: []api.Issuer{{Key: "espoo", PartyKey: "espoo", IssuerURL: s.base + "/demo-idp/espoo", ClientID: "yhdyspinta", ClientSecret: "x", Title: domain.Text{FI: "Espoo"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	handler := api.New(api.Options{Clock: s.Now, NewID: domain.UUIDv7, Sessions: sessions}).Handler()
	for host, want := range map[string]string{
		"yhdyspinta.example": `^__Host-session=[\w-]{43}; Path=/; HttpOnly; Secure; SameSite=Lax$`,
		"other.example":      `^$`, // sent to the right host first
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/auth/espoo/login?returnTo=%2Fen%2Fgoals", nil)
		r.Host = host
		handler.ServeHTTP(w, r)
		if got := w.Header().Get("Set-Cookie"); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("cookie on https as %s: %q", host, got)
		}
		if location := w.Header().Get("Location"); want == "^$" && location != "https://yhdyspinta.example/auth/espoo/login?returnTo=%2Fen%2Fgoals" {
			t.Errorf("sent to %q", location)
		}
	}
}

func TestTokenIsRenewedAtSignIn(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	form := b.begin("espoo", "/fi")
	before := b.cookie()
	if before == "" {
		t.Fatal("no session to begin in")
	}
	form.Set("account", "a")
	b.do("POST", "/demo-idp/espoo/login", form)
	if after := b.cookie(); after == before || after == "" {
		t.Errorf("token %q after %q", after, before)
	}
	planted := s.browser()
	planted.client.Jar = nil
	if a := planted.do("GET", "/api/v1/me", nil, "Cookie", "session="+before); strings.Contains(a.body, `"signedIn":true`) {
		t.Error("the token from before the sign-in is signed in")
	}
	if n := s.value("select count(*) from session"); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("espoo", "a", "/fi")
	token := b.cookie()
	if b.do("GET", "/auth/logout", nil); !b.me().SignedIn {
		t.Error("a link can sign a person out")
	}
	a := b.do("POST", "/auth/logout", url.Values{"returnTo": {"/en/goals"}})
	if a.StatusCode != http.StatusSeeOther || a.location() != "/en/goals" {
		t.Errorf("status %d to %q", a.StatusCode, a.location())
	}
	if b.cookie() != "" || b.me().SignedIn {
		t.Error("still signed in")
	}
	thief := s.browser()
	thief.client.Jar = nil
	if a := thief.do("GET", "/api/v1/me", nil, "Cookie", "session="+token); strings.Contains(a.body, `"signedIn":true`) {
		t.Error("the token still works")
	}
	if a := b.do("POST", "/auth/logout", nil); a.StatusCode != http.StatusSeeOther || a.location() != "/" {
		t.Errorf("signing out twice: status %d to %q", a.StatusCode, a.location())
	}
}

func TestSessionEndsWhenUnused(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("espoo", "a", "/fi")
	for range 5 {
		s.Advance(29 * time.Minute)
		if !b.me().SignedIn {
			t.Fatal("a used session ended")
		}
	}
	s.Advance(30 * time.Minute)
	if b.me().SignedIn {
		t.Error("an unused session lives")
	}
	s.browser().signIn("espoo", "a", "/fi") // sweeps
	if n := s.value("select count(*) from session"); n != 1 {
		t.Errorf("%d sessions are kept, want only the living one", n)
	}
}

func TestSessionEndsHoweverUsed(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("luvn", "a", "/fi")
	for at := 20 * time.Minute; at < 10*time.Hour; at += 20 * time.Minute {
		s.Advance(20 * time.Minute)
		if !b.me().SignedIn {
			t.Fatalf("ended after %s", at)
		}
	}
	if a := b.choose(s.org.Post["luvn_older_head"]); a.StatusCode != http.StatusOK {
		t.Fatalf("status %d\n%s", a.StatusCode, a.body)
	}
	s.Advance(20 * time.Minute)
	if b.me().SignedIn {
		t.Error("lives after ten hours")
	}
}

func TestSignInThatWasNotBegunHere(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	unknown := "/fi/sign-in?error=sign_in_unknown"

	t.Run("other browser", func(t *testing.T) {
		t.Parallel()
		address := s.browser().callbackAddress("espoo", "a", "/fi")
		victim := s.browser()
		if to := victim.do("GET", address, nil).location(); to != unknown || victim.me().SignedIn {
			t.Errorf("another browser's answer ends at %q", to)
		}
	})
	t.Run("other issuer's callback", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		address := b.callbackAddress("espoo", "a", "/fi")
		if to := b.do("GET", strings.Replace(address, "/espoo/", "/luvn/", 1), nil).location(); to != unknown || b.me().SignedIn {
			t.Errorf("the answer to espoo's request at luvn's callback ends at %q", to)
		}
	})
	t.Run("other issuer's code", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		espoo, err := url.Parse(b.callbackAddress("espoo", "a", "/fi"))
		if err != nil {
			t.Fatal(err)
		}
		luvn, err := url.Parse(b.callbackAddress("luvn", "a", "/fi"))
		if err != nil {
			t.Fatal(err)
		}
		query := luvn.Query()
		query.Set("code", espoo.Query().Get("code"))
		if to := b.do("GET", "/auth/luvn/callback?"+query.Encode(), nil).location(); to != "/fi/sign-in?error=sign_in_refused&returnTo=%2Ffi" || b.me().SignedIn {
			t.Errorf("espoo's code at luvn's callback ends at %q", to)
		}
	})
	t.Run("answer of another issuer", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		address := b.callbackAddress("espoo", "a", "/fi") + "&iss=" + url.QueryEscape(s.base+"/demo-idp/luvn")
		if to := b.do("GET", address, nil).location(); to != "/fi/sign-in?error=sign_in_refused&returnTo=%2Ffi" || b.me().SignedIn {
			t.Errorf("ends at %q", to)
		}
	})
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		address := b.callbackAddress("espoo", "a", "/en")
		if to := b.do("GET", address, nil).location(); to != "/en" {
			t.Errorf("the first time ends at %q", to)
		}
		if to := b.do("GET", address, nil).location(); to != unknown || !b.me().SignedIn {
			t.Errorf("the second time ends at %q", to)
		}
	})
	t.Run("two tabs", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		first := b.callbackAddress("espoo", "a", "/fi/goals")
		b.begin("luvn", "/fi/actions")
		if to := b.do("GET", first, nil).location(); to != "/fi/goals" {
			t.Errorf("the first tab ends at %q", to)
		}
	})
	t.Run("no state", func(t *testing.T) {
		t.Parallel()
		b := s.browser()
		b.begin("espoo", "/fi")
		if to := b.do("GET", "/auth/espoo/callback?code=x", nil).location(); to != unknown {
			t.Errorf("ends at %q", to)
		}
	})
	t.Run("unknown issuer", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/auth/helsinki/login", "/auth/helsinki/callback?state=x&code=y"} {
			wantProblem(t, s.browser().do("GET", path, nil), http.StatusNotFound, "issuer_not_found")
		}
	})
}

func TestSignInThatTookTooLong(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	address := b.callbackAddress("espoo", "a", "/fi")
	s.Advance(10 * time.Minute)
	if to := b.do("GET", address, nil).location(); to != "/fi/sign-in?error=sign_in_unknown" {
		t.Errorf("ends at %q", to)
	}
}

func TestCancelledSignIn(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("luvn", "a", "/fi")
	form := b.begin("espoo", "/sv/goals")
	form.Set("cancel", "1")
	if to := b.do("POST", "/demo-idp/espoo/login", form).location(); to != "/sv/sign-in?error=sign_in_cancelled&returnTo=%2Fsv%2Fgoals" {
		t.Errorf("ends at %q", to)
	}
	if me := b.me(); me.Name != "Anders Exempel" {
		t.Errorf("cancelling left %+v", me)
	}
}

func TestProviderThatIsDown(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	s.down.Store(true)
	b := s.browser()
	if to := b.do("GET", "/auth/espoo/login?returnTo=%2Fsv", nil).location(); to != "/sv/sign-in?error=provider_unavailable&returnTo=%2Fsv" {
		t.Errorf("ends at %q", to)
	}
	s.down.Store(false)
	if to := b.signIn("espoo", "a", "/sv"); to != "/sv" {
		t.Errorf("once it is up again, signing in ends at %q", to)
	}

	address := b.callbackAddress("luvn", "a", "/fi/goals")
	s.down.Store(true)
	if to := b.do("GET", address, nil).location(); to != "/fi/sign-in?error=provider_unavailable&returnTo=%2Ffi%2Fgoals" {
		t.Errorf("down at the callback, signing in ends at %q", to)
	}
	if me := b.me(); me.Name != "Aino Esimerkki" {
		t.Errorf("with a provider down, a session is %+v", me)
	}
}

func TestOpenRedirect(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	for _, returnTo := range []string{
		"https://evil.example/", "//evil.example/", `/\evil.example/`, `\\evil.example`, "/\t/evil.example", "javascript:alert(1)",
		"evil", "http:evil.example", "/auth/luvn/login", "/api/v1/me", "///evil.example", "/fi/" + strings.Repeat("a", 2000), "/%zz",
	} {
		b := s.browser()
		if to := b.signIn("espoo", "a", returnTo); to != "/" {
			t.Errorf("signing in with %q ends at %q", returnTo, to)
		}
		if a := b.do("POST", "/auth/logout", url.Values{"returnTo": {returnTo}}); a.Header.Get("Location") != "/" {
			t.Errorf("signing out with %q ends at %q", returnTo, a.Header.Get("Location"))
		}
	}
}

func TestCrossOriginRequestIsRefused(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("luvn", "a", "/fi")
	foreign := [][]string{
		{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
	}
	for _, headers := range foreign {
		wantProblem(t, b.do("POST", "/auth/logout", url.Values{}, headers...), http.StatusForbidden, "cross_origin")
		r, err := http.NewRequestWithContext(t.Context(), "POST", s.base+"/api/v1/me/post", strings.NewReader(`{"postId":"`+s.org.Post["luvn_older_head"].String()+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		wantProblem(t, b.send(r, headers...), http.StatusForbidden, "cross_origin")
	}
	if me := b.me(); !me.SignedIn || me.Post.ID != s.org.Post["luvn_family_head"] {
		t.Errorf("a refused request changed %+v", me)
	}
	if a := b.do("POST", "/auth/logout", url.Values{}, "Sec-Fetch-Site", "same-origin", "Origin", s.base); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the site's own form: status %d", a.StatusCode)
	}
}

func TestUnknownPerson(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	if to := b.signIn("espoo", "new", "/sv/actions"); to != "/sv/sign-in" {
		t.Errorf("signing in ends at %q, want the page that says whom to ask", to)
	}
	me := b.me()
	if !me.SignedIn || me.HasRole || me.Name != "Uusi Henkilö" || me.Post != nil || len(me.Posts) != 0 {
		t.Errorf("is %+v", me)
	}
	if public := s.browser().me().Permissions; !slices.Equal(me.Permissions, public) {
		t.Errorf("permissions %v, the public has %v", me.Permissions, public)
	}
	wantProblem(t, b.choose(s.org.Post["esp_coordinator"]), http.StatusUnprocessableEntity, "validation_failed")

	s.browser().signIn("espoo", "new", "/fi")
	if n := s.value("select count(*) from person where subject = 'new'"); n != 1 {
		t.Errorf("%d people after signing in twice", n)
	}
	s.browser().signIn("luvn", "new", "/fi")
	if n := s.value("select count(*) from person where subject = 'new'"); n != 2 {
		t.Errorf("%d people after signing in at both providers", n)
	}
}

func TestSignInsAtOnceAreOnePerson(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	var all sync.WaitGroup
	for range 6 {
		b := s.browser()
		address := b.callbackAddress("espoo", "new", "/fi")
		all.Go(func() {
			if to := b.do("GET", address, nil).location(); to != "/fi/sign-in" {
				t.Errorf("ends at %q", to)
			}
		})
	}
	all.Wait()
	if n := s.value("select count(*) from person where subject = 'new'"); n != 1 {
		t.Errorf("%d people", n)
	}
}

func TestChosenPost(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	wantProblem(t, b.choose(s.org.Post["luvn_older_head"]), http.StatusUnauthorized, "sign_in_required")
	b.signIn("luvn", "a", "/fi")
	for _, post := range []string{"luvn_coordinator", "esp_education_head"} {
		wantProblem(t, b.choose(s.org.Post[post]), http.StatusUnprocessableEntity, "validation_failed")
	}
	if a := b.choose(s.org.Post["luvn_older_head"]); a.StatusCode != http.StatusOK {
		t.Fatalf("status %d\n%s", a.StatusCode, a.body)
	}
	me := b.me()
	if me.Post == nil || me.Post.ID != s.org.Post["luvn_older_head"] || !me.Post.Deputy {
		t.Errorf("acts in %+v", me.Post)
	}
	// The manager's grant hangs on the other post.
	if slices.Contains(me.Permissions, domain.ActionCreate) {
		t.Errorf("permissions %v are those of the other post", me.Permissions)
	}

	s.Exec(`update holding set valid_to = '2026-11-22' where post_id = $1`, s.org.Post["luvn_older_head"])
	me = b.me()
	if me.Post != nil || len(me.Posts) != 1 {
		t.Errorf("after the deputising ended acts in %+v of %+v", me.Post, me.Posts)
	}
	wantProblem(t, b.choose(s.org.Post["luvn_older_head"]), http.StatusUnprocessableEntity, "validation_failed")
}

func TestGrantsCountAtOnce(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	aino, auditor := s.browser(), s.browser()
	aino.signIn("espoo", "a", "/fi")
	auditor.signIn("luvn", "audit", "/fi")
	if me := auditor.me(); me.Post != nil || !slices.Contains(me.Permissions, domain.AuditRead) {
		t.Errorf("the auditor is %+v", me)
	}

	s.Exec(`update role_grant set ended_at = now(), end_reason = 'x' where role = 'coordinator'`)
	if me := aino.me(); slices.Contains(me.Permissions, domain.GoalEdit) {
		t.Error("an ended grant counts")
	}
	// A post of the other party gives nothing that the other party granted.
	s.hold("aino", "luvn_family_head", "deputy")
	if a := aino.choose(s.org.Post["luvn_family_head"]); a.StatusCode != http.StatusOK {
		t.Fatalf("status %d\n%s", a.StatusCode, a.body)
	}
	if me := aino.me(); slices.Contains(me.Permissions, domain.ActionCreate) {
		t.Error("a grant of the other party counts")
	}
	s.Exec(`update role_grant set valid_to = '2026-11-24' where role = 'auditor'`)
	for _, want := range []bool{true, true, false} {
		if me := auditor.me(); slices.Contains(me.Permissions, domain.AuditRead) != want {
			t.Errorf("on %s the auditor's grant counts: %t", s.Now().Format(time.DateOnly), !want)
		}
		s.Advance(24 * time.Hour)
		auditor = s.browser()
		auditor.signIn("luvn", "audit", "/fi")
	}
}

func TestSessionConfiguration(t *testing.T) {
	t.Parallel()
	good := api.Issuer{Key: "espoo", PartyKey: "espoo", IssuerURL: "https://id.example/espoo", ClientID: "c", ClientSecret: "s", Title: domain.Text{FI: "Espoo"}}
	for name, change := range map[string]func(*api.SessionOptions){
		"":                       func(*api.SessionOptions) {},
		"public address by http": func(o *api.SessionOptions) { o.BaseURL = "http://yhdyspinta.example" },
		"address with a path":    func(o *api.SessionOptions) { o.BaseURL = "https://yhdyspinta.example/hyte" },
		"no address":             func(o *api.SessionOptions) { o.BaseURL = "" },
		"issuer twice":           func(o *api.SessionOptions) { o.Issuers = append(o.Issuers, good) },
		"address of two issuers": func(o *api.SessionOptions) {
			other := good
			other.Key, other.PartyKey = "luvn", "luvn"
			o.Issuers = append(o.Issuers, other)
		},
		"issuer by http":        func(o *api.SessionOptions) { o.Issuers[0].IssuerURL = "http://id.example/espoo" },
		"issuer without party":  func(o *api.SessionOptions) { o.Issuers[0].PartyKey = "" },
		"issuer without secret": func(o *api.SessionOptions) { o.Issuers[0].ClientSecret = "" },
		"issuer without title":  func(o *api.SessionOptions) { o.Issuers[0].Title = domain.Text{SV: "Esbo"} },
		"issuer key with slash": func(o *api.SessionOptions) { o.Issuers[0].Key = "a/b" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options := api.SessionOptions{BaseURL: "https://yhdyspinta.example", Issuers: []api.Issuer{good}}
			change(&options)
			if _, err := api.NewSessions(options); (err == nil) != (name == "") {
				t.Errorf("%v", err)
			}
		})
	}
}
