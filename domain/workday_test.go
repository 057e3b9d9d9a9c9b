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
