package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"gopkg.in/yaml.v3"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// place is where in a file a value stands.
type place struct {
	Sheet  string // "" in YAML
	Cell   string // "" in YAML
	Line   int    // 0 if it is not known
	Column int
}

// recordFile is a record with where its values stand, by their pointers, and
// what could not be read.
type recordFile struct {
	record meeting.Record
	places map[string]place
	errors []recordError
}

// recordError is something that a file has wrong.
type recordError struct {
	pointer, code, key string
	at                 place
}

func (f *recordFile) wrong(pointer, code, key string, at place) {
	f.errors = append(f.errors, recordError{pointer, code, key, at})
}

// where finds the place of a pointer: its own, or that of what it is under.
func (f *recordFile) where(pointer string) place {
	for p := pointer; ; {
		if at, ok := f.places[p]; ok {
			return at
		}
		i := strings.LastIndexByte(p, '/')
		if i <= 0 {
			return place{}
		}
		p = p[:i]
	}
}

// readRecord reads a YAML or XLSX file: which, its content tells.
func readRecord(data []byte) *recordFile {
	f := &recordFile{places: map[string]place{}}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		f.readXLSX(data)
	} else {
		f.readYAML(data)
	}
	return f
}

// value is one scalar of a file.
type value struct {
	text string
	at   place
}

// fields are the scalars of a meeting, item or outcome by their key.
type fields map[string]value

// take sets the fields of one thing under a pointer. Keys: a name, or name.fi,
// name.sv and name.en of a text.
func (f *recordFile) take(pointer string, in fields, texts map[string]*domain.Text, plain map[string]func(string) bool) {
	for key, v := range in {
		name, lang, localised := strings.Cut(key, ".")
		at := pointer + "/" + name
		if localised {
			at += "/" + lang
		}
		f.places[at] = v.at
		if t := texts[name]; t != nil {
			switch {
			case lang == "sv":
				t.SV = v.text
			case lang == "en":
				t.EN = v.text
			case lang == "fi" || !localised:
				t.FI = v.text
			default:
				f.wrong(at, "unknown_key", key, v.at)
			}
			continue
		}
		set := plain[name]
		if set == nil || localised {
			f.wrong(at, "unknown_key", key, v.at)
		} else if v.text != "" && !set(v.text) {
			f.wrong(at, "malformed", key, v.at)
		}
	}
}

func number(to *int) func(string) bool {
	return func(s string) bool {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		*to = n
		return err == nil && n >= 0
	}
}

func (f *recordFile) meeting(in fields) {
	r := &f.record
	var day domain.Date
	clock := func(to *time.Duration) func(string) bool {
		return func(s string) bool {
			t, err := time.Parse("15:04", strings.Replace(strings.TrimSpace(s), ".", ":", 1))
			*to = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
			return err == nil
		}
	}
	var from, to time.Duration
	r.Meeting.Visibility = domain.Public
	f.take("/meeting", in, map[string]*domain.Text{"title": &r.Meeting.Title, "place": &r.Meeting.Place}, map[string]func(string) bool{
		"day": func(s string) bool {
			s = strings.TrimSpace(s)
			for _, layout := range []string{time.DateOnly, "2.1.2006", "2006-01-02T15:04:05Z07:00"} {
				if t, err := time.Parse(layout, s); err == nil {
					d, err := domain.ParseDate(t.Format(time.DateOnly))
					day = d
					return err == nil
				}
			}
			return false
		},
		"starts": clock(&from), "ends": clock(&to), "number": number(&r.Number),
		"visibility":       func(s string) bool { return visibility(&r.Meeting.Visibility, s) },
		"visibilityGround": func(s string) bool { r.Meeting.VisibilityGround = s; return true },
	})
	for _, key := range []string{"day", "starts", "ends"} {
		if in[key].text == "" {
			f.wrong("/meeting/"+key, "required", key, f.where("/meeting/"+key))
		}
	}
	midnight := day.StartOfDay().In(domain.Helsinki)
	at := func(d time.Duration) time.Time {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), int(d.Hours()), int(d.Minutes())%60, 0, 0, domain.Helsinki)
	}
	r.Meeting.StartsAt, r.Meeting.EndsAt = at(from), at(to)
	f.places["/meeting/startsAt"], f.places["/meeting/endsAt"] = f.where("/meeting/starts"), f.where("/meeting/ends")
}

func visibility(to *domain.Visibility, s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "public", "julkinen", "offentlig":
		*to = domain.Public
	case "internal", "sisäinen", "intern":
		*to = domain.Internal
	default:
		return false
	}
	return true
}

func (f *recordFile) item(pointer string, in fields) meeting.RecordItem {
	i := meeting.RecordItem{Edit: meeting.ItemEdit{Visibility: f.record.Meeting.Visibility, VisibilityGround: f.record.Meeting.VisibilityGround}}
	e := &i.Edit
	f.take(pointer, in, map[string]*domain.Text{"title": &e.Title, "preparer": &e.Preparer, "proposal": &e.Proposal, "proceedings": &e.Proceedings,
		"decision": &e.Decision, "explanation": &e.Explanation, "heard": &e.Heard, "goesOnTo": &e.GoesOnTo}, map[string]func(string) bool{
		"section":          number(&e.Section),
		"visibility":       func(s string) bool { return visibility(&e.Visibility, s) },
		"visibilityGround": func(s string) bool { e.VisibilityGround = s; return true },
	})
	return i
}

// outcomeWords are the types of outcomes as people write them in a file.
var outcomeWords = map[string]meeting.OutcomeType{
	"päätös": "decision", "beslut": "decision", "toimeksianto": "assignment", "uppdrag": "assignment", "suositus": "recommendation", "rekommendation": "recommendation",
	"merkitty tiedoksi": "noted", "tiedoksi": "noted", "antecknat": "noted", "för kännedom": "noted", "siirto": "deferred", "bordläggning": "deferred",
	"lähetys": "referral", "hänskjutning": "referral", "remiss": "referral",
}

func (f *recordFile) outcome(pointer string, in fields) meeting.OutcomeEdit {
	var o meeting.OutcomeEdit
	f.take(pointer, in, map[string]*domain.Text{"text": &o.Text, "noActionReason": &o.NoActionReason}, map[string]func(string) bool{
		"type": func(s string) bool {
			s = strings.ToLower(strings.TrimSpace(s))
			o.Type = meeting.OutcomeType(s)
			if t, ok := outcomeWords[s]; ok {
				o.Type = t
			}
			return true
		},
	})
	return o
}

// readYAML reads meeting, items and their outcomes. Keys are those of the API's
// agenda items and outcomes; a text is one string in Finnish or one for each language.
func (f *recordFile) readYAML(data []byte) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil || len(root.Content) == 0 {
		f.wrong("", "not_readable", "", place{Line: yamlLine(err)})
		return
	}
	top := root.Content[0]
	if top.Kind != yaml.MappingNode {
		f.wrong("", "not_readable", "", nodePlace(top))
		return
	}
	var items *yaml.Node
	found := false
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, node := top.Content[i], top.Content[i+1]
		switch key.Value {
		case "meeting":
			found = true
			f.places["/meeting"] = nodePlace(key)
			f.meeting(f.scalars("/meeting", node, nil))
		case "items":
			f.places["/items"] = nodePlace(key)
			items = node
		default:
			f.wrong("/"+key.Value, "unknown_key", key.Value, nodePlace(key))
		}
	}
	if !found {
		f.wrong("/meeting", "required", "meeting", nodePlace(top))
	}
	if items == nil || items.Kind != yaml.SequenceNode {
		return
	}
	for n, node := range items.Content {
		at := domain.Pointer("/items", n)
		f.places[at] = nodePlace(node)
		var outcomes *yaml.Node
		item := f.item(at, f.scalars(at, node, map[string]**yaml.Node{"outcomes": &outcomes}))
		if outcomes != nil && outcomes.Kind == yaml.SequenceNode {
			for k, o := range outcomes.Content {
				under := domain.Pointer(at+"/outcomes", k)
				f.places[under] = nodePlace(o)
				item.Outcomes = append(item.Outcomes, f.outcome(under, f.scalars(under, o, nil)))
			}
		}
		f.record.Items = append(f.record.Items, item)
	}
}

func nodePlace(n *yaml.Node) place { return place{Line: n.Line, Column: n.Column} }

// yamlLine is the line that an error of the parser names; 0 if none.
func yamlLine(err error) (line int) {
	if err != nil {
		_, _ = fmt.Sscanf(err.Error(), "yaml: line %d:", &line)
	}
	return line
}

// scalars reads the keys of a mapping: its scalars, and one level of languages
// below it. Lists are handed over by their key.
func (f *recordFile) scalars(pointer string, node *yaml.Node, lists map[string]**yaml.Node) fields {
	out := fields{}
	if node.Kind != yaml.MappingNode {
		f.wrong(pointer, "malformed", "", nodePlace(node))
		return out
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, v := node.Content[i], node.Content[i+1]
		switch {
		case lists[key.Value] != nil:
			*lists[key.Value] = v
		case v.Kind == yaml.ScalarNode:
			if v.Tag != "!!null" {
				out[key.Value] = value{v.Value, nodePlace(v)}
			}
		case v.Kind == yaml.MappingNode:
			for j := 0; j+1 < len(v.Content); j += 2 {
				if lang, text := v.Content[j], v.Content[j+1]; text.Kind == yaml.ScalarNode && text.Tag != "!!null" {
					out[key.Value+"."+lang.Value] = value{text.Value, nodePlace(text)}
				}
			}
		default:
			f.wrong(pointer+"/"+key.Value, "malformed", key.Value, nodePlace(v))
		}
	}
	return out
}

// recordColumn is one column of the workbook: its key, and its heading in
// Finnish and Swedish.
type recordColumn struct{ key, fi, sv string }

// The sheets of the workbook: the meeting's keys and values, the items, and the
// outcomes by the number of their item.
var (
	recordSheets = [3]recordColumn{{"meeting", "Kokous", "Möte"}, {"items", "Asiat", "Ärenden"}, {"outcomes", "Lopputulokset", "Resultat"}}
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
			if key != "outcomes" {
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
	for n, columns := range [][]recordColumn{itemColumns, outcomeColumns} {
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
