import type { AttendanceInput, Participant } from './queries';

/**
 * A participant as the server has them, with what is changed. Who is absent, or of whom nothing is
 * said, has neither come nor left.
 */
export function attendanceInput(
  participant: Participant,
  change: Partial<AttendanceInput>,
): AttendanceInput {
  const { attendance, inspector, substitute, movements } = participant;
  const body: AttendanceInput = {
    attendance,
    inspector,
    ...(substitute && {
      substitute: substitute.post ? { postId: substitute.post.id } : { name: substitute.name },
    }),
    movements: movements.map(({ kind, at, agendaItemId }) => ({ kind, at, agendaItemId })),
    ...change,
  };
  const there = body.attendance === 'present' || body.attendance === 'remote';
  return there ? body : { ...body, movements: [] };
}

/** Somebody comes or leaves now, during an item. Who comes is in the room unless said otherwise. */
export function withMovement(
  participant: Participant,
  kind: 'arrived' | 'left',
  agendaItemId: string,
  now: Date,
): AttendanceInput {
  const { attendance } = participant;
  const body = attendanceInput(participant, {
    attendance: attendance === 'remote' ? 'remote' : 'present',
  });
  return {
    ...body,
    movements: [...(body.movements ?? []), { kind, at: now.toISOString(), agendaItemId }],
  };
}
