package pgembed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/deploy"
)

// makeCluster returns the folder of the cluster for bin's major version and
// runs initdb if there is none. A cluster appears whole or not at all.
func makeCluster(ctx context.Context, bin Binaries, dataDir string, fast bool, acct *account) (string, error) {
	name := "pg" + strconv.Itoa(bin.Major)
	home, err := clusterHome(dataDir, name, acct)
	if err != nil {
		return "", err
	}
	// Starts that were killed leave unfinished clusters. One whose initdb is
	// still busy dying may resist; it goes the next time.
	unfinished, err := filepath.Glob(filepath.Join(home, "pg*.new-*"))
	if err != nil {
		return "", err
	}
	for _, dir := range unfinished {
		_ = os.RemoveAll(dir)
	}

	cluster := filepath.Join(home, name)
	if _, err := os.Stat(cluster); err == nil {
		return cluster, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	tmp, err := os.MkdirTemp(home, name+".new-") // mode 0700
	if err != nil {
		return "", err
	}
	if err := acct.own(tmp); err != nil {
		return "", err
	}
	if err := initdb(ctx, bin, tmp, fast, acct); err != nil {
		return "", errors.Join(err, os.RemoveAll(tmp))
	}
	return cluster, os.Rename(tmp, cluster)
}

// clusterHome returns the folder that holds the clusters. It is the data
// folder, unless the server's user may not enter that, as in a checkout under
// /root. Then it is a folder elsewhere, and the link "clusters" leads to it.
func clusterHome(dataDir, name string, acct *account) (string, error) {
	link := filepath.Join(dataDir, "clusters")
	home, err := os.Readlink(link)
	if err == nil {
		if _, err := os.Stat(home); err != nil {
			return "", fmt.Errorf("follow link clusters, which can be removed to start anew: %w", err)
		}
		return home, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dataDir, name)); err == nil || acct.mayEnter(dataDir) {
		return dataDir, nil
	}
	base, err := openFolder("/var/lib/yhdyspinta")
	if err != nil {
		return "", err
	}
	if home, err = os.MkdirTemp(base, "clusters-"); err != nil {
		return "", err
	}
	if err := os.Chmod(home, 0o711); err != nil {
		return "", err
	}
	return home, os.Symlink(home, link)
}

// initdb makes an empty cluster: UTF-8, text in code point order (queries
// name the collation fi or sv where people read the order), and letters of
// every alphabet known to lower() and the text search parser.
func initdb(ctx context.Context, bin Binaries, dir string, fast bool, acct *account) error {
	ctype := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		ctype = "UTF-8"
	}
	args := []string{
		"-D", dir, "-U", RoleSuper, "--auth=trust", "--encoding=UTF8",
		"--locale=C", "--lc-ctype=" + ctype, "--text-search-config=simple",
		"--no-instructions",
	}
	if bin.Major >= 17 {
		args = append(args, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	if fast {
		args = append(args, "--no-sync")
	}
	if _, err := output(ctx, acct, filepath.Join(bin.Dir, "initdb"), args...); err != nil {
		return fmt.Errorf("initdb: %w", err)
	}
	return nil
}

// makeRoles makes the roles and the database where they are missing.
func (s *Server) makeRoles(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.DSN(RoleSuper, "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, deploy.RolesSQL); err != nil {
		return err
	}
	return CreateDatabase(ctx, conn, Database, "template0")
}

// CreateDatabase makes a database from a template, unless it exists, owned by
// RoleOwner, to which nobody else but RoleApp and RoleReader may connect. conn
// belongs to the superuser.
func CreateDatabase(ctx context.Context, conn *pgx.Conn, name, template string) error {
	var exists bool
	err := conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&exists)
	if err != nil {
		return err
	}
	id := func(s string) string { return pgx.Identifier{s}.Sanitize() }
	if !exists {
		create := "create database " + id(name) + " template " + id(template) + " owner " + id(RoleOwner)
		if template != "template0" { // a schema of ours has hundreds of files: copied whole in half the time
			create += " strategy file_copy"
		}
		if _, err := conn.Exec(ctx, create); err != nil {
			return err
		}
	}
	if _, err := conn.Exec(ctx, "select set_config('yhdyspinta.database', $1, false)", name); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, deploy.RolesSQL)
	return err
}
