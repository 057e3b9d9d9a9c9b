package storage

import (
	"strings"

	"yhdyspinta/domain"
)

// visibleMeeting is the condition that the scope may read the papers of a
// meeting, by its alias: published ones, and those of one's forums earlier.
// Of internal meetings the public reads nothing.
func (tx Tx) visibleMeeting(w *where, scope domain.Scope, alias string) {
	tx.visible(w, scope, alias, "meeting")
	if scope.AllMeetings {
		return
	}
	alternatives, args := []string{alias + ".status = 'published'"}, []any(nil)
	if len(scope.MemberForums) > 0 {
		alternatives, args = append(alternatives, alias+".status <> 'draft' and "+alias+".forum_id in ?"), append(args, scope.MemberForums)
	}
	if len(scope.OwnForums) > 0 {
		alternatives, args = append(alternatives, alias+".forum_id in ?"), append(args, scope.OwnForums)
	}
	w.add("("+strings.Join(alternatives, " or ")+")", args...)
}
