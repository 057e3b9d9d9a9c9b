package matrix

import (
	"yhdyspinta/domain"
)

// The extent of a matrix.
const (
	MaxRows    = 400 // goals, stages and hand-overs in one answer
	MaxActions = 400 // actions in one answer, shared evenly between the goals
	OpenGoals  = 40  // with more goals than this their actions come on asking only
	MaxCounted = 50  // Row.Actions counts up to this many
)

// Arrangement says by what the rows are grouped.
type Arrangement string

// The arrangements.
const (
	ByTheme Arrangement = "theme" // the goals of each theme
	ByChain Arrangement = "chain" // the stages and hand-overs of each chain, then the goals that belong to it: that actions of it serve, or that are pinned to it
)

// Filter narrows a matrix. Different fields are AND. The fields on posts and
// standing choose cells, and with them the rows that have such a cell, or a goal
// an action of which has one. Conditions choose actions, and the goals that have
// such an action. Target groups, districts and tags choose goals and actions by
// themselves, stages and hand-overs by their chain, and the goals of what they
// choose.
type Filter struct {
	Arrangement       Arrangement
	domain.TermFilter                              // its themes are those of goals, of chains if rows are theirs
	Chains            domain.AnyOf[domain.ChainID] // to which actions belong, by their stage or hand-over, and goals, by their actions or pins
	Goals             domain.AnyOf[domain.GoalID]
	Parties           domain.AnyOf[domain.PartyID]
	Posts             domain.AnyOf[domain.PostID]
	Parts             domain.AnyOf[domain.Part]
	Standings         domain.AnyOf[domain.Standing]
	Conditions        domain.AnyOf[string]
}

// Cells reports whether the filter chooses cells.
func (f Filter) Cells() bool {
	return !f.Parties.IsZero() || !f.Posts.IsZero() || !f.Parts.IsZero() || !f.Standings.IsZero()
}

// Matrix says who has which part in what on a day, as far as one scope may see
// it.
type Matrix struct {
	Day     domain.Date
	Groups  []Group  // with rows only, in their own order
	Rows    []Row    // by group; actions follow their goal
	More    bool     // there are rows beyond MaxRows
	Columns []Column // by party, unit and title; those with a cell only
	Cells   []Cell
}

// Group is a theme or chain.
type Group struct {
	ID    domain.AnyID
	Title domain.Text
}

// Row is a goal, action, stage or hand-over. The same goal stands in every chain
// that it belongs to.
type Row struct {
	Group      domain.AnyID
	Kind       domain.SubjectKind
	ID         domain.AnyID
	No         int                 // of a goal or action; the place of a stage
	Goal       domain.AnyID        // of an action: the goal that it stands under
	Title      domain.Text         // of a hand-over: what passes
	From, To   domain.Text         // of a hand-over: its stages
	Visibility domain.Visibility   // of a stage or hand-over: its chain's
	Condition  string              // of an action
	Actions    int                 // of a goal: how many meet the filter, up to MaxCounted
	MoreThan   bool                // there are more than MaxCounted
	Acceptance []domain.Acceptance // what each party says of the row as a whole, where it concerns more than one; see State
}

// Column is a post.
type Column struct {
	PostID  domain.PostID
	Title   domain.Text
	PartyID domain.PartyID
	UnitID  domain.UnitID
	Unit    domain.Text
	Lead    int // parts in the goals of the matrix
	Shared  int
}

// Cell is one post's part in one row's thing. A post can have two parts in the
// same thing.
type Cell struct {
	ID       domain.ResponsibilityID
	Subject  domain.AnyID
	PostID   domain.PostID
	Part     domain.Part
	Standing domain.Standing
}

// Counts are those of all responsibilities that the scope may see and that have
// not ended, whatever the filter: of goals, actions, stages, hand-overs, chains
// and forums.
type Counts struct {
	All     int
	InForce int // accepted by all whom they concern, if not in the newest content
	Waiting int // for an answer, or for what follows a declining one
}

// AcceptanceReopened is a party's state towards a row that was accepted and of
// which a change waits for its answer.
const AcceptanceReopened domain.AcceptanceState = "reopened"

// Line is one responsibility of an export, with its row. Lines of a thing that
// nobody is responsible for have no post.
type Line struct {
	Group     domain.Text
	Kind      domain.SubjectKind
	GoalNo    int // of a goal, and of an action the goal that it stands under
	No        int // of an action; the place of a stage
	Title     domain.Text
	Condition string // of an action
	Party     domain.Text
	Unit      domain.Text
	Post      domain.Text
	Part      domain.Part
	Standing  domain.Standing
	Wording   domain.Text
	ValidFrom domain.Date
	ValidTo   domain.Date
	// Visibility is that of the thing; of stages and hand-overs that of their chain.
	Visibility domain.Visibility
}
