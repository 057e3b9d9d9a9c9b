package comparison

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"yhdyspinta/domain"
)

// The extent of a comparison.
const (
	MaxItems      = 1000   // told in full; the counts are of all
	MaxCandidates = 20_000 // goals, and actions, that may differ between the days
	batch         = 500
)

// Plan is what is compared of the plan itself.
type Plan struct {
	ID          domain.PlanID     `audit:"ignore"`
	Key         string            `audit:"ignore"`
	Title       domain.Text       `audit:"track"`
	CouncilTerm string            `audit:"track"`
	StartsOn    domain.Date       `audit:"track"`
	EndsOn      domain.Date       `audit:"track"`
	Rhythm      domain.Rhythm     `audit:"track"`
	Visibility  domain.Visibility `audit:"track"`
}

// Responsibility is what a post had in force in a goal or action.
type Responsibility struct {
	PostID domain.PostID `json:"postId"`
	Part   domain.Part   `json:"part"`
}

// Goal is what is compared of a goal.
type Goal struct {
	ID               domain.GoalID          `audit:"ignore"`
	No               int                    `audit:"ignore"`
	Title            domain.Text            `audit:"track"`
	Description      domain.Text            `audit:"track"`
	ThemeID          domain.ThemeID         `audit:"track"`
	SharedGoalID     domain.GoalID          `audit:"track"` // above a goal of a party
	PartyID          domain.PartyID         `audit:"track"` // whose goal it is; zero: a shared goal
	TargetGroupIDs   []domain.TargetGroupID `audit:"track"`
	Responsibilities []Responsibility       `audit:"track"`
	Visibility       domain.Visibility      `audit:"track"`
	Ending           string                 `audit:"track"` // goal.EndingKind; "": it has not ended
}

// Action is what is compared of an action.
type Action struct {
	ID               domain.ActionID        `audit:"ignore"`
	No               int                    `audit:"ignore"`
	Title            domain.Text            `audit:"track"`
	Description      domain.Text            `audit:"track"`
	GoalIDs          []domain.GoalID        `audit:"track"` // of the plan
	Status           string                 `audit:"track"`
	StartsOn         domain.Date            `audit:"track"`
	StartsPrecision  domain.Precision       `audit:"track"`
	DueOn            domain.Date            `audit:"track"`
	DuePrecision     domain.Precision       `audit:"track"`
	TargetGroupIDs   []domain.TargetGroupID `audit:"track"`
	DistrictIDs      []domain.DistrictID    `audit:"track"`
	Responsibilities []Responsibility       `audit:"track"`
	Visibility       domain.Visibility      `audit:"track"`
}

// Kind says what became of a thing.
type Kind string

// The kinds of difference.
const (
	Added   Kind = "added"   // was not in the plan on the first day
	Removed Kind = "removed" // is not in the plan on the second
	Changed Kind = "changed"
)

// Side is one of the days.
type Side string

// The sides of a comparison.
const (
	SideFrom Side = "from"
	SideTo   Side = "to"
)

// Item is a goal or action that differs, or the plan itself.
type Item struct {
	Subject domain.SubjectKind
	ID      domain.AnyID
	No      int         // of a goal or action
	Title   domain.Text // on the second day; of what was removed, on the first
	Kind    Kind
	Changes []domain.Change // of what was added the new values only, of what was removed the old ones
	Why     *Why            // of a goal that another plan has no more; nil where it did not end
}

// Why tells how a goal ended that was not carried over.
type Why struct {
	Ending string // goal.EndingKind
	Reason domain.Text
	Into   *Name // in which it goes on, as far as the reader may know
}

// Counts are how many goals, or actions, became what.
type Counts struct{ Added, Removed, Changed, Unchanged int }

// Name names a thing that the values of changes refer to.
type Name struct {
	Title domain.Text
	No    int
	Path  string
}

// Comparison is what differs between a plan on two days.
type Comparison struct {
	Plan     Plan // as it is today
	Before   Plan // with which it is compared: itself or another
	From, To domain.Date
	Missing  []Side // on which there was no plan that the reader may see, so that nothing is compared
	Goals    Counts
	Actions  Counts
	Items    []Item // the plan, the goals by number, the actions by number; the first MaxItems
	Left     int    // how many more there are
	Names    map[domain.AnyID]Name
}

// Store reads what is compared, on the day that its transaction shows. Its reads
// start from the scope, but for Candidates.
type Store interface {
	// Plan returns the plan with this id or key, or NotFound.
	Plan(scope domain.Scope, idOrKey string) (Plan, error)
	// Candidates returns the goals and actions that belong to the plan at the end of one
	// of the days and may differ between them, whoever may see them, each by number and
	// at most one more than MaxCandidates.
	Candidates(plan domain.PlanID, from, to domain.Date) ([]domain.GoalID, []domain.ActionID, error)
	// Members returns the goals of the plan and the actions for them on the day that the
	// transaction shows, as the scope may see them, each by number and at most one more
	// than MaxCandidates.
	Members(scope domain.Scope, plan domain.PlanID) ([]domain.GoalID, []domain.ActionID, error)
	// Endings tells of those of the goals that have ended why they did.
	Endings(scope domain.Scope, ids []domain.GoalID) (map[domain.GoalID]Why, error)
	// Count counts the goals of the plan and the actions for them.
	Count(scope domain.Scope, plan domain.PlanID) (goals, actions int, err error)
	// Goals returns those of the goals that belong to the plan.
	Goals(scope domain.Scope, plan domain.PlanID, ids []domain.GoalID) (map[domain.GoalID]Goal, error)
	// Actions returns those of the actions that are for a goal of the plan.
	Actions(scope domain.Scope, plan domain.PlanID, ids []domain.ActionID) (map[domain.ActionID]Action, error)
	// Names names what a text refers to by id, as the scope may be told today.
	Names(scope domain.Scope, text string) (map[domain.AnyID]Name, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Comparison Store }

// Service holds the use case of comparisons.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	Clock domain.Clock
}

// side is the plan at the end of one of the days.
type side struct {
	plan          *Plan // nil if there was none
	goals         map[domain.GoalID]Goal
	actions       map[domain.ActionID]Action
	goalsN, actsN int
}

// Of compares a plan that the actor may see today between the ends of two days; to
// is today if it is zero. What only one of the days has is told as added or removed;
// where the plan itself is Missing on a day, nothing is.
// Invalid if a day is to come, the first is not before the second, or more than
// MaxCandidates goals or actions may differ.
//
// With another plan as before, that one at the end of the first day is compared with
// the plan at the end of the second, which may be the same day: what was carried over
// is the same goal in both.
func (s *Service) Of(ctx context.Context, actor domain.Actor, idOrKey, before string, from, to domain.Date) (c Comparison, err error) {
	today := s.Clock.Today()
	if to.IsZero() {
		to = today
	}
	switch {
	case to.After(today):
		return c, domain.InvalidField("to", "in_future")
	case before == "" && !from.Before(to) || to.Before(from):
		return c, domain.InvalidField("from", "not_before_to")
	}
	c.From, c.To = from, to
	var goals []domain.GoalID
	var actions []domain.ActionID
	err = s.UoW.Read(ctx, func(st Stores) error {
		if c.Plan, err = st.Comparison.Plan(actor.Scope(), idOrKey); err != nil {
			return err
		}
		if c.Before = c.Plan; before != "" {
			if c.Before, err = st.Comparison.Plan(actor.Scope(), before); err != nil {
				return err
			}
		}
		if c.Before.ID == c.Plan.ID {
			goals, actions, err = st.Comparison.Candidates(c.Plan.ID, from, to)
		}
		return err
	})
	if err == nil && c.Before.ID != c.Plan.ID {
		goals, actions, err = s.members(ctx, actor, c)
	}
	if err != nil {
		return c, err
	}
	if len(goals) > MaxCandidates || len(actions) > MaxCandidates {
		return c, domain.InvalidField("from", "too_much_changed")
	}
	old, err := s.side(ctx, actor, c.Before.ID, from, goals, actions)
	if err != nil {
		return c, err
	}
	after, err := s.side(ctx, actor, c.Plan.ID, to, goals, actions)
	if err != nil {
		return c, err
	}
	if old.plan == nil {
		c.Missing = append(c.Missing, SideFrom)
	}
	if after.plan == nil {
		c.Missing = append(c.Missing, SideTo)
	}
	if len(c.Missing) > 0 {
		return c, nil
	}
	c.compare(old, after, goals, actions)
	err = s.UoW.Read(ctx, func(st Stores) error {
		if c.Before.ID != c.Plan.ID {
			if err := c.explain(st, actor.Scope()); err != nil {
				return err
			}
		}
		text, err := json.Marshal(c.Items)
		if err != nil {
			return fmt.Errorf("write what differs: %w", err)
		}
		c.Names, err = st.Comparison.Names(actor.Scope(), string(text))
		return err
	})
	return c, err
}

// Names names things by their ids on the day shown, each that everybody may be told of, and
// to the parties' people also what is internal; papers of meetings and persons are none of
// these. What it does not know is left out.
func (s *Service) Names(ctx context.Context, actor domain.Actor, ids []domain.AnyID) (names map[domain.AnyID]Name, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	text := make([]string, len(ids))
	for i, id := range ids {
		text[i] = id.String()
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		names, err = st.Comparison.Names(actor.Scope(), strings.Join(text, " "))
		return err
	})
	return names, err
}

// members are all goals and actions of both plans, each on its day.
func (s *Service) members(ctx context.Context, actor domain.Actor, c Comparison) (goals []domain.GoalID, actions []domain.ActionID, err error) {
	for _, side := range []struct {
		plan domain.PlanID
		day  domain.Date
	}{{c.Before.ID, c.From}, {c.Plan.ID, c.To}} {
		err = s.UoW.Read(domain.WithAsOf(ctx, side.day.EndOfDay()), func(st Stores) error {
			g, a, err := st.Comparison.Members(actor.Scope(), side.plan)
			goals, actions = append(goals, g...), append(actions, a...)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return once(goals), once(actions), nil
}

// once keeps the first of each.
func once[T comparable](all []T) (out []T) {
	seen := map[T]bool{}
	for _, x := range all {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// explain says of goals that were removed why they ended.
func (c *Comparison) explain(st Stores, scope domain.Scope) error {
	var removed []domain.GoalID
	for _, item := range c.Items {
		if item.Subject == domain.SubjectGoal && item.Kind == Removed {
			removed = append(removed, domain.GoalID{UUID: item.ID.UUID})
		}
	}
	why, err := st.Comparison.Endings(scope, removed)
	for i, item := range c.Items {
		if w, ok := why[domain.GoalID{UUID: item.ID.UUID}]; ok && item.Kind == Removed {
			c.Items[i].Why = &w
		}
	}
	return err
}

// side reads what may differ at the end of a day.
func (s *Service) side(ctx context.Context, actor domain.Actor, plan domain.PlanID, day domain.Date, goals []domain.GoalID, actions []domain.ActionID) (out side, err error) {
	out.goals, out.actions = map[domain.GoalID]Goal{}, map[domain.ActionID]Action{}
	err = s.UoW.Read(domain.WithAsOf(ctx, day.EndOfDay()), func(st Stores) error {
		p, err := st.Comparison.Plan(actor.Scope(), plan.String())
		if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
			return nil // there was none that the actor may see
		}
		if err != nil {
			return err
		}
		out.plan = &p
		if out.goalsN, out.actsN, err = st.Comparison.Count(actor.Scope(), plan); err != nil {
			return err
		}
		err = inBatches(goals, func(ids []domain.GoalID) error {
			return add(out.goals)(st.Comparison.Goals(actor.Scope(), plan, ids))
		})
		if err != nil {
			return err
		}
		return inBatches(actions, func(ids []domain.ActionID) error {
			return add(out.actions)(st.Comparison.Actions(actor.Scope(), plan, ids))
		})
	})
	return out, err
}

func inBatches[T any](all []T, use func([]T) error) error {
	for len(all) > 0 {
		n := min(batch, len(all))
		if err := use(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

func add[K comparable, V any](to map[K]V) func(map[K]V, error) error {
	return func(more map[K]V, err error) error {
		maps.Copy(to, more)
		return err
	}
}

// compare fills in what differs between the sides.
func (c *Comparison) compare(before, after side, goals []domain.GoalID, actions []domain.ActionID) {
	c.note(Item{Subject: domain.SubjectPlan, ID: domain.AnyID{UUID: c.Plan.ID.UUID}, Title: after.plan.Title, Kind: Changed}, domain.Diff(*before.plan, *after.plan), nil)
	for _, id := range goals {
		old, was := before.goals[id]
		now, is := after.goals[id]
		item := Item{Subject: domain.SubjectGoal, ID: domain.AnyID{UUID: id.UUID}, No: now.No, Title: now.Title, Kind: kindOf(was, is)}
		if !is {
			item.No, item.Title = old.No, old.Title
		}
		c.note(item, domain.Diff(old, now), &c.Goals)
	}
	for _, id := range actions {
		old, was := before.actions[id]
		now, is := after.actions[id]
		item := Item{Subject: domain.SubjectAction, ID: domain.AnyID{UUID: id.UUID}, No: now.No, Title: now.Title, Kind: kindOf(was, is)}
		if !is {
			item.No, item.Title = old.No, old.Title
		}
		c.note(item, domain.Diff(old, now), &c.Actions)
	}
	c.Goals.Unchanged = after.goalsN - c.Goals.Added - c.Goals.Changed
	c.Actions.Unchanged = after.actsN - c.Actions.Added - c.Actions.Changed
}

func kindOf(was, is bool) Kind {
	switch {
	case was && !is:
		return Removed
	case is && !was:
		return Added
	default:
		return Changed
	}
}

// note counts an item that differs, and tells it if there is room.
func (c *Comparison) note(item Item, changes []domain.Change, counts *Counts) {
	if len(changes) == 0 {
		return
	}
	if counts != nil {
		switch item.Kind {
		case Added:
			counts.Added++
		case Removed:
			counts.Removed++
		case Changed:
			counts.Changed++
		}
	}
	if len(c.Items) >= MaxItems {
		c.Left++
		return
	}
	item.Changes = changes
	c.Items = append(c.Items, item)
}
