package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// DigestStore keeps what is told daily, and to whom.
type DigestStore struct{ tx Tx }

// NewDigestStore binds the store to a transaction.
func NewDigestStore(tx Tx) *DigestStore { return &DigestStore{tx} }

// writtenSQL is true of a holding h in force on @day whose person can be written to.
const writtenSQL = `h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day
  and exists (select 1 from person w where w.id = h.person_id and w.email <> '')`

// Due implements mail.DigestStore.
func (s *DigestStore) Due(day domain.Date, hour, limit int) ([]domain.PersonID, error) {
	rows, err := query[struct{ ID domain.PersonID }](s.tx, `
select pe.id from person pe left join mail_preference mp on mp.person_id = pe.id
where pe.email <> '' and coalesce(mp.digest, true) and coalesce(mp.hour, @standard) <= @hour
  and (exists (select 1 from holding h where h.person_id = pe.id and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day)
    or exists (select 1 from following fo where fo.person_id = pe.id))
  and not exists (select 1 from digest d where d.person_id = pe.id and d.told_on = @day)
order by pe.id limit @limit`, map[string]any{"standard": mail.DefaultHour, "hour": hour, "day": day, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("list whose digest is due: %w", err)
	}
	out := make([]domain.PersonID, len(rows))
	for i, r := range rows {
		out[i] = r.ID
	}
	return out, nil
}

// vacantSQL are the posts without anybody who can be written to, and that lead, share
// or do something, with the post of the person @person to whom they fall: the one that
// manages the nearest unit, else a coordinator's.
const vacantSQL = `
with recursive vacant as (
  select p.id, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en from post p
  where p.party_id = (select party_id from person where id = @person)
    and not exists (select 1 from holding h where h.post_id = p.id and ` + writtenSQL + `)
    and (exists (select 1 from responsibility r where r.post_id = p.id and r.part in ('lead', 'shared') and r.valid_from <= @day and coalesce(r.valid_to, 'infinity') >= @day)
      or exists (select 1 from action_task t where t.post_id = p.id and t.done_on is null and t.withdrawn_on is null))
), up(post_id, unit_id, depth) as (
  select id, unit_id, 0 from vacant
  union all
  select up.post_id, u.parent_id, up.depth + 1 from up join unit u on u.id = up.unit_id where u.parent_id is not null
), standing as (
  select g.role, g.party_id, g.unit_id, g.post_id from role_grant g
  where g.role in ('manager', 'coordinator') and g.valid_from <= @day and coalesce(g.valid_to, 'infinity') >= @day and g.ended_at is null
    and exists (select 1 from holding h join person o on o.id = h.person_id and o.party_id = g.party_id where h.post_id = g.post_id and ` + writtenSQL + `)
), nearest as (
  select up.post_id, min(up.depth) as depth from up join standing m on m.role = 'manager' and m.unit_id = up.unit_id group by up.post_id
), fallen as (
  select n.post_id, 'unit_manager' as because, m.post_id as through, m.unit_id
  from nearest n join up on up.post_id = n.post_id and up.depth = n.depth join standing m on m.role = 'manager' and m.unit_id = up.unit_id
  union all
  select v.id, 'coordinator', c.post_id, null
  from vacant v join standing c on c.role = 'coordinator' and c.party_id = v.party_id
  where not exists (select 1 from nearest n where n.post_id = v.id)
)
select distinct on (v.id) v.id, v.title_fi, v.title_sv, v.title_en, f.because, f.through,
       coalesce(u.name_fi, '') as unit_fi, coalesce(u.name_sv, '') as unit_sv, coalesce(u.name_en, '') as unit_en
from fallen f join vacant v on v.id = f.post_id left join unit u on u.id = f.unit_id
join holding h on h.post_id = f.through and h.person_id = @person and ` + writtenSQL + `
order by v.id, h.kind = 'deputy', f.through`

// Subscriber implements mail.DigestStore.
func (s *DigestStore) Subscriber(person domain.PersonID) (mail.Subscriber, error) {
	who, err := NewAccessStore(s.tx).Standing(person, s.tx.day)
	if err != nil {
		return mail.Subscriber{}, err
	}
	out := mail.Subscriber{Language: who.Language, PartyID: who.PartyID, Alone: who.Actor(domain.PostID{})}
	if out.Language == "" {
		out.Language = domain.Finnish
	}
	if err := s.tx.Raw("select email from person where id = ?", person).Scan(&out.Email).Error; err != nil {
		return out, fmt.Errorf("load where a person is written to: %w", err)
	}
	if out.Preference, err = s.Preference(person); err != nil {
		return out, err
	}
	follows, err := query[followingRow](s.tx, followingColumns+" from following r where r.person_id = ? order by r.since_at, r.id", person)
	if err != nil {
		return out, fmt.Errorf("load what a person follows: %w", err)
	}
	for _, f := range follows {
		out.Follows = append(out.Follows, mail.Follow{Subject: domain.Subject{Kind: f.SubjectKind, ID: f.SubjectID}, Since: domain.DateOf(f.SinceAt)})
	}
	told, err := query[struct{ ToldOn domain.Date }](s.tx, `
select max(d.told_on) as told_on from digest d left join mail ma on ma.outbox_id = d.id and ma.person_id = d.person_id
where d.person_id = ? and d.told_on < ? and coalesce(ma.state, 'sent') in ('sent', 'superseded')`, person, s.tx.day)
	if err != nil {
		return out, fmt.Errorf("find when a person was told last: %w", err)
	}
	out.ToldOn = told[0].ToldOn
	for _, p := range who.Posts {
		because := mail.BecauseHolder
		if p.Deputy {
			because = mail.BecauseDeputy
		}
		out.Posts = append(out.Posts, mail.PostOf{Post: mail.Post{ID: p.ID, Title: p.Title, Because: because}, Actor: who.Actor(p.ID)})
	}
	vacant, err := query[struct {
		ID                        domain.PostID
		TitleFi, TitleSv, TitleEn string
		Because                   mail.Because
		Through                   domain.PostID
		UnitFi, UnitSv, UnitEn    string
	}](s.tx, vacantSQL, map[string]any{"person": person, "day": s.tx.day})
	if err != nil {
		return out, fmt.Errorf("find the posts that fall to a person: %w", err)
	}
	for _, v := range vacant {
		a := who.Actor(v.Through)
		// As the person reads, but for what hangs on their own post.
		a.PostID, a.Forums = v.ID, nil
		a.Grants = slices.DeleteFunc(slices.Clone(a.Grants), func(g domain.ActiveGrant) bool { return g.Role == domain.RoleSecretary })
		out.Posts = append(out.Posts, mail.PostOf{Actor: a, Post: mail.Post{ID: v.ID, Title: domain.Text{FI: v.TitleFi, SV: v.TitleSv, EN: v.TitleEn},
			Because: v.Because, Through: v.Through, Unit: domain.Text{FI: v.UnitFi, SV: v.UnitSv, EN: v.UnitEn}}})
	}
	return out, nil
}

// Open implements mail.DigestStore.
func (s *DigestStore) Open(id domain.AnyID, person domain.PersonID, day domain.Date, now time.Time) (bool, error) {
	res := s.tx.Exec("insert into digest (id, person_id, told_on, made_at) values (?, ?, ?, ?) on conflict (person_id, told_on) do nothing", id, person, day, now)
	if res.Error != nil {
		return false, fmt.Errorf("note that a digest is made: %w", res.Error)
	}
	return res.RowsAffected == 1, nil
}

// Told implements mail.DigestStore.
func (s *DigestStore) Told(person domain.PersonID, keys []string) (map[string]domain.Date, error) {
	out := map[string]domain.Date{}
	if len(keys) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		ItemKey string
		ToldOn  domain.Date
	}](s.tx, `
select i.item_key, max(i.told_on) as told_on from digest_item i join mail ma on ma.outbox_id = i.digest_id and ma.person_id = i.person_id
where i.person_id = ? and i.item_key in ? and ma.state not in ('failed', 'withheld', 'superseded', 'not_configured', 'no_address')
group by i.item_key`, person, keys)
	if err != nil {
		return nil, fmt.Errorf("find what a person has been told: %w", err)
	}
	for _, r := range rows {
		out[r.ItemKey] = r.ToldOn
	}
	return out, nil
}

// InsertItems implements mail.DigestStore.
func (s *DigestStore) InsertItems(digest domain.AnyID, person domain.PersonID, day domain.Date, keys []string) error {
	rows := make([]digestItemRow, len(keys))
	for i, k := range keys {
		rows[i] = digestItemRow{digest, k, person, day}
	}
	if err := s.tx.CreateInBatches(&rows, 500).Error; err != nil {
		return fmt.Errorf("note what a digest tells: %w", err)
	}
	return nil
}

type digestItemRow struct {
	DigestID domain.AnyID
	ItemKey  string
	PersonID domain.PersonID
	ToldOn   domain.Date
}

func (digestItemRow) TableName() string { return "digest_item" }

// Items implements mail.DigestStore.
func (s *DigestStore) Items(digest domain.AnyID) (keys []string, err error) {
	if err := s.tx.Raw("select item_key from digest_item where digest_id = ? order by item_key", digest).Scan(&keys).Error; err != nil {
		return nil, fmt.Errorf("load what a digest tells: %w", err)
	}
	return keys, nil
}

// KeepItems implements mail.DigestStore.
func (s *DigestStore) KeepItems(digest domain.AnyID, keys []string) error {
	if err := s.tx.Exec("delete from digest_item where digest_id = ? and item_key not in ?", digest, append([]string{""}, keys...)).Error; err != nil {
		return fmt.Errorf("note what a digest does not tell: %w", err)
	}
	return nil
}

// Queue implements mail.DigestStore.
func (s *DigestStore) Queue(m mail.Mail) error {
	row, err := rowOfMail(m)
	if err != nil {
		return err
	}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("queue a digest: %w", err)
	}
	return nil
}

// Forget implements mail.DigestStore.
func (s *DigestStore) Forget(before domain.Date) error {
	for _, sql := range []string{"delete from digest_item where digest_id in (select id from digest where told_on < ?)", "delete from digest where told_on < ?"} {
		if err := s.tx.Exec(sql, before).Error; err != nil {
			return fmt.Errorf("forget old digests: %w", err)
		}
	}
	return nil
}

// Secret implements mail.DigestStore.
func (s *DigestStore) Secret() ([]byte, error) {
	rows, err := query[struct{ Secret []byte }](s.tx, "select secret from mail_secret")
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("load what signs links: %d rows, %w", len(rows), err)
	}
	return rows[0].Secret, nil
}

type mailPreferenceRow struct {
	ID        domain.MailPreferenceID
	PersonID  domain.PersonID
	Digest    bool
	Hour      int
	OffTopics string
	Version   int
	UpdatedAt time.Time
}

func (mailPreferenceRow) TableName() string { return "mail_preference" }

func (r mailPreferenceRow) entity() mail.Preference {
	return mail.Preference{ID: r.ID, PersonID: r.PersonID, Digest: r.Digest, Hour: r.Hour, Off: split[mail.Topic](r.OffTopics, ","),
		Version: r.Version, UpdatedAt: r.UpdatedAt.UTC()}
}

// join and split keep a list of fixed words in one column.
func join[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, ",")
}

func split[T ~string](text, separator string) (out []T) {
	for w := range strings.SplitSeq(text, separator) {
		if w != "" {
			out = append(out, T(w))
		}
	}
	return out
}

// Preference implements mail.DigestStore.
func (s *DigestStore) Preference(person domain.PersonID) (mail.Preference, error) {
	rows, err := query[mailPreferenceRow](s.tx, "select id, person_id, digest, hour, off_topics, version, updated_at from mail_preference where person_id = ?", person)
	if err != nil {
		return mail.Preference{}, fmt.Errorf("load what mail a person wants: %w", err)
	}
	if len(rows) == 0 {
		return mail.NewPreference(domain.MailPreferenceID{}, person), nil
	}
	return rows[0].entity(), nil
}

// LockPreference implements mail.DigestStore. It locks the person: the row may not be
// there yet.
func (s *DigestStore) LockPreference(person domain.PersonID) (mail.Preference, error) {
	if _, err := NewAccessStore(s.tx).LockPerson(person); err != nil {
		return mail.Preference{}, err
	}
	return s.Preference(person)
}

// SavePreference implements mail.DigestStore.
func (s *DigestStore) SavePreference(p mail.Preference) (mail.Preference, error) {
	row := mailPreferenceRow{p.ID, p.PersonID, p.Digest, p.Hour, join(p.Off), p.Version + 1, p.UpdatedAt}
	if p.Version == 1 {
		if err := s.tx.Create(&row).Error; err != nil {
			return p, fmt.Errorf("insert what mail a person wants: %w", err)
		}
		return row.entity(), nil
	}
	res := s.tx.Model(&mailPreferenceRow{}).Where("id = ? and version = ?", p.ID, p.Version).
		Select("digest", "hour", "off_topics", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return p, fmt.Errorf("update what mail a person wants: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return p, domain.Stale(domain.SubjectOf(domain.SubjectMailPreference, p.ID), p.Version, p)
	}
	return row.entity(), nil
}
