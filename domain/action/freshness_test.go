package action

import (
	"testing"
	"time"

	"yhdyspinta/domain"
)

// Freshness counts days on the calendar: over the turn of the year, a leap day and both
// changes of the clock the last day within the target and the limit is the same number of
// days after the confirmation, and the day begins at midnight in Helsinki.
func TestFreshnessAtTheEdgesOfTheCalendar(t *testing.T) {
	t.Parallel()
	for _, confirmed := range []domain.Date{
		domain.NewDate(2026, 12, 15), domain.NewDate(2028, 2, 20), domain.NewDate(2027, 2, 20),
		domain.NewDate(2026, 3, 15), domain.NewDate(2026, 10, 10), domain.NewDate(2028, 2, 29), domain.NewDate(2026, 12, 31),
	} {
		a := Action{Status: InProgress, ConfirmedOn: confirmed, StartsOn: confirmed}
		target, limit := confirmed.AddDays(a.Freshness().Target), confirmed.AddDays(a.Freshness().Limit)
		for _, tt := range []struct {
			day  domain.Date
			want FreshnessLevel
		}{
			{confirmed, FreshInTarget}, {target, FreshInTarget}, {target.AddDays(1), FreshInLimit}, {limit, FreshInLimit}, {limit.AddDays(1), FreshOutOfDate},
		} {
			if got := a.FreshnessLevel(tt.day); got != tt.want {
				t.Errorf("confirmed on %s, on %s: %s, want %s", confirmed, tt.day, got, tt.want)
			}
			if stale := a.Condition(tt.day).Value == CondStale; stale != (tt.want == FreshOutOfDate) {
				t.Errorf("confirmed on %s, on %s: condition %s", confirmed, tt.day, a.Condition(tt.day).Value)
			}
			if days := a.DaysSinceConfirmed(tt.day); *days != confirmed.DaysUntil(tt.day) {
				t.Errorf("confirmed on %s, on %s: %d days", confirmed, tt.day, *days)
			}
		}
		// The last minute of the last day and the first of the next, on the wall in Helsinki.
		last := limit.EndOfDay()
		for at, want := range map[time.Time]FreshnessLevel{last: FreshInLimit, last.Add(time.Microsecond): FreshOutOfDate} {
			if got := a.FreshnessLevel(domain.DateOf(at.UTC())); got != want {
				t.Errorf("confirmed on %s, at %s: %s, want %s", confirmed, at, got, want)
			}
		}
	}
}

// A due date as exactly as it is known is late from the day after its period on: at the
// ends of quarters and years, after the last of February, and over the changes of the clock.
func TestLatenessByPrecisionAtTheEdgesOfTheCalendar(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		due       domain.Date
		precision domain.Precision
		last      domain.Date
	}{
		{domain.NewDate(2028, 2, 1), domain.Month, domain.NewDate(2028, 2, 29)},
		{domain.NewDate(2027, 2, 1), domain.Month, domain.NewDate(2027, 2, 28)},
		{domain.NewDate(2028, 1, 1), domain.Quarter, domain.NewDate(2028, 3, 31)},
		{domain.NewDate(2026, 10, 1), domain.Quarter, domain.NewDate(2026, 12, 31)},
		{domain.NewDate(2026, 1, 1), domain.Year, domain.NewDate(2026, 12, 31)},
		{domain.NewDate(2026, 3, 29), domain.Day, domain.NewDate(2026, 3, 29)},   // summer time begins
		{domain.NewDate(2026, 10, 25), domain.Day, domain.NewDate(2026, 10, 25)}, // and ends
		{domain.NewDate(2026, 12, 6), domain.Day, domain.NewDate(2026, 12, 6)},   // a holiday is a day as others
	} {
		a := Action{Status: InProgress, DueOn: tt.due, DuePrecision: tt.precision, ConfirmedOn: tt.last, StartsOn: domain.NewDate(2025, 1, 1)}
		for day, late := range map[domain.Date]bool{tt.last.AddDays(-1): false, tt.last: false, tt.last.AddDays(1): true} {
			if got := a.Condition(day).Value == CondLate; got != late {
				t.Errorf("due %s %s, on %s: late %v", tt.due, tt.precision, day, got)
			}
		}
	}
}
