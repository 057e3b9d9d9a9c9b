package mail

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// TemplateStore keeps what the parties have made of the texts.
type TemplateStore interface {
	// Templates lists those that a party has changed once; NotFound if there is no such
	// party.
	Templates(party domain.PartyID) ([]Template, error)
	// Template returns that of a kind; of a party that has not changed it the usual, with
	// version 1.
	Template(party domain.PartyID, k Kind) (Template, error)
	// SaveTemplate inserts what was version 1, or replaces the version, and returns it with
	// the next one; Stale if another has done so since.
	SaveTemplate(t Template) (Template, error)
}

func ofParty(p domain.PartyID) domain.Resource {
	return domain.Resource{Parties: []domain.PartyID{p}}
}

func templateSubject(t Template) domain.Subject {
	return domain.SubjectOf(domain.SubjectMailTemplate, t.ID)
}

// Permissions are what the actor may do to the template.
func (t Template) Permissions(a domain.Actor) []domain.Permission {
	return a.Allowed(ofParty(t.PartyID), domain.MailTemplateEdit)
}

// Templates lists what the mails to a party's people say, a line for each kind of mail.
func (s *Service) Templates(ctx context.Context, actor domain.Actor, party domain.PartyID) (out []Template, err error) {
	if err := actor.Check(domain.MailTemplateRead, ofParty(party)); err != nil {
		return nil, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		changed, err := st.Templates.Templates(party)
		if err != nil {
			return err
		}
		out = make([]Template, len(Kinds))
		for i, k := range Kinds {
			out[i] = NewTemplate(domain.MailTemplateID{}, party, k)
			if at := slices.IndexFunc(changed, func(t Template) bool { return t.Kind == k }); at >= 0 {
				out[i] = changed[at]
			}
		}
		return nil
	})
	return out, err
}

// EditTemplate replaces the texts of a kind of mail to a party's people from a version
// on, or Stale.
func (s *Service) EditTemplate(ctx context.Context, actor domain.Actor, party domain.PartyID, k Kind, version int, texts Texts) (Template, error) {
	return s.changeTemplate(ctx, actor, party, k, version, func(t *Template, now time.Time) error { return t.Edit(texts, now) })
}

// RestoreTemplate makes them those that the product comes with.
func (s *Service) RestoreTemplate(ctx context.Context, actor domain.Actor, party domain.PartyID, k Kind, version int) (Template, error) {
	return s.changeTemplate(ctx, actor, party, k, version, func(t *Template, now time.Time) error { return t.Restore(now) })
}

func (s *Service) changeTemplate(ctx context.Context, actor domain.Actor, party domain.PartyID, k Kind, version int, change func(*Template, time.Time) error) (saved Template, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := s.template(st, actor, domain.MailTemplateEdit, party, k)
		if err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(templateSubject(old), version, old)
		}
		t := old
		if err := change(&t, log.Now()); err != nil {
			return err
		}
		if t.ID.IsZero() {
			t.ID.SetNew(s.NewID)
		}
		if saved, err = st.Templates.SaveTemplate(t); err != nil {
			return err
		}
		log.Add(actor, domain.MailTemplateEdit, templateSubject(saved), saved.Version, domain.Diff(old, saved))
		return nil
	})
	return saved, err
}

// template loads one for who may do p to it.
func (s *Service) template(st Stores, actor domain.Actor, p domain.Permission, party domain.PartyID, k Kind) (t Template, err error) {
	if err := actor.Check(p, ofParty(party)); err != nil {
		return t, err
	}
	if !slices.Contains(Kinds, k) {
		return t, domain.NotFound("mail_template")
	}
	return st.Templates.Template(party, k)
}

// Preview is a mail with texts that are being written, of things that do not exist.
type Preview struct {
	Subject string
	Body    string
	HTML    string
	Flaws   []Flaw
}

// PreviewTemplate writes a mail as it would be sent, in a language, with texts that may
// have flaws, of an example. It changes nothing.
func (s *Service) PreviewTemplate(ctx context.Context, actor domain.Actor, party domain.PartyID, k Kind, lang domain.Lang, texts Texts, site string) (out Preview, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		_, err := s.template(st, actor, domain.MailTemplateRead, party, k)
		return err
	})
	if err != nil {
		return out, err
	}
	texts = tidy(texts)
	m := example(k, lang, texts, site, s.Clock.Now())
	return Preview{m.Subject, m.Body, htmlOf(m.Subject, m.Body, lang, site), Flaws(k, texts)}, nil
}

// example is a mail of things that do not exist, and are called so.
func example(k Kind, lang domain.Lang, texts Texts, site string, now time.Time) Mail {
	m := Mail{Kind: k}
	day := domain.DateOf(now)
	post := domain.Text{FI: "Esimerkkitehtävä", SV: "Exempelbefattning", EN: "Example post"}
	if k == Digest {
		thing := func(t Topic, title domain.Text, why domain.Text, path string) Item {
			return Item{Topic: t, Key: path, Kind: domain.Text{FI: "Toimenpide 0", SV: "Åtgärd 0", EN: "Action 0"}, Title: title, Why: why, Path: path}
		}
		title := domain.Text{FI: "Esimerkkitoimenpide", SV: "Exempelåtgärd", EN: "Example action"}
		m.writeDigest([]Section{{Post: Post{Title: post, Because: BecauseHolder}, Items: []Item{
			thing(TopicLate, title, domain.Text{FI: "Myöhässä 3 päivää.", SV: "Försenad 3 dagar.", EN: "3 days late."}, "/actions/0"),
			thing(TopicDueSoon, title, domain.Text{FI: "Määräaikaan on 8 päivää.", SV: "Tidsfristen går ut om 8 dagar.", EN: "Due in 8 days."}, "/actions/00"),
		}}}, lang, site, func(t Topic) string { return "example-" + string(t) }, day, texts)
		return m
	}
	if k.Security() {
		m.writeAccess(exampleAccess(k, post, now), lang, site, texts)
		return m
	}
	start := day.AddDays(14).StartOfDay().Add(13 * time.Hour)
	m.write(Meeting{Forum: domain.Text{FI: "Esimerkkifoorumi", SV: "Exempelforum", EN: "Example forum"}, Number: 0, Year: start.In(domain.Helsinki).Year(),
		Title: domain.Text{FI: "Esimerkkikokous", SV: "Exempelmöte", EN: "Example meeting"}, Place: domain.Text{FI: "Esimerkkipaikka", SV: "Exempelplats", EN: "Example place"},
		StartsAt: start, EndsAt: start.Add(2 * time.Hour), Reason: domain.Text{FI: "Esimerkkisyy", SV: "Exempelorsak", EN: "Example reason"},
		Items: []AgendaLine{{No: 1, Title: domain.Text{FI: "Esimerkkiasia", SV: "Exempelärende", EN: "Example item"}, Minutes: 20}, {No: 2, Hidden: true}}},
		Standing{Title: post}, Person{Language: lang}, site, "example", texts)
	return m
}
