package api

import (
	"context"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
)

// postCells takes the cells of one row into an edit of a post.
type postCells struct {
	rowCells
	stored *organisation.Post
}

func (s postCells) take(e *organisation.PostEdit, key, text string) {
	if field := textField(key, "title", &e.Title); field != nil {
		*field = text
	}
	switch key {
	case "party":
		if _, ok := s.party(text); !ok {
			s.wrong(key, "unknown_party", text)
		}
	case "unit":
		e.UnitID = domain.UnitID{}
		party, ok := s.party(s.row.cells["party"])
		if s.stored != nil {
			party, ok = s.stored.PartyID, true
		}
		path := fold(s.row.cells["unitPath"])
		if id, found := s.one(key, namesUnit, text, func(id domain.AnyID) bool {
			unit := s.units[domain.UnitID{UUID: id.UUID}]
			return (!ok || unit.party == party) && (path == "" || s.stored != nil || slices.Contains(unit.paths, path))
		}); found {
			e.UnitID.UUID = id.UUID
		}
	case "serviceAddress":
		e.ServiceAddress = text
	case "validFrom":
		e.ValidFrom = s.date(key, text)
	case "validTo":
		e.ValidTo = s.date(key, text)
	}
}

func (s postCells) end(e *organisation.PostEdit) {
	if s.stored == nil && e.ValidFrom.IsZero() {
		e.ValidFrom = s.day
	}
	if s.stored == nil && len(s.samePosts(s.row)) > 1 {
		s.wrong(s.there("title.fi"), "several_posts", e.Title.FI)
	}
}

// unitOf is what a file's reader knows of a unit.
type unitOf struct {
	party domain.PartyID
	paths []string // from the top of the party, in each language, folded
}

// party is the one that a cell names.
func (r *fileReader) party(text string) (domain.PartyID, bool) {
	for id, name := range r.words.parties {
		for _, lang := range domain.Langs {
			if short, _ := name.In(lang); fold(short) == fold(text) {
				return id, true
			}
		}
	}
	return domain.PartyID{}, false
}

// addUnits makes the units of today known, with and without their party, and by
// the path to them.
func (s *Server) addUnits(ctx context.Context, r *fileReader) error {
	all := map[domain.UnitID]organisation.Unit{}
	var ids []domain.UnitID
	err := domain.EachPage("", func(p domain.PageRequest) (domain.Page[organisation.Unit], error) {
		return s.Services.Organisation.Units(ctx, organisation.UnitFilter{}, p)
	}, func(units []organisation.Unit) error {
		for _, u := range units {
			all[u.ID] = u
			ids = append(ids, u.ID)
		}
		return nil
	})
	r.units = map[domain.UnitID]unitOf{}
	for _, id := range ids {
		u := all[id]
		n := named{id: domain.AnyID{UUID: id.UUID}}
		known := unitOf{party: u.PartyID}
		for _, lang := range domain.Langs {
			var path []string
			for at, ok := u, true; ok; at, ok = all[at.ParentID] {
				name, _ := at.Name.In(lang)
				path = append([]string{name}, path...)
			}
			short, _ := r.words.parties[u.PartyID].In(lang)
			whole, own := strings.Join(path, " > "), path[len(path)-1]
			if lang == r.words.lang {
				n.label = short + ": " + whole
			}
			known.paths = append(known.paths, fold(whole))
			n.names = append(n.names, fold(own), fold(short+": "+own), fold(whole), fold(short+": "+whole))
		}
		r.units[id] = known
		r.add(namesUnit, n)
	}
	return err
}

// rememberPosts keeps the posts of today, for rows that tell none by its id.
func (s *Server) rememberPosts(ctx context.Context, r *fileReader) error {
	return s.Services.Organisation.ExportPosts(ctx, organisation.PostFilter{}, "party,title", func(posts []organisation.Post) error {
		r.posts = append(r.posts, posts...)
		return nil
	})
}

// samePosts are the posts of today that a row without an id is about: those with
// its titles, in its party and unit as far as it names them.
func (r *fileReader) samePosts(row tableRow) (out []organisation.Post) {
	if r.postsByTitle == nil {
		r.postsByTitle = map[string][]organisation.Post{}
		for _, p := range r.posts {
			for _, title := range []string{"fi " + fold(p.Title.FI), "sv " + fold(p.Title.SV), "en " + fold(p.Title.EN)} {
				r.postsByTitle[title] = append(r.postsByTitle[title], p)
			}
		}
	}
	party, ofParty := r.party(row.cells["party"])
	for _, lang := range []string{"fi", "sv", "en"} {
		title := fold(row.cells["title."+lang])
		if title == "" {
			continue
		}
		for _, p := range r.postsByTitle[lang+" "+title] {
			if !ofParty || p.PartyID == party {
				out = append(out, p)
			}
		}
		break
	}
	if unit := row.cells["unit"]; unit != "" {
		out = slices.DeleteFunc(out, func(p organisation.Post) bool {
			return !slices.ContainsFunc(r.find(namesUnit, unit), func(n named) bool { return n.id.UUID == p.UnitID.UUID })
		})
	}
	return out
}

func (s *Server) registerPostImport() {
	registerImport(s, importOf[organisation.Post, organisation.Post, organisation.PostEdit]{
		name: "post", noun: "posts", one: "one post; with the id of a post, or the title of the only one in its unit, it is a change of that, as far as its cells are not as they are stored", tag: organisationTag,
		more:       "A new post is valid from today unless its row tells another day. Units are named by name, by party and name, or by the path to them; who holds a post is not taken from a file. ",
		permission: domain.PostEdit, may: organisation.MayImport, sheet: postSheet, columns: postColumns, required: []string{"title.fi", "title.sv", "title.en"},
		heads: map[string][]string{
			"party":          {"Organisaatio", "Organisation"},
			"unit":           {"Yksikön nimi", "Enhetens namn", "Unit"},
			"title.fi":       {"Tehtävä", "Nimike", "Tehtävänimike", "Virka"},
			"title.sv":       {"Befattning", "Titel"},
			"title.en":       {"Post"},
			"serviceAddress": {"Sähköposti", "E-post"},
			"validFrom":      fromHeads,
			"validTo":        toHeads,
		},
		taken:  []string{"party", "unit", "title.fi", "title.sv", "title.en", "serviceAddress", "validFrom", "validTo"},
		moving: []string{"holders", "unitPath"},
		fixed:  []string{"party"}, silent: []string{"validFrom"},
		keys: []string{"id", "version"},
		pointers: map[string]string{"/key": "id", "/unitId": "unit", "/title": "title.fi", "/title/fi": "title.fi", "/title/sv": "title.sv", "/title/en": "title.en",
			"/serviceAddress": "serviceAddress", "/validFrom": "validFrom", "/validTo": "validTo"},
		load: func(ctx context.Context, _ domain.Actor, r *fileReader) error {
			return firstError(s.addUnits(ctx, r), s.rememberPosts(ctx, r))
		},
		key: func(c rowCells) string {
			if id := c.row.cells["id"]; id != "" {
				return id
			}
			if same := c.samePosts(c.row); len(same) == 1 {
				return same[0].ID.String()
			}
			return ""
		},
		row: func(_ *fileReader, p organisation.Post) organisation.Post { return p },
		edit: func(cells rowCells, stored *organisation.Post) (organisation.PostEdit, cellSetter[organisation.PostEdit]) {
			var e organisation.PostEdit
			if p := stored; p != nil {
				e = organisation.PostEdit{UnitID: p.UnitID, Title: p.Title, ServiceAddress: p.ServiceAddress, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo}
			}
			return e, postCells{cells, stored}
		},
		run: s.Services.Organisation.ImportPosts,
	}, func(p organisation.Post) int { return p.Version })
}
