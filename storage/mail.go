package storage

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// MailStore keeps the outbox, as those who drain it see it, and the mails.
type MailStore struct{ tx Tx }

// NewMailStore binds the store to a transaction.
func NewMailStore(tx Tx) *MailStore { return &MailStore{tx} }

type mailRow struct {
	ID        domain.MailID
	Kind      mail.Kind
	OutboxID  domain.AnyID
	MeetingID *domain.MeetingID
	EntryID   *int64
	Topics    string // an array as PostgreSQL writes it
	Reasons   string
	Sequence  int
	PersonID  domain.PersonID
	PartyID   domain.PartyID
	PostID    *domain.PostID
	State     mail.State
	Failure   string
	SMTPCode  string `gorm:"column:smtp_code"`
	InDoubt   bool
	Attempts  int
	MessageID string `gorm:"column:message_ref"`
	Language  domain.Lang
	Subject   string
	Body      string
	Event     *string
	QueuedAt  time.Time
	NextTryAt *time.Time
	LastTryAt *time.Time
	SettledAt *time.Time
}

func (mailRow) TableName() string { return "mail" }

// mailColumns are those that change after the mail was queued.
var mailColumns = []string{"topics", "reasons", "sequence", "post_id", "state", "failure", "smtp_code", "in_doubt", "attempts", "language", "subject", "body", "event",
	"next_try_at", "last_try_at", "settled_at"}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func rowOfMail(m mail.Mail) (mailRow, error) {
	row := mailRow{ID: m.ID, Kind: m.Kind, OutboxID: m.SourceID, MeetingID: m.MeetingID.Ptr(), EntryID: entryOrNil(m.EntryID),
		Topics: "{" + join(m.Topics) + "}", Reasons: "{" + join(m.Reasons) + "}", Sequence: m.Sequence, PersonID: m.PersonID, PartyID: m.PartyID,
		PostID: m.PostID.Ptr(), State: m.State, Failure: m.Failure, SMTPCode: m.SMTPCode, InDoubt: m.InDoubt, Attempts: m.Attempts, MessageID: m.MessageID,
		Language: m.Language, Subject: m.Subject, Body: m.Body, QueuedAt: m.QueuedAt, NextTryAt: timeOrNil(m.NextTryAt),
		LastTryAt: timeOrNil(m.LastTryAt), SettledAt: timeOrNil(m.SettledAt)}
	if m.Event != nil {
		b, err := json.Marshal(m.Event)
		if err != nil {
			return row, fmt.Errorf("write the event of a mail: %w", err)
		}
		text := string(b)
		row.Event = &text
	}
	return row, nil
}

func (r mailRow) entity() (mail.Mail, error) {
	m := mail.Mail{ID: r.ID, Kind: r.Kind, SourceID: r.OutboxID, MeetingID: valueOf(r.MeetingID),
		Topics: split[mail.Topic](strings.Trim(r.Topics, "{}"), ","), Reasons: split[mail.Because](strings.Trim(r.Reasons, "{}"), ","), Sequence: r.Sequence, PersonID: r.PersonID, PartyID: r.PartyID, PostID: valueOf(r.PostID),
		State: r.State, Failure: r.Failure, SMTPCode: r.SMTPCode, InDoubt: r.InDoubt, Attempts: r.Attempts, MessageID: r.MessageID,
		Language: r.Language, Subject: r.Subject, Body: r.Body, QueuedAt: r.QueuedAt.UTC(), NextTryAt: timeOf(r.NextTryAt),
		LastTryAt: timeOf(r.LastTryAt), SettledAt: timeOf(r.SettledAt)}
	if r.EntryID != nil {
		m.EntryID = *r.EntryID
	}
	if r.Event != nil {
		m.Event = new(mail.Event)
		if err := json.Unmarshal([]byte(*r.Event), m.Event); err != nil {
			return m, fmt.Errorf("read the event of a mail: %w", err)
		}
	}
	return m, nil
}

// Notices implements mail.Store.
func (s *MailStore) Notices(limit int) ([]mail.Notice, error) {
	rows, err := query[mail.Notice](s.tx, "select id, kind, meeting_id, coalesce(entry_id, 0) as entry_id, post_id, version from outbox where kind in ? order by id limit ? for update skip locked", mail.Notices, limit)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	return rows, nil
}

// concernedSQL are the posts p that mails of a kind concern in the meeting
// @meeting: those of the participants and those that take their place, or whose
// approval is asked.
func concernedSQL(k mail.Kind) string {
	if k == mail.ApprovalAsked {
		return `(select a.post_id, a.position, a.id, false as substitute from ` + approversSQL + ` where a.meeting_id = @meeting) p`
	}
	return `(select post_id, position, id, false as substitute from participant where meeting_id = @meeting and post_id is not null
  union all select substitute_post_id, position, id, true from participant where meeting_id = @meeting and substitute_post_id is not null) p`
}

// The kinds of mail that tell when a meeting is, and of those the ones that ask
// the person to come.
const (
	datedKinds   = "('meeting_called', 'meeting_changed', 'meeting_cancelled', 'substitute_released', 'member_released')"
	callingKinds = "('meeting_called', 'meeting_changed')"
)

// calledAlreadySQL is true of a person h whom the last mail of its kinds that came
// to them, or may come yet, asks to the meeting @meeting.
const calledAlreadySQL = `coalesce((select ma.kind in ` + callingKinds + ` from mail ma
  where ma.meeting_id = @meeting and ma.person_id = h.person_id and ma.kind in ` + datedKinds + `
    and (ma.state in ('queued', 'sending', 'sent') or ma.in_doubt)
  order by ma.queued_at desc, ma.id desc limit 1), false)`

// Recipients implements mail.Store.
func (s *MailStore) Recipients(n mail.Notice) ([]mail.Recipient, error) {
	only := ""
	switch n.Kind {
	case mail.TokenMade, mail.AccessGiven, mail.AccessTaken:
		return s.concernedByAccess(n)
	case mail.SubstituteCalled:
		only = `
where p.substitute and p.post_id = @post and not ` + calledAlreadySQL
	case mail.SubstituteReleased, mail.MemberReleased:
		return s.released(n)
	case mail.MemberCalled:
		only = `
where p.post_id = @post and not ` + calledAlreadySQL
	case mail.ApproverNamed:
		only = `
where p.post_id = @post`
	}
	rows, err := query[mail.Recipient](s.tx, `
select distinct on (h.person_id) h.person_id, pe.party_id, p.post_id
from `+concernedSQL(n.Kind.Mail())+`
join holding h on h.post_id = p.post_id and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day
join person pe on pe.id = h.person_id`+only+`
order by h.person_id, h.kind = 'deputy', p.substitute, p.position, p.id`, map[string]any{"day": s.tx.day, "meeting": n.MeetingID, "post": n.PostID})
	if err != nil {
		return nil, fmt.Errorf("find whom a notice concerns: %w", err)
	}
	return rows, nil
}

// released are those in a post that have been called and that the meeting does
// not concern any more, through whatever post.
func (s *MailStore) released(n mail.Notice) ([]mail.Recipient, error) {
	rows, err := query[mail.Recipient](s.tx, `
select distinct on (h.person_id) h.person_id, pe.party_id, h.post_id
from holding h
join person pe on pe.id = h.person_id
where h.post_id = @post and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day
  and `+calledAlreadySQL+`
  and not exists (select 1 from `+concernedSQL(n.Kind)+`
    join holding o on o.post_id = p.post_id and o.valid_from <= @day and coalesce(o.valid_to, 'infinity') >= @day
    where o.person_id = h.person_id)
order by h.person_id, h.kind = 'deputy'`, map[string]any{"day": s.tx.day, "meeting": n.MeetingID, "post": n.PostID})
	if err != nil {
		return nil, fmt.Errorf("find whom a release concerns: %w", err)
	}
	return rows, nil
}

// Insert implements mail.Store.
func (s *MailStore) Insert(n mail.Notice, mails []mail.Mail) error {
	for _, m := range mails {
		err := s.tx.Exec(`
insert into mail (id, kind, outbox_id, meeting_id, entry_id, reasons, sequence, person_id, party_id, post_id, state, message_ref, queued_at, next_try_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (outbox_id, person_id) do nothing`,
			m.ID, m.Kind, n.ID, m.MeetingID.Ptr(), entryOrNil(m.EntryID), "{"+join(m.Reasons)+"}", m.Sequence, m.PersonID, m.PartyID, m.PostID.Ptr(), m.State, m.MessageID, m.QueuedAt, m.NextTryAt).Error
		if err != nil {
			return fmt.Errorf("queue a mail: %w", err)
		}
	}
	return nil
}

// Done implements mail.Store.
func (s *MailStore) Done(n mail.Notice) error {
	if err := s.tx.Exec("delete from outbox where id = ?", n.ID).Error; err != nil {
		return fmt.Errorf("clear the outbox: %w", err)
	}
	return nil
}

// Due implements mail.Store.
func (s *MailStore) Due(now time.Time, limit int) (ids []domain.MailID, err error) {
	err = s.tx.Raw("select id from mail where settled_at is null and next_try_at <= ? and kind in ? order by next_try_at, id limit ?", now, mail.Kinds, limit).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("list the mails to send: %w", err)
	}
	return ids, nil
}

const mailSelect = `
select ma.id, ma.kind, ma.outbox_id, ma.meeting_id, ma.entry_id, ma.topics::text as topics, ma.reasons::text as reasons, ma.sequence, ma.person_id, ma.party_id, ma.post_id, ma.state, ma.failure, ma.smtp_code,
       ma.in_doubt, ma.attempts, ma.message_ref, ma.language, ma.subject, ma.body, ma.event::text as event, ma.queued_at, ma.next_try_at,
       ma.last_try_at, ma.settled_at`

// Lock implements mail.Store.
func (s *MailStore) Lock(id domain.MailID) (mail.Mail, error) { return s.one(id, " for update") }

// Find implements mail.Store.
func (s *MailStore) Find(id domain.MailID) (mail.Mail, error) { return s.one(id, "") }

func (s *MailStore) one(id domain.MailID, lock string) (mail.Mail, error) {
	rows, err := query[mailRow](s.tx, mailSelect+" from mail ma where ma.id = ?"+lock, id)
	if err != nil {
		return mail.Mail{}, fmt.Errorf("load a mail: %w", err)
	}
	if len(rows) == 0 {
		return mail.Mail{}, domain.NotFound("mail")
	}
	return rows[0].entity()
}

// Update implements mail.Store.
func (s *MailStore) Update(m mail.Mail) error {
	row, err := rowOfMail(m)
	if err != nil {
		return err
	}
	res := s.tx.Model(&mailRow{}).Where("id = ?", m.ID).Select(mailColumns).Updates(&row)
	if res.Error != nil {
		return fmt.Errorf("save a mail: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return domain.NotFound("mail")
	}
	return nil
}

// Person implements mail.Store.
func (s *MailStore) Person(m mail.Mail) (mail.Person, error) {
	var people []struct {
		Email    string
		Language domain.Lang
	}
	if err := s.tx.Raw("select email, language from person where id = ?", m.PersonID).Scan(&people).Error; err != nil {
		return mail.Person{}, fmt.Errorf("load whom a mail goes to: %w", err)
	}
	if len(people) == 0 {
		return mail.Person{}, nil
	}
	out := mail.Person{Email: people[0].Email, Language: people[0].Language}
	if out.Language == "" {
		out.Language = domain.Finnish
	}
	if m.Kind.Security() {
		return out, nil
	}
	type place struct {
		PostID     domain.PostID
		Substitute bool
	}
	concerned, err := query[place](s.tx, "select p.post_id, p.substitute from "+concernedSQL(m.Kind), map[string]any{"meeting": m.MeetingID})
	if err != nil {
		return out, fmt.Errorf("load the posts that a mail concerns: %w", err)
	}
	substitute := map[domain.PostID]bool{}
	for _, c := range concerned {
		substitute[c.PostID] = c.Substitute
	}
	who, err := NewAccessStore(s.tx).Standing(m.PersonID, s.tx.day)
	if err != nil {
		return out, err
	}
	for _, p := range who.Posts {
		stands, takes := substitute[p.ID]
		out.Takes = out.Takes || takes
		if m.Kind.Releases() {
			takes = p.ID == m.PostID
		}
		if takes {
			out.Posts = append(out.Posts, mail.Standing{Actor: who.Actor(p.ID), Title: p.Title, Deputy: p.Deputy, Substitute: stands})
		}
	}
	out.Told, err = s.told(m)
	return out, err
}

func (s *MailStore) told(m mail.Mail) (mail.Told, error) {
	rows, err := query[mail.Told](s.tx, `
select coalesce(max(ma.sequence), 0) as sequence,
       coalesce((array_agg(ma.kind order by ma.queued_at desc, ma.id desc))[1] in `+callingKinds+`, false) as called
from mail ma
where ma.meeting_id = ? and ma.person_id = ? and ma.id <> ? and ma.kind in `+datedKinds+` and (ma.state in ('sending', 'sent') or ma.in_doubt)`,
		m.MeetingID, m.PersonID, m.ID)
	if err != nil {
		return mail.Told{}, fmt.Errorf("find what a person has been told of a meeting: %w", err)
	}
	return rows[0], nil
}

// Meeting implements mail.Store.
func (s *MailStore) Meeting(scope domain.Scope, id domain.MeetingID) (mail.Meeting, error) {
	meetings := NewMeetingStore(s.tx)
	m, err := meetings.Get(scope, id)
	if err != nil {
		return mail.Meeting{}, err
	}
	items, err := meetings.Items(scope, id)
	if err != nil {
		return mail.Meeting{}, err
	}
	out := mail.Meeting{ID: m.ID, Forum: m.Forum.Title, Number: m.Number, Year: m.Year, Title: m.Title, Place: m.Place, StartsAt: m.StartsAt,
		EndsAt: m.EndsAt, Status: string(m.Status), Reason: m.CancelReason, Minutes: m.Forum.Minutes, Papers: m.Papers, Version: m.Version, UpdatedAt: m.UpdatedAt}
	for _, i := range items {
		out.Items = append(out.Items, mail.AgendaLine{No: i.AgendaNo, Sub: i.SubNo, Title: i.Title, Minutes: i.MinutesReserved, Hidden: i.Hidden})
	}
	for _, a := range m.Approvers() {
		if !a.Approved {
			out.Approvers = append(out.Approvers, a.PostID)
		}
	}
	return out, nil
}

// Empty implements mail.Store.
func (s *MailStore) Empty(before time.Time) (int, error) {
	res := s.tx.Exec("update mail set subject = '', body = '', event = null where settled_at < ? and body <> ''", before)
	if res.Error != nil {
		return 0, fmt.Errorf("remove the texts of old mails: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}

type mailView struct {
	Row        mailRow `gorm:"embedded"`
	PersonName string
	PostFi     string
	PostSv     string
	PostEn     string
	PostParty  *domain.PartyID
	ForumFi    string
	ForumSv    string
	ForumEn    string
	Number     int
	Year       int
}

func (v mailView) view() (mail.View, error) {
	m, err := v.Row.entity()
	return mail.View{Mail: m, PersonName: v.PersonName, PostTitle: domain.Text{FI: v.PostFi, SV: v.PostSv, EN: v.PostEn}, PostParty: valueOf(v.PostParty),
		Forum: domain.Text{FI: v.ForumFi, SV: v.ForumSv, EN: v.ForumEn}, Number: v.Number, Year: v.Year}, err
}

const (
	mailViewSelect = mailSelect + `,
       pe.name as person_name, coalesce(po.title_fi, '') as post_fi, coalesce(po.title_sv, '') as post_sv, coalesce(po.title_en, '') as post_en, po.party_id as post_party,
       coalesce(f.title_fi, '') as forum_fi, coalesce(f.title_sv, '') as forum_sv, coalesce(f.title_en, '') as forum_en, coalesce(m.number, 0) as number, coalesce(m.year, 0) as year`
	mailViewFrom = `
from mail ma
join person pe on pe.id = ma.person_id
left join post po on po.id = ma.post_id
left join meeting m on m.id = ma.meeting_id
left join forum f on f.id = m.forum_id`
)

var mailOrdering = ordering{
	keys:     map[string]sortKey{"queuedAt": {"ma.queued_at", "timestamptz"}},
	standard: "-queuedAt",
	id:       "ma.id",
}

// ofParties adds that the mail went to a person of a party whose people the
// scope may see.
func ofParties(w *where, scope domain.Scope) {
	if !scope.AccessAll {
		w.add("ma.party_id in ?", append([]domain.PartyID{{}}, scope.AccessParties...))
	}
}

// List implements mail.Store.
func (s *MailStore) List(scope domain.Scope, f mail.Filter, req domain.PageRequest) (domain.Page[mail.View], error) {
	var w where
	ofParties(&w, scope)
	in(&w, "ma.state", f.State)
	in(&w, "ma.kind", f.Kind)
	in(&w, "ma.party_id", f.Party)
	in(&w, "ma.meeting_id", f.Meeting)
	rows, err := list[mailView](s.tx, mailOrdering, req, mailViewSelect, mailViewFrom, w)
	if err != nil {
		return domain.Page[mail.View]{}, fmt.Errorf("list mails: %w", err)
	}
	out := make([]mail.View, len(rows.Items))
	for i, r := range rows.Items {
		if out[i], err = r.view(); err != nil {
			return domain.Page[mail.View]{}, err
		}
		out[i].Body, out[i].Event = "", nil
	}
	return pageOf(rows, out), nil
}

// Get implements mail.Store.
func (s *MailStore) Get(scope domain.Scope, id domain.MailID) (mail.View, error) {
	var w where
	w.add("ma.id = ?", id)
	ofParties(&w, scope)
	rows, err := query[mailView](s.tx, mailViewSelect+mailViewFrom+w.sql(), w.args...)
	if err != nil {
		return mail.View{}, fmt.Errorf("load a mail: %w", err)
	}
	if len(rows) == 0 {
		return mail.View{}, domain.NotFound("mail")
	}
	return rows[0].view()
}
