package api

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
)

// The kinds of files that tables are exported as.
const (
	mediaCSV  = "text/csv; charset=utf-8"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// percent is a whole number of hundredths.
type percent int

// sheet is a table that is written row by row. Values are strings, numbers,
// percentages, calendar dates and times; nil and what is zero of a date or time is an
// empty cell. The first row is the heading.
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
		case percent:
			fields[i] = strconv.Itoa(int(v))
		case float64:
			fields[i] = strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
		case domain.Date:
			fields[i] = v.String()
		case time.Time:
			if !v.IsZero() {
				fields[i] = v.In(domain.Helsinki).Format("2006-01-02 15:04")
			}
		case nil:
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
// before it says that it is text. A formula begins with = + - or @, also in their wide
// forms and after signs that a reader does not see; a tab or a line break begins
// another cell where somebody pastes the text.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	seen := strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
	if r, _ := utf8.DecodeRuneInString(seen); seen != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−", r) {
		return "'" + s
	}
	return s
}

// about is what a workbook says of itself, on its second sheet.
type about struct {
	sheet string
	title string // of the document
	made  time.Time
	lines [][2]any
}

// service is whose files these are.
const service = "Yhdyspinta"

// xlsxSheet writes a workbook: its rows on the first sheet, and on a second one what
// it is. The rows wait in a file of the library's own, as a workbook is a ZIP file that
// is written at the end. Texts are typed as such and are never formulas; dates are
// dates of the calendar, times those of Helsinki.
type xlsxSheet struct {
	to    io.Writer
	lang  domain.Lang
	name  string // of the sheet
	file  *excelize.File
	rows  *excelize.StreamWriter
	n     int
	width int          // columns
	about func() about // nil: there is no second sheet

	head, date, instant, hundredths int // styles
}

// dateFormats are how a workbook shows a date.
var dateFormats = map[domain.Lang]string{domain.Finnish: "d.m.yyyy", domain.Swedish: "d.m.yyyy", domain.English: "yyyy-mm-dd"}

// timeFormats are how a workbook shows a time.
var timeFormats = map[domain.Lang]string{domain.Finnish: `d.m.yyyy h"."mm`, domain.Swedish: `d.m.yyyy h"."mm`, domain.English: "yyyy-mm-dd hh:mm"}

func newXLSX(w io.Writer, lang domain.Lang, name string, widths []float64) (*xlsxSheet, error) {
	f := excelize.NewFile()
	s := &xlsxSheet{to: w, lang: lang, name: name, file: f, width: len(widths)}
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	percents := "0 %"
	dates, times := dateFormats[lang], timeFormats[lang]
	for style, of := range map[*int]*excelize.Style{
		&s.head:       {Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}},
		&s.date:       {CustomNumFmt: &dates},
		&s.instant:    {CustomNumFmt: &times},
		&s.hundredths: {CustomNumFmt: &percents},
	} {
		var err error
		if *style, err = f.NewStyle(of); err != nil {
			return nil, err
		}
	}
	var err error
	if s.rows, err = f.NewStreamWriter(name); err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := s.rows.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	err = s.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	return s, err
}

func (s *xlsxSheet) row(values ...any) error {
	s.n++
	cells := make([]any, len(values))
	for i, v := range values {
		if s.n == 1 {
			cells[i] = excelize.Cell{StyleID: s.head, Value: v}
			continue
		}
		cells[i] = s.cell(v)
	}
	if s.n > excelize.TotalRows {
		return &domain.Error{Kind: domain.KindTooLarge, Code: "file_too_long", Detail: "a workbook has at most 1,048,576 rows: ask for CSV, or filter the list"}
	}
	return s.rows.SetRow("A"+strconv.Itoa(s.n), cells)
}

// cell is a value with the format that shows it.
func (s *xlsxSheet) cell(v any) any {
	switch v := v.(type) {
	case percent:
		return excelize.Cell{StyleID: s.hundredths, Value: float64(v) / 100}
	case domain.Date:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: s.date, Value: wall(v.StartOfDay())}
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: s.instant, Value: wall(v)}
	}
	return v
}

// wall is what the clocks of Helsinki show, as a time without a zone: a workbook knows
// none.
func wall(at time.Time) time.Time {
	t := at.In(domain.Helsinki)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

func (s *xlsxSheet) end() error {
	err := s.finish()
	if err == nil {
		err = s.file.Write(s.to)
	}
	return errors.Join(err, s.file.Close())
}

// finish writes the filter above the columns, the second sheet, and of whom the
// workbook is.
func (s *xlsxSheet) finish() error {
	if s.width > 0 && s.n > 0 {
		corner, err := excelize.CoordinatesToCellName(s.width, s.n)
		if err != nil {
			return err
		}
		if err := s.file.AutoFilter(s.name, "A1:"+corner, nil); err != nil {
			return err
		}
	}
	if err := s.rows.Flush(); err != nil {
		return err
	}
	props := &excelize.DocProperties{Title: s.name, Creator: service, Language: string(s.lang)}
	if s.about != nil {
		of := s.about()
		props.Title, props.Created = of.title, of.made.UTC().Format(time.RFC3339)
		props.Modified = props.Created
		if err := s.describe(of); err != nil {
			return err
		}
	}
	return s.file.SetDocProps(props)
}

// describe writes the second sheet.
func (s *xlsxSheet) describe(of about) error {
	if _, err := s.file.NewSheet(of.sheet); err != nil {
		return err
	}
	out, err := s.file.NewStreamWriter(of.sheet)
	if err != nil {
		return err
	}
	for i, width := range []float64{32, 80} {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for i, l := range of.lines {
		if err := out.SetRow("A"+strconv.Itoa(i+1), []any{excelize.Cell{StyleID: s.head, Value: l[0]}, s.cell(l[1])}); err != nil {
			return err
		}
	}
	return out.Flush()
}
