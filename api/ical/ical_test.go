package ical

import (
	"strings"
	"testing"
	"time"
)

// Calendar programs refuse what RFC 5545 forbids: a parameter said twice, a line
// over 75 octets, a line that ends without CR.
func TestFeedKeepsTheFormat(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	text := string(Feed("Lasten, nuorten ja perheiden yhdyspintaryhmä; ääkkösiä riittää ääkkösiä riittää", []Event{{UID: "a@b", StartsAt: at, EndsAt: at.Add(time.Hour), Summary: strings.Repeat("ä", 200)}}))
	lines := strings.Split(text, "\r\n")
	for _, line := range lines {
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
		name, _, _ := strings.Cut(line, ":")
		seen := map[string]bool{}
		for _, param := range strings.Split(name, ";")[1:] {
			key, _, _ := strings.Cut(param, "=")
			if seen[key] {
				t.Errorf("%s twice: %q", key, line)
			}
			seen[key] = true
		}
	}
	if !strings.Contains(text, "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n") || lines[len(lines)-1] != "" {
		t.Errorf("%q", text)
	}
}

// A carriage return in a text is a line break of that text, not of the calendar.
func TestNoTextAddsALine(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	out := string(Feed("a\rb", []Event{{UID: "1", Summary: "a\r\nb\x07", Location: "x\rEND:VEVENT", StartsAt: at, EndsAt: at}}))
	for _, want := range []string{"X-WR-CALNAME:a\\nb\r\n", "SUMMARY:a\\nb\r\n", "LOCATION:x\\nEND:VEVENT\r\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
