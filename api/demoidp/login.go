package demoidp

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

//go:embed assets/login.css assets/source-sans-3-latin-wght-normal.woff2
var assets embed.FS

//go:embed assets/login.html
var pageSource string

var page = template.Must(template.New("login").Parse(pageSource))

// login is the page of one issuer on which a person chooses the account. It is
// a plain form: it works without JavaScript and from the command line.
type login struct {
	issuer   Issuer
	store    *store
	provider *op.Provider
	accounts func(ctx context.Context, issuerKey string) ([]Account, error)
	log      *slog.Logger
	csp      string
	// callback is where the browser goes once a request is completed.
	callback func(ctx context.Context, requestID string) string
}

func (l *login) register(mux *http.ServeMux) {
	mux.HandleFunc("GET /login", l.show)
	mux.HandleFunc("POST /login", l.submit)
	mux.HandleFunc("GET /login.css", asset("assets/login.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /source-sans-3.woff2", asset("assets/source-sans-3-latin-wght-normal.woff2", "font/woff2"))
}

func asset(name, contentType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeFileFS(w, r, assets, name)
	}
}

// contentSecurityPolicy allows nothing but the page's own style and font, and a
// form that goes here and, by the redirect after it, to a client.
func contentSecurityPolicy(clients []Client) string {
	forms := []string{"'self'"}
	for _, c := range clients {
		for _, uri := range c.RedirectURIs {
			u, err := url.Parse(uri)
			if err != nil || u.Host == "" {
				continue
			}
			if origin := u.Scheme + "://" + u.Host; !slices.Contains(forms, origin) {
				forms = append(forms, origin)
			}
		}
	}
	return "default-src 'none'; style-src 'self'; font-src 'self'; form-action " +
		strings.Join(forms, " ") + "; base-uri 'none'; frame-ancestors 'none'"
}

func (l *login) show(w http.ResponseWriter, r *http.Request) {
	l.respond(w, r, r.URL.Query().Get("id"), http.StatusOK, false)
}

func (l *login) submit(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "malformed form", http.StatusBadRequest)
		return
	}
	id := r.PostForm.Get("id")
	pending, err := l.store.open(id)
	if err != nil {
		l.respond(w, r, id, http.StatusOK, false)
		return
	}
	if r.PostForm.Has("cancel") {
		l.store.forget(id)
		op.AuthRequestError(w, r, &pending, oidc.ErrAccessDenied().WithDescription("the person cancelled"), l.provider)
		return
	}
	accounts, err := l.accounts(r.Context(), l.issuer.Key)
	if err != nil {
		l.respond(w, r, id, http.StatusOK, false)
		return
	}
	chosen := slices.IndexFunc(accounts, func(a Account) bool { return a.Subject == r.PostForm.Get("account") })
	if chosen < 0 {
		l.respond(w, r, id, http.StatusUnprocessableEntity, true)
		return
	}
	if err := l.store.choose(id, accounts[chosen]); err != nil {
		l.respond(w, r, id, http.StatusOK, false)
		return
	}
	http.Redirect(w, r, l.callback(r.Context(), id), http.StatusSeeOther)
}

// word is a text with the language that it is really in.
type word struct{ Text, Lang string }

func (t Text) in(lang string) word {
	for _, candidate := range []string{lang, "fi", "sv", "en"} {
		if text := t[candidate]; text != "" {
			return word{text, candidate}
		}
	}
	return word{}
}

type choice struct {
	Subject, Name  string
	Post, RoleHint word
}

type unit struct {
	Title   word
	Choices []choice
}

type langLink struct {
	Code, Name, URL string
	Current         bool
}

type view struct {
	T              texts
	Lang           string
	Langs          []langLink
	Party          word
	Mark, Letter   string
	Base, ID       string
	Units          []unit
	UnknownAccount bool
	Problem        string // "", "expired" or "failed"
}

// respond writes the page for the request with that id: its accounts, or what is
// wrong with it under a status of its own.
func (l *login) respond(w http.ResponseWriter, r *http.Request, id string, status int, unknownAccount bool) {
	pending, openErr := l.store.open(id)
	lang := pickLanguage(r, pending.params.UILocales)
	v := view{
		T:              textsByLanguage[lang],
		Lang:           lang,
		Party:          l.issuer.Title.in(lang),
		Mark:           l.issuer.Mark,
		Base:           l.issuer.Path,
		ID:             id,
		UnknownAccount: unknownAccount,
	}
	for _, letter := range l.issuer.Title.in("fi").Text {
		v.Letter = string(letter)
		break
	}
	for _, link := range []langLink{{Code: "fi", Name: "Suomi"}, {Code: "sv", Name: "Svenska"}, {Code: "en", Name: "English"}} {
		link.URL = l.issuer.Path + "/login?" + url.Values{"id": {id}, "lang": {link.Code}}.Encode()
		link.Current = link.Code == lang
		v.Langs = append(v.Langs, link)
	}

	if openErr != nil {
		v.Problem, status = "expired", http.StatusBadRequest
	} else if accounts, err := l.accounts(r.Context(), l.issuer.Key); err != nil {
		l.log.ErrorContext(r.Context(), "demo sign-in: list accounts", slog.String("issuer", l.issuer.Key), slog.Any("error", err))
		v.Problem, status = "failed", http.StatusServiceUnavailable
	} else {
		v.Units = byUnit(accounts, lang)
	}

	var body bytes.Buffer
	if err := page.Execute(&body, v); err != nil {
		l.log.ErrorContext(r.Context(), "demo sign-in: write page", slog.Any("error", err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", lang)
	w.Header().Set("Content-Security-Policy", l.csp)
	w.Header().Set("Referrer-Policy", "same-origin")
	w.WriteHeader(status)
	if _, err := body.WriteTo(w); err != nil && !errors.Is(err, context.Canceled) {
		l.log.DebugContext(r.Context(), "demo sign-in: send page", slog.Any("error", err))
	}
}

// byUnit groups accounts, keeping the order in which units and accounts come.
func byUnit(accounts []Account, lang string) []unit {
	var units []unit
	for _, a := range accounts {
		title := a.Unit.in(lang)
		i := slices.IndexFunc(units, func(u unit) bool { return u.Title == title })
		if i < 0 {
			units = append(units, unit{Title: title})
			i = len(units) - 1
		}
		units[i].Choices = append(units[i].Choices, choice{
			Subject: a.Subject, Name: a.Name, Post: a.Post.in(lang), RoleHint: a.RoleHint.in(lang),
		})
	}
	return units
}

var languageMatcher = language.NewMatcher(languages)

// pickLanguage takes the first that is known: the choice made on the page, the
// client's ui_locales, the browser's preference, Finnish.
func pickLanguage(r *http.Request, uiLocales []language.Tag) string {
	if _, ok := textsByLanguage[r.FormValue("lang")]; ok {
		return r.FormValue("lang")
	}
	wanted := uiLocales
	if accepted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language")); err == nil {
		wanted = append(slices.Clone(uiLocales), accepted...)
	}
	_, i, _ := languageMatcher.Match(wanted...)
	return languages[i].String()
}
