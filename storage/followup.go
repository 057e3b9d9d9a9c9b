package storage

import (
	"errors"
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/meeting"
)

// FollowUpStore makes the actions that follow from outcomes, through the
// action's own rules and store.
type FollowUpStore struct {
	tx      Tx
	actions *ActionStore
}

// NewFollowUpStore binds the store to a transaction.
func NewFollowUpStore(tx Tx) *FollowUpStore { return &FollowUpStore{tx, NewActionStore(tx)} }

// Create implements meeting.FollowUps.
func (s *FollowUpStore) Create(id domain.ActionID, f meeting.FollowUp, now time.Time) (meeting.ChangedAction, error) {
	lead, err := s.actions.Complete([]domain.Responsible{{PostID: f.LeadID, Part: domain.Lead, Wording: f.Wording}})
	if err != nil {
		return meeting.ChangedAction{}, pointAt(err, "/responsibilities", "/leadPostId")
	}
	no, err := s.actions.NextNo()
	if err != nil {
		return meeting.ChangedAction{}, fmt.Errorf("number an action: %w", err)
	}
	a, err := action.New(id, no, f.OutcomeID, action.Edit{Title: f.Title, GoalIDs: f.GoalIDs, DueOn: f.DueOn, Responsibilities: lead,
		ForumID: f.ForumID, Visibility: f.Visibility, VisibilityGround: f.VisibilityGround}, now)
	if err != nil {
		return meeting.ChangedAction{}, pointAt(err, "/responsibilities", "/wording")
	}
	if err := s.actions.Insert(a); err != nil {
		return meeting.ChangedAction{}, err
	}
	return meeting.ChangedAction{ID: id, Version: a.Version, Changes: domain.Diff(action.Action{}, a)}, nil
}

// pointAt renames a field of a validation error, for a form that has it under
// another name.
func pointAt(err error, from, to string) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Kind != domain.KindInvalid {
		return err
	}
	for i, f := range e.Fields {
		if f.Pointer == from {
			e.Fields[i].Pointer = to
		}
	}
	return e
}

// Reveal implements meeting.FollowUps.
func (s *FollowUpStore) Reveal(id domain.MeetingID, now time.Time) ([]meeting.ChangedAction, error) {
	var ids []domain.ActionID
	err := s.tx.Raw(`
select a.id from action a join outcome o on o.id = a.outcome_id join agenda_item i on i.id = o.agenda_item_id
where i.meeting_id = ? and i.visibility = 'public' and a.visibility = 'internal' and a.visibility_ground = ?
order by a.no for update of a`, id, meeting.UnpublishedGround).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find the actions of a paper: %w", err)
	}
	var out []meeting.ChangedAction
	for _, id := range ids {
		v, err := s.actions.Get(domain.Scope{Staff: true}, id)
		if err != nil {
			return nil, err
		}
		a := v.Action
		a.Visibility, a.VisibilityGround, a.UpdatedAt = domain.Public, "", now
		if a, err = s.actions.Update(a); err != nil {
			return nil, err
		}
		out = append(out, meeting.ChangedAction{ID: id, Version: a.Version, Changes: domain.Diff(v.Action, a)})
	}
	return out, nil
}
