package api_test

import (
	"slices"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Topology: two public goals, one without English, one without Swedish and
// English, and an internal one without either. Coordinators alone are told.
func TestMissingTranslations(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	c := e.As("espoo coordinator")
	c.Post("/goals", goalInput(f, "Yksi", "public")).Want(201)
	in := goalInput(f, "Kaksi", "public")
	in["title"], in["description"] = apitest.JSON{"fi": "Kaksi"}, apitest.JSON{"fi": "Kuvaus", "sv": "Beskrivning", "en": "Description"}
	c.Post("/goals", in).Want(201)
	c.Post("/goals", goalInput(f, "Sisäinen", "internal")).Want(201)

	found := func(query string) (nos []int, gaps []api.TranslationGap) {
		m := apitest.As[api.MissingTranslations](e.As("luvn coordinator").Get("/translations/missing" + query).Want(200))
		for _, k := range m.Kinds {
			if k.Kind != "goal" {
				t.Errorf("the fixture lacks nothing, but: %+v", k)
			}
			if k.Count != len(k.Items) || m.Total != k.Count {
				t.Errorf("counts %d and %d for %d items", m.Total, k.Count, len(k.Items))
			}
			for _, item := range k.Items {
				nos, gaps = append(nos, item.No), append(gaps, item.Texts...)
			}
		}
		return nos, gaps
	}
	nos, gaps := found("")
	if want := []api.TranslationGap{{Field: "title", Lang: "en"}, {Field: "title", Lang: "sv"}, {Field: "title", Lang: "en"}}; !slices.Equal(nos, []int{1, 2}) || !slices.Equal(gaps, want) {
		t.Errorf("goals %v lack %v", nos, gaps)
	}
	if nos, _ := found("?lang=sv"); !slices.Equal(nos, []int{2}) {
		t.Errorf("goals %v lack Swedish", nos)
	}
	if nos, _ := found("?lang=fi"); nos != nil {
		t.Errorf("goals %v lack Finnish", nos)
	}
	for _, name := range everybodyButCoordinators {
		e.As(name).Get("/translations/missing").WantProblem(403, "forbidden")
	}
	e.As("").Get("/translations/missing").WantProblem(401, "sign_in_required")
	c.Get("/translations/missing?lang=de").WantProblem(422, "validation_failed")
}
