// Package matrix holds two read models of responsibilities: the matrix (vastuut,
// ansvar), which shows who has which part in the goals and their actions, and the
// balance (vastuiden tasapaino, ansvarsbalans), which counts the parts of each
// party now and at the ends of the past months. Both are derived on each read and
// keep nothing of their own.
package matrix
