package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
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
	"yhdyspinta/frontend"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// demo serves the demo data set on loopback, with an identity provider per
// party that asks for no password. It starts from the data set each time
// unless told to keep what was done.
func demo(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	c := Config{}
	f, _ := c.flags("demo", env)
	keep := f.Bool("keep", false, "keep the data of the last time")
	at := f.String("at", "", "start the clock at this instant (RFC 3339) instead of now")
	file := f.String("data", "", "demo data file instead of the built-in one")
	if err := parseFlags(f, args, stdout); err != nil {
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
	site, err := api.NewSite(frontend.FS(), c.BaseURL)
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
	if err := makeDemoDatabase(ctx, server, *keep); err != nil {
		return err
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
		site.Mount(e)
	}, log, stdout)
}

// demoDatabase is a database of the demo's own: it may be dropped.
const demoDatabase = "yhdyspinta_demo"

// readDemoData reads and checks a demo data file, or the built-in one.
func readDemoData(file string) (*demodata.Dataset, error) {
	if file == "" {
		return demodata.ParseDefault()
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := demodata.Parse(f)
	if err != nil {
		return nil, fmt.Errorf("%s is not valid, nothing was loaded:\n%w", file, err)
	}
	return d, nil
}

// makeDemoDatabase makes the demo's database, empty unless the old one is kept.
func makeDemoDatabase(ctx context.Context, server *pgembed.Server, keep bool) error {
	conn, err := pgx.Connect(ctx, server.DSN(pgembed.RoleSuper, "postgres"))
	if err != nil {
		return fmt.Errorf("reach the embedded PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	if !keep {
		if _, err := conn.Exec(ctx, "drop database if exists "+demoDatabase+" with (force)"); err != nil {
			return fmt.Errorf("drop the demo's database: %w", err)
		}
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
// they hold on the reference day and all the roles that they have.
func demoAccounts(d *demodata.Dataset, issuer string) []demoidp.Account {
	units := map[string]domain.Text{}
	for _, u := range d.Units {
		units[u.Key] = u.Name
	}
	roles := func(post, person string) demoidp.Text {
		held := map[domain.Role]bool{}
		for _, g := range d.Grants {
			if g.To.IsZero() && ((post != "" && g.Post == post) || g.Person == person) {
				held[g.Role] = true
			}
		}
		return roleHint(held)
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
					out = append(out, demoidp.Account{Subject: person.Subject, Name: person.Name, Post: textMap(p.Title), Unit: textMap(units[p.Unit]), RoleHint: roles(p.Key, person.Key)})
				}
			}
		}
	}
	for _, person := range d.Persons {
		if person.Issuer == issuer && !placed[person.Key] {
			hint := roles("", person.Key)
			if hint == nil {
				hint = demoidp.Text{"fi": "Ei roolia", "sv": "Ingen roll", "en": "No role"}
			}
			out = append(out, demoidp.Account{Subject: person.Subject, Name: person.Name, Post: hint,
				Unit: demoidp.Text{"fi": "Ilman virkaa tai tehtävää", "sv": "Utan befattning", "en": "Without a post"}})
		}
	}
	return out
}

// roleHint names the roles after one another in each language, the widest
// first; nil if there is none.
func roleHint(held map[domain.Role]bool) demoidp.Text {
	var hint demoidp.Text
	for _, r := range roleHints {
		switch {
		case !held[r.role]:
		case hint == nil:
			hint = maps.Clone(r.text)
		default:
			for lang, text := range r.text {
				hint[lang] += ", " + strings.ToLower(text[:1]) + text[1:]
			}
		}
	}
	return hint
}

var roleHints = []struct {
	role domain.Role
	text demoidp.Text
}{
	{domain.RoleCoordinator, demoidp.Text{"fi": "HYTE-koordinaattori", "sv": "Koordinator", "en": "Coordinator"}},
	{domain.RoleAdministrator, demoidp.Text{"fi": "Pääkäyttäjä", "sv": "Administratör", "en": "Administrator"}},
	{domain.RoleSecretary, demoidp.Text{"fi": "Foorumin sihteeri", "sv": "Forumets sekreterare", "en": "Forum secretary"}},
	{domain.RoleManager, demoidp.Text{"fi": "Esihenkilö", "sv": "Chef", "en": "Manager"}},
	{domain.RoleAuditor, demoidp.Text{"fi": "Tarkastaja", "sv": "Revisor", "en": "Auditor"}},
	{domain.RoleReader, demoidp.Text{"fi": "Lukija", "sv": "Läsare", "en": "Reader"}},
}
