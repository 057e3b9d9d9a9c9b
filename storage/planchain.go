package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

type planLinkRow struct {
	ID           domain.PlanID
	Key          string
	TitleFi      string
	TitleSv      string
	TitleEn      string
	CouncilTerm  string
	StartsOn     domain.Date
	EndsOn       domain.Date
	AdoptedOn    domain.Date
	SupersedesID *domain.PlanID
}

func (r planLinkRow) link() *plan.Link {
	return &plan.Link{ID: r.ID, Key: r.Key, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, CouncilTerm: r.CouncilTerm,
		StartsOn: r.StartsOn, EndsOn: r.EndsOn, AdoptedOn: r.AdoptedOn}
}

const planLinkSelect = `
select p.id, p.key, p.title_fi, p.title_sv, p.title_en, p.council_term, p.starts_on, p.ends_on, p.supersedes_id,
       (select min(v.adopted_on) from plan_revision v where v.plan_id = p.id) as adopted_on
from plan p`

// planOfDay is the subquery of the id of the plan that a day is looked at by, of
// those that the scope may see: the one in force on the day shown; without one
// the plan that began last, before any that is still to come. What nobody has
// adopted by then gives way to what is adopted, and what is internal, which one
// party makes alone, to whatever is public.
func (tx Tx) planOfDay(scope domain.Scope) (string, []any) {
	var w where
	tx.visible(&w, scope, "p", "plan")
	return "select p.id from plan p" + w.sql() + ` order by p.visibility <> 'public', p.starts_on > ?, p.ends_on < ?,
not exists (select 1 from plan_revision v where v.plan_id = p.id and v.adopted_on <= ?), p.starts_on desc, p.id limit 1`,
		append(w.args, tx.day, tx.day, tx.day)
}

// link fills in the plans before and after plans as far as the scope may see them,
// and the states that follow. Should several supersede the same one, the first to
// begin counts.
func (s *PlanStore) link(scope domain.Scope, plans []plan.Plan) error {
	ids := make([]domain.PlanID, len(plans))
	var wanted []domain.PlanID
	for i, p := range plans {
		ids[i] = p.ID
		if !p.SupersedesID.IsZero() {
			wanted = append(wanted, p.SupersedesID)
		}
	}
	var w where
	w.add("(p.id = any(?) or p.supersedes_id = any(?))", asOne(wanted), asOne(ids))
	s.tx.visible(&w, scope, "p", "plan")
	rows, err := query[planLinkRow](s.tx, planLinkSelect+w.sql()+" order by p.starts_on, p.id", w.args...)
	if err != nil {
		return fmt.Errorf("load the plans before and after: %w", err)
	}
	for i := range plans {
		p := &plans[i]
		for _, r := range rows {
			switch {
			case r.ID == p.SupersedesID:
				p.Predecessor = r.link()
			case r.SupersedesID != nil && *r.SupersedesID == p.ID && p.Successor == nil:
				p.Successor = r.link()
			}
		}
		p.State = p.StateOn(s.tx.day)
	}
	return nil
}

// Neighbours implements plan.Store.
func (s *PlanStore) Neighbours(id, supersedes domain.PlanID) (before []plan.Link, after, next *plan.Link, err error) {
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtext('plan_chain'))").Error; err != nil {
		return nil, nil, nil, fmt.Errorf("lock the chain of plans: %w", err)
	}
	if !supersedes.IsZero() {
		const longest = 100 // should there be a circle already
		rows, err := query[planLinkRow](s.tx, `
with recursive before as (
  select p.id, p.supersedes_id, 1 as place from plan p where p.id = ?
  union all
  select p.id, p.supersedes_id, b.place + 1 from before b join plan p on p.id = b.supersedes_id where b.place < ?)
`+planLinkSelect+" join before b on b.id = p.id order by b.place", supersedes, longest)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("load the plans before a plan: %w", err)
		}
		for _, r := range rows {
			before = append(before, *r.link())
		}
	}
	rows, err := query[planLinkRow](s.tx, planLinkSelect+" where p.supersedes_id = any(?) order by p.starts_on, p.id", asOne([]domain.PlanID{id, supersedes}))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("load the plans after a plan: %w", err)
	}
	for _, r := range rows {
		switch {
		case r.ID == id:
		case *r.SupersedesID == id && next == nil:
			next = r.link()
		case *r.SupersedesID == supersedes && after == nil:
			after = r.link()
		}
	}
	return before, after, next, nil
}

// WasPublic implements plan.Store.
func (s *PlanStore) WasPublic(id domain.PlanID) (bool, error) {
	return s.tx.wasPublic("plan", domain.AnyID{UUID: id.UUID})
}

// Principals implements plan.Store.
func (s *PlanStore) Principals() ([]domain.PartyID, error) { return NewDraftStore(s.tx).Principals() }

type planRevisionRow struct {
	ID            domain.AnyID
	PlanID        domain.PlanID
	No            int
	Year          int
	AdoptedOn     domain.Date
	DescriptionFi string
	DescriptionSv string
	DescriptionEn string
}

func (planRevisionRow) TableName() string { return "plan_revision" }

func (r planRevisionRow) revision(cases []domain.CaseReference) plan.Revision {
	return plan.Revision{No: r.No, Year: r.Year, AdoptedOn: r.AdoptedOn, Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn}, Cases: cases}
}

// revisions loads the rows of plans, by number, and what they refer to.
func (s *PlanStore) revisions(ids []domain.PlanID) ([]planRevisionRow, map[domain.AnyID]domain.References, error) {
	rows, err := query[planRevisionRow](s.tx, "select * from plan_revision where plan_id = any(?) order by plan_id, no", asOne(ids))
	if err != nil {
		return nil, nil, fmt.Errorf("load the revisions: %w", err)
	}
	of := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		of[i] = r.ID
	}
	cases, err := s.tx.references(domain.SubjectPlanRevision, of)
	return rows, cases, err
}

// saveRevisions makes the revisions those of the plan, row by row by number.
func (s *PlanStore) saveRevisions(p plan.Plan) error {
	have, _, err := s.revisions([]domain.PlanID{p.ID})
	if err != nil {
		return err
	}
	for _, r := range have {
		if slices.ContainsFunc(p.Revisions, func(v plan.Revision) bool { return v.No == r.No }) {
			continue
		}
		if err := s.tx.saveReferences(domain.Subject{Kind: domain.SubjectPlanRevision, ID: r.ID}, domain.References{}); err != nil {
			return err
		}
		if err := s.tx.Exec("delete from plan_revision where id = ?", r.ID).Error; err != nil {
			return fmt.Errorf("delete a revision: %w", err)
		}
	}
	for _, v := range p.Revisions {
		row := planRevisionRow{PlanID: p.ID, No: v.No, Year: v.Year, AdoptedOn: v.AdoptedOn, DescriptionFi: v.Description.FI, DescriptionSv: v.Description.SV, DescriptionEn: v.Description.EN}
		i := slices.IndexFunc(have, func(r planRevisionRow) bool { return r.No == v.No })
		switch {
		case i < 0:
			row.ID.SetNew(domain.UUIDv7)
			err = s.tx.Create(&row).Error
		default:
			row.ID = have[i].ID
			if row == have[i] {
				break
			}
			err = s.tx.Exec("update plan_revision set year = ?, adopted_on = ?, description_fi = ?, description_sv = ?, description_en = ? where id = ?",
				row.Year, row.AdoptedOn, row.DescriptionFi, row.DescriptionSv, row.DescriptionEn, row.ID).Error
		}
		if err != nil {
			return fmt.Errorf("save a revision: %w", err)
		}
		if err := s.tx.saveReferences(domain.Subject{Kind: domain.SubjectPlanRevision, ID: row.ID}, domain.References{Cases: v.Cases}); err != nil {
			return err
		}
	}
	return nil
}
