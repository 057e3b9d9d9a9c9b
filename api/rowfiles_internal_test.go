package api

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
)

// arrays reports whether an answer holds a list of things: an array of objects at its
// top.
func arrays(all huma.Registry, s *huma.Schema) bool {
	resolve := func(s *huma.Schema) *huma.Schema {
		for s != nil && s.Ref != "" {
			s = all.SchemaFromRef(s.Ref)
		}
		return s
	}
	s = resolve(s)
	if s == nil {
		return false
	}
	if s.Type == huma.TypeArray {
		return true
	}
	for _, p := range s.Properties {
		if p = resolve(p); p.Type == huma.TypeArray && resolve(p.Items).Type == huma.TypeObject {
			return true
		}
	}
	return false
}

// Every list of the contract is to be had as CSV and XLSX, or stands in withoutFile
// with the reason why not. One thing (its path ends with what names it) is no list.
func TestEveryListHasItsFiles(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	contract := s.api.OpenAPI()
	needed := map[string]bool{}
	for path, item := range contract.Paths {
		op := item.Get
		if op == nil || op.Responses["200"] == nil {
			continue
		}
		json := op.Responses["200"].Content["application/json"]
		if json == nil || !arrays(contract.Components.Schemas, json.Schema) {
			continue
		}
		if reason, without := withoutFile[op.OperationID]; without {
			needed[op.OperationID] = true
			if len(reason) < 10 {
				t.Errorf("%s has no file, and no reason", op.OperationID)
			}
			if reason != ownFile {
				continue
			}
		} else if strings.HasSuffix(path, "}") && contract.Paths[path+"/csv"] == nil {
			continue
		}
		for _, kind := range listFileKinds {
			if contract.Paths[path+"."+kind.suffix] == nil && contract.Paths[path+"/"+kind.suffix] == nil {
				t.Errorf("%s (%s) lists something and has no file as %s: give it Items or fileRows, or name it in withoutFile with the reason", op.OperationID, path, kind.suffix)
			}
		}
	}
	for id := range withoutFile {
		if !needed[id] {
			t.Errorf("withoutFile names %s, which is no list", id)
		}
	}
}

// everyRow are the rows of all lists that have files of the shared kind.
func everyRow(t *testing.T) map[string]reflect.Type {
	t.Helper()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	if len(s.rowFiles) < 60 {
		t.Fatalf("%d lists", len(s.rowFiles))
	}
	return s.rowFiles
}

// A file speaks three languages: its sheet has a name, each column a heading, and each
// value of a closed list a word.
func TestFilesOfListsHaveWords(t *testing.T) {
	t.Parallel()
	whole := func(text domain.Text) bool { return text.FI != "" && text.SV != "" && text.EN != "" }
	var values func(list string, row reflect.Type, depth int)
	values = func(list string, row reflect.Type, depth int) {
		for _, f := range viewFields(row) {
			base := deref(f.Type)
			for base.Kind() == reflect.Slice {
				base = deref(base.Elem())
			}
			if leftOut(row, f) || slices.Contains(rowsWithout[list], f.name) {
				continue
			}
			for value := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
				if text, ok := rowWord(f.of, f.name, value); value != "" && (!ok || !whole(text)) {
					t.Errorf("%s: no word for %s %s of %s", list, f.name, value, row.Name())
				}
			}
			if base.Kind() == reflect.Struct && depth < 2 && !oneCell(base) {
				values(list, base, depth+1)
			}
		}
	}
	for list, row := range everyRow(t) {
		if name := rowSheets[list]; !whole(name) || len([]rune(name.FI)) > 31 || len([]rune(name.SV)) > 31 || len([]rune(name.EN)) > 31 {
			t.Errorf("%s has no name for its sheet in rowSheets", list)
		}
		seen := map[string]string{}
		for _, c := range rowColumns(list, row) {
			_, own := rowHeads[list+":"+c.key]
			_, known := rowHeads[c.key]
			for part := range strings.SplitSeq(c.key, ".") {
				if _, ok := rowHeads[part]; !ok && !own && !known {
					t.Errorf("%s: no heading for %s in rowHeads", list, c.key)
				}
			}
			if other := seen[c.head.FI]; other != "" {
				t.Errorf("%s: %s and %s are both %q", list, c.key, other, c.head.FI)
			}
			seen[c.head.FI] = c.key
		}
		if len(seen) == 0 {
			t.Errorf("%s has no columns", list)
		}
		values(list, row, 0)
	}
}

// attacks are texts that a spreadsheet takes for a formula, as a cell or pasted.
var attacks = []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "＋1", "－1", "＠A", "=HYPERLINK(\"http://x\")", "=cmd|'/c calc'!A1", "− 5"}

func TestTextsAreNoFormulas(t *testing.T) {
	t.Parallel()
	for _, attack := range attacks {
		kept := strings.ReplaceAll(attack, "\r", "") // lines of a CSV file end in CR LF, within cells too
		var b bytes.Buffer
		out, err := newCSV(&b)
		if err == nil {
			err = firstError(out.row("Otsikko"), out.row(attack), out.end())
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
		r.Comma = ';'
		rows, readErr := r.ReadAll()
		if err != nil || readErr != nil || rows[1][0] != "'"+kept {
			t.Errorf("CSV of %q: %q, %v, %v", attack, rows, err, readErr)
		}
		if back, err := csvRows(strings.TrimPrefix(b.String(), "\ufeff"), ';', 10); err != nil || back.rows[1].fields[0] != kept {
			t.Errorf("%q is read back as %v, %v", attack, back, err)
		}
		b.Reset()
		book, err := newXLSX(&b, domain.Finnish, "Taulu", []float64{10})
		if err == nil {
			err = firstError(book.row("Otsikko"), book.row(attack), book.end())
		}
		f, openErr := excelize.OpenReader(&b)
		if err != nil || openErr != nil {
			t.Fatal(err, openErr)
		}
		kind, _ := f.GetCellType("Taulu", "A2")
		if formula, _ := f.GetCellFormula("Taulu", "A2"); formula != "" || kind != excelize.CellTypeInlineString {
			t.Errorf("XLSX of %q: formula %q, type %v", attack, formula, kind)
		}
		_ = f.Close()
	}
	for _, text := range []string{"", "Työ", "a=b", "5 - 3", "1,5", "'lainaus'", "§ 4", "(–)"} {
		if harmless(text) != text {
			t.Errorf("%q became %q", text, harmless(text))
		}
	}
}

// Numbers, dates, times and percentages are what they are, not texts.
func TestCellsAreTyped(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 21, 30, 0, 0, time.UTC) // 2 July 0.30 in Helsinki
	values := []any{-5, 2.5, percent(35), domain.NewDate(2026, 11, 23), at, "teksti", nil, time.Time{}, domain.Date{}}
	var b bytes.Buffer
	out, err := newCSV(&b)
	if err == nil {
		err = firstError(out.row(values...), out.end())
	}
	if want := "\ufeff-5;2,5;35;2026-11-23;2026-07-02 00:30;teksti;;;\r\n"; err != nil || b.String() != want {
		t.Errorf("CSV %q, %v", b.String(), err)
	}
	// The library that reads the file shows the space of "0 %" after the sign.
	for lang, shown := range map[domain.Lang][]string{
		domain.Finnish: {"-5", "2.5", "35% ", "23.11.2026", "2.7.2026 0.30", "teksti"},
		domain.Swedish: {"-5", "2.5", "35% ", "23.11.2026", "2.7.2026 0.30", "teksti"},
		domain.English: {"-5", "2.5", "35% ", "2026-11-23", "2026-07-02 00:30", "teksti"},
	} {
		b.Reset()
		book, err := newXLSX(&b, lang, "Taulu", make([]float64, len(values)))
		if err != nil {
			t.Fatal(err)
		}
		book.about = func() about {
			return about{sheet: "Tiedot", title: "Yhdyspinta: Taulu", made: at, lines: [][2]any{{"Rivejä", 1}}}
		}
		heads := make([]any, len(values))
		for i := range heads {
			heads[i] = "Sarake " + strconv.Itoa(i)
		}
		if err := firstError(book.row(heads...), book.row(values...), book.end()); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("Taulu")
		if err != nil || !slices.Equal(rows[1], shown) {
			t.Errorf("%s shows %q, %v", lang, rows[1], err)
		}
		for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeUnset, "B2": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset, "E2": excelize.CellTypeUnset, "F2": excelize.CellTypeInlineString} {
			if kind, _ := f.GetCellType("Taulu", cell); kind != want {
				t.Errorf("%s is of type %v", cell, kind)
			}
		}
		if raw, _ := f.GetCellValue("Taulu", "C2", excelize.Options{RawCellValue: true}); raw != "0.35" {
			t.Errorf("the percentage is kept as %s", raw)
		}
		names := f.GetDefinedName()
		if len(names) != 1 || names[0].RefersTo != "'Taulu'!$A$1:$I$2" {
			t.Errorf("filter %v", names)
		}
		if props, err := f.GetDocProps(); err != nil || props.Title != "Yhdyspinta: Taulu" || props.Creator != "Yhdyspinta" || props.Language != string(lang) {
			t.Errorf("properties %+v, %v", props, err)
		}
		if second, err := f.GetRows("Tiedot"); err != nil || second[0][0] != "Rivejä" {
			t.Errorf("second sheet %v, %v", second, err)
		}
		if panes, err := f.GetPanes("Taulu"); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("panes %+v, %v", panes, err)
		}
		_ = f.Close()
	}
}

// A hundred thousand rows take no more memory than a few thousand: what is held beside
// one page is the library's buffers.
func TestAHundredThousandRowsInConstantMemory(t *testing.T) {
	const total, page, bound = 100_000, 200, 96 << 20
	row := reflect.ValueOf(OutcomeEntry{Outcome: Outcome{No: 7, Text: Text{FI: strings.Repeat("Päätettiin jatkaa työtä. ", 8)}, RecordedAt: time.Now()}})
	columns := rowColumns("listOutcomes", row.Type())
	rows := make([]reflect.Value, page)
	for i := range rows {
		rows[i] = row
	}
	for _, suffix := range []string{"csv", "xlsx"} {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		var peak uint64
		out := counted{}
		f := &fileOf[reflect.Value]{lang: domain.Finnish, suffix: suffix, sheetName: rowSheets["listOutcomes"], columns: columns}
		if err := f.begin(&out); err != nil {
			t.Fatal(err)
		}
		values := make([]any, len(columns))
		for n := 0; n < total; n += page {
			for _, r := range rows {
				for i, c := range columns {
					values[i] = c.value(fileWords{lang: domain.Finnish}, r)
				}
				if err := f.out.row(values...); err != nil {
					t.Fatal(err)
				}
			}
			if n%20_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc)
			}
		}
		if err := f.out.end(); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&now)
		grown := int64(max(peak, now.HeapAlloc)) - int64(before.HeapAlloc)
		t.Logf("%s: %d rows of %d columns, %d MB, heap grew by %d MB", suffix, total, len(columns), out.n>>20, grown>>20)
		if grown > bound {
			t.Errorf("%s: the heap grew by %d MB", suffix, grown>>20)
		}
	}
}

type counted struct{ n int64 }

func (c *counted) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
