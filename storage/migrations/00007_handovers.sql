-- +goose Up

-- What ends on its first day was never in force: its last day is the one before.
alter table stage drop constraint chk_stage_validity;
alter table stage add constraint chk_stage_validity check (valid_to >= valid_from - 1);
alter table handover drop constraint chk_handover_validity;
alter table handover add constraint chk_handover_validity check (valid_to >= valid_from - 1);
