package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Case is every handling of one case that the caller may see.
type Case struct {
	References []CaseReference `json:"references" doc:"The registry numbers and official documents that its items name, each once"`
	Handlings  []Handling      `json:"handlings" doc:"In the order of time, at most 200"`
}

// Handling is one item in which a case was handled.
type Handling struct {
	Meeting MeetingName `json:"meeting"`
	Item    AgendaItem  `json:"item"`
}

// AgendaChange is one difference between an agenda as it was called and as it is.
type AgendaChange struct {
	ItemID   domain.AgendaItemID      `json:"itemId" format:"uuid"`
	Kind     meeting.AgendaChangeKind `json:"kind" enum:"added,removed,changed,moved"`
	AgendaNo int                      `json:"agendaNo" doc:"Of what was removed: where it stood"`
	SubNo    int                      `json:"subNo,omitempty"`
	Title    Text                     `json:"title"`
	Fields   []string                 `json:"fields" doc:"What changed, in the words of the log"`
	At       *time.Time               `json:"at,omitempty" doc:"The last change"`
	Post     *Text                    `json:"post,omitempty" doc:"The post that made it"`
}

// SinceCall tells how an agenda differs from what was called.
type SinceCall struct {
	CalledAt *time.Time     `json:"calledAt,omitempty"`
	Changes  []AgendaChange `json:"changes"`
}

func caseBody(a domain.Actor, handlings []meeting.Handling) Case {
	out := Case{References: []CaseReference{}, Handlings: make([]Handling, len(handlings))}
	seen := map[CaseReference]bool{}
	for i, h := range handlings {
		out.Handlings[i] = Handling{nameOf(h.Meeting), itemBody(a, meeting.Meeting{})(h.Item)}
		for _, c := range casesOf(h.Item.References.Cases) {
			if !seen[c] {
				seen[c] = true
				out.References = append(out.References, c)
			}
		}
	}
	return out
}

func (s *Server) registerCases() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	answer := func(ctx context.Context, a domain.Actor, seed meeting.CaseSeed) (*struct{ Body Case }, error) {
		handlings, err := meetings.Case(ctx, a, seed)
		if err != nil {
			return nil, err
		}
		return &struct{ Body Case }{caseBody(a, handlings)}, nil
	}
	const description = "Items of both parties' bodies that name the same registry number, or of which one was copied, carried over or referred from the other, in the order of time."

	handle(s, operation{ID: "getCase", Method: http.MethodGet, Path: "/cases", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get every handling of the case with a registry number", Description: description},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Party      string `query:"party" required:"true" maxLength:"50" doc:"Key of the party whose registry it is" example:"espoo"`
			RegistryNo string `query:"registryNo" required:"true" maxLength:"100" example:"11937/00.01.02/2021"`
		}) (*struct{ Body Case }, error) {
			return answer(ctx, a, meeting.CaseSeed{PartyKey: in.Party, RegistryNo: in.RegistryNo})
		})

	handle(s, operation{ID: "getCaseOfItem", Method: http.MethodGet, Path: "/agenda-items/{id}/case", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get every handling of an item's case", Description: description},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body Case }, error) {
			var seed meeting.CaseSeed
			if err := pathID(&seed.ItemID, in.ID, "case"); err != nil {
				return nil, err
			}
			return answer(ctx, a, seed)
		})

	handle(s, operation{ID: "listChangesSinceCall", Method: http.MethodGet, Path: "/meetings/{id}/changes-since-call", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary:     "List how a meeting's agenda differs from what was called",
		Description: "Items added, removed, changed or moved, when, and by which post. Empty for who has no role, may not read the papers, and before the call."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body SinceCall }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, changes, err := meetings.SinceCall(ctx, a, id)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body SinceCall }{SinceCall{CalledAt: m.CalledAt, Changes: make([]AgendaChange, len(changes))}}
			for i, c := range changes {
				b := AgendaChange{ItemID: c.ItemID, Kind: c.Kind, AgendaNo: c.AgendaNo, SubNo: c.SubNo, Title: c.Title, Fields: orEmpty(c.Fields)}
				if !c.At.IsZero() {
					b.At = &c.At
				}
				if !c.PostID.IsZero() {
					b.Post = &c.Post
				}
				out.Body.Changes[i] = b
			}
			return out, nil
		})
}
