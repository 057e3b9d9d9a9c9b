// Package audit reads the audit log (loki, logg): who changed what, when, in
// which post and party, by which permission and for what reason. Writing is
// part of every unit of work (domain.AuditLog).
//
// Auditors read everything. Other staff read the entries of content that they
// may see. The public reads the entries of one public goal or action at a time,
// with values only of versions that were public. Persons are told to auditors
// alone.
package audit
