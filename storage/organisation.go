package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
)

// OrganisationStore keeps parties, units, posts and holdings.
type OrganisationStore struct{ tx Tx }

// NewOrganisationStore binds the store to a transaction.
func NewOrganisationStore(tx Tx) *OrganisationStore { return &OrganisationStore{tx} }

// validOn adds the condition that the validity of a row covers a day.
func (tx Tx) validOn(w *where, alias string, f domain.OnDay) {
	if f.Any {
		return
	}
	day := tx.dayOf(f)
	w.add(alias+".valid_from <= ? and ("+alias+".valid_to is null or "+alias+".valid_to >= ?)", day, day)
}

func (tx Tx) dayOf(f domain.OnDay) domain.Date {
	if f.Day.IsZero() {
		return tx.day
	}
	return f.Day
}

// Lock implements organisation.Store and access.Store.
func (tx Tx) lockParty(id domain.PartyID) error {
	if err := tx.Exec("select 1 from party where id = ? for no key update", id).Error; err != nil {
		return fmt.Errorf("lock a party: %w", err)
	}
	return nil
}

// Lock implements organisation.Store.
func (s *OrganisationStore) Lock(id domain.PartyID) error { return s.tx.lockParty(id) }

type partyRow struct {
	ID        domain.PartyID
	Key       string
	Kind      organisation.Kind
	Principal bool
	Letter    string
	Position  int
	NameFi    string
	NameSv    string
	NameEn    string
	ShortFi   string
	ShortSv   string
	ShortEn   string
	Version   int
}

func (partyRow) TableName() string { return "party" }

func rowOfParty(p organisation.Party) partyRow {
	return partyRow{ID: p.ID, Key: p.Key, Kind: p.Kind, Principal: p.Principal, Letter: p.Letter, Position: p.Position,
		NameFi: p.Name.FI, NameSv: p.Name.SV, NameEn: p.Name.EN,
		ShortFi: p.ShortName.FI, ShortSv: p.ShortName.SV, ShortEn: p.ShortName.EN, Version: p.Version}
}

func (r partyRow) entity() organisation.Party {
	return organisation.Party{ID: r.ID, Key: r.Key, Kind: r.Kind, Principal: r.Principal, Letter: r.Letter, Position: r.Position,
		Name:      domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn},
		ShortName: domain.Text{FI: r.ShortFi, SV: r.ShortSv, EN: r.ShortEn}, Version: r.Version}
}

// Parties implements organisation.Store.
func (s *OrganisationStore) Parties() ([]organisation.Party, error) {
	var rows []partyRow
	if err := s.tx.Order("position, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list parties: %w", err)
	}
	out := make([]organisation.Party, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out, nil
}

// Party implements organisation.Store.
func (s *OrganisationStore) Party(id domain.PartyID) (organisation.Party, error) {
	var rows []partyRow
	if err := s.tx.Where("id = ?", id).Find(&rows).Error; err != nil {
		return organisation.Party{}, fmt.Errorf("load a party: %w", err)
	}
	if len(rows) == 0 {
		return organisation.Party{}, domain.NotFound("party")
	}
	return rows[0].entity(), nil
}

// InsertParty implements organisation.Store.
func (s *OrganisationStore) InsertParty(p organisation.Party) error {
	row := rowOfParty(p)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a party: %w", err)
	}
	return nil
}

// UpdateParty implements organisation.Store.
func (s *OrganisationStore) UpdateParty(p organisation.Party) (organisation.Party, error) {
	row := rowOfParty(p)
	row.Version++
	res := s.tx.Model(&partyRow{}).Where("id = ? and version = ?", p.ID, p.Version).
		Select("name_fi", "name_sv", "name_en", "short_fi", "short_sv", "short_en", "version").Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update a party: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Party(p.ID)
		if err != nil {
			return p, err
		}
		return p, domain.Stale(domain.SubjectOf(domain.SubjectParty, p.ID), p.Version, current)
	}
	return row.entity(), nil
}

type unitRow struct {
	ID        domain.UnitID
	PartyID   domain.PartyID
	ParentID  *domain.UnitID
	NameFi    string
	NameSv    string
	NameEn    string
	ValidFrom domain.Date
	ValidTo   domain.Date
	Version   int
}

func (unitRow) TableName() string { return "unit" }

func rowOfUnit(u organisation.Unit) unitRow {
	return unitRow{ID: u.ID, PartyID: u.PartyID, ParentID: u.ParentID.Ptr(), NameFi: u.Name.FI, NameSv: u.Name.SV, NameEn: u.Name.EN,
		ValidFrom: u.ValidFrom, ValidTo: u.ValidTo, Version: u.Version}
}

func (r unitRow) entity() organisation.Unit {
	u := organisation.Unit{ID: r.ID, PartyID: r.PartyID, Name: domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn},
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Version: r.Version}
	if r.ParentID != nil {
		u.ParentID = *r.ParentID
	}
	return u
}

const unitSelect = "select u.id, u.party_id, u.parent_id, u.name_fi, u.name_sv, u.name_en, u.valid_from, u.valid_to, u.version"

// Unit implements organisation.Store.
func (s *OrganisationStore) Unit(id domain.UnitID) (organisation.Unit, error) {
	var rows []unitRow
	if err := s.tx.Raw(unitSelect+" from unit u where u.id = ?", id).Scan(&rows).Error; err != nil {
		return organisation.Unit{}, fmt.Errorf("load a unit: %w", err)
	}
	if len(rows) == 0 {
		return organisation.Unit{}, domain.NotFound("unit")
	}
	return rows[0].entity(), nil
}

var unitOrdering = ordering{
	keys: map[string]sortKey{
		"party":     {"pa.position", "integer"},
		"name":      {`u.name_fi collate "fi"`, "text"},
		"validFrom": {"u.valid_from", "date"},
	},
	standard: "party,name",
	id:       "u.id",
}

// Units implements organisation.Store.
func (s *OrganisationStore) Units(f organisation.UnitFilter, req domain.PageRequest) (domain.Page[organisation.Unit], error) {
	var w where
	in(&w, "u.party_id", f.Party)
	in(&w, "u.parent_id", f.Parent)
	s.tx.validOn(&w, "u", f.Valid)
	from := " from unit u join party pa on pa.id = u.party_id"
	rows, err := list[unitRow](s.tx, unitOrdering, req, unitSelect, from, w)
	if err != nil {
		return domain.Page[organisation.Unit]{}, fmt.Errorf("list units: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// Above implements organisation.Store.
func (s *OrganisationStore) Above(id domain.UnitID) (ids []domain.UnitID, err error) {
	err = s.tx.Raw(`
with recursive up as (select u.id, u.parent_id from unit u where u.id = ?
                      union
                      select u.id, u.parent_id from unit u join up on u.id = up.parent_id)
select id from up`, id).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("load the units above a unit: %w", err)
	}
	return ids, nil
}

// OpenUnder implements organisation.Store.
func (s *OrganisationStore) OpenUnder(id domain.UnitID, day domain.Date) (posts, units int, err error) {
	var n struct{ Posts, Units int }
	err = s.tx.Raw(`
select (select count(*) from post where unit_id = @unit and (valid_to is null or valid_to > @day)) as posts,
       (select count(*) from unit where parent_id = @unit and (valid_to is null or valid_to > @day)) as units`,
		map[string]any{"unit": id, "day": day}).Scan(&n).Error
	if err != nil {
		return 0, 0, fmt.Errorf("count what outlasts a unit: %w", err)
	}
	return n.Posts, n.Units, nil
}

// InsertUnit implements organisation.Store.
func (s *OrganisationStore) InsertUnit(u organisation.Unit) error {
	row := rowOfUnit(u)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a unit: %w", err)
	}
	return nil
}

// UpdateUnit implements organisation.Store.
func (s *OrganisationStore) UpdateUnit(u organisation.Unit) (organisation.Unit, error) {
	row := rowOfUnit(u)
	row.Version++
	res := s.tx.Model(&unitRow{}).Where("id = ? and version = ?", u.ID, u.Version).
		Select("parent_id", "name_fi", "name_sv", "name_en", "valid_from", "valid_to", "version").Updates(&row)
	if res.Error != nil {
		return u, fmt.Errorf("update a unit: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Unit(u.ID)
		if err != nil {
			return u, err
		}
		return u, domain.Stale(domain.SubjectOf(domain.SubjectUnit, u.ID), u.Version, current)
	}
	return row.entity(), nil
}

type postRow struct {
	ID             domain.PostID
	PartyID        domain.PartyID
	UnitID         domain.UnitID
	TitleFi        string
	TitleSv        string
	TitleEn        string
	ServiceAddress string
	ValidFrom      domain.Date
	ValidTo        domain.Date
	Version        int
}

func (postRow) TableName() string { return "post" }

func rowOfPost(p organisation.Post) postRow {
	return postRow{ID: p.ID, PartyID: p.PartyID, UnitID: p.UnitID, TitleFi: p.Title.FI, TitleSv: p.Title.SV, TitleEn: p.Title.EN,
		ServiceAddress: p.ServiceAddress, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo, Version: p.Version}
}

func (r postRow) entity() organisation.Post {
	return organisation.Post{ID: r.ID, PartyID: r.PartyID, UnitID: r.UnitID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		ServiceAddress: r.ServiceAddress, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Version: r.Version}
}

const postSelect = `
select p.id, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en, p.service_address, p.valid_from, p.valid_to, p.version`

// Post implements organisation.Store.
func (s *OrganisationStore) Post(id domain.PostID) (organisation.Post, error) {
	var rows []postRow
	if err := s.tx.Raw(postSelect+" from post p where p.id = ?", id).Scan(&rows).Error; err != nil {
		return organisation.Post{}, fmt.Errorf("load a post: %w", err)
	}
	if len(rows) == 0 {
		return organisation.Post{}, domain.NotFound("post")
	}
	posts, err := s.withPaths(rows)
	if err != nil {
		return organisation.Post{}, err
	}
	return posts[0], nil
}

// withPaths adds the units above each post, in one query.
func (s *OrganisationStore) withPaths(rows []postRow) ([]organisation.Post, error) {
	units := []domain.UnitID{{}} // never empty: "in ()" is no SQL
	for _, r := range rows {
		units = append(units, r.UnitID)
	}
	var path []struct {
		Unit, ID               domain.UnitID
		NameFi, NameSv, NameEn string
	}
	err := s.tx.Raw(`
with recursive up as (select u.id as unit, u.id, u.parent_id, u.name_fi, u.name_sv, u.name_en, 0 as height from unit u where u.id in ?
                      union all
                      select up.unit, u.id, u.parent_id, u.name_fi, u.name_sv, u.name_en, height + 1 from unit u join up on u.id = up.parent_id)
select unit, id, name_fi, name_sv, name_en from up order by unit, height desc`, units).Scan(&path).Error
	if err != nil {
		return nil, fmt.Errorf("load the units of posts: %w", err)
	}
	paths := map[domain.UnitID][]organisation.UnitRef{}
	for _, u := range path {
		paths[u.Unit] = append(paths[u.Unit], organisation.UnitRef{ID: u.ID, Name: domain.Text{FI: u.NameFi, SV: u.NameSv, EN: u.NameEn}})
	}
	contacts, err := s.contacts(rows)
	if err != nil {
		return nil, err
	}
	posts := make([]organisation.Post, len(rows))
	for i, r := range rows {
		posts[i] = r.entity()
		posts[i].UnitPath, posts[i].Contacts = paths[r.UnitID], contacts[r.ID]
	}
	return posts, nil
}

// contacts loads who holds the posts on the day shown and is named in public,
// in one query. Of the past it asks the choice of then and that of today.
func (s *OrganisationStore) contacts(rows []postRow) (map[domain.PostID][]organisation.Contact, error) {
	ids := make([]domain.PostID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var w where
	w.add("h.post_id = any(?) and h.name_public", asOne(ids))
	w.add("h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?) and (p.valid_to is null or p.valid_to >= ?)", s.tx.day, s.tx.day, s.tx.day)
	if s.tx.asOf {
		w.add("exists (select 1 from public.holding live where live.id = h.id and live.name_public)")
	}
	found, err := query[struct {
		PostID domain.PostID
		Name   string
		Kind   organisation.HoldingKind
	}](s.tx, `
select h.post_id, pe.name, h.kind from holding h join post p on p.id = h.post_id join person pe on pe.id = h.person_id`+w.sql()+`
order by h.post_id, h.kind desc, h.valid_from, h.id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the contacts of posts: %w", err)
	}
	out := map[domain.PostID][]organisation.Contact{}
	for _, c := range found {
		out[c.PostID] = append(out[c.PostID], organisation.Contact{Name: c.Name, Kind: c.Kind})
	}
	return out, nil
}

var postOrdering = ordering{
	keys: map[string]sortKey{
		"title":     {`p.title_fi collate "fi"`, "text"},
		"party":     {"pa.position", "integer"},
		"validFrom": {"p.valid_from", "date"},
	},
	standard: "title",
	id:       "p.id",
}

// Posts implements organisation.Store.
func (s *OrganisationStore) Posts(f organisation.PostFilter, req domain.PageRequest) (domain.Page[organisation.Post], error) {
	var w where
	in(&w, "p.id", f.ID)
	in(&w, "p.party_id", f.Party)
	in(&w, "p.unit_id", f.Unit)
	s.tx.validOn(&w, "p", f.Valid)
	// The expressions are those of the trigram indexes.
	for _, word := range strings.Fields(f.Query) {
		like := "%" + likeEscaper.Replace(word) + "%"
		w.add(`((p.title_fi || ' ' || p.title_sv || ' ' || p.title_en) ilike ? or p.unit_id in (
  with recursive found as (select u.id from unit u where (u.name_fi || ' ' || u.name_sv || ' ' || u.name_en) ilike ?
                           union
                           select u.id from unit u join found on u.parent_id = found.id)
  select id from found))`, like, like)
	}
	from := " from post p join party pa on pa.id = p.party_id"
	rows, err := list[postRow](s.tx, postOrdering, req, postSelect, from, w)
	if err != nil {
		return domain.Page[organisation.Post]{}, fmt.Errorf("list posts: %w", err)
	}
	items, err := s.withPaths(rows.Items)
	return pageOf(rows, items), err
}

// likeEscaper makes a word match itself in a LIKE pattern.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// InsertPost implements organisation.Store.
func (s *OrganisationStore) InsertPost(p organisation.Post) error {
	row := rowOfPost(p)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a post: %w", err)
	}
	return nil
}

var postEditable = []string{"unit_id", "title_fi", "title_sv", "title_en", "service_address", "valid_from", "valid_to", "version"}

// SavePosts implements organisation.Store.
func (s *OrganisationStore) SavePosts(added, changed []organisation.Post) error {
	rows := make([]postRow, len(added))
	for i, p := range added {
		rows[i] = rowOfPost(p)
	}
	if err := upsert(s.tx, rows, "id", postEditable, ""); err != nil {
		return fmt.Errorf("insert posts: %w", err)
	}
	rows = make([]postRow, len(changed))
	for i, p := range changed {
		rows[i] = rowOfPost(p)
	}
	written, err := upserted(s.tx, rows, "id", postEditable, "post.version = excluded.version - 1")
	if err != nil {
		return fmt.Errorf("update posts: %w", err)
	}
	if written != len(rows) {
		return domain.Conflict("import_outdated", "", "a post changed meanwhile")
	}
	return nil
}

// UpdatePost implements organisation.Store.
func (s *OrganisationStore) UpdatePost(p organisation.Post) (organisation.Post, error) {
	row := rowOfPost(p)
	row.Version++
	res := s.tx.Model(&postRow{}).Where("id = ? and version = ?", p.ID, p.Version).
		Select(postEditable).Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update a post: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Post(p.ID)
		if err != nil {
			return p, err
		}
		return p, domain.Stale(domain.SubjectOf(domain.SubjectPost, p.ID), p.Version, current)
	}
	p.Version = row.Version
	return p, nil
}

type holdingRow struct {
	ID        domain.HoldingID
	PersonID  domain.PersonID
	PostID    domain.PostID
	Kind      organisation.HoldingKind
	ValidFrom domain.Date
	ValidTo   domain.Date
	Version   int

	NamePublic bool
}

func (holdingRow) TableName() string { return "holding" }

// listedHolding is a holding with what follows from its person and post.
type listedHolding struct {
	Holding    holdingRow `gorm:"embedded"`
	PersonName string
	TitleFi    string
	TitleSv    string
	TitleEn    string
	PartyID    domain.PartyID
}

func (r listedHolding) entity() organisation.Holding {
	h := r.Holding
	return organisation.Holding{ID: h.ID, PersonID: h.PersonID, PostID: h.PostID, Kind: h.Kind, ValidFrom: h.ValidFrom, ValidTo: h.ValidTo,
		NamePublic: h.NamePublic, PersonName: r.PersonName, PostTitle: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, PartyID: r.PartyID, Version: h.Version}
}

const (
	holdingSelect = `
select h.id, h.person_id, h.post_id, h.kind, h.valid_from, h.valid_to, h.version, h.name_public,
       pe.name as person_name, p.title_fi, p.title_sv, p.title_en, p.party_id`
	holdingFrom = " from holding h join post p on p.id = h.post_id join person pe on pe.id = h.person_id"
)

// Holding implements organisation.Store.
func (s *OrganisationStore) Holding(scope domain.Scope, id domain.HoldingID) (organisation.Holding, error) {
	var rows []listedHolding
	if scope.Staff {
		if err := s.tx.Raw(holdingSelect+holdingFrom+" where h.id = ?", id).Scan(&rows).Error; err != nil {
			return organisation.Holding{}, fmt.Errorf("load a holding: %w", err)
		}
	}
	if len(rows) == 0 {
		return organisation.Holding{}, domain.NotFound("holding")
	}
	return rows[0].entity(), nil
}

var holdingOrdering = ordering{
	keys: map[string]sortKey{
		"post":      {`p.title_fi collate "fi"`, "text"},
		"person":    {`pe.name collate "fi"`, "text"},
		"validFrom": {"h.valid_from", "date"},
	},
	standard: "post",
	id:       "h.id",
}

// Holdings implements organisation.Store.
func (s *OrganisationStore) Holdings(scope domain.Scope, f organisation.HoldingFilter, req domain.PageRequest) (domain.Page[organisation.Holding], error) {
	var w where
	if !scope.Staff {
		w.add("false")
	}
	in(&w, "p.party_id", f.Party)
	in(&w, "h.post_id", f.Post)
	in(&w, "h.person_id", f.Person)
	s.tx.validOn(&w, "h", f.Valid)
	s.tx.validOn(&w, "p", f.Valid) // nobody holds a post that is no more
	rows, err := list[listedHolding](s.tx, holdingOrdering, req, holdingSelect, holdingFrom, w)
	if err != nil {
		return domain.Page[organisation.Holding]{}, fmt.Errorf("list holdings: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// HoldingsOf implements organisation.Store.
func (s *OrganisationStore) HoldingsOf(post domain.PostID) ([]organisation.Holding, error) {
	return s.holdings("h.post_id = ? order by h.valid_from, h.id", post)
}

// HoldingsByPerson implements organisation.Store.
func (s *OrganisationStore) HoldingsByPerson(person domain.PersonID) ([]organisation.Holding, error) {
	return s.holdings("h.person_id = ? order by h.valid_from desc, h.id", person)
}

func (s *OrganisationStore) holdings(cond string, arg any) ([]organisation.Holding, error) {
	var rows []listedHolding
	if err := s.tx.Raw(holdingSelect+holdingFrom+" where "+cond, arg).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("load holdings: %w", err)
	}
	return entities(rows), nil
}

// InsertHolding implements organisation.Store.
func (s *OrganisationStore) InsertHolding(h organisation.Holding) error {
	row := holdingRow{h.ID, h.PersonID, h.PostID, h.Kind, h.ValidFrom, h.ValidTo, h.Version, h.NamePublic}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a holding: %w", err)
	}
	return nil
}

// EndHolding implements organisation.Store.
func (s *OrganisationStore) EndHolding(h organisation.Holding) (organisation.Holding, error) {
	return s.updateHolding(h, "valid_to", h.ValidTo)
}

// UpdateNamePublic implements organisation.Store.
func (s *OrganisationStore) UpdateNamePublic(h organisation.Holding) (organisation.Holding, error) {
	return s.updateHolding(h, "name_public", h.NamePublic)
}

func (s *OrganisationStore) updateHolding(h organisation.Holding, column string, value any) (organisation.Holding, error) {
	res := s.tx.Exec("update holding set "+column+" = ?, version = version + 1 where id = ? and version = ?", value, h.ID, h.Version)
	if res.Error != nil {
		return h, fmt.Errorf("update a holding: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Holding(domain.Scope{Staff: true}, h.ID)
		if err != nil {
			return h, err
		}
		return h, domain.Stale(domain.SubjectOf(domain.SubjectHolding, h.ID), h.Version, current)
	}
	h.Version++
	return h, nil
}

// PartyOfPerson implements organisation.Store.
func (s *OrganisationStore) PartyOfPerson(id domain.PersonID) (domain.PartyID, error) {
	var ids []domain.PartyID
	if err := s.tx.Raw("select party_id from person where id = ?", id).Scan(&ids).Error; err != nil {
		return domain.PartyID{}, fmt.Errorf("load the party of a person: %w", err)
	}
	if len(ids) == 0 {
		return domain.PartyID{}, domain.NotFound("person")
	}
	return ids[0], nil
}
