import { Link } from '@tanstack/react-router';
import { openDays } from '../../content/agreements';
import { T, useTexts } from '../../i18n';
import { Acceptance } from '../../ui/Acceptance';
import { DataTable } from '../../ui/DataTable';
import { Gap } from '../../ui/Gap';
import { Icon } from '../../ui/Icon';
import { DateText } from '../../ui/layout';
import { Who } from '../../ui/PartyMark';
import { PinnedList } from './PinnedList';
import type { Chain, Handover, StageFace } from './types';
import { useWording } from './useWording';
import { slotsOf } from './words';

/** The hand-overs of a chain in words: everything that the drawing shows, and more. */
export function HandoverTable({ chain, open }: { chain: Chain; open?: string }) {
  const texts = useTexts();
  const t = texts.handovers;
  const wording = useWording();
  const { look, today } = wording;
  return (
    <section aria-labelledby="in-words">
      <h2 id="in-words" className="h-t3">
        {t.words}
      </h2>
      {chain.handovers.length === 0 ? (
        <p className="meta">{t.none}</p>
      ) : (
        <DataTable
          className="ho"
          caption={t.caption}
          columns={[
            {
              key: 'way',
              kind: 'name',
              header: t.way,
              render: (handover) => <Way handover={handover} stages={chain.stages} />,
            },
            {
              key: 'what',
              header: t.what,
              render: (handover) => (
                <>
                  <Link
                    className="q"
                    to="."
                    search={(now) => ({ ...now, handover: handover.id })}
                    hash="handover"
                  >
                    <T text={handover.what} />
                  </Link>
                  <PinnedList chain={chain} at={handover.id} />
                </>
              ),
            },
            { key: 'channel', header: t.channel, render: ({ channel }) => <T text={channel} /> },
            {
              key: 'target',
              kind: 'figure',
              header: t.target,
              render: ({ targetDays }) => (targetDays === undefined ? '–' : t.days(targetDays)),
            },
            {
              key: 'gap',
              header: t.gap,
              className: 'gp',
              render: ({ gap, gapReason }) => (
                <>
                  <Gap value={gap} />
                  <span className="meta df">
                    <T text={gapReason} />
                  </span>
                </>
              ),
            },
            {
              key: 'acceptance',
              header: t.acceptance,
              render: (handover) => (
                <Acceptance
                  slots={slotsOf(handover, look)}
                  openDays={openDays(handover.waiting, today)}
                />
              ),
            },
            {
              key: 'review',
              header: t.review,
              render: ({ nextReviewOn, reviewOverdue }) =>
                reviewOverdue ? (
                  <span className="overdue">
                    <Icon name="clock" />
                    <span>
                      <DateText date={nextReviewOn} /> <span className="df">{t.reviewLate}</span>
                    </span>
                  </span>
                ) : nextReviewOn ? (
                  <DateText date={nextReviewOn} />
                ) : (
                  <span className="meta">{t.noReview}</span>
                ),
            },
          ]}
          groups={[{ key: 'all', rows: chain.handovers }]}
          rowKey={({ id }) => id}
          selected={({ id }) => id === open}
        />
      )}
    </section>
  );
}

/** From which stage to which, each with the mark of its party. */
export function Way({
  handover,
  stages,
}: {
  handover: Pick<Handover, 'fromStageId' | 'toStageId'>;
  stages: readonly StageFace[];
}) {
  return (
    <>
      <WayEnd stages={stages} id={handover.fromStageId} />
      <WayEnd stages={stages} id={handover.toStageId} to />
    </>
  );
}

function WayEnd({ stages, id, to }: { stages: readonly StageFace[]; id: string; to?: boolean }) {
  const { look } = useWording();
  const place = stages.findIndex((stage) => stage.id === id);
  const stage = stages[place];
  return (
    <span className={to ? 'way to' : 'way'}>
      {to && <Icon name="arrow" />}
      <Who party={look(stage?.partyId)}>
        {place >= 0 && place + 1} <T text={stage?.title ?? {}} />
      </Who>
    </span>
  );
}
