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
	FreshnessTarget  int
	FreshnessLimit   int
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (planRow) TableName() string { return "plan" }

func rowOfPlan(p plan.Plan) planRow {
	return planRow{ID: p.ID, Key: p.Key, TitleFi: p.Title.FI, TitleSv: p.Title.SV, TitleEn: p.Title.EN, CouncilTerm: p.CouncilTerm,
		StartsOn: p.StartsOn, EndsOn: p.EndsOn, SupersedesID: p.SupersedesID.Ptr(), FreshnessTarget: p.Rhythm.Target, FreshnessLimit: p.Rhythm.Limit, Visibility: p.Visibility, VisibilityGround: p.VisibilityGround,
		Version: p.Version, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt}
}

func (r planRow) entity() plan.Plan {
	p := plan.Plan{ID: r.ID, Key: r.Key, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, CouncilTerm: r.CouncilTerm,
		StartsOn: r.StartsOn, EndsOn: r.EndsOn, Rhythm: domain.Rhythm{Target: r.FreshnessTarget, Limit: r.FreshnessLimit}, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if r.SupersedesID != nil {
		p.SupersedesID = *r.SupersedesID
	}
	return p
}

var planColumns = []string{"title_fi", "title_sv", "title_en", "council_term", "starts_on", "ends_on", "supersedes_id", "freshness_target", "freshness_limit",
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
select p.id, p.key, p.title_fi, p.title_sv, p.title_en, p.council_term, p.starts_on, p.ends_on, p.supersedes_id, p.freshness_target, p.freshness_limit,
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
	plans, err := s.complete(scope, rows)
	if err != nil {
		return plan.Plan{}, err
	}
	return plans[0], nil
}

func (s *PlanStore) complete(scope domain.Scope, rows []planRow) ([]plan.Plan, error) {
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
	revisions, cases, err := s.revisions(ids)
	if err != nil {
		return nil, err
	}
	for _, r := range revisions {
		i := slices.Index(ids, r.PlanID)
		plans[i].Revisions = append(plans[i].Revisions, r.revision(cases[r.ID].Cases))
	}
	references, err := s.tx.references(domain.SubjectPlan, anyIDs(ids))
	if err != nil {
		return nil, err
	}
	for i := range plans {
		plans[i].References = references[domain.AnyID{UUID: ids[i].UUID}]
	}
	return plans, s.link(scope, plans)
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
	items, err := s.complete(scope, rows.Items)
	return pageOf(rows, items), err
}

// Insert implements plan.Store.
func (s *PlanStore) Insert(p plan.Plan) error {
	row := rowOfPlan(p)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a plan: %w", err)
	}
	return s.saveParts(p)
}

// saveParts saves what has tables of its own.
func (s *PlanStore) saveParts(p plan.Plan) error {
	if err := s.saveEvents(p); err != nil {
		return err
	}
	if err := s.saveRevisions(p); err != nil {
		return err
	}
	return s.tx.saveReferences(domain.SubjectOf(domain.SubjectPlan, p.ID), p.References)
}

// Update implements plan.Store.
func (s *PlanStore) Update(p plan.Plan) (saved plan.Plan, err error) {
	row := rowOfPlan(p)
	err = s.tx.withRhythms("plan", "select (freshness_target, freshness_limit, supersedes_id) is distinct from (?::integer, ?::integer, ?::uuid) from plan where id = ?",
		[]any{row.FreshnessTarget, row.FreshnessLimit, row.SupersedesID, p.ID}, actionsOfPlan, p.ID, func() error {
			saved, err = s.update(p, row)
			return err
		})
	return saved, err
}

func (s *PlanStore) update(p plan.Plan, row planRow) (plan.Plan, error) {
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
	return p, s.saveParts(p)
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
