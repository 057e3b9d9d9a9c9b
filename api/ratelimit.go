package api

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"yhdyspinta/domain"
)

// Rates are how many requests one caller may make in a minute, of each kind; half of
// it at once. 0 of a kind: as many as they like. A caller is an API token, a person
// who is signed in, or for guests a network (guestFactor).
type Rates struct {
	Reads  int // GET
	Writes int // what changes something
	Costly int // search, files, imports, signing in, and tokens that open nothing
}

// DefaultRates are generous to people: a page asks 10 to 20 times.
var DefaultRates = Rates{Reads: 1200, Writes: 240, Costly: 120}

// guestFactor is by how much more the guests of one network may ask, since many
// people stand behind one address: a network is an IPv4 address or an IPv6 /64.
const guestFactor = 5

// maxCallers is how many callers of a kind are remembered: who is forgotten, the one
// who has not asked for longest, begins anew.
const maxCallers = 10_000

// The kinds of request, as RateLimit-Policy and the contract name them.
const (
	rateRead   = "read"
	rateWrite  = "write"
	rateCostly = "costly"
)

// bucket is what callers of one kind may do.
type bucket struct {
	name      string
	perMinute int
	callers   *lru.Cache[string, *rate.Limiter]
}

// limiter knows how much each caller has asked lately. It is in memory: each instance
// counts for itself.
type limiter struct {
	clock   domain.Clock
	buckets map[string]*bucket
}

func newLimiter(r Rates, clock domain.Clock) *limiter {
	l := &limiter{clock: clock, buckets: map[string]*bucket{}}
	for name, perMinute := range map[string]int{rateRead: r.Reads, rateWrite: r.Writes, rateCostly: r.Costly} {
		if perMinute <= 0 {
			continue
		}
		callers, err := lru.New[string, *rate.Limiter](maxCallers)
		if err != nil {
			panic(err) // a size below 1
		}
		l.buckets[name] = &bucket{name, perMinute, callers}
	}
	return l
}

// caller names who asks.
type caller struct {
	key   string
	guest bool
}

func callerOf(a domain.Actor, ip string) caller {
	switch {
	case a.Token.IsUsed():
		return caller{"token " + a.Token.ID.String(), false}
	case !a.PersonID.IsZero():
		return caller{"person " + a.PersonID.String(), false}
	}
	return networkOf(ip)
}

// networkOf is the caller that a guest is.
func networkOf(ip string) caller {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return caller{"network unknown", true}
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			return caller{"network " + prefix.String(), true}
		}
	}
	return caller{"network " + addr.String(), true}
}

// allowance is what a caller has left.
type allowance struct {
	name    string
	burst   int
	fill    time.Duration // from nothing to all
	left    int
	full    time.Duration // until all is there again
	wait    time.Duration // until the next is there; 0 if this one was
	limited bool
}

// take counts a request; nil if its kind has no limit.
func (l *limiter) take(kind string, who caller) *allowance {
	b := l.buckets[kind]
	if b == nil {
		return nil
	}
	perMinute := b.perMinute
	if who.guest {
		perMinute *= guestFactor
	}
	burst := max(perMinute/2, 1)
	one, ok := b.callers.Get(who.key)
	if !ok {
		one = rate.NewLimiter(rate.Limit(float64(perMinute)/60), burst)
		if before, found, _ := b.callers.PeekOrAdd(who.key, one); found {
			one = before
		}
	}
	now := l.clock()
	out := &allowance{name: b.name, burst: burst, fill: time.Duration(float64(burst) / float64(one.Limit()) * float64(time.Second))}
	if !one.AllowN(now, 1) {
		r := one.ReserveN(now, 1)
		out.limited, out.wait = true, r.DelayFrom(now)
		r.CancelAt(now)
	}
	tokens := one.TokensAt(now)
	out.left = max(int(tokens), 0)
	out.full = time.Duration((float64(burst) - tokens) / float64(one.Limit()) * float64(time.Second))
	return out
}

// seconds rounds up to whole ones.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// tell writes what is left (draft-ietf-httpapi-ratelimit-headers-10).
func (a *allowance) tell(h http.Header) {
	h.Set("RateLimit-Policy", fmt.Sprintf("%q;q=%d;w=%d", a.name, a.burst, max(seconds(a.fill), 1)))
	h.Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", a.name, a.left, seconds(a.full)))
}

// rateKind is the kind of a request; "" if it is not counted: pages and what is built
// into them, and what a machine asks to see whether the server is well.
func (s *Server) rateKind(c echo.Context) string {
	r := c.Request()
	switch {
	case strings.HasPrefix(r.URL.Path, "/auth/"):
		if r.Method == http.MethodGet {
			return rateCostly
		}
		return rateWrite
	case strings.HasPrefix(r.URL.Path, apiPath):
		if kind := s.rateKinds[r.Method+" "+c.Path()]; kind != "" {
			return kind
		}
		return kindOfMethod(r.Method)
	case strings.HasSuffix(r.URL.Path, "/paper"):
		return rateRead
	case strings.HasPrefix(r.URL.Path, "/unsubscribe/"):
		return kindOfMethod(r.Method)
	}
	return ""
}

func kindOfMethod(method string) string {
	if method == http.MethodGet || method == http.MethodHead {
		return rateRead
	}
	return rateWrite
}

// rateKindOf is the kind of an operation.
func rateKindOf(op operation) string {
	switch {
	case op.Costly, op.Import, op.Upload:
		return rateCostly
	case op.Media == mediaCSV, op.Media == mediaXLSX, op.Media == mediaDOCX, op.Media == mediaPDF:
		return rateCostly
	}
	return kindOfMethod(op.Method)
}

// limitRate answers 429 to who has asked too much of late, and tells everybody else
// what is left.
func (s *Server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		kind := s.rateKind(c)
		if kind == "" {
			return next(c)
		}
		if err := s.count(c, kind, callerOf(actor(c.Request().Context()), c.RealIP())); err != nil {
			return err
		}
		return next(c)
	}
}

// count counts a request; an error if it is one too many.
func (s *Server) count(c echo.Context, kind string, who caller) error {
	a := s.limits.take(kind, who)
	if a == nil {
		return nil
	}
	h := c.Response().Header()
	a.tell(h)
	if !a.limited {
		return nil
	}
	h.Set("Retry-After", strconv.Itoa(max(seconds(a.wait), 1)))
	return newProblem(http.StatusTooManyRequests, "rate_limited", "too many requests of this kind: wait for as many seconds as Retry-After says", requestID(c.Request().Context()))
}
