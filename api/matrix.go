package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/matrix"
)

// Matrix says who has which part in what.
type Matrix struct {
	Day     domain.Date    `json:"day" format:"date" doc:"The day shown: today or the as-of day"`
	Groups  []MatrixGroup  `json:"groups" doc:"Themes or chains with rows, in their order"`
	Rows    []MatrixRow    `json:"rows" doc:"By group; actions follow the goal that they serve"`
	More    bool           `json:"more" doc:"There are more than 400 goals, stages and hand-overs: narrow the filter"`
	Columns []MatrixColumn `json:"columns" doc:"Posts with a cell, by party, unit and title"`
	Cells   []MatrixCell   `json:"cells"`
}

// MatrixGroup is a theme or chain.
type MatrixGroup struct {
	ID    domain.AnyID `json:"id" format:"uuid"`
	Title Text         `json:"title"`
}

// MatrixRow is one thing that posts have a part in.
type MatrixRow struct {
	GroupID    domain.AnyID       `json:"groupId" format:"uuid"`
	Kind       domain.SubjectKind `json:"kind" enum:"goal,action,stage,handover"`
	ID         domain.AnyID       `json:"id" format:"uuid"`
	No         int                `json:"no" doc:"Number of a goal or action, place of a stage or hand-over"`
	GoalID     *domain.AnyID      `json:"goalId,omitempty" format:"uuid" doc:"Of an action: the goal that it stands under"`
	Title      Text               `json:"title" doc:"Of a hand-over: what passes"`
	From       *Text              `json:"from,omitempty" doc:"Of a hand-over: the giving stage"`
	To         *Text              `json:"to,omitempty" doc:"Of a hand-over: the receiving stage"`
	Visibility domain.Visibility  `json:"visibility" enum:"public,internal"`
	Condition  string             `json:"condition,omitempty" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"Of an action"`
	Actions    int                `json:"actions" doc:"Of a goal: how many actions meet the filter, counted up to 50"`
	MoreThan   bool               `json:"moreThan" doc:"There are more than those counted"`
	Acceptance []MatrixAcceptance `json:"acceptance" doc:"What each party says of the row as a whole; empty where no agreement between parties is needed"`
}

// MatrixAcceptance is a party's word on all responsibilities of a row.
type MatrixAcceptance struct {
	PartyID domain.PartyID         `json:"partyId" format:"uuid"`
	Answer  domain.AcceptanceState `json:"answer" enum:"open,accepted,declined,reopened" doc:"The worst: declined before open before reopened (a change of what is in force waits) before accepted"`
}

// MatrixColumn is a post with its place and totals.
type MatrixColumn struct {
	Post   PostRef       `json:"post"`
	UnitID domain.UnitID `json:"unitId" format:"uuid"`
	Unit   Text          `json:"unit"`
	Lead   int           `json:"lead" doc:"Lead parts in the goals shown"`
	Shared int           `json:"shared" doc:"Shared parts in the goals shown"`
}

// MatrixCell is one responsibility: where the row of its subject meets the column of its post.
type MatrixCell struct {
	ResponsibilityID domain.ResponsibilityID `json:"responsibilityId" format:"uuid"`
	SubjectID        domain.AnyID            `json:"subjectId" format:"uuid"`
	PostID           domain.PostID           `json:"postId" format:"uuid"`
	Part             domain.Part             `json:"part" enum:"lead,shared,support,informed"`
	Standing         domain.Standing         `json:"standing" enum:"proposed,declined,in_force,reopened,change_declined"`
}

// ResponsibilityCounts are those of all responsibilities that the caller may see.
type ResponsibilityCounts struct {
	All     int `json:"all" doc:"That have not ended"`
	InForce int `json:"inForce" doc:"In force, if not in the newest content: standing in_force, reopened or change_declined"`
	Waiting int `json:"waiting" doc:"With any standing but in_force"`
}

func matrixBody(m matrix.Matrix) Matrix {
	out := Matrix{Day: m.Day, More: m.More, Groups: make([]MatrixGroup, len(m.Groups)),
		Rows: make([]MatrixRow, len(m.Rows)), Columns: make([]MatrixColumn, len(m.Columns)), Cells: make([]MatrixCell, len(m.Cells))}
	for i, g := range m.Groups {
		out.Groups[i] = MatrixGroup(g)
	}
	for i, r := range m.Rows {
		row := MatrixRow{GroupID: r.Group, Kind: r.Kind, ID: r.ID, No: r.No, GoalID: r.Goal.Ptr(), Title: r.Title, Visibility: r.Visibility,
			Condition: r.Condition, Actions: r.Actions, MoreThan: r.MoreThan, Acceptance: make([]MatrixAcceptance, len(r.Acceptance))}
		if r.Kind == domain.SubjectHandover {
			row.From, row.To = &r.From, &r.To
		}
		for j, a := range r.Acceptance {
			row.Acceptance[j] = MatrixAcceptance{PartyID: a.PartyID, Answer: a.State}
		}
		out.Rows[i] = row
	}
	for i, c := range m.Columns {
		out.Columns[i] = MatrixColumn{Post: PostRef{ID: c.PostID, Title: c.Title, PartyID: c.PartyID}, UnitID: c.UnitID, Unit: c.Unit, Lead: c.Lead, Shared: c.Shared}
	}
	for i, c := range m.Cells {
		out.Cells[i] = MatrixCell{ResponsibilityID: c.ID, SubjectID: c.Subject, PostID: c.PostID, Part: c.Part, Standing: c.Standing}
	}
	return out
}

// MatrixParams are what the matrix is asked with.
type MatrixParams struct {
	AsOfParam
	MatrixFilters
}

// MatrixFilters choose rows and cells of the matrix, and of its files.
type MatrixFilters struct {
	TermParams
	Rows      string   `query:"rows" enum:"theme,chain" default:"theme" doc:"theme: the goals of the plan in force by theme; chain: the stages and hand-overs of each chain, then the goals that its actions serve"`
	Chain     []string `query:"chainId,explode" maxItems:"50" doc:"What belongs to these chains"`
	Goal      []string `query:"goalId,explode" maxItems:"50" doc:"These goals, of whatever plan, with their actions"`
	Party     []string `query:"partyId,explode" maxItems:"50" doc:"Cells of posts of these parties"`
	Post      []string `query:"postId,explode" maxItems:"50" doc:"Cells of these posts"`
	Part      []string `query:"part,explode" maxItems:"10" enum:"lead,shared,support,informed" doc:"Cells with these parts"`
	Standing  []string `query:"standing,explode" maxItems:"10" enum:"proposed,declined,in_force,reopened,change_declined" doc:"Cells with these standings"`
	Condition []string `query:"condition,explode" maxItems:"10" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"Actions in these conditions, and the goals that have one"`
}

func (p MatrixFilters) filter() (matrix.Filter, error) {
	f := matrix.Filter{Arrangement: matrix.Arrangement(p.Rows), Parts: filterOf(toStrings[domain.Part](p.Part)),
		Standings: filterOf(toStrings[domain.Standing](p.Standing)), Conditions: filterOf(p.Condition)}
	return f, firstError(p.terms(&f.TermFilter), idFilter(&f.Chains, "chainId", p.Chain), idFilter(&f.Goals, "goalId", p.Goal),
		idFilter(&f.Parties, "partyId", p.Party), idFilter(&f.Posts, "postId", p.Post))
}

const matrixDescription = termsDescription + "Of the matrix, themes choose rows; the other terms choose goals and actions by themselves and with them the goals of chosen actions. " +
	"Filters on posts, parts and standings choose cells, and with them the rows that have such a cell, or goals an action of which has one. "

func (s *Server) registerMatrix() {
	const tag = "Responsibilities"
	handle(s, operation{ID: "getMatrix", Kept: true, Method: http.MethodGet, Path: "/matrix", Tag: tag, Permission: readScope,
		Summary: "Get the matrix of responsibilities: who has which part in the goals and their actions",
		Description: matrixDescription + "At most 400 goals, stages and hand-overs come. Up to 40 goals bring their actions along, at most 400 in all, shared evenly " +
			"between the goals; actions counts how many there are. With more goals, ask for the actions of one by goalId; what is beyond that is in GET /actions and the exports."},
		func(ctx context.Context, a domain.Actor, in *struct{ MatrixParams }) (*struct{ Body Matrix }, error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			m, err := s.Services.Matrix.Matrix(ctx, a, f)
			if err != nil {
				return nil, err
			}
			return &struct{ Body Matrix }{matrixBody(m)}, nil
		})
	handle(s, operation{ID: "getResponsibilityCounts", Kept: true, Method: http.MethodGet, Path: "/responsibilities/counts", Tag: tag, Permission: readScope,
		Summary:     "Count the responsibilities: all, in force and waiting",
		Description: "Of goals, actions, stages, hand-overs, chains and forums, as GET /responsibilities lists them."},
		func(ctx context.Context, a domain.Actor, _ *struct{ AsOfParam }) (*struct{ Body ResponsibilityCounts }, error) {
			c, err := s.Services.Matrix.Counts(ctx, a)
			if err != nil {
				return nil, err
			}
			return &struct{ Body ResponsibilityCounts }{ResponsibilityCounts(c)}, nil
		})
	s.registerMatrixFiles()
	s.registerBalance()
}

// Balance says how much each party has taken on.
type Balance struct {
	Days []domain.Date `json:"days" doc:"The ends of the last 12 months, the oldest first, and at last the day shown"`
	Rows []BalanceRow  `json:"rows" doc:"By group and party; every principal party has a row in every group"`
}

// BalanceRow is what one party has in one group.
type BalanceRow struct {
	Group   *MatrixGroup     `json:"group,omitempty" doc:"Theme or chain; missing if by party only"`
	PartyID domain.PartyID   `json:"partyId" format:"uuid"`
	Figures []BalanceFigures `json:"figures" doc:"One for each of the days"`
}

// BalanceFigures are a party's figures on a day.
type BalanceFigures struct {
	Leads      int `json:"leads" doc:"Lead parts of its posts in goals, actions, stages and hand-overs"`
	Shared     int `json:"shared" doc:"Shared parts"`
	Unaccepted int `json:"unaccepted" doc:"Parts of any kind with any standing but in_force"`
	Overdue    int `json:"overdue" doc:"Actions that it leads and that are late, as GET /actions?condition=late&partyId= counts them"`
	Stale      int `json:"stale" doc:"Running actions that it leads or shares and of which it has itself said nothing for longer than the limit of its freshness, late ones too, as GET /actions?silentPartyId= counts them; the radar has them as never_updated and not_updated"`
}

func balanceBody(b matrix.Balance) Balance {
	out := Balance{Days: b.Days, Rows: make([]BalanceRow, len(b.Rows))}
	for i, r := range b.Rows {
		row := BalanceRow{PartyID: r.PartyID, Figures: make([]BalanceFigures, len(r.Figures))}
		if !r.Group.ID.IsZero() {
			g := MatrixGroup(r.Group)
			row.Group = &g
		}
		for j, f := range r.Figures {
			row.Figures[j] = BalanceFigures(f)
		}
		out.Rows[i] = row
	}
	return out
}

func (s *Server) registerBalance() {
	handle(s, operation{ID: "getBalance", Method: http.MethodGet, Path: "/balance", Tag: "Responsibilities", Permission: readScope,
		Summary: "Get the balance of responsibilities between the parties, with its change over a year",
		Description: "Counted from the history at the ends of the last 12 months, as the caller may see it today: what was internal then or is now is not told to the public. " +
			"An action for goals of two themes counts in both. Filters by terms choose what has them on the day shown, and tell how that went. " + termsDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			TermParams
			By string `query:"by" enum:"party,theme,chain" default:"party" doc:"By what the figures are broken down beside the party"`
		}) (*struct{ Body Balance }, error) {
			var f domain.TermFilter
			if err := in.terms(&f); err != nil {
				return nil, err
			}
			b, err := s.Services.Matrix.Balance(ctx, a, matrix.By(in.By), f)
			if err != nil {
				return nil, err
			}
			return &struct{ Body Balance }{balanceBody(b)}, nil
		})
}
