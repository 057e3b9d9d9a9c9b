// Package plan holds the plan that the goals belong to (hyvinvointisuunnitelma,
// välfärdsplan) with its annual cycle, and the vocabularies that goals and
// actions are sorted by: themes, target groups, main districts (suuralue,
// storområde), free tags and legal bases.
//
// Coordinators of either party keep them. Vocabularies are public; a plan is
// read by everybody if it is public, else by staff of both parties. A plan that is
// or was public changes by a draft; what decides which plan is in force needs the
// word of both principal parties. Its state follows from its dates, its adoption
// and the plan that supersedes it.
//
// A term is not deleted. It is retired: it stays on what has it, and is given to
// nothing new. Or it is merged into another of its vocabulary: what has it gets
// the other instead, and filters by it find the other's things. Legal bases are
// neither: an act that is repealed stays the basis of what was done under it.
package plan
