package domain

import "slices"

// Role is what a grant gives.
type Role string

// The roles. Public and Holder are not granted: everybody is the public, and
// whoever holds a post has Holder towards what the post owns.
const (
	RolePublic        Role = "public"
	RoleHolder        Role = "holder"
	RoleReader        Role = "reader"
	RoleSecretary     Role = "secretary"     // of a forum
	RoleManager       Role = "manager"       // of a unit and what is under it
	RoleCoordinator   Role = "coordinator"   // of a party
	RoleAuditor       Role = "auditor"       // reads everything, changes nothing
	RoleAdministrator Role = "administrator" // of a party's organisation and grants
)

// GrantedRoles lists the roles that a grant can give.
var GrantedRoles = []Role{RoleReader, RoleSecretary, RoleManager, RoleCoordinator, RoleAuditor, RoleAdministrator}

// ActiveGrant is a grant that holds now, with its scope resolved.
type ActiveGrant struct {
	Role    Role
	PartyID PartyID  // scope of reader, coordinator, administrator, auditor: the party that granted it
	Units   []UnitID // scope of manager: the unit and all under it
	ForumID ForumID  // scope of secretary
}

// Actor is who acts: a person in one chosen post, with the grants that hold
// now. The zero value is the public.
type Actor struct {
	PersonID  PersonID
	PostID    PostID  // the post acted in; zero if the person holds none
	PartyID   PartyID // the party whose issuer signed the person in
	RequestID string
	Grants    []ActiveGrant
	Forums    []ForumID // forums where the post is a member today
	Token     UsedToken // by which a program acts for the person; zero if they act themselves
	System    Origin    // OriginImport or OriginOperator for the command line, else ""
}

// Operator is the actor of the command line: it may do everything and is
// written into the log as such.
func Operator(origin Origin) Actor { return Actor{System: origin} }

func (a Actor) origin() Origin {
	if a.System != "" {
		return a.System
	}
	return OriginUser
}

// SignedIn reports whether the actor is a person or the operator.
func (a Actor) SignedIn() bool { return !a.PersonID.IsZero() || a.System != "" }

// IsStaff reports whether the actor has any role: staff of either party read
// internal content of what is shared.
func (a Actor) IsStaff() bool { return len(a.Grants) > 0 || !a.PostID.IsZero() || a.System != "" }

// Has reports whether the actor has a role in any scope.
func (a Actor) Has(r Role) bool {
	return slices.ContainsFunc(a.Grants, func(g ActiveGrant) bool { return g.Role == r })
}

// Scope is what an actor may see, for the queries: every list starts from it.
type Scope struct {
	Staff        bool      // internal content of shared things
	AllMeetings  bool      // meetings and their papers in every state
	MemberForums []ForumID // papers of these forums from the call on
	Post         PostID    // papers of the meetings that this post chairs or inspects, or where it takes a participant's place, from the call on
	OwnForums    []ForumID // papers of these forums in every state: the secretary's
	Audit        bool      // the whole log

	AccessAll     bool      // all people and grants
	AccessParties []PartyID // people and grants of these parties
}

// Scope says what the actor may see today. It is today's also when the past is
// read.
func (a Actor) Scope() Scope {
	s := Scope{Staff: a.IsStaff(), MemberForums: a.Forums, Post: a.PostID}
	if a.System != "" {
		s.AllMeetings, s.Audit, s.AccessAll = true, true, true
	}
	for _, g := range a.Grants {
		switch g.Role {
		case RoleAuditor:
			s.AllMeetings, s.Audit, s.AccessAll = true, true, true
		case RoleAdministrator:
			s.AccessParties = append(s.AccessParties, g.PartyID)
		case RoleCoordinator:
			s.AllMeetings = true
		case RoleSecretary:
			s.OwnForums = append(s.OwnForums, g.ForumID)
		}
	}
	if a.Token.IsUsed() { // people and their grants are administration
		s.AccessAll, s.AccessParties = false, nil
	}
	return s
}
