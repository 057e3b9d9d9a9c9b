package storage

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"yhdyspinta/domain"
)

// constraintErrors maps the names of constraints that a request can violate
// although the domain's rules hold: two requests at once, or an id of something
// that does not exist.
var constraintErrors = map[string]*domain.Error{
	"uniq_meeting_forum_number":       domain.Conflict("meeting_number_taken", "", "the forum has a meeting with this number"),
	"uniq_meeting_template_forum":     domain.Conflict("template_exists", "", "the forum has a template: change that one"),
	"uniq_series_meeting_slot":        domain.Conflict("series_complete", "made", "the day has its meeting"),
	"uniq_participant_post":           domain.Conflict("participant_exists", "", "the post already takes part"),
	"uniq_responsibility_open":        domain.InvalidField("/responsibilities", "duplicate"),
	"uniq_responsibility_action_lead": domain.InvalidField("/responsibilities", "one_lead"),
	"uniq_approval_post":              domain.Conflict("already_approved", "", "this post has already approved"),
	"uniq_amendment_approval_post":    domain.Conflict("already_approved", "", "this post has already approved"),
	"uniq_referral_waiting":           domain.Conflict("referral_waits", "", "its matter is with another forum already"),
	"uniq_draft_open":                 domain.Conflict("draft_exists", "open", "it has an open draft: change that one"),
	"uniq_forum_key":                  domain.InvalidField("/key", "taken"),
	"uniq_chain_key":                  domain.InvalidField("/key", "taken"),
	"uniq_theme_key":                  domain.InvalidField("/key", "taken"),
	"uniq_target_group_key":           domain.InvalidField("/key", "taken"),
	"uniq_district_key":               domain.InvalidField("/key", "taken"),
	"uniq_legal_basis_key":            domain.InvalidField("/key", "taken"),
	"uniq_tag_key":                    domain.InvalidField("/key", "taken"),
	"uniq_phase_key":                  domain.InvalidField("/key", "taken"),
	"uniq_plan_key":                   domain.InvalidField("/key", "taken"),
	"uniq_party_key":                  domain.InvalidField("/key", "taken"),
	"uniq_decision_settlement_entry":  domain.Conflict("decision_offer_settled", "", "the offer was taken or dismissed meanwhile"),
	"uniq_decision_feed_url":          domain.InvalidField("/url", "taken"),
	"uniq_reporting_round_key":        domain.InvalidField("/key", "taken"),
	"uniq_reporting_round_open":       domain.Conflict("round_open", "open", "the plan has an open round: complete or cancel that one"),
	"uniq_round_completion_party":     domain.Conflict("side_completed", "", "the party has completed its side"),
	"uniq_action_dependency_pair":     domain.Conflict("dependency_exists", "", "the action waits for that one already"),
	"chk_goal_only_its_party":         domain.InvalidField("/responsibilities", "other_party"),
	"uniq_goal_no":                    domain.InvalidField("/no", "taken"),
}

// unknownReference maps foreign keys to the pointer of the field that named
// something unknown.
var unknownReference = map[string]string{
	"fk_unit_parent":                      "/parentId",
	"fk_unit_party":                       "/partyId",
	"fk_post_unit":                        "/unitId",
	"fk_holding_person":                   "/personId",
	"fk_holding_post":                     "/postId",
	"fk_role_grant_post":                  "/postId",
	"fk_role_grant_person":                "/personId",
	"fk_role_grant_unit":                  "/unitId",
	"fk_role_grant_forum":                 "/forumId",
	"fk_role_grant_party":                 "/partyId",
	"fk_membership_post":                  "/members",
	"fk_goal_into_goal":                   "/ending/goalId",
	"fk_goal_plan":                        "/planId",
	"fk_goal_shared_goal":                 "/sharedGoalId",
	"fk_goal_party":                       "/partyId",
	"fk_goal_theme":                       "/themeId",
	"fk_goal_target_group_target_group":   "/targetGroupIds",
	"fk_goal_stage_stage":                 "/stageIds",
	"fk_goal_handover_handover":           "/handoverIds",
	"fk_chain_theme":                      "/themeId",
	"fk_stage_party":                      "/stages",
	"fk_forum_parent":                     "/parentId",
	"fk_forum_chain":                      "/chainId",
	"fk_forum_goal_goal":                  "/goalIds",
	"fk_forum_stage_stage":                "/stageIds",
	"fk_forum_handover_handover":          "/handoverIds",
	"fk_participant_post":                 "/postId",
	"fk_participant_party":                "/partyId",
	"fk_template_item_presenter":          "/items",
	"fk_forum_topic_case_party":           "/case/partyId",
	"fk_agenda_item_presenter":            "/presenterPostId",
	"fk_participant_substitute":           "/substitute/postId",
	"fk_outcome_to_post":                  "/toPostId",
	"fk_dissent_party":                    "/partyId",
	"fk_dissent_post":                     "/postId",
	"fk_action_lead_post":                 "/responsibilities",
	"fk_action_forum":                     "/forumId",
	"fk_action_stage":                     "/stageId",
	"fk_action_handover":                  "/handoverId",
	"fk_action_outcome":                   "/outcomeId",
	"fk_status_report_forward_to_action":  "/forwardTo",
	"fk_action_task_post":                 "/postId",
	"fk_action_dependency_needs":          "/needsId",
	"fk_action_phase":                     "/phaseId",
	"fk_action_goal_goal":                 "/goalIds",
	"fk_action_target_group_target_group": "/targetGroupIds",
	"fk_action_district_district":         "/districtIds",
	"fk_responsibility_post":              "/responsibilities",
	"fk_case_reference_party":             "/cases",
	"fk_legal_basis_link_legal_basis":     "/legalBasisIds",
	"fk_tag_link_tag":                     "/tagIds",
	"fk_decision_feed_party":              "/partyId",
	"fk_plan_supersedes":                  "/supersedesId",
	"fk_reporting_round_plan":             "/planId",
}

// translate turns what PostgreSQL says into domain errors, in this one place.
// What it does not know stays as it is: internal.
func translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return err
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return &domain.Error{Kind: domain.KindNotFound, Code: "not_found", Detail: "no such thing", Err: err}
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "23505", "23514":
			if known, ok := constraintErrors[pg.ConstraintName]; ok {
				e := *known
				e.Err = err
				return &e
			}
		case "23503":
			if pointer, ok := unknownReference[pg.ConstraintName]; ok {
				e := domain.InvalidField(pointer, "unknown")
				e.Err = err
				return e
			}
		case "54000": // more different words than search can hold, or a key longer than an index takes
			e := domain.InvalidField("", "too_long")
			e.Err = err
			return e
		}
	}
	if diskFull(err) || away(err) {
		return unavailable(err)
	}
	return err
}

func retryable(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01" || stalePlan(err))
}

// stalePlan reports whether a statement that a connection has prepared does not
// fit the tables any more: a migration has just added a column to one.
func stalePlan(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "0A000" && pg.Routine == "RevalidateCachedQuery"
}
