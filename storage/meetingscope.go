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
// chair or inspector, today. The forum's chair reads the papers also when another
// chairs in their place.
const askedSQL = `exists (select 1 from (
	select p.post_id from public.participant p where p.meeting_id = m.id and (p.role = 'chair' or p.inspector)
	union all select n.post_id from public.named_approver n where n.meeting_id = m.id) asked
	where asked.post_id = ?)`

// approversSQL are the posts a whose approval meetings' papers need, as
// meeting.Approvers lists them.
const approversSQL = `(
	select pa.meeting_id, pa.post_id, case when pa.inspector then 'inspector' else 'chair' end as role, pa.position, pa.id from participant pa
	where pa.inspector or pa.role = 'chair' and not exists (select 1 from named_approver acting where acting.meeting_id = pa.meeting_id and acting.role = 'chair')
	union all select named.meeting_id, named.post_id, named.role, 0, named.id from named_approver named) a`

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
