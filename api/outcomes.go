package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Outcome is one thing that came of an agenda item.
type Outcome struct {
	ID             domain.OutcomeID    `json:"id" format:"uuid"`
	No             int                 `json:"no" doc:"Within the item"`
	Type           meeting.OutcomeType `json:"type" enum:"decision,assignment,recommendation,noted,deferred,referral"`
	Text           Text                `json:"text"`
	NoActionReason Text                `json:"noActionReason,omitzero" doc:"Why nothing follows"`
	ToPost         *PostRef            `json:"toPost,omitempty" doc:"Of an assignment or recommendation: to whom"`
	ToWhom         Text                `json:"toWhom,omitzero" doc:"The same in words"`
	DueOn          domain.Date         `json:"dueOn,omitzero" format:"date" doc:"Of an assignment: by when; of a deferral: until when"`
	ToMeeting      *MeetingName        `json:"toMeeting,omitempty" doc:"Of a deferral: until which meeting"`
	Referrals      []Referral          `json:"referrals" doc:"Of a referral: how it went, oldest first; the last counts"`
	Dissents       []Dissent           `json:"dissents" doc:"Dissenting opinions and reservations, withdrawn ones too"`
	EndedAt        *time.Time          `json:"endedAt,omitempty" doc:"When the forum's secretary said after the meeting that nothing more follows"`
	EndReason      Text                `json:"endReason,omitzero" doc:"And why. The paper does not tell it"`
	LateEntry      bool                `json:"lateEntry" doc:"Recorded after the meeting was closed"`
	RecordedAt     time.Time           `json:"recordedAt"`
	Open           bool                `json:"open" doc:"A decision or assignment that still lacks its ending, or a referral that came back refused"`
	Actions        []ActionLink        `json:"actions" doc:"That came from it"`
	Version        int                 `json:"version"`
	Permissions    []domain.Permission `json:"permissions" doc:"meeting.record: correct it; action.create: make an action from it; outcome.end: say after the meeting why nothing more follows; referral.withdraw and referral.settle: of its last referral; ending.correct and ending.retract: its ending, or the withdrawal of its last referral"`
}

// ActionLink is an action as an outcome shows it.
type ActionLink struct {
	ID           domain.ActionID  `json:"id" format:"uuid"`
	No           int              `json:"no"`
	Title        Text             `json:"title"`
	Condition    string           `json:"condition" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"On the day shown"`
	DueOn        domain.Date      `json:"dueOn,omitzero" format:"date"`
	DuePrecision domain.Precision `json:"duePrecision" enum:"day,month,quarter,year"`
	Lead         *PostRef         `json:"lead,omitempty"`
	LeadStanding domain.Standing  `json:"leadStanding,omitempty" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties have agreed on the lead"`
}

// OutcomeInput is what can be said of an outcome.
type OutcomeInput struct {
	Type           meeting.OutcomeType `json:"type" enum:"decision,assignment,recommendation,noted,deferred,referral"`
	Text           Text                `json:"text" doc:"Of a deferral or referral also where it goes on"`
	NoActionReason Text                `json:"noActionReason,omitempty" doc:"Why nothing follows, at most 1000 characters in a language"`
	ToPostID       domain.PostID       `json:"toPostId,omitempty" format:"uuid" doc:"Of an assignment or recommendation: to whom"`
	ToWhom         Text                `json:"toWhom,omitempty" doc:"The same in words, for whom no post stands here"`
	DueOn          domain.Date         `json:"dueOn,omitempty" format:"date" doc:"Of an assignment: by when; of a deferral: until when"`
	ToMeetingID    domain.MeetingID    `json:"toMeetingId,omitempty" format:"uuid" doc:"Of a deferral: until which meeting"`
	ToForumID      domain.ForumID      `json:"toForumId,omitempty" format:"uuid" doc:"Of a referral, required: to which forum"`
}

// OutcomeAction is an action to make from an outcome.
type OutcomeAction struct {
	Title      Text            `json:"title"`
	LeadPostID domain.PostID   `json:"leadPostId" format:"uuid"`
	Wording    Text            `json:"wording,omitempty" doc:"Of the lead's responsibility"`
	DueOn      domain.Date     `json:"dueOn" format:"date"`
	GoalIDs    []domain.GoalID `json:"goalIds,omitempty" maxItems:"20"`
}

// OutcomeEntry is an outcome with where it was recorded.
type OutcomeEntry struct {
	Outcome
	Item    AgendaItemRef `json:"item"`
	Meeting MeetingRef    `json:"meeting"`
	Forum   ForumRef      `json:"forum"`
}

func outcomeBody(a domain.Actor, m meeting.Meeting, i meeting.AgendaItem, o meeting.Outcome, open bool) Outcome {
	out := Outcome{ID: o.ID, No: o.No, Type: o.Type, Text: o.Text, NoActionReason: o.NoActionReason, EndedAt: o.EndedAt, EndReason: o.EndReason, LateEntry: o.LateEntry, RecordedAt: o.RecordedAt,
		Open: open, Actions: []ActionLink{}, Version: o.Version, ToWhom: o.ToWhom, DueOn: o.DueOn,
		Referrals: []Referral{}, Dissents: dissentsOf(a, m, o.Dissents), Permissions: m.OutcomePermissions(a, i, o)}
	if !o.ToPostID.IsZero() {
		out.ToPost = &PostRef{ID: o.ToPostID, Title: o.ToPostTitle, PartyID: o.ToPostParty}
	}
	if o.ToMeeting != nil {
		n := nameOf(*o.ToMeeting)
		out.ToMeeting = &n
	}
	for _, r := range o.Referrals {
		out.Referrals = append(out.Referrals, referralBody(r, domain.Date{}))
	}
	for _, x := range o.Actions {
		b := ActionLink{ID: x.ID, No: x.No, Title: x.Title, Condition: x.Condition, DueOn: x.DueOn, DuePrecision: x.Precision}
		if !x.LeadID.IsZero() {
			b.Lead, b.LeadStanding = &PostRef{ID: x.LeadID, Title: x.LeadTitle, PartyID: x.LeadParty}, x.LeadStanding
		}
		out.Actions = append(out.Actions, b)
	}
	return out
}

func (in OutcomeInput) edit() meeting.OutcomeEdit {
	return meeting.OutcomeEdit{Type: in.Type, Text: in.Text, NoActionReason: in.NoActionReason, ToPostID: in.ToPostID, ToWhom: in.ToWhom,
		DueOn: in.DueOn, ToMeetingID: in.ToMeetingID, ToForumID: in.ToForumID}
}

func (s *Server) registerOutcomes() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listOutcomes", Kept: true, Method: http.MethodGet, Path: "/outcomes", Tag: tag, Permission: readScope,
		Summary:     "List outcomes with their actions",
		Description: "Of meetings whose papers the caller may read. Sorted by meeting (its start), item (its place on the agenda) and no; -meeting,item,no is the default."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Forum   []string `query:"forumId,explode" maxItems:"50" doc:"Of these forums"`
			Meeting []string `query:"meetingId,explode" maxItems:"50" doc:"Of these meetings"`
			Type    []string `query:"type,explode" maxItems:"10" enum:"decision,assignment,recommendation,noted,deferred,referral" doc:"Of these types"`
			From    string   `query:"from" doc:"Of meetings on this day or later" format:"date"`
			To      string   `query:"to" doc:"Of meetings on this day or earlier" format:"date"`
		}) (*ListOutput[OutcomeEntry], error) {
			var f meeting.OutcomeFilter
			if err := firstError(idFilter(&f.Forum, "forumId", in.Forum), idFilter(&f.Meeting, "meetingId", in.Meeting),
				dateField(&f.From, "from", in.From), dateField(&f.To, "to", in.To)); err != nil {
				return nil, err
			}
			for _, v := range in.Type {
				f.Type.Values = append(f.Type.Values, meeting.OutcomeType(v))
			}
			page, err := meetings.Outcomes(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, func(o meeting.OutcomeView) OutcomeEntry {
				m := o.Meeting
				return OutcomeEntry{Outcome: outcomeBody(a, m, o.Agenda(), o.Outcome, o.Open),
					Item:    refOf(o.Item),
					Meeting: MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: string(m.Status)},
					Forum:   ForumRef{m.ForumID, m.Forum.Key, m.Forum.Title}}
			}), nil
		})

	handle(s, operation{ID: "recordOutcome", Method: http.MethodPost, Path: "/agenda-items/{id}/outcomes", Tag: tag, Permission: domain.MeetingRecord,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Record an outcome of an agenda item",
		Description: "While the meeting is in progress; after its closure and before its publication as a late entry, which takes approvals back. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body OutcomeInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, i, err := meetings.Record(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateOutcome", Method: http.MethodPut, Path: "/outcomes/{id}", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Correct an outcome", Description: "If-Match is the outcome's version. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body OutcomeInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "outcome")); err != nil {
				return nil, err
			}
			m, i, err := meetings.CorrectOutcome(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, func(o meeting.OutcomeOf) Outcome { return outcomeBody(a, m, o.Item, o.Outcome, o.Item.Open(o.Outcome)) })
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "endOutcome", Method: http.MethodPost, Path: "/outcomes/{id}/ending", Tag: tag, Permission: domain.OutcomeEnd,
		Errors: []int{401, 403, 404, 409}, Summary: "Say why nothing more follows from an open outcome",
		Description: "By the forum's secretary, once the meeting is closed: of a deferral that no agenda has taken up, of a referral that no forum was sent, and in a published paper of a decision or assignment without an ending. 409 outcome_not_open for others: a referral that waits for its answer is withdrawn, one that came back refused is settled. The paper and its approvals stay as they are. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body ReasonInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			if err := pathID(&id, in.ID, "outcome"); err != nil {
				return nil, err
			}
			m, i, err := meetings.EndOutcome(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	ending := func(a domain.Actor, m meeting.Meeting, i meeting.AgendaItem, err error) (*ItemOutput[AgendaItem], error) {
		if err != nil {
			return nil, stale(err, func(o meeting.OutcomeOf) Outcome { return outcomeBody(a, m, o.Item, o.Outcome, o.Item.Open(o.Outcome)) })
		}
		return item(itemBody(a, m)(i), i.Version), nil
	}
	handle(s, operation{ID: "correctEnding", Method: http.MethodPut, Path: "/outcomes/{id}/ending", Tag: tag, Permission: domain.EndingCorrect,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Correct why nothing more follows from an outcome",
		Description: "If-Match is the outcome's version. By the forum's secretary; both wordings and the reason stand in the log. The paper stays as it is. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body EndingInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "outcome")); err != nil {
				return nil, err
			}
			m, i, err := meetings.CorrectEnding(ctx, a, id, version, in.Body.edit())
			return ending(a, m, i, err)
		})
	handle(s, operation{ID: "retractEnding", Method: http.MethodPost, Path: "/outcomes/{id}/ending-retraction", Tag: tag, Permission: domain.EndingRetract,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back that nothing more follows from an outcome",
		Description: "If-Match is the outcome's version. By the forum's secretary: the outcome is open again. 409 ending_followed once an action came from it or another agenda has taken it up. The paper stays as it is. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RetractionInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "outcome")); err != nil {
				return nil, err
			}
			m, i, err := meetings.RetractEnding(ctx, a, id, version, in.Body.Reason)
			return ending(a, m, i, err)
		})

	handle(s, operation{ID: "createOutcomeAction", Method: http.MethodPost, Path: "/outcomes/{id}/actions", Tag: tag, Permission: domain.ActionCreate,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Make an action from an outcome",
		Description: "The action is internal until the meeting is published. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body OutcomeAction
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			if err := pathID(&id, in.ID, "outcome"); err != nil {
				return nil, err
			}
			m, i, err := meetings.Follow(ctx, a, id, meeting.FollowUp{Title: in.Body.Title, LeadID: in.Body.LeadPostID, Wording: in.Body.Wording.Trim(),
				DueOn: in.Body.DueOn, GoalIDs: in.Body.GoalIDs})
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})
}
