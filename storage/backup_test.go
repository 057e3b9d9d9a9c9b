package storage_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// recorded is a database with a theme of three versions, one that was removed, and
// an entry in the log.
func recorded(t *testing.T) (*pgtest.DB, uuid.UUID) {
	t.Helper()
	db, app, id := begun(t)
	for i, at := range []string{"2026-11-23 07:00:00Z", "2026-11-23 08:00:00Z"} {
		if err := execAt(t, app, at, `update theme set title_fi = $2, version = version + 1 where id = $1`, id, fmt.Sprint("versio ", i)); err != nil {
			t.Fatal(err)
		}
	}
	gone := domain.UUIDv7()
	if err := execAt(t, app, "2026-11-23 07:00:00Z", insertTheme, gone, "gone"); err != nil {
		t.Fatal(err)
	}
	if err := execAt(t, app, "2026-11-23 08:00:00Z", `delete from theme where id = $1`, gone); err != nil {
		t.Fatal(err)
	}
	exec(t, app, `with e as (insert into audit_entry (at, origin, permission, subject_kind, subject_id, subject_version, values_hash)
	              values (now(), 'user', 'theme.edit', 'theme', gen_random_uuid(), 1, sha256('\x0102'::bytea || convert_to('["ja \\ ä"]', 'UTF8'))) returning id)
	              insert into audit_value select id, '\x0102', '["ja \\ ä"]' from e`)
	exec(t, connect(t, db.SuperDSN), `set session_replication_role = replica; -- of nobody
	              insert into idempotency_key (person_id, operation, key, hash, status, body, made_at) values (gen_random_uuid(), 'POST /x', 'vastattu', '\x01', 201, '', now())`)
	exec(t, app, `insert into session values ('salaisuus', 'x', now() + interval '1 hour', now() + interval '1 hour')`)
	return db, id
}

func backedUp(t *testing.T, dsn string) (storage.Manifest, []byte) {
	t.Helper()
	var b bytes.Buffer
	m, err := storage.Backup(t.Context(), dsn, "", time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC), &b)
	if err != nil {
		t.Fatal(err)
	}
	return m, b.Bytes()
}

func restored(t *testing.T, dsn string, file []byte) (storage.Holdings, error) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return storage.Holdings{}, err
	}
	return storage.Restore(t.Context(), dsn, "", z, slog.New(slog.DiscardHandler))
}

func TestBackupHoldsTheRecord(t *testing.T) {
	t.Parallel()
	db, id := recorded(t)
	m, file := backedUp(t, db.AppDSN) // the application's role is enough
	if want := (storage.Record{Entries: 1, LastEntry: 1, Versions: 4}); m.Record != want || !m.Record.Whole() || m.SchemaVersion() != storage.SchemaVersion() {
		t.Errorf("%+v, want %+v", m.Record, want)
	}
	for _, kept := range []string{"salaisuus", "vastattu"} {
		if bytes.Contains(unpacked(t, file), []byte(kept)) {
			t.Errorf("a session or an answer of the day is in the backup: %s", kept)
		}
	}

	into := pgtest.New(t) // migrated, and as empty
	got, err := restored(t, into.OwnerDSN, file)
	if err != nil {
		t.Fatal(err)
	}
	if got.Content != m.Content || got.History != m.History || got.Audit != m.Audit || got.Record != m.Record {
		t.Errorf("restored %+v, backed up %+v", got, m.Holdings)
	}
	// A backup of what was restored is the same, and rows are written as before.
	again, _ := backedUp(t, into.OwnerDSN)
	if again.Content != m.Content || again.Audit != m.Audit || again.History != m.History || again.Other != m.Other {
		t.Errorf("backed up again %+v, first %+v", again.Holdings, m.Holdings)
	}
	app := connect(t, into.AppDSN)
	if err := execAt(t, app, "2026-11-23 09:00:00Z", `update theme set title_fi = 'uusi' where id = $1`, id); err != nil {
		t.Fatal(err)
	}
	if v := versions(t, app, id); len(v) != 4 || v[3].Title != "uusi" || v[3].To != "" {
		t.Errorf("versions %+v", v)
	}
	// What guards the tables is there again: keys, triggers, rights.
	super, was := connect(t, into.SuperDSN), connect(t, db.SuperDSN)
	for _, catalogue := range []string{
		`select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated::text from pg_constraint where connamespace = 'public'::regnamespace order by 1`,
		`select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by 1`,
		`select relname || coalesce(relacl::text, '') from pg_class where relnamespace in ('public'::regnamespace, 'asof'::regnamespace) order by 1`,
	} {
		if a, b := strings.Join(column(t, was, catalogue), "\n"), strings.Join(column(t, super, catalogue), "\n"); a != b {
			t.Errorf("%s\ndiffers", catalogue)
		}
	}
}

// A database that the product has never used is told from one that fails.
func TestBackupOfAnotherDatabase(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	exec(t, connect(t, db.OwnerDSN), `drop table goose_db_version`)
	_, err := storage.Backup(t.Context(), db.OwnerDSN, "", time.Now(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "holds nothing of Yhdyspinta") || strings.Contains(err.Error(), "SQLSTATE") {
		t.Errorf("%v", err)
	}
}

func unpacked(t *testing.T, file []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.Bytes()
}

// rezipped is a backup in which change has changed a file; nil leaves it out.
func rezipped(t *testing.T, file []byte, change func(name string, text []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if text = change(f.Name, text); text == nil {
			continue
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What is not whole, does not fit or would overwrite something is refused, with the
// database as it was; after that the right file can still be restored.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	db, _ := recorded(t)
	_, file := backedUp(t, db.OwnerDSN)
	into := pgtest.New(t) // migrated, and as empty
	inManifest := func(pattern, by string) []byte {
		return rezipped(t, file, func(name string, text []byte) []byte {
			if name == "manifest.json" {
				if changed := regexp.MustCompile(pattern).ReplaceAll(text, []byte(by)); !bytes.Equal(changed, text) {
					return changed
				}
				t.Errorf("%s is not in the manifest", pattern)
			}
			return text
		})
	}
	for name, c := range map[string]struct {
		file  []byte
		words string
	}{
		"cut off": {file[:len(file)/2], "not a valid zip"},
		"a row changed": {rezipped(t, file, func(name string, text []byte) []byte {
			return bytes.ReplaceAll(text, []byte("versio 0"), []byte("versio X"))
		}), "damaged: the table theme_history"},
		"a table left out": {rezipped(t, file, func(name string, text []byte) []byte {
			if name == "tables/audit_value.copy" {
				return nil
			}
			return text
		}), "table audit_value is missing"},
		"no manifest": {rezipped(t, file, func(name string, text []byte) []byte {
			if name == "manifest.json" {
				return nil
			}
			return text
		}), "it has no manifest"},
		"another format":                {inManifest(`"format": 1`, `"format": 2`), "format 2"},
		"a newer program's":             {inManifest(`"migrations": \[`, `"migrations": [ 99999999, `), "other migrations"},
		"a count that is not the rows'": {inManifest(`("entries": )1`, `${1}2`), "the record is"},
	} {
		if _, err := restored(t, into.OwnerDSN, c.file); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want %q", name, err, c.words)
		}
	}
	if n := column(t, connect(t, into.SuperDSN), `select ((select count(*) from theme) + (select count(*) from audit_entry) + (select count(*) from theme_history))::text`); n[0] != "0" {
		t.Errorf("a refused restore left %v rows", n)
	}
	if _, err := restored(t, into.OwnerDSN, file); err != nil {
		t.Fatalf("after the refusals: %v", err)
	}
	before := column(t, connect(t, db.SuperDSN), `select count(*)::text from theme`)
	if _, err := restored(t, db.OwnerDSN, file); !errors.Is(err, storage.ErrNotEmpty) {
		t.Errorf("over data: %v", err)
	}
	if after := column(t, connect(t, db.SuperDSN), `select count(*)::text from theme`); after[0] != before[0] {
		t.Errorf("over data: %v themes, before %v", after, before)
	}
	foreign := pgtest.NewEmpty(t)
	exec(t, connect(t, foreign.OwnerDSN), `create table other (id int)`)
	if _, err := restored(t, foreign.OwnerDSN, file); !errors.Is(err, storage.ErrNotEmpty) {
		t.Errorf("beside another program's tables: %v", err)
	}
}

// Who rewrites the record past all rights, as the superuser, is found out.
func TestBackupFindsARecordThatIsNotWhole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rewrite string
		found   func(storage.Record) int64
	}{
		"values of the log":   {`update audit_value set changes = '[]'`, func(r storage.Record) int64 { return r.Unsealed }},
		"a version removed":   {`delete from theme_history where title_fi = 'versio 0'`, func(r storage.Record) int64 { return r.Gaps }},
		"a version prolonged": {`update theme_history set sys_to = sys_to + interval '1 minute' where title_fi = 'versio 0'`, func(r storage.Record) int64 { return r.Overlaps }},
		"a row past history":  {`update theme set title_fi = 'salaa'`, func(r storage.Record) int64 { return r.Astray / 2 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, _ := recorded(t)
			exec(t, connect(t, db.SuperDSN), `set session_replication_role = replica; `+c.rewrite)
			if m, _ := backedUp(t, db.AppDSN); c.found(m.Record) != 1 || m.Record.Whole() {
				t.Errorf("%+v", m.Record)
			}
		})
	}
}
