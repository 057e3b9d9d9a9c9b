package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/apitoken"
)

// asJSON sends JSON in the name of whoever is signed in; headers come in pairs.
func (b *browser) asJSON(method, path string, body any, headers ...string) answer {
	b.T.Helper()
	return b.send(jsonRequest(b.site, method, path, body), append([]string{"Sec-Fetch-Site", "same-origin"}, headers...)...)
}

func jsonRequest(s *site, method, path string, body any) *http.Request {
	s.T.Helper()
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			s.T.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(s.T.Context(), method, s.base+"/api/v1"+path, reader)
	if err != nil {
		s.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	return r
}

// program sends JSON with a token and no cookie.
func (s *site) program(secret, method, path string, body any, headers ...string) answer {
	s.T.Helper()
	b := s.browser()
	return b.send(jsonRequest(s, method, path, body), append([]string{"Authorization", "Bearer " + secret}, headers...)...)
}

// of decodes an answer.
func of[T any](t testing.TB, a answer, status int) (v T) {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d\n%s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("decode: %v\n%s", err, a.body)
	}
	return v
}

func tokenInput(name string, scopes ...domain.TokenScope) apitest.JSON {
	return apitest.JSON{"name": name, "purpose": "Viikkoraportti", "scopes": scopes}
}

// A program acts for the person who made its token, in their post, within its scopes,
// and the log names the token.
func TestAProgramActsByItsToken(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	aino := s.browser()
	aino.signIn("espoo", "a", "/fi")
	made := of[api.NewAPIToken](t, aino.asJSON("POST", "/api-tokens", tokenInput("Raportti", domain.TokenRead, domain.TokenWriteGoals)), 201)
	if !strings.HasPrefix(made.Secret, apitoken.Prefix) || made.State != apitoken.Active || made.ExpiresOn.String() != "2027-02-21" || made.Post == nil || !made.Mine || made.LastUsedOn != nil {
		t.Errorf("%+v", made)
	}
	again := aino.asJSON("GET", "/api-tokens/"+made.ID.String(), nil)
	if strings.Contains(again.body, made.Secret) || strings.Contains(again.body, "secret") {
		t.Errorf("the secret is told again: %s", again.body)
	}

	me := of[api.Me](t, s.program(made.Secret, "GET", "/me", nil), 200)
	if !me.SignedIn || me.Post == nil || me.Post.ID != s.org.Post["esp_coordinator"] || !slices.Contains(me.Permissions, domain.GoalCreate) ||
		slices.Contains(me.Permissions, domain.ActionCreate) || slices.Contains(me.Permissions, domain.AgreementAccept) {
		t.Errorf("the program is %+v", me)
	}
	if used := of[api.APIToken](t, aino.asJSON("GET", "/api-tokens/"+made.ID.String(), nil), 200); used.LastUsedOn == nil || used.LastUsedOn.String() != "2026-11-23" {
		t.Errorf("last used on %v", used.LastUsedOn)
	}

	goal := apitest.JSON{"planId": s.org.Plan, "themeId": s.org.Theme["older"], "title": apitest.JSON{"fi": "Ohjelman tavoite", "sv": "Mål"}, "visibility": "internal", "visibilityGround": "Luonnos"}
	wantProblem(t, s.program(made.Secret, "POST", "/goals", goal), 400, "idempotency_key_required")
	created := of[api.Goal](t, s.program(made.Secret, "POST", "/goals", goal, "Idempotency-Key", "1", "Sec-Fetch-Site", "cross-site", "Origin", "https://other.example"), 201)
	replayed := s.program(made.Secret, "POST", "/goals", goal, "Idempotency-Key", "1")
	if of[api.Goal](t, replayed, 201).ID != created.ID || replayed.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("sent again: %s", replayed.body)
	}
	wantProblem(t, aino.asJSON("POST", "/goals", goal, "Sec-Fetch-Site", "cross-site", "Origin", "https://other.example"), 403, "cross_origin")
	wantProblem(t, aino.asJSON("POST", "/goals", goal, "Idempotency-Key", "1"), 422, "idempotency_key_reused")

	outi := s.browser()
	outi.signIn("luvn", "audit", "/fi")
	entries := of[api.List[api.AuditEntry]](t, outi.asJSON("GET", "/audit/entries?tokenId="+made.ID.String(), nil), 200).Items
	if len(entries) != 1 || entries[0].Subject.ID.UUID != created.ID.UUID || entries[0].Program == nil || entries[0].Program.Name != "Raportti" || *entries[0].Program.TokenID != made.ID || entries[0].PersonID == nil {
		t.Errorf("the log tells %+v", entries)
	}
	seen := of[api.List[api.AuditEntry]](t, aino.asJSON("GET", "/audit/entries?subjectId="+created.ID.String(), nil), 200).Items
	if len(seen) != 1 || seen[0].Program == nil || seen[0].Program.Name != "" || seen[0].Program.TokenID != nil {
		t.Errorf("staff read %+v", seen)
	}
	wantProblem(t, aino.asJSON("GET", "/audit/entries?tokenId="+made.ID.String(), nil), 403, "forbidden")
	if n := s.value("select count(*) from api_token_secret where length(hash) = 32 and hash = sha256(convert_to($1, 'UTF8'))", made.Secret); n != 1 {
		t.Errorf("%d hashes", n)
	}
	if n := s.value("select count(*) from idempotency_key where body is not null and position(convert_to('yhp_', 'UTF8') in body) > 0"); n != 0 {
		t.Errorf("%d answers with a secret are kept", n)
	}
}

// What a token does not do, whoever owns it.
func TestATokenIsNarrow(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	aino := s.browser()
	aino.signIn("espoo", "a", "/fi")
	read := of[api.NewAPIToken](t, aino.asJSON("POST", "/api-tokens", tokenInput("Lukija", domain.TokenRead)), 201).Secret
	write := of[api.NewAPIToken](t, aino.asJSON("POST", "/api-tokens", tokenInput("Kirjuri", domain.TokenWriteActions)), 201).Secret

	refused := s.program(read, "POST", "/goals", apitest.JSON{}, "Idempotency-Key", "1")
	wantProblem(t, refused, 403, "token_scope_missing")
	if got := refused.Header.Get("WWW-Authenticate"); got != `Bearer realm="Yhdyspinta", error="insufficient_scope", scope="write:goals"` {
		t.Errorf("WWW-Authenticate %q", got)
	}
	wantProblem(t, s.program(write, "GET", "/goals", nil), 403, "token_scope_missing")
	for path, method := range map[string]string{"/api-tokens": "POST", "/me/post": "POST", "/me/language": "POST", "/me/calendar": "POST", "/grants": "GET", "/people": "GET",
		"/mails": "GET", "/jobs": "GET", "/saved-views": "POST", "/responsibilities/" + domain.UUIDv7().String() + "/acceptances": "POST"} {
		var body any
		if method == "POST" {
			body = apitest.JSON{}
		}
		wantProblem(t, s.program(read, method, path, body, "Idempotency-Key", "1"), 403, "token_not_allowed")
	}
	// Not in the address, and not to sign in with.
	if a := s.browser().do("GET", "/api/v1/me?access_token="+read, nil); a.StatusCode != 422 {
		t.Errorf("in the address: %d %s", a.StatusCode, a.body)
	}
	if a := s.browser().do("POST", "/auth/logout", nil, "Authorization", "Bearer "+read, "Sec-Fetch-Site", "cross-site"); a.StatusCode != 403 {
		t.Errorf("beside the API a token lifts no protection: %d", a.StatusCode)
	}
	// A cookie beside a token does not count, nor do two tokens.
	wantProblem(t, aino.asJSON("GET", "/me", nil, "Authorization", "Bearer nonsense"), 401, "invalid_token")
	two := jsonRequest(s, "GET", "/me", nil)
	two.Header["Authorization"] = []string{"Bearer " + read, "Bearer " + read}
	wantProblem(t, s.browser().send(two), 401, "invalid_token")
	if a := aino.asJSON("GET", "/me", nil, "Authorization", "Basic x"); !of[api.Me](t, a, 200).SignedIn {
		t.Errorf("another scheme is not ours: %s", a.body)
	}
}

// Unknown, mistyped, expired, revoked, and with an owner who lost what it rests on:
// all get the same answer.
func TestATokenThatOpensNothing(t *testing.T) {
	t.Parallel()
	s := setupSite(t)
	anders := s.browser()
	anders.signIn("luvn", "a", "/fi")
	make := func(name string) api.NewAPIToken {
		return of[api.NewAPIToken](t, anders.asJSON("POST", "/api-tokens", tokenInput(name, domain.TokenRead)), 201)
	}
	revoked, resting := make("A"), make("B")
	outi := s.browser()
	outi.signIn("luvn", "audit", "/fi")
	personal := of[api.NewAPIToken](t, outi.asJSON("POST", "/api-tokens", tokenInput("C", domain.TokenRead)), 201)
	if me := of[api.Me](t, s.program(personal.Secret, "GET", "/me", nil), 200); me.Post != nil || !slices.Contains(me.Permissions, domain.AuditRead) {
		t.Errorf("an auditor's program is %+v", me)
	}
	wantProblem(t, s.program(personal.Secret, "GET", "/people", nil), 403, "token_not_allowed")

	var bodies []string
	refused := func(what, secret string) {
		t.Helper()
		a := s.program(secret, "GET", "/goals", nil)
		wantProblem(t, a, 401, "invalid_token")
		if got := a.Header.Get("WWW-Authenticate"); got != `Bearer realm="Yhdyspinta", error="invalid_token"` {
			t.Errorf("%s: WWW-Authenticate %q", what, got)
		}
		var p api.Problem
		if err := json.Unmarshal([]byte(a.body), &p); err != nil {
			t.Fatal(err)
		}
		p.Instance = ""
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(text))
	}
	works := func(what, secret string) {
		t.Helper()
		if a := s.program(secret, "GET", "/goals", nil); a.StatusCode != 200 {
			t.Errorf("%s: %d %s", what, a.StatusCode, a.body)
		}
	}
	works("before", revoked.Secret)
	works("before", resting.Secret)
	refused("empty", "")
	other := "x"
	if revoked.Secret[20] == 'x' {
		other = "y"
	}
	refused("mistyped", revoked.Secret[:20]+other+revoked.Secret[21:])
	refused("of another service", "yhp_"+strings.Repeat("0", 49))

	got := of[api.APIToken](t, anders.asJSON("POST", "/api-tokens/"+revoked.ID.String()+"/revocation", apitest.JSON{"reason": "Joutui vääriin käsiin"}), 200)
	if got.State != apitoken.Revoked || got.RevokeReason == "" || len(got.Permissions) != 0 || got.Version != 2 {
		t.Errorf("%+v", got)
	}
	wantProblem(t, anders.asJSON("POST", "/api-tokens/"+revoked.ID.String()+"/revocation", apitest.JSON{}), 409, "api_token_revoked")
	refused("revoked", revoked.Secret)

	s.Exec(`update holding set valid_to = '2026-11-22' where post_id = $1`, s.org.Post["luvn_family_head"])
	refused("its post is not held", resting.Secret)
	if got := of[api.APIToken](t, anders.asJSON("GET", "/api-tokens/"+resting.ID.String(), nil), 200); got.State != apitoken.Suspended {
		t.Errorf("state %s", got.State)
	}
	s.Exec(`update holding set valid_to = null where post_id = $1`, s.org.Post["luvn_family_head"])
	works("held again", resting.Secret)

	s.Exec(`update role_grant set ended_at = $1, end_reason = 'x' where person_id = $2`, s.Now(), s.person["audit"])
	refused("the role has ended", personal.Secret)
	s.Exec(`update person set issuer = 'https://gone.example' where id = $1`, s.person["anders"])
	refused("the sign-in is not configured", resting.Secret)
	s.Exec(`update person set issuer = $2 where id = $1`, s.person["anders"], s.base+"/demo-idp/luvn")

	s.Exec(`update api_token_secret set hash = null where token_id = $1`, resting.ID)
	refused("restored", resting.Secret)
	s.Advance(91 * 24 * time.Hour)
	refused("expired", resting.Secret)
	for _, body := range bodies {
		if body != bodies[0] {
			t.Errorf("answers differ: %s and %s", bodies[0], body)
		}
	}
}

// Topology: Espoo's manager and LUVN's reader have a token each. Administrators see
// those of their party, auditors all, the owner their own.
func TestWhoSeesAndRevokesTokens(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	create := func(as, name string) api.NewAPIToken {
		e.T.Helper()
		return apitest.As[api.NewAPIToken](e.As(as).Post("/api-tokens", tokenInput(name, domain.TokenRead)).Want(201))
	}
	espoo, luvn := create("espoo manager", "E"), create("luvn reader", "L")
	for as, want := range map[string]string{"espoo manager": "E", "luvn reader": "L", "espoo coordinator": "", "espoo administrator": "E", "luvn administrator": "L", "auditor": "E L"} {
		var names []string
		for _, k := range apitest.As[api.List[api.APIToken]](e.As(as).Get("/api-tokens?sort=name").Want(200)).Items {
			names = append(names, k.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s sees %q, want %q", as, got, want)
		}
	}
	path := func(k api.NewAPIToken) string { return "/api-tokens/" + k.ID.String() }
	e.As("").Get("/api-tokens").WantProblem(401, "sign_in_required")
	e.As("").Post("/api-tokens", tokenInput("x", domain.TokenRead)).WantProblem(401, "sign_in_required")
	e.As("espoo coordinator").Get(path(espoo)).WantProblem(404, "api_token_not_found")
	e.As("espoo administrator").Get(path(luvn)).WantProblem(404, "api_token_not_found")
	e.As("espoo administrator").Post(path(luvn)+"/revocation", apitest.JSON{}).WantProblem(404, "api_token_not_found")
	e.As("auditor").Post(path(luvn)+"/revocation", apitest.JSON{}).WantProblem(403, "forbidden")
	e.As("espoo manager").Get("/api-tokens/x").WantProblem(422, "validation_failed")
	for field, in := range map[string]apitest.JSON{
		"/expiresOn": {"name": "x", "purpose": "x", "scopes": []string{"read"}, "expiresOn": "2028-01-01"},
		"/name":      {"name": " ", "purpose": "x", "scopes": []string{"read"}},
		"/scopes/0":  {"name": "x", "purpose": "x", "scopes": []string{"admin"}},
	} {
		if p := e.As("espoo manager").Post("/api-tokens", in).WantProblem(422, "validation_failed"); p.Errors[0].Pointer != field {
			t.Errorf("%s: %v", field, p.Errors)
		}
	}
	got := apitest.As[api.APIToken](e.As("espoo administrator").Post(path(espoo)+"/revocation", apitest.JSON{"reason": "Palvelussuhde päättyi"}).Want(200))
	if got.State != apitoken.Revoked || got.Mine {
		t.Errorf("%+v", got)
	}
	if list := apitest.As[api.List[api.APIToken]](e.As("auditor").Get("/api-tokens?inUse=true").Want(200)).Items; len(list) != 1 || list[0].ID != luvn.ID {
		t.Errorf("in use %+v", list)
	}
	var entries int
	e.Row("select count(*) from audit_entry where subject_kind = 'api_token' and program_id is null", &entries)
	if entries != 3 {
		t.Errorf("%d entries", entries)
	}
	for i := range apitoken.MaxOfSelf - 1 {
		create("luvn reader", string(rune('a'+i)))
	}
	e.As("luvn reader").Post("/api-tokens", tokenInput("x", domain.TokenRead)).WantProblem(409, "too_many_api_tokens")
}

// The scope of an operation follows from its method and permission; nobody chooses it,
// and nothing is without.
func TestEachOperationHasATokenScope(t *testing.T) {
	t.Parallel()
	groups := map[domain.TokenScope]int{}
	for _, op := range declared() {
		text, _ := op.Extensions["x-token-scope"].(string)
		scope := domain.TokenScope(text)
		p := domain.Permission(permissionOf(op))
		if text != "none" && !slices.Contains(domain.TokenScopes, scope) {
			t.Errorf("%s has the token scope %q", op.OperationID, text)
		}
		if op.Method == http.MethodGet && text != "none" && scope != domain.TokenRead {
			t.Errorf("%s only reads and needs %s", op.OperationID, scope)
		}
		if op.Method != http.MethodGet && (scope == domain.TokenRead || text != "none" && domain.TokenScopeOf(p) != scope) {
			t.Errorf("%s changes something under %s", op.OperationID, scope)
		}
		if p != "scope" && (domain.TokenScopeOf(p) == "") != (text == "none") {
			t.Errorf("%s with permission %s: %s", op.OperationID, p, text)
		}
		byToken := slices.ContainsFunc(op.Security, func(way map[string][]string) bool { _, ok := way["token"]; return ok })
		if byToken != (text != "none") {
			t.Errorf("%s: the contract tells %v of tokens, the scope is %s", op.OperationID, byToken, text)
		}
		groups[scope]++
	}
	for _, scope := range domain.TokenScopes {
		if groups[scope] == 0 {
			t.Errorf("%s opens nothing", scope)
		}
	}
}
