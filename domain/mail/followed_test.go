package mail

import (
	"testing"
	"time"

	"yhdyspinta/domain"
)

// What changed is told from the last mail that left on, at least eight days and at
// most eight weeks back.
func TestFollowedSince(t *testing.T) {
	t.Parallel()
	day := domain.DateOf(time.Date(2026, 11, 23, 9, 0, 0, 0, domain.Helsinki))
	for name, tt := range map[string]struct {
		told domain.Date
		back int
	}{
		"told yesterday":                 {day.AddDays(-1), 8},
		"told a week ago":                {day.AddDays(-7), 8},
		"mails were off for three weeks": {day.AddDays(-21), 22},
		"and for a quarter":              {day.AddDays(-90), 56},
		"never told":                     {domain.Date{}, 56},
	} {
		if got := followedSince(tt.told, day); got != day.AddDays(-tt.back) {
			t.Errorf("%s: since %s, want %s", name, got, day.AddDays(-tt.back))
		}
	}
	if followedMost >= digestMemory {
		t.Error("what was told is forgotten before it is out of sight")
	}
}
