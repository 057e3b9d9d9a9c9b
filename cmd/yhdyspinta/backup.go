package main

import (
	"archive/zip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// openStore is openDatabase for a command that may run beside the product: it
// uses the private PostgreSQL that runs.
func openStore(ctx context.Context, c Config, log *slog.Logger) (database, error) {
	if c.DatabaseURL == "" {
		if owner := pgembed.Running(c.DataDir, pgembed.RoleOwner, pgembed.Database); owner != "" {
			return database{app: pgembed.Running(c.DataDir, pgembed.RoleApp, pgembed.Database), owner: owner, close: func() {}}, nil
		}
	}
	return openDatabase(ctx, c, log)
}

// fileArgument takes the file that a command names first, before its flags.
func fileArgument(f *flag.FlagSet, args []string, c *Config, env func(string) string, stdout io.Writer) (string, error) {
	if slices.Contains(args, "--help") || slices.Contains(args, "-h") {
		return "", c.parseStore(f, []string{"--help"}, env, stdout)
	}
	if len(args) == 0 || args[0] == "" || args[0] != "-" && strings.HasPrefix(args[0], "-") {
		return "", fmt.Errorf("usage: yhdyspinta %s FILE [flags]", f.Name())
	}
	return args[0], c.parseStore(f, args[1:], env, stdout)
}

// backup writes all data to a file, to one named by the time if a folder is named,
// or to the standard output if it is "-". The file appears whole or not at all.
func backup(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) (err error) {
	var c Config
	f := flag.NewFlagSet("backup", flag.ContinueOnError)
	keep := f.Int("keep", 0, "with a folder: remove all but the newest that many of its backups afterwards; 0 keeps all")
	file, err := fileArgument(f, args, &c, env, stdout)
	if err != nil {
		return err
	}
	folder := ""
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		folder, file = file, filepath.Join(file, "yhdyspinta-"+time.Now().UTC().Format("20060102T150405.000Z")+".zip")
	}
	if *keep < 0 || *keep > 0 && folder == "" {
		return errors.New("--keep needs a folder, and a number from 1 on")
	}
	base, err := openStore(ctx, c, newLog(c.LogFormat, stderr))
	if err != nil {
		return err
	}
	defer base.close()
	dsn := base.owner
	if dsn == "" {
		dsn = base.app // may read all of it too
	}
	if file == "-" {
		m, err := storage.Backup(ctx, dsn, c.Attachments, time.Now(), stdout)
		if err != nil {
			return err
		}
		tellBackup(stderr, "the standard output", m)
		return nil
	}
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("%s is there already: a backup overwrites nothing", file)
	}
	// Only who runs this may read it: it holds internal content and people's names. What an
	// earlier one left, or somebody put there, would keep its own mode.
	if err := os.Remove(file + ".part"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove what is left of an earlier backup: %w", err)
	}
	out, err := os.OpenFile(file+".part", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("create the backup: %w", err)
	}
	m, err := storage.Backup(ctx, dsn, c.Attachments, time.Now(), out)
	if err == nil {
		err = out.Sync()
	}
	err = errors.Join(err, out.Close())
	if err == nil {
		err = os.Rename(file+".part", file)
	}
	if err != nil {
		_ = os.Remove(file + ".part")
		return err
	}
	if dir, err := os.Open(filepath.Dir(file)); err == nil { // so that the name survives a power cut
		_ = dir.Sync()
		_ = dir.Close()
	}
	tellBackup(stdout, file, m)
	if *keep > 0 {
		return forget(folder, *keep, stdout)
	}
	return nil
}

// forget removes the oldest backups of a folder, by the time in their names.
func forget(folder string, keep int, stdout io.Writer) error {
	all, err := filepath.Glob(filepath.Join(folder, "yhdyspinta-????????T??????.???Z.zip")) // sorted
	if err != nil {
		return err
	}
	for _, old := range all[:max(0, len(all)-keep)] {
		if err := os.Remove(old); err != nil {
			return fmt.Errorf("remove an old backup: %w", err)
		}
		fmt.Fprintf(stdout, "removed %s\n", old)
	}
	return nil
}

func tellBackup(w io.Writer, file string, m storage.Manifest) {
	fmt.Fprintf(w, "backed up to %s: schema version %d, PostgreSQL %s, %s\n", file, m.SchemaVersion(), m.PostgreSQL, m.MadeAt.Format(time.RFC3339))
	tellHoldings(w, m.Holdings)
	if !m.Record.Whole() {
		fmt.Fprintln(w, "WARNING: the record was not whole when it was backed up. See deploy/README.md, \"When the record is not whole\".")
	}
}

// tellHoldings prints what there is, with the hashes by which two databases are
// compared.
func tellHoldings(w io.Writer, h storage.Holdings) {
	for _, g := range []struct {
		name string
		g    storage.Group
	}{{"content", h.Content}, {"history", h.History}, {"audit log", h.Audit}, {"other", h.Other}, {"files", h.Files}} {
		fmt.Fprintf(w, "  %-9s %8d rows in %2d tables  sha256 %s\n", g.name, g.g.Rows, g.g.Tables, g.g.SHA256)
	}
	r := h.Record
	fmt.Fprintf(w, "  audit log: %d entries up to number %d, %d with values erased, %d values that do not match their hash\n", r.Entries, r.LastEntry, r.Erased, r.Unsealed)
	fmt.Fprintf(w, "  history: %d versions, %d gaps, %d overlaps, %d things that differ from their latest version\n", r.Versions, r.Gaps, r.Overlaps, r.Astray)
}

// restore loads a backup into an empty database and prints the proof that it is
// what was backed up.
func restore(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	var c Config
	file, err := fileArgument(flag.NewFlagSet("restore", flag.ContinueOnError), args, &c, env, stdout)
	if err != nil {
		return err
	}
	z, err := zip.OpenReader(file)
	if errors.Is(err, zip.ErrFormat) {
		return fmt.Errorf("%s is no backup, or not all of one", file)
	} else if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer func() { _ = z.Close() }()
	log := newLog(c.LogFormat, stderr)
	base, err := openStore(ctx, c, log)
	if err != nil {
		return err
	}
	defer base.close()
	if base.owner == "" {
		return errors.New("set DATABASE_OWNER_URL: this needs the role that owns the tables")
	}
	began := time.Now()
	got, err := storage.Restore(ctx, base.owner, c.Attachments, &z.Reader, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "restored %s in %s; the database now tells:\n", file, time.Since(began).Round(100*time.Millisecond))
	tellHoldings(stdout, got)
	fmt.Fprintf(stdout, "Every count and every hash of the %d tables is that of the backup. The schema is at version %d.\n", len(got.Tables), storage.SchemaVersion())
	if !got.Record.Whole() {
		fmt.Fprintln(stdout, "WARNING: the record was not whole when it was backed up. See deploy/README.md, \"When the record is not whole\".")
	}
	return nil
}
