package action

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

func task(kind TaskKind, due domain.Date, p domain.Precision) TaskFigures {
	next := Task{Kind: kind, DueOn: due, DuePrecision: p}
	next.ID.UUID[0] = 1
	return TaskFigures{Total: 2, Done: 1, Next: next}
}

// An open task makes its action late or due soon, whichever of the two dates
// comes first; the action's own due date is named before a task's when both have
// passed. Nothing of it counts where nothing more is expected.
func TestTasksCountInTheCondition(t *testing.T) {
	t.Parallel()
	late, soon, later := task(KindTask, day(-9), domain.Day), task(KindMilestone, day(30), domain.Day), task(KindTask, day(31), domain.Day)
	for name, tt := range map[string]struct {
		a     Action
		value ConditionValue
		code  string
		days  int // -1: none
		task  bool
		wait  Waiting // "": none
	}{
		"a late task":                  {Action{Status: InProgress, DueOn: day(90), Tasks: late}, CondLate, "task_late", 9, true, WaitLate},
		"a late task, no due date":     {Action{Status: InProgress, Tasks: late}, CondLate, "task_late", 9, true, WaitLate},
		"not started":                  {Action{Status: NotStarted, StartsOn: day(3), Tasks: late}, CondLate, "task_late", 9, true, WaitLate},
		"late by both":                 {Action{Status: InProgress, DueOn: day(-2), Tasks: late}, CondLate, "late", 2, false, WaitLate},
		"late itself, a task to come":  {Action{Status: InProgress, DueOn: day(-2), Tasks: soon}, CondLate, "late", 2, false, WaitLate},
		"late before stale":            {Action{Status: InProgress, Tasks: late, ConfirmedOn: day(-90)}, CondLate, "task_late", 9, true, WaitLate},
		"stale before soon":            {Action{Status: InProgress, Tasks: soon, ConfirmedOn: day(-90)}, CondStale, "stale", 90, false, WaitStale},
		"due today":                    {Action{Status: InProgress, Tasks: task(KindTask, day(0), domain.Day)}, CondDueSoon, "task_soon", 0, true, WaitDueSoon},
		"a milestone due soon":         {Action{Status: InProgress, DueOn: day(90), Tasks: soon}, CondDueSoon, "milestone_soon", 30, true, WaitDueSoon},
		"itself due before the task":   {Action{Status: InProgress, DueOn: day(5), Tasks: soon}, CondDueSoon, "due_soon", 5, false, WaitDueSoon},
		"both on the same day":         {Action{Status: InProgress, DueOn: day(30), Tasks: soon}, CondDueSoon, "due_soon", 30, false, WaitDueSoon},
		"a task later":                 {Action{Status: InProgress, DueOn: day(90), Tasks: later}, CondOnTime, "on_time", 90, false, ""},
		"a task later, no due date":    {Action{Status: InProgress, Tasks: later}, CondOnTime, "no_due_date", -1, false, ""},
		"within the month of the task": {Action{Status: InProgress, Tasks: task(KindMilestone, domain.NewDate(2026, 11, 1), domain.Month)}, CondDueSoon, "milestone_soon", 7, true, WaitDueSoon},
		"after the quarter":            {Action{Status: InProgress, Tasks: task(KindMilestone, domain.NewDate(2026, 7, 1), domain.Quarter)}, CondLate, "milestone_late", 54, true, WaitLate},
		"paused":                       {Action{Status: Paused, Tasks: late}, CondPaused, "paused", -1, false, ""},
		"done":                         {Action{Status: Done, Tasks: late}, CondDone, "done", -1, false, ""},
		"cancelled":                    {Action{Status: Cancelled, Tasks: late}, CondCancelled, "cancelled", -1, false, ""},
	} {
		if tt.a.ConfirmedOn.IsZero() {
			tt.a.ConfirmedOn = today
		}
		c := tt.a.Condition(today)
		days := -1
		if c.Explanation.Days != nil {
			days = *c.Explanation.Days
		}
		if c.Value != tt.value || c.Explanation.Code != tt.code || days != tt.days || (c.Explanation.Task != nil) != tt.task {
			t.Errorf("%s: %s because %s %d, of a task: %v", name, c.Value, c.Explanation.Code, days, c.Explanation.Task != nil)
		}
		if x := c.Explanation; x.Task != nil && (x.On != x.Task.DueLast() || x.Precision != x.Task.DuePrecision) {
			t.Errorf("%s: %s by %s of a task due %s", name, x.On, x.Precision, x.Task.DueLast())
		}
		w, _ := tt.a.Waits(domain.PartyID{}, today)
		if w.Reason != tt.wait || tt.wait == WaitDueSoon && (w.Task != nil) != tt.task || tt.wait == WaitLate && (w.Task != nil) != tt.task {
			t.Errorf("%s: waits by %+v, want %q", name, w, tt.wait)
		}
	}
}

// The condition on the days where calendars go wrong: each date is due to the end
// of its period and late on the day after.
func TestConditionAtTheEndsOfYearsAndMonths(t *testing.T) {
	t.Parallel()
	date := func(s string) domain.Date {
		d, err := domain.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct {
		due       string
		precision domain.Precision
		last      string // the last day on which it is not late
	}{
		{"2026-12-31", domain.Day, "2026-12-31"},
		{"2026-10-01", domain.Quarter, "2026-12-31"},
		{"2026-01-01", domain.Year, "2026-12-31"},
		{"2027-01-01", domain.Month, "2027-01-31"},
		{"2028-02-29", domain.Day, "2028-02-29"},
		{"2028-02-01", domain.Month, "2028-02-29"},
		{"2027-02-01", domain.Month, "2027-02-28"},
		{"2028-01-01", domain.Quarter, "2028-03-31"},
		{"2026-03-29", domain.Day, "2026-03-29"}, // 23 hours
		{"2026-03-28", domain.Day, "2026-03-28"},
		{"2026-10-25", domain.Day, "2026-10-25"}, // 25 hours
		{"2026-10-24", domain.Day, "2026-10-24"},
	} {
		last := date(tt.last)
		for _, a := range []Action{
			{Status: InProgress, DueOn: date(tt.due), DuePrecision: tt.precision},
			{Status: InProgress, Tasks: task(KindTask, date(tt.due), tt.precision)},
		} {
			// Asked at the last instant of the day and at the first one of the next.
			for at, want := range map[time.Time]ConditionValue{last.StartOfDay(): CondDueSoon, last.EndOfDay(): CondDueSoon,
				last.EndOfDay().Add(time.Microsecond): CondLate, last.AddDays(1).EndOfDay(): CondLate,
				last.AddDays(-SoonDays).StartOfDay(): CondDueSoon, last.AddDays(-SoonDays).StartOfDay().Add(-time.Microsecond): CondOnTime} {
				on := domain.DateOf(at)
				a.ConfirmedOn = on
				if got := a.Condition(on).Value; got != want {
					t.Errorf("due %s by %s, at %s: %s, want %s", tt.due, tt.precision, at, got, want)
				}
			}
		}
		// A status that was confirmed on that day goes stale after so many days.
		a := Action{Status: InProgress, ConfirmedOn: last}
		if got := a.Condition(last.AddDays(60)).Value; got != CondOnTime {
			t.Errorf("60 days after %s: %s", last, got)
		}
		if got := a.Condition(last.AddDays(61)).Value; got != CondStale {
			t.Errorf("61 days after %s: %s", last, got)
		}
	}
}

// The same period is the same date, on whatever of its days it was written.
func TestPeriodsAreWrittenByTheirFirstDay(t *testing.T) {
	t.Parallel()
	edit := Edit{Title: domain.Text{FI: "Nimi"}, Visibility: domain.Public, StartsOn: domain.NewDate(2026, 9, 15), StartsPrecision: domain.Month,
		DueOn: domain.NewDate(2026, 9, 10)}
	a, err := New(domain.ActionID{}, 1, domain.OutcomeID{}, edit, now)
	if err != nil || a.StartsOn != domain.NewDate(2026, 9, 1) {
		t.Errorf("due within the month of the start: %v, starts %s", err, a.StartsOn)
	}
	edit.DueOn, edit.DuePrecision = domain.NewDate(2026, 12, 31), domain.Quarter
	if err := a.Change(edit, "siirtyi", now); err != nil || a.DueOn != domain.NewDate(2026, 10, 1) || a.DueLast() != domain.NewDate(2026, 12, 31) {
		t.Errorf("%v, due %s", err, a.DueOn)
	}
	edit.DueOn = domain.NewDate(2026, 11, 11)
	if err := a.Change(edit, "", now); err != nil {
		t.Errorf("another day of the same quarter: %v", err)
	}
	for _, other := range []struct {
		on domain.Date
		p  domain.Precision
	}{{domain.NewDate(2027, 1, 1), domain.Quarter}, {domain.NewDate(2026, 12, 31), domain.Day}, {domain.NewDate(2026, 10, 1), domain.Month}, {}} {
		edit.DueOn, edit.DuePrecision = other.on, other.p
		if err := a.Change(edit, "", now); err == nil || !strings.Contains(err.Error(), "due_date_needs_reason") {
			t.Errorf("due %s by %s: %v", other.on, other.p, err)
		}
	}
	edit.DueOn, edit.DuePrecision = domain.NewDate(2026, 8, 31), domain.Day
	if err := a.Change(edit, "liian varhain", now); err == nil || !strings.Contains(err.Error(), "due_before_start") {
		t.Errorf("due before the month of the start: %v", err)
	}
}

func code(err error) string {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return ""
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Pointer + " " + e.Fields[0].Code
	}
	return e.Code
}

func TestTaskRules(t *testing.T) {
	t.Parallel()
	edit := TaskEdit{Kind: KindMilestone, Title: domain.Text{FI: " Kokeilu kahdessa koulussa "}, DueOn: domain.NewDate(2027, 9, 30), DuePrecision: domain.Month}
	one, err := NewTask(domain.TaskID{}, domain.ActionID{}, edit, now)
	if err != nil || one.DueOn != domain.NewDate(2027, 9, 1) || one.DueLast() != domain.NewDate(2027, 9, 30) || one.Title.FI != "Kokeilu kahdessa koulussa" || !one.Open() || one.Version != 1 {
		t.Fatalf("%v, %+v", err, one)
	}
	for want, bad := range map[string]TaskEdit{
		"/kind not_allowed":  {Title: edit.Title, DueOn: edit.DueOn},
		"/title/fi required": {Kind: KindTask, DueOn: edit.DueOn},
		"/dueOn required":    {Kind: KindTask, Title: edit.Title},
		"/title/fi too_long": {Kind: KindTask, Title: domain.Text{FI: strings.Repeat("ä", 301)}, DueOn: edit.DueOn},
		"/dueOn in_past":     {Kind: KindTask, Title: edit.Title, DueOn: domain.NewDate(2026, 10, 31), DuePrecision: domain.Month},
	} {
		if _, err := NewTask(domain.TaskID{}, domain.ActionID{}, bad, now); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}

	same := edit
	same.DueOn, same.Title.FI = domain.NewDate(2027, 9, 1), "Kokeilu kolmessa koulussa"
	if err := one.Change(same, "", now); err != nil || one.Title.FI != same.Title.FI {
		t.Errorf("other words: %v", err)
	}
	moved := same
	moved.DueOn = domain.NewDate(2027, 10, 1)
	if err := one.Change(moved, "", now); code(err) != "/reason due_date_needs_reason" || one.DueOn != domain.NewDate(2027, 9, 1) {
		t.Errorf("moved without a reason: %v, due %s", err, one.DueOn)
	}
	if err := one.Change(moved, "Koulut aloittavat myöhemmin", now); err != nil || one.DueLast() != domain.NewDate(2027, 10, 31) {
		t.Errorf("moved: %v, due %s", err, one.DueLast())
	}

	past := moved
	past.DueOn, past.DuePrecision = day(-1), domain.Day
	if err := one.Change(past, "Pitäisi jo olla", now); code(err) != "/dueOn in_past" || one.DueOn != domain.NewDate(2027, 10, 1) {
		t.Errorf("moved to a day that has passed: %v, due %s", err, one.DueOn)
	}
	for _, e := range []TaskEdit{{DueOn: day(0)}, {DueOn: domain.NewDate(2026, 10, 1), DuePrecision: domain.Quarter}} {
		e.Kind, e.Title = KindTask, edit.Title
		late, err := NewTask(domain.TaskID{}, domain.ActionID{}, e, now)
		if err != nil {
			t.Errorf("due by the end of %s: %v", e.DueOn, err)
		}
		e.Title.FI = "Muu nimi"
		if err := late.Change(e, "", now.AddDate(1, 0, 0)); err != nil || late.Title.FI != "Muu nimi" {
			t.Errorf("other words of what is late: %v", err)
		}
	}

	steps := []struct {
		what string
		do   func(*Task) error
		want string // code of the error
		done domain.Date
		gone bool
	}{
		{"reopened while open", func(t *Task) error { return t.Reopen("", now) }, "task_open", domain.Date{}, false},
		{"done tomorrow", func(t *Task) error { return t.Complete(day(1), now) }, "/doneOn in_future", domain.Date{}, false},
		{"done yesterday", func(t *Task) error { return t.Complete(day(-1), now) }, "", day(-1), false},
		{"done again", func(t *Task) error { return t.Complete(domain.Date{}, now) }, "task_done", day(-1), false},
		{"reopened", func(t *Task) error { return t.Reopen("", now) }, "", domain.Date{}, false},
		{"done today", func(t *Task) error { return t.Complete(domain.Date{}, now) }, "", today, false},
		{"withdrawn without a reason", func(t *Task) error { return t.Withdraw(" ", now) }, "/reason required", today, false},
		{"withdrawn", func(t *Task) error { return t.Withdraw("Tehtiin vahingossa", now) }, "", today, true},
		{"withdrawn again", func(t *Task) error { return t.Withdraw("Uudelleen", now) }, "task_withdrawn", today, true},
		{"changed", func(t *Task) error { return t.Change(moved, "", now) }, "task_withdrawn", today, true},
		{"done", func(t *Task) error { return t.Complete(domain.Date{}, now) }, "task_withdrawn", today, true},
		{"brought back as it was", func(t *Task) error { return t.Reopen("Ei ollutkaan", now) }, "", today, false},
	}
	for _, s := range steps {
		if err := s.do(&one); code(err) != s.want || one.DoneOn != s.done || one.WithdrawnOn.IsZero() == s.gone {
			t.Errorf("%s: %v, done %s, withdrawn %s", s.what, err, one.DoneOn, one.WithdrawnOn)
		}
	}
}

// A task has its own condition while something is expected of its action.
func TestTaskCondition(t *testing.T) {
	t.Parallel()
	due := func(n int) Task { return Task{DueOn: day(n), DuePrecision: domain.Day} }
	for name, tt := range map[string]struct {
		status Status
		t      Task
		want   ConditionValue
	}{
		"late":               {InProgress, due(-1), CondLate},
		"today":              {InProgress, due(0), CondDueSoon},
		"soon":               {NotStarted, due(30), CondDueSoon},
		"later":              {InProgress, due(31), CondOnTime},
		"done":               {InProgress, Task{DueOn: day(-9), DoneOn: day(-1)}, CondDone},
		"withdrawn":          {InProgress, Task{DueOn: day(-9), WithdrawnOn: day(-1)}, CondCancelled},
		"withdrawn and done": {InProgress, Task{DueOn: day(-9), DoneOn: day(-2), WithdrawnOn: day(-1)}, CondCancelled},
		"of a paused one":    {Paused, due(-1), CondPaused},
		"of a done one":      {Done, due(-1), CondCancelled},
		"done of a done one": {Done, Task{DueOn: day(-9), DoneOn: day(-1)}, CondDone},
		"of a merged one":    {Merged, due(5), CondCancelled},
	} {
		if got := (Action{Status: tt.status}).TaskCondition(tt.t, today); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Who may do what with a task: those who may edit the action, and the post that
// does it may say that it is done; but nobody changes what a post of the other
// principal party does, and only those who lead the action may withdraw it.
func TestWhoMayChangeATask(t *testing.T) {
	t.Parallel()
	party := func(n byte) (id domain.PartyID) { id.UUID[0] = n; return id }
	post := func(n byte) (id domain.PostID) { id.UUID[0] = n; return id }
	espoo, luvn, hus := party(1), party(2), party(3)
	a := Action{Status: InProgress, Responsibilities: []domain.Responsible{
		{PostID: post(1), PartyID: espoo, Part: domain.Lead, Principal: true}, {PostID: post(2), PartyID: luvn, Part: domain.Shared, Principal: true}}}
	holder := func(p domain.PartyID, of byte) domain.Actor { return domain.Actor{PartyID: p, PostID: post(of)} }
	coordinator := func(p domain.PartyID) domain.Actor {
		return domain.Actor{PartyID: p, Grants: []domain.ActiveGrant{{Role: domain.RoleCoordinator, PartyID: p}}}
	}
	all := []domain.Permission{domain.TaskEdit, domain.TaskComplete, domain.TaskWithdraw}
	withdraw := []domain.Permission{domain.TaskWithdraw}
	of := func(n byte, p domain.PartyID, principal bool) Task {
		return Task{PostID: post(n), Post: PostOf{PartyID: p, Principal: principal}}
	}
	for name, tt := range map[string]struct {
		actor domain.Actor
		t     Task
		want  []domain.Permission
	}{
		"the lead, nobody's":                {holder(espoo, 1), Task{}, all},
		"the sharing post, nobody's":        {holder(luvn, 2), Task{}, all},
		"the lead, its own":                 {holder(espoo, 1), of(1, espoo, true), all},
		"the lead, the other party's":       {holder(espoo, 1), of(2, luvn, true), withdraw},
		"the lead, a partner's":             {holder(espoo, 1), of(9, hus, false), all},
		"the coordinator, the other's":      {coordinator(espoo), of(2, luvn, true), withdraw},
		"who shares it, the lead's":         {holder(luvn, 2), of(1, espoo, true), nil},
		"the other coordinator, the lead's": {coordinator(luvn), of(1, espoo, true), nil},
		"the other coordinator, its own":    {coordinator(luvn), of(7, luvn, true), all},
		"a post without a part, its own":    {holder(luvn, 7), of(7, luvn, true), []domain.Permission{domain.TaskComplete}},
		"a post without a part, another's":  {holder(luvn, 8), of(7, luvn, true), nil},
		"a partner's post, its own":         {holder(hus, 9), of(9, hus, false), []domain.Permission{domain.TaskComplete}},
		"the public":                        {domain.Actor{}, Task{}, nil},
		"the operator, the command line":    {domain.Actor{System: "demo"}, of(2, luvn, true), all},
		"a coordinator of a third party":    {coordinator(hus), Task{}, nil},
		"a coordinator, own post elsewhere": {coordinator(espoo), of(8, espoo, true), all},
	} {
		if got := a.AllowedTask(tt.actor, tt.t); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	// LUVN's part in the action has ended, its task is still there.
	for i, want := range [][]domain.Permission{all, {domain.TaskComplete}, withdraw, nil} {
		a := Action{Status: InProgress, Responsibilities: a.Responsibilities[:1]}
		actor := []domain.Actor{coordinator(luvn), holder(luvn, 2), holder(espoo, 1), coordinator(hus)}[i]
		if got := a.AllowedTask(actor, of(2, luvn, true)); !slices.Equal(got, want) {
			t.Errorf("its part has ended, %d: %v, want %v", i, got, want)
		}
	}
	for name, tt := range map[string]struct {
		actor domain.Actor
		post  PostOf
		may   bool
	}{
		"own":       {coordinator(espoo), PostOf{PartyID: espoo, Principal: true}, true},
		"the other": {coordinator(espoo), PostOf{PartyID: luvn, Principal: true}, false},
		"a partner": {coordinator(espoo), PostOf{PartyID: hus}, true},
		"nobody":    {coordinator(espoo), PostOf{}, true},
	} {
		if err := mayName(tt.actor, tt.post); (err == nil) != tt.may {
			t.Errorf("%s: %v", name, err)
		}
	}
}
