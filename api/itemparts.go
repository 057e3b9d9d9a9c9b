package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Transfer tells how an item went from one agenda to another.
type Transfer struct {
	Kind             meeting.TransferKind `json:"kind" enum:"move,copy,carry_over"`
	From             *MeetingName         `json:"from,omitempty" doc:"Missing: a meeting that the caller may not see"`
	FromItemID       *domain.AgendaItemID `json:"fromItemId,omitempty" format:"uuid" doc:"Missing: taken off that agenda since"`
	To               *MeetingName         `json:"to,omitempty" doc:"Missing: a meeting that the caller may not see"`
	ToItemID         *domain.AgendaItemID `json:"toItemId,omitempty" format:"uuid" doc:"Missing: taken off that agenda since"`
	AgendaNo         int                  `json:"agendaNo,omitempty" doc:"Where it came from, then"`
	SubNo            int                  `json:"subNo,omitempty"`
	Title            Text                 `json:"title" doc:"As it was then; empty if the caller may not read it"`
	Visibility       domain.Visibility    `json:"visibility" enum:"public,internal"`
	VisibilityGround string               `json:"visibilityGround,omitempty"`
	MadeAt           time.Time            `json:"madeAt"`
}

func transfersOf(ts []meeting.Transfer) []Transfer {
	out := make([]Transfer, len(ts))
	for i, t := range ts {
		out[i] = Transfer{Kind: t.Kind, FromItemID: t.FromItemID.Ptr(), ToItemID: t.ToItemID.Ptr(), AgendaNo: t.AgendaNo, SubNo: t.SubNo, Title: t.Title,
			Visibility: t.Visibility, VisibilityGround: t.VisibilityGround, MadeAt: t.MadeAt}
		if t.From != nil {
			n := nameOf(*t.From)
			out[i].From = &n
		}
		if t.To != nil {
			n := nameOf(*t.To)
			out[i].To = &n
		}
	}
	return out
}

// TransferInput says where an item goes.
type TransferInput struct {
	Kind      meeting.TransferKind `json:"kind" enum:"move,copy,carry_over" doc:"move: the item itself with its outcomes and attachments, not out of a closed meeting; copy: its text and attachments, outcomes stay; carry_over: a copy in a later meeting, to be handled there"`
	MeetingID domain.MeetingID     `json:"meetingId" format:"uuid"`
}

// Dissent is a dissenting opinion or a reservation at an outcome.
type Dissent struct {
	ID              domain.DissentID    `json:"id" format:"uuid"`
	Kind            meeting.DissentKind `json:"kind" enum:"dissent,reservation"`
	PartyID         domain.PartyID      `json:"partyId" format:"uuid"`
	Post            *PostRef            `json:"post,omitempty" doc:"Missing: the whole party"`
	Text            Text                `json:"text"`
	RecordedAt      time.Time           `json:"recordedAt"`
	WithdrawnAt     *time.Time          `json:"withdrawnAt,omitempty"`
	WithdrawnReason Text                `json:"withdrawnReason,omitzero"`
	Version         int                 `json:"version"`
	Permissions     []domain.Permission `json:"permissions" doc:"meeting.record: correct or withdraw it"`
}

func dissentBody(a domain.Actor, m meeting.Meeting) func(meeting.Dissent) Dissent {
	return func(d meeting.Dissent) Dissent {
		out := Dissent{ID: d.ID, Kind: d.Kind, PartyID: d.PartyID, Text: d.Text, RecordedAt: d.RecordedAt, WithdrawnAt: d.WithdrawnAt,
			WithdrawnReason: d.WithdrawnReason, Version: d.Version, Permissions: m.DissentPermissions(a, d)}
		if !d.PostID.IsZero() {
			out.Post = &PostRef{ID: d.PostID, Title: d.PostTitle, PartyID: d.PartyID}
		}
		return out
	}
}

func dissentsOf(a domain.Actor, m meeting.Meeting, ds []meeting.Dissent) []Dissent {
	out := make([]Dissent, len(ds))
	for i, d := range ds {
		out[i] = dissentBody(a, m)(d)
	}
	return out
}

// DissentInput is what can be said of it.
type DissentInput struct {
	Kind    meeting.DissentKind `json:"kind" enum:"dissent,reservation"`
	PartyID domain.PartyID      `json:"partyId" format:"uuid"`
	PostID  domain.PostID       `json:"postId,omitempty" format:"uuid" doc:"A post of the party; missing: the whole party"`
	Text    Text                `json:"text"`
}

func (in DissentInput) edit() meeting.DissentEdit {
	return meeting.DissentEdit{Kind: in.Kind, PartyID: in.PartyID, PostID: in.PostID, Text: in.Text}
}

// WithdrawalInput says why a dissent is withdrawn.
type WithdrawalInput struct {
	Reason Text `json:"reason" doc:"In Finnish or Swedish at least, at most 1000 characters in a language"`
}

// RemovalInput is a reason for the log and the trace.
type RemovalInput struct {
	Reason string `json:"reason" maxLength:"1000"`
}

func (s *Server) registerItemParts() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "leaveItemUnhandled", Method: http.MethodPost, Path: "/agenda-items/{id}/non-handling", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say why the meeting did not handle an item",
		Description: "It then needs no outcome when the meeting is closed. An empty reason takes it back, and so does an outcome."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body ReasonInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "agenda_item")); err != nil {
				return nil, err
			}
			m, i, err := meetings.LeaveUnhandled(ctx, a, id, version, in.Body.Reason)
			if err != nil {
				return nil, stale(err, itemBody(a, m))
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "transferAgendaItem", Method: http.MethodPost, Path: "/agenda-items/{id}/transfers", Tag: tag, Permission: domain.MeetingEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Move, copy or carry an item with its sub-items over to another meeting",
		Description: "To the end of the agenda of a meeting that is not over. Both agendas keep the trace. Answers with the item there."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body TransferInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, i, err := meetings.Transfer(ctx, a, id, in.Body.Kind, in.Body.MeetingID)
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "recordDissent", Method: http.MethodPost, Path: "/outcomes/{id}/dissents", Tag: tag, Permission: domain.MeetingRecord,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Record a dissenting opinion or reservation at an outcome",
		Description: "Of a party or one of its posts. After the meeting's closure it takes approvals back. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body DissentInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.OutcomeID
			if err := pathID(&id, in.ID, "outcome"); err != nil {
				return nil, err
			}
			m, i, err := meetings.RecordDissent(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateDissent", Method: http.MethodPut, Path: "/dissents/{id}", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Correct a dissenting opinion or reservation", Description: "If-Match is its version. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body DissentInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.DissentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "dissent")); err != nil {
				return nil, err
			}
			m, i, err := meetings.ChangeDissent(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, dissentBody(a, m))
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})
	handle(s, operation{ID: "withdrawDissent", Method: http.MethodPost, Path: "/dissents/{id}/withdrawal", Tag: tag, Permission: domain.MeetingRecord,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Withdraw a dissenting opinion or reservation", Description: "With a reason; it stays readable. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body WithdrawalInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.DissentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "dissent")); err != nil {
				return nil, err
			}
			m, i, err := meetings.WithdrawDissent(ctx, a, id, version, in.Body.Reason)
			if err != nil {
				return nil, stale(err, dissentBody(a, m))
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})
}
