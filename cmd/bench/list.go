package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"

	"yhdyspinta/domain"
)

// everybody is who asks: the public, and staff.
var everybody = []struct {
	name    string
	headers map[string]string
}{{"the public", nil}, {"staff", map[string]string{staffHeader: "1"}}}

// listPath is the first page of a party's actions in progress, by due date.
func listPath(party domain.PartyID) string {
	return "/api/v1/actions?status=in_progress&partyId=" + party.String() + "&sort=dueOn&limit=50"
}

// lists measures the list of actions and one action: the product, deriving each answer
// anew, against the floor, for the public and for staff.
func (b *bench) lists(ctx context.Context) ([]measurement, error) {
	conn, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return nil, err
	}
	product, err := b.product(ctx, b.base, actor, false)
	if err != nil {
		return nil, err
	}
	floor, err := startFloor(ctx, b.base, b.clock, actor)
	if err != nil {
		return nil, err
	}
	b.until(floor.close)
	one, err := onePath(ctx, conn, actor.PartyID)
	if err != nil {
		return nil, err
	}
	together, err := startTogether(ctx, b.base, b.clock, actor, one)
	if err != nil {
		return nil, err
	}
	b.until(together.close)
	var all []measurement
	for _, of := range []struct{ what, path, floor string }{
		{"List of 50 actions by status and party, sorted by due date", listPath(actor.PartyID), floor.url},
		{"One action", one, together.url},
	} {
		for _, who := range everybody {
			size, err := sameAnswer(ctx, product.url+of.path, of.floor+of.path, who.headers)
			if err != nil {
				return nil, err
			}
			all = append(all, comparison(fmt.Sprintf("%s, as %s (%d kB)", of.what, who.name, size/1000), listTarget,
				asked("product", clients, product.url+of.path, who.headers), asked("bare handler", clients, of.floor+of.path, who.headers)))
		}
	}
	return all, nil
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
