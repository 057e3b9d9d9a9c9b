// Package api is the HTTP interface: operations declared with Huma on echo,
// one file per feature. With cmd it is the only package that knows either.
package api

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/apitoken"
	"yhdyspinta/domain/audit"
	"yhdyspinta/domain/calendar"
	"yhdyspinta/domain/carryover"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/change"
	"yhdyspinta/domain/comparison"
	"yhdyspinta/domain/decisionfeed"
	"yhdyspinta/domain/draft"
	"yhdyspinta/domain/following"
	"yhdyspinta/domain/forum"
	"yhdyspinta/domain/freshness"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
	"yhdyspinta/domain/matrix"
	"yhdyspinta/domain/meeting"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/openloop"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/overview"
	"yhdyspinta/domain/plan"
	"yhdyspinta/domain/radar"
	"yhdyspinta/domain/reservation"
	"yhdyspinta/domain/responsibility"
	"yhdyspinta/domain/round"
	"yhdyspinta/domain/savedview"
	"yhdyspinta/domain/search"
	"yhdyspinta/domain/translation"
)

// Services are the use cases that the operations call, one field per feature.
type Services struct {
	Goals            *goal.Service
	Plans            *plan.Service
	CarryOver        *carryover.Service
	Comparisons      *comparison.Service
	Rounds           *round.Service
	Chains           *chain.Service
	Drafts           *draft.Service
	Forums           *forum.Service
	Meetings         *meeting.Service
	OpenLoops        *openloop.Service
	Series           *meeting.SeriesService
	Backlog          *meeting.BacklogService
	Cycle            *meeting.CycleService
	Actions          *action.Service
	Responsibilities *responsibility.Service
	Reservations     *reservation.Service
	Work             *mywork.Service
	Organisation     *organisation.Service
	Overview         *overview.Service
	Changes          *change.Service
	Radar            *radar.Service
	Freshness        *freshness.Service
	Matrix           *matrix.Service
	Audit            *audit.Service
	Access           *access.Service
	Translations     *translation.Service
	Mails            *mail.Service
	DecisionFeeds    *decisionfeed.Service
	Calendars        *calendar.Service
	Following        *following.Service
	SavedViews       *savedview.Service
	Jobs             *job.Service
	Search           *search.Service
	Idempotency      *idempotency.Service
	Tokens           *apitoken.Service
}

// Options configure a Server.
type Options struct {
	Services Services
	Clock    domain.Clock
	NewID    domain.IDSource
	Log      *slog.Logger
	Version  string
	// BaseURL is the public address, for links that leave the site.
	BaseURL string
	// Synthetic says that all content is invented, so that the site can say so.
	Synthetic bool
	// Sessions sign people in and tell who makes a request. nil means that nobody
	// can sign in.
	Sessions *Sessions
	// Actor replaces Sessions in telling who makes a request. nil and without
	// Sessions everybody is the public.
	Actor func(*http.Request) (domain.Actor, error)
	// Snapshot runs fn with a context under which all reads are of one moment. nil
	// leaves each read a moment of its own.
	Snapshot func(ctx context.Context, fn func(context.Context) error) error
	// Mount adds routes beside the API: the front end, the demo's identity
	// providers.
	Mount func(*echo.Echo)
	// SiteFiles are the built front end, whose font papers use; nil: that of the
	// reader's machine.
	SiteFiles fs.FS
	// PDF prints a page of HTML as tagged PDF. nil: papers are to be had as pages
	// and DOCX only.
	PDF func(ctx context.Context, page []byte) ([]byte, error)
	// Observe, if set, is told of each request that was answered, for metrics: the
	// operation's id, or for what is none "site", "sign_in" or "other".
	Observe func(operation string, status int, d time.Duration)
	// Trace, if set, is told of each request that begins, by its method, and returns the
	// context that it goes on in and what is told of its answer.
	Trace func(ctx context.Context, method string) (context.Context, func(Answered))
	// ContentNumber stays the same for as long as no content changes; nil: every answer
	// is derived anew.
	ContentNumber func(context.Context) (uint64, error)
	// Ready reports whether the server can serve, for /readyz.
	Ready func(context.Context) error
	// TrustedProxies are the networks whose X-Forwarded-For counts.
	TrustedProxies []*net.IPNet
	// Rates are how much one caller may ask; the zero value limits nothing.
	Rates Rates
}

// Server is the HTTP server of the product.
type Server struct {
	Options
	echo *echo.Echo
	api  huma.API
	// streams end with Close: those who watch are connected for as long as they like.
	streams    context.Context
	endStreams context.CancelFunc
	exports    chan struct{}     // of lists that are being read for a file
	comparing  chan struct{}     // of lists that are being compared between two days
	compared   []*compared       // lists and items that can be, in the order of their declaration
	leaving    atomic.Bool       // /readyz says no
	operations map[string]string // id of an operation by method and route
	kept       map[string]bool   // operations whose answers to the public are kept, by id
	unchanged  *unchanged
	unsettled  *expirable.LRU[string, string]
	rateKinds  map[string]string            // its kind, likewise: see Rates
	creating   map[string]bool              // whether it creates something and takes an Idempotency-Key, likewise
	permitted  map[string]domain.Permission // what it takes, likewise
	limits     *limiter
	standing   standingCache           // of the owners of API tokens
	rowFiles   map[string]reflect.Type // what the rows are of each list that has files of the shared kind
}

// MaxBody is the largest request body, in bytes.
const MaxBody = 2 << 20

// MaxImportBody is the largest body with a file of a list in it, in bytes: 5,000
// rows with their texts in three languages.
const MaxImportBody = 12 << 20

// isUpload reports whether a request's body is a file, which has a limit of its
// own: of attachments while it is read piece by piece, of lists in handle.
func isUpload(c echo.Context) bool {
	r := c.Request()
	return r.Method == http.MethodPost && (listImport.MatchString(r.URL.Path) || strings.HasPrefix(r.URL.Path, "/api/v1/agenda-items/") && strings.HasSuffix(r.URL.Path, "/attachments") ||
		strings.HasPrefix(r.URL.Path, "/api/v1/attachments/") && strings.HasSuffix(r.URL.Path, "/files"))
}

// listImport are the paths of operations with Import.
var listImport = regexp.MustCompile(`^/api/v1/(?:action|goal|post|responsibility)-import(?:s|-checks)$`)

// settleHuma sets, once for all servers of the process, what Huma keeps for all.
var settleHuma = sync.OnceFunc(func() {
	useProblems()
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true
})

// New declares all operations and returns the server.
func New(o Options) *Server {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Snapshot == nil {
		o.Snapshot = func(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }
	}
	settleHuma()

	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect()
	if len(o.TrustedProxies) > 0 {
		var trust []echo.TrustOption
		trust = append(trust, echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false))
		for _, n := range o.TrustedProxies {
			trust = append(trust, echo.TrustIPRange(n))
		}
		e.IPExtractor = echo.ExtractIPFromXFFHeader(trust...)
	}
	s := &Server{Options: o, echo: e, exports: make(chan struct{}, maxExports), comparing: make(chan struct{}, maxComparisons), limits: newLimiter(o.Rates, o.Clock), rowFiles: map[string]reflect.Type{}, unchanged: newUnchanged(), unsettled: newUnsettled(), kept: map[string]bool{}}
	s.streams, s.endStreams = context.WithCancel(context.Background())
	if s.Actor == nil && s.Sessions != nil {
		s.Actor = s.Sessions.Actor
	}
	e.HTTPErrorHandler = s.writeError
	e.Use(s.withRequestID, withDeadline, s.accessLog, s.recover, readableAddress, middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "2M", Skipper: isUpload}), s.withActor, s.limitRate, s.samePerson, s.conditional, s.onceOnly)

	cfg := huma.DefaultConfig("Yhdyspinta", "1")
	cfg.Info.Description = apiDescription
	cfg.Info.License = &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"}
	cfg.Servers = []*huma.Server{{URL: "/api/v1"}}
	cfg.CreateHooks = nil
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-session", Description: "Set by signing in at /auth/{issuer}/login"},
		"token":   {Type: "http", Scheme: "bearer", BearerFormat: "yhp_…", Description: "An API token, made by a signed-in person (createAPIToken). It does what its owner may do today within its scopes: x-token-scope of an operation names the one that it needs, none means that no token may. Cookies that come along are ignored."},
	}
	s.api = humaecho.NewWithGroup(e, e.Group("/api/v1"), cfg)
	s.register()
	s.operations = s.operationRoutes()
	s.rateKinds, s.creating, s.permitted = s.operationTraits()

	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", s.readyz)
	s.mountReference()
	s.mountPaper()
	s.mountUnsubscribe()
	if s.Sessions != nil {
		s.Sessions.mount(e)
	}
	if o.Mount != nil {
		o.Mount(e)
	}
	return s
}

// register declares the operations of each feature.
func (s *Server) register() {
	s.registerMe()
	s.registerMySessions()
	s.registerGoals()
	s.registerResponsibilities()
	s.registerReservations()
	s.registerTasks()
	s.registerDependencies()
	s.registerPlans()
	s.registerCarryOver()
	s.registerComparisons()
	s.registerRounds()
	s.registerRoundFiles()
	s.registerVocabularies()
	s.registerSecrecyGrounds()
	s.registerChains()
	s.registerHandovers()
	s.registerDrafts()
	s.registerForums()
	s.registerForumFiles()
	s.registerOpenLoops()
	s.registerSeries()
	s.registerRecords()
	s.registerCycle()
	s.registerBacklog()
	s.registerMeetings()
	s.registerAgendaItems()
	s.registerOutcomes()
	s.registerDesk()
	s.registerPapers()
	s.registerPaperFiles()
	s.registerPaperComments()
	s.registerAmendments()
	s.registerItemParts()
	s.registerAttachments()
	s.registerReferrals()
	s.registerCases()
	s.registerActions()
	s.registerListFiles()
	s.registerActionImport()
	s.registerBulkChanges()
	s.registerActionGroups()
	s.registerGoalImport()
	s.registerPostImport()
	s.registerResponsibilityImport()
	s.registerMyWork()
	s.registerOrganisation()
	s.registerOverview()
	s.registerChanges()
	s.registerRadar()
	s.registerFreshness()
	s.registerMatrix()
	s.registerAudit()
	s.registerAccess()
	s.registerTranslations()
	s.registerMails()
	s.registerMailTemplates()
	s.registerMailPreferences()
	s.registerFollowing()
	s.registerAtom()
	s.registerCalendars()
	s.registerDecisionFeeds()
	s.registerSavedViews()
	s.registerAPITokens()
	s.registerJobs()
	s.registerSearch()
	s.registerDaysBetween()
}

// Handler is the whole site.
func (s *Server) Handler() http.Handler {
	var site http.Handler = s.echo
	if s.Sessions != nil {
		site = s.Sessions.wrap(s.echo)
	}
	return withSecurityHeaders(strings.HasPrefix(s.BaseURL, "https://"), headAsGet(site))
}

// Leave makes /readyz say no, while everything else goes on: no new requests
// should come.
func (s *Server) Leave() { s.leaving.Store(true) }

// Close ends the connections of those who watch, which a shutdown would wait
// for. Their pages connect again elsewhere.
func (s *Server) Close() { s.endStreams() }

// OpenAPI is the contract that the declared operations make, as YAML.
func (s *Server) OpenAPI() ([]byte, error) { return s.api.OpenAPI().YAML() }

// Operations lists the declared operations for the coverage test.
func (s *Server) Operations() []*huma.Operation {
	var out []*huma.Operation
	for _, p := range s.api.OpenAPI().Paths {
		out = append(out, operationsOf(p)...)
	}
	return out
}

// Schemas are those of the contract, for the tests of what it tells to whom.
func (s *Server) Schemas() huma.Registry { return s.api.OpenAPI().Components.Schemas }

// IsKept reports whether what an operation answers the public is kept in memory for as
// long as no content changes.
func (s *Server) IsKept(operation string) bool { return s.kept[operation] }

func operationsOf(p *huma.PathItem) []*huma.Operation {
	all := []*huma.Operation{p.Get, p.Post, p.Put, p.Delete, p.Patch}
	return slices.DeleteFunc(all, func(op *huma.Operation) bool { return op == nil })
}

func (s *Server) readyz(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer cancel()
	if s.leaving.Load() {
		return newProblem(http.StatusServiceUnavailable, "not_ready", "about to end", requestID(ctx))
	}
	if s.Ready != nil {
		if err := s.Ready(ctx); err != nil {
			return &domain.Error{Kind: domain.KindUnavailable, Code: "not_ready", Detail: "not ready", Err: err}
		}
	}
	return c.String(http.StatusOK, "ready\n")
}

func (s *Server) writeError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := problemOf(err, requestID(c.Request().Context()), s.Log)
	if p.Status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	c.Response().Header().Set("Content-Type", "application/problem+json")
	c.Response().WriteHeader(p.Status)
	if c.Request().Method != http.MethodHead {
		if err := writeJSON(c.Response(), p); err != nil && !errors.Is(err, context.Canceled) {
			s.Log.Debug("could not write a problem", "error", err)
		}
	}
}
