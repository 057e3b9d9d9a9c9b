package main

import (
	"context"
	"database/sql/driver"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// onePath is an action of a party with much to tell: goals, a stage, tasks, reports,
// cases, and words of both parties.
func onePath(ctx context.Context, conn *pgx.Conn, party domain.PartyID) (string, error) {
	var id string
	err := conn.QueryRow(ctx, `select a.id::text from action a
where a.lead_party_id = $1 and a.status = 'in_progress' and a.visibility = 'public' and a.stage_id is not null
  and exists (select 1 from action_task t where t.action_id = a.id) and exists (select 1 from case_reference c where c.subject_id = a.id)
order by (select count(*) from status_report s where s.action_id = a.id) desc, (select count(*) from responsibility r where r.subject_id = a.id) desc, a.no limit 1`, party.String()).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("find an action: %w", err)
	}
	return "/api/v1/actions/" + id, nil
}

// together is a bare handler that answers what the product answered to an address, after
// one statement that reads all that the product reads for it: each of the product's
// statements is a part of it. What that one statement leaves out is what the product
// adds: a transaction, a way to the database for each of them, planning, and the making
// of the answer. It keeps up by itself when an action tells more.
type together struct {
	site
	pool    *pgxpool.Pool
	sql     map[bool]string // for staff, or the public
	args    map[bool][]any
	answers map[bool][]byte
}

func startTogether(ctx context.Context, base database, clock domain.Clock, actor domain.Actor, path string) (*together, error) {
	tracer := &capture{}
	p, err := startProduct(ctx, base, clock, actor, tracer, false)
	if err != nil {
		return nil, err
	}
	defer p.close()
	f := &together{sql: map[bool]string{}, args: map[bool][]any{}, answers: map[bool][]byte{}}
	for _, who := range everybody {
		staff := who.headers != nil
		statements, err := tracer.during(func() error {
			return fetch(ctx, http.MethodGet, p.url+path, who.headers, nil, http.StatusOK, func(_ http.Header, body []byte) error {
				f.answers[staff] = slices.Clone(body)
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
		var parts []string
		for _, s := range statements {
			if sql := strings.ToLower(strings.TrimSpace(s.sql)); !strings.HasPrefix(sql, "select") && !strings.HasPrefix(sql, "with") {
				continue
			}
			begin := len(f.args[staff])
			sql := parameter.ReplaceAllStringFunc(s.sql, func(mark string) string {
				n, _ := strconv.Atoi(mark[1:])
				return "$" + strconv.Itoa(begin+n)
			})
			parts = append(parts, "(select json_agg(x) from ("+sql+") x)")
			for _, arg := range s.args {
				plain, err := driver.DefaultParameterConverter.ConvertValue(arg) // such as an id's text: pgx knows it at once
				if err != nil {
					return nil, fmt.Errorf("argument %v: %w", arg, err)
				}
				f.args[staff] = append(f.args[staff], plain)
			}
		}
		f.sql[staff] = "select " + strings.Join(parts, ",\n")
	}
	cfg, err := pgxpool.ParseConfig(base.app)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = clients
	for name, value := range map[string]string{"plan_cache_mode": "force_generic_plan", "random_page_cost": "1.1", "jit": "off"} {
		cfg.ConnConfig.RuntimeParams[name] = value
	}
	if f.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, err
	}
	e := echo.New()
	e.GET(path, f.one)
	if f.site, err = startSite(ctx, e); err != nil {
		f.pool.Close()
		return nil, err
	}
	return f, nil
}

func (f *together) one(c echo.Context) error {
	staff := c.Request().Header.Get(staffHeader) != ""
	rows, err := f.pool.Query(c.Request().Context(), f.sql[staff], f.args[staff]...)
	if err != nil {
		return err
	}
	defer rows.Close()
	read := 0
	for rows.Next() {
		for _, part := range rows.RawValues() {
			read += len(part)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if read == 0 {
		return fmt.Errorf("nothing was read")
	}
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, f.answers[staff])
}

func (f *together) close() {
	f.site.close()
	f.pool.Close()
}
