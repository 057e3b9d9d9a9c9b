package apitest

import (
	"context"

	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
)

// DecisionFeeds are the use cases of decision services on the test's database,
// with a source.
func (e *Env) DecisionFeeds(source decisionfeed.Source) *decisionfeed.Service {
	return wiring.DecisionFeeds(e.DB, e.Now, domain.UUIDv7, wiring.Outward{Feeds: source})
}

// ReadFeeds reads each feed that is due, as the background work does, and returns
// how many.
func (e *Env) ReadFeeds(s *decisionfeed.Service) int {
	e.T.Helper()
	ctx := context.Background()
	due, err := s.Due(ctx)
	if err != nil {
		e.T.Fatal(err)
	}
	for _, id := range due {
		if err := s.Fetch(ctx, id); err != nil {
			e.T.Fatal(err)
		}
	}
	return len(due)
}
