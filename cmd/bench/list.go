package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// lists measures the first page of a party's actions in progress by due date:
// the product against the floor, for the public and for staff.
func (b *bench) lists(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, b.base.app)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return err
	}
	product, err := startProduct(ctx, b.base, b.clock, actor, nil, false)
	if err != nil {
		return err
	}
	defer product.close()
	floor, err := startFloor(ctx, b.base, b.clock, actor)
	if err != nil {
		return err
	}
	defer floor.close()
	path := "/api/v1/actions?status=in_progress&partyId=" + actor.PartyID.String() + "&sort=dueOn&limit=50"
	for _, who := range []struct {
		name    string
		headers map[string]string
	}{{"the public", nil}, {"staff", map[string]string{staffHeader: "1"}}} {
		size, err := sameAnswer(ctx, product.url+path, floor.url+path, who.headers)
		if err != nil {
			return err
		}
		get := func(base string) func(context.Context, time.Duration) (sample, error) {
			return func(ctx context.Context, length time.Duration) (sample, error) {
				return load(ctx, length, func(ctx context.Context, _ int) error {
					return fetch(ctx, http.MethodGet, base+path, who.headers, nil, http.StatusOK, nil)
				})
			}
		}
		err = b.compare(ctx, fmt.Sprintf("List of 50 actions by status and party, sorted by due date, as %s (%d kB)", who.name, size/1000),
			listTarget, side{"product", get(product.url)}, side{"bare handler", get(floor.url)})
		if err != nil {
			return err
		}
	}
	return nil
}

// sameAnswer makes sure that two addresses give the same bytes and returns how
// many. (Ids of requests stand in headers.)
func sameAnswer(ctx context.Context, a, b string, headers map[string]string) (int, error) {
	var bodies [2][]byte
	for i, url := range []string{a, b} {
		err := fetch(ctx, http.MethodGet, url, headers, nil, http.StatusOK, func(_ http.Header, body []byte) error {
			bodies[i] = slices.Clone(body)
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	if !bytes.Equal(bodies[0], bodies[1]) {
		at := 0
		for at < min(len(bodies[0]), len(bodies[1])) && bodies[0][at] == bodies[1][at] {
			at++
		}
		around := func(body []byte) []byte { return body[max(0, at-200):min(len(body), at+200)] }
		return 0, fmt.Errorf("the answers differ at byte %d:\n%s\n%s", at, around(bodies[0]), around(bodies[1]))
	}
	return len(bodies[0]), nil
}
