package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// PaperStore keeps the papers of meetings that were approved, what was said of
// them, and their amendments.
type PaperStore struct{ tx Tx }

// NewPaperStore binds the store to a transaction.
func NewPaperStore(tx Tx) *PaperStore { return &PaperStore{tx} }

// Sources implements meeting.PaperStore.
func (s *PaperStore) Sources(m meeting.Meeting, items []meeting.AgendaItem) (from meeting.PaperSources, err error) {
	parties, err := query[struct {
		ID                     domain.PartyID
		NameFi, NameSv, NameEn string
		Principal              bool
	}](s.tx, `select p.id, p.name_fi, p.name_sv, p.name_en, p.principal from party p
where p.principal or exists (select 1 from participant x where x.meeting_id = ? and x.party_id = p.id) order by p.position`, m.ID)
	if err != nil {
		return from, fmt.Errorf("load the parties of a paper: %w", err)
	}
	for _, p := range parties {
		from.Parties = append(from.Parties, meeting.PaperParty{ID: p.ID, Name: domain.Text{FI: p.NameFi, SV: p.NameSv, EN: p.NameEn}, Principal: p.Principal})
	}
	bases := append([]domain.LegalBasisID{}, m.References.LegalBases...)
	var outcomes []domain.OutcomeID
	for _, i := range items {
		bases = append(bases, i.References.LegalBases...)
		for _, o := range i.Outcomes {
			outcomes = append(outcomes, o.ID)
		}
	}
	if from.Bases, err = s.bases(bases); err != nil {
		return from, err
	}
	from.Actions, err = s.actions(m, outcomes)
	return from, err
}

func (s *PaperStore) bases(ids []domain.LegalBasisID) (map[domain.LegalBasisID]meeting.PaperBasis, error) {
	out := map[domain.LegalBasisID]meeting.PaperBasis{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		ID                        domain.LegalBasisID
		Act, Section              string
		TitleFi, TitleSv, TitleEn string
	}](s.tx, "select id, act, section, title_fi, title_sv, title_en from legal_basis where id = any(?)", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the legal bases of a paper: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = meeting.PaperBasis{Act: r.Act, Section: r.Section, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}
	}
	return out, nil
}

// actions loads what followed from outcomes as it was when the meeting was
// closed, or when it was made, if that was later: what becomes of an action is
// not in the paper that decided it. What was withdrawn by then is left out.
func (s *PaperStore) actions(m meeting.Meeting, outcomes []domain.OutcomeID) (map[domain.OutcomeID][]meeting.PaperAction, error) {
	out := map[domain.OutcomeID][]meeting.PaperAction{}
	if len(outcomes) == 0 {
		return out, nil
	}
	closed := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if m.ClosedAt != nil {
		closed = *m.ClosedAt
	}
	rows, err := query[struct {
		OutcomeID                 domain.OutcomeID
		No                        int
		TitleFi, TitleSv, TitleEn string
		DueOn                     domain.Date
		DuePrecision              domain.Precision
		Visibility                domain.Visibility
		VisibilityGround          string
		LeadPostID                *domain.PostID
		LeadPartyID               domain.PartyID
		LeadFi, LeadSv, LeadEn    string
		LeadStanding              domain.Standing
	}](s.tx, `
select a.outcome_id, a.no, h.title_fi, h.title_sv, h.title_en, h.due_on, h.due_precision, h.visibility, h.visibility_ground,
       h.lead_post_id, p.party_id as lead_party_id, p.title_fi as lead_fi, p.title_sv as lead_sv, p.title_en as lead_en,
       coalesce(r.standing, '') as lead_standing
from action a
cross join lateral (
  select least(greatest(?::timestamptz, min(f.sys_from) filter (where f.lead_post_id is not null), min(f.sys_from)),
               coalesce(nullif(current_setting('app.as_of', true), '')::timestamptz, 'infinity')) as at
  from public.action_history f where f.id = a.id) pinned
join lateral (
  select v.* from public.action_history v where v.id = a.id and v.sys_from <= pinned.at order by v.sys_from desc limit 1) h on true
left join lateral (
  select v.standing from public.responsibility_history v
  where v.subject_kind = 'action' and v.subject_id = a.id and v.part = 'lead' and v.post_id = h.lead_post_id and v.sys_from <= pinned.at
  order by v.sys_from desc limit 1) r on true
left join post p on p.id = h.lead_post_id
where a.outcome_id = any(?) and h.withdrawn_on is null order by a.no`, closed, asOne(outcomes))
	if err != nil {
		return nil, fmt.Errorf("load the actions of a paper: %w", err)
	}
	for _, r := range rows {
		a := meeting.PaperAction{No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, DueOn: r.DueOn, Precision: r.DuePrecision}
		if r.LeadPostID != nil {
			a.Lead = &meeting.PaperPost{Title: domain.Text{FI: r.LeadFi, SV: r.LeadSv, EN: r.LeadEn}, PartyID: r.LeadPartyID}
			if s := r.LeadStanding; !s.IsInForce() {
				a.Unagreed = s
			}
		}
		if r.Visibility == domain.Internal && r.VisibilityGround != meeting.UnpublishedGround {
			a.Internal, a.Ground = true, r.VisibilityGround
		}
		out[r.OutcomeID] = append(out[r.OutcomeID], a)
	}
	return out, nil
}

// Frozen implements meeting.PaperStore.
func (s *PaperStore) Frozen(id domain.MeetingID, hash string) (meeting.Frozen, error) {
	rows, err := query[struct {
		ID                                       domain.PaperID
		Hash, Content, PublicHash, PublicContent string
		FrozenAt                                 time.Time
	}](s.tx, "select id, hash, content, public_hash, public_content, frozen_at from paper where meeting_id = ? and hash = ?", id, hash)
	if err != nil {
		return meeting.Frozen{}, fmt.Errorf("load a kept paper: %w", err)
	}
	if len(rows) == 0 {
		return meeting.Frozen{}, domain.NotFound("paper")
	}
	r := rows[0]
	return meeting.Frozen{ID: r.ID, MeetingID: id, Hash: r.Hash, Content: []byte(r.Content), PublicHash: r.PublicHash, PublicContent: []byte(r.PublicContent), FrozenAt: r.FrozenAt.UTC()}, nil
}

// Freeze implements meeting.PaperStore.
func (s *PaperStore) Freeze(f meeting.Frozen) error {
	err := s.tx.Exec(`insert into paper (id, meeting_id, hash, content, public_hash, public_content, frozen_at) values (?, ?, ?, ?, ?, ?, ?)
on conflict (meeting_id, hash) do nothing`, f.ID, f.MeetingID, f.Hash, string(f.Content), f.PublicHash, string(f.PublicContent), f.FrozenAt).Error
	if err != nil {
		return fmt.Errorf("keep a paper: %w", err)
	}
	return nil
}

// DeleteApprovals implements meeting.PaperStore.
func (s *PaperStore) DeleteApprovals(as []meeting.Approval) error {
	if len(as) == 0 {
		return nil
	}
	ids := make([]domain.ApprovalID, len(as))
	for i, a := range as {
		ids[i] = a.ID
	}
	if err := s.tx.Exec("delete from approval where id = any(?)", asOne(ids)).Error; err != nil {
		return fmt.Errorf("take back approvals: %w", err)
	}
	return nil
}

// Inside implements meeting.PaperStore.
func (s *PaperStore) Inside(scope domain.Scope, id domain.MeetingID) error {
	var w where
	w.add("m.id = ?", id)
	s.tx.paperInside(&w, scope)
	rows, err := query[struct{ ID domain.MeetingID }](s.tx, "select m.id"+meetingFrom+w.sql(), w.args...)
	if err != nil {
		return fmt.Errorf("look who reads a paper on its way: %w", err)
	}
	if len(rows) == 0 {
		return domain.NotFound("paper")
	}
	return nil
}

// paperInside is the condition that the scope covers a meeting's papers also
// before they are published.
func (tx Tx) paperInside(w *where, scope domain.Scope) {
	if !scope.AllMeetings {
		tx.meetingCondition(w, scope, "false")
	}
}

type paperCommentRow struct {
	ID                     domain.PaperCommentID
	MeetingID              domain.MeetingID
	ThreadID               *domain.PaperCommentID
	AgendaItemID           domain.AgendaItemID
	OutcomeID              *domain.OutcomeID
	Part                   meeting.Part
	QuoteLang              domain.Lang
	Quote                  string
	QuoteStart             int
	Kind                   meeting.CommentKind
	PartyID                domain.PartyID
	PostID                 domain.PostID
	Text                   string
	Lang                   domain.Lang
	SaidAt                 time.Time
	PostFi, PostSv, PostEn string
}

func (r paperCommentRow) entity() meeting.PaperComment {
	return meeting.PaperComment{ID: r.ID, MeetingID: r.MeetingID, ThreadID: valueOf(r.ThreadID),
		Passage: meeting.Passage{Place: meeting.Place{ItemID: r.AgendaItemID, OutcomeID: valueOf(r.OutcomeID), Part: r.Part}, Lang: r.QuoteLang, Quote: r.Quote, Start: r.QuoteStart},
		Kind:    r.Kind, PostID: r.PostID, PartyID: r.PartyID, Text: r.Text, Lang: r.Lang, SaidAt: r.SaidAt.UTC(), Post: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}}
}

const paperCommentSelect = `
select c.id, c.meeting_id, c.thread_id, c.agenda_item_id, c.outcome_id, c.part, c.quote_lang, c.quote, c.quote_start, c.kind, c.party_id, c.post_id, c.text, c.lang, c.said_at,
       p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en
from paper_comment c join post p on p.id = c.post_id where `

func (s *PaperStore) comments(cond string, arg any) ([]meeting.PaperComment, error) {
	rows, err := query[paperCommentRow](s.tx, paperCommentSelect+cond+" order by c.said_at, c.id", arg)
	if err != nil {
		return nil, fmt.Errorf("load the comments on a paper: %w", err)
	}
	return entities(rows), nil
}

// Comments implements meeting.PaperStore.
func (s *PaperStore) Comments(id domain.MeetingID) ([]meeting.PaperComment, error) {
	return s.comments("c.meeting_id = ?", id)
}

// Comment implements meeting.PaperStore.
func (s *PaperStore) Comment(id domain.PaperCommentID) (meeting.PaperComment, error) {
	found, err := s.comments("c.id = ?", id)
	if err == nil && len(found) == 0 {
		err = domain.NotFound("comment")
	}
	if err != nil {
		return meeting.PaperComment{}, err
	}
	return found[0], nil
}

// InsertComment implements meeting.PaperStore.
func (s *PaperStore) InsertComment(c meeting.PaperComment) error {
	at := c.Passage
	err := s.tx.Exec(`
insert into paper_comment (id, meeting_id, thread_id, agenda_item_id, outcome_id, part, quote_lang, quote, quote_start, kind, party_id, post_id, text, lang, said_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.MeetingID, c.ThreadID.Ptr(), at.ItemID, at.OutcomeID.Ptr(), at.Part, at.Lang, at.Quote, at.Start,
		c.Kind, c.PartyID, c.PostID, c.Text, c.Lang, c.SaidAt).Error
	if err != nil {
		return fmt.Errorf("insert a comment on a paper: %w", err)
	}
	return nil
}

// Returns implements meeting.PaperStore.
func (s *PaperStore) Returns(id domain.MeetingID) ([]meeting.Return, error) {
	rows, err := query[struct {
		ID                     domain.PaperReturnID
		PostID                 domain.PostID
		PartyID                domain.PartyID
		Role                   meeting.ApprovalRole
		PaperHash              string
		Reason                 string
		Lang                   domain.Lang
		ReturnedAt             time.Time
		PostFi, PostSv, PostEn string
	}](s.tx, `
select r.id, r.post_id, r.party_id, r.role, r.paper_hash, r.reason, r.lang, r.returned_at, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en
from paper_return r join post p on p.id = r.post_id where r.meeting_id = ? order by r.returned_at, r.id`, id)
	if err != nil {
		return nil, fmt.Errorf("load how a paper was returned: %w", err)
	}
	var out []meeting.Return
	for _, r := range rows {
		out = append(out, meeting.Return{ID: r.ID, MeetingID: id, PostID: r.PostID, PartyID: r.PartyID, Role: r.Role, PaperHash: r.PaperHash, Reason: r.Reason,
			Lang: r.Lang, ReturnedAt: r.ReturnedAt.UTC(), Post: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}})
	}
	return out, nil
}

// InsertReturn implements meeting.PaperStore.
func (s *PaperStore) InsertReturn(r meeting.Return) error {
	err := s.tx.Exec(`
insert into paper_return (id, meeting_id, party_id, post_id, role, paper_hash, reason, lang, returned_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.MeetingID, r.PartyID, r.PostID, r.Role, r.PaperHash, r.Reason, r.Lang, r.ReturnedAt).Error
	if err != nil {
		return fmt.Errorf("insert the return of a paper: %w", err)
	}
	return nil
}
