package api

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/forum"
)

const mediaAtom = "application/atom+xml; charset=utf-8"

// feedDays is how far back a feed looks, feedEntries how much it tells at most.
const (
	feedDays    = 90
	feedEntries = 50
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// AtomParams ask for a feed.
type AtomParams struct {
	ID          string `path:"id" maxLength:"60" doc:"Id, or the number or key in the address of its page"`
	Lang        string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the entries"`
	IfNoneMatch string `header:"If-None-Match"`
}

// fedThing is what a feed is about.
type fedThing struct {
	domain.Subject
	title     domain.Text
	path      string
	createdAt time.Time
}

// atom writes the feed of what everybody may know of a thing: the same for whoever
// asks, whatever they are signed in as.
func (s *Server) atom(ctx context.Context, of fedThing, in AtomParams) (*huma.StreamResponse, error) {
	since := s.Clock.Today().AddDays(-feedDays)
	list, err := s.Services.Changes.About(ctx, domain.Actor{}, since, []domain.Subject{of.Subject}, feedEntries)
	if err != nil {
		return nil, err
	}
	lang := domain.Lang(in.Lang)
	text := func(t domain.Text) string {
		v, _ := t.In(lang)
		return strings.Join(strings.Fields(v), " ")
	}
	base, host := strings.TrimSuffix(s.BaseURL, "/"), "yhdyspinta"
	if u, err := url.Parse(base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	page := func(path string) string { return base + "/" + string(lang) + path }
	tag := func(parts ...any) string { return "tag:" + host + ",2026:" + fmt.Sprint(parts...) }
	noun := string(of.Kind) + "s"
	feed := atomFeed{Lang: string(lang), ID: tag(noun, "/", of.ID), Title: text(of.title) + " – Yhdyspinta", Author: "Yhdyspinta", Updated: of.createdAt.UTC().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", base + "/api/v1/" + noun + "/" + of.ID.String() + "/feed.atom?lang=" + string(lang)},
			{"alternate", "text/html", page(of.path)}}}
	for i, c := range list {
		at := c.At.Format(time.RFC3339)
		if i == 0 {
			feed.Updated = at
		}
		what, why, path := changeWords(c)
		feed.Entries = append(feed.Entries, atomEntry{ID: tag("changes/", c.Kind, "/", c.ID, "/", c.At.Unix()), Title: text(what), Updated: at,
			Link: atomLink{"alternate", "text/html", page(path)}, Summary: text(why)})
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write a feed: %w", err)
	}
	body = append([]byte(xml.Header), body...)
	etag := tagOf(body)
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("ETag", etag)
		ctx.SetHeader("Cache-Control", "public, max-age=600")
		if in.IfNoneMatch != "" && matches(in.IfNoneMatch, etag) {
			ctx.SetStatus(http.StatusNotModified)
			return
		}
		ctx.SetHeader("Content-Type", mediaAtom)
		ctx.SetStatus(http.StatusOK)
		_, _ = ctx.BodyWriter().Write(body) // the reader has gone away: nobody is left to tell
	}}, nil
}

func (s *Server) registerAtom() {
	everybody := domain.Actor{}
	for _, f := range []struct {
		id, path, noun string
		find           func(ctx context.Context, id string) (fedThing, error)
	}{
		{"getGoalFeed", "/goals/{id}/feed.atom", "a goal", func(ctx context.Context, id string) (fedThing, error) {
			g, err := byIDOrNo(id, "goal", func(id domain.GoalID) (Goal, error) {
				g, err := s.Services.Goals.Get(ctx, everybody, id)
				return goalBody(everybody)(g), err
			}, func(no int) (Goal, error) {
				g, err := s.Services.Goals.ByNo(ctx, everybody, no)
				return goalBody(everybody)(g), err
			})
			return fedThing{domain.SubjectOf(domain.SubjectGoal, g.ID), g.Title, fmt.Sprintf("/goals/%d", g.No), g.UpdatedAt}, err
		}},
		{"getActionFeed", "/actions/{id}/feed.atom", "an action", func(ctx context.Context, id string) (fedThing, error) {
			var of fedThing
			_, err := byIDOrNo(id, "action", func(id domain.ActionID) (struct{}, error) {
				a, err := s.Services.Actions.Get(ctx, everybody, id)
				of = fedThing{domain.SubjectOf(domain.SubjectAction, a.ID), a.Title, fmt.Sprintf("/actions/%d", a.No), a.CreatedAt}
				return struct{}{}, err
			}, func(no int) (struct{}, error) {
				a, err := s.Services.Actions.ByNo(ctx, everybody, no)
				of = fedThing{domain.SubjectOf(domain.SubjectAction, a.ID), a.Title, fmt.Sprintf("/actions/%d", a.No), a.CreatedAt}
				return struct{}{}, err
			})
			return of, err
		}},
		{"getChainFeed", "/chains/{id}/feed.atom", "a service chain", func(ctx context.Context, id string) (fedThing, error) {
			c, err := byIDOrKey(id, func(id domain.ChainID) (chain.View, error) { return s.Services.Chains.Get(ctx, everybody, id) },
				func(key string) (chain.View, error) { return s.Services.Chains.ByKey(ctx, everybody, key) })
			return fedThing{domain.SubjectOf(domain.SubjectChain, c.ID), c.Title, "/chains/" + c.Key, c.CreatedAt}, err
		}},
		{"getForumFeed", "/forums/{id}/feed.atom", "a forum", func(ctx context.Context, id string) (fedThing, error) {
			f, err := byIDOrKey(id, func(id domain.ForumID) (forum.View, error) { return s.Services.Forums.Get(ctx, everybody, id) },
				func(key string) (forum.View, error) { return s.Services.Forums.ByKey(ctx, everybody, key) })
			return fedThing{domain.SubjectOf(domain.SubjectForum, f.ID), f.Title, "/forums/" + f.Key, f.CreatedAt}, err
		}},
	} {
		handle(s, operation{ID: f.id, Method: http.MethodGet, Path: f.path, Tag: "Following", Permission: readScope, Errors: []int{404}, Media: mediaAtom,
			Summary:     "Subscribe to the changes of " + f.noun,
			Description: "Atom (RFC 4287) for everybody: what changed in the last 90 days, the latest first, 50 entries at most. It is the same for whoever asks: what is internal is not in it. Send the ETag as If-None-Match: 304 if nothing has changed."},
			func(ctx context.Context, _ domain.Actor, in *AtomParams) (*huma.StreamResponse, error) {
				of, err := f.find(ctx, in.ID)
				if err != nil {
					return nil, err
				}
				return s.atom(ctx, of, *in)
			})
	}
}
