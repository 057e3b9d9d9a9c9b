package chain

import "yhdyspinta/domain"

// Filter narrows a list of chains. Different fields are AND.
type Filter struct {
	Theme domain.AnyOf[domain.ThemeID]
}

// Conditions counts the actions of a stage by their condition on the day shown.
type Conditions map[string]int

// Store keeps chains with their stages. Its reads start from the scope: what
// the scope does not cover does not exist.
type Store interface {
	// Get returns a chain with the stages in force on the day shown, or NotFound.
	Get(scope domain.Scope, id domain.ChainID) (Chain, error)
	// ByKey is Get by the permanent name.
	ByKey(scope domain.Scope, key string) (Chain, error)
	// List returns one page, sorted by position (the default), title or updatedAt.
	List(scope domain.Scope, f Filter, p domain.PageRequest) (domain.Page[Chain], error)
	// Actions counts the actions that the scope may see, for each stage of the chains.
	Actions(scope domain.Scope, chains []Chain) (map[domain.StageID]Conditions, error)
	// Insert adds a chain with its stages.
	Insert(c Chain) error
	// Update replaces the chain and its stages if its version is still c.Version,
	// and ends those in ended; it returns the chain with the next version, or
	// domain.Stale with what is stored. Stages with the version that they have in
	// old stay untouched.
	Update(old, c Chain, ended []Stage) (Chain, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Chains Store
	Book   domain.ResponsibilityBook
}
