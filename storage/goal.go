package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/goal"
)

type goalRow struct {
	ID               domain.GoalID
	No               int
	PlanID           domain.PlanID
	ThemeID          domain.ThemeID
	TitleFi          string
	TitleSv          string
	TitleEn          string
	DescriptionFi    string
	DescriptionSv    string
	DescriptionEn    string
	Visibility       domain.Visibility
	VisibilityGround string
	Ending           goal.EndingKind
	EndedOn          domain.Date
	EndingReason     domain.Text `gorm:"embedded;embeddedPrefix:ending_reason_"`
	IntoGoalID       *domain.GoalID
	SharedGoalID     *domain.GoalID
	PartyID          *domain.PartyID
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (goalRow) TableName() string { return "goal" }

func rowOfGoal(g goal.Goal) goalRow {
	return goalRow{ID: g.ID, No: g.No, PlanID: g.PlanID, ThemeID: g.ThemeID,
		TitleFi: g.Title.FI, TitleSv: g.Title.SV, TitleEn: g.Title.EN,
		DescriptionFi: g.Description.FI, DescriptionSv: g.Description.SV, DescriptionEn: g.Description.EN,
		Visibility: g.Visibility, VisibilityGround: g.VisibilityGround,
		Ending: g.Ending, EndedOn: g.EndedOn, EndingReason: g.EndingReason, IntoGoalID: g.IntoID.Ptr(), SharedGoalID: g.SharedGoalID.Ptr(), PartyID: g.PartyID.Ptr(), Version: g.Version,
		CreatedAt: g.CreatedAt, UpdatedAt: g.UpdatedAt}
}

func (r goalRow) entity() goal.Goal {
	return goal.Goal{ID: r.ID, No: r.No, PlanID: r.PlanID, ThemeID: r.ThemeID,
		Title:       domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn},
		Visibility:  r.Visibility, VisibilityGround: r.VisibilityGround,
		Ending: r.Ending, EndedOn: r.EndedOn, EndingReason: r.EndingReason, IntoID: valueOf(r.IntoGoalID), SharedGoalID: valueOf(r.SharedGoalID), PartyID: valueOf(r.PartyID), Version: r.Version,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// goalColumns are those that an edit may change.
var goalColumns = []string{"plan_id", "theme_id", "title_fi", "title_sv", "title_en", "description_fi", "description_sv", "description_en",
	"visibility", "visibility_ground", "ending", "ended_on", "ending_reason_fi", "ending_reason_sv", "ending_reason_en", "into_goal_id", "shared_goal_id", "party_id", "version", "updated_at"}

// GoalStore keeps goals.
type GoalStore struct{ tx Tx }

// NewGoalStore binds the store to a transaction.
func NewGoalStore(tx Tx) *GoalStore { return &GoalStore{tx} }

const goalSelect = `
select g.id, g.no, g.plan_id, g.theme_id, g.title_fi, g.title_sv, g.title_en, g.description_fi, g.description_sv, g.description_en,
       g.visibility, g.visibility_ground, g.ending, g.ended_on, g.ending_reason_fi, g.ending_reason_sv, g.ending_reason_en, g.into_goal_id, g.shared_goal_id, g.party_id, g.version, g.created_at, g.updated_at`

// Get implements goal.Store.
func (s *GoalStore) Get(scope domain.Scope, id domain.GoalID) (goal.Goal, error) {
	return s.one(scope, "g.id = ?", id)
}

// ByNo implements goal.Store.
func (s *GoalStore) ByNo(scope domain.Scope, no int) (goal.Goal, error) {
	return s.one(scope, "g.no = ?", no)
}

func (s *GoalStore) one(scope domain.Scope, cond string, arg any) (goal.Goal, error) {
	rows, err := found[goalRow](s.tx, scope, goalSelect, "goal", "g", cond, arg)
	if err != nil {
		return goal.Goal{}, err
	}
	goals, err := s.complete(scope, rows)
	if err != nil {
		return goal.Goal{}, err
	}
	from, err := s.refs(scope, "g.into_goal_id = ?", goals[0].ID)
	for _, r := range from {
		goals[0].From = append(goals[0].From, r.ref())
	}
	if err != nil {
		return goals[0], err
	}
	under, err := s.refs(scope, "g.shared_goal_id = ?", goals[0].ID)
	for _, r := range under {
		goals[0].PartyGoals = append(goals[0].PartyGoals, r.ref())
	}
	return goals[0], err
}

type goalRefRow struct {
	ID      domain.GoalID
	No      int
	Title   domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Ending  goal.EndingKind
	PartyID *domain.PartyID
}

func (r goalRefRow) ref() goal.Ref {
	return goal.Ref{ID: r.ID, No: r.No, Title: r.Title, Ending: r.Ending, PartyID: valueOf(r.PartyID)}
}

// refs names the goals that the scope may see and that meet a condition, by number,
// at most 200.
func (s *GoalStore) refs(scope domain.Scope, cond string, arg any) ([]goalRefRow, error) {
	var w where
	w.add(cond, arg)
	s.tx.visible(&w, scope, "g", "goal")
	rows, err := query[goalRefRow](s.tx, "select g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.ending, g.party_id from goal g"+w.sql()+" order by g.no limit 200", w.args...)
	if err != nil {
		return nil, fmt.Errorf("name goals: %w", err)
	}
	return rows, nil
}

// others adds to goals where they go on if they have ended, and the shared goals
// above them, with one query.
func (s *GoalStore) others(scope domain.Scope, goals []goal.Goal) error {
	var ids []domain.GoalID
	for _, g := range goals {
		if !g.IntoID.IsZero() {
			ids = append(ids, g.IntoID)
		}
		if g.IsParty() {
			ids = append(ids, g.SharedGoalID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := s.refs(scope, "g.id = any(?)", asOne(ids))
	for _, r := range rows {
		ref := r.ref()
		for i, g := range goals {
			if g.IntoID == r.ID {
				goals[i].Into = &ref
			}
			if g.SharedGoalID == r.ID {
				goals[i].SharedGoal = &ref
			}
		}
	}
	return err
}

// LockEndings implements goal.Store.
func (s *GoalStore) LockEndings() error {
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtext('goal_ending'))").Error; err != nil {
		return fmt.Errorf("wait for other endings of goals: %w", err)
	}
	return nil
}

// complete adds what sits in other tables, with one query for each.
func (s *GoalStore) complete(scope domain.Scope, rows []goalRow) ([]goal.Goal, error) {
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	responsibles, err := s.tx.responsibles(domain.SubjectGoal, ids)
	if err != nil {
		return nil, err
	}
	cases, err := s.tx.cases(domain.SubjectGoal, ids)
	if err != nil {
		return nil, err
	}
	linked, err := s.tx.linked(ids, legalBasesOf(domain.SubjectGoal), tagsOf(domain.SubjectGoal), targetGroupsOfGoals)
	if err != nil {
		return nil, err
	}
	pins, err := s.tx.pins(scope, domain.SubjectGoal, ids)
	if err != nil {
		return nil, err
	}
	goals := make([]goal.Goal, len(rows))
	for i, r := range rows {
		goals[i] = r.entity()
		goals[i].Responsibilities, goals[i].References.Cases, goals[i].Pins = responsibles[ids[i]], cases[ids[i]], pins[ids[i]]
		goals[i].StageIDs, goals[i].HandoverIDs = goals[i].Pins.StageIDs(), goals[i].Pins.HandoverIDs()
		setIDs(&goals[i].References.LegalBases, linked[0][ids[i]])
		setIDs(&goals[i].TagIDs, linked[1][ids[i]])
		setIDs(&goals[i].TargetGroupIDs, linked[2][ids[i]])
	}
	return goals, s.others(scope, goals)
}

var goalOrdering = ordering{
	keys: map[string]sortKey{
		"no":        {"g.no", "integer"},
		"title":     {`g.title_fi collate "fi"`, "text"},
		"theme":     {"t.position", "integer"},
		"updatedAt": {"g.updated_at", "timestamptz"},
	},
	standard: "no",
	id:       "g.id",
}

// WasPublic implements goal.Store.
func (s *GoalStore) WasPublic(id domain.GoalID) (bool, error) {
	return s.tx.wasPublic("goal", domain.AnyID{UUID: id.UUID})
}

// List implements goal.Store.
func (s *GoalStore) List(scope domain.Scope, f goal.Filter, req domain.PageRequest) (domain.Page[goal.Goal], error) {
	if err := s.follow(&f); err != nil {
		return domain.Page[goal.Goal]{}, err
	}
	var w where
	s.tx.visible(&w, scope, "g", "goal")
	if len(f.No) > 0 {
		w.add("g.no in ?", f.No)
	}
	switch f.Ended {
	case "":
		w.add("g.ended_on is null")
	case goal.OnlyEnded:
		w.add("g.ended_on is not null")
	}
	in(&w, "g.theme_id", f.Theme)
	in(&w, "g.plan_id", f.Plan)
	s.sharedFilter(&w, scope, f.Shared)
	inLinked(&w, "g.id", "goal_target_group", "goal_id", "target_group_id", f.TargetGroup)
	tagged(&w, domain.SubjectGoal, "g.id", f.Tag)
	s.tx.responsibleFilter(&w, domain.SubjectGoal, "g.id", f.Post)
	goalParties(s.tx, &w, f.Party)
	acceptanceFilter(s.tx, &w, f.Acceptance)
	goalChains(s.tx, &w, scope, f.Chain)
	pinFilter(s.tx, &w, scope, domain.SubjectGoal, "g.id", "stage", f.Stage)
	pinFilter(s.tx, &w, scope, domain.SubjectGoal, "g.id", "handover", f.Handover)
	from := " from goal g join theme t on t.id = g.theme_id"
	rows, err := list[goalRow](s.tx, goalOrdering, req, goalSelect, from, w)
	if err != nil {
		return domain.Page[goal.Goal]{}, fmt.Errorf("list goals: %w", err)
	}
	items, err := s.complete(scope, rows.Items)
	return pageOf(rows, items), err
}

// sharedFilter narrows goals g to those of parties under these shared goals, as far
// as the scope may see those; None: shared goals.
func (s *GoalStore) sharedFilter(w *where, scope domain.Scope, f domain.AnyOf[domain.GoalID]) {
	if f.IsZero() {
		return
	}
	var some where
	if len(f.Values) > 0 {
		var shared where
		shared.add("u.id in ?", f.Values)
		s.tx.visible(&shared, scope, "u", "goal")
		some.add("g.shared_goal_id in (select u.id from goal u"+shared.sql()+")", shared.args...)
	}
	if f.None {
		some.add("g.shared_goal_id is null")
	}
	w.add("("+strings.Join(some.conds, " or ")+")", some.args...)
}

// Principals implements goal.Store.
func (s *GoalStore) Principals() ([]domain.PartyID, error) { return NewDraftStore(s.tx).Principals() }

// goalParties adds that a post of one of these parties is responsible for a goal g
// on the day shown, in any part.
func goalParties(tx Tx, w *where, f domain.AnyOf[domain.PartyID]) {
	if len(f.Values) > 0 {
		w.add(`exists (select 1 from responsibility r join post p on p.id = r.post_id where r.subject_kind = 'goal' and r.subject_id = g.id
and p.party_id in ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?))`, f.Values, tx.day, tx.day)
	}
}

// ofGoals is a subquery of ids of goals.
type ofGoals struct {
	subquery string
	args     []any
}

// unacceptedGoals are the goals with a responsibility that has not ended and is not
// in force as somebody said last.
func unacceptedGoals(tx Tx) ofGoals {
	return ofGoals{"select r.subject_id from responsibility r where r.standing <> 'in_force' and r.subject_kind = 'goal' and (r.valid_to is null or r.valid_to >= ?)", []any{tx.day}}
}

// acceptanceFilter narrows goals g by how far the parties have agreed on them; None:
// nobody is responsible.
func acceptanceFilter(tx Tx, w *where, f domain.AnyOf[goal.Acceptance]) {
	if f.IsZero() {
		return
	}
	open := unacceptedGoals(tx)
	waits := among("g.id", open.subquery)
	const has = "exists (select 1 from responsibility r where r.subject_kind = 'goal' and r.subject_id = g.id and (r.valid_to is null or r.valid_to >= ?))"
	var some where
	for _, a := range f.Values {
		if a == goal.Open {
			some.add(waits, open.args...)
		} else {
			some.add("("+has+" and not "+waits+")", append([]any{tx.day}, open.args...)...)
		}
	}
	if f.None {
		some.add("not "+has, tx.day)
	}
	w.add("("+strings.Join(some.conds, " or ")+")", some.args...)
}

// goalChains adds that a goal belongs to one of these chains (goalsOf); None
// matches what belongs to no chain that the scope may see.
func goalChains(tx Tx, w *where, scope domain.Scope, f domain.AnyOf[domain.ChainID]) {
	if f.IsZero() {
		return
	}
	chains, args := tx.chains(scope, domain.AnyOf[domain.ChainID]{Values: f.Values})
	of, args := tx.goalsOf(scope, "in ("+chains+")", args...)
	belongs := among("g.id", of)
	if !f.None {
		w.add(belongs, args...)
		return
	}
	var a where
	a.add("l.goal_id = g.id")
	tx.visible(&a, scope, "a", "action")
	tx.visible(&a, scope, "c", "chain")
	nowhere := "not exists (select 1 from action_goal l join action a on a.id = l.action_id" + pinnedTo + " join chain c on c.id = " + itsChain + a.sql() +
		") and not exists (" + tx.pinnedChains(scope, domain.SubjectGoal, "g.id") + ")"
	if len(f.Values) == 0 {
		w.add(nowhere, a.args...)
		return
	}
	w.add("("+belongs+" or "+nowhere+")", slices.Concat(args, a.args)...)
}

// chains is the subquery of those of the chains that the scope may see.
func (tx Tx) chains(scope domain.Scope, f domain.AnyOf[domain.ChainID]) (string, []any) {
	var c where
	in(&c, "c.id", f)
	tx.visible(&c, scope, "c", "chain")
	return "select c.id from chain c" + c.sql(), c.args
}

// goalsOf is the subquery of the goals that belong to chains whose id meets the
// condition: an action for it that the scope may see belongs there, or it is pinned
// to a stage or hand-over there itself. It is the one rule, by which goals are
// listed by chain, stand in the matrix and count in the balance.
func (tx Tx) goalsOf(scope domain.Scope, chain string, args ...any) (string, []any) {
	var a where
	a.add(pinnedUnder(chain), slices.Concat(args, args)...)
	tx.visible(&a, scope, "a", "action")
	return "select l.goal_id from action a join action_goal l on l.action_id = a.id" + a.sql() +
		" union select k.goal_id from goal_stage k join stage t on t.id = k.stage_id where t.chain_id " + chain +
		" union select k.goal_id from goal_handover k join handover h on h.id = k.handover_id where h.chain_id " + chain, slices.Concat(a.args, args, args)
}

// follow makes the filters by terms find what was moved from merged ones.
func (s *GoalStore) follow(f *goal.Filter) (err error) {
	if f.Theme, err = followed(s.tx, domain.SubjectTheme, f.Theme); err != nil {
		return err
	}
	if f.TargetGroup, err = followed(s.tx, domain.SubjectTargetGroup, f.TargetGroup); err != nil {
		return err
	}
	f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag)
	return err
}

// Work implements goal.Store.
func (s *GoalStore) Work(scope domain.Scope, goals []goal.Goal) (map[domain.GoalID]goal.Work, error) {
	out := make(map[domain.GoalID]goal.Work, len(goals))
	if len(goals) == 0 {
		return out, nil
	}
	ids := make([]domain.AnyID, len(goals))
	for i, g := range goals {
		ids[i] = domain.AnyID{UUID: g.ID.UUID}
	}
	var w where
	s.tx.visible(&w, scope, "a", "action")
	work, err := s.tx.workFor(scope, ids, w)
	for id, of := range work {
		w := goal.Work{Total: of.total, ByCondition: of.byCondition, NextDueOn: of.nextDueOn}
		for _, a := range of.named {
			w.Actions = append(w.Actions, goal.Action{No: a.No, Title: a.Title, Condition: a.Condition})
		}
		out[domain.GoalID{UUID: id.UUID}] = w
	}
	return out, err
}

// WerePublic implements goal.Store.
func (s *GoalStore) WerePublic(ids []domain.GoalID) (map[domain.GoalID]bool, error) {
	rows, err := query[struct{ ID domain.GoalID }](s.tx, "select distinct id from public.goal_history where id = any(?) and visibility = 'public'", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("look which goals were public: %w", err)
	}
	out := map[domain.GoalID]bool{}
	for _, r := range rows {
		out[r.ID] = true
	}
	return out, nil
}

// NextNo implements goal.Store.
func (s *GoalStore) NextNo() (no int, err error) {
	err = s.tx.Raw("select nextval('goal_no_seq')").Scan(&no).Error
	return no, err
}

// Insert implements goal.Store.
func (s *GoalStore) Insert(g goal.Goal) error {
	row := rowOfGoal(g)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a goal: %w", err)
	}
	return s.saveParts(g)
}

// Update implements goal.Store.
func (s *GoalStore) Update(g goal.Goal) (saved goal.Goal, err error) {
	err = s.tx.withRhythms("goal", "select plan_id is distinct from ? from goal where id = ?", []any{g.PlanID, g.ID}, actionsOfGoal, g.ID, func() error {
		saved, err = s.update(g)
		return err
	})
	return saved, err
}

func (s *GoalStore) update(g goal.Goal) (goal.Goal, error) {
	row := rowOfGoal(g)
	row.Version++
	res := s.tx.Model(&goalRow{}).Where("id = ? and version = ?", g.ID, g.Version).Select(goalColumns).Updates(&row)
	if res.Error != nil {
		return g, fmt.Errorf("update a goal: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, g.ID)
		if err != nil {
			return g, err
		}
		return g, domain.Stale(domain.SubjectOf(domain.SubjectGoal, g.ID), g.Version, goal.View{Goal: current})
	}
	g.Version = row.Version
	return g, s.saveParts(g)
}

func (s *GoalStore) saveParts(g goal.Goal) error {
	subject := domain.SubjectOf(domain.SubjectGoal, g.ID)
	if err := s.tx.saveReferences(subject, g.References); err != nil {
		return err
	}
	if err := s.tx.saveTags(subject, g.TagIDs); err != nil {
		return err
	}
	if err := s.tx.savePins(subject, g.StageIDs, g.HandoverIDs); err != nil {
		return err
	}
	have, err := s.tx.links("goal_target_group", "goal_id", "target_group_id", []domain.AnyID{subject.ID})
	if err != nil {
		return err
	}
	return s.tx.saveLinks("goal_target_group", "goal_id", subject.ID, "target_group_id", have[subject.ID], anyIDs(g.TargetGroupIDs), nil)
}
