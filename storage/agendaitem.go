package storage

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type agendaItemRow struct {
	ID               domain.AgendaItemID
	MeetingID        domain.MeetingID
	Kind             meeting.ItemKind
	ParentID         *domain.AgendaItemID
	Position         string
	AgendaNo         *int
	SubNo            *int
	Section          *int
	Title            domain.Text `gorm:"embedded;embeddedPrefix:title_"`
	Preparer         domain.Text `gorm:"embedded;embeddedPrefix:preparer_"`
	Proposal         domain.Text `gorm:"embedded;embeddedPrefix:proposal_"`
	Proceedings      domain.Text `gorm:"embedded;embeddedPrefix:proceedings_"`
	Decision         domain.Text `gorm:"embedded;embeddedPrefix:decision_"`
	Explanation      domain.Text `gorm:"embedded;embeddedPrefix:explanation_"`
	Heard            domain.Text `gorm:"embedded;embeddedPrefix:heard_"`
	GoesOnTo         domain.Text `gorm:"embedded;embeddedPrefix:goes_on_to_"`
	PresenterPostID  *domain.PostID
	MinutesReserved  *int
	Links            linksColumn
	NotHandled       domain.Text `gorm:"embedded;embeddedPrefix:not_handled_"`
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (agendaItemRow) TableName() string { return "agenda_item" }

// itemTexts are the parts of an item that are texts, as columns.
var itemTexts = []string{"title", "preparer", "proposal", "proceedings", "decision", "explanation", "heard", "goes_on_to"}

// textColumns lists the columns of texts, each with a prefix ("i." or "").
func textColumns(prefix string, names ...string) []string {
	var out []string
	for _, n := range names {
		for _, l := range domain.Langs {
			out = append(out, prefix+n+"_"+string(l))
		}
	}
	return out
}

// linksColumn is the links of an item as they are stored.
type linksColumn meeting.Links

type linkRow struct {
	FI  string `json:"fi"`
	SV  string `json:"sv"`
	EN  string `json:"en"`
	URL string `json:"url"`
}

// Value implements driver.Valuer.
func (c linksColumn) Value() (driver.Value, error) {
	rows := make([]linkRow, len(c))
	for i, l := range c {
		rows[i] = linkRow{l.Title.FI, l.Title.SV, l.Title.EN, l.URL}
	}
	b, err := json.Marshal(rows)
	return string(b), err
}

// Scan implements sql.Scanner.
func (c *linksColumn) Scan(v any) error {
	var raw []byte
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		raw = []byte(v)
	case []byte:
		raw = v
	default:
		return fmt.Errorf("links are %T", v)
	}
	var rows []linkRow
	if err := json.Unmarshal(raw, &rows); err != nil {
		return fmt.Errorf("read links: %w", err)
	}
	*c = nil
	for _, r := range rows {
		*c = append(*c, meeting.Link{Title: domain.Text{FI: r.FI, SV: r.SV, EN: r.EN}, URL: r.URL})
	}
	return nil
}

// itemColumns are those that an edit may change.
var itemColumns = append(textColumns("", append(slices.Clone(itemTexts), "not_handled")...), "section", "presenter_post_id", "minutes_reserved", "links",
	"visibility", "visibility_ground", "version", "updated_at")

const itemPlace = "i.id, i.meeting_id, i.kind, i.parent_id, i.position, i.agenda_no, i.sub_no, i.section, i.visibility, i.visibility_ground"

var (
	itemSelect = itemSelectOf(append(slices.Clone(itemTexts), "not_handled")...)
	// calledSelect is itemSelect of what a call tells.
	calledSelect = itemSelectOf("title", "preparer", "proposal", "explanation")
)

func itemSelectOf(texts ...string) string {
	return "select " + itemPlace + ", " + strings.Join(textColumns("i.", texts...), ", ") + `,
       i.presenter_post_id, i.minutes_reserved, i.links, i.version, i.created_at, i.updated_at,
       pp.party_id as presenter_party_id, pp.title_fi as presenter_fi, pp.title_sv as presenter_sv, pp.title_en as presenter_en`
}

const itemFrom = " from agenda_item i join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id"

func orNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func rowOfItem(i meeting.AgendaItem) agendaItemRow {
	return agendaItemRow{i.ID, i.MeetingID, i.Kind, i.ParentID.Ptr(), i.Position, orNull(i.AgendaNo), orNull(i.SubNo), orNull(i.Section), i.Title,
		i.Preparer, i.Proposal, i.Proceedings, i.Decision, i.Explanation, i.Heard, i.GoesOnTo, i.PresenterID.Ptr(), orNull(i.MinutesReserved),
		linksColumn(i.Links), i.NotHandled, i.Visibility, i.VisibilityGround, i.Version, i.CreatedAt, i.UpdatedAt}
}

type agendaItemView struct {
	Row              agendaItemRow `gorm:"embedded"`
	PresenterPartyID *domain.PartyID
	Presenter        domain.Text `gorm:"embedded;embeddedPrefix:presenter_"`
}

func (v agendaItemView) entity() meeting.AgendaItem {
	r := v.Row
	return meeting.AgendaItem{ID: r.ID, MeetingID: r.MeetingID, Kind: r.Kind, ParentID: valueOf(r.ParentID), Position: r.Position,
		AgendaNo: orZero(r.AgendaNo), SubNo: orZero(r.SubNo), Section: orZero(r.Section), Links: meeting.Links(r.Links), NotHandled: r.NotHandled,
		Title: r.Title, Preparer: r.Preparer, Proposal: r.Proposal, Proceedings: r.Proceedings, Decision: r.Decision,
		Explanation: r.Explanation, Heard: r.Heard, GoesOnTo: r.GoesOnTo, PresenterID: valueOf(r.PresenterPostID),
		MinutesReserved: orZero(r.MinutesReserved), Visibility: r.Visibility, VisibilityGround: r.VisibilityGround, Version: r.Version,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, PresenterTitle: v.Presenter, PresenterParty: valueOf(v.PresenterPartyID)}
}

// Items implements meeting.Store.
func (s *MeetingStore) Items(scope domain.Scope, id domain.MeetingID) ([]meeting.AgendaItem, error) {
	items, err := s.items(scope, "i.meeting_id = ?", id)
	if err != nil || scope.Staff {
		return items, err
	}
	var w, seen where
	w.add("i.meeting_id = ?", id)
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&seen, scope, "i", "agenda_item")
	w.add("not ("+strings.Join(seen.conds, " and ")+")", seen.args...)
	hidden, err := query[agendaItemView](s.tx, "select "+itemPlace+itemFrom+w.sql(), w.args...) // number and ground only
	if err != nil {
		return nil, fmt.Errorf("load the hidden items: %w", err)
	}
	for _, r := range hidden {
		i := r.entity()
		i.Hidden = true
		items = append(items, i)
	}
	slices.SortFunc(items, func(a, b meeting.AgendaItem) int { return strings.Compare(a.Position, b.Position) })
	return items, nil
}

// Item implements meeting.Store.
func (s *MeetingStore) Item(scope domain.Scope, id domain.AgendaItemID) (meeting.AgendaItem, error) {
	items, err := s.items(scope, "i.id = ?", id)
	if err != nil {
		return meeting.AgendaItem{}, err
	}
	if len(items) == 0 {
		return meeting.AgendaItem{}, domain.NotFound("agenda_item")
	}
	return items[0], nil
}

// Outcome implements meeting.Store.
func (s *MeetingStore) Outcome(scope domain.Scope, id domain.OutcomeID) (meeting.AgendaItem, error) {
	items, err := s.items(scope, "i.id = (select o.agenda_item_id from outcome o where o.id = ?)", id)
	if err != nil {
		return meeting.AgendaItem{}, err
	}
	if len(items) == 0 {
		return meeting.AgendaItem{}, domain.NotFound("outcome")
	}
	return items[0], nil
}

// Agenda implements meeting.Store.
func (s *MeetingStore) Agenda(scope domain.Scope, id domain.MeetingID) ([]meeting.AgendaItem, error) {
	rows, err := s.bareItems(calledSelect, scope, "i.meeting_id = ?", id)
	if err != nil {
		return nil, err
	}
	items, ids := entities(rows), make([]domain.AgendaItemID, len(rows))
	for n, i := range items {
		ids[n] = i.ID
	}
	attachments, err := s.attachmentsOf(scope, ids)
	for n := range items {
		items[n].Attachments = attachments[ids[n]]
	}
	return items, err
}

func (s *MeetingStore) bareItems(selected string, scope domain.Scope, cond string, arg any) ([]agendaItemView, error) {
	var w where
	w.add(cond, arg)
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	rows, err := query[agendaItemView](s.tx, selected+itemFrom+" left join post pp on pp.id = i.presenter_post_id"+w.sql()+" order by i.position", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load agenda items: %w", err)
	}
	return rows, nil
}

// items loads the items that the scope covers, with their outcomes.
func (s *MeetingStore) items(scope domain.Scope, cond string, arg any) ([]meeting.AgendaItem, error) {
	rows, err := s.bareItems(itemSelect, scope, cond, arg)
	if err != nil {
		return nil, err
	}
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.Row.ID.UUID}
	}
	references, err := s.tx.references(domain.SubjectAgendaItem, ids)
	if err != nil {
		return nil, err
	}
	outcomes, err := s.outcomesOf(scope, ids)
	if err != nil {
		return nil, err
	}
	items := make([]meeting.AgendaItem, len(rows))
	for i, r := range rows {
		items[i] = r.entity()
		items[i].References, items[i].Outcomes = references[ids[i]], outcomes[ids[i]]
	}
	return items, s.completeItems(scope, items)
}

// InsertItem implements meeting.Store.
func (s *MeetingStore) InsertItem(i meeting.AgendaItem) error {
	row := rowOfItem(i)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an agenda item: %w", err)
	}
	if err := s.tx.saveReferences(domain.SubjectOf(domain.SubjectAgendaItem, i.ID), i.References); err != nil {
		return err
	}
	return s.Renumber(i.MeetingID)
}

// UpdateItem implements meeting.Store.
func (s *MeetingStore) UpdateItem(i meeting.AgendaItem) (meeting.AgendaItem, error) {
	row := rowOfItem(i)
	row.Version++
	subject := domain.SubjectOf(domain.SubjectAgendaItem, i.ID)
	res := s.tx.Model(&agendaItemRow{}).Where("id = ? and version = ?", i.ID, i.Version).Select(itemColumns).Updates(&row)
	if res.Error != nil {
		return i, fmt.Errorf("update an agenda item: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return i, domain.Stale(subject, i.Version, nil)
	}
	i.Version = row.Version
	return i, s.tx.saveReferences(subject, i.References)
}

// DeleteItem implements meeting.Store.
func (s *MeetingStore) DeleteItem(i meeting.AgendaItem) error {
	subject := domain.SubjectOf(domain.SubjectAgendaItem, i.ID)
	if err := s.tx.saveReferences(subject, domain.References{}); err != nil {
		return err
	}
	for _, sql := range []string{ // what went elsewhere by a move keeps its trace there, what was copied here is gone
		"delete from transfer where to_item_id = ? and kind <> 'move'", "update transfer set to_item_id = null where to_item_id = ?",
		"update transfer set from_item_id = null where from_item_id = ?", "update referral set agenda_item_id = null where agenda_item_id = ?",
		"delete from attachment_file where attachment_id in (select id from attachment where agenda_item_id = ?)", "delete from attachment where agenda_item_id = ?",
	} {
		if err := s.tx.Exec(sql, i.ID).Error; err != nil {
			return fmt.Errorf("let go of an agenda item: %w", err)
		}
	}
	res := s.tx.Exec("delete from agenda_item where id = ? and version = ?", i.ID, i.Version)
	if res.Error != nil {
		return fmt.Errorf("delete an agenda item: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return domain.Stale(subject, i.Version, nil)
	}
	return s.Renumber(i.MeetingID)
}

// Move implements meeting.Store.
func (s *MeetingStore) Move(m domain.MeetingID, items []meeting.AgendaItem) error {
	for _, i := range items {
		if err := s.tx.Exec("update agenda_item set position = ?, parent_id = ? where id = ?", i.Position, i.ParentID.Ptr(), i.ID).Error; err != nil {
			return fmt.Errorf("move an agenda item: %w", err)
		}
	}
	return s.Renumber(m)
}

// Renumber implements meeting.Store.
func (s *MeetingStore) Renumber(ms ...domain.MeetingID) error {
	for _, id := range ms {
		err := s.tx.Exec(`
with place as (
  select id, kind, parent_id, row_number() over (partition by kind, parent_id order by position) as n from agenda_item where meeting_id = ?),
numbered as (
  select c.id, case when c.kind = 'item' then coalesce(p.n, c.n) end as no, case when c.parent_id is not null then c.n end as sub
  from place c left join place p on p.id = c.parent_id)
update agenda_item i set agenda_no = r.no, sub_no = r.sub
from numbered r
where r.id = i.id and (i.agenda_no is distinct from r.no or i.sub_no is distinct from r.sub)`, id).Error
		if err != nil {
			return fmt.Errorf("number the agenda: %w", err)
		}
	}
	return nil
}

type outcomeRow struct {
	ID             domain.OutcomeID
	AgendaItemID   domain.AgendaItemID
	No             int
	Type           meeting.OutcomeType
	Text           domain.Text `gorm:"embedded;embeddedPrefix:text_"`
	NoActionReason domain.Text `gorm:"embedded;embeddedPrefix:no_action_reason_"`
	ToPostID       *domain.PostID
	ToWhom         domain.Text `gorm:"embedded;embeddedPrefix:to_whom_"`
	DueOn          domain.Date
	ToMeetingID    *domain.MeetingID
	EndedAt        *time.Time
	EndReason      domain.Text `gorm:"embedded;embeddedPrefix:end_reason_"`
	LateEntry      bool
	RecordedAt     time.Time
	Version        int
}

func (outcomeRow) TableName() string { return "outcome" }

func rowOfOutcome(o meeting.Outcome) outcomeRow {
	return outcomeRow{o.ID, o.AgendaItemID, o.No, o.Type, o.Text, o.NoActionReason, o.ToPostID.Ptr(), o.ToWhom, o.DueOn,
		o.ToMeetingID.Ptr(), o.EndedAt, o.EndReason, o.LateEntry, o.RecordedAt, o.Version}
}

const outcomeSelect = `select o.id, o.agenda_item_id, o.no, o.type, o.text_fi, o.text_sv, o.text_en, o.no_action_reason_fi, o.no_action_reason_sv, o.no_action_reason_en,
       o.to_post_id, o.to_whom_fi, o.to_whom_sv, o.to_whom_en, o.due_on, o.to_meeting_id, o.ended_at, o.end_reason_fi, o.end_reason_sv, o.end_reason_en, o.late_entry, o.recorded_at, o.version,
       exists (select 1 from action a where a.outcome_id = o.id and a.withdrawn_on is null) as followed`

type outcomeView struct {
	Row      outcomeRow `gorm:"embedded"`
	Followed bool
}

func (v outcomeView) entity() meeting.Outcome {
	r := v.Row
	return meeting.Outcome{ID: r.ID, AgendaItemID: r.AgendaItemID, No: r.No, Type: r.Type, Text: r.Text, NoActionReason: r.NoActionReason,
		ToPostID: valueOf(r.ToPostID), ToWhom: r.ToWhom, DueOn: r.DueOn, ToMeetingID: valueOf(r.ToMeetingID),
		EndedAt: r.EndedAt, EndReason: r.EndReason, LateEntry: r.LateEntry, RecordedAt: r.RecordedAt, Version: r.Version, Followed: v.Followed}
}

// outcomesOf loads the outcomes of items with all that belongs to them.
func (s *MeetingStore) outcomesOf(scope domain.Scope, items []domain.AnyID) (map[domain.AnyID][]meeting.Outcome, error) {
	out := map[domain.AnyID][]meeting.Outcome{}
	if len(items) == 0 {
		return out, nil
	}
	rows, err := query[outcomeView](s.tx, outcomeSelect+" from outcome o where o.agenda_item_id = any(?) order by o.no", asOne(items))
	if err != nil {
		return nil, fmt.Errorf("load outcomes: %w", err)
	}
	outcomes := entities(rows)
	if err := s.completeOutcomes(scope, outcomes); err != nil {
		return nil, err
	}
	for _, o := range outcomes {
		id := domain.AnyID{UUID: o.AgendaItemID.UUID}
		out[id] = append(out[id], o)
	}
	return out, nil
}

// actionsOf loads the actions that came from outcomes and that the scope covers.
func (s *MeetingStore) actionsOf(scope domain.Scope, outcomes []domain.OutcomeID) (map[domain.OutcomeID][]meeting.Action, error) {
	out := map[domain.OutcomeID][]meeting.Action{}
	if len(outcomes) == 0 {
		return out, nil
	}
	w := where{args: []any{s.tx.day}} // of conditionSQL, before those of the conditions
	w.add("a.outcome_id = any(?)", asOne(outcomes))
	s.tx.visible(&w, scope, "a", "action")
	type row struct {
		OutcomeID    domain.OutcomeID
		ID           domain.ActionID
		No           int
		Title        domain.Text `gorm:"embedded;embeddedPrefix:title_"`
		Condition    string
		DueOn        domain.Date
		DuePrecision domain.Precision
		LeadPostID   *domain.PostID
		LeadPartyID  *domain.PartyID
		LeadStanding domain.Standing
		Lead         domain.Text `gorm:"embedded;embeddedPrefix:lead_"`
	}
	rows, err := query[row](s.tx, "select a.outcome_id, a.id, a.no, a.title_fi, a.title_sv, a.title_en, "+conditionSQL+` as condition, a.due_on, a.due_precision,
       p.id as lead_post_id, p.party_id as lead_party_id, p.title_fi as lead_fi, p.title_sv as lead_sv, p.title_en as lead_en,
       `+s.tx.leadStanding("a")+` as lead_standing
from action a left join post p on p.id = a.lead_post_id and `+s.tx.leads("a")+w.sql()+" order by a.no", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the actions of outcomes: %w", err)
	}
	for _, r := range rows {
		out[r.OutcomeID] = append(out[r.OutcomeID], meeting.Action{ID: r.ID, No: r.No, Title: r.Title, Condition: r.Condition, DueOn: r.DueOn,
			Precision: r.DuePrecision, LeadID: valueOf(r.LeadPostID), LeadTitle: r.Lead, LeadParty: valueOf(r.LeadPartyID), LeadStanding: r.LeadStanding})
	}
	return out, nil
}

var outcomeOrdering = ordering{
	keys: map[string]sortKey{
		"meeting": {"m.starts_at", "timestamptz"},
		"item":    {"i.position", "text"},
		"no":      {"o.no", "integer"},
	},
	standard: "-meeting,item,no",
	id:       "o.id",
}

// Outcomes implements meeting.Store.
func (s *MeetingStore) Outcomes(scope domain.Scope, f meeting.OutcomeFilter, req domain.PageRequest) (domain.Page[meeting.OutcomeView], error) {
	var out domain.Page[meeting.OutcomeView]
	p, err := outcomeOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	s.tx.papersVisible(&w, scope)
	s.tx.visible(&w, scope, "i", "agenda_item")
	in(&w, "m.forum_id", f.Forum)
	in(&w, "m.id", f.Meeting)
	in(&w, "o.type", f.Type)
	between(&w, f.From, f.To)
	const from = " from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id"
	if out.Total, err = count(s.tx, req, from, w); err != nil {
		return out, fmt.Errorf("count outcomes: %w", err)
	}
	type row struct {
		Outcome     outcomeView `gorm:"embedded"`
		Meeting     meetingView `gorm:"embedded;embeddedPrefix:meeting_"`
		Carried     bool
		CarriedOver bool
		AgendaNo    *int
		SubNo       *int
		Section     *int
		Item        domain.Text `gorm:"embedded;embeddedPrefix:item_"`
	}
	rows, next, err := fetch[row](s.tx, p, outcomeSelect+`,
       `+carriedSQL+` as carried, `+carriedOverSQL+` as carried_over,
       i.agenda_no, i.sub_no, i.section, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en, `+prefixed("meeting_", meetingColumn), from, w)
	if err != nil {
		return out, fmt.Errorf("list outcomes: %w", err)
	}
	outcomes := make([]meeting.Outcome, len(rows))
	for i, r := range rows {
		outcomes[i] = r.Outcome.entity()
	}
	if err := s.completeOutcomes(scope, outcomes); err != nil {
		return out, err
	}
	out.NextCursor, out.Items = next, make([]meeting.OutcomeView, len(rows))
	for i, r := range rows {
		o := outcomes[i]
		out.Items[i] = meeting.OutcomeView{Outcome: o, Open: o.Open(r.Carried), Over: r.CarriedOver, Meeting: r.Meeting.entity(),
			Item: meeting.ItemRef{ID: o.AgendaItemID, AgendaNo: orZero(r.AgendaNo), SubNo: orZero(r.SubNo), Section: orZero(r.Section), Title: r.Item}}
	}
	return out, nil
}

// prefixed renames the columns of a select list: "m.id" becomes "m.id as
// meeting_id", "x as forum_key" becomes "x as meeting_forum_key".
func prefixed(prefix, columns string) string {
	parts := strings.Split(columns, ", ")
	for i, c := range parts {
		if expr, name, ok := strings.Cut(c, " as "); ok {
			parts[i] = expr + " as " + prefix + name
		} else {
			parts[i] = c + " as " + prefix + c[strings.IndexByte(c, '.')+1:]
		}
	}
	return strings.Join(parts, ", ")
}

// InsertOutcome implements meeting.Store.
func (s *MeetingStore) InsertOutcome(o meeting.Outcome) error {
	row := rowOfOutcome(o)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert an outcome: %w", err)
	}
	return nil
}

// UpdateOutcome implements meeting.Store.
func (s *MeetingStore) UpdateOutcome(o meeting.Outcome) (meeting.Outcome, error) {
	row := rowOfOutcome(o)
	row.Version++
	res := s.tx.Model(&outcomeRow{}).Where("id = ? and version = ?", o.ID, o.Version).
		Select("type", "text_fi", "text_sv", "text_en", "no_action_reason_fi", "no_action_reason_sv", "no_action_reason_en",
			"to_post_id", "to_whom_fi", "to_whom_sv", "to_whom_en", "due_on", "to_meeting_id",
			"ended_at", "end_reason_fi", "end_reason_sv", "end_reason_en", "version").Updates(&row)
	if res.Error != nil {
		return o, fmt.Errorf("update an outcome: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return o, domain.Stale(domain.SubjectOf(domain.SubjectOutcome, o.ID), o.Version, nil)
	}
	o.Version = row.Version
	return o, nil
}
