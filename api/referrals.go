package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// MeetingName names a meeting with its forum.
type MeetingName struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Forum    ForumRef         `json:"forum"`
	Year     int              `json:"year"`
	Number   int              `json:"number"`
	StartsAt time.Time        `json:"startsAt"`
	Status   meeting.Status   `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
}

func nameOf(n meeting.MeetingName) MeetingName {
	return MeetingName{n.ID, ForumRef{n.ForumID, n.ForumKey, n.Forum}, n.Year, n.Number, n.StartsAt, n.Status}
}

// Referral hands a matter to another forum.
type Referral struct {
	ID         domain.ReferralID     `json:"id" format:"uuid"`
	From       ForumRef              `json:"from"`
	To         *ForumRef             `json:"to,omitempty" doc:"Missing: a forum that the caller may not see"`
	State      meeting.ReferralState `json:"state" enum:"prepared,open,accepted,refused,withdrawn" doc:"prepared until the sender's meeting is closed; open until the other forum answers"`
	SentAt     *time.Time            `json:"sentAt,omitempty"`
	DueOn      domain.Date           `json:"dueOn,omitzero" format:"date" doc:"By when it is to be answered"`
	Overdue    bool                  `json:"overdue" doc:"It waits for an answer after that day"`
	DaysOver   int                   `json:"daysOver" doc:"By how many days; 0: none"`
	AnsweredAt *time.Time            `json:"answeredAt,omitempty"`
	AnsweredBy *PostRef              `json:"answeredBy,omitempty"`
	Answer     Text                  `json:"answer,omitzero" doc:"Of a refusal: why"`
	Landed     *MeetingName          `json:"landed,omitempty" doc:"The meeting of the other forum that handles it, if the caller may read its papers"`
	Listed     bool                  `json:"listed" doc:"Accepted, and still in the forum's list of matters"`
	SettledAt  *time.Time            `json:"settledAt,omitempty" doc:"When the sender ended it"`
	Settled    Text                  `json:"settled,omitzero" doc:"Of a refused one: why the sender lets it rest; of a withdrawn one: why it was withdrawn after it was sent"`
	Version    int                   `json:"version"`
}

// ReferralEntry is a referral with the matter that it hands over.
type ReferralEntry struct {
	Referral
	OutcomeID        domain.OutcomeID    `json:"outcomeId" format:"uuid"`
	Meeting          MeetingName         `json:"meeting" doc:"Where it was decided"`
	Item             AgendaItemRef       `json:"item"`
	Text             Text                `json:"text" doc:"What was recorded"`
	Explanation      Text                `json:"explanation"`
	Visibility       domain.Visibility   `json:"visibility" enum:"public,internal" doc:"Of the item"`
	VisibilityGround string              `json:"visibilityGround,omitempty"`
	SenderOpen       bool                `json:"senderOpen" doc:"It came back refused, and the sender has not ended it"`
	Permissions      []domain.Permission `json:"permissions" doc:"referral.answer: accept, refuse or put on an agenda; referral.settle: end a refused one; referral.withdraw: take back one that waits for its answer; ending.correct: say in other words why it was withdrawn. Whether a withdrawal can be taken back the outcome's permissions tell"`
}

func referralBody(r meeting.Referral, day domain.Date) Referral {
	out := Referral{ID: r.ID, From: ForumRef{r.FromForumID, r.FromForum.Key, r.FromForum.Title}, State: r.State, SentAt: r.SentAt, DueOn: r.DueOn,
		AnsweredAt: r.AnsweredAt, Answer: r.Answer, Listed: r.State == meeting.Accepted && r.ItemID.IsZero(), SettledAt: r.SettledAt, Settled: r.Settled, Version: r.Version}
	if r.ToForum.Key != "" {
		out.To = &ForumRef{r.ToForumID, r.ToForum.Key, r.ToForum.Title}
	}
	if !day.IsZero() {
		out.Overdue, out.DaysOver = r.Overdue(day), r.DaysOver(day)
	}
	if !r.AnsweredPostID.IsZero() {
		out.AnsweredBy = &PostRef{ID: r.AnsweredPostID, Title: r.AnsweredTitle, PartyID: r.AnsweredParty}
	}
	if r.Landed != nil {
		n := nameOf(*r.Landed)
		out.Landed = &n
	}
	return out
}

func referralEntry(a domain.Actor, day domain.Date) func(meeting.ReferralView) ReferralEntry {
	return func(v meeting.ReferralView) ReferralEntry {
		return ReferralEntry{Referral: referralBody(v.Referral, day), OutcomeID: v.OutcomeID, Meeting: nameOf(v.Meeting), Item: refOf(v.Item), Text: v.Text,
			Explanation: v.Explanation, Visibility: v.Visibility, VisibilityGround: v.Ground, SenderOpen: v.SenderOpen, Permissions: v.Permissions(a)}
	}
}

func referralParty(a domain.Actor) *meeting.ReferralParty {
	return &meeting.ReferralParty{Post: a.PostID, Forums: a.Scope().OwnForums}
}

// AcceptanceOfReferral takes a matter over.
type AcceptanceOfReferral struct {
	MeetingID domain.MeetingID `json:"meetingId,omitempty" format:"uuid" doc:"On whose agenda it comes; missing: into the forum's list of matters"`
	Answer    Text             `json:"answer,omitempty"`
}

// PlacementOfReferral puts a matter from the list on an agenda.
type PlacementOfReferral struct {
	MeetingID domain.MeetingID `json:"meetingId" format:"uuid"`
}

// ReasonInput is a reason that readers see.
type ReasonInput struct {
	Reason Text `json:"reason" doc:"At most 1000 characters in a language"`
}

// EndingInput says in other words why nothing more follows.
type EndingInput struct {
	Ending Text   `json:"ending" doc:"Why nothing more follows, at most 1000 characters in a language"`
	Reason string `json:"reason" maxLength:"1000" doc:"Why it is corrected; kept in the log"`
}

func (in EndingInput) edit() meeting.EndingEdit {
	return meeting.EndingEdit{Ending: in.Ending, Reason: in.Reason}
}

// RetractionInput takes an ending back.
type RetractionInput struct {
	Reason string `json:"reason" maxLength:"1000" doc:"Why; kept in the log"`
}

// ForwardInput names the forum to refer a matter on to.
type ForwardInput struct {
	ToForumID domain.ForumID `json:"toForumId" format:"uuid"`
}

func (s *Server) registerReferrals() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listReferrals", Method: http.MethodGet, Path: "/referrals", Tag: tag, Permission: readScope,
		Summary:     "List referrals between forums",
		Description: "Of papers that the caller may read, and those sent to forums where the caller is a member or the secretary. Sorted by sentAt or dueOn; -sentAt is the default, what is not sent yet first."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Forum   []string `query:"forumId,explode" maxItems:"50" doc:"Sent from or to these forums"`
			From    []string `query:"fromForumId,explode" maxItems:"50" doc:"Sent by these forums"`
			To      []string `query:"toForumId,explode" maxItems:"50" doc:"Sent to these forums"`
			State   []string `query:"state,explode" maxItems:"10" enum:"prepared,open,accepted,refused,withdrawn" doc:"In these states"`
			Overdue bool     `query:"overdue" doc:"Only those that wait for an answer after their day"`
			Unended bool     `query:"unended" doc:"Only refused ones that the sender has not ended"`
			Listed  bool     `query:"listed" doc:"Only accepted ones that are on no agenda yet"`

			Awaiting string `query:"awaiting" enum:"me" doc:"me: that wait for the caller's word: open ones of forums where the caller is the secretary or the chair, and of the caller's own as a secretary those that were refused or are not answered in time"`
		}) (*ListOutput[ReferralEntry], error) {
			f := meeting.ReferralFilter{State: filterOf(toStrings[meeting.ReferralState](in.State)), Overdue: in.Overdue, Unended: in.Unended, Listed: in.Listed}
			if err := firstError(idFilter(&f.Forum, "forumId", in.Forum), idFilter(&f.From, "fromForumId", in.From), idFilter(&f.To, "toForumId", in.To)); err != nil {
				return nil, err
			}
			if in.Awaiting != "" {
				f.Awaits = referralParty(a)
			}
			page, err := meetings.Referrals(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, referralEntry(a, domain.DayShown(ctx, s.Clock))), nil
		})

	handle(s, operation{ID: "getReferral", Method: http.MethodGet, Path: "/referrals/{id}", Tag: tag, Permission: readScope, Errors: []int{404}, Summary: "Get a referral"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			if err := pathID(&id, in.ID, "referral"); err != nil {
				return nil, err
			}
			r, err := meetings.Referral(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(referralEntry(a, domain.DayShown(ctx, s.Clock))(r), r.Version), nil
		})

	answer := func(ctx context.Context, a domain.Actor, r meeting.ReferralView, err error) (*ItemOutput[ReferralEntry], error) {
		if err != nil {
			return nil, err
		}
		return item(referralEntry(a, s.Clock.Today())(r), r.Version), nil
	}
	handle(s, operation{ID: "acceptReferral", Method: http.MethodPost, Path: "/referrals/{id}/acceptance", Tag: tag, Permission: domain.ReferralAnswer,
		Errors: []int{401, 403, 404, 409}, Summary: "Accept what was referred to the forum",
		Description: "By the receiving forum's secretary or chair: onto the agenda of a meeting that is not over, with its text and attachments, or into the forum's list of matters."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body AcceptanceOfReferral
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			if err := pathID(&id, in.ID, "referral"); err != nil {
				return nil, err
			}
			r, err := meetings.AcceptReferral(ctx, a, id, in.Body.MeetingID, in.Body.Answer)
			return answer(ctx, a, r, err)
		})
	handle(s, operation{ID: "placeReferral", Method: http.MethodPost, Path: "/referrals/{id}/placement", Tag: tag, Permission: domain.ReferralAnswer,
		Errors: []int{401, 403, 404, 409}, Summary: "Put an accepted matter from the forum's list on an agenda"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body PlacementOfReferral
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			if err := pathID(&id, in.ID, "referral"); err != nil {
				return nil, err
			}
			r, err := meetings.PlaceReferral(ctx, a, id, in.Body.MeetingID)
			return answer(ctx, a, r, err)
		})
	for _, op := range []struct {
		id, path, summary, description string
		permission                     domain.Permission
		run                            func(context.Context, domain.Actor, domain.ReferralID, domain.Text) (meeting.ReferralView, error)
	}{
		{"refuseReferral", "refusal", "Refuse what was referred to the forum", "By its secretary or chair, with a reason. The sender's loop is open again.", domain.ReferralAnswer, meetings.RefuseReferral},
		{"withdrawReferral", "withdrawal", "Withdraw a referral that waits for its answer", "By the sender's secretary, with a reason that both forums read. It ends the sender's loop and the clock; the paper stays as it was.", domain.ReferralWithdraw, meetings.WithdrawReferral},
		{"settleReferral", "settlement", "End a refused referral", "By the sender's secretary: why nothing follows.", domain.ReferralSettle, meetings.SettleReferral},
	} {
		handle(s, operation{ID: op.id, Method: http.MethodPost, Path: "/referrals/{id}/" + op.path, Tag: tag, Permission: op.permission,
			Errors: []int{401, 403, 404, 409}, Summary: op.summary, Description: op.description},
			func(ctx context.Context, a domain.Actor, in *struct {
				ID   string `path:"id" format:"uuid"`
				Body ReasonInput
			}) (*ItemOutput[ReferralEntry], error) {
				var id domain.ReferralID
				if err := pathID(&id, in.ID, "referral"); err != nil {
					return nil, err
				}
				r, err := op.run(ctx, a, id, in.Body.Reason)
				return answer(ctx, a, r, err)
			})
	}
	withdrawal := func(ctx context.Context, a domain.Actor, r meeting.ReferralView, err error) (*ItemOutput[ReferralEntry], error) {
		out, err := answer(ctx, a, r, err)
		return out, stale(err, referralEntry(a, s.Clock.Today()))
	}
	handle(s, operation{ID: "correctWithdrawal", Method: http.MethodPut, Path: "/referrals/{id}/withdrawal", Tag: tag, Permission: domain.EndingCorrect,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Correct why a referral was withdrawn",
		Description: "By the sender's secretary, of a referral that was withdrawn after it had been sent. Both forums read the new words; both wordings and the reason stand in the log."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body EndingInput
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "referral")); err != nil {
				return nil, err
			}
			r, err := meetings.CorrectWithdrawal(ctx, a, id, version, in.Body.edit())
			return withdrawal(ctx, a, r, err)
		})
	handle(s, operation{ID: "retractWithdrawal", Method: http.MethodPost, Path: "/referrals/{id}/withdrawal-retraction", Tag: tag, Permission: domain.EndingRetract,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back the withdrawal of a referral",
		Description: "By the sender's secretary: it waits for the other forum's answer again, and the days during which it was withdrawn are added to its time. 409 ending_followed once the matter goes on elsewhere."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RetractionInput
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "referral")); err != nil {
				return nil, err
			}
			r, err := meetings.RetractWithdrawal(ctx, a, id, version, in.Body.Reason)
			return withdrawal(ctx, a, r, err)
		})
	handle(s, operation{ID: "forwardReferral", Method: http.MethodPost, Adds: true, Path: "/referrals/{id}/forwarding", Tag: tag, Permission: domain.ReferralSettle,
		Errors: []int{401, 403, 404, 409}, Summary: "Refer a refused matter to another forum", Description: "By the sender's secretary. Answers with the refused referral, which it ends."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body ForwardInput
		}) (*ItemOutput[ReferralEntry], error) {
			var id domain.ReferralID
			if err := pathID(&id, in.ID, "referral"); err != nil {
				return nil, err
			}
			r, err := meetings.ReferOn(ctx, a, id, in.Body.ToForumID)
			return answer(ctx, a, r, err)
		})
}
