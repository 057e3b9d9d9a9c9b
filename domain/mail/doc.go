// Package mail writes to people: what happened to their meetings, and what is
// asked of them.
//
// A notice (ilmoitus, avisering) is a row in the outbox (lähtevien jono), written
// in the transaction of what it tells of. Draining makes a Mail of it for each
// person who holds or deputises a post that it concerns. Delivering reads who
// the person is today, writes the text as they may see the meeting today, and
// hands it to the mail server; the Mail stays as a line of the sent log
// (lähetysloki, sändningslogg).
//
// A mail is sent once, but for a crash or a cut connection between the server's
// taking it and our noting that: then it is in doubt, sent again with the same
// Message-ID, and marked so.
package mail
