// Command yhdyspinta is the joint tracker of the City of Espoo and the Western
// Uusimaa Wellbeing Services County.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"yhdyspinta/cmd/wiring"
)

func main() { os.Exit(realMain()) }

func realMain() int {
	wiring.Collect()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "yhdyspinta:", said(err))
		return 1
	}
	return 0
}

// said is an error as the start tells it: pgx gives each address that it tried
// a line of its own.
func said(err error) string {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
	}
	return err.Error()
}

const usage = `Usage: yhdyspinta COMMAND [flags]

Commands:
  serve                  run the product
  demo                   run it on loopback with the demo data and demo sign-in
  migrate                bring the database schema up to date
  add-party              make one organisation known to a new installation
  import demo-data FILE  load a demo data file into an empty database
  doctor                 look whether everything that the product needs is in order
  backup FILE            write all data to one file, while the product runs
  restore FILE           load such a file into an empty database, and prove it
  openapi                print the API contract as YAML

yhdyspinta COMMAND --help lists a command's flags.
`

// run carries out one command. It is main without the process. The error is
// flag.ErrHelp if help was asked for, and given.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return errors.New("name a command; yhdyspinta help lists them")
	}
	switch args[0] {
	case "serve":
		return serve(ctx, args[1:], env, stdout, stderr)
	case "demo":
		return demo(ctx, args[1:], env, stdout, stderr)
	case "migrate":
		return migrate(ctx, args[1:], env, stdout, stderr)
	case "add-party":
		return addParty(ctx, args[1:], env, stdout, stderr)
	case "import":
		return importData(ctx, args[1:], env, stdout, stderr)
	case "doctor":
		return doctor(ctx, args[1:], env, stdout)
	case "backup":
		return backup(ctx, args[1:], env, stdout, stderr)
	case "restore":
		return restore(ctx, args[1:], env, stdout, stderr)
	case "openapi":
		if err := parseFlags(flag.NewFlagSet("openapi", flag.ContinueOnError), args[1:], stdout); err != nil {
			return err
		}
		return printOpenAPI(stdout)
	case "help", "-h", "--help":
		fmt.Fprint(stdout, usage)
		return nil
	}
	return fmt.Errorf("no command %q; yhdyspinta help lists them", args[0])
}
