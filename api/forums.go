package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

// Forum is a standing group of the parties as the API shows it.
type Forum struct {
	ID                 domain.ForumID        `json:"id" format:"uuid"`
	Key                string                `json:"key" doc:"Short name, also good as an address"`
	Title              Text                  `json:"title"`
	Purpose            Text                  `json:"purpose" doc:"In one sentence"`
	Mandate            Text                  `json:"mandate" doc:"What it may decide; may be empty"`
	Level              forum.Level           `json:"level" enum:"statutory,strategic,thematic,network"`
	Reach              forum.Reach           `json:"reach" enum:"bilateral,regional"`
	Paper              forum.Paper           `json:"paper" enum:"memo,minutes" doc:"What its meetings leave behind; minutes have § numbers"`
	MeetingsPerYear    int                   `json:"meetingsPerYear" doc:"The agreed rhythm; 0: none agreed"`
	ReferralDays       int                   `json:"referralDays" doc:"Within how many days it answers what is referred to it"`
	Parent             *ForumRef             `json:"parent,omitempty" doc:"Forum to which it reports"`
	Chain              *ChainRef             `json:"chain,omitempty" doc:"Service chain that it follows"`
	Goals              []GoalRef             `json:"goals" doc:"Those that the caller may see"`
	StageIDs           []domain.StageID      `json:"stageIds" doc:"Stages of service chains at which it is pinned, of chains that the caller may see"`
	HandoverIDs        []domain.HandoverID   `json:"handoverIds" doc:"Hand-overs at which it is pinned, likewise"`
	Pins               Pins                  `json:"pins" doc:"The same with their names"`
	Members            []Membership          `json:"members" doc:"Of the day shown and later"`
	TagIDs             []domain.TagID        `json:"tagIds"`
	LegalBasisIDs      []domain.LegalBasisID `json:"legalBasisIds"`
	Cases              []CaseReference       `json:"cases"`
	LastMeeting        *MeetingRef           `json:"lastMeeting,omitempty" doc:"The last one held"`
	NextMeeting        *MeetingRef           `json:"nextMeeting,omitempty" doc:"The first one that is neither held nor cancelled"`
	HeldThisYear       int                   `json:"heldThisYear" doc:"Meetings held in the calendar year shown"`
	CancelledThisYear  int                   `json:"cancelledThisYear" doc:"Meetings cancelled in the calendar year shown"`
	DecisionsThisYear  int                   `json:"decisionsThisYear" doc:"Decisions and assignments of the year's closed meetings that the caller may read"`
	OpenLoops          int                   `json:"openLoops" doc:"What it decided or put off without an ending, as GET /open-loops lists it"`
	AttendanceThisYear []PartyAttendance     `json:"attendanceThisYear" doc:"Of the year's meetings whose papers the caller may read together, by party"`
	MandateAccepted    bool                  `json:"mandateAccepted" doc:"Every principal party has accepted purpose and mandate in their present words"`
	MandateAnswers     []MandateAnswer       `json:"mandateAnswers" doc:"Of each principal party"`
	ValidFrom          domain.Date           `json:"validFrom" format:"date"`
	Visibility         domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround   string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version            int                   `json:"version"`
	UpdatedAt          time.Time             `json:"updatedAt"`
	Permissions        []domain.Permission   `json:"permissions" doc:"What the caller may do with it"`
}

// MandateAnswer tells whether a principal party has accepted the present words.
type MandateAnswer struct {
	PartyID    domain.PartyID `json:"partyId" format:"uuid"`
	AcceptedAt *time.Time     `json:"acceptedAt,omitempty" doc:"Missing: not accepted"`
	Post       *PostRef       `json:"post,omitempty" doc:"In which it was accepted"`
	Since      *time.Time     `json:"waitingSince,omitempty" doc:"Since when the present words wait for the party; missing: accepted"`
	Before     *MandateWords  `json:"before,omitempty" doc:"What the party had accepted last, for who may now answer for it; missing if it never had"`
}

// MandateWords are a purpose and mandate that a party has accepted.
type MandateWords struct {
	Purpose    Text      `json:"purpose"`
	Mandate    Text      `json:"mandate"`
	AcceptedAt time.Time `json:"acceptedAt"`
}

// ForumRef names a forum.
type ForumRef struct {
	ID    domain.ForumID `json:"id" format:"uuid"`
	Key   string         `json:"key"`
	Title Text           `json:"title"`
}

// ChainRef names a service chain.
type ChainRef struct {
	ID    domain.ChainID `json:"id" format:"uuid"`
	Key   string         `json:"key"`
	Title Text           `json:"title"`
}

// GoalRef names a goal.
type GoalRef struct {
	ID      domain.GoalID `json:"id" format:"uuid"`
	No      int           `json:"no" doc:"The number people use"`
	Title   Text          `json:"title"`
	EndedOn *domain.Date  `json:"endedOn,omitempty" format:"date" doc:"Missing: it goes on"`
}

// MeetingRef names a meeting.
type MeetingRef struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Year     int              `json:"year"`
	Number   int              `json:"number" doc:"Within the forum and year: 4 in 4/2026"`
	StartsAt time.Time        `json:"startsAt"`
	EndsAt   time.Time        `json:"endsAt"`
	Status   string           `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
}

// Membership is a post's place in a forum.
type Membership struct {
	ID   domain.MembershipID `json:"id" format:"uuid"`
	Post PostRef             `json:"post"`
	Role forum.Role          `json:"role" enum:"chair,secretary,member"`
	From domain.Date         `json:"from" format:"date"`
	To   domain.Date         `json:"to,omitzero" format:"date" doc:"Last day; missing: goes on"`
}

// ForumInput is what can be said of a forum.
type ForumInput struct {
	Key              string                `json:"key" maxLength:"35" doc:"Short name: lower-case letters, digits and _, beginning with a letter"`
	Title            Text                  `json:"title"`
	Purpose          Text                  `json:"purpose"`
	Mandate          Text                  `json:"mandate,omitempty"`
	Level            forum.Level           `json:"level" enum:"statutory,strategic,thematic,network"`
	Reach            forum.Reach           `json:"reach" enum:"bilateral,regional"`
	Paper            forum.Paper           `json:"paper" enum:"memo,minutes"`
	MeetingsPerYear  int                   `json:"meetingsPerYear" minimum:"0" maximum:"60"`
	ReferralDays     int                   `json:"referralDays,omitempty" minimum:"0" maximum:"365" doc:"Missing or 0: as it was, of a new forum 14"`
	ParentID         domain.ForumID        `json:"parentId,omitempty" format:"uuid"`
	ChainID          domain.ChainID        `json:"chainId,omitempty" format:"uuid"`
	GoalIDs          []domain.GoalID       `json:"goalIds,omitempty" maxItems:"50"`
	StageIDs         []domain.StageID      `json:"stageIds,omitempty" maxItems:"40" doc:"Stages of service chains at which it is pinned"`
	HandoverIDs      []domain.HandoverID   `json:"handoverIds,omitempty" maxItems:"40" doc:"Hand-overs at which it is pinned"`
	TagIDs           []domain.TagID        `json:"tagIds,omitempty" maxItems:"20"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// MembershipInput makes a post a member.
type MembershipInput struct {
	PostID domain.PostID `json:"postId" format:"uuid"`
	Role   forum.Role    `json:"role" enum:"chair,secretary,member"`
	From   domain.Date   `json:"from,omitzero" format:"date" doc:"First day; missing: today"`
}

// MembershipEndInput ends a membership.
type MembershipEndInput struct {
	On     domain.Date `json:"on,omitzero" format:"date" doc:"Last day; missing: today"`
	Reason string      `json:"reason,omitempty" maxLength:"1000"`
}

func meetingRefOf(m *forum.MeetingRef) *MeetingRef {
	if m == nil {
		return nil
	}
	return &MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: m.Status}
}

func forumBody(a domain.Actor, day domain.Date) func(forum.View) Forum {
	return func(f forum.View) Forum {
		out := Forum{ID: f.ID, Key: f.Key, Title: f.Title, Purpose: f.Purpose, Mandate: f.Mandate, Level: f.Level, Reach: f.Reach, Paper: f.Paper,
			MeetingsPerYear: f.MeetingsPerYear, ReferralDays: f.ReferralDays, Goals: []GoalRef{}, Members: []Membership{},
			StageIDs: orEmpty(f.StageIDs), HandoverIDs: orEmpty(f.HandoverIDs), Pins: pinsOf(f.Pins),
			TagIDs: orEmpty(f.TagIDs), LegalBasisIDs: orEmpty(f.References.LegalBases), Cases: casesOf(f.References.Cases),
			LastMeeting: meetingRefOf(f.LastMeeting), NextMeeting: meetingRefOf(f.NextMeeting), HeldThisYear: f.Held, ValidFrom: f.ValidFrom,
			Visibility: f.Visibility, VisibilityGround: f.VisibilityGround, Version: f.Version, UpdatedAt: f.UpdatedAt,
			CancelledThisYear: f.Figures.Cancelled, DecisionsThisYear: f.Figures.Decisions, OpenLoops: f.Figures.OpenLoops, AttendanceThisYear: []PartyAttendance{},
			MandateAccepted: f.MandateAccepted(), MandateAnswers: []MandateAnswer{}, Permissions: f.Permissions(a, day)}
		for _, p := range f.Figures.Attendance {
			out.AttendanceThisYear = append(out.AttendanceThisYear, PartyAttendance(p))
		}
		for _, m := range f.Mandated {
			answer := MandateAnswer{PartyID: m.PartyID, Since: timeOrNil(m.Since)}
			if m.Before != nil && m.PartyID == a.PartyID && f.Answers(a) { // the forum may have been internal when it said so
				words := MandateWords{Purpose: m.Before.Purpose, Mandate: m.Before.Mandate, AcceptedAt: m.Before.At}
				answer.Before = &words
			}
			if !m.At.IsZero() {
				answer.AcceptedAt = &m.At
				if !m.PostID.IsZero() {
					answer.Post = &PostRef{ID: m.PostID, Title: m.PostTitle, PartyID: m.PartyID}
				}
			}
			out.MandateAnswers = append(out.MandateAnswers, answer)
		}
		if f.Parent != nil {
			out.Parent = &ForumRef{f.Parent.ID, f.Parent.Key, f.Parent.Title}
		}
		if f.Chain != nil {
			out.Chain = &ChainRef{f.Chain.ID, f.Chain.Key, f.Chain.Title}
		}
		for _, g := range f.Goals {
			out.Goals = append(out.Goals, GoalRef{g.ID, g.No, g.Title, datePtr(g.EndedOn)})
		}
		for _, m := range f.Members {
			out.Members = append(out.Members, Membership{ID: m.ID, Post: PostRef{ID: m.PostID, Title: m.Title, PartyID: m.PartyID},
				Role: m.Role, From: m.ValidFrom, To: m.ValidTo})
		}
		return out
	}
}

func (in ForumInput) edit() forum.Edit {
	return forum.Edit{Key: strings.TrimSpace(in.Key), Title: in.Title, Purpose: in.Purpose, Mandate: in.Mandate, Level: in.Level, Reach: in.Reach,
		Paper: in.Paper, MeetingsPerYear: in.MeetingsPerYear, ReferralDays: in.ReferralDays, ParentID: in.ParentID, ChainID: in.ChainID, GoalIDs: in.GoalIDs,
		StageIDs: in.StageIDs, HandoverIDs: in.HandoverIDs,
		TagIDs: in.TagIDs, References: references(in.LegalBasisIDs, in.Cases), Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
}

// ForumFilterParams narrow the register of forums.
type ForumFilterParams struct {
	Level    []string `query:"level,explode" maxItems:"10" enum:"statutory,strategic,thematic,network" doc:"Of these levels"`
	Reach    []string `query:"reach,explode" maxItems:"10" enum:"bilateral,regional" doc:"With this reach"`
	Party    []string `query:"partyId,explode" maxItems:"50" doc:"With a member of one of these parties; none: without members"`
	Chain    []string `query:"chainId,explode" maxItems:"50" doc:"That follow one of these chains, or are pinned to a stage or hand-over of one; none: of no chain"`
	Stage    []string `query:"stageId,explode" maxItems:"50" doc:"Pinned to one of these stages; none: to no stage"`
	Handover []string `query:"handoverId,explode" maxItems:"50" doc:"Pinned to one of these hand-overs; none: to no hand-over"`
	Goal     []string `query:"goalId,explode" maxItems:"50" doc:"For one of these goals; none: for no goal"`
	Tag      []string `query:"tagId,explode" maxItems:"50" doc:"With one of these tags; none: without tags"`
}

func (in ForumFilterParams) filter() (f forum.Filter, err error) {
	f.Level.Values, f.Reach.Values = toStrings[forum.Level](in.Level), toStrings[forum.Reach](in.Reach)
	return f, firstError(idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Chain, "chainId", in.Chain),
		idFilter(&f.Stage, "stageId", in.Stage), idFilter(&f.Handover, "handoverId", in.Handover), idFilter(&f.Goal, "goalId", in.Goal), idFilter(&f.Tag, "tagId", in.Tag))
}

func (s *Server) registerForums() {
	const tag = "Forums"
	forums := s.Services.Forums
	body := func(ctx context.Context, a domain.Actor) func(forum.View) Forum {
		return forumBody(a, domain.DayShown(ctx, s.Clock))
	}

	handle(s, operation{ID: "listForums", Kept: true, Method: http.MethodGet, Path: "/forums", Tag: tag, Permission: readScope,
		Summary:     "List forums",
		Description: "Sorted by title (the default), level, updatedAt or waitingSince (since when it says its purpose and mandate in the present words, the oldest first). GET /forums.csv and /forums.xlsx give the same as files."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ForumFilterParams
			Awaiting string `query:"awaiting" enum:"me" doc:"me: whose purpose and mandate wait for the caller's answer; nothing for who answers for no party as a whole"`
		}) (*ListOutput[Forum], error) {
			f, err := in.filter()
			if err != nil {
				return nil, err
			}
			if in.Awaiting != "" {
				if !a.Can(domain.AgreementAccept, domain.Resource{Parties: []domain.PartyID{a.PartyID}}) {
					return &ListOutput[Forum]{Body: List[Forum]{Items: []Forum{}}}, nil
				}
				f.Awaits = a.PartyID
			}
			page, err := forums.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, body(ctx, a)), nil
		})

	handle(s, operation{ID: "getForum", Kept: true, Method: http.MethodGet, Path: "/forums/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a forum by its id or key"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"36" doc:"Id or key"`
		}) (*ItemOutput[Forum], error) {
			var f forum.View
			id, err := domain.ParseID[struct{}](in.ID)
			if err == nil {
				f, err = forums.Get(ctx, a, domain.ForumID{UUID: id.UUID})
			} else {
				f, err = forums.ByKey(ctx, a, in.ID)
			}
			if err != nil {
				return nil, err
			}
			return item(body(ctx, a)(f), f.Version), nil
		})

	handle(s, operation{ID: "createForum", Method: http.MethodPost, Path: "/forums", Tag: tag, Permission: domain.ForumCreate, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create a forum"},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ForumInput }) (*ItemOutput[Forum], error) {
			f, err := forums.Create(ctx, a, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(body(ctx, a)(f), f.Version, "/forums/"+f.ID.String()), nil
		})

	handle(s, operation{ID: "updateForum", Method: http.MethodPut, Path: "/forums/{id}", Tag: tag, Permission: domain.ForumEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the editable fields of a forum"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body ForumInput
		}) (*ItemOutput[Forum], error) {
			var id domain.ForumID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "forum")); err != nil {
				return nil, err
			}
			f, err := forums.Change(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, body(ctx, a))
			}
			return item(body(ctx, a)(f), f.Version), nil
		})

	handle(s, operation{ID: "acceptMandate", Method: http.MethodPost, Path: "/forums/{id}/mandate-acceptance", Tag: tag, Permission: domain.AgreementAccept,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Accept a forum's purpose and mandate for the caller's party",
		Description: "In the words of the version of If-Match. Other words later are accepted anew."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Forum], error) {
			var id domain.ForumID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "forum")); err != nil {
				return nil, err
			}
			f, err := forums.AcceptMandate(ctx, a, id, version)
			if err != nil {
				return nil, stale(err, body(ctx, a))
			}
			return item(body(ctx, a)(f), f.Version), nil
		})

	handle(s, operation{ID: "addForumMember", Method: http.MethodPost, Adds: true, Path: "/forums/{id}/members", Tag: tag, Permission: domain.ForumEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Make a post a member of a forum", Description: "Answers with the forum."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MembershipInput
		}) (*ItemOutput[Forum], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			f, err := forums.AddMember(ctx, a, id, in.Body.PostID, in.Body.Role, in.Body.From)
			if err != nil {
				return nil, err
			}
			return item(body(ctx, a)(f), f.Version), nil
		})

	handle(s, operation{ID: "endForumMembership", Method: http.MethodPost, Path: "/forums/{id}/members/{memberId}/end", Tag: tag, Permission: domain.ForumEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "End a membership", Description: "Memberships are not deleted. Answers with the forum."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID     string `path:"id" format:"uuid"`
			Member string `path:"memberId" format:"uuid"`
			Body   MembershipEndInput
		}) (*ItemOutput[Forum], error) {
			var id domain.ForumID
			var member domain.MembershipID
			if err := firstError(pathID(&id, in.ID, "forum"), pathID(&member, in.Member, "membership")); err != nil {
				return nil, err
			}
			f, err := forums.EndMembership(ctx, a, id, member, in.Body.On, strings.TrimSpace(in.Body.Reason))
			if err != nil {
				return nil, err
			}
			return item(body(ctx, a)(f), f.Version), nil
		})
}
