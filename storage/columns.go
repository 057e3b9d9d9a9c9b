package storage

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// idArray reads ids that a query has joined with commas.
type idArray []domain.UnitID

// Scan reads the joined text.
func (a *idArray) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		if src == nil {
			*a = nil
			return nil
		}
		return fmt.Errorf("cannot read %T as ids", src)
	}
	*a = nil
	for part := range strings.SplitSeq(s, ",") {
		u, err := uuid.Parse(part)
		if err != nil {
			return fmt.Errorf("read ids: %w", err)
		}
		*a = append(*a, domain.UnitID{UUID: u})
	}
	return nil
}
