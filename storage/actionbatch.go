package storage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// ActionBatch implements action.BatchStore.
type ActionBatch struct {
	*ActionStore
	adding  int
	numbers []int // reserved and not used yet
	posts   map[domain.PostID]domain.Responsible
	before  map[domain.ActionID]action.Action // of those that change
	added   []action.Action
	changed []action.Action
}

// Batch implements action.Store.
func (s *ActionStore) Batch(changing []action.Action, adding int) (action.BatchStore, error) {
	b := &ActionBatch{ActionStore: s, adding: adding, posts: map[domain.PostID]domain.Responsible{}, before: map[domain.ActionID]action.Action{}}
	ids := make([]domain.ActionID, len(changing))
	for i, a := range changing {
		ids[i], b.before[a.ID] = a.ID, a
	}
	if len(ids) == 0 {
		return b, nil
	}
	if err := s.tx.Exec("select id from action where id = any(?) order by id for no key update", asOne(ids)).Error; err != nil {
		return b, fmt.Errorf("lock actions: %w", err)
	}
	return b, nil
}

// OpenTitles implements action.Store.
func (s *ActionStore) OpenTitles(scope domain.Scope, titles []domain.Text) ([]domain.Text, error) {
	var w where
	w.add("a.status in ? and a.withdrawn_on is null", expectedStatuses)
	s.tx.visible(&w, scope, "a", "action")
	var same []string
	for lang, of := range map[string]func(domain.Text) string{
		"fi": func(t domain.Text) string { return t.FI }, "sv": func(t domain.Text) string { return t.SV }, "en": func(t domain.Text) string { return t.EN },
	} {
		var all []string
		for _, t := range titles {
			if title := of(t); title != "" {
				all = append(all, title)
			}
		}
		if len(all) == 0 {
			continue
		}
		text, err := json.Marshal(all)
		if err != nil {
			return nil, fmt.Errorf("write titles: %w", err)
		}
		same = append(same, fmt.Sprintf(plainTitle, "a.title_"+lang)+" in (select "+fmt.Sprintf(plainTitle, "t.title")+" from jsonb_array_elements_text(?::jsonb) as t (title))")
		w.args = append(w.args, string(text))
	}
	if len(same) == 0 {
		return nil, nil
	}
	w.conds = append(w.conds, "("+strings.Join(same, " or ")+")")
	rows, err := query[struct{ TitleFi, TitleSv, TitleEn string }](s.tx, "select a.title_fi, a.title_sv, a.title_en from action a"+w.sql(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("look for titles of open actions: %w", err)
	}
	out := make([]domain.Text, len(rows))
	for i, r := range rows {
		out[i] = domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}
	}
	return out, nil
}

// plainTitle is a title without regard to case and space.
const plainTitle = `lower(btrim(regexp_replace(%s, '\s+', ' ', 'g')))`

// Complete implements action.Store.
func (b *ActionBatch) Complete(posts []domain.Responsible) ([]domain.Responsible, error) {
	ids := make([]domain.PostID, len(posts))
	for i, p := range posts {
		ids[i] = p.PostID
	}
	known, err := memo(b.posts, ids, func(missing []domain.PostID) (map[domain.PostID]domain.Responsible, error) {
		bare := make([]domain.Responsible, len(missing))
		for i, id := range missing {
			bare[i].PostID = id
		}
		full, err := b.ActionStore.Complete(bare)
		out := map[domain.PostID]domain.Responsible{}
		for _, p := range full {
			out[p.PostID] = p
		}
		return out, err
	})
	if err != nil {
		return nil, err
	}
	out := slices.Clone(posts)
	for i, p := range out {
		of := known[p.PostID]
		out[i].PartyID, out[i].UnitID, out[i].Title = of.PartyID, of.UnitID, of.Title
	}
	return out, nil
}

// NextNo implements action.Store: all numbers are reserved at once.
func (b *ActionBatch) NextNo() (no int, err error) {
	if len(b.numbers) == 0 {
		if b.numbers, err = b.tx.nextNumbers("action_no_seq", b.adding-len(b.added)); err != nil {
			return 0, err
		}
	}
	no, b.numbers = b.numbers[0], b.numbers[1:]
	return no, nil
}

// Insert implements action.Store.
func (b *ActionBatch) Insert(a action.Action) error {
	b.added = append(b.added, a)
	return nil
}

// Update implements action.Store.
func (b *ActionBatch) Update(a action.Action) (action.Action, error) {
	a.Version++
	b.changed = append(b.changed, a)
	return a, nil
}

// batchActionRow is a new action with the days of its lead, who leads it from now
// on: so that the row need not be written again when the lead is.
type batchActionRow struct {
	Row      actionRow `gorm:"embedded"`
	LeadFrom domain.Date
}

func (batchActionRow) TableName() string { return "action" }

// Save implements action.BatchStore.
func (b *ActionBatch) Save() error {
	rows := make([]batchActionRow, len(b.added))
	for i, a := range b.added {
		rows[i].Row = rowOfAction(a)
		if _, led := a.Lead(); led {
			rows[i].LeadFrom = b.tx.day
		}
	}
	if len(rows) > 0 {
		if err := b.tx.CreateInBatches(&rows, batchRows).Error; err != nil {
			return fmt.Errorf("insert actions: %w", err)
		}
	}
	changed := make([]actionRow, len(b.changed))
	for i, a := range b.changed {
		changed[i] = rowOfAction(a)
	}
	written, err := upserted(b.tx, changed, "id", actionColumns, "action.version = excluded.version - 1")
	if err != nil {
		return fmt.Errorf("update actions: %w", err)
	}
	if written != len(changed) {
		return domain.Conflict("import_outdated", "", "an action changed meanwhile")
	}
	return b.saveParts()
}

// saveParts saves the links of all actions, and the rhythms that follow from them.
func (b *ActionBatch) saveParts() error {
	all := slices.Concat(b.added, b.changed)
	var rhythms []domain.ActionID
	for _, a := range all {
		before := b.before[a.ID]
		if a.Rhythm != before.Rhythm || !sameIDs(a.GoalIDs, before.GoalIDs) {
			rhythms = append(rhythms, a.ID)
		}
		if !sameReferences(a.References, before.References) {
			if err := b.tx.saveReferences(domain.SubjectOf(domain.SubjectAction, a.ID), a.References); err != nil {
				return err
			}
		}
	}
	for _, l := range append(actionLinks, linkTable[action.Action]{"tag_link", "subject_id", "tag_id", "action", func(a action.Action) []domain.AnyID { return anyIDs(a.TagIDs) }}) {
		var c linkChanges
		for _, a := range all {
			c.add(domain.AnyID{UUID: a.ID.UUID}, l.ids(b.before[a.ID]), l.ids(a))
		}
		if err := b.tx.saveLinkChanges(l.table, l.owner, l.column, l.kind, c); err != nil {
			return err
		}
	}
	return b.tx.keepRhythmsOf(rhythms)
}

func sameIDs[K any](a, b []domain.ID[K]) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(id domain.ID[K]) bool { return !slices.Contains(b, id) })
}

func sameReferences(a, b domain.References) bool {
	return sameIDs(a.LegalBases, b.LegalBases) && slices.Equal(a.Cases, b.Cases)
}

// linkTable is a table that links things to others.
type linkTable[T any] struct {
	table, owner, column string
	kind                 string // of the owner, where the table is of several kinds
	ids                  func(T) []domain.AnyID
}

// linkChanges are the links of many owners that are to come and to go.
type linkChanges struct{ newOwners, news, oldOwners, olds []domain.AnyID }

func (c *linkChanges) add(owner domain.AnyID, have, want []domain.AnyID) {
	for _, id := range have {
		if !slices.Contains(want, id) {
			c.oldOwners, c.olds = append(c.oldOwners, owner), append(c.olds, id)
		}
	}
	for i, id := range want {
		if !slices.Contains(have, id) && !slices.Contains(want[:i], id) {
			c.newOwners, c.news = append(c.newOwners, owner), append(c.news, id)
		}
	}
}

// saveLinkChanges is saveLinks for many owners, in two statements.
func (tx Tx) saveLinkChanges(table, owner, column, kind string, c linkChanges) error {
	ofKind, kindColumn, kindValue := "", "", ""
	if kind != "" {
		ofKind, kindColumn, kindValue = " and t.subject_kind = '"+kind+"'", ", subject_kind", ", '"+kind+"'"
	}
	if len(c.olds) > 0 {
		err := tx.Exec("delete from "+table+" t using unnest(?::uuid[], ?::uuid[]) as gone (owner, other) where t."+owner+" = gone.owner and t."+column+" = gone.other"+ofKind,
			asOne(c.oldOwners), asOne(c.olds)).Error
		if err != nil {
			return fmt.Errorf("delete from %s: %w", table, err)
		}
	}
	if len(c.news) == 0 {
		return nil
	}
	ids := make([]domain.AnyID, len(c.news))
	for i := range ids {
		ids[i].SetNew(domain.UUIDv7)
	}
	err := tx.Exec("insert into "+table+" (id, "+owner+", "+column+kindColumn+") select n.id, n.owner, n.other"+kindValue+" from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as n (id, owner, other)",
		asOne(ids), asOne(c.newOwners), asOne(c.news)).Error
	if err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}
