package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// MailTemplate is what the mails of one kind say to the people of a party.
type MailTemplate struct {
	PartyID     domain.PartyID      `json:"partyId" format:"uuid"`
	Kind        mail.Kind           `json:"kind" enum:"meeting_called,meeting_changed,meeting_cancelled,approval_asked,meeting_published,substitute_released,member_released,digest,token_made,access_given,access_taken"`
	Texts       MailTexts           `json:"texts"`
	Original    MailTexts           `json:"original" doc:"What the product comes with"`
	Slots       []MailSlot          `json:"slots" doc:"What may stand in braces in each part"`
	Changed     bool                `json:"changed" doc:"Something is not as the product came"`
	Version     int                 `json:"version" doc:"1 while nothing has ever been changed"`
	UpdatedAt   *time.Time          `json:"updatedAt,omitempty"`
	Permissions []domain.Permission `json:"permissions"`
}

// MailTexts are the texts of a mail, in which {forum} and others stand for what the mail
// says of its own.
type MailTexts struct {
	Subject Text `json:"subject"`
	Intro   Text `json:"intro" doc:"Before what the mail tells"`
	Closing Text `json:"closing" doc:"After it"`
}

// MailSlot is what may stand in a part of a mail.
type MailSlot struct {
	Part mail.Part          `json:"part" enum:"subject,intro,closing"`
	May  []mail.Placeholder `json:"may" enum:"forum,number,time,paper,link,because,thing,counts,day,myWork,choices,unsubscribe"`
	Must []mail.Placeholder `json:"must" enum:"forum,number,time,paper,link,because,thing,counts,day,myWork,choices,unsubscribe"`
}

// MailTemplatePreview is how a mail looks, of an example.
type MailTemplatePreview struct {
	Subject string     `json:"subject"`
	Text    string     `json:"text" doc:"The plain text"`
	HTML    string     `json:"html" doc:"The same as HTML"`
	Flaws   []MailFlaw `json:"flaws" doc:"What keeps the texts from being saved"`
}

// MailFlaw is what is wrong with a text.
type MailFlaw struct {
	Part        mail.Part   `json:"part" enum:"subject,intro,closing"`
	Language    domain.Lang `json:"language" enum:"fi,sv,en"`
	Code        string      `json:"code" enum:"required,too_long,unknown_placeholder,missing_placeholder"`
	Placeholder string      `json:"placeholder,omitempty" doc:"The one that is unknown or missing, without braces"`
}

func mailTextsBody(t mail.Texts) MailTexts {
	return MailTexts{Subject: t.Subject, Intro: t.Intro, Closing: t.Closing}
}

func mailTemplateBody(a domain.Actor) func(mail.Template) MailTemplate {
	return func(t mail.Template) MailTemplate {
		out := MailTemplate{PartyID: t.PartyID, Kind: t.Kind, Texts: mailTextsBody(t.Texts()), Original: mailTextsBody(mail.Original(t.Kind)), Changed: t.Changed(),
			Version: t.Version, UpdatedAt: instant(t.UpdatedAt), Permissions: t.Permissions(a)}
		slots := mail.Slots(t.Kind)
		for _, p := range mail.Parts {
			out.Slots = append(out.Slots, MailSlot{p, slots[p].May, orEmpty(slots[p].Must)})
		}
		return out
	}
}

// MailTemplatePath names what a kind of mail says to the people of a party.
type MailTemplatePath struct {
	PartyID string    `path:"id" format:"uuid"`
	Kind    mail.Kind `path:"kind"`
}

func (p MailTemplatePath) party() (id domain.PartyID, err error) {
	return id, pathID(&id, p.PartyID, "party")
}

func (s *Server) registerMailTemplates() {
	const tag = "Mail"
	ms := s.Services.Mails

	handle(s, operation{ID: "listMailTemplates", Method: http.MethodGet, Path: "/parties/{id}/mail-templates", Tag: tag, Permission: domain.MailTemplateRead, Errors: []int{401, 403, 404},
		Summary:     "List what the mails to a party's people say",
		Description: "One for each kind of mail. Each party has texts of its own for its own people; what a mail tells of a meeting or of work is the same for all, and no text of a template."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[MailTemplate], error) {
			var id domain.PartyID
			if err := pathID(&id, in.ID, "party"); err != nil {
				return nil, err
			}
			list, err := ms.Templates(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return listOf(domain.Page[mail.Template]{Items: list}, mailTemplateBody(a)), nil
		})

	handle(s, operation{ID: "editMailTemplate", Method: http.MethodPut, Path: "/parties/{id}/mail-templates/{kind}", Tag: tag, Permission: domain.MailTemplateEdit, Errors: []int{401, 403, 404, 412, 428},
		Summary:     "Say what a kind of mail says to a party's people",
		Description: "All texts in all three languages. What may and must stand in braces is told by slots; another is refused with unknown_placeholder or missing_placeholder, which the preview names. Mails that are waiting are written when they are sent, with the texts of then."},
		func(ctx context.Context, a domain.Actor, in *struct {
			MailTemplatePath
			IfMatch
			Body MailTexts
		}) (*ItemOutput[MailTemplate], error) {
			party, err := in.party()
			if err != nil {
				return nil, err
			}
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			t, err := ms.EditTemplate(ctx, a, party, in.Kind, version, mail.Texts(in.Body))
			if err != nil {
				return nil, stale(err, mailTemplateBody(a))
			}
			return item(mailTemplateBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "restoreMailTemplate", Method: http.MethodPost, Path: "/parties/{id}/mail-templates/{kind}/restoration", Tag: tag, Permission: domain.MailTemplateEdit, Errors: []int{401, 403, 404, 409, 412, 428},
		Summary: "Say again what the product comes with"},
		func(ctx context.Context, a domain.Actor, in *struct {
			MailTemplatePath
			IfMatch
		}) (*ItemOutput[MailTemplate], error) {
			party, err := in.party()
			if err != nil {
				return nil, err
			}
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			t, err := ms.RestoreTemplate(ctx, a, party, in.Kind, version)
			if err != nil {
				return nil, stale(err, mailTemplateBody(a))
			}
			return item(mailTemplateBody(a)(t), t.Version), nil
		})

	handle(s, operation{ID: "previewMailTemplate", Method: http.MethodPost, Path: "/parties/{id}/mail-templates/{kind}/preview", Tag: tag, Permission: domain.MailTemplateRead, Errors: []int{401, 403, 404},
		Summary:     "Show a mail with texts that are being written",
		Description: "Written as when it is sent, of things that do not exist and are called examples. Nothing is saved, and the texts may have flaws: they are listed."},
		func(ctx context.Context, a domain.Actor, in *struct {
			MailTemplatePath
			Lang domain.Lang `query:"lang" enum:"fi,sv,en" default:"fi"`
			Body MailTexts
		}) (*struct{ Body MailTemplatePreview }, error) {
			party, err := in.party()
			if err != nil {
				return nil, err
			}
			if size := in.Body; slices.ContainsFunc([]Text{size.Subject, size.Intro, size.Closing}, func(t Text) bool { return len(t.FI)+len(t.SV)+len(t.EN) > 60_000 }) {
				return nil, domain.InvalidField("/intro/fi", "too_long")
			}
			p, err := ms.PreviewTemplate(ctx, a, party, in.Kind, in.Lang, mail.Texts(in.Body), s.BaseURL)
			if err != nil {
				return nil, err
			}
			out := MailTemplatePreview{Subject: p.Subject, Text: p.Body, HTML: p.HTML, Flaws: make([]MailFlaw, len(p.Flaws))}
			for i, f := range p.Flaws {
				out.Flaws[i] = MailFlaw(f)
			}
			return &struct{ Body MailTemplatePreview }{out}, nil
		})
}
