package storage_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/storage/pgtest"
)

// machinery are the tables that hold no content: they have no history, and
// writes to them need no audit entry. The list is closed; a table that joins it
// says why.
var machinery = map[string]string{
	"audit_entry":             "the log itself: append-only, so its own history",
	"audit_value":             "the values of the log, erasable by law",
	"session":                 "web sessions, which end within the day",
	"pen":                     "who writes in a meeting just now, for minutes",
	"autosave":                "what somebody is typing, until it is content",
	"watcher":                 "who has a meeting's page open just now",
	"idempotency_key":         "what was answered to a request with a key of its own, for a day",
	"api_token_secret":        "what opens an API token, and the day of its last use: the token itself has the history",
	"outbox":                  "what a transaction wants told afterwards, until it is drained",
	"mail":                    "the queue and log of sent mail: what it tells of is content elsewhere",
	"digest":                  "that a person's day has been looked at for the daily mail, for two months",
	"digest_item":             "what was told in it, likewise: what it tells of is content elsewhere",
	"mail_secret":             "what signs the links that switch a mail off, made once",
	"decision_fetch":          "how the last reading of a decision service's feed went, and when the next is",
	"job_run":                 "how the last runs of background work went: what they did stands elsewhere",
	"decision_entry":          "copies of what decision services publish, for a while: the originals are theirs",
	"access_version":          "a number that says when a cache is old",
	"content_change":          "which transactions changed the content, for what is kept in memory of it",
	"stored_file":             "the bytes of attachments, written once; attachment_file, which names them, has the history",
	"stored_piece":            "the same, piece by piece",
	"search_text":             "what search looks through, made from content by triggers alone",
	"search_text_goal":        "its goals",
	"search_text_action":      "its actions",
	"search_text_forum":       "its forums",
	"search_text_agenda_item": "its agenda items",
	"search_text_outcome":     "its outcomes",
	"search_text_post":        "its posts",
	"search_past":             "the texts that things had before, likewise",
	"search_word":             "the words of titles, likewise",
	"goose_db_version":        "which migrations ran; the migration tool's own",
}

// column runs a query for one column of text.
func column(t *testing.T, conn *pgx.Conn, sql string, args ...any) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const tables = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`

// contentTables are all but machinery and twins.
func contentTables(t *testing.T, conn *pgx.Conn) (content []string) {
	t.Helper()
	for _, name := range column(t, conn, tables) {
		if machinery[name] == "" && !strings.HasSuffix(name, "_history") {
			content = append(content, name)
		}
	}
	return content
}

func TestSchemaKeepsItsRules(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.New(t).SuperDSN)

	all := column(t, conn, tables)
	for name := range machinery {
		if !slices.Contains(all, name) {
			t.Errorf("machinery names %s, which does not exist", name)
		}
	}
	for rule, sql := range map[string]string{
		"a primary key pk_TABLE": `
			select c.relname::text from pg_class c
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'goose_db_version'
			  and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and k.conname = 'pk_' || c.relname)`,
		"names of constraints that say what they are (fk_, uniq_, chk_, with the table)": `
			select k.conname::text from pg_constraint k join pg_class c on c.oid = k.conrelid
			where c.relnamespace = 'public'::regnamespace and c.relname <> 'goose_db_version' and k.contype in ('f', 'u', 'c')
			  and k.conname not like case k.contype when 'f' then 'fk\_' when 'u' then 'uniq\_' else 'chk\_' end || c.relname || '%'`,
		"names of indexes that say what they are (ix_, uniq_, pk_, with the table)": `
			select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
			where c.relnamespace = 'public'::regnamespace and c.relname <> 'goose_db_version'
			  and i.relname not like case when x.indisprimary then 'pk\_' when x.indisunique then 'uniq\_' else 'ix\_' end || c.relname || '%'`,
		"an index that begins with each foreign key": `
			select k.conname::text from pg_constraint k
			where k.contype = 'f' and k.connamespace = 'public'::regnamespace
			  and not exists (select 1 from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.conkey[1]
			                  where x.indrelid = k.conrelid and (x.indpred is null or pg_get_expr(x.indpred, x.indrelid) = '(' || a.attname || ' IS NOT NULL)')
			                    and (x.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
		"times with their zone": `
			select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> 'goose_db_version'
			  and a.atttypid in ('timestamp'::regtype, 'time'::regtype, 'timetz'::regtype)`,
		"dates called _on, _from or _to": `
			select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
			  and a.atttypid = 'date'::regtype and a.attname !~ '_(on|from|to)$'`,
		"instants called at or _at": `
			select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
			  and a.atttypid = 'timestamptz'::regtype and a.attname !~ '(^|_)at$' and a.attname not in ('sys_from', 'sys_to')`,
		"ids that are uuids, but those of the log's entries and of requests": `
			select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
			  and a.attname like '%\_id' and a.atttypid <> 'uuid'::regtype
			  and c.relname || '.' || a.attname not in ('audit_value.entry_id', 'outbox.entry_id', 'mail.entry_id', 'audit_entry.request_id', 'idempotency_key.request_id', 'goose_db_version.version_id')`,
		"only columns of lower-case names": `
			select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
			where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attname !~ '^[a-z][a-z0-9_]*$'`,
	} {
		if broken := column(t, conn, sql); len(broken) > 0 {
			t.Errorf("%s: broken by %v", rule, broken)
		}
	}
}

func TestEveryContentTableHasItsTwin(t *testing.T) {
	t.Parallel()
	conn := connect(t, pgtest.New(t).SuperDSN)
	const columns = `
		select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(' collate ' || nullif(a.attcollation, 0)::regcollation, '') from pg_attribute a
		where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`
	content := contentTables(t, conn)
	if len(content) < 30 {
		t.Fatalf("only %v", content)
	}
	for _, name := range content {
		want := append([]string{"sys_from timestamp with time zone", "sys_to timestamp with time zone"}, column(t, conn, columns, "public."+name)...)
		if got := column(t, conn, columns, "public."+name+"_history"); !slices.Equal(got, want) {
			t.Errorf("%s_history has columns %v, want %v", name, got, want)
		}
		if got, want := column(t, conn, columns, "asof."+name), want[2:]; !slices.Equal(got, want) {
			t.Errorf("asof.%s has columns %v, want %v", name, got, want)
		}
		trigger := column(t, conn, `select tgfoid::regproc::text || ' ' || tgtype from pg_trigger where tgrelid = $1::regclass and tgname = 'history' and tgenabled = 'O'`, name)
		if !slices.Equal(trigger, []string{"record_history 29"}) { // after insert, update and delete, for each row
			t.Errorf("%s has the history trigger %v", name, trigger)
		}
	}
	for _, name := range column(t, conn, tables) {
		if base, ok := strings.CutSuffix(name, "_history"); ok && !slices.Contains(content, base) {
			t.Errorf("%s is the twin of nothing", name)
		}
	}
	if views := column(t, conn, `select relname from pg_class where relnamespace = 'asof'::regnamespace and relname not like 'search\_text\_%' order by relname`); len(views) != len(content) {
		t.Errorf("%d views of the past for %d tables", len(views), len(content))
	}
	// What search looks through is made from the content: of each kind it has the past in a way of its own.
	kinds := column(t, conn, `select relname from pg_class where relnamespace = 'public'::regnamespace and relname like 'search\_text\_%' and relkind = 'r' order by relname`)
	for _, name := range kinds {
		if now, then := column(t, conn, columns, "public."+name), column(t, conn, columns, "asof."+name); len(now) != 4 || !slices.Equal(now, then) {
			t.Errorf("asof.%s has columns %v, want %v", name, then, now)
		}
	}
	if len(kinds) != 6 {
		t.Errorf("search looks through %v", kinds)
	}
}

// The application may not rewrite the past, whatever it tries.
func TestApplicationCannotRewriteThePast(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	super, app, owner := connect(t, db.SuperDSN), connect(t, db.AppDSN), connect(t, db.OwnerDSN)
	var role string
	if err := app.QueryRow(t.Context(), "select current_user").Scan(&role); err != nil {
		t.Fatal(err)
	}
	for privileges, from := range map[string]string{
		"TRUNCATE,TRIGGER,REFERENCES": `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
		"INSERT,UPDATE,DELETE":        `c.relnamespace in ('public'::regnamespace, 'asof'::regnamespace) and (c.relname like '%\_history' or c.relkind = 'v')`,
		"UPDATE,DELETE":               `c.relname in ('audit_entry', 'audit_value')`,
	} {
		held := column(t, super, fmt.Sprintf(`
			select c.relname || ' ' || p from pg_class c, unnest(string_to_array('%s', ',')) p
			where %s and (has_table_privilege($1, c.oid, p)
			              or (p in ('INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege($1, c.oid, p)))`, privileges, from), role)
		if len(held) > 0 {
			t.Errorf("the application may %v", held)
		}
	}

	exec(t, app, `select set_config('app.now', '2026-11-23 06:05:00Z', false)`)
	exec(t, app, `insert into theme (id, key, position, title_fi, title_sv, title_en, version) values (gen_random_uuid(), 'key', 1, 'fi', 'sv', 'en', 1)`)
	exec(t, app, `with e as (insert into audit_entry (at, origin, permission, subject_kind, subject_id, subject_version, values_hash)
	              values (now(), 'user', 'theme.edit', 'theme', gen_random_uuid(), 1, '') returning id)
	              insert into audit_value select id, '', '[]' from e`)
	for _, statement := range []string{
		`update audit_entry set at = now()`, `delete from audit_entry`, `truncate audit_entry cascade`,
		`update audit_value set changes = '[]'`, `delete from audit_value`, `truncate audit_value`,
		`insert into theme_history select sys_from - interval '1 day', sys_from, id, key, position, title_fi, title_sv, title_en, version from theme_history`,
		`update theme_history set sys_to = now()`, `delete from theme_history`, `truncate theme_history`, `truncate theme`,
		`update asof.theme set title_fi = 'x'`, `delete from asof.theme`, `insert into asof.theme select * from public.theme`,
		`alter table theme disable trigger history`, `drop trigger history on theme`, `alter table audit_entry disable trigger append_only`,
		`select refresh_asof_views()`,
	} {
		if _, err := app.Exec(t.Context(), statement); sqlState(err) != "42501" { // insufficient_privilege
			t.Errorf("as the application, %s: %v, want insufficient_privilege", statement, err)
		}
	}
	if _, err := app.Exec(t.Context(), `set session_replication_role = replica`); sqlState(err) != "42501" {
		t.Errorf("the application switches triggers off: %v", err)
	}
	// Nor can the owner by mistake: the log's own triggers refuse.
	for _, statement := range []string{
		`update audit_entry set reason = 'x'`, `delete from audit_entry`, `truncate audit_entry cascade`,
		`update audit_value set changes = '[]'`, `delete from audit_value`, `truncate audit_value`,
	} {
		if _, err := owner.Exec(t.Context(), statement); sqlState(err) != "YH002" {
			t.Errorf("as the owner, %s: %v, want append-only", statement, err)
		}
	}
	if n := column(t, app, `select count(*)::text from audit_entry join audit_value on entry_id = id`); !slices.Equal(n, []string{"1"}) {
		t.Errorf("the log holds %v entries", n)
	}
}

// Every field of an entity that goes into the log says how: one field without an audit
// class would make the log panic.
func TestEveryAuditedFieldIsClassified(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../domain/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no domain packages: %v", err)
	}
	audited := map[string]bool{}        // package.Type that is passed to Diff
	fields := map[string][]*ast.Field{} // of the structs of the domain
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		pkg := parsed.Name.Name
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok {
					fields[pkg+"."+n.Name.Name] = s.Fields.List
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Diff" {
					if zero, ok := n.Args[0].(*ast.CompositeLit); ok {
						if name, ok := zero.Type.(*ast.Ident); ok {
							audited[pkg+"."+name.Name] = true
						}
					}
				}
			}
			return true
		})
	}
	for name, list := range fields {
		tagged := slices.ContainsFunc(list, func(f *ast.Field) bool { return auditClass(t, f) != "" })
		if !tagged && !audited[name] {
			continue
		}
		audited[name] = true
		for _, f := range list {
			if class := auditClass(t, f); !slices.Contains([]string{"track", "secret", "ignore"}, class) {
				for _, ident := range f.Names {
					t.Errorf("%s.%s has the audit class %q", name, ident.Name, class)
				}
			}
		}
	}
	for _, name := range []string{"goal.Goal", "organisation.Post", "access.Grant", "access.Person"} {
		if !audited[name] {
			t.Errorf("%s was not looked at", name)
		}
	}
	if f := fields["access.Person"]; !slices.ContainsFunc(f, func(f *ast.Field) bool { return f.Names[0].Name == "Name" && auditClass(t, f) == "secret" }) {
		t.Error("the name of a person is no secret to the log")
	}
}

func auditClass(t *testing.T, f *ast.Field) string {
	t.Helper()
	if f.Tag == nil {
		return ""
	}
	tag, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		t.Fatal(err)
	}
	return reflect.StructTag(tag).Get("audit")
}

// execAt runs a statement in a transaction of its own that is written at an
// instant.
func execAt(t *testing.T, conn *pgx.Conn, at, sql string, args ...any) error {
	t.Helper()
	return pgx.BeginFunc(context.Background(), conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `select set_config('app.now', $1, true)`, at); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), sql, args...)
		return err
	})
}
