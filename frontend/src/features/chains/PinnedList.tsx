import { PathLink } from '../../content/PathLink';
import { T, useTexts } from '../../i18n';
import type { Chain } from './types';
import { pinnedAt } from './words';

interface PinnedListProps {
  chain: Pick<Chain, 'goals' | 'forums'>;
  /** A stage or a hand-over of the chain. */
  at: string;
}

/** The goals and forums at a stage or hand-over; nothing where there are none. */
export function PinnedList({ chain, at }: PinnedListProps) {
  const t = useTexts().handovers;
  const { goals, forums } = pinnedAt(chain, at);
  if (goals.length + forums.length === 0) return null;
  return (
    <ul className="al ch-pins">
      {goals.map(({ id, no, title }) => (
        <li key={id}>
          <span>
            <span className="meta">{t.pinnedGoal}</span>{' '}
            <PathLink className="q" path={`/goals/${no}`}>
              {no} <T text={title} />
            </PathLink>
          </span>
        </li>
      ))}
      {forums.map(({ id, title }) => (
        <li key={id}>
          <span>
            <span className="meta">{t.pinnedForum}</span>{' '}
            <PathLink className="q" path={`/forums/${id}`}>
              <T text={title} />
            </PathLink>
          </span>
        </li>
      ))}
    </ul>
  );
}
