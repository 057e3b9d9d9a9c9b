package api

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// fileTexter is what a view says of itself in a cell, if its name or its fields one
// after the other do not.
type fileTexter interface{ fileText(fileWords) string }

// rowColumn is a column of a file that is made of a list's own answers.
type rowColumn = column[reflect.Value]

// rowColumns are the columns of a list: one for each field of its rows, in their
// order, with what a row is known by at the end. What a view within a row is called
// stands in one cell; one without a name is spread over columns. What only a program
// needs is left out: permissions, and ids of what stands there by its name.
func rowColumns(list string, row reflect.Type) []rowColumn {
	return inOrder(spread(list, row, "", nil, false))
}

// inOrder puts what a row is known by at the end.
func inOrder(all []rowColumn) []rowColumn {
	slices.SortStableFunc(all, func(a, b rowColumn) int {
		return slices.Index(knownBy, a.key) - slices.Index(knownBy, b.key)
	})
	return all
}

// knownBy is what a row is known by, in the last columns.
var knownBy = []string{"updatedAt", "version", "id"}

// pathTo reads a field of a row, through what may be missing; the zero Value if it is.
func pathTo(v reflect.Value, path [][]int) reflect.Value {
	for _, index := range path {
		for v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return reflect.Value{}
			}
			v = v.Elem()
		}
		f, err := v.FieldByIndexErr(index)
		if err != nil {
			return reflect.Value{}
		}
		v = f
	}
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}
		}
		v = v.Elem()
	}
	return v
}

// spread are the columns of a row or of a view within it; named are those of ids too that
// are told by what they name.
func spread(list string, t reflect.Type, prefix string, path [][]int, named bool) (out []rowColumn) {
	for _, f := range viewFields(t) {
		key := prefix + f.name
		if leftOut(t, f) && !(named && namedID(t, f.name)) || prefix != "" && slices.Contains(knownBy, f.name) || slices.Contains(rowsWithout[list], key) {
			continue
		}
		to := append(slices.Clone(path), f.Index)
		base := deref(f.Type)
		if cell, ok := rowValuesOf[list+":"+key]; ok {
			out = append(out, rowColumn{key: key, head: rowHead(list, key), width: 60, value: cell})
			continue
		}
		if base.Kind() == reflect.Struct && prefix == "" && (!oneCell(base) || slices.Contains(spreadToo, list+":"+key)) {
			out = append(out, spread(list, base, key+".", to, named)...)
			continue
		}
		c := rowColumn{key: key, head: rowHead(list, key), width: widthOf(f)}
		if precision, ok := fieldNamed(t, strings.TrimSuffix(f.name, "On")+"Precision"); ok && strings.HasSuffix(f.name, "On") {
			known := append(slices.Clone(path), precision.Index)
			c.value = func(_ fileWords, row reflect.Value) any {
				v := pathTo(row, to)
				if !v.IsValid() {
					return ""
				}
				on, _ := v.Interface().(domain.Date)
				return period(on, domain.Precision(pathTo(row, known).String()))
			}
		} else {
			c.value = func(w fileWords, row reflect.Value) any {
				v := pathTo(row, to)
				if !v.IsValid() {
					return ""
				}
				return w.cellOf(f.view, v)
			}
		}
		out = append(out, c)
	}
	return out
}

// view is a field of an answer, with what the contract says of it.
type view struct {
	of     string // type of the answer
	name   string
	isEnum bool
	isDate bool
}

type viewField struct {
	reflect.StructField
	view
}

// viewFields are the fields of an answer by their names in JSON, those of what is
// embedded among them.
func viewFields(t reflect.Type) (out []viewField) {
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || name == "-" {
			continue
		}
		out = append(out, viewField{f, view{t.Name(), name, f.Tag.Get("enum") != "", f.Tag.Get("format") == "date"}})
	}
	return out
}

func fieldNamed(t reflect.Type, name string) (viewField, bool) {
	fields := viewFields(t)
	if i := slices.IndexFunc(fields, func(f viewField) bool { return f.name == name }); i >= 0 {
		return fields[i], true
	}
	return viewField{}, false
}

func deref(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// leftOut are the fields that only a program needs.
func leftOut(t reflect.Type, f viewField) bool {
	base := deref(f.Type)
	elem := base
	if base.Kind() == reflect.Slice {
		elem = base.Elem()
	}
	switch {
	case f.name == "permissions", f.name == "key", strings.HasSuffix(f.name, "Precision"):
		return true
	case base.Kind() == reflect.Map, base.Kind() == reflect.Interface:
		return true
	case isID(elem):
		return f.name != "id" && f.name != "personId" && termField(f.name) == "" && f.name != "partyId" && f.name != "planId" && f.name != "missingPartyIds"
	}
	return false
}

// isID reports whether a type is an id of some kind.
func isID(t reflect.Type) bool {
	t = deref(t)
	if t.Kind() != reflect.Struct || t.NumField() != 1 {
		return false
	}
	return t.Field(0).Type == reflect.TypeFor[uuid.UUID]()
}

// termField names the vocabulary whose terms a field names by id.
func termField(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "s"), "Id")
	if slices.Contains([]string{"theme", "phase", "targetGroup", "tag", "district", "legalBasi", "legalBasis", "mergedInto"}, name) {
		return name
	}
	return ""
}

var (
	textType = reflect.TypeFor[domain.Text]()
	dateType = reflect.TypeFor[domain.Date]()
	timeType = reflect.TypeFor[time.Time]()
)

// oneCell reports whether a struct stands in one cell.
func oneCell(t reflect.Type) bool {
	if t == textType || t == dateType || t == timeType || isID(t) {
		return true
	}
	if t.Implements(reflect.TypeFor[fileTexter]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return true
	}
	for _, name := range []string{"title", "name", "what"} {
		if f, ok := fieldNamed(t, name); ok && (deref(f.Type) == textType || f.Type.Kind() == reflect.String || oneCell(deref(f.Type))) {
			return true
		}
	}
	_, year := fieldNamed(t, "year")
	_, number := fieldNamed(t, "number")
	return year && number
}

// widthOf is how wide a column is, in characters.
func widthOf(f viewField) float64 {
	base := deref(f.Type)
	switch {
	case base == textType:
		return 48
	case base == timeType:
		return 17
	case base == dateType, f.isDate:
		return 13
	case f.name == "id":
		return 38
	case base.Kind() == reflect.Int, base.Kind() == reflect.Int64, base.Kind() == reflect.Bool:
		return 12
	case f.isEnum && base.Kind() != reflect.Slice, f.name == "partyId":
		return 20
	}
	return 36
}

// cellOf is a field's value as it stands in a cell: a number, a date or a time as
// itself, all else in words.
func (w fileWords) cellOf(f view, v reflect.Value) any {
	switch x := v.Interface().(type) {
	case domain.Date:
		return x
	case time.Time:
		return x
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32:
		if f.name == "progress" {
			return percent(v.Int())
		}
		return int(v.Int())
	case reflect.Float64:
		return v.Float()
	case reflect.String:
		if f.isDate {
			if d, err := domain.ParseDate(v.String()); err == nil {
				return d
			}
		}
	}
	return w.words(f, v)
}

// words is a value in the words of the file.
func (w fileWords) words(f view, v reflect.Value) string {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if w.onPage && (v.Type() == dateType || v.Type() == timeType) {
		return w.shown(v.Interface())
	}
	switch x := v.Interface().(type) {
	case domain.Text:
		return w.in(x)
	case domain.Date:
		return x.String()
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return x.In(domain.Helsinki).Format("2006-01-02 15:04")
	case fileTexter:
		return x.fileText(w)
	}
	switch v.Kind() {
	case reflect.Bool:
		return w.in(yesNo[v.Bool()])
	case reflect.Int, reflect.Int64, reflect.Int32:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strings.Replace(strconv.FormatFloat(v.Float(), 'f', -1, 64), ".", ",", 1)
	case reflect.String:
		if s, ok := rowWord(f.of, f.name, v.String()); ok && (f.isEnum || v.Type() == reflect.TypeFor[domain.SubjectKind]()) {
			return w.in(s)
		}
		return v.String()
	case reflect.Slice:
		var all []string
		for i := range v.Len() {
			if s := w.words(f, v.Index(i)); s != "" {
				all = append(all, s)
			}
		}
		return list(all)
	case reflect.Struct:
		if isID(v.Type()) {
			return w.idName(f.name, v.Field(0).Interface().(uuid.UUID))
		}
		return w.viewName(v)
	}
	return ""
}

// idName is what an id names, if a file knows it.
func (w fileWords) idName(field string, id uuid.UUID) string {
	switch {
	case id == uuid.Nil:
		return ""
	case w.names != nil && field != "id":
		if name, ok := w.names[domain.AnyID{UUID: id}]; ok {
			return w.in(name)
		}
		if field == "personId" {
			return ""
		}
	}
	switch {
	case field == "id", field == "personId":
		return id.String()
	case field == "planId":
		return w.in(w.plans[domain.PlanID{UUID: id}])
	case termField(field) != "":
		return w.in(w.terms[domain.AnyID{UUID: id}])
	}
	return w.in(w.parties[domain.PartyID{UUID: id}])
}

// viewName names a view within a row: by its kind, number and title, with the party or
// chain of it before; one without a title by its fields.
func (w fileWords) viewName(v reflect.Value) string {
	has := func(name string) string {
		f, ok := fieldNamed(v.Type(), name)
		if !ok {
			return ""
		}
		at, err := v.FieldByIndexErr(f.Index)
		if err != nil || at.IsZero() {
			return ""
		}
		return w.words(f.view, at)
	}
	year, number := has("year"), has("number")
	if year != "" && number != "" {
		return strings.TrimSpace(has("forum") + " " + number + "/" + year)
	}
	title := has("title")
	for _, other := range []string{"name", "what"} {
		if title == "" {
			title = has(other)
		}
	}
	if title == "" {
		return w.fieldsOf(v)
	}
	if no := has("no"); no != "" {
		title = no + " " + title
	} else if no := has("agendaNo"); no != "" {
		if sub := has("subNo"); sub != "" {
			no += "." + sub
		}
		title = no + " " + title
	}
	if kind, ok := fieldNamed(v.Type(), "kind"); ok && deref(kind.Type) == reflect.TypeFor[domain.SubjectKind]() {
		title = has("kind") + " " + title
	}
	before := has("partyId")
	if chain := has("chain"); chain != "" {
		before = chain
	}
	if before != "" {
		title = before + ": " + title
	}
	if where := w.idsWithin(v); where != "" {
		title += " (" + where + ")"
	}
	return title
}

// fieldsOf are the fields of a view without a name, one after the other.
func (w fileWords) fieldsOf(v reflect.Value) string {
	var all []string
	for _, f := range viewFields(v.Type()) {
		if f.name == "id" || f.name == "version" || leftOut(v.Type(), f) && !(w.names != nil && namedID(v.Type(), f.name)) || deref(f.Type).Kind() == reflect.Bool {
			continue
		}
		at, err := v.FieldByIndexErr(f.Index)
		if err != nil || at.IsZero() {
			continue
		}
		if s := w.words(f.view, at); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

func (a PartyAttendance) fileText(w fileWords) string {
	return fmt.Sprintf("%s %d/%d", w.in(w.parties[a.PartyID]), a.Present, a.Seats)
}

func (c CaseReference) fileText(w fileWords) string {
	return w.cases([]domain.CaseReference{{PartyID: c.PartyID, RegistryNo: c.RegistryNo, URLFI: c.URLFI, URLSV: c.URLSV}})
}
