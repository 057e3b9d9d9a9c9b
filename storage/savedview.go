package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/savedview"
)

type savedViewRow struct {
	ID          domain.SavedViewID
	Page        savedview.Page
	NameFi      string
	NameSv      string
	NameEn      string
	Sharing     savedview.Sharing
	PersonID    domain.PersonID
	PartyID     domain.PartyID
	Query       string // JSON
	WithdrawnAt *time.Time
	Version     int
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
}

func (savedViewRow) TableName() string { return "saved_view" }

func rowOfSavedView(v savedview.View) (savedViewRow, error) {
	if v.Query == nil {
		v.Query = savedview.Query{}
	}
	query, err := json.Marshal(v.Query)
	return savedViewRow{ID: v.ID, Page: v.Page, NameFi: v.Name.FI, NameSv: v.Name.SV, NameEn: v.Name.EN, Sharing: v.Sharing, PersonID: v.PersonID, PartyID: v.PartyID,
		Query: string(query), WithdrawnAt: timeOrNil(v.WithdrawnAt), Version: v.Version, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt}, err
}

func (r savedViewRow) entity() (savedview.View, error) {
	v := savedview.View{ID: r.ID, Page: r.Page, Name: domain.Text{FI: r.NameFi, SV: r.NameSv, EN: r.NameEn}, Sharing: r.Sharing, PersonID: r.PersonID, PartyID: r.PartyID,
		WithdrawnAt: timeOf(r.WithdrawnAt), Version: r.Version, CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC()}
	if err := json.Unmarshal([]byte(r.Query), &v.Query); err != nil {
		return v, fmt.Errorf("read the query of a saved view: %w", err)
	}
	return v, nil
}

// SavedViewStore keeps saved views.
type SavedViewStore struct{ tx Tx }

// NewSavedViewStore binds the store to a transaction.
func NewSavedViewStore(tx Tx) *SavedViewStore { return &SavedViewStore{tx} }

const savedViewColumns = `
select v.id, v.page, v.name_fi, v.name_sv, v.name_en, v.sharing, v.person_id, v.party_id, v.query::text as query, v.withdrawn_at, v.version, v.created_at, v.updated_at`

// readable adds "is there, and the reader has it", with an index for each way.
// View.Reads is the same rule.
func (s *SavedViewStore) readable(w *where, r savedview.Reader) {
	w.add("v.withdrawn_at is null")
	cond, args := "v.sharing = 'everybody'", []any{}
	if !r.PersonID.IsZero() {
		cond, args = cond+" or v.person_id = ?", append(args, r.PersonID)
	}
	if !r.PartyID.IsZero() {
		cond, args = cond+" or (v.sharing = 'party' and v.party_id = ?)", append(args, r.PartyID)
	}
	w.add("("+cond+")", args...)
}

// Get implements savedview.Store.
func (s *SavedViewStore) Get(r savedview.Reader, id domain.SavedViewID) (savedview.View, error) {
	var w where
	w.add("v.id = ?", id)
	s.readable(&w, r)
	rows, err := query[savedViewRow](s.tx, savedViewColumns+" from saved_view v"+w.sql(), w.args...)
	if err != nil {
		return savedview.View{}, fmt.Errorf("load a saved view: %w", err)
	}
	if len(rows) == 0 {
		return savedview.View{}, domain.NotFound("saved_view")
	}
	return rows[0].entity()
}

var savedViewOrdering = ordering{
	keys: map[string]sortKey{
		"name":      {`coalesce(nullif(v.name_fi, ''), nullif(v.name_sv, ''), v.name_en) collate "fi"`, "text"},
		"updatedAt": {"v.updated_at", "timestamptz"},
	},
	standard: "name",
	id:       "v.id",
}

// List implements savedview.Store.
func (s *SavedViewStore) List(r savedview.Reader, f savedview.Filter, req domain.PageRequest) (domain.Page[savedview.View], error) {
	var w where
	s.readable(&w, r)
	in(&w, "v.page", f.Page)
	in(&w, "v.sharing", f.Sharing)
	rows, err := list[savedViewRow](s.tx, savedViewOrdering, req, savedViewColumns, " from saved_view v", w)
	if err != nil {
		return domain.Page[savedview.View]{}, fmt.Errorf("list saved views: %w", err)
	}
	views := make([]savedview.View, len(rows.Items))
	for i, row := range rows.Items {
		if views[i], err = row.entity(); err != nil {
			return domain.Page[savedview.View]{}, err
		}
	}
	return pageOf(rows, views), nil
}

// CountOf implements savedview.Store.
func (s *SavedViewStore) CountOf(person domain.PersonID) (n int, err error) {
	if err := s.tx.Exec("select id from person where id = ? for update", person).Error; err != nil {
		return 0, fmt.Errorf("lock a person: %w", err)
	}
	if err := s.tx.Raw("select count(*) from saved_view where person_id = ? and withdrawn_at is null", person).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count saved views: %w", err)
	}
	return n, nil
}

// Insert implements savedview.Store.
func (s *SavedViewStore) Insert(v savedview.View) error {
	row, err := rowOfSavedView(v)
	if err != nil {
		return fmt.Errorf("write the query of a saved view: %w", err)
	}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a saved view: %w", err)
	}
	return nil
}

// Update implements savedview.Store.
func (s *SavedViewStore) Update(v savedview.View) (savedview.View, error) {
	row, err := rowOfSavedView(v)
	if err != nil {
		return v, fmt.Errorf("write the query of a saved view: %w", err)
	}
	row.Version++
	res := s.tx.Model(&savedViewRow{}).Where("id = ? and version = ?", v.ID, v.Version).
		Select("name_fi", "name_sv", "name_en", "sharing", "query", "withdrawn_at", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return v, fmt.Errorf("update a saved view: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(savedview.Reader{PersonID: v.PersonID, PartyID: v.PartyID}, v.ID)
		if err != nil {
			return v, err
		}
		return v, domain.Stale(domain.SubjectOf(domain.SubjectSavedView, v.ID), v.Version, current)
	}
	v.Version = row.Version
	return v, nil
}
