package api

import (
	"context"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/forum"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/responsibility"
)

// subjectOf is what a file's reader knows of what responsibilities are about.
type subjectOf struct {
	domain.Subject
	posts map[domain.PostID]domain.ResponsibilityID // that have a part in it
}

// addSubject makes a thing known by its kind and title, and by its kind and number
// if it has one. A goal that has ended is known by its number alone: the one in which
// it goes on may have its title.
func (r *fileReader) addSubject(kind domain.SubjectKind, id domain.AnyID, no int, title domain.Text, ended bool, posts []domain.Responsible) {
	of := subjectOf{domain.Subject{Kind: kind, ID: id}, map[domain.PostID]domain.ResponsibilityID{}}
	for _, p := range posts {
		of.posts[p.PostID] = p.ID
	}
	r.subjects[id] = of
	number := ""
	if no > 0 {
		number = " " + strconv.Itoa(no)
	}
	n := named{id: id, label: matrixTexts[r.words.lang].kinds[kind] + number + ": " + r.words.in(title)}
	if !ended {
		n.names = titleNames(title)
	}
	for _, lang := range domain.Langs {
		word := matrixTexts[lang].kinds[kind]
		own, _ := title.In(lang)
		if !ended {
			n.names = append(n.names, fold(word+" "+own))
		}
		if no > 0 {
			n.names = append(n.names, "#"+fold(word+number))
		}
	}
	r.add(namesSubject, n)
}

// addSubjects makes known what a row may be about: goals, forums and chains, and
// the actions whose numbers the file has.
func (s *Server) addSubjects(ctx context.Context, a domain.Actor, r *fileReader) error {
	r.subjects = map[domain.AnyID]subjectOf{}
	err := s.Services.Goals.Export(ctx, a, goal.Filter{Ended: goal.AllGoals}, "no", func(goals []goal.View) error {
		for _, g := range goals {
			r.addSubject(domain.SubjectGoal, domain.AnyID{UUID: g.ID.UUID}, g.No, g.Title, g.Ended(), g.Responsibilities)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if nos := r.numbers(); len(nos) > 0 {
		err := s.Services.Actions.Export(ctx, a, action.Filter{No: nos}, "no", func(views []action.View) error {
			for _, v := range views {
				r.addSubject(domain.SubjectAction, domain.AnyID{UUID: v.ID.UUID}, v.No, v.Title, false, v.Responsibilities)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	err = domain.EachPage("", func(p domain.PageRequest) (domain.Page[forum.View], error) {
		return s.Services.Forums.List(ctx, a, forum.Filter{}, p)
	}, func(all []forum.View) error {
		for _, f := range all {
			r.addSubject(domain.SubjectForum, domain.AnyID{UUID: f.ID.UUID}, 0, f.Title, false, nil)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return domain.EachPage("", func(p domain.PageRequest) (domain.Page[chain.View], error) {
		return s.Services.Chains.List(ctx, a, chain.Filter{}, p)
	}, func(all []chain.View) error {
		for _, c := range all {
			r.addSubject(domain.SubjectChain, domain.AnyID{UUID: c.ID.UUID}, 0, c.Title, false, nil)
		}
		return nil
	})
}

// numbers are those in the column of numbers.
func (r *fileReader) numbers() (out []int) {
	seen := map[int]bool{}
	for _, row := range r.file.rows {
		if no, err := strconv.Atoi(row.cells["no"]); err == nil && no > 0 && !seen[no] {
			seen[no] = true
			out = append(out, no)
		}
	}
	return out
}

// subjectName is what a row calls the thing that it is about: Tavoite 3.
func (s rowCells) subjectName() string {
	name := s.row.cells["no"]
	if name == "" {
		name = s.row.cells["thing"]
	}
	if name == "" {
		return ""
	}
	return strings.TrimSpace(s.row.cells["kind"] + " " + name)
}

// postName is what a row calls the post: with its party, if the row has one.
func (s rowCells) postName() string {
	party, post := s.row.cells["party"], s.row.cells["post"]
	if party == "" || post == "" || strings.Contains(post, ": ") {
		return post
	}
	return party + ": " + post
}

// responsibilityKey is the id in a row, or that of the part that the post has in the
// thing already.
func responsibilityKey(s rowCells) string {
	if id := s.row.cells["id"]; id != "" {
		return id
	}
	things, posts := s.find(namesSubject, s.subjectName()), s.find(namesPost, s.postName())
	if len(things) != 1 || len(posts) != 1 {
		return ""
	}
	if id, ok := s.subjects[things[0].id].posts[domain.PostID{UUID: posts[0].id.UUID}]; ok {
		return id.String()
	}
	return ""
}

// responsibilityCells takes the cells of one row into terms.
type responsibilityCells struct {
	rowCells
	stored *responsibility.View
	post   *bool // the row tells a post anew
}

func (s responsibilityCells) take(e *responsibility.ImportEdit, key, text string) {
	if field := textField(key, "wording", &e.Wording); field != nil {
		*field = text
	}
	switch key {
	case "party", "post":
		*s.post = true
	case "part":
		e.Part = ""
		for _, lang := range domain.Langs {
			for part, word := range matrixTexts[lang].parts {
				if fold(word) == fold(text) || fold(string(part)) == fold(text) {
					e.Part = part
				}
			}
		}
		if e.Part == "" {
			s.wrong(key, "not_allowed", text)
		}
	case "validFrom":
		e.ValidFrom = s.date(key, text)
	case "validTo":
		e.ValidTo = s.date(key, text)
	}
}

func (s responsibilityCells) end(e *responsibility.ImportEdit) {
	switch {
	case s.stored != nil && s.stored.Change != nil:
		s.wrong("", "change_waits", "")
		return
	case s.stored == nil:
		if name := s.subjectName(); name == "" {
			s.wrong("thing", "required", "")
		} else if id, ok := s.single(s.subjectColumn(), namesSubject, name, nil); ok {
			e.Subject = s.subjects[id].Subject
		}
		if _, there := s.file.columns["part"]; !there || s.row.cells["part"] == "" {
			s.wrong("part", "required", "")
		}
	}
	if !*s.post {
		return
	}
	if name := s.postName(); name == "" {
		s.wrong("post", "required", "")
	} else if id, ok := s.single("post", namesPost, name, nil); ok {
		e.PostID.UUID = id.UUID
	}
}

// subjectColumn is the one in which what the row is about is named.
func (s rowCells) subjectColumn() string {
	if s.row.cells["no"] != "" {
		return "no"
	}
	return "thing"
}

func (s *Server) registerResponsibilityImport() {
	registerImport(s, importOf[responsibility.View, responsibility.View, responsibility.ImportEdit]{
		name: "responsibility", noun: "responsibilities", one: "one responsibility; with its id, or with a post that has a part in the thing already, it is a change of that, as far as its cells are not as they are stored", tag: "Responsibilities",
		more: "A row proposes what its form would: the parties that it concerns are asked, and what they accepted last stays in force until they have. What waits for an answer is not changed by a file (change_waits). " +
			"Things are named by kind and number, or by kind and title; stages and hand-overs by the id of the responsibility alone. ",
		permission: domain.ResponsibilityEdit, may: responsibility.MayImport, sheet: responsibilitySheet, columns: responsibilityColumns, required: []string{"part"},
		heads: map[string][]string{
			"no":         append([]string{"Toimenpiteen numero", "Tavoitteen numero"}, numberHeads...),
			"thing":      {"Asia", "Kohde", "Tavoite tai toimenpide", "Ärende", "Thing"},
			"party":      {"Organisaatio", "Organisation"},
			"post":       {"Tehtävänimike", "Vastuutaho", "Titel", "Ansvarig"},
			"part":       {"Osa", "Rooli", "Roll", "Role"},
			"wording.fi": {"Sanamuoto", "Vastuun sisältö"},
			"wording.sv": {"Ordalydelse"},
			"wording.en": {"Wording"},
			"validFrom":  fromHeads,
			"validTo":    toHeads,
		},
		taken:  []string{"kind", "no", "thing", "party", "post", "part", "wording.fi", "wording.sv", "wording.en", "validFrom", "validTo"},
		moving: []string{"standing", "waitingSince", "waitingFor", "change.fi", "change.sv", "change.en", "changedOn"},
		fixed:  []string{"kind", "no", "thing"}, silent: []string{"party", "validFrom"},
		keys: []string{"id", "version"},
		pointers: map[string]string{"/key": "id", "/subject": "thing", "/postId": "post", "/part": "part", "/responsibilities": "post",
			"/wording": "wording.fi", "/wording/fi": "wording.fi", "/wording/sv": "wording.sv", "/wording/en": "wording.en", "/validFrom": "validFrom", "/validTo": "validTo"},
		load: func(ctx context.Context, a domain.Actor, r *fileReader) error {
			return firstError(s.addPosts(ctx, r), s.addSubjects(ctx, a, r))
		},
		key:   responsibilityKey,
		title: func(s rowCells) string { return strings.Trim(s.subjectName()+" – "+s.postName(), " –") },
		row:   func(_ *fileReader, v responsibility.View) responsibility.View { return v },
		edit: func(cells rowCells, stored *responsibility.View) (responsibility.ImportEdit, cellSetter[responsibility.ImportEdit]) {
			var e responsibility.ImportEdit
			if stored != nil {
				e.Terms = stored.Terms()
			}
			post := stored == nil
			return e, responsibilityCells{cells, stored, &post}
		},
		run: s.Services.Responsibilities.Import,
	}, func(v responsibility.View) int { return v.Version })
}
