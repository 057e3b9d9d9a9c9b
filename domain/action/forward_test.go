package action

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// What a report may name as the action in which another goes on.
func TestForward(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	target := func(no int, s Status) Target {
		var id domain.ActionID
		id.SetNew(domain.UUIDv7)
		return Target{Ref: Ref{ID: id, No: no, Status: s}}
	}
	running, over := target(7, InProgress), target(8, Done)
	gone := target(9, InProgress)
	gone.Withdrawn = true
	back := target(10, InProgress)
	back.Back = []int{10, 11, 1}
	for name, tt := range map[string]struct {
		status Status
		to     []Target
		said   []PartyStatus // before
		code   string        // "": it is taken
		want   []int
	}{
		"one that runs":                     {status: Merged, to: []Target{running}, want: []int{7}},
		"two":                               {status: Superseded, to: []Target{running, target(12, Paused)}, want: []int{7, 12}},
		"none":                              {status: Merged, code: "required"},
		"none, as before":                   {status: Merged, said: []PartyStatus{{PartyID: espoo, Spoken: true, Status: Merged, Forwards: []Ref{running.Ref}}}, want: []int{7}},
		"none, of another status":           {status: Superseded, said: []PartyStatus{{PartyID: espoo, Spoken: true, Status: Merged, Forwards: []Ref{running.Ref}}}, code: "required"},
		"unknown or hidden":                 {status: Merged, to: []Target{{}}, code: "unknown"},
		"twice":                             {status: Merged, to: []Target{running, running}, code: "duplicate"},
		"over":                              {status: Merged, to: []Target{over}, code: "action_over"},
		"over since the other party named":  {status: Merged, to: []Target{over}, said: []PartyStatus{{PartyID: luvn, Spoken: true, Status: Merged, Forwards: []Ref{over.Ref}}}, want: []int{8}},
		"made in error":                     {status: Merged, to: []Target{gone}, code: "action_over"},
		"a status that does not go on":      {status: Cancelled, to: []Target{running}, code: "not_merged"},
		"a circle":                          {status: Merged, to: []Target{back}, code: "forward_circle"},
		"more than an action can go on in":  {status: Merged, to: slices.Repeat([]Target{running}, MaxForwards+1), code: "too_many"},
		"cancelled goes on nowhere":         {status: Cancelled},
		"what was named goes with the word": {status: InProgress, said: []PartyStatus{{PartyID: espoo, Spoken: true, Status: Merged, Forwards: []Ref{running.Ref}}}},
	} {
		t.Run(name, func(t *testing.T) {
			a := Action{No: 1, Status: NotStarted, Said: tt.said, Responsibilities: []domain.Responsible{
				{PartyID: espoo, Principal: true, Part: domain.Lead}, {PartyID: luvn, Principal: true, Part: domain.Shared}}}
			a.ID.SetNew(domain.UUIDv7)
			r, err := a.Report(domain.StatusReportID{}, espoo, domain.PostID{}, Reporting{Status: tt.status, Reason: "syy", ForwardTo: tt.to}, now)
			if tt.code != "" {
				e, ok := errors.AsType[*domain.Error](err)
				if !ok || e.Code != tt.code && !slices.ContainsFunc(e.Fields, func(f domain.FieldError) bool { return f.Code == tt.code }) {
					t.Fatalf("%v, want %s", err, tt.code)
				}
				if e.Code == "forward_circle" && e.State != "1 → 10 → 11 → 1" {
					t.Errorf("the path is %q", e.State)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, f := range r.Forwards {
				got = append(got, f.No)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("goes on in %v, want %v", got, tt.want)
			}
			if own := a.own(espoo); !sameRefs(own.Forwards, r.Forwards) {
				t.Errorf("the party says %v", own.Forwards)
			}
		})
	}
	itself := Action{No: 1, Status: NotStarted}
	itself.ID.SetNew(domain.UUIDv7)
	_, err := itself.Report(domain.StatusReportID{}, espoo, domain.PostID{}, Reporting{Status: Merged, Reason: "syy", ForwardTo: []Target{{Ref: Ref{ID: itself.ID}}}}, now)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Fields[0] != (domain.FieldError{Pointer: "/forwardTo/0", Code: "itself"}) {
		t.Errorf("itself: %v", err)
	}
}

// Who may say that an action was made in error, and when.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	part := func(party domain.PartyID, s domain.Standing) domain.Responsible {
		return domain.Responsible{PartyID: party, Principal: true, Part: domain.Shared, Standing: s}
	}
	for name, tt := range map[string]struct {
		a      Action
		here   []Ref
		reason string
		code   string
	}{
		"with a reason":                   {reason: " Kaksoiskappale "},
		"without one":                     {reason: " ", code: "validation_failed"},
		"again":                           {a: Action{MadeInError: Withdrawal{On: today}}, reason: "x", code: "action_withdrawn"},
		"what has ended":                  {a: Action{Status: Done}, reason: "x", code: "action_ended"},
		"its own word stands":             {a: Action{Said: []PartyStatus{{PartyID: espoo, Spoken: true}}}, reason: "x"},
		"the other has reported":          {a: Action{Said: []PartyStatus{{PartyID: luvn, Spoken: true}}}, reason: "x", code: "others_spoke"},
		"the other has taken a part":      {a: Action{Responsibilities: []domain.Responsible{part(luvn, domain.InForce)}}, reason: "x", code: "others_spoke"},
		"the other was only asked":        {a: Action{Responsibilities: []domain.Responsible{part(luvn, domain.Proposed), part(espoo, domain.InForce)}}, reason: "x"},
		"another action goes on in it":    {here: []Ref{{No: 4}}, reason: "x", code: "forwarded_here"},
		"the other party before a reason": {a: Action{Said: []PartyStatus{{PartyID: luvn, Spoken: true}}}, code: "others_spoke"},
	} {
		t.Run(name, func(t *testing.T) {
			a := tt.a
			if a.Status == "" {
				a.Status = InProgress
			}
			err := a.Withdraw(espoo, domain.PostID{}, tt.here, tt.reason, now)
			if tt.code != "" {
				conflict(t, err, tt.code)
				return
			}
			if err != nil || !a.Withdrawn() || a.MadeInError.On != today || a.MadeInError.Reason == "" {
				t.Fatalf("%v: %+v", err, a.MadeInError)
			}
			if c := a.Condition(today); c.Value != CondCancelled || c.Explanation.Code != "withdrawn" || c.Unowned || a.FreshnessLevel(today) != "" {
				t.Errorf("condition %+v", c)
			}
			conflict(t, a.Restore("", now), "validation_failed")
			if err := a.Restore("Ei sittenkään", now.Add(time.Hour)); err != nil || a.Withdrawn() || a.Status != InProgress {
				t.Errorf("%v: %+v", err, a)
			}
			conflict(t, a.Restore("x", now), "action_not_withdrawn")
		})
	}
}
