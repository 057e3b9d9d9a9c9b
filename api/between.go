package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// The extent of what changed between two days.
const (
	maxComparedRows = 5000 // of the list, on either day
	maxDiffering    = 5000 // told in a file; as JSON as many as limit says
	maxComparisons  = 4    // made at once
)

// readOn asks an operation for its rows as they were at the end of a day: all of a list,
// or the one that an item is.
// Its rows are handed over with the context of their reading, which shows that day.
type readOn func(ctx context.Context, day domain.Date, yield func(context.Context, []reflect.Value) error) error

// compared is a list or item that can be asked for as it was on two days: what its
// operation is, and how its parameters are read and its rows handed over.
type compared struct {
	*declaration

	row     reflect.Type
	list    bool
	columns func() []comparedColumn // made once they are asked for: most are never compared
}

// withoutBetween are what can be asked for as of a day and not compared between two, and
// why not.
var withoutBetween = map[string]string{
	"getOverview":             "figures: their rows are those of the lists that it names",
	"getOverviewGroups":       "figures: their rows are those of the list of actions",
	"getChangeSummary":        "tells changes itself",
	"listChanges":             "tells changes itself",
	"listChangesSinceCall":    "tells changes itself",
	"listActionGroups":        "figures: their rows are those of the list of actions",
	"getMatrix":               "its cells are the rows of the list of responsibilities",
	"getBalance":              "compares two days itself",
	"countRadar":              "figures by reason: their rows are the radar",
	"getResponsibilityCounts": "figures: their rows are the list of responsibilities",
	"compareRounds":           "a comparison: its rows are those of each round",
	"search":                  "what matches a word, in an order of its own: its hits are rows of the lists",
	"getPaper":                "a document: its text is that of the items of the agenda",
	"getPaperContent":         "a document: its text is that of the items of the agenda",
	"getDraft":                "a proposal: what differs stands in itself, and its versions in its history",
	"getCaseOfItem":           "the case of an item: its rows are those of the case",
}

// comparedRow is what the rows of an operation are, or its item, if it can be compared.
func comparedRow(op operation, in, out reflect.Type) (row reflect.Type, list, ok bool) {
	if !reflect.PointerTo(in).Implements(reflect.TypeFor[knowsPast]()) || op.Method != http.MethodGet || op.Media != "" || withoutBetween[op.ID] != "" {
		return nil, false, false
	}
	if row, list = listed(out); list {
		return row, true, true
	}
	body, ok := out.FieldByName("Body")
	if !ok || body.Type.Kind() != reflect.Struct {
		return nil, false, false
	}
	return body.Type, false, true
}

// knowsPast is what parameters implement that name an as-of instant.
type knowsPast interface{ pastOf() *AsOfParam }

// registerBetween keeps what a list or item is asked with, if it knows the past. It is
// asked by the same function that answers it, so that its rows, filters and permissions
// cannot differ, and whatever an operation learns its comparison knows too.
func (d *declaration) registerBetween() {
	row, list, ok := comparedRow(d.op, d.in, d.out)
	if !ok {
		return
	}
	d.server.compared = append(d.server.compared, &compared{declaration: d, row: row, list: list,
		columns: sync.OnceValue(func() []comparedColumn { return comparedColumns(d.op.ID, row) })})
}

// readOn is how the operation is asked for its rows with the parameters that were read.
func (c *compared) readOn(a domain.Actor, in any) readOn {
	s := c.server
	return func(ctx context.Context, day domain.Date, yield func(context.Context, []reflect.Value) error) error {
		asked := copied(in)
		past := asked.(knowsPast).pastOf()
		if day != s.Clock.Today() { // today is what is so now
			past.AsOf = day.String()
		}
		ctx, err := past.in(ctx, s.Clock)
		if err != nil {
			return err
		}
		return s.Snapshot(ctx, func(ctx context.Context) error {
			if c.list {
				return c.eachRow(ctx, a, asked, func(rows []reflect.Value) error { return yield(ctx, rows) })
			}
			out, err := c.call(ctx, a, asked)
			if err != nil {
				return err
			}
			return yield(ctx, []reflect.Value{reflect.ValueOf(out).Elem().FieldByName("Body")})
		})
	}
}

// inward is a request that nobody sent: what a comparison asks an operation for.
type inward struct {
	ctx    context.Context
	op     *huma.Operation
	url    url.URL
	query  url.Values
	params map[string]string
	answer *inwardAnswer
}

// inwardAnswer is what the checks before an operation answered.
type inwardAnswer struct {
	status int
	body   bytes.Buffer
}

func (c inward) Operation() *huma.Operation                 { return c.op }
func (c inward) Context() context.Context                   { return c.ctx }
func (c inward) TLS() *tls.ConnectionState                  { return nil }
func (c inward) Version() huma.ProtoVersion                 { return huma.ProtoVersion{} }
func (c inward) Method() string                             { return http.MethodGet }
func (c inward) Host() string                               { return "" }
func (c inward) RemoteAddr() string                         { return "" }
func (c inward) URL() url.URL                               { return c.url }
func (c inward) Param(name string) string                   { return c.params[name] }
func (c inward) Query(name string) string                   { return c.query.Get(name) }
func (c inward) Header(string) string                       { return "" }
func (c inward) EachHeader(func(name, value string))        {}
func (c inward) BodyReader() io.Reader                      { return http.NoBody }
func (c inward) GetMultipartForm() (*multipart.Form, error) { return nil, errors.New("no form") }
func (c inward) SetReadDeadline(time.Time) error            { return nil }
func (c inward) SetStatus(code int)                         { c.answer.status = code }
func (c inward) Status() int                                { return c.answer.status }
func (c inward) SetHeader(string, string)                   {}
func (c inward) AppendHeader(string, string)                {}
func (c inward) BodyWriter() io.Writer                      { return &c.answer.body }

// comparedAt finds what an address names, with the parameters of its path. Where a word
// and a parameter both fit, the word names it.
func (s *Server) comparedAt(path string) (found *compared, params map[string]string) {
	parts := strings.Split(path, "/")
	best := -1
	for _, c := range s.compared {
		names := strings.Split(c.op.Path, "/")
		if len(names) != len(parts) {
			continue
		}
		given, words := map[string]string{}, 0
		for i, name := range names {
			part, err := url.PathUnescape(parts[i])
			switch {
			case strings.HasPrefix(name, "{") && err == nil && part != "":
				given[strings.Trim(name, "{}")] = part
			case name == parts[i]:
				words++
			default:
				words = -1 << 10
			}
		}
		if words > best {
			found, params, best = c, given, words
		}
	}
	return found, params
}

// askCompared runs use with what reads the rows of the list or item that an address
// names, after the checks that come before the operation itself.
func (s *Server) askCompared(ctx context.Context, of string, use func(*compared, readOn) error) error {
	path, query, _ := strings.Cut(of, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return domain.InvalidField("of", "not_comparable")
	}
	c, params := s.comparedAt(path)
	if c == nil {
		return domain.InvalidField("of", "not_comparable")
	}
	for _, name := range append([]string{"asOf"}, pageFields...) {
		if values.Has(name) {
			return domain.InvalidField("of", "not_comparable")
		}
	}
	var failed error
	ran := false
	answer := &inwardAnswer{}
	ask := huma.Middlewares{s.withinScope(tokenScopeOf(c.op))}
	if needsSignIn(c.op.Permission) {
		ask = append(huma.Middlewares{s.signedInOnly}, ask...)
	}
	ask.Handler(func(to huma.Context) {
		c.declaration.readInstead(to, func(_ context.Context, a domain.Actor, in any) error {
			ran = true
			failed = use(c, c.readOn(a, in))
			return nil
		})
	})(inward{ctx, &huma.Operation{OperationID: c.op.ID}, url.URL{Path: path, RawQuery: values.Encode()}, values, params, answer})
	if ran {
		return failed
	}
	p := &Problem{}
	if err := json.Unmarshal(answer.body.Bytes(), p); err != nil || answer.status < 400 {
		return fmt.Errorf("%s answered %d when it was compared: %s", c.op.ID, answer.status, answer.body.Bytes())
	}
	return p
}

// Between is what differs in a list or item between two days.
type Between struct {
	Of        string          `json:"of" doc:"As it was asked for"`
	Name      Text            `json:"name" doc:"What the list or item is called"`
	List      bool            `json:"list" doc:"Whether it is a list; else it is one item"`
	About     *BetweenAbout   `json:"about,omitempty" doc:"The item itself, or the thing whose list it is; missing of other lists"`
	Filters   []BetweenFilter `json:"filters" doc:"The filters that the list has, in words, in their order; its order and what else it does not leave out by are none"`
	From      domain.Date     `json:"from" format:"date" doc:"Its end is compared"`
	To        domain.Date     `json:"to" format:"date" doc:"With the end of this day; with now, if it is today"`
	Came      int             `json:"came" doc:"How many are in the list on the later day only"`
	Went      int             `json:"went" doc:"On the earlier day only: deleted, ended, or not let through by the filters any more"`
	Changed   int             `json:"changed" doc:"On both days, otherwise"`
	Unchanged int             `json:"unchanged" doc:"On both days, alike"`
	Items     []BetweenItem   `json:"items" doc:"What came, in the order of the list on the later day; what changed, likewise; what went, in the order of the earlier day"`
	Left      int             `json:"left" doc:"How many more there are than items tells"`

	lang domain.Lang
}

// BetweenAbout is the thing that is compared, or whose list is.
type BetweenAbout struct {
	Title string      `json:"title" doc:"In the asked language: on the later day, or on the earlier if it had gone then"`
	Path  string      `json:"path,omitempty" doc:"Its page below the language. Missing if it has none"`
	On    domain.Date `json:"on" format:"date" doc:"The day on which it is so called"`
}

// BetweenFilter is a filter of the list that is compared.
type BetweenFilter struct {
	Param  string   `json:"param" doc:"As the list takes it"`
	Name   Text     `json:"name" doc:"What the list calls it"`
	Values []string `json:"values" doc:"Each in words of the asked language; none where the name says all, or of what the caller may not be told"`
}

// BetweenItem is one thing that differs.
type BetweenItem struct {
	ID         string            `json:"id" doc:"What tells the row from the others of its list: of most its id"`
	Kind       betweenKind       `json:"kind" enum:"came,changed,went" doc:"For the caller: what was made public between the days has come for the public"`
	Title      string            `json:"title" doc:"In the asked language: on the later day, of what went on the earlier"`
	Visibility domain.Visibility `json:"visibility,omitempty" enum:"public,internal" doc:"Of what has one: internal if it is or was so on one of the days"`
	Path       string            `json:"path,omitempty" doc:"Its page below the language; of what went on the earlier day. Missing if it has none"`
	Changes    []BetweenChange   `json:"changes" doc:"By field; of what came its values, of what went those that it had"`
}

// BetweenChange is a field of a row on both days.
type BetweenChange struct {
	Field    string `json:"field" doc:"As the list names it; within a view after a full stop"`
	Heading  Text   `json:"heading" doc:"The field in words"`
	Language string `json:"language,omitempty" enum:"fi,sv,en" doc:"Of a text that has a value for each language"`
	Old      string `json:"old" doc:"On the earlier day, in words of the asked language; empty: none"`
	New      string `json:"new" doc:"On the later day, likewise"`
}

type betweenKind string

const (
	came    betweenKind = "came"
	changed betweenKind = "changed"
	went    betweenKind = "went"
)

// betweenLine is a line of the file: one field of one thing that differs.
type betweenLine struct {
	Kind       betweenKind       `json:"kind" enum:"came,changed,went"`
	Title      string            `json:"title"`
	Visibility domain.Visibility `json:"visibility" enum:"public,internal"`
	Field      Text              `json:"field"`
	Language   string            `json:"language" enum:"fi,sv,en"`
	Old        string            `json:"old"`
	New        string            `json:"new"`
	ID         string            `json:"id"`
}

func (b Between) fileRows() any {
	rows := []betweenLine{}
	for _, i := range b.Items {
		line := betweenLine{Kind: i.Kind, Title: i.Title, Visibility: i.Visibility, ID: i.ID}
		if len(i.Changes) == 0 {
			rows = append(rows, line)
		}
		for _, c := range i.Changes {
			line.Field, line.Language, line.Old, line.New = c.Heading, c.Language, c.Old, c.New
			rows = append(rows, line)
		}
	}
	return rows
}

// BetweenParams name a list or item and two days.
type BetweenParams struct {
	Of    string `query:"of" required:"true" maxLength:"4000" doc:"The list or item: its path in this API, with the filters as it takes them and without asOf, limit, cursor and count" example:"/actions?status=in_progress"`
	From  string `query:"from" required:"true" format:"date" doc:"The earlier day"`
	To    string `query:"to" format:"date" doc:"The later day; today if left out"`
	Lang  string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the words, and of texts that have it"`
	Limit int    `query:"limit" minimum:"1" maximum:"5000" default:"500" doc:"How many of what differs are told; the counts are of all"`
}

func (in *BetweenParams) days(clock domain.Clock) (from, to domain.Date, err error) {
	if err := firstError(dateField(&from, "from", in.From), dateField(&to, "to", in.To)); err != nil {
		return from, to, err
	}
	today := clock.Today()
	if to.IsZero() {
		to = today
	}
	switch {
	case to.After(today):
		return from, to, domain.InvalidField("to", "in_future")
	case !from.Before(to):
		return from, to, domain.InvalidField("from", "not_before_to")
	}
	return from, to, nil
}

func (s *Server) registerDaysBetween() {
	handle(s, operation{ID: "getBetween", Method: http.MethodGet, Path: "/between", Tag: "Overview", Permission: readScope, Errors: []int{404, 503}, Costly: true,
		Summary: "What changed between two days in a list or an item",
		Description: "Any list or item that takes asOf can be compared: it is asked for at the end of both days with the caller's permissions of today, and what the caller may see of each is compared. " +
			"What counts days since something, and what only the caller may do, is not a change. x-between of the operations says which can be compared. " +
			"422 too_many_compared if the list has more than 5,000 rows on a day, or more than that differ: narrow it with its filters. 404 if the caller may see the item on neither day. 503 comparisons_busy while as many comparisons are made as the server makes at once."},
		func(ctx context.Context, a domain.Actor, in *BetweenParams) (*struct{ Body Between }, error) {
			from, to, err := in.days(s.Clock)
			if err != nil {
				return nil, err
			}
			select {
			case s.comparing <- struct{}{}:
				defer func() { <-s.comparing }()
			default:
				return nil, &domain.Error{Kind: domain.KindUnavailable, Code: "comparisons_busy", Detail: "too many comparisons are being made, try again"}
			}
			out := Between{Of: in.Of, From: from, To: to, Items: []BetweenItem{}, Filters: []BetweenFilter{}, lang: domain.Lang(in.Lang)}
			err = s.askCompared(ctx, in.Of, func(c *compared, read readOn) error {
				words, err := s.betweenWords(ctx, a, from, to)
				if err != nil {
					return err
				}
				out.Name, out.List = c.name(), c.list
				names := s.betweenNames(a)
				for i := range words {
					words[i].names = names.known
				}
				if err := out.compare(ctx, c, read, words, names, in.Limit); err != nil {
					return err
				}
				return s.sayWhat(ctx, c, &out, words, names)
			})
			if err != nil {
				return nil, err
			}
			return &struct{ Body Between }{out}, nil
		})
}

func tooManyCompared() error { return domain.InvalidField("of", "too_many_compared") }

// onDay reads all rows of a day by what tells them apart; of an item that the caller may
// not see then there is none.
func (c *compared) onDay(ctx context.Context, read readOn, day domain.Date, names *betweenNames, each func(key string, row reflect.Value) error) error {
	seen := map[string]int{}
	n := 0
	err := read(ctx, day, func(ctx context.Context, rows []reflect.Value) error {
		if n += len(rows); n > maxComparedRows {
			return tooManyCompared()
		}
		if err := names.ofRows(ctx, rows); err != nil {
			return err
		}
		for _, row := range rows {
			key := c.keyOf(row)
			seen[key]++
			if again := seen[key]; again > 1 { // a thing that the list has twice
				key = fmt.Sprintf("%s#%d", key, again)
			}
			if err := each(key, row); err != nil {
				return err
			}
		}
		return nil
	})
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return errNotThen{err}
	}
	return err
}

// errNotThen says that the caller may see no such thing on a day.
type errNotThen struct{ error }

func (e errNotThen) Unwrap() error { return e.error }

func (b *Between) compare(ctx context.Context, c *compared, read readOn, words [3]fileWords, names *betweenNames, limit int) error {
	before, order := map[string]reflect.Value{}, []string{}
	w := words[slices.Index(domain.Langs, b.lang)]
	about := func(row reflect.Value, day domain.Date) {
		if !c.list {
			b.About = &BetweenAbout{c.title(w, row), c.path(row), day}
		}
	}
	notFrom := c.onDay(ctx, read, b.From, names, func(key string, row reflect.Value) error {
		before[key] = row
		order = append(order, key)
		about(row, b.From)
		return nil
	})
	if _, missing := errors.AsType[errNotThen](notFrom); notFrom != nil && !missing {
		return notFrom
	}
	var arrived, altered, gone []BetweenItem
	tell := func(to *[]BetweenItem, kind betweenKind, key string, old, now reflect.Value, changes []BetweenChange) {
		if len(arrived)+len(altered)+len(gone) == maxDiffering {
			return
		}
		row, seen := now, domain.Visibility("")
		if !row.IsValid() {
			row = old
		}
		for _, r := range []reflect.Value{now, old} {
			if v := domain.Visibility(rawAt(r, "visibility")); v != "" && seen != domain.Internal {
				seen = v
			}
		}
		*to = append(*to, BetweenItem{ID: key, Kind: kind, Title: c.title(w, row), Visibility: seen, Path: c.path(row), Changes: changes})
	}
	notTo := c.onDay(ctx, read, b.To, names, func(key string, row reflect.Value) error {
		about(row, b.To)
		old, was := before[key]
		delete(before, key)
		if !was {
			b.Came++
			tell(&arrived, came, key, reflect.Value{}, row, c.changes(words, b.lang, reflect.Value{}, row))
			return nil
		}
		if changes := c.changes(words, b.lang, old, row); len(changes) > 0 {
			b.Changed++
			tell(&altered, changed, key, old, row, changes)
			return nil
		}
		b.Unchanged++
		return nil
	})
	if _, missing := errors.AsType[errNotThen](notTo); notTo != nil && !missing {
		return notTo
	}
	if notFrom != nil && notTo != nil {
		return notTo
	}
	for _, key := range order {
		if old, left := before[key]; left {
			b.Went++
			tell(&gone, went, key, old, reflect.Value{}, c.changes(words, b.lang, old, reflect.Value{}))
		}
	}
	all := b.Came + b.Changed + b.Went
	if all > maxDiffering {
		return tooManyCompared()
	}
	b.Items = append(append(append(b.Items, arrived...), altered...), gone...)
	b.Items = b.Items[:min(len(b.Items), limit)]
	b.Left = all - len(b.Items)
	return nil
}
