package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

type wordRow struct {
	ID                domain.WordID
	ActionID          domain.ActionID
	PartyID           domain.PartyID
	PostID            *domain.PostID
	ReportID          *domain.StatusReportID
	Joint             bool
	SpokenBefore      bool
	SaidStatus        *action.Status
	SaidProgress      *int
	SaidConfirmedOn   domain.Date
	SaidReportID      *domain.StatusReportID
	StatusBefore      action.Status
	ProgressBefore    int
	BeforeConfirmedOn domain.Date
	ResultBefore      domain.Text `gorm:"embedded;embeddedPrefix:result_before_"`
	Result            domain.Text `gorm:"embedded;embeddedPrefix:result_"`
	PhaseBeforeID     *domain.PhaseID
	PhaseAfterID      *domain.PhaseID
	SaidAt            time.Time
	WithdrawnAt       *time.Time
	WithdrawnPostID   *domain.PostID
	Version           int
}

func (wordRow) TableName() string { return "action_word" }

func rowOfWord(w action.Word) wordRow {
	r := wordRow{ID: w.ID, ActionID: w.ActionID, PartyID: w.PartyID, PostID: w.PostID.Ptr(), ReportID: w.ReportID.Ptr(), Joint: w.Joint,
		SpokenBefore: w.Before.Spoken, StatusBefore: w.Status, ProgressBefore: w.Progress, BeforeConfirmedOn: w.ConfirmedOn,
		ResultBefore: w.Result, Result: w.ResultAfter, PhaseBeforeID: w.Phase.Ptr(), PhaseAfterID: w.PhaseAfter.Ptr(), SaidAt: w.SaidAt, WithdrawnAt: w.WithdrawnAt, WithdrawnPostID: w.WithdrawnBy.Ptr(), Version: w.Version}
	if b := w.Before; b.Spoken {
		r.SaidStatus, r.SaidProgress, r.SaidConfirmedOn, r.SaidReportID = &b.Status, &b.Progress, b.ConfirmedOn, b.ReportID.Ptr()
	}
	return r
}

func (r wordRow) entity() action.Word {
	w := action.Word{ID: r.ID, ActionID: r.ActionID, PartyID: r.PartyID, PostID: valueOf(r.PostID), ReportID: valueOf(r.ReportID), Joint: r.Joint,
		Status: r.StatusBefore, Progress: r.ProgressBefore, ConfirmedOn: r.BeforeConfirmedOn, Result: r.ResultBefore, ResultAfter: r.Result, Phase: valueOf(r.PhaseBeforeID), PhaseAfter: valueOf(r.PhaseAfterID),
		SaidAt: r.SaidAt.UTC(), WithdrawnAt: r.WithdrawnAt, WithdrawnBy: valueOf(r.WithdrawnPostID), Version: r.Version}
	if r.SpokenBefore && r.SaidStatus != nil && r.SaidProgress != nil {
		w.Before = action.PartyStatus{PartyID: r.PartyID, Spoken: true, Status: *r.SaidStatus, Progress: *r.SaidProgress, ConfirmedOn: r.SaidConfirmedOn, ReportID: valueOf(r.SaidReportID)}
	}
	return w
}

// InsertWord implements action.Store.
func (s *ActionStore) InsertWord(w action.Word) error {
	row := rowOfWord(w)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert what a party said: %w", err)
	}
	return nil
}

// WithdrawWord implements action.Store.
func (s *ActionStore) WithdrawWord(w action.Word) error {
	row := rowOfWord(w)
	row.Version++
	res := s.tx.Model(&wordRow{}).Where("id = ? and version = ?", w.ID, w.Version).Select("withdrawn_at", "withdrawn_post_id", "version").Updates(&row)
	if res.Error != nil {
		return fmt.Errorf("take back what a party said: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return fmt.Errorf("take back what a party said: version %d of %s is gone although its action is locked", w.Version, w.ID)
	}
	return nil
}

// ForgetSaid implements action.Store.
func (s *ActionStore) ForgetSaid(id domain.ActionID, party domain.PartyID) error {
	if err := s.tx.Exec("delete from action_party_status where action_id = ? and party_id = ?", id, party).Error; err != nil {
		return fmt.Errorf("forget the status of a party: %w", err)
	}
	return nil
}

func (s *ActionStore) words(w where, order string) ([]action.Word, error) {
	rows, err := query[wordRow](s.tx, "select * from action_word w"+w.sql()+" order by "+order, w.args...)
	if err != nil {
		return nil, fmt.Errorf("load what parties said: %w", err)
	}
	out := make([]action.Word, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out, nil
}

func (s *ActionStore) oneWord(w where, order string) (*action.Word, error) {
	words, err := s.words(w, order+" limit 1")
	if err != nil || len(words) == 0 {
		return nil, err
	}
	return &words[0], nil
}

// latestWord is the latest that stands: of the party or said for all, or of anybody if
// it is joint.
func (s *ActionStore) latestWord(id domain.ActionID, party domain.PartyID, joint bool) (*action.Word, error) {
	var w where
	w.add("w.action_id = ? and w.withdrawn_at is null", id)
	if !joint {
		w.add("(w.joint or w.party_id = ?)", party)
	}
	return s.oneWord(w, "w.said_at desc, w.id desc")
}

// LatestWord implements action.Store.
func (s *ActionStore) LatestWord(id domain.ActionID, party domain.PartyID, joint bool) (*action.Word, error) {
	latest, err := s.latestWord(id, party, joint)
	if err != nil || latest == nil || latest.PartyID != party || latest.Joint != joint {
		return nil, err
	}
	return latest, nil
}

// Words implements action.Store.
func (s *ActionStore) Words(id domain.ActionID, word domain.WordID) (action.Words, error) {
	var out action.Words
	var w, first, changed, moved where
	w.add("w.action_id = ? and w.id = ?", id, word)
	meant, err := s.oneWord(w, "w.id")
	if err != nil {
		return out, err
	}
	if meant == nil {
		return out, domain.NotFound("word")
	}
	out.Word = *meant
	latest, err := s.latestWord(id, meant.PartyID, meant.Joint)
	if err != nil {
		return out, err
	}
	if latest != nil {
		out.Latest = latest.ID
	}
	first.add("w.action_id = ? and not w.joint", id)
	oldest, err := s.oneWord(first, "w.said_at, w.id")
	if err != nil {
		return out, err
	}
	if oldest != nil {
		out.First = *oldest
	}
	changed.add("w.action_id = ? and (w.result_fi, w.result_sv, w.result_en) <> (w.result_before_fi, w.result_before_sv, w.result_before_en)", id)
	if out.Results, err = s.words(changed, "w.said_at desc, w.id desc"); err != nil || out.Word.Phase == out.Word.PhaseAfter {
		return out, err
	}
	moved.add("w.action_id = ? and w.phase_before_id is distinct from w.phase_after_id", id)
	if out.Phases, err = s.words(moved, "w.said_at desc, w.id desc"); err != nil {
		return out, err
	}
	words := []*action.Word{&out.Word}
	for i := range out.Phases {
		words = append(words, &out.Phases[i])
	}
	return out, s.phasesNow(words...)
}
