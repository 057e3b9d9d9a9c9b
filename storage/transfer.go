package storage

import (
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type transferRow struct {
	ID               domain.TransferID
	Kind             meeting.TransferKind
	FromMeetingID    domain.MeetingID
	FromItemID       *domain.AgendaItemID
	ToMeetingID      domain.MeetingID
	ToItemID         *domain.AgendaItemID
	Position         string
	AgendaNo         *int
	SubNo            *int
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Visibility       domain.Visibility
	VisibilityGround string
	PostID           *domain.PostID
	MadeAt           time.Time
	Version          int
}

func (transferRow) TableName() string { return "transfer" }

func rowOfTransfer(t meeting.Transfer) transferRow {
	return transferRow{t.ID, t.Kind, t.FromMeetingID, t.FromItemID.Ptr(), t.ToMeetingID, t.ToItemID.Ptr(), t.Position, orNull(t.AgendaNo), orNull(t.SubNo),
		t.Title, t.Visibility, t.VisibilityGround, t.PostID.Ptr(), t.MadeAt, t.Version}
}

func (r transferRow) entity() meeting.Transfer {
	return meeting.Transfer{ID: r.ID, Kind: r.Kind, FromMeetingID: r.FromMeetingID, FromItemID: valueOf(r.FromItemID), ToMeetingID: r.ToMeetingID,
		ToItemID: valueOf(r.ToItemID), Position: r.Position, AgendaNo: orZero(r.AgendaNo), SubNo: orZero(r.SubNo), Title: r.Title, Visibility: r.Visibility,
		VisibilityGround: r.VisibilityGround, PostID: valueOf(r.PostID), MadeAt: r.MadeAt.UTC(), Version: r.Version}
}

// InsertTransfer implements meeting.Store.
func (s *MeetingStore) InsertTransfer(t meeting.Transfer) error {
	row := rowOfTransfer(t)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a transfer: %w", err)
	}
	return nil
}

// Rehome implements meeting.Store.
func (s *MeetingStore) Rehome(i meeting.AgendaItem) error {
	err := s.tx.Exec("update agenda_item set meeting_id = ?, position = ?, parent_id = ?, section = null where id = ?", i.MeetingID, i.Position, i.ParentID.Ptr(), i.ID).Error
	if err != nil {
		return fmt.Errorf("put an agenda item elsewhere: %w", err)
	}
	return nil
}

// named adds to transfers the meetings whose header the scope covers; those
// without are dropped for who is no staff.
func (s *MeetingStore) named(scope domain.Scope, transfers []meeting.Transfer) ([]meeting.Transfer, error) {
	var ids []domain.MeetingID
	for _, t := range transfers {
		ids = append(ids, t.FromMeetingID, t.ToMeetingID)
	}
	names, err := s.meetingNames(scope, ids)
	if err != nil {
		return nil, err
	}
	out := transfers[:0]
	for _, t := range transfers {
		if n, ok := names[t.FromMeetingID]; ok {
			t.From = &n
		}
		if n, ok := names[t.ToMeetingID]; ok {
			t.To = &n
		}
		if scope.Staff || t.From != nil && t.To != nil {
			out = append(out, t)
		}
	}
	return out, nil
}

// Traces implements meeting.Store.
func (s *MeetingStore) Traces(scope domain.Scope, id domain.MeetingID) ([]meeting.Transfer, error) {
	var w where
	w.add("t.from_meeting_id = ? and t.kind = 'move'", id)
	s.tx.papersVisible(&w, scope)
	var rows []transferRow
	err := s.tx.Raw("select t.* from transfer t join meeting m on m.id = t.from_meeting_id join forum f on f.id = m.forum_id"+w.sql()+" order by t.position, t.id", w.args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load what left an agenda: %w", err)
	}
	out, err := s.named(scope, entities(rows))
	if err != nil {
		return nil, err
	}
	hidden, err := s.hiddenNow(scope, out)
	if err != nil {
		return nil, err
	}
	for i := range out {
		if !scope.Staff && (out[i].Visibility != domain.Public || hidden[out[i].ToItemID]) {
			out[i].Title = domain.Text{}
		}
	}
	return out, nil
}

// hiddenNow finds the items of transfers that the scope may not see by now.
func (s *MeetingStore) hiddenNow(scope domain.Scope, transfers []meeting.Transfer) (map[domain.AgendaItemID]bool, error) {
	out := map[domain.AgendaItemID]bool{}
	var ids []domain.AgendaItemID
	for _, t := range transfers {
		if !t.ToItemID.IsZero() {
			ids = append(ids, t.ToItemID)
		}
	}
	if scope.Staff || len(ids) == 0 {
		return out, nil
	}
	var rows []domain.AgendaItemID
	if err := s.tx.Raw("select id from public.agenda_item where id in ? and visibility <> 'public'", ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("find items that are hidden now: %w", err)
	}
	for _, id := range rows {
		out[id] = true
	}
	return out, nil
}

// completeItems adds how items came and went, by what referral they came, and
// their attachments, with one query for each.
func (s *MeetingStore) completeItems(scope domain.Scope, items []meeting.AgendaItem) error {
	if len(items) == 0 {
		return nil
	}
	ids := make([]domain.AgendaItemID, len(items))
	at := map[domain.AgendaItemID]*meeting.AgendaItem{}
	for n := range items {
		ids[n], at[items[n].ID] = items[n].ID, &items[n]
	}
	rows, err := query[transferRow](s.tx, "select * from transfer where to_item_id = any(?) or from_item_id = any(?) order by made_at, id", asOne(ids), asOne(ids))
	if err != nil {
		return fmt.Errorf("load how items came and went: %w", err)
	}
	if len(rows) > 0 { // also where the reader may not see the other meeting: it has been put off
		type row struct{ Item domain.AgendaItemID }
		carried, err := query[row](s.tx, `select tr.from_item_id as item from transfer tr join agenda_item ti on ti.id = tr.to_item_id
join meeting tm on tm.id = ti.meeting_id where tr.from_item_id = any(?) and tr.kind = 'carry_over' and tm.status <> 'cancelled'`, asOne(ids))
		if err != nil {
			return fmt.Errorf("find what was carried over: %w", err)
		}
		for _, r := range carried {
			at[r.Item].CarriedOn = true
		}
	}
	transfers, err := s.named(scope, entities(rows))
	if err != nil {
		return err
	}
	for _, t := range transfers {
		for _, id := range []domain.AgendaItemID{t.FromItemID, t.ToItemID} {
			if i := at[id]; i != nil && (t.Kind != meeting.Moved || id == t.ToItemID) && (t.Kind == meeting.Moved || t.FromItemID != t.ToItemID) {
				i.Transfers = append(i.Transfers, t)
				if t.FromItemID == t.ToItemID {
					break
				}
			}
		}
	}
	if len(rows) > 0 {
		if err := s.countCarried(scope, ids, at); err != nil {
			return err
		}
	}
	if err := s.newer(scope, ids, at); err != nil {
		return err
	}
	var w where
	w.add("r.agenda_item_id = any(?)", asOne(ids))
	s.referralVisible(&w, scope)
	views, err := query[referralView](s.tx, s.referralSelect(scope)+referralFrom+w.sql(), w.args...)
	if err != nil {
		return fmt.Errorf("find by what referrals items came: %w", err)
	}
	for _, v := range views {
		r := v.entity()
		if i := at[r.ItemID]; i != nil {
			i.CameFrom = &r
		}
	}
	attachments, err := s.attachmentsOf(scope, ids)
	if err != nil {
		return err
	}
	for id, list := range attachments {
		at[id].Attachments = list
	}
	return nil
}

// countCarried counts how many times items were put off before they came where
// they are, as far as the scope sees from where.
func (s *MeetingStore) countCarried(scope domain.Scope, ids []domain.AgendaItemID, at map[domain.AgendaItemID]*meeting.AgendaItem) error {
	var w where
	w.add("t.kind in ('move', 'carry_over')")
	s.tx.meetingVisible(&w, scope)
	type row struct {
		Item  domain.AgendaItemID
		Times int
	}
	rows, err := query[row](s.tx, `
with recursive chain as (
  select i.id as item, i.id as step from agenda_item i where i.id = any(?)
  union
  select c.item, t.from_item_id from chain c join transfer t on t.to_item_id = c.step where t.kind = 'carry_over' and t.from_item_id is not null)
select c.item, count(*) as times
from chain c join transfer t on t.to_item_id = c.step join meeting m on m.id = t.from_meeting_id join forum f on f.id = m.forum_id
where `+strings.Join(w.conds, " and ")+" group by c.item", append([]any{asOne(ids)}, w.args...)...)
	if err != nil {
		return fmt.Errorf("count how often items were put off: %w", err)
	}
	for _, r := range rows {
		at[r.Item].CarriedTimes = r.Times
	}
	return nil
}
