package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api/apitest"
	"yhdyspinta/storage/pgtest"
)

// asked is what the doctor says of an environment, in words and as JSON.
type asked struct {
	text     string
	findings []finding
	err      error
}

// half is a disk of which half is free, whatever the machine of the tests has left.
func half(string) (free, total uint64, err error) { return 100 << 30, 200 << 30, nil }

func askDoctor(t *testing.T, env map[string]string, args ...string) asked {
	t.Helper()
	return askDoctorOnDisk(t, half, env, args...)
}

func askDoctorOnDisk(t *testing.T, room func(string) (free, total uint64, err error), env map[string]string, args ...string) asked {
	t.Helper()
	get := func(name string) string { return env[name] }
	var text, encoded bytes.Buffer
	ask := func(out *bytes.Buffer, args ...string) error {
		return (&examination{now: time.Now, room: room}).examine(t.Context(), args, get, out)
	}
	a := asked{err: ask(&text, args...)}
	err := ask(&encoded, append([]string{"--json"}, args...)...)
	var told struct {
		Sound    bool
		Findings []finding
	}
	if jsonErr := json.Unmarshal(encoded.Bytes(), &told); jsonErr != nil {
		t.Fatalf("%v: %s", jsonErr, encoded.String())
	}
	if told.Sound != (a.err == nil) || (err == nil) != (a.err == nil) {
		t.Errorf("sound %t, errors %v and %v", told.Sound, a.err, err)
	}
	a.text, a.findings = text.String(), told.Findings
	for _, f := range a.findings {
		if f.Says == "" || (f.State == fault || f.State == warning) && f.Do == "" {
			t.Errorf("says not what is wrong and what to do: %+v", f)
		}
	}
	for _, secret := range []string{"hunter2pass", "client-geheim", "postisalasana"} {
		if strings.Contains(a.text+encoded.String(), secret) {
			t.Errorf("tells the secret %s: %s", secret, a.text)
		}
	}
	return a
}

// want fails the test unless there is a finding of the check and state that says
// the words.
func (a asked) want(t *testing.T, check, state, words string) {
	t.Helper()
	for _, f := range a.findings {
		if f.Check == check && f.State == state && strings.Contains(f.Says, words) {
			return
		}
	}
	t.Errorf("no %s of %s that says %q:\n%s", state, check, words, a.text)
}

// issuerStub is an identity provider as far as the doctor looks.
type issuerStub struct {
	*httptest.Server
	issuer, keys string
	date         time.Time
	html         bool
}

func newIssuerStub(t *testing.T) *issuerStub {
	t.Helper()
	s := &issuerStub{keys: `{"keys":[{"kty":"EC"}]}`}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.date.IsZero() {
			w.Header().Set("Date", s.date.UTC().Format(http.TimeFormat))
		}
		switch {
		case s.html:
			fmt.Fprint(w, "<html>maintenance</html>")
		case r.URL.Path == "/keys":
			fmt.Fprint(w, s.keys)
		default:
			fmt.Fprintf(w, `{"issuer":%q,"authorization_endpoint":"x","token_endpoint":"x","jwks_uri":%q}`, s.issuer, s.URL+"/keys")
		}
	}))
	s.issuer = s.URL
	t.Cleanup(s.Close)
	return s
}

// withPassword puts a password into a connection string. The tests' server asks
// for none.
func withPassword(dsn string) string { return strings.Replace(dsn, "@", ":hunter2pass@", 1) }

func TestDoctorFindsEachFault(t *testing.T) {
	t.Parallel()
	db, stub, smtp := pgtest.New(t), newIssuerStub(t), apitest.NewMailServer(t)
	folder := t.TempDir()
	secret := filepath.Join(folder, "salasana")
	if err := os.WriteFile(secret, []byte("postisalasana"), 0o600); err != nil {
		t.Fatal(err)
	}
	sound := map[string]string{
		"DATABASE_URL": withPassword(db.AppDSN), "DATABASE_OWNER_URL": withPassword(db.OwnerDSN), "YHDYSPINTA_LISTEN": "127.0.0.1:18097",
		"YHDYSPINTA_ISSUERS": "espoo", "YHDYSPINTA_ISSUER_ESPOO_PARTY": "espoo", "YHDYSPINTA_ISSUER_ESPOO_URL": stub.URL,
		"YHDYSPINTA_ISSUER_ESPOO_CLIENT_ID": "yhdyspinta", "YHDYSPINTA_ISSUER_ESPOO_CLIENT_SECRET": "client-geheim", "YHDYSPINTA_ISSUER_ESPOO_TITLE_FI": "Espoo",
		"YHDYSPINTA_MAIL_HOST": smtp.Host, "YHDYSPINTA_MAIL_PORT": strconv.Itoa(smtp.Port), "YHDYSPINTA_MAIL_TLS": "none", "YHDYSPINTA_MAIL_FROM": "y@example.fi",
		"YHDYSPINTA_ATTACHMENTS": folder,
	}
	with := func(changes ...string) map[string]string {
		env := maps.Clone(sound)
		for i := 0; i < len(changes); i += 2 {
			env[changes[i]] = changes[i+1]
		}
		return env
	}

	all := askDoctor(t, sound)
	if all.err != nil {
		t.Errorf("a sound installation: %v\n%s", all.err, all.text)
	}
	for _, check := range []string{"configuration", "database", "migrations", "roles", "clock", "issuer", "mail", "disk"} {
		all.want(t, check, fine, "")
	}

	elsewhere := func(dsn, name string) string { return strings.Replace(dsn, "/"+db.Name+"?", "/"+name+"?", 1) }
	empty := pgtest.NewEmpty(t)
	notAFolder := filepath.Join(folder, "salasana")
	open := filepath.Join(folder, "auki")
	if err := os.WriteFile(open, []byte("postisalasana"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env                 map[string]string
		check, state, words string
	}{
		"no server":            {with("DATABASE_URL", "postgres://a:hunter2pass@127.0.0.1:1/b"), "database", fault, "DATABASE_URL names cannot be used"},
		"database unproven":    {with("DATABASE_OWNER_URL", regexp.MustCompile(`host=([^&]+)`).ReplaceAllString(sound["DATABASE_OWNER_URL"], "host=$1,db.invalid")), "database", warning, "DATABASE_OWNER_URL has no sslmode=verify-full"},
		"no database":          {with("DATABASE_URL", elsewhere(sound["DATABASE_URL"], "nowhere")), "database", fault, "3D000"},
		"no address":           {with("DATABASE_URL", "postgres://a:hunter2pass@[b/c"), "database", fault, "cannot be used"},
		"never migrated":       {with("DATABASE_URL", empty.AppDSN, "DATABASE_OWNER_URL", empty.OwnerDSN), "migrations", fault, "no tables yet"},
		"as the owner":         {with("DATABASE_URL", db.OwnerDSN), "roles", fault, "owns the tables"},
		"as a superuser":       {with("DATABASE_URL", db.SuperDSN), "roles", fault, "superuser"},
		"owner is another":     {with("DATABASE_OWNER_URL", db.AppDSN), "roles", fault, "does not own the tables"},
		"owner is a superuser": {with("DATABASE_OWNER_URL", db.SuperDSN), "roles", warning, "superuser"},
		"issuer away":          {with("YHDYSPINTA_ISSUER_ESPOO_URL", "http://127.0.0.1:1"), "issuer", fault, "cannot be read"},
		"nobody can sign in":   {with("YHDYSPINTA_ISSUERS", ""), "configuration", warning, "nobody can sign in"},
		"issuer without id":    {with("YHDYSPINTA_ISSUER_ESPOO_CLIENT_ID", ""), "configuration", fault, "CLIENT_ID is not set"},
		"secret file away":     {with("YHDYSPINTA_ISSUER_ESPOO_CLIENT_SECRET_FILE", folder+"/none"), "configuration", fault, "CLIENT_SECRET_FILE"},
		"secret file open":     {with("YHDYSPINTA_ISSUER_ESPOO_CLIENT_SECRET_FILE", open), "configuration", warning, "Everybody on this machine"},
		"mail away":            {with("YHDYSPINTA_MAIL_PORT", "1"), "mail", fault, "port 1 cannot be used"},
		"mail without TLS":     {with("YHDYSPINTA_MAIL_TLS", "starttls", "YHDYSPINTA_MAIL_USER", "y", "YHDYSPINTA_MAIL_PASSWORD_FILE", secret), "mail", fault, "cannot be used"},
		"no mail":              {with("YHDYSPINTA_MAIL_HOST", "", "YHDYSPINTA_MAIL_PORT", "", "YHDYSPINTA_MAIL_FROM", ""), "mail", note, "no mail is sent"},
		"plain base URL":       {with("YHDYSPINTA_BASE_URL", "http://yhdyspinta.example"), "configuration", fault, "must be https"},
		"wrong listen":         {with("YHDYSPINTA_LISTEN", "8080"), "configuration", fault, "host:port"},
		"wrong rate":           {with("YHDYSPINTA_RATE_WRITES", "many"), "configuration", fault, "rate of writes"},
		"wrong drain":          {with("YHDYSPINTA_DRAIN", "5"), "configuration", fault, "YHDYSPINTA_DRAIN"},
		"no folder":            {with("YHDYSPINTA_ATTACHMENTS", folder+"/none"), "disk", fault, "is not there"},
		"not to be written":    {with("YHDYSPINTA_ATTACHMENTS", notAFolder), "disk", fault, "cannot be written to"},
	} {
		t.Run(name, func(t *testing.T) {
			a := askDoctor(t, c.env)
			a.want(t, c.check, c.state, c.words)
			if (a.err != nil) != (c.state == fault) {
				t.Errorf("ends with %v:\n%s", a.err, a.text)
			}
		})
	}

	// Several at once are all told, and the rest is looked at all the same.
	broken := askDoctor(t, with("YHDYSPINTA_LOG", "xml", "YHDYSPINTA_TRUSTED_PROXIES", "proxy", "YHDYSPINTA_ATTACHMENT_MB", "many"))
	broken.want(t, "configuration", fault, `"xml"`)
	broken.want(t, "configuration", fault, `"proxy"`)
	broken.want(t, "configuration", fault, `"many"`)
	broken.want(t, "database", fine, "")
	broken.want(t, "issuer", fine, "")
	broken.want(t, "mail", fine, "")
	if a := askDoctor(t, sound, "--no-such-flag"); a.err == nil || !strings.Contains(a.text, "no-such-flag") {
		t.Errorf("an unknown flag: %v\n%s", a.err, a.text)
	}

	for _, c := range []struct {
		change, words string
		do            func()
	}{
		{"another issuer", `calls itself "https://other.example"`, func() { stub.issuer = "https://other.example" }},
		{"no keys", "shows no signing keys", func() { stub.issuer, stub.keys = stub.URL, `{"keys":[]}` }},
		{"a page", "no JSON document", func() { stub.html = true }},
	} {
		c.do()
		a := askDoctor(t, sound)
		a.want(t, "issuer", fault, c.words)
	}
	stub.html, stub.keys, stub.date = false, `{"keys":[{}]}`, time.Now().Add(5*time.Minute)
	askDoctor(t, sound).want(t, "clock", fault, `"espoo"'s clock`)
	stub.date = time.Time{}

	for _, c := range []struct{ sql, back, check, state, words string }{
		{"grant update on audit_entry to yhdyspinta_app", "revoke update on audit_entry from yhdyspinta_app", "roles", fault, "audit_entry UPDATE"},
		{"grant delete on goal_history to yhdyspinta_app", "revoke delete on goal_history from yhdyspinta_app", "roles", fault, "goal_history DELETE"},
		{"revoke insert on goal from yhdyspinta_app", "grant insert on goal to yhdyspinta_app", "roles", fault, "goal INSERT"},
		{"grant select on session to yhdyspinta_reader", "revoke select on session from yhdyspinta_reader", "roles", fault, "session SELECT"},
		{"grant select on idempotency_key to yhdyspinta_reader", "revoke select on idempotency_key from yhdyspinta_reader", "roles", fault, "idempotency_key SELECT"},
		{"revoke select on search_text_goal from yhdyspinta_app", "grant select on search_text_goal to yhdyspinta_app", "roles", fault, "search_text_goal SELECT"},
		{"grant insert on goal to yhdyspinta_reader", "revoke insert on goal from yhdyspinta_reader", "roles", fault, "goal INSERT"},
		{"insert into goose_db_version (version_id, is_applied) values (99999, true)", "delete from goose_db_version where version_id = 99999", "migrations", note, "newer than this program's"},
		{"delete from goose_db_version where version_id = 13", "insert into goose_db_version (version_id, is_applied) values (13, true)", "migrations", fault, "lacks 1 migrations"},
		{"delete from river.river_migration where version > 1", "select 1", "migrations", fault, "work queue"},
	} {
		if err := alter(db.SuperDSN, c.sql); err != nil {
			t.Fatal(err)
		}
		a := askDoctor(t, sound)
		a.want(t, c.check, c.state, c.words)
		if err := alter(db.SuperDSN, c.back); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDoctorKnowsEncodingAndClock(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	e := &examination{now: func() time.Time { return time.Now().Add(-3 * time.Minute) }, room: half, c: Config{DatabaseURL: db.AppDSN}}
	e.database(t.Context())
	asked{findings: e.findings}.want(t, "clock", fault, "differ by")

	ascii := db.Name + "_ascii"
	if err := alter(db.SuperDSN, "create database "+ascii+" template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = alter(db.SuperDSN, "drop database "+ascii+" with (force)") })
	e = &examination{now: time.Now, room: half, c: Config{DatabaseURL: strings.Replace(db.AppDSN, "/"+db.Name+"?", "/"+ascii+"?", 1)}}
	e.database(t.Context())
	asked{findings: e.findings}.want(t, "database", fault, "SQL_ASCII")
}

// A disk with less than 1 GB, or less than a twentieth of it free is warned of, each folder
// by itself; it works still, so the doctor does not fail. One that cannot be asked is a note.
func TestDoctorWarnsOfAFullDisk(t *testing.T) {
	t.Parallel()
	attachments, data := t.TempDir(), t.TempDir()
	env := map[string]string{"YHDYSPINTA_LISTEN": "127.0.0.1:18097", "YHDYSPINTA_DATA_DIR": data, "YHDYSPINTA_ATTACHMENTS": attachments}
	const mb, gb = 1 << 20, 1 << 30
	for _, c := range []struct {
		name        string
		free, total uint64
		err         error
		state, says string
	}{
		{"half", 100 * gb, 200 * gb, nil, fine, "there are 100.0 GB free."},
		{"a twentieth", 10 * gb, 200 * gb, nil, fine, "there are 10.0 GB free."},
		{"less than a twentieth", 10*gb - 1, 200 * gb, nil, warning, "there are 10.0 GB left of 200.0 GB."},
		{"a small disk, 1 GB", gb, 4 * gb, nil, fine, "there are 1.0 GB free."},
		{"a small disk, less than 1 GB", gb - mb, 4 * gb, nil, warning, "there are 1023 MB left of 4.0 GB."},
		{"nothing", 0, 200 * gb, nil, warning, "there are 0 MB left of 200.0 GB."},
		{"no answer", 0, 0, errors.New("function not implemented"), note, "cannot be told: function not implemented"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := askDoctorOnDisk(t, func(dir string) (free, total uint64, err error) {
				if dir == attachments {
					return c.free, c.total, c.err
				}
				return half(dir)
			}, env)
			a.want(t, "disk", c.state, "attachments in "+attachments)
			a.want(t, "disk", c.state, c.says)
			a.want(t, "disk", fine, "the private PostgreSQL in "+data)
			a.want(t, "disk", fine, "temporary files in "+os.TempDir())
			if n := strings.Count(a.text, " disk "); n != 3 {
				t.Errorf("%d findings of disks, want one for each folder:\n%s", n, a.text)
			}
			if a.err != nil {
				t.Errorf("ends with %v:\n%s", a.err, a.text)
			}
		})
	}
}

// The command itself asks the disks of the machine.
func TestDoctorAsksTheDisks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	free, total, err := room(dir)
	if err != nil || total == 0 || free > total {
		t.Errorf("%d of %d bytes are free: %v", free, total, err)
	}
	if _, _, err := room(filepath.Join(dir, "none")); err == nil {
		t.Error("there is room in a folder that is not there")
	}
	env := map[string]string{"YHDYSPINTA_LISTEN": "127.0.0.1:18097", "YHDYSPINTA_DATA_DIR": dir}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"doctor", "--json"}, func(name string) string { return env[name] }, &out, &out); err != nil {
		t.Errorf("%v: %s", err, out.String())
	}
	if !strings.Contains(out.String(), "For the private PostgreSQL in "+dir+" there are ") {
		t.Errorf("the room of the folder is not told:\n%s", out.String())
	}
}
