import { ConditionOf } from '../../content/ConditionOf';
import { PathLink } from '../../content/PathLink';
import { T } from '../../i18n';
import { ConditionSign } from '../../ui/Condition';
import type { ChainAction } from './types';

/** Actions with their condition in shape and word. */
export function ActionList({ actions, none }: { actions: readonly ChainAction[]; none: string }) {
  if (actions.length === 0) return <span className="meta">{none}</span>;
  return (
    <ul className="al">
      {actions.map(({ no, title, condition }) => (
        <li key={no}>
          <ConditionSign value={condition} />
          <span>
            <PathLink className="q" path={`/actions/${no}`}>
              {no} <T text={title} />
            </PathLink>{' '}
            <ConditionOf wordOnly no={no} value={condition} />
          </span>
        </li>
      ))}
    </ul>
  );
}
