package api_test

import (
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// Everybody, with an account or without, is told the same grounds. What is
// written as the ground stays as it was written: one of them in any language, or
// other words.
func TestGroundsForSecrecyAreOffered(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	var chosen domain.Text
	for _, name := range append([]string{""}, everybodyButCoordinators...) {
		got := apitest.As[api.SecrecyGrounds](e.As(name).Get("/secrecy-grounds").Want(200)).Items
		if len(got) != len(domain.SecrecyGrounds) {
			t.Fatalf("%q is told %d grounds", name, len(got))
		}
		for i, g := range domain.SecrecyGrounds {
			if got[i] != (api.SecrecyGround{Key: g.Key, Citation: g.Citation, Matter: g.Matter, Ground: g.Ground()}) {
				t.Errorf("%q is told %+v", name, got[i])
			}
			if g.Key == "openness-24-1-25" {
				chosen = got[i].Ground
			}
		}
	}
	c := e.As("espoo coordinator")
	for _, written := range []string{chosen.FI, chosen.SV, "Asia on keskeneräinen"} {
		in := goalInput(f, written, "internal")
		in["visibilityGround"] = written
		if g := apitest.As[api.Goal](c.Post("/goals", in).Want(201)); g.VisibilityGround != written {
			t.Errorf("%q became %q", written, g.VisibilityGround)
		}
	}
}
