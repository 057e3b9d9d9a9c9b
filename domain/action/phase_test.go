package action_test

import (
	"fmt"
	"strings"
	"testing"

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
		for _, s := range action.Reached(steps) {
			got = append(got, fmt.Sprintf("%d:%d", s.Position, domain.NewDate(2025, 12, 31).DaysUntil(s.On)))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: %v, want %s", tt.steps, got, tt.want)
		}
	}
}
