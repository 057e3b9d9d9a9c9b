package api_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

var update = flag.Bool("update", false, "write the golden file")

// declared are the operations of the contract, by path and method.
func declared() []*huma.Operation {
	ops := api.New(api.Options{NewID: domain.UUIDv7}).Operations()
	slices.SortFunc(ops, func(a, b *huma.Operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return ops
}

func permissionOf(op *huma.Operation) string {
	p, _ := op.Extensions["x-permission"].(string)
	return p
}

// TestMain runs the tests and then, if it was all of them, looks whether they
// tried every operation, and got no status that the contract does not tell.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == "" {
		for _, complaint := range untried(apitest.Answered()) {
			fmt.Fprintln(os.Stderr, complaint)
			code = 1
		}
	}
	os.Exit(code)
}

// anyStatus are those that every operation may answer: what is wrong before it
// is reached.
var anyStatus = []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusServiceUnavailable}

// triedElsewhere are operations that tests call on a server of their own.
var triedElsewhere = map[string]string{"chooseMyPost": "needs a real session: session_test.go", "listMySessions": "needs a real session: mysessions_test.go",
	"endMySession": "likewise", "endMyOtherSessions": "likewise"}

func untried(answered map[string][]int) (complaints []string) {
	for _, op := range declared() {
		statuses := answered[op.Method+" /api/v1"+op.Path]
		if len(statuses) == 0 && triedElsewhere[op.OperationID] == "" {
			complaints = append(complaints, "no test of package api calls "+op.OperationID)
		}
		for _, status := range statuses {
			if op.Responses[strconv.Itoa(status)] == nil && !slices.Contains(anyStatus, status) {
				complaints = append(complaints, fmt.Sprintf("%s answered %d, which the contract does not tell", op.OperationID, status))
			}
		}
	}
	return complaints
}

// Every operation has a permission of the matrix, or shows what the caller's
// scope allows; the whole list is a file in which a change shows in review.
func TestOperationsAreTheGoldenFile(t *testing.T) {
	t.Parallel()
	const file = "testdata/operations.golden"
	var b strings.Builder
	for _, op := range declared() {
		p := permissionOf(op)
		if p != "scope" && !slices.Contains(domain.Permissions(), domain.Permission(p)) {
			t.Errorf("%s has permission %q, which the matrix does not know", op.OperationID, p)
		}
		fmt.Fprintf(&b, "%-5s %-45s %-28s %s\n", op.Method, op.Path, op.OperationID, p)
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the operations have changed; if they should, run go test ./api -run Golden -update\n%s", b.String())
	}
}

// changesWithoutPermission are operations that change something of the caller's
// own only.
var changesWithoutPermission = []string{"chooseMyPost"}

func TestOperationsKeepTheConventions(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, op := range declared() {
		if seen[op.OperationID] {
			t.Errorf("%s stands twice", op.OperationID)
		}
		seen[op.OperationID] = true
		promises := func(status int) {
			if op.Responses[strconv.Itoa(status)] == nil {
				t.Errorf("%s does not tell %d", op.OperationID, status)
			}
		}
		promises(422)
		promises(500)
		if strings.Contains(op.Path, "{") {
			promises(404)
		}
		if permissionOf(op) != "scope" {
			promises(401)
			if permissionOf(op) != string(domain.PersonSignIn) { // which everybody has
				promises(403)
			}
		} else if op.Method != http.MethodGet && !slices.Contains(changesWithoutPermission, op.OperationID) {
			t.Errorf("%s changes something without a permission", op.OperationID)
		}
		if op.Method == http.MethodPut {
			promises(412)
			promises(428)
			if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "If-Match" }) {
				t.Errorf("%s takes no If-Match", op.OperationID)
			}
		}
		if op.Method == http.MethodPatch || op.Method == http.MethodDelete {
			t.Errorf("%s: things are replaced by PUT or decided upon by POST, never patched or deleted", op.OperationID)
		}
	}
}

// What is committed is what the code declares.
func TestContractIsCurrent(t *testing.T) {
	t.Parallel()
	got, err := api.New(api.Options{NewID: domain.UUIDv7}).OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("api/openapi.yaml is not what the code declares: run make gen")
	}
	if strings.Contains(string(got), "uniqueItems: true") {
		t.Error("what a list holds twice is the domain's to refuse: the check of the contract breaks where an item is an object")
	}
}

// The reference page needs no script and no other host, and shows every
// operation and schema.
func TestReferencePage(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	r := e.As("").Do("GET", "/api/docs", nil).Want(200)
	page := string(r.Bytes)
	if csp := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'self'") {
		t.Errorf("content security policy %q", csp)
	}
	for _, foreign := range []string{"<script", "http://", "https://", "style=\""} {
		if strings.Contains(page, foreign) {
			t.Errorf("the page has %s", foreign)
		}
	}
	for _, op := range declared() {
		if !strings.Contains(page, `id="`+op.OperationID+`"`) {
			t.Errorf("%s is missing", op.OperationID)
		}
	}
	for _, href := range []string{"/api/docs/style.css", "/api/v1/openapi.json", "/api/v1/openapi.yaml"} {
		e.As("").Do("GET", href, nil).Want(200)
	}
}

// Whoever is not signed in is told so, before anything is looked up: that the
// thing is internal, or the request is wrong, must not look like the reason.
func TestThePublicIsAskedToSignInFirst(t *testing.T) {
	t.Parallel()
	server := api.New(api.Options{NewID: domain.UUIDv7, Actor: func(*http.Request) (domain.Actor, error) { return domain.Actor{}, nil }})
	public := domain.Actor{}.Somewhere()
	parameter := regexp.MustCompile(`\{[^}]+\}`)
	asked := 0
	for _, op := range declared() {
		if p := permissionOf(op); p == "scope" || slices.Contains(public, domain.Permission(p)) {
			continue
		}
		asked++
		r := httptest.NewRequest(op.Method, "/api/v1"+parameter.ReplaceAllString(op.Path, domain.UUIDv7().String()), strings.NewReader("{"))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), `"sign_in_required"`) {
			t.Errorf("%s answers the public %d %s", op.OperationID, w.Code, w.Body)
		}
		if op.Responses["401"] == nil {
			t.Errorf("%s does not tell of 401 in the contract", op.OperationID)
		}
	}
	if asked < 50 {
		t.Errorf("only %d operations need a sign-in", asked)
	}
}
