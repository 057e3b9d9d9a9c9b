package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

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
func (b *bench) publicReads(ctx context.Context) ([]measurement, error) {
	conn, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := someIDs(ctx, conn)
	if err != nil {
		return nil, err
	}
	p, err := b.product(ctx, b.base, domain.Actor{}, true)
	if err != nil {
		return nil, err
	}
	answers := map[string][]byte{}
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, answers[c.Request().URL.RequestURI()])
	})
	constant, err := startSite(ctx, e)
	if err != nil {
		return nil, err
	}
	b.until(constant.close)
	var all []measurement
	for _, of := range publicPaths {
		path := strings.ReplaceAll(ids.Replace(of.path), " ", "+")
		err := fetch(ctx, http.MethodGet, p.url+path, nil, nil, http.StatusOK, func(_ http.Header, body []byte) error {
			answers[path] = slices.Clone(body)
			return nil
		})
		if err != nil {
			return nil, err
		}
		all = append(all, comparison(fmt.Sprintf("What the public asks again, unchanged: %s (%d kB)", of.name, len(answers[path])/1000), publicTarget,
			asked("product", clients, p.url+path, nil), asked("constant JSON", clients, constant.url+path, nil)))
	}
	return all, nil
}
