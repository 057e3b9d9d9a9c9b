package storage

import (
	"context"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
	"yhdyspinta/domain/round"
)

// Row is one row of a table by column, for the importer.
type Row map[string]any

// Text puts the three languages of a text into their columns.
func (r Row) Text(column string, t domain.Text) Row {
	r[column+"_fi"], r[column+"_sv"], r[column+"_en"] = t.FI, t.SV, t.EN
	return r
}

// Codes puts a list of codes into its column.
func (r Row) Codes(column string, list []string) Row {
	r[column] = codes(list)
	return r
}

// Importer writes a data set with its past: every step happens at its own
// instant, in its own audited unit of work, through the same triggers and
// constraints as any other write.
type Importer struct{ uow UnitOfWork[Tx] }

// NewImporter imports into db.
func NewImporter(db *DB) Importer {
	return Importer{NewUnitOfWork(db, func(tx Tx) Tx { return tx })}
}

// IsEmpty reports whether the database holds no organisation yet.
func (i Importer) IsEmpty(ctx context.Context) (empty bool, err error) {
	err = i.uow.Read(ctx, func(tx Tx) error {
		return tx.Raw("select not exists (select 1 from party)").Scan(&empty).Error
	})
	return empty, err
}

// IsImported reports whether the database began with an imported data set: what
// it holds is invented then.
func (i Importer) IsImported(ctx context.Context) (imported bool, err error) {
	err = i.uow.Read(ctx, func(tx Tx) error {
		return tx.Raw("select coalesce((select origin = 'import' from audit_entry order by id limit 1), false)").Scan(&imported).Error
	})
	return imported, err
}

// Step is what happened at one instant.
type Step struct {
	At  time.Time
	Do  func(ImportTx) error
	Log func(*domain.AuditLog)
}

// Run carries out steps that happened at the same instant, in one transaction.
func (i Importer) Run(ctx context.Context, at time.Time, steps []Step) error {
	return i.uow.Write(WrittenAt(ctx, at), func(tx Tx, log *domain.AuditLog) error {
		for _, s := range steps {
			if err := s.Do(ImportTx{tx}); err != nil {
				return err
			}
			s.Log(log)
		}
		return nil
	})
}

// ImportTx is one step's transaction.
type ImportTx struct{ tx Tx }

// Insert adds a row; it needs an id.
func (t ImportTx) Insert(table string, row Row) error {
	if err := t.tx.Table(table).Create(map[string]any(row)).Error; err != nil {
		return fmt.Errorf("insert into %s: %w", table, err)
	}
	return nil
}

// Update changes columns of one row.
func (t ImportTx) Update(table string, id any, row Row) error {
	res := t.tx.Table(table).Where("id = ?", id).Updates(map[string]any(row))
	if res.Error != nil {
		return fmt.Errorf("update %s: %w", table, res.Error)
	}
	if res.RowsAffected != 1 {
		return fmt.Errorf("update %s: no row %v", table, id)
	}
	return nil
}

// ApprovePaper adds the approval, a row without the hash, of a meeting's paper
// as it stands. With the last approval the paper is kept under own, and all
// approvals are of it.
func (t ImportTx) ApprovePaper(id domain.MeetingID, approval Row, last bool, own domain.PaperID, at time.Time) error {
	meetings, papers := NewMeetingStore(t.tx), NewPaperStore(t.tx)
	all := domain.Operator(domain.OriginImport).Scope()
	m, err := meetings.Get(all, id)
	if err != nil {
		return err
	}
	items, err := meetings.Items(all, id)
	if err != nil {
		return err
	}
	from, err := papers.Sources(m, items)
	if err != nil {
		return err
	}
	f := meeting.Freeze(own, meeting.DraftPaper(m, items, from), at)
	approval["paper_hash"] = f.Hash
	if err := t.Insert("approval", approval); err != nil || !last {
		return err
	}
	if err := papers.Freeze(f); err != nil {
		return err
	}
	if err := t.tx.Exec("update approval set paper_hash = ? where meeting_id = ? and paper_hash <> ?", f.Hash, id, f.Hash).Error; err != nil {
		return fmt.Errorf("note which paper was approved: %w", err)
	}
	return nil
}

// Raise makes a fresh sequence of human numbers go on after n. The application
// may only draw numbers, so it draws them.
func (t ImportTx) Raise(sequence string, n int) error {
	return t.tx.Exec("select max(nextval(?::regclass)) from generate_series(1, ?)", sequence, n).Error
}

// CompleteRound takes a party's word that its side of a reporting round is complete,
// by the rule that everybody's is taken; the last one freezes the round.
func (t ImportTx) CompleteRound(id domain.RoundID, c round.Completion, at time.Time) error {
	rounds := NewRoundStore(t.tx)
	v, err := rounds.Get(domain.Scope{Staff: true}, id)
	if err != nil {
		return err
	}
	done, err := round.CompleteSide(rounds, v, c, at)
	if err != nil {
		return fmt.Errorf("complete the round %s: %w", v.Key, err)
	}
	if done, err = rounds.Update(done); err != nil || done.State != round.Completed {
		return err
	}
	_, _, err = round.KeepSnapshot(rounds, id)
	return err
}
