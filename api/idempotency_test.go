package api_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/jackc/pgx/v5"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// A creation that is sent again under the same key, as after an answer that got lost,
// stands once and answers as before; another body, another person, another day and what
// was refused are told apart.
func TestACreationSentTwiceStandsOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	goal := sharedGoal(e, f)
	const key = "\"3f1c-1\""
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	send := func(who string, in apitest.JSON, key string) apitest.Response {
		return e.As(who).Post("/actions", in, "Idempotency-Key", key)
	}
	first := send("espoo coordinator", in, key).Want(201)
	again := send("espoo coordinator", in, key).Want(201)
	if string(again.Bytes) != string(first.Bytes) || again.ETag() != first.ETag() || again.Header.Get("Location") != first.Header.Get("Location") || again.Header.Get("Idempotent-Replayed") != "true" || first.Header.Get("Idempotent-Replayed") != "" {
		t.Errorf("again: %s %v", again.Bytes, again.Header)
	}
	other := actionInput(f, "Muu", "esp_education_head", "2027-06-04")
	send("espoo coordinator", other, key).WantProblem(422, "idempotency_key_reused")
	send("espoo manager", in, key).Want(201) // their own key
	send("espoo coordinator", in, "3f1c-2").Want(201)
	send("espoo coordinator", in, "").Want(201)
	if n := *apitest.As[api.List[api.ActionSummary]](e.As("auditor").Get("/actions?count=exact").Want(200)).Total; n != 4 {
		t.Errorf("%d actions, want 4", n)
	}
	send("espoo coordinator", in, strings.Repeat("x", 300)).WantProblem(400, "idempotency_key_malformed")
	send("espoo coordinator", in, "\xff\xfe").WantProblem(400, "idempotency_key_malformed") // a header holds any bytes, the database text
	long := "/actions?x=" + strings.Repeat("0a1b2c3d4e5f6789", 500)
	e.As("espoo coordinator").Post(long, in, "Idempotency-Key", "long").WantProblem(422, "validation_failed") // and an index no long address
	send("", in, key).WantProblem(401, "sign_in_required")

	// What was refused may be put right under the same key.
	bad := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	bad["startsOn"] = "2027-12-01"
	send("espoo coordinator", bad, "3f1c-3").WantProblem(422, "validation_failed")
	send("espoo coordinator", in, "3f1c-3").Want(201)

	// A comment, whose answer got lost.
	r := ofGoal(e, "espoo coordinator", goal.ID, "")
	waiting := r[slices.IndexFunc(r, func(r api.ResponsibilityItem) bool { return r.Standing == "proposed" })]
	say := func() apitest.Response {
		return e.As("luvn coordinator").Post("/responsibilities/"+waiting.ID.String()+"/comments", apitest.JSON{"kind": "comment", "text": apitest.JSON{"fi": "Milloin?"}}, "If-Match", etag(waiting.Version), "Idempotency-Key", "c-1")
	}
	a, b := say(), say()
	if a.StatusCode != b.StatusCode || a.StatusCode/100 != 2 || string(a.Bytes) != string(b.Bytes) {
		t.Errorf("a comment sent twice: %d %d %s", a.StatusCode, b.StatusCode, b.Bytes)
	}
	if n := len(apitest.As[api.List[struct{}]](e.As("espoo coordinator").Get("/responsibilities/" + waiting.ID.String() + "/comments").Want(200)).Items); n != 1 {
		t.Errorf("the comment stands %d times", n)
	}

	e.Advance(25 * time.Hour)
	send("espoo coordinator", other, key).Want(201) // forgotten
}

// A file that is sent again under the same key, as after an answer that got lost, is attached
// or imported once; another one under it is told apart by its content.
func TestAFileSentTwiceStandsOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m := newMeeting(e, lape(e, f), "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	c := e.As("lape secretary")
	e.Exec(`insert into person (id, issuer, subject, party_id, name, email, version)
		select distinct person_id, 'https://idp.test', person_id::text, $1::uuid, 'Test Person', '', 1 from audit_entry where person_id is not null and person_id not in (select id from person)`, f.Party["espoo"])
	path := "/agenda-items/" + item.ID.String() + "/attachments?visibility=public&name=a.pdf"
	first := c.Post(path, pdf, "Idempotency-Key", "f-1").Want(201)
	again := c.Post(path, pdf, "Idempotency-Key", "f-1").Want(201)
	if string(again.Bytes) != string(first.Bytes) || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("again: %s %v", again.Bytes, again.Header)
	}
	other := strings.Replace(pdf, "1.4", "1.7", 1)
	c.Post(path, other, "Idempotency-Key", "f-1").WantProblem(422, "idempotency_key_reused")
	c.Post(path, strings.Repeat("x", 26<<20), "Idempotency-Key", "f-2").WantProblem(413, "file_too_large")
	c.Post(path, other, "Idempotency-Key", "f-2").Want(201) // what was refused may be put right
	attached := apitest.As[api.AgendaItem](c.Get("/agenda-items/" + item.ID.String()).Want(200)).Attachments
	if len(attached) != 2 {
		t.Fatalf("%d attachments, want 2", len(attached))
	}
	if got := c.Get("/attachments/" + attached[1].ID.String() + "/content").Want(200); string(got.Bytes) != other {
		t.Errorf("what was kept is %q", got.Bytes)
	}

	sharedGoal(e, f)
	file := csvFile([]string{"Suunnitelma", "Painopiste", "Tavoite"}, []string{"2025–2029", "Children_youth", "Tuotu"})
	body := importBody(file, apitest.JSON{"fingerprint": checkFile(e, "espoo coordinator", "goal", file).Fingerprint})
	imported := e.As("espoo coordinator").Post("/goal-imports", body, "Idempotency-Key", "i-1").Want(201)
	once := e.As("espoo coordinator").Post("/goal-imports", body, "Idempotency-Key", "i-1").Want(201)
	if string(once.Bytes) != string(imported.Bytes) || once.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the import again: %s %v", once.Bytes, once.Header)
	}
}

// The same creation many times at once: one is made, the others are told to wait or get
// its answer.
func TestTheSameCreationAtOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	var wg sync.WaitGroup
	statuses := make([]int, 8)
	for i := range statuses {
		wg.Go(func() {
			r := e.As("espoo coordinator").Post("/actions", in, "Idempotency-Key", "same")
			statuses[i] = r.StatusCode
			if r.StatusCode == 409 && r.Header.Get("Retry-After") == "" {
				t.Error("409 without Retry-After")
			}
		})
	}
	wg.Wait()
	for _, s := range statuses {
		if s != 201 && s != 409 {
			t.Errorf("answers %v", statuses)
		}
	}
	if n := *apitest.As[api.List[api.ActionSummary]](e.As("auditor").Get("/actions?count=exact").Want(200)).Total; n != 1 {
		t.Errorf("%d actions of one creation", n)
	}

}

// Where the server of a creation may die, and what who sends it again is told: at once,
// after some seconds, and when the first counts as abandoned. It never stands twice.
func TestWhereverACreationDiesItStandsOnce(t *testing.T) {
	t.Parallel()
	const undone = "update idempotency_key set status = null, body = null"
	for _, c := range []struct {
		name string
		died string // makes the database what it would be, of a creation that went through
		at   [3]string
		made bool // the creation that the server died of stands
	}{
		{"before the key was noted", "delete from idempotency_key", [3]string{"created", "replayed", "replayed"}, false},
		{"before the commit", undone + ", saved_at = null, saved_kind = null, saved_id = null", [3]string{"idempotency_running", "idempotency_running", "created"}, false},
		{"after the commit, before the answer was kept", undone, [3]string{"idempotency_running", "saved_already", "saved_already"}, true},
		{"after its end was noted without the answer", undone + ", over = true", [3]string{"saved_already", "saved_already", "saved_already"}, true},
		{"after the answer was kept", "select 1", [3]string{"replayed", "replayed", "replayed"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := apitest.New(t)
			f := e.Organisation()
			in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
			send := func() apitest.Response {
				return e.As("espoo coordinator").Post("/actions", in, "Idempotency-Key", "same")
			}
			made := apitest.As[api.Action](send().Want(201))
			want := 1
			if !c.made { // it cannot be taken out of the record: it is one more than stood
				want = 2
			}
			e.Exec(c.died)
			for i, wait := range []time.Duration{0, 10 * time.Second, 3 * time.Minute} {
				e.Advance(wait)
				r := send()
				switch c.at[i] {
				case "created", "replayed":
					r.Want(201)
					if replayed := r.Header.Get("Idempotent-Replayed") == "true"; replayed != (c.at[i] == "replayed") {
						t.Errorf("after %s: replayed %v, want %s", wait, replayed, c.at[i])
					}
				case "saved_already":
					p := r.WantProblem(409, "saved_already")
					if want := (api.SavedThing{Kind: domain.SubjectAction, ID: domain.AnyID{UUID: made.ID.UUID}, Path: "/actions/" + strconv.Itoa(made.No)}); p.Saved == nil || *p.Saved != want {
						t.Errorf("after %s it names %+v, want %+v", wait, p.Saved, want)
					}
					other := actionInput(f, "Muu", "esp_education_head", "2027-06-04")
					e.As("espoo coordinator").Post("/actions", other, "Idempotency-Key", "same").WantProblem(422, "idempotency_key_reused")
				default:
					r.WantProblem(409, c.at[i])
					if r.Header.Get("Retry-After") == "" {
						t.Error("without Retry-After")
					}
				}
			}
			if n := *apitest.As[api.List[api.ActionSummary]](e.As("auditor").Get("/actions?count=exact").Want(200)).Total; n != want {
				t.Errorf("%d actions, want %d", n, want)
			}
		})
	}
}

// A server that stood still for longer than its request counts as abandoned, as on a
// machine that was paused, and goes on when somebody else makes the same: it saves nothing
// any more, and what became of the key is not its to say.
func TestASlowCreationThatLostItsKeySavesNothing(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ctx := context.Background()
	db, err := pgx.Connect(ctx, e.Raw.SuperDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(ctx)
	run := func(sql string) {
		t.Helper()
		if _, err := db.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	run(`create function stand_still() returns trigger language plpgsql as $$ begin
  perform pg_advisory_xact_lock_shared(4712);
  return new;
end $$;
create trigger stand_still before insert on action for each row execute function stand_still();
select pg_advisory_lock(4712)`)
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	send := func() apitest.Response {
		return e.As("espoo coordinator").Post("/actions", in, "Idempotency-Key", "same")
	}
	answers := make(chan apitest.Response, 2)
	waiting := func(n int) {
		t.Helper()
		have := 0
		for end := time.Now().Add(8 * time.Second); have < n && time.Now().Before(end); {
			if err := db.QueryRow(ctx, "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())").Scan(&have); err != nil {
				t.Fatal(err)
			}
		}
		if have < n {
			t.Errorf("%d stand still, want %d", have, n)
		}
	}
	go func() { answers <- send() }()
	waiting(1)
	e.Advance(3 * time.Minute)
	go func() { answers <- send() }()
	waiting(2)
	run("select pg_advisory_unlock(4712)")
	var statuses []int
	for range 2 {
		r := <-answers
		if statuses = append(statuses, r.StatusCode); r.StatusCode == 409 && r.Header.Get("Retry-After") == "" {
			t.Error("who lost the key is not told when to ask again")
		}
	}
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{201, 409}) {
		t.Errorf("answered %v", statuses)
	}
	if again := send().Want(201); again.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("the answer of the one that saved is not kept")
	}
	if n := *apitest.As[api.List[api.ActionSummary]](e.As("auditor").Get("/actions?count=exact").Want(200)).Total; n != 1 {
		t.Errorf("%d actions of one creation", n)
	}
}

// Whoever goes away while PostgreSQL is still writing the commit to its disk, and sends the
// same again, does not make it twice: whether it was carried out is known when that is over.
func TestACommitThatNobodyWaitsForStandsOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	ctx := context.Background()
	disk, err := pgx.Connect(ctx, e.Raw.SuperDSN)
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close(ctx)
	run := func(sql string) {
		t.Helper()
		if _, err := disk.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	// A commit that takes for as long as the lock is held, and that nothing cancels.
	run(`create function slow_disk() returns trigger language plpgsql as $$ begin
loop
  begin
    perform pg_advisory_xact_lock_shared(4711);
    return null;
  exception when query_canceled then null;
  end;
end loop;
end $$;
create constraint trigger slow_disk after insert on action deferrable initially deferred for each row execute function slow_disk();
select pg_advisory_lock(4711)`)
	waiting := func(n int) func() {
		return func() {
			t.Helper()
			var have int
			for end := time.Now().Add(4 * time.Second); have < n && time.Now().Before(end); {
				if err := disk.QueryRow(ctx, "select count(*) from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())").Scan(&have); err != nil {
					t.Fatal(err)
				}
			}
			if have < n {
				t.Errorf("%d wait, want %d", have, n)
			}
		}
	}
	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	e.As("espoo coordinator").GiveUp(waiting(1), "/actions", in, "Idempotency-Key", "same")
	waiting(2)() // who looks whether it was carried out waits with it
	run("select pg_advisory_unlock(4711)")
	settled := false
	for end := time.Now().Add(5 * time.Second); !settled && time.Now().Before(end); { // nobody is told of that
		e.QueryRow("select count(*) = 0 from idempotency_key where status is null and not over", nil, &settled)
	}
	for range 2 {
		e.As("espoo coordinator").Post("/actions", in, "Idempotency-Key", "same").WantProblem(409, "saved_already")
	}
	if n := *apitest.As[api.List[api.ActionSummary]](e.As("auditor").Get("/actions?count=exact").Want(200)).Total; n != 1 {
		t.Errorf("%d actions of one creation", n)
	}
}

// What is kept of an answer goes no further than the answer went: an address with a
// secret is not kept at all, nothing is told again to somebody whose rights are others by
// now, and all is gone after a day although nobody sends a key any more.
func TestKeptAnswersAreNotTold(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	made := apitest.As[api.MyCalendar](e.As("espoo coordinator").Post("/me/calendar", nil, "Idempotency-Key", "k").Want(201))
	again := apitest.As[api.MyCalendar](e.As("espoo coordinator").Post("/me/calendar", nil, "Idempotency-Key", "k").Want(201))
	if made.URL == "" || again.URL == "" || made.URL == again.URL {
		t.Errorf("the address is %q, then %q", made.URL, again.URL)
	}
	kept := func() (n int) {
		e.QueryRow("select count(*) from idempotency_key", nil, &n)
		return n
	}
	if n := kept(); n != 0 {
		t.Errorf("%d answers with a secret are kept", n)
	}

	in := actionInput(f, "Kokeilu", "esp_education_head", "2027-06-04")
	e.As("espoo coordinator").Post("/actions", in, "Idempotency-Key", "k").Want(201)
	e.Name("coordinator without the right", domain.Actor{PersonID: f.Person["espoo coordinator"], PostID: f.Post["esp_coordinator"], PartyID: f.Party["espoo"]})
	e.As("coordinator without the right").Post("/actions", in, "Idempotency-Key", "k").WantProblem(422, "idempotency_key_reused")

	e.Advance(23 * time.Hour)
	for _, want := range []int{1, 0} {
		if err := e.Keys().Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := kept(); n != want {
			t.Errorf("%d answers are kept, want %d", n, want)
		}
		e.Advance(2 * time.Hour)
	}
}

// bearsRepeating are the POSTs that make no second thing of a request that is sent twice,
// though they take neither a key nor a version, with what keeps them from it.
var bearsRepeating = map[string]string{
	"checkBulkChange": changesNothing, "checkActionImport": changesNothing, "checkMeetingRecord": changesNothing, "checkGoalImport": changesNothing,
	"checkPostImport": changesNothing, "checkResponsibilityImport": changesNothing, "previewMailTemplate": changesNothing,

	"changeActions": versionsInBody, "withdrawWords": versionsInBody,

	"chooseMyLanguage": becomesSo, "chooseMyPost": becomesSo, "follow": becomesSo, "unfollow": becomesSo, "unsubscribeMail": becomesSo, "takePen": becomesSo,
	"keepPen": becomesSo, "passPen": becomesSo, "askForPen": becomesSo, "autosave": becomesSo, "moveAgendaItem": becomesSo, "nameActingChair": becomesSo,
	"nameInspector": becomesSo, "takeDecisionOffer": becomesSo, "assignPlanEvent": becomesSo, "placePlanEvent": becomesSo, "dismissDecisionOffer": becomesSo,
	"placeReferral": becomesSo, "runJob": becomesSo,

	"removeDependency": overOnce, "withdrawWord": overOnce, "revokeAPIToken": overOnce, "endForumMembership": overOnce, "endGrant": overOnce, "endHolding": overOnce,
	"endMyCalendar": overOnce, "endMyOtherSessions": overOnce, "endMySession": overOnce, "approveMeeting": overOnce, "callMeeting": overOnce, "cancelMeeting": overOnce,
	"closeMeeting": overOnce, "publishMeeting": overOnce, "reopenMeeting": overOnce, "startMeeting": overOnce, "endOutcome": overOnce, "acceptReferral": overOnce,
	"refuseReferral": overOnce, "settleReferral": overOnce, "withdrawReferral": overOnce, "withdrawReservation": overOnce, "takeInMembers": overOnce,
}

const (
	changesNothing = "changes nothing"
	versionsInBody = "the version of each thing stands in the body"
	becomesSo      = "something becomes so, and is so the second time"
	overOnce       = "a step that is taken once: the second time it is over, or the state forbids it"
)

// Whatever creates or adds something says in the contract that it takes a key; every other
// POST takes a version, or stands in bearsRepeating with the reason. A new one that does
// none of it fails here.
func TestEveryCreationTakesAKey(t *testing.T) {
	t.Parallel()
	creations, needed := 0, map[string]bool{}
	for _, op := range declared() {
		if op.Method != "POST" {
			continue
		}
		takes := func(header string) bool {
			return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "header" && p.Name == header })
		}
		keyed := takes("Idempotency-Key")
		if keyed {
			creations++
		}
		switch reason, bears := bearsRepeating[op.OperationID]; {
		case bears:
			needed[op.OperationID] = true
			if keyed || takes("If-Match") || len(reason) < 10 {
				t.Errorf("%s stands in bearsRepeating and need not, or has no reason", op.OperationID)
			}
		case op.Responses["201"] != nil && !keyed:
			t.Errorf("%s creates and takes no Idempotency-Key", op.OperationID)
		case !keyed && !takes("If-Match"):
			t.Errorf("%s takes neither a version nor an Idempotency-Key: say that it Adds, or name it in bearsRepeating with the reason", op.OperationID)
		}
	}
	if creations < 40 {
		t.Errorf("only %d creations were found", creations)
	}
	for id := range bearsRepeating {
		if !needed[id] {
			t.Errorf("bearsRepeating names %s, which is no POST", id)
		}
	}
}
