package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// sameCase are the ways in which two items are one step apart in a case: what is
// selected is the one and the other, given a condition on the first (%[1]s).
var sameCase = []string{
	"select t.from_item_id as item, t.to_item_id as id from transfer t where t.from_item_id %[1]s and t.to_item_id is not null",
	"select t.to_item_id, t.from_item_id from transfer t where t.to_item_id %[1]s and t.from_item_id is not null",
	"select o.agenda_item_id, r.agenda_item_id from referral r join outcome o on o.id = r.outcome_id where o.agenda_item_id %[1]s and r.agenda_item_id is not null",
	"select r.agenda_item_id, o.agenda_item_id from referral r join outcome o on o.id = r.outcome_id where r.agenda_item_id %[1]s",
	"select o.agenda_item_id, a.agenda_item_id from outcome o join agenda_item_source a on a.source_kind = 'outcome' and a.source_id = o.id where o.agenda_item_id %[1]s",
	"select a.agenda_item_id, o.agenda_item_id from agenda_item_source a join outcome o on o.id = a.source_id where a.source_kind = 'outcome' and a.agenda_item_id %[1]s",
	`select a.subject_id, b.subject_id from case_reference a join case_reference b on b.registry_no = a.registry_no and b.party_id = a.party_id
    where a.subject_kind = 'agenda_item' and a.subject_id %[1]s and a.registry_no <> '' and b.subject_kind = 'agenda_item' and b.subject_id <> a.subject_id`,
}

// sameCaseSQL finds pairs of items that are one step apart, given the condition
// on the first, which stands in it len(sameCase) times.
func sameCaseSQL(first string) string {
	return "(" + strings.ReplaceAll(strings.Join(sameCase, "\n  union all "), "%[1]s", first) + ")"
}

// maxHandlings is how many items of one case are shown.
const maxHandlings = 200

// Case implements meeting.Store.
func (s *MeetingStore) Case(scope domain.Scope, seed meeting.CaseSeed) ([]meeting.Handling, error) {
	var seen where
	seen.conds = []string{"true"}
	s.tx.papersVisible(&seen, scope)
	s.tx.visible(&seen, scope, "i", "agenda_item")
	visible := strings.Join(seen.conds, " and ")
	start, args := "i.id = ?", []any{seed.ItemID}
	if seed.ItemID.IsZero() {
		start = `i.id in (select c.subject_id from case_reference c join party p on p.id = c.party_id
  where p.key = ? and c.registry_no = ? and c.registry_no <> '' and c.subject_kind = 'agenda_item')`
		args = []any{seed.PartyKey, seed.RegistryNo}
	}
	args = append(append(append(args, seen.args...), seen.args...), maxHandlings)
	var rows []struct {
		ItemID  domain.AgendaItemID
		Meeting meetingNameRow `gorm:"embedded"`
	}
	err := s.tx.Raw(`
with recursive s as (
  select i.id`+itemFrom+" where "+start+" and "+visible+`
  union
  select i.id from s join lateral `+sameCaseSQL("= s.id")+` e on true join agenda_item i on i.id = e.id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id
  where `+visible+`)
select i.id as item_id, `+meetingNameColumns+itemFrom+" join s on s.id = i.id order by m.starts_at, m.id, i.position limit ?", args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find the handlings of a case: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]domain.AgendaItemID, len(rows))
	for n, r := range rows {
		ids[n] = r.ItemID
	}
	items, err := s.items(scope, "i.id in ?", ids)
	if err != nil {
		return nil, err
	}
	out := make([]meeting.Handling, 0, len(rows))
	for _, r := range rows {
		if at := slices.IndexFunc(items, func(i meeting.AgendaItem) bool { return i.ID == r.ItemID }); at >= 0 {
			out = append(out, meeting.Handling{Item: items[at], Meeting: r.Meeting.entity()})
		}
	}
	return out, nil
}

// newer tells items of which their case has a later handling that the scope may
// see, one step away; the latest of them.
func (s *MeetingStore) newer(scope domain.Scope, ids []domain.AgendaItemID, at map[domain.AgendaItemID]*meeting.AgendaItem) error {
	var w where
	w.add("m.starts_at > sm.starts_at")
	w.add("m.status <> 'cancelled'")
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	type row struct {
		Item    domain.AgendaItemID
		NewerID domain.AgendaItemID
		Meeting meetingNameRow `gorm:"embedded"`
	}
	rows, err := query[row](s.tx, `
select distinct on (s.id) s.id as item, i.id as newer_id, `+meetingNameColumns+`
from `+sameCaseSQL("= any(?)")+` e join agenda_item s on s.id = e.item join meeting sm on sm.id = s.meeting_id
join agenda_item i on i.id = e.id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id
where `+strings.Join(w.conds, " and ")+" order by s.id, m.starts_at desc, i.id", append(slices.Repeat([]any{asOne(ids)}, len(sameCase)), w.args...)...)
	if err != nil {
		return fmt.Errorf("find later handlings: %w", err)
	}
	for _, r := range rows {
		n := r.Meeting.entity()
		at[r.Item].Newer, at[r.Item].NewerID = &n, r.NewerID
	}
	return nil
}

// Called implements meeting.Store. The history has the agenda as it was at the
// instant of the call.
func (s *MeetingStore) Called(m meeting.Meeting) ([]meeting.AgendaItem, error) {
	rows, err := query[agendaItemView](s.tx, strings.Replace(calledSelect, "select ", "select distinct on (i.id) ", 1)+` from agenda_item_history i left join post pp on pp.id = i.presenter_post_id
where i.meeting_id = ? and i.sys_from <= ? and i.sys_to > ? order by i.id, i.sys_from desc`, m.ID, m.CalledAt, m.CalledAt)
	if err != nil {
		return nil, fmt.Errorf("load the agenda as it was called: %w", err)
	}
	items := make([]meeting.AgendaItem, len(rows))
	for n, r := range rows {
		items[n] = r.entity()
	}
	slices.SortFunc(items, func(a, b meeting.AgendaItem) int { return strings.Compare(a.Position, b.Position) })
	return items, nil
}

// calledFields are the fields of an item, in the words of the log, that belong to
// what is called.
var calledFields = []string{"title", "preparer", "proposal", "explanation", "presenterId", "minutesReserved", "links", "visibility", "visibilityGround",
	"agendaNo", "subNo", "parentId", "kind"}

// ChangedLast implements meeting.Store.
func (s *MeetingStore) ChangedLast(m meeting.Meeting, ids []domain.AgendaItemID) (map[domain.AgendaItemID]meeting.ItemTouch, error) {
	until := ""
	if s.tx.asOf {
		until = " and e.at <= current_setting('app.as_of')::timestamptz"
	}
	rows, err := query[struct {
		SubjectID domain.AgendaItemID
		At        time.Time
		PostID    *domain.PostID
	}](s.tx, `
select distinct on (e.subject_id) e.subject_id, e.at, e.post_id
from audit_entry e join audit_value v on v.entry_id = e.id
where e.subject_kind = 'agenda_item' and e.subject_id = any(?) and e.at > ?`+until+`
  and exists (select 1 from jsonb_array_elements(v.changes::jsonb) c where c->>'field' in ?)
order by e.subject_id, e.at desc, e.id desc`, asOne(ids), m.CalledAt, calledFields)
	if err != nil {
		return nil, fmt.Errorf("find who changed the agenda: %w", err)
	}
	out := map[domain.AgendaItemID]meeting.ItemTouch{}
	for _, r := range rows {
		out[r.SubjectID] = meeting.ItemTouch{At: r.At.UTC(), PostID: valueOf(r.PostID)}
	}
	return out, nil
}

// NamePosts implements meeting.Store.
func (s *MeetingStore) NamePosts(changes []meeting.AgendaChange) error {
	var posts []domain.PostID
	for _, c := range changes {
		if !c.PostID.IsZero() {
			posts = append(posts, c.PostID)
		}
	}
	titles, err := s.tx.postTitles(posts)
	for n, c := range changes {
		changes[n].Post = titles[c.PostID].Title
	}
	return err
}
