// Package demoidp is the demo's identity provider: a real OpenID Connect
// provider in the process of the product, with one issuer for each party. It
// asks for no password and lets anyone act in any post, so it answers only on
// the loopback interface, only under its own host name and never behind a
// proxy. A real installation configures the parties' own providers instead;
// the code path of the product is the same.
package demoidp

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

// Text is a text by language code: "fi", "sv" and "en". A missing language
// falls back to Finnish.
type Text map[string]string

// Account is one way to sign in: a person in a post of the demo.
type Account struct {
	// Subject is the value of the token's "sub", unique within its issuer only.
	Subject string
	// Name is the name of the (invented) person, the token's "name".
	Name string
	// Post and Unit say where the person works; accounts are grouped by Unit in
	// the order in which units first appear.
	Post, Unit Text
	// RoleHint says in a few words what the account may do; it may be empty.
	RoleHint Text
}

// Client is a relying party that an issuer knows.
type Client struct {
	ID, Secret string
	// RedirectURIs are compared character by character.
	RedirectURIs []string
}

// Issuer is the identity provider of one party.
type Issuer struct {
	// Key names the issuer to Config.Accounts.
	Key string
	// Path is where it lies under Config.BaseURL, for example "/demo-idp/espoo".
	Path string
	// Title is the name of the party, shown on the sign-in page.
	Title Text
	// Mark is the shape in which the product draws the party: "square", "circle"
	// or empty.
	Mark string
	// Clients of this issuer; another issuer's clients are unknown to it.
	Clients []Client
}

// URL is the issuer identifier of the issuer below baseURL, the value of "iss".
func (i Issuer) URL(baseURL string) string {
	return strings.TrimSuffix(baseURL, "/") + i.Path
}

// Config is what New needs.
type Config struct {
	// BaseURL is the product's own address, for example "http://localhost:8080".
	// Its host must be loopback and its scheme http.
	BaseURL string
	Issuers []Issuer
	// Accounts lists who can sign in with an issuer. It is asked each time, so
	// that posts made during the demo can be used at once.
	Accounts func(ctx context.Context, issuerKey string) ([]Account, error)
	// Now is the clock for the expiry of requests, codes and access tokens.
	// Times inside tokens are always those of the machine's clock.
	Now func() time.Time
	Log *slog.Logger
}

// RefuseUnlessLoopback is an error unless listenAddr ("host:port") names the
// loopback interface. The empty host means all interfaces and is refused, and
// so is every name but localhost, since it may resolve to anything. Call it
// before listening.
func RefuseUnlessLoopback(listenAddr string) error {
	host, _, err := net.SplitHostPort(listenAddr)
	if err != nil {
		return fmt.Errorf("demo sign-in: listen address %q: %w", listenAddr, err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("demo sign-in asks for no password and runs only on localhost, 127.0.0.1 or [::1], not on %q", listenAddr)
	}
	return nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// New returns the handler of all issuers, to be mounted at the root of the
// server (it answers below the issuers' paths and 404 elsewhere). It makes new
// signing keys; tokens of an earlier process are worth nothing.
func New(cfg Config) (http.Handler, error) {
	base, err := url.Parse(cfg.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("demo sign-in: base URL: %w", err)
	}
	if base.Scheme != "http" || strings.Trim(base.Path, "/") != "" || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("demo sign-in: base URL %q is not of the form http://localhost:8080", cfg.BaseURL)
	}
	if !isLoopback(base.Hostname()) {
		return nil, fmt.Errorf("demo sign-in asks for no password and runs only on localhost, 127.0.0.1 or [::1], not as %q", cfg.BaseURL)
	}
	if len(cfg.Issuers) == 0 || cfg.Accounts == nil || cfg.Now == nil || cfg.Log == nil {
		return nil, errors.New("demo sign-in: issuers, accounts, clock and log are required")
	}

	mux := http.NewServeMux()
	seen := map[string]bool{}
	for _, issuer := range cfg.Issuers {
		if !strings.HasPrefix(issuer.Path, "/") || strings.HasSuffix(issuer.Path, "/") || seen[issuer.Path] {
			return nil, fmt.Errorf("demo sign-in: issuer %q: path %q must start with a slash, end without one and be its own", issuer.Key, issuer.Path)
		}
		seen[issuer.Path] = true
		handler, err := newIssuer(cfg, issuer)
		if err != nil {
			return nil, fmt.Errorf("demo sign-in: issuer %q: %w", issuer.Key, err)
		}
		mux.Handle(issuer.Path+"/", http.StripPrefix(issuer.Path, handler))
	}

	crossOrigin := http.NewCrossOriginProtection()
	return guard(base.Port(), cfg.Log, crossOrigin.Handler(mux)), nil
}

func newIssuer(cfg Config, issuer Issuer) (http.Handler, error) {
	store, err := newStore(issuer, cfg.Now)
	if err != nil {
		return nil, err
	}
	config := &op.Config{
		DefaultLogoutRedirectURI: strings.TrimSuffix(cfg.BaseURL, "/") + "/",
		CodeMethodS256:           true,
		AuthMethodPost:           true,
		SupportedUILocales:       languages,
		SupportedScopes:          []string{"openid", "profile"},
		SupportedClaims:          []string{"sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "name", "locale"},
	}
	if _, err := rand.Read(config.CryptoKey[:]); err != nil {
		return nil, fmt.Errorf("make encryption key: %w", err)
	}
	provider, err := op.NewProvider(config, store, op.StaticIssuer(issuer.URL(cfg.BaseURL)),
		op.WithAllowInsecure(),
		// Only the product's own server and pages talk to it: no page of another
		// origin may read an answer.
		op.WithCORSOptions(nil),
	)
	if err != nil {
		return nil, fmt.Errorf("make provider: %w", err)
	}
	login := &login{
		issuer:   issuer,
		store:    store,
		provider: provider,
		accounts: cfg.Accounts,
		log:      cfg.Log,
		csp:      contentSecurityPolicy(issuer.Clients),
		callback: func(ctx context.Context, requestID string) string {
			return op.AuthCallbackURL(provider)(op.ContextWithIssuer(ctx, issuer.URL(cfg.BaseURL)), requestID)
		},
	}
	mux := http.NewServeMux()
	login.register(mux)
	mux.Handle("/", provider)
	return mux, nil
}

// guard lets only requests through that a browser or the product itself on this
// machine sent straight to this server: from a loopback address, with a loopback
// host name (else a foreign name could be made to resolve here), and without
// the traces of a proxy, which would make a remote caller look local.
func guard(port string, log *slog.Logger, next http.Handler) http.Handler {
	hosts := map[string]bool{}
	for _, host := range []string{"localhost", "127.0.0.1", "::1"} {
		if port == "" {
			hosts[strings.TrimSuffix(net.JoinHostPort(host, ""), ":")] = true
		} else {
			hosts[net.JoinHostPort(host, port)] = true
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reason := ""
		remote, _, err := net.SplitHostPort(r.RemoteAddr)
		switch {
		case err != nil || !isLoopback(remote):
			reason = "not from loopback"
		case !hosts[strings.ToLower(r.Host)]:
			reason = "foreign host name"
		case cameThroughProxy(r.Header):
			reason = "through a proxy"
		}
		if reason != "" {
			log.WarnContext(r.Context(), "demo sign-in refused a request", slog.String("reason", reason))
			http.Error(w, "Demo sign-in answers only on the machine that it runs on, without a proxy.", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// maxBody is the largest request body in bytes; the longest honest one is a
// token request of about one kilobyte.
const maxBody = 16 << 10

func cameThroughProxy(header http.Header) bool {
	for name := range header {
		if name == "Forwarded" || name == "Via" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

// languages that the sign-in page speaks; the first is the default.
var languages = []language.Tag{language.Finnish, language.Swedish, language.English}
