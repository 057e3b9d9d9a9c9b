// Package plan holds the plan that the goals belong to (hyvinvointisuunnitelma,
// välfärdsplan) with its annual cycle, and the vocabularies that goals and
// actions are sorted by: themes, target groups, main districts (suuralue,
// storområde) and legal bases.
//
// Coordinators of either party keep them. Vocabularies are public; a plan is
// read by everybody if it is public, else by staff of both parties.
package plan
