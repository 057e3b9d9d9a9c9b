package mail

import (
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// What was ended for a day to come is not told as gone; what is gone is.
func TestTheEndOfARoleOrPostIsToldAsFarAsItHasCome(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, domain.Helsinki)
	day := func(s string) domain.Date {
		d, err := domain.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	post := domain.Text{FI: "Päällikkö", SV: "Chef", EN: "Manager"}
	for name, c := range map[string]struct {
		lang          domain.Lang
		about         Access
		subject, body string
	}{
		"a post that goes on for a while":   {domain.Finnish, Access{Post: post, ValidTo: day("2026-12-31")}, "Roolisi tai tehtäväsi päättyminen: Päällikkö, viimeinen päivä 31.12.2026", "Viimeinen päivä: 31.12.2026"},
		"its last day is today":             {domain.Swedish, Access{Post: post, ValidTo: day("2026-11-23")}, "Din roll eller befattning avslutas: Chef, sista dag 23.11.2026", "Sista dag: 23.11.2026"},
		"its last day has passed":           {domain.Swedish, Access{Post: post, ValidTo: day("2026-11-22")}, "Din roll eller befattning avslutas: Chef, avslutad 22.11.2026", "Sista dag: 22.11.2026"},
		"as a deputy":                       {domain.English, Access{Post: post, Deputy: true, ValidTo: day("2026-12-31")}, "The end of your role or post: Manager, as a deputy, last day 31 December 2026", "Last day: 31 December 2026"},
		"a role that is ended at once":      {domain.English, Access{Role: domain.RoleAuditor, ValidTo: day("2026-11-23"), Ended: true}, "The end of your role or post: auditor, ended 23 November 2026", "Last day: 23 November 2026"},
		"a post that was ended before":      {domain.Finnish, Access{Post: post, ValidFrom: day("2027-01-01"), ValidTo: day("2026-12-31")}, "Roolisi tai tehtäväsi päättyminen: Päällikkö, ei tule voimaan", "Voimassa: ei lainkaan"},
		"a role that was ended before":      {domain.Finnish, Access{Role: domain.RoleReader, ValidFrom: day("2027-01-01"), ValidTo: day("2026-11-23"), Ended: true}, "Roolisi tai tehtäväsi päättyminen: lukija, päättynyt 23.11.2026", "Viimeinen päivä: 23.11.2026"},
		"a role whose last day never was":   {domain.English, Access{Role: domain.RoleReader}, "The end of your role or post: reader", "Role: reader"},
		"its post stands in another place":  {domain.Swedish, Access{Role: domain.RoleReader, Post: post, ValidTo: day("2026-12-31")}, "Din roll eller befattning avslutas: läsare, sista dag 31.12.2026", "Befattning: Chef"},
		"told in the summer of another day": {domain.Finnish, Access{Post: post, ValidTo: day("2027-06-30")}, "Roolisi tai tehtäväsi päättyminen: Päällikkö, viimeinen päivä 30.6.2027", "Viimeinen päivä: 30.6.2027"},
	} {
		c.about.At = at
		m := Mail{Kind: AccessTaken}
		m.writeAccess(c.about, c.lang, "https://yhdyspinta.example", Original(AccessTaken))
		if m.Subject != c.subject || !strings.Contains(m.Body, c.body+"\n") {
			t.Errorf("%s: %q, want %q\n%s", name, m.Subject, c.subject, m.Body)
		}
	}
}

// The mail of a token says what a program may in words, one on a line, also in HTML.
func TestAMailOfATokenSaysWhatItMayInWords(t *testing.T) {
	t.Parallel()
	for _, lang := range domain.Langs {
		m := Mail{Kind: TokenMade}
		m.writeAccess(Access{At: time.Now(), Token: "Raportti", Scopes: domain.TokenScopes}, lang, "https://yhdyspinta.example", Original(TokenMade))
		for _, s := range domain.TokenScopes {
			said, _ := s.Words().In(lang)
			if !strings.Contains(m.Body, "\n- "+said+"\n") || strings.Contains(m.Body, string(s)+"\n") || strings.Contains(m.Body, "write:") {
				t.Errorf("%s of %s stands as\n%s", s, lang, m.Body)
			}
			if html := htmlOf(m.Subject, m.Body, lang, ""); !strings.Contains(html, "- "+said+"<br>") {
				t.Errorf("in HTML %s stands as\n%s", s, html)
			}
		}
	}
}
