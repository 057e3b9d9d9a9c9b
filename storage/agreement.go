package storage

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
)

type agreementRow struct {
	ID              domain.AgreementID
	SubjectKind     domain.SubjectKind
	SubjectID       domain.AnyID
	Revision        int
	Content         string
	State           domain.AgreementState
	ProposedPartyID *domain.PartyID
	ProposedPostID  *domain.PostID
	ProposedAt      time.Time
	SettledAt       *time.Time
}

func (agreementRow) TableName() string { return "agreement" }

type acceptanceRow struct {
	ID          domain.AcceptanceID
	AgreementID domain.AgreementID
	PartyID     domain.PartyID
	State       domain.AcceptanceState
	PostID      *domain.PostID
	DecidedAt   *time.Time
	ReasonFi    string
	ReasonSv    string
	ReasonEn    string
	Leaves      bool
}

func (acceptanceRow) TableName() string { return "acceptance" }

// agreement is an agreement with the content that it is about.
type agreement struct {
	domain.Agreement
	subject domain.AnyID
	content json.RawMessage
}

// agreements loads the agreements on many responsibilities or hand-overs with
// their answers, the newest of a subject first, in two queries. live leaves out
// what was withdrawn or superseded.
func (tx Tx) agreements(kind domain.SubjectKind, subjects []domain.AnyID, live bool) (map[domain.AnyID][]agreement, error) {
	out := map[domain.AnyID][]agreement{}
	if len(subjects) == 0 {
		return out, nil
	}
	var w where
	w.add("subject_kind = ? and subject_id = any(?)", kind, asOne(subjects))
	if live {
		w.add("state in ('open', 'in_force', 'declined')")
	}
	rows, err := query[agreementRow](tx, "select id, subject_id, revision, content::text as content, state, proposed_party_id, proposed_post_id, proposed_at, settled_at from agreement"+
		w.sql()+" order by subject_id, revision desc", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load agreements: %w", err)
	}
	ids := make([]domain.AgreementID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	answers, err := query[acceptanceRow](tx, `select ac.id, ac.agreement_id, ac.party_id, ac.state, ac.post_id, ac.decided_at, ac.reason_fi, ac.reason_sv, ac.reason_en, ac.leaves
from acceptance ac join party p on p.id = ac.party_id where ac.agreement_id = any(?) order by ac.agreement_id, p.position`, asOne(anyIDs(ids)))
	if err != nil {
		return nil, fmt.Errorf("load acceptances: %w", err)
	}
	of := map[domain.AgreementID][]domain.Acceptance{}
	for _, a := range answers {
		c := domain.Acceptance{PartyID: a.PartyID, State: a.State, Reason: domain.Text{FI: a.ReasonFi, SV: a.ReasonSv, EN: a.ReasonEn}, Leaves: a.Leaves}
		if a.PostID != nil {
			c.PostID = *a.PostID
		}
		if a.DecidedAt != nil {
			c.At = a.DecidedAt.UTC()
		}
		of[a.AgreementID] = append(of[a.AgreementID], c)
	}
	for _, r := range rows {
		a := agreement{subject: r.SubjectID, content: json.RawMessage(r.Content), Agreement: domain.Agreement{ID: r.ID, Revision: r.Revision, State: r.State, ProposedAt: r.ProposedAt.UTC(), Acceptances: of[r.ID]}}
		if r.ProposedPartyID != nil {
			a.ProposedParty = *r.ProposedPartyID
		}
		if r.ProposedPostID != nil {
			a.ProposedPost = *r.ProposedPostID
		}
		if r.SettledAt != nil {
			a.SettledAt = r.SettledAt.UTC()
		}
		out[r.SubjectID] = append(out[r.SubjectID], a)
	}
	return out, nil
}

// heldInPublic leaves out, for all but staff, the agreements of a responsibility's
// or hand-over's subject that were over before it was public.
func (tx Tx) heldInPublic(scope domain.Scope, subject domain.Subject, list []agreement) ([]agreement, error) {
	if scope.Staff || len(list) == 0 {
		return list, nil
	}
	ids := make([]domain.AgreementID, len(list))
	for i, a := range list {
		ids[i] = a.ID
	}
	rows, err := query[struct{ ID domain.AgreementID }](tx, `
select g.id from agreement g
cross join (select coalesce(sg.id, sa.id, sf.id, sc.id) as id from (select ?::text as subject_kind, ?::uuid as subject_id) r`+subjectJoins+`) thing
where g.id = any(?) and (g.state in ('open', 'in_force', 'declined') or exists (
  select 1 from (select id, visibility, sys_from, sys_to from public.goal_history
       union all select id, visibility, sys_from, sys_to from public.action_history
       union all select id, visibility, sys_from, sys_to from public.forum_history
       union all select id, visibility, sys_from, sys_to from public.chain_history) v
  where v.id = thing.id and v.visibility = 'public' and v.sys_from <= g.settled_at and v.sys_to > g.proposed_at))`,
		subject.Kind, subject.ID, asOne(anyIDs(ids)))
	if err != nil {
		return nil, fmt.Errorf("look which agreements were public: %w", err)
	}
	return slices.DeleteFunc(list, func(a agreement) bool {
		return !slices.ContainsFunc(rows, func(r struct{ ID domain.AgreementID }) bool { return r.ID == a.ID })
	}), nil
}

func rowOfAgreement(subject domain.Subject, a domain.Agreement, content string) agreementRow {
	row := agreementRow{ID: a.ID, SubjectKind: subject.Kind, SubjectID: subject.ID, Revision: a.Revision, Content: content, State: a.State,
		ProposedPartyID: a.ProposedParty.Ptr(), ProposedPostID: a.ProposedPost.Ptr(), ProposedAt: a.ProposedAt}
	if !a.SettledAt.IsZero() {
		row.SettledAt = &a.SettledAt
	}
	return row
}

// rowsOfAcceptances are the answers to an agreement, each with a new id.
func rowsOfAcceptances(a domain.Agreement) []acceptanceRow {
	rows := make([]acceptanceRow, len(a.Acceptances))
	for i, c := range a.Acceptances {
		rows[i] = acceptanceRow{AgreementID: a.ID, PartyID: c.PartyID, State: c.State, PostID: c.PostID.Ptr(),
			ReasonFi: c.Reason.FI, ReasonSv: c.Reason.SV, ReasonEn: c.Reason.EN, Leaves: c.Leaves}
		rows[i].ID.SetNew(domain.UUIDv7)
		if !c.At.IsZero() {
			rows[i].DecidedAt = &c.At
		}
	}
	return rows
}

// saveAgreement inserts an agreement on content, or updates its state and the
// answers that changed.
func (tx Tx) saveAgreement(subject domain.Subject, a domain.Agreement, content any) error {
	text, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("write the content of an agreement: %w", err)
	}
	row := rowOfAgreement(subject, a, string(text))
	err = tx.Exec(`
insert into agreement (id, subject_kind, subject_id, revision, content, state, proposed_party_id, proposed_post_id, proposed_at, settled_at)
values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
on conflict (id) do update set state = excluded.state, settled_at = excluded.settled_at
where agreement.state is distinct from excluded.state`,
		row.ID, row.SubjectKind, row.SubjectID, row.Revision, row.Content, row.State, row.ProposedPartyID, row.ProposedPostID, row.ProposedAt, row.SettledAt).Error
	if err != nil {
		return fmt.Errorf("save an agreement: %w", err)
	}
	for _, c := range rowsOfAcceptances(a) {
		err := tx.Exec(`
insert into acceptance (id, agreement_id, party_id, state, post_id, decided_at, reason_fi, reason_sv, reason_en, leaves)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (agreement_id, party_id) do update set state = excluded.state, post_id = excluded.post_id, decided_at = excluded.decided_at,
    reason_fi = excluded.reason_fi, reason_sv = excluded.reason_sv, reason_en = excluded.reason_en
where acceptance.state is distinct from excluded.state`,
			c.ID, c.AgreementID, c.PartyID, c.State, c.PostID, c.DecidedAt, c.ReasonFi, c.ReasonSv, c.ReasonEn, c.Leaves).Error
		if err != nil {
			return fmt.Errorf("save an acceptance: %w", err)
		}
	}
	return nil
}

// saveAgreements saves agreements on one content.
func (tx Tx) saveAgreements(subject domain.Subject, agreements []domain.Agreement, content any) error {
	for _, a := range agreements {
		if err := tx.saveAgreement(subject, a, content); err != nil {
			return err
		}
	}
	return nil
}

// saveAccord saves the agreements of a subject whose current content is given.
func saveAccord[T interface{ Same(T) bool }](tx Tx, subject domain.Subject, a domain.Accord[T], current T) error {
	if err := tx.saveAgreements(subject, a.Past, current); err != nil { // before what takes their place
		return err
	}
	if a.InForce != nil {
		if err := tx.saveAgreement(subject, *a.InForce, current); err != nil {
			return err
		}
	}
	if a.Waiting != nil {
		return tx.saveAgreement(subject, *a.Waiting, a.Latest(current))
	}
	return nil
}

// accordOf puts together the live agreements of one subject.
func accordOf[T interface{ Same(T) bool }](standing domain.Standing, revision int, live []agreement) (domain.Accord[T], error) {
	out := domain.Accord[T]{Standing: standing, Revision: revision}
	for _, a := range live {
		if a.State == domain.AgreementInForce {
			out.InForce = &a.Agreement
			continue
		}
		out.Waiting = &a.Agreement
		if standing.IsInForce() {
			out.Change = new(T)
			if err := json.Unmarshal(a.content, out.Change); err != nil {
				return out, fmt.Errorf("read the content of an agreement: %w", err)
			}
		}
	}
	return out, nil
}
