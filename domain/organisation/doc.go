// Package organisation holds who takes part: parties (osapuoli, part), their
// tree of units (yksikkö, enhet), the posts in them (virka tai tehtävä,
// befattning) and who has held which post from when to when (holding).
//
// Things belong to posts, never to persons: the public sees posts. Who holds
// them is for staff of either party. Administrators of a party change its names,
// units, posts and holdings. Nothing is deleted: what is over has a last day.
package organisation
