package api

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// namedIDs are the fields of ids that are compared by what they name, since nothing beside
// them says it: by the view and the field.
var namedIDs = []string{
	"Acceptance.postId", "Agreement.proposedPartyId", "Agreement.proposedPostId", "Grant.personId",
	"HandoverRevision.proposedPartyId", "HandoverRevision.proposedPostId", "PartyStatus.postId",
	"PinnedAction.handoverId", "PinnedAction.stageId", "PinnedForum.handoverIds", "PinnedForum.stageIds", "PinnedGoal.handoverIds", "PinnedGoal.stageIds",
	"ReservationWithdrawal.postId", "Revision.proposedPartyId", "Revision.proposedPostId", "Round.parties", "RoundReport.subjectId", "Unit.parentId",
}

// idsApart are the fields of ids that are not compared, and why not.
var idsApart = map[string]string{
	"Action.forumId":            besideIt,
	"Action.goalIds":            besideIt,
	"Action.handoverId":         besideIt,
	"Action.stageId":            besideIt,
	"ActionOrigin.agendaItemId": besideIt,
	"ActionOrigin.meetingId":    besideIt,
	"ActionOrigin.outcomeId":    besideIt,
	"AgendaItem.meetingId":      whereItIs,
	"AgendaItem.parentId":       "its number says below which item it stands",
	"AwaitedAnswer.referralId":  besideIt,
	"Duty.chainId":              whereItIs,
	"Forum.handoverIds":         besideIt,
	"Forum.stageIds":            besideIt,
	"Goal.handoverIds":          besideIt,
	"Goal.stageIds":             besideIt,
	"Handover.fromStageId":      "a hand-over between other stages is told in the list of hand-overs and of itself",
	"Handover.toStageId":        "as fromStageId",
	"HandoverItem.fromStageId":  besideIt,
	"HandoverItem.toStageId":    besideIt,
	"HandoverTerms.fromStageId": besideIt,
	"HandoverTerms.toStageId":   besideIt,
	"HandoverRef.chainId":       whereItIs,
	"Transfer.fromItemId":       besideIt,
	"Transfer.toItemId":         besideIt,
	"Lacking.inspectorPartyIds": "what the caller is asked to see to",
	"MeetingPlace.itemId":       besideIt,
	"MeetingPlace.meetingId":    besideIt,
	"Movement.agendaItemId":     "its number stands beside it",
	"Plan.supersedesId":         besideIt,
	"Post.unitId":               besideIt,
	"ProposedTerms.postId":      besideIt,
	"RadarThing.chainId":        whereItIs,
	"ReferralEntry.outcomeId":   besideIt,
	"Reservation.subjectId":     besideIt,
	"StageRef.chainId":          whereItIs,
	"Task.actionId":             whereItIs,
	"Word.reportId":             "what only the caller may do",
}

const (
	besideIt  = "what it names stands beside it by its name"
	whereItIs = "where the thing is, for its address: that never changes"
)

// namedID reports whether the ids of a field are compared by what they name.
func namedID(of reflect.Type, field string) bool {
	return slices.Contains(namedIDs, of.Name()+"."+field)
}

// idsWithin names what a view that has a name of its own says by id beside it, such as the
// stages to which a goal is pinned.
func (w fileWords) idsWithin(v reflect.Value) string {
	if w.names == nil || !strings.HasPrefix(v.Type().Name(), "Pinned") { // others say it in a field
		return ""
	}
	var all []string
	for _, f := range viewFields(v.Type()) {
		if !namedID(v.Type(), f.name) {
			continue
		}
		if at, err := v.FieldByIndexErr(f.Index); err == nil && !at.IsZero() {
			if s := w.words(f.view, at); s != "" {
				all = append(all, s)
			}
		}
	}
	return strings.Join(all, "; ")
}

// betweenNames are the names of what rows name by id, as they are read: of a page at once.
type betweenNames struct {
	known   map[domain.AnyID]domain.Text
	parties func(context.Context) (map[domain.PartyID]domain.Text, error)
	ask     func(context.Context, []domain.AnyID) (map[domain.AnyID]domain.Text, error)
}

// betweenNames asks for names as the caller may be told them on the day that is read.
func (s *Server) betweenNames(a domain.Actor) *betweenNames {
	parties := func(ctx context.Context) (map[domain.PartyID]domain.Text, error) {
		all, err := s.Services.Organisation.Parties(ctx)
		out := make(map[domain.PartyID]domain.Text, len(all))
		for _, p := range all {
			out[p.ID] = p.ShortName
		}
		return out, err
	}
	return &betweenNames{map[domain.AnyID]domain.Text{}, parties, func(ctx context.Context, ids []domain.AnyID) (map[domain.AnyID]domain.Text, error) {
		found, err := s.Services.Comparisons.Names(ctx, a, ids)
		if err != nil {
			return nil, err
		}
		out := make(map[domain.AnyID]domain.Text, len(found))
		for id, n := range found {
			out[id] = numberedName(n)
		}
		return out, nil
	}}
}

// ofRows learns what the rows of a page name: from the day that ctx shows, and what was not
// known then from the next day that names it.
func (n *betweenNames) ofRows(ctx context.Context, rows []reflect.Value) error {
	wanted := map[domain.AnyID]bool{}
	for _, row := range rows {
		if c, ok := deepest(row).Interface().(Chain); ok {
			if err := n.ofStages(ctx, c.Stages); err != nil {
				return err
			}
		}
		n.walk(row, wanted, 0)
	}
	return n.learn(ctx, wanted)
}

// ofStages learns the names of a chain's own stages, which tell them apart: what is pinned to
// them says no more of them.
func (n *betweenNames) ofStages(ctx context.Context, stages []Stage) error {
	parties, err := n.parties(ctx)
	if err != nil {
		return err
	}
	for i, name := range stageNames(stages, parties) {
		id := domain.AnyID{UUID: stages[i].ID.UUID}
		if _, known := n.known[id]; !known {
			n.known[id] = name
		}
	}
	return nil
}

// stageNames are what people call the stages of a chain beside one another: by whose each
// is and its title, and by its place too where a party has two of one title.
func stageNames(stages []Stage, parties map[domain.PartyID]domain.Text) []domain.Text {
	type stage struct {
		party domain.PartyID
		title domain.Text
	}
	times := map[stage]int{}
	for _, s := range stages {
		times[stage{s.PartyID, s.Title}]++
	}
	out := make([]domain.Text, len(stages))
	for i, s := range stages {
		title := s.Title
		if times[stage{s.PartyID, title}] > 1 {
			title = before(strconv.Itoa(i+1)+" ", title)
		}
		whose := func(lang domain.Lang, title string) string {
			if title == "" {
				return ""
			}
			name, _ := parties[s.PartyID].In(lang)
			return name + ": " + title
		}
		out[i] = domain.Text{FI: whose(domain.Finnish, title.FI), SV: whose(domain.Swedish, title.SV), EN: whose(domain.English, title.EN)}
	}
	return out
}

// stagesOf are the stages of a chain in a cell, told apart as people do.
func stagesOf(w fileWords, row reflect.Value) any {
	c, _ := deepest(row).Interface().(Chain)
	var all []string
	for _, name := range stageNames(c.Stages, w.parties) {
		all = append(all, w.in(name))
	}
	return list(all)
}

func (n *betweenNames) learn(ctx context.Context, wanted map[domain.AnyID]bool) error {
	var ids []domain.AnyID
	for id := range wanted {
		if _, known := n.known[id]; !known {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := n.ask(ctx, ids)
	if err != nil {
		return err
	}
	merge(n.known, found)
	return nil
}

// walk finds the ids that are compared by name, and learns the names of people from where
// the row itself says them.
func (n *betweenNames) walk(v reflect.Value, wanted map[domain.AnyID]bool, depth int) {
	v = deepest(v)
	if !v.IsValid() || depth > 5 {
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		if named := deref(v.Type().Elem()); named.Kind() != reflect.Struct || !holdsNames(named) {
			return
		}
		for i := range v.Len() {
			n.walk(v.Index(i), wanted, depth+1)
		}
	case reflect.Struct:
		if !holdsNames(v.Type()) {
			return
		}
		if p, ok := v.Interface().(PersonRef); ok {
			n.known[domain.AnyID{UUID: p.ID.UUID}] = domain.Text{FI: p.Name, SV: p.Name, EN: p.Name}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n.walk(v.Field(i), wanted, depth+1)
			}
		}
		for _, f := range viewFields(v.Type()) {
			if !namedID(v.Type(), f.name) {
				continue
			}
			if at, err := v.FieldByIndexErr(f.Index); err == nil {
				idsIn(at, wanted)
			}
		}
	}
}

func idsIn(v reflect.Value, wanted map[domain.AnyID]bool) {
	v = deepest(v)
	switch {
	case !v.IsValid():
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			idsIn(v.Index(i), wanted)
		}
	case isID(v.Type()):
		if id := v.Field(0).Interface().(uuid.UUID); id != uuid.Nil {
			wanted[domain.AnyID{UUID: id}] = true
		}
	}
}

// holdsNames reports whether a view has ids that are compared by name, or people by name, at
// any depth.
func holdsNames(t reflect.Type) bool {
	if known, ok := namesHeld.Load(t); ok {
		return known.(bool)
	}
	held := findsNames(t, 0)
	namesHeld.Store(t, held)
	return held
}

var namesHeld sync.Map // reflect.Type to bool

func findsNames(t reflect.Type, depth int) bool {
	if t == reflect.TypeFor[PersonRef]() {
		return true
	}
	if t.Kind() != reflect.Struct || depth > 5 || t == textType || t == dateType || t == timeType {
		return false
	}
	for _, f := range viewFields(t) {
		inner := deref(f.Type)
		if inner.Kind() == reflect.Slice {
			inner = deref(inner.Elem())
		}
		if namedID(t, f.name) || findsNames(inner, depth+1) {
			return true
		}
	}
	return false
}
