package storage

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
)

// ResponsibilityStore keeps responsibilities with their agreements.
type ResponsibilityStore struct{ tx Tx }

// NewResponsibilityStore binds the store to a transaction.
func NewResponsibilityStore(tx Tx) *ResponsibilityStore { return &ResponsibilityStore{tx} }

type responsibilityRow struct {
	ID          domain.ResponsibilityID
	SubjectKind domain.SubjectKind
	SubjectID   domain.AnyID
	PostID      domain.PostID
	Part        domain.Part
	WordingFi   string
	WordingSv   string
	WordingEn   string
	ValidFrom   domain.Date
	ValidTo     domain.Date
	Standing    domain.Standing
	Revision    int
	Version     int
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
}

func (responsibilityRow) TableName() string { return "responsibility" }

func rowOfResponsibility(r responsibility.Responsibility) responsibilityRow {
	return responsibilityRow{ID: r.ID, SubjectKind: r.Subject.Kind, SubjectID: r.Subject.ID, PostID: r.PostID, Part: r.Part,
		WordingFi: r.Wording.FI, WordingSv: r.Wording.SV, WordingEn: r.Wording.EN, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo,
		Standing: r.Standing, Version: r.Version, Revision: r.Revision, UpdatedAt: r.UpdatedAt}
}

// responsibilityView is a responsibility with what follows from its post and
// the thing that it is about.
type responsibilityView struct {
	Row       responsibilityRow `gorm:"embedded"`
	PartyID   domain.PartyID
	UnitID    domain.UnitID
	TitleFi   string
	TitleSv   string
	TitleEn   string
	SubjectNo int
	Key       string
	OfFi      string
	OfSv      string
	OfEn      string
	FromFi    string
	FromSv    string
	FromEn    string
	ToFi      string
	ToSv      string
	ToEn      string
}

func (r responsibilityView) entity() responsibility.View {
	row := r.Row
	return responsibility.View{
		Responsibility: responsibility.Responsibility{ID: row.ID, Subject: domain.Subject{Kind: row.SubjectKind, ID: row.SubjectID}, PostID: row.PostID, Part: row.Part,
			Wording: domain.Text{FI: row.WordingFi, SV: row.WordingSv, EN: row.WordingEn}, ValidFrom: row.ValidFrom, ValidTo: row.ValidTo,
			Accord: domain.Accord[responsibility.Terms]{Standing: row.Standing, Revision: row.Revision}, Version: row.Version, UpdatedAt: row.UpdatedAt.UTC(),
			PartyID: r.PartyID, UnitID: r.UnitID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}},
		Of: responsibility.SubjectRef{Kind: row.SubjectKind, ID: row.SubjectID, No: r.SubjectNo, Key: r.Key, Title: domain.Text{FI: r.OfFi, SV: r.OfSv, EN: r.OfEn},
			From: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}, To: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}},
	}
}

// subjectColumns name what subjectJoins joined.
const subjectColumns = `,
       coalesce(sg.no, sa.no, ss.position) as subject_no, coalesce(sf.key, sc.key) as key,
       coalesce(sg.title_fi, sa.title_fi, sh.what_fi, ss.title_fi, sf.title_fi, sc.title_fi) as of_fi,
       coalesce(sg.title_sv, sa.title_sv, sh.what_sv, ss.title_sv, sf.title_sv, sc.title_sv) as of_sv,
       coalesce(sg.title_en, sa.title_en, sh.what_en, ss.title_en, sf.title_en, sc.title_en) as of_en,
       hf.title_fi as from_fi, hf.title_sv as from_sv, hf.title_en as from_en,
       ht.title_fi as to_fi, ht.title_sv as to_sv, ht.title_en as to_en`

const responsibilityColumns = `
select r.id, r.subject_kind, r.subject_id, r.post_id, r.part, r.wording_fi, r.wording_sv, r.wording_en, r.valid_from, r.valid_to,
       r.standing, r.revision, r.version, r.updated_at, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en` + subjectColumns

// subjectJoins joins what a row r with subject_kind and subject_id is about.
const subjectJoins = `
left join goal sg on r.subject_kind = 'goal' and sg.id = r.subject_id
left join action sa on r.subject_kind = 'action' and sa.id = r.subject_id
left join handover sh on r.subject_kind = 'handover' and sh.id = r.subject_id
left join stage hf on hf.id = sh.from_stage_id
left join stage ht on ht.id = sh.to_stage_id
left join stage ss on r.subject_kind = 'stage' and ss.id = r.subject_id
left join forum sf on r.subject_kind = 'forum' and sf.id = r.subject_id
left join chain sc on sc.id = case r.subject_kind when 'chain' then r.subject_id when 'stage' then ss.chain_id when 'handover' then sh.chain_id end`

const responsibilityFrom = `
from responsibility r
join post p on p.id = r.post_id` + subjectJoins

// subjectListed is subjectVisible in a list: without actions that were withdrawn as
// made in error.
func (tx Tx) subjectListed(w *where, scope domain.Scope) {
	tx.subjectVisible(w, scope)
	w.add("sa.withdrawn_on is null")
}

// subjectVisible adds that the subject of r, joined by subjectJoins, is there
// and may be seen.
func (tx Tx) subjectVisible(w *where, scope domain.Scope) {
	if scope.Staff {
		w.add("coalesce(sg.id, sa.id, sf.id, sc.id) is not null")
		return
	}
	w.add("coalesce(sg.visibility, sa.visibility, sf.visibility, sc.visibility) = 'public'")
	if !tx.asOf {
		return
	}
	for alias, table := range map[string]string{"sg": "goal", "sa": "action", "sf": "forum", "sc": "chain"} {
		w.add("not exists (select 1 from public." + table + " live where live.id = " + alias + ".id and live.visibility <> 'public')")
	}
}

// Get implements responsibility.Store.
func (s *ResponsibilityStore) Get(scope domain.Scope, id domain.ResponsibilityID) (responsibility.View, error) {
	var w where
	w.add("r.id = ?", id)
	s.tx.subjectVisible(&w, scope)
	rows, err := query[responsibilityView](s.tx, responsibilityColumns+responsibilityFrom+w.sql(), w.args...)
	if err != nil {
		return responsibility.View{}, fmt.Errorf("load a responsibility: %w", err)
	}
	if len(rows) == 0 {
		return responsibility.View{}, domain.NotFound("responsibility")
	}
	views, err := s.complete(rows)
	if err != nil {
		return responsibility.View{}, err
	}
	err = s.discussions(scope, views)
	return views[0], err
}

// complete adds the agreements.
func (s *ResponsibilityStore) complete(rows []responsibilityView) ([]responsibility.View, error) {
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.Row.ID.UUID}
	}
	agreements, err := s.tx.agreements(domain.SubjectResponsibility, ids, true)
	if err != nil {
		return nil, err
	}
	out := make([]responsibility.View, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
		if out[i].Accord, err = accordOf[responsibility.Terms](r.Row.Standing, r.Row.Revision, agreements[ids[i]]); err != nil {
			return nil, err
		}
	}
	var posts []domain.PostID
	for _, v := range out {
		if v.Change != nil {
			posts = append(posts, v.Change.PostID)
		}
	}
	names, err := s.postNames(posts)
	if err != nil {
		return nil, err
	}
	for i, v := range out {
		if v.Change != nil {
			out[i].ChangePost = names[v.Change.PostID]
		}
	}
	return out, nil
}

// postNames loads what readers see of posts.
func (s *ResponsibilityStore) postNames(ids []domain.PostID) (map[domain.PostID]responsibility.PostName, error) {
	out := map[domain.PostID]responsibility.PostName{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		ID                        domain.PostID
		PartyID                   domain.PartyID
		TitleFi, TitleSv, TitleEn string
	}](s.tx, "select id, party_id, title_fi, title_sv, title_en from post where id = any(?)", asOne(anyIDs(ids)))
	if err != nil {
		return nil, fmt.Errorf("load the names of posts: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = responsibility.PostName{ID: r.ID, PartyID: r.PartyID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}
	}
	return out, nil
}

var responsibilityOrdering = ordering{
	keys: map[string]sortKey{
		"updatedAt": {"r.updated_at", "timestamptz"},
		"part":      {"array_position(array['lead', 'shared', 'support', 'informed'], r.part)", "integer"},
		"post":      {`p.title_fi collate "fi"`, "text"},
		"waitingSince": {`coalesce((select g.proposed_at from agreement g
where g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state in ('open', 'declined')), 'infinity'::timestamptz)`, "timestamptz"},
	},
	standard: "-updatedAt",
	id:       "r.id",
}

// List implements responsibility.Store.
func (s *ResponsibilityStore) List(scope domain.Scope, f responsibility.Filter, req domain.PageRequest) (domain.Page[responsibility.View], error) {
	var out domain.Page[responsibility.View]
	p, err := responsibilityOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	s.tx.subjectListed(&w, scope)
	if !f.Ended {
		w.add("(r.valid_to is null or r.valid_to >= ?)", s.tx.day)
	}
	if len(f.ID) > 0 {
		w.add("r.id = any(?)", asOne(f.ID))
	}
	in(&w, "r.subject_kind", f.Kind)
	if !f.Subject.IsZero() {
		w.add("r.subject_id = ?", f.Subject)
	}
	in(&w, "p.party_id", f.Party)
	in(&w, "r.post_id", f.Post)
	in(&w, "r.part", f.Part)
	in(&w, "r.standing", f.Standing)
	if f.Current {
		w.add("r.valid_from <= ?", s.tx.day)
	}
	s.tx.inChains(&w, scope, "r.subject_kind", "r.subject_id", f.Chains)
	about, err := s.tx.followAbout(f.About)
	if err != nil {
		return out, err
	}
	s.tx.about(&w, scope, "r.subject_kind", "r.subject_id", about)
	if err := s.tx.sortedBy(&w, scope, "r.subject_kind", "r.subject_id", f.Terms); err != nil {
		return out, err
	}
	if f.Answerer != nil {
		w.add("r.standing <> 'in_force'")
		w.add(`exists (select 1 from agreement g join acceptance ac on ac.agreement_id = g.id
where g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state = 'open' and ac.state = 'open' and ac.party_id = ?)`, f.Answerer.Party)
		if !f.Answerer.All {
			w.add(`(p.unit_id in ? and p.party_id = ? or exists (select 1 from agreement g join post np on np.id = (g.content->>'postId')::uuid
where g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state = 'open' and np.unit_id in ? and np.party_id = ?)
or p.party_id <> ? and not exists (select 1 from agreement g join post np on np.id = (g.content->>'postId')::uuid
where g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state = 'open' and np.party_id = ?)
and exists (select 1 from responsibility o join post op on op.id = o.post_id
where o.subject_kind = r.subject_kind and o.subject_id = r.subject_id and o.part in ('lead', 'shared') and (o.valid_to is null or o.valid_to >= ?)
  and op.unit_id in ? and op.party_id = ?))`,
				f.Answerer.Units, f.Answerer.Party, f.Answerer.Units, f.Answerer.Party, f.Answerer.Party, f.Answerer.Party,
				s.tx.day, f.Answerer.Units, f.Answerer.Party)
		}
	}
	if f.Asked != nil {
		w.add(among("r.id", "select w.subject_id"+wordsThatWait+`
join agreement_comment c on c.agreement_id = g.id and c.kind = 'changes_requested' and c.party_id <> w.proposed_party_id
join acceptance ac on ac.agreement_id = w.id and ac.party_id = c.party_id and ac.state = 'open'
where w.subject_kind = 'responsibility' and w.proposed_party_id = ?`), f.Asked.Party)
		if !f.Asked.All {
			w.add(`(p.unit_id in ? and p.party_id = ? or exists (select 1 from agreement g join post pp on pp.id = g.proposed_post_id
where g.subject_kind = 'responsibility' and g.subject_id = r.id and g.state in ('open', 'declined') and pp.unit_id in ?))`,
				f.Asked.Units, f.Asked.Party, f.Asked.Units)
		}
	}
	if out.Total, err = count(s.tx, req, responsibilityFrom, w); err != nil {
		return out, fmt.Errorf("count responsibilities: %w", err)
	}
	rows, next, err := fetch[responsibilityView](s.tx, p, responsibilityColumns, responsibilityFrom, w)
	if err != nil {
		return out, fmt.Errorf("list responsibilities: %w", err)
	}
	out.NextCursor = next
	if out.Items, err = s.complete(rows); err != nil {
		return out, err
	}
	return out, s.discussions(scope, out.Items)
}

// Revisions implements responsibility.Store.
func (s *ResponsibilityStore) Revisions(scope domain.Scope, id domain.ResponsibilityID, subject domain.Subject) ([]responsibility.Revision, error) {
	of := domain.AnyID{UUID: id.UUID}
	agreements, err := s.tx.agreements(domain.SubjectResponsibility, []domain.AnyID{of}, false)
	if err != nil {
		return nil, err
	}
	shown, err := s.tx.heldInPublic(scope, subject, agreements[of])
	if err != nil {
		return nil, err
	}
	var out []responsibility.Revision
	var posts []domain.PostID
	for _, a := range shown {
		if len(out) == 100 {
			break
		}
		r := responsibility.Revision{Agreement: a.Agreement}
		if err := json.Unmarshal(a.content, &r.Content); err != nil {
			return nil, fmt.Errorf("read the content of an agreement: %w", err)
		}
		out, posts = append(out, r), append(posts, r.Content.PostID)
	}
	names, err := s.postNames(posts)
	if err != nil {
		return nil, err
	}
	for i, r := range out {
		out[i].Post = names[r.Content.PostID]
	}
	return out, nil
}

// Lock implements responsibility.Store.
func (s *ResponsibilityStore) Lock(id domain.ResponsibilityID) (responsibility.Responsibility, error) {
	found, err := s.load("r.id = ? for update of r", id)
	if err != nil {
		return responsibility.Responsibility{}, err
	}
	if len(found) == 0 {
		return responsibility.Responsibility{}, domain.NotFound("responsibility")
	}
	return found[0], nil
}

// LockSubject implements responsibility.Store. Rows that are not there yet cannot
// be locked: two parties that each add the first one would not see each other.
func (s *ResponsibilityStore) LockSubject(subject domain.Subject) error {
	if err := s.tx.Exec("select pg_advisory_xact_lock(hashtextextended(?::text || ?::text, 0))", subject.Kind, subject.ID).Error; err != nil {
		return fmt.Errorf("lock the responsibilities of a subject: %w", err)
	}
	return nil
}

// OfSubject implements responsibility.Store.
func (s *ResponsibilityStore) OfSubject(subject domain.Subject, lock bool) ([]responsibility.Responsibility, error) {
	cond := "r.subject_kind = ? and r.subject_id = ? and (r.valid_to is null or r.valid_to >= ?) order by r.id"
	if lock {
		if err := s.LockSubject(subject); err != nil {
			return nil, err
		}
		cond += " for update of r"
	}
	return s.load(cond, subject.Kind, subject.ID, s.tx.day)
}

func (s *ResponsibilityStore) load(cond string, args ...any) ([]responsibility.Responsibility, error) {
	rows, err := query[responsibilityView](s.tx, `
select r.id, r.subject_kind, r.subject_id, r.post_id, r.part, r.wording_fi, r.wording_sv, r.wording_en, r.valid_from, r.valid_to,
       r.standing, r.revision, r.version, r.updated_at, p.party_id, p.unit_id, p.title_fi, p.title_sv, p.title_en
from responsibility r join post p on p.id = r.post_id where `+cond, args...)
	if err != nil {
		return nil, fmt.Errorf("load responsibilities: %w", err)
	}
	views, err := s.complete(rows)
	if err != nil {
		return nil, err
	}
	out := make([]responsibility.Responsibility, len(views))
	for i, v := range views {
		out[i] = v.Responsibility
	}
	return out, nil
}

// Posts implements responsibility.Store.
func (s *ResponsibilityStore) Posts(ids []domain.PostID) (map[domain.PostID]responsibility.Post, error) {
	rows, err := query[responsibility.Post](s.tx, `
select p.id, p.party_id, p.unit_id, pa.principal from post p join party pa on pa.id = p.party_id where p.id = any(?)`, asOne(anyIDs(ids)))
	if err != nil {
		return nil, fmt.Errorf("load posts: %w", err)
	}
	out := map[domain.PostID]responsibility.Post{}
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

// SubjectParties implements responsibility.Store.
func (s *ResponsibilityStore) SubjectParties(scope domain.Scope, subject domain.Subject) ([]domain.PartyID, error) {
	var w where
	s.tx.subjectVisible(&w, scope)
	found, err := query[struct{ Party, Giver, Receiver domain.PartyID }](s.tx, `
select sp.id as party, fp.id as giver, tp.id as receiver
from (select ?::text as subject_kind, ?::uuid as subject_id) r`+subjectJoins+`
left join party sp on sp.id = ss.party_id and sp.principal
left join party fp on fp.id = hf.party_id and fp.principal
left join party tp on tp.id = ht.party_id and tp.principal`+w.sql(), append([]any{subject.Kind, subject.ID}, w.args...)...)
	if err != nil {
		return nil, fmt.Errorf("load the parties of a subject: %w", err)
	}
	if len(found) == 0 {
		return nil, domain.NotFound(string(subject.Kind))
	}
	var out []domain.PartyID
	for _, p := range []domain.PartyID{found[0].Party, found[0].Giver, found[0].Receiver} {
		if !p.IsZero() {
			out = append(out, p)
		}
	}
	return out, nil
}

// Over implements responsibility.Store.
func (s *ResponsibilityStore) Over(scope domain.Scope, subject domain.Subject) (over bool, onwards int, err error) {
	switch subject.Kind {
	case domain.SubjectGoal:
		ended, err := s.tx.endedGoals(scope, []domain.AnyID{subject.ID})
		if err != nil || len(ended) == 0 {
			return false, 0, err
		}
		return true, ended[0].IntoNo, nil
	case domain.SubjectAction:
		err = s.tx.Raw("select exists (select 1 from action where id = ? and withdrawn_on is not null)", subject.ID).Scan(&over).Error
		if err != nil {
			return false, 0, fmt.Errorf("look whether an action was withdrawn: %w", err)
		}
	}
	return over, 0, nil
}

// endedGoal is a goal that has ended; IntoNo is the number of the one in which it goes
// on, 0 if none or hidden.
type endedGoal struct {
	ID     domain.GoalID
	No     int
	IntoNo int
}

// endedGoals are those of goals that have ended, by number.
func (tx Tx) endedGoals(scope domain.Scope, ids []domain.AnyID) ([]endedGoal, error) {
	into := where{conds: []string{"i.id = g.into_goal_id"}}
	tx.visible(&into, scope, "i", "goal")
	rows, err := query[endedGoal](tx, "select g.id, g.no, coalesce(i.no, 0) as into_no from goal g left join goal i on "+on(into)+
		" where g.id = any(?) and g.ended_on is not null order by g.no", append(into.args, asOne(ids))...)
	if err != nil {
		return nil, fmt.Errorf("look for goals that have ended: %w", err)
	}
	return rows, nil
}

// Ended implements responsibility.Store.
func (s *ResponsibilityStore) Ended(subject domain.Subject) (ended bool, err error) {
	err = s.tx.Raw(`
select exists (select 1 from stage where ? = 'stage' and id = ? and valid_to is not null)
    or exists (select 1 from handover where ? = 'handover' and id = ? and valid_to is not null)`,
		subject.Kind, subject.ID, subject.Kind, subject.ID).Scan(&ended).Error
	if err != nil {
		return false, fmt.Errorf("look whether a subject has ended: %w", err)
	}
	return ended, nil
}

// Subject implements responsibility.Store.
func (s *ResponsibilityStore) Subject(scope domain.Scope, subject domain.Subject) (responsibility.SubjectRef, error) {
	var w where
	s.tx.subjectVisible(&w, scope)
	rows, err := query[responsibilityView](s.tx, "select r.subject_kind, r.subject_id"+subjectColumns+
		" from (select ?::text as subject_kind, ?::uuid as subject_id) r"+subjectJoins+w.sql(), append([]any{subject.Kind, subject.ID}, w.args...)...)
	if err != nil {
		return responsibility.SubjectRef{}, fmt.Errorf("name a subject: %w", err)
	}
	if len(rows) == 0 {
		return responsibility.SubjectRef{}, domain.NotFound(string(subject.Kind))
	}
	return rows[0].entity().Of, nil
}

// HoldersOn implements responsibility.Store. Every version of a holding that was
// valid on the day tells what the record said from sys_from to sys_to.
func (s *ResponsibilityStore) HoldersOn(scope domain.Scope, posts []domain.PostID, day domain.Date) ([]responsibility.Holder, error) {
	end := day.EndOfDay()
	rows, err := query[struct {
		ID         domain.HoldingID
		PostID     domain.PostID
		Kind       string
		Name       string
		ValidFrom  domain.Date
		ValidTo    domain.Date
		NamePublic bool
		Shown      bool // today's choice of the holder
		IsThen     bool
		IsNow      bool
		SysFrom    time.Time
		SysTo      *time.Time
	}](s.tx, `
select h.id, h.post_id, h.kind, coalesce(pe.name, '') as name, h.valid_from, h.valid_to, h.name_public, coalesce(l.name_public, false) as shown,
       h.sys_from <= ? and h.sys_to > ? as is_then, h.sys_to = 'infinity' as is_now, h.sys_from, nullif(h.sys_to, 'infinity') as sys_to
from holding_history h
left join person pe on pe.id = h.person_id
left join holding l on l.id = h.id
where h.post_id = any(?) and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)
order by h.post_id, h.kind desc, h.valid_from, h.id, h.sys_from`, end, end, asOne(anyIDs(posts)), day, day)
	if err != nil {
		return nil, fmt.Errorf("load the holders of posts on a day: %w", err)
	}
	var out []responsibility.Holder
	for i := 0; i < len(rows); {
		last := i
		then, now, public := false, false, true
		var version int // that tells: today's, else that of the end of the day
		for ; last < len(rows) && rows[last].ID == rows[i].ID; last++ {
			r := rows[last]
			then, now = then || r.IsThen, now || r.IsNow
			if r.IsNow || r.IsThen && !now {
				version = last
			}
			if r.IsThen || r.IsNow {
				public = public && r.NamePublic
			}
		}
		if then || now {
			r := rows[version]
			h := responsibility.Holder{PostID: r.PostID, Kind: r.Kind, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Recorded: responsibility.RecordedThen}
			if scope.Staff || public && r.Shown {
				h.Name = r.Name
			}
			switch {
			case !then:
				h.Recorded, h.RecordedAt = responsibility.RecordedLater, rows[i].SysFrom.UTC()
			case !now:
				h.Recorded = responsibility.RecordedNoLonger
				if to := rows[last-1].SysTo; to != nil {
					h.RecordedAt = to.UTC()
				}
			}
			out = append(out, h)
		}
		i = last
	}
	return out, nil
}

// Insert implements responsibility.Store.
func (s *ResponsibilityStore) Insert(r responsibility.Responsibility) error {
	row := rowOfResponsibility(r)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a responsibility: %w", err)
	}
	return s.saveParts(r)
}

var responsibilityEditable = []string{"post_id", "part", "wording_fi", "wording_sv", "wording_en", "valid_from", "valid_to", "standing", "revision", "version", "updated_at"}

// Update implements responsibility.Store.
func (s *ResponsibilityStore) Update(r responsibility.Responsibility) (responsibility.Responsibility, error) {
	row := rowOfResponsibility(r)
	row.Version++
	res := s.tx.Model(&responsibilityRow{}).Where("id = ? and version = ?", r.ID, r.Version).Select(responsibilityEditable).Updates(&row)
	if res.Error != nil {
		return r, fmt.Errorf("update a responsibility: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, r.ID)
		if err != nil {
			return r, err
		}
		return r, domain.Stale(domain.SubjectOf(domain.SubjectResponsibility, r.ID), r.Version, current)
	}
	r.Version = row.Version
	return r, s.saveParts(r)
}

func (s *ResponsibilityStore) saveParts(r responsibility.Responsibility) error {
	if err := saveAccord(s.tx, domain.SubjectOf(domain.SubjectResponsibility, r.ID), r.Accord, r.Terms()); err != nil {
		return err
	}
	return s.keepLead(r.Subject)
}

// Delete implements responsibility.Store.
func (s *ResponsibilityStore) Delete(r responsibility.Responsibility) error {
	if err := s.tx.saveAgreements(domain.SubjectOf(domain.SubjectResponsibility, r.ID), r.Past, r.Terms()); err != nil {
		return err
	}
	if err := s.tx.Exec("delete from responsibility where id = ?", r.ID).Error; err != nil {
		return fmt.Errorf("delete a responsibility: %w", err)
	}
	return s.keepLead(r.Subject)
}

// keepLead keeps the copy of the lead on an action what its responsibilities
// say: the lead of today, or the next one, with its days (leads).
func (s *ResponsibilityStore) keepLead(subject domain.Subject) error {
	if subject.Kind != domain.SubjectAction {
		return nil
	}
	if err := s.copyLeads([]domain.AnyID{subject.ID}); err != nil {
		return err
	}
	return NewActionStore(s.tx).settle(domain.ActionID{UUID: subject.ID.UUID})
}

// keepLeads is keepLead for many actions, which are locked.
func (s *ResponsibilityStore) keepLeads(actions []domain.AnyID) error {
	if len(actions) == 0 {
		return nil
	}
	if err := s.copyLeads(actions); err != nil {
		return err
	}
	spoken, err := query[struct{ ActionID domain.ActionID }](s.tx, "select distinct action_id from action_party_status where action_id = any(?)", asOne(actions))
	if err != nil {
		return fmt.Errorf("look for the statuses of parties: %w", err)
	}
	for _, r := range spoken { // few: of most actions no party has said anything of its own
		if err := NewActionStore(s.tx).settle(r.ActionID); err != nil {
			return err
		}
	}
	return nil
}

func (s *ResponsibilityStore) copyLeads(actions []domain.AnyID) error {
	err := s.tx.Exec(`
update action a set lead_post_id = l.post_id, lead_party_id = l.party_id, lead_from = l.valid_from, lead_to = l.valid_to
from unnest(?::uuid[]) as one (id)
left join lateral (select p.id as post_id, p.party_id, r.valid_from, r.valid_to
      from responsibility r join post p on p.id = r.post_id
      where r.subject_kind = 'action' and r.subject_id = one.id and r.part = 'lead' and (r.valid_to is null or r.valid_to >= ?)
      order by r.valid_from, r.id limit 1) l on true
where a.id = one.id and (a.lead_post_id, a.lead_from, a.lead_to) is distinct from (l.post_id, l.valid_from, l.valid_to)`, asOne(actions), s.tx.day).Error
	if err != nil {
		return fmt.Errorf("keep the lead of an action: %w", err)
	}
	return nil
}

// things are the tables of what responsibilities are listed with, and saved with
// from a form.
var things = map[domain.SubjectKind]string{domain.SubjectGoal: "goal", domain.SubjectAction: "action", domain.SubjectForum: "forum", domain.SubjectChain: "chain"}

// thing is the table and row with which a subject is saved from a form: that of
// the chain for a stage; none for a hand-over, of which no form lists the posts.
func (s *ResponsibilityStore) thing(subject domain.Subject) (table string, id string) {
	if subject.Kind == domain.SubjectStage {
		return "chain", "(select chain_id from stage where id = ?)"
	}
	return things[subject.Kind], "?"
}

// LockThing implements responsibility.Store.
func (s *ResponsibilityStore) LockThing(subject domain.Subject) error {
	table, id := s.thing(subject)
	if subject.Kind == domain.SubjectHandover { // it ends with the form of its chain
		table, id = "chain", "(select chain_id from handover where id = ?)"
	}
	if table == "" {
		return nil
	}
	if err := s.tx.Exec("select 1 from "+table+" where id = "+id+" for update", subject.ID).Error; err != nil {
		return fmt.Errorf("lock a %s: %w", table, err)
	}
	return nil
}

// LockThings implements responsibility.Store.
func (s *ResponsibilityStore) LockThings(subjects []domain.Subject) error {
	ids := map[domain.SubjectKind][]domain.AnyID{}
	var others []domain.Subject // with a chain of their own
	for _, subject := range subjects {
		if _, whole := things[subject.Kind]; whole {
			ids[subject.Kind] = append(ids[subject.Kind], subject.ID)
		} else {
			others = append(others, subject)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(ids)) {
		if err := s.tx.Exec("select 1 from "+things[kind]+" where id = any(?) order by id for update", asOne(ids[kind])).Error; err != nil {
			return fmt.Errorf("lock things of the kind %s: %w", kind, err)
		}
	}
	for _, subject := range others {
		if err := s.LockThing(subject); err != nil {
			return err
		}
	}
	return nil
}

// Touch implements responsibility.Store.
func (s *ResponsibilityStore) Touch(subject domain.Subject, now time.Time) error {
	table, id := s.thing(subject)
	if table == "" {
		return nil
	}
	if err := s.tx.Exec("update "+table+" set version = version + 1, updated_at = ? where id = "+id, now, subject.ID).Error; err != nil {
		return fmt.Errorf("touch a %s: %w", table, err)
	}
	return nil
}

// wordsThatWait joins an agreement w that waits with each agreement g of the same
// subject on the very same words, since the one in force was proposed: what was
// said of them is said of what waits.
const wordsThatWait = "\nfrom agreement w join agreement g on " + waitsAgain

const waitsAgain = `g.subject_kind = w.subject_kind and g.subject_id = w.subject_id and g.content = w.content and w.state in ('open', 'declined')
 and g.revision > coalesce((select f.revision from agreement f where f.subject_kind = w.subject_kind and f.subject_id = w.subject_id and f.state = 'in_force'), 0)`

// discussions adds what has been said of what waits, for staff.
func (s *ResponsibilityStore) discussions(scope domain.Scope, views []responsibility.View) error {
	if !scope.Staff {
		return nil
	}
	var ids []domain.AgreementID
	for i, v := range views {
		if v.Waiting != nil {
			views[i].Discussion = &responsibility.Discussion{}
			ids = append(ids, v.Waiting.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := query[struct {
		AgreementID domain.AgreementID
		PartyID     domain.PartyID
		Comments    int
		LastAt      time.Time
		AskedAt     *time.Time
	}](s.tx, `
select w.id as agreement_id, c.party_id, count(*) as comments, max(c.said_at) as last_at, max(c.said_at) filter (where c.kind = 'changes_requested') as asked_at`+wordsThatWait+`
join agreement_comment c on c.agreement_id = g.id
join party pa on pa.id = c.party_id
where w.id = any(?) group by w.id, c.party_id, pa.position order by pa.position`, asOne(anyIDs(ids)))
	if err != nil {
		return fmt.Errorf("count the comments on what waits: %w", err)
	}
	of := map[domain.AgreementID]*responsibility.Discussion{}
	for _, v := range views {
		if v.Waiting != nil {
			of[v.Waiting.ID] = v.Discussion
		}
	}
	for _, r := range rows {
		d := of[r.AgreementID]
		d.Comments += r.Comments
		if at := r.LastAt.UTC(); at.After(d.LastAt) {
			d.LastAt = at
		}
		if r.AskedAt != nil {
			d.Requests = append(d.Requests, responsibility.Request{PartyID: r.PartyID, At: r.AskedAt.UTC()})
		}
	}
	for _, v := range views {
		if v.Discussion != nil {
			v.Discussion.Requests = v.Asking(v.Discussion.Requests)
		}
	}
	return nil
}

type agreementCommentRow struct {
	ID                        domain.AgreementCommentID
	AgreementID               domain.AgreementID
	Responsible               domain.PostID
	Revision                  int
	Kind                      responsibility.CommentKind
	PartyID                   domain.PartyID
	PostID                    domain.PostID
	TextFi, TextSv, TextEn    string
	SaidAt                    time.Time
	TitleFi, TitleSv, TitleEn string
	PostPartyID               domain.PartyID
	Waiting                   bool
}

func (r agreementCommentRow) entity() responsibility.Comment {
	return responsibility.Comment{ID: r.ID, AgreementID: r.AgreementID, Responsible: r.Responsible, Revision: r.Revision, Kind: r.Kind, PartyID: r.PartyID, PostID: r.PostID,
		Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, At: r.SaidAt.UTC(), Waiting: r.Waiting,
		Post: responsibility.PostName{ID: r.PostID, PartyID: r.PostPartyID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}}
}

var agreementCommentOrdering = ordering{
	keys:     map[string]sortKey{"at": {"c.said_at", "timestamptz"}},
	standard: "-at",
	id:       "c.id",
}

// Comments implements responsibility.Store.
func (s *ResponsibilityStore) Comments(scope domain.Scope, id domain.ResponsibilityID, req domain.PageRequest) (domain.Page[responsibility.Comment], error) {
	var w where
	w.add("g.subject_kind = 'responsibility' and g.subject_id = ?", id)
	if !scope.Staff {
		w.add("false")
	}
	rows, err := list[agreementCommentRow](s.tx, agreementCommentOrdering, req, `
select c.id, c.agreement_id, (g.content->>'postId')::uuid as responsible, g.revision, c.kind, c.party_id, c.post_id, c.text_fi, c.text_sv, c.text_en, c.said_at,
       p.title_fi, p.title_sv, p.title_en, p.party_id as post_party_id, exists (select 1 from agreement w where `+waitsAgain+`) as waiting`,
		" from agreement_comment c join agreement g on g.id = c.agreement_id join post p on p.id = c.post_id", w)
	if err != nil {
		return domain.Page[responsibility.Comment]{}, fmt.Errorf("list the comments on a responsibility: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// InsertComment implements responsibility.Store.
func (s *ResponsibilityStore) InsertComment(c responsibility.Comment) error {
	err := s.tx.Exec(`
insert into agreement_comment (id, agreement_id, kind, party_id, post_id, text_fi, text_sv, text_en, said_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.AgreementID, c.Kind, c.PartyID, c.PostID, c.Text.FI, c.Text.SV, c.Text.EN, c.At).Error
	if err != nil {
		return fmt.Errorf("insert a comment on an agreement: %w", err)
	}
	return nil
}
