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

// InsertReport implements action.Store.
func (s *ActionStore) InsertReport(r action.StatusReport) error {
	row := statusReportRow{ID: r.ID, ActionID: r.ActionID, PartyID: r.PartyID, PostID: r.PostID.Ptr(), Status: r.Status, Progress: r.Progress,
		TextFi: r.Text.FI, TextSv: r.Text.SV, TextEn: r.Text.EN, Reason: r.Reason, Public: r.Public,
		ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt, Version: 1}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a status report: %w", err)
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
	}](s.tx, p, "select r.*, p.title_fi, p.title_sv, p.title_en", " from status_report r left join post p on p.id = r.post_id", w)
	if err != nil {
		return out, fmt.Errorf("list status reports: %w", err)
	}
	out.NextCursor = next
	for _, row := range rows {
		r := row.Report
		out.Items = append(out.Items, action.StatusReport{ID: r.ID, ActionID: r.ActionID, PartyID: r.PartyID, PostID: valueOf(r.PostID),
			PostTitle: domain.Text{FI: row.TitleFi, SV: row.TitleSv, EN: row.TitleEn}, Status: r.Status, Progress: r.Progress,
			Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, Reason: r.Reason, Public: r.Public,
			ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt})
	}
	return out, nil
}
