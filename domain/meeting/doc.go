// Package meeting holds the meetings of forums (kokous, möte): agenda items
// (asia, ärende) with their parts, what came of each (lopputulos, utfall), who
// took part, and the approval of the memo or minutes.
//
// A meeting is a draft, then called, in progress, closed, approved and
// published; before it begins it can be cancelled. The forum's secretary
// prepares, runs, closes and publishes it; its chair and one inspector
// (tarkastaja, justerare) of each principal party approve it.
//
// Everybody sees that a public meeting of a public forum has been called. Its
// papers are read by the forum's members and by its chair and inspectors, also if
// they have left the forum, from the call on, by the forum's secretary,
// coordinators and auditors always, and by others once they are published: the
// public then reads the public items, and of the others their number and the
// ground for hiding them.
package meeting
