package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

type forumRow struct {
	ID               domain.ForumID
	Key              string
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Purpose          domain.Text `gorm:"embedded;embeddedPrefix:purpose_"`
	Mandate          domain.Text `gorm:"embedded;embeddedPrefix:mandate_"`
	Level            forum.Level
	Reach            forum.Reach
	Paper            forum.Paper
	MeetingsPerYear  int
	ReferralDays     int
	ParentID         *domain.ForumID
	ChainID          *domain.ChainID
	ValidFrom        domain.Date
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (forumRow) TableName() string { return "forum" }

func rowOfForum(f forum.Forum) forumRow {
	return forumRow{ID: f.ID, Key: f.Key, Title: f.Title, Purpose: f.Purpose, Mandate: f.Mandate, Level: f.Level, Reach: f.Reach,
		Paper: f.Paper, MeetingsPerYear: f.MeetingsPerYear, ReferralDays: f.ReferralDays, ParentID: f.ParentID.Ptr(), ChainID: f.ChainID.Ptr(), ValidFrom: f.ValidFrom,
		Visibility: f.Visibility, VisibilityGround: f.VisibilityGround, Version: f.Version, CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt}
}

func (r forumRow) entity() forum.Forum {
	return forum.Forum{ID: r.ID, Key: r.Key, Title: r.Title, Purpose: r.Purpose, Mandate: r.Mandate, Level: r.Level, Reach: r.Reach,
		Paper: r.Paper, MeetingsPerYear: r.MeetingsPerYear, ReferralDays: r.ReferralDays, ParentID: valueOf(r.ParentID), ChainID: valueOf(r.ChainID), ValidFrom: r.ValidFrom,
		Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// forumColumns are those that an edit may change.
var forumColumns = []string{"key", "title_fi", "title_sv", "title_en", "purpose_fi", "purpose_sv", "purpose_en", "mandate_fi", "mandate_sv", "mandate_en",
	"level", "reach", "paper", "meetings_per_year", "referral_days", "parent_id", "chain_id", "visibility", "visibility_ground", "version", "updated_at"}

// ForumStore keeps forums and their members.
type ForumStore struct{ tx Tx }

// NewForumStore binds the store to a transaction.
func NewForumStore(tx Tx) *ForumStore { return &ForumStore{tx} }

const forumSelect = `
select f.id, f.key, f.title_fi, f.title_sv, f.title_en, f.purpose_fi, f.purpose_sv, f.purpose_en, f.mandate_fi, f.mandate_sv, f.mandate_en,
       f.level, f.reach, f.paper, f.meetings_per_year, f.referral_days, f.parent_id, f.chain_id, f.valid_from, f.visibility, f.visibility_ground,
       f.version, f.created_at, f.updated_at`

// Get implements forum.Store.
func (s *ForumStore) Get(scope domain.Scope, id domain.ForumID) (forum.View, error) {
	return s.one(scope, "f.id = ?", id)
}

// ByKey implements forum.Store.
func (s *ForumStore) ByKey(scope domain.Scope, key string) (forum.View, error) {
	return s.one(scope, "f.key = ?", key)
}

func (s *ForumStore) one(scope domain.Scope, cond string, arg any) (forum.View, error) {
	rows, err := found[forumRow](s.tx, scope, forumSelect, "forum", "f", cond, arg)
	if err != nil {
		return forum.View{}, err
	}
	views, err := s.complete(scope, rows)
	if err != nil {
		return forum.View{}, err
	}
	return views[0], nil
}

// complete adds what sits in other tables, with one query for each.
func (s *ForumStore) complete(scope domain.Scope, rows []forumRow) ([]forum.View, error) {
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	if len(ids) == 0 {
		return []forum.View{}, nil
	}
	references, err := s.tx.references(domain.SubjectForum, ids)
	if err != nil {
		return nil, err
	}
	members, err := s.members(ids)
	if err != nil {
		return nil, err
	}
	goals, err := s.goals(scope, ids)
	if err != nil {
		return nil, err
	}
	parents, chains, err := s.refs(scope, rows)
	if err != nil {
		return nil, err
	}
	rhythm, err := s.rhythm(scope, ids)
	if err != nil {
		return nil, err
	}
	figures, err := s.figures(scope, ids)
	if err != nil {
		return nil, err
	}
	mandates, err := s.mandates(ids)
	if err != nil {
		return nil, err
	}
	linked, err := s.tx.links("forum_goal", "forum_id", "goal_id", ids)
	if err != nil {
		return nil, err
	}
	tags, err := s.tx.tags(domain.SubjectForum, ids)
	if err != nil {
		return nil, err
	}
	pins, err := s.tx.pins(scope, domain.SubjectForum, ids)
	if err != nil {
		return nil, err
	}
	views := make([]forum.View, len(rows))
	for i, r := range rows {
		v := forum.View{Forum: r.entity(), Goals: goals[ids[i]], Figures: figures[ids[i]], Mandated: mandates[ids[i]]}
		v.References, v.Members = references[ids[i]], members[ids[i]]
		setIDs(&v.GoalIDs, linked[ids[i]])
		v.TagIDs, v.Pins = tags[ids[i]], pins[ids[i]]
		v.StageIDs, v.HandoverIDs = v.Pins.StageIDs(), v.Pins.HandoverIDs()
		if p, ok := parents[v.ParentID]; ok {
			v.Parent = &p
		}
		if c, ok := chains[v.ChainID]; ok {
			v.Chain = &c
		}
		for _, m := range rhythm[ids[i]] {
			v.Held = m.Held
			ref := &forum.MeetingRef{ID: m.ID, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, EndsAt: m.EndsAt, Status: m.Status}
			switch m.Which {
			case "last":
				v.LastMeeting = ref
			case "next":
				v.NextMeeting = ref
			}
		}
		views[i] = v
	}
	return views, nil
}

type membershipRow struct {
	ID        domain.MembershipID
	ForumID   domain.ForumID
	PostID    domain.PostID
	Role      forum.Role
	ValidFrom domain.Date
	ValidTo   domain.Date
	Version   int
}

func (membershipRow) TableName() string { return "membership" }

type memberRow struct {
	Membership membershipRow `gorm:"embedded"`
	PartyID    domain.PartyID
	Title      domain.Text `gorm:"embedded;embeddedPrefix:title_"`
}

const memberSelect = `
select m.id, m.forum_id, m.post_id, m.role, m.valid_from, m.valid_to, m.version, p.party_id, p.title_fi, p.title_sv, p.title_en
from membership m
join post p on p.id = m.post_id
join party pa on pa.id = p.party_id`

// members loads the members of the day shown and later: principal parties
// first, chair and secretary before the others.
func (s *ForumStore) members(forums []domain.AnyID) (map[domain.AnyID][]forum.Membership, error) {
	var rows []memberRow
	err := s.tx.Raw(memberSelect+` where m.forum_id in ? and (m.valid_to is null or m.valid_to >= ?)
order by pa.position, array_position(array['chair', 'secretary', 'member'], m.role), p.title_fi collate "fi", m.id`, forums, s.tx.day).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the members: %w", err)
	}
	out := map[domain.AnyID][]forum.Membership{}
	for _, r := range rows {
		id := domain.AnyID{UUID: r.Membership.ForumID.UUID}
		out[id] = append(out[id], r.entity())
	}
	return out, nil
}

func (r memberRow) entity() forum.Membership {
	m := r.Membership
	return forum.Membership{ID: m.ID, ForumID: m.ForumID, PostID: m.PostID, Role: m.Role, ValidFrom: m.ValidFrom, ValidTo: m.ValidTo,
		Version: m.Version, Title: r.Title, PartyID: r.PartyID}
}

// goals loads the goals of forums that the scope covers.
func (s *ForumStore) goals(scope domain.Scope, forums []domain.AnyID) (map[domain.AnyID][]forum.GoalRef, error) {
	var w where
	w.add("l.forum_id in ?", forums)
	s.tx.visible(&w, scope, "g", "goal")
	var rows []struct {
		ForumID domain.AnyID
		ID      domain.GoalID
		No      int
		Title   domain.Text `gorm:"embedded;embeddedPrefix:title_"`
		EndedOn domain.Date
	}
	err := s.tx.Raw("select l.forum_id, g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.ended_on from forum_goal l join goal g on g.id = l.goal_id"+
		w.sql()+" order by g.no", w.args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the goals of forums: %w", err)
	}
	out := map[domain.AnyID][]forum.GoalRef{}
	for _, r := range rows {
		out[r.ForumID] = append(out[r.ForumID], forum.GoalRef{ID: r.ID, No: r.No, Title: r.Title, EndedOn: r.EndedOn})
	}
	return out, nil
}

// refs loads the parents and chains of forums that the scope covers.
func (s *ForumStore) refs(scope domain.Scope, rows []forumRow) (map[domain.ForumID]forum.ForumRef, map[domain.ChainID]forum.ChainRef, error) {
	parents, chains := map[domain.ForumID]forum.ForumRef{}, map[domain.ChainID]forum.ChainRef{}
	var ids []domain.AnyID
	for _, r := range rows {
		for _, id := range []domain.AnyID{{UUID: valueOf(r.ParentID).UUID}, {UUID: valueOf(r.ChainID).UUID}} {
			if !id.IsZero() {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return parents, chains, nil
	}
	var f, c where
	f.add("f.id in ?", ids)
	s.tx.visible(&f, scope, "f", "forum")
	c.add("c.id in ?", ids)
	s.tx.visible(&c, scope, "c", "chain")
	var found []struct {
		Chain bool
		ID    domain.AnyID
		Key   string
		Title domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}
	err := s.tx.Raw("select false as chain, f.id, f.key, f.title_fi, f.title_sv, f.title_en from forum f"+f.sql()+
		" union all select true, c.id, c.key, c.title_fi, c.title_sv, c.title_en from chain c"+c.sql(),
		append(f.args, c.args...)...).Scan(&found).Error
	if err != nil {
		return nil, nil, fmt.Errorf("load the parents and chains of forums: %w", err)
	}
	for _, r := range found {
		if r.Chain {
			id := domain.ChainID{UUID: r.ID.UUID}
			chains[id] = forum.ChainRef{ID: id, Key: r.Key, Title: r.Title}
		} else {
			id := domain.ForumID{UUID: r.ID.UUID}
			parents[id] = forum.ForumRef{ID: id, Key: r.Key, Title: r.Title}
		}
	}
	return parents, chains, nil
}

type rhythmRow struct {
	ForumID  domain.AnyID
	Which    string // last or next
	Held     int
	ID       domain.MeetingID
	Year     int
	Number   int
	StartsAt time.Time
	EndsAt   time.Time
	Status   string
}

// rhythm loads the last meeting held, the next one, and how many were held in
// the year shown, of those that the scope covers.
func (s *ForumStore) rhythm(scope domain.Scope, forums []domain.AnyID) (map[domain.AnyID][]rhythmRow, error) {
	var w where
	w.add("m.forum_id in ?", forums)
	s.tx.meetingVisible(&w, scope)
	day := s.tx.day
	args := append(append([]any{}, w.args...), day.Year())
	var rows []rhythmRow
	err := s.tx.Raw(`
with seen as (select m.*, m.status in ('closed', 'approved', 'published') as held
              from meeting m join forum f on f.id = m.forum_id`+w.sql()+`),
     held as (select forum_id, count(*) filter (where held and year = ?) as n from seen group by forum_id),
     picked as (
       (select distinct on (forum_id) 'last' as which, * from seen where held order by forum_id, starts_at desc, id desc)
       union all
       (select distinct on (forum_id) 'next', * from seen where status in ('draft', 'called', 'in_progress') order by forum_id, starts_at, id))
select p.forum_id, p.which, h.n as held, p.id, p.year, p.number, p.starts_at, p.ends_at, p.status
from picked p join held h on h.forum_id = p.forum_id`, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the meetings of forums: %w", err)
	}
	out := map[domain.AnyID][]rhythmRow{}
	for _, r := range rows {
		out[r.ForumID] = append(out[r.ForumID], r)
	}
	return out, nil
}

var forumOrdering = ordering{
	keys: map[string]sortKey{
		"title":     {`f.title_fi collate "fi"`, "text"},
		"level":     {"array_position(array['statutory', 'strategic', 'thematic', 'network'], f.level)", "integer"},
		"updatedAt": {"f.updated_at", "timestamptz"},

		"waitingSince": {saidSince, "timestamptz"},
	},
	standard: "title",
	id:       "f.id",
}

// List implements forum.Store.
func (s *ForumStore) List(scope domain.Scope, f forum.Filter, req domain.PageRequest) (domain.Page[forum.View], error) {
	var err error
	if f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag); err != nil {
		return domain.Page[forum.View]{}, err
	}
	if f.About, err = s.tx.followAbout(f.About); err != nil {
		return domain.Page[forum.View]{}, err
	}
	var w where
	s.tx.visible(&w, scope, "f", "forum")
	tagged(&w, domain.SubjectForum, "f.id", f.Tag)
	in(&w, "f.level", f.Level)
	in(&w, "f.reach", f.Reach)
	s.chainFilter(&w, scope, f.Chain)
	pinFilter(s.tx, &w, scope, domain.SubjectForum, "f.id", "stage", f.Stage)
	pinFilter(s.tx, &w, scope, domain.SubjectForum, "f.id", "handover", f.Handover)
	inLinked(&w, "f.id", "forum_goal", "forum_id", "goal_id", f.Goal)
	if len(f.Goal.Values) > 0 && !scope.Staff { // what asks for a goal that they may not see finds nothing
		g := where{conds: []string{"g.id in ?"}, args: []any{f.Goal.Values}}
		s.tx.visible(&g, scope, "g", "goal")
		cond := "exists (select 1 from forum_goal l join goal g on g.id = l.goal_id" + g.sql() + " and l.forum_id = f.id)"
		if f.Goal.None {
			cond = "(" + cond + " or not exists (select 1 from forum_goal l where l.forum_id = f.id))"
		}
		w.add(cond, g.args...)
	}
	s.partyFilter(&w, f.Party)
	s.tx.about(&w, scope, "'forum'", "f.id", f.About)
	if !f.Awaits.IsZero() {
		w.add("exists (select 1 from party pa where pa.id = ? and pa.principal) and not exists (select 1 from mandate_acceptance a where a.forum_id = f.id and a.party_id = ? and "+
			sameWords("a", "f")+")", f.Awaits, f.Awaits)
	}
	const from = " from forum f"
	rows, err := list[forumRow](s.tx, forumOrdering, req, forumSelect, from, w)
	if err != nil {
		return domain.Page[forum.View]{}, fmt.Errorf("list forums: %w", err)
	}
	items, err := s.complete(scope, rows.Items)
	return pageOf(rows, items), err
}

// chainFilter adds "follows one of these chains, or is pinned to a stage or
// hand-over of one"; None matches a forum without a chain.
func (s *ForumStore) chainFilter(w *where, scope domain.Scope, f domain.AnyOf[domain.ChainID]) {
	if f.IsZero() {
		return
	}
	pinned := "exists (select 1 from (" + s.tx.pinnedChains(scope, domain.SubjectForum, "f.id") + ") k"
	c := where{conds: []string{"c.id = f.chain_id"}}
	s.tx.visible(&c, scope, "c", "chain")
	in := "(f.chain_id in ? and exists (select 1 from chain c" + c.sql() + ") or " + pinned + " where k.id in ?))"
	nowhere := "(f.chain_id is null and not " + pinned + "))"
	switch {
	case len(f.Values) == 0:
		w.add(nowhere)
	case f.None:
		w.add("("+in+" or "+nowhere+")", f.Values, f.Values)
	default:
		w.add(in, f.Values, f.Values)
	}
}

// partyFilter adds "has a member of one of these parties on the day shown";
// None matches a forum without members.
func (s *ForumStore) partyFilter(w *where, f domain.AnyOf[domain.PartyID]) {
	if f.IsZero() {
		return
	}
	const exists = `exists (select 1 from membership m join post p on p.id = m.post_id
where m.forum_id = f.id and m.valid_from <= ? and (m.valid_to is null or m.valid_to >= ?)`
	day := []any{s.tx.day, s.tx.day}
	switch {
	case len(f.Values) == 0:
		w.add("not "+exists+")", day...)
	case f.None:
		w.add("("+exists+" and p.party_id in ?) or not "+exists+"))", append(append(append([]any{}, day...), f.Values), day...)...)
	default:
		w.add(exists+" and p.party_id in ?)", append(day, f.Values)...)
	}
}

// Lock implements forum.Store.
func (s *ForumStore) Lock(id domain.ForumID) error {
	return s.tx.Exec("select 1 from forum where id = ? for update", id).Error
}

// Insert implements forum.Store.
func (s *ForumStore) Insert(f forum.Forum) error {
	row := rowOfForum(f)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a forum: %w", err)
	}
	return s.saveParts(f)
}

// Update implements forum.Store.
func (s *ForumStore) Update(f forum.Forum) (forum.Forum, error) {
	row := rowOfForum(f)
	row.Version++
	res := s.tx.Model(&forumRow{}).Where("id = ? and version = ?", f.ID, f.Version).Select(forumColumns).Updates(&row)
	if res.Error != nil {
		return f, fmt.Errorf("update a forum: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, f.ID)
		if err != nil {
			return f, err
		}
		return f, domain.Stale(domain.SubjectOf(domain.SubjectForum, f.ID), f.Version, current)
	}
	f.Version = row.Version
	return f, s.saveParts(f)
}

func (s *ForumStore) saveParts(f forum.Forum) error {
	subject := domain.SubjectOf(domain.SubjectForum, f.ID)
	if err := s.tx.saveReferences(subject, f.References); err != nil {
		return err
	}
	if err := s.tx.saveTags(subject, f.TagIDs); err != nil {
		return err
	}
	if err := s.tx.savePins(subject, f.StageIDs, f.HandoverIDs); err != nil {
		return err
	}
	have, err := s.tx.links("forum_goal", "forum_id", "goal_id", []domain.AnyID{subject.ID})
	if err != nil {
		return err
	}
	return s.tx.saveLinks("forum_goal", "forum_id", subject.ID, "goal_id", have[subject.ID], anyIDs(f.GoalIDs), nil)
}

// Membership implements forum.Store.
func (s *ForumStore) Membership(forumID domain.ForumID, id domain.MembershipID) (forum.Membership, error) {
	var rows []memberRow
	if err := s.tx.Raw(memberSelect+" where m.forum_id = ? and m.id = ?", forumID, id).Scan(&rows).Error; err != nil {
		return forum.Membership{}, fmt.Errorf("load a membership: %w", err)
	}
	if len(rows) == 0 {
		return forum.Membership{}, domain.NotFound("membership")
	}
	return rows[0].entity(), nil
}

func rowOfMembership(m forum.Membership) membershipRow {
	return membershipRow{m.ID, m.ForumID, m.PostID, m.Role, m.ValidFrom, m.ValidTo, m.Version}
}

// InsertMembership implements forum.Store.
func (s *ForumStore) InsertMembership(m forum.Membership) error {
	row := rowOfMembership(m)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a membership: %w", err)
	}
	return nil
}

// UpdateMembership implements forum.Store.
func (s *ForumStore) UpdateMembership(m forum.Membership) (forum.Membership, error) {
	row := rowOfMembership(m)
	row.Version++
	res := s.tx.Model(&membershipRow{}).Where("id = ? and version = ?", m.ID, m.Version).Select("valid_to", "version").Updates(&row)
	if res.Error != nil {
		return m, fmt.Errorf("update a membership: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return m, domain.Stale(domain.SubjectOf(domain.SubjectMembership, m.ID), m.Version, nil)
	}
	m.Version = row.Version
	return m, nil
}
