package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/following"
)

// FollowingStore keeps what people follow.
type FollowingStore struct{ tx Tx }

// NewFollowingStore binds the store to a transaction.
func NewFollowingStore(tx Tx) *FollowingStore { return &FollowingStore{tx} }

type followingRow struct {
	ID          domain.FollowingID
	PersonID    domain.PersonID
	SubjectKind domain.SubjectKind
	SubjectID   domain.AnyID
	SinceAt     time.Time
	Version     int
}

func (followingRow) TableName() string { return "following" }

func (r followingRow) entity() following.Following {
	r.SinceAt = r.SinceAt.UTC()
	return following.Following(r)
}

const followingColumns = "select r.id, r.person_id, r.subject_kind, r.subject_id, r.since_at, r.version"

type followingView struct {
	Row       followingRow `gorm:"embedded"`
	SubjectNo int
	Key       string
	OfFi      string
	OfSv      string
	OfEn      string
	FromFi    string
	FromSv    string
	FromEn    string
	ToFi      string
	ToSv      string
	ToEn      string
}

// List implements following.Store.
func (s *FollowingStore) List(scope domain.Scope, person domain.PersonID) ([]following.View, error) {
	var w where
	w.add("r.person_id = ?", person)
	s.tx.subjectVisible(&w, scope)
	rows, err := query[followingView](s.tx, followingColumns+subjectColumns+" from following r"+subjectJoins+w.sql()+
		` order by array_position(array['goal', 'action', 'chain', 'forum'], r.subject_kind), coalesce(sg.no, sa.no), coalesce(sf.title_fi, sc.title_fi) collate "fi", r.id`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("list what a person follows: %w", err)
	}
	out := make([]following.View, len(rows))
	for i, r := range rows {
		out[i] = following.View{Following: r.Row.entity(), No: r.SubjectNo, Key: r.Key, Title: domain.Text{FI: r.OfFi, SV: r.OfSv, EN: r.OfEn}}
	}
	return out, nil
}

// Lock implements following.Store.
func (s *FollowingStore) Lock(person domain.PersonID) ([]following.Following, error) {
	if _, err := NewAccessStore(s.tx).LockPerson(person); err != nil {
		return nil, err
	}
	rows, err := query[followingRow](s.tx, followingColumns+" from following r where r.person_id = ? order by r.since_at, r.id", person)
	if err != nil {
		return nil, fmt.Errorf("load what a person follows: %w", err)
	}
	return entities[followingRow, following.Following](rows), nil
}

// Visible implements following.Store.
func (s *FollowingStore) Visible(scope domain.Scope, subject domain.Subject) error {
	var w where
	s.tx.subjectVisible(&w, scope)
	var n int
	if err := s.tx.Raw("select count(*) from (select ?::text as subject_kind, ?::uuid as subject_id) r"+subjectJoins+w.sql(),
		append([]any{subject.Kind, subject.ID}, w.args...)...).Scan(&n).Error; err != nil {
		return fmt.Errorf("look for what is to be followed: %w", err)
	}
	if n == 0 {
		return domain.NotFound(string(subject.Kind))
	}
	return nil
}

// Insert implements following.Store.
func (s *FollowingStore) Insert(f following.Following) error {
	row := followingRow(f)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	return nil
}

// Delete implements following.Store.
func (s *FollowingStore) Delete(f following.Following) error {
	res := s.tx.Exec("delete from following where id = ?", f.ID)
	if res.Error != nil {
		return fmt.Errorf("follow no more: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return domain.NotFound("following")
	}
	return nil
}
