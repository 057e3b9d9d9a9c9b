// Package decisionfeed follows the decision services of the parties
// (päätöspalvelu, beslutstjänst): each party's administrator names the RSS
// addresses (syöte, flöde) of its service, the background work reads them, and
// what is new is offered to the secretaries of the forums that it concerns.
//
// An entry (merkintä, post) concerns a forum if its title or text mentions a
// registry number (diaarinumero) that an agenda item of the forum names for that
// party, or holds a word that the forum watches (seurattava sana, bevakat ord).
// That is computed when it is asked for, never stored. The secretary takes an
// offer, which puts its link on an agenda item, or dismisses it.
//
// Feeds belong to their party's administrator; watch lists and offers to the
// forum's secretary. Entries are copies: each goes Kept after its feed had it
// last, and a feed keeps MaxEntries of them.
package decisionfeed
