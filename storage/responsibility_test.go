package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// Whoever answers for a part in a hand-over has its chain locked, as has whoever
// ends the hand-over with the chain's form.
func TestAPartInAHandoverLocksItsChain(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	db, err := storage.Open(t.Context(), raw.AppDSN, storage.Options{MaxConnections: 2, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other := connect(t, raw.AppDSN)
	party, chain, giving, receiving, handover := domain.UUIDv7(), domain.UUIDv7(), domain.UUIDv7(), domain.UUIDv7(), domain.UUIDv7()
	must := func(sql string, args ...any) {
		t.Helper()
		if err := execAt(t, other, "2026-11-23 06:05:00Z", sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	must(`insert into party values ($1, 'espoo', 'municipality', true, 'E', 1, 'Espoo', 'Esbo', 'Espoo', 'Espoo', 'Esbo', 'Espoo', 1)`, party)
	must(`insert into chain (id, key, position, title_fi, title_sv, title_en, visibility, version, created_at, updated_at) values ($1, 'ketju', 1, 'Ketju', '', '', 'public', 1, now(), now())`, chain)
	for i, stage := range []any{giving, receiving} {
		must(`insert into stage (id, chain_id, position, party_id, title_fi, title_sv, title_en, prevention_level, valid_from, version) values ($1, $2, $3, $4, 'Vaihe', '', '', 'universal', '2025-06-01', 1)`, stage, chain, i+1, party)
	}
	must(`insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, gap, standing, revision, valid_from, version, updated_at)
values ($1, $2, $3, $4, 1, 'Tieto', '', '', 'none', 'proposed', 1, '2025-06-01', 1, now())`, handover, chain, giving, receiving)

	free := func() bool {
		t.Helper()
		var one int
		err := other.QueryRow(context.Background(), "select 1 from chain where id = $1 for update skip locked", chain).Scan(&one)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			t.Fatal(err)
		}
		return err == nil
	}
	if !free() {
		t.Fatal("the chain is locked before")
	}
	stop := errors.New("stop")
	uow := storage.NewUnitOfWork(db, storage.NewResponsibilityStore)
	err = uow.Write(t.Context(), func(s *storage.ResponsibilityStore, _ *domain.AuditLog) error {
		if err := s.LockThing(domain.Subject{Kind: domain.SubjectHandover, ID: domain.AnyID{UUID: handover}}); err != nil {
			return err
		}
		if free() {
			t.Error("the chain is free to be changed")
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Error(err)
	}
}
