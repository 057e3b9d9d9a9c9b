package storage_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// interval is one version of a row: its title and when it was the state.
type interval struct {
	Title    string
	From, To string
}

// versions reads the history of one theme, the oldest first, and fails unless
// its intervals rise strictly without gap or overlap.
func versions(t *testing.T, conn *pgx.Conn, id uuid.UUID) []interval {
	t.Helper()
	rows, err := conn.Query(t.Context(), `
		select title_fi, to_char(sys_from at time zone 'UTC', 'MM-DD HH24:MI:SS.US'),
		       case when sys_to = 'infinity' then '' else to_char(sys_to at time zone 'UTC', 'MM-DD HH24:MI:SS.US') end
		from theme_history where id = $1 order by sys_from`, id)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[interval])
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range out {
		if v.To != "" && v.To <= v.From {
			t.Errorf("version %d is empty or inverted: %+v", i, v)
		}
		if i > 0 && out[i-1].To != v.From {
			t.Errorf("version %d begins %s, the one before ends %s", i, v.From, out[i-1].To)
		}
	}
	return out
}

const insertTheme = `insert into theme (id, key, position, title_fi, title_sv, title_en, version) values ($1, $2, 1, 'first', '', '', 1)`

// begun is a database with one theme, written at 6.05 UTC.
func begun(t *testing.T) (*pgtest.DB, *pgx.Conn, uuid.UUID) {
	t.Helper()
	db := pgtest.New(t)
	app, id := connect(t, db.AppDSN), domain.UUIDv7()
	if err := execAt(t, app, "2026-11-23 06:05:00Z", insertTheme, id, "key"); err != nil {
		t.Fatal(err)
	}
	return db, app, id
}

func TestHistoryOfAChangeAndADeletion(t *testing.T) {
	t.Parallel()
	_, app, id := begun(t)
	if err := execAt(t, app, "2026-11-24 06:00:00Z", `update theme set title_fi = 'second' where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	if err := execAt(t, app, "2026-11-25 06:00:00Z", `delete from theme where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	want := []interval{{"first", "11-23 06:05:00.000000", "11-24 06:00:00.000000"}, {"second", "11-24 06:00:00.000000", "11-25 06:00:00.000000"}}
	if got := versions(t, app, id); !slices.Equal(got, want) {
		t.Errorf("history %v, want %v", got, want)
	}
	for at, want := range map[string][]string{
		"2026-11-23 06:04:59.999999Z": nil, "2026-11-23 06:05:00Z": {"first"}, "2026-11-24 05:59:59.999999Z": {"first"},
		"2026-11-24 06:00:00Z": {"second"}, "2026-11-25 06:00:00Z": nil,
	} {
		var got []string
		err := pgx.BeginTxFunc(t.Context(), app, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
			_, err := tx.Exec(t.Context(), `select set_config('search_path', 'asof, public', true), set_config('app.as_of', $1, true)`, at)
			if err != nil {
				return err
			}
			rows, err := tx.Query(t.Context(), `select title_fi from theme`)
			if err != nil {
				return err
			}
			got, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("as of %s: %v (%v), want %v", at, got, err, want)
		}
	}
}

func TestHistoryOfTwoChangesAtOnce(t *testing.T) {
	t.Parallel()
	_, app, id := begun(t)
	err := pgx.BeginFunc(t.Context(), app, func(tx pgx.Tx) error {
		for _, sql := range []string{
			`select set_config('app.now', '2026-11-24 06:00:00Z', true)`,
			fmt.Sprintf(`update theme set title_fi = 'second' where id = '%s'`, id),
			fmt.Sprintf(`update theme set title_fi = 'third' where id = '%s'`, id),
			fmt.Sprintf(`delete from theme where id = '%s'`, id),
		} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, v := range versions(t, app, id) {
		titles = append(titles, v.Title)
	}
	if want := []string{"first", "second", "third"}; !slices.Equal(titles, want) {
		t.Errorf("versions %v, want %v", titles, want)
	}
}

func TestHistoryUnderAClockThatGoesBack(t *testing.T) {
	t.Parallel()
	_, app, id := begun(t)
	if err := execAt(t, app, "2026-11-22 06:00:00Z", `update theme set title_fi = 'second' where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	want := []interval{{"first", "11-23 06:05:00.000000", "11-23 06:05:00.000001"}, {"second", "11-23 06:05:00.000001", ""}}
	if got := versions(t, app, id); !slices.Equal(got, want) {
		t.Errorf("history %v, want %v", got, want)
	}
}

func TestHistoryOfConcurrentChanges(t *testing.T) {
	t.Parallel()
	db, app, id := begun(t)
	const writers, changes = 6, 20
	var wg sync.WaitGroup
	for w := range writers {
		conn := connect(t, db.AppDSN)
		wg.Go(func() {
			for i := range changes {
				at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC).Add(time.Duration(i-w) * time.Microsecond) // clocks that differ
				err := execAt(t, conn, at.Format(time.RFC3339Nano), `update theme set title_fi = $2, version = version + 1 where id = $1`, id, fmt.Sprintf("%d.%d", w, i))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := versions(t, app, id); len(got) != writers*changes+1 {
		t.Errorf("%d versions, want %d", len(got), writers*changes+1)
	}
}

func TestHistoryTakesOnANewColumn(t *testing.T) {
	t.Parallel()
	db, app, id := begun(t)
	owner := connect(t, db.OwnerDSN)
	exec(t, owner, `alter table theme add column colour text`)
	exec(t, owner, `alter table theme_history add column colour text`)
	exec(t, owner, `select refresh_asof_views()`)
	if err := execAt(t, app, "2026-11-24 06:00:00Z", `update theme set colour = 'blue' where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	got := column(t, app, `select coalesce(colour, '-') from theme_history where id = $1 order by sys_from`, id)
	if want := []string{"-", "blue"}; !slices.Equal(got, want) {
		t.Errorf("colours %v, want %v", got, want)
	}
	exec(t, app, `select set_config('app.as_of', '2026-11-24 07:00:00Z', false)`)
	if got := column(t, app, `select colour from asof.theme`); !slices.Equal(got, []string{"blue"}) {
		t.Errorf("as of then: %v", got)
	}
}

func TestWriteOutsideTheUnitOfWorkIsRefused(t *testing.T) {
	t.Parallel()
	app := connect(t, pgtest.New(t).AppDSN)
	_, err := app.Exec(t.Context(), insertTheme, domain.UUIDv7(), "key")
	if sqlState(err) != "YH001" {
		t.Errorf("%v, want that app.now is not set", err)
	}
}

// stores hands the transaction itself to a use case.
func stores(tx storage.Tx) storage.Tx { return tx }

func openStorage(t *testing.T, dsn string) *storage.DB {
	t.Helper()
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	db, err := storage.Open(context.Background(), dsn, storage.Options{MaxConnections: 4, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

// A change and its audit entries commit together or not at all.
func TestChangeAndEntryCommitTogether(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	uow := storage.NewUnitOfWork(openStorage(t, raw.AppDSN), stores)
	conn := connect(t, raw.AppDSN)
	themes, entries := 0, 0
	counts := func(what string) {
		t.Helper()
		got := column(t, conn, `select (select count(*) from theme) || ' ' || (select count(*) from audit_entry) || ' ' || (select count(*) from audit_value)`)[0]
		if want := fmt.Sprintf("%d %d %d", themes, entries, entries); got != want {
			t.Errorf("after %s: themes, entries, values %s, want %s", what, got, want)
		}
	}
	insert := func(tx storage.Tx) error {
		return tx.Exec(strings.ReplaceAll(strings.ReplaceAll(insertTheme, "$1", "?"), "$2", "?"), domain.UUIDv7(), uuid.NewString()).Error
	}
	entry := func(log *domain.AuditLog, origin domain.Origin) {
		log.Add(domain.Operator(origin), domain.ThemeEdit, domain.Subject{Kind: domain.SubjectTheme, ID: domain.AnyID{UUID: domain.UUIDv7()}}, 1, nil)
	}

	err := uow.Write(t.Context(), func(tx storage.Tx, _ *domain.AuditLog) error { return insert(tx) })
	if err == nil || !strings.Contains(err.Error(), "audit entry") {
		t.Errorf("a write without an entry: %v", err)
	}
	counts("a write without an entry")

	failure := errors.New("the rule forbids it")
	err = uow.Write(t.Context(), func(tx storage.Tx, log *domain.AuditLog) error {
		entry(log, domain.OriginOperator)
		return errors.Join(insert(tx), failure)
	})
	if !errors.Is(err, failure) {
		t.Errorf("a use case that fails: %v", err)
	}
	counts("a use case that failed")

	err = uow.Write(t.Context(), func(tx storage.Tx, log *domain.AuditLog) error {
		entry(log, "nowhere") // the log's own check refuses it
		return insert(tx)
	})
	if err == nil {
		t.Error("an entry that cannot be written did not stop the change")
	}
	counts("an entry that cannot be written")

	err = uow.Write(t.Context(), func(tx storage.Tx, log *domain.AuditLog) error {
		entry(log, domain.OriginOperator)
		return insert(tx)
	})
	if err != nil {
		t.Error(err)
	}
	themes, entries = 1, 1
	counts("a write with an entry")

	err = uow.Write(domain.WithAsOf(t.Context(), time.Now()), func(tx storage.Tx, log *domain.AuditLog) error {
		entry(log, domain.OriginOperator)
		return insert(tx)
	})
	if err == nil {
		t.Error("the past was written")
	}
	if err := uow.Read(t.Context(), insert); sqlState(err) != "25006" { // read_only_sql_transaction
		t.Errorf("a read that writes: %v", err)
	}
	if err := uow.Read(domain.WithAsOf(t.Context(), time.Now()), insert); sqlState(err) != "42501" { // insufficient_privilege, on the view
		t.Errorf("a read of the past that writes: %v", err)
	}
	counts("writes where none may be")
}

// A panic in a use case leaves neither change nor transaction behind.
func TestPanicRollsBack(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	uow := storage.NewUnitOfWork(openStorage(t, raw.AppDSN), stores)
	written := 0
	for range 8 { // twice as often as there are connections
		func() {
			defer func() {
				if recover() != "broken" {
					t.Error("the panic did not reach who called")
				}
			}()
			_ = uow.Write(t.Context(), func(tx storage.Tx, log *domain.AuditLog) error {
				log.Add(domain.Operator(domain.OriginOperator), domain.ThemeEdit, domain.Subject{Kind: domain.SubjectTheme, ID: domain.AnyID{UUID: domain.UUIDv7()}}, 1, nil)
				res := tx.Exec(strings.ReplaceAll(strings.ReplaceAll(insertTheme, "$1", "?"), "$2", "?"), domain.UUIDv7(), uuid.NewString())
				if res.Error != nil {
					t.Error(res.Error)
				}
				written += int(res.RowsAffected)
				panic("broken")
			})
		}()
	}
	if written != 8 {
		t.Errorf("%d were written before the panic, want 8", written)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := uow.Read(ctx, func(tx storage.Tx) error { return tx.Exec("select 1").Error }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if left := column(t, connect(t, raw.AppDSN), `select (select count(*) from theme) || ' ' || (select count(*) from theme_history) || ' ' || (select count(*) from audit_entry)`); left[0] != "0 0 0" {
		t.Errorf("themes, versions and entries that are left: %s", left[0])
	}
}
