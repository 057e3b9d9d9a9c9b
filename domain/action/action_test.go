package action

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
)

var (
	now   = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	today = domain.DateOf(now)
)

func day(offset int) domain.Date { return today.AddDays(offset) }

// What the condition is, is held against SQL in storage; here why it is so.
func TestConditionExplainsItself(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		a     Action
		value ConditionValue
		code  string
		days  int // -1: none
		on    domain.Date
	}{
		"late":            {Action{Status: InProgress, DueOn: day(-10), ConfirmedOn: day(-70)}, CondLate, "late", 10, day(-10)},
		"month not over":  {Action{Status: InProgress, DueOn: domain.NewDate(2026, 11, 1), DuePrecision: domain.Month, ConfirmedOn: today}, CondDueSoon, "due_soon", 7, domain.NewDate(2026, 11, 30)},
		"stale":           {Action{Status: InProgress, DueOn: day(5), ConfirmedOn: day(-61)}, CondStale, "stale", 61, day(-61)},
		"due today":       {Action{Status: NotStarted, DueOn: today, ConfirmedOn: today}, CondDueSoon, "due_soon", 0, today},
		"no start":        {Action{Status: NotStarted, ConfirmedOn: today}, CondNotStarted, "not_started", -1, domain.Date{}},
		"starts":          {Action{Status: NotStarted, StartsOn: day(3), ConfirmedOn: today}, CondNotStarted, "starts_on", 3, day(3)},
		"start passed":    {Action{Status: NotStarted, StartsOn: day(-3), ConfirmedOn: today}, CondNotStarted, "start_passed", 3, day(-3)},
		"within quarter":  {Action{Status: NotStarted, StartsOn: domain.NewDate(2026, 10, 1), StartsPrecision: domain.Quarter, ConfirmedOn: today}, CondNotStarted, "starts_on", -53, domain.NewDate(2026, 10, 1)},
		"on time":         {Action{Status: InProgress, DueOn: day(31), ConfirmedOn: today}, CondOnTime, "on_time", 31, day(31)},
		"no due date":     {Action{Status: InProgress, ConfirmedOn: today}, CondOnTime, "no_due_date", -1, domain.Date{}},
		"paused and late": {Action{Status: Paused, DueOn: day(-10)}, CondPaused, "paused", -1, domain.Date{}},
		"done":            {Action{Status: Done, DueOn: day(-10)}, CondDone, "done", -1, domain.Date{}},
		"merged":          {Action{Status: Merged}, CondCancelled, "merged", -1, domain.Date{}},
	} {
		c := tt.a.Condition(today)
		days := -1
		if c.Explanation.Days != nil {
			days = *c.Explanation.Days
		}
		if c.Value != tt.value || c.Explanation.Code != tt.code || days != tt.days || c.Explanation.On != tt.on {
			t.Errorf("%s: %s because %s %d %s", name, c.Value, c.Explanation.Code, days, c.Explanation.On)
		}
		if c.Unowned == tt.a.Status.Closed() {
			t.Errorf("%s: unowned %v", name, c.Unowned)
		}
		tt.a.LeadHeld = true
		if tt.a.Condition(today).Unowned {
			t.Errorf("%s: unowned although the lead post is held", name)
		}
	}
}

func TestWaitsInOrderOfUrgency(t *testing.T) {
	t.Parallel()
	due := func(status Status, start, due, confirmed int) Action {
		a := Action{Status: status, ConfirmedOn: day(confirmed), LeadHeld: true}
		if start != 0 {
			a.StartsOn = day(start)
		}
		if due != 0 {
			a.DueOn = day(due)
		}
		return a
	}
	var waits []Wait
	for _, a := range []Action{
		due(InProgress, 0, 20, 0), due(InProgress, 0, 3, 0), due(InProgress, 0, 0, -31), due(NotStarted, -5, 0, 0),
		due(InProgress, 0, 0, -90), due(InProgress, 0, -1, 0), due(InProgress, 0, -40, -90),
		due(Paused, 0, -1, -90), due(Done, 0, -1, -90), due(InProgress, 0, 31, -30), due(NotStarted, 5, 0, 0), // these do not wait
	} {
		if w, ok := a.Waits(today); ok {
			waits = append(waits, w)
		}
	}
	slices.SortFunc(waits, CompareUrgency)
	want := []Wait{
		{WaitLate, 40, day(-40)}, {WaitLate, 1, day(-1)}, {WaitStale, 90, day(-29)}, {WaitStartPassed, 5, day(-5)},
		{WaitConfirm, 31, day(30)}, {WaitDueSoon, 3, day(3)}, {WaitDueSoon, 20, day(20)},
	}
	if !slices.Equal(waits, want) {
		t.Errorf("%v\nwant %v", waits, want)
	}
}

// An operator without a party cannot report: a report is a party's.
func TestReportIsOfAParty(t *testing.T) {
	t.Parallel()
	a := Action{Status: InProgress}
	_, err := a.Report(domain.StatusReportID{}, domain.PartyID{}, domain.PostID{}, Reporting{Status: Done}, now)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != "party_required" || a.Status != InProgress {
		t.Errorf("%v, status %s", err, a.Status)
	}
}
