package api_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// BenchmarkImport takes as many new actions as a file may have from a workbook,
// each with a goal, a lead and a post of the other party that is asked to accept,
// and then their export back with every title, due date and shared post changed.
// It tells the seconds of each step; docs/guide/files.md has those of a small
// machine.
//
//	go test ./api -run '^$' -bench Import -benchtime 1x
func BenchmarkImport(b *testing.B) {
	const who = "espoo coordinator"
	for b.Loop() {
		e := apitest.New(b)
		f := e.Organisation()
		sharedGoal(e, f)
		newTerm(e, "/tags", "tieto")
		newTerm(e, "/target-groups", "nuoret")
		step := func(name string, run func()) {
			begun := time.Now()
			run()
			b.ReportMetric(time.Since(begun).Seconds(), name+"-s")
		}
		rows := map[int][]any{1: {"Toimenpide suomeksi", "Toimenpide ruotsiksi", "Kuvaus suomeksi", "Tavoite", "Päävastuu", "Yhteisvastuu", "Määräaika", "Kohderyhmät", "Asiasanat"}}
		for n := range domain.MaxImportRows {
			rows[n+2] = []any{fmt.Sprintf("Toimenpide %04d lasten ja nuorten hyvinvoinnin tueksi", n), fmt.Sprintf("Åtgärd %04d för barn och unga", n),
				fmt.Sprintf("Kuvaus %04d: mitä tehdään, kenen kanssa ja mistä tiedetään, että siitä on hyötyä.", n),
				1, "esp_education_head", "luvn_family_head", fmt.Sprintf("%d/%d", 1+n%12, 2027+n%3), "nuoret", "tieto"}
		}
		file := workbook(b, rows)
		var seen apitest.JSON
		step("new-check", func() {
			r := checkImport(e, who, file)
			if r.New != domain.MaxImportRows {
				b.Fatal(rowCounts(r))
			}
			seen = apitest.JSON{"fingerprint": r.Fingerprint}
		})
		step("new-import", func() { e.As(who).Post("/action-imports", importBody(file, seen)).Want(201) })
		var export []byte
		step("export", func() { export = e.As(who).Get("/actions.xlsx?sort=no").Want(200).Bytes })
		step("same-check", func() {
			if r := checkImport(e, who, export); r.Same != domain.MaxImportRows {
				b.Fatal(rowCounts(r))
			}
		})
		file = changedEverywhere(b, export)
		because := apitest.JSON{"reason": "Uusi suunnittelukausi."}
		step("changed-check", func() {
			r := checkImport(e, who, file, because)
			if r.Changed != domain.MaxImportRows {
				b.Fatal(rowCounts(r))
			}
			seen = apitest.JSON{"fingerprint": r.Fingerprint}
		})
		step("changed-import", func() { e.As(who).Post("/action-imports", importBody(file, because, seen)).Want(201) })
	}
}

// BenchmarkImportOfLists takes as many goals, posts and responsibilities as a file
// may have, one kind after the other.
func BenchmarkImportOfLists(b *testing.B) {
	for b.Loop() {
		e := apitest.New(b)
		f := e.Organisation()
		sharedGoal(e, f)
		goals := [][]string{{"Suunnitelma", "Teema", "Tavoite", "Päävastuu"}}
		posts := [][]string{{"Yksikkö", "Tehtävä"}}
		parts := [][]string{{"Laji", "Numero", "Tehtävä", "Osuus", "Sanamuoto"}}
		for n := range domain.MaxImportRows {
			goals = append(goals, []string{"Suunnitelma", "older", fmt.Sprintf("Tavoite %04d", n), "esp_education_head; luvn_family_head"})
			posts = append(posts, []string{"esp_schools", fmt.Sprintf("Rehtori %04d", n)})
			parts = append(parts, []string{"Tavoite", fmt.Sprint(n + 2), "luvn_older_head", "Tuki", fmt.Sprintf("Tukee työtä %04d", n)})
		}
		for _, kind := range []struct {
			name, who string
			rows      [][]string
		}{{"goal", "espoo coordinator", goals}, {"post", "espoo administrator", posts}, {"responsibility", "espoo coordinator", parts}} {
			file := csvFile(kind.rows...)
			begun := time.Now()
			r := checkFile(e, kind.who, kind.name, file)
			if r.New != domain.MaxImportRows {
				b.Fatal(rowCounts(r), wrongCells(r)[:1])
			}
			b.ReportMetric(time.Since(begun).Seconds(), kind.name+"-check-s")
			begun = time.Now()
			e.As(kind.who).Post("/"+kind.name+"-imports", importBody(file, apitest.JSON{"fingerprint": r.Fingerprint})).Want(201)
			b.ReportMetric(time.Since(begun).Seconds(), kind.name+"-import-s")
		}
	}
}

// changedEverywhere is an export with another title, due date and shared post on
// every row.
func changedEverywhere(t testing.TB, export []byte) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(export))
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.GetSheetName(0)
	all, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, head := range all[0] {
		for line := 2; line <= len(all); line++ {
			cell, _ := excelize.CoordinatesToCellName(i+1, line) // it was read from there
			var err error
			switch head {
			case "Toimenpide suomeksi":
				err = book.SetCellValue(sheet, cell, all[line-1][i]+" ja tasa-arvon edistämiseksi")
			case "Määräaika":
				err = book.SetCellValue(sheet, cell, domain.NewDate(2030, 1, 1).String())
			case "Yhteisvastuu":
				err = book.SetCellValue(sheet, cell, "LUVN: luvn_older_head")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
