package storage

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/reservation"
)

// ReservationStore keeps reservations.
type ReservationStore struct{ tx Tx }

// NewReservationStore binds the store to a transaction.
func NewReservationStore(tx Tx) *ReservationStore { return &ReservationStore{tx} }

type reservationRow struct {
	ID               domain.ReservationID
	SubjectKind      domain.SubjectKind
	SubjectID        domain.AnyID
	PartyID          domain.PartyID
	PostID           *domain.PostID
	TextFi           string
	TextSv           string
	TextEn           string
	Visibility       domain.Visibility
	VisibilityGround string
	MadeAt           time.Time
	WithdrawnAt      *time.Time
	WithdrawnPostID  *domain.PostID
	WithdrawalFi     string
	WithdrawalSv     string
	WithdrawalEn     string
	Version          int
}

func (reservationRow) TableName() string { return "reservation" }

func rowOfReservation(r reservation.Reservation) reservationRow {
	row := reservationRow{ID: r.ID, SubjectKind: r.Subject.Kind, SubjectID: r.Subject.ID, PartyID: r.PartyID, PostID: r.PostID.Ptr(),
		TextFi: r.Text.FI, TextSv: r.Text.SV, TextEn: r.Text.EN, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, MadeAt: r.MadeAt,
		WithdrawnPostID: r.WithdrawnPostID.Ptr(), WithdrawalFi: r.Withdrawal.FI, WithdrawalSv: r.Withdrawal.SV, WithdrawalEn: r.Withdrawal.EN, Version: r.Version}
	if !r.WithdrawnAt.IsZero() {
		row.WithdrawnAt = &r.WithdrawnAt
	}
	return row
}

func (r reservationRow) entity() reservation.Reservation {
	out := reservation.Reservation{ID: r.ID, Subject: domain.Subject{Kind: r.SubjectKind, ID: r.SubjectID}, PartyID: r.PartyID, PostID: valueOf(r.PostID),
		Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, MadeAt: r.MadeAt.UTC(),
		WithdrawnPostID: valueOf(r.WithdrawnPostID), Withdrawal: domain.Text{FI: r.WithdrawalFi, SV: r.WithdrawalSv, EN: r.WithdrawalEn}, Version: r.Version}
	if r.WithdrawnAt != nil {
		out.WithdrawnAt = r.WithdrawnAt.UTC()
	}
	return out
}

// reservationFrom joins the thing as r, of which a responsibility is a part, for
// subjectJoins and subjectVisible.
const reservationFrom = `
from reservation re
left join responsibility rr on re.subject_kind = 'responsibility' and rr.id = re.subject_id
left join post rp on rp.id = rr.post_id
left join post mp on mp.id = re.post_id
cross join lateral (select coalesce(rr.subject_kind, re.subject_kind) as subject_kind, coalesce(rr.subject_id, re.subject_id) as subject_id) r` + subjectJoins

const reservationColumns = `
select re.id, re.subject_kind, re.subject_id, re.party_id, re.post_id, re.text_fi, re.text_sv, re.text_en, re.visibility, re.visibility_ground,
       re.made_at, re.withdrawn_at, re.withdrawn_post_id, re.withdrawal_fi, re.withdrawal_sv, re.withdrawal_en, re.version,
       r.subject_kind as thing_kind, r.subject_id as thing_id, coalesce(sg.no, sa.no, ss.position) as thing_no, coalesce(sf.key, sc.key) as key,
       coalesce(sg.title_fi, sa.title_fi, sh.what_fi, ss.title_fi, sf.title_fi, sc.title_fi) as of_fi,
       coalesce(sg.title_sv, sa.title_sv, sh.what_sv, ss.title_sv, sf.title_sv, sc.title_sv) as of_sv,
       coalesce(sg.title_en, sa.title_en, sh.what_en, ss.title_en, sf.title_en, sc.title_en) as of_en,
       hf.title_fi as from_fi, hf.title_sv as from_sv, hf.title_en as from_en, ht.title_fi as to_fi, ht.title_sv as to_sv, ht.title_en as to_en,
       mp.title_fi as post_fi, mp.title_sv as post_sv, mp.title_en as post_en, rp.title_fi as post_of_fi, rp.title_sv as post_of_sv, rp.title_en as post_of_en`

type reservationView struct {
	Row                          reservationRow `gorm:"embedded"`
	ThingKind                    domain.SubjectKind
	ThingID                      domain.AnyID
	ThingNo                      int
	Key                          string
	OfFi, OfSv, OfEn             string
	FromFi, FromSv, FromEn       string
	ToFi, ToSv, ToEn             string
	PostFi, PostSv, PostEn       string
	PostOfFi, PostOfSv, PostOfEn string
}

func (v reservationView) entity() reservation.View {
	return reservation.View{Reservation: v.Row.entity(),
		Of: reservation.Thing{Kind: v.ThingKind, ID: v.ThingID, No: v.ThingNo, Key: v.Key, Title: domain.Text{FI: v.OfFi, SV: v.OfSv, EN: v.OfEn},
			From: domain.Text{FI: v.FromFi, SV: v.FromSv, EN: v.FromEn}, To: domain.Text{FI: v.ToFi, SV: v.ToSv, EN: v.ToEn}},
		PostTitle: domain.Text{FI: v.PostFi, SV: v.PostSv, EN: v.PostEn}, PostOf: domain.Text{FI: v.PostOfFi, SV: v.PostOfSv, EN: v.PostOfEn}}
}

// visible adds that the scope may read the reservation and what it is about.
func (s *ReservationStore) visible(w *where, scope domain.Scope) {
	s.tx.subjectVisible(w, scope)
	if !scope.Staff {
		w.add("re.visibility = 'public'")
	}
}

// Get implements reservation.Store.
func (s *ReservationStore) Get(scope domain.Scope, id domain.ReservationID) (reservation.View, error) {
	var w where
	w.add("re.id = ?", id)
	s.visible(&w, scope)
	rows, err := query[reservationView](s.tx, reservationColumns+reservationFrom+w.sql(), w.args...)
	if err != nil {
		return reservation.View{}, fmt.Errorf("load a reservation: %w", err)
	}
	if len(rows) == 0 {
		return reservation.View{}, domain.NotFound("reservation")
	}
	views, err := s.complete(scope, rows)
	if err != nil {
		return reservation.View{}, err
	}
	return views[0], nil
}

var reservationOrdering = ordering{
	keys:     map[string]sortKey{"madeAt": {"re.made_at", "timestamptz"}},
	standard: "-madeAt",
	id:       "re.id",
}

// List implements reservation.Store.
func (s *ReservationStore) List(scope domain.Scope, f reservation.Filter, req domain.PageRequest) (domain.Page[reservation.View], error) {
	var out domain.Page[reservation.View]
	p, err := reservationOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	s.visible(&w, scope)
	switch {
	case f.Subject.IsZero():
		in(&w, "re.subject_kind", f.Kind)
	case f.Kind.IsZero():
		w.add("(re.subject_id = ? or r.subject_id = ?)", f.Subject, f.Subject)
	default:
		w.add("(re.subject_kind in ? and re.subject_id = ? or r.subject_kind in ? and r.subject_id = ?)", f.Kind.Values, f.Subject, f.Kind.Values, f.Subject)
	}
	in(&w, "re.party_id", f.Party)
	if err := s.tx.sortedBy(&w, scope, "r.subject_kind", "r.subject_id", f.Terms); err != nil {
		return out, err
	}
	if f.Withdrawn != nil {
		w.add("(re.withdrawn_at is not null) = ?", *f.Withdrawn)
	}
	if out.Total, err = count(s.tx, req, reservationFrom, w); err != nil {
		return out, fmt.Errorf("count reservations: %w", err)
	}
	rows, next, err := fetch[reservationView](s.tx, p, reservationColumns, reservationFrom, w)
	if err != nil {
		return out, fmt.Errorf("list reservations: %w", err)
	}
	out.NextCursor = next
	out.Items, err = s.complete(scope, rows)
	return out, err
}

// complete adds the units that act for each reservation's party, which only
// staff need.
func (s *ReservationStore) complete(scope domain.Scope, rows []reservationView) ([]reservation.View, error) {
	out := make([]reservation.View, len(rows))
	var things []domain.AnyID
	for i, r := range rows {
		out[i] = r.entity()
		things = append(things, r.ThingID)
	}
	if !scope.Staff {
		return out, nil
	}
	units, err := s.units(things)
	for i, v := range out {
		out[i].Units = units[v.Of.ID][v.PartyID]
	}
	return out, err
}

// units finds the units that lead or share things today, by party.
func (s *ReservationStore) units(things []domain.AnyID) (map[domain.AnyID]map[domain.PartyID][]domain.UnitID, error) {
	out := map[domain.AnyID]map[domain.PartyID][]domain.UnitID{}
	if len(things) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		SubjectID domain.AnyID
		PartyID   domain.PartyID
		UnitID    domain.UnitID
	}](s.tx, `
select distinct o.subject_id, p.party_id, p.unit_id from responsibility o join post p on p.id = o.post_id
where o.subject_id = any(?) and o.part in ('lead', 'shared') and o.standing <> 'declined' and o.valid_from <= ? and (o.valid_to is null or o.valid_to >= ?)`,
		asOne(things), s.tx.day, s.tx.day)
	if err != nil {
		return nil, fmt.Errorf("load the units that lead or share: %w", err)
	}
	for _, r := range rows {
		if out[r.SubjectID] == nil {
			out[r.SubjectID] = map[domain.PartyID][]domain.UnitID{}
		}
		out[r.SubjectID][r.PartyID] = append(out[r.SubjectID][r.PartyID], r.UnitID)
	}
	return out, nil
}

// Concerned implements reservation.Store.
func (s *ReservationStore) Concerned(scope domain.Scope, subject domain.Subject) (reservation.Concerned, error) {
	var out reservation.Concerned
	if !slices.Contains(reservation.Listing, subject.Kind) {
		return out, domain.NotFound(string(subject.Kind))
	}
	var w where
	s.tx.subjectVisible(&w, scope)
	rows, err := query[struct {
		SubjectKind domain.SubjectKind
		SubjectID   domain.AnyID
		Any         bool
	}](s.tx, `
select r.subject_kind, r.subject_id, exists (select 1 from responsibility o where o.subject_kind = r.subject_kind and o.subject_id = r.subject_id
    and (o.valid_to is null or o.valid_to >= ?)) as any
from (select ?::text as kind, ?::uuid as id) q
left join responsibility rr on q.kind = 'responsibility' and rr.id = q.id
cross join lateral (select coalesce(rr.subject_kind, q.kind) as subject_kind, coalesce(rr.subject_id, q.id) as subject_id) r`+subjectJoins+w.sql(),
		append([]any{s.tx.day, subject.Kind, subject.ID}, w.args...)...)
	if err != nil {
		return out, fmt.Errorf("load what a reservation is about: %w", err)
	}
	if len(rows) == 0 {
		return out, domain.NotFound(string(subject.Kind))
	}
	out.Thing = domain.Subject{Kind: rows[0].SubjectKind, ID: rows[0].SubjectID}
	out.Responsibilities = rows[0].Any
	units, err := s.units([]domain.AnyID{out.Thing.ID})
	out.Units = units[out.Thing.ID]
	return out, err
}

// Insert implements reservation.Store.
func (s *ReservationStore) Insert(r reservation.Reservation) error {
	row := rowOfReservation(r)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a reservation: %w", err)
	}
	return nil
}

// Withdraw implements reservation.Store.
func (s *ReservationStore) Withdraw(r reservation.Reservation) error {
	row := rowOfReservation(r)
	res := s.tx.Model(&reservationRow{}).Where("id = ? and withdrawn_at is null", r.ID).
		Select("withdrawn_at", "withdrawn_post_id", "withdrawal_fi", "withdrawal_sv", "withdrawal_en", "version").Updates(&row)
	if res.Error != nil {
		return fmt.Errorf("withdraw a reservation: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return domain.Conflict("already_withdrawn", "withdrawn", "the reservation is withdrawn already")
	}
	return nil
}
