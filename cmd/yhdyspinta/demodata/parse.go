package demodata

import (
	"io"
	"regexp"
	"slices"
	"strconv"

	"yhdyspinta/domain"
)

// The kinds of things that keys name, as problems call them.
const (
	kindParty       = "party"
	kindUnit        = "unit"
	kindPost        = "post"
	kindPerson      = "person"
	kindTargetGroup = "target group"
	kindDistrict    = "district"
	kindPhase       = "phase"
	kindTag         = "tag"
	kindLegalBasis  = "legal basis"
	kindPlan        = "plan"
	kindRound       = "round"
	kindTheme       = "theme"
	kindGoal        = "goal"
	kindChain       = "chain"
	kindStage       = "stage"
	kindHandover    = "hand-over"
	kindForum       = "forum"
	kindMeeting     = "meeting"
	kindItem        = "agenda item"
	kindOutcome     = "outcome"
	kindAction      = "action"
)

// schemaVersion is the version of the format.
const schemaVersion = 2

// Parse reads and checks a data set. The error is Problems: all that is wrong,
// each with its line and place; then the Dataset is nil.
func Parse(in io.Reader) (*Dataset, error) {
	r := &reader{lines: map[string]int{}, names: map[string]map[string]int{}}
	whole, ok := r.load(in)
	if !ok {
		return nil, r.result()
	}
	d := &Dataset{}
	o := whole.object()
	d.readMeta(o.need("meta"))
	d.readOrganisation(o)
	d.readPlan(o)
	for _, e := range o.need("chains").things(kindChain) {
		d.Chains = append(d.Chains, readChain(e))
	}
	for _, e := range o.need("forums").things(kindForum) {
		d.Forums = append(d.Forums, readForum(e))
	}
	for _, e := range o.need("meetings").things(kindMeeting) {
		d.Meetings = append(d.Meetings, readMeeting(e))
	}
	for _, e := range o.need("actions").things(kindAction) {
		d.Actions = append(d.Actions, readAction(e))
	}
	d.readRounds(o)
	d.readLater(o.opt("later"))
	o.close()
	r.resolve()
	if r.result() == nil { // rules are checked on what is complete
		d.complete()
		check(r, d)
	}
	if err := r.result(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Dataset) readMeta(a at) {
	o := a.object()
	o.need("schema_version").number(schemaVersion, schemaVersion)
	d.Name = o.need("dataset").str()
	if synthetic := o.need("synthetic"); synthetic.present() && !synthetic.boolean() {
		synthetic.fail("must be true: a demo holds nothing real")
	}
	d.ReferenceDate = o.need("reference_date").date()
	d.HistoryFrom = o.need("history_from").date()
	d.Notice = o.need("notice").text(true, maxText)
	o.close()
}

func (d *Dataset) readOrganisation(file *object) {
	for _, e := range file.need("parties").things(kindParty) {
		o := e.object()
		d.Parties = append(d.Parties, Party{
			Key: e.key,
			Kind: o.need("kind").enum("municipality", "wellbeing_services_county", "joint_authority",
				"third_sector", "parish_union", "education_provider"),
			Principal: o.need("principal").boolean(),
			Letter:    o.need("letter").words(1),
			Name:      o.need("name").title(),
			Short:     o.need("short").title(),
		})
		o.close()
	}
	for _, e := range file.need("units").things(kindUnit) {
		o := e.object()
		d.Units = append(d.Units, Unit{
			Key:    e.key,
			Party:  o.need("party").ref(kindParty),
			Parent: o.opt("parent").ref(kindUnit),
			Name:   o.need("name").title(),
			From:   o.opt("from").date(),
			To:     o.opt("to").date(),
		})
		o.close()
	}
	for _, e := range file.need("posts").things(kindPost) {
		o := e.object()
		d.Posts = append(d.Posts, Post{
			Key:   e.key,
			Unit:  o.need("unit").ref(kindUnit),
			Title: o.need("title").title(),
			From:  o.opt("from").date(),
			To:    o.opt("to").date(),
		})
		o.close()
	}
	for _, e := range file.need("persons").things(kindPerson) {
		o := e.object()
		d.Persons = append(d.Persons, Person{
			Key:     e.key,
			Name:    o.need("name").str(),
			Party:   o.need("party").ref(kindParty),
			Issuer:  o.opt("issuer").ref(kindParty),
			Subject: o.opt("subject").str(),
			Email:   o.opt("email").str(),
		})
		o.close()
	}
	for _, e := range file.need("holdings").list() {
		o := e.object()
		d.Holdings = append(d.Holdings, Holding{
			Post:   o.need("post").ref(kindPost),
			Person: o.need("person").ref(kindPerson),
			Kind:   o.need("kind").enum("holder", "deputy"),
			From:   o.need("from").date(),
			To:     o.opt("to").date(),
		})
		o.close()
	}
	roles := make([]string, len(domain.GrantedRoles))
	for i, r := range domain.GrantedRoles {
		roles[i] = string(r)
	}
	for _, e := range file.need("grants").list() {
		o := e.object()
		d.Grants = append(d.Grants, Grant{
			Role:       domain.Role(o.need("role").enum(roles...)),
			Post:       o.opt("post").ref(kindPost),
			Person:     o.opt("person").ref(kindPerson),
			PartyScope: o.opt("party").ref(kindParty),
			Unit:       o.opt("unit").ref(kindUnit),
			Forum:      o.opt("forum").ref(kindForum),
			From:       o.need("from").date(),
			To:         o.opt("to").date(),
		})
		o.close()
	}
}

func readTerms(a at, kind string) []Term {
	var out []Term
	for _, e := range a.things(kind) {
		out = append(out, Term{e.key, e.title()})
	}
	return out
}

func (d *Dataset) readPlan(file *object) {
	d.TargetGroups = readTerms(file.need("target_groups"), kindTargetGroup)
	d.Districts = readTerms(file.need("districts"), kindDistrict)
	d.Tags = readTerms(file.opt("tags"), kindTag)
	d.Phases = readTerms(file.opt("phases"), kindPhase)
	for _, e := range file.need("legal_bases").things(kindLegalBasis) {
		o := e.object()
		d.LegalBases = append(d.LegalBases, LegalBasis{
			Key:     e.key,
			Act:     o.need("act").str(),
			Section: o.need("section").str(),
			Title:   o.need("title").title(),
		})
		o.close()
	}
	for _, e := range file.need("plans").things(kindPlan) {
		o := e.object()
		p := Plan{
			Key:         e.key,
			Title:       o.need("title").title(),
			CouncilTerm: o.need("council_term").str(),
			StartsOn:    o.need("starts_on").date(),
			EndsOn:      o.need("ends_on").date(),
			Visibility:  readVisibility(o),
			LegalBases:  o.opt("legal_bases").refList(kindLegalBasis),
			Freshness:   readRhythm(o.opt("freshness")).Or(domain.MonthlyRhythm),
			Supersedes:  o.opt("supersedes").ref(kindPlan),
		}
		for i, r := range o.opt("revisions").list() {
			ro := r.object()
			p.Revisions = append(p.Revisions, PlanRevision{i + 1, ro.need("year").number(1900, 2200), ro.need("adopted_on").date(),
				ro.opt("description").prose(), readCases(ro.opt("case_references"))})
			ro.close()
		}
		for _, c := range o.opt("annual_cycle").entries() {
			co := c.object()
			p.AnnualCycle = append(p.AnnualCycle, CycleEvent{c.key, co.need("month").number(1, 12), co.need("title").title()})
			co.close()
		}
		o.close()
		d.Plans = append(d.Plans, p)
	}
	d.Themes = readTerms(file.need("themes"), kindTheme)
	for _, e := range file.need("goals").things(kindGoal) {
		o := e.object()
		d.Goals = append(d.Goals, Goal{
			Key:              e.key,
			Number:           o.need("number").number(1, 1_000_000),
			Plan:             o.need("plan").ref(kindPlan),
			Theme:            o.need("theme").ref(kindTheme),
			SharedGoal:       o.opt("shared_goal").ref(kindGoal),
			Party:            o.opt("party").ref(kindParty),
			Title:            o.need("title").title(),
			Description:      o.opt("description").prose(),
			Visibility:       readVisibility(o),
			CreatedOn:        o.need("created_on").date(),
			TargetGroups:     o.opt("target_groups").refList(kindTargetGroup),
			Stages:           o.opt("stages").refList(kindStage),
			Handovers:        o.opt("handovers").refList(kindHandover),
			Tags:             o.opt("tags").refList(kindTag),
			LegalBases:       o.opt("legal_bases").refList(kindLegalBasis),
			CaseReferences:   readCases(o.opt("case_references")),
			Responsibilities: readResponsibilities(o.need("responsibilities")),
			Reservations:     readReservations(o.opt("reservations")),
		})
		o.close()
	}
}

func readReservations(a at) (out []Reservation) {
	for _, e := range a.list() {
		o := e.object()
		out = append(out, Reservation{MadeOn: o.need("made_on").date(), Post: o.need("post").ref(kindPost), Text: o.need("text").prose(), Visibility: readVisibility(o)})
		o.close()
	}
	return out
}

// readVisibility reads who may see a thing. Publicity is the rule: what is
// internal says why.
func readVisibility(o *object) Visibility {
	who := o.need("visibility")
	v := Visibility{
		Level:  domain.Visibility(who.enum(string(domain.Public), string(domain.Internal))),
		Ground: o.opt("visibility_ground").str(),
	}
	if who.present() && (v.Level == domain.Internal) != (v.Ground != "") {
		who.fail("visibility_ground goes with internal, and only with it")
	}
	return v
}

func readCases(a at) []CaseReference {
	var out []CaseReference
	for _, e := range a.list() {
		o := e.object()
		c := CaseReference{
			Party:      o.need("party").ref(kindParty),
			RegistryNo: o.opt("registry_no").str(),
			URLFI:      o.opt("url_fi").address(),
			URLSV:      o.opt("url_sv").address(),
		}
		if c.RegistryNo == "" && c.URLFI == "" && c.URLSV == "" {
			e.fail("needs a registry_no, a url_fi or a url_sv")
		}
		o.close()
		out = append(out, c)
	}
	return out
}

func readResponsibilities(a at) []Responsibility {
	var out []Responsibility
	for _, e := range a.list() {
		o := e.object()
		out = append(out, Responsibility{
			Post: o.need("post").ref(kindPost),
			Part: domain.Part(o.need("part").enum(string(domain.Lead), string(domain.Shared),
				string(domain.Support), string(domain.Informed))),
			Wording: o.opt("wording").prose(),
			From:    o.opt("from").date(),
			To:      o.opt("to").date(),
			Waiting: readWaiting(o.opt("waiting"), true),
		})
		o.close()
	}
	return out
}

// readWaiting reads what is not accepted; another wording only where there is one.
func readWaiting(a at, worded bool) *Waiting {
	if !a.present() {
		return nil
	}
	o := a.object()
	w := &Waiting{
		ProposedOn: o.need("proposed_on").date(),
		By:         o.opt("by").ref(kindPost),
		DeclinedOn: o.opt("declined_on").date(),
		DeclinedBy: o.opt("declined_by").ref(kindPost),
		Reason:     o.opt("reason").prose(),
	}
	if worded {
		w.Wording = o.opt("wording").prose()
		for _, e := range o.opt("comments").list() {
			c := e.object()
			w.Comments = append(w.Comments, Comment{
				On: c.need("on").date(), By: c.need("by").ref(kindPost),
				AsksForChanges: c.opt("asks_for_changes").boolean(), Text: c.need("text").prose(),
			})
			c.close()
		}
	}
	if declined := !w.DeclinedOn.IsZero(); declined != (w.DeclinedBy != "") || declined != !w.Reason.IsZero() {
		o.fail("declined_on, declined_by and reason go together")
	}
	o.close()
	return w
}

func readChain(e entry) Chain {
	o := e.object()
	c := Chain{
		Key:              e.key,
		Theme:            o.need("theme").ref(kindTheme),
		Title:            o.need("title").title(),
		Description:      o.opt("description").prose(),
		Visibility:       readVisibility(o),
		CreatedOn:        o.need("created_on").date(),
		Responsibilities: readResponsibilities(o.opt("responsibilities")),
	}
	for _, s := range o.need("stages").things(kindStage) {
		so := s.object()
		c.Stages = append(c.Stages, Stage{
			Key:   s.key,
			Party: so.need("party").ref(kindParty),
			PreventionLevel: so.need("prevention_level").enum("universal", "early_support", "targeted",
				"specialised", "rehabilitation"),
			Title:            so.need("title").title(),
			Description:      so.opt("description").prose(),
			TargetGroup:      so.opt("target_group").title(),
			Channel:          so.opt("channel").title(),
			Languages:        readLanguages(so.opt("languages")),
			Responsibilities: readResponsibilities(so.need("responsibilities")),
		})
		so.close()
	}
	for _, h := range o.opt("handovers").things(kindHandover) {
		ho := h.object()
		c.Handovers = append(c.Handovers, Handover{
			Key:          h.key,
			From:         ho.need("from").ref(kindStage),
			To:           ho.need("to").ref(kindStage),
			CrossParty:   ho.need("cross_party").boolean(),
			TargetDays:   ho.need("target_days").number(0, 3650),
			Gap:          ho.need("gap").enum("none", "minor", "major"),
			NextReviewOn: ho.opt("next_review_on").date(),
			What:         ho.need("what").prose(),
			Channel:      ho.need("channel").prose(),
			GapReason:    ho.opt("gap_reason").prose(),
			Evidence:     readEvidence(ho.opt("evidence")),
			Waiting:      readWaiting(ho.opt("waiting"), false),
		})
		if last := c.Handovers[len(c.Handovers)-1]; last.Gap != "" && (last.Gap != "none") == last.GapReason.IsZero() {
			ho.fail("gap_reason goes with a minor or major gap, and only with it")
		}
		ho.close()
	}
	o.close()
	return c
}

// readLanguages reads two-letter codes, each once.
func readLanguages(a at) []string {
	var out []string
	for _, e := range a.list() {
		code := e.str()
		switch {
		case code == "":
		case !domain.IsLanguage(code):
			e.fail("%q is not a two-letter code of a language", code)
		case slices.Contains(out, code):
			e.fail("%q stands here twice", code)
		default:
			out = append(out, code)
		}
	}
	return out
}

func readEvidence(a at) []Evidence {
	var out []Evidence
	for _, e := range a.list() {
		o := e.object()
		v := Evidence{Title: o.need("title").title(), CheckedOn: o.need("checked_on").date()}
		if u := o.opt("url"); u.present() {
			v.URL = u.address()
		}
		o.close()
		out = append(out, v)
	}
	return out
}

func readForum(e entry) Forum {
	o := e.object()
	f := Forum{
		Key:             e.key,
		Level:           o.need("level").enum("statutory", "strategic", "thematic", "network"),
		Reach:           o.need("reach").enum("bilateral", "regional"),
		Paper:           o.need("paper").enum("memo", "minutes"),
		Title:           o.need("title").title(),
		Purpose:         o.need("purpose").prose(),
		Mandate:         o.opt("mandate").prose(),
		UnacceptedBy:    o.opt("unaccepted_by").refList(kindParty),
		MeetingsPerYear: o.need("meetings_per_year").number(0, 60),
		Parent:          o.opt("parent").ref(kindForum),
		Chain:           o.opt("chain").ref(kindChain),
		Goals:           o.opt("goals").refList(kindGoal),
		Stages:          o.opt("stages").refList(kindStage),
		Handovers:       o.opt("handovers").refList(kindHandover),
		LegalBases:      o.opt("legal_bases").refList(kindLegalBasis),
		CaseReferences:  readCases(o.opt("case_references")),
		Visibility:      readVisibility(o),
		CreatedOn:       o.need("created_on").date(),
	}
	for _, m := range o.need("members").list() {
		mo := m.object()
		f.Members = append(f.Members, Member{
			Post: mo.need("post").ref(kindPost),
			Role: mo.need("role").enum("chair", "secretary", "member"),
			From: mo.need("from").date(),
			To:   mo.opt("to").date(),
		})
		mo.close()
	}
	o.close()
	return f
}

func readMeeting(e entry) Meeting {
	o := e.object()
	m := Meeting{
		Key:            e.key,
		Forum:          o.need("forum").ref(kindForum),
		Number:         o.need("number").meetingNumber(),
		Status:         o.need("status").enum("draft", "called", "in_progress", "closed", "approved", "published", "cancelled"),
		StartsAt:       o.need("starts_at").moment(),
		EndsAt:         o.need("ends_at").moment(),
		Place:          o.opt("place").prose(),
		Visibility:     readVisibility(o),
		CreatedOn:      o.need("created_on").date(),
		CalledOn:       o.opt("called_on").date(),
		PublishedOn:    o.opt("published_on").date(),
		CancelledOn:    o.opt("cancelled_on").date(),
		CancelReason:   o.opt("cancel_reason").reason(),
		LegalBases:     o.opt("legal_bases").refList(kindLegalBasis),
		CaseReferences: readCases(o.opt("case_references")),
	}
	for _, p := range o.opt("participants").list() {
		po := p.object()
		post, party := po.opt("post"), po.opt("party")
		if post.present() && party.present() {
			party.fail("the party of a post is known; only a guest names one")
		}
		m.Participants = append(m.Participants, Participant{
			Post:       post.ref(kindPost),
			Party:      party.ref(kindParty),
			Guest:      po.opt("guest").str(),
			Role:       po.need("role").enum("chair", "secretary", "member", "expert"),
			Attendance: po.need("attendance").enum("expected", "present", "remote", "absent"),
			Inspector:  po.opt("inspector").boolean(),
		})
		po.close()
	}
	for _, p := range o.opt("approvals").list() {
		po := p.object()
		m.Approvals = append(m.Approvals, Approval{
			Post:       po.need("post").ref(kindPost),
			Role:       po.need("role").enum("chair", "inspector"),
			ApprovedOn: po.opt("approved_on").date(),
		})
		po.close()
	}
	for _, i := range o.opt("items").things(kindItem) {
		m.Items = append(m.Items, readItem(i, m.Visibility))
	}
	o.close()
	return m
}

var meetingNumberForm = regexp.MustCompile(`^([1-9]\d{0,3})/(\d{4})$`)

func (a at) meetingNumber() MeetingNumber {
	s, ok := a.scalar("!!str", `a number such as "4/2026"`)
	parts := meetingNumberForm.FindStringSubmatch(s)
	if parts == nil {
		if ok {
			a.fail("%q is not a number such as \"4/2026\"", s)
		}
		return MeetingNumber{}
	}
	no, _ := strconv.Atoi(parts[1]) // digits, by the expression
	year, _ := strconv.Atoi(parts[2])
	return MeetingNumber{no, year}
}

// readItem reads an item; it is as visible as its meeting unless it says otherwise.
func readItem(e entry, meeting Visibility) AgendaItem {
	o := e.object()
	i := AgendaItem{
		Key:             e.key,
		AgendaNo:        o.opt("agenda_no").number(1, 1000),
		Section:         o.opt("section").number(1, 10_000),
		Title:           o.need("title").title(),
		Presenter:       o.opt("presenter").ref(kindPost),
		Preparer:        o.opt("preparer").prose(),
		Heard:           o.opt("heard").prose(),
		GoesOnTo:        o.opt("goes_on_to").prose(),
		MinutesReserved: o.opt("minutes_reserved").number(1, 1440),
		Proposal:        o.opt("proposal").prose(),
		Proceedings:     o.opt("proceedings").prose(),
		Decision:        o.opt("decision").prose(),
		Explanation:     o.opt("explanation").prose(),
		LegalBases:      o.opt("legal_bases").refList(kindLegalBasis),
		CaseReferences:  readCases(o.opt("case_references")),
		Visibility:      meeting,
	}
	if o.opt("visibility").present() {
		i.Visibility = readVisibility(o)
	}
	for _, x := range o.opt("outcomes").things(kindOutcome) {
		xo := x.object()
		i.Outcomes = append(i.Outcomes, Outcome{
			Key:            x.key,
			Type:           xo.need("type").enum("decision", "assignment", "recommendation", "noted", "deferred", "referral"),
			Text:           xo.need("text").prose(),
			Actions:        xo.opt("actions").refList(kindAction),
			ReferredTo:     xo.opt("referred_to").ref(kindForum),
			AcceptedOn:     xo.opt("accepted_on").date(),
			CarriedTo:      xo.opt("carried_to").ref(kindMeeting),
			NoActionReason: xo.opt("no_action_reason").reason(),
		})
		xo.close()
	}
	o.close()
	return i
}

// statuses of an action and of a report.
var statuses = []string{statusNotStarted, "in_progress", statusDone, "paused", "cancelled"}

const (
	statusNotStarted = "not_started"
	statusDone       = "done"
)

// reportTime is when a report counts as made unless it says otherwise.
const reportTime = "10:00"

// readRhythm is how often a status is to be confirmed, in days.
func readRhythm(a at) domain.Rhythm {
	if !a.present() {
		return domain.Rhythm{}
	}
	o := a.object()
	r := domain.Rhythm{Target: o.need("target").number(1, domain.MaxRhythm), Limit: o.need("limit").number(1, domain.MaxRhythm)}
	o.close()
	return r
}

func readAction(e entry) Action {
	o := e.object()
	a := Action{
		Key:              e.key,
		Number:           o.need("number").number(1, 1_000_000),
		Goals:            o.need("goals").refList(kindGoal),
		Forum:            o.opt("forum").ref(kindForum),
		Stage:            o.opt("stage").ref(kindStage),
		Handover:         o.opt("handover").ref(kindHandover),
		Title:            o.need("title").title(),
		Description:      o.opt("description").prose(),
		Visibility:       readVisibility(o),
		CreatedOn:        o.need("created_on").date(),
		StartsOn:         o.opt("starts_on").date(),
		DueOn:            o.opt("due_on").date(),
		Status:           o.need("status").enum(statuses...),
		Progress:         o.need("progress").number(0, 100),
		Phase:            o.opt("phase").ref(kindPhase),
		Result:           o.opt("result").prose(),
		Freshness:        readRhythm(o.opt("freshness")),
		TargetGroups:     o.opt("target_groups").refList(kindTargetGroup),
		Districts:        o.opt("districts").refList(kindDistrict),
		Tags:             o.opt("tags").refList(kindTag),
		LegalBases:       o.opt("legal_bases").refList(kindLegalBasis),
		CaseReferences:   readCases(o.opt("case_references")),
		Responsibilities: readResponsibilities(o.need("responsibilities")),
		Needs:            o.opt("needs").refList(kindAction),
	}
	for _, t := range o.opt("tasks").list() {
		to := t.object()
		task := Task{
			Kind:         to.need("kind").enum("task", "milestone"),
			Title:        to.need("title").title(),
			DueOn:        to.need("due_on").date(),
			DuePrecision: domain.Day,
			Post:         to.opt("post").ref(kindPost),
			DoneOn:       to.opt("done_on").date(),
		}
		if p := to.opt("due_precision"); p.present() {
			task.DuePrecision = domain.Precision(p.enum("day", "month", "quarter", "year"))
		}
		a.Tasks = append(a.Tasks, task)
		to.close()
	}
	for _, r := range o.need("reports").list() {
		ro := r.object()
		on := ro.need("reported_on").date()
		public := ro.opt("public")
		a.Reports = append(a.Reports, Report{
			ReportedOn: on,
			ReportedAt: ro.opt("time").timeOn(on, reportTime),
			Party:      ro.need("party").ref(kindParty),
			Status:     ro.need("status").enum(statuses...),
			Progress:   ro.need("progress").number(0, 100),
			Public:     !public.present() || public.boolean(),
			Text:       ro.opt("text").prose(),
			Phase:      ro.opt("phase").ref(kindPhase),
			Reason:     ro.opt("reason").str(),
		})
		ro.close()
	}
	o.close()
	return a
}
