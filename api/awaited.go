package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mywork"
)

// Awaited is what the post that the caller acts in waits for from others.
type Awaited struct {
	Items []AwaitedItem `json:"items" doc:"The longest waiting first; at most limit"`
	Total int           `json:"total" doc:"How much there is in all"`
}

// AwaitedItem is one thing that others are to do.
type AwaitedItem struct {
	Reason      mywork.AwaitedReason `json:"reason" enum:"acceptance,draft,reply,answer,minutes,report,predecessor" doc:"acceptance: of what the post proposed, accepted for its party or has a part in; draft: another party's word on the post's draft; reply: to a referral that is not late; answer: to what the post commented on, asked to be changed or gave back; minutes: of a meeting of the post's that others write, approve or publish; report: another party's word on a shared action, which is out of date; predecessor: a late action for which own waits"`
	Stage       mywork.Reason        `json:"stage,omitempty" enum:"unclosed,unapproved,unpublished" doc:"Of minutes: what is to be done next"`
	Of          AwaitedThing         `json:"of"`
	PartyID     *domain.PartyID      `json:"partyId,omitempty" format:"uuid" doc:"For whom one waits; missing where several approvers are"`
	Post        *PostRef             `json:"post,omitempty" doc:"Its post, where one is to do it"`
	Pending     int                  `json:"pending,omitempty" doc:"unapproved: approvers that have not approved"`
	Since       domain.Date          `json:"since" format:"date" doc:"From which day on: of a report the first day on which it is out of date, of a predecessor the first after its last day"`
	WorkingDays int                  `json:"workingDays" doc:"Working days after since, today included"`
	DueOn       domain.Date          `json:"dueOn,omitzero" format:"date" doc:"reply: by when the answer is due; predecessor: when it was due"`
	Own         *AwaitedThing        `json:"own,omitempty" doc:"predecessor: the post's own action that waits for it"`
	DraftID     *domain.AnyID        `json:"draftId,omitempty" format:"uuid" doc:"The draft that is awaited or was commented on"`
}

// AwaitedThing names what it is about.
type AwaitedThing struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,action,stage,handover,chain,forum,plan,meeting,referral"`
	ID    domain.AnyID       `json:"id" format:"uuid" doc:"Of a referral that of the meeting that sent it"`
	No    int                `json:"no,omitempty" doc:"Number of a goal, action or meeting, place of a stage"`
	Year  int                `json:"year,omitempty" doc:"Of a meeting"`
	Key   string             `json:"key,omitempty" doc:"Permanent name of a forum, chain or plan, or of that to which it belongs"`
	Title Text               `json:"title" doc:"Of a hand-over: what passes; of a meeting: its forum; of a referral: the matter"`
	From  *Text              `json:"from,omitempty" doc:"Of a hand-over: the giving stage"`
	To    *Text              `json:"to,omitempty" doc:"Of a hand-over: the receiving stage; of a referral: the forum to which it was sent"`
}

func awaitedThing(t mywork.Thing) AwaitedThing {
	return AwaitedThing{Kind: t.Kind, ID: t.ID, No: t.No, Year: t.Year, Key: t.Key, Title: t.Title, From: spoken(t.From), To: spoken(t.To)}
}

func awaitedItem(workingDays func(domain.Date) int) func(mywork.Awaited) AwaitedItem {
	return func(x mywork.Awaited) AwaitedItem {
		out := AwaitedItem{Reason: x.Reason, Stage: x.Stage, Of: awaitedThing(x.Of), PartyID: x.PartyID.Ptr(), Post: postRef(x.PostID, x.PostTitle, x.PartyID),
			Pending: x.Pending, Since: x.Since, WorkingDays: workingDays(x.Since), DueOn: x.DueOn, DraftID: x.DraftID.Ptr()}
		if x.Own != nil {
			own := awaitedThing(*x.Own)
			out.Own = &own
		}
		return out
	}
}

func (s *Server) registerAwaited() {
	handle(s, operation{ID: "getAwaited", Method: http.MethodGet, Path: "/me/awaited", Tag: "Me", Permission: readScope, Errors: []int{401},
		Summary: "Tell what the post that the caller acts in waits for from others",
		Description: "Of today: with whom it waits and since when, in working days. What is late enough to be the post's own to see to stands in GET /me/work instead. " +
			"Without a post everything is empty. " + aboutDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AboutParams
			Limit int `query:"limit" minimum:"1" maximum:"200" default:"20"`
		}) (*struct{ Body Awaited }, error) {
			about, err := in.about()
			if err != nil {
				return nil, err
			}
			items, total, err := s.Services.Work.Awaited(ctx, a, about, in.Limit)
			if err != nil {
				return nil, err
			}
			day, known := s.Clock.Today(), map[domain.Date]int{}
			working := func(since domain.Date) int {
				if _, ok := known[since]; !ok {
					known[since] = domain.WorkingDaysUntil(since, day)
				}
				return known[since]
			}
			out := Awaited{Items: make([]AwaitedItem, len(items)), Total: total}
			for i, x := range items {
				out.Items[i] = awaitedItem(working)(x)
			}
			return &struct{ Body Awaited }{out}, nil
		})
}
