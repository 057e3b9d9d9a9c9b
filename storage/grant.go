package storage

import (
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// GrantStore keeps grants, and lists the people they may be for.
type GrantStore struct{ tx Tx }

// NewGrantStore binds the store to a transaction.
func NewGrantStore(tx Tx) *GrantStore { return &GrantStore{tx} }

// administered adds the condition that the scope covers the access of a party.
func administered(w *where, scope domain.Scope, column string) {
	switch {
	case scope.AccessAll:
	case len(scope.AccessParties) == 0:
		w.add("false")
	default:
		w.add(column+" in ?", scope.AccessParties)
	}
}

var personOrdering = ordering{
	keys: map[string]sortKey{
		"name":  {`pe.name collate "fi"`, "text"},
		"party": {"pa.position", "integer"},
	},
	standard: "name",
	id:       "pe.id",
}

// People implements access.GrantStore.
func (s *GrantStore) People(scope domain.Scope, f access.PersonFilter, req domain.PageRequest) (domain.Page[access.KnownPerson], error) {
	var out domain.Page[access.KnownPerson]
	p, err := personOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	administered(&w, scope, "pe.party_id")
	in(&w, "pe.party_id", f.Party)
	for _, word := range strings.Fields(f.Query) {
		like := "%" + likeEscaper.Replace(word) + "%"
		w.add("(pe.name ilike ? or pe.email ilike ?)", like, like)
	}
	from := " from person pe join party pa on pa.id = pe.party_id"
	if out.Total, err = count(s.tx, req, from, w); err != nil {
		return out, fmt.Errorf("count people: %w", err)
	}
	rows, next, err := fetch[personRow](s.tx, p, "select pe.id, pe.issuer, pe.subject, pe.party_id, pe.name, pe.email, pe.version", from, w)
	if err != nil {
		return out, fmt.Errorf("list people: %w", err)
	}
	posts, err := s.heldBy(rows)
	if err != nil {
		return out, err
	}
	out.NextCursor, out.Items = next, make([]access.KnownPerson, len(rows))
	for i, r := range rows {
		out.Items[i] = access.KnownPerson{Person: access.Person(r), Posts: posts[r.ID]}
	}
	return out, nil
}

// heldBy loads the posts that people hold or deputise on the day shown, in one
// query.
func (s *GrantStore) heldBy(people []personRow) (map[domain.PersonID][]access.HeldPost, error) {
	ids := []domain.PersonID{{}} // never empty: "in ()" is no SQL
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	var rows []struct {
		PersonID                  domain.PersonID
		ID                        domain.PostID
		TitleFi, TitleSv, TitleEn string
		NameFi, NameSv, NameEn    string
		PartyID                   domain.PartyID
		Deputy                    bool
	}
	var w where
	w.add("h.person_id in ?", ids)
	s.tx.validOn(&w, "h", domain.OnDay{})
	s.tx.validOn(&w, "p", domain.OnDay{})
	err := s.tx.Raw(`
select h.person_id, p.id, p.title_fi, p.title_sv, p.title_en, u.name_fi, u.name_sv, u.name_en, p.party_id, h.kind = 'deputy' as deputy
from holding h join post p on p.id = h.post_id join unit u on u.id = p.unit_id`+w.sql()+`
order by h.kind desc, p.title_fi collate "fi", p.id`, w.args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the posts of people: %w", err)
	}
	out := map[domain.PersonID][]access.HeldPost{}
	for _, r := range rows {
		out[r.PersonID] = append(out[r.PersonID], access.HeldPost{ID: r.ID, PartyID: r.PartyID, Deputy: r.Deputy,
			Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Unit: domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn}})
	}
	return out, nil
}

type grantRow struct {
	ID        domain.GrantID
	Role      domain.Role
	PostID    *domain.PostID
	PersonID  *domain.PersonID
	PartyID   domain.PartyID
	UnitID    *domain.UnitID
	ForumID   *domain.ForumID
	ValidFrom domain.Date
	ValidTo   domain.Date
	EndedAt   *time.Time
	EndReason string
	Version   int
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

func (grantRow) TableName() string { return "role_grant" }

// listedGrant is a grant with the names of what it refers to.
type listedGrant struct {
	Grant                     grantRow `gorm:"embedded"`
	TitleFi, TitleSv, TitleEn string   // of the post
	UnitFi, UnitSv, UnitEn    string
	ForumKey                  string
	ForumFi, ForumSv, ForumEn string
}

func (r grantRow) entity() access.Grant {
	g := access.Grant{ID: r.ID, Role: r.Role, PartyID: r.PartyID, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
		EndReason: r.EndReason, Version: r.Version, CreatedAt: r.CreatedAt}
	if r.PostID != nil {
		g.PostID = *r.PostID
	}
	if r.PersonID != nil {
		g.PersonID = *r.PersonID
	}
	if r.UnitID != nil {
		g.UnitID = *r.UnitID
	}
	if r.ForumID != nil {
		g.ForumID = *r.ForumID
	}
	if r.EndedAt != nil {
		g.EndedAt = *r.EndedAt
	}
	return g
}

const (
	grantSelect = `
select g.id, g.role, g.post_id, g.person_id, g.party_id, g.unit_id, g.forum_id, g.valid_from, g.valid_to, g.ended_at, g.end_reason, g.version, g.created_at,
       p.title_fi, p.title_sv, p.title_en, u.name_fi as unit_fi, u.name_sv as unit_sv, u.name_en as unit_en,
       f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en`
	grantFrom = `
from role_grant g
         join party pa on pa.id = g.party_id
         left join post p on p.id = g.post_id
         left join person pe on pe.id = g.person_id
         left join unit u on u.id = g.unit_id
         left join forum f on f.id = g.forum_id`
)

// Get implements access.GrantStore.
func (s *GrantStore) Get(scope domain.Scope, id domain.GrantID) (access.Grant, error) {
	var w where
	w.add("g.id = ?", id)
	administered(&w, scope, "g.party_id")
	var rows []listedGrant
	if err := s.tx.Raw(grantSelect+grantFrom+w.sql(), w.args...).Scan(&rows).Error; err != nil {
		return access.Grant{}, fmt.Errorf("load a grant: %w", err)
	}
	if len(rows) == 0 {
		return access.Grant{}, domain.NotFound("grant")
	}
	grants, err := s.complete(rows, s.tx.day)
	if err != nil {
		return access.Grant{}, err
	}
	return grants[0], nil
}

var grantOrdering = ordering{
	keys: map[string]sortKey{
		"party":     {"pa.position", "integer"},
		"role":      {"array_position(array['administrator', 'auditor', 'coordinator', 'manager', 'secretary', 'reader'], g.role)", "integer"},
		"holder":    {`coalesce(p.title_fi, pe.name) collate "fi"`, "text"},
		"validFrom": {"g.valid_from", "date"},
		"createdAt": {"g.created_at", "timestamptz"},
		"endedAt":   {"coalesce(g.ended_at, 'infinity')", "timestamptz"},
	},
	standard: "party,role,holder",
	id:       "g.id",
}

// List implements access.GrantStore.
func (s *GrantStore) List(scope domain.Scope, f access.GrantFilter, req domain.PageRequest) (domain.Page[access.Grant], error) {
	day := s.tx.dayOf(f.Valid)
	var w where
	administered(&w, scope, "g.party_id")
	in(&w, "g.role", f.Role)
	in(&w, "g.post_id", f.Post)
	in(&w, "g.party_id", f.Party)
	if len(f.Person.Values) > 0 {
		var held where
		held.add("h.post_id = g.post_id")
		held.add("h.person_id in ?", f.Person.Values)
		s.tx.validOn(&held, "h", f.Valid)
		w.add("(g.person_id in ? or exists (select 1 from holding h"+held.sql()+"))", append([]any{f.Person.Values}, held.args...)...)
	} else {
		in(&w, "g.person_id", f.Person)
	}
	if !f.Valid.Any {
		s.tx.validOn(&w, "g", f.Valid)
		w.add("(g.ended_at is null or g.ended_at > ?)", day.EndOfDay())
		w.add("(p.id is null or (p.valid_from <= ? and (p.valid_to is null or p.valid_to >= ?)))", day, day)
	}
	rows, err := list[listedGrant](s.tx, grantOrdering, req, grantSelect, grantFrom, w)
	if err != nil {
		return domain.Page[access.Grant]{}, fmt.Errorf("list grants: %w", err)
	}
	items, err := s.complete(rows.Items, day)
	return pageOf(rows, items), err
}

// grantPeopleSQL finds who has a role by a grant on a day, or had it on the
// grant's last day if that came before, or will have it on its first.
const grantPeopleSQL = `
with dated as (
  select g.id, g.post_id, g.person_id, g.party_id,
         greatest(g.valid_from, least(cast(@day as date), g.valid_to, (g.ended_at at time zone 'Europe/Helsinki')::date)) as day
  from role_grant g where g.id in @grants)
select d.id as grant_id, pe.id, pe.name, false as deputy
from dated d join person pe on pe.id = d.person_id
union all
select d.id, pe.id, pe.name, h.kind = 'deputy'
from dated d
         join post p on p.id = d.post_id and p.valid_from <= d.day and (p.valid_to is null or p.valid_to >= d.day)
         join holding h on h.post_id = d.post_id and h.valid_from <= d.day and (h.valid_to is null or h.valid_to >= d.day)
         join person pe on pe.id = h.person_id and pe.party_id = d.party_id
order by grant_id, deputy, name, id`

// complete adds who has the role, in one query.
func (s *GrantStore) complete(rows []listedGrant, day domain.Date) ([]access.Grant, error) {
	ids := []domain.GrantID{{}} // never empty: "in ()" is no SQL
	for _, r := range rows {
		ids = append(ids, r.Grant.ID)
	}
	var people []struct {
		GrantID domain.GrantID
		ID      domain.PersonID
		Name    string
		Deputy  bool
	}
	if err := s.tx.Raw(grantPeopleSQL, map[string]any{"grants": ids, "day": day}).Scan(&people).Error; err != nil {
		return nil, fmt.Errorf("load the people of grants: %w", err)
	}
	by := map[domain.GrantID][]access.GrantedPerson{}
	for _, p := range people {
		by[p.GrantID] = append(by[p.GrantID], access.GrantedPerson{ID: p.ID, Name: p.Name, Deputy: p.Deputy})
	}
	out := make([]access.Grant, len(rows))
	for i, r := range rows {
		g := r.Grant.entity()
		g.PostTitle = domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}
		g.UnitName = domain.Text{FI: r.UnitFi, SV: r.UnitSv, EN: r.UnitEn}
		g.ForumKey = r.ForumKey
		g.ForumTitle = domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}
		g.People = by[g.ID]
		out[i] = g
	}
	return out, nil
}

// Of implements access.GrantStore.
func (s *GrantStore) Of(post domain.PostID, person domain.PersonID) ([]access.Grant, error) {
	var rows []grantRow
	if err := s.tx.Where("post_id = ? or person_id = ?", post.Ptr(), person.Ptr()).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load the grants of a post or person: %w", err)
	}
	out := make([]access.Grant, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out, nil
}

// Grantee implements access.GrantStore.
func (s *GrantStore) Grantee(scope domain.Scope, post domain.PostID, person domain.PersonID) (access.Grantee, error) {
	var rows []struct {
		PartyID domain.PartyID
		ValidTo domain.Date
	}
	var err error
	noun := "post"
	if !post.IsZero() {
		err = s.tx.Raw("select party_id, valid_to from post where id = ?", post).Scan(&rows).Error
	} else {
		noun = "person"
		var w where
		w.add("pe.id = ?", person)
		administered(&w, scope, "pe.party_id")
		err = s.tx.Raw("select pe.party_id from person pe"+w.sql(), w.args...).Scan(&rows).Error
	}
	if err != nil {
		return access.Grantee{}, fmt.Errorf("find a %s: %w", noun, err)
	}
	if len(rows) == 0 {
		return access.Grantee{}, domain.NotFound(noun)
	}
	return access.Grantee{PartyID: rows[0].PartyID, LastDay: rows[0].ValidTo}, nil
}

// PartyOfUnit implements access.GrantStore.
func (s *GrantStore) PartyOfUnit(id domain.UnitID) (domain.PartyID, error) {
	var ids []domain.PartyID
	if err := s.tx.Raw("select party_id from unit where id = ?", id).Scan(&ids).Error; err != nil {
		return domain.PartyID{}, fmt.Errorf("find a unit: %w", err)
	}
	if len(ids) == 0 {
		return domain.PartyID{}, domain.NotFound("unit")
	}
	return ids[0], nil
}

// Lock implements access.GrantStore.
func (s *GrantStore) Lock(party domain.PartyID) error { return s.tx.lockParty(party) }

// OtherAdministrators implements access.GrantStore.
func (s *GrantStore) OtherAdministrators(party domain.PartyID, except domain.GrantID) (n int, err error) {
	var w, held where
	w.add("g.role = 'administrator' and g.ended_at is null and g.party_id = ? and g.id <> ?", party, except)
	s.tx.validOn(&w, "g", domain.OnDay{})
	s.tx.validOn(&held, "h", domain.OnDay{})
	s.tx.validOn(&held, "p", domain.OnDay{})
	w.add(`(g.person_id is not null
       or exists (select 1 from holding h
                           join post p on p.id = h.post_id and p.id = g.post_id
                           join person pe on pe.id = h.person_id and pe.party_id = g.party_id`+held.sql()+"))", held.args...)
	err = s.tx.Raw("select count(*) from role_grant g"+w.sql(), w.args...).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count the administrators of a party: %w", err)
	}
	return n, nil
}

// Insert implements access.GrantStore.
func (s *GrantStore) Insert(g access.Grant) error {
	row := grantRow{ID: g.ID, Role: g.Role, PostID: g.PostID.Ptr(), PersonID: g.PersonID.Ptr(), PartyID: g.PartyID, UnitID: g.UnitID.Ptr(), ForumID: g.ForumID.Ptr(),
		ValidFrom: g.ValidFrom, ValidTo: g.ValidTo, Version: g.Version, CreatedAt: g.CreatedAt}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a grant: %w", err)
	}
	return nil
}

// End implements access.GrantStore.
func (s *GrantStore) End(g access.Grant) (access.Grant, error) {
	res := s.tx.Exec("update role_grant set ended_at = ?, end_reason = ?, version = version + 1 where id = ? and version = ?",
		g.EndedAt, g.EndReason, g.ID, g.Version)
	if res.Error != nil {
		return g, fmt.Errorf("end a grant: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return g, domain.Stale(domain.SubjectOf(domain.SubjectGrant, g.ID), g.Version, g)
	}
	g.Version++
	return g, nil
}
