package api

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"yhdyspinta/domain"
)

// tableFile is a table that somebody sent, by the keys of the columns that its
// headings name.
type tableFile struct {
	sheet    string            // of a workbook; "" of CSV
	columns  map[string]int    // where each known column stands, from 0
	headings map[string]string // and what the file calls it
	unknown  []string          // headings that name none
	rows     []tableRow
}

type tableRow struct {
	line  int // from 1
	cells map[string]string
}

// head is a column as a file may call it.
type head struct {
	key   string
	names []string // the first three in Finnish, Swedish and English
}

// headRows is how far down a table may begin: people put its name above it.
const headRows = 10

// What is read of a file at most: spreadsheets give a row as many cells as its
// last one says, and a sheet as many lines as anybody ever touched.
const (
	maxSheets = 20
	maxLines  = 20_000 // of a sheet, empty ones too
	maxCells  = 100    // of a row
)

// errUnreadable says that a file is neither a workbook nor a text.
var errUnreadable = domain.InvalidField("/file", "not_readable")

// readTable finds a table in a workbook or a CSV file: which it is, its content
// tells. The table begins at the first of the uppermost rows that names the most
// columns, one of required among them. Rows without any text are left out.
func readTable(data []byte, heads []head, required []string, maxRows int) (tableFile, error) {
	var out tableFile
	sheets := []namedRows{}
	headings := func(fields []string) (tableFile, bool) {
		found := readHeads(fields, heads)
		return found, slices.ContainsFunc(required, func(key string) bool { _, ok := found.columns[key]; return ok })
	}
	most := headRows + maxRows
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		var err error
		if sheets, err = xlsxRows(data, most, func(fields []string) bool { _, ok := headings(fields); return ok }); err != nil {
			return out, err
		}
	} else {
		text, err := textOf(data)
		if err != nil {
			return out, err
		}
		for _, separator := range ";,\t" {
			if s, err := csvRows(text, separator, most); err == nil {
				sheets = append(sheets, s)
			}
		}
	}
	best, from := -1, 0
	for n, s := range sheets {
		for i, row := range s.rows {
			if row.line > headRows {
				break
			}
			if found, ok := headings(row.fields); ok && len(found.columns) > len(out.columns) {
				out, best, from = found, n, i+1
			}
		}
	}
	if best < 0 {
		return out, domain.InvalidField("/file", "no_headings")
	}
	out.sheet = sheets[best].name
	for _, row := range sheets[best].rows[from:] {
		r := tableRow{row.line, map[string]string{}}
		for key, i := range out.columns {
			if i < len(row.fields) {
				if text := strings.TrimSpace(row.fields[i]); text != "" {
					r.cells[key] = text
				}
			}
		}
		if len(r.cells) > 0 {
			out.rows = append(out.rows, r)
		}
	}
	if sheets[best].more || len(out.rows) > maxRows {
		return out, domain.InvalidField("/file", "too_many_rows")
	}
	return out, nil
}

// readHeads finds the columns that the cells of a row name, each once. A name that
// means one column in one language and another in another, as Part does, is read in
// the language in which the row names most.
func readHeads(cells []string, heads []head) tableFile {
	out := tableFile{columns: map[string]int{}, headings: map[string]string{}}
	cells = slices.Clone(cells)
	for i, cell := range cells {
		cells[i] = strings.Join(strings.Fields(cell), " ")
	}
	own := func(lang int, cell string) string {
		for _, h := range heads {
			if lang < len(h.names) && strings.EqualFold(h.names[lang], cell) {
				return h.key
			}
		}
		return ""
	}
	best, most := 0, 0
	for lang := range domain.Langs {
		n := 0
		for _, cell := range cells {
			if cell != "" && own(lang, cell) != "" {
				n++
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	for i, cell := range cells {
		key := own(best, cell)
		for _, h := range heads {
			if key == "" && slices.ContainsFunc(h.names, func(name string) bool { return strings.EqualFold(name, cell) }) {
				key = h.key
			}
		}
		if _, twice := out.columns[key]; key != "" && !twice {
			out.columns[key], out.headings[key] = i, cell
		} else if cell != "" {
			out.unknown = append(out.unknown, cell)
		}
	}
	return out
}

// namedRows are the rows of a sheet that have any text.
type namedRows struct {
	name string
	rows []lineRow
	more bool // there are more than were read
}

// add keeps a row if it has any text, and tells whether there is room for more.
func (s *namedRows) add(line int, fields []string, most int) bool {
	fields = fields[:min(len(fields), maxCells)]
	if !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" }) {
		return true
	}
	if len(s.rows) == most {
		s.more = true
		return false
	}
	s.rows = append(s.rows, lineRow{line, slices.Clone(fields)})
	return true
}

type lineRow struct {
	line   int
	fields []string
}

// xlsxRows reads the sheets of a workbook that begin with headings, row by row
// and at most so many of each as have text. Dates come as 2026-11-30 where they
// are shown in the way of the machine, and else as they are shown.
func xlsxRows(data []byte, most int, headed func([]string) bool) ([]namedRows, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unpackedMax, UnzipXMLSizeLimit: unpackedMax,
		ShortDatePattern: "yyyy-mm-dd"})
	if err != nil {
		return nil, errUnreadable
	}
	defer func() { _ = book.Close() }() // nothing was written
	var out []namedRows
	names := book.GetSheetList()
	for _, name := range names[:min(len(names), maxSheets)] {
		s, begun := namedRows{name: name}, false
		rows, err := book.Rows(name)
		if err != nil {
			return nil, errUnreadable
		}
		for line := 1; rows.Next(); line++ {
			if s.more = line > maxLines; s.more || !begun && line > headRows {
				break
			}
			fields, err := rows.Columns()
			if err != nil {
				return nil, errUnreadable
			}
			if !s.add(line, fields, most) {
				break
			}
			begun = begun || headed(fields[:min(len(fields), maxCells)])
		}
		if err := errors.Join(rows.Error(), rows.Close()); err != nil {
			return nil, errUnreadable
		}
		if begun {
			out = append(out, s)
		}
	}
	return out, nil
}

// textOf reads UTF-8, with a byte order mark or without, or what Finnish Excel
// calls plain CSV: Windows-1252.
func textOf(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, 0) >= 0 {
		return "", errUnreadable
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", errUnreadable
	}
	return string(text), nil
}

func csvRows(text string, separator rune, most int) (s namedRows, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator, -1, true
	inner := 0 // line breaks within cells: a spreadsheet does not count them as rows
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		line, _ := r.FieldPos(0)
		line -= inner
		for i, f := range fields {
			inner += strings.Count(f, "\n")
			if f != "" && f[0] == '\'' && harmless(f[1:]) == f { // the apostrophe of an export
				fields[i] = f[1:]
			}
		}
		if !s.add(line, fields, most) {
			return s, nil
		}
	}
}
