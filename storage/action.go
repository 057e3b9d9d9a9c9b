package storage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

type actionRow struct {
	ID               domain.ActionID
	No               int
	TitleFi          string
	TitleSv          string
	TitleEn          string
	DescriptionFi    string
	DescriptionSv    string
	DescriptionEn    string
	StartsOn         domain.Date
	StartsPrecision  domain.Precision
	DueOn            domain.Date
	DuePrecision     domain.Precision
	DueLastOn        domain.Date
	Status           action.Status
	Progress         int
	ResultFi         string
	ResultSv         string
	ResultEn         string
	ConfirmedOn      domain.Date
	StatusesDiffer   bool
	FreshnessTarget  *int
	FreshnessLimit   *int
	LeadPostID       *domain.PostID
	LeadPartyID      *domain.PartyID
	PhaseID          *domain.PhaseID
	ForumID          *domain.ForumID
	StageID          *domain.StageID
	HandoverID       *domain.HandoverID
	OutcomeID        *domain.OutcomeID
	Visibility       domain.Visibility
	VisibilityGround string
	WithdrawnOn      domain.Date
	WithdrawalReason string
	WithdrawnPostID  *domain.PostID
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (actionRow) TableName() string { return "action" }

func rowOfAction(a action.Action) actionRow {
	r := actionRow{ID: a.ID, No: a.No,
		TitleFi: a.Title.FI, TitleSv: a.Title.SV, TitleEn: a.Title.EN,
		DescriptionFi: a.Description.FI, DescriptionSv: a.Description.SV, DescriptionEn: a.Description.EN,
		StartsOn: a.StartsOn, StartsPrecision: a.StartsPrecision, DueOn: a.DueOn, DuePrecision: a.DuePrecision, DueLastOn: a.DueLast(),
		Status: a.Status, Progress: a.Progress, ResultFi: a.Result.FI, ResultSv: a.Result.SV, ResultEn: a.Result.EN, ConfirmedOn: a.ConfirmedOn, StatusesDiffer: a.StatusesDiffer,
		PhaseID: a.PhaseID.Ptr(), ForumID: a.ForumID.Ptr(), StageID: a.StageID.Ptr(), HandoverID: a.HandoverID.Ptr(), OutcomeID: a.OutcomeID.Ptr(),
		Visibility: a.Visibility, VisibilityGround: a.VisibilityGround,
		WithdrawnOn: a.MadeInError.On, WithdrawalReason: a.MadeInError.Reason, WithdrawnPostID: a.MadeInError.PostID.Ptr(), Version: a.Version, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt}
	if !a.Rhythm.IsZero() {
		r.FreshnessTarget, r.FreshnessLimit = &a.Rhythm.Target, &a.Rhythm.Limit
	}
	if lead, ok := a.Lead(); ok {
		r.LeadPostID, r.LeadPartyID = lead.PostID.Ptr(), lead.PartyID.Ptr()
	}
	return r
}

// actionColumns are those that an edit may change, actionStatusColumns those
// that a status report may.
var (
	actionColumns = []string{"title_fi", "title_sv", "title_en", "description_fi", "description_sv", "description_en",
		"starts_on", "starts_precision", "due_on", "due_precision", "due_last_on", "phase_id", "forum_id", "stage_id", "handover_id",
		"freshness_target", "freshness_limit", "visibility", "visibility_ground", "version", "updated_at"}
	actionStatusColumns     = []string{"status", "progress", "result_fi", "result_sv", "result_en", "confirmed_on", "statuses_differ", "phase_id", "version", "updated_at"}
	actionWithdrawalColumns = []string{"withdrawn_on", "withdrawal_reason", "withdrawn_post_id", "version", "updated_at"}
)

// actionView is a row with what it joins.
type actionView struct {
	Row            actionRow `gorm:"embedded"`
	FreshTarget    int
	FreshLimit     int
	LeadHeld       bool
	ChainID        *domain.ChainID
	StagePartyID   domain.PartyID
	StagePosition  int
	StageFi        string
	StageSv        string
	StageEn        string
	ChainFi        string
	ChainSv        string
	ChainEn        string
	ForumVisible   bool
	ForumKey       string
	ForumFi        string
	ForumSv        string
	ForumEn        string
	WithdrawnBy    domain.Text `gorm:"embedded;embeddedPrefix:withdrawn_post_"`
	WithdrawnParty domain.PartyID
}

func (v actionView) entity() action.View {
	r := v.Row
	out := action.View{Action: action.Action{ID: r.ID, No: r.No,
		Title:       domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn},
		StartsOn:    r.StartsOn, StartsPrecision: r.StartsPrecision, DueOn: r.DueOn, DuePrecision: r.DuePrecision,
		Status: r.Status, Progress: r.Progress, Result: domain.Text{FI: r.ResultFi, SV: r.ResultSv, EN: r.ResultEn}, ConfirmedOn: r.ConfirmedOn, StatusesDiffer: r.StatusesDiffer,
		PhaseID: valueOf(r.PhaseID), ForumID: valueOf(r.ForumID), StageID: valueOf(r.StageID), HandoverID: valueOf(r.HandoverID), OutcomeID: valueOf(r.OutcomeID),
		Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, LeadHeld: v.LeadHeld,
		MadeInError: action.Withdrawal{On: r.WithdrawnOn, Reason: r.WithdrawalReason, PostID: valueOf(r.WithdrawnPostID), Post: v.WithdrawnBy, PartyID: v.WithdrawnParty},
		Version:     r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}}
	out.ByPlans = domain.Rhythm{Target: v.FreshTarget, Limit: v.FreshLimit}
	if r.FreshnessTarget != nil && r.FreshnessLimit != nil {
		out.Rhythm = domain.Rhythm{Target: *r.FreshnessTarget, Limit: *r.FreshnessLimit}
	}
	if v.ChainID != nil {
		out.Stage = &action.StageRef{ID: *r.StageID, ChainID: *v.ChainID, PartyID: v.StagePartyID, Position: v.StagePosition,
			Title: domain.Text{FI: v.StageFi, SV: v.StageSv, EN: v.StageEn}, Chain: domain.Text{FI: v.ChainFi, SV: v.ChainSv, EN: v.ChainEn}}
	}
	if v.ForumVisible {
		out.Forum = &action.ForumRef{ID: *r.ForumID, Key: v.ForumKey, Title: domain.Text{FI: v.ForumFi, SV: v.ForumSv, EN: v.ForumEn}}
	}
	return out
}

// valueOf is the id that a column holds, or the zero id.
func valueOf[K any](id *domain.ID[K]) domain.ID[K] {
	if id == nil {
		return domain.ID[K]{}
	}
	return *id
}

// ActionStore keeps actions.
type ActionStore struct{ tx Tx }

// NewActionStore binds the store to a transaction.
func NewActionStore(tx Tx) *ActionStore { return &ActionStore{tx} }

// actionListColumns are what a list shows; actionItemColumns come on top for one item.
const (
	actionListColumns = `
select a.id, a.no, a.title_fi, a.title_sv, a.title_en, a.starts_on, a.starts_precision, a.due_on, a.due_precision, a.status, a.progress,
       a.confirmed_on, a.freshness_target, a.freshness_limit, a.fresh_target, a.fresh_limit, a.statuses_differ, a.phase_id, a.forum_id, a.stage_id, a.outcome_id, a.visibility, a.visibility_ground,
       a.withdrawn_on, a.withdrawal_reason, a.withdrawn_post_id, wp.title_fi as withdrawn_post_fi, wp.title_sv as withdrawn_post_sv, wp.title_en as withdrawn_post_en, wp.party_id as withdrawn_party, a.version,
       a.created_at, a.updated_at,
       st.chain_id, st.party_id as stage_party_id, st.position as stage_position, st.title_fi as stage_fi, st.title_sv as stage_sv, st.title_en as stage_en,
       ch.title_fi as chain_fi, ch.title_sv as chain_sv, ch.title_en as chain_en,
       fo.id is not null as forum_visible, fo.key as forum_key, fo.title_fi as forum_fi, fo.title_sv as forum_sv, fo.title_en as forum_en, `
	actionItemColumns = `, a.handover_id, a.description_fi, a.description_sv, a.description_en, a.result_fi, a.result_sv, a.result_en`
)

// leads is the condition that the lead that action a has a copy of, if it has
// one, is valid on the day shown. Its days come and go without a write.
func (tx Tx) leads(a string) string {
	day := "date '" + tx.day.String() + "'"
	return "((" + a + ".lead_from is null or " + a + ".lead_from <= " + day + ") and (" + a + ".lead_to is null or " + a + ".lead_to >= " + day + "))"
}

// leadStanding is the expression for how far the parties have agreed on that
// lead; empty where there is none on the day shown.
func (tx Tx) leadStanding(a string) string {
	day := "date '" + tx.day.String() + "'"
	return "coalesce((select lr.standing from responsibility lr where lr.subject_kind = 'action' and lr.subject_id = " + a + ".id and lr.part = 'lead' and lr.post_id = " + a +
		".lead_post_id and lr.valid_from <= " + day + " and (lr.valid_to is null or lr.valid_to >= " + day + ") order by lr.valid_from, lr.id limit 1), '')"
}

// noLead is the condition that it is not, or that there is none: with an index
// for each way.
func (tx Tx) noLead(a string) string {
	day := "date '" + tx.day.String() + "'"
	return "(" + a + ".lead_post_id is null or " + a + ".lead_from > " + day + " or " + a + ".lead_to < " + day + ")"
}

// leadFilter narrows by a column of the lead that is valid on the day shown.
func leadFilter[T any](tx Tx, w *where, column string, f domain.AnyOf[T]) {
	switch {
	case len(f.Values) > 0 && f.None:
		w.add("(a."+column+" in ? and "+tx.leads("a")+" or "+tx.noLead("a")+")", f.Values)
	case len(f.Values) > 0:
		w.add("a."+column+" in ? and "+tx.leads("a"), f.Values)
	case f.None:
		w.add(tx.noLead("a"))
	}
}

// held is the expression "somebody holds the lead post on the day shown",
// whether as its holder or as a deputy.
func (s *ActionStore) held() string {
	day := "date '" + s.tx.day.String() + "'"
	return "(" + s.tx.leads("a") + " and exists (select 1 from post p join holding h on h.post_id = p.id where p.id = a.lead_post_id" +
		" and (p.valid_to is null or p.valid_to >= " + day + ") and h.valid_from <= " + day + " and (h.valid_to is null or h.valid_to >= " + day + ")))"
}

// from joins what an action names, as far as the scope may read it. The joins
// are on primary keys, so that a count need not make them.
func (s *ActionStore) from(scope domain.Scope) string {
	var stage, forum where
	stage.add("ch.id = st.chain_id")
	s.tx.visible(&stage, scope, "ch", "chain")
	forum.add("fo.id = a.forum_id")
	s.tx.visible(&forum, scope, "fo", "forum")
	return ` from action a
left join (stage st join chain ch on ` + on(stage) + `) on st.id = a.stage_id
left join forum fo on ` + on(forum) + `
left join post wp on wp.id = a.withdrawn_post_id`
}

// on is a where as the condition of a join.
func on(w where) string { return strings.Join(w.conds, " and ") }

// Get implements action.Store.
func (s *ActionStore) Get(scope domain.Scope, id domain.ActionID) (action.View, error) {
	return s.get(scope, id, s.byID)
}

// WithoutTasks implements action.Store.
func (s *ActionStore) WithoutTasks(scope domain.Scope, id domain.ActionID) (action.View, error) {
	return s.get(scope, id, s.coreByID)
}

// get is one action. What is found by the id alone is asked together with the action
// itself: where that is not found, nothing of it is told.
func (s *ActionStore) get(scope domain.Scope, id domain.ActionID, byID func(domain.Scope, []action.View) []func() error) (action.View, error) {
	views := make([]action.View, 1)
	views[0].ID = id
	err := s.tx.together(slices.Concat([]func() error{func() error { // goes on before the others, which add to what it sets
		found, err := s.rows(scope, "a.id = ?", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return domain.NotFound("action")
		}
		views[0] = found[0]
		return s.tx.together(s.byWhatTheyAre(scope, views)...)
	}}, byID(scope, views), s.detailsByID(scope, views))...)
	if err != nil {
		return action.View{}, err
	}
	return views[0], nil
}

// Together implements action.Store.
func (s *ActionStore) Together(parts ...func() error) error { return s.tx.together(parts...) }

// ByNo implements action.Store.
func (s *ActionStore) ByNo(scope domain.Scope, no int) (action.View, error) {
	views, err := s.whole(scope, "a.no = ?", no)
	if err != nil {
		return action.View{}, err
	}
	if len(views) == 0 {
		return action.View{}, domain.NotFound("action")
	}
	return views[0], nil
}

// Some implements action.Store.
func (s *ActionStore) Some(scope domain.Scope, ids []domain.ActionID) ([]action.View, error) {
	return s.whole(scope, "a.id = any(?)", asOne(ids))
}

// whole are the actions that meet a condition, with everything there is of them.
func (s *ActionStore) whole(scope domain.Scope, cond string, arg any) ([]action.View, error) {
	views, err := s.rows(scope, cond, arg)
	if err != nil || len(views) == 0 {
		return views, err
	}
	return views, s.tx.together(slices.Concat(s.byID(scope, views), s.detailsByID(scope, views), s.byWhatTheyAre(scope, views),
		[]func() error{func() error { return s.postponed(scope, views) }})...)
}

// rows are the actions that meet a condition, by themselves.
func (s *ActionStore) rows(scope domain.Scope, cond string, arg any) ([]action.View, error) {
	var w where
	w.add(cond, arg)
	s.tx.readable(&w, scope, "a", "action")
	rows, err := query[actionView](s.tx, actionListColumns+s.held()+" as lead_held"+actionItemColumns+s.from(scope)+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load actions: %w", err)
	}
	return actionViews(rows), nil
}

// idsOf are the ids of actions.
func idsOf(views []action.View) []domain.AnyID {
	ids := make([]domain.AnyID, len(views))
	for i, v := range views {
		ids[i] = domain.AnyID{UUID: v.ID.UUID}
	}
	return ids
}

// detailsByID are the parts that add what lists leave out and the ids are enough for, with
// one query for each kind of thing.
func (s *ActionStore) detailsByID(scope domain.Scope, views []action.View) []func() error {
	ids := idsOf(views)
	return []func() error{
		func() error {
			cases, err := s.tx.cases(domain.SubjectAction, ids)
			for i := range views {
				views[i].References.Cases = cases[ids[i]]
			}
			return err
		},
		func() error {
			linked, err := s.tx.linked(ids, legalBasesOf(domain.SubjectAction), tagsOf(domain.SubjectAction), targetGroupsOfActions, districtsOfActions)
			if err != nil {
				return err
			}
			for i := range views {
				v := &views[i]
				setIDs(&v.References.LegalBases, linked[0][ids[i]])
				setIDs(&v.TagIDs, linked[1][ids[i]])
				setIDs(&v.TargetGroupIDs, linked[2][ids[i]])
				setIDs(&v.DistrictIDs, linked[3][ids[i]])
			}
			return nil
		},
		func() error {
			of := make([]domain.ActionID, len(ids))
			for i, id := range ids {
				of[i] = domain.ActionID{UUID: id.UUID}
			}
			said, err := s.said(scope, of)
			for i := range views {
				views[i].Said = said[of[i]]
			}
			return err
		},
	}
}

// byWhatTheyAre are the parts that add what only some actions have, as they themselves
// tell.
func (s *ActionStore) byWhatTheyAre(scope domain.Scope, views []action.View) []func() error {
	return []func() error{
		func() error { return s.forwarded(scope, views) },
		s.handedOver(scope, views),
	}
}

// handedOver is the part that names the hand-overs that actions treat.
func (s *ActionStore) handedOver(scope domain.Scope, views []action.View) func() error {
	return func() error {
		handovers, err := s.handovers(scope, views)
		for i := range views {
			views[i].Handover = handovers[views[i].HandoverID]
		}
		return err
	}
}

// handovers names the hand-overs that actions treat, as far as the scope may see
// their chains.
func (s *ActionStore) handovers(scope domain.Scope, views []action.View) (map[domain.HandoverID]*action.HandoverRef, error) {
	var ids []domain.HandoverID
	for _, v := range views {
		if !v.HandoverID.IsZero() {
			ids = append(ids, v.HandoverID)
		}
	}
	out := map[domain.HandoverID]*action.HandoverRef{}
	if len(ids) == 0 {
		return out, nil
	}
	var w where
	w.add("h.id in ?", ids)
	s.tx.visible(&w, scope, "c", "chain")
	rows, err := query[handoverView](s.tx, handoverViewColumns+handoverViewFrom+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the hand-overs of actions: %w", err)
	}
	for _, r := range rows {
		out[r.Row.ID] = &action.HandoverRef{ID: r.Row.ID, ChainID: r.Row.ChainID, ChainKey: r.ChainKey, Chain: domain.Text{FI: r.ChainFi, SV: r.ChainSv, EN: r.ChainEn},
			What: domain.Text{FI: r.Row.WhatFi, SV: r.Row.WhatSv, EN: r.Row.WhatEn},
			From: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}, To: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}}
	}
	return out, nil
}

type actionGoalRow struct {
	ActionID domain.ActionID
	GoalID   domain.GoalID
	Visible  bool
	No       int
	TitleFi  string
	TitleSv  string
	TitleEn  string
	ThemeID  domain.ThemeID
}

// complete adds responsible posts, goals, what there is of tasks, where actions go on
// and the late actions that they wait for, with one query for each.
func (s *ActionStore) complete(scope domain.Scope, rows []actionView) ([]action.View, error) {
	views := actionViews(rows)
	return views, s.fill(scope, views)
}

func actionViews(rows []actionView) []action.View {
	views := make([]action.View, len(rows))
	for i, r := range rows {
		views[i] = r.entity()
	}
	return views
}

// fill adds to actions what lists tell of them, with one query for each kind of thing.
func (s *ActionStore) fill(scope domain.Scope, views []action.View) error {
	if len(views) == 0 {
		return nil
	}
	return s.tx.together(append(s.byID(scope, views),
		func() error { return s.forwarded(scope, views) },
		func() error { return s.postponed(scope, views) },
	)...)
}

// byID are the parts that add what lists tell of actions and their ids are enough for.
func (s *ActionStore) byID(scope domain.Scope, views []action.View) []func() error {
	return append(s.coreByID(scope, views), func() error {
		tasks, err := s.tx.taskFigures(idsOf(views))
		for i := range views {
			views[i].Tasks = tasks[views[i].ID]
		}
		return err
	})
}

// coreByID is byID without what there is of tasks.
func (s *ActionStore) coreByID(scope domain.Scope, views []action.View) []func() error {
	ids := idsOf(views)
	at := make(map[domain.ActionID]int, len(views))
	for i, v := range views {
		at[v.ID] = i
	}
	return []func() error{
		func() error {
			responsibles, err := s.tx.responsibles(domain.SubjectAction, ids)
			for i := range views {
				views[i].Responsibilities = responsibles[ids[i]]
			}
			return err
		},
		func() error {
			risks, err := s.tx.risks(scope, ids)
			for i := range views {
				views[i].Risk = risks[views[i].ID]
			}
			return err
		},
		func() error {
			var visible where
			visible.add("true")
			s.tx.visible(&visible, scope, "g", "goal")
			goals, err := query[actionGoalRow](s.tx, `select l.action_id, l.goal_id, (`+on(visible)+`) as visible, g.no, g.title_fi, g.title_sv, g.title_en, g.theme_id
from action_goal l join goal g on g.id = l.goal_id where l.action_id = any(?) order by g.no`, asOne(ids))
			if err != nil {
				return fmt.Errorf("load the goals of actions: %w", err)
			}
			for _, g := range goals {
				v := &views[at[g.ActionID]]
				v.GoalIDs = append(v.GoalIDs, g.GoalID)
				if g.Visible {
					v.Goals = append(v.Goals, action.GoalRef{ID: g.GoalID, No: g.No, Title: domain.Text{FI: g.TitleFi, SV: g.TitleSv, EN: g.TitleEn}, ThemeID: g.ThemeID})
				}
			}
			return nil
		},
	}
}

// EndedGoal implements action.Store.
func (s *ActionStore) EndedGoal(scope domain.Scope, ids []domain.GoalID) (ended bool, onwards int, err error) {
	found, err := s.tx.endedGoals(scope, anyIDs(ids))
	if err != nil || len(found) == 0 {
		return false, 0, err
	}
	return true, found[0].IntoNo, nil
}

// withSaid adds what the parties say of their own where it is not the same: what
// one needs a reason for depends on it.
func (s *ActionStore) withSaid(scope domain.Scope, views []action.View) error {
	var ids []domain.ActionID
	for _, v := range views {
		if v.StatusesDiffer {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) == 0 || !scope.Staff {
		return nil
	}
	said, err := s.said(scope, ids)
	for i, v := range views {
		views[i].Said = said[v.ID]
	}
	return err
}

// actionDue is the key of the lists that are sorted by due date; the indexes
// have the same expression.
const actionDue = "coalesce(a.due_last_on, 'infinity'::date)"

// actionLate is the date on which the condition looks: actionDue, or the due date
// of an open task where that comes first. It is never later than actionDue.
const actionLate = "coalesce(a.late_on, 'infinity'::date)"

// actionConfirmed puts what nobody ever confirmed before everything else.
const actionConfirmed = "coalesce(a.confirmed_on, '1900-01-01'::date)"

// ordering is by columns with indexes, but for goal: the first goal that the
// scope may see, actions without one last.
func (s *ActionStore) ordering(scope domain.Scope) ordering {
	var goal where
	goal.add("g.id = l.goal_id")
	s.tx.visible(&goal, scope, "g", "goal")
	out := ordering{
		keys: map[string]sortKey{
			"dueOn":       {actionDue, "date"},
			"no":          {"a.no", "integer"},
			"title":       {`a.title_fi collate "fi"`, "text"},
			"updatedAt":   {"a.updated_at", "timestamptz"},
			"confirmedOn": {actionConfirmed, "date"},
			"goal":        {"coalesce((select min(g.no) from action_goal l join goal g on " + on(goal) + " where l.action_id = a.id), 2147483647)", "integer"},
		},
		standard: "dueOn",
		id:       "a.id",
	}
	for by, g := range s.groupings(scope) {
		if _, known := out.keys[string(by)]; !known {
			out.keys[string(by)] = g.order
		}
	}
	return out
}

// List implements action.Store.
func (s *ActionStore) List(scope domain.Scope, f action.Filter, req domain.PageRequest) (domain.Page[action.View], error) {
	out, err := s.list(scope, f, req, "")
	if err != nil {
		return out, err
	}
	return out, s.withSaid(scope, out.Items)
}

// ListWhole implements action.Store.
func (s *ActionStore) ListWhole(scope domain.Scope, f action.Filter, req domain.PageRequest) (domain.Page[action.View], error) {
	out, err := s.list(scope, f, req, actionItemColumns)
	if err != nil || len(out.Items) == 0 {
		return out, err
	}
	return out, s.tx.together(append(s.detailsByID(scope, out.Items), s.handedOver(scope, out.Items))...)
}

// list is one page; columns come on top of those of lists.
func (s *ActionStore) list(scope domain.Scope, f action.Filter, req domain.PageRequest, columns string) (domain.Page[action.View], error) {
	var out domain.Page[action.View]
	p, err := s.ordering(scope).plan(req)
	if err != nil {
		return out, err
	}
	if err := s.follow(&f); err != nil {
		return out, err
	}
	w := s.filter(scope, f)
	if out.Total, err = count(s.tx, req, " from action a", w); err != nil {
		return out, fmt.Errorf("count actions: %w", err)
	}
	rows, next, err := fetch[actionView](s.tx, p, actionListColumns+s.held()+" as lead_held"+columns, s.from(scope), w)
	if err != nil {
		return out, fmt.Errorf("list actions: %w", err)
	}
	out.NextCursor = next
	out.Items, err = s.complete(scope, rows)
	return out, err
}

// follow makes the filters by terms find what was moved from merged ones.
func (s *ActionStore) follow(f *action.Filter) (err error) {
	if f.Theme, err = followed(s.tx, domain.SubjectTheme, f.Theme); err != nil {
		return err
	}
	if f.TargetGroup, err = followed(s.tx, domain.SubjectTargetGroup, f.TargetGroup); err != nil {
		return err
	}
	if f.District, err = followed(s.tx, domain.SubjectDistrict, f.District); err != nil {
		return err
	}
	if f.Phase, err = followed(s.tx, domain.SubjectPhase, f.Phase); err != nil {
		return err
	}
	f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag)
	return err
}

func (s *ActionStore) filter(scope domain.Scope, f action.Filter) where {
	var w where
	if f.Withdrawn {
		s.tx.readable(&w, scope, "a", "action")
		w.add("a.withdrawn_on is not null")
	} else {
		s.tx.visible(&w, scope, "a", "action")
	}
	if len(f.No) > 0 {
		w.add("a.no in ?", f.No)
	}
	in(&w, "a.status", f.Status)
	s.conditionFilter(&w, f.Condition)
	if f.Unowned != nil {
		owned := s.held()
		if *f.Unowned {
			w.add("a.status in ? and not "+owned, expectedStatuses)
		} else {
			w.add("(a.status not in ? or "+owned+")", expectedStatuses)
		}
	}
	if f.AtRisk != nil {
		risk := s.tx.atRisk(scope)
		if *f.AtRisk {
			w.add("a.status in ? and "+risk, expectedStatuses)
		} else {
			w.add("(a.status not in ? or not "+risk+")", expectedStatuses)
		}
	}
	leadFilter(s.tx, &w, "lead_party_id", f.Party)
	leadFilter(s.tx, &w, "lead_post_id", f.LeadPost)
	s.tx.responsibleFilter(&w, domain.SubjectAction, "a.id", f.Post)
	if !f.Owner.IsZero() {
		w.add(among("a.id", `select r.subject_id from responsibility r where r.subject_kind = 'action' and r.post_id = ?
and r.part in ('lead', 'shared') and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)`), f.Owner, s.tx.day, s.tx.day)
	}
	goalFilter(s.tx, &w, scope, "g.id", f.Goal)
	goalFilter(s.tx, &w, scope, "g.theme_id", f.Theme)
	goalFilter(s.tx, &w, scope, "g.plan_id", f.Plan)
	in(&w, "a.phase_id", f.Phase)
	in(&w, "a.stage_id", f.Stage)
	in(&w, "a.handover_id", f.Handover)
	pinnedFilter(&w, f.Chain)
	in(&w, "a.forum_id", f.Forum)
	inLinked(&w, "a.id", "action_target_group", "action_id", "target_group_id", f.TargetGroup)
	inLinked(&w, "a.id", "action_district", "action_id", "district_id", f.District)
	tagged(&w, domain.SubjectAction, "a.id", f.Tag)
	in(&w, "a.outcome_id", f.Outcome)
	s.seenFilter(&w, scope, f)
	if !f.DueFrom.IsZero() {
		w.add(actionDue+" >= ? and a.due_last_on is not null", f.DueFrom)
	}
	if !f.DueTo.IsZero() {
		w.add(actionDue+" <= ?", f.DueTo)
	}
	if !f.ConfirmedFrom.IsZero() {
		w.add(actionConfirmed+" >= ?", f.ConfirmedFrom)
	}
	if !f.ConfirmedTo.IsZero() {
		w.add(actionConfirmed+" <= ?", f.ConfirmedTo)
	}
	s.freshnessFilter(&w, f.Freshness)
	s.unitFilter(&w, f.Unit)
	if len(f.Silent.Values) > 0 {
		var of where
		of.add("p.party_id in ?", f.Silent.Values)
		cond := among("a.id", "select x.action_id from ("+s.tx.silences(of)+") x")
		if f.Silent.None {
			cond = "(" + cond + " or not " + among("a.id", "select x.action_id from ("+s.tx.silences(where{})+") x") + ")"
		}
		w.add(cond, of.args...)
	} else if f.Silent.None {
		w.add("not " + among("a.id", "select x.action_id from ("+s.tx.silences(where{})+") x"))
	}
	s.textFilter(&w, f.Text)
	return w
}

// textFilter adds "the title has the text in some language, or nearly so, or the
// number is the text". Near matches are dear to find without their index: what is
// too short for it, and the past, which has none, match to the letter.
func (s *ActionStore) textFilter(w *where, text string) {
	if text == "" {
		return
	}
	like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
	cond, args := "t.title_fi ilike ? or t.title_sv ilike ? or t.title_en ilike ?", []any{like, like, like}
	if no, err := strconv.ParseInt(text, 10, 32); err == nil {
		cond, args = cond+" or t.no = ?", append(args, no)
	}
	if s.tx.asOf || len([]rune(text)) < 3 {
		w.add("("+strings.ReplaceAll(cond, "t.", "a.")+")", args...)
		return
	}
	w.add(among("a.id", "select t.id from action t where "+cond+" or t.title_fi %> ? or t.title_sv %> ? or t.title_en %> ?"), append(args, text, text, text)...)
}

// goalFilter adds "has a goal, that the scope may see, whose column is one of
// values"; none matches what has no such goal at all.
func goalFilter[T any](tx Tx, w *where, scope domain.Scope, column string, f domain.AnyOf[T]) {
	if f.IsZero() {
		return
	}
	var goal where
	goal.add("g.id = l.goal_id")
	tx.visible(&goal, scope, "g", "goal")
	exists := "exists (select 1 from action_goal l join goal g on " + on(goal) + " where l.action_id = a.id"
	is, args := column+" in ?", []any{f.Values}
	if column == "g.id" { // what is for a party's goal is for the shared one above it
		is, args = tx.underGoals(scope, f.Values)
	}
	switch {
	case len(f.Values) == 0:
		w.add("not " + exists + ")")
	case f.None:
		w.add("("+exists+" and "+is+") or not "+exists+"))", args...)
	case column == "g.id": // a goal has few actions, a theme many
		w.add(among("a.id", "select l.action_id from action_goal l join goal g on "+on(goal)+" where "+is), args...)
	default:
		w.add(exists+" and "+is+")", args...)
	}
}

// pinnedFilter narrows actions a by the chains of their stage and hand-over; None:
// they have neither.
func pinnedFilter(w *where, f domain.AnyOf[domain.ChainID]) {
	const nowhere = "(a.stage_id is null and a.handover_id is null)"
	linked := "(" + among("a.stage_id", "select s.id from stage s where s.chain_id in ?") + " or " +
		among("a.handover_id", "select h.id from handover h where h.chain_id in ?") + ")"
	switch {
	case f.IsZero():
	case len(f.Values) == 0:
		w.add(nowhere)
	case f.None:
		w.add("("+linked+" or "+nowhere+")", f.Values, f.Values)
	default:
		w.add(linked, f.Values, f.Values)
	}
}

// What is still expected, and what of it has a clock.
var (
	expectedStatuses = []action.Status{action.NotStarted, action.InProgress, action.Paused}
	runningStatuses  = []action.Status{action.NotStarted, action.InProgress}
)

// conditionFilter says each condition as conditions on columns that have
// indexes; action_condition would have to be computed for every row. A test
// holds them against it.
func (s *ActionStore) conditionFilter(w *where, f domain.AnyOf[action.ConditionValue]) {
	if len(f.Values) == 0 {
		return
	}
	day := s.tx.day
	soon := day.AddDays(action.SoonDays)
	var alternatives []string
	var args []any
	for _, c := range f.Values {
		cond, of := "a.status in ?", []any{runningStatuses}
		const fresh = " and (a.fresh_to is null or a.fresh_to >= ?)"
		switch c {
		case action.CondCancelled:
			of = []any{[]action.Status{action.Cancelled, action.Merged, action.Superseded}}
		case action.CondDone:
			of = []any{[]action.Status{action.Done}}
		case action.CondPaused:
			of = []any{[]action.Status{action.Paused}}
		case action.CondLate:
			cond, of = cond+" and "+actionLate+" < ?", append(of, day)
		case action.CondStale:
			cond, of = cond+" and "+actionLate+" >= ? and a.fresh_to < ?", append(of, day, day)
		case action.CondDueSoon: // what comes after the day by the earlier date does so by the later one: for the order by due date
			cond, of = cond+" and "+actionDue+" >= ? and "+actionLate+" between ? and ?"+fresh, append(of, day, day, soon, day)
		case action.CondNotStarted:
			cond, of = "a.status = 'not_started' and "+actionDue+" > ? and "+actionLate+" > ?"+fresh, []any{soon, soon, day}
		case action.CondOnTime:
			cond, of = "a.status = 'in_progress' and "+actionDue+" > ? and "+actionLate+" > ?"+fresh, []any{soon, soon, day}
		}
		alternatives, args = append(alternatives, cond), append(args, of...)
	}
	w.add("("+strings.Join(alternatives, " or ")+")", args...)
}

// freshnessFilter says each level as conditions on the kept dates, of what is not
// over. Action.FreshnessLevel is the same rule.
func (s *ActionStore) freshnessFilter(w *where, f domain.AnyOf[action.FreshnessLevel]) {
	if len(f.Values) == 0 {
		return
	}
	var alternatives []string
	for _, level := range f.Values {
		alternatives = append(alternatives, s.tx.freshness(level))
	}
	w.add("a.status in ? and ("+strings.Join(alternatives, " or ")+")", expectedStatuses)
}

// freshness is the condition that action a is at a level on the day shown.
func (tx Tx) freshness(level action.FreshnessLevel) string {
	day := dateSQL(tx.day)
	switch level {
	case action.FreshInTarget:
		return "a.target_to >= " + day
	case action.FreshInLimit:
		return "a.target_to < " + day + " and a.fresh_to >= " + day
	default:
		return "(a.fresh_to is null or a.fresh_to < " + day + ")"
	}
}

// unitFilter adds "the post that leads on the day shown is of one of the units or
// of one below".
func (s *ActionStore) unitFilter(w *where, units []domain.UnitID) {
	if len(units) == 0 {
		return
	}
	w.add(s.tx.leads("a")+" and "+among("a.lead_post_id", `with recursive below as (select u.id from unit u where u.id in ?
union select u.id from unit u join below on u.parent_id = below.id) select p.id from post p where p.unit_id in (select id from below)`), units)
}

// Complete implements action.Store.
func (s *ActionStore) Complete(posts []domain.Responsible) ([]domain.Responsible, error) {
	return s.tx.completeResponsibles(posts)
}

// NextNo implements action.Store.
func (s *ActionStore) NextNo() (no int, err error) {
	err = s.tx.Raw("select nextval('action_no_seq')").Scan(&no).Error
	return no, err
}

// Insert implements action.Store.
func (s *ActionStore) Insert(a action.Action) error {
	row := rowOfAction(a)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an action: %w", err)
	}
	return s.saveParts(a)
}

// Update implements action.Store.
func (s *ActionStore) Update(a action.Action) (action.Action, error) {
	a, err := s.update(a, actionColumns)
	if err != nil {
		return a, err
	}
	return a, s.saveParts(a)
}

// UpdateStatus implements action.Store.
func (s *ActionStore) UpdateStatus(a action.Action) (action.Action, error) {
	return s.update(a, actionStatusColumns)
}

// UpdateWithdrawal implements action.Store.
func (s *ActionStore) UpdateWithdrawal(a action.Action) (action.Action, error) {
	return s.update(a, actionWithdrawalColumns)
}

func (s *ActionStore) update(a action.Action, columns []string) (action.Action, error) {
	row := rowOfAction(a)
	row.Version++
	res := s.tx.Model(&actionRow{}).Where("id = ? and version = ?", a.ID, a.Version).Select(columns).Updates(&row)
	if res.Error != nil {
		return a, fmt.Errorf("update an action: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, a.ID)
		if err != nil {
			return a, err
		}
		return a, domain.Stale(domain.SubjectOf(domain.SubjectAction, a.ID), a.Version, current)
	}
	a.Version = row.Version
	return a, nil
}

func (s *ActionStore) saveParts(a action.Action) error {
	subject := domain.SubjectOf(domain.SubjectAction, a.ID)
	if err := s.tx.saveReferences(subject, a.References); err != nil {
		return err
	}
	if err := s.tx.saveTags(subject, a.TagIDs); err != nil {
		return err
	}
	for _, l := range actionLinks {
		have, err := s.tx.links(l.table, l.owner, l.column, []domain.AnyID{subject.ID})
		if err != nil {
			return err
		}
		if err := s.tx.saveLinks(l.table, l.owner, subject.ID, l.column, have[subject.ID], l.ids(a), nil); err != nil {
			return err
		}
	}
	return s.tx.keepRhythm(a.ID)
}

// actionLinks are the tables of what an action alone links to others.
var actionLinks = []linkTable[action.Action]{
	{"action_goal", "action_id", "goal_id", "", func(a action.Action) []domain.AnyID { return anyIDs(a.GoalIDs) }},
	{"action_target_group", "action_id", "target_group_id", "", func(a action.Action) []domain.AnyID { return anyIDs(a.TargetGroupIDs) }},
	{"action_district", "action_id", "district_id", "", func(a action.Action) []domain.AnyID { return anyIDs(a.DistrictIDs) }},
}

type originRow struct {
	OutcomeID     domain.OutcomeID
	Type          string
	TextFi        string
	TextSv        string
	TextEn        string
	AgendaItemID  domain.AgendaItemID
	AgendaNo      *int
	Section       *int
	ItemFi        string
	ItemSv        string
	ItemEn        string
	MeetingID     domain.MeetingID
	MeetingYear   int
	MeetingNumber int
	MeetingStart  time.Time
	MeetingStatus string
	Paper         string
	ForumID       domain.ForumID
	ForumKey      string
	ForumFi       string
	ForumSv       string
	ForumEn       string
}

// Origin implements action.Store.
func (s *ActionStore) Origin(scope domain.Scope, id domain.ActionID) (*action.Origin, error) {
	var w where
	w.add("a.id = ?", id)
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	rows, err := query[originRow](s.tx, `
select o.id as outcome_id, o.type, o.text_fi, o.text_sv, o.text_en,
       i.id as agenda_item_id, i.agenda_no, i.section, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en,
       m.id as meeting_id, m.year as meeting_year, m.number as meeting_number, m.starts_at as meeting_start, m.status as meeting_status, f.paper,
       f.id as forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en
from action a
join outcome o on o.id = a.outcome_id
join agenda_item i on i.id = o.agenda_item_id
join meeting m on m.id = i.meeting_id
join forum f on f.id = m.forum_id`+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the origin of an action: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	r := rows[0]
	return &action.Origin{OutcomeID: r.OutcomeID, Type: r.Type, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn},
		AgendaItemID: r.AgendaItemID, AgendaNo: r.AgendaNo, Section: r.Section, ItemTitle: domain.Text{FI: r.ItemFi, SV: r.ItemSv, EN: r.ItemEn},
		MeetingID: r.MeetingID, MeetingYear: r.MeetingYear, MeetingNumber: r.MeetingNumber, MeetingStart: r.MeetingStart, MeetingStatus: r.MeetingStatus, Paper: r.Paper,
		Forum: action.ForumRef{ID: r.ForumID, Key: r.ForumKey, Title: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}}}, nil
}
