package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/radar"
)

// RadarItem is a post or thing for which nobody really answers.
type RadarItem struct {
	Reason    radar.Reason    `json:"reason" enum:"left,vacant,never_updated,not_updated,no_lead,unit_only,unaccepted"`
	PartyID   *domain.PartyID `json:"partyId,omitempty" format:"uuid" doc:"Whose it is; missing if no party's"`
	Post      *PostRef        `json:"post,omitempty" doc:"Who should answer; missing where there is none"`
	Standing  domain.Standing `json:"standing,omitempty" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties have agreed that the post answers for the thing; missing if it is about the post itself"`
	Thing     *RadarThing     `json:"thing,omitempty" doc:"What nobody answers for; missing if it is about the post itself"`
	Since     domain.Date     `json:"since" format:"date" doc:"First day without a holder or lead; day of the party's own last word, or from which it has been asked; day of the proposal"`
	Days      int             `json:"days" doc:"From since to the day shown"`
	NeverHeld bool            `json:"neverHeld,omitempty" doc:"Nobody has ever held the post"`
	Deputies  int             `json:"deputies,omitempty" doc:"How many deputise in the post"`
	NextOn    *domain.Date    `json:"nextOn,omitempty" format:"date" doc:"When the post will have a holder"`
	Owns      *RadarOwns      `json:"owns,omitempty" doc:"What is open of the post, for reasons about posts"`
}

// RadarThing names a goal, action, stage, hand-over, chain or forum.
type RadarThing struct {
	Kind    domain.SubjectKind `json:"kind" enum:"goal,action,stage,handover,chain,forum"`
	ID      domain.AnyID       `json:"id" format:"uuid"`
	No      int                `json:"no,omitempty" doc:"Number of a goal or action"`
	Title   Text               `json:"title"`
	ChainID *domain.ChainID    `json:"chainId,omitempty" format:"uuid" doc:"Of a stage, hand-over or chain"`
}

// RadarOwns counts what a post leads or shares, and forums where it is chair or
// secretary.
type RadarOwns struct {
	Goals     int `json:"goals"`
	Actions   int `json:"actions" doc:"Not over"`
	Chains    int `json:"chains"`
	Stages    int `json:"stages"`
	Handovers int `json:"handovers"`
	Forums    int `json:"forums"`
}

// RadarCount is how many there are for a reason, of one party.
type RadarCount struct {
	Reason  radar.Reason    `json:"reason" enum:"left,vacant,never_updated,not_updated,no_lead,unit_only,unaccepted"`
	PartyID *domain.PartyID `json:"partyId,omitempty" format:"uuid" doc:"Missing: no party's"`
	Count   int             `json:"count"`
}

// PostDuties is what is open of a post.
type PostDuties struct {
	Groups []DutyGroup `json:"groups" doc:"By kind; what there is none of is missing"`
}

// DutyGroup is what is open of one kind.
type DutyGroup struct {
	Kind    domain.SubjectKind `json:"kind" enum:"goal,action,chain,stage,handover,forum,meeting" doc:"meeting: papers that wait for the post's approval"`
	Total   int                `json:"total"`
	Waiting int                `json:"waiting" doc:"How many of them wait for a party's acceptance"`
	Items   []Duty             `json:"items" doc:"At most 50: actions by due date, the rest by number and title"`
}

// Duty is one open thing of a post.
type Duty struct {
	Kind      domain.SubjectKind `json:"kind" enum:"goal,action,chain,stage,handover,forum,meeting"`
	ID        domain.AnyID       `json:"id" format:"uuid"`
	No        int                `json:"no,omitempty" doc:"Number of a goal, action or meeting"`
	Title     Text               `json:"title" doc:"Of a meeting: its forum"`
	ChainID   *domain.ChainID    `json:"chainId,omitempty" format:"uuid" doc:"Of a stage or hand-over"`
	Part      string             `json:"part" enum:"lead,shared,chair,secretary,inspector"`
	Standing  domain.Standing    `json:"standing,omitempty" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties agree on it"`
	Condition string             `json:"condition,omitempty" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"Of an action"`
	DueOn     *domain.Date       `json:"dueOn,omitempty" format:"date" doc:"Of an action: last day of the due period"`
}

func dutyGroups(groups []radar.Group) PostDuties {
	out := PostDuties{Groups: make([]DutyGroup, len(groups))}
	for i, g := range groups {
		out.Groups[i] = DutyGroup{Kind: g.Kind, Total: g.Total, Waiting: g.Waiting, Items: make([]Duty, len(g.Items))}
		for j, d := range g.Items {
			out.Groups[i].Items[j] = Duty{Kind: d.Kind, ID: d.ID, No: d.No, Title: d.Title, ChainID: d.ChainID.Ptr(), Part: d.Part,
				Standing: d.Standing, Condition: d.Condition, DueOn: datePtr(d.DueOn)}
		}
	}
	return out
}

func radarItem(day domain.Date) func(radar.Item) RadarItem {
	return func(i radar.Item) RadarItem {
		out := RadarItem{Reason: i.Reason, PartyID: i.PartyID.Ptr(), Since: i.Since, Days: i.Since.DaysUntil(day), NeverHeld: i.NeverHeld,
			Deputies: i.Deputies, NextOn: datePtr(i.NextOn)}
		if i.Post != nil {
			out.Post, out.Standing = &PostRef{ID: i.Post.ID, Title: i.Post.Title, PartyID: i.Post.PartyID}, i.Post.Standing
		}
		if i.Thing == nil {
			owns := RadarOwns(i.Owns)
			out.Owns = &owns
			return out
		}
		out.Thing = &RadarThing{Kind: i.Thing.Kind, ID: i.Thing.ID, No: i.Thing.No, Title: i.Thing.Title, ChainID: i.Thing.ChainID.Ptr()}
		return out
	}
}

func (s *Server) registerRadar() {
	const tag = "Radar"
	handle(s, operation{ID: "listRadar", Kept: true, Method: http.MethodGet, Path: "/radar", Tag: tag, Permission: readScope,
		Summary: "List posts and things for which nobody really answers", Description: "Sorted by since, the longest first. Posts, never persons. " +
			"left: the holder has left, or the post has ended, and it still owns what is open. " +
			"vacant: nobody holds the post or deputises in it. " +
			"never_updated, not_updated: a running action of which a party that leads or shares it has itself said nothing for longer than the limit of the action's freshness, once for each such party, with its post, by whether that post has ever reported it. " +
			"no_lead: an open action without a lead post, a goal without a lead post of a principal party, a stage without a lead post to which no hand-over leads (of the others GET /gaps tells). " +
			"unit_only: an open action without a lead post where only a stage, a forum or other posts are named. " +
			"unaccepted: a lead that was proposed or declined, while none is in force. " +
			"Filters by terms choose things, and posts with a part in one of them. " + termsDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			TermParams
			Reason string   `query:"reason" required:"true" enum:"left,vacant,never_updated,not_updated,no_lead,unit_only,unaccepted"`
			Party  []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties; none: of no party"`
		}) (*ListOutput[RadarItem], error) {
			f := radar.Filter{Reason: radar.Reason(in.Reason)}
			if err := firstError(in.terms(&f.Terms), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			page, err := s.Services.Radar.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, radarItem(domain.DayShown(ctx, s.Clock))), nil
		})

	handle(s, operation{ID: "countRadar", Method: http.MethodGet, Path: "/radar/counts", Tag: tag, Permission: readScope,
		Summary:     "Count what is on the radar, by reason and party",
		Description: "A post or thing can be there for several reasons. What there is none of is missing. Filters by terms are those of GET /radar."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			TermParams
		}) (*ListOutput[RadarCount], error) {
			var f domain.TermFilter
			if err := in.terms(&f); err != nil {
				return nil, err
			}
			counts, err := s.Services.Radar.Counts(ctx, a, f)
			if err != nil {
				return nil, err
			}
			return listOf(domain.Page[radar.Count]{Items: counts}, func(c radar.Count) RadarCount {
				return RadarCount{Reason: c.Reason, PartyID: c.PartyID.Ptr(), Count: c.Count}
			}), nil
		})

	handle(s, operation{ID: "getPostDuties", Method: http.MethodGet, Path: "/posts/{id}/duties", Tag: organisationTag, Permission: readScope, Errors: []int{404},
		Summary:     "Tell what is open of a post",
		Description: "What it leads or shares and is not over, the forums where it is chair or secretary, and papers that wait for its approval: what somebody must take over when its holder leaves."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body PostDuties }, error) {
			var id domain.PostID
			if err := pathID(&id, in.ID, "post"); err != nil {
				return nil, err
			}
			groups, err := s.Services.Radar.Duties(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return &struct{ Body PostDuties }{dutyGroups(groups)}, nil
		})
}
