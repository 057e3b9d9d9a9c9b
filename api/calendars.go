package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api/ical"
	"yhdyspinta/domain"
	"yhdyspinta/domain/calendar"
)

const mediaICS = "text/calendar; charset=utf-8"

// MyCalendar is the state of the caller's private calendar address.
type MyCalendar struct {
	Active bool       `json:"active"`
	MadeAt *time.Time `json:"madeAt,omitempty"`
	URL    string     `json:"url,omitempty" doc:"The address with its secret. Only the answer that made it has it"`
}

// calendarWords are those of feeds, in each language.
var calendarWords = map[domain.Lang]struct{ mine, draft, page string }{
	domain.Finnish: {"Kokoukseni – Yhdyspinta", "Luonnos: ", "Kokouksen sivu: "},
	domain.Swedish: {"Mina möten – Kontaktytan", "Utkast: ", "Mötets sida: "},
	domain.English: {"My meetings – Yhdyspinta", "Draft: ", "Page of the meeting: "},
}

// CalendarParams ask for a feed.
type CalendarParams struct {
	Lang            string `query:"lang" enum:"fi,sv,en" doc:"Language of the entries; unless given the person's own, else Finnish"`
	IfNoneMatch     string `header:"If-None-Match"`
	IfModifiedSince string `header:"If-Modified-Since"`
}

// feed writes a calendar.
func (s *Server) feed(c calendar.Calendar, in CalendarParams) *huma.StreamResponse {
	lang := domain.Lang(in.Lang)
	if lang == "" {
		lang = c.Language
	}
	if lang == "" {
		lang = domain.Finnish
	}
	w := calendarWords[lang]
	text := func(t domain.Text) string {
		v, _ := t.In(lang)
		return strings.Join(strings.Fields(v), " ")
	}
	name := w.mine
	if !c.Name.IsZero() {
		name = text(c.Name)
	}
	host := "yhdyspinta"
	if u, err := url.Parse(s.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	var changed time.Time
	events := make([]ical.Event, len(c.Events))
	for i, e := range c.Events {
		summary := fmt.Sprintf("%s %d/%d", text(e.Forum), e.Number, e.Year)
		if t := text(e.Title); t != "" {
			summary += ": " + t
		}
		draft := e.Status == "draft"
		if draft {
			summary = w.draft + summary
		}
		page := strings.TrimSuffix(s.BaseURL, "/") + "/" + string(lang) + "/meetings/" + e.ID.String()
		events[i] = ical.Event{UID: e.ID.String() + "@" + host, Sequence: e.Version, Cancelled: e.Status == "cancelled", Tentative: draft,
			Summary: summary, Description: w.page + page, Location: text(e.Place), URL: page, StartsAt: e.StartsAt, EndsAt: e.EndsAt,
			CreatedAt: e.CreatedAt, ChangedAt: e.UpdatedAt}
		if e.UpdatedAt.After(changed) {
			changed = e.UpdatedAt
		}
	}
	body := ical.Feed(name, events)
	tag := tagOf(body)
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("ETag", tag)
		ctx.SetHeader("Cache-Control", "private, no-cache")
		if !changed.IsZero() {
			ctx.SetHeader("Last-Modified", changed.UTC().Format(http.TimeFormat))
		}
		if in.IfNoneMatch != "" && matches(in.IfNoneMatch, tag) {
			ctx.SetStatus(http.StatusNotModified)
			return
		}
		ctx.SetHeader("Content-Type", mediaICS)
		ctx.SetHeader("Content-Disposition", `inline; filename="yhdyspinta.ics"`)
		ctx.SetStatus(http.StatusOK)
		_, _ = ctx.BodyWriter().Write(body) // the reader has gone away: nobody is left to tell
	}}
}

// tagOf is the ETag of what is sent.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}

// matches reports whether an If-None-Match names the tag.
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}

func (s *Server) registerCalendars() {
	const tag = "Calendars"
	cs := s.Services.Calendars

	handle(s, operation{ID: "getForumCalendar", Method: http.MethodGet, Path: "/forums/{id}/calendar.ics", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaICS,
		Summary:     "Subscribe to a public forum's meetings",
		Description: "iCalendar (RFC 5545) for everybody: forum, number, title, time and place of its public meetings from the call on, of the last year and to come. The same for whoever asks. Send the ETag as If-None-Match: 304 if nothing has changed."},
		func(ctx context.Context, _ domain.Actor, in *struct {
			CalendarParams
			ID string `path:"id" format:"uuid"`
		}) (*huma.StreamResponse, error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			c, err := cs.OfForum(ctx, id)
			if err != nil {
				return nil, err
			}
			return s.feed(c, in.CalendarParams), nil
		})

	handle(s, operation{ID: "getPrivateCalendar", Method: http.MethodGet, Path: "/calendars/{token}/meetings.ics", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaICS,
		Summary:     "Subscribe to one's own meetings",
		Description: "iCalendar of the meetings of the forums where the person's posts are members today, drafts too where they may see them, and those where a post of theirs takes a participant's place. The token in the address is the only key: no session is asked for. 404 once the address has been renewed or ended, or the person has neither a post nor a role."},
		func(ctx context.Context, _ domain.Actor, in *struct {
			CalendarParams
			Token string `path:"token" maxLength:"100"`
		}) (*huma.StreamResponse, error) {
			c, err := cs.OfToken(ctx, in.Token)
			if err != nil {
				return nil, err
			}
			return s.feed(c, in.CalendarParams), nil
		})

	handle(s, operation{ID: "getMyCalendar", Method: http.MethodGet, Path: "/me/calendar", Tag: tag, Permission: domain.ProfileEdit, Errors: []int{401, 403},
		Summary: "Tell whether the caller has a private calendar address", Description: "The address itself is told only when it is made."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body MyCalendar }, error) {
			mine, err := cs.Mine(ctx, a)
			if errors.Is(err, domain.NotFound("calendar")) {
				return &struct{ Body MyCalendar }{}, nil
			}
			if err != nil {
				return nil, err
			}
			return &struct{ Body MyCalendar }{MyCalendar{Active: true, MadeAt: &mine.MadeAt}}, nil
		})

	handle(s, operation{ID: "renewMyCalendar", Method: http.MethodPost, Path: "/me/calendar", Tag: tag, Permission: domain.ProfileEdit, Status: http.StatusCreated, Errors: []int{401, 403},
		Summary: "Make the caller's private calendar address, or a new one that ends the old", Description: "The answer holds a secret and is not kept under an Idempotency-Key: sent again, the request makes another address."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body MyCalendar }, error) {
			tellsSecret(ctx)
			mine, token, err := cs.Renew(ctx, a)
			if err != nil {
				return nil, err
			}
			return &struct{ Body MyCalendar }{MyCalendar{Active: true, MadeAt: &mine.MadeAt,
				URL: strings.TrimSuffix(s.BaseURL, "/") + "/api/v1/calendars/" + token + "/meetings.ics"}}, nil
		})

	handle(s, operation{ID: "endMyCalendar", Method: http.MethodPost, Path: "/me/calendar/end", Tag: tag, Permission: domain.ProfileEdit, Errors: []int{401, 403, 404},
		Summary: "End the caller's private calendar address"},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body MyCalendar }, error) {
			return &struct{ Body MyCalendar }{}, cs.End(ctx, a)
		})
}
