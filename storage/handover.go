package storage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
)

type handoverRow struct {
	ID           domain.HandoverID
	ChainID      domain.ChainID
	FromStageID  domain.StageID
	ToStageID    domain.StageID
	Position     int
	WhatFi       string
	WhatSv       string
	WhatEn       string
	ChannelFi    string
	ChannelSv    string
	ChannelEn    string
	TargetDays   *int
	Gap          chain.Gap
	GapReasonFi  string
	GapReasonSv  string
	GapReasonEn  string
	NextReviewOn domain.Date
	Standing     domain.Standing
	Revision     int
	ValidFrom    domain.Date
	ValidTo      domain.Date
	Version      int
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
}

func (handoverRow) TableName() string { return "handover" }

func rowOfHandover(id domain.ChainID, h chain.Handover) handoverRow {
	return handoverRow{ID: h.ID, ChainID: id, FromStageID: h.FromStageID, ToStageID: h.ToStageID, Position: h.Position,
		WhatFi: h.What.FI, WhatSv: h.What.SV, WhatEn: h.What.EN, ChannelFi: h.Channel.FI, ChannelSv: h.Channel.SV, ChannelEn: h.Channel.EN,
		TargetDays: h.TargetDays, Gap: h.Gap, GapReasonFi: h.GapReason.FI, GapReasonSv: h.GapReason.SV, GapReasonEn: h.GapReason.EN,
		NextReviewOn: h.NextReviewOn, Standing: h.Standing, Revision: h.Revision, ValidFrom: h.ValidFrom, ValidTo: h.ValidTo,
		Version: h.Version, UpdatedAt: h.UpdatedAt}
}

func (r handoverRow) entity() chain.Handover {
	return chain.Handover{ID: r.ID, Position: r.Position, FromStageID: r.FromStageID, ToStageID: r.ToStageID,
		What: domain.Text{FI: r.WhatFi, SV: r.WhatSv, EN: r.WhatEn}, Channel: domain.Text{FI: r.ChannelFi, SV: r.ChannelSv, EN: r.ChannelEn},
		TargetDays: r.TargetDays, Gap: r.Gap, GapReason: domain.Text{FI: r.GapReasonFi, SV: r.GapReasonSv, EN: r.GapReasonEn},
		NextReviewOn: r.NextReviewOn, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Version: r.Version, UpdatedAt: r.UpdatedAt.UTC()}
}

const handoverColumns = `h.id, h.chain_id, h.from_stage_id, h.to_stage_id, h.position, h.what_fi, h.what_sv, h.what_en, h.channel_fi, h.channel_sv, h.channel_en,
       h.target_days, h.gap, h.gap_reason_fi, h.gap_reason_sv, h.gap_reason_en, h.next_review_on, h.standing, h.revision, h.valid_from, h.valid_to, h.version, h.updated_at`

var handoverEditable = []string{"from_stage_id", "to_stage_id", "position", "what_fi", "what_sv", "what_en", "channel_fi", "channel_sv", "channel_en",
	"target_days", "gap", "gap_reason_fi", "gap_reason_sv", "gap_reason_en", "next_review_on", "standing", "revision", "valid_to", "version", "updated_at"}

type evidenceRow struct {
	ID         domain.AnyID
	HandoverID domain.HandoverID
	TitleFi    string
	TitleSv    string
	TitleEn    string
	URL        string
	CheckedOn  domain.Date
}

func (evidenceRow) TableName() string { return "handover_evidence" }

func (r evidenceRow) entity() chain.Evidence {
	return chain.Evidence{Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, URL: r.URL, CheckedOn: r.CheckedOn}
}

// handovers adds to rows what sits in other tables, with one query for each.
func (tx Tx) handovers(rows []handoverRow) ([]chain.Handover, error) {
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	agreements, err := tx.agreements(domain.SubjectHandover, ids, true)
	if err != nil {
		return nil, err
	}
	evidence, err := tx.evidence(ids)
	if err != nil {
		return nil, err
	}
	responsibles, err := tx.responsibles(domain.SubjectHandover, ids)
	if err != nil {
		return nil, err
	}
	out := make([]chain.Handover, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
		if out[i].Accord, err = accordOf[chain.Terms](r.Standing, r.Revision, agreements[ids[i]]); err != nil {
			return nil, err
		}
		for _, e := range evidence[r.ID] {
			out[i].Evidence = append(out[i].Evidence, e.entity())
		}
		out[i].Responsibilities = responsibles[ids[i]]
	}
	return out, nil
}

func (tx Tx) evidence(handovers []domain.AnyID) (map[domain.HandoverID][]evidenceRow, error) {
	out := map[domain.HandoverID][]evidenceRow{}
	if len(handovers) == 0 {
		return out, nil
	}
	rows, err := query[evidenceRow](tx, `
select id, handover_id, title_fi, title_sv, title_en, url, checked_on from handover_evidence
where handover_id = any(?) order by handover_id, checked_on desc, id`, asOne(handovers))
	if err != nil {
		return nil, fmt.Errorf("load the evidence of hand-overs: %w", err)
	}
	for _, r := range rows {
		out[r.HandoverID] = append(out[r.HandoverID], r)
	}
	return out, nil
}

// saveHandover saves what belongs to a hand-over whose row is saved.
func (tx Tx) saveHandover(h chain.Handover) error {
	subject := domain.SubjectOf(domain.SubjectHandover, h.ID)
	if err := saveAccord(tx, subject, h.Accord, h.Terms()); err != nil {
		return err
	}
	have, err := tx.evidence([]domain.AnyID{subject.ID})
	if err != nil {
		return err
	}
	rows := have[h.ID]
	for _, r := range rows {
		if slices.Contains(h.Evidence, r.entity()) {
			continue
		}
		if err := tx.Exec("delete from handover_evidence where id = ?", r.ID).Error; err != nil {
			return fmt.Errorf("delete evidence: %w", err)
		}
	}
	for _, e := range h.Evidence {
		if slices.ContainsFunc(rows, func(r evidenceRow) bool { return r.entity() == e }) {
			continue
		}
		row := evidenceRow{HandoverID: h.ID, TitleFi: e.Title.FI, TitleSv: e.Title.SV, TitleEn: e.Title.EN, URL: e.URL, CheckedOn: e.CheckedOn}
		row.ID.SetNew(domain.UUIDv7)
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("insert evidence: %w", err)
		}
	}
	return nil
}

// HandoverStore keeps hand-overs by themselves.
type HandoverStore struct{ tx Tx }

// NewHandoverStore binds the store to a transaction.
func NewHandoverStore(tx Tx) *HandoverStore { return &HandoverStore{tx} }

// handoverView is a hand-over with what it is between.
type handoverView struct {
	Row          handoverRow `gorm:"embedded"`
	ChainKey     string
	ChainFi      string
	ChainSv      string
	ChainEn      string
	FromPosition int
	FromPartyID  domain.PartyID
	FromFi       string
	FromSv       string
	FromEn       string
	ToPosition   int
	ToPartyID    domain.PartyID
	ToFi         string
	ToSv         string
	ToEn         string
}

const (
	handoverViewColumns = "\nselect " + handoverColumns + `,
       c.key as chain_key, c.title_fi as chain_fi, c.title_sv as chain_sv, c.title_en as chain_en,
       f.position as from_position, f.party_id as from_party_id, f.title_fi as from_fi, f.title_sv as from_sv, f.title_en as from_en,
       t.position as to_position, t.party_id as to_party_id, t.title_fi as to_fi, t.title_sv as to_sv, t.title_en as to_en`
	handoverViewFrom = `
from handover h
join chain c on c.id = h.chain_id
join stage f on f.id = h.from_stage_id
join stage t on t.id = h.to_stage_id`
)

// complete adds what sits in other tables, with one query for each.
func (s *HandoverStore) complete(rows []handoverView) ([]chain.HandoverView, error) {
	bare := make([]handoverRow, len(rows))
	for i, r := range rows {
		bare[i] = r.Row
	}
	handovers, err := s.tx.handovers(bare)
	if err != nil {
		return nil, err
	}
	around := make([][]domain.AnyID, len(rows))
	var stages []domain.AnyID
	for i, h := range handovers {
		for _, t := range []chain.Terms{h.Terms(), h.Latest()} {
			for _, id := range []domain.StageID{t.FromStageID, t.ToStageID} {
				if stage := (domain.AnyID{UUID: id.UUID}); !slices.Contains(around[i], stage) {
					around[i] = append(around[i], stage)
				}
			}
		}
		stages = append(stages, around[i]...)
	}
	posts, err := s.tx.responsibles(domain.SubjectStage, stages)
	if err != nil {
		return nil, err
	}
	out := make([]chain.HandoverView, len(rows))
	for i, r := range rows {
		out[i] = chain.HandoverView{Handover: handovers[i],
			Chain: chain.ChainRef{ID: r.Row.ChainID, Key: r.ChainKey, Title: domain.Text{FI: r.ChainFi, SV: r.ChainSv, EN: r.ChainEn}},
			From:  chain.StageRef{ID: r.Row.FromStageID, Position: r.FromPosition, PartyID: r.FromPartyID, Title: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}},
			To:    chain.StageRef{ID: r.Row.ToStageID, Position: r.ToPosition, PartyID: r.ToPartyID, Title: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}}}
		for _, stage := range around[i] {
			out[i].Posts = append(out[i].Posts, posts[stage]...)
		}
	}
	var others []chain.Terms
	for _, h := range handovers {
		if h.Change != nil {
			others = append(others, *h.Change)
		}
	}
	named, err := s.tx.stagesOf(others)
	if err != nil {
		return nil, err
	}
	for i, h := range handovers {
		if h.Change != nil {
			out[i].ChangeFrom, out[i].ChangeTo = named[h.Change.FromStageID], named[h.Change.ToStageID]
		}
	}
	return out, nil
}

// stagesOf loads the names of the stages between which terms lead, of those that
// have ended too.
func (tx Tx) stagesOf(terms []chain.Terms) (map[domain.StageID]*chain.StageRef, error) {
	out := map[domain.StageID]*chain.StageRef{}
	if len(terms) == 0 {
		return out, nil
	}
	var ids []domain.AnyID
	for _, t := range terms {
		ids = append(ids, domain.AnyID{UUID: t.FromStageID.UUID}, domain.AnyID{UUID: t.ToStageID.UUID})
	}
	rows, err := query[struct {
		ID       domain.StageID
		Position int
		PartyID  domain.PartyID
		TitleFi  string
		TitleSv  string
		TitleEn  string
	}](tx, "select id, position, party_id, title_fi, title_sv, title_en from stage where id = any(?)", asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the stages of hand-overs: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = &chain.StageRef{ID: r.ID, Position: r.Position, PartyID: r.PartyID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}}
	}
	return out, nil
}

// Get implements chain.HandoverStore.
func (s *HandoverStore) Get(scope domain.Scope, id domain.HandoverID) (chain.HandoverView, error) {
	var w where
	w.add("h.id = ?", id)
	s.tx.visible(&w, scope, "c", "chain")
	rows, err := query[handoverView](s.tx, handoverViewColumns+handoverViewFrom+w.sql(), w.args...)
	if err != nil {
		return chain.HandoverView{}, fmt.Errorf("load a hand-over: %w", err)
	}
	if len(rows) == 0 {
		return chain.HandoverView{}, domain.NotFound("handover")
	}
	views, err := s.complete(rows)
	if err != nil {
		return chain.HandoverView{}, err
	}
	return views[0], nil
}

var handoverOrdering = ordering{
	keys: map[string]sortKey{
		"chain":        {"c.position", "integer"},
		"place":        {"h.position", "integer"},
		"updatedAt":    {"h.updated_at", "timestamptz"},
		"waitingSince": {`coalesce((select g.proposed_at from agreement g where g.subject_kind = 'handover' and g.subject_id = h.id and g.state in ('open', 'declined')), 'infinity')`, "timestamptz"},
	},
	standard: "chain,place",
	id:       "h.id",
}

// here is the condition that a hand-over of a chain that the scope may see is in
// force on the day shown.
func (s *HandoverStore) here(scope domain.Scope, chains domain.AnyOf[domain.ChainID], parties domain.AnyOf[domain.PartyID]) where {
	var w where
	s.tx.visible(&w, scope, "c", "chain")
	w.add("h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?)", s.tx.day, s.tx.day)
	in(&w, "h.chain_id", chains)
	if len(parties.Values) > 0 {
		w.add("(f.party_id in ? or t.party_id in ?)", parties.Values, parties.Values)
	}
	return w
}

// List implements chain.HandoverStore.
func (s *HandoverStore) List(scope domain.Scope, f chain.HandoverFilter, req domain.PageRequest) (domain.Page[chain.HandoverView], error) {
	var err error
	if f.Theme, err = followed(s.tx, domain.SubjectTheme, f.Theme); err != nil {
		return domain.Page[chain.HandoverView]{}, err
	}
	if f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag); err != nil {
		return domain.Page[chain.HandoverView]{}, err
	}
	w := s.here(scope, f.Chain, f.Party)
	in(&w, "c.theme_id", f.Theme)
	tagged(&w, domain.SubjectChain, "c.id", f.Tag)
	in(&w, "h.standing", f.Standing)
	in(&w, "h.gap", f.Gap)
	if f.About, err = s.tx.followAbout(f.About); err != nil {
		return domain.Page[chain.HandoverView]{}, err
	}
	s.tx.about(&w, scope, "'handover'", "h.id", f.About)
	if f.Answerer != nil {
		s.awaits(&w, *f.Answerer)
	}
	rows, err := list[handoverView](s.tx, handoverOrdering, req, handoverViewColumns, handoverViewFrom, w)
	if err != nil {
		return domain.Page[chain.HandoverView]{}, fmt.Errorf("list hand-overs: %w", err)
	}
	items, err := s.complete(rows.Items)
	return pageOf(rows, items), err
}

// awaits adds that an answer of the party is open, and that the answerer may
// give it: what chain.HandoverView.Answers says of one.
func (s *HandoverStore) awaits(w *where, a domain.Answerer) {
	const open = `h.standing <> 'in_force' and exists (select 1 from agreement g join acceptance ac on ac.agreement_id = g.id
where g.subject_kind = 'handover' and g.subject_id = h.id and g.state = 'open' and ac.state = 'open' and ac.party_id = ?`
	if a.All {
		w.add(open+")", a.Party)
		return
	}
	w.add(open+` and exists (select 1 from responsibility o join post op on op.id = o.post_id
where op.party_id = ? and op.unit_id in ? and o.valid_from <= ? and (o.valid_to is null or o.valid_to >= ?)
  and (o.subject_kind = 'handover' and o.subject_id = h.id or o.subject_kind = 'stage' and o.part in ('lead', 'shared')
       and o.subject_id in (h.from_stage_id, h.to_stage_id, (g.content->>'fromStageId')::uuid, (g.content->>'toStageId')::uuid))))`,
		a.Party, a.Party, a.Units, s.tx.day, s.tx.day)
}

// Revisions implements chain.HandoverStore.
func (s *HandoverStore) Revisions(scope domain.Scope, id domain.HandoverID, n int) ([]chain.Revision, error) {
	of := domain.AnyID{UUID: id.UUID}
	agreements, err := s.tx.agreements(domain.SubjectHandover, []domain.AnyID{of}, false)
	if err != nil {
		return nil, err
	}
	list, err := s.tx.heldInPublic(scope, domain.SubjectOf(domain.SubjectHandover, id), agreements[of])
	if err != nil {
		return nil, err
	}
	out := make([]chain.Revision, min(n, len(list)))
	for i := range out {
		out[i].Agreement = list[i].Agreement
		if err := json.Unmarshal(list[i].content, &out[i].Content); err != nil {
			return nil, fmt.Errorf("read the content of an agreement: %w", err)
		}
	}
	terms := make([]chain.Terms, len(out))
	for i, r := range out {
		terms[i] = r.Content
	}
	named, err := s.tx.stagesOf(terms)
	for i, r := range out {
		out[i].From, out[i].To = named[r.Content.FromStageID], named[r.Content.ToStageID]
	}
	return out, err
}

// Update implements chain.HandoverStore.
func (s *HandoverStore) Update(h chain.Handover) (chain.Handover, error) {
	row := rowOfHandover(domain.ChainID{}, h)
	row.Version++
	res := s.tx.Model(&handoverRow{}).Where("id = ? and version = ?", h.ID, h.Version).Select(handoverEditable).Updates(&row)
	if res.Error != nil {
		return h, fmt.Errorf("update a hand-over: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, h.ID)
		if err != nil {
			return h, err
		}
		return h, domain.Stale(domain.SubjectOf(domain.SubjectHandover, h.ID), h.Version, current)
	}
	h.Version = row.Version
	return h, s.tx.saveHandover(h)
}

// breakRow is a hand-over with the ways in which it does not hold.
type breakRow struct {
	View          handoverView `gorm:"embedded"`
	HasGap        bool
	Unaccepted    bool
	NoReceiver    bool
	ReviewOverdue bool
	NoReview      bool
	Treated       bool
}

func (r breakRow) reasons() []chain.Reason {
	var out []chain.Reason
	for _, x := range []struct {
		holds  bool
		reason chain.Reason
	}{{r.HasGap, chain.ReasonGap}, {r.Unaccepted, chain.ReasonUnaccepted}, {r.NoReceiver, chain.ReasonNoReceiver},
		{r.ReviewOverdue, chain.ReasonReviewOverdue}, {r.NoReview, chain.ReasonNoReview}, {!r.Treated, chain.ReasonNoAction}} {
		if x.holds {
			out = append(out, x.reason)
		}
	}
	return out
}

var breakOrdering = ordering{
	keys: map[string]sortKey{
		"gap":          {"case h.gap when 'major' then 0 when 'minor' then 1 else 2 end", "integer"},
		"chain":        {"c.position", "integer"},
		"stage":        {"f.position", "integer"},
		"nextReviewOn": {"coalesce(h.next_review_on, 'infinity'::date)", "date"},
		"waitingSince": handoverOrdering.keys["waitingSince"],
	},
	standard: "gap,chain,stage",
	id:       "h.id",
}

var reasonSQL = map[chain.Reason]string{chain.ReasonGap: "b.has_gap", chain.ReasonUnaccepted: "b.unaccepted", chain.ReasonNoReceiver: "b.no_receiver",
	chain.ReasonReviewOverdue: "b.review_overdue", chain.ReasonNoReview: "b.no_review", chain.ReasonNoAction: "not b.treated"}

// Breaks implements chain.BreakStore.
func (s *HandoverStore) Breaks(scope domain.Scope, f chain.BreakFilter, req domain.PageRequest) (out domain.Page[chain.Break], err error) {
	day := "date '" + s.tx.day.String() + "'"
	var action where
	action.add("a.handover_id = h.id and a.status in ('not_started', 'in_progress', 'paused')")
	s.tx.visible(&action, scope, "a", "action")
	from := handoverViewFrom + `
cross join lateral (select h.gap <> 'none' as has_gap, h.standing in ('proposed', 'declined') as unaccepted,
    coalesce(h.next_review_on < ` + day + `, false) as review_overdue, h.next_review_on is null as no_review,
    not exists (select 1 from responsibility r where r.subject_kind = 'stage' and r.subject_id = h.to_stage_id and r.part = 'lead'
                and r.standing in ('in_force', 'reopened', 'change_declined') and r.valid_from <= ` + day + ` and (r.valid_to is null or r.valid_to >= ` + day + `)) as no_receiver,
    exists (select 1 from action a` + action.sql() + `) as treated) b`
	if f.Theme, err = followed(s.tx, domain.SubjectTheme, f.Theme); err != nil {
		return out, err
	}
	if f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag); err != nil {
		return out, err
	}
	w := s.here(scope, f.Chain, f.Party)
	in(&w, "h.gap", f.Gap)
	in(&w, "c.theme_id", f.Theme)
	tagged(&w, domain.SubjectChain, "c.id", f.Tag)
	w.add("(b.has_gap or b.unaccepted or b.no_receiver or b.review_overdue or b.no_review)")
	if len(f.Reason.Values) > 0 {
		var ways []string
		for _, r := range f.Reason.Values {
			ways = append(ways, reasonSQL[r])
		}
		w.add("(" + strings.Join(ways, " or ") + ")")
	}
	if f.Treated != nil {
		w.add("b.treated = ?", *f.Treated)
	}
	rows, err := list[breakRow](s.tx, breakOrdering, req, handoverViewColumns+", b.has_gap, b.unaccepted, b.no_receiver, b.review_overdue, b.no_review, b.treated", from, w)
	if err != nil {
		return out, fmt.Errorf("list where chains break: %w", err)
	}
	bare := make([]handoverView, len(rows.Items))
	ids := make([]domain.HandoverID, len(rows.Items))
	for i, r := range rows.Items {
		bare[i], ids[i] = r.View, r.View.Row.ID
	}
	views, err := s.complete(bare)
	if err != nil {
		return out, err
	}
	against, err := s.against(scope, ids)
	if err != nil {
		return out, err
	}
	items := make([]chain.Break, len(views))
	for i, v := range views {
		items[i] = chain.Break{HandoverView: v, Reasons: rows.Items[i].reasons(), Actions: against[ids[i]], Treated: rows.Items[i].Treated}
	}
	return pageOf(rows, items), nil
}

type pinnedRow struct {
	ID         domain.ActionID
	No         int
	TitleFi    string
	TitleSv    string
	TitleEn    string
	Condition  string
	StageID    domain.StageID
	HandoverID domain.HandoverID
}

func (r pinnedRow) entity() chain.PinnedAction {
	return chain.PinnedAction{ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Condition: r.Condition,
		StageID: r.StageID, HandoverID: r.HandoverID}
}

// against loads the actions that treat hand-overs, at most 20 of each.
func (s *HandoverStore) against(scope domain.Scope, ids []domain.HandoverID) (map[domain.HandoverID][]chain.PinnedAction, error) {
	out := map[domain.HandoverID][]chain.PinnedAction{}
	if len(ids) == 0 {
		return out, nil
	}
	var w where
	w.add("a.handover_id = h.id")
	s.tx.visible(&w, scope, "a", "action")
	rows, err := query[pinnedRow](s.tx, `
select p.* from unnest(?::uuid[]) h (id) cross join lateral
  (select a.id, a.no, a.title_fi, a.title_sv, a.title_en, `+conditionSQL+` as condition, a.handover_id
   from action a`+w.sql()+` order by a.no limit 20) p order by p.no`, append([]any{asOne(ids), s.tx.day}, w.args...)...)
	if err != nil {
		return nil, fmt.Errorf("load the actions against breaks: %w", err)
	}
	for _, r := range rows {
		out[r.HandoverID] = append(out[r.HandoverID], r.entity())
	}
	return out, nil
}
