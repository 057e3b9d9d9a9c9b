package action

import (
	"testing"

	"yhdyspinta/domain"
)

func TestMoveOfADueDate(t *testing.T) {
	t.Parallel()
	on := func(s string) domain.Date {
		d, err := domain.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for name, tt := range map[string]struct {
		p    Postponement
		move DueMove
		days int
	}{
		"half a year":                      {Postponement{FromOn: on("2026-06-30"), FromPrecision: domain.Day, ToOn: on("2026-12-31"), ToPrecision: domain.Day}, DueLater, 184},
		"over a leap day":                  {Postponement{FromOn: on("2028-02-28"), FromPrecision: domain.Day, ToOn: on("2028-03-01"), ToPrecision: domain.Day}, DueLater, 2},
		"from a year to its first quarter": {Postponement{FromOn: on("2026-01-01"), FromPrecision: domain.Year, ToOn: on("2026-01-01"), ToPrecision: domain.Quarter}, DueEarlier, -275},
		"from the last day to the year":    {Postponement{FromOn: on("2026-12-31"), FromPrecision: domain.Day, ToOn: on("2026-01-01"), ToPrecision: domain.Year}, DueReworded, 0},
		"removed":                          {Postponement{FromOn: on("2026-12-31"), FromPrecision: domain.Day}, DueRemoved, 0},
	} {
		if move, days := tt.p.Move(); move != tt.move || days != tt.days {
			t.Errorf("%s: %s by %d, want %s by %d", name, move, days, tt.move, tt.days)
		}
	}
}
