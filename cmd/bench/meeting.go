package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
)

// meetingTarget is how many times as long as an empty meeting one of 60 items, 40
// members and 200 outcomes may take to open.
const meetingTarget = 1.5

// meetingPage is what the page of a meeting that goes on asks for, in this order,
// for its secretary.
var meetingPage = []string{"/parties", "/me", "/meetings/{m}", "/meetings/{m}/agenda-items", "/meetings/{m}/changes-since-call", "/meetings/{m}/desk",
	"/meetings/{m}/offers", "/forums/{f}/decision-offers?limit=10"}

// meetings measures all that the page of a meeting asks for when its secretary
// opens it, one request after the other: of the full meeting and of the empty
// one. It prints the share of each request.
func (b *bench) meetings(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, b.base.app)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return err
	}
	var full, empty, forum domain.AnyID
	err = conn.QueryRow(ctx, `select f.id, e.id, f.forum_id from meeting f join meeting e on e.forum_id = f.forum_id and e.number = 402 where f.number = 401`).
		Scan((*[16]byte)(&full.UUID), (*[16]byte)(&empty.UUID), (*[16]byte)(&forum.UUID))
	if err != nil {
		return fmt.Errorf("find the meetings: %w", err)
	}
	actor.Grants = append(actor.Grants, domain.ActiveGrant{Role: domain.RoleSecretary, PartyID: actor.PartyID, ForumID: domain.ForumID{UUID: forum.UUID}})
	p, err := startProduct(ctx, b.base, b.clock, actor, nil, true)
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Fprintf(b.out, "Page of a meeting with 60 items, 40 members and 200 outcomes, all its requests by one client, against a meeting without any; aim: at most %.1f times\n%s\n",
		meetingTarget, machineLoad())
	median50 := func(id domain.AnyID, paths ...string) (float64, error) {
		samples := make([]sample, b.rounds)
		for i := range samples {
			var err error
			samples[i], err = loadBy(ctx, 1, b.length, func(ctx context.Context, _ int) error {
				for _, path := range paths {
					if err := fetch(ctx, http.MethodGet, p.url+"/api/v1"+meetingPath(path, id, forum), map[string]string{staffHeader: "1"}, nil, http.StatusOK, nil); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return 0, err
			}
		}
		return median(samples, func(s sample) float64 { return ms(s.p50) }), nil
	}
	compare := func(name string, paths ...string) error {
		of, err := median50(full, paths...)
		if err != nil {
			return err
		}
		none, err := median50(empty, paths...)
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "  %-40s full p50 %6.1f ms  empty p50 %6.1f ms  %4.1f times\n", name, of, none, of/none)
		return nil
	}
	if err := compare("the whole page", meetingPage...); err != nil {
		return err
	}
	for _, path := range meetingPage[2:] {
		if err := compare(path, path); err != nil {
			return err
		}
	}
	fmt.Fprintln(b.out)
	return nil
}

func meetingPath(path string, meeting, forum domain.AnyID) string {
	return strings.NewReplacer("{m}", meeting.String(), "{f}", forum.String()).Replace(path)
}
