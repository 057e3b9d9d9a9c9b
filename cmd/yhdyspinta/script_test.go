package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"yhdyspinta/cmd/background"
	"yhdyspinta/storage/pgtest"
)

// killedTest is the variable by which a test tells the product that it will kill it.
const killedTest = "YHDYSPINTA_TEST_IS_KILLED"

// TestMain lets the test binary be the product when it is called so.
func TestMain(m *testing.M) {
	if os.Getenv(killedTest) != "" { // work whose process was killed is taken over sooner
		pace = background.Pace{Timeout: 10 * time.Second, Rescue: 10 * time.Second}
	}
	if own, err := exec.LookPath("curl"); err == nil && filepath.Base(os.Args[0]) != "curl" {
		realCurl = own
	}
	testscript.Main(m, map[string]func(){"yhdyspinta": main, "curl": curl})
}

// The command line as an operator types it. Besides testscript's own commands:
//
//	database          gives the script an empty database of its own
//	refused TEXT      the last command said TEXT on one line, and nothing else
//	sql QUERY WANT    what the query, with one value as its answer, must answer
//	alter STATEMENT   changes the database, as its superuser
func TestScript(t *testing.T) {
	t.Parallel()
	small, err := os.ReadFile("demodata/testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir) // where a private PostgreSQL would be made
			env.Values["t"] = env.T()
			return os.WriteFile(filepath.Join(env.WorkDir, "small.yaml"), small, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"database": func(ts *testscript.TestScript, _ bool, _ []string) {
				db := pgtest.NewEmpty(ts.Value("t").(testing.TB))
				ts.Setenv("DATABASE_URL", db.AppDSN)
				ts.Setenv("DATABASE_OWNER_URL", db.OwnerDSN)
				ts.Setenv("SUPER_URL", db.SuperDSN)
			},
			"refused": func(ts *testscript.TestScript, _ bool, args []string) {
				want := "yhdyspinta: " + strings.Join(args, " ") + "\n"
				if got := ts.ReadFile("stderr"); got != want || ts.ReadFile("stdout") != "" {
					ts.Fatalf("said %q, want %q", got, want)
				}
			},
			"alter": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(alter(ts.Getenv("SUPER_URL"), args[0]))
			},
			"sql": func(ts *testscript.TestScript, _ bool, args []string) {
				got, err := ask(ts.Getenv("SUPER_URL"), args[0])
				ts.Check(err)
				if got != args[1] {
					ts.Fatalf("%s: %s, want %s", args[0], got, args[1])
				}
			},
		},
	})
}

func alter(dsn, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func ask(dsn, query string) (string, error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var answer any
	err = conn.QueryRow(ctx, query).Scan(&answer)
	return fmt.Sprint(answer), err
}
