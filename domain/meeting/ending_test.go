package meeting_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

func codeOf(err error) string {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		if len(e.Fields) > 0 {
			return e.Fields[0].Pointer + " " + e.Fields[0].Code
		}
		return e.Code
	}
	return ""
}

var because = domain.Text{FI: " Raukesi ", SV: "Förföll"}

func TestWithdrawingAReferralThatWasSent(t *testing.T) {
	t.Parallel()
	settled := now.Add(-time.Hour)
	for name, c := range map[string]struct {
		state  meeting.ReferralState
		reason domain.Text
		want   string
	}{
		"waits":             {meeting.Waiting, because, ""},
		"without a reason":  {meeting.Waiting, domain.Text{FI: "  "}, "/reason/fi required"},
		"too long a reason": {meeting.Waiting, domain.Text{FI: strings.Repeat("x", 1001), SV: "x"}, "/reason/fi too_long"},
		"not sent":          {meeting.Prepared, because, "referral_not_sent"},
		"accepted":          {meeting.Accepted, because, "referral_answered"},
		"refused":           {meeting.Refused, because, "referral_answered"},
		"withdrawn":         {meeting.Withdrawn, because, "referral_withdrawn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := meeting.Referral{State: c.state, DueOn: domain.DateOf(now).AddDays(-2)}
			if c.state == meeting.Withdrawn {
				r.SettledAt = &settled
			}
			was := r
			err := r.WithdrawSent(c.reason, now)
			if got := codeOf(err); got != c.want {
				t.Fatalf("%q, want %q: %v", got, c.want, err)
			}
			if c.want != "" {
				if !reflect.DeepEqual(r, was) {
					t.Errorf("refused and changed to %+v", r)
				}
				return
			}
			if r.State != meeting.Withdrawn || !r.SettledAt.Equal(now) || r.Settled.FI != "Raukesi" || r.Overdue(domain.DateOf(now)) {
				t.Errorf("withdrawn %+v", r)
			}
			if got := codeOf(r.Accept(newPost(), domain.Text{}, now)); got != "referral_withdrawn" {
				t.Errorf("answered after that: %q", got)
			}
		})
	}
}

func TestEndingAnOutcomeAfterItsMeeting(t *testing.T) {
	t.Parallel()
	sent := []meeting.Referral{{State: meeting.Waiting}}
	gone := []meeting.Referral{{State: meeting.Withdrawn}}
	for name, c := range map[string]struct {
		status  meeting.Status
		outcome meeting.Outcome
		item    meeting.AgendaItem
		reason  domain.Text
		want    string
	}{
		"deferral, closed":            {meeting.Closed, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{}, because, ""},
		"deferral, approved":          {meeting.Approved, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{}, because, ""},
		"deferral, published":         {meeting.Published, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{}, because, ""},
		"deferral, no reason":         {meeting.Published, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{}, domain.Text{}, "/reason/fi required"},
		"deferral, in progress":       {meeting.InProgress, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{}, because, "meeting_not_closed"},
		"deferral, taken up":          {meeting.Published, meeting.Outcome{Type: meeting.Deferred, TakenUp: true}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"deferral, on another agenda": {meeting.Published, meeting.Outcome{Type: meeting.Deferred}, meeting.AgendaItem{CarriedOn: true}, because, "outcome_not_open"},
		"deferral, ended":             {meeting.Published, meeting.Outcome{Type: meeting.Deferred, EndedAt: &now}, meeting.AgendaItem{}, because, "outcome_ended"},
		"referral, never sent":        {meeting.Published, meeting.Outcome{Type: meeting.Referred}, meeting.AgendaItem{}, because, ""},
		"referral, sent":              {meeting.Published, meeting.Outcome{Type: meeting.Referred, Referrals: sent}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"referral, withdrawn":         {meeting.Published, meeting.Outcome{Type: meeting.Referred, Referrals: gone}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"decision, published":         {meeting.Published, meeting.Outcome{Type: meeting.Decision}, meeting.AgendaItem{}, because, ""},
		"decision, closed":            {meeting.Closed, meeting.Outcome{Type: meeting.Decision}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"decision with an action":     {meeting.Published, meeting.Outcome{Type: meeting.Decision, Followed: true}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"decision of a carried item":  {meeting.Published, meeting.Outcome{Type: meeting.Decision}, meeting.AgendaItem{CarriedOn: true}, because, "outcome_not_open"},
		"recommendation":              {meeting.Published, meeting.Outcome{Type: meeting.Recommendation}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"noted":                       {meeting.Published, meeting.Outcome{Type: meeting.Noted}, meeting.AgendaItem{}, because, "outcome_not_open"},
		"assignment of a cancelled m": {meeting.Cancelled, meeting.Outcome{Type: meeting.Assignment}, meeting.AgendaItem{}, because, "meeting_not_closed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := c.outcome
			err := meeting.Meeting{Status: c.status}.End(c.item, &o, c.reason, now)
			if got := codeOf(err); got != c.want {
				t.Fatalf("%q, want %q: %v", got, c.want, err)
			}
			if c.want == "" && (o.EndedAt == nil || o.EndReason.FI != "Raukesi" || o.Open(false)) {
				t.Errorf("ended %+v", o)
			}
		})
	}
}

// What was said of a deferral does not stay with the decision that it becomes in
// a meeting that is opened again.
func TestAnOutcomeThatBecomesAnotherIsNotEnded(t *testing.T) {
	t.Parallel()
	o := meeting.Outcome{Type: meeting.Deferred, Text: because, EndedAt: &now, EndReason: because}
	running := meeting.Meeting{Status: meeting.InProgress}
	if err := running.Correct(&o, meeting.OutcomeEdit{Type: meeting.Deferred, Text: because}); err != nil || o.EndedAt == nil {
		t.Errorf("other words of the same: %v, %+v", err, o)
	}
	if err := running.Correct(&o, meeting.OutcomeEdit{Type: meeting.Decision, Text: because}); err != nil || o.EndedAt != nil || !o.EndReason.IsZero() || !o.Open(false) {
		t.Errorf("a decision: %v, %+v", err, o)
	}
}
