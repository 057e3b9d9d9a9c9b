package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type attachmentRow struct {
	ID               domain.AttachmentID
	AgendaItemID     domain.AgendaItemID
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Visibility       domain.Visibility
	VisibilityGround string
	RemovedAt        *time.Time
	RemovedReason    string
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
	Version          int
}

func (attachmentRow) TableName() string { return "attachment" }

func rowOfAttachment(a meeting.Attachment) attachmentRow {
	return attachmentRow{a.ID, a.ItemID, a.Title, a.Visibility, a.VisibilityGround, a.RemovedAt, a.RemovedReason, a.CreatedAt, a.UpdatedAt, a.Version}
}

func (r attachmentRow) entity() meeting.Attachment {
	return meeting.Attachment{ID: r.ID, ItemID: r.AgendaItemID, Title: r.Title, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround,
		RemovedAt: r.RemovedAt, RemovedReason: r.RemovedReason, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version}
}

type attachmentFileRow struct {
	ID           domain.AttachmentFileID
	AttachmentID domain.AttachmentID
	No           int
	Name         string
	MediaType    string
	Size         int64
	SHA256       string `gorm:"column:sha256"`
	StoredFileID domain.StoredFileID
	PostID       *domain.PostID
	UploadedAt   time.Time
}

func (attachmentFileRow) TableName() string { return "attachment_file" }

// attachmentsOf loads the attachments of items that the scope covers, with their
// files, in two queries. Who is no staff reads the present file of what is still
// there, and of what is hidden the ground.
func (s *MeetingStore) attachmentsOf(scope domain.Scope, items []domain.AgendaItemID) (map[domain.AgendaItemID][]meeting.Attachment, error) {
	out := map[domain.AgendaItemID][]meeting.Attachment{}
	rows, err := query[attachmentRow](s.tx, "select * from attachment where agenda_item_id = any(?) order by created_at, id", asOne(items))
	if err != nil {
		return nil, fmt.Errorf("load the attachments of items: %w", err)
	}
	attachments, err := s.withFiles(scope, rows)
	for _, a := range attachments {
		if scope.Staff || a.RemovedAt == nil {
			out[a.ItemID] = append(out[a.ItemID], a)
		}
	}
	return out, err
}

func (s *MeetingStore) withFiles(scope domain.Scope, rows []attachmentRow) ([]meeting.Attachment, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]domain.AttachmentID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	hidden, err := s.hiddenAttachments(scope, ids)
	if err != nil {
		return nil, err
	}
	type row struct {
		Row   attachmentFileRow `gorm:"embedded"`
		Title domain.Text       `gorm:"embedded;embeddedPrefix:title_"`
	}
	files, err := query[row](s.tx, `select f.id, f.attachment_id, f.no, f.name, f.media_type, f.size, f.sha256, f.stored_file_id, f.post_id, f.uploaded_at, p.title_fi, p.title_sv, p.title_en
from attachment_file f left join post p on p.id = f.post_id where f.attachment_id = any(?) order by f.no`, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the files of attachments: %w", err)
	}
	of := map[domain.AttachmentID][]meeting.File{}
	for _, f := range files {
		r := f.Row
		of[r.AttachmentID] = append(of[r.AttachmentID], meeting.File{ID: r.ID, No: r.No, Name: r.Name, MediaType: r.MediaType, Size: r.Size, SHA256: r.SHA256,
			StoredID: r.StoredFileID, PostID: valueOf(r.PostID), PostTitle: f.Title, UploadedAt: r.UploadedAt.UTC()})
	}
	out := make([]meeting.Attachment, len(rows))
	for i, r := range rows {
		a := r.entity()
		a.Files = of[a.ID]
		switch {
		case scope.Staff:
		case hidden[a.ID]:
			a = meeting.Attachment{ID: a.ID, ItemID: a.ItemID, Visibility: a.Visibility, VisibilityGround: a.VisibilityGround, RemovedAt: a.RemovedAt, CreatedAt: a.CreatedAt, Hidden: true}
		case len(a.Files) > 1:
			a.Files = a.Files[len(a.Files)-1:]
		}
		out[i] = a
	}
	return out, nil
}

// hiddenAttachments finds those that the scope may not see: internal then or now.
func (s *MeetingStore) hiddenAttachments(scope domain.Scope, ids []domain.AttachmentID) (map[domain.AttachmentID]bool, error) {
	out := map[domain.AttachmentID]bool{}
	if scope.Staff {
		return out, nil
	}
	var w where
	w.add("a.id in ?", ids)
	s.tx.visible(&w, scope, "a", "attachment")
	var seen []domain.AttachmentID
	if err := s.tx.Raw("select a.id from attachment a"+w.sql(), w.args...).Scan(&seen).Error; err != nil {
		return nil, fmt.Errorf("find the attachments that may be seen: %w", err)
	}
	for _, id := range ids {
		out[id] = true
	}
	for _, id := range seen {
		out[id] = false
	}
	return out, nil
}

// Attachment implements meeting.Store.
func (s *MeetingStore) Attachment(scope domain.Scope, id domain.AttachmentID) (meeting.Attachment, error) {
	var w where
	w.add("a.id = ?", id)
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	s.tx.visible(&w, scope, "a", "attachment")
	var rows []attachmentRow
	err := s.tx.Raw("select a.* from attachment a join agenda_item i on i.id = a.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id"+w.sql(), w.args...).Scan(&rows).Error
	if err != nil {
		return meeting.Attachment{}, fmt.Errorf("load an attachment: %w", err)
	}
	if len(rows) == 0 {
		return meeting.Attachment{}, domain.NotFound("attachment")
	}
	out, err := s.withFiles(scope, rows)
	if err != nil {
		return meeting.Attachment{}, err
	}
	return out[0], nil
}

// InsertAttachment implements meeting.Store.
func (s *MeetingStore) InsertAttachment(a meeting.Attachment) error {
	row := rowOfAttachment(a)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an attachment: %w", err)
	}
	return nil
}

// UpdateAttachment implements meeting.Store.
func (s *MeetingStore) UpdateAttachment(a meeting.Attachment) (meeting.Attachment, error) {
	row := rowOfAttachment(a)
	row.Version++
	res := s.tx.Model(&attachmentRow{}).Where("id = ? and version = ?", a.ID, a.Version).
		Select("title_fi", "title_sv", "title_en", "visibility", "visibility_ground", "removed_at", "removed_reason", "updated_at", "version").Updates(&row)
	if res.Error != nil {
		return a, fmt.Errorf("update an attachment: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return a, domain.Stale(domain.SubjectOf(domain.SubjectAttachment, a.ID), a.Version, nil)
	}
	a.Version = row.Version
	return a, nil
}

// InsertFile implements meeting.Store.
func (s *MeetingStore) InsertFile(a domain.AttachmentID, f meeting.File) error {
	row := attachmentFileRow{f.ID, a, f.No, f.Name, f.MediaType, f.Size, f.SHA256, f.StoredID, f.PostID.Ptr(), f.UploadedAt}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a file of an attachment: %w", err)
	}
	return nil
}
