// Package savedview holds saved views (tallennettu näkymä, sparad vy): a name for
// what the address of a list says, its filters, order, grouping and columns.
//
// A view is its owner's alone, shared with the party for which they acted, or with
// everybody, the public included. It gives nobody anything to read: a list shows
// each reader what they may see. The owner changes it, and once it is shared the
// coordinators of that party too, so that it has somebody when the owner has left;
// what everybody has is only for coordinators. What is withdrawn is not found any
// more.
package savedview
