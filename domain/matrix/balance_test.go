package matrix_test

import (
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/domain/matrix"
)

func TestMonthEnds(t *testing.T) {
	t.Parallel()
	for day, want := range map[domain.Date][3]string{ // the oldest, the one in February, the newest
		domain.NewDate(2026, 11, 23): {"2025-11-30", "2026-02-28", "2026-10-31"},
		domain.NewDate(2026, 10, 31): {"2025-10-31", "2026-02-28", "2026-09-30"},
		domain.NewDate(2026, 11, 1):  {"2025-11-30", "2026-02-28", "2026-10-31"},
		domain.NewDate(2025, 1, 15):  {"2024-01-31", "2024-02-29", "2024-12-31"},
		domain.NewDate(2024, 3, 31):  {"2023-03-31", "2024-02-29", "2024-02-29"},
	} {
		ends := matrix.MonthEnds(day)
		february := ""
		for i, e := range ends {
			if e.Month() == 2 {
				february = e.String()
			}
			if i > 0 && !e.After(ends[i-1]) {
				t.Errorf("%s: %s does not follow %s", day, e, ends[i-1])
			}
		}
		if got := [3]string{ends[0].String(), february, ends[len(ends)-1].String()}; len(ends) != 12 || got != want {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
}
