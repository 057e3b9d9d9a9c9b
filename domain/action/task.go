package action

import (
	"cmp"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// TaskKind says what a task of an action is.
type TaskKind string

// The kinds. A milestone is reached, a task is done; the rules are the same.
const (
	KindTask      TaskKind = "task"
	KindMilestone TaskKind = "milestone"
)

// MaxTasks is how many tasks an action can have, withdrawn ones included.
const MaxTasks = 100

// Task is one step of an action, with a due date: a piece of work or a milestone.
// Whoever may read the action may read it; nothing of it is ever deleted.
type Task struct {
	ID           domain.TaskID    `audit:"ignore"`
	ActionID     domain.ActionID  `audit:"ignore"`
	Kind         TaskKind         `audit:"track"`
	Title        domain.Text      `audit:"track"`
	DueOn        domain.Date      `audit:"track"`
	DuePrecision domain.Precision `audit:"track"`
	PostID       domain.PostID    `audit:"track"`  // who does it; zero: nobody is named
	Post         PostOf           `audit:"ignore"` // filled by storage
	DoneOn       domain.Date      `audit:"track"`  // zero: not done
	WithdrawnOn  domain.Date      `audit:"track"`  // zero: it stands; made by mistake or no more needed
	Version      int              `audit:"ignore"`
	CreatedAt    time.Time        `audit:"ignore"`
	UpdatedAt    time.Time        `audit:"ignore"`
}

// PostOf is what rules and readers need of the post that does a task.
type PostOf struct {
	Title     domain.Text
	PartyID   domain.PartyID
	UnitID    domain.UnitID
	Principal bool // the party is a principal one
}

// TaskFigures is what the condition and lists need of the tasks of an action on a
// day. Withdrawn ones do not count.
type TaskFigures struct {
	Total int
	Done  int
	Late  int  // open, and the due period has ended
	Next  Task // the open one that is due first, of its post only the party; zero: none
}

// FiguresOf is what all tasks of an action come to on a day. Of those that are due on one
// day a milestone is next before a task, then the one that was there first.
func FiguresOf(tasks []Task, day domain.Date) (f TaskFigures) {
	for _, t := range tasks {
		switch {
		case !t.WithdrawnOn.IsZero():
			continue
		case !t.Open():
			f.Done++
		default:
			if t.DueLast().Before(day) {
				f.Late++
			}
			if f.Next.ID.IsZero() || t.before(f.Next) {
				f.Next = t
				f.Next.Post = PostOf{PartyID: t.Post.PartyID, Principal: t.Post.Principal}
			}
		}
		f.Total++
	}
	return f
}

// before reports whether t comes before another open task.
func (t Task) before(other Task) bool {
	return cmp.Or(cmp.Compare(t.DueLast().String(), other.DueLast().String()), cmp.Compare(t.Kind, other.Kind), t.CreatedAt.Compare(other.CreatedAt), cmp.Compare(t.ID.String(), other.ID.String())) < 0
}

// MaxMilestones is how many milestones of an action a list tells.
const MaxMilestones = 12

// Milestones are those of an action that stand, as a list tells them: open ones
// before reached ones where there are too many, in the order of their due dates.
type Milestones struct {
	Items []Task // without their posts
	More  int    // how many there are beside these
}

// TaskEdit is what can be said of a task.
type TaskEdit struct {
	Kind         TaskKind
	Title        domain.Text
	DueOn        domain.Date
	DuePrecision domain.Precision // "" is Day
	PostID       domain.PostID
}

// NewTask makes an open task of an action, or says everything that is wrong.
func NewTask(id domain.TaskID, of domain.ActionID, e TaskEdit, now time.Time) (Task, error) {
	t := Task{ID: id, ActionID: of, Version: 1, CreatedAt: now}
	return t, t.change(e, true, now)
}

// Change replaces what can be edited of a task that stands, or says everything
// that is wrong. Another due date needs a reason, as that of the action does.
func (t *Task) Change(e TaskEdit, reason string, now time.Time) error {
	if err := t.stands(); err != nil {
		return err
	}
	p := orDay(e.DuePrecision)
	moved := p != t.DuePrecision || firstOf(e.DueOn, p) != t.DueOn
	if moved && reason == "" {
		return domain.InvalidField("/reason", "due_date_needs_reason")
	}
	if len([]rune(reason)) > maxReason {
		return domain.InvalidField("/reason", "too_long")
	}
	return t.change(e, moved, now)
}

// change refuses a due date that is set today and has passed: nothing is late from
// the day on which somebody says that it is to be done.
func (t *Task) change(e TaskEdit, dated bool, now time.Time) error {
	e.Title, e.DuePrecision = e.Title.Trim(), orDay(e.DuePrecision)
	var v domain.Violations
	if e.Kind != KindTask && e.Kind != KindMilestone {
		v.Add("/kind", "not_allowed")
	}
	e.Title.Check(&v, "/title", true, maxTitle)
	v.Require(!e.DueOn.IsZero(), "/dueOn")
	if dated && !e.DueOn.IsZero() && e.DuePrecision.Last(e.DueOn).Before(domain.DateOf(now)) {
		v.Add("/dueOn", "in_past")
	}
	if err := v.Err(); err != nil {
		return err
	}
	t.Kind, t.Title, t.DueOn, t.DuePrecision, t.PostID = e.Kind, e.Title, firstOf(e.DueOn, e.DuePrecision), e.DuePrecision, e.PostID
	t.UpdatedAt = now
	return nil
}

// Complete notes that the task was done on a day (zero: today), which is not to
// come: Conflict if it is done already or withdrawn.
func (t *Task) Complete(on domain.Date, now time.Time) error {
	if err := t.stands(); err != nil {
		return err
	}
	if !t.DoneOn.IsZero() {
		return domain.Conflict("task_done", "done", "the task is done already")
	}
	today := domain.DateOf(now)
	if on.IsZero() {
		on = today
	}
	if on.After(today) {
		return domain.InvalidField("/doneOn", "in_future")
	}
	t.DoneOn, t.UpdatedAt = on, now
	return nil
}

// Reopen takes back that the task was done, or that it was withdrawn: Conflict if
// neither is so.
func (t *Task) Reopen(reason string, now time.Time) error {
	if t.Open() {
		return domain.Conflict("task_open", "open", "the task is open")
	}
	if len([]rune(reason)) > maxReason {
		return domain.InvalidField("/reason", "too_long")
	}
	if t.WithdrawnOn.IsZero() {
		t.DoneOn = domain.Date{}
	}
	t.WithdrawnOn, t.UpdatedAt = domain.Date{}, now
	return nil
}

// Withdraw says that the task is no more, with a reason. It stays where it was.
func (t *Task) Withdraw(reason string, now time.Time) error {
	if err := t.stands(); err != nil {
		return err
	}
	var v domain.Violations
	v.Require(strings.TrimSpace(reason) != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	t.WithdrawnOn, t.UpdatedAt = domain.DateOf(now), now
	return nil
}

func (t Task) stands() error {
	if !t.WithdrawnOn.IsZero() {
		return domain.Conflict("task_withdrawn", "withdrawn", "the task was withdrawn")
	}
	return nil
}

// Open reports whether it is still to be done.
func (t Task) Open() bool { return t.DoneOn.IsZero() && t.WithdrawnOn.IsZero() }

// DueLast is the last calendar date on which the task is not late. Zero without a
// task.
func (t Task) DueLast() domain.Date {
	if t.DueOn.IsZero() {
		return domain.Date{}
	}
	return t.DuePrecision.Last(t.DueOn)
}

// TaskCondition is how a task of the action is doing on a day: done, late,
// due_soon or on_time; paused and cancelled as the action, under which nothing is
// late any more. A withdrawn task is cancelled.
func (a Action) TaskCondition(t Task, day domain.Date) ConditionValue {
	last := t.DueLast()
	switch {
	case !t.WithdrawnOn.IsZero():
		return CondCancelled
	case !t.DoneOn.IsZero():
		return CondDone
	case a.Status == Paused:
		return CondPaused
	case a.Status.Closed():
		return CondCancelled
	case last.Before(day):
		return CondLate
	case !last.After(day.AddDays(SoonDays)):
		return CondDueSoon
	default:
		return CondOnTime
	}
}

// TaskPermissions lists what an actor may do with a task.
var TaskPermissions = []domain.Permission{domain.TaskEdit, domain.TaskComplete, domain.TaskWithdraw}

// AllowedTask lists what the actor may do with a task of the action.
func (a Action) AllowedTask(actor domain.Actor, t Task) []domain.Permission {
	out := []domain.Permission{}
	for _, p := range TaskPermissions {
		if a.checkTask(actor, p, t) == nil {
			out = append(out, p)
		}
	}
	return out
}

// checkTask is nil if the actor may do p with a task of the action. Those who may
// edit the action may edit its tasks, the party whose post does a task may too, also
// when its part in the action has ended, and the post itself may say that it is done;
// but what a post of a principal party has to do, only its own party changes: nothing
// is given to a party without its word, nor taken. By withdrawing alone those who lead
// the action keep it from being late by what the other party does not do.
func (a Action) checkTask(actor domain.Actor, p domain.Permission, t Task) error {
	r := a.Resource()
	if !t.PostID.IsZero() {
		r.Parties = append(r.Parties, t.Post.PartyID)
	}
	if p == domain.TaskComplete && !t.PostID.IsZero() {
		r.Posts = append(r.Posts, t.PostID)
		r.Units = append(r.Units, t.Post.UnitID)
	}
	if err := actor.Check(p, r); err != nil {
		return err
	}
	if t.Post.OfOther(actor) && (p != domain.TaskWithdraw || !a.leads(actor, p)) {
		return domain.Forbidden(p)
	}
	if a.Withdrawn() {
		return withdrawn()
	}
	return nil
}

// leads reports whether the actor may do p as one who leads the action.
func (a Action) leads(actor domain.Actor, p domain.Permission) bool {
	lead, ok := a.Lead()
	return ok && actor.Can(p, domain.ResourceOf([]domain.Responsible{lead}))
}

// OfOther reports whether the post is of a principal party that is not the actor's.
func (p PostOf) OfOther(actor domain.Actor) bool {
	return p.Principal && actor.System == "" && actor.PartyID != p.PartyID
}

// mayName is nil if the actor may say that a post does a task: one of the actor's
// own party, or of a party that is no principal one.
func mayName(actor domain.Actor, post PostOf) error {
	if post.OfOther(actor) {
		return domain.InvalidField("/postId", "post_of_other_party")
	}
	return nil
}
