package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Attachment is a document of an agenda item. Of a hidden one only the ground is
// told.
type Attachment struct {
	ID               domain.AttachmentID `json:"id" format:"uuid"`
	Title            Text                `json:"title"`
	Hidden           bool                `json:"hidden" doc:"The caller may not read it"`
	Visibility       domain.Visibility   `json:"visibility" enum:"public,internal"`
	VisibilityGround string              `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Files            []AttachmentFile    `json:"files" doc:"Oldest first: the last is the present one. Staff see replaced ones too"`
	RemovedAt        *time.Time          `json:"removedAt,omitempty"`
	RemovedReason    string              `json:"removedReason,omitempty"`
	Version          int                 `json:"version"`
}

// AttachmentFile is one file that an attachment has or had.
type AttachmentFile struct {
	No         int       `json:"no"`
	Name       string    `json:"name"`
	MediaType  string    `json:"mediaType" doc:"By its content"`
	Size       int64     `json:"size" doc:"Bytes"`
	SHA256     string    `json:"sha256"`
	UploadedAt time.Time `json:"uploadedAt"`
	UploadedBy *Text     `json:"uploadedBy,omitempty" doc:"The post"`
}

func attachmentBody(a meeting.Attachment) Attachment {
	b := Attachment{ID: a.ID, Title: a.Title, Hidden: a.Hidden, Visibility: a.Visibility, VisibilityGround: a.VisibilityGround, Files: []AttachmentFile{},
		RemovedAt: a.RemovedAt, RemovedReason: a.RemovedReason, Version: a.Version}
	for _, f := range a.Files {
		file := AttachmentFile{No: f.No, Name: f.Name, MediaType: f.MediaType, Size: f.Size, SHA256: f.SHA256, UploadedAt: f.UploadedAt}
		if !f.PostID.IsZero() {
			file.UploadedBy = &f.PostTitle
		}
		b.Files = append(b.Files, file)
	}
	return b
}

func attachmentsOf(as []meeting.Attachment) []Attachment {
	out := make([]Attachment, len(as))
	for i, a := range as {
		out[i] = attachmentBody(a)
	}
	return out
}

// AttachmentInput is what can be said of an attachment.
type AttachmentInput struct {
	Title            Text              `json:"title"`
	Visibility       domain.Visibility `json:"visibility" enum:"public,internal"`
	VisibilityGround string            `json:"visibilityGround,omitempty" maxLength:"300"`
}

// upload is the body of a request as it arrives: nobody holds it in memory.
type upload struct{ body io.Reader }

// uploadTime is how long a file may take to arrive: the server's own limit is
// meant for what people type.
const uploadTime = 10 * time.Minute

// Resolve takes the body before anybody reads it.
func (u *upload) Resolve(ctx huma.Context) []error {
	u.body = ctx.BodyReader()
	takeTime(http.NewResponseController(humaecho.Unwrap(ctx).Response()))
	return nil
}

// takeTime lets a file take its time. Where the connection has no limit, as in tests, there
// is none to lift. The answer comes after the file, so its limit moves too.
func takeTime(c *http.ResponseController) {
	_ = c.SetReadDeadline(time.Now().Add(uploadTime))
	_ = c.SetWriteDeadline(time.Now().Add(uploadTime + time.Minute))
}

func (s *Server) registerAttachments() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "addAttachment", Method: http.MethodPost, Path: "/agenda-items/{id}/attachments", Tag: tag, Permission: domain.MeetingEdit, Upload: true,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409, 413, 503}, Summary: "Attach a document to an agenda item",
		Description: "The body is the file itself. PDF, Word, Excel, PowerPoint and OpenDocument files without macros, PNG, JPEG, plain text and CSV, by their content; 422 file_type_not_allowed for others, 413 file_too_large above the configured size, 503 attachment_not_kept or storage_full where the server cannot keep it now. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			upload
			ID         string `path:"id" format:"uuid"`
			Name       string `query:"name" required:"true" maxLength:"300" doc:"Name of the file"`
			TitleFI    string `query:"titleFi" maxLength:"300"`
			TitleSV    string `query:"titleSv" maxLength:"300"`
			TitleEN    string `query:"titleEn" maxLength:"300" doc:"Without any title the name of the file is it"`
			Visibility string `query:"visibility" required:"true" enum:"public,internal"`
			Ground     string `query:"visibilityGround" maxLength:"300" doc:"Why it is internal"`
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			e := meeting.AttachmentEdit{Title: domain.Text{FI: in.TitleFI, SV: in.TitleSV, EN: in.TitleEN}, Visibility: domain.Visibility(in.Visibility),
				VisibilityGround: strings.TrimSpace(in.Ground)}
			if e.Title.Trim().IsZero() {
				e.Title.FI = meeting.FileName(in.Name)
			}
			m, i, err := meetings.Attach(ctx, a, id, in.Name, e, in.body)
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "replaceAttachmentFile", Method: http.MethodPost, Path: "/attachments/{id}/files", Tag: tag, Permission: domain.MeetingEdit, Upload: true,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409, 412, 413, 428, 503}, Summary: "Replace the file of an attachment",
		Description: "As addAttachment; the old file stays readable for staff. If-Match is the attachment's version. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			upload
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Name string `query:"name" required:"true" maxLength:"300" doc:"Name of the file"`
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AttachmentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "attachment")); err != nil {
				return nil, err
			}
			m, i, err := meetings.ReplaceFile(ctx, a, id, version, in.Name, in.body)
			if err != nil {
				return nil, stale(err, attachmentBody)
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateAttachment", Method: http.MethodPut, Path: "/attachments/{id}", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Change the title or visibility of an attachment", Description: "If-Match is its version. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body AttachmentInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AttachmentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "attachment")); err != nil {
				return nil, err
			}
			m, i, err := meetings.ChangeAttachment(ctx, a, id, version,
				meeting.AttachmentEdit{Title: in.Body.Title, Visibility: in.Body.Visibility, VisibilityGround: strings.TrimSpace(in.Body.VisibilityGround)})
			if err != nil {
				return nil, stale(err, attachmentBody)
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "removeAttachment", Method: http.MethodPost, Path: "/attachments/{id}/removal", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Remove an attachment", Description: "With a reason; staff see that it was there. Answers with the item."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body RemovalInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AttachmentID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "attachment")); err != nil {
				return nil, err
			}
			m, i, err := meetings.RemoveAttachment(ctx, a, id, version, strings.TrimSpace(in.Body.Reason))
			if err != nil {
				return nil, stale(err, attachmentBody)
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "downloadAttachment", Method: http.MethodGet, Path: "/attachments/{id}/content", Tag: tag, Permission: readScope, Errors: []int{404, 503},
		Media: "application/octet-stream", Summary: "Download a file of an attachment",
		Description: "Always as a file to save, never to show in the browser. Its type and its SHA-256 stand in the item. 503 attachment_unavailable: the server cannot read it from where it was kept."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			File int    `query:"file" minimum:"0" doc:"Number of the file; 0 or missing: the present one"`
		}) (*huma.StreamResponse, error) {
			var id domain.AttachmentID
			if err := pathID(&id, in.ID, "attachment"); err != nil {
				return nil, err
			}
			f, r, err := meetings.Download(ctx, a, id, in.File)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(hc huma.Context) {
				defer func() { _ = r.Close() }()
				hc.SetHeader("Content-Type", "application/octet-stream")
				hc.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
				hc.SetHeader("Content-Disposition", disposition(f.Name))
				hc.SetHeader("Content-Security-Policy", safePolicy+"; sandbox")
				hc.SetHeader("Cache-Control", "private, no-store")
				if _, err := io.Copy(hc.BodyWriter(), r); err != nil {
					s.Log.Error("could not send a file", "request", requestID(ctx), "error", err)
				}
			}}, nil
		})
}

// disposition makes a browser save a file under its name, whatever letters it has.
func disposition(name string) string {
	if v := mime.FormatMediaType("attachment", map[string]string{"filename": name}); v != "" {
		return v
	}
	return "attachment"
}
