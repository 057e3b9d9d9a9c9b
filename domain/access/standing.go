package access

import (
	"slices"

	"yhdyspinta/domain"
)

// Standing is what a person is on a day.
type Standing struct {
	PersonID domain.PersonID
	Name     string
	PartyID  domain.PartyID // whose provider the person came through
	Language domain.Lang    // in which the person is written to; "" while they have not said
	Grants   []domain.ActiveGrant
	Posts    []HeldPost // own posts first, then those deputised, by title
}

// HeldPost is a post that a person holds or deputises, with what it gives.
type HeldPost struct {
	ID      domain.PostID
	Title   domain.Text
	Unit    domain.Text // name of the unit that the post is in
	PartyID domain.PartyID
	Deputy  bool
	Grants  []domain.ActiveGrant
	Forums  []domain.ForumID // of which the post is a member
}

// IsNobody reports whether the person has neither a post nor a role.
func (s Standing) IsNobody() bool { return len(s.Posts) == 0 && len(s.Grants) == 0 }

// Holds reports whether the person holds or deputises the post.
func (s Standing) Holds(post domain.PostID) bool {
	return slices.ContainsFunc(s.Posts, func(p HeldPost) bool { return p.ID == post })
}

// Actor is the person acting in a post. If it is not theirs, they act in none:
// never unasked in another.
func (s Standing) Actor(post domain.PostID) domain.Actor {
	a := domain.Actor{PersonID: s.PersonID, PartyID: s.PartyID, Grants: s.Grants}
	for _, p := range s.Posts {
		if p.ID == post {
			a.PostID, a.Forums = p.ID, p.Forums
			a.Grants = slices.Concat(s.Grants, p.Grants)
		}
	}
	return a
}
