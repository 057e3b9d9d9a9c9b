package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Session is one place where a person is signed in. Only the person sees it.
type Session struct {
	ID       domain.SessionID
	PersonID domain.PersonID
	BeganAt  time.Time // of the sign-in
	UsedAt   time.Time // the last use, to the minute
	EndsAt   time.Time // at the latest, however it is used
	Device   Device
}

// Device says in a few words of a closed list by what somebody signed in: enough to know
// one's own sessions apart, and no more is kept of what a browser tells of itself.
type Device struct {
	Browser string // one of Browsers
	System  string // one of Systems
}

// Browsers and Systems are all the words of a Device.
var (
	Browsers = []string{"chrome", "edge", "firefox", "opera", "safari", "samsung", "other"}
	Systems  = []string{"android", "ios", "linux", "macos", "windows", "other"}
)

// tells are what browsers and systems call themselves in User-Agent. The order matters:
// most claim to be others too.
var (
	browserTells = [][2]string{{"SamsungBrowser/", "samsung"}, {"Edg/", "edge"}, {"EdgA/", "edge"}, {"EdgiOS/", "edge"}, {"OPR/", "opera"}, {"Firefox/", "firefox"}, {"FxiOS/", "firefox"},
		{"CriOS/", "chrome"}, {"Chrome/", "chrome"}, {"Chromium/", "chrome"}, {"Safari/", "safari"}}
	systemTells = [][2]string{{"Android", "android"}, {"iPhone", "ios"}, {"iPad", "ios"}, {"Windows NT", "windows"}, {"Macintosh", "macos"}, {"Linux", "linux"}, {"X11", "linux"}}
)

// DeviceOf reads the header User-Agent.
func DeviceOf(userAgent string) Device {
	first := func(tells [][2]string) string {
		for _, t := range tells {
			if strings.Contains(userAgent, t[0]) {
				return t[1]
			}
		}
		return "other"
	}
	return Device{first(browserTells), first(systemTells)}
}

// Sessions tells where the actor is signed in at an instant, the newest first. A guest is
// Unauthenticated.
func (s *Service) Sessions(ctx context.Context, actor domain.Actor, at time.Time) (mine []Session, err error) {
	if !actor.SignedIn() {
		return nil, domain.Unauthenticated()
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		mine, err = st.Sessions.Of(actor.PersonID, at)
		return err
	})
	return mine, err
}

// EndSession ends one of the actor's own sessions at once and notes it in the log. What
// is not the actor's, or has ended, is NotFound.
func (s *Service) EndSession(ctx context.Context, actor domain.Actor, id domain.SessionID) error {
	n, err := s.endSessions(ctx, actor, func(mine SessionStore, at time.Time) (int, error) { return mine.End(actor.PersonID, id, at) })
	if err == nil && n == 0 {
		return domain.NotFound("session")
	}
	return err
}

// EndOtherSessions ends all of the actor's sessions but one at once and returns how many
// there were.
func (s *Service) EndOtherSessions(ctx context.Context, actor domain.Actor, except domain.SessionID) (int, error) {
	return s.endSessions(ctx, actor, func(mine SessionStore, at time.Time) (int, error) {
		return mine.EndOthers(actor.PersonID, except, at)
	})
}

var errNoSession = errors.New("no session to end")

func (s *Service) endSessions(ctx context.Context, actor domain.Actor, end func(SessionStore, time.Time) (int, error)) (n int, err error) {
	if !actor.SignedIn() {
		return 0, domain.Unauthenticated()
	}
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if n, err = end(st.Sessions, log.Now()); err != nil {
			return err
		}
		if n == 0 {
			return errNoSession
		}
		log.Add(actor, domain.PersonSignOut, domain.SubjectOf(domain.SubjectPerson, actor.PersonID), 0, nil)
		return nil
	})
	if errors.Is(err, errNoSession) {
		return 0, nil
	}
	return n, err
}
