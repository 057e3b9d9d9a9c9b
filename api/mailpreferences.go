package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// MailPreference is when and of what the caller wants the daily mail.
type MailPreference struct {
	Digest  bool         `json:"digest" doc:"Wants it at all"`
	Hour    int          `json:"hour" minimum:"0" maximum:"23" doc:"Full hour in Helsinki from which on it is sent on working days"`
	Off     []mail.Topic `json:"off" enum:"late,acceptance,papers,stale,due_soon,round_closing,round_opened" doc:"Topics that are switched off"`
	Version int          `json:"version" doc:"1 while the caller has not chosen"`
}

// MailPreferenceEdit is what the caller says of it.
type MailPreferenceEdit struct {
	Digest bool         `json:"digest"`
	Hour   int          `json:"hour" minimum:"0" maximum:"23"`
	Off    []mail.Topic `json:"off" maxItems:"20" enum:"late,acceptance,papers,stale,due_soon,round_closing,round_opened"`
}

// MailUnsubscription is what the link of a mail switched off.
type MailUnsubscription struct {
	Topic string `json:"topic" enum:"all,late,acceptance,papers,stale,due_soon,round_closing,round_opened" doc:"all: the whole daily mail"`
}

func mailPreferenceBody(p mail.Preference) MailPreference {
	return MailPreference{Digest: p.Digest, Hour: p.Hour, Off: orEmpty(p.Off), Version: p.Version}
}

func (s *Server) registerMailPreferences() {
	const tag = "Mail"
	ms := s.Services.Mails

	handle(s, operation{ID: "getMyMail", Method: http.MethodGet, Path: "/me/mail", Tag: tag, Permission: domain.ProfileEdit, Errors: []int{401, 403},
		Summary: "Tell when and of what the caller wants the daily mail"},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*ItemOutput[MailPreference], error) {
			p, err := ms.Preference(ctx, a)
			if err != nil {
				return nil, err
			}
			return item(mailPreferenceBody(p), p.Version), nil
		})

	handle(s, operation{ID: "chooseMyMail", Method: http.MethodPut, Path: "/me/mail", Tag: tag, Permission: domain.ProfileEdit, Errors: []int{401, 403, 412, 428},
		Summary: "Say when and of what the caller wants the daily mail", Description: "Mails of meetings are not news but calls, and are sent in any case."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			Body MailPreferenceEdit
		}) (*ItemOutput[MailPreference], error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			p, err := ms.Prefer(ctx, a, version, mail.PreferenceEdit(in.Body))
			if err != nil {
				return nil, stale(err, mailPreferenceBody)
			}
			return item(mailPreferenceBody(p), p.Version), nil
		})

	handle(s, operation{ID: "unsubscribeMail", Method: http.MethodPost, Path: "/mail-unsubscriptions", Tag: tag, Permission: domain.MailUnsubscribe, Errors: []int{401, 403, 404},
		Summary:     "Switch off what the link of a mail says",
		Description: "Without signing in: the token of the link names one person and one topic, or the whole daily mail, and can do nothing else. What is off already stays off. It is switched on again on the page of one's own details."},
		func(ctx context.Context, a domain.Actor, in *struct {
			Body struct {
				Token string `json:"token" minLength:"1" maxLength:"200"`
			}
		}) (*struct{ Body MailUnsubscription }, error) {
			topic, err := ms.Unsubscribe(ctx, a, in.Body.Token)
			if err != nil {
				return nil, err
			}
			if topic == "" {
				topic = "all"
			}
			return &struct{ Body MailUnsubscription }{MailUnsubscription{string(topic)}}, nil
		})
}

// mountUnsubscribe serves the address in the header of a mail (RFC 8058): programs
// post to it, without cookies and from anywhere; a person who opens it gets the page
// with the button. Opening it changes nothing.
func (s *Server) mountUnsubscribe() {
	const path = "/unsubscribe/:token"
	s.echo.GET(path, func(c echo.Context) error {
		c.Response().Header().Set("Vary", "Accept-Language")
		return c.Redirect(http.StatusFound, "/"+string(preferredLang(c.Request()))+"/unsubscribe/"+c.Param("token"))
	})
	s.echo.POST(path, func(c echo.Context) error {
		if c.FormValue("List-Unsubscribe") != "One-Click" {
			return domain.Invalid("not_one_click", "the form has no List-Unsubscribe=One-Click")
		}
		if _, err := s.Services.Mails.Unsubscribe(c.Request().Context(), domain.Actor{RequestID: requestID(c.Request().Context())}, c.Param("token")); err != nil {
			return err
		}
		return c.NoContent(http.StatusOK)
	})
}

// preferredLang is the first language of the reader's that the site has; Finnish if it
// has none.
func preferredLang(r *http.Request) domain.Lang {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(domain.Langs, domain.Lang(tag)) {
			return domain.Lang(tag)
		}
	}
	return domain.Finnish
}
