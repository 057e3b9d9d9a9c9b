package api

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

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
