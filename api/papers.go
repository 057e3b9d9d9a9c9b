package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// PaperBody is the memo or minutes of a meeting as the caller may read them.
type PaperBody struct {
	Meeting     MeetingRef          `json:"meeting"`
	Version     meeting.Audience    `json:"version" enum:"internal,public" doc:"internal: with what is confidential; public: as everybody reads it once it is published"`
	Paper       meeting.Paper       `json:"paper" doc:"What the hash is of, in the form in which it is hashed"`
	Hash        string              `json:"hash" doc:"SHA-256 of the version that is shown; of the internal version it is what an approval names"`
	FrozenAt    *time.Time          `json:"frozenAt,omitempty" doc:"When this paper was approved and kept; missing while it can change"`
	Quorum      bool                `json:"quorum" doc:"Somebody of each principal party was there"`
	Approvals   []PaperApproval     `json:"approvals" doc:"Whose approval the paper needs"`
	Missing     MissingTexts        `json:"missing" doc:"Places that have a text, but not in the language"`
	Returns     []PaperReturn       `json:"returns" doc:"How it was given back before it was approved; empty for those who may not read it before it is published"`
	Amendments  []Amendment         `json:"amendments"`
	PDF         bool                `json:"pdf" doc:"This server can write the paper as PDF"`
	Permissions []domain.Permission `json:"permissions" doc:"meeting.approve and paper.return of exactly this paper, paper.comment, paper.answer, amendment.propose"`
}

// PaperApproval is a post whose approval the paper needs.
type PaperApproval struct {
	Post       PostRef              `json:"post"`
	Role       meeting.ApprovalRole `json:"role" enum:"chair,inspector"`
	ApprovedAt *time.Time           `json:"approvedAt,omitempty"`
	Outdated   bool                 `json:"outdated" doc:"It was of another paper and no longer counts"`
}

// MissingTexts lists what is not translated, by language.
type MissingTexts struct {
	FI []MissingText `json:"fi"`
	SV []MissingText `json:"sv"`
}

// MissingText is a place of the paper.
type MissingText struct {
	PaperPlace
	AgendaNo int    `json:"agendaNo"`
	Label    string `json:"label,omitempty"`
}

// PaperPlace is a text of the paper.
type PaperPlace struct {
	AgendaItemID domain.AgendaItemID `json:"agendaItemId" format:"uuid"`
	Part         meeting.Part        `json:"part" enum:"title,explanation,heard,proposal,proceedings,decision,goes_on_to,outcome"`
	OutcomeID    domain.OutcomeID    `json:"outcomeId,omitzero" required:"false" format:"uuid" doc:"Of part outcome"`
}

// PaperReturn is why a post gave the paper back.
type PaperReturn struct {
	Post       PostRef              `json:"post"`
	Role       meeting.ApprovalRole `json:"role" enum:"chair,inspector"`
	Reason     string               `json:"reason"`
	Lang       domain.Lang          `json:"lang" enum:"fi,sv,en" doc:"That the reason is in"`
	ReturnedAt time.Time            `json:"returnedAt"`
	Outdated   bool                 `json:"outdated" doc:"The paper has changed since, or the post has approved it"`
}

// ApprovalInput names the paper that is approved.
type ApprovalInput struct {
	Paper string `json:"paper" pattern:"^[0-9a-f]{64}$" doc:"hash of the internal version that was read: GET /meetings/{id}/paper"`
}

// PaperReturnInput says why a paper is given back.
type PaperReturnInput struct {
	Paper  string      `json:"paper" pattern:"^[0-9a-f]{64}$" doc:"hash of the internal version that was read"`
	Reason string      `json:"reason" maxLength:"1000"`
	Lang   domain.Lang `json:"lang" enum:"fi,sv,en" doc:"That the reason is in"`
}

func placeOf(p meeting.Place) PaperPlace {
	return PaperPlace{AgendaItemID: p.ItemID, Part: p.Part, OutcomeID: p.OutcomeID}
}

func (p PaperPlace) place() meeting.Place {
	return meeting.Place{ItemID: p.AgendaItemID, OutcomeID: p.OutcomeID, Part: p.Part}
}

func (s *Server) paperBody(a domain.Actor) func(meeting.PaperView) PaperBody {
	return func(v meeting.PaperView) PaperBody {
		m := v.Meeting
		out := PaperBody{Meeting: MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: string(m.Status)},
			Version: v.Audience, Paper: v.Paper, Hash: v.Hash, FrozenAt: v.FrozenAt, Quorum: v.Paper.Quorum(), Approvals: []PaperApproval{},
			Missing: MissingTexts{FI: missingTexts(v.Paper, domain.Finnish), SV: missingTexts(v.Paper, domain.Swedish)},
			Returns: []PaperReturn{}, Amendments: []Amendment{}, PDF: s.PDF != nil, Permissions: v.Permissions}
		post := func(id domain.PostID) PostRef {
			p := v.Posts[id]
			return PostRef{ID: id, Title: p.Title, PartyID: p.PartyID}
		}
		approvedBy := map[domain.PostID]bool{}
		for _, w := range m.Approvers() {
			b := PaperApproval{Post: post(w.PostID), Role: w.Role}
			for _, g := range m.Approvals {
				if g.PostID == w.PostID && g.Role == w.Role {
					b.ApprovedAt, b.Outdated = &g.ApprovedAt, m.Status == meeting.Closed && v.Approves != "" && g.PaperHash != v.Approves
					approvedBy[w.PostID] = !b.Outdated
				}
			}
			out.Approvals = append(out.Approvals, b)
		}
		for _, r := range v.Returns {
			out.Returns = append(out.Returns, PaperReturn{Post: PostRef{ID: r.PostID, Title: r.Post, PartyID: r.PartyID}, Role: r.Role, Reason: r.Reason,
				Lang: r.Lang, ReturnedAt: r.ReturnedAt, Outdated: m.Status != meeting.Closed || r.PaperHash != v.Approves || approvedBy[r.PostID]})
		}
		for _, x := range v.Amendments {
			out.Amendments = append(out.Amendments, amendmentBody(a, m, v.Posts)(x))
		}
		return out
	}
}

func missingTexts(p meeting.Paper, lang domain.Lang) []MissingText {
	out := []MissingText{}
	for _, m := range p.Missing(lang) {
		out = append(out, MissingText{placeOf(m.Place), m.AgendaNo, m.Label})
	}
	return out
}

// papersTag groups the operations of papers in the reference.
const papersTag = "Papers of meetings"

// PaperParams ask for one version of a paper.
type PaperParams struct {
	AsOfParam
	ID      string `path:"id" format:"uuid"`
	Version string `query:"version" enum:"internal,public" doc:"internal: with what is confidential; public: as everybody reads it; unless given, the most that the caller may read"`
}

func (s *Server) registerPapers() {
	const tag = papersTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "getPaper", Method: http.MethodGet, Path: "/meetings/{id}/paper", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary:     "Get the memo or minutes of a meeting",
		Description: "Drafted from what was recorded; from its approval on the paper that was approved. 404 paper_not_found for who may not read it, or not in that version."},
		func(ctx context.Context, a domain.Actor, in *PaperParams) (*struct{ Body PaperBody }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			v, err := meetings.Paper(ctx, a, id, meeting.Audience(in.Version))
			if err != nil {
				return nil, err
			}
			return &struct{ Body PaperBody }{s.paperBody(a)(v)}, nil
		})

	handle(s, operation{ID: "approveMeeting", Method: http.MethodPost, Path: "/meetings/{id}/approvals", Tag: tag, Permission: domain.MeetingApprove,
		Errors: []int{401, 403, 404, 409, 412}, Summary: "Approve the paper of a closed meeting",
		Description: "For the caller's post: the chair's or an inspector's. Of exactly the paper with the hash: 412 paper_changed if it reads otherwise by now. With the chair's approval and those of an inspector of each principal party the meeting is approved, and the paper is kept as it is."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body ApprovalInput
		}) (*ItemOutput[Meeting], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, err := meetings.Approve(ctx, a, id, in.Body.Paper)
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return item(meetingBody(a)(m), m.Version), nil
		})

	handle(s, operation{ID: "returnPaper", Method: http.MethodPost, Adds: true, Path: "/meetings/{id}/returns", Tag: tag, Permission: domain.PaperReturn,
		Errors: []int{401, 403, 404, 409, 412}, Summary: "Give the paper of a closed meeting back to the secretary",
		Description: "By a post whose approval is asked, with a reason, instead of approving. Takes nothing back: the secretary corrects or answers, and the post approves then. Answers with the paper."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body PaperReturnInput
		}) (*struct{ Body PaperBody }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			v, err := meetings.Return(ctx, a, id, in.Body.Paper, in.Body.Reason, in.Body.Lang)
			if err != nil {
				return nil, stale(err, meetingBody(a))
			}
			return &struct{ Body PaperBody }{s.paperBody(a)(v)}, nil
		})
}
