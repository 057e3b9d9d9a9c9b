package storage

import (
	"context"
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// AccessStore keeps people and tells what they hold.
type AccessStore struct{ tx Tx }

// NewAccessStore binds the store to a transaction.
func NewAccessStore(tx Tx) *AccessStore { return &AccessStore{tx} }

type personRow struct {
	ID       domain.PersonID
	Issuer   string
	Subject  string
	PartyID  domain.PartyID
	Name     string
	Email    string
	Language domain.Lang
	Version  int
}

func (personRow) TableName() string { return "person" }

// AccessVersion is what access.Service.Version promises. It is read outside of
// a transaction: on each request of a signed-in person.
func (db *DB) AccessVersion(ctx context.Context) (int64, error) {
	ctx, leave, err := db.gate.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	var version int64
	if err := db.pool.QueryRow(ctx, "select version from access_version").Scan(&version); err != nil {
		return 0, translate(fmt.Errorf("read the version of access: %w", err))
	}
	return version, nil
}

// PartyByKey implements access.Store.
func (s *AccessStore) PartyByKey(key string) (domain.PartyID, error) {
	var ids []domain.PartyID
	if err := s.tx.Raw("select id from party where key = ?", key).Scan(&ids).Error; err != nil {
		return domain.PartyID{}, fmt.Errorf("find a party: %w", err)
	}
	if len(ids) == 0 {
		return domain.PartyID{}, domain.NotFound("party")
	}
	return ids[0], nil
}

// LockIdentity implements access.Store.
func (s *AccessStore) LockIdentity(issuer, subject string) (access.Person, error) {
	// A row lock would not do: the row may not exist yet.
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))", issuer, subject).Error; err != nil {
		return access.Person{}, fmt.Errorf("lock a person: %w", err)
	}
	var rows []personRow
	err := s.tx.Raw(personSelect+" where issuer = ? and subject = ?", issuer, subject).Scan(&rows).Error
	if err != nil {
		return access.Person{}, fmt.Errorf("find a person: %w", err)
	}
	if len(rows) == 0 {
		return access.Person{}, domain.NotFound("person")
	}
	return access.Person(rows[0]), nil
}

const personSelect = "select id, issuer, subject, party_id, name, email, language, version from person"

// LockPerson implements access.Store.
func (s *AccessStore) LockPerson(id domain.PersonID) (access.Person, error) {
	var rows []personRow
	if err := s.tx.Raw(personSelect+" where id = ? for update", id).Scan(&rows).Error; err != nil {
		return access.Person{}, fmt.Errorf("lock a person: %w", err)
	}
	if len(rows) == 0 {
		return access.Person{}, domain.NotFound("person")
	}
	return access.Person(rows[0]), nil
}

// InsertPerson implements access.Store.
func (s *AccessStore) InsertPerson(p access.Person) error {
	row := personRow(p)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a person: %w", err)
	}
	return nil
}

// UpdatePerson implements access.Store.
func (s *AccessStore) UpdatePerson(p access.Person) (access.Person, error) {
	row := personRow(p)
	row.Version++
	res := s.tx.Model(&personRow{}).Where("id = ? and version = ?", p.ID, p.Version).
		Select("party_id", "name", "email", "language", "version").Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update a person: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return p, domain.Stale(domain.SubjectOf(domain.SubjectPerson, p.ID), p.Version, p)
	}
	return access.Person(row), nil
}

const (
	standingPostsSQL = `
select p.id, p.title_fi, p.title_sv, p.title_en, u.name_fi, u.name_sv, u.name_en, p.party_id,
       bool_and(h.kind = 'deputy') as deputy
from holding h
         join post p on p.id = h.post_id
         join unit u on u.id = p.unit_id
where h.person_id = @person
  and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day
  and p.valid_from <= @day and coalesce(p.valid_to, 'infinity') >= @day
group by p.id, u.id
order by deputy, p.title_fi collate "fi", p.id`

	standingGrantsSQL = `
select g.role, g.post_id, g.party_id, g.unit_id, g.forum_id
from role_grant g
         join person me on me.id = @person and me.party_id = g.party_id
where (g.person_id = me.id or g.post_id in @posts)
  and g.valid_from <= @day and coalesce(g.valid_to, 'infinity') >= @day
  and g.ended_at is null
order by g.role, g.id`

	unitsBelowSQL = `
with recursive below(top, id) as (
  select id, id from unit where id in @units
  union
  select b.top, u.id from below b join unit u on u.parent_id = b.id)
select top, id from below order by top, id`

	standingForumsSQL = `
select distinct post_id, forum_id from membership
where post_id in @posts and valid_from <= @day and coalesce(valid_to, 'infinity') >= @day
order by post_id, forum_id`
)

// Standing implements access.Store.
func (s *AccessStore) Standing(person domain.PersonID, day domain.Date) (access.Standing, error) {
	var people []struct {
		Name     string
		PartyID  domain.PartyID
		Language domain.Lang
	}
	if err := s.tx.Raw("select name, party_id, language from person where id = ?", person).Scan(&people).Error; err != nil {
		return access.Standing{}, fmt.Errorf("load a person: %w", err)
	}
	if len(people) == 0 {
		return access.Standing{}, domain.NotFound("person")
	}
	who := access.Standing{PersonID: person, Name: people[0].Name, PartyID: people[0].PartyID, Language: people[0].Language}

	var posts []struct {
		ID                        domain.PostID
		TitleFi, TitleSv, TitleEn string
		NameFi, NameSv, NameEn    string
		PartyID                   domain.PartyID
		Deputy                    bool
	}
	args := map[string]any{"person": person, "day": day}
	if err := s.tx.Raw(standingPostsSQL, args).Scan(&posts).Error; err != nil {
		return who, fmt.Errorf("load the posts of a person: %w", err)
	}
	ids := make([]domain.PostID, 1, len(posts)+1) // never empty: "in ()" is not SQL
	place := map[domain.PostID]*access.HeldPost{}
	who.Posts = make([]access.HeldPost, len(posts))
	for i, p := range posts {
		who.Posts[i] = access.HeldPost{ID: p.ID, PartyID: p.PartyID, Deputy: p.Deputy,
			Title: domain.Text{FI: p.TitleFi, SV: p.TitleSv, EN: p.TitleEn}, Unit: domain.Text{FI: p.NameFi, SV: p.NameSv, EN: p.NameEn}}
		ids = append(ids, p.ID)
		place[p.ID] = &who.Posts[i]
	}
	args["posts"] = ids

	if err := s.grants(&who, place, args); err != nil {
		return who, err
	}
	var forums []struct {
		PostID  domain.PostID
		ForumID domain.ForumID
	}
	if err := s.tx.Raw(standingForumsSQL, args).Scan(&forums).Error; err != nil {
		return who, fmt.Errorf("load the forums of a person: %w", err)
	}
	for _, f := range forums {
		place[f.PostID].Forums = append(place[f.PostID].Forums, f.ForumID)
	}
	return who, nil
}

func (s *AccessStore) grants(who *access.Standing, place map[domain.PostID]*access.HeldPost, args map[string]any) error {
	var grants []struct {
		Role    domain.Role
		PostID  *domain.PostID
		PartyID domain.PartyID
		UnitID  *domain.UnitID
		ForumID *domain.ForumID
	}
	if err := s.tx.Raw(standingGrantsSQL, args).Scan(&grants).Error; err != nil {
		return fmt.Errorf("load the grants of a person: %w", err)
	}
	units := make([]domain.UnitID, 1)
	for _, g := range grants {
		if g.UnitID != nil {
			units = append(units, *g.UnitID)
		}
	}
	below := map[domain.UnitID][]domain.UnitID{}
	if len(units) > 1 {
		var rows []struct{ Top, ID domain.UnitID }
		if err := s.tx.Raw(unitsBelowSQL, map[string]any{"units": units}).Scan(&rows).Error; err != nil {
			return fmt.Errorf("load the units of a manager: %w", err)
		}
		for _, r := range rows {
			below[r.Top] = append(below[r.Top], r.ID)
		}
	}
	for _, g := range grants {
		active := domain.ActiveGrant{Role: g.Role, PartyID: g.PartyID}
		if g.UnitID != nil {
			active.Units = below[*g.UnitID]
		}
		if g.ForumID != nil {
			active.ForumID = *g.ForumID
		}
		if g.PostID == nil {
			who.Grants = append(who.Grants, active)
		} else {
			place[*g.PostID].Grants = append(place[*g.PostID].Grants, active)
		}
	}
	return nil
}
