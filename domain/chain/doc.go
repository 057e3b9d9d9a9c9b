// Package chain holds service chains (palveluketju, servicekedja): the ordered
// stages (ketjun vaihe, steg) that a resident's way runs through, each with the
// party and the posts responsible for it.
//
// Coordinators of either party keep chains. A stage that is taken out ends: it
// stays in the past and under the actions that were pinned to it.
package chain
