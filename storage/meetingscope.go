package storage

import (
	"strings"

	"yhdyspinta/domain"
)

// Who sees what of meetings, as conditions on meeting m and its forum f. Like
// Tx.visible, of the past they show what was visible then and is today.

// meetingVisible is the condition that the scope covers a meeting's header:
// forum, number, time and state. From the call on, everybody knows that a
// public meeting of a public forum is held.
func (tx Tx) meetingVisible(w *where, scope domain.Scope) {
	if scope.AllMeetings {
		return
	}
	tx.meetingCondition(w, scope, "m.called_at is not null")
}

// papersVisible is the condition that the scope covers a meeting's papers:
// agenda, participants, parts of items and outcomes. Members have them from
// the call on, and so have its chair and inspectors, also after they have left
// the forum, and who takes a participant's place in it; the forum's secretary
// always, others once they are published.
func (tx Tx) papersVisible(w *where, scope domain.Scope) {
	if scope.AllMeetings {
		return
	}
	tx.meetingCondition(w, scope, "m.published_at is not null")
}

// askedSQL is true of a meeting m whose paper the post (an argument) approves as
// chair or inspector, today.
const askedSQL = `exists (select 1 from public.participant asked
	where asked.meeting_id = m.id and asked.post_id = ? and (asked.role = 'chair' or asked.inspector))`

// standsInSQL is true of a meeting m in which the post (an argument) takes a
// participant's place, today: who is taken off loses it at once, of the past too.
const standsInSQL = `exists (select 1 from public.participant stands
	where stands.meeting_id = m.id and stands.substitute_post_id = ?)`

// meetingCondition is true for the scope's own forums, once the meeting has been
// called for those it is a member of, where its approval is asked and where it
// takes a participant's place, and for others when open is.
func (tx Tx) meetingCondition(w *where, scope domain.Scope, open string) {
	var ways []string
	var args []any
	if len(scope.OwnForums) > 0 {
		ways, args = append(ways, "m.forum_id in ?"), append(args, scope.OwnForums)
	}
	if len(scope.MemberForums) > 0 {
		ways, args = append(ways, "(m.called_at is not null and m.forum_id in ?)"), append(args, scope.MemberForums)
	}
	if !scope.Post.IsZero() {
		ways = append(ways, "(m.called_at is not null and ("+askedSQL+" or "+standsInSQL+"))")
		args = append(args, scope.Post, scope.Post)
	}
	var o where
	o.add(open)
	tx.visible(&o, scope, "m", "meeting")
	tx.visible(&o, scope, "f", "forum")
	ways = append(ways, "("+strings.Join(o.conds, " and ")+")")
	w.add("("+strings.Join(ways, " or ")+")", append(args, o.args...)...)
}
