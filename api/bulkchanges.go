package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// BulkItem is one action, in the version that the caller read.
type BulkItem struct {
	ID      domain.ActionID `json:"id" format:"uuid"`
	Version int             `json:"version" minimum:"1" doc:"As If-Match of a single change: the action is refused if it has another one by now"`
}

// Period is a date with its precision.
type Period struct {
	On        string           `json:"on" doc:"YYYY-MM-DD; empty: none" maxLength:"10"`
	Precision domain.Precision `json:"precision,omitempty" enum:"day,month,quarter,year" default:"day"`
}

// BulkPost is a post that takes part.
type BulkPost struct {
	PostID domain.PostID `json:"postId" format:"uuid"`
	Part   domain.Part   `json:"part" enum:"shared,support,informed"`
}

// BulkEdit is what becomes of each action; what is missing stays as each has it.
type BulkEdit struct {
	Starts        *Period         `json:"starts,omitempty"`
	Due           *Period         `json:"due,omitempty"`
	LeadPostID    *domain.PostID  `json:"leadPostId,omitempty" format:"uuid" doc:"Takes the lead over from who has it"`
	AddPosts      []BulkPost      `json:"addPosts,omitempty" maxItems:"10" doc:"Who takes part already gets that part; who leads goes on leading"`
	RemovePostIDs []domain.PostID `json:"removePostIds,omitempty" maxItems:"10"`
	AddTagIDs     []domain.TagID  `json:"addTagIds,omitempty" maxItems:"20"`
	RemoveTagIDs  []domain.TagID  `json:"removeTagIds,omitempty" maxItems:"20"`
}

// BulkReport is a status report on each action, of the caller's party.
type BulkReport struct {
	Status   action.Status `json:"status" enum:"not_started,in_progress,done,paused,cancelled" doc:"Not merged or superseded: such a report names where its action goes on, one by one"`
	Progress *int          `json:"progress,omitempty" minimum:"0" maximum:"100" doc:"Per cent; missing: as each is. Done is always 100."`
	Text     Text          `json:"text,omitempty" doc:"What has happened, short"`
	Result   Text          `json:"result,omitempty" doc:"What came of it; done needs one where there is none"`
	Public   bool          `json:"public" doc:"Whether everybody may read the text"`
}

// BulkChangeInput is one change of several actions: edit or report, not both.
type BulkChangeInput struct {
	Items  []BulkItem  `json:"items" minItems:"1" maxItems:"200"`
	Edit   *BulkEdit   `json:"edit,omitempty"`
	Report *BulkReport `json:"report,omitempty"`
	Reason string      `json:"reason,omitempty" maxLength:"1000" doc:"Required where the single change of an action needs one; kept in the log of each"`
}

// BulkChange is what becomes of several actions, or became of them.
type BulkChange struct {
	Changed     int       `json:"changed"`
	Same        int       `json:"same" doc:"They are so already and are left alone"`
	Refused     int       `json:"refused"`
	NeedsReason bool      `json:"needsReason" doc:"Some are changed only with a reason, and none was given"`
	Made        bool      `json:"made" doc:"false: a preview, nothing was saved"`
	Rows        []BulkRow `json:"rows" doc:"One for each item, in their order"`
}

// BulkRow is what becomes of one action.
type BulkRow struct {
	ID          domain.ActionID     `json:"id" format:"uuid"`
	No          int                 `json:"no,omitempty" doc:"Missing of what there is not"`
	Title       Text                `json:"title,omitzero"`
	State       action.BulkState    `json:"state" enum:"changed,same,refused"`
	NeedsReason bool                `json:"needsReason" doc:"It is changed only with a reason, and none was given"`
	Fields      []string            `json:"fields" doc:"Names of the fields that change, as in the log"`
	Before      *BulkValues         `json:"before,omitempty"`
	After       *BulkValues         `json:"after,omitempty" doc:"Missing unless it is changed"`
	Errors      []domain.FieldError `json:"errors" doc:"Why it is refused. Without a pointer: unknown, stale_version, forbidden, party_not_asked (the caller's party neither leads nor shares it), parts_forbidden (who takes part is changed by coordinators and managers), post_of_other_party; else as of the single change"`
	WordID      *domain.WordID      `json:"wordId,omitempty" format:"uuid" doc:"Of a report that was made: by it the caller's party can take it back"`
}

// BulkValues are what a bulk change can change of an action, and what follows.
type BulkValues struct {
	Version          int                   `json:"version"`
	Status           action.Status         `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"What the parties report together"`
	Progress         int                   `json:"progress" doc:"Per cent"`
	PartyStatuses    []PartyStatus         `json:"partyStatuses" doc:"What each principal party that leads or shares it says of its own"`
	Result           Text                  `json:"result"`
	Condition        action.ConditionValue `json:"condition" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time"`
	StartsOn         domain.Date           `json:"startsOn,omitzero" format:"date"`
	StartsPrecision  domain.Precision      `json:"startsPrecision" enum:"day,month,quarter,year"`
	DueOn            domain.Date           `json:"dueOn,omitzero" format:"date"`
	DuePrecision     domain.Precision      `json:"duePrecision" enum:"day,month,quarter,year"`
	Responsibilities []Responsibility      `json:"responsibilities" doc:"With how far the parties have agreed: what concerns another party is proposed to it, and what was accepted last stays in force meanwhile"`
	TagIDs           []domain.TagID        `json:"tagIds"`
}

// BulkWithdrawalInput are words to take back.
type BulkWithdrawalInput struct {
	Items  []BulkWithdrawn `json:"items" minItems:"1" maxItems:"200"`
	Reason string          `json:"reason,omitempty" maxLength:"1000" doc:"Required where one of the words was said on an earlier day; kept in the log of each"`
}

// BulkWithdrawn is one word on an action.
type BulkWithdrawn struct {
	ID     domain.ActionID `json:"id" format:"uuid"`
	WordID domain.WordID   `json:"wordId" format:"uuid"`
}

// BulkWithdrawal tells how many words were taken back.
type BulkWithdrawal struct {
	Withdrawn int `json:"withdrawn"`
}

func (p *Period) period(pointer string) (*action.Period, error) {
	if p == nil {
		return nil, nil
	}
	out := &action.Period{Precision: p.Precision}
	return out, dateField(&out.On, pointer, p.On)
}

func (in BulkChangeInput) bulk() (b action.Bulk, err error) {
	b.Reason = in.Reason
	for _, i := range in.Items {
		b.Items = append(b.Items, action.BulkItem(i))
	}
	if r := in.Report; r != nil {
		b.Report = &action.Reporting{Status: r.Status, Progress: r.Progress, Text: r.Text, Result: r.Result, Public: r.Public}
	}
	e := in.Edit
	if e == nil {
		return b, nil
	}
	b.Edit = &action.BulkEdit{RemovePosts: e.RemovePostIDs, AddTags: e.AddTagIDs, RemoveTags: e.RemoveTagIDs}
	if e.LeadPostID != nil {
		b.Edit.Lead = *e.LeadPostID
	}
	for _, p := range e.AddPosts {
		b.Edit.AddPosts = append(b.Edit.AddPosts, action.BulkPost(p))
	}
	starts, wrongStart := e.Starts.period("/edit/starts/on")
	due, wrongDue := e.Due.period("/edit/due/on")
	b.Edit.Starts, b.Edit.Due = starts, due
	return b, firstError(wrongStart, wrongDue)
}

func bulkValues(v *action.View, day domain.Date) *BulkValues {
	if v == nil {
		return nil
	}
	return &BulkValues{Version: v.Version, Status: v.Status, Progress: v.Progress, PartyStatuses: partyStatusesOf(v.Action), Result: v.Result, Condition: v.Condition(day).Value,
		StartsOn: v.StartsOn, StartsPrecision: v.StartsPrecision, DueOn: v.DueOn, DuePrecision: v.DuePrecision,
		Responsibilities: responsibilitiesOf(v.Responsibilities), TagIDs: orEmpty(v.TagIDs)}
}

func bulkBody(rows []action.BulkRow, day domain.Date, made bool) BulkChange {
	out := BulkChange{Made: made, Rows: make([]BulkRow, len(rows))}
	for i, r := range rows {
		row := BulkRow{ID: r.ID, State: r.State, NeedsReason: r.NeedsReason, Fields: orEmpty(r.Fields), Before: bulkValues(r.Before, day), After: bulkValues(r.After, day), Errors: orEmpty(r.Errors)}
		if r.Before != nil {
			row.No, row.Title = r.Before.No, r.Before.Title
		}
		if made {
			row.WordID = r.Word.Ptr()
		}
		switch r.State {
		case action.BulkChanged:
			out.Changed++
		case action.BulkSame:
			out.Same++
		case action.BulkRefused:
			out.Refused++
		}
		out.NeedsReason = out.NeedsReason || r.NeedsReason
		out.Rows[i] = row
	}
	return out
}

func (s *Server) registerBulkChanges() {
	const tag = "Actions"
	const description = "Either edit, which needs the permission action.edit on each (and responsibility.edit where who takes part changes), or report, which needs action.report and is the caller's party's own word. The rules, permissions and reasons are those of the single change. "
	actions := s.Services.Actions
	change := func(ctx context.Context, a domain.Actor, in BulkChangeInput, look bool) (*struct{ Body BulkChange }, error) {
		b, err := in.bulk()
		if err != nil {
			return nil, err
		}
		rows, err := actions.Bulk(ctx, a, b, look)
		if err != nil {
			return nil, err
		}
		return &struct{ Body BulkChange }{bulkBody(rows, s.Clock.Today(), !look)}, nil
	}
	handle(s, operation{ID: "checkBulkChange", Method: http.MethodPost, Path: "/action-bulk-change-checks", Tag: tag, Permission: domain.ActionEdit, Errors: []int{401, 403},
		Summary:     "Tell what a change of several actions would do, without doing it",
		Description: description + "Each row tells the values before and after, and why an action would be refused."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body BulkChangeInput }) (*struct{ Body BulkChange }, error) {
			return change(ctx, a, in.Body, true)
		})
	handle(s, operation{ID: "changeActions", Method: http.MethodPost, Path: "/action-bulk-changes", Tag: tag, Permission: domain.ActionEdit, Errors: []int{401, 403},
		Summary:     "Change several actions at once, all or none",
		Description: description + "One transaction, and one entry in the log for each action. 422 bulk_change_refused has what is wrong at /items/{index}, and nothing is saved; bulk_change_has_no_changes: all are so already."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body BulkChangeInput }) (*struct{ Body BulkChange }, error) {
			return change(ctx, a, in.Body, false)
		})
	handle(s, operation{ID: "withdrawWords", Method: http.MethodPost, Path: "/action-bulk-withdrawals", Tag: tag, Permission: domain.ActionReport, Errors: []int{401, 403},
		Summary:     "Take back what the caller's party said last of several actions, all or none",
		Description: "What a bulk report answers with as wordId. Each by the rules of a single withdrawal; 422 bulk_change_refused has what cannot be taken back at /items/{index}, and nothing is; reason_required: it was said on an earlier day."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body BulkWithdrawalInput }) (*struct{ Body BulkWithdrawal }, error) {
			words := make([]action.BulkWord, len(in.Body.Items))
			for i, w := range in.Body.Items {
				words[i] = action.BulkWord{ID: w.ID, Word: w.WordID}
			}
			if err := actions.UnsayAll(ctx, a, words, in.Body.Reason); err != nil {
				return nil, err
			}
			return &struct{ Body BulkWithdrawal }{BulkWithdrawal{len(words)}}, nil
		})
}
