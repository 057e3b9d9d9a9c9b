package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
	"yhdyspinta/domain/apitoken"
)

// apiPath begins what programs ask for, and where a token counts.
const apiPath = "/api/"

// realm names what a token opens (RFC 6750).
const realm = `Bearer realm="Yhdyspinta"`

// bearerOf is the API token that a request has in its Authorization header, and
// whether it has one, good or bad. There is no other place for it: what stands in an
// address ends in logs. Other schemes, of a proxy for example, are not ours.
func bearerOf(r *http.Request) (secret string, ok bool) {
	if !strings.HasPrefix(r.URL.Path, apiPath) {
		return "", false
	}
	values := r.Header.Values("Authorization")
	for _, v := range values {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(v), " ")
		if strings.EqualFold(scheme, "Bearer") {
			secret, ok = strings.TrimSpace(rest), true
		}
	}
	if len(values) > 1 { // which one counts is not guessed
		secret = ""
	}
	return secret, ok
}

// standingKey is of the context that tells what the owner of a token is today.
type standingKey struct{}

// whoActs tells who makes a request: by the token if there is one, whatever cookies
// come along, else by the session.
func (s *Server) whoActs(r *http.Request) (domain.Actor, access.Standing, error) {
	if secret, ok := bearerOf(r); ok {
		return s.byToken(r.Context(), secret)
	}
	if s.Actor == nil {
		return domain.Actor{}, access.Standing{}, nil
	}
	a, err := s.Actor(r)
	return a, access.Standing{}, err
}

// byToken is the actor that a program is: the owner of its token in the token's post,
// as they are today, if they still hold it, or still have a role where it names none.
func (s *Server) byToken(ctx context.Context, secret string) (a domain.Actor, who access.Standing, err error) {
	t, err := s.Services.Tokens.Open(ctx, secret)
	if err != nil {
		return a, who, err
	}
	if s.Sessions != nil && !s.Sessions.knows(t.Issuer) {
		return a, who, apitoken.Refused // the party's sign-in was taken away
	}
	who, err = s.standing.get(ctx, s.Services.Access, t.PersonID, s.Clock.Today())
	if err != nil {
		return a, who, fmt.Errorf("read what the owner of a token holds: %w", err)
	}
	a = who.Actor(t.PostID)
	if a.PostID != t.PostID || !a.IsStaff() {
		return domain.Actor{}, access.Standing{}, apitoken.Refused
	}
	a.Token = t.Used()
	if err := s.Services.Tokens.Use(ctx, t); err != nil {
		s.Log.Error("could not note the use of an API token", "request", requestID(ctx), "error", err)
	}
	return a, who, nil
}

// knows reports whether an identity provider is configured, by its address.
func (s *Sessions) knows(issuerURL string) bool {
	return slices.ContainsFunc(s.Issuers, func(i Issuer) bool { return i.IssuerURL == issuerURL })
}

// tellScheme says with each 401 below /api/ by what one comes in (RFC 9110, section
// 11.6.1), and of a token that it opens nothing.
func tellScheme(c echo.Context) {
	_, bearer := bearerOf(c.Request())
	c.Response().Before(func() {
		if c.Response().Status == http.StatusUnauthorized {
			value := realm
			if bearer {
				value += `, error="invalid_token"`
			}
			c.Response().Header().Set("WWW-Authenticate", value)
		}
	})
}

// tokenScopeOf is the scope by which a program may call an operation: what is read
// needs read, what is changed the scope of its permission. "" if no token may.
func tokenScopeOf(op operation) domain.TokenScope {
	if op.Permission == readScope {
		if op.Method == http.MethodGet {
			return domain.TokenRead
		}
		return ""
	}
	if scope := domain.TokenScopeOf(op.Permission); scope == "" || op.Method != http.MethodGet {
		return scope
	}
	return domain.TokenRead
}

// withinScope refuses a program whose token lacks the scope of an operation, before
// anything is looked up.
func (s *Server) withinScope(scope domain.TokenScope) func(huma.Context, func(huma.Context)) {
	refusal := &domain.Error{Kind: domain.KindForbidden, Code: "token_not_allowed", Detail: "no token may do this: sign in"}
	if scope != "" {
		refusal = &domain.Error{Kind: domain.KindForbidden, Code: "token_scope_missing", Detail: "the token needs the scope " + string(scope), State: string(scope)}
	}
	return func(ctx huma.Context, next func(huma.Context)) {
		token := actor(ctx.Context()).Token
		if !token.IsUsed() || scope != "" && token.Has(scope) {
			next(ctx)
			return
		}
		value := realm + `, error="insufficient_scope"`
		if scope != "" {
			value += `, scope="` + string(scope) + `"`
		}
		ctx.SetHeader("WWW-Authenticate", value)
		p := problemOf(refusal, requestID(ctx.Context()), s.Log)
		if failed := huma.WriteErr(s.api, ctx, p.Status, "", p); failed != nil {
			s.Log.Error("could not write a problem", "request", requestID(ctx.Context()), "error", failed)
		}
	}
}

// isRefusedToken reports whether an error is that of a token that opens nothing.
func isRefusedToken(err error) bool { return errors.Is(err, apitoken.Refused) }
