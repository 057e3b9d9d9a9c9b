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

// Counting goes both ways over year ends, Easter, Midsummer, Ascension Day, a leap
// day, both ends of summer time and an Independence Day on a Sunday; a count there
// and back ends on the same working day.
func TestAddWorkingDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day     string
		n       int
		want    string
		skipped string
	}{
		{"2026-12-23", 1, "2026-12-28", "jouluaatto,joulupäivä,tapaninpäivä,"},
		{"2026-12-23", 5, "2027-01-04", "jouluaatto,joulupäivä,tapaninpäivä,,uudenvuodenpäivä,,"},
		{"2027-01-04", -5, "2026-12-23", ",,uudenvuodenpäivä,,tapaninpäivä,joulupäivä,jouluaatto"},
		{"2027-01-07", -2, "2027-01-04", "loppiainen"},
		{"2027-03-30", -1, "2027-03-25", "toinen pääsiäispäivä,,,pitkäperjantai"},
		{"2027-03-24", 2, "2027-03-30", "pitkäperjantai,,,toinen pääsiäispäivä"},
		{"2026-06-18", 1, "2026-06-22", "juhannusaatto,juhannuspäivä,"},
		{"2026-06-22", -1, "2026-06-18", ",juhannuspäivä,juhannusaatto"},
		{"2026-05-13", 2, "2026-05-18", "helatorstai,,"},
		{"2028-02-28", 1, "2028-02-29", ""},
		{"2028-03-01", -2, "2028-02-28", ""},
		{"2026-03-27", 1, "2026-03-30", ","},                 // summer time begins on the 29th
		{"2026-10-26", -1, "2026-10-23", ","},                // and ends on the 25th
		{"2026-12-04", 1, "2026-12-07", ",itsenäisyyspäivä"}, // a Sunday
		{"2026-11-22", 1, "2026-11-23", ""},                  // from a Sunday
		{"2026-11-22", -1, "2026-11-20", ""},
		{"2026-11-22", 0, "2026-11-22", ""},
		{"2026-11-23", 10, "2026-12-07", ",,,itsenäisyyspäivä"},
	} {
		got, skipped := domain.AddWorkingDays(parse(t, tt.day), tt.n)
		var names []string
		for _, s := range skipped {
			names = append(names, s.Name.FI)
		}
		if got != parse(t, tt.want) || strings.Join(names, ",") != tt.skipped {
			t.Errorf("%s %+d: %s past %q, want %s past %q", tt.day, tt.n, got, strings.Join(names, ","), tt.want, tt.skipped)
		}
		if back, _ := domain.AddWorkingDays(got, -tt.n); domain.IsWorkingDay(parse(t, tt.day)) && back != parse(t, tt.day) {
			t.Errorf("%s %+d and back is %s", tt.day, tt.n, back)
		}
		if tt.n > 0 && domain.WorkingDaysUntil(parse(t, tt.day), got) != tt.n {
			t.Errorf("%s to %s: %d working days, want %d", tt.day, got, domain.WorkingDaysUntil(parse(t, tt.day), got), tt.n)
		}
	}
	if n := domain.WorkingDaysUntil(parse(t, "2026-11-23"), parse(t, "2026-11-20")); n != 0 {
		t.Errorf("%d working days backwards", n)
	}
}
