package storage

import "yhdyspinta/domain"

// Alongside is alongside, for tests that need a database.
func (tx Tx) Alongside(one, other func(Tx) error) error { return tx.alongside(one, other) }

// Together is together.
func (tx Tx) Together(parts ...func() error) error { return tx.together(parts...) }

// Day is the day that the transaction shows.
func (tx Tx) Day() domain.Date { return tx.day }

// ErrHolds is errHolds.
var ErrHolds = errHolds

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

// Numbered is numbered, and what GORM would make of the same.
func (tx Tx) Numbered(sql string, args ...any) (text string, values []any, byGORM string, gormsValues []any) {
	text, values = numbered(tx, sql, args)
	statement := tx.Raw(sql, args...).Statement
	return text, values, statement.SQL.String(), statement.Vars
}

// AsOne is asOne of ids.
func AsOne(ids ...domain.AnyID) any { return asOne(ids) }
