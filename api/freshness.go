package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/freshness"
)

// Freshness is how often the status of an action is to be confirmed.
type Freshness struct {
	Target int `json:"target" minimum:"1" maximum:"366" doc:"Days since it was confirmed after which it should be confirmed again"`
	Limit  int `json:"limit" minimum:"1" maximum:"366" doc:"Days after which it is out of date; at least the target"`
}

// rhythm is what is said of it; nothing is the zero rhythm.
func (f *Freshness) rhythm() domain.Rhythm {
	if f == nil {
		return domain.Rhythm{}
	}
	return domain.Rhythm(*f)
}

// ownFreshness is a rhythm as the API shows it, or nil where there is none.
func ownFreshness(r domain.Rhythm) *Freshness {
	if r.IsZero() {
		return nil
	}
	f := Freshness(r)
	return &f
}

// FreshnessGroup counts the running actions that a party, unit or post leads by
// how fresh what is said of them is.
type FreshnessGroup struct {
	PartyID    *domain.PartyID `json:"partyId,omitempty" format:"uuid" doc:"Missing: nobody leads them"`
	Unit       *FreshnessUnit  `json:"unit,omitempty" doc:"By unit"`
	Post       *PostRef        `json:"post,omitempty" doc:"By post; missing: nobody leads them"`
	Running    int             `json:"running" doc:"Not started or in progress"`
	InTarget   int             `json:"inTarget" doc:"Confirmed within the target of each one's freshness"`
	InLimit    int             `json:"inLimit" doc:"Confirmed after the target, within the limit"`
	Stale      int             `json:"stale" doc:"Confirmed before the limit, or never"`
	OldestOn   domain.Date     `json:"oldestOn,omitzero" format:"date" doc:"The confirmation that is longest ago"`
	OldestDays *int            `json:"oldestDays,omitempty" doc:"Days from it to the day shown"`
}

// FreshnessUnit names a unit.
type FreshnessUnit struct {
	ID   domain.UnitID `json:"id" format:"uuid"`
	Name Text          `json:"name"`
}

func freshnessGroup(day domain.Date) func(freshness.Group) FreshnessGroup {
	return func(g freshness.Group) FreshnessGroup {
		out := FreshnessGroup{PartyID: g.PartyID.Ptr(), Running: g.Running, InTarget: g.InTarget, InLimit: g.InLimit, Stale: g.Stale, OldestOn: g.OldestOn}
		if g.Unit != nil {
			out.Unit = &FreshnessUnit{ID: g.Unit.ID, Name: g.Unit.Name}
		}
		if g.Post != nil {
			out.Post = &PostRef{ID: g.Post.ID, Title: g.Post.Title, PartyID: g.PartyID}
		}
		if !g.OldestOn.IsZero() {
			days := g.OldestOn.DaysUntil(day)
			out.OldestDays = &days
		}
		return out
	}
}

func (s *Server) registerFreshness() {
	handle(s, operation{ID: "listFreshness", Kept: true, Method: http.MethodGet, Path: "/freshness", Tag: "Freshness", Permission: readScope,
		Summary: "Count running actions by how fresh what is said of them is",
		Description: "For each party, unit or post that leads some on the day shown; a unit has what the units below it have, too. Posts, never persons. " +
			"Each number counts the rows of GET /actions with status not_started and in_progress, the group as partyId, unitId or leadPostId, and freshness. " +
			"Sorted by -stale,-inLimit,-running (the default), stale, inLimit or running."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			TermParams
			By    string   `query:"by" required:"true" enum:"party,unit,post"`
			Party []string `query:"partyId,explode" maxItems:"50" doc:"Party of the lead post; none: no lead"`
			Unit  []string `query:"unitId,explode" maxItems:"50" doc:"Unit of the lead post, or one above it"`
		}) (*ListOutput[FreshnessGroup], error) {
			var f freshness.Filter
			if err := firstError(in.terms(&f.Terms), idFilter(&f.Party, "partyId", in.Party), idsOf(&f.Unit, "unitId", in.Unit)); err != nil {
				return nil, err
			}
			page, err := s.Services.Freshness.Groups(ctx, a, freshness.By(in.By), f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, freshnessGroup(domain.DayShown(ctx, s.Clock))), nil
		})
}

// idsOf reads a filter of ids without an empty value.
func idsOf[K any](ids *[]domain.ID[K], name string, values []string) error {
	var f domain.AnyOf[domain.ID[K]]
	if err := idFilter(&f, name, values); err != nil {
		return err
	}
	if f.None {
		return domain.InvalidField(name, "id_malformed")
	}
	*ids = f.Values
	return nil
}
