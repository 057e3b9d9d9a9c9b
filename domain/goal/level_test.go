package goal

import (
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// Where a goal of a party may stand, and whose word it is to move one.
func TestLevel(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, domain.Helsinki)
	var espoo domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	var itself, above domain.GoalID
	itself.SetNew(domain.UUIDv7)
	above.SetNew(domain.UUIDv7)
	var plan, next domain.PlanID
	plan.SetNew(domain.UUIDv7)
	next.SetNew(domain.UUIDv7)
	var theme domain.ThemeID
	theme.SetNew(domain.UUIDv7)
	code := func(err error) string {
		if e, ok := errors.AsType[*domain.Error](err); ok {
			return e.Fields[0].Pointer + " " + e.Fields[0].Code
		}
		return ""
	}
	for name, tt := range map[string]struct {
		shared domain.GoalID
		party  domain.PartyID
		want   string
	}{
		"shared":        {},
		"of a party":    {shared: above, party: espoo},
		"of nobody":     {shared: above, want: "/partyId required"},
		"under nothing": {party: espoo, want: "/sharedGoalId required"},
		"under itself":  {shared: itself, party: espoo, want: "/sharedGoalId itself"},
	} {
		g := Goal{ID: itself}
		err := g.Change(Edit{PlanID: plan, ThemeID: theme, Title: domain.Text{FI: "a", SV: "b"}, Visibility: domain.Public, SharedGoalID: tt.shared, PartyID: tt.party}, now)
		if code(err) != tt.want || err == nil && g.IsParty() != !tt.party.IsZero() {
			t.Errorf("%s: %v", name, err)
		}
	}
	g := Goal{ID: itself, PlanID: plan, SharedGoalID: above, PartyID: espoo}
	for name, tt := range map[string]struct {
		old       Goal
		shared    *Goal
		principal bool
		want      string
	}{
		"under a shared goal":                                     {shared: &Goal{PlanID: plan}, principal: true},
		"under what is not seen":                                  {principal: true, want: "/sharedGoalId unknown"},
		"under a party's goal":                                    {shared: &Goal{PlanID: plan, PartyID: espoo}, principal: true, want: "/sharedGoalId not_shared"},
		"under what has ended":                                    {shared: &Goal{PlanID: plan, Ending: Cancelled}, principal: true, want: "/sharedGoalId goal_over"},
		"under one of another plan":                               {shared: &Goal{PlanID: next}, principal: true, want: "/sharedGoalId other_plan"},
		"of no principal party":                                   {shared: &Goal{PlanID: plan}, want: "/partyId not_principal"},
		"with parties' goals under it":                            {old: Goal{PartyGoals: []Ref{{}}}, shared: &Goal{PlanID: plan}, principal: true, want: "/sharedGoalId has_party_goals"},
		"where it was, while the shared goal is in the next plan": {old: g, shared: &Goal{PlanID: next}, principal: true},
	} {
		if got := code(g.checkLevel(tt.old, tt.shared, tt.principal)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	shared := Goal{PlanID: plan, Responsibilities: []domain.Responsible{{PartyID: espoo, Principal: true, Part: domain.Lead, Standing: domain.InForce}}}
	for name, tt := range map[string]struct {
		e    Edit
		want int
	}{
		"stays": {Edit{PlanID: plan}, 0}, "goes to the next plan": {Edit{PlanID: next}, 1}, "becomes a party's": {Edit{PlanID: plan, PartyID: espoo, SharedGoalID: above}, 1},
	} {
		if got := len(shared.Words(tt.e)); got != tt.want {
			t.Errorf("%s: the words of %d, want %d", name, got, tt.want)
		}
	}
}
