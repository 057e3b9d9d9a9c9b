package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
)

// SecrecyGround is a ground for secrecy that a form offers.
type SecrecyGround struct {
	Key      string `json:"key" doc:"Permanent name"`
	Citation Text   `json:"citation" doc:"The provision, short; also understood alone"`
	Matter   Text   `json:"matter" doc:"What is secret by it"`
	Ground   Text   `json:"ground" doc:"What is written as visibilityGround when it is chosen, in the writer's language"`
}

// SecrecyGrounds are the grounds that forms offer.
type SecrecyGrounds struct {
	Items []SecrecyGround `json:"items" doc:"In the order of the act"`
}

func (s *Server) registerSecrecyGrounds() {
	handle(s, operation{ID: "listSecrecyGrounds", Method: http.MethodGet, Path: "/secrecy-grounds", Tag: "Plan", Permission: readScope,
		Summary: "List common grounds for secrecy",
		Description: "Paragraphs of section 24(1) of the Act on the Openness of Government Activities (621/1999). " +
			"A suggestion: visibilityGround takes any words. What is written like one of these is shown in the reader's language."},
		func(context.Context, domain.Actor, *struct{}) (*struct{ Body SecrecyGrounds }, error) {
			out := SecrecyGrounds{Items: make([]SecrecyGround, len(domain.SecrecyGrounds))}
			for i, g := range domain.SecrecyGrounds {
				out.Items[i] = SecrecyGround{g.Key, g.Citation, g.Matter, g.Ground()}
			}
			return &struct{ Body SecrecyGrounds }{out}, nil
		})
}
