package api_test

import (
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: Pekka follows a goal. An action is made for it, and its due date is moved
// soon after; both are told. Then there is no mail server for three weeks, and what
// changed meanwhile is told afterwards, with its day, once.
func TestFollowersAreToldLater(t *testing.T) {
	t.Parallel()
	e, f, goal, _, _ := followingTopology(t)
	server := apitest.NewMailServer(t)
	service, without := e.Mails(sender(t, server)), e.Mails(nil)
	e.As("Pekka").Post("/me/following", apitest.JSON{"subjectKind": "goal", "subjectId": goal.ID}).Want(200)
	sleep(e, "2026-11-24")
	in := actionInput(f, "Uusi toimi", "esp_education_head", "2027-06-04")
	in["goalIds"] = []any{goal.ID}
	made := createAction(e, "espoo coordinator", in)
	if _, text, _ := to(t, morning(e, service, server), "pekka"); !strings.Contains(text, "Uusi toimi") {
		t.Errorf("made: %s", text)
	}
	sleep(e, "2026-11-26")
	in["dueOn"], in["reason"] = "2027-09-30", "Hankinta siirtyi"
	e.As("espoo coordinator").Put("/actions/"+made.ID.String(), etagOf(made), in).Want(200)
	if _, text, _ := to(t, morning(e, service, server), "pekka"); !strings.Contains(text, "4.6.2027 → 30.9.2027") {
		t.Errorf("moved: %s", text)
	}

	sleep(e, "2026-11-27")
	open := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
	report(e, "espoo coordinator", open, apitest.JSON{"status": "in_progress", "text": apitest.JSON{"fi": "Ohje on sovittu", "sv": "Anvisning"}}).Want(200)
	for _, day := range []string{"2026-11-30", "2026-12-07", "2026-12-14"} {
		sleep(e, day)
		morning(e, without, server)
	}
	sleep(e, "2026-12-18")
	_, text, _ := to(t, morning(e, service, server), "pekka")
	if !strings.Contains(text, "Ohje on sovittu") || !strings.Contains(text, "27.11.2026") || strings.Contains(text, "30.9.2027") {
		t.Errorf("afterwards: %s", text)
	}
	sleep(e, "2026-12-21")
	if got := morning(e, service, server); len(got) != 0 {
		t.Errorf("told again to %s", addressees(got))
	}
}
