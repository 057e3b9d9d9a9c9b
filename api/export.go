package api

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
)

// The kinds of files that tables are exported as.
const (
	mediaCSV  = "text/csv; charset=utf-8"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// sheet is a table that is written row by row. Values are strings, ints and
// calendar dates; the first row is the heading.
type sheet interface {
	row(values ...any) error
	// end writes what is left.
	end() error
}

// csvSheet writes what Finnish Excel opens: UTF-8 with a byte order mark,
// semicolons, lines that end in CR LF.
type csvSheet struct{ w *csv.Writer }

func newCSV(w io.Writer) (csvSheet, error) {
	_, err := io.WriteString(w, "\ufeff")
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	return csvSheet{c}, err
}

func (s csvSheet) row(values ...any) error {
	fields := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case int:
			fields[i] = strconv.Itoa(v)
		case domain.Date:
			fields[i] = v.String()
		case string:
			fields[i] = harmless(v)
		default:
			return fmt.Errorf("a table has no %T", v)
		}
	}
	return s.w.Write(fields)
}

func (s csvSheet) end() error {
	s.w.Flush()
	return s.w.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula: an apostrophe
// before it says that it is text.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

// xlsxSheet writes a workbook with one sheet. Its rows wait in a file of the
// library's own, as a workbook is a ZIP file that is written at the end. Texts
// are typed as such and are never formulas; dates are dates of the calendar.
type xlsxSheet struct {
	to         io.Writer
	file       *excelize.File
	rows       *excelize.StreamWriter
	n          int
	head, date int // styles
}

// dateFormats are how a workbook shows a date.
var dateFormats = map[domain.Lang]string{domain.Finnish: "d.m.yyyy", domain.Swedish: "d.m.yyyy", domain.English: "yyyy-mm-dd"}

func newXLSX(w io.Writer, lang domain.Lang, name string, widths []float64) (*xlsxSheet, error) {
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	format := dateFormats[lang]
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, err
	}
	rows, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := rows.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	err = rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	return &xlsxSheet{to: w, file: f, rows: rows, head: head, date: date}, err
}

func (s *xlsxSheet) row(values ...any) error {
	s.n++
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = v
		d, ok := v.(domain.Date)
		switch {
		case s.n == 1:
			cells[i] = excelize.Cell{StyleID: s.head, Value: v}
		case ok && d.IsZero():
			cells[i] = nil
		case ok:
			midnight, err := time.Parse(time.DateOnly, d.String())
			if err != nil {
				return err
			}
			cells[i] = excelize.Cell{StyleID: s.date, Value: midnight}
		}
	}
	return s.rows.SetRow("A"+strconv.Itoa(s.n), cells)
}

func (s *xlsxSheet) end() error {
	err := s.rows.Flush()
	if err == nil {
		err = s.file.Write(s.to)
	}
	return errors.Join(err, s.file.Close())
}
