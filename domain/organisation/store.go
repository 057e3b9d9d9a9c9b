package organisation

import "yhdyspinta/domain"

// UnitFilter narrows a list of units. Different fields are AND.
type UnitFilter struct {
	Party  domain.AnyOf[domain.PartyID]
	Parent domain.AnyOf[domain.UnitID] // None: at the top
	Valid  domain.OnDay
}

// PostFilter narrows a list of posts. Different fields are AND.
type PostFilter struct {
	ID    domain.AnyOf[domain.PostID]
	Party domain.AnyOf[domain.PartyID]
	Unit  domain.AnyOf[domain.UnitID] // in these units themselves
	Query string                      // words; each is part of the title or of the name of a unit above it, in any language
	Valid domain.OnDay
}

// HoldingFilter narrows a list of holdings. Different fields are AND.
type HoldingFilter struct {
	Party  domain.AnyOf[domain.PartyID] // of the post
	Post   domain.AnyOf[domain.PostID]
	Person domain.AnyOf[domain.PersonID]
	Valid  domain.OnDay
}

// Store keeps parties, units, posts and holdings. The first three are public;
// holdings exist only for staff.
type Store interface {
	// Parties returns all parties in their order.
	Parties() ([]Party, error)
	// Party returns a party, or NotFound.
	Party(id domain.PartyID) (Party, error)
	// InsertParty adds a party.
	InsertParty(p Party) error
	// UpdateParty replaces the names if the version is still p.Version, and
	// returns the party with the next version; domain.Stale if not.
	UpdateParty(p Party) (Party, error)
	// Lock makes other changes of the party's organisation and grants wait for the
	// end of this transaction, so that rules over several rows hold.
	Lock(party domain.PartyID) error

	// Unit returns a unit, or NotFound.
	Unit(id domain.UnitID) (Unit, error)
	// Units returns one page, sorted by party,name (the default) or validFrom.
	Units(f UnitFilter, p domain.PageRequest) (domain.Page[Unit], error)
	// Above returns the unit and those above it, up to the top.
	Above(id domain.UnitID) ([]domain.UnitID, error)
	// OpenUnder counts the posts in the unit and the units directly under it that
	// outlast a day.
	OpenUnder(id domain.UnitID, day domain.Date) (posts, units int, err error)
	// InsertUnit adds a unit.
	InsertUnit(u Unit) error
	// UpdateUnit is UpdateParty for a unit.
	UpdateUnit(u Unit) (Unit, error)

	// Post returns a post with its unit path, or NotFound.
	Post(id domain.PostID) (Post, error)
	// Posts returns one page, sorted by title (the default), party or validFrom.
	Posts(f PostFilter, p domain.PageRequest) (domain.Page[Post], error)
	// InsertPost adds a post.
	InsertPost(p Post) error
	// UpdatePost is UpdateParty for a post.
	UpdatePost(p Post) (Post, error)

	// SavePosts adds posts, and replaces others, which have their next version already
	// and whose party is locked: Conflict import_outdated if one has another by now.
	SavePosts(added, changed []Post) error

	// Holding returns a holding, or NotFound.
	Holding(scope domain.Scope, id domain.HoldingID) (Holding, error)
	// Holdings returns one page, sorted by post (the default), person or validFrom.
	Holdings(scope domain.Scope, f HoldingFilter, p domain.PageRequest) (domain.Page[Holding], error)
	// HoldingsByPerson returns all holdings of a person, whenever, the newest first:
	// for that person's own eyes, whatever they may see of others.
	HoldingsByPerson(person domain.PersonID) ([]Holding, error)
	// HoldingsOf returns all holdings of a post, whenever.
	HoldingsOf(post domain.PostID) ([]Holding, error)
	// InsertHolding adds a holding.
	InsertHolding(h Holding) error
	// EndHolding sets the last day if the version is still h.Version, and returns
	// the holding with the next version; domain.Stale if not.
	EndHolding(h Holding) (Holding, error)
	// UpdateNamePublic saves the holder's choice if the version is still h.Version,
	// and returns the holding with the next version; domain.Stale if not.
	UpdateNamePublic(h Holding) (Holding, error)
	// PartyOfPerson returns the party of a person, or NotFound.
	PartyOfPerson(id domain.PersonID) (domain.PartyID, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Organisation Store }
