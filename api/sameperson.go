package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// personHeader is where the site says for whom a page was opened, by the person's id.
// Cookies are shared by all tabs of a browser: when somebody else signs in in one, what
// was typed in another would be saved in their name. Programs need not send it.
const personHeader = "Yhdyspinta-Person"

// samePerson refuses what would change something in the name of another person than
// the one for whom the page was opened: 409 other_person. Whoever is signed out is told
// that by the operation. It lets nobody in: who acts is what the session says.
func (s *Server) samePerson(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		said := r.Header.Get(personHeader)
		if said == "" || r.Method == http.MethodGet || r.Method == http.MethodHead || !strings.HasPrefix(r.URL.Path, "/api/v1/") {
			return next(c)
		}
		if a := actor(r.Context()); a.SignedIn() && !a.Token.IsUsed() && !strings.EqualFold(a.PersonID.String(), said) {
			return &domain.Error{Kind: domain.KindConflict, Code: "other_person", Detail: "the page was opened for another person than the one who is signed in now"}
		}
		return next(c)
	}
}
