package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Inspection is what a database and one of its roles look like, for an operator.
type Inspection struct {
	Version        string // of PostgreSQL, such as "18.4"
	Major          int
	Encoding       string
	Latency        time.Duration // of a statement that does nothing, the median of five
	ClockAhead     time.Duration // of the database's clock before this machine's
	Role           string
	Superuser      bool
	MaxConnections int
	Connections    int
	Bytes          int64 // of the database

	Schema      int64    // its version; 0: never migrated
	Unknown     []int64  // migrations that this program does not know
	Missing     []int64  // migrations that it lacks
	QueueBehind bool     // the work queue's tables are older than the program
	Extensions  []string // that the schema needs and the server cannot give

	OwnsTables bool
	TooMuch    []string // rights that the application must not have, such as "audit_entry UPDATE"
	TooLittle  []string // rights that it needs, such as "goal SELECT"
	Reader     bool     // there is a role for reports
	ReaderSees []string // rights that it must not have, likewise
}

// Inspect looks at the database at dsn as the role that it names. It changes
// nothing.
func Inspect(ctx context.Context, dsn string, now func() time.Time) (i Inspection, err error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return i, fmt.Errorf("read the database address: %w", err)
	}
	cfg.ConnectTimeout = 5 * time.Second
	cfg.RuntimeParams["statement_timeout"] = "15000"
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return i, fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	times := make([]time.Duration, 5)
	for n := range times {
		began := now()
		var at time.Time
		if err := conn.QueryRow(ctx, "select clock_timestamp()").Scan(&at); err != nil {
			return i, fmt.Errorf("ask the database the time: %w", err)
		}
		times[n] = now().Sub(began)
		i.ClockAhead = at.Sub(began.Add(times[n] / 2)) // of the last: the first also prepares
	}
	slices.Sort(times)
	i.Latency = times[2]
	err = conn.QueryRow(ctx, `
select current_setting('server_version'), current_setting('server_version_num')::integer / 10000, current_setting('server_encoding'), current_user::text,
       (select rolsuper from pg_roles where rolname = current_user), current_setting('max_connections')::integer,
       (select count(*) from pg_stat_activity where backend_type = 'client backend'), pg_database_size(current_database()),
       array(select n from unnest('{pg_trgm,unaccent}'::text[]) n where n not in (select name from pg_available_extensions)),
       to_regclass('public.goose_db_version') is not null`).
		Scan(&i.Version, &i.Major, &i.Encoding, &i.Role, &i.Superuser, &i.MaxConnections, &i.Connections, &i.Bytes, &i.Extensions, &i.OwnsTables)
	if err != nil {
		return i, fmt.Errorf("look at the database: %w", err)
	}
	made := i.OwnsTables
	i.OwnsTables = false
	if !made {
		i.Missing = KnownMigrations()
		return i, nil
	}
	rows, err := conn.Query(ctx, "select distinct version_id from goose_db_version where is_applied and version_id > 0 order by 1")
	if err != nil {
		return i, fmt.Errorf("read the schema's version: %w", err)
	}
	have, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return i, fmt.Errorf("read the schema's version: %w", err)
	}
	known := KnownMigrations()
	for _, v := range have {
		i.Schema = max(i.Schema, v)
		if !slices.Contains(known, v) {
			i.Unknown = append(i.Unknown, v)
		}
	}
	for _, v := range known {
		if !slices.Contains(have, v) {
			i.Missing = append(i.Missing, v)
		}
	}
	return i, i.rights(ctx, conn)
}

// rights looks at what the roles may do with the tables.
func (i *Inspection) rights(ctx context.Context, conn *pgx.Conn) error {
	var queue int
	err := conn.QueryRow(ctx, `
select pg_has_role(c.relowner, 'usage'), exists (select from pg_roles where rolname = coalesce(nullif(current_setting('yhdyspinta.reader_role', true), ''), 'yhdyspinta_reader'))
from pg_class c where c.oid = 'public.goose_db_version'::regclass`).Scan(&i.OwnsTables, &i.Reader)
	if err == nil {
		queue, err = queueVersion(ctx, conn)
		i.QueueBehind = queue < riverVersion()
	}
	if err == nil {
		i.TooMuch, err = texts(ctx, conn, `
select c.relname || ' ' || p from pg_class c, unnest('{UPDATE,DELETE,TRUNCATE,TRIGGER}'::text[]) p
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (c.relname like '%\_history' or c.relname like 'audit\_%')
  and (has_table_privilege(c.oid, p) or p = 'UPDATE' and has_any_column_privilege(c.oid, p)) order by 1`)
	}
	if err == nil {
		i.TooLittle, err = texts(ctx, conn, `
select c.relname || ' ' || p from pg_class c, unnest('{SELECT,INSERT}'::text[]) p
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not has_table_privilege(c.oid, p)
  and (p = 'SELECT' or c.relname not like '%\_history' and c.relname not like 'search\_%' -- triggers write these
      and c.relname not in ('goose_db_version', 'content_change')) order by 1`)
	}
	if err == nil && i.Reader {
		i.ReaderSees, err = texts(ctx, conn, `
with reader as (select coalesce(nullif(current_setting('yhdyspinta.reader_role', true), ''), 'yhdyspinta_reader')::name as name)
select c.relname || ' ' || p from reader r, pg_class c, unnest('{INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER,SELECT}'::text[]) p
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege(r.name, c.oid, p)
  and (p <> 'SELECT' or c.relname ~ '^(session|mail_secret|calendar_address|person|autosave|idempotency_key|mail|mail_template)(_history)?$') order by 1`)
	}
	if err != nil {
		return fmt.Errorf("look at the roles' rights: %w", err)
	}
	return nil
}

func queueVersion(ctx context.Context, conn *pgx.Conn) (version int, err error) {
	var made bool
	err = conn.QueryRow(ctx, "select exists (select from pg_class where relname = 'river_migration' and relnamespace = to_regnamespace('"+RiverSchema+"'))").Scan(&made)
	if err == nil && made {
		err = conn.QueryRow(ctx, "select coalesce(max(version), 0) from "+RiverSchema+".river_migration where line = 'main'").Scan(&version)
	}
	return version, err
}

func texts(ctx context.Context, conn *pgx.Conn, sql string) ([]string, error) {
	rows, err := conn.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
