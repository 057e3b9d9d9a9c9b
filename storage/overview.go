package storage

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/overview"
)

// OverviewStore derives the overview.
type OverviewStore struct{ tx Tx }

// NewOverviewStore binds the store to a transaction.
func NewOverviewStore(tx Tx) *OverviewStore { return &OverviewStore{tx} }

// Get implements overview.Store.
func (s *OverviewStore) Get(scope domain.Scope, f overview.Filter) (overview.Overview, error) {
	o := overview.Overview{Day: s.tx.day}
	var err error
	if f.TermFilter, err = s.tx.followTerms(f.TermFilter); err != nil {
		return o, err
	}
	if err := s.plan(scope, f, &o); err != nil {
		return o, fmt.Errorf("load the plan of the overview: %w", err)
	}
	ids, at, err := s.goals(scope, f, &o)
	if err != nil {
		return o, fmt.Errorf("load the goals of the overview: %w", err)
	}
	// To count all actions and to count them by goal takes most of the time.
	err = s.tx.alongside(func(tx Tx) error {
		s := OverviewStore{tx}
		for _, part := range []struct {
			name string
			load func(domain.Scope, overview.Filter, *overview.Overview) error
		}{
			{"conditions", s.conditions},
			{"gaps", s.gaps},
			{"decisions", s.decisions},
			{"next events", s.next},
		} {
			if err := part.load(scope, f, &o); err != nil {
				return fmt.Errorf("load the %s of the overview: %w", part.name, err)
			}
		}
		return s.leads(ids, at)
	}, func(tx Tx) error {
		s := OverviewStore{tx}
		return s.goalActions(scope, f, ids, at)
	})
	return o, err
}

// plan finds the plan that is asked for, or that of the day shown.
func (s *OverviewStore) plan(scope domain.Scope, f overview.Filter, o *overview.Overview) error {
	of, args := s.tx.planOfDay(scope)
	if len(f.Plans.Values) > 0 {
		var w where
		w.add("p.id = ?", f.Plans.Values[0])
		s.tx.visible(&w, scope, "p", "plan")
		of, args = "select p.id from plan p"+w.sql(), w.args
	}
	var rows []struct {
		ID          domain.PlanID
		TitleFi     string
		TitleSv     string
		TitleEn     string
		CouncilTerm string
	}
	err := s.tx.Raw("select p.id, p.title_fi, p.title_sv, p.title_en, p.council_term from plan p where p.id = ("+of+")", args...).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	r := rows[0]
	o.Plan = &overview.Plan{ID: r.ID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, CouncilTerm: r.CouncilTerm}
	return nil
}

// actionFilter adds that an action a passes the filter, as the list of actions
// would have it.
func (s *OverviewStore) actionFilter(w *where, scope domain.Scope, f overview.Filter) {
	s.tx.actionTerms(w, scope, f.TermFilter)
	leadFilter(s.tx, w, "lead_party_id", f.Parties)
	pinnedFilter(w, f.Chains)
}

// goalsOwn adds that a goal g passes the filter by itself, whatever its actions,
// as the list of goals would have it.
func (s *OverviewStore) goalsOwn(w *where, scope domain.Scope, f overview.Filter) {
	ownTerms(w, domain.SubjectGoal, "g.id", f.TermFilter)
	if f.Parties.None && len(f.Parties.Values) == 0 {
		w.add("false") // a goal is led by nobody only through its actions
	}
	goalParties(s.tx, w, f.Parties)
	goalChains(s.tx, w, scope, f.Chains)
}

// handoversHere adds that a hand-over h from stage fs to stage ts of chain c is in
// force on the day shown, and passes the filter.
func (s *OverviewStore) handoversHere(w *where, scope domain.Scope, f overview.Filter) {
	s.tx.visible(w, scope, "c", "chain")
	w.add("h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)", s.tx.day, s.tx.day)
	in(w, "c.theme_id", f.Themes)
	ownTerms(w, domain.SubjectChain, "c.id", f.TermFilter)
	if len(f.Parties.Values) > 0 {
		w.add("(fs.party_id in ? or ts.party_id in ?)", f.Parties.Values, f.Parties.Values)
	}
	in(w, "c.id", f.Chains)
}

const handoversFrom = " from chain c join handover h on h.chain_id = c.id join stage fs on fs.id = h.from_stage_id join stage ts on ts.id = h.to_stage_id"

// conditions counts all actions by condition, status and freshness, and those due
// within the days of Next, in one pass over an index. It counts first by what the
// dates mean on the day, each standing for all that mean the same: to name the
// condition of a hundred thousand actions takes longer than to read them.
func (s *OverviewStore) conditions(scope domain.Scope, f overview.Filter, o *overview.Overview) error {
	var w where
	s.tx.visible(&w, scope, "a", "action")
	s.actionFilter(&w, scope, f)
	const open = "a.status in ('not_started', 'in_progress', 'paused')"
	rows, err := query[struct {
		Condition, Status                    string
		PhaseID                              domain.PhaseID
		Total, InTarget, InLimit, Stale, Due int
	}](s.tx, fmt.Sprintf(`select `+s.tx.conditionOfState("a")+` as condition, a.status, a.phase_id, sum(a.n)::integer as total,
       coalesce(sum(a.n) filter (where `+open+` and a.state & %[1]d > 0), 0)::integer as in_target,
       coalesce(sum(a.n) filter (where `+open+` and a.state & %[2]d > 0), 0)::integer as in_limit,
       coalesce(sum(a.n) filter (where `+open+` and a.state & (%[1]d + %[2]d) = 0), 0)::integer as stale,
       coalesce(sum(a.n) filter (where a.status in ('not_started', 'in_progress') and a.state & %[3]d > 0), 0)::integer as due
from (select a.status, a.phase_id, `+s.tx.stateOfDates()+` as state, count(*) as n from action a`+w.sql()+` group by 1, 2, 3) a
group by 1, 2, 3`, stateInTarget, stateInLimit, stateDueNext), w.args...)
	if err != nil {
		return err
	}
	o.ByCondition, o.ByStatus = map[string]int{}, map[string]int{}
	byPhase := map[domain.PhaseID]int{}
	for _, r := range rows {
		o.Actions += r.Total
		o.ByCondition[r.Condition] += r.Total
		o.ByStatus[r.Status] += r.Total
		byPhase[r.PhaseID] += r.Total
		o.Freshness.InTarget += r.InTarget
		o.Freshness.InLimit += r.InLimit
		o.Freshness.Stale += r.Stale
		o.Next.Actions += r.Due
	}
	return s.phases(byPhase, o)
}

// phases names the phases by which actions were counted.
func (s *OverviewStore) phases(counts map[domain.PhaseID]int, o *overview.Overview) error {
	none := counts[domain.PhaseID{}]
	if none == o.Actions {
		return nil
	}
	rows, err := query[struct {
		ID      domain.PhaseID
		TitleFi string
		TitleSv string
		TitleEn string
	}](s.tx, "select p.id, p.title_fi, p.title_sv, p.title_en from phase p order by p.position, p.id")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if n := counts[r.ID]; n > 0 {
			o.ByPhase = append(o.ByPhase, overview.Phase{ID: r.ID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Actions: n})
		}
	}
	if none > 0 {
		o.ByPhase = append(o.ByPhase, overview.Phase{Actions: none})
	}
	return nil
}

func dateSQL(d domain.Date) string { return "date '" + d.String() + "'" }

// goals loads the goals of the plan, without what belongs to them, and tells where each
// stands.
func (s *OverviewStore) goals(scope domain.Scope, f overview.Filter, o *overview.Overview) (ids []domain.AnyID, at map[domain.AnyID]*overview.Goal, err error) {
	if o.Plan == nil {
		return nil, nil, nil
	}
	var w where
	w.add("g.plan_id = ?", o.Plan.ID)
	s.tx.visible(&w, scope, "g", "goal")
	w.add("g.ended_on is null")
	in(&w, "g.theme_id", f.Themes)
	if f.Own() {
		var own, a where
		s.goalsOwn(&own, scope, f)
		a.add("n.goal_id = g.id")
		s.tx.visible(&a, scope, "a", "action")
		s.actionFilter(&a, scope, f)
		under, underArgs := s.tx.actionsUnder(scope)
		w.add("("+on(own)+" or exists (select 1 from "+under+" n join action a on a.id = n.action_id"+a.sql()+"))", slices.Concat(own.args, underArgs, a.args)...)
	}
	var rows []struct {
		ID         domain.GoalID
		No         int
		TitleFi    string
		TitleSv    string
		TitleEn    string
		Visibility domain.Visibility
		ThemeID    domain.ThemeID
		ThemeFi    string
		ThemeSv    string
		ThemeEn    string
		Position   int
		PartyID    *domain.PartyID
		SharedNo   int
	}
	var shared where
	shared.add("u.id = g.shared_goal_id")
	s.tx.visible(&shared, scope, "u", "goal")
	err = s.tx.Raw(`select g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.visibility, g.party_id, coalesce((select u.no from goal u`+shared.sql()+`), 0) as shared_no,
       t.id as theme_id, t.title_fi as theme_fi, t.title_sv as theme_sv, t.title_en as theme_en, t.position
from goal g join theme t on t.id = g.theme_id`+w.sql()+` order by t.position, t.id, g.no`, append(shared.args, w.args...)...).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	ids = make([]domain.AnyID, len(rows))
	at = make(map[domain.AnyID]*overview.Goal, len(rows))
	o.Goals = make([]overview.Goal, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
		at[ids[i]] = &o.Goals[i]
		o.Goals[i] = overview.Goal{ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Visibility: r.Visibility, PartyID: valueOf(r.PartyID), SharedNo: r.SharedNo,
			Theme: overview.Theme{ID: r.ThemeID, Title: domain.Text{FI: r.ThemeFi, SV: r.ThemeSv, EN: r.ThemeEn}, Position: r.Position}}
	}
	return ids, at, nil
}

// gaps counts the hand-overs of each chain by their gap.
func (s *OverviewStore) gaps(scope domain.Scope, f overview.Filter, o *overview.Overview) error {
	var w where
	s.handoversHere(&w, scope, f)
	rows, err := query[struct {
		ChainID domain.ChainID
		TitleFi string
		TitleSv string
		TitleEn string
		Major   int
		Minor   int
		None    int
	}](s.tx, `select c.id as chain_id, c.title_fi, c.title_sv, c.title_en, count(*) filter (where h.gap = 'major') as major,
       count(*) filter (where h.gap = 'minor') as minor, count(*) filter (where h.gap = 'none') as none`+
		handoversFrom+w.sql()+" group by c.id, c.title_fi, c.title_sv, c.title_en, c.position order by c.position, c.id", w.args...)
	for _, r := range rows {
		o.Gaps = append(o.Gaps, overview.ChainGaps{ChainID: r.ChainID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
			Major: r.Major, Minor: r.Minor, None: r.None})
	}
	return err
}

// leads adds who leads each goal, and how far its responsibilities are accepted.
func (s *OverviewStore) leads(goals []domain.AnyID, at map[domain.AnyID]*overview.Goal) error {
	if len(goals) == 0 {
		return nil
	}
	var rows []struct {
		GoalID  domain.AnyID
		PostID  domain.PostID
		PartyID domain.PartyID
		TitleFi string
		TitleSv string
		TitleEn string
	}
	err := s.tx.Raw(`select r.subject_id as goal_id, p.id as post_id, p.party_id, p.title_fi, p.title_sv, p.title_en
from responsibility r join post p on p.id = r.post_id join party pa on pa.id = p.party_id
where r.subject_kind = 'goal' and r.part = 'lead' and r.subject_id in ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)
order by pa.position, p.title_fi, p.id`, goals, s.tx.day, s.tx.day).Scan(&rows).Error
	for _, r := range rows {
		g := at[r.GoalID]
		g.Leads = append(g.Leads, overview.Lead{PostID: r.PostID, PartyID: r.PartyID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}})
	}
	if err != nil {
		return err
	}
	counts, err := query[struct {
		GoalID         domain.AnyID
		Parts, Waiting int
	}](s.tx, `select r.subject_id as goal_id, count(*)::integer as parts, (count(*) filter (where r.standing <> 'in_force'))::integer as waiting
from responsibility r
where r.subject_kind = 'goal' and r.subject_id = any(?) and (r.valid_to is null or r.valid_to >= ?)
group by r.subject_id`, asOne(goals), s.tx.day)
	for _, r := range counts {
		at[r.GoalID].Parts, at[r.GoalID].Unaccepted = r.Parts, r.Waiting
	}
	if err != nil {
		return err
	}
	return s.answers(goals, at)
}

// answers tells what each party says of the responsibilities for each goal that
// have not ended, where more parties than one are asked or something waits.
func (s *OverviewStore) answers(goals []domain.AnyID, at map[domain.AnyID]*overview.Goal) error {
	rows, err := query[struct {
		GoalID  domain.AnyID
		PartyID domain.PartyID
		State   int
		Since   *time.Time
	}](s.tx, `select r.subject_id as goal_id, ac.party_id,
       max(case when ac.state = 'declined' then 3 when ac.state = 'open' and r.standing in ('reopened', 'change_declined') then 1 when ac.state = 'open' then 2 else 0 end) as state,
       min(g.proposed_at) filter (where g.state = 'open' and ac.state = 'open') as since
from responsibility r
join agreement g on g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state in ('open', 'in_force', 'declined')
join acceptance ac on ac.agreement_id = g.id join party pa on pa.id = ac.party_id
where r.subject_kind = 'goal' and r.subject_id = any(?) and (r.valid_to is null or r.valid_to >= ?)
group by r.subject_id, ac.party_id, pa.position order by pa.position, ac.party_id`, asOne(goals), s.tx.day)
	states := []domain.AcceptanceState{domain.AcceptanceAccepted, overview.AnswerReopened, domain.AcceptanceOpen, domain.AcceptanceDeclined}
	for _, r := range rows {
		a := overview.Answer{PartyID: r.PartyID, State: states[r.State]}
		if r.Since != nil {
			a.Since = domain.DateOf(*r.Since)
		}
		at[r.GoalID].Answers = append(at[r.GoalID].Answers, a)
	}
	for _, g := range at {
		if len(g.Answers) == 1 && g.Unaccepted == 0 {
			g.Answers = nil // its own word alone
		}
	}
	return err
}

// goalActions counts the actions of each goal by condition, and names them where they
// are few.
func (s *OverviewStore) goalActions(scope domain.Scope, f overview.Filter, goals []domain.AnyID, at map[domain.AnyID]*overview.Goal) error {
	if len(goals) == 0 {
		return nil
	}
	var w where
	s.tx.visible(&w, scope, "a", "action")
	s.actionFilter(&w, scope, f)
	work, err := s.tx.workFor(scope, goals, w)
	if err != nil {
		return err
	}
	for id, g := range at {
		of := work[id]
		g.Total, g.ByCondition, g.NextDueOn = of.total, of.byCondition, of.nextDueOn
		for _, a := range of.named {
			g.Actions = append(g.Actions, overview.Action{No: a.No, Title: a.Title, Condition: a.Condition})
		}
	}
	return nil
}

type overviewMeetingRow struct {
	MeetingID domain.MeetingID
	Year      int
	Number    int
	MeetingFi string
	MeetingSv string
	MeetingEn string
	StartsAt  time.Time
	ForumID   domain.ForumID
	ForumKey  string
	ForumFi   string
	ForumSv   string
	ForumEn   string
}

const overviewMeetingColumns = `m.id as meeting_id, m.year, m.number, m.title_fi as meeting_fi, m.title_sv as meeting_sv, m.title_en as meeting_en,
       m.starts_at, f.id as forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en`

func (r overviewMeetingRow) meeting() overview.Meeting {
	return overview.Meeting{ID: r.MeetingID, Year: r.Year, Number: r.Number, StartsAt: r.StartsAt,
		Title:   domain.Text{FI: r.MeetingFi, SV: r.MeetingSv, EN: r.MeetingEn},
		ForumID: r.ForumID, ForumKey: r.ForumKey, ForumTitle: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}}
}

type decisionRow struct {
	OutcomeID    domain.OutcomeID
	Type         string
	TextFi       string
	TextSv       string
	TextEn       string
	AgendaItemID domain.AgendaItemID
	ItemFi       string
	ItemSv       string
	ItemEn       string
	AgendaNo     *int
	Section      *int
	Visibility   domain.Visibility
	Meeting      overviewMeetingRow `gorm:"embedded"`
}

func (r decisionRow) decision() overview.Decision {
	return overview.Decision{OutcomeID: r.OutcomeID, Type: r.Type, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn},
		AgendaItemID: r.AgendaItemID, ItemTitle: domain.Text{FI: r.ItemFi, SV: r.ItemSv, EN: r.ItemEn},
		AgendaNo: r.AgendaNo, Section: r.Section, Visibility: r.Visibility, Meeting: r.Meeting.meeting()}
}

// accountable are the outcomes o that need an ending: decisions, assignments and
// referrals that came back refused.
const accountable = "(o.type in ('decision', 'assignment') or (o.type = 'referral' and " + refusedSQL + "))"

// unended is meeting.Outcome.Open of an accountable outcome o as a condition:
// nothing follows from it, nor is said why, nor does its item go on elsewhere. (That the
// id is not null lets PostgreSQL read the actions of all outcomes from a small index.)
const unended = `o.ended_at is null and o.no_action_reason_fi || o.no_action_reason_sv || o.no_action_reason_en = '' and not exists (select 1 from action e where e.outcome_id = o.id and e.outcome_id is not null and e.withdrawn_on is null)
  and not ` + carriedSQL

// decisions loads the last decisions and those without an ending.
func (s *OverviewStore) decisions(scope domain.Scope, _ overview.Filter, o *overview.Overview) error {
	var w where
	w.add(accountable + " and m.closed_at is not null")
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	const from = ` from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id`
	const order = " order by starts_at desc, meeting_id, position, no"
	found, err := query[struct {
		Decisions, Without int
		ID                 *domain.OutcomeID
		Open               bool
	}](s.tx, `with d as materialized (select o.id, m.starts_at, m.id as meeting_id, i.position, o.no, `+unended+` as open`+from+w.sql()+`),
     one as ((select d.*, false as among from d`+order+` limit ?) union all (select d.*, true from d where open`+order+` limit ?))
select c.*, one.id, coalesce(one.among, false) as open
from (select count(*)::integer as decisions, (count(*) filter (where open))::integer as without from d) c left join one on true`+order,
		append(w.args, overview.MaxDecisions, overview.MaxOpen)...)
	if err != nil {
		return err
	}
	o.Endings.Decisions, o.Endings.Without = found[0].Decisions, found[0].Without
	var lastIDs, openIDs []domain.OutcomeID
	for _, r := range found {
		switch {
		case r.ID == nil: // none
		case r.Open:
			openIDs = append(openIDs, *r.ID)
		default:
			lastIDs = append(lastIDs, *r.ID)
		}
	}
	var rows []decisionRow
	err = s.tx.Raw(`select o.id as outcome_id, o.type, o.text_fi, o.text_sv, o.text_en,
       i.id as agenda_item_id, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en, i.agenda_no, i.section, i.visibility, `+overviewMeetingColumns+
		from+" where o.id = any(?)", asOne(slices.Concat(lastIDs, openIDs))).Scan(&rows).Error
	if err != nil {
		return err
	}
	byID := make(map[domain.OutcomeID]decisionRow, len(rows))
	for _, r := range rows {
		byID[r.OutcomeID] = r
	}
	last := make([]decisionRow, len(lastIDs))
	for i, id := range lastIDs {
		last[i] = byID[id]
	}
	for _, id := range openIDs {
		o.Endings.Open = append(o.Endings.Open, byID[id].decision())
	}
	if len(last) == 0 {
		return nil
	}
	follows, err := s.follows(scope, last)
	for _, r := range last {
		d := r.decision()
		d.Actions = follows[r.OutcomeID]
		o.LastDecisions = append(o.LastDecisions, d)
	}
	return err
}

// follows loads the actions that came from the decisions.
func (s *OverviewStore) follows(scope domain.Scope, decisions []decisionRow) (map[domain.OutcomeID][]overview.Follow, error) {
	ids := make([]domain.OutcomeID, len(decisions))
	for i, d := range decisions {
		ids[i] = d.OutcomeID
	}
	var w where
	w.add("a.outcome_id in ?", ids)
	s.tx.visible(&w, scope, "a", "action")
	var rows []struct {
		OutcomeID domain.OutcomeID
		No        int
		TitleFi   string
		TitleSv   string
		TitleEn   string
	}
	err := s.tx.Raw("select a.outcome_id, a.no, a.title_fi, a.title_sv, a.title_en from action a"+w.sql()+" order by a.no", w.args...).Scan(&rows).Error
	out := map[domain.OutcomeID][]overview.Follow{}
	for _, r := range rows {
		out[r.OutcomeID] = append(out[r.OutcomeID], overview.Follow{No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}})
	}
	return out, err
}

// next loads the nearest due dates and meetings.
func (s *OverviewStore) next(scope domain.Scope, f overview.Filter, o *overview.Overview) error {
	o.Next.Until = s.tx.day.AddDays(overview.NextDays)
	var w where
	w.add("a.status in ('not_started', 'in_progress') and "+actionDue+" between ? and ?", s.tx.day, o.Next.Until)
	s.tx.visible(&w, scope, "a", "action")
	s.actionFilter(&w, scope, f)
	var due []struct {
		DueLastOn domain.Date
		No        int
		TitleFi   string
		TitleSv   string
		TitleEn   string
	}
	err := s.tx.Raw("select a.due_last_on, a.no, a.title_fi, a.title_sv, a.title_en from action a"+w.sql()+
		" order by "+actionDue+", a.id limit ?", append(w.args, overview.MaxNext)...).Scan(&due).Error
	if err != nil {
		return err
	}
	for _, r := range due {
		o.Next.Events = append(o.Next.Events, overview.Event{Date: r.DueLastOn,
			Action: &overview.Follow{No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}})
	}

	w = where{}
	w.add("m.status in ('called', 'in_progress') and m.starts_at >= ? and m.starts_at <= ?", s.tx.day.StartOfDay(), o.Next.Until.EndOfDay())
	s.tx.meetingVisible(&w, scope)
	var meetings []overviewMeetingRow
	err = s.tx.Raw("select "+overviewMeetingColumns+" from meeting m join forum f on f.id = m.forum_id"+w.sql()+
		" order by m.starts_at, m.id limit ?", append(w.args, overview.MaxNext)...).Scan(&meetings).Error
	for _, r := range meetings {
		m := r.meeting()
		o.Next.Events = append(o.Next.Events, overview.Event{Date: domain.DateOf(m.StartsAt), Meeting: &m})
	}
	slices.SortStableFunc(o.Next.Events, func(a, b overview.Event) int { return cmp.Compare(a.Date.String(), b.Date.String()) })
	return err
}
