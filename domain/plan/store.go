package plan

import "yhdyspinta/domain"

// Store keeps plans. Its reads start from the scope: what the scope does not
// cover does not exist.
type Store interface {
	// Get returns a plan with its annual cycle, revisions, references, state and the
	// plans before and after it, or NotFound.
	Get(scope domain.Scope, id domain.PlanID) (Plan, error)
	// ByKey is Get by the permanent name.
	ByKey(scope domain.Scope, key string) (Plan, error)
	// List returns one page, sorted by startsOn (the newest first by default) or title.
	List(scope domain.Scope, p domain.PageRequest) (domain.Page[Plan], error)
	// WasPublic reports whether the plan is public or ever was.
	WasPublic(id domain.PlanID) (bool, error)
	// Principals returns the principal parties.
	Principals() ([]domain.PartyID, error)
	// Neighbours returns, whoever may see them, the plan that a plan supersedes with
	// all those before it, another plan that supersedes the same one, and the plan that
	// supersedes this one. Other units of work that put plans in order wait until this
	// one ends.
	Neighbours(id, supersedes domain.PlanID) (before []Link, after, next *Link, err error)
	// Insert adds a plan with its annual cycle, revisions and references.
	Insert(p Plan) error
	// Update replaces the plan if its version is still p.Version, and returns it
	// with the next version; domain.Stale with what is stored if not.
	Update(p Plan) (Plan, error)
}

// TermStore keeps the vocabularies. Everybody reads them.
type TermStore interface {
	// Get returns a term, or NotFound.
	Get(v Vocabulary, id domain.AnyID) (Term, error)
	// ByKey is Get by the permanent name.
	ByKey(v Vocabulary, key string) (Term, error)
	// List returns one page, sorted by position (the default; legal bases: by
	// act), title or key.
	List(v Vocabulary, p domain.PageRequest) (domain.Page[Term], error)
	// Insert adds a term.
	Insert(v Vocabulary, t Term) error
	// Update replaces the term if its version is still t.Version, and returns it
	// with the next version; domain.Stale with what is stored if not.
	Update(v Vocabulary, t Term) (Term, error)
	// Lock makes writers that want to give these terms to something, or to change
	// them, wait until this transaction ends.
	Lock(v Vocabulary, ids ...domain.AnyID) error
	// Move gives into to all that has from, and takes from away. What had both
	// has into once. It returns how many things of each kind that concerned.
	Move(v Vocabulary, from, into domain.AnyID) (Uses, error)
	// Uses counts, in one query, what has each term of every vocabulary but the
	// legal bases; terms that nothing has are left out.
	Uses() ([]TermUses, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Plans Store
	Terms TermStore
}
