package api_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

func taskInput(title, due string, more ...apitest.JSON) apitest.JSON {
	in := apitest.JSON{"kind": "task", "title": apitest.JSON{"fi": title, "sv": title + " sv"}, "dueOn": due}
	for _, m := range more {
		for k, v := range m {
			in[k] = v
		}
	}
	return in
}

func addTask(e *apitest.Env, as string, a api.Action, in apitest.JSON) api.Task {
	e.T.Helper()
	return apitest.As[api.Task](e.As(as).Post("/actions/"+a.ID.String()+"/tasks", in).Want(201))
}

func taskTag(t api.Task) string { return fmt.Sprintf("%q", fmt.Sprint(t.Version)) }

// sharedAction is led by Espoo's education head and shared by LUVN's family head,
// and in progress.
func sharedAction(e *apitest.Env, f *apitest.Fixture, title, due string) api.Action {
	e.T.Helper()
	in := actionInput(f, title, "esp_education_head", due)
	in["responsibilities"] = append(in["responsibilities"].([]apitest.JSON), apitest.JSON{"postId": f.Post["luvn_family_head"], "part": "shared"})
	a := createAction(e, "espoo manager", in)
	return apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "in_progress"}).Want(200))
}

// why is the condition of an action with what it says of it.
func why(a api.ActionSummary) string {
	x := a.Condition.Explanation
	s := string(a.Condition.Value) + " " + x.Code + " " + x.On
	if x.Task != nil {
		s += " " + x.Task.Title.FI
	}
	return s
}

// Topology: action 1 public, led by Espoo and shared by LUVN, with a task of each
// party, one of a partner's post and one of nobody's; 2 internal, with a task.
// Whoever may read an action reads its tasks; each party changes its own.
func TestTasksVisibleSetAndPermissions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	one := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	hidden := actionInput(f, "Sisäinen", "luvn_family_head", "")
	hidden["visibility"], hidden["visibilityGround"] = "internal", "keskeneräinen"
	two := createAction(e, "luvn manager", hidden)
	post := func(key string) apitest.JSON { return apitest.JSON{"postId": f.Post[key]} }
	addTask(e, "espoo manager", one, taskInput("Espoon", "2027-01-31", post("esp_youth_head")))
	addTask(e, "luvn manager", one, taskInput("LUVN:n", "2027-02-28", post("luvn_older_head")))
	addTask(e, "luvn coordinator", one, taskInput("Kumppanin", "2027-03-31", post("hus_liaison")))
	addTask(e, "espoo coordinator", one, taskInput("Kenen?", "2027-03-31", apitest.JSON{"kind": "milestone", "duePrecision": "quarter"}))
	secret := addTask(e, "luvn manager", two, taskInput("Salainen", "2027-01-31"))

	done, gone := string(domain.TaskComplete), string(domain.TaskWithdraw)
	all := string(domain.TaskEdit) + done + gone
	for _, tt := range []struct {
		as   string
		want [4]string // permissions on the four, in the order of due dates
	}{
		{"", [4]string{}}, {"auditor", [4]string{}}, {"espoo administrator", [4]string{}},
		{"espoo manager", [4]string{all, gone, all, all}},
		{"espoo coordinator", [4]string{all, gone, all, all}},
		{"espoo reader", [4]string{done, "", "", ""}}, // the youth head, who does the first
		{"luvn manager", [4]string{"", all, all, all}},
		{"luvn coordinator", [4]string{"", all, all, all}},
		{"luvn reader", [4]string{"", done, "", ""}}, // the head of older people's services, who does the second
	} {
		tasks := apitest.As[api.Action](e.As(tt.as).Get("/actions/1").Want(200)).Tasks
		var titles []string
		for i, task := range tasks {
			titles = append(titles, task.Title.FI)
			var got strings.Builder
			for _, p := range task.Permissions {
				got.WriteString(string(p))
			}
			if got.String() != tt.want[i] {
				t.Errorf("%q has %q on %s, want %q", tt.as, got.String(), task.Title.FI, tt.want[i])
			}
		}
		if !slices.Equal(titles, []string{"Espoon", "LUVN:n", "Kenen?", "Kumppanin"}) && !slices.Equal(titles, []string{"Espoon", "LUVN:n", "Kumppanin", "Kenen?"}) {
			t.Errorf("%q reads %v", tt.as, titles)
		}
		status := 200
		if tt.as == "" {
			status = 404
		}
		e.As(tt.as).Get("/tasks/" + secret.ID.String()).Want(status)
	}
	e.As("").Get("/tasks/"+secret.ID.String()).WantProblem(404, "task_not_found")
	e.As("").Get("/tasks/"+domain.TaskID{}.String()).WantProblem(404, "task_not_found")
	if got := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).Tasks[0]; got.Post == nil || got.Post.Title.FI != "esp_youth_head" || got.Condition != action.CondOnTime {
		t.Errorf("the public reads %+v", got)
	}

	tasks := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).Tasks
	mine, theirs := tasks[0], tasks[1]
	e.As("").Post("/actions/"+one.ID.String()+"/tasks", taskInput("x", "2027-01-01")).WantProblem(401, "sign_in_required")
	e.As("").Post("/actions/"+two.ID.String()+"/tasks", taskInput("x", "2027-01-01")).WantProblem(401, "sign_in_required")
	e.As("espoo manager").Post("/actions/"+two.ID.String()+"/tasks", taskInput("x", "2027-01-01")).WantProblem(403, "forbidden")
	e.As("espoo reader").Post("/actions/"+one.ID.String()+"/tasks", taskInput("x", "2027-01-01")).WantProblem(403, "forbidden")
	e.As("").Post("/tasks/"+secret.ID.String()+"/completion", apitest.JSON{}, "If-Match", `"1"`).WantProblem(401, "sign_in_required")
	e.As("espoo manager").Post("/tasks/"+domain.TaskID{}.String()+"/completion", apitest.JSON{}, "If-Match", `"1"`).WantProblem(404, "task_not_found")
	e.As("espoo manager").Post("/actions/"+domain.ActionID{}.String()+"/tasks", taskInput("x", "2027-01-01")).WantProblem(404, "action_not_found")
	e.As("").Post("/tasks/"+mine.ID.String()+"/completion", apitest.JSON{}, "If-Match", `"1"`).WantProblem(401, "sign_in_required")
	for path, body := range map[string]apitest.JSON{"completion": {}, "reopening": {}, "withdrawal": {"reason": "x"}} {
		e.As("luvn manager").Post("/tasks/"+mine.ID.String()+"/"+path, body, "If-Match", `"1"`).WantProblem(403, "forbidden")
		if path != "withdrawal" {
			e.As("espoo manager").Post("/tasks/"+theirs.ID.String()+"/"+path, body, "If-Match", `"1"`).WantProblem(403, "forbidden")
		}
	}
	e.As("espoo manager").Put("/tasks/"+theirs.ID.String(), `"1"`, taskInput("x", "2027-02-28")).WantProblem(403, "forbidden")
	e.As("espoo reader").Put("/tasks/"+mine.ID.String(), `"1"`, taskInput("x", "2027-01-31")).WantProblem(403, "forbidden")

	// Nothing is given to a party without its word, nor taken.
	p := e.As("espoo manager").Post("/actions/"+one.ID.String()+"/tasks", taskInput("x", "2027-01-01", post("luvn_family_head"))).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/postId" || p.Errors[0].Code != "post_of_other_party" {
		t.Errorf("%+v", p.Errors)
	}
	p = e.As("espoo manager").Put("/tasks/"+mine.ID.String(), `"1"`, taskInput("Espoon", "2027-01-31", post("luvn_family_head"))).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Code != "post_of_other_party" {
		t.Errorf("%+v", p.Errors)
	}
	// Who leads takes it off with a reason; only its own party brings it back.
	theirPath := "/tasks/" + theirs.ID.String()
	p = e.As("espoo manager").Post(theirPath+"/withdrawal", apitest.JSON{"reason": " "}, "If-Match", `"1"`).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason" {
		t.Errorf("%+v", p.Errors)
	}
	if got := apitest.As[api.Task](e.As("espoo manager").Post(theirPath+"/withdrawal", apitest.JSON{"reason": "Ei kuulu tähän"}, "If-Match", `"1"`).Want(200)); got.WithdrawnOn.IsZero() || slices.Contains(got.Permissions, domain.TaskEdit) {
		t.Errorf("withdrawn by who leads: %+v", got)
	}
	e.As("espoo manager").Post(theirPath+"/reopening", apitest.JSON{}, "If-Match", `"2"`).WantProblem(403, "forbidden")
	e.As("luvn manager").Post(theirPath+"/reopening", apitest.JSON{}, "If-Match", `"2"`).Want(200)
	e.As("luvn reader").Post(theirPath+"/completion", apitest.JSON{}, "If-Match", `"3"`).Want(200)
}

// An open task makes its action late or due soon in every list and figure, by its
// name; a task that is done or withdrawn does not, and what is reopened does again.
// What all tasks come to is counted for lists by the database and for one action from its
// tasks: both say the same, also of what is due on one day.
func TestTaskFiguresAreTheSameInListAndAction(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	same := func(next string) {
		t.Helper()
		one := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).TaskFigures
		list := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions").Want(200)).Items[0].TaskFigures
		if !reflect.DeepEqual(one, list) || one.Next == nil || one.Next.Title.FI != next {
			t.Errorf("the action says %+v, the list %+v, want %s next", one, list, next)
		}
	}
	add := func(title, due string, more apitest.JSON) api.Task {
		return addTask(e, "espoo manager", a, taskInput(title, due, more))
	}
	add("Joulukuussa", "2026-12-01", apitest.JSON{"duePrecision": "month"})
	same("Joulukuussa")
	second := add("Vuoden lopussa", "2026-12-31", nil)
	same("Joulukuussa")
	add("Virstanpylväs", "2026-12-31", apitest.JSON{"kind": "milestone"})
	same("Virstanpylväs")
	first := add("Ensin", "2026-11-24", nil)
	same("Ensin")
	e.Advance(48 * time.Hour)
	same("Ensin")
	e.As("espoo manager").Post("/tasks/"+first.ID.String()+"/completion", apitest.JSON{"doneOn": "2026-11-24"}, "If-Match", taskTag(first)).Want(200)
	e.As("espoo manager").Post("/tasks/"+second.ID.String()+"/withdrawal", apitest.JSON{"reason": "Ei tarvita"}, "If-Match", taskTag(second)).Want(200)
	same("Virstanpylväs")
}

func TestTasksMakeTheirActionLate(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	version := a.Version
	get := func(query string) api.Action {
		t.Helper()
		return apitest.As[api.Action](e.As("").Get("/actions/1" + query).Want(200))
	}
	expect := func(when, want string, total, done, late int) {
		t.Helper()
		got := get("")
		list := apitest.As[api.List[api.ActionSummary]](e.As("").Get("/actions").Want(200)).Items[0]
		if why(got.ActionSummary) != want || why(list) != want {
			t.Errorf("%s: %q, in the list %q, want %q", when, why(got.ActionSummary), why(list), want)
		}
		if x := got.TaskFigures; x.Total != total || x.Done != done || x.Late != late || !reflect.DeepEqual(x, list.TaskFigures) {
			t.Errorf("%s: %+v, in the list %+v", when, x, list.TaskFigures)
		}
		value := strings.Fields(want)[0]
		for _, c := range action.Conditions {
			wanted := []int{}
			if string(c) == value {
				wanted = []int{1}
			}
			if got := listed(e, "", "condition="+string(c)); !slices.Equal(got, wanted) && len(got)+len(wanted) > 0 {
				t.Errorf("%s: the filter %s lists %v", when, c, got)
			}
		}
		o := apitest.As[struct {
			Counts struct{ ByCondition map[string]int }
		}](e.As("").Get("/overview").Want(200))
		if o.Counts.ByCondition[value] != 1 {
			t.Errorf("%s: the overview counts %v", when, o.Counts.ByCondition)
		}
		if got.Version != version {
			t.Errorf("%s: version %d: what the tasks say is no change of the action", when, got.Version)
		}
	}
	expect("without tasks", "on_time on_time 2027-06-04", 0, 0, 0)
	pilot := addTask(e, "espoo manager", a, taskInput("Kokeilu kahdessa koulussa", "2026-12-31", apitest.JSON{"kind": "milestone", "duePrecision": "month"}))
	if pilot.DueOn.String() != "2026-12-01" || pilot.Condition != action.CondOnTime {
		t.Errorf("%+v", pilot)
	}
	expect("a milestone to come", "on_time on_time 2027-06-04", 1, 0, 0)
	form := addTask(e, "luvn manager", a, taskInput("Lomake", "2026-11-30", apitest.JSON{"postId": f.Post["luvn_family_head"]}))
	expect("a task soon", "due_soon task_soon 2026-11-30 Lomake", 2, 0, 0)
	e.Advance(8 * 24 * time.Hour) // 1 December
	expect("the task is late", "late task_late 2026-11-30 Lomake", 2, 0, 1)
	if work := apitest.As[api.MyWork](e.As("espoo manager").Get("/me/work").Want(200)); len(work.Waiting) != 1 || !work.Waiting[0].OfOther || work.Waiting[0].Reason != "late" || work.Waiting[0].Days != 1 || work.Waiting[0].Task == nil || work.Waiting[0].Task.ID != form.ID {
		t.Errorf("waiting: %+v", work.Waiting)
	}
	work := apitest.As[api.MyWork](e.As("luvn manager").Get("/me/work").Want(200))
	work.Waiting = slices.DeleteFunc(work.Waiting, func(i api.WorkItem) bool { return i.Reason == "acceptance" }) // of its parts
	if len(work.Waiting) != 1 || work.Waiting[0].OfOther || work.Waiting[0].Task == nil || len(work.Waiting[0].Tasks) != 1 {
		t.Errorf("waiting for whose post does it: %+v", work.Waiting)
	}
	if got := get("?asOf=2026-11-30"); why(got.ActionSummary) != "due_soon task_soon 2026-11-30 Lomake" || len(got.Tasks) != 2 {
		t.Errorf("the day before: %s", why(got.ActionSummary))
	}

	form = apitest.As[api.Task](e.As("luvn manager").Post("/tasks/"+form.ID.String()+"/completion", apitest.JSON{"doneOn": "2026-11-29"}, "If-Match", taskTag(form)).Want(200))
	if form.DoneOn.String() != "2026-11-29" || form.Version != 2 || form.Condition != action.CondDone {
		t.Errorf("%+v", form)
	}
	expect("the task is done", "due_soon milestone_soon 2026-12-31 Kokeilu kahdessa koulussa", 2, 1, 0)
	form = apitest.As[api.Task](e.As("luvn manager").Post("/tasks/"+form.ID.String()+"/reopening", apitest.JSON{}, "If-Match", taskTag(form)).Want(200))
	if !form.DoneOn.IsZero() || form.Version != 3 || form.Condition != action.CondLate {
		t.Errorf("%+v", form)
	}
	expect("reopened", "late task_late 2026-11-30 Lomake", 2, 0, 1)
	form = apitest.As[api.Task](e.As("luvn manager").Post("/tasks/"+form.ID.String()+"/withdrawal", apitest.JSON{"reason": "Lomaketta ei tarvita"}, "If-Match", taskTag(form)).Want(200))
	if form.WithdrawnOn.String() != "2026-12-01" || form.Condition != action.CondCancelled {
		t.Errorf("%+v", form)
	}
	expect("withdrawn", "due_soon milestone_soon 2026-12-31 Kokeilu kahdessa koulussa", 1, 0, 0)
	if tasks := get("").Tasks; len(tasks) != 2 || tasks[1].Title.FI != "Lomake" || tasks[1].WithdrawnOn.IsZero() {
		t.Errorf("withdrawn tasks stay, last: %+v", tasks)
	}
	form = apitest.As[api.Task](e.As("luvn manager").Post("/tasks/"+form.ID.String()+"/reopening", apitest.JSON{"reason": "Tarvitaan sittenkin"}, "If-Match", taskTag(form)).Want(200))
	expect("brought back", "late task_late 2026-11-30 Lomake", 2, 0, 1)

	// Moved with a reason, which the log has under the action.
	moved := taskInput("Lomake", "2027-02-15", apitest.JSON{"postId": f.Post["luvn_family_head"]})
	p := e.As("luvn manager").Put("/tasks/"+form.ID.String(), taskTag(form), moved).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason" || p.Errors[0].Code != "due_date_needs_reason" {
		t.Errorf("%+v", p.Errors)
	}
	moved["reason"] = "Koulutus siirtyi"
	form = apitest.As[api.Task](e.As("luvn manager").Put("/tasks/"+form.ID.String(), taskTag(form), moved).Want(200))
	expect("moved", "due_soon milestone_soon 2026-12-31 Kokeilu kahdessa koulussa", 2, 0, 0)
	var permission, reason, post string
	var changes []domain.Change
	e.QueryRow(`select e.permission, e.reason, p.title_fi, v.changes from audit_entry e join audit_value v on v.entry_id = e.id join post p on p.id = e.post_id
where e.subject_kind = 'action_task' and e.subject_id = $1 and e.parent_kind = 'action' and e.parent_id = $2 and e.subject_version = $3`,
		[]any{form.ID, a.ID, form.Version}, &permission, &reason, &post, &changes)
	if permission != "task.edit" || reason != "Koulutus siirtyi" || post != "luvn_family_head" || len(changes) != 1 || changes[0].Field != "dueOn" ||
		changes[0].Old != "2026-11-30" || changes[0].New != "2027-02-15" {
		t.Errorf("entry: %s in %s because %q: %+v", permission, post, reason, changes)
	}
	entries := apitest.As[api.List[api.AuditEntry]](e.As("espoo reader").Get("/audit/entries?subjectKind=action&subjectId=" + a.ID.String()).Want(200)).Items
	var told []string
	for _, entry := range entries {
		told = append(told, string(entry.Permission)+" "+entry.Subject.Title.FI)
	}
	if want := []string{"task.edit Lomake", "task.complete Lomake", "task.withdraw Lomake", "task.complete Lomake", "task.complete Lomake", "task.edit Lomake", "task.edit Kokeilu kahdessa koulussa"}; !slices.Equal(told[:min(len(told), 7)], want) {
		t.Errorf("the log of the action: %v", told)
	}
	for _, entry := range apitest.As[api.List[api.AuditEntry]](e.As("").Get("/audit/entries?subjectKind=action&subjectId=" + a.ID.String()).Want(200)).Items {
		if entry.Subject.Kind != domain.SubjectAction {
			t.Errorf("the public reads in the log of %s", entry.Subject.Kind)
		}
	}

	// The past is as it was, whatever became of the task since.
	e.Advance(60 * 24 * time.Hour) // 30 January
	if got := get("?asOf=2026-12-01"); got.TaskFigures.Total != 2 || why(got.ActionSummary) != "due_soon milestone_soon 2026-12-31 Kokeilu kahdessa koulussa" {
		t.Errorf("on 1 December: %s, %+v", why(got.ActionSummary), got.TaskFigures)
	}
	if got := get(""); why(got.ActionSummary) != "late milestone_late 2026-12-31 Kokeilu kahdessa koulussa" {
		t.Errorf("in January: %s", why(got.ActionSummary))
	}
	if got := listed(e, "", "condition=late&asOf=2026-11-30"); len(got) != 0 {
		t.Errorf("late on 30 November: %v", got)
	}

	// Nothing is late of what is paused or over, and nothing is added to what is over.
	a = get("")
	a = apitest.As[api.Action](report(e, "espoo manager", a, apitest.JSON{"status": "done", "result": apitest.JSON{"fi": "Malli"}}).Want(200))
	if a.Condition.Value != action.CondDone || a.Tasks[0].Condition != action.CondCancelled {
		t.Errorf("done: %s, its task %s", a.Condition.Value, a.Tasks[0].Condition)
	}
	if p := e.As("espoo manager").Post("/actions/"+a.ID.String()+"/tasks", taskInput("x", "2027-03-01")).WantProblem(409, "action_over"); p.State != "done" {
		t.Errorf("state %q", p.State)
	}
}

// Two who change the same version: one is taken, the other is told what is stored
// and who changed it.
func TestTaskConcurrentChanges(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	task := addTask(e, "espoo manager", a, taskInput("Lomake", "2026-12-15"))
	path := "/tasks/" + task.ID.String()
	e.As("espoo manager").Post(path+"/completion", apitest.JSON{}).WantProblem(428, "if_match_required")
	e.As("espoo manager").Put(path, "", taskInput("x", "2026-12-15")).WantProblem(428, "if_match_required")

	var wg sync.WaitGroup
	answers := make([]apitest.Response, 2)
	for i, who := range []string{"espoo manager", "luvn manager"} {
		wg.Go(func() {
			answers[i] = e.As(who).Post(path+"/completion", apitest.JSON{}, "If-Match", taskTag(task))
		})
	}
	wg.Wait()
	lost := slices.IndexFunc(answers, func(r apitest.Response) bool { return r.StatusCode == 412 })
	if lost < 0 || answers[1-lost].StatusCode != 200 {
		t.Fatalf("%d and %d", answers[0].StatusCode, answers[1].StatusCode)
	}
	p := answers[lost].WantProblem(412, "stale_version")
	if current, ok := p.Current.(map[string]any); !ok || current["version"] != 2.0 || current["doneOn"] != "2026-11-23" || p.Changed == nil {
		t.Errorf("current %v, changed %+v", p.Current, p.Changed)
	}
	e.As("espoo manager").Post(path+"/completion", apitest.JSON{}, "If-Match", `"2"`).WantProblem(409, "task_done")
	var lateOn *string
	e.QueryRow("select task_last_on::text from action where id = $1", []any{a.ID}, &lateOn)
	if lateOn != nil {
		t.Errorf("an action whose only task is done still waits for one on %s", *lateOn)
	}
	e.As("luvn manager").Post(path+"/reopening", apitest.JSON{}, "If-Match", `"2"`).Want(200)
	e.As("luvn manager").Post(path+"/reopening", apitest.JSON{}, "If-Match", `"3"`).WantProblem(409, "task_open")
}

// What is wrong with a task is said at its field; an action has at most a hundred.
func TestTaskBadInput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	a := sharedAction(e, f, "Tiedonsiirto", "2027-06-04")
	path := "/actions/" + a.ID.String() + "/tasks"
	var unknown domain.PostID
	unknown.SetNew(domain.UUIDv7)
	for _, tt := range []struct {
		in   apitest.JSON
		want string
	}{
		{taskInput("x", "2027-01-01", apitest.JSON{"title": apitest.JSON{"fi": " "}}), "/title/fi required"},
		{apitest.JSON{"kind": "task", "title": apitest.JSON{"fi": "x"}}, "/dueOn required"},
		{taskInput("x", ""), "/dueOn date_malformed"},
		{taskInput("x", "2027-02-29"), "/dueOn date_malformed"},
		{taskInput("x", "2026-11-22"), "/dueOn in_past"},
		{taskInput("x", "2027-01-01", apitest.JSON{"kind": "phase"}), "/kind not_allowed"},
		{taskInput("x", "2027-01-01", apitest.JSON{"duePrecision": "week"}), "/duePrecision not_allowed"},
		{taskInput("x", "2027-01-01", apitest.JSON{"postId": unknown}), "/postId unknown"},
	} {
		p := e.As("espoo manager").Post(path, tt.in).WantProblem(422, "validation_failed")
		var got []string
		for _, x := range p.Errors {
			got = append(got, x.Pointer+" "+x.Code)
		}
		if !slices.Contains(got, tt.want) {
			t.Errorf("%v: %v, want %s", tt.in, got, tt.want)
		}
	}
	task := addTask(e, "espoo manager", a, taskInput("Lomake", "2026-12-15"))
	one := "/tasks/" + task.ID.String()
	p := e.As("espoo manager").Post(one+"/completion", apitest.JSON{"doneOn": "2026-11-24"}, "If-Match", `"1"`).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/doneOn" || p.Errors[0].Code != "in_future" {
		t.Errorf("%+v", p.Errors)
	}
	p = e.As("espoo manager").Post(one+"/withdrawal", apitest.JSON{"reason": ""}, "If-Match", `"1"`).WantProblem(422, "validation_failed")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/reason" {
		t.Errorf("%+v", p.Errors)
	}
	e.As("espoo manager").Post(one+"/withdrawal", apitest.JSON{"reason": "turha"}, "If-Match", `"1"`).Want(200)
	e.As("espoo manager").Post(one+"/completion", apitest.JSON{}, "If-Match", `"2"`).WantProblem(409, "task_withdrawn")
	e.As("espoo manager").Put(one, `"2"`, taskInput("Lomake", "2026-12-15")).WantProblem(409, "task_withdrawn")
	e.As("espoo manager").Post(one+"/withdrawal", apitest.JSON{"reason": "turha"}, "If-Match", `"2"`).WantProblem(409, "task_withdrawn")
	e.Exec(`insert into action_task (id, action_id, kind, title_fi, title_sv, title_en, due_on, due_precision, due_last_on, version, created_at, updated_at)
select gen_random_uuid(), $1, 'task', 'Tehtävä', '', '', '2027-01-01', 'day', '2027-01-01', 1, now(), now() from generate_series(1, $2)`, a.ID, action.MaxTasks-2)
	addTask(e, "espoo manager", a, taskInput("Sadas", "2026-12-15"))
	e.As("espoo manager").Post(path, taskInput("Liikaa", "2026-12-15")).WantProblem(409, "too_many_tasks")
}

// Days about which calendars go wrong, asked over the API with the clock just
// before and just after midnight in Helsinki, and of the past.
func TestConditionOverTheAPIAtTheEndsOfDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		due, precision, last string
	}{
		{"2026-12-31", "day", "2026-12-31"},
		{"2026-10-05", "quarter", "2026-12-31"},
		{"2027-03-28", "day", "2027-03-28"}, // 23 hours
		{"2027-10-31", "day", "2027-10-31"}, // 25 hours
		{"2028-02-29", "day", "2028-02-29"},
		{"2028-02-10", "month", "2028-02-29"},
	} {
		t.Run(tt.due+" "+tt.precision, func(t *testing.T) {
			t.Parallel()
			e := apitest.New(t)
			f := e.Organisation()
			in := actionInput(f, "Oma", "esp_education_head", tt.due)
			in["duePrecision"] = tt.precision
			createAction(e, "espoo manager", in)
			other := createAction(e, "espoo manager", actionInput(f, "Osatehtävän", "esp_education_head", ""))
			addTask(e, "espoo manager", other, taskInput("Lomake", tt.due, apitest.JSON{"duePrecision": tt.precision}))
			last, err := domain.ParseDate(tt.last)
			if err != nil {
				t.Fatal(err)
			}
			both := func(when, query, want string) {
				t.Helper()
				for _, no := range []int{1, 2} {
					if got := apitest.As[api.Action](e.As("").Get(fmt.Sprintf("/actions/%d%s", no, query)).Want(200)); (got.Condition.Value == action.CondLate) != (want == "late") {
						t.Errorf("action %d %s: %s", no, when, why(got.ActionSummary))
					}
				}
				wanted := 0
				if want == "late" {
					wanted = 2
				}
				if got := listed(e, "", strings.TrimPrefix(query+"&condition=late", "?")); len(got) != wanted {
					t.Errorf("%s: the filter lists %v as late", when, got)
				}
			}
			e.Advance(last.EndOfDay().Sub(e.Now()))
			both("at the end of its last day", "", "")
			e.Advance(time.Microsecond)
			both("a moment later", "", "late")
			both("as of that day", "?asOf="+tt.last, "")
			e.Advance(48 * time.Hour)
			both("as of the day after", "?asOf="+last.AddDays(1).String(), "late")
		})
	}
}
