package domain_test

import (
	"testing"

	"yhdyspinta/domain"
)

// A day that is read lies within the calendar that the product knows and is written as
// it was read.
func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-11-23", "0000-00-00", "2026-02-30", "9999-12-31", "10000-01-01", "-001-01-01", "2026-1-1", "２０２６-11-23", "2026-11-23\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := domain.ParseDate(text)
		if err == nil && (d.String() != text || d.Year() < domain.FirstYear || d.Year() > domain.LastYear) {
			t.Errorf("%q is %s", text, d)
		}
	})
}

// An id that is read is written in one form, which reads as the same.
func FuzzParseID(f *testing.F) {
	for _, text := range []string{"01a208e9-6ab4-7a0e-b0ca-ed2de8cdcfa5", "01A208E9-6AB4-7A0E-B0CA-ED2DE8CDCFA5", "{01a208e9-6ab4-7a0e-b0ca-ed2de8cdcfa5}", "urn:uuid:01a208e9-6ab4-7a0e-b0ca-ed2de8cdcfa5", "01a208e96ab47a0eb0caed2de8cdcfa5", "", "7"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := domain.ParseID[domain.Kind](text)
		if err != nil {
			return
		}
		if again, err := domain.ParseID[domain.Kind](id.String()); err != nil || again != id {
			t.Errorf("%q is %s and then %s, %v", text, id, again, err)
		}
	})
}
