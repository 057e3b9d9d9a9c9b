package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/api/paperdoc"
	"yhdyspinta/cmd/background"
	"yhdyspinta/cmd/metrics"
	"yhdyspinta/cmd/outward/feedreader"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/cmd/tracing"
	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/job"
	"yhdyspinta/frontend"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// database is where the product keeps its data: a PostgreSQL of the operator's
// or a private one, which close stops.
type database struct {
	app, owner string
	close      func()
}

// openDatabase finds the database: DATABASE_URL, else the embedded PostgreSQL.
func openDatabase(ctx context.Context, c Config, log *slog.Logger) (database, error) {
	if c.DatabaseURL != "" {
		return database{app: c.DatabaseURL, owner: c.OwnerURL, close: func() {}}, nil
	}
	server, err := pgembed.Start(ctx, pgembed.Config{DataDir: c.DataDir, Log: log})
	if err != nil {
		return database{}, fmt.Errorf("start the embedded PostgreSQL: %w", err)
	}
	return database{
		app:   server.DSN(pgembed.RoleApp, pgembed.Database),
		owner: server.DSN(pgembed.RoleOwner, pgembed.Database),
		close: func() {
			stop, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			if err := server.Stop(stop); err != nil {
				log.Error("could not stop the embedded PostgreSQL", "error", err)
			}
		},
	}, nil
}

// serve runs the product until ctx ends.
func serve(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	var c Config
	if err := c.parse("serve", args, env, stdout); err != nil {
		return err
	}
	site, err := api.NewSite(frontend.FS(), c.BaseURL)
	if err != nil {
		return err
	}
	log := newLog(c.LogFormat, stderr)
	base, err := openDatabase(ctx, c, log)
	if err != nil {
		return err
	}
	defer base.close()
	warnOfOpenDatabase(log, base)
	if base.owner != "" {
		if err := storage.Migrate(ctx, base.owner, log); err != nil {
			return err
		}
	}
	return serveOn(ctx, c, base, time.Now, site.Mount, log, stdout)
}

// warnOfOpenDatabase tells once, at the start, that the connection to the database is not
// proof against whoever stands between.
func warnOfOpenDatabase(log *slog.Logger, base database) {
	for variable, dsn := range map[string]string{"DATABASE_URL": base.app, "DATABASE_OWNER_URL": base.owner} {
		if host := storage.UnprovenHost(dsn); host != "" {
			log.Warn("the database does not have to prove who it is: add sslmode=verify-full", "variable", variable, "host", host)
		}
	}
}

// serveOn runs the product on a migrated database. mount adds the routes that
// are not the API's.
func serveOn(ctx context.Context, c Config, base database, clock domain.Clock, mount func(*echo.Echo), log *slog.Logger, stdout io.Writer) error {
	traces, err := tracing.Start(ctx, c.env, log)
	if err != nil {
		return err
	}
	defer traces.EndWithin(5*time.Second, log)
	db, err := storage.Open(ctx, base.app, storage.Options{Clock: clock, Log: log, Tracer: traces.Statements()})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.CheckSchema(ctx); err != nil {
		return err
	}
	people := wiring.Access(db, domain.UUIDv7)
	for _, first := range c.FirstAdmins {
		made, err := people.EnsureAdministrator(ctx, domain.Operator(domain.OriginOperator), first)
		if errors.Is(err, domain.NotFound("party")) {
			return fmt.Errorf("make the first administrator: there is no party %q: yhdyspinta add-party makes one", first.PartyKey)
		} else if err != nil {
			return fmt.Errorf("make the first administrator of the party %q: %w", first.PartyKey, err)
		}
		if made {
			log.Info("the party has its first administrator", "party", first.PartyKey)
		}
	}
	services := wiring.Services(db, clock, domain.UUIDv7)
	services.Jobs.NoMailServer = c.Mail == nil
	var issuers []string
	for _, i := range c.Issuers {
		issuers = append(issuers, i.Key)
	}
	measured := metrics.New(db, services.Jobs, issuers, log)
	sessions, err := api.NewSessions(api.SessionOptions{BaseURL: c.BaseURL, Issuers: c.Issuers, Store: db.Sessions(api.SessionIdle),
		Access: people, Clock: clock, Log: log, Observe: measured.SignIn, ObserveForeign: measured.Foreign})
	if err != nil {
		return err
	}
	limit := int64(storage.DefaultFileLimit)
	if c.AttachmentMB > 0 {
		limit = int64(c.AttachmentMB) << 20
	}
	services.Meetings.Files = storage.NewFiles(db, c.Attachments, limit)
	synthetic, err := storage.NewImporter(db).IsImported(ctx)
	if err != nil {
		return err
	}
	var printer func(context.Context, []byte) ([]byte, error)
	if chromium := paperdoc.NewChromium(c.Chromium); chromium != nil {
		printer = chromium.Print
	}
	server := api.New(api.Options{
		Services: services, Sessions: sessions, Clock: clock, NewID: domain.UUIDv7, Log: log,
		TrustedProxies: c.TrustedProxies, Rates: c.Rates, Ready: db.CheckSchema, ContentNumber: db.ContentNumber, Snapshot: db.Snapshot, Synthetic: synthetic, BaseURL: c.BaseURL,
		Mount: mount, SiteFiles: frontend.FS(), PDF: printer, Observe: measured.Request, Trace: traces.Request(),
	})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return err
	}
	endMetrics, err := serveMetrics(ctx, c.Metrics, measured, log)
	if err != nil {
		return err
	}
	defer endMetrics()
	work, err := startWork(ctx, c, db, clock, services.Jobs, measured, traces, log)
	if err != nil {
		return err
	}
	web := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	web.RegisterOnShutdown(server.Close)
	done := make(chan error, 1)
	go func() { done <- web.Serve(listener) }()
	fmt.Fprintf(stdout, "Yhdyspinta serves %s\n", c.BaseURL)
	var failed error
	select {
	case failed = <-done:
	case <-ctx.Done():
	}
	server.Leave()
	log.Info("about to end", "drain", c.Drain.String())
	stop, cancel := context.WithTimeout(context.Background(), c.Drain+10*time.Second)
	defer cancel()
	jobs := make(chan error, 1)
	go func() { jobs <- work.Stop(stop) }() // what is begun is finished, the rest is another instance's
	if failed == nil {
		// Who sends requests sees that this instance is not ready before it refuses
		// connections.
		select {
		case <-time.After(c.Drain):
		case failed = <-done:
		}
	}
	if failed == nil {
		if failed = web.Shutdown(stop); failed != nil {
			failed = fmt.Errorf("finish open requests: %w", failed)
		}
	}
	return errors.Join(failed, <-jobs)
}

// startWork begins the background work of this instance.
func startWork(ctx context.Context, c Config, db *storage.DB, clock domain.Clock, jobs *job.Service, measured *metrics.Metrics, traces *tracing.Tracing, log *slog.Logger) (*background.Runner, error) {
	outward := wiring.Outward{Site: c.BaseURL, Feeds: feedreader.New(feedreader.Config{}), Log: log}
	if c.Mail != nil {
		sender, err := mailer.New(*c.Mail)
		if err != nil {
			return nil, err
		}
		outward.Mail = traces.Sender(sender)
	}
	mails := wiring.Mail(db, clock, domain.UUIDv7, outward)
	mails.Observe = measured.Mail
	return background.Start(ctx, db, background.Services{Mail: mails, DecisionFeeds: wiring.DecisionFeeds(db, clock, domain.UUIDv7, outward),
		Jobs: jobs, Keys: wiring.Idempotency(db, clock), Observe: measured.JobRun, Trace: traces.Job(), Pace: pace}, log)
}

// pace is that of the product; tests that kill it set a shorter one.
var pace background.Pace

// serveMetrics answers /metrics on an address of its own, "" for none, until end.
func serveMetrics(ctx context.Context, address string, m *metrics.Metrics, log *slog.Logger) (end func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve metrics: %w", err)
	}
	server := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are served no more", "error", err)
		}
	}()
	log.InfoContext(ctx, "metrics are served", "address", listener.Addr().String())
	return func() { _ = server.Close() }, nil
}

// migrate brings the schema up to date and ends.
func migrate(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	return withDatabase(ctx, "migrate", args, env, stdout, stderr, func(_ Config, base database, log *slog.Logger) error {
		if err := storage.Migrate(ctx, base.owner, log); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "the schema is at version %d\n", storage.SchemaVersion())
		return nil
	})
}

// withDatabase reads the configuration and opens the database as its owner.
func withDatabase(ctx context.Context, name string, args []string, env func(string) string, stdout, stderr io.Writer, fn func(Config, database, *slog.Logger) error) error {
	var c Config
	if err := c.parse(name, args, env, stdout); err != nil {
		return err
	}
	log := newLog(c.LogFormat, stderr)
	base, err := openDatabase(ctx, c, log)
	if err != nil {
		return err
	}
	defer base.close()
	if base.owner == "" {
		return errors.New("set DATABASE_OWNER_URL: this needs the role that owns the tables")
	}
	return fn(c, base, log)
}

// importData is `import demo-data FILE`. The file is read and checked before
// the database is opened.
func importData(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	if slices.Contains(args, "--help") {
		return new(Config).parse("import", []string{"--help"}, env, stdout)
	}
	if len(args) < 2 || args[0] != "demo-data" || strings.HasPrefix(args[1], "-") {
		return errors.New("usage: yhdyspinta import demo-data FILE [flags]")
	}
	data, err := readDemoData(args[1])
	if err != nil {
		return err
	}
	return withDatabase(ctx, "import", args[2:], env, stdout, stderr, func(c Config, base database, log *slog.Logger) error {
		if err := storage.Migrate(ctx, base.owner, log); err != nil {
			return err
		}
		db, err := storage.Open(ctx, base.app, storage.Options{Clock: time.Now, Log: log})
		if err != nil {
			return err
		}
		defer db.Close()
		issuers := issuerURLs{}
		for _, i := range c.Issuers {
			issuers[i.Key] = i.IssuerURL
		}
		return importDataset(ctx, data, issuers, db, time.Now, stdout)
	})
}
