package storage

// Alongside is alongside, for tests that need a database.
func (tx Tx) Alongside(one, other func(Tx) error) error { return tx.alongside(one, other) }

// Together is together.
func (tx Tx) Together(parts ...func() error) error { return tx.together(parts...) }

// Ask runs SQL text for one number, by query.
func (tx Tx) Ask(sql string) (int, error) {
	rows, err := query[struct{ N int }](tx, sql)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].N, nil
}

// Each runs SQL text for numbers, by each.
func (tx Tx) Each(sql string, use func(int) error) error {
	return each(tx, sql, func(row struct{ N int }) error { return use(row.N) })
}
