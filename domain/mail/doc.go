// Package mail writes to people: what happened to their meetings, what is asked of
// them, and once a day what waits for them (kooste, sammandrag).
//
// A notice (ilmoitus, avisering) is a row in the outbox (lähtevien jono), written
// in the transaction of what it tells of. Draining makes a Mail of it for each
// person who holds or deputises a post that it concerns. Delivering reads who
// the person is today, writes the text as they may see the meeting today, and
// hands it to the mail server; the Mail stays as a line of the sent log
// (lähetysloki, sändningslogg).
//
// A digest has no notice: a row for each person and day says that it was made, of
// what. What waits is the rule of the page "my work", by the port Work.
//
// A mail is sent once, but for a crash or a cut connection between the server's
// taking it and our noting that: then it is in doubt, sent again with the same
// Message-ID, and marked so.
package mail
