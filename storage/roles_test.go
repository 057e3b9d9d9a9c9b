package storage_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/deploy"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// The roles of deploy/roles.sql, which pgtest runs on as the demo does: none is
// more than it needs to be, and running the file again changes nothing.
func TestRolesHaveNoPowerOverTheServer(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	super := connect(t, db.SuperDSN)
	roles := func() []string {
		return column(t, super, `
			select rolname || ' ' || concat_ws(' ', case when rolsuper then 'super' end, case when rolcreatedb then 'createdb' end,
			       case when rolcreaterole then 'createrole' end, case when rolreplication then 'replication' end, case when rolbypassrls then 'bypassrls' end,
			       case when rolcanlogin then 'login' end)
			from pg_roles where rolname like 'yhdyspinta\_%' order by 1`)
	}
	want := []string{"yhdyspinta_app login", "yhdyspinta_owner login", "yhdyspinta_reader login"}
	if got := roles(); !slices.Equal(got, want) {
		t.Errorf("roles %v, want %v", got, want)
	}
	if members := column(t, super, `select roleid::regrole || ' ' || member::regrole from pg_auth_members where member::regrole::text like 'yhdyspinta\_%'`); len(members) > 0 {
		t.Errorf("members of other roles: %v", members)
	}
	rights := func() []string {
		return column(t, super, `select a::text from pg_database, unnest(datacl) a where datname = current_database() order by 1`)
	}
	before := rights()
	for range 2 {
		exec(t, super, deploy.RolesSQL)
	}
	if got := rights(); !slices.Equal(got, before) || strings.HasPrefix(got[0], "=") {
		t.Errorf("who may connect: %v, before %v", got, before)
	}
	if got := roles(); !slices.Equal(got, want) {
		t.Errorf("roles after another run %v", got)
	}
}

// The application may not take anything from the log or the past, whatever
// migration made it; nor may it do what would let it.
func TestApplicationCannotTouchTheRecord(t *testing.T) {
	t.Parallel()
	super := connect(t, pgtest.New(t).SuperDSN)
	record := `c.relkind in ('r', 'p') and (c.relname like '%\_history' or c.relname like 'audit\_%')`
	if n := column(t, super, `select count(*)::text from pg_class c where c.relnamespace = 'public'::regnamespace and `+record); len(n) != 1 || len(n[0]) < 2 {
		t.Fatalf("the record has %v tables", n)
	}
	if held := column(t, super, `
		select c.relname || ' ' || p from pg_class c, unnest('{UPDATE,DELETE,TRUNCATE,TRIGGER,REFERENCES}'::text[]) p
		where c.relnamespace = 'public'::regnamespace and `+record+`
		  and (has_table_privilege('yhdyspinta_app', c.oid, p) or p in ('UPDATE', 'REFERENCES') and has_any_column_privilege('yhdyspinta_app', c.oid, p))`); len(held) > 0 {
		t.Errorf("the application may %v", held)
	}
}

// readable is what the reader may see of a schema's relations, by column where
// it does not see all.
const readable = `
	select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	where c.relnamespace::regnamespace::text in ('public', 'asof', 'river') and c.relkind in ('r', 'p', 'v', 'm')
	  and has_schema_privilege('yhdyspinta_reader', c.relnamespace, 'usage')
	  and has_column_privilege('yhdyspinta_reader', c.oid, a.attnum, 'select')`

// The reader selects content and nothing else, also after a migration, and never
// what opens, signs or names somebody.
func TestReaderOnlyReads(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	owner, reader, super := connect(t, db.OwnerDSN), connect(t, db.ReaderDSN), connect(t, db.SuperDSN)
	exec(t, owner, `create table later (id uuid primary key, body text)`)
	if err := storage.Migrate(t.Context(), db.OwnerDSN, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	for _, allowed := range []string{`select * from goal`, `select * from goal_history`, `select * from audit_entry`, `select * from audit_value`,
		`select id, party_id from person`, `select id, party_id, sys_from from person_history`, `select * from later`,
		`begin; set local app.as_of = '2026-11-23'; select * from asof.goal; commit`} {
		if _, err := reader.Exec(t.Context(), allowed); err != nil {
			t.Errorf("%s: %v", allowed, err)
			exec(t, reader, `rollback`)
		}
	}
	// The setting is for mistakes; the rights hold without it.
	exec(t, reader, `set default_transaction_read_only = off`)
	for _, refused := range []string{
		`insert into theme default values`, `update goal set version = 2`, `delete from audit_entry`, `truncate goal`, `delete from goal_history`,
		`create table mine (id int)`, `create temporary table mine (id int)`, `create trigger t before insert on goal execute function refuse_change()`,
		`select * from session`, `select * from mail_secret`, `select token_hash from calendar_address`, `select * from calendar_address_history`,
		`select * from autosave`, `select * from mail`, `select * from mail_template`, `select * from mail_template_history`, `select intro_fi from asof.mail_template`,
		`select * from idempotency_key`, `select * from api_token`, `select name from api_token_history`, `select hash from api_token_secret`, `select body from idempotency_key`, `select * from stored_piece`, `select name from person`, `select email from person_history`, `select subject from asof.person`,
		`select * from person`, `select * from river.river_job`, `select nextval('goal_no_seq')`, `select grant_reading()`, `select refresh_asof_views()`, `insert into later values (gen_random_uuid(), '')`,
	} {
		if _, err := reader.Exec(t.Context(), refused); sqlState(err) != "42501" { // insufficient_privilege
			t.Errorf("as the reader, %s: %v, want insufficient_privilege", refused, err)
		}
	}
	if held := column(t, super, `
		select c.relname || ' ' || p from pg_class c, unnest('{INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER,REFERENCES}'::text[]) p
		where c.relnamespace::regnamespace::text in ('public', 'asof', 'river') and c.relkind in ('r', 'p', 'v')
		  and (has_table_privilege('yhdyspinta_reader', c.oid, p) or p in ('INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege('yhdyspinta_reader', c.oid, p))`); len(held) > 0 {
		t.Errorf("the reader may %v", held)
	}
	// What a later table calls a secret is caught here, and belongs in hidden_from_reader().
	if seen := column(t, super, `select c from (`+readable+`) as seen (c) where c ~ '(token|secret|password|email|\.subject$|cookie|private|mail_|_key\.(key|body|header)$)'`); len(seen) > 0 {
		t.Errorf("the reader sees %v", seen)
	}
}
