package api_test

import (
	"fmt"
	"strings"
	"testing"

	"yhdyspinta/api/apitest"
)

// More changes than one mail tells are told by the next ones: each once, none left out,
// and the mail says how many are to come.
func TestFollowedChangesBeyondOneMail(t *testing.T) {
	t.Parallel()
	e, f, goal, _, _ := followingTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.As("Pekka").Post("/me/following", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID}).Want(200)
	sleep(e, "2026-12-07")
	morning(e, service, server)
	const n = 130
	for i := range n {
		in := actionInput(f, fmt.Sprintf("Uusi-%03d", i), "esp_education_head", "2027-06-04")
		in["goalIds"] = []any{goal.ID}
		createAction(e, "espoo coordinator", in)
	}
	var all string
	for _, m := range []struct{ day, rest string }{{"2026-12-08", "Lisäksi 30 muutosta kerrotaan seuraavassa koosteessa."}, {"2026-12-09", ""}} {
		sleep(e, m.day)
		_, text, _ := to(t, morning(e, service, server), "pekka")
		if m.rest != "" && !strings.Contains(text, m.rest) || m.rest == "" && strings.Contains(text, "seuraavassa koosteessa") {
			t.Errorf("on %s of the rest:\n%s", m.day, text[max(0, len(text)-900):])
		}
		all += text
	}
	for i := range n {
		if got := strings.Count(all, fmt.Sprintf("Uusi-%03d", i)); got != 1 {
			t.Errorf("change %d is told %d times", i, got)
		}
	}
	sleep(e, "2026-12-10")
	if got := morning(e, service, server); len(got) != 0 {
		t.Errorf("told again to %s", addressees(got))
	}
}
