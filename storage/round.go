package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
)

type roundRow struct {
	ID             domain.RoundID
	Key            string
	PlanID         domain.PlanID
	Kind           round.Kind
	TitleFi        string
	TitleSv        string
	TitleEn        string
	PeriodFrom     domain.Date
	PeriodTo       domain.Date
	OpensOn        domain.Date
	State          round.State
	OpenedPartyID  *domain.PartyID
	OpenedPostID   *domain.PostID
	EndedAt        *time.Time
	CancelReasonFi string
	CancelReasonSv string
	CancelReasonEn string
	Version        int
	CreatedAt      time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
}

func (roundRow) TableName() string { return "reporting_round" }

func rowOfRound(r round.Round) roundRow {
	row := roundRow{ID: r.ID, Key: r.Key, PlanID: r.PlanID, Kind: r.Kind, TitleFi: r.Title.FI, TitleSv: r.Title.SV, TitleEn: r.Title.EN,
		PeriodFrom: r.PeriodFrom, PeriodTo: r.PeriodTo, OpensOn: r.OpensOn, State: r.State, OpenedPartyID: r.OpenedPartyID.Ptr(), OpenedPostID: r.OpenedPostID.Ptr(),
		CancelReasonFi: r.CancelReason.FI, CancelReasonSv: r.CancelReason.SV, CancelReasonEn: r.CancelReason.EN,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if !r.EndedAt.IsZero() {
		row.EndedAt = &r.EndedAt
	}
	return row
}

// roundView is a round with what it joins.
type roundView struct {
	Row                    roundRow `gorm:"embedded"`
	PlanKey                string
	PlanFi, PlanSv, PlanEn string
	OpenedFi               string
	OpenedSv               string
	OpenedEn               string
}

func (v roundView) entity() round.View {
	r := v.Row
	out := round.View{Round: round.Round{ID: r.ID, Key: r.Key, PlanID: r.PlanID, Kind: r.Kind, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		PeriodFrom: r.PeriodFrom, PeriodTo: r.PeriodTo, OpensOn: r.OpensOn, State: r.State, OpenedPartyID: valueOf(r.OpenedPartyID), OpenedPostID: valueOf(r.OpenedPostID),
		CancelReason: domain.Text{FI: r.CancelReasonFi, SV: r.CancelReasonSv, EN: r.CancelReasonEn}, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt},
		Plan:            round.SnapshotPlan{ID: r.PlanID, Key: v.PlanKey, Title: domain.Text{FI: v.PlanFi, SV: v.PlanSv, EN: v.PlanEn}},
		OpenedPostTitle: domain.Text{FI: v.OpenedFi, SV: v.OpenedSv, EN: v.OpenedEn}}
	if r.EndedAt != nil {
		out.EndedAt = r.EndedAt.UTC()
	}
	return out
}

const (
	roundSelect = `
select r.*, pl.key as plan_key, pl.title_fi as plan_fi, pl.title_sv as plan_sv, pl.title_en as plan_en, op.title_fi as opened_fi, op.title_sv as opened_sv, op.title_en as opened_en`
	roundFrom = " from reporting_round r join plan pl on pl.id = r.plan_id left join post op on op.id = r.opened_post_id"
)

// RoundStore keeps reporting rounds.
type RoundStore struct{ tx Tx }

// NewRoundStore binds the store to a transaction.
func NewRoundStore(tx Tx) *RoundStore { return &RoundStore{tx} }

// Get implements round.Store.
func (s *RoundStore) Get(scope domain.Scope, id domain.RoundID) (round.View, error) {
	return s.one(scope, "r.id = ?", id)
}

// ByKey implements round.Store.
func (s *RoundStore) ByKey(scope domain.Scope, key string) (round.View, error) {
	return s.one(scope, "r.key = ?", key)
}

func (s *RoundStore) one(scope domain.Scope, cond string, arg any) (round.View, error) {
	var w where
	w.add(cond, arg)
	s.tx.visible(&w, scope, "pl", "plan")
	rows, err := query[roundView](s.tx, roundSelect+roundFrom+w.sql(), w.args...)
	if err != nil {
		return round.View{}, fmt.Errorf("load a reporting round: %w", err)
	}
	if len(rows) == 0 {
		return round.View{}, domain.NotFound("round")
	}
	views, err := s.complete(rows)
	if err != nil {
		return round.View{}, err
	}
	return views[0], nil
}

// complete adds levels and completions, with one query for each.
func (s *RoundStore) complete(rows []roundView) ([]round.View, error) {
	views, ids := make([]round.View, len(rows)), make([]domain.RoundID, len(rows))
	for i, r := range rows {
		views[i], ids[i] = r.entity(), r.Row.ID
	}
	if len(ids) == 0 {
		return views, nil
	}
	levels, err := query[struct {
		RoundID     domain.RoundID
		Level       round.Level
		WorkingDays int
		DueOn       domain.Date
	}](s.tx, "select round_id, level, working_days, due_on from round_level where round_id = any(?) order by due_on", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the levels of reporting rounds: %w", err)
	}
	for _, l := range levels {
		i := slices.Index(ids, l.RoundID)
		views[i].Levels = append(views[i].Levels, round.Due{Level: l.Level, WorkingDays: l.WorkingDays, DueOn: l.DueOn})
	}
	completions, err := query[struct {
		RoundID                domain.RoundID
		PartyID                domain.PartyID
		PostID                 *domain.PostID
		PostFi, PostSv, PostEn string
		NoteFi, NoteSv, NoteEn string
		CompletedAt            time.Time
	}](s.tx, `select c.round_id, c.party_id, c.post_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en, c.note_fi, c.note_sv, c.note_en, c.completed_at
from round_completion c left join post p on p.id = c.post_id where c.round_id = any(?) order by c.completed_at, c.id`, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the completions of reporting rounds: %w", err)
	}
	for _, c := range completions {
		i := slices.Index(ids, c.RoundID)
		views[i].Completions = append(views[i].Completions, round.Completion{PartyID: c.PartyID, PostID: valueOf(c.PostID),
			PostTitle: domain.Text{FI: c.PostFi, SV: c.PostSv, EN: c.PostEn}, Note: domain.Text{FI: c.NoteFi, SV: c.NoteSv, EN: c.NoteEn}, CompletedAt: c.CompletedAt.UTC()})
	}
	return views, nil
}

var roundOrdering = ordering{
	keys: map[string]sortKey{
		"periodTo": {"r.period_to", "date"},
		"title":    {`r.title_fi collate "fi"`, "text"},
	},
	standard: "-periodTo",
	id:       "r.id",
}

// List implements round.Store.
func (s *RoundStore) List(scope domain.Scope, plan domain.PlanID, req domain.PageRequest) (domain.Page[round.View], error) {
	var w where
	if !plan.IsZero() {
		w.add("r.plan_id = ?", plan)
	}
	s.tx.visible(&w, scope, "pl", "plan")
	rows, err := list[roundView](s.tx, roundOrdering, req, roundSelect, roundFrom, w)
	if err != nil {
		return domain.Page[round.View]{}, fmt.Errorf("list reporting rounds: %w", err)
	}
	items, err := s.complete(rows.Items)
	return pageOf(rows, items), err
}

// Lock implements round.Store.
func (s *RoundStore) Lock(id domain.RoundID) error {
	if err := s.tx.Exec("select id from reporting_round where id = ? for update", id).Error; err != nil {
		return fmt.Errorf("lock a reporting round: %w", err)
	}
	return nil
}

// Insert implements round.Store.
func (s *RoundStore) Insert(r round.Round) error {
	row := rowOfRound(r)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a reporting round: %w", err)
	}
	for _, l := range r.Levels {
		err := s.tx.Exec("insert into round_level (id, round_id, level, working_days, due_on) values (?, ?, ?, ?, ?)", domain.UUIDv7(), r.ID, l.Level, l.WorkingDays, l.DueOn).Error
		if err != nil {
			return fmt.Errorf("insert a level of a reporting round: %w", err)
		}
	}
	return nil
}

// Update implements round.Store.
func (s *RoundStore) Update(r round.Round) (round.Round, error) {
	row := rowOfRound(r)
	row.Version++
	res := s.tx.Model(&roundRow{}).Where("id = ? and version = ?", r.ID, r.Version).Select("title_fi", "title_sv", "title_en", "state", "ended_at",
		"cancel_reason_fi", "cancel_reason_sv", "cancel_reason_en", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return r, fmt.Errorf("update a reporting round: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, r.ID)
		if err != nil {
			return r, err
		}
		return r, domain.Stale(domain.SubjectOf(domain.SubjectRound, r.ID), r.Version, current)
	}
	r.Version = row.Version
	for _, l := range r.Levels {
		err := s.tx.Exec("update round_level set working_days = ?, due_on = ? where round_id = ? and level = ? and (working_days, due_on) is distinct from (?, ?)",
			l.WorkingDays, l.DueOn, r.ID, l.Level, l.WorkingDays, l.DueOn).Error
		if err != nil {
			return r, fmt.Errorf("change a level of a reporting round: %w", err)
		}
	}
	return r, s.saveCompletions(r)
}

// saveCompletions makes the completions those of the round, party by party.
func (s *RoundStore) saveCompletions(r round.Round) error {
	var have []domain.PartyID
	if err := s.tx.Raw("select party_id from round_completion where round_id = ?", r.ID).Scan(&have).Error; err != nil {
		return fmt.Errorf("load the completions of a reporting round: %w", err)
	}
	for _, party := range have {
		if r.CompletedBy(party) {
			continue
		}
		if err := s.tx.Exec("delete from round_completion where round_id = ? and party_id = ?", r.ID, party).Error; err != nil {
			return fmt.Errorf("take back a completion of a reporting round: %w", err)
		}
	}
	for _, c := range r.Completions {
		if slices.Contains(have, c.PartyID) {
			continue
		}
		err := s.tx.Exec("insert into round_completion (id, round_id, party_id, post_id, note_fi, note_sv, note_en, completed_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
			domain.UUIDv7(), r.ID, c.PartyID, c.PostID.Ptr(), c.Note.FI, c.Note.SV, c.Note.EN, c.CompletedAt).Error
		if err != nil {
			return fmt.Errorf("insert a completion of a reporting round: %w", err)
		}
	}
	return nil
}

type roundReportRow struct {
	ID          domain.RoundReportID
	RoundID     domain.RoundID
	SubjectKind round.Level
	SubjectID   domain.AnyID
	PartyID     domain.PartyID
	PostID      *domain.PostID
	Assessment  round.Assessment
	TextFi      string
	TextSv      string
	TextEn      string
	Public      bool
	ReportedOn  domain.Date
	ReportedAt  time.Time
	Version     int
}

func (roundReportRow) TableName() string { return "round_report" }

// InsertReport implements round.Store.
func (s *RoundStore) InsertReport(r round.Report) error {
	row := roundReportRow{ID: r.ID, RoundID: r.RoundID, SubjectKind: r.Level, SubjectID: r.SubjectID, PartyID: r.PartyID, PostID: r.PostID.Ptr(), Assessment: r.Assessment,
		TextFi: r.Text.FI, TextSv: r.Text.SV, TextEn: r.Text.EN, Public: r.Public, ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt, Version: 1}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a report of a round: %w", err)
	}
	return nil
}

// roundReportView is a report with the title of its post.
type roundReportView struct {
	Report  roundReportRow `gorm:"embedded"`
	TitleFi string
	TitleSv string
	TitleEn string
}

func (v roundReportView) entity() round.Report {
	r := v.Report
	return round.Report{ID: r.ID, RoundID: r.RoundID, Level: r.SubjectKind, SubjectID: r.SubjectID, PartyID: r.PartyID, PostID: valueOf(r.PostID),
		PostTitle: domain.Text{FI: v.TitleFi, SV: v.TitleSv, EN: v.TitleEn}, Assessment: r.Assessment, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn},
		Public: r.Public, ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt.UTC()}
}

const roundReportSelect = "select rr.*, p.title_fi, p.title_sv, p.title_en"

// Report implements round.Store.
func (s *RoundStore) Report(id domain.RoundReportID) (round.Report, error) {
	rows, err := query[roundReportView](s.tx, roundReportSelect+" from round_report rr left join post p on p.id = rr.post_id where rr.id = ?", id)
	if err != nil {
		return round.Report{}, fmt.Errorf("load a report of a round: %w", err)
	}
	if len(rows) == 0 {
		return round.Report{}, domain.NotFound("report")
	}
	return rows[0].entity(), nil
}

var roundReportOrdering = ordering{
	keys:     map[string]sortKey{"reportedAt": {"rr.reported_at", "timestamptz"}},
	standard: "-reportedAt",
	id:       "rr.id",
}

// Reports implements round.Store.
func (s *RoundStore) Reports(scope domain.Scope, r round.Round, f round.ReportFilter, req domain.PageRequest) (domain.Page[round.Report], error) {
	var w, goals where
	w.add("rr.round_id = ?", r.ID)
	if f.Level != "" {
		w.add("rr.subject_kind = ?", f.Level)
	}
	if !f.SubjectID.IsZero() {
		w.add("rr.subject_id = ?", f.SubjectID)
	}
	if !f.PartyID.IsZero() {
		w.add("rr.party_id = ?", f.PartyID)
	}
	goals.add("g.id is not null")
	s.tx.visible(&goals, scope, "g", "goal")
	w.add("(rr.subject_kind = 'plan' or " + on(goals) + ")")
	rows, err := list[roundReportView](s.tx, roundReportOrdering, req, roundReportSelect,
		" from round_report rr left join post p on p.id = rr.post_id left join goal g on rr.subject_kind = 'goal' and g.id = rr.subject_id", w)
	if err != nil {
		return domain.Page[round.Report]{}, fmt.Errorf("list the reports of a round: %w", err)
	}
	items := entities[roundReportView, round.Report](rows.Items)
	for i := range items {
		if !items[i].Public && !scope.Staff {
			items[i].Text = domain.Text{}
		}
	}
	return pageOf(rows, items), nil
}

// Subject implements round.Store.
func (s *RoundStore) Subject(scope domain.Scope, r round.Round, l round.Level, id domain.AnyID) (round.Subject, error) {
	var w where
	sql := "select visibility <> 'public' as internal from plan x"
	switch l {
	case round.OfGoal:
		sql = "select visibility <> 'public' as internal from goal x"
		w.add("x.plan_id = ?", r.PlanID)
		s.tx.visible(&w, scope, "x", "goal")
	case round.OfPlan:
		w.add("x.id = ?", r.PlanID)
		s.tx.visible(&w, scope, "x", "plan")
	default:
		return round.Subject{}, domain.NotFound(string(l))
	}
	w.add("x.id = ?", id)
	rows, err := query[struct{ Internal bool }](s.tx, sql+w.sql(), w.args...)
	if err != nil {
		return round.Subject{}, fmt.Errorf("load what a round asks about: %w", err)
	}
	if len(rows) == 0 {
		return round.Subject{}, domain.NotFound(string(l))
	}
	out := round.Subject{Level: l, ID: id, Internal: rows[0].Internal}
	if l == round.OfGoal {
		posts, err := s.tx.responsibles(domain.SubjectGoal, []domain.AnyID{id})
		if err != nil {
			return out, err
		}
		out.Responsibilities = posts[id]
	}
	return out, nil
}

// Plan implements round.Store.
func (s *RoundStore) Plan(scope domain.Scope, id domain.PlanID) (round.SnapshotPlan, error) {
	p, err := NewPlanStore(s.tx).Get(scope, id)
	return round.SnapshotPlan{ID: p.ID, Key: p.Key, Title: p.Title}, err
}

// Principals implements round.Store.
func (s *RoundStore) Principals() ([]round.SnapshotParty, error) {
	rows, err := query[struct {
		ID                     domain.PartyID
		Key                    string
		NameFi, NameSv, NameEn string
	}](s.tx, "select id, key, name_fi, name_sv, name_en from party where principal order by position, id")
	if err != nil {
		return nil, fmt.Errorf("load the principal parties: %w", err)
	}
	out := make([]round.SnapshotParty, len(rows))
	for i, r := range rows {
		out[i] = round.SnapshotParty{ID: r.ID, Key: r.Key, Name: domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn}}
	}
	return out, nil
}

// asked is the subquery of what a round asks for, once for each subject and party,
// with how it stands on the day shown: the rule of round.Expectation. It has no
// arguments: what stands in it are dates, ids and fixed words.
func (s *RoundStore) asked(scope domain.Scope, r round.Round) string {
	return s.askedOf(scope, r, domain.PostID{})
}

// askedOf is asked of the actions in which a post has a part; zero: of all.
func (s *RoundStore) askedOf(scope domain.Scope, r round.Round, post domain.PostID) string {
	const over = "('done', 'cancelled', 'merged', 'superseded')"
	date := func(d domain.Date) string { return "date '" + d.String() + "'" }
	id := func(i interface{ String() string }) string { return "'" + i.String() + "'::uuid" }
	made := func(alias string, l round.Level) string {
		return "(" + alias + ".created_at at time zone 'Europe/Helsinki')::date <= " + date(r.Due(l))
	}
	valid := "r.standing <> 'declined' and r.part in ('lead', 'shared') and r.valid_from <= " + date(s.tx.day) + " and (r.valid_to is null or r.valid_to >= " + date(s.tx.day) + ")"
	opens, staff := date(r.OpensOn), fmt.Sprint(scope.Staff)

	var actions, goals, plans where
	inPlan := where{}
	inPlan.add("l.action_id = a.id")
	inPlan.add("g.plan_id = " + id(r.PlanID))
	s.tx.visible(&inPlan, scope, "g", "goal")
	actions.add("exists (select 1 from action_goal l join goal g on g.id = l.goal_id" + inPlan.sql() + ")")
	actions.add(made("a", round.OfAction))
	s.tx.visible(&actions, scope, "a", "action")
	if !post.IsZero() {
		actions.add(among("a.id", "select own.subject_id from responsibility own where own.subject_kind = 'action' and own.post_id = "+id(post)))
	}
	goals.add("g.plan_id = " + id(r.PlanID))
	goals.add("pa.principal")
	goals.add(made("g", round.OfGoal))
	s.tx.visible(&goals, scope, "g", "goal")
	goals.add("(g.ended_on is null or w.first_on is not null)") // what was reported stays
	plans.add("pl.id = " + id(r.PlanID))
	plans.add("pa.principal")
	s.tx.visible(&plans, scope, "pl", "plan")

	said := func(subject string) string {
		return `left join lateral (
  select min(rr.reported_on) as first_on, max(rr.reported_on) as last_on from round_report rr where rr.round_id = ` + id(r.ID) + ` and rr.subject_id = ` + subject + `.id and rr.party_id = pa.id) w on true
left join lateral (
  select rr.assessment, rr.public, case when rr.public or ` + staff + ` then rr.text_fi end as text_fi, case when rr.public or ` + staff + ` then rr.text_sv end as text_sv,
         case when rr.public or ` + staff + ` then rr.text_en end as text_en
  from round_report rr where rr.round_id = ` + id(r.ID) + ` and rr.subject_id = ` + subject + `.id and rr.party_id = pa.id order by rr.reported_at desc, rr.id desc limit 1) t on true`
	}
	return `(select u.*, case when u.first_on is null then case when u.due_on < ` + date(s.tx.day) + ` then 'missing' else 'waiting' end
                 when u.first_on > u.due_on then 'late' else 'reported' end as standing from (
select 'action' as level, 0 as position, x.id, x.no, x.title_fi, x.title_sv, x.title_en, x.internal, x.party_id, x.party_position,
       x.post_id, x.post_fi, x.post_sv, x.post_en, ` + date(r.Due(round.OfAction)) + ` as due_on, w.first_on, case when w.first_on is not null then ps.confirmed_on end as last_on,
       case when w.first_on is not null then ps.status else '' end as status, case when w.first_on is not null then ps.progress else 0 end as progress, '' as assessed,
       sr.text_fi, sr.text_sv, sr.text_en, coalesce(sr.public, false) as text_public
from (select distinct on (a.id, p.party_id) a.id, a.no, a.title_fi, a.title_sv, a.title_en, (a.visibility <> 'public' or not exists (select 1 from action_goal l join goal g on g.id = l.goal_id where l.action_id = a.id and g.plan_id = ` + id(r.PlanID) + ` and g.visibility = 'public')) as internal, a.status as joint,
             p.party_id, pa.position as party_position, p.id as post_id, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en
      from action a
      join responsibility r on r.subject_kind = 'action' and r.subject_id = a.id and ` + valid + `
      join post p on p.id = r.post_id
      join party pa on pa.id = p.party_id and pa.principal` + actions.sql() + `
      order by a.id, p.party_id, r.part <> 'lead', r.valid_from, r.id) x
left join action_party_status ps on ps.action_id = x.id and ps.party_id = x.party_id
left join lateral (
  select min(h.confirmed_on) as first_on from public.action_party_status_history h
  where h.action_id = x.id and h.party_id = x.party_id and h.confirmed_on between ` + opens + ` and ps.confirmed_on
    and h.sys_from <= coalesce(nullif(current_setting('app.as_of', true), '')::timestamptz, 'infinity')
    and not exists (select 1 from action_word aw where aw.action_id = x.id and aw.party_id = x.party_id
      and (aw.said_at at time zone 'Europe/Helsinki')::date = h.confirmed_on having bool_and(aw.withdrawn_at is not null))) w on true
left join status_report sr on sr.id = ps.report_id and sr.reported_on >= ` + opens + ` and (sr.public or ` + staff + `)
where w.first_on is not null or x.joint not in ` + over + ` and coalesce(ps.status, '') not in ` + over + `
union all
select 'goal', 1, g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.visibility <> 'public', pa.id, pa.position,
       p.id, p.title_fi, p.title_sv, p.title_en, ` + date(r.Due(round.OfGoal)) + `, w.first_on, w.last_on, '', 0, coalesce(t.assessment, ''),
       t.text_fi, t.text_sv, t.text_en, coalesce(t.public, false)
from goal g cross join party pa
left join lateral (
  select p.id, p.title_fi, p.title_sv, p.title_en from responsibility r join post p on p.id = r.post_id
  where r.subject_kind = 'goal' and r.subject_id = g.id and p.party_id = pa.id and ` + valid + `
  order by r.part <> 'lead', r.valid_from, r.id limit 1) p on true
` + said("g") + goals.sql() + `
union all
select 'plan', 2, pl.id, 0, pl.title_fi, pl.title_sv, pl.title_en, pl.visibility <> 'public', pa.id, pa.position,
       null::uuid, '', '', '', ` + date(r.Due(round.OfPlan)) + `, w.first_on, w.last_on, '', 0, coalesce(t.assessment, ''),
       t.text_fi, t.text_sv, t.text_en, coalesce(t.public, false)
from plan pl cross join party pa
` + said("pl") + plans.sql() + `) u) x`
}

type expectationRow struct {
	Level      round.Level
	ID         domain.AnyID
	No         int
	TitleFi    string
	TitleSv    string
	TitleEn    string
	Internal   bool
	PartyID    domain.PartyID
	PostID     *domain.PostID
	PostFi     string
	PostSv     string
	PostEn     string
	DueOn      domain.Date
	FirstOn    domain.Date
	LastOn     domain.Date
	Status     string
	Progress   int
	Assessed   round.Assessment
	TextFi     string
	TextSv     string
	TextEn     string
	TextPublic bool
	Standing   round.Standing
}

func (r expectationRow) entity() round.Expectation {
	return round.Expectation{Level: r.Level, SubjectID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Internal: r.Internal,
		PartyID: r.PartyID, PostID: valueOf(r.PostID), PostTitle: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, Standing: r.Standing, DueOn: r.DueOn,
		FirstOn: r.FirstOn, LastOn: r.LastOn, Status: r.Status, Progress: r.Progress, Assessed: r.Assessed,
		Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, Public: r.TextPublic}
}

const expectationColumns = `
select x.level, x.id, x.no, x.title_fi, x.title_sv, x.title_en, x.internal, x.party_id, x.post_id, x.post_fi, x.post_sv, x.post_en, x.due_on, x.first_on, x.last_on,
       x.status, x.progress, x.assessed, x.text_fi, x.text_sv, x.text_en, x.text_public, x.standing`

var expectationOrdering = ordering{
	keys: map[string]sortKey{
		"level": {"x.position", "integer"},
		"no":    {"x.no", "integer"},
		"party": {"x.party_position", "integer"},
	},
	standard: "level,no,party",
	id:       `(x.id::text || x.party_id::text) collate "C"`,
	idType:   "text",
}

// Expectations implements round.Store.
func (s *RoundStore) Expectations(scope domain.Scope, r round.Round, f round.Filter, req domain.PageRequest) (domain.Page[round.Expectation], error) {
	var w where
	if len(f.Levels) > 0 {
		w.add("x.level in ?", f.Levels)
	}
	if len(f.Parties) > 0 {
		w.add("x.party_id in ?", f.Parties)
	}
	if len(f.Standings) > 0 {
		w.add("x.standing in ?", f.Standings)
	}
	if len(f.Posts) > 0 {
		w.add("x.post_id in ?", f.Posts)
	}
	rows, err := list[expectationRow](s.tx, expectationOrdering, req, expectationColumns, " from "+s.asked(scope, r), w)
	if err != nil {
		return domain.Page[round.Expectation]{}, fmt.Errorf("list what a round asks for: %w", err)
	}
	items := entities[expectationRow, round.Expectation](rows.Items)
	return pageOf(rows, items), s.answering(items)
}

// answering fills who answers for what is asked, with one query for each level.
func (s *RoundStore) answering(items []round.Expectation) error {
	for kind, level := range map[domain.SubjectKind]round.Level{domain.SubjectGoal: round.OfGoal, domain.SubjectAction: round.OfAction} {
		var ids []domain.AnyID
		for _, e := range items {
			if e.Level == level {
				ids = append(ids, e.SubjectID)
			}
		}
		posts, err := s.tx.responsibles(kind, ids)
		if err != nil {
			return err
		}
		for i := range items {
			if items[i].Level == level {
				items[i].Responsibilities = posts[items[i].SubjectID]
			}
		}
	}
	return nil
}

// OpenRounds implements round.Store.
func (s *RoundStore) OpenRounds(scope domain.Scope) ([]round.View, error) {
	var w where
	w.add("r.state = 'open'")
	s.tx.visible(&w, scope, "pl", "plan")
	rows, err := query[roundView](s.tx, roundSelect+roundFrom+w.sql()+fmt.Sprintf(" order by r.id limit %d", round.MaxOpen), w.args...)
	if err != nil {
		return nil, fmt.Errorf("list the open reporting rounds: %w", err)
	}
	return s.complete(rows)
}

// Wanted implements round.Store. It starts from the actions in which the post has a
// part, so that a plan of any size costs what the post has to do with.
func (s *RoundStore) Wanted(scope domain.Scope, rounds []round.View, of round.Asker, f round.WantedFor) ([]round.Wanted, int, error) {
	if len(rounds) == 0 {
		return nil, 0, nil
	}
	about, err := s.tx.followAbout(f.About)
	if err != nil {
		return nil, 0, err
	}
	var parts []string
	var args []any
	for i, r := range rounds {
		var w where
		w.add("x.standing in ('missing', 'waiting')")
		if of.PartyID.IsZero() {
			w.add("x.post_id = ?", of.PostID)
		} else {
			w.add("(x.post_id = ? or x.post_id is null and x.party_id = ?)", of.PostID, of.PartyID)
		}
		switch {
		case f.Reasons.Late && !f.Reasons.InTime:
			w.add("x.due_on < ?", s.tx.day)
		case f.Reasons.InTime && !f.Reasons.Late:
			w.add("x.due_on >= ?", s.tx.day)
		}
		s.tx.about(&w, scope, "x.level", "x.id", about)
		parts = append(parts, fmt.Sprintf("select %d as round, y.* from (%s from %s%s) y", i, expectationColumns, s.askedOf(scope, r.Round, of.PostID), w.sql()))
		args = append(args, w.args...)
	}
	rows, err := query[struct {
		Row   expectationRow `gorm:"embedded"`
		Round int
		Total int
	}](s.tx, `
with z as materialized (`+strings.Join(parts, "\nunion all ")+`),
y as (select z.*, z.level = 'action' and z.id = any(?) as elsewhere from z),
n as (select y.*, dense_rank() over (partition by elsewhere order by standing, due_on, level, no, id) as n from y)
select n.*, (select count(distinct (y.level, y.id)) from y where not elsewhere) as total from n
where not elsewhere and n <= `+fmt.Sprint(f.Limit)+` or n.level = 'action' and n.id = any(?) order by elsewhere, standing, due_on, level, no, id`, append(args, asOne(f.Except), asOne(f.Also))...)
	if err != nil {
		return nil, 0, fmt.Errorf("find what open rounds ask: %w", err)
	}
	items := make([]round.Expectation, len(rows))
	for i, r := range rows {
		items[i] = r.Row.entity()
	}
	if err := s.answering(items); err != nil {
		return nil, 0, err
	}
	out, total := make([]round.Wanted, len(rows)), 0
	for i, r := range rows {
		out[i], total = round.Wanted{Round: rounds[r.Round], Expectation: items[i]}, r.Total
	}
	return out, total, nil
}

// Asked implements round.Store.
func (s *RoundStore) Asked(scope domain.Scope, r round.Round) ([]round.Expectation, error) {
	rows, err := query[expectationRow](s.tx, expectationColumns+" from "+s.asked(scope, r)+" order by x.position, x.no, x.party_position, x.id, x.party_id")
	if err != nil {
		return nil, fmt.Errorf("load what a round asks for: %w", err)
	}
	return entities[expectationRow, round.Expectation](rows), nil
}

// Figures implements round.Store.
func (s *RoundStore) Figures(scope domain.Scope, r round.Round) (out []round.Figure, err error) {
	rows, err := query[struct {
		Level    round.Level
		PartyID  domain.PartyID
		Reported int
		Late     int
		Missing  int
		Waiting  int
	}](s.tx, `select x.level, x.party_id, count(*) filter (where x.standing = 'reported') as reported, count(*) filter (where x.standing = 'late') as late,
       count(*) filter (where x.standing = 'missing') as missing, count(*) filter (where x.standing = 'waiting') as waiting
from `+s.asked(scope, r)+" group by 1, 2")
	if err != nil {
		return nil, fmt.Errorf("count what a round asks for: %w", err)
	}
	for _, f := range rows {
		out = append(out, round.Figure{Level: f.Level, PartyID: f.PartyID, Tally: round.Tally{Reported: f.Reported, Late: f.Late, Missing: f.Missing, Waiting: f.Waiting}})
	}
	return out, nil
}

// InsertSnapshot implements round.Store.
func (s *RoundStore) InsertSnapshot(staff, public round.Frozen) error {
	err := s.tx.Exec("insert into round_snapshot (id, round_id, content, hash, public_content, public_hash, frozen_at) values (?, ?, ?, ?, ?, ?, ?)",
		domain.UUIDv7(), staff.RoundID, string(staff.Content), staff.Hash, string(public.Content), public.Hash, staff.FrozenAt).Error
	if err != nil {
		return fmt.Errorf("keep the snapshot of a round: %w", err)
	}
	return nil
}

// Snapshot implements round.Store.
func (s *RoundStore) Snapshot(scope domain.Scope, id domain.RoundID, public bool) (round.Frozen, error) {
	columns := "content, hash"
	if public {
		columns = "public_content as content, public_hash as hash"
	} else if !scope.Staff {
		return round.Frozen{}, domain.NotFound("snapshot")
	}
	rows, err := query[struct {
		Content  string
		Hash     string
		FrozenAt time.Time
	}](s.tx, "select "+columns+", frozen_at from round_snapshot where round_id = ?", id)
	if err != nil {
		return round.Frozen{}, fmt.Errorf("load the snapshot of a round: %w", err)
	}
	if len(rows) == 0 {
		return round.Frozen{}, domain.NotFound("snapshot")
	}
	r := rows[0]
	return round.Frozen{RoundID: id, Public: public, Content: []byte(r.Content), Hash: r.Hash, FrozenAt: r.FrozenAt.UTC()}, nil
}
