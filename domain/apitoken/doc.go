// Package apitoken holds API tokens (rajapintatunnus, API-nyckel): by one a program
// acts for the person who made it, in the post in which they made it.
//
// A token does at most what its owner may do today, and of that what its scopes
// name: whatever the owner loses the program loses at once, and while they no longer
// hold the post, or have no role without one, it does nothing. It can neither sign in
// nor make tokens, nor give a word that binds a party (domain.TokenScope).
//
// Its secret is told once. Of it a SHA-256 is kept, apart from the token: neither
// history, backups nor the role for reports have it, so that after a restore each
// program needs a new one. What a token is for never changes: another purpose is
// another token. Administrators see and revoke those of their party's people, auditors
// see all.
package apitoken
