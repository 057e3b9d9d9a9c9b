package apitoken

import (
	"context"
	"errors"

	"yhdyspinta/domain"
)

// Reader is who looks, as far as tokens are concerned: their own, those of the
// parties that they administer, or all.
type Reader struct {
	PersonID domain.PersonID
	Parties  []domain.PartyID
	All      bool
}

// readerOf is the actor as a reader.
func readerOf(a domain.Actor) Reader {
	s := a.Scope()
	return Reader{PersonID: a.PersonID, Parties: s.AccessParties, All: s.AccessAll}
}

// Filter narrows a list of tokens. Different fields are AND.
type Filter struct {
	Person domain.AnyOf[domain.PersonID]
	Party  domain.AnyOf[domain.PartyID]
	InUse  bool // neither revoked nor expired
}

// Store keeps tokens. Its reads find what the reader may see.
type Store interface {
	// Get returns a token, or NotFound.
	Get(r Reader, id domain.APITokenID) (Token, error)
	// List returns one page, sorted by -createdAt (the default), createdAt,
	// expiresOn, name or owner.
	List(r Reader, f Filter, p domain.PageRequest) (domain.Page[Token], error)
	// Find returns the token whose secret has that hash, whatever its state, or
	// NotFound.
	Find(hash []byte) (Token, error)
	// InUse is how many tokens of a person are neither revoked nor expired. Until
	// the unit of work ends, the person makes no other.
	InUse(person domain.PersonID) (int, error)
	// Insert adds a token with the hash of its secret.
	Insert(t Token, hash []byte) error
	// Revoke writes when and why a token ended, forgets its secret's hash, and
	// returns it with the next version.
	Revoke(t Token) (Token, error)
	// Use notes that a token was used on a day.
	Use(id domain.APITokenID, day domain.Date) error
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct{ Tokens Store }

// Service holds the use cases of API tokens.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	Clock domain.Clock
}

func subject(t Token) domain.Subject { return domain.SubjectOf(domain.SubjectAPIToken, t.ID) }

// Get returns a token that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.APITokenID) (t Token, err error) {
	if err := actor.Check(domain.APITokenRead, domain.Resource{PersonID: actor.PersonID}); err != nil {
		return t, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		t, err = st.Tokens.Get(readerOf(actor), id)
		return err
	})
	return t, err
}

// List returns one page of the tokens that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Token], err error) {
	if err := actor.Check(domain.APITokenRead, domain.Resource{PersonID: actor.PersonID}); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Tokens.List(readerOf(actor), f, p)
		return err
	})
	return page, err
}

// Create makes a token of the actor's and returns it with its secret, which is
// nowhere else. Who has neither a post nor a role is Forbidden: the public reads
// without a token. Conflict too_many_api_tokens if they have MaxOfSelf in use.
func (s *Service) Create(ctx context.Context, actor domain.Actor, in Input) (t Token, secret string, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.APITokenCreate, domain.Resource{PersonID: actor.PersonID}); err != nil {
			return err
		}
		if !actor.IsStaff() {
			return domain.Forbidden(domain.APITokenCreate)
		}
		var id domain.APITokenID
		id.SetNew(s.NewID)
		if t, secret, err = New(id, in, actor, log.Now()); err != nil {
			return err
		}
		n, err := st.Tokens.InUse(actor.PersonID)
		if err != nil {
			return err
		}
		if n >= MaxOfSelf {
			return tooMany()
		}
		if err := st.Tokens.Insert(t, hashOf(secret)); err != nil {
			return err
		}
		log.Add(actor, domain.APITokenCreate, subject(t), t.Version, domain.Diff(Token{}, t))
		t, err = st.Tokens.Get(readerOf(actor), t.ID)
		return err
	})
	return t, secret, err
}

// Revoke ends a token at once. A reason is for whoever looks later.
func (s *Service) Revoke(ctx context.Context, actor domain.Actor, id domain.APITokenID, reason string) (t Token, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Tokens.Get(readerOf(actor), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.APITokenRevoke, old.Resource()); err != nil {
			return err
		}
		t = old
		if err := t.Revoke(reason, log.Now()); err != nil {
			return err
		}
		if t, err = st.Tokens.Revoke(t); err != nil {
			return err
		}
		log.Add(actor, domain.APITokenRevoke, subject(t), t.Version, domain.Diff(old, t), domain.Because(t.RevokeReason))
		return nil
	})
	return t, err
}

// Refused is the answer to each secret that opens nothing. It does not tell why.
var Refused = &domain.Error{Kind: domain.KindUnauthenticated, Code: "invalid_token",
	Detail: "the token is unknown, has expired or was revoked, or its owner no longer has what it rests on"}

// Open finds the token of a secret that neither was revoked nor has expired; the
// caller looks whether its owner still is somebody. All others are Refused. The
// first use on a day is noted, by day.
func (s *Service) Open(ctx context.Context, secret string) (t Token, err error) {
	if !wellFormed(secret) {
		return t, Refused
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		t, err = st.Tokens.Find(hashOf(secret))
		return err
	})
	if errors.Is(err, domain.NotFound("api_token")) {
		return Token{}, Refused
	}
	if err != nil {
		return Token{}, err
	}
	if t.State(s.Clock.Today()) != Active {
		return Token{}, Refused
	}
	return t, nil
}

// Use notes that a token is used today.
func (s *Service) Use(ctx context.Context, t Token) error {
	today := s.Clock.Today()
	if t.LastUsedOn == today {
		return nil
	}
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Tokens.Use(t.ID, today) })
}
