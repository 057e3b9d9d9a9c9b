package access

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// maxReason is the longest reason, in characters.
const maxReason = 500

// Grant gives a role to whoever holds a post, or to a person. It is never
// edited, only ended, so that the roles held on any day can be told.
type Grant struct {
	ID        domain.GrantID  `audit:"ignore"`
	Role      domain.Role     `audit:"track"`
	PostID    domain.PostID   `audit:"track"` // whose holder and deputies have the role; zero if a person has it
	PersonID  domain.PersonID `audit:"track"`
	PartyID   domain.PartyID  `audit:"track"` // of the post or person, whose administrators grant and end
	UnitID    domain.UnitID   `audit:"track"` // scope of a manager
	ForumID   domain.ForumID  `audit:"track"` // scope of a secretary
	ValidFrom domain.Date     `audit:"track"`
	ValidTo   domain.Date     `audit:"track"`  // last day; zero for no end
	EndedAt   time.Time       `audit:"track"`  // when it was ended before that; zero if it was not
	EndReason string          `audit:"ignore"` // the entry has it as its reason
	CreatedAt time.Time       `audit:"ignore"`
	Version   int             `audit:"ignore"`

	// What follows from the above; filled by storage.
	PostTitle  domain.Text     `audit:"ignore"`
	UnitName   domain.Text     `audit:"ignore"`
	ForumKey   string          `audit:"ignore"`
	ForumTitle domain.Text     `audit:"ignore"`
	People     []GrantedPerson `audit:"ignore"` // who has the role by it on the day asked for, or had it on its last day
}

// GrantedPerson is somebody who has a role by a grant.
type GrantedPerson struct {
	ID     domain.PersonID
	Name   string
	Deputy bool // stands in for the holder of the post
}

// GrantInput is what can be said of a new grant.
type GrantInput struct {
	Role      domain.Role
	PostID    domain.PostID
	PersonID  domain.PersonID
	UnitID    domain.UnitID
	ForumID   domain.ForumID
	ValidFrom domain.Date
	ValidTo   domain.Date
}

// Grantee is the post or person that a grant is for.
type Grantee struct {
	PartyID domain.PartyID
	LastDay domain.Date // of a post; zero if it goes on
}

// NewGrant makes a grant that begins today or later. unitParty is the party of
// the unit that the input names, others are the grants of the same post or
// person.
func NewGrant(id domain.GrantID, in GrantInput, to Grantee, unitParty domain.PartyID, others []Grant, now time.Time) (Grant, error) {
	g := Grant{ID: id, Role: in.Role, PostID: in.PostID, PersonID: in.PersonID, PartyID: to.PartyID, UnitID: in.UnitID, ForumID: in.ForumID,
		ValidFrom: in.ValidFrom, ValidTo: in.ValidTo, CreatedAt: now, Version: 1}
	var v domain.Violations
	in.check(&v)
	if !in.UnitID.IsZero() && unitParty != to.PartyID {
		v.Add("/unitId", "other_party")
	}
	if !in.ValidFrom.IsZero() && in.ValidFrom.Before(domain.DateOf(now)) {
		v.Add("/validFrom", "in_past")
	}
	if !to.LastDay.IsZero() && in.ValidFrom.After(to.LastDay) {
		v.Add("/postId", "ends_earlier")
	}
	if err := v.Err(); err != nil {
		return Grant{}, err
	}
	if slices.ContainsFunc(others, g.repeats) {
		return Grant{}, domain.Conflict("grant_exists", "", "the same role is granted for that time already")
	}
	return g, nil
}

// check adds what is wrong with the input by itself.
func (in GrantInput) check(v *domain.Violations) {
	if !slices.Contains(domain.GrantedRoles, in.Role) {
		v.Add("/role", "not_allowed")
	}
	personal := in.Role == domain.RoleAuditor || in.Role == domain.RoleAdministrator
	switch {
	case in.PostID.IsZero() && in.PersonID.IsZero():
		v.Add("/postId", "required")
	case !in.PostID.IsZero() && !in.PersonID.IsZero():
		v.Add("/personId", "post_or_person")
	case !in.PersonID.IsZero() && !personal:
		v.Add("/personId", "only_posts")
	}
	scope := func(set, wanted bool, pointer string) {
		if wanted {
			v.Require(set, pointer)
		} else if set {
			v.Add(pointer, "not_for_role")
		}
	}
	scope(!in.UnitID.IsZero(), in.Role == domain.RoleManager, "/unitId")
	scope(!in.ForumID.IsZero(), in.Role == domain.RoleSecretary, "/forumId")
	domain.CheckPeriod(v, in.ValidFrom, in.ValidTo, "/validFrom", "/validTo")
}

// repeats reports whether o gives the same at a time that both cover.
func (g Grant) repeats(o Grant) bool {
	return o.EndedAt.IsZero() && o.Role == g.Role && o.PostID == g.PostID && o.PersonID == g.PersonID &&
		o.UnitID == g.UnitID && o.ForumID == g.ForumID && domain.Overlap(g.ValidFrom, g.ValidTo, o.ValidFrom, o.ValidTo)
}

// End ends the grant at once. What has ended stays as it is.
func (g *Grant) End(reason string, now time.Time) error {
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	if g.IsOver(now) {
		return domain.Conflict("grant_already_ended", "ended", "the grant has ended")
	}
	g.EndedAt, g.EndReason = now, reason
	return nil
}

// IsOver reports whether the grant has been ended or its last day has passed.
func (g Grant) IsOver(now time.Time) bool {
	return !g.EndedAt.IsZero() || (!g.ValidTo.IsZero() && g.ValidTo.Before(domain.DateOf(now)))
}

// Resource is what permissions on the grant are asked for.
func (g Grant) Resource() domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{g.PartyID}}
}

// KnownPerson is a person as administrators and auditors see them.
type KnownPerson struct {
	Person
	Posts []HeldPost // held or deputised on the day shown; without grants and forums
}

// PersonFilter narrows a list of people. Different fields are AND.
type PersonFilter struct {
	Party domain.AnyOf[domain.PartyID]
	Query string // words; each is part of the name or e-mail address
}

// GrantFilter narrows a list of grants. Different fields are AND.
type GrantFilter struct {
	Role   domain.AnyOf[domain.Role]
	Post   domain.AnyOf[domain.PostID]
	Person domain.AnyOf[domain.PersonID] // granted to them, or to a post that they hold or deputise on the day
	Party  domain.AnyOf[domain.PartyID]
	Valid  domain.OnDay // a grant counts on a day if it still did at the end of it
}
