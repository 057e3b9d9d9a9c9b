package pgembed

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// Another process finds the server that runs on a data folder, and none that has
// ended.
func TestRunningServerIsFound(t *testing.T) {
	t.Parallel()
	dir := dataFolder(t)
	find := func() string { return Running(dir, RoleApp, Database) }
	if dsn := find(); dsn != "" {
		t.Errorf("before the start: %s", dsn)
	}
	server, err := Start(t.Context(), Config{DataDir: dir, Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), find())
	if err != nil {
		t.Fatal(err)
	}
	var role string
	if err := conn.QueryRow(t.Context(), "select current_user").Scan(&role); err != nil || role != RoleApp {
		t.Errorf("connected as %s: %v", role, err)
	}
	conn.Close(t.Context())
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if dsn := find(); dsn != "" {
		t.Errorf("after the end: %s", dsn)
	}
}
