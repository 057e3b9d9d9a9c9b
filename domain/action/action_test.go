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
		"stale by plan":   {Action{Status: InProgress, ConfirmedOn: day(-31), ByPlans: domain.Rhythm{Target: 14, Limit: 30}}, CondStale, "stale", 31, day(-31)},
		"last day of it":  {Action{Status: InProgress, ConfirmedOn: day(-30), ByPlans: domain.Rhythm{Target: 14, Limit: 30}}, CondOnTime, "no_due_date", -1, domain.Date{}},
		"own, not plan's": {Action{Status: InProgress, ConfirmedOn: day(-120), Rhythm: domain.Rhythm{Target: 90, Limit: 120}, ByPlans: domain.Rhythm{Target: 14, Limit: 30}}, CondOnTime, "no_due_date", -1, domain.Date{}},
		"due today":       {Action{Status: NotStarted, DueOn: today, ConfirmedOn: today}, CondDueSoon, "due_soon", 0, today},
		"no start":        {Action{Status: NotStarted, ConfirmedOn: today}, CondNotStarted, "not_started", -1, domain.Date{}},
		"starts":          {Action{Status: NotStarted, StartsOn: day(3), ConfirmedOn: today}, CondNotStarted, "starts_on", 3, day(3)},
		"start passed":    {Action{Status: NotStarted, StartsOn: day(-3), ConfirmedOn: today}, CondNotStarted, "start_passed", 3, day(-3)},
		"before quarter":  {Action{Status: NotStarted, StartsOn: domain.NewDate(2027, 1, 1), StartsPrecision: domain.Quarter, ConfirmedOn: today}, CondNotStarted, "starts_on", 128, domain.NewDate(2027, 3, 31)},
		"within quarter":  {Action{Status: NotStarted, StartsOn: domain.NewDate(2026, 10, 1), StartsPrecision: domain.Quarter, ConfirmedOn: today}, CondNotStarted, "starts_on", 38, domain.NewDate(2026, 12, 31)},
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
		if w, ok := a.Waits(domain.PartyID{}, today); ok {
			waits = append(waits, w)
		}
	}
	slices.SortFunc(waits, CompareUrgency)
	want := []Wait{
		{WaitLate, 40, day(-40), nil}, {WaitLate, 1, day(-1), nil}, {WaitStale, 90, day(-29), nil}, {WaitStartPassed, 5, day(-5), nil},
		{WaitConfirm, 31, day(30), nil}, {WaitDueSoon, 3, day(3), nil}, {WaitDueSoon, 20, day(20), nil},
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

// The whole rule: what two parties say, either way round, and what it makes.
func TestReconcileEveryPair(t *testing.T) {
	t.Parallel()
	want := map[[2]Status]Status{ // the first is said by one party, the second by the other
		{NotStarted, InProgress}: InProgress, {NotStarted, Done}: InProgress, {NotStarted, Paused}: Paused,
		{NotStarted, Cancelled}: NotStarted, {NotStarted, Merged}: NotStarted, {NotStarted, Superseded}: NotStarted,
		{InProgress, Done}: InProgress, {InProgress, Paused}: InProgress,
		{InProgress, Cancelled}: InProgress, {InProgress, Merged}: InProgress, {InProgress, Superseded}: InProgress,
		{Done, Paused}: InProgress, {Done, Cancelled}: InProgress, {Done, Merged}: InProgress, {Done, Superseded}: InProgress,
		{Paused, Cancelled}: Paused, {Paused, Merged}: Paused, {Paused, Superseded}: Paused,
		{Cancelled, Merged}: Paused, {Cancelled, Superseded}: Paused, {Merged, Superseded}: Paused,
	}
	codes := map[ReconciliationCode]bool{ReconciledSingle: true, ReconciledSilent: true} // of what is not said
	for i, x := range Statuses {
		for _, y := range Statuses[i:] {
			status := want[[2]Status{x, y}]
			if x == y {
				status = x
			}
			for _, pair := range [][2]Status{{x, y}, {y, x}} {
				got, progress, code := Reconcile([]PartyStatus{{Status: pair[0], Progress: 100}, {Status: pair[1], Progress: 35}})
				codes[code] = true
				if got != status || (code == ReconciledSame) != (x == y) || progress != 67 {
					t.Errorf("%s: %s at %d because %s, want %s", pair, got, progress, code, status)
				}
			}
		}
	}
	for _, c := range ReconciliationCodes {
		if !codes[c] {
			t.Errorf("no pair is %s", c)
		}
	}
	for _, tt := range []struct{ a, b, want int }{{100, 100, 100}, {100, 99, 99}, {0, 1, 0}, {40, 41, 40}} {
		if _, got, _ := Reconcile([]PartyStatus{{Status: InProgress, Progress: tt.a}, {Status: Done, Progress: tt.b}}); got != tt.want {
			t.Errorf("%d and %d per cent: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// Who is asked, with whom the silent go, and how old the joint status is.
func TestPartiesOfAnAction(t *testing.T) {
	t.Parallel()
	party := func(n byte) (id domain.PartyID) { id.UUID[0] = n; return id }
	espoo, luvn, hus := party(1), party(2), party(3)
	post := func(p domain.PartyID, part domain.Part, standing domain.Standing) domain.Responsible {
		return domain.Responsible{PartyID: p, Part: part, Standing: standing, Principal: p != hus}
	}
	both := []domain.Responsible{post(espoo, domain.Lead, domain.InForce), post(luvn, domain.Shared, domain.Proposed)}
	for name, tt := range map[string]struct {
		posts     []domain.Responsible
		said      []PartyStatus
		status    Status
		progress  int
		confirmed domain.Date
		code      ReconciliationCode
	}{
		"nobody has spoken":           {both, nil, InProgress, 30, day(-50), ReconciledSilent},
		"the lead has spoken":         {both, []PartyStatus{{PartyID: espoo, Spoken: true, Status: Paused, Progress: 10, ConfirmedOn: day(-9)}}, Paused, 10, day(-9), ReconciledSilent},
		"the other has spoken":        {both, []PartyStatus{{PartyID: luvn, Spoken: true, Status: Done, Progress: 100, ConfirmedOn: day(-2)}}, Done, 100, day(-2), ReconciledSilent},
		"both, the older counts":      {both, []PartyStatus{{PartyID: luvn, Spoken: true, Status: InProgress, Progress: 20, ConfirmedOn: day(-70)}, {PartyID: espoo, Spoken: true, Status: InProgress, Progress: 40, ConfirmedOn: day(-1)}}, InProgress, 30, day(-70), ReconciledSame},
		"who is through does not age": {both, []PartyStatus{{PartyID: luvn, Spoken: true, Status: Done, Progress: 100, ConfirmedOn: day(-70)}, {PartyID: espoo, Spoken: true, Status: InProgress, Progress: 40, ConfirmedOn: day(-1)}}, InProgress, 70, day(-1), ReconciledInProgress},
		"declined is not asked": {[]domain.Responsible{both[0], post(luvn, domain.Shared, domain.Declined)},
			[]PartyStatus{{PartyID: luvn, Spoken: true, Status: Done, Progress: 100, ConfirmedOn: day(-2)}, {PartyID: espoo, Spoken: true, Status: Paused, ConfirmedOn: day(-3)}}, Paused, 0, day(-3), ReconciledSingle},
		"support is not asked": {[]domain.Responsible{both[0], post(luvn, domain.Support, domain.InForce)},
			[]PartyStatus{{PartyID: luvn, Spoken: true, Status: Done, Progress: 100, ConfirmedOn: day(-2)}}, InProgress, 30, day(-50), ReconciledSingle},
		"led by a party that is not principal": {[]domain.Responsible{post(hus, domain.Lead, domain.InForce), both[1]},
			[]PartyStatus{{PartyID: luvn, Spoken: true, Status: Done, Progress: 100, ConfirmedOn: day(-2)}}, Done, 100, day(-2), ReconciledSingle},
	} {
		a := Action{Status: InProgress, Progress: 30, ConfirmedOn: day(-50), Responsibilities: tt.posts, Said: tt.said}
		a.Settle()
		if a.Status != tt.status || a.Progress != tt.progress || a.ConfirmedOn != tt.confirmed || a.Reconciliation() != tt.code {
			t.Errorf("%s: %s at %d, confirmed %s, %s", name, a.Status, a.Progress, a.ConfirmedOn, a.Reconciliation())
		}
	}
}

// Whose word the action waits for, and how old it is: each party answers for its
// own silence only.
func TestWordOfEachParty(t *testing.T) {
	t.Parallel()
	party := func(n byte) (id domain.PartyID) { id.UUID[0] = n; return id }
	espoo, luvn, hus := party(1), party(2), party(3)
	post := func(p domain.PartyID, part domain.Part, standing domain.Standing, from int) domain.Responsible {
		return domain.Responsible{PartyID: p, Part: part, Standing: standing, Principal: p != hus, From: day(from)}
	}
	said := func(p domain.PartyID, status Status, on int) PartyStatus {
		return PartyStatus{PartyID: p, Spoken: true, Status: status, ConfirmedOn: day(on)}
	}
	lead := post(espoo, domain.Lead, domain.InForce, -300)
	const none = "-"
	for name, tt := range map[string]struct {
		posts       []domain.Responsible
		said        []PartyStatus
		status      Status
		espoo, luvn string // the day of the word; none: it is not waited for
	}{
		"the lead speaks, the other does not":      {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -300)}, []PartyStatus{said(espoo, InProgress, -1)}, InProgress, day(-1).String(), day(-200).String()},
		"the other speaks, the lead does not":      {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.Proposed, -300)}, []PartyStatus{said(luvn, InProgress, -2)}, InProgress, day(-200).String(), day(-2).String()},
		"both spoke once":                          {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -300)}, []PartyStatus{said(espoo, InProgress, -90), said(luvn, NotStarted, -80)}, InProgress, day(-90).String(), day(-80).String()},
		"a part that came later":                   {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -5)}, nil, InProgress, day(-200).String(), day(-5).String()},
		"of two posts the one that has been there": {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -5), post(luvn, domain.Shared, domain.InForce, -70)}, nil, InProgress, day(-200).String(), day(-70).String()},
		"who is through":                           {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -300)}, []PartyStatus{said(espoo, Done, -90), said(luvn, InProgress, -80)}, InProgress, none, day(-80).String()},
		"paused together":                          {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -300)}, []PartyStatus{said(espoo, Paused, -90), said(luvn, NotStarted, -80)}, Paused, none, none},
		"declined":                                 {[]domain.Responsible{lead, post(luvn, domain.Shared, domain.Declined, -300)}, nil, InProgress, day(-200).String(), none},
		"support":                                  {[]domain.Responsible{lead, post(luvn, domain.Support, domain.InForce, -300)}, nil, InProgress, day(-200).String(), none},
		"a partner leads, a party shares":          {[]domain.Responsible{post(hus, domain.Lead, domain.InForce, -300), post(luvn, domain.Shared, domain.InForce, -300)}, nil, InProgress, none, day(-200).String()},
	} {
		a := Action{Status: tt.status, ConfirmedOn: day(-50), CreatedAt: now.AddDate(0, 0, -200), Responsibilities: tt.posts, Said: tt.said}
		for who, want := range map[domain.PartyID]string{espoo: tt.espoo, luvn: tt.luvn, hus: none} {
			got := none
			if on, waits := a.Word(who); waits {
				got = on.String()
			}
			if got != want {
				t.Errorf("%s: party %d spoke %s, want %s", name, who.UUID[0], got, want)
			}
		}
	}
	partners := Action{Status: InProgress, ConfirmedOn: day(-90), CreatedAt: now, Responsibilities: []domain.Responsible{post(hus, domain.Lead, domain.InForce, -70)}}
	if on, waits := partners.Word(hus); !waits || on != day(-70) {
		t.Errorf("what a partner leads alone: %s, %v", on, waits)
	}
	shared := Action{Status: InProgress, ConfirmedOn: day(-90), CreatedAt: now.AddDate(0, 0, -200), Said: []PartyStatus{said(espoo, InProgress, -1), said(luvn, InProgress, -90)},
		Responsibilities: []domain.Responsible{lead, post(luvn, domain.Shared, domain.InForce, -300)}}
	if w, waits := shared.Waits(espoo, today); waits {
		t.Errorf("Espoo spoke yesterday and is asked again: %+v", w)
	}
	if w, waits := shared.Waits(luvn, today); !waits || w != (Wait{Reason: WaitStale, Days: 90, On: day(-29)}) {
		t.Errorf("LUVN has been silent: %+v", w)
	}
}

// A reason is asked for by what the party itself said before.
func TestReasonComparesWithTheOwnStatus(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.UUID[0], luvn.UUID[0] = 1, 2
	a := Action{Status: InProgress, Responsibilities: []domain.Responsible{
		{PartyID: espoo, Part: domain.Lead, Principal: true}, {PartyID: luvn, Part: domain.Shared, Principal: true}},
		Said: []PartyStatus{{PartyID: espoo, Spoken: true, Status: Done, Progress: 100}, {PartyID: luvn, Spoken: true, Status: InProgress, Progress: 20}}}
	if got := a.ReasonStatuses(espoo, today); !slices.Equal(got, []Status{NotStarted, InProgress, Paused, Cancelled, Merged, Superseded}) {
		t.Errorf("Espoo, done, needs a reason for %v", got)
	}
	if got := a.ReasonStatuses(luvn, today); !slices.Equal(got, []Status{Paused, Cancelled, Merged, Superseded}) {
		t.Errorf("LUVN, in progress, needs a reason for %v", got)
	}
	_, err := a.Report(domain.StatusReportID{}, luvn, domain.PostID{}, Reporting{Status: Done}, now)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Fields[0].Pointer != "/result/fi" {
		t.Errorf("done without a result of anybody's: %v", err)
	}
	a.Result = domain.Text{FI: "Malli on käytössä"}
	if _, err := a.Report(domain.StatusReportID{}, luvn, domain.PostID{}, Reporting{Status: Done}, now); err != nil || a.Status != Done || a.Progress != 100 || a.StatusesDiffer {
		t.Errorf("both done: %v, %s at %d", err, a.Status, a.Progress)
	}
}
