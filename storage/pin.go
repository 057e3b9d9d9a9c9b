package storage

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
)

// PinStore tells which places of service chains there are.
type PinStore struct{ tx Tx }

// NewPinStore binds the store to a transaction.
func NewPinStore(tx Tx) *PinStore { return &PinStore{tx} }

// Places implements domain.PinBook.
func (s *PinStore) Places(stages []domain.StageID, handovers []domain.HandoverID) (domain.PinPlaces, error) {
	out := domain.PinPlaces{Stages: map[domain.StageID]bool{}, Handovers: map[domain.HandoverID]bool{}}
	rows, err := query[struct {
		ID       domain.AnyID
		Handover bool
		Ended    bool
	}](s.tx, `
select s.id, false as handover, coalesce(s.valid_to < ?, false) as ended from stage s where s.id = any(?)
union all
select h.id, true, coalesce(h.valid_to < ?, false) from handover h where h.id = any(?)`, s.tx.day, asOne(stages), s.tx.day, asOne(handovers))
	if err != nil {
		return out, fmt.Errorf("look for stages and hand-overs: %w", err)
	}
	for _, r := range rows {
		if r.Handover {
			out.Handovers[domain.HandoverID{UUID: r.ID.UUID}] = r.Ended
		} else {
			out.Stages[domain.StageID{UUID: r.ID.UUID}] = r.Ended
		}
	}
	return out, nil
}

// pinRow is one pin of an owner, at a stage or at a hand-over.
type pinRow struct {
	Owner    domain.AnyID
	ID       domain.AnyID
	ChainID  domain.ChainID
	ChainKey string
	ChainFi  string
	ChainSv  string
	ChainEn  string
	PartyID  domain.PartyID
	Position int
	TitleFi  string
	TitleSv  string
	TitleEn  string
	FromFi   string
	FromSv   string
	FromEn   string
	ToFi     string
	ToSv     string
	ToEn     string
	ValidTo  domain.Date
}

// pins loads where goals or forums are pinned, in chains that the scope may see,
// with one query for stages and one for hand-overs.
func (tx Tx) pins(scope domain.Scope, kind domain.SubjectKind, owners []domain.AnyID) (map[domain.AnyID]domain.Pins, error) {
	out := map[domain.AnyID]domain.Pins{}
	if len(owners) == 0 {
		return out, nil
	}
	owner := string(kind) + "_id"
	var w where
	w.add("l."+owner+" = any(?)", asOne(owners))
	tx.visible(&w, scope, "c", "chain")
	const chain = "c.id as chain_id, c.key as chain_key, c.title_fi as chain_fi, c.title_sv as chain_sv, c.title_en as chain_en"
	stages, err := query[pinRow](tx, "select l."+owner+" as owner, s.id, "+chain+`, s.party_id, s.position, s.title_fi, s.title_sv, s.title_en, s.valid_to
from `+string(kind)+"_stage l join stage s on s.id = l.stage_id join chain c on c.id = s.chain_id"+w.sql()+" order by c.position, c.id, s.position, s.id", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the stages at which a %s is pinned: %w", kind, err)
	}
	for _, r := range stages {
		p := out[r.Owner]
		p.Stages = append(p.Stages, domain.PinnedStage{ID: domain.StageID{UUID: r.ID.UUID}, ChainID: r.ChainID, ChainKey: r.ChainKey, ChainTitle: r.chain(),
			PartyID: r.PartyID, Position: r.Position, Title: r.title(), ValidTo: r.ValidTo})
		out[r.Owner] = p
	}
	handovers, err := query[pinRow](tx, "select l."+owner+" as owner, h.id, "+chain+`, h.what_fi as title_fi, h.what_sv as title_sv, h.what_en as title_en,
       f.title_fi as from_fi, f.title_sv as from_sv, f.title_en as from_en, t.title_fi as to_fi, t.title_sv as to_sv, t.title_en as to_en, h.valid_to
from `+string(kind)+`_handover l join handover h on h.id = l.handover_id join chain c on c.id = h.chain_id
join stage f on f.id = h.from_stage_id join stage t on t.id = h.to_stage_id`+w.sql()+" order by c.position, c.id, h.position, h.id", w.args...)
	if err != nil {
		return nil, fmt.Errorf("load the hand-overs at which a %s is pinned: %w", kind, err)
	}
	for _, r := range handovers {
		p := out[r.Owner]
		p.Handovers = append(p.Handovers, domain.PinnedHandover{ID: domain.HandoverID{UUID: r.ID.UUID}, ChainID: r.ChainID, ChainKey: r.ChainKey, ChainTitle: r.chain(),
			What: r.title(), From: domain.Text{FI: r.FromFi, SV: r.FromSv, EN: r.FromEn}, To: domain.Text{FI: r.ToFi, SV: r.ToSv, EN: r.ToEn}, ValidTo: r.ValidTo})
		out[r.Owner] = p
	}
	return out, nil
}

func (r pinRow) chain() domain.Text { return domain.Text{FI: r.ChainFi, SV: r.ChainSv, EN: r.ChainEn} }
func (r pinRow) title() domain.Text { return domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn} }

// savePins makes the pins of a goal or forum those that it says.
func (tx Tx) savePins(subject domain.Subject, stages []domain.StageID, handovers []domain.HandoverID) error {
	for _, l := range []struct {
		suffix, column string
		want           []domain.AnyID
	}{
		{"_stage", "stage_id", anyIDs(stages)},
		{"_handover", "handover_id", anyIDs(handovers)},
	} {
		table, owner := string(subject.Kind)+l.suffix, string(subject.Kind)+"_id"
		have, err := tx.links(table, owner, l.column, []domain.AnyID{subject.ID})
		if err != nil {
			return err
		}
		if err := tx.saveLinks(table, owner, subject.ID, l.column, have[subject.ID], l.want, nil); err != nil {
			return err
		}
	}
	return nil
}

// pinFilter adds "pinned at one of these places of a chain that the scope may
// see"; none matches what is at no such place at all. at is "stage" or "handover".
func pinFilter[K any](tx Tx, w *where, scope domain.Scope, kind domain.SubjectKind, id, at string, f domain.AnyOf[domain.ID[K]]) {
	if f.IsZero() {
		return
	}
	var c where
	c.add("l." + string(kind) + "_id = " + id)
	tx.visible(&c, scope, "c", "chain")
	exists := "exists (select 1 from " + string(kind) + "_" + at + " l join " + at + " p on p.id = l." + at + "_id join chain c on c.id = p.chain_id" + c.sql()
	switch {
	case len(f.Values) == 0:
		w.add("not "+exists+")", c.args...)
	case f.None:
		w.add("("+exists+" and p.id in ?) or not "+exists+"))", slices.Concat(c.args, []any{f.Values}, c.args)...)
	default:
		w.add(exists+" and p.id in ?)", append(c.args, f.Values)...)
	}
}

// pinnedChains is the subquery of the chains, of those that the scope may see, to
// whose stages and hand-overs a goal or forum is pinned.
func (tx Tx) pinnedChains(scope domain.Scope, kind domain.SubjectKind, id string) string {
	var c where
	c.add("l." + string(kind) + "_id = " + id)
	tx.visible(&c, scope, "c", "chain")
	at := func(place string) string {
		return "select c.id from " + string(kind) + "_" + place + " l join " + place + " p on p.id = l." + place + "_id join chain c on c.id = p.chain_id" + c.sql()
	}
	return at("stage") + " union all " + at("handover")
}
