package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/apitoken"
)

type apiTokenRow struct {
	ID           domain.APITokenID
	PersonID     domain.PersonID
	PartyID      domain.PartyID
	PostID       *domain.PostID
	Name         string
	Purpose      string
	Scopes       codes `gorm:"type:text[]"`
	ExpiresOn    domain.Date
	RevokedAt    *time.Time
	RevokeReason string
	Version      int
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
}

func (apiTokenRow) TableName() string { return "api_token" }

// listedAPIToken is a token with what follows or stands elsewhere.
type listedAPIToken struct {
	Token                     apiTokenRow `gorm:"embedded"`
	Issuer                    string
	OwnerName                 string
	TitleFi, TitleSv, TitleEn string // of the post
	Rests                     bool
	HasSecret                 bool
	LastUsedOn                domain.Date
}

func (r listedAPIToken) entity() apitoken.Token {
	t := apitoken.Token{ID: r.Token.ID, PersonID: r.Token.PersonID, PartyID: r.Token.PartyID, Name: r.Token.Name, Purpose: r.Token.Purpose,
		ExpiresOn: r.Token.ExpiresOn, RevokedAt: timeOf(r.Token.RevokedAt), RevokeReason: r.Token.RevokeReason, Version: r.Token.Version, CreatedAt: r.Token.CreatedAt.UTC(),
		Issuer: r.Issuer, OwnerName: r.OwnerName, PostTitle: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Rests: r.Rests, HasSecret: r.HasSecret, LastUsedOn: r.LastUsedOn}
	if r.Token.PostID != nil {
		t.PostID = *r.Token.PostID
	}
	for _, s := range r.Token.Scopes {
		t.Scopes = append(t.Scopes, domain.TokenScope(s))
	}
	return t
}

// APITokenStore keeps API tokens.
type APITokenStore struct{ tx Tx }

// NewAPITokenStore binds the store to a transaction.
func NewAPITokenStore(tx Tx) *APITokenStore { return &APITokenStore{tx} }

const apiTokenFrom = `
from api_token k
         join person pe on pe.id = k.person_id
         left join post p on p.id = k.post_id
         left join api_token_secret s on s.token_id = k.id`

// columns are those of listedAPIToken. What a token rests on is the rule of
// Standing: the post, held or deputised today, or a role that the person has.
func (s *APITokenStore) columns() string {
	valid := func(alias string) string {
		day := "date '" + s.tx.day.String() + "'"
		return " and " + alias + ".valid_from <= " + day + " and coalesce(" + alias + ".valid_to, 'infinity') >= " + day
	}
	return `
select k.id, k.person_id, k.party_id, k.post_id, k.name, k.purpose, k.scopes, k.expires_on, k.revoked_at, k.revoke_reason, k.version, k.created_at,
       pe.issuer, pe.name as owner_name, coalesce(p.title_fi, '') as title_fi, coalesce(p.title_sv, '') as title_sv, coalesce(p.title_en, '') as title_en,
       s.hash is not null as has_secret, s.last_used_on,
       case when k.post_id is null
            then exists (select 1 from role_grant g where g.person_id = k.person_id and g.party_id = pe.party_id and g.ended_at is null` + valid("g") + `)
            else exists (select 1 from holding h where h.post_id = k.post_id and h.person_id = k.person_id` + valid("h") + valid("p") + `) end as rests`
}

// visibleTo adds that the reader may see a token.
func (s *APITokenStore) visibleTo(w *where, r apitoken.Reader) {
	switch {
	case r.All:
	case len(r.Parties) > 0:
		w.add("(k.person_id = ? or k.party_id in ?)", r.PersonID, r.Parties)
	default:
		w.add("k.person_id = ?", r.PersonID)
	}
}

func (s *APITokenStore) one(w where) (apitoken.Token, error) {
	rows, err := query[listedAPIToken](s.tx, s.columns()+apiTokenFrom+w.sql(), w.args...)
	if err != nil {
		return apitoken.Token{}, fmt.Errorf("load an API token: %w", err)
	}
	if len(rows) == 0 {
		return apitoken.Token{}, domain.NotFound("api_token")
	}
	return rows[0].entity(), nil
}

// Get implements apitoken.Store.
func (s *APITokenStore) Get(r apitoken.Reader, id domain.APITokenID) (apitoken.Token, error) {
	var w where
	w.add("k.id = ?", id)
	s.visibleTo(&w, r)
	return s.one(w)
}

// Find implements apitoken.Store.
func (s *APITokenStore) Find(hash []byte) (apitoken.Token, error) {
	var w where
	w.add("s.hash = ?", hash)
	return s.one(w)
}

var apiTokenOrdering = ordering{
	keys: map[string]sortKey{
		"createdAt": {"k.created_at", "timestamptz"},
		"expiresOn": {"k.expires_on", "date"},
		"name":      {`k.name collate "fi"`, "text"},
		"owner":     {`pe.name collate "fi"`, "text"},
	},
	standard: "-createdAt",
	id:       "k.id",
}

// List implements apitoken.Store.
func (s *APITokenStore) List(r apitoken.Reader, f apitoken.Filter, req domain.PageRequest) (domain.Page[apitoken.Token], error) {
	var w where
	s.visibleTo(&w, r)
	in(&w, "k.person_id", f.Person)
	in(&w, "k.party_id", f.Party)
	if f.InUse {
		w.add("k.revoked_at is null and k.expires_on >= ?", s.tx.day)
	}
	rows, err := list[listedAPIToken](s.tx, apiTokenOrdering, req, s.columns(), apiTokenFrom, w)
	if err != nil {
		return domain.Page[apitoken.Token]{}, fmt.Errorf("list API tokens: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// InUse implements apitoken.Store.
func (s *APITokenStore) InUse(person domain.PersonID) (n int, err error) {
	if err := s.tx.Exec("select 1 from person where id = ? for update", person).Error; err != nil {
		return 0, fmt.Errorf("lock a person: %w", err)
	}
	if err := s.tx.Raw("select count(*) from api_token where person_id = ? and revoked_at is null and expires_on >= ?", person, s.tx.day).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count API tokens: %w", err)
	}
	return n, nil
}

// Insert implements apitoken.Store.
func (s *APITokenStore) Insert(t apitoken.Token, hash []byte) error {
	row := apiTokenRow{ID: t.ID, PersonID: t.PersonID, PartyID: t.PartyID, PostID: t.PostID.Ptr(), Name: t.Name, Purpose: t.Purpose,
		ExpiresOn: t.ExpiresOn, Version: t.Version, CreatedAt: t.CreatedAt}
	for _, scope := range t.Scopes {
		row.Scopes = append(row.Scopes, string(scope))
	}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an API token: %w", err)
	}
	if err := s.tx.Exec("insert into api_token_secret (token_id, hash) values (?, ?)", t.ID, hash).Error; err != nil {
		return fmt.Errorf("keep the hash of an API token: %w", err)
	}
	return nil
}

// Revoke implements apitoken.Store.
func (s *APITokenStore) Revoke(t apitoken.Token) (apitoken.Token, error) {
	res := s.tx.Exec("update api_token set revoked_at = ?, revoke_reason = ?, version = version + 1 where id = ? and version = ?",
		t.RevokedAt, t.RevokeReason, t.ID, t.Version)
	if res.Error != nil {
		return t, fmt.Errorf("revoke an API token: %w", res.Error)
	}
	if res.RowsAffected == 0 { // another revoked it meanwhile: nothing else changes it
		return t, domain.Conflict("api_token_revoked", string(apitoken.Revoked), "it was revoked already")
	}
	if err := s.tx.Exec("update api_token_secret set hash = null where token_id = ?", t.ID).Error; err != nil {
		return t, fmt.Errorf("forget the hash of an API token: %w", err)
	}
	t.Version++
	return t, nil
}

// Use implements apitoken.Store.
func (s *APITokenStore) Use(id domain.APITokenID, day domain.Date) error {
	err := s.tx.Exec("update api_token_secret set last_used_on = ? where token_id = ? and last_used_on is distinct from ?", day, id, day).Error
	if err != nil {
		return fmt.Errorf("note the use of an API token: %w", err)
	}
	return nil
}
