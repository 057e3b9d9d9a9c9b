// Package following is what people follow (seuraaminen, följning): goals, actions,
// service chains and forums whose changes they are told of in their daily mail.
// Everybody who is signed in may, also without a post; who follows what is their own
// business, and nobody else's page shows it.
package following

import (
	"context"
	"errors"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Kinds are what can be followed.
var Kinds = []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectChain, domain.SubjectForum}

// Max is how much one person follows at most.
const Max = 200

// Following is that a person follows one thing.
type Following struct {
	ID          domain.FollowingID `audit:"ignore"`
	PersonID    domain.PersonID    `audit:"ignore"`
	SubjectKind domain.SubjectKind `audit:"track"`
	SubjectID   domain.AnyID       `audit:"track"`
	SinceAt     time.Time          `audit:"ignore"`
	Version     int                `audit:"ignore"`
}

// New makes a person follow a thing from now on.
func New(id domain.FollowingID, person domain.PersonID, s domain.Subject, now time.Time) Following {
	return Following{ID: id, PersonID: person, SubjectKind: s.Kind, SubjectID: s.ID, SinceAt: now, Version: 1}
}

// View is a thing that somebody follows, by its name of today.
type View struct {
	Following
	No    int    // of a goal or action
	Key   string // of a chain or forum
	Title domain.Text
}

// Store keeps what people follow.
type Store interface {
	// List returns what a person follows and the scope may see, by kind and name.
	List(scope domain.Scope, person domain.PersonID) ([]View, error)
	// Lock makes others that change what the person follows wait, and returns it all.
	Lock(person domain.PersonID) ([]Following, error)
	// Visible is nil if the scope may see the thing, else NotFound.
	Visible(scope domain.Scope, s domain.Subject) error
	// Insert adds a row, Delete removes it.
	Insert(f Following) error
	Delete(f Following) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Following Store }

// Service holds the use cases.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

func mine(a domain.Actor) domain.Resource { return domain.Resource{PersonID: a.PersonID} }

func subjectOf(f Following) domain.Subject {
	return domain.SubjectOf(domain.SubjectFollowing, f.ID)
}

// errNothingToDo leaves a unit of work that found nothing left to do.
var errNothingToDo = errors.New("nothing to do")

// Mine lists what the actor follows, without what they may not see any more.
func (s *Service) Mine(ctx context.Context, actor domain.Actor) (list []View, err error) {
	if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
		return nil, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		list, err = st.Following.List(actor.Scope(), actor.PersonID)
		return err
	})
	return list, err
}

// Follow makes the actor follow a thing that they may see, or NotFound. Who follows it
// already goes on doing so; a Conflict says that they follow as much as one can.
func (s *Service) Follow(ctx context.Context, actor domain.Actor, subject domain.Subject) error {
	return s.change(ctx, actor, subject, func(st Stores, log *domain.AuditLog, all []Following, at int) error {
		if err := st.Following.Visible(actor.Scope(), subject); err != nil {
			return err
		}
		switch {
		case at >= 0:
			return errNothingToDo
		case len(all) >= Max:
			return domain.Conflict("following_too_much", "", "nobody follows more")
		}
		var id domain.FollowingID
		id.SetNew(s.NewID)
		f := New(id, actor.PersonID, subject, log.Now())
		if err := st.Following.Insert(f); err != nil {
			return err
		}
		log.Add(actor, domain.ProfileEdit, subjectOf(f), f.Version, domain.Diff(Following{}, f))
		return nil
	})
}

// Unfollow ends that, if it is so: also of what they may not see any more.
func (s *Service) Unfollow(ctx context.Context, actor domain.Actor, subject domain.Subject) error {
	return s.change(ctx, actor, subject, func(st Stores, log *domain.AuditLog, all []Following, at int) error {
		if at < 0 {
			return errNothingToDo
		}
		f := all[at]
		if err := st.Following.Delete(f); err != nil {
			return err
		}
		log.Add(actor, domain.ProfileEdit, subjectOf(f), f.Version, domain.Diff(f, Following{}))
		return nil
	})
}

// change runs fn with all that the actor follows and the place of the subject in it,
// -1 for none.
func (s *Service) change(ctx context.Context, actor domain.Actor, subject domain.Subject, fn func(Stores, *domain.AuditLog, []Following, int) error) error {
	err := s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.ProfileEdit, mine(actor)); err != nil {
			return err
		}
		if !slices.Contains(Kinds, subject.Kind) {
			return domain.InvalidField("/subjectKind", "not_allowed")
		}
		all, err := st.Following.Lock(actor.PersonID)
		if err != nil {
			return err
		}
		return fn(st, log, all, slices.IndexFunc(all, func(f Following) bool { return f.SubjectKind == subject.Kind && f.SubjectID == subject.ID }))
	})
	if errors.Is(err, errNothingToDo) {
		return nil
	}
	return err
}
