package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"yhdyspinta/domain"
)

// meetingTarget is how many times as long as an empty meeting one of 60 items, 40
// members and 200 outcomes may take to open.
const meetingTarget = 1.5

// meetingPage is what the page of a meeting that goes on asks for, for its
// secretary: the first three to know what to show, then the rest.
var meetingPage = []string{"/parties", "/me", "/meetings/{m}", "/meetings/{m}/agenda-items", "/meetings/{m}/changes-since-call", "/meetings/{m}/desk",
	"/meetings/{m}/offers", "/forums/{f}/decision-offers?limit=10"}

// meetings measures all that the page of a meeting asks for when its secretary
// opens it, as the browser asks and one request after the other: of the full
// meeting and of the empty one. It prints the share of each request.
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
	fmt.Fprintf(b.out, "Page of a meeting with 60 items, 40 members and 200 outcomes, by one client, against a meeting without any; aim as a browser opens it: at most %.1f times\n%s\n",
		meetingTarget, machineLoad())
	// What one wave asks for is asked at the same time, the next when all has come.
	compare := func(name string, waves ...[]string) error {
		of, none := make([]sample, b.rounds), make([]sample, b.rounds)
		for round := range of { // in turn: the machine's drift meets both
			for id, samples := range map[domain.AnyID][]sample{full: of, empty: none} {
				var err error
				samples[round], err = loadBy(ctx, 1, b.length, func(ctx context.Context, _ int) error {
					for _, wave := range waves {
						together, ctx := errgroup.WithContext(ctx)
						for _, path := range wave {
							together.Go(func() error {
								return fetch(ctx, http.MethodGet, p.url+"/api/v1"+meetingPath(path, id, forum), map[string]string{staffHeader: "1"}, nil, http.StatusOK, nil)
							})
						}
						if err := together.Wait(); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
		}
		p50 := func(s sample) float64 { return ms(s.p50) }
		fmt.Fprintf(b.out, "  %-40s full p50 %6.1f ms  empty p50 %6.1f ms  %4.1f times\n", name, median(of, p50), median(none, p50), median(of, p50)/median(none, p50))
		return nil
	}
	if err := compare("the page as a browser opens it", meetingPage[:3], meetingPage[3:]); err != nil {
		return err
	}
	var oneByOne [][]string
	for _, path := range meetingPage {
		oneByOne = append(oneByOne, []string{path})
	}
	if err := compare("all of it, one after the other", oneByOne...); err != nil {
		return err
	}
	for _, path := range meetingPage[2:] {
		if err := compare(path, []string{path}); err != nil {
			return err
		}
	}
	fmt.Fprintln(b.out)
	return nil
}

func meetingPath(path string, meeting, forum domain.AnyID) string {
	return strings.NewReplacer("{m}", meeting.String(), "{f}", forum.String()).Replace(path)
}
