package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
)

// recordColumn is one column of the workbook: its key, and its heading in
// Finnish and Swedish.
type recordColumn struct{ key, fi, sv string }

// The sheets of the workbook: the meeting's keys and values, the items, and the
// outcomes by the number of their item, and the members' attendance.
var (
	recordSheets = [4]recordColumn{{"meeting", "Kokous", "Möte"}, {"items", "Asiat", "Ärenden"}, {"outcomes", "Lopputulokset", "Resultat"}, {"attendance", "Läsnäolo", "Närvaro"}}
	meetingRows  = []recordColumn{
		{"day", "Päivä", "Dag"}, {"starts", "Alkoi", "Började"}, {"ends", "Päättyi", "Slutade"}, {"number", "Numero vuonna", "Nummer under året"},
		{"title.fi", "Otsikko suomeksi", "Rubrik på finska"}, {"title.sv", "Otsikko ruotsiksi", "Rubrik på svenska"},
		{"place.fi", "Paikka suomeksi", "Plats på finska"}, {"place.sv", "Paikka ruotsiksi", "Plats på svenska"},
		{"visibility", "Julkisuus", "Offentlighet"}, {"visibilityGround", "Salassapidon peruste", "Sekretessgrund"},
	}
	itemColumns = []recordColumn{
		{"no", "Asia nro", "Ärende nr"}, {"section", "Pykälä", "Paragraf"}, {"title.fi", "Otsikko suomeksi", "Rubrik på finska"}, {"title.sv", "Otsikko ruotsiksi", "Rubrik på svenska"},
		{"proposal.fi", "Päätösehdotus suomeksi", "Beslutsförslag på finska"}, {"proposal.sv", "Päätösehdotus ruotsiksi", "Beslutsförslag på svenska"},
		{"proceedings.fi", "Käsittely suomeksi", "Behandling på finska"}, {"proceedings.sv", "Käsittely ruotsiksi", "Behandling på svenska"},
		{"decision.fi", "Päätös suomeksi", "Beslut på finska"}, {"decision.sv", "Päätös ruotsiksi", "Beslut på svenska"},
		{"visibility", "Julkisuus", "Offentlighet"}, {"visibilityGround", "Salassapidon peruste", "Sekretessgrund"},
	}
	outcomeColumns = []recordColumn{
		{"no", "Asia nro", "Ärende nr"}, {"type", "Laji", "Slag"}, {"text.fi", "Teksti suomeksi", "Text på finska"}, {"text.sv", "Teksti ruotsiksi", "Text på svenska"},
		{"noActionReason.fi", "Miksi ei jatkoa, suomeksi", "Varför ingen fortsättning, på finska"}, {"noActionReason.sv", "Miksi ei jatkoa, ruotsiksi", "Varför ingen fortsättning, på svenska"},
		{"toForum", "Mille foorumille lähetetään", "Till vilket forum det hänskjuts"},
	}
	attendanceColumns = []recordColumn{
		{"member", "Jäsenen tehtävä", "Medlemmens befattning"}, {"party", "Organisaatio", "Organisation"},
		{"attendance", "Läsnä, etänä, poissa vai sijainen", "Närvarande, på distans, frånvarande eller ersättare"}, {"substitute", "Kuka sijaisena", "Vem som ersättare"},
	}
)

// keyOf finds a column by its heading in either language.
func keyOf(columns []recordColumn, heading string) string {
	heading = strings.TrimSpace(heading)
	for _, c := range columns {
		if strings.EqualFold(heading, c.fi) || strings.EqualFold(heading, c.sv) || heading == c.key {
			return c.key
		}
	}
	return ""
}

// unpackedMax bounds what a workbook unpacks to, in bytes.
const unpackedMax = 32 << 20

func (f *recordFile) readXLSX(data []byte) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unpackedMax, UnzipXMLSizeLimit: unpackedMax})
	if err != nil {
		f.wrong("", "not_readable", "", place{})
		return
	}
	defer func() { _ = book.Close() }() // nothing was written
	sheets := map[string]string{}
	for _, name := range book.GetSheetList() {
		if key := keyOf(recordSheets[:], name); key != "" {
			sheets[key] = name
		}
	}
	cell := func(sheet string, column, row int) place {
		name, _ := excelize.CoordinatesToCellName(column+1, row+1)
		return place{Sheet: sheet, Cell: name, Line: row + 1, Column: column + 1}
	}
	rows := func(key string) (string, [][]string) {
		name := sheets[key]
		if name == "" {
			if key != "outcomes" && key != "attendance" {
				f.wrong("/"+key, "required", key, place{})
			}
			return "", nil
		}
		all, err := book.GetRows(name)
		if err != nil {
			f.wrong("/"+key, "not_readable", name, place{Sheet: name})
		}
		return name, all
	}
	name, all := rows("meeting")
	in := fields{}
	for r, row := range all {
		if len(row) == 0 || strings.TrimSpace(row[0]) == "" {
			continue
		}
		key := keyOf(meetingRows, row[0])
		if key == "" {
			f.wrong("/meeting", "unknown_key", row[0], cell(name, 0, r))
		} else if len(row) > 1 && strings.TrimSpace(row[1]) != "" {
			in[key] = value{row[1], cell(name, 1, r)}
		}
	}
	if name != "" {
		f.places["/meeting"] = place{Sheet: name}
		f.meeting(in)
	}
	index := map[string]int{}
	f.table(rows, cell, "items", itemColumns, func(no string, at place, in fields) {
		n := len(f.record.Items)
		pointer := domain.Pointer("/items", n)
		f.places[pointer] = at
		if no == "" {
			no = strconv.Itoa(n + 1)
		}
		if _, twice := index[no]; twice {
			f.wrong(pointer+"/no", "duplicate", no, at)
		}
		index[no] = n
		f.record.Items = append(f.record.Items, f.item(pointer, in))
	})
	f.table(rows, cell, "outcomes", outcomeColumns, func(no string, at place, in fields) {
		n, ok := index[no]
		if !ok {
			f.wrong("/outcomes", "unknown_item", no, at)
			return
		}
		item := &f.record.Items[n]
		pointer := domain.Pointer(domain.Pointer("/items", n)+"/outcomes", len(item.Outcomes))
		f.places[pointer] = at
		item.Outcomes = append(item.Outcomes, f.outcome(pointer, in))
	})
	f.table(rows, cell, "attendance", attendanceColumns, func(_ string, at place, in fields) {
		pointer := domain.Pointer("/attendance", len(f.record.Attendance))
		f.places[pointer] = at
		f.record.Attendance = append(f.record.Attendance, f.attendance(pointer, in))
	})
}

// table reads a sheet with one heading row, and hands over each row that is not
// empty with the number of its item.
func (f *recordFile) table(rows func(string) (string, [][]string), cell func(string, int, int) place, key string, columns []recordColumn, take func(string, place, fields)) {
	name, all := rows(key)
	if len(all) == 0 {
		return
	}
	keys := make([]string, len(all[0]))
	for c, heading := range all[0] {
		if keys[c] = keyOf(columns, heading); keys[c] == "" && strings.TrimSpace(heading) != "" {
			f.wrong("/"+key, "unknown_key", heading, cell(name, c, 0))
		}
	}
	for r, row := range all[1:] {
		in, no := fields{}, ""
		for c, text := range row {
			if c >= len(keys) || keys[c] == "" || strings.TrimSpace(text) == "" {
				continue
			}
			if keys[c] == "no" {
				no = strings.TrimSpace(text)
			} else {
				in[keys[c]] = value{text, cell(name, c, r+1)}
			}
		}
		if len(in) > 0 {
			take(no, cell(name, 0, r+1), in)
		}
	}
}

// writeRecordTemplate writes an empty workbook with the headings of a language.
func writeRecordTemplate(w io.Writer, lang domain.Lang) error {
	head := func(c recordColumn) string {
		if lang == domain.Swedish {
			return c.sv
		}
		return c.fi
	}
	book := excelize.NewFile()
	err := book.SetSheetName("Sheet1", head(recordSheets[0]))
	for r, row := range meetingRows {
		err = errors.Join(err, book.SetCellStr(head(recordSheets[0]), fmt.Sprintf("A%d", r+1), head(row)))
	}
	err = errors.Join(err, book.SetColWidth(head(recordSheets[0]), "A", "B", 36))
	for n, columns := range [][]recordColumn{itemColumns, outcomeColumns, attendanceColumns} {
		name := head(recordSheets[n+1])
		if _, e := book.NewSheet(name); e != nil {
			err = errors.Join(err, e)
		}
		for c, column := range columns {
			cell, e := excelize.CoordinatesToCellName(c+1, 1)
			err = errors.Join(err, e, book.SetCellStr(name, cell, head(column)))
		}
		err = errors.Join(err, book.SetColWidth(name, "A", "L", 28), book.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	}
	if err == nil {
		err = book.Write(w)
	}
	return errors.Join(err, book.Close())
}
