package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// MySession is one place where the caller is signed in.
type MySession struct {
	ID      domain.SessionID `json:"id" format:"uuid" doc:"It opens nothing"`
	BeganAt time.Time        `json:"beganAt" doc:"When the caller signed in"`
	UsedAt  time.Time        `json:"usedAt" doc:"The last use, to the minute"`
	EndsAt  time.Time        `json:"endsAt" doc:"When it ends at the latest; without use it ends sooner"`
	Browser string           `json:"browser" enum:"chrome,edge,firefox,opera,safari,samsung,other" doc:"What the browser called itself"`
	System  string           `json:"system" enum:"android,ios,linux,macos,windows,other" doc:"On what it ran, by its own word"`
	Current bool             `json:"current" doc:"It is the one that makes this request"`
}

// EndedSessions tells how many were ended.
type EndedSessions struct {
	Ended int `json:"ended"`
}

// registerMySessions declares where the caller is signed in. Nobody sees or ends the
// sessions of others; an administrator ends somebody's access by their grants.
func (s *Server) registerMySessions() {
	const tag = "Me"
	own := s.Services.Access

	handle(s, operation{ID: "listMySessions", Method: http.MethodGet, Path: "/me/sessions", Tag: tag, Permission: domain.PersonSignOut, Errors: []int{401},
		Summary: "List where the caller is signed in", Description: "The newest first. Only living sessions are told, and only to their person."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct {
			Body struct {
				Items []MySession `json:"items"`
			}
		}, error) {
			mine, err := own.Sessions(ctx, a, s.Clock.Now())
			if err != nil {
				return nil, err
			}
			here, err := s.sessionHere(ctx)
			if err != nil {
				return nil, err
			}
			out := &struct {
				Body struct {
					Items []MySession `json:"items"`
				}
			}{}
			out.Body.Items = []MySession{}
			for _, one := range mine {
				out.Body.Items = append(out.Body.Items, MySession{ID: one.ID, BeganAt: one.BeganAt, UsedAt: one.UsedAt, EndsAt: one.EndsAt,
					Browser: one.Device.Browser, System: one.Device.System, Current: one.ID == here})
			}
			return out, nil
		})

	handle(s, operation{ID: "endMySession", Method: http.MethodPost, Path: "/me/sessions/{id}/end", Tag: tag, Permission: domain.PersonSignOut,
		Errors: []int{401, 404}, Summary: "End one of the caller's own sessions at once",
		Description: "From its next request on, whoever has it is the public. Also the one that makes this request. 404: it is nobody's, another's, or has ended."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body EndedSessions }, error) {
			var id domain.SessionID
			if err := pathID(&id, in.ID, "session"); err != nil {
				return nil, err
			}
			return &struct{ Body EndedSessions }{EndedSessions{1}}, own.EndSession(ctx, a, id)
		})

	handle(s, operation{ID: "endMyOtherSessions", Method: http.MethodPost, Path: "/me/other-sessions/end", Tag: tag, Permission: domain.PersonSignOut, Errors: []int{401},
		Summary: "End all of the caller's sessions at once but the one that makes this request"},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body EndedSessions }, error) {
			here, err := s.sessionHere(ctx)
			if err != nil {
				return nil, err
			}
			n, err := own.EndOtherSessions(ctx, a, here)
			return &struct{ Body EndedSessions }{EndedSessions{n}}, err
		})
}

// sessionHere is the session of the request; zero if it has none that has a number.
func (s *Server) sessionHere(ctx context.Context) (domain.SessionID, error) {
	if s.Sessions == nil {
		return domain.SessionID{}, nil
	}
	v, err := s.Sessions.read(ctx)
	return v.ID, err
}

// keep saves the session of somebody who has just signed in, and notes whose it is. If
// that fails the session is nobody's: its person could neither see nor end it.
func (s *Sessions) keep(ctx context.Context, v session, userAgent string) (err error) {
	defer func() {
		if err != nil {
			s.manager.Remove(ctx, sessionKey)
		}
	}()
	if err := s.write(ctx, v); err != nil {
		return err
	}
	token, _, err := s.manager.Commit(ctx)
	if err != nil {
		return err
	}
	return s.Store.Note(ctx, keptAs(token), access.Session{ID: v.ID, PersonID: v.PersonID, BeganAt: s.Clock.Now(), Device: access.DeviceOf(userAgent)})
}

// keptAs is the hash under which the library keeps what a token opens: HashTokenInStore.
func keptAs(token string) string {
	hash := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}
