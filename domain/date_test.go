package domain_test

import (
	"testing"
	"time"

	"yhdyspinta/domain"
)

func parse(t *testing.T, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}

// The periods that a date with a precision stands for, at the ends of months,
// quarters and years and about leap days.
func TestPrecisionBoundsAPeriod(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, month, quarter, year string }{ // first and last day of each
		{"2026-12-31", "2026-12-01 2026-12-31", "2026-10-01 2026-12-31", "2026-01-01 2026-12-31"},
		{"2027-01-01", "2027-01-01 2027-01-31", "2027-01-01 2027-03-31", "2027-01-01 2027-12-31"},
		{"2026-02-28", "2026-02-01 2026-02-28", "2026-01-01 2026-03-31", "2026-01-01 2026-12-31"},
		{"2028-02-28", "2028-02-01 2028-02-29", "2028-01-01 2028-03-31", "2028-01-01 2028-12-31"},
		{"2028-02-29", "2028-02-01 2028-02-29", "2028-01-01 2028-03-31", "2028-01-01 2028-12-31"},
		{"2100-02-28", "2100-02-01 2100-02-28", "2100-01-01 2100-03-31", "2100-01-01 2100-12-31"}, // no leap year
		{"2000-02-29", "2000-02-01 2000-02-29", "2000-01-01 2000-03-31", "2000-01-01 2000-12-31"}, // but this is one
		{"2026-06-30", "2026-06-01 2026-06-30", "2026-04-01 2026-06-30", "2026-01-01 2026-12-31"},
		{"2026-07-01", "2026-07-01 2026-07-31", "2026-07-01 2026-09-30", "2026-01-01 2026-12-31"},
		{"2200-12-31", "2200-12-01 2200-12-31", "2200-10-01 2200-12-31", "2200-01-01 2200-12-31"},
	} {
		d := parse(t, tt.day)
		for p, want := range map[domain.Precision]string{domain.Day: tt.day + " " + tt.day, "": tt.day + " " + tt.day,
			domain.Month: tt.month, domain.Quarter: tt.quarter, domain.Year: tt.year} {
			if got := p.First(d).String() + " " + p.Last(d).String(); got != want {
				t.Errorf("%s by %q: %s, want %s", tt.day, p, got, want)
			}
		}
	}
}

// A day begins and ends in Helsinki: at 22:00 UTC in winter, at 21:00 in summer,
// and lasts 23 or 25 hours where the clocks are changed.
func TestDaysBeginAndEndInHelsinki(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day, start, end string
		hours           int
	}{
		{"2026-12-31", "2026-12-30T22:00:00Z", "2026-12-31T21:59:59.999999Z", 24},
		{"2027-01-01", "2026-12-31T22:00:00Z", "2027-01-01T21:59:59.999999Z", 24},
		{"2028-02-29", "2028-02-28T22:00:00Z", "2028-02-29T21:59:59.999999Z", 24},
		{"2026-03-28", "2026-03-27T22:00:00Z", "2026-03-28T21:59:59.999999Z", 24},
		{"2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T20:59:59.999999Z", 23},
		{"2026-06-30", "2026-06-29T21:00:00Z", "2026-06-30T20:59:59.999999Z", 24},
		{"2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T21:59:59.999999Z", 25},
		{"2026-10-26", "2026-10-25T22:00:00Z", "2026-10-26T21:59:59.999999Z", 24},
	} {
		d := parse(t, tt.day)
		start, end := d.StartOfDay(), d.EndOfDay()
		if got := start.Format(time.RFC3339Nano); got != tt.start {
			t.Errorf("%s begins at %s, want %s", tt.day, got, tt.start)
		}
		if got := end.Format(time.RFC3339Nano); got != tt.end {
			t.Errorf("%s ends at %s, want %s", tt.day, got, tt.end)
		}
		if got := end.Add(time.Microsecond).Sub(start); got != time.Duration(tt.hours)*time.Hour {
			t.Errorf("%s lasts %s", tt.day, got)
		}
		for at, want := range map[time.Time]domain.Date{start: d, end: d, start.Add(-time.Microsecond): d.AddDays(-1), end.Add(time.Microsecond): d.AddDays(1)} {
			if got := domain.DateOf(at); got != want {
				t.Errorf("at %s it is %s, want %s", at, got, want)
			}
			if got := domain.Clock(func() time.Time { return at }).Today(); got != want {
				t.Errorf("at %s today is %s, want %s", at, got, want)
			}
		}
	}
}

// Days are counted on the calendar: clocks that are changed and leap days make no
// difference, nor does the length of the calendar.
func TestDaysAreCountedOnTheCalendar(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		days     int
	}{
		{"2026-11-23", "2026-11-23", 0},
		{"2026-12-31", "2027-01-01", 1},
		{"2028-02-28", "2028-02-29", 1},
		{"2028-02-28", "2028-03-01", 2},
		{"2027-02-28", "2027-03-01", 1},
		{"2028-02-29", "2029-02-28", 365},
		{"2026-03-28", "2026-03-30", 2},
		{"2026-10-24", "2026-10-26", 2},
		{"2026-01-01", "2027-01-01", 365},
		{"2028-01-01", "2029-01-01", 366},
		{"1900-01-01", "2200-12-31", 109937},
	} {
		from, to := parse(t, tt.from), parse(t, tt.to)
		if n := from.DaysUntil(to); n != tt.days {
			t.Errorf("from %s to %s: %d days, want %d", from, to, n, tt.days)
		}
		if n := to.DaysUntil(from); n != -tt.days {
			t.Errorf("from %s to %s: %d days, want %d", to, from, n, -tt.days)
		}
		if got := from.AddDays(tt.days); got != to {
			t.Errorf("%d days after %s: %s, want %s", tt.days, from, got, to)
		}
		if got := to.AddDays(-tt.days); got != from {
			t.Errorf("%d days before %s: %s, want %s", tt.days, to, got, from)
		}
	}
}

// Only days that exist, within the calendar, are read.
func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1900-01-01", "2200-12-31", "2028-02-29", "2000-02-29", "2026-12-31"} {
		if got := parse(t, s); got.String() != s {
			t.Errorf("%s: %s", s, got)
		}
	}
	for _, s := range []string{"", "1899-12-31", "2201-01-01", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "23.11.2026",
		"2026-1-1", "2026-11-23T00:00:00Z", " 2026-11-23"} {
		if d, err := domain.ParseDate(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}
