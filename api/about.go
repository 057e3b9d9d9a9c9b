package api

import (
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/freshness"
)

// AboutParams narrow things of several kinds by what they are about, by the names of
// the filters of the list of actions.
type AboutParams struct {
	TermParams
	Plan  []string `query:"planId,explode" maxItems:"50" doc:"Goals of these plans, and actions for such goals; none: of no plan"`
	Goal  []string `query:"goalId,explode" maxItems:"50" doc:"These goals and those of parties under them, and what is for them; none: for no goal"`
	Chain []string `query:"chainId,explode" maxItems:"50" doc:"These chains and what belongs to them; none: to no chain"`
	Forum []string `query:"forumId,explode" maxItems:"50" doc:"These forums, their meetings, papers and referrals, and the actions that they follow; none: of no forum"`
	Party []string `query:"partyId,explode" maxItems:"50" doc:"Party of the lead post, of a forum of its chair; none: no lead"`
	Post  []string `query:"postId,explode" maxItems:"50" doc:"Responsible in any part, of a forum a member; none: nobody"`
}

const aboutDescription = "Narrowed by what things are about: an action by its own filters, a responsibility, hand-over, draft or round by its subject, a meeting, paper or referral by its forum; every number follows. " + termsDescription

func (in *AboutParams) about() (f domain.AboutFilter, err error) {
	return f, firstError(in.terms(&f.Terms), idFilter(&f.Terms.Plans, "planId", in.Plan), idFilter(&f.Goals, "goalId", in.Goal), idFilter(&f.Chains, "chainId", in.Chain),
		idFilter(&f.Forums, "forumId", in.Forum), idFilter(&f.Parties, "partyId", in.Party), idFilter(&f.Posts, "postId", in.Post))
}

// actionsAbout is the filter of the list of actions that finds what is about this.
func actionsAbout(f domain.AboutFilter) action.Filter {
	return action.Filter{Theme: f.Terms.Themes, TargetGroup: f.Terms.TargetGroups, District: f.Terms.Districts, Tag: f.Terms.Tags, Plan: f.Terms.Plans,
		Goal: f.Goals, Chain: f.Chains, Forum: f.Forums, Party: f.Parties, Post: f.Posts}
}

// freshnessAbout counts the same actions.
func freshnessAbout(f domain.AboutFilter) freshness.Filter {
	return freshness.Filter{Terms: f.Terms, Party: f.Parties, About: domain.AboutFilter{Goals: f.Goals, Chains: f.Chains, Forums: f.Forums, Posts: f.Posts}}
}
