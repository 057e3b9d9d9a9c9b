package storage

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/chain"
)

type chainRow struct {
	ID               domain.ChainID
	Key              string
	Position         int
	ThemeID          *domain.ThemeID
	TitleFi          string
	TitleSv          string
	TitleEn          string
	DescriptionFi    string
	DescriptionSv    string
	DescriptionEn    string
	Visibility       domain.Visibility
	VisibilityGround string
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

func (chainRow) TableName() string { return "chain" }

func rowOfChain(c chain.Chain) chainRow {
	return chainRow{ID: c.ID, Key: c.Key, Position: c.Position, ThemeID: c.ThemeID.Ptr(),
		TitleFi: c.Title.FI, TitleSv: c.Title.SV, TitleEn: c.Title.EN,
		DescriptionFi: c.Description.FI, DescriptionSv: c.Description.SV, DescriptionEn: c.Description.EN,
		Visibility: c.Visibility, VisibilityGround: c.VisibilityGround, Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt}
}

func (r chainRow) entity() chain.Chain {
	c := chain.Chain{ID: r.ID, Key: r.Key, Position: r.Position,
		Title:       domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn},
		Visibility:  r.Visibility, VisibilityGround: r.VisibilityGround, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if r.ThemeID != nil {
		c.ThemeID = *r.ThemeID
	}
	return c
}

var chainColumns = []string{"position", "theme_id", "title_fi", "title_sv", "title_en", "description_fi", "description_sv", "description_en",
	"visibility", "visibility_ground", "version", "updated_at"}

type stageRow struct {
	ID              domain.StageID
	ChainID         domain.ChainID
	Position        int
	PartyID         domain.PartyID
	TitleFi         string
	TitleSv         string
	TitleEn         string
	DescriptionFi   string
	DescriptionSv   string
	DescriptionEn   string
	PreventionLevel chain.Level
	TargetGroupFi   string
	TargetGroupSv   string
	TargetGroupEn   string
	ChannelFi       string
	ChannelSv       string
	ChannelEn       string
	Languages       codes `gorm:"type:text[]"`
	ValidFrom       domain.Date
	ValidTo         domain.Date
	Version         int
}

func (stageRow) TableName() string { return "stage" }

func rowOfStage(id domain.ChainID, s chain.Stage) stageRow {
	return stageRow{ID: s.ID, ChainID: id, Position: s.Position, PartyID: s.PartyID,
		TitleFi: s.Title.FI, TitleSv: s.Title.SV, TitleEn: s.Title.EN,
		DescriptionFi: s.Description.FI, DescriptionSv: s.Description.SV, DescriptionEn: s.Description.EN,
		PreventionLevel: s.Level, TargetGroupFi: s.TargetGroup.FI, TargetGroupSv: s.TargetGroup.SV, TargetGroupEn: s.TargetGroup.EN,
		ChannelFi: s.Channel.FI, ChannelSv: s.Channel.SV, ChannelEn: s.Channel.EN, Languages: s.Languages, ValidFrom: s.ValidFrom, ValidTo: s.ValidTo, Version: s.Version}
}

func (r stageRow) entity() chain.Stage {
	return chain.Stage{ID: r.ID, Position: r.Position, PartyID: r.PartyID,
		Title:       domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		Description: domain.Text{FI: r.DescriptionFi, SV: r.DescriptionSv, EN: r.DescriptionEn},
		Level:       r.PreventionLevel,
		TargetGroup: domain.Text{FI: r.TargetGroupFi, SV: r.TargetGroupSv, EN: r.TargetGroupEn},
		Channel:     domain.Text{FI: r.ChannelFi, SV: r.ChannelSv, EN: r.ChannelEn}, Languages: r.Languages,
		ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Version: r.Version}
}

var stageColumns = []string{"position", "party_id", "title_fi", "title_sv", "title_en", "description_fi", "description_sv", "description_en",
	"prevention_level", "target_group_fi", "target_group_sv", "target_group_en", "channel_fi", "channel_sv", "channel_en", "languages",
	"valid_from", "valid_to", "version"}

// codes are plain words in a column of text[].
type codes []string

// Value implements driver.Valuer.
func (c codes) Value() (driver.Value, error) { return "{" + strings.Join(c, ",") + "}", nil }

// ChainStore keeps chains with their stages.
type ChainStore struct{ tx Tx }

// NewChainStore binds the store to a transaction.
func NewChainStore(tx Tx) *ChainStore { return &ChainStore{tx} }

const chainSelect = `
select c.id, c.key, c.position, c.theme_id, c.title_fi, c.title_sv, c.title_en, c.description_fi, c.description_sv, c.description_en,
       c.visibility, c.visibility_ground, c.version, c.created_at, c.updated_at`

// Get implements chain.Store.
func (s *ChainStore) Get(scope domain.Scope, id domain.ChainID) (chain.Chain, error) {
	return s.one(scope, "c.id = ?", id)
}

// ByKey implements chain.Store.
func (s *ChainStore) ByKey(scope domain.Scope, key string) (chain.Chain, error) {
	return s.one(scope, "c.key = ?", key)
}

func (s *ChainStore) one(scope domain.Scope, cond string, arg any) (chain.Chain, error) {
	rows, err := found[chainRow](s.tx, scope, chainSelect, "chain", "c", cond, arg)
	if err != nil {
		return chain.Chain{}, err
	}
	chains, err := s.complete(rows)
	if err != nil {
		return chain.Chain{}, err
	}
	return chains[0], nil
}

// complete adds what sits in other tables, with one query for each.
func (s *ChainStore) complete(rows []chainRow) ([]chain.Chain, error) {
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	responsibles, err := s.tx.responsibles(domain.SubjectChain, ids)
	if err != nil {
		return nil, err
	}
	references, err := s.tx.references(domain.SubjectChain, ids)
	if err != nil {
		return nil, err
	}
	stages, err := s.stages(ids)
	if err != nil {
		return nil, err
	}
	handovers, err := s.handovers(ids)
	if err != nil {
		return nil, err
	}
	tags, err := s.tx.tags(domain.SubjectChain, ids)
	if err != nil {
		return nil, err
	}
	chains := make([]chain.Chain, len(rows))
	for i, r := range rows {
		chains[i] = r.entity()
		chains[i].Responsibilities, chains[i].References = responsibles[ids[i]], references[ids[i]]
		chains[i].Stages, chains[i].Handovers = stages[r.ID], handovers[r.ID]
		chains[i].TagIDs = tags[ids[i]]
	}
	return chains, nil
}

// stages loads the stages in force on the day shown.
func (s *ChainStore) stages(chains []domain.AnyID) (map[domain.ChainID][]chain.Stage, error) {
	out := map[domain.ChainID][]chain.Stage{}
	if len(chains) == 0 {
		return out, nil
	}
	rows, err := query[stageRow](s.tx, `
select id, chain_id, position, party_id, title_fi, title_sv, title_en, description_fi, description_sv, description_en, prevention_level,
       target_group_fi, target_group_sv, target_group_en, channel_fi, channel_sv, channel_en, languages, valid_from, valid_to, version
from stage where chain_id = any(?) and valid_from <= ? and (valid_to is null or valid_to >= ?) order by chain_id, position, id`, asOne(chains), s.tx.day, s.tx.day)
	if err != nil {
		return nil, fmt.Errorf("load stages: %w", err)
	}
	ids := make([]domain.AnyID, len(rows))
	for i, r := range rows {
		ids[i] = domain.AnyID{UUID: r.ID.UUID}
	}
	responsibles, err := s.tx.responsibles(domain.SubjectStage, ids)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		stage := r.entity()
		stage.Responsibilities = responsibles[ids[i]]
		out[r.ChainID] = append(out[r.ChainID], stage)
	}
	return out, nil
}

// handovers loads the hand-overs in force on the day shown.
func (s *ChainStore) handovers(chains []domain.AnyID) (map[domain.ChainID][]chain.Handover, error) {
	out := map[domain.ChainID][]chain.Handover{}
	if len(chains) == 0 {
		return out, nil
	}
	rows, err := query[handoverRow](s.tx, "select "+handoverColumns+` from handover h
where h.chain_id = any(?) and h.valid_from <= ? and (h.valid_to is null or h.valid_to >= ?) order by h.chain_id, h.position, h.id`, asOne(chains), s.tx.day, s.tx.day)
	if err != nil {
		return nil, fmt.Errorf("load hand-overs: %w", err)
	}
	handovers, err := s.tx.handovers(rows)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		out[r.ChainID] = append(out[r.ChainID], handovers[i])
	}
	return out, nil
}

var chainOrdering = ordering{
	keys: map[string]sortKey{
		"position":  {"c.position", "integer"},
		"title":     {`c.title_fi collate "fi"`, "text"},
		"updatedAt": {"c.updated_at", "timestamptz"},
	},
	standard: "position",
	id:       "c.id",
}

// WasPublic implements chain.Store.
func (s *ChainStore) WasPublic(id domain.ChainID) (bool, error) {
	return s.tx.wasPublic("chain", domain.AnyID{UUID: id.UUID})
}

// List implements chain.Store.
func (s *ChainStore) List(scope domain.Scope, f chain.Filter, req domain.PageRequest) (domain.Page[chain.Chain], error) {
	var err error
	if f.Theme, err = followed(s.tx, domain.SubjectTheme, f.Theme); err != nil {
		return domain.Page[chain.Chain]{}, err
	}
	if f.Tag, err = followed(s.tx, domain.SubjectTag, f.Tag); err != nil {
		return domain.Page[chain.Chain]{}, err
	}
	var w where
	s.tx.visible(&w, scope, "c", "chain")
	in(&w, "c.theme_id", f.Theme)
	tagged(&w, domain.SubjectChain, "c.id", f.Tag)
	if len(f.Party.Values) > 0 {
		w.add("exists (select 1 from stage t where t.chain_id = c.id and t.party_id in ? and t.valid_from <= ? and (t.valid_to is null or t.valid_to >= ?))",
			f.Party.Values, s.tx.day, s.tx.day)
	}
	const from = " from chain c"
	rows, err := list[chainRow](s.tx, chainOrdering, req, chainSelect, from, w)
	if err != nil {
		return domain.Page[chain.Chain]{}, fmt.Errorf("list chains: %w", err)
	}
	items, err := s.complete(rows.Items)
	return pageOf(rows, items), err
}

// conditionSQL is the condition of action a on a day, its one argument.
var conditionSQL = fmt.Sprintf("action_condition(a.status, a.starts_on, a.late_on, a.fresh_to, ?, %d)", action.SoonDays)

// Actions implements chain.Store.
func (s *ChainStore) Actions(scope domain.Scope, chains []chain.Chain) (map[domain.StageID]chain.Conditions, error) {
	var ids []domain.StageID
	for _, c := range chains {
		for _, stage := range c.Stages {
			ids = append(ids, stage.ID)
		}
	}
	out := map[domain.StageID]chain.Conditions{}
	if len(ids) == 0 {
		return out, nil
	}
	var w where
	w.add("a.stage_id in ?", ids)
	s.tx.visible(&w, scope, "a", "action")
	var rows []struct {
		StageID   domain.StageID
		Condition string
		N         int
	}
	err := s.tx.Raw("select a.stage_id, "+conditionSQL+" as condition, count(*) as n from action a"+w.sql()+" group by 1, 2",
		append([]any{s.tx.day}, w.args...)...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count the actions of stages: %w", err)
	}
	for _, r := range rows {
		if out[r.StageID] == nil {
			out[r.StageID] = chain.Conditions{}
		}
		out[r.StageID][r.Condition] = r.N
	}
	return out, nil
}

// Pinned implements chain.Store.
func (s *ChainStore) Pinned(scope domain.Scope, c chain.Chain, n int) ([]chain.PinnedAction, error) {
	var w where
	w.add("(a.stage_id = any(array(select id from stage where chain_id = ?)) or a.handover_id = any(array(select id from handover where chain_id = ?)))", c.ID, c.ID)
	s.tx.visible(&w, scope, "a", "action")
	rows, err := query[pinnedRow](s.tx, "select a.id, a.no, a.title_fi, a.title_sv, a.title_en, "+conditionSQL+" as condition, a.stage_id, a.handover_id from action a"+
		w.sql()+" order by a.no limit ?", append(append([]any{s.tx.day}, w.args...), n)...)
	if err != nil {
		return nil, fmt.Errorf("load the actions of a chain: %w", err)
	}
	out := make([]chain.PinnedAction, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out, nil
}

type pinnedThingRow struct {
	ID         domain.AnyID
	No         int
	Key        string
	TitleFi    string
	TitleSv    string
	TitleEn    string
	StageID    domain.StageID
	HandoverID domain.HandoverID
}

// PinnedThings implements chain.Store.
func (s *ChainStore) PinnedThings(scope domain.Scope, c chain.Chain, kind domain.SubjectKind, n int) ([]chain.PinnedThing, error) {
	table, name, order := string(kind), "x.no, '' as key", "x.no"
	if kind == domain.SubjectForum {
		name, order = "0 as no, x.key", `x.title_fi collate "fi"`
	}
	var w where
	s.tx.visible(&w, scope, "x", table)
	at := func(place string) string {
		return "select l." + table + "_id as owner, " + map[string]string{"stage": "p.id as stage_id, null::uuid as handover_id", "handover": "null::uuid, p.id"}[place] +
			", p.position from " + table + "_" + place + " l join " + place + " p on p.id = l." + place + "_id" +
			" where p.chain_id = ? and p.valid_from <= ? and (p.valid_to is null or p.valid_to >= ?)"
	}
	rows, err := query[pinnedThingRow](s.tx, "with pin as ("+at("stage")+" union all "+at("handover")+"), seen as (select x.id, "+name+", x.title_fi, x.title_sv, x.title_en from "+table+" x"+
		w.sql()+" and x.id in (select owner from pin) order by "+order+`, x.id limit ?)
select x.id, x.no, x.key, x.title_fi, x.title_sv, x.title_en, pin.stage_id, pin.handover_id
from seen x join pin on pin.owner = x.id order by `+order+", x.id, pin.stage_id is null, pin.position",
		append([]any{c.ID, s.tx.day, s.tx.day, c.ID, s.tx.day, s.tx.day}, append(w.args, n)...)...)
	if err != nil {
		return nil, fmt.Errorf("load what is pinned to a chain, %s: %w", kind, err)
	}
	var out []chain.PinnedThing
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].ID != r.ID {
			out = append(out, chain.PinnedThing{ID: r.ID, No: r.No, Key: r.Key, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}})
		}
		last := &out[len(out)-1]
		if r.StageID.IsZero() {
			last.HandoverIDs = append(last.HandoverIDs, r.HandoverID)
		} else {
			last.StageIDs = append(last.StageIDs, r.StageID)
		}
	}
	return out, nil
}

// Principals implements chain.Store.
func (s *ChainStore) Principals() (ids []domain.PartyID, err error) {
	if err := s.tx.Raw("select id from party where principal order by position").Scan(&ids).Error; err != nil {
		return nil, fmt.Errorf("load the principal parties: %w", err)
	}
	return ids, nil
}

// Held implements chain.Store.
func (s *ChainStore) Held(of []domain.AnyID) (map[domain.AnyID][]domain.PartyID, error) {
	out := map[domain.AnyID][]domain.PartyID{}
	if len(of) == 0 {
		return out, nil
	}
	rows, err := query[struct {
		SubjectID domain.AnyID
		PartyID   domain.PartyID
	}](s.tx, `
select r.subject_id, p.party_id
from responsibility r join post p on p.id = r.post_id
where r.subject_kind in ('stage', 'handover') and r.subject_id = any(?) and r.part <> 'informed'
  and r.standing in ('in_force', 'reopened', 'change_declined') and (r.valid_to is null or r.valid_to >= ?)
union
select r.subject_id, a.proposed_party_id
from responsibility r join agreement a on a.subject_kind = 'responsibility' and a.subject_id = r.id and a.state = 'open'
where r.subject_kind in ('stage', 'handover') and r.subject_id = any(?) and a.proposed_party_id is not null
order by subject_id, party_id`, asOne(of), s.tx.day, asOne(of))
	if err != nil {
		return nil, fmt.Errorf("load the parties that have a part in stages and hand-overs: %w", err)
	}
	for _, r := range rows {
		out[r.SubjectID] = append(out[r.SubjectID], r.PartyID)
	}
	return out, nil
}

// Lock implements chain.Store.
func (s *ChainStore) Lock(id domain.ChainID) error {
	if err := s.tx.Exec("select 1 from chain where id = ? for update", id).Error; err != nil {
		return fmt.Errorf("lock a chain: %w", err)
	}
	return nil
}

// Touch implements chain.Store.
func (s *ChainStore) Touch(id domain.ChainID, now time.Time) error {
	if err := s.tx.Exec("update chain set version = version + 1, updated_at = ? where id = ?", now, id).Error; err != nil {
		return fmt.Errorf("touch a chain: %w", err)
	}
	return nil
}

// Insert implements chain.Store.
func (s *ChainStore) Insert(c chain.Chain) error {
	row := rowOfChain(c)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a chain: %w", err)
	}
	return s.saveParts(chain.Chain{}, c, chain.Ended{})
}

// Update implements chain.Store.
func (s *ChainStore) Update(old, c chain.Chain, ended chain.Ended) (chain.Chain, error) {
	row := rowOfChain(c)
	row.Version++
	res := s.tx.Model(&chainRow{}).Where("id = ? and version = ?", c.ID, c.Version).Select(chainColumns).Updates(&row)
	if res.Error != nil {
		return c, fmt.Errorf("update a chain: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		current, err := s.Get(domain.Scope{Staff: true}, c.ID)
		if err != nil {
			return c, err
		}
		return c, domain.Stale(domain.SubjectOf(domain.SubjectChain, c.ID), c.Version, chain.View{Chain: current})
	}
	c.Version = row.Version
	return c, s.saveParts(old, c, ended)
}

func (s *ChainStore) saveParts(old, c chain.Chain, ended chain.Ended) error {
	subject := domain.SubjectOf(domain.SubjectChain, c.ID)
	if err := s.tx.saveReferences(subject, c.References); err != nil {
		return err
	}
	if err := s.tx.saveTags(subject, c.TagIDs); err != nil {
		return err
	}
	for _, stage := range append(slices.Clone(c.Stages), ended.Stages...) {
		row := rowOfStage(c.ID, stage)
		i := slices.IndexFunc(old.Stages, func(o chain.Stage) bool { return o.ID == stage.ID })
		var err error
		switch {
		case i < 0:
			err = s.tx.Create(&row).Error
		case old.Stages[i].Version == stage.Version:
			continue
		default:
			err = s.tx.Model(&stageRow{}).Where("id = ?", stage.ID).Select(stageColumns).Updates(&row).Error
		}
		if err != nil {
			return fmt.Errorf("save a stage: %w", err)
		}
	}
	for _, h := range append(slices.Clone(c.Handovers), ended.Handovers...) {
		row := rowOfHandover(c.ID, h)
		i := slices.IndexFunc(old.Handovers, func(o chain.Handover) bool { return o.ID == h.ID })
		var err error
		switch {
		case i < 0:
			err = s.tx.Create(&row).Error
		case old.Handovers[i].Version == h.Version:
			continue
		default:
			err = s.tx.Model(&handoverRow{}).Where("id = ?", h.ID).Select(handoverEditable).Updates(&row).Error
		}
		if err != nil {
			return fmt.Errorf("save a hand-over: %w", err)
		}
		if err := s.tx.saveHandover(h); err != nil {
			return err
		}
	}
	return nil
}
