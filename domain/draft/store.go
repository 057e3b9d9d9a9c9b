package draft

import "yhdyspinta/domain"

// Filter narrows a list of drafts. Different fields are AND.
type Filter struct {
	Kind     domain.AnyOf[domain.SubjectKind]
	Subject  domain.AnyOf[domain.AnyID]
	State    domain.AnyOf[State]
	Party    domain.AnyOf[domain.PartyID] // whose coordinator saved the present version
	About    domain.AboutFilter           // of the thing that it changes
	Awaiting domain.PartyID               // open, of another party, and this one has no word on the present version; zero: all
}

// Thing names what a draft is about, as readers see it.
type Thing struct {
	No    int    // of a goal
	Key   string // of a chain
	Title domain.Text
	Own   domain.PartyID // whose alone it is, as a goal of a party; zero: both have a say
}

// Name names a post or another thing that a content refers to.
type Name struct {
	Title   domain.Text
	No      int
	Path    string
	PartyID domain.PartyID // of a post
	UnitID  domain.UnitID  // of a post that Store.Posts names
}

// Current is a thing as it is now.
type Current struct {
	Version    int
	Content    Content
	Drafted    bool // it is or was public, so that a change of it is a draft first
	Permission domain.Permission
	Resource   domain.Resource // what the permission to change it is asked for
	Own        domain.PartyID  // whose alone it is, so that no other party has a say; zero: both have
}

// Kind is what drafts need of a kind of thing: its own rules, bound to the
// transaction.
type Kind interface {
	// Current returns the thing, or NotFound if the scope does not cover it.
	Current(scope domain.Scope, id domain.AnyID) (Current, error)
	// Lock waits until no other unit of work changes the thing or what the parties
	// have agreed on it, and keeps others from it.
	Lock(id domain.AnyID) error
	// Publish makes the thing what content says, by its own rules and with its own
	// entries in the log: Stale if it has another version by now, Invalid with
	// pointers into the content.
	Publish(log *domain.AuditLog, actor domain.Actor, id domain.AnyID, version int, content Content) error
	// Words returns the principal parties without whose word the thing does not
	// become what content says.
	Words(scope domain.Scope, id domain.AnyID, content Content) ([]domain.PartyID, error)
	// Posts returns the posts that are responsible, in whatever part, in a thing
	// that is as one of the contents says.
	Posts(contents ...Content) ([]domain.PostID, error)
	// Compare returns the fields that differ.
	Compare(old, new Content) ([]domain.Change, error)
}

// Store keeps drafts and comments. Its reads start from the scope: for all but
// staff there are no drafts.
type Store interface {
	// Get returns a draft with what it is about, or NotFound.
	Get(scope domain.Scope, id domain.DraftID) (Draft, Thing, error)
	// List returns one page, sorted by savedAt (-savedAt is the default).
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Listed], error)
	// Comments returns one page of the comments on a draft, sorted by at (-at is the
	// default).
	Comments(id domain.DraftID, p domain.PageRequest) (domain.Page[Comment], error)
	// Words returns what each party said last of the present version of drafts,
	// remarks apart.
	Words(drafts []domain.DraftID) (map[domain.DraftID][]Comment, error)
	// Principals returns the principal parties.
	Principals() ([]domain.PartyID, error)
	// Posts names posts, with their units.
	Posts(ids []domain.PostID) (map[domain.PostID]Name, error)
	// Names names all things that contents refer to by id.
	Names(contents ...Content) (map[domain.AnyID]Name, error)
	// Lock waits until no other unit of work changes the draft, and returns it as
	// it is then.
	Lock(id domain.DraftID) (Draft, error)
	// Try runs fn and undoes all that it wrote. It returns what fn returned.
	Try(fn func() error) error
	// Insert adds a draft: Conflict draft_exists if the thing has an open one.
	Insert(d Draft) error
	// Update replaces a locked draft, with the next version.
	Update(d Draft) (Draft, error)
	// InsertComment adds a comment.
	InsertComment(c Comment) error
}

// Listed is a draft of a list, without its content.
type Listed struct {
	Draft
	Of Thing
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Drafts Store
	Kinds  map[domain.SubjectKind]Kind
}
