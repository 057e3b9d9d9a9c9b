package meeting

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// ItemKind is what an entry of the agenda is.
type ItemKind string

// The kinds of item.
const (
	Matter  ItemKind = "item"
	Heading ItemKind = "heading" // väliotsikko, mellanrubrik: it groups what follows and is never handled
)

// Link is something to read with an item that is kept elsewhere.
type Link struct {
	Title domain.Text
	URL   string
}

// Links are an item's links in their order.
type Links []Link

// AuditValue lists the links as the log shows them.
func (l Links) AuditValue() any {
	var out []any
	for _, k := range l {
		out = append(out, struct {
			Title domain.Text `json:"title"`
			URL   string      `json:"url"`
		}{k.Title, k.URL})
	}
	return out
}

// MaxLinks is how many links an item can have.
const MaxLinks = 20

func (l Links) check(v *domain.Violations) Links {
	if len(l) > MaxLinks {
		v.Add("/links", "too_many")
		return l
	}
	out := make(Links, len(l))
	for n, k := range l {
		k.Title = k.Title.Trim()
		at := fmt.Sprintf("/links/%d", n)
		k.Title.Check(v, at+"/title", true, maxTitle)
		v.Require(k.URL != "", at+"/url")
		domain.CheckWebAddress(v, at+"/url", k.URL)
		out[n] = k
	}
	return out
}

// Spot is where an item stands on its agenda.
type Spot struct {
	Kind     ItemKind
	ParentID domain.AgendaItemID
	Position string
	AgendaNo int
	SubNo    int
}

// AgendaPlace says where something comes on an agenda: after an item that stands on
// the same level (zero: first there), and of a sub-item under which item.
type AgendaPlace struct {
	Kind     ItemKind // of a new item; empty: Matter
	ParentID domain.AgendaItemID
	After    domain.AgendaItemID
	Last     bool // at the end of its level instead of After
}

func subItems(all []AgendaItem, id domain.AgendaItemID) []AgendaItem {
	var out []AgendaItem
	for _, i := range all {
		if i.ParentID == id {
			out = append(out, i)
		}
	}
	return out
}

// spots finds count places in a row on an agenda, given in its order without
// what is to be placed. Agendas have two levels: a heading is under nothing and
// has nothing under it, a sub-item has no sub-items.
func spots(all []AgendaItem, p AgendaPlace, count int) ([]Spot, error) {
	if p.Kind == "" {
		p.Kind = Matter
	}
	var v domain.Violations
	if p.Kind != Matter && p.Kind != Heading {
		v.Add("/kind", "not_allowed")
	}
	find := func(id domain.AgendaItemID) int {
		return slices.IndexFunc(all, func(i AgendaItem) bool { return i.ID == id })
	}
	behind := 0 // index in all that the new ones come before
	parent := -1
	if !p.ParentID.IsZero() {
		if parent = find(p.ParentID); parent < 0 {
			v.Add("/parentId", "unknown")
		} else if !all[parent].ParentID.IsZero() || all[parent].Kind == Heading || p.Kind == Heading {
			v.Add("/parentId", "two_levels")
		}
	}
	switch {
	case p.Last && parent >= 0:
		behind = endOf(all, parent)
	case p.Last:
		behind = len(all)
	case !p.After.IsZero():
		at := find(p.After)
		switch {
		case at < 0, parent >= 0 && all[at].ParentID != p.ParentID:
			v.Add("/after", "unknown")
		case parent >= 0:
			behind = at + 1
		default:
			if !all[at].ParentID.IsZero() {
				at = find(all[at].ParentID)
			}
			behind = endOf(all, at)
		}
	case parent >= 0:
		behind = parent + 1
	}
	if err := v.Err(); err != nil {
		return nil, err
	}
	before, after := "", ""
	if behind > 0 {
		before = all[behind-1].Position
	}
	if behind < len(all) {
		after = all[behind].Position
	}
	out := make([]Spot, count)
	for n := range out {
		before = KeyBetween(before, after)
		out[n] = Spot{Kind: p.Kind, ParentID: p.ParentID, Position: before}
	}
	return out, nil
}

// endOf is the index behind an item and its sub-items.
func endOf(all []AgendaItem, at int) int {
	id, end := all[at].ID, at+1
	for end < len(all) && all[end].ParentID == id {
		end++
	}
	return end
}

// Renumber gives the items of an agenda, in its order, their numbers: items
// count from 1, sub-items under each item from 1, headings have none.
func Renumber(all []AgendaItem) {
	no, sub := 0, 0
	for n := range all {
		i := &all[n]
		switch {
		case i.Kind == Heading:
			i.AgendaNo, i.SubNo = 0, 0
		case !i.ParentID.IsZero():
			sub++
			i.AgendaNo, i.SubNo = no, sub
		default:
			no, sub = no+1, 0
			i.AgendaNo, i.SubNo = no, 0
		}
	}
}

// MoveItem puts an item with its sub-items at another place of its agenda and
// returns those whose place changed. After the meeting has been closed the
// order stands. A move is not a new version: what somebody is writing in the
// item stays valid.
func (m Meeting) MoveItem(all []AgendaItem, id domain.AgendaItemID, p AgendaPlace) ([]AgendaItem, error) {
	if err := m.in("meeting_locked", Draft, Called, InProgress); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(i AgendaItem) bool { return i.ID == id })
	if at < 0 {
		return nil, domain.NotFound("agenda_item")
	}
	p.Kind = all[at].Kind
	moved := append([]AgendaItem{all[at]}, subItems(all, id)...)
	if len(moved) > 1 && !p.ParentID.IsZero() {
		return nil, domain.InvalidField("/parentId", "two_levels")
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(i AgendaItem) bool { return i.ID == id || i.ParentID == id })
	to, err := spots(rest, p, len(moved))
	if err != nil {
		return nil, err
	}
	for n := range moved {
		moved[n].Position = to[n].Position
	}
	moved[0].ParentID = p.ParentID
	ordered := slices.Concat(rest, moved)
	slices.SortFunc(ordered, func(a, b AgendaItem) int { return compareKeys(a.Position, b.Position) })
	Renumber(ordered)
	for n := range moved {
		moved[n] = ordered[slices.IndexFunc(ordered, func(i AgendaItem) bool { return i.ID == moved[n].ID })]
	}
	return moved, nil
}

func compareKeys(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Plan is when an agenda comes to its items, if each takes the time that is
// reserved for it.
type Plan struct {
	StartsAt map[domain.AgendaItemID]time.Time
	Minutes  int // reserved in all
	Overrun  int // minutes beyond the meeting's end; 0: it fits
}

// Plan adds up the time reserved for items, in their order.
func (m Meeting) Plan(items []AgendaItem) Plan {
	p := Plan{StartsAt: map[domain.AgendaItemID]time.Time{}}
	for _, i := range items {
		p.StartsAt[i.ID] = m.StartsAt.Add(time.Duration(p.Minutes) * time.Minute)
		p.Minutes += i.MinutesReserved
	}
	p.Overrun = max(0, p.Minutes-int(m.EndsAt.Sub(m.StartsAt).Minutes()))
	return p
}

// LeaveUnhandled says why a meeting did not handle an item, which then needs no
// outcome; an empty reason takes that back.
func (m Meeting) LeaveUnhandled(i *AgendaItem, reason domain.Text, now time.Time) error {
	if err := m.in("meeting_not_in_progress", InProgress); err != nil {
		return err
	}
	var v domain.Violations
	reason = reason.Trim()
	reason.Check(&v, "/reason", false, maxReason)
	if err := v.Err(); err != nil {
		return err
	}
	if !reason.IsZero() && (len(i.Outcomes) > 0 || i.Kind == Heading) {
		return domain.Conflict("item_has_outcomes", string(m.Status), "what has an outcome was handled")
	}
	i.NotHandled, i.UpdatedAt = reason, now
	return nil
}

// Unaccounted lists what keeps a meeting from being closed, each with a pointer
// and a code: items without an outcome that are neither stated as not handled
// nor carried over (without_outcome; of an item with sub-items those count),
// decisions and assignments without an ending (without_ending), deferrals that
// say neither until when nor to which meeting (without_target), and
// recommendations that say not to whom (without_addressee).
func Unaccounted(items []AgendaItem) (open []domain.FieldError) {
	for _, i := range items {
		if i.Kind == Matter && len(i.Outcomes) == 0 && i.NotHandled.IsZero() && !i.CarriedOn && len(subItems(items, i.ID)) == 0 {
			open = append(open, domain.FieldError{Pointer: "/items/" + i.ID.String(), Code: "without_outcome"})
		}
		for _, o := range i.Outcomes {
			var code string
			switch {
			case i.Open(o):
				code = "without_ending"
			case o.Type == Deferred && o.DueOn.IsZero() && o.ToMeetingID.IsZero() && !i.CarriedOn:
				code = "without_target"
			case o.Type == Recommendation && o.ToPostID.IsZero() && o.ToWhom.IsZero():
				code = "without_addressee"
			default:
				continue
			}
			open = append(open, domain.FieldError{Pointer: "/outcomes/" + o.ID.String(), Code: code})
		}
	}
	return open
}

func (m Meeting) accounted(items []AgendaItem) error {
	open := Unaccounted(items)
	code := "items_without_outcome"
	if slices.ContainsFunc(open, func(f domain.FieldError) bool { return f.Code != "without_outcome" }) {
		code = "decisions_without_ending"
	}
	return m.unfinished(code, open)
}
