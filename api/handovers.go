package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

// HandoverTerms are the material fields of a hand-over: what the parties accept.
type HandoverTerms struct {
	FromStageID domain.StageID `json:"fromStageId" format:"uuid" doc:"The giving stage"`
	ToStageID   domain.StageID `json:"toStageId" format:"uuid" doc:"The receiving stage"`
	What        Text           `json:"what" doc:"What passes"`
	Channel     Text           `json:"channel" doc:"By which way; empty in all languages if none is agreed"`
	TargetDays  *int           `json:"targetDays,omitempty" doc:"Calendar days from the giver's step to the receiver's; missing if none are agreed"`
}

// HandoverEvidence shows that a hand-over works, or how it does not.
type HandoverEvidence struct {
	Title     Text   `json:"title"`
	URL       string `json:"url,omitempty" maxLength:"2000"`
	CheckedOn string `json:"checkedOn" format:"date" doc:"When somebody last looked at it"`
}

// Handover is an edge between two stages of a chain.
type Handover struct {
	ID domain.HandoverID `json:"id" format:"uuid"`
	HandoverTerms
	Gap              chain.Gap           `json:"gap" enum:"none,minor,major" doc:"How well it works"`
	GapReason        Text                `json:"gapReason" doc:"Why it does not work well"`
	NextReviewOn     string              `json:"nextReviewOn,omitempty" format:"date"`
	ReviewOverdue    bool                `json:"reviewOverdue" doc:"The review was to be before the day shown"`
	Evidence         []HandoverEvidence  `json:"evidence" doc:"The newest first"`
	Responsibilities []Responsibility    `json:"responsibilities" doc:"Posts with a part in it, valid on the day shown"`
	Standing         domain.Standing     `json:"standing" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties agree: proposed and declined: nothing is in force; in_force: all have accepted these terms; reopened and change_declined: the terms are what was accepted last, change is what waits"`
	InForce          *Agreement          `json:"inForce,omitempty" doc:"The agreement behind the terms"`
	Waiting          *Agreement          `json:"waiting,omitempty" doc:"The agreement that waits for answers or was declined"`
	Change           *HandoverTerms      `json:"change,omitempty" doc:"The terms that wait, where others are in force"`
	ValidFrom        string              `json:"validFrom" format:"date"`
	ValidTo          string              `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
	Version          int                 `json:"version" doc:"Of the hand-over itself: what an answer names in If-Match"`
	UpdatedAt        time.Time           `json:"updatedAt"`
	Permissions      []domain.Permission `json:"permissions" doc:"What the caller may do; agreement.accept: answer for their party now; chain.edit: change it with its chain, withdraw what their party proposed"`
}

func handoverTerms(t chain.Terms) HandoverTerms {
	return HandoverTerms{FromStageID: t.FromStageID, ToStageID: t.ToStageID, What: t.What, Channel: t.Channel, TargetDays: t.TargetDays}
}

func handoverBody(a domain.Actor, day domain.Date, h chain.Handover, answers bool) Handover {
	out := Handover{ID: h.ID, HandoverTerms: handoverTerms(h.Terms()), Gap: h.Gap, GapReason: h.GapReason, NextReviewOn: h.NextReviewOn.String(),
		ReviewOverdue: h.ReviewOverdue(day), Evidence: []HandoverEvidence{}, Responsibilities: responsibilitiesOf(h.Responsibilities),
		Standing: h.Standing, InForce: agreementOf(h.InForce), Waiting: agreementOf(h.Waiting), ValidFrom: h.ValidFrom.String(), ValidTo: h.ValidTo.String(),
		Version: h.Version, UpdatedAt: h.UpdatedAt, Permissions: []domain.Permission{}}
	for _, e := range h.Evidence {
		out.Evidence = append(out.Evidence, HandoverEvidence{Title: e.Title, URL: e.URL, CheckedOn: e.CheckedOn.String()})
	}
	if h.Change != nil {
		t := handoverTerms(*h.Change)
		out.Change = &t
	}
	if answers {
		out.Permissions = append(out.Permissions, domain.AgreementAccept)
	}
	if h.ValidTo.IsZero() {
		out.Permissions = append(out.Permissions, a.Allowed(domain.Resource{}, domain.ChainEdit)...)
	}
	return out
}

// HandoverInput is what can be said of a hand-over.
type HandoverInput struct {
	ID           *domain.HandoverID `json:"id,omitempty" format:"uuid" doc:"Missing for a new one"`
	From         int                `json:"from,omitempty" minimum:"0" doc:"Place in stages, from 1, of the giving stage"`
	To           int                `json:"to,omitempty" minimum:"0" doc:"Place in stages, from 1, of the receiving stage"`
	What         Text               `json:"what"`
	Channel      Text               `json:"channel,omitempty"`
	TargetDays   *int               `json:"targetDays,omitempty" minimum:"0" maximum:"3650"`
	Gap          chain.Gap          `json:"gap" enum:"none,minor,major"`
	GapReason    Text               `json:"gapReason,omitempty" doc:"Required for a minor or major gap"`
	NextReviewOn string             `json:"nextReviewOn,omitempty" format:"date"`
	Evidence     []HandoverEvidence `json:"evidence,omitempty" maxItems:"20"`
}

func (in HandoverInput) edit(at string) (chain.HandoverEdit, error) {
	e := chain.HandoverEdit{From: in.From, To: in.To, What: in.What, Channel: in.Channel, TargetDays: in.TargetDays, Gap: in.Gap, GapReason: in.GapReason}
	if in.ID != nil {
		e.ID = *in.ID
	}
	err := dateField(&e.NextReviewOn, at+"/nextReviewOn", in.NextReviewOn)
	for i, x := range in.Evidence {
		v := chain.Evidence{Title: x.Title, URL: x.URL}
		err = firstError(err, dateField(&v.CheckedOn, domain.Pointer(at+"/evidence", i)+"/checkedOn", x.CheckedOn))
		e.Evidence = append(e.Evidence, v)
	}
	return e, err
}

// HandoverStage names the stage at an end of a hand-over.
type HandoverStage struct {
	ID       domain.StageID `json:"id" format:"uuid"`
	Position int            `json:"position" doc:"Place in the chain, from 1"`
	PartyID  domain.PartyID `json:"partyId" format:"uuid" doc:"Whose stage it is"`
	Title    Text           `json:"title"`
}

// HandoverItem is a hand-over with what it is between.
type HandoverItem struct {
	Handover
	Chain ChainRef      `json:"chain"`
	From  HandoverStage `json:"from"`
	To    HandoverStage `json:"to"`

	ChangeFrom *HandoverStage `json:"changeFrom,omitempty" doc:"The giving stage of the change"`
	ChangeTo   *HandoverStage `json:"changeTo,omitempty" doc:"The receiving stage of the change"`
}

func handoverStage(s *chain.StageRef) *HandoverStage {
	if s == nil {
		return nil
	}
	out := HandoverStage(*s)
	return &out
}

func handoverItem(a domain.Actor, day domain.Date) func(chain.HandoverView) HandoverItem {
	return func(v chain.HandoverView) HandoverItem {
		return HandoverItem{Handover: handoverBody(a, day, v.Handover, v.Answers), Chain: ChainRef(v.Chain), From: HandoverStage(v.From), To: HandoverStage(v.To),
			ChangeFrom: handoverStage(v.ChangeFrom), ChangeTo: handoverStage(v.ChangeTo)}
	}
}

// HandoverRevision is one content that was proposed, with the answers to it.
type HandoverRevision struct {
	Agreement
	Content HandoverTerms  `json:"content"`
	From    *HandoverStage `json:"from,omitempty" doc:"The giving stage, also one that has ended since"`
	To      *HandoverStage `json:"to,omitempty" doc:"The receiving stage, likewise"`
}

// PinnedAction is an action at a stage or hand-over.
type PinnedAction struct {
	ID         domain.ActionID    `json:"id" format:"uuid"`
	No         int                `json:"no"`
	Title      Text               `json:"title"`
	Condition  string             `json:"condition" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"On the day shown"`
	StageID    *domain.StageID    `json:"stageId,omitempty" format:"uuid"`
	HandoverID *domain.HandoverID `json:"handoverId,omitempty" format:"uuid" doc:"The hand-over that it treats"`
}

func pinnedActions(actions []chain.PinnedAction) []PinnedAction {
	out := make([]PinnedAction, len(actions))
	for i, p := range actions {
		out[i] = PinnedAction{ID: p.ID, No: p.No, Title: p.Title, Condition: p.Condition, StageID: p.StageID.Ptr(), HandoverID: p.HandoverID.Ptr()}
	}
	return out
}

// GapItem is a place where a chain breaks: a hand-over that does not hold.
type GapItem struct {
	Reasons   []chain.Reason `json:"reasons" enum:"gap,unaccepted,no_receiver,review_overdue,no_review,no_action" doc:"Why it does not hold, on the day shown: it has a gap; nothing is in force; no post leads the receiving stage by an agreement in force; its review is overdue; no day is set for its review; and no open action treats it"`
	Handover  Handover       `json:"handover"`
	Chain     ChainRef       `json:"chain"`
	From      HandoverStage  `json:"from"`
	To        HandoverStage  `json:"to"`
	Actions   []PinnedAction `json:"actions" doc:"That treat it and that the caller may see, closed ones too; at most 20"`
	HasAction bool           `json:"hasAction" doc:"One of them is not closed"`
}

func gapItem(a domain.Actor, day domain.Date) func(chain.Break) GapItem {
	return func(b chain.Break) GapItem {
		return GapItem{Reasons: b.Reasons, Handover: handoverBody(a, day, b.Handover, b.Answers), Chain: ChainRef(b.Chain), From: HandoverStage(b.From),
			To: HandoverStage(b.To), Actions: pinnedActions(b.Actions), HasAction: b.Treated}
	}
}

func (s *Server) registerHandovers() {
	const tag = "Chains"
	chains := s.Services.Chains

	handle(s, operation{ID: "listHandovers", Kept: true, Method: http.MethodGet, Path: "/handovers", Tag: tag, Permission: readScope,
		Summary:     "List hand-overs between the stages of service chains",
		Description: "Those in force on the day shown. Sorted by chain and place (the default), waitingSince (when what waits was proposed, the oldest first; what waits for nothing last) or updatedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Theme    []string `query:"themeId,explode" maxItems:"50" doc:"In chains of these themes; none: of no theme"`
			Tag      []string `query:"tagId,explode" maxItems:"50" doc:"In chains with one of these tags; none: without tags"`
			Chain    []string `query:"chainId,explode" maxItems:"50" doc:"Of these chains"`
			Party    []string `query:"partyId,explode" maxItems:"50" doc:"Given or received by these parties"`
			Standing []string `query:"standing,explode" maxItems:"10" enum:"proposed,declined,in_force,reopened,change_declined" doc:"With these standings"`
			Gap      []string `query:"gap,explode" maxItems:"3" enum:"none,minor,major" doc:"Whose gap is so wide"`
			Awaiting string   `query:"awaiting" enum:"me" doc:"me: that wait for the caller's answer; nothing for who answers for no party"`
		}) (*ListOutput[HandoverItem], error) {
			f := chain.HandoverFilter{Standing: filterOf(toStrings[domain.Standing](in.Standing)), Gap: domain.AnyOf[chain.Gap]{Values: toStrings[chain.Gap](in.Gap)}}
			if err := firstError(idFilter(&f.Theme, "themeId", in.Theme), idFilter(&f.Tag, "tagId", in.Tag),
				idFilter(&f.Chain, "chainId", in.Chain), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			if in.Awaiting != "" {
				who, ok := a.Answerer()
				if !ok {
					return &ListOutput[HandoverItem]{Body: List[HandoverItem]{Items: []HandoverItem{}}}, nil
				}
				f.Answerer = &who
			}
			page, err := chains.Handovers(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, handoverItem(a, domain.DayShown(ctx, s.Clock))), nil
		})

	handle(s, operation{ID: "getHandover", Kept: true, Method: http.MethodGet, Path: "/handovers/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a hand-over"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[HandoverItem], error) {
			var id domain.HandoverID
			if err := pathID(&id, in.ID, "handover"); err != nil {
				return nil, err
			}
			v, err := chains.Handover(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(handoverItem(a, domain.DayShown(ctx, s.Clock))(v), v.Version), nil
		})

	handle(s, operation{ID: "listHandoverAgreements", Method: http.MethodGet, Path: "/handovers/{id}/agreements", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List every content that was proposed for a hand-over, the newest first", Description: "At most the 100 newest."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[HandoverRevision], error) {
			var id domain.HandoverID
			if err := pathID(&id, in.ID, "handover"); err != nil {
				return nil, err
			}
			revisions, err := chains.Revisions(ctx, a, id)
			if err != nil {
				return nil, err
			}
			out := &ListOutput[HandoverRevision]{Body: List[HandoverRevision]{Items: []HandoverRevision{}}}
			for _, r := range revisions {
				out.Body.Items = append(out.Body.Items, HandoverRevision{Agreement: *agreementOf(&r.Agreement), Content: handoverTerms(r.Content), From: handoverStage(r.From), To: handoverStage(r.To)})
			}
			return out, nil
		})

	handle(s, operation{ID: "answerHandover", Method: http.MethodPost, Path: "/handovers/{id}/acceptances", Tag: tag, Permission: domain.AgreementAccept,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Accept or decline what waits at a hand-over, for one's own party",
		Description: "The answer is to exactly the content of the version in If-Match. A party that declined may accept later."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body Answer
		}) (*ItemOutput[HandoverItem], error) {
			body := handoverItem(a, domain.DayShown(ctx, s.Clock))
			var id domain.HandoverID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "handover")); err != nil {
				return nil, err
			}
			v, err := chains.AnswerHandover(ctx, a, id, version, in.Body.Answer == "accepted", in.Body.Reason)
			if err != nil {
				return nil, stale(err, body)
			}
			return item(body(v), v.Version), nil
		})

	type withdrawn struct {
		Gone bool          `json:"gone" doc:"The hand-over has ended: it never was in force"`
		Item *HandoverItem `json:"item,omitempty"`
	}
	handle(s, operation{ID: "withdrawHandover", Method: http.MethodPost, Path: "/handovers/{id}/withdrawal", Tag: tag, Permission: domain.ChainEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back what one's own party proposed for a hand-over",
		Description: "What was in force stays so. A hand-over that never was in force ends then."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason,omitempty" maxLength:"1000"`
			}
		}) (*struct{ Body withdrawn }, error) {
			body := handoverItem(a, domain.DayShown(ctx, s.Clock))
			var id domain.HandoverID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "handover")); err != nil {
				return nil, err
			}
			gone, v, err := chains.WithdrawHandover(ctx, a, id, version, in.Body.Reason)
			if err != nil {
				return nil, stale(err, body)
			}
			out := &struct{ Body withdrawn }{withdrawn{Gone: gone}}
			if !gone {
				h := body(v)
				out.Body.Item = &h
			}
			return out, nil
		})

	handle(s, operation{ID: "listGaps", Kept: true, Method: http.MethodGet, Path: "/gaps", Tag: tag, Permission: readScope,
		Summary:     "List where service chains break",
		Description: "Hand-overs that do not hold on the day shown, each with every reason. Sorted by gap (the widest first), chain and stage by default; also by nextReviewOn and waitingSince (when what waits was proposed, the oldest first; what waits for nothing last)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Theme   []string `query:"themeId,explode" maxItems:"50" doc:"In chains of these themes; none: of no theme"`
			Tag     []string `query:"tagId,explode" maxItems:"50" doc:"In chains with one of these tags; none: without tags"`
			Chain   []string `query:"chainId,explode" maxItems:"50" doc:"In these chains"`
			Party   []string `query:"partyId,explode" maxItems:"50" doc:"Given or received by these parties"`
			Reason  []string `query:"reason,explode" maxItems:"10" enum:"gap,unaccepted,no_receiver,review_overdue,no_review,no_action" doc:"For any of these reasons"`
			Gap     []string `query:"gap,explode" maxItems:"3" enum:"none,minor,major" doc:"Whose gap is so wide"`
			Treated string   `query:"treated" enum:"true,false" doc:"Whether an open action treats it"`
		}) (*ListOutput[GapItem], error) {
			f := chain.BreakFilter{Reason: filterOf(toStrings[chain.Reason](in.Reason)), Gap: domain.AnyOf[chain.Gap]{Values: toStrings[chain.Gap](in.Gap)}}
			if err := firstError(idFilter(&f.Theme, "themeId", in.Theme), idFilter(&f.Tag, "tagId", in.Tag),
				idFilter(&f.Chain, "chainId", in.Chain), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			if in.Treated != "" {
				yes := in.Treated == "true"
				f.Treated = &yes
			}
			page, err := chains.Breaks(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, gapItem(a, domain.DayShown(ctx, s.Clock))), nil
		})
}
