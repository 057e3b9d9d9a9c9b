package action_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// Phases 1 to 5 in their order, 0 is none; step i is on day i.
func TestReachedPhases(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		steps []int
		want  string
	}{
		{nil, ""},
		{[]int{1}, "1:1"},
		{[]int{1, 2, 3}, "1:1 2:2 3:3"},
		{[]int{1, 4}, "1:1 4:2"},          // some are passed over
		{[]int{1, 2, 3, 2}, "1:1 2:2"},    // back: the day of the first time
		{[]int{1, 3, 2}, "1:1 2:3"},       // back to one that was passed over
		{[]int{1, 2, 1, 2}, "1:1 2:4"},    // forward again is a new day
		{[]int{3, 1}, "1:2"},              // back before the first
		{[]int{1, 2, 0}, ""},              // to none
		{[]int{1, 2, 0, 2}, "2:4"},        // and on from there
		{[]int{2, 2, 3, 3}, "2:1 3:3"},    // a merge makes two steps of one
		{[]int{1, 2, 3, 1, 3}, "1:1 3:5"}, // over what it has left
		{[]int{1, 2, 3, 4, 3}, "1:1 2:2 3:3"},
	} {
		var steps []action.PhaseStep
		for i, phase := range tt.steps {
			s := action.PhaseStep{Position: phase, On: domain.NewDate(2026, 1, i+1)}
			if phase > 0 {
				s.PhaseID.UUID[15] = byte(phase)
			}
			steps = append(steps, s)
		}
		var got []string
		for _, s := range action.Reached(steps, nil) {
			got = append(got, fmt.Sprintf("%d:%d", s.Position, domain.NewDate(2025, 12, 31).DaysUntil(s.On)))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: %v, want %s", tt.steps, got, tt.want)
		}
	}
}

// The steps are phases on days 1, 2, …; "x" is written by a word and "-" by its
// withdrawal. A word that was taken back is as if it had not been said.
func TestReachedPhasesWithoutWhatWasTakenBack(t *testing.T) {
	t.Parallel()
	at := func(i int) time.Time { return time.Date(2026, 1, i, 9, 0, 0, 0, time.UTC) }
	phase := func(n int) (id domain.PhaseID) {
		if n > 0 {
			id.UUID[15] = byte(n)
		}
		return id
	}
	word := func(said, before, after, withdrawn int) action.Word {
		w := action.Word{Phase: phase(before), PhaseAfter: phase(after), SaidAt: at(said)}
		w.ID.UUID[15] = byte(said)
		if withdrawn > 0 {
			day := at(withdrawn)
			w.WithdrawnAt = &day
		}
		return w
	}
	for name, tt := range map[string]struct {
		steps []int // one a day, -1: nothing
		words []action.Word
		want  string
	}{
		"a report that moved it back":               {[]int{1, 2, 3, 1, 3}, []action.Word{word(4, 3, 1, 5)}, "1:1 2:2 3:3"},
		"one that stands":                           {[]int{1, 2, 3, 1}, []action.Word{word(4, 3, 1, 0)}, "1:1"},
		"one that moved it on":                      {[]int{1, 2, 3, 2}, []action.Word{word(3, 2, 3, 4)}, "1:1 2:2"},
		"two, the later first":                      {[]int{3, 1, 2, 1, 3}, []action.Word{word(2, 3, 1, 5), word(3, 1, 2, 4)}, "3:1"},
		"the first of two parties, then the second": {[]int{3, 1, 2, -1, 3}, []action.Word{word(2, 3, 1, 4), word(3, 1, 2, 5)}, "3:1"},
		"what the form said since stays":            {[]int{1, 3, 2, -1}, []action.Word{word(2, 1, 3, 4)}, "1:1 2:3"},
		"the form said it anew, it is taken back":   {[]int{1, 3, 2, 3, 1}, []action.Word{word(2, 1, 3, 5)}, "1:1"},
		"to none":                                    {[]int{2, 0, 2}, []action.Word{word(1, 0, 2, 2)}, "2:3"},
		"one that left its phase":                    {[]int{1, 3, 1, 3}, []action.Word{word(4, 1, 3, 5)}, "1:1 3:4"},
		"moved on again after it was taken back":     {[]int{1, 2, 3, 1, 3, 4}, []action.Word{word(4, 3, 1, 5)}, "1:1 2:2 3:3 4:6"},
		"back by the form after it was taken back":   {[]int{1, 2, 3, 1, 3, 2}, []action.Word{word(4, 3, 1, 5)}, "1:1 2:2"},
		"taken back and said again":                  {[]int{1, 2, 1, 2, 1, 2}, []action.Word{word(2, 1, 2, 3), word(4, 1, 2, 5), word(6, 1, 2, 0)}, "1:1 2:6"},
		"said before it was public: a step as other": {[]int{1, 3}, []action.Word{word(5, 3, 1, 2)}, "1:1 3:2"},
	} {
		var steps []action.PhaseStep
		for i, n := range tt.steps {
			if n >= 0 {
				steps = append(steps, action.PhaseStep{PhaseID: phase(n), Position: n, On: domain.NewDate(2026, 1, i+1), At: at(i + 1)})
			}
		}
		var got []string
		for _, s := range action.Reached(steps, tt.words) {
			got = append(got, fmt.Sprintf("%d:%d", s.Position, domain.NewDate(2025, 12, 31).DaysUntil(s.On)))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
	}
}
