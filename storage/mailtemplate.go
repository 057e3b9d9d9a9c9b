package storage

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// MailTemplateStore keeps what the parties have made of the texts of mails.
type MailTemplateStore struct{ tx Tx }

// NewMailTemplateStore binds the store to a transaction.
func NewMailTemplateStore(tx Tx) *MailTemplateStore { return &MailTemplateStore{tx} }

type mailTemplateRow struct {
	ID        domain.MailTemplateID
	PartyID   domain.PartyID
	Kind      mail.Kind
	SubjectFi string
	SubjectSv string
	SubjectEn string
	IntroFi   string
	IntroSv   string
	IntroEn   string
	ClosingFi string
	ClosingSv string
	ClosingEn string
	Version   int
	UpdatedAt time.Time
}

func (mailTemplateRow) TableName() string { return "mail_template" }

func (r mailTemplateRow) entity() mail.Template {
	return mail.Template{ID: r.ID, PartyID: r.PartyID, Kind: r.Kind, Subject: domain.Text{FI: r.SubjectFi, SV: r.SubjectSv, EN: r.SubjectEn},
		Intro: domain.Text{FI: r.IntroFi, SV: r.IntroSv, EN: r.IntroEn}, Closing: domain.Text{FI: r.ClosingFi, SV: r.ClosingSv, EN: r.ClosingEn},
		Version: r.Version, UpdatedAt: r.UpdatedAt.UTC()}
}

const mailTemplateSelect = `select id, party_id, kind, subject_fi, subject_sv, subject_en, intro_fi, intro_sv, intro_en, closing_fi, closing_sv, closing_en, version, updated_at
from mail_template where party_id = ?`

// Templates implements mail.TemplateStore.
func (s *MailTemplateStore) Templates(party domain.PartyID) ([]mail.Template, error) {
	if err := s.known(party); err != nil {
		return nil, err
	}
	rows, err := query[mailTemplateRow](s.tx, mailTemplateSelect+" order by kind", party)
	if err != nil {
		return nil, fmt.Errorf("list the texts of mails: %w", err)
	}
	out := make([]mail.Template, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out, nil
}

func (s *MailTemplateStore) known(party domain.PartyID) error {
	var n int
	if err := s.tx.Raw("select count(*) from party where id = ?", party).Scan(&n).Error; err != nil {
		return fmt.Errorf("look for a party: %w", err)
	}
	if n == 0 {
		return domain.NotFound("party")
	}
	return nil
}

// Template implements mail.TemplateStore.
func (s *MailTemplateStore) Template(party domain.PartyID, k mail.Kind) (mail.Template, error) {
	rows, err := query[mailTemplateRow](s.tx, mailTemplateSelect+" and kind = ?", party, k)
	if err != nil {
		return mail.Template{}, fmt.Errorf("load the texts of a mail: %w", err)
	}
	if len(rows) == 0 {
		return mail.NewTemplate(domain.MailTemplateID{}, party, k), nil
	}
	return rows[0].entity(), nil
}

// SaveTemplate implements mail.TemplateStore.
func (s *MailTemplateStore) SaveTemplate(t mail.Template) (mail.Template, error) {
	if t.Version == 1 {
		if err := s.known(t.PartyID); err != nil {
			return t, err
		}
	}
	row := mailTemplateRow{t.ID, t.PartyID, t.Kind, t.Subject.FI, t.Subject.SV, t.Subject.EN, t.Intro.FI, t.Intro.SV, t.Intro.EN,
		t.Closing.FI, t.Closing.SV, t.Closing.EN, t.Version + 1, t.UpdatedAt}
	var res *gorm.DB
	if t.Version == 1 { // whoever comes second changes nothing, and is told so
		res = s.tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "party_id"}, {Name: "kind"}}, DoNothing: true}).Create(&row)
	} else {
		res = s.tx.Model(&mailTemplateRow{}).Where("id = ? and version = ?", t.ID, t.Version).
			Select("subject_fi", "subject_sv", "subject_en", "intro_fi", "intro_sv", "intro_en", "closing_fi", "closing_sv", "closing_en", "version", "updated_at").Updates(&row)
	}
	if res.Error != nil {
		return t, fmt.Errorf("save the texts of a mail: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		now, err := s.Template(t.PartyID, t.Kind)
		if err != nil {
			return t, err
		}
		return t, domain.Stale(domain.SubjectOf(domain.SubjectMailTemplate, now.ID), t.Version, now)
	}
	return row.entity(), nil
}
