package round_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
)

func day(t *testing.T, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// noon is an instant on a day in Helsinki.
func noon(t *testing.T, s string) time.Time {
	t.Helper()
	return day(t, s).StartOfDay().Add(12 * time.Hour)
}

func levels(due []round.Due) string {
	var out []string
	for _, d := range due {
		out = append(out, string(d.Level)+" "+d.DueOn.String())
	}
	return strings.Join(out, ", ")
}

// Last days are counted backwards in working days, over Christmas and New Year,
// Epiphany, Easter, Midsummer, a leap day and both ends of summer time; a last day on
// which nobody works moves to the next working day, and each lower level is due
// before the one above.
func TestSchedule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		due          string
		goal, action int
		want         string
		skipped      int
	}{
		{"2027-01-15", 5, 10, "action 2026-12-21, goal 2027-01-08, plan 2027-01-15", 10},
		{"2027-01-16", 1, 1, "action 2027-01-14, goal 2027-01-15, plan 2027-01-18", 2},    // a Saturday
		{"2027-01-06", 2, 1, "action 2026-12-31, goal 2027-01-04, plan 2027-01-07", 4},    // Epiphany
		{"2027-03-31", 1, 2, "action 2027-03-24, goal 2027-03-30, plan 2027-03-31", 4},    // Easter
		{"2026-06-22", 1, 1, "action 2026-06-17, goal 2026-06-18, plan 2026-06-22", 3},    // Midsummer
		{"2028-03-02", 1, 1, "action 2028-02-29, goal 2028-03-01, plan 2028-03-02", 0},    // a leap day
		{"2026-03-31", 1, 1, "action 2026-03-27, goal 2026-03-30, plan 2026-03-31", 2},    // summer time begins
		{"2026-10-27", 1, 1, "action 2026-10-23, goal 2026-10-26, plan 2026-10-27", 2},    // and ends
		{"2026-12-31", 60, 60, "action 2026-07-14, goal 2026-10-06, plan 2026-12-31", 50}, // Independence Day is a Sunday
	} {
		got := round.Schedule(round.Dates{DueOn: day(t, tt.due), GoalDays: tt.goal, ActionDays: tt.action})
		if levels(got.Levels) != tt.want {
			t.Errorf("%s: %s, want %s", tt.due, levels(got.Levels), tt.want)
		}
		if len(got.Skipped) != tt.skipped {
			t.Errorf("%s: %d days skipped, want %d: %v", tt.due, len(got.Skipped), tt.skipped, got.Skipped)
		}
		for i, c := range got.Skipped {
			if domain.IsWorkingDay(c.On) || i > 0 && !got.Skipped[i-1].On.Before(c.On) || c.On.Before(got.Levels[0].DueOn) || c.On.After(got.Levels[2].DueOn) {
				t.Errorf("%s: skips %s after %v", tt.due, c.On, got.Skipped[:i])
			}
		}
	}
}

// What is said at 23.59 on the last day is in time, at 0.01 late, also where the
// clock was turned that night.
func TestStandingOf(t *testing.T) {
	t.Parallel()
	helsinki := func(s string) domain.Date {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, domain.Helsinki)
		if err != nil {
			t.Fatal(err)
		}
		return domain.DateOf(at.UTC())
	}
	for _, tt := range []struct {
		first, due, today string
		want              round.Standing
	}{
		{"", "2026-10-23", "2026-10-23 23:59", round.Waiting},
		{"", "2026-10-23", "2026-10-24 00:01", round.Missing},
		{"2026-10-24 23:59", "2026-10-24", "2026-10-30 12:00", round.Reported},
		{"2026-10-25 00:01", "2026-10-24", "2026-10-30 12:00", round.Late},
		{"2026-10-25 23:59", "2026-10-25", "2026-10-30 12:00", round.Reported}, // 25 hours long
		{"2026-03-29 23:59", "2026-03-29", "2026-03-30 12:00", round.Reported}, // 23 hours long
		{"2026-03-30 00:01", "2026-03-29", "2026-03-30 12:00", round.Late},
		{"2026-12-31 23:59", "2026-12-31", "2027-01-01 00:01", round.Reported},
		{"", "2026-12-31", "2027-01-01 00:01", round.Missing},
	} {
		var first domain.Date
		if tt.first != "" {
			first = helsinki(tt.first)
		}
		if got := round.StandingOf(first, day(t, tt.due), helsinki(tt.today)); got != tt.want {
			t.Errorf("%q by %s on %s: %s, want %s", tt.first, tt.due, tt.today, got, tt.want)
		}
	}
}

func fields(err error) string {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return ""
	}
	if len(e.Fields) == 0 {
		return e.Code
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Pointer+" "+f.Code)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func edit(t *testing.T) round.Edit {
	t.Helper()
	var plan domain.PlanID
	plan.SetNew(domain.UUIDv7)
	return round.Edit{Key: "vuosi-2026", PlanID: plan, Kind: round.Annual, Title: domain.Text{FI: "Vuosi 2026"},
		PeriodFrom: day(t, "2026-01-01"), PeriodTo: day(t, "2026-12-31"), Dates: round.Dates{DueOn: day(t, "2027-01-15"), GoalDays: 5, ActionDays: 10}}
}

func open(t *testing.T) round.Round {
	t.Helper()
	r, err := round.New(domain.RoundID{}, edit(t), domain.PartyID{}, domain.PostID{}, noon(t, "2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNew(t *testing.T) {
	t.Parallel()
	if r := open(t); r.State != round.Open || r.OpensOn != day(t, "2026-11-23") || levels(r.Levels) != "action 2026-12-21, goal 2027-01-08, plan 2027-01-15" {
		t.Errorf("%+v", r)
	}
	for want, change := range map[string]func(*round.Edit){
		"/key required":                            func(e *round.Edit) { e.Key = "" },
		"/key key_malformed":                       func(e *round.Edit) { e.Key = "2026" },
		"/key taken":                               func(e *round.Edit) { e.Key = "compare" },
		"/kind not_allowed":                        func(e *round.Edit) { e.Kind = "monthly" },
		"/planId required":                         func(e *round.Edit) { e.PlanID = domain.PlanID{} },
		"/title/fi required":                       func(e *round.Edit) { e.Title = domain.Text{EN: "Only English"} },
		"/periodTo before_start":                   func(e *round.Edit) { e.PeriodTo = day(t, "2025-12-31") },
		"/periodFrom required, /periodTo required": func(e *round.Edit) { e.PeriodFrom, e.PeriodTo = domain.Date{}, domain.Date{} },
		"/opensOn in_future":                       func(e *round.Edit) { e.OpensOn = day(t, "2026-11-24") },
		"/opensOn before_start":                    func(e *round.Edit) { e.OpensOn = day(t, "2025-12-31") },
		"/actionDays step_out_of_range":            func(e *round.Edit) { e.ActionDays = 0 },
		"/goalDays step_out_of_range":              func(e *round.Edit) { e.GoalDays = 61 },
		"/dueOn required":                          func(e *round.Edit) { e.DueOn = domain.Date{} },
		"/dueOn too_far":                           func(e *round.Edit) { e.DueOn = day(t, "2028-11-24") },
		"/dueOn too_soon":                          func(e *round.Edit) { e.DueOn = day(t, "2026-12-07") },
	} {
		e := edit(t)
		change(&e)
		if _, err := round.New(domain.RoundID{}, e, domain.PartyID{}, domain.PostID{}, noon(t, "2026-11-23")); fields(err) != want {
			t.Errorf("%s, want %s", fields(err), want)
		}
	}
	// Counted from the day of opening, the first last day is never today.
	e := edit(t)
	e.Dates = round.Dates{DueOn: day(t, "2026-11-26"), GoalDays: 1, ActionDays: 1}
	if _, err := round.New(domain.RoundID{}, e, domain.PartyID{}, domain.PostID{}, noon(t, "2026-11-23")); err != nil {
		t.Error(err)
	}
}

// Last days move later, for a reason, and never into the past.
func TestChange(t *testing.T) {
	t.Parallel()
	title := domain.Text{FI: "Uusi nimi"}
	same := round.Dates{DueOn: day(t, "2027-01-15"), GoalDays: 5, ActionDays: 10}
	for _, tt := range []struct {
		now    string
		dates  round.Dates
		reason string
		want   string
	}{
		{"2026-12-28", same, "", ""},
		{"2026-12-28", round.Dates{DueOn: day(t, "2027-01-29"), GoalDays: 5, ActionDays: 10}, "", "/reason required"},
		{"2026-12-28", round.Dates{DueOn: day(t, "2027-01-29"), GoalDays: 5, ActionDays: 10}, "Loma-aika", ""},
		{"2026-12-28", round.Dates{DueOn: day(t, "2027-01-15"), GoalDays: 6, ActionDays: 9}, "x", "/goalDays only_later"},
		{"2026-12-28", round.Dates{DueOn: day(t, "2027-01-14"), GoalDays: 4, ActionDays: 10}, "x", "/dueOn only_later"},
		{"2026-12-28", round.Dates{DueOn: day(t, "2027-01-15"), GoalDays: 5, ActionDays: 9}, "x", "/actionDays in_past"},
	} {
		r := open(t)
		if err := r.Change(title, tt.dates, tt.reason, noon(t, tt.now)); fields(err) != tt.want {
			t.Errorf("%+v: %s, want %s", tt.dates, fields(err), tt.want)
		} else if err != nil && r.Title == title {
			t.Errorf("%+v: half changed", tt.dates)
		}
	}
	// Another title leaves last days that were decided by another list of holidays.
	r := open(t)
	r.Levels[0].DueOn = day(t, "2026-12-22")
	decided := slices.Clone(r.Levels)
	if err := r.Change(title, same, "", noon(t, "2026-12-28")); err != nil || !slices.Equal(r.Levels, decided) || r.Title != title {
		t.Errorf("%v: %s", err, levels(r.Levels))
	}
	if err := r.Change(title, round.Dates{DueOn: day(t, "2199-12-31"), GoalDays: 5, ActionDays: 10}, "x", noon(t, "2026-12-28")); fields(err) != "/dueOn too_far" {
		t.Error(err)
	}
}

// Each party completes its own side, once, when nothing of it can still come in time;
// the last one completes the round, whoever that is.
func TestComplete(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	both, now := []domain.PartyID{espoo, luvn}, noon(t, "2027-01-18")
	for _, order := range [][]domain.PartyID{{espoo, luvn}, {luvn, espoo}} {
		r := open(t)
		say := func(p domain.PartyID, side round.Tally, note string) string {
			return fields(r.Complete(round.Completion{PartyID: p, Note: domain.Text{FI: note}}, map[domain.PartyID]round.Tally{p: side}, both, now))
		}
		first, second := order[0], order[1]
		for _, tt := range []struct {
			party domain.PartyID
			side  round.Tally
			note  string
			want  string
			state round.State
		}{
			{first, round.Tally{Waiting: 1}, "x", "side_waits", round.Open},
			{first, round.Tally{Missing: 1}, " ", "/note/fi required", round.Open},
			{first, round.Tally{Missing: 1, Late: 2}, "Kaksi ei ehtinyt", "", round.Open},
			{first, round.Tally{}, "", "side_completed", round.Open},
			{second, round.Tally{Reported: 3}, "", "", round.Completed},
			{second, round.Tally{}, "", "round_over", round.Completed},
		} {
			if got := say(tt.party, tt.side, tt.note); got != tt.want || r.State != tt.state {
				t.Errorf("%+v: %s and %s, want %s and %s", tt.side, got, r.State, tt.want, tt.state)
			}
		}
		if r.EndedAt != now || len(r.Completions) != 2 {
			t.Errorf("%+v", r)
		}
		if got := fields(r.Reopen(first, "x", now)); got != "round_over" {
			t.Errorf("reopened with %s", got)
		}
		if got := fields(r.Cancel(domain.Text{FI: "x"}, now)); got != "round_over" {
			t.Errorf("cancelled with %s", got)
		}
	}
	r := open(t)
	if got := fields(r.Reopen(espoo, "x", now)); got != "side_open" {
		t.Error(got)
	}
	if err := r.Complete(round.Completion{PartyID: espoo}, nil, both, now); err != nil {
		t.Fatal(err)
	}
	if got := fields(r.Reopen(espoo, " ", now)); got != "/reason required" {
		t.Error(got)
	}
	if err := r.Reopen(espoo, "Yksi puuttui", now); err != nil || r.CompletedBy(espoo) {
		t.Errorf("%v %+v", err, r.Completions)
	}
	if got := fields(r.Cancel(domain.Text{EN: "x"}, now)); got != "/reason/fi required" {
		t.Error(got)
	}
}

// The last party does not complete the round while the side completed before it is
// not complete any more.
func TestCompleteLastSeesTheOtherSide(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	both, now := []domain.PartyID{espoo, luvn}, noon(t, "2027-01-18")
	for _, tt := range []struct {
		note string // of the side completed before
		then round.Tally
		want string
	}{
		{"", round.Tally{Reported: 2, Late: 1}, ""},
		{"", round.Tally{Reported: 2, Missing: 1}, "other_side_changed"},
		{"Yksi ei ehtinyt", round.Tally{Reported: 2, Missing: 1}, ""},
		{"Yksi ei ehtinyt", round.Tally{Reported: 2, Waiting: 1}, "other_side_changed"},
	} {
		r := open(t)
		if err := r.Complete(round.Completion{PartyID: espoo, Note: domain.Text{FI: tt.note}}, nil, both, now); err != nil {
			t.Fatal(err)
		}
		got := fields(r.Complete(round.Completion{PartyID: luvn}, map[domain.PartyID]round.Tally{espoo: tt.then}, both, now))
		if got != tt.want || (r.State == round.Completed) != (tt.want == "") || r.CompletedBy(luvn) != (tt.want == "") {
			t.Errorf("%q %+v: %s and %s, want %s", tt.note, tt.then, got, r.State, tt.want)
		}
	}
}

// The public version has no internal rows and no text that is not public, says that
// something is withheld, and hashes to something else; both read back as they were.
func TestSnapshotVersions(t *testing.T) {
	t.Parallel()
	r := open(t)
	rows := []round.Expectation{
		{Level: round.OfAction, No: 1, Title: domain.Text{FI: "Julkinen <&>"}, Standing: round.Late, DueOn: day(t, "2026-12-21"), FirstOn: day(t, "2026-12-22"), Status: "done", Progress: 100, Text: domain.Text{FI: "Valmis"}, Public: true},
		{Level: round.OfAction, No: 2, Title: domain.Text{FI: "Salainen"}, Internal: true, Standing: round.Missing, DueOn: day(t, "2026-12-21")},
		{Level: round.OfGoal, No: 1, Title: domain.Text{FI: "Tavoite"}, Standing: round.Reported, DueOn: day(t, "2027-01-08"), Assessed: round.Partly, Text: domain.Text{FI: "Vain meille"}},
	}
	s := r.Freeze(round.SnapshotPlan{Key: "plan"}, nil, rows)
	content, public := s.Content(), s.Public().Content()
	for _, hidden := range []string{"Salainen", "Vain meille"} {
		if strings.Contains(string(public), hidden) || !strings.Contains(string(content), hidden) {
			t.Errorf("%s: in the public version %s", hidden, public)
		}
	}
	if !strings.Contains(string(public), "Julkinen <&>") || !strings.Contains(string(public), `"withheld":true`) || strings.Contains(string(content), "withheld") {
		t.Errorf("%s", public)
	}
	if !strings.Contains(string(s.Content()), "Vain meille") {
		t.Error("making the public version changed the other one")
	}
	back, err := round.ReadSnapshot(content)
	if err != nil || string(back.Content()) != string(content) {
		t.Errorf("%v: reads back as %s", err, back.Content())
	}
	f := round.Frozen{Content: content, Hash: round.HashOf(content)}
	if !f.Intact() {
		t.Error("not intact")
	}
	f.Content = append([]byte(" "), content...)
	if f.Intact() {
		t.Error("intact with a space more")
	}
}

// Rounds stand side by side by the numbers of plans, goals and actions, parties in
// their order, also what only one of the rounds asked about.
func TestCompare(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	ids := map[int]domain.AnyID{}
	row := func(l round.Level, no int, title string, p domain.PartyID) round.SnapshotRow {
		if _, ok := ids[no]; !ok {
			ids[no] = domain.AnyID{UUID: domain.UUIDv7()}
		}
		return round.SnapshotRow{Level: l, ID: ids[no], No: no, Title: domain.Text{FI: title}, PartyID: p}
	}
	got := round.Compare([][]round.SnapshotRow{
		{row(round.OfAction, 12, "Vanha nimi", luvn), row(round.OfAction, 12, "Vanha nimi", espoo), row(round.OfAction, 3, "Vain silloin", espoo), row(round.OfGoal, 7, "Tavoite", luvn)},
		{row(round.OfAction, 12, "Uusi nimi", espoo), row(round.OfGoal, 8, "Uusi tavoite", espoo), row(round.OfPlan, 0, "Suunnitelma", espoo)},
	}, []round.SnapshotParty{{ID: espoo}, {ID: luvn}})
	var out []string
	for _, c := range got {
		line := string(c.Level) + " " + c.Title.FI
		for _, cell := range c.Cells {
			line += " |"
			for _, r := range cell {
				line += map[domain.PartyID]string{espoo: "e", luvn: "l"}[r.PartyID]
			}
		}
		out = append(out, line)
	}
	want := "plan Suunnitelma | |e, goal Tavoite |l |, goal Uusi tavoite | |e, action Vain silloin |e |, action Uusi nimi |el |e"
	if strings.Join(out, ", ") != want {
		t.Errorf("%s\nwant %s", strings.Join(out, ", "), want)
	}
}
