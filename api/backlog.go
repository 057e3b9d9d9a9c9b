package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Topic is what a member proposed for a forum's agenda.
type Topic struct {
	ID          domain.TopicID      `json:"id" format:"uuid"`
	Forum       ForumRef            `json:"forum"`
	Title       Text                `json:"title"`
	Why         Text                `json:"why"`
	About       *TopicSubject       `json:"about,omitempty" doc:"The goal, action or hand-over that it concerns"`
	Case        *TopicCase          `json:"case,omitempty" doc:"The case that it concerns"`
	WantedOn    domain.Date         `json:"wantedOn,omitzero" format:"date" doc:"By which it should be handled; missing: no matter when"`
	State       meeting.TopicState  `json:"state" enum:"open,drawn,declined,withdrawn"`
	Reason      Text                `json:"reason,omitzero" doc:"Why it was declined or withdrawn"`
	Drawn       *MeetingPlace       `json:"drawn,omitempty" doc:"The agenda item that it was drawn into"`
	Post        PostRef             `json:"post" doc:"Who proposed it"`
	CreatedAt   time.Time           `json:"createdAt"`
	Version     int                 `json:"version"`
	UpdatedAt   time.Time           `json:"updatedAt"`
	Permissions []domain.Permission `json:"permissions"`
}

// TopicSubject names what a topic concerns.
type TopicSubject struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,action,handover"`
	ID    domain.AnyID       `json:"id" format:"uuid"`
	No    int                `json:"no,omitempty" doc:"The number people use"`
	Title Text               `json:"title"`
	Path  string             `json:"path" doc:"Of its page, below the language" example:"/goals/4"`
}

// TopicCase is a case in a party's registry.
type TopicCase struct {
	PartyID    domain.PartyID `json:"partyId" format:"uuid"`
	RegistryNo string         `json:"registryNo" minLength:"1" maxLength:"100"`
}

// TopicAbout says what a topic concerns.
type TopicAbout struct {
	Kind domain.SubjectKind `json:"kind" enum:"goal,action,handover"`
	ID   domain.AnyID       `json:"id" format:"uuid"`
}

// MeetingPlace is an agenda item with its meeting.
type MeetingPlace struct {
	ItemID    domain.AgendaItemID `json:"itemId" format:"uuid"`
	MeetingID domain.MeetingID    `json:"meetingId" format:"uuid"`
	Year      int                 `json:"year"`
	Number    int                 `json:"number"`
	StartsAt  time.Time           `json:"startsAt"`
}

// TopicInput is what can be said of a topic.
type TopicInput struct {
	Title    Text        `json:"title"`
	Why      Text        `json:"why,omitempty" doc:"At most 5000 characters in a language"`
	About    *TopicAbout `json:"about,omitempty"`
	Case     *TopicCase  `json:"case,omitempty"`
	WantedOn domain.Date `json:"wantedOn,omitzero" format:"date"`
}

// TopicReasonInput says why a topic is declined or withdrawn.
type TopicReasonInput struct {
	Reason Text `json:"reason,omitempty" doc:"Required to decline; at most 1000 characters in a language"`
}

// Offer is what an agenda could take up.
type Offer struct {
	Kind       meeting.OfferKind `json:"kind" enum:"topic,action,deferred,referral,returned,sent" doc:"referral: sent to the forum, waits for its answer or is in its list of matters; returned: refused by another forum; sent: waits for another forum's answer"`
	ID         domain.AnyID      `json:"id" format:"uuid" doc:"Of the topic, action or outcome; of a referral to the forum, of the referral"`
	Title      Text              `json:"title"`
	Text       Text              `json:"text" doc:"Why it is proposed, or what was said of it when it was put off or referred"`
	No         int               `json:"no,omitempty" doc:"Of an action"`
	Condition  string            `json:"condition,omitempty" doc:"Of an action"`
	DueOn      domain.Date       `json:"dueOn,omitzero" format:"date" doc:"Of an action the last day on which it is not late, by its own due date or an open task's; of the answer to a referral; or by which a topic is wanted"`
	Forum      *ForumRef         `json:"forum,omitempty" doc:"Of a referral: the other forum, if the caller may see it"`
	Since      domain.Date       `json:"since" format:"date" doc:"From which it waits"`
	From       *MeetingPlace     `json:"from,omitempty" doc:"The item that it comes from"`
	Post       *PostRef          `json:"post,omitempty" doc:"Who proposed the topic, or leads the action"`
	Standing   domain.Standing   `json:"leadStanding,omitempty" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties have agreed on the lead of the action"`
	Visibility domain.Visibility `json:"visibility" enum:"public,internal" doc:"That its agenda item would get"`
}

// Offers are what an agenda could take up.
type Offers struct {
	Items []Offer `json:"items" doc:"At most 50 of each kind, those that have waited longest or are late first"`
}

// DrawInput names what an agenda takes up.
type DrawInput struct {
	Picks []DrawPick `json:"picks" minItems:"1" maxItems:"60"`
}

// DrawPick names an offer.
type DrawPick struct {
	Kind meeting.OfferKind `json:"kind" enum:"topic,action,deferred,referral,returned,sent"`
	ID   domain.AnyID      `json:"id" format:"uuid"`
}

func placeBody(p *meeting.MeetingPlace) *MeetingPlace {
	if p == nil {
		return nil
	}
	b := MeetingPlace(*p)
	return &b
}

func topicBody(a domain.Actor) func(meeting.Topic) Topic {
	return func(t meeting.Topic) Topic {
		out := Topic{ID: t.ID, Forum: ForumRef{t.ForumID, t.Forum.Key, t.Forum.Title}, Title: t.Title, Why: t.Why, WantedOn: t.WantedOn, State: t.State,
			Reason: t.Reason, Drawn: placeBody(t.Drawn), Post: PostRef{ID: t.PostID, Title: t.PostTitle, PartyID: t.PartyID}, CreatedAt: t.CreatedAt,
			Version: t.Version, UpdatedAt: t.UpdatedAt, Permissions: t.Permissions(a)}
		if t.About.Kind != "" {
			out.About = &TopicSubject{Kind: t.About.Kind, ID: t.About.ID, No: t.AboutNo, Title: t.AboutTitle, Path: t.AboutPath}
		}
		if t.CaseNo != "" {
			out.Case = &TopicCase{PartyID: t.CaseParty, RegistryNo: t.CaseNo}
		}
		return out
	}
}

func (in TopicInput) edit() meeting.TopicEdit {
	e := meeting.TopicEdit{Title: in.Title, Why: in.Why, WantedOn: in.WantedOn}
	if in.About != nil {
		e.About = domain.Subject{Kind: in.About.Kind, ID: in.About.ID}
	}
	if in.Case != nil {
		e.CaseParty, e.CaseNo = in.Case.PartyID, in.Case.RegistryNo
	}
	return e
}

func offerBody(o meeting.Offer) Offer {
	out := Offer{Kind: o.Kind, ID: o.ID, Title: o.Title, Text: o.Text, No: o.No, Condition: o.Condition, DueOn: o.DueOn, Since: o.Since, From: placeBody(o.Meeting),
		Standing: o.Standing, Visibility: o.Visibility}
	if !o.Post.IsZero() {
		out.Post = &PostRef{ID: o.Post, Title: o.PostTitle, PartyID: o.PostParty}
	}
	if !o.ForumID.IsZero() {
		out.Forum = &ForumRef{o.ForumID, o.Forum.Key, o.Forum.Title}
	}
	return out
}

func (s *Server) registerBacklog() {
	const tag = "Forums"
	backlog := s.Services.Backlog

	handle(s, operation{ID: "listTopics", Method: http.MethodGet, Path: "/topics", Tag: tag, Permission: readScope,
		Summary:     "List the topics proposed to forums",
		Description: "For staff of either party; nothing for others. Sorted by createdAt (the default) or wantedOn."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Forum []string             `query:"forumId,explode" maxItems:"50" doc:"Of these forums"`
			State []meeting.TopicState `query:"state,explode" maxItems:"4" enum:"open,drawn,declined,withdrawn" doc:"In these states"`
			Party []string             `query:"partyId,explode" maxItems:"50" doc:"Proposed by these parties"`
		}) (*ListOutput[Topic], error) {
			f := meeting.TopicFilter{State: filterOf(in.State)}
			if err := firstError(idFilter(&f.Forum, "forumId", in.Forum), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			page, err := backlog.Topics(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, topicBody(a)), nil
		})

	handle(s, operation{ID: "getTopic", Method: http.MethodGet, Path: "/topics/{id}", Tag: tag, Permission: readScope, Errors: []int{404}, Summary: "Get a topic"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Topic], error) {
			var id domain.TopicID
			if err := pathID(&id, in.ID, "topic"); err != nil {
				return nil, err
			}
			t, err := backlog.Topic(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(topicBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "proposeTopic", Method: http.MethodPost, Path: "/forums/{id}/topics", Tag: tag, Permission: domain.TopicPropose, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409}, Summary: "Propose a topic to a forum", Description: "A post that is a member today, the forum's secretary and coordinators may."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body TopicInput
		}) (*ItemOutput[Topic], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			t, err := backlog.Propose(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(topicBody(a)(t), t.Version, "/topics/"+t.ID.String()), nil
		})

	handle(s, operation{ID: "updateTopic", Method: http.MethodPut, Path: "/topics/{id}", Tag: tag, Permission: domain.TopicEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace what an open topic says", Description: "By the post that proposed it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body TopicInput
		}) (*ItemOutput[Topic], error) {
			var id domain.TopicID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "topic")); err != nil {
				return nil, err
			}
			t, err := backlog.Change(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, topicBody(a))
			}
			return item(topicBody(a)(t), t.Version), nil
		})

	for _, step := range []struct {
		id, path, summary string
		permission        domain.Permission
		run               func(context.Context, domain.Actor, domain.TopicID, int, domain.Text) (meeting.Topic, error)
	}{
		{"withdrawTopic", "withdrawal", "Withdraw an open topic that the caller's post proposed", domain.TopicEdit, backlog.Withdraw},
		{"declineTopic", "refusal", "Decline an open topic with a reason", domain.TopicDecline, backlog.Decline},
	} {
		handle(s, operation{ID: step.id, Method: http.MethodPost, Path: "/topics/{id}/" + step.path, Tag: tag, Permission: step.permission,
			Errors: []int{401, 403, 404, 409, 412, 428}, Summary: step.summary},
			func(ctx context.Context, a domain.Actor, in *struct {
				IfMatch
				ID   string `path:"id" format:"uuid"`
				Body TopicReasonInput
			}) (*ItemOutput[Topic], error) {
				var id domain.TopicID
				version, err := in.version()
				if err := firstError(err, pathID(&id, in.ID, "topic")); err != nil {
					return nil, err
				}
				t, err := step.run(ctx, a, id, version, in.Body.Reason)
				if err != nil {
					return nil, stale(err, topicBody(a))
				}
				return item(topicBody(a)(t), t.Version), nil
			})
	}

	handle(s, operation{ID: "listOffers", Method: http.MethodGet, Path: "/meetings/{id}/offers", Tag: agendaTag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404}, Summary: "List what offers itself to the agenda of a meeting that has not ended",
		Description: "Topics of the forum's backlog, open actions from its earlier meetings, outcomes that were deferred, referrals to the forum that wait for its answer or are in its list of matters, and its own that were refused or wait for another forum's answer. What stands on the agenda of a coming meeting is left out."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body Offers }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			offers, err := backlog.Offers(ctx, a, id)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body Offers }{Offers{Items: make([]Offer, len(offers))}}
			for i, o := range offers {
				out.Body.Items[i] = offerBody(o)
			}
			return out, nil
		})

	handle(s, operation{ID: "drawOffers", Method: http.MethodPost, Adds: true, Path: "/meetings/{id}/draws", Tag: agendaTag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Take offers up as agenda items", Description: "In the order given, at the end of the agenda: all or none. What was deferred or came back refused is carried over, a referral to the forum is accepted and lands; of the rest a new item is made that remembers where it comes from. Answers with the agenda."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body DrawInput
		}) (*AgendaOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			picks := make([]meeting.Pick, len(in.Body.Picks))
			for i, p := range in.Body.Picks {
				picks[i] = meeting.Pick(p)
			}
			m, items, err := backlog.Draw(ctx, a, id, picks)
			if err != nil {
				return nil, err
			}
			return s.agendaAfter(ctx, a, m, items)
		})
}
