package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"yhdyspinta/cmd/yhdyspinta/demodata"
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/chain"
	"yhdyspinta/storage"
)

// issuerURLs are the addresses of the identity providers by the key that the
// data set gives them: a person is known by address and subject.
type issuerURLs map[string]string

// importDataset loads a data set into an empty database, shifted so that its
// story ends now, with the past that its dates tell.
func importDataset(ctx context.Context, d *demodata.Dataset, issuers issuerURLs, db *storage.DB, clock domain.Clock, stdout io.Writer) error {
	importer := storage.NewImporter(db)
	empty, err := importer.IsEmpty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return errors.New("the database already holds data: import demo-data needs an empty one")
	}
	d.Shift(clock.Today())
	im := &story{ids: map[string]domain.AnyID{}, born: map[domain.AnyID]time.Time{}, issuers: issuers, logged: map[logKey]bool{}, partyOf: map[string]string{}, rhythmOf: map[string]domain.Rhythm{}, leading: map[string]bool{}, version: map[domain.Subject]int{}}
	im.tell(d)
	steps := im.inOrder(clock.Now())
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].At.Equal(steps[0].At) {
			n++
		}
		if err := importer.Run(ctx, steps[0].At, steps[:n]); err != nil {
			return fmt.Errorf("load the data set: %w", err)
		}
		steps = steps[n:]
	}
	fmt.Fprintf(stdout, "loaded %s: %d goals, %d actions, %d meetings\n", d.Name, len(d.Goals), len(d.Actions), len(d.Meetings))
	for _, l := range d.Later {
		fmt.Fprintf(stdout, "kept for later: %s (%d)\n", l.Section, l.Entries)
	}
	return nil
}

// story turns a data set into the steps of its past.
type story struct {
	ids     map[string]domain.AnyID // "kind/key" -> id
	born    map[domain.AnyID]time.Time
	steps   []storage.Step
	issuers issuerURLs
	logged  map[logKey]bool
	partyOf map[string]string // post -> party
	// rhythmOf is how often the actions for a goal are to be confirmed, by its plan.
	rhythmOf map[string]domain.Rhythm
	leading  map[string]bool // principal parties
	version  map[domain.Subject]int
}

// logKey tells entries apart: what happens to one thing at one instant under
// one permission is one entry, however many rows it takes.
type logKey struct {
	at         time.Time
	subject    domain.Subject
	permission domain.Permission
}

// after is at, or when the thing came to be if that was later: nothing refers
// to what does not exist yet.
func (s *story) after(at time.Time, ids ...*domain.AnyID) time.Time {
	for _, id := range ids {
		if id != nil && s.born[*id].After(at) {
			at = s.born[*id]
		}
	}
	return at
}

func (s *story) id(kind domain.SubjectKind, key string) domain.AnyID {
	if key == "" {
		return domain.AnyID{}
	}
	k := string(kind) + "/" + key
	id, ok := s.ids[k]
	if !ok {
		id.SetNew(domain.UUIDv7)
		s.ids[k] = id
	}
	return id
}

// ref is id for a column that may be empty.
func (s *story) ref(kind domain.SubjectKind, key string) *domain.AnyID { return s.id(kind, key).Ptr() }

// morning is when dated things happen that have no time of day.
func morning(d domain.Date) time.Time { return d.StartOfDay().Add(8 * time.Hour) }

// happen adds a step by a post of a party; either may be empty.
func (s *story) happen(at time.Time, party, post string, p domain.Permission, subject, parent domain.Subject, changes []domain.Change, do func(storage.ImportTx) error) {
	at = s.after(at, &subject.ID)
	actor := domain.Operator(domain.OriginImport)
	actor.PartyID = domain.PartyID{UUID: s.id(domain.SubjectParty, party).UUID}
	actor.PostID = domain.PostID{UUID: s.id(domain.SubjectPost, post).UUID}
	key := logKey{at, subject, p}
	silent := s.logged[key] && len(changes) == 0
	s.logged[key] = true
	if s.version[subject] == 0 || len(changes) > 0 {
		s.version[subject]++
	}
	version := s.version[subject]
	s.steps = append(s.steps, storage.Step{At: at, Do: do, Log: func(log *domain.AuditLog) {
		if silent {
			return
		}
		var opts []domain.EntryOption
		if parent.Kind != "" {
			opts = append(opts, domain.Under(parent))
		}
		log.Add(actor, p, subject, version, changes, opts...)
	}})
}

// insert adds the step that makes one row, by nobody in particular.
func (s *story) insert(at time.Time, p domain.Permission, kind domain.SubjectKind, key string, row storage.Row) {
	s.insertBy(at, "", "", p, kind, key, domain.Subject{}, row)
}

// insertBy adds the step that makes one row, by a post, under the thing whose
// history it belongs to.
func (s *story) insertBy(at time.Time, party, post string, p domain.Permission, kind domain.SubjectKind, key string, parent domain.Subject, row storage.Row) {
	id := s.id(kind, key)
	row["id"] = id
	for column, v := range row {
		if ref, ok := v.(*domain.AnyID); ok {
			at = s.after(at, ref)
		} else if ref, ok := v.(domain.AnyID); ok && column != "id" {
			at = s.after(at, &ref)
		}
	}
	s.born[id] = at
	s.happen(at, party, post, p, domain.Subject{Kind: kind, ID: id}, parent, firstValues(row), func(tx storage.ImportTx) error {
		return tx.Insert(tableOf(kind), row)
	})
}

// machineColumns say nothing that the log tells, or name a person.
var machineColumns = []string{"id", "version", "created_at", "updated_at", "name", "email", "subject", "lead_post_id", "lead_party_id", "lead_from", "lead_to", "action_id", "opened_party_id", "opened_post_id",
	"fresh_target", "fresh_limit", "freshness_target", "freshness_limit"}

// firstValues are the changes that make a row, in the words of the log.
func firstValues(row storage.Row) []domain.Change {
	var changes []domain.Change
	for _, column := range slices.Sorted(maps.Keys(row)) {
		v := row[column]
		if text, ok := strings.CutSuffix(column, "_fi"); ok {
			t := domain.Text{FI: v.(string), SV: row[text+"_sv"].(string), EN: row[text+"_en"].(string)}
			if !t.IsZero() {
				changes = append(changes, domain.Change{Field: camel(text), New: t})
			}
			continue
		}
		if strings.HasSuffix(column, "_sv") || strings.HasSuffix(column, "_en") || slices.Contains(machineColumns, column) ||
			v == nil || reflect.ValueOf(v).IsZero() {
			continue
		}
		changes = append(changes, domain.Change{Field: camel(column), New: v})
	}
	if target, ok := row["freshness_target"].(int); ok && target > 0 {
		changes = append(changes, domain.Change{Field: "rhythm", New: domain.Rhythm{Target: target, Limit: row["freshness_limit"].(int)}})
	}
	return changes
}

// camel turns the name of a column into that of a field: due_on -> dueOn.
func camel(column string) string {
	words := strings.Split(column, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

func tableOf(kind domain.SubjectKind) string {
	if kind == domain.SubjectGrant {
		return "role_grant"
	}
	return string(kind)
}

// inOrder sorts the steps by time, those of one instant as they were told, and
// lets nothing happen after now.
func (s *story) inOrder(now time.Time) []storage.Step {
	for i := range s.steps {
		if s.steps[i].At.After(now) {
			s.steps[i].At = now
		}
	}
	slices.SortStableFunc(s.steps, func(a, b storage.Step) int { return a.At.Compare(b.At) })
	return s.steps
}

func (s *story) tell(d *demodata.Dataset) {
	start := morning(d.HistoryFrom)
	for i, p := range d.Parties {
		s.leading[p.Key] = p.Principal
		s.insert(start, domain.PartyEdit, domain.SubjectParty, p.Key, storage.Row{"key": p.Key, "kind": p.Kind, "principal": p.Principal,
			"letter": p.Letter, "position": i + 1, "version": 1}.Text("name", p.Name).Text("short", p.Short))
	}
	for _, u := range d.Units {
		s.insert(start, domain.UnitEdit, domain.SubjectUnit, u.Key, storage.Row{"party_id": s.id(domain.SubjectParty, u.Party),
			"parent_id": s.ref(domain.SubjectUnit, u.Parent), "valid_from": u.From, "valid_to": u.To, "version": 1}.Text("name", u.Name))
	}
	for _, p := range d.Posts {
		s.partyOf[p.Key] = p.Party
		s.insert(start, domain.PostEdit, domain.SubjectPost, p.Key, storage.Row{"party_id": s.id(domain.SubjectParty, p.Party),
			"unit_id": s.id(domain.SubjectUnit, p.Unit), "valid_from": p.From, "valid_to": p.To, "version": 1}.Text("title", p.Title))
	}
	for _, p := range d.Persons {
		if p.Issuer == "" {
			continue // nobody signs in: the post stands without a holder's account
		}
		s.insert(start, domain.PersonSignIn, domain.SubjectPerson, p.Key, storage.Row{"issuer": s.issuer(p.Issuer), "subject": p.Subject,
			"party_id": s.id(domain.SubjectParty, p.Party), "name": p.Name, "email": p.Email, "version": 1})
	}
	s.tellTerms(d, start)
	s.tellForums(d)
	signsIn := map[string]bool{}
	for _, p := range d.Persons {
		signsIn[p.Key] = p.Issuer != ""
	}
	for i, h := range d.Holdings {
		if !signsIn[h.Person] {
			s.insertOutsider(d, h.Person, start)
			signsIn[h.Person] = true
		}
		s.insertEnding(domain.HoldingEdit, domain.SubjectHolding, fmt.Sprint(i), h.From, h.To, storage.Row{
			"person_id": s.id(domain.SubjectPerson, h.Person), "post_id": s.id(domain.SubjectPost, h.Post), "kind": h.Kind, "version": 1})
	}
	for i, g := range d.Grants {
		s.insertEnding(domain.GrantCreate, domain.SubjectGrant, fmt.Sprint(i), g.From, g.To, storage.Row{"role": g.Role,
			"post_id": s.ref(domain.SubjectPost, g.Post), "person_id": s.ref(domain.SubjectPerson, g.Person),
			"party_id": s.id(domain.SubjectParty, g.Party), "unit_id": s.ref(domain.SubjectUnit, g.Unit), "forum_id": s.ref(domain.SubjectForum, g.Forum),
			"created_at": morning(g.From), "version": 1})
	}
	s.tellMeetings(d)
	s.tellActions(d)
	s.tellRounds(d)
}

// issuer is the address of an identity provider; one that is not configured
// keeps its key, and nobody can sign in with it.
func (s *story) issuer(key string) string {
	if url := s.issuers[key]; url != "" {
		return url
	}
	return key
}

// insertOutsider adds a person of a party without an identity provider: it
// holds a post but cannot sign in.
func (s *story) insertOutsider(d *demodata.Dataset, key string, at time.Time) {
	i := slices.IndexFunc(d.Persons, func(p demodata.Person) bool { return p.Key == key })
	p := d.Persons[i]
	s.insert(at, domain.PersonSignIn, domain.SubjectPerson, key, storage.Row{"issuer": "", "subject": key,
		"party_id": s.id(domain.SubjectParty, p.Party), "name": p.Name, "email": p.Email, "version": 1})
}

// insertEnding adds a row that is valid from a date, and ends it on its last.
func (s *story) insertEnding(p domain.Permission, kind domain.SubjectKind, key string, from, to domain.Date, row storage.Row) {
	row["valid_from"] = from
	s.insert(morning(from), p, kind, key, row)
	if to.IsZero() {
		return
	}
	id := s.id(kind, key)
	s.happen(morning(to), "", "", p, domain.Subject{Kind: kind, ID: id}, domain.Subject{}, []domain.Change{{Field: "validTo", New: to.String()}},
		func(tx storage.ImportTx) error {
			return tx.Update(tableOf(kind), id, storage.Row{"valid_to": to, "version": 2})
		})
}

func (s *story) tellTerms(d *demodata.Dataset, start time.Time) {
	term := func(kind domain.SubjectKind, terms []demodata.Term) {
		for i, t := range terms {
			s.insert(start, domain.ThemeEdit, kind, t.Key, storage.Row{"key": t.Key, "position": i + 1, "version": 1}.Text("title", t.Title))
		}
	}
	term("target_group", d.TargetGroups)
	term("district", d.Districts)
	term(domain.SubjectTheme, d.Themes)
	for i, t := range d.Phases {
		s.insert(start, domain.PhaseEdit, domain.SubjectPhase, t.Key, storage.Row{"key": t.Key, "position": i + 1, "version": 1}.Text("title", t.Title))
	}
	for i, t := range d.Tags {
		s.insert(start, domain.TagEdit, domain.SubjectTag, t.Key, storage.Row{"key": t.Key, "position": i + 1, "version": 1}.Text("title", t.Title))
	}
	for _, l := range d.LegalBases {
		s.insert(start, domain.ThemeEdit, "legal_basis", l.Key, storage.Row{"key": l.Key, "act": l.Act, "section": l.Section, "version": 1}.Text("title", l.Title))
	}
	byStart := slices.Clone(d.Plans) // one that is superseded is there first
	slices.SortStableFunc(byStart, func(a, b demodata.Plan) int { return a.StartsOn.DaysUntil(b.StartsOn) * -1 })
	for _, p := range byStart {
		s.insert(start, domain.PlanEdit, domain.SubjectPlan, p.Key, storage.Row{"key": p.Key, "council_term": p.CouncilTerm, "starts_on": p.StartsOn,
			"ends_on": p.EndsOn, "supersedes_id": s.ref(domain.SubjectPlan, p.Supersedes),
			"freshness_target": p.Freshness.Target, "freshness_limit": p.Freshness.Limit, "visibility": p.Visibility.Level, "visibility_ground": p.Visibility.Ground, "version": 1,
			"created_at": start, "updated_at": start}.Text("title", p.Title))
		s.references(start, domain.PlanEdit, domain.SubjectPlan, p.Key, p.LegalBases, nil)
		for _, r := range p.Revisions {
			at, key, of := morning(r.AdoptedOn), fmt.Sprintf("%s/%d", p.Key, r.No), domain.Subject{Kind: domain.SubjectPlan, ID: s.id(domain.SubjectPlan, p.Key)}
			if at.Before(start) {
				at = start
			}
			s.insertBy(at, "", "", domain.PlanEdit, domain.SubjectPlanRevision, key, of, storage.Row{"plan_id": of.ID, "no": r.No, "year": r.Year,
				"adopted_on": r.AdoptedOn}.Text("description", r.Description))
			s.references(at, domain.PlanEdit, domain.SubjectPlanRevision, key, nil, r.CaseReferences)
		}
		for _, e := range p.AnnualCycle {
			s.insert(start, domain.PlanEdit, "plan_event", p.Key+"/"+e.Key, storage.Row{"plan_id": s.id(domain.SubjectPlan, p.Key),
				"month": e.Month, "key": e.Key}.Text("title", e.Title))
		}
	}
	last := 0
	for _, g := range d.Goals {
		at := morning(g.CreatedOn)
		for _, p := range d.Plans {
			if p.Key == g.Plan {
				s.rhythmOf[g.Key] = p.Freshness
			}
		}
		s.insert(at, domain.GoalCreate, domain.SubjectGoal, g.Key, storage.Row{"no": g.Number, "plan_id": s.id(domain.SubjectPlan, g.Plan),
			"theme_id": s.id(domain.SubjectTheme, g.Theme), "visibility": g.Visibility.Level, "visibility_ground": g.Visibility.Ground,
			"shared_goal_id": s.ref(domain.SubjectGoal, g.SharedGoal), "party_id": s.ref(domain.SubjectParty, g.Party),
			"version": 1, "created_at": at, "updated_at": at}.Text("title", g.Title).Text("description", g.Description))
		s.links(at, domain.GoalCreate, domain.SubjectGoal, g.Key, "goal_target_group", "goal_id", "target_group_id", "target_group", g.TargetGroups)
		s.tags(at, domain.GoalCreate, domain.SubjectGoal, g.Key, g.Tags)
		s.references(at, domain.GoalCreate, domain.SubjectGoal, g.Key, g.LegalBases, g.CaseReferences)
		s.responsibilities(domain.GoalEdit, domain.SubjectGoal, g.Key, g.Responsibilities)
		for i, r := range g.Reservations {
			made, goal, party := morning(r.MadeOn), domain.Subject{Kind: domain.SubjectGoal, ID: s.id(domain.SubjectGoal, g.Key)}, s.partyOf[r.Post]
			s.insertBy(made, party, r.Post, domain.ReservationMake, domain.SubjectReservation, fmt.Sprintf("%s/%d", g.Key, i), goal, storage.Row{
				"subject_kind": goal.Kind, "subject_id": goal.ID, "party_id": s.id(domain.SubjectParty, party), "post_id": s.id(domain.SubjectPost, r.Post),
				"visibility": r.Visibility.Level, "visibility_ground": r.Visibility.Ground, "made_at": made, "version": 1}.Text("text", r.Text))
		}
		last = max(last, g.Number)
	}
	s.raise(start, domain.SubjectPlan, d.Plans[0].Key, "goal_no_seq", last)
	for i, c := range d.Chains {
		at := morning(c.CreatedOn)
		s.insert(at, domain.ChainEdit, domain.SubjectChain, c.Key, storage.Row{"key": c.Key, "position": i + 1, "theme_id": s.ref(domain.SubjectTheme, c.Theme),
			"visibility": c.Visibility.Level, "visibility_ground": c.Visibility.Ground, "version": 1, "created_at": at, "updated_at": at}.
			Text("title", c.Title).Text("description", c.Description))
		s.responsibilities(domain.ChainEdit, domain.SubjectChain, c.Key, c.Responsibilities)
		for j, st := range c.Stages {
			s.insert(at, domain.ChainEdit, domain.SubjectStage, st.Key, storage.Row{"chain_id": s.id(domain.SubjectChain, c.Key), "position": j + 1,
				"party_id": s.id(domain.SubjectParty, st.Party), "prevention_level": st.PreventionLevel,
				"valid_from": c.CreatedOn, "version": 1}.
				Text("title", st.Title).Text("description", st.Description).Text("target_group", st.TargetGroup).Text("channel", st.Channel).Codes("languages", st.Languages))
			s.responsibilities(domain.ChainEdit, domain.SubjectStage, st.Key, st.Responsibilities)
		}
		for j, h := range c.Handovers {
			s.handover(c, j, h)
		}
	}
	for _, g := range d.Goals {
		s.pins(morning(g.CreatedOn), domain.GoalEdit, domain.SubjectGoal, g.Key, g.Stages, g.Handovers)
	}
}

// handover tells an edge of a chain as agreed by the principal parties of its
// stages, or as proposed to them.
func (s *story) handover(c demodata.Chain, place int, h demodata.Handover) {
	chainSubject := domain.Subject{Kind: domain.SubjectChain, ID: s.id(domain.SubjectChain, c.Key)}
	from, by := c.CreatedOn, ""
	if h.Waiting != nil {
		from, by = h.Waiting.ProposedOn, h.Waiting.By
	}
	at := s.after(morning(from), &chainSubject.ID)
	var circle []string
	for _, st := range c.Stages {
		if (st.Key == h.From || st.Key == h.To) && s.leading[st.Party] && !slices.Contains(circle, st.Party) {
			circle = append(circle, st.Party)
		}
	}
	terms := chain.Terms{FromStageID: domain.StageID{UUID: s.id(domain.SubjectStage, h.From).UUID}, ToStageID: domain.StageID{UUID: s.id(domain.SubjectStage, h.To).UUID},
		What: h.What, Channel: h.Channel, TargetDays: &h.TargetDays}
	standing := domain.InForce
	if h.Waiting != nil {
		standing = domain.Proposed
	}
	s.insertBy(at, s.partyOf[by], by, domain.ChainEdit, domain.SubjectHandover, h.Key, chainSubject, storage.Row{"chain_id": chainSubject.ID,
		"from_stage_id": s.id(domain.SubjectStage, h.From), "to_stage_id": s.id(domain.SubjectStage, h.To), "position": place + 1, "target_days": h.TargetDays,
		"gap": h.Gap, "next_review_on": h.NextReviewOn, "standing": standing, "revision": 1, "valid_from": from, "version": 1, "updated_at": at}.
		Text("what", h.What).Text("channel", h.Channel).Text("gap_reason", h.GapReason))
	subject := domain.Subject{Kind: domain.SubjectHandover, ID: s.id(domain.SubjectHandover, h.Key)}
	for _, e := range h.Evidence {
		row := storage.Row{"id": domain.UUIDv7(), "handover_id": subject.ID, "url": e.URL, "checked_on": e.CheckedOn}.Text("title", e.Title)
		s.happen(s.after(morning(e.CheckedOn), &subject.ID), "", "", domain.ChainEdit, subject, chainSubject, []domain.Change{{Field: "evidence", New: e.Title}},
			func(tx storage.ImportTx) error { return tx.Insert("handover_evidence", row) })
	}
	if h.Waiting == nil {
		s.happen(at, "", "", domain.ChainEdit, subject, chainSubject, nil, func(tx storage.ImportTx) error {
			return s.agree(tx, domain.SubjectHandover, subject.ID, terms, circle, at)
		})
		return
	}
	s.propose(at, domain.ChainEdit, subject, chainSubject, "handover", 1, terms, circle, *h.Waiting)
}

// raise makes numbers go on after those of the data set.
func (s *story) raise(at time.Time, kind domain.SubjectKind, key, sequence string, last int) {
	s.happen(at, "", "", domain.PlanEdit, domain.Subject{Kind: kind, ID: s.id(kind, key)}, domain.Subject{}, nil, func(tx storage.ImportTx) error {
		return tx.Raise(sequence, max(last, 1))
	})
}

func (s *story) links(at time.Time, p domain.Permission, kind domain.SubjectKind, key, table, owner, column string, other domain.SubjectKind, keys []string) {
	for _, k := range keys {
		otherID := s.id(other, k)
		row := storage.Row{"id": domain.UUIDv7(), owner: s.id(kind, key), column: otherID}
		s.happen(s.after(at, &otherID), "", "", p, domain.Subject{Kind: kind, ID: s.id(kind, key)}, domain.Subject{}, nil, func(tx storage.ImportTx) error {
			return tx.Insert(table, row)
		})
	}
}

// pins pins a goal or forum to stages and hand-overs, from when they are there.
func (s *story) pins(at time.Time, p domain.Permission, kind domain.SubjectKind, key string, stages, handovers []string) {
	table := string(kind)
	s.links(at, p, kind, key, table+"_stage", table+"_id", "stage_id", domain.SubjectStage, stages)
	s.links(at, p, kind, key, table+"_handover", table+"_id", "handover_id", domain.SubjectHandover, handovers)
}

// tags gives a thing its tags.
func (s *story) tags(at time.Time, p domain.Permission, kind domain.SubjectKind, key string, tags []string) {
	subject := domain.Subject{Kind: kind, ID: s.id(kind, key)}
	for _, t := range tags {
		row := storage.Row{"id": domain.UUIDv7(), "subject_kind": kind, "subject_id": subject.ID, "tag_id": s.id(domain.SubjectTag, t)}
		s.happen(at, "", "", p, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error { return tx.Insert("tag_link", row) })
	}
}

func (s *story) references(at time.Time, p domain.Permission, kind domain.SubjectKind, key string, bases []string, cases []demodata.CaseReference) {
	subject := domain.Subject{Kind: kind, ID: s.id(kind, key)}
	for _, b := range bases {
		row := storage.Row{"id": domain.UUIDv7(), "subject_kind": kind, "subject_id": subject.ID, "legal_basis_id": s.id("legal_basis", b)}
		s.happen(at, "", "", p, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error { return tx.Insert("legal_basis_link", row) })
	}
	for _, c := range cases {
		row := storage.Row{"id": domain.UUIDv7(), "subject_kind": kind, "subject_id": subject.ID, "party_id": s.id(domain.SubjectParty, c.Party),
			"registry_no": c.RegistryNo, "url_fi": c.URLFI, "url_sv": c.URLSV}
		s.happen(at, "", "", p, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error { return tx.Insert("case_reference", row) })
	}
}

func (s *story) tellForums(d *demodata.Dataset) {
	for _, f := range d.Forums {
		at := morning(f.CreatedOn)
		s.insert(at, domain.ForumCreate, domain.SubjectForum, f.Key, storage.Row{"key": f.Key, "level": f.Level, "reach": f.Reach, "paper": f.Paper,
			"meetings_per_year": f.MeetingsPerYear, "parent_id": s.ref(domain.SubjectForum, f.Parent), "chain_id": s.ref(domain.SubjectChain, f.Chain),
			"valid_from": f.CreatedOn, "visibility": f.Visibility.Level, "visibility_ground": f.Visibility.Ground, "version": 1,
			"created_at": at, "updated_at": at}.Text("title", f.Title).Text("purpose", f.Purpose).Text("mandate", f.Mandate))
		s.mandate(d, f)
		s.links(at, domain.ForumEdit, domain.SubjectForum, f.Key, "forum_goal", "forum_id", "goal_id", domain.SubjectGoal, f.Goals)
		s.pins(at, domain.ForumEdit, domain.SubjectForum, f.Key, f.Stages, f.Handovers)
		s.references(at, domain.ForumEdit, domain.SubjectForum, f.Key, f.LegalBases, f.CaseReferences)
		for i, m := range f.Members {
			s.insertEnding(domain.ForumEdit, domain.SubjectMembership, fmt.Sprintf("%s/%d", f.Key, i), m.From, m.To, storage.Row{
				"forum_id": s.id(domain.SubjectForum, f.Key), "post_id": s.id(domain.SubjectPost, m.Post), "role": m.Role, "version": 1})
		}
	}
}

func (s *story) tellMeetings(d *demodata.Dataset) {
	for _, f := range d.Forums {
		secretary := ""
		for _, m := range f.Members {
			if m.Role == "secretary" && m.To.IsZero() {
				secretary = m.Post
			}
		}
		party := s.partyOf[secretary]
		for _, m := range d.Meetings {
			if m.Forum == f.Key {
				s.tellMeeting(m, party, secretary)
			}
		}
	}
}

func (s *story) tellMeeting(m demodata.Meeting, party, secretary string) {
	id := s.id(domain.SubjectMeeting, m.Key)
	subject := domain.Subject{Kind: domain.SubjectMeeting, ID: id}
	at := morning(m.CreatedOn)
	s.insertBy(at, party, secretary, domain.MeetingCreate, domain.SubjectMeeting, m.Key, domain.Subject{}, storage.Row{"forum_id": s.id(domain.SubjectForum, m.Forum), "year": m.Number.Year,
		"number": m.Number.No, "starts_at": m.StartsAt.UTC(), "ends_at": m.EndsAt.UTC(), "status": "draft", "visibility": m.Visibility.Level,
		"visibility_ground": m.Visibility.Ground, "version": 1, "created_at": at, "updated_at": at}.Text("place", m.Place))
	s.references(at, domain.MeetingEdit, domain.SubjectMeeting, m.Key, m.LegalBases, m.CaseReferences)
	for i, item := range m.Items {
		s.tellItem(m, i, item, at, party, secretary)
	}
	if m.Status == "draft" {
		return
	}
	version := 1
	become := func(at time.Time, post, postParty string, p domain.Permission, status string, row storage.Row) {
		version++
		v := version
		s.happen(at, postParty, post, p, subject, domain.Subject{}, []domain.Change{{Field: "status", New: status}}, func(tx storage.ImportTx) error {
			row["status"], row["version"], row["updated_at"] = status, v, at
			return tx.Update("meeting", id, row)
		})
	}
	called := morning(m.CalledOn)
	become(called, secretary, party, domain.MeetingCall, "called", storage.Row{"called_at": called})
	held := m.Status == "closed" || m.Status == "approved" || m.Status == "published"
	for i, p := range m.Participants {
		attendance := p.Attendance
		if held {
			attendance = "expected"
		}
		pid := s.id(domain.SubjectParticipant, fmt.Sprintf("%s/%d", m.Key, i))
		row := storage.Row{"id": pid, "meeting_id": id, "party_id": s.id(domain.SubjectParty, p.Party), "post_id": s.ref(domain.SubjectPost, p.Post),
			"guest_name": p.Guest, "role": p.Role, "inspector": p.Inspector, "attendance": attendance, "position": i + 1, "version": 1}
		s.happen(called, party, secretary, domain.MeetingCall, subject, domain.Subject{}, nil, func(tx storage.ImportTx) error {
			return tx.Insert("participant", row)
		})
		if held {
			s.happen(m.StartsAt.UTC(), party, secretary, domain.MeetingRecord, domain.Subject{Kind: domain.SubjectParticipant, ID: pid}, subject,
				[]domain.Change{{Field: "attendance", Old: "expected", New: p.Attendance}}, func(tx storage.ImportTx) error {
					return tx.Update("participant", pid, storage.Row{"attendance": p.Attendance, "version": 2})
				})
		}
	}
	if m.Status == "cancelled" {
		become(morning(m.CancelledOn), secretary, party, domain.MeetingCancel, "cancelled", storage.Row{}.Text("cancel_reason", m.CancelReason))
		return
	}
	if !held {
		return
	}
	start, end := m.StartsAt.UTC(), m.EndsAt.UTC()
	become(start, secretary, party, domain.MeetingStart, "in_progress", storage.Row{"started_at": start})
	become(end, secretary, party, domain.MeetingClose, "closed", storage.Row{"closed_at": end})
	var approved time.Time
	approvals := slices.DeleteFunc(slices.Clone(m.Approvals), func(a demodata.Approval) bool { return a.ApprovedOn.IsZero() })
	slices.SortStableFunc(approvals, func(a, b demodata.Approval) int { return morning(a.ApprovedOn).Compare(morning(b.ApprovedOn)) })
	own := domain.PaperID{UUID: s.id(domain.SubjectPaper, m.Key).UUID}
	for i, a := range approvals {
		when := morning(a.ApprovedOn)
		if when.After(approved) {
			approved = when
		}
		row := storage.Row{"id": s.id(domain.SubjectApproval, fmt.Sprintf("%s/%d", m.Key, i)), "meeting_id": id,
			"post_id": s.id(domain.SubjectPost, a.Post), "role": a.Role, "approved_at": when, "version": 1}
		last := i == len(approvals)-1 && m.Status != "closed"
		s.happen(when, s.partyOf[a.Post], a.Post, domain.MeetingApprove, subject, domain.Subject{}, []domain.Change{{Field: "approval", New: a.Role}}, func(tx storage.ImportTx) error {
			return tx.ApprovePaper(domain.MeetingID{UUID: id.UUID}, row, last, own, when)
		})
	}
	if m.Status == "closed" {
		return
	}
	become(approved, "", "", domain.MeetingApprove, "approved", storage.Row{"approved_at": approved})
	if m.Status == "published" {
		when := morning(m.PublishedOn).Add(time.Hour)
		become(when, secretary, party, domain.MeetingPublish, "published", storage.Row{"published_at": when})
	}
}

func (s *story) tellItem(m demodata.Meeting, i int, item demodata.AgendaItem, at time.Time, party, secretary string) {
	var no, section, reserved *int
	if no = &item.AgendaNo; item.AgendaNo == 0 {
		no = nil
	}
	if section = &item.Section; item.Section == 0 {
		section = nil
	}
	if reserved = &item.MinutesReserved; item.MinutesReserved == 0 {
		reserved = nil
	}
	meeting := domain.Subject{Kind: domain.SubjectMeeting, ID: s.id(domain.SubjectMeeting, m.Key)}
	id := s.id(domain.SubjectAgendaItem, item.Key)
	s.insertBy(at, party, secretary, domain.MeetingEdit, domain.SubjectAgendaItem, item.Key, meeting, storage.Row{"meeting_id": meeting.ID, "position": fmt.Sprintf("a%c", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[i]),
		"agenda_no": no, "section": section, "presenter_post_id": s.ref(domain.SubjectPost, item.Presenter), "minutes_reserved": reserved,
		"visibility": item.Visibility.Level, "visibility_ground": item.Visibility.Ground, "version": 1, "created_at": at, "updated_at": at}.
		Text("title", item.Title).Text("preparer", item.Preparer).Text("proposal", item.Proposal).Text("explanation", item.Explanation).
		Text("goes_on_to", item.GoesOnTo).Text("heard", item.Heard))
	s.references(at, domain.MeetingEdit, domain.SubjectAgendaItem, item.Key, item.LegalBases, item.CaseReferences)
	recorded := m.EndsAt.UTC().Add(-10 * time.Minute)
	if !item.Proceedings.IsZero() || !item.Decision.IsZero() {
		s.happen(recorded, party, secretary, domain.MeetingRecord, domain.Subject{Kind: domain.SubjectAgendaItem, ID: id}, meeting, nil, func(tx storage.ImportTx) error {
			return tx.Update("agenda_item", id, storage.Row{"version": 2, "updated_at": recorded}.Text("proceedings", item.Proceedings).Text("decision", item.Decision))
		})
	}
	for j, o := range item.Outcomes {
		s.insertBy(recorded, party, secretary, domain.MeetingRecord, domain.SubjectOutcome, o.Key, meeting, storage.Row{"agenda_item_id": id, "no": j + 1, "type": o.Type,
			"recorded_at": recorded, "version": 1}.Text("text", o.Text).Text("no_action_reason", o.NoActionReason))
	}
}

func (s *story) tellActions(d *demodata.Dataset) {
	origin := map[string]string{}
	for _, m := range d.Meetings {
		for _, item := range m.Items {
			for _, o := range item.Outcomes {
				for _, a := range o.Actions {
					origin[a] = o.Key
				}
			}
		}
	}
	last := 0
	for _, a := range d.Actions {
		last = max(last, a.Number)
		s.tellAction(a, origin[a.Key])
	}
	for _, a := range d.Actions {
		s.tellNeeds(a)
	}
	s.raise(morning(d.HistoryFrom), domain.SubjectPlan, d.Plans[0].Key, "action_no_seq", last)
}

// rhythm writes how often an action is to be confirmed: what it says of its own,
// and beside it what it goes by, its own or the strictest of its plans.
func (s *story) rhythm(row storage.Row, a demodata.Action) {
	by := s.rhythmOf[a.Goals[0]]
	for _, goal := range a.Goals {
		by.Target, by.Limit = min(by.Target, s.rhythmOf[goal].Target), min(by.Limit, s.rhythmOf[goal].Limit)
	}
	if own := a.Freshness; !own.IsZero() {
		row["freshness_target"], row["freshness_limit"] = own.Target, own.Limit
		by = own
	}
	row["fresh_target"], row["fresh_limit"] = by.Target, by.Limit
}

func (s *story) tellAction(a demodata.Action, outcome string) {
	at := morning(a.CreatedOn).Add(time.Hour)
	leading := a.Leading()
	lead := leading.Post
	id := s.id(domain.SubjectAction, a.Key)
	subject := domain.Subject{Kind: domain.SubjectAction, ID: id}
	row := storage.Row{"no": a.Number, "starts_on": a.StartsOn, "due_on": a.DueOn, "due_last_on": a.DueOn,
		"status": "not_started", "progress": 0, "lead_post_id": s.ref(domain.SubjectPost, lead), "lead_party_id": s.ref(domain.SubjectParty, s.partyOf[lead]),
		"lead_from": leading.From, "lead_to": leading.To,
		"phase_id": s.ref(domain.SubjectPhase, a.Phase), "forum_id": s.ref(domain.SubjectForum, a.Forum), "stage_id": s.ref(domain.SubjectStage, a.Stage), "handover_id": s.ref(domain.SubjectHandover, a.Handover), "outcome_id": s.ref(domain.SubjectOutcome, outcome),
		"confirmed_on": a.CreatedOn, "visibility": a.Visibility.Level, "visibility_ground": a.Visibility.Ground, "version": 1, "created_at": at, "updated_at": at}.
		Text("title", a.Title).Text("description", a.Description)
	s.rhythm(row, a)
	s.insert(at, domain.ActionCreate, domain.SubjectAction, a.Key, row)
	s.links(at, domain.ActionCreate, domain.SubjectAction, a.Key, "action_goal", "action_id", "goal_id", domain.SubjectGoal, a.Goals)
	s.links(at, domain.ActionCreate, domain.SubjectAction, a.Key, "action_target_group", "action_id", "target_group_id", "target_group", a.TargetGroups)
	s.links(at, domain.ActionCreate, domain.SubjectAction, a.Key, "action_district", "action_id", "district_id", "district", a.Districts)
	s.tags(at, domain.ActionCreate, domain.SubjectAction, a.Key, a.Tags)
	s.references(at, domain.ActionCreate, domain.SubjectAction, a.Key, a.LegalBases, a.CaseReferences)
	s.responsibilities(domain.ActionEdit, domain.SubjectAction, a.Key, a.Responsibilities)

	s.tellTasks(at, a)

	phase := func(key string) domain.PhaseID { return domain.PhaseID{UUID: s.id(domain.SubjectPhase, key).UUID} }
	told := action.Action{Status: action.NotStarted, PhaseID: phase(a.Phase), ConfirmedOn: a.CreatedOn, Responsibilities: s.responsible(a.Responsibilities)}
	var result domain.Text
	version := 1
	for _, r := range a.Reports {
		when := r.ReportedAt.UTC()
		if when.Before(at) {
			when = at.Add(time.Minute)
		}
		post := ""
		for _, resp := range a.Responsibilities {
			if s.partyOf[resp.Post] == r.Party && (post == "" || resp.Part == domain.Lead) && resp.To.IsZero() {
				post = resp.Post
			}
		}
		old, party, reportID := told, domain.PartyID{UUID: s.id(domain.SubjectParty, r.Party).UUID}, domain.UUIDv7()
		said := action.PartyStatus{PartyID: party, Status: action.Status(r.Status), Progress: r.Progress, ConfirmedOn: r.ReportedOn}
		told.Say(said, when)
		told.Enter(phase(r.Phase))
		changes := domain.Diff(old, told)
		if len(told.Reporters()) > 1 {
			changes = append(changes, domain.Change{Field: "partyStatus", New: said.AuditValue()})
		}
		if r.Status == "done" && result.IsZero() {
			result = a.Result
			changes = append(changes, domain.Change{Field: "result", New: result})
		}
		version++
		row := storage.Row{"status": told.Status, "progress": told.Progress, "confirmed_on": told.ConfirmedOn, "statuses_differ": told.StatusesDiffer, "phase_id": told.PhaseID.Ptr(),
			"version": version, "updated_at": when}.Text("result", result)
		report := storage.Row{"id": reportID, "action_id": id, "party_id": s.id(domain.SubjectParty, r.Party), "post_id": s.ref(domain.SubjectPost, post),
			"status": r.Status, "progress": r.Progress, "reason": r.Reason, "public": r.Public, "reported_on": r.ReportedOn, "reported_at": when, "version": 1}.Text("text", r.Text)
		saidRow := storage.Row{"status": r.Status, "progress": r.Progress, "confirmed_on": r.ReportedOn}
		confirmsOnly := r.Text.IsZero()
		if !confirmsOnly {
			saidRow["report_id"] = reportID
		}
		saidID, spoken := s.said(id, r.Party)
		s.happen(when, r.Party, post, domain.ActionReport, subject, domain.Subject{}, changes, func(tx storage.ImportTx) error {
			if !confirmsOnly {
				if err := tx.Insert("status_report", report); err != nil {
					return err
				}
			}
			if err := tx.Update("action", id, row); err != nil {
				return err
			}
			if spoken {
				return tx.Update("action_party_status", saidID, saidRow)
			}
			saidRow["id"], saidRow["action_id"], saidRow["party_id"] = saidID, id, party
			return tx.Insert("action_party_status", saidRow)
		})
	}
}

// tellNeeds makes an action wait for others on the day after it, or after the other
// was made.
func (s *story) tellNeeds(a demodata.Action) {
	of := domain.Subject{Kind: domain.SubjectAction, ID: s.id(domain.SubjectAction, a.Key)}
	for _, needs := range a.Needs {
		other := s.id(domain.SubjectAction, needs)
		at := s.after(morning(a.CreatedOn).Add(25*time.Hour), &other).Add(time.Minute)
		s.insertBy(at, s.partyOf[a.Lead()], a.Lead(), domain.ActionEdit, domain.SubjectDependency, a.Key+">"+needs, of,
			storage.Row{"action_id": of.ID, "needs_id": other, "created_at": at})
	}
}

// tellTasks makes the tasks of an action on the day after it, and each one done on
// its day, by who does it; with what the action's row holds of them.
func (s *story) tellTasks(made time.Time, a demodata.Action) {
	of := domain.Subject{Kind: domain.SubjectAction, ID: s.id(domain.SubjectAction, a.Key)}
	made = made.Add(24 * time.Hour)
	open := map[int]bool{}
	keep := func(tx storage.ImportTx) error {
		var next *domain.Date
		for i, t := range a.Tasks {
			if last := t.DueLast(); open[i] && (next == nil || last.Before(*next)) {
				next = &last
			}
		}
		if next == nil {
			return tx.Update("action", of.ID, storage.Row{"task_last_on": nil})
		}
		return tx.Update("action", of.ID, storage.Row{"task_last_on": *next})
	}
	for i, t := range a.Tasks {
		key := fmt.Sprintf("%s/%d", a.Key, i)
		by := t.Post
		if by == "" {
			by = a.Lead()
		}
		at := made.Add(time.Duration(i) * time.Minute)
		s.insertBy(at, s.partyOf[by], by, domain.TaskEdit, domain.SubjectTask, key, of, storage.Row{"action_id": of.ID, "kind": t.Kind, "due_on": t.DueOn, "due_precision": t.DuePrecision,
			"due_last_on": t.DueLast(), "post_id": s.ref(domain.SubjectPost, t.Post), "version": 1, "created_at": at, "updated_at": at}.Text("title", t.Title))
		step := &s.steps[len(s.steps)-1]
		insert := step.Do
		step.Do = func(tx storage.ImportTx) error {
			open[i] = true
			if err := insert(tx); err != nil {
				return err
			}
			return keep(tx)
		}
		if t.DoneOn.IsZero() {
			continue
		}
		when := morning(t.DoneOn).Add(2 * time.Hour)
		if !when.After(at) {
			when = at.Add(time.Minute)
		}
		subject := domain.Subject{Kind: domain.SubjectTask, ID: s.id(domain.SubjectTask, key)}
		s.happen(when, s.partyOf[by], by, domain.TaskComplete, subject, of, []domain.Change{{Field: "doneOn", New: t.DoneOn}}, func(tx storage.ImportTx) error {
			open[i] = false
			if err := tx.Update("action_task", subject.ID, storage.Row{"done_on": t.DoneOn, "version": 2, "updated_at": when}); err != nil {
				return err
			}
			return keep(tx)
		})
	}
}

// responsible are the posts that have a part in an action today, as the rule of
// the joint status wants them.
func (s *story) responsible(rs []demodata.Responsibility) (out []domain.Responsible) {
	for _, r := range rs {
		if party := s.partyOf[r.Post]; r.To.IsZero() {
			out = append(out, domain.Responsible{Part: r.Part, Standing: domain.InForce, PartyID: domain.PartyID{UUID: s.id(domain.SubjectParty, party).UUID}, Principal: s.leading[party]})
		}
	}
	return out
}

// said is the row of what a party says of an action, and whether it was there.
func (s *story) said(id domain.AnyID, party string) (row domain.AnyID, spoken bool) {
	key := "party_status/" + party + "/" + id.String()
	_, spoken = s.ids[key]
	if !spoken {
		s.ids[key] = domain.AnyID{UUID: domain.UUIDv7()}
	}
	return s.ids[key], spoken
}
