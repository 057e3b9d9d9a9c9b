package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

type statusReportRow struct {
	ID         domain.StatusReportID
	ActionID   domain.ActionID
	PartyID    domain.PartyID
	PostID     *domain.PostID
	Status     action.Status
	Progress   int
	TextFi     string
	TextSv     string
	TextEn     string
	Reason     string
	Public     bool
	ReportedOn domain.Date
	ReportedAt time.Time
	Version    int
}

func (statusReportRow) TableName() string { return "status_report" }

// standingReport is the condition that report sr was not taken back.
const standingReport = "not exists (select 1 from action_word aw where aw.report_id = sr.id and aw.withdrawn_at is not null)"

// InsertReport implements action.Store.
func (s *ActionStore) InsertReport(r action.StatusReport) error {
	row := statusReportRow{ID: r.ID, ActionID: r.ActionID, PartyID: r.PartyID, PostID: r.PostID.Ptr(), Status: r.Status, Progress: r.Progress,
		TextFi: r.Text.FI, TextSv: r.Text.SV, TextEn: r.Text.EN, Reason: r.Reason, Public: r.Public,
		ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt, Version: 1}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a status report: %w", err)
	}
	return s.insertForwards(r)
}

type partyStatusRow struct {
	ActionID    domain.ActionID
	PartyID     domain.PartyID
	Status      action.Status
	Progress    int
	ConfirmedOn domain.Date
	ReportID    *domain.StatusReportID
}

// SaveSaid implements action.Store.
func (s *ActionStore) SaveSaid(id domain.ActionID, p action.PartyStatus) error {
	err := s.tx.Exec(`
insert into action_party_status (id, action_id, party_id, status, progress, confirmed_on, report_id) values (gen_random_uuid(), ?, ?, ?, ?, ?, ?)
on conflict (action_id, party_id) do update
set status = excluded.status, progress = excluded.progress, confirmed_on = excluded.confirmed_on, report_id = excluded.report_id`,
		id, p.PartyID, p.Status, p.Progress, p.ConfirmedOn, p.ReportID.Ptr()).Error
	if err != nil {
		return fmt.Errorf("save the status of a party: %w", err)
	}
	return nil
}

// said loads what parties say of actions: in one query, and in another where that
// names where they go on.
func (s *ActionStore) said(scope domain.Scope, ids []domain.ActionID) (map[domain.ActionID][]action.PartyStatus, error) {
	rows, err := query[struct {
		Row                    partyStatusRow `gorm:"embedded"`
		PostID                 *domain.PostID
		ReportedOn             domain.Date
		TextFi, TextSv, TextEn string
	}](s.tx, `
select s.action_id, s.party_id, s.status, s.progress, s.confirmed_on, s.report_id, r.post_id, r.reported_on, t.text_fi, t.text_sv, t.text_en
from action_party_status s
left join status_report r on r.id = s.report_id
left join status_report t on t.id = s.report_id and (t.public or ?)
where s.action_id = any(?)`, scope.Staff, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the statuses of the parties: %w", err)
	}
	var ended []domain.StatusReportID
	for _, r := range rows {
		if r.Row.Status.GoesOn() && r.Row.ReportID != nil {
			ended = append(ended, *r.Row.ReportID)
		}
	}
	forwards, err := s.forwardsOf(scope, ended)
	if err != nil {
		return nil, err
	}
	out := map[domain.ActionID][]action.PartyStatus{}
	for _, r := range rows {
		out[r.Row.ActionID] = append(out[r.Row.ActionID], action.PartyStatus{PartyID: r.Row.PartyID, Spoken: true, Status: r.Row.Status,
			Progress: r.Row.Progress, ConfirmedOn: r.Row.ConfirmedOn, ReportID: valueOf(r.Row.ReportID), PostID: valueOf(r.PostID), Forwards: forwards[domain.AnyID{UUID: valueOf(r.Row.ReportID).UUID}],
			ReportedOn: r.ReportedOn, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}})
	}
	return out, nil
}

// Lock implements action.Store.
func (s *ActionStore) Lock(id domain.ActionID) error {
	// Not "for update": who says that an action goes on in this one does not wait for it.
	if err := s.tx.Exec("select id, version from action where id = ? for no key update", id).Error; err != nil {
		return fmt.Errorf("lock an action: %w", err)
	}
	return nil
}

// LockAll implements action.Store.
func (s *ActionStore) LockAll(ids []domain.ActionID) error {
	if err := s.tx.Exec("select id, version from action where id = any(?) order by id for no key update", asOne(ids)).Error; err != nil {
		return fmt.Errorf("lock actions: %w", err)
	}
	return nil
}

// settle makes the status of an action again what its parties say together,
// after others lead or share it.
func (s *ActionStore) settle(id domain.ActionID) error {
	if err := s.Lock(id); err != nil {
		return err
	}
	var spoken bool
	if err := s.tx.Raw("select exists (select 1 from action_party_status where action_id = ?)", id).Scan(&spoken).Error; err != nil {
		return fmt.Errorf("look for the statuses of parties: %w", err)
	}
	if !spoken {
		return nil
	}
	v, err := s.Get(domain.Scope{Staff: true}, id)
	if err != nil {
		return err
	}
	now := v.Action
	now.Settle()
	if now.Status == v.Status && now.Progress == v.Progress && now.ConfirmedOn == v.ConfirmedOn && now.StatusesDiffer == v.StatusesDiffer {
		return nil
	}
	row := rowOfAction(now)
	res := s.tx.Model(&actionRow{}).Where("id = ?", id).Select([]string{"status", "progress", "confirmed_on", "statuses_differ"}).Updates(&row)
	if res.Error != nil {
		return fmt.Errorf("settle the status of an action: %w", res.Error)
	}
	return nil
}

var reportOrdering = ordering{
	keys:     map[string]sortKey{"reportedAt": {"r.reported_at", "timestamptz"}},
	standard: "-reportedAt",
	id:       "r.id",
}

// Reports implements action.Store.
func (s *ActionStore) Reports(scope domain.Scope, id domain.ActionID, req domain.PageRequest) (domain.Page[action.StatusReport], error) {
	var out domain.Page[action.StatusReport]
	p, err := reportOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	w.add("r.action_id = ?", id)
	if !scope.Staff {
		w.add("r.public")
	}
	if out.Total, err = count(s.tx, req, " from status_report r", w); err != nil {
		return out, fmt.Errorf("count status reports: %w", err)
	}
	rows, next, err := fetch[struct {
		Report  statusReportRow `gorm:"embedded"`
		TitleFi string
		TitleSv string
		TitleEn string

		WithdrawnAt     *time.Time
		WithdrawnPostID *domain.PostID
		WithdrawnFi     string
		WithdrawnSv     string
		WithdrawnEn     string
	}](s.tx, p, `select r.*, p.title_fi, p.title_sv, p.title_en, aw.withdrawn_at, aw.withdrawn_post_id,
  coalesce(wp.title_fi, '') as withdrawn_fi, coalesce(wp.title_sv, '') as withdrawn_sv, coalesce(wp.title_en, '') as withdrawn_en`,
		` from status_report r left join post p on p.id = r.post_id
left join action_word aw on aw.report_id = r.id left join post wp on wp.id = aw.withdrawn_post_id`, w)
	if err != nil {
		return out, fmt.Errorf("list status reports: %w", err)
	}
	out.NextCursor = next
	var ended []domain.StatusReportID
	for _, row := range rows {
		if row.Report.Status.GoesOn() {
			ended = append(ended, row.Report.ID)
		}
	}
	forwards, err := s.forwardsOf(scope, ended)
	if err != nil {
		return out, err
	}
	for _, row := range rows {
		r := row.Report
		out.Items = append(out.Items, action.StatusReport{ID: r.ID, ActionID: r.ActionID, PartyID: r.PartyID, PostID: valueOf(r.PostID),
			PostTitle: domain.Text{FI: row.TitleFi, SV: row.TitleSv, EN: row.TitleEn}, Status: r.Status, Progress: r.Progress,
			Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, Reason: r.Reason, Public: r.Public, Forwards: forwards[domain.AnyID{UUID: r.ID.UUID}],
			ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt, WithdrawnAt: row.WithdrawnAt, WithdrawnBy: valueOf(row.WithdrawnPostID),
			WithdrawnPost: domain.Text{FI: row.WithdrawnFi, SV: row.WithdrawnSv, EN: row.WithdrawnEn}})
	}
	return out, nil
}
