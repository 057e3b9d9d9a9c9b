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
	CancelReason     Text                  `json:"cancelReason,omitzero"`
	Reopened         *Reopening            `json:"reopened,omitempty" doc:"The last time that it was opened again after it had been closed"`
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

// Reopening tells that a closed meeting was opened again.
type Reopening struct {
	At        time.Time `json:"at"`
	Reason    Text      `json:"reason"`
	Approvals int       `json:"approvals" doc:"How many approvals it took back"`
}

// PartyAttendance counts the chair and the members of a party.
type PartyAttendance struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	Seats   int            `json:"seats" doc:"The chair and the members of the party; the secretary, experts and guests are not counted"`
	Present int            `json:"present" doc:"Of them, or of who took their places, there, in the room or remotely: now while the meeting goes on, afterwards for some part of it"`
}

// Meeting is a meeting with who takes part.
type Meeting struct {
	MeetingSummary
	Participants []Participant `json:"participants"`
	Approvers    []Approver    `json:"approvers" doc:"Who chairs and the inspectors, whose approval the paper needs"`
	ActingChair  *PostRef      `json:"actingChair,omitempty" doc:"Who chairs in the place of the forum's chair"`
	Lacking      Lacking       `json:"lacking" doc:"Whose approval nobody is asked for, from the call until the paper is approved"`
	Naming       *Naming       `json:"naming,omitempty" doc:"For who keeps the meeting's record, from the call until the paper is approved: who can be named"`
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
	Attendance meeting.Attendance   `json:"attendance" enum:"expected,present,remote,absent" doc:"Of them or who took their place, for some part of the meeting"`
	There      bool                 `json:"there" doc:"There now; after the meeting: at its end"`
	Substitute *Substitute          `json:"substitute,omitempty" doc:"Who took their place"`
	Movements  []Movement           `json:"movements" doc:"Coming and leaving while the meeting went on, in their order"`
	Version    int                  `json:"version"`
}

// Substitute takes a member's place: a post, or in words.
type Substitute struct {
	Post *PostRef        `json:"post,omitempty"`
	Name string          `json:"name,omitempty" doc:"In words, of who holds no post here"`
	Call *SubstituteCall `json:"call,omitempty" doc:"Of a post, for who keeps the meeting's record, until the meeting is closed: whether the call has gone to who holds it. Missing of the past"`
}

// SubstituteCall tells whether the call went to who holds a substitute's post.
type SubstituteCall struct {
	State meeting.CallState `json:"state" enum:"called,on_its_way,failed,no_mail_server,no_holder,no_address,not_called" doc:"not_called: named when the meeting was to begin or had begun, or nobody in the post today has been called"`
	At    *time.Time        `json:"at,omitempty" doc:"When it was sent"`
}

// Movement is a participant's coming or leaving.
type Movement struct {
	Kind         meeting.MovementKind `json:"kind" enum:"arrived,left"`
	At           time.Time            `json:"at"`
	AgendaItemID domain.AgendaItemID  `json:"agendaItemId" format:"uuid" doc:"The item during which it happened: who came is there when it is settled, who left is not"`
	AgendaNo     int                  `json:"agendaNo" doc:"Of the item"`
}

// Approver is a post whose approval the paper needs.
type Approver struct {
	Post       PostRef              `json:"post"`
	Role       meeting.ApprovalRole `json:"role" enum:"chair,inspector"`
	ApprovedAt *time.Time           `json:"approvedAt,omitempty" doc:"Missing while it is waited for"`
	PaperHash  string               `json:"paperHash,omitempty" doc:"SHA-256 of the paper that was approved, as hash of GET /meetings/{id}/paper"`
}

// Lacking tells whose approval the paper would need and nobody is asked for. With
// any of it the paper cannot be approved.
type Lacking struct {
	Chair             bool             `json:"chair"`
	InspectorPartyIDs []domain.PartyID `json:"inspectorPartyIds" doc:"Principal parties without an inspector"`
}

// Naming lists who can be named to approve the paper without more.
type Naming struct {
	Chairs     []PostRef `json:"chairs" doc:"Who takes part as a post"`
	Inspectors []PostRef `json:"inspectors" doc:"Who takes part for a principal party as a member, a substitute or the secretary and does not chair. Any other post of the party can be named with a reason"`
}

// NamingInput names a post that approves the paper.
type NamingInput struct {
	PostID domain.PostID `json:"postId,omitempty" format:"uuid"`
	Reason string        `json:"reason,omitempty" maxLength:"1000"`
}

// Roster compares who takes part in a meeting with the members of its forum on
// its day, before the call with those of today.
type Roster struct {
	Joined []RosterMember         `json:"joined" doc:"Members who do not take part yet, or in another role"`
	Left   []domain.ParticipantID `json:"left" doc:"Participants with a place in the forum who are not its members"`
	// Lacking is what a draft would lack once it were called.
	Lacking Lacking `json:"lacking" doc:"Of a draft: whose approval nobody would be asked for once it were called"`
}

// RosterMember is a member of the forum.
type RosterMember struct {
	Post PostRef      `json:"post"`
	Role meeting.Role `json:"role" enum:"chair,secretary,member"`
}

func lackingBody(l meeting.Lacking) Lacking {
	return Lacking{Chair: l.Chair, InspectorPartyIDs: orEmpty(l.Inspectors)}
}

func candidates(cs []meeting.Candidate) []PostRef {
	out := make([]PostRef, len(cs))
	for i, c := range cs {
		out[i] = PostRef{ID: c.PostID, Title: c.Title, PartyID: c.PartyID}
	}
	return out
}

func namingBody(a domain.Actor, m meeting.Meeting) *Naming {
	if m.Status != meeting.Called && m.Status != meeting.InProgress && m.Status != meeting.Closed || !a.Can(domain.MeetingRecord, m.Resource()) {
		return nil
	}
	out := &Naming{Chairs: candidates(m.PossibleChairs()), Inspectors: []PostRef{}}
	for _, party := range m.Principals {
		out.Inspectors = append(out.Inspectors, candidates(m.PossibleInspectors(party))...)
	}
	return out
}

// Quorum tells whether the meeting may decide: the chair, a member or a
// substitute of theirs is there of each principal party. The secretary, experts
// and guests do not count.
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

// ReopeningInput says why a closed meeting is opened again.
type ReopeningInput struct {
	Reason Text `json:"reason" doc:"At most 1000 characters in a language"`
}

// CancellationInput says why a meeting is called off.
type CancellationInput struct {
	Reason Text `json:"reason" doc:"At most 1000 characters in a language"`
}

// SubstituteInput names who takes a member's place: a post, or in words.
type SubstituteInput struct {
	PostID domain.PostID `json:"postId,omitempty" format:"uuid"`
	Name   string        `json:"name,omitempty" maxLength:"200" doc:"What they are, of who holds no post here; never a person's name"`
}

// MovementInput says that a participant came or left.
type MovementInput struct {
	Kind         meeting.MovementKind `json:"kind" enum:"arrived,left"`
	At           time.Time            `json:"at"`
	AgendaItemID domain.AgendaItemID  `json:"agendaItemId" format:"uuid" doc:"The item during which it happened"`
}

// AttendanceInput says who is there and who inspects.
type AttendanceInput struct {
	Attendance meeting.Attendance `json:"attendance" enum:"expected,present,remote,absent"`
	Substitute *SubstituteInput   `json:"substitute,omitempty" doc:"Who takes a member's place; missing: nobody"`
	Movements  []MovementInput    `json:"movements,omitempty" maxItems:"20" doc:"Coming and leaving while the meeting goes on, in turn and in the order of their times; missing: neither"`
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
		if m.ReopenedAt != nil {
			out.Reopened = &Reopening{*m.ReopenedAt, m.ReopenReason, m.ReopenApprovals}
		}
		for _, p := range m.Participants { // in the order of the parties
			if !p.Decides() {
				continue
			}
			last := len(out.Attendance) - 1
			if last < 0 || out.Attendance[last].PartyID != p.PartyID {
				out.Attendance = append(out.Attendance, PartyAttendance{PartyID: p.PartyID})
				last++
			}
			out.Attendance[last].Seats++
			if m.Status == meeting.InProgress && p.There() || m.Status != meeting.InProgress && p.Attended() {
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
		out.Lacking = lackingBody(meeting.Lacking{})
		if m.Papers {
			out.Quorum.MissingPartyIDs = orEmpty(m.Missing())
			out.Lacking, out.Naming = lackingBody(m.Lacking()), namingBody(a, m)
		}
		posts := map[domain.PostID]PostRef{}
		records := a.Can(domain.MeetingRecord, m.Resource())
		for _, p := range m.Participants {
			b := Participant{ID: p.ID, PartyID: p.PartyID, Guest: p.Guest, Role: p.Role, Inspector: p.Inspector, Attendance: p.Attendance,
				There: p.There(), Movements: make([]Movement, len(p.Movements)), Version: p.Version}
			for n, v := range p.Movements {
				b.Movements[n] = Movement{Kind: v.Kind, At: v.At, AgendaItemID: v.ItemID, AgendaNo: v.AgendaNo}
			}
			if !p.SubstituteID.IsZero() {
				b.Substitute = &Substitute{Post: &PostRef{ID: p.SubstituteID, Title: p.SubstituteTitle, PartyID: p.PartyID}}
				if call := p.SubstituteCall; records && call.State != "" {
					b.Substitute.Call = &SubstituteCall{State: call.State}
					if !call.At.IsZero() {
						b.Substitute.Call.At = &call.At
					}
				}
			} else if p.Substitute != "" {
				b.Substitute = &Substitute{Name: p.Substitute}
			}
			if !p.PostID.IsZero() {
				posts[p.PostID] = PostRef{ID: p.PostID, Title: p.Title, PartyID: p.PartyID}
				b.Post = &PostRef{ID: p.PostID, Title: p.Title, PartyID: p.PartyID}
			}
			out.Participants = append(out.Participants, b)
		}
		for _, n := range m.Named {
			posts[n.PostID] = PostRef{ID: n.PostID, Title: n.Title, PartyID: n.PartyID}
			if n.Role == meeting.ByChair {
				out.ActingChair = &PostRef{ID: n.PostID, Title: n.Title, PartyID: n.PartyID}
			}
		}
		for _, w := range m.Approvers() {
			b := Approver{Post: posts[w.PostID], Role: w.Role}
			for _, g := range m.Approvals {
				if g.PostID == w.PostID && g.Role == w.Role {
					b.ApprovedAt, b.PaperHash = &g.ApprovedAt, g.PaperHash
				}
			}
			out.Approvers = append(out.Approvers, b)
		}
		return out
	}
}

func (in AttendanceInput) edit() meeting.AttendanceEdit {
	e := meeting.AttendanceEdit{Attendance: in.Attendance, Inspector: in.Inspector, Reason: strings.TrimSpace(in.Reason)}
	if in.Substitute != nil {
		e.SubstituteID, e.Substitute = in.Substitute.PostID, in.Substitute.Name
	}
	for _, v := range in.Movements {
		e.Movements = append(e.Movements, meeting.Movement{Kind: v.Kind, At: v.At, ItemID: v.AgendaItemID})
	}
	return e
}

func (in MeetingInput) edit() meeting.Edit {
	return meeting.Edit{Title: in.Title, Place: in.Place, StartsAt: in.StartsAt, EndsAt: in.EndsAt, References: references(in.LegalBasisIDs, in.Cases),
		Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
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

	handle(s, operation{ID: "listMeetings", Kept: true, Method: http.MethodGet, Path: "/meetings", Tag: tag, Permission: readScope,
		Summary:     "List meetings",
		Description: "Sorted by startsAt (the default) or updatedAt. Everybody sees that a public meeting has been called; papers tells whether the caller may read its papers."},
		list)

	handle(s, operation{ID: "listForumMeetings", Kept: true, Method: http.MethodGet, Path: "/forums/{id}/meetings", Tag: tag, Permission: readScope, Errors: []int{404},
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

	handle(s, operation{ID: "getMeeting", Kept: true, Method: http.MethodGet, Path: "/meetings/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
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
		{"callMeeting", "call", "Call a meeting", "Its participants are the forum's members of today; from now on they read its papers. It is not refused when nobody chairs or inspects: lacking in the answer, and in GET /meetings/{id}/roster before, tells what has to be named before the paper can be approved.", domain.MeetingCall, meetings.Call},
		{"startMeeting", "start", "Start a called meeting", "It cannot be started twice.", domain.MeetingStart, meetings.Start},
		{"closeMeeting", "closure", "Close a meeting", "409 items_without_outcome or decisions_without_ending names, in errors, what is not accounted for: /items/ID without_outcome (record one, say why it was not handled, or carry it over), /outcomes/ID without_ending (make an action, say why none follows, defer, refer or carry over), without_target (until when) or without_addressee (to whom). The items of minutes get their § numbers, and referrals are sent.", domain.MeetingClose, meetings.Close},
		{"publishMeeting", "publication", "Publish an approved meeting", "Its public items are read by everybody, and the actions that came from them.", domain.MeetingPublish, meetings.Publish},
		{"takeInMembers", "members", "Make participants of those who have become members of the forum since the call", "Until the meeting is closed; 409 nobody_joined if all take part. Who takes part in another role gets that of today. Before the meeting begins the new ones are called by e-mail like the others. Answers with the meeting.", domain.MeetingRecord, meetings.TakeIn},
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

	handle(s, operation{ID: "reopenMeeting", Method: http.MethodPost, Path: "/meetings/{id}/reopening", Tag: tag, Permission: domain.MeetingReopen,
		Errors: []int{401, 403, 404, 409}, Summary: "Open a closed meeting again", Description: "Until it is approved. Approvals given are taken back, and that is shown."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body ReopeningInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, err := meetings.Reopen(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

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
			m, err := meetings.Cancel(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "inviteGuest", Method: http.MethodPost, Adds: true, Path: "/meetings/{id}/participants", Tag: tag, Permission: domain.MeetingRecord,
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
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say whether a participant is there, who stands in for them, when they came or left, and whether they inspect", Description: "If-Match is the participant's version. A substitute post named between the call and the beginning gets the call by e-mail, once, and reads the meeting's papers from then on; one taken off before the beginning is told so, and reads them no more. Answers with the meeting."},
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
			m, err := meetings.Attend(ctx, a, id, participant, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "getRoster", Method: http.MethodGet, Path: "/meetings/{id}/roster", Tag: tag, Permission: domain.MeetingEdit, Errors: []int{401, 403, 404},
		Summary: "Compare who takes part in a meeting with the members of its forum", Description: "On the day of the meeting; before the call, of today. Empty once the meeting has been closed."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Roster], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, r, err := meetings.Roster(ctx, a, id)
			if err != nil {
				return nil, err
			}
			out := Roster{Joined: make([]RosterMember, len(r.Joined)), Left: r.Left, Lacking: lackingBody(r.Lacking)}
			for i, p := range r.Joined {
				out.Joined[i] = RosterMember{PostRef{ID: p.PostID, Title: p.Title, PartyID: p.PartyID}, p.Role}
			}
			return item(out, m.Version), nil
		})

	handle(s, operation{ID: "takeOffParticipant", Method: http.MethodPost, Path: "/meetings/{id}/participants/{participantId}/removal", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take off a participant who has left the forum", Description: "If-Match is the participant's version. Until the meeting is closed. 409 membership_goes_on while they are a member on the meeting's day, attendance_recorded once anything was recorded of them: that stays. Before the meeting begins, who was called for them is told by mail, and the date leaves their calendar. Answers with the meeting."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID          string `path:"id" format:"uuid"`
			Participant string `path:"participantId" format:"uuid"`
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			var participant domain.ParticipantID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "meeting"), pathID(&participant, in.Participant, "participant")); err != nil {
				return nil, err
			}
			m, err := meetings.TakeOff(ctx, a, id, participant, version)
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	for _, naming := range []struct {
		id, path, summary, description string
		run                            func(context.Context, domain.Actor, domain.MeetingID, meeting.Naming) (meeting.Meeting, error)
	}{
		{"nameActingChair", "acting-chair", "Name who chairs a meeting in the place of the forum's chair", "With a reason, from the call until the paper is approved. Without postId the forum's chair chairs after all. It must take part (not_taking_part); if no post does, any of a principal party will do. 409 chair_has_approved.", meetings.NameActingChair},
		{"nameInspector", "inspectors", "Name who inspects the paper for the principal party of a post", "From the call until the paper is approved, in the place of whoever did. Who chairs cannot (chairs). A reason is required after the meeting has been closed, and of a post that does not take part for the party as a member, a substitute or the secretary. 409 inspector_has_approved.", meetings.NameInspector},
	} {
		handle(s, operation{ID: naming.id, Method: http.MethodPost, Path: "/meetings/{id}/" + naming.path, Tag: tag, Permission: domain.MeetingRecord,
			Errors: []int{401, 403, 404, 409}, Summary: naming.summary, Description: naming.description + " Approvals given are taken back, since the paper tells it; whose approval is asked from now on is told by e-mail once the meeting is closed. Answers with the meeting."},
			func(ctx context.Context, a domain.Actor, in *struct {
				ID   string `path:"id" format:"uuid"`
				Body NamingInput
			}) (*ItemOutput[Meeting], error) {
				var id domain.MeetingID
				if err := pathID(&id, in.ID, "meeting"); err != nil {
					return nil, err
				}
				m, err := naming.run(ctx, a, id, meeting.Naming{PostID: in.Body.PostID, Reason: in.Body.Reason})
				if err != nil {
					return nil, err
				}
				return item(meetingBody(a)(m), m.Version), nil
			})
	}
}
