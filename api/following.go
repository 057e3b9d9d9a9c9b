package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/following"
)

// FollowedThing is a goal, action, service chain or forum that the caller follows.
type FollowedThing struct {
	Subject SubjectRef `json:"subject"`
	SinceAt time.Time  `json:"sinceAt"`
}

// FollowingChoice names a thing to follow.
type FollowingChoice struct {
	SubjectKind domain.SubjectKind `json:"subjectKind" enum:"goal,action,chain,forum"`
	SubjectID   domain.AnyID       `json:"subjectId" format:"uuid"`
}

func followedBody(v following.View) FollowedThing {
	return FollowedThing{SubjectRef{Kind: v.SubjectKind, ID: v.SubjectID, No: v.No, Key: v.Key, Title: v.Title}, v.SinceAt}
}

func (s *Server) registerFollowing() {
	const tag = "Following"
	fs := s.Services.Following
	mine := func(ctx context.Context, a domain.Actor) (*ListOutput[FollowedThing], error) {
		list, err := fs.Mine(ctx, a)
		if err != nil {
			return nil, err
		}
		return listOf(domain.Page[following.View]{Items: list}, followedBody), nil
	}

	handle(s, operation{ID: "listMyFollowing", Method: http.MethodGet, Path: "/me/following", Tag: tag, Permission: domain.ProfileEdit, Errors: []int{401, 403},
		Summary: "List what the caller follows", Description: "By kind and name, 200 at most. What they may not see any more is left out."},
		func(ctx context.Context, a domain.Actor, _ *struct{}) (*ListOutput[FollowedThing], error) {
			return mine(ctx, a)
		})

	for _, op := range []struct {
		operation
		do func(context.Context, domain.Actor, domain.Subject) error
	}{
		{operation{ID: "follow", Path: "/me/following", Errors: []int{401, 403, 404, 409}, Summary: "Follow a thing",
			Description: "What changes in it is told in the caller's daily mail. Answers with all that they follow; what they follow already they go on following."}, fs.Follow},
		{operation{ID: "unfollow", Path: "/me/following/end", Errors: []int{401, 403}, Summary: "Follow a thing no more",
			Description: "Answers with all that the caller still follows."}, fs.Unfollow},
	} {
		op.Method, op.Tag, op.Permission = http.MethodPost, tag, domain.ProfileEdit
		handle(s, op.operation, func(ctx context.Context, a domain.Actor, in *struct{ Body FollowingChoice }) (*ListOutput[FollowedThing], error) {
			if err := op.do(ctx, a, domain.Subject{Kind: in.Body.SubjectKind, ID: in.Body.SubjectID}); err != nil {
				return nil, err
			}
			return mine(ctx, a)
		})
	}
}
