package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// SeePapers implements meeting.Store.
func (s *MeetingStore) SeePapers(scope domain.Scope, id domain.MeetingID) (domain.ForumID, error) {
	var w where
	w.add("m.id = ?", id)
	s.tx.papersVisible(&w, scope)
	var forums []domain.ForumID
	if err := s.tx.Raw("select m.forum_id"+meetingFrom+w.sql(), w.args...).Scan(&forums).Error; err != nil {
		return domain.ForumID{}, fmt.Errorf("look for a meeting's papers: %w", err)
	}
	if len(forums) == 0 {
		return domain.ForumID{}, domain.NotFound("meeting")
	}
	return forums[0], nil
}

// Places implements meeting.Store.
func (s *MeetingStore) Places(id domain.MeetingID) ([]meeting.AgendaItem, error) {
	type place struct {
		ID       domain.AgendaItemID
		Position string
		AgendaNo int
	}
	rows, err := query[place](s.tx, "select id, position, coalesce(agenda_no, 0) as agenda_no from agenda_item where meeting_id = ? order by position", id)
	if err != nil {
		return nil, fmt.Errorf("load the places on an agenda: %w", err)
	}
	out := make([]meeting.AgendaItem, len(rows))
	for i, r := range rows {
		out[i] = meeting.AgendaItem{ID: r.ID, MeetingID: id, Position: r.Position, AgendaNo: r.AgendaNo}
	}
	return out, nil
}

// movements loads those of the participants of meetings, in their order.
func (s *MeetingStore) movements(meetings []domain.MeetingID) (map[domain.ParticipantID][]meeting.Movement, error) {
	type movementRow struct {
		ParticipantID domain.ParticipantID
		Kind          meeting.MovementKind
		MovedAt       time.Time
		AgendaItemID  domain.AgendaItemID
		Position      string
		AgendaNo      int
	}
	rows, err := query[movementRow](s.tx, `
select v.participant_id, v.kind, v.moved_at, v.agenda_item_id, i.position, coalesce(i.agenda_no, 0) as agenda_no
from participant p join movement v on v.participant_id = p.id join agenda_item i on i.id = v.agenda_item_id
where p.meeting_id = any(?) order by v.participant_id, v.no`, asOne(meetings))
	if err != nil {
		return nil, fmt.Errorf("load who came and left: %w", err)
	}
	out := map[domain.ParticipantID][]meeting.Movement{}
	for _, r := range rows {
		out[r.ParticipantID] = append(out[r.ParticipantID], meeting.Movement{Kind: r.Kind, At: r.MovedAt.UTC(), ItemID: r.AgendaItemID,
			Position: r.Position, AgendaNo: r.AgendaNo})
	}
	return out, nil
}

// saveMovements replaces those of a participant, touching only what differs.
func (s *MeetingStore) saveMovements(p meeting.Participant) error {
	for i, v := range p.Movements {
		err := s.tx.Exec(`
insert into movement (id, participant_id, no, kind, moved_at, agenda_item_id) values (gen_random_uuid(), ?, ?, ?, ?, ?)
on conflict (participant_id, no) do update set kind = excluded.kind, moved_at = excluded.moved_at, agenda_item_id = excluded.agenda_item_id
where (movement.kind, movement.moved_at, movement.agenda_item_id) is distinct from (excluded.kind, excluded.moved_at, excluded.agenda_item_id)`,
			p.ID, i+1, v.Kind, v.At, v.ItemID).Error
		if err != nil {
			return fmt.Errorf("save who came and left: %w", err)
		}
	}
	if err := s.tx.Exec("delete from movement where participant_id = ? and no > ?", p.ID, len(p.Movements)).Error; err != nil {
		return fmt.Errorf("forget who came and left: %w", err)
	}
	return nil
}

// DeskStore keeps what is on the desks of meetings.
type DeskStore struct{ tx Tx }

// NewDeskStore binds the store to a transaction.
func NewDeskStore(tx Tx) *DeskStore { return &DeskStore{tx} }

// Pen implements meeting.Desk.
func (s *DeskStore) Pen(id domain.MeetingID) (meeting.Pen, error) {
	type penRow struct {
		PersonID      domain.PersonID
		PostID        domain.PostID
		TakenAt       time.Time
		SeenAt        time.Time
		AskedPersonID *domain.PersonID
		AskedPostID   *domain.PostID
		AskedAt       *time.Time
		HolderParty   domain.PartyID
		Holder        domain.Text `gorm:"embedded;embeddedPrefix:holder_"`
		AskingParty   *domain.PartyID
		Asking        domain.Text `gorm:"embedded;embeddedPrefix:asking_"`
	}
	rows, err := query[penRow](s.tx, `
select p.person_id, p.post_id, p.taken_at, p.seen_at, p.asked_person_id, p.asked_post_id, p.asked_at,
       h.party_id as holder_party, h.title_fi as holder_fi, h.title_sv as holder_sv, h.title_en as holder_en,
       a.party_id as asking_party, a.title_fi as asking_fi, a.title_sv as asking_sv, a.title_en as asking_en
from public.pen p join post h on h.id = p.post_id left join post a on a.id = p.asked_post_id where p.meeting_id = ?`, id)
	if err != nil {
		return meeting.Pen{}, fmt.Errorf("load the pen: %w", err)
	}
	if len(rows) == 0 {
		return meeting.Pen{}, nil
	}
	r := rows[0]
	p := meeting.Pen{MeetingID: id, Holder: meeting.Hand{PersonID: r.PersonID, PostID: r.PostID}, TakenAt: r.TakenAt.UTC(), SeenAt: r.SeenAt.UTC(),
		HolderPost: meeting.Post{ID: r.PostID, Title: r.Holder, PartyID: r.HolderParty}}
	if r.AskedAt != nil {
		p.Asking, p.AskedAt = meeting.Hand{PersonID: valueOf(r.AskedPersonID), PostID: valueOf(r.AskedPostID)}, r.AskedAt.UTC()
		p.AskingPost = meeting.Post{ID: p.Asking.PostID, Title: r.Asking, PartyID: valueOf(r.AskingParty)}
	}
	return p, nil
}

// SavePen implements meeting.Desk.
func (s *DeskStore) SavePen(p meeting.Pen) error {
	if p.Holder == (meeting.Hand{}) {
		return s.tx.Exec("delete from pen where meeting_id = ?", p.MeetingID).Error
	}
	var askedAt *time.Time
	if p.Asking != (meeting.Hand{}) {
		askedAt = &p.AskedAt
	}
	err := s.tx.Exec(`
insert into pen (meeting_id, person_id, post_id, taken_at, seen_at, asked_person_id, asked_post_id, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?)
on conflict (meeting_id) do update set person_id = excluded.person_id, post_id = excluded.post_id, taken_at = excluded.taken_at, seen_at = excluded.seen_at,
    asked_person_id = excluded.asked_person_id, asked_post_id = excluded.asked_post_id, asked_at = excluded.asked_at`,
		p.MeetingID, p.Holder.PersonID, p.Holder.PostID, p.TakenAt, p.SeenAt, p.Asking.PersonID.Ptr(), p.Asking.PostID.Ptr(), askedAt).Error
	if err != nil {
		return fmt.Errorf("save the pen: %w", err)
	}
	return nil
}

// SeenAlive implements meeting.Desk.
func (s *DeskStore) SeenAlive(id domain.MeetingID, h meeting.Hand, at, since time.Time) error {
	return s.tx.Exec("update pen set seen_at = ? where meeting_id = ? and person_id = ? and post_id = ? and seen_at > ?",
		at, id, h.PersonID, h.PostID, since).Error
}

// Watchers implements meeting.Desk.
func (s *DeskStore) Watchers(id domain.MeetingID, since time.Time) ([]meeting.Watcher, error) {
	type watcherRow struct {
		ID       domain.WatcherID
		PersonID domain.PersonID
		PostID   domain.PostID
		Writes   bool
		SeenAt   time.Time
		PartyID  domain.PartyID
		Title    domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}
	rows, err := query[watcherRow](s.tx, `
select w.id, w.person_id, w.post_id, w.writes, w.seen_at, p.party_id, p.title_fi, p.title_sv, p.title_en
from public.watcher w join post p on p.id = w.post_id join party pa on pa.id = p.party_id
where w.meeting_id = ? and w.seen_at > ? order by w.writes desc, pa.position, p.title_fi collate "fi", w.id limit 200`, id, since)
	if err != nil {
		return nil, fmt.Errorf("load who watches: %w", err)
	}
	out := make([]meeting.Watcher, len(rows))
	for i, r := range rows {
		out[i] = meeting.Watcher{ID: r.ID, MeetingID: id, Hand: meeting.Hand{PersonID: r.PersonID, PostID: r.PostID}, Writes: r.Writes, SeenAt: r.SeenAt.UTC(),
			Post: meeting.Post{ID: r.PostID, Title: r.Title, PartyID: r.PartyID}}
	}
	return out, nil
}

// Watch implements meeting.Desk.
func (s *DeskStore) Watch(w meeting.Watcher, since time.Time) error {
	if err := s.tx.Exec("delete from watcher where meeting_id = ? and seen_at <= ?", w.MeetingID, since).Error; err != nil {
		return fmt.Errorf("forget who has gone: %w", err)
	}
	err := s.tx.Exec(`
insert into watcher (id, meeting_id, person_id, post_id, writes, seen_at) values (?, ?, ?, ?, ?, ?)
on conflict (id) do update set writes = excluded.writes, seen_at = excluded.seen_at`,
		w.ID, w.MeetingID, w.Hand.PersonID, w.Hand.PostID, w.Writes, w.SeenAt).Error
	if err != nil {
		return fmt.Errorf("note who watches: %w", err)
	}
	return nil
}

// Unwatch implements meeting.Desk.
func (s *DeskStore) Unwatch(id domain.WatcherID) error {
	return s.tx.Exec("delete from watcher where id = ?", id).Error
}

// Autosaves implements meeting.Desk.
func (s *DeskStore) Autosaves(id domain.MeetingID, person domain.PersonID) ([]meeting.Autosave, error) {
	type autosaveRow struct {
		PersonID domain.PersonID
		PostID   domain.PostID
		Key      string
		Content  json.RawMessage
		SavedAt  time.Time
		PartyID  domain.PartyID
		Title    domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	}
	var w where
	w.add("a.meeting_id = ?", id)
	if !person.IsZero() {
		w.add("a.person_id = ?", person)
	}
	rows, err := query[autosaveRow](s.tx, `
select a.person_id, a.post_id, a.key, a.content::text as content, a.saved_at, p.party_id, p.title_fi, p.title_sv, p.title_en
from public.autosave a join post p on p.id = a.post_id`+w.sql()+" order by a.saved_at desc, a.person_id, a.key limit 200", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load what is being typed: %w", err)
	}
	out := make([]meeting.Autosave, len(rows))
	for i, r := range rows {
		out[i] = meeting.Autosave{MeetingID: id, Hand: meeting.Hand{PersonID: r.PersonID, PostID: r.PostID}, Key: r.Key, Content: r.Content,
			SavedAt: r.SavedAt.UTC(), Post: meeting.Post{ID: r.PostID, Title: r.Title, PartyID: r.PartyID}}
	}
	return out, nil
}

// SaveAutosave implements meeting.Desk.
func (s *DeskStore) SaveAutosave(a meeting.Autosave, before time.Time) error {
	if err := s.tx.Exec("delete from autosave where saved_at < ?", before).Error; err != nil {
		return fmt.Errorf("forget old autosaves: %w", err)
	}
	if a.Content == nil {
		return s.tx.Exec("delete from autosave where meeting_id = ? and person_id = ? and key = ?", a.MeetingID, a.Hand.PersonID, a.Key).Error
	}
	err := s.tx.Exec(`
insert into autosave (meeting_id, person_id, key, post_id, content, saved_at) values (?, ?, ?, ?, ?::jsonb, ?)
on conflict (meeting_id, person_id, key) do update set post_id = excluded.post_id, content = excluded.content, saved_at = excluded.saved_at`,
		a.MeetingID, a.Hand.PersonID, a.Key, a.Hand.PostID, string(a.Content), a.SavedAt).Error
	if err != nil {
		return fmt.Errorf("save what is being typed: %w", err)
	}
	return nil
}
