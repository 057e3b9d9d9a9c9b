package meeting

import (
	"context"

	"yhdyspinta/domain"
)

// CycleEvent is one event of the annual cycle of a plan in a year: which forum
// handles it, and in which meeting. What the reader may not see of the two is
// left out.
type CycleEvent struct {
	ID      domain.PlanEventID
	PlanID  domain.PlanID
	Key     string
	Month   int
	Title   domain.Text
	Year    int
	Forum   *CycleForum    // nil: no forum handles it
	Meeting *SeriesMeeting // nil: not placed yet
}

// CycleForum names the forum that handles an event.
type CycleForum struct {
	ID    domain.ForumID
	Key   string
	Title domain.Text
}

// CycleFilter narrows the annual cycle. Different fields are AND.
type CycleFilter struct {
	Year   int
	Forum  domain.AnyOf[domain.ForumID] // that handle it; None: no forum does
	Placed *bool                        // in a meeting of the year
}

// CycleStore knows the annual cycles of the plans and where they are handled.
type CycleStore interface {
	// Events returns one page of the events of the plans that cover the year and
	// that the scope covers, sorted by month (the default).
	Events(scope domain.Scope, f CycleFilter, p domain.PageRequest) (domain.Page[CycleEvent], error)
	// Event returns one event in a year, or NotFound.
	Event(scope domain.Scope, id domain.PlanEventID, year int) (CycleEvent, error)
	// Assign lets a forum handle an event; zero: none.
	Assign(id domain.PlanEventID, forum domain.ForumID) error
	// Place puts an event of a year into a meeting; zero: none.
	Place(id domain.PlanEventID, year int, meeting domain.MeetingID) error
}

// CycleStores are what the use cases need, bound to one transaction.
type CycleStores struct {
	Meetings Store
	Cycle    CycleStore
}

// CycleService holds the use cases of the annual cycle in forums.
type CycleService struct {
	UoW   domain.UnitOfWork[CycleStores]
	Clock domain.Clock
}

// Events returns one page of the annual cycle of a year; zero: the year shown.
func (s *CycleService) Events(ctx context.Context, actor domain.Actor, f CycleFilter, p domain.PageRequest) (page domain.Page[CycleEvent], err error) {
	if f.Year == 0 {
		f.Year = domain.DayShown(ctx, s.Clock).Year()
	}
	err = s.UoW.Read(ctx, func(st CycleStores) error {
		page, err = st.Cycle.Events(actor.Scope(), f, p)
		return err
	})
	return page, err
}

func eventSubject(id domain.PlanEventID) domain.Subject {
	return domain.SubjectOf(domain.SubjectPlanEvent, id)
}

// Assign lets a forum handle an event; zero: none does. The placements of the
// present and later years in another forum's meetings go with it.
func (s *CycleService) Assign(ctx context.Context, actor domain.Actor, id domain.PlanEventID, forum domain.ForumID) (e CycleEvent, err error) {
	err = s.UoW.Write(ctx, func(st CycleStores, log *domain.AuditLog) error {
		year := domain.DateOf(log.Now()).Year()
		old, err := st.Cycle.Event(actor.Scope(), id, year)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.PlanEventAssign, domain.Resource{}); err != nil {
			return err
		}
		if !forum.IsZero() {
			if st.Meetings.SeeForum(actor.Scope(), forum) != nil {
				return domain.InvalidField("/forumId", "unknown")
			}
		}
		if err := st.Cycle.Assign(id, forum); err != nil {
			return err
		}
		was := domain.ForumID{}
		if old.Forum != nil {
			was = old.Forum.ID
		}
		log.Add(actor, domain.PlanEventAssign, eventSubject(id), 0, []domain.Change{{Field: "forumId", Old: orNil(was), New: orNil(forum)}},
			domain.Under(domain.SubjectOf(domain.SubjectPlan, old.PlanID)))
		e, err = st.Cycle.Event(actor.Scope(), id, year)
		return err
	})
	return e, err
}

// Place puts an event into a meeting of the forum that handles it, in the
// meeting's year; without a meeting it takes the event of the year out again.
func (s *CycleService) Place(ctx context.Context, actor domain.Actor, id domain.PlanEventID, year int, meeting domain.MeetingID) (e CycleEvent, err error) {
	err = s.UoW.Write(ctx, func(st CycleStores, log *domain.AuditLog) error {
		old, err := st.Cycle.Event(actor.Scope(), id, year)
		if err != nil {
			return err
		}
		resource := domain.Resource{}
		if old.Forum != nil {
			resource.ForumID = old.Forum.ID
		}
		if err := actor.Check(domain.PlanEventPlace, resource); err != nil {
			return err
		}
		if !meeting.IsZero() {
			m, err := st.Meetings.Get(actor.Scope(), meeting)
			switch {
			case err != nil || m.ForumID != resource.ForumID:
				return domain.InvalidField("/meetingId", "unknown")
			case m.Year != year:
				return domain.InvalidField("/meetingId", "meeting_other_year")
			case m.Status == Cancelled:
				return domain.InvalidField("/meetingId", "not_allowed")
			}
		}
		if err := st.Cycle.Place(id, year, meeting); err != nil {
			return err
		}
		was := domain.MeetingID{}
		if old.Meeting != nil {
			was = old.Meeting.ID
		}
		log.Add(actor, domain.PlanEventPlace, eventSubject(id), 0,
			[]domain.Change{{Field: "year", New: year}, {Field: "meetingId", Old: orNil(was), New: orNil(meeting)}},
			domain.Under(domain.SubjectOf(domain.SubjectForum, resource.ForumID)))
		e, err = st.Cycle.Event(actor.Scope(), id, year)
		return err
	})
	return e, err
}

// orNil is an id as the log shows it.
func orNil[K any](id domain.ID[K]) any {
	if id.IsZero() {
		return nil
	}
	return id
}
