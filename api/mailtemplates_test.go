package api_test

import (
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

func templates(e *apitest.Env, who string, party string) map[mail.Kind]api.MailTemplate {
	e.T.Helper()
	out := map[mail.Kind]api.MailTemplate{}
	for _, t := range apitest.As[api.List[api.MailTemplate]](e.As(who).Get("/parties/" + party + "/mail-templates").Want(200)).Items {
		out[t.Kind] = t
	}
	return out
}

func textsOf(subject, intro, closing string) apitest.JSON {
	of := func(s string) apitest.JSON { return apitest.JSON{"fi": s, "sv": "sv " + s, "en": "en " + s} }
	return apitest.JSON{"subject": of(subject), "intro": of(intro), "closing": of(closing)}
}

// Topology: Espoo and LUVN with an administrator and a coordinator each, and an auditor.
// Each party's administrator writes what its own people read; the auditor reads both.
func TestMailTemplatesBelongToAParty(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	espoo, luvn := f.Party["espoo"].String(), f.Party["luvn"].String()
	for _, tt := range []struct {
		who           string
		party         string
		read, preview int
		edit          int
	}{
		{"espoo administrator", espoo, 200, 200, 200},
		{"espoo administrator", luvn, 403, 403, 403},
		{"luvn administrator", luvn, 200, 200, 200},
		{"luvn administrator", espoo, 403, 403, 403},
		{"auditor", espoo, 200, 200, 403},
		{"espoo coordinator", espoo, 403, 403, 403},
		{"espoo manager", espoo, 403, 403, 403},
		{"", espoo, 401, 401, 401},
	} {
		c, path := e.As(tt.who), "/parties/"+tt.party+"/mail-templates"
		body := textsOf("{forum}!", "Hei", "{link} {because}")
		c.Get(path).Want(tt.read)
		c.Post(path+"/meeting_called/preview", body).Want(tt.preview)
		c.Put(path+"/meeting_called", `"1"`, body).Want(tt.edit)
	}
	if mine, theirs := templates(e, "auditor", espoo)[mail.MeetingCalled], templates(e, "auditor", luvn)[mail.MeetingChanged]; !mine.Changed || theirs.Changed || len(mine.Permissions) != 0 {
		t.Errorf("%+v\n%+v", mine, theirs)
	}
	if entry := lastEntry(e, "mail_template"); entry.permission != "mail_template.edit" || !strings.Contains(entry.changes, "{forum}!") {
		t.Errorf("the log: %+v", entry)
	}
	admin, path := e.As("espoo administrator"), "/parties/"+espoo+"/mail-templates/"
	admin.Put(path+"nothing", `"1"`, textsOf("{forum}", "i", "{link}{because}")).WantProblem(404, "mail_template_not_found")
	e.As("auditor").Get("/parties/"+domain.UUIDv7().String()+"/mail-templates").WantProblem(404, "party_not_found")
	// From an old version nothing is lost: the caller gets what is there.
	if p := admin.Put(path+"meeting_called", `"1"`, textsOf("{forum}", "i", "{link}{because}")).Want(412); !strings.Contains(string(p.Bytes), "{forum}!") {
		t.Errorf("%s", p.Bytes)
	}
	admin.Put(path+"meeting_called", "", textsOf("{forum}", "i", "{link}{because}")).Want(428)
	// And back: once.
	r := apitest.As[api.MailTemplate](admin.Do("POST", "/api/v1"+path+"meeting_called/restoration", nil, "If-Match", `"2"`).Want(200))
	if r.Changed || r.Version != 3 || r.Texts != r.Original {
		t.Errorf("restored: %+v", r)
	}
	admin.Do("POST", "/api/v1"+path+"meeting_called/restoration", nil, "If-Match", `"3"`).WantProblem(409, "mail_template_original")
	admin.Do("POST", "/api/v1"+path+"meeting_called/restoration", nil, "If-Match", `"1"`).Want(412)
}

// What may not stand there, or must and does not, is refused where it is, and the preview
// names it.
func TestMailTemplatesAreChecked(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin, path := e.As("espoo administrator"), "/parties/"+f.Party["espoo"].String()+"/mail-templates/"
	for _, tt := range []struct {
		kind                    string
		subject, intro, closing string
		want                    []string // of the Finnish texts
	}{
		{"meeting_called", "{forum}", "{frum}", "{link} {because}", []string{"intro unknown_placeholder frum"}},
		{"meeting_called", "Kutsu", "Hei", "Terveisin", []string{"subject missing_placeholder forum", "closing missing_placeholder link", "closing missing_placeholder because"}},
		{"meeting_called", "{forum} {link}", "Hei", "{link} {because} {unsubscribe}", []string{"subject unknown_placeholder link", "closing unknown_placeholder unsubscribe"}},
		{"meeting_called", "", " \n ", "{link} {because}", []string{"subject required", "intro required"}},
		{"meeting_called", "{forum}" + strings.Repeat("x", 150), "Hei", "{link} {because}", []string{"subject too_long"}},
		{"digest", "{counts}", "{day}", "{myWork}", []string{"closing missing_placeholder unsubscribe"}},
		{"digest", "{counts} {unsubscribe}", "{}", "{myWork} {unsubscribe}", []string{"subject unknown_placeholder unsubscribe", "intro unknown_placeholder "}},
	} {
		body := textsOf(tt.subject, tt.intro, tt.closing)
		p := apitest.As[api.MailTemplatePreview](admin.Post(path+tt.kind+"/preview?lang=fi", body).Want(200))
		var flaws, pointers []string
		for _, f := range p.Flaws {
			if f.Language == "fi" {
				flaws = append(flaws, strings.TrimSuffix(string(f.Part)+" "+f.Code+" "+f.Placeholder, map[bool]string{true: " "}[f.Code == "required" || f.Code == "too_long"]))
				pointers = append(pointers, "/"+string(f.Part)+"/fi")
			}
		}
		if !slices.Equal(flaws, tt.want) {
			t.Errorf("%+v: %q", tt, flaws)
		}
		said := string(admin.Put(path+tt.kind, `"1"`, body).Want(422).Bytes)
		for _, pointer := range pointers {
			if !strings.Contains(said, `"`+pointer+`"`) {
				t.Errorf("%+v: no %s in %s", tt, pointer, said)
			}
		}
	}
}

// The preview is the mail as it would be sent, of examples, as text and as HTML, and
// what is typed is never more than text in either.
func TestMailTemplatePreview(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin, path := e.As("luvn administrator"), "/parties/"+f.Party["luvn"].String()+"/mail-templates/"
	for kind, tpl := range templates(e, "luvn administrator", f.Party["luvn"].String()) {
		for _, lang := range []string{"fi", "sv", "en"} {
			p := apitest.As[api.MailTemplatePreview](admin.Post(path+string(kind)+"/preview?lang="+lang, tpl.Texts).Want(200))
			if len(p.Flaws) != 0 {
				t.Errorf("the original of %s has flaws: %+v", kind, p.Flaws)
			}
			if strings.Contains(p.Subject+p.Text+p.HTML, "{") || !strings.Contains(p.HTML, `<html lang="`+lang+`">`) || !strings.Contains(p.HTML, `<a href="https://yhdyspinta.example/`+lang+"/") {
				t.Errorf("%s in %s: %s\n%s\n%s", kind, lang, p.Subject, p.Text, p.HTML)
			}
			if example := map[string]string{"fi": "Esimerkki", "sv": "Exempel", "en": "Example"}[lang]; !strings.Contains(p.Text, example) {
				t.Errorf("%s in %s is not called an example: %s", kind, lang, p.Text)
			}
		}
	}
	p := apitest.As[api.MailTemplatePreview](admin.Post(path+"meeting_called/preview", textsOf(
		"{forum}\r\nBcc: x@example.fi", `<script>alert(1)</script> <a href="https://evil.example/">x</a> https://evil.example/a {forum}`, "{link} {because} https://yhdyspinta.example.evil.example/")).Want(200))
	if strings.ContainsAny(p.Subject, "\r\n") {
		t.Errorf("a subject of two lines: %q", p.Subject)
	}
	if strings.Contains(p.HTML, "<script") || strings.Count(p.HTML, "<a ") != 1 || !strings.Contains(p.HTML, "&lt;script&gt;") {
		t.Errorf("not escaped, or a link to elsewhere: %s", p.HTML)
	}
}

// What an administrator writes is what is sent to their people, in their language, and to
// nobody else's; a mail is text and HTML, and the calendar entry is left as it is.
func TestMailTemplatesAreSent(t *testing.T) {
	t.Parallel()
	e, f, forum := mailTopology(t)
	server := apitest.NewMailServer(t)
	service := e.Mails(sender(t, server))
	e.As("espoo administrator").Put("/parties/"+f.Party["espoo"].String()+"/mail-templates/meeting_called", `"1"`,
		textsOf("Tervetuloa: {forum} {time}", "Hyvä osallistuja, {forum} kokoontuu.", "{because}\n\nLue lisää: {link}\n\nYstävällisin terveisin <Espoo>")).Want(200)
	m := newMeeting(e, forum, "2026-12-08", "public")
	e.As("lape secretary").Post("/meetings/"+m.ID.String()+"/call", nil).Want(200)
	e.DeliverMail(service)
	got := server.Got()
	subject, text, calendar := to(t, got, "eeva")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.HasPrefix(subject, "Tervetuloa: LAPE 8.12.2026") || calendar == "" ||
		!strings.HasPrefix(text, "Hyvä osallistuja, LAPE kokoontuu.\n\nKokous: ") || !strings.Contains(text, "\n\nSait tämän viestin, koska hoidat tehtävää") ||
		!strings.Contains(text, "Lue lisää: https://yhdyspinta.example/fi/meetings/"+m.ID.String()+"\n\nYstävällisin terveisin <Espoo>\n") {
		t.Errorf("%q\n%s", subject, text)
	}
	if html := htmlTo(t, got, "eeva"); !strings.Contains(html, `<a href="https://yhdyspinta.example/fi/meetings/`+m.ID.String()+`">`) || !strings.Contains(html, "terveisin &lt;Espoo&gt;") {
		t.Errorf("as HTML: %s", html)
	}
	if subject, text, _ = to(t, got, "mikko"); !strings.HasPrefix(subject, "sv Tervetuloa: ") || !strings.Contains(text, "sv Hyvä osallistuja") {
		t.Errorf("in Swedish: %q\n%s", subject, text)
	}
	if subject, text, _ = to(t, got, "lauri"); !strings.HasPrefix(subject, "Kokouskutsu: ") || !strings.Contains(text, "Sinut on kutsuttu") {
		t.Errorf("the other party: %q\n%s", subject, text)
	}
}

// htmlTo is the HTML of a mail to somebody.
func htmlTo(t *testing.T, got []apitest.Received, name string) string {
	t.Helper()
	i := slices.IndexFunc(got, func(r apitest.Received) bool { return strings.HasPrefix(r.To, name+"@") })
	if i < 0 {
		t.Fatalf("no mail to %s", name)
	}
	m := got[i].Message(t)
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatalf("no HTML: %v", err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			b, err := io.ReadAll(p)
			if err != nil {
				t.Fatal(err)
			}
			return strings.ReplaceAll(string(b), "\r\n", "\n")
		}
	}
}

// Two administrators of a party write at once, for the first time: one is told that the
// other was first.
func TestMailTemplatesAreWrittenOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	admin, path := e.As("espoo administrator"), "/parties/"+f.Party["espoo"].String()+"/mail-templates/digest"
	statuses := make(chan int)
	for _, subject := range []string{"{counts} a", "{counts} b", "{counts} c"} {
		go func() {
			statuses <- admin.Put(path, `"1"`, textsOf(subject, "Hei", "{myWork} {unsubscribe}")).StatusCode
		}()
	}
	got := []int{<-statuses, <-statuses, <-statuses}
	slices.Sort(got)
	if !slices.Equal(got, []int{200, 412, 412}) {
		t.Errorf("%v", got)
	}
	if tpl := templates(e, "espoo administrator", f.Party["espoo"].String())[mail.Digest]; tpl.Version != 2 || !tpl.Changed {
		t.Errorf("%+v", tpl)
	}
}
