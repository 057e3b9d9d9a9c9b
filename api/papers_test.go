package api_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

func paper(e *apitest.Env, who string, m domain.MeetingID, query string) api.PaperBody {
	e.T.Helper()
	return apitest.As[api.PaperBody](e.As(who).Get("/meetings/" + m.String() + "/paper" + query).Want(200))
}

// closedMeeting is a closed public meeting: a public item with each part and a
// decision that an action follows, and an internal one with the words secret. Before it
// is closed, before is called with the public item.
const secret = "Salaisuus37"

func closedMeeting(e *apitest.Env, f *apitest.Fixture, forum domain.ForumID, before ...func(api.AgendaItem)) (m api.Meeting, open, hidden api.AgendaItem) {
	e.T.Helper()
	c := e.As("lape secretary")
	m = newMeeting(e, forum, "2026-12-08", "public")
	in := itemInput("Tiedonsiirron ohje", "public")
	in["proposal"] = apitest.JSON{"fi": "1. Hyväksytään ohje.\n2. Merkitään tiedoksi.", "sv": "1. Anvisningen godkänns.\n2. Antecknas för kännedom."}
	in["proceedings"] = apitest.JSON{"fi": "Keskusteltiin ohjeesta. Ohje on valmis."}
	in["decision"] = apitest.JSON{"fi": "Ohje hyväksyttiin.", "sv": "Anvisningen godkändes."}
	in["heard"] = apitest.JSON{"fi": "nuorisovaltuusto", "sv": "ungdomsfullmäktige"}
	in["presenterPostId"] = f.Post["luvn_older_head"]
	open = apitest.As[api.AgendaItem](c.Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201))
	in = itemInput(secret+" otsikko", "internal")
	in["proceedings"] = apitest.JSON{"fi": secret + " käsittely"}
	hidden = apitest.As[api.AgendaItem](c.Post("/meetings/"+m.ID.String()+"/agenda-items", in).Want(201))
	step(e, "lape secretary", m.ID, "call", "start")
	for _, p := range apitest.As[api.Meeting](c.Get("/meetings/" + m.ID.String())).Participants {
		attendance := "present"
		if p.Post.Title.FI == "hus_liaison" {
			attendance = "absent"
		}
		c.Put("/meetings/"+m.ID.String()+"/participants/"+p.ID.String(), `"1"`, apitest.JSON{"attendance": attendance, "inspector": p.Inspector}).Want(200)
	}
	open = apitest.As[api.AgendaItem](c.Post("/agenda-items/"+open.ID.String()+"/outcomes", outcomeInput("decision", "Otetaan ohje käyttöön.")).Want(201))
	c.Post("/outcomes/"+open.Outcomes[0].ID.String()+"/actions", apitest.JSON{"title": apitest.JSON{"fi": "Ohje käyttöön", "sv": "Anvisningen tas i bruk"},
		"leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}).Want(201)
	c.Post("/agenda-items/"+hidden.ID.String()+"/outcomes", outcomeInput("noted", secret+" lopputulos")).Want(201)
	for _, fn := range before {
		fn(open)
	}
	m = step(e, "lape secretary", m.ID, "closure")
	items := agenda(e, "lape secretary", m.ID, "")
	return m, items[0], items[1]
}

// The paper says what was recorded, and the public version leaves out what is
// confidential, with its numbers and ground.
func TestPaperIsDraftedFromTheRecord(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m, open, hidden := closedMeeting(e, f, forum)

	got := paper(e, "espoo member", m.ID, "")
	p := got.Paper
	if got.Version != meeting.ForMembers || p.Kind != "minutes" || !got.Quorum || got.FrozenAt != nil || len(p.Participants) != 6 || len(p.Parties) != 3 || len(p.Items) != 2 {
		t.Fatalf("%+v", got)
	}
	if p.Participants[5].Attendance != meeting.Absent || p.Parties[2].There || !p.Parties[1].There {
		t.Errorf("attendance %+v of %+v", p.Participants, p.Parties)
	}
	i := p.Items[0]
	if i.Section != 1 || i.Presenter.Title.FI != "luvn_older_head" || i.Decision.SV != "Anvisningen godkändes." || i.Heard.FI != "nuorisovaltuusto" {
		t.Errorf("item %+v", i)
	}
	if a := i.Outcomes[0].Actions; len(a) != 1 || a[0].No != 1 || a[0].Lead.Title.FI != "esp_youth_head" || a[0].DueOn.String() != "2027-01-31" || a[0].Internal {
		t.Errorf("actions %+v", a)
	}
	if len(got.Missing.SV) != 2 || got.Missing.SV[0].Part != meeting.PartProceedings || got.Missing.SV[1].AgendaItemID != hidden.ID || len(got.Missing.FI) != 0 {
		t.Errorf("missing %+v", got.Missing)
	}
	public := paper(e, "lape secretary", m.ID, "?version=public")
	text, err := json.Marshal(public)
	if err != nil {
		t.Fatal(err)
	}
	if h := public.Paper.Items[1]; !h.Hidden || h.Section != 2 || h.Ground != "JulkL 24 § 1 mom. 25 k" || strings.Contains(string(text), secret) {
		t.Errorf("the public version says %s", text)
	}
	if public.Hash == got.Hash || public.Hash != public.Paper.Hash() || got.Hash != p.Hash() {
		t.Errorf("hashes %s and %s", got.Hash, public.Hash)
	}

	// The lead is a proposal of the secretary's, and the paper says so, to the public
	// too. That the party accepts it afterwards shows at the outcome, and is not in
	// the paper: it tells what was agreed when the meeting was closed.
	for _, version := range []string{"internal", "public"} {
		if a := paper(e, "lape secretary", m.ID, "?version="+version).Paper.Items[0].Outcomes[0].Actions[0]; a.Unagreed != domain.Proposed {
			t.Errorf("the %s paper says of the lead: %q", version, a.Unagreed)
		}
	}
	if got := agenda(e, "lape secretary", m.ID, "")[0].Outcomes[0].Actions[0].LeadStanding; got != domain.Proposed {
		t.Errorf("the outcome says of the lead: %q", got)
	}
	e.Advance(time.Minute)
	answerAll(e, "espoo coordinator", "accepted")
	if got := agenda(e, "lape secretary", m.ID, "")[0].Outcomes[0].Actions[0].LeadStanding; got != domain.InForce {
		t.Errorf("the outcome says of the accepted lead: %q", got)
	}
	if after := paper(e, "espoo member", m.ID, ""); after.Hash != got.Hash {
		t.Errorf("the paper changed with the acceptance: %+v", after.Paper.Items[0].Outcomes[0].Actions)
	}

	// What becomes of an action is not in the paper that decided it.
	e.Exec("update action set due_on = '2027-05-31', due_last_on = '2027-05-31' where no = 1")
	if after := paper(e, "espoo member", m.ID, ""); after.Hash != got.Hash {
		t.Errorf("the paper changed with the action: %+v", after.Paper.Items[0].Outcomes[0].Actions)
	}

	for who, want := range map[string]string{"": "404", "luvn reader": "internal", "lape secretary": "internal", "auditor": "internal", "luvn coordinator": "internal",
		"hus member": "internal", "other secretary": "404", "espoo administrator": "404"} {
		r := e.As(who).Get("/meetings/" + m.ID.String() + "/paper")
		if want == "404" {
			r.WantProblem(404, "paper_not_found")
		} else if got := apitest.As[api.PaperBody](r.Want(200)); string(got.Version) != want {
			t.Errorf("%q reads the %s version, want %s", who, got.Version, want)
		}
	}
	approve(e, m.ID)
	step(e, "lape secretary", m.ID, "publication")
	for who, want := range map[string]meeting.Audience{"": meeting.ForAll, "other secretary": meeting.ForMembers, "espoo administrator": meeting.ForMembers, "hus member": meeting.ForMembers} {
		got := paper(e, who, m.ID, "")
		if got.Version != want || got.FrozenAt == nil {
			t.Errorf("%q reads the %s version of the published paper, frozen %v", who, got.Version, got.FrozenAt)
		}
		if want == meeting.ForAll && got.Hash != public.Hash {
			t.Errorf("what was published is not what was shown before: %s, %s", got.Hash, public.Hash)
		}
	}
	e.As("").Get("/meetings/"+m.ID.String()+"/paper?version=internal").WantProblem(404, "paper_not_found")
	e.As("").Get("/meetings/"+open.ID.String()+"/paper").WantProblem(404, "meeting_not_found")
}

// An action that was made by mistake and withdrawn before the meeting was closed is not
// in its paper; one that is withdrawn later stays there.
func TestPaperLeavesOutWithdrawnActions(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	withdraw := func(no int) {
		t.Helper()
		a := actionOf(e, "espoo coordinator", no)
		e.As("espoo coordinator").Post("/actions/"+a.ID.String()+"/withdrawal", apitest.JSON{"reason": "Kahdesti"}, "If-Match", etagOf(a)).Want(200)
	}
	m, _, _ := closedMeeting(e, f, lape(e, f), func(open api.AgendaItem) {
		e.As("lape secretary").Post("/outcomes/"+open.Outcomes[0].ID.String()+"/actions", apitest.JSON{"title": apitest.JSON{"fi": "Ohje käyttöön", "sv": "Anvisningen tas i bruk"},
			"leadPostId": f.Post["esp_youth_head"], "dueOn": "2027-01-31"}).Want(201)
		e.Advance(time.Minute)
		withdraw(2)
		e.Advance(time.Minute)
	})
	said := func() (nos []int) {
		for _, a := range paper(e, "espoo member", m.ID, "").Paper.Items[0].Outcomes[0].Actions {
			nos = append(nos, a.No)
		}
		return nos
	}
	if got := said(); !slices.Equal(got, []int{1}) {
		t.Errorf("the paper has the actions %v", got)
	}
	e.Advance(time.Minute)
	withdraw(1)
	if got := said(); !slices.Equal(got, []int{1}) {
		t.Errorf("after the meeting was closed, the paper has %v", got)
	}
}

// An approval is of exactly one paper: who approves another is told, and when
// the paper changes past the approvals, these no longer count.
func TestApprovalIsOfExactContent(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m, open, _ := closedMeeting(e, f, forum)
	path := "/meetings/" + m.ID.String()
	read := paper(e, "chair", m.ID, "")
	if !slices.Equal(read.Permissions, []domain.Permission{domain.MeetingApprove, domain.PaperReturn, domain.PaperComment}) {
		t.Errorf("the chair may %v", read.Permissions)
	}
	e.As("chair").Post(path+"/approvals", apitest.JSON{}).WantProblem(422, "validation_failed")
	e.As("chair").Post(path+"/approvals", approval(anyPaper)).WantProblem(412, "paper_changed")

	in := itemInput("Tiedonsiirron ohje", "public")
	in["decision"] = apitest.JSON{"fi": "Ohje hyväksyttiin muutettuna.", "sv": "Anvisningen godkändes."}
	in["section"] = 1
	e.As("lape secretary").Put("/agenda-items/"+open.ID.String(), fmt.Sprintf("%q", fmt.Sprint(open.Version)), in).Want(200)
	p := e.As("chair").Post(path+"/approvals", approval(read.Hash)).WantProblem(412, "paper_changed")
	if current, ok := p.Current.(map[string]any); !ok || current["status"] != "closed" {
		t.Errorf("412 with %v", p.Current)
	}
	step(e, "chair", m.ID, "approvals")
	first := paperHash(e, m.ID)
	if entry := lastEntry(e, "meeting"); !strings.Contains(entry.changes, first) {
		t.Errorf("entry %+v does not name the paper", entry)
	}

	// A name changes past the meeting: the chair's approval is of another paper.
	e.Exec("update post set title_fi = 'Uusi nimike' where id = $1", f.Post["esp_youth_head"])
	now := paper(e, "chair", m.ID, "")
	if now.Hash == first || !approvalOf(now, "chair").Outdated || approvalOf(now, "inspector").Outdated || !slices.Contains(now.Permissions, domain.MeetingApprove) {
		t.Fatalf("%+v", now.Approvals)
	}
	step(e, "espoo inspector", m.ID, "approvals")
	step(e, "luvn inspector", m.ID, "approvals")
	got := apitest.As[api.Meeting](e.As("auditor").Get(path))
	if got.Status != "closed" || len(given(got)) != 2 {
		t.Fatalf("%s with approvals %v", got.Status, given(got))
	}
	if got := step(e, "chair", m.ID, "approvals"); got.Status != "approved" {
		t.Errorf("%s after all approved the same paper", got.Status)
	}

	// What was approved is kept as it was, whatever its sources say later.
	e.Exec("update post set title_fi = 'Kolmas nimike' where id = $1", f.Post["esp_youth_head"])
	kept := paper(e, "chair", m.ID, "")
	if kept.Hash != now.Hash || kept.FrozenAt == nil {
		t.Errorf("the approved paper is %s, was %s", kept.Hash, now.Hash)
	}
	var content string
	var changeable int
	e.QueryRow(`select count(*) from unnest(array['paper', 'paper_comment', 'paper_return']) t, unnest(array['UPDATE', 'DELETE']) p where has_table_privilege(app_role(), t, p)`, nil, &changeable)
	if changeable != 0 {
		t.Error("the application may change what was kept or said")
	}
	e.QueryRow("select content from paper where hash = $1", []any{kept.Hash}, &content)
	if sum := sha256.Sum256([]byte(content)); hex.EncodeToString(sum[:]) != kept.Hash {
		t.Error("the kept content does not hash to its hash")
	}

	// A late entry asks for all approvals again, of a new paper.
	e.As("lape secretary").Post("/agenda-items/"+open.ID.String()+"/outcomes", outcomeInput("noted", "Jälkikirjaus.")).Want(201)
	late := paper(e, "chair", m.ID, "")
	if late.Hash == kept.Hash || late.FrozenAt != nil || approvalOf(late, "chair").ApprovedAt != nil {
		t.Errorf("after a late entry %+v", late.Approvals)
	}
	e.As("chair").Post(path+"/approvals", approval(kept.Hash)).WantProblem(412, "paper_changed")
}

func approvalOf(p api.PaperBody, role string) api.PaperApproval {
	return p.Approvals[slices.IndexFunc(p.Approvals, func(a api.PaperApproval) bool { return string(a.Role) == role })]
}

func given(m api.Meeting) (out []string) {
	for _, a := range m.Approvers {
		if a.ApprovedAt != nil {
			out = append(out, a.Post.Title.FI)
		}
	}
	return out
}

// Who is asked to approve gives the paper back with a reason; the secretary
// sees it, and it is over when the paper changes or the post approves.
func TestPaperIsReturned(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, open, _ := closedMeeting(e, f, lape(e, f))
	path := "/meetings/" + m.ID.String() + "/returns"
	in := apitest.JSON{"paper": paperHash(e, m.ID), "reason": "Läsnäolo on väärin.", "lang": "fi"}
	for _, who := range []string{"espoo member", "lape secretary", "hus member", "auditor", "espoo coordinator"} {
		e.As(who).Post(path, in).WantProblem(403, "forbidden")
	}
	e.As("").Post(path, in).WantProblem(401, "sign_in_required")
	e.As("other secretary").Post(path, in).WantProblem(403, "forbidden")
	e.As("luvn inspector").Post(path, apitest.JSON{"paper": in["paper"], "reason": " ", "lang": "fi"}).WantProblem(422, "validation_failed")
	e.As("luvn inspector").Post(path, apitest.JSON{"paper": anyPaper, "reason": "Syy", "lang": "fi"}).WantProblem(412, "paper_changed")
	got := apitest.As[api.PaperBody](e.As("luvn inspector").Post(path, in).Want(200))
	if len(got.Returns) != 1 || got.Returns[0].Reason != "Läsnäolo on väärin." || got.Returns[0].Outdated || got.Returns[0].Role != "inspector" {
		t.Fatalf("%+v", got.Returns)
	}
	if w := apitest.As[api.MyWork](e.As("lape secretary").Get("/me/work").Want(200)).Waiting; len(w) != 1 || w[0].Reason != "comments" || w[0].Returns != 1 {
		t.Errorf("the secretary's work %+v", w)
	}
	if entry := lastEntry(e, "paper_return"); entry.permission != "paper.return" || entry.parent != "meeting" || entry.reason != "Läsnäolo on väärin." {
		t.Errorf("entry %+v", entry)
	}
	if seen := paper(e, "lape secretary", m.ID, "").Returns; len(seen) != 1 || seen[0].Post.Title.FI != "luvn_older_head" {
		t.Errorf("the secretary sees %+v", seen)
	}
	change := itemInput("Tiedonsiirron ohje", "public")
	change["section"] = 1
	e.As("lape secretary").Put("/agenda-items/"+open.ID.String(), fmt.Sprintf("%q", fmt.Sprint(open.Version)), change).Want(200)
	if seen := paper(e, "lape secretary", m.ID, "").Returns; !seen[0].Outdated {
		t.Error("a return of another paper still holds")
	}
	step(e, "luvn inspector", m.ID, "approvals")
	in["paper"] = paperHash(e, m.ID)
	e.As("luvn inspector").Post(path, in).WantProblem(409, "already_approved")
	step(e, "chair", m.ID, "approvals")
	step(e, "espoo inspector", m.ID, "approvals")
	e.As("luvn inspector").Post(path, in).WantProblem(409, "meeting_not_closed")
	step(e, "lape secretary", m.ID, "publication")
	for _, who := range []string{"", "luvn administrator"} {
		if r := paper(e, who, m.ID, "").Returns; len(r) != 0 {
			t.Errorf("%q reads how the paper was returned: %+v", who, r)
		}
	}
}

// Members comment on passages of the closed meeting's paper; nobody else ever
// reads it.
func TestPaperComments(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, open, hidden := closedMeeting(e, f, lape(e, f))
	path := "/meetings/" + m.ID.String() + "/paper/comments"
	in := apitest.JSON{"agendaItemId": open.ID, "part": "proceedings", "quoteLang": "fi", "quote": "Ohje on valmis.", "start": 24, "text": "Ei ole vielä valmis.", "lang": "fi"}
	with := func(key string, value any) apitest.JSON {
		out := apitest.JSON{}
		for k, v := range in {
			out[k] = v
		}
		out[key] = value
		return out
	}
	e.As("").Post(path, in).WantProblem(401, "sign_in_required")
	for _, who := range []string{"other secretary", "luvn administrator"} {
		e.As(who).Post(path, in).WantProblem(404, "paper_not_found")
		e.As(who).Get(path).WantProblem(404, "paper_not_found")
	}
	for _, who := range []string{"espoo coordinator", "auditor"} { // read papers, and are no members
		e.As(who).Post(path, in).WantProblem(403, "forbidden")
		e.As(who).Get(path).Want(200)
	}
	e.As("hus member").Post(path, with("quote", "Näin ei lue.")).WantProblem(422, "validation_failed")
	e.As("hus member").Post(path, with("text", " ")).WantProblem(422, "validation_failed")
	e.As("hus member").Post(path, with("agendaItemId", m.ID)).WantProblem(422, "validation_failed")
	got := apitest.As[api.PaperComments](e.As("hus member").Post(path, in).Want(200))
	if len(got.Threads) != 1 || got.Open != 1 || got.Threads[0].At != 24 || got.Threads[0].Outdated || got.Threads[0].Said.Post.Title.FI != "hus_liaison" || got.Threads[0].AgendaNo != 1 {
		t.Fatalf("%+v", got)
	}
	if entry := lastEntry(e, "paper_comment"); entry.permission != "paper.comment" || entry.parent != "meeting" || strings.Contains(entry.changes, "valmis") {
		t.Errorf("entry %+v", entry)
	}
	e.As("espoo member").Post(path, apitest.JSON{"agendaItemId": hidden.ID, "part": "outcome", "outcomeId": hidden.Outcomes[0].ID, "quoteLang": "fi", "quote": "", "start": 0, "text": "Hyvä.", "lang": "fi"}).Want(200)

	// The passage is found again after an edit, and outdated when it is gone.
	edit := func(item api.AgendaItem, proceedings string) api.AgendaItem {
		in := itemInput("Tiedonsiirron ohje", "public")
		in["section"], in["proceedings"] = 1, apitest.JSON{"fi": proceedings}
		return apitest.As[api.AgendaItem](e.As("lape secretary").Put("/agenda-items/"+item.ID.String(), fmt.Sprintf("%q", fmt.Sprint(item.Version)), in).Want(200))
	}
	open = edit(open, "Aluksi keskusteltiin ohjeesta. Ohje on valmis.")
	list := func(who string) api.PaperComments {
		return apitest.As[api.PaperComments](e.As(who).Get(path).Want(200))
	}
	if now := list("lape secretary").Threads[0]; now.Outdated || now.At != 31 {
		t.Errorf("after an edit %+v", now)
	}
	edit(open, "Ohje valmistuu tammikuussa.")
	if now := list("lape secretary").Threads[0]; !now.Outdated || now.Quote != "Ohje on valmis." {
		t.Errorf("after the words are gone %+v", now)
	}
	waits := func(who string) (out []api.WorkItem) {
		return slices.DeleteFunc(apitest.As[api.MyWork](e.As(who).Get("/me/work").Want(200)).Waiting, func(i api.WorkItem) bool { return i.Reason != "comments" })
	}
	if w := waits("lape secretary"); len(w) != 1 || w[0].Comments != 2 || w[0].Returns != 0 || w[0].Meeting.ID != m.ID || len(waits("hus member"))+len(waits("chair")) != 0 {
		t.Errorf("the secretary's work %+v", w)
	}
	replies := "/paper-comments/" + got.Threads[0].ID.String() + "/replies"
	resolve := apitest.JSON{"kind": "resolved", "text": "Korjattu.", "lang": "fi"}
	e.As("espoo member").Post(replies, resolve).WantProblem(403, "forbidden")
	e.As("espoo coordinator").Post(replies, apitest.JSON{"kind": "comment", "text": "Ei.", "lang": "fi"}).WantProblem(403, "forbidden")
	e.As("other secretary").Post(replies, resolve).WantProblem(404, "comment_not_found")
	e.As("").Post(replies, resolve).WantProblem(401, "sign_in_required")
	e.As("espoo member").Post(replies, apitest.JSON{"kind": "comment", "text": "Samaa mieltä.", "lang": "fi"}).Want(200)
	done := apitest.As[api.PaperComments](e.As("lape secretary").Post(replies, resolve).Want(200))
	if done.Open != 1 || !done.Threads[0].Resolved || len(done.Threads[0].Replies) != 2 {
		t.Errorf("%+v", done)
	}
	e.As("lape secretary").Post(replies, resolve).WantProblem(409, "nothing_changed")
	if again := apitest.As[api.PaperComments](e.As("hus member").Post(replies, apitest.JSON{"kind": "reopened", "lang": "fi"}).Want(200)); again.Open != 2 {
		t.Errorf("%+v", again)
	}
	approve(e, m.ID)
	e.As("espoo member").Post(path, in).WantProblem(409, "meeting_not_closed")
	e.As("lape secretary").Post(replies, resolve).WantProblem(409, "meeting_not_closed")
	step(e, "lape secretary", m.ID, "publication")
	for _, who := range []string{"", "luvn administrator", "other secretary"} { // they read the paper now, and not what was said of it
		e.As(who).Get(path).WantProblem(404, "paper_not_found")
		if who == "" {
			continue
		}
		for _, entry := range entries(e.As(who).Get("/audit/entries?subjectKind=meeting&subjectId=" + m.ID.String())) {
			if slices.Contains([]domain.SubjectKind{domain.SubjectPaperComment, domain.SubjectPaperReturn}, entry.Subject.Kind) {
				t.Errorf("%q reads in the log %+v", who, entry)
			}
		}
	}
	if n := len(list("hus member").Threads); n != 2 {
		t.Errorf("a member reads %d threads afterwards", n)
	}
}

func amendmentInput(item api.AgendaItem, was, becomes string) apitest.JSON {
	return apitest.JSON{"agendaItemId": item.ID, "part": "decision", "was": apitest.JSON{"fi": was}, "becomes": apitest.JSON{"fi": becomes}, "reason": apitest.JSON{"fi": "Kirjoitusvirhe.", "sv": "Skrivfel."}}
}

// An approved paper is corrected by numbered amendments that the same posts
// approve; the paper itself stays.
func TestAmendments(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	m, open, hidden := closedMeeting(e, f, lape(e, f))
	path := "/meetings/" + m.ID.String() + "/amendments"
	in := amendmentInput(open, "hyväksyttiin", "hyväksyttiin yksimielisesti")
	c := e.As("lape secretary")
	c.Post(path, in).WantProblem(409, "meeting_not_approved")
	approve(e, m.ID)
	before := paper(e, "chair", m.ID, "")
	for _, who := range []string{"chair", "espoo member", "espoo coordinator", "auditor"} {
		e.As(who).Post(path, in).WantProblem(403, "forbidden")
	}
	e.As("other secretary").Post(path, in).WantProblem(404, "paper_not_found")
	for pointer, bad := range map[string]apitest.JSON{
		"/was/fi":     amendmentInput(open, "hylättiin", "hyväksyttiin"),
		"/becomes/fi": amendmentInput(open, "hyväksyttiin", "hyväksyttiin"),
		"/part":       {"agendaItemId": open.ID, "part": "outcome", "was": apitest.JSON{"fi": "x"}, "becomes": apitest.JSON{"fi": "y"}, "reason": apitest.JSON{"fi": "Syy"}},
		"/reason/fi":  {"agendaItemId": open.ID, "part": "decision", "was": apitest.JSON{"fi": "Ohje"}, "becomes": apitest.JSON{"fi": "Opas"}, "reason": apitest.JSON{"fi": ""}},
	} {
		p := c.Post(path, bad).WantProblem(422, "validation_failed")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != pointer {
			t.Errorf("%s: %+v", pointer, p.Errors)
		}
	}
	got := apitest.As[api.PaperBody](c.Post(path, in).Want(201))
	a := got.Amendments[0]
	if a.Status != "proposed" || a.No != 0 || a.Section != 1 || !slices.Equal(a.Permissions, []domain.Permission{domain.AmendmentPropose}) || len(a.Approvals) != 3 {
		t.Fatalf("%+v", a)
	}
	if entry := lastEntry(e, "amendment"); entry.permission != "amendment.propose" || entry.parent != "meeting" || !strings.Contains(entry.changes, "yksimielisesti") {
		t.Errorf("entry %+v", entry)
	}
	c.Post("/agenda-items/"+open.ID.String()+"/outcomes", outcomeInput("noted", "Jälkikirjaus.")).WantProblem(409, "paper_amended")
	for who, want := range map[string]int{"chair": 1, "espoo inspector": 1, "espoo member": 0, "lape secretary": 0} {
		work := apitest.As[api.MyWork](e.As(who).Get("/me/work").Want(200)).Waiting
		if got := slices.DeleteFunc(work, func(i api.WorkItem) bool { return i.Reason != "amendment" }); len(got) != want {
			t.Errorf("%d amendments wait for %s", len(got), who)
		}
	}
	one := "/amendments/" + a.ID.String()
	ifMatch := func(v int) string { return fmt.Sprintf(`"%d"`, v) }
	e.As("espoo member").Post(one+"/approvals", nil, "If-Match", ifMatch(1)).WantProblem(403, "forbidden")
	c.Post(one+"/publication", nil, "If-Match", ifMatch(1)).WantProblem(409, "amendment_not_approved")
	e.As("chair").Post(one+"/approvals", nil, "If-Match", ifMatch(1)).Want(200)
	e.As("chair").Post(one+"/approvals", nil, "If-Match", ifMatch(1)).WantProblem(409, "already_approved")
	e.As("chair").Post(one+"/approvals", nil).WantProblem(428, "if_match_required")
	// Other words ask everybody again.
	in = amendmentInput(open, "Ohje hyväksyttiin", "Ohje hyväksyttiin yksimielisesti")
	changed := apitest.As[api.PaperBody](c.Put(one, ifMatch(1), in).Want(200)).Amendments[0]
	if changed.Version != 2 || changed.Approvals[0].ApprovedAt != nil || approvalsGiven(changed) != 0 {
		t.Errorf("%+v", changed)
	}
	p := e.As("chair").Post(one+"/approvals", nil, "If-Match", ifMatch(1)).WantProblem(412, "stale_version")
	if current, ok := p.Current.(map[string]any); !ok || current["version"] != 2.0 {
		t.Errorf("current %v", p.Current)
	}
	for i, who := range []string{"chair", "espoo inspector", "luvn inspector"} {
		now := apitest.As[api.PaperBody](e.As(who).Post(one+"/approvals", nil, "If-Match", ifMatch(2)).Want(200)).Amendments[0]
		if approvalsGiven(now) != i+1 || (now.Status == "approved") != (i == 2) {
			t.Errorf("after %s %+v", who, now)
		}
	}
	step(e, "lape secretary", m.ID, "publication")
	if len(paper(e, "", m.ID, "").Amendments)+len(paper(e, "luvn administrator", m.ID, "").Amendments) != 0 {
		t.Error("an amendment is read before it is published")
	}
	e.As("chair").Post(one+"/publication", nil, "If-Match", ifMatch(3)).WantProblem(403, "forbidden")
	published := apitest.As[api.PaperBody](c.Post(one+"/publication", nil, "If-Match", ifMatch(3)).Want(200))
	if x := published.Amendments[0]; x.No != 1 || x.Status != "published" || published.Hash != before.Hash || published.Paper.Items[0].Decision.FI != "Ohje hyväksyttiin." {
		t.Errorf("%+v", x)
	}
	c.Post(one+"/withdrawal", apitest.JSON{"reason": "Turha"}, "If-Match", ifMatch(4)).WantProblem(409, "amendment_settled")
	public := paper(e, "", m.ID, "").Amendments
	if len(public) != 1 || public[0].Becomes.FI != "Ohje hyväksyttiin yksimielisesti" || public[0].No != 1 {
		t.Errorf("the public reads %+v", public)
	}

	// The next one is of the words as they read now. One of a hidden matter tells numbers and ground.
	c.Post(path, amendmentInput(open, "Ohje hyväksyttiin.", "x")).WantProblem(422, "validation_failed")
	second := lastAmendment(apitest.As[api.PaperBody](c.Post(path, apitest.JSON{"agendaItemId": hidden.ID, "part": "proceedings", "was": apitest.JSON{"fi": secret}, "becomes": apitest.JSON{"fi": secret + "2"},
		"reason": apitest.JSON{"fi": secret + " syy"}}).Want(201)))
	third := lastAmendment(apitest.As[api.PaperBody](c.Post(path, amendmentInput(open, "yksimielisesti", "äänin 5–0")).Want(201)))
	c.Post("/amendments/"+third.ID.String()+"/withdrawal", apitest.JSON{"reason": " "}, "If-Match", ifMatch(1)).WantProblem(422, "validation_failed")
	withdrawn := apitest.As[api.PaperBody](c.Post("/amendments/"+third.ID.String()+"/withdrawal", apitest.JSON{"reason": "Turha"}, "If-Match", ifMatch(1)).Want(200))
	if x := withdrawn.Amendments[2]; x.Status != "withdrawn" || x.WithdrawReason != "Turha" || x.No != 0 {
		t.Errorf("%+v", x)
	}
	for _, who := range []string{"chair", "espoo inspector", "luvn inspector"} {
		e.As(who).Post("/amendments/"+second.ID.String()+"/approvals", nil, "If-Match", ifMatch(1)).Want(200)
	}
	c.Post("/amendments/"+second.ID.String()+"/publication", nil, "If-Match", ifMatch(2)).Want(200)
	r := e.As("").Get("/meetings/" + m.ID.String() + "/paper").Want(200)
	public = apitest.As[api.PaperBody](r).Amendments
	if len(public) != 2 || !public[1].Hidden || public[1].No != 2 || public[1].Section != 2 || public[1].Ground != "JulkL 24 § 1 mom. 25 k" || strings.Contains(string(r.Bytes), secret) {
		t.Errorf("the public reads %+v", public)
	}
	if staff := paper(e, "luvn administrator", m.ID, "").Amendments; len(staff) != 2 || staff[1].Was.FI != secret {
		t.Errorf("staff read %+v", staff)
	}
	if past := paper(e, "chair", m.ID, "?asOf="+e.Now().Format("2006-01-02")).Amendments; len(past) != 3 {
		t.Errorf("at the end of today %d amendments", len(past))
	}
}

func approvalsGiven(a api.Amendment) (n int) {
	for _, x := range a.Approvals {
		if x.ApprovedAt != nil {
			n++
		}
	}
	return n
}

func lastAmendment(p api.PaperBody) api.Amendment { return p.Amendments[len(p.Amendments)-1] }

// § numbers run through the year without a gap or a duplicate, also when
// meetings of one forum are closed at once and numbers are given by hand.
func TestSectionsAreUnbroken(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	var ms []api.Meeting
	for i := range 6 {
		m := newMeeting(e, forum, fmt.Sprintf("2026-12-%02d", i+1), "public")
		for range i%3 + 1 {
			newItem(e, m.ID, "Asia", "public")
		}
		step(e, "lape secretary", m.ID, "call", "start")
		for _, i := range agenda(e, "lape secretary", m.ID, "") {
			e.As("lape secretary").Post("/agenda-items/"+i.ID.String()+"/outcomes", outcomeInput("noted", "Merkittiin tiedoksi.")).Want(201)
		}
		ms = append(ms, m)
	}
	var wg sync.WaitGroup
	for _, m := range ms {
		wg.Go(func() { e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/closure", nil).Want(200) })
	}
	wg.Wait()
	var got []int
	for _, m := range ms {
		last := 0
		for _, i := range agenda(e, "auditor", m.ID, "") {
			if i.Section != last+1 && last != 0 {
				t.Errorf("%d/%d has § %d after § %d", m.Number, m.Year, i.Section, last)
			}
			last = i.Section
			got = append(got, i.Section)
		}
	}
	slices.Sort(got)
	for i, n := range got {
		if n != i+1 {
			t.Fatalf("the year has § %v", got)
		}
	}

	// By hand the same number is given once, however many try.
	var old []api.Meeting
	for i := range 4 {
		m := newMeeting(e, forum, fmt.Sprintf("2026-11-%02d", i+1), "public")
		old = append(old, m)
	}
	var mu sync.Mutex
	given := 0
	for _, m := range old {
		wg.Go(func() {
			in := itemInput("Vanha asia", "public")
			in["section"] = 40
			if r := e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/agenda-items", in); r.StatusCode == 201 {
				mu.Lock()
				given++
				mu.Unlock()
			} else {
				r.WantProblem(422, "validation_failed")
			}
		})
	}
	wg.Wait()
	if given != 1 {
		t.Errorf("§ 40 was given %d times", given)
	}
}

// What is confidential is in nothing that the public gets: no answer, file, page
// or export, in no language.
func TestConfidentialPartsAreInNoOutput(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	m, open, hidden := closedMeeting(e, f, forum)
	approve(e, m.ID)
	path := "/meetings/" + m.ID.String()
	page := func(who, query string) apitest.Response { return e.As(who).Do("GET", "/fi"+path+"/paper"+query, nil) }
	if r := page("", ""); r.Request.URL.Path == "/fi"+path+"/paper" {
		t.Errorf("a stranger is not sent away from an unpublished paper: %d", r.StatusCode)
	}
	step(e, "lape secretary", m.ID, "publication")
	outputs := []string{path, path + "/agenda-items", path + "/paper", path + "/paper/content", "/outcomes?meetingId=" + m.ID.String(), "/forums/lape", "/meetings", "/agenda-items/" + open.ID.String(), "/overview"}
	for _, lang := range []string{"fi", "sv", "en"} {
		outputs = append(outputs, path+"/paper/docx?lang="+lang)
	}
	for _, o := range outputs {
		r := e.As("").Get(o).Want(200)
		if strings.Contains(unzipped(t, r.Bytes), secret) {
			t.Errorf("%s tells the public what is confidential", o)
		}
	}
	public := page("", "").Want(200)
	if text := string(public.Bytes); strings.Contains(text, secret) || !strings.Contains(text, "§ 2") || !strings.Contains(text, "JulkL 24 § 1 mom. 25 k") || !strings.Contains(text, "Pöytäkirja 1/2026") {
		t.Errorf("the public page is %s", text)
	}
	if csp := public.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	if text := string(page("espoo member", "").Want(200).Bytes); !strings.Contains(text, secret) || !strings.Contains(text, "Jäsenten versio, sisältää salassa pidettävää") {
		t.Error("a member's page lacks what is confidential, or its mark")
	}
	if text := string(page("espoo member", "?version=public").Want(200).Bytes); strings.Contains(text, secret) {
		t.Error("the public version for members leaks")
	}
	docx := e.As("espoo member").Get(path + "/paper/docx?lang=sv").Want(200)
	if text := unzipped(t, docx.Bytes); !strings.Contains(text, secret) || docx.Header.Get("Content-Type") != "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ||
		docx.Header.Get("Content-Disposition") != `attachment; filename="lape-1-2026-sv-internal.docx"` {
		t.Errorf("a member's DOCX: %v", docx.Header)
	}
	for _, file := range []string{"docx", "pdf", "content"} {
		e.As("").Get(path+"/paper/"+file+"?version=internal").WantProblem(404, "paper_not_found")
		e.As("").Get("/meetings/"+hidden.ID.String()+"/paper/"+file).WantProblem(404, "meeting_not_found")
	}
	if r := e.As("").Get(path + "/paper/pdf"); r.Header.Get("Retry-After") == "" {
		t.Errorf("a server without Chromium answers %d", r.StatusCode)
	} else {
		r.WantProblem(503, "pdf_unavailable")
	}
	content := e.As("").Get(path + "/paper/content").Want(200).Bytes
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != paper(e, "", m.ID, "").Hash {
		t.Error("the content does not hash to the fingerprint that is shown")
	}
}

// unzipped is the text of an answer, of a ZIP file that of all its parts.
func unzipped(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return string(b)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil { //nolint:gosec // our own file
			t.Fatal(err)
		}
	}
	return out.String()
}
