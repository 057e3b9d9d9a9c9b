package meeting

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// TransferKind is how an item went to another agenda.
type TransferKind string

// The kinds of transfer.
const (
	Moved       TransferKind = "move"       // the item itself, with its outcomes and attachments
	Copied      TransferKind = "copy"       // its text and attachments; outcomes stay, so that minutes stay whole
	CarriedOver TransferKind = "carry_over" // copied to a later meeting, since it is to be handled there
)

// Transfer is the trace of an item that went from one agenda to another. Title,
// numbers and visibility are those of where it came from, then.
type Transfer struct {
	ID               domain.TransferID   `audit:"ignore"`
	Kind             TransferKind        `audit:"track"`
	FromMeetingID    domain.MeetingID    `audit:"track"`
	FromItemID       domain.AgendaItemID `audit:"track"` // of a move the item itself; zero: taken off that agenda since
	ToMeetingID      domain.MeetingID    `audit:"track"`
	ToItemID         domain.AgendaItemID `audit:"track"` // zero: taken off that agenda since
	Position         string              `audit:"ignore"`
	AgendaNo         int                 `audit:"ignore"`
	SubNo            int                 `audit:"ignore"`
	Title            domain.Text         `audit:"track"`
	Visibility       domain.Visibility   `audit:"ignore"`
	VisibilityGround string              `audit:"ignore"`
	PostID           domain.PostID       `audit:"ignore"` // who did it
	MadeAt           time.Time           `audit:"ignore"`
	Version          int                 `audit:"ignore"`

	// What storage fills beside it; nil: a meeting that the reader may not see.
	From *MeetingName `audit:"ignore"`
	To   *MeetingName `audit:"ignore"`
}

// TransferItem says whether an item may go from one meeting to another. What is
// moved leaves its agenda, so the paper must not be written yet; what has been
// closed is copied or carried over. It must be another meeting, and one that is
// still to be held or going on.
func TransferItem(kind TransferKind, i AgendaItem, from, to Meeting) error {
	if i.Kind == Heading {
		return domain.Conflict("heading_stays", string(from.Status), "a heading goes nowhere")
	}
	if from.ID == to.ID {
		return domain.InvalidField("/meetingId", "same_meeting")
	}
	if err := to.in("target_meeting_begun", Draft, Called, InProgress); err != nil {
		return err
	}
	switch kind {
	case Moved:
		return from.in("minutes_stay_whole", Draft, Called, InProgress)
	case CarriedOver:
		if !to.StartsAt.After(from.StartsAt) {
			return domain.InvalidField("/meetingId", "not_later")
		}
		if i.CarriedOn {
			return domain.Conflict("carried_over_already", string(from.Status), "it has been carried over already")
		}
		return from.in("meeting_not_in_progress", InProgress, Closed, Approved, Published)
	case Copied:
		return nil
	}
	return domain.InvalidField("/kind", "not_allowed")
}

// trace is the transfer of an item.
func (i AgendaItem) trace(id domain.TransferID, kind TransferKind, to Meeting, toItem domain.AgendaItemID, post domain.PostID, now time.Time) Transfer {
	return Transfer{ID: id, Kind: kind, FromMeetingID: i.MeetingID, FromItemID: i.ID, ToMeetingID: to.ID, ToItemID: toItem, Position: i.Position,
		AgendaNo: i.AgendaNo, SubNo: i.SubNo, Title: i.Title, Visibility: i.Visibility, VisibilityGround: i.VisibilityGround, PostID: post, MadeAt: now, Version: 1}
}

// copyFor is the item as another meeting gets it: what it says before it is
// handled.
func (i AgendaItem) copyFor(m Meeting, id domain.AgendaItemID, at Spot, now time.Time) AgendaItem {
	return AgendaItem{ID: id, MeetingID: m.ID, Kind: i.Kind, ParentID: at.ParentID, Position: at.Position, Title: i.Title, Preparer: i.Preparer, Proposal: i.Proposal,
		Explanation: i.Explanation, Heard: i.Heard, GoesOnTo: i.GoesOnTo, PresenterID: i.PresenterID, MinutesReserved: i.MinutesReserved,
		Links: i.Links, References: i.References, Visibility: i.Visibility, VisibilityGround: i.VisibilityGround, Version: 1, CreatedAt: now, UpdatedAt: now}
}

// withSubItems is an item followed by its sub-items.
func withSubItems(all []AgendaItem, i AgendaItem) []AgendaItem {
	at := slices.IndexFunc(all, func(o AgendaItem) bool { return o.ID == i.ID })
	if at >= 0 {
		i = all[at]
	}
	return append([]AgendaItem{i}, subItems(all, i.ID)...)
}
