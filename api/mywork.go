package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/mywork"
)

// MyWork is what waits for the post that the caller acts in, and what else
// concerns it.
type MyWork struct {
	Waiting  []WorkItem      `json:"waiting" doc:"In order of urgency"`
	Actions  []ActionSummary `json:"actions" doc:"What the post leads or shares and that is not over, by due date, at most 200"`
	Duties   []WorkDuty      `json:"duties" doc:"Goals, chains and forums that the post answers for"`
	Meetings []WorkMeeting   `json:"meetings" doc:"Meetings of the post's forums, and those where it takes a participant's place, in the next 28 days"`
	Reports  []WorkReport    `json:"reports" doc:"What others reported in the last 7 days on those actions, the latest first"`
}

// WorkItem is one thing that waits: an action, the paper of a meeting or an
// amendment of it.
type WorkItem struct {
	Reason   string         `json:"reason" enum:"late,approval,amendment,comments,stale,start_passed,confirm,due_soon"`
	Days     int            `json:"days" doc:"late: past due; approval, comments: since the meeting was closed; amendment: since it was proposed; stale, confirm: since confirmed; start_passed: since the start; due_soon: left"`
	On       domain.Date    `json:"on" format:"date" doc:"late, due_soon: last day of the due period; approval, comments: when the meeting was closed; amendment: when it was proposed; stale, confirm: the first day on which it is stale; start_passed: the start"`
	Action   *ActionSummary `json:"action,omitempty"`
	Task     *TaskRef       `json:"task,omitempty" doc:"late, due_soon: the open task or milestone of the action by which it is so; missing: by its own due date"`
	OfOther  bool           `json:"taskOfOther,omitempty" doc:"The task is done by a post of another principal party, and only that party says that it is done or moves its due date"`
	Meeting  *WorkMeeting   `json:"meeting,omitempty" doc:"approval, amendment, comments: the meeting whose papers wait"`
	Role     string         `json:"role,omitempty" enum:"chair,inspector" doc:"approval, amendment: as what"`
	Comments int            `json:"comments,omitempty" doc:"comments: threads on the paper that are not resolved"`
	Returns  int            `json:"returns,omitempty" doc:"comments: posts that gave the paper back"`
}

// WorkMeeting names a meeting with its forum.
type WorkMeeting struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Forum    ForumRef         `json:"forum"`
	Year     int              `json:"year"`
	Number   int              `json:"number"`
	StartsAt time.Time        `json:"startsAt"`
	Status   string           `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
}

// WorkDuty is a goal, chain or forum that the post answers for.
type WorkDuty struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,chain,forum"`
	ID    domain.AnyID       `json:"id" format:"uuid"`
	No    int                `json:"no,omitempty" doc:"Number of a goal"`
	Title Text               `json:"title"`
	Part  string             `json:"part" enum:"lead,shared,chair,secretary"`
	Count int                `json:"count,omitempty" doc:"Of a chain: how many of its stages"`

	Unaccepted int `json:"unaccepted" doc:"On how many of these parts the parties have not all agreed"`
}

// WorkReport is what another post reported on an action.
type WorkReport struct {
	ActionID domain.ActionID `json:"actionId" format:"uuid"`
	No       int             `json:"no"`
	Title    Text            `json:"title"`
	Post     PostRef         `json:"post"`
	Status   string          `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Text     Text            `json:"text"`
	At       time.Time       `json:"at"`
}

func workMeeting(m mywork.Meeting) WorkMeeting {
	return WorkMeeting{ID: m.ID, Forum: ForumRef{m.ForumID, m.ForumKey, m.ForumTitle}, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, Status: m.Status}
}

// myWork puts approvals behind what is late and before the rest.
func myWork(a domain.Actor, day domain.Date, w mywork.Work, mine []action.View) MyWork {
	out := MyWork{Waiting: []WorkItem{}, Actions: []ActionSummary{}, Duties: []WorkDuty{}, Meetings: []WorkMeeting{}, Reports: []WorkReport{}}
	type waiting struct {
		wait action.Wait
		item WorkItem
	}
	var waits []waiting
	for _, v := range mine {
		s := actionSummary(a, day)(v)
		out.Actions = append(out.Actions, s)
		if wait, ok := v.Waits(a.PartyID, day); ok {
			waits = append(waits, waiting{wait, WorkItem{Reason: string(wait.Reason), Days: wait.Days, On: wait.On, Action: &s, Task: taskRef(wait.Task),
				OfOther: wait.Task != nil && wait.Task.Post.OfOther(a)}})
		}
	}
	slices.SortStableFunc(waits, func(x, y waiting) int { return action.CompareUrgency(x.wait, y.wait) })
	for _, x := range waits {
		out.Waiting = append(out.Waiting, x.item)
	}
	late := slices.IndexFunc(out.Waiting, func(i WorkItem) bool { return i.Reason != string(action.WaitLate) })
	if late < 0 {
		late = len(out.Waiting)
	}
	var approvals []WorkItem
	for _, ap := range w.Approvals {
		m := workMeeting(ap.Meeting)
		closed := domain.DateOf(ap.ClosedAt)
		approvals = append(approvals, WorkItem{Reason: "approval", Days: closed.DaysUntil(day), On: closed, Meeting: &m, Role: ap.Role})
	}
	for _, am := range w.Amendments {
		m := workMeeting(am.Meeting)
		on := domain.DateOf(am.ProposedAt)
		approvals = append(approvals, WorkItem{Reason: "amendment", Days: on.DaysUntil(day), On: on, Meeting: &m, Role: am.Role})
	}
	for _, p := range w.Papers {
		m := workMeeting(p.Meeting)
		closed := domain.DateOf(p.ClosedAt)
		approvals = append(approvals, WorkItem{Reason: "comments", Days: closed.DaysUntil(day), On: closed, Meeting: &m, Comments: p.Comments, Returns: p.Returns})
	}
	out.Waiting = slices.Insert(out.Waiting, late, approvals...)
	for _, d := range w.Duties {
		out.Duties = append(out.Duties, WorkDuty(d))
	}
	for _, m := range w.Meetings {
		out.Meetings = append(out.Meetings, workMeeting(m))
	}
	for _, r := range w.Reports {
		out.Reports = append(out.Reports, WorkReport{ActionID: r.ActionID, No: r.No, Title: r.Title,
			Post: PostRef{r.PostID, r.PostTitle, r.PartyID}, Status: r.Status, Text: r.Text, At: r.At})
	}
	return out
}

func (s *Server) registerMyWork() {
	handle(s, operation{ID: "getMyWork", Method: http.MethodGet, Path: "/me/work", Tag: "Me", Permission: readScope, Errors: []int{401},
		Summary:     "Tell what waits for the post that the caller acts in",
		Description: "Of today. Without a post everything is empty."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*struct{ Body MyWork }, error) {
			w, err := s.Services.Work.Of(ctx, a)
			if err != nil {
				return nil, err
			}
			var mine domain.Page[action.View]
			if !a.PostID.IsZero() {
				open := domain.AnyOf[action.Status]{Values: []action.Status{action.NotStarted, action.InProgress, action.Paused}}
				mine, err = s.Services.Actions.List(ctx, a, action.Filter{Owner: a.PostID, Status: open}, domain.PageRequest{Limit: domain.MaxPage})
				if err != nil {
					return nil, err
				}
			}
			return &struct{ Body MyWork }{myWork(a, s.Clock.Today(), w, mine.Items)}, nil
		})
}
