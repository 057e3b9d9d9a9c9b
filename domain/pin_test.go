package domain_test

import (
	"errors"
	"slices"
	"testing"

	"yhdyspinta/domain"
)

// lasting is a PinBook of one stage and one hand-over that have not ended.
type lasting struct {
	stage    domain.StageID
	handover domain.HandoverID
	asked    int
}

func (l *lasting) Lasting(stages []domain.StageID, handovers []domain.HandoverID) (ss []domain.StageID, hs []domain.HandoverID, err error) {
	l.asked++
	if slices.Contains(stages, l.stage) {
		ss = append(ss, l.stage)
	}
	if slices.Contains(handovers, l.handover) {
		hs = append(hs, l.handover)
	}
	return ss, hs, nil
}

// What ended keeps its pins and takes no new ones.
func TestCheckPins(t *testing.T) {
	t.Parallel()
	stage, ended := domain.StageID{UUID: domain.UUIDv7()}, domain.StageID{UUID: domain.UUIDv7()}
	handover, over := domain.HandoverID{UUID: domain.UUIDv7()}, domain.HandoverID{UUID: domain.UUIDv7()}
	many := make([]domain.StageID, domain.MaxPins+1)
	for i := range many {
		many[i] = domain.StageID{UUID: domain.UUIDv7()}
	}
	for name, tt := range map[string]struct {
		use   domain.PinUse
		want  []string
		asked int
	}{
		"nothing":                  {domain.PinUse{}, nil, 0},
		"a stage":                  {domain.PinUse{Stages: []domain.StageID{stage}}, nil, 1},
		"a hand-over":              {domain.PinUse{Handovers: []domain.HandoverID{handover}}, nil, 1},
		"an ended stage":           {domain.PinUse{Stages: []domain.StageID{stage, ended}}, []string{"/stageIds pin_ended"}, 1},
		"an ended hand-over":       {domain.PinUse{Handovers: []domain.HandoverID{over}}, []string{"/handoverIds pin_ended"}, 1},
		"both ended":               {domain.PinUse{Stages: []domain.StageID{ended}, Handovers: []domain.HandoverID{over}}, []string{"/stageIds pin_ended", "/handoverIds pin_ended"}, 1},
		"where it was pinned":      {domain.PinUse{OldStages: []domain.StageID{ended}, Stages: []domain.StageID{ended}}, nil, 0},
		"one more beside an ended": {domain.PinUse{OldStages: []domain.StageID{ended}, Stages: []domain.StageID{ended, stage}}, nil, 1},
		"pinned no more":           {domain.PinUse{OldHandovers: []domain.HandoverID{over}}, nil, 0},
		"too many":                 {domain.PinUse{Stages: many}, []string{"/stageIds too_many"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			book := &lasting{stage: stage, handover: handover}
			var got []string
			if e, ok := errors.AsType[*domain.Error](domain.CheckPins(book, tt.use)); ok {
				for _, f := range e.Fields {
					got = append(got, f.Pointer+" "+f.Code)
				}
			}
			if !slices.Equal(got, tt.want) || book.asked != tt.asked {
				t.Errorf("errors %v after %d questions, want %v after %d", got, book.asked, tt.want, tt.asked)
			}
		})
	}
}
