package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// noticeOf is the kind of mail that an entry of the log makes for whose access it tells of;
// "" for none.
func noticeOf(e domain.Entry) mail.Kind {
	switch {
	case e.Permission == domain.APITokenCreate:
		return mail.TokenMade
	case e.Permission == domain.GrantCreate && e.Subject.Kind == domain.SubjectGrant,
		e.Permission == domain.HoldingEdit && e.Subject.Kind == domain.SubjectHolding && e.Version == 1:
		return mail.AccessGiven
	case e.Permission == domain.GrantEnd,
		e.Permission == domain.HoldingEdit && e.Subject.Kind == domain.SubjectHolding:
		return mail.AccessTaken
	}
	return ""
}

// tellOfAccess puts a notice into the outbox for each entry that tells of somebody's access,
// in the transaction of what it tells of. It follows from the log: no way of giving or
// taking a role, a post or a token can forget it.
func tellOfAccess(tx Tx, log *domain.AuditLog) error {
	type told struct {
		ID      string             `json:"id"`
		Kind    mail.Kind          `json:"kind"`
		Subject domain.SubjectKind `json:"subject_kind"`
		Of      domain.AnyID       `json:"subject_id"`
		Version int                `json:"version"`
	}
	var all []told
	for _, e := range log.Entries() {
		if k := noticeOf(e); k != "" {
			all = append(all, told{domain.UUIDv7().String(), k, e.Subject.Kind, e.Subject.ID, e.Version})
		}
	}
	if len(all) == 0 {
		return nil
	}
	rows, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write notices of access: %w", err)
	}
	err = tx.Exec(`
insert into outbox (id, kind, entry_id, version, queued_at)
select t.id, t.kind, e.id, t.version, ?
from json_to_recordset(?::json) as t (id uuid, kind text, subject_kind text, subject_id uuid, version integer)
join lateral (select max(e.id) as id from audit_entry e where e.subject_kind = t.subject_kind and e.subject_id = t.subject_id and e.subject_version = t.version) e on e.id is not null`,
		log.Now(), string(rows)).Error
	if err != nil {
		return fmt.Errorf("put notices of access into the outbox: %w", err)
	}
	return nil
}

// concernedByAccess are those of whose access a notice tells: who is named, and of a role of
// a post whoever has the post today. Who did it themselves knows; of a token they are told
// all the same, since it may have been somebody else with their session.
func (s *MailStore) concernedByAccess(n mail.Notice) ([]mail.Recipient, error) {
	rows, err := query[mail.Recipient](s.tx, `
with entry as (select * from audit_entry where id = @entry),
named as (
  select t.person_id, t.post_id, 'own' as because from entry e join api_token t on e.subject_kind = 'api_token' and t.id = e.subject_id
  union all
  select h.person_id, h.post_id, 'own' from entry e join holding h on e.subject_kind = 'holding' and h.id = e.subject_id
  union all
  select g.person_id, null, 'own' from entry e join role_grant g on e.subject_kind = 'grant' and g.id = e.subject_id where g.person_id is not null
  union all
  select h.person_id, h.post_id, h.kind from entry e join role_grant g on e.subject_kind = 'grant' and g.id = e.subject_id
  join holding h on h.post_id = g.post_id and h.valid_from <= @day and coalesce(h.valid_to, 'infinity') >= @day)
select distinct on (n.person_id) n.person_id, pe.party_id, n.post_id, n.because
from named n
join person pe on pe.id = n.person_id
cross join entry e
where @kind = 'token_made' or e.person_id is distinct from n.person_id
order by n.person_id, n.because = 'deputy'`, map[string]any{"entry": n.EntryID, "day": s.tx.day, "kind": n.Kind})
	if err != nil {
		return nil, fmt.Errorf("find whose access a notice tells of: %w", err)
	}
	return rows, nil
}

// Access implements mail.Store.
func (s *MailStore) Access(m mail.Mail) (mail.Access, bool, error) {
	rows, err := query[accessRow](s.tx, `
select e.at, coalesce(bp.short_fi, '') as by_party_fi, coalesce(bp.short_sv, '') as by_party_sv, coalesce(bp.short_en, '') as by_party_en,
       coalesce(bo.title_fi, '') as by_post_fi, coalesce(bo.title_sv, '') as by_post_sv, coalesce(bo.title_en, '') as by_post_en,
       coalesce(t.name, '') as token, coalesce(array_to_string(t.scopes, ' '), '') as scopes, coalesce(g.role, '') as role,
       coalesce(po.title_fi, '') as post_fi, coalesce(po.title_sv, '') as post_sv, coalesce(po.title_en, '') as post_en,
       coalesce(u.name_fi, '') as unit_fi, coalesce(u.name_sv, '') as unit_sv, coalesce(u.name_en, '') as unit_en,
       coalesce(f.title_fi, '') as forum_fi, coalesce(f.title_sv, '') as forum_sv, coalesce(f.title_en, '') as forum_en,
       coalesce(h.kind = 'deputy', false) as deputy, coalesce(g.valid_from, h.valid_from) as valid_from,
       g.ended_at is not null as ended,
       coalesce(t.expires_on, (g.ended_at at time zone 'Europe/Helsinki')::date, g.valid_to, h.valid_to) as valid_to
from audit_entry e
left join party bp on bp.id = e.party_id
left join post bo on bo.id = e.post_id
left join api_token t on e.subject_kind = 'api_token' and t.id = e.subject_id
left join role_grant g on e.subject_kind = 'grant' and g.id = e.subject_id
left join holding h on e.subject_kind = 'holding' and h.id = e.subject_id
left join post po on po.id = coalesce(t.post_id, g.post_id, h.post_id)
left join unit u on u.id = g.unit_id
left join forum f on f.id = g.forum_id
where e.id = ? and coalesce(t.id, g.id, h.id) is not null`, m.EntryID)
	if err != nil {
		return mail.Access{}, false, fmt.Errorf("load what a mail tells of somebody's access: %w", err)
	}
	if len(rows) == 0 {
		return mail.Access{}, false, nil
	}
	return rows[0].access(), true, nil
}

// accessRow is what a mail tells of somebody's access.
type accessRow struct {
	At                              time.Time
	ByPartyFi, ByPartySv, ByPartyEn string
	ByPostFi, ByPostSv, ByPostEn    string
	Token, Scopes                   string
	Role                            domain.Role
	PostFi, PostSv, PostEn          string
	UnitFi, UnitSv, UnitEn          string
	ForumFi, ForumSv, ForumEn       string
	Deputy                          bool
	ValidFrom, ValidTo              domain.Date
	Ended                           bool
}

func (r accessRow) access() mail.Access {
	return mail.Access{At: r.At, ByParty: domain.Text{FI: r.ByPartyFi, SV: r.ByPartySv, EN: r.ByPartyEn}, ByPost: domain.Text{FI: r.ByPostFi, SV: r.ByPostSv, EN: r.ByPostEn},
		Token: r.Token, Role: r.Role, Post: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, Unit: domain.Text{FI: r.UnitFi, SV: r.UnitSv, EN: r.UnitEn},
		Forum: domain.Text{FI: r.ForumFi, SV: r.ForumSv, EN: r.ForumEn}, Deputy: r.Deputy, Scopes: split[domain.TokenScope](r.Scopes, " "), ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Ended: r.Ended}
}

// entryOrNil is the id of an entry of the log for a column that may be empty.
func entryOrNil(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
