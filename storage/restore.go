package storage

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/jackc/pgx/v5"
)

// ErrNotEmpty is wrapped by Restore's error when the database holds data.
var ErrNotEmpty = errors.New("the database is not empty")

// OpenBackup reads a backup's manifest and checks the file against it: nothing is
// missing, nothing is there that it does not name, every count and hash is right.
func OpenBackup(z *zip.Reader) (m Manifest, err error) {
	f, err := z.Open(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return m, errors.New("this is no backup, or one that was not finished: it has no manifest")
	}
	if err != nil {
		return m, fmt.Errorf("read the backup: %w", err)
	}
	err = json.NewDecoder(f).Decode(&m)
	if err = errors.Join(err, f.Close()); err != nil {
		return m, fmt.Errorf("read the backup's manifest: %w", err)
	}
	if m.Format != backupFormat {
		return m, fmt.Errorf("the backup has the format %d, this program reads %d", m.Format, backupFormat)
	}
	want := map[string]struct{ hash, what string }{}
	for _, t := range m.Tables {
		want[tableFolder+t.Name+".copy"] = struct{ hash, what string }{t.SHA256, "table " + t.Name}
	}
	for _, c := range m.Copies {
		want[fileFolder+c.ID] = struct{ hash, what string }{c.SHA256, "attachment " + c.ID}
	}
	for _, f := range z.File {
		w, ok := want[f.Name]
		if !ok {
			if f.Name != manifestName {
				return m, fmt.Errorf("the backup holds %q, which its manifest does not name", f.Name)
			}
			continue
		}
		delete(want, f.Name)
		got, err := hashOf(f)
		if err != nil {
			return m, fmt.Errorf("read the backup's %s: %w", w.what, err)
		}
		if got != w.hash {
			return m, fmt.Errorf("the backup is damaged: the %s has the hash %s, its manifest says %s", w.what, got, w.hash)
		}
	}
	for _, w := range want {
		return m, fmt.Errorf("the backup is damaged: the %s is missing", w.what)
	}
	return m, nil
}

func hashOf(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, r.Close())
}

// Restore loads a backup into an empty database and returns what is there then.
// ownerDSN names the role that owns the database; folder is that of attachments,
// "" for none. All is one transaction that commits only if the database tells the
// same manifest as the backup; otherwise the database stays empty. Afterwards the
// schema is brought up to date.
func Restore(ctx context.Context, ownerDSN, folder string, z *zip.Reader, log *slog.Logger) (got Holdings, err error) {
	m, err := OpenBackup(z)
	if err != nil {
		return got, err
	}
	if m.SchemaVersion() > SchemaVersion() {
		return got, fmt.Errorf("the backup has the schema version %d, this program knows %d: restore it with the version of the program that made it, or a newer one", m.SchemaVersion(), SchemaVersion())
	}
	if len(m.Copies) > 0 && folder == "" {
		return got, errors.New("the backup holds attachments of a folder: name one with --attachments (YHDYSPINTA_ATTACHMENTS)")
	}
	conn, err := pgx.Connect(ctx, ownerDSN)
	if err != nil {
		return got, fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := mustBeEmpty(ctx, conn); err != nil {
		return got, err
	}
	if err := migrateTo(ctx, ownerDSN, m.SchemaVersion(), log); err != nil {
		return got, err
	}
	if _, err := conn.Exec(ctx, backupSettings); err != nil {
		return got, fmt.Errorf("restore: %w", err)
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if have, err := migrationsOf(ctx, tx); err != nil || !slices.Equal(have, m.Migrations) {
			return errors.Join(err, fmt.Errorf("the database has other migrations (%d, up to %v) than the backup (%d, up to %d): restore into a new, empty database",
				len(have), have[max(0, len(have)-1):], len(m.Migrations), m.SchemaVersion()))
		}
		if err := load(ctx, tx, m, z, folder); err != nil {
			return err
		}
		files := &Files{folder: folder}
		got, err = take(ctx, tx, m.LeftOut, func(string) (io.Writer, error) { return io.Discard, nil }, files.fromFolder)
		if err != nil {
			return err
		}
		return differ(m.Holdings, got)
	})
	if err != nil {
		return got, fmt.Errorf("restore: %w", err)
	}
	if err := Migrate(ctx, ownerDSN, log); err != nil {
		return got, err
	}
	if _, err := conn.Exec(ctx, "analyze"); err != nil {
		return got, fmt.Errorf("restore: gather statistics: %w", err)
	}
	return got, nil
}

// mustBeEmpty is an error if the database holds what somebody may want to keep.
func mustBeEmpty(ctx context.Context, conn *pgx.Conn) error {
	var tables int
	var ours, used bool
	err := conn.QueryRow(ctx, `select count(*), count(*) filter (where relname in ('goose_db_version', 'party', 'audit_entry')) = 3
from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`).Scan(&tables, &ours)
	if err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if tables == 0 {
		return nil
	}
	if !ours {
		return fmt.Errorf("%w: it has tables that are not Yhdyspinta's. Restore into a new database", ErrNotEmpty)
	}
	if err := conn.QueryRow(ctx, "select exists (select 1 from party) or exists (select 1 from audit_entry)").Scan(&used); err != nil {
		return fmt.Errorf("look whether the database is empty: %w", err)
	}
	if used {
		return fmt.Errorf("%w: it holds organisations or entries of the log. Restore into a new database", ErrNotEmpty)
	}
	return nil
}

// load fills the tables. Triggers are off meanwhile, and foreign keys are made
// again at the end, which checks them all.
func load(ctx context.Context, tx pgx.Tx, m Manifest, z *zip.Reader, folder string) error {
	tables, err := tablesOf(ctx, tx, m.LeftOut) // of its own time: later ones may leave out more
	if err != nil {
		return err
	}
	same := slices.EqualFunc(tables, m.Tables, func(a, b TableCopy) bool { return a.Name == b.Name && slices.Equal(a.Columns, b.Columns) })
	if !same {
		return errors.New("the backup has other tables or columns than the schema of its version")
	}
	rows, err := tx.Query(ctx, `select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0 order by conrelid::regclass::text, conname`)
	if err != nil {
		return err
	}
	type key struct{ Drop, Add string }
	keys, err := pgx.CollectRows(rows, pgx.RowToStructByPos[key])
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, k := range keys {
		fmt.Fprintf(&b, "%s;\n", k.Drop)
	}
	for _, t := range tables {
		fmt.Fprintf(&b, "alter table public.%s disable trigger user;\n", ident(t.Name))
	}
	fmt.Fprintf(&b, "truncate only ")
	for i, t := range quoted(tables) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(t)
	}
	if _, err := tx.Exec(ctx, b.String()); err != nil {
		return fmt.Errorf("prepare the tables: %w", err)
	}
	for _, t := range tables {
		f, err := z.Open(tableFolder + t.Name + ".copy")
		if err != nil {
			return err
		}
		_, err = tx.Conn().PgConn().CopyFrom(ctx, f, fmt.Sprintf("copy public.%s (%s) from stdin", ident(t.Name), idents(t.Columns)))
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("load %s: %w", t.Name, err)
		}
	}
	for _, s := range m.Sequences {
		last, called := int64(1), s.Last != nil
		if called {
			last = *s.Last
		}
		if _, err := tx.Exec(ctx, "select setval($1::regclass, $2, $3)", "public."+ident(s.Name), last, called); err != nil {
			return fmt.Errorf("set the sequence %s: %w", s.Name, err)
		}
	}
	b.Reset()
	for _, k := range keys {
		fmt.Fprintf(&b, "%s;\n", k.Add)
	}
	for _, t := range tables {
		fmt.Fprintf(&b, "alter table public.%s enable trigger user;\n", ident(t.Name))
	}
	if _, err := tx.Exec(ctx, b.String()); err != nil {
		return fmt.Errorf("check the references: %w", err)
	}
	return loadFiles(m, z, folder)
}

// loadFiles writes the attachments into the folder. One that is there already is
// overwritten: its name is an id that nothing else has.
func loadFiles(m Manifest, z *zip.Reader, folder string) error {
	files := &Files{folder: folder}
	for _, c := range m.Copies {
		if len(c.ID) != 36 || filepath.Base(c.ID) != c.ID {
			return fmt.Errorf("the backup names an attachment %q", c.ID)
		}
		path := files.path(c.ID)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		from, err := z.Open(fileFolder + c.ID)
		if err != nil {
			return err
		}
		to, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
		if err != nil {
			return errors.Join(err, from.Close())
		}
		_, err = io.Copy(to, from)
		w := &folderWriter{to, path}
		if err != nil {
			w.abandon()
		} else {
			err = w.commit()
		}
		if err = errors.Join(err, from.Close()); err != nil {
			return fmt.Errorf("restore the attachment %s: %w", c.ID, err)
		}
	}
	return nil
}

// differ is an error that names the first thing in which two databases differ.
func differ(want, got Holdings) error {
	for i, t := range want.Tables {
		if g := got.Tables[i]; g.Rows != t.Rows || g.SHA256 != t.SHA256 {
			return fmt.Errorf("the table %s has %d rows with the hash %s, the backup %d with %s", t.Name, g.Rows, g.SHA256, t.Rows, t.SHA256)
		}
	}
	for i, s := range want.Sequences {
		if g := got.Sequences[i]; (g.Last == nil) != (s.Last == nil) || g.Last != nil && *g.Last != *s.Last {
			return fmt.Errorf("the sequence %s stands elsewhere than in the backup", s.Name)
		}
	}
	switch {
	case want.Content != got.Content, want.History != got.History, want.Audit != got.Audit, want.Other != got.Other, want.Files != got.Files:
		return errors.New("the sums of the manifest are not those of its tables")
	case want.Record != got.Record:
		return fmt.Errorf("the record is %+v, in the backup %+v", got.Record, want.Record)
	}
	return nil
}
