package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain/radar"
)

// However much there is, a read model sends the same number of statements: none
// of them asks row by row. More of everything comes between the two measurements,
// and each list is longer in the second; the vacant posts are the same.
func TestReadModelsSendAFixedNumberOfStatements(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	held(e, f, "luvn_older_head", "luvn", "holder", "2025-01-01", "2026-10-31")
	size := 0
	grow := func(n int, left ...string) {
		t.Helper()
		for range n {
			size++
			key := fmt.Sprint("ketju", size)
			chain := handoverChain(e, f, key, "public", handoverInput(), handoverInput(apitest.JSON{"from": 2, "to": 3, "what": apitest.JSON{"fi": "Lähete"}}))
			createAction(e, "espoo coordinator", actionInput(f, "Vaiti", "esp_education_head", "2026-12-01"))
			report(e, "espoo manager", createAction(e, "espoo coordinator", actionInput(f, "Puhunut", "esp_education_head", "")), apitest.JSON{"status": "in_progress"}).Want(200)
			createAction(e, "espoo coordinator", actionInput(f, "Ei kenenkään", "", ""))
			staged := actionInput(f, "Vaiheen", "", "")
			staged["stageId"] = chain.Stages[0].ID
			createAction(e, "espoo coordinator", staged)
			goal := sharedGoal(e, f)
			served := actionInput(f, "Tavoitteen", "luvn_family_head", "")
			served["goalIds"] = []any{goal.ID}
			createAction(e, "espoo coordinator", served)
		}
		for _, post := range left {
			held(e, f, post, "espoo", "holder", "2025-01-01", "2026-10-31")
			createAction(e, "espoo coordinator", actionInput(f, "Lähteneen", post, ""))
		}
		e.Advance(70 * 24 * time.Hour)
	}
	lists := []string{"/gaps?limit=200", "/handovers?limit=200", "/responsibilities?limit=200", "/radar/counts?"}
	for _, reason := range radar.Reasons {
		lists = append(lists, "/radar?limit=200&reason="+string(reason))
	}
	models := []string{"/matrix", "/responsibilities/counts", "/matrix?rows=chain", "/matrix?part=lead&partyId=" + f.Party["luvn"].String(), "/balance?by=party", "/balance?by=theme", "/balance?by=chain"}
	type measured struct{ statements, items int }
	measure := func() map[string]measured {
		out := map[string]measured{}
		for _, who := range []string{"", "luvn reader"} {
			for _, path := range lists {
				var m measured
				m.statements = e.Statements(func() { m.items = len(apitest.As[api.List[any]](e.As(who).Get(path).Want(200)).Items) })
				out[who+" "+path] = m
			}
			for _, path := range models {
				out[who+" "+path] = measured{statements: e.Statements(func() { e.As(who).Get(path).Want(200) })}
			}
		}
		return out
	}
	grow(1, "esp_education_head")
	small := measure()
	grow(3, "esp_youth_head", "esp_secretary", "esp_coordinator")
	for path, large := range measure() {
		if large.statements != small[path].statements || large.statements == 0 {
			t.Errorf("%s: %d statements, and %d with more", path, small[path].statements, large.statements)
		}
		if strings.Contains(path, "limit=200") && !strings.Contains(path, "vacant") && (small[path].items == 0 || large.items <= small[path].items) {
			t.Errorf("%s: %d rows, and %d with more", path, small[path].items, large.items)
		}
	}
}
