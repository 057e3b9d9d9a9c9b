package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

// forumWords are the words of the register's export in one language.
type forumWords struct {
	sheet   string
	heads   [16]string
	levels  map[forum.Level]string
	reaches map[forum.Reach]string
	yes, no string
}

var forumTexts = map[domain.Lang]forumWords{
	domain.Finnish: {
		sheet: "Foorumit",
		heads: [16]string{"Foorumi", "Tarkoitus", "Taso", "Ulottuvuus", "Osapuolet", "Puheenjohtaja", "Sihteeri", "Sovittu vuodessa", "Pidetty tänä vuonna", "Peruttu tänä vuonna",
			"Läsnäolo osapuolittain", "Päätökset tänä vuonna", "Avoimet asiat", "Edellinen kokous", "Seuraava kokous", "Tehtävä ja toimivalta hyväksytty"},
		levels:  map[forum.Level]string{forum.Statutory: "Lakisääteinen", forum.Strategic: "Strateginen", forum.Thematic: "Teemaryhmä", forum.Network: "Verkosto"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Kahden osapuolen", forum.Regional: "Alueellinen"}, yes: "Kyllä", no: "Ei",
	},
	domain.Swedish: {
		sheet: "Forum",
		heads: [16]string{"Forum", "Syfte", "Nivå", "Omfattning", "Parter", "Ordförande", "Sekreterare", "Avtalat per år", "Hållna i år", "Inställda i år",
			"Närvaro per part", "Beslut i år", "Öppna ärenden", "Föregående möte", "Nästa möte", "Uppdraget och befogenheterna godkända"},
		levels:  map[forum.Level]string{forum.Statutory: "Lagstadgat", forum.Strategic: "Strategiskt", forum.Thematic: "Temagrupp", forum.Network: "Nätverk"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Två parter", forum.Regional: "Regionalt"}, yes: "Ja", no: "Nej",
	},
	domain.English: {
		sheet: "Forums",
		heads: [16]string{"Forum", "Purpose", "Level", "Reach", "Parties", "Chair", "Secretary", "Agreed per year", "Held this year", "Cancelled this year",
			"Attendance by party", "Decisions this year", "Open loops", "Last meeting", "Next meeting", "Mandate accepted"},
		levels:  map[forum.Level]string{forum.Statutory: "Statutory", forum.Strategic: "Strategic", forum.Thematic: "Thematic", forum.Network: "Network"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Bilateral", forum.Regional: "Regional"}, yes: "Yes", no: "No",
	},
}

// forumWidths are the columns' widths in characters, in the order of the heads.
var forumWidths = []float64{40, 48, 16, 18, 24, 34, 34, 12, 12, 12, 28, 12, 12, 14, 14, 14}

func (w forumWords) row(lang domain.Lang, day domain.Date, f forum.View, parties map[domain.PartyID]domain.Text) []any {
	in := func(t domain.Text) string { s, _ := t.In(lang); return s }
	var names, chairs, secretaries, attendance []string
	seen := map[domain.PartyID]bool{}
	for _, m := range f.Members {
		if !m.On(day) {
			continue
		}
		if !seen[m.PartyID] {
			seen[m.PartyID] = true
			names = append(names, in(parties[m.PartyID]))
		}
		switch m.Role {
		case forum.Chair:
			chairs = append(chairs, in(m.Title))
		case forum.Secretary:
			secretaries = append(secretaries, in(m.Title))
		}
	}
	for _, a := range f.Figures.Attendance {
		attendance = append(attendance, fmt.Sprintf("%s %d/%d", in(parties[a.PartyID]), a.Present, a.Seats))
	}
	date := func(m *forum.MeetingRef) string {
		if m == nil {
			return ""
		}
		return domain.DateOf(m.StartsAt).String()
	}
	accepted := w.no
	if f.MandateAccepted() {
		accepted = w.yes
	}
	list := func(s []string) string { return strings.Join(s, ", ") }
	return []any{in(f.Title), in(f.Purpose), w.levels[f.Level], w.reaches[f.Reach], list(names), list(chairs), list(secretaries), f.MeetingsPerYear, f.Held,
		f.Figures.Cancelled, list(attendance), f.Figures.Decisions, f.Figures.OpenLoops, date(f.LastMeeting), date(f.NextMeeting), accepted}
}

type forumExportParams struct {
	AsOfParam
	ForumFilterParams
	Sort string `query:"sort" maxLength:"200" doc:"As in GET /forums"`
	Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the words and of the texts that have it"`
}

func (s *Server) registerForumExport() {
	for _, kind := range []struct{ id, suffix, media, name string }{
		{"exportForumsCSV", "csv", mediaCSV, "CSV (UTF-8 with a byte order mark, semicolons)"},
		{"exportForumsXLSX", "xlsx", mediaXLSX, "XLSX"},
	} {
		handle(s, operation{ID: kind.id, Method: http.MethodGet, Path: "/forums." + kind.suffix, Tag: "Forums", Permission: readScope, Media: kind.media,
			Summary: "Download the register of forums as " + kind.name, Description: "All that the filters of GET /forums let through, one line for each."},
			func(_ context.Context, a domain.Actor, in *forumExportParams) (*huma.StreamResponse, error) {
				f, err := in.filter()
				if err != nil {
					return nil, err
				}
				return &huma.StreamResponse{Body: func(ctx huma.Context) {
					// The past that was asked for stands in handle's context, not in this one.
					past, err := in.in(ctx.Context(), s.Clock)
					if err == nil {
						err = s.exportForums(past, ctx, a, f, in.Sort, domain.Lang(in.Lang), kind.suffix, kind.media)
					}
					if err != nil {
						s.brokenExport(ctx, err)
					}
				}}, nil
			})
	}
}

func (s *Server) exportForums(ctx context.Context, to huma.Context, a domain.Actor, f forum.Filter, sort string, lang domain.Lang, suffix, media string) error {
	words, day := forumTexts[lang], domain.DayShown(ctx, s.Clock)
	all, err := s.Services.Organisation.Parties(ctx)
	if err != nil {
		return err
	}
	parties := map[domain.PartyID]domain.Text{}
	for _, p := range all {
		parties[p.ID] = p.ShortName
	}
	req := domain.PageRequest{Limit: 200, Sort: sort}
	page, err := s.Services.Forums.List(ctx, a, f, req) // before the answer begins: a wrong sort key is a problem
	if err != nil {
		return err
	}
	to.SetHeader("Content-Type", media)
	to.SetHeader("Content-Disposition", `attachment; filename="forums-`+day.String()+"."+suffix+`"`)
	to.SetHeader("Content-Language", string(lang))
	to.SetStatus(http.StatusOK)
	var out sheet
	if suffix == "csv" {
		out, err = newCSV(to.BodyWriter())
	} else {
		out, err = newXLSX(to.BodyWriter(), lang, words.sheet, forumWidths)
	}
	if err != nil {
		return errBegun{err}
	}
	heads := make([]any, len(words.heads))
	for i, h := range words.heads {
		heads[i] = h
	}
	if err := out.row(heads...); err != nil {
		return errBegun{err}
	}
	for {
		for _, v := range page.Items {
			if err := out.row(words.row(lang, day, v, parties)...); err != nil {
				return errBegun{err}
			}
		}
		if page.NextCursor == "" {
			break
		}
		req.Cursor = page.NextCursor
		if page, err = s.Services.Forums.List(ctx, a, f, req); err != nil {
			return errBegun{err}
		}
	}
	if err := out.end(); err != nil {
		return errBegun{err}
	}
	return nil
}
