package main

import (
	"io"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/domain"
)

// printOpenAPI writes the contract, which needs no database.
func printOpenAPI(w io.Writer) error {
	b, err := api.New(api.Options{Clock: time.Now, NewID: domain.UUIDv7}).OpenAPI()
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}
