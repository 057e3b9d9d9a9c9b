package api

import (
	"context"
	"fmt"
	"strconv"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/change"
	"yhdyspinta/domain/mail"
)

// changeVerbs say what became of a thing.
var changeVerbs = map[change.Kind]domain.Text{
	change.Late:      {FI: "Myöhästyi", SV: "Blev försenad", EN: "Became late"},
	change.Done:      {FI: "Valmistui", SV: "Blev färdig", EN: "Was done"},
	change.Dropped:   {FI: "Päättyi kesken", SV: "Avslutades i förtid", EN: "Was ended early"},
	change.Added:     {FI: "Uusi toimenpide", SV: "Ny åtgärd", EN: "New action"},
	change.DueMoved:  {FI: "Määräaika siirtyi", SV: "Tidsfristen flyttades", EN: "Due date moved"},
	change.Confirmed: {FI: "Tilanne vahvistettiin", SV: "Läget bekräftades", EN: "Status was confirmed"},
	change.Widened:   {FI: "Aukko kasvoi", SV: "Luckan växte", EN: "Gap widened"},
	change.Narrowed:  {FI: "Aukko pieneni", SV: "Luckan minskade", EN: "Gap narrowed"},
	change.Accepted:  {FI: "Hyväksyttiin", SV: "Godkändes", EN: "Was accepted"},
	change.Declined:  {FI: "Palautettiin", SV: "Returnerades", EN: "Was declined"},
	change.Decided:   {FI: "Päätettiin", SV: "Beslutades", EN: "Was decided"},
	change.Reported:  {FI: "Tilannetieto", SV: "Lägesrapport", EN: "Status report"},
	change.Edited:    {FI: "Teksti muuttui", SV: "Texten ändrades", EN: "Text was changed"},
	change.Ended:     {FI: "Päättyi", SV: "Avslutades", EN: "Ended"},
	change.GoesOn:    {FI: "Päättyminen peruttiin", SV: "Avslutandet återtogs", EN: "Ending was taken back"},
	change.Withdrawn: {FI: "Poistettiin virheellisenä", SV: "Togs bort som felaktig", EN: "Was withdrawn as made in error"},

	change.PhaseMoved:       {FI: "Toteutusvaihe vaihtui", SV: "Genomförandefasen ändrades", EN: "Phase of implementation changed"},
	change.MilestoneSet:     {FI: "Virstanpylväs", SV: "Milstolpe", EN: "Milestone"},
	change.MilestoneReached: {FI: "Virstanpylväs saavutettiin", SV: "Milstolpen nåddes", EN: "Milestone was reached"},
	change.MilestoneGone:    {FI: "Virstanpylväs poistettiin", SV: "Milstolpen togs bort", EN: "Milestone was removed"},
	change.NeedsAdded:       {FI: "Odottaa nyt toista toimenpidettä", SV: "Väntar nu på en annan åtgärd", EN: "Now waits for another action"},
	change.NeedsRemoved:     {FI: "Ei enää odota toista toimenpidettä", SV: "Väntar inte längre på en annan åtgärd", EN: "No longer waits for another action"},

	change.Called:    {FI: "Kokous kutsuttiin koolle", SV: "Möte sammankallades", EN: "Meeting was called"},
	change.Published: {FI: "Asiakirja julkaistiin", SV: "Handlingen publicerades", EN: "Paper was published"},
}

// changeWords tell a change in words: what happened to what, what there is to say of
// it, and the path of the page that shows it.
func changeWords(c change.Change) (what, why domain.Text, path string) {
	verb := changeVerbs[c.Kind]
	of := func(t domain.Text) domain.Text {
		name := func(lang domain.Lang) string { v, _ := t.In(lang); return v }
		return domain.Text{FI: verb.FI + ": " + name(domain.Finnish), SV: verb.SV + ": " + name(domain.Swedish), EN: verb.EN + ": " + name(domain.English)}
	}
	day, dayEN := finnishDay(c.On), englishDay(c.On)
	why = domain.Text{FI: day + ".", SV: day + ".", EN: dayEN + "."}
	meeting := func(m change.Meeting) (domain.Text, string) {
		return numbered(m.ForumTitle, fmt.Sprintf(" %d/%d", m.Number, m.Year)), "/meetings/" + m.ID.String()
	}
	switch {
	case c.Meeting != nil:
		name, path := meeting(*c.Meeting)
		on := domain.DateOf(c.Meeting.StartsAt)
		return of(name), domain.Text{FI: "Kokouspäivä on " + finnishDay(on) + ".", SV: "Mötesdagen är " + finnishDay(on) + ".", EN: "The meeting is on " + englishDay(on) + "."}, path
	case c.Decision != nil:
		_, path := meeting(c.Decision.Meeting)
		return of(c.Decision.ItemTitle), c.Decision.Text, path
	case c.Thing == nil:
		return verb, why, "/changes"
	}
	t := *c.Thing
	title := sentences(subjectWord(t.Kind, numberOf(t)), t.Title)
	switch t.Kind {
	case domain.SubjectGoal:
		path = fmt.Sprintf("/goals/%d", t.No)
	case domain.SubjectAction:
		path = fmt.Sprintf("/actions/%d", t.No)
	case domain.SubjectForum:
		path = "/forums/" + t.Key
	default:
		path = "/chains/" + t.Key
	}
	switch c.Kind {
	case change.Reported:
		if status := statusText(c.Report.Status); c.Report.Text.IsZero() {
			why = status
		} else {
			why = sentences(numbered(status, "."), c.Report.Text)
		}
	case change.DueMoved:
		why = becameText(dueText(c.Due.Was), dueText(c.Due.Now))
	case change.PhaseMoved:
		why = becameText(phaseText(c.Phase.Was), phaseText(c.Phase.Now))
	case change.MilestoneSet:
		due := dueText(c.Due.Now)
		if was := c.Due.Was; !was.On.IsZero() && was != c.Due.Now {
			due = becameText(dueText(was), due)
		}
		why = sentences(numbered(c.Milestone, "."), domain.Text{FI: "Määräaika " + due.FI, SV: "Tidsfrist " + due.SV, EN: "Due " + due.EN})
	case change.MilestoneReached, change.MilestoneGone:
		why = c.Milestone
	case change.NeedsAdded, change.NeedsRemoved:
		why = sentences(subjectWord(c.Needs.Kind, c.Needs.No), c.Needs.Title)
	case change.Dropped:
		why = statusText(c.Now)
	case change.Ended:
		why = sentences(numbered(statusText(c.Now), "."), c.Reason)
	}
	return of(title), why, path
}

// becameText is what something was and what it is.
func becameText(was, now domain.Text) domain.Text {
	in := func(t domain.Text, lang domain.Lang) string { v, _ := t.In(lang); return v }
	return domain.Text{FI: in(was, domain.Finnish) + " → " + in(now, domain.Finnish), SV: in(was, domain.Swedish) + " → " + in(now, domain.Swedish), EN: in(was, domain.English) + " → " + in(now, domain.English)}
}

// phaseText is the title of a phase of implementation.
func phaseText(title domain.Text) domain.Text {
	if title.IsZero() {
		return domain.Text{FI: "ei vaihetta", SV: "ingen fas", EN: "no phase"}
	}
	return title
}

// dueText is a due date as exactly as it was agreed.
func dueText(d change.Due) domain.Text {
	switch p := period(d.On, d.Precision).(type) {
	case domain.Date:
		return dayText(p)
	case int:
		return domain.Text{FI: strconv.Itoa(p), SV: strconv.Itoa(p), EN: strconv.Itoa(p)}
	case string:
		if p != "" {
			return domain.Text{FI: p, SV: p, EN: p}
		}
	}
	return domain.Text{FI: "ei sovittu", SV: "inte avtalad", EN: "not agreed"}
}

// numberOf is the number of a goal or action; other things go by their names.
func numberOf(t change.Thing) int {
	if t.Kind == domain.SubjectGoal || t.Kind == domain.SubjectAction {
		return t.No
	}
	return 0
}

func statusText(status string) domain.Text {
	s := action.Status(status)
	return domain.Text{FI: statusWords[domain.Finnish][s], SV: statusWords[domain.Swedish][s], EN: statusWords[domain.English][s]}
}

// followedChanges is how many of them are looked at: more than can change by hand.
const followedChanges = 5000

// Followed implements mail.Work.
func (d DigestWork) Followed(ctx context.Context, a domain.Actor, follows []mail.Follow, since domain.Date) ([]mail.Item, error) {
	about := make([]domain.Subject, len(follows))
	began := make(map[domain.Subject]domain.Date, len(follows))
	for i, f := range follows {
		about[i], began[f.Subject] = f.Subject, f.Since
	}
	list, err := d.Services.Changes.About(ctx, a, since, about, followedChanges)
	if err != nil {
		return nil, err
	}
	var out []mail.Item
	for _, c := range list {
		if c.On.Before(began[c.About]) {
			continue
		}
		what, why, path := changeWords(c)
		out = append(out, mail.Item{Topic: mail.TopicFollowing, Key: fmt.Sprint("changed ", c.Kind, " ", c.ID, " ", c.At.Unix()), Kind: dayText(c.On), Title: what, Why: why, Path: path, Once: true})
	}
	return out, nil
}

// dayText is a day in each language.
func dayText(d domain.Date) domain.Text {
	return domain.Text{FI: finnishDay(d), SV: finnishDay(d), EN: englishDay(d)}
}
