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

func TestCorrectingAnEnding(t *testing.T) {
	t.Parallel()
	other := domain.Text{FI: " Laki muuttui ", SV: "Lagen ändrades"}
	ended := meeting.Outcome{Type: meeting.Deferred, EndedAt: &now, EndReason: domain.Text{FI: "Raukesi", SV: "Förföll"}}
	for name, c := range map[string]struct {
		status  meeting.Status
		outcome meeting.Outcome
		edit    meeting.EndingEdit
		want    string
	}{
		"closed":             {meeting.Closed, ended, meeting.EndingEdit{Ending: other, Reason: " Väärä syy "}, ""},
		"published":          {meeting.Published, ended, meeting.EndingEdit{Ending: other, Reason: "Väärä syy"}, ""},
		"without a reason":   {meeting.Published, ended, meeting.EndingEdit{Ending: other, Reason: "  "}, "/reason required"},
		"too long a reason":  {meeting.Published, ended, meeting.EndingEdit{Ending: other, Reason: strings.Repeat("x", 1001)}, "/reason too_long"},
		"without an ending":  {meeting.Published, ended, meeting.EndingEdit{Ending: domain.Text{FI: " "}, Reason: "Väärä syy"}, "/ending/fi required"},
		"in the same words":  {meeting.Published, ended, meeting.EndingEdit{Ending: because, Reason: "Väärä syy"}, "/ending/fi unchanged"},
		"of one never ended": {meeting.Published, meeting.Outcome{Type: meeting.Deferred}, meeting.EndingEdit{Ending: other, Reason: "Väärä syy"}, "outcome_not_ended"},
		"opened again":       {meeting.InProgress, ended, meeting.EndingEdit{Ending: other, Reason: "Väärä syy"}, "meeting_not_closed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, e := c.outcome, c.edit
			err := meeting.Meeting{Status: c.status}.CorrectEnding(&o, &e)
			if got := codeOf(err); got != c.want {
				t.Fatalf("%q, want %q: %v", got, c.want, err)
			}
			if c.want != "" {
				if !reflect.DeepEqual(o, c.outcome) {
					t.Errorf("refused and changed to %+v", o)
				}
				return
			}
			if o.EndReason.FI != "Laki muuttui" || o.EndedAt != &now || e.Reason != "Väärä syy" {
				t.Errorf("corrected %+v, reason %q", o, e.Reason)
			}
		})
	}
}

func TestTakingAnEndingBack(t *testing.T) {
	t.Parallel()
	ended := func(o meeting.Outcome) meeting.Outcome {
		o.EndedAt, o.EndReason = &now, because
		return o
	}
	for name, c := range map[string]struct {
		status  meeting.Status
		outcome meeting.Outcome
		carried bool
		reason  string
		want    string
	}{
		"deferral":                   {meeting.Closed, ended(meeting.Outcome{Type: meeting.Deferred}), false, "Erehdys", ""},
		"referral, never sent":       {meeting.Published, ended(meeting.Outcome{Type: meeting.Referred}), false, "Erehdys", ""},
		"decision":                   {meeting.Published, ended(meeting.Outcome{Type: meeting.Decision}), false, "Erehdys", ""},
		"without a reason":           {meeting.Published, ended(meeting.Outcome{Type: meeting.Deferred}), false, " ", "/reason required"},
		"never ended":                {meeting.Published, meeting.Outcome{Type: meeting.Deferred}, false, "Erehdys", "outcome_not_ended"},
		"opened again":               {meeting.InProgress, ended(meeting.Outcome{Type: meeting.Deferred}), false, "Erehdys", "meeting_not_closed"},
		"deferral, taken up":         {meeting.Published, ended(meeting.Outcome{Type: meeting.Deferred, TakenUp: true}), false, "Erehdys", "ending_followed"},
		"deferral, carried over":     {meeting.Published, ended(meeting.Outcome{Type: meeting.Deferred}), true, "Erehdys", "ending_followed"},
		"decision, an action came":   {meeting.Published, ended(meeting.Outcome{Type: meeting.Decision, Followed: true}), false, "Erehdys", "ending_followed"},
		"decision of a carried item": {meeting.Published, ended(meeting.Outcome{Type: meeting.Decision}), true, "Erehdys", "ending_followed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, reason := c.outcome, c.reason
			i := meeting.AgendaItem{CarriedOn: c.carried, Outcomes: []meeting.Outcome{o}}
			err := meeting.Meeting{Status: c.status}.RetractEnding(i, &o, &reason)
			if got := codeOf(err); got != c.want {
				t.Fatalf("%q, want %q: %v", got, c.want, err)
			}
			if c.want == "" && (o.EndedAt != nil || !o.EndReason.IsZero()) {
				t.Errorf("taken back %+v", o)
			}
			if c.want != "" && !reflect.DeepEqual(o, c.outcome) {
				t.Errorf("refused and changed to %+v", o)
			}
		})
	}
}

func TestTakingAWithdrawalBack(t *testing.T) {
	t.Parallel()
	var id, other domain.ReferralID
	id.SetNew(domain.UUIDv7)
	other.SetNew(domain.UUIDv7)
	gone := meeting.Referral{ID: id, State: meeting.Withdrawn, SettledAt: &now, Settled: because, DueOn: domain.DateOf(now).AddDays(3)}
	unsent := gone
	unsent.SettledAt, unsent.Settled = nil, domain.Text{}
	waits := meeting.Referral{ID: id, State: meeting.Waiting}
	of := func(r ...meeting.Referral) meeting.Outcome {
		return meeting.Outcome{Type: meeting.Referred, Referrals: r}
	}
	deferral := of(gone)
	deferral.Type = meeting.Deferred
	followed, taken := of(gone), of(gone)
	followed.Followed, taken.TakenUp = true, true
	for name, c := range map[string]struct {
		referral meeting.Referral
		outcome  meeting.Outcome
		carried  bool
		reason   string
		want     string
	}{
		"five days later":         {gone, of(gone), false, "Erehdys", ""},
		"without a reason":        {gone, of(gone), false, "", "/reason required"},
		"that waits":              {waits, of(waits), false, "Erehdys", "referral_not_withdrawn"},
		"before it was sent":      {unsent, of(unsent), false, "Erehdys", "referral_not_withdrawn"},
		"referred elsewhere":      {gone, of(gone, meeting.Referral{ID: other, State: meeting.Waiting}), false, "Erehdys", "ending_followed"},
		"of what became another":  {gone, deferral, false, "Erehdys", "ending_followed"},
		"followed by an action":   {gone, followed, false, "Erehdys", "ending_followed"},
		"on an agenda of its own": {gone, taken, false, "Erehdys", "ending_followed"},
		"carried over":            {gone, of(gone), true, "Erehdys", "ending_followed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, reason := c.referral, c.reason
			err := r.RetractWithdrawal(meeting.AgendaItem{CarriedOn: c.carried}, c.outcome, &reason, now.AddDate(0, 0, 5))
			if got := codeOf(err); got != c.want {
				t.Fatalf("%q, want %q: %v", got, c.want, err)
			}
			if c.want != "" {
				if !reflect.DeepEqual(r, c.referral) {
					t.Errorf("refused and changed to %+v", r)
				}
				return
			}
			// The five days during which nobody could answer are added.
			if r.State != meeting.Waiting || r.SettledAt != nil || !r.Settled.IsZero() || r.DueOn != domain.DateOf(now).AddDays(8) {
				t.Errorf("waits again %+v", r)
			}
		})
	}
}
