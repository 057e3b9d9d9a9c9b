package demodata

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

func parseDefault(t *testing.T) *Dataset {
	t.Helper()
	d, err := ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// conditionOn is the rule of conditions written down once more, apart from the
// product's own: the file is made so that the reference date gives a known
// picture, and this is what holds it to that.
func conditionOn(a Action, leadParty string, today domain.Date) string {
	switch a.Status {
	case "cancelled", "done", "paused":
		return a.Status
	}
	due := a.DueOn
	for _, t := range a.Tasks {
		if t.DoneOn.IsZero() && t.DueLast().Before(due) {
			due = t.DueLast()
		}
	}
	switch {
	case due.Before(today):
		return "late"
	case confirmedOn(a, leadParty).DaysUntil(today) > 60:
		return "stale"
	case today.DaysUntil(due) <= 30:
		return "due_soon"
	case a.Status == "not_started":
		return "not_started"
	}
	return "on_time"
}

// confirmedOn is the day of the last report of the lead's party.
func confirmedOn(a Action, leadParty string) domain.Date {
	var day domain.Date
	for _, r := range a.Reports {
		if r.Party == leadParty {
			day = r.ReportedOn
		}
	}
	return day
}

// leadParties maps each action to the party of its lead.
func leadParties(d *Dataset) map[string]string {
	party, out := map[string]string{}, map[string]string{}
	for _, p := range d.Posts {
		party[p.Key] = p.Party
	}
	for _, a := range d.Actions {
		out[a.Key] = party[a.Lead()]
	}
	return out
}

func TestDefaultConditions(t *testing.T) {
	t.Parallel()
	d := parseDefault(t)
	lead := leadParties(d)
	got := map[string][]int{}
	late := map[string]int{}
	for i, a := range d.Actions {
		if a.Number != i+1 {
			t.Errorf("action %s stands at place %d with number %d", a.Key, i+1, a.Number)
		}
		c := conditionOn(a, lead[a.Key], d.ReferenceDate)
		got[c] = append(got[c], a.Number)
		if c == "late" {
			late[lead[a.Key]]++
		}
	}
	for c, want := range map[string][]int{
		"late":        {3, 9, 14, 24, 30, 32, 34},
		"stale":       {7, 17, 42},
		"due_soon":    {8, 18, 41},
		"not_started": {11, 15, 19, 37},
		"paused":      {40},
		"done":        {5, 6, 12, 21, 28, 33},
	} {
		if !slices.Equal(got[c], want) {
			t.Errorf("%s: %v, want %v", c, got[c], want)
		}
	}
	if len(d.Actions) != 43 || len(got["on_time"]) != 19 {
		t.Errorf("%d actions, %d on time; want 43 and 19", len(d.Actions), len(got["on_time"]))
	}
	if want := map[string]int{"espoo": 4, "luvn": 3}; !maps.Equal(late, want) {
		t.Errorf("late by lead: %v, want %v", late, want)
	}
}

func TestDefaultFreshness(t *testing.T) {
	t.Parallel()
	d := parseDefault(t)
	lead := leadParties(d)
	var inTarget, inLimit, beyond int
	leads, days := map[string]int{}, map[int]int{}
	for _, a := range d.Actions {
		leads[lead[a.Key]]++
		if a.Status == "done" {
			continue
		}
		confirmed := confirmedOn(a, lead[a.Key])
		if last := a.Reports[len(a.Reports)-1]; last.ReportedOn != confirmed || !last.Public {
			t.Errorf("%s: the last report is not a public one of the lead's party", a.Key)
		}
		age := confirmed.DaysUntil(d.ReferenceDate)
		days[a.Number] = age
		switch {
		case age <= 30:
			inTarget++
		case age <= 60:
			inLimit++
		default:
			beyond++
		}
	}
	if inTarget != 25 || inLimit != 9 || beyond != 3 {
		t.Errorf("%d in the target, %d in the limit, %d beyond; want 25, 9, 3", inTarget, inLimit, beyond)
	}
	if want := map[string]int{"espoo": 23, "luvn": 18, "ngo": 2}; !maps.Equal(leads, want) {
		t.Errorf("actions by lead: %v, want %v", leads, want)
	}
	for number, want := range map[int]int{1: 21, 2: 9, 3: 33, 8: 6, 9: 12, 10: 19, 11: 55, 13: 27, 14: 40, 15: 48} {
		if days[number] != want {
			t.Errorf("action %d was confirmed %d days before, want %d", number, days[number], want)
		}
	}
}

func TestDefaultMeetings(t *testing.T) {
	t.Parallel()
	d := parseDefault(t)
	statuses := map[string]int{}
	var needFollowUp, without []string
	for _, m := range d.Meetings {
		statuses[m.Status]++
		for _, i := range m.Items {
			for _, o := range i.Outcomes {
				if o.Type == "noted" || o.Type == "deferred" {
					continue
				}
				needFollowUp = append(needFollowUp, o.Key)
				if len(o.Actions) == 0 {
					without = append(without, o.Key)
				}
			}
		}
	}
	if want := map[string]int{"published": 11, "closed": 1, "called": 2, "draft": 2, "cancelled": 1}; !maps.Equal(statuses, want) {
		t.Errorf("meetings by status: %v, want %v", statuses, want)
	}
	if len(needFollowUp) != 18 || !slices.Equal(without, []string{"oc_negotiation_2026_2"}) {
		t.Errorf("%d outcomes ask for a follow-up and these have none: %v", len(needFollowUp), without)
	}
	i := slices.IndexFunc(d.Meetings, func(m Meeting) bool { return m.Key == "mtg_lape_2026_3" })
	seats, present := map[string]int{}, map[string]int{}
	for _, p := range d.Meetings[i].Participants {
		seats[p.Party]++
		if p.Attendance != "absent" {
			present[p.Party]++
		}
	}
	if want := map[string]int{"espoo": 5, "luvn": 6, "ngo": 2, "parish": 2}; !maps.Equal(seats, want) {
		t.Errorf("seats in LAPE: %v, want %v", seats, want)
	}
	if want := map[string]int{"espoo": 4, "luvn": 5, "ngo": 2, "parish": 1}; !maps.Equal(present, want) {
		t.Errorf("present in LAPE 3/2026: %v, want %v", present, want)
	}
	i = slices.IndexFunc(d.Meetings, func(m Meeting) bool { return m.Key == "mtg_steering_2026_4" })
	if m := d.Meetings[i]; len(m.Items) != 8 || m.Items[3].AgendaNo != 4 || m.Items[3].Section != 18 || m.Status != "called" {
		t.Errorf("the steering group's next meeting has eight items, the fourth is § 18: %+v", m)
	}
}

func TestDefaultWhole(t *testing.T) {
	t.Parallel()
	d := parseDefault(t)
	gaps, handovers, principal := map[string]int{}, 0, 0
	for _, c := range d.Chains {
		for _, h := range c.Handovers {
			gaps[h.Gap]++
			handovers++
		}
	}
	for _, p := range d.Parties {
		if p.Principal {
			principal++
		}
	}
	for what, n := range map[string][2]int{
		"goals": {len(d.Goals), 14}, "themes": {len(d.Themes), 5}, "forums": {len(d.Forums), 10},
		"chains": {len(d.Chains), 3}, "hand-overs": {handovers, 20}, "major gaps": {gaps["major"], 7},
		"principal parties": {principal, 2}, "districts": {len(d.Districts), 7}, "tags": {len(d.Tags), 4}, "target groups": {len(d.TargetGroups), 12},
	} {
		if n[0] != n[1] {
			t.Errorf("%d %s, want %d", n[0], what, n[1])
		}
	}
	want := []Later{{"municipalities_of_luvn", 10}, {"indicators", 16}, {"challenges", 10}, {"participation", 13}, {"reports", 5}}
	if !slices.Equal(d.Later, want) {
		t.Errorf("kept for later: %v, want %v", d.Later, want)
	}
	for _, p := range d.Persons {
		if !strings.HasPrefix(p.Name, "Esittelyhenkilö ") || p.Email != "" && !strings.HasSuffix(p.Email, ".example") {
			t.Errorf("%s looks like a real person", p.Key)
		}
	}
}

// TestDefaultAccess holds that the demo offers every role in either party, and
// that every post that leads something has a holder who can sign in.
func TestDefaultAccess(t *testing.T) {
	t.Parallel()
	d := parseDefault(t)
	roles := map[string]bool{}
	for _, g := range d.Grants {
		if g.To.IsZero() {
			roles[g.Party+" "+string(g.Role)] = true
		}
	}
	for _, party := range []string{"espoo", "luvn"} {
		for _, r := range domain.GrantedRoles {
			if !roles[party+" "+string(r)] {
				t.Errorf("nobody of %s has the role %s", party, r)
			}
		}
	}
	signIn, held := map[string]bool{}, map[string]bool{}
	for _, p := range d.Persons {
		signIn[p.Key] = p.Issuer != ""
	}
	var deputies, ended int
	for _, h := range d.Holdings {
		switch {
		case h.Kind == "deputy":
			deputies++
		case h.To.IsZero():
			held[h.Post] = true
		default:
			ended++
		}
	}
	if deputies == 0 || ended == 0 {
		t.Errorf("%d deputies and %d ended holdings, want both", deputies, ended)
	}
	for _, p := range d.Posts {
		if !held[p.Key] {
			t.Errorf("nobody holds %s", p.Key)
		}
	}
	for _, h := range d.Holdings {
		if (strings.HasPrefix(h.Post, "esp_") || strings.HasPrefix(h.Post, "luvn_")) != signIn[h.Person] {
			t.Errorf("%s, the holder of %s: who is of a principal party can sign in, and nobody else", h.Person, h.Post)
		}
	}
}

// allDates lists every date and time of a data set.
func allDates(v reflect.Value, out *[]time.Time) {
	switch x := v.Interface().(type) {
	case domain.Date:
		if !x.IsZero() {
			*out = append(*out, x.StartOfDay())
		}
		return
	case time.Time:
		if !x.IsZero() {
			*out = append(*out, x)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			allDates(v.Field(i), out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			allDates(v.Index(i), out)
		}
	}
}

func TestShift(t *testing.T) {
	t.Parallel()
	original := parseDefault(t)
	var before []time.Time
	allDates(reflect.ValueOf(*original), &before)
	for _, days := range []int{-8, -7, -1, 0, 1, 6, 7, 100, 130, 1000} {
		d := parseDefault(t)
		today := d.ReferenceDate.AddDays(days)
		d.Shift(today)
		if back := d.ReferenceDate.DaysUntil(today); back < 0 || back > 6 {
			t.Errorf("on %s the story ends %d days ago", today, back)
		}
		moved := original.ReferenceDate.DaysUntil(d.ReferenceDate)
		if moved%7 != 0 {
			t.Errorf("moved by %d days, not by whole weeks", moved)
		}
		var after []time.Time
		allDates(reflect.ValueOf(*d), &after)
		if len(after) != len(before) || len(after) < 500 {
			t.Fatalf("%d dates became %d", len(before), len(after))
		}
		const wall = "2006-01-02 15:04"
		for i := range before {
			want := before[i].In(domain.Helsinki).AddDate(0, 0, moved).Format(wall)
			if got := after[i].In(domain.Helsinki).Format(wall); got != want {
				t.Errorf("%s became %s, want %s: the clock in Helsinki stays", before[i], got, want)
			}
		}
		if !slices.EqualFunc(d.Meetings, original.Meetings, func(a, b Meeting) bool { return a.Number == b.Number }) {
			t.Error("numbers of meetings are names and do not move")
		}
	}
}

// TestShiftKeepsThePicture holds that the demo shows nearly the same on each
// day until it moves on: only what is confirmed too long ago may be added.
func TestShiftKeepsThePicture(t *testing.T) {
	t.Parallel()
	original := parseDefault(t)
	for days := range 7 {
		d := parseDefault(t)
		today := original.ReferenceDate.AddDays(35 + days)
		d.Shift(today)
		lead := leadParties(d)
		count := map[string]int{}
		for _, a := range d.Actions {
			count[conditionOn(a, lead[a.Key], today)]++
		}
		if count["late"] != 7 || count["due_soon"] != 3 || count["done"] != 6 || count["stale"] > 4 {
			t.Errorf("%d days after the reference date: %v", days, count)
		}
	}
}
