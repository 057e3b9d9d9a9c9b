package demodata

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/domain"
)

//go:embed testdata/small.yaml
var small string

func parseSmall(t *testing.T, file string) (*Dataset, Problems) {
	t.Helper()
	d, err := Parse(strings.NewReader(file))
	if err == nil {
		return d, nil
	}
	var ps Problems
	if !errors.As(err, &ps) {
		t.Fatalf("Parse returned a %T: %v", err, err)
	}
	if d != nil {
		t.Error("Parse returned a data set together with problems")
	}
	return nil, ps
}

func TestParseSmall(t *testing.T) {
	t.Parallel()
	d, ps := parseSmall(t, small)
	if ps != nil {
		t.Fatal(ps)
	}
	date := func(s string) domain.Date {
		v, err := domain.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if got := d.Posts[1]; got.Party != "espoo" || got.From != date("2025-06-01") || !got.To.IsZero() {
		t.Errorf("the post's party and validity come from its unit and the data set: %+v", got)
	}
	if got := d.Units[1]; got.From != date("2025-08-01") || got.Parent != "u_esp" {
		t.Errorf("a unit keeps its own date: %+v", got)
	}
	if d.Grants[0].Party != "espoo" || d.Grants[3].Party != "espoo" {
		t.Errorf("a grant belongs to the party of its post or person: %+v", d.Grants)
	}
	m := d.Meetings[0]
	if m.Number != (MeetingNumber{1, 2026}) || m.StartsAt.UTC().Format("15:04") != "10:00" {
		t.Errorf("a meeting has its number and begins in Helsinki time: %+v %s", m.Number, m.StartsAt)
	}
	if m.Participants[2].Party != "luvn" || m.Participants[4].Party != "ngo" {
		t.Errorf("participants know their party: %+v", m.Participants)
	}
	if m.Items[1].Visibility.Level != domain.Public || d.Forums[1].Visibility.Ground == "" {
		t.Error("an item is as visible as its meeting; what is internal has its ground")
	}
	a := d.Actions[0]
	if a.Lead() != "esp_head" {
		t.Errorf("the lead is who leads now, not who led: %s", a.Lead())
	}
	if r := a.Responsibilities[2]; r.From != a.CreatedOn {
		t.Errorf("a responsibility without a date holds from the beginning: %+v", r)
	}
	if at := a.Reports[0].ReportedAt.In(domain.Helsinki).Format("15:04"); at != "10:00" {
		t.Errorf("a report without a time counts as made at 10.00, not %s", at)
	}
	if at := a.Reports[1].ReportedAt.In(domain.Helsinki).Format("2006-01-02 15:04"); at != "2026-09-21 14:20" {
		t.Errorf("a report keeps its time: %s", at)
	}
	if !a.Reports[0].Public || a.Reports[1].Public {
		t.Error("a report is public unless it says otherwise")
	}
	want := []Later{{"municipalities_of_luvn", 1}, {"challenges", 1}}
	if !slices.Equal(d.Later, want) {
		t.Errorf("kept for later: %v, want %v", d.Later, want)
	}
}

// TestProblems changes one place of the small file and expects exactly one
// problem, on the line that was changed (or the one given by on). A star
// before the expected problem says that others may come of the change too.
func TestProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		old, new string
		on       string // text of the line that the problem names, if it is another
		want     string // path and message
	}{
		// The form of the file
		{old: "  dataset: small", new: "  datset: small", on: "meta:", want: "*meta: dataset is missing"},
		{old: "    theme: t_1\n    title: {fi: \"Tavoite\"", new: "    theme: t_1\n    teema: x\n    title: {fi: \"Tavoite\"", on: "    teema: x", want: "goals.g_1.teema: unknown key"},
		{old: "    council_term: \"2025–2029\"", new: "    council_term: 2025", want: "plans.plan_1.council_term: must be a text"},
		{old: "principal: false", new: "principal: no", want: "parties.ngo.principal: must be true or false"},
		{old: "target_days: 14", new: "target_days: two", want: "chains.c_1.handovers.h_1.target_days: must be a whole number"},
		{old: "target_days: 14", new: "target_days: -1", want: "chains.c_1.handovers.h_1.target_days: must be a whole number from 0 to 3650"},
		{old: "target_days: 14", new: "target_days: 99999999999999999999", want: "chains.c_1.handovers.h_1.target_days: must be a whole number"},
		{old: "    meetings_per_year: 4", new: "    meetings_per_year: 4.5", want: "forums.f_main.meetings_per_year: must be a whole number"},
		{old: "    starts_on: 2025-06-01", new: "    starts_on: 2025-02-30", want: `plans.plan_1.starts_on: "2025-02-30" is not a date such as 2026-11-23`},
		{old: "    starts_on: 2025-06-01", new: "    starts_on: [2025-06-01]", want: "plans.plan_1.starts_on: must be a date such as 2026-11-23"},
		{old: "    starts_at: 2026-09-08T13:00", new: "    starts_at: 2026-09-08", want: `meetings.m_held.starts_at: "2026-09-08" is not a time such as 2026-12-08T13:00`},
		{old: "    starts_at: 2026-12-08T13:00", new: "    starts_at: 2026-03-29T03:30", want: `meetings.m_called.starts_at: "2026-03-29T03:30" is not a time such as 2026-12-08T13:00`},
		{old: `time: "14:20"`, new: `time: "25:00"`, want: `actions.a_1.reports[1].time: "25:00" is not a time such as "14:20"`},
		{old: "prevention_level: targeted", new: "prevention_level: expensive", want: `chains.c_1.stages.s_2.prevention_level: "expensive" is not one of universal, early_support, targeted, specialised, rehabilitation`},
		{old: `sv: "Mål", `, new: "", on: `    title: {fi: "Tavoite", en: "Goal"}`, want: "goals.g_1.title: sv is missing"},
		{old: `{fi: "Ehdotus"}`, new: `{sv: "Förslag"}`, want: "meetings.m_held.items.i_main.proposal: fi is missing"},
		{old: `{fi: "Ehdotus"}`, new: `{fi: " "}`, want: "meetings.m_held.items.i_main.proposal.fi: must not be empty"},
		{old: `{fi: "Ehdotus"}`, new: `{fi: "Ehdotus", de: "Vorschlag"}`, want: "meetings.m_held.items.i_main.proposal.de: unknown key"},
		{old: `{fi: "Ehdotus"}`, new: `"Ehdotus"`, want: "meetings.m_held.items.i_main.proposal: must be a mapping"},
		{old: `{fi: "Tavoite"`, new: `{fi: "` + strings.Repeat("ä", 301) + `"`, want: "goals.g_1.title.fi: is 301 characters long, the limit is 300"},
		{old: "[sja6]\n    annual_cycle", new: "sja6\n    annual_cycle", want: "plans.plan_1.legal_bases: must be a list"},
		{old: "[sja6]\n    annual_cycle", new: "[sja6, sja6]\n    annual_cycle", want: `plans.plan_1.legal_bases[1]: "sja6" stands here twice`},
		{old: "  t_1: {fi:", new: "  T-1: {fi:", want: "*themes.T-1: a key is small letters, digits and underscores", on: `  T-1: {fi: "Teema", sv: "Tema", en: "Theme"}`},
		{old: "    letter: J", new: "    letter: J\n    letter: J", on: "    letter: J", want: "parties.ngo.letter: stands here twice, first on line 26"},
		{old: "  s_3:\n", new: "  s_1:\n", on: "      s_1:", want: "chains.c_2.stages.s_1: there is another stage named \"s_1\" on line 109"},
		{old: `url_fi: "https://asiat.example/1"`, new: `url_fi: "javascript:alert(1)"`, want: "meetings.m_held.case_references[0].url_fi: must be an address that begins with https://"},
		{old: `registry_no: "DEMO 1/2026", url_fi: "https://asiat.example/1"`, new: "", want: "meetings.m_held.case_references[0]: needs a registry_no, a url_fi or a url_sv"},
		{old: `    number: "3/2026"`, new: `    number: "three"`, want: `meetings.m_called.number: "three" is not a number such as "4/2026"`},
		{old: "  synthetic: true", new: "  synthetic: false", want: "meta.synthetic: must be true: a demo holds nothing real"},
		{old: "  schema_version: 2", new: "  schema_version: 1", want: "meta.schema_version: must be a whole number from 2 to 2"},
		{old: "    visibility: internal\n", new: "    visibility: public\n", want: "forums.f_other.visibility: visibility_ground goes with internal, and only with it"},

		// References
		{old: "presenter: esp_head", new: "presenter: esp_x", want: `meetings.m_held.items.i_main.presenter: no post named "esp_x"`},
		{old: "referred_to: f_other", new: "referred_to: f_x", want: `meetings.m_held.items.i_main.outcomes.o_ref.referred_to: no forum named "f_x"`},
		{old: "    stage: s_1", new: "    stage: c_1", want: `actions.a_1.stage: no stage named "c_1"`},
		{old: "goals: [g_1]\n    title: {fi: \"Valmis\"", new: "goals: [g_1, g_9]\n    title: {fi: \"Valmis\"", want: `actions.a_2.goals[1]: no goal named "g_9"`},

		// The organisation
		{old: "  history_from: 2025-06-01", new: "  history_from: 2027-06-01", want: "*meta.history_from: must not be after reference_date"},
		{old: "    principal: true\n    letter: L", new: "    principal: false\n    letter: L", want: "*parties: at least two parties are principal", on: "parties:"},
		{old: "    letter: J", new: "    letter: E", want: "parties.ngo.letter: E belongs to parties.espoo.letter already"},
		{old: "u_esp_sub: {party: espoo, parent: u_esp", new: "u_esp_sub: {party: espoo, parent: u_luvn", want: "*units.u_esp_sub.parent: u_luvn is a unit of another party"},
		{old: "u_esp: {party: espoo,", new: "u_esp: {party: espoo, parent: u_esp_sub,", want: "units.u_esp.parent: u_esp_sub must stand before the units below it"},
		{old: "from: 2025-08-01}", new: "from: 2025-08-01, to: 2025-07-01}", want: "units.u_esp_sub.to: ends before it begins (2025-08-01)"},
		{old: "issuer: luvn, ", new: "", on: `  p_luvn_head: {name: "Henkilö 3", party: luvn, subject: luvn-1}`, want: "persons.p_luvn_head: issuer and subject go together"},
		{old: "issuer: luvn,", new: "issuer: espoo,", want: "persons.p_luvn_head.issuer: a person signs in with the provider of their own party, luvn"},
		{old: "party: ngo}\n\nholdings", new: "party: ngo, issuer: ngo, subject: n}\n\nholdings", want: "persons.p_ngo.issuer: ngo is not a principal party"},
		{old: "subject: esp-2", new: "subject: esp-1", want: "persons.p_esp_sec.subject: espoo esp-1 belongs to persons.p_esp_head.subject already"},
		{old: "person: p_luvn_head, kind: holder", new: "person: p_ngo, kind: holder", want: "holdings[2].person: p_ngo is not of the party of luvn_head"},
		{old: "kind: holder, from: 2026-06-01", new: "kind: holder, from: 2026-05-31", want: "holdings[1]: esp_head is held by p_esp_head at the same time"},
		{old: "from: 2026-11-23, to: 2026-11-27", new: "from: 2026-11-23, to: 2026-11-20", want: "holdings[4].to: ends before it begins (2026-11-23)"},

		// Grants
		{old: "post: esp_head, unit: u_esp, from", new: "post: esp_head, person: p_esp_head, unit: u_esp, from", want: "*grants[0]: a grant names either a post or a person"},
		{old: "post: esp_head, unit: u_esp, from", new: "person: p_esp_head, unit: u_esp, from", want: "grants[0].person: only auditors and administrators are granted as persons"},
		{old: "post: esp_head, unit: u_esp, from", new: "post: esp_head, party: espoo, from", want: "grants[0]: the scope of manager is a unit"},
		{old: "post: esp_head, unit: u_esp, from", new: "post: esp_head, unit: u_esp, party: espoo, from", want: "grants[0]: the scope of manager is a unit"},
		{old: "post: esp_head, unit: u_esp, from", new: "post: esp_head, unit: u_luvn, from", want: "grants[0].unit: u_luvn is not of the party espoo"},
		{old: "post: esp_sec, forum: f_main, from", new: "post: ngo_rep, forum: f_main, from", want: "grants[1]: only principal parties grant roles, not ngo"},
		{old: "post: luvn_head, party: luvn, from", new: "post: luvn_head, party: espoo, from", want: "grants[2].party: espoo is not of the party luvn"},
		{old: "role: coordinator", new: "role: holder", want: `grants[2].role: "holder" is not one of reader, secretary, manager, coordinator, auditor, administrator`},

		// Plan, goals, chains
		{old: "    ends_on: 2029-05-31", new: "    ends_on: 2025-05-31", want: "plans.plan_1.ends_on: 2025-05-31 is before starts_on, 2025-06-01"},
		{old: "      - {post: luvn_head, part: lead}\n      - {post: ngo_rep", new: "      - {post: luvn_head, part: shared}\n      - {post: ngo_rep", on: "    responsibilities:", want: "goals.g_1.responsibilities: one post of each principal party leads a goal, here of [espoo]"},
		{old: "{post: ngo_rep, part: support, from: 2026-01-01", new: "{post: esp_head, part: support, from: 2026-01-01", want: "goals.g_1.responsibilities[2]: esp_head has a part here already"},
		{old: "    number: 2\n", new: "    number: 1\n", want: "actions.a_2.number: 1 belongs to actions.a_1.number already"},
		{old: "        party: luvn\n        prevention_level: targeted", new: "        party: espoo\n        prevention_level: targeted", want: "*chains.c_1.stages.s_2.responsibilities: one post of espoo leads the stage, here of [luvn]", on: "        responsibilities: [{post: luvn_head, part: lead}]"},
		{old: "to: s_2, cross", new: "to: s_3, cross", want: "chains.c_1.handovers.h_1.to: s_3 is a stage of another chain"},
		{old: "to: s_2, cross", new: "to: s_1, cross", want: "*chains.c_1.handovers.h_1.to: a hand-over leads to another stage"},
		{old: "cross_party: true", new: "cross_party: false", want: "chains.c_1.handovers.h_1.cross_party: the stages belong to different parties"},
		{old: "gap: minor, gap_reason: {fi: \"Katkeaa\"}", new: "gap: minor", want: "chains.c_1.handovers.h_1: gap_reason goes with a minor or major gap, and only with it", on: "      h_1:"},
		{old: "gap: minor", new: "gap: none", want: "chains.c_1.handovers.h_1: gap_reason goes with a minor or major gap, and only with it", on: "      h_1:"},
		{old: "languages: [fi, sv]", new: "languages: [fi, xx]", want: `chains.c_1.stages.s_1.languages[1]: "xx" is not a two-letter code of a language`, on: "        languages: [fi, xx]"},
		{old: "languages: [fi, sv]", new: "languages: [fi, fi]", want: `chains.c_1.stages.s_1.languages[1]: "fi" stands here twice`, on: "        languages: [fi, fi]"},
		{old: "checked_on: 2026-10-05", new: "checked_on: 2026-11-24", want: "chains.c_1.handovers.h_1.evidence[0].checked_on: 2026-11-24 is after the reference date 2026-11-23", on: "      h_1:"},
		{old: "    handover: h_1", new: "    handover: s_1", want: `actions.a_1.handover: no hand-over named "s_1"`},

		// What waits for acceptance
		{old: "proposed_on: 2026-11-04", new: "proposed_on: 2026-11-24", want: "*chains.c_1.handovers.h_1.waiting.proposed_on: 2026-11-24 is after the reference date 2026-11-23", on: "      h_1:"},
		{old: "declined_on: 2026-11-10", new: "declined_on: 2026-11-03", want: "chains.c_1.handovers.h_1.waiting.declined_on: 2026-11-03 is before proposed_on, 2026-11-04", on: "      h_1:"},
		{old: "declined_on: 2026-11-10, ", new: "", want: "chains.c_1.handovers.h_1.waiting: declined_on, declined_by and reason go together", on: "      h_1:"},
		{old: "declined_by: esp_head", new: "declined_by: luvn_spec", want: "chains.c_1.handovers.h_1.waiting.declined_by: the party proposed it", on: "      h_1:"},
		{old: "declined_by: esp_head", new: "declined_by: ngo_rep", want: "chains.c_1.handovers.h_1.waiting.declined_by: it does not concern ngo", on: "      h_1:"},
		{old: "by: esp_sec, proposed_on: 2026-11-12", new: "by: nobody, proposed_on: 2026-11-12", want: `*goals.g_1.responsibilities[0].waiting.by: no post named "nobody"`, on: "      - {post: esp_head, part: lead, wording"},
		{old: "by: esp_sec, proposed_on: 2026-11-12", new: "by: esp_sec, proposed_on: 2025-08-01", want: "goals.g_1.responsibilities[0].waiting.proposed_on: 2025-08-01 is before when it began, 2025-09-01", on: "      - {post: esp_head, part: lead, wording"},
		{old: "wording: {fi: \"Vastaa\"}", new: "sanat: {fi: \"Vastaa\"}", want: "goals.g_1.responsibilities[0].waiting.sanat: unknown key", on: "      - {post: esp_head, part: lead, wording"},

		// Forums
		{old: "{post: esp_sec, role: secretary, from: 2025-08-15}", new: "{post: esp_sec, role: member, from: 2025-08-15}", on: "    members:", want: "forums.f_main.members: a forum has one chair and one secretary, here 1 and 0"},
		{old: "{post: luvn_spec, role: member, from: 2025-08-15}", new: "{post: esp_head, role: member, from: 2025-09-15}", want: "*forums.f_main.members[3]: esp_head is a member already", on: "      - {post: esp_head, role: member, from: 2025-09-15}"},
		{old: "      - {post: esp_head, role: member, from: 2025-08-15}", new: "", on: "    members:", want: "forums.f_other.members: nobody of espoo is a member"},
		{old: "role: secretary, from: 2025-08-15}\n      - {post: luvn_head", new: "role: secretary, from: 2025-08-14}\n      - {post: luvn_head", want: "forums.f_main.members[1].from: 2025-08-14 is before created_on, 2025-08-15"},
		{old: "    parent: f_main", new: "    parent: f_other", want: "forums.f_other.parent: the forums above it lead back to it"},

		// Meetings
		{old: `    number: "3/2026"`, new: `    number: "1/2026"`, want: "meetings.m_called.number: f_main 1/2026 belongs to meetings.m_held.number already"},
		{old: `    number: "3/2026"`, new: `    number: "3/2025"`, want: "meetings.m_called.number: the meeting is in 2026"},
		{old: "    ends_at: 2026-12-08T15:00", new: "    ends_at: 2026-12-08T13:00", want: "meetings.m_called.ends_at: a meeting ends after it begins, within a day"},
		{old: "    called_on: 2026-11-20", new: "    called_on: 2026-11-24", want: "meetings.m_called.called_on: 2026-11-24 is after the reference date 2026-11-23"},
		{old: "    called_on: 2026-11-20\n", new: "", on: "  m_called:", want: "meetings.m_called.called_on: does not fit the status called"},
		{old: "    called_on: 2026-08-25", new: "    called_on: 2026-08-11", want: "meetings.m_held.called_on: 2026-08-11 is before created_on, 2026-08-18"},
		{old: "    published_on: 2026-09-18\n", new: "", on: "  m_held:", want: "meetings.m_held.published_on: does not fit the status published"},
		{old: "    published_on: 2026-09-18\n", new: "    published_on: 2026-09-15\n", want: "*meetings.m_held.published_on: 2026-09-15 is before the approval of esp_head, 2026-09-16"},
		{old: "    cancel_reason: \"Este\"\n", new: "", on: "    cancelled_on: 2026-10-12", want: "meetings.m_off.cancelled_on: a cancelled meeting, and only that, has cancelled_on and cancel_reason"},
		{old: "    status: called", new: "    status: draft", want: "meetings.m_called.called_on: does not fit the status draft", on: "    called_on: 2026-11-20"},
		{old: "{post: esp_head, role: chair, attendance: expected}", new: "{post: esp_head, role: chair, attendance: present}", want: "meetings.m_called.participants[0].attendance: present does not fit the status called of the meeting"},
		{old: "{post: esp_head, role: chair, attendance: expected}", new: "{post: ngo_rep, role: member, attendance: expected}", want: "meetings.m_called.participants[0].post: ngo_rep is not a member of f_main on 2026-12-08"},
		{old: "{party: ngo, guest: \"Asiantuntija, 1 henkilö\", role: expert", new: "{party: ngo, guest: \"Asiantuntija, 1 henkilö\", role: member", want: "meetings.m_held.participants[4]: a guest is an expert of a party and inspects no minutes"},
		{old: "{party: ngo, guest: \"Asiantuntija, 1 henkilö\", role: expert", new: "{party: ngo, role: expert", want: "meetings.m_held.participants[4]: a participant is either a post or a guest"},
		{old: "{post: luvn_spec, role: member, attendance: absent}", new: "{post: luvn_spec, party: luvn, role: member, attendance: absent}", want: "meetings.m_held.participants[3].party: the party of a post is known; only a guest names one"},
		{old: "{post: luvn_spec, role: member, attendance: absent}", new: "{post: esp_head, role: expert, attendance: absent}", want: "meetings.m_held.participants[3].post: esp_head takes part already"},
		{old: "role: member, attendance: remote, inspector: true", new: "role: member, attendance: absent, inspector: true", want: "*meetings.m_held.participants: without luvn the meeting has no quorum", on: "    participants:"},
		{old: "      - {post: luvn_head, role: inspector, approved_on: 2026-09-16}\n", new: "", on: "    approvals:", want: "meetings.m_held.approvals: the chair and one inspector of each principal party approve, here [chair inspector of espoo]"},
		{old: "role: inspector, approved_on: 2026-09-15", new: "role: inspector", on: "    status: published", want: "meetings.m_held.status: a meeting is approved when every approval has its date, and not before"},
		{old: "role: inspector, approved_on: 2026-09-15", new: "role: inspector, approved_on: 2026-09-01", want: "meetings.m_held.approvals[1].approved_on: 2026-09-01 is before the meeting, 2026-09-08"},
		{old: "attendance: present, inspector: true", new: "attendance: present", want: "meetings.m_held.approvals[1].post: esp_sec did not take part as inspector", on: "      - {post: esp_sec, role: inspector, approved_on: 2026-09-15}"},
		{old: "        agenda_no: 2", new: "        agenda_no: 1", want: "meetings.m_held.items.i_main.agenda_no: 1 belongs to meetings.m_held.items.i_open.agenda_no already"},
		{old: "        agenda_no: 1\n", new: "        agenda_no: 1\n        section: 11\n", want: "meetings.m_held.items.i_main.section: § 11 of f_main in 2026 belongs to meetings.m_held.items.i_open.section already", on: "        section: 11"},
		{old: "type: referral", new: "type: decision", want: "*meetings.m_held.items.i_main.outcomes.o_ref: referred_to goes with a referral, and only with it"},
		{old: "referred_to: f_other", new: "referred_to: f_main", want: "meetings.m_held.items.i_main.outcomes.o_ref.referred_to: a referral goes to another forum"},
		{old: "carried_to: m_called", new: "carried_to: m_held", want: "meetings.m_held.items.i_main.outcomes.o_later.carried_to: m_held is not a later meeting"},
		{old: "type: deferred", new: "type: noted", want: "meetings.m_held.items.i_main.outcomes.o_later.carried_to: only what is deferred is carried to another meeting"},
		{old: `no_action_reason: "Ei kuulu ryhmälle"`, new: "actions: [a_1]", want: "meetings.m_held.items.i_main.outcomes.o_none.actions[0]: a_1 belongs to meetings.m_held.items.i_main.outcomes.o_decision.actions[0] already"},
		{old: `no_action_reason: "Ei kuulu ryhmälle"`, new: `no_action_reason: "Ei", actions: [a_2]`, want: "meetings.m_held.items.i_main.outcomes.o_none.no_action_reason: something follows: there are actions"},

		// Actions
		{old: "    due_on: 2026-11-13", new: "    due_on: 2026-09-01", want: "actions.a_1.due_on: 2026-09-01 is before starts_on, 2026-09-09"},
		{old: "{post: esp_head, part: lead, from: 2026-10-01}", new: "{post: esp_head, part: shared, from: 2026-10-01}", on: "    responsibilities:", want: "actions.a_1.responsibilities: one post leads an action, here 0"},
		{old: `    result: {fi: "Tehtiin", sv: "Gjordes"}` + "\n", new: "", on: "    status: done", want: "actions.a_2.status: what a party says is done has a result, and only that"},
		{old: "    progress: 40\n", new: "    progress: 50\n", on: "    status: in_progress", want: "actions.a_1.status: status and progress are those of the last report of espoo"},
		{old: "    progress: 100\n", new: "    progress: 90\n", want: "*actions.a_2.progress: what is done is at 100"},
		{old: "{reported_on: 2026-10-05", new: "{reported_on: 2026-09-20", want: "actions.a_1.reports[2].reported_on: reports stand oldest first, each at its own time"},
		{old: "{reported_on: 2026-11-11", new: "{reported_on: 2026-11-24", want: "actions.a_1.reports[3].reported_on: 2026-11-24 is after the reference date 2026-11-23"},
		{old: "    created_on: 2026-09-09", new: "    created_on: 2026-09-22", want: "*actions.a_1.reports[0].reported_on: 2026-09-21 is before created_on, 2026-09-22", on: `      - {reported_on: 2026-09-21, party: espoo, status: in_progress, progress: 20, text: {fi: "Alkoi", sv: "Började"}}`},
		{old: "    created_on: 2026-01-12", new: "    created_on: 2025-01-12", want: "actions.a_2.created_on: 2025-01-12 is before history_from, 2025-06-01"},
		{old: `progress: 40, text: {fi: "Etenee"}`, new: "progress: 40", want: "actions.a_1.reports[2]: a report without a text only confirms, so status and progress stay"},
		{old: "{reported_on: 2026-10-05, party: espoo", new: "{reported_on: 2026-10-05, party: ngo", want: "actions.a_1.reports[2].party: ngo has no part in the action"},

		// What later features will read
		{old: "      owner: esp_head", new: "      owner: nobody", want: `later.challenges.ch_1.owner: no post named "nobody"`},
		{old: "      review_on: 2027-06-30\n", new: "", on: "    ch_1:", want: "later.challenges.ch_1: review_on is missing"},
		{old: "  challenges:", new: "  complaints:", want: "later.complaints: unknown key"},
		{old: `code: "049", `, new: "", on: `    - {fi: "Espoo", sv: "Esbo"}`, want: "later.municipalities_of_luvn[0]: code is missing"},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			if n := strings.Count(small, c.old); n != 1 {
				t.Fatalf("%q stands %d times in the small file", c.old, n)
			}
			file := strings.Replace(small, c.old, c.new, 1)
			marker := c.on
			if marker == "" {
				marker = strings.Split(strings.TrimLeft(c.new, "\n"), "\n")[0]
			}
			_, ps := parseSmall(t, file)
			want, among := strings.CutPrefix(c.want, "*")
			if len(ps) != 1 && !among {
				t.Fatalf("%d problems, want one:\n%v", len(ps), ps)
			}
			i := slices.IndexFunc(ps, func(p Problem) bool { return p.Path+": "+p.Message == want })
			if i < 0 {
				t.Fatalf("got\n%v\nwant\n%s", ps, want)
			}
			line := strings.Split(file, "\n")[ps[i].Line-1]
			if !strings.Contains(line, marker) {
				t.Errorf("the problem names line %d, %q, want %q", ps[i].Line, line, marker)
			}
		})
	}
}

func TestAllProblemsInOrder(t *testing.T) {
	t.Parallel()
	file := small
	for _, change := range [][2]string{
		{"  dataset: small", "  dataset: 7"},
		{"presenter: esp_head", "presenter: esp_x"},
		{"    due_on: 2026-06-30", "    due: 2026-06-30"},
	} {
		file = strings.Replace(file, change[0], change[1], 1)
	}
	_, ps := parseSmall(t, file)
	want := []string{
		"meta.dataset: must be a text",
		`meetings.m_held.items.i_main.presenter: no post named "esp_x"`,
		"actions.a_2.due: unknown key",
	}
	lines := strings.Split(ps.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("got\n%v", ps)
	}
	for i, l := range lines {
		if want := fmt.Sprintf("line %d: %s", ps[i].Line, want[i]); l != want {
			t.Errorf("got %q, want %q", l, want)
		}
	}
}

func TestNotADataset(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"empty":         {"", "the file is empty"},
		"only comments": {"# nothing\n", "the file is empty"},
		"a list":        {"- 1\n", "must be a mapping"},
		"a word":        {"---\n", "must be a mapping"},
		"no YAML":       {"meta:\n  a: [1\n", "line 1: did not find expected ',' or ']'"},
		"two documents": {small + "---\nmeta: {}\n", "a file holds one document only"},
		"an alias":      {strings.Replace(small, "short: {fi: \"E\", sv: \"E\", en: \"E\"}", "short: *name", 1), "unknown anchor 'name' referenced"},
		"an anchor":     {strings.NewReplacer(`name: {fi: "Espoo"`, `name: &n {fi: "Espoo"`, `short: {fi: "E", sv: "E", en: "E"}`, "short: *n").Replace(small), "line 16: parties.espoo.short: anchors and aliases are not used here"},
		"too large":     {strings.Repeat("# filler\n", 2<<20), "the file is larger than 10 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, ps := parseSmall(t, c.file)
			if len(ps) == 0 || ps[0].String() != c.want {
				t.Errorf("got %v, want %s", ps, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("meta: {notice: [1, {fi: 2}]}\nparties: {a: null, ? [x] : y}\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		d, err := Parse(bytes.NewReader(file))
		if (d == nil) != (err != nil) {
			t.Errorf("a data set and problems at once, or neither: %v", err)
		}
	})
}
