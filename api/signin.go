package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// Issuer is an identity provider in the configuration. All are of equal
// standing; each belongs to one party.
type Issuer struct {
	Key          string // in paths: /auth/{key}/login and /auth/{key}/callback
	PartyKey     string
	IssuerURL    string // https, except on loopback
	ClientID     string
	ClientSecret string
	Title        domain.Text // what people choose by, as a rule the party's name
}

// relyingParty is the product as a client of one issuer.
type relyingParty struct {
	Issuer
	redirectURL string
	client      *http.Client
	connecting  singleflight.Group
	connected   atomic.Pointer[connection]
}

// connection is what an identity provider has said of itself.
type connection struct {
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
	oauth    oauth2.Config
}

var issuerKey = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}$`)

func newRelyingParty(issuer Issuer, base *url.URL) (*relyingParty, error) {
	address, err := url.Parse(issuer.IssuerURL)
	switch {
	case !issuerKey.MatchString(issuer.Key):
		return nil, errors.New("the key must be lower-case letters, digits and hyphens")
	case err != nil || address.Host == "":
		return nil, fmt.Errorf("%q is no issuer address", issuer.IssuerURL)
	case issuer.PartyKey == "" || issuer.ClientID == "" || issuer.ClientSecret == "" || issuer.Title.FI == "":
		return nil, errors.New("party, client id, client secret and a title in Finnish are required")
	}
	if err := secureURL(address); err != nil {
		return nil, fmt.Errorf("issuer address %q: %w", issuer.IssuerURL, err)
	}
	return &relyingParty{
		Issuer:      issuer,
		redirectURL: base.JoinPath("auth", issuer.Key, "callback").String(),
		client:      &http.Client{Timeout: providerWithin, Transport: boundedTransport{http.DefaultTransport}},
	}, nil
}

// What is waited for and read of one answer of a provider.
const (
	providerWithin = 10 * time.Second
	providerAtMost = 1 << 20 // bytes
)

var errProviderTooLong = errors.New("the provider's answer is too long")

// boundedTransport reads at most providerAtMost of each answer: the libraries read all
// that comes. What a provider says when it fails or refuses to tell is not read: they
// would put it into their errors, and it may be about the person. Why it gives no token
// is read by its code.
type boundedTransport struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t boundedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if res.StatusCode >= 500 || res.StatusCode >= 400 && r.Method == http.MethodGet {
		if err := res.Body.Close(); err != nil {
			return nil, fmt.Errorf("close what a provider answered: %w", err)
		}
		res.Body = http.NoBody
		return res, nil
	}
	res.Body = &boundedBody{ReadCloser: res.Body, left: providerAtMost}
	return res, nil
}

// brief is what a provider did wrong as the log tells it: it may hold an answer whole.
func brief(err error) error {
	const most = 500
	if text := err.Error(); len(text) > most {
		return errors.New(strings.ToValidUTF8(text[:most], "") + "…")
	}
	return err
}

type boundedBody struct {
	io.ReadCloser
	left int
}

// Read is an error at the first byte beyond the bound.
func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errProviderTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left+1)])
	if b.left -= n; b.left < 0 {
		return n - 1, errProviderTooLong
	}
	return n, err
}

// connect reads the provider's discovery document at first use, and again as
// long as that fails. Requests that come meanwhile share one attempt.
func (p *relyingParty) connect(ctx context.Context) (*connection, error) {
	if c := p.connected.Load(); c != nil {
		return c, nil
	}
	_, err, _ := p.connecting.Do("", func() (any, error) {
		ctx := oidc.ClientContext(context.WithoutCancel(ctx), p.client)
		provider, err := oidc.NewProvider(ctx, p.IssuerURL)
		if err != nil {
			return nil, err
		}
		var metadata struct {
			AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
		}
		if err := provider.Claims(&metadata); err != nil {
			return nil, err
		}
		// Left to find out by itself, the library would try a code twice, and a good
		// provider burns it at the first try.
		endpoint := provider.Endpoint()
		endpoint.AuthStyle = oauth2.AuthStyleInHeader
		if len(metadata.AuthMethods) > 0 && !slices.Contains(metadata.AuthMethods, "client_secret_basic") {
			endpoint.AuthStyle = oauth2.AuthStyleInParams
		}
		p.connected.Store(&connection{
			provider: provider,
			verifier: provider.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID}),
			oauth: oauth2.Config{
				ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.redirectURL,
				Endpoint: endpoint, Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
			},
		})
		return nil, nil
	})
	return p.connected.Load(), err
}

// signIn is a sign-in that was begun in a browser and is not finished. It lives
// in that browser's session, so nobody can finish it in another.
type signIn struct {
	State    string    `json:"state"`
	Issuer   string    `json:"issuer"` // key; only this issuer's callback finishes it
	Nonce    string    `json:"nonce"`
	Verifier string    `json:"verifier"`
	ReturnTo string    `json:"returnTo"` // local path
	Began    time.Time `json:"began"`
}

// The codes with which a failed sign-in comes to the sign-in page.
const (
	codeProviderUnavailable = "provider_unavailable"
	codeSignInUnknown       = "sign_in_unknown" // begun elsewhere, too long ago, or finished
	codeSignInCancelled     = "sign_in_cancelled"
	codeSignInRefused       = "sign_in_refused"
	codeSignInFailed        = "sign_in_failed" // here, not at the provider
)

// login sends the browser to the issuer.
func (s *Sessions) login(c echo.Context) error {
	r := c.Request()
	p := s.parties[c.Param("issuer")]
	if p == nil {
		return domain.NotFound("issuer")
	}
	// The session's cookie must be set on the host that the callback comes to.
	if r.Host != s.base.Host {
		return c.Redirect(http.StatusFound, s.base.String()+r.URL.RequestURI())
	}
	begun := signIn{
		State: rand.Text(), Issuer: p.Key, Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(),
		ReturnTo: localPath(c.QueryParam("returnTo")), Began: s.Clock.Now(),
	}
	conn, err := p.connect(r.Context())
	if err != nil {
		return s.failed(c, p, begun, codeProviderUnavailable, brief(err))
	}
	v, err := s.read(r.Context())
	if err != nil {
		return err
	}
	v.SignIns = slices.DeleteFunc(v.SignIns, s.expired)
	if len(v.SignIns) >= maxSignIns {
		v.SignIns = v.SignIns[len(v.SignIns)-maxSignIns+1:]
	}
	v.SignIns = append(v.SignIns, begun)
	if err := s.write(r.Context(), v); err != nil {
		return err
	}
	if v.PersonID.IsZero() {
		s.manager.SetDeadline(r.Context(), s.Clock.Now().Add(signInLifetime))
	}
	return c.Redirect(http.StatusFound, conn.oauth.AuthCodeURL(begun.State,
		oauth2.S256ChallengeOption(begun.Verifier), oidc.Nonce(begun.Nonce),
		oauth2.SetAuthURLParam("ui_locales", langOf(begun.ReturnTo))))
}

func (s *Sessions) expired(b signIn) bool {
	return !s.Clock.Now().Before(b.Began.Add(signInLifetime))
}

// callback finishes a sign-in that login began in the same browser.
func (s *Sessions) callback(c echo.Context) error {
	ctx, query := c.Request().Context(), c.QueryParams()
	p := s.parties[c.Param("issuer")]
	if p == nil {
		return domain.NotFound("issuer")
	}
	v, err := s.read(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.SignIns, func(b signIn) bool {
		return b.State == query.Get("state") && b.Issuer == p.Key && !s.expired(b)
	})
	if i < 0 {
		return s.failed(c, p, signIn{}, codeSignInUnknown, errors.New("no such sign-in was begun in this browser"))
	}
	begun := v.SignIns[i]
	v.SignIns = slices.Delete(v.SignIns, i, i+1)
	if err := s.write(ctx, v); err != nil { // a state is good for one answer
		return err
	}

	// RFC 9207: an answer that names another issuer was meant for that one.
	if iss := query.Get("iss"); iss != "" && iss != p.IssuerURL {
		return s.failed(c, p, begun, codeSignInRefused, errors.New("the answer names another issuer"))
	}
	switch code := query.Get("error"); code {
	case "":
	case "access_denied":
		return s.failed(c, p, begun, codeSignInCancelled, nil)
	case "temporarily_unavailable", "server_error":
		return s.failed(c, p, begun, codeProviderUnavailable, fmt.Errorf("the provider answered %.100q", code))
	default:
		return s.failed(c, p, begun, codeSignInRefused, fmt.Errorf("the provider answered %.100q", code))
	}
	identity, err := p.identify(ctx, begun, query.Get("code"))
	if err != nil {
		code := codeProviderUnavailable
		if refused, ok := errors.AsType[*refusedError](err); ok {
			code, err = codeSignInRefused, refused
		}
		return s.failed(c, p, begun, code, brief(err))
	}

	who, err := s.begin(ctx, p, identity, c.Request().UserAgent())
	if err != nil {
		return s.failed(c, p, begun, codeSignInFailed, err)
	}
	s.observe(p, "ok")
	if who.IsNobody() {
		return c.Redirect(http.StatusSeeOther, signInPage(begun.ReturnTo, "")) // it says whom to ask
	}
	return c.Redirect(http.StatusSeeOther, begun.ReturnTo)
}

// begin makes the session that of an identified person, under a new token.
func (s *Sessions) begin(ctx context.Context, p *relyingParty, in access.Identity, userAgent string) (access.Standing, error) {
	person, err := s.Access.SignIn(ctx, in, requestID(ctx))
	if err != nil {
		return access.Standing{}, err
	}
	who, err := s.Access.Standing(ctx, person.ID, s.Clock.Today())
	if err != nil {
		return who, err
	}
	v := session{PersonID: person.ID, Issuer: p.Key}
	v.ID.SetNew(domain.UUIDv7)
	if len(who.Posts) > 0 {
		v.PostID = who.Posts[0].ID
	}
	if err := s.manager.RenewToken(ctx); err != nil {
		return who, err
	}
	s.manager.SetDeadline(ctx, s.Clock.Now().Add(SessionLifetime))
	return who, s.keep(ctx, v, userAgent)
}

// refusedError is an answer of the provider that must not be believed, or its
// refusal; asking it again would not help.
type refusedError struct{ err error }

func (e *refusedError) Error() string { return e.err.Error() }
func (e *refusedError) Unwrap() error { return e.err }

// identify exchanges the code and checks what the provider says of the person.
func (p *relyingParty) identify(ctx context.Context, begun signIn, code string) (access.Identity, error) {
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), 20*time.Second)
	defer cancel()
	conn, err := p.connect(ctx)
	if err != nil {
		return access.Identity{}, err
	}
	tokens, err := conn.oauth.Exchange(ctx, code, oauth2.VerifierOption(begun.Verifier))
	if err != nil {
		if answer, ok := errors.AsType[*oauth2.RetrieveError](err); ok && answer.Response.StatusCode < 500 {
			return access.Identity{}, &refusedError{fmt.Errorf("exchange the code: status %d, %.100q", answer.Response.StatusCode, answer.ErrorCode)}
		}
		return access.Identity{}, fmt.Errorf("exchange the code: %w", err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return access.Identity{}, &refusedError{errors.New("no id token")}
	}
	// The times in a token are those of the provider's clock and are held against
	// this machine's, whatever the product's own clock says.
	token, err := conn.verifier.Verify(ctx, raw)
	if err != nil {
		return access.Identity{}, &refusedError{fmt.Errorf("check the id token: %w", err)}
	}
	if token.Nonce != begun.Nonce {
		return access.Identity{}, &refusedError{errors.New("check the id token: another nonce")}
	}
	if token.Subject == "" {
		return access.Identity{}, &refusedError{errors.New("check the id token: no subject")}
	}
	if len(token.Subject) > 255 || strings.ContainsRune(token.Subject, 0) { // OpenID Connect Core, section 2: at most 255
		return access.Identity{}, &refusedError{errors.New("check the id token: a subject that is none")}
	}
	var said claims
	if err := token.Claims(&said); err != nil {
		return access.Identity{}, &refusedError{fmt.Errorf("read the id token: %w", err)}
	}
	// Many providers keep name and e-mail out of the id token.
	if (said.Name+said.FamilyName == "" || said.Email == "") && conn.provider.UserInfoEndpoint() != "" {
		info, err := conn.provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
		if err != nil {
			return access.Identity{}, fmt.Errorf("read the user info: %w", err)
		}
		if info.Subject != token.Subject {
			return access.Identity{}, &refusedError{errors.New("the user info is about somebody else")}
		}
		if err := info.Claims(&said); err != nil {
			return access.Identity{}, &refusedError{fmt.Errorf("read the user info: %w", err)}
		}
	}
	return access.Identity{Issuer: p.IssuerURL, Subject: token.Subject, PartyKey: p.PartyKey, Name: said.name(), Email: storable(said.Email)}, nil
}

// claims are what the product wants to know of a person.
type claims struct {
	Name       string `json:"name"`
	GivenName  string `json:"given_name"`
	FamilyName string `json:"family_name"`
	Username   string `json:"preferred_username"`
	Email      string `json:"email"`
}

// name is the best that was said to call the person by.
func (c claims) name() string {
	for _, name := range []string{c.Name, c.GivenName + " " + c.FamilyName, c.Username, c.Email} {
		if name = storable(name); name != "" {
			return name
		}
	}
	return ""
}

// storable is what a provider told, without what no database stores.
func storable(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\x00", "")) }

func (s *Sessions) observe(p *relyingParty, result string) {
	if s.Observe != nil {
		s.Observe(p.Key, result)
	}
}

// failed logs why a sign-in failed and goes to the page that tells the person.
func (s *Sessions) failed(c echo.Context, p *relyingParty, begun signIn, code string, err error) error {
	s.observe(p, code)
	if err != nil {
		s.Log.Warn("sign-in failed", "request", requestID(c.Request().Context()), "issuer", p.Key, "code", code, "error", err)
	}
	return c.Redirect(http.StatusSeeOther, signInPage(begun.ReturnTo, code))
}

// signInPage is the page of the front end on which people choose an issuer, read
// why signing in failed, or whom to ask for a role.
func signInPage(returnTo, code string) string {
	page := "/" + langOf(returnTo) + "/sign-in"
	query := url.Values{}
	if code != "" {
		query.Set("error", code)
	}
	if localPath(returnTo) != "/" && code != "" {
		query.Set("returnTo", returnTo)
	}
	if len(query) > 0 {
		page += "?" + query.Encode()
	}
	return page
}

// langOf is the language of a page by its path: the first part of it.
func langOf(path string) string {
	for _, lang := range domain.Langs {
		if path == "/"+string(lang) || strings.HasPrefix(path, "/"+string(lang)+"/") || strings.HasPrefix(path, "/"+string(lang)+"?") {
			return string(lang)
		}
	}
	return string(domain.Finnish)
}

// localPath is path if a browser sent there surely stays on this site, else "/".
func localPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || len(path) > 2000 || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, `\`) ||
		strings.HasPrefix(u.Path, "/auth/") || strings.HasPrefix(u.Path, "/api/") {
		return "/"
	}
	return path
}
