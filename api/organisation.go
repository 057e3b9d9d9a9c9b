package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
)

// Party is an organisation that takes part.
type Party struct {
	ID          domain.PartyID      `json:"id" format:"uuid"`
	Key         string              `json:"key" doc:"Stable; in configuration and addresses"`
	Kind        organisation.Kind   `json:"kind" enum:"municipality,wellbeing_services_county,joint_authority,third_sector,parish_union,education_provider"`
	Principal   bool                `json:"principal" doc:"Whether it owns the shared work, as an equal of the other principal parties"`
	Letter      string              `json:"letter" doc:"Drawn in the party's mark"`
	Name        Text                `json:"name"`
	ShortName   Text                `json:"shortName"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// PartyInput is what can be said of a party.
type PartyInput struct {
	Name      Text `json:"name"`
	ShortName Text `json:"shortName"`
}

// Unit is a part of a party's organisation. Units make a tree.
type Unit struct {
	ID          domain.UnitID       `json:"id" format:"uuid"`
	PartyID     domain.PartyID      `json:"partyId" format:"uuid"`
	ParentID    *domain.UnitID      `json:"parentId,omitempty" format:"uuid" doc:"Missing at the top of the party"`
	Name        Text                `json:"name"`
	ValidFrom   domain.Date         `json:"validFrom" format:"date"`
	ValidTo     *domain.Date        `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// UnitInput is what can be said of a unit.
type UnitInput struct {
	ParentID  *domain.UnitID `json:"parentId,omitempty" format:"uuid" doc:"A unit of the same party; missing at the top"`
	Name      Text           `json:"name"`
	ValidFrom domain.Date    `json:"validFrom" format:"date"`
	ValidTo   *domain.Date   `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
}

// NewUnitInput also says of which party the unit is.
type NewUnitInput struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	UnitInput
}

// UnitRef names a unit.
type UnitRef struct {
	ID   domain.UnitID `json:"id" format:"uuid"`
	Name Text          `json:"name"`
}

// Post is what owns goals and actions: a place in the organisation.
type Post struct {
	PostRef
	UnitID         domain.UnitID       `json:"unitId" format:"uuid"`
	UnitPath       []UnitRef           `json:"unitPath" doc:"From the top of the party to the post's unit"`
	ServiceAddress string              `json:"serviceAddress" doc:"Address of the service, for residents; may be empty"`
	Contacts       []Contact           `json:"contacts" doc:"Who holds the post on the day shown and has chosen to be named in public; the same for every caller"`
	ValidFrom      domain.Date         `json:"validFrom" format:"date"`
	ValidTo        *domain.Date        `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
	Version        int                 `json:"version"`
	Permissions    []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// Contact is a person whom everybody may know as a post's holder or deputy.
type Contact struct {
	Name string                   `json:"name"`
	Kind organisation.HoldingKind `json:"kind" enum:"holder,deputy"`
}

// PostInput is what can be said of a post.
type PostInput struct {
	UnitID         domain.UnitID `json:"unitId" format:"uuid"`
	Title          Text          `json:"title"`
	ServiceAddress string        `json:"serviceAddress,omitempty" maxLength:"200" doc:"Address of the service, never of a person"`
	ValidFrom      domain.Date   `json:"validFrom" format:"date"`
	ValidTo        *domain.Date  `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
}

// PersonRef names a person. Only staff ever get one.
type PersonRef struct {
	ID   domain.PersonID `json:"id" format:"uuid"`
	Name string          `json:"name"`
}

// Holding says that a person had a post from one day to another.
type Holding struct {
	ID          domain.HoldingID         `json:"id" format:"uuid"`
	Person      PersonRef                `json:"person"`
	Post        PostRef                  `json:"post"`
	Kind        organisation.HoldingKind `json:"kind" enum:"holder,deputy"`
	ValidFrom   domain.Date              `json:"validFrom" format:"date"`
	ValidTo     *domain.Date             `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on; the day before validFrom if it never was in force"`
	NamePublic  bool                     `json:"namePublic" doc:"Whether the public sees the name with the post: the person's own choice"`
	Version     int                      `json:"version"`
	Permissions []domain.Permission      `json:"permissions" doc:"What the caller may do with it"`
}

// HoldingInput gives a post to a person.
type HoldingInput struct {
	PersonID  domain.PersonID          `json:"personId" format:"uuid" doc:"Of the post's party"`
	PostID    domain.PostID            `json:"postId" format:"uuid"`
	Kind      organisation.HoldingKind `json:"kind" enum:"holder,deputy"`
	ValidFrom domain.Date              `json:"validFrom" format:"date"`
	ValidTo   *domain.Date             `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
}

// HoldingEnd ends a holding.
type HoldingEnd struct {
	LastDay domain.Date  `json:"lastDay" format:"date" doc:"The day before validFrom means that the holding never was in force"`
	Next    *NextHolding `json:"next,omitempty" doc:"Who takes over; missing: nobody yet"`
}

// NextHolding gives the post of a holding that ends to another person.
type NextHolding struct {
	PersonID  domain.PersonID          `json:"personId" format:"uuid" doc:"Of the post's party"`
	Kind      organisation.HoldingKind `json:"kind" enum:"holder,deputy"`
	ValidFrom domain.Date              `json:"validFrom" format:"date" doc:"Of a holder: after lastDay"`
	ValidTo   *domain.Date             `json:"validTo,omitempty" format:"date" doc:"Last day; missing while it goes on"`
}

// EndedHolding is a holding that has a last day now, and the one that follows.
type EndedHolding struct {
	Holding
	Next *Holding `json:"next,omitempty"`
}

// NameChoice is whether the public sees a holder's name.
type NameChoice struct {
	NamePublic bool `json:"namePublic"`
}

// ValidOnParam asks for what is valid on a day.
type ValidOnParam struct {
	ValidOn string `query:"validOn" maxLength:"10" doc:"Valid on this day (YYYY-MM-DD); the day shown if missing (today, or that of asOf); any: whenever" example:"2026-11-16"`
}

func (p ValidOnParam) filter(f *domain.OnDay) error {
	switch p.ValidOn {
	case "":
		return nil
	case "any":
		f.Any = true
		return nil
	}
	d, err := domain.ParseDate(p.ValidOn)
	if err != nil {
		return domain.InvalidField("validOn", "date_malformed")
	}
	f.Day = d
	return nil
}

// PostFilters are the filters of lists of posts.
type PostFilters struct {
	ValidOnParam
	ID    []string `query:"id,explode" maxItems:"200" doc:"These posts"`
	Party []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
	Unit  []string `query:"unitId,explode" maxItems:"50" doc:"In these units themselves"`
	Query string   `query:"q" maxLength:"100" doc:"Words: each is a part of the title or of the name of a unit above the post, in any language"`
}

func (in *PostFilters) posts() (organisation.PostFilter, error) {
	f := organisation.PostFilter{Query: in.Query}
	err := firstError(idFilter(&f.ID, "id", in.ID), idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Unit, "unitId", in.Unit), in.filter(&f.Valid))
	return f, err
}

// datePtr leaves out a date that is not set.
func datePtr(d domain.Date) *domain.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// valueOf is the zero value of a pointer that is nil.
func valueOf[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func partyBody(a domain.Actor) func(organisation.Party) Party {
	return func(p organisation.Party) Party {
		return Party{ID: p.ID, Key: p.Key, Kind: p.Kind, Principal: p.Principal, Letter: p.Letter, Name: p.Name, ShortName: p.ShortName,
			Version: p.Version, Permissions: a.Allowed(p.Resource(), organisation.PartyPermissions...)}
	}
}

func unitBody(a domain.Actor) func(organisation.Unit) Unit {
	return func(u organisation.Unit) Unit {
		return Unit{ID: u.ID, PartyID: u.PartyID, ParentID: u.ParentID.Ptr(), Name: u.Name, ValidFrom: u.ValidFrom, ValidTo: datePtr(u.ValidTo),
			Version: u.Version, Permissions: a.Allowed(u.Resource(), organisation.UnitPermissions...)}
	}
}

func (in UnitInput) edit() organisation.UnitEdit {
	return organisation.UnitEdit{ParentID: valueOf(in.ParentID), Name: in.Name, ValidFrom: in.ValidFrom, ValidTo: valueOf(in.ValidTo)}
}

func postBody(a domain.Actor) func(organisation.Post) Post {
	return func(p organisation.Post) Post {
		path := make([]UnitRef, len(p.UnitPath))
		for i, u := range p.UnitPath {
			path[i] = UnitRef(u)
		}
		contacts := make([]Contact, len(p.Contacts))
		for i, c := range p.Contacts {
			contacts[i] = Contact(c)
		}
		return Post{PostRef: PostRef{ID: p.ID, Title: p.Title, PartyID: p.PartyID}, UnitID: p.UnitID, UnitPath: path, Contacts: contacts,
			ServiceAddress: p.ServiceAddress, ValidFrom: p.ValidFrom, ValidTo: datePtr(p.ValidTo), Version: p.Version,
			Permissions: a.Allowed(p.Resource(), organisation.PostPermissions...)}
	}
}

func (in PostInput) edit() organisation.PostEdit {
	return organisation.PostEdit{UnitID: in.UnitID, Title: in.Title, ServiceAddress: in.ServiceAddress, ValidFrom: in.ValidFrom, ValidTo: valueOf(in.ValidTo)}
}

func holdingBody(a domain.Actor) func(organisation.Holding) Holding {
	return func(h organisation.Holding) Holding {
		return Holding{ID: h.ID, Person: PersonRef{h.PersonID, h.PersonName}, Post: PostRef{ID: h.PostID, Title: h.PostTitle, PartyID: h.PartyID},
			Kind: h.Kind, ValidFrom: h.ValidFrom, ValidTo: datePtr(h.ValidTo), NamePublic: h.NamePublic, Version: h.Version,
			Permissions: a.Allowed(h.Resource(), organisation.HoldingPermissions...)}
	}
}

func (s *Server) registerOrganisation() {
	s.registerParties()
	s.registerUnits()
	s.registerPosts()
	s.registerHoldings()
}

const organisationTag = "Organisation"

func (s *Server) registerParties() {
	org := s.Services.Organisation

	handle(s, operation{ID: "listParties", Kept: true, Method: http.MethodGet, Path: "/parties", Tag: organisationTag, Permission: readScope,
		Summary: "List all parties in their order"},
		func(ctx context.Context, a domain.Actor, in *struct{ AsOfParam }) (*ListOutput[Party], error) {
			parties, err := org.Parties(ctx)
			if err != nil {
				return nil, err
			}
			return listOf(domain.Page[organisation.Party]{Items: parties}, partyBody(a)), nil
		})

	handle(s, operation{ID: "getParty", Method: http.MethodGet, Path: "/parties/{id}", Tag: organisationTag, Permission: readScope, Errors: []int{404},
		Summary: "Get a party"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Party], error) {
			var id domain.PartyID
			if err := pathID(&id, in.ID, "party"); err != nil {
				return nil, err
			}
			p, err := org.Party(ctx, id)
			if err != nil {
				return nil, err
			}
			return item(partyBody(a)(p), p.Version), nil
		})

	handle(s, operation{ID: "updateParty", Method: http.MethodPut, Path: "/parties/{id}", Tag: organisationTag, Permission: domain.PartyEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the names of a party"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body PartyInput
		}) (*ItemOutput[Party], error) {
			var id domain.PartyID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "party")); err != nil {
				return nil, err
			}
			p, err := org.RenameParty(ctx, a, id, version, in.Body.Name, in.Body.ShortName)
			if err != nil {
				return nil, stale(err, partyBody(a))
			}
			return item(partyBody(a)(p), p.Version), nil
		})
}

func (s *Server) registerUnits() {
	org := s.Services.Organisation

	handle(s, operation{ID: "listUnits", Kept: true, Method: http.MethodGet, Path: "/units", Tag: organisationTag, Permission: readScope,
		Summary: "List units", Description: "Sorted by party,name (the default) or validFrom."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ValidOnParam
			Party  []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
			Parent []string `query:"parentId,explode" maxItems:"50" doc:"Directly under these units; none: at the top"`
		}) (*ListOutput[Unit], error) {
			var f organisation.UnitFilter
			if err := firstError(idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Parent, "parentId", in.Parent),
				in.filter(&f.Valid)); err != nil {
				return nil, err
			}
			page, err := org.Units(ctx, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, unitBody(a)), nil
		})

	handle(s, operation{ID: "getUnit", Method: http.MethodGet, Path: "/units/{id}", Tag: organisationTag, Permission: readScope, Errors: []int{404},
		Summary: "Get a unit"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Unit], error) {
			var id domain.UnitID
			if err := pathID(&id, in.ID, "unit"); err != nil {
				return nil, err
			}
			u, err := org.Unit(ctx, id)
			if err != nil {
				return nil, err
			}
			return item(unitBody(a)(u), u.Version), nil
		})

	handle(s, operation{ID: "createUnit", Method: http.MethodPost, Path: "/units", Tag: organisationTag, Permission: domain.UnitEdit,
		Status: http.StatusCreated, Errors: []int{401, 403}, Summary: "Add a unit to a party"},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewUnitInput }) (*ItemOutput[Unit], error) {
			u, err := org.CreateUnit(ctx, a, in.Body.PartyID, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(unitBody(a)(u), u.Version, "/units/"+u.ID.String()), nil
		})

	handle(s, operation{ID: "updateUnit", Method: http.MethodPut, Path: "/units/{id}", Tag: organisationTag, Permission: domain.UnitEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a unit",
		Description: "A unit is ended by its last day and never deleted. 409 unit_has_posts or unit_has_units while something in it outlasts that day."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body UnitInput
		}) (*ItemOutput[Unit], error) {
			var id domain.UnitID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "unit")); err != nil {
				return nil, err
			}
			u, err := org.ChangeUnit(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, unitBody(a))
			}
			return item(unitBody(a)(u), u.Version), nil
		})
}

func (s *Server) registerPosts() {
	org := s.Services.Organisation

	handle(s, operation{ID: "listPosts", Kept: true, Method: http.MethodGet, Path: "/posts", Tag: organisationTag, Permission: readScope,
		Summary: "List posts", Description: "Sorted by title (the default), party or validFrom."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			PostFilters
		}) (*ListOutput[Post], error) {
			f, err := in.posts()
			if err != nil {
				return nil, err
			}
			page, err := org.Posts(ctx, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, postBody(a)), nil
		})

	handle(s, operation{ID: "getPost", Kept: true, Method: http.MethodGet, Path: "/posts/{id}", Tag: organisationTag, Permission: readScope, Errors: []int{404},
		Summary: "Get a post"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Post], error) {
			var id domain.PostID
			if err := pathID(&id, in.ID, "post"); err != nil {
				return nil, err
			}
			p, err := org.Post(ctx, id)
			if err != nil {
				return nil, err
			}
			return item(postBody(a)(p), p.Version), nil
		})

	handle(s, operation{ID: "createPost", Method: http.MethodPost, Path: "/posts", Tag: organisationTag, Permission: domain.PostEdit,
		Status: http.StatusCreated, Errors: []int{401, 403}, Summary: "Add a post to a unit"},
		func(ctx context.Context, a domain.Actor, in *struct{ Body PostInput }) (*ItemOutput[Post], error) {
			p, err := org.CreatePost(ctx, a, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(postBody(a)(p), p.Version, "/posts/"+p.ID.String()), nil
		})

	handle(s, operation{ID: "updatePost", Method: http.MethodPut, Path: "/posts/{id}", Tag: organisationTag, Permission: domain.PostEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the editable fields of a post",
		Description: "A post is ended by its last day and never deleted. From the day after, nobody acts in it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body PostInput
		}) (*ItemOutput[Post], error) {
			var id domain.PostID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "post")); err != nil {
				return nil, err
			}
			p, err := org.ChangePost(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, postBody(a))
			}
			return item(postBody(a)(p), p.Version), nil
		})
}

func (s *Server) registerHoldings() {
	org := s.Services.Organisation

	handle(s, operation{ID: "listHoldings", Method: http.MethodGet, Path: "/holdings", Tag: organisationTag, Permission: readScope,
		Summary: "List who holds which post", Description: "For staff; empty for others. Sorted by post (the default), person or validFrom."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ValidOnParam
			Party  []string `query:"partyId,explode" maxItems:"50" doc:"Of posts of these parties"`
			Post   []string `query:"postId,explode" maxItems:"50" doc:"Of these posts"`
			Person []string `query:"personId,explode" maxItems:"50" doc:"Of these people"`
		}) (*ListOutput[Holding], error) {
			var f organisation.HoldingFilter
			if err := firstError(idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Post, "postId", in.Post),
				idFilter(&f.Person, "personId", in.Person), in.filter(&f.Valid)); err != nil {
				return nil, err
			}
			page, err := org.Holdings(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, holdingBody(a)), nil
		})

	handle(s, operation{ID: "createHolding", Method: http.MethodPost, Path: "/holdings", Tag: organisationTag, Permission: domain.HoldingEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 409}, Summary: "Give a post to a person",
		Description: "409 post_has_holder while somebody else holds the post; a post can have any number of deputies."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body HoldingInput }) (*ItemOutput[Holding], error) {
			h, err := org.CreateHolding(ctx, a, organisation.HoldingInput{PersonID: in.Body.PersonID, PostID: in.Body.PostID, Kind: in.Body.Kind,
				ValidFrom: in.Body.ValidFrom, ValidTo: valueOf(in.Body.ValidTo)})
			if err != nil {
				return nil, err
			}
			return created(holdingBody(a)(h), h.Version, "/holdings?postId="+h.PostID.String()), nil
		})

	handle(s, operation{ID: "endHolding", Method: http.MethodPost, Path: "/holdings/{id}/end", Tag: organisationTag, Permission: domain.HoldingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Set the last day of a holding",
		Description: "With next, somebody else gets the post in the same transaction: 409 post_has_holder if that is before the last day, and nothing has changed. What the post owns stays with it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body HoldingEnd
		}) (*ItemOutput[EndedHolding], error) {
			var id domain.HoldingID
			if err := pathID(&id, in.ID, "holding"); err != nil {
				return nil, err
			}
			var next *organisation.HoldingInput
			if n := in.Body.Next; n != nil {
				next = &organisation.HoldingInput{PersonID: n.PersonID, Kind: n.Kind, ValidFrom: n.ValidFrom, ValidTo: valueOf(n.ValidTo)}
			}
			h, taken, err := org.EndHolding(ctx, a, id, in.Body.LastDay, next)
			if err != nil {
				return nil, stale(err, holdingBody(a))
			}
			out := EndedHolding{Holding: holdingBody(a)(h)}
			if taken != nil {
				body := holdingBody(a)(*taken)
				out.Next = &body
			}
			return item(out, h.Version), nil
		})

	handle(s, operation{ID: "listMyHoldings", Method: http.MethodGet, Path: "/me/holdings", Tag: "Me", Permission: readScope, Errors: []int{401},
		Summary:     "List which posts the caller has held",
		Description: "All, whenever, the newest first; also for who has no post any more."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*ListOutput[Holding], error) {
			holdings, err := org.MyHoldings(ctx, a)
			if err != nil {
				return nil, err
			}
			return listOf(domain.Page[organisation.Holding]{Items: holdings}, holdingBody(a)), nil
		})

	handle(s, operation{ID: "chooseHoldingName", Method: http.MethodPut, Path: "/holdings/{id}/name", Tag: organisationTag, Permission: domain.HoldingPublish,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Say whether the public sees one's own name with a post",
		Description: "Only the person of the holding may. What is taken back is hidden at once, for past days too."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body NameChoice
		}) (*ItemOutput[Holding], error) {
			var id domain.HoldingID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "holding")); err != nil {
				return nil, err
			}
			h, err := org.ShowName(ctx, a, id, version, in.Body.NamePublic)
			if err != nil {
				return nil, stale(err, holdingBody(a))
			}
			return item(holdingBody(a)(h), h.Version), nil
		})
}
