package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/draft"
)

type draftRow struct {
	ID          domain.DraftID
	SubjectKind domain.SubjectKind
	SubjectID   domain.AnyID
	BaseVersion int
	Base        string
	Content     string
	NoteFi      string
	NoteSv      string
	NoteEn      string
	State       draft.State
	PartyID     domain.PartyID
	PostID      domain.PostID
	Reason      string
	Version     int
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	SavedAt     time.Time
	SettledAt   *time.Time
}

func (draftRow) TableName() string { return "draft" }

func rowOfDraft(d draft.Draft) draftRow {
	row := draftRow{ID: d.ID, SubjectKind: d.Subject.Kind, SubjectID: d.Subject.ID, BaseVersion: d.BaseVersion, Base: string(d.Base), Content: string(d.Content),
		NoteFi: d.Note.FI, NoteSv: d.Note.SV, NoteEn: d.Note.EN, State: d.State, PartyID: d.PartyID, PostID: d.PostID, Reason: d.Reason,
		Version: d.Version, CreatedAt: d.CreatedAt, SavedAt: d.SavedAt}
	if !d.SettledAt.IsZero() {
		row.SettledAt = &d.SettledAt
	}
	return row
}

func (r draftRow) entity() draft.Draft {
	d := draft.Draft{ID: r.ID, Subject: domain.Subject{Kind: r.SubjectKind, ID: r.SubjectID}, BaseVersion: r.BaseVersion, Base: draft.Content(r.Base), Content: draft.Content(r.Content),
		Note: domain.Text{FI: r.NoteFi, SV: r.NoteSv, EN: r.NoteEn}, State: r.State, PartyID: r.PartyID, PostID: r.PostID, Reason: r.Reason,
		Version: r.Version, CreatedAt: r.CreatedAt.UTC(), SavedAt: r.SavedAt.UTC()}
	if r.SettledAt != nil {
		d.SettledAt = r.SettledAt.UTC()
	}
	return d
}

// draftView is a draft with what it is about.
type draftView struct {
	Row       draftRow `gorm:"embedded"`
	SubjectNo int
	Key       string
	OfFi      string
	OfSv      string
	OfEn      string
	OwnID     *domain.PartyID
}

func (r draftView) entity() draft.Listed {
	return draft.Listed{Draft: r.Row.entity(), Of: draft.Thing{No: r.SubjectNo, Key: r.Key, Title: domain.Text{FI: r.OfFi, SV: r.OfSv, EN: r.OfEn}, Own: valueOf(r.OwnID)}}
}

// draftMeta are the columns of a draft without its contents.
const draftMeta = `
select r.id, r.subject_kind, r.subject_id, r.base_version, r.note_fi, r.note_sv, r.note_en, r.state, r.party_id, r.post_id, r.reason,
       r.version, r.created_at, r.saved_at, r.settled_at`

const draftThing = `, sg.no as subject_no, coalesce(sc.key, sp.key) as key, coalesce(sg.title_fi, sc.title_fi, sp.title_fi) as of_fi,
       coalesce(sg.title_sv, sc.title_sv, sp.title_sv) as of_sv, coalesce(sg.title_en, sc.title_en, sp.title_en) as of_en, sg.party_id as own_id`

const draftFrom = `
from draft r
left join goal sg on r.subject_kind = 'goal' and sg.id = r.subject_id
left join chain sc on r.subject_kind = 'chain' and sc.id = r.subject_id
left join plan sp on r.subject_kind = 'plan' and sp.id = r.subject_id`

// DraftStore keeps drafts.
type DraftStore struct{ tx Tx }

// NewDraftStore binds the store to a transaction.
func NewDraftStore(tx Tx) *DraftStore { return &DraftStore{tx} }

// wasPublic reports whether a row of table is public or ever was.
func (tx Tx) wasPublic(table string, id domain.AnyID) (was bool, err error) {
	err = tx.Raw("select exists (select 1 from public."+table+"_history where id = ? and visibility = 'public')", id).Scan(&was).Error
	if err != nil {
		return false, fmt.Errorf("look whether a %s was public: %w", table, err)
	}
	return was, nil
}

// Get implements draft.Store.
func (s *DraftStore) Get(scope domain.Scope, id domain.DraftID) (draft.Draft, draft.Thing, error) {
	if !scope.Staff {
		return draft.Draft{}, draft.Thing{}, domain.NotFound("draft")
	}
	rows, err := query[draftView](s.tx, draftMeta+", r.base::text as base, r.content::text as content"+draftThing+draftFrom+" where r.id = ?", id)
	if err != nil {
		return draft.Draft{}, draft.Thing{}, fmt.Errorf("load a draft: %w", err)
	}
	if len(rows) == 0 {
		return draft.Draft{}, draft.Thing{}, domain.NotFound("draft")
	}
	found := rows[0].entity()
	return found.Draft, found.Of, nil
}

var draftOrdering = ordering{
	keys:     map[string]sortKey{"savedAt": {"r.saved_at", "timestamptz"}},
	standard: "-savedAt",
	id:       "r.id",
}

// List implements draft.Store.
func (s *DraftStore) List(scope domain.Scope, f draft.Filter, req domain.PageRequest) (domain.Page[draft.Listed], error) {
	var w where
	if !scope.Staff {
		w.add("false")
	}
	in(&w, "r.subject_kind", f.Kind)
	in(&w, "r.subject_id", f.Subject)
	in(&w, "r.state", f.State)
	in(&w, "r.party_id", f.Party)
	about, err := s.tx.followAbout(f.About)
	if err != nil {
		return domain.Page[draft.Listed]{}, err
	}
	s.tx.about(&w, scope, "r.subject_kind", "r.subject_id", about)
	if !f.Awaiting.IsZero() {
		w.add(`r.state = 'open' and r.party_id <> ? and sg.party_id is null and not exists (
select 1 from draft_comment c where c.draft_id = r.id and c.draft_version = r.version and c.party_id = ? and c.kind <> 'comment')`, f.Awaiting, f.Awaiting)
	}
	rows, err := list[draftView](s.tx, draftOrdering, req, draftMeta+draftThing, draftFrom, w)
	if err != nil {
		return domain.Page[draft.Listed]{}, fmt.Errorf("list drafts: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

type draftCommentRow struct {
	ID                     domain.DraftCommentID
	DraftID                domain.DraftID
	DraftVersion           int
	Kind                   draft.CommentKind
	PartyID                domain.PartyID
	PostID                 domain.PostID
	TextFi, TextSv, TextEn string
	SaidAt                 time.Time
}

func (r draftCommentRow) entity() draft.Comment {
	return draft.Comment{ID: r.ID, DraftID: r.DraftID, Version: r.DraftVersion, Kind: r.Kind, PartyID: r.PartyID, PostID: r.PostID,
		Text: domain.Text{FI: r.TextFi, SV: r.TextSv, EN: r.TextEn}, At: r.SaidAt.UTC()}
}

const draftCommentColumns = "\nselect c.id, c.draft_id, c.draft_version, c.kind, c.party_id, c.post_id, c.text_fi, c.text_sv, c.text_en, c.said_at"

var draftCommentOrdering = ordering{
	keys:     map[string]sortKey{"at": {"c.said_at", "timestamptz"}},
	standard: "-at",
	id:       "c.id",
}

// Comments implements draft.Store.
func (s *DraftStore) Comments(id domain.DraftID, req domain.PageRequest) (domain.Page[draft.Comment], error) {
	var w where
	w.add("c.draft_id = ?", id)
	rows, err := list[draftCommentRow](s.tx, draftCommentOrdering, req, draftCommentColumns, " from draft_comment c", w)
	if err != nil {
		return domain.Page[draft.Comment]{}, fmt.Errorf("list the comments on a draft: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// Words implements draft.Store. Settling a draft made its last version, of which
// nobody can say anything.
func (s *DraftStore) Words(drafts []domain.DraftID) (map[domain.DraftID][]draft.Comment, error) {
	out := map[domain.DraftID][]draft.Comment{}
	if len(drafts) == 0 {
		return out, nil
	}
	rows, err := query[draftCommentRow](s.tx, `
select distinct on (c.draft_id, c.party_id) c.id, c.draft_id, c.draft_version, c.kind, c.party_id, c.post_id, c.text_fi, c.text_sv, c.text_en, c.said_at
from draft_comment c join draft d on d.id = c.draft_id
where c.draft_id = any(?) and c.kind <> 'comment' and c.draft_version = case d.state when 'open' then d.version else d.version - 1 end
order by c.draft_id, c.party_id, c.said_at desc, c.id desc`, asOne(anyIDs(drafts)))
	if err != nil {
		return nil, fmt.Errorf("load the parties' words on drafts: %w", err)
	}
	for _, r := range rows {
		out[r.DraftID] = append(out[r.DraftID], r.entity())
	}
	return out, nil
}

// Principals implements draft.Store.
func (s *DraftStore) Principals() (ids []domain.PartyID, err error) {
	rows, err := query[struct{ ID domain.PartyID }](s.tx, "select id from party where principal order by position")
	if err != nil {
		return nil, fmt.Errorf("load the principal parties: %w", err)
	}
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// Posts implements draft.Store.
func (s *DraftStore) Posts(ids []domain.PostID) (map[domain.PostID]draft.Name, error) {
	out := map[domain.PostID]draft.Name{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		ID                        domain.PostID
		PartyID                   domain.PartyID
		UnitID                    domain.UnitID
		TitleFi, TitleSv, TitleEn string
	}](s.tx, "select id, party_id, unit_id, title_fi, title_sv, title_en from post where id = any(?)", asOne(anyIDs(ids)))
	if err != nil {
		return nil, fmt.Errorf("load the names of posts: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = draft.Name{Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, PartyID: r.PartyID, UnitID: r.UnitID}
	}
	return out, nil
}

// Names implements draft.Store. Drafts are read by staff only, who may know
// every thing that a goal or chain names.
func (s *DraftStore) Names(contents ...draft.Content) (map[domain.AnyID]draft.Name, error) {
	var ids []string
	for _, c := range contents {
		ids = append(ids, uuidText.FindAllString(string(c), -1)...)
	}
	labels, err := s.tx.labels(ids)
	if err != nil {
		return nil, err
	}
	out := map[domain.AnyID]draft.Name{}
	var posts []domain.PostID
	for id, l := range labels {
		out[id] = draft.Name{Title: domain.Text{FI: l.TitleFi, SV: l.TitleSv, EN: l.TitleEn}, No: l.No, Path: l.Path}
		if l.Kind == domain.SubjectPost {
			posts = append(posts, domain.PostID{UUID: id.UUID})
		}
	}
	names, err := s.Posts(posts)
	for id, n := range names {
		out[domain.AnyID{UUID: id.UUID}] = n
	}
	return out, err
}

// Lock implements draft.Store.
func (s *DraftStore) Lock(id domain.DraftID) (draft.Draft, error) {
	rows, err := query[draftRow](s.tx, draftMeta+", r.base::text as base, r.content::text as content from draft r where r.id = ? for update", id)
	if err != nil {
		return draft.Draft{}, fmt.Errorf("lock a draft: %w", err)
	}
	if len(rows) == 0 {
		return draft.Draft{}, domain.NotFound("draft")
	}
	return rows[0].entity(), nil
}

// Try implements draft.Store.
func (s *DraftStore) Try(fn func() error) error {
	if err := s.tx.Exec("savepoint draft_try").Error; err != nil {
		return fmt.Errorf("set a savepoint: %w", err)
	}
	tried := translate(fn())
	if err := s.tx.Exec("rollback to savepoint draft_try").Error; err != nil {
		return fmt.Errorf("go back to a savepoint: %w", err)
	}
	return tried
}

// Insert implements draft.Store.
func (s *DraftStore) Insert(d draft.Draft) error {
	row := rowOfDraft(d)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a draft: %w", err)
	}
	return nil
}

var draftColumns = []string{"base_version", "base", "content", "note_fi", "note_sv", "note_en", "state", "party_id", "post_id", "reason", "version", "saved_at", "settled_at"}

// Update implements draft.Store.
func (s *DraftStore) Update(d draft.Draft) (draft.Draft, error) {
	row := rowOfDraft(d)
	row.Version++
	res := s.tx.Model(&draftRow{}).Where("id = ? and version = ?", d.ID, d.Version).Select(draftColumns).Updates(&row)
	if res.Error != nil {
		return d, fmt.Errorf("update a draft: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return d, domain.Stale(domain.SubjectOf(domain.SubjectDraft, d.ID), d.Version, nil)
	}
	d.Version = row.Version
	return d, nil
}

// InsertComment implements draft.Store.
func (s *DraftStore) InsertComment(c draft.Comment) error {
	err := s.tx.Exec(`
insert into draft_comment (id, draft_id, draft_version, kind, party_id, post_id, text_fi, text_sv, text_en, said_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.ID, c.DraftID, c.Version, c.Kind, c.PartyID, c.PostID, c.Text.FI, c.Text.SV, c.Text.EN, c.At).Error
	if err != nil {
		return fmt.Errorf("insert a comment on a draft: %w", err)
	}
	return nil
}
