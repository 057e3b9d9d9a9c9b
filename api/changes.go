package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/change"
)

// ChangeSummary counts what has changed since a day.
type ChangeSummary struct {
	Since   domain.Date    `json:"since" format:"date" doc:"The state at the end of this day is compared with the one shown"`
	Meeting *ChangeMeeting `json:"meeting,omitempty" doc:"Of the steering group, after which the changes are told, if the day was left out"`
	Counts  []ChangeCount  `json:"counts" doc:"Each kind once, in the order in which they are told, also those without changes"`
}

// ChangeCount is how many changes of a kind there are.
type ChangeCount struct {
	Kind  change.Kind `json:"kind" enum:"action_late,action_done,action_dropped,action_added,action_due_moved,action_phase_moved,milestone_reached,milestone_set,milestone_removed,needs_added,needs_removed,action_confirmed,gap_widened,gap_narrowed,accepted,declined,decided"`
	Count int         `json:"count" doc:"As GET /changes?since=&kind= counts them"`
}

// ChangeMeeting names a meeting and its forum.
type ChangeMeeting struct {
	ID     domain.MeetingID `json:"id" format:"uuid"`
	Year   int              `json:"year"`
	Number int              `json:"number" doc:"In its forum and year"`
	Date   domain.Date      `json:"date" format:"date" doc:"Of its start, in Helsinki"`
	Forum  ForumRef         `json:"forum"`
}

// Change is one thing that is otherwise than it was.
type Change struct {
	Kind     change.Kind     `json:"kind" enum:"action_late,action_done,action_dropped,action_added,action_due_moved,action_phase_moved,milestone_reached,milestone_set,milestone_removed,needs_added,needs_removed,action_confirmed,gap_widened,gap_narrowed,accepted,declined,decided" doc:"action_late: its condition is late, and was not; action_confirmed: its status had not been confirmed within the limit, and has been since; action_dropped: cancelled, merged or superseded; milestone_set: added, put back or given another due date; needs_added: it waits for another action since; gap_narrowed: also closed; accepted: in force by another party's answer; declined: and nothing new proposed; decided: a decision or assignment of a meeting closed since"`
	ID       domain.AnyID    `json:"id" format:"uuid" doc:"Of the action, milestone, dependency, hand-over, agreement or outcome"`
	On       domain.Date     `json:"on" format:"date" doc:"On which it became so"`
	Subject  *SubjectRef     `json:"subject,omitempty" doc:"What has changed, or what the responsibility is for; not of decided"`
	Post     *PostRef        `json:"post,omitempty" doc:"Whose responsibility was accepted or declined"`
	Due      *ChangeDue      `json:"due,omitempty" doc:"Of action_due_moved and milestone_set"`
	Status   *ChangeStatus   `json:"status,omitempty" doc:"Of action_dropped"`
	Gap      *ChangeGap      `json:"gap,omitempty" doc:"Of gap_widened and gap_narrowed"`
	Decision *ChangeDecision `json:"decision,omitempty" doc:"Of decided"`

	Phase     *ChangePhase `json:"phase,omitempty" doc:"Of action_phase_moved"`
	Milestone *Text        `json:"milestone,omitempty" doc:"Title; of milestone_reached, milestone_set and milestone_removed"`
	Needs     *SubjectRef  `json:"needs,omitempty" doc:"The action that is waited for; of needs_added and needs_removed"`
}

// ChangePhase is a phase of implementation before and after, by title.
type ChangePhase struct {
	Was *Text `json:"was,omitempty" doc:"Missing: it was in none"`
	Now *Text `json:"now,omitempty" doc:"Missing: it is in none"`
}

// ChangeDue is a due date before and after.
type ChangeDue struct {
	WasOn        domain.Date      `json:"wasOn,omitzero" format:"date" doc:"Missing: there was none"`
	WasPrecision domain.Precision `json:"wasPrecision,omitempty" enum:"day,month,quarter,year"`
	NowOn        domain.Date      `json:"nowOn,omitzero" format:"date" doc:"Missing: there is none"`
	NowPrecision domain.Precision `json:"nowPrecision,omitempty" enum:"day,month,quarter,year"`
}

// ChangeStatus is a status before and after.
type ChangeStatus struct {
	Was string `json:"was,omitempty" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"Missing: the action was made since"`
	Now string `json:"now" enum:"cancelled,merged,superseded"`
}

// ChangeGap is a gap before and after.
type ChangeGap struct {
	Was string `json:"was" enum:"none,minor,major"`
	Now string `json:"now" enum:"none,minor,major"`
}

// ChangeDecision is a decision or assignment with its place in the minutes.
type ChangeDecision struct {
	Type    string        `json:"type" enum:"decision,assignment"`
	Text    Text          `json:"text"`
	Item    AgendaItemRef `json:"item"`
	Meeting ChangeMeeting `json:"meeting"`
}

func changeMeeting(m change.Meeting) ChangeMeeting {
	return ChangeMeeting{ID: m.ID, Year: m.Year, Number: m.Number, Date: domain.DateOf(m.StartsAt), Forum: ForumRef{m.ForumID, m.ForumKey, m.ForumTitle}}
}

func changeBody(c change.Change) Change {
	out := Change{Kind: c.Kind, ID: c.ID, On: c.On}
	if t := c.Thing; t != nil {
		out.Subject = &SubjectRef{Kind: t.Kind, ID: t.ID, No: t.No, Key: t.Key, Title: t.Title}
		if t.Kind == domain.SubjectHandover {
			out.Subject.From, out.Subject.To = &t.From, &t.To
		}
	}
	if c.Post != nil {
		out.Post = &PostRef{ID: c.Post.ID, Title: c.Post.Title, PartyID: c.Post.PartyID}
	}
	if d := c.Due; d != nil {
		out.Due = &ChangeDue{WasOn: d.Was.On, NowOn: d.Now.On}
		if !d.Was.On.IsZero() {
			out.Due.WasPrecision = d.Was.Precision
		}
		if !d.Now.On.IsZero() {
			out.Due.NowPrecision = d.Now.Precision
		}
	}
	if n := c.Needs; n != nil {
		out.Needs = &SubjectRef{Kind: n.Kind, ID: n.ID, No: n.No, Title: n.Title}
	}
	if p := c.Phase; p != nil {
		out.Phase = &ChangePhase{spoken(p.Was), spoken(p.Now)}
	}
	out.Milestone = spoken(c.Milestone)
	switch c.Kind {
	case change.Dropped:
		out.Status = &ChangeStatus{Was: c.Was, Now: c.Now}
	case change.Widened, change.Narrowed:
		out.Gap = &ChangeGap{Was: c.Was, Now: c.Now}
	}
	if d := c.Decision; d != nil {
		out.Decision = &ChangeDecision{Type: d.Type, Text: d.Text, Item: AgendaItemRef{ID: d.ItemID, Section: d.Section, Title: d.ItemTitle}, Meeting: changeMeeting(d.Meeting)}
	}
	return out
}

const changesDescription = "The state at the end of a day is compared with that of today or of the as-of day, by the history of both: what changed and changed back is not told. " +
	"What the caller could not see on the first day has only been added. "

func (s *Server) registerChanges() {
	const tag = "Overview"
	handle(s, operation{ID: "getChangeSummary", Kept: true, Method: http.MethodGet, Path: "/change-summary", Tag: tag, Permission: readScope,
		Summary:     "Count what has changed since a day, by kind",
		Description: changesDescription + "Without a day it is that of the last closed meeting of a steering group (a forum of the strategic level without a parent) that the caller may see, or else 30 days ago."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Since string `query:"since" format:"date" doc:"Not after the day shown"`
		}) (*struct{ Body ChangeSummary }, error) {
			var since domain.Date
			if err := dateField(&since, "since", in.Since); err != nil {
				return nil, err
			}
			sum, err := s.Services.Changes.Summary(ctx, a, since)
			if err != nil {
				return nil, err
			}
			out := ChangeSummary{Since: sum.Since, Counts: make([]ChangeCount, len(change.Kinds))}
			if sum.Meeting != nil {
				m := changeMeeting(*sum.Meeting)
				out.Meeting = &m
			}
			for i, k := range change.Kinds {
				out.Counts[i] = ChangeCount{k, sum.Counts[k]}
			}
			return &struct{ Body ChangeSummary }{out}, nil
		})

	handle(s, operation{ID: "listChanges", Kept: true, Method: http.MethodGet, Path: "/changes", Tag: tag, Permission: readScope,
		Summary:     "List what has changed since a day",
		Description: changesDescription + "Sorted by on (the latest first, the default)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Since string        `query:"since" required:"true" format:"date" doc:"Not after the day shown"`
			Kind  []change.Kind `query:"kind,explode" maxItems:"17" enum:"action_late,action_done,action_dropped,action_added,action_due_moved,action_phase_moved,milestone_reached,milestone_set,milestone_removed,needs_added,needs_removed,action_confirmed,gap_widened,gap_narrowed,accepted,declined,decided" doc:"Of these kinds"`
		}) (*ListOutput[Change], error) {
			var since domain.Date
			if err := dateField(&since, "since", in.Since); err != nil {
				return nil, err
			}
			page, err := s.Services.Changes.List(ctx, a, since, in.Kind, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, changeBody), nil
		})
}
