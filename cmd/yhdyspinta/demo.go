package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/api/demoidp"
	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// demo serves the demo data set on loopback, with an identity provider per
// party that asks for no password. It starts from the data set each time
// unless told to keep what was done.
func demo(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	c := Config{}
	f, _ := c.flags("demo", env, stderr)
	keep := f.Bool("keep", false, "keep the data of the last time")
	at := f.String("at", "", "start the clock at this instant (RFC 3339) instead of now")
	file := f.String("data", "", "demo data file instead of the built-in one")
	if err := f.Parse(args); err != nil {
		return err
	}
	if c.DatabaseURL != "" {
		return errors.New("the demo runs on its own embedded PostgreSQL: unset DATABASE_URL")
	}
	if c.DataDir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			dir = os.TempDir()
		}
		c.DataDir = filepath.Join(dir, "yhdyspinta-demo")
	}
	if err := demoidp.RefuseUnlessLoopback(c.Listen); err != nil {
		return err
	}
	if err := c.validate(); err != nil {
		return err
	}
	if u, err := url.Parse(c.BaseURL); err != nil || demoidp.RefuseUnlessLoopback(net.JoinHostPort(u.Hostname(), "80")) != nil {
		return fmt.Errorf("the demo answers on loopback only, not at %q", c.BaseURL)
	}
	clock := domain.Clock(time.Now)
	if *at != "" {
		start, err := time.Parse(time.RFC3339, *at)
		if err != nil {
			return fmt.Errorf("--at: %q is not an instant such as 2026-11-23T08:05:00+02:00", *at)
		}
		begun := time.Now()
		clock = func() time.Time { return start.Add(time.Since(begun)) }
	}
	data, err := readDemoData(*file)
	if err != nil {
		return err
	}
	log := newLog(c.LogFormat, stderr)
	provider, err := demoProvider(&c, data, clock, log)
	if err != nil {
		return err
	}
	server, err := pgembed.Start(ctx, pgembed.Config{DataDir: c.DataDir, Log: log})
	if err != nil {
		return fmt.Errorf("start the embedded PostgreSQL: %w", err)
	}
	defer func() {
		stop, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := server.Stop(stop); err != nil {
			log.Error("could not stop the embedded PostgreSQL", "error", err)
		}
	}()
	if !*keep {
		if err := startAnew(ctx, server); err != nil {
			return err
		}
	}
	base := database{app: server.DSN(pgembed.RoleApp, demoDatabase), owner: server.DSN(pgembed.RoleOwner, demoDatabase)}
	if err := storage.Migrate(ctx, base.owner, log); err != nil {
		return err
	}
	db, err := storage.Open(ctx, base.app, storage.Options{Clock: clock, Log: log, MaxConnections: 4})
	if err != nil {
		return err
	}
	defer db.Close()
	empty, err := storage.NewImporter(db).IsEmpty(ctx)
	if err != nil {
		return err
	}
	if empty {
		issuers := issuerURLs{}
		for _, i := range c.Issuers {
			issuers[i.Key] = i.IssuerURL
		}
		if err := importDataset(ctx, data, issuers, db, clock, stdout); err != nil {
			return err
		}
	}
	return serveOn(ctx, c, base, clock, func(e *echo.Echo) {
		e.Any("/demo-idp/*", echo.WrapHandler(provider))
	}, log, stdout)
}

// demoDatabase is a database of the demo's own: it may be dropped.
const demoDatabase = "yhdyspinta_demo"

func readDemoData(file string) (*demodata.Dataset, error) {
	if file == "" {
		return demodata.ParseDefault()
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return demodata.Parse(f)
}

// startAnew drops the demo's database and makes it again, empty.
func startAnew(ctx context.Context, server *pgembed.Server) error {
	conn, err := pgx.Connect(ctx, server.DSN(pgembed.RoleSuper, "postgres"))
	if err != nil {
		return fmt.Errorf("reach the embedded PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "drop database if exists "+demoDatabase+" with (force)"); err != nil {
		return fmt.Errorf("drop the demo's database: %w", err)
	}
	return pgembed.CreateDatabase(ctx, conn, demoDatabase, "template0")
}

// demoProvider configures an issuer per principal party and returns the
// provider that plays them. The accounts are the people of the data set.
func demoProvider(c *Config, d *demodata.Dataset, clock domain.Clock, log *slog.Logger) (http.Handler, error) {
	cfg := demoidp.Config{BaseURL: c.BaseURL, Now: clock, Log: log}
	for _, p := range d.Parties {
		if !p.Principal {
			continue
		}
		mark := "square"
		if p.Letter != "E" {
			mark = "circle"
		}
		secret := domain.UUIDv7().String()
		issuer := demoidp.Issuer{Key: p.Key, Path: "/demo-idp/" + p.Key, Title: textMap(p.Name), Mark: mark,
			Clients: []demoidp.Client{{ID: "yhdyspinta", Secret: secret, RedirectURIs: []string{strings.TrimSuffix(c.BaseURL, "/") + "/auth/" + p.Key + "/callback"}}}}
		cfg.Issuers = append(cfg.Issuers, issuer)
		c.Issuers = append(c.Issuers, api.Issuer{Key: p.Key, PartyKey: p.Key, IssuerURL: issuer.URL(c.BaseURL), ClientID: "yhdyspinta", ClientSecret: secret, Title: p.Name})
	}
	cfg.Accounts = func(_ context.Context, issuer string) ([]demoidp.Account, error) { return demoAccounts(d, issuer), nil }
	return demoidp.New(cfg)
}

func textMap(t domain.Text) demoidp.Text {
	return demoidp.Text{"fi": t.FI, "sv": t.SV, "en": t.EN}
}

// demoAccounts lists the people of an issuer, unit by unit, with the post that
// they hold on the reference day and the role that they have.
func demoAccounts(d *demodata.Dataset, issuer string) []demoidp.Account {
	units := map[string]domain.Text{}
	for _, u := range d.Units {
		units[u.Key] = u.Name
	}
	role := func(post, person string) demoidp.Text {
		for _, g := range d.Grants {
			if g.To.IsZero() && ((post != "" && g.Post == post) || g.Person == person) {
				return roleHints[g.Role]
			}
		}
		return nil
	}
	var out []demoidp.Account
	placed := map[string]bool{}
	for _, p := range d.Posts {
		for _, h := range d.Holdings {
			if h.Post != p.Key || h.Kind != "holder" || !h.To.IsZero() {
				continue
			}
			for _, person := range d.Persons {
				if person.Key == h.Person && person.Issuer == issuer {
					placed[person.Key] = true
					out = append(out, demoidp.Account{Subject: person.Subject, Name: person.Name, Post: textMap(p.Title), Unit: textMap(units[p.Unit]), RoleHint: role(p.Key, person.Key)})
				}
			}
		}
	}
	for _, person := range d.Persons {
		if person.Issuer == issuer && !placed[person.Key] {
			hint := role("", person.Key)
			if hint == nil {
				hint = demoidp.Text{"fi": "Ei roolia", "sv": "Ingen roll", "en": "No role"}
			}
			out = append(out, demoidp.Account{Subject: person.Subject, Name: person.Name, Post: hint,
				Unit: demoidp.Text{"fi": "Ilman virkaa tai tehtävää", "sv": "Utan befattning", "en": "Without a post"}})
		}
	}
	return out
}

var roleHints = map[domain.Role]demoidp.Text{
	domain.RoleReader:        {"fi": "Lukija", "sv": "Läsare", "en": "Reader"},
	domain.RoleSecretary:     {"fi": "Foorumin sihteeri", "sv": "Forumets sekreterare", "en": "Forum secretary"},
	domain.RoleManager:       {"fi": "Esihenkilö", "sv": "Chef", "en": "Manager"},
	domain.RoleCoordinator:   {"fi": "HYTE-koordinaattori", "sv": "Koordinator", "en": "Coordinator"},
	domain.RoleAuditor:       {"fi": "Tarkastaja", "sv": "Revisor", "en": "Auditor"},
	domain.RoleAdministrator: {"fi": "Pääkäyttäjä", "sv": "Administratör", "en": "Administrator"},
}
