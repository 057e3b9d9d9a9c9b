// Package wiring connects storage to the services: the one place that knows
// both, used by the commands and by the tests of the API.
package wiring

import (
	"log/slog"
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	"yhdyspinta/api"
	"yhdyspinta/cmd/background"
	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/apitoken"
	"yhdyspinta/domain/audit"
	"yhdyspinta/domain/calendar"
	"yhdyspinta/domain/carryover"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/change"
	"yhdyspinta/domain/comparison"
	"yhdyspinta/domain/decisionfeed"
	"yhdyspinta/domain/draft"
	"yhdyspinta/domain/following"
	"yhdyspinta/domain/forum"
	"yhdyspinta/domain/freshness"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/job"
	"yhdyspinta/domain/mail"
	"yhdyspinta/domain/matrix"
	"yhdyspinta/domain/meeting"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/openloop"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/overview"
	"yhdyspinta/domain/plan"
	"yhdyspinta/domain/radar"
	"yhdyspinta/domain/reservation"
	"yhdyspinta/domain/responsibility"
	"yhdyspinta/domain/round"
	"yhdyspinta/domain/savedview"
	"yhdyspinta/domain/search"
	"yhdyspinta/domain/translation"
	"yhdyspinta/storage"
)

// heapGrowth is by how much of what is in use the memory may grow before it is cleaned
// up, in per cent. A request leaves much behind and little is kept: Go's 100 cleans up
// twice as often, for some 20 MB.
const heapGrowth = 200

// Collect sets how often a process cleans up its memory, unless GOGC says it.
func Collect() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
}

// Services makes every use case on a database.
func Services(db *storage.DB, clock domain.Clock, newID domain.IDSource) api.Services {
	book := func(tx storage.Tx) responsibility.Book {
		return responsibility.Book{Store: storage.NewResponsibilityStore(tx), NewID: newID}
	}
	goals := func(tx storage.Tx) goal.Stores {
		return goal.Stores{Goals: storage.NewGoalStore(tx), Book: book(tx), Terms: storage.NewTermStore(tx), Pins: storage.NewPinStore(tx)}
	}
	chains := func(tx storage.Tx) chain.Stores {
		return chain.Stores{Chains: storage.NewChainStore(tx), Handovers: storage.NewHandoverStore(tx), Book: book(tx), Terms: storage.NewTermStore(tx)}
	}
	plans := func(tx storage.Tx) plan.Stores {
		return plan.Stores{Plans: storage.NewPlanStore(tx), Terms: storage.NewTermStore(tx)}
	}
	kept := storage.NewKept(db)
	meetings := meetingService(db, clock, newID)
	return api.Services{
		Goals: &goal.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, goals)},
		Plans: &plan.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, plans)},
		CarryOver: &carryover.Service{UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) carryover.Stores {
			return carryover.Stores{CarryOver: storage.NewCarryOverStore(tx)}
		})},
		Comparisons: &comparison.Service{Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) comparison.Stores {
			return comparison.Stores{Comparison: storage.NewComparisonStore(tx)}
		})},
		Rounds: &round.Service{NewID: newID, Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) round.Stores {
			return round.Stores{Rounds: storage.NewRoundStore(tx)}
		})},
		Chains: &chain.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, chains), Gaps: kept.Breaks(storage.NewUnitOfWork(db, func(tx storage.Tx) chain.BreakStores {
			return chain.BreakStores{Breaks: storage.NewHandoverStore(tx)}
		}))},
		Drafts: &draft.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) draft.Stores {
			return draft.Stores{Drafts: storage.NewDraftStore(tx), Kinds: map[domain.SubjectKind]draft.Kind{
				domain.SubjectGoal:  api.GoalDrafts(goal.Editor{Stores: goals(tx)}),
				domain.SubjectChain: api.ChainDrafts(chain.Editor{Stores: chains(tx), NewID: newID}),
				domain.SubjectPlan:  api.PlanDrafts(plan.Editor{Stores: plans(tx)}),
			}}
		})},
		Forums: &forum.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) forum.Stores {
			return forum.Stores{Forums: storage.NewForumStore(tx), Terms: storage.NewTermStore(tx), Pins: storage.NewPinStore(tx)}
		})},
		Meetings: meetings,
		OpenLoops: &openloop.Service{UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) openloop.Stores {
			return openloop.Stores{Loops: storage.NewOpenLoopStore(tx)}
		})},
		Series: &meeting.SeriesService{NewID: newID, Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) meeting.SeriesStores {
			return meeting.SeriesStores{Meetings: storage.NewMeetingStore(tx), Series: storage.NewSeriesStore(tx)}
		})},
		Backlog: &meeting.BacklogService{NewID: newID, Meetings: meetings, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) meeting.BacklogStores {
			return meeting.BacklogStores{Stores: meetingStores(newID)(tx), Backlog: storage.NewBacklogStore(tx)}
		})},
		Cycle: &meeting.CycleService{Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) meeting.CycleStores {
			return meeting.CycleStores{Meetings: storage.NewMeetingStore(tx), Cycle: storage.NewCycleStore(tx)}
		})},
		Actions: &action.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) action.Stores {
			return action.Stores{Actions: storage.NewActionStore(tx), Tasks: storage.NewTaskStore(tx), Dependencies: storage.NewDependencyStore(tx), Book: book(tx), Terms: storage.NewTermStore(tx)}
		})},
		Responsibilities: &responsibility.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) responsibility.Stores {
			return responsibility.Stores{Responsibilities: storage.NewResponsibilityStore(tx)}
		})},
		Reservations: &reservation.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) reservation.Stores {
			return reservation.Stores{Reservations: storage.NewReservationStore(tx)}
		})},
		Work: &mywork.Service{Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) mywork.Stores {
			return mywork.Stores{Work: storage.NewWorkStore(tx)}
		})},
		Organisation: &organisation.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) organisation.Stores {
			return organisation.Stores{Organisation: storage.NewOrganisationStore(tx)}
		})},
		Overview: &overview.Service{UoW: kept.Overview(storage.NewUnitOfWork(db, func(tx storage.Tx) overview.Stores {
			return overview.Stores{Overview: storage.NewOverviewStore(tx)}
		}))},
		Changes: &change.Service{Clock: clock, UoW: kept.Changes(storage.NewUnitOfWork(db, func(tx storage.Tx) change.Stores {
			return change.Stores{Changes: storage.NewChangeStore(tx)}
		}))},
		Matrix: &matrix.Service{UoW: kept.Matrix(storage.NewUnitOfWork(db, func(tx storage.Tx) matrix.Stores {
			return matrix.Stores{Matrix: storage.NewMatrixStore(tx)}
		}))},
		Radar: &radar.Service{UoW: kept.Radar(storage.NewUnitOfWork(db, func(tx storage.Tx) radar.Stores {
			st := storage.NewRadarStore(tx)
			return radar.Stores{Radar: st, Duties: st}
		}))},
		Freshness: &freshness.Service{UoW: kept.Freshness(storage.NewUnitOfWork(db, func(tx storage.Tx) freshness.Stores {
			return freshness.Stores{Freshness: storage.NewFreshnessStore(tx)}
		}))},
		Audit: &audit.Service{UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) audit.Stores {
			return audit.Stores{Log: storage.NewAuditStore(tx)}
		})},
		Calendars: &calendar.Service{NewID: newID, Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) calendar.Stores {
			return calendar.Stores{Calendars: storage.NewCalendarStore(tx)}
		})},
		Following: &following.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) following.Stores {
			return following.Stores{Following: storage.NewFollowingStore(tx)}
		})},
		Mails:         mailService(db, clock, newID, Outward{}),
		Jobs:          Jobs(db, clock, newID),
		DecisionFeeds: DecisionFeeds(db, clock, newID, Outward{}),
		Access:        Access(db, newID),
		Idempotency:   Idempotency(db, clock),
		Tokens: &apitoken.Service{NewID: newID, Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) apitoken.Stores {
			return apitoken.Stores{Tokens: storage.NewAPITokenStore(tx)}
		})},
		SavedViews: &savedview.Service{NewID: newID, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) savedview.Stores {
			return savedview.Stores{Views: storage.NewSavedViewStore(tx)}
		})},
		Search: &search.Service{UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) search.Stores {
			return search.Stores{Search: storage.NewSearchStore(tx)}
		})},
		Translations: &translation.Service{UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) translation.Stores {
			return translation.Stores{Texts: storage.NewTranslationStore(tx)}
		})},
	}
}

func meetingStores(newID domain.IDSource) func(storage.Tx) meeting.Stores {
	return func(tx storage.Tx) meeting.Stores {
		return meeting.Stores{Meetings: storage.NewMeetingStore(tx), Papers: storage.NewPaperStore(tx), FollowUps: storage.NewFollowUpStore(tx),
			Book: responsibility.Book{Store: storage.NewResponsibilityStore(tx), NewID: newID}, Desk: storage.NewDeskStore(tx), Notices: storage.NewOutboxStore(tx, newID)}
	}
}

func meetingService(db *storage.DB, clock domain.Clock, newID domain.IDSource) *meeting.Service {
	return &meeting.Service{NewID: newID, Clock: clock, Changes: db.Feed(), Files: storage.NewFiles(db, "", storage.DefaultFileLimit),
		UoW: storage.NewUnitOfWork(db, meetingStores(newID))}
}

// DecisionFeeds makes the use cases of decision services.
func DecisionFeeds(db *storage.DB, clock domain.Clock, newID domain.IDSource, out Outward) *decisionfeed.Service {
	meetings, stores := meetingService(db, clock, newID), meetingStores(newID)
	return &decisionfeed.Service{NewID: newID, Clock: clock, Source: out.Feeds, Log: out.log(),
		UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) decisionfeed.Stores {
			return decisionfeed.Stores{Feeds: storage.NewDecisionFeedStore(tx), Agenda: meeting.Linker{Service: meetings, Stores: stores(tx)}}
		})}
}

// Access makes the use cases of access: signing in and granting roles.
func Access(db *storage.DB, newID domain.IDSource) *access.Service {
	return &access.Service{NewID: newID, Version: db.AccessVersion, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) access.Stores {
		return access.Stores{Access: storage.NewAccessStore(tx), Grants: storage.NewGrantStore(tx), Sessions: storage.NewOwnSessionStore(tx)}
	})}
}

// Idempotency keeps the answers to requests with a key.
func Idempotency(db *storage.DB, clock domain.Clock) *idempotency.Service {
	return &idempotency.Service{Clock: clock, UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) idempotency.Stores {
		return idempotency.Stores{Keys: storage.NewIdempotencyStore(tx)}
	})}
}

// Jobs makes the use cases of background work.
func Jobs(db *storage.DB, clock domain.Clock, newID domain.IDSource) *job.Service {
	return &job.Service{NewID: newID, Clock: clock, Queue: background.NewQueue(db),
		UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) job.Stores { return job.Stores{Jobs: storage.NewJobStore(tx)} })}
}

// Outward is what the service needs of the world outside.
type Outward struct {
	Site  string              // public address
	Mail  mail.Sender         // nil: no mail server is configured
	Feeds decisionfeed.Source // nil: none are read
	Log   *slog.Logger
}

func (o Outward) log() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// Mail makes the use cases of mail that is written and sent.
func Mail(db *storage.DB, clock domain.Clock, newID domain.IDSource, out Outward) *mail.Service {
	s := mailService(db, clock, newID, out)
	s.Work = api.DigestWork{Services: Services(db, clock, newID), Clock: clock}
	return s
}

// mailService is Mail without what waits for whom: enough to read the log and to say
// what one wants.
func mailService(db *storage.DB, clock domain.Clock, newID domain.IDSource, out Outward) *mail.Service {
	host := "yhdyspinta"
	if u, err := url.Parse(out.Site); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return &mail.Service{NewID: newID, Clock: clock, Site: strings.TrimSuffix(out.Site, "/"), Host: host, Sender: out.Mail, Log: out.log(),
		UoW: storage.NewUnitOfWork(db, func(tx storage.Tx) mail.Stores {
			return mail.Stores{Mails: storage.NewMailStore(tx), Digests: storage.NewDigestStore(tx), Templates: storage.NewMailTemplateStore(tx)}
		})}
}
