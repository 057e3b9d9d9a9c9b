package round

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// MaxOpen is of how many open rounds at once people are told what they ask. A plan
// has one at most.
const MaxOpen = 20

// Asker is whom open rounds are looked through for.
type Asker struct {
	PostID  domain.PostID  // what it answers for
	PartyID domain.PartyID // not zero: also what no post of this party answers for, which its coordinators see to
}

// AskerOf is the actor's post, and of a coordinator the party for which they act.
func AskerOf(a domain.Actor) Asker {
	of := Asker{PostID: a.PostID}
	if slices.ContainsFunc(a.Grants, func(g domain.ActiveGrant) bool { return g.Role == domain.RoleCoordinator && g.PartyID == a.PartyID }) {
		of.PartyID = a.PartyID
	}
	return of
}

// Wanted is what an open round still asks of somebody.
type Wanted struct {
	Round View
	Expectation
}

// WantedFor says what of what open rounds ask is asked for.
type WantedFor struct {
	Reasons WantedReasons
	About   domain.AboutFilter
	Limit   int
	// Except are actions that are counted and told elsewhere; of those among Also the
	// rounds are told nevertheless.
	Except, Also []domain.ActionID
}

// WantedReasons narrow it by the last day; neither: both.
type WantedReasons struct{ Late, InTime bool }

// Wants returns what the open rounds still ask of the post that the actor acts in,
// and of a coordinator what no post of their party answers for: nothing without a
// post, and nothing of a side that the party has completed. What is missing comes
// first, then what is due first; at most limit of it beside Also. total counts the
// things, each once however many rounds ask for it, without Except.
func (s *Service) Wants(ctx context.Context, actor domain.Actor, f WantedFor) (items []Wanted, total int, err error) {
	if actor.PostID.IsZero() {
		return nil, 0, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		rounds, err := st.Rounds.OpenRounds(actor.Scope())
		if err != nil {
			return err
		}
		rounds = slices.DeleteFunc(rounds, func(r View) bool { return r.CompletedBy(actor.PartyID) })
		items, total, err = st.Rounds.Wanted(actor.Scope(), rounds, AskerOf(actor), f)
		return err
	})
	return items, total, err
}
