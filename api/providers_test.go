package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"yhdyspinta/api"
)

// nonsense is a provider one of whose answers another handler gives; the rest is that
// of provider.
func nonsense(t *testing.T, path string, answer func(*provider, http.ResponseWriter)) *provider {
	t.Helper()
	p := newProvider(t)
	if path == "/userinfo" {
		p.idToken, p.userInfo = map[string]any{"name": nil}, map[string]any{"sub": "x"}
	}
	inner := p.server.Config.Handler
	p.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			answer(p, w)
			return
		}
		inner.ServeHTTP(w, r)
	})
	return p
}

func write(w http.ResponseWriter, contentType, text string) {
	w.Header().Set("Content-Type", contentType)
	fmt.Fprint(w, text)
}

// tokens answers at the token endpoint with an id token that the test makes.
func tokens(p *provider, w http.ResponseWriter, idToken string) {
	p.json(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": idToken})
}

func goodClaims(p *provider) map[string]any {
	return map[string]any{"iss": p.url, "sub": "x", "aud": "client:1", "nonce": p.nonce, "name": "Xenia Exempel", "email": "x@example.org",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()}
}

// A provider that answers nonsense, of whatever kind and at whatever step, signs nobody
// in: the page of signing in says in which of two ways it failed, other providers and
// running sessions go on.
func TestProviderThatAnswersNonsense(t *testing.T) {
	t.Parallel()
	const discovery = "/.well-known/openid-configuration"
	const refused, unavailable = "sign_in_refused", "provider_unavailable"
	endless := func(p *provider, w http.ResponseWriter) { // 64 MB: more than any connection holds unread
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"x":"`)
		piece := strings.Repeat("x", 1<<16)
		for range 1024 {
			if _, err := fmt.Fprint(w, piece); err != nil {
				return
			}
		}
		fmt.Fprint(w, `"}`)
		p.t.Error("an answer without end was read to its end")
	}
	text := func(s string) func(*provider, http.ResponseWriter) {
		return func(_ *provider, w http.ResponseWriter) { write(w, "application/json", s) }
	}
	refuses := func(status int) func(*provider, http.ResponseWriter) {
		return func(_ *provider, w http.ResponseWriter) {
			w.WriteHeader(status)
			fmt.Fprint(w, "xenia@example.org may not come in")
		}
	}
	cut := func(_ *provider, _ http.ResponseWriter) { panic(http.ErrAbortHandler) }
	signed := func(key any, alg jose.SignatureAlgorithm) func(*provider, http.ResponseWriter) {
		return func(p *provider, w http.ResponseWriter) {
			signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, nil)
			if err != nil {
				p.t.Error(err)
				return
			}
			raw, err := jwt.Signed(signer).Claims(goodClaims(p)).Serialize()
			if err != nil {
				p.t.Error(err)
			}
			tokens(p, w, raw)
		}
	}
	unsigned := func(head string) func(*provider, http.ResponseWriter) {
		return func(p *provider, w http.ResponseWriter) {
			claims, err := json.Marshal(goodClaims(p))
			if err != nil {
				p.t.Error(err)
			}
			encode := base64.RawURLEncoding.EncodeToString
			tokens(p, w, encode([]byte(head))+"."+encode(claims)+".")
		}
	}
	cases := map[string]struct {
		path   string
		answer func(*provider, http.ResponseWriter)
		want   string
	}{
		"discovery is no JSON":     {discovery, text("<html>"), unavailable},
		"discovery is empty":       {discovery, text(""), unavailable},
		"discovery is a list":      {discovery, text("[]"), unavailable},
		"discovery of another":     {discovery, text(`{"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t","jwks_uri":"https://id.example/k"}`), unavailable},
		"discovery without issuer": {discovery, text(`{"authorization_endpoint":1}`), unavailable},
		"discovery is endless":     {discovery, endless, unavailable},
		"discovery breaks off":     {discovery, cut, unavailable},
		"keys are no JSON":         {"/keys", text("<html>"), refused},
		"keys are none":            {"/keys", text(`{"keys":[]}`), refused},
		"keys are endless":         {"/keys", endless, refused},
		"keys break off":           {"/keys", cut, refused},
		"tokens are no JSON":       {"/token", text("<html>"), unavailable},
		"tokens are endless":       {"/token", endless, unavailable},
		"tokens break off":         {"/token", cut, unavailable},
		"token is a number":        {"/token", text(`{"access_token":"a","token_type":"Bearer","id_token":1}`), refused},
		"token is no token":        {"/token", text(`{"access_token":"a","token_type":"Bearer","id_token":"a.b.c"}`), refused},
		"alg none":                 {"/token", unsigned(`{"alg":"none"}`), refused},
		"alg None with a key":      {"/token", unsigned(`{"alg":"None","kid":"k"}`), refused},
		"signed with the secret":   {"/token", signed([]byte("s/ö"+strings.Repeat("-", 40)), jose.HS256), refused},
		"user info is no JSON":     {"/userinfo", text("<html>"), unavailable},
		"user info is endless":     {"/userinfo", endless, unavailable},
		"user info breaks off":     {"/userinfo", cut, unavailable},
		"user info is a list":      {"/userinfo", text("[]"), unavailable},
		"keys are long nonsense":   {"/keys", text("<html>" + strings.Repeat("x", 100_000)), refused},
		"user info is refused":     {"/userinfo", refuses(http.StatusForbidden), unavailable},
		"tokens are refused":       {"/token", refuses(http.StatusBadRequest), refused},
		"tokens fail":              {"/token", refuses(http.StatusInternalServerError), unavailable},
	}
	var issuers []api.Issuer
	key := func(name string) string { return "n-" + strings.ReplaceAll(strings.ToLower(name), " ", "-") }
	for name, c := range cases {
		issuers = append(issuers, nonsense(t, c.path, c.answer).issuer(key(name)))
	}
	s := setupSite(t, issuers...)
	other := s.browser()
	other.signIn("luvn", "a", "/fi")
	for name, c := range cases {
		b := s.browser()
		to := b.do("GET", "/auth/"+key(name)+"/login?returnTo=/sv", nil).location()
		if to != "/sv/sign-in?error="+c.want+"&returnTo=%2Fsv" || b.me().SignedIn {
			t.Errorf("%s: ends at %q", name, to)
		}
	}
	// The log says of each how it failed, shortly, and not about whom.
	failed := s.log.with(t, map[string]any{"msg": "sign-in failed"})
	for _, line := range failed {
		if text := fmt.Sprint(line); len(text) > 1000 || strings.Contains(text, "xenia") || line["error"] == "" {
			t.Errorf("the log has a line of %d bytes: %.200s", len(text), text)
		}
	}
	if len(failed) != len(cases) {
		t.Errorf("%d lines of the log for %d failures", len(failed), len(cases))
	}
	if n := s.value("select count(*) from person where subject = 'x'"); n != 0 {
		t.Errorf("%d people came in", n)
	}
	if me := other.me(); me.Name != "Anders Exempel" {
		t.Errorf("a running session is %+v", me)
	}
	if to := s.browser().signIn("espoo", "a", "/sv"); to != "/sv" {
		t.Errorf("signing in elsewhere ends at %q", to)
	}
}

// What a provider says of a person is kept as far as it can be, and refused where it
// names nobody.
func TestClaimsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		idToken map[string]any
		want    string // name; "": refused
	}{
		"a name that cannot be stored": {map[string]any{"name": "A\u0000nna\u202e"}, "Anna\u202e"},
		"a long name":                  {map[string]any{"name": strings.Repeat("ä", 5000)}, strings.Repeat("ä", 200)},
		"a name that is a number":      {map[string]any{"name": 1}, ""},
		"a long subject":               {map[string]any{"sub": strings.Repeat("s", 256)}, ""},
		"a subject without form":       {map[string]any{"sub": "a\u0000b"}, ""},
		"a subject that is a list":     {map[string]any{"sub": []string{"x"}}, ""},
		"an expiry that is a text":     {map[string]any{"exp": "tomorrow"}, ""},
		"issued for all":               {map[string]any{"aud": []string{"stranger"}}, ""},
	}
	var issuers []api.Issuer
	key := func(name string) string { return strings.ReplaceAll(name, " ", "-") }
	for name, c := range cases {
		p := newProvider(t)
		p.idToken = c.idToken
		issuers = append(issuers, p.issuer(key(name)))
	}
	s := setupSite(t, issuers...)
	for name, c := range cases {
		b := s.browser()
		to := b.do("GET", "/auth/"+key(name)+"/login?returnTo=/sv", nil).location()
		me := b.me()
		if c.want == "" && (me.SignedIn || to != "/sv/sign-in?error=sign_in_refused&returnTo=%2Fsv") || c.want != "" && me.Name != c.want {
			t.Errorf("%s: ends at %q as %q", name, to, me.Name)
		}
	}
}

// A provider that changes its keys is believed by the new ones at once, and no more by
// the old one.
func TestProviderThatChangesItsKeys(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	s := setupSite(t, p.issuer("turning"))
	in := func() bool {
		b := s.browser()
		b.do("GET", "/auth/turning/login?returnTo=/sv", nil)
		return b.me().SignedIn
	}
	if !in() {
		t.Fatal("the first key is not believed")
	}
	first, old := p.signer, p.keys
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	jwk := jose.JSONWebKey{Key: key, KeyID: "k2", Algorithm: "ES256", Use: "sig"}
	second, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jwk}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.keys = jose.JSONWebKeySet{Keys: slices.Concat(old.Keys, []jose.JSONWebKey{jwk.Public()})}
	if p.signer = second; !in() {
		t.Error("a new key beside the old one is not fetched")
	}
	if p.signer = first; !in() {
		t.Error("the old key is not believed while the provider has it")
	}
	key3, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	jwk3 := jose.JSONWebKey{Key: key3, KeyID: "k3", Algorithm: "ES256", Use: "sig"}
	p.keys = jose.JSONWebKeySet{Keys: []jose.JSONWebKey{jwk3.Public()}}
	if p.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jwk3}, nil); err != nil || !in() {
		t.Error("a key that replaces the others is not fetched")
	}
	for _, gone := range []jose.Signer{first, second} {
		if p.signer = gone; in() {
			t.Error("a key that the provider no longer has is believed")
		}
	}
}

// The clock of the machine is set forwards and back: sessions end by it and never live
// longer than they may, a sign-in goes on, and who was signed out stays out.
func TestSessionsWhenTheClockJumps(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("espoo", "a", "/fi")
	s.Advance(-3 * time.Hour)
	if !b.me().SignedIn {
		t.Error("a clock that is set back ends a session")
	}
	s.Advance(3 * time.Hour)
	for range 19 {
		s.Advance(29 * time.Minute)
		b.me()
	}
	s.Advance(2 * time.Hour)
	if b.me().SignedIn {
		t.Error("a session outlives the jump over its end")
	}
	s.Advance(-24 * time.Hour)
	if b.me().SignedIn {
		t.Error("a session that has ended comes back with the clock")
	}
	c := s.browser()
	address := c.callbackAddress("luvn", "a", "/fi")
	s.Advance(-5 * time.Minute)
	if to := c.do("GET", address, nil).location(); to != "/fi" {
		t.Errorf("set back while somebody signs in, it ends at %q", to)
	}
	d := s.browser()
	address = d.callbackAddress("luvn", "a", "/fi")
	s.Advance(365 * 24 * time.Hour)
	if to := d.do("GET", address, nil).location(); to != "/fi/sign-in?error=sign_in_unknown" || d.me().SignedIn {
		t.Errorf("set forwards while somebody signs in, it ends at %q", to)
	}
	if c.me().SignedIn {
		t.Error("a session outlives a year")
	}
}

// Another who has signed in in the same browser does not save what was typed on a page
// that was opened for somebody else; the person themselves does, in a new session too.
func TestPageOfAnotherPersonSavesNothing(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	b := s.browser()
	b.signIn("luvn", "a", "/fi")
	anders := b.me()
	choose := func(headers ...string) answer {
		return b.asJSON("POST", "/me/post", map[string]any{"postId": s.org.Post["luvn_older_head"]}, headers...)
	}
	s.Advance(11 * time.Hour)
	wantProblem(t, b.asJSON("POST", "/goals", map[string]any{}, "Yhdyspinta-Person", anders.ID.String()), http.StatusUnauthorized, "sign_in_required")
	b.signIn("luvn", "a", "/fi")
	if a := choose("Yhdyspinta-Person", anders.ID.String()); a.StatusCode != http.StatusOK {
		t.Errorf("in a new session of the same person: %d %s", a.StatusCode, a.body)
	}
	b.signIn("espoo", "a", "/fi")
	wantProblem(t, choose("Yhdyspinta-Person", anders.ID.String()), http.StatusConflict, "other_person")
	wantProblem(t, b.asJSON("POST", "/goals", map[string]any{}, "Yhdyspinta-Person", "nobody"), http.StatusConflict, "other_person")
	if a := b.do("GET", "/api/v1/goals", nil, "Yhdyspinta-Person", anders.ID.String()); a.StatusCode != http.StatusOK {
		t.Errorf("reading answers %d", a.StatusCode)
	}
}
