package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/api/paperdoc"
	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// The kinds of files that a paper is written as.
const (
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mediaPDF  = "application/pdf"
	mediaJSON = "application/json"
)

// PaperFileParams ask for a paper as a file.
type PaperFileParams struct {
	PaperParams
	Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the file; what is missing in it is in another one, and says so"`
}

// file answers with a file to keep.
func file(name, media string, content []byte) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", media)
		c.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		c.SetHeader("Cache-Control", "private, no-store")
		_, _ = c.BodyWriter().Write(content) // the reader has gone: nobody to tell
	}}
}

// paperFileName is the name of a paper as a file, in letters that every system
// takes.
func paperFileName(v meeting.PaperView, lang, ending string) string {
	version := ""
	if v.Audience == meeting.ForMembers {
		version = "-internal"
	}
	return fmt.Sprintf("%s-%d-%d-%s%s.%s", strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(v.Meeting.Forum.Key)), v.Meeting.Number, v.Meeting.Year, lang, version, ending)
}

func (s *Server) registerPaperFiles() {
	const tag = papersTag
	meetings := s.Services.Meetings
	load := func(ctx context.Context, a domain.Actor, in *PaperFileParams) (meeting.PaperView, domain.Lang, error) {
		var id domain.MeetingID
		if err := pathID(&id, in.ID, "meeting"); err != nil {
			return meeting.PaperView{}, "", err
		}
		v, err := meetings.Paper(ctx, a, id, meeting.Audience(in.Version))
		return v, domain.Lang(in.Lang), err
	}

	handle(s, operation{ID: "getPaperDocument", Method: http.MethodGet, Path: "/meetings/{id}/paper/docx", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaDOCX,
		Summary: "Get the memo or minutes of a meeting as DOCX", Description: "With headings, lists, tables, language and title."},
		func(ctx context.Context, a domain.Actor, in *PaperFileParams) (*huma.StreamResponse, error) {
			v, lang, err := load(ctx, a, in)
			if err != nil {
				return nil, err
			}
			content, err := paperdoc.DOCX(paperdoc.Build(v, lang))
			if err != nil {
				return nil, err
			}
			return file(paperFileName(v, in.Lang, "docx"), mediaDOCX, content), nil
		})

	handle(s, operation{ID: "getPaperPDF", Method: http.MethodGet, Path: "/meetings/{id}/paper/pdf", Tag: tag, Permission: readScope, Errors: []int{404, 503}, Media: mediaPDF,
		Summary: "Get the memo or minutes of a meeting as tagged PDF", Description: "503 pdf_unavailable on a server without Chromium, pdf_busy while it prints others."},
		func(ctx context.Context, a domain.Actor, in *PaperFileParams) (*huma.StreamResponse, error) {
			v, lang, err := load(ctx, a, in)
			if err != nil {
				return nil, err
			}
			if s.PDF == nil {
				return nil, &domain.Error{Kind: domain.KindUnavailable, Code: "pdf_unavailable", Detail: "this server has no Chromium to print with"}
			}
			page, err := paperdoc.HTML(paperdoc.Build(v, lang), "", s.fontData(), nil)
			if err != nil {
				return nil, err
			}
			content, err := s.PDF(ctx, page)
			if err != nil {
				return nil, err
			}
			return file(paperFileName(v, in.Lang, "pdf"), mediaPDF, content), nil
		})

	handle(s, operation{ID: "getPaperContent", Method: http.MethodGet, Path: "/meetings/{id}/paper/content", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaJSON,
		Summary: "Get exactly what the fingerprint of a paper is of", Description: "Its SHA-256 is hash of GET /meetings/{id}/paper: sha256sum shows it."},
		func(ctx context.Context, a domain.Actor, in *PaperParams) (*huma.StreamResponse, error) {
			v, _, err := load(ctx, a, &PaperFileParams{PaperParams: *in})
			if err != nil {
				return nil, err
			}
			return file(paperFileName(v, "content", "json"), mediaJSON, v.Content), nil
		})
}

// font finds the site's font among the built files; "" in a checkout whose front
// end was never built.
func (s *Server) font() string {
	if s.SiteFiles == nil {
		return ""
	}
	found, err := fs.Glob(s.SiteFiles, "assets/source-sans-3-latin-wght-normal*.woff2")
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}

// fontData is the font as a data address: what is printed reaches no network.
func (s *Server) fontData() string {
	name := s.font()
	if name == "" {
		return ""
	}
	b, err := fs.ReadFile(s.SiteFiles, name)
	if err != nil {
		return ""
	}
	return "data:font/woff2;base64," + base64.StdEncoding.EncodeToString(b)
}

// mountPaper serves the paper of a meeting as a page of its own: a calm document
// that needs no script, is read on every screen and is what PDF is printed from.
// Who may not read it is sent to the meeting's page, which says why.
func (s *Server) mountPaper() {
	s.echo.GET("/:lang/meetings/:id/paper", func(c echo.Context) error {
		lang := domain.Lang(c.Param("lang"))
		if !slices.Contains(domain.Langs, lang) {
			return echo.ErrNotFound
		}
		var id domain.MeetingID
		if err := pathID(&id, c.Param("id"), "meeting"); err != nil {
			return echo.ErrNotFound
		}
		version := c.QueryParam("version")
		if version != "" && version != string(meeting.ForAll) && version != string(meeting.ForMembers) {
			return echo.ErrNotFound
		}
		past := AsOfParam{AsOf: c.QueryParam("asOf")}
		ctx, err := past.in(c.Request().Context(), s.Clock)
		if err != nil {
			return err
		}
		here := "/" + string(lang) + "/meetings/" + id.String()
		var a domain.Actor
		if s.Actor != nil { // pages have none by themselves: this one shows more to who is signed in
			if a, err = s.Actor(c.Request()); err != nil {
				return err
			}
		}
		v, err := s.Services.Meetings.Paper(ctx, a, id, meeting.Audience(version))
		if missing, ok := errors.AsType[*domain.Error](err); ok && missing.Kind == domain.KindNotFound {
			return c.Redirect(http.StatusFound, here)
		}
		if err != nil {
			return err
		}
		query := func(more ...string) string {
			q := url.Values{}
			if past.AsOf != "" {
				q.Set("asOf", past.AsOf)
			}
			for i := 0; i+1 < len(more); i += 2 {
				q.Set(more[i], more[i+1])
			}
			return "?" + q.Encode()
		}
		files := "/api/v1/meetings/" + id.String() + "/paper/"
		pdf := ""
		if s.PDF != nil {
			pdf = files + "pdf" + query("version", string(v.Audience), "lang", string(lang))
		}
		around := paperdoc.Navigation(lang, func(l domain.Lang, version string) string {
			return "/" + string(l) + "/meetings/" + id.String() + "/paper" + query("version", version)
		}, here, files+"docx"+query("version", string(v.Audience), "lang", string(lang)), pdf, string(v.Audience), a.Scope().Staff)
		if s.Synthetic {
			around.Demo = map[domain.Lang]string{domain.Finnish: "Esittelyaineisto: kokous, päätökset ja luvut ovat keksittyjä.",
				domain.Swedish: "Demonstrationsmaterial: mötet, besluten och siffrorna är påhittade.", domain.English: "Demo data: the meeting, decisions and figures are invented."}[lang]
		}
		random := make([]byte, 18)
		rand.Read(random)
		nonce := base64.StdEncoding.EncodeToString(random)
		font := s.font()
		if font != "" {
			font = "/" + font
		}
		page, err := paperdoc.HTML(paperdoc.Build(v, lang), nonce, font, &around)
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("Cache-Control", "private, no-store")
		return c.Stream(http.StatusOK, "text/html; charset=utf-8", bytes.NewReader(page))
	})
}
