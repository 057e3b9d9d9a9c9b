package main

import (
	"strings"
	"testing"

	"yhdyspinta/cmd/yhdyspinta/demodata"
)

// Whoever signs in sees all that the account may do, the widest role first.
func TestDemoAccountsShowEveryRole(t *testing.T) {
	t.Parallel()
	d, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	hints := map[string]string{}
	for _, issuer := range []string{"espoo", "luvn"} {
		for _, a := range demoAccounts(d, issuer) {
			hints[a.Subject] = strings.Join([]string{a.RoleHint["fi"], a.RoleHint["sv"], a.RoleHint["en"]}, " | ")
		}
	}
	for subject, want := range map[string]string{
		"esp-wellbeing-coord": "HYTE-koordinaattori, foorumin sihteeri, esihenkilö | Koordinator, forumets sekreterare, chef | Coordinator, forum secretary, manager",
		"luvn-hyte-coord":     "HYTE-koordinaattori, foorumin sihteeri | Koordinator, forumets sekreterare | Coordinator, forum secretary",
		"esp-youth-head":      "Esihenkilö | Chef | Manager",
	} {
		if hints[subject] != want {
			t.Errorf("%s: %q, want %q", subject, hints[subject], want)
		}
	}
}
