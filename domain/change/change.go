// Package change is the read model of what has changed since a day (muutokset,
// ändringar): it compares the state at the end of that day with the state shown,
// by the history of both, and keeps nothing of its own.
package change

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Kind is in what way something has changed.
type Kind string

// The kinds of changes. What was not there on the first day, or not for the scope
// to see, has only been added; what was made since then may also have become done,
// late or dropped.
const (
	Added     Kind = "action_added"
	Done      Kind = "action_done"
	Late      Kind = "action_late"      // its condition is late, and was not
	Confirmed Kind = "action_confirmed" // its status had not been confirmed within the limit, and now it has
	DueMoved  Kind = "action_due_moved"
	Dropped   Kind = "action_dropped" // cancelled, merged or superseded
	Widened   Kind = "gap_widened"    // of a hand-over in force on both days
	Narrowed  Kind = "gap_narrowed"   // likewise; also if it has closed
	Accepted  Kind = "accepted"       // a responsibility or hand-over came into force by the answer of another party than proposed it
	Declined  Kind = "declined"       // a party declined one, and nothing new has been proposed
	Decided   Kind = "decided"        // a decision or assignment of a meeting closed since

	PhaseMoved       Kind = "action_phase_moved" // to another phase of implementation, or to none
	MilestoneSet     Kind = "milestone_set"      // added, put back or given another due date
	MilestoneReached Kind = "milestone_reached"
	MilestoneGone    Kind = "milestone_removed"
	NeedsAdded       Kind = "needs_added" // an action waits for another
	NeedsRemoved     Kind = "needs_removed"
)

// The kinds that are told only of a thing that one asks about.
const (
	Reported  Kind = "reported"          // a status report that stands, as far as it may be read
	Edited    Kind = "edited"            // title or description of a goal, action, chain or forum
	Called    Kind = "meeting_called"    // a meeting of a forum
	Published Kind = "meeting_published" // the paper of one
	Ended     Kind = "goal_ended"
	GoesOn    Kind = "goal_goes_on" // its ending was taken back
	Withdrawn Kind = "withdrawn"    // an action, as made in error: only to staff
)

// Kinds are those of the overview, in the order in which they are told.
var Kinds = []Kind{Late, Done, Dropped, Added, DueMoved, PhaseMoved, MilestoneReached, MilestoneSet, MilestoneGone, NeedsAdded, NeedsRemoved, Confirmed, Widened, Narrowed, Accepted, Declined, Decided}

// StandardDays is how far back changes are told where no meeting says since when.
const StandardDays = 30

// Change is one thing that is otherwise than it was.
type Change struct {
	Kind Kind
	// ID is that of the action, milestone, dependency, hand-over, agreement or outcome:
	// unique within a kind.
	ID       domain.AnyID
	On       domain.Date    // on which it became so
	Thing    *Thing         // none of Decided
	Post     *Post          // of Accepted and Declined: whose responsibility
	Due      *Move          // of DueMoved and MilestoneSet
	Was, Now string         // of Dropped the statuses, of Widened and Narrowed the gaps, of Ended how it ended
	Decision *Decision      // of Decided
	At       time.Time      // when it became so
	About    domain.Subject // of what was asked about this is a change
	Report   *Report        // of Reported
	Reason   domain.Text    // of Ended
	Meeting  *Meeting       // of Called and Published

	Phase     *PhaseMove  // of PhaseMoved
	Milestone domain.Text // of MilestoneSet, MilestoneReached and MilestoneGone: its title
	Needs     *Thing      // of NeedsAdded and NeedsRemoved: the action that is waited for
}

// PhaseMove is a phase before and after by its title; zero: none.
type PhaseMove struct{ Was, Now domain.Text }

// Report is what somebody in Post reported of an action.
type Report struct {
	Status string
	Text   domain.Text
}

// Thing names what has changed, or what a responsibility is for.
type Thing struct {
	Kind     domain.SubjectKind
	ID       domain.AnyID
	No       int         // of a goal or action
	Key      string      // of a forum or chain, or of the chain of a stage or hand-over
	Title    domain.Text // of a hand-over: what passes
	From, To domain.Text // of a hand-over
}

// Post names a post.
type Post struct {
	ID      domain.PostID
	Title   domain.Text
	PartyID domain.PartyID
}

// Due is a due date as exactly as it is known; zero: none.
type Due struct {
	On        domain.Date
	Precision domain.Precision
}

// Move is a due date before and after.
type Move struct{ Was, Now Due }

// Meeting names a meeting and its forum.
type Meeting struct {
	ID         domain.MeetingID
	Year       int
	Number     int // in its forum and year
	StartsAt   time.Time
	ForumID    domain.ForumID
	ForumKey   string
	ForumTitle domain.Text
}

// Decision is an outcome with the agenda item that it belongs to.
type Decision struct {
	Type      string
	Text      domain.Text
	ItemID    domain.AgendaItemID
	ItemTitle domain.Text
	Section   int // § of the minutes; 0: none
	Meeting   Meeting
}

// Summary counts what has changed. Every number counts the rows of List.
type Summary struct {
	Since   domain.Date
	Meeting *Meeting     // after which the changes are told, if nobody named a day
	Counts  map[Kind]int // a kind without changes is missing
}

// Store reads the changes.
type Store interface {
	// Steering is the last meeting before the day shown of a steering group, that is a
	// forum of the strategic level without a parent, which has been closed and which
	// the scope may see; nil without one.
	Steering(scope domain.Scope) (*Meeting, error)
	// Count counts the changes since the end of a day by kind.
	Count(scope domain.Scope, since domain.Date) (map[Kind]int, error)
	// List returns one page of them, sorted by on (the latest first, the default).
	List(scope domain.Scope, since domain.Date, kinds []Kind, p domain.PageRequest) (domain.Page[Change], error)
	// About lists what changed since the end of a day in goals, actions, service chains
	// and forums, the latest first, at most limit: in them, in the actions for a goal,
	// at a stage of a chain or of a forum, in the stages and hand-overs of a chain, and
	// in the meetings of a forum.
	About(scope domain.Scope, since domain.Date, about []domain.Subject, limit int) ([]Change, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Changes Store }

// Service holds the use cases.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	Clock domain.Clock
}

// Summary counts the changes that the actor may see from the end of a day up to
// today or the as-of day. Without a day it is that of the last meeting of a steering
// group, or else StandardDays ago.
func (s *Service) Summary(ctx context.Context, actor domain.Actor, since domain.Date) (sum Summary, err error) {
	day := domain.DayShown(ctx, s.Clock)
	if err := s.check(ctx, since); err != nil {
		return sum, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		sum = Summary{Since: since}
		if since.IsZero() {
			if sum.Meeting, err = st.Changes.Steering(actor.Scope()); err != nil {
				return err
			}
			sum.Since = day.AddDays(-StandardDays)
			if sum.Meeting != nil {
				sum.Since = domain.DateOf(sum.Meeting.StartsAt)
			}
		}
		sum.Counts, err = st.Changes.Count(actor.Scope(), sum.Since)
		return err
	})
	return sum, err
}

// List returns one page of the changes of these kinds, or of all, likewise.
func (s *Service) List(ctx context.Context, actor domain.Actor, since domain.Date, kinds []Kind, p domain.PageRequest) (page domain.Page[Change], err error) {
	if err := s.check(ctx, since); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Changes.List(actor.Scope(), since, kinds, p)
		return err
	})
	return page, err
}

// About lists what changed since the end of a day in some things, as far as the actor
// may see it, the latest first, at most limit.
func (s *Service) About(ctx context.Context, actor domain.Actor, since domain.Date, about []domain.Subject, limit int) (list []Change, err error) {
	if len(about) == 0 {
		return nil, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		list, err = st.Changes.About(actor.Scope(), since, about, limit)
		return err
	})
	return list, err
}

// check refuses a day after the one shown: between them nothing can have changed.
func (s *Service) check(ctx context.Context, since domain.Date) error {
	if day := domain.DayShown(ctx, s.Clock); day.Before(since) {
		return domain.InvalidField("since", "in_future")
	}
	return nil
}
