package mywork_test

import (
	"slices"
	"testing"

	"yhdyspinta/domain/mywork"
)

// What has passed its day comes first, then what others wait for, by age and
// whatever it is, then what lacks the own word, and what is only near last.
func TestUrgency(t *testing.T) {
	w := func(r mywork.Reason, days int) mywork.Waiting { return mywork.Waiting{Reason: r, Days: days} }
	want := []mywork.Waiting{
		w(mywork.ReasonLate, 40), w(mywork.ReasonReplyLate, 12), w(mywork.ReasonLate, 12), w(mywork.ReasonReportLate, 3), w(mywork.ReasonLate, 1),
		w(mywork.ReasonUnpublished, 90), w(mywork.ReasonAcceptance, 30), w(mywork.ReasonApproval, 11), w(mywork.ReasonDraft, 11), w(mywork.ReasonAmendment, 10), w(mywork.ReasonChanges, 9),
		w(mywork.ReasonComments, 8), w(mywork.ReasonUnapproved, 7), w(mywork.ReasonReturned, 6), w(mywork.ReasonUnanswered, 5), w(mywork.ReasonReply, 4), w(mywork.ReasonUnclosed, 0),
		w(mywork.ReasonStale, 90), w(mywork.ReasonStale, 61),
		w(mywork.ReasonStartPassed, 100), w(mywork.ReasonStartPassed, 2),
		w(mywork.ReasonConfirm, 60), w(mywork.ReasonConfirm, 31),
		w(mywork.ReasonDueSoon, 0), w(mywork.ReasonReport, 7), w(mywork.ReasonDueSoon, 30), w(mywork.ReasonReport, 45),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	got[slices.Index(got, w(mywork.ReasonLate, 12))], got[slices.Index(got, w(mywork.ReasonReplyLate, 12))] = w(mywork.ReasonReplyLate, 12), w(mywork.ReasonLate, 12)
	got[slices.Index(got, w(mywork.ReasonApproval, 11))], got[slices.Index(got, w(mywork.ReasonDraft, 11))] = w(mywork.ReasonDraft, 11), w(mywork.ReasonApproval, 11)
	slices.SortStableFunc(got, mywork.CompareUrgency)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
