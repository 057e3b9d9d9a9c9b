// Package action holds the actions (toimenpide, åtgärd) that carry out the
// shared goals. An action has one lead post (päävastuu), posts that share,
// support or are informed, dates, a status that people report (tilanne) and a
// condition (kunto) that is computed from dates and never stored.
//
// Coordinators, the manager of the lead's unit and the secretary of the
// action's forum create actions; a meeting's outcome creates them too. Whoever
// holds a post that leads or shares it, the manager above that post and the
// coordinator of a party that it concerns edit it and report on it. Public
// actions are read by everybody, internal ones by staff of both parties.
package action
