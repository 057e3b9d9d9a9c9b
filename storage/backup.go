package storage

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A backup is one zip file: the rows of each table as PostgreSQL's COPY writes
// them, ordered by primary key, the attachments that are kept in a folder, and
// last a manifest with the count and the hash of each. All of it is one snapshot.
// The same statements, run on what was restored, must give the same manifest.
const (
	backupFormat = 1
	manifestName = "manifest.json"
	tableFolder  = "tables/"
	fileFolder   = "attachments/"
)

// leftOut are the tables that a backup does without: what only the running
// service needs, and what migrations make.
var leftOut = []string{
	"session",          // who is signed in signs in again
	"pen",              // of who is writing just now
	"watcher",          // likewise
	"idempotency_key",  // what was answered within a day
	"api_token_secret", // what opens API tokens: programs get new ones
	"content_change",   // ids of this server's transactions
	"goose_db_version", // made by migrating
}

// Manifest says what a backup holds. Hashes are SHA-256 in hexadecimal.
type Manifest struct {
	Format     int       `json:"format"`
	MadeAt     time.Time `json:"madeAt"`
	PostgreSQL string    `json:"postgresql"` // version of the server
	Migrations []int64   `json:"migrations"` // that the schema has; the last is its version
	Holdings
	LeftOut []string `json:"leftOut"` // tables that are not in the backup
}

// Holdings are what two databases with the same data have in common.
type Holdings struct {
	Content   Group       `json:"content"` // tables with a history
	History   Group       `json:"history"` // their versions
	Audit     Group       `json:"audit"`   // the log
	Other     Group       `json:"other"`   // tables without history
	Files     Group       `json:"files"`   // attachments in a folder
	Record    Record      `json:"record"`
	Tables    []TableCopy `json:"tables"`
	Sequences []Sequence  `json:"sequences"`
	Copies    []FileCopy  `json:"attachments"`
}

// Group sums up tables of a kind. SHA256 is over their names and hashes.
type Group struct {
	Tables int    `json:"tables,omitempty"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// TableCopy is the rows of a table in the order of its primary key.
type TableCopy struct {
	Name    string   `json:"name"`
	Kind    string   `json:"kind"` // content, history, audit or other
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	SHA256  string   `json:"sha256"`

	order string
}

// Sequence is the state of one.
type Sequence struct {
	Name string `json:"name"`
	Last *int64 `json:"last"` // nil: never used
}

// FileCopy is an attachment that is kept in the folder.
type FileCopy struct {
	ID     string `json:"id"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Record is whether the log and the past are whole.
type Record struct {
	Entries   int64 `json:"entries"`   // of the log
	LastEntry int64 `json:"lastEntry"` // the greatest id
	Erased    int64 `json:"erased"`    // entries whose values are not there
	Unsealed  int64 `json:"unsealed"`  // values that their hash in the entry does not match: 0 unless somebody rewrote them
	Versions  int64 `json:"versions"`  // in all history
	Gaps      int64 `json:"gaps"`      // between a version and the next of the same thing
	Overlaps  int64 `json:"overlaps"`  // of two versions of the same thing
	Astray    int64 `json:"astray"`    // things that are not what their latest version says
}

// Whole reports whether nothing is wrong with the record.
func (r Record) Whole() bool {
	return r.Unsealed == 0 && r.Gaps == 0 && r.Overlaps == 0 && r.Astray == 0
}

// SchemaVersion is the newest migration of the backup's schema.
func (m Manifest) SchemaVersion() int64 {
	if len(m.Migrations) == 0 {
		return 0
	}
	return m.Migrations[len(m.Migrations)-1]
}

// backupSettings make COPY write the same text on every server.
const backupSettings = `
set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex';
set client_encoding = 'UTF8'; set search_path = public; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
set application_name = 'yhdyspinta backup'`

// Backup writes all that the database at dsn holds to w, as one snapshot, while
// others go on writing. Either role may be named. folder is that of attachments,
// "" for none.
func Backup(ctx context.Context, dsn, folder string, now time.Time, w io.Writer) (Manifest, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return Manifest{}, fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, backupSettings); err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	m := Manifest{Format: backupFormat, MadeAt: now.UTC().Truncate(time.Second), LeftOut: leftOut}
	if err := tx.QueryRow(ctx, "select current_setting('server_version')").Scan(&m.PostgreSQL); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	if m.Migrations, err = migrationsOf(ctx, tx); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	z := zip.NewWriter(w)
	files := &Files{folder: folder}
	m.Holdings, err = take(ctx, tx, leftOut, func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: m.MadeAt})
	}, files.fromFolder)
	if err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	out, err := z.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: m.MadeAt})
	if err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	if err := errors.Join(enc.Encode(m), z.Close()); err != nil {
		return m, fmt.Errorf("back up: %w", err)
	}
	return m, nil
}

// migrationsOf lists the migrations that a schema has.
func migrationsOf(ctx context.Context, tx pgx.Tx) ([]int64, error) {
	rows, err := tx.Query(ctx, "select distinct version_id from goose_db_version where is_applied order by 1")
	var versions []int64
	if err == nil {
		versions, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "42P01" { // undefined_table
		return nil, errors.New("the database holds nothing of Yhdyspinta: look whether DATABASE_URL names the right one")
	}
	if err != nil {
		return nil, fmt.Errorf("read the schema's version: %w", err)
	}
	return versions, nil
}

// fromFolder opens an attachment of the folder.
func (f *Files) fromFolder(id string) (io.ReadCloser, error) {
	if f.folder == "" {
		return nil, errors.New("attachments are kept in a folder, which is not configured (YHDYSPINTA_ATTACHMENTS)")
	}
	return os.Open(f.path(id))
}

// take reads all that the transaction sees, writes it to what into gives for
// each name, and tells what it was, without the tables of leftOut. open gives an attachment of the folder.
func take(ctx context.Context, tx pgx.Tx, leftOut []string, into func(name string) (io.Writer, error), open func(id string) (io.ReadCloser, error)) (Holdings, error) {
	var h Holdings
	var err error
	if h.Tables, err = tablesOf(ctx, tx, leftOut); err != nil {
		return h, err
	}
	// Migrations wait until the backup is done.
	if _, err := tx.Exec(ctx, "lock table "+strings.Join(quoted(h.Tables), ", ")+" in access share mode"); err != nil {
		return h, err
	}
	for i := range h.Tables {
		t := &h.Tables[i]
		out, err := into(tableFolder + t.Name + ".copy")
		if err != nil {
			return h, err
		}
		sum := sha256.New()
		tag, err := tx.Conn().PgConn().CopyTo(ctx, io.MultiWriter(sum, out),
			fmt.Sprintf("copy (select %s from public.%s order by %s) to stdout", idents(t.Columns), ident(t.Name), t.order))
		if err != nil {
			return h, fmt.Errorf("copy %s: %w", t.Name, err)
		}
		t.Rows, t.SHA256 = tag.RowsAffected(), hex.EncodeToString(sum.Sum(nil))
	}
	if h.Sequences, err = sequencesOf(ctx, tx, leftOut); err != nil {
		return h, err
	}
	if h.Copies, err = copyFiles(ctx, tx, into, open); err != nil {
		return h, err
	}
	h.Content, h.History, h.Audit, h.Other = groupOf(h.Tables, "content"), groupOf(h.Tables, "history"), groupOf(h.Tables, "audit"), groupOf(h.Tables, "other")
	h.Files = Group{Rows: int64(len(h.Copies))}
	sum := sha256.New()
	for _, f := range h.Copies {
		fmt.Fprintf(sum, "%s %s\n", f.ID, f.SHA256)
	}
	h.Files.SHA256 = hex.EncodeToString(sum.Sum(nil))
	h.Record, err = recordOf(ctx, tx, h.Tables)
	return h, err
}

func ident(name string) string { return pgx.Identifier{name}.Sanitize() }

func idents(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = ident(n)
	}
	return strings.Join(out, ", ")
}

func quoted(tables []TableCopy) []string {
	out := make([]string, len(tables))
	for i, t := range tables {
		out[i] = "public." + ident(t.Name)
	}
	return out
}

// tablesOf lists the tables of a backup by name, with the columns that are not
// derived and the order of their rows.
func tablesOf(ctx context.Context, tx pgx.Tx, leftOut []string) ([]TableCopy, error) {
	rows, err := tx.Query(ctx, `
select c.relname::text,
       case when c.relname like 'audit\_%' then 'audit'
            when c.relname like '%\_history' then 'history'
            when to_regclass('public.' || quote_ident(c.relname || '_history')) is not null then 'content'
            else 'other' end,
       (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''),
       (select string_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end, ', ' order by k.n)
        from pg_index x, unnest(x.indkey::smallint[]) with ordinality k (attnum, n)
                 join pg_attribute a on a.attnum = k.attnum
        where x.indrelid = c.oid and x.indisprimary and a.attrelid = c.oid)
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
order by c.relname collate "C"`, leftOut)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t TableCopy, err error) {
		return t, row.Scan(&t.Name, &t.Kind, &t.Columns, &t.order)
	})
}

func sequencesOf(ctx context.Context, tx pgx.Tx, leftOut []string) ([]Sequence, error) {
	rows, err := tx.Query(ctx, `
select s.sequencename::text, s.last_value from pg_sequences s
where s.schemaname = 'public' and not exists (
    select 1 from pg_depend d join pg_class t on t.oid = d.refobjid
    where d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype in ('a', 'i') and t.relname = any ($1))
order by s.sequencename collate "C"`, leftOut)
	if err != nil {
		return nil, fmt.Errorf("read the sequences: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Sequence])
}

// copyFiles copies the attachments that are kept in the folder.
func copyFiles(ctx context.Context, tx pgx.Tx, into func(string) (io.Writer, error), open func(string) (io.ReadCloser, error)) ([]FileCopy, error) {
	rows, err := tx.Query(ctx, "select id::text from stored_file where place = 'folder' and complete order by id")
	if err != nil {
		return nil, fmt.Errorf("list the attachments: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list the attachments: %w", err)
	}
	out := make([]FileCopy, 0, len(ids))
	for _, id := range ids {
		w, err := into(fileFolder + id)
		if err != nil {
			return nil, err
		}
		f, err := open(id)
		if err != nil {
			return nil, fmt.Errorf("copy the attachment %s: %w", id, err)
		}
		sum := sha256.New()
		n, err := io.Copy(io.MultiWriter(sum, w), f)
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("copy the attachment %s: %w", id, err)
		}
		out = append(out, FileCopy{ID: id, Bytes: n, SHA256: hex.EncodeToString(sum.Sum(nil))})
	}
	return out, nil
}

func groupOf(tables []TableCopy, kind string) (g Group) {
	sum := sha256.New()
	for _, t := range tables {
		if t.Kind == kind {
			g.Tables++
			g.Rows += t.Rows
			fmt.Fprintf(sum, "%s %d %s\n", t.Name, t.Rows, t.SHA256)
		}
	}
	g.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return g
}

// recordOf looks whether the log and the past are whole.
func recordOf(ctx context.Context, tx pgx.Tx, tables []TableCopy) (r Record, err error) {
	err = tx.QueryRow(ctx, `
select count(*), coalesce(max(e.id), 0), count(*) filter (where v.entry_id is null),
       count(*) filter (where e.values_hash <> sha256(v.salt || convert_to(v.changes::text, 'UTF8')))
from audit_entry e left join audit_value v on v.entry_id = e.id`).Scan(&r.Entries, &r.LastEntry, &r.Erased, &r.Unsealed)
	if err != nil {
		return r, fmt.Errorf("look through the log: %w", err)
	}
	for _, t := range tables {
		if t.Kind != "content" {
			continue
		}
		i := slices.IndexFunc(tables, func(h TableCopy) bool { return h.Name == t.Name+"_history" })
		if i < 0 {
			continue
		}
		var versions, gaps, overlaps, astray int64
		cols := idents(t.Columns)
		err := tx.QueryRow(ctx, fmt.Sprintf(`
with chain as (select sys_to, lead(sys_from) over (partition by id order by sys_from) as next from public.%[2]s),
now as (select row(%[3]s)::text from public.%[1]s), latest as (select row(%[3]s)::text from public.%[2]s where sys_to = 'infinity')
select count(*), count(*) filter (where sys_to < next), count(*) filter (where sys_to > next),
       (select count(*) from (table now except all table latest) a) + (select count(*) from (table latest except all table now) b)
from chain`, ident(t.Name), ident(tables[i].Name), cols)).Scan(&versions, &gaps, &overlaps, &astray)
		if err != nil {
			return r, fmt.Errorf("look through the history of %s: %w", t.Name, err)
		}
		r.Versions += versions
		r.Gaps += gaps
		r.Overlaps += overlaps
		r.Astray += astray
	}
	return r, nil
}
