package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
)

// SubjectRef names the thing that something is about.
type SubjectRef struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,action,stage,handover,chain,forum"`
	ID    domain.AnyID       `json:"id" format:"uuid"`
	No    int                `json:"no,omitempty" doc:"Number of a goal or action, place of a stage"`
	Key   string             `json:"key,omitempty" doc:"Permanent name of a forum or chain, or of the chain of a stage or hand-over"`
	Title Text               `json:"title" doc:"Of a hand-over: what passes"`
	From  *Text              `json:"from,omitempty" doc:"Of a hand-over: the giving stage"`
	To    *Text              `json:"to,omitempty" doc:"Of a hand-over: the receiving stage"`
}

func subjectRefOf(s responsibility.SubjectRef) SubjectRef {
	out := SubjectRef{Kind: s.Kind, ID: s.ID, No: s.No, Key: s.Key, Title: s.Title}
	if s.Kind == domain.SubjectHandover {
		out.From, out.To = &s.From, &s.To
	}
	return out
}

// Acceptance is one party's answer to one exact content.
type Acceptance struct {
	PartyID   domain.PartyID         `json:"partyId" format:"uuid"`
	Answer    domain.AcceptanceState `json:"answer" enum:"open,accepted,declined"`
	PostID    *domain.PostID         `json:"postId,omitempty" format:"uuid" doc:"Post in which it was given"`
	DecidedAt *time.Time             `json:"decidedAt,omitempty"`
	Reason    *Text                  `json:"reason,omitempty" doc:"Why it was declined"`
}

// Agreement is one exact content and the parties' answers to it.
type Agreement struct {
	Revision        int                   `json:"revision" doc:"Of the content, from 1"`
	State           domain.AgreementState `json:"state" enum:"open,in_force,declined,withdrawn,superseded"`
	ProposedPartyID *domain.PartyID       `json:"proposedPartyId,omitempty" format:"uuid" doc:"Missing for what was imported"`
	ProposedPostID  *domain.PostID        `json:"proposedPostId,omitempty" format:"uuid"`
	ProposedAt      time.Time             `json:"proposedAt"`
	SettledAt       *time.Time            `json:"settledAt,omitempty" doc:"When it came into force, was declined, withdrawn or superseded"`
	Acceptances     []Acceptance          `json:"acceptances" doc:"One for each principal party that it concerns"`
}

func agreementOf(a *domain.Agreement) *Agreement {
	if a == nil {
		return nil
	}
	out := &Agreement{Revision: a.Revision, State: a.State, ProposedPartyID: a.ProposedParty.Ptr(), ProposedPostID: a.ProposedPost.Ptr(),
		ProposedAt: a.ProposedAt, SettledAt: timeOrNil(a.SettledAt), Acceptances: make([]Acceptance, len(a.Acceptances))}
	for i, c := range a.Acceptances {
		out.Acceptances[i] = Acceptance{PartyID: c.PartyID, Answer: c.State, PostID: c.PostID.Ptr(), DecidedAt: timeOrNil(c.At)}
		if !c.Reason.IsZero() {
			out.Acceptances[i].Reason = &c.Reason
		}
	}
	return out
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Terms are the material fields of a responsibility: what the parties accept.
type Terms struct {
	PostID    domain.PostID `json:"postId" format:"uuid"`
	Part      domain.Part   `json:"part" enum:"lead,shared,support,informed"`
	Wording   Text          `json:"wording,omitempty" doc:"In what words, at most 2,000 characters in each language"`
	ValidFrom string        `json:"validFrom,omitempty" format:"date" doc:"First day; today if missing"`
	ValidTo   string        `json:"validTo,omitempty" format:"date" doc:"Last day; missing while nobody has set one"`
}

func termsOf(t responsibility.Terms) Terms {
	return Terms{PostID: t.PostID, Part: t.Part, Wording: t.Wording, ValidFrom: t.ValidFrom.String(), ValidTo: t.ValidTo.String()}
}

func (t Terms) terms() (responsibility.Terms, error) {
	out := responsibility.Terms{PostID: t.PostID, Part: t.Part, Wording: t.Wording}
	return out, firstError(dateField(&out.ValidFrom, "/validFrom", t.ValidFrom), dateField(&out.ValidTo, "/validTo", t.ValidTo))
}

// ProposedTerms are terms with the post as readers see it.
type ProposedTerms struct {
	Terms
	Post PostRef `json:"post"`
}

func proposedTermsOf(t responsibility.Terms, p responsibility.PostName) ProposedTerms {
	return ProposedTerms{termsOf(t), PostRef{ID: p.ID, Title: p.Title, PartyID: p.PartyID}}
}

// ResponsibilityItem is a responsibility with what the parties have agreed on it.
type ResponsibilityItem struct {
	ID          domain.ResponsibilityID `json:"id" format:"uuid"`
	Subject     SubjectRef              `json:"subject"`
	Post        PostRef                 `json:"post"`
	Part        domain.Part             `json:"part" enum:"lead,shared,support,informed"`
	Wording     Text                    `json:"wording"`
	ValidFrom   string                  `json:"validFrom" format:"date"`
	ValidTo     string                  `json:"validTo,omitempty" format:"date"`
	Standing    domain.Standing         `json:"standing" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties agree: proposed and declined: nothing is in force; in_force: all have accepted this content; reopened and change_declined: the fields are what was accepted last, change is what waits"`
	InForce     *Agreement              `json:"inForce,omitempty" doc:"The agreement behind the fields"`
	Waiting     *Agreement              `json:"waiting,omitempty" doc:"The agreement that waits for answers or was declined"`
	Change      *ProposedTerms          `json:"change,omitempty" doc:"The content that waits, where something else is in force"`
	Discussion  *Discussion             `json:"discussion,omitempty" doc:"What has been said of what waits, for staff; missing if nothing waits"`
	Version     int                     `json:"version"`
	UpdatedAt   time.Time               `json:"updatedAt"`
	Permissions []domain.Permission     `json:"permissions" doc:"Of one thing's list and of a single responsibility: what the caller may do; agreement.accept: answer for their party now; agreement.comment and agreement.ask_changes: of what waits"`
}

// Discussion is what has been said of the words that wait.
type Discussion struct {
	Comments int             `json:"comments" doc:"Of any kind"`
	LastAt   *time.Time      `json:"lastAt,omitempty" doc:"Of the newest"`
	Requests []ChangeRequest `json:"requests" doc:"Parties that ask for changes and have not answered, the latest request of each"`
}

// ChangeRequest is that a party asks for changes of what waits.
type ChangeRequest struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	At      time.Time      `json:"at"`
}

func discussionOf(d *responsibility.Discussion) *Discussion {
	if d == nil {
		return nil
	}
	out := &Discussion{Comments: d.Comments, LastAt: timeOrNil(d.LastAt), Requests: []ChangeRequest{}}
	for _, r := range d.Requests {
		out.Requests = append(out.Requests, ChangeRequest{PartyID: r.PartyID, At: r.At})
	}
	return out
}

// ResponsibilityComment is what somebody of a party says of a proposed content.
type ResponsibilityComment struct {
	ID       domain.AgreementCommentID  `json:"id" format:"uuid"`
	Kind     responsibility.CommentKind `json:"kind" enum:"comment,changes_requested"`
	Revision int                        `json:"revision" doc:"Of the content that it is about"`
	Waiting  bool                       `json:"waiting" doc:"It is about the very words that wait now"`
	Post     PostRef                    `json:"post"`
	Text     Text                       `json:"text"`
	At       time.Time                  `json:"at"`
}

func responsibilityComment(c responsibility.Comment) ResponsibilityComment {
	return ResponsibilityComment{ID: c.ID, Kind: c.Kind, Revision: c.Revision, Waiting: c.Waiting,
		Post: PostRef{ID: c.Post.ID, Title: c.Post.Title, PartyID: c.Post.PartyID}, Text: c.Text, At: c.At}
}

// ResponsibilityWord is something to say of what waits.
type ResponsibilityWord struct {
	Kind responsibility.CommentKind `json:"kind" enum:"comment,changes_requested"`
	Text Text                       `json:"text" doc:"In one language at least, at most 2,000 characters in each"`
}

func responsibilityBody(v responsibility.View) ResponsibilityItem {
	out := ResponsibilityItem{ID: v.ID, Subject: subjectRefOf(v.Of), Post: PostRef{ID: v.PostID, Title: v.Title, PartyID: v.PartyID},
		Part: v.Part, Wording: v.Wording, ValidFrom: v.ValidFrom.String(), ValidTo: v.ValidTo.String(), Standing: v.Standing,
		InForce: agreementOf(v.InForce), Waiting: agreementOf(v.Waiting), Discussion: discussionOf(v.Discussion), Version: v.Version, UpdatedAt: v.UpdatedAt, Permissions: []domain.Permission{}}
	if v.Change != nil {
		t := proposedTermsOf(*v.Change, v.ChangePost)
		out.Change = &t
	}
	if v.Answers {
		out.Permissions = append(out.Permissions, domain.AgreementAccept)
	}
	if v.Edits {
		out.Permissions = append(out.Permissions, domain.ResponsibilityEdit)
	}
	if v.Comments {
		out.Permissions = append(out.Permissions, domain.AgreementComment)
	}
	if v.AsksChange {
		out.Permissions = append(out.Permissions, domain.AgreementAskChanges)
	}
	return out
}

// Revision is one content that was proposed, with the answers to it.
type Revision struct {
	Agreement
	Content ProposedTerms `json:"content"`
}

// ResponsibilityProposal is a responsibility to propose.
type ResponsibilityProposal struct {
	SubjectKind domain.SubjectKind `json:"subjectKind" enum:"goal,action,stage,handover,chain,forum"`
	SubjectID   domain.AnyID       `json:"subjectId" format:"uuid"`
	Terms
}

// Answer is a party's answer to what waits.
type Answer struct {
	Answer string `json:"answer" enum:"accepted,declined"`
	Reason Text   `json:"reason,omitempty" doc:"Why it is declined, at most 1,000 characters in each language; required then"`
}

// SubjectResponsibilities are the responsibilities of one thing.
type SubjectResponsibilities struct {
	Items       []ResponsibilityItem `json:"items" doc:"In the order lead, shared, support, informed"`
	Permissions []domain.Permission  `json:"permissions" doc:"responsibility.edit: the caller may propose one"`
}

// ResponsibleOn tells who was responsible for a thing on a day.
type ResponsibleOn struct {
	Subject SubjectRef           `json:"subject" doc:"As it was called then"`
	Date    string               `json:"date" format:"date"`
	Items   []ResponsibleOnItem  `json:"items" doc:"What the record said at the end of the day, in the order lead, shared, support, informed; proposals and what had not begun too"`
	Later   []ResponsibilityItem `json:"later" doc:"In force from that day or before by today's record, but recorded only afterwards"`
}

// ResponsibleOnItem is one responsibility on a day.
type ResponsibleOnItem struct {
	Then    ResponsibilityItem      `json:"then" doc:"As the record was at the end of the day"`
	Bound   bool                    `json:"bound" doc:"It was in force on the day: accepted by all that it concerns, begun and not ended"`
	Holders []HolderOn              `json:"holders" doc:"Who held the post on the day"`
	Now     *ResponsibilityItem     `json:"now,omitempty" doc:"As it is now; missing if nothing is left of it"`
	Changed []responsibility.Change `json:"changed" enum:"post,part,wording,dates,standing,ended,gone" doc:"What of it is not as it was then"`
}

// HolderOn is who held a post on a day.
type HolderOn struct {
	Kind       string                  `json:"kind" enum:"holder,deputy"`
	Name       string                  `json:"name,omitempty" doc:"Where the caller may see it: staff, and everybody where the holder chose so"`
	ValidFrom  string                  `json:"validFrom" format:"date"`
	ValidTo    string                  `json:"validTo,omitempty" format:"date"`
	Recorded   responsibility.Recorded `json:"recorded" enum:"then,later,no_longer" doc:"then: the record said so at the end of the day and says so today; later: recorded only afterwards; no_longer: the record said so then and has been corrected since"`
	RecordedAt *time.Time              `json:"recordedAt,omitempty" doc:"Of the late entry or correction"`
}

func responsibleOnBody(o responsibility.On) ResponsibleOn {
	out := ResponsibleOn{Subject: subjectRefOf(o.Of), Date: o.Day.String(), Items: []ResponsibleOnItem{}, Later: []ResponsibilityItem{}}
	for _, i := range o.Items {
		item := ResponsibleOnItem{Then: responsibilityBody(i.View), Bound: i.Bound, Holders: []HolderOn{}, Changed: i.Changed}
		for _, h := range i.Holders {
			item.Holders = append(item.Holders, HolderOn{Kind: h.Kind, Name: h.Name, ValidFrom: h.ValidFrom.String(), ValidTo: h.ValidTo.String(),
				Recorded: h.Recorded, RecordedAt: timeOrNil(h.RecordedAt)})
		}
		if i.Now != nil {
			now := responsibilityBody(*i.Now)
			item.Now = &now
		}
		out.Items = append(out.Items, item)
	}
	for _, v := range o.Later {
		out.Later = append(out.Later, responsibilityBody(v))
	}
	return out
}

// ResponsibilityFilters are the filters of lists of responsibilities.
type ResponsibilityFilters struct {
	TermParams
	Kind     []string `query:"subjectKind,explode" maxItems:"10" enum:"goal,action,stage,handover,chain,forum" doc:"About things of these kinds"`
	Party    []string `query:"partyId,explode" maxItems:"50" doc:"Of posts of these parties"`
	Post     []string `query:"postId,explode" maxItems:"50" doc:"Of these posts"`
	Part     []string `query:"part,explode" maxItems:"10" enum:"lead,shared,support,informed" doc:"With these parts"`
	Standing []string `query:"standing,explode" maxItems:"10" enum:"proposed,declined,in_force,reopened,change_declined" doc:"With these standings"`
	Chain    []string `query:"chainId,explode" maxItems:"50" doc:"About things that belong to these chains: the chain itself, its stages and hand-overs, actions pinned to these, and the goals that GET /goals finds by chainId"`
	Current  bool     `query:"current" doc:"Only what is valid on the day shown, without what begins later"`
	Awaiting string   `query:"awaiting" enum:"me" doc:"me: that wait for the caller's answer; nothing for who answers for no party"`
	Asked    string   `query:"changesAsked" enum:"me" doc:"me: that the caller's party has proposed and another party asks to be changed; of managers, what posts of their units proposed or have"`
}

// filter also tells whether anything can meet it: what waits for somebody who
// answers for no party is nothing.
func (in *ResponsibilityFilters) filter(a domain.Actor) (f responsibility.Filter, some bool, err error) {
	f = responsibility.Filter{Kind: filterOf[domain.SubjectKind](toStrings[domain.SubjectKind](in.Kind)),
		Part: filterOf(toStrings[domain.Part](in.Part)), Standing: filterOf(toStrings[domain.Standing](in.Standing)), Current: in.Current}
	if err := firstError(in.terms(&f.Terms), idFilter(&f.Chains, "chainId", in.Chain), idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Post, "postId", in.Post)); err != nil {
		return f, false, err
	}
	if in.Awaiting != "" {
		who, ok := a.Answerer()
		if !ok {
			return f, false, nil
		}
		f.Answerer = &who
	}
	if in.Asked != "" {
		who, ok := a.Answerer()
		if !ok {
			return f, false, nil
		}
		f.Asked = &who
	}
	return f, true, nil
}

func (s *Server) registerResponsibilities() {
	const tag = "Responsibilities"
	rs := s.Services.Responsibilities

	handle(s, operation{ID: "listResponsibilities", Kept: true, Method: http.MethodGet, Path: "/responsibilities", Tag: tag, Permission: readScope,
		Summary:     "List responsibilities",
		Description: "Those that are valid on the day shown, begin later or were proposed. " + termsDescription + "Sorted by updatedAt (-updatedAt is the default), part, post or waitingSince (when what waits was proposed, the oldest first; what waits for nothing last)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ResponsibilityFilters
		}) (*ListOutput[ResponsibilityItem], error) {
			f, some, err := in.filter(a)
			if err != nil {
				return nil, err
			}
			if !some {
				return &ListOutput[ResponsibilityItem]{Body: List[ResponsibilityItem]{Items: []ResponsibilityItem{}}}, nil
			}
			page, err := rs.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, responsibilityBody), nil
		})

	handle(s, operation{ID: "listSubjectResponsibilities", Kept: true, Method: http.MethodGet, Path: "/responsibilities/of/{kind}/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the responsibilities of one thing, with what the caller may do"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Kind string `path:"kind" enum:"goal,action,stage,handover,chain,forum"`
			ID   string `path:"id" format:"uuid"`
		}) (*struct{ Body SubjectResponsibilities }, error) {
			subject := domain.Subject{Kind: domain.SubjectKind(in.Kind)}
			if err := pathID(&subject.ID, in.ID, in.Kind); err != nil {
				return nil, err
			}
			items, create, err := rs.OfSubject(ctx, a, subject)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body SubjectResponsibilities }{SubjectResponsibilities{Items: []ResponsibilityItem{}, Permissions: []domain.Permission{}}}
			for _, v := range items {
				out.Body.Items = append(out.Body.Items, responsibilityBody(v))
			}
			if create {
				out.Body.Permissions = append(out.Body.Permissions, domain.ResponsibilityEdit)
			}
			return out, nil
		})

	handle(s, operation{ID: "getResponsibleOn", Method: http.MethodGet, Path: "/responsibilities/on", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Tell who was responsible for a thing on a day",
		Description: "The posts, parts, wordings and answers are those of the record as it was at the end of the day in Helsinki: a later proposal, acceptance or correction does not change the answer. " +
			"Who held a post is told by the validity dates of the holdings as they are known now; what was recorded later, or has been corrected since, is marked."},
		func(ctx context.Context, a domain.Actor, in *struct {
			Kind string `query:"subjectKind" required:"true" enum:"goal,action,stage,handover,chain,forum"`
			ID   string `query:"subjectId" required:"true" format:"uuid"`
			Date string `query:"date" required:"true" maxLength:"10" doc:"Today or a past day (YYYY-MM-DD)" example:"2026-11-16"`
		}) (*struct{ Body ResponsibleOn }, error) {
			subject := domain.Subject{Kind: domain.SubjectKind(in.Kind)}
			var day domain.Date
			if err := firstError(pathID(&subject.ID, in.ID, in.Kind), dateField(&day, "date", in.Date)); err != nil {
				return nil, err
			}
			if day.IsZero() {
				return nil, domain.InvalidField("date", "required")
			}
			on, err := rs.On(ctx, a, subject, day, s.Clock.Today())
			if err != nil {
				return nil, err
			}
			return &struct{ Body ResponsibleOn }{responsibleOnBody(on)}, nil
		})

	handle(s, operation{ID: "getResponsibility", Method: http.MethodGet, Path: "/responsibilities/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a responsibility"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[ResponsibilityItem], error) {
			var id domain.ResponsibilityID
			if err := pathID(&id, in.ID, "responsibility"); err != nil {
				return nil, err
			}
			v, err := rs.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(responsibilityBody(v), v.Version), nil
		})

	handle(s, operation{ID: "listAgreements", Method: http.MethodGet, Path: "/responsibilities/{id}/agreements", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List every content that was proposed for a responsibility, the newest first", Description: "At most the 100 newest."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[Revision], error) {
			var id domain.ResponsibilityID
			if err := pathID(&id, in.ID, "responsibility"); err != nil {
				return nil, err
			}
			revisions, err := rs.Revisions(ctx, a, id)
			if err != nil {
				return nil, err
			}
			out := &ListOutput[Revision]{Body: List[Revision]{Items: []Revision{}}}
			for _, r := range revisions {
				out.Body.Items = append(out.Body.Items, Revision{Agreement: *agreementOf(&r.Agreement), Content: proposedTermsOf(r.Content, r.Post)})
			}
			return out, nil
		})

	handle(s, operation{ID: "proposeResponsibility", Method: http.MethodPost, Path: "/responsibilities", Tag: tag, Permission: domain.ResponsibilityEdit, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409}, Summary: "Propose a responsibility",
		Description: "The proposer's own party has accepted it. It is in force when every principal party that it concerns has: those that lead or share the thing, and the post's own."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ResponsibilityProposal }) (*ItemOutput[ResponsibilityItem], error) {
			t, err := in.Body.terms()
			if err != nil {
				return nil, err
			}
			v, err := rs.Propose(ctx, a, domain.Subject{Kind: in.Body.SubjectKind, ID: in.Body.SubjectID}, t)
			if err != nil {
				return nil, err
			}
			return created(responsibilityBody(v), v.Version, "/responsibilities/"+v.ID.String()), nil
		})

	handle(s, operation{ID: "changeResponsibility", Method: http.MethodPut, Path: "/responsibilities/{id}", Tag: tag, Permission: domain.ResponsibilityEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Propose other terms for a responsibility",
		Description: "What was accepted last stays in force until every party that it concerns has accepted the change. The terms in force take back a change that waits."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body Terms
		}) (*ItemOutput[ResponsibilityItem], error) {
			var id domain.ResponsibilityID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "responsibility")); err != nil {
				return nil, err
			}
			t, err := in.Body.terms()
			if err != nil {
				return nil, err
			}
			v, err := rs.Change(ctx, a, id, version, t)
			if err != nil {
				return nil, stale(err, responsibilityBody)
			}
			return item(responsibilityBody(v), v.Version), nil
		})

	handle(s, operation{ID: "answerResponsibility", Method: http.MethodPost, Path: "/responsibilities/{id}/acceptances", Tag: tag, Permission: domain.AgreementAccept,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Accept or decline what waits, for one's own party",
		Description: "The answer is to exactly the content of the version in If-Match. A party that declined may accept later."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body Answer
		}) (*ItemOutput[ResponsibilityItem], error) {
			var id domain.ResponsibilityID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "responsibility")); err != nil {
				return nil, err
			}
			v, err := rs.Answer(ctx, a, id, version, in.Body.Answer == "accepted", in.Body.Reason)
			if err != nil {
				return nil, stale(err, responsibilityBody)
			}
			return item(responsibilityBody(v), v.Version), nil
		})

	handle(s, operation{ID: "listResponsibilityComments", Method: http.MethodGet, Path: "/responsibilities/{id}/comments", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List what staff of the parties have said of a responsibility's proposed contents", Description: "Of every content that was proposed. Empty for all but staff. Sorted by at (-at is the default)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[ResponsibilityComment], error) {
			var id domain.ResponsibilityID
			if err := pathID(&id, in.ID, "responsibility"); err != nil {
				return nil, err
			}
			page, err := rs.Comments(ctx, a, id, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, responsibilityComment), nil
		})

	handle(s, operation{ID: "commentOnResponsibility", Method: http.MethodPost, Path: "/responsibilities/{id}/comments", Tag: tag, Permission: domain.AgreementComment,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Comment on what waits, or ask for changes without declining it",
		Description: "About exactly the content of the version in If-Match. Who may answer for a party that has not done so asks for changes, by agreement.ask_changes, of what another party proposed: the request stands until the party answers or other words are proposed. 409 agreement_settled: nothing waits."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body ResponsibilityWord
		}) (*ItemOutput[ResponsibilityItem], error) {
			var id domain.ResponsibilityID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "responsibility")); err != nil {
				return nil, err
			}
			v, err := rs.Say(ctx, a, id, version, in.Body.Kind, in.Body.Text)
			if err != nil {
				return nil, stale(err, responsibilityBody)
			}
			return item(responsibilityBody(v), v.Version), nil
		})

	handle(s, operation{ID: "withdrawProposal", Method: http.MethodPost, Path: "/responsibilities/{id}/withdrawal", Tag: tag, Permission: domain.ResponsibilityEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back what one's own party proposed",
		Description: "What was in force stays so. What never was in force is gone then; its content stays in the log."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason,omitempty" maxLength:"1000"`
			}
		}) (*struct {
			Body struct {
				Gone bool                `json:"gone" doc:"Nothing is left: no wording ever was in force"`
				Item *ResponsibilityItem `json:"item,omitempty"`
			}
		}, error) {
			var id domain.ResponsibilityID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "responsibility")); err != nil {
				return nil, err
			}
			gone, v, err := rs.Withdraw(ctx, a, id, version, in.Body.Reason)
			if err != nil {
				return nil, stale(err, responsibilityBody)
			}
			out := &struct {
				Body struct {
					Gone bool                `json:"gone" doc:"Nothing is left: no wording ever was in force"`
					Item *ResponsibilityItem `json:"item,omitempty"`
				}
			}{}
			if out.Body.Gone = gone; !gone {
				body := responsibilityBody(v)
				out.Body.Item = &body
			}
			return out, nil
		})
}
