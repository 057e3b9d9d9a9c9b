package storage

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

type planRow struct {
	ID               domain.PlanID
	Key              string
	TitleFi          string
	TitleSv          string
	TitleEn          string
	CouncilTerm      string
	StartsOn         domain.Date
	EndsOn           domain.Date
	SupersedesID     *domain.PlanID
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (planRow) TableName() string { return "plan" }

func rowOfPlan(p plan.Plan) planRow {
	return planRow{ID: p.ID, Key: p.Key, TitleFi: p.Title.FI, TitleSv: p.Title.SV, TitleEn: p.Title.EN, CouncilTerm: p.CouncilTerm,
		StartsOn: p.StartsOn, EndsOn: p.EndsOn, SupersedesID: p.SupersedesID.Ptr(), Visibility: p.Visibility, VisibilityGround: p.VisibilityGround,
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt}
}

func (r planRow) entity() plan.Plan {
	p := plan.Plan{ID: r.ID, Key: r.Key, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, CouncilTerm: r.CouncilTerm,
		StartsOn: r.StartsOn, EndsOn: r.EndsOn, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if r.SupersedesID != nil {
		p.SupersedesID = *r.SupersedesID
	}
	return p
}

var planColumns = []string{"title_fi", "title_sv", "title_en", "council_term", "starts_on", "ends_on", "supersedes_id",
	"visibility", "visibility_ground", "version", "updated_at"}

type planEventRow struct {
	ID      domain.AnyID
	PlanID  domain.PlanID
	Month   int
	Key     string
	TitleFi string
	TitleSv string
	TitleEn string
}

func (planEventRow) TableName() string { return "plan_event" }

func (r planEventRow) event() plan.Event {
	return plan.Event{Key: r.Key, Month: r.Month, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}
}

// PlanStore keeps plans.
type PlanStore struct{ tx Tx }

// NewPlanStore binds the store to a transaction.
func NewPlanStore(tx Tx) *PlanStore { return &PlanStore{tx} }

const planSelect = `
select p.id, p.key, p.title_fi, p.title_sv, p.title_en, p.council_term, p.starts_on, p.ends_on, p.supersedes_id,
       p.visibility, p.visibility_ground, p.version, p.created_at, p.updated_at`

// Get implements plan.Store.
func (s *PlanStore) Get(scope domain.Scope, id domain.PlanID) (plan.Plan, error) {
	return s.one(scope, "p.id = ?", id)
}

// ByKey implements plan.Store.
func (s *PlanStore) ByKey(scope domain.Scope, key string) (plan.Plan, error) {
	return s.one(scope, "p.key = ?", key)
}

func (s *PlanStore) one(scope domain.Scope, cond string, arg any) (plan.Plan, error) {
	rows, err := found[planRow](s.tx, scope, planSelect, "plan", "p", cond, arg)
	if err != nil {
		return plan.Plan{}, err
	}
	plans, err := s.complete(rows)
	if err != nil {
		return plan.Plan{}, err
	}
	return plans[0], nil
}

func (s *PlanStore) complete(rows []planRow) ([]plan.Plan, error) {
	plans, ids := make([]plan.Plan, len(rows)), make([]domain.PlanID, len(rows))
	for i, r := range rows {
		plans[i], ids[i] = r.entity(), r.ID
	}
	if len(ids) == 0 {
		return plans, nil
	}
	var events []planEventRow
	if err := s.tx.Where("plan_id in ?", ids).Order("month, key").Find(&events).Error; err != nil {
		return nil, fmt.Errorf("load the annual cycle: %w", err)
	}
	for _, e := range events {
		i := slices.Index(ids, e.PlanID)
		plans[i].Events = append(plans[i].Events, e.event())
	}
	return plans, nil
}

var planOrdering = ordering{
	keys: map[string]sortKey{
		"startsOn": {"p.starts_on", "date"},
		"title":    {`p.title_fi collate "fi"`, "text"},
	},
	standard: "-startsOn",
	id:       "p.id",
}

// List implements plan.Store.
func (s *PlanStore) List(scope domain.Scope, req domain.PageRequest) (domain.Page[plan.Plan], error) {
	var w where
	s.tx.visible(&w, scope, "p", "plan")
	const from = " from plan p"
	rows, err := list[planRow](s.tx, planOrdering, req, planSelect, from, w)
	if err != nil {
		return domain.Page[plan.Plan]{}, fmt.Errorf("list plans: %w", err)
	}
	items, err := s.complete(rows.Items)
	return pageOf(rows, items), err
}

// Insert implements plan.Store.
func (s *PlanStore) Insert(p plan.Plan) error {
	row := rowOfPlan(p)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a plan: %w", err)
	}
	return s.saveEvents(p)
}

// Update implements plan.Store.
func (s *PlanStore) Update(p plan.Plan) (plan.Plan, error) {
	row := rowOfPlan(p)
	row.Version++
	res := s.tx.Model(&planRow{}).Where("id = ? and version = ?", p.ID, p.Version).Select(planColumns).Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update a plan: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, p.ID)
		if err != nil {
			return p, err
		}
		return p, domain.Stale(domain.SubjectOf(domain.SubjectPlan, p.ID), p.Version, current)
	}
	p.Version = row.Version
	return p, s.saveEvents(p)
}

// saveEvents makes the annual cycle that of the plan, row by row by key.
func (s *PlanStore) saveEvents(p plan.Plan) error {
	var have []planEventRow
	if err := s.tx.Where("plan_id = ?", p.ID).Find(&have).Error; err != nil {
		return fmt.Errorf("load the annual cycle: %w", err)
	}
	for _, r := range have {
		i := slices.IndexFunc(p.Events, func(e plan.Event) bool { return e.Key == r.Key })
		var err error
		if i < 0 {
			err = s.tx.Exec("delete from plan_event where id = ?", r.ID).Error
		} else if e := p.Events[i]; e != r.event() {
			err = s.tx.Exec("update plan_event set month = ?, title_fi = ?, title_sv = ?, title_en = ? where id = ?",
				e.Month, e.Title.FI, e.Title.SV, e.Title.EN, r.ID).Error
		}
		if err != nil {
			return fmt.Errorf("change the annual cycle: %w", err)
		}
	}
	for _, e := range p.Events {
		if slices.ContainsFunc(have, func(r planEventRow) bool { return r.Key == e.Key }) {
			continue
		}
		row := planEventRow{PlanID: p.ID, Month: e.Month, Key: e.Key, TitleFi: e.Title.FI, TitleSv: e.Title.SV, TitleEn: e.Title.EN}
		row.ID.SetNew(domain.UUIDv7)
		if err := s.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert into the annual cycle: %w", err)
		}
	}
	return nil
}

type termRow struct {
	ID       domain.AnyID
	Key      string
	Position int
	Act      string
	Section  string
	TitleFi  string
	TitleSv  string
	TitleEn  string
	Version  int
}

// termTable is how a vocabulary is kept: legal bases have an act and a section
// where the others have a position.
type termTable struct {
	own      []string // columns beside key, titles and version
	selected string
	ordering ordering
}

func termTableOf(own []string, selected string, first sortKey, name string) termTable {
	return termTable{own, "select t.id, t.key, " + selected + ", t.title_fi, t.title_sv, t.title_en, t.version", ordering{
		keys:     map[string]sortKey{name: first, "title": {`t.title_fi collate "fi"`, "text"}, "key": {"t.key", "text"}},
		standard: name, id: "t.id",
	}}
}

var termTables = func() map[plan.Vocabulary]termTable {
	listed := termTableOf([]string{"position"}, "t.position, '' as act, '' as section", sortKey{"t.position", "integer"}, "position")
	return map[plan.Vocabulary]termTable{
		domain.SubjectTheme: listed, domain.SubjectTargetGroup: listed, domain.SubjectDistrict: listed,
		domain.SubjectLegalBasis: termTableOf([]string{"act", "section"}, "0 as position, t.act, t.section", sortKey{"t.act", "text"}, "act"),
	}
}()

// TermStore keeps the vocabularies, each in the table of its name.
type TermStore struct{ tx Tx }

// NewTermStore binds the store to a transaction.
func NewTermStore(tx Tx) *TermStore { return &TermStore{tx} }

// Get implements plan.TermStore.
func (s *TermStore) Get(v plan.Vocabulary, id domain.AnyID) (plan.Term, error) {
	return s.one(v, "t.id = ?", id)
}

// ByKey implements plan.TermStore.
func (s *TermStore) ByKey(v plan.Vocabulary, key string) (plan.Term, error) {
	return s.one(v, "t.key = ?", key)
}

func (s *TermStore) one(v plan.Vocabulary, cond string, arg any) (plan.Term, error) {
	var rows []termRow
	if err := s.tx.Raw(termTables[v].selected+" from "+string(v)+" t where "+cond, arg).Scan(&rows).Error; err != nil {
		return plan.Term{}, fmt.Errorf("load a %s: %w", v, err)
	}
	if len(rows) == 0 {
		return plan.Term{}, domain.NotFound(string(v))
	}
	return rows[0].entity(), nil
}

func (r termRow) entity() plan.Term {
	return plan.Term{ID: r.ID, Key: r.Key, Position: r.Position, Act: r.Act, Section: r.Section,
		Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Version: r.Version}
}

// List implements plan.TermStore.
func (s *TermStore) List(v plan.Vocabulary, req domain.PageRequest) (domain.Page[plan.Term], error) {
	rows, err := list[termRow](s.tx, termTables[v].ordering, req, termTables[v].selected, " from "+string(v)+" t", where{})
	if err != nil {
		return domain.Page[plan.Term]{}, fmt.Errorf("list the vocabulary %s: %w", v, err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// values are the columns of a term, except its id and key.
func (s *TermStore) values(v plan.Vocabulary, t plan.Term) map[string]any {
	row := map[string]any{"title_fi": t.Title.FI, "title_sv": t.Title.SV, "title_en": t.Title.EN, "version": t.Version}
	for _, column := range termTables[v].own {
		row[column] = map[string]any{"position": t.Position, "act": t.Act, "section": t.Section}[column]
	}
	return row
}

// Insert implements plan.TermStore.
func (s *TermStore) Insert(v plan.Vocabulary, t plan.Term) error {
	row := s.values(v, t)
	row["id"], row["key"] = t.ID, t.Key
	if err := s.tx.Table(string(v)).Create(row).Error; err != nil {
		return fmt.Errorf("insert into the vocabulary %s: %w", v, err)
	}
	return nil
}

// Update implements plan.TermStore.
func (s *TermStore) Update(v plan.Vocabulary, t plan.Term) (plan.Term, error) {
	read := t.Version
	t.Version++
	res := s.tx.Table(string(v)).Where("id = ? and version = ?", t.ID, read).Updates(s.values(v, t))
	if res.Error != nil {
		return t, fmt.Errorf("update the vocabulary %s: %w", v, res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(v, t.ID)
		if err != nil {
			return t, err
		}
		return t, domain.Stale(domain.Subject{Kind: v, ID: t.ID}, read, current)
	}
	return t, nil
}
