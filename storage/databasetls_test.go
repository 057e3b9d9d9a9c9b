package storage_test

import (
	"testing"

	"yhdyspinta/storage"
)

func TestUnprovenHost(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	t.Setenv("PGHOST", "")
	for dsn, want := range map[string]string{
		"postgres://app:x@db.example/y?sslmode=verify-full":                    "",
		"postgres://app:x@db.example/y":                                        "db.example",
		"postgres://app:x@db.example/y?sslmode=prefer":                         "db.example",
		"postgres://app:x@db.example/y?sslmode=require":                        "db.example",
		"postgres://app:x@db.example/y?sslmode=disable":                        "db.example",
		"host=10.0.0.5 user=app dbname=y sslmode=require":                      "10.0.0.5",
		"postgres://app:x@localhost/y":                                         "",
		"postgres://app:x@127.0.0.1:5433/y?sslmode=disable":                    "",
		"postgres://app:x@[::1]/y":                                             "",
		"host=/run/postgresql user=app dbname=y":                               "",
		"postgres://app:x@127.0.0.1:5432,db.example:5432/y?sslmode=disable":    "db.example",
		"postgres://app:x@a.example:5432,b.example:5432/y?sslmode=verify-full": "",
		"postgres://app:x@[b/y":                                                "",
	} {
		if got := storage.UnprovenHost(dsn); got != want {
			t.Errorf("%s: %q, not %q", dsn, got, want)
		}
	}
}
