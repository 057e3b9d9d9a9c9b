package round

import "yhdyspinta/domain"

// Standing is how a report that a round asks for stands on a day.
type Standing string

// The standings.
const (
	Reported Standing = "reported" // on or before the last day of its level
	Late     Standing = "late"     // after it
	Missing  Standing = "missing"  // not reported, and the last day has passed
	Waiting  Standing = "waiting"  // not reported, and it can still come in time
)

// Standings lists the standings.
var Standings = []Standing{Reported, Late, Missing, Waiting}

// StandingOf tells how a report stands on a day: first is when the party first said
// something in the round, zero if it has not.
func StandingOf(first, due, day domain.Date) Standing {
	switch {
	case first.IsZero() && day.After(due):
		return Missing
	case first.IsZero():
		return Waiting
	case first.After(due):
		return Late
	}
	return Reported
}

// Expectation is one report that a round asks of a party. It is derived:
//
//   - of an action of the plan's goals, of each principal party that leads or shares
//     it on the day and has not declined, if it was made by the actions' last day and
//     either it and the party's own part in it are not over, or the party has said
//     something since the round opened: what was over before is not asked again;
//   - of each goal that was made by the goals' last day, and of the plan, of each
//     principal party.
//
// Reported on an action is what the party says of its status or confirms; nothing is
// ticked off.
type Expectation struct {
	Level     Level
	SubjectID domain.AnyID
	No        int // of the action or goal; 0 for the plan
	Title     domain.Text
	Internal  bool // only people with a role see it here: of an action also where none of its goals in the plan is public
	PartyID   domain.PartyID
	PostID    domain.PostID // that answers: leading before sharing; zero if the party has named none
	PostTitle domain.Text
	Standing  Standing
	DueOn     domain.Date
	FirstOn   domain.Date // when the party first said something in the round; zero: not yet
	LastOn    domain.Date // and last
	Status    string      // of an action, by the party's own word in the round; empty if it has said nothing in it
	Progress  int         // of an action, likewise, per cent
	Assessed  Assessment  // of a goal or the plan, by the party's last report
	Text      domain.Text // of the party's last report in the round; zero where the reader may not read it
	Public    bool        // whether everybody may read the text
	// Responsibilities of the subject, filled for pages of the list.
	Responsibilities []domain.Responsible
}

// Allowed lists what the actor may do about it: report for their own party, on an
// action by a status report.
func (e Expectation) Allowed(actor domain.Actor, r Round) []domain.Permission {
	if r.State != Open || actor.PartyID != e.PartyID {
		return []domain.Permission{}
	}
	resource := resourceOf(e.Responsibilities, e.PartyID)
	if e.Level == OfAction {
		return actor.Allowed(resource, domain.ActionReport)
	}
	if r.CompletedBy(e.PartyID) {
		return []domain.Permission{}
	}
	return actor.Allowed(resource, domain.RoundReport)
}

// Figure counts the expectations of one level and party by how they stand.
type Figure struct {
	Level   Level
	PartyID domain.PartyID
	Tally
}

// Tally counts expectations by how they stand.
type Tally struct {
	Reported int
	Late     int
	Missing  int
	Waiting  int
}

// Add counts one more.
func (t *Tally) Add(s Standing) {
	switch s {
	case Reported:
		t.Reported++
	case Late:
		t.Late++
	case Missing:
		t.Missing++
	case Waiting:
		t.Waiting++
	}
}

// side sums the figures of a party.
func side(figures []Figure, party domain.PartyID) (t Tally) {
	for _, f := range figures {
		if f.PartyID == party {
			t.Reported += f.Reported
			t.Late += f.Late
			t.Missing += f.Missing
			t.Waiting += f.Waiting
		}
	}
	return t
}

// Filter narrows the expectations; values of one field are alternatives.
type Filter struct {
	Levels    []Level
	Parties   []domain.PartyID
	Standings []Standing
	Posts     []domain.PostID
}
