package goal

import (
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Goal is a goal of a plan: a shared one, or one of a party under a shared one.
type Goal struct {
	ID               domain.GoalID          `audit:"ignore"`
	No               int                    `audit:"track"` // the number people use; unique, never reused
	PlanID           domain.PlanID          `audit:"track"`
	ThemeID          domain.ThemeID         `audit:"track"`
	SharedGoalID     domain.GoalID          `audit:"track"`  // above a goal of a party; zero: it is a shared goal
	PartyID          domain.PartyID         `audit:"track"`  // whose goal it is; zero: it is a shared goal
	SharedGoal       *Ref                   `audit:"ignore"` // of SharedGoalID as the reader may see it; filled by storage
	PartyGoals       []Ref                  `audit:"ignore"` // under this one, by number; of whole goals only, filled by storage
	Title            domain.Text            `audit:"track"`
	Description      domain.Text            `audit:"track"`
	TargetGroupIDs   []domain.TargetGroupID `audit:"track"`
	TagIDs           []domain.TagID         `audit:"track"`
	StageIDs         []domain.StageID       `audit:"track"`  // of service chains, at which it is pinned
	HandoverIDs      []domain.HandoverID    `audit:"track"`  // likewise
	Pins             domain.Pins            `audit:"ignore"` // names what both ids name; filled by storage
	Responsibilities []domain.Responsible   `audit:"ignore"` // one lead per principal party, and others; each has entries of its own
	References       domain.References      `audit:"track"`
	Visibility       domain.Visibility      `audit:"track"`
	VisibilityGround string                 `audit:"track"` // why it is internal
	Ending           EndingKind             `audit:"track"` // "": it has not ended
	EndedOn          domain.Date            `audit:"track"`
	EndingReason     domain.Text            `audit:"track"`
	IntoID           domain.GoalID          `audit:"track"`  // in which it goes on; zero: in none
	Into             *Ref                   `audit:"ignore"` // the same as the reader may see it; filled by storage
	From             []Ref                  `audit:"ignore"` // goals that go on in this one; of whole goals only, filled by storage
	Version          int                    `audit:"ignore"`
	CreatedAt        time.Time              `audit:"ignore"`
	UpdatedAt        time.Time              `audit:"ignore"`
}

// Edit is what a coordinator can say of a goal.
type Edit struct {
	PlanID           domain.PlanID
	ThemeID          domain.ThemeID
	SharedGoalID     domain.GoalID  // zero with PartyID: a shared goal
	PartyID          domain.PartyID // whose goal it is, under the shared one
	Title            domain.Text
	Description      domain.Text
	TargetGroupIDs   []domain.TargetGroupID
	TagIDs           []domain.TagID
	StageIDs         []domain.StageID
	HandoverIDs      []domain.HandoverID
	Responsibilities []domain.Responsible
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
	Ending           *EndingEdit // nil: it has not ended
	Reason           string      // why an ending is taken back; for the log
}

// Limits of text, in characters.
const (
	maxTitle       = 300
	maxDescription = 5000
)

// New makes a goal with the given number, or says what is wrong with the edit.
func New(id domain.GoalID, no int, e Edit, now time.Time) (Goal, error) {
	g := Goal{ID: id, No: no, Version: 1, CreatedAt: now}
	return g, g.Change(e, now)
}

// Change replaces what can be edited, or says everything that is wrong.
func (g *Goal) Change(e Edit, now time.Time) error {
	e.Title, e.Description = e.Title.Trim(), e.Description.Trim()
	var v domain.Violations
	v.Require(!e.PlanID.IsZero(), "/planId")
	v.Require(!e.ThemeID.IsZero(), "/themeId")
	e.Title.Check(&v, "/title", true, maxTitle)
	e.Description.Check(&v, "/description", false, maxDescription)
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	domain.CheckResponsibles(&v, e.Responsibilities)
	e.References.Check(&v)
	if e.Reason = strings.TrimSpace(e.Reason); len([]rune(e.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	n := *g
	n.level(e, &v)
	n.end(e, &v, now)
	if err := v.Err(); err != nil {
		return err
	}
	*g = n
	g.PlanID, g.ThemeID, g.Title, g.Description = e.PlanID, e.ThemeID, e.Title, e.Description
	g.TargetGroupIDs, g.TagIDs, g.Responsibilities, g.References = e.TargetGroupIDs, e.TagIDs, e.Responsibilities, e.References
	g.StageIDs, g.HandoverIDs = e.StageIDs, e.HandoverIDs
	g.Visibility, g.VisibilityGround = e.Visibility, e.VisibilityGround
	g.UpdatedAt = now
	return nil
}

// Words are the principal parties without whose word an edit is not made: those
// whose posts have a part in force in a goal that would be public no more, that would
// end, whose ending would be taken back, or that would become one of another plan or
// at another level. What a goal says is drafted, and its
// responsibilities are agreed on one by one.
func (g Goal) Words(e Edit) []domain.PartyID {
	if g.endsOtherwise(e) || e.PlanID != g.PlanID || e.PartyID != g.PartyID || g.Visibility == domain.Public && e.Visibility != domain.Public {
		return g.answering()
	}
	return nil
}

// termsSince is what the goal names of the vocabularies, beside what it named
// before.
func (g Goal) termsSince(old Goal) []domain.TermUse {
	return []domain.TermUse{
		domain.UseOf(domain.SubjectTheme, "/themeId", []domain.ThemeID{old.ThemeID}, []domain.ThemeID{g.ThemeID}),
		domain.UseOf(domain.SubjectTargetGroup, "/targetGroupIds", old.TargetGroupIDs, g.TargetGroupIDs),
		domain.UseOf(domain.SubjectTag, "/tagIds", old.TagIDs, g.TagIDs),
	}
}

// pinsSince is what the goal names of service chains, beside what it named before.
func (g Goal) pinsSince(old Goal) domain.PinUse {
	return domain.PinUse{OldStages: old.StageIDs, Stages: g.StageIDs, OldHandovers: old.HandoverIDs, Handovers: g.HandoverIDs}
}

// Resource is what permissions on the goal are asked for.
func (g Goal) Resource() domain.Resource { return domain.ResourceOf(g.Responsibilities) }
