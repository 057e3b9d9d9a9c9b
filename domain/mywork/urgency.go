package mywork

import (
	"cmp"
	"slices"
)

// Reason is why something waits for a post.
type Reason string

// The reasons. Those of actions are the same words as in package action.
const (
	ReasonLate        Reason = "late"        // an action, or a task of the post
	ReasonReplyLate   Reason = "reply_late"  // a referral to a forum of the post, not answered in time
	ReasonAcceptance  Reason = "acceptance"  // what another party has proposed
	ReasonChanges     Reason = "changes"     // what the own party has proposed and another asks to be changed
	ReasonDraft       Reason = "draft"       // of another party, without a word of the own one
	ReasonApproval    Reason = "approval"    // a paper
	ReasonAmendment   Reason = "amendment"   // of an approved paper
	ReasonComments    Reason = "comments"    // on a paper, for its secretary
	ReasonReply       Reason = "reply"       // a referral to a forum of the post
	ReasonReturned    Reason = "returned"    // a referral that the other forum refused
	ReasonUnanswered  Reason = "unanswered"  // a referral that the other forum has not answered in time
	ReasonUnclosed    Reason = "unclosed"    // a meeting was held and is not closed
	ReasonUnapproved  Reason = "unapproved"  // its paper lacks approvals
	ReasonUnpublished Reason = "unpublished" // its paper is approved
	ReasonStale       Reason = "stale"
	ReasonStartPassed Reason = "start_passed"
	ReasonConfirm     Reason = "confirm"
	ReasonDueSoon     Reason = "due_soon"
	ReasonReportLate  Reason = "report_late" // an open reporting round asks for it, and its last day has passed
	ReasonReport      Reason = "report"      // an open reporting round asks for it, and it can come in time
)

// urgency puts first what has passed its day, then what others cannot go on
// without, then what the own word is missing for.
var urgency = [][]Reason{
	{ReasonLate, ReasonReplyLate, ReasonReportLate},
	{ReasonAcceptance, ReasonChanges, ReasonDraft, ReasonApproval, ReasonAmendment, ReasonComments, ReasonReply, ReasonReturned, ReasonUnanswered, ReasonUnclosed, ReasonUnapproved, ReasonUnpublished},
	{ReasonStale},
	{ReasonStartPassed},
	{ReasonConfirm},
	{ReasonDueSoon, ReasonReport},
}

// Reasons lists them, the most urgent first.
func Reasons() []Reason { return slices.Concat(urgency...) }

// Waiting is one thing that waits, as far as its urgency goes.
type Waiting struct {
	Reason Reason
	Days   int // ReasonDueSoon, ReasonReport: left; ReasonLate, ReasonReplyLate, ReasonReportLate: past the day; others: how long it has waited
}

// CompareUrgency orders what waits, the most urgent first: of one step what has
// waited longest, or is due first. Equals stay as they were.
func CompareUrgency(a, b Waiting) int {
	if c := cmp.Compare(step(a.Reason), step(b.Reason)); c != 0 {
		return c
	}
	if step(a.Reason) == len(urgency)-1 {
		return cmp.Compare(a.Days, b.Days)
	}
	return cmp.Compare(b.Days, a.Days)
}

func step(r Reason) int {
	return slices.IndexFunc(urgency, func(rs []Reason) bool { return slices.Contains(rs, r) })
}
