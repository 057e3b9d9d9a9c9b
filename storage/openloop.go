package storage

import (
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/openloop"
)

// OpenLoopStore reads what forums left without an ending.
type OpenLoopStore struct{ tx Tx }

// NewOpenLoopStore binds the store to a transaction.
func NewOpenLoopStore(tx Tx) *OpenLoopStore { return &OpenLoopStore{tx} }

const (
	openLoopFrom = " from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id"
	// carriedToCalled is true of an outcome o whose item was carried over to an
	// agenda that has been called.
	carriedToCalled = `exists (select 1 from transfer tr join agenda_item ti on ti.id = tr.to_item_id join meeting tm on tm.id = ti.meeting_id
  where tr.from_item_id = o.agenda_item_id and tr.kind = 'carry_over' and tm.status not in ('draft', 'cancelled'))`
	// takenUp is meeting.Outcome's TakenUp of an outcome o: an agenda that has been
	// called has taken it up, as an item of its own or carried over. Everybody's
	// answer is the same, whoever sees that agenda.
	takenUp = `(exists (select 1 from agenda_item_source s join agenda_item si on si.id = s.agenda_item_id join meeting sm on sm.id = si.meeting_id
  where s.source_kind = 'outcome' and s.source_id = o.id and sm.status not in ('draft', 'cancelled')) or ` + carriedToCalled + `)`
	loopKind = "(case when o.type = 'deferred' then 'deferred' when o.type = 'referral' and not " + refusedSQL + " then 'referral' else 'without_ending' end)"
)

// openLoops is the condition that an outcome is an open loop that the scope
// covers; every count and list of them uses it.
func (tx Tx) openLoops(w *where, scope domain.Scope) {
	tx.papersVisible(w, scope)
	tx.visible(w, scope, "i", "agenda_item")
	w.add("m.status in ('closed', 'approved', 'published')")
	w.add("((" + accountable + " and " + unended + ") or (o.type = 'deferred' and o.ended_at is null and not " + takenUp + ")" +
		" or (o.type = 'referral' and (exists (select 1 from referral x where x.outcome_id = o.id and x.state = 'open')" +
		" or (o.ended_at is null and not exists (select 1 from referral x where x.outcome_id = o.id) and not " + takenUp + "))))")
}

type openLoopRow struct {
	ID       domain.OutcomeID
	Kind     openloop.Kind
	Type     string
	TextFi   string
	TextSv   string
	TextEn   string
	ItemID   domain.AgendaItemID
	AgendaNo int
	Section  int
	ItemFi   string
	ItemSv   string
	ItemEn   string
	Meeting  domain.MeetingID
	Year     int
	Number   int
	StartsAt time.Time
	EndsAt   time.Time
	Status   string
	Forum    domain.ForumID
	ForumKey string
	ForumFi  string
	ForumSv  string
	ForumEn  string

	ReferralID *domain.ReferralID
	ToForum    *domain.ForumID
	ToKey      string
	ToTitle    domain.Text `gorm:"embedded;embeddedPrefix:to_title_"`
	DueOn      domain.Date
}

// awaited is the answer that the row's referral waits for, or nil.
func (r openLoopRow) awaited(day domain.Date) *openloop.Awaited {
	if r.ReferralID == nil {
		return nil
	}
	return &openloop.Awaited{ReferralID: *r.ReferralID, Forum: valueOf(r.ToForum), ForumKey: r.ToKey, Title: r.ToTitle, DueOn: r.DueOn,
		DaysOver: max(0, r.DueOn.DaysUntil(day))}
}

var openLoopOrdering = ordering{
	keys: map[string]sortKey{
		"since": {"m.starts_at", "timestamptz"},
		"forum": {`f.title_fi collate "fi"`, "text"},
	},
	standard: "since",
	id:       "o.id",
}

// List implements openloop.Store.
func (s *OpenLoopStore) List(scope domain.Scope, f openloop.Filter, req domain.PageRequest) (domain.Page[openloop.Loop], error) {
	var err error
	if f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag); err != nil {
		return domain.Page[openloop.Loop]{}, err
	}
	var w where
	s.tx.openLoops(&w, scope)
	tagged(&w, domain.SubjectForum, "f.id", f.Tag)
	in(&w, "m.forum_id", f.Forum)
	in(&w, loopKind, f.Kind)
	if !f.Party.IsZero() {
		w.add("exists (select 1 from membership mb join post mp on mp.id = mb.post_id where mb.forum_id = m.forum_id and mb.valid_from <= ? and (mb.valid_to is null or mb.valid_to >= ?) and mp.party_id in ?)",
			s.tx.day, s.tx.day, f.Party.Values)
	}
	if f.MinAge > 0 {
		w.add("m.starts_at <= ?", s.tx.day.AddDays(-f.MinAge).EndOfDay())
	}
	shown := where{conds: []string{"t.id = x.to_forum_id"}}
	s.tx.visible(&shown, scope, "t", "forum")
	rows, err := list[openLoopRow](s.tx, openLoopOrdering, req, `
select o.id, `+loopKind+` as kind, o.type, o.text_fi, o.text_sv, o.text_en, i.id as item_id, coalesce(i.agenda_no, 0) as agenda_no, coalesce(i.section, 0) as section,
       i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en, m.id as meeting, m.year, m.number, m.starts_at, m.ends_at, m.status, f.id as forum, f.key as forum_key,
       f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en, aw.referral_id, aw.due_on, aw.to_forum, coalesce(aw.to_key, '') as to_key,
       coalesce(aw.to_title_fi, '') as to_title_fi, coalesce(aw.to_title_sv, '') as to_title_sv, coalesce(aw.to_title_en, '') as to_title_en`,
		openLoopFrom+`
left join lateral (select x.id as referral_id, x.due_on, t.id as to_forum, t.key as to_key, t.title_fi as to_title_fi, t.title_sv as to_title_sv, t.title_en as to_title_en
  from referral x left join forum t on `+strings.Join(shown.conds, " and ")+`
  where x.outcome_id = o.id and x.state = 'open' order by x.created_at desc, x.id desc limit 1) aw on true`, w)
	if err != nil {
		return domain.Page[openloop.Loop]{}, fmt.Errorf("list open loops: %w", err)
	}
	loops := make([]openloop.Loop, len(rows.Items))
	for i, r := range rows.Items {
		since := domain.DateOf(r.StartsAt)
		loops[i] = openloop.Loop{ID: r.ID, Kind: r.Kind, Type: r.Type, Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, ItemID: r.ItemID, AgendaNo: r.AgendaNo,
			Section: r.Section, ItemTitle: domain.Text{FI: r.ItemFi, SV: r.ItemSv, EN: r.ItemEn}, Meeting: r.Meeting, Year: r.Year, Number: r.Number, StartsAt: r.StartsAt, EndsAt: r.EndsAt, Status: r.Status,
			Forum: r.Forum, ForumKey: r.ForumKey, Title: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}, Since: since, AgeDays: since.DaysUntil(s.tx.day), Awaited: r.awaited(s.tx.day)}
	}
	return pageOf(rows, loops), nil
}
