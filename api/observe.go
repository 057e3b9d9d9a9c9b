package api

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// Answered is what is told of an answer beside the log: nothing that somebody typed, and
// nobody's id.
type Answered struct {
	Operation string // as Options.Observe has it
	Route     string // such as /api/v1/goals/:id; "" if none was found
	Status    int
	RequestID string
}

// methodOf is a request's method by a closed list.
func methodOf(r *http.Request) string {
	if headersAlone(r.Context()) {
		return http.MethodHead
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return r.Method
	}
	return "_OTHER"
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// operationRoutes names the operations by method and route, as echo has it.
func (s *Server) operationRoutes() map[string]string {
	out := map[string]string{}
	for path, item := range s.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			out[op.Method+" /api/v1"+pathParameter.ReplaceAllString(path, ":$1")] = op.OperationID
		}
	}
	return out
}

// operationTraits tells by method and route of which kind an operation is for the rate
// of its caller, whether it creates something, and which permission it needs.
func (s *Server) operationTraits() (kinds map[string]string, creating map[string]bool, permissions map[string]domain.Permission) {
	kinds, creating, permissions = map[string]string{}, map[string]bool{}, map[string]domain.Permission{}
	for path, item := range s.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			route := op.Method + " /api/v1" + pathParameter.ReplaceAllString(path, ":$1")
			kinds[route], _ = op.Extensions["x-rate"].(string)
			permission, _ := op.Extensions["x-permission"].(string)
			permissions[route] = domain.Permission(permission)
			creating[route] = slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == idempotencyHeader })
		}
	}
	return kinds, creating, permissions
}

// operationOf names what answered a request by a closed list: metrics must not grow
// with what people ask for.
func (s *Server) operationOf(c echo.Context) string {
	path := c.Request().URL.Path
	method := c.Request().Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if id := s.operations[method+" "+c.Path()]; id != "" {
		return id
	}
	switch {
	case strings.HasPrefix(path, "/auth/"), strings.HasPrefix(path, "/demo-idp/"):
		return "sign_in"
	case strings.HasPrefix(path, "/api/"), path == "/healthz", path == "/readyz":
		return "other"
	}
	return "site"
}
