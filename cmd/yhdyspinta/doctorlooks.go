package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgembed"
)

// Limits beyond which the doctor warns, or calls it a fault.
const (
	oldestPostgreSQL = 15
	slowDatabase     = 20 * time.Millisecond
	clockOff         = 2 * time.Second
	clockFar         = time.Minute // tokens of identity providers are refused by then
	poolOfInstance   = 20          // connections that one instance may have
	leastRoom        = 1 << 30     // free bytes of a disk
	leastShare       = 20          // a disk has at least a twentieth free
)

func (e *examination) database(ctx context.Context) {
	app, owner, private := e.databaseAt()
	if app == "" {
		if _, err := pgembed.FindBinaries(ctx, pgembed.Config{}); err != nil {
			e.tell("database", fault, "DATABASE_URL is not set, and there is no PostgreSQL for a private one: "+oneLine(err), "Set DATABASE_URL, or install PostgreSQL.")
			return
		}
		e.tell("database", note, "DATABASE_URL is not set: the product starts a private PostgreSQL in "+e.c.DataDir+". It does not run now, so there is nothing to look at.", "")
		return
	}
	e.databaseTLS("DATABASE_URL", app)
	e.databaseTLS("DATABASE_OWNER_URL", owner)
	i, err := storage.Inspect(ctx, app, e.now)
	if err != nil {
		e.unreachable("DATABASE_URL", err)
		return
	}
	e.server(i)
	e.schema(i)
	e.clock("The database's clock", i.ClockAhead)
	e.roles(ctx, i, owner, private)
}

// databaseTLS warns of an address at which anybody could pretend to be the database.
func (e *examination) databaseTLS(variable, dsn string) {
	if host := storage.UnprovenHost(dsn); host != "" {
		e.tell("database", warning, "The database at "+host+" does not have to prove who it is: "+variable+" has no sslmode=verify-full. Whoever stands between can read the password and all content.",
			"Add sslmode=verify-full to "+variable+", and sslrootcert if your own authority has signed the server's certificate.")
	}
}

func (e *examination) unreachable(variable string, err error) {
	text := oneLine(err)
	do := "Start PostgreSQL, or correct " + variable + "; a firewall may stand between."
	switch {
	case strings.Contains(text, "28P01") || strings.Contains(text, "28000"):
		do = "Correct the name or the password in " + variable + ", or let the role in by pg_hba.conf."
	case strings.Contains(text, "3D000"):
		do = "Make the database (deploy/README.md, \"Install\"), or correct its name in " + variable + "."
	case strings.Contains(text, "42501"):
		do = "Run deploy/roles.sql on the database: the role may not connect."
	case strings.Contains(text, "parse") || strings.Contains(text, "read the database address"):
		do = "Write " + variable + " as postgres://ROLE:PASSWORD@HOST/DATABASE."
	}
	e.tell("database", fault, "The database that "+variable+" names cannot be used: "+text, do)
}

func (e *examination) server(i storage.Inspection) {
	sound := true
	if i.Major < oldestPostgreSQL {
		sound = false
		e.tell("database", fault, fmt.Sprintf("PostgreSQL is version %s; the product needs %d or newer.", i.Version, oldestPostgreSQL), "Upgrade PostgreSQL.")
	}
	if i.Encoding != "UTF8" {
		sound = false
		e.tell("database", fault, "The database's encoding is "+i.Encoding+", not UTF8: it cannot hold what people write.", "Make a new database with --encoding UTF8 --template template0 and restore a backup into it.")
	}
	if len(i.Extensions) > 0 {
		sound = false
		e.tell("database", fault, "The server lacks the extensions "+strings.Join(i.Extensions, " and ")+".", "Install PostgreSQL's contrib modules.")
	}
	if i.Latency > slowDatabase {
		sound = false
		e.tell("database", warning, fmt.Sprintf("The database answers in %s; pages make several statements one after another.", i.Latency.Round(100*time.Microsecond)), "Bring the product and the database nearer to each other.")
	}
	if i.MaxConnections < 2*poolOfInstance {
		sound = false
		e.tell("database", warning, fmt.Sprintf("The server takes %d connections; each instance may use %d.", i.MaxConnections, poolOfInstance), "Raise max_connections.")
	}
	if sound {
		e.tell("database", fine, fmt.Sprintf("PostgreSQL %s answers in %s; %d of %d connections are in use, the database takes %s.",
			i.Version, i.Latency.Round(10*time.Microsecond), i.Connections, i.MaxConnections, size(uint64(max(0, i.Bytes)))), "")
	}
}

func (e *examination) schema(i storage.Inspection) {
	switch {
	case i.Schema == 0:
		e.tell("migrations", fault, "The database has no tables yet.", "Run yhdyspinta migrate.")
	case len(i.Missing) > 0:
		e.tell("migrations", fault, fmt.Sprintf("The schema is at version %d and lacks %d migrations of this program, up to %d: serve does not start.", i.Schema, len(i.Missing), storage.SchemaVersion()), "Run yhdyspinta migrate.")
	case i.QueueBehind:
		e.tell("migrations", fault, "The tables of the work queue are older than this program: serve does not start.", "Run yhdyspinta migrate.")
	case len(i.Unknown) > 0:
		e.tell("migrations", note, fmt.Sprintf("The schema is at version %d, newer than this program's %d. That is fine while an upgrade is under way.", i.Schema, storage.SchemaVersion()), "Upgrade this program when the upgrade is over.")
	default:
		e.tell("migrations", fine, fmt.Sprintf("The schema is at version %d, that of this program.", i.Schema), "")
	}
}

func (e *examination) clock(whose string, ahead time.Duration) {
	off := ahead.Abs()
	says := fmt.Sprintf("%s and this machine's differ by %s.", whose, off.Round(time.Millisecond))
	const do = "Let both machines follow the same time servers (timedatectl set-ntp true)."
	switch {
	case off >= clockFar:
		e.tell("clock", fault, says, do)
	case off >= clockOff:
		e.tell("clock", warning, says, do)
	default:
		e.tell("clock", fine, says, "")
	}
}

func (e *examination) roles(ctx context.Context, i storage.Inspection, owner string, private bool) {
	if i.Schema == 0 {
		return
	}
	const do = "Run deploy/roles.sql as a superuser, put the application's role into DATABASE_URL, and run yhdyspinta migrate."
	sound := true
	switch {
	case i.Superuser:
		sound = false
		e.tell("roles", fault, "The product would run as the superuser "+i.Role+": it could rewrite the log and the past.", do)
	case i.OwnsTables:
		sound = false
		e.tell("roles", fault, "The product would run as "+i.Role+", which owns the tables: it could rewrite the log and the past.", do)
	case len(i.TooMuch) > 0:
		sound = false
		e.tell("roles", fault, "The role "+i.Role+" may change the log or the past: "+some(i.TooMuch)+".", "Take it from the role: revoke update, delete, truncate, trigger on the tables named.")
	}
	if len(i.TooLittle) > 0 {
		sound = false
		e.tell("roles", fault, "The role "+i.Role+" lacks rights that the product needs: "+some(i.TooLittle)+".", "Was the schema made for another role? See \"three roles\" in docs/guide/postgres.md.")
	}
	if i.Reader && len(i.ReaderSees) > 0 {
		sound = false
		e.tell("roles", fault, "The role for reports may do more than read, or see secrets: "+some(i.ReaderSees)+".", "Revoke all from it and run yhdyspinta migrate, which gives it what it may have.")
	}
	if owner != "" {
		o, err := storage.Inspect(ctx, owner, e.now)
		switch {
		case err != nil:
			sound = false
			e.unreachable("DATABASE_OWNER_URL", err)
		case !o.OwnsTables:
			sound = false
			e.tell("roles", fault, "The role "+o.Role+" of DATABASE_OWNER_URL does not own the tables: it cannot migrate.", "Put the owner's role into DATABASE_OWNER_URL.")
		case o.Superuser && !private:
			sound = false
			e.tell("roles", warning, "DATABASE_OWNER_URL names a superuser; the owner of the tables is enough.", do)
		}
	}
	if sound {
		e.tell("roles", fine, "The product runs as "+i.Role+", which can neither change the log nor the past.", "")
	}
}

// some names the first few of a list.
func some(list []string) string {
	if len(list) > 4 {
		return strings.Join(list[:4], ", ") + fmt.Sprintf(" and %d more", len(list)-4)
	}
	return strings.Join(list, ", ")
}

func (e *examination) issuers(ctx context.Context) {
	client := &http.Client{Timeout: 10 * time.Second}
	for _, i := range e.c.Issuers {
		e.issuer(ctx, client, i)
	}
}

// issuer reads what the product reads at the first sign-in.
func (e *examination) issuer(ctx context.Context, client *http.Client, i api.Issuer) {
	name := "The identity provider \"" + i.Key + "\""
	var d struct {
		Issuer   string `json:"issuer"`
		Login    string `json:"authorization_endpoint"`
		Token    string `json:"token_endpoint"`
		KeysPath string `json:"jwks_uri"`
	}
	ahead, err := read(ctx, client, strings.TrimSuffix(i.IssuerURL, "/")+"/.well-known/openid-configuration", e.now, &d)
	switch {
	case err != nil:
		e.tell("issuer", fault, name+" cannot be read: "+oneLine(err), "Check its _URL, and whether this machine may reach it. Until it answers, nobody can sign in through it; everything else works.")
		return
	case d.Issuer != i.IssuerURL:
		e.tell("issuer", fault, fmt.Sprintf("%s calls itself %q, not %q: its tokens would be refused.", name, d.Issuer, i.IssuerURL), "Write its _URL exactly as it states itself.")
		return
	case d.Login == "" || d.Token == "" || d.KeysPath == "":
		e.tell("issuer", fault, name+" does not say where to sign in, or where its keys are.", "Is it an OpenID Connect provider with the code flow?")
		return
	}
	var keys struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if _, err := read(ctx, client, d.KeysPath, e.now, &keys); err != nil || len(keys.Keys) == 0 {
		says := name + " shows no signing keys"
		if err != nil {
			says += ": " + oneLine(err)
		}
		e.tell("issuer", fault, says+". Its tokens would be refused.", "Ask those who run it.")
		return
	}
	// Its clock is told in whole seconds.
	if ahead.Abs() > clockOff+time.Second {
		e.clock(name+"'s clock", ahead)
	}
	e.tell("issuer", fine, fmt.Sprintf("%s answers and has %d signing keys.", name, len(keys.Keys)), "")
}

// read reads a JSON document and tells how far its server's clock is ahead.
func read(ctx context.Context, client *http.Client, address string, now func() time.Time, v any) (ahead time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	res, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s answers %s", address, res.Status)
	}
	if at, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		ahead = at.Sub(now())
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(v); err != nil {
		return ahead, fmt.Errorf("%s is no JSON document of the kind: %w", address, err)
	}
	return ahead, nil
}

// room tells how many bytes of a disk are free and how many it has.
func room(dir string) (free, total uint64, err error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, 0, err
	}
	return st.Bavail * uint64(st.Bsize), st.Blocks * uint64(st.Bsize), nil
}
