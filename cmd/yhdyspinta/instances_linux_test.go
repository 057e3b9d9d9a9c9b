package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// fleet is a site as an operator runs it: several instances of the product on one
// database, behind a small proxy, with the demo's identity providers beside them.
type fleet struct {
	t    *testing.T
	raw  *pgtest.DB
	base string // address of the proxy
	env  []string

	mu        sync.Mutex
	instances []*instance
	turn      int
}

type instance struct {
	cmd   *exec.Cmd
	log   *logged
	url   *url.URL
	proxy *httputil.ReverseProxy
}

// newFleet loads the demo data and starts the proxy, with no instance behind it.
func newFleet(t *testing.T) *fleet {
	t.Helper()
	data, err := demodata.ParseDefault()
	if err != nil {
		t.Fatal(err)
	}
	return fleetOn(t, pgtest.New(t), data)
}

// fleetOn is newFleet on a migrated, otherwise empty database, with other data.
func fleetOn(t *testing.T, raw *pgtest.DB, data *demodata.Dataset) *fleet {
	t.Helper()
	f := &fleet{t: t, raw: raw}
	front := httptest.NewUnstartedServer(nil)
	_, port, _ := strings.Cut(front.Listener.Addr().String(), ":")
	f.base = "http://localhost:" + port
	c := Config{BaseURL: f.base}
	provider, err := demoProvider(&c, data, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	front.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/demo-idp/") {
			provider.ServeHTTP(w, r)
			return
		}
		f.forward(w, r)
	})
	front.Start()
	t.Cleanup(front.Close)

	db, err := storage.Open(t.Context(), f.raw.AppDSN, storage.Options{Clock: time.Now, MaxConnections: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	issuers := issuerURLs{}
	keys := make([]string, 0, len(c.Issuers))
	for _, i := range c.Issuers {
		issuers[i.Key] = i.IssuerURL
		keys = append(keys, i.Key)
		prefix := "YHDYSPINTA_ISSUER_" + strings.ToUpper(i.Key) + "_"
		f.env = append(f.env, prefix+"PARTY="+i.PartyKey, prefix+"URL="+i.IssuerURL, prefix+"CLIENT_ID="+i.ClientID,
			prefix+"CLIENT_SECRET="+i.ClientSecret, prefix+"TITLE_FI="+i.Title.FI)
	}
	f.env = append(f.env, "YHDYSPINTA_ISSUERS="+strings.Join(keys, ","), "YHDYSPINTA_BASE_URL="+f.base, "YHDYSPINTA_LOG=json",
		"YHDYSPINTA_TRUSTED_PROXIES=127.0.0.0/8", "YHDYSPINTA_CHROMIUM=none", "YHDYSPINTA_DRAIN=300ms",
		"YHDYSPINTA_RATE_READS=0", "YHDYSPINTA_RATE_WRITES=0", "YHDYSPINTA_RATE_COSTLY=0", "DATABASE_OWNER_URL=", "DATABASE_URL="+f.raw.AppDSN)
	if err := importDataset(t.Context(), data, issuers, db, time.Now, io.Discard); err != nil {
		t.Fatal(err)
	}
	return f
}

// add starts an instance on the fleet's database, or on another one, and puts it
// behind the proxy.
func (f *fleet) add(more ...string) *instance {
	f.t.Helper()
	address := freeAddress(f.t)
	i := &instance{url: &url.URL{Scheme: "http", Host: address}}
	i.cmd, i.log = startProductIn(f.t, append(append([]string{}, f.env...), more...), "serve", "--listen", address)
	i.proxy = httputil.NewSingleHostReverseProxy(i.url)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.instances = append(f.instances, i)
	return i
}

// remove takes an instance out, as a proxy does that sees it not ready.
func (f *fleet) remove(gone *instance) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for n, i := range f.instances {
		if i == gone {
			f.instances = append(f.instances[:n:n], f.instances[n+1:]...)
		}
	}
}

// forward sends a request to the instances in turn. What is idempotent goes to the
// next one when the connection fails, as nginx and Caddy do.
func (f *fleet) forward(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	order := make([]*instance, 0, len(f.instances))
	for n := range f.instances {
		order = append(order, f.instances[(f.turn+n)%len(f.instances)])
	}
	f.turn++
	f.mu.Unlock()
	for n, i := range order {
		failed := false
		proxy := *i.proxy
		proxy.ErrorHandler = func(w http.ResponseWriter, r *http.Request, err error) {
			if failed = (r.Method == http.MethodGet || r.Method == http.MethodHead) && n < len(order)-1; !failed {
				http.Error(w, err.Error(), http.StatusBadGateway)
			}
		}
		// The answer is held back until it is whole, so that it can be asked for again.
		proxy.ModifyResponse = func(res *http.Response) error {
			b, err := io.ReadAll(res.Body)
			if err != nil {
				return err
			}
			res.Body = io.NopCloser(bytes.NewReader(b))
			return nil
		}
		proxy.ServeHTTP(w, r)
		if !failed {
			return
		}
	}
	if len(order) == 0 {
		http.Error(w, "no instance", http.StatusBadGateway)
	}
}

// person is a browser of somebody.
type person struct {
	f      *fleet
	client *http.Client
}

var loginID = regexp.MustCompile(`name="id" value="([A-Z2-7]+)"`)

// signIn signs somebody in through the proxy.
func (f *fleet) signIn(party, account string) person {
	f.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		f.t.Fatal(err)
	}
	p := person{f, &http.Client{Jar: jar, Timeout: 30 * time.Second}}
	_, _, page := p.do("GET", "/auth/"+party+"/login?returnTo=/fi", nil)
	match := loginID.FindStringSubmatch(page)
	if match == nil {
		f.t.Fatalf("no sign-in form: %s", page)
	}
	res, err := p.client.PostForm(f.base+"/demo-idp/"+party+"/login", url.Values{"id": {match[1]}, "account": {account}})
	if err != nil {
		f.t.Fatal(err)
	}
	res.Body.Close()
	if status, _, me := p.do("GET", "/api/v1/me", nil); status != http.StatusOK || !strings.Contains(me, `"hasRole":true`) {
		f.t.Fatalf("signed in as nobody: %d %s", status, me)
	}
	return p
}

// do makes a request and returns status, ETag and body.
func (p person) do(method, path string, body any) (int, string, string) {
	p.f.t.Helper()
	status, etag, text, err := p.try(method, path, body)
	if err != nil {
		p.f.t.Fatal(err)
	}
	return status, etag, text
}

func (p person) try(method, path string, body any) (int, string, string, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return 0, "", "", err
	}
	r, err := http.NewRequest(method, p.f.base+path, bytes.NewReader(b))
	if err != nil {
		return 0, "", "", err
	}
	if body == nil {
		r.Body, r.ContentLength, r.GetBody = http.NoBody, 0, nil
	} else {
		r.Header.Set("Content-Type", "application/json")
	}
	res, err := p.client.Do(r)
	if err != nil {
		return 0, "", "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, res.Header.Get("ETag"), string(text), err
}

// addAction records an action and returns its address.
func (p person) addAction(title string) (string, error) {
	status, _, body, err := p.try("POST", "/api/v1/actions", map[string]any{
		"title": map[string]string{"fi": title, "sv": title}, "visibility": "public", "dueOn": "2027-12-31", "responsibilities": []any{}})
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusCreated {
		return "", fmt.Errorf("status %d: %s", status, body)
	}
	return "/api/v1/actions/" + made.ID, nil
}

// load makes requests from several at once until it is stopped, and fails the test
// for one that failed.
type load struct {
	f     *fleet
	n     atomic.Int64 // requests made
	first atomic.Pointer[error]
	end   context.CancelFunc
	wg    sync.WaitGroup
}

func (f *fleet) load(several int, one func(n int64) error) *load {
	l := &load{f: f}
	ctx, end := context.WithCancel(f.t.Context())
	l.end = end
	for range several {
		l.wg.Go(func() {
			for ctx.Err() == nil {
				if err := one(l.n.Add(1)); err != nil {
					l.first.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	return l
}

// more returns when that many more requests have been made.
func (l *load) more(requests int64) {
	l.f.t.Helper()
	from := l.n.Load()
	within(l.f.t, 30*time.Second, "more requests", func() bool { return l.n.Load() >= from+requests })
}

// stop returns how many requests were made.
func (l *load) stop() int64 {
	l.f.t.Helper()
	l.end()
	l.wg.Wait()
	if err := l.first.Load(); err != nil {
		l.f.t.Errorf("a request failed: %v", *err)
	}
	return l.n.Load()
}

// reading is what visitors read: lists, a page, the overview, a day of the past.
func (f *fleet) reading() func(int64) error {
	paths := []string{"/api/v1/actions?limit=20", "/api/v1/goals", "/api/v1/overview", "/api/v1/actions?limit=20&asOf=" + time.Now().AddDate(0, 0, -7).Format(time.DateOnly), "/fi", "/api/v1/forums"}
	client := &http.Client{Timeout: 30 * time.Second}
	return func(n int64) error {
		path := paths[n%int64(len(paths))]
		res, err := client.Get(f.base + path)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			return err
		}
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s %s", path, res.Status, b)
		}
		return nil
	}
}

// writing records actions, one after another.
func (f *fleet) writing(p person) func(int64) error {
	return func(n int64) error {
		_, err := p.addAction(fmt.Sprintf("Kuormassa %d", n))
		return err
	}
}

// Several instances serve one database: a session and a change of one are there in
// the other at once, and whichever goes, killed or told to, no request that may be
// repeated fails.
func TestSeveralInstances(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	first, second := f.add(), f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")

	address, err := luvn.addAction("Kahden palvelimen toimi")
	if err != nil {
		t.Fatal(err)
	}
	for range 4 { // by turns
		if status, _, body := luvn.do("GET", address, nil); status != http.StatusOK || !strings.Contains(body, "Kahden palvelimen toimi") {
			t.Fatalf("the change is not there: %d %s", status, body)
		}
	}

	reads := f.load(4, f.reading())
	reads.more(30)
	if err := second.cmd.Process.Kill(); err != nil { // the proxy still sends it every other request
		t.Fatal(err)
	}
	_ = second.cmd.Wait()
	reads.more(30)
	f.remove(second)
	t.Logf("%d requests while one was killed", reads.stop())

	// Told to end, it says that it is not ready, goes on serving, and ends cleanly.
	third := f.add()
	reads, writes := f.load(3, f.reading()), f.load(1, f.writing(luvn))
	reads.more(10)
	if err := first.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "not ready", func() bool {
		res, err := http.Get(first.url.String() + "/readyz")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		return res.StatusCode == http.StatusServiceUnavailable
	})
	if res, err := http.Get(first.url.String() + "/healthz"); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("while it ends it is alive: %v %v", res, err)
	}
	f.remove(first) // as a proxy does that asks /readyz
	if err := first.cmd.Wait(); err != nil {
		t.Errorf("ended with %v: %s", err, first.log)
	}
	reads.more(10)
	t.Logf("%d reads and %d writes while one ended", reads.stop(), writes.stop())
	if _, err := luvn.addAction("Istunto elää"); err != nil {
		t.Errorf("the session has ended with the instances: %v", err)
	}
	if third.cmd.ProcessState != nil {
		t.Error("the third has ended too")
	}
	for _, i := range []*instance{first, second, third} {
		if bad := regexp.MustCompile(`.*"level":"(ERROR|WARN)".*`).FindString(i.log.String()); bad != "" {
			t.Errorf("in the log: %s", bad)
		}
	}
}

// A migration of the next version runs while the present one serves: columns are
// added to the busiest table, its twin and its view, and everything that migrate
// derives is derived anew. No request fails, also not by what connections have
// prepared for the old tables.
//
// The newest migration itself cannot be tried so: this program needs it, and the
// one before it is not at hand. What it must keep to be safe for that one is in
// docs/guide/postgres.md.
func TestMigrationUnderLoad(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	one := f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	reads, writes := f.load(4, f.reading()), f.load(1, f.writing(luvn))
	reads.more(60)
	for _, step := range []string{
		`alter table action add column next_note text, add column next_on date; alter table action_history add column next_note text, add column next_on date`,
		`alter table goal add column next_note text; alter table goal_history add column next_note text; create table next_thing (id uuid primary key)`,
	} {
		err := errors.New("not tried")
		for range 5 { // as migrate tries again when it and a reader have stopped each other
			if err = alter(f.raw.OwnerDSN, "begin; "+step+"; select refresh_asof_views(); commit"); err == nil || !strings.Contains(err.Error(), "40P01") {
				break
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		env := func(name string) string {
			return map[string]string{"DATABASE_URL": f.raw.AppDSN, "DATABASE_OWNER_URL": f.raw.OwnerDSN}[name]
		}
		if err := run(t.Context(), []string{"migrate"}, env, io.Discard, io.Discard); err != nil {
			t.Fatal(err)
		}
		reads.more(60)
		writes.more(5)
	}
	t.Logf("%d reads and %d writes", reads.stop(), writes.stop())
	if bad := regexp.MustCompile(`.*"level":"ERROR".*`).FindString(one.log.String()); bad != "" {
		t.Errorf("in the log: %s", bad)
	}
	if t.Failed() {
		t.Log(strings.Join(regexp.MustCompile(`.*("level":"WARN"|"status":5).*`).FindAllString(one.log.String(), 20), "\n"))
	}
}

// What people type, search for and are known by never stands in the log, whatever
// happens to it; each line has its request's id.
func TestLogHoldsNothingTyped(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	one := f.add()
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	const typed = "Salapolttopuu"
	if _, err := luvn.addAction(typed); err != nil {
		t.Fatal(err)
	}
	asked := []struct {
		method, path string
		body         any
	}{
		{"GET", "/api/v1/actions?q=" + typed, nil},
		{"GET", "/api/v1/actions/" + typed, nil},
		{"GET", "/api/v1/" + typed + "?" + typed + "=" + typed, nil},
		{"GET", "/fi/" + typed + "?q=" + typed, nil},
		{"GET", "/auth/" + typed + "/login?returnTo=/" + typed, nil},
		{"GET", "/auth/luvn/callback?state=" + typed + "&code=" + typed + "&error_description=" + typed, nil},
		{"GET", "/api/v1/calendars/" + typed + "/meetings.ics", nil},
		{"POST", "/api/v1/actions", map[string]any{typed: typed}},
		{"POST", "/api/v1/actions", map[string]any{"title": map[string]string{"fi": typed}, "dueOn": typed}},
		{"POST", "/api/v1/actions", map[string]any{"title": map[string]string{"fi": typed, "sv": typed}, "visibility": "internal", "responsibilities": []any{map[string]string{"postId": typed, "part": "lead"}}}},
	}
	for _, a := range asked {
		luvn.do(a.method, a.path, a.body)
	}
	// The database itself refuses what was typed, and says what it was.
	broken := "create function broken() returns trigger language plpgsql as $$ begin perform new.title_fi::integer; return new; end $$; " +
		"create trigger broken before insert on action for each row execute function broken()"
	if err := alter(f.raw.OwnerDSN, broken); err != nil {
		t.Fatal(err)
	}
	if _, err := luvn.addAction(typed + ` "lainattu"`); err == nil || !strings.Contains(err.Error(), "status 500") || strings.Contains(err.Error(), typed) {
		t.Errorf("a failure inside: %v", err)
	}
	within(t, 5*time.Second, "the error in the log", func() bool { return strings.Contains(one.log.String(), "internal error") })

	text := one.log.String()
	secrets := []string{typed, "lainattu", "code_verifier", "Bearer ", "client_secret", "@espoo", "@luvn"}
	at, err := url.Parse(f.base)
	if err != nil {
		t.Fatal(err)
	}
	cookies := luvn.client.Jar.Cookies(at)
	if len(cookies) == 0 {
		t.Fatal("no cookie")
	}
	for _, c := range cookies {
		secrets = append(secrets, c.Value)
	}
	for _, s := range f.env {
		if name, value, _ := strings.Cut(s, "="); strings.HasSuffix(name, "_CLIENT_SECRET") {
			secrets = append(secrets, value)
		}
	}
	for _, s := range secrets {
		if i := strings.Index(text, s); i >= 0 {
			t.Errorf("the log holds %q: %s", s, text[max(0, i-200):min(len(text), i+100)])
		}
	}
	requests := 0
	for line := range strings.Lines(text) {
		var l struct{ Msg, Request, Route, Error string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("no JSON: %s", line)
		}
		switch l.Msg {
		case "request":
			requests++
			if len(l.Request) != 36 {
				t.Errorf("without a request's id: %s", line)
			}
		case "internal error":
			if !strings.Contains(l.Error, "22P02") || len(l.Request) != 36 {
				t.Errorf("an error without its code or id: %s", line)
			}
		}
	}
	if requests < len(asked) {
		t.Errorf("%d requests in the log", requests)
	}
}

// A backup that is made while people write holds one moment. Restored into an
// empty database it is the same to the last row, and the product goes on with it.
func TestBackupIsRestored(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	folder := t.TempDir()
	one := f.add("YHDYSPINTA_ATTACHMENTS=" + folder)
	luvn := f.signIn("luvn", "luvn-hyte-coord")
	address, err := luvn.addAction("Ennen varmuuskopiota")
	if err != nil {
		t.Fatal(err)
	}
	_, etag, before := luvn.do("GET", address, nil)
	attachment := "01900000-0000-7000-8000-0000000000ab"
	if err := os.MkdirAll(filepath.Join(folder, "ab"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "ab", attachment), []byte("liite"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := alter(f.raw.SuperDSN, "insert into stored_file (id, place, complete, created_at) values ('"+attachment+"', 'folder', true, now())"); err != nil {
		t.Fatal(err)
	}

	writes := f.load(2, f.writing(luvn))
	writes.more(5)
	file := filepath.Join(t.TempDir(), "kopio.zip")
	source := map[string]string{"DATABASE_URL": f.raw.AppDSN, "YHDYSPINTA_ATTACHMENTS": folder}
	var told strings.Builder
	if err := run(t.Context(), []string{"backup", file}, func(name string) string { return source[name] }, &told, io.Discard); err != nil {
		t.Fatal(err)
	}
	writes.more(1)
	t.Logf("%d writes meanwhile\n%s", writes.stop(), &told)
	if err := run(t.Context(), []string{"backup", file}, func(name string) string { return source[name] }, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "overwrites nothing") {
		t.Errorf("a second backup into the same file: %v", err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info, err)
	}

	into := pgtest.NewEmpty(t)
	restoredFolder := t.TempDir()
	target := map[string]string{"DATABASE_URL": into.AppDSN, "DATABASE_OWNER_URL": into.OwnerDSN, "YHDYSPINTA_ATTACHMENTS": restoredFolder}
	var proof strings.Builder
	if err := run(t.Context(), []string{"restore", file}, func(name string) string { return target[name] }, &proof, io.Discard); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", &proof)
	holdings := regexp.MustCompile(`(?m)^  .*$`)
	if was, is := holdings.FindAllString(told.String(), -1), holdings.FindAllString(proof.String(), -1); len(was) != 7 || !slices.Equal(was, is) {
		t.Errorf("backed up %q, restored %q", was, is)
	}
	if !strings.Contains(proof.String(), "0 gaps, 0 overlaps, 0 things that differ") || !strings.Contains(proof.String(), "0 values that do not match") {
		t.Errorf("the record is not whole: %s", &proof)
	}
	if b, err := os.ReadFile(filepath.Join(restoredFolder, "ab", attachment)); err != nil || string(b) != "liite" {
		t.Errorf("the attachment: %q %v", b, err)
	}
	if err := run(t.Context(), []string{"restore", file}, func(name string) string { return target[name] }, io.Discard, io.Discard); !errors.Is(err, storage.ErrNotEmpty) {
		t.Errorf("into a database that is not empty: %v", err)
	}

	// The product runs on what was restored.
	f.remove(one)
	f.add("DATABASE_URL="+into.AppDSN, "YHDYSPINTA_ATTACHMENTS="+restoredFolder)
	if _, _, me := luvn.do("GET", "/api/v1/me", nil); strings.Contains(me, `"hasRole":true`) {
		t.Errorf("a session has been restored: %s", me)
	}
	again := f.signIn("luvn", "luvn-hyte-coord")
	status, tag, after := again.do("GET", address, nil)
	if status != http.StatusOK || tag != etag || after != before {
		t.Errorf("the action was %s %s, is %d %s %s", etag, before, status, tag, after)
	}
	day := time.Now().AddDate(0, -2, 0).Format(time.DateOnly)
	if status, _, body := again.do("GET", "/api/v1/actions?limit=1&asOf="+day, nil); status != http.StatusOK || !strings.Contains(body, `"id"`) {
		t.Errorf("the past: %d %s", status, body)
	}
	if _, err := again.addAction("Palautuksen jälkeen"); err != nil {
		t.Errorf("writing goes on: %v", err)
	}
	if err := alter(into.AppDSN, "delete from audit_entry"); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("the application deletes from the restored log: %v", err)
	}
	if err := alter(into.OwnerDSN, "delete from audit_entry"); err == nil || !strings.Contains(err.Error(), "YH002") {
		t.Errorf("the restored log is not append-only: %v", err)
	}
}
