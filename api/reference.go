package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

const apiDescription = `The joint tracker of the City of Espoo and the Western Uusimaa Wellbeing Services County.

Public data need no account. Lists answer in pages with a cursor; a repeated filter parameter means OR, different
parameters mean AND, and ` + "`none`" + ` matches the empty field. Changes need ` + "`If-Match`" + ` with the ETag that was read.
Errors are problem documents (RFC 9457) with a stable ` + "`code`" + ` and a pointer per field. With ` + "`asOf`" + ` every list
and item is read as of a past day.`

// mountReference serves the contract.
func (s *Server) mountReference() {
	s.echo.GET("/api/v1/openapi.json", func(c echo.Context) error {
		b, err := s.api.OpenAPI().MarshalJSON()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/vnd.oai.openapi+json", b)
	})
	s.echo.GET("/api/v1/openapi.yaml", func(c echo.Context) error {
		b, err := s.OpenAPI()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "application/yaml", b)
	})
}
