package api

import (
	"context"
	"fmt"

	"yhdyspinta/domain"
	"yhdyspinta/domain/forum"
)

// forumWords are the words of the register's file in one language.
type forumWords struct {
	levels  map[forum.Level]string
	reaches map[forum.Reach]string
	yes, no string
}

var forumTexts = map[domain.Lang]forumWords{
	domain.Finnish: {
		levels:  map[forum.Level]string{forum.Statutory: "Lakisääteinen", forum.Strategic: "Strateginen", forum.Thematic: "Teemaryhmä", forum.Network: "Verkosto"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Kahden osapuolen", forum.Regional: "Alueellinen"}, yes: "Kyllä", no: "Ei",
	},
	domain.Swedish: {
		levels:  map[forum.Level]string{forum.Statutory: "Lagstadgat", forum.Strategic: "Strategiskt", forum.Thematic: "Temagrupp", forum.Network: "Nätverk"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Två parter", forum.Regional: "Regionalt"}, yes: "Ja", no: "Nej",
	},
	domain.English: {
		levels:  map[forum.Level]string{forum.Statutory: "Statutory", forum.Strategic: "Strategic", forum.Thematic: "Thematic", forum.Network: "Network"},
		reaches: map[forum.Reach]string{forum.Bilateral: "Bilateral", forum.Regional: "Regional"}, yes: "Yes", no: "No",
	},
}

// forumRow is a forum of the register with those who are its members on the day.
type forumRow struct {
	forum.View
	members []forum.Membership
}

// in are the titles of the members in a role.
func (r forumRow) in(w fileWords, role forum.Role) string {
	var titles []string
	for _, m := range r.members {
		if m.Role == role {
			titles = append(titles, w.in(m.Title))
		}
	}
	return list(titles)
}

// parties are those of the members, each once.
func (r forumRow) parties(w fileWords) string {
	var names []string
	seen := map[domain.PartyID]bool{}
	for _, m := range r.members {
		if !seen[m.PartyID] {
			seen[m.PartyID] = true
			names = append(names, w.in(w.parties[m.PartyID]))
		}
	}
	return list(names)
}

// attendance is how many came of those who have a seat, of each party.
func (r forumRow) attendance(w fileWords) string {
	names := make([]string, len(r.Figures.Attendance))
	for i, a := range r.Figures.Attendance {
		names[i] = fmt.Sprintf("%s %d/%d", w.in(w.parties[a.PartyID]), a.Present, a.Seats)
	}
	return list(names)
}

// meetingDay is the day of a meeting, if there is one.
func meetingDay(m *forum.MeetingRef) any {
	if m == nil {
		return nil
	}
	return domain.DateOf(m.StartsAt)
}

var forumColumns = []column[forumRow]{
	{"title", domain.Text{FI: "Foorumi", SV: "Forum", EN: "Forum"}, 40, func(w fileWords, r forumRow) any { return w.in(r.Title) }},
	{"purpose", domain.Text{FI: "Tarkoitus", SV: "Syfte", EN: "Purpose"}, 48, func(w fileWords, r forumRow) any { return w.in(r.Purpose) }},
	{"level", domain.Text{FI: "Taso", SV: "Nivå", EN: "Level"}, 16, func(w fileWords, r forumRow) any { return forumTexts[w.lang].levels[r.Level] }},
	{"reach", domain.Text{FI: "Ulottuvuus", SV: "Omfattning", EN: "Reach"}, 18, func(w fileWords, r forumRow) any { return forumTexts[w.lang].reaches[r.Reach] }},
	{"parties", domain.Text{FI: "Osapuolet", SV: "Parter", EN: "Parties"}, 24, func(w fileWords, r forumRow) any { return r.parties(w) }},
	{"chair", domain.Text{FI: "Puheenjohtaja", SV: "Ordförande", EN: "Chair"}, 34, func(w fileWords, r forumRow) any { return r.in(w, forum.Chair) }},
	{"secretary", domain.Text{FI: "Sihteeri", SV: "Sekreterare", EN: "Secretary"}, 34, func(w fileWords, r forumRow) any { return r.in(w, forum.Secretary) }},
	{"meetingsPerYear", domain.Text{FI: "Sovittu vuodessa", SV: "Avtalat per år", EN: "Agreed per year"}, 12, func(_ fileWords, r forumRow) any { return r.MeetingsPerYear }},
	{"held", domain.Text{FI: "Pidetty tänä vuonna", SV: "Hållna i år", EN: "Held this year"}, 12, func(_ fileWords, r forumRow) any { return r.Held }},
	{"cancelled", domain.Text{FI: "Peruttu tänä vuonna", SV: "Inställda i år", EN: "Cancelled this year"}, 12, func(_ fileWords, r forumRow) any { return r.Figures.Cancelled }},
	{"attendance", domain.Text{FI: "Läsnäolo osapuolittain", SV: "Närvaro per part", EN: "Attendance by party"}, 28, func(w fileWords, r forumRow) any { return r.attendance(w) }},
	{"decisions", domain.Text{FI: "Päätökset tänä vuonna", SV: "Beslut i år", EN: "Decisions this year"}, 12, func(_ fileWords, r forumRow) any { return r.Figures.Decisions }},
	{"openLoops", domain.Text{FI: "Avoimet asiat", SV: "Öppna ärenden", EN: "Open loops"}, 12, func(_ fileWords, r forumRow) any { return r.Figures.OpenLoops }},
	{"lastMeeting", domain.Text{FI: "Edellinen kokous", SV: "Föregående möte", EN: "Last meeting"}, 14, func(_ fileWords, r forumRow) any { return meetingDay(r.LastMeeting) }},
	{"nextMeeting", domain.Text{FI: "Seuraava kokous", SV: "Nästa möte", EN: "Next meeting"}, 14, func(_ fileWords, r forumRow) any { return meetingDay(r.NextMeeting) }},
	{"mandateAccepted", domain.Text{FI: "Tehtävä ja toimivalta hyväksytty", SV: "Uppdraget och befogenheterna godkända", EN: "Mandate accepted"}, 14, func(w fileWords, r forumRow) any {
		if r.MandateAccepted() {
			return forumTexts[w.lang].yes
		}
		return forumTexts[w.lang].no
	}},
	{"visibility", seenHead, 12, func(w fileWords, r forumRow) any { return word(w, visibilityWords, r.Visibility) }},
}

type forumFileParams struct {
	ExportParams
	ForumFilterParams
}

func (s *Server) registerForumFiles() {
	registerListFile(s, listFile[forumFileParams, forumRow]{
		id: "Forums", path: "/forums", tag: "Forums", noun: "the register of forums",
		name: domain.Text{FI: "Foorumit", SV: "Forum", EN: "Forums"}, columns: forumColumns,
		rows: func(a domain.Actor, in *forumFileParams) (func(context.Context, string, func([]forumRow) error) error, error) {
			f, err := in.filter()
			return func(ctx context.Context, sort string, yield func([]forumRow) error) error {
				day := domain.DayShown(ctx, s.Clock)
				return s.Snapshot(ctx, func(ctx context.Context) error {
					return domain.EachPage(sort, func(req domain.PageRequest) (domain.Page[forum.View], error) {
						return s.Services.Forums.List(ctx, a, f, req)
					}, func(views []forum.View) error {
						rows := make([]forumRow, len(views))
						for i, v := range views {
							rows[i] = forumRow{View: v}
							for _, m := range v.Members {
								if m.On(day) {
									rows[i].members = append(rows[i].members, m)
								}
							}
						}
						return yield(rows)
					})
				})
			}, err
		}})
}
