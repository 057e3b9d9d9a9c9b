package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

type taskRow struct {
	ID           domain.TaskID
	ActionID     domain.ActionID
	Kind         action.TaskKind
	TitleFi      string
	TitleSv      string
	TitleEn      string
	DueOn        domain.Date
	DuePrecision domain.Precision
	DueLastOn    domain.Date
	PostID       *domain.PostID
	DoneOn       domain.Date
	WithdrawnOn  domain.Date
	Version      int
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
}

func (taskRow) TableName() string { return "action_task" }

func rowOfTask(t action.Task) taskRow {
	return taskRow{t.ID, t.ActionID, t.Kind, t.Title.FI, t.Title.SV, t.Title.EN, t.DueOn, t.DuePrecision, t.DueLast(), t.PostID.Ptr(),
		t.DoneOn, t.WithdrawnOn, t.Version, t.CreatedAt, t.UpdatedAt}
}

func (r taskRow) entity() action.Task {
	return action.Task{ID: r.ID, ActionID: r.ActionID, Kind: r.Kind, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn},
		DueOn: r.DueOn, DuePrecision: r.DuePrecision, PostID: valueOf(r.PostID), DoneOn: r.DoneOn, WithdrawnOn: r.WithdrawnOn,
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// TaskStore keeps the tasks of actions.
type TaskStore struct{ tx Tx }

// NewTaskStore binds the store to a transaction.
func NewTaskStore(tx Tx) *TaskStore { return &TaskStore{tx} }

// Get implements action.TaskStore.
func (s *TaskStore) Get(id domain.TaskID) (action.Task, error) {
	tasks, err := s.tasks("t.id = ?", id)
	if err != nil || len(tasks) > 0 {
		return append(tasks, action.Task{})[0], err
	}
	return action.Task{}, domain.NotFound("task")
}

// Of implements action.TaskStore.
func (s *TaskStore) Of(id domain.ActionID) ([]action.Task, action.TaskFigures, error) {
	tasks, err := s.tasks("t.action_id = ?", id)
	return tasks, action.FiguresOf(tasks, s.tx.day), err
}

func (s *TaskStore) tasks(cond string, args ...any) ([]action.Task, error) {
	rows, err := query[struct {
		Row       taskRow `gorm:"embedded"`
		PostFi    string
		PostSv    string
		PostEn    string
		PartyID   domain.PartyID
		UnitID    domain.UnitID
		Principal bool
	}](s.tx, `
select t.*, coalesce(p.title_fi, '') as post_fi, coalesce(p.title_sv, '') as post_sv, coalesce(p.title_en, '') as post_en, p.party_id, p.unit_id, coalesce(pa.principal, false) as principal
from action_task t left join post p on p.id = t.post_id left join party pa on pa.id = p.party_id
where `+cond+` order by t.withdrawn_on is not null, t.due_last_on, t.created_at, t.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("load tasks: %w", err)
	}
	out := make([]action.Task, len(rows))
	for i, r := range rows {
		out[i] = r.Row.entity()
		out[i].Post = action.PostOf{Title: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, PartyID: r.PartyID, UnitID: r.UnitID, Principal: r.Principal}
	}
	return out, nil
}

// Milestones implements action.TaskStore.
func (s *TaskStore) Milestones(ids []domain.ActionID) (map[domain.ActionID]action.Milestones, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	of := make([]domain.AnyID, len(ids))
	for i, id := range ids {
		of[i] = domain.AnyID{UUID: id.UUID}
	}
	rows, err := query[struct {
		Row   taskRow `gorm:"embedded"`
		Total int
	}](s.tx, `
select * from (
  select t.*, count(*) over (partition by t.action_id) as total,
         row_number() over (partition by t.action_id order by t.done_on is not null, t.due_last_on, t.created_at, t.id) as place
  from action_task t where t.action_id = any(?) and t.kind = ? and t.withdrawn_on is null) t
where t.place <= ? order by t.action_id, t.due_last_on, t.created_at, t.id`, asOne(of), action.KindMilestone, action.MaxMilestones)
	if err != nil {
		return nil, fmt.Errorf("load the milestones of actions: %w", err)
	}
	out := make(map[domain.ActionID]action.Milestones)
	for _, r := range rows {
		m := out[r.Row.ActionID]
		m.Items = append(m.Items, r.Row.entity())
		m.More = r.Total - len(m.Items)
		out[r.Row.ActionID] = m
	}
	return out, nil
}

// Post implements action.TaskStore.
func (s *TaskStore) Post(id domain.PostID) (action.PostOf, error) {
	if id.IsZero() {
		return action.PostOf{}, nil
	}
	rows, err := query[struct {
		TitleFi   string
		TitleSv   string
		TitleEn   string
		PartyID   domain.PartyID
		UnitID    domain.UnitID
		Principal bool
	}](s.tx, `select p.title_fi, p.title_sv, p.title_en, p.party_id, p.unit_id, pa.principal from post p join party pa on pa.id = p.party_id
where p.id = ? and (p.valid_to is null or p.valid_to >= ?)`, id, s.tx.day)
	if err != nil {
		return action.PostOf{}, fmt.Errorf("load the post of a task: %w", err)
	}
	if len(rows) == 0 {
		return action.PostOf{}, domain.InvalidField("/postId", "unknown")
	}
	r := rows[0]
	return action.PostOf{Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, PartyID: r.PartyID, UnitID: r.UnitID, Principal: r.Principal}, nil
}

// Insert implements action.TaskStore.
func (s *TaskStore) Insert(t action.Task) error {
	row := rowOfTask(t)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a task: %w", err)
	}
	return s.keepNext(t.ActionID)
}

// Update implements action.TaskStore.
func (s *TaskStore) Update(t action.Task) (action.Task, error) {
	row := rowOfTask(t)
	row.Version++
	res := s.tx.Model(&taskRow{}).Where("id = ? and version = ?", t.ID, t.Version).Select("kind", "title_fi", "title_sv", "title_en", "due_on", "due_precision",
		"due_last_on", "post_id", "done_on", "withdrawn_on", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return t, fmt.Errorf("update a task: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return t, fmt.Errorf("update a task: version %d of %s is gone although its action is locked", t.Version, t.ID)
	}
	t.Version = row.Version
	return t, s.keepNext(t.ActionID)
}

// nextTaskSQL is what task_last_on of action a is a copy of.
const nextTaskSQL = "(select min(t.due_last_on) from action_task t where t.action_id = a.id and t.done_on is null and t.withdrawn_on is null)"

// keepNext keeps the copy on the action's row what its tasks say.
func (s *TaskStore) keepNext(id domain.ActionID) error {
	err := s.tx.Exec("update action a set task_last_on = "+nextTaskSQL+" where a.id = ? and a.task_last_on is distinct from "+nextTaskSQL, id).Error
	if err != nil {
		return fmt.Errorf("keep the next task of an action: %w", err)
	}
	return nil
}

// taskFigures loads what lists and conditions need of the tasks of actions, in one query:
// the counts, and the open one that is due first, milestones before tasks of the same day.
// action.FiguresOf counts likewise.
func (tx Tx) taskFigures(ids []domain.AnyID) (map[domain.ActionID]action.TaskFigures, error) {
	rows, err := query[struct {
		Row       taskRow `gorm:"embedded"`
		Total     int
		Done      int
		Late      int
		PartyID   domain.PartyID
		Principal bool
	}](tx, `
select distinct on (t.action_id) t.*, count(*) over actions as total, count(t.done_on) over actions as done,
       count(*) filter (where t.done_on is null and t.due_last_on < ?) over actions as late,
       p.party_id, coalesce(pa.principal, false) as principal
from action_task t left join post p on p.id = t.post_id left join party pa on pa.id = p.party_id where t.action_id = any(?) and t.withdrawn_on is null
window actions as (partition by t.action_id)
order by t.action_id, t.done_on is not null, t.due_last_on, t.kind, t.created_at, t.id`, tx.day, asOne(ids))
	if err != nil {
		return nil, fmt.Errorf("load the tasks of actions: %w", err)
	}
	out := make(map[domain.ActionID]action.TaskFigures, len(rows))
	for _, r := range rows {
		f := action.TaskFigures{Total: r.Total, Done: r.Done, Late: r.Late}
		if t := r.Row.entity(); t.Open() {
			t.Post.PartyID, t.Post.Principal = r.PartyID, r.Principal
			f.Next = t
		}
		out[r.Row.ActionID] = f
	}
	return out, nil
}
