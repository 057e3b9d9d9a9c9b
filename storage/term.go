package storage

import (
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

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

	RetiredOn     domain.Date
	RetiredReason string
	MergedIntoID  *domain.AnyID
}

// termTable is how a vocabulary is kept: legal bases have an act and a section
// where the others have a position, and are not retired.
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
	own := []string{"position", "retired_on", "retired_reason", "merged_into_id"}
	const selected = "t.position, '' as act, '' as section, t.retired_on, t.retired_reason, t.merged_into_id"
	listed := termTableOf(own, selected, sortKey{"t.position", "integer"}, "position")
	tags := termTableOf(own, selected, sortKey{"t.position", "integer"}, "position")
	tags.ordering.standard = "title"
	return map[plan.Vocabulary]termTable{
		domain.SubjectTheme: listed, domain.SubjectTargetGroup: listed, domain.SubjectDistrict: listed, domain.SubjectTag: tags, domain.SubjectPhase: listed,
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
		Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Version: r.Version,
		RetiredOn: r.RetiredOn, RetiredReason: r.RetiredReason, MergedIntoID: valueOf(r.MergedIntoID)}
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
		row[column] = map[string]any{"position": t.Position, "act": t.Act, "section": t.Section,
			"retired_on": t.RetiredOn, "retired_reason": t.RetiredReason, "merged_into_id": t.MergedIntoID.Ptr()}[column]
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

// termUse is one way in which things of a kind have terms of a vocabulary: by a
// column of their own, or by rows of a link table.
type termUse struct {
	kind          domain.SubjectKind // of the things
	table, column string
	owner         string // column of the link table that names the thing; "" for a column of its own
	bySubject     bool   // the link table is of things of several kinds
}

// of are the conditions, beside the column's, of the rows with an alias.
func (u termUse) of(alias string) string {
	if u.bySubject {
		return " and " + alias + ".subject_kind = '" + string(u.kind) + "'"
	}
	return ""
}

var termUses = map[plan.Vocabulary][]termUse{
	domain.SubjectTheme: {{kind: domain.SubjectGoal, table: "goal", column: "theme_id"}, {kind: domain.SubjectChain, table: "chain", column: "theme_id"}},
	domain.SubjectTargetGroup: {{kind: domain.SubjectGoal, table: "goal_target_group", column: "target_group_id", owner: "goal_id"},
		{kind: domain.SubjectAction, table: "action_target_group", column: "target_group_id", owner: "action_id"}},
	domain.SubjectDistrict: {{kind: domain.SubjectAction, table: "action_district", column: "district_id", owner: "action_id"}},
	domain.SubjectPhase:    {{kind: domain.SubjectAction, table: "action", column: "phase_id"}},
	domain.SubjectTag: {
		{kind: domain.SubjectGoal, table: "tag_link", column: "tag_id", owner: "subject_id", bySubject: true},
		{kind: domain.SubjectAction, table: "tag_link", column: "tag_id", owner: "subject_id", bySubject: true},
		{kind: domain.SubjectChain, table: "tag_link", column: "tag_id", owner: "subject_id", bySubject: true},
		{kind: domain.SubjectForum, table: "tag_link", column: "tag_id", owner: "subject_id", bySubject: true},
	},
}

// Lock implements plan.TermStore.
func (s *TermStore) Lock(v plan.Vocabulary, ids ...domain.AnyID) error {
	if err := s.tx.Exec("select from "+string(v)+" where id = any(?) order by id for update", asOne(ids)).Error; err != nil {
		return fmt.Errorf("lock terms of the vocabulary %s: %w", v, err)
	}
	return nil
}

// moveTimeout is for merges of terms that very much has: each row that moves is
// kept in its twin.
const moveTimeout = "50s"

// Move implements plan.TermStore.
func (s *TermStore) Move(v plan.Vocabulary, from, into domain.AnyID) (plan.Uses, error) {
	if err := s.tx.Exec("select set_config('statement_timeout', ?, true)", moveTimeout).Error; err != nil {
		return nil, fmt.Errorf("allow a long merge: %w", err)
	}
	s.tx.DB = s.tx.WithContext(patiently(s.tx.Statement.Context))
	moved := plan.Uses{}
	for _, u := range termUses[v] {
		n := int64(0)
		if u.owner != "" {
			res := s.tx.Exec("delete from "+u.table+" l where l."+u.column+" = ?"+u.of("l")+" and exists (select 1 from "+u.table+
				" k where k."+u.owner+" = l."+u.owner+" and k."+u.column+" = ?"+u.of("k")+")", from, into)
			if res.Error != nil {
				return nil, fmt.Errorf("take double links from %s: %w", u.table, res.Error)
			}
			n = res.RowsAffected
		}
		res := s.tx.Exec("update "+u.table+" l set "+u.column+" = ? where l."+u.column+" = ?"+u.of("l"), into, from)
		if res.Error != nil {
			return nil, fmt.Errorf("move %s from term to term: %w", u.table, res.Error)
		}
		moved[u.kind] = int(n + res.RowsAffected)
	}
	return moved, nil
}

// Uses implements plan.TermStore.
func (s *TermStore) Uses() ([]plan.TermUses, error) {
	var counts []string
	for _, v := range plan.Vocabularies {
		for _, u := range termUses[v] {
			counts = append(counts, fmt.Sprintf("select '%s' as vocabulary, '%s' as kind, l.%s as id, count(*) as n from %s l where l.%[3]s is not null%[5]s group by l.%[3]s",
				v, u.kind, u.column, u.table, u.of("l")))
		}
	}
	rows, err := query[struct {
		Vocabulary plan.Vocabulary
		Kind       domain.SubjectKind
		ID         domain.AnyID
		N          int
	}](s.tx, strings.Join(counts, " union all ")+" order by vocabulary, id")
	if err != nil {
		return nil, fmt.Errorf("count what has terms: %w", err)
	}
	var out []plan.TermUses
	for _, r := range rows {
		if n := len(out); n == 0 || out[n-1].ID != r.ID {
			out = append(out, plan.TermUses{Vocabulary: r.Vocabulary, ID: r.ID, Uses: plan.Uses{}})
		}
		out[len(out)-1].Uses[r.Kind] = r.N
	}
	return out, nil
}

// Retired implements domain.TermBook.
func (s *TermStore) Retired(v domain.SubjectKind, ids []domain.AnyID) ([]domain.RetiredTerm, error) {
	rows, err := query[termRow](s.tx, "select t.id, t.retired_on, t.merged_into_id from "+string(v)+" t where t.id = any(?) order by t.id for share", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("look for retired terms of the vocabulary %s: %w", v, err)
	}
	var out []domain.RetiredTerm
	for _, r := range rows {
		if t := r.entity(); t.Retired(s.tx.day) {
			out = append(out, domain.RetiredTerm{ID: t.ID, Merged: !t.MergedIntoID.IsZero()})
		}
	}
	return out, nil
}

// followed adds to a filter by terms those that they were merged into, since
// their things have these now.
func followed[K any](tx Tx, v plan.Vocabulary, f domain.AnyOf[domain.ID[K]]) (domain.AnyOf[domain.ID[K]], error) {
	if len(f.Values) == 0 {
		return f, nil
	}
	rows, err := query[struct{ ID domain.ID[K] }](tx, `
with recursive way (id, next) as (
  select t.id, t.merged_into_id from `+string(v)+` t where t.id = any(?)
  union
  select t.id, t.merged_into_id from `+string(v)+` t join way on t.id = way.next)
select id from way`, asOne(f.Values))
	if err != nil {
		return f, fmt.Errorf("follow merged terms: %w", err)
	}
	out := domain.AnyOf[domain.ID[K]]{Values: slices.Clone(f.Values), None: f.None}
	for _, r := range rows {
		if !slices.Contains(out.Values, r.ID) {
			out.Values = append(out.Values, r.ID)
		}
	}
	return out, nil
}

// tags loads the tags of many subjects of one kind, in one query.
func (tx Tx) tags(kind domain.SubjectKind, ids []domain.AnyID) (map[domain.AnyID][]domain.TagID, error) {
	linked, err := tx.linked(ids, tagsOf(kind))
	if err != nil {
		return nil, err
	}
	out := map[domain.AnyID][]domain.TagID{}
	for id, tags := range linked[0] {
		var typed []domain.TagID
		setIDs(&typed, tags)
		out[id] = typed
	}
	return out, nil
}

// saveTags makes the tags of a subject those of want.
func (tx Tx) saveTags(subject domain.Subject, want []domain.TagID) error {
	have, err := tx.tags(subject.Kind, []domain.AnyID{subject.ID})
	if err != nil {
		return err
	}
	return tx.saveLinks("tag_link", "subject_id", subject.ID, "tag_id", anyIDs(have[subject.ID]), anyIDs(want), map[string]any{"subject_kind": subject.Kind})
}

// tagged adds the filter "has any of these tags"; None matches what has none.
func tagged(w *where, kind domain.SubjectKind, id string, f domain.AnyOf[domain.TagID]) {
	if f.IsZero() {
		return
	}
	exists := "exists (select 1 from tag_link l where l.subject_kind = ? and l.subject_id = " + id
	switch {
	case len(f.Values) == 0:
		w.add("not "+exists+")", kind)
	case f.None:
		w.add("("+exists+" and l.tag_id in ?) or not "+exists+"))", kind, f.Values, kind)
	default:
		w.add(exists+" and l.tag_id in ?)", kind, f.Values)
	}
}
