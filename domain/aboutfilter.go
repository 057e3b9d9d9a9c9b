package domain

// AboutFilter narrows things of several kinds by what they are about: an action by
// its own filters, a responsibility, draft or agreement by its subject, a meeting or
// its paper by its forum. Values of one field are OR, fields are AND; what has no
// such thing at all counts as having none.
type AboutFilter struct {
	Terms   TermFilter
	Goals   AnyOf[GoalID] // the goal itself, or what is for it or for a party's goal under it
	Chains  AnyOf[ChainID]
	Forums  AnyOf[ForumID] // the forum itself, its meetings and the actions that it follows
	Parties AnyOf[PartyID] // of the post that leads it, or of a forum chairs it
	Posts   AnyOf[PostID]  // responsible for it in any part, or of a forum a member
}

// IsZero reports whether everything passes.
func (f AboutFilter) IsZero() bool {
	return f.Terms.IsZero() && f.Goals.IsZero() && f.Chains.IsZero() && f.Forums.IsZero() && f.Parties.IsZero() && f.Posts.IsZero()
}
