package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// Person is somebody who has signed in, as administrators and auditors see them.
type Person struct {
	PersonRef
	Email   string         `json:"email" doc:"May be empty"`
	PartyID domain.PartyID `json:"partyId" format:"uuid" doc:"The party whose identity provider they come through"`
	Posts   []MyPost       `json:"posts" doc:"Held or deputised on the day shown"`
}

// Grant gives a role to whoever holds a post, or to a person.
type Grant struct {
	ID          domain.GrantID      `json:"id" format:"uuid"`
	Role        domain.Role         `json:"role" enum:"reader,secretary,manager,coordinator,auditor,administrator"`
	PartyID     domain.PartyID      `json:"partyId" format:"uuid" doc:"Whose administrators grant and end it"`
	Post        *PostRef            `json:"post,omitempty" doc:"Whose holder and deputies have the role; missing if a person has it"`
	PersonID    *domain.PersonID    `json:"personId,omitempty" format:"uuid" doc:"Who has the role in person"`
	Unit        *UnitRef            `json:"unit,omitempty" doc:"Scope of a manager: this unit and what is under it"`
	Forum       *ForumRef           `json:"forum,omitempty" doc:"Scope of a secretary"`
	People      []GrantedPerson     `json:"people" doc:"Who has the role by it on the day asked for, or had it on its last day; none if the post is vacant"`
	ValidFrom   domain.Date         `json:"validFrom" format:"date"`
	ValidTo     *domain.Date        `json:"validTo,omitempty" format:"date" doc:"Last day; missing for no end"`
	EndedAt     *time.Time          `json:"endedAt,omitempty" doc:"When it was ended; from then on nobody has the role by it"`
	EndReason   string              `json:"endReason,omitempty"`
	CreatedAt   time.Time           `json:"createdAt"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// GrantedPerson is somebody who has a role by a grant.
type GrantedPerson struct {
	PersonRef
	Deputy bool `json:"deputy" doc:"Whether the person only stands in for the holder of the post"`
}

// GrantInput gives a role. The party is that of the post or person.
type GrantInput struct {
	Role      domain.Role      `json:"role" enum:"reader,secretary,manager,coordinator,auditor,administrator"`
	PostID    *domain.PostID   `json:"postId,omitempty" format:"uuid" doc:"Whose holder and deputies get the role"`
	PersonID  *domain.PersonID `json:"personId,omitempty" format:"uuid" doc:"Instead of a post; only for auditor and administrator"`
	UnitID    *domain.UnitID   `json:"unitId,omitempty" format:"uuid" doc:"For a manager"`
	ForumID   *domain.ForumID  `json:"forumId,omitempty" format:"uuid" doc:"For a secretary"`
	ValidFrom domain.Date      `json:"validFrom" format:"date" doc:"Today or later"`
	ValidTo   *domain.Date     `json:"validTo,omitempty" format:"date" doc:"Last day; missing for no end"`
}

// GrantEnd ends a grant.
type GrantEnd struct {
	Reason string `json:"reason" maxLength:"500" doc:"Why; it stands in the log"`
}

func personBody(p access.KnownPerson) Person {
	out := Person{PersonRef: PersonRef{p.ID, p.Name}, Email: p.Email, PartyID: p.PartyID, Posts: make([]MyPost, len(p.Posts))}
	for i, h := range p.Posts {
		out.Posts[i] = MyPost{PostRef: PostRef{h.ID, h.Title, h.PartyID}, Unit: h.Unit, Deputy: h.Deputy}
	}
	return out
}

func grantBody(a domain.Actor, now time.Time) func(access.Grant) Grant {
	return func(g access.Grant) Grant {
		out := Grant{ID: g.ID, Role: g.Role, PartyID: g.PartyID, PersonID: g.PersonID.Ptr(), People: make([]GrantedPerson, len(g.People)),
			ValidFrom: g.ValidFrom, ValidTo: datePtr(g.ValidTo), EndReason: g.EndReason, CreatedAt: g.CreatedAt, Version: g.Version,
			Permissions: []domain.Permission{}}
		if !g.PostID.IsZero() {
			out.Post = &PostRef{ID: g.PostID, Title: g.PostTitle, PartyID: g.PartyID}
		}
		if !g.UnitID.IsZero() {
			out.Unit = &UnitRef{ID: g.UnitID, Name: g.UnitName}
		}
		if !g.ForumID.IsZero() {
			out.Forum = &ForumRef{ID: g.ForumID, Key: g.ForumKey, Title: g.ForumTitle}
		}
		if !g.EndedAt.IsZero() {
			out.EndedAt = &g.EndedAt
		}
		for i, p := range g.People {
			out.People[i] = GrantedPerson{PersonRef{p.ID, p.Name}, p.Deputy}
		}
		if !g.IsOver(now) {
			out.Permissions = a.Allowed(g.Resource(), access.GrantPermissions...)
		}
		return out
	}
}

// registerAccess declares the administration of access. Who the caller is, and
// in which post they act, is in me.go and session.go.
func (s *Server) registerAccess() {
	const tag = "Access"
	people := s.Services.Access

	handle(s, operation{ID: "listPeople", Method: http.MethodGet, Path: "/people", Tag: tag, Permission: domain.PersonRead,
		Errors: []int{401, 403}, Summary: "List the people who have signed in",
		Description: "Administrators see those of their own party, auditors all. Sorted by name (the default) or party."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Party []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
			Query string   `query:"q" maxLength:"100" doc:"Words: each is a part of the name or e-mail address"`
		}) (*ListOutput[Person], error) {
			f := access.PersonFilter{Query: in.Query}
			if err := idFilter(&f.Party, "partyId", in.Party); err != nil {
				return nil, err
			}
			page, err := people.People(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, personBody), nil
		})

	handle(s, operation{ID: "listGrants", Method: http.MethodGet, Path: "/grants", Tag: tag, Permission: domain.GrantRead,
		Errors: []int{401, 403}, Summary: "List grants: who has or had which role",
		Description: "Administrators see those of their own party, auditors all. With validOn a past day: those that still counted at its end, as they are known today; with asOf as well: as they were known then. Sorted by party,role,holder (the default), validFrom, createdAt or endedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ValidOnParam
			Role   []domain.Role `query:"role,explode" maxItems:"10" enum:"reader,secretary,manager,coordinator,auditor,administrator" doc:"Of these roles"`
			Post   []string      `query:"postId,explode" maxItems:"50" doc:"For these posts; none: for a person"`
			Person []string      `query:"personId,explode" maxItems:"50" doc:"For these people, or posts that they hold or deputise on the day"`
			Party  []string      `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
		}) (*ListOutput[Grant], error) {
			f := access.GrantFilter{Role: filterOf(in.Role)}
			if err := firstError(idFilter(&f.Post, "postId", in.Post), idFilter(&f.Person, "personId", in.Person),
				idFilter(&f.Party, "partyId", in.Party), in.filter(&f.Valid)); err != nil {
				return nil, err
			}
			page, err := people.Grants(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, grantBody(a, s.Clock.Now())), nil
		})

	handle(s, operation{ID: "getGrant", Method: http.MethodGet, Path: "/grants/{id}", Tag: tag, Permission: domain.GrantRead,
		Errors: []int{401, 403, 404}, Summary: "Get a grant"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Grant], error) {
			var id domain.GrantID
			if err := pathID(&id, in.ID, "grant"); err != nil {
				return nil, err
			}
			g, err := people.Grant(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(grantBody(a, s.Clock.Now())(g), g.Version), nil
		})

	handle(s, operation{ID: "createGrant", Method: http.MethodPost, Path: "/grants", Tag: tag, Permission: domain.GrantCreate,
		Status: http.StatusCreated, Errors: []int{401, 403, 409}, Summary: "Grant a role",
		Description: "Within the own party only. A grant is never changed: end it and grant anew."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body GrantInput }) (*ItemOutput[Grant], error) {
			b := in.Body
			g, err := people.CreateGrant(ctx, a, access.GrantInput{Role: b.Role, PostID: valueOf(b.PostID), PersonID: valueOf(b.PersonID),
				UnitID: valueOf(b.UnitID), ForumID: valueOf(b.ForumID), ValidFrom: b.ValidFrom, ValidTo: valueOf(b.ValidTo)})
			if err != nil {
				return nil, err
			}
			return created(grantBody(a, s.Clock.Now())(g), g.Version, "/grants/"+g.ID.String()), nil
		})

	handle(s, operation{ID: "endGrant", Method: http.MethodPost, Path: "/grants/{id}/end", Tag: tag, Permission: domain.GrantEnd,
		Errors: []int{401, 403, 404, 409}, Summary: "End a grant at once",
		Description: "From the next request on nobody has the role by it. 409 last_administrator: nobody else administers the party."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body GrantEnd
		}) (*ItemOutput[Grant], error) {
			var id domain.GrantID
			if err := pathID(&id, in.ID, "grant"); err != nil {
				return nil, err
			}
			g, err := people.EndGrant(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(grantBody(a, s.Clock.Now())(g), g.Version), nil
		})
}
