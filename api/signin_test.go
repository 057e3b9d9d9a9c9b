package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"yhdyspinta/api"
	"yhdyspinta/domain"
)

// provider is an identity provider that says what a test makes it say.
type provider struct {
	t      *testing.T
	url    string
	server *httptest.Server
	signer jose.Signer
	keys   jose.JSONWebKeySet

	nonce    string         // of the last request for sign-in
	idToken  map[string]any // over the claims of a good token; nil deletes one
	userInfo map[string]any // nil: there is no such endpoint
	methods  []string       // how clients may authenticate; nil: it does not say
	status   int            // of the token endpoint, if not 200
	noToken  bool           // leaves the id token out
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	jwk := jose.JSONWebKey{Key: key, KeyID: "k", Algorithm: "ES256", Use: "sig"}
	p := &provider{t: t, keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{jwk.Public()}}}
	if p.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jwk}, nil); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /other-idp/authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) { p.json(w, p.keys) })
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) { p.json(w, p.userInfo) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p.url, p.server = server.URL, server
	return p
}

func (p *provider) issuer(key string) api.Issuer {
	return api.Issuer{Key: key, PartyKey: "espoo", IssuerURL: p.url, ClientID: "client:1", ClientSecret: "s/ö", Title: domain.Text{FI: "Muu"}}
}

func (p *provider) json(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.t.Error(err)
	}
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	d := map[string]any{
		"issuer": p.url, "authorization_endpoint": p.url + "/other-idp/authorize", "token_endpoint": p.url + "/token", "jwks_uri": p.url + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256"},
	}
	if p.methods != nil {
		d["token_endpoint_auth_methods_supported"] = p.methods
	}
	if p.userInfo != nil {
		d["userinfo_endpoint"] = p.url + "/userinfo"
	}
	p.json(w, d)
}

func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("nonce") == "" || q.Get("ui_locales") != "sv" {
		p.t.Errorf("asked with %v", q)
	}
	p.nonce = q.Get("nonce")
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"state": {q.Get("state")}, "code": {"c"}}.Encode(), http.StatusFound)
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = url.QueryEscape(r.PostFormValue("client_id")), url.QueryEscape(r.PostFormValue("client_secret"))
	}
	if wantBasic := p.methods == nil; basic != wantBasic || id != "client%3A1" || secret != "s%2F%C3%B6" || r.PostFormValue("code_verifier") == "" {
		p.t.Errorf("token request: basic %t, %q %q, %v", basic, id, secret, r.PostForm)
	}
	if p.status != 0 {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(p.status)
		p.json(w, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{
		"iss": p.url, "sub": "x", "aud": "client:1", "nonce": p.nonce, "name": "Xenia Exempel", "email": "x@example.org",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	for name, value := range p.idToken {
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
	}
	raw, err := jwt.Signed(p.signer).Claims(claims).Serialize()
	if err != nil {
		p.t.Error(err)
	}
	answer := map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": raw}
	if p.noToken {
		delete(answer, "id_token")
	}
	p.json(w, answer)
}

func TestTokenThatMustNotBeBelieved(t *testing.T) {
	t.Parallel()
	const refused, unavailable = "sign_in_refused", "provider_unavailable"
	cases := map[string]struct {
		change func(*provider)
		want   string // code; empty: the person is signed in
	}{
		"good":                    {func(*provider) {}, ""},
		"for another client":      {func(p *provider) { p.idToken = map[string]any{"aud": "stranger"} }, refused},
		"of another issuer":       {func(p *provider) { p.idToken = map[string]any{"iss": "https://id.example"} }, refused},
		"for another request":     {func(p *provider) { p.idToken = map[string]any{"nonce": "n"} }, refused},
		"without a nonce":         {func(p *provider) { p.idToken = map[string]any{"nonce": nil} }, refused},
		"without a subject":       {func(p *provider) { p.idToken = map[string]any{"sub": nil} }, refused},
		"expired":                 {func(p *provider) { p.idToken = map[string]any{"exp": time.Now().Add(-time.Hour).Unix()} }, refused},
		"signed with another key": {func(p *provider) { p.signer = newProvider(p.t).signer }, refused},
		"missing":                 {func(p *provider) { p.noToken = true }, refused},
		"code refused":            {func(p *provider) { p.status = http.StatusBadRequest }, refused},
		"provider broken":         {func(p *provider) { p.status = http.StatusBadGateway }, unavailable},
		"user info of another": {func(p *provider) {
			p.idToken = map[string]any{"name": nil}
			p.userInfo = map[string]any{"sub": "y", "name": "Y"}
		}, refused},
		"secret in the form": {func(p *provider) { p.methods = []string{"client_secret_post"} }, ""},
	}
	var issuers []api.Issuer
	for name, c := range cases {
		p := newProvider(t)
		c.change(p)
		issuers = append(issuers, p.issuer(strings.ReplaceAll(name, " ", "-")))
	}
	s := setupSite(t, issuers...)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := s.browser()
			to := b.do("GET", "/auth/"+strings.ReplaceAll(name, " ", "-")+"/login?returnTo=/sv", nil).location()
			if c.want == "" {
				if me := b.me(); to != "/sv/sign-in" || me.Name != "Xenia Exempel" {
					t.Errorf("ends at %q as %+v", to, me)
				}
				return
			}
			if to != "/sv/sign-in?error="+c.want+"&returnTo=%2Fsv" || b.me().SignedIn {
				t.Errorf("ends at %q", to)
			}
		})
	}
}

func TestNameOfPerson(t *testing.T) {
	t.Parallel()
	without := func(claims map[string]any) map[string]any {
		all := map[string]any{"name": nil, "email": nil}
		for name, value := range claims {
			all[name] = value
		}
		return all
	}
	cases := []struct {
		want              string
		idToken, userInfo map[string]any
	}{
		{"Full Name", without(map[string]any{"name": " Full Name ", "given_name": "G"}), nil},
		{"Given Family", without(map[string]any{"given_name": "Given", "family_name": "Family", "preferred_username": "u"}), nil},
		{"user", without(map[string]any{"preferred_username": "user", "email": "e@example.org"}), nil},
		{"e@example.org", without(map[string]any{"email": "e@example.org"}), nil},
		{"From Userinfo", without(nil), map[string]any{"sub": "x", "name": "From Userinfo", "email": "u@example.org"}},
		{"", without(nil), nil},
	}
	var issuers []api.Issuer
	for i, c := range cases {
		p := newProvider(t)
		p.idToken, p.userInfo = c.idToken, c.userInfo
		issuers = append(issuers, p.issuer("other-"+strconv.Itoa(i)))
	}
	s := setupSite(t, issuers...)
	for i, c := range cases {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			b := s.browser()
			b.do("GET", "/auth/other-"+strconv.Itoa(i)+"/login?returnTo=/sv", nil)
			if me := b.me(); !me.SignedIn || me.Name != c.want {
				t.Errorf("is called %q, want %q", me.Name, c.want)
			}
		})
	}
}
