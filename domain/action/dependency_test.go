package action_test

import (
	"fmt"
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

func idOf(n int) (id domain.ActionID) { id.UUID[15] = byte(n); return id }

// needsOf reads "1>2 2>3": 1 waits for 2, which waits for 3.
func needsOf(pairs ...[2]int) action.Needs {
	out := action.Needs{}
	for _, p := range pairs {
		out[idOf(p[0])] = append(out[idOf(p[0])], idOf(p[1]))
	}
	return out
}

// The way that would close a cycle is the shortest one, with both ends.
func TestWayThroughDependencies(t *testing.T) {
	t.Parallel()
	long := needsOf([2]int{1, 2}, [2]int{2, 3}, [2]int{3, 4}, [2]int{1, 5}, [2]int{5, 4}, [2]int{6, 1})
	for _, tt := range []struct {
		needs    action.Needs
		from, to int
		want     string
	}{
		{action.Needs{}, 1, 2, "[]"},
		{action.Needs{}, 1, 1, "[1]"},
		{long, 1, 2, "[1 2]"},
		{long, 1, 4, "[1 5 4]"},
		{long, 6, 3, "[6 1 2 3]"},
		{long, 4, 1, "[]"}, // against the direction
		{long, 2, 5, "[]"},
	} {
		nos := []int{}
		for _, id := range tt.needs.Way(idOf(tt.from), idOf(tt.to)) {
			nos = append(nos, int(id.UUID[15]))
		}
		if got := fmt.Sprint(nos); got != tt.want {
			t.Errorf("from %d to %d: %s, want %s", tt.from, tt.to, got, tt.want)
		}
	}
}

// 1 waits for 2 and 3, 2 for 4, 4 for 5; whoever is late puts 1 at risk by the
// nearest way, unless what stands between is over.
func TestRiskByDependencies(t *testing.T) {
	t.Parallel()
	day := domain.NewDate(2026, 12, 31)
	late := func(days int) action.Waited {
		return action.Waited{Status: action.InProgress, LateOn: day.AddDays(-days)}
	}
	calm := action.Waited{Status: action.InProgress, LateOn: day}
	of := func(status action.Status, w action.Waited) action.Waited { w.Status = status; return w }
	needs := needsOf([2]int{1, 2}, [2]int{1, 3}, [2]int{2, 4}, [2]int{4, 5})
	for name, tt := range map[string]struct {
		two, three, four, five action.Waited
		want                   string
	}{
		"nobody late":                   {calm, calm, calm, calm, "<nil>"},
		"the last day is not late":      {action.Waited{Status: action.NotStarted, LateOn: day}, calm, calm, calm, "<nil>"},
		"nothing is due":                {action.Waited{Status: action.InProgress}, calm, calm, calm, "<nil>"},
		"a direct one":                  {late(1), calm, calm, calm, "2 in 1 via 0"},
		"one that has not started":      {of(action.NotStarted, late(1)), calm, calm, calm, "2 in 1 via 0"},
		"the one late for longest":      {late(1), late(9), late(30), calm, "3 in 1 via 0"},
		"of the same day by the number": {late(9), late(9), calm, calm, "2 in 1 via 0"},
		"through one":                   {calm, calm, late(1), calm, "4 in 2 via 2"},
		"through two":                   {calm, calm, calm, late(1), "5 in 3 via 2"},
		"through one that rests":        {of(action.Paused, late(3)), calm, calm, late(1), "5 in 3 via 2"},
		"what rests is not late":        {of(action.Paused, late(3)), calm, calm, calm, "<nil>"},
		"what is done is past":          {of(action.Done, late(3)), calm, calm, late(1), "<nil>"},
		"what is cancelled passes none": {calm, calm, of(action.Cancelled, late(3)), late(1), "<nil>"},
		"the near before the far":       {calm, late(1), late(99), calm, "3 in 1 via 0"},
	} {
		waited := map[domain.ActionID]action.Waited{}
		for i, w := range []action.Waited{tt.two, tt.three, tt.four, tt.five} {
			w.Name = action.Name{ID: idOf(i + 2), No: i + 2}
			waited[w.ID] = w
		}
		got := "<nil>"
		if r := needs.Risk(idOf(1), waited, day); r != nil {
			got = fmt.Sprintf("%d in %d via %d", r.No, r.Steps, r.Via.No)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	// Further away than MaxSteps, or hidden on the way, nothing is told.
	long, all := action.Needs{}, map[domain.ActionID]action.Waited{}
	for i := 1; i <= action.MaxSteps+1; i++ {
		long[idOf(i)] = []domain.ActionID{idOf(i + 1)}
		all[idOf(i+1)] = action.Waited{Name: action.Name{ID: idOf(i + 1), No: i + 1}, Status: action.InProgress}
	}
	last := all[idOf(action.MaxSteps+2)]
	last.LateOn = day.AddDays(-1)
	all[last.ID] = last
	if r := long.Risk(idOf(1), all, day); r != nil {
		t.Errorf("told from %d steps away", r.Steps)
	}
	if r := long.Risk(idOf(2), all, day); r == nil || r.Steps != action.MaxSteps {
		t.Errorf("%d steps away: %+v", action.MaxSteps, r)
	}
	delete(all, idOf(9))
	if r := long.Risk(idOf(2), all, day); r != nil {
		t.Errorf("told through what is hidden: %+v", r)
	}
	// The flag stands only while something is expected.
	a := action.Action{Status: action.InProgress, Risk: &action.Risk{}}
	if a.Condition(day).AtRisk == nil {
		t.Error("an action in progress is not at risk")
	}
	for _, status := range action.Statuses {
		a.Status = status
		if (a.Condition(day).AtRisk == nil) != status.Closed() {
			t.Errorf("%s: at risk %v", status, a.Condition(day).AtRisk != nil)
		}
	}
}
