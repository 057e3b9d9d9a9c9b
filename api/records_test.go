package api_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

const recordYAML = `meeting:
  day: 2026-03-10
  starts: "13:00"
  ends: "15.30"
  number: 2
  place: {fi: Kaupungintalo, sv: Stadshuset}
items:
  - title: {fi: Avaus, sv: Öppnande}
    outcomes: [{type: noted, text: Avattiin.}]
  - section: 12
    title:
      fi: Tiedonsiirto
      sv: Informationsöverföring
    proceedings: Keskusteltiin.
    outcomes:
      - {type: päätös, text: {fi: Otetaan käyttöön., sv: Tas i bruk.}}
      - type: noted
        text: Merkittiin tiedoksi.
`

func sendFile(c apitest.Client, path, body string) apitest.Response {
	return c.Do("POST", "/api/v1"+path, body, "Content-Type", "application/octet-stream")
}

// places are the errors of a report as "line:column code" or "sheet!cell code".
func places(r api.RecordReport) string {
	var out []string
	for _, e := range r.Errors {
		at := e.Pointer
		if e.Cell != "" {
			at = e.Sheet + "!" + e.Cell
		}
		out = append(out, at+" "+e.Code)
	}
	return strings.Join(out, ", ")
}

// Topology: the forum lape. Its secretary imports, nobody else; a dry run keeps
// nothing; the meeting is closed, its members of the day take part, and it goes
// to approval like any other.
func TestImportOfARecord(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	path := "/forums/" + forum.String()
	c := e.As("lape secretary")
	for name, want := range map[string]int{"": 401, "other secretary": 403, "espoo coordinator": 403, "chair": 403, "auditor": 403, "luvn administrator": 403} {
		sendFile(e.As(name), path+"/meeting-import-checks", recordYAML).Want(want)
		sendFile(e.As(name), path+"/meeting-imports", recordYAML).Want(want)
	}
	dry := apitest.As[api.RecordReport](sendFile(c, path+"/meeting-import-checks", recordYAML).Want(200))
	if !dry.Valid || dry.Items != 2 || dry.Outcomes != 3 || dry.Number != 2 || dry.Meeting != nil || len(dry.Errors) != 0 {
		t.Fatalf("dry run %+v", dry)
	}
	if n := len(apitest.As[api.List[api.MeetingSummary]](c.Get("/meetings")).Items); n != 0 {
		t.Errorf("a dry run made %d meetings", n)
	}
	made := apitest.As[api.RecordReport](sendFile(c, path+"/meeting-imports", recordYAML).Want(201))
	m := apitest.As[api.Meeting](c.Get("/meetings/" + made.Meeting.String()).Want(200))
	if m.Status != "closed" || m.Number != 2 || m.Year != 2026 || len(m.Participants) != 6 || len(m.Approvers) != 3 || m.StartsAt.Format("15:04") != "11:00" || m.Place.SV != "Stadshuset" {
		t.Errorf("meeting %+v", m)
	}
	items := agenda(e, "lape secretary", m.ID, "")
	if len(items) != 2 || items[1].Section != 12 || items[1].Proceedings.FI != "Keskusteltiin." || len(items[1].Outcomes) != 2 ||
		items[1].Outcomes[0].Type != "decision" || !items[1].Outcomes[0].Open || !items[1].Outcomes[0].LateEntry {
		t.Errorf("items %+v", items)
	}
	var origins, entries int
	e.QueryRow(`select count(*) filter (where origin = 'import'), count(*) from audit_entry where permission = 'meeting.import'`, nil, &origins, &entries)
	if origins != 6 || entries != 6 { // the meeting, two items, three outcomes
		t.Errorf("%d entries, %d of origin import", entries, origins)
	}
	again := apitest.As[api.RecordReport](sendFile(c, path+"/meeting-import-checks", recordYAML).Want(200))
	if got := places(again); got != "/meeting/number taken, /items/1/section taken" || again.Errors[0].Line != 5 || again.Errors[1].Line != 10 {
		t.Errorf("again: %s %+v", got, again.Errors)
	}
	if p := sendFile(c, path+"/meeting-imports", recordYAML).WantProblem(422, "validation_failed"); len(p.Errors) != 2 {
		t.Errorf("errors %+v", p.Errors)
	}
	// The secretary gives the ending, the three approve, the paper is published.
	o := items[1].Outcomes[0]
	c.Put("/outcomes/"+o.ID.String(), `"1"`, apitest.JSON{"type": "decision", "text": o.Text, "noActionReason": apitest.JSON{"fi": "Tehty jo.", "sv": "Redan gjort."}}).Want(200)
	approve(e, m.ID)
	if got := step(e, "lape secretary", m.ID, "publication"); got.Status != "published" {
		t.Errorf("published %s", got.Status)
	}
}

func TestImportNamesEachError(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	check := func(body string) api.RecordReport {
		t.Helper()
		return apitest.As[api.RecordReport](sendFile(c, "/forums/"+forum.String()+"/meeting-import-checks", body).Want(200))
	}
	for name, tt := range map[string]struct{ body, want string }{
		"no mapping":      {"- a\n", " not_readable"},
		"not YAML":        {"meeting: [\n", " not_readable"},
		"nothing said":    {"items: []\n", "/meeting required, /items required"},
		"unknown key":     {strings.Replace(recordYAML, "number: 2", "colour: 2", 1), "/meeting/colour unknown_key"},
		"a wrong day":     {strings.Replace(recordYAML, "2026-03-10", "10. maaliskuuta", 1), "/meeting/day malformed"},
		"not held yet":    {strings.Replace(recordYAML, "2026-03-10", "2026-12-10", 1), "/meeting/endsAt not_held_yet"},
		"ends before":     {strings.Replace(recordYAML, "15.30", "12.30", 1), "/meeting/endsAt before_start"},
		"unknown outcome": {strings.Replace(recordYAML, "type: noted\n", "type: maybe\n", 1), "/items/1/outcomes/1/type not_allowed"},
		"no title":        {strings.Replace(recordYAML, "{fi: Avaus, sv: Öppnande}", "{fi: '', sv: ''}", 1), "/items/0/title/fi required"},
		"a wrong section": {strings.Replace(recordYAML, "section: 12", "section: kaksi", 1), "/items/1/section malformed"},
	} {
		got := check(tt.body)
		if !strings.Contains(places(got), tt.want) || got.Valid {
			t.Errorf("%s: %q, want %q", name, places(got), tt.want)
		}
	}
	if r := check(strings.Replace(recordYAML, "section: 12", "section: kaksi", 1)); r.Errors[0].Line != 10 || r.Errors[0].Column != 14 || r.Errors[0].Key != "section" {
		t.Errorf("place %+v", r.Errors)
	}
	sendFile(c, "/forums/"+forum.String()+"/meeting-import-checks", "").WantProblem(400, "malformed")
	sendFile(c, "/forums/"+forum.String()+"/meeting-import-checks", strings.Repeat("a", 3<<20)).Want(413)

	template := e.As("").Get("/meeting-record.xlsx?lang=sv").Want(200)
	book, err := excelize.OpenReader(bytes.NewReader(template.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]string{"B1": "10.3.2026", "B2": "13.00", "B3": "15:00"} {
		if err := book.SetCellStr("Möte", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for cell, v := range map[string]string{"Ärenden!A2": "1", "Ärenden!C2": "Avaus", "Ärenden!A3": "2", "Ärenden!D3": "Informationsöverföring", "Ärenden!B3": "x",
		"Närvaro!A2": "luvn_family_head", "Närvaro!B2": "LUVN", "Närvaro!C2": "Närvarande", "Närvaro!A3": "Ingen", "Närvaro!C3": "Frånvarande", "Resultat!G2": "Ohry", "Resultat!A2": "2", "Resultat!B2": "Beslut", "Resultat!D2": "Tas i bruk.", "Resultat!A3": "7", "Resultat!B3": "Beslut"} {
		sheet, at, _ := strings.Cut(cell, "!")
		if err := book.SetCellStr(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	write := func() string {
		var b bytes.Buffer
		if err := book.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := places(check(write())); got != "Ärenden!B3 malformed, Resultat!A3 unknown_item, Resultat!G2 only_of_referral, Närvaro!A3 unknown_member" {
		t.Errorf("workbook: %s", got)
	}
	if err := errorsOf(book.SetCellStr("Ärenden", "B3", "7"), book.RemoveRow("Resultat", 3), book.RemoveRow("Närvaro", 3), book.SetCellStr("Resultat", "G2", "")); err != nil {
		t.Fatal(err)
	}
	made := apitest.As[api.RecordReport](sendFile(c, "/forums/"+forum.String()+"/meeting-imports", write()).Want(201))
	if made.Number != 1 || made.Items != 2 || made.Outcomes != 1 || made.Attendance != 1 {
		t.Errorf("made %+v", made)
	}
	if items := agenda(e, "lape secretary", *made.Meeting, ""); items[1].Section != 7 || items[1].Outcomes[0].Text.SV != "Tas i bruk." {
		t.Errorf("items %+v", items)
	}
}

const recordOfAll = `meeting: {day: 2026-03-10, starts: "13:00", ends: "15:30"}
attendance:
  - {member: esp_education_head, attendance: läsnä}
  - {member: LUVN_FAMILY_HEAD, party: luvn, attendance: på distans}
  - {member: esp_youth_head, attendance: sijainen, substitute: Nuorisopalvelujen edustaja}
  - {member: luvn_older_head, attendance: absent}
items:
  - title: {fi: Tiedonsiirto, sv: Informationsöverföring}
    outcomes:
      - {type: lähetys, text: {fi: Lähetetään., sv: Hänskjuts.}, toForum: muu}
`

// Topology: the forum lape and its members of the day, the forum other. A record
// tells how members attended, and to which forum a matter went: the referral is
// sent, and its clock runs from the import.
func TestImportOfAttendanceAndReferrals(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	forum := lape(e, f)
	c := e.As("lape secretary")
	path := "/forums/" + forum.String()
	check := func(old, fresh string) api.RecordReport {
		t.Helper()
		body := strings.Replace(recordOfAll, old, fresh, 1)
		if body == recordOfAll && old != fresh {
			t.Fatalf("%q is not in the record", old)
		}
		return apitest.As[api.RecordReport](sendFile(c, path+"/meeting-import-checks", body).Want(200))
	}
	for name, tt := range map[string]struct {
		old, fresh, want string
		line             int
		key              string
	}{
		"nobody's title":      {"member: esp_education_head", "member: Rehtori", "/attendance/0/member unknown_member", 3, "member"},
		"another party":       {"party: luvn", "party: espoo", "/attendance/1/member unknown_member", 4, "member"},
		"twice":               {"member: luvn_older_head", "member: esp_youth_head", "/attendance/3/member member_twice", 6, "member"},
		"no member":           {"{member: esp_education_head, ", "{", "/attendance/0/member required", 3, "member"},
		"no attendance":       {"attendance: läsnä", "attendance: ''", "/attendance/0/attendance required", 3, "attendance"},
		"another word":        {"attendance: läsnä", "attendance: ehkä", "/attendance/0/attendance not_allowed", 3, "attendance"},
		"no substitute named": {", substitute: Nuorisopalvelujen edustaja", "", "/attendance/2/substitute required", 5, "substitute"},
		"absent and replaced": {"attendance: absent", "attendance: absent, substitute: Joku", "/attendance/3/substitute absent_with_substitute", 6, "substitute"},
		"unknown key":         {"party: luvn", "office: luvn", "/attendance/1/office unknown_key", 4, "office"},
		"no such forum":       {"toForum: muu", "toForum: Olematon", "/items/0/outcomes/0/toForum unknown_forum", 10, "toForum"},
		"its own forum":       {"toForum: muu", "toForum: lape", "/items/0/outcomes/0/toForum same_forum", 10, "toForum"},
		"no forum":            {", toForum: muu", "", "/items/0/outcomes/0/toForum required", 10, "toForum"},
		"no referral":         {"type: lähetys", "type: päätös", "/items/0/outcomes/0/toForum only_of_referral", 10, "toForum"},
	} {
		r := check(tt.old, tt.fresh)
		if r.Valid || places(r) != tt.want || r.Errors[0].Line != tt.line || r.Errors[0].Key != tt.key {
			t.Errorf("%s: %q %+v, want %q", name, places(r), r.Errors, tt.want)
		}
	}
	if dry := check("", ""); !dry.Valid || dry.Attendance != 4 || len(referrals(e, "other secretary", "")) != 0 {
		t.Errorf("dry run %+v", dry)
	}
	made := apitest.As[api.RecordReport](sendFile(c, path+"/meeting-imports", recordOfAll).Want(201))
	m := apitest.As[api.Meeting](c.Get("/meetings/" + made.Meeting.String()).Want(200))
	got := map[string]string{}
	for _, p := range m.Participants {
		got[p.Post.Title.FI] = string(p.Attendance)
		if p.Substitute != nil && p.Substitute.Name != "" {
			got[p.Post.Title.FI] += " " + p.Substitute.Name
		}
	}
	for post, want := range map[string]string{"esp_education_head": "present", "luvn_family_head": "remote", "esp_youth_head": "present Nuorisopalvelujen edustaja",
		"luvn_older_head": "absent", "hus_liaison": "expected", "esp_secretary": "expected"} {
		if got[post] != want {
			t.Errorf("%s: %q, want %q", post, got[post], want)
		}
	}
	sent := referrals(e, "other secretary", "")
	if len(sent) != 1 || sent[0].State != "open" || sent[0].Meeting.ID != m.ID || sent[0].DueOn.Before(domain.DateOf(e.Now())) {
		t.Errorf("sent %+v", sent)
	}
	if entry := lastEntry(e, "referral"); entry.permission != "meeting.import" {
		t.Errorf("entry %+v", entry)
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
