package main

import (
	"context"
	"io"

	"yhdyspinta/domain"
)

func showPlans(ctx context.Context, base database, clock domain.Clock, out io.Writer) error {
	return nil
}
