package storage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
)

// batchRows is how many rows one statement inserts: PostgreSQL takes 65,535
// arguments.
const batchRows = 500

// ResponsibilityBatch implements responsibility.BatchStore: what the store of one
// transaction would read and write of many subjects, kept in memory between one
// reading and one writing.
type ResponsibilityBatch struct {
	*ResponsibilityStore
	posts map[domain.PostID]responsibility.Post
	of    map[domain.Subject][]responsibility.Responsibility
	stood map[domain.ResponsibilityID]bool // in the database
	about map[domain.ResponsibilityID]domain.Subject
	// What Save writes: the last state of each, its agreements by the content that
	// they were proposed with.
	changed    map[domain.ResponsibilityID]responsibility.Responsibility
	deleted    []domain.ResponsibilityID
	agreements []batchAgreement
	stored     map[domain.AgreementID]domain.Agreement // as the database has them
	at         map[domain.AgreementID]int              // in agreements
	subjects   map[domain.AnyID]bool                   // actions whose lead may be another
	touched    map[domain.Subject]time.Time
}

type batchAgreement struct {
	domain.Agreement
	subject domain.Subject
	content string
}

// Batch implements responsibility.Store.
func (s *ResponsibilityStore) Batch(subjects []domain.Subject, lock bool) (responsibility.BatchStore, error) {
	b := &ResponsibilityBatch{ResponsibilityStore: s, posts: map[domain.PostID]responsibility.Post{}, of: map[domain.Subject][]responsibility.Responsibility{},
		stood: map[domain.ResponsibilityID]bool{}, about: map[domain.ResponsibilityID]domain.Subject{}, changed: map[domain.ResponsibilityID]responsibility.Responsibility{}, at: map[domain.AgreementID]int{}, stored: map[domain.AgreementID]domain.Agreement{}, subjects: map[domain.AnyID]bool{}, touched: map[domain.Subject]time.Time{}}
	forUpdate := ""
	if lock {
		forUpdate = " for update of r"
	}
	ids := map[domain.SubjectKind][]domain.AnyID{}
	for _, subject := range subjects {
		b.of[subject] = nil
		ids[subject.Kind] = append(ids[subject.Kind], subject.ID)
	}
	for kind, of := range ids {
		found, err := s.load("r.subject_kind = ? and r.subject_id = any(?) and (r.valid_to is null or r.valid_to >= ?) order by r.id"+forUpdate, kind, asOne(of), s.tx.day)
		if err != nil {
			return b, err
		}
		for _, r := range found {
			for _, a := range []*domain.Agreement{r.InForce, r.Waiting} {
				if a != nil {
					b.stored[a.ID] = *a
				}
			}
			b.of[r.Subject] = append(b.of[r.Subject], r)
			b.stood[r.ID], b.about[r.ID] = true, r.Subject
		}
	}
	return b, nil
}

// OfSubject implements responsibility.Store. The lock is there already.
func (b *ResponsibilityBatch) OfSubject(subject domain.Subject, lock bool) ([]responsibility.Responsibility, error) {
	found, known := b.of[subject]
	if !known {
		return b.ResponsibilityStore.OfSubject(subject, lock)
	}
	return slices.DeleteFunc(slices.Clone(found), func(r responsibility.Responsibility) bool {
		return !r.ValidTo.IsZero() && r.ValidTo.Before(b.tx.day)
	}), nil
}

// Lock implements responsibility.Store.
func (b *ResponsibilityBatch) Lock(id domain.ResponsibilityID) (responsibility.Responsibility, error) {
	if r, changed := b.changed[id]; changed {
		return r, nil
	}
	all := b.of[b.about[id]]
	if i := slices.IndexFunc(all, func(r responsibility.Responsibility) bool { return r.ID == id }); i >= 0 {
		return all[i], nil
	}
	return b.ResponsibilityStore.Lock(id)
}

// LockThing implements responsibility.Store: what a batch is about is locked.
func (b *ResponsibilityBatch) LockThing(subject domain.Subject) error {
	if _, known := b.of[subject]; known {
		return nil
	}
	return b.ResponsibilityStore.LockThing(subject)
}

// Ended implements responsibility.Store: only stages and hand-overs do.
func (b *ResponsibilityBatch) Ended(subject domain.Subject) (bool, error) {
	if subject.Kind != domain.SubjectStage && subject.Kind != domain.SubjectHandover {
		return false, nil
	}
	return b.ResponsibilityStore.Ended(subject)
}

// Touch implements responsibility.Store.
func (b *ResponsibilityBatch) Touch(subject domain.Subject, now time.Time) error {
	b.touched[subject] = now
	return nil
}

// Posts implements responsibility.Store.
func (b *ResponsibilityBatch) Posts(ids []domain.PostID) (map[domain.PostID]responsibility.Post, error) {
	return memo(b.posts, ids, b.ResponsibilityStore.Posts)
}

// memo looks up those of the keys that are not known yet, and returns what is known
// of all. What was looked up in vain is asked for again.
func memo[K comparable, V any](known map[K]V, keys []K, look func([]K) (map[K]V, error)) (map[K]V, error) {
	var missing []K
	for _, k := range keys {
		if _, ok := known[k]; !ok && !slices.Contains(missing, k) {
			missing = append(missing, k)
		}
	}
	if len(missing) > 0 {
		found, err := look(missing)
		if err != nil {
			return nil, err
		}
		for k, v := range found {
			known[k] = v
		}
	}
	out := map[K]V{}
	for _, k := range keys {
		if v, ok := known[k]; ok {
			out[k] = v
		}
	}
	return out, nil
}

// SubjectParties implements responsibility.Store: only stages, hand-overs and
// chains have any, and what a batch is about exists or is about to.
func (b *ResponsibilityBatch) SubjectParties(scope domain.Scope, subject domain.Subject) ([]domain.PartyID, error) {
	if _, known := b.of[subject]; known && (subject.Kind == domain.SubjectAction || subject.Kind == domain.SubjectGoal) {
		return nil, nil
	}
	return b.ResponsibilityStore.SubjectParties(scope, subject)
}

// Insert implements responsibility.Store.
func (b *ResponsibilityBatch) Insert(r responsibility.Responsibility) error {
	return b.keep(r)
}

// Update implements responsibility.Store: nobody else can have changed it.
func (b *ResponsibilityBatch) Update(r responsibility.Responsibility) (responsibility.Responsibility, error) {
	r.Version++
	return r, b.keep(r)
}

// Delete implements responsibility.Store.
func (b *ResponsibilityBatch) Delete(r responsibility.Responsibility) error {
	if err := b.keepAgreements(r, r.Past); err != nil {
		return err
	}
	b.of[r.Subject] = slices.DeleteFunc(b.of[r.Subject], func(o responsibility.Responsibility) bool { return o.ID == r.ID })
	delete(b.changed, r.ID)
	if b.stood[r.ID] {
		b.deleted = append(b.deleted, r.ID)
	}
	b.subjects[r.Subject.ID] = b.subjects[r.Subject.ID] || r.Subject.Kind == domain.SubjectAction
	return nil
}

func (b *ResponsibilityBatch) keep(r responsibility.Responsibility) error {
	if err := b.keepAgreements(r, r.Past); err != nil {
		return err
	}
	for _, a := range []*domain.Agreement{r.InForce, r.Waiting} {
		if a == nil {
			continue
		}
		if err := b.keepAgreements(r, []domain.Agreement{*a}); err != nil {
			return err
		}
	}
	r.Past = nil
	posts, err := b.Posts([]domain.PostID{r.PostID})
	if err != nil {
		return err
	}
	r.PartyID, r.UnitID = posts[r.PostID].PartyID, posts[r.PostID].UnitID
	all := b.of[r.Subject]
	if i := slices.IndexFunc(all, func(o responsibility.Responsibility) bool { return o.ID == r.ID }); i >= 0 {
		all[i] = r
	} else {
		b.of[r.Subject] = append(all, r)
	}
	b.changed[r.ID], b.about[r.ID] = r, r.Subject
	b.subjects[r.Subject.ID] = b.subjects[r.Subject.ID] || r.Subject.Kind == domain.SubjectAction
	return nil
}

// keepAgreements keeps the last state of agreements, each with the content that it
// was first kept with: what waits is about another one than what is in force.
func (b *ResponsibilityBatch) keepAgreements(r responsibility.Responsibility, all []domain.Agreement) error {
	for _, a := range all {
		if i, known := b.at[a.ID]; known {
			b.agreements[i].Agreement = a
			continue
		}
		content := r.Terms()
		if r.Waiting != nil && r.Waiting.ID == a.ID {
			content = r.Latest()
		}
		text, err := json.Marshal(content)
		if err != nil {
			return fmt.Errorf("write the content of an agreement: %w", err)
		}
		b.at[a.ID] = len(b.agreements)
		b.agreements = append(b.agreements, batchAgreement{a, domain.SubjectOf(domain.SubjectResponsibility, r.ID), string(text)})
	}
	return nil
}

// Save implements responsibility.BatchStore.
func (b *ResponsibilityBatch) Save() error {
	rows := make([]responsibilityRow, 0, len(b.changed))
	for _, r := range b.changed {
		rows = append(rows, rowOfResponsibility(r))
	}
	slices.SortFunc(rows, func(x, y responsibilityRow) int { return slices.Compare(x.ID.UUID[:], y.ID.UUID[:]) })
	if err := upsert(b.tx, rows, "id", responsibilityEditable, ""); err != nil {
		return fmt.Errorf("save responsibilities: %w", err)
	}
	if err := b.saveAgreements(); err != nil {
		return err
	}
	if len(b.deleted) > 0 {
		if err := b.tx.Exec("delete from responsibility where id = any(?)", asOne(b.deleted)).Error; err != nil {
			return fmt.Errorf("delete responsibilities: %w", err)
		}
	}
	var actions []domain.AnyID
	for id, lead := range b.subjects {
		if lead {
			actions = append(actions, id)
		}
	}
	if err := b.keepLeads(actions); err != nil {
		return err
	}
	return b.touch()
}

// touch gives the things that were touched their next version, once each.
func (b *ResponsibilityBatch) touch() error {
	ids := map[domain.SubjectKind][]domain.AnyID{}
	var now time.Time
	for subject, at := range b.touched {
		if _, whole := things[subject.Kind]; !whole { // of its chain
			if err := b.ResponsibilityStore.Touch(subject, at); err != nil {
				return err
			}
			continue
		}
		ids[subject.Kind] = append(ids[subject.Kind], subject.ID)
		now = at
	}
	for kind, of := range ids {
		if err := b.tx.Exec("update "+things[kind]+" set version = version + 1, updated_at = ? where id = any(?)", now, asOne(of)).Error; err != nil {
			return fmt.Errorf("touch things of the kind %s: %w", kind, err)
		}
	}
	return nil
}

// saveAgreements writes what is over before what takes its place.
func (b *ResponsibilityBatch) saveAgreements() error {
	var over, inForce, waiting []agreementRow
	var answers []acceptanceRow
	for _, a := range b.agreements {
		old, stored := b.stored[a.ID]
		for _, answer := range rowsOfAcceptances(a.Agreement) {
			if !slices.ContainsFunc(old.Acceptances, func(c domain.Acceptance) bool { return c.PartyID == answer.PartyID && c.State == answer.State }) {
				answers = append(answers, answer)
			}
		}
		if stored && old.State == a.State {
			continue
		}
		row := rowOfAgreement(a.subject, a.Agreement, a.content)
		switch a.State {
		case domain.AgreementInForce:
			inForce = append(inForce, row)
		case domain.AgreementOpen, domain.AgreementDeclined:
			waiting = append(waiting, row)
		default:
			over = append(over, row)
		}
	}
	for _, rows := range [][]agreementRow{over, inForce, waiting} {
		if err := upsert(b.tx, rows, "id", []string{"state", "settled_at"}, "agreement.state is distinct from excluded.state"); err != nil {
			return fmt.Errorf("save agreements: %w", err)
		}
	}
	err := upsert(b.tx, answers, "agreement_id,party_id", []string{"state", "post_id", "decided_at", "reason_fi", "reason_sv", "reason_en"},
		"acceptance.state is distinct from excluded.state")
	if err != nil {
		return fmt.Errorf("save acceptances: %w", err)
	}
	return nil
}

// upsert inserts rows, a few hundred in one statement, or updates the columns of
// those that are there by key, as far as the condition holds.
func upsert[R any](tx Tx, rows []R, key string, columns []string, cond string) error {
	n, err := upserted(tx, rows, key, columns, cond)
	if err == nil && cond == "" && n != len(rows) {
		err = fmt.Errorf("%d of %d rows were written", n, len(rows))
	}
	return err
}

func upserted[R any](tx Tx, rows []R, key string, columns []string, cond string) (written int, err error) {
	if len(rows) == 0 {
		return 0, nil
	}
	on := clause.OnConflict{Columns: keyColumns(key), DoUpdates: clause.AssignmentColumns(columns)}
	if cond != "" {
		on.Where = clause.Where{Exprs: []clause.Expression{gorm.Expr(cond)}}
	}
	res := tx.Clauses(on).CreateInBatches(&rows, batchRows)
	return int(res.RowsAffected), res.Error
}

func keyColumns(key string) (out []clause.Column) {
	for _, name := range strings.Split(key, ",") {
		out = append(out, clause.Column{Name: name})
	}
	return out
}
