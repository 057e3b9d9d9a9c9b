package main

import (
	"bufio"
	"context"
	"io"
	"maps"
	"net"
	"strings"
	"testing"

	"yhdyspinta/storage/pgtest"
)

// Each party's first administrator comes from the configuration. Afterwards the
// configuration makes nobody an administrator any more.
func TestServeMakesTheFirstAdministrators(t *testing.T) {
	t.Parallel()
	raw := pgtest.New(t)
	env := map[string]string{
		"DATABASE_URL": raw.AppDSN, "DATABASE_OWNER_URL": raw.OwnerDSN,
		"YHDYSPINTA_LISTEN": freeAddress(t), "YHDYSPINTA_ISSUERS": "espoo,luvn",
	}
	for key, party := range map[string]string{"ESPOO": "espoo", "LUVN": "luvn"} {
		maps.Copy(env, map[string]string{
			"YHDYSPINTA_ISSUER_" + key + "_PARTY": party, "YHDYSPINTA_ISSUER_" + key + "_URL": "https://id." + party + ".example",
			"YHDYSPINTA_ISSUER_" + key + "_CLIENT_ID": "yhdyspinta", "YHDYSPINTA_ISSUER_" + key + "_CLIENT_SECRET": "secret",
			"YHDYSPINTA_ISSUER_" + key + "_TITLE_FI": party, "YHDYSPINTA_ISSUER_" + key + "_FIRST_ADMIN": "first-of-" + party,
		})
	}
	get := func(name string) string { return env[name] }
	if err := run(t.Context(), []string{"import", "demo-data", "demodata/testdata/small.yaml"}, get, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	administrators := func() map[string]string {
		return query[string](t, raw.SuperDSN, `
			select p.key, string_agg(pe.issuer || ' ' || pe.subject, ', ' order by pe.subject)
			from role_grant g join party p on p.id = g.party_id join person pe on pe.id = g.person_id
			where g.role = 'administrator' and g.ended_at is null group by 1`)
	}
	want := map[string]string{"espoo": "https://id.espoo.example first-of-espoo", "luvn": "https://id.luvn.example first-of-luvn"}
	for _, subject := range []string{"first-of-espoo", "first-of-espoo", "another"} {
		env["YHDYSPINTA_ISSUER_ESPOO_FIRST_ADMIN"] = subject
		if err := serveUntilReady(t, get); err != nil {
			t.Fatal(err)
		}
		if got := administrators(); !maps.Equal(got, want) {
			t.Errorf("administrators %v, want %v", got, want)
		}
	}
	if n := query[int](t, raw.SuperDSN, `select origin, count(*) from audit_entry where permission = 'grant.create' and origin <> 'import' group by 1`); !maps.Equal(n, map[string]int{"operator": 4}) {
		t.Errorf("the log tells of %v, want each person and each grant, by the operator", n)
	}

	env["YHDYSPINTA_ISSUER_LUVN_PARTY"] = "nowhere"
	if err := serveUntilReady(t, get); err == nil || err.Error() != `make the first administrator: there is no party "nowhere": yhdyspinta add-party makes one` {
		t.Errorf("a party that does not exist: %v", err)
	}
}

// serveUntilReady runs the product until it serves, and stops it.
func serveUntilReady(t *testing.T, env func(string) string) error {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said, out := io.Pipe()
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "Yhdyspinta serves ") {
				stop()
			}
		}
	}()
	defer out.Close()
	return run(ctx, []string{"serve"}, env, out, io.Discard)
}

// freeAddress is a loopback address with a port that nobody has.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
