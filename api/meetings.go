package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// MeetingSummary is a meeting as lists show it. Attendance and the number of
// items belong to its papers.
type MeetingSummary struct {
	ID               domain.MeetingID      `json:"id" format:"uuid"`
	Forum            ForumRef              `json:"forum"`
	Paper            string                `json:"paper" enum:"memo,minutes" doc:"What it leaves behind"`
	Year             int                   `json:"year"`
	Number           int                   `json:"number" doc:"Within the forum and year: 4 in 4/2026"`
	Title            Text                  `json:"title" doc:"May be empty: then it is its number"`
	Place            Text                  `json:"place"`
	StartsAt         time.Time             `json:"startsAt"`
	EndsAt           time.Time             `json:"endsAt"`
	Status           meeting.Status        `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
	CalledAt         *time.Time            `json:"calledAt,omitempty"`
	StartedAt        *time.Time            `json:"startedAt,omitempty"`
	ClosedAt         *time.Time            `json:"closedAt,omitempty"`
	ApprovedAt       *time.Time            `json:"approvedAt,omitempty"`
	PublishedAt      *time.Time            `json:"publishedAt,omitempty"`
	CancelReason     string                `json:"cancelReason,omitempty"`
	Papers           bool                  `json:"papers" doc:"The caller may read its papers: agenda, participants, outcomes"`
	ItemCount        int                   `json:"itemCount" doc:"Agenda items; 0 unless papers"`
	Attendance       []PartyAttendance     `json:"attendance" doc:"By party, principal parties first; empty unless papers"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds"`
	Cases            []CaseReference       `json:"cases"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                   `json:"version"`
	UpdatedAt        time.Time             `json:"updatedAt"`
	Permissions      []domain.Permission   `json:"permissions" doc:"What the caller may do with it in its present state"`
}

// PartyAttendance counts a party's participants.
type PartyAttendance struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	Seats   int            `json:"seats" doc:"Participants of the party"`
	Present int            `json:"present" doc:"Of them present, in the room or remotely"`
}

// Meeting is a meeting with who takes part.
type Meeting struct {
	MeetingSummary
	Participants []Participant `json:"participants"`
	Approvers    []Approver    `json:"approvers" doc:"The chair and the inspectors, whose approval the paper needs"`
	Quorum       Quorum        `json:"quorum"`
}

// Participant is a post or a guest of a party.
type Participant struct {
	ID         domain.ParticipantID `json:"id" format:"uuid"`
	PartyID    domain.PartyID       `json:"partyId" format:"uuid"`
	Post       *PostRef             `json:"post,omitempty"`
	Guest      string               `json:"guest,omitempty" doc:"In words, of who holds no post here"`
	Role       meeting.Role         `json:"role" enum:"chair,secretary,member,expert"`
	Inspector  bool                 `json:"inspector" doc:"Approves the paper for their party"`
	Attendance meeting.Attendance   `json:"attendance" enum:"expected,present,remote,absent"`
	Version    int                  `json:"version"`
}

// Approver is a post whose approval the paper needs.
type Approver struct {
	Post       PostRef              `json:"post"`
	Role       meeting.ApprovalRole `json:"role" enum:"chair,inspector"`
	ApprovedAt *time.Time           `json:"approvedAt,omitempty" doc:"Missing while it is waited for"`
}

// Quorum tells whether the meeting may decide: someone of each principal party
// is there.
type Quorum struct {
	Met             bool             `json:"met"`
	MissingPartyIDs []domain.PartyID `json:"missingPartyIds"`
}

// MeetingInput is what can be said of a meeting.
type MeetingInput struct {
	Title            Text                  `json:"title,omitempty"`
	Place            Text                  `json:"place,omitempty"`
	StartsAt         time.Time             `json:"startsAt"`
	EndsAt           time.Time             `json:"endsAt"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// CancellationInput says why a meeting is called off.
type CancellationInput struct {
	Reason string `json:"reason" maxLength:"1000"`
}

// AttendanceInput says who is there and who inspects.
type AttendanceInput struct {
	Attendance meeting.Attendance `json:"attendance" enum:"expected,present,remote,absent"`
	Inspector  bool               `json:"inspector" doc:"One of each principal party; naming one replaces the other"`
	Reason     string             `json:"reason,omitempty" maxLength:"1000" doc:"Required after the meeting has been closed"`
}

// GuestInput invites somebody who has no place in the forum: a post, or a guest
// in words.
type GuestInput struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	PostID  domain.PostID  `json:"postId,omitempty" format:"uuid"`
	Guest   string         `json:"guest,omitempty" maxLength:"200"`
}

// AgendaItem is one matter of a meeting. Of a hidden one only numbers,
// visibility and its ground are told.
type AgendaItem struct {
	ID               domain.AgendaItemID   `json:"id" format:"uuid"`
	MeetingID        domain.MeetingID      `json:"meetingId" format:"uuid"`
	AgendaNo         int                   `json:"agendaNo" doc:"Its place on the agenda (asianumero)"`
	Section          int                   `json:"section,omitempty" doc:"§ in the paper; missing: none"`
	Hidden           bool                  `json:"hidden" doc:"The caller may not read it"`
	Title            Text                  `json:"title"`
	Preparer         Text                  `json:"preparer"`
	Proposal         Text                  `json:"proposal"`
	Proceedings      Text                  `json:"proceedings"`
	Decision         Text                  `json:"decision"`
	Explanation      Text                  `json:"explanation"`
	Heard            Text                  `json:"heard" doc:"Who was heard"`
	GoesOnTo         Text                  `json:"goesOnTo" doc:"The bodies that handle it next"`
	Presenter        *PostRef              `json:"presenter,omitempty"`
	MinutesReserved  int                   `json:"minutesReserved,omitempty" doc:"Minutes on the agenda"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds"`
	Cases            []CaseReference       `json:"cases"`
	Outcomes         []Outcome             `json:"outcomes"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                   `json:"version"`
	UpdatedAt        time.Time             `json:"updatedAt"`
	Permissions      []domain.Permission   `json:"permissions" doc:"meeting.edit: change it; meeting.record: add outcomes"`
}

// AgendaItemInput is what can be said of an agenda item.
type AgendaItemInput struct {
	Title            Text                  `json:"title"`
	Preparer         Text                  `json:"preparer,omitempty"`
	Proposal         Text                  `json:"proposal,omitempty" doc:"Lines that begin with a number are shown as a numbered list"`
	Proceedings      Text                  `json:"proceedings,omitempty"`
	Decision         Text                  `json:"decision,omitempty"`
	Explanation      Text                  `json:"explanation,omitempty"`
	Heard            Text                  `json:"heard,omitempty"`
	GoesOnTo         Text                  `json:"goesOnTo,omitempty"`
	PresenterPostID  domain.PostID         `json:"presenterPostId,omitempty" format:"uuid"`
	MinutesReserved  int                   `json:"minutesReserved,omitempty" minimum:"0" maximum:"1440"`
	Section          int                   `json:"section,omitempty" minimum:"0" doc:"By hand, for a memo or an older paper; minutes get theirs when the meeting is closed"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// MoveInput places an item on the agenda.
type MoveInput struct {
	After domain.AgendaItemID `json:"after,omitempty" format:"uuid" doc:"The item that comes before it; missing: it comes first"`
}

// Outcome is one thing that came of an agenda item.
type Outcome struct {
	ID             domain.OutcomeID    `json:"id" format:"uuid"`
	No             int                 `json:"no" doc:"Within the item"`
	Type           meeting.OutcomeType `json:"type" enum:"decision,assignment,recommendation,noted,deferred,referral"`
	Text           Text                `json:"text"`
	NoActionReason string              `json:"noActionReason,omitempty" doc:"Why nothing follows"`
	LateEntry      bool                `json:"lateEntry" doc:"Recorded after the meeting was closed"`
	RecordedAt     time.Time           `json:"recordedAt"`
	Open           bool                `json:"open" doc:"A decision or assignment that still lacks its ending"`
	Actions        []ActionLink        `json:"actions" doc:"That came from it"`
	Version        int                 `json:"version"`
	Permissions    []domain.Permission `json:"permissions" doc:"meeting.record: correct it; action.create: make an action from it"`
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
}

// OutcomeInput is what can be said of an outcome.
type OutcomeInput struct {
	Type           meeting.OutcomeType `json:"type" enum:"decision,assignment,recommendation,noted,deferred,referral"`
	Text           Text                `json:"text" doc:"Of a deferral or referral also where it goes on"`
	NoActionReason string              `json:"noActionReason,omitempty" maxLength:"1000" doc:"Why nothing follows"`
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

// AgendaItemRef names an agenda item.
type AgendaItemRef struct {
	ID       domain.AgendaItemID `json:"id" format:"uuid"`
	AgendaNo int                 `json:"agendaNo"`
	Section  int                 `json:"section,omitempty"`
	Title    Text                `json:"title"`
}

func paperOf(m meeting.Meeting) string {
	if m.Forum.Minutes {
		return "minutes"
	}
	return "memo"
}

func meetingSummary(a domain.Actor) func(meeting.Meeting) MeetingSummary {
	return func(m meeting.Meeting) MeetingSummary {
		out := MeetingSummary{ID: m.ID, Forum: ForumRef{m.ForumID, m.Forum.Key, m.Forum.Title}, Paper: paperOf(m), Year: m.Year, Number: m.Number,
			Title: m.Title, Place: m.Place, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: m.Status, CalledAt: m.CalledAt, StartedAt: m.StartedAt,
			ClosedAt: m.ClosedAt, ApprovedAt: m.ApprovedAt, PublishedAt: m.PublishedAt, CancelReason: m.CancelReason, Papers: m.Papers,
			ItemCount: m.Items, Attendance: []PartyAttendance{}, LegalBasisIDs: orEmpty(m.References.LegalBases), Cases: casesOf(m.References.Cases),
			Visibility: m.Visibility, VisibilityGround: m.VisibilityGround, Version: m.Version, UpdatedAt: m.UpdatedAt, Permissions: m.Permissions(a)}
		for _, p := range m.Participants { // in the order of the parties
			last := len(out.Attendance) - 1
			if last < 0 || out.Attendance[last].PartyID != p.PartyID {
				out.Attendance = append(out.Attendance, PartyAttendance{PartyID: p.PartyID})
				last++
			}
			out.Attendance[last].Seats++
			if p.There() {
				out.Attendance[last].Present++
			}
		}
		return out
	}
}

func meetingBody(a domain.Actor) func(meeting.Meeting) Meeting {
	return func(m meeting.Meeting) Meeting {
		out := Meeting{MeetingSummary: meetingSummary(a)(m), Participants: []Participant{}, Approvers: []Approver{},
			Quorum: Quorum{Met: m.Papers && len(m.Missing()) == 0, MissingPartyIDs: []domain.PartyID{}}}
		if m.Papers {
			out.Quorum.MissingPartyIDs = orEmpty(m.Missing())
		}
		posts := map[domain.PostID]PostRef{}
		for _, p := range m.Participants {
			b := Participant{ID: p.ID, PartyID: p.PartyID, Guest: p.Guest, Role: p.Role, Inspector: p.Inspector, Attendance: p.Attendance, Version: p.Version}
			if !p.PostID.IsZero() {
				posts[p.PostID] = PostRef{ID: p.PostID, Title: p.Title, PartyID: p.PartyID}
				b.Post = &PostRef{ID: p.PostID, Title: p.Title, PartyID: p.PartyID}
			}
			out.Participants = append(out.Participants, b)
		}
		for _, w := range m.Approvers() {
			b := Approver{Post: posts[w.PostID], Role: w.Role}
			for _, g := range m.Approvals {
				if g.PostID == w.PostID && g.Role == w.Role {
					b.ApprovedAt = &g.ApprovedAt
				}
			}
			out.Approvers = append(out.Approvers, b)
		}
		return out
	}
}

func outcomeBody(a domain.Actor, m meeting.Meeting, o meeting.Outcome, open bool) Outcome {
	out := Outcome{ID: o.ID, No: o.No, Type: o.Type, Text: o.Text, NoActionReason: o.NoActionReason, LateEntry: o.LateEntry, RecordedAt: o.RecordedAt,
		Open: open, Actions: []ActionLink{}, Version: o.Version, Permissions: m.OutcomePermissions(a, o)}
	for _, x := range o.Actions {
		b := ActionLink{ID: x.ID, No: x.No, Title: x.Title, Condition: x.Condition, DueOn: x.DueOn, DuePrecision: x.Precision}
		if !x.LeadID.IsZero() {
			b.Lead = &PostRef{ID: x.LeadID, Title: x.LeadTitle, PartyID: x.LeadParty}
		}
		out.Actions = append(out.Actions, b)
	}
	return out
}

func itemBody(a domain.Actor, m meeting.Meeting) func(meeting.AgendaItem) AgendaItem {
	return func(i meeting.AgendaItem) AgendaItem {
		out := AgendaItem{ID: i.ID, MeetingID: i.MeetingID, AgendaNo: i.AgendaNo, Section: i.Section, Hidden: i.Hidden, Title: i.Title,
			Preparer: i.Preparer, Proposal: i.Proposal, Proceedings: i.Proceedings, Decision: i.Decision, Explanation: i.Explanation, Heard: i.Heard,
			GoesOnTo: i.GoesOnTo, MinutesReserved: i.MinutesReserved, LegalBasisIDs: orEmpty(i.References.LegalBases), Cases: casesOf(i.References.Cases),
			Outcomes: []Outcome{}, Visibility: i.Visibility, VisibilityGround: i.VisibilityGround, Version: i.Version, UpdatedAt: i.UpdatedAt,
			Permissions: m.ItemPermissions(a)}
		if !i.PresenterID.IsZero() {
			out.Presenter = &PostRef{ID: i.PresenterID, Title: i.PresenterTitle, PartyID: i.PresenterParty}
		}
		for _, o := range i.Outcomes {
			out.Outcomes = append(out.Outcomes, outcomeBody(a, m, o, i.Open(o)))
		}
		return out
	}
}

func (in MeetingInput) edit() meeting.Edit {
	return meeting.Edit{Title: in.Title, Place: in.Place, StartsAt: in.StartsAt, EndsAt: in.EndsAt, References: references(in.LegalBasisIDs, in.Cases),
		Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
}

func (in AgendaItemInput) edit() meeting.ItemEdit {
	return meeting.ItemEdit{Title: in.Title, Preparer: in.Preparer, Proposal: in.Proposal, Proceedings: in.Proceedings, Decision: in.Decision,
		Explanation: in.Explanation, Heard: in.Heard, GoesOnTo: in.GoesOnTo, PresenterID: in.PresenterPostID, MinutesReserved: in.MinutesReserved,
		Section: in.Section, References: references(in.LegalBasisIDs, in.Cases), Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
}

func (in OutcomeInput) edit() meeting.OutcomeEdit {
	return meeting.OutcomeEdit{Type: in.Type, Text: in.Text, NoActionReason: strings.TrimSpace(in.NoActionReason)}
}

// Agenda is a meeting's items in their order.
type Agenda struct {
	Items []AgendaItem `json:"items"`
}

// AgendaOutput answers with an agenda.
type AgendaOutput struct{ Body Agenda }

func agendaOf(a domain.Actor, m meeting.Meeting, items []meeting.AgendaItem) *AgendaOutput {
	out := &AgendaOutput{Body: Agenda{Items: make([]AgendaItem, len(items))}}
	for i, item := range items {
		out.Body.Items[i] = itemBody(a, m)(item)
	}
	return out
}

func (s *Server) registerMeetings() {
	const tag = "Meetings"
	meetings := s.Services.Meetings

	type listParams struct {
		AsOfParam
		PageParams
		Forum  []string `query:"forumId,explode" maxItems:"50" doc:"Of these forums"`
		Status []string `query:"status,explode" maxItems:"10" enum:"draft,called,in_progress,closed,approved,published,cancelled" doc:"In these states"`
		From   string   `query:"from" doc:"Starting on this day or later" format:"date"`
		To     string   `query:"to" doc:"Starting on this day or earlier" format:"date"`
	}
	list := func(ctx context.Context, a domain.Actor, in *listParams) (*ListOutput[MeetingSummary], error) {
		var f meeting.Filter
		if err := firstError(idFilter(&f.Forum, "forumId", in.Forum), dateField(&f.From, "from", in.From), dateField(&f.To, "to", in.To)); err != nil {
			return nil, err
		}
		for _, v := range in.Status {
			f.Status.Values = append(f.Status.Values, meeting.Status(v))
		}
		page, err := meetings.List(ctx, a, f, in.request())
		if err != nil {
			return nil, err
		}
		return listOf(page, meetingSummary(a)), nil
	}

	handle(s, operation{ID: "listMeetings", Method: http.MethodGet, Path: "/meetings", Tag: tag, Permission: readScope,
		Summary:     "List meetings",
		Description: "Sorted by startsAt (the default) or updatedAt. Everybody sees that a public meeting has been called; papers tells whether the caller may read its papers."},
		list)

	handle(s, operation{ID: "listForumMeetings", Method: http.MethodGet, Path: "/forums/{id}/meetings", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the meetings of a forum", Description: "As GET /meetings with forumId."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID     string   `path:"id" format:"uuid"`
			Status []string `query:"status,explode" maxItems:"10" enum:"draft,called,in_progress,closed,approved,published,cancelled" doc:"In these states"`
			From   string   `query:"from" doc:"Starting on this day or later" format:"date"`
			To     string   `query:"to" doc:"Starting on this day or earlier" format:"date"`
		}) (*ListOutput[MeetingSummary], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			if _, err := s.Services.Forums.Get(ctx, a, id); err != nil {
				return nil, err
			}
			return list(ctx, a, &listParams{PageParams: in.PageParams, Forum: []string{in.ID}, Status: in.Status, From: in.From, To: in.To})
		})

	handle(s, operation{ID: "createMeeting", Method: http.MethodPost, Path: "/forums/{id}/meetings", Tag: tag, Permission: domain.MeetingCreate,
		Status: http.StatusCreated, Errors: []int{401, 403, 404}, Summary: "Create a draft of a meeting", Description: "It gets the forum's next number of its year."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MeetingInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			m, err := meetings.Create(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(meetingBody(a)(m), m.Version, "/meetings/"+m.ID.String()), nil
		})

	handle(s, operation{ID: "getMeeting", Method: http.MethodGet, Path: "/meetings/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a meeting"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, err := meetings.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "updateMeeting", Method: http.MethodPut, Path: "/meetings/{id}", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a meeting", Description: "Approvals given before are taken back."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body MeetingInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "meeting")); err != nil {
				return nil, err
			}
			m, err := meetings.Change(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	for _, step := range []struct {
		id, path, summary, description string
		permission                     domain.Permission
		run                            func(context.Context, domain.Actor, domain.MeetingID) (meeting.Meeting, error)
	}{
		{"callMeeting", "call", "Call a meeting", "Its participants are the forum's members of today; from now on they read its papers.", domain.MeetingCall, meetings.Call},
		{"startMeeting", "start", "Start a called meeting", "It cannot be started twice.", domain.MeetingStart, meetings.Start},
		{"closeMeeting", "closure", "Close a meeting", "409 decisions_without_ending names the outcomes that lack an action, a reason why none follows, or a deferral or referral of their item. The items of minutes get their § numbers.", domain.MeetingClose, meetings.Close},
		{"approveMeeting", "approvals", "Approve the paper of a closed meeting", "For the caller's post: the chair's or an inspector's. With the chair's and those of an inspector of each principal party the meeting is approved.", domain.MeetingApprove, meetings.Approve},
		{"publishMeeting", "publication", "Publish an approved meeting", "Its public items are read by everybody, and the actions that came from them.", domain.MeetingPublish, meetings.Publish},
	} {
		handle(s, operation{ID: step.id, Method: http.MethodPost, Path: "/meetings/{id}/" + step.path, Tag: tag, Permission: step.permission,
			Errors: []int{401, 403, 404, 409}, Summary: step.summary, Description: step.description},
			func(ctx context.Context, a domain.Actor, in *struct {
				ID string `path:"id" format:"uuid"`
			}) (*ItemOutput[Meeting], error) {
				var id domain.MeetingID
				if err := pathID(&id, in.ID, "meeting"); err != nil {
					return nil, err
				}
				m, err := step.run(ctx, a, id)
				if err != nil {
					return nil, err
				}
				return item(meetingBody(a)(m), m.Version), nil
			})
	}

	handle(s, operation{ID: "cancelMeeting", Method: http.MethodPost, Path: "/meetings/{id}/cancellation", Tag: tag, Permission: domain.MeetingCancel,
		Errors: []int{401, 403, 404, 409}, Summary: "Cancel a meeting that has not begun"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body CancellationInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, err := meetings.Cancel(ctx, a, id, strings.TrimSpace(in.Body.Reason))
			if err != nil {
				return nil, err
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "inviteGuest", Method: http.MethodPost, Path: "/meetings/{id}/participants", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409}, Summary: "Add a guest to a called meeting", Description: "A post without a place in the forum, or a party's guest in words. Answers with the meeting."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body GuestInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, err := meetings.Invite(ctx, a, id, in.Body.PartyID, in.Body.PostID, strings.TrimSpace(in.Body.Guest))
			if err != nil {
				return nil, err
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "updateParticipant", Method: http.MethodPut, Path: "/meetings/{id}/participants/{participantId}", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say whether a participant is there and inspects", Description: "If-Match is the participant's version. Answers with the meeting."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID          string `path:"id" format:"uuid"`
			Participant string `path:"participantId" format:"uuid"`
			Body        AttendanceInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			var participant domain.ParticipantID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "meeting"), pathID(&participant, in.Participant, "participant")); err != nil {
				return nil, err
			}
			m, err := meetings.Attend(ctx, a, id, participant, version, in.Body.Attendance, in.Body.Inspector, strings.TrimSpace(in.Body.Reason))
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return item(meetingBody(a)(m), m.Version), nil
		})
}

func (s *Server) registerAgendaItems() {
	const tag = "Agenda items and outcomes"
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listAgendaItems", Method: http.MethodGet, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the agenda of a meeting with its outcomes and their actions", Description: "Empty unless the caller may read the meeting's papers."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*AgendaOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, items, err := meetings.Items(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return agendaOf(a, m, items), nil
		})

	handle(s, operation{ID: "createAgendaItem", Method: http.MethodPost, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: domain.MeetingEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Add an item to the end of an agenda"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body AgendaItemInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, i, err := meetings.AddItem(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "getAgendaItem", Method: http.MethodGet, Path: "/agenda-items/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get an agenda item"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, i, err := meetings.Item(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "updateAgendaItem", Method: http.MethodPut, Path: "/agenda-items/{id}", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of an agenda item", Description: "Approvals given before are taken back."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body AgendaItemInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "agenda_item")); err != nil {
				return nil, err
			}
			m, i, err := meetings.ChangeItem(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, itemBody(a, m))
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "moveAgendaItem", Method: http.MethodPost, Path: "/agenda-items/{id}/move", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Move an agenda item after another one", Description: "Agenda numbers follow. It makes no new version. Answers with the agenda."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MoveInput
		}) (*AgendaOutput, error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, items, err := meetings.MoveItem(ctx, a, id, in.Body.After)
			if err != nil {
				return nil, err
			}
			return agendaOf(a, m, items), nil
		})

	handle(s, operation{ID: "listOutcomes", Method: http.MethodGet, Path: "/outcomes", Tag: tag, Permission: readScope,
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
				return OutcomeEntry{Outcome: outcomeBody(a, m, o.Outcome, o.Open),
					Item:    AgendaItemRef{o.Item.ID, o.Item.AgendaNo, o.Item.Section, o.Item.Title},
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
				return nil, stale(err, func(o meeting.OutcomeOf) Outcome { return outcomeBody(a, m, o.Outcome, o.Item.Open(o.Outcome)) })
			}
			return item(itemBody(a, m)(i), i.Version), nil
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
