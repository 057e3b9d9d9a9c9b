package storage

// Alongside is alongside, for tests that need a database.
func (tx Tx) Alongside(one, other func(Tx) error) error { return tx.alongside(one, other) }
