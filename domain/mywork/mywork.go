// Package mywork is the read model of "my work" (oma työ) beside the actions of
// one's own: meetings that wait for the post's approval, what else the post
// answers for, what comes in the next weeks and what others have reported
// lately. It writes nothing.
package mywork

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Horizon and LookBack are how far the coming and the recent reach, in days.
// ApprovalDays is after how many days without all approvals a closed meeting waits
// for its secretary, who has to remind the approvers.
const (
	Horizon      = 28
	LookBack     = 7
	ApprovalDays = 7
)

// How many of each are told at most.
const (
	MaxDeadlines = 50
	MaxDuties    = 50
	MaxMeetings  = 30
	MaxReports   = 10
)

// Approval is a closed meeting whose papers wait for the post's approval.
type Approval struct {
	Meeting  Meeting
	Role     string // chair or inspector
	ClosedAt time.Time
}

// Paper is a closed meeting of a forum whose secretary the post is, with what
// was said of its paper and waits for an answer.
type Paper struct {
	Meeting  Meeting
	Comments int // threads that are not resolved
	Returns  int // by posts that have not approved since, of a paper that has not changed since
	Pending  int // how many approvers have not approved
	ClosedAt time.Time
}

// Unapproved reports whether the paper also waits as one that lacks approvals.
func (p Paper) Unapproved(now time.Time) bool {
	return p.ClosedAt.Before(now.AddDate(0, 0, -ApprovalDays))
}

// Amendment is a correction of an approved paper that waits for the post's
// approval.
type Amendment struct {
	Meeting    Meeting
	Role       string // chair or inspector
	ProposedAt time.Time
}

// Minutes is a meeting of a forum whose secretary the post is, and that does not
// get on without the secretary: ReasonUnclosed, ReasonUnapproved or
// ReasonUnpublished.
type Minutes struct {
	Meeting Meeting
	Reason  Reason
	Since   time.Time // Unclosed: when it was to end; Unapproved: when it was closed; Unpublished: when it was approved
	Pending int       // Unapproved: how many approvers have not approved
	// Comments and Returns are what a Paper has, where papers are not asked for.
	Comments, Returns int
}

// Deadline is the end of the due period of an action that the post leads or
// shares, or of a task or milestone that it does.
type Deadline struct {
	ActionID domain.ActionID
	No       int           // of the action
	TaskID   domain.TaskID // zero: the action itself
	Kind     string        // task or milestone; "" for the action itself
	Title    domain.Text   // of the task or the action
	On       domain.Date
}

// Meeting names a meeting with its forum.
type Meeting struct {
	ID         domain.MeetingID
	ForumID    domain.ForumID
	ForumKey   string
	ForumTitle domain.Text
	Year       int
	Number     int
	StartsAt   time.Time
	Status     string
}

// Duty is a goal, chain or forum that the post answers for in some part.
type Duty struct {
	Kind  domain.SubjectKind // goal, chain or forum
	ID    domain.AnyID
	No    int // of a goal
	Title domain.Text
	Part  string // lead or shared; of a forum chair or secretary
	Count int    // of a chain: how many of its stages
	// Unaccepted is on how many of these parts the parties have not all agreed;
	// nothing is proposed of a chair or secretary.
	Unaccepted int
}

// Report is what another post reported lately on an action that the post leads
// or shares.
type Report struct {
	ActionID  domain.ActionID
	No        int
	Title     domain.Text
	PostID    domain.PostID
	PostTitle domain.Text
	PartyID   domain.PartyID
	Status    string
	Text      domain.Text
	At        time.Time
}

// Work is what concerns one post.
type Work struct {
	Approvals  []Approval  // the longest waiting first
	Amendments []Amendment // the longest waiting first
	Papers     []Paper     // the longest waiting first
	Minutes    []Minutes   // the longest waiting first; none that is among Papers, unless these are not asked for
	Deadlines  []Deadline  // in the next Horizon days, the nearest first, at most MaxDeadlines
	Duties     []Duty      // goals by number, chains, forums, at most MaxDuties
	Meetings   []Meeting   // of the post's forums in the next Horizon days, at most MaxMeetings
	Reports    []Report    // the latest first, at most MaxReports

	// How much there is in all of what is told in part only.
	ApprovalsTotal, AmendmentsTotal, PapersTotal, MinutesTotal int
	DeadlinesTotal, DutiesTotal, MeetingsTotal, ReportsTotal   int
}

// Of says what of the work is asked for.
type Of struct {
	Post    domain.PostID
	Limit   int      // how many of each kind that waits are told, the longest waiting first
	Reasons []Reason // only what waits for these; empty: whatever it is
	About   domain.AboutFilter
}

// Wants reports whether something that waits for one of these reasons is asked for.
func (o Of) Wants(rs ...Reason) bool {
	return len(o.Reasons) == 0 || slices.ContainsFunc(rs, func(r Reason) bool { return slices.Contains(o.Reasons, r) })
}

// Store reads it.
type Store interface {
	// Of returns the work of a post that the scope may see on the day shown, with
	// a fixed number of queries, each of which returns a bounded number of rows.
	Of(scope domain.Scope, of Of, now time.Time) (Work, error)
	// Awaited returns what the post waits for from others, the longest waiting first:
	// at most limit of it, and how much there is in all; about narrows it by what is awaited.
	Awaited(scope domain.Scope, actor domain.Actor, about domain.AboutFilter, limit int) ([]Awaited, int, error)
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Work Store }

// Service holds the use case.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	Clock domain.Clock
}

// Of returns the work of the post that the actor acts in, as far as it is about what
// is asked for, limit of each kind that waits for one of these reasons (none: for
// any): nothing without a post, Unauthenticated without a person.
func (s *Service) Of(ctx context.Context, actor domain.Actor, limit int, reasons []Reason, about domain.AboutFilter) (w Work, err error) {
	if !actor.SignedIn() {
		return w, domain.Unauthenticated()
	}
	if actor.PostID.IsZero() {
		return w, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		w, err = st.Work.Of(actor.Scope(), Of{actor.PostID, limit, reasons, about}, s.Clock.Now())
		return err
	})
	return w, err
}
