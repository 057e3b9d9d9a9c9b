package storage

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// sortKey is one key that a list can be sorted by: an SQL expression that is
// never null, and its SQL type, by which cursor values are checked.
type sortKey struct {
	expr string
	typ  string // text, integer, bigint, date or timestamptz
}

// ordering is the total order of a list: named keys, the default, and the id
// that breaks ties.
type ordering struct {
	keys     map[string]sortKey
	standard string
	id       string // e.g. "a.id"
	idType   string // SQL type of the id; "" means uuid
}

// page is a page request translated for one ordering.
type page struct {
	keys   []sortKey // the id last
	desc   []bool
	sort   string
	values []any // of the cursor; nil for the first page
	size   int
}

type cursor struct {
	Sort string   `json:"s"`
	Keys []string `json:"k"`
}

// plan checks a request's sort keys and cursor against the ordering.
func (o ordering) plan(req domain.PageRequest) (page, error) {
	p := page{sort: req.Sort, size: req.Size()}
	if p.sort == "" {
		p.sort = o.standard
	}
	seen := map[string]bool{}
	for name := range strings.SplitSeq(p.sort, ",") {
		name, desc := strings.CutPrefix(name, "-")
		key, ok := o.keys[name]
		if !ok || seen[name] {
			return page{}, domain.InvalidField("sort", "unknown_sort_key")
		}
		seen[name] = true
		p.keys, p.desc = append(p.keys, key), append(p.desc, desc)
	}
	idType := o.idType
	if idType == "" {
		idType = "uuid"
	}
	p.keys = append(p.keys, sortKey{o.id, idType})
	p.desc = append(p.desc, p.desc[len(p.desc)-1])
	if req.Cursor == "" {
		return p, nil
	}
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(req.Cursor)
	if err != nil || len(raw) > 4096 || json.Unmarshal(raw, &c) != nil || c.Sort != p.sort || len(c.Keys) != len(p.keys) {
		return page{}, domain.InvalidField("cursor", "cursor_invalid")
	}
	for i, k := range c.Keys {
		if !wellFormed(k, p.keys[i].typ) {
			return page{}, domain.InvalidField("cursor", "cursor_invalid")
		}
		p.values = append(p.values, k)
	}
	return p, nil
}

// wellFormed reports whether v is a value of an SQL type in the very form in
// which PostgreSQL writes it: what Go reads beyond that, PostgreSQL may not.
func wellFormed(v, typ string) bool {
	switch typ {
	case "integer":
		n, err := strconv.ParseInt(v, 10, 32)
		return err == nil && strconv.FormatInt(n, 10) == v
	case "bigint":
		n, err := strconv.ParseInt(v, 10, 64)
		return err == nil && strconv.FormatInt(n, 10) == v
	case "date":
		return v == "infinity" || isTime(v, time.DateOnly)
	case "timestamptz":
		return v == "infinity" || isTime(v, "2006-01-02 15:04:05.999999-07")
	case "uuid":
		id, err := uuid.Parse(v)
		return err == nil && id.String() == v
	default:
		return !strings.ContainsRune(v, 0)
	}
}

func isTime(v, layout string) bool {
	t, err := time.Parse(layout, v)
	return err == nil && t.Year() > 0 && t.UTC().Format(layout) == v
}

// keyColumn selects what the cursor of a row is made of, as "cursor_key".
func (p page) keyColumn() string {
	parts := make([]string, len(p.keys))
	for i, k := range p.keys {
		parts[i] = "(" + k.expr + ")::text"
	}
	return "json_build_array(" + strings.Join(parts, ", ") + ")::text as cursor_key"
}

// orderBy is the ORDER BY clause with a limit of one row more than the page,
// which tells whether another page follows.
func (p page) orderBy() string {
	parts := make([]string, len(p.keys))
	for i, k := range p.keys {
		parts[i] = k.expr
		if p.desc[i] {
			parts[i] += " desc"
		}
	}
	return " order by " + strings.Join(parts, ", ") + " limit " + strconv.Itoa(p.size+1)
}

// after is the condition that a row comes after the cursor, or "true".
func (p page) after() (string, []any) {
	if p.values == nil {
		return "true", nil
	}
	if !slices.Contains(p.desc, !p.desc[0]) { // all in one direction: a row comparison uses the index
		exprs, marks := make([]string, len(p.keys)), make([]string, len(p.keys))
		for i, k := range p.keys {
			exprs[i], marks[i] = k.expr, "?::"+k.typ
		}
		op := " > "
		if p.desc[0] {
			op = " < "
		}
		return "(" + strings.Join(exprs, ", ") + ")" + op + "(" + strings.Join(marks, ", ") + ")", p.values
	}
	var alternatives []string
	var args []any
	for i, k := range p.keys {
		var parts []string
		for j := range i {
			parts = append(parts, p.keys[j].expr+" = ?::"+p.keys[j].typ)
			args = append(args, p.values[j])
		}
		op := " > ?::"
		if p.desc[i] {
			op = " < ?::"
		}
		parts = append(parts, k.expr+op+k.typ)
		args = append(args, p.values[i])
		alternatives = append(alternatives, "("+strings.Join(parts, " and ")+")")
	}
	return "(" + strings.Join(alternatives, " or ") + ")", args
}

// list is one page of the rows that meet w: columns is the SELECT up to FROM,
// from the rest up to WHERE. It counts them all if the request asks for it.
func list[R any](tx Tx, o ordering, req domain.PageRequest, columns, from string, w where) (out domain.Page[R], err error) {
	p, err := o.plan(req)
	if err != nil {
		return out, err
	}
	if out.Total, err = count(tx, req, from, w); err != nil {
		return out, err
	}
	out.Items, out.NextCursor, err = fetch[R](tx, p, columns, from, w)
	return out, err
}

// pageOf is a page of rows as a page of what they stand for.
func pageOf[R, T any](rows domain.Page[R], items []T) domain.Page[T] {
	return domain.Page[T]{Items: items, NextCursor: rows.NextCursor, Total: rows.Total}
}

// entities are what rows stand for that need nothing from other tables.
func entities[R interface{ entity() T }, T any](rows []R) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = r.entity()
	}
	return out
}

// found is the one row of table, by its alias, that meets a condition and that
// scope may see: a slice of one, as what completes rows takes them. Without such
// a row it is the error not_found.
func found[R any](tx Tx, scope domain.Scope, columns, table, alias, cond string, arg any) ([]R, error) {
	var w where
	w.add(cond, arg)
	tx.visible(&w, scope, alias, table)
	var rows []R
	if err := tx.Raw(columns+" from "+table+" "+alias+w.sql(), w.args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("load a %s: %w", table, err)
	}
	if len(rows) == 0 {
		return nil, domain.NotFound(table)
	}
	return rows, nil
}

// fetch runs one page of a list: columns is the SELECT up to FROM, from the
// rest up to WHERE. It returns the rows and the cursor of the next page.
func fetch[R any](tx Tx, p page, columns, from string, w where) ([]R, string, error) {
	after, args := p.after()
	w.add(after, args...)
	type listed struct {
		Row       R `gorm:"embedded"`
		CursorKey string
	}
	found, err := query[listed](tx, columns+", "+p.keyColumn()+from+w.sql()+p.orderBy(), w.args...)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(found) > p.size {
		found = found[:p.size]
		c := cursor{Sort: p.sort}
		if err := json.Unmarshal([]byte(found[p.size-1].CursorKey), &c.Keys); err != nil {
			return nil, "", err
		}
		b, err := json.Marshal(c)
		if err != nil {
			return nil, "", err
		}
		next = base64.RawURLEncoding.EncodeToString(b)
	}
	rows := make([]R, len(found))
	for i := range found {
		rows[i] = found[i].Row
	}
	return rows, next, nil
}

// count counts all rows of a list if the request asks for it, else returns nil.
func count(tx Tx, req domain.PageRequest, from string, w where) (*int, error) {
	if !req.Count {
		return nil, nil
	}
	var n int
	err := tx.Raw("select count(*)"+from+w.sql(), w.args...).Scan(&n).Error
	return &n, err
}

// where collects conditions of a query with their arguments.
type where struct {
	conds []string
	args  []any
}

func (w *where) add(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.args = append(w.args, args...)
}

// also adds the conditions of another one.
func (w *where) also(o where) {
	w.conds = append(w.conds, o.conds...)
	w.args = append(w.args, o.args...)
}

// in adds the condition of a filter on one column. A filter that lets
// everything through adds nothing.
func in[T any](w *where, column string, f domain.AnyOf[T]) {
	switch {
	case f.IsZero():
	case len(f.Values) == 0:
		w.add(column + " is null")
	case f.None:
		w.add("("+column+" in ? or "+column+" is null)", f.Values)
	default:
		w.add(column+" in ?", f.Values)
	}
}

// among is the condition that id is one of those that a subquery gives. For
// filters that few rows pass: PostgreSQL runs the subquery first and looks up
// its ids. Of a join it may think better to walk the list in its order, testing
// row after row until a page is full.
func among(id, subquery string) string { return id + " = any(array(" + subquery + "))" }

func (w *where) sql() string {
	if len(w.conds) == 0 {
		return " where true"
	}
	return " where " + strings.Join(w.conds, " and ")
}

// visible is the condition that a list or figure for the actor's scope has a row of
// table (by its alias): readable, and no action that was withdrawn as made in error.
func (tx Tx) visible(w *where, scope domain.Scope, alias, table string) {
	tx.readable(w, scope, alias, table)
	if table == "action" {
		w.add(alias + ".withdrawn_on is null")
	}
}

// readable is the condition that the actor's scope may see a row of table (by its
// alias) at all, at its own address. Of the past it shows only versions that were visible then and
// whose thing is visible today (decision 12); what is deleted today counts by
// its last visibility then.
func (tx Tx) readable(w *where, scope domain.Scope, alias, table string) {
	if scope.Staff {
		return
	}
	w.add(alias + ".visibility = 'public'")
	if tx.asOf {
		w.add("not exists (select 1 from public." + table + " live where live.id = " + alias + ".id and live.visibility <> 'public')")
	}
}
