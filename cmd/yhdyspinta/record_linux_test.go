package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// answer is what a request came to: what the product said, or that it said nothing.
type answer struct {
	status int
	code   string // of a problem
	etag   string
	body   string
	header http.Header
	took   time.Duration
	err    error // no answer
}

// ask makes a request and takes whatever comes.
func (p person) ask(method, path, ifMatch string, body any) (a answer) {
	b, err := json.Marshal(body)
	if err != nil {
		return answer{err: err}
	}
	text := io.Reader(strings.NewReader(string(b)))
	if body == nil {
		text = http.NoBody
	}
	r, err := http.NewRequest(method, p.f.base+path, text)
	if err != nil {
		return answer{err: err}
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if ifMatch != "" {
		r.Header.Set("If-Match", ifMatch)
	}
	return p.send(r)
}

// askOnce records an action under a key.
func (p person) askOnce(key string, body any) answer {
	b, err := json.Marshal(body)
	if err != nil {
		return answer{err: err}
	}
	r, err := http.NewRequest("POST", p.f.base+"/api/v1/actions", strings.NewReader(string(b)))
	if err != nil {
		return answer{err: err}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	return p.send(r)
}

// send is ask with a request that is made already.
func (p person) send(r *http.Request) (a answer) {
	began := time.Now()
	res, err := p.client.Do(r)
	if err != nil {
		return answer{err: err, took: time.Since(began)}
	}
	defer res.Body.Close()
	told, err := io.ReadAll(res.Body)
	a = answer{status: res.StatusCode, etag: res.Header.Get("ETag"), body: string(told), header: res.Header, err: err, took: time.Since(began)}
	var problem struct{ Code string }
	if res.StatusCode >= 400 && json.Unmarshal(told, &problem) == nil {
		a.code = problem.Code
	}
	return a
}

// writers record actions, each one after another, and note of each whether the product
// said that it is saved. What it answers otherwise must be 503 with words and Retry-After;
// no answer at all is what a process that was killed gives, and the proxy before it.
type writers struct {
	t       *testing.T
	titles  string // what theirs begin with; each of them is sent once
	end     context.CancelFunc
	wg      sync.WaitGroup
	acked   atomic.Int64
	refused atomic.Int64 // 503
	silent  atomic.Int64 // no answer

	mu    sync.Mutex
	saved map[string]bool // ids that were told
	wrong []string        // answers that may not be
}

const writersTitle = "Kirjoitus kesken häiriön"

func (f *fleet) writers(t *testing.T, p person, several int) *writers {
	w := &writers{t: t, titles: fmt.Sprintf("%s %x", writersTitle, time.Now().UnixNano()), saved: map[string]bool{}}
	ctx, end := context.WithCancel(t.Context())
	w.end = end
	for n := range several {
		w.wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				title := fmt.Sprintf("%s %d/%d", w.titles, n, i)
				w.note(p.ask("POST", "/api/v1/actions", "", map[string]any{
					"title": map[string]string{"fi": title, "sv": title}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}}))
				if ctx.Err() == nil && w.disturbed() {
					<-time.After(20 * time.Millisecond)
				}
			}
		})
	}
	return w
}

// disturbed reports whether something was not saved: from then on the product is not asked
// as often as the machine can.
func (w *writers) disturbed() bool { return w.refused.Load()+w.silent.Load() > 0 }

func (w *writers) note(a answer) {
	switch {
	case a.err != nil || a.status == http.StatusBadGateway:
		w.silent.Add(1)
	case a.status == http.StatusCreated:
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(a.body), &made); err != nil || made.ID == "" {
			w.fail(a)
			return
		}
		w.mu.Lock()
		w.saved[made.ID] = true
		w.mu.Unlock()
		w.acked.Add(1)
	case a.unavailable():
		w.refused.Add(1)
	default:
		w.fail(a)
	}
}

func (w *writers) fail(a answer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrong = append(w.wrong, fmt.Sprintf("%d %s", a.status, a.body))
}

// unavailable reports whether an answer says in order that it cannot be done now.
func (a answer) unavailable() bool {
	return a.status == http.StatusServiceUnavailable && a.code != "" && a.code != "internal" && a.header.Get("Retry-After") != ""
}

// more returns when that many more were saved.
func (w *writers) more(n int64, limit time.Duration) {
	w.t.Helper()
	from := w.acked.Load()
	within(w.t, limit, strconv.FormatInt(n, 10)+" more writes are saved", func() bool { return w.acked.Load() >= from+n })
}

// stop ends the writing and proves the record: of what was told to be saved nothing is
// lost, and whatever is there is there whole and once. dsn is the superuser's.
func (w *writers) stop(dsn string) proof {
	w.t.Helper()
	w.end()
	w.wg.Wait()
	for _, wrong := range w.wrong {
		w.t.Errorf("answered with %s", wrong)
	}
	p := proof{Acknowledged: len(w.saved), Refused: int(w.refused.Load()), Unanswered: int(w.silent.Load())}
	there := map[string]bool{}
	conn := connect(w.t, dsn)
	rows, err := conn.Query(w.t.Context(), "select id::text from action where title_fi like $1", writersTitle+"%")
	if err != nil {
		w.t.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		w.t.Fatal(err)
	}
	for _, id := range ids {
		there[id] = true
	}
	for id := range w.saved {
		if !there[id] {
			p.Lost++
		}
	}
	p.There = len(there)
	p.HalfDone = halfDone(w.t, conn)
	if err := conn.QueryRow(w.t.Context(), "select count(*) - count(distinct title_fi) from action where title_fi like $1", w.titles+"%").Scan(&p.Twice); err != nil {
		w.t.Fatal(err)
	}
	if p.Lost > 0 || p.HalfDone > 0 || p.Twice > 0 {
		w.t.Errorf("the record is not whole: %+v", p)
	}
	if p.Acknowledged == 0 {
		w.t.Error("nothing was written")
	}
	return p
}

// proof is what is found after something was broken.
type proof struct{ Acknowledged, Lost, There, HalfDone, Twice, Refused, Unanswered int }

func (p proof) String() string {
	return fmt.Sprintf("%d writes acknowledged, %d lost, %d there in all and audited, %d half done, %d twice; %d answered 503, %d not at all",
		p.Acknowledged, p.Lost, p.There, p.HalfDone, p.Twice, p.Refused, p.Unanswered)
}

// halfDone counts actions of the test that lack their entry or their history, entries whose
// action or values are not there, and versions that are there twice or not at all.
func halfDone(t *testing.T, conn *pgx.Conn) (n int) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `
with mine as (select id, version from action where title_fi like $1),
entries as (select e.id, e.subject_id, e.subject_version from audit_entry e where e.subject_kind = 'action' and e.at > now() - interval '1 hour' and e.origin = 'user')
select (select count(*) from mine m where (select count(*) from entries e where e.subject_id = m.id) <> m.version)
     + (select count(*) from mine m where (select count(distinct h.version) from action_history h where h.id = m.id) <> m.version
                                       or (select count(*) from action_history h where h.id = m.id and h.sys_to = 'infinity') <> 1)
     + (select count(*) from entries e where not exists (select from action a where a.id = e.subject_id))
     + (select count(*) from entries e where not exists (select from audit_value v where v.entry_id = e.id))`, writersTitle+"%").Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// status is that of an address of the instance itself, past the proxy; 0 without answer.
func (i *instance) status(path string) int {
	res, err := (&http.Client{Timeout: 10 * time.Second}).Get(i.url.String() + path)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// ready returns how long it took until the instance takes requests again.
func (i *instance) ready(t *testing.T, limit time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	within(t, limit, "ready again", func() bool { return i.status("/readyz") == http.StatusOK })
	return time.Since(began)
}

// figure reads one of the metrics at an address; -1 if it is not told.
func figure(t *testing.T, address, name string) float64 {
	t.Helper()
	res, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindSubmatch(b)
	if m == nil {
		return -1
	}
	v, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
