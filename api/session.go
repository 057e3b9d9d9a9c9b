package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

const (
	// SessionIdle ends a session that nobody has used for that long.
	SessionIdle = 30 * time.Minute
	// SessionLifetime ends a session however much it is used.
	SessionLifetime = 10 * time.Hour

	signInLifetime = 10 * time.Minute // from leaving for the identity provider to coming back
	maxSignIns     = 5                // begun in one browser and not finished
)

// SessionOptions configure sign-in and sessions.
type SessionOptions struct {
	// BaseURL is the public address of the product, for example
	// "https://yhdyspinta.example". It must be https except on loopback.
	BaseURL string
	Issuers []Issuer
	// Store keeps the sessions; it ends those unused for SessionIdle.
	Store  SessionStore
	Access *access.Service
	Clock  domain.Clock
	Log    *slog.Logger
	// Observe, if set, is told of each sign-in that has ended, for metrics: by the
	// issuer's key, with "ok" or the code of what went wrong.
	Observe func(issuer, result string)
	// ObserveForeign, if set, is told of each request that was refused because a page of
	// another site made it, for metrics: by what showed that, one of ForeignBy.
	ObserveForeign func(by string)
}

// SessionStore keeps sessions under hashes of what opens them.
type SessionStore interface {
	scs.CtxStore
	// Living reports whether a session lives, without using it.
	Living(ctx context.Context, token string) (bool, error)
	// Note says whose a session is that was saved.
	Note(ctx context.Context, token string, of access.Session) error
}

// Sessions signs people in through their own organisation's identity provider
// and knows from a cookie who makes a request.
type Sessions struct {
	SessionOptions
	base     *url.URL
	manager  *scs.SessionManager
	parties  map[string]*relyingParty // by issuer key
	standing standingCache
	guard    *http.CrossOriginProtection
}

// NewSessions checks the configuration. It contacts no identity provider: the
// product starts when they are down.
func NewSessions(o SessionOptions) (*Sessions, error) {
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" || strings.Trim(base.Path, "/") != "" || base.RawQuery != "" || base.Fragment != "" || base.User != nil {
		return nil, fmt.Errorf("base URL %q is not of the form https://yhdyspinta.example", o.BaseURL)
	}
	if err := secureURL(base); err != nil {
		return nil, fmt.Errorf("base URL %q: %w", o.BaseURL, err)
	}
	base.Path = ""
	s := &Sessions{SessionOptions: o, base: base, parties: map[string]*relyingParty{}}
	for _, issuer := range o.Issuers {
		if s.parties[issuer.Key] != nil {
			return nil, fmt.Errorf("identity provider %q is configured twice", issuer.Key)
		}
		for _, other := range s.parties { // a person is issuer and subject: shared, one party's provider would speak for the other's people
			if other.IssuerURL == issuer.IssuerURL {
				return nil, fmt.Errorf("identity providers %q and %q have the same address: each party has its own", other.Key, issuer.Key)
			}
		}
		if s.parties[issuer.Key], err = newRelyingParty(issuer, base); err != nil {
			return nil, fmt.Errorf("identity provider %q: %w", issuer.Key, err)
		}
	}

	s.manager = scs.New()
	s.manager.Store = o.Store
	s.manager.HashTokenInStore = true
	s.manager.Lifetime = SessionLifetime
	s.manager.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.refuse(w, r, &domain.Error{Kind: domain.KindUnavailable, Code: "session_unavailable", Detail: "the session could not be read or saved", Err: err})
	}
	s.manager.Cookie.Persist = false
	s.manager.Cookie.Name = "session"
	if base.Scheme == "https" {
		s.manager.Cookie.Name, s.manager.Cookie.Secure = "__Host-session", true
	}

	s.guard = http.NewCrossOriginProtection()
	if err := s.guard.AddTrustedOrigin(base.String()); err != nil {
		return nil, fmt.Errorf("base URL %q: %w", o.BaseURL, err)
	}
	s.guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.ObserveForeign != nil {
			s.ObserveForeign(foreignBy(r))
		}
		s.refuse(w, r, &domain.Error{Kind: domain.KindForbidden, Code: "cross_origin", Detail: "a page of another site may not make this request"})
	}))
	return s, nil
}

// ForeignBy are the words for what shows that a page of another site made a request: the
// browser says that it is another's, or of another host of the same domain, or names its
// origin.
var ForeignBy = []string{"cross_site", "same_site", "origin"}

func foreignBy(r *http.Request) string {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site":
		return "cross_site"
	case "same-site":
		return "same_site"
	}
	return "origin"
}

// secureURL is an error unless u is https, or http on this machine.
func secureURL(u *url.URL) error {
	switch host := u.Hostname(); {
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && (host == "localhost" || net.ParseIP(host).IsLoopback()):
		return nil
	default:
		return errors.New("must be https, except on localhost")
	}
}

// wrap puts the protection against cross-site requests around the whole site,
// and the session around what needs it: pages and static files read none, but
// for the papers of meetings, of which members read more. A request with an API token
// has neither: its cookies are not looked at.
func (s *Sessions) wrap(next http.Handler) http.Handler {
	loaded := s.manager.LoadAndSave(next)
	guarded := s.guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/auth/") || strings.HasSuffix(r.URL.Path, "/paper") {
			loaded.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, program := bearerOf(r); program {
			// A page of another site can make a browser send cookies, but no token.
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// refuse answers outside of echo, where no request id exists yet, and nobody logs: it does
// both. Who asked is not looked at.
func (s *Sessions) refuse(w http.ResponseWriter, r *http.Request, err error) {
	id := domain.UUIDv7().String()
	p := problemOf(err, id, s.Log)
	s.Log.Info("request", "request", id, "method", methodOf(r), "route", "", "operation", "other", "status", p.Status, "ms", 0)
	w.Header().Set("X-Request-Id", id)
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	if err := writeJSON(w, p); err != nil {
		s.Log.Debug("could not write a problem", "error", err)
	}
}

// mount adds the routes of signing in and out.
func (s *Sessions) mount(e *echo.Echo) {
	g := e.Group("/auth", func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header().Set("Cache-Control", "no-store")
			return next(c)
		}
	})
	g.GET("/:issuer/login", s.login)
	g.GET("/:issuer/callback", s.callback)
	g.POST("/logout", s.logout)
}

// logout ends the session and goes to the local path in the form's returnTo. The
// identity provider's own session is the organisation's and stays.
func (s *Sessions) logout(c echo.Context) error {
	if err := s.manager.Destroy(c.Request().Context()); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return c.Redirect(http.StatusSeeOther, localPath(c.FormValue("returnTo")))
}

// session is what one browser's session holds. The zero value is nobody's.
type session struct {
	ID       domain.SessionID `json:"id"` // what its person calls it by
	PersonID domain.PersonID  `json:"person"`
	Issuer   string           `json:"issuer"` // key of the issuer that the person came through
	PostID   domain.PostID    `json:"post"`   // the post acted in; zero if none is chosen
	SignIns  []signIn         `json:"signIns,omitempty"`
}

const sessionKey = "session"

func (s *Sessions) read(ctx context.Context) (session, error) {
	var v session
	b := s.manager.GetBytes(ctx, sessionKey)
	if b == nil {
		return v, nil
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("read the session: %w", err)
	}
	return v, nil
}

func (s *Sessions) write(ctx context.Context, v session) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write the session: %w", err)
	}
	s.manager.Put(ctx, sessionKey, b)
	return nil
}

// Actor tells who makes the request, by what they hold and are granted now.
func (s *Sessions) Actor(r *http.Request) (domain.Actor, error) {
	v, who, err := s.current(r.Context())
	if err != nil || v.PersonID.IsZero() {
		return domain.Actor{}, err
	}
	return who.Actor(v.PostID), nil
}

// Living reports whether the session of a request is still there, without
// counting as its use: for connections that stay open.
func (s *Sessions) Living(ctx context.Context) (bool, error) {
	token := s.manager.Token(ctx)
	if token == "" {
		return true, nil
	}
	return s.Store.Living(ctx, keptAs(token))
}

// current is the session and what its person is today. It is the zero session
// if nobody is signed in.
func (s *Sessions) current(ctx context.Context) (session, access.Standing, error) {
	v, err := s.read(ctx)
	if err != nil || v.PersonID.IsZero() || s.parties[v.Issuer] == nil {
		return session{}, access.Standing{}, err
	}
	who, err := s.standing.get(ctx, s.Access, v.PersonID, s.Clock.Today())
	if err != nil {
		return session{}, access.Standing{}, fmt.Errorf("read what the person holds: %w", err)
	}
	return v, who, nil
}

// standingCache keeps what people are until the version of access or the day
// changes.
type standingCache struct {
	mu      sync.Mutex
	version int64
	day     domain.Date
	people  map[domain.PersonID]access.Standing
}

const maxStandings = 1000 // then the cache starts anew

func (c *standingCache) get(ctx context.Context, a *access.Service, person domain.PersonID, day domain.Date) (access.Standing, error) {
	version, err := a.Version(ctx)
	if err != nil {
		return access.Standing{}, err
	}
	c.mu.Lock()
	fresh := c.version == version && c.day == day && c.people != nil
	if fresh {
		if who, ok := c.people[person]; ok {
			c.mu.Unlock()
			return who, nil
		}
	}
	c.mu.Unlock()

	who, err := a.Standing(ctx, person, day)
	if err != nil {
		return access.Standing{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	// The version was read before the standing: what is kept under it is at least
	// that new.
	if !(c.version == version && c.day == day) || c.people == nil || len(c.people) >= maxStandings {
		c.version, c.day, c.people = version, day, map[domain.PersonID]access.Standing{}
	}
	c.people[person] = who
	return who, nil
}
