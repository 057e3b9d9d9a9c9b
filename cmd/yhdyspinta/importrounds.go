package main

import (
	"fmt"
	"time"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
	"yhdyspinta/storage"
)

// tellRounds opens the reporting rounds, with what was said of goals and plans in
// them; of actions it is the status reports that count. The last party to complete a
// round freezes it, by the rules of any other round.
func (s *story) tellRounds(d *demodata.Dataset) {
	for _, r := range d.Rounds {
		at := morning(r.OpenedOn)
		subject := domain.Subject{Kind: domain.SubjectRound, ID: s.id(domain.SubjectRound, r.Key)}
		party := s.partyOf[r.OpenedBy]
		s.insertBy(at, party, r.OpenedBy, domain.RoundOpen, domain.SubjectRound, r.Key, domain.Subject{}, storage.Row{"key": r.Key, "plan_id": s.id(domain.SubjectPlan, r.Plan),
			"kind": r.Kind, "period_from": r.PeriodFrom, "period_to": r.PeriodTo, "opens_on": r.OpenedOn, "state": round.Open,
			"opened_party_id": s.id(domain.SubjectParty, party), "opened_post_id": s.id(domain.SubjectPost, r.OpenedBy), "version": 1, "created_at": at, "updated_at": at}.
			Text("title", r.Title))
		for _, l := range round.Schedule(round.Dates{DueOn: r.DueOn, GoalDays: r.GoalDays, ActionDays: r.ActionDays}).Levels {
			s.happen(at, party, r.OpenedBy, domain.RoundOpen, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error {
				return tx.Insert("round_level", storage.Row{"id": domain.UUIDv7(), "round_id": subject.ID, "level": l.Level, "working_days": l.WorkingDays, "due_on": l.DueOn})
			})
		}
		for i, x := range r.Reports {
			when := morning(x.ReportedOn).Add(time.Hour + time.Duration(i)*time.Minute)
			report := domain.Subject{Kind: domain.SubjectRoundReport, ID: s.id(domain.SubjectRoundReport, fmt.Sprintf("%s/%d", r.Key, i))}
			level, of := round.OfPlan, s.id(domain.SubjectPlan, r.Plan)
			if x.Goal != "" {
				level, of = round.OfGoal, s.id(domain.SubjectGoal, x.Goal)
			}
			by := s.id(domain.SubjectParty, s.partyOf[x.Post])
			s.happen(when, s.partyOf[x.Post], x.Post, domain.RoundReport, report, subject,
				[]domain.Change{{Field: "partyId", New: by}, {Field: "postId", New: s.id(domain.SubjectPost, x.Post)}, {Field: "assessment", New: x.Assessment}, {Field: "text", New: x.Text}, {Field: "public", New: true}},
				func(tx storage.ImportTx) error {
					return tx.Insert("round_report", storage.Row{"id": report.ID, "round_id": subject.ID, "subject_kind": level, "subject_id": of, "party_id": by,
						"post_id": s.id(domain.SubjectPost, x.Post), "assessment": x.Assessment, "public": true, "reported_on": x.ReportedOn, "reported_at": when, "version": 1}.Text("text", x.Text))
				})
		}
		for i, x := range r.Completions {
			when := morning(x.CompletedOn).Add(4*time.Hour + time.Duration(i)*time.Minute)
			c := round.Completion{PartyID: domain.PartyID{UUID: s.id(domain.SubjectParty, s.partyOf[x.Post]).UUID}, PostID: domain.PostID{UUID: s.id(domain.SubjectPost, x.Post).UUID}, Note: x.Note}
			changes := []domain.Change{{Field: "sideCompleted", New: c.PartyID}}
			if !x.Note.IsZero() {
				changes = append(changes, domain.Change{Field: "note", New: x.Note})
			}
			s.happen(when, s.partyOf[x.Post], x.Post, domain.RoundComplete, subject, domain.Subject{}, changes, func(tx storage.ImportTx) error {
				return tx.CompleteRound(domain.RoundID{UUID: subject.ID.UUID}, c, when)
			})
		}
	}
}
