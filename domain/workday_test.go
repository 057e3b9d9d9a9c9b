package domain_test

import (
	"strings"
	"testing"

	"yhdyspinta/domain"
)

// Public holidays of Finland, the eves that are free at work, and weekends move
// to the next working day; ordinary days and other eves stay.
func TestWorkingDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ day, want, skipped string }{
		{"2027-01-01", "2027-01-04", "uudenvuodenpäivä,,"},
		{"2026-01-06", "2026-01-07", "loppiainen"},
		{"2027-03-26", "2027-03-30", "pitkäperjantai,,,toinen pääsiäispäivä"},
		{"2026-05-01", "2026-05-04", "vappu,,"},
		{"2027-05-06", "2027-05-07", "helatorstai"},
		{"2026-06-19", "2026-06-22", "juhannusaatto,juhannuspäivä,"},
		{"2027-06-25", "2027-06-28", "juhannusaatto,juhannuspäivä,"},
		{"2026-10-31", "2026-11-02", "pyhäinpäivä,"},
		{"2027-12-06", "2027-12-07", "itsenäisyyspäivä"},
		{"2026-12-24", "2026-12-28", "jouluaatto,joulupäivä,tapaninpäivä,"},
		{"2026-12-31", "2026-12-31", ""},
		{"2026-04-30", "2026-04-30", ""},
		{"2026-06-18", "2026-06-18", ""},
		{"2026-11-23", "2026-11-23", ""},
		{"2026-11-22", "2026-11-23", ""},
	} {
		got, skipped := domain.WorkingDay(parse(t, tt.day))
		var names []string
		for _, s := range skipped {
			names = append(names, s.Name.FI)
			if s.Name.FI != "" && (s.Name.SV == "" || s.Name.EN == "") {
				t.Errorf("%s has no name in Swedish or English", s.Name.FI)
			}
		}
		if got != parse(t, tt.want) || strings.Join(names, ",") != tt.skipped {
			t.Errorf("%s: %s past %q, want %s past %q", tt.day, got, strings.Join(names, ","), tt.want, tt.skipped)
		}
	}
}

// What is to be there some working days before a day, and how many lie between
// two: over Christmas, Easter, Midsummer, Independence Day and a leap day.
func TestWorkingDaysBeforeAndBetween(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-11-23", 0, "2026-11-23"},
		{"2026-11-22", 0, "2026-11-20"}, // a Sunday
		{"2026-11-23", 1, "2026-11-20"},
		{"2026-11-23", 5, "2026-11-16"},
		{"2026-11-22", 1, "2026-11-19"},
		{"2026-12-28", 1, "2026-12-23"}, // Christmas Eve to St Stephen's Day, and a Sunday
		{"2027-01-04", 2, "2026-12-30"}, // New Year's Day and a weekend
		{"2026-01-07", 1, "2026-01-05"}, // Epiphany
		{"2027-03-30", 1, "2027-03-25"}, // Easter
		{"2026-06-22", 1, "2026-06-18"}, // Midsummer
		{"2027-12-07", 1, "2027-12-03"}, // Independence Day on a Monday
		{"2028-03-01", 1, "2028-02-29"}, // a leap day that is a Tuesday
		{"2026-03-30", 1, "2026-03-27"}, // over the night of 23 hours
		{"2026-10-26", 1, "2026-10-23"}, // and that of 25
		{"2027-01-05", 250, "2026-01-08"},
	} {
		day := parse(t, tt.day)
		got := domain.WorkingDaysBefore(day, tt.n)
		if got != parse(t, tt.want) {
			t.Errorf("%d working days before %s: %s, want %s", tt.n, tt.day, got, tt.want)
		}
		if first, _ := domain.WorkingDay(day); first == day { // from a working day the two are each other's reverse
			if n := domain.WorkingDaysBetween(got, day); n != tt.n {
				t.Errorf("from %s to %s: %d working days, want %d", got, tt.day, n, tt.n)
			}
			if n := domain.WorkingDaysBetween(day, got); n != -tt.n {
				t.Errorf("back from %s to %s: %d working days, want %d", tt.day, got, n, -tt.n)
			}
		}
	}
	if n := domain.WorkingDaysBetween(parse(t, "2026-12-23"), parse(t, "2026-12-27")); n != 0 {
		t.Errorf("%d working days in the Christmas of 2026", n)
	}
}
