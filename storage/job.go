package storage

import (
	"fmt"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/job"
)

// JobStore keeps how the runs of background work went.
type JobStore struct{ tx Tx }

// NewJobStore binds the store to a transaction.
func NewJobStore(tx Tx) *JobStore { return &JobStore{tx} }

type jobRunRow struct {
	ID      domain.AnyID
	Kind    job.Kind
	JobNo   int64
	Attempt int
	BeganAt time.Time
	EndedAt *time.Time
	Outcome job.Outcome
	Cause   job.Cause
	Detail  string
}

func (jobRunRow) TableName() string { return "job_run" }

// Begin implements job.Store.
func (s *JobStore) Begin(r job.Run) error {
	row := jobRunRow{r.ID, r.Kind, r.No, r.Attempt, r.BeganAt, timeOrNil(r.EndedAt), r.Outcome, r.Cause, r.Detail}
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("note that a job runs: %w", err)
	}
	return nil
}

// End implements job.Store.
func (s *JobStore) End(r job.Run) error {
	err := s.tx.Exec("update job_run set ended_at = ?, outcome = ?, cause = ?, detail = ? where id = ?", r.EndedAt, r.Outcome, r.Cause, r.Detail, r.ID).Error
	if err != nil {
		return fmt.Errorf("note how a job went: %w", err)
	}
	// Skipping what another instance forgets at the same time.
	for _, keep := range []struct {
		outcomes []job.Outcome
		n        int
	}{{[]job.Outcome{job.Done}, 1}, {[]job.Outcome{job.Failed, job.Running}, job.KeptFailures}} {
		err := s.tx.Exec(`
delete from job_run where id in (select id from job_run where kind = ? and outcome in ? and id not in (
  select id from job_run where kind = ? and outcome in ? order by began_at desc, id desc limit ?) for update skip locked)`,
			r.Kind, keep.outcomes, r.Kind, keep.outcomes, keep.n).Error
		if err != nil {
			return fmt.Errorf("forget how earlier jobs went: %w", err)
		}
	}
	return nil
}

// Runs implements job.Store.
func (s *JobStore) Runs() ([]job.Run, error) {
	rows, err := query[jobRunRow](s.tx, "select id, kind, job_no, attempt, began_at, ended_at, outcome, cause, detail from job_run order by began_at desc, id desc limit 500")
	if err != nil {
		return nil, fmt.Errorf("list how jobs went: %w", err)
	}
	out := make([]job.Run, len(rows))
	for i, r := range rows {
		out[i] = job.Run{ID: r.ID, Kind: r.Kind, No: r.JobNo, Attempt: r.Attempt, BeganAt: r.BeganAt.UTC(), EndedAt: timeOf(r.EndedAt), Outcome: r.Outcome, Cause: r.Cause, Detail: r.Detail}
	}
	return out, nil
}

// Queued implements job.Store. The queue goes by the database's clock: what it says
// is told as how long it is until then.
func (s *JobStore) Queued() (map[job.Kind]job.Queued, error) {
	rows, err := query[struct {
		Kind job.Kind
		Jobs int
		Secs float64
	}](s.tx, `
select kind, count(*) as jobs, extract(epoch from min(scheduled_at) - clock_timestamp())::float8 as secs
from `+RiverSchema+`.river_job where state in ('available', 'pending', 'retryable', 'scheduled') group by kind`)
	if err != nil {
		return nil, fmt.Errorf("look into the work queue: %w", err)
	}
	out := map[job.Kind]job.Queued{}
	for _, r := range rows {
		out[r.Kind] = job.Queued{Jobs: r.Jobs, In: time.Duration(r.Secs * float64(time.Second))}
	}
	return out, nil
}

// Things implements job.Store.
func (s *JobStore) Things(now time.Time) (map[job.Kind]job.Things, error) {
	type row struct {
		Kind    job.Kind
		Waiting int
		Oldest  *time.Time
		NextAt  *time.Time
		Bad     int
	}
	rows, err := query[row](s.tx, `
select 'outbox_drain' as kind, count(*) as waiting, min(queued_at) as oldest, null::timestamptz as next_at, 0 as bad from outbox
union all
select 'mail_deliver', count(*), min(queued_at), min(next_try_at), (select count(*) from mail where state = 'failed' and settled_at > @since) from mail where settled_at is null
union all
select 'decision_feed_fetch', count(*) filter (where coalesce(x.next_at, @now) <= @now), null, min(x.next_at), count(*) filter (where x.failure <> '')
from decision_feed f left join decision_fetch x on x.feed_id = f.id and x.url = f.url where f.active`,
		map[string]any{"now": now, "since": now.AddDate(0, 0, -job.BadDays)})
	if err != nil {
		return nil, fmt.Errorf("count what jobs work on: %w", err)
	}
	out := map[job.Kind]job.Things{}
	for _, r := range rows {
		out[r.Kind] = job.Things{Waiting: r.Waiting, Oldest: timeOf(r.Oldest), NextAt: timeOf(r.NextAt), Bad: r.Bad}
	}
	return out, nil
}

// HurryMails implements job.Store.
func (s *JobStore) HurryMails(now time.Time) (int, error) {
	res := s.tx.Exec("update mail set next_try_at = ? where settled_at is null and state = 'queued' and next_try_at > ?", now, now)
	if res.Error != nil {
		return 0, fmt.Errorf("make mails due: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}
