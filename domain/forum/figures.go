package forum

import (
	"context"
	"time"

	"yhdyspinta/domain"
)

// Figures tell how a forum has worked, as far as the reader may see it: every
// number counts what a list would show to the same reader.
type Figures struct {
	Cancelled  int               // meetings of the year shown
	Decisions  int               // decisions and assignments of the year's closed meetings
	OpenLoops  int               // of all years, as GET /open-loops lists them
	Attendance []PartyAttendance // of the year's meetings together, by the order of the parties
}

// PartyAttendance counts the chair and the members of a party, or who took their
// places; the secretary, experts and guests do not count.
type PartyAttendance struct {
	PartyID domain.PartyID
	Seats   int
	Present int
}

// MandateAnswer tells whether a principal party has accepted the forum's purpose
// and mandate in their present words.
type MandateAnswer struct {
	PartyID   domain.PartyID
	At        time.Time // zero: it has not
	PostID    domain.PostID
	PostTitle domain.Text
	Since     time.Time     // since when the present words wait for it; zero: accepted
	Before    *MandateWords // what it had accepted last, if the words are others by now
}

// MandateWords are a purpose and mandate that a party has accepted.
type MandateWords struct {
	Purpose domain.Text
	Mandate domain.Text
	At      time.Time
}

// MandateAccepted reports whether every principal party has accepted the present
// words.
func (v View) MandateAccepted() bool {
	for _, a := range v.Mandated {
		if a.At.IsZero() {
			return false
		}
	}
	return len(v.Mandated) > 0
}

// Answers reports whether the actor's party has not yet accepted the present
// words and the actor may do so.
func (v View) Answers(a domain.Actor) bool {
	for _, m := range v.Mandated {
		if m.PartyID == a.PartyID {
			return m.At.IsZero() && a.Can(domain.AgreementAccept, domain.Resource{Parties: []domain.PartyID{a.PartyID}})
		}
	}
	return false
}

// Permissions lists what the actor may do with the forum: as a member, propose
// topics; for a principal party, accept its mandate.
func (v View) Permissions(a domain.Actor, day domain.Date) []domain.Permission {
	out := a.Allowed(v.Resource(), Permissions...)
	members := v.Resource()
	for _, m := range v.Members {
		if m.On(day) {
			members.Posts = append(members.Posts, m.PostID)
		}
	}
	if !a.PostID.IsZero() {
		out = append(out, a.Allowed(members, domain.TopicPropose)...)
	}
	out = append(out, a.Allowed(v.Resource(), domain.MeetingImport)...)
	if v.Answers(a) {
		out = append(out, domain.AgreementAccept)
	}
	return out
}

// AcceptMandate gives the acceptance of the actor's party of the purpose and
// mandate as version of the forum says them: Stale if it has another version by
// now, a Conflict if the party has accepted these words or is no principal one.
func (s *Service) AcceptMandate(ctx context.Context, actor domain.Actor, id domain.ForumID, version int) (f View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Forums.Lock(id); err != nil {
			return err
		}
		old, err := st.Forums.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.AgreementAccept, domain.Resource{Parties: []domain.PartyID{actor.PartyID}}); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(domain.SubjectOf(domain.SubjectForum, id), version, old)
		}
		asked := false
		for _, m := range old.Mandated {
			if m.PartyID == actor.PartyID {
				asked = true
				if !m.At.IsZero() {
					return domain.Conflict("already_answered", "accepted", "the party has accepted these words")
				}
			}
		}
		if !asked {
			return domain.Conflict("party_not_concerned", "", "only principal parties accept a forum's mandate")
		}
		var acceptance domain.AcceptanceID
		acceptance.SetNew(s.NewID)
		if err := st.Forums.AcceptMandate(acceptance, old.Forum, actor.PartyID, actor.PostID, log.Now()); err != nil {
			return err
		}
		log.Add(actor, domain.AgreementAccept, domain.SubjectOf(domain.SubjectForum, id), old.Version,
			[]domain.Change{{Field: "mandateAcceptance", New: map[string]any{"partyId": actor.PartyID}}})
		f, err = st.Forums.Get(actor.Scope(), id)
		return err
	})
	return f, err
}
