package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
)

// RoundSummary is a reporting round in a list.
type RoundSummary struct {
	ID           domain.RoundID      `json:"id" format:"uuid"`
	Key          string              `json:"key" doc:"Permanent name"`
	Kind         round.Kind          `json:"kind" enum:"annual,interim"`
	Title        Text                `json:"title"`
	Plan         PlanRef             `json:"plan"`
	PeriodFrom   domain.Date         `json:"periodFrom" format:"date" doc:"What is reported on; both days belong to it"`
	PeriodTo     domain.Date         `json:"periodTo" format:"date"`
	OpensOn      domain.Date         `json:"opensOn" format:"date" doc:"What was said from this day on counts"`
	Levels       []RoundLevel        `json:"levels" doc:"The lowest first"`
	State        round.State         `json:"state" enum:"open,completed,cancelled"`
	OpenedAt     time.Time           `json:"openedAt"`
	OpenedBy     *PostRef            `json:"openedBy,omitempty" doc:"Missing when it was opened without a post"`
	EndedAt      *time.Time          `json:"endedAt,omitempty" doc:"When it was completed or cancelled"`
	CancelReason *Text               `json:"cancelReason,omitempty"`
	Completions  []RoundCompletion   `json:"completions" doc:"Principal parties that have completed their side, the first first"`
	Version      int                 `json:"version"`
	UpdatedAt    time.Time           `json:"updatedAt"`
	Permissions  []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// RoundLevel is the last day of a level.
type RoundLevel struct {
	Level       round.Level `json:"level" enum:"action,goal,plan"`
	WorkingDays int         `json:"workingDays" doc:"From this last day to that of the level above; 0 for the highest"`
	DueOn       domain.Date `json:"dueOn" format:"date" doc:"What is said on it is in time"`
}

// RoundCompletion is a principal party's word that its side is complete.
type RoundCompletion struct {
	PartyID     domain.PartyID `json:"partyId" format:"uuid"`
	Post        *PostRef       `json:"post,omitempty"`
	Note        *Text          `json:"note,omitempty" doc:"Why, though something is missing"`
	CompletedAt time.Time      `json:"completedAt"`
}

// RoundFigure counts the reports that a round asks for, of one level and party. Each
// figure is the number of rows of the list with these filters.
type RoundFigure struct {
	Level    round.Level    `json:"level" enum:"action,goal,plan"`
	PartyID  domain.PartyID `json:"partyId" format:"uuid"`
	Reported int            `json:"reported" doc:"In time"`
	Late     int            `json:"late" doc:"After the last day"`
	Missing  int            `json:"missing" doc:"Not reported, and the last day has passed"`
	Waiting  int            `json:"waiting" doc:"Not reported, and it can still come in time"`
}

// RoundSnapshot tells of the snapshot of a completed round.
type RoundSnapshot struct {
	Audience string    `json:"audience" enum:"public,staff" doc:"Whose version it is: staff's has internal actions and goals, and texts that are not public"`
	SHA256   string    `json:"sha256" doc:"Of the exact bytes of the JSON file, in hexadecimal, as noted when it was frozen"`
	Bytes    int       `json:"bytes"`
	Intact   bool      `json:"intact" doc:"The kept bytes have that SHA-256, computed with this answer"`
	FrozenAt time.Time `json:"frozenAt"`
}

// Round is a reporting round with how it stands. One that is over is shown as it
// stood at its end.
type Round struct {
	RoundSummary
	Parties  []domain.PartyID `json:"parties" doc:"The principal ones, in their order"`
	Figures  []RoundFigure    `json:"figures" doc:"One for each level and principal party, of what the caller sees"`
	Snapshot *RoundSnapshot   `json:"snapshot,omitempty" doc:"Once both parties have completed it"`
}

// RoundDates say when the levels are due.
type RoundDates struct {
	DueOn      string `json:"dueOn" format:"date" doc:"Last day of the plan's report. Where nobody works on it, the next working day"`
	GoalDays   int    `json:"goalDays" minimum:"1" maximum:"60" doc:"Working days from the goals' last day to the plan's"`
	ActionDays int    `json:"actionDays" minimum:"1" maximum:"60" doc:"Working days from the actions' last day to the goals'"`
}

func (d RoundDates) dates() (out round.Dates, err error) {
	out.GoalDays, out.ActionDays = d.GoalDays, d.ActionDays
	return out, dateField(&out.DueOn, "/dueOn", d.DueOn)
}

// NewRound is what is said of a round that is opened.
type NewRound struct {
	Key        string        `json:"key" minLength:"1" maxLength:"60" doc:"Permanent name: small letters, digits, hyphens and underscores, a letter first"`
	PlanID     domain.PlanID `json:"planId" format:"uuid"`
	Kind       round.Kind    `json:"kind" enum:"annual,interim"`
	Title      Text          `json:"title"`
	PeriodFrom string        `json:"periodFrom" format:"date"`
	PeriodTo   string        `json:"periodTo" format:"date"`
	OpensOn    string        `json:"opensOn,omitempty" format:"date" doc:"What was said from this day on counts; not later than today, which it is when missing"`
	RoundDates
}

func (in NewRound) edit() (round.Edit, error) {
	dates, err := in.dates()
	e := round.Edit{Key: in.Key, PlanID: in.PlanID, Kind: in.Kind, Title: in.Title, Dates: dates}
	return e, firstError(err, dateField(&e.PeriodFrom, "/periodFrom", in.PeriodFrom), dateField(&e.PeriodTo, "/periodTo", in.PeriodTo), dateField(&e.OpensOn, "/opensOn", in.OpensOn))
}

// RoundChange is what can be changed of an open round.
type RoundChange struct {
	Title Text `json:"title"`
	RoundDates
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Why; required when a last day moves. Kept in the log."`
}

// RoundPreview is what a round would ask for if it were opened today.
type RoundPreview struct {
	Levels      []RoundLevel  `json:"levels"`
	Skipped     []ClosedDay   `json:"skipped" doc:"Days from the first last day to the last on which nobody works"`
	WorkingDays int           `json:"workingDays" doc:"From today to the first last day"`
	Figures     []RoundFigure `json:"figures" doc:"How much would be asked of each principal party: all of it waiting"`
}

// RoundExpectation is one report that a round asks of a principal party.
type RoundExpectation struct {
	Level       round.Level         `json:"level" enum:"action,goal,plan"`
	ID          domain.AnyID        `json:"id" format:"uuid" doc:"Of the action, goal or plan"`
	No          int                 `json:"no,omitempty" doc:"Of the action or goal"`
	Title       Text                `json:"title"`
	Visibility  domain.Visibility   `json:"visibility" enum:"public,internal" doc:"internal: only people with a role see the row, also of a public action none of whose goals in the plan is public"`
	PartyID     domain.PartyID      `json:"partyId" format:"uuid"`
	Post        *PostRef            `json:"post,omitempty" doc:"Who answers: the post that leads, else one that shares. Missing where the party has named none"`
	State       round.Standing      `json:"state" enum:"reported,late,missing,waiting"`
	DueOn       domain.Date         `json:"dueOn" format:"date"`
	ReportedOn  domain.Date         `json:"reportedOn,omitzero" format:"date" doc:"When the party first said something in the round: what decides whether it is late"`
	LastOn      domain.Date         `json:"lastOn,omitzero" format:"date" doc:"When it last did"`
	Status      string              `json:"status,omitempty" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"Of an action, by the party's own word in the round"`
	Progress    *int                `json:"progress,omitempty" doc:"Likewise, per cent"`
	Assessment  round.Assessment    `json:"assessment,omitempty" enum:"reached,on_course,partly,off_course" doc:"Of a goal or the plan, by the party's last report"`
	Text        *Text               `json:"text,omitempty" doc:"Of the party's last report in the round, where the caller may read it"`
	TextPublic  bool                `json:"textPublic,omitempty" doc:"Everybody may read the text"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do about it: action.report by a status report on the action, round.report by a report of the round"`
}

// RoundReport is what a party says of a goal or of the plan.
type RoundReport struct {
	ID         domain.RoundReportID `json:"id" format:"uuid"`
	Level      round.Level          `json:"level" enum:"goal,plan"`
	SubjectID  domain.AnyID         `json:"subjectId" format:"uuid"`
	PartyID    domain.PartyID       `json:"partyId" format:"uuid"`
	Post       *PostRef             `json:"post,omitempty"`
	Assessment round.Assessment     `json:"assessment" enum:"reached,on_course,partly,off_course"`
	Text       *Text                `json:"text,omitempty" doc:"Missing where the caller may not read it"`
	Public     bool                 `json:"public" doc:"Everybody may read the text"`
	ReportedOn domain.Date          `json:"reportedOn" format:"date"`
	ReportedAt time.Time            `json:"reportedAt"`
	Late       bool                 `json:"late" doc:"After the last day of its level"`
}

// RoundReportInput is what a person says of a goal or of the plan.
type RoundReportInput struct {
	Level      round.Level      `json:"level" enum:"goal,plan"`
	SubjectID  domain.AnyID     `json:"subjectId" format:"uuid"`
	Assessment round.Assessment `json:"assessment" enum:"reached,on_course,partly,off_course"`
	Text       Text             `json:"text"`
	Public     bool             `json:"public" doc:"Whether everybody may read the text; of what is internal nobody else does anyway"`
}

func postRef(id domain.PostID, title Text, party domain.PartyID) *PostRef {
	if id.IsZero() {
		return nil
	}
	return &PostRef{ID: id, Title: title, PartyID: party}
}

// spoken is a text, or nil where there is none.
func spoken(t domain.Text) *Text {
	if t.IsZero() {
		return nil
	}
	return &t
}

func roundLevels(levels []round.Due) []RoundLevel {
	out := make([]RoundLevel, len(levels))
	for i, l := range levels {
		out[i] = RoundLevel(l)
	}
	return out
}

func roundFigures(figures []round.Figure) []RoundFigure {
	out := make([]RoundFigure, len(figures))
	for i, f := range figures {
		out[i] = RoundFigure{Level: f.Level, PartyID: f.PartyID, Reported: f.Reported, Late: f.Late, Missing: f.Missing, Waiting: f.Waiting}
	}
	return out
}

func roundSummary(a domain.Actor, parties []domain.PartyID) func(round.View) RoundSummary {
	return func(v round.View) RoundSummary {
		out := RoundSummary{ID: v.ID, Key: v.Key, Kind: v.Kind, Title: v.Title, Plan: PlanRef(v.Plan), PeriodFrom: v.PeriodFrom, PeriodTo: v.PeriodTo, OpensOn: v.OpensOn,
			Levels: roundLevels(v.Levels), State: v.State, OpenedAt: v.CreatedAt, OpenedBy: postRef(v.OpenedPostID, v.OpenedPostTitle, v.OpenedPartyID),
			CancelReason: spoken(v.CancelReason), Completions: make([]RoundCompletion, len(v.Completions)), Version: v.Version, UpdatedAt: v.UpdatedAt,
			Permissions: v.Allowed(a, parties)}
		if !v.EndedAt.IsZero() {
			out.EndedAt = &v.EndedAt
		}
		for i, c := range v.Completions {
			out.Completions[i] = RoundCompletion{PartyID: c.PartyID, Post: postRef(c.PostID, c.PostTitle, c.PartyID), Note: spoken(c.Note), CompletedAt: c.CompletedAt}
		}
		return out
	}
}

func roundSnapshot(f *round.Frozen) *RoundSnapshot {
	if f == nil {
		return nil
	}
	out := &RoundSnapshot{Audience: "staff", SHA256: f.Hash, Bytes: len(f.Content), Intact: f.Intact(), FrozenAt: f.FrozenAt}
	if f.Public {
		out.Audience = "public"
	}
	return out
}

func roundBody(a domain.Actor) func(round.Item) Round {
	return func(i round.Item) Round {
		parties := make([]domain.PartyID, len(i.Parties))
		for n, p := range i.Parties {
			parties[n] = p.ID
		}
		return Round{RoundSummary: roundSummary(a, parties)(i.View), Parties: parties, Figures: roundFigures(i.Figures), Snapshot: roundSnapshot(i.Frozen)}
	}
}

func expectationBody(a domain.Actor, r round.Round) func(round.Expectation) RoundExpectation {
	return func(e round.Expectation) RoundExpectation {
		out := RoundExpectation{Level: e.Level, ID: e.SubjectID, No: e.No, Title: e.Title, Visibility: domain.Public, PartyID: e.PartyID,
			Post: postRef(e.PostID, e.PostTitle, e.PartyID), State: e.Standing, DueOn: e.DueOn, ReportedOn: e.FirstOn, LastOn: e.LastOn, Status: e.Status,
			Assessment: e.Assessed, Text: spoken(e.Text), TextPublic: e.Public, Permissions: e.Allowed(a, r)}
		if e.Internal {
			out.Visibility = domain.Internal
		}
		if e.Status != "" {
			out.Progress = &e.Progress
		}
		return out
	}
}

func roundReportBody(r round.Round) func(round.Report) RoundReport {
	return func(x round.Report) RoundReport {
		return RoundReport{ID: x.ID, Level: x.Level, SubjectID: x.SubjectID, PartyID: x.PartyID, Post: postRef(x.PostID, x.PostTitle, x.PartyID),
			Assessment: x.Assessment, Text: spoken(x.Text), Public: x.Public, ReportedOn: x.ReportedOn, ReportedAt: x.ReportedAt, Late: x.ReportedOn.After(r.Due(x.Level))}
	}
}

// RoundComparison is rounds side by side.
type RoundComparison struct {
	Rounds     []Round          `json:"rounds" doc:"The oldest period first"`
	Parties    []domain.PartyID `json:"parties" doc:"The principal ones, in their order"`
	Items      []RoundCompared  `json:"items"`
	NextCursor string           `json:"nextCursor,omitempty" doc:"Cursor of the next page; missing on the last"`
	Total      int              `json:"total"`
}

// RoundCompared is one plan, goal or action in the rounds that are compared.
type RoundCompared struct {
	Level      round.Level       `json:"level" enum:"action,goal,plan"`
	ID         domain.AnyID      `json:"id" format:"uuid"`
	No         int               `json:"no,omitempty"`
	Title      Text              `json:"title" doc:"As the newest of the rounds has it"`
	Visibility domain.Visibility `json:"visibility" enum:"public,internal"`
	Cells      [][]RoundCell     `json:"cells" doc:"One list for each round, in their order: what each party that was asked said. Empty where it was not asked about"`
}

// RoundCell is what one party said in one round.
type RoundCell struct {
	PartyID    domain.PartyID   `json:"partyId" format:"uuid"`
	State      round.Standing   `json:"state" enum:"reported,late,missing,waiting"`
	ReportedOn domain.Date      `json:"reportedOn,omitzero" format:"date"`
	Status     string           `json:"status,omitempty" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Progress   *int             `json:"progress,omitempty"`
	Assessment round.Assessment `json:"assessment,omitempty" enum:"reached,on_course,partly,off_course"`
	Text       *Text            `json:"text,omitempty"`
}

func comparedBody(c round.Compared) RoundCompared {
	out := RoundCompared{Level: c.Level, ID: c.ID, No: c.No, Title: c.Title, Visibility: domain.Public, Cells: make([][]RoundCell, len(c.Cells))}
	if c.Internal {
		out.Visibility = domain.Internal
	}
	for i, rows := range c.Cells {
		out.Cells[i] = make([]RoundCell, len(rows))
		for j, r := range rows {
			cell := RoundCell{PartyID: r.PartyID, State: r.Standing, ReportedOn: r.FirstOn, Status: r.Status, Assessment: r.Assessment, Text: spoken(r.Text)}
			if r.Status != "" {
				cell.Progress = &r.Progress
			}
			out.Cells[i][j] = cell
		}
	}
	return out
}

const roundsTag = "Reporting rounds"

func (s *Server) registerRounds() {
	const tag = roundsTag
	rounds := s.Services.Rounds

	handle(s, operation{ID: "listRounds", Kept: true, Method: http.MethodGet, Path: "/reporting-rounds", Tag: tag, Permission: readScope,
		Summary: "List reporting rounds", Description: "Those of the plans that the caller sees. Sorted by -periodTo (the default) or title."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			PlanID string `query:"planId" format:"uuid"`
		}) (*ListOutput[RoundSummary], error) {
			var plan domain.PlanID
			if in.PlanID != "" {
				id, err := domain.ParseID[struct{}](in.PlanID)
				if err != nil {
					return nil, domain.InvalidField("planId", "id_malformed")
				}
				plan.UUID = id.UUID
			}
			page, parties, err := rounds.List(ctx, a, plan, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, roundSummary(a, parties)), nil
		})

	handle(s, operation{ID: "previewRound", Method: http.MethodGet, Path: "/reporting-rounds/preview", Tag: tag, Permission: domain.RoundOpen, Errors: []int{401, 403, 404},
		Summary:     "Preview the last days of a round that is not opened yet",
		Description: "Nothing is made. The last days are counted backwards in working days from the plan's: the goals' lies goalDays before it, the actions' actionDays before that."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PlanID     string `query:"planId" required:"true" format:"uuid"`
			DueOn      string `query:"dueOn" required:"true" format:"date"`
			GoalDays   int    `query:"goalDays" required:"true" minimum:"1" maximum:"60"`
			ActionDays int    `query:"actionDays" required:"true" minimum:"1" maximum:"60"`
		}) (*struct{ Body RoundPreview }, error) {
			var plan domain.PlanID
			dates, err := RoundDates{DueOn: in.DueOn, GoalDays: in.GoalDays, ActionDays: in.ActionDays}.dates()
			if err := firstError(err, pathID(&plan, in.PlanID, "plan")); err != nil {
				return nil, err
			}
			p, err := rounds.Preview(ctx, a, plan, dates)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body RoundPreview }{RoundPreview{Levels: roundLevels(p.Levels), Skipped: make([]ClosedDay, len(p.Skipped)), WorkingDays: p.WorkingDays, Figures: roundFigures(p.Figures)}}
			for i, c := range p.Skipped {
				out.Body.Skipped[i] = ClosedDay{On: c.On, Holiday: spoken(c.Name)}
			}
			return out, nil
		})

	handle(s, operation{ID: "compareRounds", Method: http.MethodGet, Path: "/reporting-rounds/comparison", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Set rounds side by side",
		Description: "Two to four rounds by their keys: completed ones as they were frozen, an open one as it stands; cancelled ones are refused. The rows are the plans, then goals and actions by their numbers, " +
			"which are never given anew: so the same goal stands in one row whatever the year."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Round  []string `query:"round,explode" required:"true" maxItems:"5" doc:"Keys; repeated"`
			Level  []string `query:"level,explode" enum:"action,goal,plan"`
			Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Items in one page"`
			Cursor string   `query:"cursor" maxLength:"20" doc:"nextCursor of the page before"`
		}) (*struct{ Body RoundComparison }, error) {
			offset := 0
			if in.Cursor != "" {
				n, err := strconv.ParseUint(in.Cursor, 10, 31)
				if err != nil {
					return nil, domain.InvalidField("cursor", "cursor_invalid")
				}
				offset = int(n)
			}
			c, err := rounds.Compare(ctx, a, in.Round, toStrings[round.Level](in.Level), offset, in.Limit)
			if err != nil {
				return nil, err
			}
			out := RoundComparison{Rounds: make([]Round, len(c.Rounds)), Parties: make([]domain.PartyID, len(c.Parties)), Items: make([]RoundCompared, len(c.Rows)), Total: c.Total}
			for i, r := range c.Rounds {
				out.Rounds[i] = roundBody(a)(r)
			}
			for i, p := range c.Parties {
				out.Parties[i] = p.ID
			}
			for i, row := range c.Rows {
				out.Items[i] = comparedBody(row)
			}
			if next := offset + len(c.Rows); next < c.Total {
				out.NextCursor = strconv.Itoa(next)
			}
			return &struct{ Body RoundComparison }{out}, nil
		})

	handle(s, operation{ID: "getRound", Kept: true, Method: http.MethodGet, Path: "/reporting-rounds/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary:     "Get a reporting round with its figures by its id or key",
		Description: "How it stands is derived from what was said until now; of a round that is over, until its end."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"60" doc:"Id or key"`
		}) (*ItemOutput[Round], error) {
			i, err := byIDOrKey(in.ID,
				func(id domain.RoundID) (round.Item, error) { return rounds.Get(ctx, a, id, "") },
				func(key string) (round.Item, error) { return rounds.Get(ctx, a, domain.RoundID{}, key) })
			if err != nil {
				return nil, err
			}
			return item(roundBody(a)(i), i.Version), nil
		})

	handle(s, operation{ID: "openRound", Method: http.MethodPost, Path: "/reporting-rounds", Tag: tag, Permission: domain.RoundOpen, Status: http.StatusCreated,
		Errors: []int{401, 403, 409}, Summary: "Open a reporting round for both principal parties",
		Description: "The last day of the actions lies ahead. 409 round_open while the plan has an open round."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewRound }) (*ItemOutput[Round], error) {
			e, err := in.Body.edit()
			if err != nil {
				return nil, err
			}
			i, err := rounds.Open(ctx, a, e)
			if err != nil {
				return nil, err
			}
			return created(roundBody(a)(i), i.Version, "/reporting-rounds/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateRound", Method: http.MethodPut, Path: "/reporting-rounds/{id}", Tag: tag, Permission: domain.RoundEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Give an open round another title and later last days",
		Description: "No last day moves to an earlier one: only_later. What moves needs a reason."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RoundChange
		}) (*ItemOutput[Round], error) {
			dates, err := in.Body.dates()
			return s.writeRound(a, in.IfMatch, in.ID, err, func(id domain.RoundID, version int) (round.Item, error) {
				return rounds.Change(ctx, a, id, version, in.Body.Title, dates, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "cancelRound", Method: http.MethodPost, Path: "/reporting-rounds/{id}/cancellation", Tag: tag, Permission: domain.RoundCancel,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "End an open round without a snapshot",
		Description: "What was said in it stays. Everybody who reads the plan reads the reason."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason Text `json:"reason"`
			}
		}) (*ItemOutput[Round], error) {
			return s.writeRound(a, in.IfMatch, in.ID, nil, func(id domain.RoundID, version int) (round.Item, error) {
				return rounds.Cancel(ctx, a, id, version, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "completeRound", Method: http.MethodPost, Path: "/reporting-rounds/{id}/completion", Tag: tag, Permission: domain.RoundComplete,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say that the own party's side of a round is complete",
		Description: "Each principal party says so of its own side only; the last one completes the round and freezes its snapshot. 409 side_waits while a report of the party can still come in time; " +
			"what is missing after the last day needs a note. 409 other_side_changed for the last one while something of the side that was completed before can come in time again, or is missing without a note."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Note Text `json:"note" required:"false" doc:"Required while something of the party is missing"`
			}
		}) (*ItemOutput[Round], error) {
			return s.writeRound(a, in.IfMatch, in.ID, nil, func(id domain.RoundID, version int) (round.Item, error) {
				return rounds.Complete(ctx, a, id, version, in.Body.Note)
			})
		})

	handle(s, operation{ID: "reopenRoundSide", Method: http.MethodPost, Path: "/reporting-rounds/{id}/reopening", Tag: tag, Permission: domain.RoundComplete,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back that the own party's side is complete",
		Description: "Until the other party has completed its own."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason" maxLength:"2000" doc:"Kept in the log"`
			}
		}) (*ItemOutput[Round], error) {
			return s.writeRound(a, in.IfMatch, in.ID, nil, func(id domain.RoundID, version int) (round.Item, error) {
				return rounds.Reopen(ctx, a, id, version, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "listRoundExpectations", Method: http.MethodGet, Path: "/reporting-rounds/{id}/expectations", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List what a round asks for: who has reported and who has not",
		Description: "One row for each action, goal and plan and each principal party that is asked. Nothing is ticked off: of an action a status report or confirmation of the party since opensOn counts, of a goal or the plan " +
			"a report of the round. Sorted by level,no,party (the default). Of a round that is over, as it stood at its end."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID      string   `path:"id" format:"uuid"`
			Level   []string `query:"level,explode" enum:"action,goal,plan"`
			PartyID []string `query:"partyId,explode" format:"uuid"`
			State   []string `query:"state,explode" enum:"reported,late,missing,waiting"`
			PostID  []string `query:"postId,explode" format:"uuid" doc:"Posts that answer"`
		}) (*ListOutput[RoundExpectation], error) {
			var id domain.RoundID
			var parties domain.AnyOf[domain.PartyID]
			var posts domain.AnyOf[domain.PostID]
			if err := firstError(pathID(&id, in.ID, "round"), idFilter(&parties, "partyId", in.PartyID), idFilter(&posts, "postId", in.PostID)); err != nil {
				return nil, err
			}
			page, r, err := rounds.Expectations(ctx, a, id, round.Filter{Levels: toStrings[round.Level](in.Level), Parties: parties.Values,
				Standings: toStrings[round.Standing](in.State), Posts: posts.Values}, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, expectationBody(a, r)), nil
		})

	handle(s, operation{ID: "listRoundReports", Method: http.MethodGet, Path: "/reporting-rounds/{id}/reports", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List what was said of goals and of the plan in a round", Description: "The newest first. A report is never changed: a later one of the party stands beside it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID        string `path:"id" format:"uuid"`
			Level     string `query:"level" enum:"goal,plan"`
			SubjectID string `query:"subjectId" format:"uuid"`
			PartyID   string `query:"partyId" format:"uuid"`
		}) (*ListOutput[RoundReport], error) {
			var id domain.RoundID
			f := round.ReportFilter{Level: round.Level(in.Level)}
			err := pathID(&id, in.ID, "round")
			if in.SubjectID != "" {
				err = firstError(err, pathID(&f.SubjectID, in.SubjectID, "round"))
			}
			if in.PartyID != "" {
				err = firstError(err, pathID(&f.PartyID, in.PartyID, "round"))
			}
			if err != nil {
				return nil, err
			}
			page, r, err := rounds.Reports(ctx, a, id, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, roundReportBody(r)), nil
		})

	handle(s, operation{ID: "createRoundReport", Method: http.MethodPost, Path: "/reporting-rounds/{id}/reports", Tag: tag, Permission: domain.RoundReport, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409}, Summary: "Report on a goal or the plan for the own party",
		Description: "Posts that lead or share the goal, their managers, and the party's coordinators; on the plan the coordinators. In time or late, while the round is open and the party has not completed its side."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body RoundReportInput
		}) (*struct {
			Status int
			Body   RoundReport
		}, error) {
			var id domain.RoundID
			if err := pathID(&id, in.ID, "round"); err != nil {
				return nil, err
			}
			b := in.Body
			x, r, err := rounds.Report(ctx, a, id, b.Level, b.SubjectID, round.Saying{Assessment: b.Assessment, Text: b.Text, Public: b.Public})
			if err != nil {
				return nil, err
			}
			return &struct {
				Status int
				Body   RoundReport
			}{http.StatusCreated, roundReportBody(r)(x)}, nil
		})
}

// writeRound runs a change of one version of a round and answers with it.
func (s *Server) writeRound(a domain.Actor, match IfMatch, path string, bad error, change func(domain.RoundID, int) (round.Item, error)) (*ItemOutput[Round], error) {
	var id domain.RoundID
	version, err := match.version()
	if err := firstError(err, pathID(&id, path, "round"), bad); err != nil {
		return nil, err
	}
	i, err := change(id, version)
	if err != nil {
		return nil, stale(err, roundSummary(a, nil))
	}
	return item(roundBody(a)(i), i.Version), nil
}
