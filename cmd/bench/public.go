package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// publicTarget is the part of constant JSON's throughput that is aimed at for what the
// public asks again and again while nothing changes.
const publicTarget = 0.5

// publicPaths are what pages of everybody ask.
var publicPaths = []struct{ name, path string }{
	{"the overview", "/api/v1/overview"},
	{"50 actions", "/api/v1/actions?status=in_progress&partyId={party}&sort=dueOn&limit=50"},
	{"one goal", "/api/v1/goals/17"},
}

// publicReads measures what the public asks again and again, unchanged, against a handler
// that returns constant JSON of that size.
func (b *bench) publicReads(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, b.base.app)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	ids, err := someIDs(ctx, conn)
	if err != nil {
		return err
	}
	p, err := startProduct(ctx, b.base, b.clock, domain.Actor{}, nil, true)
	if err != nil {
		return err
	}
	defer p.close()
	answers := map[string][]byte{}
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, answers[c.Request().URL.RequestURI()])
	})
	constant, err := startSite(ctx, e)
	if err != nil {
		return err
	}
	defer constant.close()
	for _, of := range publicPaths {
		path := strings.ReplaceAll(ids.Replace(of.path), " ", "+")
		err := fetch(ctx, http.MethodGet, p.url+path, nil, nil, http.StatusOK, func(_ http.Header, body []byte) error {
			answers[path] = slices.Clone(body)
			return nil
		})
		if err != nil {
			return err
		}
		get := func(base string) side {
			name := map[string]string{p.url: "product", constant.url: "constant JSON"}[base]
			return side{name, func(ctx context.Context, length time.Duration) (sample, error) {
				return load(ctx, length, func(ctx context.Context, _ int) error {
					return fetch(ctx, http.MethodGet, base+path, nil, nil, http.StatusOK, nil)
				})
			}}
		}
		title := fmt.Sprintf("What the public asks again, unchanged: %s (%d kB)", of.name, len(answers[path])/1000)
		if err := b.compare(ctx, title, publicTarget, get(p.url), get(constant.url)); err != nil {
			return err
		}
	}
	return nil
}
