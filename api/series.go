package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// MeetingTemplate is what a forum's meetings have in common.
type MeetingTemplate struct {
	ID               domain.TemplateID   `json:"id" format:"uuid"`
	ForumID          domain.ForumID      `json:"forumId" format:"uuid"`
	Title            Text                `json:"title" doc:"May be empty; {number} and {year} stand for those of the meeting"`
	Place            Text                `json:"place"`
	Frequency        meeting.Frequency   `json:"frequency" enum:"monthly,weekly"`
	Weekday          int                 `json:"weekday" doc:"ISO 8601: 1 is Monday"`
	Week             int                 `json:"week" doc:"Of the month, 1 to 4; -1: the last. Of a monthly series"`
	Every            int                 `json:"every" doc:"Weeks between meetings. Of a weekly series"`
	Months           []int               `json:"months" doc:"In which the forum meets"`
	StartsAt         string              `json:"startsAt" doc:"Clock in Helsinki" example:"13:00"`
	DurationMinutes  int                 `json:"durationMinutes"`
	Items            []TemplateItem      `json:"items" doc:"What stands on every agenda, in order, with its headings"`
	Visibility       domain.Visibility   `json:"visibility" enum:"public,internal" doc:"Of the meetings and their standing items"`
	VisibilityGround string              `json:"visibilityGround,omitempty" doc:"Why they are internal"`
	Version          int                 `json:"version"`
	UpdatedAt        time.Time           `json:"updatedAt"`
	Permissions      []domain.Permission `json:"permissions" doc:"meeting_template.edit: change it; meeting.create: make the meetings of a year"`
}

// TemplateItem is a matter that stands on every agenda, or a heading over those
// that follow it.
type TemplateItem struct {
	Kind            meeting.ItemKind `json:"kind" enum:"item,heading" doc:"A heading groups what follows; it has a title only"`
	Title           Text             `json:"title"`
	MinutesReserved int              `json:"minutesReserved,omitempty"`
	Presenter       *PostRef         `json:"presenter,omitempty"`
}

// MeetingTemplateInput is what can be said of a template.
type MeetingTemplateInput struct {
	Title            Text                `json:"title,omitempty"`
	Place            Text                `json:"place,omitempty"`
	Frequency        meeting.Frequency   `json:"frequency" enum:"monthly,weekly"`
	Weekday          int                 `json:"weekday" minimum:"1" maximum:"7"`
	Week             int                 `json:"week" minimum:"-1" maximum:"4" default:"1" required:"false"`
	Every            int                 `json:"every" minimum:"1" maximum:"12" default:"1" required:"false"`
	Months           []int               `json:"months" maxItems:"12" doc:"In which the forum meets; one that is named twice counts once"`
	StartsAt         string              `json:"startsAt" maxLength:"5" example:"13:00"`
	DurationMinutes  int                 `json:"durationMinutes" minimum:"5" maximum:"720"`
	Items            []TemplateItemInput `json:"items,omitempty" maxItems:"60"`
	Visibility       domain.Visibility   `json:"visibility" enum:"public,internal"`
	VisibilityGround string              `json:"visibilityGround,omitempty" maxLength:"300"`
}

// TemplateItemInput is what can be said of a standing item or a heading.
type TemplateItemInput struct {
	Kind            meeting.ItemKind `json:"kind,omitempty" enum:"item,heading" doc:"item unless said; of a heading only the title counts"`
	Title           Text             `json:"title"`
	MinutesReserved int              `json:"minutesReserved,omitempty" minimum:"0" maximum:"1440"`
	PresenterPostID domain.PostID    `json:"presenterPostId,omitempty" format:"uuid"`
}

// ClosedDay is a day on which no meeting is held.
type ClosedDay struct {
	On      domain.Date `json:"on" format:"date"`
	Holiday *Text       `json:"holiday,omitempty" doc:"Its name; missing: an ordinary Saturday or Sunday"`
}

// SeriesDay is one day of a series.
type SeriesDay struct {
	On      domain.Date       `json:"on" format:"date" doc:"By the rule; names the day when the meetings are made"`
	Date    domain.Date       `json:"date" format:"date" doc:"When the meeting is held: the same, or the next working day"`
	Skipped []ClosedDay       `json:"skipped" doc:"The days between the two, on which nobody works"`
	State   meeting.SlotState `json:"state" enum:"missing,near,made,past" doc:"near: a meeting can be made, but the forum meets within six days of it anyway"`
	Meeting *MeetingRef       `json:"meeting,omitempty" doc:"That is made or near"`
	Year    int               `json:"year,omitempty" doc:"Of the meeting that would be made"`
	Number  int               `json:"number,omitempty" doc:"That it would get, if all were made"`
}

// Series is a preview of a year's meetings.
type Series struct {
	Year            int         `json:"year"`
	TemplateVersion int         `json:"templateVersion" doc:"If-Match of making them"`
	Days            []SeriesDay `json:"days"`
}

// SeriesInput says which meetings of a year to make.
type SeriesInput struct {
	Year int           `json:"year" minimum:"1900" maximum:"2200"`
	Days []domain.Date `json:"days" minItems:"1" maxItems:"60" doc:"By the rule, as the preview names them"`
}

// SeriesMade tells which drafts were made.
type SeriesMade struct {
	Meetings []MeetingRef `json:"meetings"`
	Items    int          `json:"items" doc:"Standing items on their agendas together, without headings"`
}

func clockOf(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func templateBody(a domain.Actor) func(meeting.Template) MeetingTemplate {
	return func(t meeting.Template) MeetingTemplate {
		out := MeetingTemplate{ID: t.ID, ForumID: t.ForumID, Title: t.Title, Place: t.Place, Frequency: t.Frequency, Weekday: t.Weekday, Week: t.Week, Every: t.Every,
			Months: t.Months, StartsAt: clockOf(t.StartsMinute), DurationMinutes: t.DurationMinutes, Items: make([]TemplateItem, len(t.Items)),
			Visibility: t.Visibility, VisibilityGround: t.VisibilityGround, Version: t.Version, UpdatedAt: t.UpdatedAt, Permissions: t.Permissions(a)}
		for i, item := range t.Items {
			out.Items[i] = TemplateItem{Kind: item.Kind, Title: item.Title, MinutesReserved: item.MinutesReserved}
			if !item.PresenterID.IsZero() {
				out.Items[i].Presenter = &PostRef{ID: item.PresenterID, Title: item.PresenterTitle, PartyID: item.PresenterParty}
			}
		}
		return out
	}
}

func (in MeetingTemplateInput) edit() meeting.TemplateEdit {
	e := meeting.TemplateEdit{Title: in.Title, Place: in.Place, Frequency: in.Frequency, Weekday: in.Weekday, Week: in.Week, Every: in.Every, Months: in.Months,
		StartsMinute: -1, DurationMinutes: in.DurationMinutes, Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
	if t, err := time.Parse("15:04", in.StartsAt); err == nil {
		e.StartsMinute = t.Hour()*60 + t.Minute()
	}
	for _, i := range in.Items {
		e.Items = append(e.Items, meeting.TemplateItem{Kind: i.Kind, Title: i.Title, MinutesReserved: i.MinutesReserved, PresenterID: i.PresenterPostID})
	}
	return e
}

func seriesMeetingRef(m *meeting.SeriesMeeting, ends time.Time) *MeetingRef {
	if m == nil {
		return nil
	}
	return &MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: ends, Status: string(m.Status)}
}

func (s *Server) registerSeries() {
	const tag = "Forums"
	series := s.Services.Series

	handle(s, operation{ID: "getMeetingTemplate", Method: http.MethodGet, Path: "/forums/{id}/meeting-template", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get the template of a forum's meetings", Description: "For staff of either party; 404 also while the forum has none."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[MeetingTemplate], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			t, err := series.Template(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(templateBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "createMeetingTemplate", Method: http.MethodPost, Path: "/forums/{id}/meeting-template", Tag: tag, Permission: domain.TemplateEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Give a forum the template of its meetings"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MeetingTemplateInput
		}) (*ItemOutput[MeetingTemplate], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			t, err := series.CreateTemplate(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(templateBody(a)(t), t.Version, "/forums/"+id.String()+"/meeting-template"), nil
		})

	handle(s, operation{ID: "updateMeetingTemplate", Method: http.MethodPut, Path: "/forums/{id}/meeting-template", Tag: tag, Permission: domain.TemplateEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the template of a forum's meetings", Description: "Meetings that were made of it stay as they are."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body MeetingTemplateInput
		}) (*ItemOutput[MeetingTemplate], error) {
			var id domain.ForumID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "forum")); err != nil {
				return nil, err
			}
			t, err := series.ChangeTemplate(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, templateBody(a))
			}
			return item(templateBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "previewSeries", Method: http.MethodGet, Path: "/forums/{id}/series", Tag: tag, Permission: domain.MeetingCreate,
		Errors: []int{401, 403, 404}, Summary: "Preview the meetings that the template makes in a year",
		Description: "Nothing is made. A day that is a holiday, an eve that is free at work, a Saturday or a Sunday moves to the next working day."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Year int    `query:"year" required:"true" minimum:"1900" maximum:"2200"`
		}) (*struct{ Body Series }, error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			t, slots, err := series.Preview(ctx, a, id, in.Year)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body Series }{Series{Year: in.Year, TemplateVersion: t.Version, Days: make([]SeriesDay, len(slots))}}
			for i, d := range slots {
				day := SeriesDay{On: d.On, Date: d.Date, Skipped: []ClosedDay{}, State: d.State, Year: d.Year, Number: d.Number}
				if d.Meeting != nil {
					day.Meeting = seriesMeetingRef(d.Meeting, d.Meeting.StartsAt.Add(time.Duration(t.DurationMinutes)*time.Minute))
				}
				for _, c := range d.Skipped {
					closed := ClosedDay{On: c.On}
					if !c.Name.IsZero() {
						closed.Holiday = &c.Name
					}
					day.Skipped = append(day.Skipped, closed)
				}
				out.Body.Days[i] = day
			}
			return out, nil
		})

	handle(s, operation{ID: "createSeries", Method: http.MethodPost, Path: "/forums/{id}/series", Tag: tag, Permission: domain.MeetingCreate, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Make drafts for days of a year",
		Description: "If-Match is the version of the template that was previewed. All are made or none; days that have their meeting are passed over, and 409 series_complete if all have."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body SeriesInput
		}) (*struct{ Body SeriesMade }, error) {
			var id domain.ForumID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "forum")); err != nil {
				return nil, err
			}
			made, err := series.Create(ctx, a, id, version, in.Body.Year, in.Body.Days)
			if err != nil {
				return nil, stale(err, templateBody(a))
			}
			out := &struct{ Body SeriesMade }{SeriesMade{Meetings: []MeetingRef{}, Items: made.Items}}
			for _, m := range made.Meetings {
				out.Body.Meetings = append(out.Body.Meetings, MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: string(m.Status)})
			}
			return out, nil
		})
}
