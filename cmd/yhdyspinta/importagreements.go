package main

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
	"yhdyspinta/storage"
)

// propose tells that a content waits for the parties' acceptance, and that one
// declined it. table holds the subject, which has this revision as its version.
func (s *story) propose(at time.Time, p domain.Permission, subject, parent domain.Subject, table string, revision int, content any, circle []string, w demodata.Waiting) {
	agreement := domain.UUIDv7()
	answers := map[string]domain.AnyID{}
	s.happen(at, s.partyOf[w.By], w.By, p, subject, parent, nil, func(tx storage.ImportTx) error {
		text, err := json.Marshal(content)
		if err != nil {
			return err
		}
		if err := tx.Insert("agreement", storage.Row{"id": agreement, "subject_kind": subject.Kind, "subject_id": subject.ID, "revision": revision,
			"content": string(text), "state": domain.AgreementOpen, "proposed_at": at,
			"proposed_party_id": s.ref(domain.SubjectParty, s.partyOf[w.By]), "proposed_post_id": s.ref(domain.SubjectPost, w.By)}); err != nil {
			return err
		}
		for _, party := range circle {
			id := domain.AnyID{UUID: domain.UUIDv7()}
			answers[party] = id
			row := storage.Row{"id": id, "agreement_id": agreement, "party_id": s.id(domain.SubjectParty, party), "state": domain.AcceptanceOpen}
			if w.By != "" && party == s.partyOf[w.By] {
				row["state"], row["post_id"], row["decided_at"] = domain.AcceptanceAccepted, s.id(domain.SubjectPost, w.By), at
			}
			if err := tx.Insert("acceptance", row); err != nil {
				return err
			}
		}
		return nil
	})
	for i, c := range w.Comments {
		s.comment(morning(c.On).Add(time.Duration(i+1)*time.Hour), agreement, parent, revision, content, c)
	}
	if w.DeclinedOn.IsZero() {
		return
	}
	when, party, standing := morning(w.DeclinedOn).Add(time.Hour), s.partyOf[w.DeclinedBy], domain.Declined
	if revision > 1 {
		standing = domain.ChangeDeclined
	}
	s.happen(when, party, w.DeclinedBy, domain.AgreementAccept, subject, parent, []domain.Change{{Field: "standing", New: standing}}, func(tx storage.ImportTx) error {
		if err := tx.Update(table, subject.ID, storage.Row{"standing": standing, "version": revision + 1, "updated_at": when}); err != nil {
			return err
		}
		if err := tx.Update("agreement", agreement, storage.Row{"state": domain.AgreementDeclined, "settled_at": when}); err != nil {
			return err
		}
		return tx.Update("acceptance", answers[party], storage.Row{"state": domain.AcceptanceDeclined, "decided_at": when,
			"post_id": s.id(domain.SubjectPost, w.DeclinedBy)}.Text("reason", w.Reason))
	})
}

// comment tells what a post says of a proposed responsibility.
func (s *story) comment(at time.Time, agreement uuid.UUID, parent domain.Subject, revision int, content any, c demodata.Comment) {
	terms, _ := content.(responsibility.Terms) // of a hand-over there are none
	kind, p := responsibility.Remark, domain.AgreementComment
	if c.AsksForChanges {
		kind, p = responsibility.ChangesRequested, domain.AgreementAskChanges
	}
	said := responsibility.Comment{ID: domain.AgreementCommentID{UUID: domain.UUIDv7()}, AgreementID: domain.AgreementID{UUID: agreement}, Responsible: terms.PostID, Revision: revision, Kind: kind,
		PartyID: domain.PartyID{UUID: s.id(domain.SubjectParty, s.partyOf[c.By]).UUID}, PostID: domain.PostID{UUID: s.id(domain.SubjectPost, c.By).UUID}, Text: c.Text, At: at}
	own := domain.SubjectOf(domain.SubjectAgreementComment, said.ID)
	s.happen(at, s.partyOf[c.By], c.By, p, own, parent, domain.Diff(responsibility.Comment{}, said), func(tx storage.ImportTx) error {
		return tx.Insert("agreement_comment", storage.Row{"id": said.ID, "agreement_id": agreement, "kind": said.Kind,
			"party_id": said.PartyID, "post_id": said.PostID, "said_at": at}.Text("text", said.Text))
	})
}

// responsibilities tells what posts have in a thing as agreed by every principal
// party that leads or shares it, and by the post's own.
func (s *story) responsibilities(p domain.Permission, kind domain.SubjectKind, key string, rs []demodata.Responsibility) {
	subject := domain.Subject{Kind: kind, ID: s.id(kind, key)}
	var owners []string
	for _, r := range rs {
		if party := s.partyOf[r.Post]; (r.Part == domain.Lead || r.Part == domain.Shared) && s.leading[party] && !slices.Contains(owners, party) {
			owners = append(owners, party)
		}
	}
	for _, r := range rs {
		circle := slices.Clone(owners)
		if party := s.partyOf[r.Post]; s.leading[party] && !slices.Contains(circle, party) {
			circle = append(circle, party)
		}
		if r.Part == domain.Informed {
			circle = nil
		}
		id, at := domain.UUIDv7(), s.after(morning(r.From), &subject.ID)
		terms := responsibility.Terms{PostID: domain.PostID{UUID: s.id(domain.SubjectPost, r.Post).UUID}, Part: r.Part, Wording: r.Wording, ValidFrom: r.From}
		row := storage.Row{"id": id, "subject_kind": kind, "subject_id": subject.ID, "post_id": terms.PostID, "part": r.Part,
			"valid_from": r.From, "standing": domain.InForce, "revision": 1, "updated_at": at, "version": 1}.Text("wording", r.Wording)
		own := domain.Subject{Kind: domain.SubjectResponsibility, ID: domain.AnyID{UUID: id}}
		s.born[own.ID] = at
		onlyProposed := r.Waiting != nil && r.Waiting.Wording.IsZero()
		if onlyProposed {
			row["standing"] = domain.Proposed
		}
		s.happen(at, "", "", p, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error {
			if err := tx.Insert("responsibility", row); err != nil || onlyProposed {
				return err
			}
			return s.agree(tx, domain.SubjectResponsibility, own.ID, terms, circle, at)
		})
		if r.Waiting != nil {
			s.reword(at, own, subject, terms, circle, *r.Waiting)
		}
		if !r.To.IsZero() {
			s.happen(morning(r.To), "", "", p, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error {
				return tx.Update("responsibility", domain.AnyID{UUID: id}, storage.Row{"valid_to": r.To, "updated_at": morning(r.To), "version": 2})
			})
		}
	}
}

// reword tells that a responsibility, or another wording of it, is proposed.
func (s *story) reword(began time.Time, own, subject domain.Subject, terms responsibility.Terms, circle []string, w demodata.Waiting) {
	if w.Wording.IsZero() {
		s.happen(began, s.partyOf[w.By], w.By, domain.ResponsibilityEdit, own, subject, []domain.Change{{Field: "standing", New: domain.Proposed}, {Field: "wording", New: terms.Wording}},
			func(storage.ImportTx) error { return nil })
		s.propose(began, domain.ResponsibilityEdit, own, subject, "responsibility", 1, terms, circle, w)
		return
	}
	terms.Wording = w.Wording
	at := s.after(morning(w.ProposedOn), &own.ID)
	s.happen(at, s.partyOf[w.By], w.By, domain.ResponsibilityEdit, own, subject, []domain.Change{{Field: "standing", Old: domain.InForce, New: domain.Reopened}, {Field: "change", New: terms}},
		func(tx storage.ImportTx) error {
			return tx.Update("responsibility", own.ID, storage.Row{"standing": domain.Reopened, "revision": 2, "version": 2, "updated_at": at})
		})
	s.propose(at, domain.ResponsibilityEdit, own, subject, "responsibility", 2, terms, circle, w)
}

// agree adds the agreement on content with the acceptance of each party.
func (s *story) agree(tx storage.ImportTx, kind domain.SubjectKind, id domain.AnyID, content any, parties []string, at time.Time) error {
	text, err := json.Marshal(content)
	if err != nil {
		return err
	}
	agreement := domain.UUIDv7()
	if err := tx.Insert("agreement", storage.Row{"id": agreement, "subject_kind": kind, "subject_id": id, "revision": 1, "content": string(text),
		"state": domain.AgreementInForce, "proposed_at": at, "settled_at": at}); err != nil {
		return err
	}
	for _, p := range parties {
		if err := tx.Insert("acceptance", storage.Row{"id": domain.UUIDv7(), "agreement_id": agreement, "party_id": s.id(domain.SubjectParty, p),
			"state": domain.AcceptanceAccepted, "decided_at": at}); err != nil {
			return err
		}
	}
	return nil
}

// mandate tells that each principal party accepted what a forum is for and may
// decide, but those that have not.
func (s *story) mandate(d *demodata.Dataset, f demodata.Forum) {
	at, subject := morning(f.CreatedOn), domain.Subject{Kind: domain.SubjectForum, ID: s.id(domain.SubjectForum, f.Key)}
	for _, p := range d.Parties {
		if !p.Principal || slices.Contains(f.UnacceptedBy, p.Key) {
			continue
		}
		party := s.id(domain.SubjectParty, p.Key)
		s.version[subject]-- // it makes no new version
		s.happen(at, p.Key, "", domain.AgreementAccept, subject, domain.Subject{}, []domain.Change{{Field: "mandateAcceptance", New: map[string]any{"partyId": party}}}, func(tx storage.ImportTx) error {
			return tx.Insert("mandate_acceptance", storage.Row{"id": domain.UUIDv7(), "forum_id": subject.ID, "party_id": party, "accepted_at": at}.
				Text("purpose", f.Purpose).Text("mandate", f.Mandate))
		})
	}
}
