package matrix

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// BalanceMonths is how many past month ends a balance tells of.
const BalanceMonths = 12

// By says by what a balance is broken down, beside the party.
type By string

// The breakdowns.
const (
	BalanceByParty By = "party" // not at all
	BalanceByTheme By = "theme" // of goals, of what actions serve, of chains
	BalanceByChain By = "chain" // of stages and hand-overs, of the actions pinned to them, and of the goals that belong to the chain
)

// Figures are what one party has on a day: parts of its posts in goals, actions,
// stages and hand-overs that are valid on the day, and actions. An
// action that serves goals of two themes counts in both, a goal that belongs to
// two chains in both.
type Figures struct {
	Leads      int
	Shared     int
	Unaccepted int // parts of any kind that wait for an answer, or of which a content was declined
	Overdue    int // actions that it leads and that are late
	Stale      int // running actions that it leads or shares and of which it has said nothing of its own for too long (action.Action.Word)
}

// BalanceRow is what one party has, at each of the balance's days.
type BalanceRow struct {
	Group   Group // zero if by party
	PartyID domain.PartyID
	Figures []Figures
}

// Balance says how much each party has taken on, now and at the ends of the past
// months. The past is that of the history, seen with the permissions of today.
type Balance struct {
	Days []domain.Date // month ends, the oldest first, and at last the day shown
	Rows []BalanceRow  // by group and party; every principal party has a row in every group
}

// MonthEnds are the last days of the months before the one of day, the oldest
// first.
func MonthEnds(day domain.Date) []domain.Date {
	out := make([]domain.Date, BalanceMonths)
	for i := range out {
		out[i] = domain.NewDate(day.Year(), day.Month()-time.Month(BalanceMonths-1-i), 0)
	}
	return out
}

// Balance returns the balance as the actor may see it, up to today or the as-of
// day, of what has the terms on that day.
func (s *Service) Balance(ctx context.Context, actor domain.Actor, by By, f domain.TermFilter) (b Balance, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		b, err = st.Matrix.Balance(actor.Scope(), by, f)
		return err
	})
	return b, err
}
