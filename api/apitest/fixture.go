package apitest

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
)

// Fixture is a small organisation that most tests need: two principal parties
// and one other, a unit tree under each, posts, a plan and themes.
//
//	espoo: unit esp_top > esp_schools (post esp_education_head), esp_youth (post esp_youth_head);
//	       esp_top itself: esp_coordinator, esp_secretary
//	luvn:  unit luvn_top > luvn_families (luvn_family_head), luvn_older (luvn_older_head);
//	       luvn_top itself: luvn_coordinator, luvn_secretary
//	hus:   unit hus_top (hus_liaison)
type Fixture struct {
	Party  map[string]domain.PartyID
	Unit   map[string]domain.UnitID
	Post   map[string]domain.PostID
	Theme  map[string]domain.ThemeID
	Person map[string]domain.PersonID // by the actor's name; called "Person of NAME", subject NAME at issuer https://PARTY.example
	Plan   domain.PlanID
}

// Exec runs SQL as the application role at the test's time: how a test makes
// what no operation makes yet.
func (e *Env) Exec(sql string, args ...any) {
	e.T.Helper()
	e.sql.Lock()
	defer e.sql.Unlock()
	ctx, conn := e.connect()
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select set_config('app.now', $1, true)", e.Now().Format("2006-01-02T15:04:05.999999Z07:00")); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
	if err != nil {
		e.T.Fatalf("%v\n%s", err, sql)
	}
}

// QueryRow reads one row, as the application role, into the targets.
func (e *Env) QueryRow(sql string, args []any, targets ...any) {
	e.T.Helper()
	e.sql.Lock()
	defer e.sql.Unlock()
	ctx, conn := e.connect()
	if err := conn.QueryRow(ctx, sql, args...).Scan(targets...); err != nil {
		e.T.Fatalf("%v\n%s", err, sql)
	}
}

// connect returns the test's own connection, made at its first use. The caller
// holds the lock of it.
func (e *Env) connect() (context.Context, *pgx.Conn) {
	e.T.Helper()
	ctx := context.Background() // T's own ends before its cleanup
	if e.conn == nil {
		conn, err := pgx.Connect(ctx, e.Raw.AppDSN)
		if err != nil {
			e.T.Fatal(err)
		}
		e.conn = conn
		e.T.Cleanup(func() { conn.Close(ctx) })
	}
	return ctx, e.conn
}

// Organisation inserts the Fixture and names these actors: "public" needs no
// name; "espoo coordinator", "luvn coordinator", "espoo manager" (of
// esp_schools, in post esp_education_head), "luvn manager" (of luvn_families,
// in post luvn_family_head), "espoo reader", "luvn reader", "auditor" (no
// post), "espoo administrator", "luvn administrator".
func (e *Env) Organisation() *Fixture {
	e.T.Helper()
	f := &Fixture{map[string]domain.PartyID{}, map[string]domain.UnitID{}, map[string]domain.PostID{}, map[string]domain.ThemeID{}, map[string]domain.PersonID{}, domain.PlanID{}}
	for i, p := range []struct {
		key, kind, letter string
		principal         bool
	}{{"espoo", "municipality", "E", true}, {"luvn", "wellbeing_services_county", "L", true}, {"hus", "joint_authority", "H", false}} {
		var id domain.PartyID
		id.SetNew(domain.UUIDv7)
		f.Party[p.key] = id
		e.Exec(`insert into party values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $7, $7, $7, 1)`, id, p.key, p.kind, p.principal, p.letter, i+1, strings.ToUpper(p.key))
	}
	for _, u := range [][3]string{{"esp_top", "espoo", ""}, {"esp_schools", "espoo", "esp_top"}, {"esp_youth", "espoo", "esp_top"},
		{"luvn_top", "luvn", ""}, {"luvn_families", "luvn", "luvn_top"}, {"luvn_older", "luvn", "luvn_top"}, {"hus_top", "hus", ""}} {
		var id domain.UnitID
		id.SetNew(domain.UUIDv7)
		f.Unit[u[0]] = id
		e.Exec(`insert into unit values ($1, $2, $3, $4, $4, $4, '2025-01-01', null, 1)`, id, f.Party[u[1]], f.Unit[u[2]].Ptr(), u[0])
	}
	for _, p := range [][3]string{{"esp_education_head", "espoo", "esp_schools"}, {"esp_youth_head", "espoo", "esp_youth"},
		{"esp_coordinator", "espoo", "esp_top"}, {"esp_secretary", "espoo", "esp_top"},
		{"luvn_family_head", "luvn", "luvn_families"}, {"luvn_older_head", "luvn", "luvn_older"},
		{"luvn_coordinator", "luvn", "luvn_top"}, {"luvn_secretary", "luvn", "luvn_top"}, {"hus_liaison", "hus", "hus_top"}} {
		var id domain.PostID
		id.SetNew(domain.UUIDv7)
		f.Post[p[0]] = id
		e.Exec(`insert into post values ($1, $2, $3, $4, $4, $4, '', '2025-01-01', null, 1)`, id, f.Party[p[1]], f.Unit[p[2]], p[0])
	}
	for i, key := range []string{"children_youth", "mental_substance", "older"} {
		var id domain.ThemeID
		id.SetNew(domain.UUIDv7)
		f.Theme[key] = id
		e.Exec(`insert into theme values ($1, $2, $3, $2, $2, $2, 1)`, id, key, i+1)
	}
	f.Plan.SetNew(domain.UUIDv7)
	e.Exec(`insert into plan values ($1, 'plan', 'Suunnitelma', 'Plan', 'Plan', '2025–2029', '2025-06-01', '2029-05-31', null, 'public', '', 1, $2, $2)`, f.Plan, e.Now())

	act := func(name, party, post string, g domain.ActiveGrant) {
		a := domain.Actor{PersonID: e.Person(f, name, party), PostID: f.Post[post], PartyID: f.Party[party]}
		if g.Role != "" {
			g.PartyID = f.Party[party]
			a.Grants = []domain.ActiveGrant{g}
		}
		e.Name(name, a)
	}
	act("espoo coordinator", "espoo", "esp_coordinator", domain.ActiveGrant{Role: domain.RoleCoordinator})
	act("luvn coordinator", "luvn", "luvn_coordinator", domain.ActiveGrant{Role: domain.RoleCoordinator})
	act("espoo manager", "espoo", "esp_education_head", domain.ActiveGrant{Role: domain.RoleManager, Units: []domain.UnitID{f.Unit["esp_schools"]}})
	act("luvn manager", "luvn", "luvn_family_head", domain.ActiveGrant{Role: domain.RoleManager, Units: []domain.UnitID{f.Unit["luvn_families"]}})
	act("espoo reader", "espoo", "esp_youth_head", domain.ActiveGrant{Role: domain.RoleReader})
	act("luvn reader", "luvn", "luvn_older_head", domain.ActiveGrant{Role: domain.RoleReader})
	act("auditor", "luvn", "", domain.ActiveGrant{Role: domain.RoleAuditor})
	act("espoo administrator", "espoo", "", domain.ActiveGrant{Role: domain.RoleAdministrator})
	act("luvn administrator", "luvn", "", domain.ActiveGrant{Role: domain.RoleAdministrator})
	return f
}

// Row reads one row with SQL as the application role: what a test wants to know
// of the log.
func (e *Env) Row(sql string, into ...any) {
	e.T.Helper()
	e.QueryRow(sql, nil, into...)
}

// Person makes a person of a party known, as if they had signed in once.
func (e *Env) Person(f *Fixture, name, party string) (id domain.PersonID) {
	e.T.Helper()
	id.SetNew(domain.UUIDv7)
	e.Exec(`insert into person (id, issuer, subject, party_id, name, email, version) values ($1, $2, $3, $4, $5, '', 1)`,
		id, "https://"+party+".example", name, f.Party[party], "Person of "+name)
	f.Person[name] = id
	return id
}
