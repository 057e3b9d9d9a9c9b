package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// Me is who makes the request.
type Me struct {
	SignedIn    bool                `json:"signedIn"`
	ID          *domain.PersonID    `json:"id,omitempty" format:"uuid" doc:"The person; only the person sees it here"`
	Now         time.Time           `json:"now" doc:"The service's clock"`
	Synthetic   bool                `json:"synthetic,omitempty" doc:"All content is invented: the site shows demo data"`
	Name        string              `json:"name,omitempty" doc:"The person's name; only the person sees it here"`
	Language    domain.Lang         `json:"language,omitempty" enum:"fi,sv,en" doc:"In which the person is written to; missing while they have not said, then it is Finnish"`
	PartyID     *domain.PartyID     `json:"partyId,omitempty" format:"uuid" doc:"The party whose identity provider the person came through"`
	Post        *MyPost             `json:"post,omitempty" doc:"The post acted in"`
	Posts       []MyPost            `json:"posts" doc:"What the person holds or deputises today and can act in"`
	HasRole     bool                `json:"hasRole" doc:"Whether the person has a post or a role; without one they see what the public sees"`
	Permissions []domain.Permission `json:"permissions" doc:"What the person may do to something, somewhere"`
	Issuers     []SignInOption      `json:"issuers" doc:"The identity providers to sign in with"`
}

// MyPost is a post that a person can act in.
type MyPost struct {
	PostRef
	Unit   Text `json:"unit"`
	Deputy bool `json:"deputy" doc:"Whether the person only stands in for the holder"`
}

// SignInOption is an identity provider.
type SignInOption struct {
	Key       string `json:"key"`
	PartyKey  string `json:"partyKey"`
	Title     Text   `json:"title"`
	SignInURL string `json:"signInUrl" doc:"Where a browser goes to sign in; it takes returnTo, a path of this site"`
}

// registerMe declares who the caller is and the choice of the post acted in.
func (s *Server) registerMe() {
	const tag = "Me"
	handle(s, operation{ID: "getMe", Method: http.MethodGet, Path: "/me", Tag: tag, Permission: readScope,
		Summary: "Tell who makes the request"},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body Me }, error) {
			return s.me(ctx, a)
		})

	handle(s, operation{ID: "chooseMyPost", Method: http.MethodPost, Path: "/me/post", Tag: tag, Permission: domain.PersonSignIn,
		Errors: []int{401}, Summary: "Choose the post to act in",
		Description: "It must be one that the person holds or deputises today. The choice lasts as long as the session."},
		func(ctx context.Context, a domain.Actor, in *struct {
			Body struct {
				PostID domain.PostID `json:"postId" format:"uuid"`
			}
		}) (*struct{ Body Me }, error) {
			if s.Sessions == nil {
				return nil, domain.Unauthenticated()
			}
			who, err := s.Sessions.choosePost(ctx, in.Body.PostID)
			if err != nil {
				return nil, err
			}
			return s.me(ctx, who.Actor(in.Body.PostID))
		})

	handle(s, operation{ID: "chooseMyLanguage", Method: http.MethodPost, Path: "/me/language", Tag: tag, Permission: domain.ProfileEdit, Status: http.StatusNoContent,
		Errors: []int{401, 403}, Summary: "Choose the language in which one is written to"},
		func(ctx context.Context, a domain.Actor, in *struct {
			Body struct {
				Language domain.Lang `json:"language" enum:"fi,sv,en"`
			}
		}) (*struct{}, error) {
			return nil, s.Services.Access.Speak(ctx, a, in.Body.Language)
		})
}

func (s *Server) me(ctx context.Context, a domain.Actor) (*struct{ Body Me }, error) {
	me := Me{SignedIn: a.SignedIn(), ID: a.PersonID.Ptr(), Now: s.Clock.Now(), Synthetic: s.Synthetic, PartyID: a.PartyID.Ptr(),
		Posts: []MyPost{}, HasRole: a.IsStaff(), Permissions: a.Somewhere(), Issuers: []SignInOption{}}
	if s.Sessions == nil {
		return &struct{ Body Me }{me}, nil
	}
	for _, issuer := range s.Sessions.Issuers {
		me.Issuers = append(me.Issuers, SignInOption{issuer.Key, issuer.PartyKey, issuer.Title, "/auth/" + issuer.Key + "/login"})
	}
	who, byToken := ctx.Value(standingKey{}).(access.Standing)
	if !byToken {
		var err error
		if _, who, err = s.Sessions.current(ctx); err != nil {
			return nil, err
		}
	}
	me.Name, me.Language, me.HasRole = who.Name, who.Language, !who.IsNobody()
	for _, p := range who.Posts {
		mine := MyPost{PostRef: PostRef{p.ID, p.Title, p.PartyID}, Unit: p.Unit, Deputy: p.Deputy}
		me.Posts = append(me.Posts, mine)
		if p.ID == a.PostID {
			me.Post = &mine
		}
	}
	return &struct{ Body Me }{me}, nil
}

// choosePost notes in the session that the person acts in a post from now on.
func (s *Sessions) choosePost(ctx context.Context, post domain.PostID) (access.Standing, error) {
	v, who, err := s.current(ctx)
	if err != nil {
		return who, err
	}
	if v.PersonID.IsZero() {
		return who, domain.Unauthenticated()
	}
	if !who.Holds(post) {
		return who, domain.InvalidField("/postId", "post_not_held")
	}
	v.PostID = post
	return who, s.write(ctx, v)
}
