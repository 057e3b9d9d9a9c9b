package api_test

import (
	"fmt"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// Each caller has an amount of their own for each kind of request, which fills again;
// the guests of a network have five times as much together. A header that anybody can
// send does not make another caller.
func TestRatesByCaller(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	e.Rates = api.Rates{Reads: 4, Writes: 2, Costly: 2}
	e.Restart()

	for i := range 10 { // 4 a minute, five times, half of it at once
		res := e.As("").Do("GET", "/api/v1/goals", nil, "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)).Want(200)
		if want := fmt.Sprintf(`"read";r=%d;`, 9-i); res.Header.Get("RateLimit")[:len(want)] != want || res.Header.Get("RateLimit-Policy") != `"read";q=10;w=30` {
			t.Errorf("%d: %q %q", i, res.Header.Get("RateLimit"), res.Header.Get("RateLimit-Policy"))
		}
	}
	limited := e.As("").Get("/goals")
	limited.WantProblem(429, "rate_limited")
	if limited.Header.Get("Retry-After") != "3" {
		t.Errorf("Retry-After %q", limited.Header.Get("Retry-After"))
	}
	e.As("").Do("GET", "/healthz", nil).Want(200)
	e.As("").Get("/search?q=kokeilu").Want(200) // is of another kind
	e.As("espoo reader").Get("/goals").Want(200)
	e.As("espoo reader").Get("/goals").Want(200)
	e.As("espoo reader").Get("/goals").WantProblem(429, "rate_limited")
	e.As("luvn reader").Get("/goals").Want(200)
	e.As("espoo coordinator").Post("/tags", apitest.JSON{"key": "a", "title": apitest.JSON{"fi": "a"}})
	e.As("espoo coordinator").Post("/tags", apitest.JSON{"key": "b", "title": apitest.JSON{"fi": "b"}}).WantProblem(429, "rate_limited")
	e.As("espoo coordinator").Do("GET", "/api/v1/actions.csv", nil).Want(200)
	e.As("espoo coordinator").Do("GET", "/api/v1/actions.csv", nil).WantProblem(429, "rate_limited")
	e.As("espoo coordinator").Get("/goals").Want(200)

	e.Advance(3 * time.Second)
	e.As("").Get("/goals").Want(200)
	e.As("").Get("/goals").WantProblem(429, "rate_limited")

	// Who tries tokens is slowed down like who searches.
	for range 10 {
		res := e.As("").Do("GET", "/api/v1/goals", nil, "Authorization", "Bearer yhp_x")
		if res.StatusCode == 429 {
			return
		}
		res.WantProblem(401, "invalid_token")
	}
	t.Error("tokens can be tried for ever")
}

// Every operation tells of 429 and of which kind it is.
func TestContractTellsOfRates(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for _, op := range declared() {
		if op.Responses["429"] == nil {
			t.Errorf("%s does not tell of 429", op.OperationID)
		}
		kind, _ := op.Extensions["x-rate"].(string)
		kinds[kind]++
	}
	if len(kinds) != 3 || kinds["read"] < 50 || kinds["write"] < 50 || kinds["costly"] < 10 {
		t.Errorf("kinds %v", kinds)
	}
}
