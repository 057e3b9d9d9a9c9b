// Package overview is the read model of the overview (kokonaiskuva, lägesbild):
// who answers for what, in which condition it is, what was decided last and
// what comes next. It is derived on each read and keeps nothing of its own.
package overview
