package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/mail"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/round"
)

// DigestWork is mail.Work: what the page "my work" shows, in words, and what open
// reporting rounds ask.
type DigestWork struct {
	Services Services
	Clock    domain.Clock
}

// digestItems is how many things of each kind are told at most, the most urgent
// first; the rest come up as these are done.
const digestItems = 100

// Waiting implements mail.Work.
func (d DigestWork) Waiting(ctx context.Context, a domain.Actor) ([]mail.Item, error) {
	work, err := d.Services.Work.Of(ctx, a, digestItems, nil, domain.AboutFilter{})
	if err != nil {
		return nil, err
	}
	w := d.waiting(a)
	if err := w.gather(ctx, work); err != nil {
		return nil, err
	}
	return d.items(ctx, w)
}

// OfVacant implements mail.Work: actions, tasks and rounds. What is to be accepted is
// asked of whoever answers for the party, and papers are for the holder's eyes.
func (d DigestWork) OfVacant(ctx context.Context, a domain.Actor) ([]mail.Item, error) {
	w := d.waiting(a)
	if err := w.actions(ctx); err != nil {
		return nil, err
	}
	return d.items(ctx, w)
}

func (d DigestWork) waiting(a domain.Actor) *waitingFor {
	return &waitingFor{services: d.Services, a: a, day: d.Clock.Today(), now: d.Clock.Now(), limit: digestItems}
}

func (d DigestWork) items(ctx context.Context, w *waitingFor) ([]mail.Item, error) {
	out := make([]mail.Item, 0, len(w.items))
	for _, i := range w.items {
		out = append(out, digestItem(i))
	}
	rounds, err := d.rounds(ctx, w.a, w.day)
	return append(out, rounds...), err
}

var topicOf = map[mywork.Reason]mail.Topic{
	mywork.ReasonLate:       mail.TopicLate,
	mywork.ReasonAcceptance: mail.TopicAcceptance, mywork.ReasonChanges: mail.TopicAcceptance, mywork.ReasonDraft: mail.TopicAcceptance,
	mywork.ReasonApproval: mail.TopicPapers, mywork.ReasonAmendment: mail.TopicPapers, mywork.ReasonComments: mail.TopicPapers,
	mywork.ReasonReply: mail.TopicPapers, mywork.ReasonReplyLate: mail.TopicPapers,
	mywork.ReasonReturned: mail.TopicPapers, mywork.ReasonUnanswered: mail.TopicPapers,
	mywork.ReasonUnclosed: mail.TopicPapers, mywork.ReasonUnapproved: mail.TopicPapers, mywork.ReasonUnpublished: mail.TopicPapers,
	mywork.ReasonStale: mail.TopicStale, mywork.ReasonStartPassed: mail.TopicStale, mywork.ReasonConfirm: mail.TopicStale,
	mywork.ReasonDueSoon: mail.TopicDueSoon,
	mywork.ReasonReport:  mail.TopicRoundClosing, mywork.ReasonReportLate: mail.TopicRoundClosing, // told round by round, not one by one
}

// TopicOf is the part of the daily mail that a reason to wait belongs to; false for
// one that nobody has sorted in.
func TopicOf(r mywork.Reason) (mail.Topic, bool) {
	t, ok := topicOf[r]
	return t, ok
}

// digestItem puts what waits into words.
func digestItem(i WorkItem) mail.Item {
	out := mail.Item{Topic: topicOf[i.Reason], On: i.On, Why: workWords(i)}
	key := func(parts ...any) string { return fmt.Sprint(append([]any{i.Reason, " "}, parts...)...) }
	switch {
	case i.Action != nil:
		task := ""
		if i.Task != nil {
			task = i.Task.ID.String()
		}
		out.Key = key(i.Action.ID, " ", task, " ", i.On)
		out.Kind, out.Title, out.Path = subjectWord(domain.SubjectAction, i.Action.No), i.Action.Title, fmt.Sprintf("/actions/%d", i.Action.No)
		out.Confirm = out.Topic == mail.TopicStale && i.Reason != mywork.ReasonStartPassed && slices.Contains(i.Action.Permissions, domain.ActionReport)
	case i.Responsibility != nil:
		s := i.Responsibility.Subject
		out.Key, out.Path = key(i.Responsibility.ID, " ", i.On), "/my-work"
		out.Kind, out.Title = subjectWord(s.Kind, s.No), s.Title
	case i.Handover != nil:
		out.Key, out.Path = key(i.Handover.ID, " ", i.On), "/my-work"
		out.Kind, out.Title = subjectWord(domain.SubjectHandover, 0), i.Handover.What
	case i.Mandate != nil:
		out.Key, out.Path = key(i.Mandate.ID, " ", i.On), "/forums/"+i.Mandate.Key
		out.Kind, out.Title = subjectWord(domain.SubjectForum, 0), i.Mandate.Title
	case i.Draft != nil:
		out.Key, out.Path = key(i.Draft.ID), "/drafts/"+i.Draft.ID.String()
		out.Kind, out.Title = subjectWord(i.Draft.Subject.Kind, i.Draft.Subject.No), i.Draft.Subject.Title
	case i.Referral != nil:
		out.Key, out.Path = key(i.Referral.ID, " ", i.On), "/my-work"
		out.Kind, out.Title = domain.Text{FI: "Lähete", SV: "Hänskjutning", EN: "Referral"}, i.Referral.Item.Title
	case i.Meeting != nil:
		out.Key, out.Path = key(i.Meeting.ID), "/meetings/"+i.Meeting.ID.String()
		out.Kind = numbered(domain.Text{FI: "Kokous", SV: "Möte", EN: "Meeting"}, fmt.Sprintf(" %d/%d", i.Meeting.Number, i.Meeting.Year))
		out.Title = i.Meeting.Forum.Title
		if i.Reason == mywork.ReasonApproval { // which has had a mail of its own
			out.Wait = mywork.ApprovalDays
		}
	}
	return out
}

func numbered(t domain.Text, suffix string) domain.Text {
	return domain.Text{FI: t.FI + suffix, SV: t.SV + suffix, EN: t.EN + suffix}
}

// subjectWord is what kind of thing it is, with its number where it has one.
func subjectWord(kind domain.SubjectKind, no int) domain.Text {
	t := domain.Text{FI: matrixTexts[domain.Finnish].kinds[kind], SV: matrixTexts[domain.Swedish].kinds[kind], EN: matrixTexts[domain.English].kinds[kind]}
	if kind == domain.SubjectPlan {
		t = domain.Text{FI: "Suunnitelma", SV: "Plan", EN: "Plan"}
	}
	if no == 0 {
		return t
	}
	return numbered(t, fmt.Sprintf(" %d", no))
}

// workWords say why something waits. Of an action they are those of its condition.
func workWords(i WorkItem) domain.Text {
	on, onEN := finnishDay(i.On), englishDay(i.On)
	said := func(fi, sv, en string) domain.Text { return domain.Text{FI: fi, SV: sv, EN: en} }
	switch i.Reason {
	case mywork.ReasonLate, mywork.ReasonDueSoon, mywork.ReasonStale, mywork.ReasonStartPassed:
		x := action.Explanation{Code: string(i.Reason), Days: &i.Days, On: i.On}
		if i.Action != nil {
			x.Limit = i.Action.Freshness.Limit
		}
		if i.Task != nil {
			x.Task = &action.Task{Kind: i.Task.Kind, Title: i.Task.Title}
			x.Code = string(i.Task.Kind) + "_" + string(i.Reason)
		}
		summary, detail := InWords(x)
		return sentences(summary, detail)
	case mywork.ReasonConfirm:
		return said(fmt.Sprintf("Vahvistettu %s sitten. Tieto vanhenee %s.", countedDays(i.Days, "päivä", "päivää"), on),
			fmt.Sprintf("Bekräftad för %s sedan. Uppgiften blir föråldrad %s.", countedDays(i.Days, "dag", "dagar"), on),
			fmt.Sprintf("Confirmed %s ago. It goes out of date on %s.", countedDays(i.Days, "day", "days"), onEN))
	case mywork.ReasonReplyLate:
		return said("Lähetteeseen piti vastata "+on+" mennessä.", "Hänskjutningen skulle ha besvarats senast "+on+".", "The referral was to be answered by "+onEN+".")
	case mywork.ReasonAcceptance:
		return said("Ehdotettu "+on+". Odottaa hyväksyntääsi.", "Föreslaget "+on+". Väntar på ditt godkännande.", "Proposed on "+onEN+". It awaits your acceptance.")
	case mywork.ReasonChanges:
		return said("Toinen osapuoli pyytää muutoksia siihen, mitä ehdotettiin "+on+".", "Den andra parten begär ändringar i det som föreslogs "+on+".", "The other party asks for changes of what was proposed on "+onEN+".")
	case mywork.ReasonDraft:
		return said("Luonnos "+on+" odottaa kantaanne.", "Utkastet "+on+" väntar på er ståndpunkt.", "The draft of "+onEN+" awaits what you say of it.")
	case mywork.ReasonApproval:
		return said("Kokous päättyi "+on+". Asiakirja odottaa hyväksyntääsi.", "Mötet avslutades "+on+". Handlingen väntar på ditt godkännande.", "The meeting was closed on "+onEN+". Its paper awaits your approval.")
	case mywork.ReasonAmendment:
		return said("Oikaisu, jota ehdotettiin "+on+", odottaa hyväksyntääsi.", "Rättelsen som föreslogs "+on+" väntar på ditt godkännande.", "The amendment proposed on "+onEN+" awaits your approval.")
	case mywork.ReasonComments:
		return said("Asiakirjasta on sanottu jotain, mikä odottaa vastausta.", "Handlingen har kommentarer som väntar på svar.", "What was said of the paper awaits an answer.")
	case mywork.ReasonUnclosed:
		return said("Kokousaika on ohi. Kirjaa tulokset ja päätä kokous.", "Mötestiden har gått ut. Anteckna resultaten och avsluta mötet.", "The time of the meeting has passed. Record its results and close it.")
	case mywork.ReasonUnapproved:
		return said("Kaikki eivät ole hyväksyneet asiakirjaa. Kokous päättyi "+on+".", "Alla har inte godkänt handlingen. Mötet avslutades "+on+".", "Not all have approved the paper. The meeting was closed on "+onEN+".")
	case mywork.ReasonUnpublished:
		return said("Asiakirja on hyväksytty. Julkaise se.", "Handlingen är godkänd. Publicera den.", "The paper is approved. Publish it.")
	case mywork.ReasonReply:
		return said("Lähete, joka saapui "+on+", odottaa vastausta.", "Hänskjutningen från "+on+" väntar på svar.", "The referral of "+onEN+" awaits an answer.")
	case mywork.ReasonReturned:
		return said("Toinen foorumi palautti asian "+on+".", "Det andra forumet återsände ärendet "+on+".", "The other forum refused the matter on "+onEN+".")
	case mywork.ReasonUnanswered:
		return said("Toinen foorumi ei ole vastannut. Vastausta odotettiin "+on+" mennessä.", "Det andra forumet har inte svarat. Svaret väntades senast "+on+".", "The other forum has not answered. Its answer was due by "+onEN+".")
	}
	return domain.Text{}
}

// sentences joins two texts.
func sentences(a, b domain.Text) domain.Text {
	both := func(x, y string) string { return strings.TrimSpace(x + " " + y) }
	return domain.Text{FI: both(a.FI, b.FI), SV: both(a.SV, b.SV), EN: both(a.EN, b.EN)}
}

// closingDays is how many working days before its last day a round is reminded of.
const closingDays = 5

// rounds are what open reporting rounds still ask of the actor's post, and of a
// coordinator of their party what no post answers for.
func (d DigestWork) rounds(ctx context.Context, a domain.Actor, day domain.Date) (out []mail.Item, err error) {
	page, _, err := d.Services.Rounds.List(ctx, a, domain.PlanID{}, domain.PageRequest{Limit: domain.MaxPage})
	if err != nil {
		return nil, err
	}
	for _, r := range page.Items {
		if r.State != round.Open {
			continue
		}
		open := []round.Standing{round.Waiting, round.Missing}
		filters := []round.Filter{{Posts: []domain.PostID{a.PostID}, Standings: open}}
		if slices.ContainsFunc(a.Grants, func(g domain.ActiveGrant) bool { return g.Role == domain.RoleCoordinator && g.PartyID == a.PartyID }) {
			filters = append(filters, round.Filter{Levels: []round.Level{round.OfPlan}, Parties: []domain.PartyID{a.PartyID}, Standings: open})
		}
		left := map[round.Level]int{}
		for _, f := range filters {
			asked, _, err := d.Services.Rounds.Expectations(ctx, a, r.ID, f, domain.PageRequest{Limit: domain.MaxPage})
			if err != nil {
				return nil, err
			}
			for _, e := range asked.Items {
				left[e.Level]++
			}
		}
		out = append(out, roundItems(r, left, day)...)
	}
	return out, nil
}

// roundItems tell that a round was opened, and of each level that its last day is near
// or has passed. left is how many reports are missing of each.
func roundItems(r round.View, left map[round.Level]int, day domain.Date) (out []mail.Item) {
	total, item := 0, func(t mail.Topic, key string, why domain.Text) mail.Item {
		return mail.Item{Topic: t, Key: key, Kind: domain.Text{FI: "Raportointikierros", SV: "Rapporteringsomgång", EN: "Reporting round"}, Title: r.Title, Why: why, Path: "/rounds/" + r.Key}
	}
	var closing []mail.Item
	for _, l := range r.Levels {
		n := left[l.Level]
		if total += n; n == 0 {
			continue
		}
		on, onEN := finnishDay(l.DueOn), englishDay(l.DueOn)
		w := closingWords[l.Level]
		missing := domain.Text{FI: fmt.Sprintf("%s: %d raportoimatta", w.FI, n), SV: fmt.Sprintf("%s: %d utan rapport", w.SV, n), EN: fmt.Sprintf("%s: %d not reported", w.EN, n)}
		key := fmt.Sprint("round_closing ", r.ID, " ", l.Level, " ", l.DueOn)
		switch {
		case day.After(l.DueOn):
			out = append(out, item(mail.TopicRoundClosing, "late "+key, domain.Text{
				FI: missing.FI + ". Viimeinen päivä oli " + on + ". Raportin voi antaa vielä myöhässä.",
				SV: missing.SV + ". Sista dagen var " + on + ". Rapporten kan fortfarande lämnas för sent.",
				EN: missing.EN + ". The last day was " + onEN + ". A late report is still possible."}))
		case domain.WorkingDaysUntil(day, l.DueOn) <= closingDays:
			out = append(out, item(mail.TopicRoundClosing, key, domain.Text{
				FI: missing.FI + ". Viimeinen päivä on " + on + ".", SV: missing.SV + ". Sista dagen är " + on + ".", EN: missing.EN + ". The last day is " + onEN + "."}))
		}
		closing = append(closing, mail.Item{Why: domain.Text{FI: fmt.Sprintf("%s: %d, viimeistään %s.", w.FI, n, on), SV: fmt.Sprintf("%s: %d, senast %s.", w.SV, n, on), EN: fmt.Sprintf("%s: %d, by %s.", w.EN, n, onEN)}})
	}
	if total == 0 {
		return out
	}
	why := domain.Text{FI: "Kierros avattiin. Sinulta odotetaan raporttia:", SV: "Omgången har öppnats. Av dig väntas rapport:", EN: "The round is open. Reports are asked of you:"}
	for _, c := range closing {
		why = sentences(why, c.Why)
	}
	opened := item(mail.TopicRoundOpened, fmt.Sprint("round_opened ", r.ID), why)
	opened.Once = true
	return append(out, opened)
}

var closingWords = map[round.Level]domain.Text{
	round.OfAction: {FI: "Toimenpiteet", SV: "Åtgärder", EN: "Actions"},
	round.OfGoal:   {FI: "Tavoitteet", SV: "Mål", EN: "Goals"},
	round.OfPlan:   {FI: "Suunnitelma", SV: "Plan", EN: "Plan"},
}
