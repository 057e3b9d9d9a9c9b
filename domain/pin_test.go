package domain_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"yhdyspinta/domain"
)

// book is a PinBook of one stage and one hand-over that go on, and one of each
// that have ended.
type book struct {
	places domain.PinPlaces
	asked  int
}

func (b *book) Places(stages []domain.StageID, handovers []domain.HandoverID) (domain.PinPlaces, error) {
	b.asked++
	out := domain.PinPlaces{Stages: maps.Clone(b.places.Stages), Handovers: maps.Clone(b.places.Handovers)}
	maps.DeleteFunc(out.Stages, func(id domain.StageID, _ bool) bool { return !slices.Contains(stages, id) })
	maps.DeleteFunc(out.Handovers, func(id domain.HandoverID, _ bool) bool { return !slices.Contains(handovers, id) })
	return out, nil
}

// What ended keeps its pins and takes no new ones; what is not there is unknown.
func TestCheckPins(t *testing.T) {
	t.Parallel()
	stage, ended := domain.StageID{UUID: domain.UUIDv7()}, domain.StageID{UUID: domain.UUIDv7()}
	handover, over := domain.HandoverID{UUID: domain.UUIDv7()}, domain.HandoverID{UUID: domain.UUIDv7()}
	noStage, noHandover := domain.StageID{UUID: domain.UUIDv7()}, domain.HandoverID{UUID: domain.UUIDv7()}
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
		"an unknown stage":         {domain.PinUse{Stages: []domain.StageID{noStage, stage}}, []string{"/stageIds unknown"}, 1},
		"an unknown hand-over":     {domain.PinUse{Handovers: []domain.HandoverID{handover, noHandover}}, []string{"/handoverIds unknown"}, 1},
		"an ended and an unknown":  {domain.PinUse{Stages: []domain.StageID{noStage, ended}, Handovers: []domain.HandoverID{over, noHandover}}, []string{"/stageIds unknown", "/handoverIds unknown"}, 1},
		"where it was pinned":      {domain.PinUse{OldStages: []domain.StageID{ended}, Stages: []domain.StageID{ended}}, nil, 0},
		"one more beside an ended": {domain.PinUse{OldStages: []domain.StageID{ended}, Stages: []domain.StageID{ended, stage}}, nil, 1},
		"pinned no more":           {domain.PinUse{OldHandovers: []domain.HandoverID{over}}, nil, 0},
		"too many":                 {domain.PinUse{Stages: many}, []string{"/stageIds too_many"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			book := &book{places: domain.PinPlaces{Stages: map[domain.StageID]bool{stage: false, ended: true}, Handovers: map[domain.HandoverID]bool{handover: false, over: true}}}
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
