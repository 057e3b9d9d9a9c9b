package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/storage/pgtest"
)

// Databases of parallel tests do not see each other, and are gone afterwards.
func TestNewIsolatesTests(t *testing.T) {
	t.Parallel()
	var dbs [4]*pgtest.DB
	t.Run("parallel", func(t *testing.T) {
		for i := range dbs {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				dbs[i] = pgtest.New(t)
				conn, err := pgx.Connect(t.Context(), dbs[i].OwnerDSN)
				if err != nil {
					t.Fatal(err)
				}
				// Left open: the cleanup must drop the database all the same.
				if _, err := conn.Exec(t.Context(), "create table mine (id int)"); err != nil {
					t.Error(err)
				}
			})
		}
	})

	left := pgtest.New(t)
	conn, err := pgx.Connect(t.Context(), left.SuperDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, db := range dbs {
		var exists bool
		err := conn.QueryRow(t.Context(), "select exists (select from pg_database where datname = $1)", db.Name).Scan(&exists)
		if err != nil || exists {
			t.Errorf("database %s is still there (%v)", db.Name, err)
		}
	}
}
