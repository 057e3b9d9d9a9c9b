package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// listOperations are the lists that have files made of their own answers, with the
// paths of these.
func listOperations() (lists []*huma.Operation, files map[string][2]string) {
	byPath := map[string]*huma.Operation{}
	for _, op := range declared() {
		if op.Method == http.MethodGet {
			byPath[op.Path] = op
		}
	}
	files = map[string][2]string{}
	for path, op := range byPath {
		for _, separator := range []string{".", "/"} {
			csv, book := byPath[path+separator+"csv"], byPath[path+separator+"xlsx"]
			if csv != nil && book != nil && strings.HasPrefix(csv.OperationID, "export") {
				lists = append(lists, op)
				files[op.OperationID] = [2]string{csv.Path, book.Path}
			}
		}
	}
	slices.SortFunc(lists, func(a, b *huma.Operation) int { return strings.Compare(a.OperationID, b.OperationID) })
	return lists, files
}

var inPath = regexp.MustCompile(`\{(\w+)\}`)

// Every list and its two files answer alike for each caller: the same status, and as
// many lines as the list has rows.
func TestEveryFileAnswersAsItsList(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	named := map[string]string{
		"/actions/{id}/status-reports": "1", "/responsibilities/of/{kind}/{id}": "action", "/reservations/of/{kind}/{id}": "action",
		"/posts/{id}/duties": d.f.Post["esp_youth_head"].String(), "/parties/{id}/mail-templates": d.f.Party["espoo"].String(), "/plans/{id}/carry-over": d.f.Plan.String(),
	}
	asked := map[string]string{
		"listRadar": "reason=vacant", "getCase": "party=espoo&registryNo=DEMO", "search": "q=tavoite", "listChanges": "since=2026-11-01", "listActionGroups": "by=goal",
		"getResponsibleOn": "subjectKind=goal&date=2026-11-23&subjectId=" + d.open.String(), "compareRounds": "round=" + uuid.NewString() + "&round=" + uuid.NewString(),
		"getOverviewGroups": "by=chain",
	}
	lists, files := listOperations()
	if len(lists) < 65 {
		t.Fatalf("%d lists with files", len(lists))
	}
	answered := 0
	for _, op := range lists {
		fill := func(path string) string {
			return inPath.ReplaceAllStringFunc(path, func(param string) string {
				switch {
				case param == "{kind}":
					return "goal"
				case strings.Contains(op.Path, "/of/{kind}/"):
					return d.open.String()
				case named[op.Path] != "":
					return named[op.Path]
				}
				return uuid.NewString()
			})
		}
		list := fill(op.Path)
		for _, as := range []string{"", "luvn reader", "espoo coordinator", "auditor"} {
			own := e.As(as).Do("GET", "/api/v1"+list+"?"+asked[op.OperationID], nil)
			var body struct {
				Items      []json.RawMessage `json:"items"`
				NextCursor string            `json:"nextCursor"`
			}
			if own.StatusCode == 200 {
				if err := json.Unmarshal(own.Bytes, &body); err != nil {
					t.Fatal(err)
				}
			}
			for i, file := range files[op.OperationID] {
				path := list + strings.TrimPrefix(file, op.Path)
				got := e.As(as).Do("GET", "/api/v1"+path+"?"+asked[op.OperationID], nil)
				if got.StatusCode != own.StatusCode {
					t.Errorf("%s answers %q with %d, its list with %d: %s", path, as, got.StatusCode, own.StatusCode, got.Bytes)
					continue
				}
				if own.StatusCode != 200 {
					if !strings.HasPrefix(got.Header.Get("Content-Type"), "application/problem+json") {
						t.Errorf("%s answers %d as %s", path, got.StatusCode, got.Header.Get("Content-Type"))
					}
					continue
				}
				answered++
				lines := linesOf(t, path, i == 1, got.Bytes)
				if body.Items != nil && body.NextCursor == "" && !slices.Contains([]string{"getResponsibleOn"}, op.OperationID) && lines != len(body.Items) {
					t.Errorf("%s has %d lines for %q, its list %d rows", path, lines, as, len(body.Items))
				}
			}
		}
		e.As("").Get(fill(files[op.OperationID][0]) + "?limit=1").Want(wantStatus(op, 422))
	}
	if answered < 300 {
		t.Errorf("only %d files were made", answered)
	}
}

// wantStatus is what the public gets from an operation: 401 before anything else if
// it is for those who have signed in.
func wantStatus(op *huma.Operation, status int) int {
	if p := permissionOf(op); p != "scope" && !slices.Contains(domain.Actor{}.Somewhere(), domain.Permission(p)) {
		return 401
	}
	return status
}

func linesOf(t *testing.T, path string, workbook bool, file []byte) int {
	t.Helper()
	if !workbook {
		text, marked := strings.CutPrefix(string(file), "\ufeff")
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || !marked || len(rows) == 0 {
			t.Fatalf("%s: %v, %q", path, err, file)
		}
		return len(rows) - 1
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer func() { _ = book.Close() }()
	sheets := book.GetSheetList()
	rows, err := book.Rows(sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n - 1
}

// A list of several pages is whole in its file, each row once and in order, in the
// words of the asked language; its second sheet tells the filters, the day and for whom
// it is.
func TestAFileOfManyPages(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	for i := range 450 {
		e.Exec(`insert into unit values ($1, $2, null, $3, $3, $3, '2025-01-01', null, 1)`, uuid.NewString(), f.Party["luvn"], fmt.Sprintf("=Yksikkö %03d", i))
	}
	want := []string{}
	for cursor := ""; ; {
		page := apitest.As[struct {
			Items      []struct{ Name struct{ FI string } }
			NextCursor string
		}](e.As("").Get("/units?limit=200&partyId=" + f.Party["luvn"].String() + "&cursor=" + url.QueryEscape(cursor)).Want(200))
		for _, u := range page.Items {
			want = append(want, u.Name.FI)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	path := "/units.csv?partyId=" + f.Party["luvn"].String()
	rows, header := csvTable(e, "", path)
	got := columnOf(rows, "Nimi")
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], "'")
	}
	if !slices.Equal(got, want) || len(got) < 450 {
		t.Errorf("%d rows in the file, %d in the list", len(got), len(want))
	}
	if name := header.Get("Content-Disposition"); name != `attachment; filename="units-2026-11-23.csv"` {
		t.Errorf("named %s", name)
	}
	book, _ := xlsxFile(e, "luvn reader", "/units.xlsx?lang=sv&asOf=2026-11-23&partyId="+f.Party["luvn"].String())
	defer func() { _ = book.Close() }()
	if got := book.GetSheetList(); !slices.Equal(got, []string{"Enheter", "Om filen"}) {
		t.Errorf("sheets %q", got)
	}
	about, err := book.GetRows("Om filen")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, l := range about {
		if len(l) > 1 {
			lines[l[0]] = l[1]
		}
	}
	for head, want := range map[string]string{"Förteckning": "Enheter", "Läget i slutet av dagen": "23.11.2026", "Rader": fmt.Sprint(len(want)), "Avgränsningar: Osapuoli": "", "Avgränsningar: Part": "LUVN", "Med vems rättigheter": "Inloggad användare"} {
		if lines[head] != want {
			t.Errorf("%s is %q", head, lines[head])
		}
	}
	e.As("").Get("/units.csv?lang=de").WantProblem(422, "validation_failed")
	e.As("").Get("/units.csv?cursor=x").WantProblem(422, "validation_failed")
	e.As("").Get("/units.xlsx?colour=blue").WantProblem(422, "validation_failed")
	e.As("").Get("/mails.csv").WantProblem(401, "sign_in_required")
	e.As("luvn reader").Get("/mails.csv").WantProblem(403, "forbidden")
}
