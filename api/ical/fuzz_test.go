package ical_test

import (
	"strings"
	"testing"
	"time"

	"yhdyspinta/api/ical"
)

// No text of a meeting adds a line of its own to a calendar: each event begins and ends
// once, and no line is longer than a calendar program takes.
func FuzzFeed(f *testing.F) {
	for _, text := range []string{"Kokous", "a\r\nEND:VEVENT", "a;b,c\\n", strings.Repeat("ä", 200), "\u2028BEGIN:VALARM", "\x00\x07", "\xff", "a\nb\rc"} {
		f.Add(text, text)
	}
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, summary, place string) {
		out := string(ical.Feed(summary, []ical.Event{{UID: "1", Summary: summary, Description: place, Location: place, StartsAt: at, EndsAt: at.Add(time.Hour)}}))
		begun := 0
		for line := range strings.SplitSeq(out, "\r\n") {
			if strings.HasPrefix(line, "BEGIN:VEVENT") || strings.HasPrefix(line, "BEGIN:VALARM") {
				begun++
			}
			if strings.ContainsAny(line, "\n\r") {
				t.Errorf("a line within a line: %q", line)
			}
			if len(line) > 75 {
				t.Errorf("a line of %d octets", len(line))
			}
		}
		if begun != 1 {
			t.Errorf("%d events\n%s", begun, out)
		}
	})
}
