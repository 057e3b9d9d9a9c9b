package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/apitoken"
)

// APIToken is what a program uses to act for a person, without its secret.
type APIToken struct {
	ID           domain.APITokenID   `json:"id" format:"uuid"`
	Name         string              `json:"name"`
	Purpose      string              `json:"purpose"`
	Scopes       []domain.TokenScope `json:"scopes" enum:"read,write:goals,write:actions,write:responsibilities,write:meetings,write:vocabularies"`
	Owner        PersonRef           `json:"owner" doc:"For whom the program acts"`
	PartyID      domain.PartyID      `json:"partyId" format:"uuid" doc:"Of the owner; its administrators see and revoke the token"`
	Post         *PostRef            `json:"post,omitempty" doc:"In which the program acts; missing: in none, with the roles that the owner has in person"`
	State        apitoken.State      `json:"state" enum:"active,expired,revoked,suspended,lost" doc:"active works. suspended: the owner no longer holds the post or has no role, or their sign-in is not configured; it works again when that is so again. lost: restored from a backup, which holds no secrets"`
	ExpiresOn    domain.Date         `json:"expiresOn" format:"date" doc:"The last day on which it works, in Helsinki"`
	ExpiresSoon  bool                `json:"expiresSoon,omitempty" doc:"Within 14 days"`
	LastUsedOn   *domain.Date        `json:"lastUsedOn,omitempty" format:"date" doc:"Day of the last use; missing if never used"`
	CreatedAt    time.Time           `json:"createdAt"`
	RevokedAt    *time.Time          `json:"revokedAt,omitempty"`
	RevokeReason string              `json:"revokeReason,omitempty"`
	Mine         bool                `json:"mine" doc:"The caller is its owner"`
	Version      int                 `json:"version"`
	Permissions  []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// NewAPIToken is a token with its secret, which is told this once.
type NewAPIToken struct {
	APIToken
	Secret string `json:"secret" doc:"Keep it where only the program reads it: it is told nowhere else and never again" example:"yhp_…"`
}

// APITokenInput makes a token.
type APITokenInput struct {
	Name      string              `json:"name" maxLength:"100" doc:"By which one knows it again; it stands in the log with what the program does"`
	Purpose   string              `json:"purpose" maxLength:"500" doc:"What the program is for and who runs it"`
	Scopes    []domain.TokenScope `json:"scopes" minItems:"1" maxItems:"6" enum:"read,write:goals,write:actions,write:responsibilities,write:meetings,write:vocabularies" doc:"What it may do at most; never more than its owner"`
	ExpiresOn *domain.Date        `json:"expiresOn,omitempty" format:"date" doc:"The last day on which it works, at most 365 days from today; 90 days unless said"`
}

func (s *Server) apiTokenBody(a domain.Actor) func(apitoken.Token) APIToken {
	today := s.Clock.Today()
	return func(t apitoken.Token) APIToken {
		if s.Sessions != nil && !s.Sessions.knows(t.Issuer) {
			t = t.WithoutSignIn()
		}
		out := APIToken{ID: t.ID, Name: t.Name, Purpose: t.Purpose, Scopes: t.Scopes, Owner: PersonRef{t.PersonID, t.OwnerName}, PartyID: t.PartyID,
			State: t.State(today), ExpiresOn: t.ExpiresOn, ExpiresSoon: t.ExpiresSoon(today), LastUsedOn: datePtr(t.LastUsedOn), CreatedAt: t.CreatedAt,
			RevokeReason: t.RevokeReason, Mine: t.PersonID == a.PersonID, Version: t.Version, Permissions: []domain.Permission{}}
		if !t.PostID.IsZero() {
			out.Post = &PostRef{ID: t.PostID, Title: t.PostTitle, PartyID: t.PartyID}
		}
		if t.RevokedAt.IsZero() {
			out.Permissions = a.Allowed(t.Resource(), domain.APITokenRevoke)
		} else {
			out.RevokedAt = &t.RevokedAt
		}
		return out
	}
}

// registerAPITokens declares the tokens of programs. How one is used is in bearer.go.
func (s *Server) registerAPITokens() {
	const tag = "API tokens"
	tokens := s.Services.Tokens

	handle(s, operation{ID: "listAPITokens", Method: http.MethodGet, Path: "/api-tokens", Tag: tag, Permission: domain.APITokenRead,
		Errors: []int{401, 403}, Summary: "List API tokens",
		Description: "One's own; administrators also those of their party's people, auditors all. Secrets are told to nobody. Sorted by -createdAt (the default), createdAt, expiresOn, name or owner."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			Person []string `query:"personId,explode" maxItems:"50" doc:"Of these people"`
			Party  []string `query:"partyId,explode" maxItems:"50" doc:"Of people of these parties"`
			InUse  bool     `query:"inUse" doc:"Only those that are neither revoked nor expired"`
		}) (*ListOutput[APIToken], error) {
			f := apitoken.Filter{InUse: in.InUse}
			if err := firstError(idFilter(&f.Person, "personId", in.Person), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			page, err := tokens.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, s.apiTokenBody(a)), nil
		})

	handle(s, operation{ID: "getAPIToken", Method: http.MethodGet, Path: "/api-tokens/{id}", Tag: tag, Permission: domain.APITokenRead,
		Errors: []int{401, 403, 404}, Summary: "Get an API token, without its secret"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[APIToken], error) {
			var id domain.APITokenID
			if err := pathID(&id, in.ID, "api_token"); err != nil {
				return nil, err
			}
			t, err := tokens.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(s.apiTokenBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "createAPIToken", Method: http.MethodPost, Path: "/api-tokens", Tag: tag, Permission: domain.APITokenCreate,
		Status: http.StatusCreated, Errors: []int{401, 403, 409}, Summary: "Make an API token",
		Description: "The program acts for the caller, in the post in which they act now, with at most what they may do at the time. The answer tells the secret, once; sent again under the same Idempotency-Key it makes another token. A token is never changed: revoke it and make another. 409 too_many_api_tokens: revoke one first."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body APITokenInput }) (*ItemOutput[NewAPIToken], error) {
			t, secret, err := tokens.Create(ctx, a, apitoken.Input{Name: in.Body.Name, Purpose: in.Body.Purpose, Scopes: in.Body.Scopes, ExpiresOn: valueOf(in.Body.ExpiresOn)})
			if err != nil {
				return nil, err
			}
			tellsSecret(ctx)
			return created(NewAPIToken{s.apiTokenBody(a)(t), secret}, t.Version, "/api-tokens/"+t.ID.String()), nil
		})

	handle(s, operation{ID: "revokeAPIToken", Method: http.MethodPost, Path: "/api-tokens/{id}/revocation", Tag: tag, Permission: domain.APITokenRevoke,
		Errors: []int{401, 403, 404, 409}, Summary: "Revoke an API token at once",
		Description: "From the next request on it opens nothing, and never again. Its owner may, and the administrators of their party. 409 api_token_revoked: it was already."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason,omitempty" maxLength:"500" doc:"Why; its owner and the log read it"`
			}
		}) (*ItemOutput[APIToken], error) {
			var id domain.APITokenID
			if err := pathID(&id, in.ID, "api_token"); err != nil {
				return nil, err
			}
			t, err := tokens.Revoke(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(s.apiTokenBody(a)(t), t.Version), nil
		})
}
