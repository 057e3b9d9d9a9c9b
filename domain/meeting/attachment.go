package meeting

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"yhdyspinta/domain"
)

// Attachment is a document of an agenda item (liite, bilaga). It is as visible
// as its item, or less. Replacing its file keeps the old one; removing it ends
// it with a reason.
type Attachment struct {
	ID               domain.AttachmentID `audit:"ignore"`
	ItemID           domain.AgendaItemID `audit:"track"`
	Title            domain.Text         `audit:"track"`
	Visibility       domain.Visibility   `audit:"track"`
	VisibilityGround string              `audit:"track"` // why it is internal
	RemovedAt        *time.Time          `audit:"ignore"`
	RemovedReason    string              `audit:"track"`
	CreatedAt        time.Time           `audit:"ignore"`
	UpdatedAt        time.Time           `audit:"ignore"`
	Version          int                 `audit:"ignore"`
	Files            []File              `audit:"ignore"` // oldest first: the last is the present one
	Hidden           bool                `audit:"ignore"` // the reader may not see it: only the ground is told
}

// File is one file that an attachment has or had.
type File struct {
	ID         domain.AttachmentFileID `audit:"ignore"`
	No         int                     `audit:"track"` // from 1
	Name       string                  `audit:"track"`
	MediaType  string                  `audit:"track"` // by its content
	Size       int64                   `audit:"track"` // bytes
	SHA256     string                  `audit:"track"` // hexadecimal
	StoredID   domain.StoredFileID     `audit:"ignore"`
	PostID     domain.PostID           `audit:"ignore"`
	PostTitle  domain.Text             `audit:"ignore"` // filled by storage
	UploadedAt time.Time               `audit:"ignore"`
}

// AttachmentEdit is what can be said of an attachment.
type AttachmentEdit struct {
	Title            domain.Text
	Visibility       domain.Visibility
	VisibilityGround string
}

// StoredFile is a file whose bytes have been taken in.
type StoredFile struct {
	ID        domain.StoredFileID
	Size      int64
	SHA256    string
	MediaType string // by its content
}

// fileTypes are the media types that attachments may have, with the endings of
// their names. Nothing that a browser runs is among them, nor documents with
// macros.
var fileTypes = map[string][]string{
	"application/pdf": {".pdf"},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   {".docx"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         {".xlsx"},
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": {".pptx"},
	"application/vnd.oasis.opendocument.text":                                   {".odt"},
	"application/vnd.oasis.opendocument.spreadsheet":                            {".ods"},
	"application/vnd.oasis.opendocument.presentation":                           {".odp"},
	"image/png":  {".png"},
	"image/jpeg": {".jpg", ".jpeg"},
	"text/plain": {".txt"},
	"text/csv":   {".csv"},
}

// CheckFileName is nil if the name ends as one of the types that attachments may
// have: what can be said before the file has been read.
func CheckFileName(name string) error {
	ending := strings.ToLower(path.Ext(name))
	for _, endings := range fileTypes {
		if slices.Contains(endings, ending) {
			return nil
		}
	}
	return domain.InvalidField("name", "file_type_not_allowed")
}

// checkFile is nil if a file's content is of a type that attachments may have,
// and its name says so too. A table of plain text is told from other text by its
// name only.
func checkFile(name string, f StoredFile) error {
	if f.Size == 0 {
		return domain.InvalidField("name", "file_empty")
	}
	endings := fileTypes[f.MediaType]
	if f.MediaType == "text/plain" || f.MediaType == "text/csv" {
		endings = []string{".txt", ".csv"}
	}
	if !slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		return domain.InvalidField("name", "file_type_not_allowed")
	}
	return nil
}

// FileName is a name as it is kept: its last part, without what would confuse a
// header or a file system.
func FileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*/`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.TrimSpace(name), ".")
	if r := []rune(name); len(r) > 200 {
		ending := []rune(path.Ext(name))
		if len(ending) > 10 {
			ending = nil
		}
		name = string(r[:200-len(ending)]) + string(ending)
	}
	return name
}

// Attach makes an attachment of an item. Until its paper is approved it can
// have more.
func (m Meeting) Attach(id domain.AttachmentID, i AgendaItem, e AttachmentEdit, now time.Time) (Attachment, error) {
	a := Attachment{ID: id, ItemID: i.ID, CreatedAt: now, Version: 1}
	if err := m.in("meeting_locked", Draft, Called, InProgress, Closed); err != nil {
		return a, err
	}
	if i.Kind == Heading {
		return a, domain.Conflict("heading_stays", string(m.Status), "a heading has no attachments")
	}
	return a, a.change(i, e, now)
}

// ChangeAttachment replaces what is said of an attachment.
func (m Meeting) ChangeAttachment(a *Attachment, i AgendaItem, e AttachmentEdit, now time.Time) error {
	if err := m.attachable(*a); err != nil {
		return err
	}
	return a.change(i, e, now)
}

func (m Meeting) attachable(a Attachment) error {
	if err := m.in("meeting_locked", Draft, Called, InProgress, Closed); err != nil {
		return err
	}
	if a.RemovedAt != nil {
		return domain.Conflict("attachment_removed", string(m.Status), "it has been removed")
	}
	return nil
}

func (a *Attachment) change(i AgendaItem, e AttachmentEdit, now time.Time) error {
	var v domain.Violations
	e.Title = e.Title.Trim()
	e.Title.Check(&v, "/title", true, maxTitle)
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	if err := v.Err(); err != nil {
		return err
	}
	a.Title, a.Visibility, a.VisibilityGround, a.UpdatedAt = e.Title, e.Visibility, e.VisibilityGround, now
	return nil
}

// AddFile gives an attachment a file; the one that it had stays readable.
func (m Meeting) AddFile(a *Attachment, id domain.AttachmentFileID, name string, f StoredFile, post domain.PostID, now time.Time) (File, error) {
	if err := m.attachable(*a); err != nil {
		return File{}, err
	}
	name = FileName(name)
	if err := checkFile(name, f); err != nil {
		return File{}, err
	}
	no := 1
	if n := len(a.Files); n > 0 {
		no = a.Files[n-1].No + 1
	}
	file := File{ID: id, No: no, Name: name, MediaType: f.MediaType, Size: f.Size, SHA256: f.SHA256, StoredID: f.ID, PostID: post, UploadedAt: now}
	a.Files, a.UpdatedAt = append(slices.Clone(a.Files), file), now
	return file, nil
}

// RemoveAttachment ends an attachment with a reason. Its trace stays.
func (m Meeting) RemoveAttachment(a *Attachment, reason string, now time.Time) error {
	if err := m.attachable(*a); err != nil {
		return err
	}
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	a.RemovedAt, a.RemovedReason, a.UpdatedAt = &now, reason, now
	return nil
}

// File returns one of an attachment's files, 0 the present one.
func (a Attachment) File(no int) (File, bool) {
	if no == 0 && len(a.Files) > 0 {
		return a.Files[len(a.Files)-1], true
	}
	at := slices.IndexFunc(a.Files, func(f File) bool { return f.No == no })
	if at < 0 {
		return File{}, false
	}
	return a.Files[at], true
}
