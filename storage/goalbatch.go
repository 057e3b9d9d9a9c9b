package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/goal"
)

// GoalBatch implements goal.BatchStore.
type GoalBatch struct {
	*GoalStore
	adding         int
	numbers        []int                       // reserved and not used yet
	before         map[domain.GoalID]goal.Goal // those that change
	added, changed []goal.Goal
}

// Batch implements goal.Store.
func (s *GoalStore) Batch(changing []goal.Goal, adding int) (goal.BatchStore, error) {
	b := &GoalBatch{GoalStore: s, adding: adding, before: map[domain.GoalID]goal.Goal{}}
	ids := make([]domain.GoalID, len(changing))
	for i, g := range changing {
		ids[i], b.before[g.ID] = g.ID, g
	}
	if len(ids) == 0 {
		return b, nil
	}
	if err := s.tx.Exec("select id from goal where id = any(?) order by id for no key update", asOne(ids)).Error; err != nil {
		return b, fmt.Errorf("lock goals: %w", err)
	}
	return b, nil
}

// Get implements goal.Store: of what is kept, as it is kept. What was kept last is
// asked for first.
func (b *GoalBatch) Get(scope domain.Scope, id domain.GoalID) (goal.Goal, error) {
	for _, kept := range [][]goal.Goal{b.changed, b.added} {
		for i := len(kept) - 1; i >= 0; i-- {
			if kept[i].ID == id {
				return kept[i], nil
			}
		}
	}
	return b.GoalStore.Get(scope, id)
}

// NextNo implements goal.Store: all numbers are reserved at once.
func (b *GoalBatch) NextNo() (no int, err error) {
	if len(b.numbers) == 0 {
		if b.numbers, err = b.tx.nextNumbers("goal_no_seq", b.adding-len(b.added)); err != nil {
			return 0, err
		}
	}
	no, b.numbers = b.numbers[0], b.numbers[1:]
	return no, nil
}

// nextNumbers takes so many numbers of a sequence, at least one, in their order.
func (tx Tx) nextNumbers(sequence string, n int) (numbers []int, err error) {
	err = tx.Raw("select nextval(?::regclass) as no from generate_series(1, ?) order by no", sequence, max(n, 1)).Scan(&numbers).Error
	if err != nil {
		return nil, fmt.Errorf("reserve numbers of %s: %w", sequence, err)
	}
	return numbers, nil
}

// Insert implements goal.Store.
func (b *GoalBatch) Insert(g goal.Goal) error {
	b.added = append(b.added, g)
	return nil
}

// Update implements goal.Store.
func (b *GoalBatch) Update(g goal.Goal) (goal.Goal, error) {
	g.Version++
	b.changed = append(b.changed, g)
	return g, nil
}

// goalLinks are the tables of what a goal links to others.
var goalLinks = []linkTable[goal.Goal]{
	{"goal_target_group", "goal_id", "target_group_id", "", func(g goal.Goal) []domain.AnyID { return anyIDs(g.TargetGroupIDs) }},
	{"tag_link", "subject_id", "tag_id", "goal", func(g goal.Goal) []domain.AnyID { return anyIDs(g.TagIDs) }},
}

// Save implements goal.BatchStore.
func (b *GoalBatch) Save() error {
	for _, g := range b.changed { // the goals are locked: no action comes to one meanwhile
		if g.PlanID != b.before[g.ID].PlanID {
			if _, err := b.tx.holdActions(actionsOfGoal, g.ID); err != nil {
				return err
			}
		}
	}
	rows := make([]goalRow, 0, len(b.added))
	for _, g := range b.added {
		rows = append(rows, rowOfGoal(g))
	}
	if err := upsert(b.tx, rows, "id", goalColumns, ""); err != nil {
		return fmt.Errorf("insert goals: %w", err)
	}
	rows = rows[:0]
	for _, g := range b.changed {
		rows = append(rows, rowOfGoal(g))
	}
	written, err := upserted(b.tx, rows, "id", goalColumns, "goal.version = excluded.version - 1")
	if err != nil {
		return fmt.Errorf("update goals: %w", err)
	}
	if written != len(rows) {
		return domain.Conflict("import_outdated", "", "a goal changed meanwhile")
	}
	return b.saveParts()
}

// saveParts saves the links of all goals, and what follows from another plan.
func (b *GoalBatch) saveParts() error {
	all := slices.Concat(b.added, b.changed)
	for _, l := range goalLinks {
		var c linkChanges
		for _, g := range all {
			c.add(domain.AnyID{UUID: g.ID.UUID}, l.ids(b.before[g.ID]), l.ids(g))
		}
		if err := b.tx.saveLinkChanges(l.table, l.owner, l.column, l.kind, c); err != nil {
			return err
		}
	}
	for _, g := range all { // files change none of these but the plan
		before := b.before[g.ID]
		subject := domain.SubjectOf(domain.SubjectGoal, g.ID)
		if !sameReferences(g.References, before.References) {
			if err := b.tx.saveReferences(subject, g.References); err != nil {
				return err
			}
		}
		if !sameIDs(g.StageIDs, before.StageIDs) || !sameIDs(g.HandoverIDs, before.HandoverIDs) {
			if err := b.tx.savePins(subject, g.StageIDs, g.HandoverIDs); err != nil {
				return err
			}
		}
		if !before.ID.IsZero() && g.PlanID != before.PlanID {
			if err := b.tx.keepRhythms(actionsOfGoal, g.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
