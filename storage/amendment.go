package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type amendmentRow struct {
	ID             domain.AmendmentID
	MeetingID      domain.MeetingID
	No             *int
	AgendaItemID   domain.AgendaItemID
	OutcomeID      *domain.OutcomeID
	Part           meeting.Part
	WasFi          string
	WasSv          string
	WasEn          string
	BecomesFi      string
	BecomesSv      string
	BecomesEn      string
	ReasonFi       string
	ReasonSv       string
	ReasonEn       string
	Status         meeting.AmendmentStatus
	PartyID        domain.PartyID
	PostID         domain.PostID
	ProposedAt     time.Time
	ApprovedAt     *time.Time
	PublishedAt    *time.Time
	WithdrawnAt    *time.Time
	WithdrawReason string
	Version        int
}

func (amendmentRow) TableName() string { return "amendment" }

func rowOfAmendment(a meeting.Amendment) amendmentRow {
	return amendmentRow{a.ID, a.MeetingID, orNull(a.No), a.Place.ItemID, a.Place.OutcomeID.Ptr(), a.Place.Part, a.Was.FI, a.Was.SV, a.Was.EN,
		a.Becomes.FI, a.Becomes.SV, a.Becomes.EN, a.Reason.FI, a.Reason.SV, a.Reason.EN, a.Status, a.PartyID, a.PostID, a.ProposedAt,
		a.ApprovedAt, a.PublishedAt, a.WithdrawnAt, a.WithdrawReason, a.Version}
}

type amendmentView struct {
	Row                    amendmentRow `gorm:"embedded"`
	PostFi, PostSv, PostEn string
}

func (v amendmentView) entity() meeting.Amendment {
	r := v.Row
	place := meeting.Place{ItemID: r.AgendaItemID, OutcomeID: valueOf(r.OutcomeID), Part: r.Part}
	return meeting.Amendment{ID: r.ID, MeetingID: r.MeetingID, No: orZero(r.No), Place: place, ItemID: place.ItemID, Part: place.Part,
		Was: domain.Text{FI: r.WasFi, SV: r.WasSv, EN: r.WasEn}, Becomes: domain.Text{FI: r.BecomesFi, SV: r.BecomesSv, EN: r.BecomesEn},
		Reason: domain.Text{FI: r.ReasonFi, SV: r.ReasonSv, EN: r.ReasonEn}, Status: r.Status, PartyID: r.PartyID, PostID: r.PostID,
		ProposedAt: r.ProposedAt, ApprovedAt: r.ApprovedAt, PublishedAt: r.PublishedAt, WithdrawnAt: r.WithdrawnAt,
		WithdrawReason: r.WithdrawReason, Version: r.Version, Post: domain.Text{FI: v.PostFi, SV: v.PostSv, EN: v.PostEn}}
}

func (s *PaperStore) amendments(cond string, arg any) ([]meeting.Amendment, error) {
	rows, err := query[amendmentView](s.tx, `
select a.id, a.meeting_id, a.no, a.agenda_item_id, a.outcome_id, a.part, a.was_fi, a.was_sv, a.was_en, a.becomes_fi, a.becomes_sv, a.becomes_en,
       a.reason_fi, a.reason_sv, a.reason_en, a.status, a.party_id, a.post_id, a.proposed_at, a.approved_at, a.published_at, a.withdrawn_at, a.withdraw_reason, a.version,
       p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en
from amendment a join post p on p.id = a.post_id where `+cond+" order by a.no nulls last, a.proposed_at, a.id", arg)
	if err != nil {
		return nil, fmt.Errorf("load the amendments of a paper: %w", err)
	}
	out := entities(rows)
	ids := make([]domain.AmendmentID, len(out))
	at := map[domain.AmendmentID]int{}
	for i, a := range out {
		ids[i], at[a.ID] = a.ID, i
	}
	if len(ids) == 0 {
		return out, nil
	}
	given, err := query[struct {
		AmendmentID domain.AmendmentID
		PostID      domain.PostID
		Role        meeting.ApprovalRole
		ApprovedAt  time.Time
	}](s.tx, "select amendment_id, post_id, role, approved_at from amendment_approval where amendment_id = any(?) order by approved_at, id", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the approvals of amendments: %w", err)
	}
	for _, g := range given {
		a := &out[at[g.AmendmentID]]
		a.Approvals = append(a.Approvals, meeting.AmendmentApproval{PostID: g.PostID, Role: g.Role, ApprovedAt: g.ApprovedAt.UTC()})
	}
	return out, nil
}

// Amendments implements meeting.PaperStore.
func (s *PaperStore) Amendments(id domain.MeetingID) ([]meeting.Amendment, error) {
	return s.amendments("a.meeting_id = ?", id)
}

// Amendment implements meeting.PaperStore.
func (s *PaperStore) Amendment(id domain.AmendmentID) (meeting.Amendment, error) {
	found, err := s.amendments("a.id = ?", id)
	if err == nil && len(found) == 0 {
		err = domain.NotFound("amendment")
	}
	if err != nil {
		return meeting.Amendment{}, err
	}
	return found[0], nil
}

// InsertAmendment implements meeting.PaperStore.
func (s *PaperStore) InsertAmendment(a meeting.Amendment) error {
	row := rowOfAmendment(a)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an amendment: %w", err)
	}
	return nil
}

var amendmentColumns = []string{"no", "agenda_item_id", "outcome_id", "part", "was_fi", "was_sv", "was_en", "becomes_fi", "becomes_sv", "becomes_en",
	"reason_fi", "reason_sv", "reason_en", "status", "party_id", "post_id", "proposed_at", "approved_at", "published_at", "withdrawn_at", "withdraw_reason", "version"}

// UpdateAmendment implements meeting.PaperStore.
func (s *PaperStore) UpdateAmendment(a meeting.Amendment) (meeting.Amendment, error) {
	row := rowOfAmendment(a)
	row.Version++
	res := s.tx.Model(&amendmentRow{}).Where("id = ? and version = ?", a.ID, a.Version).Select(amendmentColumns).Updates(&row)
	if res.Error != nil {
		return a, fmt.Errorf("update an amendment: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return a, domain.Stale(domain.SubjectOf(domain.SubjectAmendment, a.ID), a.Version, nil)
	}
	a.Version = row.Version
	if len(a.Approvals) > 0 {
		return a, nil
	}
	if err := s.tx.Exec("delete from amendment_approval where amendment_id = ?", a.ID).Error; err != nil {
		return a, fmt.Errorf("take back the approvals of an amendment: %w", err)
	}
	return a, nil
}

// InsertAmendmentApproval implements meeting.PaperStore.
func (s *PaperStore) InsertAmendmentApproval(id domain.AmendmentID, a meeting.AmendmentApproval, own domain.AnyID) error {
	err := s.tx.Exec("insert into amendment_approval (id, amendment_id, post_id, role, approved_at) values (?, ?, ?, ?, ?)",
		own, id, a.PostID, a.Role, a.ApprovedAt).Error
	if err != nil {
		return fmt.Errorf("insert the approval of an amendment: %w", err)
	}
	return nil
}
