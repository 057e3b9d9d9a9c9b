package organisation

import (
	"yhdyspinta/domain"
)

// Kind says what sort of organisation a party is.
type Kind string

// The kinds of party.
const (
	Municipality            Kind = "municipality"
	WellbeingServicesCounty Kind = "wellbeing_services_county"
	JointAuthority          Kind = "joint_authority"
	ThirdSector             Kind = "third_sector"
	ParishUnion             Kind = "parish_union"
	EducationProvider       Kind = "education_provider"
)

var kinds = map[Kind]bool{Municipality: true, WellbeingServicesCounty: true, JointAuthority: true,
	ThirdSector: true, ParishUnion: true, EducationProvider: true}

// Limits of text, in characters.
const (
	maxName    = 200
	maxShort   = 30
	maxAddress = 200
)

// Party is an organisation that takes part. Principal parties own the shared
// work as equals; the others join in it.
type Party struct {
	ID        domain.PartyID `audit:"ignore"`
	Key       string         `audit:"track"` // stable, in configuration and addresses
	Kind      Kind           `audit:"track"`
	Principal bool           `audit:"track"`
	Letter    string         `audit:"track"` // drawn in the party's mark
	Position  int            `audit:"ignore"`
	Name      domain.Text    `audit:"track"`
	ShortName domain.Text    `audit:"track"`
	Version   int            `audit:"ignore"`
}

// NewParty makes a party: only the command line does.
func NewParty(id domain.PartyID, key string, kind Kind, principal bool, letter string, position int, name, short domain.Text) (Party, error) {
	var v domain.Violations
	v.Require(key != "", "/key")
	if !kinds[kind] {
		v.Add("/kind", "not_allowed")
	}
	if len([]rune(letter)) != 1 {
		v.Add("/letter", "wrong_length")
	}
	if err := v.Err(); err != nil {
		return Party{}, err
	}
	p := Party{ID: id, Key: key, Kind: kind, Principal: principal, Letter: letter, Position: position, Version: 1}
	return p, p.Rename(name, short)
}

// Rename replaces the party's names.
func (p *Party) Rename(name, short domain.Text) error {
	name, short = name.Trim(), short.Trim()
	var v domain.Violations
	name.Check(&v, "/name", true, maxName)
	short.Check(&v, "/shortName", true, maxShort)
	if err := v.Err(); err != nil {
		return err
	}
	p.Name, p.ShortName = name, short
	return nil
}

// Resource is what permissions on the party are asked for.
func (p Party) Resource() domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{p.ID}}
}

// Unit is a part of a party's organisation. Units make a tree.
type Unit struct {
	ID        domain.UnitID  `audit:"ignore"`
	PartyID   domain.PartyID `audit:"track"`
	ParentID  domain.UnitID  `audit:"track"` // zero at the top of the party
	Name      domain.Text    `audit:"track"`
	ValidFrom domain.Date    `audit:"track"`
	ValidTo   domain.Date    `audit:"track"` // last day; zero while it goes on
	Version   int            `audit:"ignore"`
}

// UnitEdit is what can be said of a unit.
type UnitEdit struct {
	ParentID  domain.UnitID
	Name      domain.Text
	ValidFrom domain.Date
	ValidTo   domain.Date
}

// NewUnit makes a unit of a party.
func NewUnit(id domain.UnitID, party domain.PartyID, e UnitEdit) (Unit, error) {
	u := Unit{ID: id, PartyID: party, Version: 1}
	return u, u.Change(e)
}

// Change replaces what can be edited, or says everything that is wrong. Whether
// the unit fits under its parent is checked by UnderParent.
func (u *Unit) Change(e UnitEdit) error {
	e.Name = e.Name.Trim()
	var v domain.Violations
	e.Name.Check(&v, "/name", true, maxName)
	domain.CheckPeriod(&v, e.ValidFrom, e.ValidTo, "/validFrom", "/validTo")
	if err := v.Err(); err != nil {
		return err
	}
	u.ParentID, u.Name, u.ValidFrom, u.ValidTo = e.ParentID, e.Name, e.ValidFrom, e.ValidTo
	return nil
}

// UnderParent checks the parent that the unit names; above are the units from
// the parent up to the top. A unit is never its own ancestor, stays in its
// party and does not outlast its parent.
func (u Unit) UnderParent(parent Unit, above []domain.UnitID) error {
	if parent.PartyID != u.PartyID {
		return domain.InvalidField("/parentId", "other_party")
	}
	for _, id := range above {
		if id == u.ID {
			return domain.InvalidField("/parentId", "own_ancestor")
		}
	}
	if !within(u.ValidTo, parent.ValidTo) {
		return domain.InvalidField("/parentId", "ends_earlier")
	}
	return nil
}

// within reports whether what ends on one day lies before the end of its frame.
// A zero day is no end.
func within(end, frame domain.Date) bool {
	return frame.IsZero() || (!end.IsZero() && !end.After(frame))
}

// Resource is what permissions on the unit are asked for.
func (u Unit) Resource() domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{u.PartyID}, Units: []domain.UnitID{u.ID}}
}

// UnitRef names a unit.
type UnitRef struct {
	ID   domain.UnitID
	Name domain.Text
}

// Post is what owns goals and actions: a place in the organisation that one
// person holds at a time.
type Post struct {
	ID             domain.PostID  `audit:"ignore"`
	PartyID        domain.PartyID `audit:"track"` // that of the unit
	UnitID         domain.UnitID  `audit:"track"`
	Title          domain.Text    `audit:"track"`
	ServiceAddress string         `audit:"track"` // of the service, for residents; never of a person; may be empty
	ValidFrom      domain.Date    `audit:"track"`
	ValidTo        domain.Date    `audit:"track"`  // last day; zero while it goes on
	UnitPath       []UnitRef      `audit:"ignore"` // from the top of the party to the post's unit; filled by storage
	Contacts       []Contact      `audit:"ignore"` // who lets everybody know that they hold it; filled by storage
	Version        int            `audit:"ignore"`
}

// Contact is who holds a post on the day shown and has chosen to be named in
// public.
type Contact struct {
	Name string
	Kind HoldingKind
}

// PostEdit is what can be said of a post.
type PostEdit struct {
	UnitID         domain.UnitID
	Title          domain.Text
	ServiceAddress string
	ValidFrom      domain.Date
	ValidTo        domain.Date
}

// NewPost makes a post in a unit.
func NewPost(id domain.PostID, unit Unit, e PostEdit) (Post, error) {
	p := Post{ID: id, PartyID: unit.PartyID, Version: 1}
	return p, p.Change(e, unit)
}

// Change replaces what can be edited, or says everything that is wrong; unit is
// the one that the edit names. A post stays in its party and does not outlast
// its unit.
func (p *Post) Change(e PostEdit, unit Unit) error {
	e.Title = e.Title.Trim()
	var v domain.Violations
	e.Title.Check(&v, "/title", true, maxName)
	if len([]rune(e.ServiceAddress)) > maxAddress {
		v.Add("/serviceAddress", "too_long")
	}
	domain.CheckPeriod(&v, e.ValidFrom, e.ValidTo, "/validFrom", "/validTo")
	switch {
	case unit.PartyID != p.PartyID:
		v.Add("/unitId", "other_party")
	case !within(e.ValidTo, unit.ValidTo):
		v.Add("/unitId", "ends_earlier")
	}
	if err := v.Err(); err != nil {
		return err
	}
	p.UnitID, p.Title, p.ServiceAddress, p.ValidFrom, p.ValidTo = e.UnitID, e.Title, e.ServiceAddress, e.ValidFrom, e.ValidTo
	return nil
}

// Resource is what permissions on the post are asked for.
func (p Post) Resource() domain.Resource {
	r := domain.Resource{Parties: []domain.PartyID{p.PartyID}, Posts: []domain.PostID{p.ID}}
	for _, u := range p.UnitPath {
		r.Units = append(r.Units, u.ID)
	}
	return r
}

// HoldingKind says in what way a person has a post.
type HoldingKind string

// The kinds of holding.
const (
	Holder HoldingKind = "holder" // one at a time
	Deputy HoldingKind = "deputy" // acts in the post while the holding lasts
)

// Holding says that a person had a post from one day to another.
type Holding struct {
	ID         domain.HoldingID `audit:"ignore"`
	PersonID   domain.PersonID  `audit:"track"`
	PostID     domain.PostID    `audit:"track"`
	Kind       HoldingKind      `audit:"track"`
	ValidFrom  domain.Date      `audit:"track"`
	ValidTo    domain.Date      `audit:"track"`  // last day; zero while it goes on; the day before ValidFrom: it never was in force
	NamePublic bool             `audit:"track"`  // whether the public sees who it is: only the person says so
	PersonName string           `audit:"ignore"` // filled by storage
	PostTitle  domain.Text      `audit:"ignore"` // filled by storage
	PartyID    domain.PartyID   `audit:"ignore"` // of the post; filled by storage
	Version    int              `audit:"ignore"`
}

// HoldingInput is what can be said of a new holding.
type HoldingInput struct {
	PersonID  domain.PersonID
	PostID    domain.PostID
	Kind      HoldingKind
	ValidFrom domain.Date
	ValidTo   domain.Date
}

// NewHolding gives a post to a person of a party. others are the holdings of the post: it
// has one holder at a time, and nobody has it twice at once.
func NewHolding(id domain.HoldingID, in HoldingInput, post Post, personParty domain.PartyID, others []Holding) (Holding, error) {
	var v domain.Violations
	if in.Kind != Holder && in.Kind != Deputy {
		v.Add("/kind", "not_allowed")
	}
	if personParty != post.PartyID {
		v.Add("/personId", "other_party")
	}
	domain.CheckPeriod(&v, in.ValidFrom, in.ValidTo, "/validFrom", "/validTo")
	if !post.ValidTo.IsZero() && in.ValidFrom.After(post.ValidTo) {
		v.Add("/postId", "ends_earlier")
	}
	if err := v.Err(); err != nil {
		return Holding{}, err
	}
	for _, o := range others {
		if o.void() || !domain.Overlap(in.ValidFrom, in.ValidTo, o.ValidFrom, o.ValidTo) {
			continue
		}
		if o.PersonID == in.PersonID {
			return Holding{}, domain.Conflict("holding_exists", "", "the person has the post at that time")
		}
		if o.Kind == Holder && in.Kind == Holder {
			return Holding{}, domain.Conflict("post_has_holder", "", "somebody else holds the post at that time")
		}
	}
	return Holding{ID: id, PersonID: in.PersonID, PostID: in.PostID, Kind: in.Kind, ValidFrom: in.ValidFrom, ValidTo: in.ValidTo,
		PartyID: post.PartyID, PostTitle: post.Title, Version: 1}, nil
}

func (h Holding) void() bool { return !h.ValidTo.IsZero() && h.ValidTo.Before(h.ValidFrom) }

// End sets the last day. The day before the first means that it never was in
// force: what was entered by mistake. A holding never gets longer.
func (h *Holding) End(last domain.Date) error {
	var v domain.Violations
	v.Require(!last.IsZero(), "/lastDay")
	if !last.IsZero() && last.Before(h.ValidFrom.AddDays(-1)) {
		v.Add("/lastDay", "before_start")
	}
	if err := v.Err(); err != nil {
		return err
	}
	if !h.ValidTo.IsZero() && !last.Before(h.ValidTo) {
		return domain.Conflict("holding_already_ended", "ended", "the holding ends on that day or earlier")
	}
	h.ValidTo = last
	return nil
}

// ShowName says whether the public sees the holder's name with the post. It
// holds for the past as well: a name that is taken back is hidden there too.
func (h *Holding) ShowName(public bool) { h.NamePublic = public }

// Resource is what permissions on the holding are asked for.
func (h Holding) Resource() domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{h.PartyID}, PersonID: h.PersonID}
}
