package api

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// rowLister is a body of several lists, or of a list under another name than items,
// that says what the lines of its file are.
type rowLister interface {
	// fileRows is a slice of structs: their fields are the columns.
	fileRows() any
}

// withoutFile are the lists that have no file of the shared kind, and why not.
var withoutFile = map[string]string{
	"listActions": ownFile, "listGoals": ownFile, "listPosts": ownFile, "listResponsibilities": ownFile, "listForums": ownFile,
	"getOverview": ownFile, "getOverviewGroups": ownFile, "getMatrix": ownFile, "comparePlan": ownFile,

	"getMe":              "who is signed in",
	"listMySessions":     "where the caller is signed in this moment",
	"getMyUnits":         "its rows are those of the list of actions by unit and condition",
	"getChangeSummary":   "figures by kind: their rows are the list of changes",
	"countRadar":         "figures by reason: their rows are the radar",
	"getDesk":            "who is at a meeting this moment",
	"getPaper":           "a document with files of its own",
	"getRoster":          "what a form asks before it changes something",
	"previewSeries":      "what a form asks before it changes something",
	"previewRound":       "what a form asks before it changes something",
	"getMeetingTemplate": "one setting of a forum",
	"getCaseOfItem":      "the case of an item: its rows are those of the case",
}

// ownFile marks lists whose files are declared with columns of their own.
const ownFile = "has a file with columns of its own"

// listed is where the rows of an answer are: in the field Items of its body, or in
// what the body says.
func listed(out reflect.Type) (row reflect.Type, ok bool) {
	if out.Kind() != reflect.Struct {
		return nil, false
	}
	body, ok := out.FieldByName("Body")
	if !ok {
		return nil, false
	}
	if body.Type.Implements(reflect.TypeFor[rowLister]()) {
		return reflect.TypeOf(reflect.Zero(body.Type).Interface().(rowLister).fileRows()).Elem(), true
	}
	if body.Type.Kind() != reflect.Struct {
		return nil, false
	}
	items, ok := body.Type.FieldByName("Items")
	if !ok || items.Type.Kind() != reflect.Slice || items.Type.Elem().Kind() != reflect.Struct {
		return nil, false
	}
	return items.Type.Elem(), true
}

// rowsIn are the rows of an answer, and the cursor of the next page.
func rowsIn(out reflect.Value) (rows reflect.Value, next string) {
	body := out.FieldByName("Body")
	if c := body.FieldByName("NextCursor"); c.IsValid() {
		next = c.String()
	}
	if b, ok := body.Interface().(rowLister); ok {
		return reflect.ValueOf(b.fileRows()), next
	}
	return body.FieldByName("Items"), next
}

// pageFields are the parameters of a list that its file does not have: it is whole.
var pageFields = []string{"limit", "cursor", "count"}

// registerRowFiles declares the two files of a list, if the operation is one. They are
// made of the answers of the list's own operation, page after page from one moment: so
// their rows, order and permissions are those of the list, and whatever a list learns
// its file knows too.
func (d *declaration) registerRowFiles() {
	s, op := d.server, d.op
	if op.Method != http.MethodGet || op.Media != "" || withoutFile[op.ID] != "" {
		return
	}
	row, ok := listed(d.out)
	if !ok {
		return
	}
	name, ok := rowSheets[op.ID]
	if !ok {
		name = domain.Text{FI: "Luettelo", SV: "Förteckning", EN: "List"} // a test asks for a better one
	}
	langParam := langParameter(d.in)
	_, takesLang := queryField(d.in, langParam)
	s.rowFiles[op.ID] = row
	columns := rowColumns(op.ID, row)
	suffix := "."
	if strings.HasSuffix(op.Path, "}") {
		suffix = "/"
	}
	for _, kind := range listFileKinds {
		file := operation{ID: "export" + strings.TrimPrefix(strings.TrimPrefix(upperFirst(op.ID), "List"), "Get") + kind.id, Method: http.MethodGet, Path: op.Path + suffix + kind.suffix,
			Tag: op.Tag, Permission: op.Permission, Errors: union(op.Errors, http.StatusServiceUnavailable), Media: kind.media,
			Summary: "Download as " + kind.name + ": " + lowerFirst(op.Summary),
			Description: "All that GET " + op.Path + " lists for the caller with the same filters and order, one line for each row, from one moment. 503 exports_busy while as many files are being made as the server makes at once. " +
				langParam + " chooses the language of headings and words."}
		if !takesLang {
			file.params = []*huma.Param{{Name: langParam, In: "query", Description: "Language of the headings and words, and of texts that have it",
				Schema: &huma.Schema{Type: huma.TypeString, Enum: []any{"fi", "sv", "en"}, Default: "fi"}}}
		}
		file.middlewares = huma.Middlewares{s.fileParameters(langParam, takesLang)}
		file.params, file.relayed = append(file.params, d.rowParams()...), true
		handle(s, file, func(context.Context, domain.Actor, *struct{}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(to huma.Context) {
				d.readInstead(to, func(ctx context.Context, a domain.Actor, in any) error {
					out := &fileOf[reflect.Value]{server: s, to: to, day: domain.DayShown(ctx, s.Clock), lang: fileLang(to, langParam), suffix: kind.suffix, media: kind.media,
						base: fileBase(op.Path), sheetName: name, columns: columns, internal: needsSignIn(op.Permission), op: op.ID, row: row.Name()}
					err := out.write(ctx, a, func(yield func([]reflect.Value) error) error {
						return s.Snapshot(ctx, func(ctx context.Context) error { return d.eachRow(ctx, a, in, yield) })
					})
					if err != nil {
						s.brokenExport(to, err)
					}
					return nil
				})
			}}, nil
		})
	}
}

// rowParams are the parameters of a list that its files have too.
func (d *declaration) rowParams() []*huma.Param {
	var out []*huma.Param
	for _, p := range d.server.api.OpenAPI().Paths[d.op.Path].Get.Parameters {
		if (p.In == "query" && !slices.Contains(pageFields, p.Name)) || p.In == "path" {
			out = append(out, p)
		}
	}
	return out
}

// maxUnpaged is how many rows a list without pages is asked for, of each kind. A
// search gives at most search.MaxShown of each kind all the same.
const maxUnpaged = 5000

// eachRow hands all rows of a list to yield, page after page, as a asks for them with the
// parameters in.
func (d *declaration) eachRow(ctx context.Context, a domain.Actor, in any, yield func([]reflect.Value) error) error {
	asked := copied(in)
	params := reflect.ValueOf(asked).Elem()
	if limit, ok := queryField(params.Type(), "limit"); ok {
		most := int64(domain.MaxPage)
		if _, paged := queryField(params.Type(), "cursor"); !paged {
			most = maxUnpaged
		}
		params.FieldByIndex(limit.Index).SetInt(most)
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		out, err := d.call(ctx, a, asked)
		if err != nil {
			return err
		}
		all, next := rowsIn(reflect.ValueOf(out).Elem())
		rows := make([]reflect.Value, all.Len())
		for i := range rows {
			rows[i] = all.Index(i)
		}
		if err := yield(rows); err != nil || next == "" {
			return err
		}
		cursor, ok := queryField(params.Type(), "cursor")
		if !ok {
			return nil
		}
		params.FieldByIndex(cursor.Index).SetString(next)
	}
}

// copied is a pointer to a copy of what in points to.
func copied(in any) any {
	out := reflect.New(reflect.TypeOf(in).Elem())
	out.Elem().Set(reflect.ValueOf(in).Elem())
	return out.Interface()
}

// queryField is the field of a parameter of a list.
func queryField(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(t) {
		if q, _, _ := strings.Cut(f.Tag.Get("query"), ","); q == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// langParameter is what the language of a file is called: lang, unless the list asks
// with lang for something else than the words that it answers in.
func langParameter(in reflect.Type) string {
	if f, ok := queryField(in, "lang"); ok && f.Tag.Get("default") == "" {
		return "headings"
	}
	return "lang"
}

type fileLangKey struct{}

func fileLang(ctx huma.Context, param string) domain.Lang {
	if lang, ok := ctx.Context().Value(fileLangKey{}).(domain.Lang); ok {
		return lang
	}
	if lang := domain.Lang(ctx.Query(param)); lang != "" {
		return lang
	}
	return domain.Finnish
}

// withoutParams hides parameters of a file from the list that makes it.
type withoutParams struct {
	humaContext
	names []string
}

type humaContext = huma.Context // embedded, it must not be called as its method is

func (c withoutParams) URL() url.URL {
	u := c.humaContext.URL()
	q := u.Query()
	for _, n := range c.names {
		q.Del(n)
	}
	u.RawQuery = q.Encode()
	return u
}

// fileParameters takes the language of a file out of its parameters, unless the list
// has it as well, and refuses those of pages.
func (s *Server) fileParameters(langParam string, takesLang bool) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		u := ctx.URL()
		query := u.Query()
		refuse := func(field, code string) {
			p := problemOf(domain.InvalidField(field, code), requestID(ctx.Context()), s.Log)
			if err := huma.WriteErr(s.api, ctx, p.Status, "", p); err != nil {
				s.Log.Error("could not write a problem", "request", requestID(ctx.Context()), "error", err)
			}
		}
		for _, name := range pageFields {
			if query.Has(name) {
				refuse(name, "unknown_parameter")
				return
			}
		}
		if takesLang {
			next(ctx)
			return
		}
		lang := domain.Finnish
		if query.Has(langParam) {
			lang = domain.Lang(query.Get(langParam))
			if len(query[langParam]) > 1 || !slices.Contains([]domain.Lang{domain.Finnish, domain.Swedish, domain.English}, lang) {
				refuse(langParam, "not_allowed")
				return
			}
		}
		next(withoutParams{huma.WithValue(ctx, fileLangKey{}, lang), []string{langParam}})
	}
}

// fileBase names a file by the nouns of its list's path.
func fileBase(path string) string {
	var nouns []string
	for part := range strings.SplitSeq(path, "/") {
		if part != "" && part[0] != '{' {
			nouns = append(nouns, part)
		}
	}
	return strings.Join(nouns, "-")
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// lowerFirst begins a heading or a sentence with a small letter.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

func union(statuses []int, status int) []int {
	if slices.Contains(statuses, status) {
		return statuses
	}
	return append(slices.Clone(statuses), status)
}
