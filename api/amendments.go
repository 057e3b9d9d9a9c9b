package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Amendment is a correction of an approved paper, beside which it stands. Of a
// hidden one only numbers and ground are told.
type Amendment struct {
	ID             domain.AmendmentID      `json:"id" format:"uuid"`
	No             int                     `json:"no,omitempty" doc:"Within the meeting; given when it is published"`
	Status         meeting.AmendmentStatus `json:"status" enum:"proposed,approved,published,withdrawn"`
	AgendaItemID   domain.AgendaItemID     `json:"agendaItemId" format:"uuid"`
	AgendaNo       int                     `json:"agendaNo"`
	Label          string                  `json:"label,omitempty"`
	Section        int                     `json:"section,omitempty"`
	Part           meeting.Part            `json:"part,omitempty" enum:"title,explanation,heard,proposal,proceedings,decision,goes_on_to,outcome"`
	OutcomeID      domain.OutcomeID        `json:"outcomeId,omitzero" format:"uuid"`
	Was            Text                    `json:"was" doc:"The passage as it was, in each language that changes"`
	Becomes        Text                    `json:"becomes" doc:"As it is now"`
	Reason         Text                    `json:"reason"`
	Hidden         bool                    `json:"hidden" doc:"The caller may not read it"`
	Ground         string                  `json:"ground,omitempty" doc:"Why it is hidden"`
	Post           PostRef                 `json:"post" doc:"Who proposed the present version"`
	ProposedAt     time.Time               `json:"proposedAt"`
	ApprovedAt     *time.Time              `json:"approvedAt,omitempty"`
	PublishedAt    *time.Time              `json:"publishedAt,omitempty"`
	WithdrawnAt    *time.Time              `json:"withdrawnAt,omitempty"`
	WithdrawReason string                  `json:"withdrawReason,omitempty"`
	Approvals      []PaperApproval         `json:"approvals" doc:"Whose approval the present version needs"`
	Version        int                     `json:"version"`
	Permissions    []domain.Permission     `json:"permissions" doc:"amendment.propose: change or withdraw it; amendment.approve; amendment.publish"`
}

// AmendmentInput is what can be said of an amendment.
type AmendmentInput struct {
	PaperPlace
	Was     Text `json:"was" required:"false" doc:"Words as they stand in the part, with earlier amendments, in each language that changes; empty where the part has no text in the language"`
	Becomes Text `json:"becomes" required:"false" doc:"What stands in their place"`
	Reason  Text `json:"reason" doc:"At most 1000 characters in a language"`
}

// AmendmentWithdrawal says why an amendment is given up.
type AmendmentWithdrawal struct {
	Reason string `json:"reason" maxLength:"1000"`
}

func amendmentBody(a domain.Actor, m meeting.Meeting, posts map[domain.PostID]meeting.PaperPost) func(meeting.Amendment) Amendment {
	return func(x meeting.Amendment) Amendment {
		out := Amendment{ID: x.ID, No: x.No, Status: x.Status, AgendaItemID: x.Place.ItemID, AgendaNo: x.AgendaNo, Label: x.Label, Section: x.Section,
			Part: x.Place.Part, OutcomeID: x.Place.OutcomeID, Was: x.Was, Becomes: x.Becomes, Reason: x.Reason, Hidden: x.Hidden, Ground: x.Ground,
			Post: PostRef{ID: x.PostID, Title: x.Post, PartyID: x.PartyID}, ProposedAt: x.ProposedAt, ApprovedAt: x.ApprovedAt, PublishedAt: x.PublishedAt,
			WithdrawnAt: x.WithdrawnAt, WithdrawReason: x.WithdrawReason, Approvals: []PaperApproval{}, Version: x.Version, Permissions: m.AmendmentPermissions(a, x)}
		if x.Hidden {
			return out
		}
		for _, w := range m.AmendmentApprovers(x) {
			p := posts[w.PostID]
			b := PaperApproval{Post: PostRef{ID: w.PostID, Title: p.Title, PartyID: p.PartyID}, Role: w.Role}
			for _, g := range x.Approvals {
				if g.PostID == w.PostID && g.Role == w.Role {
					b.ApprovedAt = &g.ApprovedAt
				}
			}
			out.Approvals = append(out.Approvals, b)
		}
		return out
	}
}

func (in AmendmentInput) edit() meeting.AmendmentEdit {
	return meeting.AmendmentEdit{Place: in.place(), Was: in.Was, Becomes: in.Becomes, Reason: in.Reason}
}

func (s *Server) registerAmendments() {
	const tag = papersTag
	meetings := s.Services.Meetings
	answer := func(a domain.Actor, v meeting.PaperView, err error) (*struct{ Body PaperBody }, error) {
		if err != nil {
			return nil, stale(err, func(o meeting.AmendmentOf) Amendment { return amendmentBody(a, o.Meeting, nil)(o.Amendment) })
		}
		return &struct{ Body PaperBody }{s.paperBody(a)(v)}, nil
	}

	handle(s, operation{ID: "proposeAmendment", Method: http.MethodPost, Path: "/meetings/{id}/amendments", Tag: tag, Permission: domain.AmendmentPropose,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Propose an amendment of an approved paper",
		Description: "The paper never changes: what a passage was and what it is now stands beside it. Answers with the paper."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body AmendmentInput
		}) (*struct{ Body PaperBody }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			v, err := meetings.Amend(ctx, a, id, in.Body.edit())
			return answer(a, v, err)
		})

	handle(s, operation{ID: "updateAmendment", Method: http.MethodPut, Path: "/amendments/{id}", Tag: tag, Permission: domain.AmendmentPropose,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Change an amendment that is not published", Description: "Approvals given before are taken back. Answers with the paper."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body AmendmentInput
		}) (*struct{ Body PaperBody }, error) {
			var id domain.AmendmentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "amendment")); err != nil {
				return nil, err
			}
			v, err := meetings.ChangeAmendment(ctx, a, id, version, in.Body.edit())
			return answer(a, v, err)
		})

	for _, step := range []struct {
		id, path, summary, description string
		permission                     domain.Permission
		run                            func(context.Context, domain.Actor, domain.AmendmentID, int) (meeting.PaperView, error)
	}{
		{"approveAmendment", "approvals", "Approve an amendment", "Of exactly the version in If-Match, by the posts that approve the paper. Answers with the paper.", domain.AmendmentApprove, meetings.ApproveAmendment},
		{"publishAmendment", "publication", "Publish an approved amendment", "It gets the next number of the meeting and is shown to whoever reads the paper. Answers with the paper.", domain.AmendmentPublish, meetings.PublishAmendment},
	} {
		handle(s, operation{ID: step.id, Method: http.MethodPost, Path: "/amendments/{id}/" + step.path, Tag: tag, Permission: step.permission,
			Errors: []int{401, 403, 404, 409, 412, 428}, Summary: step.summary, Description: step.description},
			func(ctx context.Context, a domain.Actor, in *struct {
				IfMatch
				ID string `path:"id" format:"uuid"`
			}) (*struct{ Body PaperBody }, error) {
				var id domain.AmendmentID
				version, err := in.version()
				if err := firstError(err, pathID(&id, in.ID, "amendment")); err != nil {
					return nil, err
				}
				v, err := step.run(ctx, a, id, version)
				return answer(a, v, err)
			})
	}

	handle(s, operation{ID: "withdrawAmendment", Method: http.MethodPost, Path: "/amendments/{id}/withdrawal", Tag: tag, Permission: domain.AmendmentPropose,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Give up an amendment that is not published", Description: "With a reason. Answers with the paper."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body AmendmentWithdrawal
		}) (*struct{ Body PaperBody }, error) {
			var id domain.AmendmentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "amendment")); err != nil {
				return nil, err
			}
			v, err := meetings.WithdrawAmendment(ctx, a, id, version, in.Body.Reason)
			return answer(a, v, err)
		})
}
