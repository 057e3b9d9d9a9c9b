// Package storage keeps the entities of the domain in PostgreSQL. It is the
// only package that knows SQL and GORM.
package storage

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"yhdyspinta/domain"
)

// DB is a pool of connections as the application role.
type DB struct {
	pool    *pgxpool.Pool
	sql     *sql.DB
	gorm    *gorm.DB
	clock   domain.Clock
	feed    *Feed
	end     context.CancelFunc // of what runs beside requests
	gate    *gate
	fresh   bool // Options.KeepNothing
	changes changes

	lastWrite atomic.Pointer[time.Time] // see writtenAt
}

// Options tune Open.
type Options struct {
	MaxConnections int // 0 means 16
	Clock          domain.Clock
	Log            *slog.Logger
	Tracer         pgx.QueryTracer // sees every statement; nil for none
	KeepNothing    bool            // derive every answer anew: see Kept
}

// Open connects to the database at dsn as the application role. It does not
// migrate: see Migrate.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	cfg.MaxConns = int32(o.MaxConnections)
	if cfg.MaxConns == 0 {
		cfg.MaxConns = 16
	}
	cfg.MinIdleConns = min(4, cfg.MaxConns)
	cfg.ConnConfig.ConnectTimeout = connectWithin
	cfg.PingTimeout = pingWithin
	cfg.ConnConfig.Tracer = everyStatement{answering{o.Tracer}}
	cfg.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		registerIDs(conn.TypeMap())
		return nil
	}
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.ConnConfig.RuntimeParams["application_name"] = "yhdyspinta"
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = "15000"
	if _, given := cfg.ConnConfig.RuntimeParams["random_page_cost"]; !given {
		// The data fit in memory. PostgreSQL's own value, for spinning disks, makes
		// it read whole tables where an index finds the rows (docs/guide/speed.md).
		cfg.ConnConfig.RuntimeParams["random_page_cost"] = "1.1"
	}
	if _, given := cfg.ConnConfig.RuntimeParams["jit"]; !given {
		// To compile a query takes longer than any of ours runs.
		cfg.ConnConfig.RuntimeParams["jit"] = "off"
	}
	cfg.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "20000"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	gate := &gate{}
	std := sql.OpenDB(gated{stdlib.GetPoolConnector(pool), gate})
	std.SetMaxIdleConns(0) // the pool keeps them
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: std}), &gorm.Config{
		SkipDefaultTransaction: true,
		NamingStrategy:         naming,
		Logger:                 logger.Discard, // errors are returned and logged once, at the edge
		AllowGlobalUpdate:      false,
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("start GORM: %w", err)
	}
	beside, end := context.WithCancel(context.WithoutCancel(ctx))
	feed := newFeed(beside, cfg.ConnConfig.Copy(), o.Log)
	return &DB{pool: pool, sql: std, gorm: g, clock: o.Clock, feed: feed, end: end, gate: gate, fresh: o.KeepNothing, changes: changes{pool: pool}}, nil
}

// Close ends all connections.
func (db *DB) Close() {
	db.end()
	_ = db.sql.Close()
	db.pool.Close()
}

// Pool is the pool itself, for the session store.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.pool.Ping(ctx) }

// CheckSchema is nil if the database answers and has every migration of this
// program.
func (db *DB) CheckSchema(ctx context.Context) error { return CheckSchema(ctx, db.sql) }
