package mywork

import (
	"context"

	"yhdyspinta/domain"
)

// AwaitedReason is what a post waits for from others.
type AwaitedReason string

// The reasons.
const (
	AwaitedAcceptance  AwaitedReason = "acceptance"  // of what the post proposed, accepted for its party or has a part in, and another party has not answered
	AwaitedDraft       AwaitedReason = "draft"       // another party's word on a draft of the post
	AwaitedReply       AwaitedReason = "reply"       // to a referral from a forum whose secretary the post is, and that is not late: what is waits for the secretary
	AwaitedAnswer      AwaitedReason = "answer"      // to what the post commented on, asked to be changed or gave back
	AwaitedMinutes     AwaitedReason = "minutes"     // the paper of a meeting of the post's that others write, approve or publish
	AwaitedReport      AwaitedReason = "report"      // the word of another party on an action that they share, which is out of date
	AwaitedPredecessor AwaitedReason = "predecessor" // an action that is late, and for which one of the post's waits
)

// AwaitedReasons lists them.
var AwaitedReasons = []AwaitedReason{AwaitedAcceptance, AwaitedDraft, AwaitedReply, AwaitedAnswer, AwaitedMinutes, AwaitedReport, AwaitedPredecessor}

// Thing names what something is about: SubjectKind goal, action, stage, handover,
// chain, forum, plan or meeting.
type Thing struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	No    int // of a goal, action or stage; of a meeting its number
	Year  int // of a meeting
	Key   string
	Title domain.Text // of a meeting that of its forum
	From  domain.Text // of a hand-over: the giving stage
	To    domain.Text // and the receiving one
}

// Awaited is one thing that a post waits for from others.
type Awaited struct {
	Reason AwaitedReason
	Stage  Reason // AwaitedMinutes: ReasonUnclosed, ReasonUnapproved or ReasonUnpublished
	Of     Thing
	// PartyID is whom one waits for, and PostID its post where it is one; zero where
	// nobody is named.
	PartyID   domain.PartyID
	PostID    domain.PostID
	PostTitle domain.Text
	Pending   int         // AwaitedMinutes, unapproved: approvers that have not approved
	Since     domain.Date // from which day on one waits
	DueOn     domain.Date // AwaitedReply: by when the answer is due; AwaitedPredecessor: when it was due
	Own       *Thing      // AwaitedPredecessor: the post's own action that waits
	DraftID   domain.AnyID
}

// Awaited returns what the post that the actor acts in waits for from others, the
// longest waiting first, as far as it is about what is asked for: at most limit of it,
// and how much there is in all. Nothing without a post, Unauthenticated without a person.
func (s *Service) Awaited(ctx context.Context, actor domain.Actor, about domain.AboutFilter, limit int) (items []Awaited, total int, err error) {
	if !actor.SignedIn() {
		return nil, 0, domain.Unauthenticated()
	}
	if actor.PostID.IsZero() {
		return nil, 0, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		items, total, err = st.Work.Awaited(actor.Scope(), actor, about, limit)
		return err
	})
	return items, total, err
}
