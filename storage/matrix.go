package storage

import (
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/matrix"
)

// MatrixStore derives the matrix and the balance.
type MatrixStore struct{ tx Tx }

// NewMatrixStore binds the store to a transaction.
func NewMatrixStore(tx Tx) *MatrixStore { return &MatrixStore{tx} }

// Matrix implements matrix.Store.
func (s *MatrixStore) Matrix(scope domain.Scope, f matrix.Filter) (matrix.Matrix, error) {
	m := matrix.Matrix{Day: s.tx.day}
	var err error
	if f.TermFilter, err = s.tx.followTerms(f.TermFilter); err != nil {
		return m, err
	}
	for _, part := range []struct {
		name string
		load func(domain.Scope, matrix.Filter, *matrix.Matrix) error
	}{
		{"the rows", s.rows},
		{"the actions", s.actions},
		{"the cells", s.cells},
		{"the columns", s.columns},
		{"the acceptances", s.acceptances},
	} {
		if err := part.load(scope, f, &m); err != nil {
			return m, fmt.Errorf("load %s of the matrix: %w", part.name, err)
		}
	}
	return m, nil
}

// matrixRow is a row of the matrix as SQL gives it.
type matrixRow struct {
	GroupID    domain.AnyID
	GroupFi    string
	GroupSv    string
	GroupEn    string
	Kind       domain.SubjectKind
	ID         domain.AnyID
	No         int
	TitleFi    string
	TitleSv    string
	TitleEn    string
	FromFi     string
	FromSv     string
	FromEn     string
	ToFi       string
	ToSv       string
	ToEn       string
	Visibility domain.Visibility
}

const matrixRowColumns = `x.group_id, x.group_fi, x.group_sv, x.group_en, x.kind, x.id, x.no, x.title_fi, x.title_sv, x.title_en,
       x.from_fi, x.from_sv, x.from_en, x.to_fi, x.to_sv, x.to_en, x.visibility`

// matrixOrder is the order of rows x.
const matrixOrder = "x.group_position, x.group_id, x.kind_position, x.no, x.id"

// valid adds that a row of alias is valid on the day shown.
func (s *MatrixStore) valid(w *where, alias string) {
	w.add(alias+".valid_from <= ? and ("+alias+".valid_to is null or "+alias+".valid_to >= ?)", s.tx.day, s.tx.day)
}

// source is the subquery of all rows x that the scope may see.
func (s *MatrixStore) source(scope domain.Scope, f matrix.Filter) (string, []any) {
	const noStages = "'' as from_fi, '' as from_sv, '' as from_en, '' as to_fi, '' as to_sv, '' as to_en"
	if f.Arrangement != matrix.ByChain {
		var w where
		if f.Goals.IsZero() { // the plan of the overview
			of, args := s.tx.planOfDay(scope)
			w.add("g.plan_id = ("+of+")", args...)
		}
		s.tx.visible(&w, scope, "g", "goal")
		w.add("g.ended_on is null")
		return `(select t.id as group_id, t.position as group_position, t.title_fi as group_fi, t.title_sv as group_sv, t.title_en as group_en,
       'goal' as kind, 3 as kind_position, g.id, g.no, g.title_fi, g.title_sv, g.title_en, ` + noStages + `, g.visibility, g.theme_id
from goal g join theme t on t.id = g.theme_id` + w.sql() + ") x", w.args
	}
	// Chain by chain in their order (offset 0 keeps it), so that PostgreSQL stops at
	// the last row that is shown.
	var chains, stages, handovers, goals where
	s.tx.visible(&chains, scope, "c", "chain")
	stages.add("t.chain_id = c.id")
	s.valid(&stages, "t")
	handovers.add("h.chain_id = c.id")
	s.valid(&handovers, "h")
	of, ofArgs := s.tx.goalsOf(scope, "= c.id")
	s.tx.visible(&goals, scope, "g", "goal")
	goals.add("g.ended_on is null")
	return `(select c.id as group_id, c.position as group_position, c.title_fi as group_fi, c.title_sv as group_sv, c.title_en as group_en, y.*
from (select c.* from chain c` + chains.sql() + ` order by c.position, c.id offset 0) c cross join lateral (
  select 'stage' as kind, 1 as kind_position, t.id, t.position as no, t.title_fi, t.title_sv, t.title_en, ` + noStages + `, c.visibility, c.theme_id
  from stage t` + stages.sql() + `
  union all
  select 'handover', 2, h.id, h.position, h.what_fi, h.what_sv, h.what_en, hf.title_fi, hf.title_sv, hf.title_en, ht.title_fi, ht.title_sv, ht.title_en, c.visibility, c.theme_id
  from handover h join stage hf on hf.id = h.from_stage_id join stage ht on ht.id = h.to_stage_id` + handovers.sql() + `
  union all
  select 'goal', 3, g.id, g.no, g.title_fi, g.title_sv, g.title_en, ` + noStages + `, g.visibility, g.theme_id
  from (` + of + `) n join goal g on g.id = n.goal_id` + goals.sql() + `) y) x`,
		slices.Concat(chains.args, stages.args, handovers.args, ofArgs, goals.args)
}

// cellExists is the condition that a thing has a cell that the filter chooses.
func (s *MatrixStore) cellExists(kind, id string, f matrix.Filter) (string, []any) {
	var w where
	w.add("r.subject_kind = " + kind + " and r.subject_id = " + id)
	s.cellFilter(&w, f)
	return "exists (select 1 from responsibility r" + w.sql() + ")", w.args
}

func (s *MatrixStore) cellFilter(w *where, f matrix.Filter) {
	s.valid(w, "r")
	if !f.Parties.IsZero() {
		var p where
		in(&p, "p.party_id", f.Parties)
		w.add(among("r.post_id", "select p.id from post p"+p.sql()), p.args...)
	}
	in(w, "r.post_id", f.Posts)
	in(w, "r.part", f.Parts)
	in(w, "coalesce(r.standing, 'in_force')", f.Standings) // before there were agreements all was in force
}

// actionsOf is the subquery from and where of the actions a under goal x that
// meet the filter.
func (s *MatrixStore) actionsOf(scope domain.Scope, f matrix.Filter) (string, []any) {
	var w where
	w.add("l.goal_id = x.id")
	s.actionFilter(&w, scope, f)
	under, underArgs := s.tx.actionsUnder(scope)
	from := " from " + under + " l join action a on a.id = l.action_id"
	if f.Arrangement == matrix.ByChain {
		from += pinnedTo
		w.add(itsChain + " = x.group_id")
	} else if !f.Chains.IsZero() {
		chains, args := s.tx.chains(scope, f.Chains)
		from += pinnedTo
		w.add(itsChain+" in ("+chains+")", args...)
	}
	return from + w.sql(), append(underArgs, w.args...)
}

// pinnedTo joins the stage t or hand-over h that an action a belongs to; itsChain
// is their chain.
const (
	pinnedTo = " left join stage t on t.id = a.stage_id left join handover h on h.id = a.handover_id"
	itsChain = "coalesce(t.chain_id, h.chain_id)"
)

// pinnedUnder is the condition that an action a belongs to a chain whose id meets
// the condition: by indexes, where the join would read all actions. What belongs
// to a stage does not belong to a hand-over's chain as well.
func pinnedUnder(chain string) string {
	return "(" + among("a.stage_id", "select t.id from stage t where t.chain_id "+chain) +
		" or a.stage_id is null and " + among("a.handover_id", "select h.id from handover h where h.chain_id "+chain) + ")"
}

// actionFilter adds what the filter says of actions a, but for their chain.
func (s *MatrixStore) actionFilter(w *where, scope domain.Scope, f matrix.Filter) {
	s.tx.visible(w, scope, "a", "action")
	if !f.Conditions.IsZero() {
		w.add(conditionSQL+" in ?", s.tx.day, f.Conditions.Values)
	}
	ownTerms(w, domain.SubjectAction, "a.id", f.TermFilter)
	if f.Cells() {
		cond, args := s.cellExists("'action'", "a.id", f)
		w.add(cond, args...)
	}
}

// itself is the condition that row x is chosen by itself: by its terms and a cell
// of its own.
func (s *MatrixStore) itself(f matrix.Filter) where {
	var w, goal, chain where
	if f.Own() {
		goal.add("x.kind = 'goal'")
		ownTerms(&goal, domain.SubjectGoal, "x.id", f.TermFilter)
		chain.add("x.kind <> 'goal'")
		ownTerms(&chain, domain.SubjectChain, "x.group_id", f.TermFilter)
		w.add("("+on(goal)+" or "+on(chain)+")", append(goal.args, chain.args...)...)
	}
	if f.Cells() {
		cond, args := s.cellExists("x.kind", "x.id", f)
		w.add(cond, args...)
	}
	return w
}

// chosen is the condition on rows x of the filter.
func (s *MatrixStore) chosen(scope domain.Scope, f matrix.Filter) where {
	var w where
	in(&w, "x.theme_id", f.Themes)
	if f.Arrangement == matrix.ByChain {
		in(&w, "x.group_id", f.Chains)
	}
	if !f.Goals.IsZero() {
		w.add("x.kind = 'goal'")
		in(&w, "x.id", f.Goals)
	}
	if f.Arrangement != matrix.ByChain && !f.Chains.IsZero() {
		chains, args := s.tx.chains(scope, f.Chains)
		of, args := s.tx.goalsOf(scope, "in ("+chains+")", args...)
		w.add(among("x.id", of), args...)
	}
	from, args := s.actionsOf(scope, f)
	hasAction := "(x.kind = 'goal' and exists (select 1" + from + "))"
	switch own := s.itself(f); {
	case !f.Conditions.IsZero():
		w.add(hasAction, args...)
	case f.Cells() || f.Own():
		w.add("("+on(own)+" or "+hasAction+")", append(own.args, args...)...)
	}
	return w
}

func (s *MatrixStore) rows(scope domain.Scope, f matrix.Filter, m *matrix.Matrix) error {
	source, args := s.source(scope, f)
	w := s.chosen(scope, f)
	rows, err := query[matrixRow](s.tx, "select "+matrixRowColumns+" from "+source+w.sql()+" order by "+matrixOrder+fmt.Sprintf(" limit %d", matrix.MaxRows+1),
		append(args, w.args...)...)
	if err != nil {
		return err
	}
	if len(rows) > matrix.MaxRows {
		rows, m.More = rows[:matrix.MaxRows], true
	}
	for _, r := range rows {
		if n := len(m.Groups); n == 0 || m.Groups[n-1].ID != r.GroupID {
			m.Groups = append(m.Groups, matrix.Group{ID: r.GroupID, Title: domain.Text{FI: r.GroupFi, SV: r.GroupSv, EN: r.GroupEn}})
		}
		m.Rows = append(m.Rows, matrix.Row{Group: r.GroupID, Kind: r.Kind, ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
			From: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}, To: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}, Visibility: r.Visibility})
	}
	return nil
}

// actions counts the actions of each goal and, if the goals are few, loads them.
func (s *MatrixStore) actions(scope domain.Scope, f matrix.Filter, m *matrix.Matrix) error {
	var goals, groups []domain.AnyID
	for _, r := range m.Rows {
		if r.Kind == domain.SubjectGoal {
			goals, groups = append(goals, r.ID), append(groups, r.Group)
		}
	}
	if len(goals) == 0 {
		return nil
	}
	type key struct{ group, goal domain.AnyID }
	const of = " from unnest(?::uuid[], ?::uuid[]) x(id, group_id) cross join lateral "
	from, args := s.actionsOf(scope, f)
	args = append([]any{asOne(goals), asOne(groups)}, args...)
	type actionCount struct {
		GroupID domain.AnyID
		ID      domain.AnyID
		N       int
	}
	var counts []actionCount
	var err error
	if f.Arrangement == matrix.ByChain { // from the actions of the chains: many goals have few in each
		var w where
		w.add(pinnedUnder("= any(?)"), asOne(groups), asOne(groups))
		s.actionFilter(&w, scope, f)
		under, underArgs := s.tx.actionsUnder(scope)
		counts, err = query[actionCount](s.tx, "select "+itsChain+" as group_id, l.goal_id as id, count(*) as n from action a"+pinnedTo+
			" join "+under+" l on l.action_id = a.id"+w.sql()+" group by 1, 2", append(underArgs, w.args...)...)
	} else {
		counts, err = query[actionCount](s.tx, "select x.group_id, x.id, n.n"+of+"(select count(*) as n from (select 1"+from+
			fmt.Sprintf(" limit %d) counted) n", matrix.MaxCounted+1), args...)
	}
	if err != nil {
		return err
	}
	number := make(map[key]int, len(counts))
	for _, c := range counts {
		number[key{c.GroupID, c.ID}] = c.N
	}
	actions := map[key][]matrix.Row{}
	if len(goals) <= matrix.OpenGoals {
		type actionRow struct {
			GroupID    domain.AnyID
			GoalID     domain.AnyID
			ID         domain.AnyID
			No         int
			TitleFi    string
			TitleSv    string
			TitleEn    string
			Visibility domain.Visibility
			Condition  string
		}
		rows, err := query[actionRow](s.tx, "select x.group_id, x.id as goal_id, n.*"+of+
			"(select a.id, a.no, a.title_fi, a.title_sv, a.title_en, a.visibility, "+conditionSQL+" as condition"+from+
			fmt.Sprintf(" order by l.action_id limit %d) n order by n.no", matrix.MaxActions/len(goals)), slices.Insert(args, 2, any(s.tx.day))...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			k := key{r.GroupID, r.GoalID}
			actions[k] = append(actions[k], matrix.Row{Group: r.GroupID, Kind: domain.SubjectAction, ID: r.ID, No: r.No, Goal: r.GoalID,
				Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Visibility: r.Visibility, Condition: r.Condition})
		}
	}
	all := make([]matrix.Row, 0, len(m.Rows))
	for _, r := range m.Rows {
		k := key{r.Group, r.ID}
		if r.Kind == domain.SubjectGoal {
			r.Actions = min(number[k], matrix.MaxCounted)
			r.MoreThan = number[k] > matrix.MaxCounted
		}
		all = append(all, r)
		if r.Kind == domain.SubjectGoal {
			all = append(all, actions[k]...)
		}
	}
	m.Rows = all
	return nil
}

// subjects are the kinds and ids of the rows, each once.
func subjects(m *matrix.Matrix) (kinds []domain.SubjectKind, ids []domain.AnyID) {
	seen := map[domain.AnyID]bool{}
	for _, r := range m.Rows {
		if !seen[r.ID] {
			seen[r.ID] = true
			ids = append(ids, r.ID)
		}
		if !slices.Contains(kinds, r.Kind) {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds, ids
}

func (s *MatrixStore) cells(_ domain.Scope, f matrix.Filter, m *matrix.Matrix) error {
	kinds, ids := subjects(m)
	if len(ids) == 0 {
		return nil
	}
	var w where
	w.add("r.subject_kind in ? and r.subject_id = any(?)", kinds, asOne(ids))
	s.cellFilter(&w, f)
	cells, err := query[struct {
		ID        domain.ResponsibilityID
		SubjectID domain.AnyID
		PostID    domain.PostID
		Part      domain.Part
		Standing  domain.Standing
	}](s.tx, `select r.id, r.subject_id, r.post_id, r.part, coalesce(r.standing, 'in_force') as standing
from responsibility r join post p on p.id = r.post_id`+w.sql()+" order by r.subject_id, array_position(array['lead', 'shared', 'support', 'informed'], r.part), r.id", w.args...)
	if err != nil {
		return err
	}
	for _, c := range cells {
		m.Cells = append(m.Cells, matrix.Cell{ID: c.ID, Subject: c.SubjectID, PostID: c.PostID, Part: c.Part, Standing: c.Standing})
	}
	return nil
}

// columns loads the posts of the cells and counts their parts in goals.
func (s *MatrixStore) columns(_ domain.Scope, _ matrix.Filter, m *matrix.Matrix) error {
	goals := map[domain.AnyID]bool{}
	for _, r := range m.Rows {
		goals[r.ID] = goals[r.ID] || r.Kind == domain.SubjectGoal
	}
	lead, shared := map[domain.PostID]int{}, map[domain.PostID]int{}
	var ids []domain.PostID
	seen := map[domain.PostID]bool{}
	for _, c := range m.Cells {
		if !seen[c.PostID] {
			seen[c.PostID] = true
			ids = append(ids, c.PostID)
		}
		switch {
		case !goals[c.Subject]:
		case c.Part == domain.Lead:
			lead[c.PostID]++
		case c.Part == domain.Shared:
			shared[c.PostID]++
		}
	}
	if len(ids) == 0 {
		return nil
	}
	posts, err := query[struct {
		ID      domain.PostID
		PartyID domain.PartyID
		UnitID  domain.UnitID
		TitleFi string
		TitleSv string
		TitleEn string
		UnitFi  string
		UnitSv  string
		UnitEn  string
	}](s.tx, `select p.id, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en, u.name_fi as unit_fi, u.name_sv as unit_sv, u.name_en as unit_en
from post p join party pa on pa.id = p.party_id join unit u on u.id = p.unit_id
where p.id = any(?) order by not pa.principal, pa.position, u.name_fi collate "fi", u.id, p.title_fi collate "fi", p.id`, asOne(ids))
	if err != nil {
		return err
	}
	for _, p := range posts {
		m.Columns = append(m.Columns, matrix.Column{PostID: p.ID, PartyID: p.PartyID, UnitID: p.UnitID, Title: domain.Text{FI: p.TitleFi, SV: p.TitleSv, EN: p.TitleEn},
			Unit: domain.Text{FI: p.UnitFi, SV: p.UnitSv, EN: p.UnitEn}, Lead: lead[p.ID], Shared: shared[p.ID]})
	}
	return nil
}

// acceptances tells for each row with an agreement between parties what each of
// them says: a decline or a missing answer to any of its responsibilities shows.
func (s *MatrixStore) acceptances(_ domain.Scope, _ matrix.Filter, m *matrix.Matrix) error {
	kinds, ids := subjects(m)
	if len(ids) == 0 {
		return nil
	}
	var w where
	w.add("r.subject_kind in ? and r.subject_id = any(?)", kinds, asOne(ids))
	s.valid(&w, "r")
	rows, err := query[struct {
		SubjectID domain.AnyID
		PartyID   domain.PartyID
		State     int
	}](s.tx, `select r.subject_id, ac.party_id, max(case when ac.state = 'declined' then 3 when ac.state = 'open' and r.standing in ('reopened', 'change_declined') then 1 when ac.state = 'open' then 2 else 0 end) as state
from responsibility r
join agreement g on g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state in ('open', 'in_force', 'declined')
join acceptance ac on ac.agreement_id = g.id join party pa on pa.id = ac.party_id`+w.sql()+" group by r.subject_id, ac.party_id, pa.position order by pa.position", w.args...)
	if err != nil {
		return err
	}
	states := []domain.AcceptanceState{domain.AcceptanceAccepted, matrix.AcceptanceReopened, domain.AcceptanceOpen, domain.AcceptanceDeclined}
	of := map[domain.AnyID][]domain.Acceptance{}
	for _, r := range rows {
		of[r.SubjectID] = append(of[r.SubjectID], domain.Acceptance{PartyID: r.PartyID, State: states[r.State]})
	}
	for i := range m.Rows {
		if a := of[m.Rows[i].ID]; len(a) > 1 {
			m.Rows[i].Acceptance = a
		}
	}
	return nil
}

// Counts implements matrix.Store. It counts what GET /responsibilities lists: all,
// but for what has ended and what waits, and what the public may not see. Each is
// far less than all, and has an index.
func (s *MatrixStore) Counts(scope domain.Scope) (matrix.Counts, error) {
	var c matrix.Counts
	all, err := query[matrix.Counts](s.tx, `
select (select count(*) from responsibility r) - (select count(*) from responsibility r where r.valid_to < ?) as all,
       (select count(*) from responsibility r where r.standing <> 'in_force' and (r.valid_to is null or r.valid_to >= ?)) as waiting,
       (select count(*) from responsibility r where r.standing <> 'in_force' and r.standing in ('proposed', 'declined') and (r.valid_to is null or r.valid_to >= ?)) as in_force`,
		s.tx.day, s.tx.day, s.tx.day)
	if err != nil {
		return c, fmt.Errorf("count the responsibilities: %w", err)
	}
	c = all[0]
	c.InForce = c.All - c.InForce
	var kinds []string
	var args []any
	hidden := func(kind, ids, alias, table string) {
		var v where
		if s.tx.visible(&v, scope, alias, table); len(v.conds) == 0 {
			return
		}
		kinds, args = append(kinds, "select '"+kind+"' as kind, "+ids+" where not ("+on(v)+")"), append(args, v.args...)
	}
	hidden("goal", "g.id from goal g", "g", "goal")
	hidden("action", "a.id from action a", "a", "action")
	hidden("stage", "t.id from stage t join chain c on c.id = t.chain_id", "c", "chain")
	hidden("handover", "h.id from handover h join chain c on c.id = h.chain_id", "c", "chain")
	hidden("chain", "c.id from chain c", "c", "chain")
	hidden("forum", "f.id from forum f", "f", "forum")
	counts, err := query[matrix.Counts](s.tx, `select count(*) as all, count(*) filter (where r.standing is null or r.standing in ('in_force', 'reopened', 'change_declined')) as in_force,
       count(*) filter (where r.standing <> 'in_force') as waiting
from (`+strings.Join(kinds, "\nunion all ")+`) x join responsibility r on r.subject_kind = x.kind and r.subject_id = x.id
where r.valid_to is null or r.valid_to >= ?`, append(args, s.tx.day)...)
	if err != nil {
		return c, fmt.Errorf("count the hidden responsibilities: %w", err)
	}
	c.All -= counts[0].All
	c.InForce -= counts[0].InForce
	c.Waiting -= counts[0].Waiting
	return c, nil
}

type matrixLineRow struct {
	GroupFi     string
	GroupSv     string
	GroupEn     string
	Kind        domain.SubjectKind
	GoalNo      int
	No          int
	TitleFi     string
	TitleSv     string
	TitleEn     string
	Condition   string
	PartyNameFi string
	PartyNameSv string
	PartyNameEn string
	UnitFi      string
	UnitSv      string
	UnitEn      string
	PostFi      string
	PostSv      string
	PostEn      string
	Part        domain.Part
	Standing    domain.Standing
	WordingFi   string
	WordingSv   string
	WordingEn   string
	ValidFrom   domain.Date
	ValidTo     domain.Date
	Visibility  domain.Visibility
}

// Lines implements matrix.Store: one query, read row by row.
func (s *MatrixStore) Lines(scope domain.Scope, f matrix.Filter, yield func(matrix.Line) error) error {
	var err error
	if f.TermFilter, err = s.tx.followTerms(f.TermFilter); err != nil {
		return err
	}
	source, args := s.source(scope, f)
	w := s.chosen(scope, f)
	from, actionArgs := s.actionsOf(scope, f)
	var cell where
	s.cellFilter(&cell, f)
	join := " left join "
	if f.Cells() {
		join = " join "
	}
	sql := "with x as materialized (select x.* from " + source + w.sql() + `), thing as (
select x.group_position, x.group_id, x.kind_position, x.no as row_no, x.id as row_id, x.group_fi, x.group_sv, x.group_en,
       x.kind, case when x.kind = 'goal' then x.no end as goal_no, case when x.kind <> 'goal' then x.no end as no, x.id, x.title_fi, x.title_sv, x.title_en, null as condition, x.visibility
from x
union all
select x.group_position, x.group_id, x.kind_position, x.no, x.id, x.group_fi, x.group_sv, x.group_en, 'action', x.no, a.no, a.id, a.title_fi, a.title_sv, a.title_en, a.condition, a.visibility
from x cross join lateral (select a.no, a.id, a.title_fi, a.title_sv, a.title_en, a.visibility, ` + conditionSQL + " as condition" + from + `) a
where x.kind = 'goal')
select h.group_fi, h.group_sv, h.group_en, h.kind, h.goal_no, h.no, h.title_fi, h.title_sv, h.title_en, h.condition,
       pa.name_fi as party_name_fi, pa.name_sv as party_name_sv, pa.name_en as party_name_en, u.name_fi as unit_fi, u.name_sv as unit_sv, u.name_en as unit_en,
       p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en, r.part, case when r.id is not null then coalesce(r.standing, 'in_force') end as standing,
       r.wording_fi, r.wording_sv, r.wording_en, r.valid_from, r.valid_to, h.visibility
from thing h` + join + `(responsibility r join post p on p.id = r.post_id join party pa on pa.id = p.party_id join unit u on u.id = p.unit_id)
  on r.subject_kind = h.kind and r.subject_id = h.id and ` + on(cell) + `
order by h.group_position, h.group_id, h.kind_position, h.row_no, h.row_id, h.kind = 'action', h.no, h.id,
         array_position(array['lead', 'shared', 'support', 'informed'], r.part), pa.position, p.title_fi, r.id`
	args = slices.Concat(args, w.args, []any{s.tx.day}, actionArgs, cell.args)
	tx := s.tx
	tx.DB = tx.WithContext(patiently(tx.Statement.Context)) // whoever takes the rows may be slow
	return each(tx, sql, func(r matrixLineRow) error {
		return yield(matrix.Line{Group: domain.Text{FI: r.GroupFi, SV: r.GroupSv, EN: r.GroupEn}, Kind: r.Kind, GoalNo: r.GoalNo, No: r.No,
			Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Condition: r.Condition,
			Party: domain.Text{FI: r.PartyNameFi, SV: r.PartyNameSv, EN: r.PartyNameEn}, Unit: domain.Text{FI: r.UnitFi, SV: r.UnitSv, EN: r.UnitEn},
			Post: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, Part: r.Part, Standing: r.Standing,
			Wording: domain.Text{FI: r.WordingFi, SV: r.WordingSv, EN: r.WordingEn}, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Visibility: r.Visibility})
	}, args...)
}
