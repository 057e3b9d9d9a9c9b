package demoidp_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"yhdyspinta/api/demoidp"
)

// world is a demo provider of two issuers on one port, and a client of each.
// Both issuers have an account with the subject "coordinator".
type world struct {
	base     string
	espoo    party
	luvn     party
	clock    *clock
	accounts func(ctx context.Context, issuer string) ([]demoidp.Account, error)
}

type party struct {
	issuer   demoidp.Issuer
	provider *oidc.Provider
	oauth    oauth2.Config
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func demoAccounts(_ context.Context, issuer string) ([]demoidp.Account, error) {
	title := map[string]string{"espoo": "Hyvinvointikoordinaattori", "luvn": "HYTE-koordinaattori"}[issuer]
	return []demoidp.Account{
		{
			Subject:  "coordinator",
			Name:     "Esimerkki Henkilö",
			Post:     demoidp.Text{"fi": title, "en": "Wellbeing coordinator"},
			Unit:     demoidp.Text{"fi": "Hyvinvointi", "sv": "Välfärd"},
			RoleHint: demoidp.Text{"fi": "Koordinaattori"},
		},
		{
			Subject: issuer + ":manager",
			Name:    `O'Brien <"&>`,
			Post:    demoidp.Text{"fi": "Päällikkö"},
			Unit:    demoidp.Text{"fi": "Hyvinvointi", "sv": "Välfärd"},
		},
	}, nil
}

func setup(t *testing.T) *world {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		base:     "http://localhost:" + port,
		clock:    &clock{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)},
		accounts: demoAccounts,
	}
	w.espoo.issuer = issuer(w.base, "espoo", "Espoon kaupunki", "square")
	w.luvn.issuer = issuer(w.base, "luvn", "Länsi-Uudenmaan hyvinvointialue", "circle")
	handler, err := demoidp.New(demoidp.Config{
		BaseURL: w.base,
		Issuers: []demoidp.Issuer{w.espoo.issuer, w.luvn.issuer},
		Accounts: func(ctx context.Context, issuer string) ([]demoidp.Account, error) {
			return w.accounts(ctx, issuer)
		},
		Now: w.clock.Now,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = handler
	server.Start()
	t.Cleanup(server.Close)
	for _, p := range []*party{&w.espoo, &w.luvn} {
		p.provider, err = oidc.NewProvider(t.Context(), p.issuer.URL(w.base))
		if err != nil {
			t.Fatal(err)
		}
		p.oauth = oauth2.Config{
			ClientID:     p.issuer.Clients[0].ID,
			ClientSecret: p.issuer.Clients[0].Secret,
			RedirectURL:  p.issuer.Clients[0].RedirectURIs[0],
			Endpoint:     p.provider.Endpoint(),
			Scopes:       []string{"openid", "profile"},
		}
	}
	return w
}

func issuer(base, key, title, mark string) demoidp.Issuer {
	return demoidp.Issuer{
		Key: key, Path: "/demo-idp/" + key, Title: demoidp.Text{"fi": title}, Mark: mark,
		Clients: []demoidp.Client{{
			ID: "yhdyspinta", Secret: key + "-secret", RedirectURIs: []string{base + "/auth/" + key + "/callback"},
		}},
	}
}

// browser follows redirects only within the provider: it stops at the client's
// callback, and keeps that address.
func browser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/auth/") {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

func do(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	response, err := browser().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, r)
}

func post(t *testing.T, address string, form url.Values) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(t, r)
}

func query(t *testing.T, response *http.Response) url.Values {
	t.Helper()
	location, err := response.Location()
	if err != nil {
		t.Fatalf("no redirect, status %d: %v", response.StatusCode, err)
	}
	return location.Query()
}

var requestID = regexp.MustCompile(`name="id" value="([A-Z2-7]+)"`)

// begin opens the sign-in page and returns the id of its request.
func (p *party) begin(t *testing.T, state, verifier string) string {
	t.Helper()
	_, page := get(t, p.oauth.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oidc.Nonce("n-"+state)))
	match := requestID.FindStringSubmatch(page)
	if match == nil {
		t.Fatalf("no sign-in form in:\n%s", page)
	}
	return match[1]
}

// code goes through the sign-in page as the account and returns the code.
func (p *party) code(t *testing.T, w *world, account, state, verifier string) string {
	t.Helper()
	id := p.begin(t, state, verifier)
	response, _ := post(t, w.base+p.issuer.Path+"/login", url.Values{"id": {id}, "account": {account}})
	got := query(t, response)
	if got.Get("state") != state || got.Get("code") == "" {
		t.Fatalf("callback with %v, want state %q and a code", got, state)
	}
	return got.Get("code")
}

func oauthError(t *testing.T, err error) string {
	t.Helper()
	var retrieve *oauth2.RetrieveError
	if !errors.As(err, &retrieve) {
		t.Fatalf("error %v is no answer of the token endpoint", err)
	}
	return retrieve.ErrorCode
}

func TestCodeFlowWithBothIssuers(t *testing.T) {
	t.Parallel()
	w := setup(t)
	type identity struct{ issuer, subject string }
	seen := map[identity]bool{}
	for _, p := range []*party{&w.espoo, &w.luvn} {
		verifier := oauth2.GenerateVerifier()
		code := p.code(t, w, "coordinator", "s1", verifier)
		tokens, err := p.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatal(err)
		}
		if tokens.RefreshToken != "" {
			t.Error("a refresh token was given")
		}
		raw, _ := tokens.Extra("id_token").(string)
		idToken, err := p.provider.VerifierContext(t.Context(), &oidc.Config{ClientID: p.oauth.ClientID}).Verify(t.Context(), raw)
		if err != nil {
			t.Fatal(err)
		}
		if idToken.Nonce != "n-s1" {
			t.Errorf("nonce %q", idToken.Nonce)
		}
		var claims struct {
			Name string `json:"name"`
		}
		if err := idToken.Claims(&claims); err != nil {
			t.Fatal(err)
		}
		if claims.Name != "Esimerkki Henkilö" {
			t.Errorf("name %q", claims.Name)
		}
		seen[identity{idToken.Issuer, idToken.Subject}] = true

		info, err := p.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(tokens))
		if err != nil {
			t.Fatal(err)
		}
		if info.Subject != idToken.Subject {
			t.Errorf("userinfo is about %q, the id token about %q", info.Subject, idToken.Subject)
		}
	}
	want := map[identity]bool{
		{w.base + "/demo-idp/espoo", "coordinator"}: true,
		{w.base + "/demo-idp/luvn", "coordinator"}:  true,
	}
	if len(seen) != len(want) {
		t.Errorf("identities %v, want %v", seen, want)
	}
	for id := range want {
		if !seen[id] {
			t.Errorf("identity %v is missing in %v", id, seen)
		}
	}
}

func TestSubjectWithColonHasUserinfo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	verifier := oauth2.GenerateVerifier()
	code := w.espoo.code(t, w, "espoo:manager", "s", verifier)
	tokens, err := w.espoo.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	info, err := w.espoo.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(tokens))
	if err != nil {
		t.Fatal(err)
	}
	if info.Subject != "espoo:manager" {
		t.Errorf("subject %q", info.Subject)
	}
}

func TestIssuersRefuseEachOther(t *testing.T) {
	t.Parallel()
	w := setup(t)
	verifier := oauth2.GenerateVerifier()
	code := w.espoo.code(t, w, "coordinator", "s", verifier)

	if _, err := w.luvn.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); oauthError(t, err) != "invalid_grant" {
		t.Errorf("the other issuer answered the code with %v", err)
	}
	tokens, err := w.espoo.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	if _, err := w.luvn.provider.VerifierContext(t.Context(), &oidc.Config{ClientID: "yhdyspinta"}).Verify(t.Context(), raw); err == nil {
		t.Error("the other issuer's keys and name accept the id token")
	}
	if _, err := w.luvn.provider.VerifierContext(t.Context(), &oidc.Config{ClientID: "yhdyspinta", SkipIssuerCheck: true}).Verify(t.Context(), raw); err == nil {
		t.Error("the other issuer's keys accept the id token")
	}
	if _, err := w.luvn.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(tokens)); err == nil {
		t.Error("the other issuer gives userinfo for the access token")
	}
}

func TestCodeBurns(t *testing.T) {
	t.Parallel()
	for name, misuse := range map[string]struct {
		want string
		try  func(p *party, ctx context.Context, code, verifier string) error
	}{
		"wrong verifier": {"invalid_grant", func(p *party, ctx context.Context, code, _ string) error {
			_, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
			return err
		}},
		"no verifier": {"invalid_request", func(p *party, ctx context.Context, code, _ string) error {
			_, err := p.oauth.Exchange(ctx, code)
			return err
		}},
		"wrong secret": {"invalid_client", func(p *party, ctx context.Context, code, verifier string) error {
			oauth := p.oauth
			oauth.ClientSecret = "guess"
			_, err := oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
			return err
		}},
		"wrong redirect": {"invalid_grant", func(p *party, ctx context.Context, code, verifier string) error {
			oauth := p.oauth
			oauth.RedirectURL += "/other"
			_, err := oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
			return err
		}},
		"used": {"", func(p *party, ctx context.Context, code, verifier string) error {
			_, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(verifier))
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			// The library tries both ways of client authentication unless told, which
			// would spend the code in one call.
			w.espoo.oauth.Endpoint.AuthStyle = oauth2.AuthStyleInHeader
			verifier := oauth2.GenerateVerifier()
			code := w.espoo.code(t, w, "coordinator", "s", verifier)
			err := misuse.try(&w.espoo, t.Context(), code, verifier)
			if misuse.want == "" {
				if err != nil {
					t.Fatal(err)
				}
			} else if got := oauthError(t, err); got != misuse.want {
				t.Errorf("misuse: %s, want %s", got, misuse.want)
			}
			_, err = w.espoo.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
			if got := oauthError(t, err); got != "invalid_grant" {
				t.Errorf("right exchange after it: %s, want invalid_grant", got)
			}
		})
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	t.Run("request", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
		w.clock.advance(10 * time.Minute)
		response, page := post(t, w.base+"/demo-idp/espoo/login", url.Values{"id": {id}, "account": {"coordinator"}})
		if response.StatusCode != http.StatusBadRequest || !strings.Contains(page, "Kirjautuminen on vanhentunut") {
			t.Errorf("status %d with\n%s", response.StatusCode, page)
		}
	})
	t.Run("code", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		verifier := oauth2.GenerateVerifier()
		code := w.espoo.code(t, w, "coordinator", "s", verifier)
		w.clock.advance(time.Minute)
		_, err := w.espoo.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
		if got := oauthError(t, err); got != "invalid_grant" {
			t.Errorf("late code: %s", got)
		}
	})
	t.Run("access token", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		verifier := oauth2.GenerateVerifier()
		tokens, err := w.espoo.oauth.Exchange(t.Context(), w.espoo.code(t, w, "coordinator", "s", verifier), oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatal(err)
		}
		w.clock.advance(5 * time.Minute)
		if _, err := w.espoo.provider.UserInfo(t.Context(), oauth2.StaticTokenSource(tokens)); err == nil {
			t.Error("userinfo for an expired access token")
		}
	})
}

func TestOldestRequestsGiveWay(t *testing.T) {
	t.Parallel()
	w := setup(t)
	first := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
	address := w.espoo.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier()))
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	last := ""
	for range 1000 {
		w.clock.advance(time.Millisecond)
		response, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		last = query(t, response).Get("id")
	}
	for id, want := range map[string]int{first: http.StatusBadRequest, last: http.StatusOK} {
		if response, _ := get(t, w.base+"/demo-idp/espoo/login?id="+id); response.StatusCode != want {
			t.Errorf("status %d, want %d", response.StatusCode, want)
		}
	}
}

func TestRequestIsCompletedOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
	form := url.Values{"id": {id}, "account": {"coordinator"}}
	response, _ := post(t, w.base+"/demo-idp/espoo/login", form)
	if query(t, response).Get("code") == "" {
		t.Fatal("no code")
	}
	if response, _ := post(t, w.base+"/demo-idp/espoo/login", form); response.StatusCode != http.StatusBadRequest {
		t.Errorf("second choice: status %d, want 400", response.StatusCode)
	}
	response, _ = get(t, w.base+"/demo-idp/espoo/authorize/callback?id="+id)
	if got := query(t, response); got.Get("code") != "" || got.Get("error") != "access_denied" {
		t.Errorf("second callback: %v, want access_denied", got)
	}
}

func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	w := setup(t)
	verifier := oauth2.GenerateVerifier()
	for name, c := range map[string]struct {
		options []oauth2.AuthCodeOption
		want    string
	}{
		"no PKCE":          {nil, "invalid_request"},
		"plain PKCE":       {[]oauth2.AuthCodeOption{oauth2.SetAuthURLParam("code_challenge", verifier), oauth2.SetAuthURLParam("code_challenge_method", "plain")}, "invalid_request"},
		"PKCE by default":  {[]oauth2.AuthCodeOption{oauth2.SetAuthURLParam("code_challenge", verifier)}, "invalid_request"},
		"no page wanted":   {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("prompt", "none")}, "login_required"},
		"no openid":        {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("scope", "profile")}, "invalid_scope"},
		"implicit flow":    {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("response_type", "id_token")}, ""},
		"foreign redirect": {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("redirect_uri", "https://example.org/auth/espoo/callback")}, ""},
		"other's redirect": {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("redirect_uri", w.luvn.oauth.RedirectURL)}, ""},
		"unknown client":   {[]oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("client_id", "stranger")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response, _ := get(t, w.espoo.oauth.AuthCodeURL("s", c.options...))
			if c.want == "" {
				if response.StatusCode != http.StatusBadRequest {
					t.Errorf("status %d to %q, want 400 and no redirect", response.StatusCode, response.Header.Get("Location"))
				}
				return
			}
			if got := query(t, response); got.Get("error") != c.want || got.Get("state") != "s" {
				t.Errorf("%v, want %s", got, c.want)
			}
		})
	}
}

func TestUnknownAccount(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
	address := w.base + "/demo-idp/espoo/login"
	for _, account := range []string{"nobody", "", "luvn:manager"} {
		response, page := post(t, address, url.Values{"id": {id}, "account": {account}})
		if response.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "Valittua tehtävää ei enää ole") {
			t.Errorf("%q: status %d with\n%s", account, response.StatusCode, page)
		}
	}
	response, _ := post(t, address, url.Values{"id": {id}, "account": {"coordinator"}})
	if query(t, response).Get("code") == "" {
		t.Error("the request did not survive a wrong choice")
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
	response, _ := post(t, w.base+"/demo-idp/espoo/login", url.Values{"id": {id}, "cancel": {"1"}})
	if got := query(t, response); got.Get("error") != "access_denied" || got.Get("state") != "s" {
		t.Errorf("%v, want access_denied", got)
	}
	if response, _ := get(t, w.base+"/demo-idp/espoo/login?id="+id); response.StatusCode != http.StatusBadRequest {
		t.Errorf("the request is still open: status %d", response.StatusCode)
	}
}

func TestAccountsUnavailable(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.accounts = func(context.Context, string) ([]demoidp.Account, error) { return nil, errors.New("secret reason") }
	response, page := get(t, w.espoo.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier())))
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(page, "Kirjautuminen ei onnistu juuri nyt") {
		t.Errorf("status %d with\n%s", response.StatusCode, page)
	}
	if strings.Contains(page, "secret reason") {
		t.Error("the page tells the cause")
	}
}

func TestPageLanguages(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for name, c := range map[string]struct {
		locales, accept, lang string
		want                  string
	}{
		"nothing asked":         {want: `lang="fi"`},
		"the client's wish":     {locales: "sv", accept: "en", want: `lang="sv"`},
		"the browser's wish":    {accept: "en-GB,en;q=0.9,fi;q=0.5", want: `lang="en"`},
		"Swedish of Finland":    {accept: "sv-FI", want: `lang="sv"`},
		"chosen on the page":    {locales: "sv", accept: "sv", lang: "en", want: `lang="en"`},
		"none that it knows":    {accept: "ja", want: `lang="fi"`},
		"nonsense":              {accept: ";;;", lang: "xx", want: `lang="fi"`},
		"unknown, then a known": {locales: "ja en", want: `lang="en"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := w.espoo.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier()), oauth2.SetAuthURLParam("ui_locales", c.locales))
			if c.lang != "" {
				_, page := get(t, address)
				address = w.base + "/demo-idp/espoo/login?lang=" + c.lang + "&id=" + requestID.FindStringSubmatch(page)[1]
			}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Language", c.accept)
			_, page := do(t, r)
			if !strings.Contains(page, "<html "+c.want+">") {
				t.Errorf("want %s in\n%s", c.want, page)
			}
		})
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	w := setup(t)
	response, page := get(t, w.luvn.oauth.AuthCodeURL("s", oauth2.S256ChallengeOption(oauth2.GenerateVerifier()), oauth2.SetAuthURLParam("ui_locales", "sv")))
	for _, want := range []string{
		"Demoinloggning",
		`<span lang="fi">Länsi-Uudenmaan hyvinvointialue</span>`,
		`<span class="mark circle" aria-hidden="true">L</span>`,
		`<h2 id="unit-0">Välfärd</h2>`,
		`<button name="account" value="coordinator"><b lang="fi">HYTE-koordinaattori</b> <span class="meta">Esimerkki Henkilö · <span lang="fi">Koordinaattori</span></span></button>`,
		`O&#39;Brien &lt;&#34;&amp;&gt;`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not in\n%s", want, page)
		}
	}
	if strings.Count(page, "<h2") != 1 {
		t.Error("the accounts of one unit are not in one group")
	}
	for _, never := range []string{"<script", " style=", "<style", " on"} {
		if strings.Contains(page, never+"=") || strings.Contains(page, never+">") {
			t.Errorf("%q is in the page", never)
		}
	}
	want := "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self' " + w.base + "; base-uri 'none'; frame-ancestors 'none'"
	if got := response.Header.Get("Content-Security-Policy"); got != want {
		t.Errorf("policy %q", got)
	}
	if got := response.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	for path, contentType := range map[string]string{"/login.css": "text/css; charset=utf-8", "/source-sans-3.woff2": "font/woff2"} {
		response, body := get(t, w.base+"/demo-idp/luvn"+path)
		if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != contentType || body == "" {
			t.Errorf("%s: status %d, type %q, %d bytes", path, response.StatusCode, response.Header.Get("Content-Type"), len(body))
		}
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	w := setup(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(w.base, "http://"))
	discovery := w.base + "/demo-idp/espoo/.well-known/openid-configuration"
	for name, c := range map[string]struct {
		host, header, value string
		want                int
	}{
		"localhost":          {"localhost:" + port, "", "", 200},
		"IPv4":               {"127.0.0.1:" + port, "", "", 200},
		"IPv6":               {"[::1]:" + port, "", "", 200},
		"capitals":           {"LocalHost:" + port, "", "", 200},
		"foreign host":       {"rebound.example:" + port, "", "", 403},
		"localhost's child":  {"a.localhost:" + port, "", "", 403},
		"other port":         {"localhost:1", "", "", 403},
		"no port":            {"localhost", "", "", 403},
		"Forwarded":          {"localhost:" + port, "Forwarded", "for=192.0.2.1", 403},
		"X-Forwarded-For":    {"localhost:" + port, "X-Forwarded-For", "127.0.0.1", 403},
		"X-Forwarded-Host":   {"localhost:" + port, "X-Forwarded-Host", "localhost:" + port, 403},
		"X-Forwarded-Proto":  {"localhost:" + port, "x-forwarded-proto", "", 403},
		"X-Real-IP":          {"localhost:" + port, "X-Real-IP", "127.0.0.1", 403},
		"Via":                {"localhost:" + port, "Via", "1.1 proxy", 403},
		"ordinary other one": {"localhost:" + port, "X-Request-Id", "1", 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, discovery, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = c.host
			if c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			response, body := do(t, r)
			if response.StatusCode != c.want {
				t.Errorf("status %d, want %d: %s", response.StatusCode, c.want, body)
			}
			if c.want == 200 {
				var config struct {
					Issuer  string   `json:"issuer"`
					Methods []string `json:"code_challenge_methods_supported"`
				}
				if err := json.Unmarshal([]byte(body), &config); err != nil {
					t.Fatal(err)
				}
				if config.Issuer != w.base+"/demo-idp/espoo" || len(config.Methods) != 1 || config.Methods[0] != "S256" {
					t.Errorf("discovery: %+v", config)
				}
			}
		})
	}
}

func TestRemoteCallerIsRefused(t *testing.T) {
	t.Parallel()
	handler, err := demoidp.New(demoidp.Config{
		BaseURL:  "http://localhost:8080",
		Issuers:  []demoidp.Issuer{issuer("http://localhost:8080", "espoo", "Espoon kaupunki", "")},
		Accounts: demoAccounts, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	for remote, want := range map[string]int{"127.0.0.1:5": 200, "[::1]:5": 200, "192.0.2.7:5": 403, "@": 403} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:8080/demo-idp/espoo/.well-known/openid-configuration", nil)
		r.RemoteAddr = remote
		response := httptest.NewRecorder()
		handler.ServeHTTP(response, r)
		if response.Code != want {
			t.Errorf("from %s: status %d, want %d", remote, response.Code, want)
		}
	}
}

func TestCrossOriginFormIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.espoo.begin(t, "s", oauth2.GenerateVerifier())
	form := url.Values{"id": {id}, "account": {"coordinator"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.base+"/demo-idp/espoo/login", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://example.org")
	if response, _ := do(t, r); response.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want 403", response.StatusCode)
	}
}

func TestAnswersAreNotShared(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/demo-idp/espoo/userinfo", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://example.org")
	response, _ := do(t, r)
	if got := response.Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("another origin may read the answer: %q", got)
	}
}

func TestRefuseUnlessLoopback(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"localhost:8080": true, "127.0.0.1:8080": true, "127.9.9.9:0": true, "[::1]:8080": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.0.2.1:8080": false,
		"example.org:8080": false, "localhost.example.org:80": false, "localhost": false, "": false,
	} {
		if err := demoidp.RefuseUnlessLoopback(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestNewRefusesWrongConfig(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*demoidp.Config){
		"public base URL":   func(c *demoidp.Config) { c.BaseURL = "http://yhdyspinta.example" },
		"https":             func(c *demoidp.Config) { c.BaseURL = "https://localhost:8080" },
		"base with a path":  func(c *demoidp.Config) { c.BaseURL = "http://localhost:8080/sub" },
		"no issuers":        func(c *demoidp.Config) { c.Issuers = nil },
		"no accounts":       func(c *demoidp.Config) { c.Accounts = nil },
		"path at the root":  func(c *demoidp.Config) { c.Issuers[0].Path = "/" },
		"path with no root": func(c *demoidp.Config) { c.Issuers[0].Path = "espoo" },
		"path taken twice":  func(c *demoidp.Config) { c.Issuers = append(c.Issuers, c.Issuers[0]) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := demoidp.Config{
				BaseURL:  "http://localhost:8080",
				Issuers:  []demoidp.Issuer{issuer("http://localhost:8080", "espoo", "Espoon kaupunki", "")},
				Accounts: demoAccounts, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			}
			change(&config)
			if _, err := demoidp.New(config); err == nil {
				t.Error("accepted")
			}
		})
	}
}
