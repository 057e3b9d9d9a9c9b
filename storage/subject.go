package storage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
)

// responsibleRow is one responsibility with what follows from its post.
type responsibleRow struct {
	ID        domain.ResponsibilityID
	SubjectID domain.AnyID
	PostID    domain.PostID
	Part      domain.Part
	Standing  domain.Standing
	WordingFi string
	WordingSv string
	WordingEn string
	PartyID   domain.PartyID
	UnitID    domain.UnitID
	TitleFi   string
	TitleSv   string
	TitleEn   string
	Principal bool
	ValidFrom domain.Date
}

const responsibleSQL = `
select r.id, r.subject_id, r.post_id, r.part, r.standing, r.wording_fi, r.wording_sv, r.wording_en, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en, pa.principal, r.valid_from
from responsibility r
join post p on p.id = r.post_id
join party pa on pa.id = p.party_id
where r.subject_kind = ? and r.subject_id = any(?) and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)
order by r.subject_id, array_position(array['lead', 'shared', 'support', 'informed'], r.part), pa.position, p.title_fi`

// responsibles loads the responsible posts of many subjects of one kind on the
// day shown, in one query.
func (tx Tx) responsibles(kind domain.SubjectKind, ids []domain.AnyID) (map[domain.AnyID][]domain.Responsible, error) {
	out := map[domain.AnyID][]domain.Responsible{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[responsibleRow](tx, responsibleSQL, kind, asOne(ids), tx.day, tx.day)
	if err != nil {
		return nil, fmt.Errorf("load the responsible posts: %w", err)
	}
	for _, r := range rows {
		out[r.SubjectID] = append(out[r.SubjectID], domain.Responsible{
			ID: r.ID, PostID: r.PostID, Part: r.Part, Standing: r.Standing, Wording: domain.Text{FI: r.WordingFi, SV: r.WordingSv, EN: r.WordingEn},
			PartyID: r.PartyID, UnitID: r.UnitID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Principal: r.Principal, From: r.ValidFrom,
		})
	}
	return out, nil
}

type caseReferenceRow struct {
	ID          domain.CaseReferenceID
	SubjectKind domain.SubjectKind
	SubjectID   domain.AnyID
	PartyID     domain.PartyID
	RegistryNo  string
	URLFi       string `gorm:"column:url_fi"`
	URLSv       string `gorm:"column:url_sv"`
}

func (caseReferenceRow) TableName() string { return "case_reference" }

// references loads the legal bases and cases of many subjects of one kind, in
// two queries.
func (tx Tx) references(kind domain.SubjectKind, ids []domain.AnyID) (map[domain.AnyID]domain.References, error) {
	var cases map[domain.AnyID][]domain.CaseReference
	var linked []linkedIDs
	err := tx.together(
		func() (err error) {
			cases, err = tx.cases(kind, ids)
			return err
		},
		func() (err error) {
			linked, err = tx.linked(ids, legalBasesOf(kind))
			return err
		})
	if err != nil {
		return nil, err
	}
	out := map[domain.AnyID]domain.References{}
	for _, id := range ids {
		r := domain.References{Cases: cases[id]}
		setIDs(&r.LegalBases, linked[0][id])
		if r.Cases != nil || r.LegalBases != nil {
			out[id] = r
		}
	}
	return out, nil
}

// cases loads the cases of many subjects of one kind, in one query.
func (tx Tx) cases(kind domain.SubjectKind, ids []domain.AnyID) (map[domain.AnyID][]domain.CaseReference, error) {
	out := map[domain.AnyID][]domain.CaseReference{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[caseReferenceRow](tx, "select * from case_reference where subject_kind = ? and subject_id = any(?) order by id", kind, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the cases: %w", err)
	}
	for _, c := range rows {
		out[c.SubjectID] = append(out[c.SubjectID], domain.CaseReference{ID: c.ID, PartyID: c.PartyID, RegistryNo: c.RegistryNo, URLFI: c.URLFi, URLSV: c.URLSv})
	}
	return out, nil
}

// saveReferences makes the references of a subject those of want. Rows that
// stay the same are not touched.
func (tx Tx) saveReferences(subject domain.Subject, want domain.References) error {
	have, err := tx.references(subject.Kind, []domain.AnyID{subject.ID})
	if err != nil {
		return err
	}
	old := have[subject.ID]
	bare := func(c domain.CaseReference) domain.CaseReference { c.ID = domain.CaseReferenceID{}; return c }
	for _, c := range old.Cases {
		if !slices.ContainsFunc(want.Cases, func(w domain.CaseReference) bool { return bare(w) == bare(c) }) {
			if err := tx.Exec("delete from case_reference where id = ?", c.ID).Error; err != nil {
				return fmt.Errorf("delete a case reference: %w", err)
			}
		}
	}
	for _, w := range want.Cases {
		if slices.ContainsFunc(old.Cases, func(c domain.CaseReference) bool { return bare(w) == bare(c) }) {
			continue
		}
		row := caseReferenceRow{SubjectKind: subject.Kind, SubjectID: subject.ID, PartyID: w.PartyID, RegistryNo: w.RegistryNo, URLFi: w.URLFI, URLSv: w.URLSV}
		row.ID.SetNew(domain.UUIDv7)
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert a case reference: %w", err)
		}
	}
	return tx.saveLinks("legal_basis_link", "subject_id", subject.ID, "legal_basis_id", anyIDs(old.LegalBases), anyIDs(want.LegalBases), map[string]any{"subject_kind": subject.Kind})
}

// saveLinks makes the rows of a link table between an owner and others those of
// want: the others that are gone are deleted, the new ones inserted. more are
// further columns of the key.
func (tx Tx) saveLinks(table, ownerColumn string, owner domain.AnyID, column string, have, want []domain.AnyID, more map[string]any) error {
	for _, id := range have {
		if slices.Contains(want, id) {
			continue
		}
		q := tx.Table(table).Where(ownerColumn+" = ? and "+column+" = ?", owner, id)
		for k, v := range more {
			q = q.Where(k+" = ?", v)
		}
		if err := q.Delete(nil).Error; err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	for i, id := range want {
		if slices.Contains(have, id) || slices.Contains(want[:i], id) {
			continue
		}
		row := map[string]any{"id": domain.UUIDv7(), ownerColumn: owner, column: id}
		for k, v := range more {
			row[k] = v
		}
		if err := tx.Table(table).Create(row).Error; err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
	}
	return nil
}

// linksOf is a table that links owners to something: columns of both, and the kind of the
// owners where it links several kinds.
type linksOf struct {
	table, owner, other string
	kind                domain.SubjectKind
}

var (
	targetGroupsOfGoals   = linksOf{table: "goal_target_group", owner: "goal_id", other: "target_group_id"}
	targetGroupsOfActions = linksOf{table: "action_target_group", owner: "action_id", other: "target_group_id"}
	districtsOfActions    = linksOf{table: "action_district", owner: "action_id", other: "district_id"}
)

func legalBasesOf(kind domain.SubjectKind) linksOf {
	return linksOf{"legal_basis_link", "subject_id", "legal_basis_id", kind}
}

func tagsOf(kind domain.SubjectKind) linksOf {
	return linksOf{"tag_link", "subject_id", "tag_id", kind}
}

// linkedIDs are what owners are linked to by one table, in the order in which it was linked.
type linkedIDs map[domain.AnyID][]domain.AnyID

// linked loads the ids that many owners are linked to by each of the tables, in one query.
func (tx Tx) linked(owners []domain.AnyID, tables ...linksOf) ([]linkedIDs, error) {
	out := make([]linkedIDs, len(tables))
	for i := range out {
		out[i] = linkedIDs{}
	}
	if len(owners) == 0 {
		return out, nil
	}
	var parts, names []string
	var args []any
	for i, t := range tables {
		part := "select " + strconv.Itoa(i) + " as by_table, id, " + t.owner + " as owner, " + t.other + " as other from " + t.table + " where " + t.owner + " = any(?)"
		args = append(args, asOne(owners))
		if t.kind != "" {
			part += " and subject_kind = ?"
			args = append(args, t.kind)
		}
		parts, names = append(parts, part), append(names, t.table)
	}
	rows, err := query[struct {
		ByTable      int
		Owner, Other domain.AnyID
	}](tx, strings.Join(parts, "\nunion all ")+"\norder by by_table, id", args...)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", strings.Join(names, ", "), err)
	}
	for _, r := range rows {
		out[r.ByTable][r.Owner] = append(out[r.ByTable][r.Owner], r.Other)
	}
	return out, nil
}

// links loads the ids that many owners are linked to by one table, in one query.
func (tx Tx) links(table, ownerColumn, column string, owners []domain.AnyID) (linkedIDs, error) {
	found, err := tx.linked(owners, linksOf{table: table, owner: ownerColumn, other: column})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// setIDs stores ids of any kind in a field of typed ids.
func setIDs[K any](field *[]domain.ID[K], ids []domain.AnyID) {
	*field = nil
	for _, id := range ids {
		*field = append(*field, domain.ID[K]{UUID: id.UUID})
	}
}

// inLinked adds the filter "linked to any of these" over a link table; None
// matches what has no link at all.
func inLinked[K any](w *where, owner, table, ownerColumn, column string, f domain.AnyOf[domain.ID[K]]) {
	if f.IsZero() {
		return
	}
	exists := "exists (select 1 from " + table + " l where l." + ownerColumn + " = " + owner
	switch {
	case len(f.Values) == 0:
		w.add("not " + exists + ")")
	case f.None:
		w.add("("+exists+" and l."+column+" in ?) or not "+exists+"))", f.Values)
	default:
		w.add(exists+" and l."+column+" in ?)", f.Values)
	}
}

// responsibleFilter adds "one of these posts has a part in it on the day shown";
// None matches what nobody is responsible for.
func (tx Tx) responsibleFilter(w *where, kind domain.SubjectKind, id string, f domain.AnyOf[domain.PostID]) {
	if f.IsZero() {
		return
	}
	const subjects = "select r.subject_id from responsibility r where r.subject_kind = ? and r.valid_from <= ? and (r.valid_to is null or r.valid_to >= ?)"
	exists := "exists (" + subjects + " and r.subject_id = " + id
	args := []any{kind, tx.day, tx.day}
	switch {
	case len(f.Values) == 0:
		w.add("not "+exists+")", args...)
	case f.None:
		w.add("("+exists+" and r.post_id in ?) or not "+exists+"))", append(append(append([]any{}, args...), f.Values), args...)...)
	default:
		w.add(among(id, subjects+" and r.post_id in ?"), append(args, f.Values)...)
	}
}

func anyIDs[K any](ids []domain.ID[K]) []domain.AnyID {
	out := make([]domain.AnyID, len(ids))
	for i, id := range ids {
		out[i] = domain.AnyID{UUID: id.UUID}
	}
	return out
}

// completeResponsibles fills in the party, units and title of posts that a
// request names, so that permissions can be asked for.
func (tx Tx) completeResponsibles(posts []domain.Responsible) ([]domain.Responsible, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	ids := make([]domain.PostID, len(posts))
	for i, p := range posts {
		ids[i] = p.PostID
	}
	var rows []responsibleRow
	if err := tx.Raw(`select p.id as post_id, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en
from post p where p.id in ?`, ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("load the posts: %w", err)
	}
	out := slices.Clone(posts)
	for i := range out {
		at := slices.IndexFunc(rows, func(r responsibleRow) bool { return r.PostID == out[i].PostID })
		if at < 0 {
			return nil, domain.InvalidField("/responsibilities", "unknown")
		}
		r := rows[at]
		out[i].PartyID, out[i].UnitID, out[i].Title = r.PartyID, r.UnitID, domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}
	}
	return out, nil
}
