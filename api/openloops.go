package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/openloop"
)

// OpenLoop is an outcome of a closed meeting that lacks its ending.
type OpenLoop struct {
	ID      domain.OutcomeID `json:"id" format:"uuid" doc:"Of the outcome"`
	Kind    openloop.Kind    `json:"kind" enum:"without_ending,deferred,referral" doc:"without_ending: a decision or assignment from which nothing follows, without a reason why; deferred: on no later agenda yet; referral: not answered yet"`
	Type    string           `json:"type" enum:"decision,assignment,deferred,referral"`
	Text    Text             `json:"text"`
	Item    AgendaItemRef    `json:"item"`
	Meeting MeetingRef       `json:"meeting"`
	Forum   ForumRef         `json:"forum"`
	Since   domain.Date      `json:"since" format:"date" doc:"The day of the meeting"`
	AgeDays int              `json:"ageDays" doc:"On the day shown"`
	Awaited *AwaitedAnswer   `json:"awaited,omitempty" doc:"Of a referral that has been sent: the answer that it waits for"`
}

// AwaitedAnswer is the answer of another forum to a referral.
type AwaitedAnswer struct {
	ReferralID domain.ReferralID `json:"referralId" format:"uuid"`
	Forum      *ForumRef         `json:"forum,omitempty" doc:"That is to answer. Missing: a forum that the caller may not see"`
	DueOn      domain.Date       `json:"dueOn" format:"date" doc:"By when"`
	DaysOver   int               `json:"daysOver" doc:"By how many days the answer is late on the day shown; 0: not late"`
}

func openLoopBody(l openloop.Loop) OpenLoop {
	out := OpenLoop{ID: l.ID, Kind: l.Kind, Type: l.Type, Text: l.Text, Item: AgendaItemRef{ID: l.ItemID, AgendaNo: l.AgendaNo, Section: l.Section, Title: l.ItemTitle},
		Meeting: MeetingRef{ID: l.Meeting, Year: l.Year, Number: l.Number, StartsAt: l.StartsAt, EndsAt: l.EndsAt, Status: l.Status},
		Forum:   ForumRef{l.Forum, l.ForumKey, l.Title}, Since: l.Since, AgeDays: l.AgeDays}
	if w := l.Awaited; w != nil {
		out.Awaited = &AwaitedAnswer{ReferralID: w.ReferralID, DueOn: w.DueOn, DaysOver: w.DaysOver}
		if !w.Forum.IsZero() {
			out.Awaited.Forum = &ForumRef{w.Forum, w.ForumKey, w.Title}
		}
	}
	return out
}

func (s *Server) registerOpenLoops() {
	handle(s, operation{ID: "listOpenLoops", Kept: true, Method: http.MethodGet, Path: "/open-loops", Tag: "Forums", Permission: readScope,
		Summary:     "List what forums have decided or put off without an ending",
		Description: "Of papers that the caller may read, so the public sees those of published ones. Sorted by since (the oldest first, the default) or forum. The numbers in GET /forums count these rows."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Forum  []string        `query:"forumId,explode" maxItems:"50" doc:"Of these forums"`
			Tag    []string        `query:"tagId,explode" maxItems:"50" doc:"Of forums with one of these tags; none: without tags"`
			Party  []string        `query:"partyId,explode" maxItems:"50" doc:"Of forums in which one of these parties has a member"`
			Kind   []openloop.Kind `query:"kind,explode" maxItems:"3" enum:"without_ending,deferred,referral" doc:"Of these kinds"`
			MinAge int             `query:"minAge" minimum:"0" maximum:"36500" doc:"At least so many days old"`
		}) (*ListOutput[OpenLoop], error) {
			f := openloop.Filter{Kind: filterOf(in.Kind), MinAge: in.MinAge}
			if err := firstError(idFilter(&f.Forum, "forumId", in.Forum), idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Tag, "tagId", in.Tag)); err != nil {
				return nil, err
			}
			page, err := s.Services.OpenLoops.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, openLoopBody), nil
		})
}
