package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

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
// meeting, of the empty one, and each request alone.
func (b *bench) meetings(ctx context.Context) ([]measurement, error) {
	conn, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := findStaff(ctx, conn)
	if err != nil {
		return nil, err
	}
	var full, empty, forum domain.AnyID
	err = conn.QueryRow(ctx, `select f.id, e.id, f.forum_id from meeting f join meeting e on e.forum_id = f.forum_id and e.number = 2002 where f.number = 2001`).
		Scan((*[16]byte)(&full.UUID), (*[16]byte)(&empty.UUID), (*[16]byte)(&forum.UUID))
	if err != nil {
		return nil, fmt.Errorf("find the meetings: %w", err)
	}
	list := listPath(actor.PartyID)
	actor.Grants = append(actor.Grants, domain.ActiveGrant{Role: domain.RoleSecretary, PartyID: actor.PartyID, ForumID: domain.ForumID{UUID: forum.UUID}})
	p, err := b.product(ctx, b.base, actor, true)
	if err != nil {
		return nil, err
	}
	staff := map[string]string{staffHeader: "1"}
	// What one wave asks for is asked at the same time, the next when all has come.
	opened := func(name string, id domain.AnyID, waves [][]string) side {
		return side{name, func(ctx context.Context, length time.Duration) (sample, error) {
			return loadBy(ctx, 1, length, func(ctx context.Context, _ int) error {
				for _, wave := range waves {
					together, ctx := errgroup.WithContext(ctx)
					for _, path := range wave {
						together.Go(func() error {
							return fetch(ctx, http.MethodGet, p.url+"/api/v1"+meetingPath(path, id, forum), staff, nil, http.StatusOK, nil)
						})
					}
					if err := together.Wait(); err != nil {
						return err
					}
				}
				return nil
			})
		}}
	}
	of := func(name string, waves ...[]string) measurement {
		sides := []side{opened("full", full, waves), opened("empty", empty, waves), asked("the list", 1, p.url+list, staff)}
		return measurement{fmt.Sprintf("Page of a meeting, %s, by one client (aim as a browser opens it: at most %.1f times an empty meeting)", name, meetingTarget), sides,
			func(out io.Writer, of [][]sample) {
				full, empty, list := medianP50(of[0]), medianP50(of[1]), medianP50(of[2])
				fmt.Fprintf(out, "  full p50 %6.1f ms  empty p50 %6.1f ms  %4.1f times  %4.1f times the list's %.1f ms\n", ms(full), ms(empty), full.Seconds()/empty.Seconds(), full.Seconds()/list.Seconds(), ms(list))
			}}
	}
	var oneByOne [][]string
	for _, path := range meetingPage {
		oneByOne = append(oneByOne, []string{path})
	}
	all := []measurement{of("as a browser opens it", meetingPage[:3], meetingPage[3:]), of("one request after the other", oneByOne...)}
	for _, path := range meetingPage[2:] {
		all = append(all, of(path, []string{path}))
	}
	return all, nil
}

func meetingPath(path string, meeting, forum domain.AnyID) string {
	return strings.NewReplacer("{m}", meeting.String(), "{f}", forum.String()).Replace(path)
}
