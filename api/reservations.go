package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/reservation"
)

// Reservation is a party's dissent. It is never edited nor deleted, only
// withdrawn.
type Reservation struct {
	ID               domain.ReservationID   `json:"id" format:"uuid"`
	SubjectKind      domain.SubjectKind     `json:"subjectKind" enum:"goal,action,responsibility" doc:"Of an action: its joint status"`
	SubjectID        domain.AnyID           `json:"subjectId" format:"uuid"`
	Of               SubjectRef             `json:"of" doc:"The goal or action itself, or what the responsibility belongs to"`
	ResponsiblePost  *Text                  `json:"responsiblePost,omitempty" doc:"Of a responsibility: the title of its post"`
	PartyID          domain.PartyID         `json:"partyId" format:"uuid"`
	Post             *PostRef               `json:"post,omitempty" doc:"In which it was made"`
	Text             Text                   `json:"text"`
	Visibility       domain.Visibility      `json:"visibility" enum:"public,internal"`
	VisibilityGround string                 `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	MadeAt           time.Time              `json:"madeAt"`
	Withdrawal       *ReservationWithdrawal `json:"withdrawal,omitempty" doc:"Missing while it holds"`
	Version          int                    `json:"version"`
	Permissions      []domain.Permission    `json:"permissions" doc:"reservation.make: the caller may withdraw it"`
}

// ReservationWithdrawal tells when and why a reservation was withdrawn.
type ReservationWithdrawal struct {
	At     time.Time      `json:"at"`
	PostID *domain.PostID `json:"postId,omitempty" format:"uuid" doc:"Post in which it was withdrawn"`
	Reason Text           `json:"reason"`
}

// ReservationInput is a reservation of the caller's party.
type ReservationInput struct {
	SubjectKind      domain.SubjectKind `json:"subjectKind" enum:"goal,action,responsibility" doc:"Of an action: its joint status"`
	SubjectID        domain.AnyID       `json:"subjectId" format:"uuid"`
	Text             Text               `json:"text" doc:"In at least one language, at most 3,000 characters in each"`
	Visibility       domain.Visibility  `json:"visibility" enum:"public,internal"`
	VisibilityGround string             `json:"visibilityGround,omitempty" maxLength:"300"`
}

// SubjectReservations are the reservations on one thing and its responsibilities.
type SubjectReservations struct {
	Items       []Reservation       `json:"items" doc:"The latest first, at most 200"`
	Permissions []domain.Permission `json:"permissions" doc:"reservation.make: the caller may make one"`
}

func reservationBody(a domain.Actor) func(reservation.View) Reservation {
	return func(v reservation.View) Reservation {
		out := Reservation{ID: v.ID, SubjectKind: v.Subject.Kind, SubjectID: v.Subject.ID,
			Of:      SubjectRef{Kind: v.Of.Kind, ID: v.Of.ID, No: v.Of.No, Key: v.Of.Key, Title: v.Of.Title},
			PartyID: v.PartyID, Text: v.Text, Visibility: v.Visibility, VisibilityGround: v.VisibilityGround, MadeAt: v.MadeAt,
			Version: v.Version, Permissions: []domain.Permission{}}
		if v.Of.Kind == domain.SubjectHandover {
			out.Of.From, out.Of.To = &v.Of.From, &v.Of.To
		}
		if v.Subject.Kind == domain.SubjectResponsibility {
			out.ResponsiblePost = &v.PostOf
		}
		if !v.PostID.IsZero() {
			out.Post = &PostRef{ID: v.PostID, Title: v.PostTitle, PartyID: v.PartyID}
		}
		if !v.WithdrawnAt.IsZero() {
			out.Withdrawal = &ReservationWithdrawal{At: v.WithdrawnAt, PostID: v.WithdrawnPostID.Ptr(), Reason: v.Withdrawal}
		}
		if v.MayWithdraw(a) {
			out.Permissions = append(out.Permissions, domain.ReservationMake)
		}
		return out
	}
}

func (s *Server) registerReservations() {
	const tag = "Reservations"
	rs := s.Services.Reservations

	handle(s, operation{ID: "listReservations", Method: http.MethodGet, Path: "/reservations", Tag: tag, Permission: readScope,
		Summary:     "List reservations",
		Description: "A party's dissent from a goal, a responsibility or the joint status of an action: public ones to everybody who may read the thing, internal ones to staff. " + termsDescription + "Sorted by -madeAt (the default) or madeAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			TermParams
			Kind      []string `query:"subjectKind,explode" maxItems:"10" enum:"goal,action,responsibility" doc:"About things of these kinds"`
			Subject   string   `query:"subjectId" format:"uuid" doc:"About this thing; also about its responsibilities"`
			Party     []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
			Withdrawn string   `query:"withdrawn" enum:"true,false" doc:"Whether they have been withdrawn"`
		}) (*ListOutput[Reservation], error) {
			f := reservation.Filter{Kind: filterOf[domain.SubjectKind](toStrings[domain.SubjectKind](in.Kind))}
			if in.Withdrawn != "" {
				yes := in.Withdrawn == "true"
				f.Withdrawn = &yes
			}
			if err := firstError(in.terms(&f.Terms), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			if in.Subject != "" {
				id, err := domain.ParseID[struct{}](in.Subject)
				if err != nil {
					return nil, domain.InvalidField("subjectId", "id_malformed")
				}
				f.Subject.UUID = id.UUID
			}
			page, err := rs.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, reservationBody(a)), nil
		})

	handle(s, operation{ID: "listSubjectReservations", Method: http.MethodGet, Path: "/reservations/of/{kind}/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the reservations on one thing and its responsibilities, with what the caller may do"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			Kind string `path:"kind" enum:"goal,action,responsibility,forum,chain,stage,handover"`
			ID   string `path:"id" format:"uuid"`
		}) (*struct{ Body SubjectReservations }, error) {
			subject := domain.Subject{Kind: domain.SubjectKind(in.Kind)}
			if err := pathID(&subject.ID, in.ID, in.Kind); err != nil {
				return nil, err
			}
			items, may, err := rs.OfSubject(ctx, a, subject)
			if err != nil {
				return nil, err
			}
			out := &struct{ Body SubjectReservations }{SubjectReservations{Items: []Reservation{}, Permissions: []domain.Permission{}}}
			for _, v := range items {
				out.Body.Items = append(out.Body.Items, reservationBody(a)(v))
			}
			if may {
				out.Body.Permissions = append(out.Body.Permissions, domain.ReservationMake)
			}
			return out, nil
		})

	handle(s, operation{ID: "getReservation", Method: http.MethodGet, Path: "/reservations/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a reservation"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Reservation], error) {
			var id domain.ReservationID
			if err := pathID(&id, in.ID, "reservation"); err != nil {
				return nil, err
			}
			v, err := rs.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(reservationBody(a)(v), v.Version), nil
		})

	handle(s, operation{ID: "makeReservation", Method: http.MethodPost, Path: "/reservations", Tag: tag, Permission: domain.ReservationMake, Status: http.StatusCreated,
		Errors: []int{401, 403, 404}, Summary: "Register a reservation of the caller's party",
		Description: "By a coordinator of the party or the manager of a unit of the party that leads or shares the thing."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ReservationInput }) (*ItemOutput[Reservation], error) {
			v, err := rs.Make(ctx, a, domain.Subject{Kind: in.Body.SubjectKind, ID: in.Body.SubjectID},
				reservation.Statement{Text: in.Body.Text, Visibility: in.Body.Visibility, VisibilityGround: in.Body.VisibilityGround})
			if err != nil {
				return nil, err
			}
			return created(reservationBody(a)(v), v.Version, "/reservations/"+v.ID.String()), nil
		})

	handle(s, operation{ID: "withdrawReservation", Method: http.MethodPost, Path: "/reservations/{id}/withdrawal", Tag: tag, Permission: domain.ReservationMake,
		Errors: []int{401, 403, 404, 409}, Summary: "Withdraw a reservation of the caller's party",
		Description: "It stays readable with the reason. Nothing else of it ever changes, so no version is asked for."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason Text `json:"reason" doc:"In at least one language, at most 1,000 characters in each"`
			}
		}) (*ItemOutput[Reservation], error) {
			var id domain.ReservationID
			if err := pathID(&id, in.ID, "reservation"); err != nil {
				return nil, err
			}
			v, err := rs.Withdraw(ctx, a, id, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return item(reservationBody(a)(v), v.Version), nil
		})
}
