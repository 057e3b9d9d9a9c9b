// Package access knows who people are and what they may do.
//
// A person comes from one of the configured identity providers; issuer and
// subject together are the key, since two providers may give the same subject.
// Each provider belongs to one party, and so does the person. Somebody whom
// nobody has given a post or a role is a person without grants: they see what
// the public sees.
//
// Grants hang on posts, and whoever holds the post or deputises its holder today
// has them while acting in it; only auditors and administrators are granted
// their role in person. A party's grants work only for people who came through
// that party's provider.
package access
