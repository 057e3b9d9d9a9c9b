package meeting

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// AgendaChangeKind is how an agenda differs from what was called.
type AgendaChangeKind string

// The kinds of change.
const (
	ItemAdded   AgendaChangeKind = "added"
	ItemRemoved AgendaChangeKind = "removed" // taken off, or moved to another agenda
	ItemChanged AgendaChangeKind = "changed"
	ItemMoved   AgendaChangeKind = "moved" // only its place
)

// AgendaChange is one difference between an agenda as it was called and as it is.
// Calling freezes nothing by itself: what came later is told beside it.
type AgendaChange struct {
	ItemID   domain.AgendaItemID
	Kind     AgendaChangeKind
	AgendaNo int // of what was removed: where it stood
	SubNo    int
	Title    domain.Text
	Fields   []string // what changed, in the words of the log
	At       time.Time
	PostID   domain.PostID // who changed it last; zero: not known
	Post     domain.Text
}

// ItemTouch is when an item was changed last, and by which post.
type ItemTouch struct {
	At     time.Time
	PostID domain.PostID // zero: not known
}

// ChangesSinceCall compares an agenda as it was called with how it is. What is
// written while the meeting handles an item is no change of what was called.
// touched are the items that somebody changed or moved since: of two that changed
// places, the one that was moved is told.
func ChangesSinceCall(then, now []AgendaItem, touched map[domain.AgendaItemID]ItemTouch) []AgendaChange {
	var out []AgendaChange
	stays := inOrder(then, now, touched)
	for _, i := range now {
		at := slices.IndexFunc(then, func(o AgendaItem) bool { return o.ID == i.ID })
		c := AgendaChange{ItemID: i.ID, AgendaNo: i.AgendaNo, SubNo: i.SubNo, Title: i.Title}
		switch {
		case at < 0:
			c.Kind, c.At = ItemAdded, i.CreatedAt
		default:
			c.Kind, c.Fields = ItemChanged, calledFields(then[at], i)
			if len(c.Fields) == 0 {
				if stays[i.ID] && then[at].ParentID == i.ParentID {
					continue
				}
				c.Kind = ItemMoved
			}
		}
		out = append(out, c)
	}
	for _, i := range then {
		if !slices.ContainsFunc(now, func(o AgendaItem) bool { return o.ID == i.ID }) {
			out = append(out, AgendaChange{ItemID: i.ID, Kind: ItemRemoved, AgendaNo: i.AgendaNo, SubNo: i.SubNo, Title: i.Title})
		}
	}
	return out
}

// calledFields names what differs in what is called.
func calledFields(then, now AgendaItem) (fields []string) {
	for _, f := range []struct {
		name    string
		changed bool
	}{
		{"title", then.Title != now.Title}, {"preparer", then.Preparer != now.Preparer}, {"proposal", then.Proposal != now.Proposal},
		{"explanation", then.Explanation != now.Explanation}, {"presenterId", then.PresenterID != now.PresenterID},
		{"minutesReserved", then.MinutesReserved != now.MinutesReserved}, {"links", !slices.Equal(then.Links, now.Links)},
		{"visibility", then.Visibility != now.Visibility || then.VisibilityGround != now.VisibilityGround},
	} {
		if f.changed {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// inOrder finds the items whose order among each other is what it was: those of
// the longest run that both agendas have in the same order, and among several of
// the one with the fewest that were touched.
func inOrder(then, now []AgendaItem, touched map[domain.AgendaItemID]ItemTouch) map[domain.AgendaItemID]bool {
	var places []int // in then, by the order of now
	var ids []domain.AgendaItemID
	for _, i := range now {
		if at := slices.IndexFunc(then, func(o AgendaItem) bool { return o.ID == i.ID }); at >= 0 {
			places, ids = append(places, at), append(ids, i.ID)
		}
	}
	longest, before := make([]int, len(places)), make([]int, len(places))
	last := -1
	for n := range places {
		worth := len(now) + 1 // more than all that being untouched can add up to
		if _, is := touched[ids[n]]; !is {
			worth++
		}
		longest[n], before[n] = worth, -1
		for k := range n {
			if places[k] < places[n] && longest[k]+worth > longest[n] {
				longest[n], before[n] = longest[k]+worth, k
			}
		}
		if last < 0 || longest[n] > longest[last] {
			last = n
		}
	}
	out := map[domain.AgendaItemID]bool{}
	for ; last >= 0; last = before[last] {
		out[ids[last]] = true
	}
	return out
}

// attachmentChanges tells of items whose documents came, were replaced or went
// after the call, unless they are told of already; those that are get the field.
func attachmentChanges(items []AgendaItem, called time.Time, told []AgendaChange) (more []AgendaChange) {
	for _, i := range items {
		var last time.Time
		var post domain.PostID
		for _, a := range i.Attachments {
			if a.RemovedAt != nil && a.RemovedAt.After(called) && a.CreatedAt.Before(called) && a.RemovedAt.After(last) {
				last, post = *a.RemovedAt, domain.PostID{}
			}
			for _, f := range a.Files {
				if a.RemovedAt == nil && f.UploadedAt.After(called) && f.UploadedAt.After(last) {
					last, post = f.UploadedAt, f.PostID
				}
			}
		}
		if last.IsZero() {
			continue
		}
		at := slices.IndexFunc(told, func(c AgendaChange) bool { return c.ItemID == i.ID })
		switch {
		case at < 0:
			more = append(more, AgendaChange{ItemID: i.ID, Kind: ItemChanged, AgendaNo: i.AgendaNo, SubNo: i.SubNo, Title: i.Title,
				Fields: []string{"attachments"}, At: last, PostID: post})
		case told[at].Kind != ItemAdded:
			told[at].Kind, told[at].Fields = ItemChanged, append(told[at].Fields, "attachments")
		}
	}
	return more
}
