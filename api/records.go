package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// RecordReport tells what a file of an existing meeting holds, and what is wrong
// with it.
type RecordReport struct {
	Valid      bool              `json:"valid" doc:"Nothing is wrong: it can be imported"`
	Errors     []RecordError     `json:"errors" doc:"At most 200"`
	StartsAt   *time.Time        `json:"startsAt,omitempty"`
	Number     int               `json:"number,omitempty" doc:"That the meeting has or would get"`
	Items      int               `json:"items"`
	Outcomes   int               `json:"outcomes"`
	Attendance int               `json:"attendance" doc:"Members whose attendance it tells"`
	Meeting    *domain.MeetingID `json:"meetingId,omitempty" format:"uuid" doc:"That was made; missing after a dry run"`
}

// RecordError is one thing that is wrong with a file.
type RecordError struct {
	Pointer string `json:"pointer" doc:"JSON pointer into the record"`
	Code    string `json:"code"`
	Key     string `json:"key,omitempty" doc:"The key or heading"`
	Sheet   string `json:"sheet,omitempty" doc:"Of a workbook"`
	Cell    string `json:"cell,omitempty" doc:"Of a workbook, e.g. C4"`
	Line    int    `json:"line,omitempty" doc:"Line of the text file, or row of the sheet"`
	Column  int    `json:"column,omitempty"`
}

const maxRecordErrors = 200

// keyAt is the key that a pointer ends in, as a file writes it; "" for a row.
func keyAt(pointer string) string {
	parts := strings.Split(pointer, "/")
	last := parts[len(parts)-1]
	switch {
	case strings.Trim(last, "0123456789") == "":
		return ""
	case len(last) == 2 && len(parts) > 2: // a language
		return parts[len(parts)-2] + "." + last
	}
	return last
}

func (s *Server) registerRecords() {
	const tag = "Meetings"
	for _, run := range []struct {
		id, path, summary string
		dry               bool
		status            int
	}{
		{"checkMeetingRecord", "/forums/{id}/meeting-import-checks", "Check a file of an existing meeting without importing it", true, 0},
		{"importMeetingRecord", "/forums/{id}/meeting-imports", "Import an existing meeting with its attendance, items and outcomes from a file", false, http.StatusCreated},
	} {
		handle(s, operation{ID: run.id, Method: http.MethodPost, Path: run.path, Tag: tag, Permission: domain.MeetingImport, Status: run.status,
			Errors: []int{401, 403, 404, 409, 413}, Summary: run.summary,
			Description: "The body is a YAML or XLSX file of at most 2 MB; GET /meeting-record.xlsx gives an empty workbook. The meeting becomes a closed one with the forum's members of its day as participants; referrals are sent now. Its secretary completes it and sends it to approval. The log says that it was imported."},
			func(ctx context.Context, a domain.Actor, in *struct {
				ID      string `path:"id" format:"uuid"`
				RawBody []byte `contentType:"application/octet-stream"`
			}) (*struct{ Body RecordReport }, error) {
				var id domain.ForumID
				if err := pathID(&id, in.ID, "forum"); err != nil {
					return nil, err
				}
				f := readRecord(in.RawBody)
				out := &struct{ Body RecordReport }{RecordReport{Errors: []RecordError{}, Items: len(f.record.Items), Attendance: len(f.record.Attendance)}}
				for _, i := range f.record.Items {
					out.Body.Outcomes += len(i.Outcomes)
				}
				made, err := s.Services.Meetings.Import(ctx, a, id, f.record, run.dry || len(f.errors) > 0)
				invalid, ok := errors.AsType[*domain.Error](err)
				if err != nil && (!ok || invalid.Kind != domain.KindInvalid) {
					return nil, err
				}
				if invalid != nil {
					unread := slices.ContainsFunc(f.errors, func(e recordError) bool { return e.pointer == "/meeting" || strings.HasPrefix(e.pointer, "/meeting/") })
					for _, e := range invalid.Fields {
						if unread && strings.HasPrefix(e.Pointer, "/meeting/") { // it follows from what could not be read
							continue
						}
						f.wrong(e.Pointer, e.Code, keyAt(e.Pointer), f.where(e.Pointer))
					}
				}
				told := map[string]bool{}
				for _, e := range f.errors {
					if told[e.pointer] || len(out.Body.Errors) == maxRecordErrors { // the first word on a value is enough
						continue
					}
					told[e.pointer] = true
					out.Body.Errors = append(out.Body.Errors, RecordError{Pointer: e.pointer, Code: e.code, Key: e.key, Sheet: e.at.Sheet, Cell: e.at.Cell, Line: e.at.Line, Column: e.at.Column})
				}
				if len(out.Body.Errors) > 0 {
					if run.dry {
						return out, nil
					}
					var v domain.Violations
					for _, e := range out.Body.Errors {
						v.Add(e.Pointer, e.Code)
					}
					return nil, v.Err()
				}
				out.Body.Valid, out.Body.Number, out.Body.StartsAt = true, made.Meeting.Number, &made.Meeting.StartsAt
				if !run.dry {
					out.Body.Meeting = &made.Meeting.ID
				}
				return out, nil
			})
	}

	handle(s, operation{ID: "getMeetingRecordTemplate", Method: http.MethodGet, Path: "/meeting-record.xlsx", Tag: tag, Permission: readScope, Media: mediaXLSX,
		Summary: "Download an empty workbook for importing an existing meeting"},
		func(_ context.Context, _ domain.Actor, in *struct {
			Lang string `query:"lang" enum:"fi,sv" default:"fi" doc:"Language of the headings; both are read"`
		}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(ctx huma.Context) {
				ctx.SetHeader("Content-Type", mediaXLSX)
				ctx.SetHeader("Content-Disposition", `attachment; filename="meeting-`+in.Lang+`.xlsx"`)
				ctx.SetStatus(http.StatusOK)
				if err := writeRecordTemplate(ctx.BodyWriter(), domain.Lang(in.Lang)); err != nil {
					s.brokenExport(ctx, errBegun{err})
				}
			}}, nil
		})
}
