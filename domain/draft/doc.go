// Package draft holds drafts (luonnos, utkast): a change of something public
// that waits to be published. The content of a draft is what the thing would be;
// which things can have drafts, and by which rules they change, it knows through
// Kind only. A thing has at most one open draft.
//
// Coordinators write drafts and publish them. Those of the other principal party
// say whether they agree or ask for changes, of exactly one version: while the
// latest word of a party on the present version asks for changes, it is not
// published. Staff of either party read drafts, the public never.
package draft
