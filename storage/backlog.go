package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type topicRow struct {
	ID              domain.TopicID
	ForumID         domain.ForumID
	Title           domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Why             domain.Text `gorm:"embedded;embeddedPrefix:why_"`
	AboutKind       *domain.SubjectKind
	AboutID         *domain.AnyID
	CasePartyID     *domain.PartyID
	CaseRegistryNo  string
	WantedOn        domain.Date
	State           meeting.TopicState
	Reason          domain.Text `gorm:"embedded;embeddedPrefix:reason_"`
	ProposedPartyID domain.PartyID
	ProposedPostID  domain.PostID
	Version         int
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt       time.Time `gorm:"autoUpdateTime:false"`
}

func (topicRow) TableName() string { return "forum_topic" }

func rowOfTopic(t meeting.Topic) topicRow {
	r := topicRow{ID: t.ID, ForumID: t.ForumID, Title: t.Title, Why: t.Why, CasePartyID: t.CaseParty.Ptr(), CaseRegistryNo: t.CaseNo, WantedOn: t.WantedOn,
		State: t.State, Reason: t.Reason, ProposedPartyID: t.PartyID, ProposedPostID: t.PostID, Version: t.Version, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt}
	if t.About.Kind != "" {
		r.AboutKind, r.AboutID = &t.About.Kind, t.About.ID.Ptr()
	}
	return r
}

type topicView struct {
	Row         topicRow `gorm:"embedded"`
	ForumKey    string
	ForumTitle  domain.Text `gorm:"embedded;embeddedPrefix:forum_"`
	PostTitle   domain.Text `gorm:"embedded;embeddedPrefix:post_"`
	AboutNo     int
	AboutTitle  domain.Text `gorm:"embedded;embeddedPrefix:about_"`
	AboutPath   string
	ItemID      *domain.AgendaItemID
	MeetingID   *domain.MeetingID
	MeetingYear int
	MeetingNo   int
	StartsAt    *time.Time
}

func (v topicView) entity() meeting.Topic {
	r := v.Row
	t := meeting.Topic{ID: r.ID, ForumID: r.ForumID, Title: r.Title, Why: r.Why, CaseParty: valueOf(r.CasePartyID), CaseNo: r.CaseRegistryNo, WantedOn: r.WantedOn,
		State: r.State, Reason: r.Reason, PartyID: r.ProposedPartyID, PostID: r.ProposedPostID, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
		PostTitle: v.PostTitle, AboutNo: v.AboutNo, AboutTitle: v.AboutTitle, AboutPath: v.AboutPath, Forum: meeting.Forum{Key: v.ForumKey, Title: v.ForumTitle}}
	if r.AboutKind != nil && r.AboutID != nil {
		t.About = domain.Subject{Kind: *r.AboutKind, ID: *r.AboutID}
	}
	if v.ItemID != nil {
		t.State = meeting.TopicDrawn
		t.Drawn = &meeting.MeetingPlace{ItemID: *v.ItemID, MeetingID: valueOf(v.MeetingID), Year: v.MeetingYear, Number: v.MeetingNo, StartsAt: *v.StartsAt}
	}
	return t
}

// BacklogStore keeps the topics of forums.
type BacklogStore struct{ tx Tx }

// NewBacklogStore binds the store to a transaction.
func NewBacklogStore(tx Tx) *BacklogStore { return &BacklogStore{tx} }

const (
	topicSelect = `
select t.id, t.forum_id, t.title_fi, t.title_sv, t.title_en, t.why_fi, t.why_sv, t.why_en, t.about_kind, t.about_id, t.case_party_id, t.case_registry_no,
       t.wanted_on, t.state, t.reason_fi, t.reason_sv, t.reason_en, t.proposed_party_id, t.proposed_post_id, t.version, t.created_at, t.updated_at,
       f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en, po.title_fi as post_fi, po.title_sv as post_sv, po.title_en as post_en,
       coalesce(ab.no, 0) as about_no, coalesce(ab.fi, '') as about_fi, coalesce(ab.sv, '') as about_sv, coalesce(ab.en, '') as about_en, coalesce(ab.path, '') as about_path,
       dr.item_id, dr.meeting_id, coalesce(dr.year, 0) as meeting_year, coalesce(dr.number, 0) as meeting_no, dr.starts_at`
	topicFrom = ` from forum_topic t join forum f on f.id = t.forum_id join post po on po.id = t.proposed_post_id
left join lateral (
  select g.no, g.title_fi as fi, g.title_sv as sv, g.title_en as en, '/goals/' || g.no as path from goal g where t.about_kind = 'goal' and g.id = t.about_id
  union all select a.no, a.title_fi, a.title_sv, a.title_en, '/actions/' || a.no from action a where t.about_kind = 'action' and a.id = t.about_id
  union all select 0, h.what_fi, h.what_sv, h.what_en, '/chains/' || h.chain_id from handover h where t.about_kind = 'handover' and h.id = t.about_id) ab on true
left join lateral (
  select i.id as item_id, m.id as meeting_id, m.year, m.number, m.starts_at from agenda_item_source s join agenda_item i on i.id = s.agenda_item_id
  join meeting m on m.id = i.meeting_id where s.source_kind = 'topic' and s.source_id = t.id and m.status <> 'cancelled' order by m.starts_at desc, i.id limit 1) dr on true`
)

// topicsVisible is the condition that the scope covers a topic: staff read the
// backlogs of the forums that they see.
func (s *BacklogStore) topicsVisible(w *where, scope domain.Scope) {
	if !scope.Staff {
		w.add("false")
	}
}

// Topic implements meeting.BacklogStore.
func (s *BacklogStore) Topic(scope domain.Scope, id domain.TopicID) (meeting.Topic, error) {
	var w where
	w.add("t.id = ?", id)
	s.topicsVisible(&w, scope)
	var rows []topicView
	if err := s.tx.Raw(topicSelect+topicFrom+w.sql(), w.args...).Scan(&rows).Error; err != nil {
		return meeting.Topic{}, fmt.Errorf("load a topic: %w", err)
	}
	if len(rows) == 0 {
		return meeting.Topic{}, domain.NotFound("topic")
	}
	return rows[0].entity(), nil
}

var topicOrdering = ordering{
	keys: map[string]sortKey{
		"createdAt": {"t.created_at", "timestamptz"},
		"wantedOn":  {"coalesce(t.wanted_on, 'infinity'::date)", "date"},
	},
	standard: "createdAt",
	id:       "t.id",
}

// Topics implements meeting.BacklogStore.
func (s *BacklogStore) Topics(scope domain.Scope, f meeting.TopicFilter, req domain.PageRequest) (domain.Page[meeting.Topic], error) {
	var w where
	s.topicsVisible(&w, scope)
	in(&w, "t.forum_id", f.Forum)
	in(&w, "(case when t.state = 'open' and dr.item_id is not null then 'drawn' else t.state end)", f.State)
	in(&w, "t.proposed_party_id", f.Party)
	rows, err := list[topicView](s.tx, topicOrdering, req, topicSelect, topicFrom, w)
	if err != nil {
		return domain.Page[meeting.Topic]{}, fmt.Errorf("list topics: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// LockTopic implements meeting.BacklogStore.
func (s *BacklogStore) LockTopic(id domain.TopicID) error {
	return s.tx.Exec("select 1 from forum_topic where id = ? for update", id).Error
}

// SeeAbout implements meeting.BacklogStore.
func (s *BacklogStore) SeeAbout(scope domain.Scope, about domain.Subject) error {
	var w where
	w.add("x.id = ?", about.ID)
	from := string(about.Kind) + " x"
	switch about.Kind {
	case domain.SubjectGoal, domain.SubjectAction:
		s.tx.visible(&w, scope, "x", string(about.Kind))
	case domain.SubjectHandover:
		from = "handover x join chain c on c.id = x.chain_id"
		s.tx.visible(&w, scope, "c", "chain")
	default:
		return domain.NotFound(string(about.Kind))
	}
	var n int
	if err := s.tx.Raw("select count(*) from "+from+w.sql(), w.args...).Scan(&n).Error; err != nil {
		return fmt.Errorf("look what a topic is about: %w", err)
	}
	if n == 0 {
		return domain.NotFound(string(about.Kind))
	}
	return nil
}

// InsertTopic implements meeting.BacklogStore.
func (s *BacklogStore) InsertTopic(t meeting.Topic) error {
	row := rowOfTopic(t)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a topic: %w", err)
	}
	return nil
}

// UpdateTopic implements meeting.BacklogStore.
func (s *BacklogStore) UpdateTopic(t meeting.Topic) (meeting.Topic, error) {
	row := rowOfTopic(t)
	row.Version++
	res := s.tx.Model(&topicRow{}).Where("id = ? and version = ?", t.ID, t.Version).
		Select("title_fi", "title_sv", "title_en", "why_fi", "why_sv", "why_en", "about_kind", "about_id", "case_party_id", "case_registry_no", "wanted_on", "state",
			"reason_fi", "reason_sv", "reason_en", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return t, fmt.Errorf("update a topic: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return t, domain.Stale(domain.SubjectOf(domain.SubjectTopic, t.ID), t.Version, nil)
	}
	t.Version = row.Version
	return t, nil
}

// AddSource implements meeting.BacklogStore.
func (s *BacklogStore) AddSource(id domain.AnyID, item domain.AgendaItemID, kind string, source domain.AnyID) error {
	err := s.tx.Table("agenda_item_source").Create(map[string]any{"id": id, "agenda_item_id": item, "source_kind": kind, "source_id": source}).Error
	if err != nil {
		return fmt.Errorf("remember where an item comes from: %w", err)
	}
	return nil
}

type offerRow struct {
	Kind             meeting.OfferKind
	ID               domain.AnyID
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Text             domain.Text `gorm:"embedded;embeddedPrefix:text_"`
	No               int
	Condition        string
	DueOn            domain.Date
	SinceOn          domain.Date
	PostID           *domain.PostID
	PartyID          *domain.PartyID
	Post             domain.Text `gorm:"embedded;embeddedPrefix:post_"`
	ForumID          *domain.ForumID
	ForumKey         string
	Forum            domain.Text `gorm:"embedded;embeddedPrefix:forum_"`
	Standing         domain.Standing
	ItemID           *domain.AgendaItemID
	MeetingID        *domain.MeetingID
	Year             int
	Number           int
	StartsAt         *time.Time
	CasePartyID      *domain.PartyID
	CaseRegistryNo   string
	Visibility       domain.Visibility
	VisibilityGround string
}

// takenSQL is true of a source that stands on the agenda of a meeting of the
// forum that has not ended: it needs no offering. Its arguments are those of
// the source.
const takenSQL = `exists (select 1 from agenda_item_source s join agenda_item si on si.id = s.agenda_item_id join meeting sm on sm.id = si.meeting_id
  where s.source_kind = %s and s.source_id = %s and sm.status in ('draft', 'called', 'in_progress'))`

// standsSQL is true of an outcome o that an agenda has taken up whose meeting
// was not cancelled.
const standsSQL = `exists (select 1 from agenda_item_source s join agenda_item si on si.id = s.agenda_item_id join meeting sm on sm.id = si.meeting_id
    where s.source_kind = 'outcome' and s.source_id = o.id and sm.status <> 'cancelled')`

// offerFromSQL selects the item i and the meeting m that an offer comes from.
const offerFromSQL = `(m.starts_at at time zone 'Europe/Helsinki')::date as since_on, i.id as item_id, m.id as meeting_id, m.year, m.number, m.starts_at, i.visibility, i.visibility_ground`

// Offers implements meeting.BacklogStore.
func (s *BacklogStore) Offers(scope domain.Scope, m meeting.Meeting) ([]meeting.Offer, error) {
	var out []meeting.Offer
	shown := where{conds: []string{"true"}}
	s.tx.visible(&shown, scope, "f", "forum")
	for _, part := range []struct {
		sql  string
		args func() []any
	}{
		{`
select 'topic' as kind, t.id, t.title_fi, t.title_sv, t.title_en, t.why_fi as text_fi, t.why_sv as text_sv, t.why_en as text_en, t.wanted_on as due_on,
       (t.created_at at time zone 'Europe/Helsinki')::date as since_on, po.id as post_id, po.party_id, po.title_fi as post_fi, po.title_sv as post_sv, po.title_en as post_en,
       t.case_party_id, t.case_registry_no, 'public' as visibility
from forum_topic t join post po on po.id = t.proposed_post_id
where t.forum_id = ? and t.state = 'open' and not exists (
  select 1 from agenda_item_source s join agenda_item si on si.id = s.agenda_item_id join meeting sm on sm.id = si.meeting_id
  where s.source_kind = 'topic' and s.source_id = t.id and sm.status <> 'cancelled')
order by coalesce(t.wanted_on, 'infinity'::date), t.created_at, t.id limit ?`, func() []any { return []any{m.ForumID, meeting.MaxOffers} }},
		{`
select 'action' as kind, a.id, a.no, a.title_fi, a.title_sv, a.title_en, ` + conditionSQL + ` as condition, a.late_on as due_on, (m.starts_at at time zone 'Europe/Helsinki')::date as since_on,
       po.id as post_id, po.party_id, po.title_fi as post_fi, po.title_sv as post_sv, po.title_en as post_en,
       ` + s.tx.leadStanding("a") + ` as standing, i.id as item_id, m.id as meeting_id, m.year, m.number, m.starts_at, a.visibility, a.visibility_ground
from action a join outcome o on o.id = a.outcome_id join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id
left join post po on po.id = a.lead_post_id and ` + s.tx.leads("a") + `
where m.forum_id = ? and m.id <> ? and a.status in ('not_started', 'in_progress', 'paused') and a.withdrawn_on is null and not ` + fmt.Sprintf(takenSQL, "'action'", "a.id") + `
order by (a.late_on < ?) desc nulls last, coalesce(a.late_on, 'infinity'::date), a.no limit ?`,
			func() []any { return []any{s.tx.day, m.ForumID, m.ID, s.tx.day, meeting.MaxOffers} }},
		{`
select case o.type when 'deferred' then 'deferred' else 'returned' end as kind, o.id, i.title_fi, i.title_sv, i.title_en, o.text_fi, o.text_sv, o.text_en,
       ` + offerFromSQL + `
from (select distinct on (c.agenda_item_id) c.* from outcome c join agenda_item ci on ci.id = c.agenda_item_id join meeting cm on cm.id = ci.meeting_id
  where cm.forum_id = ? and cm.starts_at < ? and cm.status in ('closed', 'approved', 'published') and c.ended_at is null
    and (c.type = 'deferred' or c.type = 'referral' and ` + strings.ReplaceAll(refusedSQL, "o.id", "c.id") + `)
  order by c.agenda_item_id, c.type = 'deferred' desc, c.no) o
join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id
where not ` + carriedOverSQL + ` and not ` + standsSQL + ` and (o.type = 'deferred' or ` + unended + `)
order by m.starts_at, i.position limit ?`, func() []any { return []any{m.ForumID, m.StartsAt, 2 * meeting.MaxOffers} }},
		{`
select 'referral' as kind, r.id, i.title_fi, i.title_sv, i.title_en, o.text_fi, o.text_sv, o.text_en, r.due_on,
       f.id as forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en,
       ` + strings.Replace(offerFromSQL, "m.starts_at at", "r.sent_at at", 1) + `
from referral r join outcome o on o.id = r.outcome_id join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = r.from_forum_id
where r.to_forum_id = ? and (r.state = 'open' or r.state = 'accepted' and r.agenda_item_id is null)
order by r.due_on, r.sent_at, r.id limit ?`, func() []any { return []any{m.ForumID, meeting.MaxOffers} }},
		{`
select 'sent' as kind, o.id, i.title_fi, i.title_sv, i.title_en, o.text_fi, o.text_sv, o.text_en, x.due_on,
       f.id as forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en,
       ` + offerFromSQL + `
from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id
left join lateral (select * from referral l where l.outcome_id = o.id order by l.created_at desc, l.id desc limit 1) x on true
left join forum f on f.id = x.to_forum_id and ` + strings.Join(shown.conds, " and ") + `
where m.forum_id = ? and m.id <> ? and m.status <> 'in_progress' and o.type = 'referral' and o.ended_at is null and coalesce(x.state, 'open') in ('prepared', 'open') and not ` + standsSQL + `
order by m.starts_at, i.position, o.no limit ?`, func() []any { return append(slices.Clone(shown.args), m.ForumID, m.ID, meeting.MaxOffers) }},
	} {
		var rows []offerRow
		if err := s.tx.Raw(part.sql, part.args()...).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("find what offers itself: %w", err)
		}
		for _, r := range rows {
			out = append(out, r.entity())
		}
	}
	return out, nil
}

func (r offerRow) entity() meeting.Offer {
	o := meeting.Offer{Kind: r.Kind, ID: r.ID, Title: r.Title, Text: r.Text, No: r.No, Condition: r.Condition, DueOn: r.DueOn, Since: r.SinceOn,
		Post: valueOf(r.PostID), PostTitle: r.Post, PostParty: valueOf(r.PartyID), Standing: r.Standing, Visibility: r.Visibility, VisibilityGround: r.VisibilityGround}
	if r.MeetingID != nil {
		o.Meeting = &meeting.MeetingPlace{ItemID: valueOf(r.ItemID), MeetingID: *r.MeetingID, Year: r.Year, Number: r.Number, StartsAt: *r.StartsAt}
	}
	if r.ForumID != nil {
		o.ForumID, o.Forum = *r.ForumID, meeting.Forum{Key: r.ForumKey, Title: r.Forum}
	}
	if r.CasePartyID != nil {
		o.Case = domain.CaseReference{PartyID: *r.CasePartyID, RegistryNo: r.CaseRegistryNo}
	}
	return o
}
