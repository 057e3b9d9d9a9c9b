package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/round"
)

// RoundFileParams ask for the snapshot of a round.
type RoundFileParams struct {
	ID       string `path:"id" format:"uuid"`
	Audience string `query:"audience" enum:"public,staff" doc:"Which version; without it that of the caller. Staff read both."`
}

// load returns the version that is asked for, or NotFound.
func (in RoundFileParams) load(ctx context.Context, a domain.Actor, rounds *round.Service) (round.Frozen, round.View, error) {
	var id domain.RoundID
	if err := pathID(&id, in.ID, "round"); err != nil {
		return round.Frozen{}, round.View{}, err
	}
	public := in.Audience == "public" || in.Audience == "" && !a.IsStaff()
	return rounds.Snapshot(ctx, a, id, public)
}

// roundFileName is the name of a snapshot as a file.
func roundFileName(v round.View, f round.Frozen, ending string) string {
	if !f.Public {
		ending = "internal." + ending
	}
	return "round-" + v.Key + "." + ending
}

func (s *Server) registerRoundFiles() {
	const tag = roundsTag
	rounds := s.Services.Rounds

	handle(s, operation{ID: "getRoundSnapshot", Method: http.MethodGet, Path: "/reporting-rounds/{id}/snapshot", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get what a completed round's snapshot is proved by", Description: "404 snapshot_not_found until both principal parties have completed the round."},
		func(ctx context.Context, a domain.Actor, in *RoundFileParams) (*struct{ Body RoundSnapshot }, error) {
			f, _, err := in.load(ctx, a, rounds)
			if err != nil {
				return nil, err
			}
			return &struct{ Body RoundSnapshot }{*roundSnapshot(&f)}, nil
		})

	handle(s, operation{ID: "getRoundSnapshotJSON", Method: http.MethodGet, Path: "/reporting-rounds/{id}/snapshot.json", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaJSON,
		Summary: "Download a completed round's snapshot", Description: "The exact bytes that were frozen: their SHA-256 is the snapshot's."},
		func(ctx context.Context, a domain.Actor, in *RoundFileParams) (*huma.StreamResponse, error) {
			f, v, err := in.load(ctx, a, rounds)
			if err != nil {
				return nil, err
			}
			return file(roundFileName(v, f, "json"), mediaJSON, f.Content), nil
		})

	handle(s, operation{ID: "getRoundSnapshotCSV", Method: http.MethodGet, Path: "/reporting-rounds/{id}/snapshot.csv", Tag: tag, Permission: readScope, Errors: []int{404}, Media: mediaCSV,
		Summary: "Download the rows of a completed round's snapshot as a table", Description: "CSV (UTF-8 with a byte order mark, semicolons), one line for each report that was asked for. Written from the frozen bytes."},
		func(ctx context.Context, a domain.Actor, in *struct {
			RoundFileParams
			Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the headings and words, and of names that have it"`
		}) (*huma.StreamResponse, error) {
			f, v, err := in.load(ctx, a, rounds)
			if err != nil {
				return nil, err
			}
			content, err := snapshotTable(f, domain.Lang(in.Lang))
			if err != nil {
				return nil, err
			}
			return file(roundFileName(v, f, "csv"), mediaCSV, content), nil
		})
}

// roundColumns are those of a snapshot as a table.
var roundColumns = []struct {
	head  domain.Text
	value func(snapshotWords, round.SnapshotRow) any
}{
	{domain.Text{FI: "Taso", SV: "Nivå", EN: "Level"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(levelWords[r.Level]) }},
	{domain.Text{FI: "Numero", SV: "Nummer", EN: "Number"}, func(_ snapshotWords, r round.SnapshotRow) any {
		if r.No == 0 {
			return ""
		}
		return r.No
	}},
	{domain.Text{FI: "Nimi", SV: "Namn", EN: "Name"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(r.Title) }},
	{domain.Text{FI: "Osapuoli", SV: "Part", EN: "Party"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(w.parties[r.PartyID]) }},
	{domain.Text{FI: "Tehtävä", SV: "Befattning", EN: "Post"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(r.Post) }},
	{domain.Text{FI: "Raportointi", SV: "Rapportering", EN: "Reporting"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(standingWords[r.Standing]) }},
	{domain.Text{FI: "Määräpäivä", SV: "Sista dag", EN: "Last day"}, func(_ snapshotWords, r round.SnapshotRow) any { return r.DueOn }},
	{domain.Text{FI: "Raportoitu", SV: "Rapporterat", EN: "Reported on"}, func(_ snapshotWords, r round.SnapshotRow) any { return r.FirstOn }},
	{domain.Text{FI: "Tila", SV: "Status", EN: "Status"}, func(w snapshotWords, r round.SnapshotRow) any { return statusWords[w.lang][action.Status(r.Status)] }},
	{domain.Text{FI: "Edistyminen, %", SV: "Framskridande, %", EN: "Progress, %"}, func(_ snapshotWords, r round.SnapshotRow) any {
		if r.Status == "" {
			return ""
		}
		return r.Progress
	}},
	{domain.Text{FI: "Arvio", SV: "Bedömning", EN: "Assessment"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(assessmentWords[r.Assessment]) }},
	{domain.Text{FI: "Selostus", SV: "Redogörelse", EN: "Account"}, func(w snapshotWords, r round.SnapshotRow) any { return w.in(r.Text) }},
	{domain.Text{FI: "Julkisuus", SV: "Offentlighet", EN: "Visibility"}, func(w snapshotWords, r round.SnapshotRow) any {
		if r.Internal {
			return visibilityWords[w.lang][domain.Internal]
		}
		return visibilityWords[w.lang][domain.Public]
	}},
}

var (
	levelWords = map[round.Level]domain.Text{
		round.OfAction: {FI: "Toimenpide", SV: "Åtgärd", EN: "Action"},
		round.OfGoal:   {FI: "Tavoite", SV: "Mål", EN: "Goal"},
		round.OfPlan:   {FI: "Suunnitelma", SV: "Plan", EN: "Plan"},
	}
	standingWords = map[round.Standing]domain.Text{
		round.Reported: {FI: "Raportoitu", SV: "Rapporterat", EN: "Reported"},
		round.Late:     {FI: "Raportoitu myöhässä", SV: "Rapporterat för sent", EN: "Reported late"},
		round.Missing:  {FI: "Puuttuu", SV: "Saknas", EN: "Missing"},
		round.Waiting:  {FI: "Odotetaan", SV: "Väntas", EN: "Awaited"},
	}
	assessmentWords = map[round.Assessment]domain.Text{
		round.Reached:   {FI: "Toteutunut", SV: "Uppnått", EN: "Reached"},
		round.OnCourse:  {FI: "Etenee suunnitellusti", SV: "Framskrider enligt planen", EN: "On course"},
		round.Partly:    {FI: "Etenee osittain", SV: "Framskrider delvis", EN: "Partly on course"},
		round.OffCourse: {FI: "Ei etene", SV: "Framskrider inte", EN: "Off course"},
	}
)

// snapshotWords are the language of a table and the names of its parties.
type snapshotWords struct {
	lang    domain.Lang
	parties map[domain.PartyID]domain.Text
}

func (w snapshotWords) in(t domain.Text) string {
	s, _ := t.In(w.lang)
	return s
}

// snapshotTable writes the rows of a snapshot.
func snapshotTable(f round.Frozen, lang domain.Lang) ([]byte, error) {
	frozen, err := round.ReadSnapshot(f.Content)
	if err != nil {
		return nil, err
	}
	words := snapshotWords{lang, map[domain.PartyID]domain.Text{}}
	for _, p := range frozen.Parties {
		words.parties[p.ID] = p.Name
	}
	var b bytes.Buffer
	table, err := newCSV(&b)
	if err != nil {
		return nil, err
	}
	values := make([]any, len(roundColumns))
	for i, c := range roundColumns {
		values[i] = words.in(c.head)
	}
	if err := table.row(values...); err != nil {
		return nil, err
	}
	for _, r := range frozen.Rows {
		for i, c := range roundColumns {
			values[i] = c.value(words, r)
		}
		if err := table.row(values...); err != nil {
			return nil, err
		}
	}
	if err := table.end(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
