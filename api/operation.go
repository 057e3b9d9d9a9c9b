package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"yhdyspinta/domain"
)

// Text is a text in the three languages.
type Text = domain.Text

// operation is what every operation states of itself. Permission is the one
// that it needs; readScope means that everybody may call it and sees what
// their scope allows.
type operation struct {
	ID          string // verbNoun
	Method      string
	Path        string
	Tag         string
	Summary     string
	Description string
	Permission  domain.Permission
	Status      int    // of success; 0 means 200
	Errors      []int  // beside 422 and 500
	Media       string // of a file that is streamed; "" means JSON
	Upload      bool   // the body is a file, see upload
	Import      bool   // the body holds a file of a list: up to MaxImportBody
	Kept        bool   // reads content alone, as it is on the day: see unchanged
	Adds        bool   // adds something each time it is sent, and answers 200 with what it belongs to
	Costly      bool   // counts as costly for the rate of its caller; files and imports do anyway

	params      []*huma.Param // beside those of the input
	relayed     bool          // its parameters are read by another operation
	middlewares huma.Middlewares
}

// readScope marks operations that filter by the caller's scope instead of
// needing a permission.
const readScope domain.Permission = "scope"

// handle declares an operation: h gets the actor and a context that carries
// the as-of instant; what it returns as an error becomes a problem. One that
// lists something is also had as a file: see registerRowFiles.
//
// It is compiled for each of some four hundred operations, as is huma.Register: whatever
// does not need the types belongs into declaration.
func handle[I, O any](s *Server, op operation, h func(context.Context, domain.Actor, *I) (*O, error)) {
	d := s.declare(op, reflect.TypeFor[I](), reflect.TypeFor[O](), func(ctx context.Context, a domain.Actor, in any) (any, error) {
		return h(ctx, a, in.(*I))
	})
	huma.Register(d, d.declared, func(ctx context.Context, in *I) (*O, error) {
		out, err := d.answer(ctx, in)
		if out == nil || err != nil {
			return nil, err
		}
		return out.(*O), nil
	})
	d.registered()
}

// declaration is an operation that is being declared, with its types put away, and the API
// as huma.Register sees it: one whose operations run behind what comes before them.
type declaration struct {
	huma.API

	server   *Server
	op       operation
	declared huma.Operation
	in, out  reflect.Type                                                           // structs
	call     func(ctx context.Context, a domain.Actor, in any) (out any, err error) // pointers to them
	before   huma.Middlewares
	// read reads the parameters and answers, without what comes before it.
	read func(huma.Context)
}

// Adapter implements huma.API.
func (d *declaration) Adapter() huma.Adapter { return declaring{d.API.Adapter(), d} }

// Middlewares implements huma.API: they are put before the operation by declaring.
func (d *declaration) Middlewares() huma.Middlewares { return nil }

// declaring is the adapter of a declaration.
type declaring struct {
	huma.Adapter

	d *declaration
}

// Handle implements huma.Adapter.
func (a declaring) Handle(op *huma.Operation, h func(huma.Context)) {
	a.d.read = h
	a.Adapter.Handle(op, a.d.API.Middlewares().Handler(a.d.before.Handler(h)))
}

// instead is done with the parameters of an operation in place of its answer.
type instead func(ctx context.Context, a domain.Actor, in any) error

type insteadKey struct{}

// answer is the answer of an operation, or nil where something else was done instead.
func (d *declaration) answer(ctx context.Context, in any) (any, error) {
	if p, ok := in.(knowsPast); ok {
		var err error
		if ctx, err = p.pastOf().in(ctx, d.server.Clock); err != nil {
			return nil, d.server.problem(ctx, err)
		}
	}
	if do, ok := ctx.Value(insteadKey{}).(instead); ok {
		if err := do(ctx, actor(ctx), in); err != nil {
			return nil, d.server.problem(ctx, err)
		}
		return nil, nil
	}
	out, err := d.call(ctx, actor(ctx), in)
	if err != nil {
		return nil, d.server.problem(ctx, err)
	}
	return out, nil
}

// registered declares what follows from an operation.
func (d *declaration) registered() {
	d.registerRowFiles()
	d.registerBetween()
}

// readInstead reads the parameters of the operation from ctx and does something else with
// them. What is wrong with them is answered there.
func (d *declaration) readInstead(ctx huma.Context, do instead) {
	done := false
	ctx = huma.WithValue(ctx, insteadKey{}, instead(func(ctx context.Context, a domain.Actor, in any) error {
		if err := do(ctx, a, in); err != nil {
			return err
		}
		done = true
		return nil
	}))
	d.read(&answered{ctx, &done})
}

// answered hears no status once something was answered.
type answered struct {
	humaContext

	done *bool
}

// Unwrap is for the adapter.
func (c *answered) Unwrap() huma.Context { return c.humaContext }

// SetStatus implements huma.Context.
func (c *answered) SetStatus(status int) {
	if !*c.done {
		c.humaContext.SetStatus(status)
	}
}

// declare is what huma.Register is told of an operation.
func (s *Server) declare(op operation, in, out reflect.Type, call func(context.Context, domain.Actor, any) (any, error)) *declaration {
	if op.Permission == "" {
		panic(op.ID + " states no permission")
	}
	scope := tokenScopeOf(op)
	ho := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description,
		Tags: []string{op.Tag}, DefaultStatus: op.Status, Errors: append(op.Errors, 422, 429, 500, 503), MaxBodyBytes: MaxBody,
		RejectUnknownQueryParameters: !op.relayed,
		Extensions:                   map[string]any{"x-permission": string(op.Permission), "x-rate": rateKindOf(op)},
	}
	if op.Import {
		ho.MaxBodyBytes = MaxImportBody
	}
	if _, _, ok := comparedRow(op, in, out); ok {
		ho.Extensions["x-between"] = true
	}
	s.kept[op.ID] = op.Kept
	if op.Media != "" {
		ho.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			op.Media: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
		if op.Media == mediaICS || op.Media == mediaAtom { // programs ask often
			ho.Responses["304"] = notModified()
		}
	}
	if op.Method == http.MethodGet && op.Media == "" {
		ho.Parameters = append(ho.Parameters, ifNoneMatchParam())
		ho.Responses = map[string]*huma.Response{"304": notModified()}
	}
	if op.Upload {
		ho.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	}
	if op.Method == http.MethodPost && (op.Status == http.StatusCreated || op.Adds) {
		ho.Parameters = append(ho.Parameters, idempotencyParam())
		for _, status := range []int{http.StatusBadRequest, http.StatusConflict} {
			if !slices.Contains(ho.Errors, status) {
				ho.Errors = append(ho.Errors, status)
			}
		}
	}
	ho.Security = []map[string][]string{{"session": {}}}
	if op.Permission == readScope {
		ho.Security = []map[string][]string{{}, {"session": {}}} // signing in is optional, and shows more
	}
	ho.Extensions["x-token-scope"] = "none"
	if scope != "" {
		ho.Extensions["x-token-scope"] = string(scope)
		ho.Security = append(ho.Security, map[string][]string{"token": {}})
	}
	var before huma.Middlewares
	if needsSignIn(op.Permission) {
		before = append(before, s.signedInOnly)
	}
	if !op.Upload {
		before = append(before, s.typedBody)
	}
	before = append(before, s.withinScope(scope))
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} { // a token that is refused, or lacks the scope
		if !slices.Contains(ho.Errors, status) {
			ho.Errors = append(ho.Errors, status)
		}
	}
	ho.Parameters = append(ho.Parameters, op.params...)
	before = append(before, op.middlewares...)
	return &declaration{API: s.api, declared: ho, server: s, op: op, in: in, out: out, call: call, before: before}
}

// needsSignIn reports whether the public never has a permission.
func needsSignIn(p domain.Permission) bool {
	return p != readScope && !slices.Contains(domain.Actor{}.Somewhere(), p)
}

// signedInOnly answers 401 before anything is read: otherwise a sign-in that has
// ended while somebody typed would look like something that is gone, since what
// is internal is not found by the public.
func (s *Server) signedInOnly(ctx huma.Context, next func(huma.Context)) {
	if actor(ctx.Context()).SignedIn() {
		next(ctx)
		return
	}
	s.refuseEarly(ctx, problemOf(domain.Unauthenticated(), requestID(ctx.Context()), s.Log))
}

// typedBody refuses a body that does not say what it is, which would be taken for JSON: a
// browser sends one for a page of another site without asking.
func (s *Server) typedBody(ctx huma.Context, next func(huma.Context)) {
	if r := humaecho.Unwrap(ctx).Request(); r.ContentLength == 0 || r.Header.Get("Content-Type") != "" {
		next(ctx)
		return
	}
	s.refuseEarly(ctx, newProblem(http.StatusUnsupportedMediaType, codeOfStatus[http.StatusUnsupportedMediaType], "the request has a body and no Content-Type", requestID(ctx.Context())))
}

// refuseEarly answers before the operation is reached.
func (s *Server) refuseEarly(ctx huma.Context, p *Problem) {
	if failed := huma.WriteErr(s.api, ctx, p.Status, "", p); failed != nil {
		s.Log.Error("could not write a problem", "request", requestID(ctx.Context()), "error", failed)
	}
}

func (s *Server) problem(ctx context.Context, err error) error {
	p := problemOf(err, requestID(ctx), s.Log)
	if p.Status == http.StatusServiceUnavailable {
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {retryAfter}})
	}
	if p.Code == "idempotency_running" { // it has lost its key to another sending
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {keyRetryAfter}})
	}
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindStale {
		p.Changed = s.changedSince(ctx, e.Subject, e.Version)
	}
	return p
}

// changedSince tells who changed a subject since version; nil, with a line in
// the server's log, if that cannot be read: the 412 stands without it.
func (s *Server) changedSince(ctx context.Context, subject domain.Subject, version int) *Changed {
	c, err := s.Services.Audit.Since(ctx, subject, version)
	if err != nil {
		s.Log.Error("could not read who changed a subject", "request", requestID(ctx), "error", err)
		return nil
	}
	if c.At.IsZero() {
		return nil
	}
	return &Changed{At: c.At, PostID: c.PostID.Ptr(), Party: c.PartyKey, Post: c.PostTitle, Fields: orEmpty(c.Fields)}
}

// shown is a current resource of a stale error as the API shows it.
type shown struct{ body any }

// stale makes the current entity of a stale error the resource as the API shows
// it; other errors pass.
func stale[E, B any](err error, body func(E) B) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Kind != domain.KindStale {
		return err
	}
	out := *e
	out.Current = nil
	if current, ok := e.Current.(E); ok {
		out.Current = shown{body(current)}
	}
	return &out
}

// AsOfParam asks for the state of a past day or instant.
type AsOfParam struct {
	AsOf string `query:"asOf" doc:"Show the state at the end of this day in Helsinki (YYYY-MM-DD) or at this instant (RFC 3339). What the caller may see is decided by their permissions of today and the visibility of then." example:"2026-11-16"`
}

func (p *AsOfParam) pastOf() *AsOfParam { return p }

func (p *AsOfParam) in(ctx context.Context, clock domain.Clock) (context.Context, error) {
	if p.AsOf == "" {
		return ctx, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, p.AsOf); err == nil {
		switch {
		case t.After(clock.Now()):
			return ctx, domain.InvalidField("asOf", "in_future")
		case domain.DateOf(t).Year() < domain.FirstYear:
			return ctx, domain.InvalidField("asOf", "date_malformed")
		}
		return domain.WithAsOf(ctx, t), nil
	}
	d, err := domain.ParseDate(p.AsOf)
	if err != nil {
		return ctx, domain.InvalidField("asOf", "date_malformed")
	}
	if d.After(clock.Today()) {
		return ctx, domain.InvalidField("asOf", "in_future")
	}
	return domain.WithAsOf(ctx, d.EndOfDay()), nil
}

// PageParams ask for one page of a list.
type PageParams struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Items in one page"`
	Cursor string `query:"cursor" maxLength:"4000" doc:"nextCursor of the page before"`
	Sort   string `query:"sort" maxLength:"200" doc:"Keys in order, comma-separated, - for descending"`
	Count  string `query:"count" enum:"exact" doc:"exact also counts all that match; counting costs"`
}

func (p PageParams) request() domain.PageRequest {
	return domain.PageRequest{Limit: p.Limit, Cursor: p.Cursor, Sort: p.Sort, Count: p.Count == "exact"}
}

// List is one page of items.
type List[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"nextCursor,omitempty" doc:"Cursor of the next page; missing on the last"`
	Total      *int   `json:"total,omitempty" doc:"How many match in all; only with count=exact"`
}

// ListOutput answers with a page.
type ListOutput[T any] struct{ Body List[T] }

// listOf maps a page of entities to its answer.
func listOf[E, B any](p domain.Page[E], body func(E) B) *ListOutput[B] {
	out := &ListOutput[B]{Body: List[B]{Items: make([]B, len(p.Items)), NextCursor: p.NextCursor, Total: p.Total}}
	for i, e := range p.Items {
		out.Body.Items[i] = body(e)
	}
	return out
}

// ItemOutput answers with one resource; its version is the beginning of the ETag.
type ItemOutput[T any] struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     T
}

func item[T any](body T, version int) *ItemOutput[T] {
	return &ItemOutput[T]{ETag: etag(version), Body: body}
}

func created[T any](body T, version int, location string) *ItemOutput[T] {
	return &ItemOutput[T]{ETag: etag(version), Location: "/api/v1" + location, Body: body}
}

func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// IfMatch is the version that a change is based on: the ETag of the read.
type IfMatch struct {
	IfMatch string `header:"If-Match" doc:"ETag of the version that the change is based on; required" example:"\"3\""`
}

// version reads the header: 428 without it, 422 if it is no ETag of ours.
func (m IfMatch) version() (int, error) {
	if m.IfMatch == "" {
		return 0, &domain.Error{Kind: domain.KindPreconditionMissing, Code: "if_match_required", Detail: "send the ETag that you read as If-Match"}
	}
	version, _, _ := strings.Cut(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`), "-") // see conditional
	v, err := strconv.ParseInt(version, 10, 32)
	if err != nil || v < 1 {
		return 0, domain.InvalidField("If-Match", "etag_malformed")
	}
	return int(v), nil
}

// none is the filter value that matches the empty field.
const none = "none"

// filterOf reads a repeated parameter of plain values into a filter. Huma has
// checked the values against the parameter's enum.
func filterOf[T ~string](values []T) domain.AnyOf[T] {
	var f domain.AnyOf[T]
	for _, v := range values {
		if v == none {
			f.None = true
		} else {
			f.Values = append(f.Values, v)
		}
	}
	return f
}

// idFilter reads a repeated parameter of ids into a filter.
func idFilter[K any](f *domain.AnyOf[domain.ID[K]], name string, values []string) error {
	for _, v := range values {
		if v == none {
			f.None = true
			continue
		}
		id, err := domain.ParseID[K](v)
		if err != nil {
			return domain.InvalidField(name, "id_malformed")
		}
		f.Values = append(f.Values, id)
	}
	return nil
}

// toStrings gives strings a type of their own.
func toStrings[T ~string](values []string) []T {
	out := make([]T, len(values))
	for i, v := range values {
		out[i] = T(v)
	}
	return out
}

// dateField reads a calendar date of a body or parameter; "" stays unset.
func dateField(d *domain.Date, pointer, s string) error {
	if s == "" {
		return nil
	}
	p, err := domain.ParseDate(s)
	if err != nil {
		return domain.InvalidField(pointer, "date_malformed")
	}
	*d = p
	return nil
}

// path reads an id from the path: one that is no UUID names nothing.
func pathID[K any](id *domain.ID[K], s, noun string) error {
	p, err := domain.ParseID[K](s)
	if err != nil {
		return domain.NotFound(noun)
	}
	*id = p
	return nil
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// byIDOrNo reads a path segment that is an id or the number people use.
func byIDOrNo[K, E any](s, noun string, byID func(domain.ID[K]) (E, error), byNo func(int) (E, error)) (E, error) {
	if no, err := strconv.Atoi(s); err == nil && no > 0 && no < 1<<31 {
		return byNo(no)
	}
	id, err := domain.ParseID[K](s)
	if err != nil {
		var none E
		return none, domain.NotFound(noun)
	}
	return byID(id)
}

// byIDOrKey reads a path segment that is an id or a permanent name.
func byIDOrKey[K, E any](s string, byID func(domain.ID[K]) (E, error), byKey func(string) (E, error)) (E, error) {
	if id, err := domain.ParseID[K](s); err == nil {
		return byID(id)
	}
	return byKey(s)
}
