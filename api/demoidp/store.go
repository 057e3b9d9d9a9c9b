package demoidp

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

const (
	requestLifetime = 10 * time.Minute // from the redirect here to the choice of a post
	codeLifetime    = time.Minute      // from the choice to the token request
	tokenLifetime   = 5 * time.Minute  // of id tokens and access tokens
	maxPending      = 1000             // requests and tokens kept; the oldest give way
)

var (
	errUnknownClient  = errors.New("unknown client")
	errWrongSecret    = errors.New("wrong client secret")
	errUnknownRequest = errors.New("unknown or expired sign-in request")
	errUnknownCode    = errors.New("unknown, used or expired code")
	errUnknownToken   = errors.New("unknown or expired access token")
	errNotSupported   = errors.New("not supported by the demo identity provider")
)

// store holds one issuer's state in memory. It implements op.Storage for the
// code flow alone: no refresh tokens, no JWT profile, no device flow.
type store struct {
	issuer  Issuer
	now     func() time.Time
	key     signingKey
	mu      sync.Mutex
	pending map[string]*request // by request id
	codes   map[string]*request // by code
	tokens  map[string]*token   // by access token id
}

// request is one authorization request on its way to tokens. It implements
// op.AuthRequest. The fields below id change only under the store's lock.
type request struct {
	id      string
	params  oidc.AuthRequest
	expires time.Time
	account *Account // nil until one is chosen
	chosen  time.Time
	coded   bool // a code was issued; there is never a second one
}

type token struct {
	id       string
	account  Account
	clientID string
	scopes   []string
	expires  time.Time
}

func newStore(issuer Issuer, now func() time.Time) (*store, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make signing key: %w", err)
	}
	return &store{
		issuer:  issuer,
		now:     now,
		key:     signingKey{id: rand.Text(), private: private},
		pending: map[string]*request{},
		codes:   map[string]*request{},
		tokens:  map[string]*token{},
	}, nil
}

// sweep drops what has expired and, where a map is full, what expires first.
// The caller holds the lock.
func (s *store) sweep() {
	now := s.now()
	drop := func(r *request) time.Time { return r.expires }
	sweepMap(s.pending, now, drop)
	sweepMap(s.codes, now, drop)
	sweepMap(s.tokens, now, func(t *token) time.Time { return t.expires })
}

func sweepMap[V any](m map[string]V, now time.Time, expires func(V) time.Time) {
	oldest := ""
	for key, value := range m {
		if !now.Before(expires(value)) {
			delete(m, key)
			continue
		}
		if oldest == "" || expires(value).Before(expires(m[oldest])) {
			oldest = key
		}
	}
	if len(m) >= maxPending {
		delete(m, oldest)
	}
}

// open returns a copy of a request that still waits for the choice of an
// account.
func (s *store) open(id string) (request, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r, ok := s.pending[id]
	if !ok || r.account != nil {
		return request{}, errUnknownRequest
	}
	return *r, nil
}

// choose completes a request as account. It can be done once.
func (s *store) choose(id string, account Account) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r, ok := s.pending[id]
	if !ok || r.account != nil {
		return errUnknownRequest
	}
	r.account, r.chosen = &account, time.Now()
	return nil
}

// forget drops a request that is completed or given up.
func (s *store) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, id)
}

func (s *store) CreateAuthRequest(_ context.Context, params *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	switch {
	case slices.Contains(params.Prompt, oidc.PromptNone):
		return nil, oidc.ErrLoginRequired()
	case !slices.Contains(params.Scopes, oidc.ScopeOpenID):
		return nil, oidc.ErrInvalidScope().WithDescription("the scope openid is required")
	case params.CodeChallenge == "" || params.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return nil, oidc.ErrInvalidRequest().WithDescription("PKCE with S256 is required")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r := &request{id: rand.Text(), params: *params, expires: s.now().Add(requestLifetime)}
	s.pending[r.id] = r
	copied := *r
	return &copied, nil
}

func (s *store) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r, ok := s.pending[id]
	if !ok {
		return nil, errUnknownRequest
	}
	copied := *r
	return &copied, nil
}

func (s *store) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r, ok := s.pending[id]
	if !ok || r.account == nil || r.coded {
		return oidc.ErrAccessDenied().WithDescription("this sign-in was completed before")
	}
	r.coded, r.expires = true, s.now().Add(codeLifetime)
	s.codes[code] = r
	return nil
}

// AuthRequestByCode burns the code before anything else is checked: whether the
// exchange then succeeds or fails, nobody can try it again.
func (s *store) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	r, ok := s.codes[code]
	if !ok {
		return nil, errUnknownCode
	}
	delete(s.codes, code)
	delete(s.pending, r.id)
	copied := *r
	return &copied, nil
}

func (s *store) DeleteAuthRequest(_ context.Context, id string) error {
	s.forget(id)
	return nil
}

func (s *store) CreateAccessToken(_ context.Context, tokenRequest op.TokenRequest) (string, time.Time, error) {
	r, ok := tokenRequest.(*request)
	if !ok || r.account == nil {
		return "", time.Time{}, errNotSupported
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	t := &token{
		id:       rand.Text(),
		account:  *r.account,
		clientID: r.params.ClientID,
		scopes:   r.params.Scopes,
		expires:  s.now().Add(tokenLifetime),
	}
	s.tokens[t.id] = t
	return t.id, time.Now().Add(tokenLifetime), nil
}

func (s *store) CreateAccessAndRefreshTokens(context.Context, op.TokenRequest, string) (string, string, time.Time, error) {
	return "", "", time.Time{}, errNotSupported
}

func (s *store) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, op.ErrInvalidRefreshToken
}

func (s *store) GetRefreshTokenInfo(context.Context, string, string) (string, string, error) {
	return "", "", op.ErrInvalidRefreshToken
}

// TerminateSession has nothing to end: the provider remembers nobody, each
// sign-in asks again.
func (s *store) TerminateSession(context.Context, string, string) error { return nil }

func (s *store) RevokeToken(_ context.Context, tokenID, _, clientID string) *oidc.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t, ok := s.tokens[tokenID]; ok && t.clientID == clientID {
		delete(s.tokens, tokenID)
	}
	return nil
}

func (s *store) SigningKey(context.Context) (op.SigningKey, error) { return s.key, nil }

func (s *store) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{s.key.SignatureAlgorithm()}, nil
}

func (s *store) KeySet(context.Context) ([]op.Key, error) {
	return []op.Key{publicKey{s.key}}, nil
}

func (s *store) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	for _, c := range s.issuer.Clients {
		if c.ID == id {
			return client{c, s.issuer}, nil
		}
	}
	return nil, errUnknownClient
}

func (s *store) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	for _, c := range s.issuer.Clients {
		if c.ID == id {
			if c.Secret == "" || subtle.ConstantTimeCompare([]byte(c.Secret), []byte(secret)) != 1 {
				return errWrongSecret
			}
			return nil
		}
	}
	return errUnknownClient
}

// SetUserinfoFromScopes leaves the work to SetUserinfoFromRequest, as the
// library asks.
func (s *store) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

// SetUserinfoFromRequest fills the id token.
func (s *store) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, idTokenRequest op.IDTokenRequest, scopes []string) error {
	r, ok := idTokenRequest.(*request)
	if !ok || r.account == nil {
		return errNotSupported
	}
	describe(info, *r.account, scopes)
	return nil
}

func (s *store) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, tokenID, _, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	t, ok := s.tokens[tokenID]
	if !ok {
		return errUnknownToken
	}
	describe(info, t.account, t.scopes)
	return nil
}

func (s *store) SetIntrospectionFromToken(_ context.Context, response *oidc.IntrospectionResponse, tokenID, _, clientID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep()
	t, ok := s.tokens[tokenID]
	if !ok || t.clientID != clientID {
		return errUnknownToken
	}
	response.Subject, response.ClientID, response.Scope = t.account.Subject, t.clientID, t.scopes
	return nil
}

func (s *store) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

func (s *store) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNotSupported
}

func (s *store) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNotSupported
}

func (s *store) Health(context.Context) error { return nil }

func describe(info *oidc.UserInfo, account Account, scopes []string) {
	info.Subject = account.Subject
	if slices.Contains(scopes, oidc.ScopeProfile) {
		info.Name = account.Name
		info.Locale = oidc.NewLocale(language.Finnish)
	}
}

func (r *request) GetID() string          { return r.id }
func (r *request) GetACR() string         { return "" }
func (r *request) GetAMR() []string       { return nil }
func (r *request) GetAudience() []string  { return []string{r.params.ClientID} }
func (r *request) GetAuthTime() time.Time { return r.chosen }
func (r *request) GetClientID() string    { return r.params.ClientID }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.params.CodeChallenge, Method: r.params.CodeChallengeMethod}
}
func (r *request) GetNonce() string                   { return r.params.Nonce }
func (r *request) GetRedirectURI() string             { return r.params.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.params.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.params.ResponseMode }
func (r *request) GetScopes() []string                { return r.params.Scopes }
func (r *request) GetState() string                   { return r.params.State }
func (r *request) GetSubject() string {
	if r.account == nil {
		return ""
	}
	return r.account.Subject
}
func (r *request) Done() bool { return r.account != nil }

type signingKey struct {
	id      string
	private *ecdsa.PrivateKey
}

func (k signingKey) ID() string                                  { return k.id }
func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k signingKey) Key() any                                    { return k.private }

type publicKey struct{ key signingKey }

func (k publicKey) ID() string                         { return k.key.id }
func (k publicKey) Algorithm() jose.SignatureAlgorithm { return k.key.SignatureAlgorithm() }
func (k publicKey) Use() string                        { return oidc.KeyUseSignature }
func (k publicKey) Key() any                           { return &k.key.private.PublicKey }

// client adapts Client to the library: a confidential web client of the code
// flow.
type client struct {
	Client
	issuer Issuer
}

func (c client) GetID() string                       { return c.ID }
func (c client) RedirectURIs() []string              { return c.Client.RedirectURIs }
func (c client) PostLogoutRedirectURIs() []string    { return nil }
func (c client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (c client) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodBasic }
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c client) GrantTypes() []oidc.GrantType { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c client) LoginURL(id string) string    { return c.issuer.Path + "/login?id=" + id }

// AccessTokenType is a JWT since the library's opaque tokens do not survive a
// colon in the subject.
func (c client) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeJWT }
func (c client) IDTokenLifetime() time.Duration      { return tokenLifetime }
func (c client) DevMode() bool                       { return false }
func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
func (c client) IsScopeAllowed(string) bool           { return false }
func (c client) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c client) ClockSkew() time.Duration             { return 0 }
