package responsibility

import (
	"time"

	"yhdyspinta/domain"
)

// Filter narrows a list of responsibilities. Different fields are AND.
type Filter struct {
	ID       []domain.ResponsibilityID
	Kind     domain.AnyOf[domain.SubjectKind]
	Subject  domain.AnyID // of one thing
	Party    domain.AnyOf[domain.PartyID]
	Post     domain.AnyOf[domain.PostID]
	Part     domain.AnyOf[domain.Part]
	Standing domain.AnyOf[domain.Standing]
	Chains   domain.AnyOf[domain.ChainID] // to which the thing belongs: the chain, its stages and hand-overs, actions and goals; None is not known
	Terms    domain.TermFilter            // of the thing that it is about
	About    domain.AboutFilter           // likewise
	Current  bool                         // only what is valid on the day: not what begins later
	Ended    bool                         // also what has ended
	Answerer *domain.Answerer             // what waits for this one's answer
	// Asked is whose party proposed what another party asks changes of; not All:
	// what a post of the units proposed or has.
	Asked *domain.Answerer
}

// SubjectRef names the thing that a responsibility is about, as readers see it.
type SubjectRef struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	No    int    // of a goal or action
	Key   string // of a forum, or of the chain of a stage or hand-over
	Title domain.Text
	From  domain.Text // of a hand-over: the giving stage
	To    domain.Text // and the receiving one
}

// View is a responsibility with the thing that it is about.
type View struct {
	Responsibility
	Of SubjectRef
	// ChangePost is the post of Change, which may be another one.
	ChangePost PostName
	// Discussion is of what waits, for staff only; nil if nothing waits.
	Discussion *Discussion
	Answers    bool // the actor may answer what waits for their party
	Edits      bool // the actor may propose a change
	Comments   bool // the actor may comment on what waits
	AsksChange bool // the actor may ask for changes of what waits, for their party
}

// PostName is a post as readers see it.
type PostName struct {
	ID      domain.PostID
	PartyID domain.PartyID
	Title   domain.Text
}

// Post is what the rules need to know of a post.
type Post struct {
	ID        domain.PostID
	PartyID   domain.PartyID
	UnitID    domain.UnitID
	Principal bool // its party is a principal one
}

// Revision is one agreement of a subject's past, with its exact content.
type Revision struct {
	domain.Agreement
	Content Terms
	Post    PostName // of the content
}

func (r Revision) agreement() domain.Agreement { return r.Agreement }

// Store keeps responsibilities with their agreements. Its reads start from the
// scope: what is about a hidden thing does not exist.
type Store interface {
	// Over tells whether a goal has ended or an action was withdrawn, so that nothing new
	// is given to it, and by its number the goal in which a goal goes on; 0: none, or
	// none that the scope may see.
	Over(scope domain.Scope, subject domain.Subject) (over bool, onwards int, err error)
	// Get returns a responsibility, or NotFound.
	Get(scope domain.Scope, id domain.ResponsibilityID) (View, error)
	// List returns one page, sorted by updatedAt (-updatedAt is the default),
	// part, post or waitingSince: when what waits was proposed, what waits for
	// nothing last.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[View], error)
	// Revisions returns the agreements on a responsibility for a subject, newest
	// first, at most 100: for all but staff without those that were over before the
	// subject was public.
	Revisions(scope domain.Scope, id domain.ResponsibilityID, subject domain.Subject) ([]Revision, error)
	// Comments returns one page of what has been said of the contents of a
	// responsibility, sorted by at (-at is the default): for all but staff there is
	// nothing.
	Comments(scope domain.Scope, id domain.ResponsibilityID, p domain.PageRequest) (domain.Page[Comment], error)
	// Lock waits until no other unit of work changes the responsibility, and
	// returns it as it is then.
	Lock(id domain.ResponsibilityID) (Responsibility, error)
	// LockThing waits until no other unit of work saves the thing in whose form the
	// responsibilities of a subject are, or that a hand-over ends with. It goes before every other lock here, as it
	// does in those forms.
	LockThing(subject domain.Subject) error
	// Touch gives that thing the next version, so that no form that was opened
	// before takes back what has become of its responsibilities.
	Touch(subject domain.Subject, now time.Time) error
	// LockSubject waits until no other unit of work changes the responsibilities of
	// a subject, be there any or none yet.
	LockSubject(subject domain.Subject) error
	// OfSubject returns the responsibilities of a subject that are valid today or
	// proposed; lock makes others wait who would change them or add one.
	OfSubject(subject domain.Subject, lock bool) ([]Responsibility, error)
	// Posts returns what is known of posts; missing: unknown.
	Posts(ids []domain.PostID) (map[domain.PostID]Post, error)
	// SubjectParties returns the principal parties that a stage, a hand-over or a
	// chain belongs to by its stages; none for others. NotFound if the actor may
	// not see the subject or it does not exist.
	SubjectParties(scope domain.Scope, subject domain.Subject) ([]domain.PartyID, error)
	// Ended reports whether a stage or hand-over is no more; other things do not end.
	Ended(subject domain.Subject) (bool, error)
	// Subject names a thing, or NotFound if the actor may not see it or it does
	// not exist.
	Subject(scope domain.Scope, subject domain.Subject) (SubjectRef, error)
	// HoldersOn returns who held the posts on a day: by today's record, and by that
	// of the end of the day where it has been corrected since. Names only where
	// scope sees them: staff, and the public where the holder chose so.
	HoldersOn(scope domain.Scope, posts []domain.PostID, day domain.Date) ([]Holder, error)
	// Insert adds a responsibility with its agreement.
	Insert(r Responsibility) error
	// Update replaces a responsibility, its agreements and acceptances if its
	// version is still r.Version, and returns it with the next version.
	Update(r Responsibility) (Responsibility, error)
	// Delete removes what never was in force; its agreements stay.
	Delete(r Responsibility) error
	// InsertComment adds a comment.
	InsertComment(c Comment) error
	// Batch is the store for a unit of work that changes the responsibilities of many
	// subjects, which are locked with their things or new: it reads those of all of
	// them at once, and keeps what is inserted, updated or deleted until Save.
	// Without lock nothing is waited for, and nothing can be saved.
	Batch(subjects []domain.Subject, lock bool) (BatchStore, error)
	// LockThings is LockThing for many subjects, in one order.
	LockThings(subjects []domain.Subject) error
}

// BatchStore is a Store that keeps what changes until Save.
type BatchStore interface {
	Store
	Save() error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Responsibilities Store }
