package api_test

import (
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// Each reason is said in each language; what depends on numbers, once with one
// and once with many.
func TestConditionsAreExplainedInWords(t *testing.T) {
	t.Parallel()
	n := func(days int) *int { return &days }
	on := domain.NewDate(2026, 9, 30)
	step := func(kind action.TaskKind) *action.Task {
		return &action.Task{Kind: kind, Title: domain.Text{FI: "Kokeilu kahdessa koulussa", EN: "Pilot in two schools"}}
	}
	for _, tt := range []struct {
		x          action.Explanation
		fi, sv, en string
	}{
		{action.Explanation{Code: "late", Days: n(1), On: on}, "Myöhässä 1 päivä. Määräaika oli 30.9.2026.", "Försenad 1 dag. Tidsfristen var 30.9.2026.", "Late by 1 day. It was due on 30 September 2026."},
		{action.Explanation{Code: "milestone_late", Days: n(54), On: on, Task: step(action.KindMilestone)}, "Myöhässä 54 päivää. Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika oli 30.9.2026.",
			"Försenad 54 dagar. Tidsfristen för milstolpen ”Kokeilu kahdessa koulussa” var 30.9.2026.", "Late by 54 days. The milestone “Pilot in two schools” was due on 30 September 2026."},
		{action.Explanation{Code: "task_soon", Days: n(0), On: on, Task: step(action.KindTask)}, "Osatehtävän määräaika on tänään. Osatehtävän ”Kokeilu kahdessa koulussa” määräaika on 30.9.2026.",
			"En deluppgift har tidsfrist i dag. Tidsfristen för deluppgiften ”Kokeilu kahdessa koulussa” är 30.9.2026.", "A task is due today. The task “Pilot in two schools” is due on 30 September 2026."},
		{action.Explanation{Code: "milestone_soon", Days: n(2), On: on, Task: step(action.KindMilestone)}, "Virstanpylvään määräaikaan on 2 päivää. Virstanpylvään ”Kokeilu kahdessa koulussa” määräaika on 30.9.2026.",
			"2 dagar till en milstolpes tidsfrist. Tidsfristen för milstolpen ”Kokeilu kahdessa koulussa” är 30.9.2026.", "A milestone is due in 2 days. The milestone “Pilot in two schools” is due on 30 September 2026."},
		{action.Explanation{Code: "stale", Days: n(31), Limit: 30, On: on}, "Tietoa ei ole vahvistettu 31 päivään. Raja on 30 päivää. Tilanne on voinut muuttua.",
			"Uppgiften har inte bekräftats på 31 dagar. Gränsen är 30 dagar. Läget kan ha ändrats.", "Not confirmed for 31 days. The limit is 30 days. The situation may have changed."},
		{action.Explanation{Code: "due_soon", Days: n(0), On: on}, "Määräaika on tänään.", "Tidsfristen är i dag.", "Due today."},
		{action.Explanation{Code: "starts_on", Days: n(3), On: on, Precision: domain.Quarter}, "Ei alkanut. Alkaa viimeistään 30.9.2026.", "Inte påbörjad. Börjar senast 30.9.2026.", "Not started. Starts by 30 September 2026."},
		{action.Explanation{Code: "start_passed", Days: n(1), On: on, Precision: domain.Day}, "Ei alkanut. Piti alkaa 30.9.2026, siitä on 1 päivä.", "Inte påbörjad. Skulle ha börjat 30.9.2026, för 1 dag sedan.", "Not started. Was to start on 30 September 2026, 1 day ago."},
	} {
		summary, detail := api.InWords(tt.x)
		for _, said := range []struct{ want, summary, detail string }{{tt.fi, summary.FI, detail.FI}, {tt.sv, summary.SV, detail.SV}, {tt.en, summary.EN, detail.EN}} {
			if got := strings.TrimSpace(said.summary + " " + said.detail); got != said.want {
				t.Errorf("%s: %q, want %q", tt.x.Code, got, said.want)
			}
		}
	}
	for _, code := range []string{"cancelled", "merged", "superseded", "done", "paused", "on_time", "no_due_date", "not_started"} {
		if summary, detail := api.InWords(action.Explanation{Code: code, Days: n(4), On: on}); len(summary.Missing()) > 0 || !detail.IsZero() && len(detail.Missing()) > 0 {
			t.Errorf("%s lacks a language: %+v %+v", code, summary, detail)
		}
	}
}
