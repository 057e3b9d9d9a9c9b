package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/search"
)

// SearchResult is what a search gives.
type SearchResult struct {
	TooShort   bool          `json:"tooShort" doc:"No word was long enough to be looked for: a word needs two letters, a figure may stand alone"`
	Near       bool          `json:"near" doc:"Nothing has the words themselves: the hits have words that are nearly the same"`
	Suggestion string        `json:"suggestion,omitempty" doc:"What was asked with the words that the near hits have"`
	Groups     []SearchGroup `json:"groups" doc:"One for each kind that was asked for, in their fixed order"`
}

// SearchGroup is what was found of one kind.
type SearchGroup struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,action,forum,agenda_item,outcome,post"`
	Count int                `json:"count" doc:"How many there are that the caller may see, counted to 300"`
	More  bool               `json:"more" doc:"There are more than count"`
	Items []SearchHit        `json:"items" doc:"The best first"`
}

// SearchHit is a thing that was found, and where it stands.
type SearchHit struct {
	Kind     domain.SubjectKind `json:"kind" enum:"goal,action,forum,agenda_item,outcome,post"`
	ID       domain.AnyID       `json:"id" format:"uuid"`
	No       int                `json:"no,omitempty" doc:"Of a goal or action: the number people use"`
	Key      string             `json:"key,omitempty" doc:"Of a forum"`
	Title    SearchText         `json:"title" doc:"Of an outcome its text"`
	Snippet  *SearchSnippet     `json:"snippet,omitempty" doc:"Where words stand that the title, as it is shown, does not have"`
	Theme    *Text              `json:"theme,omitempty" doc:"Of a goal"`
	Goal     *GoalRef           `json:"goal,omitempty" doc:"Of an action: its first goal that the caller may see"`
	Forum    *ForumRef          `json:"forum,omitempty" doc:"Of an action, agenda item or outcome"`
	Meeting  *MeetingRef        `json:"meeting,omitempty" doc:"Of an agenda item or outcome"`
	Item     *AgendaItemRef     `json:"item,omitempty" doc:"The agenda item, or that of the outcome"`
	PartyID  *domain.PartyID    `json:"partyId,omitempty" format:"uuid" doc:"Of a post"`
	Unit     *Text              `json:"unit,omitempty" doc:"Of a post"`
	Internal bool               `json:"internal,omitempty" doc:"The public does not see it, or not yet"`
}

// SearchText is a text in one language in pieces, those marked that were asked for.
type SearchText struct {
	Lang     domain.Lang     `json:"lang" enum:"fi,sv,en" doc:"Of the text: that which was asked for, if there is one in it"`
	Segments []SearchSegment `json:"segments" doc:"One after the other they are the text"`
}

// SearchSegment is a piece of plain text.
type SearchSegment struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit" doc:"A word that was asked for, or a form of it"`
}

// SearchSnippet is a place in one of a thing's texts.
type SearchSnippet struct {
	Part search.Part `json:"part" enum:"title,description,result,purpose,mandate,proposal,proceedings,decision,explanation,heard,goesOnTo,noActionReason" doc:"Which text; title: that of another language"`
	SearchText
}

func searchText(m search.Marked) SearchText {
	out := SearchText{Lang: m.Lang, Segments: make([]SearchSegment, len(m.Segments))}
	for i, s := range m.Segments {
		out.Segments[i] = SearchSegment(s)
	}
	return out
}

func searchHit(h search.Hit) SearchHit {
	out := SearchHit{Kind: h.Kind, ID: h.ID, No: h.No, Key: h.Key, Title: searchText(h.Title), PartyID: h.PartyID.Ptr(), Internal: h.Internal}
	if s := h.Snippet; s != nil {
		out.Snippet = &SearchSnippet{s.Part, searchText(s.Marked)}
	}
	if !h.Theme.IsZero() {
		out.Theme = &h.Theme
	}
	if !h.Unit.IsZero() {
		out.Unit = &h.Unit
	}
	if g := h.Goal; g != nil {
		out.Goal = &GoalRef{ID: g.ID, No: g.No, Title: g.Title}
	}
	if f := h.Forum; f != nil {
		out.Forum = &ForumRef{f.ID, f.Key, f.Title}
	}
	if m := h.Meeting; m != nil {
		out.Meeting = &MeetingRef{m.ID, m.Year, m.Number, m.StartsAt, m.EndsAt, m.Status}
	}
	if i := h.Item; i != nil {
		out.Item = &AgendaItemRef{ID: i.ID, AgendaNo: i.AgendaNo, SubNo: i.SubNo, Section: i.Section, Title: i.Title}
	}
	return out
}

func searchResult(r search.Result) SearchResult {
	out := SearchResult{TooShort: r.TooShort, Near: r.Near, Suggestion: r.Suggestion, Groups: make([]SearchGroup, len(r.Groups))}
	for i, g := range r.Groups {
		out.Groups[i] = SearchGroup{Kind: g.Kind, Count: g.Count, More: g.More, Items: make([]SearchHit, len(g.Hits))}
		for j, h := range g.Hits {
			out.Groups[i].Items[j] = searchHit(h)
		}
	}
	return out
}

func (s *Server) registerSearch() {
	type output struct{ Body SearchResult }
	handle(s, operation{ID: "search", Method: http.MethodGet, Path: "/search", Tag: "Search", Permission: readScope, Costly: true,
		Summary: "Search goals, actions, forums, agenda items, outcomes and posts",
		Description: "All words must be found, in whatever text and language of the thing: in any Finnish, Swedish or English form, as the beginning of a word from three letters, and in titles as a part of a compound. " +
			"Where nothing has them, titles with words that are nearly the same are given. Only what the caller may see is found and counted. Signs part words and mean nothing else; accents need not be typed. " +
			"As of a past day the texts of that day are searched in the same ways. At most eight words count."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Text  string               `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"What is looked for"`
			Kind  []domain.SubjectKind `query:"kind,explode" maxItems:"6" enum:"goal,action,forum,agenda_item,outcome,post" doc:"Only these kinds"`
			Lang  domain.Lang          `query:"lang" enum:"fi,sv,en" default:"fi" doc:"The language of titles, where there is a title in it; all are searched"`
			Limit int                  `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"How many of each kind"`
		}) (*output, error) {
			result, err := s.Services.Search.Search(ctx, a, search.Request{Text: in.Text, Kinds: in.Kind, Lang: in.Lang, Limit: in.Limit})
			if err != nil {
				return nil, err
			}
			return &output{searchResult(result)}, nil
		})
}
