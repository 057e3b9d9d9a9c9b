package goal

import (
	"yhdyspinta/domain"
)

// IsParty reports whether the goal is one of a single party, under a shared goal.
// That party alone answers for it; a shared goal answers to all.
func (g Goal) IsParty() bool { return !g.PartyID.IsZero() }

// level takes the level into the goal: neither a shared goal above it nor a party, or
// both.
func (g *Goal) level(e Edit, v *domain.Violations) {
	switch {
	case e.SharedGoalID.IsZero() && !e.PartyID.IsZero():
		v.Add("/sharedGoalId", "required")
	case !e.SharedGoalID.IsZero() && e.PartyID.IsZero():
		v.Add("/partyId", "required")
	case e.SharedGoalID == g.ID && !g.ID.IsZero():
		v.Add("/sharedGoalId", "itself")
	}
	g.SharedGoalID, g.PartyID = e.SharedGoalID, e.PartyID
}

// moved reports whether the goal is to stand elsewhere: in another plan, under
// another goal or at another level.
func (g Goal) moved(old Goal) bool {
	return g.PlanID != old.PlanID || g.SharedGoalID != old.SharedGoalID || g.PartyID != old.PartyID
}

// checkLevel refuses a place of a party's goal that is none: under a goal that the
// actor may not see (shared is nil), that is no shared goal, has ended or is of
// another plan. While a shared goal has been carried over to the next plan its
// party goals stay where they are until their party carries them.
func (g Goal) checkLevel(old Goal, shared *Goal, principal bool) error {
	if !g.IsParty() || !g.moved(old) {
		return nil
	}
	var v domain.Violations
	switch {
	case shared == nil:
		v.Add("/sharedGoalId", "unknown")
	case shared.IsParty():
		v.Add("/sharedGoalId", "not_shared")
	case shared.Ended():
		v.Add("/sharedGoalId", "goal_over")
	case shared.PlanID != g.PlanID:
		v.Add("/sharedGoalId", "other_plan")
	case len(old.PartyGoals) > 0 && !old.IsParty():
		v.Add("/sharedGoalId", "has_party_goals")
	}
	if !principal {
		v.Add("/partyId", "not_principal")
	}
	return v.Err()
}

// Words are the principal parties without whose word an edit of the goal is not made.
// A shared goal that is or was public is of all of them, whoever answers for it: it
// becomes the goal of one only by the word of each.
func (ed Editor) Words(g Goal, e Edit) ([]domain.PartyID, error) {
	if g.IsParty() || e.PartyID.IsZero() {
		return g.Words(e), nil
	}
	public, err := ed.Goals.WasPublic(g.ID)
	if err != nil || !public {
		return g.Words(e), err
	}
	return ed.Goals.Principals()
}

// Permission is what changing the goal is asked for, and of which resource: of a
// party's goal, that party's coordinators.
func (g Goal) Permission() (domain.Permission, domain.Resource) {
	if g.IsParty() {
		return domain.GoalEditParty, domain.Resource{Parties: []domain.PartyID{g.PartyID}}
	}
	return domain.GoalEdit, g.Resource()
}

// check is nil if the actor may change the goal.
func (g Goal) check(actor domain.Actor) error { return actor.Check(g.Permission()) }

// Allowed lists what the actor may do with the goal, in the words for all goals.
func (g Goal) Allowed(actor domain.Actor) []domain.Permission {
	if g.check(actor) == nil {
		return []domain.Permission{domain.GoalEdit}
	}
	return []domain.Permission{}
}
