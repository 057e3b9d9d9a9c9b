package apitoken

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Limits of tokens.
const (
	DefaultDays = 90  // until a token expires, unless its owner says otherwise
	MaxDays     = 365 // at most
	SoonDays    = 14  // before its last day a token expires soon
	MaxOfSelf   = 20  // that one person has in use at once
	maxName     = 100 // characters
	maxPurpose  = 500 // characters, also of the reason of a revocation
)

// WithoutSignIn is the token of an owner who has no way to sign in any more: it rests on
// nothing.
func (t Token) WithoutSignIn() Token {
	t.Rests = false
	return t
}

// State says whether a token works.
type State string

// The states. All but active refuse.
const (
	Active    State = "active"
	Expired   State = "expired"
	Revoked   State = "revoked"
	Suspended State = "suspended" // its owner no longer holds the post, or has no role; it works again if they do
	Lost      State = "lost"      // its secret is not in the database, which was restored from a backup
)

// Token is an API token, without its secret.
type Token struct {
	ID           domain.APITokenID   `audit:"ignore"`
	PersonID     domain.PersonID     `audit:"ignore"` // for whom the program acts: who made it
	PartyID      domain.PartyID      `audit:"track"`  // of that person
	PostID       domain.PostID       `audit:"track"`  // in which it acts; zero: in none, with the roles that the person has themselves
	Name         string              `audit:"track"`
	Purpose      string              `audit:"track"`
	Scopes       []domain.TokenScope `audit:"track"`
	ExpiresOn    domain.Date         `audit:"track"`  // last day on which it works
	RevokedAt    time.Time           `audit:"track"`  // zero while it was not
	RevokeReason string              `audit:"ignore"` // the entry has it as its reason
	Version      int                 `audit:"ignore"`
	CreatedAt    time.Time           `audit:"ignore"`

	// What follows from the above or stands elsewhere; filled by storage.
	Issuer     string      `audit:"ignore"` // through whose identity provider the owner came
	OwnerName  string      `audit:"ignore"`
	PostTitle  domain.Text `audit:"ignore"`
	Rests      bool        `audit:"ignore"` // on what its owner holds today
	HasSecret  bool        `audit:"ignore"`
	LastUsedOn domain.Date `audit:"ignore"` // day of the last use; zero: never used
}

// Input is what can be said of a new token.
type Input struct {
	Name      string
	Purpose   string
	Scopes    []domain.TokenScope
	ExpiresOn domain.Date // zero: DefaultDays from today
}

// New makes a token of the actor's, in the post that they act in, with its secret.
func New(id domain.APITokenID, in Input, actor domain.Actor, now time.Time) (Token, string, error) {
	today := domain.DateOf(now)
	t := Token{ID: id, PersonID: actor.PersonID, PartyID: actor.PartyID, PostID: actor.PostID,
		Name: strings.TrimSpace(in.Name), Purpose: strings.TrimSpace(in.Purpose), ExpiresOn: in.ExpiresOn, Version: 1, CreatedAt: now}
	if t.ExpiresOn.IsZero() {
		t.ExpiresOn = today.AddDays(DefaultDays)
	}
	var v domain.Violations
	v.Require(t.Name != "", "/name")
	line(&v, t.Name, maxName, "/name")
	v.Require(t.Purpose != "", "/purpose")
	line(&v, t.Purpose, maxPurpose, "/purpose")
	v.Require(len(in.Scopes) > 0, "/scopes")
	for _, s := range in.Scopes {
		if !slices.Contains(domain.TokenScopes, s) {
			v.Add("/scopes", "not_allowed")
			break
		}
	}
	for _, s := range domain.TokenScopes { // in one order, each once
		if slices.Contains(in.Scopes, s) {
			t.Scopes = append(t.Scopes, s)
		}
	}
	switch {
	case t.ExpiresOn.Before(today):
		v.Add("/expiresOn", "in_past")
	case t.ExpiresOn.After(today.AddDays(MaxDays)):
		v.Add("/expiresOn", "over_a_year")
	}
	if err := v.Err(); err != nil {
		return Token{}, "", err
	}
	return t, newSecret(), nil
}

// line adds what is wrong with a text of one or more lines.
func line(v *domain.Violations, s string, max int, pointer string) {
	if len([]rune(s)) > max {
		v.Add(pointer, "too_long")
	}
	if strings.ContainsRune(s, 0) {
		v.Add(pointer, "character_not_allowed")
	}
}

// Revoke ends the token at once.
func (t *Token) Revoke(reason string, now time.Time) error {
	reason = strings.TrimSpace(reason)
	var v domain.Violations
	line(&v, reason, maxPurpose, "/reason")
	if err := v.Err(); err != nil {
		return err
	}
	if !t.RevokedAt.IsZero() {
		return domain.Conflict("api_token_revoked", string(Revoked), "it was revoked already")
	}
	t.RevokedAt, t.RevokeReason = now, reason
	return nil
}

// State says whether the token works on a day.
func (t Token) State(today domain.Date) State {
	switch {
	case !t.RevokedAt.IsZero():
		return Revoked
	case today.After(t.ExpiresOn):
		return Expired
	case !t.Rests:
		return Suspended
	case !t.HasSecret:
		return Lost
	}
	return Active
}

// ExpiresSoon reports whether the last day of a token that is not over is near.
func (t Token) ExpiresSoon(today domain.Date) bool {
	return t.RevokedAt.IsZero() && !today.After(t.ExpiresOn) && !t.ExpiresOn.After(today.AddDays(SoonDays))
}

// Resource is what permissions on the token are asked for.
func (t Token) Resource() domain.Resource {
	return domain.Resource{PersonID: t.PersonID, Parties: []domain.PartyID{t.PartyID}}
}

// Used is the token as the actor has it who acts by it.
func (t Token) Used() domain.UsedToken { return domain.UsedToken{ID: t.ID, Scopes: t.Scopes} }

// tooMany says that a person has as many tokens as they can have.
func tooMany() error {
	return domain.Conflict("too_many_api_tokens", strconv.Itoa(MaxOfSelf), "revoke one first")
}
